//! Who does it and to whom: phrases around a trigger as actors and targets.

use record::{
    ActorId, ActorMention, Attribution, Confidence, Entity, EntityKind, EventRole, EventType, Mode, Place,
    PlacePrecision, TextRange, TimeExpression, Upos,
};

use super::lexicon::{Cue, Lexicon};
use super::spot::{Candidate, Standing};
use super::tree::Tree;

/// What else is known about the report's words. Every list is in order of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scene<'a> {
    pub(super) mentions: &'a [ActorMention],
    pub(super) entities: &'a [Entity],
    pub(super) places: &'a [Place],
    pub(super) times: &'a [TimeExpression],
    pub(super) attributions: &'a [Attribution],
}

/// How much a phrase looks like somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// "targets", "the decision".
    Thing,
    /// "three people".
    Person,
    /// "militants", "the ministry".
    Described,
    Named,
}

/// A phrase in a role.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// Its head word.
    pub(super) head: usize,
    pub(super) range: TextRange,
    pub(super) actor: Option<ActorId>,
    pub(super) weight: Weight,
}

/// Both sides of an event.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    pub(super) actors: Vec<(Phrase, Confidence)>,
    pub(super) targets: Vec<(Phrase, Confidence)>,
}

/// The ranges of `all` that overlap `at`, given how to see their range.
fn overlapping<T>(
    all: &[T],
    at: TextRange,
    range: impl Fn(&T) -> TextRange,
) -> impl Iterator<Item = (usize, &T)> {
    let first = all.partition_point(|x| range(x).start() + 4096 < at.start());
    all[first..]
        .iter()
        .enumerate()
        .map(move |(i, x)| (first + i, x, range(x)))
        .take_while(move |(_, _, r)| r.start() < at.end())
        .filter(move |(_, _, r)| r.overlaps(at))
        .map(|(i, x, _)| (i, x))
}

impl<'a> Scene<'a> {
    fn mention(&self, at: TextRange) -> Option<&'a ActorMention> {
        overlapping(self.mentions, at, |m| m.range).map(|(_, m)| m).max_by_key(|m| m.range.len())
    }

    fn entity(&self, at: TextRange) -> Option<&'a Entity> {
        overlapping(self.entities, at, |e| e.range).map(|(_, e)| e).next()
    }

    /// Whether somebody is named in a range.
    pub(super) fn names_any(&self, at: TextRange) -> bool {
        self.mention(at).is_some() || self.entity(at).is_some()
    }

    /// Indices of the places that overlap a range.
    pub(super) fn places_in(&self, at: TextRange) -> Vec<usize> {
        overlapping(self.places, at, |p| p.range).map(|(i, _)| i).collect()
    }

    /// Indices of the times that overlap a range.
    pub(super) fn times_in(&self, at: TextRange) -> Vec<usize> {
        overlapping(self.times, at, |t| t.range).map(|(i, _)| i).collect()
    }
}

