//! Whom each phrase of a report means.

mod back;
mod counterpart;
mod era;
mod forces;
mod harmed;
mod names;
mod office;
mod states;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::Date;
use record::{ActorId, ActorKind, EntityKind, Parsed, Place, Sector};

use super::cards::Cards;
use super::compose::{Of, Phrase, What};
use super::fold::{skeleton, slug};
use super::knowledge::knowledge;
use super::words::{Case, Word};
use crate::place::country::{self, Country};
use crate::table::{self, BadLine};
use names::Met;
use states::Whose;

/// More words than a line above the story has.
const HEAD_WORDS: usize = 15;

/// How many phrases back anything may refer: far more than a sentence or three hold, and a bound on what an endless
/// sentence costs.
const REACH: usize = 80;

/// A post said of a person in the report.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) person: ActorId,
    pub(crate) title: usize,
    pub(crate) of: Option<ActorId>,
    /// The phrase that says so.
    pub(crate) phrase: usize,
}

/// Gives each phrase its actor.
pub(crate) struct Resolver<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) text: &'a str,
    pub(crate) parsed: &'a Parsed,
    pub(crate) phrases: &'a [Phrase],
    pub(crate) cards: &'a mut Cards,
    pub(crate) day: Option<Date>,
    /// The places that the report names.
    pub(crate) places: &'a [Place],
    /// The states of the report and of its towns, the one that it is most about first.
    about: Vec<&'static Country>,
    /// The state that the paper is written in, if the report speaks of it.
    home: Option<&'static Country>,
    /// Where paragraphs begin behind an empty line, or behind a line break in a text without empty lines.
    paragraphs: Vec<usize>,
    met: Vec<Met>,
    acronyms: BTreeMap<String, ActorId>,
    /// What a noun beside an unknown name says that it is, by the consonants of the name: "the militia Saraya al-Nahr".
    said: BTreeMap<String, (ActorKind, Option<Sector>)>,
    pub(crate) held: Vec<Held>,
    pub(crate) found: Vec<Option<(ActorId, &'static str)>>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(
        words: &'a [Word],
        text: &'a str,
        parsed: &'a Parsed,
        phrases: &'a [Phrase],
        cards: &'a mut Cards,
        day: Option<Date>,
    ) -> Resolver<'a> {
        let found = vec![None; phrases.len()];
        let gap = if text.contains("\n\n") { "\n\n" } else { "\n" };
        Resolver {
            words,
            text,
            parsed,
            phrases,
            cards,
            day,
            places: &[],
            about: Vec::new(),
            home: None,
            paragraphs: text.match_indices(gap).map(|(at, _)| at + gap.len()).collect(),
            met: Vec::new(),
            acronyms: BTreeMap::new(),
            said: BTreeMap::new(),
            held: Vec::new(),
            found,
        }
    }

    /// Names first, since a headline may use a last name that only the text explains; then posts and descriptions;
    /// then pronouns.
    pub(crate) fn run(&mut self) {
        for i in 0..self.phrases.len() {
            if let What::Known(id, rule) = &self.phrases[i].what {
                self.found[i] = Some((id.clone(), rule));
            }
        }
        for i in 0..self.phrases.len() {
            self.said_to_be(i);
        }
        self.full_names();
        for i in 0..self.phrases.len() {
            if matches!(self.phrases[i].what, What::Name { .. }) {
                self.name(i);
            }
        }
        for i in 0..self.phrases.len() {
            self.appositions(i);
            self.named_behind(i);
        }
        for i in (0..self.phrases.len()).rev() {
            self.prefixes(i);
        }
        for i in 0..self.phrases.len() {
            self.descriptions_of_names(i);
        }
        for i in 0..self.phrases.len() {
            if self.found[i].is_none() {
                self.describe(i);
            }
        }
    }

    fn norm(&self, from: usize, to: usize) -> Vec<&'a Word> {
        self.words[from..to].iter().filter(|w| w.is_word).collect()
    }

    /// Registers people of the knowledge base, and unknown names of two words or more, the longest first, with their
    /// acronyms.
    fn full_names(&mut self) {
        let mut unknown = Vec::new();
        for i in 0..self.phrases.len() {
            let What::Name { from, to, entry, kind, .. } = self.phrases[i].what else { continue };
            let words: Vec<String> = self.norm(from, to).iter().map(|w| w.norm.clone()).collect();
            if let Some(entry) = entry {
                let id = self.cards.entry(entry);
                self.met(id.clone(), &words);
                let full: Vec<String> = super::words::phrase(knowledge().entries[entry].name)
                    .into_iter()
                    .map(|w| w.norm)
                    .collect();
                if let Some(last) = full.last() {
                    self.met(id.clone(), std::slice::from_ref(last));
                }
                self.met(id, &full);
            } else if words.len() > 1 {
                unknown.push((from, to, kind, words));
            }
        }
        unknown.sort_by_key(|(.., words)| std::cmp::Reverse(words.len()));
        for (from, to, kind, words) in unknown {
            let key = skeleton_of(&words);
            if self.met.iter().any(|m| m.skeleton == key) {
                continue;
            }
            if kind == EntityKind::Per
                && let Some(id) = self.part_of_name(&words)
            {
                self.met(id, &words);
                continue;
            }
            let name = tidy(super::pieces::range(self.words, from, to).of(self.text));
            let id = self.unknown(&name, &words, kind);
            self.met(id.clone(), &words);
            if let Some(acronym) = self.acronym_after(to) {
                self.acronyms.insert(acronym, id.clone());
            }
            if let Some(initials) =
                self.initials(from, to).filter(|_| self.cards.kind(&id) != Some(ActorKind::Person))
            {
                self.acronyms.entry(initials).or_insert(id);
            }
        }
    }

    /// The first letters of the capitalised words of a body's name, which it may be called by though no bracket says so.
    fn initials(&self, from: usize, to: usize) -> Option<String> {
        let words = self.norm(from, to);
        let letters: String =
            words.iter().filter(|w| w.case != Case::Lower).filter_map(|w| w.norm.chars().next()).collect();
        let norms: Vec<String> = words.iter().map(|w| w.norm.clone()).collect();
        (letters.chars().count() >= 3 && body_kind(&norms).0 != ActorKind::Other).then_some(letters)
    }

    fn met(&mut self, id: ActorId, words: &[String]) {
        let skeleton = skeleton_of(words);
        if !words.is_empty() && !self.met.iter().any(|m| m.id == id && m.skeleton == skeleton) {
            self.met.push(Met { id, words: words.to_vec(), skeleton });
        }
    }

    fn unknown(&mut self, name: &str, words: &[String], kind: EntityKind) -> ActorId {
        let (kind, sector) = match (self.said.get(&skeleton_of(words)), body_kind(words)) {
            (Some(said), _) => *said,
            // "Saraya al-Nahr" is nobody's name.
            (None, _) if kind == EntityKind::Per && !leads_group(words) => (ActorKind::Person, None),
            (None, body) => body,
        };
        self.cards.made(&slug(name), name, kind, None, sector)
    }

    /// "the militia Saraya al-Nahr", "Saraya al-Nahr, an armed group": what the noun beside the unknown name `i` says that it is.
    fn said_to_be(&mut self, i: usize) {
        let What::Name { from, to, entry: None, ref titles, .. } = self.phrases[i].what else { return };
        if !titles.is_empty() {
            return;
        }
        let role = |p: &Phrase| match p.what {
            What::Role { role, .. } => Some(&knowledge().roles[role]),
            _ => None,
        };
        let bodies = [ActorKind::ArmedGroup, ActorKind::Ngo, ActorKind::Party, ActorKind::Media];
        let one = |p: &Phrase| {
            let word = self.words[p.end - 1].norm.as_str();
            bodies.contains(&role(p)?.kind).then_some(())?;
            matches!(
                word,
                "group" | "militia" | "movement" | "faction" | "organization" | "outfit" | "gang" | "party"
            )
            .then(|| role(p).map(|r| (r.kind, r.sector)))?
        };
        let sentence = self.words[from].sentence;
        let before = self.phrases[..i]
            .iter()
            .rev()
            .take(2)
            .find(|p| p.end == from && self.words[p.start].sentence == sentence);
        let behind = self.phrases.get(i + 1).filter(|p| {
            let gap = self.words.get(to..p.start).unwrap_or_default();
            matches!(gap, [comma, article, rest @ ..] if comma.norm == "," && matches!(article.norm.as_str(), "a" | "an")
                && rest.len() <= 3 && rest.iter().all(|w| w.is_word && w.sentence == sentence))
        });
        if let Some(said) = before.and_then(one).or_else(|| behind.and_then(one)) {
            let words: Vec<String> = self.norm(from, to).iter().map(|w| w.norm.clone()).collect();
            self.said.entry(skeleton_of(&words)).or_insert(said);
        }
    }

    /// "(XYZ)" after word `to`.
    fn acronym_after(&self, to: usize) -> Option<String> {
        let open = self.words.get(to)?;
        let word = self.words.get(to + 1)?;
        (open.norm == "(" && word.case == Case::Upper).then(|| word.norm.clone())
    }

    /// A name, with the posts before it.
    fn name(&mut self, i: usize) {
        let What::Name { from, to, entry, kind, titles, of } = self.phrases[i].what.clone() else { return };
        let of = self.of(&of);
        let words: Vec<String> = self.norm(from, to).iter().map(|w| w.norm.clone()).collect();
        let id = match entry {
            Some(entry) => match self.namesake(&words, entry) {
                Some(id) => id,
                None => self.cards.entry(entry),
            },
            None => match self.name_id(&words, from, to, kind, &titles, of.as_ref()) {
                Some(id) => id,
                None => return,
            },
        };
        for title in &titles {
            let class = knowledge().titles[*title].class;
            let public = matches!(class, "minister" | "head" | "government") && entry.is_none();
            // "Information Minister N": of the state that the text speaks of.
            let near = if of.is_none() && public { self.state_of(i, Whose::State) } else { None };
            let of = of.clone().or_else(|| near.map(|s| self.cards.state(s)));
            self.hold(&id, *title, of, i);
        }
        self.found[i] = Some((id, "name"));
    }

    /// "Roe" in a report on Ann Roe is her, not the better known Jo Roe of the knowledge base, whom it does not name.
    fn namesake(&mut self, words: &[String], entry: usize) -> Option<ActorId> {
        let [last] = words else { return None };
        let known = self.cards.entry(entry);
        let mut full = self.met.iter().filter(|m| m.surname() == last && m.words.len() > 1);
        if full.clone().any(|m| m.id == known) {
            return None;
        }
        full.next().map(|m| m.id.clone())
    }

    fn name_id(
        &mut self,
        words: &[String],
        from: usize,
        to: usize,
        kind: EntityKind,
        titles: &[usize],
        of: Option<&ActorId>,
    ) -> Option<ActorId> {
        let last = words.last()?;
        let key = skeleton_of(words);
        if words.len() > 1 {
            if let Some(met) = self.met.iter().find(|m| m.skeleton == key) {
                return Some(met.id.clone());
            }
        } else {
            if let Some(id) = self.acronyms.get(last) {
                return Some(id.clone());
            }
            let same = |m: &&Met| m.surname() == last || m.skeleton.rsplit(' ').next() == Some(key.as_str());
            if let Some(met) = self.met.iter().find(same) {
                return Some(met.id.clone());
            }
            if kind == EntityKind::Per
                && !titles.is_empty()
                && let Some(entry) = self.surname(last, titles, of)
            {
                let id = self.cards.entry(entry);
                self.met(id.clone(), words);
                return Some(id);
            }
            if kind == EntityKind::Per
                && let Some(id) = self.called(last)
            {
                self.met(id.clone(), words);
                return Some(id);
            }
        }
        let name = tidy(super::pieces::range(self.words, from, to).of(self.text));
        let id = self.unknown(&name, words, kind);
        self.met(id.clone(), words);
        Some(id)
    }

    /// The one person of the knowledge base with this last name who held such a post, of a state that the report names or of
    /// all states. Presidents are known without.
    fn surname(&self, last: &str, titles: &[usize], of: Option<&ActorId>) -> Option<usize> {
        let base = knowledge();
        let fits = |&p: &usize| {
            base.entries[p].posts.iter().any(|post| {
                let title = titles.iter().any(|&t| {
                    let title = &base.titles[t];
                    title.name == base.titles[post.title].name
                        || title.class == "military"
                            && !is_low_rank(title.name)
                            && base.titles[post.title].class == "military"
                });
                title && of.is_none_or(|o| o.as_str() == post.of) && post.held(self.day)
            })
        };
        let head = titles.iter().any(|&t| matches!(base.titles[t].class, "head" | "government"));
        let near = |&p: &usize| {
            let entry = &base.entries[p];
            let country =
                entry.country.filter(|_| of.is_none() && !head && entry.sector != Some(Sector::Igo));
            country.is_none_or(|code| {
                self.home.iter().chain(&self.about).any(|c| c.code == code) || self.about.is_empty()
            })
        };
        let mut people = base.surname(last).iter().copied().filter(fits).filter(near);
        let first = people.next()?;
        people.next().is_none().then_some(first)
    }

    fn hold(&mut self, person: &ActorId, title: usize, of: Option<ActorId>, phrase: usize) {
        let of = of.map(|o| self.body_of(title, o));
        self.cards.note_post(person, title, of.as_ref());
        self.held.push(Held { person: person.clone(), title, of, phrase });
    }

    /// The body that a post belongs to: the foreign ministry's spokesman, not the state's.
    fn body_of(&mut self, title: usize, of: ActorId) -> ActorId {
        let title = &knowledge().titles[title];
        if title.class != "spokesman" || self.cards.kind(&of) != Some(ActorKind::State) {
            return of;
        }
        let Some(state) = self.cards.country(&of) else { return of };
        let organ = match title.name.strip_suffix(" spokesman").unwrap_or("government") {
            "military" => "armed-forces".to_owned(),
            "prime minister's" => "prime-ministry".to_owned(),
            body => slug(body),
        };
        match knowledge().organs.iter().position(|o| o.id == organ) {
            Some(organ) => self.cards.organ(organ, state),
            None => of,
        }
    }

    fn of(&mut self, of: &Of) -> Option<ActorId> {
        match of {
            Of::Nobody => None,
            Of::Known(id) => Some(id.clone()),
            Of::Phrase(i) => {
                if self.found[*i].is_none() {
                    if matches!(self.phrases[*i].what, What::Name { .. }) {
                        self.name(*i);
                    } else {
                        self.describe(*i);
                    }
                }
                self.found[*i].as_ref().map(|(id, _)| id.clone())
            }
        }
    }

    /// "Yehia Rasool, a spokesman for …" and "the spokesman, Yehia Rasool": one person.
    fn appositions(&mut self, i: usize) {
        let Some(next) = self.phrases.get(i + 1) else { return };
        let gap = &self.words[self.phrases[i].end.min(next.start)..next.start];
        let comma = gap.first().is_some_and(|w| w.norm == ",") && gap.len() <= 5;
        let plain = gap.iter().skip(1).all(|w| w.is_word && w.sentence == self.words[next.start].sentence);
        let verb = gap
            .iter()
            .any(|w| matches!(w.norm.as_str(), "and" | "said" | "or" | "but" | "with" | "when" | "as"));
        if !comma || !plain || verb {
            return;
        }
        // "Yehia Rasool, the Iraqi leader's spokesman": the last of a chain.
        let mut at = i + 1;
        while self
            .phrases
            .get(at + 1)
            .is_some_and(|p| matches!(p.what, What::Office { of: Of::Phrase(o), .. } if o == at))
        {
            at += 1;
        }
        if let (What::Name { .. }, What::Office { titles, of, .. }) =
            (&self.phrases[i].what, &self.phrases[at].what)
        {
            let (titles, of) = (titles.clone(), of.clone());
            let Some((person, _)) = self.found[i].clone() else { return };
            if self.cards.kind(&person) != Some(ActorKind::Person) {
                return;
            }
            let of = self.of(&of);
            for title in titles {
                self.hold(&person, title, of.clone(), at);
            }
            self.found[at] = Some((person, "title"));
        }
    }

    /// "the Palestinian group Hamas": the description means whom the name right after it means.
    fn prefixes(&mut self, i: usize) {
        let (phrase, Some(next)) = (&self.phrases[i], self.phrases.get(i + 1)) else { return };
        let adjacent =
            phrase.end == next.start && self.words[phrase.start].sentence == self.words[next.start].sentence;
        if adjacent
            && matches!(phrase.what, What::Role { .. })
            && !matches!(next.what, What::Pronoun | What::Office { .. })
            && let Some((id, _)) = self.found[i + 1].clone()
            && !matches!(self.cards.kind(&id), Some(ActorKind::State | ActorKind::Person))
        {
            self.found[i] = Some((id, "definite"));
        }
    }

    /// "the PMF, a paramilitary group", "Hamas is a group": one actor.
    fn descriptions_of_names(&mut self, i: usize) {
        // Over an adjective of nationality: "is a formidable | Iraqi | Shia militia".
        let mut at = i + 1;
        while let (Some(p), Some(next)) = (self.phrases.get(at), self.phrases.get(at + 1))
            && matches!(p.what, What::Known(_, "demonym"))
            && next.start <= p.end + 1
        {
            at += 1;
        }
        let Some(next) = self.phrases.get(at) else { return };
        let What::Role { role, .. } = next.what else { return };
        if self.found[at].as_ref().is_some_and(|(_, rule)| *rule == "definite") {
            return;
        }
        let Some((id, _)) = self.found[i].clone() else { return };
        let first = self.phrases[i + 1].start;
        let gap = &self.words[self.phrases[i].end.min(first)..first];
        let bracket = gap.first().is_some_and(|w| w.norm == ")");
        let gap = if bracket { &gap[1..] } else { gap };
        let small = |words: &[Word]| {
            words.len() <= 3 && words.iter().all(|w| w.is_word && w.sentence == self.words[first].sentence)
        };
        let fits = match gap {
            // "the Islamic State (IS) jihadist group"
            rest if bracket && rest.len() <= 1 => small(rest),
            [link, article, rest @ ..] => {
                matches!(link.norm.as_str(), "," | "is" | "are" | "was" | "were")
                    && matches!(article.norm.as_str(), "a" | "an" | "the")
                    && small(rest)
            }
            _ => false,
        };
        let kinds = [
            ActorKind::ArmedGroup,
            ActorKind::Party,
            ActorKind::Igo,
            ActorKind::Ngo,
            ActorKind::Company,
            ActorKind::Force,
        ];
        let Some(kind) = self.cards.kind(&id).filter(|k| kinds.contains(k)) else { return };
        let role = &knowledge().roles[role];
        let same = kind == role.kind
            || role.id == "group"
            || kind == ActorKind::ArmedGroup && role.kind == ActorKind::Party;
        if fits && same {
            self.found[at] = Some((id, "definite"));
        }
    }

    /// A post, organ, role noun or pronoun.
    fn describe(&mut self, i: usize) {
        let phrase = &self.phrases[i];
        let found = match &phrase.what {
            What::Known(id, rule) => Some((id.clone(), *rule)),
            What::Name { .. } => None,
            What::Office { titles, of, definite } => {
                let (titles, of, definite) = (titles.clone(), of.clone(), *definite);
                self.office(i, &titles, &of, definite).map(|id| (id, "title"))
            }
            What::Organ(organ) => Some((self.organ(i, *organ), "definite")),
            What::Role { role, of, how, definite } => {
                let (role, of, how, definite) = (*role, of.clone(), *how, *definite);
                let forces = match of {
                    None => {
                        let known = self.constables(i).or_else(|| self.forces_of(i, role));
                        known.or_else(|| self.settlers(role))
                    }
                    Some(_) => None,
                };
                match of {
                    None if forces.is_some() => forces.map(|id| (id, "definite")),
                    None if definite && !self.is_group_of(i) => {
                        match self.antecedent(i, role).or_else(|| self.holder(i)) {
                            Some(id) => Some((id, "definite")),
                            None => Some((self.cards.role(role, None, None), "role")),
                        }
                    }
                    of => Some((self.cards.role(role, of.as_ref(), how), "role")),
                }
            }
            What::Pronoun => self.pronoun(i).map(|id| (id, "pronoun")),
            What::Counterpart(state) => Some(self.counterpart(i, &state.clone())),
            What::Country => {
                // "Norland's prime minister said that the country": his.
                let state = |cards: &Cards, id: &ActorId| match cards.kind(id)? {
                    ActorKind::State => Some(id.clone()),
                    // Envoys are told to leave the country where they are.
                    ActorKind::Government if id.as_str().ends_with("-embassy") => None,
                    ActorKind::Government => Some(ActorId::new(&cards.country(id)?.code.to_lowercase())),
                    ActorKind::Person if cards.get(id)?.sector == Some(Sector::Gov) => {
                        Some(ActorId::new(&cards.country(id)?.code.to_lowercase()))
                    }
                    _ => None,
                };
                let id = self.before(i, 3, state);
                let state = id.and_then(|id| country::by_code(&id.as_str().to_uppercase()));
                state.map(|state| (self.cards.state(state), "definite"))
            }
            What::Ministry => {
                let ministry = |cards: &Cards, id: &ActorId| {
                    let organ = cards.kind(id) == Some(ActorKind::Government);
                    (organ && id.as_str().ends_with("-ministry")).then(|| id.clone())
                };
                self.before(i, 6, ministry).map(|id| (id, "definite"))
            }
        };
        self.found[i] = found;
    }

    /// An organ without its state: that of the same organ named before, of "the country's", or of the main state.
    fn organ(&mut self, i: usize, organ: usize) -> ActorId {
        let id = knowledge().organs[organ].id;
        if self.is_enemys(i) {
            return match self.enemy() {
                Some(state) => self.cards.organ(organ, state),
                None => self.cards.bare_organ(organ),
            };
        }
        if let Some(state) = self.owner(i) {
            return self.cards.organ(organ, state);
        }
        if (id == "government" || id.ends_with("-ministry"))
            && let Some(group) = self.rulers(i)
        {
            return group;
        }
        // Few states are ruled by one: it is that of the state which the report is about, not the one named last.
        let junta = self.words[self.phrases[i].end - 1].norm == "junta";
        if let Some(state) = self.about.first().filter(|_| junta) {
            return self.cards.organ(organ, state);
        }
        let local = knowledge().organs[organ].sector == Some(Sector::Cop) || id == "security-forces";
        let state =
            if local { self.state_here(i) } else { self.state_before(i).filter(|_| id == "parliament") };
        if let Some(state) = state {
            return self.cards.organ(organ, state);
        }
        let suffix = format!("-{id}");
        // "Norland to expel the envoy": not its own.
        let host = if id == "embassy" { self.hosts(i) } else { Vec::new() };
        let sent = |a: &ActorId| {
            a.as_str().ends_with(&suffix) && !self.cards.country(a).is_some_and(|c| host.contains(&c))
        };
        let same = self.found[..i].iter().rev().flatten().find(|(a, _)| sent(a));
        if let Some((same, _)) = same {
            return same.clone();
        }
        // A headline's "coast guard" is the one that the text below names first.
        let headline = self.words[self.phrases[i].start].sentence == 0;
        let below = self.phrases[i..].iter().find_map(|p| match &p.what {
            What::Known(told, _) if headline && sent(told) => Some(told.clone()),
            _ => None,
        });
        if let Some(below) = below {
            return below;
        }
        let whose = match id {
            "air-force" | "navy" => Whose::Jets,
            "armed-forces" | "defence-ministry" => Whose::Forces,
            "embassy" => Whose::Embassy,
            _ => Whose::State,
        };
        let foreign = if id == "foreign-ministry" { self.envoys_called(i) } else { host };
        match self.state_of(i, whose).filter(|state| !foreign.contains(state)) {
            Some(state) => self.cards.organ(organ, state),
            None => self.cards.bare_organ(organ),
        }
    }

    /// The states named before an envoy in its sentence.
    fn hosts(&self, i: usize) -> Vec<&'static Country> {
        let here = &self.phrases[i];
        let envoy = matches!(
            self.words[here.end - 1].norm.as_str(),
            "envoy" | "envoys" | "ambassador" | "ambassadors" | "diplomat" | "diplomats"
        );
        let sentence = self.words[here.start].sentence;
        let near = (0..i).rev().take_while(|&j| self.words[self.phrases[j].start].sentence == sentence);
        let states = near.filter_map(|j| self.found[j].as_ref()).map(|(id, _)| id);
        let states = states.filter(|id| envoy && self.cards.kind(id) == Some(ActorKind::State));
        states.filter_map(|id| self.cards.country(id)).collect()
    }

    /// "Its coast guard", "the junta's foreign ministry": the state that the pronoun or the owner right before phrase `i` means.
    fn owner(&self, i: usize) -> Option<&'static Country> {
        let before = i.checked_sub(1)?;
        let (owner, here) = (&self.phrases[before], &self.phrases[i]);
        let pronoun = matches!(owner.what, What::Pronoun)
            && here.start == owner.end
            && matches!(self.words[owner.start].norm.as_str(), "its" | "their");
        let gap = self.words.get(owner.end..here.start).unwrap_or_default();
        let genitive = matches!(gap, [mark] if matches!(mark.norm.as_str(), "'s" | "’s"));
        let (id, _) = self.found[before].as_ref().filter(|_| pronoun || genitive)?;
        let kind = self.cards.kind(id)?;
        self.cards.country(id).filter(|_| matches!(kind, ActorKind::State | ActorKind::Government))
    }

    /// "The Taliban government": the armed group that rules, whose name stands right before phrase `i`.
    fn rulers(&self, i: usize) -> Option<ActorId> {
        let before = i.checked_sub(1).filter(|&j| self.phrases[j].end == self.phrases[i].start)?;
        let (id, rule) = self.found[before].clone()?;
        (rule == "name" && self.cards.kind(&id) == Some(ActorKind::ArmedGroup)).then_some(id)
    }

    /// The states whose envoys a sentence names beside phrase `i`: a foreign ministry deals with those of others ("the Foreign
    /// Office summoned the Norland ambassador", "the Norland ambassador was called to the foreign ministry").
    fn envoys_called(&self, i: usize) -> Vec<&'static Country> {
        let sentence = self.words[self.phrases[i].start].sentence;
        let envoy = |p: &&Phrase| {
            self.words[p.start].sentence == sentence
                && matches!(
                    self.words[p.end - 1].norm.as_str(),
                    "ambassador" | "ambassadors" | "envoy" | "diplomat" | "diplomats" | "consul" | "affaires"
                )
        };
        let owner = |p: &Phrase| match &p.what {
            What::Office { of: Of::Known(id), .. } | What::Role { of: Some(id), .. } | What::Known(id, _) => {
                self.cards.country(id)
            }
            _ => None,
        };
        self.phrases.iter().filter(envoy).filter_map(owner).collect()
    }
}

