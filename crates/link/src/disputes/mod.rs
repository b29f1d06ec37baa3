//! Where the accounts disagree: over a count, over who did it, over whether it happened, over how it is told.
//!
//! Two sides must be two parties: what one speaker says in two wordings is no dispute, and an updated toll or a part
//! of a total is none either (see [`crate::figures`]).

mod absent;
mod denials;
mod replies;

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, Analysis, Attribution, ClaimStatus, Confidence, Dispute, DisputeKind, EventType, Factuality,
    Incident, IncidentId, ReportId, Side, Span, Stance, TextRange,
};

use crate::actors::Cast;
use crate::ids::digest;
use crate::incidents::unit::is_harm;
use crate::incidents::within::is_arranged;
use crate::opposed::stands;

/// What the disputes are sought in.
pub(crate) struct Scene<'a> {
    pub analyses: &'a [Analysis],
    pub cast: &'a Cast,
    pub incidents: &'a [Incident],
    /// (report, event) → index of its incident.
    pub incident_of: &'a BTreeMap<(usize, usize), usize>,
    /// The incident that each report is mainly about.
    pub main: &'a [Option<usize>],
}

/// All disputes, by incident and kind.
pub(crate) fn disputes(scene: &Scene<'_>) -> Vec<Dispute> {
    let mut out = Vec::new();
    let mut events: Vec<Vec<(usize, usize)>> = vec![Vec::new(); scene.incidents.len()];
    scene.incident_of.iter().for_each(|(&at, &n)| events[n].push(at));
    for (n, incident) in scene.incidents.iter().enumerate() {
        figures(incident, &mut out);
        roles(scene, n, &events[n], &mut out);
    }
    absent::absences(scene, &events, &mut out);
    // Neither a deed that is denied nor what there was none of is a mere claim.
    let known = out.len();
    accounts(scene, &mut out);
    denials::denials(scene, &events, known, &mut out);
    replies::replies(scene, &mut out);
    let mut ids: Vec<String> = out.iter().map(|d| d.id.clone()).collect();
    crate::ids::distinct(&mut ids);
    out.iter_mut().zip(ids).for_each(|(d, id)| d.id = id);
    out.sort_by(|a, b| (&a.incident, a.kind, &a.id).cmp(&(&b.incident, b.kind, &b.id)));
    out
}

fn dispute(kind: DisputeKind, incident: Option<&IncidentId>, sides: Vec<Side>) -> Dispute {
    let name = incident.map_or("", IncidentId::as_str);
    let first = sides.iter().flat_map(|s| &s.evidence).min();
    let place = first.map_or_else(String::new, |s| format!("{} {}", s.report, s.range.start()));
    Dispute { id: format!("{kind}-{}", digest([name, &place])), kind, incident: incident.cloned(), sides }
}

fn figures(incident: &Incident, out: &mut Vec<Dispute>) {
    for set in &incident.figures {
        let mut sides: BTreeMap<_, Side> = BTreeMap::new();
        for c in set.claims.iter().filter(|c| c.status == ClaimStatus::Disputed) {
            let side = sides.entry(c.bounds).or_insert_with(|| Side {
                claim: claim(&c.as_written, &set.what),
                by: Vec::new(),
                evidence: Vec::new(),
            });
            side.by.extend(c.by.clone());
            side.evidence.push(c.at.clone());
        }
        // Who repeats a number stands on its side; and against who says that there was none, whoever counts a part.
        let none = sides.keys().any(|b| b.high() == Some(0));
        let some = sides.keys().rev().find(|b| b.low().is_some_and(|n| n > 0)).copied();
        for c in &set.claims {
            let whole = |o: &record::Claim| {
                let disputed = o.status == ClaimStatus::Disputed && o.bounds.low().is_some_and(|n| n > 0);
                disputed && o.at.report == c.at.report
            };
            let counts = none && c.bounds.low().is_some_and(|n| n > 0);
            let part = || some.filter(|_| counts && !set.claims.iter().any(whole));
            let side = match c.status {
                ClaimStatus::Copy => Some(c.bounds),
                ClaimStatus::Part => part(),
                _ => None,
            };
            if let Some(side) = side.and_then(|b| sides.get_mut(&b)) {
                side.by.extend(c.by.clone());
                side.evidence.push(c.at.clone());
            }
        }
        if sides.len() > 1 {
            let sides = sides.into_values().map(tidy).collect();
            out.push(dispute(DisputeKind::Figure, Some(&incident.id), sides));
        }
    }
}

