//! Who is blamed for a deed, or claims it, in a sentence that does not tell which: "Police suspect the Front", "The group
//! claimed responsibility", "This is the work of the militia". It is the deed told last.

use record::{Confidence, Event, EventType, Factuality, Upos};

use super::assemble::Note;
use super::lexicon::{Cue, Lexicon};
use super::roles::{self, Scene, Weight};
use super::tree::Tree;

/// Sentences back within which the deed is looked for.
const BACK: usize = 3;

/// Gives deeds those whom a sentence behind theirs charges with them.
pub(super) fn take_up(
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    for (n, tree) in trees.iter().enumerate() {
        // Events stand in the order of their sentences.
        let from = notes.partition_point(|note| note.sentence + BACK < n);
        let end = notes.partition_point(|note| note.sentence <= n);
        for word in 0..tree.len() {
            let Some((who, confidence)) = charge(tree, lexicon, word) else { continue };
            // A deed that the charge names has its doer from there.
            let names = |i: usize| {
                let (e, note) = (&events[i], &notes[i]);
                note.sentence == n
                    && note.core != word
                    && e.kind != EventType::Accuse
                    && tree.is_below(note.core, word)
            };
            if is_denied(tree, word, &who) || (from..end).any(names) {
                continue;
            }
            let told = |&i: &usize| {
                let (event, note) = (&events[i], &notes[i]);
                let one = !note.noun || !note.plural;
                (note.sentence < n || note.core < word)
                    && one
                    && event.kind == EventType::Assault
                    && !event.aggregate
                    && !note.behind
                    && !matches!(
                        event.factuality,
                        Factuality::Planned
                            | Factuality::Threatened
                            | Factuality::Hypothetical
                            | Factuality::Denied
                    )
            };
            let Some(deed) = (from..end).rev().find(told) else { continue };
            for h in roles::named(tree, lexicon, scene, &who) {
                let somebody = roles::actor(tree, lexicon, scene, h).filter(|p| p.weight > Weight::Person);
                let Some(p) = somebody else { continue };
                let event = &mut events[deed];
                let mut sides = event.actors.iter().chain(&event.targets);
                if p.actor.is_some() && !sides.any(|r| r.actor == p.actor) {
                    event.actors.push(roles::role(&(p, confidence)));
                }
            }
        }
    }
}

/// Who is charged by a word, or claims something by it.
fn charge(tree: &Tree, lexicon: &Lexicon, word: usize) -> Option<(Vec<usize>, Confidence)> {
    // "This is the work of the militia"
    if matches!(tree.lemma(word), "work" | "handiwork" | "doing") {
        let this = tree.by_relation(word, "nsubj").any(|s| matches!(tree.form(s), "it" | "this" | "that"));
        let of = tree.by_relation(word, "nmod").filter(|&c| tree.preposition(c) == "of");
        return this.then(|| (of.flat_map(|c| tree.with_conjuncts(c)).collect(), Confidence::Accused));
    }
    // "The groups they hold responsible" are told of for another reason.
    if !tree.is_verb(word) || tree.deprel(word).starts_with("acl") {
        return None;
    }
    let args = super::args::of(tree, lexicon, word);
    let object = |words: &[&str]| args.objects.iter().any(|&o| words.contains(&tree.lemma(o)));
    match tree.lemma(word) {
        "claim" | "assume" | "take" | "accept" | "admit"
            if object(&["responsibility", "credit", "authorship"])
                || lexicon.has_cue(tree.lemma(word), Cue::Claims)
                    && args.objects.iter().any(|&o| tree.upos(o) == Upos::Pron) =>
        {
            Some((args.subjects, Confidence::Claimed))
        }
        "blame" | "suspect" => Some((args.objects, Confidence::Accused)),
        // "accused the army of provocation" is another charge.
        "accuse" if args.with(&["of"]).next().is_none() && args.complements.is_empty() => {
            Some((args.objects, Confidence::Accused))
        }
        "hold" if tree.children(word).iter().any(|&c| tree.lemma(c) == "responsible") => {
            Some((args.objects, Confidence::Accused))
        }
        _ => None,
    }
}

/// "No group has claimed it", "has not claimed it".
fn is_denied(tree: &Tree, word: usize, who: &[usize]) -> bool {
    let no =
        |w: usize| matches!(tree.lemma(w), "no" | "not" | "n't" | "never" | "nobody" | "none" | "neither");
    let denied = |i: usize| tree.children(i).iter().any(|&c| no(c));
    denied(word) || who.iter().any(|&h| no(h) || denied(h))
}
