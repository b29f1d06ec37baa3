//! What the model makes of who has a part in a deed, beside what the rules found.
//!
//! The rules know the grammar of a deed's own words, the model the company that such words keep. What the rules say stands
//! (that the model doubts it is no sign that it is wrong); whom they miss is added where the model is sure enough.

use record::{Confidence, EventType, Factuality, Quad, TextRange, Upos};

use super::lexicon::Lexicon;
use super::phrase::phrase;
use super::roles::{Scene, Sides, actor};
use super::spot::Candidate;
use super::tree::{Setting, Tree};

/// Percent from which on somebody does a deed of which the rules found no doer, and from which on it is done to
/// somebody. Chosen on the passages and piles to work on; a wrong doer makes two incidents one.
const SURE: (u8, u8) = (85, 60);
/// The same for somebody beside those to whom the rules find that a verb's deed is done.
const BESIDE: u8 = 70;

/// Adds whom the model is sure of to both sides of a deed.
pub(super) fn complete(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    let Some(deed) = judged(tree, c) else { return };
    // "Photographer freed; editor still held": each part tells of its own.
    let is_cut = |word: usize| (word.min(deed)..word.max(deed)).any(|i| tree.form(i) == ";");
    let parts: Vec<(usize, u8, u8)> = tree.participants(deed).filter(|p| !is_cut(p.0)).collect();
    let is_new = |sides: &Sides, word: usize| {
        // "Reporters Ann Roe and Jo Doe": the noun is those behind it.
        let title = tree.head(word).filter(|&h| {
            h > word && tree.upos(h) == Upos::Propn && matches!(tree.deprel(word), "compound" | "nmod:desc")
        });
        let at = tree.range(title.unwrap_or(word));
        !sides.actors.iter().chain(&sides.targets).any(|(p, _)| p.range.overlaps(at))
    };
    // "The president will not tolerate any attacks": whoever is named does not do what nobody did.
    let told = !matches!(c.reading.factuality, Factuality::Hypothetical | Factuality::Denied);
    if sides.actors.is_empty() && told && !is_brought_about(tree, lexicon, c) {
        for &(word, ..) in parts.iter().filter(|p| p.1 >= SURE.0) {
            let other = |w: usize| {
                is_above(tree, c, w)
                    || is_onlooker(tree, lexicon, c, w)
                    || is_reckoner(tree, lexicon, c, w)
                    || is_struck_beside(tree, c, w)
                    || is_among(tree, w)
            };
            let found = Some(word).filter(|&w| is_new(sides, w) && !other(w));
            let found = found.and_then(|w| actor(tree, lexicon, scene, w));
            let how = if is_held(tree, c, word) { Confidence::Accused } else { Confidence::Fact };
            sides.actors.extend(found.map(|p| (p, how)));
        }
    }
    // A verb whose grammar shows to whom it is done seldom has somebody else.
    let enough = if sides.targets.is_empty() || c.is_noun() { SURE.1 } else { BESIDE };
    for &(word, ..) in parts.iter().filter(|p| p.2 >= enough) {
        let found = Some(word).filter(|&w| {
            is_new(sides, w)
                && !is_setting(tree, scene, w)
                && !is_under(tree, c, w)
                && !is_held(tree, c, w)
                && !is_beside(tree, c, w)
                && !is_meanwhile(tree, c, w)
                && !is_of_another_time(tree, c, w)
        });
        let found = found.and_then(|w| phrase(tree, lexicon, scene, w));
        sides.targets.extend(found.map(|p| (p, Confidence::Fact)));
    }
}

/// Whether somebody is dealt with for a deed: "four men were arrested for the attack", "for which the council accuses the
/// herders".
fn is_held(tree: &Tree, c: &Candidate, word: usize) -> bool {
    use EventType::{Accuse, Assault, Coerce, Sanction};
    let dealt =
        |&v: &usize| matches!(tree.deprel(word), "obj" | "nsubj:pass") && tree.is_verb(v) && v != c.core();
    let deals = |v: usize| {
        tree.deed(v).is_some_and(|d| d.share >= DEALT && matches!(d.kind, Accuse | Coerce | Sanction))
    };
    c.is_noun()
        && c.kind == Assault
        && tree
            .head(word)
            .filter(dealt)
            .is_some_and(|v| deals(v) && (tree.is_below(c.core(), v) || tree.is_below(v, c.core())))
}

/// Share in percent from which on a verb above somebody is a measure against them.
const DEALT: u8 = 50;

/// How likely words tell where and when a deed was; `None` where the model takes no word for the deed.
pub(super) fn setting(tree: &Tree, c: &Candidate, at: TextRange) -> Option<Setting> {
    judged(tree, c).map(|deed| tree.setting(deed, at))
}

