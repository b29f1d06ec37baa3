//! Which words name deeds: one more layer, over the words of a sentence and of its two neighbours, and a head of its own on
//! the trained layers, which stay as they are (`training/deeds.py`).

use record::{Deed, EventType, Mode};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_vecmath::Exp;

use crate::analyser::best;
use crate::encoder::{Layer, Reach, Work};
use crate::kernels::{Lower, Share};
use crate::linear::Linear;
use crate::weights::Weights;

/// The layer and the head, whose first output is no deed; then come the types in the order of the file, whether the
/// deed was named before, and the modes.
pub(crate) struct Deeds {
    /// What the layer reads: a mean of the layers below.
    pub(crate) input: Vec<f32>,
    /// What the head reads of the layers below, beside `own` of the layer.
    pub(crate) mix: Vec<f32>,
    own: f32,
    layer: Layer,
    /// What the layer's attention to the sentence before, its own and the one behind starts with, by head; empty if it sees
    /// its own alone.
    sides: Vec<f32>,
    hidden: Linear,
    out: Linear,
    kinds: Vec<EventType>,
    modes: Vec<Option<Mode>>,
}

impl Deeds {
    pub(crate) fn new(weights: &Weights) -> Deeds {
        let mut mix = weights.floats("mix");
        Deeds {
            input: weights.floats("input"),
            own: mix.pop().unwrap_or_default(),
            mix,
            layer: Layer::new(weights, "layer"),
            sides: weights.floats("sides"),
            hidden: Linear::new(weights, "hidden"),
            out: Linear::new(weights, "out"),
            kinds: weights
                .strings("kinds")
                .iter()
                .map(|k| k.parse().unwrap_or_else(|_| panic!("unknown type {k}")))
                .collect(),
            modes: weights.strings("modes").iter().map(|m| m.parse().ok()).collect(),
        }
    }

    /// The shares of no deed, of the types, of being named before and of the modes, for each row, from both mixes of the layers; `lengths` says how many rows each sentence has, in the order of
    /// their report. `rows` become what the head reads.
    pub(crate) fn find(
        &self,
        work: &mut Work,
        input: &mut [f32],
        rows: &mut [f32],
        lengths: &[usize],
    ) -> Vec<f32> {
        let mut ends = vec![0];
        ends.extend(lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        }));
        let far = usize::from(self.looks_beside());
        let reach = |i: usize| Reach {
            own: ends[i]..ends[i + 1],
            seen: ends[i.saturating_sub(far)]..ends[(i + 1 + far).min(lengths.len())],
        };
        let reaches: Vec<Reach> = (0..lengths.len()).map(reach).collect();
        self.layer.apply_beside(work, input, &reaches, &self.sides);
        for (x, own) in rows.iter_mut().zip(&*input) {
            *x += own * self.own;
        }
        let (mut hidden, mut scores) = (Vec::new(), Vec::new());
        self.hidden.gelu(&mut work.products, rows, &mut hidden);
        self.out.apply(&mut work.products, &hidden, &mut scores);
        for row in scores.chunks_exact_mut(self.out.outputs()) {
            let (kinds, rest) = row.split_at_mut(self.kinds.len() + 1);
            let (again, modes) = rest.split_at_mut(1);
            kinds.copy_from_slice(&shares(kinds));
            again[0] = shares(&[0.0, again[0]])[1];
            modes.copy_from_slice(&shares(modes));
        }
        scores
    }

    /// What a row of shares makes of its word.
    pub(crate) fn judge(&self, shares: &[f32]) -> Deed {
        let (kinds, rest) = shares.split_at(self.kinds.len() + 1);
        let ([none, kinds @ ..], [again, modes @ ..]) = (kinds, rest) else { return Deed::NONE };
        let share = ((1.0 - none) * 100.0).round().clamp(0.0, 100.0) as u8;
        if share == 0 {
            return Deed::NONE;
        }
        let mode = best(modes);
        let mode = self.modes[mode].filter(|_| modes[mode] > 0.5);
        Deed { kind: self.kinds[best(kinds)], share, again: *again > 0.5, mode }
    }

    /// How many shares a row has.
    pub(crate) fn outputs(&self) -> usize {
        self.out.outputs()
    }

    /// Whether it sees the sentences beside a deed's.
    pub(crate) fn looks_beside(&self) -> bool {
        !self.sides.is_empty()
    }
}

/// What scores are worth together.
pub(crate) fn shares(scores: &[f32]) -> Vec<f32> {
    let mut shares = scores.to_vec();
    let width = shares.len();
    Lower(&mut shares, width).dispatch();
    Exp {}.map_mut(&mut shares);
    Share(&mut shares, width).dispatch();
    shares
}
