//! Places in a report's text.

use crate::ReportId;

/// Bytes `start..end` of one report's text (from 0, end exclusive), always on character boundaries of that text
/// and never backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// A range; if `end < start` it is empty at `start`. Offsets beyond 4 GiB are clamped (a report is never that
    /// long: `read` limits it).
    #[must_use]
    pub fn new(start: usize, end: usize) -> TextRange {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let start = clamp(start);
        TextRange { start, end: clamp(end).max(start) }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words; empty if the range does not fit `text` (it then belongs to another text).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// As a standard range of bytes.
    #[must_use]
    pub fn bytes(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }
}

impl From<std::ops::Range<usize>> for TextRange {
    fn from(r: std::ops::Range<usize>) -> TextRange {
        TextRange::new(r.start, r.end)
    }
}

/// A place in one of several reports: what every value in a record points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Whose text.
    pub report: ReportId,
    /// Where in it.
    pub range: TextRange,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_never_backwards_and_never_panics_on_a_foreign_text() {
        let r = TextRange::new(5, 2);
        assert!(r.is_empty() && r.start() == 5);
        assert_eq!(TextRange::new(0, 99).of("short"), "");
        assert_eq!(TextRange::new(1, 2).of("é"), "", "inside a character");
    }
}
