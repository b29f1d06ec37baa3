//! What answered what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use record::{
    ActorId, ActorKind, Analysis, Confidence, Event, EventType, Factuality, Incident, Mode, Quad, Response,
    Span, TextRange,
};

use crate::actors::Cast;
use crate::incidents::mention::head;
use crate::incidents::scene::{fine, same_spot};

/// Adds to each incident the incidents that it answers: where a report says so ("in response to", "retaliated by"), where
/// one side condemns, rejects or protests against what another incident is, and where an act that is always an answer
/// (an envoy summoned, diplomats expelled, an inquiry) is told right behind a deed of the other side.
pub(crate) fn add(
    analyses: &[Analysis],
    cast: &Cast,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &mut [Incident],
) {
    let mut answers: BTreeMap<(usize, usize), BTreeSet<Span>> = BTreeMap::new();
    let sides: Vec<Sides> = incidents.iter().map(|i| Sides::of(i, cast)).collect();
    for (&(r, e), &from) in incident_of {
        let a = &analyses[r];
        for (to, range) in answered(a, e) {
            if let Some(&to) = incident_of.get(&(r, to))
                && to != from
                && sides[from].answers(&sides[to]).is_some()
            {
                answers.entry((from, to)).or_default().insert(Span { report: a.report.id.clone(), range });
            }
        }
    }
    let tellings: Vec<Telling<'_>> = analyses
        .iter()
        .enumerate()
        .map(|(r, a)| {
            let of = (0..a.events.len()).map(|e| incident_of.get(&(r, e)).copied()).collect();
            Telling { a, of, sides: &sides, incidents }
        })
        .collect();
    let span = |telling: &Telling<'_>, range| Span { report: telling.a.report.id.clone(), range };
    for telling in &tellings {
        for (pair, range) in telling.said() {
            answers.entry(pair).or_default().insert(span(telling, range));
        }
    }
    // What an act answers by its nature is asked only where no report says what it answers.
    let known: BTreeSet<usize> = answers.keys().map(|&(from, _)| from).collect();
    for telling in &tellings {
        for (pair, range) in telling.by_nature(&known) {
            answers.entry(pair).or_default().insert(span(telling, range));
        }
    }
    for ((from, to), evidence) in &answers {
        // Of two that are said to answer each other, neither came first for sure.
        if answers.contains_key(&(*to, *from)) {
            continue;
        }
        let incident = incidents[*to].id.clone();
        incidents[*from]
            .responds_to
            .push(Response { incident, evidence: evidence.iter().cloned().collect() });
    }
    for i in incidents {
        i.responds_to.sort_by(|a, b| a.incident.cmp(&b.incident));
    }
}

/// The deeds of a report that one of its events answers, with the words that say so.
pub(crate) fn answered(a: &Analysis, event: usize) -> impl Iterator<Item = (usize, TextRange)> {
    let e = &a.events[event];
    let said = e.responds_to.iter().copied().filter(|(to, _)| *to < a.events.len());
    let within = a.events.iter().enumerate().filter(move |(to, other)| {
        *to != event
            && answering(e)
            && other.kind.quad() == Quad::MaterialConflict
            // "closed its airspace and stopped all trade" are two measures.
            && (e.kind != EventType::Sanction || other.kind == EventType::Assault)
            && e.extent.contains(other.trigger)
    });
    said.chain(within.map(|(to, _)| (to, e.extent)))
}

/// Which events of a report its words name as what the rest of their sentence answers ("in response to the massacre in the
/// market, fighters shelled the base").
pub(crate) fn named_causes(a: &Analysis) -> Vec<bool> {
    let mut causes = vec![false; a.events.len()];
    let words = Words::embedded();
    let mut from = 0;
    for sentence in &a.parsed.sentences {
        let first = (from..a.events.len()).find(|&e| a.events[e].trigger.start() >= sentence.range.start());
        from = first.unwrap_or(a.events.len());
        let here = (from..a.events.len()).take_while(|&e| sentence.range.contains(a.events[e].trigger));
        let here: Vec<usize> = here.collect();
        if here.len() < 2 {
            continue;
        }
        let lower = sentence.range.of(&a.report.text).to_ascii_lowercase();
        for at in occurrences(&lower, &words.strong) {
            let end = sentence.range.start() + at.end();
            let near = |e: &usize| {
                let start = a.events[*e].trigger.start();
                (end..end + NAMED).contains(&start)
            };
            if let Some(&e) = here.iter().find(|e| near(e)) {
                causes[e] = true;
            }
        }
    }
    causes
}

