//! The place of an incident that no words put anywhere by themselves.
//!
//! 1. *Told on.* A deed goes on where the one before it in its paragraph was: "In Northport, thirty people staged a march.
//!    Two of them were arrested."
//! 2. *At home.* A state's sanctions, summonses, arrests and bans are in that state, but for those that strike others abroad.
//! 3. *Dateline.* Talks and agreements of a report's first paragraph were where it was written.
//! 4. A deed was likely in the country that its report is about.

use record::{
    Actor, ActorKind, Analysis, BlockLabel, Event, EventType, Factuality, Located, Mode, Place,
    PlacePrecision, Span,
};

use super::grounds::country;
use super::scene::scene_places;
use super::standing::verbal;
use super::undated::sentence;
use super::unit::titled;

/// Sentences back within which the deed is looked for that was put somewhere last.
const BACK: usize = 2;

/// Where an incident of these events (report, event) likely was; `actors` are those who did it.
pub(super) fn place(
    kind: EventType,
    events: &[(usize, usize)],
    analyses: &[Analysis],
    actors: &[&Actor],
) -> Option<Located> {
    let deed = !verbal(kind.quad());
    let on = || events.iter().find_map(|&(r, e)| told_on(&analyses[r], e));
    let about = || events.iter().find_map(|&(r, _)| country(&analyses[r]));
    deed.then(on)
        .flatten()
        .or_else(|| at_home(kind, events, analyses, actors))
        .or_else(|| {
            let talks = matches!(kind, EventType::Consult | EventType::Agree);
            talks.then(|| events.iter().find_map(|&(r, e)| dateline(&analyses[r], e))).flatten()
        })
        .or_else(|| deed.then(about).flatten())
}

fn told_on(a: &Analysis, event: usize) -> Option<Located> {
    let e = &a.events[event];
    let n = sentence(a, e.trigger)?;
    let here = a.parsed.sentences[n].range;
    let told = |e: &Event| {
        !verbal(e.kind.quad()) && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
    };
    if !told(e) || titled(a, e.trigger) || a.places.iter().any(|p| p.locative && here.contains(p.range)) {
        return None;
    }
    let near = |o: &&Event| sentence(a, o.trigger).is_none_or(|m| m + BACK >= n);
    let before = a.events[..event].iter().rev().take_while(near).filter(|o| told(o) && !titled(a, o.trigger));
    let (o, place) = before.filter_map(|o| Some((o, *scene_places(a, o).first()?))).next()?;
    let between = a.report.text.get(o.trigger.end()..e.trigger.start())?;
    let known = place.spot.country.is_some();
    let evidence = vec![Span { report: a.report.id.clone(), range: place.range }];
    (known && !between.contains('\n')).then(|| Located { spot: place.spot.clone(), evidence })
}

/// The town of a dateline, for talks that its paragraph tells of: "GENEVA -- Ruritania and Graustark held talks".
fn dateline(a: &Analysis, event: usize) -> Option<Located> {
    let line = a.report.blocks.iter().find(|b| b.label == BlockLabel::Dateline)?.range;
    let town = |p: &&Place| p.locative && p.spot.precision == PlacePrecision::City && line.contains(p.range);
    let town = a.places.iter().find(town)?;
    let here = a.events[event].trigger;
    let lead = a.report.text.get(line.end()..here.start())?;
    let s = a.parsed.sentence_of(here)?;
    let placed = a.places.iter().any(|p| p.locative && s.range.contains(p.range) && p.range != town.range);
    let evidence = vec![Span { report: a.report.id.clone(), range: town.range }];
    (!lead.contains('\n') && !placed).then(|| Located { spot: town.spot.clone(), evidence })
}

fn at_home(
    kind: EventType,
    events: &[(usize, usize)],
    analyses: &[Analysis],
    actors: &[&Actor],
) -> Option<Located> {
    let state = |x: &&&Actor| matches!(x.kind, ActorKind::State | ActorKind::Government | ActorKind::Force);
    let mut states = actors.iter().filter(state).map(|x| x.country.as_deref());
    let home = states.next()??;
    if actors.len() > 3 || states.any(|c| c != Some(home)) {
        return None;
    }
    let done = |a: &Analysis, e: &Event| match kind {
        EventType::Sanction => true,
        EventType::Accuse => e.rule.contains("summon"),
        EventType::Coerce => is_measure(e) && !strikes_abroad(a, e, home),
        _ => false,
    };
    if !events.iter().any(|&(r, e)| done(&analyses[r], &analyses[r].events[e])) {
        return None;
    }
    events.iter().find_map(|&(r, _)| {
        let a = &analyses[r];
        let whole = |p: &&Place| p.spot.precision == PlacePrecision::Country && p.spot.country == Some(home);
        let named = a.places.iter().find(whole)?;
        let evidence = vec![Span { report: a.report.id.clone(), range: named.range }];
        Some(Located { spot: named.spot.clone(), evidence })
    })
}

/// Whether a coercion is one of law and police.
fn is_measure(e: &Event) -> bool {
    use Mode::{Arrest, Censor, Convict, Curfew, Deport, Expel, MartialLaw, Restrict};
    matches!(e.mode, Some(Arrest | Censor | Convict | Curfew | Deport | Expel | MartialLaw | Restrict))
}

/// Whether a deed struck somebody of another country than `home`.
fn strikes_abroad(a: &Analysis, e: &Event, home: &str) -> bool {
    let struck = e.targets.iter().filter_map(|t| t.actor.as_ref());
    let mut countries =
        struck.filter_map(|id| a.actors.iter().find(|x| x.id == *id)).filter_map(|x| x.country.as_deref());
    countries.any(|c| c != home)
}
