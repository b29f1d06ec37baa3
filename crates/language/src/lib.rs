//! The English analyser: sentences, words, tags, trees and names, with offsets into the source text.
//!
//! [`Language::embedded`] is ready to use; [`Language::parse`] is the phase.

mod analyser;
mod cache;
#[cfg(test)]
mod check;
mod deeds;
mod encoder;
mod features;
mod kernels;
mod lemma;
mod linear;
mod names;
mod participants;
mod pieces;
mod segment;
mod tree;
mod vectors;
mod weights;

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use record::{Entity, Parsed, Report, Sentence, TextRange, Token};

use crate::analyser::{Analyser, Analysis, Base};
use crate::cache::Cache;
use crate::participants::{Pair, Tree, Ways};
use crate::vectors::Vectors;
use crate::weights::Weights;

/// The analyser with its model. Its answers depend on the words of a sentence alone, those for deeds on two sentences on either side
/// in the report too: not on the rest of it, the number of threads or what was asked before.
pub struct Language {
    base: Base,
    analyser: Analyser,
    vectors: OnceLock<Vectors>,
    known: Cache<Arc<Analysis>>,
}

/// Sentences on either side on which what is known of a sentence's deeds depends: who has a part in one may stand beside
/// it, and what is made of his word depends on the next one.
const NEAR: usize = 2;
/// Sentences of a report that a thread takes at once.
const SENTENCES: usize = 32;

/// For training: a word that can name a deed, where the other stands ([`record::Participant::beside`]), that, and what is
/// looked up for them.
#[doc(hidden)]
pub type TrainingPair = (u32, i8, u32, Ways);

/// What [`Language::parse`] is to give besides sentences and entities.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether to give a vector a sentence (upper layers of the encoder; costs time).
    pub vectors: bool,
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Language").finish_non_exhaustive()
    }
}

