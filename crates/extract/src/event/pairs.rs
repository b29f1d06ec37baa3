//! Two sides taken up as one: "They agreed", "the two leaders", "both sides" after "A met B". What they do is done by those
//! who were told of together last, or else by the only two of whom the sentences before speak.

use std::collections::BTreeMap;

use record::{
    ActorId, ActorKind, ActorMention, Confidence, EntityKind, Event, EventRole, EventType, Quad, TextRange,
    Upos,
};

use super::args;
use super::assemble::Note;
use super::lexicon::Lexicon;
use super::roles::Scene;
use super::tree::Tree;

/// Sentences back within which two sides are looked for.
const BACK: usize = 3;

/// A word for two sides.
#[derive(Debug, Clone, Copy)]
enum Both {
    /// "they": those of the sentence before.
    Pronoun(usize),
    /// "the two leaders".
    Noun(usize),
}

/// Gives deeds of such subjects their doers, and deeds against "both sides" those whom they are against.
pub(super) fn take_up(
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    for i in 0..events.len() {
        let tree = &trees[notes[i].sentence];
        let find = |both: Both, events: &[Event]| {
            let states = |word| is_of_states(tree, lexicon, word);
            pair(&events[..i], notes, notes[i].sentence, both)
                .and_then(|p| in_state(p, both, states))
                .or_else(|| {
                    let Both::Noun(word) = both else { return None };
                    let told = Told { trees, notes, events, but: i };
                    told.spoken_of(lexicon, scene, notes[i].sentence, word)
                })
        };
        // Who did violence is another question: "they" are mostly the attackers.
        let violent = events[i].kind.quad() == Quad::MaterialConflict;
        let doers = subject(tree, lexicon, scene, notes[i].core)
            .filter(|both| !notes[i].noun && (!violent || is_plain(tree, lexicon, *both)));
        let mut changed = false;
        if let Some((both, pair)) = doers.and_then(|both| Some((both, find(both, events)?))) {
            let (Both::Pronoun(word) | Both::Noun(word)) = both;
            events[i].actors = roles(tree.range(word), pair);
            changed = true;
        }
        let told = |r: &EventRole| {
            let nouns = tree.within(r.range).into_iter().filter(|&w| is_noun(tree, lexicon, scene, w));
            nouns.map(Both::Noun).find(|both| is_plain(tree, lexicon, *both))
        };
        for n in (0..events[i].targets.len()).rev() {
            let range = events[i].targets[n].range;
            if let Some(pair) = told(&events[i].targets[n]).and_then(|both| find(both, events)) {
                events[i].targets.splice(n..=n, roles(range, pair));
                changed = true;
            }
        }
        if changed {
            let doers = events[i].actors.clone();
            events[i].targets.retain(|t| t.actor.is_none() || doers.iter().all(|d| d.actor != t.actor));
        }
    }
}

/// Both in the role that a phrase has.
fn roles(range: TextRange, pair: Vec<ActorId>) -> Vec<EventRole> {
    let role = |actor| EventRole { range, actor: Some(actor), confidence: Confidence::Fact };
    pair.into_iter().map(role).collect()
}

/// "Both sides", "the two countries": words for two that can be nobody else.
fn is_plain(tree: &Tree, lexicon: &Lexicon, both: Both) -> bool {
    let Both::Noun(word) = both else { return false };
    lexicon.in_class("parties", tree.lemma(word)) || lexicon.in_class("states", tree.lemma(word))
}

/// Whether a verb's subject stands for two sides that were told of.
pub(super) fn told(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    verb: usize,
    sentence: usize,
    (events, notes): (&[Event], &[Note]),
) -> bool {
    subject(tree, lexicon, scene, verb).is_some_and(|both| pair(events, notes, sentence, both).is_some())
}

/// Words for two states: "the two countries", "their foreign ministers".
fn is_of_states(tree: &Tree, lexicon: &Lexicon, word: usize) -> bool {
    ["states", "statesmen"].iter().any(|class| lexicon.in_class(class, tree.lemma(word)))
}

