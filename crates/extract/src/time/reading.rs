//! What the words of a time expression mean before they are placed on the calendar.

use jiff::civil::Date;

use super::calendar::{Feast, Granule, Part, Season, Unit};

/// Which of the many Mondays, Octobers or weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Nothing said: the nearest in the direction of the tense.
    Near,
    /// "last": before the publication date.
    Last,
    /// "this": that of the publication date.
    This,
    /// "next": after the publication date.
    Next,
    /// "the previous": before the time spoken of.
    Before,
    /// "the following": after the time spoken of.
    After,
    /// "that", "the same": the one spoken of.
    Same,
}

/// From where it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The publication date.
    Publication,
    /// The time spoken of last.
    Text,
}

/// Which piece of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
    /// "earlier this year": up to the publication date.
    Before,
    /// "later this week": from the publication date.
    After,
}

/// A time as the words give it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Time {
    /// A stretch that the words fix by themselves: a year, a full date.
    Fixed(Granule),
    /// A day of a month of an unsaid year.
    MonthDay(i8, i8),
    /// A month; of a year that the second time gives, if any.
    Month(i8, Which, Option<Box<Time>>),
    Weekday(i8, Which),
    /// A weekday of a week.
    WeekdayOf(i8, Box<Time>),
    Season(Season, Which, Option<Box<Time>>),
    Quarter(i8, Option<Box<Time>>),
    Half(i8, Option<Box<Time>>),
    Feast(Feast, Which, Option<Box<Time>>),
    /// "last week", "this year", "the following day".
    Unit(Unit, Which),
    /// "the first week of March".
    Nth(u8, Unit, Box<Time>),
    /// "two weeks ago" (negative), "three days later"; `None` is a vague amount.
    Shift(Option<f64>, Unit, i64, Origin),
    /// The same stretch of the year before ("the year-earlier quarter"), with the unit named, if any.
    YearBefore(Option<Unit>),
    /// The same stretch of this year: "the 1988 period".
    SameIn(i16),
    /// The last day of a year: "year-end".
    YearEnd(Option<Box<Time>>),
    /// A part of a day; of the day spoken of if none is given.
    Part(Part, Option<Box<Time>>),
    /// Hour, minute, whether in UTC, and the day.
    Clock(i8, Option<i8>, bool, Option<Box<Time>>),
    Edge(Edge, Box<Time>),
    Duration(Option<f64>, Unit),
    /// "the past three days" (negative), "the next two weeks": an amount that ends or begins with the publication.
    Around(f64, Unit, i64),
    /// "3 to 5 January": month, first and last day, year.
    Days(i8, i8, i8, Option<i16>),
    /// "4/2/2024": day and month, or month and day.
    Either(Date, Date),
    /// A TIMEX3 value of a repeated time.
    Set(String),
    Reference(&'static str),
}
