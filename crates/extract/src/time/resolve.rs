//! From what the words mean to a TIMEX3 value and days.

use jiff::civil::Date;
use record::{Precision, TimexType, When};

use super::calendar::{Granule, Part, Season, Unit, later, monday};
use super::reading::{Edge, Origin, Time, Which};

/// The direction the words around a time point in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// What is known where a time expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The day of publication.
    pub(super) publication: Option<Date>,
    /// The time spoken of before.
    pub(super) spoken: Option<Granule>,
    /// The day spoken of before.
    pub(super) day: Option<Date>,
    pub(super) tense: Tense,
}

/// A time on the calendar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimexType,
    pub(super) value: String,
    pub(super) when: When,
    pub(super) anchored: bool,
    /// The stretch of the calendar it is, for what is counted from it.
    pub(super) granule: Option<Granule>,
}

impl Resolved {
    pub(super) fn granule(granule: Granule) -> Resolved {
        Resolved {
            kind: TimexType::Date,
            value: granule.value(),
            when: granule.when(),
            anchored: true,
            granule: Some(granule),
        }
    }

    fn loose(kind: TimexType, value: impl Into<String>) -> Resolved {
        Resolved { kind, value: value.into(), when: When::Unknown, anchored: false, granule: None }
    }
}

/// Places a time on the calendar as far as the context allows.
pub(super) fn resolve(time: &Time, context: &Context) -> Resolved {
    match time {
        Time::Duration(amount, unit) => Resolved::loose(TimexType::Duration, unit.duration(*amount)),
        Time::Around(amount, unit, sign) => resolve_around(*amount, *unit, *sign, context),
        Time::Days(month, first, last, year) => resolve_days(*month, (*first, *last), *year, context),
        Time::Set(value) => Resolved::loose(TimexType::Set, value.clone()),
        Time::Reference(value) => Resolved::loose(TimexType::Date, *value),
        Time::Part(part, day) => resolve_part(*part, day.as_deref(), context),
        Time::Clock(hour, minute, utc, day) => resolve_clock(*hour, *minute, *utc, day.as_deref(), context),
        Time::Edge(edge, inner) => resolve_edge(*edge, inner, context),
        Time::Shift(amount, unit, sign, origin) => resolve_shift(*amount, *unit, *sign, *origin, context),
        _ => granule(time, context)
            .map_or_else(|| Resolved::loose(TimexType::Date, pattern(time)), Resolved::granule),
    }
}

/// The stretch of the calendar a time is.
fn granule(time: &Time, context: &Context) -> Option<Granule> {
    let publication = context.publication;
    let year_of = |inner: &Time| match granule(inner, context)? {
        Granule::Year(y) => Some(y),
        _ => None,
    };
    match time {
        Time::Fixed(granule) => Some(*granule),
        Time::MonthDay(month, day) => {
            near(publication?, context.tense, 3, |year| Date::new(year, *month, *day).ok().map(Granule::Day))
        }
        Time::Days(month, first, _, year) => days_of(*month, *first, *year, context).map(Granule::Day),
        // What lies ahead is hardly told of: the order of the United States, unless only the other has been.
        Time::Either(american, other) => {
            let ahead = |day: Date| publication.is_some_and(|p| day > p);
            Some(Granule::Day(if ahead(*american) && !ahead(*other) { *other } else { *american }))
        }
        Time::Month(month, _, Some(year)) => Some(Granule::Month(year_of(year)?, *month)),
        Time::Month(month, which, None) => {
            let today = publication?;
            let this = Granule::Month(today.year(), *month);
            match which {
                Which::Last | Which::Before => {
                    Some(if *month < today.month() { this } else { this.shifted(-12)? })
                }
                Which::Next | Which::After => {
                    Some(if *month > today.month() { this } else { this.shifted(12)? })
                }
                Which::This => Some(this),
                Which::Near | Which::Same => {
                    near(today, context.tense, 8, |year| Some(Granule::Month(year, *month)))
                }
            }
        }
        Time::Weekday(day, which) => weekday(*day, *which, context),
        Time::WeekdayOf(day, week) => match granule(week, context)? {
            Granule::Week(first) => Some(Granule::Day(later(first, i64::from(*day) - 1, Unit::Day)?)),
            _ => None,
        },
        Time::Season(season, _, Some(year)) => Some(Granule::Season(year_of(year)?, *season)),
        Time::Season(season, which, None) => season_of(*season, *which, publication?, context.tense),
        Time::Quarter(quarter, Some(year)) => Some(Granule::Quarter(year_of(year)?, *quarter)),
        Time::Quarter(quarter, None) => {
            near(publication?, Tense::Past, 4, |year| Some(Granule::Quarter(year, *quarter)))
        }
        Time::Half(half, year) => Some(Granule::Half(year_of(year.as_deref()?)?, *half)),
        Time::Feast(feast, _, Some(year)) => feast.in_year(year_of(year)?).map(Granule::Day),
        Time::Feast(feast, which, None) => {
            let tense = match which {
                Which::Last | Which::Before => Tense::Past,
                Which::Next | Which::After => Tense::Future,
                Which::This => return feast.in_year(publication?.year()).map(Granule::Day),
                Which::Near | Which::Same => context.tense,
            };
            near(publication?, tense, 2, |year| feast.in_year(year).map(Granule::Day))
        }
        Time::Unit(unit, which) => unit_of(*unit, *which, context),
        Time::Nth(nth, unit, whole) => nth_of(*nth, *unit, granule(whole, context)?),
        Time::YearBefore(unit) => {
            let spoken = context.spoken.or(publication.map(Granule::Day))?;
            year_before(spoken, *unit)
        }
        Time::SameIn(year) => match context.spoken {
            Some(Granule::Quarter(_, q)) => Some(Granule::Quarter(*year, q)),
            Some(Granule::Month(_, m)) => Some(Granule::Month(*year, m)),
            _ => Some(Granule::Year(*year)),
        },
        Time::YearEnd(year) => {
            let year = match year {
                Some(year) => year_of(year)?,
                None => publication?.year(),
            };
            Date::new(year, 12, 31).ok().map(Granule::Day)
        }
        Time::Shift(amount, unit, sign, origin) => shifted((*amount)?, *unit, *sign, *origin, context),
        Time::Edge(_, inner) | Time::Part(_, Some(inner)) => granule(inner, context),
        _ => None,
    }
}