/// Bytes behind such words within which what is answered is named.
const NAMED: usize = 40;

/// Bytes behind such words within which those stand who lead back to what is answered.
const MEANT: usize = 60;

/// Words against a deed.
fn answering(e: &Event) -> bool {
    matches!(e.kind, EventType::Accuse | EventType::Reject | EventType::Protest | EventType::Sanction)
}

/// Who did something and whom it struck.
struct Sides {
    doers: Vec<Party>,
    struck: Vec<Party>,
    /// The countries of its places.
    countries: Vec<&'static str>,
}

/// Somebody on a side.
struct Party {
    actor: ActorId,
    /// Only a kind of people ("gunmen"), who may be anybody.
    kind_only: bool,
    /// The country that it belongs to or acts for; a group acts for none.
    country: Option<String>,
    sure: bool,
}

impl Party {
    fn is(&self, other: &Party) -> bool {
        (!self.kind_only && self.actor == other.actor)
            || (self.country.is_some() && self.country == other.country)
    }
}

impl Sides {
    fn of(i: &Incident, cast: &Cast) -> Sides {
        let party = |p: &record::Party| {
            let who = cast.who(&p.actor, p.confidence == Confidence::Fact);
            let group = matches!(who.kind, Some(ActorKind::ArmedGroup | ActorKind::Party));
            let home = || cast.get(&who.actor).and_then(|a| a.country.clone()).filter(|_| !group);
            Party {
                country: who.state.clone().or_else(home),
                actor: who.actor,
                kind_only: who.kind_only,
                sure: who.sure,
            }
        };
        let list = |all: &[record::Party]| -> Vec<Party> {
            all.iter().filter(|p| p.confidence != Confidence::Denied).map(party).collect()
        };
        let countries = i.places.iter().filter_map(|p| p.spot.country).collect();
        Sides { doers: list(&i.actors), struck: list(&i.targets), countries }
    }

    fn all(&self) -> impl Iterator<Item = &Party> {
        self.doers.iter().chain(&self.struck)
    }

    /// How well `self` fits as an answer to `cause`; `None` if both are deeds of one side.
    fn answers(&self, cause: &Sides) -> Option<i32> {
        let any = |x: &[Party], y: &[Party]| x.iter().any(|w| y.iter().any(|v| w.is(v)));
        let own = |w: &Party| cause.doers.iter().any(|v| v.sure && w.sure && w.is(v));
        if self.doers.iter().any(own) {
            return None;
        }
        let at_home =
            self.doers.iter().filter_map(|w| w.country.as_deref()).any(|c| cause.countries.contains(&c));
        Some(
            2 * i32::from(any(&self.struck, &cause.doers))
                + i32::from(any(&self.doers, &cause.struck) || at_home),
        )
    }
}

/// How far back what is answered may have been told, in sentences.
const BACK: usize = 3;

/// Sentences behind "decided as follows:" that tell what was decided.
const ITEMS: usize = 4;

/// Sentences at the beginning of a report that tell what it is about.
const OPENING: usize = 5;

/// One report and the incidents of its events.
struct Telling<'a> {
    a: &'a Analysis,
    of: Vec<Option<usize>>,
    sides: &'a [Sides],
    incidents: &'a [Incident],
}

type Found = BTreeMap<(usize, usize), TextRange>;

