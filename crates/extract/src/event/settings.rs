//! When and where a deed was, told in a sentence of its own: "A bus was blown up. It happened on 5 July in Callao.", "The
//! crime, committed on Friday, …". The nearest deed before that gives no time or place of its own gets it. What
//! one doer did one after the other was at one time and place.

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
        super::when_where::drop_measured(tree, scene, &mut places);
        let Some(deed) = last_deed(events, notes, n) else { continue };
        let event = &mut events[deed];
        event.time = event.time.or(time);
        if event.places.is_empty() {
            event.place = places.first().copied();
            event.places = places;
        }
    }
}

/// "Gunmen attacked the post in Tessit on Monday and killed two guards": what one doer did one after the other was there
/// and then, unless something else is said.
pub(super) fn share(tree: &Tree, number: usize, events: &mut [Event], notes: &[Note]) {
    let first = notes.partition_point(|n| n.sentence < number);
    let at = |core: usize| (first..notes.len()).find(|&i| notes[i].core == core);
    for (i, note) in notes.iter().enumerate().skip(first) {
        let core = note.core;
        let own = ["nsubj", "nsubj:pass", "csubj"].iter().any(|r| tree.by_relation(core, r).next().is_some());
        if !tree.is(core, "conj") || !tree.is_verb(core) || own {
            continue;
        }
        let Some(before) = tree.head(core).filter(|&h| tree.is_verb(h)).and_then(at) else { continue };
        let (from, to) = if before < i { (before, i) } else { (i, before) };
        let (head, tail) = events.split_at_mut(to);
        let (earlier, later) = (&mut head[from], &mut tail[0]);
        // "Visited Paris and condemned the attack in Lagos" are things of two kinds.
        if earlier.factuality != later.factuality || earlier.kind.quad() != later.kind.quad() {
            continue;
        }
        // "Arrested him in Leeds and extradited him a year later"
        let timed = later.time.is_some();
        later.time = later.time.or(earlier.time);
        if later.places.is_empty() && !timed {
            later.place = earlier.place;
            later.places.clone_from(&earlier.places);
        }
    }
}

/// "Two were shot on 4 August, when masked men attacked a demonstration": what is struck was then and there.
pub(super) fn struck(tree: &Tree, number: usize, events: &mut [Event], notes: &[Note]) {
    let first = notes.partition_point(|n| n.sentence < number);
    for i in first..notes.len() {
        let gathering = matches!(events[i].kind, EventType::Protest | EventType::Consult) && notes[i].noun;
        let core = notes[i].core;
        let Some(verb) = tree.head(core).filter(|_| gathering && tree.is(core, "obj")) else { continue };
        let blow = (first..notes.len()).find(|&j| notes[j].core == verb);
        let Some(blow) = blow.filter(|&j| events[j].kind == EventType::Assault) else { continue };
        events[i].time = events[i].time.or(events[blow].time);
        if events[i].places.is_empty() {
            events[i].place = events[blow].place;
            events[i].places = events[blow].places.clone();
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
