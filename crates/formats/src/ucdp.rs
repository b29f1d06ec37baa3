//! Rows in the columns of the UCDP Georeferenced Event Dataset (GED), as CSV.
//!
//! An event of UCDP has at least one death: only assaults told as facts of which a claim counts a dead qualify, one
//! row an incident, or one a place where the dead are counted by place. Codes of UCDP's own (conflicts, dyads,
//! actors) and judgements of its coders (clarity, status, whether a conflict is active) stay empty.

use std::io::{self, Write};

use ::record::{Actor, ActorKind, EventType, FigureSet, Incident, Party, PlacePrecision, Record, Spot};

use crate::acled::admin1;
use crate::csv;
use crate::data::{self, Side};
use crate::pieces::{Items, Pieces};
use crate::prose;
use crate::scene::{Scene, Spread, days, is_fact, number, publishers, ranked, sources};
use crate::tables::{Cell, Column, Rows, columns};
use crate::toll::Toll;
use crate::words::Words;

/// The columns, in the order of UCDP's own files.
pub const COLUMNS: &[Column] = columns![
    Count: "id", Text: "relid", Count: "year", Text: "active_year" "code_status", Count: "type_of_violence",
    Text: "conflict_dset_id" "conflict_new_id" "conflict_name" "dyad_dset_id" "dyad_new_id" "dyad_name",
    Text: "side_a_dset_id" "side_a_new_id" "side_a" "side_b_dset_id" "side_b_new_id" "side_b",
    Count: "number_of_sources", Text: "source_article" "source_office" "source_date" "source_headline",
    Text: "source_original", Count: "where_prec", Text: "where_coordinates" "where_description" "adm_1" "adm_2",
    Float: "latitude" "longitude", Text: "geom_wkt", Count: "priogrid_gid", Text: "country", Count: "country_id",
    Text: "region" "event_clarity", Count: "date_prec", Day: "date_start" "date_end",
    Count: "deaths_a" "deaths_b" "deaths_civilians" "deaths_unknown" "best" "high" "low" "gwnoa" "gwnob",
];

/// Writes the rows.
///
/// # Errors
/// If writing fails.
pub fn write(record: &dyn Pieces, out: impl Write) -> io::Result<()> {
    let produce = |each: Rows<'_>| record.pieces(Items::Incidents, true, &mut |piece| rows(piece, each));
    csv::rows(COLUMNS, produce, out)
}

/// How many incidents of a piece of a record are no event of UCDP: nobody died of them, as far as is claimed.
#[must_use]
pub fn left_out(record: &Record) -> usize {
    record.incidents.iter().filter(|i| deadly(i).is_empty()).count()
}

/// Gives the rows of a piece of a record.
///
/// # Errors
/// If `each` fails.
pub fn rows(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for incident in &record.incidents {
        deadly(incident)
            .iter()
            .try_for_each(|(scene, killed)| each(row(incident, scene, *killed, &words)))?;
    }
    Ok(())
}

/// The scenes of an incident with at least one dead.
fn deadly(i: &Incident) -> Vec<(Scene<'_>, Toll)> {
    if i.kind != EventType::Assault || !is_fact(i) {
        return Vec::new();
    }
    let dead = |k: &Toll| k.best.or(k.low).is_some_and(|n| n > 0);
    Scene::of(i).into_iter().filter_map(|s| s.killed.filter(dead).map(|k| (s, k))).collect()
}

