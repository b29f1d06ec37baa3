//! The best tree: each word's head, one root (Chu and Liu, Edmonds).

/// Heads of the words of a sentence, 0 for the root, else counted from 1. `scores` has a row a word and a column a
/// head, the first of them the root; they are any numbers to be added up.
pub(crate) fn heads(scores: &[f32], words: usize) -> Vec<usize> {
    let nodes = words + 1;
    let greedy: Vec<usize> = std::iter::once(0)
        .chain((1..nodes).map(|node| {
            let row = &scores[(node - 1) * nodes..node * nodes];
            best(nodes, |head| if head == node { f64::MIN } else { f64::from(row[head]) })
        }))
        .collect();
    let roots = greedy[1..].iter().filter(|&&head| head == 0).count();
    let heads = if roots == 1 && cycle(&greedy).is_none() {
        greedy
    } else {
        // More than any tree can gain elsewhere, so that exactly one word hangs on the root.
        const COST: f64 = 1e7;
        let score = |node: usize, head: usize| {
            if node == 0 || node == head {
                return -1e12;
            }
            let score = f64::from(scores[(node - 1) * nodes + head]);
            if head == 0 { score - COST } else { score }
        };
        let table = (0..nodes).map(|node| (0..nodes).map(|head| score(node, head)).collect()).collect();
        arborescence(table)
    };
    heads.into_iter().skip(1).collect()
}

/// The tree of greatest weight over `scores[node][head]`, as the head of each node; node 0 is the root.
fn arborescence(scores: Vec<Vec<f64>>) -> Vec<usize> {
    let nodes = scores.len();
    let mut heads: Vec<usize> =
        (0..nodes).map(|node| if node == 0 { 0 } else { best(nodes, |head| scores[node][head]) }).collect();
    let Some(ring) = cycle(&heads) else { return heads };

    // The ring becomes one node, the last; choose how it hangs in the rest, then break it open there.
    let rest: Vec<usize> = (0..nodes).filter(|node| !ring.contains(node)).collect();
    let one = rest.len();
    let mut smaller = vec![vec![-1e12; one + 1]; one + 1];
    let mut into = vec![0; one];
    let mut out_of = vec![0; one];
    for (i, &node) in rest.iter().enumerate() {
        for (j, &head) in rest.iter().enumerate() {
            smaller[i][j] = scores[node][head];
        }
        out_of[i] = ring[best(ring.len(), |k| scores[node][ring[k]])];
        smaller[i][one] = scores[node][out_of[i]];
        let gain = |k: usize| scores[ring[k]][node] - scores[ring[k]][heads[ring[k]]];
        let entry = best(ring.len(), gain);
        into[i] = ring[entry];
        smaller[one][i] = gain(entry);
    }
    smaller[0].fill(-1e12);
    let chosen = arborescence(smaller);
    for (i, &node) in rest.iter().enumerate().skip(1) {
        heads[node] = if chosen[i] == one { out_of[i] } else { rest[chosen[i]] };
    }
    heads[into[chosen[one]]] = rest[chosen[one]];
    heads
}

/// The first of the greatest.
fn best(count: usize, score: impl Fn(usize) -> f64) -> usize {
    let mut best = 0;
    for i in 1..count {
        if score(i) > score(best) {
            best = i;
        }
    }
    best
}

/// Nodes of a cycle of heads, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut ring = vec![node];
            let mut next = heads[node];
            while next != node {
                ring.push(next);
                next = heads[next];
            }
            return Some(ring);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_that_want_each_other_are_broken_open_where_it_costs_least() {
        // Columns: root, first, second word.
        let scores = [1.0, 0.0, 5.0, 3.0, 6.0, 0.0];
        assert_eq!(heads(&scores, 2), [2, 0]);
    }

    #[test]
    fn only_one_word_hangs_on_the_root() {
        let scores = [9.0, 0.0, 1.0, 8.0, 1.0, 0.0];
        assert_eq!(heads(&scores, 2), [0, 1]);
    }

    #[test]
    fn any_scores_give_a_tree() {
        let mut state = 1u32;
        for words in 1..40 {
            let scores: Vec<f32> = (0..words * (words + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 4096.0
                })
                .collect();
            let heads = heads(&scores, words);
            assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1);
            for mut node in 1..=words {
                let mut steps = 0;
                while node != 0 {
                    node = heads[node - 1];
                    steps += 1;
                    assert!(steps <= words, "a cycle");
                }
            }
        }
    }
}
