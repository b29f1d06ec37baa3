//! The words of time expressions, from `data/time-words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::{Feast, Part, Season, Unit};
use crate::table::{self, BadLine};

const DATA: &str = include_str!("../../data/time-words.tsv");

/// What a word can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sense {
    Month(i8),
    Weekday(i8),
    Weekdays(i8),
    Unit(Unit),
    Season(Season),
    Part(Part),
    Number(u32),
    Vague,
    Ordinal(u8),
    Decade(u8),
    Feast(Feast),
    Set(&'static str),
    Reference(&'static str),
    Approx,
    YearCue,
    Future,
    Past,
}

/// One sense of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) sense: Sense,
    /// Only with a capital.
    pub(super) capital: bool,
}

/// Words (lower case) to senses, and phrases of several words to feasts.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<&'static str, Vec<Entry>>,
    /// Feasts of more than one token, longest first.
    pub(super) phrases: Vec<(Vec<&'static str>, Feast)>,
}

impl Lexicon {
    /// The one inside the program.
    pub(super) fn embedded() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> =
            LazyLock::new(|| parse(DATA).unwrap_or_else(|bad| panic!("{bad}")));
        &LEXICON
    }

    /// The senses of a lower-case word.
    pub(super) fn senses(&self, word: &str) -> &[Entry] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether one of the senses of a lower-case word is this one.
    pub(super) fn is(&self, word: &str, sense: Sense) -> bool {
        self.senses(word).iter().any(|e| e.sense == sense)
    }
}

fn parse(text: &'static str) -> Result<Lexicon, BadLine> {
    let mut lexicon = Lexicon::default();
    for row in table::rows("time-words.tsv", text, 3)? {
        let sense = match row.text(0) {
            "month" => Sense::Month(row.read(1)?),
            "weekday" => Sense::Weekday(row.read(1)?),
            "weekdays" => Sense::Weekdays(row.read(1)?),
            "unit" => Sense::Unit(row.read(1)?),
            "season" => Sense::Season(row.read(1)?),
            "part" => Sense::Part(row.read(1)?),
            "number" => Sense::Number(row.read(1)?),
            "vague" => Sense::Vague,
            "ordinal" => Sense::Ordinal(row.read(1)?),
            "decade" => Sense::Decade(row.read(1)?),
            "holiday" => Sense::Feast(row.read(1)?),
            "set" => Sense::Set(row.text(1)),
            "reference" => Sense::Reference(row.text(1)),
            "approx" => Sense::Approx,
            "year-cue" => Sense::YearCue,
            "future" => Sense::Future,
            "past" => Sense::Past,
            other => return Err(row.bad(format!("no class «{other}»"))),
        };
        for word in row.list(2) {
            let (word, capital) = word.strip_prefix('^').map_or((word, false), |w| (w, true));
            match sense {
                Sense::Feast(feast) if word.contains([' ', '\'', '’']) => {
                    let parts = super::token::tokens(word).iter().map(|t| t.range.of(word)).collect();
                    lexicon.phrases.push((parts, feast));
                }
                _ => lexicon.words.entry(word).or_default().push(Entry { sense, capital }),
            }
        }
    }
    lexicon.phrases.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
    Ok(lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_a_bad_one_is_named() {
        assert!(Lexicon::embedded().is("tuesday", Sense::Weekday(2)));
        assert_eq!(parse("month\t1\tjanuary\nseason\tXX\tmud\n").unwrap_err().line, 2);
        assert_eq!(parse("moon\t1\tnew\n").unwrap_err().line, 1);
    }
}
