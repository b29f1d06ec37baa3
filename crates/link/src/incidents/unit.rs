//! The units of linking: what one report says of one happening.

use std::sync::OnceLock;

use record::{
    ActorId, ActorKind, ActorMention, Analysis, BlockLabel, Bounds, Confidence, Event, EventType, Factuality,
    Figure, Mode, Precision, Quad, Reason, Recurring, Spot, TextRange, Upos, When,
};

use super::mention::head;
use super::scene::{fine, is_rough, narrow, recurring, same_spot, scene_places, time};
use super::standing::verbal;
use super::who::Who;
use super::within::Back;
use crate::Settings;
use crate::actors::Cast;
use crate::family::{Family, family};
use crate::near::{around, mentions_in};
use crate::story::{Rarity, day};
use crate::words::{Term, stem, term, words};

/// How many of what a unit tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Count {
    pub what: String,
    pub bounds: Bounds,
    /// Whether it can be all of them: not somebody named or described by himself, not some of those counted before.
    pub whole: bool,
}

/// One report's mentions of one happening, with what they say together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    /// Index of the report.
    pub report: usize,
    /// Indices of the events in its analysis; empty for mentions given from outside.
    pub events: Vec<usize>,
    /// The mentions' extents, in order.
    pub mentions: Vec<TextRange>,
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// PLOVER mode, the first that a mention gives.
    pub mode: Option<Mode>,
    /// Stems of the triggers, sorted.
    pub heads: Vec<Term>,
    /// How telling they are, from 0 (a word of every report) to 1.
    pub rarity: f32,
    /// Word families of the triggers.
    pub family: Family,
    /// Who did it.
    pub agents: Vec<Who>,
    /// To whom.
    pub targets: Vec<Who>,
    /// Words for what it was done to, known or not ("an air base"), with their weight, sorted by word.
    pub objects: Vec<(Term, f32)>,
    /// Where.
    pub spots: Vec<Spot>,
    /// Whether it was only near one of them ("north of", "on the road to").
    pub rough: bool,
    /// The countries that the report speaks of.
    pub lands: Vec<&'static str>,
    /// When.
    pub when: When,
    /// Whether that is a night.
    pub night: bool,
    /// Its weekday or month.
    pub recurring: Option<Recurring>,
    /// How far back it is told to be.
    pub back: Back,
    /// Told as of today or yesterday.
    pub of_late: bool,
    /// Day of the report, or the last that it names, as days since 1970.
    pub told: Option<i32>,
    /// Day that the report bears, as days since 1970.
    pub published: Option<i32>,
    /// Whom words are directed at by what they answer, with the words for them: see `gather.rs`.
    pub addressed: Vec<(ActorId, TextRange)>,
    /// What was counted.
    pub figures: Vec<Count>,
    /// Events that were joined to those told before them in the report, and why.
    pub joins: Vec<(usize, Vec<Reason>)>,
    /// Words around the mentions with their weight, sorted by word.
    pub context: Vec<(Term, f32)>,
    /// From 0 (a mention in passing) to 1 (what the report is about).
    pub salience: f32,
    /// Told in the headline.
    pub headed: bool,
    /// Told in the headline only behind another deed ("shot after an ambush").
    pub headed_behind: bool,
    /// Told below the headline only to say when or why another deed was.
    pub behind: bool,
    /// Told in one of the first two sentences below the headline that tell of anything.
    pub leads: bool,
    /// Sums up several happenings.
    pub aggregate: bool,
    /// Whether it happened.
    pub factuality: Option<Factuality>,
    /// Whether its first mention introduces it ("an attack", "another strike") or takes it as known ("the attack").
    pub introduced: Option<bool>,
    /// Whether the sentence of its first mention opens on something else ("Meanwhile", "In addition").
    pub turned: bool,
    /// The sentences of its mentions.
    pub sentences: Vec<usize>,
    /// Deeds of the report that are said to answer it.
    pub answers: Vec<usize>,
    /// Events of the report that are others by the words between: those that it answers, follows or comes before.
    pub apart: Vec<usize>,
    /// Deeds of the report that it answers with words.
    pub answered: Vec<usize>,
    /// Whether its triggers only tell who was killed or hurt.
    pub harm: bool,
    /// Whether its triggers only tell who was killed or hurt and what else was lost, and not by whom.
    pub fallout: bool,
    /// Whether its triggers only tell of aircraft, drones or missiles brought down.
    pub downs: bool,
    /// Whether its triggers only tell of a place that is taken.
    pub takes: bool,
    /// Whether its first mention is denied.
    pub denied: bool,
    /// Whether all its nouns are plurals or all are singular.
    pub plural: Option<bool>,
    /// Whether it only speaks of such happenings at large ("attacks intensify", "acts of aggression", "often kidnap").
    pub at_large: bool,
}

