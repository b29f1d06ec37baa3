//! The units of linking: what one report says of one happening.

use std::sync::OnceLock;

use record::{
    ActorId, ActorKind, ActorMention, Analysis, BlockLabel, Bounds, Confidence, Event, EventType, Factuality,
    Figure, Mode, Place, PlacePrecision, Quad, Recurring, Spot, TextRange, TimeExpression, Upos, When, clash,
};

use super::mention::head;
use super::standing::verbal;
use crate::Settings;
use crate::actors::Cast;
use crate::data::in_group;
use crate::family::{Family, family};
use crate::story::{Rarity, day};
use crate::words::{Term, stem, term, words};

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
    /// When.
    pub when: When,
    /// Its weekday or month.
    pub recurring: Option<Recurring>,
    /// Told as of last week.
    pub last_week: bool,
    /// Day of the report, or the last that it names, as days since 1970.
    pub told: Option<i32>,
    /// Whom words are directed at by what they answer, with the words for them: see [`address`].
    pub addressed: Vec<(ActorId, TextRange)>,
    /// What was counted.
    pub figures: Vec<(String, Bounds)>,
    /// Words around the mentions with their weight, sorted by word.
    pub context: Vec<(Term, f32)>,
    /// From 0 (a mention in passing) to 1 (what the report is about).
    pub salience: f32,
    /// Sums up several happenings.
    pub aggregate: bool,
    /// Whether it happened.
    pub factuality: Option<Factuality>,
    /// Whether its first mention introduces it ("an attack", "another strike") or takes it as known ("the attack").
    pub introduced: Option<bool>,
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
    /// Whether its first mention is denied.
    pub denied: bool,
    /// Whether all its nouns are plurals or all are singular.
    pub plural: Option<bool>,
    /// Whether it only speaks of such happenings at large ("attacks intensify", "acts of aggression").
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

    /// Whether it tells, in one sentence with `other` and without a doer of its own, what harm that did, or anywhere after
    /// it, that it did none ("denied that civilians had been killed"). Only what is violent or may become so does any: who
    /// is killed is no outcome of a demand or a release.
    pub(crate) fn outcome_of(&self, other: &Unit) -> bool {
        let sentence = self.sentences.first();
        // "claimed an attack, saying it had killed 60"
        let own = |w: &Who| other.agents.iter().any(|o| o.actor == w.actor);
        self.kind == other.kind
            && self.harm
            && self.agents.iter().all(own)
            && !self.apart.iter().any(|e| other.events.contains(e))
            && !other.apart.iter().any(|e| self.events.contains(e))
            && !other.harm
            && matches!(other.kind, Some(EventType::Assault | EventType::Protest))
            && (sentence.is_some_and(|s| other.sentences.contains(s))
                || (self.denied && other.mentions.first() < self.mentions.first()))
    }
}

/// Sentences within which a deed is looked for whose harm a sentence tells.
const TRAIL: usize = 6;

impl Unit {
    /// Whether it only denies that `other` was as it is told: no day, place or party of the two contradicts the other.
    fn denial_of(&self, other: &Unit, a: &Analysis) -> bool {
        let all = |u: &Unit, f: Factuality| u.events.iter().all(|&e| a.events[e].factuality == f);
        let real = matches!(other.factuality, Some(Factuality::Happened | Factuality::Ongoing));
        self.kind == Some(EventType::Assault)
            && other.kind == self.kind
            && all(self, Factuality::Denied)
            && real
            && !other.aggregate
            && !self.aggregate
            && other.mentions.first() < self.mentions.first()
            && !is_behind(a, other)
            && self.when.may_be(other.when)
            && !clash((self.when, self.recurring), (other.when, other.recurring))
            && (self.spots.is_empty()
                || self.spots.iter().any(|p| other.spots.iter().any(|q| same_spot(p, q))))
            && !matches!(parts(&self.agents, &other.agents), Parts::Different(_) | Parts::Related)
            && !reversed((&self.agents, &self.targets), (&other.agents, &other.targets))
    }

