//! Named entities: the best sequence of labels that is one.

use record::EntityKind;

/// The labels `O`, `B-KIND` and `I-KIND`, read.
pub(crate) struct Names {
    labels: Vec<Option<(bool, EntityKind)>>,
}

impl Names {
    pub(crate) fn new(labels: &[&str]) -> Names {
        let read = |label: &str| {
            let (prefix, kind) = label.split_once('-')?;
            Some((prefix == "B", kind.parse().ok()?))
        };
        Names { labels: labels.iter().map(|l| read(l)).collect() }
    }

    /// Entities of the best sequence: first word, one past the last, kind. `scores` has a row a word.
    pub(crate) fn find(&self, scores: &[f32]) -> Vec<(usize, usize, EntityKind)> {
        let count = self.labels.len();
        let mut total = vec![0f32; count];
        let mut from = Vec::with_capacity(scores.len());
        for (i, row) in scores.chunks_exact(count).enumerate() {
            let mut next = vec![f32::MIN; count];
            for (to, score) in row.iter().enumerate() {
                let mut best = None;
                for before in 0..count {
                    if self.may_follow(before, to, i == 0)
                        && best.is_none_or(|b: usize| total[before] > total[b])
                    {
                        best = Some(before);
                    }
                }
                from.push(best.unwrap_or(0));
                next[to] = best.map_or(f32::MIN, |b| total[b] + score);
            }
            total = next;
        }
        let mut label = (0..count).fold(0, |best, i| if total[i] > total[best] { i } else { best });
        let mut out: Vec<(usize, usize, EntityKind)> = Vec::new();
        let mut end = scores.len() / count.max(1);
        for i in (0..end).rev() {
            match self.labels[label] {
                None => end = i,
                Some((true, kind)) => {
                    out.push((i, end, kind));
                    end = i;
                }
                Some((false, _)) => {}
            }
            label = from[i * count + label];
        }
        out.reverse();
        out
    }

    /// An I follows only a B or I of its kind; nothing stands before the first word.
    fn may_follow(&self, before: usize, to: usize, first: bool) -> bool {
        match self.labels[to] {
            Some((false, kind)) => !first && self.labels[before].is_some_and(|(_, k)| k == kind),
            _ => !first || before == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_never_starts_inside() {
        let names = Names::new(&["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]);
        #[rustfmt::skip]
        let scores = [
            0.0, 1.0, 3.0, 0.0, 0.0, // wants I-PER, but nothing stands before
            0.0, 0.0, 2.0, 1.0, 0.0,
            2.0, 0.0, 0.0, 0.0, 0.0,
            0.0, 0.0, 0.0, 2.0, 0.0,
        ];
        assert_eq!(names.find(&scores), [(0, 2, EntityKind::Per), (3, 4, EntityKind::Loc)]);
        assert_eq!(names.find(&[]), []);
    }
}