impl Telling<'_> {
    fn event(&self, e: usize) -> &Event {
        &self.a.events[e]
    }

    fn sentence(&self, e: usize) -> usize {
        let at = self.event(e).trigger.start();
        self.a.parsed.sentences.partition_point(|s| s.range.end() <= at)
    }

    /// A deed that can be answered.
    fn is_deed(&self, e: usize) -> bool {
        let x = self.event(e);
        x.kind.quad() == Quad::MaterialConflict
            && matches!(x.factuality, Factuality::Happened | Factuality::Ongoing)
            && self.of[e].is_some()
    }

    /// Something done about a deed.
    fn is_answer(&self, e: usize) -> bool {
        let x = self.event(e);
        let kind = matches!(
            x.kind,
            EventType::Sanction
                | EventType::Mobilize
                | EventType::Accuse
                | EventType::Reject
                | EventType::Protest
                | EventType::Coerce
                | EventType::Request
        );
        kind && self.of[e].is_some() && self.is_real(e)
    }

    fn is_real(&self, e: usize) -> bool {
        !matches!(self.event(e).factuality, Factuality::Hypothetical | Factuality::Denied)
    }

    /// How well one event of the report answers another; `None` if it cannot.
    fn fits(&self, answer: usize, cause: usize) -> Option<i32> {
        let (from, to) = (self.of[answer]?, self.of[cause]?);
        if from == to {
            return None;
        }
        if self.late(from, to) { None } else { self.sides[from].answers(&self.sides[to]) }
    }

    /// Whether words may say that one event answers another: neither is the other's, nor later, nor of one doer as told
    /// there. What other reports make of the two counts for nothing against the words.
    fn may_answer(&self, answer: usize, cause: usize) -> bool {
        let (Some(from), Some(to)) = (self.of[answer], self.of[cause]) else { return false };
        let own = |e: usize| self.event(e).actors.iter().filter_map(|r| r.actor.as_ref());
        from != to && !self.late(from, to) && !own(answer).any(|a| own(cause).any(|b| a == b))
    }

    /// Whether what is answered would be later than the answer.
    fn late(&self, from: usize, to: usize) -> bool {
        let (i, c) = (&self.incidents[from], &self.incidents[to]);
        i.when.latest().zip(c.when.earliest()).is_some_and(|(a, c)| c > a)
    }

    /// What the words say.
    fn said(&self) -> Found {
        let mut found = Found::new();
        let words = Words::embedded();
        let mut from = 0;
        for (n, sentence) in self.a.parsed.sentences.iter().enumerate() {
            let first =
                (from..self.a.events.len()).find(|&e| self.sentence(e) >= n).unwrap_or(self.a.events.len());
            from = first;
            let here: Vec<usize> =
                (first..self.a.events.len()).take_while(|&e| self.sentence(e) == n).collect();
            let lower = sentence.range.of(&self.a.report.text).to_ascii_lowercase();
            let start = sentence.range.start();
            let mut taken: Vec<TextRange> = Vec::new();
            for (list, strong) in [(&words.strong, true), (&words.weak, false)] {
                for at in occurrences(&lower, list) {
                    let at = TextRange::new(start + at.start(), start + at.end());
                    if taken.iter().any(|t| t.overlaps(at)) {
                        continue;
                    }
                    taken.push(at);
                    self.around(&here, at, strong, n, &mut found);
                }
            }
            for at in replies(&lower, &words.reply) {
                let at = TextRange::new(start + at.start(), start + at.end());
                if taken.iter().all(|t| !t.overlaps(at)) {
                    self.around(&here, at, true, n, &mut found);
                }
            }
            for at in occurrences(&lower, &words.told) {
                let negated =
                    lower[..at.start()].split_whitespace().rev().take(2).any(|w| w == "not" || w == "never");
                let at = TextRange::new(start + at.start(), start + at.end());
                if !negated && taken.iter().all(|t| !t.overlaps(at)) {
                    self.told(&here, at, &mut found);
                }
            }
        }
        found
    }

    fn put(&self, found: &mut Found, answer: usize, cause: usize, words: TextRange) {
        if let (Some(from), Some(to)) = (self.of[answer], self.of[cause])
            && from != to
        {
            found.entry((from, to)).or_insert(words);
        }
    }

    /// The words stand between an answer and what it answers, or before both.
    fn around(&self, here: &[usize], words: TextRange, strong: bool, n: usize, found: &mut Found) {
        let Some(cause) = self.cause(here, words, strong) else { return };
        let agreed = !strong && self.event(cause).kind.quad() != Quad::MaterialConflict;
        let soon = !strong && self.soon(words);
        let may = |e: usize| {
            let x = self.event(e);
            match agreed {
                true => self.is_answer(e) && !matches!(x.kind, EventType::Mobilize | EventType::Request),
                false => {
                    self.is_answer(e) || (strong || soon) && self.is_real(e) && x.kind == EventType::Assault
                }
            }
        };
        // "hours after": one deed of violence follows another for many reasons, so it must be a blow that is returned.
        let least = |e: usize| {
            let two = |e: usize| self.event(e).kind == EventType::Assault;
            i32::from(soon && two(e) && two(cause))
        };
        let fits = |e: &usize| {
            may(*e)
                && (self.fits(*e, cause).is_some_and(|fit| fit >= least(*e))
                    || strong && self.may_answer(*e, cause))
        };
        let before = |e: &usize| self.event(*e).trigger.end() <= words.start();
        if let Some(&answer) = here.iter().rev().filter(|e| before(e)).find(|e| self.of[**e].is_some()) {
            if !fits(&answer) {
                return;
            }
            self.put(found, answer, cause, words);
            for &e in here.iter().filter(|e| before(e) && **e != answer && fits(e)) {
                if self.together(e, answer) {
                    self.put(found, e, cause, words);
                }
            }
            return;
        }
        // "After the attack, police arrested"; "This is an answer to".
        let fronted = words.start() < self.a.parsed.sentences[n].range.start() + 12;
        let after = |e: &&usize| self.event(**e).trigger.start() > self.event(cause).trigger.end();
        if fronted && let Some(&answer) = here.iter().filter(after).find(|e| fits(e)) {
            self.put(found, answer, cause, words);
            for &e in here.iter().filter(|e| **e > answer && fits(e)) {
                if self.together(e, answer) {
                    self.put(found, e, cause, words);
                }
            }
        } else if fronted
            && self.a.parsed.sentences[n].range.of(&self.a.report.text).trim_end().ends_with(':')
        {
            // "Following the signing …, the Council decided as follows: 1. … 2. …"
            let items = (0..self.a.events.len()).filter(|&e| {
                let at = self.sentence(e);
                at > n && at <= n + ITEMS && fits(&e)
            });
            items.for_each(|e| self.put(found, e, cause, words));
        } else if strong && !here.iter().any(before) {
            let told = (0..here.first().copied().unwrap_or_else(|| self.first_of(n))).rev();
            let near = told.take_while(|&e| self.sentence(e) + BACK >= n);
            let near: Vec<usize> = near.filter(|&e| self.is_deed(e)).collect();
            if let Some(&answer) = near.iter().find(|&&e| self.may_answer(e, cause)) {
                self.put(found, answer, cause, words);
            }
        }
    }

    /// Whether a measure of time stands before the words ("hours after", "two days after").
    fn soon(&self, words: TextRange) -> bool {
        let before = self.a.report.text.get(..words.start()).unwrap_or_default();
        let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        Words::embedded().soon.iter().any(|w| last.eq_ignore_ascii_case(w))
    }

    /// The first event of a sentence or of those after it.
    fn first_of(&self, n: usize) -> usize {
        (0..self.a.events.len()).find(|&e| self.sentence(e) >= n).unwrap_or(self.a.events.len())
    }

    /// Whether two events are told of the same doer in one breath.
    fn together(&self, a: usize, b: usize) -> bool {
        let who =
            |e: usize| self.event(e).actors.iter().filter_map(|r| r.actor.as_ref()).collect::<BTreeSet<_>>();
        !who(a).is_empty() && who(a) == who(b)
    }

    /// The deed named right after some words, or the one at the place named there.
    fn cause(&self, here: &[usize], words: TextRange, strong: bool) -> Option<usize> {
        let reach = if strong { 110 } else { 60 };
        let near = |r: TextRange| r.start() >= words.end() && r.start() <= words.end() + reach;
        let named =
            here.iter().copied().filter(|&e| near(self.event(e).trigger)).find(|&e| self.of[e].is_some());
        if let Some(e) = named {
            let kind = self.event(e).kind;
            let words_of = matches!(kind, EventType::Accuse | EventType::Request);
            let agreed = matches!(kind, EventType::Agree | EventType::Support | EventType::Cooperate);
            return (self.is_deed(e) || agreed || strong && words_of).then_some(e);
        }
        if let Some(e) = self.meant(words) {
            return Some(e);
        }
        if !strong {
            return None;
        }
        let place = self.a.places.iter().find(|p| near(p.range))?;
        let there = |e: &usize| {
            self.is_deed(*e)
                && self.event(*e).kind == EventType::Assault
                && self.event(*e).places.iter().any(|&p| self.a.places[p].spot.name == place.spot.name)
        };
        (0..self.a.events.len()).find(there)
    }

    /// The deed that people or a word behind some words lead back to ("suspected of helping the attackers"): the last
    /// one told before, or the one that the report is about.
    fn meant(&self, words: TextRange) -> Option<usize> {
        let rest = self.a.report.text.get(words.end()..)?;
        let end = rest.find(['.', ';', ',', '\n']).unwrap_or(rest.len());
        let end = rest.floor_char_boundary(end.min(MEANT));
        let rest = rest[..end].to_ascii_lowercase();
        if occurrences(&rest, &Words::embedded().those).is_empty() {
            return None;
        }
        let n = self.a.parsed.sentences.partition_point(|s| s.range.end() <= words.start());
        let violent = |e: &usize| self.is_deed(*e) && self.event(*e).kind == EventType::Assault;
        let near = (0..self.first_of(n)).rev().take_while(|&e| self.sentence(e) + BACK >= n);
        near.into_iter().find(violent).or_else(|| self.attack())
    }

    /// The words say that what stands behind or before them answers what was told before.
    fn told(&self, here: &[usize], words: TextRange, found: &mut Found) {
        let may = |e: &usize| {
            self.is_answer(*e)
                || self.is_real(*e) && self.event(*e).kind == EventType::Assault && self.of[*e].is_some()
        };
        let after = here.iter().copied().find(|e| self.event(*e).trigger.end() > words.start() && may(e));
        let before =
            || here.iter().copied().rfind(|e| self.event(*e).trigger.end() <= words.start() && may(e));
        let Some(answer) = after.or_else(before) else { return };
        let causes =
            |e: usize| self.is_deed(e) || matches!(self.event(e).kind, EventType::Accuse | EventType::Agree);
        let said = || {
            let n = self.sentence(answer);
            let near = (0..answer).rev().take_while(|&e| self.sentence(e) + 1 >= n);
            near.into_iter().find(|&e| causes(e) && self.may_answer(answer, e))
        };
        if let Some(cause) = self.before(answer, BACK, causes, 0).or_else(said) {
            self.put(found, answer, cause, words);
            let rest = here.iter().copied().filter(|&e| e > answer && may(&e) && self.together(e, answer));
            for e in rest.filter(|&e| self.may_answer(e, cause)) {
                self.put(found, e, cause, words);
            }
        }
    }

    /// The event before `answer` that it fits best as an answer to, `least` being how well; the nearest of equals.
    fn before(
        &self,
        answer: usize,
        back: usize,
        causes: impl Fn(usize) -> bool,
        least: i32,
    ) -> Option<usize> {
        let n = self.sentence(answer);
        (0..answer)
            .rev()
            .take_while(|&e| self.sentence(e).saturating_add(back) >= n)
            .filter(|&e| self.of[e].is_some() && causes(e))
            .filter_map(|e| {
                let fit = self.fits(answer, e).filter(|f| *f >= least)?;
                let far = i32::try_from(n - self.sentence(e)).unwrap_or(i32::MAX);
                // An arrest or a sanction is rather an answer itself.
                let first = i32::from(self.event(e).kind == EventType::Assault);
                Some((fit + first - far, e))
            })
            .max_by_key(|&(score, e)| (score, e))
            .map(|(_, e)| e)
    }

    /// The attack that a report is about: the one that most of its mentions are of, told of at its beginning.
    fn attack(&self) -> Option<usize> {
        let violent = |&e: &usize| self.is_deed(e) && self.event(e).kind == EventType::Assault;
        let mut count: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for e in (0..self.a.events.len()).filter(violent) {
            if let Some(i) = self.of[e] {
                count.entry(i).or_insert((0, e)).0 += 1;
            }
        }
        let opens = |e: usize| self.sentence(e) < OPENING;
        let of = count.into_values().filter(|&(_, e)| opens(e));
        of.max_by_key(|&(n, e)| (n, std::cmp::Reverse(e))).map(|(_, e)| e)
    }

    /// How well an act that answers by its nature must fit the attack that its report is about, if it can answer that.
    fn least(&self, e: usize) -> Option<i32> {
        let x = self.event(e);
        match (x.kind, x.mode) {
            (EventType::Sanction, _) | (EventType::Accuse, Some(Mode::Disapprove)) => Some(1),
            (EventType::Accuse, Some(Mode::Investigate))
            | (EventType::Coerce, Some(Mode::Arrest | Mode::Curfew))
            | (EventType::Protest, Some(Mode::Demo)) => Some(0),
            _ => None,
        }
    }

    /// Whether two incidents have a town, a site or a party in common.
    fn shares(&self, answer: usize, cause: usize) -> bool {
        let (x, y) = (&self.sides[answer], &self.sides[cause]);
        let party = x.all().any(|w| y.all().any(|v| w.is(v)));
        party || self.shares_spot(answer, cause)
    }

    /// Whether an act names what it is for or against, and that is not the deed ("marched for higher wages").
    fn is_over_else(&self, e: usize, deed: usize) -> bool {
        let trigger = self.event(e).trigger;
        let Some(s) = self.a.parsed.sentences.get(self.sentence(e)) else { return false };
        let Some(core) = head(s, trigger) else { return false };
        let below = |i: usize| s.head(i) == Some(core) || s.head(i).and_then(|h| s.head(h)) == Some(core);
        // Whom a measure is against or for is its side, not its matter ("sanctions against the junta").
        let protest = self.event(e).kind == EventType::Protest;
        let party = |object: usize| {
            !protest && self.a.mentions.iter().any(|m| m.range.overlaps(s.tokens[object].range))
        };
        let objects = (core + 1..s.tokens.len())
            .filter(|&i| matches!(s.tokens[i].lemma.as_str(), "for" | "against" | "over"))
            .filter_map(|i| s.head(i).filter(|&object| below(object) && !party(object)));
        objects.map(|object| s.subtree(object)).any(|words| {
            let of_deed = (0..self.a.events.len())
                .any(|o| self.of[o] == Some(deed) && words.contains(self.event(o).trigger));
            let time = self.a.times.iter().any(|t| t.range.overlaps(words));
            let lower = words.of(&self.a.report.text).to_ascii_lowercase();
            let about = !occurrences(&lower, &Words::embedded().about).is_empty();
            !of_deed && !time && !about
        })
    }

    /// Whether two incidents have a town or a site in common.
    fn shares_spot(&self, answer: usize, cause: usize) -> bool {
        let spots = |n: usize| self.incidents[n].places.iter().map(|p| &p.spot).filter(|p| fine(p));
        spots(answer).any(|p| spots(cause).any(|q| same_spot(p, q)))
    }

    /// Acts that are always an answer, told behind what they answer.
    fn by_nature(&self, known: &BTreeSet<usize>) -> Found {
        let mut found = Found::new();
        let attack = self.attack();
        for e in 0..self.a.events.len() {
            let Some(from) = self.of[e].filter(|i| !known.contains(i)) else { continue };
            if !self.is_real(e) {
                continue;
            }
            let x = self.event(e);
            let deed = |c: usize| self.is_deed(c) && self.event(c).kind != EventType::Mobilize;
            let lodged = || {
                let lower = x.extent.of(&self.a.report.text).to_ascii_lowercase();
                !occurrences(&lower, &Words::embedded().lodged).is_empty()
            };
            let summons = x.kind == EventType::Accuse && (x.rule.contains("summon") || lodged());
            let violent = |c: usize| deed(c) && self.event(c).kind == EventType::Assault;
            let words = |c: usize| deed(c) || self.event(c).kind == EventType::Accuse;
            let offers = |c: usize| {
                matches!(
                    self.event(c).kind,
                    EventType::Agree | EventType::Consult | EventType::Request | EventType::Concede
                )
            };
            let asked = || {
                let lower = x.extent.of(&self.a.report.text).to_ascii_lowercase();
                !occurrences(&lower, &Words::embedded().asked).is_empty()
            };
            let cause = match x.kind {
                // What one state did to the other may have been told at the beginning.
                _ if summons => (self.before(e, BACK + 1, |c| self.is_deed(c) || words(c), 2))
                    .or_else(|| self.before(e, usize::MAX, |c| self.is_deed(c), 2))
                    .or_else(|| self.before(e, 2, words, 1))
                    .or_else(|| self.before(e, 1, words, 0)),
                EventType::Accuse if x.mode == Some(Mode::Investigate) => self.before(e, BACK, deed, 0),
                EventType::Sanction => {
                    self.before(e, BACK, violent, 1).or_else(|| self.before(e, BACK, deed, 2))
                }
                EventType::Reject => self.before(e, 1, offers, 0),
                EventType::Request if asked() => self.before(e, 1, deed, 0),
                _ => None,
            };
            let about = || {
                let (least, attack) = (self.least(e)?, attack?);
                // Who is arrested at a march, or is one of those attacked, is arrested for nothing of the attack.
                let of_others = || {
                    let marched = |c: usize| self.event(c).kind == EventType::Protest;
                    let victims = &self.sides[self.of[attack]?].struck;
                    let theirs = self.sides[from].struck.iter().any(|w| victims.iter().any(|v| w.is(v)));
                    (self.before(e, 2, marched, 0).is_none() && !theirs).then_some(())
                };
                if x.kind == EventType::Coerce {
                    of_others()?;
                }
                if matches!(x.kind, EventType::Coerce | EventType::Protest) {
                    let to = self.of[attack]?;
                    (self.shares(from, to) && !self.is_over_else(e, to)).then_some(())?;
                }
                let shown = self.fits(e, attack).filter(|fit| *fit >= least);
                shown.map(|_| attack)
            };
            if let Some(to) = cause.or_else(about).and_then(|c| self.of[c]) {
                found.entry((from, to)).or_insert(x.trigger);
            }
        }
        found
    }
}

