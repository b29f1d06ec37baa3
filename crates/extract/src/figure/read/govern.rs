//! What happened to those who are counted: the word of harm that governs them.

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
        // "Twelve soldiers killed and 15 others wounded"
        let told = |p: &Predicate| p.used(Use::Past).or_else(|| p.used(Use::State)).filter(|w| rank(w) > 0);
        let beside = |p: &Predicate| {
            let and = self.norms(p.words.end, start) == ["and"]
                || p.words.end == start && self.norm(start - 1) == "and";
            told(p).is_some() && and
        };
        if !candidate.single
            && candidate.quantity.qualifier != Qualifier::None
            && predicates.iter().rev().find(|p| p.words.end <= start).is_some_and(beside)
            && let Some(p) = predicates.iter().find(|p| p.words.start == end)
            && let Some(what) = told(p)
        {
            return Some((what, "inside", p.words.clone()));
        }
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
        // "The dead were two children": they are told of, not put among others.
        if !candidate.single
            && let Some(the) = start.checked_sub(3)
            && matches!(self.norms(the, start).as_slice(), ["the", "dead", "were" | "are"])
        {
            return Some(("killed", "predicate", the + 1..the + 2));
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
            if direct && self.intended(p, range.start) {
                return None;
            }
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
            // "killed Navy Captain Ann Roe", "kidnapped the banker Ann Roe".
            if self.is_titled(all, i, p)
                && let Some(what) = p.object()
            {
                return Some((what, "object", p.words.clone()));
            }
            // "In a raid, were arrested two more suspects".
            let first = gap.is_empty() && p.passive && i == 0 && self.opens(p, &range);
            if let Some(what) = p.used(Use::Past).filter(|_| first) {
                return Some((what, "object", p.words.clone()));
            }
            let of = gap.first().is_some_and(|w| matches!(*w, "of" | "to" | "for" | "by"))
                && gap[1..].iter().all(|w| matches!(*w, "the" | "his" | "its" | "their" | "her"));
            // "Their loss to Alma", "the life of a refugee": nobody has died.
            let lost = p.used(Use::Of) == Some("killed")
                && (gap.first() == Some(&"to") || self.norm(p.words.start) == "life");
            if of
                && !lost
                && let Some(what) = p.used(Use::Of).filter(|_| gap[0] != "by")
            {
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
        self.stated(candidate, predicates, &range)
    }

    /// "Put the number of dead at 77 and the wounded at 255", "puts its dead at two".
    fn stated(
        &self,
        candidate: &Candidate,
        predicates: &[Predicate],
        range: &Range<usize>,
    ) -> Option<(&'static str, &'static str, Range<usize>)> {
        let at = candidate.quantity.start.checked_sub(1).filter(|&at| at > range.start)?;
        let p = predicates.iter().find(|p| p.words.end == at)?;
        let own = p.words.start.checked_sub(1).map_or("", |b| self.norm(b));
        let puts =
            |i: usize| matches!(self.norm(i), "put" | "puts" | "putting" | "gave" | "gives" | "estimated");
        let stated = candidate.noun.is_empty()
            && !candidate.single
            && self.norm(at) == "at"
            && matches!(own, "the" | "its" | "their" | "his")
            && (range.start..p.words.start).any(puts);
        let what = p.used(Use::State).or_else(|| p.used(Use::Past)).filter(|_| stated)?;
        Some((what, "toll", p.words.clone()))
    }

    /// Whether word `j` is a verb in the past or present tense with a subject before it, and no clause on a noun.
    fn is_main_verb(&self, j: usize) -> bool {
        let Some((sentence, at, token)) = crate::actor::pieces::token(self.parsed, &self.words[j]) else {
            return false;
        };
        let subject = |c: usize| c < at && sentence.tokens[c].deprel == "nsubj";
        matches!(token.xpos, "VBD" | "VBZ" | "VBP")
            && token.deprel != "acl:relcl"
            && sentence.children(at).any(subject)
    }

    /// Whether a verb tells what may or should happen, not what has: "threatened to kill him", "could kill hundreds".
    fn intended(&self, p: &Predicate, start: usize) -> bool {
        let verb = self.norm(p.words.start);
        let plain = !verb.ends_with("ed") && !verb.ends_with("ing") && p.used(Use::Active).is_some();
        let helper = |j: &usize| !self.norm(*j).ends_with("ly") && self.norm(*j) != "not";
        let Some(j) = (start..p.words.start).rev().find(helper).filter(|_| plain) else { return false };
        match self.norm(j) {
            "to" => j == start || !lexicon().is("comes to", self.norm(j - 1)),
            word => lexicon().is("modal", word),
        }
    }

    /// "Demanded that the group release 13 workers": whether a plain verb with a subject tells what is asked for.
    pub(super) fn is_demanded(&self, verb: usize) -> bool {
        let Some((sentence, at, token)) = crate::actor::pieces::token(self.parsed, &self.words[verb]) else {
            return false;
        };
        let asks = |v: usize| {
            matches!(
                sentence.tokens[v].lemma.as_str(),
                "demand" | "insist" | "ask" | "request" | "urge" | "propose" | "recommend" | "order"
            )
        };
        let has = |relation: &str| sentence.children(at).any(|c| sentence.tokens[c].deprel == relation);
        token.deprel == "ccomp" && has("nsubj") && !has("aux") && sentence.head(at).is_some_and(asks)
    }

    /// Whether a passive begins its clause, so that who suffers it comes after it.
    fn opens(&self, p: &Predicate, range: &Range<usize>) -> bool {
        let helper = p.words.start.checked_sub(1).filter(|&h| h >= range.start);
        let before = |h: usize| if h > range.start { self.norm(h - 1) } else { "" };
        helper.is_some_and(|h| {
            matches!(self.norm(h), "was" | "were") && matches!(before(h), "" | "," | ";" | "–" | "—")
        })
    }

    /// Whether nothing but titles and trades stands between a word of harm and a name.
    fn is_titled(&self, all: &[Candidate], i: usize, p: &Predicate) -> bool {
        let (from, to) = (p.words.end, all[i].quantity.start);
        let fits = |j: usize| {
            let word = self.norm(j);
            (self.words[j].is_word || word == "-")
                && !self.words[j].quoted
                && (matches!(word, "the" | "a" | "an" | "his" | "her" | "its" | "their" | "former" | "ex")
                    || !lexicon().is("stop", word) && self.ends.get(j) != Some(&true))
        };
        self.people.contains(&all[i].noun)
            && (1..=4).contains(&(to - from))
            && !all[..i].iter().any(|c| c.quantity.start >= from)
            && (from..to).all(fits)
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
                // "The general, who visited the wounded"
                if j > from && self.norm(j - 1) == "the" && p.used(Use::Past).is_some() {
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
                // "A student was among four detained": the four are counted.
                "among"
                    if candidate.single
                        && auxiliary
                        && super::super::number::quantity(self.words, j + 1, self.text).is_some() =>
                {
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
                // "Spokesman Jo Roe on Monday raised to six the number of those hurt"
                _ if candidate.single && self.is_main_verb(j) => return None,
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
}

/// How bad it is: what was done to those whom a participle describes already is told by the worse word.
pub(super) fn rank(what: &str) -> u8 {
    match what {
        "killed" => 2,
        "wounded" => 1,
        _ => 0,
    }
}
