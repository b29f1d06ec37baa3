//! `coding`: what an event is called. Four formats, told apart by their content:
//!
//! * PLV (`.tsv` with `marked_sentence`): source and target are given; macro-F1 over the PLOVER roots (CONCEDE and
//!   RETREAT are YIELD, which the set counts as material cooperation) and over the quad classes, and root accuracy.
//! * `.tsv` of a sentence and its quad class (0 none, 1 to 4): accuracy of our main event.
//! * PLOVER gold records (JSONL, a JSON list, or objects with commas after and between them, as they were published):
//!   end to end. Records of one text are paired with as many of our events, main events first; scores are the shares
//!   of records whose type, countries, sector, mode are right, each among those that have it (`---`, `***` and empty
//!   strings mean that nobody coded it).
//! * tagged words (S source, T target, R both): F1 of spans against the parties of our main event.
//! * PETRARCH validation XML: the share of sentences whose set of (source, target, CAMEO code) is exactly right, and of
//!   those whose set of (source, target) is. Its invented countries have the first three letters of their name as code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use record::{Actor, Analysis, Event, EventRole, EventType, Quad, TextRange};
use serde_json::Value;

use super::Settings;
use super::columns::{self, Tagged};
use crate::input;
use crate::metrics::Counts;
use crate::metrics::counts::{macro_f1, shared};
use crate::{Case, Outcome, Problem, system};

/// Scores that depend on the format: `root_macro_f1 quad_macro_f1 accuracy`, `accuracy`, `event source_country
/// target_country source_sector mode`, `precision recall f1`, or `exact pair`.
///
/// # Errors
/// A file that cannot be read or is of none of these formats.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    if path.is_dir() {
        return Err(Problem::new(path, "coding takes one file, since each format has scores of its own"));
    }
    let text = input::text(path)?;
    let mut outcome = Outcome::new("coding", path);
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    if text.trim_start().starts_with('<') {
        petrarch(path, &text, settings, &mut outcome)?;
    } else if text.trim_start().starts_with(['{', '[']) {
        plover(path, &text, settings, &mut outcome)?;
    } else if first.contains("marked_sentence") {
        plv(path, &text, settings, &mut outcome)?;
    } else if first.rsplit_once('\t').is_some_and(|(_, class)| class.trim().parse::<u8>().is_ok()) {
        classes(path, &text, settings, &mut outcome)?;
    } else {
        spans(path, settings, &mut outcome)?;
    }
    Ok(outcome)
}

// ---- PLV ------------------------------------------------------------------------------------------------------------

struct Pair {
    id: String,
    text: String,
    source: TextRange,
    target: TextRange,
    root: String,
    quad: String,
}

fn plv(path: &Path, text: &str, settings: &Settings, outcome: &mut Outcome) -> Result<(), Problem> {
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> =
        lines.next().map(|(_, l)| l.split('\t').map(str::trim).collect()).unwrap_or_default();
    let column = |name: &str| {
        header
            .iter()
            .position(|h| *h == name)
            .ok_or_else(|| Problem::at(path, 1, format!("no column «{name}»")))
    };
    let (sentence, quad, root) = (column("marked_sentence")?, column("quad")?, column("root")?);
    let mut pairs = Vec::new();
    for (n, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
        let row: Vec<&str> = line.split('\t').collect();
        let field = |c: usize| row.get(c).copied().ok_or_else(|| Problem::at(path, n + 1, "too few columns"));
        let (text, source, target) = unmark(field(sentence)?);
        // A side that is not in the sentence ("a recipient") is not marked.
        let place = |marked: Option<TextRange>, name: &str| {
            let words = column(name).ok().and_then(|c| row.get(c).copied()).unwrap_or("").trim();
            let start = (!words.is_empty()).then(|| text.find(words)).flatten();
            marked.or(start.map(|s| TextRange::new(s, s + words.len()))).unwrap_or_default()
        };
        let (source, target) = (place(source, "source"), place(target, "target"));
        pairs.push(Pair {
            id: format!("line {}", n + 1),
            text,
            source,
            target,
            root: field(root)?.trim().to_uppercase(),
            quad: field(quad)?.trim().to_owned(),
        });
    }
    let pairs = settings.choose(pairs);
    let ours: Vec<Option<EventType>> =
        pairs.par_iter().map(|p| system::code_pair(&p.text, p.source, p.target)).collect();
    let roots: Vec<&str> = ours.iter().map(|t| t.map_or("", plv_root)).collect();
    let quads: Vec<String> = ours.iter().map(|t| t.map_or(String::new(), plv_quad)).collect();
    outcome.n = pairs.len();
    let gold_and_ours: Vec<(&str, &str)> =
        pairs.iter().zip(&roots).map(|(p, o)| (p.root.as_str(), *o)).collect();
    outcome.score("root_macro_f1", macro_f1(&gold_and_ours));
    let quad_pairs: Vec<(&str, &str)> =
        pairs.iter().zip(&quads).map(|(p, o)| (p.quad.as_str(), o.as_str())).collect();
    outcome.score("quad_macro_f1", macro_f1(&quad_pairs));
    let right = |pairs: &[(&str, &str)]| pairs.iter().filter(|(g, o)| g == o).count() as f64;
    outcome.score("accuracy", 100.0 * right(&gold_and_ours) / pairs.len() as f64);
    outcome.score("quad_accuracy", 100.0 * right(&quad_pairs) / pairs.len() as f64);
    for (pair, (gold, ours)) in pairs.iter().zip(&gold_and_ours) {
        outcome.confusion.add(gold, if ours.is_empty() { "nothing" } else { ours });
        if gold != ours {
            outcome.cases.push(Case {
                origin: pair.id.clone(),
                text: format!(
                    "{} [source: {}; target: {}]",
                    pair.text,
                    pair.source.of(&pair.text),
                    pair.target.of(&pair.text)
                ),
                gold: (*gold).to_owned(),
                ours: (*ours).to_owned(),
            });
        }
    }
    Ok(())
}

