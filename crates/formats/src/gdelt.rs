//! Rows in the columns of the GDELT 2.0 Event Database: Events and Mentions, tab-separated, without a header row, as
//! GDELT's own files are.
//!
//! GDELT is dyadic: an incident gives one row a pair of actor and target, all with the same mentions; and it has no
//! column for whether something happened, so only what is told as a fact is written. A mention belongs to every row
//! of its incident. Tones, confidences and sentence numbers are GDELT's own measures and stay empty.

use std::collections::BTreeSet;
use std::io::{self, Write};

use ::record::{Actor, BlockLabel, Date, Incident, PlacePrecision, Record, Report, Span, Spot, When};

use crate::csv::defused;
use crate::data;
use crate::pieces::{Items, Pieces};
use crate::scene::{is_fact, number, sources};
use crate::tables::{Cell, Column, Rows, columns};
use crate::words::Words;

/// The columns of Events, in GDELT's order.
pub const EVENTS: &[Column] = columns![
    Count: "GLOBALEVENTID" "SQLDATE" "MonthYear" "Year", Float: "FractionDate",
    Text: "Actor1Code" "Actor1Name" "Actor1CountryCode" "Actor1KnownGroupCode" "Actor1EthnicCode"
        "Actor1Religion1Code" "Actor1Religion2Code" "Actor1Type1Code" "Actor1Type2Code" "Actor1Type3Code",
    Text: "Actor2Code" "Actor2Name" "Actor2CountryCode" "Actor2KnownGroupCode" "Actor2EthnicCode"
        "Actor2Religion1Code" "Actor2Religion2Code" "Actor2Type1Code" "Actor2Type2Code" "Actor2Type3Code",
    Count: "IsRootEvent", Text: "EventCode" "EventBaseCode" "EventRootCode", Count: "QuadClass",
    Float: "GoldsteinScale", Count: "NumMentions" "NumSources" "NumArticles", Float: "AvgTone",
    Count: "Actor1Geo_Type", Text: "Actor1Geo_Fullname" "Actor1Geo_CountryCode" "Actor1Geo_ADM1Code"
        "Actor1Geo_ADM2Code", Float: "Actor1Geo_Lat" "Actor1Geo_Long", Text: "Actor1Geo_FeatureID",
    Count: "Actor2Geo_Type", Text: "Actor2Geo_Fullname" "Actor2Geo_CountryCode" "Actor2Geo_ADM1Code"
        "Actor2Geo_ADM2Code", Float: "Actor2Geo_Lat" "Actor2Geo_Long", Text: "Actor2Geo_FeatureID",
    Count: "ActionGeo_Type", Text: "ActionGeo_Fullname" "ActionGeo_CountryCode" "ActionGeo_ADM1Code"
        "ActionGeo_ADM2Code", Float: "ActionGeo_Lat" "ActionGeo_Long", Text: "ActionGeo_FeatureID",
    Count: "DATEADDED", Text: "SOURCEURL",
];

/// The columns of Mentions, in GDELT's order.
pub const MENTIONS: &[Column] = columns![
    Count: "GLOBALEVENTID" "EventTimeDate" "MentionTimeDate" "MentionType", Text: "MentionSourceName"
        "MentionIdentifier", Count: "SentenceID" "Actor1CharOffset" "Actor2CharOffset" "ActionCharOffset"
        "InRawText" "Confidence" "MentionDocLen", Float: "MentionDocTone", Text: "MentionDocTranslationInfo" "Extras",
];

/// Writes Events.
///
/// # Errors
/// If writing fails.
pub fn write_events(record: &dyn Pieces, mut out: impl Write) -> io::Result<()> {
    record.pieces(Items::Incidents, true, &mut |piece| events(piece, &mut |cells| line(&cells, &mut out)))
}

/// Writes Mentions.
///
/// # Errors
/// If writing fails.
pub fn write_mentions(record: &dyn Pieces, mut out: impl Write) -> io::Result<()> {
    record.pieces(Items::Incidents, true, &mut |piece| mentions(piece, &mut |cells| line(&cells, &mut out)))
}

/// How many incidents of a piece of a record are left out: they are not told as facts.
#[must_use]
pub fn left_out(record: &Record) -> usize {
    record.incidents.iter().filter(|i| !is_fact(i)).count()
}

