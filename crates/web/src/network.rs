//! Who acts on whom, and who belongs to whom, drawn as SVG.

use maud::{Markup, html};
use record::{Incident, Tie};

use crate::pieces::Sources;

/// Actors of these incidents, and the ties between them.
#[must_use]
pub fn view(incidents: &[&Incident], ties: &[Tie], sources: &Sources<'_>) -> Markup {
    let _ = (incidents, ties, sources);
    html! {}
}
