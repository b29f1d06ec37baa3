//! Statements, disputes, answers, actors, reports and copies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::anchors::{
    Answers, Stretch, alternatives, field, fold, has_name, id, list, objects, overlap, sides, snippets, stem,
    stretch, stretches, strings,
};
use super::claims::named;
use super::incidents::b_cubed;
use super::{Measure, Scores};

/// Types that are never found in residue by right.
const CONFLICT: [&str; 12] = [
    "DEMAND",
    "REQUEST",
    "ACCUSE",
    "DISAPPROVE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "FIGHT",
];

pub(super) fn statements(gold: &Value, answers: &Answers, scores: &mut Scores) {
    let mut variants: Vec<(usize, &Value, Option<Stretch>)> = Vec::new();
    for (n, statement) in answers.statements.iter().enumerate() {
        variants.extend(objects(statement.get("variants")).map(|v| (n, v, stretch(Some(v)))));
    }
    let (mut want, mut got, mut spoke) = (Vec::new(), Vec::new(), Vec::new());
    let mut found = 0;
    for (g, statement) in objects(gold.get("statements")).enumerate() {
        for anchor in objects(statement.get("variants")) {
            let at = answers.find(anchor);
            want.push(g);
            let options = anchor.get("speaker").or(statement.get("speaker"));
            let speaker = |n: usize| answers.actor_names(answers.statements[n].get("speaker"));
            let right = |n: usize, v: &Value| named(options, &speaker(n), v.get("speaker_as_written"));
            let best = variants
                .iter()
                .filter_map(|(n, v, s)| {
                    let s = s.as_ref()?;
                    let shared = overlap(at.as_ref(), s);
                    (shared > 0).then(|| (shared, -(s.len() as i64), right(*n, v), -(*n as i64)))
                })
                .max();
            let length = at.as_ref().map_or(0, Stretch::len);
            match best {
                Some((shared, _, good, n)) if shared as f64 >= 0.6 * length as f64 => {
                    let n = usize::try_from(-n).unwrap_or(0);
                    found += 1;
                    got.push(n);
                    if anchor.get("speaker").is_some() || statement.get("speaker").is_some() {
                        spoke.push(good);
                        if !good {
                            let first: Vec<String> = speaker(n).into_iter().take(1).collect();
                            scores.miss(&format!("wrong speaker {first:?}"), "", anchor);
                        }
                    }
                }
                _ => {
                    got.push(answers.statements.len() + want.len());
                    scores.miss("quote not found", "", anchor);
                }
            }
        }
    }
    scores.put("quote recall", Measure::share(found, want.len()));
    scores.put("speaker", Measure::share(spoke.iter().filter(|g| **g).count(), spoke.len()));
    scores.put("grouping b3", b_cubed(&want, &got, &BTreeSet::new()));
}

pub(super) fn disputes(gold: &Value, answers: &Answers, scores: &mut Scores) {
    let mut found: Vec<(&str, Vec<Vec<Stretch>>)> = Vec::new();
    for dispute in &answers.disputes {
        let kind = dispute.get("kind").and_then(Value::as_str).unwrap_or("");
        let mut spans: Vec<Vec<Stretch>> =
            objects(dispute.get("sides")).map(|s| stretches(s.get("evidence"))).collect();
        if let (true, Some(incident)) = (kind == "figure", id(dispute.get("incident"))) {
            let n = answers.ids.get(&incident);
            let disputed = answers.claims.iter().filter(|c| {
                Some(&c.incident) == n && c.value.get("status").and_then(Value::as_str) == Some("disputed")
            });
            spans.extend(disputed.filter_map(|c| c.at.clone()).map(|s| vec![s]));
        }
        found.push((kind, spans));
    }
    let covers = |spans: &[Vec<Stretch>], dispute: &Value| {
        let hits: Vec<BTreeSet<usize>> = sides(dispute)
            .iter()
            .map(|side| {
                let anchors: Vec<_> =
                    side.iter().filter(|a| a.is_object()).map(|a| answers.find(a)).collect();
                let touched = |s: &Stretch| anchors.iter().any(|a| overlap(a.as_ref(), s) > 0);
                (0..spans.len()).filter(|&n| spans[n].iter().any(touched)).collect()
            })
            .collect();
        match &hits[..] {
            [a, b] => a.iter().any(|x| b.iter().any(|y| x != y)),
            [a] => !a.is_empty(),
            _ => false,
        }
    };
    let wanted: Vec<&Value> = objects(gold.get("disputes")).collect();
    let mut hit = 0;
    for dispute in &wanted {
        let kinds = strings(dispute.get("kind"));
        if found.iter().any(|(kind, s)| (kinds.is_empty() || kinds.contains(kind)) && covers(s, dispute)) {
            hit += 1;
        } else if let Some(anchor) = sides(dispute).first().and_then(|s| s.first().copied()) {
            scores.miss("dispute not found", "", anchor);
        }
    }
    scores.put("disputes", Measure::share(hit, wanted.len()));
    let clean: Vec<&Value> = objects(gold.get("not_disputes")).collect();
    let mut bad = 0;
    for dispute in &clean {
        if found.iter().any(|(_, s)| covers(s, dispute)) {
            bad += 1;
            let why = dispute.get("why").and_then(Value::as_str).unwrap_or("None");
            if let Some(anchor) = sides(dispute).first().and_then(|s| s.first().copied()) {
                scores.miss(&format!("false dispute: {why}"), "", anchor);
            }
        }
    }
    scores.put("false disputes", Measure::share(bad, clean.len()));
}