/// The word of a deed that the model takes for one.
fn judged(tree: &Tree, c: &Candidate) -> Option<usize> {
    let (first, last) = c.trigger;
    let naming = [c.core()].into_iter().chain(c.support.map(|(verb, _)| verb)).chain(first..=last);
    naming.into_iter().find(|&w| tree.deed(w).is_some_and(|d| d.share > 0))
}

/// Whether a word does another deed, which a verb above this one tells: "Norland slammed the killing of farmers", "Norland
/// said it deplored his death", "the leaders of Norland and Sudland agreed to end the fighting".
fn is_above(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let of = |i: usize| tree.is_nominal(i) && matches!(tree.deprel(i), "nmod" | "nmod:poss");
    let first = tree.head(word).filter(|&h| tree.is(word, "conj") && of(h)).unwrap_or(word);
    let whole = std::iter::successors(Some(first), |&i| tree.head(i).filter(|_| of(i))).take(4).last();
    let Some(verb) = whole.filter(|&w| tree.is(w, "nsubj")).and_then(|w| tree.head(w)) else { return false };
    let way: Vec<usize> = std::iter::successors(tree.head(c.core()), |&h| tree.head(h)).take(4).collect();
    let other = |v: usize| tree.deed(v).is_some_and(|d| d.share >= 50 && d.kind != c.kind);
    let up_to = way.iter().position(|&v| v == verb);
    // Who reaches an accord or praises it may be a party to it.
    let own = whole == Some(word) && other(verb);
    let told = |n: usize| {
        own || c.kind == EventType::Assault && way[..=n].iter().any(|&v| tree.is_verb(v) && other(v))
    };
    c.is_noun() && up_to.is_some_and(told)
}

/// "Police watched the protest": who looks on has no part in it.
fn is_onlooker(tree: &Tree, lexicon: &Lexicon, c: &Candidate, word: usize) -> bool {
    let verb =
        tree.head(word).filter(|&v| tree.is(word, "nsubj") && lexicon.in_class("looking-on", tree.lemma(v)));
    verb.is_some_and(|v| tree.is(c.core(), "obj") && tree.head(c.core()) == Some(v))
}

/// "Analysts estimate that 8,900 buildings were destroyed": who reckons what was done has not done it.
fn is_reckoner(tree: &Tree, lexicon: &Lexicon, c: &Candidate, word: usize) -> bool {
    let subject =
        std::iter::successors(Some(word), |&w| tree.head(w).filter(|_| tree.is(w, "conj"))).take(4).last();
    let verb = subject.filter(|&s| tree.is(s, "nsubj")).and_then(|s| tree.head(s));
    verb.is_some_and(|v| lexicon.in_class("reckons", tree.lemma(v)) && tree.is_below(c.core(), v))
}

/// "Strikes were carried out on hideouts of the Front during the operation": whose a thing is that the clause tells of as struck
/// does not do what stands beside it.
fn is_struck_beside(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let up = |w: usize| tree.head(w).filter(|_| matches!(tree.deprel(w), "nmod" | "nmod:poss" | "conj"));
    let thing = std::iter::successors(Some(word), |&w| up(w)).take(4).last().filter(|&w| w != word);
    let verb = tree.head(c.core()).filter(|_| c.is_noun() && tree.is(c.core(), "obl"));
    let struck = |&t: &usize| {
        tree.is(t, "obj")
            || tree.is(t, "obl") && matches!(tree.preposition(t).as_str(), "on" | "against" | "at")
    };
    verb.is_some() && thing.filter(struck).is_some_and(|t| tree.head(t) == verb)
}

/// "Left 15 dead, among them a pharmacist and miners": who is one of those told of does not do it to them.
fn is_among(tree: &Tree, word: usize) -> bool {
    let up = |w: usize| tree.head(w).filter(|_| tree.is(w, "conj"));
    let first = std::iter::successors(Some(word), |&w| up(w)).take(8).last().unwrap_or(word);
    let start = tree.spread(first).0;
    let lead = |back: usize| start.checked_sub(back).map_or("", |w| tree.form(w));
    let them = |w: &str| matches!(w, "them" | "whom");
    them(lead(1)) && lead(2) == "among"
        || tree.form(start) == "among" && them(tree.form(start + 1))
        || tree.form(start) == "including"
        || lead(1) == "including"
}

/// "Hundreds died and 100,000 people were driven out": those of the clause beside, where something else was done to them.
fn is_beside(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let core = c.core();
    let joined = |v: usize| {
        tree.is(v, "conj") && tree.head(v) == Some(core)
            || tree.is(core, "conj") && tree.head(core) == Some(v)
    };
    let other = |v: usize| tree.deed(v).is_some_and(|d| d.share >= 50 && d.kind != c.kind);
    let verb = tree
        .head(word)
        .filter(|&v| tree.is_verb(v) && matches!(tree.deprel(word), "nsubj" | "nsubj:pass" | "obj"));
    !c.is_noun() && verb.is_some_and(|v| joined(v) && other(v))
}

