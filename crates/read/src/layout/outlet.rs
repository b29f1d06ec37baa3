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
}
