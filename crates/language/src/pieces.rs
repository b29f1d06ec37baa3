//! Word pieces: the vocabulary of the pretrained encoder, applied to single words.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// A word is cut to so many pieces: enough for any word, and a bound for what is none.
const MOST: usize = 16;
/// A run of characters longer than this is not looked at.
const LONGEST: usize = 100;

/// The vocabulary.
pub(crate) struct Pieces {
    ids: HashMap<&'static str, u32>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    unknown: u32,
}

impl Pieces {
    pub(crate) fn new(vocabulary: &[&'static str]) -> Pieces {
        let ids: HashMap<_, _> = vocabulary.iter().zip(0u32..).map(|(&piece, id)| (piece, id)).collect();
        let special = |name: &str| ids.get(name).copied().unwrap_or(0);
        Pieces { start: special("[CLS]"), end: special("[SEP]"), unknown: special("[UNK]"), ids }
    }

    /// Whether the vocabulary holds this word, in lower case, as one piece.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.ids.contains_key(word)
    }

    /// Appends the pieces of one word: at least one, at most sixteen.
    pub(crate) fn of(&self, word: &str, out: &mut Vec<u32>) {
        let from = out.len();
        // Most words need no normalising.
        if word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_lowercase()) {
            self.run(word, &mut String::new(), out);
        } else {
            let text = normalized(word);
            let mut buffer = String::new();
            for run in runs(&text) {
                if out.len() - from >= MOST {
                    break;
                }
                self.run(run, &mut buffer, out);
            }
        }
        out.truncate(from + MOST);
        if out.len() == from {
            out.push(self.unknown);
        }
    }

    /// Longest match first; a run with a part that is not in the vocabulary is unknown as a whole.
    fn run(&self, run: &str, buffer: &mut String, out: &mut Vec<u32>) {
        let from = out.len();
        if run.chars().count() > LONGEST {
            out.push(self.unknown);
            return;
        }
        let mut rest = run;
        while !rest.is_empty() {
            let first = rest.len() == run.len();
            let mut end = rest.len();
            let found = loop {
                if end == 0 {
                    break None;
                }
                let part = &rest[..end];
                let id = if first {
                    self.ids.get(part)
                } else {
                    buffer.clear();
                    buffer.push_str("##");
                    buffer.push_str(part);
                    self.ids.get(buffer.as_str())
                };
                if let Some(&id) = id {
                    break Some(id);
                }
                end = part.char_indices().next_back().map_or(0, |(at, _)| at);
            };
            let Some(id) = found else {
                out.truncate(from);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            rest = &rest[end..];
        }
    }
}

/// Without control characters and accents, in lower case. What is longer than any word is cut.
fn normalized(word: &str) -> String {
    word.chars()
        .take(MOST * LONGEST)
        .filter(|&c| c != '\0' && c != '\u{FFFD}' && !is_control(c))
        .nfd()
        .filter(|c| c.general_category() != GeneralCategory::NonspacingMark)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Runs of characters between white space; punctuation and ideographs stand alone.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let end = if alone(first) {
            first.len_utf8()
        } else {
            rest.find(|c: char| c.is_whitespace() || alone(c)).unwrap_or(rest.len())
        };
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

fn is_control(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r') && c.general_category_group() == GeneralCategoryGroup::Other
}

fn alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
        || matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F
            | 0x2_B740..=0x2_B81F | 0x2_B920..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}
