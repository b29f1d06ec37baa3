//! Times: as written (`TimeExpression`) and as resolved (`When`).

use jiff::civil::Date;

use crate::TextRange;
use crate::names::names;

names! {
    /// TIMEX3 type.
    TimexType("TIMEX3 type") { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET", }
}

names! {
    /// How finely a time is known.
    Precision("precision") {
        /// A part of a day or finer.
        Time = "time",
        Day = "day",
        /// A few days, such as "over the weekend".
        Days = "days",
        Week = "week",
        Month = "month",
        Season = "season",
        Year = "year",
        Decade = "decade",
        /// An open or vague stretch, such as "recently".
        Vague = "vague",
    }
}

/// When something was, as far as the input fixes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum When {
    /// The input does not say.
    #[default]
    Unknown,
    /// On this day.
    Exact(Date),
    /// Some time within, both ends included; an open end is `None`. At least one end is known.
    Between {
        /// First possible day.
        earliest: Option<Date>,
        /// Last possible day.
        latest: Option<Date>,
        /// How finely it was given.
        precision: Precision,
    },
}

impl When {
    /// From bounds: unknown if there are none, exact if both are the same day. Bounds that are the wrong way round
    /// are swapped.
    #[must_use]
    pub fn from_bounds(earliest: Option<Date>, latest: Option<Date>, precision: Precision) -> When {
        match (earliest, latest) {
            (None, None) => When::Unknown,
            (Some(a), Some(b)) if a == b => When::Exact(a),
            (Some(a), Some(b)) if a > b => When::Between { earliest: Some(b), latest: Some(a), precision },
            _ => When::Between { earliest, latest, precision },
        }
    }

    /// First possible day.
    #[must_use]
    pub fn earliest(self) -> Option<Date> {
        match self {
            When::Unknown => None,
            When::Exact(d) => Some(d),
            When::Between { earliest, .. } => earliest,
        }
    }

    /// Last possible day.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        match self {
            When::Unknown => None,
            When::Exact(d) => Some(d),
            When::Between { latest, .. } => latest,
        }
    }

    /// How finely it is known; `None` if unknown.
    #[must_use]
    pub fn precision(self) -> Option<Precision> {
        match self {
            When::Unknown => None,
            When::Exact(_) => Some(Precision::Day),
            When::Between { precision, .. } => Some(precision),
        }
    }

    /// Whether both can be the same time; an unknown time can be any.
    #[must_use]
    pub fn may_be(self, other: When) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.latest(), other.earliest()) && !before(other.latest(), self.earliest())
    }
}

/// A time as written, with its TIMEX3 reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words.
    pub range: TextRange,
    /// TIMEX3 type.
    pub kind: TimexType,
    /// TIMEX3 value: `2024-01-24`, `2024-W04`, `P2D`, `PRESENT_REF`, `XXXX-WXX-3` where it is not anchored.
    pub value: String,
    /// The days it covers; unknown for a duration, a set or an unanchored time.
    pub when: When,
    /// Whether a publication date or the text itself fixes it.
    pub anchored: bool,
    /// The rule that read it.
    pub rule: &'static str,
}

/// What a time that comes round again tells though nothing fixes its date: "on Tuesday", "in December".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recurring {
    /// Day of the week; Monday is 1.
    Weekday(i8),
    /// Month of the year.
    Month(i8),
    /// Month and day: "on 3 May".
    Day(i8, i8),
}

