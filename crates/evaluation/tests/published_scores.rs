//! The measures against scores that others published for outputs that are at hand. The outputs are not part of the
//! project; where they are not there, the tests have nothing to check.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use evaluation::metrics::clusters::{self, Prf, Scores};

fn fixtures() -> Option<PathBuf> {
    let folder = std::env::var_os("RAPPORTEUR_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from)
        .join("coreference/scorer_fixtures");
    if !folder.is_dir() {
        // Past the capture of test output: whoever runs the tests should know.
        let _ =
            writeln!(std::io::stderr(), "{}: absent, so published scores are not compared", folder.display());
        return None;
    }
    Some(folder)
}

/// Cluster of each mention, by name. Clusters are numbered anew in each document.
fn clusters(path: &Path) -> BTreeMap<String, usize> {
    let mut clusters = BTreeMap::new();
    let mut document = 0;
    for line in fs::read_to_string(path).expect("a fixture").lines() {
        if line.starts_with("#begin") {
            document += 1;
        } else if let Some((name, cluster)) = line.split_once('\t') {
            let cluster: usize = cluster.trim_matches(['(', ')']).parse().expect("a number");
            clusters.insert(name.to_owned(), document * 1_000_000 + cluster);
        }
    }
    clusters
}

fn score(gold: &Path, ours: &Path) -> Scores {
    let (gold, ours) = (clusters(gold), clusters(ours));
    let numbers = |of: &BTreeMap<String, usize>| gold.keys().map(|k| of[k]).collect::<Vec<_>>();
    clusters::score(&numbers(&gold), &numbers(&ours))
}

fn by_name(scores: &Scores, name: &str) -> Prf {
    match name {
        "muc" => scores.muc,
        "bcub" => scores.b3,
        "ceafe" => scores.ceafe,
        "lea" => scores.lea,
        other => panic!("{other} is no measure"),
    }
}

fn assert_close(ours: f64, published: f64, tolerance: f64, what: &str) {
    assert!((ours - published).abs() <= tolerance, "{what}: {ours} is not {published}");
}

/// `muc  Recall: 49.09  Precision: 84.71  F1: 62.16`
#[test]
fn scores_of_the_barhom_system() {
    let Some(folder) = fixtures() else { return };
    for kind in ["gold", "kmeans"] {
        let run = folder.join(format!("ba2019/fcct_evaluate_clustering_with_{kind}_clustering"));
        let ours = score(
            &folder.join("ba2019/fcct_CD_test_event_mention_based.key_conll"),
            &run.join("CD_test_event_mention_based.response_conll"),
        );
        let published = fs::read_to_string(run.join("scores.txt")).expect("published scores");
        for line in published.lines().filter(|l| !l.starts_with("mentions")) {
            let numbers: Vec<f64> = line.split_whitespace().filter_map(|w| w.parse().ok()).collect();
            match line.split_whitespace().next() {
                Some("CoNLL") => assert_close(ours.conll, numbers[0], 0.006, line),
                Some(name) => {
                    let prf = by_name(&ours, name);
                    for (a, b) in [prf.recall, prf.precision, prf.f1].into_iter().zip(numbers) {
                        assert_close(a, b, 0.006, line);
                    }
                }
                None => {}
            }
        }
    }
}

/// `muc  0.622517  0.661972  0.5875` (F1, precision, recall)
#[test]
fn scores_of_the_lemma_and_feature_baselines() {
    let Some(folder) = fixtures() else { return };
    let fcc = folder.join("feature-based/fcc");
    let runs = ["lemma", "lemma-wd", "lemma-delta", "lemma-time"];
    let mut folders: Vec<PathBuf> = runs
        .iter()
        .flat_map(|r| ["cross_doc", "within_doc"].map(|d| fcc.join(format!("fcc_lemma_baselines/{r}/{d}"))))
        .collect();
    folders.push(fcc.join("run0_cross_doc"));
    for run in folders {
        let ours = score(&run.join("gold.conll"), &run.join("system.conll"));
        let table = fs::read_dir(&run)
            .expect("a folder")
            .filter_map(|e| e.ok().map(|e| e.path()))
            .find(|p| p.extension().is_some_and(|e| e == "txt"))
            .expect("published scores");
        for line in fs::read_to_string(&table).expect("published scores").lines().skip(2) {
            let numbers: Vec<f64> = line.split_whitespace().filter_map(|w| w.parse().ok()).collect();
            let what = format!("{}: {line}", table.display());
            match line.split_whitespace().next() {
                Some("conll") => assert_close(ours.conll, 100.0 * numbers[0], 0.006, &what),
                Some(name) => {
                    let prf = by_name(&ours, name);
                    for (a, b) in [prf.f1, prf.precision, prf.recall].into_iter().zip(numbers) {
                        assert_close(a, 100.0 * b, 0.006, &what);
                    }
                }
                None => {}
            }
        }
    }
}
