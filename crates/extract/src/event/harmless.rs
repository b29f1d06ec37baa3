//! Words that look like a deed and do nobody any: journeys, cancelled flights, dead who are handed over, warnings of what others
//! may do, what a deed is called.

use record::EventType;

use super::lexicon::{Cue, Lexicon};
use super::matching;
use super::spot::{Candidate, Standing};
use super::tree::Tree;

/// Whether a word that the model takes for a deed of violence or force does nobody any: "neutralized dozens of bombs",
/// "supplied the missile", "took refuge".
pub(super) fn is_harmless(tree: &Tree, lexicon: &Lexicon, i: usize, kind: EventType) -> bool {
    let refuge =
        |w: &str| matches!(w, "refuge" | "shelter" | "cover" | "sanctuary" | "asylum" | "part" | "place");
    let found = [Cue::Prevents, Cue::Finds].iter().any(|&cue| lexicon.has_cue(tree.lemma(i), cue));
    let of = |o: usize| tree.by_relation(o, "nmod").find(|&n| tree.preposition(n) == "of");
    let objects = || {
        let all = super::args::of(tree, lexicon, i).objects;
        all.into_iter().flat_map(|o| [Some(o), of(o)].into_iter().flatten()).collect::<Vec<_>>()
    };
    match kind {
        EventType::Assault => {
            let arms = lexicon.in_class("weapons", tree.lemma(i)) && tree.is(i, "obj");
            let handed = |i: usize| {
                tree.head(i).is_some_and(|v| {
                    lexicon.in_class("hands-over", tree.lemma(v))
                        || matches!(tree.lemma(v), "receive" | "return" | "repatriate" | "hand")
                })
            };
            // "Received 31 dead": they fell elsewhere.
            let dead = lexicon.in_class("dead", tree.lemma(i)) && tree.is(i, "obj") && handed(i);
            // "The destruction of bilateral ties" hurts nobody.
            let of: Vec<usize> = if tree.is_nominal(i) { of(i).into_iter().collect() } else { objects() };
            let ties = |&o: &usize| ["ties", "abstract"].iter().any(|w| lexicon.in_class(w, tree.lemma(o)));
            // "A frigate took the crew off the burning ship": who are brought away are saved.
            let craft = |s: usize| ["craft", "vessels"].iter().any(|of| lexicon.in_class(of, tree.lemma(s)));
            let saved = matches!(tree.lemma(i), "take" | "bring" | "carry" | "ferry" | "lift" | "pick")
                && tree.by_relation(i, "nsubj").any(craft)
                && tree
                    .by_relation(i, "obl")
                    .any(|o| matches!(tree.preposition(o).as_str(), "off" | "from" | "to"));
            // "The operation of medical devices"
            let run = tree.lemma(i) == "operation" && !of.is_empty();
            let run = run && of.iter().all(|&o| lexicon.in_class("operated", tree.lemma(o)));
            let ruined = matches!(tree.lemma(i), "destruction" | "destroy" | "ruin" | "wreck");
            // "The sacking of the defence minister": he has lost his post.
            let posts = |o: usize| {
                let told = tree.by_relation(o, "nmod:desc").chain([o]);
                told.into_iter().any(|w| lexicon.in_class("officials", tree.lemma(w)))
            };
            let dismissed = matches!(tree.form(i), "sack" | "sacking" | "sacked" | "firing")
                && of.iter().any(|&o| posts(o));
            // "The club's loss to Alma"
            let lost =
                tree.lemma(i) == "loss" && tree.by_relation(i, "nmod").any(|n| tree.preposition(n) == "to");
            arms && handed(i)
                || lost
                || saved
                || dismissed
                || run
                || dead
                || ruined && !of.is_empty() && of.iter().all(ties)
                || found && objects().into_iter().any(|o| lexicon.in_class("explosives", tree.lemma(o)))
        }
        // "Cancelled its flights": a carrier's business.
        EventType::Reject => {
            let flights = |&o: &usize| matches!(tree.lemma(o), "flight" | "service" | "train" | "sailing");
            tree.lemma(i) == "cancel" && objects().iter().any(flights)
        }
        // "Ordered the installation of machines" moves nobody.
        EventType::Mobilize => {
            let armed = |j: usize| {
                ["troops", "weapons", "vessels", "craft", "police", "fighters"]
                    .iter()
                    .any(|class| lexicon.in_class(class, tree.lemma(j)))
            };
            tree.lemma(i) == "order" && !(i + 1..tree.len()).any(armed)
        }
        // "He left Norland for Ruritania", "700 citizens left for Ruritania": a journey.
        EventType::Retreat | EventType::Sanction | EventType::Consult => {
            let armed = |s: usize| {
                ["troops", "fighters", "police"].iter().any(|of| lexicon.in_class(of, tree.lemma(s)))
            };
            let people = |s: usize| {
                matches!(tree.form(s), "he" | "she")
                    || !armed(s)
                        && ["victims", "officials"].iter().any(|of| lexicon.in_class(of, tree.lemma(s)))
                    || kind == EventType::Consult
            };
            // "Stepped up its efforts" gives nothing up; "deferring to the ministry" puts nothing off.
            let phrasal = match tree.lemma(i) {
                "step" => tree.children(i).iter().any(|&c| tree.form(c) == "up"),
                "defer" => tree.by_relation(i, "obl").any(|o| tree.preposition(o) == "to"),
                _ => false,
            };
            phrasal
                || matches!(tree.lemma(i), "leave" | "depart")
                    && tree.by_relation(i, "nsubj").any(people)
                    && tree.by_relation(i, "obl").any(|o| tree.preposition(o) == "for")
        }
        // "Expressed pessimism" backs nobody.
        EventType::Support => {
            matches!(tree.lemma(i), "express" | "voice")
                && objects().into_iter().any(|o| lexicon.in_class("gloom", tree.lemma(o)))
        }
        EventType::Coerce => tree.lemma(i) == "take" && objects().into_iter().any(|o| refuge(tree.lemma(o))),
        _ => false,
    }
}

