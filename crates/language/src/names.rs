//! Named entities: the best sequence of labels that is one.

use record::EntityKind;

/// The labels `O`, `B-KIND` and `I-KIND`, read, and what it counts where one stands behind another.
pub(crate) struct Names {
    labels: Vec<Option<(bool, EntityKind)>>,
    /// Learned, a row the label before and a column the label behind; far below 0 where that is no sequence.
    steps: Vec<f32>,
    /// The same for the first word.
    starts: Vec<f32>,
}

impl Names {
    pub(crate) fn new(labels: &[&str], mut steps: Vec<f32>, mut starts: Vec<f32>) -> Names {
        const NEVER: f32 = -1e30;
        let read = |label: &str| {
            let (prefix, kind) = label.split_once('-')?;
            Some((prefix == "B", kind.parse().ok()?))
        };
        let labels: Vec<Option<(bool, EntityKind)>> = labels.iter().map(|l| read(l)).collect();
        for (to, label) in labels.iter().enumerate() {
            let Some((false, kind)) = label else { continue };
            starts[to] = NEVER;
            for (before, label) in labels.iter().enumerate() {
                if label.is_none_or(|(_, before)| before != *kind) {
                    steps[before * labels.len() + to] = NEVER;
                }
            }
        }
        Names { labels, steps, starts }
    }

    /// Entities of the best sequence: first word, one past the last, kind. `scores` has a row a word.
    pub(crate) fn find(&self, scores: &[f32]) -> Vec<(usize, usize, EntityKind)> {
        let count = self.labels.len();
        let mut total = vec![0f32; count];
        let mut from = Vec::with_capacity(scores.len());
        for (i, row) in scores.chunks_exact(count).enumerate() {
            let mut next = vec![f32::MIN; count];
            for (to, score) in row.iter().enumerate() {
                let mut best = (0, f32::MIN);
                for (before, total) in total.iter().enumerate() {
                    let step = if i == 0 { self.starts[to] } else { self.steps[before * count + to] };
                    if total + step > best.1 {
                        best = (before, total + step);
                    }
                }
                from.push(best.0);
                next[to] = best.1 + score;
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_never_starts_inside() {
        let names = Names::new(&["O", "B-PER", "I-PER", "B-LOC", "I-LOC"], vec![0.0; 25], vec![0.0; 5]);
        #[rustfmt::skip]
        let scores = [
            0.0, 3.0, 5.0, 0.0, 0.0, // wants I-PER, but nothing stands before
            0.0, 0.0, 4.0, 1.0, 0.0,
            2.0, 0.0, 0.0, 0.0, 0.0,
            0.0, 0.0, 0.0, 4.0, 0.0,
        ];
        assert_eq!(names.find(&scores), [(0, 2, EntityKind::Per), (3, 4, EntityKind::Loc)]);
        assert_eq!(names.find(&[]), []);
    }
}