/// Returns how many answers the gold has.
pub(super) fn responds(
    gold: &[&Value],
    answers: &Answers,
    matched: &BTreeMap<usize, usize>,
    scores: &mut Scores,
) -> usize {
    let ids: BTreeMap<&str, usize> =
        gold.iter().enumerate().filter_map(|(n, g)| Some((g.get("id")?.as_str()?, n))).collect();
    let pairs = |name: &str| -> BTreeSet<(usize, usize)> {
        let of = |(n, g): (usize, &&Value)| {
            let targets: Vec<(usize, usize)> =
                strings(g.get(name)).into_iter().filter_map(|t| Some((n, *ids.get(t)?))).collect();
            targets
        };
        gold.iter().enumerate().flat_map(of).collect()
    };
    let (want, may) = (pairs("responds_to"), pairs("responds_to_optional"));
    let back: BTreeMap<usize, usize> = matched.iter().map(|(g, p)| (*p, *g)).collect();
    let mut got = BTreeSet::new();
    for (p, incident) in answers.incidents.iter().enumerate() {
        for response in list(incident.get("responds_to")) {
            let target = if response.is_object() { response.get("incident") } else { Some(response) };
            let to = id(target).and_then(|t| answers.ids.get(&t));
            if let (Some(from), Some(to)) = (back.get(&p), to.and_then(|t| back.get(t))) {
                got.insert((*from, *to));
            }
        }
    }
    got.retain(|pair| !may.contains(pair));
    let measure = if want.is_empty() {
        Measure::Prf(None)
    } else {
        Measure::prf(want.intersection(&got).count(), got.len(), want.len())
    };
    scores.put("responds_to", measure);
    want.len()
}

pub(super) fn actors(gold: &Value, answers: &Answers, scores: &mut Scores) {
    let named_by = |name: &Value| -> BTreeSet<&String> {
        let has = |k: &&String| has_name(&answers.actor_names(Some(&Value::from(k.as_str()))), &[name]);
        answers.actor_ids().filter(has).collect()
    };
    let same = list(gold.get("same_actor"));
    let mut split = 0;
    for group in same {
        let sets: Vec<_> = list(Some(group)).iter().map(named_by).filter(|s| !s.is_empty()).collect();
        if sets.iter().any(|a| sets.iter().any(|b| a.is_disjoint(b))) {
            split += 1;
            scores.misses.push(format!("same actor kept apart: {group}"));
        }
    }
    let different = list(gold.get("different_actors"));
    let mut fused = 0;
    for pair in different {
        if let [a, b] = list(Some(pair))
            && !named_by(a).is_disjoint(&named_by(b))
        {
            fused += 1;
            scores.misses.push(format!("different actors fused: {pair}"));
        }
    }
    scores.put("same-actor violations", Measure::share(split, same.len()));
    scores.put("different-actor violations", Measure::share(fused, different.len()));
}