/// The candidate of this, the last or the next year that is nearest. Against the direction of the tense (the past, if
/// there is none) a day counts `against` times.
fn near(
    today: Date,
    tense: Tense,
    against: i32,
    in_year: impl Fn(i16) -> Option<Granule>,
) -> Option<Granule> {
    let year = today.year();
    // Without a sign of tense the past is only a little likelier.
    let against = if tense == Tense::Unknown { (against + 1) / 2 } else { against };
    [year - 1, year, year + 1].into_iter().filter_map(in_year).min_by_key(|granule| {
        let Some((first, last)) = granule.days() else { return i32::MAX };
        let behind = (today - last).get_days();
        let ahead = (first - today).get_days();
        let future = tense == Tense::Future;
        if behind > 0 {
            behind * if future { against } else { 1 }
        } else {
            ahead.max(0) * if future { 1 } else { against }
        }
    })
}

fn weekday(day: i8, which: Which, context: &Context) -> Option<Granule> {
    let origin = match which {
        Which::Before | Which::After => context.spoken.and_then(Granule::days).map(|(first, _)| first),
        _ => None,
    };
    let today = origin.or(context.publication)?;
    let ahead = (i64::from(day) - i64::from(today.weekday().to_monday_one_offset())).rem_euclid(7);
    let offset = match which {
        Which::Near if context.tense == Tense::Future => ahead,
        Which::Near | Which::Same => ahead - if ahead == 0 { 0 } else { 7 },
        Which::Last | Which::Before => ahead - 7,
        Which::Next | Which::After => ahead + if ahead == 0 { 7 } else { 0 },
        Which::This => i64::from(day) - i64::from(today.weekday().to_monday_one_offset()),
    };
    later(today, offset, Unit::Day).map(Granule::Day)
}

fn season_of(season: Season, which: Which, today: Date, tense: Tense) -> Option<Granule> {
    let this = Granule::Season(today.year(), season);
    let (first, last) = this.days()?;
    match which {
        Which::Last | Which::Before => Some(if last < today { this } else { this.shifted(-1)? }),
        Which::Next | Which::After => Some(if first > today { this } else { this.shifted(1)? }),
        Which::This => Some(this),
        Which::Near | Which::Same => near(today, tense, 2, |year| Some(Granule::Season(year, season))),
    }
}

