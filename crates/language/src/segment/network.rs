//! The classifier of sentence ends: a sum of weights, one a feature, and a small network over the words around.

use std::sync::LazyLock;

/// Hashed features, one weight each.
const BUCKETS: usize = 1 << 16;
/// Words and endings that the network tells apart, and shapes with the gap before.
const WORDS: usize = 1 << 13;
const TAILS: usize = 1 << 12;
const SHAPES: usize = 1 << 8;
/// Numbers a word, an ending and a shape have.
const WORD: usize = 12;
const TAIL: usize = 6;
const SHAPE: usize = 8;
const INPUT: usize = WORD + TAIL + SHAPE;
/// Words before the gap and behind it that the network sees.
pub(super) const BEFORE: usize = 8;
pub(super) const BEHIND: usize = 8;
const HIDDEN: usize = 48;

/// Written by `training/segment.py`, which lists the parts in the same order.
static FILE: &[u8] = include_bytes!("weights.bin");

/// What the network sees of a word, as rows of its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) word: u16,
    pub(super) tail: u16,
    pub(super) shape: u8,
}

/// The weights.
pub(super) struct Network {
    sparse: &'static [u8],
    words: &'static [u8],
    tails: &'static [u8],
    shapes: &'static [u8],
    /// A row of `HIDDEN` numbers an input.
    hidden: Vec<[f32; HIDDEN]>,
    bias: [f32; HIDDEN],
    out: [f32; HIDDEN],
    /// What a step of a weight of `sparse` is worth, and what is added to the whole.
    step: f32,
    shift: f32,
}

impl Network {
    /// The weights inside the binary.
    pub(super) fn embedded() -> &'static Network {
        static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::read(FILE));
        &NETWORK
    }

    fn read(file: &'static [u8]) -> Network {
        let (sparse, rest) = file.split_at(BUCKETS);
        let (words, rest) = rest.split_at(WORDS * WORD);
        let (tails, rest) = rest.split_at(TAILS * TAIL);
        let (shapes, rest) = rest.split_at(SHAPES * SHAPE);
        let mut floats = rest.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut row = || {
            let mut row = [0.0; HIDDEN];
            row.iter_mut().zip(&mut floats).for_each(|(x, f)| *x = f);
            row
        };
        let hidden = (0..(BEFORE + BEHIND) * INPUT).map(|_| row()).collect();
        let (bias, out) = (row(), row());
        let [step, shift] = [0; 2].map(|_| floats.next().unwrap_or_default());
        Network { sparse, words, tails, shapes, hidden, bias, out, step, shift }
    }

    /// How much speaks for an end, given the features of the gap and the words around it: above 0, it is one. Sums have
    /// a fixed order, so that every processor gives the same.
    pub(super) fn score(&self, features: &[u16], around: &[Rows; BEFORE + BEHIND]) -> f32 {
        let sparse: i32 =
            features.iter().map(|&f| i32::from(self.sparse[usize::from(f)].cast_signed())).sum();
        let mut hidden = self.bias;
        for (rows, weights) in around.iter().zip(self.hidden.chunks_exact(INPUT)) {
            let word = row(self.words, rows.word.into(), WORD);
            let tail = row(self.tails, rows.tail.into(), TAIL);
            let shape = row(self.shapes, rows.shape.into(), SHAPE);
            for (&x, weights) in word.iter().chain(tail).chain(shape).zip(weights) {
                let x = f32::from(x.cast_signed());
                for (sum, w) in hidden.iter_mut().zip(weights) {
                    *sum += x * w;
                }
            }
        }
        let mut score = self.shift + self.step * sparse as f32;
        for (h, w) in hidden.iter().zip(&self.out) {
            score += h.max(0.0) * w;
        }
        score
    }
}

/// The row of a word's hash in the network's tables.
#[allow(clippy::cast_possible_truncation)] // the upper bits are the bucket
pub(super) fn rows(word: u16, tail: u16, shape: u8) -> Rows {
    Rows { word: word / (BUCKETS / WORDS) as u16, tail: tail / (BUCKETS / TAILS) as u16, shape }
}

fn row(table: &[u8], index: usize, width: usize) -> &[u8] {
    &table[index * width..(index + 1) * width]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_just_the_weights() {
        let tables = BUCKETS + WORDS * WORD + TAILS * TAIL + SHAPES * SHAPE;
        let floats = (BEFORE + BEHIND) * INPUT * HIDDEN + 2 * HIDDEN + 2;
        assert_eq!(FILE.len(), tables + 4 * floats);
    }
}
