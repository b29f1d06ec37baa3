//! The units of a report: chains of its events, with the harm and the denials that belong to a deed.

use std::collections::BTreeMap;

use record::{
    ActorId, ActorKind, Analysis, Confidence, EventType, Factuality, PlacePrecision, Quad, Spot, TextRange,
    When, clash,
};

use super::compare::{apart, compare, is_long_ago, ruled_out};
use super::mention::head;
use super::scene::{fine, narrow, one_time, same_spot};
use super::unit::{Unit, unit};
use super::who::{Parts, Who, parts, reversed};
use super::within::Back;
use crate::Settings;
use crate::actors::Cast;
use crate::story::Affinity;
use crate::words::Term;

/// Sentences within which a deed is looked for whose harm a sentence tells.
const TRAIL: usize = 6;

impl Unit {
    /// Whether it tells, in one sentence with `other` and without a doer of its own, what harm that did, or anywhere after
    /// it, that it did none ("denied that civilians had been killed"). Only what is violent or may become so does any: who
    /// is killed is no outcome of a demand or a release.
    pub(crate) fn outcome_of(&self, other: &Unit) -> bool {
        let sentence = self.sentences.first();
        // "claimed an attack, saying it had killed 60"
        // "The group, a branch of another, claimed the attack, saying it had killed 60".
        let claimed = other.agents.iter().any(|o| !o.sure);
        let own = |w: &Who| other.agents.iter().any(|o| o.actor == w.actor) || claimed && w.state.is_none();
        self.kind == other.kind
            && self.harm
            && !other.harm
            && (!self.aggregate || other.aggregate)
            && matches!(other.kind, Some(EventType::Assault | EventType::Protest))
            && (sentence.is_some_and(|s| other.sentences.contains(s))
                || (self.denied && other.mentions.first() < self.mentions.first()))
            && self.agents.iter().all(own)
            // "On 7 January two died, and on 28 January another was killed"
            && self.when.may_be(other.when)
            && !clash((self.when, self.recurring), (other.when, other.recurring))
            && !self.apart.iter().any(|e| other.events.contains(e))
            && !other.apart.iter().any(|e| self.events.contains(e))
    }

    /// Takes over what another unit of the report tells, as far as it can be told without reading it again.
    fn take(&mut self, other: &Unit) {
        self.events.extend(&other.events);
        self.events.sort_unstable();
        self.sentences.extend(&other.sentences);
        self.mentions.extend(&other.mentions);
        self.mentions.sort_unstable();
        self.apart.extend(&other.apart);
        self.addressed.extend(other.addressed.iter().cloned());
        self.figures.extend(other.figures.iter().cloned());
        self.when = narrow(self.when, other.when);
        let new: Vec<Spot> =
            other.spots.iter().filter(|q| !self.spots.iter().any(|p| same_spot(p, q))).cloned().collect();
        self.spots.extend(new);
        for (own, more) in [(&mut self.agents, &other.agents), (&mut self.targets, &other.targets)] {
            own.extend(more.iter().cloned());
            own.sort();
            own.dedup();
        }
        self.heads.extend(&other.heads);
        self.heads.sort_unstable();
        self.heads.dedup();
    }

    /// Takes whom its words are directed at by what they answer.
    fn address_to(&mut self, mut found: Vec<(ActorId, TextRange)>, cast: &Cast) {
        found.sort();
        found.dedup_by(|b, a| a.0 == b.0);
        self.targets.extend(found.iter().map(|(id, _)| cast.who(id, true)));
        self.targets.sort();
        self.targets.dedup();
        self.addressed = found;
    }

    /// Whether it only denies that `other` was as it is told: no day, place or party of the two contradicts the other.
    fn denial_of(&self, other: &Unit, a: &Analysis) -> bool {
        let all = |u: &Unit, f: Factuality| u.events.iter().all(|&e| a.events[e].factuality == f);
        let real = matches!(other.factuality, Some(Factuality::Happened | Factuality::Ongoing));
        // "They are backed by Norland, he said. Norland denies supporting them": of what is no blow, who denies must be who
        // did it a sentence before.
        let denier = || {
            let mut who =
                self.events.iter().flat_map(|&e| &a.events[e].actors).filter_map(|r| r.actor.as_ref());
            who.any(|id| other.agents.iter().any(|w| w.actor == *id))
        };
        let next = || {
            let (here, there) = (self.sentences.first(), other.sentences.last());
            here.zip(there).is_some_and(|(h, t)| h.saturating_sub(*t) <= 1)
        };
        (self.kind == Some(EventType::Assault) || denier() && next())
            && other.kind == self.kind
            && all(self, Factuality::Denied)
            && real
            && !other.aggregate
            && !self.aggregate
            && other.mentions.first() < self.mentions.first()
            && !is_behind(a, other)
            && one_time((self.when, self.night), (other.when, other.night))
            && !clash((self.when, self.recurring), (other.when, other.recurring))
            && (self.spots.is_empty()
                || self.spots.iter().any(|p| other.spots.iter().any(|q| same_spot(p, q))))
            && !matches!(parts(&self.agents, &other.agents), Parts::Different(_) | Parts::Related)
            && !reversed((&self.agents, &self.targets), (&other.agents, &other.targets))
    }

