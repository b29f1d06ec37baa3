//! Files of one word a line with a BIO tag: CoNLL 2003, WNUT, UNER (IOB2), and the like.

use std::ops::Range;
use std::path::Path;

use crate::input::{self, Problem};
use crate::metrics::spans;

/// A tagged sentence with its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tagged {
    /// Its text: as the file gives it (`# text = …`), or the words joined by spaces.
    pub text: String,
    /// Where the words stand in it, in bytes.
    pub words: Vec<Range<usize>>,
    /// Labelled spans of words.
    pub spans: Vec<(Range<usize>, String)>,
    /// The line it starts on.
    pub line: usize,
    /// Whether a document starts here.
    pub new_document: bool,
}

impl Tagged {
    /// A span of words as bytes of the text.
    #[must_use]
    pub fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].start..self.words[words.end - 1].end
    }

    /// The words that a stretch of bytes touches; `None` if it touches none.
    #[must_use]
    pub fn words_of(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let first = self.words.iter().position(|w| spans::overlap(w, bytes) > 0)?;
        let last = self.words.iter().rposition(|w| spans::overlap(w, bytes) > 0)?;
        Some(first..last + 1)
    }
}

/// The sentence as it would be printed: without the spaces that parting it into words put in ("rebel - held", "Nov . 2",
/// "( NSC )"). Words and spans stay the same.
#[must_use]
pub fn as_printed(mut sentence: Tagged) -> Tagged {
    let words: Vec<String> = sentence.words.iter().map(|w| sentence.text[w.clone()].to_owned()).collect();
    let mut text = String::new();
    let mut glued = true;
    let mut quoted = false;
    for (i, word) in words.iter().enumerate() {
        let before = if i == 0 { "" } else { words[i - 1].as_str() };
        let after = words.get(i + 1).map_or("", String::as_str);
        let (left, right) = glue(before, word, after, &mut quoted);
        if !glued && !left {
            text.push(' ');
        }
        sentence.words[i] = text.len()..text.len() + word.len();
        text.push_str(word);
        glued = right;
    }
    sentence.text = text;
    sentence
}

/// Whether a word is written onto the one before it and the one after it. `quoted`: whether a straight quote is open.
fn glue(before: &str, word: &str, after: &str, quoted: &mut bool) -> (bool, bool) {
    let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit()) && !w.is_empty();
    let capital = |w: &str| w.len() == 1 && w.bytes().all(|b| b.is_ascii_uppercase());
    match word {
        "," | "." if digits(before) && digits(after) => (true, true),
        "." if capital(before) && capital(after) => (true, true),
        "." | "," | ":" | ";" | "!" | "?" | ")" | "]" | "%" | "”" | "…" | "'s" | "’s" | "n't" | "n’t" => {
            (true, false)
        }
        "(" | "[" | "“" | "$" | "€" | "£" | "#" => (false, true),
        "'" | "’" => (true, matches!(after, "s" | "t" | "re" | "ve" | "ll" | "d" | "m")),
        "-" | "–" | "/" => {
            let between = !before.is_empty() && !after.is_empty() && ![before, after].contains(&word);
            (between, between)
        }
        "\"" => {
            *quoted = !*quoted;
            (!*quoted, *quoted)
        }
        // A letter with a mark that stands by itself was cut out of a word.
        _ if word.chars().count() == 1 && !word.is_ascii() && word.chars().all(char::is_alphabetic) => {
            (before.ends_with(char::is_alphabetic), after.starts_with(char::is_lowercase))
        }
        _ => (false, false),
    }
}

