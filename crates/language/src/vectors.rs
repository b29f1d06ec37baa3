//! Sentence vectors: the pretrained encoder, unchanged, for comparing paraphrases.

use crate::analyser::Base;
use crate::encoder::{Layer, Work};
use crate::kernels::{WIDTH, sum};
use crate::weights::Weights;

/// Pieces at once.
const ROWS: usize = 128;
/// Pieces of a text that are read.
const LONGEST: usize = 254;

/// The layers behind the first.
pub(crate) struct Vectors {
    layers: Vec<Layer>,
}

impl Vectors {
    pub(crate) fn new(weights: &Weights) -> Vectors {
        Vectors { layers: (1..6).map(|i| Layer::new(weights, &i.to_string())).collect() }
    }

    /// A unit vector a text, given as its words; zeros for a text without words.
    pub(crate) fn of(&self, base: &Base, texts: &[Vec<&str>]) -> Vec<Vec<f32>> {
        let mut out = Vec::with_capacity(texts.len());
        let mut work = Work::default();
        let (mut ids, mut lengths) = (Vec::new(), Vec::new());
        for text in texts {
            let from = ids.len();
            ids.push(base.pieces.start);
            for word in text {
                if ids.len() - from > LONGEST {
                    break;
                }
                base.pieces.of(word, &mut ids);
            }
            ids.truncate(from + 1 + LONGEST);
            ids.push(base.pieces.end);
            lengths.push(ids.len() - from);
            if ids.len() > ROWS {
                self.run(base, &mut work, &ids, &lengths, &mut out);
                ids.clear();
                lengths.clear();
            }
        }
        self.run(base, &mut work, &ids, &lengths, &mut out);
        out
    }

    fn run(&self, base: &Base, work: &mut Work, ids: &[u32], lengths: &[usize], out: &mut Vec<Vec<f32>>) {
        if lengths.is_empty() {
            return;
        }
        let mut x = base.embedding.rows(ids, lengths);
        base.first.apply(work, &mut x, lengths);
        for layer in &self.layers {
            layer.apply(work, &mut x, lengths);
        }
        let mut rows = x.chunks_exact(WIDTH);
        for &length in lengths {
            let mut mean = vec![0.0; WIDTH];
            for row in rows.by_ref().take(length) {
                for (m, x) in mean.iter_mut().zip(row) {
                    *m += x;
                }
            }
            let scale = 1.0 / sum(&mean, |x| x * x).sqrt().max(1e-12);
            for m in &mut mean {
                *m *= scale;
            }
            out.push(if length > 2 { mean } else { vec![0.0; WIDTH] });
        }
    }
}
