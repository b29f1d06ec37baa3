//! Sentences of words, with offsets: [`segment`].
//!
//! Words are split by rule (`words`, with its lexicon in `words.txt`), sentence ends are learned (`boundary`, trained by
//! `training/segment.py`).

mod boundary;
mod lexicon;
mod network;
mod words;

use record::TextRange;

/// Splits the blocks of `text` into sentences of words (Universal Dependencies v2, so "don't" is two). A sentence may
/// run over single line breaks; a blank line and the end of a block end it. Every inner list holds at least one word,
/// words are not empty and lie in order.
pub(crate) fn segment(text: &str, blocks: &[TextRange]) -> Vec<Vec<TextRange>> {
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    for block in blocks {
        if text.get(block.bytes()).is_none() {
            continue;
        }
        for (start, end) in paragraphs(text, *block) {
            words.clear();
            words::split(text, start, end, &mut words);
            let ends = boundary::ends(text, &words);
            let mut first = 0;
            for end in ends {
                let ranges = words[first..=end].iter().map(|w| TextRange::new(w.start, w.end));
                sentences.push(ranges.collect());
                first = end + 1;
            }
        }
    }
    sentences
}

/// For training: every gap of `text` where a sentence could end, as its features and whether one does, given the
/// sentence ends in bytes, sorted.
#[must_use]
pub fn boundary_samples(text: &str, ends: &[usize]) -> Vec<(bool, Vec<u16>)> {
    let mut samples = Vec::new();
    for (start, end) in paragraphs(text, TextRange::new(0, text.len())) {
        let mut words = Vec::new();
        words::split(text, start, end, &mut words);
        samples.extend(boundary::samples(text, &words, |end| ends.binary_search(&end).is_ok()));
    }
    samples
}

/// The stretches of a block between blank lines.
fn paragraphs(text: &str, block: TextRange) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = block.start();
    let mut at = start;
    let mut blank = false;
    for line in text[block.bytes()].split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        if is_blank && !blank && at > start {
            found.push((start, at));
        }
        if blank && !is_blank {
            start = at;
        }
        blank = is_blank;
        at += line.len();
    }
    if !blank && at > start {
        found.push((start, at));
    }
    found
}

#[cfg(test)]
mod tests;
