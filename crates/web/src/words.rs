//! The words behind a value: quoted beside it, and marked in the report they stand in.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use record::{Block, BlockLabel, Report, Span, TextRange};

use crate::pieces::Sources;

/// Bytes of context shown on each side of the words, at most.
const CONTEXT: usize = 70;
/// Characters of the words themselves that are shown beside a value, at most.
const LONGEST: usize = 320;
/// Marks inside marks, at most: browsers stop at some hundreds of elements.
const DEEPEST: usize = 100;

/// The words with some context, leading to where they stand, and the outlet that wrote them.
#[must_use]
pub fn words(span: &Span, sources: &Sources<'_>) -> Markup {
    let Some(report) = sources.report(&span.report) else { return html! {} };
    let text = &*report.text;
    let within = content_block(report, span.range);
    let (before, after) = (before(text, within, span.range.start()), after(text, within, span.range.end()));
    html! {
        span.words {
            a.w href=(sources.links().words(span)) {
                @if !before.is_empty() { span.ctx { (before) } }
                mark { (shorten(span.range.of(text), LONGEST)) }
                @if !after.is_empty() { span.ctx { (after) } }
            }
            " " (outlet(span, sources))
        }
    }
}

/// The words alone, leading to where they stand, and the outlet: for lists of many.
#[must_use]
pub fn quote(span: &Span, sources: &Sources<'_>) -> Markup {
    let Some(report) = sources.report(&span.report) else { return html! {} };
    html! {
        span.words {
            a.w href=(sources.links().words(span)) { (shorten(span.range.of(&report.text), 120)) }
            " " (outlet(span, sources))
        }
    }
}

/// A value that leads to the first of the words it stands on, where there are any.
pub(crate) fn led(value: &Markup, spans: &[Span], sources: &Sources<'_>) -> Markup {
    html! {
        @match spans.iter().find(|s| sources.report(&s.report).is_some()) {
            Some(span) => a.w href=(sources.links().words(span)) { (value) },
            None => (value),
        }
    }
}

/// The outlet of some words, leading to its report.
fn outlet(span: &Span, sources: &Sources<'_>) -> Markup {
    html! { a.src href=(sources.links().report(&span.report)) { (sources.outlet(&span.report)) } }
}

/// At most so many characters, cut after a word, with white space as single spaces.
pub(crate) fn shorten(words: &str, most: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        let more = word.chars().count() + usize::from(!out.is_empty());
        if length + more > most && !out.is_empty() {
            out.push_str(" …");
            return out;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        if more > most {
            out.extend(word.chars().take(most));
            out.push('…');
            return out;
        }
        out.push_str(word);
        length += more;
    }
    out
}

/// The block that holds a range, or the whole text.
fn content_block(report: &Report, range: TextRange) -> TextRange {
    let n = report.blocks.partition_point(|b| b.range.end() <= range.start());
    let block = report.blocks.get(n).filter(|b| b.range.contains(range));
    block.map_or(TextRange::new(0, report.text.len()), |b| b.range)
}

/// From the start of a sentence-like stretch, or of a word at most [`CONTEXT`] bytes before.
fn before(text: &str, within: TextRange, at: usize) -> String {
    let first = within.start().min(at);
    let mut start = first.max(at.saturating_sub(CONTEXT));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let Some(mut words) = text.get(start..at) else { return String::new() };
    let mut cut = start > first;
    if cut {
        words = words.split_once(char::is_whitespace).map_or(words, |(_, rest)| rest);
    }
    if let Some(n) = sentence_ends(words).last() {
        (words, cut) = (&words[*n..], false);
    }
    let spaced = words.ends_with(char::is_whitespace);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (lead, trail) = (if cut { "… " } else { "" }, if spaced && !words.is_empty() { " " } else { "" });
    if words.is_empty() { String::new() } else { format!("{lead}{words}{trail}") }
}

