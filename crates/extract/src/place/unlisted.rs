//! Places that no list knows: what the tagger takes for a place where the text says what it lies in ("Kfar Sira in
//! southern Lebanon"), what kind of place it is ("the village of Kfar Sira"), names it in a row with a known one, or where
//! the model is sure that a deed was there ([`super::believed`]).

use record::{EntityKind, Parsed, Place, PlacePrecision, TextRange};

use super::loud::is_loud;
use super::unknown;
use super::words::{self, Class};

/// Adds them. Sentences in capitals have rules of their own (`loud`).
pub(super) fn add(text: &str, parsed: &Parsed, believed: &[TextRange], places: &mut Vec<Place>) {
    let mut found = Vec::new();
    let loud: Vec<_> = parsed.sentences.iter().filter(|s| is_loud(text, s)).map(|s| s.range).collect();
    for entity in parsed.entities.iter().filter(|e| e.kind == EntityKind::Loc) {
        let Some(range) = bare(text, entity.range) else { continue };
        if loud.iter().any(|s| s.overlaps(range)) || places.iter().any(|p| p.range.overlaps(entity.range)) {
            continue;
        }
        if is_somebody(text, parsed, range) {
            continue;
        }
        let mut spot = unknown(range.of(text), PlacePrecision::City);
        match (whole(text, range, places), neighbour(text, range, places)) {
            (Some(whole), _) if is_put_somewhere(text, range) => {
                spot.country = whole.spot.country;
                spot.admin1.clone_from(&whole.spot.admin1);
                // Somewhere in the division: its coordinates, and its precision, as event data sets do.
                if whole.spot.precision == PlacePrecision::Admin1 {
                    (spot.lat, spot.lon) = (whole.spot.lat, whole.spot.lon);
                    spot.precision = PlacePrecision::Admin1;
                }
            }
            (_, Some(beside)) => spot.country = beside.spot.country,
            _ if is_put_somewhere(text, range) && measured(text, range, places).is_some() => {
                spot.country = measured(text, range, places).and_then(|p| p.spot.country);
            }
            _ if is_called(text, entity.range, range) || is_there(text, range) => {}
            _ if believed.contains(&entity.range) && !goes_on(text, range) => {}
            _ => continue,
        }
        found.push(Place { range, spot, locative: true, rule: "unlisted" });
    }
    let named = named_again(text, &found, places);
    places.extend(found);
    places.extend(named);
    for range in super::believed::sites(text, parsed) {
        if !places.iter().any(|p| p.range.overlaps(range)) {
            let spot = unknown(range.of(text), PlacePrecision::Site);
            places.push(Place { range, spot, locative: true, rule: "unlisted" });
        }
    }
    places.sort_by_key(|p| (p.range.start(), p.range.end()));
}

/// Where a name found in one place of the text stands before a deed: "the Kfar Sira massacre".
fn named_again(text: &str, found: &[Place], places: &[Place]) -> Vec<Place> {
    let mut more: Vec<Place> = Vec::new();
    for place in found {
        for (at, name) in text.match_indices(place.spot.name.as_str()) {
            let range = TextRange::new(at, at + name.len());
            let before = text[..at].split_whitespace().next_back().unwrap_or("");
            let after = text[range.end()..].strip_prefix(' ').unwrap_or("");
            let alone = text[..at].ends_with(' ') && before.chars().all(char::is_lowercase);
            let noun = crate::event::is_deed(after.split(|c: char| !c.is_alphabetic()).next().unwrap_or(""));
            let taken = found.iter().chain(places).chain(&more).any(|p| p.range.overlaps(range));
            if alone && noun && !taken {
                more.push(Place { range, ..place.clone() });
            }
        }
    }
    more
}

/// The name without words for its kind, if each of its words begins like a name.
fn bare(text: &str, range: TextRange) -> Option<TextRange> {
    let mut name = range.of(text);
    while let Some((rest, last)) = name.rsplit_once(' ') {
        if !words::is(Class::Kind, &last.to_lowercase()) {
            break;
        }
        name = rest.trim_end();
    }
    let proper =
        |word: &str| word.starts_with(char::is_uppercase) || words::is(Class::Inside, &word.to_lowercase());
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'));
    let common = words::is(Class::Common, &name.to_lowercase());
    (letters > 2 && plain && !common && name.split([' ', '-']).all(proper))
        .then(|| TextRange::new(range.start(), range.start() + name.len()))
}

/// Whether the report tells elsewhere of a person whose last name it is.
fn is_somebody(text: &str, parsed: &Parsed, name: TextRange) -> bool {
    let name = name.of(text);
    parsed
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Per)
        .any(|e| e.range.of(text).rsplit_once(char::is_whitespace).is_some_and(|(_, last)| last == name))
}

