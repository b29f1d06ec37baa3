//! By what means a deed was done: the mode, and a finer CAMEO code, from the words around its own.

use record::EventType;

use super::lexicon::{Lexicon, ModeLine};
use super::matching;
use super::spot::Candidate;
use super::tree::Tree;

/// Sets the mode and a finer CAMEO code from the words around.
pub(super) fn refine(tree: &Tree, lexicon: &Lexicon, c: &mut Candidate) {
    if c.mode.is_some() {
        return;
    }
    let core = c.core();
    let near: Vec<usize> = (core.saturating_sub(12)..tree.len().min(core + 13))
        .filter(|&j| j != core && tree.is_below(j, core) && !is_of_another(tree, j, core))
        .chain([core])
        .collect();
    let near: Vec<usize> = near
        .into_iter()
        .filter(|&j| j == core || !is_what_is_hit(tree, lexicon, c, j) && !is_sky(tree, j))
        .collect();
    for line in &lexicon.modes {
        if line.kind == c.kind && near.iter().any(|&j| matching::is_one_of(tree, j, &line.words)) {
            set(c, line);
            return;
        }
    }
}

/// Sets the mode of a line and its finer CAMEO code.
pub(super) fn set(c: &mut Candidate, line: &ModeLine) {
    c.mode = Some(line.mode);
    if let Some(cameo) = line.cameo.as_ref().filter(|_| !c.cameo.starts_with("01")) {
        // Appeals (02) and demands (10) have the same finer digits; a denial (016) has none.
        c.cameo = match cameo.strip_prefix("02").filter(|_| c.cameo.starts_with("10")) {
            Some(finer) => format!("10{finer}"),
            None => cameo.clone(),
        };
    }
}

/// Whether a word below a verb belongs to another thing that is said: "two had died and that a rocket had hit".
fn is_of_another(tree: &Tree, j: usize, core: usize) -> bool {
    let up = std::iter::successors(Some(j), |&i| tree.head(i)).take(12).take_while(|&i| i != core);
    tree.is_verb(core)
        && up.last().is_some_and(|top| {
            tree.is(top, "conj") && tree.by_relation(top, "mark").any(|m| tree.lemma(m) == "that")
        })
}

/// "Fired in the air", "shots into the air": where shots go that are to hit nobody, and no aircraft.
fn is_sky(tree: &Tree, j: usize) -> bool {
    tree.lemma(j) == "air"
        && (tree.is(j, "obl") || tree.is(j, "nmod"))
        && matches!(tree.preposition(j).as_str(), "in" | "into")
}

/// Whether a word tells what is hit, not by what means: "an attack on an air base", "targeted two tanks".
fn is_what_is_hit(tree: &Tree, lexicon: &Lexicon, c: &Candidate, j: usize) -> bool {
    if c.kind != EventType::Assault {
        return false;
    }
    let site = tree.is(j, "compound")
        && tree.head(j).is_some_and(|h| h > j && lexicon.in_class("sites", tree.lemma(h)));
    let hit =
        std::iter::successors(Some(j), |&i| tree.head(i)).take(12).take_while(|&i| i != c.core()).any(|i| {
            let Some(h) = tree.head(i) else { return false };
            // "the strikes focused on the headquarters"
            let own = h == c.core() || tree.is(h, "acl") && tree.head(h) == Some(c.core());
            h == c.core() && c.args().objects.contains(&i)
                || own && matches!(tree.preposition(i).as_str(), "on" | "against")
        });
    site || hit
}
