//! Where the accounts disagree.

use crate::names::names;
use crate::{ActorId, IncidentId, Span};

names! {
    /// What is in dispute.
    DisputeKind("dispute kind") {
        Figure = "figure",
        Responsibility = "responsibility",
        /// Whether it happened.
        Occurrence = "occurrence",
        /// How it is told: "proportionate" against "reckless escalation".
        Account = "account",
    }
}

/// One side of a dispute, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The claim in short.
    pub claim: String,
    /// Who holds it.
    pub by: Vec<ActorId>,
    /// The words. Never empty.
    pub evidence: Vec<Span>,
}

/// A disagreement between two or more sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Made from its kind and its sides' words.
    pub id: String,
    /// What is in dispute.
    pub kind: DisputeKind,
    /// Over which incident.
    pub incident: Option<IncidentId>,
    /// At least two; one where the other side is only an accusation that nobody has answered.
    pub sides: Vec<Side>,
}