impl Language {
    /// The model inside the binary; loaded once.
    #[must_use]
    pub fn embedded() -> &'static Language {
        static LANGUAGE: OnceLock<Language> = OnceLock::new();
        LANGUAGE.get_or_init(|| Language {
            base: Base::new(&Weights::new(include_bytes!("../model/base.bin"))),
            analyser: Analyser::new(
                &Weights::new(include_bytes!("../model/analysis.bin")),
                [
                    &Weights::new(include_bytes!("../model/alone.bin")),
                    &Weights::new(include_bytes!("../model/deeds.bin")),
                ],
            ),
            vectors: OnceLock::new(),
            known: Cache::default(),
        })
    }

    /// Analyses the title, dateline and body of a report. A report that is not English gives nothing.
    #[must_use]
    pub fn parse(&self, report: &Report, options: Options) -> Parsed {
        if !report.is_english() {
            return Parsed::default();
        }
        let text = &*report.text;
        let ranges = sentences(report);
        let mut parsed = self.analyse(text, &ranges);
        if options.vectors {
            let vectors = self.vectors().of(&self.base, &words(text, &ranges));
            parsed.vectors =
                vectors.iter().map(|v| v.iter().map(|x| (x * 127.0).round() as i8).collect()).collect();
        }
        parsed
    }

    /// Analyses the sentences of `reports` that are not known yet, on all threads, each once however many reports have
    /// it between the same others: [`Language::parse`] then finds them done. Two threads that parse copies at the same time would do them twice.
    pub fn prepare<'r>(&self, reports: impl IntoIterator<Item = &'r Report>) {
        let reports: Vec<&Report> = reports.into_iter().filter(|r| r.is_english()).collect();
        let split: Vec<Vec<Vec<TextRange>>> = reports.par_iter().map(|r| sentences(r)).collect();
        let words: Vec<Vec<Vec<&str>>> =
            reports.iter().zip(&split).map(|(r, sentences)| words(&r.text, sentences)).collect();
        let mut asked: HashSet<String> = HashSet::new();
        let mut runs = Vec::new();
        for sentences in &words {
            let keys = keys(sentences);
            let new = |key: &String| self.known.get(key).is_none() && asked.insert(key.clone());
            let new: Vec<bool> = keys.iter().map(new).collect();
            runs.extend(runs_of(&new).map(|run| (sentences, run)));
        }
        runs.par_iter().for_each(|(sentences, run)| {
            self.run(sentences, run.clone());
        });
    }

    /// Takes over the analyses of those sentences of `reports` that stand in `old`, earlier answers of
    /// [`Language::parse`] with their texts, so that they are not analysed again.
    pub fn recall<'r>(
        &self,
        reports: impl IntoIterator<Item = &'r Report>,
        old: impl IntoIterator<Item = (&'r str, &'r Parsed)>,
    ) {
        let mut wanted: HashSet<String> = HashSet::new();
        for report in reports.into_iter().filter(|r| r.is_english()) {
            wanted.extend(keys(&words(&report.text, &sentences(report))));
        }
        for (text, parsed) in old {
            let of = |s: &Sentence| s.tokens.iter().map(|t| t.range.of(text)).collect();
            let keys = keys(&parsed.sentences.iter().map(of).collect::<Vec<_>>());
            let mut entities = parsed.entities.as_slice();
            for (sentence, key) in parsed.sentences.iter().zip(&keys) {
                if wanted.is_empty() {
                    return;
                }
                let behind = entities.partition_point(|e| e.range.start() < sentence.range.end());
                let (inside, rest) = entities.split_at(behind);
                entities = rest;
                if wanted.remove(key)
                    && let Some(analysis) = Analysis::of(sentence, inside)
                {
                    self.known.put(key, Arc::new(analysis));
                }
            }
        }
    }

    /// Splits `text` into sentences of words without analysing them (evaluation of raw text, tests). Each inner list
    /// holds the words' ranges.
    #[must_use]
    pub fn split(&self, text: &str) -> Vec<Vec<TextRange>> {
        segment::segment(text, &[TextRange::new(0, text.len())])
    }

    /// Analyses sentences whose words are given (evaluation with gold tokens).
    #[must_use]
    pub fn parse_words(&self, text: &str, sentences: &[Vec<TextRange>]) -> Vec<Sentence> {
        self.analyse(text, sentences).sentences
    }

    /// Sentences and entities of sentences whose words are given.
    #[must_use]
    pub fn analyse(&self, text: &str, sentences: &[Vec<TextRange>]) -> Parsed {
        let mut parsed = Parsed::default();
        for (ranges, analysis) in sentences.iter().zip(self.analyses(&words(text, sentences))) {
            let word = |i: usize| ranges.get(i).copied().unwrap_or_default();
            let tokens = ranges.iter().zip(&analysis.words).map(|(&range, word)| Token {
                range,
                lemma: word.lemma.clone(),
                upos: word.upos,
                xpos: word.xpos,
                feats: word.feats,
                head: word.head,
                deprel: word.deprel,
                deed: Some(word.deed),
            });
            let range = word(0).cover(word(ranges.len().saturating_sub(1)));
            parsed.sentences.push(Sentence {
                range,
                tokens: tokens.collect(),
                participants: analysis.participants.clone(),
            });
            let names = analysis.entities.iter();
            parsed
                .entities
                .extend(names.map(|&(a, b, kind)| Entity { range: word(a).cover(word(b - 1)), kind }));
        }
        parsed
    }

    /// A unit vector for any text, for comparing paraphrases (cosine of two = similarity).
    #[must_use]
    pub fn vector(&self, text: &str) -> Vec<f32> {
        let words: Vec<&str> = text.split_whitespace().collect();
        self.vectors().of(&self.base, &[words]).pop().unwrap_or_default()
    }

    /// Analyses of the sentences of a report; one seen before between the same others is remembered.
    fn analyses(&self, sentences: &[Vec<&str>]) -> Vec<Arc<Analysis>> {
        let mut found: Vec<_> = keys(sentences).iter().map(|k| self.known.get(k)).collect();
        let new: Vec<bool> = found.iter().map(Option::is_none).collect();
        for run in runs_of(&new) {
            // Products ask the pool of threads for help; from outside of it each would wait to be let in.
            let done = rayon::scope(|_| self.run(sentences, run.clone()));
            found[run].iter_mut().zip(done).for_each(|(found, done)| *found = Some(done));
        }
        found.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Analyses some sentences of a report and remembers them.
    fn run(&self, sentences: &[Vec<&str>], run: Range<usize>) -> Vec<Arc<Analysis>> {
        let seen = run.start.saturating_sub(NEAR)..(run.end + NEAR).min(sentences.len());
        let own = run.start - seen.start..run.end - seen.start;
        let keys = &keys(&sentences[seen.clone()])[own.clone()];
        let done = self.analyser.analyse(&self.base, &sentences[seen], own).map(Arc::new);
        keys.iter()
            .zip(done)
            .map(|(key, analysis)| {
                self.known.put(key, Arc::clone(&analysis));
                analysis
            })
            .collect()
    }

    /// For training: for the start of a sentence and then every word, the mean of its rows in each layer, one behind the
    /// other. Of a very long sentence, the first part.
    #[doc(hidden)]
    #[must_use]
    pub fn word_vectors(&self, words: &[&str]) -> Vec<Vec<f32>> {
        self.analyser.word_vectors(&self.base, words)
    }

    /// For training: of each sentence the pairs of a word that can name a deed and one of it or beside it that can head who has
    /// a part in it, and what the head for participants looks up for each. Of a very long sentence, the whole is one tree here.
    #[doc(hidden)]
    #[must_use]
    pub fn pairs(sentences: &[Sentence], text: &str) -> Vec<Vec<TrainingPair>> {
        let parts = sentences.iter().map(|s| {
            let forms: Vec<&str> = s.tokens.iter().map(|t| t.range.of(text)).collect();
            (Analysis::of(s, &[]).unwrap_or_default(), forms)
        });
        let parts: Vec<(Analysis, Vec<&str>)> = parts.collect();
        let trees = parts.iter().enumerate().map(|(n, (a, forms))| Tree::new(n, &a.words, forms, 0));
        let trees: Vec<Tree<'_>> = trees.collect();
        let mut of = vec![Vec::new(); trees.len()];
        for pair in Pair::all(&trees, 0) {
            let [deed, word] = pair.words;
            of[pair.of].push((deed, pair.beside, word, pair.ways));
        }
        of
    }

    fn vectors(&self) -> &Vectors {
        self.vectors.get_or_init(|| Vectors::new(&Weights::new(include_bytes!("../model/vectors.bin"))))
    }
}

