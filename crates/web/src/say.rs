//! How values are put for people: dates with their precision, bounds, kinds of event.

use maud::{Markup, html};
use record::{Date, EventType, FigureSet, PlacePrecision, Precision, Spot, When};

/// «3 February 2024», for reading.
pub(crate) fn date(d: Date) -> String {
    d.strftime("%-d %b %Y").to_string()
}

/// A day, a stretch of days, or that it is not known.
#[must_use]
pub fn when(when: When) -> String {
    match (when.earliest(), when.latest(), when.precision()) {
        (None, None, _) => "date not known".to_owned(),
        (Some(a), Some(b), _) if a == b => date(a),
        (Some(a), Some(_), Some(Precision::Year)) => format!("some time in {}", a.year()),
        (Some(a), Some(_), Some(Precision::Decade)) => format!("the {}s", a.year()),
        (Some(a), Some(_), Some(Precision::Month)) => format!("some time in {}", a.strftime("%B %Y")),
        (Some(a), Some(b), _) => format!("{} – {}", short_date(a, b), date(b)),
        (Some(a), None, _) => format!("from {}", date(a)),
        (None, Some(b), _) => format!("by {}", date(b)),
    }
}

/// How finely a date is known, where its own words do not say it.
pub(crate) fn date_precision(when: When) -> Option<String> {
    match when.precision()? {
        // These are told by how the date is put.
        Precision::Day | Precision::Time | Precision::Month | Precision::Year | Precision::Decade => None,
        Precision::Vague => Some("vague".to_owned()),
        p => Some(format!("to the {p}")),
    }
}

/// A date without what the one after it says too.
fn short_date(a: Date, b: Date) -> String {
    let format = match (a.year() == b.year(), a.month() == b.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %b",
        _ => "%-d %b %Y",
    };
    a.strftime(format).to_string()
}

/// Bounds as people write them.
#[must_use]
pub fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (None, None) => "?".to_owned(),
        (Some(a), Some(b)) if a == b => number(a),
        (Some(a), Some(b)) => format!("{}–{}", number(a), number(b)),
        (Some(a), None) => format!("≥ {}", number(a)),
        (None, Some(b)) => format!("≤ {}", number(b)),
    }
}

/// The bounds of a figure: "> 100 000" for "more than 100,000".
#[must_use]
pub(crate) fn range(set: &FigureSet) -> String {
    let above = set.above();
    above.map_or_else(|| bounds(set.low, set.high), |n| format!("> {}", number(n)))
}

/// With thin spaces between thousands.
#[must_use]
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    out
}

/// «40 killed», with the range of the claims where they differ.
pub(crate) fn figure(set: &FigureSet) -> Markup {
    let range = range(set);
    let best = set.best.filter(|_| set.above().is_none()).map_or_else(|| range.clone(), number);
    let best = set.vague().map_or(best, |word| word.to_string());
    html! {
        strong { (best) } " " (counted(set))
        @if let Some(place) = &set.place { " in " (place) }
        @if best != range { " " span.range { (range) } }
    }
}

/// What is counted: «soldiers killed», «targets».
pub(crate) fn counted(set: &FigureSet) -> String {
    match &set.of {
        Some(of) => format!("{of} {}", set.what),
        None => set.what.clone(),
    }
}

/// The kind of an event in plain words.
#[must_use]
pub fn kind(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "agreement",
        EventType::Consult => "talks",
        EventType::Support => "support",
        EventType::Concede => "concession",
        EventType::Cooperate => "cooperation",
        EventType::Aid => "aid",
        EventType::Retreat => "retreat",
        EventType::Request => "demand",
        EventType::Accuse => "accusation",
        EventType::Reject => "rejection",
        EventType::Threaten => "threat",
        EventType::Protest => "protest",
        EventType::Sanction => "sanction",
        EventType::Mobilize => "mobilization",
        EventType::Coerce => "coercion",
        EventType::Assault => "attack",
    }
}

/// How fine a place is, as people say it.
#[must_use]
pub fn fineness(precision: &str) -> &str {
    match precision {
        "city" => "town",
        "admin1" => "province",
        other => other,
    }
}

/// A country as people call it, or its code.
#[must_use]
pub fn country_name(code: &str) -> &str {
    formats::country_name(code).unwrap_or(code)
}

/// A place with how exactly it is meant, where it is not a spot on a map.
pub(crate) fn place(spot: &Spot) -> Markup {
    let country = spot.country.filter(|_| spot.precision != PlacePrecision::Country);
    html! {
        span.place {
            (spot.name)
            @if let Some(c) = country { @if spot.precision != PlacePrecision::Region { ", " (country_name(c)) } }
            @match spot.precision {
                PlacePrecision::Site | PlacePrecision::City => {},
                PlacePrecision::District => span.how { " (district)" },
                PlacePrecision::Admin1 => span.how { " (province)" },
                PlacePrecision::Country => span.how { " (country)" },
                PlacePrecision::Region => span.how { " (region)" },
            }
        }
    }
}

/// A heading of this level, from 1.
pub(crate) fn heading(level: u8, class: &str, content: &Markup) -> Markup {
    html! {
        @match level {
            0 | 1 => h1 class=(class) { (content) },
            2 => h2 class=(class) { (content) },
            3 => h3 class=(class) { (content) },
            4 => h4 class=(class) { (content) },
            _ => h5 class=(class) { (content) },
        }
    }
}

/// «1 report», «2 reports».
#[must_use]
pub fn count(n: usize, one: &str) -> String {
    let number = number(u64::try_from(n).unwrap_or(u64::MAX));
    if n == 1 { format!("{number} {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_people_write_them() {
        assert_eq!(number(1234), "1234");
        assert_eq!(number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(bounds(Some(12), None), "≥ 12");
        let (a, b): (Date, Date) = ("2024-01-29".parse().unwrap(), "2024-02-04".parse().unwrap());
        let between = |a, b, p| when(When::from_bounds(a, b, p));
        assert_eq!(between(Some(a), Some(b), Precision::Week), "29 Jan – 4 Feb 2024");
        assert_eq!(between(Some(a), None, Precision::Vague), "from 29 Jan 2024");
        let (a, b): (Date, Date) = ("2009-01-01".parse().unwrap(), "2009-12-31".parse().unwrap());
        assert_eq!(between(Some(a), Some(b), Precision::Year), "some time in 2009");
        assert_eq!(between(None, None, Precision::Day), "date not known");
    }
}
