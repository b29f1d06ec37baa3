//! The first screen: what happened, how many, according to whom, who disagrees.

use maud::{Markup, html};
use record::{ClaimStatus, Incident};

use crate::pieces::{IncidentPieces, Sources};
use crate::{dispute, say};

/// One row an incident.
#[must_use]
pub fn table(pieces: &[&IncidentPieces<'_>], sources: &Sources<'_>) -> Markup {
    html! {
        table.brief {
            thead { tr { th scope="col" { "when" } th scope="col" { "what" } th scope="col" { "how many" }
                th scope="col" { "according to" } th scope="col" { "who disagrees" } } }
            tbody { @for p in pieces { (row(p, sources)) } }
        }
    }
}

fn row(p: &IncidentPieces<'_>, sources: &Sources<'_>) -> Markup {
    let i = p.incident;
    html! {
        tr {
            td.when { (say::when(i.when)) }
            th scope="row" { a href=(sources.links().incident(&i.id)) { (i.title) } }
            td { @for set in i.figures.iter().take(4) { div.fig { (say::figure(set)) } } }
            td { (according_to(i, sources)) }
            td { @for d in &p.disputes { div.disputed { (disagree(d, sources)) } } }
        }
    }
}

fn according_to(i: &Incident, sources: &Sources<'_>) -> Markup {
    let mut by: Vec<String> = Vec::new();
    for c in i.figures.iter().flat_map(|f| &f.claims).filter(|c| c.status != ClaimStatus::Copy) {
        let name = match (&c.by, c.by_as_written.as_str()) {
            (Some(by), _) => sources.name(by),
            (None, "") => sources.outlet(&c.at.report),
            (None, written) => written.to_owned(),
        };
        if !by.contains(&name) {
            by.push(name);
        }
    }
    if by.is_empty() {
        for id in i.reports() {
            let name = sources.outlet(&id);
            if !by.contains(&name) {
                by.push(name);
            }
        }
    }
    let more = by.len().saturating_sub(4);
    html! { (by[..by.len() - more].join(", ")) @if more > 0 { " and " (more) " more" } }
}

fn disagree(d: &record::Dispute, sources: &Sources<'_>) -> Markup {
    html! {
        span.how { (dispute::question(d)) }
        @for s in &d.sides {
            div { "“" (s.claim) "” "
                @for (n, by) in s.by.iter().take(2).enumerate() { @if n > 0 { ", " } (sources.name(by)) } }
        }
    }
}
