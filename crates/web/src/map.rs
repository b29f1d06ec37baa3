//! Where it happened, drawn as SVG.

use maud::{Markup, html};
use record::Incident;

use crate::pieces::Sources;

/// Incidents by place.
#[must_use]
pub fn view(incidents: &[&Incident], sources: &Sources<'_>) -> Markup {
    let _ = (incidents, sources);
    html! {}
}
