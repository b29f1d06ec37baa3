//! What points back: "the group", "it", "their".

use record::{ActorId, ActorKind, Sector, Sentence, TextRange, Token, Upos};

use super::super::cards::Cards;
use super::super::compose::{Phrase, What};
use super::super::fold::slug;
use super::super::knowledge::knowledge;
use super::super::words::{Case, Word};
use super::{REACH, Resolver};

/// Those in revolt against a state.
const REVOLT: [&str; 5] = ["guerrillas", "insurgents", "rebels", "secessionists", "separatists"];

impl Resolver<'_> {
    /// The nearest actor before phrase `i`, at most `back` sentences away, that fits.
    pub(super) fn before(
        &self,
        i: usize,
        back: usize,
        fits: impl Fn(&Cards, &ActorId) -> Option<ActorId>,
    ) -> Option<ActorId> {
        let here = self.words[self.phrases[i].start].sentence;
        for j in (i.saturating_sub(REACH)..i).rev() {
            let sentence = self.words[self.phrases[j].start].sentence;
            if sentence + back < here {
                return None;
            }
            if let Some((id, _)) = &self.found[j]
                && !self.is_only_linked(j)
                && let Some(actor) = fits(self.cards, id)
            {
                return Some(actor);
            }
        }
        None
    }

    /// "Front-linked militants": whom somebody is only linked to is not told of.
    fn is_only_linked(&self, j: usize) -> bool {
        let behind = self.text.get(self.words[self.phrases[j].end - 1].range.end()..).unwrap_or_default();
        ["linked", "backed", "aligned", "allied", "affiliated", "inspired"]
            .iter()
            .any(|tie| behind.strip_prefix('-').is_some_and(|words| words.starts_with(tie)))
    }

    /// Whom "the group", "the militants" means: the nearest named actor of that kind.
    pub(super) fn antecedent(&self, i: usize, role: usize) -> Option<ActorId> {
        let phrase = &self.phrases[i];
        let word = self.words[phrase.end - 1].norm.as_str();
        let kind = knowledge().roles[role].kind;
        if self.ends_a_name(phrase.start, phrase.end) {
            return None;
        }
        let kinds: &[ActorKind] = match word {
            "alliance" | "coalition" | "bloc" => &[ActorKind::Igo, ActorKind::Party, ActorKind::ArmedGroup],
            "groups" | "organizations" | "factions" | "brigades" | "cells" => return None,
            "organization" => &[ActorKind::Igo, ActorKind::Ngo, ActorKind::ArmedGroup, ActorKind::Party],
            "group" | "movement" | "faction" | "network" | "brigade" | "outfit" => {
                &[ActorKind::ArmedGroup, ActorKind::Party, ActorKind::Ngo]
            }
            "party" => &[ActorKind::Party],
            // Of a name that no word of it explains, the report says by and by what it is.
            "company" | "firm" | "airline" | "bank" => &[ActorKind::Company, ActorKind::Other],
            "newspaper" => &[ActorKind::Media],
            _ if kind == ActorKind::ArmedGroup => &[ActorKind::ArmedGroup],
            _ => return None,
        };
        let named = |cards: &Cards, id: &ActorId| {
            let base = knowledge();
            let role = base.roles.iter().find(|r| id.as_str().ends_with(r.id));
            // "Hezbollah envoys … the group": the body whose people they are.
            let body = match role {
                None => Some(id.clone()),
                Some(role) => {
                    let owner = id.as_str().strip_suffix(role.id).and_then(|o| o.strip_suffix('-'));
                    owner.filter(|o| base.entry(o).is_some()).map(ActorId::new)
                }
            };
            // Hired soldiers are no rebels.
            let hired = |b: &ActorId| cards.sector(b) == Some(Sector::Prm);
            let revolt = REVOLT.contains(&word);
            body.filter(|b| cards.kind(b).is_some_and(|k| kinds.contains(&k)) && !(revolt && hired(b)))
        };
        if kinds.first() == Some(&ActorKind::Igo) {
            let igo =
                |cards: &Cards, id: &ActorId| (cards.kind(id) == Some(ActorKind::Igo)).then(|| id.clone());
            if let Some(found) = self.before(i, 4, igo) {
                return Some(found);
            }
        }
        if let Some(called) = self.called_so(i, word) {
            return Some(called);
        }
        self.before(i, 3, |cards, id| named(cards, id).filter(|id| !self.is_told_of(i, id)))
    }

    /// "Talks with the rebels", where the report has told of "the Hill Front rebels" and of no other that it calls so.
    fn called_so(&self, i: usize, word: &str) -> Option<ActorId> {
        if !word.ends_with('s') {
            return None;
        }
        let mut called = (i.saturating_sub(REACH)..i).filter_map(|j| {
            let (id, rule) = self.found[j].as_ref()?;
            let named = *rule == "name" && self.cards.kind(id) == Some(ActorKind::ArmedGroup);
            (named && self.words[self.phrases[j].end - 1].norm == word).then_some(id)
        });
        let first = called.next()?;
        called.all(|id| id == first).then(|| first.clone())
    }

    /// "The raid was carried out by the Front, the organisation said": who speaks is not who is told of in the words spoken.
    fn is_told_of(&self, i: usize, other: &ActorId) -> bool {
        let token = |j: usize| crate::actor::pieces::token(self.parsed, &self.words[self.phrases[j].end - 1]);
        let Some((sentence, at, speaker)) = token(i).filter(|t| t.2.deprel == "nsubj") else { return false };
        let speech = |t: &Token| matches!(t.lemma.as_str(), "say" | "add" | "report" | "announce" | "tell");
        let says = |&v: &usize| v > at && sentence.tokens.get(v).is_some_and(speech);
        let Some(verb) = sentence.head(at).filter(says) else { return false };
        let first = speaker.range.start();
        (i.saturating_sub(REACH)..i).any(|j| {
            let same = self.found[j].as_ref().is_some_and(|(id, _)| id == other);
            same && token(j).is_some_and(|(s, _, t)| {
                std::ptr::eq(s, sentence)
                    && t.range.end() < first
                    && sentence.tokens[verb].range.start() > first
            })
        })
    }

    /// Whether capitals make words the end of a name: "the Kivu Nurses | Network", not one that was told of before.
    fn ends_a_name(&self, start: usize, end: usize) -> bool {
        let name = |i: usize| self.words.get(i).is_some_and(|w| w.is_word && w.case == Case::Capital);
        let sentence = |i: usize| self.words.get(i).map(|w| w.sentence);
        let before = start.checked_sub(1).filter(|&b| sentence(b) == sentence(start));
        // In a headline all words may have capitals.
        let goes_on = sentence(end) == sentence(start) && name(end);
        name(start) && before.is_some_and(name) && !goes_on
    }

    /// Whom "the officers" means where police was told of last among those who bear arms.
    pub(super) fn constables(&self, i: usize) -> Option<ActorId> {
        let phrase = &self.phrases[i];
        let word = self.words[phrase.end - 1].norm.as_str();
        let officers = phrase.end - phrase.start == 1 && matches!(word, "officer" | "officers");
        let force =
            |cards: &Cards, id: &ActorId| (cards.kind(id) == Some(ActorKind::Force)).then(|| id.clone());
        self.before(i, 3, force).filter(|id| officers && id.as_str().ends_with("police"))
    }

    /// Whom "the minister", "the governor" means: whoever was last named with a post of that name before.
    pub(super) fn holder(&self, i: usize) -> Option<ActorId> {
        let phrase = &self.phrases[i];
        let word = self.words[phrase.end - 1].norm.as_str();
        let of_name = |title: &str| title.rsplit(' ').next() == Some(word);
        let alone = phrase.end - phrase.start <= 2;
        let mut held = self.held.iter().filter(|h| h.phrase < i && alone);
        held.rfind(|h| of_name(knowledge().titles[h.title].name)).map(|h| h.person.clone())
    }

    /// Whether phrase `j` is of several people or machines ("American aircraft", "their warships"), which "it" never means.
    fn is_many(&self, j: usize) -> bool {
        let last = &self.words[self.phrases[j].end - 1];
        let machines = matches!(last.norm.as_str(), "aircraft" | "warplanes" | "jets" | "helicopters");
        machines
            || last.case == Case::Lower
                && last.norm != "police"
                && crate::actor::pieces::token(self.parsed, last).is_some_and(|(_, _, t)| t.xpos == "NNS")
    }

    /// Whether phrase `j` is of one person ("a spokesman"), whom "they" does not mean.
    fn is_single(&self, j: usize) -> bool {
        let last = &self.words[self.phrases[j].end - 1];
        let of_tag =
            |tag: &str| crate::actor::pieces::token(self.parsed, last).is_some_and(|(_, _, t)| t.xpos == tag);
        // "The Special Envoy"
        let post = matches!(self.phrases[j].what, What::Office { .. }) && of_tag("NNP");
        post || last.case == Case::Lower && of_tag("NN") && !is_collective(&last.norm)
    }

    /// "The group of U.N. experts": told of anew by who is in it, and none named before.
    pub(super) fn is_group_of(&self, i: usize) -> bool {
        let phrase = &self.phrases[i];
        let several = |w: &Word| {
            matches!(w.norm.as_str(), "group" | "groups" | "band" | "team" | "alliance" | "coalition")
        };
        let next = |at: usize, word: &str| self.words.get(at).is_some_and(|w| w.norm == word);
        several(&self.words[phrase.end - 1]) && next(phrase.end, "of")
    }

    /// Whether phrase `j` is of one person without a name who speaks: "a port official says".
    fn is_teller(&self, j: usize) -> bool {
        let last = &self.words[self.phrases[j].end - 1];
        let role = matches!(self.phrases[j].what, What::Role { .. }) && self.is_single(j);
        // "The village head, Jo Doe, said": who is named.
        let named = |k: &usize| {
            let person = |(id, _): &(ActorId, &str)| self.cards.kind(id) == Some(ActorKind::Person);
            self.words[self.phrases[*k].start].sentence == last.sentence
                && self.found[*k].as_ref().is_some_and(person)
        };
        if (j.saturating_sub(REACH)..self.phrases.len().min(j + REACH)).any(|k| named(&k)) {
            return false;
        }
        role && crate::actor::pieces::token(self.parsed, last).is_some_and(|(sentence, _, t)| {
            let verb = (t.head as usize).checked_sub(1).and_then(|h| sentence.tokens.get(h));
            t.deprel == "nsubj"
                && verb
                    .is_some_and(|v| matches!(v.lemma.as_str(), "say" | "tell" | "add" | "claim" | "explain"))
        })
    }

    /// Whether phrase `j` is of those who speak: "our soldiers".
    fn is_ours(&self, j: usize) -> bool {
        let before = self.phrases[j].start.checked_sub(1).map_or("", |b| self.words[b].norm.as_str());
        matches!(before, "our" | "my")
    }

    /// The word for the members of the body that phrase `j` names, who "they" are: "the members of the Port Council".
    fn members_of(&self, j: usize) -> Option<usize> {
        let of = |at: usize| {
            at.checked_sub(1).filter(|&b| self.words[b].norm != "the").or_else(|| at.checked_sub(2))
        };
        let link = of(self.phrases[j].start).filter(|&b| self.words[b].norm == "of")?;
        link.checked_sub(1).filter(|&b| self.words[b].norm == "members")
    }

    /// Whether phrase `j` is the first of several subjects, which "they" may mean: "Norland and Ruritania".
    fn is_pair(&self, j: usize) -> bool {
        let last = &self.words[self.phrases[j].end - 1];
        crate::actor::pieces::token(self.parsed, last).is_some_and(|(sentence, at, t)| {
            t.deprel.starts_with("nsubj")
                && sentence.children(at).any(|c| sentence.tokens[c].deprel == "conj")
        })
    }

    /// Whom a pronoun means in a charge that goes on with a clause: "demanded the force's withdrawal, accusing it of",
    /// "listed the group, alleging its involvement in": what the clause is about, not who speaks.
    fn accused(&self, i: usize) -> Option<ActorId> {
        let word = &self.words[self.phrases[i].start];
        if !matches!(word.norm.as_str(), "it" | "its" | "them" | "their" | "him") {
            return None;
        }
        let (sentence, at, _) = crate::actor::pieces::token(self.parsed, word)?;
        let head = |t: usize| sentence.head(t).filter(|&h| h < sentence.tokens.len());
        let above = std::iter::successors(head(at), |&h| head(h)).take(3);
        let charges = |&h: &usize| {
            let t = &sentence.tokens[h];
            t.xpos == "VBG" && t.deprel == "advcl" && knowledge().addressing(&t.lemma, "")
        };
        let charge = above.into_iter().find(charges)?;
        let main = head(charge)?;
        let object = sentence.children(main).find(|&c| sentence.tokens[c].deprel == "obj" && c < charge)?;
        let owners = sentence.children(object).filter(|&c| sentence.tokens[c].deprel == "nmod:poss");
        std::iter::once(object).chain(owners).find_map(|t| {
            let range = sentence.tokens[t].range;
            let covers = |p: &Phrase| crate::actor::pieces::range(self.words, p.start, p.end).overlaps(range);
            let j = (i.saturating_sub(REACH)..i).rev().find(|&j| covers(&self.phrases[j]))?;
            self.found[j].as_ref().map(|(id, _)| id.clone())
        })
    }

    /// Whether phrase `j` is of somebody's man, or his name ("his lawyer", "his lawyer, Ann Roe"), before the same pronoun `word`:
    /// whose he is, and not he, is told of ("said he had been beaten").
    fn is_owned(&self, j: usize, word: &Word) -> bool {
        let owner = match word.norm.as_str() {
            "he" | "him" => "his",
            "she" => "her",
            _ => return false,
        };
        let last = &self.words[self.phrases[j].end - 1];
        let Some((sentence, at, _)) = crate::actor::pieces::token(self.parsed, last) else { return false };
        let apposed =
            |t: usize| matches!(sentence.tokens[t].deprel, "appos" | "flat" | "compound" | "nmod:desc");
        let up = std::iter::successors(Some(at), |&t| sentence.head(t).filter(|_| apposed(t)));
        let mut owners = up.take(4).flat_map(|t| sentence.children(t).map(move |c| (t, c)));
        owners.any(|(t, c)| {
            let token = &sentence.tokens[c];
            token.deprel == "nmod:poss" && c < t && token.lemma.eq_ignore_ascii_case(owner)
                || token.deprel == "nmod:poss" && token.range.of(self.text).eq_ignore_ascii_case(owner)
        })
    }

    /// "It was the second attack this month", "it was the deadliest day": nobody, but what was told.
    fn is_happening(&self, i: usize) -> bool {
        let word = &self.words[self.phrases[i].start];
        let Some((sentence, at, token)) = crate::actor::pieces::token(self.parsed, word) else {
            return false;
        };
        let noun = sentence.head(at).filter(|_| word.norm == "it" && token.deprel == "nsubj");
        let Some(noun) = noun.filter(|&n| sentence.tokens.get(n).is_some_and(|t| t.upos == Upos::Noun))
        else {
            return false;
        };
        let below = |relation: &str, fits: &dyn Fn(&Token) -> bool| {
            sentence
                .children(noun)
                .any(|c| sentence.tokens[c].deprel == relation && fits(&sentence.tokens[c]))
        };
        let ranked = |t: &Token| {
            t.xpos == "JJS"
                || matches!(
                    t.lemma.as_str(),
                    "first" | "second" | "third" | "fourth" | "fifth" | "sixth" | "late" | "latest" | "last"
                )
        };
        let range = sentence.tokens[noun].range;
        let somebody = |p: &Phrase| crate::actor::pieces::range(self.words, p.start, p.end).overlaps(range);
        below("cop", &|_| true) && below("amod", &ranked) && !self.phrases.iter().any(somebody)
    }

    /// "The measures took effect on Monday. They freeze the assets": what the sentence before is about is no people, so
    /// that what "they" do, but for what they say, is nobody's.
    fn is_of_things(&self, i: usize) -> bool {
        let word = &self.words[self.phrases[i].start];
        let subject = |t: &Token| t.deprel.starts_with("nsubj");
        let Some((sentence, at, token)) = crate::actor::pieces::token(self.parsed, word) else {
            return false;
        };
        let says = |v: usize| sentence.children(v).any(|c| sentence.tokens[c].deprel == "ccomp");
        if word.norm != "they" || at > 0 || !subject(token) || sentence.head(at).is_none_or(says) {
            return false;
        }
        let before = word.sentence.checked_sub(1).and_then(|s| self.parsed.sentences.get(s));
        before.is_some_and(|s| {
            let root = (0..s.tokens.len()).find(|&t| s.head(t).is_none());
            let about = root.and_then(|r| s.children(r).find(|&c| subject(&s.tokens[c])));
            about.is_some_and(|a| {
                let range = s.tokens[a].range;
                let somebody =
                    |p: &Phrase| crate::actor::pieces::range(self.words, p.start, p.end).overlaps(range);
                s.tokens[a].xpos == "NNS"
                    && !crate::figure::is_person(&s.tokens[a].lemma)
                    && !self.phrases.iter().any(somebody)
            })
        })
    }

    /// "Officials said the lorry was loaded with shells when it struck the crowd", "a witness said the driver sped up as he ran
    /// them down": the pronoun means what the clause above it is about, and not who tells of it; nobody, if that is no actor yet.
    fn of_the_clause(&self, i: usize) -> Option<Option<ActorId>> {
        let word = &self.words[self.phrases[i].start];
        let (sentence, at, token) = crate::actor::pieces::token(self.parsed, word)?;
        let person = matches!(word.norm.as_str(), "he" | "she");
        if !(person || word.norm == "it") || !token.deprel.starts_with("nsubj") {
            return None;
        }
        let is = |i: usize, relation: &str| sentence.tokens.get(i).is_some_and(|t| t.deprel == relation);
        let clause = sentence.head(at).filter(|&v| is(v, "advcl"))?;
        let above = sentence.head(clause).filter(|&v| is(v, "ccomp"))?;
        let mut below = sentence.children(above).filter(|&s| s < at);
        let about = below.find_map(|s| sentence.tokens.get(s).filter(|t| t.deprel.starts_with("nsubj")))?;
        if about.xpos != "NN" || crate::figure::is_person(&about.lemma) != person {
            return None;
        }
        let somebody =
            |p: &Phrase| crate::actor::pieces::range(self.words, p.start, p.end).overlaps(about.range);
        let known = self.phrases.iter().position(somebody);
        let found = known.and_then(|j| self.found[j].as_ref()).map(|(id, _)| id.clone());
        (person || known.is_none()).then_some(found)
    }

    /// "The navy said that pirates had boarded a ship and that it had freed her": a second "that" goes on about who speaks.
    fn goes_on(&self, i: usize) -> Option<ActorId> {
        let word = &self.words[self.phrases[i].start];
        let (sentence, at, token) = crate::actor::pieces::token(self.parsed, word)?;
        let tokens = &sentence.tokens;
        let again = at >= 2 && tokens[at - 1].lemma == "that" && tokens[at - 2].lemma == "and";
        if !again || word.norm != "it" || !token.deprel.starts_with("nsubj") {
            return None;
        }
        let head = |t: usize| sentence.head(t).filter(|&h| h < tokens.len());
        let says = |&h: &usize| {
            h < at && matches!(tokens[h].lemma.as_str(), "say" | "claim" | "report" | "add" | "announce")
        };
        let verb = std::iter::successors(head(at), |&h| head(h)).take(4).find(says)?;
        let speaker = sentence.children(verb).find(|&c| tokens[c].deprel == "nsubj")?;
        let covers = |p: &Phrase| {
            crate::actor::pieces::range(self.words, p.start, p.end).overlaps(tokens[speaker].range)
        };
        let j = (i.saturating_sub(REACH)..i).rev().find(|&j| covers(&self.phrases[j]))?;
        self.found[j].as_ref().map(|(id, _)| id.clone())
    }

    /// "Eleven wounded were brought in, where two of them died": those counted before in the sentence are whom a number "of
    /// them" is of: the phrase, if it is somebody's.
    fn counted(&self, i: usize) -> Option<Option<usize>> {
        let word = &self.words[self.phrases[i].start];
        let (sentence, at, _) =
            crate::actor::pieces::token(self.parsed, word).filter(|_| word.norm == "them")?;
        let tokens = &sentence.tokens;
        at.checked_sub(2).filter(|&n| tokens[n + 1].lemma == "of" && is_number(&tokens[n]))?;
        // "Eight people", or "eight" alone.
        let many = |t: usize| {
            tokens[t].xpos == "NNS" && sentence.children(t).any(|c| c < t && tokens[c].deprel == "nummod")
                || tokens[t].upos == Upos::Num && tokens[t].deprel != "nummod"
        };
        let head = (0..at - 2).rev().find(|&t| many(t)).map(|t| tokens[t].range);
        let head = head.or_else(|| self.taken_before(word, sentence))?;
        let covers = |p: &Phrase| crate::actor::pieces::range(self.words, p.start, p.end).overlaps(head);
        Some((i.saturating_sub(REACH)..i).rev().find(|&j| covers(&self.phrases[j])))
    }

    /// "The group had kidnapped 12 teachers. Five of them were freed": who goes free was taken a sentence before.
    fn taken_before(&self, word: &Word, sentence: &Sentence) -> Option<TextRange> {
        let is = |t: &Token, lemmas: &[&str]| lemmas.contains(&t.lemma.as_str());
        let free = sentence.tokens.iter().any(|t| is(t, &["free", "release", "rescue", "escape"]));
        let before =
            word.sentence.checked_sub(1).filter(|_| free).and_then(|s| self.parsed.sentences.get(s))?;
        let tokens = &before.tokens;
        let taken = |&t: &usize| {
            tokens[t].upos == Upos::Noun
                && matches!(tokens[t].deprel, "obj" | "nsubj:pass")
                && before.head(t).and_then(|h| tokens.get(h)).is_some_and(|v| {
                    is(v, &["abduct", "kidnap", "seize", "take", "capture", "hold", "arrest", "detain"])
                })
        };
        (0..tokens.len()).rev().find(taken).map(|t| tokens[t].range)
    }

    /// Whom a pronoun means: the first fitting actor of the sentence before it, else of the sentence before that;
    /// words outside quotation marks never mean what only stands inside them, nor the other way round.
    pub(super) fn pronoun(&self, i: usize) -> Option<ActorId> {
        if let Some(id) = self.accused(i) {
            return Some(id);
        }
        let phrase = &self.phrases[i];
        let word = &self.words[phrase.start];
        if self.is_happening(i) || self.is_of_things(i) {
            return None;
        }
        if let Some(about) = self.of_the_clause(i) {
            return about;
        }
        if let Some(speaker) = self.goes_on(i) {
            return Some(speaker);
        }
        if let Some(counted) = self.counted(i) {
            return counted.and_then(|j| self.found[j].as_ref().map(|(id, _)| id.clone()));
        }
        let kinds: &[ActorKind] = match word.norm.as_str() {
            "he" | "she" | "him" => &[ActorKind::Person],
            "it" | "its" => &[
                ActorKind::State,
                ActorKind::Government,
                ActorKind::ArmedGroup,
                ActorKind::Igo,
                ActorKind::Ngo,
                ActorKind::Party,
                ActorKind::Company,
                ActorKind::Media,
                ActorKind::Force,
            ],
            _ => &[
                ActorKind::ArmedGroup,
                ActorKind::Population,
                ActorKind::Force,
                ActorKind::Role,
                ActorKind::Party,
            ],
        };
        let person = kinds.len() == 1;
        let fits = |j: &usize| {
            let Some((id, _)) = &self.found[*j] else { return false };
            let other = &self.words[self.phrases[*j].start];
            let one = matches!(word.norm.as_str(), "it" | "its");
            let several = || {
                let last = &self.words[self.phrases[*j].end - 1].norm;
                matches!(self.phrases[*j].what, What::Role { .. }) && !is_collective(last) || self.is_many(*j)
            };
            let many = one && several();
            // "The mine's Canadian owner … it"
            let adjective = matches!(self.phrases[*j].what, What::Known(_, "demonym"))
                && crate::actor::pieces::token(self.parsed, &self.words[self.phrases[*j].end - 1])
                    .is_some_and(|(_, _, t)| t.deprel == "amod");
            let plural = is_they(&word.norm);
            other.quoted == word.quoted
                && !(other.sentence == word.sentence && self.is_owned(*j, word))
                && !many
                && !(plural && (self.is_single(*j) || self.is_ours(*j)))
                && (!one || !adjective)
                && !matches!(self.phrases[*j].what, What::Country)
                && self.cards.kind(id).is_some_and(|k| {
                    kinds.contains(&k)
                        || plural && (self.members_of(*j).is_some() || is_they(&other.norm))
                        || one && is_collective(&self.words[self.phrases[*j].end - 1].norm)
                        || matches!(k, ActorKind::Government | ActorKind::Role) && is_office(id, kinds)
                        || person && self.is_teller(*j)
                        || k == ActorKind::State && !person && !one && self.is_pair(*j)
                })
        };
        let reach = if person { 3 } else { 1 };
        let harmed = person && self.is_harmed(i);
        for back in 0..=reach {
            let sentence = word.sentence.checked_sub(back)?;
            let there: Vec<usize> = (i.saturating_sub(REACH)..i)
                .filter(|&j| self.words[self.phrases[j].start].sentence == sentence)
                .filter(fits)
                .collect();
            // "Her mother, Ann Roe, said he was running": somebody else, who need not have been named.
            let other = |j: &usize| person && self.is_of_other_sex(*j, &word.norm);
            let (others, there): (Vec<usize>, Vec<usize>) = there.into_iter().partition(other);
            if there.is_empty() && !others.is_empty() {
                return None;
            }
            let there = if harmed { self.hurt_of(i, back, &there)? } else { there };
            // Of the same sentence the nearest subject, else the nearest; of an earlier one the first subject, or
            // the first.
            let subject = |j: &&usize| {
                let last = self.members_of(**j).unwrap_or(self.phrases[**j].end - 1);
                let last = &self.words[last];
                crate::actor::pieces::token(self.parsed, last)
                    .is_some_and(|(_, _, t)| t.deprel.starts_with("nsubj"))
            };
            // "The PMF said several fighters were hurt in attacks on their bases": not theirs who are only described.
            let named = |j: &&usize| !matches!(self.phrases[**j].what, What::Role { definite: false, .. });
            let owner = matches!(word.norm.as_str(), "its" | "their");
            let pick = if back == 0 {
                let first = there.iter().rev().filter(|_| owner).find(|j| subject(j) && named(j));
                first.or(there.iter().rev().find(subject)).or(there.last())
            } else {
                // "The president's presence was told by a reporter": who has something is told of less than who does.
                let has = |j: &&usize| {
                    let last = &self.words[self.phrases[**j].end - 1];
                    crate::actor::pieces::token(self.parsed, last)
                        .is_some_and(|(_, _, t)| t.deprel == "nmod:poss")
                };
                there.iter().find(subject).or(there.iter().find(|j| person && !has(j))).or(there.first())
            };
            if let Some(&j) = pick {
                return self.found[j].as_ref().map(|(id, _)| id.clone());
            }
        }
        None
    }
}

