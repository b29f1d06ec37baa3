//! The country of a place that no list knows, where the report that names it does not tell the country but another does.

use std::collections::BTreeMap;

use record::{Analysis, Place, PlacePrecision};

/// What is known of where a name lies: one country, or several.
type Where = Option<&'static str>;

/// Fixes such countries; gives back which places, for [`undo`]: what only the others tell is no part of a report's
/// analysis.
pub(crate) fn fix(analyses: &mut [Analysis]) -> Vec<(usize, usize)> {
    let mut known: BTreeMap<String, Where> = BTreeMap::new();
    for place in analyses.iter().flat_map(|a| &a.places).filter(|p| is_unlisted(p)) {
        if let Some(country) = place.spot.country {
            let there = known.entry(place.spot.name.to_lowercase()).or_insert(Some(country));
            *there = there.filter(|c| *c == country);
        }
    }
    let mut fixed = Vec::new();
    for (r, a) in analyses.iter_mut().enumerate() {
        for (n, place) in a.places.iter_mut().enumerate() {
            if !is_unlisted(place) || place.spot.country.is_some() {
                continue;
            }
            place.spot.country = known.get(&place.spot.name.to_lowercase()).copied().flatten();
            fixed.extend(place.spot.country.map(|_| (r, n)));
        }
    }
    fixed
}

/// Opens again what [`fix`] has fixed.
pub(crate) fn undo(analyses: &mut [Analysis], fixed: &[(usize, usize)]) {
    for &(r, n) in fixed {
        analyses[r].places[n].spot.country = None;
    }
}

fn is_unlisted(place: &Place) -> bool {
    place.spot.geonames_id.is_none()
        && matches!(
            place.spot.precision,
            PlacePrecision::Site | PlacePrecision::City | PlacePrecision::Admin1
        )
}
