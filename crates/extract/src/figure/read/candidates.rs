//! Numbers with the nouns they count, and single people.

use std::ops::Range;

use record::{Bounds, Qualifier};

use super::super::lexicon::{Use, lexicon};
use super::super::number::{Quantity, quantity};
use super::{Candidate, Predicate, Reader};
use crate::actor::words::Case;

impl<'a> Reader<'a> {
    /// Numbers with their nouns, and single people.
    pub(super) fn candidates(&self, range: Range<usize>, predicates: &[Predicate]) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let mut i = range.start;
        while i < range.end {
            if !self.words[i].is_word && self.norm(i) != "—" {
                i += 1;
                continue;
            }
            if let Some(noun) = self.aged(i, range.end, predicates) {
                let one =
                    Quantity { start: i, end: i, bounds: Bounds::exactly(1), qualifier: Qualifier::Exact };
                i = noun.end;
                out.push(Candidate { quantity: one, noun, single: true, what: None, part: false });
                continue;
            }
            if let Some((quantity, noun)) = self.gathered(i, range.end, predicates) {
                i = noun.end.max(quantity.end);
                out.push(Candidate { quantity, noun, single: false, what: None, part: false });
                continue;
            }
            // "Ann Roe, 42; Bob Roe, 19": an age.
            if self.age_of_name(i) || self.counts_nobody(i) {
                i += 1;
                continue;
            }
            if let Some(quantity) = quantity(self.words, i, self.text).filter(|q| q.end <= range.end) {
                let noun = self.noun(quantity.end, range.end, predicates);
                let mut quantity = quantity;
                i = noun.end.max(quantity.end);
                // "the toll rose from 36 to 40": the last is the count.
                let before = self.norms(range.start.max(quantity.start.saturating_sub(8)), quantity.start);
                if self.norm(quantity.start) == "from"
                    && before.iter().any(|w| lexicon().is("moves", w))
                    && let Some(to) = (quantity.start..quantity.end).find(|&j| self.norm(j) == "to")
                    && let Some(last) = super::super::number::quantity(self.words, to + 1, self.text)
                {
                    quantity = last;
                }
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
    pub(super) fn noun(&self, from: usize, end: usize, predicates: &[Predicate]) -> Range<usize> {
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
            // "four Iran-backed fighters" goes on.
            let verb = !word.glued && self.ends.get(i) == Some(&true)
                || !word.glued
                    && i > start
                    && word.case == Case::Lower
                    && word.norm.len() > 4
                    && word.norm.ends_with("ed");
            if i > start && (verb || quantity(self.words, i, self.text).is_some()) {
                break;
            }
            i += 1;
        }
        if i > start && self.norm(i - 1) == "'s" {
            i -= 1;
        }
        // "bringing to 33 the number of dead"
        if i <= start && self.norm(from) == "the" {
            return from..from;
        }
        start..i.max(start)
    }

    /// One person: "a commander", "the driver", "him", a name; with one past the last word.
    pub(super) fn single(
        &self,
        i: usize,
        end: usize,
        predicates: &[Predicate],
    ) -> Option<(Range<usize>, usize)> {
        if let Some(person) = self.people.iter().find(|p| p.start == i && p.end <= end) {
            return Some((person.clone(), person.end));
        }
        match self.norm(i) {
            "he" | "she" | "him" | "himself" | "herself" => Some((i..i + 1, i + 1)),
            // "one was killed and another wounded"
            "another" if predicates.iter().any(|p| p.words.start == i + 1 && p.used(Use::Past).is_some()) => {
                Some((i..i + 1, i + 1))
            }
            // "Two guards were killed and a third was wounded"
            "a" | "the"
                if lexicon().is("ordinal", self.norm(i + 1))
                    && matches!(self.norm(i + 2), "was" | "is" | "has" | "had" | "later")
                    || lexicon().is("ordinal", self.norm(i + 1))
                        && predicates.iter().any(|p| p.words.start == i + 2 && p.subject().is_some()) =>
            {
                Some((i + 1..i + 2, i + 2))
            }
            "a" | "an" | "the" | "his" | "her" | "their" | "its" | "another" | "my" => {
                let noun = self.noun(i + 1, end, predicates);
                let head = self.head(&noun)?;
                // "a 17-year-old"
                let aged = head == "old" && self.norm(noun.end.saturating_sub(2)).starts_with("year");
                // "Wounding a stone carver": by the ending.
                let hurt =
                    i > 0 && predicates.iter().any(|p| p.words.end == i && p.object().is_some_and(is_harm));
                // "A lineman was killed"
                let suffers = matches!(self.norm(noun.end), "was" | "is")
                    && predicates.iter().any(|p| {
                        let near = (noun.end + 1..=noun.end + 2).contains(&p.words.start);
                        let worn = p.words.clone().any(|w| lexicon().is("persons only", self.norm(w)));
                        near && !worn && p.subject().is_some_and(is_harm)
                    });
                let by_trade = (hurt || suffers) && matches!(self.norm(i), "a" | "an") && is_trade(head);
                // "Its coast guard" is nobody who stands guard.
                let body = head == "guard"
                    && noun.len() > 1
                    && matches!(
                        self.norm(noun.end - 2),
                        "coast" | "border" | "national" | "presidential" | "republican" | "revolutionary"
                    );
                let person = !body && (aged || by_trade || lexicon().is("person", head));
                (person && !noun.is_empty()).then(|| (noun.clone(), noun.end))
            }
            _ => {
                // Headlines leave out the article: "Police officer shot dead".
                let first = i == 0
                    || self.words[i - 1].sentence != self.words[i].sentence
                    || matches!(
                        self.text[..self.words[i].range.start()].trim_end().chars().last(),
                        Some(':' | '|' | '–' | '—')
                    );
                let noun = self.noun(i, end, predicates);
                let head = self.head(&noun)?;
                let aged = head == "old" && self.norm(noun.end.saturating_sub(2)).starts_with("year");
                // "Boy, 13, dies", "Teen accidentally shot".
                let mut at = noun.end + self.aside_age(noun.end);
                while at < end && (lexicon().is("adverb", self.norm(at)) || self.norm(at).ends_with("ly")) {
                    at += 1;
                }
                let next = predicates.iter().any(|p| p.words.start == at && p.subject().is_some());
                // "a father and son"
                let listed = i >= 3
                    && self.norm(i - 1) == "and"
                    && lexicon().is("person", self.norm(i - 2))
                    && noun.len() == 1;
                (((first && next) || listed) && (aged || lexicon().is("person", head)))
                    .then(|| (noun.clone(), noun.end))
            }
        }
    }

    /// "a family of six", "a crew of three", "a three-man patrol": as many as it has.
    fn gathered(&self, i: usize, end: usize, predicates: &[Predicate]) -> Option<(Quantity, Range<usize>)> {
        if !matches!(self.norm(i), "a" | "an" | "the") {
            return None;
        }
        let exact = |q: &Quantity| q.bounds.single().is_some_and(|n| n > 1);
        let of = (i + 1..end.min(i + 4)).find(|&j| self.norm(j) == "of")?;
        if lexicon().is("gathering", self.norm(of - 1)) {
            let quantity = quantity(self.words, of + 1, self.text).filter(exact)?;
            let noun = self.noun(quantity.end, end, predicates);
            let people = noun.is_empty() || self.head(&noun).is_some_and(|h| self.persons(h));
            let own = if noun.is_empty() { i + 1..quantity.end } else { noun };
            return people.then_some((Quantity { start: i, ..quantity }, own));
        }
        None
    }

    /// "5-month-old Ann Roe", "12-year-old boy" without an article.
    fn aged(&self, i: usize, end: usize, predicates: &[Predicate]) -> Option<Range<usize>> {
        let unit = matches!(self.norm(i + 1), "year" | "month" | "week" | "day");
        let aged = unit && i + 2 < end && self.norm(i + 2) == "old" && self.words[i + 2].glued;
        if !aged || !self.norm(i).bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if let Some(name) = self.people.iter().find(|p| p.start == i + 3 && p.end <= end) {
            // "13-year-old Pollok boy"
            let boy = name.end < end && lexicon().is("person", self.norm(name.end));
            return Some(i..name.end + usize::from(boy));
        }
        let noun = self.noun(i + 3, end, predicates);
        let head = self.head(&noun).filter(|h| lexicon().is("person", h));
        // A plural is counted by its number: "two 12-year-old boys" does not come here.
        let alone = noun.is_empty() || predicates.iter().any(|p| p.words.start == i + 3);
        if head.is_some() { Some(i..noun.end) } else { alone.then_some(i..i + 3) }
    }

    /// How many words an age between commas takes that starts at word `i`: "the man, 40, was shot", "A, 20 years old,".
    pub(super) fn aside_age(&self, i: usize) -> usize {
        let age = self.norm(i + 1);
        if self.norm(i) != "," || age.is_empty() || !age.bytes().all(|b| b.is_ascii_digit()) {
            return 0;
        }
        let years = 2 * usize::from(self.is_years_old(i + 2));
        if self.norm(i + 2 + years) == "," { 3 + years } else { 0 }
    }

    fn is_years_old(&self, i: usize) -> bool {
        matches!(self.norm(i), "years" | "months") && matches!(self.norm(i + 1), "old" | "of")
    }

    /// Whether a number after a name and a comma, with nothing after it that it could count, is an age.
    pub(super) fn age_of_name(&self, i: usize) -> bool {
        let after_name = i >= 2 && self.norm(i - 1) == "," && self.people.iter().any(|p| p.end == i - 1);
        let age = self.norm(i).parse::<u64>().is_ok_and(|n| n < 120);
        let next = self.norm(i + 1);
        let alone = matches!(next, "," | ";" | "." | "and" | "") || self.is_years_old(i + 1);
        // "According to police spokesman Ann Roe, 12 were killed"
        let told = || {
            let name = self.people.iter().find(|p| i >= 1 && p.end == i - 1);
            let before = name.map_or_else(Vec::new, |p| self.norms(p.start.saturating_sub(8), p.start));
            before.iter().any(|w| matches!(*w, "according" | "said" | "says" | "told"))
        };
        after_name && age && (alone || next != "of" && lexicon().is("stop", next) && !told())
    }

    /// Whether word `i` is one of several ages behind a comma: "two men, 19 and 23, were held", "two brothers, 22 and 25 years old".
    fn is_of_ages(&self, i: usize) -> bool {
        let age = |i: usize| self.norm(i).len() < 4 && self.norm(i).parse::<u64>().is_ok_and(|n| n < 120);
        let joins = |i: usize| matches!(self.norm(i), "," | "and");
        let mut first = i;
        while first >= 2 && joins(first - 1) && age(first - 2) {
            first -= 2;
        }
        let mut last = i;
        while joins(last + 1) && age(last + 2) {
            last += 2;
        }
        let persons = first >= 2 && self.norm(first - 1) == "," && lexicon().is_person(self.norm(first - 2));
        let closed = matches!(self.norm(last + 1), "," | ")" | "." | ";" | "") || self.is_years_old(last + 1);
        age(i) && first < last && persons && closed
    }

    /// Whether a number counts nobody: "they called 911", "Ann Roe, 42, and Bob Roe, 40, both from the town".
    fn counts_nobody(&self, i: usize) -> bool {
        if self.is_of_ages(i) {
            return true;
        }
        let before = if i > 0 { self.norm(i - 1) } else { "" };
        let emergency = matches!(self.norm(i), "911" | "999" | "112")
            && ["call", "dial", "phon"].iter().any(|c| before.starts_with(c));
        let both =
            self.norm(i) == "both" && before == "," && matches!(self.norm(i + 1), "from" | "of" | "in");
        // "a woman of 67"
        let aged = before == "of" && i >= 2 && lexicon().is("person", self.norm(i - 2)) && {
            let next = self.norm(i + 1);
            let age = self.norm(i).parse::<u64>().is_ok_and(|n| n < 120);
            age && (next.is_empty() || next == "," || next == "." || lexicon().is("stop", next))
        };
        // "six sailors, not four, were hurt"
        let instead = before == "not" && i >= 2 && self.norm(i - 2) == ","
            || before == "than" && i >= 2 && self.norm(i - 2) == "rather";
        // "No group claimed the attack" harmed nobody.
        let unclaimed = matches!(self.norm(i), "no" | "none" | "nobody")
            && self.norms(i + 1, self.words.len().min(i + 6)).iter().any(|w| w.starts_with("claim"));
        // "It was too early to give a number of casualties"
        let toll =
            |w: &str| matches!(w, "casualties" | "victims" | "dead" | "deaths" | "fatalities" | "losses");
        let asked = (self.norm(i), self.norm(i + 1), self.norm(i + 2)) == ("a", "number", "of")
            && toll(self.norm(i + 3))
            && matches!(
                before,
                "give" | "gave" | "giving" | "given" | "provide" | "providing" | "confirm" | "state"
            );
        if instead || unclaimed || asked {
            return true;
        }
        // "1:30 PM - Fisherman hurt": a time of day.
        let hour = self.text[..self.words[i].range.start()].strip_suffix(':');
        if hour.is_some_and(|h| h.ends_with(|c: char| c.is_ascii_digit())) {
            return true;
        }
        // "1. The envoy is expelled.": the number of an item in a list.
        let (mut line, at) =
            (self.text[..self.words[i].range.start()].chars().rev(), self.words[i].range.end());
        let opens = line.find(|c| *c == '\n' || !c.is_whitespace()).is_none_or(|c| c == '\n');
        let digits = self.norm(i).bytes().all(|b| b.is_ascii_digit()) && self.norm(i).len() < 3;
        let item =
            opens && digits && (self.text[at..].starts_with(". ") || self.text[at..].starts_with(") "));
        if item {
            return true;
        }
        // "aged 14, 15 and 17"
        let mut j = i;
        while j > 0
            && i - j < 12
            && (matches!(self.norm(j - 1), "," | "and" | "or")
                || self.norm(j - 1).bytes().all(|b| b.is_ascii_digit()) && !self.norm(j - 1).is_empty())
        {
            j -= 1;
        }
        let row = j > 0 && j < i && matches!(self.norm(j - 1), "aged" | "ages" | "age");
        // "sixty (60) people"
        let again = before == "(" && self.norm(i + 1) == ")" && i >= 2 && {
            let value = |i: usize| quantity(self.words, i, self.text).and_then(|q| q.bounds.single());
            value(i).is_some() && (i - 2..i - 1).any(|k| value(k) == value(i))
        };
        // "was one of 14 people killed": the 14 are counted; but one is in "one of the three wounded has died".
        let among = self.norm(i) == "one" && self.norm(i + 1) == "of" && {
            let at = i + 2 + usize::from(self.norm(i + 2) == "the");
            let whole = quantity(self.words, at, self.text);
            let died = |q: &Quantity| {
                matches!(self.norm(q.end), "wounded" | "injured" | "hurt")
                    && (q.end + 1..q.end + 6).any(|j| matches!(self.norm(j), "died" | "dies" | "succumbed"))
            };
            whole.is_some_and(|q| q.bounds.single().is_some_and(|n| n > 1) && !died(&q))
        };
        if row || again || among {
            return true;
        }
        // "the father of one of the dead"
        let one_of = self.norm(i) == "one" && before == "of" && self.norm(i + 1) == "of";
        if aged || one_of {
            return true;
        }
        emergency || both && self.norm(i + 2) != "them" && self.norm(i + 2) != "whom"
    }

    /// The last word of a noun phrase.
    pub(super) fn head(&self, noun: &Range<usize>) -> Option<&'a str> {
        noun.clone().rev().map(|i| self.norm(i)).find(|w| *w != "'s")
    }
}

fn is_harm(what: &str) -> bool {
    matches!(what, "killed" | "wounded")
}

/// Whether a noun on no list is likely one for a person by what he does.
fn is_trade(noun: &str) -> bool {
    noun.len() > 5
        && lexicon().ends("trade", noun)
        && !lexicon().is("thing", &format!("{noun}s"))
        && !lexicon().is("made", noun)
        && !lexicon().is("animal", noun)
}
