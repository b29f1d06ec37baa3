//! From what each report says to what happened: units of one report are brought together across reports.

pub(crate) mod build;
pub(crate) mod compare;
pub(crate) mod counted;
pub(crate) mod gather;
mod general;
mod grounds;
pub(crate) mod mention;
pub(crate) mod scene;
pub(crate) mod standing;
mod undated;
pub(crate) mod unit;
mod unplaced;
pub(crate) mod weeks;
pub(crate) mod who;
pub(crate) mod within;

use std::collections::{BTreeMap, BTreeSet};

use compare::compare;
use record::{Incident, Linked, Span};
use unit::Unit;

use crate::Settings;
use crate::cluster::average_link;
use crate::story::Affinity;
use crate::words::term;

/// Cluster number of each unit.
pub(crate) fn clusters(units: &[Unit], affinity: &Affinity, s: &Settings) -> Vec<usize> {
    let mut pairs = Vec::new();
    let mut apart = Vec::new();
    for (a, b) in candidates(units, affinity, s) {
        if let Some(c) = compare(&units[a as usize], &units[b as usize], affinity, s, false) {
            let (x, y) = (units[a as usize].report, units[b as usize].report);
            // Across stories, what is no better than a pair that was never compared need not be kept.
            if c.score > -s.unlike || affinity.story(x) == affinity.story(y) {
                pairs.push((a, b, c.score));
            }
            if c.apart {
                apart.push((a, b));
            }
        }
    }
    let first = average_link(units.len(), &pairs, &apart, -s.unlike);
    // What one and the same incident answers is likely one too; and words for two deeds are two acts.
    let (causes, deeds) = (reached(units, &first, |u| &u.answers), reached(units, &first, |u| &u.answered));
    if causes.is_empty() && deeds.is_empty() {
        return first;
    }
    // Deeds that something keeps apart are surely two, and so are the words for them.
    let two: BTreeSet<(usize, usize)> = apart
        .iter()
        .flat_map(|&(a, b)| {
            let (x, y) = (first[a as usize], first[b as usize]);
            [(x, y), (y, x)]
        })
        .collect();
    let mut more = false;
    for (a, b, score) in &mut pairs {
        let both = |of: &BTreeMap<u32, BTreeSet<usize>>, holds: &dyn Fn(usize, usize) -> bool| {
            let (x, y) = of.get(a).zip(of.get(b))?;
            Some(x.iter().all(|&x| y.iter().all(|&y| holds(x, y))))
        };
        let other = |x: usize, y: usize| x != y;
        let one_report = units[*a as usize].report == units[*b as usize].report;
        let surely = |x: usize, y: usize| x != y && (one_report || two.contains(&(x, y)));
        if both(&deeds, &surely) == Some(true) {
            apart.push((*a, *b));
            more = true;
        }
        if one_report {
            continue;
        }
        let change = match (both(&causes, &other), both(&deeds, &other)) {
            (Some(false), _) => s.response,
            (_, Some(true)) => -2.0 * s.response,
            _ => continue,
        };
        *score += change;
        more = true;
    }
    if !more {
        return first;
    }
    average_link(units.len(), &pairs, &apart, -s.unlike)
}

/// The clusters of the events that `which` names, for each unit that has any.
fn reached(
    units: &[Unit],
    cluster: &[usize],
    which: impl Fn(&Unit) -> &Vec<usize>,
) -> BTreeMap<u32, BTreeSet<usize>> {
    if units.iter().all(|u| which(u).is_empty()) {
        return BTreeMap::new();
    }
    let mut of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (u, &c) in units.iter().zip(cluster) {
        of.extend(u.events.iter().map(|&e| ((u.report, e), c)));
    }
    let clusters = |u: &Unit| which(u).iter().filter_map(|&e| of.get(&(u.report, e)).copied()).collect();
    let some = units.iter().enumerate().filter(|(_, u)| !which(u).is_empty());
    some.map(|(i, u)| (u32::try_from(i).unwrap_or(u32::MAX), clusters(u))).collect()
}

/// Units of which every two are compared.
const FEW: usize = 300;

