//! The words that an incident's type, mode, factuality, date and places stand on.

use std::collections::{BTreeMap, BTreeSet};

use record::{
    Analysis, Event, Factuality, Grounds, Incident, Located, Place, PlacePrecision, ReportId, Span, Spot,
    TextRange, When,
};

use super::scene::{same_spot, scene_places, struck_places, time};
use super::undated;
use super::unit::Unit;
use super::weeks::Weeks;

/// The words for the values of an incident that is otherwise complete.
pub(super) fn grounds(i: &Incident, units: &[&Unit], analyses: &[Analysis], weeks: &Weeks) -> Grounds {
    let told: Vec<(&Analysis, usize, TextRange)> = units
        .iter()
        .flat_map(|u| u.events.iter().zip(&u.mentions).map(|(&e, &m)| (&analyses[u.report], e, m)))
        .collect();
    let span = |a: &Analysis, range| Span { report: a.report.id.clone(), range };
    let triggers = |fits: &dyn Fn(&Event) -> bool| {
        let some = told.iter().map(|&(a, e, _)| (a, &a.events[e])).filter(|(_, e)| fits(e));
        distinct(some.map(|(a, e)| span(a, e.trigger)))
    };
    let clauses = |fits: &dyn Fn(&Event) -> bool, whole: bool| {
        let some = told.iter().filter(|&&(a, e, _)| fits(&a.events[e]));
        distinct(some.map(|&(a, e, words)| span(a, if whole { sentence(a, e, words) } else { words })))
    };
    let (mut when, mut published) = times(&told, i.when);
    if when.is_empty() && i.when != When::Unknown {
        let events: Vec<(usize, usize)> =
            units.iter().flat_map(|u| u.events.iter().map(|&e| (u.report, e))).collect();
        let words = |(r, e): (usize, usize)| {
            let at = analyses[r].events[e].time.and_then(|t| analyses[r].times.get(t))?;
            Some(span(&analyses[r], at.range))
        };
        let of_week = |&&(r, e): &&(usize, usize)| weeks.day(r, &analyses[r], e) == Some(i.when);
        for &(r, e) in events.iter().filter(of_week) {
            when.extend(words((r, e)));
            when.extend(weeks.told_by(r).filter_map(words));
            let report = |(r, _): (usize, usize)| &analyses[r].report;
            published
                .extend(weeks.told_by(r).map(report).filter(|r| r.published.is_some()).map(|r| r.id.clone()));
        }
        let open = when.is_empty();
        for (a, day) in
            undated::days(&events, analyses).into_iter().filter(|(_, day)| open && day.when == i.when)
        {
            when.extend(day.words.map(|words| span(a, words)));
            if day.words.is_none_or(|w| a.report.published.is_some() && !names_year(w.of(&a.report.text))) {
                published.push(a.report.id.clone());
            }
        }
        when = distinct(when.into_iter());
        published.sort();
        published.dedup();
    }
    Grounds {
        kind: triggers(&|e| e.kind == i.kind),
        mode: triggers(&|e| i.mode.is_some() && e.kind == i.kind && e.mode == i.mode),
        contexts: clauses(&|e| !e.contexts.is_empty(), false),
        // «Is said to plan», «had it not been for» may stand outside of the deed's own clause.
        factuality: clauses(&|e| e.factuality == i.factuality, i.factuality != Factuality::Happened),
        when,
        published,
    }
}

/// The sentence of an event, or its words where there is none.
fn sentence(a: &Analysis, event: usize, words: TextRange) -> TextRange {
    let trigger = a.events[event].trigger;
    a.parsed.sentence_of(trigger).map_or(words, |s| s.range)
}

/// The times that give `when` or leave it open, and the reports whose day of publication they are counted from.
fn times(told: &[(&Analysis, usize, TextRange)], when: When) -> (Vec<Span>, Vec<ReportId>) {
    let mut found: Vec<(bool, Span)> = Vec::new();
    let mut published = BTreeSet::new();
    for &(a, event, _) in told {
        let given = time(a, event);
        let Some(t) = a.events[event].time.and_then(|t| a.times.get(t)) else { continue };
        if given == When::Unknown || !given.may_be(when) {
            continue;
        }
        found.push((given != when, Span { report: a.report.id.clone(), range: t.range }));
        if a.report.published.is_some() && !names_year(t.range.of(&a.report.text)) {
            published.insert(a.report.id.clone());
        }
    }
    // The order of the units is that of their reports' dates; it stays among equals.
    found.sort_by_key(|(other, _)| *other);
    (distinct(found.into_iter().map(|(_, span)| span)), published.into_iter().collect())
}

/// Whether a time names its year, so that nothing else is needed to place it.
fn names_year(words: &str) -> bool {
    words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 && !digits.starts_with('0'))
}

