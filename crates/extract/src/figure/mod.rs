//! Counts: how many were killed, hurt, seized or driven out, and how many things were hit or used.
//!
//! [`figures`] finds the numbers (`number`), decides for each what it counts and what happened to it from the words
//! of harm around it (`read`, with the words in `data/figures`), and then ties it to the event, the attribution and
//! the place it belongs to. It reads words first, so that a wrong tree does not lose a count, and the tree where they are silent.

mod deed;
mod lexicon;
mod moved;
mod number;
mod persons;
mod read;
mod source;

use std::ops::Range;

use record::{
    Actor, ActorKind, ActorMention, Attribution, AttributionKind, Bounds, Event, EventType, Factuality,
    Figure, Parsed, Place, Report, Stance, TextRange, Upos,
};

use crate::actor::pieces::token;
use crate::actor::words::{Word, words};
pub(crate) use deed::hang;
use read::{Reader, Reading, Toll};
pub(crate) use source::claim;

/// What the figures of a report are tied to: all that was found before them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found<'a> {
    /// Places of the report.
    pub places: &'a [Place],
    /// Actors of the report.
    pub actors: &'a [Actor],
    /// Mentions of them.
    pub mentions: &'a [ActorMention],
    /// Attributions of the report.
    pub attributions: &'a [Attribution],
    /// Events of the report.
    pub events: &'a [Event],
}

/// Whether a noun in lower case, in the singular or plural, means a person or people.
#[must_use]
pub fn is_person(noun: &str) -> bool {
    lexicon::lexicon().is_person(noun)
}

/// The figures of a report, in order.
#[must_use]
pub fn figures(report: &Report, parsed: &Parsed, found: Found<'_>) -> Vec<Figure> {
    let text: &str = &report.text;
    let words = number::join_digits(words(report, parsed), text);
    let people = people(&words, found);
    let ends = ends(&words, parsed);
    let reader = Reader::new(&words, text, &people, &ends, parsed);
    let mut read: Vec<(Reading, Range<usize>)> = Vec::new();
    let mut start = 0;
    let mut toll = None;
    while start < words.len() {
        let sentence = words[start].sentence;
        let end =
            words[start..].iter().position(|w| w.sentence != sentence).map_or(words.len(), |n| start + n);
        // A bound on what an endless sentence costs.
        let end = end.min(start + 400);
        let found = reader.sentence(start..end, toll.as_ref().filter(|t: &&Toll| t.sentence + 2 >= sentence));
        if let Some(last) = found.iter().rev().find(|r| r.is_toll()) {
            toll = last.harm.clone().map(|harm| Toll { sentence, what: last.what.clone(), harm });
        }
        read.extend(found.into_iter().map(|r| (r, start..end)));
        start = end;
    }
    let mut out: Vec<Figure> = Vec::new();
    moved::moved(&words, text, parsed, &mut read);
    hit(&reader, &words, text, found.events, &mut read);
    among(&words, &mut read);
    counted_on(&words, &mut read);
    let persons = persons::persons(&words, text, &people, &mut read);
    let died = persons::died(&words, &read, &persons);
    for (((reading, sentence), person), died) in read.into_iter().zip(persons).zip(died) {
        // Who "was shot" and died of it in the next sentence is not a second one, wounded.
        if !died {
            out.push(figure(&words, &reading, person, sentence, text, found));
        }
    }
    out.sort_by_key(|f| (f.range.start(), f.range.end()));
    out
}

/// "Four children were among the nine killed": a part of those that stand behind "among".
fn among(words: &[Word], read: &mut [(Reading, Range<usize>)]) {
    let behind =
        |r: &Reading| (1..=2).any(|k| r.words.start.checked_sub(k).is_some_and(|i| words[i].norm == "among"));
    for n in 0..read.len() {
        let (whole, sentence) = read[n].clone();
        if !behind(&whole) {
            continue;
        }
        for (r, s) in read.iter_mut() {
            let fewer = r.bounds.high().is_some_and(|high| whole.bounds.low().is_some_and(|low| high < low));
            if *s == sentence && r.what == whole.what && fewer {
                (r.part, r.rule) = (true, "part");
            }
        }
    }
}

