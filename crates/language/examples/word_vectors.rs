//! What the encoder makes of words, for `training/names.py`.
//!
//! Standard input: a sentence a line, U+001F between its words. Standard output: for every sentence the number of its
//! words (32 bits, little-endian), then for every word the mean of its rows in each layer, numbers as the upper 16 bits
//! of 32-bit floats.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let language = language::Language::embedded();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split('\u{1F}').collect();
        let vectors = language.word_vectors(&words);
        let count = u32::try_from(vectors.len()).unwrap_or(u32::MAX);
        output.write_all(&count.to_le_bytes())?;
        for x in vectors.iter().flatten() {
            let rounded = x.to_bits().wrapping_add(0x8000) >> 16;
            output.write_all(&rounded.to_le_bytes()[..2])?;
        }
    }
    output.flush()
}