/// "last week", "this year", "the following day".
fn unit_of(unit: Unit, which: Which, context: &Context) -> Option<Granule> {
    let spoken = || {
        let day = context.day.filter(|_| unit == Unit::Day).map(Granule::Day);
        let (first, last) = day.or(context.spoken).and_then(Granule::days)?;
        Some((Granule::holding(first, unit), Granule::holding(last, unit)))
    };
    let now = || context.publication.map(|d| Granule::holding(d, unit));
    match which {
        Which::Last => now()?.shifted(-1),
        Which::This => now(),
        Which::Next => now()?.shifted(1),
        Which::Before => spoken().map(|s| s.0).or_else(now)?.shifted(-1),
        Which::After => spoken().map(|s| s.1).or_else(now)?.shifted(1),
        Which::Same => match (spoken(), unit) {
            // "the quarter" is the last full one unless another was spoken of.
            (_, Unit::Quarter) => match context.spoken {
                Some(quarter @ Granule::Quarter(..)) => Some(quarter),
                _ => now()?.shifted(-1),
            },
            (Some((first, last)), _) if first == last => Some(first),
            _ => now(),
        },
        Which::Near => {
            let now = now()?;
            // A weekend that has not begun yet is the one before, unless the words look ahead.
            let begun = now.days().is_some_and(|(first, _)| Some(first) <= context.publication);
            if context.tense == Tense::Future || begun { Some(now) } else { now.shifted(-1) }
        }
    }
}

/// "the first week of March"; `nth` 0 is the last.
fn nth_of(nth: u8, unit: Unit, whole: Granule) -> Option<Granule> {
    let (first, last) = whole.days()?;
    let found = match (nth, unit) {
        // The last week is the last that has most of its days in it.
        (0, Unit::Week) => Granule::holding(later(last, -3, Unit::Day)?, unit),
        (0, _) => Granule::holding(last, unit),
        (_, Unit::Week | Unit::Weekend) => {
            // The first week of a month is the first that has most of its days in it.
            let thursday = later(monday(first), 3, Unit::Day)?;
            let skip = if thursday < first { 1 } else { 0 };
            Granule::holding(first, unit).shifted(i64::from(nth) - 1 + skip)?
        }
        _ => Granule::holding(first, unit).shifted(i64::from(nth) - 1)?,
    };
    let (begin, _) = found.days()?;
    (begin <= last).then_some(found)
}

fn year_before(spoken: Granule, unit: Option<Unit>) -> Option<Granule> {
    let (first, _) = spoken.days()?;
    let same = match (spoken, unit) {
        (Granule::Day(_), Some(unit)) => Granule::holding(first, unit),
        (Granule::Quarter(..), Some(Unit::Quarter) | None) => spoken,
        (_, Some(Unit::Quarter)) => Granule::holding(first, Unit::Quarter),
        (Granule::Day(d), None) => Granule::Year(d.year()),
        _ => spoken,
    };
    let step = match same {
        Granule::Month(..) => 12,
        Granule::Quarter(..) => 4,
        Granule::Half(..) => 2,
        Granule::Week(_) | Granule::Weekend(_) => 52,
        Granule::Day(d) => return later(d, -1, Unit::Year).map(Granule::Day),
        _ => 1,
    };
    same.shifted(-step)
}

/// "two weeks ago": the stretch of the unit that holds the day so far away.
fn shifted(amount: f64, unit: Unit, sign: i64, origin: Origin, context: &Context) -> Option<Granule> {
    let publication = context.publication.map(Granule::Day);
    let from = match origin {
        Origin::Publication => publication,
        // "In May a mine hurt a ranger. … Two days earlier": days are counted from the day told last.
        Origin::Text if unit == Unit::Day => context.day.map(Granule::Day).or(context.spoken).or(publication),
        Origin::Text => context.spoken.or(publication),
    }?;
    // "a year ago", "a year earlier" beside a quarter speak of the same quarter.
    let year = unit == Unit::Year && (amount - 1.0).abs() < f64::EPSILON && sign < 0;
    if year && matches!(context.spoken, Some(Granule::Quarter(..) | Granule::Half(..))) {
        return year_before(context.spoken?, None);
    }
    // Some days after a month or a year are within it, for all that is told.
    if unit == Unit::Day && origin == Origin::Text && !matches!(from, Granule::Day(_)) {
        return Some(from);
    }
    let (day, _) = from.days()?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded by later()")]
    let n = |x: f64| (x.clamp(-20_000.0, 20_000.0)) as i64 * sign;
    if amount.fract() != 0.0 {
        let (finer, per) = match unit {
            Unit::Year => (Unit::Month, 12.0),
            Unit::Month => (Unit::Week, 4.0),
            Unit::Week => (Unit::Day, 7.0),
            _ => (unit, 1.0),
        };
        return Some(Granule::holding(later(day, n((amount * per).round()), finer)?, finer));
    }
    let far = later(day, n(amount), unit)?;
    Some(match unit {
        Unit::Decade => Granule::Year(far.year()),
        // From a day on, as many weeks or months are again a day where the text gives the day.
        Unit::Week | Unit::Fortnight if origin == Origin::Text && matches!(from, Granule::Day(_)) => {
            Granule::Day(far)
        }
        _ => Granule::holding(far, unit),
    })
}

