//! `stories`: which reports are about the same incident, and how many were killed and injured (GVA JSONL).
//!
//! `b3` and `pair` score the clusters that we make of all reports. `killed` and `injured` are the shares of gold
//! incidents whose number we give exactly, from a record of that incident's reports: the count with the most claims
//! among the record's assaults, 0 where none is given.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use record::{Analysis, Claim, EventType, FigureSet, Record};
use serde_json::Value;

use super::Settings;
use crate::metrics::clusters;
use crate::{Case, Outcome, Problem, input, system};

/// Scores `b3 pair killed injured` in percent; `n` is the number of reports.
///
/// # Errors
/// A file that cannot be read or a broken line.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let (documents, incidents) = load(path)?;
    let documents = settings.choose_groups(documents, |d| d.incident.clone());
    let mut outcome = Outcome::new("stories", path);
    outcome.n = documents.len();
    let report = |d: &Document| {
        let published = d.published.as_deref().and_then(|p| p.get(..10)?.parse().ok());
        system::report(&d.id, &format!("{}\n\n{}", d.title, d.text), published)
    };
    let analyses: Vec<Analysis> = documents.par_iter().map(|d| system::analyse(report(d))).collect();

    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, document) in documents.iter().enumerate() {
        members.entry(&document.incident).or_default().push(i);
    }
    let number: BTreeMap<&str, usize> = members.keys().enumerate().map(|(n, k)| (*k, n)).collect();
    let gold: Vec<usize> = documents.iter().map(|d| number[d.incident.as_str()]).collect();
    let ours = system::stories(&analyses);
    let scores = clusters::score(&gold, &ours);
    outcome.score("b3", scores.b3.f1);
    outcome.score("pair", scores.pairs.f1);
    wrong_pairs(&documents, &gold, &ours, &mut outcome);

    let records: Vec<(&str, Record)> = members
        .par_iter()
        .map(|(incident, reports)| {
            (*incident, system::link(reports.iter().map(|&i| analyses[i].clone()).collect()))
        })
        .collect();
    for (what, field, name) in [("killed", "killed", "killed"), ("wounded", "injured", "injured")] {
        let (mut right, mut of) = (0, 0);
        for (id, record) in &records {
            let Some(gold) = incidents.get(*id).and_then(|i| i.get(field)).and_then(Value::as_u64) else {
                continue;
            };
            let figure = count(record, what);
            let ours = figure.and_then(|f| f.best);
            of += 1;
            right += usize::from(ours == Some(gold) || (gold == 0 && ours.is_none()));
            outcome.confusion.add(&format!("{name} {gold}"), &format!("{name} {}", ours.unwrap_or(0)));
            if ours.unwrap_or(0) != gold {
                let first = &documents[members[id][0]];
                outcome.cases.push(Case {
                    origin: format!("incident {id}"),
                    text: format!("{} | {}", first.title, first.text.chars().take(400).collect::<String>()),
                    gold: format!("{name} {gold}"),
                    ours: format!("{name} {}", figure.map_or("not told".to_owned(), |f| told(record, f))),
                });
            }
        }
        outcome.score(name, 100.0 * f64::from(right as u32) / f64::from(of));
    }
    outcome.score("b3_p", scores.b3.precision);
    outcome.score("b3_r", scores.b3.recall);
    outcome.score("pair_p", scores.pairs.precision);
    outcome.score("pair_r", scores.pairs.recall);
    Ok(outcome)
}

/// The count with the most claims among the record's assaults.
fn count<'r>(record: &'r Record, what: &str) -> Option<&'r FigureSet> {
    let assaults = record.incidents.iter().filter(|i| i.kind == EventType::Assault);
    let figures = assaults.flat_map(|i| &i.figures).filter(|f| f.what == what && f.best.is_some());
    figures.rev().max_by_key(|f| f.claims.len())
}

/// A figure with the words of its claims.
fn told(record: &Record, figure: &FigureSet) -> String {
    let words = |claim: &Claim| {
        let report = record.reports.iter().find(|r| r.id == claim.at.report)?;
        let at = claim.at.range;
        let start = report.text[..at.start()].char_indices().rev().nth(50).map_or(0, |(i, _)| i);
        let end =
            report.text[at.end()..].char_indices().nth(50).map_or(report.text.len(), |(i, _)| at.end() + i);
        let around = |range: &str| range.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(format!(
            "{} «{}» {}",
            around(&report.text[start..at.start()]),
            around(at.of(&report.text)),
            around(&report.text[at.end()..end])
        ))
    };
    let claims: Vec<String> = figure.claims.iter().filter_map(words).collect();
    format!("{}: {}", figure.best.unwrap_or(0), claims.join(" | "))
}

