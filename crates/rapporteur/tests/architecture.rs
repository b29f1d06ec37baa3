//! The rules of the house that a test can check.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The level of each crate: a crate depends on lower ones only (ARCHITECTURE.md).
const LEVELS: &[(&str, u8)] = &[
    ("record", 0),
    ("read", 1),
    ("language", 1),
    ("extract", 2),
    ("link", 3),
    ("formats", 4),
    ("store", 5),
    ("rapporteur", 6),
    ("web", 7),
    ("cli", 8),
    ("evaluation", 8),
    ("benches", 8),
];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn manifest(name: &str) -> String {
    std::fs::read_to_string(crates().join(name).join("Cargo.toml")).unwrap()
}

/// The names under `[dependencies]` (not those for tests).
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim() == "[dependencies]";
        } else if inside && let Some(name) = line.split(['.', '=', ' ']).next().filter(|n| !n.is_empty()) {
            names.push(name.to_owned());
        }
    }
    names
}

#[test]
fn arrows_point_down_only() {
    let levels: BTreeMap<&str, u8> = LEVELS.iter().copied().collect();
    for entry in std::fs::read_dir(crates()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let level =
            levels.get(name.as_str()).unwrap_or_else(|| panic!("crate {name} has no level in this test"));
        for dependency in dependencies(&manifest(&name)) {
            if let Some(other) = levels.get(dependency.as_str()) {
                assert!(other < level, "{name} (level {level}) depends on {dependency} (level {other})");
            }
        }
    }
}

#[test]
fn leaf_libraries_stay_in_the_leaves() {
    for (library, homes) in [
        ("clap", &["cli", "evaluation"][..]),
        ("rusqlite", &["store"]),
        ("axum", &["web"]),
        ("tokio", &["web"]),
    ] {
        for (name, _) in LEVELS {
            if !homes.contains(name) && crates().join(name).exists() {
                assert!(
                    !dependencies(&manifest(name)).contains(&library.to_owned()),
                    "{name} depends on {library}, which belongs in {homes:?}"
                );
            }
        }
    }
}

#[test]
fn the_nouns_know_no_wire_and_no_disk() {
    let found = dependencies(&manifest("record"));
    assert_eq!(found, ["jiff"], "record is plain data");
}

/// Every `"W…"` in the sources.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            found.extend(source.split('"').filter(|w| is_code(w)).map(str::to_owned));
        }
    }
}

fn is_code(word: &str) -> bool {
    word.len() == 4 && word.strip_prefix('W').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

#[test]
fn every_code_of_a_warning_is_documented() {
    let mut used = BTreeSet::new();
    for entry in std::fs::read_dir(crates()).unwrap() {
        codes(&entry.unwrap().path().join("src"), &mut used);
    }
    let document = std::fs::read_to_string(crates().join("../docs/messages.md")).unwrap();
    let rows = document.lines().filter_map(|l| l.strip_prefix("| ")?.split(' ').next());
    let listed: BTreeSet<String> = rows.filter(|w| is_code(w)).map(str::to_owned).collect();
    assert_eq!(used, listed, "codes in the sources, and in docs/messages.md");
}

/// The same reports give the same bytes wherever the program runs: nothing below the command line asks the machine.
#[test]
fn no_phase_asks_the_environment() {
    let mut folders: Vec<PathBuf> = LEVELS
        .iter()
        .filter(|&&(_, level)| level <= 4)
        .map(|(name, _)| crates().join(name).join("src"))
        .collect();
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let code = std::fs::read_to_string(&path).unwrap();
                for asks in ["env::var", "SystemTime::now", "Instant::now", "Zoned::now"] {
                    assert!(!code.contains(asks), "{} has {asks}", path.display());
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen} files were found");
}
