//! People who are named or described one by one, and numbers that stand in one list ("three men and a woman were
//! wounded"), counted together by report.

use std::collections::{BTreeMap, BTreeSet};

use record::{Bounds, Qualifier, TextRange};

use super::Row;

/// Marks the members of a greater count as parts, and adds that count where no words give it.
pub(crate) fn tally(rows: &mut Vec<Row>) {
    let reports: BTreeSet<usize> = rows.iter().map(|r| r.report).collect();
    for report in reports {
        let of: Vec<usize> = (0..rows.len())
            .filter(|&i| rows[i].report == report && !rows[i].said_to_be_part && !rows[i].died)
            .collect();
        let lists = lists(rows, &of);
        let numbers = of.iter().filter(|&&i| rows[i].person.is_none());
        let stated = numbers.filter_map(|&i| rows[i].claim.point()).max();
        let listed = lists.iter().map(|l| l.sum).max();
        // "A colonel was killed. … His driver died with him."
        let people = of.iter().filter_map(|&i| Some((rows[i].person?, rows[i].companion)));
        let (with, alone): (BTreeSet<_>, BTreeSet<_>) = people.partition(|(_, companion)| *companion);
        let with = with.iter().filter(|(p, _)| !alone.contains(&(*p, false))).count();
        let both = u64::try_from(1 + with).ok().filter(|_| with > 0 && !alone.is_empty());
        let Some(top) = stated.max(listed).max(both).filter(|&n| n > 1) else { continue };
        for &i in &of {
            rows[i].said_to_be_part |= rows[i].person.is_some();
        }
        // "Four were hurt; one is in critical condition", from one source.
        for &i in &of {
            let less = |j: &&usize| {
                let (own, other) = (&rows[i], &rows[**j]);
                own.counted.is_none()
                    && own.voice == other.voice
                    && matches!((own.claim.bounds.high(), other.claim.bounds.low()), (Some(a), Some(b)) if 0 < a && a < b)
            };
            let part = of.iter().any(|j| less(&j));
            // "15 soldiers were killed, while three of its own men died" counts two sides.
            rows[i].said_to_be_part |= part && !rows[i].group;
            rows[i].beside |= part && rows[i].group;
        }
        for i in lists.iter().filter(|l| l.sum <= top).flat_map(|l| &l.members) {
            (rows[*i].said_to_be_part, rows[*i].listed) = (true, true);
        }
        if stated.is_none_or(|s| s < top)
            && let Some(first) = of.iter().copied().find(|&i| rows[i].said_to_be_part)
        {
            let mut sum = rows[first].clone();
            sum.claim.bounds = Bounds::exactly(top);
            sum.claim.qualifier = Qualifier::Exact;
            (sum.sum, sum.said_to_be_part, sum.listed) = (true, false, false);
            (sum.counted, sum.person) = (None, None);
            rows.push(sum);
        }
    }
}

struct List {
    members: Vec<usize>,
    sum: u64,
}

/// Exact numbers and people of whom one word says what happened to them all.
fn lists(rows: &[Row], of: &[usize]) -> Vec<List> {
    // The number of a rival, and a count that goes on, take their word from the toll before: they add nothing to that.
    let mut by_harm: BTreeMap<(TextRange, &str), Vec<usize>> = BTreeMap::new();
    for &i in of.iter().filter(|&&i| !rows[i].rival && !rows[i].risen && !rows[i].sum) {
        if let (Some(harm), Some(_)) = (rows[i].harm, rows[i].claim.bounds.single()) {
            by_harm.entry((harm, &rows[i].voice)).or_default().push(i);
        }
    }
    let list = |mut members: Vec<usize>| {
        members.sort_by_key(|&i| rows[i].claim.at.range.start());
        let number = |i: usize| rows[i].claim.bounds.single().unwrap_or(0);
        let sum: u64 = members.iter().map(|&i| number(i)).sum();
        // "Nine people, five soldiers and four clerks, were killed."
        let first = members.first().map_or(0, |&i| number(i));
        if first * 2 == sum && members.len() > 2 {
            return List { members: members.split_off(1), sum: first };
        }
        List { members, sum }
    };
    by_harm.into_values().filter(|m| m.len() > 1).map(list).collect()
}

/// One person is hurt in some reports and one is dead in others, not older, and none has both: the same person, whose death
/// the first had not heard of. Their claims are replaced by it.
pub(super) fn later_died(by_what: &mut BTreeMap<String, Vec<Row>>) {
    let one = |rows: &[Row]| rows.iter().all(|r| r.claim.bounds.single() == Some(1));
    let (Some(dead), Some(hurt)) = (by_what.get("killed"), by_what.get("wounded")) else { return };
    if !one(dead) || !one(hurt) || hurt.iter().any(|r| r.person.is_none()) {
        return;
    }
    let reports = |rows: &[Row]| rows.iter().map(|r| r.report).collect::<BTreeSet<_>>();
    let last = |rows: &[Row]| rows.iter().filter_map(|r| r.day).max();
    let ages = |rows: &[Row]| {
        let words = rows.iter().flat_map(|r| r.claim.as_written.split(|c: char| !c.is_ascii_digit()));
        words.filter_map(|w| w.parse::<u64>().ok()).collect::<BTreeSet<_>>()
    };
    let (a, b) = (ages(dead), ages(hurt));
    let fits = a.is_empty() || b.is_empty() || !a.is_disjoint(&b);
    if !fits || !reports(dead).is_disjoint(&reports(hurt)) || last(dead) < last(hurt) {
        return;
    }
    if let Some(rows) = by_what.get_mut("wounded") {
        let mut none = rows[0].clone();
        none.claim.bounds = Bounds::exactly(0);
        none.claim.qualifier = Qualifier::None;
        (none.sum, none.person, none.counted) = (true, None, None);
        for row in rows.iter_mut() {
            row.died = true;
        }
        rows.push(none);
    }
}

/// How far a part may stand behind its whole, in bytes: within a sentence or two.
const NEAR: usize = 200;

/// "Five people were shot, two of them fatally": those who died are not among the wounded.
pub(super) fn of_whom_died(by_what: &mut BTreeMap<String, Vec<Row>>) {
    let dead: Vec<(usize, usize, u64)> = by_what
        .get("killed")
        .into_iter()
        .flatten()
        .filter(|r| r.said_to_be_part)
        .filter_map(|r| Some((r.report, r.claim.at.range.start(), r.claim.bounds.single()?)))
        .collect();
    let Some(hurt) = by_what.get_mut("wounded") else { return };
    let mut left = Vec::new();
    for row in hurt.iter_mut().filter(|r| r.person.is_none() && !r.said_to_be_part) {
        let Some(all) = row.claim.bounds.single() else { continue };
        let end = row.claim.at.range.end();
        let of = dead
            .iter()
            .find(|(report, at, n)| *report == row.report && (end..end + NEAR).contains(at) && *n < all);
        if let Some((.., n)) = of {
            let mut rest = row.clone();
            rest.claim.bounds = Bounds::exactly(all - n);
            rest.sum = true;
            row.died = true;
            left.push(rest);
        }
    }
    hurt.extend(left);
}
