//! The country that a report is about: what it names besides is likely there, too.

use std::collections::BTreeMap;

use record::{Place, PlacePrecision};

use super::candidate::Candidate;

/// Mentions of places that a report must have, and how many in a hundred must lie in one country.
const LEAST: usize = 4;
const SHARE: usize = 60;
/// A place of more weight than this (about a hundred times its people) is known by itself, wherever the report is about.
const KNOWN: f64 = 5_000_000.0;

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

/// Whether a small place abroad, of a country that the report does not name otherwise, is likely only a namesake of one
/// that no list knows.
pub(super) fn is_stray(candidate: &Candidate, name: &str, home: &str, named: impl Fn(&str) -> bool) -> bool {
    let fine = matches!(
        candidate.spot.precision,
        PlacePrecision::City | PlacePrecision::District | PlacePrecision::Site
    );
    let abroad = candidate.spot.country.filter(|c| *c != home);
    // "Boni" is one of the names of Bonn in some language.
    let other = super::spelling::key(&candidate.spot.name) != super::spelling::key(name);
    fine && (candidate.weight < KNOWN || other) && abroad.is_some_and(|c| !named(c))
}

/// Gives places of which only the name is known the country of the report; names in capitals have rules of their own.
pub(super) fn settle(places: &mut [Place]) {
    let Some(home) = of(places.iter().filter_map(|p| p.spot.country)) else { return };
    for p in places.iter_mut().filter(|p| p.spot.country.is_none() && p.spot.geonames_id.is_none()) {
        if matches!(p.rule, "unlisted" | "road") {
            p.spot.country = Some(home);
        }
    }
}
