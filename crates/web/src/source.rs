//! The words behind a value, and the reports they stand in.

use std::collections::BTreeMap;

use maud::{Markup, html};
use record::{Actor, ActorId, BlockLabel, Record, Report, ReportId, Span};

/// Looks up the words of spans and the names of actors.
pub(crate) struct Sources<'r> {
    reports: BTreeMap<&'r ReportId, &'r Report>,
    actors: BTreeMap<&'r ActorId, &'r Actor>,
}

/// Bytes of context shown on each side of the words, at most.
const CONTEXT: usize = 160;

impl<'r> Sources<'r> {
    pub(crate) fn new(record: &'r Record) -> Sources<'r> {
        Sources {
            reports: record.reports.iter().map(|r| (&r.id, r)).collect(),
            actors: record.actors.iter().map(|a| (&a.id, a)).collect(),
        }
    }

    /// The name of an actor.
    pub(crate) fn name(&self, id: &ActorId) -> String {
        self.actors.get(id).map_or_else(|| id.to_string(), |a| a.name.clone())
    }

    /// A report's outlet, or its id.
    pub(crate) fn outlet(&self, id: &ReportId) -> String {
        let report = self.reports.get(id);
        report.and_then(|r| r.publisher.clone()).unwrap_or_else(|| id.to_string())
    }

    /// The words, opening to the passage they stand in.
    pub(crate) fn words(&self, span: &Span) -> Markup {
        let Some(report) = self.reports.get(&span.report) else { return html! {} };
        let text = &*report.text;
        let (before, after) =
            (context_before(text, span.range.start()), context_after(text, span.range.end()));
        html! {
            details.words {
                summary { q { (short(span.range.of(text))) } " " span.outlet { (self.outlet(&span.report)) } }
                blockquote {
                    (before) mark { (span.range.of(text)) } (after)
                    footer { a href={ "#report-" (span.report) } {
                        (report.title.as_ref().map_or(span.report.as_str(), |t| &t.value)) } }
                }
            }
        }
    }
}

fn short(words: &str) -> String {
    let mut out: String = words.chars().take(90).collect();
    if words.chars().count() > 90 {
        out.push('…');
    }
    out
}

/// From the start of the paragraph, or of a word at most `CONTEXT` bytes before.
fn context_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    let paragraph = before.rfind("\n\n").map_or(0, |n| n + 2);
    let mut start = paragraph.max(at.saturating_sub(CONTEXT));
    if start > paragraph {
        while !text.is_char_boundary(start) {
            start += 1;
        }
        start += text[start..at].find(' ').map_or(0, |n| n + 1);
    }
    text.get(start..at).unwrap_or("")
}

/// To the end of the paragraph, or of a word at most `CONTEXT` bytes after.
fn context_after(text: &str, at: usize) -> &str {
    let after = text.get(at..).unwrap_or("");
    let mut end = after.find("\n\n").unwrap_or(after.len());
    if end > CONTEXT {
        end = CONTEXT;
        while !after.is_char_boundary(end) {
            end -= 1;
        }
        end = after[..end].rfind(' ').unwrap_or(end);
    }
    after.get(..end).unwrap_or("")
}

/// All reports, copies folded below what they copy, residue greyed.
pub(crate) fn reports(record: &Record, sources: &Sources<'_>) -> Markup {
    html! {
        section #reports {
            h2 { "Reports" }
            @for report in &record.reports {
                @let link = record.documents.get(&report.id);
                @let copy = link.and_then(|l| l.copy_of.as_ref());
                details.report #{ "report-" (report.id) } {
                    summary {
                        strong { (report.title.as_ref().map_or(report.id.as_str(), |t| &t.value)) } " "
                        span.outlet {
                            (sources.outlet(&report.id)) ", "
                            @if let Some(p) = &report.published { (p.date) " (" (p.from) ")" } @else { "date not known" }
                            @if let Some(original) = copy { " · copy of " (original) }
                        }
                    }
                    @if let Some(url) = report.url.as_ref().filter(|u| u.starts_with("http://") || u.starts_with("https://")) {
                        p { a href=(url) rel="noopener noreferrer nofollow" { (url) } }
                    }
                    @for block in &report.blocks {
                        @let class = match block.label {
                            BlockLabel::Title => "title",
                            BlockLabel::Metadata | BlockLabel::Dateline => "faint",
                            BlockLabel::Body => "body",
                            BlockLabel::Residue => "residue",
                        };
                        p class=(class) title=(block.rule) { (block.range.of(&report.text)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_keeps_to_the_paragraph_and_to_whole_words() {
        let text = "First paragraph.\n\nThe minister said 12 people died.\n\nLast one.";
        let at = text.find("12").unwrap();
        assert_eq!(context_before(text, at), "The minister said ");
        assert_eq!(context_after(text, at + 2), " people died.");
        let long = format!("{}12{}", "wörd ".repeat(100), " wörd".repeat(100));
        let at = long.find("12").unwrap();
        assert!(context_before(&long, at).starts_with("wörd "));
        assert!(context_after(&long, at + 2).ends_with("wörd"));
    }
}