/// "Three were killed. … A fourth man died on Tuesday": four by now.
fn counted_on(words: &[Word], read: &mut [(Reading, Range<usize>)]) {
    const ORDINALS: [&str; 9] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let norms = |range: &Range<usize>| words[range.clone()].iter().map(|w| w.norm.as_str());
    for n in 0..read.len() {
        let (reading, sentence) = &read[n];
        let dies =
            |h: &Range<usize>| norms(h).any(|w| matches!(w, "died" | "dies" | "succumbed" | "succumbs"));
        if reading.what != "killed" || !reading.single || !reading.harm.as_ref().is_some_and(dies) {
            continue;
        }
        let place = norms(&reading.words).find_map(|w| ORDINALS.iter().position(|o| *o == w));
        let Some(before) = place.and_then(|p| u64::try_from(p + 1).ok()) else { continue };
        let told = read[..n].iter().rev().find(|(r, s)| {
            s != sentence && r.what == "killed" && !r.part && !r.cumulative && r.bounds.low() == Some(before)
        });
        if let Some(harm) = told.map(|(r, _)| r.harm.clone()) {
            let reading = &mut read[n].0;
            (reading.bounds, reading.single, reading.rule) =
                (Bounds::exactly(before + 1), false, "counted on");
            // They died in one deed.
            reading.harm = harm.or(reading.harm.take());
        }
    }
}

/// How many an event is done to, where words of harm alone do not tell it: "two members of the escort, both of them
/// policemen, were wounded", "the murder on Sunday of six peasants".
fn hit(
    reader: &Reader<'_>,
    words: &[Word],
    text: &str,
    events: &[Event],
    read: &mut Vec<(Reading, Range<usize>)>,
) {
    let told = |e: &&Event| {
        e.kind == EventType::Assault
            && !e.aggregate
            && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
    };
    let at = |r: TextRange| {
        let start = words.partition_point(|w| w.range.end() <= r.start());
        start..words.partition_point(|w| w.range.start() < r.end()).max(start)
    };
    for event in events.iter().filter(told) {
        let trigger = at(event.trigger);
        for target in event.targets.iter().map(|r| at(r.range)) {
            let taken = |r: &Reading| r.words.start < target.end && target.start < r.words.end;
            if target.is_empty() || trigger.is_empty() || read.iter().any(|(r, _)| taken(r)) {
                continue;
            }
            let sentence = words[target.start].sentence;
            if sentence == words[trigger.start].sentence
                && let Some(reading) = reader.counted_target(target, trigger.clone(), text)
            {
                let start = words.partition_point(|w| w.sentence < sentence);
                let end = words.partition_point(|w| w.sentence <= sentence);
                read.push((reading, start..end));
            }
        }
    }
    read.sort_by_key(|(r, sentence)| (sentence.start, r.words.start, r.words.end));
}

/// Words that name a person.
fn people(words: &[Word], found: Found<'_>) -> Vec<Range<usize>> {
    let person = |m: &&ActorMention| {
        let id = found.actors.binary_search_by(|a| a.id.cmp(&m.actor)).ok();
        m.rule == "name" && id.is_some_and(|i| found.actors[i].kind == ActorKind::Person)
    };
    let at = |m: &ActorMention| {
        let start = words.partition_point(|w| w.range.end() <= m.range.start());
        let end = words.partition_point(|w| w.range.start() < m.range.end());
        start..end
    };
    found.mentions.iter().filter(person).map(at).filter(|r| !r.is_empty()).collect()
}

/// For each word, whether the tree says that no noun phrase goes on over it. Empty without trees.
fn ends(words: &[Word], parsed: &Parsed) -> Vec<bool> {
    if parsed.sentences.is_empty() {
        return Vec::new();
    }
    let end = |word: &Word| {
        token(parsed, word).is_some_and(|(_, _, token)| match token.upos {
            Upos::Verb => token.deprel != "amod",
            Upos::Aux | Upos::Adp | Upos::Sconj | Upos::Cconj => token.deprel != "case" || word.norm != "of",
            _ => false,
        })
    };
    words.iter().map(end).collect()
}

fn cover(words: &[Word], range: &Range<usize>) -> TextRange {
    words[range.start].range.cover(words[range.end.max(range.start + 1) - 1].range)
}

