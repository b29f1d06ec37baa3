//! Which sense of the lexicon a word has here.

use std::cell::OnceCell;

use record::{EventType, Mode, Upos};

use super::args::{self, Args};
use super::lexicon::{Condition, Entry, Lexicon, Part, Slot, Words};
use super::reading;
use super::tree::Tree;

/// A sense that fits, with how specific it is.
#[derive(Debug, Clone)]
pub(super) struct Match<'l> {
    pub(super) entry: &'l Entry,
    /// The more of the sentence it explains, the higher.
    pub(super) weight: i32,
    /// The word that carries the grammar: "strike" in "air strike".
    pub(super) core: usize,
    /// First and last word of the pattern.
    pub(super) span: (usize, usize),
    /// What stands around the core.
    pub(super) args: Args,
    /// Whether some condition does not hold.
    pub(super) loose: bool,
}

impl Match<'_> {
    /// Whether it is enough to tell an event by itself.
    pub(super) fn says(&self) -> bool {
        !self.entry.flags.weak && !self.loose
    }
}

/// How the lexicon writes a sense that any word may have.
const ANY: &str = "*";

/// Share of the model, in percent, from which on a name beside a word is not taken for what it means.
const NAMED: u8 = 65;

/// A sense tried at a word.
struct Trial<'l> {
    entry: &'l Entry,
    weight: i32,
    core: usize,
    last: usize,
    /// How many conditions fail.
    failed: usize,
}

/// The best sense of a pattern that begins at word `i`, if there is one. Without one, and if asked for, the one that
/// fails fewest conditions; it weighs nothing.
pub(super) fn best<'l>(tree: &Tree, lexicon: &'l Lexicon, i: usize, loosely: bool) -> Option<Match<'l>> {
    tree.classes(i)?;
    let own = OnceCell::new();
    let own = || own.get_or_init(|| args::of(tree, lexicon, i));
    let form = (tree.form(i) != tree.lemma(i)).then(|| tree.form(i));
    let words = [Some(tree.lemma(i)), form, tree.joined(i)];
    let mut found: Option<Trial> = None;
    let mut loose: Option<Trial> = None;
    for entry in words.into_iter().flatten().flat_map(|word| lexicon.senses(word)) {
        if entry.flags.refers || entry.is_any() {
            continue;
        }
        let Some(trial) = fits(tree, lexicon, entry, i, loosely, own) else { continue };
        if trial.failed == 0 {
            if found.as_ref().is_none_or(|f| trial.weight > f.weight) {
                found = Some(trial);
            }
        } else if loosely && loose.as_ref().is_none_or(|least| trial.failed < least.failed) {
            loose = Some(Trial { weight: 0, ..trial });
        }
    }
    Some(matched(tree, lexicon, i, found.or(loose)?, own().clone()))
}

/// The sense of a word that the model takes for a deed of type `kind`: of those for any word, the one that says most.
pub(super) fn guessed<'l>(tree: &Tree, lexicon: &'l Lexicon, i: usize, kind: EventType) -> Option<Match<'l>> {
    let own = args::of(tree, lexicon, i);
    let trials = lexicon.senses(ANY).iter().filter(|e| e.kind == kind);
    let trial = trials.filter_map(|e| fits(tree, lexicon, e, i, false, || &own)).max_by_key(|t| t.weight)?;
    Some(matched(tree, lexicon, i, Trial { weight: 0, ..trial }, own.clone()))
}

/// Whether a word has a sense of this type that something rules out: beside it, or, unless `near`, anywhere in the sentence.
pub(super) fn is_forbidden(tree: &Tree, lexicon: &Lexicon, i: usize, kind: EventType, near: bool) -> bool {
    let own = args::of(tree, lexicon, i);
    lexicon.senses(tree.lemma(i)).iter().filter(|e| e.kind == kind && has_part(tree, e, i)).any(|e| {
        let last = rest(tree, e, i);
        let rules = |c: &&Condition| c.negative && !(near && c.slot == Slot::Sentence);
        last.is_some_and(|last| e.conditions.iter().filter(rules).any(|c| holds(tree, c, i, last, &own)))
    })
}

/// Whether the lexicon has a sense of this type for a word of its part of speech, and not only to take up another deed.
pub(super) fn has_sense(tree: &Tree, lexicon: &Lexicon, i: usize, kind: EventType) -> bool {
    let names = |e: &Entry| e.kind == kind && !e.flags.refers && has_part(tree, e, i);
    lexicon.senses(tree.lemma(i)).iter().any(names)
}

