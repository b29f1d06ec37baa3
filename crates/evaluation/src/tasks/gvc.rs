//! The Gun Violence Corpus: reports as running text, mentions by sentence and word of another tokenizer.
//!
//! A key line names a mention as `report.b9.11`: part (`t` title, `b` body), sentence (from 1) and word (from 1 in the
//! title, from 0 in the body) of the corpus's own tokenizer, which the reports do not carry. The place is found again
//! by counting with ours and, where that lands on no word that can name violence, by the nearest such word: the same
//! word position in a neighbouring sentence first (sentence counts drift), then the nearest word.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::coreference::Document;
use crate::input::{self, Problem};

/// The reports named in the key files, each with its mentions; the reports are in `docs.jsonl` beside them.
///
/// # Errors
/// A file that cannot be read, a broken line, or a report that is not there.
pub fn load(keys: &[&PathBuf]) -> Result<Vec<Document>, Problem> {
    let mut documents: BTreeMap<String, (Document, usize)> = BTreeMap::new();
    for key in keys {
        let reports = reports(&key.parent().unwrap_or(Path::new(".")).join("docs.jsonl"))?;
        for (n, line) in input::text(key)?.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let columns: Vec<&str> = line.split_whitespace().collect();
            let mention = columns.iter().rev().nth(1).and_then(|m| Mention::parse(m));
            let (Some(mention), Some(cluster)) = (mention, columns.last()) else {
                return Err(Problem::at(key, n + 1, "no mention and cluster"));
            };
            let Some((document, title)) = reports.get(mention.report) else {
                return Err(Problem::at(
                    key,
                    n + 1,
                    format!("the report {} is not in docs.jsonl", mention.report),
                ));
            };
            let entry =
                documents.entry(mention.report.to_owned()).or_insert_with(|| (document.clone(), *title));
            if let Some(place) = mention.place(&entry.0.text, entry.1) {
                entry.0.mentions.push((place, format!("{}{cluster}", key.display())));
            }
        }
    }
    let mut documents: Vec<Document> = documents.into_values().map(|(d, _)| d).collect();
    documents.retain(|d| !d.mentions.is_empty());
    Ok(documents)
}

/// Reports by id, with the length of their title.
fn reports(path: &Path) -> Result<BTreeMap<String, (Document, usize)>, Problem> {
    let mut reports = BTreeMap::new();
    for (n, row) in input::json_lines(path)?.iter().enumerate() {
        let field = |name: &str| row.get(name).and_then(|v| v.as_str());
        let (Some(id), Some(text)) = (field("doc_id"), field("text")) else {
            return Err(Problem::at(path, n + 1, "no doc_id or text"));
        };
        let title = field("title").unwrap_or("");
        let document = Document {
            id: id.to_owned(),
            text: format!("{title}\n\n{text}"),
            published: field("dct").and_then(|d| d.get(..10)?.parse().ok()),
            ..Document::default()
        };
        reports.insert(id.to_owned(), (document, title.len()));
    }
    Ok(reports)
}

struct Mention<'a> {
    report: &'a str,
    title: bool,
    sentence: usize,
    word: usize,
}

impl Mention<'_> {
    fn parse(text: &str) -> Option<Mention<'_>> {
        let mut parts = text.rsplitn(3, '.');
        let (word, sentence, report) = (parts.next()?, parts.next()?, parts.next()?);
        let title = sentence.starts_with('t');
        let number = sentence.strip_prefix(['t', 'b'])?;
        Some(Mention { report, title, sentence: number.parse().ok()?, word: word.parse().ok()? })
    }

    fn place(&self, text: &str, title: usize) -> Option<Range<usize>> {
        let (part, offset) = if self.title { (&text[..title], 0) } else { (&text[title..], title) };
        let sentences: Vec<Vec<Range<usize>>> = sentences(part);
        let word = if self.title { self.word.saturating_sub(1) } else { self.word };
        let names_violence = |r: &Range<usize>| is_violent(&part[r.clone()]);
        let around = |at: usize, reach: usize| {
            (0..=reach).flat_map(move |d| [at.checked_sub(d), Some(at + d)]).flatten()
        };
        let home = self.sentence.saturating_sub(1);
        let same_position = around(home, 3).filter_map(|s| sentences.get(s)?.get(word));
        let nearby = [0, 1].into_iter().flat_map(|s| {
            around(home, s).flat_map(|s| around(word, 4).map(move |w| (s, w))).collect::<Vec<_>>()
        });
        let nearby = nearby.filter_map(|(s, w)| sentences.get(s)?.get(w));
        let found = same_position.chain(nearby).find(|r| names_violence(r));
        let counted =
            || sentences.get(home).and_then(|s| s.get(word).or(s.last())).or(sentences.last()?.last());
        found.or_else(counted).map(|r| r.start + offset..r.end + offset)
    }
}

