//! "They have traded fire since October. More than 200 have been killed": a count that goes on from what has gone on for
//! long sums up as much.

use record::{Event, EventType};

use super::assemble::Note;
use super::lexicon::Lexicon;
use super::tree::Tree;

/// Takes those who have been killed or hurt at no time that is told for the toll of all that the sentence before sums up.
pub(super) fn go_on(trees: &[Tree], lexicon: &Lexicon, events: &mut [Event], notes: &[Note]) {
    for i in 0..events.len() {
        let (event, note) = (&events[i], &notes[i]);
        let Some(before) = note.sentence.checked_sub(1) else { continue };
        let tree = &trees[note.sentence];
        let have = |&c: &usize| tree.is(c, "aux") && tree.lemma(c) == "have";
        let harm = ["kills", "wounds"].iter().any(|of| lexicon.in_class(of, &note.word));
        let perfect = harm && !note.noun && tree.children(note.core).iter().any(have);
        let summed = |j: usize| {
            notes[j].sentence == before && events[j].kind == EventType::Assault && events[j].aggregate
        };
        if perfect && event.time.is_none() && (0..i).rev().any(summed) {
            events[i].aggregate = true;
        }
    }
}
