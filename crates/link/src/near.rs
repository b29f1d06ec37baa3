//! Which events and mentions of a report stand in a stretch of its text. They come in order, so none of the others is
//! looked at: a report that tells of thousands of deeds is not read again for each of them.

use std::ops::Range;

use record::{ActorMention, Analysis, TextRange};

/// The events whose trigger begins in a stretch.
pub(crate) fn events_in(a: &Analysis, stretch: TextRange) -> Range<usize> {
    let before = |at: usize| a.events.partition_point(|e| e.trigger.start() < at);
    before(stretch.start())..before(stretch.end())
}

/// The mentions of actors that begin in a stretch.
pub(crate) fn mentions_in(a: &Analysis, stretch: TextRange) -> &[ActorMention] {
    let before = |at: usize| a.mentions.partition_point(|m| m.range.start() < at);
    &a.mentions[before(stretch.start())..before(stretch.end())]
}

/// A stretch with the whole of every sentence that it touches: what covers or overlaps it begins there.
pub(crate) fn around(a: &Analysis, stretch: TextRange) -> TextRange {
    let sentences = &a.parsed.sentences;
    let first = sentences.partition_point(|s| s.range.end() <= stretch.start());
    let behind = sentences.partition_point(|s| s.range.start() < stretch.end());
    let touched = sentences.get(first..behind).unwrap_or_default();
    touched.iter().fold(stretch, |all, s| all.cover(s.range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_stretch_has_its_events_and_the_sentences_it_touches() {
        let mut a = report("a", None, "Rebels shelled a town. Troops raided a camp. Gunmen shot two men.");
        let events = ["shelled", "raided", "shot"].map(|w| assault(&mut a, w));
        assert_eq!(events_in(&a, at(&a, "Troops raided a camp.")), events[1]..events[2]);
        assert_eq!(events_in(&a, at(&a, "a camp")), 2..2);
        assert_eq!(around(&a, at(&a, "camp")).of(&a.report.text), "Troops raided a camp.");
        assert_eq!(events_in(&a, around(&a, at(&a, "town. Troops"))), 0..2);
    }
}
