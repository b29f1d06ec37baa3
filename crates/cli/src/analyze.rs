//! `analyze`.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;

use rapporteur::formats::json::AnalysisJson;

use crate::Failure;
use crate::args::{AnalysisFormat, AnalyzeArgs};
use crate::config::Session;
use crate::output::{self, Outcome};

pub(crate) fn run(args: &AnalyzeArgs, session: &Session) -> Result<Outcome, Failure> {
    let options = session.options(&args.reading, None)?;
    let inputs = rapporteur::find(&args.reading.inputs)?;
    let progress = session.progress();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut failure: Option<Failure> = None;
    let (mut count, mut whole) = (0, true);
    if matches!(args.format, AnalysisFormat::Html) {
        out.write_all(rapporteur::formats::marked::HEAD.as_bytes())?;
    }
    let skipped = rapporteur::analyze(&inputs, &options, &progress, |analysis| {
        count += 1;
        whole &= !analysis.report.warnings.iter().any(output::left_out);
        let written = progress.aside(|| {
            if !session.quiet {
                analysis.report.warnings.iter().chain(&analysis.warnings).for_each(|w| output::warning(w));
            }
            match args.format {
                AnalysisFormat::Jsonl => jsonl(&mut out, &analysis),
                AnalysisFormat::Html => out
                    .write_all(rapporteur::formats::marked::section(&analysis).as_bytes())
                    .map_err(Failure::from),
            }
        });
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(e) => {
                failure = Some(e);
                ControlFlow::Break(())
            }
        }
    });
    progress.finish();
    if let Some(failure) = failure {
        return Err(failure);
    }
    if matches!(args.format, AnalysisFormat::Html) {
        out.write_all(rapporteur::formats::marked::FOOT.as_bytes())?;
    }
    out.flush()?;
    if !session.quiet {
        skipped.iter().for_each(|w| output::warning(w));
    }
    Ok(if skipped.is_empty() && whole && count > 0 { Outcome::Fine } else { Outcome::Incomplete })
}

fn jsonl(out: &mut impl Write, analysis: &rapporteur::record::Analysis) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, &AnalysisJson::new(analysis))?;
    out.write_all(b"\n")?;
    Ok(())
}
