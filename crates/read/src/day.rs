//! Dates and times as outlets write them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};
use regex::{Captures, Regex};

use crate::data::{self, BadLine};

/// A day as written, with the instant if a time and its zone are written too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp {
    /// The outlet's own day.
    pub(crate) date: Date,
    /// The instant.
    pub(crate) time: Option<Timestamp>,
}

impl From<Date> for Stamp {
    fn from(date: Date) -> Stamp {
        Stamp { date, time: None }
    }
}

/// Years in which a report may have been published: archives go back to the agencies of the last century. Later ones are
/// left to whoever knows today's date.
const YEARS: Range<i16> = 1900..2100;

/// Years of the web: those of addresses, of counts of seconds (any number may look like one), and of a date that merely
/// stands somewhere on a page.
const WEB_YEARS: Range<i16> = 1990..2100;

/// Reads a value that is a date as a whole: ISO 8601, RFC 2822, seconds or milliseconds since 1970, `20240205`, or
/// words ("5 February 2024, 10:30 GMT").
pub(crate) fn parse(value: &str) -> Option<Stamp> {
    let value = value.trim().trim_matches('"');
    if value.len() < 6 || value.len() > 120 {
        return None;
    }
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return number(value);
    }
    find(value).into_iter().next().map(|(_, stamp)| stamp)
}

/// The day in a path such as `/2024/02/05/` or `/20240205/`.
pub(crate) fn in_url(url: &str) -> Option<Date> {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|[^0-9])((?:19|20)\d\d)([/_.-]?)([01]?\d)([/_.-]?)([0-3]?\d)(?:[^0-9]|$)")
    });
    let path = url.split_once("//").map_or(url, |(_, rest)| rest);
    let mut from = 0;
    while let Some(found) = path.get(from..).and_then(|rest| PARTS.captures(rest)) {
        let same = found[2] == found[4] && (!found[2].is_empty() || found[3].len() + found[5].len() == 4);
        let date = same.then(|| ymd(&found[1], &found[3], &found[5])).flatten();
        if let Some(date) = date.filter(|d| is_of_the_web(*d)) {
            return Some(date);
        }
        from += found.get(1).map_or(path.len(), |m| m.end());
    }
    None
}

/// Whether a page of the web can be of this day.
pub(crate) fn is_of_the_web(date: Date) -> bool {
    WEB_YEARS.contains(&date.year())
}

/// All full dates (with a year) in `text`, in order, each with the bytes it takes, time and zone included. A date of
/// two numbers that could be either day or month is left out.
pub(crate) fn find(text: &str) -> Vec<(Range<usize>, Stamp)> {
    if !may_hold_a_date(text) {
        return Vec::new();
    }
    let mut found: Vec<(Range<usize>, Date)> = Vec::new();
    for (shape, read) in SHAPES.iter() {
        let mut from = 0;
        while from <= text.len()
            && let Some(captures) = shape.captures_at(text, from)
        {
            let Some(whole) = captures.name("date").or_else(|| captures.get(0)) else { break };
            let range = whole.range();
            let free = found.iter().all(|(r, _)| r.end <= range.start || range.end <= r.start);
            if let Some(date) = free.then(|| read(&captures)).flatten() {
                found.push((range.clone(), date));
                from = range.end;
            } else {
                // Past the first character, which may be wide.
                from = range.start + text[range.start..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }
    found.sort_by_key(|(r, _)| r.start);
    found
        .into_iter()
        .map(|(range, date)| {
            let (end, time) = clock(text, range.end, date);
            (range.start..end, Stamp { date, time })
        })
        .collect()
}

/// Whether there are digits enough: those of a day and a year, apart or run together ("Feb 182009"). Most lines have
/// none, and the shapes are slow.
fn may_hold_a_date(text: &str) -> bool {
    let (mut runs, mut length) = (0, 0);
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            runs += usize::from(length == 0);
            length += 1;
            if runs == 2 || length == 5 {
                return true;
            }
        } else {
            length = 0;
        }
    }
    false
}

type Shape = (Regex, fn(&Captures<'_>) -> Option<Date>);

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    vec![
        (pattern(r"(?:^|[^\d/.-])(?<date>(\d{4})[-/.](\d{1,2})[-/.](\d{1,2}))(?:$|[^\d/-])"), |c| {
            ymd(&c[2], &c[3], &c[4])
        }),
        (pattern(r"(?:^|\D)(?<date>(\d{4})(\d\d)(\d\d))(?:$|T|\D)"), |c| ymd(&c[2], &c[3], &c[4])),
        (pattern(r"(?<date>(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"), |c| {
            ymd(&c[2], &c[3], &c[4])
        }),
        (
            pattern(
                r"(?:^|[^\d])(?<date>(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[\s\u{a0}/-]*(?:of |de |di |d')?(\p{L}+)\.?,?[\s\u{a0}/-]*(?:de |del )?'?(\d{4}|\d{2}))(?:$|[^\d:]|:$|:\D)",
            ),
            |c| ymd(&c[4], month(&c[3])?, &c[2]),
        ),
        (
            pattern(
                r"(?:^|[^\p{L}])(?<date>(\p{L}+)\.?[\s\u{a0}]*(\d{1,2})(?:st|nd|rd|th)?[,.]?[\s\u{a0}]*(?:of |at )?(\d{4}))(?:$|\D)",
            ),
            |c| ymd(&c[4], month(&c[2])?, &c[3]),
        ),
        (pattern(r"(?:^|\D)(?<date>(\d{4})[\s.-]+(\p{L}+)\.?[\s-]*(\d{1,2}))(?:$|[^\d:])"), |c| {
            ymd(&c[2], month(&c[3])?, &c[4])
        }),
        (
            pattern(
                r"(?:^|[^\d./-])(?<date>(\d{1,2})([./-])\s?(\d{1,2})([./-])\s?(\d{4}|\d{2}))(?:$|[^\d/-])",
            ),
            |c| numbers(&c[2], &c[3], &c[4], &c[5], &c[6]),
        ),
    ]
});

/// `5.2.2024` has the day first; with slashes or hyphens only a number above 12 tells.
fn numbers(a: &str, mark: &str, b: &str, second: &str, year: &str) -> Option<Date> {
    if mark != second {
        return None;
    }
    let (x, y): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    if mark == "." || x > 12 || x == y {
        ymd(year, b, a)
    } else if y > 12 {
        ymd(year, a, b)
    } else {
        None
    }
}

fn ymd(year: &str, month: impl ToString, day: &str) -> Option<Date> {
    let mut year: i16 = year.parse().ok()?;
    if year < 100 {
        year += if year < 70 { 2000 } else { 1900 };
    }
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, month.to_string().parse().ok()?, day.parse().ok()?).ok()
}

