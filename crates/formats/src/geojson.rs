//! Incidents as GeoJSON (RFC 7946): one feature an incident, at the first place that has coordinates, WGS 84,
//! longitude first.
//!
//! How fine the place is, and how finely the day is known, stand in the properties: the point of a country is only
//! its middle. An incident without a place on the map is kept, with a null geometry.

use std::io::{self, Write};

use ::record::FigureSet;
use serde_json::{Value, json};

use crate::pieces::{Items, Pieces, list};
use crate::scene::{publishers, sources};
use crate::toll::Toll;
use crate::words::Words;

/// The feature collection.
///
/// # Errors
/// If writing fails.
pub fn write(record: &dyn Pieces, mut out: impl Write) -> io::Result<()> {
    list(r#"{"type":"FeatureCollection","features":["#, "]}", &mut out, |each| {
        record.pieces(Items::Incidents, true, &mut |piece| {
            let words = Words::new(piece);
            piece.incidents.iter().try_for_each(|i| each(&feature(i, &words)))
        })
    })
}

fn feature(i: &::record::Incident, words: &Words<'_>) -> Value {
    let spots = || i.places.iter().map(|p| &p.spot);
    let on_map = spots().find(|p| p.lat.is_some() && p.lon.is_some());
    let spot = on_map.or(spots().next());
    let geometry = on_map.and_then(|p| p.lon.zip(p.lat));
    let others: Vec<&str> =
        spots().filter(|p| !spot.is_some_and(|s| std::ptr::eq(s, *p))).map(|p| p.name.as_str()).collect();
    let names = |parties: &[::record::Party]| -> Vec<String> {
        parties
            .iter()
            .map(|p| words.actor(&p.actor).map_or(p.actor.to_string(), |a| a.name.clone()))
            .collect()
    };
    let reports = sources(i, words);
    let ids = i.reports();
    let mut properties = json!({
        "id": i.id.as_str(),
        "title": i.title,
        "type": i.kind.as_str(),
        "mode": i.mode.map(|m| m.as_str()),
        "cameo": i.cameo,
        "factuality": i.factuality.as_str(),
        "earliest": i.when.earliest().map(|d| d.to_string()),
        "latest": i.when.latest().map(|d| d.to_string()),
        "date_precision": i.when.precision().map(|p| p.as_str()),
        "place": spot.map(|s| s.name.as_str()),
        "place_precision": spot.map(|s| s.precision.as_str()),
        "country": spot.and_then(|s| s.country),
        "admin1": spot.and_then(|s| s.admin1.as_deref()),
        "geonames_id": spot.and_then(|s| s.geonames_id),
        "other_places": others,
        "actors": names(&i.actors),
        "targets": names(&i.targets),
        "publishers": publishers(&reports),
        "urls": reports.iter().filter_map(|r| r.url.as_deref()).collect::<Vec<_>>(),
        "reports": ids.len(),
        "independent_voices": words.voices(&ids),
        "disputed": !words.disputes(&i.id).is_empty(),
        "figures": i.figures.iter().map(figure).collect::<Vec<_>>(),
    });
    for what in ["killed", "wounded"] {
        let toll = Toll::of(i, what).unwrap_or_default();
        for (end, value) in [("low", toll.low), ("best", toll.best), ("high", toll.high)] {
            properties[format!("{what}_{end}")] = json!(value);
        }
    }
    json!({
        "type": "Feature",
        "id": i.id.as_str(),
        "geometry": geometry.map(|(lon, lat)| json!({ "type": "Point", "coordinates": [lon, lat] })),
        "properties": properties,
    })
}

fn figure(set: &FigureSet) -> Value {
    json!({
        "what": set.what, "of": set.of, "where": set.place,
        "low": set.low, "best": set.best, "high": set.high, "rule": set.rule.as_str(),
    })
}

#[cfg(test)]
mod tests {
    use geojson::{FeatureCollection, GeoJson, GeometryValue};

    use super::*;
    use crate::testing::harbour;

    #[test]
    fn another_reader_finds_every_incident() {
        let mut text = Vec::new();
        write(&harbour(), &mut text).expect("writes");
        let text = String::from_utf8(text).expect("UTF-8");
        let read: GeoJson = text.parse().expect("valid GeoJSON");
        let features = FeatureCollection::try_from(read).expect("a collection").features;
        assert_eq!(features.len(), harbour().incidents.len());
        let of = |id: &str| {
            let wanted = json!(id);
            let found = features.iter().find(|f| f.property("id") == Some(&wanted));
            found.expect("in the collection")
        };
        let raid = of("assault-raid");
        let point = raid.geometry.as_ref().map(|g| &g.value);
        assert!(
            matches!(point, Some(GeometryValue::Point { coordinates }) if coordinates[0] == 42.9545 && coordinates[1] == 14.7979)
        );
        assert_eq!(raid.property("killed_low"), Some(&json!(6)));
        assert_eq!(raid.property("place_precision"), Some(&json!("city")));
        assert_eq!(raid.property("disputed"), Some(&json!(true)));
        assert!(of("accuse-un").geometry.is_none());
        let met = of("consult-met");
        assert!(met.geometry.is_none(), "a region without coordinates");
        assert_eq!(met.property("place"), Some(&json!("Europe")));
    }
}
