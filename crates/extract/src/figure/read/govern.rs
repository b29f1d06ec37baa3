//! What happened to those who are counted: the word of harm that governs them, alone, in a list or as part of a whole.

use std::ops::Range;

use record::Qualifier;

use super::super::lexicon::{Use, lexicon};
use super::{Candidate, Predicate, Reader};

impl Reader<'_> {
    /// What happened to those a candidate counts, with the rule and the word that says so.
    pub(super) fn governor(
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
            let own = |w: &str| matches!(w, "his" | "her" | "their" | "its") && !candidate.single;
            let direct = gap.iter().all(|w| {
                lexicon().is("adverb", w) || matches!(*w, "off" | "up") || w.ends_with("ly") || own(w)
            });
            // "after the shooting said"
            let direct = direct && (gap.is_empty() || self.norm(p.words.start) != "shooting");
            if direct && let Some(what) = p.object() {
                // "shooting five people to death"
                let dead =
                    self.norms(end, range.end.min(end + 2)) == ["to", "death"] || self.norm(end) == "dead";
                let what = if dead && what == "wounded" { "killed" } else { what };
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
    pub(super) fn counts(&self, p: &Predicate, start: usize, range: &Range<usize>) -> bool {
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
    pub(super) fn after(
        &self,
        all: &[Candidate],
        i: usize,
        predicates: &[Predicate],
        range: &Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let candidate = &all[i];
        let start = candidate.quantity.start;
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
                // "The man, 40, was shot"
                "," if self.aside_age(j) > 0 => {
                    j += self.aside_age(j);
                    continue;
                }
                // "Ann Roe, 42 all died"
                "," if self.age_of_name(j + 1) => {
                    j += 2;
                    continue;
                }
                // "the third, Lev Orlov, was killed"
                "," if self.people.contains(&candidate.noun)
                    && j == candidate.noun.end
                    && self.norm(start.wrapping_sub(1)) == ","
                    && matches!(self.norm(j + 1), "was" | "is" | "has" | "had") =>
                {
                    j += 1;
                    continue;
                }
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
                    ) || self.people.contains(&candidate.noun) && self.is_office(j + 1, limit);
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
                // "a soldier guarding the substation was wounded"
                _ if !auxiliary && !phrase && word.len() > 5 && word.ends_with("ing") => phrase = true,
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

    /// "Ann Roe, manager of the bank, was killed": a word for a person without an article.
    fn is_office(&self, i: usize, limit: usize) -> bool {
        let noun = self.noun(i, limit, &[]);
        self.head(&noun).is_some_and(|h| lexicon().is("person", h))
    }

    /// "15 rebels, four soldiers and a civilian died", "killed a teacher and her two children": what is said of one
    /// in a list holds for all.
    pub(super) fn inherit(&self, all: &mut [Candidate], predicates: &[Predicate], range: Range<usize>) {
        let listed = |a: &Candidate, b: &Candidate| {
            let (from, to) = (a.noun.end.max(a.quantity.end), b.quantity.start);
            let gap = self.norms(self.after_age(a, from), to);
            gap.len() <= 3
                && gap
                    .iter()
                    .any(|w| matches!(*w, "," | ";" | "and" | "or" | "plus" | "along" | "together" | "well"))
                && gap.iter().all(|w| {
                    matches!(
                        *w,
                        "," | ";"
                            | "and"
                            | "or"
                            | "by"
                            | "with"
                            | "along"
                            | "together"
                            | "as"
                            | "well"
                            | "plus"
                            | "her"
                            | "his"
                            | "their"
                            | "then"
                    )
                })
                && !gap.is_empty()
                && !self.apposed(a, b)
                && !(b.single && gap == [","] && !self.goes_on(b, range.end))
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
        // "according to spokesman A, B and C were killed": who stands in a phrase begins no list.
        let in_phrase = |a: &Candidate| {
            let before = if a.quantity.start > range.start { self.norm(a.quantity.start - 1) } else { "" };
            self.people.contains(&a.noun) && matches!(before, "to" | "by" | "from" | "with" | "for")
        };
        for i in (0..all.len().saturating_sub(1)).rev() {
            if all[i].what.is_none() && !in_phrase(&all[i]) && listed(&all[i], &all[i + 1]) {
                let shared =
                    all[i + 1].what.clone().filter(|(_, rule, _)| *rule == "subject" || *rule == "list");
                all[i].what = shared.map(|(what, _, words)| (what, "list", words));
            }
        }
        for i in 1..all.len() {
            if all[i].what.is_none() && (listed(&all[i - 1], &all[i]) || place(&all[i - 1], &all[i])) {
                let named = i > 1 && self.apposed(&all[i - 2], &all[i - 1]);
                let shared = all[if named { i - 2 } else { i - 1 }]
                    .what
                    .clone()
                    .filter(|(_, rule, _)| matches!(*rule, "object" | "noun" | "list"));
                all[i].what = shared.map(|(what, _, words)| (what, "list", words));
            }
        }
    }

    /// One past the age of somebody named: "Ann Roe, 42; Bob Roe, 19", "Ann Roe, 20 years old, and Bob Roe".
    fn after_age(&self, named: &Candidate, end: usize) -> usize {
        let age = self.norm(end + 1);
        let is_age = self.norm(end) == "," && !age.is_empty() && age.bytes().all(|b| b.is_ascii_digit());
        match self.aside_age(end) {
            _ if !self.people.contains(&named.noun) => end,
            0 if is_age && matches!(self.norm(end + 2), ";" | "and") => end + 2,
            0 => end,
            words => end + words - 1,
        }
    }

    /// "Hassan Omar, a commander,": one person.
    fn apposed(&self, name: &Candidate, description: &Candidate) -> bool {
        let (from, to) = (name.noun.end.max(name.quantity.end), description.quantity.start);
        self.people.contains(&name.noun)
            && description.single
            && !self.people.contains(&description.noun)
            && self.norms(from, to) == [","]
            && self.norm(description.noun.end) == ","
    }

    /// Whether a list goes on after one of its members: "the guard, a clerk and a cook", not "the guard, a father of two,".
    fn goes_on(&self, member: &Candidate, end: usize) -> bool {
        let from = member.noun.end.max(member.quantity.end);
        let next = self.norms(from, end.min(from + 12));
        let stop = next.iter().position(|w| !matches!(*w, "," | "and") && lexicon().is("stop", w));
        let close = next.iter().position(|w| *w == "and");
        matches!(next.first(), Some(&("," | "and"))) && close.is_some_and(|c| stop.is_none_or(|s| c < s))
    }

    /// "The father of a boy who was shot", "the brother of the driver was hurt": one of the two was harmed, the nearer if
    /// the harm is told of it right behind it. "A man who said he was shot" is one, too.
    pub(super) fn nested(&self, all: &mut [Candidate]) {
        for i in 1..all.len() {
            let (Some(outer), Some(inner)) = (&all[i - 1].what, &all[i].what) else { continue };
            let both = all[i - 1].single && all[i].single && outer.2 == inner.2;
            if !both || outer.1 == "list" || inner.1 == "list" {
                continue;
            }
            let of = self.norms(all[i - 1].noun.end, all[i].quantity.start) == ["of"];
            let end = all[i].noun.end;
            let near = !of || matches!(self.norm(end), "who" | "whose" | "that") || inner.2.start == end;
            all[if near { i - 1 } else { i }].what = None;
        }
    }

    /// "including three children", "nine of them civilians", "two of the dead".
    pub(super) fn parts(&self, all: &mut [Candidate], predicates: &[Predicate], range: Range<usize>) {
        for i in 0..all.len() {
            let start = all[i].quantity.start;
            let end = all[i].quantity.end;
            let before = self.norms(range.start, start);
            let last = before.last().copied().unwrap_or("");
            let whole = (0..i).rev().find_map(|j| all[j].what.clone().filter(|_| !all[j].part));
            // "including clerk Ann Roe"
            let title = if self.people.contains(&all[i].noun) { 3 } else { 1 };
            let near = before.iter().rev().take(title).take_while(|w| **w != "," && **w != "and");
            let including =
                near.into_iter().any(|w| matches!(*w, "including" | "include" | "included" | "includes"))
                    || before.ends_with(&["among", "them"])
                    || before.ends_with(&["among", "whom"]);
            let of_them = matches!((self.norm(end), self.norm(end + 1)), ("of", "them" | "whom"));
            let listed = i > 0 && all[i - 1].part && {
                let gap = self.norms(all[i - 1].noun.end.max(all[i - 1].quantity.end), start);
                // "killed ten, including a guard, and 30 people were hurt"
                let own = all[i].what.as_ref().is_some_and(|(what, rule, words)| {
                    let part = all[i - 1].what.as_ref().map(|p| p.0);
                    *rule == "subject" && words.start >= end && part.is_some_and(|w| w != *what)
                });
                !own && !gap.is_empty() && gap.len() <= 2 && gap.iter().all(|w| matches!(*w, "," | "and"))
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
                    .or_else(|| {
                        // "accused four men, including a guard, of the murder of two nuns": not what is done to others.
                        let mut later = all.iter().skip(i + 1).filter_map(|c| c.what.clone());
                        later.find(|(_, rule, _)| *rule != "noun")
                    })
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
                // "two of the wounded died"
                let after = predicates.iter().find(|q| q.words.start >= p.words.end).filter(|q| {
                    let between = self.norms(p.words.end, q.words.start);
                    between.iter().all(|w| lexicon().is("adverb", w) || w.ends_with("ly"))
                });
                if let Some((worse, q)) = after.and_then(|q| Some((q.subject()?, q))) {
                    all[i].what = Some((worse, "subject", q.words.clone()));
                    continue;
                }
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
}
