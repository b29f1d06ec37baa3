//! CoNLL-U files as documents with their raw text rebuilt: `SpaceAfter=No` is followed, paragraphs are parted by an
//! empty line, sentences by a space.

use std::path::Path;

use record::TextRange;

use crate::input::{self, Problem};
use crate::metrics::conll18::{Analysed, Word};

/// A document: what stands between two `# newdoc` lines, or the whole file.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Its id, or the file's name.
    pub id: String,
    /// Its raw text, rebuilt.
    pub text: String,
    /// Where each sentence's words stand in it.
    pub sentences: Vec<Vec<TextRange>>,
    /// The gold analysis.
    pub gold: Analysed,
}

/// All documents of a file or of a folder's `.conllu` files.
///
/// # Errors
/// A file that cannot be read, or a line that is not CoNLL-U.
pub fn load(path: &Path) -> Result<Vec<Document>, Problem> {
    let mut documents = Vec::new();
    for file in input::files(path, ".conllu file", |p| input::has_extension(p, &["conllu"]))? {
        documents.extend(read(&file, &input::text(&file)?)?);
    }
    if documents.is_empty() {
        return Err(Problem::new(path, "no sentence in it"));
    }
    Ok(documents)
}

/// The documents of one file's text.
fn read(path: &Path, text: &str) -> Result<Vec<Document>, Problem> {
    let mut builder = Builder {
        path,
        documents: vec![Document { id: input::stem(path), ..Document::default() }],
        ..Builder::new(path)
    };
    for (n, line) in text.lines().enumerate() {
        builder.line(n + 1, line)?;
    }
    builder.end_of_sentence(text.lines().count())?;
    builder.documents.retain(|d| !d.gold.words.is_empty());
    Ok(builder.documents)
}

struct Builder<'a> {
    path: &'a Path,
    documents: Vec<Document>,
    /// Characters of the document so far that are no white space.
    characters: usize,
    /// White space to put before the next token: nothing, a space, an empty line.
    gap: &'static str,
    /// First word of the sentence among the document's words, and its words' places.
    first_word: usize,
    places: Vec<TextRange>,
    heads: Vec<usize>,
    /// Last word (number in the sentence) of the multiword token that is open, its span and place.
    open: Option<(usize, (usize, usize), TextRange, usize)>,
}