/// GDELT quotes nothing: a tab or a line break in a value would be a new cell, so it becomes a space.
fn line(cells: &[Cell], out: &mut impl Write) -> io::Result<()> {
    for (n, cell) in cells.iter().enumerate() {
        let flat: String = cell.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        write!(out, "{}{}", if n == 0 { "" } else { "\t" }, defused(&flat))?;
    }
    out.write_all(b"\n")
}

/// A row of Events: an incident with one actor and one target, as far as there are any.
struct Pair<'r> {
    id: u64,
    one: Option<&'r ::record::Party>,
    other: Option<&'r ::record::Party>,
}

fn pairs<'r>(i: &'r Incident, words: &Words<'r>) -> Vec<Pair<'r>> {
    let targets = words.somebody(&i.targets);
    let mut pairs = Vec::new();
    for a in 0..i.actors.len().max(1) {
        for b in 0..targets.len().max(1) {
            let (one, other) = (i.actors.get(a), targets.get(b).copied());
            // Who stands on both sides beside others acts on the others.
            let same = one.zip(other).is_some_and(|(x, y)| x.actor == y.actor);
            if same && i.actors.len() * targets.len() > 1 {
                continue;
            }
            let name = |p: Option<&::record::Party>| p.map_or(String::new(), |p| p.actor.to_string());
            pairs.push(Pair { id: number(&format!("{} {} > {}", i.id, name(one), name(other))), one, other });
        }
    }
    pairs
}

/// Gives the rows of Events of a piece of a record.
///
/// # Errors
/// If `each` fails.
pub fn events(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in record.incidents.iter().filter(|i| is_fact(i)) {
        let reports = sources(i, &words);
        let outlets: BTreeSet<&str> =
            reports.iter().map(|r| r.publisher.as_deref().unwrap_or(r.id.as_str())).collect();
        let [day, month, year, fraction] = dates(i.when);
        for pair in pairs(i, &words) {
            let mut cells =
                vec![Cell::Count(pair.id), day.clone(), month.clone(), year.clone(), fraction.clone()];
            for party in [pair.one, pair.other] {
                cells.extend(actor(party.and_then(|p| words.actor(&p.actor))));
            }
            cells.extend([
                Cell::Count(u64::from(is_root(i, &words))),
                Cell::text(&i.cameo),
                Cell::maybe(i.cameo.get(..3)),
                Cell::maybe(i.cameo.get(..2)),
                Cell::count(quad(&i.cameo)),
                Cell::float(data::goldstein(&i.cameo)),
                Cell::size(i.evidence.len()),
                Cell::size(outlets.len()),
                Cell::size(reports.len()),
                Cell::Empty,
            ]);
            // Where the actors come from is not what the record knows: only where it happened.
            cells.extend(vec![Cell::Empty; 16]);
            cells.extend(geo(i.places.first().map(|p| &p.spot)));
            cells.push(Cell::count(added(&reports)));
            cells.push(Cell::maybe(reports.iter().find_map(|r| r.url.as_ref())));
            each(cells)?;
        }
    }
    Ok(())
}

/// Gives the rows of Mentions of a piece of a record.
///
/// # Errors
/// If `each` fails.
pub fn mentions(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in record.incidents.iter().filter(|i| is_fact(i)) {
        let added = added(&sources(i, &words));
        for pair in pairs(i, &words) {
            for at in &i.evidence {
                let Some(report) = words.report(&at.report) else { continue };
                let offset = |span: Option<&Span>| {
                    Cell::count(span.and_then(|s| words.points(s)).map(|(start, _)| start as u64))
                };
                let nearest = |party: Option<&'_ ::record::Party>| {
                    offset(party.and_then(|p| {
                        let here = p.evidence.iter().filter(|s| s.report == at.report);
                        here.min_by_key(|s| (s.range.start().abs_diff(at.range.start()), s.range))
                    }))
                };
                each(vec![
                    Cell::Count(pair.id),
                    Cell::count(added),
                    Cell::count(published(report)),
                    // 1 is a page of the web; 2 is a source known by its citation only.
                    Cell::Count(if report.url.is_some() { 1 } else { 2 }),
                    Cell::maybe(report.publisher.as_ref()),
                    Cell::text(report.url.as_deref().unwrap_or(report.id.as_str())),
                    Cell::Empty,
                    nearest(pair.one),
                    nearest(pair.other),
                    offset(Some(at)),
                    Cell::Empty,
                    Cell::Empty,
                    words.length(&report.id).map_or(Cell::Empty, Cell::size),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                ])?;
            }
        }
    }
    Ok(())
}