/// "Warned that rebels planned an attack", "warned that they could strike": what others may do is no threat of his.
pub(super) fn warns_of_others(tree: &Tree, lexicon: &Lexicon, core: usize) -> bool {
    if !matches!(tree.lemma(core), "warn" | "caution" | "alert") {
        return false;
    }
    let own = |s: usize| matches!(tree.form(s), "it" | "they" | "he" | "she" | "we" | "i");
    let others = |d: usize| tree.by_relation(d, "nsubj").any(|s| !tree.is(s, "nsubj:pass") && !own(s));
    let may = |d: usize| {
        tree.by_relation(d, "aux").any(|a| matches!(tree.lemma(a), "could" | "may" | "might" | "can"))
    };
    let doing = |d: usize| {
        let plans = |o: usize| matches!(tree.lemma(o), "plan" | "plot" | "intention");
        matches!(tree.lemma(d), "plan" | "plot" | "prepare" | "intend")
            || tree.lemma(d) == "have" && tree.by_relation(d, "obj").any(plans)
            || may(d) && tree.is_verb(d) && matching::has_sense(tree, lexicon, d, EventType::Assault)
    };
    tree.by_relation(core, "ccomp").any(|d| others(d) && doing(d))
}

/// What a deed is called or compared to is no further deed: "saw the strikes as an act of aggression", "the raid was an
/// attack on us all".
pub(super) fn named_so(tree: &Tree, lexicon: &Lexicon, all: &mut [Candidate]) {
    let nouns: Vec<usize> = all.iter().filter(|c| c.is_noun()).map(Candidate::core).collect();
    for c in all.iter_mut().filter(|c| c.is_noun() && c.kind == EventType::Assault) {
        let core = c.core();
        let seen = tree.preposition(core) == "as"
            && tree.head(core).is_some_and(|h| lexicon.in_class("views", tree.lemma(h)));
        // "called the raid a massacre"
        let called = tree.is(core, "xcomp")
            && tree.head(core).is_some_and(|h| lexicon.in_class("views", tree.lemma(h)) && tree.is_verb(h));
        let said = tree.by_relation(core, "cop").next().is_some()
            && tree.by_relation(core, "nsubj").any(|s| nouns.contains(&s));
        if seen || said || called {
            c.standing = Standing::Merged;
        }
    }
}