/// The ranks of those who are seldom known far away.
fn is_low_rank(title: &str) -> bool {
    matches!(title, "captain" | "lieutenant" | "major" | "sergeant" | "police chief")
}

fn skeleton_of(words: &[String]) -> String {
    words.iter().map(|w| skeleton(w)).collect::<Vec<_>>().join(" ")
}

/// A name over a line break, in one line.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Kind and sector of a body by a word of its name.
fn body_kind(words: &[String]) -> (ActorKind, Option<Sector>) {
    static BODIES: LazyLock<BTreeMap<&'static str, (ActorKind, Sector)>> =
        LazyLock::new(|| bodies().unwrap_or_else(|bad| panic!("{bad}")));
    let found = words.iter().rev().find_map(|w| BODIES.get(w.as_str()));
    found.map_or((ActorKind::Other, None), |(k, s)| (*k, Some(*s)))
}

/// Whether a name begins as those of armed groups do: "Saraya", "Frente".
fn leads_group(words: &[String]) -> bool {
    words.len() > 1
        && words.first().is_some_and(|w| body_kind(std::slice::from_ref(w)).0 == ActorKind::ArmedGroup)
}

fn bodies() -> Result<BTreeMap<&'static str, (ActorKind, Sector)>, BadLine> {
    let mut all = BTreeMap::new();
    for row in table::rows("bodies.tsv", include_str!("../../data/actors/bodies.tsv"), 3)? {
        let kind = ActorKind::from_str(row.text(0)).map_err(|e| row.bad(e.to_string()))?;
        let sector = Sector::from_str(row.text(1)).map_err(|e| row.bad(e.to_string()))?;
        all.extend(row.list(2).into_iter().map(|w| (w, (kind, sector))));
    }
    Ok(all)
}
