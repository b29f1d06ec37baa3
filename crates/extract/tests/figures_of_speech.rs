//! Metaphor and sport are not coded: sentences that borrow the words of war, with the share that is coded all the same.

use language::{Language, Options};
use record::{EventType, Quad, Report, ReportId};

/// The sentences: `any` (no event at all) or `force` (no event of conflict in deed, no threat), a blank, the text.
const SENTENCES: &str = include_str!("events/figures_of_speech.txt");

/// The share of sentences that may be coded.
const ALLOWED: f64 = 0.05;

fn report(text: &str) -> Report {
    Report {
        id: ReportId::new("sentence"),
        origin: "sentence".to_owned(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: None,
        blocks: vec![record::Block {
            range: record::TextRange::new(0, text.len()),
            label: record::BlockLabel::Body,
            rule: "test",
        }],
        warnings: Vec::new(),
    }
}

#[test]
fn figures_of_speech_are_not_coded() {
    let mut coded = Vec::new();
    let mut all = 0;
    for line in SENTENCES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let Some((kind, text)) = line.split_once(char::is_whitespace) else { panic!("no kind: {line}") };
        let report = report(text.trim());
        let parsed = Language::embedded().parse(&report, Options::default());
        let analysis = extract::extract(report, parsed);
        let force = |t: EventType| t.quad() == Quad::MaterialConflict || t == EventType::Threaten;
        all += 1;
        if let Some(e) = analysis.events.iter().find(|e| kind == "any" || force(e.kind)) {
            coded.push(format!("{text}  →  {} ({})", e.kind, e.rule));
        }
    }
    assert!(all >= 150, "only {all} sentences");
    let share = f64::from(u32::try_from(coded.len()).unwrap_or(u32::MAX)) / f64::from(all);
    assert!(share <= ALLOWED, "{} of {all} coded:\n{}", coded.len(), coded.join("\n"));
}
