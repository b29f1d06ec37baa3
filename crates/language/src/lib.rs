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

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use record::{Entity, Parsed, Report, Sentence, TextRange, Token};

use crate::analyser::{Analyser, Analysis, Base};
use crate::cache::Cache;
use crate::vectors::Vectors;
use crate::weights::Weights;

/// The analyser with its model. Its answers depend on the words of a sentence alone: not on its neighbours, the
/// number of threads or what was asked before.
pub struct Language {
    base: Base,
    analyser: Analyser,
    vectors: OnceLock<Vectors>,
    known: Cache<Arc<Analysis>>,
}

/// Sentences that a thread takes at once.
const SENTENCES: usize = 32;

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
                &Weights::new(include_bytes!("../model/deeds.bin")),
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
            let words: Vec<Vec<&str>> =
                ranges.iter().map(|s| s.iter().map(|w| w.of(text)).collect()).collect();
            let vectors = self.vectors().of(&self.base, &words);
            parsed.vectors =
                vectors.iter().map(|v| v.iter().map(|x| (x * 127.0).round() as i8).collect()).collect();
        }
        parsed
    }

    /// Analyses the sentences of `reports` that are not known yet, on all threads, each once however many reports have
    /// it: [`Language::parse`] then finds them done. Two threads that parse copies at the same time would do them twice.
    pub fn prepare<'r>(&self, reports: impl IntoIterator<Item = &'r Report>) {
        let reports: Vec<&Report> = reports.into_iter().filter(|r| r.is_english()).collect();
        let split: Vec<Vec<Vec<TextRange>>> = reports.par_iter().map(|r| sentences(r)).collect();
        let mut new: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (report, sentences) in reports.iter().zip(&split) {
            for sentence in sentences {
                let words: Vec<&str> = sentence.iter().map(|w| w.of(&report.text)).collect();
                let key = key(words.iter().copied());
                if self.known.get(&key).is_none() {
                    new.insert(key, words);
                }
            }
        }
        let new: Vec<(String, Vec<&str>)> = new.into_iter().collect();
        new.par_chunks(SENTENCES).for_each(|part| {
            let words: Vec<Vec<&str>> = part.iter().map(|(_, words)| words.clone()).collect();
            for ((key, _), analysis) in part.iter().zip(self.analyser.analyse(&self.base, &words)) {
                self.known.put(key, Arc::new(analysis));
            }
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
            wanted.extend(sentences(report).iter().map(|s| key(s.iter().map(|w| w.of(&report.text)))));
        }
        for (text, parsed) in old {
            let mut entities = parsed.entities.as_slice();
            for sentence in &parsed.sentences {
                if wanted.is_empty() {
                    return;
                }
                let behind = entities.partition_point(|e| e.range.start() < sentence.range.end());
                let (inside, rest) = entities.split_at(behind);
                entities = rest;
                let key = key(sentence.tokens.iter().map(|t| t.range.of(text)));
                if wanted.remove(&key)
                    && let Some(analysis) = Analysis::of(sentence, inside)
                {
                    self.known.put(&key, Arc::new(analysis));
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
        let words: Vec<Vec<&str>> =
            sentences.iter().map(|s| s.iter().map(|w| w.of(text)).collect()).collect();
        let mut parsed = Parsed::default();
        for (ranges, analysis) in sentences.iter().zip(self.analyses(words)) {
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

    /// Analyses of sentences; one seen before is remembered, one that comes twice is done once.
    fn analyses(&self, sentences: Vec<Vec<&str>>) -> Vec<Arc<Analysis>> {
        let keys: Vec<String> = sentences.iter().map(|s| key(s.iter().copied())).collect();
        let mut found: Vec<Option<Arc<Analysis>>> = keys.iter().map(|k| self.known.get(k)).collect();
        let mut new: Vec<usize> = (0..keys.len()).filter(|&i| found[i].is_none()).collect();
        new.sort_by(|&a, &b| keys[a].cmp(&keys[b]));
        let mut first = new.clone();
        first.dedup_by(|a, b| keys[*a] == keys[*b]);
        let words: Vec<Vec<&str>> = first.iter().map(|&i| sentences[i].clone()).collect();
        // Products ask the pool of threads for help; from outside of it each would wait to be let in.
        let done = rayon::scope(|_| self.analyser.analyse(&self.base, &words));
        let mut done = first.iter().zip(done).peekable();
        let mut last = None;
        for i in new {
            if let Some((_, analysis)) = done.next_if(|(first, _)| **first == i) {
                let analysis = Arc::new(analysis);
                self.known.put(&keys[i], analysis.clone());
                last = Some(analysis);
            }
            found[i].clone_from(&last);
        }
        found.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// For training: for the start of a sentence and then every word, the mean of its rows in each layer, one behind the
    /// other. Of a very long sentence, the first part.
    #[doc(hidden)]
    #[must_use]
    pub fn word_vectors(&self, words: &[&str]) -> Vec<Vec<f32>> {
        self.analyser.word_vectors(&self.base, words)
    }

    /// For training: pairs of a word that can name a deed and one that can head who has a part in it, and what the head
    /// for participants looks up for each. Of a very long sentence, the whole is one tree here.
    #[doc(hidden)]
    #[must_use]
    pub fn pairs(sentence: &Sentence, text: &str) -> Vec<(usize, usize, Vec<u16>)> {
        let forms: Vec<&str> = sentence.tokens.iter().map(|t| t.range.of(text)).collect();
        let Some(analysis) = Analysis::of(sentence, &[]) else { return Vec::new() };
        let tree = participants::Tree::new(&analysis.words, &forms, 0);
        let deeds = (0..forms.len()).filter(|&i| tree.may_name(i));
        let pairs = deeds.flat_map(|d| tree.candidates(d).map(move |w| (d, w)).collect::<Vec<_>>());
        pairs.map(|(d, w)| (d, w, tree.ways(d, w).to_vec())).collect()
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

/// What a sentence is remembered by.
fn key<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut key = String::new();
    for word in words {
        key.push_str(word);
        key.push('\u{1F}');
    }
    key
}

#[doc(hidden)]
pub use segment::boundary_samples;
