//! Speed: what each phase does a second on one core, the peak of memory, and how time grows with the number of
//! reports. The corpus is made by rule (see `corpus`), so that everyone measures the same.
//!
//! `speed` measures; `speed --json` prints one object; `speed corpus FOLDER [N]` writes the corpus for other programs.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod corpus;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use language::Language;
use record::{Analysis, Parsed, Report};
use serde_json::json;

/// Reports in the corpus for the phases.
const REPORTS: usize = 200;

/// Reports for the growth curve of linking.
const GROWTH: [usize; 4] = [50, 100, 200, 400];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => measure(false),
        ["--json"] => measure(true),
        ["corpus", folder] => return write_corpus(Path::new(folder), REPORTS),
        ["corpus", folder, n] => match n.parse() {
            Ok(n) => return write_corpus(Path::new(folder), n),
            Err(_) => return usage(),
        },
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: speed [--json] | speed corpus FOLDER [N]");
    ExitCode::from(2)
}

fn write_corpus(folder: &Path, n: usize) -> ExitCode {
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(folder.join("text"))?;
        fs::create_dir_all(folder.join("html"))?;
        for report in corpus::reports(n) {
            fs::write(folder.join("text").join(format!("{}.txt", report.name)), &report.text)?;
            fs::write(folder.join("html").join(format!("{}.html", report.name)), &report.html)?;
        }
        Ok(())
    };
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{}: {e}", folder.display());
            ExitCode::from(1)
        }
    }
}

fn measure(as_json: bool) {
    // One core: phases that would use more threads get one.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    match pool {
        Ok(pool) => pool.install(|| phases(as_json)),
        Err(e) => eprintln!("cannot make a pool of one thread: {e}"),
    }
}

fn phases(as_json: bool) {
    let corpus = corpus::reports(REPORTS);
    let start = Instant::now();
    let language = Language::embedded();
    let _ = language.split("Ready.");
    let load = start.elapsed();

    let words = corpus.iter().map(|r| r.text.split_whitespace().count()).sum();
    let size = |f: &dyn Fn(&corpus::Report) -> usize| corpus.iter().map(f).sum();
    let (text_bytes, page_bytes) = (size(&|r| r.text.len()), size(&|r| r.html.len()));
    let mut rows: Vec<Row> = Vec::new();
    let mut row = |phase, bytes, took| rows.push(Row { phase, words, reports: corpus.len(), bytes, took });

    let (_, took) = timed(|| read_all(&corpus, |r| (format!("{}.html", r.name), r.html.as_bytes())));
    row("read (pages)", page_bytes, took);
    let (reports, took) = timed(|| read_all(&corpus, |r| (format!("{}.txt", r.name), r.text.as_bytes())));
    row("read (text)", text_bytes, took);
    let (parsed, took) = timed(|| {
        reports.iter().map(|r| language.parse(r, language::Options::default())).collect::<Vec<Parsed>>()
    });
    row("language", text_bytes, took);
    let pairs: Vec<(Report, Parsed)> = reports.into_iter().zip(parsed).collect();
    let (analyses, took) =
        timed(|| pairs.into_iter().map(|(r, p)| extract::extract(r, p)).collect::<Vec<Analysis>>());
    row("extract", text_bytes, took);
    let (_, took) = timed(|| link::link(analyses.clone(), &link::Options::default()));
    row("link", text_bytes, took);
    let whole: Duration = rows.iter().skip(1).map(|r| r.took).sum();
    rows.push(Row { phase: "whole (text)", words, reports: corpus.len(), bytes: text_bytes, took: whole });

    let growth = growth(&analyses);
    let peak = peak_memory();
    if as_json {
        let phases: BTreeMap<&str, _> = rows.iter().map(|r| (r.phase, r.json())).collect();
        let growth: Vec<_> =
            growth.iter().map(|(n, t)| json!({"reports": n, "link_seconds": t.as_secs_f64()})).collect();
        println!(
            "{}",
            json!({"load_seconds": load.as_secs_f64(), "phases": phases, "growth": growth, "peak_memory_mib": peak})
        );
        return;
    }
    println!(
        "{} reports, {words} words, one core; the model loads in {:.2} s",
        corpus.len(),
        load.as_secs_f64()
    );
    println!("{:<14} {:>10} {:>10} {:>9}", "phase", "words/s", "reports/s", "MB/s");
    for r in &rows {
        println!(
            "{:<14} {:>10.0} {:>10.1} {:>9.2}",
            r.phase,
            r.words_per_second(),
            r.reports_per_second(),
            r.megabytes_per_second()
        );
    }
    println!("linking, by number of reports (doubling that doubles the time is linear):");
    for (n, took) in &growth {
        println!(
            "{n:>8} {:>8.2} s {:>8.2} ms a report",
            took.as_secs_f64(),
            took.as_secs_f64() * 1000.0 / *n as f64
        );
    }
    match peak {
        Some(mib) => println!("peak memory {mib} MiB"),
        None => println!("peak memory: not known on this system"),
    }
}

/// What a phase did in how long.
struct Row {
    phase: &'static str,
    words: usize,
    reports: usize,
    bytes: usize,
    took: Duration,
}

impl Row {
    fn per_second(&self, n: usize) -> f64 {
        n as f64 / self.took.as_secs_f64().max(1e-9)
    }

    fn words_per_second(&self) -> f64 {
        self.per_second(self.words)
    }

    fn reports_per_second(&self) -> f64 {
        self.per_second(self.reports)
    }

    fn megabytes_per_second(&self) -> f64 {
        self.per_second(self.bytes) / 1e6
    }

    fn json(&self) -> serde_json::Value {
        json!({"words_per_second": self.words_per_second(), "reports_per_second": self.reports_per_second(),
            "megabytes_per_second": self.megabytes_per_second(), "seconds": self.took.as_secs_f64()})
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn read_all<'c>(
    corpus: &'c [corpus::Report],
    bytes: impl Fn(&'c corpus::Report) -> (String, &'c [u8]),
) -> Vec<Report> {
    let mut reports = Vec::new();
    for report in corpus {
        let (name, bytes) = bytes(report);
        read::read(bytes, &name, &read::Options::default(), &mut |item| {
            if let read::Item::Report(report) = item {
                reports.push(report);
            }
        });
    }
    read::settle(&mut reports);
    reports
}

/// Time to link growing numbers of reports. Their analyses are those of the corpus again under other ids, moved to
/// other days, so that each round brings new incidents.
fn growth(analyses: &[Analysis]) -> Vec<(usize, Duration)> {
    let copies = |n: usize| -> Vec<Analysis> {
        analyses
            .iter()
            .cycle()
            .take(n)
            .enumerate()
            .map(|(i, analysis)| {
                let mut analysis = analysis.clone();
                let round = i / analyses.len();
                analysis.report.id = record::ReportId::new(&format!("{}-{round}", analysis.report.id));
                analysis
            })
            .collect()
    };
    let time = |&n: &usize| {
        let analyses = copies(n);
        (n, timed(|| link::link(analyses, &link::Options::default())).1)
    };
    GROWTH.iter().map(time).collect()
}

/// Peak resident memory in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
