//! Bytes to code points and back.

use ::record::TextRange;

const STEP: usize = 256;

/// Translates offsets of one text between bytes and Unicode code points.
#[derive(Debug)]
pub struct Points<'t> {
    text: &'t str,
    /// Code points before byte `i * STEP`; empty for an ASCII text, where both are the same.
    before: Vec<usize>,
}

impl<'t> Points<'t> {
    /// The table for a text.
    #[must_use]
    pub fn new(text: &'t str) -> Points<'t> {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                before.push(seen);
                seen += starts(chunk);
            }
        }
        Points { text, before }
    }

    /// The code point that byte `at` begins.
    #[must_use]
    pub fn of_byte(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.before.is_empty() {
            return at;
        }
        let block = (at / STEP).min(self.before.len() - 1);
        self.before[block] + starts(&self.text.as_bytes()[block * STEP..at])
    }

    /// The byte at which code point `point` begins; the end of the text if there are fewer.
    #[must_use]
    pub fn to_byte(&self, point: usize) -> usize {
        if self.before.is_empty() {
            return point.min(self.text.len());
        }
        let block = self.before.partition_point(|&n| n <= point).saturating_sub(1);
        let mut missing = point - self.before[block];
        for (i, b) in self.text.as_bytes()[block * STEP..].iter().enumerate() {
            if is_start(*b) {
                if missing == 0 {
                    return block * STEP + i;
                }
                missing -= 1;
            }
        }
        self.text.len()
    }

    /// A range of bytes in code points: start and end.
    #[must_use]
    pub fn range(&self, range: TextRange) -> (usize, usize) {
        (self.of_byte(range.start()), self.of_byte(range.end()))
    }

    /// A range of code points in bytes.
    #[must_use]
    pub fn bytes(&self, start: usize, end: usize) -> TextRange {
        TextRange::new(self.to_byte(start), self.to_byte(end))
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| is_start(**b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree_on_every_character() {
        for text in ["", "plain", "«é» ’x’ 日本 🦀", &"ab’".repeat(400)] {
            let points = Points::new(text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(points.of_byte(byte), n, "{text:.20} byte {byte}");
                assert_eq!(points.to_byte(n), byte, "{text:.20} point {n}");
            }
            assert_eq!(points.of_byte(text.len()), text.chars().count());
            assert_eq!(points.to_byte(text.chars().count() + 5), text.len());
        }
    }
}
