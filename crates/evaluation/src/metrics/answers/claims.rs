//! Figures: claims of the record against the gold ones.

use std::collections::BTreeSet;

use serde_json::Value;

use super::anchors::{Answers, alternatives, fold, has_name, objects, overlap, strings};
use super::incidents::Linked;
use super::{Measure, Scores};

const CORE: [&str; 7] = ["killed", "wounded", "missing", "captured", "arrested", "displaced", "abducted"];

/// Other words for what is counted.
fn synonyms(what: &str) -> &'static [&'static str] {
    match what {
        "killed" => &["dead", "death", "deaths", "died", "fatalities"],
        "wounded" => &["injured", "injuries", "hurt"],
        "arrested" => &["detained"],
        "captured" => &["prisoners"],
        "abducted" => &["kidnapped"],
        "displaced" => &["fled", "evacuated"],
        _ => &[],
    }
}

/// Whether our word for what is counted is one of the gold's.
pub(super) fn same_what(gold: Option<&Value>, ours: &str) -> bool {
    let ours = fold(ours);
    let fits = |gold: &str| {
        let gold = fold(gold);
        gold == ours
            || ours.split(' ').any(|w| w == gold)
            || ours.contains(&gold)
            || synonyms(&gold).contains(&ours.as_str())
    };
    !ours.is_empty()
        && alternatives(gold).iter().filter_map(|g| g.as_str()).filter(|g| !g.is_empty()).any(fits)
}

pub(super) fn in_values(value: Option<&Value>, allowed: Option<&Value>) -> bool {
    let number = value.and_then(Value::as_f64);
    alternatives(allowed).iter().any(|a| match number {
        None => a.is_null(),
        Some(n) => a.as_f64() == Some(n),
    })
}

/// Whether the right one is named. `options` absent or null: nobody may be. `written` are words used when no actor is.
pub(super) fn named(options: Option<&Value>, names: &[String], written: Option<&Value>) -> bool {
    let Some(options) = options.filter(|o| !o.is_null()) else { return names.is_empty() };
    let options = alternatives(Some(options));
    let written = written.and_then(Value::as_str).unwrap_or("");
    if names.is_empty() && (written.is_empty() || !has_name(&[written], &options)) {
        return options.iter().any(|o| o.is_null());
    }
    if names.is_empty() { has_name(&[written], &options) } else { has_name(names, &options) }
}

pub(super) fn figures(
    gold: &Value,
    incidents: &[&Value],
    answers: &Answers,
    linked: &Linked,
    scores: &mut Scores,
) {
    let claims = &answers.claims;
    let holds_gold: BTreeSet<usize> = linked.chosen.iter().flatten().copied().collect();
    let (mut used, mut touched) = (BTreeSet::new(), BTreeSet::new());
    let (mut right, mut wanted) = (0, 0);
    let (mut by, mut status) = (Vec::new(), Vec::new());
    for (g, incident) in incidents.iter().enumerate() {
        let id = incident.get("id").and_then(Value::as_str).unwrap_or("");
        for figure in objects(incident.get("figures")) {
            let at = answers.find(figure);
            let optional = figure.get("optional").and_then(Value::as_bool).unwrap_or(false);
            let mut hit = None;
            for (n, claim) in claims.iter().enumerate() {
                if claim.at.as_ref().is_none_or(|c| overlap(at.as_ref(), c) == 0) {
                    continue;
                }
                if !same_what(figure.get("what"), &claim.what) {
                    continue;
                }
                touched.insert(n);
                let fits = !used.contains(&n)
                    && linked.matched.get(&g) == Some(&claim.incident)
                    && in_values(claim.value.get("low"), figure.get("low"))
                    && in_values(claim.value.get("high"), figure.get("high"));
                if fits {
                    hit = Some(n);
                    break;
                }
            }
            let Some(n) = hit else {
                if !optional {
                    wanted += 1;
                    scores.miss("figure not found", id, figure);
                }
                continue;
            };
            used.insert(n);
            if !optional {
                (right, wanted) = (right + 1, wanted + 1);
            }
            let claim = claims[n].value;
            if figure.get("by").is_some() {
                let names = answers.actor_names(claim.get("by"));
                let good = named(figure.get("by"), &names, claim.get("by_as_written"));
                by.push(good);
                if !good {
                    scores.miss("figure: wrong source", id, figure);
                }
            }
            let options = strings(figure.get("status"));
            if !options.is_empty() {
                status
                    .push(claim.get("status").and_then(Value::as_str).is_some_and(|s| options.contains(&s)));
            }
        }
    }
    let all_figures = || incidents.iter().flat_map(|i| objects(i.get("figures")));
    let scored = |what: &str| {
        same_what(Some(&Value::from(CORE.to_vec())), what)
            || all_figures().any(|f| same_what(f.get("what"), what))
    };
    let is_extra = |n: &usize| {
        !used.contains(n)
            && scored(&claims[*n].what)
            && (touched.contains(n) || holds_gold.contains(&claims[*n].incident))
    };
    let extra: Vec<usize> = (0..claims.len()).filter(is_extra).collect();
    for &n in &extra {
        let c = &claims[n];
        let show = |name: &str| c.value.get(name).map_or("null".to_owned(), Value::to_string);
        let id = answers.incidents[c.incident].get("id").and_then(Value::as_str).unwrap_or("");
        scores.misses.push(format!(
            "false figure: {id}: {} «{} {}..{}»",
            show("report"),
            c.what,
            show("low"),
            show("high")
        ));
    }
    let strays: Vec<&Value> = objects(gold.get("stray_figures")).collect();
    let mut bad = 0;
    for anchor in &strays {
        let at = answers.find(anchor);
        let attached = claims.iter().enumerate().any(|(n, c)| {
            !used.contains(&n)
                && holds_gold.contains(&c.incident)
                && c.at.as_ref().is_some_and(|c| overlap(at.as_ref(), c) > 0)
        });
        if attached {
            bad += 1;
            scores.miss("stray figure attached", "", anchor);
        }
    }
    let count = |all: &[bool]| Measure::share(all.iter().filter(|g| **g).count(), all.len());
    scores.put("figures", Measure::prf(right, right + extra.len(), wanted));
    scores.put("figures wanted", Measure::share(0, wanted));
    scores.put("by", count(&by));
    scores.put("status", count(&status));
    scores.put("stray violations", Measure::share(bad, strays.len()));
}