/// The sense in which a word takes up what was told before, of those whose type `age` knows: the one told last.
pub(super) fn taking_up<'l>(
    tree: &Tree,
    lexicon: &'l Lexicon,
    i: usize,
    age: impl Fn(&Entry) -> Option<usize>,
) -> Option<Match<'l>> {
    let senses = lexicon.senses(tree.lemma(i));
    if !senses.iter().any(|e| e.flags.refers) {
        return None;
    }
    let own = args::of(tree, lexicon, i);
    let trials = senses.iter().filter(|e| e.flags.refers).filter_map(|e| {
        let age = age(e)?;
        let trial = fits(tree, lexicon, e, i, false, || &own)?;
        Some((age, trial))
    });
    let (_, trial) = trials.min_by_key(|(age, trial)| (*age, std::cmp::Reverse(trial.weight)))?;
    Some(matched(tree, lexicon, i, trial, own.clone()))
}

fn matched<'l>(tree: &Tree, lexicon: &Lexicon, i: usize, trial: Trial<'l>, own: Args) -> Match<'l> {
    let Trial { entry, weight, core, last, failed } = trial;
    let mut args = if core == i { own } else { args::of(tree, lexicon, core) };
    // "cordoned off the post": a particle that the parser takes for a preposition leads to the object.
    if entry.part == Part::Verb && args.objects.is_empty() && !args.passive && last > core {
        let taken = tree.head(last).filter(|&o| {
            tree.is(last, "case")
                && tree.is(o, "obl")
                && tree.head(o) == Some(core)
                && matches!(
                    tree.form(last),
                    "off" | "out" | "up" | "down" | "away" | "back" | "apart" | "aside"
                )
        });
        for o in taken.into_iter().flat_map(|o| tree.with_conjuncts(o)) {
            args.phrases.retain(|&(_, h)| h != o);
            args.objects.push(o);
        }
    }
    // "opened fire on them": the fire is of the deed, not what it struck.
    if entry.part == Part::Verb {
        let part = |o: usize| entry.rest.iter().any(|w| tree.lemma(o) == w || tree.form(o) == w);
        args.objects.retain(|&o| !(i + 1..=last).contains(&o) || !part(o));
    }
    Match { entry, weight, core, span: (i, last), args, loose: failed > 0 }
}

/// Tries one sense. `None` if its words are not there or a condition forbids it, or, unless `loosely`, one does not hold.
/// `own` is what stands around word `i`.
fn fits<'l, 'a>(
    tree: &Tree,
    lexicon: &Lexicon,
    entry: &'l Entry,
    i: usize,
    loosely: bool,
    own: impl Fn() -> &'a Args,
) -> Option<Trial<'l>> {
    if !has_part(tree, entry, i) || entry.mode == Some(Mode::Phone) && calls_names(tree, i) {
        return None;
    }
    let last = rest(tree, entry, i)?;
    // "jets struck": no jet strike.
    if entry.part == Part::Noun && last > i && tree.is_verb(last) {
        return None;
    }
    let core = match tree.head(i) {
        Some(h) if entry.part == Part::Noun && i < h && h <= last => h,
        // "missile and drone attacks": the first word hangs on what it is coordinated with.
        Some(h) if entry.part == Part::Noun && h < i && i < last && tree.is(i, "conj") => {
            match tree.head(last) {
                Some(above) if i <= above && above < last => i,
                _ => last,
            }
        }
        _ => i,
    };
    let other = if core == i { None } else { Some(args::of(tree, lexicon, core)) };
    let args = || other.as_ref().unwrap_or_else(|| own());
    let mut weight = 10 * i32::try_from(entry.rest.len()).unwrap_or(0) + if entry.flags.weak { 0 } else { 5 };
    let mut failed = 0;
    for condition in entry.conditions.iter() {
        match (holds(tree, condition, core, last, args()), condition.negative) {
            (true, true) => return None,
            (true, false) => weight += if condition.words.is_empty() { 3 } else { 6 },
            (false, true) => {}
            (false, false) if loosely => failed += 1,
            (false, false) => return None,
        }
    }
    Some(Trial { entry, weight, core, last, failed })
}

