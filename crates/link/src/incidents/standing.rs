//! Which happenings are incidents of their own.
//!
//! The measure is that of the coders of event data. ACLED and UCDP ask for an actor, a day and a place, and count no
//! words; PLOVER, like ICEWS before it, counts words as an act of somebody towards somebody. So:
//!
//! 1. What is only a possibility ("would attack", "should urge") is no incident; what is planned or threatened is one.
//! 2. *Words* (demands, accusations, refusals, threats, praise, talks, agreements) are an incident if somebody with an
//!    identity speaks them, if they pass between two such parties, or if somebody speaks them on a day or in a town
//!    that is known. Otherwise, like bare denials, they are only a
//!    statement: they stand among the statements of the incident that they speak of.
//! 3. *Deeds* are an incident unless nothing could ever tell them from another one: no party with an identity nor two
//!    sides without, nothing described that was struck, no day, no town or site, no count.
//! 4. What a headline tells is an incident, however little it says; but for cooperation and words that name nobody.
//! 5. What is only denied, and of nobody, is none; nor is the toll of a war that is told of nobody and of no time.
//!
//! An identity is a name, or the adjective of one ("Iran-backed fighters"), not "civilians" or "a group". What does not
//! stand stays in the analysis of its report.

use std::collections::BTreeSet;

use record::{
    ActorKind, Analysis, Event, EventType, Factuality, Incident, PlacePrecision, Precision, Quad, When,
};

use super::undated;
use super::unit::{Unit, titled};
use super::within::tolls_many;
use crate::actors::Cast;
use crate::titles::vagueness;

/// CAMEO's code for denying, which PLOVER does not count.
const DENIAL: &str = "016";

/// Whether the incident made of these units stands.
pub(crate) fn stands(i: &Incident, units: &[&Unit], analyses: &[Analysis], cast: &Cast) -> bool {
    let events = || units.iter().flat_map(|u| u.events.iter().map(|&e| (&analyses[u.report], e)));
    // A headline's "joint drills" or "truce" that names nobody is told better below it.
    let told = i.kind.quad() == Quad::MaterialConflict
        || !i.actors.is_empty()
        || !i.targets.is_empty()
        || i.factuality == Factuality::Happened && i.kind == EventType::Retreat;
    if told && events().any(|(a, e)| titled(a, a.events[e].trigger)) {
        return true;
    }
    if i.factuality == Factuality::Hypothetical {
        return false;
    }
    // "Some 300,000 people have been killed": the toll of a war, by nobody and of no time, tells no deed.
    if i.actors.is_empty() && i.when == When::Unknown && events().all(|(a, e)| tolls_many(a, e)) {
        return false;
    }
    // "Denied that civilians had been hit": what is only denied, without saying who would have done it, tells no deed.
    if i.factuality == Factuality::Denied && i.actors.is_empty() {
        return false;
    }
    let parties: BTreeSet<String> =
        i.actors.iter().chain(&i.targets).filter_map(|p| identity(cast, &p.actor)).collect();
    let reported = || events().any(|(a, e)| undated::reported(a, e).is_some_and(|d| d.when == i.when));
    let dated = !matches!(i.when.precision(), None | Some(Precision::Vague)) && !reported();
    let fine = |p: &record::Located| {
        matches!(p.spot.precision, PlacePrecision::Site | PlacePrecision::City | PlacePrecision::District)
    };
    if verbal(i.kind.quad()) {
        let speaks = i.actors.iter().any(|p| identity(cast, &p.actor).is_some());
        // A bare denial ("the army denied it") is a side of a dispute.
        let told = dated || i.places.iter().any(fine);
        return parties.len() > 1 || (speaks || told && !i.actors.is_empty()) && i.cameo != DENIAL;
    }
    // Where it was is not whom it struck.
    let named = |a: &Analysis, r: &record::EventRole| a.places.iter().any(|p| r.range.contains(p.range));
    let described = |a: &Analysis, e: &Event| {
        let nobody = |r: &record::EventRole| {
            let described =
                |m: &record::ActorMention| matches!(m.rule, "person" | "thing") && m.range == r.range;
            r.actor.is_none() || a.mentions.iter().any(described)
        };
        e.actors.iter().chain(&e.targets).any(|r| nobody(r) && !named(a, r))
    };
    !parties.is_empty()
        || (!i.actors.is_empty() && !i.targets.is_empty())
        || dated
        || i.places.iter().any(fine)
        || !i.figures.is_empty()
        || events().any(|(a, e)| described(a, &a.events[e]))
}

/// Whether a kind of event is done with words.
pub(crate) fn verbal(quad: Quad) -> bool {
    matches!(quad, Quad::VerbalCooperation | Quad::VerbalConflict)
}

/// Who somebody is, a state and its government being one; `None` for "civilians" and "a group".
fn identity(cast: &Cast, id: &record::ActorId) -> Option<String> {
    let actor = cast.get(id).filter(|a| vagueness(a) < 2)?;
    let state =
        actor.country.as_ref().filter(|_| matches!(actor.kind, ActorKind::State | ActorKind::Government));
    Some(state.unwrap_or(&actor.name).clone())
}