/// Inverse document frequency from which a word is as telling as any.
const TELLING: f32 = 1.5;

impl Unit {
    /// Weighs its words by how rare they are among the reports.
    pub(crate) fn weigh(&mut self, rarity: &Rarity) {
        self.context = rarity.vector(&self.context);
        self.objects = rarity.vector(&self.objects);
        let telling = self.heads.iter().map(|&h| rarity.idf(h)).fold(0.0, f32::max);
        self.rarity = (telling / TELLING).min(1.0);
    }
}

pub(super) fn unit(
    report: usize,
    a: &Analysis,
    members: Vec<usize>,
    most: usize,
    causes: &[bool],
    (cast, s): (&Cast, &Settings),
) -> Unit {
    let text = &a.report.text;
    let mut u = Unit { report, ..Unit::default() };
    let mut context = Vec::new();
    for &i in &members {
        let e = &a.events[i];
        u.mentions.push(super::mention::words_of(a, i, &members));
        u.mode = u.mode.or(e.mode);
        let toll = members.len() == 1 && super::within::tolls_many(a, i);
        u.aggregate |= e.aggregate || is_several(a, e.trigger) || toll;
        u.heads.extend(words(text, e.trigger).iter().filter(|w| !w.function).map(|w| w.term));
        let denied = e.factuality == Factuality::Denied
            && members.iter().any(|&m| a.events[m].factuality != Factuality::Denied);
        // Who denies what others tell is not the one who did it.
        let doers = if denied { &[][..] } else { &e.actors[..] };
        for (roles, to) in [(doers, &mut u.agents), (&e.targets[..], &mut u.targets)] {
            for r in roles {
                if let (Some(actor), false) = (&r.actor, r.confidence == Confidence::Denied) {
                    to.extend(cast.party(actor, r.confidence == Confidence::Fact));
                }
            }
        }
        for r in e.targets.iter().filter(|r| r.confidence != Confidence::Denied) {
            u.objects.extend(words(text, r.range).iter().filter(|w| !w.function).map(|w| (w.term, 1.0)));
        }
        for place in scene_places(a, e) {
            u.rough |= is_rough(text, place.range);
            if !u.spots.iter().any(|q| same_spot(q, &place.spot)) {
                u.spots.push(place.spot.clone());
            }
        }
        u.when = narrow(u.when, time(a, i));
        u.night |= super::scene::by_night(a, i);
        u.recurring = u.recurring.or_else(|| recurring(a, i));
        u.back = u.back.max(super::within::back(a, e));
        u.of_late |= super::weeks::is_of_late(a, i);
        u.apart.extend(super::within::apart(a, i, causes));
        u.sentences.extend(a.parsed.sentence_at(e.trigger));
        context.extend(context_of(text, surrounding(a, e.trigger), e.trigger, s));
    }
    u.harm = members.iter().all(|&e| is_harm(a, a.events[e].trigger));
    let lost = |&e: &usize| {
        let mut heads = words(text, a.events[e].trigger).into_iter().filter(|w| !w.function).peekable();
        a.events[e].actors.is_empty()
            && heads.peek().is_some()
            && heads.all(|w| crate::data::in_group("losses", &w.range.of(text).to_lowercase()))
    };
    u.fallout = u.harm
        || members.iter().any(|&e| is_harm(a, a.events[e].trigger))
            && members.iter().all(|e| is_harm(a, a.events[*e].trigger) || lost(e));
    u.takes = members.iter().all(|&e| a.events[e].cameo == TAKES);
    u.downs = members.iter().all(|&e| brings_down(text, &a.events[e]));
    u.denied = members.first().is_some_and(|&i| a.events[i].factuality == Factuality::Denied);
    u.introduced = members.first().and_then(|&i| introduces(a, a.events[i].trigger));
    u.turned = u.introduced != Some(false) && members.first().is_some_and(|&i| turns(a, a.events[i].trigger));
    u.kind = members.first().map(|&i| a.events[i].kind);
    u.factuality = members.iter().map(|&i| a.events[i].factuality).min();
    for f in a.figures.iter().filter(|f| f.event.is_some_and(|e| members.contains(&e))) {
        // What has a running toll is a war or a campaign.
        u.aggregate |= f.cumulative && members.len() == 1;
        if !f.cumulative && !f.part {
            let whole = f.person.is_none() && f.rule != "group";
            u.figures.push(Count { what: f.what.clone(), bounds: f.bounds, whole });
        }
    }
    u.targets.extend(harmed(a, &members).map(|m| cast.who(&m.actor, true)));
    u.told = told(a);
    u.lands = super::grounds::countries(a);
    u.published = a.report.published.as_ref().map(|p| day(p.date));
    u.plural = number(a, &members);
    u.at_large = u.when == When::Unknown
        && !u.spots.iter().any(fine)
        && !a.figures.iter().any(|f| f.event.is_some_and(|e| members.contains(&e)))
        && members.iter().all(|&i| is_bare(a, a.events[i].trigger) || is_habit(a, a.events[i].trigger));
    for list in [&mut u.agents, &mut u.targets] {
        list.sort();
        list.dedup();
    }
    u.heads.sort_unstable();
    u.heads.dedup();
    u.family = u.heads.iter().map(|&h| family(h)).fold(Family::default(), Family::join);
    u.context = merged(context);
    u.objects = merged(std::mem::take(&mut u.objects));
    let lead = a.parsed.sentences.get(1).or(a.parsed.sentences.first()).map_or(0, |s| s.range.end());
    let leads = u.mentions.first().is_some_and(|m| m.start() < lead.max(1));
    u.salience = (members.len() as f32 / most as f32 + if leads { 0.5 } else { 0.0 }).min(1.0);
    u.headed = members.iter().any(|&i| titled(a, a.events[i].trigger));
    let mut headlines = members.iter().filter(|&&i| titled(a, a.events[i].trigger)).peekable();
    u.headed_behind = headlines.peek().is_some() && headlines.all(|&i| super::gather::is_told_behind(a, i));
    u.behind = members.iter().all(|&i| titled(a, a.events[i].trigger) || super::gather::is_told_behind(a, i));
    let opening = a.events.iter().find(|e| !titled(a, e.trigger)).map(|e| sentence_of(a, e.trigger));
    let opens = |&i: &usize| {
        let at = a.events[i].trigger;
        !titled(a, at) && opening.is_some_and(|first| sentence_of(a, at) <= first + 1)
    };
    u.leads = members.iter().any(opens);
    // Deeds only: one condemnation may answer several.
    let answer = |e: &Event| {
        e.kind.quad() == Quad::MaterialConflict
            && e.responds_to.iter().any(|(cause, _)| members.contains(cause))
    };
    u.answers = (0..a.events.len()).filter(|&i| answer(&a.events[i])).collect();
    if u.kind.is_some_and(|k| verbal(k.quad())) {
        let deed = |to: &usize| a.events[*to].kind.quad() == Quad::MaterialConflict;
        let answered = members.iter().flat_map(|&i| crate::responses::answered(a, i));
        u.answered = answered.map(|(to, _)| to).filter(deed).collect();
        u.answered.sort_unstable();
        u.answered.dedup();
    }
    u.events = members;
    u
}