/// "Called the envoy a very stupid man": what somebody is called, not whom one calls.
fn calls_names(tree: &Tree, i: usize) -> bool {
    let name = |c: usize| tree.is_nominal(c) || tree.upos(c) == Upos::Adj;
    tree.lemma(i) == "call"
        && tree.by_relation(i, "obj").next().is_some()
        && tree.by_relation(i, "xcomp").any(|c| name(c) && !reading::has_to(tree, c))
}

fn has_part(tree: &Tree, entry: &Entry, i: usize) -> bool {
    match entry.part {
        Part::Verb => tree.is_verb(i) || args::is_doing(tree, i),
        // Headlines capitalise, and taggers then see names. The first word of several may be anything.
        Part::Noun => matches!(tree.upos(i), Upos::Noun | Upos::Propn) || !entry.rest.is_empty(),
        Part::Adjective => matches!(tree.upos(i), Upos::Adj | Upos::Adv) || tree.is_verb(i),
        Part::Modal => tree.upos(i) == Upos::Aux,
    }
}

/// The last word of a pattern of several words. Those of a verb may stand a little apart ("carried it out"), but then
/// they must hang on it.
fn rest(tree: &Tree, entry: &Entry, i: usize) -> Option<usize> {
    let reach = if entry.part == Part::Verb { 5 } else { 1 };
    let mut at = i;
    for (n, word) in entry.rest.iter().enumerate() {
        let reach = if n == 0 { reach } else { 2 };
        at = (at + 1..=at + reach).take_while(|&j| j < tree.len()).find(|&j| {
            (tree.lemma(j) == word || tree.form(j) == word) && (j == at + 1 || hangs_on(tree, j, i, at))
        })?;
    }
    Some(at)
}

/// Whether word `j`, which does not follow at once, belongs to the pattern: a particle of its verb, or a noun below it.
fn hangs_on(tree: &Tree, j: usize, i: usize, before: usize) -> bool {
    let head = tree.head(j);
    match tree.upos(j) {
        Upos::Adp | Upos::Adv | Upos::Part => {
            head == Some(i) && matches!(tree.deprel(j), "compound:prt" | "advmod")
        }
        // "Set ablaze, and police fired"
        Upos::Verb if matches!(tree.deprel(j), "conj" | "parataxis") => false,
        _ => head == Some(i) || head == Some(before),
    }
}

/// Whether a condition holds at word `i`, whose pattern ends with word `last`.
fn holds(tree: &Tree, condition: &Condition, i: usize, last: usize, args: &Args) -> bool {
    let words = &condition.words;
    // What must not be is looked for in the head only: "road labourers" are no road.
    let whole = !condition.negative;
    // Nor is a name what it means: "the Tigers attacked a camp".
    let told = condition.negative && !words.is_empty() && tree.deed(i).is_some_and(|d| d.share >= NAMED);
    let any = |tree: &Tree, heads: &[usize], words: &Words| {
        let named = |&h: &usize| told && tree.upos(h) == Upos::Propn;
        let heads: Vec<usize> = heads.iter().copied().filter(|h| !named(h)).collect();
        any(tree, &heads, words, whole)
    };
    match &condition.slot {
        Slot::Subject => any(tree, &args.subjects, words),
        Slot::Object => {
            any(tree, &args.objects, words)
                || (args.objects.is_empty()
                    && !words.is_empty()
                    && !args.passive
                    && follows(tree, i.max(last), words))
        }
        Slot::Complement => {
            (words.is_empty() && !args.complements.is_empty())
                || args.complements.iter().any(|&c| is_one_of(tree, c, words))
        }
        Slot::Infinitive => args
            .complements
            .iter()
            .any(|&c| reading::has_to(tree, c) && (words.is_empty() || is_one_of(tree, c, words))),
        // "Told them to leave or face arrest"
        Slot::Alternative => {
            let or = |&a: &usize| tree.by_relation(a, "cc").any(|o| tree.lemma(o) == "or");
            // "To let them pass or face arrest": the alternative may hang on the last of the verbs.
            let inner =
                |c: usize| std::iter::successors(Some(c), |&v| tree.by_relation(v, "xcomp").next()).take(3);
            let mut verbs = args.complements.iter().flat_map(|&c| inner(c));
            verbs.any(|v| tree.by_relation(v, "conj").filter(or).any(|a| is_one_of(tree, a, words)))
        }
        Slot::Modifier => {
            (words.is_empty() && !args.modifiers.is_empty())
                || args.modifiers.iter().any(|&m| is_one_of(tree, m, words))
        }
        Slot::Sentence => {
            (0..tree.len()).any(|j| is_one_of(tree, j, words) && !(condition.negative && is_shots(tree, j)))
        }
        Slot::Near => {
            (i.saturating_sub(4)..tree.len().min(i + 5)).any(|j| j != i && is_one_of(tree, j, words))
        }
        Slot::Preposition(preposition) => {
            let mut at: Vec<usize> = args.with(&[preposition]).collect();
            // "barred the envoy from entering"
            let marked = |c: usize| tree.by_relation(c, "mark").any(|m| tree.form(m) == preposition);
            at.extend(args.complements.iter().copied().filter(|&c| marked(c)));
            // "have taken action against the movement": the phrase hangs on the verb that the noun completes.
            if let Some(verb) =
                tree.head(i).filter(|&v| tree.is_nominal(i) && tree.is(i, "obj") && tree.is_verb(v))
            {
                at.extend(
                    tree.by_relation(verb, "obl").filter(|&c| c > i && tree.preposition(c) == *preposition),
                );
            }
            // "On Thursday called it murder" calls on nobody.
            at.retain(|&h| !words.is_empty() || !crate::time::is_weekday(&tree.lemma(h).to_lowercase()));
            any(tree, &at, words) || particle(tree, i, preposition, words)
        }
    }
}

