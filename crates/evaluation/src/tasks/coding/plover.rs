//! PLOVER gold records.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use record::{Actor, Analysis, Event, EventRole};
use serde_json::Value;

use super::super::Settings;
use super::main_events;
use crate::input;
use crate::{Case, Outcome, Problem, system};

struct Gold {
    text: String,
    event: String,
    mode: Option<String>,
    source: Vec<Party>,
    target: Vec<Party>,
}

#[derive(Default, Clone)]
struct Party {
    country: Option<String>,
    sectors: Vec<String>,
}

pub(super) fn run(
    path: &Path,
    text: &str,
    settings: &Settings,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let mut records: Vec<Value> = Vec::new();
    for value in serde_json::Deserializer::from_str(&without_stray_commas(text)).into_iter::<Value>() {
        match value.map_err(|e| Problem::at(path, e.line(), format!("not JSON: {e}")))? {
            Value::Array(values) => records.extend(values),
            value => records.push(value),
        }
    }
    let mut texts: Vec<(String, Vec<Gold>)> = Vec::new();
    let mut without = 0;
    for record in &records {
        let Some(gold) = gold_record(record) else {
            without += 1;
            continue;
        };
        match texts.iter_mut().find(|(t, _)| *t == gold.text) {
            Some((_, golds)) => golds.push(gold),
            None => texts.push((gold.text.clone(), vec![gold])),
        }
    }
    if without > 0 {
        outcome.notes.push(format!("{without} records without text or event are skipped"));
    }
    if texts.is_empty() {
        return Err(Problem::new(path, "no record with text and event"));
    }
    let texts = settings.choose(texts);
    let analyses: Vec<Analysis> =
        texts.par_iter().map(|(t, _)| system::analyse(system::report("record", t, None))).collect();
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut count = |name: &'static str, right: bool| {
        let share = shares.entry(name).or_default();
        share.0 += usize::from(right);
        share.1 += 1;
    };
    for ((text, golds), analysis) in texts.iter().zip(&analyses) {
        outcome.n += golds.len();
        let mut ours: Vec<&Event> = main_events(analysis).into_iter().take(golds.len()).collect();
        for gold in golds {
            let best =
                ours.iter().position(|e| e.kind.as_str() == gold.event).or((!ours.is_empty()).then_some(0));
            let event = best.map(|i| ours.remove(i));
            let kind = event.map_or("nothing", |e| e.kind.as_str());
            count("event", kind == gold.event);
            outcome.confusion.add(&gold.event, kind);
            let mine =
                |roles: fn(&Event) -> &[EventRole]| event.map_or(Vec::new(), |e| parties(analysis, roles(e)));
            let (sources, targets) = (mine(|e| &e.actors), mine(|e| &e.targets));
            for (name, gold, ours) in
                [("source_country", &gold.source, &sources), ("target_country", &gold.target, &targets)]
            {
                let codes = |p: &[Party]| p.iter().filter_map(|p| p.country.clone()).collect::<BTreeSet<_>>();
                if !codes(gold).is_empty() {
                    count(name, codes(gold) == codes(ours));
                }
            }
            let sectors = |p: &[Party]| p.iter().flat_map(|p| p.sectors.clone()).collect::<BTreeSet<_>>();
            if !sectors(&gold.source).is_empty() {
                count("source_sector", !sectors(&gold.source).is_disjoint(&sectors(&sources)));
            }
            if let Some(mode) = &gold.mode {
                count("mode", event.and_then(|e| e.mode).is_some_and(|m| m.as_str() == mode));
            }
            if kind != gold.event {
                outcome.cases.push(Case {
                    origin: input::stem(path),
                    text: text.clone(),
                    gold: gold.event.clone(),
                    ours: event.map_or("nothing".to_owned(), |e| {
                        format!("{kind} «{}» {}", e.trigger.of(text), e.rule)
                    }),
                });
            }
        }
    }
    for name in ["event", "source_country", "target_country", "source_sector", "mode"] {
        if let Some((right, of)) = shares.get(name) {
            outcome.score(name, 100.0 * *right as f64 / *of as f64);
        }
    }
    Ok(())
}

/// Blanks the commas that JSON does not allow: before a closing bracket, and outside of everything.
fn without_stray_commas(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    let (mut depth, mut quoted, mut escaped, mut comma) = (0_usize, false, false, None);
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b',' if depth == 0 => out[i] = b' ',
            b',' => {
                comma = Some(i);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if let Some(comma) = comma {
                    out[comma] = b' ';
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            comma = None;
        }
    }
    // Only ASCII was replaced by ASCII.
    String::from_utf8(out).unwrap_or_default()
}

/// A record in PLOVER's field names, the newer ones or those of the first gold records.
fn gold_record(record: &Value) -> Option<Gold> {
    let field = |names: &[&str]| names.iter().find_map(|n| record.get(*n)).filter(|v| !v.is_null());
    let inner = |names: &[&str]| {
        let info = field(&["text_info", "textInfo"])?;
        names.iter().find_map(|n| info.get(*n)).and_then(Value::as_str)
    };
    let text =
        field(&["text", "sentence"]).and_then(Value::as_str).or_else(|| inner(&["text", "sentence"]))?;
    let event = first_string(field(&["event", "event_type", "eventType"])?)?;
    Some(Gold {
        text: text.trim().trim_start_matches('{').trim_end_matches('}').to_owned(),
        event: modern_name(&event),
        mode: field(&["mode", "event_mode", "eventMode"]).and_then(first_string).map(|m| m.to_lowercase()),
        source: field(&["actor", "source", "actors"]).map(gold_parties).unwrap_or_default(),
        target: field(&["recipient", "target", "recipients"]).map(gold_parties).unwrap_or_default(),
    })
}

