//! `evaluation TASK PATH`: scores by each field's own metric, in one command.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use evaluation::all;
use evaluation::tasks::{self, Settings, TASKS};

/// Scores the analysis against public gold data.
///
/// TASK is one of: parse, entities, times, attribution, places, coding, deeds, templates, coreference, stories, extraction,
/// record, piles, marked, all. Exit code 1 means that a file is broken or missing, 2 that the command is wrong.
#[derive(Parser)]
#[command(name = "evaluation", max_term_width = 100)]
struct Arguments {
    /// What to score.
    task: String,
    /// A file or folder in the set's native format.
    path: PathBuf,
    /// Print one JSON object {"task","path","n","scores"}; scores are percentages.
    #[arg(long)]
    json: bool,
    /// Show this many wrong cases and a confusion table.
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// parse: words and sentences are given.
    #[arg(long)]
    gold_tokens: bool,
    /// templates: put the texts, which are all in capitals, into mixed case first.
    #[arg(long)]
    mixed_case: bool,
    /// Score about this many documents, evenly spread over the set.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// record: score this record (JSON) instead of making one.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let settings = Settings {
        gold_tokens: arguments.gold_tokens,
        mixed_case: arguments.mixed_case,
        limit: arguments.limit,
        record: arguments.record.clone(),
    };
    if arguments.task == "all" {
        return run_all(&arguments);
    }
    let Some(result) = tasks::run(&arguments.task, &arguments.path, &settings) else {
        let names: Vec<&str> = TASKS.iter().map(|(n, _)| *n).collect();
        eprintln!("«{}» is no task; there are {}, all", arguments.task, names.join(", "));
        return ExitCode::from(2);
    };
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(1);
        }
    };
    if arguments.json {
        println!("{}", outcome.json());
        for note in &outcome.notes {
            eprintln!("note: {note}");
        }
    } else {
        print!("{}", outcome.table());
    }
    if let Some(limit) = arguments.errors {
        let errors = outcome.errors(limit);
        if arguments.json { eprint!("{errors}") } else { print!("{errors}") }
    }
    ExitCode::SUCCESS
}

/// Every run, told as it is done; then the document.
fn run_all(arguments: &Arguments) -> ExitCode {
    let done = match all::all(&arguments.path, |done| eprintln!("{}", all::line(done))) {
        Ok(done) => done,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(1);
        }
    };
    if arguments.json {
        println!("{}", all::outcome(&arguments.path, &done).json());
    } else {
        done.iter().for_each(|d| println!("{}", all::line(d)));
    }
    if let Err(problem) = all::write(&all::document(&arguments.path, &done)) {
        eprintln!("{problem}");
        return ExitCode::from(1);
    }
    if done.iter().any(|d| d.outcome.is_err()) { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
