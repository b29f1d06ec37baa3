//! The place of an incident that no words put anywhere by themselves.
//!
//! 1. *Told on.* A deed goes on where the one before it in its paragraph was: "In Northport, thirty people staged a march.
//!    Two of them were arrested."
//! 2. *At home.* A state's arrests, bans, expulsions and summonses are in that state.
//! 3. A deed was likely in the country that its report is about.

use record::{Actor, ActorKind, Analysis, Event, EventType, Factuality, Located, PlacePrecision, Span};

use super::grounds::country;
use super::scene::scene_places;
use super::standing::verbal;
use super::undated::{sentence, titled};

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
    let before = (0..event).rev().map(|o| &a.events[o]).filter(|o| told(o) && !titled(a, o.trigger));
    let (o, place) = before.filter_map(|o| Some((o, *scene_places(a, o).first()?))).next()?;
    let between = a.report.text.get(o.trigger.end()..e.trigger.start())?;
    let near = n.saturating_sub(sentence(a, o.trigger)?) <= BACK;
    let known = place.spot.country.is_some();
    let evidence = vec![Span { report: a.report.id.clone(), range: place.range }];
    (near && known && !between.contains('\n')).then(|| Located { spot: place.spot.clone(), evidence })
}

fn at_home(
    kind: EventType,
    events: &[(usize, usize)],
    analyses: &[Analysis],
    actors: &[&Actor],
) -> Option<Located> {
    if !matches!(kind, EventType::Coerce | EventType::Sanction | EventType::Accuse | EventType::Reject) {
        return None;
    }
    let state = |x: &&&Actor| matches!(x.kind, ActorKind::State | ActorKind::Government | ActorKind::Force);
    let mut states = actors.iter().filter(state).map(|x| x.country.as_deref());
    let home = states.next()??;
    if actors.len() > 3 || states.any(|c| c != Some(home)) {
        return None;
    }
    events.iter().find_map(|&(r, _)| {
        let a = &analyses[r];
        let whole =
            |p: &&record::Place| p.spot.precision == PlacePrecision::Country && p.spot.country == Some(home);
        let named = a.places.iter().find(whole)?;
        let evidence = vec![Span { report: a.report.id.clone(), range: named.range }];
        Some(Located { spot: named.spot.clone(), evidence })
    })
}
