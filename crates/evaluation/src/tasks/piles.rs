//! `piles`: the whole program on several piles of reports, each a folder with a gold file; the mean of their scores.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Settings, record};
use crate::{Outcome, Problem};

/// The scores of [`record`], each the mean over the piles that have it; `n` is the number of piles. A note tells the
/// strict overall score of each.
///
/// # Errors
/// A folder without piles, or a pile that cannot be scored.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let entries = fs::read_dir(path).map_err(|e| Problem::new(path, e.to_string()))?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.join("gold.json").is_file()).collect();
    folders.sort();
    if folders.is_empty() {
        return Err(Problem::new(path, "no folder in it has a gold.json"));
    }
    let mut outcome = Outcome::new("piles", path);
    let mut order: Vec<String> = Vec::new();
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut each = Vec::new();
    for folder in settings.choose(folders) {
        let one = record::run(&folder, &Settings::default())?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        each.push(format!("{name} {:.1}", one.get("overall_strict").unwrap_or(f64::NAN)));
        for (score, value) in one.scores {
            if !order.contains(&score) {
                order.push(score.clone());
            }
            all.entry(score).or_default().push(value);
        }
        let of_pile = |case: crate::Case| crate::Case { origin: format!("{name}: {}", case.origin), ..case };
        outcome.cases.extend(one.cases.into_iter().map(of_pile));
        outcome.confusion.extend(one.confusion);
        outcome.n += 1;
    }
    for score in order {
        let values = &all[&score];
        outcome.score(&score, values.iter().sum::<f64>() / values.len() as f64);
    }
    outcome.notes.push(format!("overall_strict: {}", each.join(", ")));
    Ok(outcome)
}
