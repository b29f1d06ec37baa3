//! The record as one self-contained page.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use record::{Actor, Incident, Record, Report};

use crate::links::Fragments;
use crate::pieces::{IncidentPieces, Sources, Weight, marked};
use crate::{STYLE, actors, brief, chain, incident, map, network, reports, say, timeline};

/// Incidents on the first screen, at most.
const BRIEF: usize = 8;

/// The record as one page.
#[must_use]
pub fn page(record: &Record) -> String {
    let links = Fragments::new(&record.reports);
    let sources = Sources::of(record, &links);
    let mut pieces = IncidentPieces::all(record);
    pieces.sort_by_cached_key(IncidentPieces::rank);
    let incidents: Vec<&Incident> = record.incidents.iter().collect();
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
                    section #brief { (brief::table(&main_ones(&pieces), &sources)) }
                    section #timeline { h2 { "Timeline" } (timeline::view(&incidents, &sources)) }
                    section #map { (map::view(&incidents, &sources)) }
                    section #chain { (chain::view(&incidents, &sources)) }
                    (all_incidents(&pieces, &sources))
                    section #actors {
                        h2 { "Actors" }
                        (network::view(&incidents, &record.ties, &sources))
                        (actors::table(&named(record), &sources))
                        @if !record.ties.is_empty() { h3 { "Ties that the reports state" } (actors::ties(&record.ties, &sources)) }
                    }
                    section #reports {
                        h2 { "Reports" }
                        (reports::list(&record.reports.iter().collect::<Vec<&Report>>(), &marked(record), &sources))
                    }
                }
                footer {
                    p { "Every value leads to the words it came from. A date that the reports do not fix is left out, not guessed. "
                        "Best values are chosen by the named rule and never averaged." }
                }
            }
        }
    };
    page.into_string()
}

fn main_ones<'p, 'r>(pieces: &'p [IncidentPieces<'r>]) -> Vec<&'p IncidentPieces<'r>> {
    pieces.iter().filter(|p| p.weight() != Weight::Minor).take(BRIEF).collect()
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
                    summary { (say::count(warnings, "warning")) }
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

fn all_incidents(pieces: &[IncidentPieces<'_>], sources: &Sources<'_>) -> Markup {
    let (minor, shown): (Vec<_>, Vec<_>) = pieces.iter().partition(|p| p.weight() == Weight::Minor);
    html! {
        section #incidents {
            h2 { "Incidents" }
            @for p in shown { (incident::card(p, sources)) }
            @if !minor.is_empty() {
                details.minor {
                    summary { (say::count(minor.len(), "remark")) " and bare mentions" }
                    @for p in minor { (incident::card(p, sources)) }
                }
            }
        }
    }
}

fn named(record: &Record) -> Vec<&Actor> {
    let mut actors: Vec<&Actor> = record.actors.iter().filter(|a| !a.evidence.is_empty()).collect();
    actors.sort_by(|a, b| b.evidence.len().cmp(&a.evidence.len()).then_with(|| a.id.cmp(&b.id)));
    actors
}