/// What a claim says, with the word for what became of those counted where its own words have none ("killed a commander").
fn claim(words: &str, what: &str) -> String {
    let own =
        |w: &str| w.get(..4).is_some_and(|begin| what.starts_with(&begin.to_lowercase()) || begin == "dead");
    let told = words.split(|c: char| !c.is_alphanumeric()).any(own);
    if told { words.to_owned() } else { format!("{words} {what}").trim().to_owned() }
}

fn tidy(mut side: Side) -> Side {
    side.by.sort();
    side.by.dedup();
    side.evidence.sort();
    side.evidence.dedup();
    side
}

/// Who tells of a deed, with which words, and whether of the harm it did.
type Told = (Vec<ActorId>, Span, bool);

/// Who did it, and whether it happened at all. Who denies a deed that has a doer in his words ("denied shelling the
/// town", "denied that the group had carried it out") denies to have done it; else, that it happened.
fn roles(scene: &Scene<'_>, n: usize, events: &[(usize, usize)], out: &mut Vec<Dispute>) {
    let incident = &scene.incidents[n];
    let mut said: BTreeMap<(ActorId, Confidence), Side> = BTreeMap::new();
    let mut told: Vec<(ActorId, Vec<ActorId>, Span)> = Vec::new();
    let (mut yes, mut no): (Vec<Told>, Vec<Told>) = (Vec::new(), Vec::new());
    for &(r, e) in events {
        let a = &scene.analyses[r];
        let event = &a.events[e];
        let by = event.attribution.and_then(|t| a.attributions.get(t)).and_then(|t| t.speaker.as_ref());
        let by: Vec<ActorId> = by.map(|id| scene.cast.id(id)).into_iter().collect();
        let words = Span { report: a.report.id.clone(), range: event.extent };
        let arranged = is_arranged(a, event);
        let denied = event.factuality == Factuality::Denied && !arranged;
        let happened = matches!(event.factuality, Factuality::Happened | Factuality::Ongoing);
        for role in &event.actors {
            let Some(actor) = role.actor.as_ref().map(|id| scene.cast.id(id)) else { continue };
            let how = match role.confidence {
                Confidence::Fact if denied => Confidence::Denied,
                how => how,
            };
            if how == Confidence::Fact && happened {
                told.push((actor.clone(), by.clone(), words.clone()));
            }
            // Who denies that a deed was arranged denies nobody's part in it.
            let part = how == Confidence::Denied && !arranged;
            if !part && !matches!(how, Confidence::Claimed | Confidence::Accused) {
                continue;
            }
            let name = scene.cast.get(&actor).map_or(actor.as_str(), |a| a.name.as_str());
            let claim = match how {
                Confidence::Denied => format!("not {name}"),
                _ => format!("{name} ({how})"),
            };
            let side = said.entry((actor.clone(), how)).or_insert_with(|| Side {
                claim,
                by: Vec::new(),
                evidence: Vec::new(),
            });
            // Who claims or denies a deed of his own needs no other source.
            let own = by.is_empty() && how != Confidence::Accused;
            side.by.extend(if own { vec![actor] } else { by.clone() });
            side.evidence.push(words.clone());
        }
        let doer = event.actors.iter().any(|r| r.actor.is_some());
        // "Israel has dismissed those calls": who turns down what is asked does not say that nobody asked.
        let turned_down = event.kind == EventType::Request
            && a.events.iter().any(|o| o.kind == EventType::Reject && o.extent.overlaps(event.trigger));
        // "The plants were not damaged": that denies no strike.
        let unharmed = event.mode == Some(record::Mode::Destroy) && incident.mode != event.mode;
        if denied && (turned_down || unharmed) {
            continue;
        }
        if denied && !doer {
            no.push((by, words, is_harm(a, event.trigger)));
        } else if happened {
            yes.push((by, words, is_harm(a, event.trigger)));
        }
    }
    // An outlet that tells of a deed in its own name does not deny it ("the bomb was defused", of a second one).
    let outlets: BTreeSet<ReportId> =
        yes.iter().filter(|(by, ..)| by.is_empty()).map(|(_, at, _)| at.report.clone()).collect();
    no.retain(|(by, at, harm)| *harm || !by.is_empty() || !outlets.contains(&at.report));
    // "Four were hurt, but nobody died": one breath contradicts nothing.
    let breath = |(by, at, _): &Told, (b, a, _): &Told| {
        b == by && a.report == at.report && a.range.start() < at.range.start() && a.range.overlaps(at.range)
    };
    no.retain(|n| yes.iter().any(|y| !breath(n, y)));
    let sides = responsible(scene.cast, said, told);
    if sides.len() > 1 {
        out.push(dispute(DisputeKind::Responsibility, Some(&incident.id), sides));
    }
    // Who denies that anybody was hurt does not deny the deed.
    let harm = no.iter().all(|(_, _, harm)| *harm);
    yes.retain(|(_, _, of_harm)| *of_harm || !harm);
    if harm {
        // "No civilians were hurt" denies no dead fighter.
        let words = |at: &Span| absent::kinds_in(scene.analyses, events, at);
        let denied: Vec<_> = no.iter().flat_map(|(_, at, _)| words(at)).collect();
        let other = |at: &Span| {
            let told = words(at);
            !told.is_empty() && !denied.is_empty() && !told.iter().any(|kind| denied.contains(kind))
        };
        yes.retain(|(_, at, _)| !other(at));
    }
    if !no.is_empty() && !yes.is_empty() {
        let side = |claim: &str, list: Vec<(Vec<ActorId>, Span, bool)>| {
            let (by, evidence): (Vec<Vec<ActorId>>, Vec<Span>) =
                list.into_iter().map(|(by, at, _)| (by, at)).unzip();
            tidy(Side { claim: claim.to_owned(), by: by.concat(), evidence })
        };
        let (so, not) = match harm {
            true => ("they were killed or hurt", "they were not killed or hurt"),
            false => ("it happened", "it did not happen"),
        };
        let sides = vec![side(so, yes), side(not, no)];
        out.push(dispute(DisputeKind::Occurrence, Some(&incident.id), sides));
    }
}

