//! Whom a post means: "the prime minister", "the Ruritanian president".

use record::{ActorId, ActorKind, Upos};

use super::super::compose::{MANY, Of};
use super::super::knowledge::knowledge;
use super::super::words::{Case, Word};
use super::states::Whose;
use super::{Resolver, era};

impl Resolver<'_> {
    /// Whoever holds a post: who is given it by the report, who is known to have held it then, else the post itself.
    pub(super) fn office(&mut self, i: usize, titles: &[usize], of: &Of, definite: bool) -> Option<ActorId> {
        let start = self.phrases[i].start;
        let word_before = start.checked_sub(1).map_or("", |b| self.words[b].norm.as_str());
        let first = self.words[start].norm.as_str();
        let said_of = self.of(of);
        if self.is_not_now(i) {
            return None;
        }
        let base = knowledge();
        // "the leader of the Black Hand gang", "the president of Ruritania province": of somebody nobody knows, so of no state
        // that is near.
        let end = self.phrases[i].end;
        let here = |w: &&Word| w.sentence == self.words[start].sentence;
        let mut behind = self.words.get(end..).unwrap_or_default().iter().take_while(here);
        let of_others = said_of.is_none() && behind.next().is_some_and(|w| w.norm == "of");
        let owner = behind.find(|w| !matches!(w.norm.as_str(), "the" | "this" | "that"));
        let named = owner.is_some_and(|w| w.case != Case::Lower && !is_state_noun(&w.norm));
        // "The Kurdish prime minister", "the rebel president": of a people that is no state, and so not of one that is near.
        let people = said_of.is_none()
            && (is_rival(word_before)
                || is_rival(first)
                || self.words[start].case != Case::Capital && self.is_of_unknown(start));
        let class = |of: &str| titles.iter().any(|&t| base.titles[t].class == of);
        // "The president of the civil society": no head of state.
        let of_body = owner.is_some_and(|w| !is_state_noun(&w.norm)) && class("head");
        if people || of_others && (named || of_body || class("group")) {
            return Some(self.cards.office(self.headed(titles, None), None));
        }
        // Somebody whom the report gives this post.
        let bodies: Vec<Option<ActorId>> =
            titles.iter().map(|&t| said_of.clone().map(|o| self.body_of(t, o))).collect();
        let mut named: Vec<ActorId> = Vec::new();
        for held in &self.held {
            let fits = titles.iter().zip(&bodies).any(|(&t, body)| {
                let same = base.titles[t].name == base.titles[held.title].name
                    || base.titles[t].class == "spokesman" && base.titles[held.title].class == "spokesman"
                    || base.titles[t].name == "leader"
                        && matches!(base.titles[held.title].class, "head" | "government");
                same && (body.is_none() || held.of.is_none() || *body == held.of || said_of == held.of)
            });
            if fits && !named.contains(&held.person) {
                named.push(held.person.clone());
            }
        }
        if let [person] = named.as_slice()
            && (said_of.is_some() || definite)
        {
            return Some(person.clone());
        }
        // "An Iranian adviser": one of several.
        if matches!(word_before, "a" | "an" | "another") {
            return Some(self.cards.office(self.headed(titles, said_of.as_ref()), said_of.as_ref()));
        }
        let owner = match said_of {
            Some(of) => Some(of),
            // A state has none: that of the organisation named last, before or behind.
            None if base.titles[titles[0]].name.starts_with("secretary-general") => {
                let igo = |f: &&Option<(ActorId, &'static str)>| {
                    f.as_ref().is_some_and(|(id, _)| self.cards.kind(id) == Some(ActorKind::Igo))
                };
                let before = self.found[..i].iter().rev().find(igo);
                before
                    .or_else(|| self.found[i..].iter().find(igo))
                    .and_then(|f| f.as_ref())
                    .map(|f| f.0.clone())
            }
            None if definite || self.words[start].case != Case::Lower => {
                let military = titles.iter().any(|&t| base.titles[t].name == "defence minister");
                let state = self.state_of(i, if military { Whose::Forces } else { Whose::State });
                state.map(|s| self.cards.state(s))
            }
            None => None,
        };
        let Some(owner) = owner else { return Some(self.cards.office(self.headed(titles, None), None)) };
        if let Some(person) = self.holder_of(titles, &owner) {
            return Some(self.cards.entry(person));
        }
        if let Some(person) = named.last() {
            return Some(person.clone());
        }
        Some(self.cards.office(self.headed(titles, Some(&owner)), Some(&owner)))
    }

    /// Whether an adjective with a capital stands before word `at`, or a name that nobody knows: "the Kurdish | prime minister",
    /// "the RDP | leader". One that begins the sentence has its capital from there.
    fn is_of_unknown(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|b| &self.words[b]) else { return false };
        let inside = at.checked_sub(2).is_some_and(|b| self.words[b].sentence == before.sentence);
        before.sentence == self.words[at].sentence
            && inside
            && super::super::pieces::token(self.parsed, before).is_some_and(|(_, _, t)| match before.case {
                Case::Lower => false,
                Case::Capital => t.deprel == "amod",
                Case::Upper => t.deprel == "compound" && t.upos == Upos::Propn,
            })
    }

    /// The title to show: a group has a leader, where a state has a president.
    fn headed(&self, titles: &[usize], owner: Option<&ActorId>) -> usize {
        let state = owner
            .and_then(|o| self.cards.kind(o))
            .is_some_and(|k| matches!(k, ActorKind::State | ActorKind::Government));
        let titled = |fits: &dyn Fn(usize) -> bool| titles.iter().copied().find(|&t| fits(t));
        let leader = titled(&|t| owner.is_none() && knowledge().titles[t].name == "leader");
        let group = leader.or_else(|| titled(&|t| knowledge().titles[t].class == "group"));
        group.filter(|_| !state).unwrap_or(titles[0])
    }

    /// The only person of the knowledge base who held one of these posts of a state or body when the report was written; of
    /// several the one whom the report names. A post that many hold at a time ("a minister") tells nobody.
    pub(super) fn holder_of(&self, titles: &[usize], owner: &ActorId) -> Option<usize> {
        let base = knowledge();
        let single = |t: &&usize| !MANY.contains(&base.titles[**t].name);
        // "The leader" of a state is its leader rather than its president, where it has both.
        let leader = |t: &&usize| base.titles[**t].name == "leader";
        let first = titles.iter().filter(single).filter(leader);
        first.chain(titles.iter().filter(single)).find_map(|&title| {
            let mut people = base.holders(title, owner.as_str(), self.day);
            if people.len() > 1
                && let Some(era) = self.era()
            {
                people.retain(|&p| era::held_in(&base.entries[p].posts, title, owner.as_str(), era));
            }
            if people.len() > 1 {
                let met = |p: &usize| self.met.iter().any(|m| m.id.as_str() == base.entries[*p].id);
                people.retain(met);
            }
            if let [person] = people.as_slice() { Some(*person) } else { None }
        })
    }

    /// Whether phrase `i` tells of a post that is not held when the report is written: "the former president".
    pub(super) fn is_not_now(&self, i: usize) -> bool {
        let other =
            |w: &str| matches!(w, "former" | "ex" | "late" | "then" | "future" | "next" | "new" | "incoming");
        let (start, end) = (self.phrases[i].start, self.phrases[i].end);
        self.words[start.saturating_sub(1)..end].iter().any(|w| other(&w.norm))
    }
}

/// What a head of state is the head of, where no name says so.
fn is_state_noun(noun: &str) -> bool {
    matches!(noun, "republic" | "state" | "nation" | "country" | "union" | "federation" | "government")
}

/// "The rebel president", "the self-declared president".
fn is_rival(word: &str) -> bool {
    matches!(
        word,
        "rebel" | "separatist" | "breakaway" | "insurgent" | "shadow" | "proclaimed" | "declared" | "styled"
    )
}
