//! The week of a report without a date, from what it tells together with reports that have one.
//!
//! A weekday alone fixes nothing. But where a report without a date tells as of Friday what another one tells as of 7 May,
//! it appeared in the week from that day on ("last Friday": in the week after it), and its other weekdays are most
//! likely those before. "Yesterday", "today" and "this week" tell as much.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use record::{Analysis, Recurring, When};

use super::scene::{expression, recurring, time};
use super::unit::Unit;
use crate::story::day;

/// When a report without a date may have appeared.
#[derive(Debug, Clone)]
struct Week {
    /// Its first and last possible day; none where its signs disagree.
    days: Option<(i32, i32)>,
    /// The events (report, event) of other reports whose day tells it.
    by: BTreeSet<(usize, usize)>,
}

/// How a report without a date tells a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Weekday(i8),
    LastWeekday(i8),
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
}

/// The weeks of the reports; none where nothing tells.
pub(crate) struct Weeks(Vec<Option<Week>>);

/// 1970-01-01, from which days are counted, was a Thursday.
const EPOCH: i32 = 4;

impl Weeks {
    pub(crate) fn of(units: &[Unit], cluster: &[usize], analyses: &[Analysis]) -> Weeks {
        let mut weeks: Vec<Option<Week>> = vec![None; analyses.len()];
        // Of each cluster, each day with the first event that gives it.
        let mut dated: Vec<BTreeMap<i32, (usize, usize)>> =
            vec![BTreeMap::new(); cluster.iter().max().map_or(0, |m| m + 1)];
        for (u, &c) in units.iter().zip(cluster) {
            let given = |&&e: &&usize| time(&analyses[u.report], e) == u.when;
            if let (When::Exact(d), Some(&e)) = (u.when, u.events.iter().find(given)) {
                dated[c].entry(day(d)).or_insert((u.report, e));
            }
        }
        for (u, &c) in units.iter().zip(cluster) {
            let a = &analyses[u.report];
            if u.when != When::Unknown || a.report.published.is_some() {
                continue;
            }
            for told in told_in(u, a) {
                for (&d, &by) in dated[c].iter().filter(|&(&d, _)| told.can_be(d, dated[c].len() == 1)) {
                    let (first, last) = told.appeared(d);
                    let week = weeks[u.report]
                        .get_or_insert_with(|| Week { days: Some((first, last)), by: BTreeSet::new() });
                    let both = |(a, b): (i32, i32)| (a.max(first), b.min(last));
                    week.days = week.days.map(both).filter(|(first, last)| first <= last);
                    week.by.insert(by);
                }
            }
        }
        Weeks(weeks)
    }

    /// The events of other reports that tell the week of a report.
    pub(super) fn told_by(&self, report: usize) -> impl Iterator<Item = (usize, usize)> {
        self.0.get(report).into_iter().flatten().flat_map(|w| w.by.iter().copied())
    }

    /// The day of an event that is told as of a weekday, today or yesterday in a report without a date.
    pub(super) fn day(&self, report: usize, a: &Analysis, event: usize) -> Option<When> {
        let (first, last) = self.0.get(report)?.as_ref()?.days?;
        if time(a, event) != When::Unknown {
            return None;
        }
        let date = match Told::of(a, event)? {
            Told::Weekday(w) | Told::LastWeekday(w) => {
                let before = |told: i32| told - (weekday(told) - i32::from(w)).rem_euclid(7);
                let (early, late) = (before(first), before(last));
                // There are two such days at most: the one that more of the days of the report have behind them.
                let share = (first..=last).filter(|&told| before(told) == late).count();
                if 2 * share > usize::try_from(last - first + 1).ok()? { late } else { early }
            }
            Told::Today if first == last => first,
            Told::Yesterday if first == last => first - 1,
            _ => return None,
        };
        Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().days(date)).ok().map(When::Exact)
    }
}

/// How the deeds of a unit are told.
fn told_in(u: &Unit, a: &Analysis) -> Vec<Told> {
    if let Some(Recurring::Weekday(w)) = u.recurring {
        let last = u.events.iter().any(|&e| is_last(a, e));
        return vec![if last { Told::LastWeekday(w) } else { Told::Weekday(w) }];
    }
    u.events.iter().filter_map(|&e| Told::of(a, e)).collect()
}

impl Told {
    fn of(a: &Analysis, event: usize) -> Option<Told> {
        if let Some(Recurring::Weekday(w)) = recurring(a, event) {
            return Some(if is_last(a, event) { Told::LastWeekday(w) } else { Told::Weekday(w) });
        }
        let words = expression(a, event)?.range.of(&a.report.text).to_lowercase();
        let ends = |all: &[&str]| all.iter().any(|w| words.ends_with(w));
        if ends(&["today", "tonight", "this morning", "this afternoon", "this evening"]) {
            Some(Told::Today)
        } else if words.starts_with("yesterday") || ends(&["yesterday", "last night"]) {
            Some(Told::Yesterday)
        } else if ends(&["this week"]) {
            Some(Told::ThisWeek)
        } else if ends(&["last week"]) {
            Some(Told::LastWeek)
        } else {
            None
        }
    }

    /// Whether it can mean a day; without a weekday only the one (`only`) that is known.
    fn can_be(self, d: i32, only: bool) -> bool {
        match self {
            Told::Weekday(w) | Told::LastWeekday(w) => weekday(d) == i32::from(w),
            _ => only,
        }
    }

    /// The first and the last day on which a report can have appeared that means a day by it.
    fn appeared(self, d: i32) -> (i32, i32) {
        let next = d + 8 - weekday(d);
        match self {
            Told::Weekday(_) => (d, d + 6),
            Told::LastWeekday(_) | Told::LastWeek => (next, next + 6),
            Told::Today => (d, d),
            Told::Yesterday => (d + 1, d + 1),
            Told::ThisWeek => (d, next - 1),
        }
    }
}

/// Whether an event is told as of today or the day before.
pub(super) fn is_of_late(a: &Analysis, event: usize) -> bool {
    matches!(Told::of(a, event), Some(Told::Today | Told::Yesterday))
}

/// Whether an event is told as of "last Friday".
fn is_last(a: &Analysis, event: usize) -> bool {
    let words = a.events[event].time.and_then(|t| a.times.get(t)).map_or("", |t| t.range.of(&a.report.text));
    words.split_whitespace().next().is_some_and(|w| w.eq_ignore_ascii_case("last"))
}

/// The weekday of a day since 1970, Monday being 1.
fn weekday(day: i32) -> i32 {
    (day + EPOCH - 1).rem_euclid(7) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_of_days() {
        for date in ["1970-01-01", "2024-03-11", "1969-12-28"] {
            let date: Date = date.parse().unwrap();
            assert_eq!(weekday(day(date)), i32::from(date.weekday().to_monday_one_offset()), "{date}");
        }
    }
}
