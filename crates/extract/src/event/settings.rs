//! When and where a deed was, told in a sentence of its own: "A bus was blown up. It happened on 5 July in Callao.", "The
//! crime, committed on Friday, …". The nearest deed before that gives no time or place of its own gets it.

use record::{Event, EventType, Factuality, TimexType};

use super::assemble::Note;
use super::lexicon::Lexicon;
use super::roles::Scene;
use super::tree::Tree;

/// Sentences back within which the deed is looked for.
const BACK: usize = 2;
const PRONOUNS: &[&str] = &["it", "this", "that", "all", "everything"];

/// Gives deeds the times and places that such sentences tell.
pub(super) fn take_up(
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    for (n, tree) in trees.iter().enumerate() {
        let Some(verb) = setting(tree, lexicon) else { continue };
        if (0..events.len()).any(|i| notes[i].sentence == n && notes[i].core == verb) {
            continue;
        }
        let whole = tree.between(0, tree.len().saturating_sub(1));
        let below = |w: Option<usize>| w.is_some_and(|w| tree.is_below(w, verb));
        let time = scene.times_in(whole).into_iter().find(|&t| {
            let time = &scene.times[t];
            matches!(time.kind, TimexType::Date | TimexType::Time)
                && (time.anchored || !time.value.ends_with("_REF"))
                && below(tree.top(time.range))
        });
        let mut places: Vec<usize> = scene
            .places_in(whole)
            .into_iter()
            .filter(|&p| scene.places[p].locative && below(tree.top(scene.places[p].range)))
            .collect();
        places.sort_by_key(|&p| (scene.places[p].spot.precision, p));
        super::assemble::drop_measured(tree, scene, &mut places);
        let Some(deed) = last_deed(events, notes, n) else { continue };
        let event = &mut events[deed];
        event.time = event.time.or(time);
        if event.places.is_empty() {
            event.place = places.first().copied();
            event.places = places;
        }
    }
}

/// The verb of a sentence that tells when or where the deed before it was.
fn setting(tree: &Tree, lexicon: &Lexicon) -> Option<usize> {
    let takes_up = |i: usize| {
        let word = tree.lemma(i);
        PRONOUNS.contains(&word)
            || lexicon.in_class("takers-up", word) && super::reading::is_definite(tree, i)
    };
    (0..tree.len()).find(|&i| {
        if !tree.is_verb(i) {
            return false;
        }
        let word = tree.lemma(i);
        let place = || tree.by_relation(i, "obj").any(|o| tree.lemma(o) == "place");
        let occurs = lexicon.in_class("occurring", word) || word == "take" && place();
        let done = (lexicon.in_class("occurring", word) || lexicon.in_class("committing", word))
            && tree.deprel(i).starts_with("acl")
            && tree.head(i).is_some_and(|h| lexicon.in_class("takers-up", tree.lemma(h)) && takes_up(h));
        done || occurs && tree.by_relation(i, "nsubj").any(takes_up)
    })
}

/// The nearest deed before a sentence that really happened; of those told in one sentence the first.
fn last_deed(events: &[Event], notes: &[Note], sentence: usize) -> Option<usize> {
    let deed = |e: &Event| {
        e.kind == EventType::Assault
            && !e.aggregate
            && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
    };
    (sentence.saturating_sub(BACK)..=sentence)
        .rev()
        .find_map(|s| (0..events.len()).find(|&i| notes[i].sentence == s && deed(&events[i])))
}
