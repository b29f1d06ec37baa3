//! Finds the words of a sentence that say an event, and settles which of them say the same one.

use std::collections::BTreeMap;

use record::{Deed, EventType, Factuality, Mode, Quad, Upos};

use super::args::Args;
use super::figurative;
use super::harmless;
use super::lexicon::{Cue, Entry, Lexicon, Part};
use super::matching::{self, Match};
use super::mishap;
use super::modes;
use super::reading::{self, Reading};
use super::roles::Sides;
use super::to_come;
use super::tree::Tree;

/// Why a word that the lexicon knows is no event of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Event,
    /// The sense is too weak.
    Weak,
    /// Nothing in the sentence shows that it is meant literally; the rest of the report may.
    Doubtful,
    /// Another word says the same event.
    Merged,
    /// It is sport, show business or a figure of speech.
    Figurative,
}

/// A word that says an event.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'l> {
    pub(super) found: Match<'l>,
    pub(super) kind: EventType,
    pub(super) mode: Option<Mode>,
    pub(super) cameo: String,
    pub(super) reading: Reading,
    /// First and last word of the trigger, a support verb included.
    pub(super) trigger: (usize, usize),
    /// The support verb ("launched" of "launched an attack"), with what it says of its subject.
    pub(super) support: Option<(usize, Cue)>,
    pub(super) standing: Standing,
}

impl Candidate<'_> {
    pub(super) fn core(&self) -> usize {
        self.found.core
    }

    pub(super) fn args(&self) -> &Args {
        &self.found.args
    }

    pub(super) fn is_noun(&self) -> bool {
        self.found.entry.part == Part::Noun
    }
}

/// All candidates of a sentence, by the position of their core; `loosely`, words whose conditions fail count as weak.
pub(super) fn candidates<'l>(tree: &Tree, lexicon: &'l Lexicon, loosely: bool) -> Vec<Candidate<'l>> {
    let mut found: Vec<Match<'l>> = (0..tree.len())
        .filter_map(|i| matching::best(tree, lexicon, i, loosely))
        .filter_map(|m| if m.entry.part == Part::Modal { demanded(tree, lexicon, m) } else { Some(m) })
        .map(|m| if loosely { m } else { stoppage(tree, lexicon, &m).unwrap_or(m) })
        .collect();
    guess(tree, lexicon, &mut found, loosely);
    found.sort_by_key(|m| (m.core, std::cmp::Reverse(m.weight), m.span));
    found.dedup_by_key(|m| m.core);
    // The parts of a longer pattern say nothing by themselves.
    let spans: Vec<_> = found.iter().filter(|m| m.span.0 < m.span.1).map(|m| (m.span, m.core)).collect();
    found.retain(|m| !spans.iter().any(|&((a, b), core)| core != m.core && a <= m.core && m.core <= b));
    let mut all: Vec<Candidate<'l>> = found.into_iter().filter_map(|m| candidate(tree, lexicon, m)).collect();
    if !loosely {
        doubt(tree, lexicon, &mut all);
    }
    harmless::named_so(tree, lexicon, &mut all);
    figurative::mark(tree, lexicon, &mut all);
    take_literally(tree, &mut all);
    mishap::mark(tree, lexicon, &mut all);
    to_come::mark(tree, &mut all);
    merge(tree, lexicon, &mut all);
    all
}

/// Share in percent from which on a word that the lexicon does not know here is a deed. Chosen, like the next two, on
/// the passages and piles to work on.
pub(super) const SURE: u8 = 90;
/// The same for one that it knows as a deed of that type, among other words.
const KNOWN: u8 = 65;
/// The same two where somebody has marked who does something to whom, so that a deed is sure to be told.
const MARKED: (u8, u8) = (60, 40);
/// The same there against a sense of which a condition fails.
const AGAINST: u8 = 80;
/// The same for one that it rules out beside these words.
const CERTAIN: u8 = 99;
/// Share in percent from which on one is a deed although only the rest of the report could confirm it, and although it
/// looks like a figure of speech.
const LITERAL: (u8, u8) = (95, 98);
/// The same for a strike of workers where the lexicon sees a blow.
const STOPPAGE: u8 = 80;
/// Share in percent below which one that the lexicon knows is none: that says it by itself, and among certain words.
const LEAST: (u8, u8) = (3, 1);

/// The same for a deed other than violence of which one side is not told.
const DOUBTED: u8 = 10;