/// The sentence without marks, and where source and target stand in it.
fn unmark(marked: &str) -> (String, Option<TextRange>, Option<TextRange>) {
    let mut text = String::new();
    let mut at = BTreeMap::new();
    let mut rest = marked;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        match ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|m| rest.starts_with(m)) {
            Some(mark) => {
                at.entry(mark).or_insert(text.len());
                rest = &rest[mark.len()..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let range = |open, close| Some(TextRange::new(*at.get(open)?, *at.get(close)?));
    (text, range("<s>", "</s>"), range("<t>", "</t>"))
}

fn plv_root(kind: EventType) -> &'static str {
    match kind {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.as_str(),
    }
}

fn plv_quad(kind: EventType) -> String {
    let kind = if kind == EventType::Concede { EventType::Retreat } else { kind };
    quad_number(kind).to_string()
}

fn quad_number(kind: EventType) -> u8 {
    match kind.quad() {
        Quad::VerbalCooperation => 1,
        Quad::MaterialCooperation => 2,
        Quad::VerbalConflict => 3,
        Quad::MaterialConflict => 4,
    }
}

// ---- quad classes ---------------------------------------------------------------------------------------------------

fn classes(path: &Path, text: &str, settings: &Settings, outcome: &mut Outcome) -> Result<(), Problem> {
    let mut rows = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row =
            line.rsplit_once('\t').and_then(|(s, c)| Some((s.to_owned(), c.trim().parse::<u8>().ok()?)));
        rows.push((
            n + 1,
            row.ok_or_else(|| Problem::at(path, n + 1, "no sentence and class parted by a tab"))?,
        ));
    }
    let rows = settings.choose(rows);
    let ours: Vec<(u8, String)> = rows
        .par_iter()
        .map(|(_, (sentence, _))| {
            let analysis = system::analyse(system::report("sentence", sentence, None));
            main_events(&analysis).first().map_or((0, "nothing".to_owned()), |e| {
                (quad_number(e.kind), format!("{} «{}» {}", e.kind, e.trigger.of(sentence), e.rule))
            })
        })
        .collect();
    let right = rows.iter().zip(&ours).filter(|((_, (_, gold)), (ours, _))| gold == ours).count();
    outcome.n = rows.len();
    outcome.score("accuracy", 100.0 * right as f64 / rows.len() as f64);
    let named: Vec<(String, String)> =
        rows.iter().zip(&ours).map(|((_, (_, g)), (o, _))| (g.to_string(), o.to_string())).collect();
    let pairs: Vec<(&str, &str)> = named.iter().map(|(g, o)| (g.as_str(), o.as_str())).collect();
    outcome.score("macro_f1", macro_f1(&pairs));
    for ((line, (sentence, gold)), (class, why)) in rows.iter().zip(&ours) {
        outcome.confusion.add(&gold.to_string(), &class.to_string());
        if gold != class {
            outcome.cases.push(Case {
                origin: format!("line {line}"),
                text: sentence.clone(),
                gold: gold.to_string(),
                ours: format!("{class} {why}"),
            });
        }
    }
    Ok(())
}

