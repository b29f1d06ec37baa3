//! Matrix products in 8 bits: the weights have one scale an output, the inputs one scale and zero point a row. No row
//! knows of another, so that a sentence gets the same bits alone and in any batch.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::Gelu;

use crate::weights::Weights;

/// `x * weights + bias`.
pub(crate) struct Linear {
    packed: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Sum of each column of weights: what a zero point adds to each product. The kernel's own handling of zero
    /// points is wrong beyond its first panel (rten-gemm 0.27.0), so none is given to it.
    sums: Vec<i32>,
    inputs: usize,
}

/// The kernels, chosen for the processor, and room for what they work on.
#[derive(Default)]
pub(crate) struct Products {
    executor: GemmExecutor<u8, i8, i32>,
    quantized: Vec<u8>,
    rows: Vec<(f32, i32)>,
    sums: Vec<i32>,
}

impl Linear {
    /// The weights `{name}`, scales `{name}.s` and bias `{name}.b`.
    pub(crate) fn new(weights: &Weights, name: &str) -> Linear {
        let (data, inputs, outputs) = weights.matrix(name);
        let mut sums = vec![0; outputs];
        for row in data.chunks_exact(outputs) {
            for (sum, &x) in sums.iter_mut().zip(row) {
                *sum += i32::from(x);
            }
        }
        let executor = GemmExecutor::<u8, i8, i32>::default();
        Linear {
            packed: executor.prepack_b(NdTensorView::from_data([inputs, outputs], data)),
            scales: weights.floats(&format!("{name}.s")),
            bias: weights.floats(&format!("{name}.b")),
            sums,
            inputs,
        }
    }

    /// How many numbers a row of the result has.
    pub(crate) fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The product of the rows of `x`, written over `out`.
    pub(crate) fn apply(&self, products: &mut Products, x: &[f32], out: &mut Vec<f32>) {
        let rows = x.len() / self.inputs;
        let outputs = self.outputs();
        products.quantize(x, self.inputs);
        products.sums.clear();
        products.sums.resize(rows * outputs, 0);
        let a = NdTensorView::from_data([rows, self.inputs], &products.quantized[..]);
        let done = products.executor.gemm(
            &mut products.sums,
            GemmInputA::Unpacked(a),
            GemmInputB::Packed(&self.packed),
            GemmOptions::default(),
        );
        assert!(done.is_ok(), "the sizes of a product are those of its weights");
        out.clear();
        out.resize(rows * outputs, 0.0);
        let columns = || self.sums.iter().zip(self.scales.iter().zip(&self.bias));
        wide(|| {
            let rows = products.sums.chunks_exact(outputs).zip(&products.rows);
            for ((row, &(scale, zero)), out) in rows.zip(out.chunks_exact_mut(outputs)) {
                for ((out, &sum), (&column, (&weight, &bias))) in out.iter_mut().zip(row).zip(columns()) {
                    *out = (sum - zero * column) as f32 * (scale * weight) + bias;
                }
            }
        });
    }
}

impl Linear {
    /// The product, then GELU.
    pub(crate) fn gelu(&self, products: &mut Products, x: &[f32], out: &mut Vec<f32>) {
        self.apply(products, x, out);
        Gelu {}.map_mut(out);
    }
}

impl Products {
    /// Rows of `x` in 8 bits without sign, each with its scale and zero point. A row is a multiple of 16 wide.
    fn quantize(&mut self, x: &[f32], width: usize) {
        self.rows.clear();
        self.quantized.clear();
        self.quantized.resize(x.len(), 0);
        wide(|| {
            for (row, to) in x.chunks_exact(width).zip(self.quantized.chunks_exact_mut(width)) {
                let (low, high) = extent(row);
                let scale = ((high - low) / 255.0).max(1e-12);
                let zero = (-low / scale + 0.5).floor();
                self.rows.push((scale, zero as i32));
                let inverse = 1.0 / scale;
                for (to, &x) in to.iter_mut().zip(row) {
                    // Adding and taking away 1.5 * 2^23 rounds to a whole number, ties to even.
                    *to = ((x * inverse + zero + 12_582_912.0) - 12_582_912.0).clamp(0.0, 255.0) as i32 as u8;
                }
            }
        });
    }
}

/// Runs plain loops compiled for the widest vectors the processor has. What they compute must not depend on the width:
/// nothing is reordered or fused, so loops that keep their own order do not.
#[inline(always)]
pub(crate) fn wide<R>(run: impl FnOnce() -> R) -> R {
    struct Wide<F>(F);
    impl<R, F: FnOnce() -> R> SimdOp for Wide<F> {
        type Output = R;
        #[inline(always)]
        fn eval<I: Isa>(self, _: I) -> R {
            (self.0)()
        }
    }
    Wide(run).dispatch()
}

/// The least and the greatest number of a row, and zero.
#[inline(always)]
fn extent(row: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([0f32; 16], [0f32; 16]);
    for part in row.chunks_exact(16) {
        for i in 0..16 {
            let x = part[i];
            low[i] = if x < low[i] { x } else { low[i] };
            high[i] = if x > high[i] { x } else { high[i] };
        }
    }
    (low.iter().copied().fold(0.0, f32::min), high.iter().copied().fold(0.0, f32::max))
}
