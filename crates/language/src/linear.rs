//! Matrix products in 8 bits: the weights have one scale an output, the inputs one scale and zero point a row. No row
//! knows of another, so that a sentence gets the same bits alone and in any batch.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::Gelu;

use crate::kernels::{Dequantize, Quantize};
use crate::weights::Weights;

/// `x * weights + bias`.
pub(crate) struct Linear {
    packed: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Sum of each column of weights: what a zero point adds to each product. The kernel's own handling of zero
    /// points is wrong beyond its first panel (rten-gemm 0.27.0), so none is given to it.
    zeros: Vec<i32>,
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
        let mut zeros = vec![0; outputs];
        for row in data.chunks_exact(outputs) {
            for (sum, &x) in zeros.iter_mut().zip(row) {
                *sum += i32::from(x);
            }
        }
        let executor = GemmExecutor::<u8, i8, i32>::default();
        Linear {
            packed: executor.prepack_b(NdTensorView::from_data([inputs, outputs], data)),
            scales: weights.floats(&format!("{name}.s")),
            bias: weights.floats(&format!("{name}.b")),
            zeros,
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
        if products.sums.len() < rows * outputs {
            products.sums.resize(rows * outputs, 0);
        }
        let sums = &mut products.sums[..rows * outputs];
        let a = NdTensorView::from_data([rows, self.inputs], &products.quantized[..]);
        let done = products.executor.gemm(
            sums,
            GemmInputA::Unpacked(a),
            GemmInputB::Packed(&self.packed),
            GemmOptions::default(),
        );
        assert!(done.is_ok(), "the sizes of a product are those of its weights");
        out.resize(rows * outputs, 0.0);
        let (zeros, scales, bias) = (&self.zeros, &self.scales, &self.bias);
        Dequantize { sums, to: out, rows: &products.rows, zeros, scales, bias }.dispatch();
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
    /// Rows of `x` in 8 bits, each with its scale and zero point.
    fn quantize(&mut self, x: &[f32], width: usize) {
        self.rows.clear();
        self.quantized.resize(x.len(), 0);
        Quantize { from: x, to: &mut self.quantized, width, scales: &mut self.rows }.dispatch();
    }
}
