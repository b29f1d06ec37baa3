//! Who is blamed for a deed, or claims it, in a sentence that does not tell which: "Police suspect the Front", "The group
//! claimed responsibility", "This is the work of the militia". It is the deed told last.

use record::{Confidence, Event, EventType, Factuality, Quad, Upos};

use super::assemble::Note;
use super::lexicon::{Cue, Lexicon};
use super::roles::{self, Scene, Weight};
use super::spot::Candidate;
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

/// "The army accused the Front of both attacks", "claimed responsibility for the two bombings": the two deeds told last.
pub(super) fn share_both(trees: &[Tree], events: &mut [Event], notes: &[Note]) {
    for i in 0..events.len() {
        let (tree, note) = (&trees[notes[i].sentence], &notes[i]);
        let both = |&c: &usize| c < note.core && matches!(tree.lemma(c), "both" | "two" | "2");
        if !note.noun
            || !note.plural
            || events[i].kind != EventType::Assault
            || !tree.children(note.core).iter().any(both)
        {
            continue;
        }
        let charged: Vec<_> = events[i]
            .actors
            .iter()
            .filter(|r| matches!(r.confidence, Confidence::Accused | Confidence::Claimed))
            .cloned()
            .collect();
        let mut deeds: Vec<usize> = Vec::new();
        let near = (0..i).rev().take_while(|&j| notes[j].sentence + BACK_BOTH >= note.sentence);
        for j in near
            .filter(|&j| is_deed(&events[j]) && !events[j].aggregate && !(notes[j].noun && notes[j].plural))
        {
            let first = super::links::first(events, j);
            if deeds.len() < 2 && !deeds.contains(&first) {
                deeds.push(first);
            }
        }
        let [a, b] = deeds[..] else { continue };
        for role in charged {
            for deed in [a, b] {
                let mut sides = events[deed].actors.iter().chain(&events[deed].targets);
                if !sides.any(|r| r.actor == role.actor) {
                    events[deed].actors.push(role.clone());
                }
            }
        }
    }
}

/// "Norland accused Ruritania of provocations after it fired at a boat": who is taken to task did the violence that the
/// pronoun does, not who speaks.
pub(super) fn taken_to_task(tree: &Tree, c: &Candidate, all: &[Candidate]) -> Option<Vec<usize>> {
    let &[pronoun] = c.args().subjects.as_slice() else { return None };
    let material = c.kind.quad() == Quad::MaterialConflict && !c.found.entry.flags.swapped;
    if !material || tree.upos(pronoun) != Upos::Pron {
        return None;
    }
    let clause = std::iter::successors(Some(c.core()), |&i| tree.head(i).filter(|_| tree.is(i, "conj")));
    let clause = clause.take(4).last().filter(|&i| tree.is(i, "advcl"))?;
    let because = |&m: &usize| matches!(tree.lemma(m), "after" | "because" | "since" | "when" | "as" | "for");
    tree.children(clause).iter().copied().find(|m| *m < clause && because(m))?;
    let above = std::iter::successors(tree.head(clause), |&i| tree.head(i)).take(4);
    let charges =
        |o: &&Candidate| matches!(o.kind, EventType::Accuse | EventType::Reject | EventType::Sanction);
    let charge = above
        .into_iter()
        .find_map(|h| all.iter().filter(|o| !o.is_noun() && o.core() == h && h < clause).find(charges))?;
    let &[object] = charge.args().objects.as_slice() else { return None };
    let several = tree.xpos(object).ends_with('S') || tree.lemma(object) == "police";
    let fits = match tree.form(pronoun) {
        "they" => true,
        "it" | "he" | "she" => !several,
        _ => false,
    };
    (fits && tree.is_nominal(object) && tree.upos(object) != Upos::Pron && object < clause)
        .then(|| vec![object])
}

/// Sentences back within which two deeds are looked for.
const BACK_BOTH: usize = 5;

/// Whether a deed of violence is told as having happened.
fn is_deed(e: &Event) -> bool {
    e.kind == EventType::Assault && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
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