/// The states themselves where the word is for states, "the two countries" after a clash of two armies; `None` if it cannot be
/// for these two.
fn in_state(pair: Vec<ActorId>, both: Both, states: impl Fn(usize) -> bool) -> Option<Vec<ActorId>> {
    if !matches!(both, Both::Noun(word) if states(word)) {
        return Some(pair);
    }
    let own: Vec<ActorId> = pair.iter().filter_map(|p| crate::actor::state_of(p.as_str())).collect();
    (own.len() == 2 && own[0] != own[1]).then_some(own)
}

/// What a report tells beside one event of it.
struct Told<'a> {
    trees: &'a [Tree<'a>],
    notes: &'a [Note],
    events: &'a [Event],
    but: usize,
}

impl Told<'_> {
    /// Those whom a report means by a word for two: the states it speaks of most for "the two countries", the only two who take
    /// part in what is told last, or tell it, for "both sides".
    fn spoken_of(
        &self,
        lexicon: &Lexicon,
        scene: &Scene,
        sentence: usize,
        word: usize,
    ) -> Option<Vec<ActorId>> {
        let tree = &self.trees[sentence];
        if is_of_states(tree, lexicon, word) {
            return self.states(scene);
        }
        if !lexicon.in_class("parties", tree.lemma(word)) {
            return None;
        }
        let mut found: Vec<ActorId> = Vec::new();
        for at in (0..=sentence).rev().take(BACK + 1) {
            for p in self.parties(scene, at) {
                if !found.contains(&p) {
                    found.push(p);
                }
            }
            if found.len() >= 2 {
                break;
            }
        }
        let state = |p: &ActorId| crate::actor::state_of(p.as_str()).is_some();
        // Two states that the report is not about are not its sides.
        let aside = || self.states(scene).is_none_or(|two| found.iter().any(|p| !two.contains(p)));
        (found.len() == 2 && !(found.iter().all(state) && aside())).then_some(found)
    }

    /// The two states that a report speaks of most, but for who else takes part in the event.
    fn states(&self, scene: &Scene) -> Option<Vec<ActorId>> {
        let own: Vec<ActorId> =
            self.own().filter_map(|r| crate::actor::state_of(r.actor.as_ref()?.as_str())).collect();
        let mut counts: BTreeMap<ActorId, usize> = BTreeMap::new();
        for m in scene.mentions {
            if let Some(state) = crate::actor::state_of(m.actor.as_str()).filter(|s| !own.contains(s)) {
                *counts.entry(state).or_default() += 1;
            }
        }
        let mut counts: Vec<(ActorId, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let clear = counts.len() == 2 || counts.len() > 2 && counts[1].1 > counts[2].1;
        clear.then(|| counts.into_iter().take(2).map(|(state, _)| state).collect())
    }

    fn own(&self) -> impl Iterator<Item = &EventRole> {
        self.events[self.but].actors.iter().chain(&self.events[self.but].targets)
    }

    /// Who takes part in what a sentence tells beside the event, or tells it.
    fn parties(&self, scene: &Scene, at: usize) -> Vec<ActorId> {
        let here = &self.trees[at];
        let Some(last) = here.len().checked_sub(1) else { return Vec::new() };
        let whole = here.between(0, last);
        let deeds = self.events.iter().zip(self.notes).filter(|(_, n)| n.sentence == at);
        let roles = deeds.flat_map(|(e, _)| e.actors.iter().chain(&e.targets)).cloned();
        let known = |who: &&ActorId| crate::actor::known_kind(who.as_str()).is_some();
        let sources = scene.sources.iter().filter(|(range, _)| whole.contains(*range));
        let speakers = sources.map(|(range, who)| EventRole {
            range: *range,
            actor: who.filter(known).cloned(),
            confidence: Confidence::Fact,
        });
        let all = roles.chain(speakers).filter(|r| !self.own().any(|o| o.range.overlaps(r.range)));
        all.filter_map(|r| party(scene, &r)).collect()
    }
}

