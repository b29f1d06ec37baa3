//! The one-to-one pairing of greatest weight between two sides.

use std::collections::BTreeMap;

/// Given edges (left, right, weight ≥ 0), the indices of the edges of a pairing of greatest total weight, sorted.
/// Edges that are not given weigh nothing. Each connected part is solved by itself (Kuhn and Munkres), so a sparse
/// graph is fast.
#[must_use]
pub fn best(edges: &[(usize, usize, f64)]) -> Vec<usize> {
    let mut chosen = Vec::new();
    for part in parts(edges) {
        let mut rows: Vec<usize> = part.iter().map(|&e| edges[e].0).collect();
        let mut columns: Vec<usize> = part.iter().map(|&e| edges[e].1).collect();
        for side in [&mut rows, &mut columns] {
            side.sort_unstable();
            side.dedup();
        }
        let place = |side: &[usize], item: usize| side.binary_search(&item).unwrap_or(0);
        let n = rows.len().max(columns.len());
        let mut weight = vec![vec![0.0; n]; n];
        let mut edge_at = BTreeMap::new();
        for &e in &part {
            let at = (place(&rows, edges[e].0), place(&columns, edges[e].1));
            weight[at.0][at.1] = edges[e].2;
            edge_at.insert(at, e);
        }
        let pairs = hungarian(&weight);
        chosen.extend(pairs.into_iter().filter_map(|at| edge_at.get(&at).copied()));
    }
    chosen.sort_unstable();
    chosen
}

/// Edges by connected part.
fn parts(edges: &[(usize, usize, f64)]) -> Vec<Vec<usize>> {
    // Left nodes are (false, n), right ones (true, n).
    let mut parent: BTreeMap<(bool, usize), (bool, usize)> = BTreeMap::new();
    fn root(parent: &mut BTreeMap<(bool, usize), (bool, usize)>, mut node: (bool, usize)) -> (bool, usize) {
        while let Some(&up) = parent.get(&node).filter(|up| **up != node) {
            if let Some(&higher) = parent.get(&up) {
                parent.insert(node, higher);
            }
            node = up;
        }
        node
    }
    for &(l, r, _) in edges {
        let (a, b) = (root(&mut parent, (false, l)), root(&mut parent, (true, r)));
        parent.entry(b).or_insert(b);
        parent.insert(a, b);
    }
    let mut parts: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
    for (e, &(l, _, _)) in edges.iter().enumerate() {
        let part = root(&mut parent, (false, l));
        parts.entry(part).or_default().push(e);
    }
    parts.into_values().collect()
}

/// Pairs (row, column) of greatest total weight in a square matrix, by shortest augmenting paths over potentials.
fn hungarian(weight: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let n = weight.len();
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    // Row (from 1) that each column (from 1) is given to; column 0 is the start of the path.
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; n + 1];
        let mut before = vec![0; n + 1];
        let mut seen = vec![false; n + 1];
        while row_of[column] != 0 {
            seen[column] = true;
            let (at, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !seen[j]) {
                let cost = -weight[at - 1][j - 1] - u[at] - v[j];
                if cost < least[j] {
                    (least[j], before[j]) = (cost, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if seen[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    (1..=n).map(|column| (row_of[column] - 1, column - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_total_wins_over_the_greatest_single_weight() {
        // 0–0 weighs most, but 0–1 with 1–0 together weigh more.
        let edges = [(0, 0, 5.0), (0, 1, 4.0), (1, 0, 4.0), (7, 7, 1.0)];
        assert_eq!(best(&edges), [1, 2, 3]);
        assert!(best(&[]).is_empty());
    }

    #[test]
    fn as_good_as_trying_every_pairing() {
        let mut seed = 7_u64;
        for _ in 0..50 {
            let mut next = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 40) % 10
            };
            let matrix: Vec<Vec<f64>> = (0..4).map(|_| (0..4).map(|_| next() as f64).collect()).collect();
            let edges: Vec<(usize, usize, f64)> =
                (0..16).map(|i| (i / 4, i % 4, matrix[i / 4][i % 4])).collect();
            let ours: f64 = best(&edges).into_iter().map(|e| edges[e].2).sum();
            let mut most = 0.0_f64;
            for a in 0..256 {
                let columns = [a & 3, (a >> 2) & 3, (a >> 4) & 3, (a >> 6) & 3];
                if (0..4).all(|i| (0..i).all(|j| columns[i] != columns[j])) {
                    most = most.max((0..4).map(|i| matrix[i][columns[i]]).sum());
                }
            }
            assert_eq!(ours, most);
        }
    }
}
