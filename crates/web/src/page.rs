//! The record as one self-contained page.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use record::{Actor, Date, Incident, Record, Report, Shelf};

use crate::links::Fragments;
use crate::pieces::{IncidentPieces, Sources, marked};
use crate::{
    SCRIPT, SCRIPT_CSP, STYLE, actors, brief, chain, incident, map, network, reports, say, timeline,
};

/// Incidents on the first screen, at most.
const BRIEF: usize = 8;
/// Cards shown before the rest are folded.
const CARDS: usize = 60;
/// Folded incidents beyond this number have a line each, not a card.
const MINOR_CARDS: usize = 150;

/// The record as one page.
#[must_use]
pub fn page(record: &Record) -> String {
    let links = Fragments::new(&record.reports);
    let sources = Sources::of(record, &links);
    let mut pieces = IncidentPieces::all(record);
    pieces.sort_by_cached_key(IncidentPieces::standing);
    let incidents: Vec<&Incident> = pieces.iter().map(|p| p.incident).collect();
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {SCRIPT_CSP}; base-uri 'none'; form-action 'none'"
    );
    let chain = chain::view(&incidents, &sources);
    let network = network::view(&incidents, &record.ties, &sources);
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                title { (say::count(record.incidents.len(), "incident")) " in " (say::count(record.reports.len(), "report"))
                    " – Rapporteur" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#incidents" { "To the incidents" }
                (navigation(!chain.0.is_empty()))
                (header(record, &pieces, &sources))
                main {
                    section #timeline { h2 { "Timeline" } (timeline::view(&incidents, &sources)) }
                    section #map { h2 { "Map" } (map::view(&incidents, &sources)) }
                    @if !chain.0.is_empty() { section #chain { h2 { "What answered what" } (chain) } }
                    (all_incidents(&pieces, &sources))
                    section #actors {
                        h2 { "Actors" }
                        (network)
                        (all_actors(record, &sources))
                    }
                    section #reports {
                        h2 { "Reports" }
                        (reports::list(&record.reports.iter().collect::<Vec<&Report>>(), &marked(record), &sources))
                    }
                }
                footer {
                    p { "Every value leads to the words it came from. A date that the reports do not fix is left out, not "
                        "guessed. Best values are chosen by the named rule and never averaged; every claim stays in the table. "
                        "Made by Rapporteur from the reports above and nothing else." }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn navigation(chain: bool) -> Markup {
    html! {
        nav aria-label="Sections" { div {
            a href="#brief" { "In brief" } a href="#timeline" { "Timeline" } a href="#map" { "Map" }
            @if chain { a href="#chain" { "What answered what" } }
            a href="#incidents" { "Incidents" } a href="#actors" { "Actors" } a href="#reports" { "Reports" }
        } }
    }
}

fn header(record: &Record, pieces: &[IncidentPieces<'_>], sources: &Sources<'_>) -> Markup {
    let shown: Vec<&IncidentPieces<'_>> = pieces.iter().filter(|p| !p.is_minor()).take(BRIEF).collect();
    let minor = pieces.iter().filter(|p| p.is_minor()).count();
    let more = pieces.len() - minor - shown.len();
    html! {
        header #brief {
            h1 { "What " (say::count(record.reports.len(), "report")) @if record.reports.len() == 1 { " says" } @else { " say" } }
            p.lead { (lead(record)) }
            (warnings(record))
            (brief::table(&shown, sources))
            p.faint {
                @if more > 0 { a href="#incidents" { (say::count(more, "more incident")) } " below" }
                @if more > 0 && minor > 0 { ", and " }
                @if minor > 0 { a href="#minor" { (say::count(minor, "remark")) " and bare mentions" } " folded away" }
                @if more + minor > 0 { "." }
            }
        }
    }
}

/// Voices, days of publication and counts, in a sentence.
fn lead(record: &Record) -> Markup {
    let mut voices: Vec<&str> = record.documents.values().map(|d| d.origin.as_str()).collect();
    voices.sort_unstable();
    voices.dedup();
    let copies = record.documents.values().filter(|d| d.copy_of.is_some()).count();
    let dates: Vec<Date> =
        record.reports.iter().filter_map(|r| r.published.as_ref()).map(|p| p.date).collect();
    let undated = record.reports.len() - dates.len();
    html! {
        (say::count(voices.len(), "independent voice"))
        @if copies > 0 { " (" (if copies == 1 { "1 copy".to_owned() } else { format!("{copies} copies") }) ")" }
        @match (dates.iter().min(), dates.iter().max()) {
            (Some(a), Some(b)) if a == b => { ", published " (say::date(*a)) },
            (Some(a), Some(b)) => { ", published " (say::date(*a)) " to " (say::date(*b)) },
            _ => {},
        }
        @if undated > 0 { ", " (undated) " without a date of publication" }
        ": " (say::count(record.incidents.len(), "incident"))
        ", " (say::count(record.statements.len(), "statement"))
        ", " (say::count(record.disputes.len(), "dispute")) "."
    }
}

fn warnings(record: &Record) -> Markup {
    let all: Vec<_> = record.reports.iter().flat_map(|r| &r.warnings).chain(&record.warnings).collect();
    html! {
        @if !all.is_empty() {
            details.warnings {
                summary { (say::count(all.len(), "warning")) " while reading" }
                ul { @for w in all { li { (w.to_string()) } } }
            }
        }
    }
}

fn all_incidents(pieces: &[IncidentPieces<'_>], sources: &Sources<'_>) -> Markup {
    let (minor, main): (Vec<_>, Vec<_>) = pieces.iter().partition(|p| p.is_minor());
    let (shown, folded) = main.split_at(main.len().min(CARDS));
    html! {
        section #incidents {
            h2 { "Incidents" }
            @for shelf in Shelf::ALL {
                @let here: Vec<_> = shown.iter().filter(|p| p.incident.shelf() == *shelf).collect();
                @if !here.is_empty() {
                    @let several = here.len() < shown.len();
                    @if several { h3.shelf { (shelf) } }
                    @for p in here { (incident::card(p, if several { 4 } else { 3 }, sources)) }
                }
            }
            @if !folded.is_empty() {
                details.minor {
                    summary { (say::count(folded.len(), "more incident")) }
                    @for p in folded { (incident::card(p, 3, sources)) }
                }
            }
            @if !minor.is_empty() {
                details.minor #minor {
                    summary { (say::count(minor.len(), "remark")) " and bare mentions: of one report, without figures or disputes" }
                    @for p in minor.iter().take(MINOR_CARDS) { (incident::card(p, 3, sources)) }
                    @for p in minor.iter().skip(MINOR_CARDS) { (incident::brief_card(p.incident, sources)) }
                }
            }
        }
    }
}

fn all_actors(record: &Record, sources: &Sources<'_>) -> Markup {
    let mut actors: Vec<&Actor> = record.actors.iter().filter(|a| !a.evidence.is_empty()).collect();
    actors.sort_by(|a, b| b.evidence.len().cmp(&a.evidence.len()).then_with(|| a.id.cmp(&b.id)));
    let (often, seldom) =
        actors.split_at(actors.partition_point(|a| a.evidence.len() > 1).max(actors.len().min(12)));
    html! {
        (actors::table(often, sources))
        @if !seldom.is_empty() {
            details.minor {
                summary { (say::count(seldom.len(), "actor")) " named once" }
                (actors::table(seldom, sources))
            }
        }
        @if !record.ties.is_empty() {
            details.minor {
                summary { (say::count(record.ties.len(), "tie")) " that the reports state" }
                (actors::ties(&record.ties, sources))
            }
        }
    }
}
