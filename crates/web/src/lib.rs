//! A record that people look at: [`page`] gives one self-contained HTML page.
//!
//! It needs no network and no script, opens from a mail attachment, and prints. Report text is hostile: everything is
//! escaped, a strict Content-Security-Policy forbids whatever might get through, and only http and https addresses
//! become links.

mod incident;
mod source;
mod timeline;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use record::{Factuality, Record};

use source::Sources;

const STYLE: &str = include_str!("style.css");

/// The record as one page.
#[must_use]
pub fn page(record: &Record) -> String {
    let sources = Sources::new(record);
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="referrer" content="no-referrer";
                title { "Rapporteur: " (record.incidents.len()) " incidents in " (record.reports.len()) " reports" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (overview(record))
                main {
                    (timeline::draw(record))
                    (incidents(record, &sources))
                    (actors(record, &sources))
                    (source::reports(record, &sources))
                }
                footer {
                    p { "Every value opens the words it came from. A date that the reports do not fix is left out, not guessed. "
                        "Best values are chosen by the named rule and never averaged." }
                }
            }
        }
    };
    page.into_string()
}

fn overview(record: &Record) -> Markup {
    let mut voices: Vec<&str> = record.documents.values().map(|d| d.origin.as_str()).collect();
    voices.sort_unstable();
    voices.dedup();
    let warnings = record.warnings.len() + record.reports.iter().map(|r| r.warnings.len()).sum::<usize>();
    html! {
        header {
            h1 { "What the reports say" }
            dl.counts {
                div { dt { "reports" } dd { (record.reports.len()) } }
                div { dt { "independent voices" } dd { (voices.len()) } }
                div { dt { "incidents" } dd { (record.incidents.len()) } }
                div { dt { "statements" } dd { (record.statements.len()) } }
                div { dt { "disputes" } dd { (record.disputes.len()) } }
            }
            nav { a href="#timeline" { "Timeline" } a href="#incidents" { "Incidents" } a href="#actors" { "Actors" }
                a href="#reports" { "Reports" } }
            @if warnings > 0 {
                details.warnings {
                    summary { (warnings) " warning" @if warnings != 1 { "s" } }
                    ul {
                        @for w in record.reports.iter().flat_map(|r| &r.warnings).chain(&record.warnings) {
                            li { (w.to_string()) }
                        }
                    }
                }
            }
        }
    }
}

fn incidents(record: &Record, sources: &Sources<'_>) -> Markup {
    // What people look for first: what happened, and of that what most reports and figures are about.
    let (mut happened, other): (Vec<_>, Vec<_>) = record
        .incidents
        .iter()
        .partition(|i| matches!(i.factuality, Factuality::Happened | Factuality::Ongoing));
    happened.sort_by_key(|i| std::cmp::Reverse((i.reports().len(), i.figures.len(), i.evidence.len())));
    html! {
        section #incidents {
            h2 { "Incidents" }
            @for i in happened { (incident::card(i, record, sources)) }
            @if !other.is_empty() {
                h2 { "Planned, threatened, denied or uncertain" }
                @for i in other { (incident::card(i, record, sources)) }
            }
        }
    }
}

fn actors(record: &Record, sources: &Sources<'_>) -> Markup {
    let mut actors: Vec<_> = record.actors.iter().filter(|a| !a.evidence.is_empty()).collect();
    actors.sort_by(|a, b| b.evidence.len().cmp(&a.evidence.len()).then_with(|| a.id.cmp(&b.id)));
    html! {
        section #actors {
            h2 { "Actors" }
            table {
                thead { tr { th scope="col" { "name" } th scope="col" { "kind" } th scope="col" { "country" }
                    th scope="col" { "also" } th.number scope="col" { "mentions" } } }
                tbody {
                    @for a in actors {
                        tr #{ "actor-" (a.id) } {
                            th scope="row" { (a.name) }
                            td { (a.kind) }
                            td { (a.country.as_deref().unwrap_or("")) }
                            td { (a.aliases.join(", ")) }
                            td.number { (a.evidence.len()) }
                        }
                    }
                }
            }
            @if !record.ties.is_empty() {
                h3 { "Ties that the reports state" }
                ul.ties {
                    @for t in &record.ties {
                        li { (sources.name(&t.a)) " " em { (t.relation) } " " (sources.name(&t.b))
                            @for span in &t.evidence { (sources.words(span)) } }
                    }
                }
            }
        }
    }
}
