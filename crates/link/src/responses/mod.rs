//! What answered what.

mod signs;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, ActorKind, Analysis, Confidence, Event, EventType, Factuality, Incident, IncidentId, Mode, Quad,
    Response, Span, TextRange, When,
};

use crate::actors::Cast;
use crate::incidents::compare::is_long_ago;
use crate::incidents::scene::{fine, same_spot};
use crate::near::events_in;
use crate::story::day;
use crate::titles;
use words::{Words, occurrences, replies};

/// Adds to each incident the incidents that it answers: where enough speaks for it in a report that tells of both
/// (`data/answering.tsv`), with the words that tell it.
pub(crate) fn add(
    analyses: &[Analysis],
    cast: &Cast,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &mut [Incident],
) {
    let mut answers: BTreeMap<(usize, usize), (f32, BTreeSet<Span>)> = BTreeMap::new();
    each(analyses, cast, incident_of, incidents, |telling, candidates| {
        let scored =
            candidates.into_iter().map(|c| (signs::score(&c.signs) + if c.said { SAID } else { 0.0 }, c));
        let enough: Vec<(f32, signs::Candidate)> = scored.filter(|(score, _)| *score > EVEN).collect();
        // Whose own sentence tells what it answers answers nothing told elsewhere, unless words say so.
        let told: BTreeSet<usize> = enough.iter().filter(|(_, c)| c.near).map(|(_, c)| c.answer).collect();
        for (score, c) in enough {
            let (Some(from), Some(to)) = (telling.of[c.answer], telling.of[c.cause]) else { continue };
            if c.near || c.said || !told.contains(&c.answer) {
                let (best, evidence) = answers.entry((from, to)).or_insert((score, BTreeSet::new()));
                *best = best.max(score);
                let range = shown(telling.a, c.words, [c.answer, c.cause]);
                evidence.insert(Span { report: telling.a.report.id.clone(), range });
            }
        }
    });
    let mut best: BTreeMap<usize, f32> = BTreeMap::new();
    for (&(from, _), &(score, _)) in &answers {
        let most = best.entry(from).or_insert(score);
        *most = most.max(score);
    }
    for (&(from, to), (score, evidence)) in &answers {
        // Of two that may answer each other, the likelier does, and neither if both are as likely.
        let other = answers.get(&(to, from)).map_or(f32::NEG_INFINITY, |(score, _)| *score);
        if other >= *score || (*score < best[&from] && *score <= SURE) {
            continue;
        }
        let incident = incidents[to].id.clone();
        let within = |a: &Span, b: &Span| a != b && a.report == b.report && b.range.contains(a.range);
        let whole = evidence.iter().filter(|a| !evidence.iter().any(|b| within(a, b)));
        incidents[from].responds_to.push(Response { incident, evidence: whole.cloned().collect() });
    }
    for i in incidents.iter_mut() {
        i.responds_to.sort_by(|a, b| a.incident.cmp(&b.incident));
    }
    directed(analyses, cast, incident_of, incidents);
    let_go(analyses, cast, incident_of, incidents);
}

/// The words that tell an answer with those for the two deeds that stand in their sentence: "over" alone tells a reader nothing.
fn shown(a: &Analysis, words: TextRange, deeds: [usize; 2]) -> TextRange {
    let Some(sentence) = a.parsed.sentence_of(words) else { return words };
    let triggers = deeds.map(|e| a.events[e].trigger);
    triggers.into_iter().filter(|&t| sentence.range.contains(t)).fold(words, TextRange::cover)
}