/// Classes of those who do and suffer deeds, of what is left of them, and of what is too large for one deed.
const PARTIES: &[&str] = &[
    "victims",
    "fighters",
    "troops",
    "officials",
    "police",
    "mobs",
    "prisoners",
    "outcomes",
    "tolls",
    "wars",
];

/// Takes what looks like a figure of speech literally where the model is all but certain.
fn take_literally(tree: &Tree, all: &mut [Candidate]) {
    for c in all {
        let share = tree.deed(c.core()).map_or(0, |d| d.share);
        let least = match c.standing {
            Standing::Doubtful => LITERAL.0,
            Standing::Figurative => LITERAL.1,
            _ => continue,
        };
        if share >= least {
            c.standing = Standing::Event;
        }
    }
}

/// "The strike was widely followed": work was stopped, nobody hit, by the model's word.
fn stoppage<'l>(tree: &Tree, lexicon: &'l Lexicon, m: &Match) -> Option<Match<'l>> {
    let told = |d: &Deed| d.kind == EventType::Protest && d.mode == Some(Mode::Strike) && d.share >= STOPPAGE;
    let blow = m.entry.part == Part::Noun && m.entry.kind == EventType::Assault && m.entry.is_plain();
    tree.deed(m.core).filter(|d| blow && told(d))?;
    matching::guessed(tree, lexicon, m.core, EventType::Protest)
}

/// Adds the words that only the model takes for deeds. A sense that is no event by itself gives way to what it says, and one
/// whose conditions fail.
fn guess<'l>(tree: &Tree, lexicon: &'l Lexicon, found: &mut Vec<Match<'l>>, loosely: bool) {
    let known = |i: usize| found.iter().any(|m| m.says() && (m.span.0..=m.span.1).contains(&i));
    // "Six dead", not "the dead".
    let counted = |i: usize| {
        lexicon.in_class("dead", tree.lemma(i))
            && (tree.by_relation(i, "nummod").next().is_some() || i > 0 && tree.upos(i - 1) == Upos::Num)
    };
    // "The attackers", "the dead": who did it and whom it hit, not what was done.
    let party = |i: usize| {
        let named = || PARTIES.iter().any(|class| lexicon.in_class(class, tree.lemma(i)));
        tree.is_nominal(i) && named() && !counted(i)
    };
    // "Norland had done the same": what that was is told elsewhere.
    let same = |i: usize| {
        tree.lemma(i) == "do" && tree.by_relation(i, "obj").any(|o| matches!(tree.lemma(o), "same" | "so"))
    };
    let is_sure = |i: usize, deed: &Deed| {
        let known = || matching::has_sense(tree, lexicon, i, deed.kind) || counted(i);
        let (sure, among) = if loosely { MARKED } else { (SURE, KNOWN) };
        deed.share >= sure || deed.share >= among && known()
    };
    let sure = (0..tree.len()).filter_map(|i| Some((i, tree.deed(i).filter(|deed| is_sure(i, deed))?)));
    let guesses: Vec<Match> = sure
        .filter(|&(i, _)| !known(i) && !party(i) && !same(i))
        .filter_map(|(i, deed)| {
            // "Attacked in the press": what the lexicon says that the word is not, the model must be all but certain of.
            let near = deed.share >= SURE;
            let ruled_out = deed.share < CERTAIN && matching::is_forbidden(tree, lexicon, i, deed.kind, near);
            // "Expressed concern" is no support.
            let against = |m: &Match| m.core == i && is_hostile(m.entry.kind) != is_hostile(deed.kind);
            let contrary = found.iter().any(|m| !(m.loose && deed.share >= AGAINST) && against(m));
            // "Claimed responsibility for the sabotage": the claim is no deed beside it.
            let of_what = |core: usize| {
                let mut way = std::iter::successors(Some(core), |&w| tree.head(w).filter(|_| w != i)).take(6);
                tree.is_below(core, i) && way.any(|w| tree.preposition(w) == "for")
            };
            let noun = |m: &Match| m.entry.part == Part::Noun && !m.entry.flags.weak;
            let claims = deed.kind == EventType::Assault
                && lexicon.has_cue(tree.lemma(i), Cue::Claims)
                && found.iter().any(|m| m.entry.kind == EventType::Assault && noun(m) && of_what(m.core));
            let ruled_out =
                ruled_out || contrary || claims || harmless::is_harmless(tree, lexicon, i, deed.kind);
            matching::guessed(tree, lexicon, i, deed.kind).filter(|_| !ruled_out)
        })
        .collect();
    found.retain(|m| m.says() || !guesses.iter().any(|g| g.core == m.core));
    found.extend(guesses);
}

