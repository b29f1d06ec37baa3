//! Which quantity counts whom (`candidates`), and what happened to them: by the word that governs them (`govern`), by others of
//! their sentence (`lists`), and from afar (`tree`).

mod candidates;
mod govern;
mod lists;
mod tree;

use std::ops::Range;

use record::{Bounds, Parsed, Qualifier};

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

impl Reading {
    /// Whether it is a count of people that another source may give another number for.
    pub(super) fn is_toll(&self) -> bool {
        const TOLLS: [&str; 7] =
            ["abducted", "arrested", "captured", "displaced", "killed", "missing", "wounded"];
        TOLLS.contains(&self.what.as_str()) && !self.cumulative && self.harm.is_some()
    }
}

/// The last count of people before a sentence, which a bare number in it may answer ("the government says three").
pub(super) struct Toll {
    pub(super) sentence: usize,
    pub(super) what: String,
    pub(super) harm: Range<usize>,
}

/// A word of harm at its place.
#[derive(Debug, Clone)]
struct Predicate {
    words: Range<usize>,
    harm: Vec<&'static Harm>,
    /// For a participle: whether those harmed stand before it ("were killed") or after ("killed five").
    passive: bool,
    /// Whether a number stands right behind it.
    counts: bool,
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
            .or_else(|| self.used(Use::State).filter(|_| !self.is_done_to_others()))
    }

    /// "A pupil shot dead ten people": whom it counts suffered it, not who stands before it.
    fn is_done_to_others(&self) -> bool {
        self.counts && !self.passive && self.used(Use::Past).is_some()
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
    parsed: &'a Parsed,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        words: &'a [Word],
        text: &'a str,
        people: &'a [Range<usize>],
        ends: &'a [bool],
        parsed: &'a Parsed,
    ) -> Reader<'a> {
        Reader { words, text, people, ends, parsed }
    }

    fn norm(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |w| w.norm.as_str())
    }

    fn norms(&self, from: usize, to: usize) -> Vec<&'a str> {
        self.words[from.min(to)..to].iter().map(|w| w.norm.as_str()).collect()
    }

    /// All figures of one sentence.
    pub(super) fn sentence(&self, range: Range<usize>, toll: Option<&Toll>) -> Vec<Reading> {
        let predicates = self.predicates(range.clone());
        let mut all = self.candidates(range.clone(), &predicates);
        for i in 0..all.len() {
            let found = self.governor(&all, i, &predicates, range.clone());
            let of_all = self.tells_of_all(&all, i, &predicates);
            all[i].what = found.filter(|(.., harm)| !self.sent_away(&all[i], harm) && !of_all);
        }
        self.inherit(&mut all, &predicates, range.clone());
        self.nested(&mut all);
        // Where the words beside a count say nothing or only who they are ("79 people who had fled were killed").
        for candidate in &mut all {
            let near = candidate.what.as_ref().map_or(0, |(what, ..)| 1 + govern::rank(what));
            if near < 2
                && let Some(found) = self.hung(candidate, &predicates, range.clone())
                && !self.sent_away(candidate, &found.2)
                && 1 + govern::rank(found.0) > near
            {
                candidate.what = Some(found);
            }
        }
        self.parts(&mut all, &predicates, range.clone());
        // "300 families (1,500 people)": the people are counted.
        for i in 1..all.len() {
            let (from, to) = (all[i - 1].noun.end, all[i].quantity.start);
            let household = |c: &Candidate| self.head(&c.noun).is_some_and(|h| lexicon().is("household", h));
            let people = |c: &Candidate| self.head(&c.noun).is_some_and(|h| self.persons(h)) && !household(c);
            let aside = matches!(self.norm(from), "(" | ",") && to <= from + 3;
            let held = aside && household(&all[i - 1]) && people(&all[i]);
            if held && (all[i].what.is_some() || all[i - 1].what.is_some()) {
                let what = all[i - 1].what.take();
                all[i].what = all[i].what.take().or(what);
            }
        }
        let periods = self.periods(range.clone());
        let mut out = Vec::new();
        for candidate in &all {
            let before = out.iter().rev().find(|r: &&Reading| r.is_toll());
            let before = before.and_then(|r| Some((r.what.clone(), r.harm.clone()?)));
            let toll = before.or_else(|| toll.map(|t| (t.what.clone(), t.harm.clone())));
            let toll = match self.whose_number(candidate, range.start) {
                Some(whose) => self.suffered(whose, &predicates),
                None => toll,
            };
            let found = self.reading(candidate, &predicates, &range, &periods);
            if found.is_empty()
                && let Some((what, harm)) = toll.filter(|_| self.rivals(candidate, range.clone()))
            {
                out.push(Reading {
                    words: candidate.quantity.start..candidate.quantity.end,
                    counted: None,
                    harm: Some(harm),
                    what,
                    bounds: candidate.quantity.bounds,
                    qualifier: candidate.quantity.qualifier,
                    cumulative: false,
                    part: false,
                    rule: "rival",
                    single: false,
                });
            }
            out.extend(found);
        }
        out
    }

    /// "41 of the 205 people released": all 205 were.
    fn tells_of_all(&self, all: &[Candidate], i: usize, predicates: &[Predicate]) -> bool {
        let (Some(some), Some(whole)) = (all.get(i), all.get(i + 1)) else { return false };
        let behind = |p: &Predicate| p.words.start == whole.noun.end && p.used(Use::Past).is_some();
        let of = some.quantity.end;
        !whole.noun.is_empty()
            && some.noun == whole.noun
            && (self.norm(of), self.norm(of + 1)) == ("of", "the")
            && predicates.iter().any(behind)
    }

    /// Whether a diplomat is sent home or called in, somebody only goes abroad, or it is only demanded: he is neither displaced nor
    /// arrested, nor released.
    fn sent_away(&self, candidate: &Candidate, harm: &Range<usize>) -> bool {
        let diplomat = self.head(&candidate.noun).is_some_and(|h| lexicon().is("diplomat", h));
        // "The pilot crossed the border at noon", "300 soldiers crossed into the province": nobody had to flee.
        let fighters = |h: &str| {
            matches!(h, "soldiers" | "troops" | "fighters" | "militants" | "gunmen" | "rebels" | "insurgents")
        };
        let goes = harm.clone().any(|w| self.norm(w) == "crossed")
            && (candidate.single || self.head(&candidate.noun).is_some_and(fighters));
        goes || self.is_demanded(harm.start)
            || diplomat && harm.clone().any(|w| matches!(self.norm(w), "expelled" | "hauled"))
    }

    /// "All those detained, whose number it puts at 67": the word "whose" before a bare number.
    fn whose_number(&self, candidate: &Candidate, start: usize) -> Option<usize> {
        let number = |i: usize| self.norm(i) == "whose" && matches!(self.norm(i + 1), "number" | "total");
        (start..candidate.quantity.start).rev().take(14).find(|&i| number(i))
    }

    /// What became of those of whom "whose" speaks, and the word that says so.
    fn suffered(&self, whose: usize, predicates: &[Predicate]) -> Option<(String, Range<usize>)> {
        let before = predicates.iter().rev().find(|p| p.words.end < whose && p.words.end + 5 > whose)?;
        let what = before.used(Use::Past).or_else(|| before.used(Use::State))?;
        Some((what.to_owned(), before.words.clone()))
    }

    /// Whether a bare number stands for what was counted before it: "the rebels say 40", "the junta admits to only three".
    fn rivals(&self, candidate: &Candidate, range: Range<usize>) -> bool {
        let (start, end) = (candidate.quantity.start, candidate.quantity.end);
        let none = candidate.quantity.qualifier == Qualifier::None;
        if candidate.single || none || !candidate.noun.is_empty() || candidate.what.is_some() {
            return false;
        }
        let small = |w: &str| lexicon().is("before number", w);
        let verb = (range.start..start).rev().find(|&i| !small(self.norm(i)));
        let tells = verb.is_some_and(|v| lexicon().is("tells", self.norm(v)) && v > range.start);
        let next = if end < range.end { self.norm(end) } else { "" };
        let closed =
            matches!(next, "" | "," | ";" | "." | ")" | "and" | "but" | "while" | "although" | "—" | "–");
        tells && closed
    }

    /// How many the target of an event is, if it is several people who are counted and the trigger says what became of
    /// them.
    pub(super) fn counted_target(
        &self,
        target: Range<usize>,
        trigger: Range<usize>,
        text: &str,
    ) -> Option<Reading> {
        let sentence = self.words[target.start].sentence;
        let first =
            (target.start.saturating_sub(3)..=target.start).find(|&i| self.words[i].sentence == sentence)?;
        let quantity = (first..target.end).find_map(|i| {
            let found = quantity(self.words, i, text)?;
            // Nothing but the words of the phrase may stand between number and head.
            let within = found.end <= target.end
                && (found.end..target.start).all(|j| matches!(self.norm(j), "other" | "more" | "of" | "the"));
            within.then_some(found)
        })?;
        let noun = quantity.end.max(target.start)..target.end;
        let head = self.head(&noun)?;
        let several = quantity.bounds.low().is_some_and(|n| n > 1);
        // "Was shot" leaves open what became of them.
        if trigger.clone().any(|i| lexicon().is("deadly", self.norm(i))) {
            return None;
        }
        let what = trigger.clone().find_map(|i| {
            let (_, harm) = lexicon().harm(&self.norms(i, trigger.end))?;
            let used = |u: Use| harm.iter().find(|h| h.used == u).map(|h| h.what);
            [Use::Past, Use::Active, Use::Of, Use::Suffers].into_iter().find_map(used)
        })?;
        let harmed = matches!(what, "killed" | "wounded" | "abducted");
        // "12 dead and 30 wounded": the dead are none of the wounded.
        let state = lexicon().harm(&[head]);
        let state = state.and_then(|(_, harm)| harm.iter().find(|h| h.used == Use::State).map(|h| h.what));
        let harmed = harmed && state.is_none_or(|state| state == what);
        (several && harmed && self.persons(head) && !lexicon().is("thing", head)).then(|| Reading {
            words: quantity.start..noun.end,
            counted: Some(noun),
            harm: Some(trigger),
            what: what.to_owned(),
            bounds: quantity.bounds,
            qualifier: quantity.qualifier,
            cumulative: false,
            part: false,
            rule: "target",
            single: false,
        })
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
                        && !self.described(i, range.start, &harm)
                        && !self.denied(i, range.start) =>
                {
                    let words = i..i + n;
                    let passive = self.passive(&words, &range);
                    let counts = quantity(self.words, words.end, self.text)
                        .is_some_and(|q| q.end <= range.end && q.qualifier != Qualifier::None);
                    out.push(Predicate { words, harm, passive, counts });
                    i += n;
                }
                _ => i += 1,
            }
        }
        out
    }

    /// Whether it did not happen: "was not hurt", "neither the driver nor the guard was hurt".
    fn denied(&self, i: usize, start: usize) -> bool {
        let before = self.norms(start, i);
        let helper =
            |w: &&str| lexicon().is("auxiliary", w) || lexicon().is("adverb", w) || w.ends_with("ly");
        let not =
            before.iter().rev().take_while(|w| helper(w)).chain(before.iter().rev().find(|w| !helper(w)));
        not.take(4).any(|w| matches!(*w, "not" | "never") || w.ends_with("n't"))
            || before.iter().rev().take(10).any(|w| *w == "neither")
    }

    /// Whether "hostage", "captive" or "shot" is a noun here, not what became of somebody ("taken hostage").
    fn described(&self, i: usize, start: usize, harm: &[&Harm]) -> bool {
        let state = matches!(self.norm(i), "hostage" | "captive" | "prisoner");
        let before = if i > start { self.norm(i - 1) } else { "" };
        let taken = before.starts_with("t") || before.starts_with("held") || self.people(before);
        // "fired one shot", "one shot was fired"
        let shot = self.norm(i) == "shot"
            && lexicon().is("one shot", before)
            && (i < start + 2 || lexicon().is("shot of", self.norm(i - 2)) || self.norm(i + 1) == "was");
        // "sent a boy to the hospital", not "they drove to the hospital"
        let hospital = self.norm(i) == "to"
            && self.norms(i, self.words.len().min(i + 3)).contains(&"hospital")
            && !self.norms(start.max(i.saturating_sub(12)), i).iter().any(|w| lexicon().is("sends", w));
        // "The flight ban", "wounded or sick": neither tells what became of anybody.
        let flown = self.norm(i) == "flight" && !matches!(self.norm(i + 1), "of" | "from" | "to" | "" | ",");
        let ill = |w: &str| matches!(w, "sick" | "ill");
        let joined = matches!(self.norm(i + 1), "or" | "and") && ill(self.norm(i + 2));
        let joins = matches!(before, "or" | "and") && i >= start + 2 && ill(self.norm(i - 2));
        // "No security body has her": an office.
        let office = matches!(self.norm(i), "body" | "bodies") && lexicon().is("office", before);
        flown
            || joined
            || joins
            || hospital
            || shot
            || office
            || state && harm.iter().all(|h| h.used == Use::State) && !taken
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
            || lexicon().is("persons", head)
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
            || lexicon().is("object", word.norm.as_str())
            || word.is_word && word.case != Case::Lower && !lexicon().is("stop", &word.norm);
        // "were first wounded", but "shot first" is active.
        let adverb = lexicon().is("adverb", &word.norm) && word.norm != "first";
        let plain = word.is_word && !lexicon().is("stop", &word.norm) && !adverb;
        // "46 injured people": an adjective after its number.
        let adjective = at.start > range.start
            && (at.start.saturating_sub(6)..at.start).rev().any(|q| {
                q >= range.start && quantity(self.words, q, self.text).is_some_and(|f| f.end == at.start)
            });
        adjective || !(object || plain)
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
            let other = between.iter().any(|w| lexicon().is("apart", w));
            !other && !self.is_record(at)
        })
    }

    /// Whether a period or war only says how bad one deed was: "the bloodiest bombing this year", "the heaviest in the war".
    fn is_record(&self, at: usize) -> bool {
        let sentence = self.words.get(at).map(|w| w.sentence);
        let from = (at.saturating_sub(8)..at).find(|&i| Some(self.words[i].sentence) == sentence);
        let before = self.norms(from.unwrap_or(at), at);
        before.iter().any(|w| w.ends_with("iest") || w.ends_with("st") && lexicon().is("apart", w))
    }

    /// Whether a war or campaign, not an attack, is what kills: "the offensive has killed".
    fn by_war(&self, harm: &Range<usize>, range: &Range<usize>) -> bool {
        let before = self.norms(range.start, harm.start);
        let is_war = |i: usize| {
            lexicon().is("war", before[i]) || before[i] == "action" && i > 0 && before[i - 1] == "military"
        };
        // "since the war of 2020, in which more than 6,500 people died"
        let relative = before
            .windows(2)
            .enumerate()
            .rev()
            .find(|(_, w)| w[0] == "in" && w[1] == "which")
            .map(|(i, _)| i);
        if relative.is_some_and(|r| (r.saturating_sub(5)..r).any(is_war) && !self.is_record(range.start + r))
        {
            return true;
        }
        let war = (0..before.len()).rev().find(|&i| is_war(i));
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
        helped && war.is_some_and(|w| before.len() - w <= 8)
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
        // "No one else was hurt" says nothing of those who were; dogs are not counted among people.
        let else_ = none
            && (self.norm(quantity.end) == "else"
                || noun
                    .clone()
                    .any(|i| matches!(self.norm(i), "other" | "others" | "further" | "additional" | "more"))
                || (quantity.start..quantity.end).any(|i| self.norm(i) == "other"));
        // "No immediate word on casualties" leaves it open.
        let open = none && noun.clone().any(|i| lexicon().is("no word", self.norm(i)));
        if else_ || open || lexicon().is("animal", head) {
            return Vec::new();
        }
        if !candidate.single && !none && lexicon().is("thing", head) && !self.is_harm(noun, predicates) {
            // "Has 300 soldiers", "350,000 settlers live": what there is.
            let before = self.norms(range.start, quantity.start).last().copied().unwrap_or("");
            let there = matches!(before, "has" | "have" | "had" | "owns" | "owned")
                || matches!(self.norm(noun.end), "live" | "lives" | "lived");
            if there || self.is_ranked(quantity.start, noun.end) {
                return Vec::new();
            }
            let Some(more) = self.counted_with(noun, range.end, predicates) else {
                return vec![make(head, "things", None)];
            };
            let both = format!("{head} and {}", self.head(&more).unwrap_or(""));
            let mut reading = make(&both, "things", None);
            (reading.words.end, reading.counted) = (more.end, Some(noun.start..more.end));
            return vec![reading];
        }
        if none {
            let harm = candidate.what.clone().or_else(|| {
                let p = predicates
                    .iter()
                    .find(|p| p.words.start >= quantity.end && p.words.start <= quantity.end + 3)
                    // "No hand in the kidnapping"
                    .filter(|p| {
                        let between = self.norms(quantity.end, p.words.start);
                        !between.iter().any(|w| matches!(*w, "in" | "for" | "behind" | "over"))
                    })?;
                let what = p.used(Use::Count).or_else(|| p.used(Use::Of))?;
                Some((what, "none", p.words.clone()))
            });
            // "There were no victims"
            let harm = harm.or_else(|| (head == "victims").then(|| ("casualties", "none", noun.clone())));
            // "Injured no one"
            let harm = harm.or_else(|| {
                let p = predicates.iter().find(|p| p.words.end == quantity.start)?;
                Some((p.object()?, "none", p.words.clone()))
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
                // "Lost no aircraft"
                Some((_, _, harm))
                    if !noun.is_empty()
                        && !self.persons(head)
                        && matches!(self.norm(harm.start), "lost" | "lose" | "losing") =>
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
            // Whoever "lost seven men" has seven dead; games and seats are lost, too, and "lost a son" tells of the past.
            let lost = matches!(self.norm(harm.start), "lost" | "lose" | "loses" | "losing");
            if lost && *rule == "object" && (candidate.single || noun.is_empty() || !self.persons(head)) {
                return Vec::new();
            }
            // "The plant was hit", "suffered two defeats": what things suffer, too, says nothing of people.
            let worn = harm.len() == 1 && harm.clone().any(|i| lexicon().is("persons only", self.norm(i)));
            if worn && !candidate.single && !noun.is_empty() && !self.persons(head) {
                return Vec::new();
            }
            // Things, too, are released, saved or seized.
            let people_only =
                matches!(*what, "released" | "rescued" | "captured" | "abducted" | "displaced" | "escaped");
            if people_only && !candidate.single && !noun.is_empty() && !self.persons(head) {
                return Vec::new();
            }
            let mut reading = make(what, rule, Some(harm.clone()));
            if candidate.single && matches!(*rule, "object" | "noun") && harm.start < end {
                reading.words = harm.start..end;
            }
            let mut all = vec![reading];
            if *rule == "subject"
                && *what == "wounded"
                && let Some(death) = self.dies_of(harm, predicates)
            {
                return vec![make("killed", "subject", Some(death))];
            }
            // "The girl who was shot on Monday has died"
            let relative = harm.start == end || matches!(self.norm(end), "who" | "that" | "whom");
            if *rule == "subject" && relative && *what == "wounded" {
                // "Wounded in the shelling of a camp for the displaced": they are others.
                let near = |p: &&Predicate| p.words.start >= harm.end && p.words.start < harm.end + 16;
                let others = |p: &Predicate| p.used(Use::Past) == Some("displaced");
                let next = predicates.iter().filter(near).find(|p| !others(p));
                let open = |p: &Predicate| {
                    let between = self.norms(harm.end, p.words.start);
                    !between.iter().any(|w| {
                        matches!(*w, "and" | ";" | "said" | "when" | "after" | "before" | "he" | "she")
                    })
                };
                if let Some(p) = next.filter(|p| p.used(Use::Suffers) == Some("killed") && open(p)) {
                    // "two of the (three) wounded died": the participle is the noun.
                    let bare = noun.is_empty()
                        || super::number::quantity(self.words, noun.start, self.text).is_some();
                    if bare && harm.start == end && !candidate.single {
                        all.clear();
                    }
                    all.push(make("killed", "subject", Some(p.words.clone())));
                }
            }
            // "shot himself in the chest and died"
            let reflexive = *rule == "object" && matches!(head, "himself" | "herself") && *what == "wounded";
            if reflexive {
                let next = predicates.iter().find(|p| p.words.start >= end && p.words.start < end + 10);
                let and = |p: &Predicate| {
                    self.norms(end, p.words.start).iter().any(|w| matches!(*w, "and" | "then"))
                };
                if let Some(p) = next.filter(|p| p.used(Use::Suffers) == Some("killed") && and(p)) {
                    all.push(make("killed", "object", Some(p.words.clone())));
                }
            }
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
        let taken = self.norms(range.start, quantity.start).last().is_some_and(|w| lexicon().is("takes", w));
        if head == "hostages" && taken {
            return vec![make("abducted", "things", None)];
        }
        if lexicon().is("people", head) && !noun.is_empty() {
            return vec![make(head, "things", None)];
        }
        let next = self.norm(end);
        if head == "people" && lexicon().is("gathers", next) {
            return vec![make(head, "things", None)];
        }
        Vec::new()
    }

    /// "More than 300 drones and missiles": the second kind of things that one number counts.
    fn counted_with(
        &self,
        noun: &Range<usize>,
        end: usize,
        predicates: &[Predicate],
    ) -> Option<Range<usize>> {
        let from = noun.end + 1;
        let joined = self.norm(noun.end) == "and" && quantity(self.words, from, self.text).is_none();
        let more = self.noun(from, end, predicates);
        let head = self.head(&more).filter(|h| joined && more.start == from && h.ends_with('s'))?;
        let same = self.head(noun) == Some(head);
        let token = crate::actor::pieces::token(self.parsed, &self.words[more.end - 1]);
        let conjunct = token.is_some_and(|(_, _, token)| token.deprel == "conj" && token.xpos == "NNS");
        (lexicon().is("thing", head) && !same && conjunct).then_some(more)
    }

    /// "One of the deadliest attacks of the war" counts nothing.
    fn is_ranked(&self, start: usize, end: usize) -> bool {
        let superlative =
            |w: &&str| matches!(*w, "most" | "worst" | "least") || w.len() > 5 && w.ends_with("est");
        let words = self.norms(start, end);
        words.starts_with(&["one", "of"]) && words.iter().any(superlative)
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
