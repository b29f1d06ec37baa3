//! `record`: the whole program on a few reports, against anchored gold answers.
//!
//! The path is a gold file (`….json` with `reports` and `incidents`); its reports, files named after the ids, lie
//! beside it, in `reports/` beside it or beside its folder. A folder that holds one such gold file will do, too.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Settings;
use crate::metrics::answers::{self, Measure};
use crate::{Case, Outcome, Problem, input, system};

/// Scores of the Python scorer by the same names with `_` for a space, in percent, and `overall`, `overall_strict`;
/// `n` is the number of gold incidents.
///
/// # Errors
/// A gold file or report that cannot be read.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let file = gold_file(path)?;
    let gold = json(&file)?;
    let record = match &settings.record {
        Some(record) => json(record)?,
        None => system::record_of_files(&reports(&file, &gold)?)?,
    };
    let scores = answers::score(&gold, &record);
    let mut outcome = Outcome::new("record", path);
    outcome.n = gold.get("incidents").and_then(Value::as_array).map_or(0, Vec::len);
    let percent = |v: Option<f64>| 100.0 * v.unwrap_or(f64::NAN);
    outcome.score("overall", percent(scores.overall));
    outcome.score("overall_strict", percent(scores.overall_strict));
    for (name, measure) in &scores.measures {
        let name = name.replace([' ', '-'], "_").replace(['(', ')'], "");
        outcome.score(&name, percent(measure.value()));
        if let Measure::Prf(Some((p, r, _))) = measure {
            outcome.score(&format!("{name}_p"), 100.0 * p);
            outcome.score(&format!("{name}_r"), 100.0 * r);
        }
    }
    for miss in scores.misses {
        let (what, text) = miss.split_once(": ").unwrap_or((&miss, ""));
        outcome.confusion.add("gold", what);
        outcome.cases.push(Case {
            origin: what.to_owned(),
            text: text.to_owned(),
            gold: what.to_owned(),
            ours: String::new(),
        });
    }
    Ok(outcome)
}

fn json(path: &Path) -> Result<Value, Problem> {
    serde_json::from_str(&input::text(path)?)
        .map_err(|e| Problem::at(path, e.line(), format!("not JSON: {e}")))
}

/// The files of the gold's reports.
fn reports(file: &Path, gold: &Value) -> Result<Vec<PathBuf>, Problem> {
    let Some(reports) = gold.get("reports").and_then(Value::as_object) else {
        return Err(Problem::new(file, "no «reports» in it"));
    };
    let found = |id: &String| {
        report_file(file, id).ok_or_else(|| Problem::new(file, format!("the report {id} is not there")))
    };
    reports.keys().map(found).collect()
}

fn gold_file(path: &Path) -> Result<PathBuf, Problem> {
    let files = input::files(path, "gold file (.json)", |p| input::has_extension(p, &["json"]))?;
    let is_gold = |p: &&PathBuf| {
        input::text(p).is_ok_and(|t| {
            serde_json::from_str::<Value>(&t).is_ok_and(|v| v.get("reports").is_some_and(Value::is_object))
        })
    };
    let named = |p: &&PathBuf| p.to_string_lossy().ends_with(".gold.json");
    let found = files.iter().find(named).or_else(|| files.iter().find(is_gold));
    found.cloned().ok_or_else(|| Problem::new(path, "no gold file with «reports»"))
}

fn report_file(gold: &Path, id: &str) -> Option<PathBuf> {
    let folder = gold.parent()?;
    let folders = [folder.to_owned(), folder.join("reports"), folder.join("../reports")];
    let names = ["txt", "html", "htm"].map(|e| format!("{id}.{e}"));
    folders.iter().flat_map(|f| names.iter().map(move |n| f.join(n))).find(|p| p.is_file())
}
