//! Words of MUC messages that decide what a template may hold (`data/muc-words.txt`), and how strings are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

type Lists = BTreeMap<&'static str, BTreeSet<&'static str>>;

static LISTS: LazyLock<Lists> = LazyLock::new(|| read(FILE).unwrap_or_default());
const FILE: &str = include_str!("../../data/muc-words.txt");

/// Whether a word, in capitals, is in the list of this name.
pub(super) fn is(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|words| words.contains(word))
}

/// Whether any word of a phrase is in the list of this name.
pub(super) fn has(list: &str, phrase: &str) -> bool {
    phrase.split(' ').any(|word| is(list, word))
}

/// Capitals, without accents, article, quotation marks and needless white space.
pub(super) fn plain(text: &str) -> String {
    let upper: String = text.to_uppercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = upper.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let words: Vec<&str> = words.collect();
    let skip = words.iter().take(words.len().saturating_sub(1)).take_while(|w| is("premodifiers", w)).count();
    words[skip..].join(" ")
}

/// The word that a phrase is built on: the last before a preposition or clause.
pub(super) fn head(phrase: &str) -> &str {
    let mut last = "";
    for word in phrase.split(' ') {
        if !last.is_empty() && is("after-head", word) {
            break;
        }
        last = word;
    }
    last
}

/// The lists of a file, or the line that is wrong.
fn read(text: &'static str) -> Result<Lists, String> {
    let mut lists = Lists::new();
    let mut name = "";
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let words = match line.split_once('=') {
            Some((new, words)) if !line.starts_with(' ') => {
                name = new.trim();
                words
            }
            _ if line.starts_with(' ') && !name.is_empty() => line,
            _ => return Err(format!("line {}: no list", n + 1)),
        };
        for word in words.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            if word.contains(char::is_lowercase) || word.contains(' ') {
                return Err(format!("line {}: «{word}» is no word in capitals", n + 1));
            }
            lists.entry(name).or_default().insert(word);
        }
    }
    Ok(lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_a_bad_line_is_named() {
        assert_eq!(read(FILE).map(|l| l.len()), Ok(LISTS_IN_FILE));
        assert_eq!(
            read("a = ONE\n    TWO, THREE\n"),
            Ok(Lists::from([("a", BTreeSet::from(["ONE", "TWO", "THREE"]))]))
        );
        assert_eq!(read("a = ONE\ntwo\n"), Err("line 2: no list".to_owned()));
        assert_eq!(read("a = One\n"), Err("line 1: «One» is no word in capitals".to_owned()));
    }

    const LISTS_IN_FILE: usize = 43;

    #[test]
    fn what_a_phrase_is_called_by() {
        assert_eq!(head("OFFICES OF THE NORTHERN BANK"), "OFFICES");
        assert_eq!(head("TWO YOUNG MEN"), "MEN");
        assert_eq!(plain("the Área's “old” town"), "AREA'S OLD TOWN");
    }
}
