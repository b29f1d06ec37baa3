//! The inner loops, compiled for the widest vectors the processor has.
//!
//! Most are plain loops: `dispatch` runs them where AVX-512 or AVX2 is switched on. What they compute must not depend
//! on the width, and does not: the compiler neither reorders nor fuses floating-point sums, so a loop keeps its order,
//! and greatest and least are the same in any.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps};
use rten_simd::{Isa, SimdOp};
use rten_vecmath::{MaxNum, MinMax};

/// Numbers in a vector.
pub(crate) const WIDTH: usize = 384;
/// Mixes of the layers: for tags, names, the tree, and two for each head for deeds.
pub(crate) const MIXES: usize = 7;
/// Running sums in a sum: so many that none waits for the one before.
const WIDE: usize = 64;

/// Rows in 8 bits without sign; gives each row's scale and zero point.
pub(crate) struct Quantize<'a> {
    pub(crate) from: &'a [f32],
    pub(crate) to: &'a mut [u8],
    /// A multiple of 64.
    pub(crate) width: usize,
    pub(crate) scales: &'a mut Vec<(f32, i32)>,
}

impl SimdOp for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, ints, bytes) = (isa.f32(), isa.i32(), isa.u8());
        for (row, to) in self.from.chunks_exact(self.width).zip(self.to.chunks_exact_mut(self.width)) {
            let (low, high) = MinMax::new(row).eval(isa);
            let low = low.min(0.0);
            let scale = ((high.max(0.0) - low) / 255.0).max(1e-12);
            let inverse = 1.0 / scale;
            let zero = (-low * inverse).round_ties_even() as i32;
            self.scales.push((scale, zero));
            let (inverse, zero) = (floats.splat(inverse), ints.splat(zero));
            let step = bytes.len();
            for (from, to) in row.chunks_exact(step).zip(to.chunks_exact_mut(step)) {
                let [a, b, c, d] = floats
                    .load_many::<4>(from)
                    .map(|x| ints.add(floats.to_int_round(floats.mul(x, inverse)), zero));
                let narrow = [ints.narrow_saturate(a, b), ints.narrow_saturate(c, d)];
                bytes.store(isa.i16().narrow_saturate(narrow[0], narrow[1]), to);
            }
        }
    }
}

/// What `join` makes of all numbers, always in the same order: the halves first.
#[inline(always)]
fn halved(mut x: [f32; WIDE], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = WIDE / 2;
    while half > 0 {
        for i in 0..half {
            x[i] = join(x[i], x[i + half]);
        }
        half /= 2;
    }
    x[0]
}

/// Sums of products of 8-bit numbers back to floats.
pub(crate) struct Dequantize<'a> {
    pub(crate) sums: &'a [i32],
    pub(crate) to: &'a mut [f32],
    /// Scale and zero point of each row.
    pub(crate) rows: &'a [(f32, i32)],
    /// For each column: what a zero point adds, the weights' scale, the bias.
    pub(crate) zeros: &'a [i32],
    pub(crate) scales: &'a [f32],
    pub(crate) bias: &'a [f32],
}

impl SimdOp for Dequantize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let n = self.scales.len();
        let (zeros, scales, bias) = (&self.zeros[..n], &self.scales[..n], &self.bias[..n]);
        let rows = self.sums.chunks_exact(n).zip(self.to.chunks_exact_mut(n)).zip(self.rows);
        for ((sums, to), &(scale, zero)) in rows {
            for i in 0..n {
                to[i] = (sums[i] - zero * zeros[i]) as f32 * (scale * scales[i]) + bias[i];
            }
        }
    }
}

/// Each row to mean 0 and variance 1, then scaled and shifted; `add` is added before.
pub(crate) struct Normalize<'a> {
    pub(crate) rows: &'a mut [f32],
    pub(crate) add: Option<&'a [f32]>,
    pub(crate) weight: &'a [f32],
    pub(crate) bias: &'a [f32],
}

impl SimdOp for Normalize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let (weight, bias) = (&self.weight[..WIDTH], &self.bias[..WIDTH]);
        for (i, row) in self.rows.chunks_exact_mut(WIDTH).enumerate() {
            if let Some(add) = self.add {
                for (x, y) in row.iter_mut().zip(&add[i * WIDTH..(i + 1) * WIDTH]) {
                    *x += y;
                }
            }
            let mean = sum(row, |x| x) / WIDTH as f32;
            let variance = sum(row, |x| (x - mean) * (x - mean)) / WIDTH as f32;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for i in 0..WIDTH {
                row[i] = (row[i] - mean) * scale * weight[i] + bias[i];
            }
        }
    }
}

/// Takes the greatest of each row away from the row.
pub(crate) struct Lower<'a>(pub(crate) &'a mut [f32], pub(crate) usize);

impl SimdOp for Lower<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.0.chunks_exact_mut(self.1) {
            let top = MaxNum::new(row).eval(isa);
            for x in row {
                *x -= top;
            }
        }
    }
}

/// Divides each row by its sum.
pub(crate) struct Share<'a>(pub(crate) &'a mut [f32], pub(crate) usize);

impl SimdOp for Share<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for row in self.0.chunks_exact_mut(self.1) {
            let scale = 1.0 / sum(row, |x| x);
            for x in row {
                *x *= scale;
            }
        }
    }
}

/// Adds a row of 8-bit numbers, scaled.
pub(crate) struct AddRow<'a> {
    pub(crate) row: &'a [i8],
    pub(crate) scale: f32,
    pub(crate) to: &'a mut [f32],
}

impl SimdOp for AddRow<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for (to, &x) in self.to.iter_mut().zip(self.row) {
            *to += f32::from(x) * self.scale;
        }
    }
}

/// Adds the mean of `rows`, times a weight, to a row of each of the mixes.
pub(crate) struct Pool<'a> {
    pub(crate) rows: &'a [f32],
    pub(crate) weights: [f32; MIXES],
    pub(crate) mixes: [&'a mut [f32]; MIXES],
}

impl SimdOp for Pool<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let count = (self.rows.len() / WIDTH) as f32;
        let mut total = [0f32; WIDTH];
        for row in self.rows.chunks_exact(WIDTH) {
            for (m, x) in total.iter_mut().zip(row) {
                *m += x;
            }
        }
        for (mix, weight) in self.mixes.into_iter().zip(self.weights) {
            let weight = weight / count;
            for (to, m) in mix.iter_mut().zip(&total) {
                *to += m * weight;
            }
        }
    }
}

/// Sum of `f` over a slice, always in the same order: running sums, then their halves.
#[inline(always)]
pub(crate) fn sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0f32; WIDE];
    let mut parts = x.chunks_exact(WIDE);
    for part in parts.by_ref() {
        for i in 0..WIDE {
            sums[i] += f(part[i]);
        }
    }
    for (sum, &x) in sums.iter_mut().zip(parts.remainder()) {
        *sum += f(x);
    }
    halved(sums, |a, b| a + b)
}
