//! Who does in another state what somebody told of before does in his: "his Ruritanian counterpart".

use record::{ActorId, ActorKind};

use super::super::compose::What;
use super::super::knowledge::knowledge;
use super::Resolver;

/// Posts that states name differently.
const ALIKE: &[&[&str]] = &[
    &["foreign minister", "secretary of state", "foreign secretary"],
    &["defence minister", "defense secretary", "defence secretary"],
    &["interior minister", "home minister", "home secretary"],
    &["prime minister", "premier", "chancellor"],
];

/// How many phrases back whoever has a counterpart stands.
const BACK: usize = 6;

impl Resolver<'_> {
    /// Whom phrase `i` means, a counterpart in `state`: who is named behind it, else the holder of the same post or the same
    /// organ there, else the state.
    pub(super) fn counterpart(&mut self, i: usize, state: &ActorId) -> (ActorId, &'static str) {
        if let Some(person) = self.named_after(i) {
            return (person, "title");
        }
        let here = self.words[self.phrases[i].start].sentence;
        let near = (i.saturating_sub(BACK)..i).rev();
        let before: Vec<usize> =
            near.filter(|&j| self.words[self.phrases[j].start].sentence == here).collect();
        for j in before {
            let id = self.found[j].as_ref().map(|(id, _)| id.clone());
            let of = id.as_ref().and_then(|id| self.cards.country(id));
            if of.is_some() && of.map(|c| c.code) == self.cards.country(state).map(|c| c.code) {
                continue;
            }
            if let Some(organ) = id.as_ref().and_then(|id| self.organ_of(id)) {
                let country = self.cards.country(state);
                return (country.map_or(state.clone(), |c| self.cards.organ(organ, c)), "definite");
            }
            let posts = self.posts(j, id.as_ref());
            let held = self.as_called_in(&posts, state);
            if let Some(&first) = held.first() {
                let id = match self.holder_of(&held, state) {
                    Some(entry) => self.cards.entry(entry),
                    None => self.cards.office(first, Some(state)),
                };
                return (id, "title");
            }
        }
        (state.clone(), "demonym")
    }

    /// "His Ruritanian counterpart, Ann Roe".
    fn named_after(&self, i: usize) -> Option<ActorId> {
        let (phrase, next) = (&self.phrases[i], self.phrases.get(i + 1)?);
        let gap = self.words.get(phrase.end..next.start)?;
        let close = gap.is_empty() || matches!(gap, [mark] if mark.norm == ",");
        let name = close && matches!(next.what, What::Name { .. });
        let (id, _) = self.found[i + 1].as_ref().filter(|_| name)?;
        (self.cards.kind(id) == Some(ActorKind::Person)).then(|| id.clone())
    }

    /// The organ that an actor is of its state.
    fn organ_of(&self, id: &ActorId) -> Option<usize> {
        let code = self.cards.country(id)?.code.to_lowercase();
        let organ = id.as_str().strip_prefix(&code)?.strip_prefix('-')?;
        knowledge().organs.iter().position(|o| o.id == organ)
    }

    /// The posts of whom phrase `j` means: those that stand with it, else those that are known.
    fn posts(&self, j: usize, id: Option<&ActorId>) -> Vec<usize> {
        let base = knowledge();
        match &self.phrases[j].what {
            What::Name { titles, .. } | What::Office { titles, .. } if !titles.is_empty() => titles.clone(),
            What::Name { .. } => {
                let entry = id.and_then(|id| base.entry(id.as_str()));
                let posts = entry.map_or(&[][..], |e| &base.entries[e].posts);
                posts.iter().rev().filter(|p| p.held(self.day)).map(|p| p.title).take(1).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Posts as a state calls them, those of which it has known holders first.
    fn as_called_in(&self, posts: &[usize], state: &ActorId) -> Vec<usize> {
        let base = knowledge();
        let one = |t: &usize| !matches!(base.titles[*t].class, "honorific" | "legislator" | "religious");
        let mut all: Vec<usize> = posts.iter().copied().filter(one).collect();
        for names in ALIKE {
            if all.iter().any(|&t| names.contains(&base.titles[t].name)) {
                let alike = (0..base.titles.len()).filter(|t| names.contains(&base.titles[*t].name));
                all.extend(alike.filter(|t| !posts.contains(t)));
            }
        }
        let held = |t: usize| {
            let mut posts = base.entries.iter().flat_map(|e| &e.posts);
            posts.any(|p| p.title == t && p.of == state.as_str())
        };
        all.sort_by_key(|&t| !held(t));
        all
    }
}