    /// Whether it can be what `other` did to people, told later: nobody is said to have done it, no place or day
    /// contradicts `other`, and its doer is not the victim.
    fn trails(&self, other: &Unit) -> bool {
        let real = |u: &Unit| matches!(u.factuality, Some(Factuality::Happened | Factuality::Ongoing));
        let (Some(&here), Some(&there)) = (self.sentences.first(), other.sentences.first()) else {
            return false;
        };
        let near = other.sentences.iter().any(|&s| s < here && here - s <= TRAIL);
        // Who dies in an ambush on soldiers is no fighter, unless the sentence says so.
        let fighters = |w: &[Who]| !w.is_empty() && w.iter().all(|w| w.kind == Some(ActorKind::ArmedGroup));
        let own_side = fighters(&self.targets) && fighters(&other.agents);
        // "Four people were killed in the port": what has a town of its own, where the deed before has none, is another deed.
        let elsewhere = other.spots.is_empty() && self.spots.iter().any(fine);
        // A province holds no town that is far from its middle.
        let within = |p: &Spot, q: &Spot| {
            let land = q.precision == PlacePrecision::Country;
            !fine(q) && p.country == q.country && (land || apart(p, q).is_none_or(|km| km <= PROVINCE_KM))
        };
        let coarse = !other.spots.iter().any(fine);
        let may = |p: &Spot| other.spots.iter().any(|q| same_spot(p, q) || coarse && within(p, q));
        // "On Saturday … A week ago 12 died"
        let before = self.back > Back::No && other.back == Back::No && other.recurring.is_some();
        self.kind == Some(EventType::Assault)
            && other.kind == Some(EventType::Assault)
            && (self.fallout && self.agents.is_empty() && !own_side)
            && !other.fallout
            && there < here
            && near
            && !elsewhere
            && !before
            // What is told without a day is of late: nobody died of it long before.
            && !(other.when == When::Unknown && is_long_ago(self.when, self.told))
            && (real(self) || self.denied)
            && real(other)
            && !self.aggregate
            && !other.aggregate
            && self.when.may_be(other.when)
            && !clash((self.when, self.recurring), (other.when, other.recurring))
            && (other.spots.is_empty() || self.spots.iter().all(may))
            && !self.targets.iter().any(|t| !t.kind_only && other.agents.iter().any(|g| g.actor == t.actor))
    }
}

/// How far from its middle a town of a province may lie.
const PROVINCE_KM: f64 = 300.0;

