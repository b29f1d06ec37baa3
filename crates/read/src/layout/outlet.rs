//! "Northern Post": a line that only names who publishes.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::data;

/// The most words of such a name.
const WORDS: usize = 5;

/// Whether a line is the name of an outlet: few words, all capitalised, one of them such as outlets are called by.
pub(super) fn is_outlet(line: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("outlets.txt", include_str!("../../data/outlets.txt"));
        data::embedded(rows).into_iter().map(|([name], _)| name).collect()
    });
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "the" | "and" | "&");
    let told = |w: &&str| NAMES.contains(w.to_lowercase().as_str());
    (1..=WORDS).contains(&words.len()) && words.iter().all(capital) && words.iter().any(told)
}

/// The most words of whoever gives a paper out.
const ISSUER_WORDS: usize = 12;

/// "Ministry of Interior – Press Office", "Press release", "Bulletin 12": a line that only names who gives a paper out, or
/// what sort of paper it is.
pub(super) fn is_issuer(line: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("issuers.txt", include_str!("../../data/issuers.txt"));
        data::embedded(rows).into_iter().map(|([name], _)| name).collect()
    });
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<&str> =
        line.split_whitespace().filter(|w| w.contains(|c: char| c.is_alphanumeric())).collect();
    let told = |w: &&str| NAMES.contains(bare(w).as_str());
    let capital = |w: &&str| {
        w.trim_start_matches(['(', '[', '"', '“'])
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || told(w)
            || matches!(
                *w,
                "of" | "the"
                    | "and"
                    | "for"
                    | "on"
                    | "in"
                    | "to"
                    | "de"
                    | "del"
                    | "du"
                    | "des"
                    | "la"
                    | "y"
                    | "et"
            )
    };
    (1..=ISSUER_WORDS).contains(&words.len()) && words.iter().all(capital) && words.iter().any(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets() {
        for line in ["Capital News Agency", "The Northern Post", "Radio Harbour"] {
            assert!(is_outlet(line), "{line}");
        }
        for line in ["News of the talks spreads", "Army Chief Dies", "Two Killed in Port", ""] {
            assert!(!is_outlet(line), "{line}");
        }
    }

    #[test]
    fn who_gives_a_paper_out() {
        for line in [
            "MINISTRY OF THE INTERIOR AND OF THE COMMUNES",
            "Ministry of Interior – Press Office",
            "Regional Office North – Bulletin 12",
            "Press release",
            "U.S. DEPARTMENT OF LABOR",
        ] {
            assert!(is_issuer(line), "{line}");
        }
        for line in
            ["Ministry says three killed", "Statement by the minister on the raid", "Harbour shelled again"]
        {
            assert!(!is_issuer(line), "{line}");
        }
    }
}
