//! Anchors: exact snippets of report text that gold files point with, and tolerant reading of both JSON files:
//! whatever is missing or of another kind is as if it were empty.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The objects of a list.
pub(super) fn objects(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    list(value).iter().filter(|v| v.is_object())
}

/// A value as the list of what is acceptable.
pub(super) fn alternatives(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => vec![&Value::Null],
    }
}

pub(super) fn strings(value: Option<&Value>) -> Vec<&str> {
    list(value).iter().filter_map(Value::as_str).collect()
}

/// A string, or a number as one.
pub(super) fn id(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(s) => Some(s.clone()),
        other => Some(other.to_string()),
    }
}

/// A report's name without folder and extension.
pub(super) fn stem(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, e)) if matches!(e.to_ascii_lowercase().as_str(), "txt" | "htm" | "html" | "json") => {
            stem.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// Letters and digits only: no case, accents, apostrophes; one blank between words.
pub(crate) fn fold(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(|c| {
            match c {
                'ı' => "i".chars(),
                'ł' => "l".chars(),
                'ø' => "o".chars(),
                'đ' | 'ð' => "d".chars(),
                'ə' => "a".chars(),
                'æ' => "ae".chars(),
                '’' | '\'' | 'ʼ' => "".chars(),
                _ => return vec![c],
            }
            .collect::<Vec<_>>()
        })
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether one of the names contains one of the options, beginning at a word start (up to three letters: whole words).
pub(super) fn has_name<S: AsRef<str>>(names: &[S], options: &[&Value]) -> bool {
    let names: Vec<String> =
        names.iter().filter(|n| !n.as_ref().is_empty()).map(|n| format!(" {} ", fold(n.as_ref()))).collect();
    options.iter().filter_map(|o| o.as_str()).map(fold).filter(|o| !o.is_empty()).any(|option| {
        let end = if option.chars().count() <= 3 { " " } else { "" };
        let wanted = format!(" {option}{end}");
        names.iter().any(|n| n.contains(&wanted))
    })
}

/// A stretch of a report, in code points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) report: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Stretch {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Code points that two stretches share.
pub(super) fn overlap(a: Option<&Stretch>, b: &Stretch) -> usize {
    match a {
        Some(a) if a.report == b.report => a.end.min(b.end).saturating_sub(a.start.max(b.start)),
        _ => 0,
    }
}

/// A text with anchor search: exact, else ignoring white space.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) chars: Vec<char>,
    /// Positions of the characters that are no white space, and those characters.
    pub(super) solid: Vec<usize>,
    tight: Vec<char>,
}

impl Text {
    fn new(text: &str) -> Text {
        let chars: Vec<char> = text.chars().collect();
        let solid: Vec<usize> = (0..chars.len()).filter(|&i| !chars[i].is_whitespace()).collect();
        let tight = solid.iter().map(|&i| chars[i]).collect();
        Text { chars, solid, tight }
    }

    pub(super) fn find(&self, anchor: &str) -> Option<(usize, usize)> {
        let exact: Vec<char> = anchor.chars().collect();
        if let Some(i) = position(&self.chars, &exact) {
            return Some((i, i + exact.len()));
        }
        let tight: Vec<char> = anchor.chars().filter(|c| !c.is_whitespace()).collect();
        let i = (!tight.is_empty()).then(|| position(&self.tight, &tight)).flatten()?;
        Some((self.solid[i], self.solid[i + tight.len() - 1] + 1))
    }
}

fn position(text: &[char], words: &[char]) -> Option<usize> {
    if words.is_empty() {
        return Some(0);
    }
    text.windows(words.len()).position(|w| w == words)
}

/// A claim of a figure in the record.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    pub(super) value: &'a Value,
    pub(super) incident: usize,
    pub(super) what: String,
    pub(super) at: Option<Stretch>,
}