/// Whether the name is only the beginning of one: "the San | Marco hospital".
fn goes_on(text: &str, range: TextRange) -> bool {
    text.get(range.end()..)
        .and_then(|rest| rest.strip_prefix(' '))
        .is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn last_word(text: &str) -> String {
    text.split_whitespace().next_back().unwrap_or("").to_lowercase()
}

/// Whether a word that puts something somewhere stands before.
fn is_put_somewhere(text: &str, range: TextRange) -> bool {
    let word = last_word(text.get(..range.start()).unwrap_or(""));
    words::is(Class::Preposition, &word)
}

/// Whether it is said that something is or was there: "was shot in Kfar Sira". What stands there is a place, not a party.
fn is_there(text: &str, range: TextRange) -> bool {
    let word = last_word(text.get(..range.start()).unwrap_or(""));
    let mut words = text.get(range.end()..).unwrap_or("").split_whitespace();
    // "in Kfar Sira's view", "in Karim Sharif Qasem"
    let goes_on =
        words.next().is_some_and(|w| w.starts_with(char::is_uppercase) || w.starts_with(['\'', '’']));
    words::is(Class::There, &word) && !goes_on
}

/// "the village of Kfar Sira", "Kfar Sira village".
fn is_called(text: &str, entity: TextRange, name: TextRange) -> bool {
    let kind = |word: &str| words::is(Class::Kind, &word.to_lowercase());
    let before = text.get(..name.start()).unwrap_or("").trim_end();
    let after = text.get(name.end()..).unwrap_or("").split_whitespace().next().unwrap_or("");
    name.end() < entity.end()
        || before.strip_suffix(" of").is_some_and(|b| kind(&last_word(b)))
        || kind(after.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The country or division that the text says the place lies in: "Kfar Sira, Lebanon", "Kfar Sira in northern Lebanon".
fn whole<'p>(text: &str, range: TextRange, places: &'p [Place]) -> Option<&'p Place> {
    let next = places.iter().find(|p| p.range.start() >= range.end())?;
    let between = text.get(range.end()..next.range.start())?;
    // ", in the department of", "in northern", "village of"
    let passed = |w: &&str| {
        let word = w.trim_matches(|c: char| c.is_ascii_punctuation()).to_lowercase();
        matches!(word.as_str(), "" | "the" | "of")
            || words::is(Class::Modifier, &word)
            || words::is(Class::Kind, &word)
    };
    let mut words = between.split_whitespace().filter(|w| !passed(w));
    let stops = between.contains(['.', ';', ':']);
    let inside = match (words.next(), words.next()) {
        (None, _) => between.contains(',') || between.contains('('),
        (Some("in"), None) => true,
        _ => false,
    } && !stops;
    let holds = matches!(next.spot.precision, PlacePrecision::Admin1 | PlacePrecision::Country);
    (inside && holds).then_some(next)
}

/// The town from which it is told how far the place lies: "Kfar Sira, 47 km (29 miles) southwest of Tyre", "Kfar Sira,
/// near Tyre".
fn measured<'p>(text: &str, range: TextRange, places: &'p [Place]) -> Option<&'p Place> {
    let next = places.iter().find(|p| p.range.start() >= range.end() && p.locative)?;
    let between = text.get(range.end()..next.range.start())?.to_lowercase();
    let between = between.trim_start().trim_start_matches([',', '(']).trim();
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let far = between.len() < 60
        && between.starts_with(|c: char| c.is_ascii_digit())
        && words.next_back().is_some_and(|w| matches!(w, "of" | "from"))
        && words.any(|w| words::is(Class::Measure, w.trim_start_matches(|c: char| c.is_ascii_digit())));
    let near = words::is(Class::Beside, between);
    (far || near).then_some(next)
}

/// A town in a row with the place: "Khan Younis, Kfar Sira and Rafah", not "Khan Younis, Sira's home town".
fn neighbour<'p>(text: &str, range: TextRange, places: &'p [Place]) -> Option<&'p Place> {
    let owns = |s: &str| text.get(range.end()..).is_some_and(|rest| rest.starts_with(s));
    if owns("'s") || owns("’s") {
        return None;
    }
    let joins = |between: &str| matches!(between.trim(), "," | "and" | ", and" | "or");
    places.iter().find(|p| {
        let between = match p.range.end() <= range.start() {
            true => text.get(p.range.end()..range.start()),
            false => text.get(range.end()..p.range.start()),
        };
        let town = matches!(p.spot.precision, PlacePrecision::City | PlacePrecision::District);
        town && p.locative && between.is_some_and(joins)
    })
}
