//! The actors of one report: a card for each, made when it is first met.

use std::collections::BTreeMap;

use record::{Actor, ActorId, ActorKind, Role, Sector};

use super::fold::slug;
use super::knowledge::{knowledge, known_actor, organ_card, state_card};
use crate::place::country::{self, Country};

/// The cards, by id.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    cards: BTreeMap<ActorId, Actor>,
}

impl Cards {
    pub(crate) fn get(&self, id: &ActorId) -> Option<&Actor> {
        self.cards.get(id)
    }

    pub(crate) fn kind(&self, id: &ActorId) -> Option<ActorKind> {
        self.cards.get(id).map(|a| a.kind)
    }

    pub(crate) fn sector(&self, id: &ActorId) -> Option<Sector> {
        self.cards.get(id).and_then(|a| a.sector)
    }

    pub(crate) fn country(&self, id: &ActorId) -> Option<&'static Country> {
        self.cards.get(id).and_then(|a| a.country.as_deref()).and_then(country::by_code)
    }

    pub(crate) fn get_mut(&mut self, id: &ActorId) -> Option<&mut Actor> {
        self.cards.get_mut(id)
    }

    pub(crate) fn into_map(self) -> BTreeMap<ActorId, Actor> {
        self.cards
    }

    fn put(&mut self, card: Actor) -> ActorId {
        let id = card.id.clone();
        self.cards.entry(id.clone()).or_insert(card);
        id
    }

    pub(crate) fn entry(&mut self, i: usize) -> ActorId {
        self.put(knowledge().card(i))
    }

    pub(crate) fn state(&mut self, state: &'static Country) -> ActorId {
        self.put(state_card(state))
    }

    /// The organ of a state; the entry of the knowledge base if it has one under that id.
    pub(crate) fn organ(&mut self, organ: usize, state: &'static Country) -> ActorId {
        let card = organ_card(&knowledge().organs[organ], state);
        let card = known_actor(card.id.as_str()).unwrap_or(card);
        self.put(card)
    }

    /// An organ of no known state.
    pub(crate) fn bare_organ(&mut self, organ: usize) -> ActorId {
        let organ = &knowledge().organs[organ];
        self.made(organ.id, &organ.id.replace('-', " "), organ.kind, None, organ.sector)
    }

    /// The people of a state.
    pub(crate) fn people(&mut self, state: &'static Country) -> ActorId {
        // The plural, where the language has one.
        let several = state.people.iter().find(|p| p.ends_with('s') || p.ends_with("men"));
        let name = several.or(state.people.last()).copied().unwrap_or(state.name);
        let id = format!("{}-people", state.code.to_ascii_lowercase());
        self.made(&id, name, ActorKind::Population, Some(state.code), Some(record::Sector::Cvl))
    }

    /// People named by a role noun, of a state or body or of nobody in particular.
    pub(crate) fn role(&mut self, role: usize, of: Option<&ActorId>, how: Option<&str>) -> ActorId {
        let role = &knowledge().roles[role];
        let plain = role.id.replace('-', " ");
        let Some(of) = of else { return self.made(role.id, &plain, role.kind, None, role.sector) };
        let state = self.country(of);
        let owner = self.adjective(of);
        let (id, name) = match how {
            Some(how) => (format!("{of}-{how}-{}", role.id), format!("{}-{how} {plain}", self.name(of))),
            None => (format!("{of}-{}", role.id), format!("{owner} {plain}")),
        };
        let country = if how.is_some() { None } else { state.map(|s| s.code) };
        self.made(&id, &name, role.kind, country, role.sector)
    }

    /// Whoever holds a post.
    pub(crate) fn office(&mut self, title: usize, of: Option<&ActorId>) -> ActorId {
        let title = &knowledge().titles[title];
        let kind = if matches!(title.class, "head" | "government" | "minister") {
            ActorKind::Government
        } else {
            ActorKind::Role
        };
        let Some(of) = of else { return self.made(&slug(title.name), title.name, kind, None, title.sector) };
        let country = self.country(of).map(|c| c.code);
        // "The ambassador of the Ruritanian embassy" is Ruritania's.
        let state = of.as_str().strip_suffix("-embassy").map(ActorId::new).filter(|s| self.get(s).is_some());
        let of = state.as_ref().unwrap_or(of);
        let id = format!("{of}-{}", slug(title.name));
        let name = format!("{} {}", self.adjective(of), title.name);
        let military = title.class == "military" && self.kind(of) == Some(ActorKind::State);
        let own = title.sector.or(military.then_some(record::Sector::Mil));
        let sector = own.or_else(|| self.get(of).and_then(|a| a.sector));
        self.made(&id, &name, kind, country, sector)
    }

    /// A person or body that the knowledge base does not know.
    pub(crate) fn made(
        &mut self,
        id: &str,
        name: &str,
        kind: ActorKind,
        country: Option<&str>,
        sector: Option<record::Sector>,
    ) -> ActorId {
        self.put(Actor {
            id: ActorId::new(id),
            name: name.to_owned(),
            kind,
            country: country.map(str::to_owned),
            sector,
            wikidata: None,
            aliases: Vec::new(),
            roles: Vec::new(),
            evidence: Vec::new(),
        })
    }

    /// Notes that somebody holds a post, unless it is known.
    pub(crate) fn note_post(&mut self, person: &ActorId, title: usize, of: Option<&ActorId>) {
        let title = &knowledge().titles[title];
        if title.class == "honorific" {
            return;
        }
        let country = of.and_then(|o| self.country(o)).map(|c| c.code.to_owned());
        let Some(card) = self.cards.get_mut(person) else { return };
        if card.kind != ActorKind::Person {
            return;
        }
        card.sector = card.sector.or(title.sector);
        if card.country.is_none() {
            card.country = country;
        }
        let same = |r: &Role| r.title == title.name && (of.is_none() || r.of.as_ref() == of);
        if knowledge().entry(person.as_str()).is_none() && !card.roles.iter().any(same) {
            card.roles.push(Role { title: title.name.to_owned(), of: of.cloned(), from: None, to: None });
        }
    }

    fn name(&self, id: &ActorId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |a| a.name.clone())
    }

    fn adjective(&self, id: &ActorId) -> String {
        let state = self.country(id).filter(|_| self.kind(id) == Some(ActorKind::State));
        state.and_then(|s| s.people.first()).map_or_else(|| self.name(id), |&p| p.to_owned())
    }
}