/// The day of a report, or the last that it names; a mere year is none.
pub(crate) fn told(a: &Analysis) -> Option<i32> {
    let fine = |w: &When| !matches!(w.precision(), None | Some(Precision::Year | Precision::Decade));
    let times = || a.times.iter().filter(|t| t.anchored).map(|t| t.when).filter(fine);
    let named = || times().filter_map(|w| w.latest()).max();
    a.report.published.as_ref().map(|p| p.date).or_else(named).map(day)
}

/// Who is named among those that events killed or hurt ("injuries to four US soldiers").
pub(super) fn harmed<'a>(a: &'a Analysis, events: &'a [usize]) -> impl Iterator<Item = &'a ActorMention> {
    let of_these = |f: &&Figure| {
        f.event.is_some_and(|e| events.contains(&e)) && matches!(f.what.as_str(), "killed" | "wounded")
    };
    // Not the state within "Iran-backed fighters".
    let whole = |m: &&ActorMention| {
        !a.report.text.get(m.range.end()..).is_some_and(|after| after.starts_with('-'))
            && !mentions_in(a, around(a, m.range))
                .iter()
                .any(|o| o.range.len() > m.range.len() && o.range.contains(m.range))
    };
    // "one of their fighters"
    let group = |m: &&ActorMention| {
        let kind = a.actors.iter().find(|x| x.id == m.actor).map(|x| x.kind);
        matches!(kind, Some(ActorKind::ArmedGroup | ActorKind::Force | ActorKind::State))
    };
    a.figures.iter().filter(of_these).flat_map(move |f| {
        let counts = move |m: &&ActorMention| f.counted.is_some_and(|c| c.contains(m.range));
        let own = move |m: &&ActorMention| f.range.contains(m.range) && group(m);
        let here = mentions_in(a, f.counted.map_or(f.range, |c| c.cover(f.range)));
        here.iter().filter(move |m| (counts(m) || own(m)) && whole(m))
    })
}