fn is_hostile(kind: EventType) -> bool {
    matches!(kind.quad(), Quad::VerbalConflict | Quad::MaterialConflict)
}

/// A word that the lexicon takes for a deed by itself and the model for none, its support verb too, is weak. So is
/// one that only the model knows beside the known deed that it supports or governs: "retaliated by closing the border".
fn doubt(tree: &Tree, lexicon: &Lexicon, all: &mut [Candidate]) {
    let known: Vec<(usize, Option<usize>, EventType)> = all
        .iter()
        .filter(|c| c.standing == Standing::Event && !c.found.entry.is_any())
        .map(|c| (c.core(), c.support.map(|(verb, _)| verb), c.kind))
        .collect();
    for c in all {
        let says = |&(core, support, kind): &(usize, Option<usize>, EventType)| {
            let means = tree.is(core, "advcl") && tree.preposition(core) == "by";
            support == Some(c.core())
                || (kind == c.kind || means)
                    && tree.head(core) == Some(c.core())
                    && ["advcl", "xcomp", "ccomp", "obj", "obl"].iter().any(|r| tree.is(core, r))
        };
        // "The death toll of Monday's explosion", "the toll among policemen in the raid": that of no other deed.
        let of = |&(core, _, kind): &(usize, Option<usize>, EventType)| {
            let above = tree.head(core);
            let further = above.filter(|&h| tree.is_nominal(h)).and_then(|h| tree.head(h));
            let toll = tree.lemma(c.core()) == "toll";
            kind == c.kind
                && match tree.preposition(core).as_str() {
                    "of" => above == Some(c.core()),
                    "in" | "from" => toll && (above == Some(c.core()) || further == Some(c.core())),
                    _ => false,
                }
        };
        // "Ordered five envoys to leave": what is ordered is no further measure.
        let ordered = |&(core, support, kind): &(usize, Option<usize>, EventType)| {
            support.is_none()
                && kind == c.kind
                && tree.is(c.core(), "xcomp")
                && tree.head(c.core()) == Some(core)
        };
        // "Nine dead in an attack" tells more than the attack.
        let dead = lexicon.in_class("dead", tree.lemma(c.core()));
        let entry = c.found.entry;
        let told = entry.is_any() && !dead && known.iter().any(|k| says(k) || ordered(k));
        if told || (entry.is_any() && !dead || entry.flags.refers) && known.iter().any(of) {
            c.standing = Standing::Weak;
            continue;
        }
        let share = share(tree, c);
        let least = if c.found.entry.is_plain() { LEAST.0 } else { LEAST.1 };
        if c.standing == Standing::Event && share.is_some_and(|s| s < least) {
            c.standing = Standing::Weak;
        }
    }
}

/// The most that the model gives to the words of a candidate as deeds, in percent.
fn share(tree: &Tree, c: &Candidate) -> Option<u8> {
    // "came under attack": the noun that a light verb is completed by tells the deed.
    let completed = c.args().objects.iter().copied().chain(c.args().phrases.iter().map(|&(_, h)| h));
    let words = (c.found.span.0..=c.found.span.1)
        .chain([c.core()])
        .chain(c.support.map(|(verb, _)| verb))
        .chain(completed.filter(|_| !c.found.entry.is_plain()));
    words.filter_map(|i| Some(tree.deed(i)?.share)).max()
}

/// "A helicopter took the man to hospital": what the model all but takes for no deed, of which one side is not told.
pub(super) fn is_doubted(tree: &Tree, c: &Candidate, sides: &Sides) -> bool {
    c.kind != EventType::Assault
        && !c.found.entry.is_any()
        && !c.found.entry.flags.refers
        && (sides.actors.is_empty() || sides.targets.is_empty())
        && share(tree, c).is_some_and(|s| s < DOUBTED)
}

/// A doubtful word is an event after all in a report that tells violence literally elsewhere; in a report on sport no
/// word is one without plain violence beside it.
pub(super) fn settle_doubts(trees: &[Tree], lexicon: &Lexicon, sentences: &mut [Vec<Candidate>]) {
    if figurative::is_sport(trees, lexicon) {
        for (tree, all) in trees.iter().zip(sentences.iter_mut()) {
            figurative::only_plain(tree, lexicon, all);
        }
    }
    let literal = |c: &Candidate| c.standing == Standing::Event && c.kind == EventType::Assault;
    let confirmed = sentences.iter().flatten().any(literal);
    for c in sentences.iter_mut().flatten().filter(|c| c.standing == Standing::Doubtful) {
        c.standing = if confirmed { Standing::Event } else { Standing::Figurative };
    }
}