fn figure(
    words: &[Word],
    reading: &Reading,
    person: Option<usize>,
    sentence: Range<usize>,
    text: &str,
    found: Found<'_>,
) -> Figure {
    let range = cover(words, &reading.words);
    let harm = reading.harm.as_ref().map(|h| cover(words, h));
    Figure {
        range,
        what: reading.what.clone(),
        counted: reading.counted.as_ref().map(|c| cover(words, c)),
        harm,
        person,
        bounds: reading.bounds,
        qualifier: reading.qualifier,
        event: event(range, harm, cover(words, &sentence), reading, found.events),
        attribution: attribution(text, range, found.attributions),
        place: place(words, range, harm, sentence, found.places),
        cumulative: reading.cumulative,
        part: reading.part,
        rule: reading.rule,
    }
}

/// The innermost attribution whose content covers the figure and claims it. Who condemns a raid "that killed nine", or
/// blames somebody for it, takes the nine for granted.
fn attribution(text: &str, range: TextRange, attributions: &[Attribution]) -> Option<usize> {
    let covering =
        |a: &Attribution| a.content.iter().copied().filter(|c| c.contains(range)).min_by_key(|c| c.len());
    let granted = |a: &Attribution, content: TextRange| match a.stance {
        Stance::Criticises | Stance::Praises => a.kind == AttributionKind::Indirect,
        Stance::Accuses => {
            let before = TextRange::new(content.start(), range.start());
            before.of(text).split_whitespace().any(|w| matches!(w, "that" | "which" | "who"))
        }
        _ => false,
    };
    let claims = |(i, a): (usize, &Attribution)| {
        let content = covering(a)?;
        (!granted(a, content)).then_some((content.len(), i))
    };
    attributions.iter().enumerate().filter_map(claims).min().map(|(_, i)| i)
}

/// The event that a figure belongs to: the one whose trigger is the word of harm; else the violent event nearest to
/// it in the sentence; else the last one before it.
fn event(
    range: TextRange,
    harm: Option<TextRange>,
    sentence: TextRange,
    reading: &Reading,
    events: &[Event],
) -> Option<usize> {
    if let Some(i) = harm.and_then(|h| events.iter().position(|e| e.trigger.overlaps(h))) {
        return Some(i);
    }
    if reading.cumulative {
        return None;
    }
    if let Some(i) = events.iter().position(|e| e.trigger.overlaps(range)) {
        return Some(i);
    }
    let fits = |e: &&(usize, &Event)| {
        matches!(e.1.kind, EventType::Assault)
            || reading.what == "arrested" && e.1.kind == EventType::Coerce
            || reading.what == "released" && e.1.kind == EventType::Retreat
            || harm.is_none()
                && matches!(e.1.kind, EventType::Mobilize | EventType::Protest | EventType::Coerce)
    };
    let all: Vec<(usize, &Event)> = events.iter().enumerate().collect();
    let here = all.iter().filter(|(_, e)| sentence.contains(e.trigger)).filter(fits);
    let gap = |e: &Event| e.trigger.start().abs_diff(range.start());
    if let Some((i, _)) = here.min_by_key(|(i, e)| (gap(e), *i)) {
        return Some(*i);
    }
    // "The mission has 300 soldiers" is of no deed: things are counted of one that their own sentence tells.
    if reading.rule == "things" {
        return None;
    }
    all.iter().rev().filter(|(_, e)| e.trigger.end() <= sentence.start()).find(fits).map(|(i, _)| *i)
}

/// A place right behind the figure or the word of harm: "16 people in Iraq", "killed in Rafah".
fn place(
    words: &[Word],
    range: TextRange,
    harm: Option<TextRange>,
    sentence: Range<usize>,
    places: &[Place],
) -> Option<usize> {
    let ends = [Some(range.end()), harm.map(TextRange::end)];
    for end in ends.into_iter().flatten().filter(|e| *e >= range.end()) {
        let next = words[sentence.clone()].iter().position(|w| w.range.start() >= end)? + sentence.start;
        let preposition = words.get(next).is_some_and(|w| matches!(w.norm.as_str(), "in" | "at" | "near"));
        if !preposition {
            continue;
        }
        let limit = words[(next + 3).min(sentence.end - 1)].range.end();
        let found = places.iter().position(|p| p.range.start() >= end && p.range.end() <= limit);
        if found.is_some() {
            return found;
        }
    }
    None
}
