//! `build` and `add`.

use std::path::Path;

use rapporteur::record::{Factuality, Record};
use rapporteur::{Built, Store};
use serde::Serialize;

use crate::args::{AddArgs, BuildArgs};
use crate::config::Session;
use crate::output::{self, Outcome};
use crate::{Failure, show};

pub(crate) fn build(args: &BuildArgs, session: &Session) -> Result<Outcome, Failure> {
    let options = session.options(&args.reading, args.rule)?;
    let inputs = rapporteur::find(&args.reading.inputs)?;
    Store::check(&args.output)?;
    let progress = session.progress();
    let built = rapporteur::build(&inputs, &options, &progress);
    progress.finish();
    finish(&built, &args.output, args.json, session)
}

pub(crate) fn add(args: &AddArgs, session: &Session) -> Result<Outcome, Failure> {
    let options = session.options(&args.reading, args.rule)?;
    let inputs = rapporteur::find(&args.reading.inputs)?;
    let kept = Store::open(&args.record)?.kept()?;
    let progress = session.progress();
    let built = rapporteur::grow(kept, &inputs, &options, &progress);
    progress.finish();
    finish(&built, &args.record, args.json, session)
}

fn finish(built: &Built, path: &Path, json: bool, session: &Session) -> Result<Outcome, Failure> {
    if !session.quiet {
        built.record.warnings.iter().for_each(|w| output::warning(w));
    }
    if built.record.reports.is_empty() {
        return Err("no report could be read from these inputs; nothing was written".into());
    }
    Store::write(path, &built.record, &built.kept)?;
    let summary = Summary::new(built, path);
    if json {
        output::line(&serde_json::to_string(&summary)?)?;
    } else {
        output::line(&summary.text(&built.record))?;
    }
    let whole = !built.record.warnings.iter().any(output::left_out);
    let fine = built.skipped.is_empty() && whole && !built.record.incidents.is_empty();
    Ok(if fine { Outcome::Fine } else { Outcome::Incomplete })
}

/// What a record holds, in numbers.
#[derive(Debug, Serialize)]
struct Summary {
    record: String,
    reports: usize,
    voices: usize,
    skipped: usize,
    incidents: usize,
    happened: usize,
    figures: usize,
    statements: usize,
    disputes: usize,
    actors: usize,
}

impl Summary {
    fn new(built: &Built, path: &Path) -> Summary {
        let record = &built.record;
        let mut voices: Vec<&str> = record.documents.values().map(|d| d.origin.as_str()).collect();
        voices.sort_unstable();
        voices.dedup();
        let happened = record
            .incidents
            .iter()
            .filter(|i| matches!(i.factuality, Factuality::Happened | Factuality::Ongoing));
        Summary {
            record: path.display().to_string(),
            reports: record.reports.len(),
            voices: voices.len(),
            skipped: built.skipped.len(),
            incidents: record.incidents.len(),
            happened: happened.count(),
            figures: record.incidents.iter().map(|i| i.figures.len()).sum(),
            statements: record.statements.len(),
            disputes: record.disputes.len(),
            actors: record.actors.len(),
        }
    }

    fn text(&self, record: &Record) -> String {
        let many = output::many;
        let mut lines = vec![format!(
            "{} ({}) → {}, {}, {}, {}",
            many(self.reports, "report"),
            many(self.voices, "independent voice"),
            many(self.incidents, "incident"),
            many(self.figures, "figure"),
            many(self.statements, "statement"),
            many(self.disputes, "dispute")
        )];
        lines.extend(show::overview(record, 12));
        lines.push(String::new());
        lines.push(format!("Written to {path}. Read on with: rapporteur show {path}", path = self.record));
        lines.join("\n")
    }
}
