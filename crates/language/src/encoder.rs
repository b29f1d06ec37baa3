//! The encoder: word pieces to vectors, layer by layer, for many sentences at once.
//!
//! The rows of all sentences stand one below the other without padding. Products run over all of them, attention over
//! each sentence by itself.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdUnaryOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Exp;

use crate::linear::{Linear, Products, wide};
use crate::weights::{Table, Weights};

/// Numbers in a vector.
pub(crate) const WIDTH: usize = 384;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;

/// Scale and shift behind a normalisation.
pub(crate) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Word pieces and their positions.
pub(crate) struct Embedding {
    pieces: Table,
    positions: Table,
    norm: Norm,
}

/// One layer: attention and feed-forward.
pub(crate) struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// Room for the working of layers.
#[derive(Default)]
pub(crate) struct Work {
    pub(crate) products: Products,
    floats: GemmExecutor<f32, f32, f32>,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    mixed: Vec<f32>,
    scores: Vec<f32>,
    head: Vec<f32>,
}

impl Norm {
    fn new(weights: &Weights, name: &str) -> Norm {
        Norm { weight: weights.floats(&format!("{name}.w")), bias: weights.floats(&format!("{name}.b")) }
    }

    /// Each row of `x` to mean 0 and variance 1, then scaled and shifted.
    fn apply(&self, x: &mut [f32]) {
        wide(|| {
            for row in x.chunks_exact_mut(WIDTH) {
                let mean = sum(row, |x| x) / WIDTH as f32;
                let variance = sum(row, |x| (x - mean) * (x - mean)) / WIDTH as f32;
                let scale = 1.0 / (variance + 1e-12).sqrt();
                for ((x, w), b) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
                    *x = (*x - mean) * scale * w + b;
                }
            }
        });
    }
}

impl Embedding {
    pub(crate) fn new(weights: &Weights) -> Embedding {
        Embedding {
            pieces: weights.table("pieces"),
            positions: weights.table("positions"),
            norm: Norm::new(weights, "embedding.norm"),
        }
    }

    /// How many pieces a sentence may have.
    pub(crate) fn longest(&self) -> usize {
        self.positions.len()
    }

    /// Rows of the pieces of sentences; `lengths` says how many pieces each has.
    pub(crate) fn rows(&self, ids: &[u32], lengths: &[usize]) -> Vec<f32> {
        let mut out = vec![0.0; ids.len() * WIDTH];
        wide(|| {
            let mut rows = ids.iter().zip(out.chunks_exact_mut(WIDTH));
            for &length in lengths {
                for (position, (&id, row)) in rows.by_ref().take(length).enumerate() {
                    self.pieces.add(id as usize, row);
                    self.positions.add(position, row);
                }
            }
        });
        self.norm.apply(&mut out);
        out
    }
}

impl Layer {
    pub(crate) fn new(weights: &Weights, name: &str) -> Layer {
        let linear = |part: &str| Linear::new(weights, &format!("{name}.{part}"));
        let norm = |part: &str| Norm::new(weights, &format!("{name}.{part}"));
        Layer {
            qkv: linear("qkv"),
            out: linear("out"),
            norm1: norm("norm1"),
            up: linear("up"),
            down: linear("down"),
            norm2: norm("norm2"),
        }
    }

    /// Replaces the rows by the layer's.
    pub(crate) fn apply(&self, work: &mut Work, x: &mut [f32], lengths: &[usize]) {
        let mut wide = std::mem::take(&mut work.wide);
        let mut narrow = std::mem::take(&mut work.narrow);
        let mut mixed = std::mem::take(&mut work.mixed);
        self.qkv.apply(&mut work.products, x, &mut wide);
        mixed.clear();
        mixed.resize(x.len(), 0.0);
        let mut start = 0;
        for &length in lengths {
            let rows = start..start + length;
            work.attend(
                &wide[rows.start * 3 * WIDTH..rows.end * 3 * WIDTH],
                &mut mixed[rows.start * WIDTH..rows.end * WIDTH],
            );
            start += length;
        }
        self.out.apply(&mut work.products, &mixed, &mut narrow);
        add(x, &narrow);
        self.norm1.apply(x);
        self.up.gelu(&mut work.products, x, &mut wide);
        self.down.apply(&mut work.products, &wide, &mut narrow);
        add(x, &narrow);
        self.norm2.apply(x);
        (work.wide, work.narrow, work.mixed) = (wide, narrow, mixed);
    }
}

