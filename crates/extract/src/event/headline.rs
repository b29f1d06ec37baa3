//! Headlines that leave out so much that the parser sees one long noun: "Toddler shot in head", "Air strikes hit
//! depots". Only sentences without any verb are looked at.

use record::{EventType, Token, Upos};

use super::lexicon::{Lexicon, Part};

/// What a word is after all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mended {
    pub(super) upos: Upos,
    pub(super) xpos: &'static str,
    pub(super) deprel: &'static str,
}

/// Share of the model, in percent, from which on a noun between two others is their verb.
const TOLD: u8 = 90;

/// Finds the verb of such a headline, hangs the words around it on it, and says what they are.
pub(super) fn mend(
    tokens: &[Token],
    forms: &[String],
    lemmas: &[String],
    lexicon: &Lexicon,
    heads: &mut [Option<usize>],
) -> Vec<(usize, Mended)> {
    if let Some(found) = doing(tokens, heads) {
        return found;
    }
    // "Rebels free two soldiers": what has a subject and an object is a verb.
    let has = |i: usize, relation: &str| {
        (0..tokens.len()).any(|j| heads[j] == Some(i) && tokens[j].deprel == relation)
    };
    let acts = |&i: &usize| {
        tokens[i].upos == Upos::Adj && tokens[i].deprel == "root" && has(i, "nsubj") && has(i, "obj")
    };
    if let Some(i) = (1..tokens.len()).find(acts) {
        return vec![(i, Mended { upos: Upos::Verb, xpos: "VBP", deprel: "root" })];
    }
    if let Some(victim) = called(tokens, forms, lemmas, lexicon, heads) {
        return vec![(victim, Mended { upos: Upos::Noun, xpos: "NN", deprel: "nsubj:pass" })];
    }
    let verb = |t: &Token| matches!(t.upos, Upos::Verb | Upos::Aux) && t.deprel != "amod";
    if tokens.len() > 20 || tokens.iter().any(verb) {
        return Vec::new();
    }
    let Some(root) = heads.iter().position(Option::is_none) else { return Vec::new() };
    let nominal = |i: usize| matches!(tokens[i].upos, Upos::Noun | Upos::Propn);
    let harm = |i: usize| {
        let senses = lexicon.senses(&lemmas[i]).iter();
        nominal(i) && senses.clone().any(|s| s.part == Part::Verb && s.kind == EventType::Assault)
    };
    // "Toddler shot in head": what would be a noun has its victim before it, and goes on with a preposition.
    let victim = (0..root).rev().find(|&c| heads[c] == Some(root) && tokens[c].deprel == "compound");
    let participle = is_harm(&forms[root]);
    let goes_on = tokens
        .get(root + 1)
        .is_none_or(|t| t.upos == Upos::Adp || t.upos == Upos::Punct || t.upos == Upos::Adj);
    if let Some(victim) = victim.filter(|&v| participle && goes_on && lexicon.in_class("victims", &lemmas[v]))
    {
        for head in heads.iter_mut().take(victim).filter(|h| **h == Some(root)) {
            *head = Some(victim);
        }
        let subject = Mended { upos: Upos::Noun, xpos: "NN", deprel: "nsubj:pass" };
        let verb = Mended { upos: Upos::Verb, xpos: "VBN", deprel: "root" };
        return vec![(victim, subject), (root, verb)];
    }
    // "Air strikes hit depots", "Police arrest driver": a plural before it, a noun behind it.
    let told = |i: usize| {
        harm(i)
            || nominal(i)
                && matches!(tokens[i].xpos, "NN" | "NNP")
                && tokens[i].deed.is_some_and(|d| d.share >= TOLD)
    };
    let plural = |i: usize| matches!(tokens[i].xpos, "NNS" | "NNPS") || lemmas[i] == "police";
    let Some(i) = (1..root)
        .find(|&i| heads[i] == Some(root) && tokens[i].deprel == "compound" && plural(i - 1) && told(i))
    else {
        return Vec::new();
    };
    for head in heads.iter_mut().take(i).filter(|h| **h == Some(root) || **h == Some(i)) {
        *head = Some(i - 1);
    }
    heads[i - 1] = Some(i);
    heads[root] = Some(i);
    heads[i] = None;
    let object = Mended { upos: tokens[root].upos, xpos: tokens[root].xpos, deprel: "obj" };
    let subject = Mended { upos: Upos::Noun, xpos: "NNS", deprel: "nsubj" };
    let verb = Mended { upos: Upos::Verb, xpos: "VBD", deprel: "root" };
    vec![(i - 1, subject), (i, verb), (root, object)]
}

/// "US sanctions settler leaders": a plural with an object is a verb, and the name before it its subject.
fn doing(tokens: &[Token], heads: &mut [Option<usize>]) -> Option<Vec<(usize, Mended)>> {
    let i = (1..tokens.len()).find(|&i| {
        let object = |j: usize| heads[j] == Some(i) && tokens[j].deprel == "obj";
        matches!(tokens[i].xpos, "NNS" | "NNPS")
            && tokens[i].deprel == "root"
            && (i + 1..tokens.len()).any(object)
            && heads[i - 1] == Some(i)
            && tokens[i - 1].deprel == "compound"
    })?;
    for head in heads.iter_mut().take(i - 1).filter(|h| **h == Some(i)) {
        *head = Some(i - 1);
    }
    let before = &tokens[i - 1];
    let subject = Mended { upos: before.upos, xpos: before.xpos, deprel: "nsubj" };
    let verb = Mended { upos: Upos::Verb, xpos: "VBZ", deprel: "root" };
    Some(vec![(i - 1, subject), (i, verb)])
}

fn is_harm(form: &str) -> bool {
    matches!(form, "shot" | "stabbed" | "beaten" | "killed" | "hurt" | "wounded" | "injured")
}

/// "Boy, 4, shot in head": the victim, taken for somebody who is called.
fn called(
    tokens: &[Token],
    forms: &[String],
    lemmas: &[String],
    lexicon: &Lexicon,
    heads: &[Option<usize>],
) -> Option<usize> {
    let root = heads.iter().position(Option::is_none)?;
    let below = |i: usize| heads[i] == Some(root);
    let told = tokens[root].xpos == "VBN" && is_harm(&forms[root]);
    let subject = (0..tokens.len()).any(|i| below(i) && tokens[i].deprel.starts_with("nsubj"));
    (0..root).find(|&c| {
        let loose = matches!(tokens[c].deprel, "discourse" | "vocative" | "dep" | "parataxis");
        told && !subject && below(c) && loose && lexicon.in_class("victims", &lemmas[c])
    })
}
