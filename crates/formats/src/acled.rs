//! Rows in the columns of ACLED (Armed Conflict Location & Event Data), as CSV.
//!
//! One row an incident that is an event of ACLED, or one a place where the dead are counted by place. Which PLOVER
//! types and modes are events of ACLED, and why, says `data/acled.tsv`; `docs/formats.md` says where each column
//! comes from. Dates follow the code book: a period of up to a month is the day in its middle, with a
//! `time_precision` of 2 (up to a week) or 3. Fatalities are the lowest standing claim; where no report gives a
//! number the column is empty, while ACLED's own files have 0.

use std::io::{self, Write};
use std::sync::OnceLock;

use ::record::{Actor, EventType, Incident, Mode, PlacePrecision, Record, Vocabulary};
use jiff::ToSpan;

use crate::csv;
use crate::data::{self, Side};
use crate::pieces::{Items, Pieces};
use crate::prose;
use crate::scene::{Scene, Spread, days, is_fact, publishers, ranked, sources};
use crate::tables::{Cell, Column, Rows, columns};
use crate::words::Words;

/// The columns, in the order of ACLED's own files.
pub const COLUMNS: &[Column] = columns![
    Text: "event_id_cnty", Day: "event_date", Count: "year" "time_precision",
    Text: "disorder_type" "event_type" "sub_event_type",
    Text: "actor1", Texts: "assoc_actor_1", Text: "inter1", Text: "actor2", Texts: "assoc_actor_2", Text: "inter2",
    Text: "interaction" "civilian_targeting", Count: "iso", Text: "region" "country" "admin1" "admin2" "admin3",
    Text: "location", Float: "latitude" "longitude", Count: "geo_precision",
    Texts: "source", Text: "source_scale" "notes", Count: "fatalities", Text: "tags" "timestamp",
];

/// Writes the rows.
///
/// # Errors
/// If writing fails.
pub fn write(record: &dyn Pieces, out: impl Write) -> io::Result<()> {
    let produce = |each: Rows<'_>| record.pieces(Items::Incidents, true, &mut |piece| rows(piece, each));
    csv::rows(COLUMNS, produce, out)
}

/// How many incidents of a piece of a record are no event of ACLED.
#[must_use]
pub fn left_out(record: &Record) -> usize {
    let words = Words::new(record);
    record.incidents.iter().filter(|i| rule(i, &words).is_none()).count()
}

/// Gives the rows of a piece of a record.
///
/// # Errors
/// If `each` fails.
pub fn rows(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for incident in &record.incidents {
        if let Some(rule) = rule(incident, &words) {
            Scene::of(incident).iter().try_for_each(|scene| each(row(incident, scene, rule, &words)))?;
        }
    }
    Ok(())
}

