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
        let (data, inputs, _) = weights.matrix(name);
        Linear::of(data, inputs, weights.floats(&format!("{name}.s")), weights.floats(&format!("{name}.b")))
    }

    /// Weights with a row an input and a column an output.
    fn of(data: &[i8], inputs: usize, scales: Vec<f32>, bias: Vec<f32>) -> Linear {
        let outputs = scales.len();
        let mut zeros = vec![0; outputs];
        for row in data.chunks_exact(outputs) {
            for (sum, &x) in zeros.iter_mut().zip(row) {
                *sum += i32::from(x);
            }
        }
        let executor = GemmExecutor::<u8, i8, i32>::default();
        let packed = executor.prepack_b(NdTensorView::from_data([inputs, outputs], data));
        Linear { packed, scales, bias, zeros, inputs }
    }

    /// How many numbers a row of what it multiplies has.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many numbers a row of the result has.
    pub(crate) fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The product of the rows of `x`, written over `out`.
    pub(crate) fn apply(&self, products: &mut Products, x: &[f32], out: &mut Vec<f32>) {
        products.take(x, self.inputs);
        self.product(products, out);
    }

    /// The product of the rows that `products` took last.
    pub(crate) fn product(&self, products: &mut Products, out: &mut Vec<f32>) {
        let rows = products.rows.len();
        let outputs = self.outputs();
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

    /// The product of the rows of `x`, then GELU.
    pub(crate) fn gelu(&self, products: &mut Products, x: &[f32], out: &mut Vec<f32>) {
        self.apply(products, x, out);
        Gelu {}.map_mut(out);
    }
}

impl Products {
    /// Takes in the rows of `x`, in 8 bits, each with its scale and zero point, for one or more products.
    pub(crate) fn take(&mut self, x: &[f32], width: usize) {
        self.rows.clear();
        self.quantized.resize(x.len(), 0);
        Quantize { from: x, to: &mut self.quantized, width, scales: &mut self.rows }.dispatch();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same on every machine.
    fn numbers(count: usize, mut state: u32) -> impl Iterator<Item = u32> {
        (0..count).map(move |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        })
    }

    /// The kernels differ from processor to processor; each is held, bit for bit, to sums written out plainly, with
    /// rows and columns that fill no panel and with rows of very different range.
    #[test]
    fn products_are_those_of_plain_sums() {
        let (rows, inputs, outputs) = (37, 384, 101);
        let weights: Vec<i8> = numbers(inputs * outputs, 1).map(|n| (n % 127) as i8 - 63).collect();
        let scales: Vec<f32> = numbers(outputs, 2).map(|n| (n % 1000) as f32 / 1e6).collect();
        let bias: Vec<f32> = numbers(outputs, 3).map(|n| (n % 1000) as f32 / 500.0 - 1.0).collect();
        let x: Vec<f32> = numbers(rows * inputs, 4)
            .enumerate()
            .map(|(i, n)| ((n % 2001) as f32 / 1000.0 - 0.7) * (1 + i / inputs) as f32)
            .collect();
        let linear = Linear::of(&weights, inputs, scales.clone(), bias.clone());
        let (mut products, mut got) = (Products::default(), Vec::new());
        linear.apply(&mut products, &x, &mut got);

        for (r, row) in x.chunks_exact(inputs).enumerate() {
            let low = row.iter().fold(0f32, |a, &b| a.min(b));
            let high = row.iter().fold(0f32, |a, &b| a.max(b));
            let scale = ((high - low) / 255.0).max(1e-12);
            let inverse = 1.0 / scale;
            let zero = (-low * inverse).round_ties_even() as i32;
            let whole: Vec<i32> = row
                .iter()
                .map(|x| ((x * inverse).round_ties_even() as i32 + zero).clamp(0, 255) - zero)
                .collect();
            for c in 0..outputs {
                let sum: i32 = (0..inputs).map(|i| whole[i] * i32::from(weights[i * outputs + c])).sum();
                let wanted = sum as f32 * (scale * scales[c]) + bias[c];
                assert_eq!(got[r * outputs + c].to_bits(), wanted.to_bits(), "row {r}, column {c}");
            }
        }
    }
}
