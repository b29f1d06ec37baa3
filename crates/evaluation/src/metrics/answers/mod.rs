//! A record (`rapporteur/record/1`, as JSON) against anchored gold answers: which incidents, of what type, when and
//! where, with which figures; who said what; disputes and answers. The same numbers as the Python scorer that defines
//! the gold format; what each measure means is written there.

mod anchors;
mod claims;
mod incidents;
mod rest;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) use anchors::fold;
use anchors::{Answers, list, objects, overlap};

/// A measure as counts or as precision and recall, in fractions; `None` where there is nothing to score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// Right ones of all.
    Share {
        /// Right.
        hit: f64,
        /// All.
        of: f64,
    },
    /// Precision, recall, F1.
    Prf(Option<(f64, f64, f64)>),
}

impl Measure {
    fn share(hit: usize, of: usize) -> Measure {
        Measure::Share { hit: hit as f64, of: of as f64 }
    }

    /// From counts: right, ours, gold.
    fn prf(right: usize, ours: usize, gold: usize) -> Measure {
        if ours == 0 && gold == 0 {
            return Measure::Prf(None);
        }
        let ratio = |of: usize| if of > 0 { right as f64 / of as f64 } else { 0.0 };
        Measure::from_pr(ratio(ours), ratio(gold))
    }

    fn from_pr(p: f64, r: f64) -> Measure {
        Measure::Prf(Some((p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })))
    }

    /// The share, or F1.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Measure::Share { hit, of } => (of > 0.0).then_some(hit / of),
            Measure::Prf(prf) => prf.map(|(_, _, f1)| f1),
        }
    }
}

/// All measures by name, and what was missed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// In the order of the Python scorer.
    pub measures: Vec<(String, Measure)>,
    /// The mean of the main measures.
    pub overall: Option<f64>,
    /// The same, where lost mentions and unmatched incidents count as wrong.
    pub overall_strict: Option<f64>,
    /// One line each.
    pub misses: Vec<String>,
}

impl Scores {
    /// The value of a measure.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.measures.iter().find(|(n, _)| n == name).and_then(|(_, m)| m.value())
    }

    fn hit(&self, name: &str) -> f64 {
        match self.measures.iter().find(|(n, _)| n == name) {
            Some((_, Measure::Share { hit, .. })) => *hit,
            _ => 0.0,
        }
    }

    fn put(&mut self, name: &str, measure: Measure) {
        self.measures.push((name.to_owned(), measure));
    }

    fn miss(&mut self, what: &str, about: &str, anchor: &Value) {
        let text = |name: &str| anchor.get(name).and_then(Value::as_str).unwrap_or("");
        let about = if about.is_empty() { String::new() } else { format!("{about}: ") };
        self.misses.push(format!("{what}: {about}{} «{}»", text("report"), text("anchor")));
    }
}

/// Scores a record against gold answers.
#[must_use]
pub fn score(gold: &Value, record: &Value) -> Scores {
    let mut scores = Scores::default();
    let answers = Answers::new(record, gold);
    let gold_incidents: Vec<&Value> = objects(gold.get("incidents")).collect();
    let linked = incidents::link(&gold_incidents, &answers, &mut scores);
    let lost: BTreeSet<usize> = (0..linked.chosen.len()).filter(|&n| linked.chosen[n].is_none()).collect();
    // A lost mention is a cluster of its own.
    let ours: Vec<usize> =
        linked.chosen.iter().enumerate().map(|(n, c)| c.unwrap_or(answers.incidents.len() + n)).collect();
    scores.put("mention recall", Measure::share(ours.len() - lost.len(), ours.len()));
    scores.put("linking b3", incidents::b_cubed(&linked.gold, &ours, &BTreeSet::new()));
    scores.put("linking b3 strict", incidents::b_cubed(&linked.gold, &ours, &lost));
    scores.put("link (MUC)", incidents::muc(&linked.gold, &ours));
    apart(gold, &gold_incidents, &linked, &mut scores);
    ghosts(gold, &gold_incidents, &answers, &mut scores);
    incidents::fields(&gold_incidents, &answers, &linked.matched, &mut scores);
    claims::figures(gold, &gold_incidents, &answers, &linked, &mut scores);
    rest::statements(gold, &answers, &mut scores);
    rest::disputes(gold, &answers, &mut scores);
    let responses = rest::responds(&gold_incidents, &answers, &linked.matched, &mut scores);
    rest::actors(gold, &answers, &mut scores);
    rest::reports(gold, &answers, &mut scores);
    rest::copies(gold, &answers, &mut scores);
    overall(&gold_incidents, responses, &mut scores);
    scores
}