/// A string, or the first of a list; none where nobody coded it.
fn first_string(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| s.contains(char::is_alphanumeric)),
        Value::Array(values) => values.iter().find_map(first_string),
        _ => None,
    }
}

/// Names of PLOVER 0.5 and 0.6 in those of 0.8.
fn modern_name(event: &str) -> String {
    let name = event.trim().to_uppercase();
    match name.as_str() {
        "DEMAND" => "REQUEST".to_owned(),
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE".to_owned(),
        "FIGHT" => "ASSAULT".to_owned(),
        _ => name,
    }
}

fn gold_parties(value: &Value) -> Vec<Party> {
    match value {
        Value::Array(values) => values.iter().flat_map(gold_parties).collect(),
        Value::String(_) => first_string(value)
            .map(|code| Party { country: Some(country_or_body(&code)), sectors: Vec::new() })
            .into_iter()
            .collect(),
        Value::Object(fields) => {
            let find = |names: &[&str]| names.iter().find_map(|n| fields.get(*n)).and_then(first_string);
            let sectors =
                ["sector", "sectors", "agent", "sector1", "sector2"].iter().filter_map(|n| fields.get(*n));
            let all = sectors.flat_map(|v| match v {
                Value::Array(values) => values.iter().filter_map(first_string).collect::<Vec<_>>(),
                other => first_string(other).into_iter().collect(),
            });
            vec![Party {
                country: find(&["code", "country", "actor", "country_code", "countryCode"])
                    .map(|c| country_or_body(&c)),
                sectors: all.map(|s| s.to_uppercase()).collect(),
            }]
        }
        _ => Vec::new(),
    }
}

/// The leading three letters of an actor code. PLOVER writes Kosovo `KOS` and knows codes of their own for the United
/// Nations and the European Union, which are IGO to us.
fn country_or_body(code: &str) -> String {
    let start: String = code.trim().chars().take(3).collect::<String>().to_uppercase();
    match start.as_str() {
        "KOS" => "XKX".to_owned(),
        "UNO" | "EUR" | "INT" => "IGO".to_owned(),
        _ => start,
    }
}

fn parties(analysis: &Analysis, roles: &[EventRole]) -> Vec<Party> {
    let actor = |r: &EventRole| analysis.actors.iter().find(|a| Some(&a.id) == r.actor.as_ref());
    let party = |a: &Actor| Party {
        country: a.country.clone().or_else(|| a.sector.map(|s| s.to_string())),
        sectors: a.sector.iter().map(ToString::to_string).collect(),
    };
    roles.iter().map(|r| actor(r).map_or(Party::default(), party)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::coding;
    use serde_json::json;

    #[test]
    fn old_and_new_records_are_the_same() {
        let old = json!({"event": "DISAPPROVE", "source": {"code": "USAGOV", "sector": "GOV"}, "target": [{"code": "IRQ"}],
            "textInfo": {"text": "x"}});
        let new = json!({"event": "ACCUSE", "actor": [{"country": "USA", "sector": ["GOV"]}], "recipient": "IRQ",
            "text": "x", "mode": ["disapprove"]});
        for (record, mode) in [(old, None), (new, Some("disapprove".to_owned()))] {
            let gold = gold_record(&record).unwrap();
            assert_eq!((gold.event.as_str(), gold.mode), ("ACCUSE", mode));
            assert_eq!(gold.source[0].country.as_deref(), Some("USA"));
            assert_eq!(
                (gold.source[0].sectors[0].as_str(), gold.target[0].country.as_deref()),
                ("GOV", Some("IRQ"))
            );
        }
    }

    #[test]
    fn records_as_they_were_published() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gold.txt");
        let records = r#"{
    "id": "A-1",
    "source": [{"actorText": "Norway", "code": "NOR", "sector": "***"}],
    "target": "",
    "event": "FIGHT",
    "mode": "",
    "text": "{Norway, \"so they say\", [attacked,] Sweden.}",
    "comment": "",
},
{
    "id": "A-2",
    "source": [{"actorText": "Norway", "code": "---", "sector": "GOV"},],
    "event": "DEMAND",
    "text": "Norway demanded talks.",
},
"#;
        std::fs::write(&file, records).unwrap();
        let clean = without_stray_commas(records);
        let values: Vec<Value> =
            serde_json::Deserializer::from_str(&clean).into_iter().collect::<Result<_, _>>().unwrap();
        let gold: Vec<Gold> = values.iter().filter_map(gold_record).collect();
        assert_eq!(gold[0].text, "Norway, \"so they say\", [attacked,] Sweden.");
        assert_eq!((gold[0].event.as_str(), gold[1].event.as_str()), ("ASSAULT", "REQUEST"));
        assert_eq!((gold[0].mode.as_deref(), gold[0].target.len()), (None, 0));
        assert_eq!(
            (gold[0].source[0].country.as_deref(), gold[0].source[0].sectors.len()),
            (Some("NOR"), 0),
            "*** is no sector"
        );
        assert_eq!(gold[1].source[0].country, None, "--- is no country");
        let outcome = coding::run(&file, &Settings::default()).unwrap();
        let names: Vec<&str> = outcome.scores.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!((outcome.n, names), (2, vec!["event", "source_country", "source_sector"]));
        std::fs::write(&file, "{\"event\": \"AID\",\n \"text\" \"x\"}").unwrap();
        let broken = coding::run(&file, &Settings::default()).unwrap_err().to_string();
        assert!(broken.contains("gold.txt:2: not JSON"), "{broken}");
    }
}
