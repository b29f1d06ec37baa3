//! Rapporteur reads many overlapping news reports and writes one sourced event record.
//!
//! ```text
//! bytes ──read──▶ Report ──language──▶ Parsed ──extract──▶ Analysis ──link──▶ Record ──store / formats──▶ leaves
//! ```
//!
//! [`build`] is the product; [`grow`] adds reports to a record; [`analyze`] stops before reports are compared.
//! A report that cannot be read or understood yields less and a [`Warning`]; it never stops the others.

mod input;

pub use extract;
pub use formats;
pub use input::{Input, InputError, find};
pub use language;
pub use link;
pub use read;
pub use record;
pub use store::{Error as StoreError, Kept, Store};

use std::collections::BTreeMap;

use language::Language;
use rayon::prelude::*;
use record::{Analysis, Record, Report, ReportId, Warning};

/// Settings of a run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How inputs are read.
    pub read: read::Options,
    /// How reports are put together.
    pub link: link::Options,
}

/// What a run is doing, for a progress display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading inputs; counts reports.
    Read,
    /// Analysing reports; counts reports.
    Analyze,
    /// Putting reports together.
    Link,
}

/// Hears how far a run is. Called from several threads.
pub trait Watch: Sync {
    /// `done` of `total` (if known) are through this step.
    fn at(&self, step: Step, done: usize, total: Option<usize>);
}

/// Watches nothing.
impl Watch for () {
    fn at(&self, _: Step, _: usize, _: Option<usize>) {}
}

/// What came of a run.
#[derive(Debug)]
pub struct Built {
    /// What all reports together say.
    pub record: Record,
    /// What each report says, by id.
    pub kept: Vec<Kept>,
    /// Inputs, lines and reports that were left out, and why.
    pub skipped: Vec<Warning>,
}

/// One sourced record of all reports in `inputs`. The same reports give the same record, in whatever order they come
/// and on however many threads.
#[must_use]
pub fn build(inputs: &[Input], options: &Options, watch: &dyn Watch) -> Built {
    let (reports, skipped) = read_all(inputs, &options.read, watch);
    put_together(reports, Vec::new(), skipped, options, watch)
}

/// The record that [`build`] would make of the reports in `old` and those in `inputs`. What is known of a report that
/// has not changed is used again.
#[must_use]
pub fn grow(old: Vec<Kept>, inputs: &[Input], options: &Options, watch: &dyn Watch) -> Built {
    let (new, skipped) = read_all(inputs, &options.read, watch);
    let known: Vec<Report> = old.iter().map(|k| k.as_read.clone()).collect();
    // The same report read again takes the place of the old one.
    let reports =
        known.into_iter().filter(|r| !new.iter().any(|n| n.id == r.id)).chain(new.clone()).collect();
    let analyses = old.into_iter().map(|k| k.analysis).collect();
    put_together(reports, analyses, skipped, options, watch)
}

/// What each report says, in the order of the inputs, handed on as soon as it is known.
pub fn analyze(
    inputs: &[Input],
    options: &Options,
    watch: &dyn Watch,
    mut each: impl FnMut(Analysis) -> std::ops::ControlFlow<()>,
) -> Vec<Warning> {
    let (mut reports, skipped) = read_all(inputs, &options.read, watch);
    read::settle(&mut reports);
    let total = reports.len();
    let mut done = 0;
    let mut waiting = reports.into_iter();
    loop {
        let chunk: Vec<Report> = waiting.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return skipped;
        }
        Language::embedded().prepare(&chunk);
        for analysis in chunk.into_par_iter().map(analyze_one).collect::<Vec<_>>() {
            done += 1;
            watch.at(Step::Analyze, done, Some(total));
            if each(analysis).is_break() {
                return skipped;
            }
        }
    }
}

/// What one report says.
#[must_use]
pub fn analyze_one(report: Report) -> Analysis {
    let parsed = Language::embedded().parse(&report, language::Options { vectors: false });
    extract::extract(report, parsed)
}

/// Reports analysed at once: few enough that their sentences are all remembered.
const CHUNK: usize = 128;

fn read_all(inputs: &[Input], options: &read::Options, watch: &dyn Watch) -> (Vec<Report>, Vec<Warning>) {
    let mut reports = Vec::new();
    let mut skipped = Vec::new();
    for input in inputs {
        let opened = match input.open() {
            Ok(opened) => opened,
            Err(warning) => {
                skipped.push(warning);
                continue;
            }
        };
        read::read(opened, &input.origin(), options, &mut |item| match item {
            read::Item::Report(report) => {
                reports.push(report);
                watch.at(Step::Read, reports.len(), None);
            }
            read::Item::Skipped(warning) => skipped.push(warning),
        });
    }
    (reports, skipped)
}

fn put_together(
    mut as_read: Vec<Report>,
    known: Vec<Analysis>,
    skipped: Vec<Warning>,
    options: &Options,
    watch: &dyn Watch,
) -> Built {
    // From here on nothing depends on the order in which the reports came.
    as_read.sort_by(|a, b| (&a.id, &a.text, &a.origin).cmp(&(&b.id, &b.text, &b.origin)));
    let mut settled = as_read.clone();
    read::settle(&mut settled);
    let known: BTreeMap<ReportId, Analysis> = known.into_iter().map(|a| (a.report.id.clone(), a)).collect();
    let is_new = |r: &Report| known.get(&r.id).is_none_or(|old| old.report != *r);
    if !known.is_empty() {
        let old = known.values().map(|a| (&*a.report.text, &a.parsed));
        Language::embedded().recall(settled.iter().filter(|r| is_new(r)), old);
    }
    let total = settled.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let mut analyses: Vec<Analysis> = Vec::with_capacity(total);
    let mut waiting = settled.into_iter();
    loop {
        let chunk: Vec<Report> = waiting.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        Language::embedded().prepare(chunk.iter().filter(|r| is_new(r)));
        analyses.par_extend(chunk.into_par_iter().map(|report| {
            let analysis = match known.get(&report.id) {
                Some(old) if old.report == report => old.clone(),
                _ => analyze_one(report),
            };
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            watch.at(Step::Analyze, done, Some(total));
            analysis
        }));
    }
    watch.at(Step::Link, 0, Some(total));
    // Before the linker sorts them by their settled ids.
    let mut as_read: BTreeMap<ReportId, Report> = as_read
        .into_iter()
        .zip(&analyses)
        .map(|(as_read, a)| (a.report.id.clone(), Report { id: a.report.id.clone(), ..as_read }))
        .collect();
    let mut record = link::link_kept(&mut analyses, &options.link);
    record.warnings.extend(skipped.iter().cloned());
    record.warnings.sort();
    record.warnings.dedup();
    watch.at(Step::Link, total, Some(total));
    let kept = analyses
        .into_iter()
        .filter_map(|analysis| Some(Kept { as_read: as_read.remove(&analysis.report.id)?, analysis }))
        .collect();
    Built { record, kept, skipped }
}
