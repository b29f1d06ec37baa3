//! Training samples for the sentence splitter, for `training/segment.py`.
//!
//! Standard input: documents as plain text, separated by the character U+0003, with U+0002 behind every sentence.
//! Standard output: for every gap where a sentence could end, one byte (1: it does) and the features as 16-bit
//! little-endian numbers.

use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for document in input.split('\u{3}') {
        let mut text = String::with_capacity(document.len());
        let mut ends = Vec::new();
        for sentence in document.split_inclusive('\u{2}') {
            text.push_str(sentence.trim_end_matches('\u{2}'));
            ends.push(text.len());
        }
        for (label, features) in language::boundary_samples(&text, &ends) {
            output.write_all(&[u8::from(label)])?;
            for feature in features {
                output.write_all(&feature.to_le_bytes())?;
            }
        }
    }
    output.flush()
}
