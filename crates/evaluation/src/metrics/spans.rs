//! Spans against spans.

use std::ops::Range;

/// Pairs gold spans with ours one to one: equal spans first, then overlapping ones from left to right.
#[must_use]
pub fn pair_up(gold: &[Range<usize>], ours: &[Range<usize>]) -> Vec<(usize, usize)> {
    let mut used = vec![false; ours.len()];
    let mut partner: Vec<Option<usize>> = vec![None; gold.len()];
    for exact in [true, false] {
        for (g, span) in gold.iter().enumerate() {
            if partner[g].is_some() {
                continue;
            }
            let fits = |o: &Range<usize>| if exact { o == span } else { overlap(o, span) > 0 };
            partner[g] = (0..ours.len()).find(|&o| !used[o] && fits(&ours[o]));
            if let Some(o) = partner[g] {
                used[o] = true;
            }
        }
    }
    partner.into_iter().enumerate().filter_map(|(g, o)| o.map(|o| (g, o))).collect()
}

/// How many positions two spans share.
#[must_use]
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Spans of words with their label, from tags: `B-`/`I-` (either scheme), `S-`/`E-` (BIOES); a span ends where the
/// label changes, as in conlleval.
#[must_use]
pub fn from_tags(tags: &[&str]) -> Vec<(Range<usize>, String)> {
    let mut spans: Vec<(Range<usize>, String)> = Vec::new();
    let mut open = false;
    for (i, tag) in tags.iter().enumerate() {
        let (prefix, label) = tag.split_once('-').unwrap_or((tag, ""));
        if label.is_empty() {
            open = false;
            continue;
        }
        let goes_on = open && matches!(prefix, "I" | "E" | "L") && spans.last().is_some_and(|s| s.1 == label);
        if goes_on {
            if let Some(last) = spans.last_mut() {
                last.0.end = i + 1;
            }
        } else {
            spans.push((i..i + 1, label.to_owned()));
        }
        open = !matches!(prefix, "E" | "L" | "S" | "U");
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_partners_come_first() {
        assert_eq!(pair_up(&[0..4, 5..9], &[3..9, 5..9]), [(0, 0), (1, 1)]);
        assert_eq!(pair_up(&[0..4, 9..9], &[4..5, 5..6]), []);
    }

    #[test]
    fn tags_of_every_scheme() {
        let spans = |t: &str| {
            from_tags(&t.split(' ').collect::<Vec<_>>()).into_iter().map(|s| s.0).collect::<Vec<_>>()
        };
        assert_eq!(spans("B-PER I-PER O I-LOC B-LOC"), [0..2, 3..4, 4..5]);
        assert_eq!(spans("B-PER I-ORG"), [0..1, 1..2], "another label starts another span");
        assert_eq!(spans("S-PER B-PER E-PER I-PER"), [0..1, 1..3, 3..4]);
    }
}
