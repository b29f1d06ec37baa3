//! Fits the weights of linking to marked piles: how likely two units of one kind tell of one incident is taken for the
//! logistic function of their score, which is linear in the weights. Prints the weights and, with `--tune`, the B-cubed of
//! `evaluation marked` with both priors moved.
//!
//! `cargo run --release -p evaluation --example fit_linking -- crates/evaluation/marked/dev`
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::Path;

use evaluation::tasks::marked::{self, Pile, Tally};
use link::{Options, Settings};
use rayon::prelude::*;
use record::Analysis;

type Field = (&'static str, fn(&mut Settings) -> &mut f32);

macro_rules! fields {
    ($($name:ident),*) => { &[$((stringify!($name), |s| &mut s.$name)),*] };
}

/// Weights that may have either sign.
const PRIORS: &[Field] = fields!(across_prior, event_prior);

/// The other weights of events that were read; what given mentions are linked with stays as it is.
const WEIGHTS: &[Field] = fields!(
    time, weekday, place, actor, object, means, figure, scene, far, article, headline, number, factuality,
    roles, downing, dead, other_word
);

/// A pair: what each weight counts for, the rest of its score, whether it is one incident.
struct Sample {
    by: Vec<f64>,
    rest: f64,
    same: bool,
}

fn main() {
    let mut piles = Vec::new();
    let mut tune = false;
    for a in std::env::args().skip(1) {
        if a == "--tune" {
            tune = true;
        } else {
            match marked::read_all(Path::new(&a)) {
                Ok(more) => piles.extend(more),
                Err(e) => return eprintln!("{e}"),
            }
        }
    }
    let read: Vec<(Pile, Vec<Analysis>)> =
        piles.into_par_iter().map(|p| (p.analyses(), p)).map(|(a, p)| (p, a)).collect();
    let fields: Vec<&Field> = PRIORS.iter().chain(WEIGHTS).collect();
    let mut settings = Settings::default();
    println!("{} piles; before: {}", read.len(), shown(&read, &settings));
    for round in 0..3 {
        let samples = samples(&read, &settings, &fields);
        settings = fit(&samples, &settings, &fields);
        println!("round {round}, {} pairs: {}", samples.len(), shown(&read, &settings));
    }
    for step in [-0.1, 0.1, 0.2, 0.3, 0.4].into_iter().filter(|_| tune) {
        for (name, field) in &PRIORS[..2] {
            let mut tried = settings.clone();
            *field(&mut tried) += step;
            println!("{name} {step:+.1}: {}", shown(&read, &tried));
        }
    }
    for (name, field) in fields {
        println!("            {name}: {:.2},", field(&mut settings));
    }
}

fn samples(read: &[(Pile, Vec<Analysis>)], settings: &Settings, fields: &[&Field]) -> Vec<Sample> {
    let moved = fields.iter().map(|(_, field)| {
        let mut s = settings.clone();
        *field(&mut s) += 1.0;
        s
    });
    let all: Vec<Settings> = std::iter::once(settings.clone()).chain(moved).collect();
    let of_pile = |(pile, analyses): &(Pile, Vec<Analysis>)| {
        // The incident that most of a unit's events tell of.
        let incident = |(r, events): &(usize, Vec<usize>)| {
            let mut count: BTreeMap<usize, usize> = BTreeMap::new();
            for e in events {
                let trigger = analyses[*r].events[*e].trigger;
                let marks = pile.reports[*r].marks.iter().filter(|(at, _)| at.overlaps(trigger));
                marks.for_each(|(_, i)| *count.entry(*i).or_default() += 1);
            }
            count.into_iter().max_by_key(|c| c.1).map(|c| c.0)
        };
        let pairs = link::pairs(analyses, &all).into_iter().filter(|p| !p.apart);
        let sample = |p: link::Pair| {
            let (a, b) = (incident(&p.units[0])?, incident(&p.units[1])?);
            let by: Vec<f64> = p.scores[1..].iter().map(|s| f64::from(s - p.scores[0])).collect();
            let mut s = settings.clone();
            let own: f64 = fields.iter().zip(&by).map(|((_, f), x)| f64::from(*f(&mut s)) * x).sum();
            Some(Sample { rest: f64::from(p.scores[0]) - own, by, same: a == b })
        };
        pairs.filter_map(sample).collect::<Vec<_>>()
    };
    read.par_iter().map(of_pile).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Gradient descent, each weight by how much it tells; none but a prior falls below 0.
fn fit(samples: &[Sample], settings: &Settings, fields: &[&Field]) -> Settings {
    let mut settings = settings.clone();
    let start: Vec<f64> = fields.iter().map(|(_, f)| f64::from(*f(&mut settings))).collect();
    let mut w = start.clone();
    let width: Vec<f64> =
        (0..w.len()).map(|k| samples.iter().map(|s| s.by[k].powi(2)).sum::<f64>() + 10.0).collect();
    for _ in 0..600 {
        let mut slope: Vec<f64> = w.iter().zip(&start).map(|(w, s)| PULL * (w - s)).collect();
        for s in samples {
            let score: f64 = s.rest + w.iter().zip(&s.by).map(|(w, x)| w * x).sum::<f64>();
            let error = STEEP * (1.0 / (1.0 + (-STEEP * score).exp()) - f64::from(u8::from(s.same)));
            slope.iter_mut().zip(&s.by).for_each(|(g, x)| *g += error * x);
        }
        for (k, w) in w.iter_mut().enumerate() {
            *w -= 0.3 * slope[k] / width[k] / (STEEP * STEEP / 4.0);
            if k >= PRIORS.len() {
                *w = w.max(0.0);
            }
        }
    }
    for ((_, field), w) in fields.iter().zip(w) {
        *field(&mut settings) = w as f32;
    }
    settings
}

/// How hard a weight is drawn back to where it began, in pairs.
const PULL: f64 = 10.0;

/// What a score of 1 is worth in log odds.
const STEEP: f64 = 3.0;

fn shown(read: &[(Pile, Vec<Analysis>)], settings: &Settings) -> String {
    let options = Options { settings: settings.clone(), ..Options::default() };
    let found: Vec<_> = read.par_iter().map(|(p, a)| p.found(&link::link(a.clone(), &options))).collect();
    let mut tally = Tally::default();
    found.iter().for_each(|f| tally.add(f));
    let scores = tally.scores().into_iter().filter(|(n, _)| !matches!(*n, "found" | "told" | "precision"));
    scores.map(|(n, s)| format!("{n} {s:.1}")).collect::<Vec<_>>().join(" ")
}
