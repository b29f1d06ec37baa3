//! Measures of clusterings of the same mentions: MUC, B-cubed, CEAF-e (entity-based, φ4), LEA, the CoNLL mean of the
//! first three, and pairs. A clustering gives each mention the number of its cluster; singletons are clusters too.

use std::collections::BTreeMap;

use super::assignment;

/// Precision, recall and F1 in percent; F1 is 0 where nothing is right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prf {
    /// Of ours.
    pub precision: f64,
    /// Of the gold.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Prf {
    /// From fractions; a denominator of 0 gives 0.
    fn of(precision: (f64, f64), recall: (f64, f64)) -> Prf {
        let percent = |(n, d): (f64, f64)| if d > 0.0 { 100.0 * n / d } else { 0.0 };
        let (p, r) = (percent(precision), percent(recall));
        Prf { precision: p, recall: r, f1: if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 } }
    }
}

/// All measures.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Scores {
    pub muc: Prf,
    pub b3: Prf,
    pub ceafe: Prf,
    pub lea: Prf,
    pub pairs: Prf,
    /// Mean of the F1 of MUC, B-cubed and CEAF-e.
    pub conll: f64,
}

/// Scores our clustering of the mentions against the gold one. Both have a number for each mention.
#[must_use]
pub fn score(gold: &[usize], ours: &[usize]) -> Scores {
    let table = Table::of(gold, ours);
    let (muc, b3, ceafe) = (muc(&table), b_cubed(&table), ceaf_e(&table));
    Scores {
        muc,
        b3,
        ceafe,
        lea: lea(&table),
        pairs: pairs(&table),
        conll: (muc.f1 + b3.f1 + ceafe.f1) / 3.0,
    }
}

/// How many mentions each gold cluster shares with each of ours.
struct Table {
    shared: BTreeMap<(usize, usize), usize>,
    gold: BTreeMap<usize, usize>,
    ours: BTreeMap<usize, usize>,
}

impl Table {
    fn of(gold: &[usize], ours: &[usize]) -> Table {
        let mut table = Table { shared: BTreeMap::new(), gold: BTreeMap::new(), ours: BTreeMap::new() };
        for (&g, &o) in gold.iter().zip(ours) {
            *table.shared.entry((g, o)).or_default() += 1;
            *table.gold.entry(g).or_default() += 1;
            *table.ours.entry(o).or_default() += 1;
        }
        table
    }
}

fn muc(table: &Table) -> Prf {
    let links = |sizes: &BTreeMap<usize, usize>, part: &dyn Fn(&(usize, usize)) -> usize| {
        let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
        for key in table.shared.keys() {
            *parts.entry(part(key)).or_default() += 1;
        }
        let right: usize = sizes.iter().map(|(c, n)| n - parts[c]).sum();
        let all: usize = sizes.values().map(|n| n - 1).sum();
        (right as f64, all as f64)
    };
    Prf::of(links(&table.ours, &|k| k.1), links(&table.gold, &|k| k.0))
}

fn b_cubed(table: &Table) -> Prf {
    let n: usize = table.gold.values().sum();
    let sum = |size: &dyn Fn(&(usize, usize)) -> usize| -> f64 {
        table.shared.iter().map(|(k, &c)| (c * c) as f64 / size(k) as f64).sum()
    };
    Prf::of((sum(&|k| table.ours[&k.1]), n as f64), (sum(&|k| table.gold[&k.0]), n as f64))
}

fn ceaf_e(table: &Table) -> Prf {
    let similar =
        |(g, o): &(usize, usize), shared: usize| 2.0 * shared as f64 / (table.gold[g] + table.ours[o]) as f64;
    let edges: Vec<(usize, usize, f64)> =
        table.shared.iter().map(|(k, &n)| (k.0, k.1, similar(k, n))).collect();
    let total: f64 = assignment::best(&edges).into_iter().map(|e| edges[e].2).sum();
    Prf::of((total, table.ours.len() as f64), (total, table.gold.len() as f64))
}

/// Which of a shared pair's clusters is the one in question, and which its partner.
type Own<'f> = &'f dyn Fn(&(usize, usize)) -> (usize, usize);

fn lea(table: &Table) -> Prf {
    let choose = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let side = |sizes: &BTreeMap<usize, usize>, other: &BTreeMap<usize, usize>, own: Own<'_>| {
        let mut links: BTreeMap<usize, f64> = BTreeMap::new();
        for (key, &shared) in &table.shared {
            let (cluster, partner) = own(key);
            // A singleton is right only if it is a singleton on the other side.
            let right = if sizes[&cluster] == 1 { f64::from(other[&partner] == 1) } else { choose(shared) };
            *links.entry(cluster).or_default() += right;
        }
        let right: f64 = sizes.iter().map(|(c, &n)| n as f64 * links[c] / choose(n).max(1.0)).sum();
        (right, sizes.values().sum::<usize>() as f64)
    };
    Prf::of(side(&table.ours, &table.gold, &|k| (k.1, k.0)), side(&table.gold, &table.ours, &|k| (k.0, k.1)))
}

fn pairs(table: &Table) -> Prf {
    let choose = |n: usize| (n * (n - 1)) as f64 / 2.0;
    let right: f64 = table.shared.values().map(|&n| choose(n)).sum();
    let all = |sizes: &BTreeMap<usize, usize>| sizes.values().map(|&n| choose(n)).sum::<f64>();
    Prf::of((right, all(&table.ours)), (right, all(&table.gold)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 0.005, "{a} is not {b}");
    }

    #[test]
    fn by_hand() {
        // Gold {a b c} {d}, ours {a b} {c d}.
        let s = score(&[0, 0, 0, 1], &[0, 0, 1, 1]);
        // One of two gold links, one of our two links.
        close(s.muc.recall, 50.0);
        close(s.muc.precision, 50.0);
        // R: (2/3 + 2/3 + 1/3 + 1) / 4; P: (1 + 1 + 1/2 + 1/2) / 4.
        close(s.b3.recall, 66.67);
        close(s.b3.precision, 75.0);
        // {a b c}–{a b} 4/5 and {d}–{c d} 2/3.
        close(s.ceafe.recall, 100.0 * (0.8 + 2.0 / 3.0) / 2.0);
        // Gold: 3·(1/3) + 1·0 of 4; ours: 2·1 + 2·0 of 4.
        close(s.lea.recall, 25.0);
        close(s.lea.precision, 50.0);
        close(s.pairs.recall, 100.0 / 3.0);
        close(s.conll, (s.muc.f1 + s.b3.f1 + s.ceafe.f1) / 3.0);
    }

    #[test]
    fn all_alone_against_all_alone_has_no_links_but_is_right_otherwise() {
        let s = score(&[0, 1], &[5, 6]);
        assert_eq!((s.muc.f1, s.b3.f1, s.ceafe.f1, s.lea.f1), (0.0, 100.0, 100.0, 100.0));
    }
}
