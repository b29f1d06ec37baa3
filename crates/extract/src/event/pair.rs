//! What one marked actor does to another in a sentence.

use record::{Deed, EventType, Factuality, Mode, Sentence, TextRange};

use super::lexicon::Lexicon;
use super::reading;
use super::roles::{self, Scene};
use super::spot::{self, Candidate, Standing};
use super::tree::Tree;

/// The code of a pair of actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairCode {
    /// PLOVER type as the PLV data use it: derived from CAMEO, so that an intended concession is AGREE, imposed
    /// sanctions are COERCE, convictions are ACCUSE, apologies SUPPORT and attacks on computers ASSAULT.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: String,
    /// The lexicon line behind it.
    pub rule: String,
}

/// The event between a source and a target in a sentence of `text`: the best one whose actor is the source and whose
/// target is the target, else the best of the sentence. `None` if the sentence tells no event.
#[must_use]
pub fn code_pair(text: &str, sentence: &Sentence, source: TextRange, target: TextRange) -> Option<PairCode> {
    let lexicon = Lexicon::embedded();
    let mut sentence = sentence.clone();
    crate::mend::sentence(text, &mut sentence);
    let tree = Tree::new(text, &sentence, lexicon);
    let all = spot::candidates(&tree, lexicon, true);
    let mut best: Option<(i32, &Candidate)> = None;
    for c in &all {
        let score = score(&tree, lexicon, c, &all, source, target);
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, c));
        }
    }
    best.map(|(_, c)| code(c))
}

/// Percent of the model's share that are worth a point where it takes a word for the same deed: six points at most.
const AGREED: i32 = 16;

/// How likely this candidate is what the pair is about.
fn score(
    tree: &Tree,
    lexicon: &Lexicon,
    c: &Candidate,
    all: &[Candidate],
    source: TextRange,
    target: TextRange,
) -> i32 {
    let sides = roles::sides(tree, lexicon, &Scene::default(), c, all);
    let on = |heads: &[usize], at: TextRange| heads.iter().any(|&h| tree.range(h).overlaps(at));
    let role = |list: &[(roles::Phrase, record::Confidence)], at: TextRange| {
        list.iter().any(|(p, _)| tree.range(p.head).overlaps(at) || p.range.overlaps(at))
    };
    let args = c.args();
    let core = tree.range(c.core());
    let mut score = c.found.weight.min(25);
    // Its actor is the source.
    if role(&sides.actors, source) || on(&args.subjects, source) {
        score += 30;
    } else if c.support.is_some_and(|(verb, _)| on(&super::args::of(tree, lexicon, verb).subjects, source)) {
        score += 26;
    }
    if role(&sides.actors, target) || (on(&args.subjects, target) && !c.found.entry.flags.mutual) {
        score -= 12;
    }
    // Its target is the target, or the target stands below it.
    let phrases: Vec<usize> = args.phrases.iter().map(|p| p.1).collect();
    if role(&sides.targets, target) || on(&args.objects, target) {
        score += 18;
    } else if on(&phrases, target) {
        score += 12;
    } else if tree.top(target).is_some_and(|t| tree.is_below(t, c.core())) {
        score += 8;
    }
    if role(&sides.targets, source) && !c.found.entry.flags.mutual {
        score -= 10;
    }
    // Words inside a marked phrase tell about the phrase.
    if source.contains(core) || target.contains(core) {
        score -= 25;
    }
    score -= 2 * depth(tree, c.core());
    // What the model takes for such a deed too.
    let told = |deed: &Deed| deed.kind == c.kind || deed.kind == c.found.entry.kind;
    score += tree.deed(c.core()).filter(|d| told(d)).map_or(0, |deed| i32::from(deed.share) / AGREED);
    match c.standing {
        Standing::Weak => score -= 16,
        Standing::Doubtful | Standing::Figurative => score -= 12,
        Standing::Merged => score -= 30,
        _ => {}
    }
    if c.found.loose {
        score -= 10;
    }
    if c.is_noun() && c.support.is_none() {
        score -= 8;
    }
    score -= match c.reading.factuality {
        Factuality::Threatened => 30,
        Factuality::Hypothetical | Factuality::Uncertain => 6,
        _ => 0,
    };
    score
}

fn depth(tree: &Tree, i: usize) -> i32 {
    let mut at = i;
    let mut steps = 0;
    while let Some(h) = tree.head(at) {
        at = h;
        steps += 1;
        if steps >= 8 {
            break;
        }
    }
    steps
}

/// The code by the conventions of the PLV data, which were made from CAMEO.
fn code(c: &Candidate) -> PairCode {
    use EventType::*;
    let mut kind = c.kind;
    let reading: &reading::Reading = &c.reading;
    if c.cameo == "035" || c.cameo == "038" {
        kind = Agree;
    }
    if kind == Sanction && c.cameo == "163" {
        kind = Coerce;
    }
    // An apology.
    if kind == Concede && c.cameo == "055" {
        kind = Support;
    }
    match c.mode {
        Some(Mode::Convict) => kind = Accuse,
        Some(Mode::Cyber) => kind = Assault,
        _ => {}
    }
    if reading.future && !reading.negated && matches!(kind, Coerce | Sanction | Assault | Protest | Mobilize)
    {
        kind = Threaten;
    }
    PairCode { kind, mode: c.mode, cameo: c.cameo.clone(), rule: c.found.entry.id.clone() }
}
