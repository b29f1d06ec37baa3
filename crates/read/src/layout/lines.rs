//! Lines to paragraphs: which line breaks are part of a sentence and which separate paragraphs.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::data;

/// A line that is not blank, without the white space around it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) range: Range<usize>,
    /// Whether a blank line (or the beginning) is above it.
    pub(crate) open: bool,
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = true;
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
    for end in ends {
        // The second half of a CRLF is no blank line.
        let half = end > 0
            && start == end
            && text.as_bytes().get(end) == Some(&b'\n')
            && text.as_bytes()[end - 1] == b'\r';
        let range = trim(text, start..end);
        if !range.is_empty() {
            lines.push(Line { range, open });
            open = false;
        } else if !half {
            open = true;
        }
        start = end + 1;
    }
    lines
}

/// A range without the white space and invisible marks around it.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start_matches(blank).len());
    let end = range.end - (inside.len() - inside.trim_end_matches(blank).len());
    start..end.max(start)
}

/// Characters a line of a text that was broken at a fixed width can have.
const WIDEST: usize = 110;

/// How long the lines of a text are that was broken at a fixed width; `None` for a text with one line a paragraph.
///
/// A break belongs to such a text if the next line's first word would not have fitted on the line.
pub(crate) fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    // Four bytes a character at most; the first long paragraph settles it.
    if lines.iter().any(|l| l.range.len() > 4 * WIDEST) {
        return None;
    }
    let width = lines.iter().map(|l| text[l.range.clone()].chars().count()).max()?;
    if !(40..=WIDEST).contains(&width) {
        return None;
    }
    let inner = || lines.windows(2).filter(|pair| !pair[1].open);
    let total = inner().count();
    let full = inner().filter(|pair| fills(text, &pair[0], &pair[1], width)).count();
    (total >= 3 && full * 10 >= total * 7).then_some(width)
}

/// Whether `line` has no room for the first word of the next one.
fn fills(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = text[next.range.clone()].split_whitespace().next().unwrap_or("");
    text[line.range.clone()].chars().count() + 1 + word.chars().count() + 2 > width
}

/// Whether the break between a paragraph so far (`above`, whose last line is `last`) and `next` lies within a
/// sentence.
pub(crate) fn goes_on(
    text: &str,
    above: &Range<usize>,
    last: &Line,
    next: &Line,
    width: Option<usize>,
) -> bool {
    let (before, after) = (&text[above.clone()], &text[next.range.clone()]);
    let Some(first) = after.chars().next() else { return false };
    if is_item(after) {
        return false;
    }
    if begins_with_stop(after) {
        return true;
    }
    let finished = is_finished(before);
    if first.is_lowercase() && !is_name_particle(after) {
        // A blank line is a stronger sign than a small letter.
        return !next.open || !finished && before.split_whitespace().nth(4).is_some();
    }
    if next.open {
        return false;
    }
    if is_unfinished(before) {
        return true;
    }
    width.is_some_and(|width| fills(text, last, next, width))
}

/// ", which", ".", ".”": punctuation that closes what stands before it.
fn begins_with_stop(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some(',' | ';' | '?' | '!' | ')' | '”' | '%') => true,
        // "." but neither "..." nor ".50 calibre".
        Some('.') => {
            chars.next().is_none_or(|c| c.is_whitespace() || matches!(c, '”' | '"' | '’' | '\'' | ')'))
        }
        _ => false,
    }
}

/// Ends with a full stop or its like, closing quotes and brackets aside.
fn is_finished(text: &str) -> bool {
    let inner = text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', '*']);
    inner.ends_with(['.', '!', '?', '…', ':', ';', '。'])
}

/// Ends in the middle of a phrase: a comma, an opening bracket, or a word that must be followed by another.
fn is_unfinished(text: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("unfinished.txt", include_str!("../../data/unfinished.txt"));
        data::embedded(rows).into_iter().map(|([word], _)| word).collect()
    });
    let last = text.split_whitespace().next_back().unwrap_or("");
    text.ends_with([',', '(', '[', '“', '‘']) && !text.ends_with(",”") || WORDS.contains(last)
}

fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['•', '·', '▪', '►', '*', '–', '—', '-', '>', '#'])
        || rest.len() < line.len() && rest.starts_with([')', '.'])
}

/// "al-Awadi said", "van der Berg": names that begin with a small letter.
fn is_name_particle(line: &str) -> bool {
    ["al-", "el-", "al ", "el ", "bin ", "ibn ", "de ", "van ", "von ", "di ", "da ", "e-"]
        .iter()
        .any(|p| line.starts_with(p))
}
