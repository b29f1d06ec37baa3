//! Words for posts and kinds of people that here mean something else, or somebody else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use record::{EntityKind, Parsed};

use super::knowledge::{Sense, knowledge};
use super::pieces::{Piece, range};
use super::words::{Case, Word};
use crate::table::{self, BadLine};

/// What stands beside a word that rules it out, or saves it.
#[derive(Debug, Default)]
struct Beside {
    before: BTreeSet<&'static str>,
    behind: BTreeSet<&'static str>,
    unless: BTreeSet<&'static str>,
    /// Whether it may be the name of a family.
    family: bool,
}

/// Takes away the pieces that mean nobody here, and gives others what they mean in this report.
pub(crate) fn settle(words: &[Word], text: &str, parsed: &Parsed, pieces: &mut Vec<Piece>) {
    let families: BTreeSet<&str> = parsed
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Per)
        .filter_map(|e| e.range.of(text).rsplit_once(' ').map(|(_, last)| last))
        .collect();
    let has = |forms: &[&str]| words.iter().any(|w| forms.contains(&w.norm.as_str()));
    let sheriffs = has(&["sheriff", "sheriffs"]);
    let constables = (sheriffs || has(&["police"])) && !has(ARMED);
    let police = knowledge().roles.iter().position(|r| r.id == "police-officers");
    pieces.retain(|p| !is_other(words, p) && !is_family(words, text, &families, p));
    for piece in pieces.iter_mut().filter(|p| p.end - p.start == 1) {
        let before = piece.start.checked_sub(1).map_or("", |i| words[i].norm.as_str());
        let officer = match words[piece.start].norm.as_str() {
            "patrol" | "patrols" => before == "police",
            "deputy" | "deputies" => sheriffs,
            // Of the sentence itself before the report.
            "officer" | "officers" => {
                let here = words.iter().filter(|w| w.sentence == words[piece.start].sentence);
                let told = |forms: &[&str]| here.clone().any(|w| forms.contains(&w.norm.as_str()));
                !told(ARMED) && (constables || told(&["police", "sheriff"]))
            }
            _ => false,
        };
        if officer
            && piece.role().is_some()
            && let Some(police) = police
        {
            piece.senses = vec![Sense::Role(police)];
        }
    }
}

/// Words of a report that tells of soldiers, whose officers no police officers are.
const ARMED: &[&str] = &[
    "army",
    "armies",
    "military",
    "soldier",
    "soldiers",
    "troops",
    "navy",
    "colonel",
    "general",
    "brigade",
    "regiment",
    "battalion",
    "coup",
    "junta",
    "rebels",
    "militants",
    "militia",
    "lieutenant",
    "ministry",
    "marines",
];

/// Whether the words beside a word show that it means nobody.
fn is_other(words: &[Word], piece: &Piece) -> bool {
    if piece.end - piece.start != 1 || piece.titles().is_empty() && piece.role().is_none() {
        return false;
    }
    let word = &words[piece.start];
    let Some(beside) = all().get(word.norm.as_str()) else { return false };
    let near = |at: Option<usize>| at.and_then(|i| words.get(i)).filter(|w| w.sentence == word.sentence);
    let next = near(Some(piece.end)).map_or("", |w| w.norm.as_str());
    if beside.unless.contains(next) {
        return false;
    }
    let last = near(piece.start.checked_sub(1)).map_or("", |w| w.norm.as_str());
    let second = near(piece.start.checked_sub(2)).map_or("", |w| w.norm.as_str());
    let number = last.starts_with(|c: char| c.is_ascii_digit()) && beside.before.contains("#");
    number
        || beside.before.contains(last)
        || beside.before.contains(format!("{second} {last}").as_str())
        || beside.behind.contains(next)
}

/// "Mr King", "King's condition" where Ann King is told of: the name of a family.
fn is_family(words: &[Word], text: &str, families: &BTreeSet<&str>, piece: &Piece) -> bool {
    let word = &words[piece.start];
    if piece.end - piece.start != 1 || piece.titles().is_empty() || word.case != Case::Capital {
        return false;
    }
    if !all().get(word.norm.as_str()).is_some_and(|beside| beside.family) {
        return false;
    }
    let last = piece.start.checked_sub(1).map_or("", |i| words[i].norm.as_str());
    let goes_on = words
        .get(piece.end)
        .is_some_and(|w| w.is_word && w.case == Case::Capital && w.sentence == word.sentence);
    let name = range(words, piece.start, piece.end).of(text);
    !goes_on && last != "the" && (matches!(last, "mr" | "mrs" | "ms") || families.contains(name))
}

fn all() -> &'static BTreeMap<&'static str, Beside> {
    static ALL: LazyLock<BTreeMap<&'static str, Beside>> = LazyLock::new(|| {
        read(include_str!("../../data/actors/otherwise.tsv")).unwrap_or_else(|bad| panic!("{bad}"))
    });
    &ALL
}

fn read(file: &'static str) -> Result<BTreeMap<&'static str, Beside>, BadLine> {
    let mut all: BTreeMap<&'static str, Beside> = BTreeMap::new();
    for row in table::rows("otherwise.tsv", file, 3)? {
        for word in row.list(0) {
            let beside = all.entry(word).or_default();
            let set = match row.text(1) {
                "before" => &mut beside.before,
                "behind" => &mut beside.behind,
                "unless" => &mut beside.unless,
                "family" => {
                    beside.family = true;
                    continue;
                }
                other => return Err(row.bad(format!("«{other}» is no place"))),
            };
            set.extend(row.list(2));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named() {
        assert!(read(include_str!("../../data/actors/otherwise.tsv")).is_ok());
        let bad = read("head\tbefore\tthe\nhead\tabove\tof\n").unwrap_err();
        assert_eq!(bad.to_string(), "otherwise.tsv:2: «above» is no place");
    }
}
