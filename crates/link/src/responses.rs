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
        let mut put = |to: usize, range: TextRange| {
            if let Some(&to) = incident_of.get(&(r, to))
                && to != from
            {
                answers.entry((from, to)).or_default().insert(Span { report: a.report.id.clone(), range });
            }
        };
        let event = &a.events[e];
        for &(to, range) in event.responds_to.iter().filter(|(to, _)| *to < a.events.len()) {
            put(to, range);
        }
        if answering(event) {
            for (to, other) in a.events.iter().enumerate() {
                if to != e
                    && other.kind.quad() == Quad::MaterialConflict
                    && event.extent.contains(other.trigger)
                {
                    put(to, event.extent);
                }
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

/// Words against a deed.
fn answering(e: &Event) -> bool {
    matches!(e.kind, EventType::Accuse | EventType::Reject | EventType::Protest | EventType::Sanction)
}

/// One day of one side's acts towards another.
#[derive(Debug, Clone, PartialEq)]
pub struct DyadDay {
    /// The day; `None` where it is not known.
    pub day: Option<jiff::civil::Date>,
    /// Who acts.
    pub actor: record::ActorId,
    /// Towards whom.
    pub target: record::ActorId,
    /// Number of incidents.
    pub incidents: usize,
    /// Sum of their values on the PLOVER scale, -10 (assault) to 10.
    pub intensity: f64,
}

/// The incidents that happened, summed by dyad and day, sorted. The scale is the one of the event types in PLOVER's
/// codebook, on the range that Goldstein's scale for CAMEO uses.
#[must_use]
pub fn intensity(record: &record::Record) -> Vec<DyadDay> {
    let mut sums: BTreeMap<(Option<jiff::civil::Date>, &record::ActorId, &record::ActorId), (usize, f64)> =
        BTreeMap::new();
    for i in record.incidents.iter().filter(|i| i.factuality == record::Factuality::Happened) {
        let day = match i.when {
            record::When::Exact(d) => Some(d),
            _ => None,
        };
        for a in &i.actors {
            for t in i.targets.iter().filter(|t| t.actor != a.actor) {
                let sum = sums.entry((day, &a.actor, &t.actor)).or_default();
                *sum = (sum.0 + 1, sum.1 + scale(i.kind));
            }
        }
    }
    sums.into_iter()
        .map(|((day, actor, target), (incidents, intensity))| DyadDay {
            day,
            actor: actor.clone(),
            target: target.clone(),
            incidents,
            intensity,
        })
        .collect()
}

/// Value of an event type from conflict (-10) to cooperation (10).
fn scale(kind: EventType) -> f64 {
    use EventType::*;
    match kind {
        Agree => 3.0,
        Consult => 1.0,
        Support => 4.0,
        Concede => 5.0,
        Cooperate => 7.0,
        Aid => 7.0,
        Retreat => 5.0,
        Request => -1.0,
        Accuse => -2.0,
        Reject => -4.0,
        Threaten => -6.0,
        Protest => -6.5,
        Sanction => -6.5,
        Mobilize => -7.2,
        Coerce => -7.0,
        Assault => -10.0,
    }
}
