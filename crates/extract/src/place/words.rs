//! Words that tell names of places from other names, from `data/name-words.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::table::{self, BadLine};

const DATA: &str = include_str!("../../data/name-words.tsv");

/// What a word says about the name beside it, or about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Title,
    Given,
    Common,
    Road,
    Modifier,
    Inside,
    Article,
    Preposition,
    There,
    Measure,
    Beside,
    Kind,
    Quarter,
    Institution,
    Site,
    Band,
}

static WORDS: LazyLock<HashMap<Class, HashSet<&'static str>>> =
    LazyLock::new(|| parse(DATA).unwrap_or_else(|bad| panic!("{bad}")));

/// Whether a lower-case word is in the class.
pub(super) fn is(class: Class, word: &str) -> bool {
    WORDS.get(&class).is_some_and(|words| words.contains(word))
}

fn parse(text: &'static str) -> Result<HashMap<Class, HashSet<&'static str>>, BadLine> {
    let mut all: HashMap<Class, HashSet<&'static str>> = HashMap::new();
    for row in table::rows("name-words.tsv", text, 2)? {
        let class = match row.text(0) {
            "title" => Class::Title,
            "given" => Class::Given,
            "common" => Class::Common,
            "road" => Class::Road,
            "modifier" => Class::Modifier,
            "inside" => Class::Inside,
            "article" => Class::Article,
            "preposition" => Class::Preposition,
            "there" => Class::There,
            "measure" => Class::Measure,
            "beside" => Class::Beside,
            "kind" => Class::Kind,
            "quarter" => Class::Quarter,
            "institution" => Class::Institution,
            "site" => Class::Site,
            "band" => Class::Band,
            other => return Err(row.bad(format!("no class «{other}»"))),
        };
        all.entry(class).or_default().extend(row.list(1));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_a_bad_one_is_named() {
        assert!(is(Class::Title, "gen") && !is(Class::Title, "baghdad"));
        assert_eq!(parse("title\tmr\nnoun\tx\n").unwrap_err().line, 2);
    }
}
