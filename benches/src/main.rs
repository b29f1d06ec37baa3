//! Speed: what each phase does a second on one core, the peak of memory, and how time grows with the number of
//! reports. The corpus is made by rule (see `corpus`), so that everyone measures the same.
//!
//! `speed` measures all; `speed read` reading alone; `speed growth N…` how linking grows; `--json` prints one object;
//! `speed corpus FOLDER [N]` writes the corpus for other programs.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod clock;
mod corpus;
mod stream;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clock::{Took, timed};
use evaluation::tasks::marked;
use language::Language;
use rayon::prelude::*;
use record::{Analysis, Parsed, Report};
use serde_json::{Value, json};

/// Reports in the corpus for the phases.
const REPORTS: usize = 200;

/// Times that the fast phases are run, since once is over too soon.
const ROUNDS: u32 = 100;

/// Reports of the stream, and bytes of each.
const STREAM: (usize, usize) = (10_000, 3_000);

/// Reports for the growth curve of linking.
const GROWTH: [usize; 3] = [250, 500, 1_000];

/// Reports of which no two sentences are alike.
const PILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/evaluation/marked/dev");

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|a| a == "--json");
    arguments.retain(|a| a != "--json");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let numbers = |words: &[&str]| words.iter().map(|n| n.parse().ok()).collect::<Option<Vec<usize>>>();
    let measured = match arguments[..] {
        [] => one_core(|| {
            let mut all = reading();
            all.extend(phases());
            all.growth = growth(&GROWTH);
            all
        }),
        ["read"] => one_core(reading),
        ["growth", ref counts @ ..] if !counts.is_empty() => match numbers(counts) {
            Some(counts) => one_core(|| Measured { growth: growth(&counts), ..Measured::default() }),
            None => return usage(),
        },
        ["corpus", folder] => return write_corpus(Path::new(folder), REPORTS),
        ["corpus", folder, n] => match n.parse() {
            Ok(n) => return write_corpus(Path::new(folder), n),
            Err(_) => return usage(),
        },
        _ => return usage(),
    };
    let Some(measured) = measured else { return ExitCode::FAILURE };
    if as_json {
        println!("{}", measured.json())
    } else {
        measured.print()
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: speed [read | growth N…] [--json] | speed corpus FOLDER [N]");
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

/// Phases that would use more threads get one.
fn one_core(measure: impl FnOnce() -> Measured + Send) -> Option<Measured> {
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => Some(pool.install(measure)),
        Err(e) => {
            eprintln!("cannot make a pool of one thread: {e}");
            None
        }
    }
}

/// All that was measured.
#[derive(Default)]
struct Measured {
    rows: Vec<Row>,
    /// KiB that reading the stream added to the peak of memory.
    stream_kib: Option<u64>,
    /// Loading the model.
    load: Option<Took>,
    growth: Vec<(usize, Took)>,
}

/// What a phase did in how long.
struct Row {
    phase: &'static str,
    words: usize,
    reports: usize,
    bytes: usize,
    took: Took,
}

/// Reading: a stream of JSONL, texts, pages.
fn reading() -> Measured {
    let mut rows = Vec::new();
    // What is made once (rules, the stream itself) is there before the peak is taken.
    read_stream(10);
    let before = clock::peak_kib();
    let ((reports, bytes), took) = timed(|| read_stream(STREAM.0));
    let words = stream::Jsonl::new(STREAM.0, STREAM.1).words();
    let stream_kib = before.zip(clock::peak_kib()).map(|(before, after)| after - before);
    rows.push(Row { phase: "read (JSONL)", words, reports, bytes, took });

    let corpus = corpus::reports(REPORTS);
    let words = words_of(&corpus);
    let mut rounds = |phase, bytes: usize, rounds: u32, work: &dyn Fn() -> Vec<Report>| {
        let (_, took) = timed(|| (0..rounds).for_each(|_| drop(work())));
        rows.push(Row { phase, words, reports: corpus.len(), bytes, took: took.divided(rounds) });
    };
    rounds("read (text)", corpus.iter().map(|r| r.text.len()).sum(), ROUNDS, &|| read_texts(&corpus));
    rounds("read (pages)", corpus.iter().map(|r| r.html.len()).sum(), 1, &|| {
        read_all(&corpus, |r| (format!("{}.html", r.name), r.html.as_bytes()))
    });
    Measured { rows, stream_kib, ..Measured::default() }
}

/// Reports and bytes of the stream; every report is let go once it is read.
fn read_stream(count: usize) -> (usize, usize) {
    let mut warnings = 0;
    let stream = stream::Jsonl::new(count, STREAM.1);
    let summary = read::read(stream, "stream.jsonl", &read::Options::default(), &mut |item| {
        warnings += usize::from(matches!(item, read::Item::Skipped(_)));
    });
    assert_eq!((summary.reports, warnings), (count, 0), "every line of the stream is a report");
    (summary.reports, usize::try_from(summary.bytes).unwrap_or(usize::MAX))
}

