//! Incidents as PLOVER records, one JSON object a line, in the field names of the PLOVER manual.
//!
//! All actors stand in one list and all recipients in another, as PLOVER asks (no dyads). What is planned, said never
//! to have happened or only imagined carries PLOVER's auxiliary mode. Incidents without a named actor, which PLOVER
//! itself does not code, are kept with an empty list.

use std::io::{self, Write};
use std::sync::OnceLock;

use ::record::{EventType, Factuality, Incident, Mode, Party, PlacePrecision, Quad, Spot, Vocabulary};
use serde::Serialize;

use crate::data;
use crate::pieces::{Items, Pieces};
use crate::scene::sources;
use crate::toll::Toll;
use crate::words::Words;

#[derive(Serialize)]
struct Event<'r> {
    id: &'r str,
    date: Option<String>,
    enddate: Option<String>,
    actor: Vec<Entity<'r>>,
    recipient: Vec<Entity<'r>>,
    event: &'static str,
    mode: Option<&'static str>,
    auxiliary_mode: Option<&'static str>,
    context: Vec<&'static str>,
    quad_code: u8,
    event_scale: Option<f64>,
    event_text: &'r str,
    location: Option<Location<'r>>,
    size: Size,
    text_info: Option<TextInfo>,
    cite_info: Option<CiteInfo<'r>>,
    link: Vec<&'r str>,
    coder: &'static str,
}

#[derive(Serialize)]
struct Entity<'r> {
    code: Option<&'r str>,
    sector: Option<&'static str>,
    text: &'r str,
    wikidata: Option<&'r str>,
}

#[derive(Serialize)]
struct Location<'r> {
    resolved_place: &'r str,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    city: Option<&'r str>,
    district: Option<&'r str>,
    province: Option<&'r str>,
    country: Option<&'static str>,
    country_code: Option<&'static str>,
    resolution: Option<u8>,
}

#[derive(Serialize)]
struct Size {
    dead: Option<u64>,
    injured: Option<u64>,
    arrested: Option<u64>,
}

#[derive(Serialize)]
struct TextInfo {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct CiteInfo<'r> {
    citation: &'r str,
    url: Option<&'r str>,
    title: Option<&'r str>,
    language: Option<&'r str>,
    publication: Option<&'r str>,
    date: Option<String>,
}

