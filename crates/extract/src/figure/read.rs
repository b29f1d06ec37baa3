//! Which quantity counts whom, and what happened to them.

use std::ops::Range;

use record::{Bounds, Qualifier};

use super::lexicon::{Harm, Use, lexicon};
use super::number::{Quantity, quantity};
use crate::actor::words::{Case, Word};

/// A figure in terms of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// The words of number and counted together.
    pub(super) words: Range<usize>,
    /// Those counted.
    pub(super) counted: Option<Range<usize>>,
    /// The word of harm.
    pub(super) harm: Option<Range<usize>>,
    pub(super) what: String,
    pub(super) bounds: Bounds,
    pub(super) qualifier: Qualifier,
    pub(super) cumulative: bool,
    pub(super) part: bool,
    pub(super) rule: &'static str,
    /// One person named or described, not a number.
    pub(super) single: bool,
}

/// A word of harm at its place.
#[derive(Debug, Clone)]
struct Predicate {
    words: Range<usize>,
    harm: Vec<&'static Harm>,
    /// For a participle: whether those harmed stand before it ("were killed") or after ("killed five").
    passive: bool,
}

impl Predicate {
    fn used(&self, used: Use) -> Option<&'static str> {
        self.harm.iter().find(|h| h.used == used).map(|h| h.what)
    }

    /// What happened to those named after it.
    fn object(&self) -> Option<&'static str> {
        self.used(Use::Active).or_else(|| self.used(Use::Past).filter(|_| !self.passive))
    }

    /// What happened to those named before it.
    fn subject(&self) -> Option<&'static str> {
        self.used(Use::Past)
            .filter(|_| self.passive)
            .or_else(|| self.used(Use::Suffers))
            .or_else(|| self.used(Use::State))
    }
}

/// A quantity with what it counts.
#[derive(Debug, Clone)]
struct Candidate {
    quantity: Quantity,
    /// The noun phrase after the number; empty for a bare number.
    noun: Range<usize>,
    /// One person named or described, not a number: counts only if harmed.
    single: bool,
    what: Option<(&'static str, &'static str, Range<usize>)>,
    part: bool,
}

