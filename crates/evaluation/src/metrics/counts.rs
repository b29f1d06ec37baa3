//! Precision, recall and F1 from counts.

use std::ops::AddAssign;

/// How many of ours are right, how many there are, and how many the gold data hold. All scores are in percent, and
/// not a number where there is nothing to score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counts {
    /// Right ones; partial credit makes it fractional.
    pub right: f64,
    /// In the gold data.
    pub gold: f64,
    /// Ours.
    pub ours: f64,
}

impl Counts {
    /// From whole numbers.
    #[must_use]
    pub fn new(right: usize, gold: usize, ours: usize) -> Counts {
        Counts { right: right as f64, gold: gold as f64, ours: ours as f64 }
    }

    /// Right ones among ours; 0 if we say nothing where there is gold.
    #[must_use]
    pub fn precision(self) -> f64 {
        if self.ours == 0.0 && self.gold > 0.0 { 0.0 } else { 100.0 * self.right / self.ours }
    }

    /// Right ones among the gold ones.
    #[must_use]
    pub fn recall(self) -> f64 {
        100.0 * self.right / self.gold
    }

    /// Their harmonic mean.
    #[must_use]
    pub fn f1(self) -> f64 {
        200.0 * self.right / (self.gold + self.ours)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.right += other.right;
        self.gold += other.gold;
        self.ours += other.ours;
    }
}

/// How many items two sorted or unsorted lists share, each used once.
pub fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut a, mut b): (Vec<&T>, Vec<&T>) = (a.iter().collect(), b.iter().collect());
    a.sort();
    b.sort();
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// Macro F1 in percent over the labels that occur in the gold data or among ours, as scikit-learn counts it: the
/// plain mean of each label's F1. `pairs` are (gold, ours); the empty string is no label but no answer.
#[must_use]
pub fn macro_f1(pairs: &[(&str, &str)]) -> f64 {
    let mut labels: Vec<&str> = pairs.iter().flat_map(|(g, o)| [*g, *o]).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.retain(|l| !l.is_empty());
    let f1 = |label: &&str| {
        let right = pairs.iter().filter(|(g, o)| g == label && o == label).count();
        let gold = pairs.iter().filter(|(g, _)| g == label).count();
        let ours = pairs.iter().filter(|(_, o)| o == label).count();
        Counts::new(right, gold, ours).f1()
    };
    labels.iter().map(f1).sum::<f64>() / labels.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let c = Counts::new(3, 4, 6);
        assert_eq!((c.precision(), c.recall(), c.f1()), (50.0, 75.0, 60.0));
        assert!(Counts::default().f1().is_nan(), "nothing to score");
        assert_eq!(Counts::new(0, 2, 0).precision(), 0.0);
        assert_eq!(shared(&[1, 1, 2], &[1, 2, 2]), 2);
        // a: P 1/1, R 1/2, F 2/3; b: P 1/2, R 1/1, F 2/3.
        assert!((macro_f1(&[("a", "a"), ("a", "b"), ("b", "b")]) - 66.666).abs() < 0.01);
    }
}