/// "Two of them", "some of them".
fn is_number(token: &Token) -> bool {
    token.upos == Upos::Num
        || matches!(token.lemma.as_str(), "some" | "most" | "many" | "several" | "half" | "dozen")
}

fn is_they(word: &str) -> bool {
    matches!(word, "they" | "them" | "their")
}

/// Whether a noun in the singular is one body of many: "the union … its members".
fn is_collective(noun: &str) -> bool {
    matches!(
        noun,
        "union"
            | "group"
            | "association"
            | "party"
            | "movement"
            | "militia"
            | "gang"
            | "council"
            | "committee"
            | "federation"
            | "organization"
            | "organisation"
            | "coalition"
            | "alliance"
            | "faction"
            | "force"
            | "army"
            | "police"
            | "military"
            | "government"
            | "opposition"
            | "crowd"
            | "unit"
            | "convoy"
            | "patrol"
            | "column"
            | "squad"
            | "battalion"
            | "brigade"
            | "garrison"
            | "family"
            | "team"
    )
}

/// Whether the id is that of a post ("irq-prime-minister"), which a personal pronoun may mean.
fn is_office(id: &ActorId, kinds: &[ActorKind]) -> bool {
    kinds == [ActorKind::Person]
        && knowledge().titles.iter().any(|t| id.as_str().ends_with(&slug(t.name)) && t.class != "group")
}
