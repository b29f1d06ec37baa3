//! Whom the grammar makes a doer and who is none: who only counts, who brings others together, what goes off.

use record::{Confidence, EntityKind, EventType, PlacePrecision, Upos};

use super::lexicon::Lexicon;
use super::roles::{Phrase, Scene, Sides, actor, is_person};
use super::spot::Candidate;
use super::tree::Tree;

/// "The government put the toll at 38", "police estimated the crowd at 5,000": who only counts has done nothing.
pub(super) fn counters(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Vec<usize> {
    let told = |i: usize| tree.is_nominal(i) || tree.is(i, "obj");
    let up = std::iter::successors(Some(c.core()), |&i| tree.head(i).filter(|_| told(i)));
    let verb = up.take(4).find(|&i| tree.is_verb(i));
    let counts = |&v: &usize| told(c.core()) && v != c.core() && lexicon.in_class("estimates", tree.lemma(v));
    verb.filter(counts).map_or_else(Vec::new, |v| {
        let subjects = super::args::of(tree, lexicon, v).subjects;
        subjects.into_iter().flat_map(|s| tree.with_conjuncts(s)).collect()
    })
}

/// Takes away as doers of a verb's violence who only finds whom it hit ("police found three people shot dead"), and who had a part
/// in the fight that it came of ("clashes with the police killed two"). `told` is what the grammar says.
pub(super) fn unproven(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    told: &Sides,
    sides: &mut Sides,
) {
    let finds = matches!(tree.lemma(c.core()), "find" | "discover" | "recover" | "locate");
    let hurt = |&o: &usize| {
        is_person(tree, scene, o)
            || lexicon.in_class("victims", tree.lemma(o))
            || matches!(tree.lemma(o), "body" | "corpse" | "remains")
    };
    if finds && c.args().objects.iter().any(hurt) {
        sides.actors.clear();
    }
    let fights = |h: &usize| lexicon.in_class("fights", tree.lemma(*h)) && tree.is_nominal(*h);
    let fought: Vec<usize> = c.args().subjects.iter().copied().filter(fights).collect();
    let either = |p: &Phrase| {
        !told.actors.iter().any(|(q, _)| q.range == p.range)
            && fought.iter().any(|&h| tree.is_below(p.head, h))
    };
    sides.actors.retain(|(p, _)| !either(p));
}

/// "A truce mediated by Norland", "an accord brokered by the union": who brings sides together is none of them.
pub(super) fn brokers(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Vec<usize> {
    if !c.is_noun() || !matches!(c.kind, EventType::Retreat | EventType::Agree | EventType::Support) {
        return Vec::new();
    }
    let brokered = tree.by_relation(c.core(), "acl").filter(|&v| lexicon.in_class("brokers", tree.lemma(v)));
    brokered
        .flat_map(|v| super::args::of(tree, lexicon, v).subjects)
        .flat_map(|s| tree.with_conjuncts(s))
        .collect()
}

/// Of violence: what only goes off has not done it, and a town that strikes nobody is struck.
pub(super) fn struck(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    if c.kind == EventType::Assault {
        sides.actors.retain(|(p, _)| !goes_off(tree, lexicon, scene, c, p));
        let (towns, others) = std::mem::take(&mut sides.actors)
            .into_iter()
            .partition(|(p, _)| is_struck_town(tree, lexicon, scene, c, p));
        sides.actors = others;
        sides.targets.splice(0..0, towns);
    }
}

/// "Kharkiv hit overnight": a headline leaves out that it was.
fn is_struck_town(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, p: &Phrase) -> bool {
    let v = c.core();
    let town = |&i: &usize| !matches!(scene.places[i].spot.precision, PlacePrecision::Country);
    let helped = |&d: &usize| tree.is(d, "aux") || tree.is(d, "obj") || tree.form(d) == "back";
    matches!(tree.xpos(v), "VBD" | "VBN")
        && tree.upos(p.head) == Upos::Propn
        && lexicon.in_class("strike-verbs", tree.lemma(v))
        && scene.places_in(tree.range(p.head)).iter().any(town)
        && !tree.children(v).iter().any(helped)
        && c.args().with(&["at", "on", "into"]).next().is_none()
}

/// "A Mazda blew up", "the Mazda that blew up", "Rockets hit the town": what goes off or flies has not done it, whatever its name.
fn goes_off(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, p: &Phrase) -> bool {
    // A capital that begins a sentence names nobody.
    if p.head == 0 && ["weapons", "explosives"].iter().any(|of| lexicon.in_class(of, singular(tree.form(0))))
    {
        return true;
    }
    let blast = |&v: &usize| {
        let off = tree.lemma(v) == "go" && tree.children(v).iter().any(|&c| tree.lemma(c) == "off");
        (off || matches!(tree.lemma(v), "blow" | "explode" | "detonate" | "burst"))
            && tree.by_relation(v, "obj").next().is_none()
    };
    // Its verb stands above it, or is the deed's own.
    let above = tree.head(p.head).filter(|_| tree.is(p.head, "nsubj"));
    let own = Some(c.core()).filter(|_| c.args().subjects.contains(&p.head));
    tree.upos(p.head) == Upos::Propn
        && scene.entity_at(tree.range(p.head)) != Some(EntityKind::Per)
        && above.iter().chain(&own).any(blast)
}

/// A word without the ending of the plural.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// "The ambassador was called to the foreign ministry": the ministry calls, and is nobody who is called.
pub(super) fn called_in(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    let envoy = |&h: &usize| lexicon.in_class("envoys", tree.lemma(h));
    if c.kind != EventType::Accuse || c.is_noun() || !c.args().objects.iter().any(envoy) {
        return;
    }
    let host = |&h: &usize| matches!(tree.lemma(h), "ministry" | "office" | "department");
    let hosts: Vec<usize> = c.args().with(&["to", "before"]).filter(host).collect();
    sides.targets.retain(|(p, _)| !hosts.contains(&p.head));
    if sides.actors.is_empty() {
        let found = hosts.into_iter().filter_map(|h| actor(tree, lexicon, scene, h));
        sides.actors.extend(found.map(|p| (p, Confidence::Fact)));
    }
}
