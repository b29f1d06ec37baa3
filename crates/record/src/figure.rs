//! Counts: as written and as bounds.

use crate::TextRange;
use crate::names::names;

/// A whole number known within bounds; an open end is `None`. Never backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bounds {
    low: Option<u64>,
    high: Option<u64>,
}

impl Bounds {
    /// Bounds, swapped if they are the wrong way round.
    #[must_use]
    pub fn new(low: Option<u64>, high: Option<u64>) -> Bounds {
        match (low, high) {
            (Some(a), Some(b)) if a > b => Bounds { low: Some(b), high: Some(a) },
            _ => Bounds { low, high },
        }
    }

    /// Exactly `n`.
    #[must_use]
    pub fn exactly(n: u64) -> Bounds {
        Bounds { low: Some(n), high: Some(n) }
    }

    /// The least it can be.
    #[must_use]
    pub fn low(self) -> Option<u64> {
        self.low
    }

    /// The most it can be.
    #[must_use]
    pub fn high(self) -> Option<u64> {
        self.high
    }

    /// The number, if the bounds are one.
    #[must_use]
    pub fn single(self) -> Option<u64> {
        self.low.filter(|_| self.low == self.high)
    }

    /// Whether some number lies within both.
    #[must_use]
    pub fn may_be(self, other: Bounds) -> bool {
        let above = |a: Option<u64>, b: Option<u64>| matches!((a, b), (Some(a), Some(b)) if a > b);
        !above(self.low, other.high) && !above(other.low, self.high)
    }
}

names! {
    /// How a figure is hedged.
    Qualifier("qualifier") {
        Exact = "exact",
        About = "about",
        AtLeast = "at least",
        MoreThan = "more than",
        UpTo = "up to",
        FewerThan = "fewer than",
        /// "between 30 and 35".
        Range = "range",
        Several = "several",
        Dozens = "dozens",
        Scores = "scores",
        Tens = "tens",
        Hundreds = "hundreds",
        Thousands = "thousands",
        Many = "many",
        /// "no one was hurt".
        None = "none",
    }
}

impl Qualifier {
    /// The usual reading of a vague word as one number, as ACLED reads it: tens 10, dozens 12, hundreds 100.
    #[must_use]
    pub fn usual(self) -> Option<u64> {
        Some(match self {
            Qualifier::Several => 3,
            Qualifier::Tens => 10,
            Qualifier::Dozens => 12,
            Qualifier::Scores => 20,
            Qualifier::Hundreds => 100,
            Qualifier::Thousands => 1000,
            _ => return None,
        })
    }
}

/// A count in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The words of the figure with what it counts: "some 40 people", "killed a commander".
    pub range: TextRange,
    /// `killed`, `wounded`, `missing`, `captured`, `arrested`, `abducted`, `displaced`, `rescued`, or the plural noun
    /// of the things counted: `targets`, `missiles`, `attacks`.
    pub what: String,
    /// Who or what is counted, as written ("people", "US troops"); `None` if only the number stands there.
    pub counted: Option<TextRange>,
    /// The words that say what happened to them ("were killed"); `None` for things.
    pub harm: Option<TextRange>,
    /// If no number stands there but somebody named or described ("a teacher"): which of the report's people, counted from
    /// 0. The same number is the same person.
    pub person: Option<usize>,
    /// The bounds by the conventions of the record format.
    pub bounds: Bounds,
    /// The hedge.
    pub qualifier: Qualifier,
    /// Index into the analysis's events of the incident it belongs to.
    pub event: Option<usize>,
    /// Index into the analysis's attributions of who gives it.
    pub attribution: Option<usize>,
    /// Index into the analysis's places, where the figure is said to hold for one place ("16 in Iraq").
    pub place: Option<usize>,
    /// Whether it is the running toll of a war or a period, not of one incident.
    pub cumulative: bool,
    /// Whether it is said to be part of another figure ("including three children").
    pub part: bool,
    /// The rule that read it.
    pub rule: &'static str,
}