/// Pairs of units worth comparing: of one report, of one story, or with the same telling words around them.
fn candidates(units: &[Unit], affinity: &Affinity, s: &Settings) -> Vec<(u32, u32)> {
    if units.len() <= FEW {
        let n = u32::try_from(units.len()).unwrap_or(u32::MAX);
        return (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect();
    }
    let mut lists: BTreeMap<(u8, u64, u32), Vec<u32>> = BTreeMap::new();
    for (i, u) in units.iter().enumerate() {
        let i = u32::try_from(i).unwrap_or(u32::MAX);
        let story = affinity.story(u.report) as u64;
        let mut put = |what: u8, key: u64, kind: u32| lists.entry((what, key, kind)).or_default().push(i);
        let kind = u.kind.map_or(u32::MAX, |k| k as u32);
        if u.kind.is_some() {
            put(0, story, kind);
        } else {
            u.family.members.iter().for_each(|&m| put(1, story, m));
        }
        let mut telling: Vec<&(u32, f32)> = u.context.iter().collect();
        telling.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (t, _) in telling.iter().take(s.index_terms / 3) {
            put(2, u64::from(*t), kind);
        }
        for p in &u.spots {
            put(3, u64::from(p.geonames_id.unwrap_or_else(|| term(&p.name))), kind);
        }
    }
    let mut pairs = Vec::new();
    for ((what, _, _), mut list) in lists {
        list.sort_by_key(|&i| (affinity.day(units[i as usize].report), i));
        let reach = if what < 2 { s.neighbours * 10 } else { s.neighbours / 3 };
        for (n, &a) in list.iter().enumerate() {
            pairs.extend(list[n + 1..].iter().take(reach).map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How many of the first and of the last units of an incident each one is compared with to tell why it is there.
const FIRST: usize = 10;
const LAST: usize = 20;

/// Why the units of one cluster were put together: each with the earlier one it fits best.
pub(crate) fn ledger(
    members: &[&Unit],
    span: impl Fn(&Unit, usize) -> Span,
    affinity: &Affinity,
    s: &Settings,
) -> Vec<Linked> {
    let mut links = Vec::new();
    for (n, u) in members.iter().enumerate() {
        // The first ones and the last before it; to look at all would take the square of what a long war brings.
        let best = members[..n.min(FIRST)]
            .iter()
            .chain(&members[n.saturating_sub(LAST).max(FIRST.min(n))..n])
            .filter_map(|v| compare(v, u, affinity, s, true).map(|c| (c, *v)))
            .max_by(|(x, _), (y, _)| x.score.total_cmp(&y.score));
        let (to, reasons) = match best {
            Some((c, v)) => (Some(span(v, 0)), c.reasons),
            None => (None, Vec::new()),
        };
        links.push(Linked { at: span(u, 0), to, reasons });
        for m in 1..u.mentions.len() {
            let join = u.joins.iter().find(|(e, _)| u.events.get(m) == Some(e));
            let again = || {
                vec![record::Reason {
                    feature: "same report",
                    weight: 1.0,
                    detail: "the report speaks of it again".to_owned(),
                }]
            };
            let reasons = join.map_or_else(again, |(_, why)| why.clone());
            links.push(Linked { at: span(u, m), to: Some(span(u, 0)), reasons });
        }
    }
    links
}

/// Makes incidents parts of those that sum several up: of one kind, told in one story, by the same, and
/// nothing against it.
pub(crate) fn parts_of(
    units: &[Unit],
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &mut [Incident],
    affinity: &Affinity,
) {
    let of = |u: &Unit| u.events.first().and_then(|&e| incident_of.get(&(u.report, e)).copied());
    let mut wholes: BTreeMap<(usize, Option<record::EventType>), Vec<&Unit>> = BTreeMap::new();
    for u in units.iter().filter(|u| u.aggregate) {
        wholes.entry((affinity.story(u.report), u.kind)).or_default().push(u);
    }
    for u in units.iter().filter(|u| !u.aggregate) {
        let Some(part) = of(u) else { continue };
        for whole in wholes.get(&(affinity.story(u.report), u.kind)).into_iter().flatten() {
            let shared =
                |a: &[who::Who], b: &[who::Who]| a.iter().any(|x| b.iter().any(|y| x.actor == y.actor));
            let fits = shared(&u.agents, &whole.agents);
            if let Some(n) = of(whole).filter(|&n| n != part && fits && u.when.may_be(whole.when)) {
                incidents[part].part_of.get_or_insert(incidents[n].id.clone());
            }
        }
    }
}
