//! Who lets go whom: of people who were taken or held and are told in the same sentence to have been let go, without a word
//! of whoever did that, those who took them ("the two engineers kidnapped by the Front were freed on Friday").

use record::{Confidence, Event, EventRole, Mode};

use super::assemble::Note;
use super::tree::Tree;

/// Gives releases that name nobody the doers of the capture that their sentence tells.
pub(super) fn take_up(trees: &[Tree], events: &mut [Event], notes: &[Note]) {
    for i in 0..events.len() {
        let tree = &trees[notes[i].sentence];
        if events[i].mode != Some(Mode::Release) || !events[i].actors.is_empty() || is_raided(tree) {
            continue;
        }
        let captors: Vec<EventRole> = (0..events.len())
            .filter(|&j| notes[j].sentence == notes[i].sentence && takes(&events[j], &events[i]))
            .flat_map(|j| events[j].actors.iter().filter(|r| r.confidence == Confidence::Fact).cloned())
            .collect();
        events[i].actors = captors;
    }
}

/// Whether one event takes or holds those whom the other lets go.
fn takes(capture: &Event, release: &Event) -> bool {
    let same = |a: &EventRole| release.targets.iter().any(|b| a.range == b.range);
    matches!(capture.mode, Some(Mode::Abduct | Mode::Arrest)) && capture.targets.iter().any(same)
}

/// "Were freed in a police raid": by others.
fn is_raided(tree: &Tree) -> bool {
    let by_force = |i: usize| matches!(tree.lemma(i), "raid" | "operation" | "rescue" | "assault" | "storm");
    (0..tree.len()).any(by_force)
}
