//! PLV: source and target are marked, the root is asked for.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use record::{EventType, TextRange};

use super::super::Settings;
use super::quad_number;
use crate::metrics::counts::macro_f1;
use crate::{Case, Outcome, Problem, system};

struct Pair {
    id: String,
    text: String,
    source: TextRange,
    target: TextRange,
    root: String,
    quad: String,
}

pub(super) fn run(
    path: &Path,
    text: &str,
    settings: &Settings,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> =
        lines.next().map(|(_, l)| l.split('\t').map(str::trim).collect()).unwrap_or_default();
    let column = |name: &str| {
        header
            .iter()
            .position(|h| *h == name)
            .ok_or_else(|| Problem::at(path, 1, format!("no column «{name}»")))
    };
    let (sentence, quad, root) = (column("marked_sentence")?, column("quad")?, column("root")?);
    let mut pairs = Vec::new();
    for (n, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
        let row: Vec<&str> = line.split('\t').collect();
        let field = |c: usize| row.get(c).copied().ok_or_else(|| Problem::at(path, n + 1, "too few columns"));
        let (text, source, target) = unmark(field(sentence)?);
        // A side that is not in the sentence ("a recipient") is not marked.
        let place = |marked: Option<TextRange>, name: &str| {
            let words = column(name).ok().and_then(|c| row.get(c).copied()).unwrap_or("").trim();
            let start = (!words.is_empty()).then(|| text.find(words)).flatten();
            marked.or(start.map(|s| TextRange::new(s, s + words.len()))).unwrap_or_default()
        };
        let (source, target) = (place(source, "source"), place(target, "target"));
        pairs.push(Pair {
            id: format!("line {}", n + 1),
            text,
            source,
            target,
            root: field(root)?.trim().to_uppercase(),
            quad: field(quad)?.trim().to_owned(),
        });
    }
    let pairs = settings.choose(pairs);
    let ours: Vec<Option<EventType>> =
        pairs.par_iter().map(|p| system::code_pair(&p.text, p.source, p.target)).collect();
    let roots: Vec<&str> = ours.iter().map(|t| t.map_or("", plv_root)).collect();
    let quads: Vec<String> = ours.iter().map(|t| t.map_or(String::new(), plv_quad)).collect();
    outcome.n = pairs.len();
    let gold_and_ours: Vec<(&str, &str)> =
        pairs.iter().zip(&roots).map(|(p, o)| (p.root.as_str(), *o)).collect();
    outcome.score("root_macro_f1", macro_f1(&gold_and_ours));
    let quad_pairs: Vec<(&str, &str)> =
        pairs.iter().zip(&quads).map(|(p, o)| (p.quad.as_str(), o.as_str())).collect();
    outcome.score("quad_macro_f1", macro_f1(&quad_pairs));
    let right = |pairs: &[(&str, &str)]| pairs.iter().filter(|(g, o)| g == o).count() as f64;
    outcome.score("accuracy", 100.0 * right(&gold_and_ours) / pairs.len() as f64);
    outcome.score("quad_accuracy", 100.0 * right(&quad_pairs) / pairs.len() as f64);
    for (pair, (gold, ours)) in pairs.iter().zip(&gold_and_ours) {
        outcome.confusion.add(gold, if ours.is_empty() { "nothing" } else { ours });
        if gold != ours {
            outcome.cases.push(Case {
                origin: pair.id.clone(),
                text: format!(
                    "{} [source: {}; target: {}]",
                    pair.text,
                    pair.source.of(&pair.text),
                    pair.target.of(&pair.text)
                ),
                gold: (*gold).to_owned(),
                ours: (*ours).to_owned(),
            });
        }
    }
    Ok(())
}

/// The sentence without marks, and where source and target stand in it.
fn unmark(marked: &str) -> (String, Option<TextRange>, Option<TextRange>) {
    let mut text = String::new();
    let mut at = BTreeMap::new();
    let mut rest = marked;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        match ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|m| rest.starts_with(m)) {
            Some(mark) => {
                at.entry(mark).or_insert(text.len());
                rest = &rest[mark.len()..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let range = |open, close| Some(TextRange::new(*at.get(open)?, *at.get(close)?));
    (text, range("<s>", "</s>"), range("<t>", "</t>"))
}

fn plv_root(kind: EventType) -> &'static str {
    match kind {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.as_str(),
    }
}

fn plv_quad(kind: EventType) -> String {
    let kind = if kind == EventType::Concede { EventType::Retreat } else { kind };
    quad_number(kind).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_remembered() {
        let (text, source, target) = unmark("On < Monday <s>Iran</s> hit <t>Iraq</t>.");
        let (source, target) = (source.unwrap(), target.unwrap());
        assert_eq!(
            (text.as_str(), source.of(&text), target.of(&text)),
            ("On < Monday Iran hit Iraq.", "Iran", "Iraq")
        );
        assert_eq!(unmark("nothing marked").1, None);
    }

    #[test]
    fn the_set_counts_yield_as_material_cooperation() {
        assert_eq!((plv_root(EventType::Concede), plv_quad(EventType::Concede).as_str()), ("YIELD", "2"));
        assert_eq!(
            (plv_root(EventType::Sanction), plv_quad(EventType::Sanction).as_str()),
            ("SANCTION", "4")
        );
    }
}
