//! Pieces put together: "Iraqi Prime Minister Mohammed Shia al-Sudani" is one phrase about one person.

mod beside;

use std::collections::{BTreeMap, BTreeSet};

use record::{ActorId, ActorKind, EntityKind, Parsed, Upos};

use super::cards::Cards;
use super::knowledge::{Form, Sense, knowledge};
use super::pieces::{Piece, stands_alone};
use super::words::{Case, Word};
use crate::place::country::{self, Country};

/// Whose a post is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Of {
    Nobody,
    Known(ActorId),
    /// The phrase with this index.
    Phrase(usize),
}

/// What a phrase is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Known(ActorId, &'static str),
    /// A name, with the posts that stand before it. `entry`: the person of the knowledge base.
    Name {
        from: usize,
        to: usize,
        entry: Option<usize>,
        kind: EntityKind,
        titles: Vec<usize>,
        of: Of,
    },
    /// A post without a name.
    Office {
        titles: Vec<usize>,
        of: Of,
        definite: bool,
    },
    /// An organ without its state.
    Organ(usize),
    Role {
        role: usize,
        of: Option<ActorId>,
        how: Option<&'static str>,
        definite: bool,
    },
    Pronoun,
    /// "the country".
    Country,
    /// "the ministry".
    Ministry,
    /// "His Ruritanian counterpart": somebody of this state.
    Counterpart(ActorId),
}

/// A phrase that stands for an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) what: What,
}

/// Words of "Iran-backed", with the one form that ids use.
const COMPOUNDS: &[(&str, &str)] = &[
    ("backed", "backed"),
    ("supported", "backed"),
    ("sponsored", "backed"),
    ("funded", "backed"),
    ("trained", "backed"),
    ("armed", "backed"),
    ("aligned", "linked"),
    ("affiliated", "linked"),
    ("linked", "linked"),
    ("allied", "linked"),
    ("led", "led"),
];

/// Titles whose holders are many, so that without a name they are a role: "an Iraqi lawmaker".
pub(crate) const MANY: &[&str] = &[
    "analyst",
    "journalist",
    "resident",
    "doctor",
    "lawyer",
    "activist",
    "official",
    "lawmaker",
    "cleric",
    "candidate",
    "ambassador",
    "judge",
    "prosecutor",
    "major",
    "colonel",
    "general",
    "admiral",
    "minister",
    "deputy minister",
    "senator",
    "adviser",
    "negotiator",
    "commander",
    "police chief",
    "governor",
    "mayor",
];

/// What a body of several countries has in one: "the group's Ruritanian branch" is nothing of the state's.
const BRANCHES: &[&str] = &["branch", "affiliate", "offshoot", "wing", "chapter", "franchise"];

/// The role of single people, who are somebody only with a state: "a Palestinian teenager".
const PERSONS: &str = "persons";

pub(crate) struct Composer<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) parsed: &'a Parsed,
    pub(crate) pieces: &'a [Piece],
    pub(crate) cards: &'a mut Cards,
    pub(crate) shouting: bool,
    /// How often each state is named.
    pub(crate) states: BTreeMap<&'static str, usize>,
    phrases: Vec<Phrase>,
}