/// Incidents that must stay apart but share one of ours.
fn apart(gold: &Value, incidents: &[&Value], linked: &incidents::Linked, scores: &mut Scores) {
    let mut owns: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (g, chosen) in linked.gold.iter().zip(&linked.chosen) {
        if let (Some(id), Some(c)) = (incidents[*g].get("id").and_then(Value::as_str), chosen) {
            owns.entry(id).or_default().insert(*c);
        }
    }
    let pairs = list(gold.get("keep_apart"));
    let mut bad = 0;
    for pair in pairs {
        let names = anchors::strings(Some(pair));
        let shared = names.len() == 2
            && match (owns.get(names[0]), owns.get(names[1])) {
                (Some(a), Some(b)) => !a.is_disjoint(b),
                _ => false,
            };
        if shared {
            bad += 1;
            scores.misses.push(format!("should stay apart: {}", names.join(" / ")));
        }
    }
    scores.put("keep_apart violated", Measure::share(bad, pairs.len()));
}

/// Events recorded where there is none.
fn ghosts(gold: &Value, incidents: &[&Value], answers: &Answers, scores: &mut Scores) {
    let mentions: Vec<_> =
        incidents.iter().flat_map(|i| objects(i.get("mentions"))).map(|a| answers.find(a)).collect();
    let own: Vec<Vec<&anchors::Stretch>> = answers
        .evidence
        .iter()
        .map(|spans| spans.iter().filter(|s| !mentions.iter().any(|m| overlap(m.as_ref(), s) > 0)).collect())
        .collect();
    let anchors: Vec<&Value> = objects(gold.get("no_event")).collect();
    let mut found = 0;
    for anchor in &anchors {
        let kind = anchor.get("kind").and_then(Value::as_str).unwrap_or("None");
        let types = anchors::strings(anchor.get("types"));
        let at = answers.find(anchor);
        let hit = answers.incidents.iter().enumerate().any(|(n, incident)| {
            let name = |field: &str| incident.get(field).and_then(Value::as_str);
            let typed = types.is_empty() || name("type").is_some_and(|t| types.contains(&t));
            let real =
                kind == "metaphor" || matches!(name("factuality"), None | Some("happened" | "ongoing"));
            typed && real && own[n].iter().any(|s| overlap(at.as_ref(), s) > 0)
        });
        if hit {
            found += 1;
            scores.miss(&format!("no event ({kind})"), "", anchor);
        }
    }
    scores.put("events that are none", Measure::share(found, anchors.len()));
}