fn row(i: &Incident, scene: &Scene<'_>, killed: Toll, words: &Words<'_>) -> Vec<Cell> {
    let id = scene.id(i);
    let (first, last, length) =
        days(i.when).map_or((None, None, None), |(a, b, n)| (Some(a), Some(b), Some(n)));
    let year = first.zip(last).filter(|(a, b)| a.year() == b.year()).map(|(a, _)| a.year());
    let reports = sources(i, words);
    let joined = |texts: &mut dyn Iterator<Item = String>| Cell::text(texts.collect::<Vec<_>>().join("; "));
    let article = reports.iter().map(|r| {
        let title = r.title.as_ref().map_or("", |t| &t.value);
        let day = r.published.as_ref().map_or(String::new(), |p| p.date.to_string());
        let office = prose::plain(r.publisher.as_deref().unwrap_or_default());
        format!("\"{},{day},{}\"", office.replace('"', "'"), prose::plain(title).replace('"', "'"))
    });
    let (side_a, side_b) = (names(i, &i.actors, words), names(i, &i.targets, words));
    let country = scene.spot.and_then(|s| s.country).and_then(data::country);
    let (named, region) = country.and_then(|c| c.ucdp).unzip();
    let at = scene.spot.and_then(|s| s.lat.zip(s.lon));
    let civilians = civilians(i, scene);
    let best = killed.best.or(killed.low);
    vec![
        Cell::Count(number(&id)),
        Cell::text(&id),
        Cell::count(year.and_then(|y| u64::try_from(y).ok())),
        Cell::Empty,
        Cell::Empty,
        Cell::count(type_of_violence(i, words)),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::maybe(side_a.as_ref().zip(side_b.as_ref()).map(|(a, b)| format!("{a} - {b}"))),
        Cell::Empty,
        Cell::Empty,
        Cell::maybe(side_a),
        Cell::Empty,
        Cell::Empty,
        Cell::maybe(side_b),
        Cell::size(reports.len()),
        Cell::text(article.collect::<Vec<_>>().join(";")),
        joined(&mut publishers(&reports).into_iter().map(str::to_owned)),
        joined(&mut reports.iter().filter_map(|r| Some(r.published.as_ref()?.date.to_string()))),
        joined(&mut reports.iter().filter_map(|r| Some(prose::plain(&r.title.as_ref()?.value)))),
        Cell::text(original(i, scene, words)),
        Cell::count(scene.spot.and_then(|s| where_prec(s, scene.spread))),
        Cell::maybe(scene.name),
        joined(&mut i.places.iter().map(|p| p.spot.name.clone())),
        Cell::maybe(scene.spot.and_then(|s| admin1(s.precision, &s.name, s.admin1.as_deref()))),
        Cell::maybe(scene.spot.filter(|s| s.precision == PlacePrecision::District).map(|s| &s.name)),
        Cell::float(at.map(|a| a.0)),
        Cell::float(at.map(|a| a.1)),
        Cell::maybe(at.map(|(lat, lon)| format!("POINT ({lon} {lat})"))),
        Cell::count(at.and_then(|(lat, lon)| priogrid(lat, lon))),
        Cell::maybe(named),
        Cell::count(country.and_then(|c| c.gw)),
        Cell::maybe(region.flatten()),
        Cell::Empty,
        Cell::count(length.and_then(date_prec)),
        Cell::day(first),
        Cell::day(last),
        Cell::Empty,
        Cell::Empty,
        Cell::count(civilians),
        Cell::count(best.map(|b| b.saturating_sub(civilians.unwrap_or(0)))),
        Cell::count(best),
        Cell::count(killed.high),
        Cell::count(killed.low),
        Cell::count(state(&i.actors, words)),
        Cell::count(state(&i.targets, words)),
    ]
}

