//! One thing that happened, as all reports tell it.

use std::fmt;
use std::sync::Arc;

use crate::names::names;
use crate::{
    ActorId, Bounds, Context, Date, EventType, Factuality, Located, Mode, Qualifier, Report, ReportId, Span,
    When,
};

/// The id of an incident, made from what it is (its earliest evidence), the same from run to run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId(Arc<str>);

impl IncidentId {
    /// An id with this name.
    #[must_use]
    pub fn new(name: &str) -> IncidentId {
        IncidentId(Arc::from(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

names! {
    /// How surely somebody is said to have had a part.
    Confidence("confidence") {
        Fact = "reported as fact", Claimed = "claimed", Accused = "accused", Denied = "denied", Unknown = "unknown",
    }
}

/// Somebody's part in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub actor: ActorId,
    /// How surely.
    pub confidence: Confidence,
    /// The words. Never empty.
    pub evidence: Vec<Span>,
}

names! {
    /// How a claim stands among the others on the same count.
    ClaimStatus("claim status") {
        Stands = "stands",
        /// The same asserter gave a later figure.
        Superseded = "superseded",
        /// It counts a part of another figure.
        Part = "part",
        /// The same claim in another outlet.
        Copy = "copy",
        Disputed = "disputed",
    }
}

/// One asserter's figure, in one report's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The number.
    pub bounds: Bounds,
    /// The hedge.
    pub qualifier: Qualifier,
    /// Who asserts it; `None` for the outlet's own voice or an unnamed source.
    pub by: Option<ActorId>,
    /// The source as written, empty for the outlet's own voice.
    pub by_as_written: String,
    /// The words.
    pub as_written: String,
    /// Where they stand.
    pub at: Span,
    /// How it stands.
    pub status: ClaimStatus,
}

impl Claim {
    /// The number of "more than 100,000", whose bound is one more.
    #[must_use]
    pub fn above(&self) -> Option<u64> {
        let open = self.qualifier == Qualifier::MoreThan && self.bounds.high().is_none();
        self.bounds.low().filter(|_| open).map(|n| n.saturating_sub(1))
    }

    /// The one number it stands for: itself, the usual reading of a vague word, or its known end.
    #[must_use]
    pub fn point(&self) -> Option<u64> {
        let b = self.bounds;
        b.single().or_else(|| self.qualifier.usual()).or(b.low()).or(b.high())
    }
}

names! {
    /// How a best value is chosen. Never an average.
    FigureRule("figure rule") {
        /// As ACLED: the lowest standing claim; tens 10, dozens 12, hundreds 100.
        Conservative = "conservative",
        /// As UCDP: the most reliable source, the lower one where reliability cannot be told apart.
        Reliable = "reliable",
        Latest = "latest",
        /// What most independent voices give.
        Majority = "majority of independent voices",
    }
}

/// All claims on one count of one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureSet {
    /// `killed`, `wounded`, …, or the plural noun of the things counted.
    pub what: String,
    /// Who is counted, where the claims are about a part ("civilians").
    pub of: Option<String>,
    /// Where, when the claims are about one place ("Iraq").
    pub place: Option<String>,
    /// The least that a standing claim allows.
    pub low: Option<u64>,
    /// The value chosen by `rule`.
    pub best: Option<u64>,
    /// The most that a standing claim allows.
    pub high: Option<u64>,
    /// How `best` was chosen.
    pub rule: FigureRule,
    /// Every claim. Never empty.
    pub claims: Vec<Claim>,
}

impl FigureSet {
    /// The claims that count: those that stand or are disputed, or all if none does.
    #[must_use]
    pub fn standing(&self) -> Vec<&Claim> {
        let stands = |c: &&Claim| matches!(c.status, ClaimStatus::Stands | ClaimStatus::Disputed);
        let standing: Vec<&Claim> = self.claims.iter().filter(stands).collect();
        if standing.is_empty() { self.claims.iter().collect() } else { standing }
    }

    /// The number of "more than 100,000", whose bound is one more, where the best value is no other and nobody claims a bound above.
    #[must_use]
    pub fn above(&self) -> Option<u64> {
        let low = self.low.filter(|_| self.low == self.best && self.high.is_none())?;
        let mut lowest = self.standing().into_iter().filter(|c| c.bounds.low() == Some(low)).peekable();
        lowest.peek()?;
        lowest.all(|c| c.above().is_some()).then(|| low.saturating_sub(1))
    }

