//! Files of weights, as `training/export.py` writes and describes them.

use std::collections::HashMap;

use rten_simd::SimdOp;

use crate::kernels::AddRow;

/// A weight file: named arrays in a byte slice that is never copied as a whole.
pub(crate) struct Weights {
    data: &'static [u8],
    entries: HashMap<&'static str, Entry>,
}

struct Entry {
    kind: &'static str,
    rows: usize,
    columns: usize,
    offset: usize,
}

/// Rows of 8-bit numbers with one scale a row: a table to look rows up in.
pub(crate) struct Table {
    rows: &'static [i8],
    scales: Vec<f32>,
    width: usize,
}

impl Weights {
    /// Reads the header. The files are part of the program, so a damaged one is a fault of its build: it ends here,
    /// with the name of what is missing.
    pub(crate) fn new(file: &'static [u8]) -> Weights {
        let (length, rest) = file.split_at(4);
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let (header, data) = rest.split_at(length);
        let header = std::str::from_utf8(header).unwrap_or_default();
        let mut entries = HashMap::new();
        for line in header.lines() {
            let mut fields = line.split_whitespace();
            let (Some(name), Some(kind)) = (fields.next(), fields.next()) else { continue };
            let mut number = || fields.next().and_then(|f| f.parse().ok()).unwrap_or(0);
            entries.insert(name, Entry { kind, rows: number(), columns: number(), offset: number() });
        }
        Weights { data, entries }
    }

    fn entry(&self, name: &str, kind: &str, size: usize) -> (&Entry, &'static [u8]) {
        let entry = self.entries.get(name).unwrap_or_else(|| panic!("the weights lack {name}"));
        assert_eq!(entry.kind, kind, "kind of {name}");
        (entry, &self.data[entry.offset..entry.offset + entry.rows * entry.columns * size])
    }

    /// A list of numbers.
    pub(crate) fn floats(&self, name: &str) -> Vec<f32> {
        let (_, bytes) = self.entry(name, "f32", 4);
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    }

    /// A matrix: its bytes, rows and columns.
    pub(crate) fn matrix(&self, name: &str) -> (&'static [i8], usize, usize) {
        let (entry, bytes) = self.entry(name, "i8", 1);
        (bytemuck::cast_slice(bytes), entry.rows, entry.columns)
    }

    /// A list of strings.
    pub(crate) fn strings(&self, name: &str) -> Vec<&'static str> {
        let (_, bytes) = self.entry(name, "text", 1);
        std::str::from_utf8(bytes).unwrap_or_default().split('\n').collect()
    }

    /// A table with its scales.
    pub(crate) fn table(&self, name: &str) -> Table {
        let (rows, _, width) = self.matrix(name);
        Table { rows, scales: self.floats(&format!("{name}.s")), width }
    }
}

impl Table {
    /// How many rows it has.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Adds row `index` to `to`.
    pub(crate) fn add(&self, index: usize, to: &mut [f32]) {
        let row = &self.rows[index * self.width..(index + 1) * self.width];
        AddRow { row, scale: self.scales[index], to }.dispatch();
    }
}