fn names(i: &Incident, parties: &[Party], words: &Words<'_>) -> Option<String> {
    let names: Vec<&str> = ranked(i, parties, words).into_iter().map(|p| words.name(&p.actor)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// 1 state-based, 2 non-state, 3 one-sided; nothing where the sides do not tell.
fn type_of_violence(i: &Incident, words: &Words<'_>) -> Option<u64> {
    let [actors, targets] = data::sides(i, words);
    // Where two fight each other, all of them are actors and nobody is a target.
    let struck = words.somebody(&i.targets).len();
    let (one, other) = if struck == 0 {
        let armed: Vec<Side> = actors.into_iter().filter(|s| s.is_armed()).collect();
        let (a, b) = armed.split_at(armed.len().min(1));
        (a.to_vec(), b.to_vec())
    } else {
        (actors, targets)
    };
    let state = |s: &Side| matches!(s, Side::State | Side::Foreign);
    let armed = |sides: &[Side]| sides.iter().any(|s| s.is_armed());
    if armed(&one) && armed(&other) {
        Some(if one.iter().chain(&other).any(state) { 1 } else { 2 })
    } else if armed(&one) && other.len() == struck && other.iter().all(|s| *s == Side::Civilians) {
        (!other.is_empty()).then_some(3)
    } else {
        None
    }
}

/// UCDP's codes: 1 the place itself, 3 a district, 4 a first-level division, 6 only the country. A region over several
/// countries has none, nor has an incident that is told of several.
fn where_prec(spot: &Spot, spread: Spread) -> Option<u64> {
    let own = match spot.precision {
        PlacePrecision::Site | PlacePrecision::City => 1,
        PlacePrecision::District => 3,
        PlacePrecision::Admin1 => 4,
        PlacePrecision::Country => 6,
        PlacePrecision::Region => return None,
    };
    match spread {
        Spread::Here => Some(own),
        Spread::Division => Some(own.max(4)),
        Spread::Country => Some(6),
        Spread::Abroad => None,
    }
}

/// UCDP's codes: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year.
fn date_prec(days: i32) -> Option<u64> {
    match days {
        1 => Some(1),
        2..=6 => Some(2),
        7 => Some(3),
        8..=31 => Some(4),
        32..=366 => Some(5),
        _ => None,
    }
}

/// The cell of PRIO-GRID: half a degree, counted from 1 at 90° S 180° W, row by row, 720 a row.
fn priogrid(lat: f64, lon: f64) -> Option<u64> {
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return None;
    }
    let row = ((lat + 90.0) * 2.0).floor().min(359.0);
    let column = ((lon + 180.0) * 2.0).floor().min(719.0);
    Some((row * 720.0 + column) as u64 + 1)
}

/// The dead that a count of civilians gives, at most as many as died in all.
fn civilians(i: &Incident, scene: &Scene<'_>) -> Option<u64> {
    let counts = |f: &&FigureSet| {
        f.what == "killed"
            && f.of.as_deref().is_some_and(|o| o.split_whitespace().any(|w| w.starts_with("civilian")))
            && (scene.number == 0 || f.place.as_deref() == scene.name)
    };
    let all = scene.killed.and_then(|k| k.best.or(k.low));
    i.figures.iter().find(counts).and_then(|f| f.best.or(f.low)).filter(|n| all.is_none_or(|a| *n <= a))
}

/// Who gives the numbers of the dead.
fn original(i: &Incident, scene: &Scene<'_>, words: &Words<'_>) -> String {
    let sets = i.figures.iter().filter(|f| f.what == "killed" && f.of.is_none());
    let here = sets.filter(|f| scene.number == 0 || f.place.as_deref() == scene.name);
    let mut names: Vec<String> = Vec::new();
    for claim in here.flat_map(|f| &f.claims) {
        // In its own voice an outlet is no source but its own.
        if claim.by.is_some() || !claim.by_as_written.is_empty() {
            let name = prose::asserter(claim, words);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join("; ")
}

/// Gleditsch and Ward number of the state that is a side, or whose organ or force is.
fn state(parties: &[Party], words: &Words<'_>) -> Option<u64> {
    let organ = |a: &&Actor| {
        matches!(a.kind, ActorKind::State | ActorKind::Government | ActorKind::Force)
            && data::side(a) == Some(Side::State)
    };
    let mut states = parties.iter().filter_map(|p| words.actor(&p.actor)).filter(organ);
    states.find_map(|a| data::country(a.country.as_deref()?)?.gw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{harbour, table};

    #[test]
    fn only_the_deadly_are_events_and_their_codes_follow_the_code_book() {
        let record = harbour();
        let mut out = Vec::new();
        write(&record, &mut out).expect("writes");
        assert_eq!(COLUMNS.len(), 49, "UCDP's files have 49 columns");
        let rows = table(&out, b',');
        let ids: Vec<&str> = rows.iter().map(|r| r["relid"].as_str()).collect();
        assert_eq!(ids, ["assault-clash-1", "assault-clash-2", "assault-raid"]);
        assert_eq!(left_out(&record), 4);
        let get = |row: usize, column: &str| rows[row][column].as_str();
        assert_eq!((get(2, "low"), get(2, "best"), get(2, "high")), ("6", "11", "11"));
        assert_eq!(
            (get(2, "deaths_civilians"), get(2, "deaths_unknown")),
            ("", "11"),
            "children are not told to be civilians"
        );
        assert_eq!(get(2, "type_of_violence"), "3");
        assert_eq!(
            (get(2, "date_prec"), get(2, "date_start"), get(2, "date_end")),
            ("1", "2023-09-12", "2023-09-12")
        );
        assert_eq!(
            (get(2, "where_prec"), get(2, "country"), get(2, "country_id")),
            ("1", "Yemen (North Yemen)", "678")
        );
        assert_eq!(get(2, "priogrid_gid"), "150926");
        assert_eq!(get(2, "geom_wkt"), "POINT (42.9545 14.7979)");
        assert_eq!(get(2, "source_original"), "health officials; Houthis");
        assert_eq!(get(0, "date_prec"), "4");
        assert_eq!(get(0, "type_of_violence"), "1");
        for never in
            ["active_year", "code_status", "conflict_new_id", "dyad_new_id", "event_clarity", "deaths_a"]
        {
            assert!(rows.iter().all(|r| r[never].is_empty()), "{never}");
        }
    }

    #[test]
    fn grid_cells_are_counted_from_the_south_west() {
        assert_eq!(priogrid(-89.9, -179.9), Some(1));
        assert_eq!(priogrid(90.0, 180.0), Some(259_200));
        assert_eq!(priogrid(91.0, 0.0), None);
    }
}
