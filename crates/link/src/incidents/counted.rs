//! Days that are counted from another incident: "the raid came two days after the ambush", where only another report dates the
//! ambush.

use std::collections::BTreeMap;

use jiff::ToSpan;
use record::distance::distances;
use record::{Analysis, Incident, Precision, Recurring, Span, TextRange, When};

use super::scene::recurring;

/// Gives incidents without a day the one that lies as far from that of another one as a report says. `of` tells the
/// incident of each event (report, event).
pub(crate) fn fill(incidents: &mut [Incident], of: &BTreeMap<(usize, usize), usize>, analyses: &[Analysis]) {
    let mut found: BTreeMap<usize, Vec<(When, Span)>> = BTreeMap::new();
    for (r, a) in analyses.iter().enumerate() {
        for told in between(a) {
            let (Some(&x), Some(&y)) = (of.get(&(r, told.later)), of.get(&(r, told.from))) else { continue };
            let (open, event, day, days) = match (incidents[x].when, incidents[y].when) {
                (When::Unknown, When::Exact(day)) => (x, told.later, day, told.days),
                (When::Exact(day), When::Unknown) => (y, told.from, day, -told.days),
                _ => continue,
            };
            let Ok(day) = day.checked_add(days.days()) else { continue };
            if let Some(when) = on_weekday(day, told.weeks, recurring(a, event)) {
                found
                    .entry(open)
                    .or_default()
                    .push((when, Span { report: a.report.id.clone(), range: told.words }));
            }
        }
    }
    for (n, days) in found {
        // Where they contradict each other, nothing is known.
        let [(when, _), rest @ ..] = &days[..] else { continue };
        if rest.iter().all(|(w, _)| w == when) {
            incidents[n].when = *when;
            incidents[n].grounds.when = days.iter().map(|(_, span)| span.clone()).collect();
        }
    }
}

/// A counted day that goes with the weekday that is told: "marched on Wednesday, a day after the mutiny" was on a Wednesday. Weeks
/// lead to the days around, of which the weekday picks one.
fn on_weekday(day: jiff::civil::Date, weeks: bool, told: Option<Recurring>) -> Option<When> {
    let weekday = match told {
        Some(Recurring::Weekday(n)) => Some(n),
        _ => None,
    };
    let about = |n: i64| day.checked_add(n.days()).ok();
    match weekday {
        None if weeks => Some(When::from_bounds(about(-1), about(1), Precision::Days)),
        None => Some(When::Exact(day)),
        Some(weekday) => {
            let near: &[i64] = if weeks { &[0, -1, 1, -2, 2, -3, 3] } else { &[0] };
            let on = |d: &jiff::civil::Date| d.weekday().to_monday_one_offset() == weekday;
            near.iter().filter_map(|&n| about(n)).find(on).map(When::Exact)
        }
    }
}

/// "The raid came two days after the ambush".
struct Between {
    /// The raid.
    later: usize,
    /// The ambush.
    from: usize,
    days: i64,
    weeks: bool,
    words: TextRange,
}

/// The distances in days that a report tells between two of its events.
fn between(a: &Analysis) -> Vec<Between> {
    let mut found = Vec::new();
    for s in &a.parsed.sentences {
        let first = a.events.partition_point(|e| e.trigger.start() < s.range.start());
        let inside = |&e: &usize| a.events[e].trigger.start() < s.range.end();
        let here = (first..a.events.len()).take_while(inside).count();
        for d in distances(&a.report.text, s, &a.times) {
            if let Some((later, from)) = d.ends(s, &a.events, first..first + here) {
                found.push(Between { later, from, days: d.days, weeks: d.weeks, words: d.words });
            }
        }
    }
    found
}
