//! One incident: title, date, places, parties, figures with their sources, disputes, statements, what it answers.

use maud::{Markup, html};
use record::{Claim, ClaimStatus, Confidence, FigureSet, Incident, IncidentId, Party, Response, Span};

use crate::links::incident_id;
use crate::pieces::{IncidentPieces, Sources};
use crate::words::{self, quote, words};
use crate::{dispute, say, statement};

/// Mentions shown before the rest are folded away.
const MENTIONS: usize = 3;
/// Words shown for one value.
const GROUNDS: usize = 6;

/// An incident with all its pieces, under a heading of this level.
#[must_use]
pub fn card(pieces: &IncidentPieces<'_>, level: u8, sources: &Sources<'_>) -> Markup {
    let i = pieces.incident;
    html! {
        article.incident #(incident_id(&i.id)) {
            (head(pieces, level, sources))
            (parties(i, sources))
            (figures(&i.figures, sources))
            @for d in &pieces.disputes { (dispute::view(d, level + 1, sources)) }
            (chain(pieces, sources))
            @if !pieces.statements.is_empty() {
                details.statements open[pieces.statements.len() <= 2] {
                    summary { (say::count(pieces.statements.len(), "statement")) " about it" }
                    @for s in &pieces.statements { (statement::view(s, sources)) }
                }
            }
            details.mentions {
                summary { (say::count(i.evidence.len(), "mention")) " in " (say::count(i.reports().len(), "report")) }
                ul {
                    @for span in i.evidence.iter().take(MENTIONS) { li { (words(span, sources)) } }
                    @for span in i.evidence.iter().skip(MENTIONS) { li { (quote(span, sources)) } }
                }
                (grounds(i, sources))
                p.codes { "PLOVER " (i.kind) @if let Some(m) = i.mode { "/" (m) } " · CAMEO " (i.cameo)
                    @for c in &i.contexts { " · " (c) } " · " code { (i.id) } }
            }
        }
    }
}

fn head(pieces: &IncidentPieces<'_>, level: u8, sources: &Sources<'_>) -> Markup {
    let i = pieces.incident;
    html! {
        header {
            p.when {
                (words::led(&html! { (say::when(i.when)) }, &i.grounds.when, sources))
                @if let Some(p) = say::date_precision(i.when) { " " span.how { "(" (p) ")" } }
                @if let Some(d) = i.first_told(|id| sources.report(id)) { span.how { ", told by " (say::date(d)) } }
            }
            (say::heading(level, "headline", &html! { a href=(sources.links().incident(&i.id)) { (i.title) } }))
            p.tags {
                span class={ "tag quad-" (i.kind.quad() as u8) } { (kind(i, sources)) }
                span class={ "tag is-" (i.factuality) } { (words::led(&html! { (i.factuality) }, &i.grounds.factuality, sources)) }
                span.tag { (say::count(i.reports().len(), "report")) }
                @if !pieces.disputes.is_empty() { span.tag.disputed { "disputed" } }
            }
            @if !i.places.is_empty() {
                p.where { @for (n, place) in i.places.iter().enumerate() {
                    @if n > 0 { " · " } (words::led(&say::place(&place.spot), &place.evidence, sources))
                } }
            }
        }
    }
}

/// Type and mode, which stand on different words where not every mention gives a mode.
fn kind(i: &Incident, sources: &Sources<'_>) -> Markup {
    let g = &i.grounds;
    html! {
        (words::led(&html! { (say::kind(i.kind)) }, &g.kind, sources))
        @if let Some(mode) = i.mode { ", " (words::led(&html! { (mode) }, &g.mode, sources)) }
    }
}

