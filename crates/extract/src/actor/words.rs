//! The words of a report, cut the same way as the names of the knowledge base.

use record::{BlockLabel, Parsed, Report, TextRange};

use super::fold::spelling;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Capital,
    /// All capitals: an acronym, unless the whole line is so.
    Upper,
}

/// A word with the article glued to it ("al-Sudani" is one word, `sudani`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// With the article.
    pub(crate) range: TextRange,
    /// See [`spelling`]; `'s` for a possessive; the mark itself for a comma, dash, bracket or quotation mark.
    pub(crate) norm: String,
    pub(crate) case: Case,
    /// Index of its sentence.
    pub(crate) sentence: usize,
    /// Whether a hyphen stands between the word before and this one.
    pub(crate) glued: bool,
    /// Whether it stands inside quotation marks.
    pub(crate) quoted: bool,
    /// A word, not a mark or possessive.
    pub(crate) is_word: bool,
}

/// All words of the parts of a report that say something, in order.
pub(crate) fn words(report: &Report, parsed: &Parsed) -> Vec<Word> {
    let text: &str = &report.text;
    let mut out = Vec::new();
    if parsed.sentences.is_empty() {
        let blocks: Vec<TextRange> = if report.blocks.is_empty() {
            vec![TextRange::new(0, text.len())]
        } else {
            let said = [BlockLabel::Title, BlockLabel::Dateline, BlockLabel::Body];
            report.blocks.iter().filter(|b| said.contains(&b.label)).map(|b| b.range).collect()
        };
        let mut sentence = 0;
        for block in blocks {
            for part in split(text, block).into_iter().filter(|p| !p.of(text).trim().is_empty()) {
                cut(text, part, sentence, false, &mut out);
                sentence += 1;
            }
        }
    } else {
        // A quotation of several sentences goes on until its mark or the end of its paragraph.
        let (mut quoted, mut end) = (false, 0);
        for (i, sentence) in parsed.sentences.iter().enumerate() {
            quoted &= text.get(end..sentence.range.start()).is_some_and(|gap| !gap.contains('\n'));
            quoted = cut(text, sentence.range, i, quoted, &mut out);
            end = sentence.range.end();
        }
    }
    out
}

/// The words of a name or phrase of the data files.
pub(crate) fn phrase(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    cut(text, TextRange::new(0, text.len()), 0, false, &mut out);
    out
}

/// Sentences by full stops and line breaks, for a report without trees.
fn split(text: &str, block: TextRange) -> Vec<TextRange> {
    let mut parts = Vec::new();
    let mut start = block.start();
    let inside = block.of(text);
    for (i, c) in inside.char_indices() {
        let end = block.start() + i + c.len_utf8();
        let rest = inside[i + c.len_utf8()..].trim_start_matches(['”', '"', '’']);
        let stop = match c {
            '\n' => true,
            '.' | '?' | '!' => {
                let word = inside[..i].rsplit(char::is_whitespace).next().unwrap_or("");
                rest.starts_with(char::is_whitespace)
                    && rest.trim_start().starts_with(|c: char| c.is_uppercase() || "“\"".contains(c))
                    && !(word.len() <= 3 && word.starts_with(char::is_uppercase))
            }
            _ => false,
        };
        if stop && start < end {
            parts.push(TextRange::new(start, end));
            start = end;
        }
    }
    parts.push(TextRange::new(start, block.end()));
    parts
}