    /// Whether it can be what `other` did to people, told later: nobody is said to have done it, nor any place, day or
    /// victim that `other` does not have.
    fn trails(&self, other: &Unit) -> bool {
        let real = |u: &Unit| matches!(u.factuality, Some(Factuality::Happened | Factuality::Ongoing));
        let (Some(&here), Some(&there)) = (self.sentences.first(), other.sentences.first()) else {
            return false;
        };
        let near = other.sentences.iter().any(|&s| s < here && here - s <= TRAIL);
        // Who dies in an ambush on soldiers is no fighter, unless the sentence says so.
        let fighters = |w: &[Who]| !w.is_empty() && w.iter().all(|w| w.kind == Some(ActorKind::ArmedGroup));
        let own_side = fighters(&self.targets) && fighters(&other.agents);
        let may =
            |p: &Spot| other.spots.iter().any(|q| same_spot(p, q) || !fine(q) && p.country == q.country);
        self.kind == Some(EventType::Assault)
            && other.kind == Some(EventType::Assault)
            && (self.harm && self.agents.is_empty() && !own_side)
            && !other.harm
            && there < here
            && near
            && (real(self) || self.denied)
            && real(other)
            && !self.aggregate
            && !other.aggregate
            && self.when.may_be(other.when)
            && !clash((self.when, self.recurring), (other.when, other.recurring))
            && (self.spots.is_empty() || other.spots.is_empty() || self.spots.iter().all(may))
            && !self.targets.iter().any(|t| !t.kind_only && other.agents.iter().any(|g| g.actor == t.actor))
    }
}

/// Somebody with a part in a happening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    /// Who.
    pub actor: ActorId,
    /// The state it acts for, if it acts for one.
    pub state: Option<String>,
    /// Whether the report gives the part as a fact.
    pub sure: bool,
    /// Whether it is only a kind of people ("fighters", "Iran-backed groups"), which may be anybody of that kind.
    pub kind_only: bool,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// Whoever is said to back it.
    pub backers: Vec<ActorId>,
    /// The country of an armed group or party.
    pub home: Option<String>,
}

/// How the same role is filled on two sides.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parts {
    /// A side says nothing, or only what kind of people.
    Unknown,
    /// Somebody is on both sides.
    Same(String),
    /// Both sides are of one kind, or backed by the same.
    Alike(String),
    /// Others, who may belong together.
    Related,
    /// Two states, both given as fact.
    Different(String),
}

/// Compares who fills a role.
pub(crate) fn parts(a: &[Who], b: &[Who]) -> Parts {
    let shared = |w: &&Who| b.iter().any(|v| v.actor == w.actor);
    if let Some(w) = a.iter().filter(|w| !w.kind_only).find(shared) {
        return Parts::Same(w.actor.to_string());
    }
    let state = |s: &&String| b.iter().any(|v| v.state.as_ref() == Some(s));
    if let Some(state) = a.iter().filter_map(|w| w.state.as_ref()).find(state) {
        return Parts::Same(state.clone());
    }
    if let Some(w) = a.iter().find(shared) {
        return Parts::Alike(w.actor.to_string());
    }
    let backed = |w: &&Who| {
        b.iter().any(|v| (v.kind_only || w.kind_only) && v.backers.iter().any(|x| w.backers.contains(x)))
    };
    if let Some(w) = a.iter().find(backed) {
        return Parts::Alike(format!("backed by {}", w.backers[0]));
    }
    // "Gunmen" may be a group, "soldiers" an army.
    let bodies = |w: &Who, v: &Who| {
        let body = matches!(w.kind, Some(ActorKind::ArmedGroup | ActorKind::Force));
        body && w.kind == v.kind && w.kind_only != v.kind_only
    };
    if let Some(w) = a.iter().find(|w| b.iter().any(|v| bodies(w, v))) {
        return Parts::Alike(w.actor.to_string());
    }
    let (a, b): (Vec<&Who>, Vec<&Who>) =
        (a.iter().filter(|w| !w.kind_only).collect(), b.iter().filter(|w| !w.kind_only).collect());
    if a.is_empty() || b.is_empty() {
        return Parts::Unknown;
    }
    // Two states are two; a group may be another's part, name or front.
    let states = |w: &[&Who]| w.iter().all(|w| w.state.is_some() && w.sure);
    if states(&a) && states(&b) {
        return Parts::Different(format!("{} against {}", a[0].actor, b[0].actor));
    }
    Parts::Related
}

