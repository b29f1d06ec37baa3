//! `parse`: CoNLL-U, scored as in the CoNLL 2018 shared task, from raw text or from given words.

use std::path::Path;

use language::Language;
use rayon::prelude::*;
use record::{Sentence, TextRange, Token};

use super::Settings;
use super::conllu::{self, Document, characters_before};
use crate::metrics::conll18::{self, Analysed, Tally, Word, main_relation};
use crate::{Case, Outcome, Problem};

/// Scores `tokens sentences upos xpos feats lemma uas las`, in percent F1; `n` is the number of gold words.
///
/// # Errors
/// See [`conllu::load`].
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let documents = settings.choose(conllu::load(path)?);
    let results: Vec<_> = documents.par_iter().map(|d| (d, ours(d, settings.gold_tokens))).collect();
    let mut outcome = Outcome::new("parse", path);
    let mut total = Tally::default();
    for (document, ours) in results {
        let (tally, pairs) = conll18::evaluate(&document.gold, &ours);
        total += tally;
        wrong(document, &ours, &pairs, &mut outcome);
    }
    outcome.n = total.words.gold as usize;
    for (name, counts) in [
        ("tokens", total.tokens),
        ("sentences", total.sentences),
        ("words", total.words),
        ("upos", total.upos),
        ("xpos", total.xpos),
        ("feats", total.feats),
        ("lemma", total.lemma),
        ("uas", total.uas),
        ("las", total.las),
    ] {
        outcome.score(name, counts.f1());
    }
    outcome.notes.push(
        if settings.gold_tokens {
            "words and sentences were given"
        } else {
            "from raw text rebuilt from the file"
        }
        .into(),
    );
    Ok(outcome)
}

fn ours(document: &Document, gold_tokens: bool) -> Analysed {
    let language = Language::embedded();
    if gold_tokens {
        return analysed(&document.text, &language.parse_words(&document.text, &document.sentences));
    }
    let split = language.split(&document.text);
    analysed(&document.text, &language.parse_words(&document.text, &split))
}

/// Our sentences in the shape of the measure.
fn analysed(text: &str, sentences: &[Sentence]) -> Analysed {
    let before = characters_before(text);
    let at = |r: TextRange| (before[r.start().min(text.len())], before[r.end().min(text.len())]);
    let mut result = Analysed::default();
    for sentence in sentences.iter().filter(|s| !s.tokens.is_empty()) {
        let first = result.words.len();
        for group in surface_tokens(text, &sentence.tokens) {
            let place = group[0].range.cover(group[group.len() - 1].range);
            let token = at(place);
            result.tokens.push(token);
            for word in group {
                result.words.push(Word {
                    span: token,
                    multiword: group.len() > 1,
                    form: word.range.of(text).chars().filter(|c| !c.is_whitespace()).collect(),
                    lemma: word.lemma.clone(),
                    upos: word.upos.to_string(),
                    xpos: word.xpos.to_owned(),
                    feats: word.feats.to_owned(),
                    head: (word.head as usize).checked_sub(1).map(|h| first + h),
                    deprel: word.deprel.to_owned(),
                });
            }
        }
        let last = result.tokens.len() - 1;
        let start = result.words[first].span.0;
        result.sentences.push((start, result.tokens[last].1));
    }
    result
}

/// Our words as surface tokens. We give syntactic words only; where two of them touch and both are of letters
/// ("can|not"), or the second is a clitic ("do|n't", "she|'s", "parents|'"), they are one token of the English
/// treebanks.
fn surface_tokens<'a>(text: &str, words: &'a [Token]) -> Vec<&'a [Token]> {
    let mut groups = Vec::new();
    let mut start = 0;
    for i in 1..=words.len() {
        let joined = i < words.len() && {
            let (a, b) = (&words[i - 1], &words[i]);
            a.range.end() == b.range.start() && is_clitic(a.range.of(text), b.range.of(text), b.xpos)
        };
        if !joined {
            groups.push(&words[start..i]);
            start = i;
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn is_clitic(before: &str, word: &str, xpos: &str) -> bool {
    let apostrophe = |c: char| matches!(c, '\'' | '’' | '`' | '‘');
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(a), Some(b)) if apostrophe(a) => b.is_alphabetic(),
        (Some(a), None) if apostrophe(a) => xpos == "POS",
        (Some(a), _) => a.is_alphabetic() && before.chars().next_back().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

/// Wrong words and sentence ends.
fn wrong(document: &Document, ours: &Analysed, pairs: &[(usize, usize)], outcome: &mut Outcome) {
    let mut gold_of = vec![None; ours.words.len()];
    for &(g, o) in pairs {
        gold_of[o] = Some(g);
    }
    let places: Vec<TextRange> = document.sentences.iter().flatten().copied().collect();
    let show = |words: &[Word], w: &Word| {
        let head = w.head.map_or("ROOT", |h| words[h].form.as_str());
        format!("{} {} {} ←{}– {head}", w.form, w.upos, w.lemma, w.deprel)
    };
    for &(g, o) in pairs {
        let (gold, our) = (&document.gold.words[g], &ours.words[o]);
        outcome.confusion.add(&gold.upos, &our.upos);
        outcome.confusion.add(main_relation(&gold.deprel), main_relation(&our.deprel));
        let head = match (gold.head, our.head) {
            (None, None) => true,
            (Some(g), Some(o)) => gold_of[o] == Some(g),
            _ => false,
        };
        if !head || gold.upos != our.upos || main_relation(&gold.deprel) != main_relation(&our.deprel) {
            outcome.cases.push(Case {
                origin: document.id.clone(),
                text: crate::outcome::around(&document.text, places[g].start(), places[g].end(), 60),
                gold: show(&document.gold.words, gold),
                ours: show(&ours.words, our),
            });
        }
    }
    for sentence in &document.gold.sentences {
        let found = ours.sentences.contains(sentence);
        outcome.confusion.add("SENTENCE", if found { "SENTENCE" } else { "split or joined" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_and_touching_letters_make_one_token() {
        assert!(
            is_clitic("do", "n't", "RB") && is_clitic("she", "’s", "VBZ") && is_clitic("can", "not", "RB")
        );
        assert!(is_clitic("parents", "'", "POS"));
        assert!(!is_clitic("word", "'", "''"), "a closing quotation mark");
        assert!(
            !is_clitic("state", "-", "HYPH")
                && !is_clitic("-", "owned", "VBN")
                && !is_clitic("10", "km", "NN")
        );
    }
}
