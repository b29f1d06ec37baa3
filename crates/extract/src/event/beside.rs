//! What the sentences beside a deed's own tell of it, as the model judges: where it was and who did it, where its own
//! sentence does not tell. (It judges when it was, too: dates so found made no record better.)

use std::collections::BTreeSet;

use record::{Confidence, Event, EventType, Factuality, Participant};

use super::assemble::Note;
use super::lexicon::Lexicon;
use super::roles::{self, Scene};
use super::tree::Tree;
use super::when_where;

/// Percent from which on a place of a sentence beside a deed's is taken for where it was, and somebody for who did it.
/// Chosen on the passages and piles to work on.
const PLACE: u8 = 60;
const ACTOR: u8 = 70;

/// Gives deeds the places and doers that the sentences beside theirs tell.
pub(super) fn complete(
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    // "Talks will be held in Tessit. … At least 200 people have been killed": where they talk, and nothing else was done.
    let places_of = |of: &dyn Fn(EventType) -> bool| -> BTreeSet<usize> {
        events.iter().filter(|e| of(e.kind)).flat_map(|e| e.places.iter().copied()).collect()
    };
    let talks = places_of(&|kind| matches!(kind, EventType::Consult | EventType::Agree));
    let blows = places_of(&|kind| kind == EventType::Assault);
    let talks: BTreeSet<usize> = talks.difference(&blows).copied().collect();
    for (event, note) in events.iter_mut().zip(notes) {
        let Some(tree) = trees.get(note.sentence) else { continue };
        let Some(deed) = tree.judged(event.trigger) else { continue };
        let at = |p: &Participant| trees.get(note.sentence.checked_add_signed(p.beside.into())?);
        let near: Vec<(&Tree, &Participant)> = tree.beside(deed).filter_map(|p| Some((at(p)?, p))).collect();
        if event.places.is_empty() {
            event.places = places(scene, &near);
            event.places.retain(|p| event.kind != EventType::Assault || !talks.contains(p));
            event.place = event.places.first().copied();
        }
        // What takes up another deed, or came of one, was done by whoever did that; what nobody did, by nobody.
        let told = !matches!(event.factuality, Factuality::Hypothetical | Factuality::Denied);
        if event.actors.is_empty() && told && event.same_as.is_none() && !note.outcome {
            let surest = near.iter().filter(|(_, p)| p.actor >= ACTOR).max_by_key(|(_, p)| p.actor);
            let found = surest.and_then(|(tree, p)| roles::actor(tree, lexicon, scene, p.word as usize));
            let other =
                found.filter(|p| p.actor.is_none() || event.targets.iter().all(|t| t.actor != p.actor));
            event.actors.extend(other.map(|p| roles::role(&(p, Confidence::Fact))));
        }
    }
}

/// The places among what stands beside a deed that are likely where it was, the finest first.
fn places(scene: &Scene, near: &[(&Tree, &Participant)]) -> Vec<usize> {
    let told_there = |tree: &Tree, p: &Participant| when_where::telling(tree, p.word as usize).is_some();
    let likely = near.iter().filter(|(tree, p)| p.place >= PLACE && !told_there(tree, p));
    let all = likely.flat_map(|(tree, p)| scene.places_in(tree.range(p.word as usize)));
    let mut places: Vec<usize> = all.filter(|&p| scene.places[p].locative).collect();
    places.sort_by_key(|&p| (scene.places[p].spot.precision, p));
    places.dedup();
    places
}