/// The units of a report's events.
pub(crate) fn units(report: usize, analysis: &Analysis, cast: &Cast, settings: &Settings) -> Vec<Unit> {
    let events = &analysis.events;
    let causes = crate::responses::named_causes(analysis);
    let chain = super::within::chains(analysis, cast, &causes);
    let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    chain.iter().enumerate().for_each(|(i, &first)| chains.entry(first).or_default().push(i));
    let most = chains.values().map(Vec::len).max().unwrap_or(1);
    let remake = |members| unit(report, analysis, members, most, &causes, (cast, settings));
    let mut units: Vec<Unit> = chains.into_values().map(remake).collect();
    // Harm without a doer belongs to the deed of its sentence ("struck the town; nine people were killed").
    gather(&mut units, remake, |units, n| {
        let at = |u: &Unit| u.events.first().map_or(0, |&e| events[e].trigger.start());
        if !units[n].harm {
            return None;
        }
        (0..units.len())
            .filter(|&d| d != n && units[n].outcome_of(&units[d]) && !is_known_by(analysis, &units[d]))
            // What is told before the harm rather than after it.
            .min_by_key(|&d| (at(&units[d]) > at(&units[n]), at(&units[d]).abs_diff(at(&units[n]))))
    });
    // And in a sentence of its own to the last deed told before it ("… In one village nine people were killed").
    gather(&mut units, remake, |units, n| {
        if !units[n].fallout || is_behind(analysis, &units[n]) {
            return None;
        }
        (0..units.len())
            .filter(|&d| d != n && units[n].trails(&units[d]) && !is_behind(analysis, &units[d]))
            .filter(|&d| !is_next_entry(analysis, &units[d], &units[n]))
            .max_by_key(|&d| units[d].sentences.iter().filter(|&&s| s < units[n].sentences[0]).max())
    });
    // What is denied is the deed that was told before ("The army denied that it had struck a market").
    gather(&mut units, remake, |units, n| {
        let shared = |d: &usize| {
            let own = |t: &&(Term, f32)| units[n].objects.iter().any(|o| o.0 == t.0);
            units[*d].objects.iter().filter(own).count()
        };
        if !units[n].denied {
            return None;
        }
        (0..units.len())
            .filter(|&d| d != n && units[n].denial_of(&units[d], analysis))
            .max_by_key(|d| (shared(d), units[*d].mentions.len(), std::cmp::Reverse(*d)))
    });
    // What was gathered into a later one may begin before it.
    units.sort_by_key(|u| u.events.first().copied());
    address(&mut units, analysis, cast);
    units
}

/// Joins what the units of one report have in common, so that across reports each is compared with all that its report
/// says of it: "the attack" alone is like nothing, together with the sentence that told of it, it has a day and a place.
pub(crate) fn joined(
    units: Vec<Unit>,
    analyses: &[Analysis],
    cast: &Cast,
    affinity: &Affinity,
    s: &Settings,
) -> Vec<Unit> {
    let remade = |known: &Unit, most: usize| {
        let members = known.events.clone();
        let mut u = unit(known.report, &analyses[known.report], members, most, &[], (cast, s));
        u.apart.clone_from(&known.apart);
        u.joins.clone_from(&known.joins);
        u.weigh(&affinity.rarity);
        u.address_to(known.addressed.clone(), cast);
        u
    };
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for own in units.chunk_by(|a, b| a.report == b.report) {
        let most = own.iter().map(|u| u.events.len()).max().unwrap_or(1);
        let first = out.len();
        // As a reader does: each is held against what has been told so far, all of it.
        for u in own {
            let here = u.sentences.first().copied().unwrap_or(0);
            // The deeds of the kind that the report has told since it told of each.
            let last =
                |known: &Unit| known.sentences.iter().copied().filter(|&s| s <= here).max().unwrap_or(0);
            let alike = out[first..].iter().filter(|o| o.kind == u.kind);
            let mut told: Vec<usize> = alike.map(last).collect();
            told.sort_unstable();
            let between = |known: &Unit| (told.len() - told.partition_point(|&s| s <= last(known))) as f32;
            let fit = |known: &Unit| {
                let c = (!ruled_out(known, u, s)).then(|| compare(known, u, affinity, s, false))??;
                // What names no place of its own goes on with the deed told last.
                let near = if u.spots.is_empty() { 1.0 } else { 0.0 };
                let score = c.score + s.between * (near - between(known).min(3.0));
                (score > 0.0 && !c.apart && !about_others(own, known, u)).then_some(score)
            };
            let fits = out[first..].iter().enumerate().filter_map(|(n, known)| Some((fit(known)?, n)));
            let Some((_, n)) = fits.max_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1))) else {
                out.push(u.clone());
                continue;
            };
            let known = &mut out[first + n];
            let why = compare(known, u, affinity, s, true).map(|c| c.reasons).unwrap_or_default();
            known.joins.extend(u.events.iter().map(|&e| (e, why.clone())));
            known.take(u);
            if known.events.len() <= WHOLE {
                *known = remade(known, most);
            }
        }
        for known in &mut out[first..] {
            if known.events.len() > WHOLE && !known.joins.is_empty() {
                *known = remade(known, most);
            }
        }
    }
    out
}

/// Events of a unit up to which all that is told of it is put together anew with each that joins it; what a report goes
/// on and on about is put together once, at its end.
const WHOLE: usize = 16;

/// Whether two acts of words are about two deeds of their report ("condemned the raid", "last week condemned a strike").
fn about_others(own: &[Unit], a: &Unit, b: &Unit) -> bool {
    if a.answered.is_empty() || b.answered.is_empty() {
        return false;
    }
    let deeds = |of: &Unit| -> Vec<usize> {
        (0..own.len()).filter(|&n| own[n].events.iter().any(|e| of.answered.contains(e))).collect()
    };
    let (x, y) = (deeds(a), deeds(b));
    !x.is_empty() && !y.is_empty() && x.iter().all(|n| !y.contains(n))
}

