//! Figures, measured on annotated sentences: all figures of a sentence must be right (what, bounds, qualifier, whether
//! a running toll, whether part of another), and no other may be found.
//!
//! `cargo test -p extract --test figures -- --nocapture` prints what is wrong in the built set, and the scores.

use std::fmt::Write;

use extract::{Found, actors, figures};
use language::{Language, Options};
use proptest::prelude::*;
use record::{
    Block, BlockLabel, Bounds, Figure, Parsed, Qualifier, Report, ReportId, Sentence, TextRange, Token, Upos,
};

const BUILT: &str = include_str!("figures/built.tsv");
const HELD_OUT: &str = include_str!("figures/held-out.tsv");

/// `what low..high qualifier`, with the marks of the data file.
fn written(what: &str, bounds: Bounds, qualifier: Qualifier, cumulative: bool, part: bool) -> String {
    let end = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    let marks = format!("{}{}", if cumulative { "*" } else { "" }, if part { "^" } else { "" });
    format!("{what} {}..{} {qualifier}{marks}", end(bounds.low()), end(bounds.high()))
}

fn expected(text: &str) -> String {
    let (what, number) = text.trim().rsplit_once(' ').expect("what and number");
    let bare = number.trim_end_matches(['*', '^']);
    let n = |s: &str| s.parse::<u64>().expect("a number");
    let at_least = |s: &str| s.parse::<u64>().ok();
    let (low, high, qualifier) = match bare {
        "several" => (Some(3), None, Qualifier::Several),
        "dozens" => (Some(24), Some(99), Qualifier::Dozens),
        "scores" => (Some(40), Some(99), Qualifier::Scores),
        "hundreds" => (Some(200), Some(999), Qualifier::Hundreds),
        "thousands" => (Some(2000), Some(9999), Qualifier::Thousands),
        "many" => (Some(4), None, Qualifier::Many),
        "tens-thousands" => (Some(20_000), Some(99_999), Qualifier::Tens),
        "hundreds-thousands" => (Some(200_000), Some(999_999), Qualifier::Hundreds),
        "0" => (Some(0), Some(0), Qualifier::None),
        _ => {
            if let Some(s) = bare.strip_prefix(">=") {
                (at_least(s), None, Qualifier::AtLeast)
            } else if let Some(s) = bare.strip_prefix('>') {
                (Some(n(s) + 1), None, Qualifier::MoreThan)
            } else if let Some(s) = bare.strip_prefix("<=") {
                (None, Some(n(s)), Qualifier::UpTo)
            } else if let Some(s) = bare.strip_prefix('<') {
                (None, Some(n(s) - 1), Qualifier::FewerThan)
            } else if let Some(s) = bare.strip_prefix('~') {
                (Some(n(s)), Some(n(s)), Qualifier::About)
            } else if let Some((a, b)) = bare.split_once('-') {
                (Some(n(a)), Some(n(b)), Qualifier::Range)
            } else {
                (Some(n(bare)), Some(n(bare)), Qualifier::Exact)
            }
        }
    };
    written(what, Bounds::new(low, high), qualifier, number.contains('*'), number.contains('^'))
}

fn report(text: &str) -> Report {
    Report {
        id: ReportId::new("r"),
        origin: String::new(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: None,
        blocks: vec![Block { range: TextRange::new(0, text.len()), label: BlockLabel::Body, rule: "test" }],
        warnings: Vec::new(),
    }
}

fn read(text: &str, trees: bool) -> Vec<Figure> {
    let report = report(text);
    let parsed =
        if trees { Language::embedded().parse(&report, Options::default()) } else { Parsed::default() };
    let found = actors(&report, &parsed, &[]);
    figures(&report, &parsed, Found { actors: &found.actors, mentions: &found.mentions, ..Found::default() })
}

#[derive(Default)]
struct Score {
    sentences: usize,
    right: usize,
    gold: usize,
    found: usize,
    same: usize,
    /// What is wrong, and the totals.
    report: String,
}

fn measure(name: &str, data: &str, show: bool, trees: bool) -> Score {
    let mut score = Score::default();
    for line in data.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (sentence, answer) = line.split_once('\t').expect("a tab");
        let mut gold: Vec<String> = answer.split(';').filter(|a| a.trim() != "-").map(expected).collect();
        let mut found: Vec<String> = read(sentence, trees)
            .iter()
            .map(|f| written(&f.what, f.bounds, f.qualifier, f.cumulative, f.part))
            .collect();
        gold.sort();
        found.sort();
        score.sentences += 1;
        score.right += usize::from(gold == found);
        score.gold += gold.len();
        score.found += found.len();
        let mut left = found.clone();
        for g in &gold {
            if let Some(i) = left.iter().position(|f| f == g) {
                left.remove(i);
                score.same += 1;
            }
        }
        if show && gold != found {
            let _ = writeln!(score.report, "✗ {sentence}\n    should be {gold:?}\n    is        {found:?}");
        }
    }
    let Score { right, sentences, same, found, gold, .. } = score;
    let _ = writeln!(
        score.report,
        "{name}: {right}/{sentences} sentences wholly right; figures: precision {same}/{found}, recall {same}/{gold}"
    );
    score
}

