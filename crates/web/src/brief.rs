//! The first screen: what happened, how many, according to whom, who disagrees.

use maud::{Markup, html};
use record::{ClaimStatus, Dispute, Factuality, FigureSet, ReportId};

use crate::pieces::{IncidentPieces, Sources};
use crate::{dispute, say, words};

/// Names shown before the rest are counted.
const NAMES: usize = 3;
/// Figures, disputes and sides shown of one incident.
const FIGURES: usize = 4;

/// One row an incident.
#[must_use]
pub fn table(pieces: &[&IncidentPieces<'_>], sources: &Sources<'_>) -> Markup {
    html! {
        table.brief {
            thead { tr { th scope="col" { "when" } th scope="col" { "what" }
                th scope="col" { "how many, according to whom" } th scope="col" { "who disagrees" } } }
            tbody { @for p in pieces { (row(p, sources)) } }
        }
    }
}

fn row(p: &IncidentPieces<'_>, sources: &Sources<'_>) -> Markup {
    let i = p.incident;
    html! {
        tr {
            td.when { (words::led(&html! { (say::when(i.when)) }, &i.grounds.when, sources)) }
            th scope="row" {
                a href=(sources.links().incident(&i.id)) { (i.title) }
                @if i.factuality != Factuality::Happened { " " span.tag { (i.factuality) } }
                span.where { (told_by(&i.reports(), sources)) }
            }
            td { @for set in i.figures.iter().take(FIGURES) { div.fig { (figure(set, sources)) " " (given_by(set, sources)) } } }
            td { @for d in p.disputes.iter().take(FIGURES) { (against(d, sources)) } }
        }
    }
}

/// Who reports it: the outlets, and how many reports name none.
fn told_by(reports: &[ReportId], sources: &Sources<'_>) -> String {
    let (named, others): (Vec<&ReportId>, Vec<&ReportId>) =
        reports.iter().partition(|id| sources.names_outlet(id));
    let outlets = names(named.iter().map(|id| sources.outlet(id)));
    match (named.is_empty(), others.len()) {
        (_, 0) => outlets,
        // One alone is better known by its headline.
        (true, 1) => sources.outlet(others[0]),
        (true, n) => format!("{} (outlets not named)", say::count(n, "report")),
        (false, n) => format!("{outlets} and {} (outlet not named)", say::count(n, "report")),
    }
}

/// A figure, leading to the words of the first claim that gives its best value.
fn figure(set: &FigureSet, sources: &Sources<'_>) -> Markup {
    let standing = set.standing();
    let claim = standing.iter().find(|c| c.point() == set.best).or(standing.first());
    html! {
        @match claim.filter(|c| sources.report(&c.at.report).is_some()) {
            Some(claim) => a.w href=(sources.links().words(&claim.at)) { (say::figure(set)) },
            None => (say::figure(set)),
        }
    }
}

/// Who gives a figure, in the order of the claims.
fn given_by(set: &FigureSet, sources: &Sources<'_>) -> Markup {
    let by = set.claims.iter().filter(|c| c.status != ClaimStatus::Copy).map(|c| {
        match (&c.by, c.by_as_written.as_str()) {
            (Some(by), _) => sources.name(by),
            (None, "") => sources.outlet(&c.at.report),
            (None, written) => written.to_owned(),
        }
    });
    html! { span.how { "by " (names(by)) } }
}

/// Each name once, the first few of them.
fn names(all: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in all {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}

fn against(d: &Dispute, sources: &Sources<'_>) -> Markup {
    html! {
        div.against {
            span.how { (dispute::question(d)) }
            @for s in d.sides.iter().take(FIGURES) {
                span.side-line {
                    q { (s.claim) }
                    " " @if s.by.is_empty() { (dispute::own_voice(s, sources)) } @else { (names(s.by.iter().map(|by| sources.name(by)))) }
                }
            }
        }
    }
}
