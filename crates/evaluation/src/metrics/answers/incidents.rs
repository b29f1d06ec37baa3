//! Gold incidents and ours: linking, and the fields of matched ones.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::anchors::{Answers, alternatives, has_name, list, objects, overlap, strings};
use super::claims::{in_values, same_what};
use super::{Measure, Scores};

/// How mentions and incidents meet.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Gold incident of each gold mention.
    pub(super) gold: Vec<usize>,
    /// Ours of each gold mention; none if it is in none.
    pub(super) chosen: Vec<Option<usize>>,
    /// Gold incident → ours, one to one, by shared mentions.
    pub(super) matched: BTreeMap<usize, usize>,
}

/// How well a mention fits one of ours: shared characters, an acceptable type, the shorter evidence.
type Fit = (usize, bool, i64);
/// A mention: its gold incident, its anchor, and how well it fits which of our incidents.
type Mention<'v> = (usize, &'v Value, Vec<(Fit, usize)>);

pub(super) fn link(gold: &[&Value], answers: &Answers, scores: &mut Scores) -> Linked {
    let mut mentions: Vec<Mention<'_>> = Vec::new();
    for (g, incident) in gold.iter().enumerate() {
        let types = strings(incident.get("types"));
        for anchor in objects(incident.get("mentions")) {
            let at = answers.find(anchor);
            let mut fits = Vec::new();
            for (p, spans) in answers.evidence.iter().enumerate() {
                let shared = |s| (overlap(at.as_ref(), s), -(s.len() as i64));
                let best = spans.iter().map(shared).max().unwrap_or((0, 0));
                if best.0 > 0 {
                    let kind = answers.incidents[p].get("type").and_then(Value::as_str);
                    fits.push(((best.0, kind.is_some_and(|k| types.contains(&k)), best.1), p));
                }
            }
            mentions.push((g, anchor, fits));
        }
    }
    let best = |fits: &[(Fit, usize)]| -> Vec<usize> {
        let top = fits.iter().map(|f| f.0).max();
        fits.iter().filter(|f| Some(f.0) == top).map(|f| f.1).collect()
    };
    let mut votes: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (g, _, fits) in &mentions {
        if let [only] = best(fits)[..] {
            *votes.entry((*g, only)).or_default() += 1;
        }
    }
    let mut linked = Linked::default();
    let mut share: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (g, anchor, fits) in &mentions {
        let vote = |p: usize| votes.get(&(*g, p)).copied().unwrap_or(0);
        let rival = |p: usize| {
            votes.iter().filter(|((h, q), _)| *q == p && h != g).map(|(_, v)| *v).max().unwrap_or(0)
        };
        let chosen = best(fits).into_iter().max_by_key(|&p| (vote(p), -rival(p), -(p as i64)));
        match chosen {
            Some(p) => *share.entry((*g, p)).or_default() += 1,
            None => {
                let name = gold[*g].get("id").and_then(Value::as_str).unwrap_or("");
                scores.miss("mention not found", name, anchor);
            }
        }
        linked.gold.push(*g);
        linked.chosen.push(chosen);
    }
    let mut order: Vec<((usize, usize), i64)> = share.into_iter().collect();
    let wrong_type = |g: usize, p: usize| {
        let kind = answers.incidents[p].get("type").and_then(Value::as_str);
        !kind.is_some_and(|k| strings(gold[g].get("types")).contains(&k))
    };
    order.sort_by_key(|((g, p), v)| (-v, wrong_type(*g, *p), *g, *p));
    let mut used = BTreeSet::new();
    for ((g, p), _) in order {
        if !linked.matched.contains_key(&g) && used.insert(p) {
            linked.matched.insert(g, p);
        }
    }
    linked
}

/// B-cubed; mentions in `lost` get no credit.
pub(super) fn b_cubed(gold: &[usize], ours: &[usize], lost: &BTreeSet<usize>) -> Measure {
    if gold.is_empty() {
        return Measure::Prf(None);
    }
    let n = gold.len();
    let size = |of: &[usize], cluster: usize| of.iter().filter(|c| **c == cluster).count() as f64;
    let (mut p, mut r) = (0.0, 0.0);
    for i in (0..n).filter(|i| !lost.contains(i)) {
        let both = (0..n).filter(|&j| gold[j] == gold[i] && ours[j] == ours[i]).count() as f64;
        p += both / size(ours, ours[i]);
        r += both / size(gold, gold[i]);
    }
    Measure::from_pr(p / n as f64, r / n as f64)
}

