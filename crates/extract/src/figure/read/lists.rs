//! What a count takes from others of its sentence: members of a list, parts of a whole, one of two persons in one phrase.

use std::ops::Range;

use record::Qualifier;

use super::super::lexicon::{Use, lexicon};
use super::super::number::quantity;
use super::{Candidate, Predicate, Reader};

impl Reader<'_> {
    /// "15 rebels, four soldiers and a civilian died", "killed a teacher and her two children": what is said of one
    /// in a list holds for all.
    pub(super) fn inherit(&self, all: &mut [Candidate], predicates: &[Predicate], range: Range<usize>) {
        let listed = |a: &Candidate, b: &Candidate| {
            let (from, to) = (a.noun.end.max(a.quantity.end), b.quantity.start);
            let gap = self.norms(self.after_aside(self.after_age(a, from), to), to);
            // "killed six of them, two doctors said"
            let end = b.noun.end.max(b.quantity.end);
            let speaks = matches!(self.norm(end), "said" | "say" | "says" | "told" | "reported" | "added");
            !speaks
                && gap.len() <= 3
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
        // "killed 12 in one town, five in another and three in a third", "12 were killed in one town and five in another"
        let place = |all: &[Candidate], i: usize| {
            let b = &all[i];
            let at = |w: &str| matches!(w, "in" | "at" | "near" | "on");
            let to = b.quantity.start;
            let next = self.norms(b.noun.end.max(b.quantity.end), range.end).first().copied().unwrap_or("");
            let j = (0..i).rev().find(|&j| all[j].what.is_some() && !all[j].part)?;
            let (_, rule, harm) = all[j].what.as_ref()?;
            let end = all[j].noun.end.max(all[j].quantity.end);
            let from = if *rule == "subject" { harm.end.max(end) } else { end };
            let gap = self.norms(from.min(to), to);
            let said = predicates.iter().any(|p| p.words.start >= from && p.words.end <= to);
            let bare = b.noun.is_empty() && !b.single;
            let joined = gap.last() == Some(&"and") && (next.is_empty() || at(next))
                || gap.last() == Some(&",") && bare && at(next);
            (gap.len() <= 10 && !said && gap.first().is_some_and(|w| at(w)) && joined).then_some(j)
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
            if all[i].what.is_none() && listed(&all[i - 1], &all[i]) {
                let named = i > 1 && self.apposed(&all[i - 2], &all[i - 1]);
                let shared = all[if named { i - 2 } else { i - 1 }]
                    .what
                    .clone()
                    .filter(|(_, rule, _)| matches!(*rule, "object" | "noun" | "list" | "label"));
                all[i].what = shared.map(|(what, _, words)| (what, "list", words));
            }
            if all[i].what.is_none()
                && let Some(j) = place(all, i)
            {
                let shared = all[j].what.clone();
                let shared = shared
                    .filter(|(_, rule, _)| matches!(*rule, "object" | "noun" | "list" | "subject" | "place"));
                all[i].what = shared.map(|(what, _, words)| (what, "place", words));
            }
            // "The commander was killed along with two guards"
            if all[i].what.is_none()
                && let Some((what, "subject", words)) = all[i - 1].what.clone()
                && words.end <= all[i].quantity.start
            {
                let gap = self.norms(words.end, all[i].quantity.start);
                let along = matches!(
                    gap.as_slice(),
                    ["along" | "together", "with"]
                        | [",", "along" | "together", "with"]
                        | ["as", "well", "as"]
                        | ["alongside"]
                );
                if along {
                    all[i].what = Some((what, "list", words));
                }
            }
        }
    }

    /// One past an aside about those listed: "120 soldiers, including officers, and 14 vehicles".
    fn after_aside(&self, from: usize, to: usize) -> usize {
        if self.norm(from) != "," || !lexicon().is("among", self.norm(from + 1)) {
            return from;
        }
        (from + 2..to.min(from + 8)).find(|&j| self.norm(j) == ",").unwrap_or(from)
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

    /// What a total before a colon says of the counts behind it ("38 people were killed: 12 soldiers and 21 civilians",
    /// "34 people have died: 18 in the strikes and 16 in the shelling"), or the first of a row of its parts ("sixteen of
    /// those killed were tourists, two were guides").
    fn itemized(
        &self,
        all: &[Candidate],
        i: usize,
        range: &Range<usize>,
    ) -> Option<(&'static str, Range<usize>)> {
        let one = &all[i];
        let (start, end) = (one.quantity.start, one.noun.end.max(one.quantity.end));
        let bare = one.noun.is_empty() && !one.single;
        let colon = (range.start..start).rev().find(|&j| matches!(self.norm(j), ":" | "—" | "–"));
        if let Some(colon) = colon {
            let counts = |c: &&Candidate| c.quantity.start < colon && c.what.is_some() && !c.single;
            let whole = all[..i].iter().rfind(counts)?;
            let (what, _, words) = whole.what.clone().filter(|_| whole.quantity.start < colon)?;
            let several = whole.quantity.bounds.low().is_some_and(|n| n > 1);
            let smaller = one.quantity.bounds.low().unwrap_or(0) < whole.quantity.bounds.low().unwrap_or(0);
            let first = self.norms(colon + 1, start).is_empty();
            let last = all[..i].iter().rfind(|c| !c.single);
            let row = last.is_some_and(|c| c.part && c.quantity.start > colon);
            let people = bare && matches!(self.norm(end), "in" | "at" | "near" | "on" | "from" | "by")
                || self.head(&one.noun).is_some_and(|h| self.persons(h) && !lexicon().is("unit", h));
            let counts = several && smaller && (first || row) && people && !one.single;
            return counts.then_some((what, words));
        }
        let was = matches!(self.norm(end), "was" | "were");
        let led = matches!(self.norm(start.wrapping_sub(1)), "," | "and");
        let before = all[..i].last().filter(|c| c.what.is_some() && !c.single)?;
        let noun = self.noun(end + 1 + usize::from(matches!(self.norm(end + 1), "a" | "an")), range.end, &[]);
        let people = self.head(&noun).is_some_and(|h| self.persons(h) && lexicon().is_person(h));
        (bare && was && led && people).then(|| before.what.clone().map(|(what, _, words)| (what, words)))?
    }

    /// "Killed 21, including a child, a spokesman for the rebels told the paper": whether those counted are who says so.
    fn tells(&self, noun: &Range<usize>) -> bool {
        let word = noun.end.checked_sub(1).filter(|_| !noun.is_empty()).map(|last| &self.words[last]);
        word.and_then(|w| crate::actor::pieces::token(self.parsed, w)).is_some_and(|(sentence, at, token)| {
            let verb = sentence.head(at).filter(|&v| v > at && token.deprel == "nsubj");
            verb.and_then(|v| sentence.tokens.get(v))
                .is_some_and(|v| matches!(v.lemma.as_str(), "say" | "tell" | "report" | "add" | "confirm"))
        })
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
            let includes = |w: &&str| matches!(*w, "including" | "include" | "included" | "includes");
            let among = before.ends_with(&["among", "them"]) || before.ends_with(&["among", "whom"]);
            // "45 wounded, of them 29 civilians"
            let of_which = matches!(
                before.as_slice(),
                [.., "," | "(" | "-" | "–" | "—", "of", "them" | "whom" | "which"]
            );
            let including = near.into_iter().any(includes) || among || of_which;
            let of_them = matches!((self.norm(end), self.norm(end + 1)), ("of", "them" | "whom"));
            // "The rebels put their dead at 90": those of one side.
            let own = |words: &Range<usize>| {
                words.end + 1 == start && matches!(self.norm(words.start.wrapping_sub(1)), "its" | "their")
            };
            if all[i].what.as_ref().is_some_and(|(_, rule, words)| *rule == "toll" && own(words)) {
                all[i].part = true;
                continue;
            }
            let listed = i > 0 && all[i - 1].part && {
                let gap = self.norms(all[i - 1].noun.end.max(all[i - 1].quantity.end), start);
                // "killed ten, including a guard, and 30 people were hurt"
                let own = all[i].what.as_ref().is_some_and(|(what, rule, words)| {
                    let part = all[i - 1].what.as_ref().map(|p| p.0);
                    // "Four soldiers, two of them officers, and two rebels were killed": the rebels are none of the four.
                    let aside = gap == [",", "and"] && whole.as_ref().is_some_and(|w| w.2.start >= end);
                    *rule == "subject" && words.start >= end && (aside || part.is_some_and(|w| w != *what))
                });
                // "Including five children, an official and two witnesses said".
                let mut last = all[i].noun.end.max(end);
                for next in &all[i + 1..] {
                    let joined = self.norms(last.min(next.quantity.start), next.quantity.start);
                    if next.quantity.start < last || joined.len() != 1 || !matches!(joined[0], "and" | ",") {
                        break;
                    }
                    last = next.noun.end.max(next.quantity.end);
                }
                let speaks = matches!(self.norm(last), "said" | "say" | "says" | "told");
                !own && !speaks
                    && !self.tells(&all[i].noun)
                    && !gap.is_empty()
                    && gap.len() <= 2
                    && gap.iter().all(|w| matches!(*w, "," | "and" | "her" | "his" | "their"))
            };
            // "the wounded included two nurses", "among the dead were two", "two of the dead", "were among those killed"
            let group = |from: usize, to: usize| {
                predicates.iter().find(|p| p.words.start >= from && p.words.end <= to).and_then(|p| {
                    p.used(Use::Past)
                        .or_else(|| p.used(Use::State))
                        .or_else(|| p.used(Use::Toll))
                        .map(|what| (what, "group", p.words.clone()))
                })
            };
            // "Many of them barefoot": no part of anybody that is counted.
            let told = &all[i].noun;
            let head = self.norm(told.end.saturating_sub(1));
            let vague = matches!(all[i].quantity.qualifier, Qualifier::Many | Qualifier::Several);
            let only_how = vague && of_them && told.len() == 1 && !head.ends_with('s') && !self.people(head);
            // "One of them said that the raiders came at night": of those who tell.
            let tells = of_them && matches!(self.norm(end + 2), "said" | "say" | "says" | "told");
            if only_how || tells {
                continue;
            }
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
                    // "11 casualties, including four dead"
                    let said = |words: &Range<usize>| {
                        let noun_end = all[i].noun.end.max(end);
                        words.start >= end && words.start <= noun_end
                    };
                    // "killed, ten of them civilians, and 400 wounded": the verb of the next number.
                    let next = all.get(i + 1).map_or(range.end, |n| n.quantity.start);
                    let own = all[i].what.clone().filter(|(w, _, words)| {
                        *w != what && (of_them && words.start < next || what == "casualties" && said(words))
                    });
                    let (what, words) = own.map_or((what, words), |(w, _, words)| (w, words));
                    all[i].what = Some((what, "part", words));
                    all[i].part = true;
                }
                continue;
            }
            if all[i].what.is_none()
                && let Some((what, words)) = self.itemized(all, i, &range)
            {
                all[i].what = Some((what, "part", words));
                all[i].part = true;
                continue;
            }
            let noun_end = all[i].noun.end.max(end);
            let of_the_dead = self.norm(end) == "of" && matches!(self.norm(end + 1), "the" | "those");
            // "seven of the 16 wounded"
            let group_at = quantity(self.words, end + 2, self.text).map_or(end + 2, |whole| whole.end);
            if of_the_dead
                && let Some(p) = predicates.iter().find(|p| p.words.start == group_at)
                && let Some(what) = p.used(Use::State).or_else(|| p.used(Use::Past))
            {
                // "two of the wounded died"
                let after = predicates.iter().find(|q| q.words.start >= p.words.end).filter(|q| {
                    let between = self.norms(p.words.end, q.words.start);
                    between.iter().all(|w| lexicon().is("adverb", w) || w.ends_with("ly"))
                });
                let after = after.and_then(|q| Some((q.subject()?, q)));
                // "Six of the dead were shot in the back": how they died, which counts nobody anew.
                if what == "killed" && after.is_some() {
                    all[i].what = None;
                    continue;
                }
                // "Seven of the wounded remain hospitalized"
                if let Some((worse, q)) = after.filter(|(worse, _)| *worse != what) {
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
