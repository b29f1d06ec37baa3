//! Average-link clustering of a sparse graph of scored pairs, with cannot-links.
//!
//! A pair's score is positive for "the same" and negative for "different". Two clusters are joined while the mean
//! score over *all* their pairs is positive, the best pair of clusters first; a pair that was never compared counts
//! as `absent`. One strong link therefore cannot chain two clusters whose other members disagree, and a single
//! cannot-link between two members keeps their clusters apart for good.

use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

use crate::words::Quick;

/// Cluster number of each of `n` things, numbered by first member. `pairs` are scored once each (either order);
/// `apart` are cannot-links.
///
/// What no chain of positive scores connects is never joined, so each connected part is clustered by itself: the same
/// clusters, at a cost that grows with the parts and not with the whole.
pub(crate) fn average_link(
    n: usize,
    pairs: &[(u32, u32, f32)],
    apart: &[(u32, u32)],
    absent: f32,
) -> Vec<usize> {
    let mut part: Vec<u32> = (0..n as u32).collect();
    for &(a, b, _) in pairs.iter().filter(|p| p.2 > 0.0) {
        let (x, y) = (root(&mut part, a), root(&mut part, b));
        part[x.max(y) as usize] = x.min(y);
    }
    let part: Vec<u32> = (0..n as u32).map(|i| root(&mut part, i)).collect();
    // Place of each thing in its part.
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut place = vec![0u32; n];
    for (i, &p) in part.iter().enumerate() {
        let list = members.entry(p).or_default();
        place[i] = list.len() as u32;
        list.push(i as u32);
    }
    members.retain(|_, list| list.len() > 1);
    let within = |a: u32, b: u32| part[a as usize] == part[b as usize] && a != b;
    let mut scored: BTreeMap<u32, Vec<(u32, u32, f32)>> = BTreeMap::new();
    for &(a, b, score) in pairs.iter().filter(|p| within(p.0, p.1)) {
        let local = (place[a as usize], place[b as usize], score);
        scored.entry(part[a as usize]).or_default().push(local);
    }
    let mut forbidden: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for &(a, b) in apart.iter().filter(|p| within(p.0, p.1)) {
        let local = (place[a as usize], place[b as usize]);
        forbidden.entry(part[a as usize]).or_default().push(local);
    }
    // The first member of each thing's cluster.
    let mut first: Vec<u32> = (0..n as u32).collect();
    for (p, list) in &members {
        let (pairs, apart) = (scored.get(p).map_or(&[][..], |v| v), forbidden.get(p).map_or(&[][..], |v| v));
        let mut seen: Vec<u32> = Vec::new();
        for (local, cluster) in connected(list.len(), pairs, apart, absent).into_iter().enumerate() {
            if cluster == seen.len() {
                seen.push(list[local]);
            }
            first[list[local] as usize] = seen[cluster];
        }
    }
    numbered(&first)
}

/// Cluster numbers by first member, from an earlier member of each thing's cluster, or itself.
fn numbered(earlier: &[u32]) -> Vec<usize> {
    let mut number = Vec::with_capacity(earlier.len());
    let mut next = 0;
    for &e in earlier {
        match number.get(e as usize) {
            Some(&known) => number.push(known),
            None => {
                number.push(next);
                next += 1;
            }
        }
    }
    number
}

/// The smallest of those that `i` is known to be connected with so far.
fn root(part: &mut [u32], mut i: u32) -> u32 {
    while part[i as usize] != i {
        part[i as usize] = part[part[i as usize] as usize];
        i = part[i as usize];
    }
    i
}

/// [`average_link`] of things that are all connected.
fn connected(n: usize, pairs: &[(u32, u32, f32)], apart: &[(u32, u32)], absent: f32) -> Vec<usize> {
    let mut state = State {
        size: vec![1; n],
        age: vec![0; n],
        near: vec![HashMap::default(); n],
        apart: vec![HashSet::default(); n],
        heap: BinaryHeap::new(),
        absent: f64::from(absent),
    };
    for &(a, b) in apart {
        state.apart[a as usize].insert(b);
        state.apart[b as usize].insert(a);
    }
    for &(a, b, score) in pairs {
        if a != b {
            state.near[a as usize].insert(b, (f64::from(score), 1));
            state.near[b as usize].insert(a, (f64::from(score), 1));
        }
    }
    for a in 0..n as u32 {
        state.offer(a);
    }
    let mut parent: Vec<u32> = (0..n as u32).collect();
    while let Some(best) = state.heap.pop() {
        let age = |i: u32| state.age[i as usize];
        if (age(best.a), age(best.b)) == best.ages {
            parent[best.b as usize] = best.a;
            state.join(best.a, best.b);
        } else if age(best.of) == best.age {
            // What was its best has changed since; it may have another.
            state.offer(best.of);
        }
    }
    // A parent always has the smaller number.
    numbered(&parent)
}