/// Whether all nouns among the triggers are plurals, or all are singular.
fn number(a: &Analysis, events: &[usize]) -> Option<bool> {
    let mut all = events.iter().filter_map(|&e| {
        let trigger = a.events[e].trigger;
        let s = a.parsed.sentence_of(trigger)?;
        let head = &s.tokens[head(s, trigger)?];
        (head.upos == Upos::Noun && !is_collective(trigger.of(&a.report.text)))
            .then(|| head.xpos.ends_with('S'))
    });
    let one = all.next()?;
    all.all(|n| n == one).then_some(one)
}

/// Whether a trigger is a common noun that nothing in its phrase picks out: no article, owner or number, neither carried
/// by a verb nor in a headline, where articles are left out.
fn is_bare(a: &Analysis, trigger: TextRange) -> bool {
    let Some(s) = a.parsed.sentence_of(trigger) else { return false };
    let Some(core) = head(s, trigger) else { return false };
    let picked = |i: usize| {
        let role = s.tokens[i].deprel;
        ["det", "nmod:poss", "nummod"].iter().any(|r| role.starts_with(r))
            || matches!(s.tokens[i].lemma.as_str(), "other" | "recent" | "latest" | "last" | "new" | "fresh")
    };
    s.tokens[core].upos == Upos::Noun
        && !titled(a, trigger)
        && !s.children(core).any(picked)
        && !s.tokens.iter().any(|t| trigger.contains(t.range) && t.upos == Upos::Verb)
}