/// Whether who surely acts on one side suffers on the other, and acts on only one: a reply is not the attack.
pub(crate) fn reversed((agents, targets): (&[Who], &[Who]), (others, sufferers): (&[Who], &[Who])) -> bool {
    let one =
        |w: &Who, v: &Who| (!w.kind_only && v.actor == w.actor) || (w.state.is_some() && w.state == v.state);
    let sure = |x: &[Who], y: &[Who], both: bool| {
        x.iter().filter(|w| w.sure).any(|w| y.iter().any(|v| (v.sure || !both) && one(w, v)))
    };
    (sure(agents, sufferers, false) || sure(others, targets, false)) && !sure(agents, others, true)
}

/// The units of a report's events.
pub(crate) fn units(report: usize, analysis: &Analysis, cast: &Cast, settings: &Settings) -> Vec<Unit> {
    let events = &analysis.events;
    let chain = super::within::chains(analysis, cast);
    let most = (0..events.len()).map(|i| chain.iter().filter(|&&c| c == i).count()).max().unwrap_or(1);
    let mut units: Vec<Unit> = Vec::new();
    for first in (0..events.len()).filter(|&i| chain[i] == i) {
        let members: Vec<usize> = (first..events.len()).filter(|&i| chain[i] == first).collect();
        units.push(unit(report, analysis, members, most, cast, settings));
    }
    // Harm without a doer belongs to the deed of its sentence ("struck the town; nine people were killed").
    let mut n = 0;
    while n < units.len() {
        let at = |u: &Unit| u.events.first().map_or(0, |&e| events[e].trigger.start());
        let deed = (0..units.len())
            .filter(|&d| d != n && units[n].outcome_of(&units[d]))
            // What is told before the harm rather than after it.
            .min_by_key(|&d| (at(&units[d]) > at(&units[n]), at(&units[d]).abs_diff(at(&units[n]))));
        match deed {
            Some(d) => {
                let mut members = [units[d].events.clone(), units[n].events.clone()].concat();
                members.sort_unstable();
                units[d] = unit(report, analysis, members, most, cast, settings);
                units.remove(n);
            }
            None => n += 1,
        }
    }
    // And in a sentence of its own to the last deed told before it ("… In one village nine people were killed").
    let mut n = 0;
    while n < units.len() {
        let deed = (0..units.len())
            .filter(|&d| d != n && units[n].trails(&units[d]) && !is_behind(analysis, &units[d]))
            .max_by_key(|&d| units[d].sentences.iter().filter(|&&s| s < units[n].sentences[0]).max());
        match deed {
            Some(d) => {
                let mut members = [units[d].events.clone(), units[n].events.clone()].concat();
                members.sort_unstable();
                units[d] = unit(report, analysis, members, most, cast, settings);
                units.remove(n);
            }
            None => n += 1,
        }
    }
    // What is denied is the deed that was told before ("The army denied that it had struck a market").
    let mut n = 0;
    while n < units.len() {
        let shared = |d: &usize| {
            let own = |t: &&(Term, f32)| units[n].objects.iter().any(|o| o.0 == t.0);
            units[*d].objects.iter().filter(own).count()
        };
        let deed = (0..units.len())
            .filter(|&d| d != n && units[n].denial_of(&units[d], analysis))
            .max_by_key(|d| (shared(d), units[*d].mentions.len(), std::cmp::Reverse(*d)));
        match deed {
            Some(d) => {
                let mut members = [units[d].events.clone(), units[n].events.clone()].concat();
                members.sort_unstable();
                units[d] = unit(report, analysis, members, most, cast, settings);
                units.remove(n);
            }
            None => n += 1,
        }
    }
    address(&mut units, analysis, cast);
    units
}

/// Whether a deed is told only to say when or why another one was ("three days after an attack").
fn is_behind(a: &Analysis, u: &Unit) -> bool {
    u.events.iter().all(|&e| {
        let trigger = a.events[e].trigger;
        let Some(s) = a.parsed.sentences.iter().find(|s| s.range.contains(trigger)) else { return false };
        let word = |i: usize| matches!(s.tokens[i].lemma.as_str(), "after" | "following" | "since");
        let after = head(s, trigger)
            .is_some_and(|core| s.children(core).any(|c| s.tokens[c].deprel == "case" && word(c)));
        after || a.events.iter().any(|o| o.responds_to.iter().any(|&(cause, _)| cause == e))
    })
}

