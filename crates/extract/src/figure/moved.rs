//! Counts that a verb sets far from what they are of: "the number of people killed when planes bombed the market rose to
//! 33", "the toll of the raid, for which the ministry blames him, has since climbed to fourteen sentries", "the loss of
//! life in the attack ascended to 17". Here the tree is read, since no window of words is wide enough.

use std::ops::Range;

use record::{Parsed, Qualifier, Sentence, TextRange, Upos};

use super::lexicon::{Use, lexicon};
use super::number::quantity;
use super::read::Reading;
use crate::actor::words::Word;

/// Adds them to what was read of each sentence, and puts right what a list beside them made of their number ("rose to 11,
/// with 31 wounded").
pub(super) fn moved(words: &[Word], text: &str, parsed: &Parsed, read: &mut Vec<(Reading, Range<usize>)>) {
    for (n, s) in parsed.sentences.iter().enumerate() {
        let verbs = (0..s.tokens.len()).filter(|&v| {
            s.tokens[v].upos == Upos::Verb && lexicon().is("sets to", &s.tokens[v].lemma.to_lowercase())
        });
        for verb in verbs {
            let Some((what, harm)) = subject(s, verb, text) else { continue };
            let start = words.partition_point(|w| w.sentence < n);
            let end = words.partition_point(|w| w.sentence <= n);
            let Some(reading) = number(words, text, s, verb, start..end, &what, harm) else { continue };
            let same = |r: &Reading| r.words.start < reading.words.end && reading.words.start < r.words.end;
            match read.iter_mut().find(|(r, _)| same(r)) {
                Some((r, _)) if r.what == reading.what || !matches!(r.rule, "list" | "place" | "part") => {}
                Some((r, _)) => *r = reading,
                None => read.push((reading, start..end)),
            }
        }
    }
    read.sort_by_key(|(r, sentence)| (sentence.start, r.words.start, r.words.end));
}

/// What a verb's subject counts, with the words that say so.
fn subject(s: &Sentence, verb: usize, text: &str) -> Option<(String, TextRange)> {
    let lemma = |i: usize| s.tokens[i].lemma.to_lowercase();
    let head = s.children(verb).find(|&c| {
        s.tokens[c].deprel.starts_with("nsubj") && c < verb && lexicon().is("counts", &lemma(c))
    })?;
    let inside = s.subtree(head);
    let rest: Vec<String> = s
        .tokens
        .iter()
        .filter(|t| inside.contains(t.range) && t.range.start() >= s.tokens[head].range.start())
        .map(|t| t.range.of(text).to_lowercase())
        .collect();
    let norms: Vec<&str> = rest.iter().map(String::as_str).collect();
    let of = (0..norms.len()).find_map(|i| {
        let (n, harm) = lexicon().harm(&norms[i..])?;
        // What befell those counted, not what the deed was.
        let used = [Use::Toll, Use::Past, Use::State, Use::Count, Use::Of];
        let what = harm.iter().find(|h| used.contains(&h.used)).map(|h| h.what)?;
        let first = s.tokens.iter().position(|t| t.range == s.tokens[head].range)? + i;
        let last = s.tokens.get(first + n - 1)?;
        Some((what.to_owned(), s.tokens[first].range.cover(last.range)))
    });
    of.filter(|(what, _)| {
        matches!(
            what.as_str(),
            "killed" | "wounded" | "missing" | "displaced" | "arrested" | "abducted" | "rescued" | "released"
        )
    })
}

/// The number that the verb sets: "to" or "at" it.
fn number(
    words: &[Word],
    text: &str,
    s: &Sentence,
    verb: usize,
    sentence: Range<usize>,
    what: &str,
    harm: TextRange,
) -> Option<Reading> {
    let after = words[sentence.clone()].partition_point(|w| w.range.end() <= s.tokens[verb].range.end());
    let from = sentence.start + after;
    let to = (from..sentence.end.min(from + 4)).find(|&i| matches!(words[i].norm.as_str(), "to" | "at"))?;
    let found = quantity(words, to + 1, text).filter(|q| q.end <= sentence.end)?;
    let at = |r: TextRange| {
        let start = words.partition_point(|w| w.range.end() <= r.start());
        start..words.partition_point(|w| w.range.start() < r.end()).max(start + 1)
    };
    (found.qualifier != Qualifier::None).then(|| Reading {
        words: found.start..found.end,
        counted: None,
        harm: Some(at(harm)),
        what: what.to_owned(),
        bounds: found.bounds,
        qualifier: found.qualifier,
        cumulative: false,
        part: false,
        rule: "toll",
        single: false,
    })
}