/// Sentences back within which a deed is taken up by a noun, and by a verb ("two of them died").
const TAKEN_UP: (usize, usize) = (14, 3);

/// Words that name no deed by themselves and take up one told before: "the incident", "the release", "13 deaths".
pub(super) fn take_up<'l>(trees: &[Tree], lexicon: &'l Lexicon, sentences: &mut [Vec<Candidate<'l>>]) {
    let mut last: BTreeMap<EventType, usize> = BTreeMap::new();
    for (n, tree) in trees.iter().enumerate() {
        let mut more = Vec::new();
        for i in 0..tree.len() {
            let age = |e: &Entry| {
                let reach = if e.part == Part::Verb { TAKEN_UP.1 } else { TAKEN_UP.0 };
                last.get(&e.kind).map(|l| n - l).filter(|age| *age <= reach)
            };
            let taken = |c: &Candidate| {
                c.standing == Standing::Event && (c.core() == i || c.found.span.0 <= i && i <= c.found.span.1)
            };
            if tree.classes(i).is_none() || sentences[n].iter().any(taken) {
                continue;
            }
            let found = matching::taking_up(tree, lexicon, i, age);
            let found = found.filter(|m| m.entry.part != Part::Noun || is_known(tree, m.core));
            let found = found.filter(|m| !harmless::is_harmless(tree, lexicon, m.core, m.entry.kind));
            let found = found.filter(|m| !more.iter().any(|c: &Candidate| c.core() == m.core));
            if let Some(c) = found.and_then(|m| candidate(tree, lexicon, m)) {
                more.push(c);
            }
        }
        let all = &mut sentences[n];
        all.retain(|c| !more.iter().any(|m| m.core() == c.core()));
        all.extend(more);
        all.sort_by_key(Candidate::core);
        let real = |c: &&Candidate| {
            c.standing == Standing::Event
                && !matches!(c.reading.factuality, Factuality::Hypothetical | Factuality::Planned)
        };
        last.extend(all.iter().filter(real).map(|c| (c.kind, n)));
    }
}

/// Whether a noun can point back: "the release", "13 deaths", "the death of two", "Alma toll".
fn is_known(tree: &Tree, i: usize) -> bool {
    reading::is_definite(tree, i)
        || tree.children(i).iter().any(|&c| match tree.deprel(c) {
            "nummod" => true,
            "compound" | "amod" => tree.upos(c) == Upos::Propn,
            "nmod" => tree.preposition(c) == "of",
            _ => false,
        })
}

