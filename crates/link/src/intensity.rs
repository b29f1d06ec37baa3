//! How cooperative or hostile the sides are to each other, day by day, on two published scales.

use std::collections::BTreeMap;

use record::{ActorId, Date, EventType, Factuality, Mode, Record, When};

const SCALES: &str = include_str!("../data/intensity.tsv");

/// One day of one side's acts towards another.
#[derive(Debug, Clone, PartialEq)]
pub struct DyadDay {
    /// The day; `None` where it is not known.
    pub day: Option<Date>,
    /// Who acts.
    pub actor: ActorId,
    /// Towards whom.
    pub target: ActorId,
    /// Number of incidents.
    pub incidents: usize,
    /// Sum of their values on PLOVER's scale, each from -10 to 10.
    pub plover: f64,
    /// Sum of their values on Goldstein's scale for CAMEO codes, each from -10 to 10.
    pub goldstein: f64,
}

type Dyad<'a> = (Option<Date>, &'a ActorId, &'a ActorId);

/// The incidents that happened, summed by dyad and day, sorted. An incident that is part of another one is counted
/// with that one only.
#[must_use]
pub fn intensity(record: &Record) -> Vec<DyadDay> {
    let mut sums: BTreeMap<Dyad<'_>, (usize, f64, f64)> = BTreeMap::new();
    let real = |f: Factuality| matches!(f, Factuality::Happened | Factuality::Ongoing);
    for i in record.incidents.iter().filter(|i| real(i.factuality) && i.part_of.is_none()) {
        let day = match i.when {
            When::Exact(d) => Some(d),
            _ => None,
        };
        for a in &i.actors {
            for t in i.targets.iter().filter(|t| t.actor != a.actor) {
                let sum = sums.entry((day, &a.actor, &t.actor)).or_default();
                sum.0 += 1;
                sum.1 += plover(i.kind, i.mode);
                sum.2 += goldstein(&i.cameo);
            }
        }
    }
    sums.into_iter()
        .map(|((day, actor, target), (incidents, plover, goldstein))| DyadDay {
            day,
            actor: actor.clone(),
            target: target.clone(),
            incidents,
            plover,
            goldstein,
        })
        .collect()
}

/// Value of an event on PLOVER's scale.
#[must_use]
pub fn plover(kind: EventType, mode: Option<Mode>) -> f64 {
    let row = |mode: &str| {
        crate::data::lines(SCALES).find_map(|(_, l)| {
            let f: Vec<&str> = l.split('\t').collect();
            (f.first() == Some(&"plover") && f.get(1) == Some(&kind.as_str()) && f.get(2) == Some(&mode))
                .then(|| f.get(3)?.parse().ok())
                .flatten()
        })
    };
    mode.and_then(|m| row(m.as_str())).or_else(|| row("*")).unwrap_or(0.0)
}

/// Value of a CAMEO code on Goldstein's scale; 0 for a code of no known beginning.
#[must_use]
pub fn goldstein(cameo: &str) -> f64 {
    crate::data::lines(SCALES)
        .filter_map(|(_, l)| l.strip_prefix("goldstein\t")?.split_once('\t'))
        .filter_map(|(value, codes)| Some((value.parse::<f64>().ok()?, codes)))
        .flat_map(|(value, codes)| codes.split_whitespace().map(move |c| (c, value)))
        .filter(|(c, _)| cameo.starts_with(c))
        .max_by_key(|(c, _)| c.len())
        .map_or(0.0, |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_codebooks() {
        for (cameo, value) in
            [("190", -10.0), ("195", -10.0), ("042", 1.9), ("0874", 10.0), ("1121", -2.0), ("", 0.0)]
        {
            assert!((goldstein(cameo) - value).abs() < 1e-9, "{cameo}");
        }
        assert!((plover(EventType::Assault, None) + 9.0).abs() < 1e-9);
        assert!((plover(EventType::Protest, Some(Mode::Riot)) + 7.0).abs() < 1e-9);
        for kind in EventType::ALL {
            let lines = crate::data::lines(SCALES);
            assert!(
                lines.filter(|(_, l)| l.starts_with(&format!("plover\t{kind}\t*\t"))).count() == 1,
                "{kind}"
            );
        }
    }
}