/// The best merge that a cluster had when it was last looked at: good as long as neither of the two has changed since.
///
/// The best merge of all is the best of both its clusters. The one of a pair that changed last has looked at all its
/// pairs then, so no merge that is better than every one on the heap is ever missed.
struct Merge {
    score: f64,
    a: u32,
    b: u32,
    ages: (u32, u32),
    /// Whose best it is, `a` or `b`.
    of: u32,
    age: u32,
}

impl Ord for Merge {
    fn cmp(&self, other: &Merge) -> std::cmp::Ordering {
        self.score.total_cmp(&other.score).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}
impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Merge) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Merge {
    fn eq(&self, other: &Merge) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Merge {}

struct State {
    size: Vec<u32>,
    /// How often a cluster has changed; a dead one has `u32::MAX`.
    age: Vec<u32>,
    /// Neighbour → (sum of scores, number of scored pairs).
    near: Vec<HashMap<u32, (f64, u32), Quick>>,
    apart: Vec<HashSet<u32, Quick>>,
    heap: BinaryHeap<Merge>,
    absent: f64,
}

impl State {
    fn mean(&self, a: u32, b: u32, (sum, known): (f64, u32)) -> f64 {
        let all = f64::from(self.size[a as usize]) * f64::from(self.size[b as usize]);
        (sum + self.absent * (all - f64::from(known))) / all
    }

    /// Puts the best merge of a cluster into the heap.
    fn offer(&mut self, of: u32) {
        let merge = |(&other, &known): (&u32, &(f64, u32))| {
            let score = self.mean(of, other, known);
            let (a, b) = (of.min(other), of.max(other));
            let age = |i: u32| self.age[i as usize];
            (score > 0.0 && !self.apart[of as usize].contains(&other)).then(|| Merge {
                score,
                a,
                b,
                ages: (age(a), age(b)),
                of,
                age: age(of),
            })
        };
        let best = self.near[of as usize].iter().filter_map(merge).max();
        self.heap.extend(best);
    }

    /// `b` goes up in `a`.
    fn join(&mut self, a: u32, b: u32) {
        let (ai, bi) = (a as usize, b as usize);
        for (c, (sum, known)) in std::mem::take(&mut self.near[bi]) {
            self.near[c as usize].remove(&b);
            if c == a {
                continue;
            }
            let total = self.near[ai].entry(c).or_insert((0.0, 0));
            *total = (total.0 + sum, total.1 + known);
            let total = *total;
            self.near[c as usize].insert(a, total);
        }
        for c in std::mem::take(&mut self.apart[bi]) {
            self.apart[c as usize].remove(&b);
            self.apart[c as usize].insert(a);
            self.apart[ai].insert(c);
        }
        self.size[ai] += self.size[bi];
        self.age[ai] += 1;
        self.age[bi] = u32::MAX;
        self.offer(a);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_one_strong_link_does_not_join_two_clusters() {
        // 0-1 and 2-3 belong together; 1-2 look alike, but 0-2, 0-3 and 1-3 do not.
        let pairs = [(0, 1, 2.0), (2, 3, 2.0), (1, 2, 1.0), (0, 2, -1.0), (0, 3, -1.0), (1, 3, -1.0)];
        assert_eq!(average_link(4, &pairs, &[], -1.0), [0, 0, 1, 1]);
    }

    #[test]
    fn a_cannot_link_holds_for_whole_clusters() {
        let pairs = [(0, 1, 2.0), (1, 2, 1.5), (0, 2, 1.0)];
        assert_eq!(average_link(3, &pairs, &[], -1.0), [0, 0, 0]);
        assert_eq!(
            average_link(3, &pairs, &[(0, 2)], -1.0),
            [0, 0, 1],
            "2 may join 1, but not 0, which 1 joined first"
        );
    }

    #[test]
    fn pairs_never_compared_speak_against_a_merge() {
        let pairs = [(0, 1, 1.0), (2, 3, 1.0), (1, 2, 0.9)];
        assert_eq!(average_link(4, &pairs, &[], -1.0), [0, 0, 1, 1]);
    }
}