fn candidate<'l>(tree: &Tree, lexicon: &'l Lexicon, found: Match<'l>) -> Option<Candidate<'l>> {
    let core = found.core;
    let entry = found.entry;
    // "targeted sites", "Iran-backed groups": an attribute, not an event of this report.
    if entry.part != Part::Noun
        && matches!(tree.deprel(core), "amod" | "compound")
        && !is_fate(tree, lexicon, core)
        && !is_counted(tree, lexicon, core)
    {
        return None;
    }
    // "The wounded were allowed to leave", "a number of wounded farmers": those who are hurt, and no deed.
    if entry.part != Part::Noun && is_the_hurt(tree, lexicon, core) || is_some_of(tree, found.span.0) {
        return None;
    }
    // "in March of last year": the month.
    if tree.lemma(core) == "march"
        && tree.upos(core) == Upos::Propn
        && core > 0
        && matches!(tree.lemma(core - 1), "in" | "last" | "since" | "of" | "on" | "early" | "late" | "until")
    {
        return None;
    }
    // "forces supported by Iran": a lasting tie.
    if entry.kind == EventType::Support && tree.deprel(core) == "acl" && tree.xpos(core) == "VBN" {
        return None;
    }
    // "troops stationed in the north": where they are, not that they move.
    if entry.kind == EventType::Mobilize && tree.deprel(core) == "acl" && tree.xpos(core) == "VBN" {
        return None;
    }
    // "a school sheltering families": what it is used for, not that anybody helps.
    if entry.kind == EventType::Aid
        && tree.is(core, "acl")
        && tree.xpos(core) == "VBG"
        && matches!(tree.lemma(core), "shelter" | "house" | "host" | "accommodate" | "harbor" | "harbour")
    {
        return None;
    }
    // "leaving the town without power", "left a placard": the town is what is left so, and nobody leaves.
    if entry.kind == EventType::Retreat && tree.lemma(core) == "leave" && is_left_so(tree, lexicon, core) {
        return None;
    }
    if entry.kind == EventType::Threaten && harmless::warns_of_others(tree, lexicon, core) {
        return None;
    }
    // "Would make its own decisions": none that was told.
    let made = |h: usize| matches!(tree.lemma(h), "make" | "take") && tree.is_verb(h) && !tree.is(h, "acl");
    let to_come =
        |h: usize| tree.by_relation(h, "aux").any(|a| tree.xpos(a) == "MD") || reading::has_to(tree, h);
    if entry.flags.refers && tree.is(core, "obj") && tree.head(core).is_some_and(|h| made(h) && to_come(h)) {
        return None;
    }
    // "Was able to shoot it down" agrees to nothing.
    if entry.is_any() && tree.lemma(core) == "able" {
        return None;
    }
    // "pleaded guilty" asks for nothing.
    if tree.lemma(core) == "plead" && (core + 1..tree.len().min(core + 3)).any(|j| tree.form(j) == "guilty") {
        return None;
    }
    // "attack helicopter", "protest note": the noun only names a kind of thing.
    if entry.part == Part::Noun
        && matches!(tree.deprel(core), "compound" | "flat" | "nmod:desc" | "amod")
        && tree.head(core).is_some_and(|h| h > core && tree.is_nominal(h))
    {
        return None;
    }
    // "as the truce collapses", "the truce did not hold": none holds.
    let breaks = |h: usize| {
        let not = |&c: &usize| matches!(tree.lemma(c), "not" | "n't" | "n’t" | "never");
        lexicon.in_class("failings", tree.lemma(h))
            || matches!(tree.lemma(h), "hold" | "last") && tree.children(h).iter().any(not)
    };
    if entry.part == Part::Noun
        && matches!(
            entry.kind,
            EventType::Retreat | EventType::Agree | EventType::Concede | EventType::Cooperate
        )
        && tree.is(core, "nsubj")
        && tree.head(core).is_some_and(breaks)
    {
        return None;
    }
    // The same where the tree puts it otherwise: "drone, rocket and one-way attack UAV capabilities".
    let next = core + 1;
    if entry.part == Part::Noun
        && tree.xpos(core) == "NN"
        && next < tree.len()
        && tree.is_nominal(next)
        && ["weapons", "vessels"].iter().any(|class| lexicon.in_class(class, tree.lemma(next)))
    {
        return None;
    }
    let material = entry.kind.quad() == Quad::MaterialConflict;
    let noun = entry.part == Part::Noun || !tree.is_verb(core);
    let reading = reading::of(tree, lexicon, core, noun && material);
    // "Barred him from leaving": nobody left.
    if entry.kind.quad() == Quad::MaterialCooperation && super::args::is_kept_from(tree, lexicon, core) {
        return None;
    }
    // "No group has claimed it"
    if entry.is_any() && reading.negated && lexicon.has_cue(tree.lemma(core), Cue::Claims) {
        return None;
    }
    let support = (entry.part == Part::Noun).then(|| support(tree, lexicon, core)).flatten();
    let mut trigger = found.span;
    trigger = (trigger.0.min(core), trigger.1.max(core));
    if let Some((verb, _)) = support
        && verb < core
        && core - verb <= 8
    {
        trigger = (trigger.0.min(verb), trigger.1.max(verb));
    }
    let standing = if found.says() { Standing::Event } else { Standing::Weak };
    let mut c = Candidate {
        kind: entry.kind,
        mode: entry.mode,
        cameo: entry.cameo.clone(),
        found,
        reading,
        trigger,
        support,
        standing,
    };
    modes::refine(tree, lexicon, &mut c);
    if c.found.entry.is_any() && c.mode.is_none() {
        // How a deed was done that is not sure itself is told of violence only.
        let stoppage = |d: &Deed| d.mode == Some(Mode::Strike) && d.share >= STOPPAGE;
        let told =
            |d: &Deed| d.kind == c.kind && (d.share >= SURE || c.kind == EventType::Assault || stoppage(d));
        // "Fifteen were wounded": how is told, if anywhere, by the deed itself.
        let harm = ["outcomes", "dead", "wounds", "kills"]
            .iter()
            .any(|class| lexicon.in_class(class, tree.lemma(core)));
        let mode = tree.deed(core).filter(|_| !harm).filter(told).and_then(|d| d.mode);
        c.mode = mode.filter(|m| c.kind.modes().contains(m));
        if let Some(line) = lexicon.modes.iter().find(|l| l.kind == c.kind && Some(l.mode) == c.mode) {
            modes::set(&mut c, line);
        }
    }
    let kind = c.kind;
    shift(tree, &mut c);
    // "would not leave": that it refuses is what happened. "Did not reject" says that nobody refused.
    if c.kind == EventType::Reject
        && c.reading.negated
        && (kind != EventType::Reject || entry.needs_not() || entry.is_any())
        && !matches!(c.reading.factuality, Factuality::Hypothetical)
    {
        c.reading.factuality = Factuality::Happened;
    }
    Some(c)
}