/// The words of `answers.tsv`.
struct Words {
    strong: Vec<&'static str>,
    weak: Vec<&'static str>,
    told: Vec<&'static str>,
    reply: Vec<&'static str>,
    asked: Vec<&'static str>,
    lodged: Vec<&'static str>,
    soon: Vec<&'static str>,
    those: Vec<&'static str>,
    about: Vec<&'static str>,
}

impl Words {
    fn embedded() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            crate::data::ours("answers.tsv", Words::read(include_str!("../data/answers.tsv")))
        })
    }

    /// Reads the file. The error names the bad line.
    fn read(file: &'static str) -> Result<Words, String> {
        let mut words = Words {
            strong: Vec::new(),
            weak: Vec::new(),
            told: Vec::new(),
            reply: Vec::new(),
            asked: Vec::new(),
            lodged: Vec::new(),
            soon: Vec::new(),
            those: Vec::new(),
            about: Vec::new(),
        };
        for (n, [what, phrases]) in crate::data::rows(file)? {
            let list = match what {
                "strong" => &mut words.strong,
                "weak" => &mut words.weak,
                "told" => &mut words.told,
                "reply" => &mut words.reply,
                "asked" => &mut words.asked,
                "lodged" => &mut words.lodged,
                "soon" => &mut words.soon,
                "those" => &mut words.those,
                "about" => &mut words.about,
                _ => return Err(format!("line {n}: «{what}» is nothing that words do")),
            };
            list.extend(phrases.split(';').map(str::trim).filter(|p| !p.is_empty()));
            // Of two that begin alike the longer one.
            list.sort_by_key(|p| std::cmp::Reverse(p.len()));
        }
        Ok(words)
    }
}