pub(super) fn muc(gold: &[usize], ours: &[usize]) -> Measure {
    let links = |a: &[usize], b: &[usize]| {
        let mut parts: BTreeMap<usize, (usize, BTreeSet<usize>)> = BTreeMap::new();
        for (x, y) in a.iter().zip(b) {
            let entry = parts.entry(*x).or_default();
            entry.0 += 1;
            entry.1.insert(*y);
        }
        let right: usize = parts.values().map(|(n, p)| n - p.len()).sum();
        let all: usize = parts.values().map(|(n, _)| n - 1).sum();
        (right as f64, all as f64)
    };
    let ((rn, rd), (pn, pd)) = (links(gold, ours), links(ours, gold));
    if rd == 0.0 && pd == 0.0 {
        return Measure::Prf(None);
    }
    let ratio = |n: f64, d: f64| if d > 0.0 { n / d } else { 0.0 };
    Measure::from_pr(ratio(pn, pd), ratio(rn, rd))
}

/// First and last day, as text; none where neither is given.
fn interval(date: Option<&Value>) -> Option<(Option<String>, Option<String>)> {
    let day = |name: &str| {
        let text = date?.get(name)?.as_str()?.get(..10)?.to_owned();
        text.parse::<jiff::civil::Date>().ok().map(|_| text)
    };
    let ends = (day("earliest"), day("latest"));
    (ends.0.is_some() || ends.1.is_some()).then_some(ends)
}

pub(super) fn fields(
    gold: &[&Value],
    answers: &Answers,
    matched: &BTreeMap<usize, usize>,
    scores: &mut Scores,
) {
    let mut shares: Vec<(&str, (usize, usize))> = Vec::new();
    let mut put = |name: &'static str, good: bool, scores: &mut Scores, incident: &Value, got: String| {
        let at = shares.iter().position(|(n, _)| *n == name).unwrap_or_else(|| {
            shares.push((name, (0, 0)));
            shares.len() - 1
        });
        shares[at].1.0 += usize::from(good);
        shares[at].1.1 += 1;
        if !good && name != "date overlap" {
            let id = incident.get("id").and_then(Value::as_str).unwrap_or("");
            scores.misses.push(format!("wrong {name}: {id}: {}", got.chars().take(80).collect::<String>()));
        }
    };
    for (&g, &p) in matched {
        let (want, got) = (gold[g], answers.incidents[p]);
        let word = |name: &str| got.get(name).and_then(Value::as_str).unwrap_or("");
        put(
            "type",
            strings(want.get("types")).contains(&word("type")),
            scores,
            want,
            word("type").to_owned(),
        );
        let nonempty = |name: &str| want.get(name).filter(|v| !list(Some(v)).is_empty());
        for (plural, name) in [("modes", "mode"), ("factuality", "factuality")] {
            if let Some(options) = nonempty(plural) {
                let value = got.get(name).unwrap_or(&Value::Null);
                put(name, list(Some(options)).contains(value), scores, want, value.to_string());
            }
        }
        if let Some(date) = want.get("date") {
            let ours = interval(got.get("date"));
            let options: Vec<_> = alternatives(Some(date)).into_iter().map(|d| interval(Some(d))).collect();
            put("date", options.contains(&ours), scores, want, format!("{ours:?}"));
            let overlaps = options.iter().any(|w| match (w, &ours) {
                (None, None) => true,
                (Some(w), Some(o)) => {
                    let later = w.0.as_ref().max(o.0.as_ref());
                    let end = |d: &Option<String>| d.clone().unwrap_or_else(|| "9999-12-31".to_owned());
                    later.is_none_or(|l| *l <= end(&w.1).min(end(&o.1)))
                }
                _ => false,
            });
            put("date overlap", overlaps, scores, want, String::new());
        }
        if let Some(countries) = want.get("countries").filter(|c| !c.is_null()) {
            let nested = list(Some(countries)).first().is_some_and(Value::is_array);
            let sets: Vec<&Value> =
                if nested { list(Some(countries)).iter().collect() } else { vec![countries] };
            let ours: BTreeSet<&str> =
                objects(got.get("places")).filter_map(|x| x.get("country")?.as_str()).collect();
            let right = sets.iter().any(|s| strings(Some(s)).into_iter().collect::<BTreeSet<_>>() == ours);
            put("country", right, scores, want, format!("{ours:?}"));
        }
        for (plural, name) in [("actors", "actor"), ("targets", "target")] {
            let people: Vec<Vec<String>> =
                objects(got.get(plural)).map(|x| answers.actor_names(x.get("actor"))).collect();
            for options in list(want.get(plural)) {
                let options = alternatives(Some(options));
                let right = people.iter().any(|n| has_name(n, &options));
                put(name, right, scores, want, format!("{options:?}"));
            }
        }
        for best in objects(want.get("best")) {
            let what =
                |f: &&Value| same_what(best.get("what"), f.get("what").and_then(Value::as_str).unwrap_or(""));
            let ours: Vec<Option<&Value>> =
                objects(got.get("figures")).filter(what).map(|f| f.get("best")).collect();
            put(
                "best figure",
                ours.iter().any(|v| in_values(*v, best.get("values"))),
                scores,
                want,
                format!("{ours:?}"),
            );
        }
    }
    for (name, (hit, of)) in shares {
        scores.put(name, Measure::share(hit, of));
    }
}