/// A participle for those who are hurt that stands for them: "foreigners and wounded were let go".
fn is_the_hurt(tree: &Tree, lexicon: &Lexicon, core: usize) -> bool {
    let told = |&c: &usize| matches!(tree.deprel(c), "nsubj" | "nsubj:pass" | "aux" | "aux:pass" | "obj");
    tree.is(core, "nsubj")
        && tree.xpos(core) == "VBN"
        && lexicon.in_class("wounds", tree.lemma(core))
        && !tree.children(core).iter().any(told)
}

/// "A number of wounded": some, where "the number" would be a toll.
fn is_some_of(tree: &Tree, i: usize) -> bool {
    let a = |&c: &usize| tree.is(c, "det") && matches!(tree.form(c), "a" | "an");
    tree.lemma(i) == "number" && tree.children(i).iter().any(a)
}

/// "Left the town without power", "left a note": a state or a thing is left behind.
fn is_left_so(tree: &Tree, lexicon: &Lexicon, core: usize) -> bool {
    let without = |c: usize| {
        tree.preposition(c) == "without" || tree.by_relation(c, "mark").any(|m| tree.form(m) == "without")
    };
    let below = |c: usize| without(c) || tree.children(c).iter().any(|&d| without(d));
    let object = |o: usize| {
        below(o) || ["documents", "explosives", "thrown"].iter().any(|of| lexicon.in_class(of, tree.lemma(o)))
    };
    tree.children(core).iter().any(|&c| match tree.deprel(c) {
        "obj" => object(c) || matches!(tree.lemma(c), "placard" | "note" | "message" | "leaflet" | "trail"),
        "obl" | "advcl" => below(c),
        _ => false,
    })
}

/// "Admits to five dead": the number stands for them.
fn is_counted(tree: &Tree, lexicon: &Lexicon, core: usize) -> bool {
    tree.head(core).is_some_and(|h| tree.upos(h) == Upos::Num && lexicon.in_class("dead", tree.lemma(core)))
}

/// "The murdered lawyer", "seven kidnapped students": told by what they are called by.
fn is_fate(tree: &Tree, lexicon: &Lexicon, core: usize) -> bool {
    let somebody = |h: usize| {
        h > core
            && (tree.upos(h) == Upos::Propn
                || ["victims", "officials"].iter().any(|class| lexicon.in_class(class, tree.lemma(h))))
    };
    tree.is(core, "amod")
        && tree.xpos(core) == "VBN"
        && lexicon.in_class("fates", tree.lemma(core))
        && tree.head(core).is_some_and(|h| {
            // "the missing and murdered" are nobody in particular.
            let known = reading::is_definite(tree, h) || tree.by_relation(h, "nummod").next().is_some();
            somebody(h) && (known || !tree.xpos(h).ends_with('S') || tree.upos(h) == Upos::Propn)
        })
}

/// "X said that Y must go": X asks Y. The core becomes the verb below the modal.
fn demanded<'l>(tree: &Tree, lexicon: &Lexicon, m: Match<'l>) -> Option<Match<'l>> {
    let verb = tree.head(m.core)?;
    let saying = tree.head(verb).filter(|_| matches!(tree.deprel(verb), "ccomp" | "parataxis"))?;
    let below = super::args::of(tree, lexicon, verb);
    let above = super::args::of(tree, lexicon, saying);
    if above.subjects.is_empty() {
        return None;
    }
    let objects = if below.passive { below.objects } else { below.subjects };
    let args = Args { subjects: above.subjects, objects, ..Args::default() };
    Some(Match { core: verb, weight: m.weight + 20, args, ..m })
}

