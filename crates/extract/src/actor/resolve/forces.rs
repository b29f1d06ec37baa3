//! Whose forces and settlers are told of: "its soldiers", "his troops".

use record::{ActorId, ActorKind};

use super::super::compose::What;
use super::super::knowledge::knowledge;
use super::super::pieces;
use super::{REACH, Resolver};

impl Resolver<'_> {
    /// "its forces", "their soldiers": the armed forces of the state that the pronoun means, or the group itself.
    pub(super) fn forces_of(&mut self, i: usize, role: usize) -> Option<ActorId> {
        let role = &knowledge().roles[role];
        let pronoun = i.checked_sub(1)?;
        let (owner, here) = (&self.phrases[pronoun], &self.phrases[i]);
        if !matches!(role.kind, ActorKind::Force | ActorKind::ArmedGroup) {
            return None;
        }
        let possessive = matches!(self.words[owner.start].norm.as_str(), "its" | "their")
            && matches!(owner.what, What::Pronoun)
            && here.start - owner.end.min(here.start) <= 1
            && self.words[owner.start].sentence == self.words[here.start].sentence;
        let id = if possessive { self.found[pronoun].clone()?.0 } else { self.led_by(i)? };
        match self.cards.kind(&id)? {
            ActorKind::ArmedGroup => Some(id),
            ActorKind::State | ActorKind::Government | ActorKind::Force if role.id == "military" => {
                let state = self.cards.country(&id)?;
                let organ = knowledge().organs.iter().position(|o| o.id == "armed-forces")?;
                Some(self.cards.organ(organ, state))
            }
            _ => None,
        }
    }

    /// "Settlers" are those of the West Bank where the report is about that land.
    pub(super) fn settlers(&mut self, role: usize) -> Option<ActorId> {
        const LAND: [&str; 2] = ["ISR", "PSE"];
        let base = knowledge();
        let told = || self.about.iter().any(|c| LAND.contains(&c.code));
        let there = || self.places.iter().any(|p| p.spot.country.is_some_and(|c| LAND.contains(&c)));
        let here = base.roles[role].id == "settlers" && (told() || there());
        base.entry("isr-settlers").filter(|_| here).map(|entry| self.cards.entry(entry))
    }

    /// "The general told the president that his troops had taken the town": the state or group that the commander who speaks
    /// serves.
    fn led_by(&self, i: usize) -> Option<ActorId> {
        let start = self.phrases[i].start;
        let his = start.checked_sub(1).is_some_and(|b| matches!(self.words[b].norm.as_str(), "his" | "her"));
        let (sentence, at, _) =
            pieces::token(self.parsed, &self.words[self.phrases[i].end - 1]).filter(|_| his)?;
        let speaker =
            std::iter::successors(sentence.head(at), |&h| sentence.head(h)).take(6).find_map(|verb| {
                sentence.children(verb).find(|&c| c < at && sentence.tokens[c].deprel == "nsubj")
            })?;
        let below = |token: usize| {
            std::iter::successors(Some(token), |&t| sentence.head(t)).take(8).any(|t| t == speaker)
        };
        let here = |j: usize| {
            pieces::token(self.parsed, &self.words[self.phrases[j].end - 1])
                .is_some_and(|(s, t, _)| std::ptr::eq(s, sentence) && below(t))
        };
        let person = (i.saturating_sub(REACH)..i).rev().filter(|&j| here(j)).find_map(|j| {
            let (id, _) = self.found[j].as_ref()?;
            (self.cards.kind(id) == Some(ActorKind::Person)).then_some(id)
        })?;
        let said =
            self.held.iter().rfind(|h| h.person == *person && h.of.is_some()).and_then(|h| h.of.clone());
        let known = || {
            let entry = &knowledge().entries[knowledge().entry(person.as_str())?];
            let post = entry.posts.iter().rfind(|p| p.held(self.day))?;
            self.cards.get(&ActorId::new(post.of)).map(|a| a.id.clone())
        };
        said.or_else(known)
    }

    /// "The head of the city's council, Ann Roe, said": the name behind a post and its body is that of who holds the post,
    /// whatever the parser hangs it on.
    pub(super) fn named_behind(&mut self, i: usize) {
        let What::Name { from, to, ref titles, .. } = self.phrases[i].what else { return };
        let Some((person, _)) = self.found[i].clone().filter(|_| titles.is_empty()) else { return };
        if self.cards.kind(&person) != Some(ActorKind::Person) {
            return;
        }
        let apposed = (from..to).find_map(|w| {
            let (sentence, at, token) = pieces::token(self.parsed, &self.words[w])?;
            (token.deprel == "appos" && sentence.tokens.get(at.checked_sub(1)?)?.lemma == ",")
                .then_some((sentence, at))
        });
        let Some((sentence, at)) = apposed else { return };
        let of = |&t: &usize| matches!(sentence.tokens[t].deprel, "nmod" | "nmod:poss");
        let body = sentence.head(at).filter(of);
        let post = std::iter::successors(body, |&t| sentence.head(t).filter(|_| of(&t))).take(4).last();
        let Some(post) = post.map(|t| sentence.tokens[t].range) else { return };
        let here = |j: &usize| {
            pieces::range(self.words, self.phrases[*j].start, self.phrases[*j].end).overlaps(post)
        };
        let Some(j) = (i.saturating_sub(REACH)..i).rev().find(here) else { return };
        if let What::Office { titles, of, .. } = self.phrases[j].what.clone() {
            let of = self.of(&of);
            for title in titles {
                self.hold(&person, title, of.clone(), j);
            }
            self.found[j] = Some((person, "title"));
        }
    }
}