fn wrong_pairs(documents: &[Document], gold: &[usize], ours: &[usize], outcome: &mut Outcome) {
    let mut last: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    for i in 0..documents.len() {
        for (by_gold, cluster) in [(true, gold[i]), (false, ours[i])] {
            if let Some(&j) =
                last.get(&(by_gold, cluster)).filter(|&&j| (gold[i] == gold[j]) != (ours[i] == ours[j]))
            {
                let name = |same: bool| if same { "same incident" } else { "different incidents" };
                outcome.cases.push(Case {
                    origin: format!("{} and {}", documents[j].id, documents[i].id),
                    text: format!("{} || {}", documents[j].title, documents[i].title),
                    gold: name(gold[i] == gold[j]).to_owned(),
                    ours: name(ours[i] == ours[j]).to_owned(),
                });
            }
            last.insert((by_gold, cluster), i);
        }
    }
}

/// A report and its incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// The incident it is about.
    pub incident: String,
    /// Its headline.
    pub title: String,
    /// Its text.
    pub text: String,
    /// When it was published, as given.
    pub published: Option<String>,
}

/// Reports (`docs.jsonl`, or the file that is given) and, by id, the incidents of `incidents.jsonl` beside them.
fn load(path: &Path) -> Result<(Vec<Document>, BTreeMap<String, Value>), Problem> {
    let file: PathBuf = if path.is_dir() { path.join("docs.jsonl") } else { path.to_owned() };
    let mut documents = Vec::new();
    for (n, row) in input::json_lines(&file)?.iter().enumerate() {
        let field = |name: &str| row.get(name).and_then(string);
        let (Some(incident), Some(text)) = (field("incident_id"), field("text")) else {
            return Err(Problem::at(&file, n + 1, "no incident_id or text"));
        };
        documents.push(Document {
            id: field("doc_id").unwrap_or_else(|| format!("{}", n + 1)),
            incident,
            title: field("title").unwrap_or_default(),
            text,
            published: field("dct"),
        });
    }
    let beside = file.with_file_name("incidents.jsonl");
    let rows = if beside.is_file() { input::json_lines(&beside)? } else { Vec::new() };
    let incidents = rows.into_iter().filter_map(|r| Some((string(r.get("incident_id")?)?, r))).collect();
    Ok((documents, incidents))
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand. Incident 1 (two reports): 2 killed, 3 injured, both said. Incident 2 (one report): the dead man is found,
    /// and nobody was injured, of which nothing is said: right. Incident 3: gold has one injured, the report none: wrong.
    /// So 3 of 3 for killed and 2 of 3 for injured; the two reports of incident 1 are the only pair.
    #[test]
    fn shares_and_pairs_by_hand() {
        let dir = tempfile::tempdir().unwrap();
        let row = |incident: &str, id: &str, title: &str, text: &str| {
            serde_json::json!({"incident_id": incident, "doc_id": id, "title": title, "dct": "2015-05-05", "text": text})
                .to_string()
        };
        let docs = [
            row(
                "1",
                "a",
                "Gunman opens fire at Larkspur market",
                "Two people were killed and three others were \
                wounded on Monday when a gunman opened fire at the Larkspur market in Tulsa, police said.",
            ),
            row(
                "1",
                "b",
                "Larkspur market shooting: two dead",
                "A shooting at the Larkspur market in Tulsa on Monday \
                killed two people and wounded three others, police said.",
            ),
            row(
                "2",
                "c",
                "Man shot dead in Boise garage",
                "A man was shot dead in a garage in Boise on Sunday.",
            ),
            row(
                "3",
                "d",
                "Shots at a bar in Reno",
                "Shots were fired at a bar in Reno on Saturday. Police are looking \
                for a car.",
            ),
        ];
        std::fs::write(dir.path().join("docs.jsonl"), docs.join("\n")).unwrap();
        let gold = [("1", 2, 3), ("2", 1, 0), ("3", 0, 1)].map(|(id, killed, injured)| {
            serde_json::json!({"incident_id": id, "killed": killed, "injured": injured}).to_string()
        });
        std::fs::write(dir.path().join("incidents.jsonl"), gold.join("\n")).unwrap();
        let outcome = run(dir.path(), &Settings::default()).unwrap();
        assert_eq!(outcome.n, 4);
        assert_eq!((outcome.get("b3"), outcome.get("pair")), (Some(100.0), Some(100.0)));
        assert_eq!(outcome.get("killed"), Some(100.0));
        assert!((outcome.get("injured").unwrap() - 200.0 / 3.0).abs() < 1e-9, "{:?}", outcome.scores);
        assert!(outcome.cases.iter().any(|c| c.gold == "injured 1" && c.origin == "incident 3"));
    }

    #[test]
    fn a_broken_line_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("docs.jsonl");
        std::fs::write(&file, "{\"incident_id\": 1, \"text\": \"x\"}\n{\"text\": \"y\"}").unwrap();
        let message = run(&file, &Settings::default()).unwrap_err().to_string();
        assert!(message.contains("docs.jsonl:2: no incident_id or text"), "{message}");
    }
}