/// The verb whose object (or passive subject) a noun is, if it says that its subject does or undergoes the noun.
fn support(tree: &Tree, lexicon: &Lexicon, noun: usize) -> Option<(usize, Cue)> {
    // "The ministry gave a toll of 16" killed nobody.
    if lexicon.in_class("tolls", tree.lemma(noun)) {
        return None;
    }
    let mut at = noun;
    // "a series of attacks", "a wave of strikes".
    for _ in 0..2 {
        let h = tree.head(at)?;
        if tree.is(at, "nmod")
            && tree.preposition(at) == "of"
            && lexicon.in_class("quantities", tree.lemma(h))
        {
            at = h;
        } else {
            break;
        }
    }
    // "carried out the bombing of a station and the ambush of a truck"
    let joined = tree.is(at, "conj");
    if joined {
        at = tree.head(at).filter(|&h| tree.is_nominal(h))?;
    }
    let h = tree.head(at)?;
    let word = tree.lemma(h);
    let object = matches!(tree.deprel(at), "obj" | "nsubj:pass");
    if object && tree.is_verb(h) && lexicon.has_cue(word, Cue::Does) {
        return Some((h, Cue::Does));
    }
    if joined {
        return None;
    }
    let preposition = tree.preposition(at);
    if tree.is_verb(h)
        && lexicon.has_cue(word, Cue::Undergoes)
        && (object || (tree.is(at, "obl") && matches!(preposition.as_str(), "under" | "to")))
    {
        return Some((h, Cue::Undergoes));
    }
    // "answered with air strikes"
    if tree.is(at, "obl")
        && tree.is_verb(h)
        && preposition == "with"
        && matches!(word, "answer" | "respond" | "retaliate" | "reply" | "react")
    {
        return Some((h, Cue::Does));
    }
    // "an attack carried out by", "talks held between".
    tree.children(noun)
        .iter()
        .copied()
        .find(|&c| tree.is(c, "acl") && tree.xpos(c) == "VBN" && lexicon.has_cue(tree.lemma(c), Cue::Does))
        .map(|c| (c, Cue::Does))
}

/// What is still to come is another type: a future meeting is an agreement to meet (PLOVER manual).
fn shift(tree: &Tree, c: &mut Candidate) {
    use EventType::*;
    if is_threat(tree, c) {
        c.kind = Threaten;
        c.cameo = "138".to_owned();
        c.mode = Some(Mode::Violence);
        c.reading.factuality = Factuality::Happened;
        return;
    }
    if !c.reading.future || (c.is_noun() && c.support.is_none()) || c.found.entry.part == Part::Modal {
        return;
    }
    let refused = c.reading.negated;
    let (kind, cameo) = match c.kind {
        Consult | Support | Cooperate | Aid | Agree | Retreat | Concede if refused => (
            Reject,
            match c.kind {
                Consult => "125",
                Aid => "121",
                Retreat | Concede => "124",
                _ => "120",
            },
        ),
        Consult => (Agree, "036"),
        Support => (Agree, "032"),
        Cooperate => (Agree, "031"),
        Aid => (Agree, "033"),
        Retreat => (Concede, "035"),
        _ => return,
    };
    c.kind = kind;
    c.cameo = cameo.to_owned();
    c.mode = None;
}

/// "The militia said it would target the base", "we will strike them": somebody's own deed, still to come.
fn is_threat(tree: &Tree, c: &Candidate) -> bool {
    const SAYS: &[&str] =
        &["say", "announce", "declare", "warn", "add", "vow", "promise", "threaten", "write"];
    let core = c.core();
    if c.kind != EventType::Assault
        || c.is_noun()
        || !c.reading.future
        || c.reading.negated
        || c.found.entry.flags.swapped
    {
        return false;
    }
    let told = tree.is(core, "ccomp") && tree.head(core).is_some_and(|h| SAYS.contains(&tree.lemma(h)));
    let speakers: &[&str] = if told { &["it", "they", "he", "she", "we", "i"] } else { &["we", "i"] };
    tree.by_relation(core, "nsubj").any(|s| speakers.contains(&tree.form(s)))
}

/// "Declined to join the protest", "refused to attend the talks": what somebody will have no part in is told by his refusal.
fn is_declined(tree: &Tree, all: &[Candidate], n: usize) -> bool {
    let c = &all[n];
    let verb = tree.head(c.core()).filter(|&h| tree.is(c.core(), "obj") && tree.is(h, "xcomp"));
    let above = verb.and_then(|h| tree.head(h));
    let refusal = |word: usize| {
        all.iter().any(|v| v.core() == word && v.kind == EventType::Reject && v.standing == Standing::Event)
    };
    c.is_noun()
        && (c.kind.quad() != Quad::MaterialConflict || c.kind == EventType::Protest)
        && c.reading.factuality == Factuality::Denied
        && above.is_some_and(refusal)
}