/// Words against what somebody surely did, and measures for it, are directed at him if they name nobody else.
fn directed(
    analyses: &[Analysis],
    cast: &Cast,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &mut [Incident],
) {
    let mut said: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (&(r, e), &n) in incident_of {
        said.entry(n).or_default().push(analyses[r].events[e].trigger.of(&analyses[r].report.text));
    }
    let number: BTreeMap<IncidentId, usize> =
        incidents.iter().enumerate().map(|(n, i)| (i.id.clone(), n)).collect();
    for n in 0..incidents.len() {
        let i = &incidents[n];
        let against = matches!(
            i.kind,
            EventType::Accuse
                | EventType::Reject
                | EventType::Protest
                | EventType::Sanction
                | EventType::Threaten
        );
        if !against || !i.targets.is_empty() {
            continue;
        }
        let deeds = i.responds_to.iter().filter_map(|r| Some(&incidents[*number.get(&r.incident)?]));
        let doers = deeds.flat_map(|d| &d.actors).filter(|p| {
            p.confidence == Confidence::Fact
                && !cast.who(&p.actor, true).kind_only
                && i.actors.iter().all(|a| a.actor != p.actor)
        });
        let mut targets: Vec<record::Party> = Vec::new();
        for doer in doers {
            if targets.iter().all(|t| t.actor != doer.actor) {
                targets.push(doer.clone());
            }
        }
        let known = |p: &record::Party| Some((cast.get(&p.actor)?, p.confidence));
        let title = titles::towards(
            &i.title,
            &titles::Parts {
                kind: i.kind,
                mode: i.mode,
                said: said.get(&n).map_or(&[], Vec::as_slice),
                actors: i.actors.iter().filter_map(known).collect(),
                targets: targets.iter().filter_map(known).collect(),
                places: &[],
                figures: &[],
            },
        );
        (incidents[n].targets, incidents[n].title) = (targets, title);
    }
}

/// Who was arrested or abducted and is let go by nobody that is named is let go by whoever surely took them.
fn let_go(
    analyses: &[Analysis],
    cast: &Cast,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &mut [Incident],
) {
    let number: BTreeMap<IncidentId, usize> =
        incidents.iter().enumerate().map(|(n, i)| (i.id.clone(), n)).collect();
    for n in 0..incidents.len() {
        let i = &incidents[n];
        if i.mode != Some(Mode::Release) || !i.actors.is_empty() {
            continue;
        }
        let taken = |d: &&Incident| matches!(d.mode, Some(Mode::Abduct | Mode::Arrest));
        let deeds = i.responds_to.iter().filter_map(|r| Some(&incidents[*number.get(&r.incident)?]));
        let captors = deeds.filter(taken).flat_map(|d| &d.actors);
        let mut doers: Vec<record::Party> = Vec::new();
        for captor in captors.filter(|p| p.confidence == Confidence::Fact) {
            if doers.iter().chain(&i.targets).all(|d| d.actor != captor.actor) {
                doers.push(captor.clone());
            }
        }
        let said: Vec<&str> = incident_of
            .iter()
            .filter(|&(_, &of)| of == n)
            .map(|(&(r, e), _)| analyses[r].events[e].trigger.of(&analyses[r].report.text))
            .collect();
        let named: Vec<titles::Named<'_>> =
            doers.iter().filter_map(|p| Some((cast.get(&p.actor)?, p.confidence))).collect();
        let title = titles::done_by(&i.title, (i.kind, i.mode, &said), &named);
        (incidents[n].actors, incidents[n].title) = (doers, title);
    }
}

/// Score from which on one incident answers another, and from which on it answers more than one. The first is below even odds:
/// of what reports tell as an answer more is missed than is found where nothing is one.
const EVEN: f32 = -0.15;
const SURE: f32 = 0.5;
/// What words that say so count for, beside what they were fitted to.
const SAID: f32 = 2.0;

