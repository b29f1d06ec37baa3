//! Tells violence from the many things that borrow its words: sport, show business, business, illness, politics.

use record::{EventType, Mode, Quad, Upos};

use super::lexicon::{Lexicon, Part};
use super::spot::{Candidate, Standing};
use super::tree::Tree;

/// Classes of things that can be hurt, hit or held.
const PHYSICAL: &[&str] = &[
    "victims",
    "troops",
    "fighters",
    "officials",
    "police",
    "prisoners",
    "sites",
    "vehicles",
    "vessels",
    "weapons",
    "territory",
    "burnable",
    "craft",
];
/// Classes of those who use force, and what they use.
const ARMED: &[&str] = &[
    "troops",
    "fighters",
    "mobs",
    "police",
    "weapons",
    "attacks",
    "explosives",
    "defenders",
    "coastguard",
    "craft",
    "wreckage",
];
/// Classes of things and bodies of troops, which nobody takes to task in words.
const THINGS: &[&str] = &["troops", "fighters", "sites", "vehicles", "vessels", "territory"];

/// CAMEO code for breaking a ceasefire, whose object is no thing that can be hurt.
const CEASEFIRE_BROKEN: &str = "196";

/// Marks candidates that are figures of speech, or that only the rest of the report can confirm.
pub(super) fn mark(tree: &Tree, lexicon: &Lexicon, all: &mut [Candidate]) {
    if all.iter().all(|c| c.standing != Standing::Event) {
        return;
    }
    let playful = distinct(tree, lexicon, "sport").max(distinct(tree, lexicon, "showbiz"));
    let strong = distinct(tree, lexicon, "play");
    for c in all.iter_mut().filter(|c| c.standing == Standing::Event) {
        let literal = usize::from(c.found.entry.flags.literal);
        let violent = violence_beside(tree, lexicon, c).max(literal);
        let soft = !matches!(c.kind.quad(), Quad::MaterialConflict | Quad::VerbalConflict)
            && !matches!(c.kind, EventType::Retreat | EventType::Concede);
        let borrowed = (playful >= 2 && !soft) || playful >= 3 || (strong >= 1 && playful >= 2);
        if (violent == 0 && borrowed) || is_simile(tree, c.core()) {
            c.standing = Standing::Figurative;
        } else if c.kind == EventType::Assault && violent == 0 && c.cameo != CEASEFIRE_BROKEN {
            c.standing = if c.found.entry.part == Part::Noun {
                noun(tree, lexicon, c, strong)
            } else {
                verb(tree, lexicon, c, strong)
            };
        }
    }
}

/// Words of sport from which on a report may be one on sport, and percentage of its sentences that have one.
const SPORT: (usize, usize) = (5, 60);

/// Whether a report is one on sport: most of its sentences speak of it, in many words.
pub(super) fn is_sport(trees: &[Tree], lexicon: &Lexicon) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut sentences = 0;
    for tree in trees {
        let before = seen.len();
        seen.extend((0..tree.len()).map(|i| tree.lemma(i)).filter(|word| lexicon.in_class("sport", word)));
        sentences += usize::from(seen.len() > before);
    }
    seen.sort_unstable();
    seen.dedup();
    seen.len() >= SPORT.0 && sentences * 100 >= trees.len() * SPORT.1
}

/// Leaves of the conflicts in a sentence only those with plain violence beside them.
pub(super) fn only_plain(tree: &Tree, lexicon: &Lexicon, all: &mut [Candidate]) {
    for c in all.iter_mut().filter(|c| matches!(c.standing, Standing::Event | Standing::Doubtful)) {
        if c.kind.quad() == Quad::MaterialConflict && violence_beside(tree, lexicon, c) == 0 {
            c.standing = Standing::Figurative;
        }
    }
}