/// To the end of a sentence-like stretch, or of a word at most [`CONTEXT`] bytes after.
fn after(text: &str, within: TextRange, at: usize) -> String {
    let last = within.end().max(at);
    let mut end = last.min(at + CONTEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let Some(mut words) = text.get(at..end) else { return String::new() };
    let mut cut = end < last;
    if let Some(n) = sentence_ends(words).first() {
        (words, cut) = (&words[..*n], false);
    } else if cut {
        words = words.rsplit_once(char::is_whitespace).map_or(words, |(rest, _)| rest);
    }
    let spaced = words.starts_with(char::is_whitespace);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (lead, trail) = (if spaced && !words.is_empty() { " " } else { "" }, if cut { " …" } else { "" });
    if words.is_empty() { String::new() } else { format!("{lead}{words}{trail}") }
}

/// Ends of sentences, roughly: a full stop, question or exclamation mark or line break, then white space. Only what
/// is shown as context depends on it.
fn sentence_ends(words: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut word = 0;
    for (n, c) in words.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let last = &words[word..n];
        // «Dr.», «U.S.», «Gen.» end no sentence.
        let short = last.len() <= 4 && last.starts_with(char::is_uppercase) && last.ends_with('.');
        if c == '\n' || (last.ends_with(['.', '!', '?']) && !short) {
            ends.push(n);
        }
        word = n + c.len_utf8();
    }
    ends
}

/// How words that cross others are lit in all their parts: only the first can be a link's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lit {
    /// Whichever a link leads to, by a style beside the text.
    Target,
    /// These, or none.
    Words(Option<TextRange>),
}

/// A report's text with its residue greyed and the given ranges marked, each an element that a link can lead to.
#[must_use]
pub fn text(report: &Report, marked: &BTreeSet<TextRange>, lit: Lit, sources: &Sources<'_>) -> Markup {
    let id = |r: &TextRange| sources.links().words_id(&Span { report: report.id.clone(), range: *r });
    let fits = |r: &&TextRange| !r.is_empty() && report.text.get(r.bytes()).is_some();
    let mut led_to: BTreeSet<TextRange> = BTreeSet::new();
    let mut in_parts: BTreeSet<String> = BTreeSet::new();
    let blocks: Vec<(&Block, Vec<Mark>)> = report
        .blocks
        .iter()
        .map(|block| {
            let mut marks: Vec<Mark> = Vec::new();
            for r in marked.iter().filter(fits).filter(|r| r.overlaps(block.range)) {
                let here = TextRange::new(r.start().max(block.range.start()), r.end().min(block.range.end()));
                marks.push(Mark { range: here, of: id(r), leads: led_to.insert(*r) });
            }
            (block, nested(marks))
        })
        .collect();
    let parts = blocks.iter().flat_map(|(_, marks)| marks).filter(|m| !m.leads);
    in_parts.extend(parts.map(|m| m.of.clone()));
    let lit_words = if let Lit::Words(Some(range)) = lit { Some(id(&range)) } else { None };
    html! {
        div.text {
            @if lit == Lit::Target && !in_parts.is_empty() {
                style {
                    @for of in &in_parts {
                        "body:has(#" (of) ":target) [data-of=" (of) "]{background:var(--mark)}"
                    }
                }
            }
            @for (block, marks) in &blocks {
                p class=(class(block)) title=[(block.label == BlockLabel::Residue).then_some(block.rule)] {
                    (inside(report, block.range, marks, &mut 0, lit_words.as_deref()))
                }
            }
        }
    }
}

fn class(block: &Block) -> &'static str {
    match block.label {
        BlockLabel::Title => "title",
        BlockLabel::Metadata | BlockLabel::Dateline => "faint",
        BlockLabel::Body => "body",
        BlockLabel::Residue => "residue",
    }
}

/// A marked stretch.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    range: TextRange,
    /// The id of the words it is, or is a part of.
    of: String,
    /// Whether a link leads to it: to the first part only.
    leads: bool,
}

