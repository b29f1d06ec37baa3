//! Two sides taken up as one: "They agreed", "the two leaders", "both sides" after "A met B". What they do is done by those
//! who were told of together last.

use record::{ActorId, ActorMention, Confidence, Event, EventRole, EventType, Quad, Upos};

use super::args;
use super::assemble::Note;
use super::lexicon::Lexicon;
use super::roles::Scene;
use super::tree::Tree;

/// Sentences back within which two sides are looked for.
const BACK: usize = 3;

/// A word for two sides.
#[derive(Debug, Clone, Copy)]
enum Both {
    /// "they": those of the sentence before.
    Pronoun(usize),
    /// "the two leaders".
    Noun(usize),
}

/// Gives deeds of such subjects their doers.
pub(super) fn take_up(
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    for i in 0..events.len() {
        let tree = &trees[notes[i].sentence];
        let verb = notes[i].core;
        // Who did violence is another question: "they" are mostly the attackers.
        if notes[i].noun || events[i].kind.quad() == Quad::MaterialConflict {
            continue;
        }
        let Some(both) = subject(tree, lexicon, scene, verb) else { continue };
        let Some(pair) = pair(&events[..i], notes, notes[i].sentence, both) else { continue };
        let (Both::Pronoun(word) | Both::Noun(word)) = both;
        let range = tree.range(word);
        events[i].actors = pair
            .into_iter()
            .map(|actor| EventRole { range, actor: Some(actor), confidence: Confidence::Fact })
            .collect();
        let doers = events[i].actors.clone();
        events[i].targets.retain(|t| doers.iter().all(|d| d.actor != t.actor));
    }
}

/// Whether a verb's subject stands for two sides that were told of.
pub(super) fn told(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    verb: usize,
    sentence: usize,
    (events, notes): (&[Event], &[Note]),
) -> bool {
    subject(tree, lexicon, scene, verb).is_some_and(|both| pair(events, notes, sentence, both).is_some())
}

/// The two sides told of last before a word.
fn pair(before: &[Event], notes: &[Note], sentence: usize, both: Both) -> Option<Vec<ActorId>> {
    let (word, back) = match both {
        Both::Pronoun(word) => (word, 1),
        Both::Noun(word) => (word, BACK),
    };
    (0..before.len())
        .rev()
        .take_while(|&j| sentence.saturating_sub(notes[j].sentence) <= back)
        .filter(|&j| notes[j].sentence < sentence || notes[j].core < word)
        .find_map(|j| sides(&before[j]))
}

/// The subject of a verb that stands for two sides: "they", "both", "the two leaders", "both sides", "the delegations".
fn subject(tree: &Tree, lexicon: &Lexicon, scene: &Scene, verb: usize) -> Option<Both> {
    let subjects = args::of(tree, lexicon, verb).subjects;
    let [s] = subjects[..] else { return None };
    let before =
        |w: usize, words: &[&str]| tree.children(w).iter().any(|&c| c < w && words.contains(&tree.lemma(c)));
    // Who deals with another has sides, parties and delegations; leaders and armies may be of anybody.
    let two = |w: usize| {
        before(w, &["two", "both", "2"])
            || tree.xpos(w) == "NNS" && tree.children(w).iter().any(|&c| tree.form(c) == "their")
            || matches!(tree.lemma(w), "side" | "party" | "delegation" | "neighbour" | "neighbor")
                && tree.xpos(w) == "NNS"
                && before(w, &["the"])
                && !before(w, &["other"])
    };
    let describes = |m: &ActorMention| matches!(m.rule, "definite" | "role");
    let named = tree.children(s).iter().any(|&c| {
        matches!(tree.deprel(c), "amod" | "compound" | "nmod:poss")
            && tree.upos(c) != Upos::Pron
            // "The foreign ministers" are named by a word of their own, and by nobody's.
            && scene.mention(tree.range(c)).is_some_and(|m| tree.xpos(c) != "JJ" || !describes(m))
    });
    match tree.upos(s) {
        Upos::Pron => matches!(tree.form(s), "they" | "both").then_some(Both::Pronoun(s)),
        _ => (lexicon.in_class("sides", tree.lemma(s)) && two(s) && !named).then_some(Both::Noun(s)),
    }
}

/// Those who were told of together: two doers, or whoever met and whom.
fn sides(e: &Event) -> Option<Vec<ActorId>> {
    let together = matches!(e.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    let others = e.targets.iter().filter(|_| together && e.actors.len() == 1);
    let mut found: Vec<ActorId> = Vec::new();
    for role in e.actors.iter().chain(others) {
        if let Some(id) = role.actor.as_ref().filter(|id| !found.contains(id)) {
            found.push(id.clone());
        }
    }
    (found.len() == 2).then_some(found)
}