/// Words against a deed that name nobody ("condemned the bombing", "outrage over the action") are directed at whoever
/// surely did it, as event coders read them.
fn address(units: &mut [Unit], a: &Analysis, cast: &Cast) {
    for n in 0..units.len() {
        let u = &units[n];
        let to_others = u.targets.iter().any(|t| u.agents.iter().all(|g| g.actor != t.actor));
        if to_others || u.kind.is_none_or(|k| k.quad() != Quad::VerbalConflict) {
            continue;
        }
        let deed = |d: &&Unit| d.events.iter().any(|e| u.answered.contains(e));
        let doers = units.iter().filter(deed).flat_map(|d| &d.events).flat_map(|&e| &a.events[e].actors);
        let sure = doers.filter(|r| r.confidence == Confidence::Fact);
        let mut found: Vec<(ActorId, TextRange)> = sure
            .filter_map(|r| Some((cast.id(r.actor.as_ref()?), r.range)))
            .filter(|(id, _)| u.agents.iter().all(|g| g.actor != *id))
            .collect();
        found.sort();
        found.dedup_by(|b, a| a.0 == b.0);
        let u = &mut units[n];
        u.targets.extend(found.iter().map(|(id, _)| cast.who(id, true)));
        u.targets.sort();
        u.targets.dedup();
        u.addressed = found;
    }
}

