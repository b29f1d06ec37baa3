//! The country that a report is about: what it names besides is likely there, too.

use std::collections::BTreeMap;

use record::{Place, PlacePrecision};

use super::candidate::Candidate;
use super::{country, gazetteer};

/// Mentions of places that a report must have, and how many in a hundred must lie in one country.
pub(super) const LEAST: usize = 4;
const SHARE: usize = 60;
/// A town of more people than this is known by itself, whatever the report is about.
const KNOWN: f64 = 50_000.0;
/// The same where the gazetteer's own name of it is another: exonyms (Bombay, Cologne) are those of great cities.
const RENAMED: f64 = 500_000.0;

/// The country of most mentions, if it is clear.
pub(super) fn of(countries: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for country in countries {
        *counts.entry(country).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let (country, most) = counts.into_iter().max_by_key(|(_, n)| *n)?;
    (total >= LEAST && most * 100 >= SHARE * total).then_some(country)
}

/// Whether two or more mentions all are of one country.
pub(super) fn is_of_one(mut countries: impl Iterator<Item = &'static str>) -> bool {
    let first = countries.next();
    let mut rest = countries.peekable();
    rest.peek().is_some() && rest.all(|c| Some(c) == first)
}

/// Whether a small place abroad, of a country that the report does not name otherwise, is likely only a namesake of one
/// that no list knows.
pub(super) fn is_stray(candidate: &Candidate, name: &str, home: &str, named: impl Fn(&str) -> bool) -> bool {
    let fine = matches!(
        candidate.spot.precision,
        PlacePrecision::City | PlacePrecision::District | PlacePrecision::Site
    );
    let abroad = candidate.spot.country.filter(|c| *c != home);
    // "Aken" is one of the names of Aachen in some language.
    let other = super::spelling::key(&candidate.spot.name) != super::spelling::key(name);
    let capital = country::of_capital(name).is_some();
    // The weight of "the village of Bodio" is a multiple of its people.
    let people = candidate.number.and_then(gazetteer::entry).map(|e| f64::from(e.population));
    fine && !capital
        && people.unwrap_or(candidate.weight) < if other { RENAMED } else { KNOWN }
        && abroad.is_some_and(|c| !named(c))
}

/// The same where the report is about no one country: a place in a country that it does not name, known here by a name
/// that only other languages use.
pub(super) fn is_exonym(candidate: &Candidate, name: &str, named: impl Fn(&str) -> bool) -> bool {
    let town = matches!(candidate.spot.precision, PlacePrecision::City | PlacePrecision::District);
    let other = super::spelling::key(&candidate.spot.name) != super::spelling::key(name);
    let people = candidate.number.and_then(gazetteer::entry).map(|e| f64::from(e.population));
    town && other
        && country::of_capital(name).is_none()
        && people.unwrap_or(candidate.weight) < RENAMED
        && candidate.spot.country.is_some_and(|c| !named(c))
}

/// Gives places of which only the name is known the country that the report gives the name elsewhere, or else its own;
/// names in capitals have rules of their own.
pub(super) fn settle(places: &mut [Place]) {
    let told: BTreeMap<String, &'static str> = places
        .iter()
        .filter(|p| p.spot.geonames_id.is_none())
        .filter_map(|p| Some((p.spot.name.to_lowercase(), p.spot.country?)))
        .collect();
    let home = of(places.iter().filter_map(|p| p.spot.country)).or_else(|| of_few(places));
    for p in places.iter_mut().filter(|p| p.spot.country.is_none() && p.spot.geonames_id.is_none()) {
        if matches!(p.rule, "unlisted" | "road") {
            p.spot.country = told.get(&p.spot.name.to_lowercase()).copied().or(home);
        }
    }
}

/// The country of all that a report puts somewhere, however little that is, unless it names another one more often ("said in
/// Geneva" of a war elsewhere); else the one that it names most often, more than once.
fn of_few(places: &[Place]) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    places.iter().filter_map(|p| p.spot.country).for_each(|c| *counts.entry(c).or_default() += 1);
    let most = counts.values().copied().max()?;
    let mut countries = places.iter().filter(|p| p.locative).filter_map(|p| p.spot.country);
    let first = countries.next();
    let one = first.filter(|c| countries.all(|other| other == *c) && counts.get(c) == Some(&most));
    let mut named = counts.into_iter().filter(|(_, n)| *n == most);
    let top = named.next().filter(|_| most > 1 && named.next().is_none()).map(|(c, _)| c);
    one.or(top)
}