impl Work {
    /// Attention within one sentence: `qkv` holds queries, keys and values side by side.
    fn attend(&mut self, qkv: &[f32], out: &mut [f32]) {
        let n = out.len() / WIDTH;
        let qkv = NdTensorView::from_data([n, 3 * WIDTH], qkv);
        self.scores.clear();
        self.scores.resize(n * n, 0.0);
        self.head.clear();
        self.head.resize(n * HEAD, 0.0);
        for h in 0..HEADS {
            let part = |i: usize| {
                let from = i * WIDTH + h * HEAD;
                qkv.slice((.., from..from + HEAD))
            };
            let options = GemmOptions { alpha: 1.0 / (HEAD as f32).sqrt(), ..Default::default() };
            let scores = self.floats.gemm(
                &mut self.scores,
                GemmInputA::Unpacked(part(0)),
                GemmInputB::Unpacked(part(1).transposed()),
                options,
            );
            softmax(&mut self.scores, n);
            let weights = NdTensorView::from_data([n, n], &self.scores[..]);
            let values = self.floats.gemm(
                &mut self.head,
                GemmInputA::Unpacked(weights),
                GemmInputB::Unpacked(part(2)),
                GemmOptions::default(),
            );
            assert!(scores.is_ok() && values.is_ok(), "the sizes of a product are those of its sentence");
            for (from, to) in self.head.chunks_exact(HEAD).zip(out.chunks_exact_mut(WIDTH)) {
                to[h * HEAD..(h + 1) * HEAD].copy_from_slice(from);
            }
        }
    }

    /// `a * b^T`, rows of `width` numbers in both: one row a row of `a`, one number a row of `b`.
    pub(crate) fn dot(&mut self, a: &[f32], b: &[f32], width: usize) -> Vec<f32> {
        let (rows, columns) = (a.len() / width, b.len() / width);
        let mut out = vec![0.0; rows * columns];
        let a = NdTensorView::from_data([rows, width], a);
        let b = NdTensorView::from_data([columns, width], b);
        let done = self.floats.gemm(
            &mut out,
            GemmInputA::Unpacked(a),
            GemmInputB::Unpacked(b.transposed()),
            GemmOptions::default(),
        );
        assert!(done.is_ok(), "the sizes of a product are those of its sentence");
        out
    }
}

/// Sum of `f` over a slice, always in the same order: sixteen running sums, then those from first to last.
#[inline(always)]
pub(crate) fn sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0f32; 16];
    let mut parts = x.chunks_exact(16);
    for part in parts.by_ref() {
        for (sum, &x) in sums.iter_mut().zip(part) {
            *sum += f(x);
        }
    }
    for (sum, &x) in sums.iter_mut().zip(parts.remainder()) {
        *sum += f(x);
    }
    sums.iter().sum()
}

/// Sum of products, in the order of [`sum`].
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for i in 0..16 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum()
}

/// Softmax of each row of `n`.
fn softmax(x: &mut [f32], n: usize) {
    wide(|| {
        for row in x.chunks_exact_mut(n) {
            let top = row.iter().copied().fold(f32::MIN, |a, b| if b > a { b } else { a });
            for x in row.iter_mut() {
                *x -= top;
            }
        }
    });
    Exp {}.map_mut(x);
    wide(|| {
        for row in x.chunks_exact_mut(n) {
            let scale = 1.0 / sum(row, |x| x);
            for x in row.iter_mut() {
                *x *= scale;
            }
        }
    });
}

fn add(to: &mut [f32], x: &[f32]) {
    for (to, x) in to.iter_mut().zip(x) {
        *to += x;
    }
}
