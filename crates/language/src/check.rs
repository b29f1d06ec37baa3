//! The engine against what the float model in `training/` makes of the same sentences, and against bad input.

use std::collections::BTreeMap;

use record::{Block, BlockLabel, Report, ReportId, TextRange};

use crate::features::features;
use crate::{Language, Options};

/// One sentence of `model/check.tsv`, which `training/export.py` writes: its words, and values by name.
struct Case {
    words: Vec<&'static str>,
    values: BTreeMap<&'static str, Vec<&'static str>>,
}

fn cases() -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    for line in include_str!("../model/check.tsv").lines() {
        let mut fields = line.split('\t');
        let key = fields.next().unwrap_or_default();
        if key == "words" {
            out.push(Case { words: fields.collect(), values: BTreeMap::new() });
        } else if let Some(case) = out.last_mut() {
            case.values.insert(key, fields.collect());
        }
    }
    out
}

impl Case {
    fn numbers<T: std::str::FromStr>(&self, key: &str) -> Vec<T> {
        self.values[key].iter().filter_map(|v| v.parse().ok()).collect()
    }
}

/// Text of the words with single spaces, and their ranges.
fn spaced(words: &[&str]) -> (String, Vec<TextRange>) {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for word in words {
        ranges.push(TextRange::new(text.len(), text.len() + word.len()));
        text.push_str(word);
        text.push(' ');
    }
    (text, ranges)
}

#[test]
fn pieces_and_features_are_those_of_training() {
    let language = Language::embedded();
    for case in cases() {
        let mut ids = vec![language.base.pieces.start];
        for word in &case.words {
            language.base.pieces.of(word, &mut ids);
        }
        ids.push(language.base.pieces.end);
        assert_eq!(ids, case.numbers::<u32>("pieces"), "{:?}", case.words);
        let got = features(&case.words);
        assert_eq!(got.iter().map(|f| f.shape).collect::<Vec<_>>(), case.numbers::<usize>("shape"));
        assert_eq!(got.iter().map(|f| f.suffix).collect::<Vec<_>>(), case.numbers::<usize>("suffix"));
        assert_eq!(got.iter().map(|f| f.style).collect::<Vec<_>>(), case.numbers::<usize>("style"));
    }
}

#[test]
fn sentence_vectors_agree_with_the_float_model() {
    let language = Language::embedded();
    for case in cases() {
        let (text, _) = spaced(&case.words);
        let got = language.vector(&text);
        let wanted: Vec<f32> = case.numbers("vector");
        let cosine: f32 = got.iter().zip(&wanted).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.99, "{cosine} for {text}");
    }
}

#[test]
fn tags_and_trees_agree_with_the_float_model() {
    let (mut words, mut same) = (0, 0);
    for case in cases() {
        let (text, ranges) = spaced(&case.words);
        let tokens = &Language::embedded().parse_words(&text, &[ranges])[0].tokens;
        for (i, token) in tokens.iter().enumerate() {
            words += 1;
            let wanted = (case.values["upos"][i], case.numbers::<u32>("heads")[i], case.values["deprel"][i]);
            same += usize::from((token.upos.as_str(), token.head, token.deprel) == wanted);
        }
    }
    assert!(same * 100 >= words * 95, "{same} of {words} words");
}

#[test]
fn a_sentence_gets_the_same_bits_with_its_neighbours_alone_and_in_any_batch() {
    let language = Language::embedded();
    let cases = cases();
    let all: Vec<Vec<&str>> = cases.iter().map(|c| c.words.clone()).collect();
    let together = language.analyser.analyse(&language.base, &all, 0..all.len());
    let vectors = language.vectors().of(&language.base, &all);
    for (i, (analysis, vector)) in together.zip(vectors).enumerate() {
        let (words, first) = (&all[i], i.saturating_sub(2));
        let near = &all[first..(i + 3).min(all.len())];
        let mut own = language.analyser.analyse(&language.base, near, i - first..i - first + 1);
        assert_eq!(own.next(), Some(analysis), "{words:?}");
        let bits = |v: &[f32]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let alone = std::slice::from_ref(words);
        assert_eq!(bits(&language.vectors().of(&language.base, alone)[0]), bits(&vector), "{words:?}");
    }
}

