//! The grammar: each rule is a pattern (see `grammar`) and what it means.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::{Feast, Granule, Part, Season, Unit};
use super::grammar::{Chart, Pattern, Phrase, Value};
use super::reading::{Edge, Origin, Time, Which};
use super::resolve::open_weekday;

/// A rule, ready to use.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pattern: Pattern,
    read: Read,
}

type Read = fn(&Values<'_>) -> Option<Time>;

/// All phrases that all rules find, from the last token to the first.
pub(super) fn parse(chart: &mut Chart<'_>) {
    let grammar = &*GRAMMAR;
    for at in (0..chart.tokens.len()).rev() {
        if let Some(rules) = grammar.by_word.get(chart.tokens[at].lower.as_str()) {
            rules.iter().for_each(|&i| apply(&grammar.rules[i], chart, at));
        }
        if chart.may_begin_class(at) {
            grammar.by_class.iter().for_each(|&i| apply(&grammar.rules[i], chart, at));
        }
        // A phrase that begins with a phrase: twice is enough for "late Friday morning last week".
        for _ in 0..2 {
            if chart.phrases[at].is_empty() {
                break;
            }
            grammar.extending.iter().for_each(|&i| apply(&grammar.rules[i], chart, at));
        }
    }
}

/// The rules, by what they can begin with.
#[derive(Debug, Default)]
struct Grammar {
    rules: Vec<Rule>,
    by_word: HashMap<&'static str, Vec<usize>>,
    by_class: Vec<usize>,
    /// Rules that begin with a phrase.
    extending: Vec<usize>,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let mut grammar = Grammar::default();
    for (i, (id, pattern, read)) in RULES.iter().enumerate() {
        let pattern = Pattern::new(pattern).unwrap_or_else(|why| panic!("{why}"));
        let (words, class) = pattern.beginnings();
        if pattern.extends() {
            grammar.extending.push(i);
        } else {
            if class {
                grammar.by_class.push(i);
            }
            for word in words {
                let rules = grammar.by_word.entry(word).or_default();
                // What begins with a class is tried at "the" as well.
                if rules.last() != Some(&i) && !(class && word == "the") {
                    rules.push(i);
                }
            }
        }
        grammar.rules.push(Rule { id, pattern, read: *read });
    }
    grammar
});

const MOST_PHRASES: usize = 24;

fn apply(rule: &'static Rule, chart: &mut Chart<'_>, at: usize) {
    for (end, values) in rule.pattern.matches(chart, at) {
        let Some(time) = (rule.read)(&Values(&values)) else { continue };
        let known = chart.phrases[at].iter().any(|p| p.end == end && p.time == time);
        if !known && end > at && chart.phrases[at].len() < MOST_PHRASES {
            chart.phrases[at].push(Phrase { end, time, rule: rule.id });
        }
    }
}

/// The values of a match, by kind.
struct Values<'a>(&'a [Value]);

macro_rules! first {
    ($name:ident, $variant:ident, $type:ty) => {
        fn $name(&self) -> Option<$type> {
            self.0.iter().find_map(|v| if let Value::$variant(x) = v { Some(x.clone()) } else { None })
        }
    };
}

