//! The reports: a list with copies folded below what they copy, and one report's text.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use record::{BlockLabel, Report, ReportId, TextRange};

use crate::pieces::Sources;
use crate::words::Lit;
use crate::{say, words};

/// Reports with their texts, copies below what they copy. `marked` says which words of each can be led to.
#[must_use]
pub fn list(
    reports: &[&Report],
    marked: &BTreeMap<&ReportId, BTreeSet<TextRange>>,
    sources: &Sources<'_>,
) -> Markup {
    let shown: BTreeSet<&ReportId> = reports.iter().map(|r| &r.id).collect();
    let mut copies: BTreeMap<&ReportId, Vec<&Report>> = BTreeMap::new();
    let mut own: Vec<&Report> = Vec::new();
    for report in reports {
        let original = sources.document(&report.id).and_then(|d| d.copy_of.as_ref());
        match original.filter(|o| shown.contains(o) && **o != report.id) {
            Some(original) => copies.entry(original).or_default().push(report),
            None => own.push(report),
        }
    }
    // A copy of a copy stands below its original's original.
    let nothing = BTreeSet::new();
    let marks = |r: &Report| marked.get(&r.id).unwrap_or(&nothing);
    html! {
        @for report in own {
            @let below = below(&report.id, &copies);
            details.report #(sources.links().report_id(&report.id)) {
                summary {
                    strong { (headline(report)) }
                    (source_line(report))
                    @if !below.is_empty() { " " span.how { (say::count(below.len(), "copy").replace("copys", "copies")) } }
                }
                (body(report, marks(report), Lit::Target, sources))
            }
            @if !below.is_empty() {
                div.copies {
                    @for copy in below {
                        details.report #(sources.links().report_id(&copy.id)) {
                            summary { span.how { "copy: " } strong { (headline(copy)) } (source_line(copy)) }
                            (body(copy, marks(copy), Lit::Target, sources))
                        }
                    }
                }
            }
        }
    }
}

fn below<'r>(id: &ReportId, copies: &BTreeMap<&ReportId, Vec<&'r Report>>) -> Vec<&'r Report> {
    let mut all: Vec<&Report> = Vec::new();
    let mut queue: Vec<&Report> = copies.get(id).cloned().unwrap_or_default();
    while let Some(report) = queue.pop() {
        if all.iter().all(|r| r.id != report.id) {
            all.push(report);
            queue.extend(copies.get(&report.id).into_iter().flatten());
        }
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// One report whole: header, then its text with the words in `marked` as elements that links lead to, and `lit` lit.
#[must_use]
pub fn view(
    report: &Report,
    marked: &BTreeSet<TextRange>,
    lit: Option<TextRange>,
    sources: &Sources<'_>,
) -> Markup {
    html! {
        article.report #(sources.links().report_id(&report.id)) {
            header { h1 { (headline(report)) } p { (source_line(report)) } }
            (body(report, marked, Lit::Words(lit), sources))
        }
    }
}

fn body(report: &Report, marked: &BTreeSet<TextRange>, lit: Lit, sources: &Sources<'_>) -> Markup {
    html! {
        @if let Some(url) = report.url.as_deref().filter(|u| is_web(u)) {
            p.url { a href=(url) rel="noopener noreferrer nofollow" { (url) } }
        }
        (words::text(report, marked, lit, sources))
    }
}

/// Whether an address is one that may become a link.
pub(crate) fn is_web(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// The headline; of a report without one how it begins, in quotes, or its id.
#[must_use]
pub fn headline(report: &Report) -> String {
    match &report.title {
        Some(title) if !title.value.trim().is_empty() => title.value.clone(),
        _ => beginning(report, 72).unwrap_or_else(|| report.id.to_string()),
    }
}

/// How a report begins, in quotes.
pub(crate) fn beginning(report: &Report, most: usize) -> Option<String> {
    let body = report.blocks.iter().find(|b| b.label == BlockLabel::Body)?;
    let words = words::shorten(body.range.of(&report.text), most);
    (!words.is_empty()).then(|| format!("“{words}”"))
}

fn source_line(report: &Report) -> Markup {
    html! {
        " " span.src {
            @match report.publisher.as_deref().filter(|p| !p.trim().is_empty()) {
                Some(outlet) => (outlet),
                None => "outlet not named",
            }
            ", "
            @if let Some(p) = &report.published { (say::date(p.date)) " (" (p.from) ")" } @else { "date not known" }
            @if let Some(author) = &report.author { ", " (author) }
        }
    }
}