fn row(i: &Incident, scene: &Scene<'_>, rule: &Rule, words: &Words<'_>) -> Vec<Cell> {
    // A period is the day in its middle (ACLED code book, time precision codes).
    let (day, precision) = match days(i.when) {
        Some((day, _, 1)) => (Some(day), Some(1)),
        Some((first, _, n @ 2..=31)) => {
            (first.checked_add(((n - 1) / 2).days()).ok(), Some(if n <= 7 { 2 } else { 3 }))
        }
        _ => (None, None),
    };
    let year = days(i.when).filter(|(a, b, _)| a.year() == b.year()).map(|(a, ..)| a.year());
    let country = scene.spot.and_then(|s| s.country);
    let (named, region) = country.and_then(data::country).and_then(|c| c.acled).unzip();
    let point = scene.point();
    let sides = [&i.actors, &i.targets].map(|parties| ranked(i, parties, words));
    let [inter1, inter2] = [&sides[0], &sides[1]]
        .map(|s| s.first().and_then(|p| words.actor(&p.actor)).and_then(|a| inter(i, a, country)));
    let reports = sources(i, words);
    let mut cells = vec![
        Cell::text(scene.id(i)),
        Cell::day(day),
        Cell::count(year.and_then(|y| u64::try_from(y).ok())),
        Cell::count(precision),
        Cell::maybe(disorder(rule)),
        Cell::text(rule.event),
        Cell::maybe(rule.sub),
    ];
    for (parties, inter) in sides.iter().zip([inter1, inter2]) {
        cells.push(Cell::maybe(parties.first().map(|p| words.name(&p.actor))));
        cells.push(Cell::list(parties.iter().skip(1).map(|p| words.name(&p.actor))));
        cells.push(Cell::maybe(inter.map(|n| INTER[n - 1])));
    }
    cells.extend([
        Cell::maybe(interaction(i, inter1, inter2, words)),
        Cell::maybe(only_civilians(i, words).then_some("Civilian targeting")),
        Cell::count(country.and_then(data::country).and_then(|c| c.numeric)),
        Cell::maybe(region.flatten()),
        Cell::maybe(named),
        Cell::maybe(point.and_then(|s| admin1(s.precision, &s.name, s.admin1.as_deref()))),
        Cell::maybe(point.filter(|s| s.precision == PlacePrecision::District).map(|s| &s.name)),
        Cell::Empty,
        Cell::maybe(point.map(|s| &s.name)),
        Cell::float(point.and_then(|s| s.lat)),
        Cell::float(point.and_then(|s| s.lon)),
        Cell::count(point.and_then(|s| geo_precision(s.precision, scene.spread))),
        Cell::list(publishers(&reports)),
        Cell::Empty,
        Cell::text(notes(i, words)),
        Cell::count(scene.killed.and_then(|k| k.conservative)),
        Cell::Empty,
        Cell::Empty,
    ]);
    cells
}

/// ACLED's codes: 1 the place itself, 2 somewhere in its district, 3 somewhere in a larger area. Where an incident is
/// told of several countries none fits.
fn geo_precision(place: PlacePrecision, spread: Spread) -> Option<u64> {
    let own = match place {
        PlacePrecision::Site | PlacePrecision::City => 1,
        PlacePrecision::District => 2,
        _ => 3,
    };
    match spread {
        Spread::Here => Some(own),
        Spread::Division | Spread::Country => Some(3),
        Spread::Abroad => None,
    }
}

/// The first-level division: a place's own, or the place itself if it is one.
pub(crate) fn admin1<'s>(precision: PlacePrecision, name: &'s str, of: Option<&'s str>) -> Option<&'s str> {
    of.or((precision == PlacePrecision::Admin1).then_some(name))
}

fn notes(i: &Incident, words: &Words<'_>) -> String {
    let mut notes = prose::day(i.when).map_or(String::new(), |d| format!("{d}: "));
    notes.push_str(&prose::plain(&i.title));
    notes.push('.');
    for set in &i.figures {
        notes.push_str(&format!(" {} ({}).", prose::figure(set), prose::claims(set, words)));
    }
    notes
}

/// The texts of the columns `inter1` and `inter2`, whose codes are 1 to 8.
const INTER: [&str; 8] = [
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
];

/// The actor type: nothing where it does not follow from what the record knows. State forces abroad are external
/// forces; at home or abroad cannot be told without the country of the place and of the actor.
fn inter(i: &Incident, actor: &Actor, country: Option<&str>) -> Option<usize> {
    match data::side(actor)? {
        Side::State => {
            let (home, here) = (actor.country.as_deref()?, country?);
            Some(if home == here { 1 } else { 8 })
        }
        Side::Rebels => Some(2),
        Side::Armed => None,
        Side::Foreign => Some(8),
        Side::Civilians if i.kind == EventType::Protest && i.actors.iter().any(|p| p.actor == actor.id) => {
            Some(if matches!(i.mode, Some(Mode::Riot | Mode::Vandalize)) { 5 } else { 6 })
        }
        Side::Civilians => Some(7),
    }
}