impl Values<'_> {
    first!(month, Month, i8);
    first!(weekday, Weekday, i8);
    first!(unit, Unit, Unit);
    first!(season, Season, Season);
    first!(part, Part, Part);
    first!(count, Count, Option<f64>);
    first!(ordinal, Ordinal, u8);
    first!(day, Day, i8);
    first!(year, Year, i16);
    first!(decade, Decade, i16);
    first!(feast, Feast, Feast);
    first!(set, Set, &'static str);
    first!(reference, Reference, &'static str);
    first!(which, Which, Which);
    first!(time, Time, Box<Time>);

    fn small(&self, i: usize) -> Option<i16> {
        self.0.iter().filter_map(|v| if let Value::Small(x) = v { Some(*x) } else { None }).nth(i)
    }

    /// The year as a time, from a number or from a phrase such as "last year".
    fn in_year(&self) -> Option<Box<Time>> {
        self.year()
            .map(|y| Box::new(Time::Fixed(Granule::Year(y))))
            .or_else(|| self.time().filter(|t| t.is_year()))
    }

    fn clock(&self, day: Option<Box<Time>>) -> Option<Time> {
        let (hour, minute) =
            self.0.iter().find_map(|v| if let Value::Clock(h, m) = v { Some((*h, *m)) } else { None })?;
        let utc = self.0.iter().any(|v| matches!(v, Value::Zone(true)));
        Some(Time::Clock(hour, minute, utc, day))
    }
}

impl Time {
    /// Whether it is some year.
    fn is_year(&self) -> bool {
        matches!(
            self,
            Time::Fixed(Granule::Year(_)) | Time::Unit(Unit::Year, _) | Time::Shift(_, Unit::Year, _, _)
        )
    }

    /// Whether it is one day, so that a part of it or an hour makes sense.
    fn is_day(&self) -> bool {
        match self {
            Time::Fixed(Granule::Day(_))
            | Time::MonthDay(..)
            | Time::Weekday(..)
            | Time::WeekdayOf(..)
            | Time::Feast(..)
            | Time::Either(..)
            | Time::Unit(Unit::Day, _) => true,
            Time::Shift(Some(n), Unit::Day, ..) => *n <= 1.0,
            Time::Edge(_, inner) => inner.is_day(),
            _ => false,
        }
    }

    /// Whether it is a stretch of the calendar, with a beginning and an end.
    fn is_stretch(&self) -> bool {
        !matches!(
            self,
            Time::Duration(..)
                | Time::Set(_)
                | Time::Reference(_)
                | Time::Clock(..)
                | Time::YearEnd(_)
                | Time::Edge(..)
                | Time::Around(..)
                | Time::Days(..)
        ) && !matches!(self, Time::Part(_, None))
    }
}

/// A fixed day, if there is one.
fn day(year: i16, month: i8, day: i8) -> Option<Time> {
    jiff::civil::Date::new(year, month, day).ok().map(|d| Time::Fixed(Granule::Day(d)))
}

fn two_digit_year(y: i16) -> i16 {
    match y {
        0..30 => 2000 + y,
        30..100 => 1900 + y,
        _ => y,
    }
}

fn month_day(v: &Values<'_>) -> Option<Time> {
    let (month, number) = (v.month()?, v.day()?);
    match v.year() {
        Some(year) => day(year, month, number),
        // 2000 is a leap year, so that February 29 passes.
        None => day(2000, month, number).map(|_| Time::MonthDay(month, number)),
    }
}

/// "3 to 5 January": the first day is before the last.
fn days(v: &Values<'_>) -> Option<Time> {
    let mut numbers = v.0.iter().filter_map(|x| if let Value::Day(d) = x { Some(*d) } else { None });
    let (month, first, last) = (v.month()?, numbers.next()?, numbers.next()?);
    let fits = first < last && day(v.year().unwrap_or(2000), month, last).is_some();
    fits.then_some(Time::Days(month, first, last, v.year()))
}

/// Month and day as in the United States, or day and month as nearly everywhere else.
fn slashes(v: &Values<'_>, year: i16) -> Option<Time> {
    let (a, b) = (i8::try_from(v.small(0)?).ok()?, i8::try_from(v.small(1)?).ok()?);
    let on = |month, day| jiff::civil::Date::new(year, month, day).ok();
    match (on(a, b), on(b, a)) {
        (Some(american), Some(other)) if american != other => Some(Time::Either(american, other)),
        (date, other) => date.or(other).map(|d| Time::Fixed(Granule::Day(d))),
    }
}

fn edge(v: &Values<'_>, edge: Edge) -> Option<Time> {
    v.time().filter(|t| t.is_stretch()).map(|t| Time::Edge(edge, t))
}

/// "the end of the month": of this week or month, as "the" alone says (a year has a rule of its own).
fn edge_of_this(v: &Values<'_>, edge: Edge) -> Option<Time> {
    let unit = v.unit().filter(|u| matches!(u, Unit::Week | Unit::Month))?;
    Some(Time::Edge(edge, Box::new(Time::Unit(unit, Which::This))))
}

fn duration(v: &Values<'_>) -> Option<Time> {
    Some(Time::Duration(v.count()?, v.unit()?))
}

fn shift(v: &Values<'_>, sign: i64, origin: Origin) -> Option<Time> {
    Some(Time::Shift(v.count()?, v.unit()?, sign, origin))
}

fn part_of(v: &Values<'_>) -> Option<Time> {
    let day = v.time().filter(|t| t.is_day() || matches!(**t, Time::Days(..)))?;
    Some(Time::Part(v.part()?, Some(day)))
}

fn clock_of(v: &Values<'_>) -> Option<Time> {
    let day = v.time().filter(|t| t.is_day() || matches!(**t, Time::Part(..)))?;
    v.clock(Some(day))
}

fn set_of(v: &Values<'_>) -> Option<Time> {
    let count = v.count().unwrap_or(Some(1.0));
    Some(Time::Set(v.unit()?.duration(count)))
}

fn publication(days: f64, sign: i64) -> Time {
    Time::Shift(Some(days), Unit::Day, sign, Origin::Publication)
}

/// Id, pattern, meaning. Of two equally long phrases the rule further up wins.
static RULES: &[(&str, &str, Read)] = &[
    // Days of the calendar.
    ("date.month-day", "(Weekday ,?)? Month the? Day (,? Year)?", month_day),
    ("date.day-month", "(Weekday ,?)? the? Day of? Month (,? Year)?", month_day),
    ("date.which", "last|this|next Month Day", |v| month_day(v).filter(|_| v.year().is_none())),
    ("date.iso", "Year - Small - Small", |v| {
        day(v.year()?, i8::try_from(v.small(0)?).ok()?, i8::try_from(v.small(1)?).ok()?)
    }),
    ("date.days", "Month the? Day -|–|—|to|through|until the? Day (,? Year)?", days),
    ("date.days", "the? Day -|–|—|to|through|until the? Day of? Month (,? Year)?", days),
    ("date.days-between", "Month the? Day and the? Day (,? Year)?", days),
    ("date.days-between", "the? Day and the? Day of? Month (,? Year)?", days),
    ("date.slashes", "Small / Small / Small", |v| slashes(v, two_digit_year(v.small(2)?))),
    ("date.slashes", "Small / Small / Year", |v| slashes(v, v.year()?)),
    ("day.yesterday", "yesterday", |_| Some(publication(1.0, -1))),
    ("day.today", "today", |_| Some(Time::Unit(Unit::Day, Which::This))),
    ("day.tomorrow", "tomorrow", |_| Some(publication(1.0, 1))),
    ("day.before-yesterday", "the day before yesterday", |_| Some(publication(2.0, -1))),
    ("day.after-tomorrow", "the day after tomorrow", |_| Some(publication(2.0, 1))),
    // Weekdays.
    ("weekday", "Weekday", |v| Some(Time::Weekday(v.weekday()?, Which::Near))),
    ("weekday.which", "the? Which coming? Weekday", |v| {
        Some(Time::Weekday(v.weekday()?, v.which().filter(|w| *w != Which::Same)?))
    }),
    ("weekday.week", "Weekday (of|in)? Time", |v| {
        let week = v.time().filter(|t| matches!(**t, Time::Unit(Unit::Week, _)))?;
        Some(Time::WeekdayOf(v.weekday()?, week))
    }),
    // Months, seasons, quarters, years.
    ("month", "Month", |v| Some(Time::Month(v.month()?, Which::Near, None))),
    ("month.which", "Which Month", |v| {
        Some(Time::Month(v.month()?, v.which().filter(|w| *w != Which::Same)?, None))
    }),
    ("month.year", "Month ,? of? Year", |v| Some(Time::Fixed(Granule::Month(v.year()?, v.month()?)))),
    ("month.year", "Month of? Time", |v| Some(Time::Month(v.month()?, Which::Near, Some(v.in_year()?)))),
    ("season.which", "Which Season", |v| Some(Time::Season(v.season()?, v.which()?, None))),
    ("season", "the Season", |v| Some(Time::Season(v.season()?, Which::Near, None))),
    ("season.year", "the? Season of? Time", |v| {
        Some(Time::Season(v.season()?, Which::Near, Some(v.in_year()?)))
    }),
    ("quarter", "the? fiscal? Ordinal quarter", |v| quarter(v, None)),
    ("quarter", "fiscal? Ordinal - quarter", |v| quarter(v, None)),
    ("quarter.year", "the Year Ordinal quarter", |v| quarter(v, v.in_year())),
    ("quarter.year", "the Year quarter|period", |v| Some(Time::SameIn(v.year()?))),
    ("quarter.year", "the? fiscal? Ordinal -? quarter (of|in)? fiscal? Time", |v| {
        quarter(v, Some(v.in_year()?))
    }),
    ("quarter.year", "Time 's|’s Ordinal quarter", |v| quarter(v, Some(v.in_year()?))),
    ("quarter.latest", "the latest quarter|period", |_| Some(Time::Unit(Unit::Quarter, Which::Last))),
    ("quarter.this", "the quarter", |_| Some(Time::Unit(Unit::Quarter, Which::Same))),
    ("half.year", "the? Ordinal half of fiscal? Time", |v| {
        let half = i8::try_from(v.ordinal()?).ok().filter(|h| *h <= 2)?;
        Some(Time::Half(half, Some(v.in_year()?)))
    }),
    ("year", "Year", |v| Some(Time::Fixed(Granule::Year(v.year()?)))),
    ("year.named", "the? fiscal|year Year", |v| Some(Time::Fixed(Granule::Year(v.year()?)))),
    ("year.named", "the? fiscal|calendar year Year?", |v| {
        Some(v.year().map_or(Time::Unit(Unit::Year, Which::Same), |y| Time::Fixed(Granule::Year(y))))
    }),
    ("year.whole", "the whole|entire|full year", |_| Some(Time::Unit(Unit::Year, Which::Same))),
    ("year.end", "year - end", |_| Some(Time::YearEnd(None))),
    ("year.end", "year - end of? Year", |v| Some(Time::YearEnd(v.in_year()))),
    ("decade", "the? Decade", |v| Some(Time::Fixed(Granule::Decade(v.decade()?)))),
    ("decade.edge", "the? late|early|mid -? Decade", |v| Some(Time::Fixed(Granule::Decade(v.decade()?)))),
    ("century", "the? Ordinal -? century", |v| {
        Some(Time::Fixed(Granule::Century(i16::from(v.ordinal()?.checked_sub(1)?))))
    }),
    ("feast", "Feast", |v| Some(Time::Feast(v.feast()?, Which::Near, None))),
    ("feast.which", "Which Feast", |v| Some(Time::Feast(v.feast()?, v.which()?, None))),
    ("feast.year", "Feast ,? (of|in)? Time", |v| {
        Some(Time::Feast(v.feast()?, Which::Near, Some(v.in_year()?)))
    }),
    // Stretches counted from the publication date or the time spoken of.
    ("unit.next-day", "the next day|morning|night|evening", |_| Some(Time::Unit(Unit::Day, Which::After))),
    ("unit.day-before", "the day before|earlier|previously", |_| Some(Time::Unit(Unit::Day, Which::Before))),
    ("unit.day-after", "the day later", |_| Some(Time::Unit(Unit::Day, Which::After))),
    ("unit.which", "the? Which fiscal? Unit", |v| match (v.which()?, v.unit()?) {
        (_, Unit::Second | Unit::Minute | Unit::Hour) => None,
        (Which::Last, Unit::Decade) => Some(Time::Duration(Some(1.0), Unit::Decade)),
        (Which::Last, Unit::Night) => Some(Time::Part(Part::Night, Some(Box::new(publication(1.0, -1))))),
        (which, Unit::Night) => Some(Time::Part(Part::Night, Some(Box::new(Time::Unit(Unit::Day, which))))),
        (which, unit) => Some(Time::Unit(unit, which)),
    }),
    ("weekend", "the weekend", |_| Some(Time::Unit(Unit::Weekend, Which::Near))),
    ("year.the", "the year", |_| Some(Time::Unit(Unit::Year, Which::Same))),
    ("unit.day", "the day", |_| Some(Time::Unit(Unit::Day, Which::Same))),
    ("season.bare", "Season", |v| Some(Time::Season(v.season()?, Which::Near, None))),
    ("unit.nth", "the? Ordinal Unit of|in Time", |v| Some(Time::Nth(v.ordinal()?, v.unit()?, v.time()?))),
    ("unit.nth", "the? last Unit of|in Time", |v| Some(Time::Nth(0, v.unit()?, v.time()?))),
    ("shift.ago", "Approx? Count Unit ago", |v| shift(v, -1, Origin::Publication)),
    ("shift.ago", "Approx? Count more? than? Count Unit ago", |v| shift(v, -1, Origin::Publication)),
    ("shift.ago", "more|less than Count Unit ago", |v| shift(v, -1, Origin::Publication)),
    ("shift.ago", "Count Unit or so ago", |v| shift(v, -1, Origin::Publication)),
    ("shift.from-now", "Approx? Count Unit from now|today", |v| shift(v, 1, Origin::Publication)),
    ("shift.time", "Approx? Count Units '|’ time", |v| shift(v, 1, Origin::Publication)),
    ("shift.second", "the Unit before last", |v| {
        Some(Time::Shift(Some(2.0), v.unit()?, -1, Origin::Publication))
    }),
    ("shift.second", "the Unit after next", |v| {
        Some(Time::Shift(Some(2.0), v.unit()?, 1, Origin::Publication))
    }),
    ("shift.before", "Approx? Count Unit before", |v| shift(v, -1, Origin::Text)),
    ("shift.earlier", "Approx? Count Unit earlier|previously", |v| shift(v, -1, Origin::Text)),
    ("shift.later", "Approx? Count Unit later|afterwards|afterward", |v| shift(v, 1, Origin::Text)),
    ("shift.long-ago", "long ago", |_| Some(Time::Reference("PAST_REF"))),
    ("year-before", "year - ago|earlier", |_| Some(Time::YearBefore(None))),
    ("year-before", "the? (same|comparable)? year - ago|earlier Unit", |v| Some(Time::YearBefore(v.unit()))),
    ("year-before", "the? year - ago|earlier Ordinal quarter", |_| {
        Some(Time::YearBefore(Some(Unit::Quarter)))
    }),
    ("year-before", "the? year - ago|earlier period", |_| Some(Time::YearBefore(None))),
    ("year-before", "the same|comparable|corresponding period (a year ago|earlier)?", |_| {
        Some(Time::YearBefore(None))
    }),
    ("year-before", "the same|comparable|corresponding Unit (last year)", |v| {
        Some(Time::YearBefore(v.unit()))
    }),
    ("year-before", "the same|comparable|corresponding Unit a year ago|earlier", |v| {
        Some(Time::YearBefore(v.unit()))
    }),
    ("year-before", "the same|comparable|corresponding period (of|in)? the? last year", |_| {
        Some(Time::YearBefore(None))
    }),
    // Parts of a day and the clock.
    ("part.which", "Which Part", |v| match v.which()? {
        Which::Last => Some(Time::Part(v.part()?, Some(Box::new(publication(1.0, -1))))),
        which => Some(Time::Part(v.part()?, Some(Box::new(Time::Unit(Unit::Day, which))))),
    }),
    ("part.tonight", "tonight", |_| {
        Some(Time::Part(Part::Night, Some(Box::new(Time::Unit(Unit::Day, Which::This)))))
    }),
    ("part.overnight", "overnight", |_| {
        Some(Time::Part(Part::Night, Some(Box::new(Time::Unit(Unit::Day, Which::Near)))))
    }),
    ("part.the", "the late|early|mid? -? Part", |v| Some(Time::Part(v.part()?, None))),
    ("part.the", "the Part", |v| Some(Time::Part(v.part()?, None))),
    ("part.edge", "late|early|mid -? Part", |v| Some(Time::Part(v.part()?, None))),
    ("part.of", "the? (late|early|mid)? -? Part (of|on) Time", part_of),
    ("part.to", "the Part to Time", part_of),
    ("part.before", "the Part before|earlier", |v| {
        Some(Time::Part(v.part()?, Some(Box::new(Time::Unit(Unit::Day, Which::Before)))))
    }),
    ("part.of", "late|early|mid -? Part Time", part_of),
    ("clock", "around|about|approximately? Clock Zone?", |v| v.clock(None)),
    ("clock", "around|about|approximately? Clock local? time", |v| v.clock(None)),
    ("clock.day", "around|about|approximately? Clock Zone? (local time)? ,? on? Time", clock_of),
    // Durations.
    (
        "duration",
        "Approx? Count more|straight|consecutive|full|long|whole|additional|extra|solid? Unit",
        duration,
    ),
    ("duration", "more|less|fewer than Count Unit", duration),
    ("duration.over", "over Count Unit", duration),
    ("duration", "at least|most Count more? Unit", duration),
    ("duration", "up to Count Unit", duration),
    ("duration", "no more than Count Unit", duration),
    ("duration", "as long|much as Count Unit", duration),
    ("duration.around", "(the|these|those|its|their|his|her)? Which Count Unit", |v| {
        match (v.which()?, v.count()?, v.unit()?) {
            (Which::Last, Some(n), unit) => Some(Time::Around(n, unit, -1)),
            (Which::Next, Some(n), unit) => Some(Time::Around(n, unit, 1)),
            (_, n, unit) => Some(Time::Duration(n, unit)),
        }
    }),
    ("duration", "the Ordinal? Number Unit", duration),
    ("duration", "Number - Unit", duration),
    ("duration", "Number - Unit - long", duration),
    ("duration.half", "Count Unit and a half", |v| {
        Some(Time::Duration(v.count()?.map(|n| n + 0.5), v.unit()?))
    }),
    ("duration.half", "half a|an Unit", |v| {
        Some(match v.unit()? {
            Unit::Hour => Time::Duration(Some(30.0), Unit::Minute),
            Unit::Year => Time::Duration(Some(6.0), Unit::Month),
            unit => Time::Duration(Some(0.5), unit),
        })
    }),
    ("duration.or", "Number or|to|- Number Units", |v| {
        let n = v.0.iter().find_map(|x| if let Value::Count(n) = x { Some(*n) } else { None })?;
        Some(Time::Duration(n, v.unit()?))
    }),
    ("duration.vague", "the? Which Units", |v| match v.which()? {
        Which::Last | Which::Next => Some(Time::Duration(None, v.unit()?)),
        _ => None,
    }),
    ("duration.vague", "Units", |v| Some(Time::Duration(None, v.unit()?))),
    ("duration.long", "Units - long", |v| Some(Time::Duration(None, v.unit()?))),
    // Repeated times.
    ("set", "Set", |v| Some(Time::Set(v.set()?.to_owned()))),
    ("set.every", "every|each Number? Unit", set_of),
    ("set.every", "every other Unit", |v| Some(Time::Set(v.unit()?.duration(Some(2.0))))),
    ("set.rate", "once|twice a|each|every Unit", set_of),
    ("set.weekday", "every|each Weekday", |v| Some(Time::Set(open_weekday(v.weekday()?)))),
    ("set.weekdays", "Weekdays", |v| Some(Time::Set(open_weekday(v.weekday()?)))),
    ("set.month", "every|each Month", |v| Some(Time::Set(format!("XXXX-{:02}", v.month()?)))),
    ("set.season", "every|each Season", |v| {
        let value = Granule::Season(0, v.season()?).value();
        Some(Time::Set(value.replacen("0000", "XXXX", 1)))
    }),
    // References that no calendar fixes.
    ("reference", "Reference", |v| Some(Time::Reference(v.reference()?))),
    ("reference", "very soon", |_| Some(Time::Reference("FUTURE_REF"))),
    ("reference.future", "the near|short|medium|long -? term", |_| Some(Time::Reference("FUTURE_REF"))),
    ("reference", "right now", |_| Some(Time::Reference("PRESENT_REF"))),
    ("reference", "more|very|just|only recently", |_| Some(Time::Reference("PAST_REF"))),
    ("reference.future", "the near|foreseeable|immediate|distant? future", |_| {
        Some(Time::Reference("FUTURE_REF"))
    }),
    ("reference.past", "the recent|distant? past", |_| Some(Time::Reference("PAST_REF"))),
    ("reference.present", "the present", |_| Some(Time::Reference("PRESENT_REF"))),
    ("reference.present", "the time being", |_| Some(Time::Reference("PRESENT_REF"))),
    ("duration.recent", "the? recent|coming Units", |v| Some(Time::Duration(None, v.unit()?))),
    ("reference.recent", "recent", |_| Some(Time::Reference("PAST_REF"))),
    // Pieces of a stretch.
    ("edge.start", "early (in|on|this|that)? Time", |v| edge(v, Edge::Start)),
    ("edge.start", "the (very? beginning|start|onset) of Time", |v| edge(v, Edge::Start)),
    ("edge.middle", "mid -? Time", |v| edge(v, Edge::Middle)),
    ("edge.middle", "the (middle|midpoint) of Time", |v| edge(v, Edge::Middle)),
    ("edge.start", "early - Time", |v| edge(v, Edge::Start)),
    ("edge.end", "late - Time", |v| edge(v, Edge::End)),
    ("edge.end", "late (in|on)? Time", |v| edge(v, Edge::End)),
    ("edge.end", "the end|close of Time", |v| edge(v, Edge::End)),
    ("edge.end", "the end|close of the Unit", |v| edge_of_this(v, Edge::End)),
    ("edge.start", "the beginning|start of the Unit", |v| edge_of_this(v, Edge::Start)),
    ("edge.before", "earlier in the Unit", |v| edge_of_this(v, Edge::Before)),
    ("edge.after", "later in the Unit", |v| edge_of_this(v, Edge::After)),
    ("edge.before", "earlier (in|on)? Time", |v| edge(v, Edge::Before)),
    ("edge.after", "later (in|on)? Time", |v| edge(v, Edge::After)),
    ("edge.after", "the (rest|remainder) of Time", |v| edge(v, Edge::After)),
    // Phrases that begin with a phrase.
    ("part.of", "Time (late|early|mid)? -? Part", part_of),
    ("part.of", "Time ,? in the Part", part_of),
    ("clock.day", "Time ,? (at|around|about)? Clock Zone?", clock_of),
];

fn quarter(v: &Values<'_>, year: Option<Box<Time>>) -> Option<Time> {
    let quarter = i8::try_from(v.ordinal()?).ok().filter(|q| (1..=4).contains(q))?;
    Some(Time::Quarter(quarter, year))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_pattern_is_well_formed() {
        assert!(super::GRAMMAR.rules.len() > 100 && super::GRAMMAR.extending.len() > 3);
    }
}