/// "Came under fire", "opened fire", "fired": shots, no blaze.
fn is_shots(tree: &Tree, i: usize) -> bool {
    let opened = |h: usize| {
        matches!(tree.lemma(h), "open" | "return" | "exchange" | "trade" | "cease" | "hold" | "draw")
    };
    tree.lemma(i) == "fire"
        && (tree.is_verb(i)
            || tree.preposition(i) == "under"
            || tree.is(i, "obj") && tree.head(i).is_some_and(opened))
}

/// A preposition that the parser hung elsewhere: it stands within three words after the trigger, its noun behind.
fn particle(tree: &Tree, i: usize, preposition: &str, words: &Words) -> bool {
    (i + 1..tree.len().min(i + 4)).any(|j| {
        tree.form(j) == preposition
            && !matches!(tree.upos(j), Upos::Noun | Upos::Verb)
            && (words.is_empty() || (j + 1..tree.len().min(j + 6)).any(|k| is_one_of(tree, k, words)))
    })
}

/// Whether one of the words stands in the noun phrase after word `i`.
fn follows(tree: &Tree, i: usize, words: &Words) -> bool {
    (i + 1..tree.len().min(i + 9))
        .take_while(|&j| !tree.is_verb(j) && tree.upos(j) != Upos::Punct && tree.upos(j) != Upos::Adp)
        .any(|j| is_one_of(tree, j, words))
}

/// Whether one of the phrases is headed by, or made of, one of the words. No words: whether there is any phrase.
fn any(tree: &Tree, heads: &[usize], words: &Words, whole: bool) -> bool {
    if words.is_empty() {
        return !heads.is_empty();
    }
    heads.iter().any(|&h| phrase_has(tree, h, words, whole, 2))
}

/// `whole`: what stands before the head counts too.
fn phrase_has(tree: &Tree, h: usize, words: &Words, whole: bool, depth: usize) -> bool {
    is_one_of(tree, h, words)
        || (depth > 0
            && tree.children(h).iter().any(|&c| {
                let inner = match tree.deprel(c) {
                    "amod" | "compound" | "flat" | "nmod:desc" => whole,
                    // "a series of attacks", "millions in aid".
                    r if r.starts_with("nmod") && r != "nmod:poss" => {
                        matches!(tree.preposition(c).as_str(), "of" | "in")
                    }
                    "conj" => true,
                    _ => false,
                };
                inner && phrase_has(tree, c, words, whole, depth - 1)
            }))
}

pub(super) fn is_one_of(tree: &Tree, i: usize, words: &Words) -> bool {
    let name = words.names && tree.upos(i) == Upos::Propn || words.numbers && tree.upos(i) == Upos::Num;
    // A word that no line knows is in no list.
    let Some(classes) = tree.classes(i) else { return name };
    name || words.has(tree.lemma(i), classes)
        || words.has(tree.form(i), classes)
        || tree.joined(i).is_some_and(|word| words.has(word, classes))
}
