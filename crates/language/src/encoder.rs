//! The encoder: word pieces to vectors, layer by layer, for many sentences at once.
//!
//! The rows of all sentences stand one below the other without padding. Products run over all of them, attention over
//! each sentence by itself.

use std::ops::Range;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::Exp;

use crate::kernels::{Lower, Normalize, Share, WIDTH};
use crate::linear::{Linear, Products};
use crate::weights::{Table, Weights};

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

/// Rows of one sentence, and the rows they attend to: its own and those of sentences beside it.
pub(crate) struct Reach {
    pub(crate) own: Range<usize>,
    pub(crate) seen: Range<usize>,
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

    /// Adds `add` to the rows of `x` and normalises them.
    fn apply(&self, x: &mut [f32], add: Option<&[f32]>) {
        Normalize { rows: x, add, weight: &self.weight, bias: &self.bias }.dispatch();
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
        let mut rows = ids.iter().zip(out.chunks_exact_mut(WIDTH));
        for &length in lengths {
            for (position, (&id, row)) in rows.by_ref().take(length).enumerate() {
                self.pieces.add(id as usize, row);
                self.positions.add(position, row);
            }
        }
        self.norm.apply(&mut out, None);
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

    /// Replaces the rows by the layer's. Each sentence attends to itself; `lengths` says how many rows each has.
    pub(crate) fn apply(&self, work: &mut Work, x: &mut [f32], lengths: &[usize]) {
        let mut end = 0;
        let alone = lengths.iter().map(|length| {
            let own = end..end + length;
            end = own.end;
            Reach { seen: own.clone(), own }
        });
        self.apply_beside(work, x, &alone.collect::<Vec<_>>(), &[]);
    }

    /// Replaces the rows by the layer's, where sentences also attend to others. `sides`: for each head what is added to its
    /// scores for rows before the sentence, of it, and behind it.
    pub(crate) fn apply_beside(&self, work: &mut Work, x: &mut [f32], reaches: &[Reach], sides: &[f32]) {
        let mut wide = std::mem::take(&mut work.wide);
        let mut narrow = std::mem::take(&mut work.narrow);
        let mut mixed = std::mem::take(&mut work.mixed);
        self.qkv.apply(&mut work.products, x, &mut wide);
        mixed.resize(x.len(), 0.0);
        for reach in reaches {
            let own = reach.own.start * WIDTH..reach.own.end * WIDTH;
            work.attend(&wide, reach, sides, &mut mixed[own]);
        }
        self.out.apply(&mut work.products, &mixed, &mut narrow);
        self.norm1.apply(x, Some(&narrow));
        self.up.gelu(&mut work.products, x, &mut wide);
        self.down.apply(&mut work.products, &wide, &mut narrow);
        self.norm2.apply(x, Some(&narrow));
        (work.wide, work.narrow, work.mixed) = (wide, narrow, mixed);
    }
}

impl Work {
    /// Attention of one sentence: `qkv` holds queries, keys and values of all rows side by side.
    fn attend(&mut self, qkv: &[f32], reach: &Reach, sides: &[f32], out: &mut [f32]) {
        let Reach { own, seen } = reach;
        let (n, m) = (own.len(), seen.len());
        let view = |rows: &Range<usize>| {
            let rows = rows.start * 3 * WIDTH..rows.end * 3 * WIDTH;
            NdTensorView::from_data([rows.len() / (3 * WIDTH), 3 * WIDTH], &qkv[rows])
        };
        let (asking, asked) = (view(own), view(seen));
        self.scores.resize(n * m, 0.0);
        self.head.resize(n * HEAD, 0.0);
        for h in 0..HEADS {
            let part = |i: usize| {
                let from = i * WIDTH + h * HEAD;
                from..from + HEAD
            };
            let options = GemmOptions { alpha: 1.0 / (HEAD as f32).sqrt(), ..Default::default() };
            let scores = self.floats.gemm(
                &mut self.scores,
                GemmInputA::Unpacked(asking.slice((.., part(0)))),
                GemmInputB::Unpacked(asked.slice((.., part(1))).transposed()),
                options,
            );
            if let Some(&[before, within, behind]) = sides.get(3 * h..3 * h + 3) {
                let (start, end) = (own.start - seen.start, own.end - seen.start);
                for row in self.scores.chunks_exact_mut(m) {
                    row[..start].iter_mut().for_each(|x| *x += before);
                    row[start..end].iter_mut().for_each(|x| *x += within);
                    row[end..].iter_mut().for_each(|x| *x += behind);
                }
            }
            Lower(&mut self.scores, m).dispatch();
            Exp {}.map_mut(&mut self.scores);
            Share(&mut self.scores, m).dispatch();
            let weights = NdTensorView::from_data([n, m], &self.scores[..]);
            let values = self.floats.gemm(
                &mut self.head,
                GemmInputA::Unpacked(weights),
                GemmInputB::Unpacked(asked.slice((.., part(2)))),
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
