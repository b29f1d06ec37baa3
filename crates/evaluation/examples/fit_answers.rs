//! Fits what speaks for and against an answer (`crates/link/data/answering.tsv`) to marked piles: how likely one event answers
//! another is taken for the logistic function of the sum of its signs' weights. Prints the table.
//!
//! `cargo run --release -p evaluation --example fit_answers -- crates/evaluation/marked/dev`
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::Path;

use evaluation::tasks::marked::{self, Pile};
use link::Options;
use rayon::prelude::*;

/// Pairs that a sign must be seen with.
const LEAST: usize = 25;
/// How hard a weight is drawn to 0, in pairs.
const PULL: f64 = 3.0;
/// Weights that say less are left out.
const LITTLE: f64 = 0.05;

fn main() {
    let mut piles = Vec::new();
    for a in std::env::args().skip(1) {
        match marked::read_all(Path::new(&a)) {
            Ok(more) => piles.extend(more),
            Err(e) => return eprintln!("{e}"),
        }
    }
    let samples: Vec<(Vec<String>, bool)> = piles.par_iter().flat_map(samples).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    samples.iter().flat_map(|(signs, _)| signs).for_each(|s| *count.entry(s).or_default() += 1);
    let names: Vec<&str> = count.into_iter().filter(|(_, n)| *n >= LEAST).map(|(name, _)| name).collect();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(n, name)| (*name, n)).collect();
    let rows: Vec<(Vec<usize>, bool)> = samples
        .iter()
        .map(|(signs, is)| (signs.iter().filter_map(|s| number.get(s.as_str()).copied()).collect(), *is))
        .collect();
    eprintln!("{} pairs, {} answers, {} signs", rows.len(), rows.iter().filter(|r| r.1).count(), names.len());
    for (name, weight) in names.iter().zip(fit(&rows, names.len())).filter(|(_, w)| w.abs() >= LITTLE) {
        println!("{name}\t{weight:.2}");
    }
}

/// Pairs of events of two incidents of the pile, with their signs and whether the first answers the second.
fn samples(pile: &Pile) -> Vec<(Vec<String>, bool)> {
    let mut analyses = pile.analyses();
    analyses.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    let incident = |r: usize, e: usize| {
        let a = &analyses[r];
        let report = pile.reports.iter().find(|m| m.report.id == a.report.id)?;
        Some(report.marks.iter().find(|(at, _)| at.overlaps(a.events[e].trigger))?.1)
    };
    let sample = |a: link::Answer| {
        let (x, y) = (incident(a.report, a.events.0)?, incident(a.report, a.events.1)?);
        (x != y).then(|| (a.signs, pile.incidents[x].answers.contains(&pile.incidents[y].id)))
    };
    link::answers(&analyses, &Options::default()).into_iter().filter_map(sample).collect()
}

/// Gradient descent, each weight by how often its sign is seen.
fn fit(rows: &[(Vec<usize>, bool)], signs: usize) -> Vec<f64> {
    let mut seen = vec![PULL; signs];
    rows.iter().flat_map(|r| &r.0).for_each(|&s| seen[s] += 1.0);
    let mut w = vec![0.0; signs];
    for _ in 0..4000 {
        let mut slope: Vec<f64> = w.iter().map(|w| PULL * w).collect();
        for (signs, is) in rows {
            let score: f64 = signs.iter().map(|&s| w[s]).sum();
            let error = 1.0 / (1.0 + (-score).exp()) - f64::from(u8::from(*is));
            signs.iter().for_each(|&s| slope[s] += error);
        }
        for (k, w) in w.iter_mut().enumerate() {
            *w -= 0.4 * slope[k] / seen[k];
        }
    }
    w
}
