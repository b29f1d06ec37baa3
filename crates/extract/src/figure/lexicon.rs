//! The words of harm and of counting: data files in `data/figures`.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::actor::words::phrase;
use crate::table::{self, BadLine};

/// How a word of harm takes those harmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Active,
    Past,
    Suffers,
    State,
    Of,
    Count,
    Toll,
    Nothing,
}

/// A word or phrase of harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Harm {
    /// Normal forms; `*` for one or two words.
    words: Vec<String>,
    pub(super) what: &'static str,
    pub(super) used: Use,
}

#[derive(Debug)]
pub(super) struct Lexicon {
    harm: HashMap<String, Vec<Harm>>,
    classes: HashMap<&'static str, BTreeSet<String>>,
    phrases: HashMap<&'static str, Vec<Vec<String>>>,
}

pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::load().unwrap_or_else(|bad| panic!("{bad}")));
    &LEXICON
}

impl Lexicon {
    fn load() -> Result<Lexicon, BadLine> {
        let harm = harm(include_str!("../../data/figures/harm.tsv"))?;
        let mut classes: HashMap<&'static str, BTreeSet<String>> = HashMap::new();
        let mut phrases: HashMap<&'static str, Vec<Vec<String>>> = HashMap::new();
        for row in table::rows("words.tsv", include_str!("../../data/figures/words.tsv"), 2)? {
            for form in row.list(1) {
                let words = norms(form);
                if let [word] = words.as_slice() {
                    classes.entry(row.text(0)).or_default().insert(word.clone());
                }
                phrases.entry(row.text(0)).or_default().push(words);
            }
        }
        let persons = crate::persons::nouns().flat_map(norms);
        classes.entry("person").or_default().extend(persons);
        for all in phrases.values_mut() {
            all.sort_by_key(|p| std::cmp::Reverse(p.len()));
        }
        Ok(Lexicon { harm, classes, phrases })
    }

    /// Whether the word belongs to the class.
    pub(super) fn is(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|c| c.contains(word))
    }

    /// Whether the word ends in one of the class.
    pub(super) fn ends(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|c| c.iter().any(|end| word.ends_with(end.as_str())))
    }

    /// Whether a noun in lower case, in the singular or plural, means a person or people.
    pub(super) fn is_person(&self, noun: &str) -> bool {
        let singular = noun.strip_suffix('s').unwrap_or(noun);
        let ies = noun.strip_suffix("ies").map(|h| format!("{h}y"));
        let men = noun.strip_suffix("men").map(|h| format!("{h}man"));
        let women = matches!(noun, "people" | "men" | "women" | "children" | "wives" | "personnel" | "nuns");
        women
            || self.is("people", noun)
            || self.is("person", noun)
            || self.is("person", singular)
            || [ies, men].into_iter().flatten().any(|h| self.is("person", &h))
    }

    /// How many of the words from the first on a phrase of the class takes up; the longest.
    pub(super) fn phrase(&self, class: &str, words: &[&str]) -> usize {
        let phrases = self.phrases.get(class).map_or(&[][..], Vec::as_slice);
        let found =
            phrases.iter().find(|p| words.len() >= p.len() && p.iter().zip(words).all(|(a, b)| a == b));
        found.map_or(0, Vec::len)
    }

    /// The words of harm that begin with the first word, with how many words they take up; the longest.
    pub(super) fn harm(&self, words: &[&str]) -> Option<(usize, Vec<&Harm>)> {
        let mut best = 0;
        let mut found = Vec::new();
        for harm in self.harm.get(*words.first()?).into_iter().flatten() {
            let n = taken(&harm.words, words);
            if n > best {
                best = n;
                found.clear();
            }
            if n > 0 && n == best {
                found.push(harm);
            }
        }
        (best > 0).then_some((best, found))
    }
}

/// The words of harm, by their first word.
fn harm(file: &'static str) -> Result<HashMap<String, Vec<Harm>>, BadLine> {
    let mut harm: HashMap<String, Vec<Harm>> = HashMap::new();
    for row in table::rows("harm.tsv", file, 3)? {
        let used = match row.text(1) {
            "active" => Use::Active,
            "past" => Use::Past,
            "suffers" => Use::Suffers,
            "state" => Use::State,
            "of" => Use::Of,
            "count" => Use::Count,
            "toll" => Use::Toll,
            "nothing" => Use::Nothing,
            other => return Err(row.bad(format!("«{other}» is no use"))),
        };
        for form in row.list(2) {
            if form.contains(char::is_uppercase) {
                return Err(row.bad(format!("«{form}» has a capital")));
            }
            let words = norms(form);
            let Some(first) = words.first() else { continue };
            let entry = Harm { what: row.text(0), used, words: words.clone() };
            harm.entry(first.clone()).or_default().push(entry);
        }
    }
    Ok(harm)
}

fn norms(form: &str) -> Vec<String> {
    form.split(' ')
        .flat_map(|w| {
            if w == "*" || w == "%" {
                vec![w.to_owned()]
            } else {
                phrase(w).into_iter().map(|w| w.norm).collect()
            }
        })
        .collect()
}

/// How many words the pattern takes up, 0 if it does not fit.
fn taken(pattern: &[String], words: &[&str]) -> usize {
    fn go(pattern: &[String], words: &[&str]) -> Option<usize> {
        match pattern.split_first() {
            None => Some(0),
            Some((first, rest)) if first == "*" => {
                (1..=2.min(words.len())).find_map(|n| go(rest, &words[n..]).map(|m| n + m))
            }
            Some((first, rest)) => match words.split_first() {
                Some((word, after)) if first == word => go(rest, after).map(|n| n + 1),
                _ => None,
            },
        }
    }
    go(pattern, words).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_of_harm_is_named() {
        let why = |line| harm(line).map(|_| ()).expect_err("a bad line").to_string();
        assert_eq!(why("# x\nkilled\tpast\tshot;Slain"), "harm.tsv:2: «Slain» has a capital");
        assert_eq!(why("killed\tonce\tshot"), "harm.tsv:1: «once» is no use");
    }
}