    /// The vague word ("dozens") of which the best value is only the usual reading: less than it can mean.
    #[must_use]
    pub fn vague(&self) -> Option<Qualifier> {
        let best = self.best.filter(|best| self.low.is_some_and(|low| low > *best))?;
        self.standing().into_iter().map(|c| c.qualifier).find(|q| q.usual() == Some(best))
    }

    /// The best value by [`FigureRule::Conservative`], whatever rule chose `best`.
    #[must_use]
    pub fn conservative(&self) -> Option<u64> {
        self.standing().into_iter().filter_map(Claim::point).min()
    }
}

/// A link to the incident that this one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// What it answers.
    pub incident: IncidentId,
    /// The words that say so.
    pub evidence: Vec<Span>,
}

/// One reason for or against holding two mentions for the same incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The feature, for instance `place`, `time`, `same text`.
    pub feature: &'static str,
    /// Its weight, positive for, negative against.
    pub weight: f32,
    /// What it saw.
    pub detail: String,
}

/// Why a mention is part of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// The mention.
    pub at: Span,
    /// The mention it was linked with; `None` for the first.
    pub to: Option<Span>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// The words that an incident's own values stand on. Its parties, places and figures have theirs beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grounds {
    /// The words that name the deed as one of this type; its CAMEO code is theirs too.
    pub kind: Vec<Span>,
    /// Those of this mode.
    pub mode: Vec<Span>,
    /// The clauses that have the contexts.
    pub contexts: Vec<Span>,
    /// The clauses that tell whether it happened; the whole sentence where they do not tell it as happened.
    pub factuality: Vec<Span>,
    /// The times given for it, those first that give just this one.
    pub when: Vec<Span>,
    /// Reports whose day of publication those times are counted from («on Wednesday»).
    pub published: Vec<ReportId>,
}

/// One thing that happened (or is said to have, or to be about to).
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Stable.
    pub id: IncidentId,
    /// One line for people.
    pub title: String,
    /// PLOVER event type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: String,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// Whether it happened.
    pub factuality: Factuality,
    /// When.
    pub when: When,
    /// Where, the likeliest first: of towns and sites the one told most often.
    pub places: Vec<Located>,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub targets: Vec<Party>,
    /// How many.
    pub figures: Vec<FigureSet>,
    /// Every mention. Never empty.
    pub evidence: Vec<Span>,
    /// The words of type, mode, factuality and date.
    pub grounds: Grounds,
    /// What it answers.
    pub responds_to: Vec<Response>,
    /// The incident it is a part of.
    pub part_of: Option<IncidentId>,
    /// Why its mentions were put together.
    pub links: Vec<Linked>,
}

impl Incident {
    /// The reports that mention it, sorted.
    #[must_use]
    pub fn reports(&self) -> Vec<ReportId> {
        let mut ids: Vec<_> = self.evidence.iter().map(|s| s.report.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// The day by which it was, where nothing tells when it was: the date of the first report that tells it as done.
    #[must_use]
    pub fn first_told<'r>(&self, report: impl Fn(&ReportId) -> Option<&'r Report>) -> Option<Date> {
        let open = self.when == When::Unknown
            && matches!(self.factuality, Factuality::Happened | Factuality::Ongoing);
        let dated = |id: &ReportId| Some(report(id)?.published.as_ref()?.date);
        self.reports().iter().filter(|_| open).filter_map(dated).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReportId, TextRange};

    #[test]
    fn more_than_is_told_by_the_number_that_was_named() {
        let claim = |low, high, qualifier| Claim {
            bounds: Bounds::new(Some(low), high),
            qualifier,
            by: None,
            by_as_written: String::new(),
            as_written: String::new(),
            at: Span { report: ReportId::new("a"), range: TextRange::new(0, 1) },
            status: ClaimStatus::Stands,
        };
        let set = |claims: Vec<Claim>| FigureSet {
            what: "displaced".to_owned(),
            of: None,
            place: None,
            low: Some(100_001),
            best: Some(100_001),
            high: None,
            rule: FigureRule::Conservative,
            claims,
        };
        let open = claim(100_001, None, Qualifier::MoreThan);
        assert_eq!(set(vec![open.clone()]).above(), Some(100_000));
        let exact = claim(100_001, Some(100_001), Qualifier::Exact);
        assert_eq!(set(vec![open, exact]).above(), None);
    }
}
