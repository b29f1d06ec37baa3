//! Where a reference leads: to a fragment of one page, or to an address of a server.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use record::{ActorId, IncidentId, Report, ReportId, Span};

/// Turns what a view refers to into addresses, and names the elements they lead to.
///
/// The self-contained page leads to fragments of itself ([`Fragments`]), a server to pages of its own.
pub trait Links {
    /// Where an incident is shown.
    fn incident(&self, id: &IncidentId) -> String;
    /// Where an actor is shown.
    fn actor(&self, id: &ActorId) -> String;
    /// Where a report is shown.
    fn report(&self, id: &ReportId) -> String;
    /// Where these words are shown in their report.
    fn words(&self, span: &Span) -> String;
    /// The `id` of the element that holds these words, in the report as [`crate::views::report`] shows it.
    fn words_id(&self, span: &Span) -> String {
        format!("w{}-{}", span.range.start(), span.range.end())
    }
    /// The `id` of the element that shows a report.
    fn report_id(&self, id: &ReportId) -> String {
        format!("report-{}", plain_id(id.as_str()))
    }
}

/// The `id` of the element that shows an incident.
#[must_use]
pub fn incident_id(id: &IncidentId) -> String {
    plain_id(id.as_str())
}

/// The `id` of the element that shows an actor.
#[must_use]
pub fn actor_id(id: &ActorId) -> String {
    format!("actor-{}", plain_id(id.as_str()))
}

/// A name as an element's `id` and as a fragment: letters, digits and `-` stay, the rest goes by code point.
fn plain_id(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            out.push(c);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "_{:x}", u32::from(c));
        }
    }
    out
}

/// References within one page. Reports go by number: there may be many words to point at, and their ids may be long.
#[derive(Debug, Default)]
pub struct Fragments<'r>(BTreeMap<&'r ReportId, usize>);

impl<'r> Fragments<'r> {
    /// For a page that shows these reports.
    #[must_use]
    pub fn new(reports: &'r [Report]) -> Fragments<'r> {
        Fragments(reports.iter().enumerate().map(|(n, r)| (&r.id, n + 1)).collect())
    }

    fn number(&self, id: &ReportId) -> usize {
        self.0.get(id).copied().unwrap_or(0)
    }
}

impl Links for Fragments<'_> {
    fn incident(&self, id: &IncidentId) -> String {
        format!("#{}", incident_id(id))
    }

    fn actor(&self, id: &ActorId) -> String {
        format!("#{}", actor_id(id))
    }

    fn report(&self, id: &ReportId) -> String {
        format!("#{}", self.report_id(id))
    }

    fn words(&self, span: &Span) -> String {
        format!("#{}", self.words_id(span))
    }

    fn words_id(&self, span: &Span) -> String {
        format!("w{}-{}-{}", self.number(&span.report), span.range.start(), span.range.end())
    }

    fn report_id(&self, id: &ReportId) -> String {
        format!("r{}", self.number(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_one_plain_word_and_differ_where_names_differ() {
        assert_eq!(incident_id(&IncidentId::new("assault-12ab")), "assault-12ab");
        let hostile = actor_id(&ActorId::new("a b\"><script>"));
        assert!(hostile.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{hostile}");
        assert_ne!(plain_id("a_20"), plain_id("a "));
    }
}