pub(super) struct Reader<'a> {
    words: &'a [Word],
    text: &'a str,
    /// Ranges of words that name a person.
    people: &'a [Range<usize>],
    /// For each word, whether the tree says that no noun phrase goes on over it.
    ends: &'a [bool],
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        words: &'a [Word],
        text: &'a str,
        people: &'a [Range<usize>],
        ends: &'a [bool],
    ) -> Reader<'a> {
        Reader { words, text, people, ends }
    }

    fn norm(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |w| w.norm.as_str())
    }

    fn norms(&self, from: usize, to: usize) -> Vec<&'a str> {
        self.words[from.min(to)..to].iter().map(|w| w.norm.as_str()).collect()
    }

    /// All figures of one sentence.
    pub(super) fn sentence(&self, range: Range<usize>) -> Vec<Reading> {
        let predicates = self.predicates(range.clone());
        let mut all = self.candidates(range.clone(), &predicates);
        for i in 0..all.len() {
            let found = self.governor(&all, i, &predicates, range.clone());
            all[i].what = found;
        }
        self.inherit(&mut all, &predicates, range.clone());
        self.parts(&mut all, &predicates, range.clone());
        let periods = self.periods(range.clone());
        let mut out = Vec::new();
        for candidate in &all {
            out.extend(self.reading(candidate, &predicates, &range, &periods));
        }
        out
    }

    /// The words of harm of a sentence.
    fn predicates(&self, range: Range<usize>) -> Vec<Predicate> {
        let mut out = Vec::new();
        let mut i = range.start;
        while i < range.end {
            let norms = self.norms(i, range.end.min(i + 8));
            match lexicon().harm(&norms) {
                Some((n, harm))
                    if self.words[i].is_word
                        && !self.words[i].glued
                        && !self.described(i, range.start, &harm) =>
                {
                    let words = i..i + n;
                    let passive = self.passive(&words, &range);
                    out.push(Predicate { words, harm, passive });
                    i += n;
                }
                _ => i += 1,
            }
        }
        out
    }

    /// Whether "hostage" or "captive" is a noun here, not what became of somebody ("taken hostage").
    fn described(&self, i: usize, start: usize, harm: &[&Harm]) -> bool {
        let state = matches!(self.norm(i), "hostage" | "captive" | "prisoner");
        let before = if i > start { self.norm(i - 1) } else { "" };
        let taken = before.starts_with("t") || before.starts_with("held") || self.people(before);
        state && harm.iter().all(|h| h.used == Use::State) && !taken
    }

    /// Whether a plural counts people.
    fn persons(&self, head: &str) -> bool {
        let singular = head.strip_suffix('s').unwrap_or(head);
        let ies = head.strip_suffix("ies").map(|h| format!("{h}y"));
        let men = head.strip_suffix("men").map(|h| format!("{h}man"));
        self.people(head)
            || lexicon().is("person", singular)
            || [ies, men].into_iter().flatten().any(|h| lexicon().is("person", &h))
            || lexicon().is("one", singular)
            || matches!(
                head,
                "children"
                    | "families"
                    | "others"
                    | "civilians"
                    | "personnel"
                    | "staff"
                    | "survivors"
                    | "students"
                    | "girls"
                    | "pairs"
                    | "schoolgirls"
                    | "schoolchildren"
                    | "crew"
                    | "households"
                    | "foreigners"
                    | "victims"
                    | "nationals"
                    | "males"
                    | "females"
            )
            || !head.ends_with('s') && !lexicon().is("thing", head)
            || crate::country::demonym(&capital(head)).is_some()
    }

    fn people(&self, word: &str) -> bool {
        lexicon().is("people", word)
            || lexicon().is("person", word)
            || matches!(word, "people" | "men" | "women" | "them")
    }

    /// Whether a participle says what its subject suffered: "were killed", "six killed in", not "killed five".
    fn passive(&self, at: &Range<usize>, range: &Range<usize>) -> bool {
        let mut i = at.start;
        while i > range.start {
            i -= 1;
            match self.norm(i) {
                "was" | "were" | "is" | "are" | "been" | "be" | "being" | "get" | "got" | "gets"
                | "getting" | "left" => return true,
                "has" | "have" | "had" => return false,
                word if lexicon().is("adverb", word) || word.ends_with("ly") => {}
                _ => break,
            }
        }
        // Followed by an object it is active.
        let next = at.end;
        if next >= range.end {
            return true;
        }
        let word = &self.words[next];
        let object = quantity(self.words, next, self.text).is_some_and(|q| q.qualifier != Qualifier::None)
            || matches!(
                word.norm.as_str(),
                "a" | "an"
                    | "the"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "another"
                    | "some"
                    | "him"
                    | "them"
                    | "himself"
                    | "themselves"
                    | "people"
                    | "civilians"
                    | "each"
            )
            || word.is_word && word.case != Case::Lower && !lexicon().is("stop", &word.norm);
        let plain = word.is_word && !lexicon().is("stop", &word.norm) && !lexicon().is("adverb", &word.norm);
        // "46 injured people": an adjective after its number.
        let adjective = at.start > range.start
            && (at.start.saturating_sub(6)..at.start).rev().any(|q| {
                q >= range.start && quantity(self.words, q, self.text).is_some_and(|f| f.end == at.start)
            });
        adjective || !(object || plain)
    }

    /// Numbers with their nouns, and single people.
    fn candidates(&self, range: Range<usize>, predicates: &[Predicate]) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let mut i = range.start;
        while i < range.end {
            if !self.words[i].is_word && self.norm(i) != "—" {
                i += 1;
                continue;
            }
            if let Some(quantity) = quantity(self.words, i, self.text).filter(|q| q.end <= range.end) {
                let noun = self.noun(quantity.end, range.end, predicates);
                let mut quantity = quantity;
                i = noun.end.max(quantity.end);
                // "three people or more"
                let after = self.norms(i, range.end.min(i + 3));
                if quantity.qualifier == Qualifier::Exact && lexicon().phrase("at least after", &after) > 0 {
                    quantity.bounds = Bounds::new(quantity.bounds.low(), None);
                    quantity.qualifier = Qualifier::AtLeast;
                }
                out.push(Candidate { quantity, noun, single: false, what: None, part: false });
                continue;
            }
            if let Some((noun, end)) = self.single(i, range.end, predicates) {
                let pair = matches!(self.head(&noun), Some("couple" | "pair"));
                let bounds = Bounds::exactly(if pair { 2 } else { 1 });
                let one = Quantity { start: i, end: noun.start, bounds, qualifier: Qualifier::Exact };
                out.push(Candidate { quantity: one, noun, single: true, what: None, part: false });
                i = end;
                continue;
            }
            i += 1;
        }
        // "20 of 25 drones"
        for i in (1..out.len()).rev() {
            let (first, second) = (&out[i - 1], &out[i]);
            let of = first.noun.is_empty() && !first.single && self.norm(first.quantity.end) == "of";
            if of && second.quantity.start <= first.quantity.end + 2 && !second.single {
                out[i - 1].noun = second.noun.clone();
            }
        }
        out
    }

    /// The noun phrase from word `from`: up to a word that cannot belong to it.
    fn noun(&self, from: usize, end: usize, predicates: &[Predicate]) -> Range<usize> {
        let mut i = from;
        if self.norm(i) == "of" {
            i += 1;
        }
        while i < end
            && matches!(
                self.norm(i),
                "more"
                    | "other"
                    | "the"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "these"
                    | "those"
                    | "our"
                    | "them"
                    | "whom"
            )
            && i < from + 3
        {
            i += 1;
        }
        let start = i;
        while i < end && i < start + 7 {
            let word = &self.words[i];
            let possessive = word.norm == "'s";
            if !word.is_word && !possessive || lexicon().is("stop", &word.norm) {
                break;
            }
            if predicates.iter().any(|p| p.words.start == i) {
                // "46 injured people": the participle stands inside the phrase.
                let inside =
                    predicates.iter().find(|p| p.words.start == i && i == start).map(|p| p.words.end);
                let noun_after = inside.is_some_and(|e| {
                    e < end
                        && self.words[e].is_word
                        && !lexicon().is("stop", self.norm(e))
                        && !lexicon().is("adverb", self.norm(e))
                        && quantity(self.words, e, self.text).is_none()
                        && !predicates.iter().any(|p| p.words.start == e)
                });
                if !noun_after {
                    break;
                }
            }
            let verb = self.ends.get(i) == Some(&true)
                || i > start && word.case == Case::Lower && word.norm.len() > 4 && word.norm.ends_with("ed");
            if i > start && (verb || quantity(self.words, i, self.text).is_some()) {
                break;
            }
            i += 1;
        }
        if i > start && self.norm(i - 1) == "'s" {
            i -= 1;
        }
        start..i.max(start)
    }

    /// One person: "a commander", "the driver", "him", a name; with one past the last word.
    fn single(&self, i: usize, end: usize, predicates: &[Predicate]) -> Option<(Range<usize>, usize)> {
        if let Some(person) = self.people.iter().find(|p| p.start == i && p.end <= end) {
            return Some((person.clone(), person.end));
        }
        match self.norm(i) {
            "he" | "she" | "him" | "himself" | "herself" => Some((i..i + 1, i + 1)),
            "a" | "an" | "the" | "his" | "her" | "their" | "its" | "another" | "my" => {
                let noun = self.noun(i + 1, end, predicates);
                let head = self.head(&noun)?;
                // "a 17-year-old"
                let aged = head == "old" && self.norm(noun.end.saturating_sub(2)).starts_with("year");
                let person = aged || lexicon().is("person", head);
                (person && !noun.is_empty()).then(|| (noun.clone(), noun.end))
            }
            _ => {
                // Headlines leave out the article: "Police officer shot dead".
                let first = i == 0 || self.words[i - 1].sentence != self.words[i].sentence;
                let noun = self.noun(i, end, predicates);
                let head = self.head(&noun)?;
                let next = predicates.iter().any(|p| p.words.start == noun.end && p.passive);
                // "a father and son"
                let listed = i >= 3
                    && self.norm(i - 1) == "and"
                    && lexicon().is("person", self.norm(i - 2))
                    && noun.len() == 1;
                (((first && next) || listed) && lexicon().is("person", head))
                    .then(|| (noun.clone(), noun.end))
            }
        }
    }

    /// The last word of a noun phrase.
    fn head(&self, noun: &Range<usize>) -> Option<&'a str> {
        noun.clone().rev().map(|i| self.norm(i)).find(|w| *w != "'s")
    }

    /// What happened to those a candidate counts, with the rule and the word that says so.
    fn governor(
        &self,
        all: &[Candidate],
        i: usize,
        predicates: &[Predicate],
        range: Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let candidate = &all[i];
        let (start, end) = (candidate.quantity.start, candidate.noun.end.max(candidate.quantity.end));
        // Inside: "46 injured people", "19 dead", "14 deaths".
        for p in predicates {
            if p.words.start >= candidate.quantity.end && p.words.end <= end && !candidate.single {
                let what = p.used(Use::Past).or_else(|| p.used(Use::State)).or_else(|| p.used(Use::Count));
                if let Some(what) = what {
                    return Some((what, "inside", p.words.clone()));
                }
            }
            if p.words.start == end
                && !candidate.single
                && let Some(what) = p.used(Use::Count)
                && self.counts(p, start, &range)
            {
                return Some((what, "counted", p.words.clone()));
            }
        }
        let none = candidate.quantity.qualifier == Qualifier::None;
        // Before: "killed five", "the death of five".
        let before = predicates.iter().rev().find(|p| p.words.end <= start);
        if let Some(p) = before.filter(|_| !none) {
            let gap = self.norms(p.words.end, start);
            let direct = gap
                .iter()
                .all(|w| lexicon().is("adverb", w) || matches!(*w, "off" | "up") || w.ends_with("ly"));
            if direct && let Some(what) = p.object() {
                return Some((what, "object", p.words.clone()));
            }
            let of = gap.first().is_some_and(|w| matches!(*w, "of" | "to" | "for" | "by"))
                && gap[1..].iter().all(|w| matches!(*w, "the" | "his" | "its" | "their" | "her"));
            if of && let Some(what) = p.used(Use::Of).filter(|_| gap[0] != "by") {
                return Some((what, "noun", p.words.clone()));
            }
        }
        // "Killed in the attack were two sergeants".
        if let Some(p) = predicates.first().filter(|p| p.words.start == range.start && start > p.words.end)
            && matches!(self.norm(start - 1), "were" | "was")
            && let Some(what) = p.used(Use::Past)
        {
            return Some((what, "inverted", p.words.clone()));
        }
        // "the archbishop's murder", "a man's shooting death"
        if self.norm(end) == "'s"
            && let Some(p) = predicates.iter().find(|p| p.words.start > end && p.words.start <= end + 3)
            && let Some(what) =
                p.used(Use::Of).filter(|w| *w == "killed" && !self.norm(p.words.start).starts_with("body"))
            && !matches!(
                self.norm(p.words.start),
                "life" | "lives" | "execution" | "executions" | "loss" | "remains"
            )
            && self.norm(p.words.end) != "of"
        {
            return Some((what, "possessive", p.words.clone()));
        }
        if let Some(found) = self.after(all, i, predicates, &range) {
            return Some(found);
        }
        // "The death toll rose to 41".
        if !candidate.single
            && candidate.noun.is_empty()
            && let Some(p) =
                predicates.iter().rev().find(|p| p.words.end <= start && start - p.words.end <= 14)
            && let Some(what) = p.used(Use::Toll)
        {
            let said = self.norms(p.words.end, start);
            let own =
                all[..i].iter().any(|c| c.quantity.start >= p.words.end && c.noun.is_empty() && !c.single);
            if !own && !said.contains(&",") {
                return Some((what, "toll", p.words.clone()));
            }
        }
        None
    }

    /// Whether a counted noun counts: "lives" only where they are lost.
    fn counts(&self, p: &Predicate, start: usize, range: &Range<usize>) -> bool {
        if self.norm(p.words.start) != "lives" {
            return true;
        }
        let before = self.norms(range.start, start);
        before.iter().any(|w| {
            matches!(
                *w,
                "claimed"
                    | "cost"
                    | "claims"
                    | "costs"
                    | "lost"
                    | "claiming"
                    | "costing"
                    | "taken"
                    | "took"
                    | "claim"
            )
        })
    }

    /// After: "five people … were killed", "two policemen died".
    fn after(
        &self,
        all: &[Candidate],
        i: usize,
        predicates: &[Predicate],
        range: &Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let candidate = &all[i];
        let from = candidate.noun.end.max(candidate.quantity.end);
        let limit = range.end.min(from + 16);
        let mut j = from + lexicon().phrase("at least after", &self.norms(from, limit));
        let mut auxiliary = false;
        let mut phrase = false;
        while j < limit {
            if let Some(p) = predicates.iter().find(|p| p.words.start == j) {
                let what = p.subject().filter(|_| {
                    p.used(Use::Of).is_none() || p.used(Use::Past).is_some() || p.used(Use::State).is_some()
                });
                let noun = what.is_none() && (p.used(Use::Of).is_some() || p.used(Use::Count).is_some());
                if let Some(what) = what {
                    let state = p.used(Use::State).is_some()
                        && p.used(Use::Past).is_none()
                        && p.used(Use::Suffers).is_none();
                    if state && phrase && !auxiliary {
                        j = p.words.end;
                        continue;
                    }
                    return Some((what, "subject", p.words.clone()));
                }
                if noun && phrase {
                    j = p.words.end;
                    continue;
                }
                return None;
            }
            let word = self.norm(j);
            match word {
                "was" | "were" | "is" | "are" | "has" | "have" | "had" | "been" | "be" | "being"
                | "remain" | "remains" | "remained" | "may" | "might" | "could" | "will" | "would"
                | "must" => auxiliary = true,
                "," => {
                    let after = self.norm(j + 1);
                    let aside = matches!(
                        after,
                        "including"
                            | "among"
                            | "most"
                            | "some"
                            | "many"
                            | "all"
                            | "mostly"
                            | "both"
                            | "aged"
                            | "mainly"
                            | "one"
                            | "two"
                            | "three"
                            | "four"
                            | "five"
                            | "a"
                            | "the"
                            | "who"
                            | "which"
                            | "according"
                            | "half"
                            | "several"
                            | "at"
                    );
                    if !aside {
                        return None;
                    }
                    let close = (j + 1..limit).find(|&k| self.norm(k) == ",");
                    let predicate_inside = close.is_some_and(|c| {
                        predicates.iter().any(|p| {
                            p.words.start > j && p.words.end <= c && (p.passive || p.object().is_some())
                        })
                    });
                    match close {
                        Some(close) if !predicate_inside => {
                            j = close + 1;
                            continue;
                        }
                        _ => return None,
                    }
                }
                "(" => {
                    let close = (j + 1..limit).find(|&k| self.norm(k) == ")")?;
                    j = close + 1;
                    continue;
                }
                "and" | "or" | "but" | "while" | ";" | ":" | "—" | "said" | "says" | "that" | "as"
                | "when" | "because" | "if" | "after" | "before" => {
                    return None;
                }
                "of" | "in" | "at" | "from" | "on" | "near" | "with" | "for" | "to" | "by" | "inside"
                | "outside" | "who" | "which" | "aboard" | "across" | "among" => {
                    if auxiliary && !matches!(word, "of" | "on" | "in" | "at" | "by" | "among") {
                        return None;
                    }
                    phrase = true;
                }
                _ if lexicon().is("adverb", word) || word.ends_with("ly") => {}
                // "Five soldiers guarding the camp were killed": anything else is passed over before the helper.
                _ if auxiliary && !phrase => return None,
                _ if candidate.single && !phrase && self.words[j].is_word => return None,
                _ => {
                    if !phrase && self.words[j].is_word && lexicon().is("stop", word) {
                        return None;
                    }
                }
            }
            // Another number that is itself a subject takes the verb, unless it stands inside a phrase.
            if all.iter().any(|c| c.quantity.start == j && j > from && !c.single && !phrase) {
                return None;
            }
            j += 1;
        }
        None
    }

    /// "15 rebels, four soldiers and a civilian died", "killed a teacher and her two children": what is said of one
    /// in a list holds for all.
    fn inherit(&self, all: &mut [Candidate], predicates: &[Predicate], range: Range<usize>) {
        let listed = |a: &Candidate, b: &Candidate| {
            let (from, to) = (a.noun.end.max(a.quantity.end), b.quantity.start);
            let gap = self.norms(from, to);
            gap.len() <= 3
                && gap
                    .iter()
                    .any(|w| matches!(*w, "," | "and" | "or" | "plus" | "along" | "together" | "well"))
                && gap.iter().all(|w| {
                    matches!(
                        *w,
                        "," | "and" | "or" | "by" | "with" | "along" | "together" | "as" | "well" | "plus"
                    )
                })
                && !gap.is_empty()
        };
        let place = |a: &Candidate, b: &Candidate| {
            let (from, to) = (a.noun.end.max(a.quantity.end), b.quantity.start);
            let gap = self.norms(from, to);
            let said = predicates.iter().any(|p| p.words.start >= from && p.words.end <= to);
            gap.len() <= 8
                && !said
                && matches!(gap.first(), Some(&("in" | "at" | "near" | "on")))
                && gap.last() == Some(&"and")
                && self
                    .norms(b.noun.end.max(b.quantity.end), range.end)
                    .first()
                    .is_none_or(|w| matches!(*w, "in" | "at" | "near" | "on"))
        };
        for i in (0..all.len().saturating_sub(1)).rev() {
            if all[i].what.is_none() && listed(&all[i], &all[i + 1]) {
                let shared =
                    all[i + 1].what.clone().filter(|(_, rule, _)| *rule == "subject" || *rule == "list");
                all[i].what = shared.map(|(what, _, words)| (what, "list", words));
            }
        }
        for i in 1..all.len() {
            if all[i].what.is_none() && (listed(&all[i - 1], &all[i]) || place(&all[i - 1], &all[i])) {
                let shared = all[i - 1]
                    .what
                    .clone()
                    .filter(|(_, rule, _)| matches!(*rule, "object" | "noun" | "list"));
                all[i].what = shared.map(|(what, _, words)| (what, "list", words));
            }
        }
    }

    /// "including three children", "nine of them civilians", "two of the dead".
    fn parts(&self, all: &mut [Candidate], predicates: &[Predicate], range: Range<usize>) {
        for i in 0..all.len() {
            let start = all[i].quantity.start;
            let end = all[i].quantity.end;
            let before = self.norms(range.start, start);
            let last = before.last().copied().unwrap_or("");
            let whole = (0..i).rev().find_map(|j| all[j].what.clone().filter(|_| !all[j].part));
            let including = matches!(last, "including" | "include" | "included" | "includes")
                || before.ends_with(&["among", "them"])
                || before.ends_with(&["among", "whom"]);
            let of_them = matches!((self.norm(end), self.norm(end + 1)), ("of", "them" | "whom"));
            let listed = i > 0 && all[i - 1].part && {
                let gap = self.norms(all[i - 1].noun.end.max(all[i - 1].quantity.end), start);
                !gap.is_empty() && gap.len() <= 2 && gap.iter().all(|w| matches!(*w, "," | "and"))
            };
            // "the wounded included two nurses", "among the dead were two", "two of the dead", "were among those killed"
            let group = |from: usize, to: usize| {
                predicates.iter().find(|p| p.words.start >= from && p.words.end <= to).and_then(|p| {
                    p.used(Use::Past)
                        .or_else(|| p.used(Use::State))
                        .map(|what| (what, "group", p.words.clone()))
                })
            };
            if including || of_them || listed {
                let what = whole
                    .or_else(|| group(start.saturating_sub(6).max(range.start), start))
                    .or_else(|| all.iter().skip(i + 1).find_map(|c| c.what.clone()))
                    .or_else(|| all[..i].iter().rev().find_map(|c| c.what.clone()));
                if let Some((what, _, words)) = what {
                    // "one of them critically" keeps what the adverb says only if it is worse.
                    let own = all[i].what.take().filter(|(w, ..)| *w != what && of_them);
                    let (what, words) = own.map_or((what, words), |(w, _, words)| (w, words));
                    all[i].what = Some((what, "part", words));
                    all[i].part = true;
                }
                continue;
            }
            let noun_end = all[i].noun.end.max(end);
            let of_the_dead = self.norm(end) == "of" && self.norm(end + 1) == "the";
            if of_the_dead
                && let Some(p) = predicates.iter().find(|p| p.words.start == end + 2)
                && let Some(what) = p.used(Use::State).or_else(|| p.used(Use::Past))
            {
                all[i].what = Some((what, "part", p.words.clone()));
                all[i].part = true;
                continue;
            }
            let tail = self.norms(noun_end, range.end.min(noun_end + 5));
            let among = tail
                .iter()
                .position(|w| *w == "among")
                .filter(|&n| n <= 2 && matches!(tail.get(n + 1), Some(&("the" | "those"))));
            if let Some(n) = among
                && let Some(found) = group(noun_end + n, range.end.min(noun_end + n + 4))
            {
                all[i].what = Some((found.0, "part", found.2));
                all[i].part = true;
                continue;
            }
            let lead = before.iter().rev().take(4).copied().collect::<Vec<_>>();
            if matches!(lead.as_slice(), ["were" | "was", _, "the" | "those", "among", ..])
                && let Some(found) = group(start - 2, start)
            {
                all[i].what = Some((found.0, "part", found.2));
                all[i].part = true;
                continue;
            }
            // "six were wounded, two critically", "six people were shot, two fatally"
            let manner = all[i].noun.is_empty() && last == "," && whole.is_some();
            if manner
                && let Some(p) = predicates.iter().find(|p| p.words.start == end)
                && let Some(what) = p.used(Use::State)
                && self.norm(p.words.start).ends_with("ly")
            {
                all[i].what = Some((what, "part", p.words.clone()));
                all[i].part = true;
            }
        }
    }

    /// Where the sentence speaks of a whole war or period.
    fn periods(&self, range: Range<usize>) -> Vec<usize> {
        let at = |i: &usize| {
            let norms = self.norms(*i, range.end.min(i + 6));
            let year = |w: &&str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
            let since = norms.first() == Some(&"since") && norms.iter().skip(1).take(3).any(year);
            since || lexicon().phrase("period", &norms) > 0
        };
        range.clone().filter(at).collect()
    }

    /// Whether a period is that of the figure: in its clause, and not what makes it a record ("the worst since").
    fn in_period(&self, periods: &[usize], figure: &Range<usize>) -> bool {
        periods.iter().any(|&at| {
            let (from, to) = if at < figure.start { (at, figure.start) } else { (figure.end, at) };
            let between = self.norms(from, to.max(from));
            let other = between.iter().any(|w| {
                matches!(
                    *w,
                    "that"
                        | "which"
                        | "who"
                        | "while"
                        | "because"
                        | "when"
                        | "worst"
                        | "deadliest"
                        | "bloodiest"
                        | "first"
                        | "largest"
                        | "highest"
                        | "biggest"
                        | "heaviest"
                )
            });
            !other
        })
    }

    /// Whether a war or campaign, not an attack, is what kills: "the offensive has killed".
    fn by_war(&self, harm: &Range<usize>, range: &Range<usize>) -> bool {
        let before = self.norms(range.start, harm.start);
        let war = before.iter().rposition(|w| lexicon().is("war", w));
        let since = war.map_or(0, |w| w + 1);
        if before[since..].len() <= 12
            && before[since..].iter().any(|w| matches!(*w, "has" | "have"))
            && war.is_some()
        {
            return true;
        }
        let helped = before.last().is_some_and(|w| matches!(*w, "has" | "have"))
            || self.norm(harm.start) == "cost" && !before.is_empty()
            || before.len() >= 2 && before[before.len() - 2..].iter().any(|w| matches!(*w, "has" | "have"));
        helped && before.iter().rev().take(8).any(|w| lexicon().is("war", w))
    }

    fn reading(
        &self,
        candidate: &Candidate,
        predicates: &[Predicate],
        range: &Range<usize>,
        periods: &[usize],
    ) -> Vec<Reading> {
        let quantity = &candidate.quantity;
        let noun = &candidate.noun;
        let end = noun.end.max(quantity.end);
        let counted = (!noun.is_empty()).then(|| noun.clone());
        let none = quantity.qualifier == Qualifier::None;
        let make = |what: &str, rule: &'static str, harm: Option<Range<usize>>| {
            let war = harm.as_ref().is_some_and(|h| self.by_war(h, range));
            Reading {
                words: quantity.start..end,
                counted: counted.clone(),
                harm,
                what: what.to_owned(),
                bounds: quantity.bounds,
                qualifier: quantity.qualifier,
                cumulative: !none
                    && !candidate.single
                    && !candidate.part
                    && (war || self.in_period(periods, &(quantity.start..end))),
                part: candidate.part,
                rule,
                single: candidate.single,
            }
        };
        let head = self.head(noun).unwrap_or("");
        if !candidate.single && !none && lexicon().is("thing", head) && !self.is_harm(noun, predicates) {
            return vec![make(head, "things", None)];
        }
        if none {
            let harm = candidate.what.clone().or_else(|| {
                let p = predicates
                    .iter()
                    .find(|p| p.words.start >= quantity.end && p.words.start <= quantity.end + 3)?;
                let what = p.used(Use::Count).or_else(|| p.used(Use::Of))?;
                Some((what, "none", p.words.clone()))
            });
            return match harm {
                Some(("casualties", _, harm)) => {
                    vec![make("killed", "none", Some(harm.clone())), make("wounded", "none", Some(harm))]
                }
                Some(("released" | "rescued" | "captured" | "displaced", ..))
                    if !noun.is_empty() && !self.persons(head) =>
                {
                    Vec::new()
                }
                Some((what, _, harm)) => vec![make(what, "none", Some(harm))],
                None => Vec::new(),
            };
        }
        if let Some((what, rule, harm)) = &candidate.what {
            if lexicon().is("unit", head) && !candidate.single {
                return Vec::new();
            }
            // Things, too, are released, saved or seized.
            let people_only =
                matches!(*what, "released" | "rescued" | "captured" | "abducted" | "displaced" | "escaped");
            if people_only && !candidate.single && !noun.is_empty() && !self.persons(head) {
                return Vec::new();
            }
            let mut reading = make(what, rule, Some(harm.clone()));
            if candidate.single && matches!(*rule, "object" | "noun") {
                reading.words = harm.start..end;
            }
            let mut all = vec![reading];
            // "were kidnapped and later killed"
            if *rule == "subject" && self.norm(harm.end) == "and" {
                let next = (harm.end + 1..range.end.min(harm.end + 4)).find_map(|j| {
                    let said = self
                        .norms(harm.end + 1, j)
                        .iter()
                        .all(|w| lexicon().is("adverb", w) || w.ends_with("ly"));
                    predicates.iter().find(|p| said && p.words.start == j)
                });
                if let Some(p) = next
                    && let Some(second) =
                        p.used(Use::Past).or_else(|| p.used(Use::Suffers)).filter(|w| w != what)
                    && p.passive
                {
                    all.push(make(second, "subject", Some(p.words.clone())));
                }
            }
            return all;
        }
        if candidate.single {
            return Vec::new();
        }
        let taken = self
            .norms(range.start, quantity.start)
            .last()
            .is_some_and(|w| matches!(*w, "took" | "take" | "taken" | "taking" | "takes"));
        if head == "hostages" && taken {
            return vec![make("abducted", "things", None)];
        }
        if lexicon().is("people", head) && !noun.is_empty() {
            return vec![make(head, "things", None)];
        }
        let next = self.norm(end);
        if head == "people"
            && matches!(
                next,
                "marched" | "gathered" | "rallied" | "took" | "demonstrated" | "protested" | "attended"
            )
        {
            return vec![make(head, "things", None)];
        }
        Vec::new()
    }

    fn is_harm(&self, noun: &Range<usize>, predicates: &[Predicate]) -> bool {
        predicates
            .iter()
            .any(|p| p.words.end == noun.end && p.words.start >= noun.start && p.used(Use::Count).is_some())
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}