fn month(name: &str) -> Option<i8> {
    static NAMES: LazyLock<HashMap<&str, i8>> =
        LazyLock::new(|| data::embedded(months(include_str!("../data/months.tsv"))));
    NAMES.get(name.to_lowercase().as_str()).copied()
}

/// The first day and month in a line that has no year beside it: where it stands, the month and the day.
pub(crate) fn without_year(line: &str) -> Option<(Range<usize>, i8, i8)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/' | '.')) {
        if !word.is_empty() {
            words.push((word.as_ptr() as usize - line.as_ptr() as usize, word));
        }
    }
    let number = |w: &str| w.parse::<i8>().ok().filter(|d| (1..=31).contains(d));
    let year = |w: Option<&(usize, &str)>| {
        w.is_some_and(|(_, w)| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))
    };
    words.windows(2).enumerate().find_map(|(i, pair)| {
        let [(a, first), (b, second)] = *pair else { return None };
        let (month, day) = match (month(first), number(second)) {
            (Some(month), Some(day)) => (month, day),
            _ => (month(second)?, number(first)?),
        };
        (!year(words.get(i + 2))).then_some((a..b + second.len(), month, day))
    })
}

/// Whether a word is the name of a month, or short for one.
pub(crate) fn is_month(name: &str) -> bool {
    month(name).is_some()
}

fn months(file: &'static str) -> Result<HashMap<&'static str, i8>, BadLine> {
    let mut names = HashMap::new();
    for ([_, month, list], at) in data::rows("months.tsv", file)? {
        let month = month.parse().ok().filter(|m| (1..=12).contains(m));
        let month = month.ok_or_else(|| at.bad("a month is a number from 1 to 12"))?;
        for name in list.split(' ') {
            if names.insert(name, month).is_some_and(|other| other != month) {
                return Err(at.bad(format!("«{name}» is the name of another month as well")));
            }
        }
    }
    Ok(names)
}

/// The time of day and zone right after a date: the end of what was read, and the instant if the zone is known.
fn clock(text: &str, at: usize, date: Date) -> (usize, Option<Timestamp>) {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:T|,?\s*(?:at|um|à|kl\.?|[-–—|•·@]|\()?\s*)(\d{1,2})[:.h]?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s?(?i:([ap])\.?m\.?)?(?:\s?(Z|[+-]\d\d:?\d\d|[A-Z]{3,4})\b)?",
        )
    });
    let none = (at, None);
    let Some(found) = text.get(at..).and_then(|rest| CLOCK.captures(rest)) else { return none };
    let number = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<i8>().ok());
    let (Some(mut hour), Some(minute)) = (number(1), number(2)) else { return none };
    match found.get(4).map(|m| m.as_str().to_ascii_lowercase()).as_deref() {
        Some("p") if hour < 12 => hour += 12,
        Some("a") if hour == 12 => hour = 0,
        _ => {}
    }
    let Ok(time) = Time::new(hour, minute, number(3).unwrap_or(0).min(59), 0) else { return none };
    let end = at + found.get(0).map_or(0, |m| m.end());
    let zone = found.get(5).and_then(|m| offset(m.as_str()));
    (end, zone.and_then(|offset| instant(date.to_datetime(time), offset)))
}

