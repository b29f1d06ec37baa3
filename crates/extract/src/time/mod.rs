//! Times: TIMEX3 expressions with the days they cover.
//!
//! A grammar of patterns ([`rules`]) finds what the words mean ([`reading`]); `resolve` places it on the calendar
//! with the publication date, the tense of the words around it, and the time spoken of before. Values follow the
//! TIMEX3 guidelines of TimeML 1.2.1.

mod calendar;
mod dateline;
mod grammar;
mod lexicon;
mod reading;
mod resolve;
mod rules;
mod select;
mod token;

use std::collections::BTreeSet;

use jiff::civil::Date;
use record::{EntityKind, Parsed, Report, TextRange, TimeExpression, When};

use calendar::{Granule, Unit};
pub(crate) use dateline::RULE as DATELINE;
use grammar::{Chart, Phrase};
use reading::{Time, Which};
pub(crate) use resolve::open_weekday;
use resolve::{Context, Resolved, Tense, resolve};
use token::Token;

/// Whether a lower-case word is the full name of a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// The times of a report, in order. Without a publication date, times that need one are not anchored.
#[must_use]
pub fn times(report: &Report, parsed: &Parsed) -> Vec<TimeExpression> {
    let publication = report.published.as_ref().map(|p| p.date);
    let dateline = dateline::find(report);
    // What was printed a day later still counts from the day on which it was written.
    let written = |day| dateline.as_ref().and_then(|d| d.before(day)).unwrap_or(day);
    let publication = publication.map(written);
    let mut found = Vec::new();
    let mut spoken = Spoken::default();
    let names = Names::new(report, parsed);
    for block in report.content() {
        let text = block.range.of(&report.text);
        let tokens = token::tokens(text);
        read(&tokens, block.range.start(), publication, (&report.text, &names), &mut spoken, &mut found);
    }
    if let Some(dateline) = dateline {
        found.iter_mut().filter(|t| t.range.overlaps(dateline.range)).for_each(|t| t.rule = dateline::RULE);
    }
    found
}

/// The time that the text speaks of, from which others are counted.
#[derive(Debug, Default)]
struct Spoken {
    stretch: Option<Granule>,
    day: Option<Date>,
}

/// Adds the times of one block, whose tokens count from `offset`.
fn read(
    tokens: &[Token],
    offset: usize,
    publication: Option<Date>,
    (text, names): (&str, &Names),
    spoken: &mut Spoken,
    found: &mut Vec<TimeExpression>,
) {
    let mut chart = Chart::new(tokens);
    rules::parse(&mut chart);
    let mut at = 0;
    // Where in this block a stretch longer than a day was spoken of last.
    let mut wide: Option<usize> = None;
    while at < tokens.len() {
        // "Ann May said": the last word of a person's name is no month.
        let own = TextRange::new(offset + tokens[at].range.start(), offset + tokens[at].range.end());
        let of_name = |p: &&Phrase| {
            p.end == at + 1 && matches!(p.time, Time::Month(..)) && names.is_last(text, &tokens[..=at], own)
        };
        let Some(phrase) = select::choose(&chart, at).filter(|p| !of_name(p)) else {
            at += 1;
            continue;
        };
        let meant = select::meant(tokens, phrase);
        let tense = select::tense(tokens, at, phrase.end);
        // "10:20 The ministry has denounced": an entry of a live report is of its day.
        let entry = at == 0 && matches!(meant, Time::Clock(_, _, _, None));
        let (stretch, day) = match publication.filter(|_| entry) {
            Some(day) => (Some(Granule::Day(day)), Some(day)),
            None => (spoken.stretch, spoken.day),
        };
        // "In May 2019 ten were taken; they came back four days later": not so long after the day told before.
        let of_wide = wide.is_some_and(|w| !tokens[w..at].iter().any(token::Token::ends_sentence));
        let day = day.filter(|_| !of_wide);
        let mut resolved = resolve(&meant, &Context { publication, spoken: stretch, day, tense });
        let (first, last) = (tokens[at].range, tokens[phrase.end - 1].range);
        // What is only compared with ("a year earlier") does not move the story.
        let compared = matches!(
            &phrase.time,
            Time::YearBefore(_) | Time::Shift(_, Unit::Year, ..) | Time::Unit(Unit::Year, Which::Last)
        );
        // "On Monday gunmen struck, an official said on Thursday. An hour earlier …": the day of the deed was told, not that of
        // the words.
        let of_words = spoken.day.is_some() && is_when_said(tokens, at);
        if resolved.granule.is_some() && resolved.anchored && !compared {
            spoken.stretch = resolved.granule;
            wide = Some(at).filter(|_| !matches!(resolved.granule, Some(Granule::Day(_))));
            if let Some(Granule::Day(day)) = resolved.granule.filter(|_| !of_words) {
                spoken.day = Some(day);
            }
        }
        if let Some(before) = found.last_mut().filter(|_| select::ends_range(tokens, at, &phrase.time)) {
            turn_round(before, &mut resolved, tense);
        }
        found.push(TimeExpression {
            range: TextRange::new(offset + first.start(), offset + last.end()),
            kind: resolved.kind,
            anchored: resolved.anchored && resolved.when != When::Unknown,
            value: resolved.value,
            when: resolved.when,
            rule: phrase.rule,
        });
        at = phrase.end;
    }
}

