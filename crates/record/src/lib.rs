//! The nouns of Rapporteur: plain data and its invariants.
//!
//! Nothing here reads a file, a clock or a locale, and nothing here knows a wire format. Every later phase
//! takes some of these types and gives others.
//!
//! * One report: [`Report`] → [`Parsed`] → [`Analysis`].
//! * All reports together: [`Record`], made of [`Incident`]s, [`Statement`]s, [`Dispute`]s, [`Actor`]s and ties.
//!
//! **Offsets** inside the program are bytes into a report's `text`, from 0, end exclusive ([`TextRange`]); the
//! JSON outputs count Unicode code points, and `formats` alone converts.

mod actor;
mod analysis;
mod dispute;
pub mod distance;
mod figure;
mod incident;
mod names;
mod parsed;
mod place;
mod plover;
mod record;
mod report;
mod shelf;
mod span;
pub mod spelling;
mod statement;
mod time;
mod warning;

pub use actor::{Actor, ActorId, ActorKind, ActorMention, Relation, Role, Tie};
pub use analysis::{Analysis, Attribution, AttributionKind, Event, EventRole, GUESS, Place, Stance};
pub use dispute::{Dispute, DisputeKind, Side};
pub use figure::{Bounds, Figure, Qualifier};
pub use incident::{
    Claim, ClaimStatus, Confidence, FigureRule, FigureSet, Grounds, Incident, IncidentId, Linked, Party,
    Reason, Response,
};
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use names::{UnknownName, Vocabulary};
pub use parsed::{Deed, Entity, EntityKind, Parsed, Participant, Sentence, Token, Upos};
pub use place::{Located, PlacePrecision, Spot};
pub use plover::{Context, EventType, Factuality, Mode, Quad, Sector};
pub use record::{DocumentLink, Record};
pub use report::{Block, BlockLabel, DateSource, Published, Report, ReportId, Text};
pub use shelf::{Shelf, Standing, Weight};
pub use span::{Span, TextRange};
pub use statement::{Statement, Variant};
pub use time::{Precision, Recurring, TimeExpression, TimexType, When, clash};
pub use warning::Warning;