/// "the past three days": the value is the amount, the days are those up to the publication.
fn resolve_around(amount: f64, unit: Unit, sign: i64, context: &Context) -> Resolved {
    let loose = Resolved::loose(TimexType::Duration, unit.duration(Some(amount)));
    let (whole, unit) = match unit {
        Unit::Second | Unit::Minute => (1.0, Unit::Day),
        Unit::Hour => ((amount / 24.0).ceil(), Unit::Day),
        unit => (amount.ceil(), unit),
    };
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let far = |from: Date| {
        later(from, sign * whole.clamp(0.0, 20_000.0) as i64, unit).map(|far| (from.min(far), from.max(far)))
    };
    match context.publication.and_then(far) {
        Some((first, last)) => Resolved {
            when: When::from_bounds(Some(first), Some(last), Precision::Vague),
            anchored: true,
            ..loose
        },
        None => loose,
    }
}

/// The first of several days of a month, in the year that is given or the nearest.
fn days_of(month: i8, day: i8, year: Option<i16>, context: &Context) -> Option<Date> {
    let on = |year: i16| Date::new(year, month, day).ok();
    let near = || match near(context.publication?, context.tense, 2, |y| on(y).map(Granule::Day))? {
        Granule::Day(day) => Some(day),
        _ => None,
    };
    year.map_or_else(near, on)
}

fn resolve_days(month: i8, (first, last): (i8, i8), year: Option<i16>, context: &Context) -> Resolved {
    let n = f64::from(last - first + 1);
    let loose = Resolved::loose(TimexType::Duration, Unit::Day.duration(Some(n)));
    let Some(begin) = days_of(month, first, year, context) else { return loose };
    let end = later(begin, i64::from(last - first), Unit::Day);
    Resolved {
        when: When::from_bounds(Some(begin), end, Precision::Day),
        anchored: true,
        granule: Some(Granule::Day(begin)),
        ..loose
    }
}

fn resolve_shift(amount: Option<f64>, unit: Unit, sign: i64, origin: Origin, context: &Context) -> Resolved {
    let clock = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
    let Some(amount) = amount else {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let loose = Resolved::loose(TimexType::Date, value);
        // "a few minutes ago": on the day of the report, whatever its hour.
        let today = context.publication.filter(|_| clock && sign < 0 && origin == Origin::Publication);
        // "Hours later, gunmen attacked": on the day told last.
        let told = context.day.filter(|_| clock && origin == Origin::Text);
        return match today.or(told) {
            Some(day) => Resolved { when: When::Exact(day), anchored: true, ..loose },
            None => loose,
        };
    };
    if clock || (origin == Origin::Text && context.spoken.is_none()) {
        let loose = Resolved::loose(TimexType::Duration, unit.duration(Some(amount)));
        // "About 40 minutes earlier": a few hours from what was told last are on its day.
        let near = unit != Unit::Hour || amount <= FEW;
        return match context.day.filter(|_| clock && near && origin == Origin::Text) {
            Some(day) => Resolved { when: When::Exact(day), anchored: true, ..loose },
            None => loose,
        };
    }
    match shifted(amount, unit, sign, origin, context) {
        Some(granule) => Resolved::granule(granule),
        None if context.publication.is_none() => {
            Resolved::loose(TimexType::Date, pattern(&Time::Shift(Some(amount), unit, sign, origin)))
        }
        None => Resolved::loose(TimexType::Duration, unit.duration(Some(amount))),
    }
}

