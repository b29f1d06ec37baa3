//! Stretches of the calendar with their TIMEX3 values, and counting with them.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};
use record::{Precision, When};

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl std::str::FromStr for Unit {
    type Err = ();
    fn from_str(name: &str) -> Result<Unit, ()> {
        Ok(match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "night" => Unit::Night,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            "millennium" => Unit::Millennium,
            _ => return Err(()),
        })
    }
}

impl Unit {
    /// A TIMEX3 duration of `amount` of this unit; `None` is an unknown amount (`PXD`).
    pub(super) fn duration(self, amount: Option<f64>) -> String {
        let (time, factor, letter) = match self {
            Unit::Second => ("T", 1.0, 'S'),
            Unit::Minute => ("T", 1.0, 'M'),
            Unit::Hour => ("T", 1.0, 'H'),
            Unit::Day | Unit::Night => ("", 1.0, 'D'),
            Unit::Week => ("", 1.0, 'W'),
            Unit::Fortnight => ("", 2.0, 'W'),
            Unit::Weekend => return amount.map_or("PXWE".to_owned(), |n| format!("P{n}WE")),
            Unit::Month => ("", 1.0, 'M'),
            Unit::Quarter => ("", 1.0, 'Q'),
            Unit::Year => ("", 1.0, 'Y'),
            Unit::Decade => ("", 10.0, 'Y'),
            Unit::Century => ("", 100.0, 'Y'),
            Unit::Millennium => ("", 1000.0, 'Y'),
        };
        match (amount, self) {
            (None, Unit::Decade) => "PXDE".to_owned(),
            (None, Unit::Century) => "PXCE".to_owned(),
            (None, _) => format!("P{time}X{letter}"),
            (Some(n), _) => format!("P{time}{}{letter}", n * factor),
        }
    }
}

/// A season, by its TIMEX3 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl std::str::FromStr for Season {
    type Err = ();
    fn from_str(code: &str) -> Result<Season, ()> {
        Ok(match code {
            "SP" => Season::Spring,
            "SU" => Season::Summer,
            "FA" => Season::Autumn,
            "WI" => Season::Winter,
            _ => return Err(()),
        })
    }
}

impl Season {
    fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// The month it begins in, in the northern half of the world.
    fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// A part of a day, by its TIMEX3 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl std::str::FromStr for Part {
    type Err = ();
    fn from_str(code: &str) -> Result<Part, ()> {
        Ok(match code {
            "MO" => Part::Morning,
            "MI" => Part::Midday,
            "AF" => Part::Afternoon,
            "EV" => Part::Evening,
            "NI" => Part::Night,
            _ => return Err(()),
        })
    }
}

impl Part {
    /// What follows the day in a TIMEX3 value.
    pub(super) fn code(self) -> &'static str {
        match self {
            Part::Morning => "TMO",
            Part::Midday => "TMI",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
        }
    }
}

/// When a feast is in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday (Monday is 1) and which one (-1 the last).
    Nth(i8, i8, i8),
    /// Days after Easter Sunday.
    Easter(i8),
}

impl std::str::FromStr for Feast {
    type Err = ();
    fn from_str(text: &str) -> Result<Feast, ()> {
        let number = |s: &str| s.parse::<i8>().map_err(|_| ());
        if let Some(offset) = text.strip_prefix("easter") {
            return number(offset).map(Feast::Easter);
        }
        match text.splitn(3, '-').collect::<Vec<_>>()[..] {
            [month, day] => Ok(Feast::Fixed(number(month)?, number(day)?)),
            [month, weekday, nth] => Ok(Feast::Nth(number(month)?, number(weekday)?, number(nth)?)),
            _ => Err(()),
        }
    }
}

impl Feast {
    /// Its day in this year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Feast::Fixed(month, day) => Date::new(year, month, day).ok(),
            Feast::Nth(month, weekday, nth) => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Feast::Easter(offset) => plus(easter(year)?, i64::from(offset).days()),
        }
    }
}

/// Easter Sunday in the Gregorian calendar (the anonymous Gregorian computus).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// A date and a span later; `None` beyond the calendar.
pub(super) fn plus(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}

/// One stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Granule {
    Day(Date),
    /// The week from this Monday.
    Week(Date),
    /// The Saturday and Sunday of the week from this Monday.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// The ten years from this number times ten.
    Decade(i16),
    /// The hundred years from this number times a hundred.
    Century(i16),
}