/// Day, month, year and fraction of the year (as GDELT counts: months of 30 days in a year of 365), as far as both
/// ends of the period agree.
fn dates(when: When) -> [Cell; 4] {
    let (Some(a), Some(b)) = (when.earliest(), when.latest()) else { return [const { Cell::Empty }; 4] };
    let number = |n: i32| u64::try_from(n).ok();
    let month = |d: Date| i32::from(d.year()) * 100 + i32::from(d.month());
    let day = |d: Date| month(d) * 100 + i32::from(d.day());
    let fraction = f64::from(a.year()) + (f64::from(a.month()) * 30.0 + f64::from(a.day())) / 365.0;
    let same_year = a.year() == b.year();
    [
        Cell::count(number(day(a)).filter(|_| a == b)),
        Cell::count(number(month(a)).filter(|_| same_year && a.month() == b.month())),
        Cell::count(number(i32::from(a.year())).filter(|_| same_year)),
        Cell::float((a == b).then(|| (fraction * 10_000.0).round() / 10_000.0)),
    ]
}

/// Code, name, country, group, ethnicity, two religions, three types. Of the codes the country and the first type are
/// known, if any.
fn actor(actor: Option<&Actor>) -> Vec<Cell> {
    let country = actor.and_then(|a| data::country(a.country.as_deref()?)?.cameo);
    let kind = actor.and_then(data::cameo_type);
    let code = format!("{}{}", country.unwrap_or_default(), kind.unwrap_or_default());
    let mut cells =
        vec![Cell::text(code), Cell::maybe(actor.map(|a| a.name.to_uppercase())), Cell::maybe(country)];
    cells.extend(vec![Cell::Empty; 4]);
    cells.push(Cell::maybe(kind));
    cells.extend(vec![Cell::Empty; 2]);
    cells
}

/// Whether a mention stands in the title or in the first paragraph of a report.
fn is_root(i: &Incident, words: &Words<'_>) -> bool {
    i.evidence.iter().any(|at| words.report(&at.report).is_some_and(|r| leads(r, at)))
}

fn leads(report: &Report, at: &Span) -> bool {
    let title = report.title.as_ref().and_then(|t| t.at).is_some_and(|t| t.contains(at.range))
        || report.blocks.iter().any(|b| b.label == BlockLabel::Title && b.range.contains(at.range));
    let lead = report.blocks.iter().find(|b| b.label == BlockLabel::Body).is_some_and(|b| {
        let body = b.range.of(&report.text);
        let first = body.find('\n').unwrap_or(body.len());
        (b.range.start()..=b.range.start() + first).contains(&at.range.start())
    });
    title || lead
}