/// The text of a range with all marks from `*at` on that begin in it, as elements inside each other.
fn inside(report: &Report, range: TextRange, marks: &[Mark], at: &mut usize, lit: Option<&str>) -> Markup {
    let mut position = range.start();
    let mut out = String::new();
    while let Some(mark) = marks.get(*at).filter(|m| m.range.start() < range.end()) {
        *at += 1;
        let before = TextRange::new(position, mark.range.start()).of(&report.text);
        let within = inside(report, mark.range, marks, at, lit);
        let (id, of) = (mark.leads.then_some(&mark.of), (!mark.leads).then_some(&mark.of));
        let class = (lit == Some(mark.of.as_str())).then_some("lit");
        out.push_str(&html! { (before) span id=[id] data-of=[of] class=[class] { (within) } }.0);
        position = mark.range.end();
    }
    html! { (PreEscaped(out)) (TextRange::new(position, range.end()).of(&report.text)) }
}

/// Cuts marks that cross another, so that each lies wholly inside or wholly outside of any other; sorted by start, the
/// outer first.
fn nested(marks: Vec<Mark>) -> Vec<Mark> {
    let mut queue: BTreeMap<(usize, Reverse<usize>, String), bool> =
        marks.into_iter().map(|m| ((m.range.start(), Reverse(m.range.end()), m.of), m.leads)).collect();
    let mut out: Vec<Mark> = Vec::with_capacity(queue.len());
    let mut open: Vec<usize> = Vec::new();
    while let Some(((start, Reverse(end), of), leads)) = queue.pop_first() {
        open.retain(|o| *o > start);
        if open.len() >= DEEPEST {
            continue;
        }
        let cut = open.iter().copied().min().filter(|e| *e < end);
        if let Some(cut) = cut {
            queue.insert((cut, Reverse(end), of.clone()), false);
        }
        let end = cut.unwrap_or(end);
        open.push(end);
        out.push(Mark { range: TextRange::new(start, end), of, leads });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, of: &str) -> Mark {
        Mark { range: TextRange::new(start, end), of: of.to_owned(), leads: true }
    }

    #[test]
    fn marks_that_cross_are_cut_and_the_rest_still_belongs_to_them() {
        let cut = nested(vec![mark(0, 10, "a"), mark(2, 5, "b"), mark(4, 15, "c")]);
        let shown: Vec<_> =
            cut.iter().map(|m| (m.range.start(), m.range.end(), m.of.as_str(), m.leads)).collect();
        assert_eq!(
            shown,
            [
                (0, 10, "a", true),
                (2, 5, "b", true),
                (4, 5, "c", true),
                (5, 10, "c", false),
                (10, 15, "c", false)
            ]
        );
    }

    #[test]
    fn context_keeps_to_the_sentence_and_to_whole_words() {
        let text = "First one. The minister said 12 people died. Last one.";
        let (whole, at) = (TextRange::new(0, text.len()), text.find("12").unwrap());
        assert_eq!(before(text, whole, at), "The minister said ");
        assert_eq!(after(text, whole, at + 2), " people died.");
        let long = format!("{}12{}", "wörd ".repeat(100), " wörd".repeat(100));
        let (whole, at) = (TextRange::new(0, long.len()), long.find("12").unwrap());
        assert!(before(&long, whole, at).starts_with("… wörd "));
        assert!(after(&long, whole, at + 2).ends_with("wörd …"));
    }

    #[test]
    fn a_title_ends_no_sentence() {
        assert_eq!(sentence_ends("its director, Dr. Ali, said. He "), [28]);
    }

    #[test]
    fn long_words_are_shortened_between_words() {
        assert_eq!(shorten("one  two\nthree", 40), "one two three");
        assert_eq!(shorten("one two three", 8), "one two …");
        assert_eq!(shorten("ééééééé", 3), "ééé…");
    }
}