/// Candidates that say one event: "held talks", "agreed to release", "cancelled the visit".
fn merge(tree: &Tree, lexicon: &Lexicon, all: &mut [Candidate]) {
    for n in 0..all.len() {
        if all[n].standing != Standing::Event {
            continue;
        }
        let core = all[n].core();
        if is_declined(tree, all, n) {
            all[n].standing = Standing::Merged;
            continue;
        }
        // Up through "of" phrases to the word that governs.
        let mut at = core;
        let mut above = None;
        for _ in 0..3 {
            let Some(h) = tree.head(at) else { break };
            let stands = |c: &Candidate| {
                c.standing == Standing::Event || c.standing == Standing::Merged && c.kind == all[n].kind
            };
            if let Some(v) = all.iter().position(|c| c.core() == h && stands(c)) {
                above = Some((v, at));
                break;
            }
            let transparent = tree.is(at, "conj")
                || (tree.is(at, "nmod")
                    && tree.preposition(at) == "of"
                    && lexicon.in_class("quantities", tree.lemma(h)));
            if !transparent {
                break;
            }
            at = h;
        }
        let Some((v, at)) = above else { continue };
        let relation = tree.deprel(at);
        // "called off a visit", with the particle taken for a preposition
        let object = matches!(relation, "obj" | "nsubj:pass") || all[v].args().objects.contains(&at);
        let clause = matches!(relation, "xcomp" | "ccomp" | "acl" | "advcl");
        let same = all[v].kind == all[n].kind;
        let of_noun = relation == "nmod" && tree.preposition(at) == "of";
        let one = if all[n].is_noun() {
            // "came under attack for its prices", "pulled out of the truce"
            let under = || {
                let case = tree.preposition(at);
                case == "under" || case == "from" || case.ends_with("of")
            };
            let inside = object || relation == "obl" && under();
            // "Rejected an inquiry"
            let refused = all[n].reading.under == Some((all[v].core(), Cue::Refuses))
                && all[v].kind == EventType::Reject
                && (all[n].kind.quad() != Quad::MaterialConflict || all[n].kind == EventType::Protest);
            (inside && all[v].found.entry.flags.absorbs)
                || refused
                || (object && same && !all[v].is_noun())
                || (of_noun && all[v].is_noun() && (same || all[n].kind.quad() == all[v].kind.quad()))
        } else {
            // "was summoned to hand him a note of protest": what a verbal act is for is that act.
            let what_for = same
                && matches!(relation, "xcomp" | "advcl")
                && reading::has_to(tree, core)
                && matches!(all[n].kind.quad(), Quad::VerbalCooperation | Quad::VerbalConflict);
            // "agreed to withdraw": what is only intended, asked or refused is no event beside the saying.
            what_for
                || clause
                    && all[n].reading.under.is_some_and(|(word, cue)| {
                        word == all[v].core()
                            && matches!(cue, Cue::Intends | Cue::Refuses | Cue::Asks)
                            && all[n].kind.quad() != Quad::MaterialConflict
                    })
        };
        if one {
            all[n].standing = Standing::Merged;
            if object {
                let (a, b) = all[n].trigger;
                let t = all[v].trigger;
                if b.abs_diff(t.0) <= 10 {
                    all[v].trigger = (t.0.min(a), t.1.max(b));
                }
                if all[v].mode.is_none() && same {
                    all[v].mode = all[n].mode;
                    all[v].cameo = all[n].cameo.clone();
                }
            }
        }
    }
    // "released a statement condemning": the participle says it better.
    for v in 0..all.len() {
        let within = |c: &Candidate| {
            let h = tree.head(c.core());
            c.kind == all[v].kind
                && c.standing == Standing::Event
                && c.core() != all[v].core()
                && matches!(tree.deprel(c.core()), "acl" | "advcl")
                && (h == Some(all[v].core())
                    || h.is_some_and(|h| tree.head(h) == Some(all[v].core()) && tree.is(h, "obj")))
        };
        let loose_trigger = all[v].found.entry.id.contains(".resolution.");
        if loose_trigger && all[v].standing == Standing::Event && all.iter().any(within) {
            all[v].standing = Standing::Merged;
        }
    }
    // A verb's participle that only supports a noun's event is not another one.
    let supports: Vec<usize> =
        all.iter().filter(|c| c.standing == Standing::Event).filter_map(|c| c.support.map(|s| s.0)).collect();
    for c in all.iter_mut() {
        if c.standing == Standing::Event && supports.contains(&c.core()) && tree.upos(c.core()) == Upos::Verb
        {
            c.standing = Standing::Merged;
        }
    }
}
