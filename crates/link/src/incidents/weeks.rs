//! The week of a report without a date, from what it tells together with reports that have one.
//!
//! A weekday alone fixes nothing. But where a report without a date tells as of Friday what another one tells as of 7 May,
//! it appeared in the week from that day on ("last Friday": in the week after it), and its other weekdays are most
//! likely those before.

use jiff::civil::Date;
use record::{Analysis, Recurring, When};

use super::scene::{recurring, time};
use super::unit::Unit;
use crate::story::day;

/// The days on which each report may have appeared, first and last; none where nothing tells, or its signs disagree.
pub(crate) struct Weeks(Vec<Option<(i32, i32)>>);

/// 1970-01-01, from which days are counted, was a Thursday.
const EPOCH: i32 = 4;

impl Weeks {
    pub(crate) fn of(units: &[Unit], cluster: &[usize], analyses: &[Analysis]) -> Weeks {
        let mut days: Vec<Option<Option<(i32, i32)>>> = vec![None; analyses.len()];
        let mut dated: Vec<Vec<i32>> = vec![Vec::new(); cluster.iter().max().map_or(0, |m| m + 1)];
        for (u, &c) in units.iter().zip(cluster) {
            if let When::Exact(d) = u.when {
                dated[c].push(day(d));
            }
        }
        for days in &mut dated {
            days.sort_unstable();
            days.dedup();
        }
        for (u, &c) in units.iter().zip(cluster) {
            let open = u.when == When::Unknown && analyses[u.report].report.published.is_none();
            let Some(Recurring::Weekday(w)) = u.recurring.filter(|_| open) else { continue };
            for &d in dated[c].iter().filter(|&&d| weekday(d) == i32::from(w)) {
                let monday = d + 8 - weekday(d);
                let before = u.last_week || u.events.iter().any(|&e| is_last(&analyses[u.report], e));
                let (first, last) = if before { (monday, monday + 6) } else { (d, d + 6) };
                let known = &mut days[u.report];
                *known = Some(match *known {
                    None => Some((first, last)),
                    Some(None) => None,
                    Some(Some((a, b))) => {
                        Some((a.max(first), b.min(last))).filter(|(first, last)| first <= last)
                    }
                });
            }
        }
        Weeks(days.into_iter().map(Option::flatten).collect())
    }

    /// The day of an event that is told as of a weekday in a report without a date.
    pub(super) fn day(&self, report: usize, a: &Analysis, event: usize) -> Option<When> {
        let (first, last) = (*self.0.get(report)?)?;
        let Recurring::Weekday(w) = recurring(a, event).filter(|_| time(a, event) == When::Unknown)? else {
            return None;
        };
        let before = |told: i32| told - (weekday(told) - i32::from(w)).rem_euclid(7);
        let (early, late) = (before(first), before(last));
        // There are two such days at most: the one that more of the days of the report have behind them.
        let share = (first..=last).filter(|&told| before(told) == late).count();
        let date = if 2 * share > usize::try_from(last - first + 1).ok()? { late } else { early };
        Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().days(date)).ok().map(When::Exact)
    }
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