/// `State forces-Civilians`, the lower code first, and `Protesters only` where there is no second actor. With
/// civilians external forces come first, as in ACLED's files.
fn interaction(i: &Incident, one: Option<usize>, other: Option<usize>, words: &Words<'_>) -> Option<String> {
    match (one, other) {
        (Some(a), None) if words.somebody(&i.targets).is_empty() => Some(format!("{} only", INTER[a - 1])),
        (None, Some(b)) if i.actors.is_empty() => Some(format!("{} only", INTER[b - 1])),
        (Some(7), Some(8)) | (Some(8), Some(7)) => Some(format!("{}-{}", INTER[7], INTER[6])),
        (Some(a), Some(b)) => Some(format!("{}-{}", INTER[a.min(b) - 1], INTER[a.max(b) - 1])),
        _ => None,
    }
}

fn only_civilians(i: &Incident, words: &Words<'_>) -> bool {
    let [_, targets] = data::sides(i, words);
    i.kind == EventType::Assault
        && targets.len() == words.somebody(&i.targets).len()
        && !targets.is_empty()
        && targets.iter().all(|s| *s == Side::Civilians)
}

/// One line of `data/acled.tsv`.
#[derive(Debug, Clone, Copy)]
struct Rule {
    kind: EventType,
    mode: Option<Mode>,
    sides: &'static str,
    event: &'static str,
    sub: Option<&'static str>,
}

/// The rule for an incident; none where it is no event of ACLED or is not told as a fact.
fn rule(i: &Incident, words: &Words<'_>) -> Option<&'static Rule> {
    static ALL: OnceLock<Vec<Rule>> = OnceLock::new();
    let all = ALL.get_or_init(|| data::ours("acled.tsv", read(include_str!("../data/acled.tsv"))));
    if !is_fact(i) {
        return None;
    }
    let [actors, targets] = data::sides(i, words);
    let armed = |sides: &[Side]| !sides.is_empty() && sides.iter().any(|s| s.is_armed());
    let fits = |sides: &str| match sides {
        "civilians" => !targets.is_empty() && targets.iter().all(|s| *s == Side::Civilians),
        // Where two fight each other, all of them are actors and nobody is a target.
        "fight" => {
            armed(&actors) && armed(&targets)
                || targets.is_empty()
                    && words.somebody(&i.targets).is_empty()
                    && actors.iter().filter(|s| s.is_armed()).count() > 1
        }
        _ => true,
    };
    let found =
        all.iter().find(|r| r.kind == i.kind && r.mode.is_none_or(|m| i.mode == Some(m)) && fits(r.sides));
    found.filter(|r| r.event != "-")
}

fn read(file: &'static str) -> Result<Vec<Rule>, String> {
    data::rows(file)?
        .into_iter()
        .map(|(n, [kind, mode, sides, event, sub, _reason])| {
            let at = |e: ::record::UnknownName| format!("line {n}: {e}");
            let mode = if mode == "*" { None } else { Some(Mode::from_name(mode).map_err(at)?) };
            if !["*", "civilians", "fight"].contains(&sides) {
                return Err(format!("line {n}: «{sides}» is none of *, civilians, fight"));
            }
            if event != "-" && !disorders().iter().any(|(name, _)| *name == event) {
                return Err(format!("line {n}: «{event}» is no event type of acled-disorder.tsv"));
            }
            Ok(Rule {
                kind: EventType::from_name(kind).map_err(at)?,
                mode,
                sides,
                event,
                sub: data::given(sub),
            })
        })
        .collect()
}

type Disorder = (&'static str, Option<&'static str>);

fn disorders() -> &'static [Disorder] {
    static ALL: OnceLock<Vec<Disorder>> = OnceLock::new();
    let read = || {
        let rows = data::rows(include_str!("../data/acled-disorder.tsv"))?;
        Ok(rows.into_iter().map(|(_, [name, disorder])| (name, data::given(disorder))).collect())
    };
    ALL.get_or_init(|| data::ours("acled-disorder.tsv", read()))
}

