//! The two JSON outputs: `rapporteur/analysis/1` (one object a report) and `rapporteur/record/1`.
//!
//! Both directions: what is written can be read back without loss. Fields may be added to a version, never renamed.

mod analysis;
mod named;
mod points;
mod record;
mod report;
mod schema;
mod sentence;

pub use analysis::{ActorJson, AnalysisJson, SpanJson, TieJson};
pub use named::Named;
pub use points::Points;
pub use record::{
    ClaimJson, DateJson, DisputeJson, DocumentJson, FigureSetJson, GroundsJson, IncidentJson, LinkedJson,
    PartyJson, RecordJson, ResponseJson, SideJson, SpotJson, StatementJson, VariantJson,
};
pub use report::{BlockJson, ReportJson, WarningJson};
pub use schema::{analysis_schema, record_schema};

use std::fmt;

/// The name of the analysis format.
pub const ANALYSIS: &str = "rapporteur/analysis/1";
/// The name of the record format.
pub const RECORD: &str = "rapporteur/record/1";

/// A JSON value that is not what it claims to be.
#[derive(Debug)]
pub struct WireError(String);

impl WireError {
    fn new(message: impl Into<String>) -> WireError {
        WireError(message.into())
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WireError {}

impl From<serde_json::Error> for WireError {
    fn from(e: serde_json::Error) -> WireError {
        WireError(format!("not valid JSON of this format: {e}"))
    }
}