/// Whether two times of late cannot be one, as far as their weekdays and months tell: a day more or less is a night or a
/// time zone, and a month that is named without a year is not the week whose days are.
#[must_use]
pub fn clash(a: (When, Option<Recurring>), b: (When, Option<Recurring>)) -> bool {
    match (a, b) {
        ((_, Some(Recurring::Weekday(x))), (_, Some(Recurring::Weekday(y)))) => {
            !matches!((x - y).rem_euclid(7), 0 | 1 | 6)
        }
        ((_, Some(Recurring::Month(x))), (_, Some(Recurring::Month(y)))) => x != y,
        ((when, Some(Recurring::Weekday(_))), (_, Some(Recurring::Month(m))))
        | ((_, Some(Recurring::Month(m))), (when, Some(Recurring::Weekday(_)))) => {
            when.earliest().is_none_or(|day| day.month() != m)
        }
        ((_, Some(Recurring::Day(m, d))), (_, Some(Recurring::Day(n, e)))) => !is_near((m, d), (n, e)),
        ((_, Some(Recurring::Day(m, _))), (_, Some(Recurring::Month(n))))
        | ((_, Some(Recurring::Month(n))), (_, Some(Recurring::Day(m, _)))) => m != n,
        ((_, Some(Recurring::Day(m, d))), (When::Exact(day), _))
        | ((When::Exact(day), _), (_, Some(Recurring::Day(m, d)))) => {
            !is_near((m, d), (day.month(), day.day()))
        }
        _ => false,
    }
}

/// Whether two days of a year are a day apart at most.
fn is_near(a: (i8, i8), b: (i8, i8)) -> bool {
    // Any leap year.
    let number = |(month, day)| Date::new(2024, month, day).ok().map(|d| d.day_of_year());
    let (Some(x), Some(y)) = (number(a), number(b)) else { return true };
    matches!((x - y).rem_euclid(366), 0 | 1 | 365)
}

impl TimeExpression {
    /// Its weekday, or else its month or the day of it, whether or not the date is known.
    #[must_use]
    pub fn recurring(&self) -> Option<Recurring> {
        // A month that was told without a year stays one, though other reports fix it.
        if let When::Exact(day) = self.when {
            return Some(Recurring::Weekday(day.weekday().to_monday_one_offset()));
        }
        let day = self.value.split('T').next()?.strip_prefix("XXXX-")?;
        match day.strip_prefix("WXX-") {
            Some(n) => n.parse().ok().filter(|n| (1..=7).contains(n)).map(Recurring::Weekday),
            None => match day.split_once('-') {
                Some((month, day)) => Some(Recurring::Day(month.parse().ok()?, day.parse().ok()?)),
                None => day.parse().ok().filter(|n| (1..=12).contains(n)).map(Recurring::Month),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_or_month_is_told_without_a_date() {
        let of = |value: &str, when| {
            let range = TextRange::new(0, 1);
            let kind = TimexType::Date;
            TimeExpression { range, kind, value: value.to_owned(), when, anchored: false, rule: "" }
                .recurring()
        };
        assert_eq!(of("XXXX-WXX-2", When::Unknown), Some(Recurring::Weekday(2)));
        assert_eq!(of("XXXX-WXX-2TMO", When::Unknown), Some(Recurring::Weekday(2)));
        assert_eq!(of("XXXX-12", When::Unknown), Some(Recurring::Month(12)));
        assert_eq!(
            of("2025-03-11", When::Exact(jiff::civil::date(2025, 3, 11))),
            Some(Recurring::Weekday(2))
        );
        assert_eq!(of("XXXX-05-03", When::Unknown), Some(Recurring::Day(5, 3)));
        let on = |month, day| (When::Unknown, Some(Recurring::Day(month, day)));
        assert!(clash(on(5, 3), on(5, 12)) && !clash(on(5, 3), on(5, 4)) && !clash(on(12, 31), on(1, 1)));
        assert!(clash(on(5, 3), (When::Unknown, Some(Recurring::Month(6)))));
        let weekday = |n| (When::Unknown, Some(Recurring::Weekday(n)));
        assert!(clash(weekday(2), weekday(6)) && !clash(weekday(7), weekday(1)));
        assert!(clash(weekday(2), (When::Unknown, Some(Recurring::Month(12)))));
        for vague in ["XXXX-WXX", "XXXX-XX", "XXXX-XX-XXTMO", "P3D", "XXXX"] {
            assert_eq!(of(vague, When::Unknown), None, "{vague}");
        }
    }
}
