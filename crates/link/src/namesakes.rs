//! The country of a place that no list knows, where the report that names it does not tell the country but another does; one
//! reading of a name that reports of one story read in several countries; and the name of a place as the reports write it.

use std::collections::{BTreeMap, BTreeSet};

use record::{Analysis, Place, PlacePrecision, Spot};

/// What is known of where a name lies: one country, or several.
type Where = Option<&'static str>;

/// Fixes such countries; gives back which places, for [`undo`]: what only the others tell is no part of a report's
/// analysis.
pub(crate) fn fix(analyses: &mut [Analysis]) -> Vec<(usize, usize, Spot)> {
    let mut fixed = settle(analyses);
    let mut known: BTreeMap<String, Where> = BTreeMap::new();
    for place in analyses.iter().flat_map(|a| &a.places).filter(|p| is_unlisted(p)) {
        if let Some(country) = place.spot.country {
            let there = known.entry(place.spot.name.to_lowercase()).or_insert(Some(country));
            *there = there.filter(|c| *c == country);
        }
    }
    for (r, a) in analyses.iter_mut().enumerate() {
        for (n, place) in a.places.iter_mut().enumerate() {
            if !is_unlisted(place) || place.spot.country.is_some() {
                continue;
            }
            if let Some(country) = known.get(&place.spot.name.to_lowercase()).copied().flatten() {
                fixed.push((r, n, place.spot.clone()));
                place.spot.country = Some(country);
            }
        }
    }
    fixed.extend(as_written(analyses));
    fixed
}

/// Calls a town of the list as most reports do, where none of them calls it as the list does: "Zueitina" and not "Az
/// Zuwaytinah".
fn as_written(analyses: &mut [Analysis]) -> Vec<(usize, usize, Spot)> {
    let mut spellings: BTreeMap<u32, BTreeMap<String, BTreeSet<usize>>> = BTreeMap::new();
    let mut listed: BTreeSet<u32> = BTreeSet::new();
    for (r, a) in analyses.iter().enumerate() {
        for place in a.places.iter().filter(|p| is_town(p)) {
            let Some(id) = place.spot.geonames_id else { continue };
            let words = place.range.of(&a.report.text).split_whitespace().collect::<Vec<_>>().join(" ");
            if is_spelled(&words, &place.spot.name) {
                listed.insert(id);
            }
            // "The capital" is no name, and one in capitals hides how it is written.
            if words.starts_with(char::is_uppercase) && words.contains(char::is_lowercase) {
                spellings.entry(id).or_default().entry(words).or_default().insert(r);
            }
        }
    }
    let most = |all: &BTreeMap<String, BTreeSet<usize>>| {
        all.iter().rev().max_by_key(|(_, reports)| reports.len()).map(|(name, _)| name.clone())
    };
    let mut old = Vec::new();
    for (r, a) in analyses.iter_mut().enumerate() {
        for (n, place) in a.places.iter_mut().enumerate().filter(|(_, p)| is_town(p)) {
            let known = place.spot.geonames_id.filter(|id| !listed.contains(id));
            if let Some(name) = known.and_then(|id| most(spellings.get(&id)?)) {
                old.push((r, n, place.spot.clone()));
                place.spot.name = name;
            }
        }
    }
    old
}

/// Whether words are a name but for case, marks and accents: "al-Qaim" and "Al Qaim", "Abeche" and "Abéché".
fn is_spelled(words: &str, name: &str) -> bool {
    let letters = |s: &str| -> Vec<char> {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (words, name) = (letters(words), letters(name));
    let same = |(a, b): (&char, &char)| a == b || !a.is_ascii() || !b.is_ascii();
    words.len() == name.len() && words.iter().zip(&name).all(same)
}

/// Whether a place is a town, or a part of a division, that words call by its name.
fn is_town(place: &Place) -> bool {
    matches!(place.spot.precision, PlacePrecision::City | PlacePrecision::District)
}

/// Opens again what [`fix`] has fixed.
pub(crate) fn undo(analyses: &mut [Analysis], fixed: &[(usize, usize, Spot)]) {
    for (r, n, spot) in fixed.iter().rev() {
        analyses[*r].places[*n].spot = spot.clone();
    }
}

/// Rules that take a name for the likeliest of its namesakes, or for one of no list.
const GUESSED: [&str; 4] = ["context", "home", "only", "unlisted"];

/// Gives a name that the reports read in several countries the reading in the one of which most of them name other places. Only in
/// reports that name that country or a place of it, too: other stories have namesakes.
fn settle(analyses: &mut [Analysis]) -> Vec<(usize, usize, Spot)> {
    use PlacePrecision::{City, District, Site};
    let fine = |p: &Place| p.locative && matches!(p.spot.precision, Site | City | District);
    // Of each country, the reports that name it or something in it, with the names; of each name, its readings.
    let mut told: BTreeMap<&'static str, BTreeSet<(usize, String)>> = BTreeMap::new();
    let mut read: BTreeMap<String, Vec<(usize, Spot)>> = BTreeMap::new();
    for (r, a) in analyses.iter().enumerate() {
        for p in &a.places {
            let (Some(country), name) = (p.spot.country, p.spot.name.to_lowercase()) else { continue };
            if !matches!(p.rule, "home" | "unlisted") {
                told.entry(country).or_default().insert((r, name.clone()));
            }
            if fine(p) {
                read.entry(name).or_default().push((r, p.spot.clone()));
            }
        }
    }
    let mut settled: BTreeMap<String, (Spot, BTreeSet<usize>)> = BTreeMap::new();
    for (name, readings) in read {
        let others = |country: &str| -> BTreeSet<usize> {
            told.get(country).into_iter().flatten().filter(|(_, n)| *n != name).map(|(r, _)| *r).collect()
        };
        let countries: BTreeSet<&'static str> = readings.iter().filter_map(|(_, s)| s.country).collect();
        if countries.len() < 2 {
            continue;
        }
        let here = |country: &str| -> usize {
            let reports = readings.iter().filter(|(_, s)| s.country == Some(country)).map(|(r, _)| *r);
            reports.collect::<BTreeSet<_>>().len()
        };
        let mut votes: Vec<(usize, usize, &'static str)> =
            countries.into_iter().map(|c| (others(c).len(), here(c), c)).collect();
        votes.sort_unstable_by(|a, b| b.cmp(a));
        if let [first, second, ..] = votes[..]
            && (first.0, first.1) != (second.0, second.1)
        {
            // One that a list has, if a report found it there.
            let mut there = readings.iter().filter(|(_, s)| s.country == Some(first.2)).map(|(_, s)| s);
            let any = there.clone().next();
            if let Some(spot) = there.find(|s| s.geonames_id.is_some()).or(any) {
                settled.insert(name.clone(), (spot.clone(), others(first.2)));
            }
        }
    }
    let mut old = Vec::new();
    for (r, a) in analyses.iter_mut().enumerate() {
        for (n, p) in a.places.iter_mut().enumerate() {
            let Some((spot, reports)) = settled.get(&p.spot.name.to_lowercase()) else { continue };
            let other = p.spot.country.is_some() && p.spot.country != spot.country;
            if fine(p) && other && GUESSED.contains(&p.rule) && reports.contains(&r) {
                old.push((r, n, std::mem::replace(&mut p.spot, spot.clone())));
            }
        }
    }
    old
}

fn is_unlisted(place: &Place) -> bool {
    place.spot.geonames_id.is_none()
        && matches!(
            place.spot.precision,
            PlacePrecision::Site | PlacePrecision::City | PlacePrecision::Admin1
        )
}
