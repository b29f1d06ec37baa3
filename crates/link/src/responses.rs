//! What answered what.

use std::collections::{BTreeMap, BTreeSet};

use record::{Analysis, Event, EventType, Incident, Quad, Response, Span, TextRange};

/// Adds to each incident the incidents that it answers: where a report says so ("in response to"), and where one
/// side condemns, rejects or protests against what another incident is.
pub(crate) fn add(
    analyses: &[Analysis],
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &mut [Incident],
) {
    let mut answers: BTreeMap<(usize, usize), BTreeSet<Span>> = BTreeMap::new();
    for (&(r, e), &from) in incident_of {
        let a = &analyses[r];
        for (to, range) in answered(a, e) {
            if let Some(&to) = incident_of.get(&(r, to))
                && to != from
            {
                answers.entry((from, to)).or_default().insert(Span { report: a.report.id.clone(), range });
            }
        }
    }
    for ((from, to), evidence) in &answers {
        // Of two that are said to answer each other, neither came first for sure.
        if answers.contains_key(&(*to, *from)) {
            continue;
        }
        let incident = incidents[*to].id.clone();
        incidents[*from]
            .responds_to
            .push(Response { incident, evidence: evidence.iter().cloned().collect() });
    }
    for i in incidents {
        i.responds_to.sort_by(|a, b| a.incident.cmp(&b.incident));
    }
}

/// The deeds of a report that one of its events answers, with the words that say so.
pub(crate) fn answered(a: &Analysis, event: usize) -> impl Iterator<Item = (usize, TextRange)> {
    let e = &a.events[event];
    let said = e.responds_to.iter().copied().filter(|(to, _)| *to < a.events.len());
    let within = a.events.iter().enumerate().filter(move |(to, other)| {
        *to != event
            && answering(e)
            && other.kind.quad() == Quad::MaterialConflict
            && e.extent.contains(other.trigger)
    });
    said.chain(within.map(|(to, _)| (to, e.extent)))
}

/// Words against a deed.
fn answering(e: &Event) -> bool {
    matches!(e.kind, EventType::Accuse | EventType::Reject | EventType::Protest | EventType::Sanction)
}
