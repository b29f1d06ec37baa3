//! What must hold of the way as a whole, on the example stories.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};

use rapporteur::formats::json::{self, AnalysisJson, RecordJson};
use rapporteur::{Input, Options, Store};
use serde_json::Value;

fn examples() -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let stories: Vec<PathBuf> = ["harbour", "border", "market"].iter().map(|s| root.join(s)).collect();
    rapporteur::find(&stories).unwrap()
}

fn text(record: &rapporteur::record::Record) -> String {
    serde_json::to_string_pretty(&RecordJson::new(record)).unwrap()
}

fn assert_valid(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn same_reports_same_bytes_in_any_order_on_any_number_of_threads() {
    let inputs = examples();
    let expected = text(&rapporteur::build(&inputs, &Options::default(), &()).record);
    let mut turned = inputs.clone();
    for (round, threads) in [1, 2, 5].into_iter().enumerate() {
        turned.rotate_left(round + 2);
        turned.reverse();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let record = pool.install(|| rapporteur::build(&turned, &Options::default(), &())).record;
        assert!(text(&record) == expected, "order {round} on {threads} threads gives another record");
    }
}

#[test]
fn a_record_fits_its_schema_and_comes_back_without_loss() {
    let built = rapporteur::build(&examples(), &Options::default(), &());
    let wire = RecordJson::new(&built.record);
    assert_valid(&json::record_schema(), &serde_json::to_value(&wire).unwrap());
    let again: RecordJson = serde_json::from_str(&text(&built.record)).unwrap();
    assert_eq!(again.read().unwrap(), built.record);
}

#[test]
fn an_analysis_fits_its_schema_and_comes_back_without_loss() {
    let schema = json::analysis_schema();
    rapporteur::analyze(&examples(), &Options::default(), &(), |analysis| {
        let wire = AnalysisJson::new(&analysis);
        assert_valid(&schema, &serde_json::to_value(&wire).unwrap());
        assert_eq!(wire.read().unwrap(), analysis, "{}", analysis.report.id);
        std::ops::ControlFlow::Continue(())
    });
}

#[test]
fn every_span_shows_words_of_its_report() {
    let record = rapporteur::build(&examples(), &Options::default(), &()).record;
    assert!(!record.incidents.is_empty() && !record.statements.is_empty());
    let words = |span: &rapporteur::record::Span| {
        let report = record.reports.iter().find(|r| r.id == span.report).unwrap();
        span.range.of(&report.text)
    };
    for incident in &record.incidents {
        let claims = incident.figures.iter().flat_map(|f| &f.claims).map(|c| &c.at);
        let parties = incident.actors.iter().chain(&incident.targets).flat_map(|p| &p.evidence);
        for span in incident.evidence.iter().chain(claims).chain(parties) {
            assert!(!words(span).trim().is_empty(), "{}: {span:?}", incident.id);
        }
        assert!(!incident.evidence.is_empty(), "{} has no evidence", incident.id);
    }
    for variant in record.statements.iter().flat_map(|s| &s.variants) {
        assert!(!words(&variant.at).trim().is_empty(), "{variant:?}");
    }
}

#[test]
fn a_record_that_grew_is_the_record_built_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (grown, whole) = (folder.path().join("grown.rapporteur"), folder.path().join("whole.rapporteur"));
    let inputs = examples();
    let options = Options::default();
    let built = rapporteur::build(&inputs, &options, &());
    Store::write(&whole, &built.record, &built.kept).unwrap();
    let (first, rest) = inputs.split_at(inputs.len() / 2);
    let part = rapporteur::build(first, &options, &());
    Store::write(&grown, &part.record, &part.kept).unwrap();
    let kept = Store::open(&grown).unwrap().kept().unwrap();
    assert_eq!(kept, part.kept, "what is kept comes back without loss");
    let more = rapporteur::grow(kept, rest, &options, &());
    Store::write(&grown, &more.record, &more.kept).unwrap();
    assert_eq!(text(&more.record), text(&built.record));
    assert!(std::fs::read(&grown).unwrap() == std::fs::read(&whole).unwrap(), "the files differ");
    assert_eq!(Store::open(&whole).unwrap().record().unwrap(), built.record);
}

#[test]
fn a_file_that_is_no_record_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.rapporteur");
    let message = Store::open(&path).unwrap_err().to_string();
    assert!(message.ends_with("there is no such record; make one with `rapporteur build`"), "{message}");
    std::fs::write(&path, "just a text that is long enough to be taken for a database header, perhaps")
        .unwrap();
    let message = Store::open(&path).unwrap_err().to_string();
    assert!(message.contains("notes.rapporteur: not a Rapporteur record ("), "{message}");
}