/// At least `floor` percent of the sentences are wholly right.
fn at_least(score: &Score, floor: usize) {
    assert!(score.right * 100 >= score.sentences * floor, "fewer than {floor} %:\n{}", score.report);
}

#[test]
fn the_built_set() {
    for (name, trees) in [("built, no trees", false), ("built, trees", true)] {
        let score = measure(name, BUILT, true, trees);
        println!("{}", score.report);
        assert!(score.sentences >= 280);
        at_least(&score, 95);
    }
}

#[test]
fn the_held_out_set() {
    for (name, trees) in [("held out, no trees", false), ("held out, trees", true)] {
        let score = measure(name, HELD_OUT, false, trees);
        println!("{}", score.report);
        assert!(score.sentences >= 130);
        at_least(&score, 78);
    }
}

#[test]
fn counted_words_and_place_in_the_text() {
    let text = "Police said at least 14 people were killed.";
    let figures = read(text, false);
    assert_eq!(figures.len(), 1);
    assert_eq!(figures[0].range.of(text), "at least 14 people");
    assert_eq!(figures[0].counted.map(|c| c.of(text)), Some("people"));
}

#[test]
fn nothing_panics_on_odd_text() {
    for text in [
        "",
        "12",
        ",,,",
        "no",
        "killed",
        "a a a the",
        "1,2,3,4",
        "99999999999999999999 dead",
        "½ dead",
        "one one one hundred million million",
    ] {
        let _ = read(text, false);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any heads, tags and relations over any words: no panic in times, places, actors, events or figures, and every
    /// figure lies in the text.
    #[test]
    fn any_tree(words in prop::collection::vec((0_usize..28, 0_u32..16, 0_usize..12, 0_usize..7), 1..40)) {
        const FORMS: [&str; 28] = [
            "killed", "wounded", "two", "12", "at", "least", "dozens", "of", "people", "A", "soldier", "and", ",", "were",
            "explosion", "bomb", "the", "In", "Lima", "yesterday", "guerrillas", "ATTACKED", "no", "one", "dead", "between",
            "—", "’s",
        ];
        const RELATIONS: [&str; 12] = [
            "nsubj", "nsubj:pass", "obj", "obl", "nummod", "case", "conj", "root", "acl:relcl", "nmod", "compound", "advcl",
        ];
        const TAGS: [Upos; 7] =
            [Upos::Verb, Upos::Noun, Upos::Propn, Upos::Num, Upos::Adp, Upos::Punct, Upos::Pron];
        let mut text = String::new();
        let mut sentences: Vec<Sentence> = Vec::new();
        // Two sentences, so that what reaches over a sentence end is tried too.
        for part in words.chunks(20) {
            let first = text.len();
            let mut tokens = Vec::new();
            for &(form, head, relation, tag) in part {
                let start = text.len();
                text.push_str(FORMS[form]);
                tokens.push(Token {
                    range: TextRange::new(start, text.len()),
                    lemma: FORMS[form].to_lowercase().replace("killed", "kill").replace("attacked", "attack"),
                    upos: TAGS[tag],
                    xpos: "NN",
                    feats: "",
                    head,
                    deprel: RELATIONS[relation],
                    deed: None,
                });
                text.push(' ');
            }
            sentences.push(Sentence { range: TextRange::new(first, text.len() - 1), tokens, participants: Vec::new() });
        }
        let parsed = Parsed { sentences, ..Parsed::default() };
        let analysis = extract::extract(report(&text), parsed);
        for f in &analysis.figures {
            prop_assert!(f.range.end() <= text.len() && !f.range.of(&text).is_empty());
            prop_assert!(f.event.is_none_or(|e| e < analysis.events.len()));
        }
        for (i, e) in analysis.events.iter().enumerate() {
            prop_assert!(e.same_as.is_none_or(|s| s < i));
        }
    }
}