fn unit(report: usize, a: &Analysis, members: Vec<usize>, most: usize, cast: &Cast, s: &Settings) -> Unit {
    let text = &a.report.text;
    let mut u = Unit { report, ..Unit::default() };
    let mut context = Vec::new();
    for &i in &members {
        let e = &a.events[i];
        u.mentions.push(super::mention::words_of(a, i, &members));
        u.mode = u.mode.or(e.mode);
        u.aggregate |= e.aggregate || is_several(a, e.trigger);
        u.heads.extend(words(text, e.trigger).iter().filter(|w| !w.function).map(|w| w.term));
        let denied = e.factuality == Factuality::Denied
            && members.iter().any(|&m| a.events[m].factuality != Factuality::Denied);
        // Who denies what others tell is not the one who did it.
        let doers = if denied { &[][..] } else { &e.actors[..] };
        for (roles, to) in [(doers, &mut u.agents), (&e.targets[..], &mut u.targets)] {
            for r in roles {
                if let (Some(actor), false) = (&r.actor, r.confidence == Confidence::Denied) {
                    to.push(cast.who(actor, r.confidence == Confidence::Fact));
                }
            }
        }
        for r in e.targets.iter().filter(|r| r.confidence != Confidence::Denied) {
            u.objects.extend(words(text, r.range).iter().filter(|w| !w.function).map(|w| (w.term, 1.0)));
        }
        u.rough |= scene_places(a, e).iter().any(|p| is_rough(text, p.range));
        for spot in scene(a, e) {
            if !u.spots.iter().any(|q| same_spot(q, spot)) {
                u.spots.push(spot.clone());
            }
        }
        u.when = narrow(u.when, time(a, i));
        u.recurring = u.recurring.or_else(|| recurring(a, i));
        u.last_week |= super::within::is_last_week(a, e);
        u.apart.extend(super::within::apart(a, i));
        u.sentences.extend(a.parsed.sentences.iter().position(|s| s.range.overlaps(e.trigger)));
        context.extend(context_of(text, surrounding(a, e.trigger), e.trigger, s));
    }
    u.harm = !u.heads.is_empty() && u.heads.iter().all(|&h| family(h).fits(harm()));
    u.denied = members.first().is_some_and(|&i| a.events[i].factuality == Factuality::Denied);
    u.introduced = members.first().and_then(|&i| introduces(a, a.events[i].trigger));
    u.kind = members.first().map(|&i| a.events[i].kind);
    u.factuality = members.iter().map(|&i| a.events[i].factuality).min();
    for f in a.figures.iter().filter(|f| f.event.is_some_and(|e| members.contains(&e))) {
        // What has a running toll is a war or a campaign.
        u.aggregate |= f.cumulative && members.len() == 1;
        if !f.cumulative && !f.part {
            u.figures.push((f.what.clone(), f.bounds));
        }
    }
    u.targets.extend(harmed(a, &members).map(|m| cast.who(&m.actor, true)));
    u.told = told(a);
    u.plural = number(a, &members);
    u.at_large = u.when == When::Unknown
        && !u.spots.iter().any(fine)
        && !a.figures.iter().any(|f| f.event.is_some_and(|e| members.contains(&e)))
        && members.iter().all(|&i| is_bare(a, a.events[i].trigger));
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

/// Whether a place only tells what something was near to.
fn is_rough(text: &str, place: TextRange) -> bool {
    let before = text.get(..place.start()).unwrap_or("");
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    let has = |n: usize, list: &str| words.iter().take(n).any(|w| in_group(list, &w.to_lowercase()));
    has(1, "near")
        || words.first().is_some_and(|w| matches!(*w, "of" | "to" | "from" | "between")) && has(3, "bearing")
}

/// The day of a report, or the last that it names.
pub(crate) fn told(a: &Analysis) -> Option<i32> {
    let named = || a.times.iter().filter(|t| t.anchored).filter_map(|t| t.when.latest()).max();
    a.report.published.as_ref().map(|p| p.date).or_else(named).map(day)
}

/// Who is named among those that events killed or hurt ("injuries to four US soldiers").
pub(super) fn harmed<'a>(a: &'a Analysis, events: &'a [usize]) -> impl Iterator<Item = &'a ActorMention> {
    let of_these = |f: &&Figure| {
        matches!(f.what.as_str(), "killed" | "wounded") && f.event.is_some_and(|e| events.contains(&e))
    };
    // Not the state within "Iran-backed fighters".
    let whole = |m: &&ActorMention| {
        !a.report.text.get(m.range.end()..).is_some_and(|after| after.starts_with('-'))
            && !a.mentions.iter().any(|o| o.range.len() > m.range.len() && o.range.contains(m.range))
    };
    // "one of their fighters"
    let group = |m: &&ActorMention| {
        let kind = a.actors.iter().find(|x| x.id == m.actor).map(|x| x.kind);
        matches!(kind, Some(ActorKind::ArmedGroup | ActorKind::Force | ActorKind::State))
    };
    a.figures.iter().filter(of_these).flat_map(move |f| {
        let counts = move |m: &&ActorMention| f.counted.is_some_and(|c| c.contains(m.range));
        let own = move |m: &&ActorMention| f.range.contains(m.range) && group(m);
        a.mentions.iter().filter(move |m| (counts(m) || own(m)) && whole(m))
    })
}

/// Whether all nouns among the triggers are plurals, or all are singular.
fn number(a: &Analysis, events: &[usize]) -> Option<bool> {
    let mut all = events.iter().filter_map(|&e| {
        let trigger = a.events[e].trigger;
        let s = a.parsed.sentences.iter().find(|s| s.range.contains(trigger))?;
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
    let titled = |b: &record::Block| b.label == BlockLabel::Title && b.range.contains(trigger);
    let Some(s) = a.parsed.sentences.iter().find(|s| s.range.contains(trigger)) else { return false };
    let Some(core) = head(s, trigger) else { return false };
    let picked = |i: usize| {
        let role = s.tokens[i].deprel;
        ["det", "nmod:poss", "nummod"].iter().any(|r| role.starts_with(r))
            || matches!(s.tokens[i].lemma.as_str(), "other" | "recent" | "latest" | "last" | "new" | "fresh")
    };
    s.tokens[core].upos == Upos::Noun
        && !a.report.blocks.iter().any(titled)
        && !s.children(core).any(picked)
        && !s.tokens.iter().any(|t| trigger.contains(t.range) && t.upos == Upos::Verb)
}

/// Whether a trigger is a noun for happenings beside the one at hand or too many to tell ("other attacks").
fn is_several(a: &Analysis, trigger: TextRange) -> bool {
    const SEVERAL: [&str; 6] = ["countless", "further", "many", "numerous", "other", "various"];
    let Some(s) = a.parsed.sentences.iter().find(|s| s.range.contains(trigger)) else { return false };
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

/// Where an event was: see [`scene_places`].
pub(super) fn scene<'a>(a: &'a Analysis, e: &Event) -> Vec<&'a Spot> {
    scene_places(a, e).into_iter().map(|p| &p.spot).collect()
}

/// The places of an event that are named as a scene, with those they are joined to ("in Iraq and Syria").
pub(super) fn scene_places<'a>(a: &'a Analysis, e: &Event) -> Vec<&'a Place> {
    let text: &str = &a.report.text;
    let mut out = Vec::new();
    let mut named: Vec<usize> =
        e.places.iter().chain(&e.place).copied().filter(|&p| p < a.places.len()).collect();
    named.sort_unstable();
    named.dedup();
    for p in named {
        let place = &a.places[p];
        let country = place.spot.precision == PlacePrecision::Country;
        // "Quds Force", "Islamic Resistance in Iraq"
        let in_name =
            a.mentions.iter().any(|m| m.range.contains(place.range) && m.range.len() > place.range.len());
        if in_name
            || !place.locative
            || of_another(a, e, place.range)
            || (country && !stands_as_scene(text, place.range))
        {
            continue;
        }
        out.push(place);
        for (this, next) in a.places[p..].iter().zip(&a.places[p + 1..]) {
            let between = text.get(this.range.end()..next.range.start()).unwrap_or("");
            let border = matches!(between, "-" | "–") && is_border(text, next.range);
            if !country
                || next.spot.precision != place.spot.precision
                || !(border || matches!(between, ", " | " and " | ", and "))
            {
                break;
            }
            out.push(next);
        }
    }
    out
}

