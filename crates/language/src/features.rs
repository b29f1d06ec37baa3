//! What the uncased word pieces lose: a word's shape, its ending, and how its sentence is written.
//!
//! Mirrors `training/features.py`.

/// Rows of the table of shapes.
const SHAPES: u32 = 512;
/// Rows of the table of suffixes.
const SUFFIXES: u32 = 2048;

/// Rows of the three tables for one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Features {
    pub(crate) shape: usize,
    pub(crate) suffix: usize,
    pub(crate) style: usize,
}

/// The features of each word of a sentence.
pub(crate) fn features(words: &[&str]) -> Vec<Features> {
    let style = style(words);
    let mut first = true;
    words
        .iter()
        .map(|w| {
            let out = Features { shape: shape(w), suffix: suffix(w), style: style * 2 + usize::from(first) };
            first &= !w.chars().any(char::is_alphabetic);
            out
        })
        .collect()
}

/// 0 mixed, 1 no capitals, 2 headline, 3 all capitals.
fn style(words: &[&str]) -> usize {
    let (mut lettered, mut starts, mut upper) = (0, 0, 0);
    for word in words {
        let Some(first) = word.chars().find(|c| c.is_alphabetic()) else { continue };
        lettered += 1;
        starts += usize::from(first.is_uppercase());
        upper += usize::from(!word.chars().any(char::is_lowercase));
    }
    match () {
        () if starts == 0 => 1,
        () if lettered >= 3 && upper * 10 >= lettered * 8 => 3,
        () if lettered >= 3 && starts * 10 >= lettered * 7 => 2,
        () => 0,
    }
}

/// Letters become X and x, digits d, and of a run of the same only two are kept.
fn shape(word: &str) -> usize {
    let mut out = Vec::new();
    for c in word.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            '0'..='9' => 'd',
            c => c,
        };
        if !out.ends_with(&[kind, kind]) {
            out.push(kind);
        }
    }
    (of_chars(&out) % SHAPES) as usize
}

fn suffix(word: &str) -> usize {
    let lower: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    (of_chars(&lower[lower.len().saturating_sub(3)..]) % SUFFIXES) as usize
}

fn of_chars(chars: &[char]) -> u32 {
    hash(chars.iter().collect::<String>().bytes())
}

/// FNV-1a, 32 bits.
pub(crate) fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811C_9DC5, |value, byte| (value ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