/// Calls `found` for each report with every two events near each other of which the first may answer the second.
fn each(
    analyses: &[Analysis],
    cast: &Cast,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &[Incident],
    mut found: impl FnMut(&Telling<'_>, Vec<signs::Candidate>),
) {
    let sides: Vec<Sides> = incidents.iter().map(|i| Sides::of(i, cast)).collect();
    for (r, a) in analyses.iter().enumerate() {
        let of: Vec<Option<usize>> = (0..a.events.len()).map(|e| incident_of.get(&(r, e)).copied()).collect();
        let telling = Telling { a, of, sides: &sides, incidents };
        found(&telling, telling.candidates());
    }
}

/// Every two events near each other with what speaks for and against an answer.
pub(crate) fn candidates(
    analyses: &[Analysis],
    cast: &Cast,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &[Incident],
) -> Vec<crate::Answer> {
    let number: BTreeMap<_, usize> = analyses.iter().enumerate().map(|(r, a)| (&a.report.id, r)).collect();
    let mut out = Vec::new();
    each(analyses, cast, incident_of, incidents, |telling, candidates| {
        for c in candidates {
            if let (Some(from), Some(to)) = (telling.of[c.answer], telling.of[c.cause]) {
                let report = number[&telling.a.report.id];
                let incidents = (from, to);
                out.push(crate::Answer { report, events: (c.answer, c.cause), incidents, signs: c.signs });
            }
        }
    });
    out
}

/// The deeds of a report that one of its events answers, with the words that say so.
pub(crate) fn answered(a: &Analysis, event: usize) -> impl Iterator<Item = (usize, TextRange)> {
    let e = &a.events[event];
    let said = e.responds_to.iter().copied().filter(|(to, _)| *to < a.events.len());
    let within = events_in(a, e.extent).map(|to| (to, &a.events[to])).filter(move |(to, other)| {
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

    /// Whether what is answered would be later than the answer: by their days, or because the answer is of long ago and
    /// the other is told without a day, and so as of late.
    fn late(&self, from: usize, to: usize) -> bool {
        let (i, c) = (&self.incidents[from], &self.incidents[to]);
        let told = self.a.report.published.as_ref().map(|p| day(p.date));
        i.when.latest().zip(c.when.earliest()).is_some_and(|(a, c)| c > a)
            || c.when == When::Unknown && is_long_ago(i.when, told)
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
            for at in occurrences(&lower, &words.leads) {
                self.led(&here, TextRange::new(start + at.start(), start + at.end()), &mut found);
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

    /// "The envoy was killed, prompting Norland to break ties": what stands behind the words answers what stands before.
    fn led(&self, here: &[usize], words: TextRange, found: &mut Found) {
        let at = |e: usize| self.event(e).trigger;
        let cause = here.iter().rev().copied().find(|&e| at(e).end() <= words.start() && self.is_deed(e));
        let behind = |e: usize| (words.end()..words.end() + NAMED).contains(&at(e).start());
        let answer = here.iter().copied().find(|&e| behind(e) && self.of[e].is_some());
        if let (Some(cause), Some(answer)) = (cause, answer)
            && self.is_answer(answer)
            && self.may_answer(answer, cause)
        {
            self.put(found, answer, cause, words);
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
        let sentence =
            |e: &Event| self.a.parsed.sentences.partition_point(|s| s.range.end() <= e.trigger.start());
        self.a.events.partition_point(|e| sentence(e) < n)
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
        // "In light of this, the council called for": what stands behind the comma is no cause.
        let one = |r: TextRange| {
            let between = self.a.report.text.get(words.end()..r.start()).unwrap_or_default();
            near(r) && !between.contains(", ")
        };
        let named =
            here.iter().copied().filter(|&e| one(self.event(e).trigger)).find(|&e| self.of[e].is_some());
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

    /// Whether an event has a party of its incident, or a town or site told with it, in common with an incident.
    fn shares(&self, answer: usize, cause: usize) -> bool {
        let Some(from) = self.of[answer] else { return false };
        let (x, y) = (&self.sides[from], &self.sides[cause]);
        let party = x.doers.iter().chain(&x.struck).any(|w| y.doers.iter().chain(&y.struck).any(|v| w.is(v)));
        let told = self.event(answer).places.iter().map(|&p| &self.a.places[p].spot).filter(|p| fine(p));
        let there: Vec<_> =
            self.incidents[cause].places.iter().map(|p| &p.spot).filter(|p| fine(p)).collect();
        party || told.into_iter().any(|p| there.iter().any(|q| same_spot(p, q)))
    }

    /// Whether two incidents have a town or a site in common.
    fn shares_spot(&self, answer: usize, cause: usize) -> bool {
        let spots = |n: usize| self.incidents[n].places.iter().map(|p| &p.spot).filter(|p| fine(p));
        spots(answer).any(|p| spots(cause).any(|q| same_spot(p, q)))
    }
}