fn overall(incidents: &[&Value], responses: usize, scores: &mut Scores) {
    let n = incidents.len();
    let dated = incidents.iter().filter(|i| i.get("date").is_some()).count();
    let figures = matches!(scores.measures.iter().find(|(n, _)| n == "figures wanted"), Some((_, Measure::Share { of, .. })) if *of > 0.0);
    let value = |name: &str| scores.get(name).unwrap_or(0.0);
    let some = |yes: bool, v: f64| yes.then_some(v);
    let rest = [
        some(figures, value("figures")),
        scores.get("quote recall").map(|r| r * value("speaker")),
        scores.get("disputes"),
        some(responses > 0, value("responds_to")),
    ];
    let mentions = scores.get("mention recall").is_some();
    let main =
        [some(mentions, value("linking b3")), some(n > 0, value("type")), some(dated > 0, value("date"))];
    let strict = [
        some(mentions, value("linking b3 strict")),
        some(n > 0, scores.hit("type") / n.max(1) as f64),
        some(dated > 0, scores.hit("date") / dated.max(1) as f64),
    ];
    let mean = |parts: &[Option<f64>]| {
        let known: Vec<f64> = parts.iter().flatten().copied().collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    let all = |first: [Option<f64>; 3]| mean(&[first.as_slice(), rest.as_slice()].concat());
    (scores.overall, scores.overall_strict) = (all(main), all(strict));
    scores.measures.retain(|(n, _)| n != "figures wanted");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn gold() -> Value {
        json!({
            "reports": {"a": {"published": "2024-02-05", "residue": ["Leave a reply"]}, "b": {}},
            "incidents": [
                {"id": "strike", "types": ["ASSAULT"], "date": {"earliest": "2024-02-02", "latest": "2024-02-02"},
                 "actors": [["US", "United States"]],
                 "mentions": [{"report": "a", "anchor": "struck Iraq"}, {"report": "b", "anchor": "the strikes"}],
                 "figures": [{"report": "a", "anchor": "killing 16", "what": "killed", "low": 16, "high": 16, "by": ["Iraq"]}]},
                {"id": "protest", "types": ["ACCUSE"], "date": null, "responds_to": ["strike"],
                 "mentions": [{"report": "b", "anchor": "Iraq condemned"}]}],
            "statements": [{"speaker": ["al-Awadi"], "variants": [{"report": "a", "anchor": "a violation"}]}],
            "keep_apart": [["strike", "protest"]]
        })
    }

    fn record(split: bool) -> Value {
        let span = |r: &str, start: usize, end: usize| json!({"report": r, "start": start, "end": end});
        // a: «The US struck Iraq, killing 16. It is a violation, Basim Al-Awadi said. Leave a reply»
        // b: «Iraq condemned the strikes.»
        let mut evidence = vec![span("a", 7, 18)];
        if !split {
            evidence.push(span("b", 15, 26));
        }
        json!({
            "reports": [
                {"id": "a", "published": {"date": "2024-02-05"}, "blocks": [{"start": 71, "end": 84, "label": "residue"}],
                 "text": "The US struck Iraq, killing 16. It is a violation, Basim Al-Awadi said. Leave a reply"},
                {"id": "b", "text": "Iraq condemned the strikes."}],
            "actors": [{"id": "usa", "name": "United States"}, {"id": "aw", "name": "Basim Al-Awadi"}],
            "incidents": [
                {"id": "1", "type": "ASSAULT", "date": {"earliest": "2024-02-02", "latest": "2024-02-02"},
                 "actors": [{"actor": "usa"}], "evidence": evidence,
                 "figures": [{"what": "killed", "claims": [
                    {"low": 16, "high": 16, "by": null, "by_as_written": "", "report": "a", "start": 20, "end": 30}]}]},
                {"id": "2", "type": "ACCUSE", "date": null, "evidence": [span("b", 0, 14)],
                 "responds_to": [{"incident": "1"}]}],
            "statements": [{"speaker": "aw", "variants": [span("a", 38, 49)]}]
        })
    }

    #[test]
    fn everything_right_but_the_source_of_a_figure() {
        let s = score(&gold(), &record(false));
        for (name, value) in [
            ("linking b3", 1.0),
            ("type", 1.0),
            ("date", 1.0),
            ("actor", 1.0),
            ("figures", 1.0),
            ("by", 0.0),
            ("quote recall", 1.0),
            ("speaker", 1.0),
            ("responds_to", 1.0),
            ("published date", 1.0),
            ("residue labelled", 1.0),
            ("keep_apart violated", 0.0),
        ] {
            assert_eq!(s.get(name), Some(value), "{name}");
        }
        assert_eq!((s.overall, s.overall_strict), (Some(1.0), Some(1.0)));
        assert_eq!(s.misses, ["figure: wrong source: strike: a «killing 16»"]);
    }

    #[test]
    fn a_lost_mention_is_alone_and_an_empty_record_finds_nothing() {
        let s = score(&gold(), &record(true));
        assert_eq!(s.get("mention recall"), Some(2.0 / 3.0));
        // Precision 1; recall (1/2 + 1/2 + 1) / 3.
        assert_eq!(s.get("linking b3"), Some(0.8));
        let nothing = score(&gold(), &json!({}));
        assert_eq!((nothing.get("mention recall"), nothing.get("figures")), (Some(0.0), Some(0.0)));
        assert!(nothing.overall.is_some_and(|o| o < 0.2));
    }
}
