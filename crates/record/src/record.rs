//! What all reports together say.

use std::collections::BTreeMap;

use crate::{Actor, Dispute, Incident, IncidentId, Report, ReportId, Span, Statement, Tie, Warning};

/// How a report stands to the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentLink {
    /// The report that it copies, wholly or in the main.
    pub copy_of: Option<ReportId>,
    /// The group of reports that share one text: one voice.
    pub origin: String,
    /// Passages taken over: ours, theirs.
    pub passages: Vec<(Span, Span)>,
}

/// One sourced record: what all reports together say. Everything is sorted, so that the same reports give the same
/// bytes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// The reports, by id.
    pub reports: Vec<Report>,
    /// How each stands to the others.
    pub documents: BTreeMap<ReportId, DocumentLink>,
    /// Everybody, by id.
    pub actors: Vec<Actor>,
    /// Ties between them.
    pub ties: Vec<Tie>,
    /// What happened, by date and id.
    pub incidents: Vec<Incident>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Where they disagree.
    pub disputes: Vec<Dispute>,
    /// Ids of incidents that went up in another one: old id, new id.
    pub redirects: BTreeMap<IncidentId, IncidentId>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}