/// The phrase headed by word `h`, if it can be somebody or something in an event.
pub(super) fn phrase(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<Phrase> {
    let at = tree.range(h);
    if !scene.times_in(at).is_empty() || !tree.is_nominal(h) && tree.upos(h) != Upos::Adj {
        return None;
    }
    let first = leftmost(tree, h);
    let whole = tree.between(first, last_of_name(tree, h));
    if let Some(mention) = scene.mention(at) {
        let range = mention.range;
        return Some(Phrase { head: h, range, actor: Some(mention.actor.clone()), weight: Weight::Named });
    }
    if tree.upos(h) == Upos::Pron {
        return None;
    }
    if let Some(entity) = scene.entity(at)
        && matches!(
            entity.kind,
            EntityKind::Per | EntityKind::Org | EntityKind::Norp | EntityKind::Loc | EntityKind::Fac
        )
    {
        return Some(Phrase { head: h, range: entity.range, actor: None, weight: Weight::Named });
    }
    // Its owner or make: "US troops", "the army of Israel" — but not "Iran-backed groups".
    for c in tree.children(h).iter().copied() {
        let owner = matches!(tree.deprel(c), "nmod:poss" | "amod" | "compound" | "nmod:desc")
            || (tree.deprel(c) == "nmod" && matches!(tree.preposition(c).as_str(), "of" | "from"));
        if owner
            && !is_hyphenated(tree, c)
            && let Some(mention) = scene.mention(tree.range(c))
        {
            let actor = Some(mention.actor.clone());
            return Some(Phrase { head: h, range: whole, actor, weight: Weight::Named });
        }
    }
    let members = tree.by_relation(h, "nmod").filter(|&c| tree.preposition(c) == "of");
    let weight = members.map(|c| described(lexicon, tree, c)).chain([described(lexicon, tree, h)]).max();
    let weight = weight.unwrap_or(Weight::Thing);
    Some(Phrase { head: h, range: whole, actor: None, weight })
}

/// "Iran-backed", and "Iran" where the tokeniser splits it.
fn is_hyphenated(tree: &Tree, i: usize) -> bool {
    let has = |j: usize| matches!(tree.form(j), "-" | "–");
    tree.form(i).contains("-b") || tree.form(i).contains("-l") || has(i + 1)
}

/// What the noun itself tells.
fn described(lexicon: &Lexicon, tree: &Tree, h: usize) -> Weight {
    let is = |classes: &[&str]| classes.iter().any(|class| lexicon.in_class(class, tree.lemma(h)));
    if tree.upos(h) == Upos::Propn || is(&["troops", "fighters", "officials", "police", "envoys", "bodies"]) {
        Weight::Described
    } else if is(&["victims", "prisoners"]) || tree.upos(h) == Upos::Num {
        Weight::Person
    } else {
        Weight::Thing
    }
}

/// First word of a phrase without what follows its head.
fn leftmost(tree: &Tree, h: usize) -> usize {
    let mut first = h;
    for &c in tree.children(h) {
        if c < h
            && matches!(
                tree.deprel(c),
                "det"
                    | "amod"
                    | "compound"
                    | "nummod"
                    | "nmod:poss"
                    | "flat"
                    | "nmod:desc"
                    | "det:predet"
                    | "nmod"
            )
        {
            first = first.min(tree.spread(c).0);
        }
    }
    // A preposition that the tree hangs too low is no part of the phrase.
    while first < h && matches!(tree.upos(first), Upos::Adp | Upos::Punct | Upos::Cconj | Upos::Verb) {
        first += 1;
    }
    first
}

fn last_of_name(tree: &Tree, h: usize) -> usize {
    tree.by_relation(h, "flat").filter(|&c| c > h).max().unwrap_or(h)
}

/// Prepositions that lead to the target, by type; the first group that gives somebody wins. `""` is the object.
fn target_slots(kind: EventType) -> &'static [&'static [&'static str]] {
    use EventType::*;
    match kind {
        Agree => &[&["with", "to"], &["", "for"]],
        Consult => &[&["with"], &["", "to"]],
        Support => &[&[""], &["for", "with", "to", "of", "between"]],
        Concede => &[&["to", "with"], &["", "on", "of"]],
        Cooperate => &[&["with"], &["", "to"]],
        Aid => &[&["to", "for"], &["", "in", "of"]],
        Retreat => &[&[""], &["to", "from", "of", "on", "with"]],
        Request => &[&["on", "from"], &[""], &["to", "with", "for"]],
        Accuse => &[&["against"], &[""], &["of", "on", "into", "at", "to", "with", "over", "about"]],
        Reject => &[&[""], &["of", "to", "from", "with"]],
        Threaten => &[&["against", "to"], &["", "with", "on", "of"]],
        Protest => &[&["against"], &["at", "outside", "", "over"]],
        Sanction => &[&["on", "against", "to", "with"], &["", "from", "of"]],
        Mobilize => &[&["against"], &["near", "on", "to", "toward", "towards"]],
        Coerce => &[&["", "on", "against"], &["of", "from", "in"]],
        Assault => &[&["", "against"], &["on", "at", "into", "upon", "of", "toward", "towards", "with"]],
    }
}

/// Who does it and to whom.
pub(super) fn sides(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
) -> Sides {
    let mut sides = Sides::default();
    let is_event = |h: usize| all.iter().any(|o| o.core() == h && o.is_noun());
    if c.is_noun() {
        noun_actors(tree, lexicon, scene, c, all, &mut sides);
    } else {
        for &h in &c.args().subjects {
            let who = if is_event(h) {
                owner(tree, lexicon, scene, h, all)
            } else {
                actor(tree, lexicon, scene, h)
            };
            sides.actors.extend(who.map(|p| (p, Confidence::Fact)));
        }
    }
    targets(tree, lexicon, scene, c, all, &mut sides);
    if c.found.entry.flags.swapped {
        std::mem::swap(&mut sides.actors, &mut sides.targets);
        if sides.actors.is_empty() {
            let from: Vec<usize> = c.args().with(&["from", "by"]).collect();
            for h in from {
                sides.actors.extend(actor(tree, lexicon, scene, h).map(|p| (p, Confidence::Fact)));
            }
        }
    }
    tidy(&mut sides);
    sides
}

/// Nobody is both sides, and nobody is twice on one.
fn tidy(sides: &mut Sides) {
    for side in [&mut sides.actors, &mut sides.targets] {
        let mut seen: Vec<TextRange> = Vec::new();
        let mut named: Vec<Option<ActorId>> = Vec::new();
        side.retain(|(p, _)| {
            let known = p.actor.is_some() && named.contains(&p.actor);
            let new = !known && !seen.iter().any(|r| r.overlaps(p.range));
            seen.push(p.range);
            named.push(p.actor.clone());
            new
        });
    }
    let acting: Vec<TextRange> = sides.actors.iter().map(|(p, _)| p.range).collect();
    sides.targets.retain(|(p, _)| !acting.contains(&p.range));
}

/// Somebody who can act.
fn actor(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<Phrase> {
    phrase(tree, lexicon, scene, h).filter(|p| p.weight > Weight::Thing)
}

/// Who stands behind an event that a noun names.
fn owner(tree: &Tree, lexicon: &Lexicon, scene: &Scene, noun: usize, all: &[Candidate]) -> Option<Phrase> {
    let c = all.iter().find(|o| o.core() == noun && o.is_noun())?;
    let mut sides = Sides::default();
    noun_actors(tree, lexicon, scene, c, &[], &mut sides);
    sides.actors.into_iter().map(|(p, _)| p).next()
}

fn noun_actors(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
    sides: &mut Sides,
) {
    let core = c.core();
    let patient = lexicon.in_class("patient-nouns", tree.lemma(core));
    let fact = |p: Option<Phrase>| p.map(|p| (p, Confidence::Fact));
    for &h in &c.args().subjects {
        let found = fact(actor(tree, lexicon, scene, h));
        if patient && is_person(tree, scene, h) {
            sides.targets.extend(found);
        } else {
            sides.actors.extend(found);
        }
    }
    for &m in &c.args().modifiers {
        if !matches!(tree.deprel(m), "amod" | "compound" | "nmod:desc") || is_hyphenated(tree, m) {
            continue;
        }
        let Some(mention) = scene.mention(tree.range(m)) else {
            let named = scene
                .entity(tree.range(m))
                .is_some_and(|e| matches!(e.kind, EntityKind::Norp | EntityKind::Org));
            if named {
                sides.actors.extend(fact(phrase(tree, lexicon, scene, m)));
            }
            continue;
        };
        let city = scene
            .places_in(tree.range(m))
            .iter()
            .any(|&p| scene.places[p].spot.precision != PlacePrecision::Country && tree.deprel(m) != "amod");
        if city {
            continue;
        }
        let p = Phrase {
            head: m,
            range: mention.range,
            actor: Some(mention.actor.clone()),
            weight: Weight::Named,
        };
        if patient && is_person(tree, scene, m) {
            sides.targets.push((p, Confidence::Fact));
        } else {
            sides.actors.push((p, Confidence::Fact));
        }
    }
    let by: &[&str] = if c.found.entry.flags.of_actor { &["by", "from", "of"] } else { &["by", "from"] };
    let by: Vec<usize> = c.args().with(by).collect();
    for h in by {
        sides.actors.extend(fact(actor(tree, lexicon, scene, h)));
    }
    let between: Vec<usize> = c.args().with(&["between", "among"]).collect();
    for h in between {
        sides.actors.extend(fact(phrase(tree, lexicon, scene, h)));
    }
    clauses_on_noun(tree, lexicon, scene, c, sides);
    // "criticises them for attacks on", "made allegations against them regarding a strike": they are said to have done it.
    if sides.actors.is_empty()
        && matches!(tree.preposition(core).as_str(), "for" | "regarding" | "over" | "about")
        && let Some(critic) = all
            .iter()
            .find(|o| o.kind == EventType::Accuse && o.core() != core && tree.is_below(core, o.core()))
    {
        let alleged = critic.mode == Some(Mode::Allege);
        let confidence = if alleged { Confidence::Accused } else { Confidence::Fact };
        let against = critic.args().with(&["against"]);
        let heads: Vec<usize> = critic.args().objects.iter().copied().chain(against).collect();
        for h in heads.into_iter().filter(|&h| h != core && !tree.is_below(core, h)) {
            let somebody = actor(tree, lexicon, scene, h).filter(|p| p.weight > Weight::Person);
            sides.actors.extend(somebody.map(|p| (p, confidence)));
        }
    }
    if let Some((verb, cue)) = c.support {
        let verb_args = super::args::of(tree, lexicon, verb);
        let side = if cue == Cue::Undergoes { &mut sides.targets } else { &mut sides.actors };
        for &h in &verb_args.subjects {
            if h != core && !all.iter().any(|o| o.core() == h && o.is_noun()) {
                side.extend(fact(actor(tree, lexicon, scene, h)));
            }
        }
    }
    if let Some((word, cue @ (Cue::Claims | Cue::Blames))) = c.reading.under {
        let args = super::args::of(tree, lexicon, word);
        let (heads, confidence) = match cue {
            Cue::Claims => (args.subjects, Confidence::Claimed),
            _ => (args.objects, Confidence::Accused),
        };
        for h in heads.into_iter().filter(|&h| h != core) {
            sides.actors.extend(actor(tree, lexicon, scene, h).map(|p| (p, confidence)));
        }
    }
}

/// "an attack claimed by", "strikes targeting", "the attack blamed on".
fn clauses_on_noun(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    for &clause in &c.args().complements {
        let word = tree.lemma(clause);
        let args = super::args::of(tree, lexicon, clause);
        if tree.xpos(clause) == "VBN" {
            let by = args.subjects.iter().copied();
            if lexicon.has_cue(word, Cue::Claims) {
                sides.actors.extend(
                    by.filter_map(|h| actor(tree, lexicon, scene, h)).map(|p| (p, Confidence::Claimed)),
                );
            } else if lexicon.has_cue(word, Cue::Blames) {
                let on: Vec<usize> = args.with(&["on", "to"]).collect();
                sides.actors.extend(
                    on.into_iter()
                        .filter_map(|h| actor(tree, lexicon, scene, h))
                        .map(|p| (p, Confidence::Accused)),
                );
            } else if lexicon.has_cue(word, Cue::Does) {
                sides
                    .actors
                    .extend(by.filter_map(|h| actor(tree, lexicon, scene, h)).map(|p| (p, Confidence::Fact)));
            }
        }
        if lexicon.in_class("pointing", word) {
            let toward: Vec<usize> = if args.passive {
                args.with(&["at", "against", "on"]).collect()
            } else {
                args.objects.clone()
            };
            for h in toward {
                sides.targets.extend(phrase(tree, lexicon, scene, h).map(|p| (p, Confidence::Fact)));
            }
        }
    }
}

/// "The strikes focused on", "were aimed at": what the verb above points at.
fn pointed_at(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Vec<usize> {
    let Some(h) = tree.head(c.core()) else { return Vec::new() };
    let subject = matches!(tree.deprel(c.core()), "nsubj" | "nsubj:pass");
    if !c.is_noun() || !subject || !lexicon.in_class("pointing", tree.lemma(h)) {
        return Vec::new();
    }
    let args = super::args::of(tree, lexicon, h);
    let objects = args.objects.iter().copied().filter(|&o| o != c.core());
    objects.chain(args.with(&["on", "at", "against"])).collect()
}

fn targets(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
    sides: &mut Sides,
) {
    let args = c.args();
    let is_event = |h: usize| {
        all.iter().any(|o| o.core() == h && o.is_noun() && o.kind != c.kind && o.standing == Standing::Event)
    };
    let mut support_args = None;
    if let Some((verb, _)) = c.support {
        support_args = Some(super::args::of(tree, lexicon, verb));
    }
    for group in target_slots(c.kind) {
        let mut found: Vec<Phrase> = Vec::new();
        for &slot in *group {
            let mut heads: Vec<usize> = if slot.is_empty() {
                if c.is_noun() { Vec::new() } else { args.objects.clone() }
            } else if slot == "of" && c.found.entry.flags.of_actor {
                Vec::new()
            } else {
                args.with(&[slot]).collect()
            };
            if c.kind == EventType::Assault && slot == "on" {
                heads.extend(pointed_at(tree, lexicon, c));
            }
            if let Some(support) = &support_args
                && !slot.is_empty()
            {
                heads.extend(support.with(&[slot]));
            }
            for h in heads {
                // What hangs on an event noun belongs to that event ("denounced the strikes against them").
                let foreign = tree.head(h).is_some_and(|above| above != c.core() && is_event(above));
                if h == c.core() || foreign {
                    continue;
                }
                match all.iter().find(|o| o.core() == h && o.is_noun()) {
                    // "condemned the attack by X": whoever did it is the one condemned.
                    Some(_) if c.kind != EventType::Assault => {
                        found.extend(owner(tree, lexicon, scene, h, all));
                    }
                    Some(_) => {}
                    None => found.extend(phrase(tree, lexicon, scene, h).filter(|p| fits(c.kind, slot, p))),
                }
            }
        }
        if !found.is_empty() {
            sides.targets.extend(found.into_iter().map(|p| (p, Confidence::Fact)));
            break;
        }
    }
}

/// Whether a phrase can be the target in this slot.
fn fits(kind: EventType, slot: &str, p: &Phrase) -> bool {
    use EventType::*;
    let physical = matches!(kind, Assault | Coerce | Mobilize | Sanction);
    match slot {
        "" => physical || p.weight > Weight::Thing,
        "on" | "against" | "at" | "of" => p.weight > Weight::Thing || physical,
        _ => p.weight > Weight::Thing,
    }
}

fn is_person(tree: &Tree, scene: &Scene, h: usize) -> bool {
    scene.entity(tree.range(h)).is_some_and(|e| e.kind == EntityKind::Per)
        || matches!(tree.form(h), "his" | "her" | "their" | "my")
}

/// As the record writes it.
pub(super) fn role((phrase, confidence): &(Phrase, Confidence)) -> EventRole {
    EventRole { range: phrase.range, actor: phrase.actor.clone(), confidence: *confidence }
}