/// Our events, main ones first: the trigger that is highest in its tree, then the first.
fn main_events(analysis: &Analysis) -> Vec<&Event> {
    let depth = |event: &Event| {
        let sentence = analysis.parsed.sentences.iter().find(|s| s.range.overlaps(event.trigger));
        let depths = sentence.map(|s| {
            let words = s.tokens.iter().enumerate().filter(|(_, t)| t.range.overlaps(event.trigger));
            words
                .map(|(i, _)| {
                    (0..s.tokens.len())
                        .scan(i, |at, _| {
                            *at = s.head(*at)?;
                            Some(())
                        })
                        .count()
                })
                .min()
        });
        depths.flatten().unwrap_or(usize::MAX)
    };
    let mut events: Vec<(usize, &Event)> =
        analysis.events.iter().filter(|e| e.same_as.is_none()).map(|e| (depth(e), e)).collect();
    events.sort_by_key(|(depth, e)| (*depth, e.trigger.start()));
    events.into_iter().map(|(_, e)| e).collect()
}

// ---- PLOVER gold records --------------------------------------------------------------------------------------------

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

fn plover(path: &Path, text: &str, settings: &Settings, outcome: &mut Outcome) -> Result<(), Problem> {
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

/// The leading three letters of an actor code.
fn country_or_body(code: &str) -> String {
    code.trim().chars().take(3).collect::<String>().to_uppercase()
}

fn parties(analysis: &Analysis, roles: &[EventRole]) -> Vec<Party> {
    let actor = |r: &EventRole| analysis.actors.iter().find(|a| Some(&a.id) == r.actor.as_ref());
    let party = |a: &Actor| Party {
        country: a.country.clone().or_else(|| a.sector.map(|s| s.to_string())),
        sectors: a.sector.iter().map(ToString::to_string).collect(),
    };
    roles.iter().map(|r| actor(r).map_or(Party::default(), party)).collect()
}

// ---- spans of source and target -------------------------------------------------------------------------------------

fn spans(path: &Path, settings: &Settings, outcome: &mut Outcome) -> Result<(), Problem> {
    let sentences = settings.choose(columns::read(path)?);
    let ours: Vec<Vec<(usize, usize, String)>> = sentences.par_iter().map(our_spans).collect();
    let mut counts = Counts::default();
    for (sentence, ours) in sentences.iter().zip(&ours) {
        let gold: Vec<(usize, usize, String)> =
            sentence.spans.iter().map(|(r, l)| (r.start, r.end, l.clone())).collect();
        counts += Counts::new(shared(&gold, ours), gold.len(), ours.len());
        let show = |spans: &[(usize, usize, String)]| {
            let one = |s: &(usize, usize, String)| {
                format!("{} «{}»", s.2, &sentence.text[sentence.bytes(&(s.0..s.1))])
            };
            spans.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        for g in &gold {
            let same = ours.iter().find(|o| (o.0, o.1) == (g.0, g.1)).map(|o| o.2.as_str());
            let touches = ours.iter().any(|o| o.0 < g.1 && g.0 < o.1);
            outcome.confusion.add(&g.2, same.unwrap_or(if touches { "other words" } else { "nothing" }));
        }
        if shared(&gold, ours) < gold.len().max(ours.len()) {
            outcome.cases.push(Case {
                origin: format!("line {}", sentence.line),
                text: sentence.text.clone(),
                gold: show(&gold),
                ours: show(ours),
            });
        }
    }
    outcome.n = counts.gold as usize;
    outcome.score("precision", counts.precision());
    outcome.score("recall", counts.recall());
    outcome.score("f1", counts.f1());
    Ok(())
}

fn our_spans(sentence: &Tagged) -> Vec<(usize, usize, String)> {
    let analysis = system::analyse(system::report("sentence", &sentence.text, None));
    let Some(event) = main_events(&analysis).first().copied() else { return Vec::new() };
    let reciprocal = event.targets.is_empty() && event.actors.len() > 1;
    let labelled = |roles: &[EventRole], label: &str| -> Vec<(usize, usize, String)> {
        let words = |r: &EventRole| sentence.words_of(&r.range.bytes());
        roles.iter().filter_map(words).map(|w: Range<usize>| (w.start, w.end, label.to_owned())).collect()
    };
    let mut all = labelled(&event.actors, if reciprocal { "R" } else { "S" });
    all.extend(labelled(&event.targets, "T"));
    all
}

// ---- PETRARCH -------------------------------------------------------------------------------------------------------

type Coded = BTreeSet<(String, String, String)>;

fn petrarch(path: &Path, text: &str, settings: &Settings, outcome: &mut Outcome) -> Result<(), Problem> {
    // The file has bare records that are no XML («<PLEvent {…}>»), which it calls ignored.
    let lines = text.lines().map(|l| if l.trim_start().starts_with("<PLEvent {") { "" } else { l });
    let text: String = lines.collect::<Vec<_>>().join("\n");
    let mut cases = Vec::new();
    for block in text.split("<Sentence ").skip(1) {
        let attributes = block.split('>').next().unwrap_or("");
        if attribute(attributes, "evaluate").is_some_and(|v| v == "false") {
            continue;
        }
        let Some((body, _)) = block.split_once("<Parse>").or_else(|| block.split_once("</Sentence>")) else {
            continue;
        };
        let Some(sentence) = body.split_once("<Text>").and_then(|(_, t)| t.split_once("</Text>")) else {
            continue;
        };
        let visible = without_comments(body);
        let codings = visible.split("<EventCoding").skip(1);
        let gold: Coded = codings
            .filter_map(|c| {
                let c = c.split('>').next().unwrap_or("");
                Some((attribute(c, "sourcecode")?, attribute(c, "targetcode")?, attribute(c, "eventcode")?))
            })
            .collect();
        let words = sentence.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'");
        cases.push((attribute(attributes, "id").unwrap_or_default(), words, gold));
    }
    if cases.is_empty() {
        return Err(Problem::new(path, "no <Sentence> to code"));
    }
    let cases = settings.choose(cases);
    let ours: Vec<Coded> = cases.par_iter().map(|(_, text, _)| coded(text)).collect();
    let pairs = |set: &Coded| set.iter().map(|(s, t, _)| (s.clone(), t.clone())).collect::<BTreeSet<_>>();
    let exact = cases.iter().zip(&ours).filter(|((_, _, gold), ours)| gold == *ours).count();
    let pair = cases.iter().zip(&ours).filter(|((_, _, gold), ours)| pairs(gold) == pairs(ours)).count();
    outcome.n = cases.len();
    outcome.score("exact", 100.0 * exact as f64 / cases.len() as f64);
    outcome.score("pair", 100.0 * pair as f64 / cases.len() as f64);
    for ((id, text, gold), ours) in cases.into_iter().zip(ours) {
        if gold != ours {
            outcome.cases.push(Case {
                origin: id,
                text,
                gold: format!("{gold:?}"),
                ours: format!("{ours:?}"),
            });
        }
    }
    Ok(())
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, a)| a);
    }
    out + rest
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    Some(value.split('"').next().unwrap_or("").to_owned())
}