/// The record to be scored; [`Answers::find`] places a gold anchor in it.
#[derive(Debug)]
pub(super) struct Answers<'a> {
    pub(super) reports: BTreeMap<String, &'a Value>,
    pub(super) texts: BTreeMap<String, Text>,
    /// Gold report id → record report id.
    pub(super) names: BTreeMap<String, Option<String>>,
    actors: BTreeMap<String, &'a Value>,
    pub(super) incidents: Vec<&'a Value>,
    pub(super) statements: Vec<&'a Value>,
    pub(super) disputes: Vec<&'a Value>,
    /// Number of an incident by its id.
    pub(super) ids: BTreeMap<String, usize>,
    pub(super) evidence: Vec<Vec<Stretch>>,
    pub(super) claims: Vec<Claim<'a>>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(record: &'a Value, gold: &Value) -> Answers<'a> {
        let mut reports = BTreeMap::new();
        for report in objects(record.get("reports")) {
            if let Some(name) = id(field(report, "id")) {
                reports.insert(stem(&name), report);
            }
        }
        let texts: BTreeMap<String, Text> = reports
            .iter()
            .map(|(k, r)| (k.clone(), Text::new(field(r, "text").and_then(Value::as_str).unwrap_or(""))))
            .collect();
        let incidents: Vec<&Value> = objects(record.get("incidents")).collect();
        let evidence = incidents.iter().map(|i| stretches(i.get("evidence"))).collect();
        let mut claims = Vec::new();
        for (n, incident) in incidents.iter().enumerate() {
            for figure in objects(incident.get("figures")) {
                let what = figure.get("what").and_then(Value::as_str).unwrap_or("").to_owned();
                let all = objects(figure.get("claims"));
                claims.extend(all.map(|c| Claim {
                    value: c,
                    incident: n,
                    what: what.clone(),
                    at: stretch(Some(c)),
                }));
            }
        }
        let ids = incidents.iter().enumerate().filter_map(|(n, i)| Some((id(i.get("id"))?, n))).collect();
        let actors = objects(record.get("actors")).filter_map(|a| Some((id(a.get("id"))?, a))).collect();
        Answers {
            names: names(gold, &texts),
            reports,
            texts,
            actors,
            incidents,
            statements: objects(record.get("statements")).collect(),
            disputes: objects(record.get("disputes")).collect(),
            ids,
            evidence,
            claims,
        }
    }

    /// Where a gold anchor stands in the record's text.
    pub(super) fn find(&self, anchor: &Value) -> Option<Stretch> {
        let report = self.names.get(anchor.get("report")?.as_str()?)?.clone()?;
        let words = anchor.get("anchor").and_then(Value::as_str).unwrap_or("");
        let (start, end) = self.texts.get(&report)?.find(words)?;
        Some(Stretch { report, start, end })
    }

    pub(super) fn actor_ids(&self) -> impl Iterator<Item = &String> {
        self.actors.keys()
    }

    /// Every name of an actor: name, aliases, titles, and titles with what they are of. An unknown id names itself.
    pub(super) fn actor_names(&self, actor: Option<&Value>) -> Vec<String> {
        let Some(actor) = actor.filter(|a| !a.is_null()) else { return Vec::new() };
        if actor.is_object() {
            return self.actor_names(actor.get("actor").filter(|a| !a.is_null()).or(actor.get("id")));
        }
        let Some(key) = id(Some(actor)) else { return Vec::new() };
        let Some(entry) = self.actors.get(&key) else { return vec![key] };
        let text = |v: Option<&Value>| match v {
            Some(Value::String(s)) => s.clone(),
            Some(Value::Object(o)) => o.get("name").and_then(Value::as_str).unwrap_or("").to_owned(),
            _ => String::new(),
        };
        let mut names = vec![text(entry.get("name"))];
        names.extend(list(entry.get("aliases")).iter().map(|a| text(Some(a))));
        for role in objects(entry.get("roles")) {
            let title = text(role.get("title"));
            let of = id(role.get("of")).and_then(|of| self.actors.get(&of).map(|a| text(a.get("name"))));
            let of = of.unwrap_or_else(|| "None".to_owned());
            names.extend([format!("{title} of {of}"), format!("{of} {title}"), title]);
        }
        names.retain(|n| !n.is_empty());
        names
    }
}

/// A field of a report, which may lie in an inner `report`.
pub(super) fn field<'v>(report: &'v Value, name: &str) -> Option<&'v Value> {
    report.get(name).or_else(|| report.get("report")?.get(name))
}

/// A span of the record as a stretch; none if it is no forward span.
pub(super) fn stretch(span: Option<&Value>) -> Option<Stretch> {
    let number = |name: &str| span?.get(name)?.as_u64().and_then(|n| usize::try_from(n).ok());
    let (start, end) = (number("start")?, number("end")?);
    let report = stem(&id(span?.get("report")).unwrap_or_default());
    (end > start).then_some(Stretch { report, start, end })
}

pub(super) fn stretches(spans: Option<&Value>) -> Vec<Stretch> {
    list(spans).iter().filter_map(|s| stretch(Some(s))).collect()
}

/// A gold report by the record's id for it: the same, or the text that holds most of its anchors.
fn names(gold: &Value, texts: &BTreeMap<String, Text>) -> BTreeMap<String, Option<String>> {
    let anchors = all_anchors(gold);
    let reports = gold.get("reports").and_then(Value::as_object).into_iter().flatten().map(|(k, _)| k);
    let mut names = BTreeMap::new();
    for report in reports {
        let found = if texts.contains_key(report) {
            Some(report.clone())
        } else {
            let own = || anchors.iter().filter(|a| a.get("report").and_then(Value::as_str) == Some(report));
            let words = |a: &&&Value| a.get("anchor").and_then(Value::as_str).unwrap_or("").to_owned();
            let held = |t: &Text| own().filter(|a| t.find(&words(a)).is_some()).count();
            texts.iter().map(|(k, t)| (held(t), k)).max().filter(|(n, _)| *n > 0).map(|(_, k)| k.clone())
        };
        names.insert(report.clone(), found);
    }
    names
}

fn all_anchors(gold: &Value) -> Vec<&Value> {
    let mut all = Vec::new();
    for incident in objects(gold.get("incidents")) {
        all.extend(objects(incident.get("mentions")));
        all.extend(objects(incident.get("figures")));
    }
    for statement in objects(gold.get("statements")) {
        all.extend(objects(statement.get("variants")));
    }
    for dispute in objects(gold.get("disputes")).chain(objects(gold.get("not_disputes"))) {
        all.extend(sides(dispute).into_iter().flatten().filter(|a| a.is_object()));
    }
    all.extend(objects(gold.get("stray_figures")));
    all.extend(objects(gold.get("no_event")));
    all
}

/// The sides of a gold dispute, each a list of anchors.
pub(super) fn sides(dispute: &Value) -> Vec<Vec<&Value>> {
    list(dispute.get("anchors")).iter().map(|s| alternatives(Some(s))).collect()
}

/// A report's residue snippets as (text, acceptable labels).
pub(super) fn snippets(report: &Value) -> Vec<(&str, BTreeSet<&str>)> {
    list(report.get("residue"))
        .iter()
        .map(|s| match s {
            Value::String(text) => (text.as_str(), BTreeSet::from(["residue"])),
            other => {
                let labels: BTreeSet<&str> = strings(other.get("labels")).into_iter().collect();
                let text = other.get("text").and_then(Value::as_str).unwrap_or("");
                (text, if labels.is_empty() { BTreeSet::from(["residue"]) } else { labels })
            }
        })
        .collect()
}