/// Every word that date, places, type, mode, contexts and factuality stand on.
fn grounds(i: &Incident, sources: &Sources<'_>) -> Markup {
    let g = &i.grounds;
    let places = i.places.iter().map(|p| (html! { (p.spot.name) }, &p.evidence));
    let mode = html! { @if let Some(mode) = i.mode { (mode) } };
    let contexts = html! { @for (n, c) in i.contexts.iter().enumerate() { @if n > 0 { ", " } (c) } };
    let rows: Vec<(Markup, &Vec<Span>)> = [(html! { (say::when(i.when)) }, &g.when)]
        .into_iter()
        .chain(places)
        .chain([
            (html! { (say::kind(i.kind)) }, &g.kind),
            (mode, &g.mode),
            (contexts, &g.contexts),
            (html! { (i.factuality) }, &g.factuality),
        ])
        .filter(|(_, spans)| !spans.is_empty())
        .collect();
    let told_then = g.when.is_empty() && !g.published.is_empty();
    html! {
        @if told_then || !rows.is_empty() {
            dl.grounds {
                @if told_then { div { dt { (say::when(i.when)) } dd { (published(i, "the day of publication: ", sources)) } } }
                @for (n, (value, spans)) in rows.iter().enumerate() {
                    div {
                        dt { (value) }
                        dd {
                            @for span in spans.iter().take(GROUNDS) { (quote(span, sources)) " " }
                            @if spans.len() > GROUNDS { span.how { "and " (spans.len() - GROUNDS) " more" } }
                            @if n == 0 && !g.when.is_empty() { (published(i, "counted from the day of publication: ", sources)) }
                        }
                    }
                }
            }
        }
    }
}

/// The days of publication that a date is counted from, or that it is.
fn published(i: &Incident, lead: &str, sources: &Sources<'_>) -> Markup {
    let reports = i.grounds.published.iter().take(GROUNDS).filter_map(|id| sources.report(id));
    let dated: Vec<_> = reports.filter_map(|r| Some((r, r.published.as_ref()?))).collect();
    html! {
        @if !dated.is_empty() {
            span.how { (lead) }
            @for (n, (report, published)) in dated.iter().enumerate() {
                @if n > 0 { ", " }
                @let there = published.at.map(|range| Span { report: report.id.clone(), range });
                @match there {
                    Some(span) => a.w href=(sources.links().words(&span)) { (say::date(published.date)) },
                    None => a.w href=(sources.links().report(&report.id)) { (say::date(published.date)) },
                }
                " " span.src { (sources.outlet(&report.id)) ", " (published.from) }
            }
        }
    }
}

fn parties(i: &Incident, sources: &Sources<'_>) -> Markup {
    html! {
        @if !i.actors.is_empty() || !i.targets.is_empty() {
            dl.parties {
                @for (label, parties) in [("by", &i.actors), ("against", &i.targets)] {
                    @if !parties.is_empty() {
                        div {
                            dt { (label) }
                            dd { ul { @for p in parties { li { (party(p, sources)) } } } }
                        }
                    }
                }
            }
        }
    }
}

fn party(party: &Party, sources: &Sources<'_>) -> Markup {
    html! {
        a.actor href=(sources.links().actor(&party.actor)) { (sources.name(&party.actor)) }
        " " span class={ "sure is-" (sure_class(party.confidence)) } { (party.confidence) }
        @if let Some(span) = party.evidence.first() { " " (words(span, sources)) }
        @if party.evidence.len() > 1 {
            " " details.more {
                summary { "+" (party.evidence.len() - 1) }
                ul { @for span in &party.evidence[1..] { li { (quote(span, sources)) } } }
            }
        }
    }
}

fn sure_class(c: Confidence) -> &'static str {
    match c {
        Confidence::Fact => "fact",
        Confidence::Claimed => "claimed",
        Confidence::Accused => "accused",
        Confidence::Denied => "denied",
        Confidence::Unknown => "unknown",
    }
}

/// Figures: for each count low, best and high with the rule, then every claim as source × value × words.
#[must_use]
pub fn figures(sets: &[FigureSet], sources: &Sources<'_>) -> Markup {
    html! {
        @if !sets.is_empty() {
            table.figures {
                thead { tr { th scope="col" { "according to" } th.number scope="col" { "value" }
                    th scope="col" { "words" } } }
                @for set in sets { (figure_set(set, sources)) }
            }
        }
    }
}

