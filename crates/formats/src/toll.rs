//! How many in all: the one count of an incident that formats with a single number need.

use ::record::{FigureSet, Incident};

/// How many of an incident were killed, wounded, ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Toll {
    /// The least that a standing claim allows.
    pub(crate) low: Option<u64>,
    /// By the rule that the record was built with.
    pub(crate) best: Option<u64>,
    /// The most that a standing claim allows; `None` if some claim is open.
    pub(crate) high: Option<u64>,
    /// The lowest standing claim, as ACLED counts.
    pub(crate) conservative: Option<u64>,
}

impl Toll {
    /// The count of everybody; where the reports only count by place, the sum over the places. Counts of a part
    /// ("children") are no total.
    pub(crate) fn of(incident: &Incident, what: &str) -> Option<Toll> {
        let mut sets = incident.figures.iter().filter(|f| f.what == what && f.of.is_none());
        if let Some(all) = sets.clone().find(|f| f.place.is_none()) {
            return Some(Toll::from(all));
        }
        let first = Toll::from(sets.next()?);
        Some(sets.map(Toll::from).fold(first, Toll::plus))
    }

    fn plus(self, other: Toll) -> Toll {
        // What one place leaves open adds nothing to the least, and leaves the most open.
        let least = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (a, b) => a.or(b),
        };
        Toll {
            low: least(self.low, other.low),
            best: least(self.best, other.best),
            high: self.high.zip(other.high).map(|(a, b)| a.saturating_add(b)),
            conservative: least(self.conservative, other.conservative),
        }
    }
}

impl From<&FigureSet> for Toll {
    fn from(set: &FigureSet) -> Toll {
        Toll { low: set.low, best: set.best, high: set.high, conservative: set.conservative() }
    }
}