/// Adds the words of `part`, which begins inside a quotation if `quoted`; tells whether it ends in one.
fn cut(text: &str, part: TextRange, sentence: usize, mut quoted: bool, out: &mut Vec<Word>) -> bool {
    let inside = part.of(text);
    let base = part.start();
    let first = out.len();
    let mut chars = inside.char_indices().peekable();
    let mut hyphen_at = usize::MAX;
    while let Some(&(i, c)) = chars.peek() {
        if !c.is_alphanumeric() {
            chars.next();
            // "LIMA, Norland - Rebels", "Norland -- Rebels": a dash, and no hyphen.
            let (before, behind) = (&inside[..i], &inside[i + c.len_utf8()..]);
            let spaced = before.ends_with(char::is_whitespace) && behind.starts_with(char::is_whitespace);
            let dash = c == '-' && (spaced || before.ends_with('-') || behind.starts_with('-'));
            if dash && !before.ends_with('-') {
                out.push(Word { norm: "—".to_owned(), ..mark(base + i, c, sentence, quoted) });
            }
            if !dash && (c == '-' || c == '‑') {
                hyphen_at = i + c.len_utf8();
            }
            match c {
                '“' => quoted = true,
                '”' => quoted = false,
                '"' => {
                    quoted = inside[i + 1..]
                        .starts_with(|c: char| !c.is_whitespace() && !",.;:!?)".contains(c))
                        && !inside[..i].ends_with(|c: char| c.is_alphanumeric() || ",.!?".contains(c))
                }
                _ => {}
            }
            if ",;:()[]–—“”\"/!?".contains(c) {
                out.push(mark(base + i, c, sentence, quoted));
            }
            continue;
        }
        let start = i;
        let mut end = i;
        while let Some(&(j, d)) = chars.peek() {
            let rest = &inside[j + d.len_utf8()..];
            let within = d.is_alphanumeric()
                || is_apostrophe(d) && rest.starts_with(char::is_alphabetic) && !possessive(rest)
                || d == '.' && dotted(&inside[start..j], rest);
            if !within {
                break;
            }
            end = j + d.len_utf8();
            chars.next();
        }
        let word = &inside[start..end];
        let case = case(word);
        out.push(Word {
            range: TextRange::new(base + start, base + end),
            norm: spelling(word),
            case,
            sentence,
            glued: hyphen_at == start && out.len() > first,
            quoted,
            is_word: true,
        });
        join_article(out, first, text);
        if let Some(&(j, d)) = chars.peek()
            && is_apostrophe(d)
        {
            let rest = &inside[j + d.len_utf8()..];
            if possessive(rest) {
                chars.next();
                chars.next();
                let end = j + d.len_utf8() + 1;
                out.push(Word {
                    range: TextRange::new(base + j, base + end),
                    norm: "'s".to_owned(),
                    case: Case::Lower,
                    sentence,
                    glued: false,
                    quoted,
                    is_word: false,
                });
            } else if word.ends_with(['s', 'S'])
                && !rest.starts_with(char::is_alphanumeric)
                && !quoted_single(inside, start)
            {
                chars.next();
                out.push(Word {
                    range: TextRange::new(base + j, base + j + d.len_utf8()),
                    norm: "'s".to_owned(),
                    case: Case::Lower,
                    sentence,
                    glued: false,
                    quoted,
                    is_word: false,
                });
            }
        }
    }
    quoted
}

fn mark(at: usize, c: char, sentence: usize, quoted: bool) -> Word {
    Word {
        range: TextRange::new(at, at + c.len_utf8()),
        norm: if "–—".contains(c) { "—".to_owned() } else { c.to_string() },
        case: Case::Lower,
        sentence,
        glued: false,
        quoted,
        is_word: false,
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// Whether what follows an apostrophe is the s of a possessive.
fn possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Whether the word stands right after a single opening quotation mark.
fn quoted_single(inside: &str, start: usize) -> bool {
    inside[..start].ends_with(['‘', '\''])
}

/// Whether a full stop belongs to an acronym such as "U.S.".
fn dotted(before: &str, rest: &str) -> bool {
    let letters = before.chars().rev().take_while(|&c| c != '.').collect::<Vec<_>>();
    letters.len() == 1
        && letters[0].is_uppercase()
        && (before.contains('.') || rest.starts_with(char::is_uppercase) && rest[1..].starts_with('.'))
}

/// Glues an Arabic article to the word after it.
fn join_article(out: &mut Vec<Word>, first: usize, text: &str) {
    let n = out.len();
    if n < first + 2 || out[n - 1].case == Case::Lower && !out[n - 1].glued {
        return;
    }
    let (article, word) = (&out[n - 2], &out[n - 1]);
    let plain = matches!(article.norm.as_str(), "al" | "el" | "ul");
    let melted = matches!(article.norm.as_str(), "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "ath");
    let near = text
        .get(article.range.end()..word.range.start())
        .is_some_and(|gap| gap.len() <= 3 && !gap.contains(','));
    if near && (plain && article.is_word || melted && word.glued) {
        let range = article.range.cover(word.range);
        let glued = article.glued;
        if let Some(last) = out.last_mut() {
            last.range = range;
            last.glued = glued;
        }
        out.remove(n - 2);
    }
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        None => Case::Lower,
        Some(c) if !c.is_uppercase() => Case::Lower,
        Some(_) => {
            let count = word.chars().filter(|c| c.is_alphanumeric()).count();
            if count > 1 && letters.all(char::is_uppercase) { Case::Upper } else { Case::Capital }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_possessives_and_acronyms() {
        let norms = |text: &str| phrase(text).into_iter().map(|w| w.norm).collect::<Vec<_>>();
        assert_eq!(norms("Bassem Al-Awadi"), ["bassem", "awadi"]);
        assert_eq!(norms("Iraq’s Al Asad air base"), ["iraq", "'s", "asad", "air", "base"]);
        assert_eq!(norms("the U.S. and US-led forces"), ["the", "us", "and", "us", "led", "forces"]);
        assert_eq!(norms("Ahmed ash-Sharaa"), ["ahmed", "sharaa"]);
        assert_eq!(
            norms("the citizens’ property (PMF)"),
            ["the", "citizens", "'s", "property", "(", "pmf", ")"]
        );
        assert_eq!(norms("Da'esh in Ma’rib"), ["daesh", "in", "marib"]);
    }
}