impl<'a> Builder<'a> {
    fn new(path: &'a Path) -> Builder<'a> {
        Builder {
            path,
            documents: Vec::new(),
            characters: 0,
            gap: "",
            first_word: 0,
            places: Vec::new(),
            heads: Vec::new(),
            open: None,
        }
    }

    fn line(&mut self, n: usize, line: &str) -> Result<(), Problem> {
        if line.trim().is_empty() {
            return self.end_of_sentence(n);
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            if comment == "newdoc" || comment.starts_with("newdoc ") {
                let id = comment
                    .split('=')
                    .nth(1)
                    .map_or_else(|| input::stem(self.path), |id| id.trim().to_owned());
                self.documents.push(Document { id, ..Document::default() });
                (self.characters, self.gap, self.first_word) = (0, "", 0);
            } else if (comment == "newpar" || comment.starts_with("newpar ")) && !self.gap.is_empty() {
                self.gap = "\n\n";
            }
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return Err(Problem::at(self.path, n, format!("{} columns instead of 10", columns.len())));
        }
        if columns[0].contains('.') {
            return Ok(());
        }
        if let Some((first, last)) = columns[0].split_once('-') {
            let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else {
                return Err(Problem::at(self.path, n, format!("«{}» is no range of words", columns[0])));
            };
            if first != self.places.len() + 1 || last < first {
                return Err(Problem::at(self.path, n, format!("«{}» does not follow", columns[0])));
            }
            let (span, place) = self.token(columns[1], columns[9]);
            self.open = Some((last, span, place, place.start()));
            return Ok(());
        }
        if columns[0].parse() != Ok(self.places.len() + 1) {
            return Err(Problem::at(self.path, n, format!("word «{}» does not follow", columns[0])));
        }
        let Ok(head) = columns[6].parse::<usize>() else {
            return Err(Problem::at(self.path, n, format!("«{}» is no head", columns[6])));
        };
        self.word(&columns, head);
        Ok(())
    }

    /// Adds a surface token to the text.
    fn token(&mut self, form: &str, misc: &str) -> ((usize, usize), TextRange) {
        let document = self.documents.last_mut().expect("there is always one");
        document.text.push_str(self.gap);
        let start = document.text.len();
        document.text.push_str(form);
        let characters = form.chars().filter(|c| !c.is_whitespace()).count();
        let span = (self.characters, self.characters + characters);
        self.characters += characters;
        self.gap = if misc.split('|').any(|m| m == "SpaceAfter=No") { "" } else { " " };
        document.gold.tokens.push(span);
        (span, TextRange::new(start, document.text.len()))
    }

    fn word(&mut self, columns: &[&str], head: usize) {
        let number = self.places.len() + 1;
        let multiword = self.open.is_some();
        let (span, place) = match &mut self.open {
            Some((last, span, place, at)) => {
                let text = &self.documents.last().expect("there is always one").text;
                let here = part(text, *place, *at, columns[1], number == *last);
                *at = here.end();
                (*span, here)
            }
            None => self.token(columns[1], columns[9]),
        };
        if self.open.as_ref().is_some_and(|(last, ..)| *last == number) {
            self.open = None;
        }
        let blank = |s: &str| if s == "_" { String::new() } else { s.to_owned() };
        self.places.push(place);
        self.heads.push(head);
        self.documents.last_mut().expect("there is always one").gold.words.push(Word {
            span,
            multiword,
            form: columns[1].to_owned(),
            lemma: columns[2].to_owned(),
            upos: columns[3].to_owned(),
            xpos: blank(columns[4]),
            feats: blank(columns[5]),
            head: None,
            deprel: columns[7].to_owned(),
        });
    }

    fn end_of_sentence(&mut self, n: usize) -> Result<(), Problem> {
        if self.places.is_empty() {
            return Ok(());
        }
        if let Some(head) = self.heads.iter().find(|h| **h > self.places.len()) {
            return Err(Problem::at(
                self.path,
                n,
                format!("a head {head} in a sentence of {} words", self.places.len()),
            ));
        }
        let document = self.documents.last_mut().expect("there is always one");
        let first = self.first_word;
        for (i, head) in self.heads.drain(..).enumerate() {
            document.gold.words[first + i].head = head.checked_sub(1).map(|h| first + h);
        }
        let (start, end) = (document.gold.words[first].span.0, self.characters);
        document.gold.sentences.push((start, end));
        document.sentences.push(std::mem::take(&mut self.places));
        self.first_word = document.gold.words.len();
        self.open = None;
        Ok(())
    }
}

/// Where a word of a multiword token stands: its form from `at` on if it is there, else what is left of the token for
/// the last word, and one character for another.
fn part(text: &str, token: TextRange, at: usize, form: &str, last: bool) -> TextRange {
    let rest = &text[at..token.end()];
    let end = if last {
        token.end()
    } else if rest.get(..form.len()).is_some_and(|s| s.to_lowercase() == form.to_lowercase()) {
        at + form.len()
    } else {
        at + rest.chars().next().map_or(0, char::len_utf8)
    };
    TextRange::new(at, end)
}

/// The number of characters before each byte of a text, counting no white space.
#[must_use]
pub fn characters_before(text: &str) -> Vec<usize> {
    let mut before = Vec::with_capacity(text.len() + 1);
    let mut n = 0;
    for c in text.chars() {
        before.extend(std::iter::repeat_n(n, c.len_utf8()));
        n += usize::from(!c.is_whitespace());
    }
    before.push(n);
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, form: &str, head: &str, misc: &str) -> String {
        format!("{id}\t{form}\t{form}\tX\tX\t_\t{head}\tdep\t_\t{misc}\n")
    }

    #[test]
    fn text_is_rebuilt_with_paragraphs_and_multiword_tokens() {
        let text = [
            "# newdoc id = d\n# newpar id = p\n".to_owned(),
            line("1-2", "Don't", "_", "_"),
            line("1", "Do", "3", "_"),
            line("2", "n't", "3", "_"),
            line("3", "go", "0", "SpaceAfter=No"),
            line("4", ".", "3", "_"),
            "\n# newpar\n".to_owned(),
            line("1", "Stay", "0", "_"),
            "\n".to_owned(),
        ]
        .concat();
        let documents = read(Path::new("t"), &text).unwrap();
        assert_eq!(documents.len(), 1);
        let d = &documents[0];
        assert_eq!((d.id.as_str(), d.text.as_str()), ("d", "Don't go.\n\nStay"));
        let words: Vec<&str> = d.sentences.iter().flatten().map(|r| r.of(&d.text)).collect();
        assert_eq!(words, ["Do", "n't", "go", ".", "Stay"]);
        assert_eq!(d.gold.tokens, [(0, 5), (5, 7), (7, 8), (8, 12)]);
        assert_eq!(d.gold.words[0].head, Some(2));
        assert_eq!(d.gold.sentences, [(0, 8), (8, 12)]);
    }

    #[test]
    fn a_broken_line_is_named() {
        let columns = read(Path::new("t"), "1\tword\n").unwrap_err();
        assert_eq!(columns.to_string(), "t:1: 2 columns instead of 10");
        assert!(read(Path::new("t"), &line("1", "a", "9", "_")).is_err(), "a head beyond the sentence");
        assert!(read(Path::new("t"), &line("2", "a", "0", "_")).is_err(), "a word is missing");
    }
}
