//! Who stands behind "of" after a noun for a blow ("the strikes of the air force on the town" are the air force's), and who
//! sent what strikes.

use record::{ActorKind, EventType};

use super::lexicon::Lexicon;
use super::roles::{Scene, actor};
use super::spot::Candidate;
use super::tree::Tree;

/// Prepositions behind a blow that lead to whom it hits.
const TOWARD: &[&str] = &["on", "upon", "against"];

/// Those behind "of" who deal the blow, where it is told whom it hits ("the bombing of the coalition against the town") or
/// the word is never about whom it hits ("the raids of the army").
pub(super) fn of_doers(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate) -> Vec<usize> {
    let core = c.core();
    if !c.is_noun() || c.kind != EventType::Assault || !lexicon.in_class("dealt", tree.lemma(core)) {
        return Vec::new();
    }
    let of: Vec<usize> = c.args().with(&["of"]).filter(|&h| h > core).collect();
    let plain = matches!(tree.lemma(core), "strike" | "airstrike" | "air-strike" | "raid");
    let hits = |&h: &usize| {
        let land =
            matches!(tree.lemma(h), "border" | "coast" | "outskirt" | "road" | "front" | "eve" | "night");
        h > core && !land && scene.times_in(tree.range(h)).is_empty()
    };
    let toward: Vec<usize> = c.args().with(TOWARD).filter(hits).collect();
    let below = |&h: &usize| {
        tree.by_relation(h, "nmod").any(|n| TOWARD.contains(&tree.preposition(n).as_str()) && hits(&n))
    };
    // "The raid on the base of the army" is not the army's.
    let order = |h: usize| toward.iter().all(|&t| h < t);
    let told = |h: &usize| (plain || !toward.is_empty()) && order(*h) || below(h);
    let able = |&h: &usize| {
        let known = scene.mention(tree.range(h)).is_some_and(|m| wages(m.actor.as_str()));
        known || ["troops", "fighters", "vessels"].iter().any(|of| lexicon.in_class(of, tree.lemma(h)))
    };
    let deals = |h: &usize| told(h) && able(h) && actor(tree, lexicon, scene, *h).is_some();
    of.into_iter().filter(deals).collect()
}

/// "A drone fired by the rebels struck a car park": those who sent what strikes.
pub(super) fn senders(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Vec<usize> {
    if c.is_noun() || c.kind != EventType::Assault {
        return Vec::new();
    }
    let sent = |&s: &usize| {
        let shot = tree.by_relation(s, "acl").filter(|&v| lexicon.in_class("shoots", tree.lemma(v)));
        shot.flat_map(|v| tree.by_relation(v, "obl:agent")).collect::<Vec<_>>()
    };
    let weapon = |s: &&usize| ["weapons", "vessels"].iter().any(|of| lexicon.in_class(of, tree.lemma(**s)));
    c.args().subjects.iter().filter(weapon).flat_map(sent).collect()
}

/// Whether somebody can be at war: a state, its forces, an armed group, an alliance.
fn wages(id: &str) -> bool {
    use ActorKind::{ArmedGroup, Force, Government, Igo, State};
    let kind = crate::actor::known_actor(id).map(|a| a.kind).or_else(|| crate::actor::role_kind(id));
    kind.is_some_and(|kind| matches!(kind, State | Government | Force | ArmedGroup | Igo))
}

/// Whether word `h` behind "of" is what the blow is dealt with: "a strike of a drone on the town".
pub(super) fn is_of_means(tree: &Tree, lexicon: &Lexicon, c: &Candidate, h: usize) -> bool {
    c.is_noun()
        && c.kind == EventType::Assault
        && matches!(tree.lemma(c.core()), "strike" | "airstrike" | "attack" | "raid" | "hit" | "blow")
        && ["vessels", "weapons"].iter().any(|of| lexicon.in_class(of, tree.lemma(h)))
}