/// "Bandits often kidnap travellers": a present that tells what somebody is wont to do.
fn is_habit(a: &Analysis, trigger: TextRange) -> bool {
    let Some(s) = a.parsed.sentence_of(trigger) else { return false };
    let Some(core) = head(s, trigger) else { return false };
    let wont = |i: usize| crate::data::in_group("wont", &s.tokens[i].lemma.to_lowercase());
    matches!(s.tokens[core].xpos, "VBP" | "VBZ") && s.children(core).any(wont)
}

/// Whether the sentence of a trigger opens on something else: "Elsewhere", "In another attack", but not "Another ten were
/// hurt".
fn turns(a: &Analysis, trigger: TextRange) -> bool {
    let Some(s) = a.parsed.sentence_of(trigger) else { return false };
    let word = |i: usize| s.tokens[i].range.of(&a.report.text).to_lowercase();
    let counts = |i: usize| s.tokens.get(i + 1).is_some_and(|next| next.upos == Upos::Num);
    (0..s.tokens.len().min(OPENING)).any(|i| crate::data::in_group("turning", &word(i)) && !counts(i))
}

/// How many words open a sentence.
const OPENING: usize = 3;

/// Whether words stand in the headline.
pub(crate) fn titled(a: &Analysis, words: TextRange) -> bool {
    a.report.blocks.iter().any(|b| b.label == BlockLabel::Title && b.range.contains(words))
}

/// Index of the sentence in which words stand.
pub(super) fn sentence_of(a: &Analysis, words: TextRange) -> usize {
    a.parsed.sentences.partition_point(|s| s.range.end() <= words.start())
}

/// Whether a trigger is a noun for happenings beside the one at hand or too many to tell ("other attacks").
fn is_several(a: &Analysis, trigger: TextRange) -> bool {
    const SEVERAL: [&str; 6] = ["countless", "further", "many", "numerous", "other", "various"];
    let Some(s) = a.parsed.sentence_of(trigger) else { return false };
    head(s, trigger).is_some_and(|core| {
        s.tokens[core].upos == Upos::Noun
            && s.tokens[core].xpos.ends_with('S')
            && s.children(core).any(|i| SEVERAL.contains(&s.tokens[i].lemma.as_str()))
    })
}

/// Whether a word names many blows as one thing.
pub(super) fn is_collective(trigger: &str) -> bool {
    let lower = trigger.to_lowercase();
    crate::data::group("collective").iter().any(|w| lower.ends_with(w))
}

/// The CAMEO code for territory that is occupied.
const TAKES: &str = "192";

/// Whether a trigger only tells who was killed or hurt.
pub(crate) fn is_harm(a: &Analysis, trigger: TextRange) -> bool {
    let text = &a.report.text;
    let mut heads = words(text, trigger).into_iter().filter(|w| !w.function).peekable();
    let perish = |w: &crate::words::Word| crate::data::in_group("perish", &w.range.of(text).to_lowercase());
    heads.peek().is_some() && heads.all(|w| family(w.term).fits(harm()) || perish(&w))
}

/// Whether a trigger tells of something brought down from the air ("downed", "shot down", "intercepted").
fn brings_down(text: &str, e: &Event) -> bool {
    let lower = e.trigger.of(text).to_lowercase();
    // A bus or a boat may be intercepted too.
    let flies = || {
        let around = e.extent.of(text).to_lowercase();
        around.split(|c: char| !c.is_alphanumeric()).any(|w| crate::data::in_group("flying", w))
    };
    let has = |list: &str| lower.split_whitespace().any(|w| crate::data::in_group(list, w));
    has("downing")
        || has("intercepts") && flies()
        || has("brings") && lower.split_whitespace().any(|w| w == "down")
}

/// The families of harm.
fn harm() -> &'static Family {
    static HARM: OnceLock<Family> = OnceLock::new();
    HARM.get_or_init(|| family(term(&stem("kill"))).join(family(term(&stem("injure")))))
}