fn distinct(tree: &Tree, lexicon: &Lexicon, class: &str) -> usize {
    let mut seen: Vec<&str> =
        (0..tree.len()).map(|i| tree.lemma(i)).filter(|word| lexicon.in_class(class, word)).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// Words of plain violence in the sentence beside the trigger's own.
fn violence_beside(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> usize {
    let own = c.found.span.0..=c.found.span.1;
    (0..tree.len())
        .filter(|i| !own.contains(i) && *i != c.core() && lexicon.in_class("violence", tree.lemma(*i)))
        .count()
}

/// "like a bomb", "as if a bomb had gone off".
fn is_simile(tree: &Tree, core: usize) -> bool {
    let mut at = core;
    for _ in 0..3 {
        let marks =
            tree.children(at).iter().filter(|&&c| c < at && (tree.is(c, "case") || tree.is(c, "mark")));
        if marks.into_iter().any(|&c| {
            tree.lemma(c) == "like"
                || (tree.lemma(c) == "as" && (c + 1 < tree.len() && tree.lemma(c + 1) == "if"))
                || (tree.lemma(c) == "if" && c > 0 && tree.lemma(c - 1) == "as")
        }) {
            return true;
        }
        match tree.head(at) {
            Some(h) if matches!(tree.deprel(at), "nsubj" | "obj" | "nsubj:pass") => at = h,
            _ => return false,
        }
    }
    false
}

/// Whether a word, or what it is a part or a number of, is in one of these classes.
fn is_of(tree: &Tree, lexicon: &Lexicon, h: usize, classes: &[&str]) -> bool {
    let of = tree.by_relation(h, "nmod").filter(|&c| tree.preposition(c) == "of");
    of.chain([h]).any(|i| classes.iter().any(|class| lexicon.in_class(class, tree.lemma(i))))
}

/// Whether a phrase is headed by, or made of, something of these classes or somebody with a name.
fn is_a(tree: &Tree, lexicon: &Lexicon, h: usize, classes: &[&str]) -> bool {
    let fits = |i: usize| {
        matches!(tree.upos(i), Upos::Propn | Upos::Num)
            || matches!(tree.xpos(i), "JJ") && tree.form(i) != tree.lemma(i).to_lowercase()
            || classes.iter().any(|class| lexicon.in_class(class, tree.lemma(i)))
    };
    fits(h)
        || tree.children(h).iter().any(|&c| {
            (matches!(tree.deprel(c), "nmod:poss" | "flat" | "appos")
                || (tree.is(c, "amod") && tree.xpos(c) == "NNP")
                || tree.is(c, "compound")
                || (tree.is(c, "nmod") && matches!(tree.preposition(c).as_str(), "of" | "in")))
                && fits(c)
        })
}

fn verb(tree: &Tree, lexicon: &Lexicon, c: &Candidate, strong: usize) -> Standing {
    let args = c.args();
    let toward = args.with(&["on", "at", "against", "into", "toward", "towards"]);
    // "set fire to the hall"
    let burned = args.with(&["to"]).filter(|_| c.mode == Some(Mode::Destroy));
    let targets: Vec<usize> = args.objects.iter().copied().chain(toward).chain(burned).collect();
    // "killed seven authorities": what is counted is there.
    let counted = |t: usize| tree.by_relation(t, "nummod").next().is_some();
    let hurt =
        targets.iter().any(|&t| is_a(tree, lexicon, t, PHYSICAL) || c.cameo.starts_with("18") && counted(t));
    let pronoun = targets.iter().any(|&t| tree.upos(t) == Upos::Pron);
    let actors = &args.subjects;
    let armed = actors.iter().any(|&a| is_a(tree, lexicon, a, ARMED));
    let bodily = actors.iter().any(|&a| is_a(tree, lexicon, a, PHYSICAL) || tree.upos(a) == Upos::Pron);
    if strong > 0 && !armed {
        return Standing::Figurative;
    }
    // "the helicopter came under fire", but "the minister came under fire"
    if c.found.entry.flags.swapped {
        return match () {
            () if actors.iter().any(|&a| is_of(tree, lexicon, a, THINGS)) => Standing::Event,
            // "he stepped on a mine"
            () if c.mode == Some(Mode::Explosives) => Standing::Event,
            () if actors.iter().any(|&a| is_a(tree, lexicon, a, PHYSICAL)) => Standing::Doubtful,
            () => Standing::Figurative,
        };
    }
    // "were killed by bursts"
    let shots = || actors.iter().any(|&a| is_a(tree, lexicon, a, &["shots"]));
    // "youths hurled stones"
    let missile = |&o: &usize| is_of(tree, lexicon, o, &["thrown", "weapons", "explosives"]);
    let plausible = (bodily && args.objects.iter().any(missile))
        || (hurt && (actors.is_empty() || bodily || armed || shots()))
        || (armed && (args.objects.is_empty() || hurt || pronoun))
        || (pronoun && bodily && actors.iter().all(|&a| tree.upos(a) != Upos::Pron));
    // "the car blew up"
    let blown = c.mode == Some(Mode::Explosives) && targets.is_empty() && bodily;
    // "the heifer was killed": a thing that no line knows may well be one, where the word says little else.
    let plain =
        c.cameo.starts_with("18") && targets.iter().any(|&t| !lexicon.in_class("abstract", tree.lemma(t)));
    if plausible {
        Standing::Event
    } else if blown
        || hurt
        || plain
        || targets.is_empty() && actors.iter().all(|&a| tree.upos(a) == Upos::Pron)
    {
        Standing::Doubtful
    } else {
        Standing::Figurative
    }
}

fn noun(tree: &Tree, lexicon: &Lexicon, c: &Candidate, strong: usize) -> Standing {
    let args = c.args();
    let around = args.subjects.iter().copied().chain(args.phrases.iter().map(|p| p.1)).chain(
        args.modifiers
            .iter()
            .copied()
            .filter(|&m| matches!(tree.deprel(m), "amod" | "compound" | "nmod:desc")),
    );
    let mut around: Vec<usize> = around.collect();
    if let Some((verb, _)) = c.support {
        around.extend(super::args::of(tree, lexicon, verb).subjects);
    }
    let physical = around.iter().any(|&a| is_a(tree, lexicon, a, PHYSICAL));
    let named = (1..tree.len()).any(|i| tree.upos(i) == Upos::Propn);
    match (physical || named, strong) {
        (true, 0) => Standing::Event,
        (true, _) | (false, 0) => Standing::Doubtful,
        _ => Standing::Figurative,
    }
}