/// Whether the grammar gives a place to another happening of the sentence ("against a backdrop of the war in the
/// valley", "attacks in the valley, along with missile strikes by the neighbour").
fn of_another(a: &Analysis, e: &Event, place: TextRange) -> bool {
    let Some(s) = a.parsed.sentences.iter().find(|s| s.range.contains(e.trigger)) else { return false };
    let (Some(own), Some(at)) = (head(s, e.trigger), head(s, place)) else { return false };
    let up = |from: usize| {
        std::iter::successors(Some(from), |&i| s.head(i)).take(s.tokens.len()).collect::<Vec<_>>()
    };
    let (mine, way) = (up(own), up(at));
    // "the wars in Syria and Yemen, along with strikes": what hangs on a place's name is elsewhere, but for clauses.
    if let Some(n) = mine.iter().position(|&i| i == at) {
        return n > 0 && mine[..n].iter().all(|&i| matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn));
    }
    let conflict = |i: usize| {
        let t = &s.tokens[i];
        let other =
            |o: &Event| !o.trigger.overlaps(e.trigger) && o.trigger.contains(t.range) && o.same_as.is_none();
        t.upos == Upos::Noun
            && i != own
            && (family(term(&stem(&t.lemma.to_lowercase()))).fits(fight()) || a.events.iter().any(other))
    };
    // From the place up to where the way of the trigger meets it, and that.
    let meet = way.iter().position(|i| mine.contains(i)).unwrap_or(way.len());
    way.iter().take(meet + 1).skip(1).any(|&i| conflict(i))
}

/// The family of wars and battles.
fn fight() -> &'static Family {
    static FIGHT: OnceLock<Family> = OnceLock::new();
    FIGHT.get_or_init(|| family(term(&stem("war"))))
}

/// Whether a country is named as where something is: after a preposition of place, and not before a word it only
/// qualifies ("in US custody", "on Iran-backed forces", "over the US action").
fn stands_as_scene(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start()).unwrap_or("");
    let mut words =
        before.split_whitespace().rev().filter(|w| !matches!(*w, "the" | "neighbouring" | "neighboring"));
    let preposition = words.next().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "in" | "inside" | "across" | "within" | "throughout" | "near" | "into" | "around" | "on"
        )
    });
    let after = text.get(range.end()..).unwrap_or("");
    // "near the Ruritania-Graustark border"
    let mut neighbour = after.strip_prefix(['-', '–']).unwrap_or("").split_whitespace();
    let border = neighbour.next().is_some()
        && neighbour.next().is_some_and(|w| w.starts_with("border") || w.starts_with("frontier"));
    preposition && (border || !after.starts_with(['-', '\'', '’']))
}

/// Whether a country is named with the border it has ("the Ruritania-Graustark border").
fn is_border(text: &str, range: TextRange) -> bool {
    let after = text.get(range.end()..).unwrap_or("").trim_start();
    ["border", "frontier"].iter().any(|w| after.starts_with(w))
}

/// Whether a trigger only tells who was killed or hurt.
pub(crate) fn is_harm(a: &Analysis, trigger: TextRange) -> bool {
    let mut heads = words(&a.report.text, trigger).into_iter().filter(|w| !w.function).peekable();
    heads.peek().is_some() && heads.all(|w| family(w.term).fits(harm()))
}