fn coded(text: &str) -> Coded {
    let analysis = system::analyse(system::report("sentence", text, None));
    let mut set = Coded::new();
    for event in &analysis.events {
        for actor in &event.actors {
            for target in &event.targets {
                let code = |role| petrarch_code(&analysis, role, text);
                set.insert((code(actor), code(target), event.cameo.clone()));
            }
        }
    }
    set
}

/// CAMEO actor code: the country (or the first three letters of an unknown name), then the sector.
fn petrarch_code(analysis: &Analysis, role: &EventRole, text: &str) -> String {
    let actor = analysis.actors.iter().find(|a| Some(&a.id) == role.actor.as_ref());
    let country = actor.and_then(|a| a.country.clone()).unwrap_or_else(|| {
        let name = role.range.of(text).split_whitespace().find(|w| w.starts_with(char::is_uppercase));
        name.unwrap_or("").chars().take(3).collect::<String>().to_uppercase()
    });
    let sector = actor.filter(|a| a.kind != record::ActorKind::State).and_then(|a| a.sector);
    format!("{country}{}", sector.map(|s| s.to_string()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn marks_are_taken_out_and_remembered() {
        let (text, source, target) = unmark("On < Monday <s>Iran</s> hit <t>Iraq</t>.");
        let (source, target) = (source.unwrap(), target.unwrap());
        assert_eq!(
            (text.as_str(), source.of(&text), target.of(&text)),
            ("On < Monday Iran hit Iraq.", "Iran", "Iraq")
        );
        assert_eq!(unmark("nothing marked").1, None);
    }

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
        let outcome = run(&file, &Settings::default()).unwrap();
        let names: Vec<&str> = outcome.scores.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!((outcome.n, names), (2, vec!["event", "source_country", "source_sector"]));
        std::fs::write(&file, "{\"event\": \"AID\",\n \"text\" \"x\"}").unwrap();
        let broken = run(&file, &Settings::default()).unwrap_err().to_string();
        assert!(broken.contains("gold.txt:2: not JSON"), "{broken}");
    }

    #[test]
    fn the_set_counts_yield_as_material_cooperation() {
        assert_eq!((plv_root(EventType::Concede), plv_quad(EventType::Concede).as_str()), ("YIELD", "2"));
        assert_eq!(
            (plv_root(EventType::Sanction), plv_quad(EventType::Sanction).as_str()),
            ("SANCTION", "4")
        );
    }
}