/// The words of the sentences of a report's content.
fn sentences(report: &Report) -> Vec<Vec<TextRange>> {
    let blocks: Vec<TextRange> = report.content().map(|b| b.range).collect();
    segment::segment(&report.text, &blocks)
}

/// The words of sentences of a text.
fn words<'t>(text: &'t str, sentences: &[Vec<TextRange>]) -> Vec<Vec<&'t str>> {
    sentences.iter().map(|s| s.iter().map(|w| w.of(text)).collect()).collect()
}

/// What the sentences of a report are remembered by: their words and those of [`NEAR`] sentences on either side.
fn keys(sentences: &[Vec<&str>]) -> Vec<String> {
    let own: Vec<String> = sentences.iter().map(|words| words.join("\u{1F}")).collect();
    let at = |i: Option<usize>| i.and_then(|i| own.get(i)).map_or("", String::as_str);
    let around = |i: usize| (0..=2 * NEAR).map(move |k| (i + k).checked_sub(NEAR));
    (0..own.len()).map(|i| around(i).map(at).collect::<Vec<_>>().join("\u{1E}")).collect()
}

/// Sentences one behind the other that are new, at most [`SENTENCES`] together.
fn runs_of(new: &[bool]) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = end + new[end..].iter().position(|&n| n)?;
        end = start + new[start..].iter().take(SENTENCES).take_while(|&&n| n).count();
        Some(start..end)
    })
}

#[doc(hidden)]
pub use segment::boundary_samples;