/// Writes the lines.
///
/// # Errors
/// If writing fails.
pub fn write(record: &dyn Pieces, mut out: impl Write) -> io::Result<()> {
    record.pieces(Items::Incidents, true, &mut |piece| {
        let words = Words::new(piece);
        for i in &piece.incidents {
            serde_json::to_writer(&mut out, &event(i, &words))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

fn event<'r>(i: &'r Incident, words: &Words<'r>) -> Event<'r> {
    let first = sources(i, words).into_iter().next();
    let mention = i.evidence.iter().find(|s| first.is_some_and(|r| r.id == s.report));
    let [dead, injured, arrested] =
        ["killed", "wounded", "arrested"].map(|what| Toll::of(i, what).and_then(|t| t.best));
    let (from, to) = (i.when.earliest(), i.when.latest());
    Event {
        id: i.id.as_str(),
        date: from.map(|d| d.to_string()),
        enddate: to.filter(|_| from != to).map(|d| d.to_string()),
        actor: entities(&i.actors, words),
        recipient: entities(&i.targets, words),
        event: i.kind.as_str(),
        mode: i.mode.map(|m| m.as_str()),
        auxiliary_mode: match i.factuality {
            Factuality::Planned | Factuality::Threatened => Some("future"),
            Factuality::Hypothetical => Some("hypothetical"),
            Factuality::Denied => Some("negation"),
            Factuality::Happened | Factuality::Ongoing | Factuality::Uncertain => None,
        },
        context: i.contexts.iter().map(|c| c.as_str()).collect(),
        quad_code: match i.kind.quad() {
            Quad::VerbalCooperation => 1,
            Quad::MaterialCooperation => 2,
            Quad::VerbalConflict => 3,
            Quad::MaterialConflict => 4,
        },
        event_scale: scale(i),
        event_text: mention.map_or("", |m| words.of(m)),
        location: i.places.first().map(|p| location(&p.spot)),
        size: Size { dead, injured, arrested },
        text_info: mention.and_then(|m| words.points(m)).map(|(start, end)| TextInfo { start, end }),
        cite_info: first.map(|r| CiteInfo {
            citation: r.id.as_str(),
            url: r.url.as_deref(),
            title: r.title.as_ref().map(|t| t.value.as_str()),
            language: r.language.as_deref(),
            publication: r.publisher.as_deref(),
            date: r.published.as_ref().map(|p| p.date.to_string()),
        }),
        link: sources(i, words).into_iter().filter_map(|r| r.url.as_deref()).collect(),
        coder: "Rapporteur",
    }
}

fn entities<'r>(parties: &'r [Party], words: &Words<'r>) -> Vec<Entity<'r>> {
    let entity = |p: &'r Party| {
        let actor = words.actor(&p.actor);
        Entity {
            code: actor.and_then(|a| a.country.as_deref()),
            sector: actor.and_then(|a| a.sector).map(|s| s.as_str()),
            text: words.name(&p.actor),
            wikidata: actor.and_then(|a| a.wikidata.as_deref()),
        }
    };
    words.somebody(parties).into_iter().map(entity).collect()
}

fn location(spot: &Spot) -> Location<'_> {
    let named = |precision| (spot.precision == precision).then_some(spot.name.as_str());
    Location {
        resolved_place: &spot.name,
        geonameid: spot.geonames_id,
        lat: spot.lat,
        lon: spot.lon,
        city: named(PlacePrecision::City),
        district: named(PlacePrecision::District),
        province: spot.admin1.as_deref().or(named(PlacePrecision::Admin1)),
        country: spot.country.and_then(data::country).map(|c| c.name),
        country_code: spot.country,
        resolution: match spot.precision {
            PlacePrecision::Site => Some(5),
            PlacePrecision::City => Some(4),
            PlacePrecision::District => Some(3),
            PlacePrecision::Admin1 => Some(2),
            PlacePrecision::Country => Some(1),
            PlacePrecision::Region => None,
        },
    }
}

type ScaleLine = (EventType, Option<Mode>, f64);

/// Value of an incident on PLOVER's scale, from -10 (conflict) to 10 (cooperation).
pub(crate) fn scale(i: &Incident) -> Option<f64> {
    static ALL: OnceLock<Vec<ScaleLine>> = OnceLock::new();
    let all = ALL
        .get_or_init(|| data::ours("plover-scale.tsv", read_scale(include_str!("../data/plover-scale.tsv"))));
    let of = |mode: Option<Mode>| all.iter().find(|l| l.0 == i.kind && l.1 == mode).map(|l| l.2);
    i.mode.and_then(|m| of(Some(m))).or_else(|| of(None))
}

fn read_scale(file: &'static str) -> Result<Vec<ScaleLine>, String> {
    data::rows(file)?
        .into_iter()
        .map(|(n, [kind, mode, value])| {
            let at = |e: ::record::UnknownName| format!("line {n}: {e}");
            let mode = if mode == "*" { None } else { Some(Mode::from_name(mode).map_err(at)?) };
            match value.parse::<f64>() {
                Ok(v) if (-10.0..=10.0).contains(&v) => {
                    Ok((EventType::from_name(kind).map_err(at)?, mode, v))
                }
                _ => Err(format!("line {n}: «{value}» is no number from -10 to 10")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::harbour;

    #[test]
    fn lines_are_records_with_lists_of_actors() {
        let record = harbour();
        let mut out = Vec::new();
        write(&record, &mut out).expect("writes");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        assert_eq!(lines.len(), record.incidents.len());
        let of = |id: &str| lines.iter().find(|l| l["id"] == id).expect("in the file");
        let raid = of("assault-raid");
        assert_eq!(raid["date"], "2023-09-12");
        assert_eq!(raid["enddate"], Value::Null);
        assert_eq!(raid["size"], json!({ "dead": 11, "injured": 20, "arrested": null }));
        assert_eq!((&raid["quad_code"], &raid["event_scale"]), (&json!(4), &json!(-9.5)));
        assert_eq!(raid["location"]["resolution"], 4);
        assert_eq!(raid["recipient"][0]["sector"], "CVL");
        assert_eq!(of("assault-clash")["enddate"], "2023-09-30");
        assert_eq!(of("assault-plan")["auxiliary_mode"], "future");
        assert_eq!(of("accuse-un")["date"], Value::Null);
    }

    #[test]
    fn every_type_has_its_scale_and_a_bad_line_is_named() {
        let all = read_scale(include_str!("../data/plover-scale.tsv")).expect("our file");
        assert!(EventType::ALL.iter().all(|k| all.iter().any(|l| l.0 == *k && l.1.is_none())));
        assert!(read_scale("AID\t*\t10\nAID\tgift\t1").expect_err("bad").starts_with("line 2: «gift»"));
        assert!(read_scale("AID\t*\tmuch").expect_err("bad").starts_with("line 1"));
    }
}
