//! A record that people look at: [`page`] gives one self-contained HTML page, [`views`] the pieces it is made of.
//!
//! The page needs no network and no script, opens from a mail attachment, and prints. Report text is hostile:
//! everything is escaped, a strict Content-Security-Policy forbids whatever might get through, and only http and https
//! addresses become links.
//!
//! A view is a pure function from pieces of a record ([`IncidentPieces`], [`Sources`]) to markup. Where a reference
//! leads is the business of [`Links`]: to a fragment in the page, to an address of its own in a server.

mod actors;
mod brief;
mod chain;
mod dispute;
mod incident;
mod links;
mod map;
mod network;
mod page;
mod pieces;
mod reports;
mod say;
pub mod serve;
mod statement;
mod timeline;
mod words;

pub use links::{Fragments, Links, actor_id, incident_id};
pub use page::page;
pub use pieces::{IncidentPieces, Sources, marked};

/// The style sheet of every view.
pub const STYLE: &str = include_str!("style.css");

/// The script that opens a report beside a value. Nothing needs it.
pub const SCRIPT: &str = include_str!("script.js");

/// [`SCRIPT`] as a source of a Content-Security-Policy.
pub const SCRIPT_CSP: &str = "'sha256-9ZNSpUgvbsCoQZnRRc3dP8IUWL4fNPiBy9j8RaB024k='";

/// The pieces of a page: pure functions from pieces of a record to markup.
pub mod views {
    pub use crate::actors::{table as actors, ties};
    pub use crate::brief::table as brief;
    pub use crate::chain::{around as chain_around, view as chain};
    pub use crate::dispute::view as dispute;
    pub use crate::incident::{card as incident, figures, line as incident_line, link as incident_link};
    pub use crate::map::view as map;
    pub use crate::network::view as network;
    pub use crate::reports::{headline, list as reports, view as report};
    pub use crate::say::{bounds, count, country_name as country, fineness, kind, number, when};
    pub use crate::statement::view as statement;
    pub use crate::timeline::view as timeline;
    pub use crate::words::{Lit, quote, text as report_text, words};
}