/// Where persons are named, and their last names, in lower case.
struct Names<'r> {
    persons: Vec<TextRange>,
    last: BTreeSet<&'r str>,
}

impl<'r> Names<'r> {
    fn new(report: &'r Report, parsed: &Parsed) -> Names<'r> {
        let persons = parsed.entities.iter().filter(|e| e.kind == EntityKind::Per).map(|e| e.range);
        let persons: Vec<TextRange> = persons.collect();
        let last = persons.iter().filter_map(|r| r.of(&report.text).rsplit_once(' ')).map(|(_, last)| last);
        Names { last: last.collect(), persons }
    }

    /// Whether the last of these words ends the name of a person, whose other names stand before it, or means somebody by it: "Ms
    /// May", "May's offer" where "Ann May" is told of. `range` is where it stands.
    fn is_last(&self, text: &str, tokens: &[Token], range: TextRange) -> bool {
        let at = self.persons.partition_point(|r| r.end() < range.end());
        let before = tokens.len().checked_sub(2).map_or("", |i| tokens[i].lower.as_str());
        let named = self.persons.get(at).is_some_and(|r| r.end() == range.end() && r.start() < range.start());
        named
            || matches!(before, "mr" | "mrs" | "ms")
            || !select::leads_date(before) && self.last.contains(range.of(text))
    }
}

/// Whether a time stands right behind a verb of saying: "told reporters on Thursday".
fn is_when_said(tokens: &[Token], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |i| tokens[i].lower.as_str());
    let n = if matches!(before(1), "on" | "late" | "early") { 2 } else { 1 };
    let hearers = matches!(before(n), "reporters" | "journalists" | "us");
    matches!(
        before(n + usize::from(hearers)),
        "said" | "told" | "reported" | "announced" | "confirmed" | "added"
    )
}

/// "from Monday to Wednesday": the days follow each other, and not each the publication.
fn turn_round(first: &mut TimeExpression, last: &mut Resolved, tense: Tense) {
    let (When::Exact(begin), When::Exact(end)) = (first.when, last.when) else { return };
    if begin <= end {
        return;
    }
    let week = |day: Date, n: i64| calendar::later(day, 7 * n, Unit::Day).map(Granule::Day);
    if tense == Tense::Future {
        if let Some(day) = week(end, 1) {
            *last = Resolved::granule(day);
        }
    } else if let Some(day) = week(begin, -1) {
        first.value = day.value();
        first.when = day.when();
    }
}

#[cfg(test)]
pub(crate) mod tests;
