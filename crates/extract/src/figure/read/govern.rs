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
        // Inside: "46 injured people", "19 dead", "14 deaths". Who are displaced, held or hurt already may be killed now:
        // "six displaced people were killed", "executed seven captured soldiers".
        let described = predicates.iter().find(|p| {
            p.words.start >= candidate.quantity.end && p.words.end < end && p.used(Use::Count).is_none()
        });
        if let Some(inside) = described.filter(|_| !candidate.single) {
            let had = inside.used(Use::Past).or_else(|| inside.used(Use::State));
            let worse = |what: &str| had != Some("killed") && had != Some(what) && rank(what) > 0;
            let after = self.after(all, i, predicates, &range).filter(|(what, ..)| worse(what));
            let before = predicates.iter().rev().find(|p| p.words.end <= start).filter(|p| {
                let gap = self.norms(p.words.end, start);
                gap.iter().all(|w| lexicon().is("adverb", w)) && p.object().is_some_and(worse)
            });
            let before = before.and_then(|p| Some((p.object()?, "object", p.words.clone())));
            if let Some(found) = after.or(before) {
                return Some(found);
            }
            let of = predicates
                .iter()
                .rev()
                .find(|p| p.words.end <= start)
                .filter(|p| matches!(self.norms(p.words.end, start).as_slice(), ["of"] | ["of", "the"]));
            if let Some(p) = of.filter(|p| p.used(Use::Of).is_some_and(worse)) {
                return (!self.given_back(p, &range)).then(|| ("killed", "noun", p.words.clone()));
            }
            let then = self.norms(end, range.end.min(end + 4));
            let passed = then.iter().any(|w| matches!(*w, "were" | "was" | "been"));
            let back = self.norms(range.start.max(start.saturating_sub(2)), start);
            let back = if passed { then } else { back };
            if matches!(had, Some("captured" | "abducted" | "arrested"))
                && back.iter().any(|w| lexicon().is("exchange", w))
            {
                return Some(("released", "exchanged", inside.words.clone()));
            }
        }
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
        // "evacuated 23 wounded"
        if candidate.noun.is_empty()
            && !candidate.single
            && let Some(p) = predicates.iter().find(|p| p.words.start == end)
            && let Some(what) = p.used(Use::Past).or_else(|| p.used(Use::State)).filter(|w| rank(w) > 0)
            && predicates.iter().rev().find(|p| p.words.end <= start).is_some_and(|before| {
                before.words.end == start && before.object().is_some_and(|w| rank(w) == 0)
            })
        {
            return Some((what, "inside", p.words.clone()));
        }
        if let Some(found) = self.labelled(candidate, predicates, &range) {
            return Some(found);
        }
        if let Some(found) = self.turned(candidate, predicates, &range) {
            return Some(found);
        }
        // Before: "killed five", "the death of five".
        let before = predicates.iter().rev().find(|p| p.words.end <= start);
        if let Some(p) = before.filter(|_| !none) {
            let gap = self.norms(p.words.end, start);
            let own = |w: &str| matches!(w, "his" | "her" | "their" | "its") && !candidate.single;
            // Machine translation keeps the "to" of Spanish: "murdered to two teachers".
            let marked = gap == ["to"] && p.words.len() == 1 && !candidate.noun.is_empty();
            let marked = marked && self.head(&candidate.noun).is_some_and(|h| self.persons(h));
            let marked = marked && p.used(Use::Of).is_none() && !candidate.single;
            if let Some(what) = p.used(Use::Past).filter(|_| marked) {
                return Some((what, "object", p.words.clone()));
            }
            let direct = gap.iter().all(|w| {
                lexicon().is("adverb", w) && *w != "to"
                    || matches!(*w, "off" | "up" | "\"" | "“" | "«" | "``")
                    || w.ends_with("ly")
                    || own(w)
            });
            // "after the shooting said"
            let direct = direct && (gap.is_empty() || self.norm(p.words.start) != "shooting");
            if direct && let Some(what) = p.object() {
                // "shooting five people to death"
                let dead =
                    self.norms(end, range.end.min(end + 2)) == ["to", "death"] || self.norm(end) == "dead";
                let what = if dead && what == "wounded" { "killed" } else { what };
                let asked = matches!(
                    self.norms(end, range.end.min(end + 2)).as_slice(),
                    ["for", "questioning" | "interrogation"] | ["in", "custody"]
                );
                let what = if asked && matches!(what, "captured" | "abducted") { "arrested" } else { what };
                return Some((what, "object", p.words.clone()));
            }
            // "In a raid, were arrested two more suspects".
            let first = gap.is_empty() && p.passive && i == 0 && self.opens(p, &range);
            if let Some(what) = p.used(Use::Past).filter(|_| first) {
                return Some((what, "object", p.words.clone()));
            }
            let of = gap.first().is_some_and(|w| matches!(*w, "of" | "to" | "for" | "by"))
                && gap[1..].iter().all(|w| matches!(*w, "the" | "his" | "its" | "their" | "her"));
            if of && let Some(what) = p.used(Use::Of).filter(|_| gap[0] != "by") {
                return (!self.given_back(p, &range)).then(|| (what, "noun", p.words.clone()));
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

    /// Whether a passive begins its clause, so that who suffers it comes after it.
    fn opens(&self, p: &Predicate, range: &Range<usize>) -> bool {
        let helper = p.words.start.checked_sub(1).filter(|&h| h >= range.start);
        let before = |h: usize| if h > range.start { self.norm(h - 1) } else { "" };
        helper.is_some_and(|h| {
            matches!(self.norm(h), "was" | "were") && matches!(before(h), "" | "," | ";" | "–" | "—")
        })
    }

    /// "Killed: 12", "Dead - at least 15 civilians": the word of harm as a label.
    fn labelled(
        &self,
        candidate: &Candidate,
        predicates: &[Predicate],
        range: &Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let start = candidate.quantity.start;
        let mark = start.checked_sub(1).filter(|&m| m > range.start)?;
        if candidate.single || !matches!(self.norm(mark), ":" | "-" | "–" | "—") {
            return None;
        }
        let end = candidate.noun.end.max(candidate.quantity.end);
        if predicates.iter().any(|p| p.words.start == end) {
            return None;
        }
        let p = predicates.iter().find(|p| p.words.end == mark)?;
        let first = p.words.start == range.start
            || matches!(
                self.norm(p.words.start - 1),
                ";" | "," | "-" | "•" | "|" | "*" | "/" | "·" | "–" | "—"
            )
            || p.words.start - range.start <= 2;
        let used = [Use::Past, Use::State, Use::Count, Use::Toll].into_iter().find_map(|u| p.used(u))?;
        first.then(|| (used, "label", p.words.clone()))
    }

    /// "bringing to 33 the number of dead", "took 23 people to hospital", "cost three sailors their lives".
    fn turned(
        &self,
        candidate: &Candidate,
        predicates: &[Predicate],
        range: &Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let (start, end) = (candidate.quantity.start, candidate.noun.end.max(candidate.quantity.end));
        let before = if start > range.start { self.norm(start - 1) } else { "" };
        if candidate.noun.is_empty() && !candidate.single && before == "to" {
            let at = end + usize::from(self.norm(end) == "the");
            if let Some(p) = predicates.iter().find(|p| p.words.start == at)
                && let Some(what) = p.used(Use::Toll)
            {
                return Some((what, "toll", p.words.clone()));
            }
        }
        let back = self.norms(range.start.max(start.saturating_sub(3)), start);
        let persons =
            || self.head(&candidate.noun).is_some_and(|h| self.persons(h) && !lexicon().is("thing", h));
        if back.iter().any(|w| w.starts_with("cost"))
            && matches!(self.norm(end), "their" | "his" | "her")
            && matches!(self.norm(end + 1), "lives" | "life")
        {
            return Some(("killed", "object", end..end + 2));
        }
        let carried = back.iter().any(|w| lexicon().is("transport", w)) && self.norm(end) == "to";
        if carried && persons() {
            let to = (end + 1..range.end.min(end + 6)).find(|&j| lexicon().is("hospital", self.norm(j)));
            if let Some(to) = to {
                return Some(("wounded", "object", end..to + 1));
            }
        }
        // "treated 60 people for burns"
        let treats = |w: &str| matches!(w, "treat" | "treated" | "treating" | "treats");
        let active = treats(before)
            && !matches!(
                self.norms(range.start, start - 1).last().copied().unwrap_or(""),
                "were" | "was" | "are" | "is" | "been" | "being"
            );
        if active && persons() && !candidate.single {
            return Some(("wounded", "object", start - 1..start));
        }
        None
    }

    /// Whether bodies are given back, so that their number is no toll: "returned the bodies of 1,000 soldiers".
    pub(super) fn given_back(&self, p: &Predicate, range: &Range<usize>) -> bool {
        let bodies = matches!(self.norm(p.words.start), "bodies" | "body" | "remains" | "corpses");
        let before = self.norms(range.start.max(p.words.start.saturating_sub(4)), p.words.start);
        // A hospital receives the dead of the day.
        let hospital = |w: &str| {
            let singular = w.strip_suffix('s').unwrap_or(w);
            lexicon().is("hospital", w)
                || matches!(singular, "doctor" | "medic" | "morgue" | "surgeon" | "nurse")
        };
        bodies
            && before.iter().any(|w| lexicon().is("returns", w))
            && !self.norms(range.start, p.words.start).iter().any(|w| hospital(w))
    }

    /// Whether a counted noun counts: "lives" only where they are lost.
    pub(super) fn counts(&self, p: &Predicate, start: usize, range: &Range<usize>) -> bool {
        if self.norm(p.words.start) != "lives" {
            return true;
        }
        let before = self.norms(range.start, start);
        before.iter().any(|w| lexicon().is("claims lives", w))
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
        // "43 officers and officials were killed".
        if matches!(self.norm(j), "and" | "or") && !candidate.noun.is_empty() && !candidate.single {
            let more = self.noun(j + 1, limit, predicates);
            let counted = more.start == j + 1
                && all.get(i + 1).is_none_or(|c| c.quantity.start >= more.end)
                && self.head(&more).is_some_and(|h| self.persons(h) && h.ends_with('s'));
            if counted {
                j = more.end;
            }
        }
        let mut auxiliary = false;
        let mut phrase = false;
        while j < limit {
            if let Some(p) = predicates.iter().find(|p| p.words.start == j) {
                // "sentenced 14 people to death"
                let doomed = self.norm(p.words.start) == "to"
                    && self.norms(range.start, start).iter().any(|w| matches!(*w, "sentenced" | "condemned"));
                if doomed {
                    return None;
                }
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
                // "three teenagers aged 14, 15 and 17"
                "aged" => {
                    let digits = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
                    while j + 1 < limit
                        && (matches!(self.norm(j + 1), "," | "and" | "to" | "between")
                            || digits(self.norm(j + 1)))
                    {
                        j += 1;
                    }
                }
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
                            | "comprising"
                            | "of"
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
                "and"
                    if self.norm(j + 1) != "that"
                        && !auxiliary
                        && candidate.quantity.end > candidate.quantity.start
                        && matches!(self.norm(j + 1), "were" | "was" | "later" | "then" | "died")
                        && !all.iter().any(|c| c.quantity.start >= from && c.quantity.start < j) =>
                {
                    phrase = false;
                }
                "and" | "or" | "but" | "while" | ";" | ":" | "—" | "said" | "says" | "that" | "as"
                | "when" | "because" | "if" | "after" | "before" => {
                    return None;
                }
                // "on a market in Abu Zabad in which 48 were killed"
                "in" | "at" if candidate.single && self.norm(j + 1) == "which" => return None,
                // "are believed to have been killed"
                "to" if auxiliary && matches!(self.norm(j + 1), "have" | "be" | "has") => {}
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
                    // "Two pilots ejected and were captured": the second verb says what became of them.
                    let second = || {
                        (j + 1..limit).any(|k| {
                            self.norm(k) == "and"
                                && matches!(self.norm(k + 1), "were" | "was" | "later" | "died")
                        })
                    };
                    if !phrase && self.words[j].is_word && lexicon().is("stop", word) && !second() {
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
                    && !gap.is_empty()
                    && gap.len() <= 2
                    && gap.iter().all(|w| matches!(*w, "," | "and"))
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
                    let own = all[i].what.clone().filter(|(w, _, words)| {
                        *w != what && (of_them || what == "casualties" && said(words))
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

/// How bad it is: what was done to those whom a participle describes already is told by the worse word.
pub(super) fn rank(what: &str) -> u8 {
    match what {
        "killed" => 2,
        "wounded" => 1,
        _ => 0,
    }
}