/// Whether the words before a trigger present it as new or as known; `None` for verbs and bare nouns.
fn introduces(a: &Analysis, trigger: TextRange) -> Option<bool> {
    let s = a.parsed.sentence_of(trigger)?;
    let head = s.tokens.iter().rposition(|t| trigger.contains(t.range))?;
    let noun = |i: usize| matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn);
    let mut determiners = s.children(head).filter(|_| noun(head)).filter_map(|i| {
        let t = &s.tokens[i];
        match t.lemma.to_lowercase().as_str() {
            "a" | "an" | "another" | "other" | "separate" | "second" | "further" | "earlier" | "previous" => {
                Some(true)
            }
            "the" | "this" | "that" | "these" | "those" => Some(false),
            _ if t.deprel.starts_with("nmod:poss") => Some(false),
            _ => None,
        }
    });
    let before =
        |i: usize| matches!(s.tokens[i].lemma.to_lowercase().as_str(), "early" | "earlier" | "previous");
    // "The previous exchange" is not the one just told.
    Some(determiners.next()? || s.children(head).any(before))
}

/// A unit for one mention given from outside.
pub(crate) fn given(report: usize, a: &Analysis, range: TextRange, s: &Settings) -> Unit {
    let text = &a.report.text;
    let heads = words(text, range);
    let head = heads.iter().rev().find(|w| !w.function).or(heads.last()).map(|w| w.term);
    Unit {
        report,
        mentions: vec![range],
        heads: head.into_iter().collect(),
        family: head.map(family).unwrap_or_default(),
        context: merged(context_of(text, surrounding(a, range), range, s)),
        salience: 1.0,
        ..Unit::default()
    }
}

/// Words of `within` without `mention`; names and numbers count more, and so do words that stand close.
fn context_of(text: &str, within: TextRange, mention: TextRange, s: &Settings) -> Vec<(Term, f32)> {
    words(text, within)
        .into_iter()
        .filter(|w| !w.function && !w.range.overlaps(mention))
        .map(|w| {
            let gap = if w.range.start() < mention.start() {
                mention.start().saturating_sub(w.range.end())
            } else {
                w.range.start().saturating_sub(mention.end())
            };
            let weight = if w.name || w.number { s.name } else { 1.0 };
            (w.term, weight / (1.0 + gap as f32 / s.near))
        })
        .collect()
}

/// One weight a word: its greatest.
fn merged(mut context: Vec<(Term, f32)>) -> Vec<(Term, f32)> {
    context.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    context.dedup_by_key(|c| c.0);
    context
}

/// The sentence around a range; without sentences, the line.
fn surrounding(a: &Analysis, range: TextRange) -> TextRange {
    if let Some(s) = a.parsed.sentence_at(range).map(|n| &a.parsed.sentences[n]) {
        return s.range.cover(range);
    }
    let text: &str = &a.report.text;
    let before = text.get(..range.start()).unwrap_or("");
    let after = text.get(range.end()..).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    TextRange::new(start, range.end() + after.find('\n').unwrap_or(after.len()))
}

#[cfg(test)]
mod tests {
    use record::Token;

    use super::*;

    /// Whether a sentence of these words opens on something else than what was told before it.
    fn turned(words: &str) -> bool {
        let mut a = crate::testing::report("a", None, words);
        let mut at = 0;
        let token = |word: &str| {
            let range = TextRange::new(at, at + word.len());
            at += word.len() + 1;
            let upos = if word == "ten" { Upos::Num } else { Upos::Noun };
            let lemma = word.to_lowercase();
            Token { range, lemma, upos, xpos: "", feats: "", head: 0, deprel: "", deed: None }
        };
        a.parsed.sentences[0].tokens = words.split(' ').map(token).collect();
        turns(&a, TextRange::new(words.len() - 1, words.len()))
    }

    #[test]
    fn a_sentence_that_opens_on_something_else() {
        assert!(turned("In addition a bank was bombed") && turned("Elsewhere rebels burned a bus"));
        assert!(turned("In another raid rebels shot a trader"));
        assert!(!turned("Another ten were hurt") && !turned("The rebels burned another bus"));
    }
}