/// Places with the words that name them as the scene of one of these events (report, event).
pub(super) fn located(spots: Vec<Spot>, events: &[(usize, usize)], analyses: &[Analysis]) -> Vec<Located> {
    let mut places: Vec<Located> =
        spots.into_iter().map(|spot| Located { spot, evidence: Vec::new() }).collect();
    for &(r, e) in events {
        let a = &analyses[r];
        for named in scene_places(a, &a.events[e]).into_iter().chain(struck_places(a, &a.events[e])) {
            if let Some(p) = places.iter_mut().find(|p| same_spot(&p.spot, &named.spot)) {
                p.evidence.push(Span { report: a.report.id.clone(), range: named.range });
            }
        }
    }
    for p in &mut places {
        p.evidence = distinct(std::mem::take(&mut p.evidence).into_iter());
    }
    places
}

/// Mentions of places that a report must have, and how many in a hundred must lie in one country, for it to be about it.
const LEAST: usize = 4;
const SHARE: usize = 60;

/// The country that a report is about, with the words that first name it.
pub(super) fn country(a: &Analysis) -> Option<Located> {
    let mut counts = BTreeMap::new();
    for country in a.places.iter().filter_map(|p| p.spot.country) {
        *counts.entry(country).or_insert(0) += 1;
    }
    let total: usize = counts.values().sum();
    let (country, most) = counts.into_iter().max_by_key(|(_, n)| *n)?;
    let whole = |p: &&Place| p.spot.precision == PlacePrecision::Country && p.spot.country == Some(country);
    let named = a.places.iter().find(whole).filter(|_| total >= LEAST && most * 100 >= SHARE * total)?;
    let evidence = vec![Span { report: a.report.id.clone(), range: named.range }];
    Some(Located { spot: named.spot.clone(), evidence })
}

/// The countries that a report names or names places in; none where it names hardly any place.
pub(super) fn countries(a: &Analysis) -> Vec<&'static str> {
    let all: Vec<&str> = a.places.iter().filter_map(|p| p.spot.country).collect();
    let distinct: BTreeSet<&str> = all.iter().copied().filter(|_| all.len() >= LEAST).collect();
    distinct.into_iter().collect()
}

/// Each once, in the order given.
fn distinct(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut seen = BTreeSet::new();
    spans.filter(|s| seen.insert(s.clone())).collect()
}

#[cfg(test)]
mod tests {
    use record::{ActorKind, PlacePrecision};

    use super::*;
    use crate::testing::{actor, assault, by, day, place, report};
    use crate::{Options, link};

    #[test]
    fn date_place_and_deed_lead_to_their_words() {
        let text =
            "Ruritania raided a depot in Kefr on Monday. Shells hit Kefr, it was said on 4 March 2024.";
        let mut a = report("a", Some("2024-03-05"), text);
        let first = assault(&mut a, "raided");
        place(&mut a, first, "Kefr", "AAA", PlacePrecision::City);
        day(&mut a, first, "on Monday", "2024-03-04");
        let again = assault(&mut a, "hit");
        a.events[again].same_as = Some(first);
        let at = text.rfind("Kefr").unwrap_or(0);
        let spot = a.places[0].spot.clone();
        a.places.push(record::Place {
            range: TextRange::new(at, at + 4),
            spot,
            locative: true,
            rule: "test",
        });
        a.events[again].places.push(1);
        day(&mut a, again, "4 March 2024", "2024-03-04");

        let record = link(vec![a], &Options::default());
        let i = &record.incidents[0];
        let words = |spans: &[Span]| -> Vec<&str> { spans.iter().map(|s| s.range.of(text)).collect() };
        assert_eq!(words(&i.grounds.when), ["on Monday", "4 March 2024"]);
        assert_eq!(i.grounds.published, [ReportId::new("a")], "«on Monday» needs it");
        assert_eq!(words(&i.grounds.kind), ["raided", "hit"]);
        assert!(i.grounds.mode.is_empty(), "there is none");
        assert_eq!(words(&i.places[0].evidence), ["Kefr", "Kefr"]);
        assert_ne!(i.places[0].evidence[0], i.places[0].evidence[1]);
    }

    #[test]
    fn what_did_not_happen_shows_the_sentence_that_says_so() {
        let text = "Quiet reigned. Ruritania is said to plan a raid on the coast.";
        let mut a = report("a", None, text);
        let e = assault(&mut a, "raid");
        a.events[e].factuality = Factuality::Planned;
        let state = actor(&mut a, "rur", "Ruritania", ActorKind::State, Some("RUR"));
        by(&mut a, e, "Ruritania", &state);
        let record = link(vec![a], &Options::default());
        let shown = record.incidents[0].grounds.factuality[0].range.of(text);
        assert_eq!(shown, "Ruritania is said to plan a raid on the coast.");
    }

    #[test]
    fn a_time_with_its_year_needs_no_publication() {
        assert!(
            names_year("24 January 2024") && !names_year("24 January") && !names_year("at 0930 on Monday")
        );
    }
}
