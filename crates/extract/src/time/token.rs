//! Words, numbers and marks of a stretch of text, as the time grammar sees them.

use record::TextRange;

/// A run of letters and digits, or one mark.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Where, in the text that was split.
    pub(super) range: TextRange,
    /// Lower case.
    pub(super) lower: String,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Whether it is a word all in capitals.
    pub(super) loud: bool,
    /// Whether nothing stands between it and the token before.
    pub(super) glued: bool,
    /// Whether an empty line stands before it.
    pub(super) paragraph: bool,
}

impl Token {
    /// The number it is, if it is all digits (at most nine).
    pub(super) fn digits(&self) -> Option<u32> {
        (self.lower.len() <= 9 && self.lower.bytes().all(|b| b.is_ascii_digit()))
            .then(|| self.lower.parse().ok())
            .flatten()
    }

    /// Whether it ends a sentence.
    pub(super) fn ends_sentence(&self) -> bool {
        matches!(self.lower.as_str(), "." | "!" | "?")
    }
}

/// The tokens of a text. A clitic ("'s", "'ll") is one token; so is a number with its suffix ("1990s", "21st").
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last_end = 0;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let apostrophe = matches!(c, '\'' | '’');
        let clitic =
            apostrophe && start > 0 && last_end == start && tokens.last().is_some_and(Token::is_word);
        if c.is_alphanumeric() || clitic {
            while let Some((at, next)) = chars.next_if(|(_, n)| n.is_alphanumeric()) {
                end = at + next.len_utf8();
            }
        }
        let between = text.get(last_end..start).unwrap_or("");
        tokens.push(Token {
            range: TextRange::new(start, end),
            lower: text.get(start..end).unwrap_or("").to_lowercase(),
            capital: c.is_uppercase(),
            loud: c.is_uppercase() && !text.get(start..end).unwrap_or("").contains(char::is_lowercase),
            glued: between.is_empty() && start > 0,
            paragraph: between.matches('\n').count() > 1,
        });
        last_end = end;
    }
    tokens
}

impl Token {
    fn is_word(&self) -> bool {
        self.lower.starts_with(char::is_alphanumeric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_the_grammar_needs_it() {
        let split = |text: &str| -> Vec<String> { tokens(text).into_iter().map(|t| t.lower).collect() };
        assert_eq!(split("Friday's mid-October"), ["friday", "'s", "mid", "-", "october"]);
        assert_eq!(split("the 1990s, 9:30 p.m."), ["the", "1990s", ",", "9", ":", "30", "p", ".", "m", "."]);
        assert!(tokens("a\n\nb")[1].paragraph);
    }
}
