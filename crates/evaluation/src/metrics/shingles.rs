//! The measure of the article-extraction benchmark: shingles of four words, each page weighing the same.

use std::collections::BTreeMap;

/// Shares of shingles that are right, ours alone, and gold alone; they sum to 1 unless both texts are empty, which has
/// no shingle.
#[must_use]
pub fn compare(gold: &str, ours: &str) -> (f64, f64, f64) {
    let (gold, ours) = (shingles(gold), shingles(ours));
    let (mut right, mut extra, mut missed) = (0, 0, 0);
    for (shingle, &n) in &gold {
        let m = ours.get(shingle).copied().unwrap_or(0);
        right += n.min(m);
        missed += n.saturating_sub(m);
    }
    for (shingle, &m) in &ours {
        extra += m.saturating_sub(gold.get(shingle).copied().unwrap_or(0));
    }
    let all = (right + extra + missed) as f64;
    let share = |n: usize| if all > 0.0 { n as f64 / all } else { 0.0 };
    (share(right), share(extra), share(missed))
}

/// Precision, recall and F1 in percent over pages: means of the pages' precision and recall.
#[must_use]
pub fn over_pages(pages: &[(f64, f64, f64)]) -> (f64, f64, f64) {
    let mean = |values: Vec<f64>| 100.0 * values.iter().sum::<f64>() / values.len() as f64;
    let p = mean(pages.iter().filter(|p| p.0 + p.1 > 0.0).map(|p| p.0 / (p.0 + p.1)).collect());
    let r = mean(pages.iter().filter(|p| p.0 + p.2 > 0.0).map(|p| p.0 / (p.0 + p.2)).collect());
    (p, r, 2.0 * p * r / (p + r))
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    const WORDS: usize = 4;
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut counts = BTreeMap::new();
    if words.is_empty() {
        return counts;
    }
    for start in 0..(words.len() + 1).saturating_sub(WORDS).max(1) {
        let shingle = words[start..(start + WORDS).min(words.len())].to_vec();
        *counts.entry(shingle).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Gold a b c d e: abcd, bcde. Ours a b c d x: abcd, bcdx.
        let page = compare("a b c d e", "a, b – c d x");
        assert_eq!(page, (1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0));
        let (p, r, f) = over_pages(&[page, (1.0, 0.0, 0.0)]);
        assert_eq!((p, r, f), (75.0, 75.0, 75.0));
        assert_eq!(compare("too short", "too short"), (1.0, 0.0, 0.0));
        // A page of which nothing was kept has no precision, and recall 0; one without a story no recall.
        assert_eq!((compare("a b c d e", ""), compare("", "a")), ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0)));
        assert_eq!(over_pages(&[page, (0.0, 0.0, 1.0)]), (50.0, 25.0, 100.0 / 3.0));
    }
}