/// The sides of a dispute over who did it: what is claimed, accused and denied, and against a denial who tells of it as
/// a fact. That one is accused of what he claims himself, or that only one is named, is no dispute.
fn responsible(
    cast: &Cast,
    said: BTreeMap<(ActorId, Confidence), Side>,
    told: Vec<(ActorId, Vec<ActorId>, Span)>,
) -> Vec<Side> {
    let same = |a: &ActorId, b: &ActorId| {
        let state = |id: &ActorId| cast.who(id, true).state;
        a == b || state(a).is_some_and(|s| state(b) == Some(s))
    };
    let denied = |a: &ActorId| said.keys().any(|(d, how)| *how == Confidence::Denied && same(a, d));
    let mut facts: BTreeMap<ActorId, Side> = BTreeMap::new();
    for (actor, by, at) in told {
        if denied(&actor) {
            let name = cast.get(&actor).map_or(actor.as_str(), |a| a.name.as_str());
            let claim = format!("{name} ({})", Confidence::Fact);
            let side = facts.entry(actor).or_insert(Side { claim, by: Vec::new(), evidence: Vec::new() });
            side.by.extend(by);
            side.evidence.push(at);
        }
    }
    let named: Vec<&ActorId> = said
        .keys()
        .filter(|(_, how)| *how != Confidence::Denied)
        .map(|(a, _)| a)
        .chain(facts.keys())
        .collect();
    // Who names two doers in one breath names no rivals.
    let apart = |a: &ActorId, b: &ActorId| {
        let words = |id: &ActorId| -> Vec<&Span> {
            said.iter().filter(|((x, _), _)| x == id).flat_map(|(_, side)| &side.evidence).collect()
        };
        let (of_a, of_b) = (words(a), words(b));
        of_a.is_empty() || of_a.iter().any(|w| !of_b.contains(w)) || of_b.iter().any(|w| !of_a.contains(w))
    };
    let rivals = named.iter().any(|a| named.iter().any(|b| !same(a, b) && apart(a, b)));
    if !rivals && !named.iter().any(|a| denied(a)) {
        return Vec::new();
    }
    facts.into_values().chain(said.into_values()).map(tidy).collect()
}

