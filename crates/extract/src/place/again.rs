//! Words that take up a place without its name: "the capital", "here", "in the city".

use record::{PlacePrecision, TextRange};

use super::candidate::{self, Candidate};
use super::detect::{Mention, Word, split};
use super::words::{self, Class};

/// "the Peruvian capital", "this capital" (of the country that the text says it was written in), "in the capital" (of the
/// country spoken of last): the word "capital", where no name follows it.
pub(super) fn capitals(text: &str, offset: usize, found: &mut Vec<Mention>) {
    const OTHER: &[&str] = &[
        "market",
        "markets",
        "flight",
        "flow",
        "flows",
        "goods",
        "gains",
        "punishment",
        "investment",
        "investments",
        "outflows",
        "inflows",
        "controls",
        "crime",
        "crimes",
        "expenditure",
        "spending",
        "fund",
        "funds",
        "and",
        "of",
    ];
    let written: Option<&'static str> = found
        .first()
        .filter(|m| text.get(..m.range.start() - offset).is_some_and(|before| before.len() < 40))
        .and_then(|m| m.candidates.first()?.spot.country);
    let words = split(text);
    let mut more = Vec::new();
    for (i, word) in words.iter().enumerate().skip(1).filter(|(_, w)| w.lower == "capital" && w.spaced) {
        let before = &words[i - 1];
        let country = match before.lower.as_str() {
            "this" => written,
            "the" if i > 1 && words::is(Class::Preposition, &words[i - 2].lower) => {
                spoken_of(text, &words[..i], offset, found)
            }
            _ => candidate::demonym(before.range.of(text)).and_then(|c| c.spot.country),
        };
        let goes_on = words.get(i + 1).is_some_and(|w| w.spaced && OTHER.contains(&w.lower.as_str()));
        let range = TextRange::new(word.range.start() + offset, word.range.end() + offset);
        let named = found.iter().any(|m| m.range.start().saturating_sub(range.end()) <= 2 && m.range > range);
        if let Some(capital) = country.filter(|_| !goes_on && !named).and_then(candidate::capital) {
            let name = capital.spot.name.to_lowercase();
            more.push(Mention { range, name, ..certain(capital) });
        }
    }
    found.extend(more);
    found.sort_by_key(|m| m.range.start());
}

/// Adds "here", the place that a report is written in, and "in the city", "in the province", the one of that kind that was named
/// last.
/// `written` is the town of a dateline that stands apart.
pub(super) fn take_up(text: &str, written: Option<Mention>, found: &mut Vec<Mention>) {
    let words = split(text);
    let written = written.or_else(|| written_in(text, found));
    let mut more = Vec::new();
    for (i, word) in words.iter().enumerate().skip(1) {
        let before = &words[i - 1];
        if word.lower == "here" {
            let next = words.get(i + 1).map_or("", |w| w.lower.as_str());
            let told =
                word.spaced && !word.first && !matches!(next, "is" | "are" | "was" | "were" | "to" | "and");
            // A quoted "here" is the speaker's.
            if let Some(place) = written.clone().filter(|_| told && !is_quoted(text, word.range.start())) {
                more.push(Mention { range: word.range, again: true, ..place });
            }
            continue;
        }
        let fits: &[PlacePrecision] = match word.lower.as_str() {
            "city" | "town" | "village" | "port" => &[PlacePrecision::City, PlacePrecision::District],
            "province" | "region" | "governorate" => &[PlacePrecision::Admin1],
            _ => continue,
        };
        let inside = i > 1
            && matches!(before.lower.as_str(), "the" | "this" | "that")
            && matches!(
                words[i - 2].lower.as_str(),
                "in" | "into" | "inside" | "at" | "across" | "near" | "outside"
            );
        // "The city of Northport", "the city's mayor"
        let after = words.get(i + 1);
        let named = after.is_some_and(|w| w.spaced && (w.lower == "of" || w.capital))
            || text[word.range.end()..].starts_with(['\'', '’']);
        if !inside || named || is_quoted(text, word.range.start()) {
            continue;
        }
        let at = word.range.start();
        let before = found.partition_point(|m| m.range.end() <= at);
        let near = found[..before].iter().rev().take_while(|m| at - m.range.end() <= SPOKEN);
        let kind = |m: &&Mention| {
            let first = m.candidates.first().map(|c| c.spot.precision);
            !m.demonym && first.is_some_and(|p| fits.contains(&p))
        };
        let mut of_kind = near.filter(kind);
        let Some(last) = of_kind.next() else { continue };
        // Two towns in the sentence before: nobody knows which.
        let sentence = text[..last.range.start()].rfind(['.', '\n']).unwrap_or(0);
        if of_kind.next().is_some_and(|m| m.range.start() > sentence && m.name != last.name) {
            continue;
        }
        more.push(Mention { range: word.range, again: true, ..last.clone() });
    }
    found.extend(more);
    found.sort_by_key(|m| m.range.start());
}