fn resolve_part(part: Part, day: Option<&Time>, context: &Context) -> Resolved {
    let spoken = Time::Unit(Unit::Day, Which::Same);
    let day = day.unwrap_or(&spoken);
    let Some(granule) = granule(day, context) else {
        return Resolved::loose(TimexType::Time, format!("{}{}", open_day(day), part.code()));
    };
    let (first, last) = granule.days().map_or((None, None), |(a, b)| (Some(a), Some(b)));
    // "overnight" runs from the evening before.
    let overnight = part == Part::Night && *day == Time::Unit(Unit::Day, Which::Near);
    let first = if overnight { first.and_then(|d| later(d, -1, Unit::Day)) } else { first };
    // "the night of 2-3 February"
    let last = match day {
        Time::Days(_, a, b, _) => first.and_then(|d| later(d, i64::from(b - a), Unit::Day)),
        _ => last,
    };
    Resolved {
        kind: TimexType::Time,
        value: format!("{}{}", granule.value(), part.code()),
        when: When::from_bounds(first, last, Precision::Time),
        anchored: true,
        granule: Some(granule),
    }
}

fn resolve_clock(hour: i8, minute: Option<i8>, utc: bool, day: Option<&Time>, context: &Context) -> Resolved {
    let spoken = Time::Unit(Unit::Day, Which::Same);
    let granule = granule(day.unwrap_or(&spoken), context);
    let date = granule.map_or_else(|| day.map_or_else(|| "XXXX-XX-XX".to_owned(), open_day), Granule::value);
    let zone = if utc { "Z" } else { "" };
    Resolved {
        kind: TimexType::Time,
        value: format!("{date}T{hour:02}:{:02}{zone}", minute.unwrap_or(0)),
        when: granule.map_or(When::Unknown, Granule::when),
        anchored: granule.is_some(),
        granule,
    }
}

/// The value of a day that nothing anchors: "dawn on Tuesday" has its weekday, "the evening of 9 March" its day and month.
fn open_day(day: &Time) -> String {
    let pattern = pattern(day);
    let told = pattern.starts_with("XXXX-") && pattern.matches('-').count() == 2;
    if told { pattern } else { "XXXX-XX-XX".to_owned() }
}

/// The value stays that of the whole stretch, as in TIMEX3; the days are those of the piece.
fn resolve_edge(edge: Edge, inner: &Time, context: &Context) -> Resolved {
    let mut resolved = resolve(inner, context);
    let Some((first, last)) = resolved.granule.and_then(Granule::days) else { return resolved };
    let length = i64::from((last - first).get_days());
    if length == 0 || !resolved.anchored {
        return resolved;
    }
    let at = |n: i64| later(first, n, Unit::Day);
    let (begin, end) = match edge {
        Edge::Start => (Some(first), at(length / 3)),
        Edge::Middle => (at(length / 3), at(length - length / 3)),
        Edge::End => (at(length - length / 3), Some(last)),
        Edge::Before => {
            (Some(first), context.publication.filter(|d| *d >= first && *d <= last).or(Some(last)))
        }
        Edge::After => {
            (context.publication.filter(|d| *d >= first && *d <= last).or(Some(first)), Some(last))
        }
    };
    let precision = resolved.when.precision().unwrap_or(Precision::Vague);
    resolved.when = When::from_bounds(begin, end, precision);
    resolved
}

/// Hours before or after something that are most likely on the same day.
const FEW: f64 = 6.0;

/// The TIMEX3 value of a weekday that nothing anchors; Monday is 1.
pub(crate) fn open_weekday(day: i8) -> String {
    format!("XXXX-WXX-{day}")
}

/// The TIMEX3 value of a time that nothing anchors.
fn pattern(time: &Time) -> String {
    match time {
        Time::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
        Time::Month(month, ..) => format!("XXXX-{month:02}"),
        Time::Weekday(day, _) | Time::WeekdayOf(day, _) => open_weekday(*day),
        Time::Season(season, ..) => Granule::Season(0, *season).value().replacen("0000", "XXXX", 1),
        Time::Quarter(quarter, _) => format!("XXXX-Q{quarter}"),
        Time::Half(half, _) => format!("XXXX-H{half}"),
        Time::Days(month, day, ..) => format!("XXXX-{month:02}-{day:02}"),
        Time::Feast(super::calendar::Feast::Fixed(month, day), ..) => format!("XXXX-{month:02}-{day:02}"),
        Time::Unit(unit, _) | Time::Shift(_, unit, ..) => unknown(*unit),
        Time::Nth(_, unit, _) => unknown(*unit),
        Time::YearBefore(unit) => unknown(unit.unwrap_or(Unit::Year)),
        Time::YearEnd(_) => "XXXX-12-31".to_owned(),
        Time::Edge(_, inner) => pattern(inner),
        _ => "XXXX-XX-XX".to_owned(),
    }
}

fn unknown(unit: Unit) -> String {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        _ => "XXXX-XX-XX",
    }
    .to_owned()
}