pub(super) fn reports(gold: &Value, answers: &Answers, scores: &mut Scores) {
    let (mut dates, mut titles, mut labelled) = (Vec::new(), Vec::new(), Vec::new());
    let (mut body, mut wrong) = (0, 0);
    let mut residue: Vec<Stretch> = Vec::new();
    for (report_id, want) in gold.get("reports").and_then(Value::as_object).into_iter().flatten() {
        let name = answers.names.get(report_id).cloned().flatten();
        let report = name.as_ref().and_then(|n| answers.reports.get(n).copied());
        if report.is_none() {
            scores.misses.push(format!("report missing: {report_id}"));
        }
        if let Some(published) = want.get("published") {
            let got = report.and_then(|r| field(r, "published"));
            let got = got.and_then(|p| if p.is_object() { p.get("date") } else { Some(p) });
            let got = got.and_then(Value::as_str).and_then(|d| d.get(..10));
            let right = report.is_some() && got == published.as_str();
            dates.push(right);
            if !right {
                scores.misses.push(format!("wrong publication date: {got:?}: {report_id} «{published}»"));
            }
        }
        if let Some(title) = want.get("title") {
            let got = report.and_then(|r| field(r, "title")).and_then(Value::as_str).unwrap_or("");
            titles.push(report.is_some() && fold(got) == fold(title.as_str().unwrap_or("")));
        }
        let nothing = super::anchors::Text::default();
        let text = name.as_ref().and_then(|n| answers.texts.get(n)).unwrap_or(&nothing);
        let mut marks: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for block in objects(report.and_then(|r| field(r, "blocks"))) {
            let number = |n: &str| block.get(n).and_then(Value::as_u64).and_then(|v| usize::try_from(v).ok());
            if let (Some(label), Some(start), Some(end)) =
                (block.get("label").and_then(Value::as_str), number("start"), number("end"))
            {
                marks.entry(label).or_default().extend(start..end.min(text.chars.len()).max(start));
            }
        }
        let mut rest: BTreeSet<usize> = text.solid.iter().copied().collect();
        let ends: Vec<_> = strings(want.get("body")).into_iter().map(|x| text.find(x)).collect();
        if let [Some(first), Some(last)] = ends[..] {
            rest.retain(|i| first.0 <= *i && *i < last.1);
        }
        for (snippet, labels) in snippets(want) {
            let Some((start, end)) = text.find(snippet) else {
                labelled.push(!text.chars.is_empty());
                continue;
            };
            let chars: Vec<usize> = (start..end).filter(|&i| !text.chars[i].is_whitespace()).collect();
            chars.iter().for_each(|i| {
                rest.remove(i);
            });
            residue.push(Stretch { report: name.clone().unwrap_or_default(), start, end });
            let marked = chars
                .iter()
                .filter(|i| labels.iter().any(|l| marks.get(l).is_some_and(|m| m.contains(i))))
                .count();
            let right = 2 * marked >= chars.len();
            labelled.push(right);
            if !right {
                scores.misses.push(format!("residue not labelled: {report_id} «{snippet}»"));
            }
        }
        body += rest.len();
        wrong += marks.get("residue").map_or(0, |m| rest.intersection(m).count());
    }
    let count = |all: &[bool]| Measure::share(all.iter().filter(|g| **g).count(), all.len());
    scores.put("published date", count(&dates));
    scores.put("title", count(&titles));
    scores.put("residue labelled", count(&labelled));
    scores.put("body labelled residue", Measure::share(wrong, body));
    let mut invented = 0;
    for (n, incident) in answers.incidents.iter().enumerate() {
        let conflict = incident.get("type").and_then(Value::as_str).is_some_and(|t| CONFLICT.contains(&t));
        let inside = |s: &Stretch| residue.iter().any(|r| overlap(Some(s), r) * 2 >= s.len());
        if conflict && !answers.evidence[n].is_empty() && answers.evidence[n].iter().all(inside) {
            invented += 1;
            scores.misses.push(format!("invented from residue: {:?}", incident.get("title")));
        }
    }
    scores.put("invented from residue", Measure::share(invented, answers.incidents.len()));
}

pub(super) fn copies(gold: &Value, answers: &Answers, scores: &mut Scores) {
    let pairs: Vec<Vec<&str>> =
        list(gold.get("copy_of")).iter().map(|p| strings(Some(p))).filter(|p| p.len() == 2).collect();
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for pair in &pairs {
        let (hits, others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|g| pair.iter().any(|p| g.contains(p)));
        groups = others;
        groups.push(hits.into_iter().flatten().chain(pair.iter().copied()).collect());
    }
    let of = |report: Option<&str>, name: &str| {
        let value = report.and_then(|r| answers.reports.get(r)).and_then(|r| field(r, name));
        id(value).map(|v| stem(&v))
    };
    let ours = |gold: &str| answers.names.get(gold).cloned().flatten();
    let joined = |a: &str, b: &str| {
        let (a, b) = (ours(a), ours(b));
        let (ca, cb) = (of(a.as_deref(), "copy_of"), of(b.as_deref(), "copy_of"));
        let (oa, ob) = (of(a.as_deref(), "origin"), of(b.as_deref(), "origin"));
        (ca.is_some() && (ca == b || ca == cb)) || (cb.is_some() && cb == a) || (oa.is_some() && oa == ob)
    };
    let mut seen = 0;
    for pair in &pairs {
        if joined(pair[0], pair[1]) {
            seen += 1;
        } else {
            scores.misses.push(format!("copy not seen: {} «{}»", pair[0], pair[1]));
        }
    }
    let back: BTreeMap<String, &str> =
        answers.names.iter().filter_map(|(k, v)| Some((v.clone()?, k.as_str()))).collect();
    let optional = list(gold.get("copy_of_optional"));
    let mut wrong = 0;
    for (report, name) in &back {
        let Some(copied) = of(Some(report), "copy_of") else { continue };
        let original = back.get(&copied).copied();
        let together = groups.iter().any(|g| g.contains(name) && original.is_some_and(|o| g.contains(o)));
        let may = optional.iter().any(|p| {
            let p = alternatives(Some(p));
            p.len() == 2 && p[0].as_str() == Some(*name) && p[1].as_str() == original
        });
        if !together && !may {
            wrong += 1;
            scores.misses.push(format!("false copy: {name} «{copied}»"));
        }
    }
    scores.put("copies seen", Measure::share(seen, pairs.len()));
    scores.put("false copies", Measure::share(wrong, answers.names.len()));
}
