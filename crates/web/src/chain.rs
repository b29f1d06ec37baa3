//! Who did what to whom, and what answered it, drawn as SVG.

use maud::{Markup, html};
use record::Incident;

use crate::pieces::Sources;

/// Incidents that answer each other.
#[must_use]
pub fn view(incidents: &[&Incident], sources: &Sources<'_>) -> Markup {
    let _ = (incidents, sources);
    html! {}
}