fn figure_set(set: &FigureSet, sources: &Sources<'_>) -> Markup {
    let range = say::range(set);
    let best =
        set.best.map(|n| set.above().map_or_else(|| say::number(n), |n| format!("> {}", say::number(n))));
    html! {
        tbody {
            tr.best {
                th scope="rowgroup" {
                    (say::counted(set))
                    @if let Some(place) = &set.place { " in " (place) }
                }
                td.number { strong { (best.as_deref().unwrap_or("?")) } }
                td.rule {
                    @if best.as_ref() == Some(&range) {
                        @if set.claims.len() == 1 { "one claim" } @else { "the claims that stand agree" }
                    } @else {
                        "low " strong { (set.low.map_or("open".to_owned(), say::number)) }
                        " · best " strong { (best.as_deref().unwrap_or("none")) }
                        " · high " strong { (set.high.map_or("open".to_owned(), say::number)) }
                        ", by the rule “" (set.rule) "”"
                    }
                }
            }
            @for c in &set.claims {
                tr class={ "claim is-" (c.status) } {
                    td {
                        @match (&c.by, c.by_as_written.as_str()) {
                            (Some(by), _) => a.actor href=(sources.links().actor(by)) { (sources.name(by)) },
                            (None, "") => span.own { (sources.outlet(&c.at.report)) ", in its own voice" },
                            (None, written) => (written),
                        }
                        @if c.status != ClaimStatus::Stands { " " span.status { (c.status) } }
                    }
                    td.number { (claimed(c)) }
                    td { (words(&c.at, sources)) }
                }
            }
        }
    }
}

fn claimed(c: &Claim) -> String {
    let above = c.above().map(|n| format!("> {}", say::number(n)));
    above.unwrap_or_else(|| say::bounds(c.bounds.low(), c.bounds.high()))
}

fn chain(pieces: &IncidentPieces<'_>, sources: &Sources<'_>) -> Markup {
    let i = pieces.incident;
    let any = !i.responds_to.is_empty()
        || !pieces.answers.is_empty()
        || i.part_of.is_some()
        || !pieces.parts.is_empty();
    html! {
        @if any {
            ul.chain {
                @for r in &i.responds_to { (response(r, sources)) }
                @if !pieces.answers.is_empty() {
                    li { span.how { "answered by" } (links(&pieces.answers, sources)) }
                }
                @if let Some(whole) = &i.part_of { li { span.how { "part of" } " " (link(whole, sources)) } }
                @if !pieces.parts.is_empty() {
                    li { span.how { "its parts" } (links(&pieces.parts, sources)) }
                }
            }
        }
    }
}

fn links(ids: &[&IncidentId], sources: &Sources<'_>) -> Markup {
    html! { @for (n, id) in ids.iter().enumerate() { @if n > 0 { " ·" } " " (link(id, sources)) } }
}

fn response(r: &Response, sources: &Sources<'_>) -> Markup {
    html! {
        li {
            span.how { "answers" } " " (link(&r.incident, sources))
            @for span in r.evidence.iter().take(2) { " " (words(span, sources)) }
        }
    }
}

/// An incident in two lines with its words, for a list of many.
pub(crate) fn brief_card(i: &Incident, sources: &Sources<'_>) -> Markup {
    html! {
        article.incident.small #(incident_id(&i.id)) {
            p { (line(i, sources)) }
            @for span in &i.evidence { p { (quote(span, sources)) } }
        }
    }
}

/// A link to an incident by its title.
#[must_use]
pub fn link(id: &IncidentId, sources: &Sources<'_>) -> Markup {
    let title = sources.incident(id).map_or(id.as_str(), |i| &i.title);
    html! { a.to href=(sources.links().incident(id)) { (title) } }
}

/// Figures over which the claims differ: a title has the best values already. «At least 12» alone is no difference.
pub(crate) fn ranges(i: &Incident) -> Markup {
    let other = |end: Option<u64>, best| end.is_some() && end != best;
    let differs = |f: &&FigureSet| other(f.low, f.best) || other(f.high, f.best);
    html! { @for set in i.figures.iter().filter(differs).take(3) {
    " " span.how title="as the claims have it" { (say::range(set)) " " (set.what) } } }
}

/// One line: date, title, figures over which the claims differ.
#[must_use]
pub fn line(i: &Incident, sources: &Sources<'_>) -> Markup {
    html! {
        span.when { (say::when(i.when)) } " " (link(&i.id, sources))
        (ranges(i))
        @if i.factuality != record::Factuality::Happened { " " span.how { (i.factuality) } }
    }
}
