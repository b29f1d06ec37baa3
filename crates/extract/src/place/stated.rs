//! Places that a text in capitals introduces as such, by the word for what kind of place they are: "THE MIRAMAR
//! NEIGHBORHOOD", "THE SUBURB OF LAS FLORES", "EL NORTE AIRPORT". No list has them all.

use record::{Parsed, Place, PlacePrecision, Sentence, Upos};

use super::loud::is_loud;
use super::unknown;
use super::words::{self, Class};

/// Longest name, in words.
const MOST_WORDS: usize = 6;

/// Adds what the text introduces as a part of a town, a farm, an airport, a university, and takes it for that where a
/// list knows a whole country or division of the name ("the Venezuela neighborhood").
pub(super) fn add(text: &str, parsed: &Parsed, places: &mut Vec<Place>) {
    for sentence in parsed.sentences.iter().filter(|s| is_loud(text, s)) {
        for i in 0..sentence.tokens.len() {
            let word = sentence.tokens[i].range.of(text).to_lowercase();
            let whole = words::is(Class::Institution, &word);
            if !whole && !words::is(Class::Quarter, &word) {
                continue;
            }
            let name = before(text, sentence, i).or_else(|| after(text, sentence, i));
            let Some((first, last)) = name else { continue };
            let name = sentence.tokens[first].range.cover(sentence.tokens[last].range);
            // An airport is called one, a neighborhood is not.
            let range = if whole { name.cover(sentence.tokens[i].range) } else { name };
            // A town of the list that the text calls a part of one: "MIRAFLORES NEIGHBORHOOD".
            let part = matches!(word.as_str(), "neighborhood" | "neighbourhood" | "suburb" | "barrio");
            let listed = |p: &&mut Place| p.range == range && p.spot.precision == PlacePrecision::City;
            if let Some(p) = places.iter_mut().find(listed).filter(|_| part) {
                p.spot.precision = PlacePrecision::District;
                continue;
            }
            let known = |p: &Place| p.range.overlaps(range);
            let covers = |p: &Place| p.range.start() < range.start() || p.range.end() > range.end();
            let fine = |p: &Place| p.spot.precision < PlacePrecision::Admin1 && !whole;
            if places.iter().filter(|p| known(p)).any(|p| covers(p) || fine(p)) {
                continue;
            }
            places.retain(|p| !known(p));
            let called: Vec<&str> = range.of(text).split_whitespace().collect();
            let spot = unknown(&called.join(" "), PlacePrecision::Site);
            places.push(Place { range, spot, locative: true, rule: "stated" });
        }
    }
    places.sort_by_key(|p| (p.range.start(), p.range.end()));
}

/// The name before the word for the kind, as first and last token.
fn before(text: &str, sentence: &Sentence, kind: usize) -> Option<(usize, usize)> {
    let mut first = kind;
    while first > 0 && kind - first < MOST_WORDS && is_name(text, sentence, first - 1) {
        first -= 1;
    }
    // "northern Las Flores neighborhood", "the Las Flores"
    while first < kind && is_outside(text, sentence, first) {
        first += 1;
    }
    is_proper(sentence, first, kind).then(|| (first, kind - 1))
}

/// The name that follows "of".
fn after(text: &str, sentence: &Sentence, kind: usize) -> Option<(usize, usize)> {
    let of = sentence.tokens.get(kind + 1).is_some_and(|t| t.range.of(text).eq_ignore_ascii_case("of"));
    let mut first = kind + 2;
    if !of || first >= sentence.tokens.len() {
        return None;
    }
    while first < sentence.tokens.len() && is_outside(text, sentence, first) {
        first += 1;
    }
    let mut end = first;
    while end < sentence.tokens.len() && end - first < MOST_WORDS && is_name(text, sentence, end) {
        end += 1;
    }
    is_proper(sentence, first, end).then(|| (first, end - 1))
}

/// Whether a token can be part of a name: a proper noun, or a linking word inside.
fn is_name(text: &str, sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens[i];
    let word = token.range.of(text);
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '.' | '-'));
    let lower = word.to_lowercase();
    let english =
        matches!(lower.as_str(), "of" | "the" | "and" | "an" | "at" | "in" | "on" | "upon" | "by" | "am");
    let inside = words::is(Class::Inside, &lower) && !english;
    letters && (inside || token.upos == Upos::Propn)
}

/// Articles and directions before a name.
fn is_outside(text: &str, sentence: &Sentence, i: usize) -> bool {
    let lower = sentence.tokens[i].range.of(text).to_lowercase();
    matches!(lower.as_str(), "the" | "this" | "that" | "its" | "of" | "and")
        || words::is(Class::Modifier, &lower)
        || words::is(Class::Kind, &lower)
        || super::candidate::demonym(&lower).is_some()
}

/// Whether a proper noun is among the tokens.
fn is_proper(sentence: &Sentence, from: usize, to: usize) -> bool {
    (from..to).any(|i| sentence.tokens[i].upos == Upos::Propn)
}
