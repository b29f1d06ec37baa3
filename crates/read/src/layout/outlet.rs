//! "Northern Post": a line that only names who publishes.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::data::{self, BadLine};

/// The most words of such a name.
const WORDS: usize = 5;

/// Whether a line is the name of an outlet: few words, all capitalised, one of them such as outlets are called by.
/// Behind a bar may stand its motto.
pub(super) fn is_outlet(line: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("outlets.txt", include_str!("../../data/outlets.txt"));
        data::embedded(rows).into_iter().map(|([name], _)| name).collect()
    });
    let (name, motto) = line.split_once(" | ").unwrap_or((line, ""));
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "and" | "&");
    let told = |w: &&str| NAMES.contains(w.to_lowercase().as_str());
    (1..=WORDS).contains(&words.len())
        && words.iter().copied().chain(motto.split_whitespace()).all(capital)
        && words.iter().any(told)
}

/// The most words of whoever gives a paper out.
const ISSUER_WORDS: usize = 12;

/// What a word of `data/issuers.txt` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Issuer {
    Name,
    With,
    Tells,
}

fn issuer_word(word: &str) -> Option<Issuer> {
    static WORDS: LazyLock<HashMap<&str, Issuer>> =
        LazyLock::new(|| data::embedded(issuers(include_str!("../../data/issuers.txt"))));
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    WORDS.get(bare.as_str()).copied()
}

fn issuers(file: &'static str) -> Result<HashMap<&'static str, Issuer>, BadLine> {
    let mut all = HashMap::new();
    for ([word, kind], at) in data::rows("issuers.txt", file)? {
        let kind = match kind {
            "name" => Issuer::Name,
            "with" => Issuer::With,
            "tells" => Issuer::Tells,
            other => return Err(at.bad(format!("«{other}» is no kind"))),
        };
        all.insert(word, kind);
    }
    Ok(all)
}

/// The most words of a part of such a line that names nobody ("Northern Region").
const REST_WORDS: usize = 3;

/// "Ministry of Interior – Press Office", "Press release", "Bulletin 12": a line that only names who gives a paper out, or
/// what sort of paper it is.
pub(super) fn is_issuer(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let parts: Vec<Vec<&str>> = words
        .split(|w| !w.contains(char::is_alphanumeric))
        .filter(|part| !part.is_empty())
        .map(<[&str]>::to_vec)
        .collect();
    let count: usize = parts.iter().map(Vec::len).sum();
    let fits = |w: &&str| {
        let open = w.trim_start_matches(['(', '[', '"', '“']);
        open.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(issuer_word(w), Some(Issuer::Name))
            || is_small(w)
    };
    // In a headline such a word is one among many: "Government Forces Retake Town", "Rebels Release Four".
    let rest = |part: &Vec<&str>| {
        part.len() <= REST_WORDS || part.iter().any(|w| issuer_word(w) == Some(Issuer::Name))
    };
    (1..=ISSUER_WORDS).contains(&count)
        && parts.iter().flatten().all(fits)
        && !parts.iter().flatten().any(|w| issuer_word(w) == Some(Issuer::Tells))
        && parts.iter().any(|part| names_issuer(part))
        && parts.iter().all(rest)
}

/// Whether one of the words is the head of a name: before "of" or a number, or the last; and at most one word before it
/// is none that such names are made of.
fn names_issuer(part: &[&str]) -> bool {
    let end = part.iter().position(|w| w.starts_with(['(', '['])).unwrap_or(part.len());
    (0..end).filter(|&i| issuer_word(part[i]) == Some(Issuer::Name)).any(|i| {
        let others = part[..i].iter().filter(|w| issuer_word(w).is_none()).count();
        let next = (i + 1 < end).then(|| part[i + 1]);
        let number = |w: &str| {
            w.starts_with(|c: char| c.is_ascii_digit())
                || w.eq_ignore_ascii_case("no.")
                || w.starts_with("N°")
        };
        match next {
            None => others <= 1,
            Some(w) if is_small(&w.to_lowercase()) => others <= 1,
            Some(w) => others == 0 && number(w),
        }
    })
}

/// A word that such names have in lower case.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "the" | "and" | "for" | "on" | "in" | "to" | "de" | "del" | "du" | "des" | "la" | "y" | "et"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets() {
        for line in [
            "Capital News Agency",
            "The Northern Post",
            "Radio Harbour",
            "Harbour News | The Voice of the Coast",
        ] {
            assert!(is_outlet(line), "{line}");
        }
        for line in ["News of the talks spreads", "Army Chief Dies", "Two Killed in Port", ""] {
            assert!(!is_outlet(line), "{line}");
        }
    }

    #[test]
    fn a_bad_line_of_the_issuers_is_named() {
        let bad = issuers("office\tname\nraid\tverb\n").err().map(|e| e.to_string());
        assert_eq!(bad.as_deref(), Some("issuers.txt:2: «verb» is no kind"));
    }

    #[test]
    fn who_gives_a_paper_out() {
        for line in [
            "MINISTRY OF THE INTERIOR AND OF THE COMMUNES",
            "Ministry of Interior – Press Office",
            "Regional Office North – Bulletin 12",
            "Press release",
            "U.S. DEPARTMENT OF LABOR",
            "DEFENSORÍA DEL PUEBLO",
            "Media release, 18 October 2026",
            "Communiqué No. 31/CAB",
            "National Atomic Agency (NAA)",
            "Harbour Observatory for Human Rights",
            "Federal Republic of Ruritania",
        ] {
            assert!(is_issuer(line), "{line}");
        }
        for line in [
            "Ministry says three killed",
            "Statement by the minister on the raid",
            "Harbour shelled again",
            "Government Forces Retake Town in North",
            "Rebels Release Four Hostages",
            "Gunmen Storm Ministry of Interior",
            "Army Takes Rebel Headquarters",
            "Ministry of Interior Says Three Killed",
            "Government of Ruritania Resigns",
            "Embassy Staff Leave Capital in Convoy",
            "Army Denies Raid on Port Town – Ministry of Defence",
        ] {
            assert!(!is_issuer(line), "{line}");
        }
    }
}
