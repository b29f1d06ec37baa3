//! What the word splitter knows about spelling, read from `words.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How an entry of the lexicon behaves; `words.txt` says what each kind means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Abbreviation,
    Title,
    Counter,
    Prefix,
    Whole,
    Unit,
    Split,
    Ending,
    Emoticon,
}

/// The entries by kind and form.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    kinds: HashMap<Box<str>, Vec<Kind>>,
    seams: HashMap<Box<str>, Vec<usize>>,
    longest: usize,
}

impl Lexicon {
    /// The lexicon inside the binary.
    pub(super) fn embedded() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::read(include_str!("words.txt")).unwrap_or_default());
        &LEXICON
    }

    /// Reads the format that the head of `words.txt` describes; a bad line is an error with its number.
    pub(super) fn read(text: &str) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon::default();
        for (i, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |why: &str| format!("words.txt:{}: {why}: {line}", i + 1);
            let (kind, form) = line.split_once('\t').ok_or_else(|| bad("no tab"))?;
            if form.is_empty() {
                return Err(bad("no form"));
            }
            let kind = match kind {
                "abbreviation" => Kind::Abbreviation,
                "title" => Kind::Title,
                "counter" => Kind::Counter,
                "prefix" => Kind::Prefix,
                "whole" => Kind::Whole,
                "unit" => Kind::Unit,
                "split" => Kind::Split,
                "ending" => Kind::Ending,
                "emoticon" => Kind::Emoticon,
                _ => return Err(bad("unknown kind")),
            };
            let key: Box<str> = form.replace('|', "").into();
            if kind == Kind::Split {
                let parts: Vec<&str> = form.split('|').collect();
                if parts.len() < 2 || parts.iter().any(|p| p.is_empty()) {
                    return Err(bad("a seam must lie between two letters"));
                }
                let seams = parts[..parts.len() - 1].iter().scan(0, |at, p| {
                    *at += p.len();
                    Some(*at)
                });
                lexicon.seams.insert(key.clone(), seams.collect());
            }
            lexicon.longest = lexicon.longest.max(key.len());
            lexicon.kinds.entry(key).or_default().push(kind);
        }
        Ok(lexicon)
    }

    /// Whether `form` is an entry of that kind; letter case does not matter except for emoticons.
    pub(super) fn is(&self, kind: Kind, form: &str) -> bool {
        self.lower(form, |key| self.kinds.get(key).is_some_and(|k| k.contains(&kind)))
            || kind == Kind::Emoticon && self.kinds.get(form).is_some_and(|k| k.contains(&kind))
    }

    /// Where the seams of a word like "cannot" are, as byte offsets into it; empty for other words.
    pub(super) fn seams(&self, form: &str) -> &[usize] {
        if !form.is_ascii() {
            return &[];
        }
        self.lower(form, |key| self.seams.get(key).map_or(&[][..], Vec::as_slice))
    }

    /// Calls `f` with `form` in ASCII lower case and straight apostrophes, or with nothing if it is too long to be an
    /// entry.
    fn lower<T>(&self, form: &str, f: impl FnOnce(&str) -> T) -> T {
        if form.len() > self.longest + 2 {
            return f("");
        }
        if form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            return f(form);
        }
        f(&form.to_ascii_lowercase().replace('’', "'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_reads_and_a_bad_line_is_named() {
        let lexicon = Lexicon::read(include_str!("words.txt")).expect("it is well formed");
        assert!(lexicon.is(Kind::Abbreviation, "Inc.") && !lexicon.is(Kind::Prefix, "inc."));
        assert_eq!(lexicon.seams("Cannot"), [3]);
        assert!(Lexicon::read("title\tdr.\nsplit\tcan|").is_err_and(|e| e.starts_with("words.txt:2:")));
    }
}
