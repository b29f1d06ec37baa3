//! Accidents: who dies in a crash has been killed by nobody.

use record::EventType;

use super::lexicon::Lexicon;
use super::spot::{Candidate, Standing};
use super::tree::Tree;

/// Takes the harm that an accident does for no deed, unless the sentence tells of violence too: "crashed after it was hit
/// by a missile".
pub(super) fn mark(tree: &Tree, lexicon: &Lexicon, all: &mut [Candidate]) {
    let event = |c: &Candidate| c.standing == Standing::Event && c.kind == EventType::Assault;
    // Ships collide on purpose, too: that is no accident by itself.
    let mishap = |c: &Candidate| {
        let collides = matches!(tree.lemma(c.core()), "collide" | "collision");
        c.found.entry.is_any() && !collides && is_mishap(tree, lexicon, c.core())
    };
    let harm = |c: &Candidate| is_harm(tree, lexicon, c.core()) || mishap(c);
    if all.iter().any(|c| event(c) && !harm(c)) || tells_of_arms(tree, lexicon) {
        return;
    }
    for c in all.iter_mut().filter(|c| event(c)) {
        if mishap(c) || is_by_mishap(tree, lexicon, c.core()) {
            c.standing = Standing::Figurative;
        }
    }
}

/// Words for what became of those hit, whoever hit them.
fn is_harm(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let lost =
        matches!(tree.lemma(i), "destroy" | "damage" | "destruction" | "claim" | "leave" | "lose" | "loss");
    lost || ["kills", "wounds", "dead"].iter().any(|class| lexicon.in_class(class, tree.lemma(i)))
}

/// "An accident", "crashed". A car that is driven into people need be none.
fn is_mishap(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let into = || tree.by_relation(i, "obl").any(|o| tree.preposition(o) == "into");
    let craft = || {
        let mut subjects = tree.by_relation(i, "nsubj");
        subjects.any(|s| lexicon.in_class("craft", tree.lemma(s)) && tree.lemma(s) != "drone")
    };
    lexicon.in_class("mishaps", tree.lemma(i)) && (!into() || craft())
}

fn tells_of_arms(tree: &Tree, lexicon: &Lexicon) -> bool {
    let violent =
        |word: &str| ["bombs", "attacks", "fates"].iter().any(|class| lexicon.in_class(class, word));
    let arms = |word: &str| {
        matches!(
            word,
            "shoot" | "down" | "fire" | "missile" | "rocket" | "gunfire" | "sabotage" | "hijack" | "mine"
        )
    };
    (0..tree.len()).map(|i| tree.lemma(i)).any(|word| violent(word) || arms(word))
}

/// Whether harm was done in an accident: "killed in a crash", "died when a plane crashed", "crashed, killing five".
fn is_by_mishap(tree: &Tree, lexicon: &Lexicon, harm: usize) -> bool {
    // "At the scene of the accident."
    let of = |o: usize| tree.by_relation(o, "nmod").find(|&n| tree.preposition(n) == "of");
    let mishap = |i: usize| is_mishap(tree, lexicon, i) || of(i).is_some_and(|o| is_mishap(tree, lexicon, o));
    let first = if tree.is(harm, "conj") { tree.head(harm).unwrap_or(harm) } else { harm };
    let each = tree.with_conjuncts(first);
    let below = |relation: &str| each.iter().any(|&i| tree.by_relation(i, relation).any(mishap));
    let above = ["advcl", "conj"].iter().any(|relation| tree.is(harm, relation));
    ["obl", "nmod", "advcl"].iter().any(|relation| below(relation))
        || above && tree.head(harm).is_some_and(|h| is_mishap(tree, lexicon, h))
}
