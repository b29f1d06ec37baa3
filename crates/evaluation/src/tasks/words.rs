//! Running text from sets that give words only.

use std::ops::Range;

/// Words put together again: no space before closing marks and clitics, none after opening ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// The text so far.
    pub text: String,
    fresh: bool,
}

impl Joined {
    /// Adds a word and says where it stands.
    pub fn word(&mut self, word: &str) -> Range<usize> {
        if !self.text.is_empty() && !self.fresh && !glued(&self.text, word) {
            self.text.push(' ');
        }
        self.fresh = false;
        let start = self.text.len();
        self.text.push_str(word);
        start..self.text.len()
    }

    /// Ends a paragraph.
    pub fn paragraph(&mut self) {
        if !self.text.is_empty() && !self.fresh {
            self.text.push_str("\n\n");
            self.fresh = true;
        }
    }
}

fn glued(text: &str, word: &str) -> bool {
    matches!(word, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "'" | "’" | "”")
        || matches!(
            word.to_lowercase().as_str(),
            "'s" | "’s" | "n't" | "n’t" | "'re" | "'ve" | "'ll" | "'d" | "'m"
        )
        || text.ends_with(['(', '[', '$', '“'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_it_was_printed() {
        let mut joined = Joined::default();
        for word in ["It", "was", "n't", "Iran", "'s", "(", "yet", ")", "."] {
            joined.word(word);
        }
        joined.paragraph();
        assert_eq!(joined.word("Next"), 25..29);
        assert_eq!(joined.text, "It wasn't Iran's (yet).\n\nNext");
    }
}