/// Language, extracting and linking the texts.
fn phases() -> Measured {
    let corpus = corpus::reports(REPORTS);
    let (words, bytes) = (words_of(&corpus), corpus.iter().map(|r| r.text.len()).sum());
    let language = Language::embedded();
    let (_, load) = timed(|| language.split("Ready."));
    let mut rows: Vec<Row> = Vec::new();
    let mut row = |phase, took| rows.push(Row { phase, words, reports: corpus.len(), bytes, took });

    let (reports, mut whole) = timed(|| read_texts(&corpus));
    let (parsed, took) = timed(|| {
        reports.iter().map(|r| language.parse(r, language::Options::default())).collect::<Vec<Parsed>>()
    });
    row("language", took);
    whole = whole.and(took);
    let pairs: Vec<(Report, Parsed)> = reports.into_iter().zip(parsed).collect();
    let (analyses, took) =
        timed(|| pairs.into_iter().map(|(r, p)| extract::extract(r, p)).collect::<Vec<Analysis>>());
    row("extract", took);
    whole = whole.and(took);
    let (_, took) = timed(|| link::link(analyses, &link::Options::default()));
    row("link", took);
    row("whole (text)", whole.and(took));
    match marked::read_all(Path::new(PILES)) {
        Ok(piles) => {
            rows.extend(unseen(piles.into_iter().flat_map(|p| p.reports).map(|r| r.report).collect()))
        }
        Err(e) => eprintln!("{e}"),
    }
    Measured { rows, load: Some(load), ..Measured::default() }
}

/// Language and extracting on texts of which no sentence recurs.
fn unseen(texts: Vec<Report>) -> [Row; 2] {
    let language = Language::embedded();
    let (reports, bytes) = (texts.len(), texts.iter().map(|r| r.text.len()).sum());
    let words = texts.iter().map(|r| r.text.split_whitespace().count()).sum();
    let row = |phase, took| Row { phase, words, reports, bytes, took };
    let (parsed, spent) = timed(|| {
        texts.iter().map(|r| language.parse(r, language::Options::default())).collect::<Vec<Parsed>>()
    });
    let pairs: Vec<(Report, Parsed)> = texts.into_iter().zip(parsed).collect();
    let (_, took) = timed(|| pairs.into_iter().for_each(|(r, p)| drop(extract::extract(r, p))));
    [row("language (new)", spent), row("extract (new)", took)]
}

fn words_of(corpus: &[corpus::Report]) -> usize {
    corpus.iter().map(|r| r.text.split_whitespace().count()).sum()
}

fn read_texts(corpus: &[corpus::Report]) -> Vec<Report> {
    read_all(corpus, |r| (format!("{}.txt", r.name), r.text.as_bytes()))
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

/// Time to link growing numbers of reports. Each number has its own corpus, so that there are always five reports to an
/// incident; analysing them is not counted.
fn growth(counts: &[usize]) -> Vec<(usize, Took)> {
    let language = Language::embedded();
    let most = counts.iter().copied().max().unwrap_or(0);
    let analyses: Vec<Analysis> = read_texts(&corpus::reports(most))
        .into_par_iter()
        .map(|r| {
            let parsed = language.parse(&r, language::Options::default());
            extract::extract(r, parsed)
        })
        .collect();
    let time = |&n: &usize| {
        let analyses = analyses[..n].to_vec();
        (n, timed(|| link::link(analyses, &link::Options::default())).1)
    };
    counts.iter().map(time).collect()
}

impl Row {
    /// By time on the core.
    fn per_second(&self, n: usize) -> f64 {
        n as f64 / self.took.cpu.as_secs_f64().max(1e-9)
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

    fn json(&self) -> Value {
        json!({"words_per_second": self.words_per_second(), "reports_per_second": self.reports_per_second(),
            "megabytes_per_second": self.megabytes_per_second(), "cpu_seconds": self.took.cpu.as_secs_f64(),
            "wall_seconds": self.took.wall.as_secs_f64()})
    }
}

impl Measured {
    fn extend(&mut self, other: Measured) {
        self.rows.extend(other.rows);
        self.load = self.load.or(other.load);
    }

    fn json(&self) -> Value {
        let phases: BTreeMap<&str, _> = self.rows.iter().map(|r| (r.phase, r.json())).collect();
        let growth: Vec<_> = self
            .growth
            .iter()
            .map(|(n, t)| json!({"reports": n, "link_cpu_seconds": t.cpu.as_secs_f64()}))
            .collect();
        json!({"load_seconds": self.load.map(|t| t.cpu.as_secs_f64()), "phases": phases, "growth": growth,
            "stream_kib": self.stream_kib, "peak_memory_kib": clock::peak_kib()})
    }

    fn print(&self) {
        println!("one core, by its own time; the corpus is {REPORTS} reports made by rule");
        if !self.rows.is_empty() {
            println!("{:<14} {:>10} {:>10} {:>9}", "phase", "words/s", "reports/s", "MB/s");
        }
        for r in &self.rows {
            println!(
                "{:<14} {:>10.0} {:>10.1} {:>9.2}",
                r.phase,
                r.words_per_second(),
                r.reports_per_second(),
                r.megabytes_per_second()
            );
        }
        if let Some(kib) = self.stream_kib {
            println!(
                "{} reports of {} bytes streamed through read: {:.1} MiB on top of what was there before",
                STREAM.0,
                STREAM.1,
                kib as f64 / 1024.0
            );
        }
        if let Some(load) = self.load {
            println!("the model loads in {:.2} s", load.cpu.as_secs_f64());
        }
        if !self.growth.is_empty() {
            println!("linking, by number of reports (linear if the last column stays the same):");
        }
        for (n, took) in &self.growth {
            let seconds = took.cpu.as_secs_f64();
            println!("{n:>8} {seconds:>8.2} s {:>8.2} ms a report", seconds * 1000.0 / *n as f64);
        }
        match clock::peak_kib() {
            Some(kib) => println!("peak memory {} MiB", kib / 1024),
            None => println!("peak memory: not known on this system"),
        }
    }
}