/// The families of harm.
fn harm() -> &'static Family {
    static HARM: OnceLock<Family> = OnceLock::new();
    HARM.get_or_init(|| family(term(&stem("kill"))).join(family(term(&stem("injure")))))
}

/// Whether the words before a trigger present it as new or as known; `None` for verbs and bare nouns.
fn introduces(a: &Analysis, trigger: TextRange) -> Option<bool> {
    let s = a.parsed.sentences.iter().find(|s| s.range.contains(trigger))?;
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
    determiners.next()
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
    if let Some(s) = a.parsed.sentences.iter().find(|s| s.range.overlaps(range)) {
        return s.range.cover(range);
    }
    let text: &str = &a.report.text;
    let before = text.get(..range.start()).unwrap_or("");
    let after = text.get(range.end()..).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    TextRange::new(start, range.end() + after.find('\n').unwrap_or(after.len()))
}

/// When an event was, as far as something fixes it. Of several events that claim one expression ("condemned on
/// Sunday the strikes"), it belongs to the nearest.
pub(crate) fn time(a: &Analysis, event: usize) -> When {
    expression(a, event).filter(|t| t.anchored).map_or(When::Unknown, |t| t.when)
}

/// The weekday or month of an event, also where nothing fixes the date.
pub(crate) fn recurring(a: &Analysis, event: usize) -> Option<Recurring> {
    let own = expression(a, event);
    // "came in response to an attack on Saturday": the words before may have been given the day.
    let of_reply = || {
        let here = a.events[event].trigger;
        let reply = a.events.iter().find(|e| e.responds_to.iter().any(|&(cause, _)| cause == event))?;
        let t = a.times.get(reply.time?)?;
        (reply.trigger.end() <= here.start() && here.end() <= t.range.start()).then_some(t)
    };
    own.or_else(of_reply)?.recurring()
}

/// The time expression that is an event's own.
fn expression(a: &Analysis, event: usize) -> Option<&TimeExpression> {
    let e = &a.events[event];
    let index = e.time?;
    let t = a.times.get(index)?;
    let gap =
        |x: TextRange| x.start().saturating_sub(t.range.end()).max(t.range.start().saturating_sub(x.end()));
    let nearer = |o: &Event| o.time == Some(index) && gap(o.trigger) < gap(e.trigger);
    // "The strikes came in response to an attack on Saturday": the day of the attack.
    let cause = |&(cause, _): &(usize, TextRange)| {
        let o = a.events[cause].trigger;
        e.trigger.end() <= o.start() && o.end() <= t.range.start()
    };
    (!a.events.iter().any(nearer) && !e.responds_to.iter().any(cause)).then_some(t)
}

/// The narrower of two times, and what both allow where they overlap; the first where they contradict each other.
pub(crate) fn narrow(a: When, b: When) -> When {
    match (a, b) {
        (When::Unknown, x) | (x, When::Unknown) => x,
        _ if !a.may_be(b) => a,
        _ => {
            let earliest = a.earliest().max(b.earliest());
            let latest = match (a.latest(), b.latest()) {
                (Some(x), Some(y)) => Some(x.min(y)),
                (x, y) => x.or(y),
            };
            let precision =
                a.precision().into_iter().chain(b.precision()).min().unwrap_or(record::Precision::Vague);
            When::from_bounds(earliest, latest, precision)
        }
    }
}

/// Whether two spots are one place.
pub(crate) fn same_spot(a: &Spot, b: &Spot) -> bool {
    match (a.geonames_id, b.geonames_id) {
        // A town and its district are one where both go by one name.
        (Some(x), Some(y)) => x == y || a.name == b.name && a.country == b.country && near(a, b),
        _ => a.name == b.name && a.country == b.country,
    }
}

/// Whether two spots are within a degree of each other.
fn near(a: &Spot, b: &Spot) -> bool {
    let close = |x: Option<f64>, y: Option<f64>| x.zip(y).is_some_and(|(x, y)| (x - y).abs() < 1.0);
    close(a.lat, b.lat) && close(a.lon, b.lon)
}

/// Whether a spot is fine enough to tell two happenings apart.
pub(crate) fn fine(spot: &Spot) -> bool {
    matches!(spot.precision, PlacePrecision::Site | PlacePrecision::City)
}
