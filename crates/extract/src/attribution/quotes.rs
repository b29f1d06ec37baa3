//! Quotations: what stands between quotation marks.

use record::TextRange;

/// Longest quotation, in bytes, that is looked for; a mark without a partner within that reach is left alone.
const REACH: usize = 6_000;

/// A quotation with its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) range: TextRange,
    /// Whether it ends with its closing mark, and not with the paragraph: then it may go on in the next one.
    pub(super) closed: bool,
}

/// The quotations of `text`, in order, the outermost only. A quotation does not run over a line break unless its
/// sentence does: `sentences` are the ranges of all sentences.
pub(super) fn quotes(text: &str, sentences: &[TextRange]) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    for paragraph in paragraphs(text, sentences) {
        let mut at = paragraph.start();
        let part = paragraph.of(text);
        for (i, c) in part.char_indices() {
            let i = paragraph.start() + i;
            if i < at || !opens(text, i, c) {
                continue;
            }
            let rest = &text[i + c.len_utf8()..paragraph.end()];
            let close = closing(rest, c);
            let double = !matches!(c, '\'' | '‘');
            let (end, closed) = match close {
                Some(n) => (i + c.len_utf8() + n, true),
                // Only a double mark at the start of a sentence or behind a colon or comma is trusted without its partner.
                None if double && rest.len() < REACH && (begins(sentences, i) || introduced(text, i)) => {
                    (paragraph.end(), false)
                }
                None => continue,
            };
            found.push(Quote { range: TextRange::new(i, end), closed });
            at = end;
        }
    }
    found
}

/// Whether a colon or comma stands before `at`.
fn introduced(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with([':', ','])
}

/// Whether a sentence starts at `at`.
fn begins(sentences: &[TextRange], at: usize) -> bool {
    sentences.binary_search_by_key(&at, |s| s.start()).is_ok()
}

/// Sentences joined where no line break lies between them.
pub(super) fn paragraphs(text: &str, sentences: &[TextRange]) -> Vec<TextRange> {
    let mut joined: Vec<TextRange> = Vec::new();
    for s in sentences {
        match joined.last_mut() {
            Some(last) if text.get(last.end()..s.start()).is_some_and(|gap| !gap.contains('\n')) => {
                *last = last.cover(*s);
            }
            _ => joined.push(*s),
        }
    }
    joined
}

/// Whether the mark `c` at `at` opens a quotation: white space, a bracket or a dash before it, none behind it.
fn opens(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back();
    // A mark turned the wrong way opens all the same where a line begins.
    let turned = c == '”' && before.is_none_or(|b| b == '\n');
    if !turned && !matches!(c, '"' | '“' | '‘' | '\'' | '«' | '„') {
        return false;
    }
    let rest = &text[at + c.len_utf8()..];
    // Two single marks stand for a double one.
    let after = rest.strip_prefix('\'').filter(|_| c == '\'').unwrap_or(rest).chars().next();
    let free = before.is_none_or(|b| {
        b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | ':' | ',' | '“' | '"')
    });
    after.is_some_and(|a| !a.is_whitespace()) && (free || matches!(c, '“' | '«'))
}

/// Length of the rest of a quotation that `open` starts, with its closing mark.
fn closing(rest: &str, open: char) -> Option<usize> {
    let mut depth = 0_usize;
    let doubled = open == '\'' && rest.starts_with('\'');
    let mut chars = rest.char_indices().skip(usize::from(doubled)).peekable();
    let mut before = ' ';
    while let Some((i, c)) = chars.next() {
        if i > REACH {
            return None;
        }
        let after = chars.peek().map(|(_, c)| *c);
        let loose = after.is_none_or(|a| !a.is_alphanumeric());
        let end = Some(i + c.len_utf8());
        match (open, c) {
            ('“' | '„' | '”', '“')
                if !before.is_alphanumeric() && !matches!(before, '.' | ',' | '!' | '?') =>
            {
                depth += 1
            }
            ('“' | '„' | '”', '”' | '"' | '“') if depth == 0 => return end,
            ('“' | '„' | '”', '”') => depth -= 1,
            ('"', '"' | '”') if !before.is_whitespace() => return end,
            ('«', '»') => return end,
            ('‘', '’')
                if loose
                    && !(before == 's' && after.is_some_and(|a| a == ' ') && rest[i..].contains("’ ")) =>
            {
                return end;
            }
            ('\'', '\'') if doubled && after == Some('\'') => return Some(i + 2),
            ('\'', '\'' | '’') if !doubled && loose && !before.is_whitespace() => return end,
            ('‘', '\'') if loose && !before.is_whitespace() => return end,
            _ => {}
        }
        before = c;
    }
    None
}
