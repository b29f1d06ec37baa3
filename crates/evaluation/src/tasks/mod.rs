//! One task a file: load the gold data, ask the system, score.

use std::path::Path;

use crate::{Outcome, Problem};

pub mod attribution;
pub mod coding;
pub mod columns;
pub mod conllu;
pub mod coreference;
pub mod deeds;
pub mod entities;
pub mod extraction;
pub mod gvc;
pub mod marked;
pub mod muc_key;
mod muc_template;
mod muc_words;
pub mod parse;
pub mod piles;
pub mod places;
pub mod record;
pub mod stories;
pub mod templates;
pub mod times;
pub mod words;

/// Choices that some tasks know.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `parse`: words and sentences are given.
    pub gold_tokens: bool,
    /// `templates`: the texts, which are all in capitals, are first put into mixed case.
    pub mixed_case: bool,
    /// Only about this many documents, evenly spread over the set.
    pub limit: Option<usize>,
    /// `record`: this record (JSON) is scored instead of one that is made of the reports.
    pub record: Option<std::path::PathBuf>,
}

impl Settings {
    /// The documents to score: all, or an even spread of them.
    pub fn choose<T>(&self, documents: Vec<T>) -> Vec<T> {
        let step = self.limit.map_or(1, |n| documents.len().div_ceil(n.max(1)).max(1));
        documents.into_iter().step_by(step).collect()
    }

    /// The same by whole groups (topics, incidents): what belongs together stays together.
    pub fn choose_groups<T>(&self, documents: Vec<T>, group: impl Fn(&T) -> String) -> Vec<T> {
        let step = self.limit.map_or(1, |n| documents.len().div_ceil(n.max(1)).max(1));
        let mut names: Vec<String> = documents.iter().map(&group).collect();
        names.sort();
        names.dedup();
        let chosen: std::collections::BTreeSet<String> = names.into_iter().step_by(step).collect();
        documents.into_iter().filter(|d| chosen.contains(&group(d))).collect()
    }
}

type Run = fn(&Path, &Settings) -> Result<Outcome, Problem>;

/// Every task by name.
pub const TASKS: &[(&str, Run)] = &[
    ("parse", parse::run),
    ("entities", entities::run),
    ("times", times::run),
    ("attribution", attribution::run),
    ("places", places::run),
    ("coding", coding::run),
    ("deeds", deeds::run),
    ("templates", templates::run),
    ("coreference", coreference::run),
    ("stories", stories::run),
    ("extraction", extraction::run),
    ("record", record::run),
    ("piles", piles::run),
    ("marked", marked::run),
];

/// Runs the task of this name; `None` if there is none.
pub fn run(name: &str, path: &Path, settings: &Settings) -> Option<Result<Outcome, Problem>> {
    TASKS.iter().find(|(n, _)| *n == name).map(|(_, run)| run(path, settings))
}
