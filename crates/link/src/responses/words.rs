//! Words that say that one deed answers another (`data/answers.tsv`).

use std::sync::OnceLock;

use record::TextRange;

/// The words of `answers.tsv`.
pub(super) struct Words {
    pub(super) strong: Vec<&'static str>,
    pub(super) weak: Vec<&'static str>,
    pub(super) told: Vec<&'static str>,
    pub(super) reply: Vec<&'static str>,
    pub(super) leads: Vec<&'static str>,
    pub(super) soon: Vec<&'static str>,
    pub(super) those: Vec<&'static str>,
}

impl Words {
    pub(super) fn embedded() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            crate::data::ours("answers.tsv", Words::read(include_str!("../../data/answers.tsv")))
        })
    }

    /// Reads the file. The error names the bad line.
    fn read(file: &'static str) -> Result<Words, String> {
        let mut words = Words {
            strong: Vec::new(),
            weak: Vec::new(),
            told: Vec::new(),
            reply: Vec::new(),
            leads: Vec::new(),
            soon: Vec::new(),
            those: Vec::new(),
        };
        for (n, [what, phrases]) in crate::data::rows(file)? {
            let list = match what {
                "strong" => &mut words.strong,
                "weak" => &mut words.weak,
                "told" => &mut words.told,
                "reply" => &mut words.reply,
                "leads" => &mut words.leads,
                "soon" => &mut words.soon,
                "those" => &mut words.those,
                _ => return Err(format!("line {n}: «{what}» is nothing that words do")),
            };
            list.extend(phrases.split(';').map(str::trim).filter(|p| !p.is_empty()));
            // Of two that begin alike the longer one.
            list.sort_by_key(|p| std::cmp::Reverse(p.len()));
        }
        Ok(words)
    }
}

/// Where phrases stand in a text in lower case, as whole words, none over another, in order.
pub(super) fn occurrences(lower: &str, phrases: &[&str]) -> Vec<TextRange> {
    let mut found: Vec<TextRange> = Vec::new();
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    for phrase in phrases {
        for (at, _) in lower.match_indices(phrase) {
            let end = at + phrase.len();
            let whole = !inside(lower[..at].chars().next_back()) && !inside(lower[end..].chars().next());
            let range = TextRange::new(at, end);
            if whole && found.iter().all(|f| !f.overlaps(range)) {
                found.push(range);
            }
        }
    }
    found.sort();
    found
}

/// Nouns for an answer up to their "to" or "for" ("the answer of the state to").
pub(super) fn replies(lower: &str, nouns: &[&str]) -> Vec<TextRange> {
    let ends = |at: TextRange| {
        let rest = &lower[at.end()..];
        let mut end = at.end();
        for word in rest.split(' ').take(6) {
            end += word.len() + 1;
            match word {
                "to" | "for" => return Some(TextRange::new(at.start(), end - 1)),
                w if w.ends_with([',', '.', ';', ':']) => return None,
                _ => {}
            }
        }
        None
    };
    occurrences(lower, nouns).into_iter().filter_map(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_and_the_longest() {
        let found = occurrences("days after the raid, hereafter", &["after the", "after"]);
        assert_eq!(found, [TextRange::new(5, 14)]);
        assert_eq!(replies("the answer of the state to the raid", &["answer"]), [TextRange::new(4, 26)]);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(Words::read("# x\nloud\tafter").is_err_and(|e| e.starts_with("line 2")));
    }
}