impl Granule {
    /// The stretch of this unit that holds `day`. Units of the clock give the day.
    pub(super) fn holding(day: Date, unit: Unit) -> Granule {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Granule::Day(day),
            Unit::Week | Unit::Fortnight => Granule::Week(monday(day)),
            Unit::Weekend => Granule::Weekend(monday(day)),
            Unit::Month => Granule::Month(day.year(), day.month()),
            Unit::Quarter => Granule::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Year => Granule::Year(day.year()),
            Unit::Decade => Granule::Decade(day.year().div_euclid(10)),
            Unit::Century | Unit::Millennium => Granule::Century(day.year().div_euclid(100)),
        }
    }

    /// Its TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Granule::Day(d) => d.to_string(),
            Granule::Week(d) => {
                let w = d.iso_week_date();
                format!("{:04}-W{:02}", w.year(), w.week())
            }
            Granule::Weekend(d) => format!("{}-WE", Granule::Week(d).value()),
            Granule::Month(y, m) => format!("{y:04}-{m:02}"),
            Granule::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Granule::Half(y, h) => format!("{y:04}-H{h}"),
            Granule::Season(y, s) => format!("{y:04}-{}", s.code()),
            Granule::Year(y) => format!("{y:04}"),
            Granule::Decade(d) => format!("{d:03}"),
            Granule::Century(c) => format!("{c:02}"),
        }
    }

    /// Its first and last day.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let months = |y: i16, from: i8, count: i64| {
            let first = Date::new(y, from, 1).ok()?;
            Some((first, plus(plus(first, count.months())?, -1.day())?))
        };
        let years = |from: i32, count: i16| {
            let from = i16::try_from(from).ok()?;
            Some((Date::new(from, 1, 1).ok()?, Date::new(from.checked_add(count - 1)?, 12, 31).ok()?))
        };
        match self {
            Granule::Day(d) => Some((d, d)),
            Granule::Week(d) => Some((d, plus(d, 6.days())?)),
            Granule::Weekend(d) => Some((plus(d, 5.days())?, plus(d, 6.days())?)),
            Granule::Month(y, m) => months(y, m, 1),
            Granule::Quarter(y, q) => months(y, q.checked_mul(3)? - 2, 3),
            Granule::Half(y, h) => months(y, h.checked_mul(6)? - 5, 6),
            Granule::Season(y, s) => months(y, s.first_month(), 3),
            Granule::Year(y) => years(i32::from(y), 1),
            Granule::Decade(d) => years(i32::from(d) * 10, 10),
            Granule::Century(c) => years(i32::from(c) * 100, 100),
        }
    }

    /// How finely it is given.
    pub(super) fn precision(self) -> Precision {
        match self {
            Granule::Day(_) => Precision::Day,
            Granule::Week(_) => Precision::Week,
            Granule::Weekend(_) => Precision::Days,
            Granule::Month(..) => Precision::Month,
            Granule::Quarter(..) | Granule::Half(..) | Granule::Season(..) => Precision::Season,
            Granule::Year(_) => Precision::Year,
            Granule::Decade(_) | Granule::Century(_) => Precision::Decade,
        }
    }

    /// Its days.
    pub(super) fn when(self) -> When {
        self.days().map_or(When::Unknown, |(a, b)| When::from_bounds(Some(a), Some(b), self.precision()))
    }

    /// The stretch of the same kind, `n` later (earlier if negative).
    pub(super) fn shifted(self, n: i64) -> Option<Granule> {
        let n16 = i16::try_from(n).ok()?;
        let wheel = |y: i16, i: i8, size: i64| -> Option<(i16, i8)> {
            let at = i64::from(y) * size + i64::from(i) - 1 + n;
            Some((i16::try_from(at.div_euclid(size)).ok()?, i8::try_from(at.rem_euclid(size)).ok()? + 1))
        };
        Some(match self {
            Granule::Day(d) => Granule::Day(later(d, n, Unit::Day)?),
            Granule::Week(d) => Granule::Week(later(d, n, Unit::Week)?),
            Granule::Weekend(d) => Granule::Weekend(later(d, n, Unit::Week)?),
            Granule::Month(y, m) => wheel(y, m, 12).map(|(y, m)| Granule::Month(y, m))?,
            Granule::Quarter(y, q) => wheel(y, q, 4).map(|(y, q)| Granule::Quarter(y, q))?,
            Granule::Half(y, h) => wheel(y, h, 2).map(|(y, h)| Granule::Half(y, h))?,
            Granule::Season(y, s) => Granule::Season(y.checked_add(n16)?, s),
            Granule::Year(y) => Granule::Year(y.checked_add(n16)?),
            Granule::Decade(d) => Granule::Decade(d.checked_add(n16)?),
            Granule::Century(c) => Granule::Century(c.checked_add(n16)?),
        })
    }
}

/// A day, `n` units later. Units of the clock are taken as days of 24 hours, rounded down.
pub(super) fn later(day: Date, n: i64, unit: Unit) -> Option<Date> {
    if n.abs() > 20_000 {
        return None;
    }
    let span = match unit {
        Unit::Second | Unit::Minute => 0.days(),
        Unit::Hour => (n / 24).days(),
        Unit::Day | Unit::Night => n.days(),
        Unit::Week | Unit::Weekend => n.weeks(),
        Unit::Fortnight => (2 * n).weeks(),
        Unit::Month => n.months(),
        Unit::Quarter => (3 * n).months(),
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
            let years = match unit {
                Unit::Decade => 10,
                Unit::Century => 100,
                Unit::Millennium => 1000,
                _ => 1,
            };
            Span::new().try_years(n * years).ok()?
        }
    };
    plus(day, span)
}

/// The Monday of the week that holds `day`.
pub(super) fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    plus(day, -back.days()).unwrap_or(date(1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_and_floating_feasts() {
        assert_eq!(easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(easter(1998), Some(date(1998, 4, 12)));
        assert_eq!("11-4-4".parse::<Feast>().unwrap().in_year(1998), Some(date(1998, 11, 26)));
        assert_eq!("05-1--1".parse::<Feast>().unwrap().in_year(2023), Some(date(2023, 5, 29)));
    }

    #[test]
    fn stretches_and_their_values() {
        let day = date(2024, 2, 5);
        let value = |unit, n| Granule::holding(day, unit).shifted(n).map(Granule::value).unwrap();
        assert_eq!(value(Unit::Week, -1), "2024-W05");
        assert_eq!(value(Unit::Month, -2), "2023-12");
        assert_eq!(value(Unit::Quarter, -1), "2023-Q4");
        assert_eq!(value(Unit::Decade, 0), "202");
        assert_eq!(Granule::Weekend(date(2024, 1, 29)).days(), Some((date(2024, 2, 3), date(2024, 2, 4))));
        assert_eq!(Granule::Quarter(2024, 4).days(), Some((date(2024, 10, 1), date(2024, 12, 31))));
        assert_eq!(later(day, i64::MAX, Unit::Year), None);
    }
}
