//! Whatever trees a parser gives: extracting does not panic and points into the text.

use extract::extract;
use proptest::prelude::*;
use record::{Analysis, Parsed, Report, ReportId, Sentence, TextRange, Token, Upos};

const WORDS: &[&str] = &[
    "Iraq",
    "Iraqi",
    "army",
    "the",
    "Houthi",
    "rebels",
    "attacked",
    "killed",
    "at",
    "least",
    "12",
    "dozen",
    "people",
    "in",
    "Paris",
    "on",
    "Friday",
    "said",
    "it",
    "they",
    "that",
    "“",
    "”",
    ",",
    "-",
    "backed",
    "by",
    "talks",
    "with",
    "minister",
    "Ana",
    "Ruiz",
    "will",
    "agreed",
    "to",
    "refuse",
    "lift",
    "sanctions",
    "against",
    "claimed",
    "responsibility",
    "for",
    "of",
    "its",
    "’s",
    "such",
    "as",
    "groups",
    "used",
    "bases",
    "who",
    "was",
    "not",
    "summoned",
    "é",
    "(",
    ")",
    ":",
    "and",
    "border",
    "troops",
    "withdrawal",
    "according",
];
const RELATIONS: &[&str] = &[
    "root",
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "nmod",
    "nmod:poss",
    "nmod:desc",
    "amod",
    "compound",
    "flat",
    "appos",
    "acl",
    "acl:relcl",
    "advcl",
    "xcomp",
    "ccomp",
    "csubj",
    "parataxis",
    "conj",
    "cc",
    "case",
    "mark",
    "aux",
    "aux:pass",
    "cop",
    "det",
    "nummod",
    "advmod",
    "punct",
    "dep",
];
const TAGS: &[&str] = &["NN", "NNS", "NNP", "VBD", "VBN", "VBG", "VB", "VBZ", "JJ", "IN", "PRP", "CD"];

/// Form, head, relation, part of speech and tag of a word, each taken modulo its range.
type Word = (usize, usize, usize, usize, usize);

/// A report of these sentences.
fn read(sentences: &[Vec<Word>]) -> Analysis {
    let mut text = String::new();
    let mut parsed = Parsed::default();
    for words in sentences {
        let from = text.len();
        let tokens: Vec<Token> = words
            .iter()
            .map(|&(form, head, relation, upos, tag)| {
                let word = WORDS[form % WORDS.len()];
                let start = text.len();
                text.push_str(word);
                let range = TextRange::new(start, text.len());
                text.push(' ');
                Token {
                    range,
                    lemma: word.trim_end_matches("ed").to_owned(),
                    upos: Upos::ALL[upos % Upos::ALL.len()],
                    xpos: TAGS[tag % TAGS.len()],
                    feats: "",
                    head: u32::try_from(head % (words.len() + 3)).unwrap_or(0),
                    deprel: RELATIONS[relation % RELATIONS.len()],
                    deed: None,
                }
            })
            .collect();
        let range = TextRange::new(from, text.trim_end().len().max(from));
        parsed.sentences.push(Sentence { range, tokens, participants: Vec::new() });
    }
    let report = Report {
        id: ReportId::new("r"),
        origin: String::new(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: None,
        blocks: Vec::new(),
        warnings: Vec::new(),
    };
    extract(report, parsed)
}

/// Every range of the analysis; `of` panics on one that is not in the text.
fn touch(analysis: &Analysis) -> usize {
    let text = &analysis.report.text;
    let attributed =
        analysis.attributions.iter().flat_map(|a| a.content.iter().copied().chain(a.source).chain(a.cue));
    let told = analysis.events.iter().flat_map(|e| {
        let roles = e.actors.iter().chain(&e.targets).map(|r| r.range);
        roles.chain([e.trigger, e.extent])
    });
    let named = analysis.mentions.iter().map(|m| m.range);
    attributed.chain(told).chain(named).map(|r| r.of(text).len()).sum()
}

/// Numbers that look random but are the same in every run.
fn numbers() -> impl FnMut() -> usize {
    let mut state = 11_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_trees(
        sentences in prop::collection::vec(
            prop::collection::vec((0_usize..999, 0_usize..99, 0_usize..99, 0_usize..99, 0_usize..99), 0..26),
            0..5,
        )
    ) {
        let analysis = read(&sentences);
        touch(&analysis);
        for event in &analysis.events {
            prop_assert!(event.extent.contains(event.trigger));
            prop_assert!(event.same_as.is_none_or(|e| e < analysis.events.len()));
            prop_assert!(event.attribution.is_none_or(|a| a < analysis.attributions.len()));
        }
        for attribution in &analysis.attributions {
            prop_assert!(!attribution.content.is_empty());
        }
    }
}

/// 100 KB in sentences of a usual length, and one sentence that hardly ends: neither panics, nor takes for ever.
#[test]
fn a_hundred_kilobytes_of_odd_trees() {
    let mut next = numbers();
    let mut word = || (next(), next(), next(), next(), next());
    let usual: Vec<Vec<Word>> = (0..850).map(|_| (0..25).map(|_| word()).collect()).collect();
    let analysis = read(&usual);
    assert!(analysis.report.text.len() > 100_000 && touch(&analysis) > 0);
    let endless = vec![(0..5_000).map(|_| word()).collect()];
    assert!(touch(&read(&endless)) > 0);
}
