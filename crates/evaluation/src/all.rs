//! `all`: every run of `data/runs.tsv`, one table, and `docs/accuracy.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::tasks::{self, Settings};
use crate::{Outcome, Problem};

const RUNS: &str = include_str!("../data/runs.tsv");
const NOTES: &str = include_str!("../data/notes.md");

/// One run of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What is scored.
    pub title: &'static str,
    /// The task.
    pub task: &'static str,
    /// Below the data folder, or, where it begins with `./`, below the working folder.
    pub path: &'static str,
    /// As on the command line.
    pub flags: &'static str,
    /// Scores to show, by name.
    pub scores: Vec<&'static str>,
    /// What others reach, and on what.
    pub marks: &'static str,
}

/// A run with what came of it.
#[derive(Debug)]
pub struct Done {
    /// The run.
    pub run: Run,
    /// Its outcome, or why there is none.
    pub outcome: Result<Outcome, Problem>,
    /// How long it took.
    pub took: Duration,
}

/// The runs of a list.
///
/// # Errors
/// The number of a line that has not six columns or names no task, and what is wrong with it.
pub fn runs(list: &'static str) -> Result<Vec<Run>, (usize, String)> {
    let mut runs = Vec::new();
    for (n, line) in list.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()) {
        let [title, task, path, flags, scores, marks] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err((n + 1, "a run has six columns parted by tabs".to_owned()));
        };
        if !tasks::TASKS.iter().any(|(name, _)| *name == task) {
            return Err((n + 1, format!("«{task}» is no task")));
        }
        settings(flags).ok_or_else(|| (n + 1, format!("«{flags}» are no flags")))?;
        runs.push(Run { title, task, path, flags, scores: scores.split(' ').collect(), marks });
    }
    Ok(runs)
}

fn settings(flags: &str) -> Option<Settings> {
    let mut settings = Settings::default();
    let mut words = flags.split(' ');
    while let Some(word) = words.next() {
        match word {
            "-" => {}
            "--gold-tokens" => settings.gold_tokens = true,
            "--mixed-case" => settings.mixed_case = true,
            "--limit" => settings.limit = Some(words.next()?.parse().ok()?),
            _ => return None,
        }
    }
    Some(settings)
}

/// Runs everything below the data folder, telling `each` run when it is done.
///
/// # Errors
/// A broken list of runs, or a data folder that is not there.
pub fn all(data: &Path, mut each: impl FnMut(&Done)) -> Result<Vec<Done>, Problem> {
    if !data.is_dir() {
        return Err(Problem::new(data, "is no folder"));
    }
    let list = runs(RUNS).map_err(|(line, what)| Problem::at(Path::new("runs.tsv"), line, what))?;
    let mut done = Vec::new();
    for run in list {
        let start = Instant::now();
        let path = run.path.strip_prefix("./").map_or_else(|| data.join(run.path), PathBuf::from);
        let settings = settings(run.flags).unwrap_or_default();
        let outcome = tasks::run(run.task, &path, &settings)
            .unwrap_or_else(|| Err(Problem::new(&path, format!("«{}» is no task", run.task))));
        let one = Done { run, outcome, took: start.elapsed() };
        each(&one);
        done.push(one);
    }
    Ok(done)
}

/// All scores as one outcome: `{title} {score}`.
#[must_use]
pub fn outcome(data: &Path, done: &[Done]) -> Outcome {
    let mut all = Outcome::new("all", data);
    for one in done {
        if let Ok(outcome) = &one.outcome {
            all.n += 1;
            for name in &one.run.scores {
                all.score(&format!("{}: {name}", one.run.title), outcome.get(name).unwrap_or(f64::NAN));
            }
        }
    }
    all
}

/// One run as a line for people.
#[must_use]
pub fn line(done: &Done) -> String {
    let what = match &done.outcome {
        Ok(outcome) => scores(done, outcome),
        Err(problem) => format!("NOT RUN: {problem}"),
    };
    format!(
        "{:<12} {:<30} {what}  [{} s]\n{:>44}{}",
        done.run.task,
        done.run.title,
        done.took.as_secs(),
        "",
        done.run.marks
    )
}

fn scores(done: &Done, outcome: &Outcome) -> String {
    let one = |name: &&str| outcome.get(name).map(|v| format!("{name} {v:.1}"));
    done.run.scores.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

/// `docs/accuracy.md`.
#[must_use]
pub fn document(data: &Path, done: &[Done]) -> String {
    let mut out = String::from(
        "# Accuracy\n\nEvery number here is one command, and this file is written by `evaluation all`:\n\n```\n\
         cargo run --release -p evaluation -- all ",
    );
    let _ = writeln!(out, "{}\n```\n", data.display());
    out.push_str(
        "The sets named are public, their development or training parts. Scores are percentages. «Marks» are published\n\
         or measured scores of others, mostly on another part of the same set, and so a bearing, not a race.\n\n\
         | what | n | ours | marks | command (`evaluation …`) |\n|---|---|---|---|---|\n",
    );
    for one in done {
        let flags = if one.run.flags == "-" { String::new() } else { format!(" {}", one.run.flags) };
        let command = format!("`{} {}{flags}`", one.run.task, one.run.path);
        let (n, ours) = match &one.outcome {
            Ok(outcome) => (outcome.n.to_string(), scores(one, outcome)),
            Err(_) => ("–".to_owned(), "not run: the set was not there".to_owned()),
        };
        let _ = writeln!(out, "| {} | {n} | {ours} | {} | {command} |", one.run.title, one.run.marks);
    }
    let total: Duration = done.iter().map(|d| d.took).sum();
    let _ = writeln!(
        out,
        "\n`--limit N`, where it stands, is an even spread of about N documents; without it the whole set is scored. This\n\
         run took {} minutes.\n\n{}",
        total.as_secs().div_ceil(60),
        NOTES.trim_end()
    );
    out
}

/// Writes `docs/accuracy.md` below the current folder.
///
/// # Errors
/// If it cannot be written.
pub fn write(text: &str) -> Result<(), Problem> {
    let path = Path::new("docs/accuracy.md");
    fs::create_dir_all("docs").and_then(|()| fs::write(path, text)).map_err(|e| Problem::new(path, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_runs_is_sound_and_a_bad_line_is_named() {
        assert!(runs(RUNS).is_ok_and(|r| r.len() > 15));
        assert_eq!(runs("# head\nonly a title\n").unwrap_err().0, 2);
        assert_eq!(runs("t\tnope\tp\t-\tf1\tm\n").unwrap_err().1, "«nope» is no task");
    }
}