fn disorder(rule: &Rule) -> Option<&'static str> {
    let of = |name: &str| disorders().iter().find(|(n, _)| *n == name).map(|(_, d)| *d);
    rule.sub.and_then(of).or_else(|| of(rule.event)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{harbour, table};

    #[test]
    fn rows_have_what_the_record_knows_and_nothing_else() {
        let record = harbour();
        let mut out = Vec::new();
        write(&record, &mut out).expect("writes");
        let rows = table(&out, b',');
        let header: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
        assert_eq!(header.len(), 31, "ACLED's files have 31 columns");
        let ids: Vec<&str> = rows.iter().map(|r| r["event_id_cnty"].as_str()).collect();
        assert_eq!(ids, ["assault-clash-1", "assault-clash-2", "assault-rockets", "assault-raid"]);
        assert_eq!(left_out(&record), 3, "the meeting, the words and the plan");
        let get = |row: usize, column: &str| rows[row][column].as_str();
        // The raid: aircraft, the lowest claim, a coalition against children.
        assert_eq!(get(3, "event_date"), "2023-09-12");
        assert_eq!(get(3, "time_precision"), "1");
        assert_eq!(get(3, "event_type"), "Explosions/Remote violence");
        assert_eq!(get(3, "sub_event_type"), "Air/drone strike");
        assert_eq!(get(3, "disorder_type"), "Political violence");
        assert_eq!(get(3, "interaction"), "External/Other forces-Civilians");
        assert_eq!(get(3, "civilian_targeting"), "Civilian targeting");
        assert_eq!(get(3, "fatalities"), "6");
        assert_eq!(get(3, "iso"), "887");
        assert_eq!(get(3, "region"), "Middle East");
        assert_eq!(get(3, "geo_precision"), "1");
        assert_eq!(get(3, "source"), "'=cmd|'/C calc'!A0; Gulf Wire");
        for never in ["source_scale", "tags", "timestamp", "admin2", "admin3"] {
            assert!(rows.iter().all(|r| r[never].is_empty()), "{never}");
        }
        // Two days are their middle with precision 2; nobody counted the dead.
        assert_eq!((get(2, "event_date"), get(2, "time_precision")), ("2023-09-09", "2"));
        assert_eq!(get(2, "fatalities"), "");
        assert_eq!(get(2, "inter1"), "Rebel group");
        assert_eq!(get(2, "inter2"), "State forces");
        // A month is its middle; the gunmen's kind is not known.
        assert_eq!((get(1, "event_date"), get(1, "time_precision")), ("2023-09-15", "3"));
        assert_eq!((get(1, "location"), get(1, "fatalities")), ("Saada", "16"));
        assert_eq!((get(1, "event_type"), get(1, "sub_event_type")), ("Battles", "Armed clash"));
        assert_eq!((get(1, "inter1"), get(1, "interaction")), ("", ""));
    }

    #[test]
    fn a_bad_rule_is_named_by_its_line() {
        let bad = |file| read(file).expect_err("a bad line");
        assert!(bad("# x\nASSAULT\taerial\t*\tBattles\t-").starts_with("line 2: 6 columns"));
        assert!(bad("RAID\t*\t*\tBattles\t-\twhy").starts_with("line 1: «RAID»"));
        assert!(bad("ASSAULT\tlaser\t*\tBattles\t-\twhy").starts_with("line 1: «laser»"));
        assert!(bad("ASSAULT\t*\tall\tBattles\t-\twhy").contains("none of *"));
        assert!(bad("ASSAULT\t*\t*\tWars\t-\twhy").contains("«Wars»"));
    }

    #[test]
    fn every_type_has_a_last_rule_for_any_mode() {
        let rules = read(include_str!("../data/acled.tsv")).expect("our file");
        for kind in EventType::ALL {
            let last = rules.iter().rfind(|r| r.kind == *kind);
            assert!(last.is_some_and(|r| r.mode.is_none() && r.sides == "*"), "{kind}");
        }
    }
}