#[test]
fn a_repeated_sentence_is_analysed_like_the_first() {
    let (text, one) = spaced(&["Two", "shells", "hit", "the", "school", "."]);
    let (other, two) = spaced(&["Nobody", "was", "hurt", "."]);
    let shifted = |ranges: &[TextRange], by: usize| -> Vec<TextRange> {
        ranges.iter().map(|r| TextRange::new(r.start() + by, r.end() + by)).collect()
    };
    let all = [text.as_str(), &other, &text].concat();
    let ranges = [one.clone(), shifted(&two, text.len()), shifted(&one, text.len() + other.len())];
    let got = Language::embedded().parse_words(&all, &ranges);
    let heads = |i: usize| got[i].tokens.iter().map(|t| t.head).collect::<Vec<_>>();
    assert_eq!(got.len(), 3);
    assert_eq!(heads(0), heads(2));
    assert_eq!(got[2].tokens[1].range.of(&all), "shells");
}

/// Each sentence has one root, heads within it, and no cycle.
fn assert_trees(text: &str, sentences: &[Vec<TextRange>]) {
    let parsed = Language::embedded().analyse(text, sentences);
    for (sentence, ranges) in parsed.sentences.iter().zip(sentences) {
        assert_eq!(sentence.tokens.iter().map(|t| t.range).collect::<Vec<_>>(), *ranges);
        let n = sentence.tokens.len();
        assert_eq!(sentence.tokens.iter().filter(|t| t.head == 0).count(), usize::from(n > 0));
        for mut at in 0..n {
            let mut steps = 0;
            while let Some(head) = sentence.head(at) {
                at = head;
                steps += 1;
                assert!(at < n && steps <= n, "no tree");
            }
        }
    }
    for pair in parsed.entities.windows(2) {
        assert!(pair[0].range.end() <= pair[1].range.start());
    }
}

#[test]
fn words_without_end_are_read_in_parts() {
    let word = "shelling ".repeat(12_000);
    let ranges = (0..12_000).map(|i| TextRange::new(i * 9, i * 9 + 8)).collect();
    assert_trees(&word, &[ranges]);
    let one = "a".repeat(100_000);
    assert_trees(&one, &[vec![TextRange::new(0, one.len())]]);
    let signs = "\u{1F4A5}\u{301}\u{202E}".repeat(9_000);
    assert_trees(&signs, &[vec![TextRange::new(0, signs.len())], Vec::new()]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(48))]
    #[test]
    fn any_text_gives_trees(text in "\\PC{0,300}", controls in proptest::collection::vec(proptest::char::any(), 0..60)) {
        let text: String = text.chars().chain(controls).collect();
        assert_trees(&text, &Language::embedded().split(&text));
    }
}

#[test]
fn a_possessive_that_possesses_nothing_belongs_to_the_name_of_a_site() {
    let names = |text: &str| {
        let language = Language::embedded();
        let parsed = language.analyse(text, &language.split(text));
        parsed.entities.iter().map(|e| e.range.of(text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("He reserved a table at the Harlow Grill's."), ["Harlow Grill's"]);
    assert_eq!(names("We left the Marlow Hotel's garden."), ["Marlow Hotel"]);
    assert_eq!(names("Russia's offer was better than Ukraine's."), ["Russia", "Ukraine"]);
}

/// A report of one block.
fn report(text: &str) -> Report {
    let block = Block { range: TextRange::new(0, text.len()), label: BlockLabel::Body, rule: "" };
    Report {
        id: ReportId::new("a"),
        origin: String::new(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: None,
        blocks: vec![block],
        warnings: Vec::new(),
    }
}

#[test]
fn an_earlier_analysis_is_taken_over_where_the_neighbours_are_the_same() {
    let language = Language::embedded();
    let ferry = "Ferry crews of Port Elmira met Oda Lindgren at the quay.";
    let text = format!("Rain fell. {ferry} Nobody was hurt. Harbours were closed.");
    let mut old = language.parse(&report(&text), Options::default());
    // Told by a lemma that no analysis would give; under a text that no other test has.
    old.sentences[1].tokens[0].lemma = "mark".into();
    let again = format!("{text} {ferry} Nobody was seen.");
    let new = report(&again);
    language.recall([&new], [(&*text, &old)]);
    let parsed = language.parse(&new, Options::default());
    assert_eq!(
        parsed.sentences.iter().map(|s| &*s.tokens[0].lemma).collect::<Vec<_>>(),
        ["rain", "mark", "nobody", "harbour", "ferry", "nobody"]
    );
    let names: Vec<&str> = parsed.entities.iter().map(|e| e.range.of(&again)).collect();
    assert_eq!(names, ["Port Elmira", "Oda Lindgren"].repeat(2));
}