/// GDELT's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
fn quad(cameo: &str) -> Option<u64> {
    match cameo.get(..2)?.parse::<u8>().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

/// Type, full name, country (FIPS 10-4), first and second division, latitude, longitude, feature id. Of the codes
/// below the country GDELT uses lists that the record has not: they are empty. A region has no type in GDELT, and no point.
fn geo(spot: Option<&Spot>) -> Vec<Cell> {
    let country = spot.and_then(|s| data::country(s.country?));
    let american = country.is_some_and(|c| c.code == "USA");
    let kind = spot.and_then(|s| match s.precision {
        PlacePrecision::Country => Some(1),
        PlacePrecision::Site | PlacePrecision::City | PlacePrecision::District if american => Some(3),
        PlacePrecision::Site | PlacePrecision::City | PlacePrecision::District => Some(4),
        PlacePrecision::Admin1 if american => Some(2),
        PlacePrecision::Admin1 => Some(5),
        PlacePrecision::Region => None,
    });
    let name = spot.map(|s| {
        let mut parts = vec![s.name.as_str()];
        parts.extend(s.admin1.as_deref());
        parts.extend(country.map(|c| c.name));
        parts.dedup();
        parts.join(", ")
    });
    let fips = country.and_then(|c| c.fips);
    let whole = fips.filter(|_| kind == Some(1));
    vec![
        Cell::count(kind),
        Cell::maybe(name),
        Cell::maybe(fips),
        Cell::maybe(whole),
        Cell::Empty,
        Cell::float(spot.filter(|_| kind.is_some()).and_then(|s| s.lat)),
        Cell::float(spot.filter(|_| kind.is_some()).and_then(|s| s.lon)),
        Cell::maybe(whole),
    ]
}

/// When a report was published, YYYYMMDDHHMMSS in UTC, if the instant is known.
fn published(report: &Report) -> Option<u64> {
    let time = report.published.as_ref()?.time?;
    time.strftime("%Y%m%d%H%M%S").to_string().parse().ok()
}

/// When the first report of it came out.
fn added(reports: &[&Report]) -> Option<u64> {
    reports.iter().filter_map(|r| published(r)).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::harbour;

    /// Reads rows back under their columns' names.
    fn read(columns: &[Column], bytes: &[u8]) -> Vec<std::collections::BTreeMap<&'static str, String>> {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).has_headers(false).from_reader(bytes);
        let rows: Vec<csv::StringRecord> =
            reader.records().collect::<Result<_, _>>().expect("rows of one length");
        rows.iter()
            .map(|row| {
                assert_eq!(row.len(), columns.len());
                columns.iter().map(|c| c.name).zip(row.iter().map(str::to_owned)).collect()
            })
            .collect()
    }

    #[test]
    fn events_are_pairs_in_gdelts_columns() {
        let record = harbour();
        let mut out = Vec::new();
        write_events(&record, &mut out).expect("writes");
        assert_eq!((EVENTS.len(), MENTIONS.len()), (61, 16));
        let rows = read(EVENTS, &out);
        assert_eq!(left_out(&record), 1);
        let raid = rows.iter().find(|r| r["EventCode"] == "195").expect("the raid");
        for (column, value) in [
            ("SQLDATE", "20230912"),
            ("MonthYear", "202309"),
            ("FractionDate", "2023.7726"),
            ("Actor1Code", "MIL"),
            ("Actor1Name", "SAUDI-LED COALITION"),
            ("Actor1CountryCode", ""),
            ("Actor2Code", "YEMCVL"),
            ("IsRootEvent", "0"),
            ("EventBaseCode", "195"),
            ("EventRootCode", "19"),
            ("QuadClass", "4"),
            ("GoldsteinScale", "-10"),
            ("NumMentions", "2"),
            ("NumSources", "2"),
            ("NumArticles", "2"),
            ("AvgTone", ""),
            ("Actor1Geo_Type", ""),
            ("ActionGeo_Type", "4"),
            ("ActionGeo_Fullname", "Hodeidah, Hodeidah Governorate, Yemen"),
            ("ActionGeo_CountryCode", "YM"),
            ("ActionGeo_Lat", "14.7979"),
            ("DATEADDED", ""),
            ("SOURCEURL", "https://copy.example/a?b=c&d"),
        ] {
            assert_eq!(raid[column], value, "{column}");
        }
        // Over a month only month and year are known; two days of one month likewise.
        let clash = rows.iter().find(|r| r["EventCode"] == "190").expect("the clash");
        assert_eq!((&*clash["SQLDATE"], &*clash["MonthYear"], &*clash["Year"]), ("", "202309", "2023"));
        assert_eq!(rows.iter().filter(|r| r["EventCode"] == "190").count(), 2, "two actors, no target");
        let ids: BTreeSet<&String> = rows.iter().map(|r| &r["GLOBALEVENTID"]).collect();
        assert_eq!(ids.len(), rows.len());
    }

    #[test]
    fn mentions_point_at_events_and_into_the_text() {
        let record = harbour();
        let (mut events, mut out) = (Vec::new(), Vec::new());
        write_events(&record, &mut events).expect("writes");
        write_mentions(&record, &mut out).expect("writes");
        let known: BTreeSet<String> =
            read(EVENTS, &events).into_iter().map(|r| r["GLOBALEVENTID"].clone()).collect();
        let rows = read(MENTIONS, &out);
        assert!(rows.iter().all(|r| known.contains(&r["GLOBALEVENTID"])));
        let raid = rows.iter().find(|r| r["MentionSourceName"] == "Gulf Wire").expect("the wire");
        assert_eq!(raid["MentionIdentifier"], "https://wire.example/raid");
        assert_eq!(raid["MentionType"], "1");
        let wire = record.reports.iter().find(|r| r.id.as_str() == "wire").expect("the wire");
        assert_eq!(raid["MentionDocLen"], wire.text.chars().count().to_string());
        let hostile = rows.iter().find(|r| r["MentionSourceName"].contains("cmd")).expect("the copy");
        assert!(hostile["MentionSourceName"].starts_with('\''));
        let undated = rows.iter().find(|r| r["MentionIdentifier"] == "later").expect("no address");
        assert_eq!(undated["MentionType"], "2");
    }
}