/// Whether a live page tells `later` in another of its entries, below an hour of its own.
fn is_next_entry(a: &Analysis, first: &Unit, later: &Unit) -> bool {
    let at = |u: &Unit| -> Vec<usize> { u.events.iter().map(|&e| a.events[e].trigger.start()).collect() };
    let Some(here) = at(later).into_iter().min() else { return false };
    let Some(there) = at(first).into_iter().filter(|&t| t < here).max() else { return false };
    a.report.text.get(there..here).is_some_and(|between| between.lines().any(is_hour))
}

/// "15:05 GMT" on a line of its own.
fn is_hour(line: &str) -> bool {
    let (hour, zone) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let clock = hour.split_once([':', '.']).is_some_and(|(h, m)| digits(h) && m.len() == 2 && digits(m));
    clock && zone.len() <= 5 && zone.chars().all(|c| c.is_alphabetic() || c == '.')
}

/// Joins each unit to the one that `find` names for it, until none is left that has one.
fn gather(
    units: &mut Vec<Unit>,
    remake: impl Fn(Vec<usize>) -> Unit,
    find: impl Fn(&[Unit], usize) -> Option<usize>,
) {
    for n in 0..units.len() {
        if let Some(d) = find(units, n) {
            // What is left of it, without events or a type, is like nothing.
            let mut members = [units[d].events.clone(), std::mem::take(&mut units[n]).events].concat();
            members.sort_unstable();
            units[d] = remake(members);
        }
    }
    units.retain(|u| !u.events.is_empty());
}

/// Whether a deed is told only to say when or why another one was ("three days after an attack").
pub(super) fn is_behind(a: &Analysis, u: &Unit) -> bool {
    u.events.iter().all(|&e| {
        is_told_behind(a, e) || a.events.iter().any(|o| o.responds_to.iter().any(|&(cause, _)| cause == e))
    })
}

/// Whether the words for an event stand behind another one by "after", "since" or "following", or tell what somebody is known
/// for ("a fighter who was behind an attack").
pub(super) fn is_told_behind(a: &Analysis, event: usize) -> bool {
    let trigger = a.events[event].trigger;
    let Some(s) = a.parsed.sentence_of(trigger) else { return false };
    let word = |i: usize| matches!(s.tokens[i].lemma.as_str(), "after" | "following" | "since");
    head(s, trigger).is_some_and(|core| {
        let after = s.children(core).any(|c| s.tokens[c].deprel == "case" && word(c));
        let verb = s.head(core).filter(|_| s.tokens[core].deprel == "obj");
        let behind = s.children(core).any(|c| s.tokens[c].deprel == "case" && s.tokens[c].lemma == "behind");
        let mut above = std::iter::successors(Some(core), |&i| s.head(i)).take(4);
        let known_for = behind && above.any(|i| s.tokens[i].deprel == "acl:relcl");
        // "Four days after a car bomb killed five"
        let counted = |c: usize| {
            let before = c.checked_sub(1).map_or("", |b| s.tokens[b].lemma.as_str());
            s.tokens[c].deprel == "mark" && word(c) && crate::data::in_group("spans", before)
        };
        let clause = s.head(core).filter(|_| s.tokens[core].deprel.starts_with("nsubj")).unwrap_or(core);
        let after = after || s.children(clause).any(counted);
        after || known_for || verb.is_some_and(|v| s.tokens[v].lemma == "follow")
    })
}

/// Whether a deed is told only to say who somebody is that did it ("among them a planner of the attack").
fn is_known_by(a: &Analysis, u: &Unit) -> bool {
    u.events.iter().all(|&e| {
        let trigger = a.events[e].trigger;
        let Some(s) = a.parsed.sentence_of(trigger) else { return false };
        let doer = |i: usize| crate::data::in_group("doers", &s.tokens[i].lemma.to_lowercase());
        head(s, trigger).is_some_and(|core| s.tokens[core].deprel == "nmod" && s.head(core).is_some_and(doer))
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
        let found: Vec<(ActorId, TextRange)> = sure
            .filter_map(|r| Some((cast.id(r.actor.as_ref()?), r.range)))
            .filter(|(id, _)| u.agents.iter().all(|g| g.actor != *id))
            .collect();
        units[n].address_to(found, cast);
    }
}