/// All sentences of a file. Columns are parted by tabs or spaces; the tag is the last column that holds only BIO
/// tags, the word the first column, or the second where the first is a number.
///
/// # Errors
/// A file that cannot be read or that has no column of tags.
pub fn read(path: &Path) -> Result<Vec<Tagged>, Problem> {
    let text = input::text(path)?;
    let rows = |line: &str| -> Vec<String> {
        if line.contains('\t') {
            line.split('\t').map(str::to_owned).collect()
        } else {
            line.split_whitespace().map(str::to_owned).collect()
        }
    };
    let is_data =
        |line: &&str| !line.trim().is_empty() && !is_comment(line) && !line.starts_with("-DOCSTART-");
    let data: Vec<Vec<String>> = text.lines().filter(is_data).map(rows).filter(|r| r.len() > 1).collect();
    let width = data.iter().map(Vec::len).min().unwrap_or(0);
    let Some(tag) = (1..width).rev().find(|&c| data.iter().all(|r| is_tag(r[c].trim()))) else {
        let line = text.lines().position(|l| is_data(&l)).map_or(1, |n| n + 1);
        return Err(Problem::at(path, line, "no column of BIO tags"));
    };
    let word = usize::from(tag > 1 && data.iter().all(|r| r[0].parse::<usize>().is_ok()));

    let mut sentences = Vec::new();
    let mut current = Open::default();
    for (n, line) in text.lines().chain([""]).enumerate() {
        if line.trim().is_empty() || line.starts_with("-DOCSTART-") {
            if !current.words.is_empty() {
                sentences.extend(std::mem::take(&mut current).close());
            }
            current.new_document |= line.starts_with("-DOCSTART-");
        } else if is_comment(line) {
            let comment = line.trim_start_matches('#').trim();
            if let Some(given) = comment.strip_prefix("text =") {
                current.given = Some(given.trim().to_owned());
            }
            current.new_document |= comment.starts_with("newdoc");
        } else {
            let row = rows(line);
            if row.len() <= tag || row[word].trim().is_empty() {
                continue;
            }
            if current.words.is_empty() {
                current.line = n + 1;
            }
            current.words.push(row[word].trim().to_owned());
            current.tags.push(row[tag].trim().to_owned());
        }
    }
    if sentences.is_empty() {
        return Err(Problem::new(path, "no sentence in it"));
    }
    Ok(sentences)
}

/// A comment has more than a word and a tag; a lone `#` can be a word.
fn is_comment(line: &str) -> bool {
    line.starts_with("# ")
        && line.contains([' ', '='])
        && !is_tag(line.split_whitespace().nth(1).unwrap_or(""))
}

fn is_tag(tag: &str) -> bool {
    tag == "O"
        || tag
            .split_once('-')
            .is_some_and(|(p, l)| matches!(p, "B" | "I" | "E" | "S" | "L" | "U") && !l.is_empty())
}

/// A sentence being read.
#[derive(Default)]
struct Open {
    given: Option<String>,
    words: Vec<String>,
    tags: Vec<String>,
    line: usize,
    new_document: bool,
}

impl Open {
    fn close(self) -> Option<Tagged> {
        if self.words.is_empty() {
            return None;
        }
        let tags: Vec<&str> = self.tags.iter().map(String::as_str).collect();
        let (text, words) =
            match self.given.as_deref().and_then(|t| locate(t, &self.words).map(|w| (t.to_owned(), w))) {
                Some(found) => found,
                None => {
                    let text = self.words.join(" ");
                    let words = locate(&text, &self.words)?;
                    (text, words)
                }
            };
        Some(Tagged {
            text,
            words,
            spans: spans::from_tags(&tags),
            line: self.line,
            new_document: self.new_document,
        })
    }
}

/// Where the words stand in the text, one after the other; `None` if one is not there.
fn locate(text: &str, words: &[String]) -> Option<Vec<Range<usize>>> {
    let mut at = 0;
    let find = |word: &String| {
        let start = at + text[at..].find(word.as_str())?;
        at = start + word.len();
        Some(start..at)
    };
    words.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<Tagged> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x.conll");
        std::fs::write(&file, text).unwrap();
        read(&file).unwrap()
    }

    #[test]
    fn two_columns_and_five_columns_with_the_given_text() {
        let wnut = sentences("In\tO\nGaza\tB-location\nCity\tI-location\n\t\nHi\tO\n");
        assert_eq!(wnut.len(), 2);
        assert_eq!(wnut[0].spans, [(1..3, "location".to_owned())]);
        assert_eq!(&wnut[0].text[wnut[0].bytes(&(1..3))], "Gaza City");
        let uner = sentences("# newdoc id = a\n# text = Gaza's\n1\tGaza\tB-LOC\t-\tann\n2\t's\tO\t-\t-\n");
        assert_eq!((uner[0].text.as_str(), uner[0].new_document), ("Gaza's", true));
        assert_eq!(uner[0].spans[0].0, 0..1);
        let conll = sentences("-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n");
        assert_eq!((conll[0].spans[0].1.as_str(), conll[0].new_document), ("ORG", true));
    }

    #[test]
    fn printed_again_words_stay_where_they_were() {
        let cut =
            "On Nov . 2 , the U . S . paid $ 2 , 500 ( cash ) to rebel - held Pe ñ a 's \" old \" men . ";
        let lines: String = cut.split_whitespace().map(|w| format!("{w} O\n")).collect();
        let printed = as_printed(sentences(&lines).remove(0));
        assert_eq!(printed.text, "On Nov. 2, the U.S. paid $2,500 (cash) to rebel-held Peña's \"old\" men.");
        let again: Vec<&str> = printed.words.iter().map(|w| &printed.text[w.clone()]).collect();
        assert_eq!(again, cut.split_whitespace().collect::<Vec<_>>());
    }
}