/// Where phrases stand in a text in lower case, as whole words, none over another, in order.
fn occurrences(lower: &str, phrases: &[&str]) -> Vec<TextRange> {
    let mut found: Vec<TextRange> = Vec::new();
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    for phrase in phrases {
        for (at, _) in lower.match_indices(phrase) {
            let end = at + phrase.len();
            let whole = !inside(lower[..at].chars().next_back()) && !inside(lower[end..].chars().next());
            let range = TextRange::new(at, end);
            if whole && found.iter().all(|f| !f.overlaps(range)) {
                found.push(range);
            }
        }
    }
    found.sort();
    found
}

/// Nouns for an answer up to their "to" or "for" ("the answer of the state to").
fn replies(lower: &str, nouns: &[&str]) -> Vec<TextRange> {
    let ends = |at: TextRange| {
        let rest = &lower[at.end()..];
        let mut end = at.end();
        for word in rest.split(' ').take(6) {
            end += word.len() + 1;
            match word {
                "to" | "for" => return Some(TextRange::new(at.start(), end - 1)),
                w if w.ends_with([',', '.', ';', ':']) => return None,
                _ => {}
            }
        }
        None
    };
    occurrences(lower, nouns).into_iter().filter_map(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_and_the_longest() {
        let found = occurrences("days after the raid, hereafter", &["after the", "after"]);
        assert_eq!(found, [TextRange::new(5, 14)]);
        assert_eq!(replies("the answer of the state to the raid", &["answer"]), [TextRange::new(4, 26)]);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(Words::read("# x\nloud\tafter").is_err_and(|e| e.starts_with("line 2")));
    }
}