/// Whoever can be a side: a state, whatever organ acts, or a group; nobody in particular and no person is one.
fn party(scene: &Scene, role: &EventRole) -> Option<ActorId> {
    let id = role.actor.as_ref()?;
    let kind = crate::actor::known_kind(id.as_str()).or_else(|| crate::actor::role_kind(id.as_str()));
    let group = match kind {
        Some(kind) => matches!(
            kind,
            ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Force | ActorKind::Government
        ),
        None => matches!(scene.entity_at(role.range), Some(EntityKind::Org | EntityKind::Norp)),
    };
    crate::actor::state_of(id.as_str()).or_else(|| group.then(|| id.clone()))
}

/// The two sides told of last before a word.
fn pair(before: &[Event], notes: &[Note], sentence: usize, both: Both) -> Option<Vec<ActorId>> {
    let (word, back) = match both {
        Both::Pronoun(word) => (word, 1),
        Both::Noun(word) => (word, BACK),
    };
    (0..before.len())
        .rev()
        .take_while(|&j| sentence.saturating_sub(notes[j].sentence) <= back)
        .filter(|&j| notes[j].sentence < sentence || notes[j].core < word)
        .find_map(|j| sides(&before[j]))
}

/// The subject of a verb that stands for two sides: "they", "both", "the two leaders", "both sides", "the delegations".
fn subject(tree: &Tree, lexicon: &Lexicon, scene: &Scene, verb: usize) -> Option<Both> {
    let subjects = args::of(tree, lexicon, verb).subjects;
    let [s] = subjects[..] else { return None };
    match tree.upos(s) {
        Upos::Pron => matches!(tree.form(s), "they" | "both").then_some(Both::Pronoun(s)),
        _ => is_noun(tree, lexicon, scene, s).then_some(Both::Noun(s)),
    }
}

/// Whether a noun stands for two sides.
fn is_noun(tree: &Tree, lexicon: &Lexicon, scene: &Scene, s: usize) -> bool {
    let before =
        |w: usize, words: &[&str]| tree.children(w).iter().any(|&c| c < w && words.contains(&tree.lemma(c)));
    // Who deals with another has sides, parties and delegations; leaders and armies may be of anybody.
    let two = |w: usize| {
        before(w, &["two", "both", "2"])
            || tree.xpos(w) == "NNS" && tree.children(w).iter().any(|&c| tree.form(c) == "their")
            || matches!(tree.lemma(w), "side" | "party" | "delegation" | "neighbour" | "neighbor")
                && tree.xpos(w) == "NNS"
                && before(w, &["the"])
                && !before(w, &["other"])
    };
    let describes = |m: &ActorMention| matches!(m.rule, "definite" | "role");
    let named = tree.children(s).iter().any(|&c| {
        matches!(tree.deprel(c), "amod" | "compound" | "nmod:poss")
            && tree.upos(c) != Upos::Pron
            // "The foreign ministers" are named by a word of their own, and by nobody's.
            && scene.mention(tree.range(c)).is_some_and(|m| tree.xpos(c) != "JJ" || !describes(m))
    });
    lexicon.in_class("sides", tree.lemma(s)) && two(s) && !named
}

/// Those who were told of together: two doers, or whoever met and whom.
fn sides(e: &Event) -> Option<Vec<ActorId>> {
    let together = matches!(e.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    let others = e.targets.iter().filter(|_| together && e.actors.len() == 1);
    let mut found: Vec<ActorId> = Vec::new();
    for role in e.actors.iter().chain(others) {
        if let Some(id) = role.actor.as_ref().filter(|id| !found.contains(id)) {
            found.push(id.clone());
        }
    }
    (found.len() == 2).then_some(found)
}