/// "Police open fire as protesters storm the palace": whom or what others did something to at the time.
fn is_meanwhile(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let as_then = |v: usize| {
        let mark = |m: usize| matches!(tree.form(m), "as" | "while" | "when");
        tree.by_relation(v, "mark").any(mark) && tree.by_relation(v, "nsubj").next().is_some()
    };
    let verb = tree.head(word).filter(|_| tree.is(word, "obj"));
    let clause = |v: usize| tree.is(v, "advcl") && tree.head(v) == Some(c.core()) && as_then(v);
    let done = !c.is_noun() && !c.args().passive && !c.args().subjects.is_empty();
    done && verb.is_some_and(clause)
}

/// "The governor, Ann Roe, condemned the raid": the name of who does what the deed is told of in.
pub(super) fn is_own_name(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let first = tree.head(word).filter(|_| tree.is(word, "flat")).unwrap_or(word);
    let subject = tree.head(first).filter(|_| tree.is(first, "appos")).filter(|&s| tree.deprel(s) == "nsubj");
    let Some((s, verb)) = subject.and_then(|s| Some((s, tree.head(s)?))) else { return false };
    let other = tree.deed(verb).is_some_and(|d| d.share >= 50 && d.kind != c.kind);
    let done =
        verb == c.core() && c.args().subjects.contains(&s) || c.support.is_some_and(|(v, _)| v == verb);
    let own = done && !c.found.entry.flags.swapped && !matches!(tree.lemma(verb), "dead" | "die");
    own || verb != c.core() && other && tree.is_below(c.core(), verb)
}

/// "Freed 19 hostages years after the attacks", "the deadliest raid since May 2005, when bombers killed 52": who is told of in
/// what came after, or in what was long before.
fn is_of_another_time(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let core = c.core();
    let other = |v: usize| tree.deed(v).is_some_and(|d| d.share >= 50 && d.kind != c.kind);
    let verb = tree
        .head(word)
        .filter(|&v| tree.is_verb(v) && matches!(tree.deprel(word), "nsubj" | "nsubj:pass" | "obj"));
    let behind = ["after", "since", "following"].iter().any(|w| tree.preposition(core).ends_with(w));
    let later = c.is_noun()
        && c.kind == EventType::Assault
        && behind
        && verb.is_some_and(|v| other(v) && tree.is_below(core, v) && v != core);
    let year = |i: usize| {
        tree.form(i).len() == 4 && tree.form(i).starts_with(['1', '2']) && tree.upos(i) == Upos::Num
    };
    let when = |&w: &usize| {
        tree.form(w) == "when"
            && w >= 2
            && tree.form(w - 1) == ","
            && year(w - 2)
            && (w.saturating_sub(6)..w).any(|i| tree.form(i) == "since")
    };
    let mut clauses = std::iter::successors(tree.head(word), |&h| tree.head(h)).take(5);
    let clause = clauses.find(|&v| tree.children(v).iter().any(when));
    later || clause.is_some_and(|v| !tree.is_below(core, v))
}

/// Whether a deed is what another brought about, whose doer did it: "an attack on the troops, which led to the death of three".
fn is_brought_about(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> bool {
    let outcome = c.is_noun() && lexicon.in_class("outcomes", tree.lemma(c.core()));
    let way = std::iter::successors(tree.head(c.core()), |&h| tree.head(h)).take(3);
    let verb = way.into_iter().find(|&h| tree.is_verb(h));
    outcome && verb.is_some_and(|v| !super::args::of(tree, lexicon, v).subjects.is_empty())
}

/// Whether words are about a deed that is done to somebody: "will not tolerate any attacks on the troops" turns nobody away.
fn is_under(tree: &Tree, c: &Candidate, word: usize) -> bool {
    let quad = c.kind.quad();
    let words = matches!(quad, Quad::VerbalConflict | Quad::VerbalCooperation);
    let way = std::iter::successors(tree.head(word), |&h| tree.head(h)).take(6);
    let mut between = way.take_while(|&h| h != c.core());
    words
        && tree.is_below(word, c.core())
        && between.any(|h| tree.is_nominal(h) && tree.deed(h).is_some_and(|d| d.share >= 50))
}

/// Whether a word only tells where it was: "air strikes in Iraq and Syria", but "bombs fell on Idlib".
fn is_setting(tree: &Tree, scene: &Scene, word: usize) -> bool {
    let first = tree.head(word).filter(|_| tree.is(word, "conj")).unwrap_or(word);
    matches!(tree.preposition(first).as_str(), "in" | "near" | "outside" | "from")
        && !scene.places_in(tree.range(word)).is_empty()
}