/// The phrases of a report, in order, and how often it names each state.
pub(crate) fn compose(
    words: &[Word],
    parsed: &Parsed,
    pieces: &[Piece],
    cards: &mut Cards,
    shouting: bool,
) -> (Vec<Phrase>, BTreeMap<&'static str, usize>) {
    let mut states = BTreeMap::new();
    for piece in pieces {
        for sense in &piece.senses {
            let state = match sense {
                Sense::State(code, _) => Some(*code),
                Sense::Entry(i) if piece.senses.len() == 1 => knowledge().entries[*i].country,
                _ => None,
            };
            if let Some(code) = state {
                *states.entry(code).or_insert(0) += 1;
            }
        }
    }
    let mut composer = Composer { words, parsed, pieces, cards, shouting, states, phrases: Vec::new() };
    let mut k = 0;
    while k < pieces.len() {
        k = composer.step(k).max(k + 1);
    }
    composer.last_names();
    composer.small_words();
    let Composer { mut phrases, states, .. } = composer;
    // A phrase may point at a later one by its index, so the order of finding is kept beside the order of text.
    let mut order: Vec<usize> = (0..phrases.len()).collect();
    order.sort_by_key(|&i| (phrases[i].start, phrases[i].end));
    let mut place = vec![0; phrases.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    for phrase in &mut phrases {
        if let What::Name { of: Of::Phrase(i), .. } | What::Office { of: Of::Phrase(i), .. } =
            &mut phrase.what
        {
            *i = place[*i];
        }
    }
    (order.into_iter().map(|i| phrases[i].clone()).collect(), states)
}

impl Composer<'_> {
    /// Reads the phrase that begins with piece `k`; gives the next piece to read.
    fn step(&mut self, k: usize) -> usize {
        let piece = &self.pieces[k];
        if piece.unknown.is_some() {
            return self.name(k, piece.start, Vec::new(), Of::Nobody);
        }
        let entries = piece.entries();
        if self.is_surname(piece) {
            return self.name(k, piece.start, Vec::new(), Of::Nobody);
        }
        if self.is_anybodys(piece) {
            return self.description(k);
        }
        if !entries.is_empty() {
            let entry = self.spelt_out(k, &entries).unwrap_or_else(|| self.pick(&entries));
            return self.owned(k, Owner::Entry(entry));
        }
        let state = piece.senses.iter().find_map(|s| match s {
            Sense::State(code, form) => country::by_code(code).map(|c| (c, *form)),
            _ => None,
        });
        if let Some((state, form)) = state {
            return self.owned(k, Owner::State(state, form));
        }
        self.description(k)
    }

    /// "Norland said", of Ann Norland, who is named in full elsewhere in the report: no people or state of that name.
    fn is_surname(&self, piece: &Piece) -> bool {
        let word = &self.words[piece.start];
        let people = piece.senses.iter().all(|s| matches!(s, Sense::State(_, Form::People)));
        let alone = |w: &Word| {
            super::pieces::token(self.parsed, w).is_some_and(|(_, _, t)| {
                t.upos == Upos::Propn && !matches!(t.deprel, "amod" | "compound" | "nmod:desc")
            })
        };
        let article = piece
            .start
            .checked_sub(1)
            .is_some_and(|b| matches!(self.words[b].norm.as_str(), "a" | "an" | "the" | "another"));
        let full = |p: &Piece| {
            let person = p.unknown == Some(EntityKind::Per)
                || p.senses.iter().any(
                    |s| matches!(s, Sense::Entry(i) if knowledge().entries[*i].kind == ActorKind::Person),
                );
            person && p.end > p.start + 1 && self.words[p.end - 1].norm == word.norm
        };
        piece.end == piece.start + 1
            && people
            && !piece.senses.is_empty()
            && word.case == Case::Capital
            && !article
            && alone(word)
            && self.pieces.iter().any(full)
    }

    /// "The Senate" where the report names no state that the knowledge base has one of: the word for such a body anywhere.
    fn is_anybodys(&self, piece: &Piece) -> bool {
        let named = |i: usize| {
            knowledge().entries[i].country.is_none_or(|c| self.states.get(c).is_some_and(|n| *n > 0))
        };
        piece.organ().is_some() && !piece.entries().into_iter().any(named)
    }

    /// Of several actors with one name, one whose state the report names most.
    fn pick(&self, entries: &[usize]) -> usize {
        let named = |&i: &usize| {
            let country = knowledge().entries[i].country;
            country.and_then(|c| self.states.get(c)).copied().unwrap_or(0)
        };
        let most = entries.iter().map(named).max().unwrap_or(0);
        entries.iter().copied().find(|i| named(i) == most).unwrap_or(entries[0])
    }

    /// Whom a name means that others bear too, by the acronym behind it: "the National Liberation Army, ELN".
    fn spelt_out(&self, k: usize, entries: &[usize]) -> Option<usize> {
        let (piece, next) = (&self.pieces[k], self.pieces.get(k + 1)?);
        let apposed = matches!(self.words.get(piece.end..next.start)?, [mark] if matches!(mark.norm.as_str(), "," | "("));
        let acronym =
            next.end == next.start + 1 && self.words[next.start].case == Case::Upper && !self.shouting;
        let [other] = next.entries()[..] else { return None };
        let base = knowledge();
        let named = |i: usize| base.entries[i].country.and_then(|c| self.states.get(c)).copied().unwrap_or(0);
        let kind = |i: usize| base.entries[i].kind;
        let foreign = entries.iter().all(|&i| kind(i) == kind(other) && named(i) < named(other));
        let several = piece.end > piece.start + 1;
        (apposed && acronym && several && foreign).then_some(other)
    }

    /// A state or known actor, perhaps with what belongs to it: "Iraqi | foreign ministry".
    fn owned(&mut self, k: usize, owner: Owner) -> usize {
        let piece = &self.pieces[k];
        let (start, end) = (piece.start, piece.end);
        let person = matches!(owner, Owner::Entry(i) if knowledge().entries[i].kind == ActorKind::Person);
        if let Owner::State(state, _) = owner {
            if self.is_partner(k) {
                let state = self.cards.state(state);
                let noun = self.follows(k).map(|n| (self.pieces[n].end, n + 1));
                let (end, next) = noun.filter(|(_, n)| *n == k + 2).unwrap_or((end, k + 1));
                self.push(start, end, What::Known(state, "demonym"));
                return next;
            }
            if self.words.get(end).is_some_and(|w| w.norm == "counterpart") {
                let state = self.cards.state(state);
                self.push(start, end + 1, What::Counterpart(state));
                return k + 1;
            }
            if self.words.get(end).is_some_and(|w| BRANCHES.contains(&w.norm.as_str())) {
                return k + 1;
            }
            if let Some(what) = self.shared(k, state) {
                self.push(start, end, what);
                return k + 1;
            }
        }
        if let Some(next) = self.follows(k) {
            let after = &self.pieces[next];
            // "Nigeria's Senate" is not the one of another state.
            let own = matches!(owner, Owner::State(..)) && after.organ().is_some();
            if !after.is_name() || own {
                let id = self.owner_id(owner);
                let country = self.cards.country(&id);
                let possessive = self.words.get(end).is_some_and(|w| w.norm == "'s");
                let titles = after.titles();
                let named = self.name_after(next);
                let many = titles.iter().all(|&t| MANY.contains(&knowledge().titles[t].name));
                // "Biden administration officials": the organ stands before those who speak for it.
                let chain =
                    self.pieces.get(next + 1).is_some_and(|p| p.start == after.end && p.role().is_some());
                let noun = stands_alone(self.parsed, self.words, after) || named.is_some() || chain;
                if !titles.is_empty() && (!person || possessive) && (named.is_some() || !many) && noun {
                    return self.titled(next, start, titles, Of::Known(id), true);
                }
                // "Ruritania presidential candidate": somebody, not the state.
                if !titles.is_empty()
                    && many
                    && !person
                    && noun
                    && after.role().is_none()
                    && after.organ().is_none()
                {
                    let what = What::Office { titles, of: Of::Known(id), definite: false };
                    self.push(start, after.end, what);
                    return next + 1;
                }
                if let (Some(organ), Some(country)) = (after.organ(), country)
                    && (noun || self.moves_in(organ, after.end))
                {
                    let body = &knowledge().organs[organ];
                    let state = matches!(owner, Owner::State(..));
                    if state || person && matches!(body.id, "government" | "armed-forces" | "security-forces")
                    {
                        let actor = self.cards.organ(organ, country);
                        self.push(start, after.end, What::Known(actor, "name"));
                        return next + 1;
                    }
                }
                // "a Palestinian teenager": one of the people.
                if let (Some(role), Owner::State(state, form)) = (after.role(), owner)
                    && knowledge().roles[role].id == PERSONS
                    && form != Form::Capital
                {
                    let actor = self.cards.people(state);
                    self.push(start, after.end, What::Known(actor, "demonym"));
                    return next + 1;
                }
                if let Some(role) = after.role()
                    && noun
                    && !person
                    && knowledge().roles[role].id != PERSONS
                {
                    let kind = knowledge().roles[role].kind;
                    if self.cards.kind(&id) == Some(ActorKind::Population) {
                        let (backer, how) = self.compound_before(start);
                        let what = What::Role { role, of: backer.or(Some(id)), how, definite: false };
                        self.push(start, after.end, what);
                        return next + 1;
                    }
                    let capital = matches!(owner, Owner::State(_, Form::Capital));
                    let armed = matches!(kind, ActorKind::ArmedGroup | ActorKind::Force);
                    if matches!(owner, Owner::Entry(_)) && armed {
                        self.push(start, after.end, What::Known(id, "name"));
                        return next + 1;
                    }
                    if !capital {
                        let what = What::Role { role, of: Some(id), how: None, definite: false };
                        self.push(start, after.end, what);
                        return next + 1;
                    }
                }
            }
        }
        self.alone(k, owner);
        k + 1
    }

    /// "A Ruritanian coast guard vessel": what a force moves in acts for it.
    fn moves_in(&self, organ: usize, next: usize) -> bool {
        let force = knowledge().organs[organ].kind == ActorKind::Force;
        force && self.words.get(next).is_some_and(|w| crate::event::is_craft(&w.norm))
    }

    /// "Both parties", "the warring parties": those to a conflict or talks, no political ones.
    fn are_sides(&self, start: usize, end: usize) -> bool {
        const WHICH: &[&str] =
            &["both", "all", "the", "two", "warring", "conflicting", "opposing", "rival", "third", "other"];
        let before = start.checked_sub(1).map_or("", |b| self.words[b].norm.as_str());
        end == start + 1 && self.words[start].norm == "parties" && WHICH.contains(&before)
    }

    /// "The Ruritanian-Norland coalition": what two states make together is each of them.
    fn is_partner(&self, k: usize) -> bool {
        let state = |p: &Piece| p.senses.iter().any(|s| matches!(s, Sense::State(..)));
        let (before, piece) = (k.checked_sub(1).map(|b| &self.pieces[b]), &self.pieces[k]);
        let hyphen =
            |a: &Piece, b: &Piece| b.start == a.end && self.words[b.start].glued && state(a) && state(b);
        let group = |n: &Piece| n.role().is_some_and(|r| knowledge().roles[r].id == "group");
        if before.is_some_and(|b| hyphen(b, piece)) {
            return self.follows(k).is_some_and(|n| group(&self.pieces[n]));
        }
        self.pieces.get(k + 1).is_some_and(|next| hyphen(piece, next))
            && self.follows(k + 1).is_some_and(|n| group(&self.pieces[n]))
    }

    /// What is a state's by a noun that it shares with the next: "the Iraqi and Iranian foreign ministries".
    fn shared(&mut self, k: usize, state: &'static Country) -> Option<What> {
        let end = self.pieces[k].end;
        let glued = self.words.get(end).is_some_and(|w| w.glued);
        let other = self.pieces.get(k + 1).filter(|p| p.start == end + usize::from(!glued))?;
        let word = &self.words[end - 1];
        let adjective = self.pieces[k].senses.iter().any(|s| matches!(s, Sense::State(_, Form::People)))
            || word.case == Case::Upper && !self.shouting;
        let joined = (glued || matches!(self.words[end].norm.as_str(), "and" | "or"))
            && self.words[end].sentence == word.sentence
            && other.senses.iter().any(|s| matches!(s, Sense::State(_, Form::People)));
        if !adjective || !joined {
            return None;
        }
        let noun = &self.pieces[self.follows(k + 1)?];
        if noun.is_name() || !stands_alone(self.parsed, self.words, noun) {
            return None;
        }
        if let Some(organ) = noun.organ() {
            return Some(What::Known(self.cards.organ(organ, state), "name"));
        }
        let role = noun.role().filter(|&r| knowledge().roles[r].id != PERSONS)?;
        let of = Some(self.cards.state(state));
        Some(What::Role { role, of, how: None, definite: false })
    }

    /// A state or known actor by itself.
    fn alone(&mut self, k: usize, owner: Owner) {
        let piece = &self.pieces[k];
        let (start, end) = (piece.start, piece.end);
        match owner {
            Owner::Entry(i) => {
                let entry = &knowledge().entries[i];
                if entry.kind == ActorKind::Person {
                    let kind = EntityKind::Per;
                    let what = What::Name {
                        from: start,
                        to: end,
                        entry: Some(i),
                        kind,
                        titles: Vec::new(),
                        of: Of::Nobody,
                    };
                    self.push(start, end, what);
                } else {
                    let acronym = end - start == 1 && self.words[start].case == Case::Upper && !self.shouting;
                    let id = self.cards.entry(i);
                    self.push(start, end, What::Known(id, if acronym { "acronym" } else { "name" }));
                }
            }
            Owner::State(state, Form::People) => {
                let word = &self.words[end - 1].norm;
                let plural = word.ends_with('s') && !word.ends_with("ss") && !self.words[end - 1].glued;
                let people = plural || self.is_of_a_person(end - 1);
                let id = if people { self.cards.people(state) } else { self.cards.state(state) };
                // "The Ruritanian side", but not "the Ruritanian side of the border".
                let norm = |at: usize| self.words.get(at).map_or("", |w| w.norm.as_str());
                let side = norm(end) == "side" && norm(end + 1) != "of";
                self.push(start, end + usize::from(side), What::Known(id, "demonym"));
            }
            Owner::State(state, Form::Name) => {
                if !self.locative(start) {
                    let id = self.cards.state(state);
                    self.push(start, end, What::Known(id, "name"));
                }
            }
            Owner::State(state, Form::Capital) => {
                if self.acts(start, end) {
                    let id = self.cards.state(state);
                    self.push(start, end, What::Known(id, "name"));
                }
            }
        }
    }

    /// Whether the word for a people is said of one or some of them: "a 19-year-old Ruritanian", "two Ruritanian brothers",
    /// "three workers, one of them Ruritanian".
    fn is_of_a_person(&self, at: usize) -> bool {
        let Some((sentence, i, token)) = super::pieces::token(self.parsed, &self.words[at]) else {
            return false;
        };
        let modifies = matches!(token.deprel, "amod" | "compound" | "nmod:desc");
        let noun = sentence.head(i).filter(|&h| h > i && modifies).and_then(|h| sentence.tokens.get(h));
        let acts = |w: &str| matches!(w, "negotiator" | "envoy" | "official" | "spy");
        if let Some(noun) = noun {
            let word = noun.lemma.to_lowercase();
            return noun.upos == Upos::Noun && crate::figure::is_person(&word) && !acts(&word);
        }
        let one =
            |w: &str| matches!(w, "a" | "an" | "another" | "second" | "third" | "fourth" | "fifth" | "sixth");
        let before = at.checked_sub(1).map(|b| &self.words[b]);
        let beside = |w: &Word| {
            w.sentence == self.words[at].sentence
                && (one(&w.norm) || matches!(w.norm.as_str(), "them" | "whom"))
        };
        let article = |c: usize| sentence.tokens[c].deprel == "det" && one(&sentence.tokens[c].lemma);
        let aged = token.upos != Upos::Adj && sentence.children(i).any(article);
        !modifies && (aged || before.is_some_and(beside))
    }

    /// A post, organ or role noun.
    fn description(&mut self, k: usize) -> usize {
        let piece = &self.pieces[k];
        let (start, end) = (piece.start, piece.end);
        let titles = piece.titles();
        let named = self.name_after(k);
        if let Some(title) = self.envoy_of_un(piece) {
            let un = self.cards.entry(title.1);
            return self.titled(k, start, vec![title.0], Of::Known(un), true);
        }
        if !titles.is_empty() && named.is_some() {
            return self.titled(k, start, titles, Of::Nobody, self.definite(start));
        }
        // "All movement is forbidden" is nobody's.
        let before = start.checked_sub(1).map_or("", |b| self.words[b].norm.as_str());
        let movement = self.words[end - 1].norm == "movement";
        let behind = self.words.get(end).map_or("", |w| w.norm.as_str());
        // Nor is "the movement of envoys".
        let motion = movement
            && (matches!(before, "all" | "any" | "free" | "no" | "of" | "troop" | "crowd") || behind == "of");
        // "By force of arms" is no force.
        let arms = |w: &Word| w.norm == "arms";
        let might = self.words[end - 1].norm == "force"
            && behind == "of"
            && self.words.get(end + 1).is_some_and(arms);
        if motion || might || !stands_alone(self.parsed, self.words, piece) {
            return k + 1;
        }
        let honorific = titles.iter().all(|&t| knowledge().titles[t].class == "honorific");
        if !titles.is_empty() && !honorific {
            let many = titles.iter().all(|&t| MANY.contains(&knowledge().titles[t].name));
            let of = self.of_after(k).is_some();
            if of || !many && piece.organ().is_none() {
                return self.titled(k, start, titles, Of::Nobody, self.definite(start));
            }
        }
        // "Both foreign ministers" are of no one state.
        let several = matches!(self.words[end - 1].norm.as_str(), "ministers" | "ministries");
        if let Some(organ) = piece.organ() {
            if let Some((next, state)) = self.state_after(k) {
                let actor = self.cards.organ(organ, state);
                self.push(start, self.pieces[next].end, What::Known(actor, "name"));
                return next + 1;
            }
            let body = &knowledge().organs[organ];
            // "police in Kenya", "soldiers from Kenya", but an embassy is never that of the state where it stands.
            let inside = if body.needs_state || several || body.id == "embassy" {
                None
            } else {
                self.state_within(k, "in")
            };
            if let Some(state) = inside.or_else(|| self.state_within(k, "from")) {
                let actor = self.cards.organ(organ, state);
                self.push(start, end, What::Known(actor, "name"));
                return k + 1;
            }
            // "the army", "the armed forces": one body, which a report with two armies names last.
            let whole = end - start > 1 || matches!(self.words[start].norm.as_str(), "army" | "military");
            let single = !body.needs_state || self.definite(start) && (piece.role().is_none() || whole);
            if single && !several {
                self.push(start, end, What::Organ(organ));
                return k + 1;
            }
        }
        if let Some(force) = self.air_force(start, end) {
            self.push(start, end, force);
            return k + 1;
        }
        // "The West Bank" has no bank.
        let at = self.words[end - 1].range;
        let index = self.parsed.entities.partition_point(|e| e.range.end() <= at.start());
        let place = self.parsed.entities.get(index).is_some_and(|e| {
            e.kind == EntityKind::Loc
                && e.range.contains(at)
                && e.range.start() < self.words[start].range.start()
        });
        if let Some(role) = piece.role().filter(|&r| !place && knowledge().roles[r].id != PERSONS) {
            if self.are_sides(start, end) {
                return k + 1;
            }
            if let Some(Phrase { start: from, end: to, what: What::Known(id, _) }) = self.phrases.last()
                && *to == start
                && self.cards.kind(id) == Some(ActorKind::Government)
                && let Some(state) = self.cards.country(id)
            {
                let from = *from;
                let of = Some(self.cards.state(state));
                self.phrases.pop();
                self.push(from, end, What::Role { role, of, how: None, definite: false });
                return k + 1;
            }
            let (mut of, how) = self.compound_before(start);
            of = of.or_else(|| self.state_within(k, "from").map(|state| self.cards.state(state)));
            if of.is_none() && knowledge().roles[role].kind == ActorKind::Population {
                of = self.state_within(k, "in").map(|state| self.cards.state(state));
            }
            // "fighters belonging to the Front"
            if of.is_none() && knowledge().roles[role].kind == ActorKind::ArmedGroup {
                let tied = self
                    .words
                    .get(end)
                    .is_some_and(|w| matches!(w.norm.as_str(), "belonging" | "loyal" | "affiliated"));
                let entry =
                    self.of_after(k).filter(|_| tied).and_then(|n| self.pieces[n].entries().first().copied());
                let group = entry.filter(|&e| knowledge().entries[e].kind == ActorKind::ArmedGroup);
                if let Some(group) = group {
                    let group = self.cards.entry(group);
                    self.push(start, end, What::Known(group, "definite"));
                    return k + 1;
                }
            }
            let definite = self.definite(start);
            self.push(start, end, What::Role { role, of, how, definite });
        }
        k + 1
    }

    /// "Two Norland MiG-29 fighters": aircraft, whose type stands before, of the state that stands before it.
    fn air_force(&mut self, start: usize, end: usize) -> Option<What> {
        let [letters, number] = self.words.get(start.checked_sub(2)?..start)? else { return None };
        let typed = number.glued
            && number.norm.starts_with(|c: char| c.is_ascii_digit())
            && letters.norm.starts_with(char::is_alphabetic);
        if !matches!(self.words[end - 1].norm.as_str(), "fighter" | "fighters") || !typed {
            return None;
        }
        let organ = knowledge().organs.iter().position(|o| o.id == "air-force")?;
        let near = self.phrases.last().filter(|p| p.end + 2 == start);
        let state = near.and_then(|p| match &p.what {
            What::Known(id, "demonym" | "name") => self.cards.country(id),
            _ => None,
        });
        Some(match state {
            Some(state) => What::Known(self.cards.organ(organ, state), "name"),
            None => What::Organ(organ),
        })
    }

    /// "the UN envoy" is the organisation's, where no state stands before it: the title, and the organisation.
    fn envoy_of_un(&self, piece: &Piece) -> Option<(usize, usize)> {
        let base = knowledge();
        let words = &self.words[piece.start..piece.end];
        let un = words.first().is_some_and(|w| matches!(w.norm.as_str(), "un" | "u.n."));
        let envoy = words.last().is_some_and(|w| matches!(w.norm.as_str(), "envoy" | "envoys"));
        if !un || !envoy {
            return None;
        }
        let title = base.titles.iter().position(|t| t.name == "special envoy")?;
        Some((title, base.entry("un")?))
    }

    /// A post from piece `k`, whose phrase begins at word `start`; takes up whose it is and who holds it.
    fn titled(&mut self, k: usize, start: usize, titles: Vec<usize>, mut of: Of, definite: bool) -> usize {
        let mut last = k;
        let mut next = k + 1;
        if let Some(p) = self.behind_region(k) {
            let Piece { start: from, end: to, .. } = self.pieces[p];
            let entry = self.pieces[p].entries().first().copied();
            self.push(from, to, What::Name { from, to, entry, kind: EntityKind::Per, titles, of });
            return p + 1;
        }
        if let Some(owner) = self.of_after(k) {
            let before = self.phrases.len();
            next = self.step(owner);
            // The outermost phrase that the step made is the last one it pushed.
            if self.phrases.len() > before && of == Of::Nobody {
                of = Of::Phrase(self.phrases.len() - 1);
            }
            last = next - 1;
            if self.phrases.len() == before {
                last = k;
            }
        }
        if let Some((from, to, piece)) = self.name_after(last)
            && from >= self.pieces[last].end
            && self.phrases.last().is_none_or(|p| p.end <= from)
        {
            let entry = piece.and_then(|p| self.pieces[p].entries().first().copied());
            let what = What::Name { from, to, entry, kind: EntityKind::Per, titles, of };
            let comma = self.words[self.pieces[last].end..from].iter().any(|w| w.norm == ",");
            self.push(if comma || last != k { from } else { start }, to, what);
            return self.pieces.iter().position(|p| p.start >= to).unwrap_or(self.pieces.len()).max(next);
        }
        let end = self.pieces[k].end;
        self.push(start, end, What::Office { titles, of, definite });
        // "the Iraqi leader's spokesman"
        if last == k
            && self.words.get(end).is_some_and(|w| w.norm == "'s")
            && let Some(spokesman) = self.follows(k)
            && !self.pieces[spokesman].titles().is_empty()
        {
            let (titles, of) = (self.pieces[spokesman].titles(), Of::Phrase(self.phrases.len() - 1));
            return self.titled(spokesman, self.pieces[spokesman].start, titles, of, true);
        }
        next
    }

    /// An unknown name.
    fn name(&mut self, k: usize, start: usize, titles: Vec<usize>, of: Of) -> usize {
        let piece = &self.pieces[k];
        let kind = piece.unknown.unwrap_or(EntityKind::Misc);
        let what = What::Name { from: piece.start, to: piece.end, entry: None, kind, titles, of };
        self.push(start, piece.end, what);
        k + 1
    }

    fn push(&mut self, start: usize, end: usize, what: What) {
        self.phrases.push(Phrase { start, end, what });
    }

    fn owner_id(&mut self, owner: Owner) -> ActorId {
        match owner {
            Owner::Entry(i) => self.cards.entry(i),
            Owner::State(state, _) => self.cards.state(state),
        }
    }

    /// Pronouns and nouns that stand for an actor named before.
    fn small_words(&mut self) {
        let covered = self.covered();
        for (i, word) in self.words.iter().enumerate() {
            let what = match word.norm.as_str() {
                "he" | "she" | "they" | "it" | "him" | "them" => What::Pronoun,
                "its" | "their" => What::Pronoun,
                "country" | "nation" | "kingdom"
                    if self.definite(i) && !self.locative(i.saturating_sub(1)) =>
                {
                    What::Country
                }
                "ministry" if self.definite(i) => What::Ministry,
                _ => continue,
            };
            // "The 35-nation board" is of no nation.
            if !covered[i] && !word.glued {
                self.phrases.push(Phrase { start: i, end: i + 1, what });
            }
        }
    }

    /// Last names of people named in full elsewhere in the report.
    fn last_names(&mut self) {
        let names: Vec<(usize, usize)> = self
            .phrases
            .iter()
            .filter_map(|p| match p.what {
                What::Name { from, to, kind: EntityKind::Per, .. } => Some((from, to)),
                _ => None,
            })
            .collect();
        let last: BTreeSet<&str> = names
            .iter()
            .filter(|(from, to)| to - from > 1)
            .map(|(_, to)| self.words[to - 1].norm.as_str())
            .filter(|n| n.len() > 2)
            .collect();
        let mut found = Vec::new();
        let covered = self.covered();
        for (i, word) in self.words.iter().enumerate() {
            if word.is_word && word.case != Case::Lower && last.contains(word.norm.as_str()) && !covered[i] {
                let what = What::Name {
                    from: i,
                    to: i + 1,
                    entry: None,
                    kind: EntityKind::Per,
                    titles: Vec::new(),
                    of: Of::Nobody,
                };
                found.push(Phrase { start: i, end: i + 1, what });
            }
        }
        self.phrases.extend(found);
    }

    /// For each word, whether some phrase takes it up.
    fn covered(&self) -> Vec<bool> {
        let mut covered = vec![false; self.words.len()];
        for phrase in &self.phrases {
            covered[phrase.start..phrase.end].fill(true);
        }
        covered
    }
}

#[derive(Debug, Clone, Copy)]
enum Owner {
    Entry(usize),
    State(&'static Country, Form),
}
