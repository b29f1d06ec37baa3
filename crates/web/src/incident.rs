//! One incident: title, date, places, parties, figures with their sources, disputes, statements, responses.

use maud::{Markup, html};
use record::{
    ClaimStatus, Confidence, Dispute, FigureSet, Incident, IncidentId, Party, PlacePrecision, Record,
    Statement, When,
};

use crate::source::Sources;

pub(crate) fn card(i: &Incident, record: &Record, sources: &Sources<'_>) -> Markup {
    let disputes: Vec<&Dispute> =
        record.disputes.iter().filter(|d| d.incident.as_ref() == Some(&i.id)).collect();
    let statements: Vec<&Statement> = record.statements.iter().filter(|s| s.about.contains(&i.id)).collect();
    let answers: Vec<&Incident> =
        record.incidents.iter().filter(|x| x.responds_to.iter().any(|r| r.incident == i.id)).collect();
    let reports = i.reports().len();
    html! {
        article.incident #(i.id) {
            header {
                p.when { (day(i.when)) }
                h3 { a href={ "#" (i.id) } { (i.title) } }
                p.tags {
                    span class={ "tag quad-" (i.kind.quad() as u8) } { (i.kind) @if let Some(mode) = i.mode { " · " (mode) } }
                    span.tag { (i.factuality) }
                    span.tag { "CAMEO " (i.cameo) }
                    span.tag { (reports) " report" @if reports != 1 { "s" } }
                }
                @if !i.places.is_empty() {
                    p.where {
                        @for (n, place) in i.places.iter().enumerate() {
                            @if n > 0 { ", " }
                            (place.name)
                            @if place.precision != PlacePrecision::Country {
                                @if let Some(country) = place.country { " (" (country) ")" }
                            }
                        }
                    }
                }
            }
            @if !i.actors.is_empty() || !i.targets.is_empty() {
                dl.parties {
                    @for (label, parties) in [("by", &i.actors), ("against", &i.targets)] {
                        @for p in parties { (party(label, p, sources)) }
                    }
                }
            }
            @if !i.figures.is_empty() {
                table.figures {
                    thead { tr { th scope="col" { "figure" } th.number scope="col" { "value" } th scope="col" { "according to" }
                        th scope="col" { "words" } } }
                    @for set in &i.figures { (figures(set, sources)) }
                }
            }
            @for d in disputes { (dispute(d, sources)) }
            @if !statements.is_empty() {
                details.statements {
                    summary { (statements.len()) " statement" @if statements.len() != 1 { "s" } " about it" }
                    @for s in &statements { (statement(s, sources)) }
                }
            }
            @for r in &i.responds_to {
                p.chain { "answers " (link(&r.incident, record)) @for span in &r.evidence { (sources.words(span)) } }
            }
            @for x in answers { p.chain { "answered by " (link(&x.id, record)) } }
            @if let Some(whole) = &i.part_of { p.chain { "part of " (link(whole, record)) } }
            details.mentions {
                summary { (i.evidence.len()) " mention" @if i.evidence.len() != 1 { "s" } }
                @for span in &i.evidence { (sources.words(span)) }
            }
        }
    }
}

fn link(id: &IncidentId, record: &Record) -> Markup {
    let title = record.incidents.iter().find(|i| &i.id == id).map_or(id.as_str(), |i| &i.title);
    html! { a href={ "#" (id) } { (title) } }
}

fn party(label: &str, party: &Party, sources: &Sources<'_>) -> Markup {
    html! {
        div {
            dt { (label) }
            dd {
                a href={ "#actor-" (party.actor) } { (sources.name(&party.actor)) }
                @if party.confidence != Confidence::Fact { " " span.sure { (party.confidence) } }
                @if let Some(span) = party.evidence.first() { (sources.words(span)) }
            }
        }
    }
}

fn figures(set: &FigureSet, sources: &Sources<'_>) -> Markup {
    html! {
        tbody {
            tr.best {
                th scope="row" {
                    (set.what)
                    @if let Some(of) = &set.of { " of " (of) }
                    @if let Some(place) = &set.place { " in " (place) }
                }
                td.number { strong { (set.best.map_or("?".to_owned(), |b| b.to_string())) } }
                td colspan="2" {
                    @let range = bounds(set.low, set.high);
                    @if set.best.map(|b| b.to_string()) != Some(range.clone()) { "between claims: " (range) ", " }
                    "best by the rule " em { (set.rule) }
                }
            }
            @for c in &set.claims {
                tr class={ "claim " (c.status.as_str()) } {
                    td { @if c.status != ClaimStatus::Stands { span.status { (c.status) } } }
                    td.number { (bounds(c.bounds.low(), c.bounds.high())) }
                    td {
                        @match (&c.by, c.by_as_written.as_str()) {
                            (Some(by), _) => (sources.name(by)),
                            (None, "") => em { (sources.outlet(&c.at.report)) " itself" },
                            (None, written) => (written),
                        }
                    }
                    td { (sources.words(&c.at)) }
                }
            }
        }
    }
}

fn dispute(d: &Dispute, sources: &Sources<'_>) -> Markup {
    html! {
        section.dispute {
            h4 { "Disputed: " (d.kind) }
            div.sides {
                @for side in &d.sides {
                    div {
                        @let by: Vec<String> = side.by.iter().map(|a| sources.name(a)).collect();
                        p.by { @if by.is_empty() { "source not named" } @else { (by.join(", ")) } }
                        @for span in &side.evidence { (sources.words(span)) }
                    }
                }
            }
        }
    }
}

fn statement(s: &Statement, sources: &Sources<'_>) -> Markup {
    html! {
        div.statement {
            p.by { @match &s.speaker { Some(id) => (sources.name(id)), None => em { "speaker not named" } } }
            @for v in &s.variants {
                div {
                    (sources.words(&v.at))
                    @if let Some(drift) = &v.drift { p.drift { (drift) } }
                }
            }
        }
    }
}

/// A day, a stretch of days, or that it is not known.
pub(crate) fn day(when: When) -> String {
    match (when.earliest(), when.latest()) {
        (None, None) => "date not known".to_owned(),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("from {a}"),
        (None, Some(b)) => format!("by {b}"),
    }
}

fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (None, None) => "?".to_owned(),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("at least {a}"),
        (None, Some(b)) => format!("up to {b}"),
    }
}
