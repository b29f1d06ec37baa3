//! Whatever path a task is given: what is missing or broken is named.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use evaluation::tasks::{self, Settings, TASKS};

fn problem(task: &str, path: &Path) -> String {
    match tasks::run(task, path, &Settings::default()).unwrap() {
        Ok(outcome) => panic!("{task} took {}: {:?}", path.display(), outcome.scores),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn a_missing_path_is_named() {
    for (task, _) in TASKS {
        let message = problem(task, Path::new("no/such/set"));
        assert!(
            message.starts_with("no/such/set: ") && message.contains("No such file"),
            "{task}: {message}"
        );
    }
}

#[test]
fn an_empty_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (task, _) in TASKS {
        let message = problem(task, folder.path());
        assert!(message.contains(folder.path().to_str().unwrap()), "{task}: {message}");
    }
}

#[test]
fn a_broken_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (task, name) in [
        ("parse", "a.conllu"),
        ("entities", "a.iob2"),
        ("times", "a.tml"),
        ("attribution", "a.ann"),
        ("places", "a.xml"),
        ("coding", "a.jsonl"),
        ("templates", "key-a"),
        ("coreference", "a.xml"),
        ("stories", "docs.jsonl"),
        ("extraction", "ground-truth.json"),
        ("record", "a.gold.json"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, "{broken\n<Doc\tT1 Source\n").unwrap();
        let message = problem(task, &file);
        assert!(message.contains(name), "{task}: {message}");
        std::fs::remove_file(&file).unwrap();
    }
}