/// One speaker's stand on one axis.
struct Position {
    for_it: bool,
    /// The party that a speaker belongs to: its state, itself, or the words for it.
    party: String,
    by: Option<ActorId>,
    claim: String,
    word: TextRange,
    at: Span,
}

fn accounts(scene: &Scene<'_>, out: &mut Vec<Dispute>) {
    let mut positions: BTreeMap<(Option<usize>, usize, &'static str), Vec<Position>> = BTreeMap::new();
    for (r, a) in scene.analyses.iter().enumerate() {
        let text: &str = &a.report.text;
        for t in &a.attributions {
            let denied = t.stance == Stance::Denies;
            for &content in &t.content {
                for stand in stands(text, content, denied) {
                    // "Militants killed children": who did it was not the target.
                    if a.events.iter().flat_map(|e| &e.actors).any(|r| r.range.contains(stand.at)) {
                        continue;
                    }
                    let by = t.speaker.as_ref().map(|id| scene.cast.id(id));
                    let party = party(scene.cast, by.as_ref(), t, text);
                    let incident = incident(scene, r, content).or(scene.main[r]);
                    positions.entry((incident, stand.axis, stand.name)).or_default().push(Position {
                        for_it: stand.for_it,
                        party,
                        by,
                        claim: stand.at.of(text).to_owned(),
                        word: stand.at,
                        at: Span { report: a.report.id.clone(), range: content },
                    });
                }
            }
        }
    }
    for ((incident, _, _), mut list) in positions {
        // A word that both sides are said to say is passed on by one of them ("denied that the militants …").
        let said = |side: bool| -> BTreeSet<(ReportId, TextRange)> {
            list.iter().filter(|p| p.for_it == side).map(|p| (p.at.report.clone(), p.word)).collect()
        };
        let (so, not) = (said(true), said(false));
        let both: BTreeSet<_> = so.intersection(&not).cloned().collect();
        list.retain(|p| !both.contains(&(p.at.report.clone(), p.word)));
        let parties =
            |side: bool| list.iter().filter(|p| p.for_it == side).map(|p| &p.party).collect::<BTreeSet<_>>();
        let (one, other) = (parties(true), parties(false));
        // A party that stands on both sides says nothing by it.
        let clear = |p: &&String| !(one.contains(*p) && other.contains(*p));
        if !one.iter().any(clear) || !other.iter().any(clear) {
            continue;
        }
        let side = |side: bool| {
            let mine = || list.iter().filter(|p| p.for_it == side && clear(&&p.party));
            tidy(Side {
                claim: mine().map(|p| p.claim.as_str()).next().unwrap_or("").to_owned(),
                by: mine().filter_map(|p| p.by.clone()).collect(),
                evidence: mine().map(|p| p.at.clone()).collect(),
            })
        };
        let id = incident.map(|n| &scene.incidents[n].id);
        out.push(dispute(DisputeKind::Account, id, vec![side(true), side(false)]));
    }
}

fn party(cast: &Cast, by: Option<&ActorId>, t: &Attribution, text: &str) -> String {
    match by {
        Some(id) => cast.who(id, true).state.unwrap_or_else(|| id.to_string()),
        None => t.source.map_or("", |s| s.of(text)).to_lowercase(),
    }
}

/// The incident that a content speaks of: the one with an event in it, or in its sentence.
fn incident(scene: &Scene<'_>, report: usize, content: TextRange) -> Option<usize> {
    let a = &scene.analyses[report];
    let sentence = a
        .parsed
        .sentences
        .iter()
        .find(|s| s.range.overlaps(content))
        .map_or(content, |s| s.range.cover(content));
    [content, sentence].into_iter().find_map(|range| {
        a.events
            .iter()
            .enumerate()
            .filter(|(_, e)| range.contains(e.trigger) && e.kind.quad() == record::Quad::MaterialConflict)
            .filter(|(_, e)| matches!(e.factuality, Factuality::Happened | Factuality::Ongoing))
            .find_map(|(e, _)| scene.incident_of.get(&(report, e)).copied())
    })
}
