//! The year of a day that is told without one ("the blast of June 11"), where the report bears no date but others do.
//!
//! What one report leaves open the reports together may fix: if all that bear a date were published within some months,
//! a day or month that one without a date names is the last such day, or the last such month, before the end of them. A
//! weekday stays open here: only what it is told together with tells its week (`incidents::weeks`).

use jiff::{ToSpan, civil::Date};
use record::{Analysis, TimeExpression, TimexType, When};

/// Days between the first and the last date of publication beyond which a day could lie in more than one year.
const MOST_APART: i32 = 200;
/// Days after the last publication that may still be told of.
const AHEAD: i32 = 30;

/// Fixes such times; gives back which ones, for [`undo`]: what only the others tell is no part of a report's analysis.
pub(crate) fn fix(analyses: &mut [Analysis]) -> Vec<(usize, usize)> {
    let dates = || analyses.iter().filter_map(|a| a.report.published.as_ref().map(|p| p.date));
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Vec::new() };
    if (last - first).get_days() > MOST_APART {
        return Vec::new();
    }
    let mut fixed = Vec::new();
    for (r, a) in analyses.iter_mut().enumerate().filter(|(_, a)| a.report.published.is_none()) {
        for (t, time) in a.times.iter_mut().enumerate() {
            if let Some(when) = read(time, last) {
                (time.when, time.anchored) = (when, true);
                fixed.push((r, t));
            }
        }
    }
    fixed
}

/// Opens again what [`fix`] has fixed.
pub(crate) fn undo(analyses: &mut [Analysis], fixed: &[(usize, usize)]) {
    for &(r, t) in fixed {
        let time = &mut analyses[r].times[t];
        (time.when, time.anchored) = (When::Unknown, false);
    }
}

/// The day or month that a time without a year is, told in reports of which the last is of that date.
fn read(time: &TimeExpression, last: Date) -> Option<When> {
    if time.anchored || !matches!(time.kind, TimexType::Date | TimexType::Time) {
        return None;
    }
    let value = time.value.split('T').next()?.strip_prefix("XXXX-")?;
    let end = last.checked_add(AHEAD.days()).ok()?;
    let years = || (last.year() - 1..=last.year() + 1).rev();
    match value.split_once('-') {
        Some((month, day)) => {
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            years().filter_map(|y| Date::new(y, month, day).ok()).find(|d| *d <= end).map(When::Exact)
        }
        None => {
            let month = value.parse().ok()?;
            let first = years().filter_map(|y| Date::new(y, month, 1).ok()).find(|d| *d <= last)?;
            Some(When::from_bounds(Some(first), Some(first.last_of_month()), record::Precision::Month))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_year_gets_that_of_the_dated_reports() {
        let last: Date = "2024-01-20".parse().unwrap();
        let when = |value: &str| {
            let time = TimeExpression {
                range: record::TextRange::new(0, 0),
                kind: TimexType::Date,
                value: value.to_owned(),
                when: When::Unknown,
                anchored: false,
                rule: "test",
            };
            read(&time, last)
        };
        assert_eq!(when("XXXX-01-11"), Some(When::Exact("2024-01-11".parse().unwrap())));
        assert_eq!(when("XXXX-12-30"), Some(When::Exact("2023-12-30".parse().unwrap())));
        assert_eq!(when("XXXX-11").and_then(When::earliest), "2023-11-01".parse().ok());
        assert_eq!(when("XXXX-WXX-4"), None);
    }
}
