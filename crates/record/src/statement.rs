//! One utterance, in all the forms the reports give it.

use crate::{ActorId, AttributionKind, IncidentId, Span};

/// One report's form of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The words.
    pub at: Span,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
    /// The source as the report writes it, empty if it names nobody.
    pub speaker_as_written: String,
    /// What changed against the fullest variant: a stronger word, a lost clause, another speaker.
    pub drift: Option<String>,
}

/// One utterance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Made from speaker and words.
    pub id: String,
    /// Who said it; `None` where no report says.
    pub speaker: Option<ActorId>,
    /// The incidents it is about.
    pub about: Vec<IncidentId>,
    /// Its forms, by report id and place. Never empty.
    pub variants: Vec<Variant>,
}
