//! One person under several names in one report: a part of the full name ("Rodriguez" and "Rodriguez Hurtado" for Rene
//! Rodriguez Hurtado), another spelling ("Barrilas", "Barillas").

use std::collections::BTreeSet;

use record::spelling::{self, names_another};
use record::{ActorId, ActorKind};

use super::super::fold::skeleton;
use super::Resolver;

/// Somebody met in the report, by what can be said of them again.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) id: ActorId,
    /// The words of the name, folded.
    pub(super) words: Vec<String>,
    /// All words by their consonants.
    pub(super) skeleton: String,
}

impl Met {
    pub(super) fn surname(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }
}

/// What parts a father from his son; no part of a name by itself.
const GENERATIONS: [&str; 5] = ["jr", "sr", "junior", "ii", "iii"];

impl Resolver<'_> {
    /// The one person met whose name holds all of `words`, two or more, in their order, or whose whole name `words` hold.
    pub(super) fn part_of_name(&self, words: &[String]) -> Option<ActorId> {
        let parted = |long: &[String], short: &[String]| {
            let son = |w: &[String]| w.iter().any(|w| GENERATIONS.contains(&w.as_str()));
            son(long) != son(short) && !son(short) && long.len() > short.len()
        };
        self.only(|m| {
            let (long, short) =
                if m.words.len() >= words.len() { (&m.words[..], words) } else { (words, &m.words[..]) };
            short.len() >= 2 && holds(long, short) && !parted(long, short)
        })
    }

    /// The one person met who may be called by this single word: the last name, in this spelling or another, one of several
    /// last names, or the first name.
    pub(super) fn called(&self, word: &str) -> Option<ActorId> {
        let full = |m: &Met| m.words.len() >= 2;
        let inner = |m: &Met| m.words.get(1..m.words.len().saturating_sub(1)).unwrap_or_default().to_vec();
        self.only(|m| full(m) && inner(m).last().is_some_and(|w| w == word))
            .or_else(|| self.only(|m| full(m) && inner(m).iter().any(|w| w == word)))
            .or_else(|| self.only(|m| m.words.last().is_some_and(|w| misspelt(w, word))))
            .or_else(|| self.only(|m| inner(m).iter().any(|w| misspelt(w, word))))
            .or_else(|| self.only(|m| full(m) && m.words.first().is_some_and(|w| w == word)))
    }

    fn only(&self, is: impl Fn(&Met) -> bool) -> Option<ActorId> {
        let person = |m: &&Met| self.cards.kind(&m.id) == Some(ActorKind::Person);
        let all: BTreeSet<&ActorId> =
            self.met.iter().filter(person).filter(|m| is(m)).map(|m| &m.id).collect();
        let mut all = all.into_iter();
        all.next().filter(|_| all.next().is_none()).cloned()
    }
}

/// Whether `long` has the words of `short` in their order, one of them perhaps in another spelling.
fn holds(long: &[String], short: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|w| w == word || misspelt(w, word)))
}

/// Whether two words are spellings of one name: the same consonants, or long words with a letter wrong.
fn misspelt(known: &str, word: &str) -> bool {
    let short = known.len().min(word.len());
    let consonants = short >= 4
        && known.len().abs_diff(word.len()) <= 2
        && known.chars().next() == word.chars().next()
        && skeleton(known) == skeleton(word);
    consonants && !names_another(known, word) || spelling::misspelt(known, word)
}