/// Hours of zone names that mean one zone only.
fn offset(name: &str) -> Option<Offset> {
    let hours = match name {
        "Z" | "UTC" | "GMT" => 0,
        "CET" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "EDT" => -4,
        "EST" => -5,
        "PDT" => -7,
        "PST" => -8,
        _ => {
            let sign = if name.starts_with('-') { -1 } else { 1 };
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) =
                (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..4)?.parse::<i32>().ok()?);
            return Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok();
        }
    };
    Offset::from_seconds(hours * 3600).ok()
}

fn instant(at: DateTime, offset: Offset) -> Option<Timestamp> {
    TimeZone::fixed(offset).to_timestamp(at).ok()
}

/// Seconds or milliseconds since 1970, or `20240205`, or `20240205103000` (UTC).
fn number(digits: &str) -> Option<Stamp> {
    let value: i64 = digits.parse().ok()?;
    let from = |timestamp: Timestamp| {
        let date = Offset::UTC.to_datetime(timestamp).date();
        is_of_the_web(date).then_some(Stamp { date, time: Some(timestamp) })
    };
    match digits.len() {
        8 => ymd(&digits[..4], &digits[4..6], &digits[6..]).map(Stamp::from),
        14 => {
            let date = ymd(&digits[..4], &digits[4..6], &digits[6..8])?;
            let part = |r: Range<usize>| digits[r].parse::<i8>().ok();
            let time = civil::Time::new(part(8..10)?, part(10..12)?, part(12..14)?, 0).ok()?;
            Some(Stamp { date, time: instant(date.to_datetime(time), Offset::UTC) })
        }
        9 | 10 => from(Timestamp::from_second(value).ok()?),
        13 => from(Timestamp::from_millisecond(value).ok()?),
        _ => None,
    }
}

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("the patterns of this module are right")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_written() {
        for (written, date, time) in [
            ("2024-02-05", "2024-02-05", None),
            ("2024-02-05T23:30:00-05:00", "2024-02-05", Some("2024-02-06T04:30:00Z")),
            ("2024-02-05T10:30:00.123Z", "2024-02-05", Some("2024-02-05T10:30:00Z")),
            ("2024-02-05 10:30", "2024-02-05", None),
            ("Mon, 05 Feb 2024 10:30:00 +0000", "2024-02-05", Some("2024-02-05T10:30:00Z")),
            ("20240205T101500Z", "2024-02-05", Some("2024-02-05T10:15:00Z")),
            ("1707129000", "2024-02-05", Some("2024-02-05T10:30:00Z")),
            ("5 February 2024, 10:30 GMT", "2024-02-05", Some("2024-02-05T10:30:00Z")),
            ("February 5th, 2024 at 9:05 p.m. EST", "2024-02-05", Some("2024-02-06T02:05:00Z")),
            ("Feb. 5, 2024", "2024-02-05", None),
            ("Feb 182024", "2024-02-18", None),
            ("5. März 2024", "2024-03-05", None),
            ("le 1er août 2023", "2023-08-01", None),
            ("5 de febrero de 2024", "2024-02-05", None),
            ("05.02.2024", "2024-02-05", None),
            ("25/02/2024", "2024-02-25", None),
            ("02/25/2024", "2024-02-25", None),
            ("2024年2月5日", "2024-02-05", None),
            ("3 Jan 89", "1989-01-03", None),
            ("1914-07-28", "1914-07-28", None),
            ("19620513", "1962-05-13", None),
        ] {
            let stamp = parse(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(stamp.date.to_string(), date, "{written}");
            assert_eq!(stamp.time.map(|t| t.to_string()), time.map(str::to_owned), "{written}");
        }
    }

    #[test]
    fn what_is_no_sure_date() {
        for written in [
            "05/02/2024",
            "2024-13-05",
            "on Wednesday",
            "Feb 5",
            "1.2.3",
            "in 2024",
            "31.02.2024",
            "28 July 1814",
            "2150-01-01",
            "18991231",
            "318211200",
        ] {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn a_bad_line_of_the_months_is_named() {
        let bad = |file| months(file).unwrap_err().to_string();
        assert_eq!(bad("en\t1\tjan\nen\tx\tfeb\n"), "months.tsv:2: a month is a number from 1 to 12");
        assert_eq!(bad("en\t13\tjan\n"), "months.tsv:1: a month is a number from 1 to 12");
        assert_eq!(
            bad("en\t5\tmay\nxx\t6\tmay\n"),
            "months.tsv:2: «may» is the name of another month as well"
        );
    }

    #[test]
    fn dates_in_addresses() {
        let day = |url: &str| in_url(url).map(|d| d.to_string());
        assert_eq!(day("https://a.example/2024/02/05/story"), Some("2024-02-05".into()));
        assert_eq!(day("https://a.example/20240205/story-1116592400.html"), Some("2024-02-05".into()));
        assert_eq!(day("https://a.example/news/2024-2-5-story"), Some("2024-02-05".into()));
        assert_eq!(day("https://a.example/story-1116592400.html"), None);
        assert_eq!(day("https://a.example/2024/story"), None);
        assert_eq!(day("https://a.example/archive/1914/07/28/war"), None);
    }
}