/// The town of a dateline: "NORTHPORT, May 3 --".
fn written_in(text: &str, found: &[Mention]) -> Option<Mention> {
    let first = found.iter().take(FIRST).find(|m| {
        let line = text[..m.range.start()].rfind('\n').map_or(0, |n| n + 1);
        let rest = text.get(m.range.end()..).unwrap_or("");
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let mark = ["--", "—", " – ", " - "].iter().filter_map(|mark| rest[..line_end].find(mark)).min();
        text[line..m.range.start()].trim().is_empty() && mark.is_some_and(|at| at <= DATELINE)
    })?;
    is_town(first).then(|| first.clone())
}

/// Whether a mention names a town before anything else.
pub(super) fn is_town(mention: &Mention) -> bool {
    let town = |c: &Candidate| c.spot.precision == PlacePrecision::City;
    !mention.demonym && mention.candidates.iter().any(town)
}

/// Places of a report among which the town of its dateline is.
const FIRST: usize = 20;

/// Bytes behind a town within which a dateline ends.
const DATELINE: usize = 40;

/// Whether words stand in quotation marks that their paragraph opened before them.
fn is_quoted(text: &str, at: usize) -> bool {
    let paragraph = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let before = &text[paragraph..at];
    before.matches('"').count() % 2 == 1 || before.matches('“').count() > before.matches('”').count()
}

/// Bytes before "the capital" within which its country is looked for.
const SPOKEN: usize = 600;

/// The country that was named last, by itself or by its capital, which may stand for the government.
fn spoken_of(text: &str, words: &[Word], offset: usize, found: &[Mention]) -> Option<&'static str> {
    let at = words.last()?.range.end() + offset;
    let near = |end: usize| end <= at && at - end <= SPOKEN;
    let whole = found.iter().rev().filter(|m| !m.demonym && near(m.range.end())).find_map(|m| {
        let first = m.candidates.first().filter(|c| c.spot.precision == PlacePrecision::Country)?;
        Some((m.range.start(), first.spot.country?))
    });
    let seat = words.iter().rev().take_while(|w| near(w.range.end() + offset)).find_map(|w| {
        let capital = super::country::of_capital(w.range.of(text)).filter(|_| w.capital)?;
        Some((w.range.start() + offset, capital.code))
    });
    // A seat of government alone does not outweigh the country that the text is about.
    let home = super::home::of(found.iter().filter_map(|m| m.candidates.first()?.spot.country));
    // Nor does a country that another sentence mentions ("talks in Geneva, Switzerland").
    let here = |from: usize| {
        let between = text.get(from - offset..at - offset).unwrap_or("");
        ![". ", ".\n"].iter().any(|end| between.contains(end))
    };
    let whole = whole.filter(|(from, country)| home.is_none_or(|home| home == *country) || here(*from));
    // "In Northport, east of the capital": of the country of the town beside it, unless another is named there.
    let town = found.iter().rev().filter(|m| !m.demonym && near(m.range.end()) && here(m.range.start()));
    let of_town = town.take(1).find_map(|m| {
        let countries = m.candidates.iter().map(|c| c.spot.country);
        let first = m.candidates.first().filter(|c| c.spot.precision != PlacePrecision::Country)?;
        let country = first.spot.country?;
        countries.into_iter().all(|c| c == Some(country)).then_some(country)
    });
    let told_here = whole.map(|(from, _)| from).into_iter().chain(seat.map(|(at, _)| at)).any(here);
    let meant = match (whole, seat, home) {
        (None, None, home) => home,
        (Some((from, country)), Some((at, _)), _) if from > at => Some(country),
        (_, Some(_), Some(home)) => Some(home),
        (whole, seat, _) => whole.into_iter().chain(seat).max().map(|(_, country)| country),
    };
    meant.map(|meant| of_town.filter(|_| !told_here).unwrap_or(meant))
}

/// A mention that can mean one place only; its range and name are still to be set.
fn certain(meant: Candidate) -> Mention {
    Mention {
        range: TextRange::new(0, 0),
        name: String::new(),
        candidates: vec![meant],
        within: None,
        locative: true,
        demonym: false,
        certain: true,
        doubtful: false,
        loud: false,
        unknown: false,
        again: false,
    }
}