/// Whether a word can name an act of gun violence.
fn is_violent(word: &str) -> bool {
    const BEGINNINGS: [&str; 22] = [
        "shoot", "shot", "gun", "kill", "dead", "death", "die", "dying", "wound", "injur", "homicid",
        "murder", "suicid", "fire", "firing", "slay", "slain", "violen", "bullet", "struck", "incident",
        "attack",
    ];
    let word = word.to_lowercase();
    BEGINNINGS.iter().any(|b| word.starts_with(b))
}

/// Sentences and words by simple rules: a sentence ends at a line break, or at `.`, `!` or `?` (with closing quotation
/// marks) before a space and a capital letter, digit or quotation mark.
fn sentences(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut sentences: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let words = words(text);
    for (i, word) in words.iter().enumerate() {
        let gap = i.checked_sub(1).map_or("", |j| &text[words[j].end..word.start]);
        let closes = || {
            let before = words[..i]
                .iter()
                .rev()
                .map(|w| &text[w.clone()])
                .find(|w| !matches!(*w, "”" | "\"" | "’" | ")"));
            matches!(before, Some("." | "!" | "?" | "…"))
        };
        let opens = text[word.clone()]
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"'));
        if gap.contains('\n') || (!gap.is_empty() && opens && closes()) {
            sentences.push(Vec::new());
        }
        if let Some(last) = sentences.last_mut() {
            last.push(word.clone());
        }
    }
    sentences.retain(|s| !s.is_empty());
    sentences
}

/// Words, clitics and single marks; an abbreviation keeps its dot.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() || matches!(c, '\'' | '’') {
            while let Some(&(i, next)) = chars.peek() {
                let inside = matches!(next, '-' | '.' | ',' | ':') && {
                    let mut after = text[i + 1..].chars();
                    let before = text[..i].chars().next_back();
                    let digits = before.is_some_and(|b| b.is_numeric())
                        && after.clone().next().is_some_and(char::is_numeric);
                    after.next().is_some_and(char::is_alphanumeric) && (next == '-' || digits)
                };
                if !next.is_alphanumeric() && !inside {
                    break;
                }
                chars.next();
                end = i + next.len_utf8();
            }
            let abbreviation =
                matches!(&text[start..end], "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Sgt" | "Lt" | "Capt" | "Jr");
            if abbreviation && text[end..].starts_with('.') {
                chars.next();
                end += 1;
            }
        }
        words.push(start..end);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_found_again_by_counting() {
        let title = "Two Men Shot In Ohio";
        let text = format!(
            "{title}\n\nIt was quiet. Mr. Lee was shot on Oak Street, police said. “He died,” one added."
        );
        let place =
            |m: &str| Mention::parse(m).unwrap().place(&text, title.len()).map(|r| text[r].to_owned());
        assert_eq!(place("abc.t1.3").as_deref(), Some("Shot"));
        assert_eq!(place("abc.b2.3").as_deref(), Some("shot"));
        assert_eq!(place("abc.b3.2").as_deref(), Some("died"));
        assert_eq!(
            place("abc.b1.3").as_deref(),
            Some("shot"),
            "a neighbour, where counting lands on no such word"
        );
    }
}
