//! Sentences with their quad class.

use std::path::Path;

use rayon::prelude::*;

use super::super::Settings;
use super::{cameo_class, main_event};
use crate::metrics::counts::macro_f1;
use crate::{Case, Outcome, Problem, system};

pub(super) fn run(
    path: &Path,
    text: &str,
    settings: &Settings,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let mut rows = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row =
            line.rsplit_once('\t').and_then(|(s, c)| Some((s.to_owned(), c.trim().parse::<u8>().ok()?)));
        rows.push((
            n + 1,
            row.ok_or_else(|| Problem::at(path, n + 1, "no sentence and class parted by a tab"))?,
        ));
    }
    let rows = settings.choose(rows);
    let ours: Vec<(u8, String)> = rows
        .par_iter()
        .map(|(_, (sentence, _))| {
            let analysis = system::analyse(system::report("sentence", sentence, None));
            main_event(&analysis).map_or((0, "nothing".to_owned()), |e| {
                (cameo_class(e), format!("{} {} «{}» {}", e.kind, e.cameo, e.trigger.of(sentence), e.rule))
            })
        })
        .collect();
    let right = rows.iter().zip(&ours).filter(|((_, (_, gold)), (ours, _))| gold == ours).count();
    outcome.n = rows.len();
    outcome.score("accuracy", 100.0 * right as f64 / rows.len() as f64);
    let named: Vec<(String, String)> =
        rows.iter().zip(&ours).map(|((_, (_, g)), (o, _))| (g.to_string(), o.to_string())).collect();
    let pairs: Vec<(&str, &str)> = named.iter().map(|(g, o)| (g.as_str(), o.as_str())).collect();
    outcome.score("macro_f1", macro_f1(&pairs));
    for ((line, (sentence, gold)), (class, why)) in rows.iter().zip(&ours) {
        outcome.confusion.add(&gold.to_string(), &class.to_string());
        if gold != class {
            outcome.cases.push(Case {
                origin: format!("line {line}"),
                text: sentence.clone(),
                gold: gold.to_string(),
                ours: format!("{class} {why}"),
            });
        }
    }
    Ok(())
}
