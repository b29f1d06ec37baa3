//! "We struck the depot", "a spokesman for the Front claimed it": who speaks for a body tells what the body did.

use record::{Actor, ActorKind, Confidence, Event, Quad, Report};

/// Gives deeds that somebody tells as "ours", or claims for an armed group, to the body that he speaks for or holds a
/// post of on the day of the report. What is done with words stays his own.
pub(crate) fn speak_for(report: &Report, actors: &[Actor], events: &mut [Event]) {
    let day = report.published.as_ref().map(|p| p.date);
    let body = |id: &record::ActorId| {
        let person = actors.iter().find(|a| a.id == *id && a.kind == ActorKind::Person)?;
        let held = |r: &&record::Role| {
            day.is_none_or(|d| r.from.is_none_or(|f| f <= d) && r.to.is_none_or(|t| d <= t))
        };
        let met = |of: &record::ActorId| actors.iter().any(|a| a.id == *of);
        person.roles.iter().filter(held).find_map(|r| r.of.clone().filter(met))
    };
    let in_office = |id: &record::ActorId| {
        actors.iter().any(|a| a.id == *id && a.kind == ActorKind::Person && !a.roles.is_empty())
    };
    let is_band =
        |id: &record::ActorId| actors.iter().any(|a| a.id == *id && a.kind == ActorKind::ArmedGroup);
    let ours = |text: &str| matches!(text.to_lowercase().as_str(), "we" | "us" | "our" | "ours");
    for event in events {
        if !matches!(event.kind.quad(), Quad::MaterialConflict | Quad::MaterialCooperation) {
            continue;
        }
        for role in event.actors.iter_mut().chain(&mut event.targets) {
            if ours(role.range.of(&report.text)) && role.actor.as_ref().is_some_and(in_office) {
                // Who holds a post of nobody knows whom did not do it himself either.
                role.actor = role.actor.as_ref().and_then(body);
            } else if role.confidence == Confidence::Claimed
                && let Some(group) = role.actor.as_ref().and_then(body).filter(|id| is_band(id))
            {
                role.actor = Some(group);
            }
        }
    }
}
