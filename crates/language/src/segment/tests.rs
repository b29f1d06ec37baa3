//! Readable cases: the words with spaces between them, ` ‖ ` between sentences.

use proptest::prelude::*;
use record::TextRange;

use super::segment;

fn shown(text: &str) -> String {
    let sentences = segment(text, &[TextRange::new(0, text.len())]);
    let words = |s: &Vec<TextRange>| s.iter().map(|w| w.of(text)).collect::<Vec<_>>().join(" ");
    sentences.iter().map(words).collect::<Vec<_>>().join(" ‖ ")
}

#[test]
fn words() {
    for (text, expected) in [
        ("They don't say it's Kenya's.", "They do n't say it 's Kenya 's ."),
        ("They didn’t cannot won’t.", "They did n’t can not wo n’t ."),
        ("the states' U.S.-backed rivals", "the states ' U.S. - backed rivals"),
        ("a Gulf-led, pro-government non-stop al-Hasa", "a Gulf - led , pro-government non-stop al - Hasa"),
        (
            "It cost $3.5m, £1,200 or US$ 4,000.50 (20%).",
            "It cost $ 3.5 m , £ 1,200 or US$ 4,000.50 ( 20 % ) .",
        ),
        ("at 5:30pm on 11/12/2021, 10-12 men", "at 5:30 pm on 11/12/2021 , 10 - 12 men"),
        (
            "See https://example.org/a?b=c_(d), or mail j.doe@example.com.",
            "See https://example.org/a?b=c_(d) , or mail j.doe@example.com .",
        ),
        ("Wait... what?! No--yes", "Wait ... what ?! ‖ No -- yes"),
        ("the 1990s, the 5th, '90s", "the 1990s , the 5th , '90s"),
        ("“No,” O'Hara said", "“ No , ” O'Hara said"),
        ("either/or, AT&T, #peace @desk", "either / or , AT&T , #peace @desk"),
        ("call 555-123-4567", "call 555-123-4567"),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn sentences() {
    for (text, expected) in [
        ("He left. She stayed.", "He left . ‖ She stayed ."),
        ("Mr. Osei met Gen. A. K. Bello in St. Ives.", "Mr. Osei met Gen. A. K. Bello in St. Ives ."),
        ("He lives in the U.S. The ministry knew.", "He lives in the U.S. ‖ The ministry knew ."),
        ("The U.S. Navy sailed.", "The U.S. Navy sailed ."),
        ("It rejected a U.S. State Department call.", "It rejected a U.S. State Department call ."),
        (
            "He told the U.N. Security Council that it would end.",
            "He told the U.N. Security Council that it would end .",
        ),
        ("She works for the U.N. Officials say so.", "She works for the U.N. ‖ Officials say so ."),
        ("GUNMEN SHOT DEAD THREE U.S. MISSIONARIES.", "GUNMEN SHOT DEAD THREE U.S. MISSIONARIES ."),
        (
            "HE RETURNED LAST MONTH TO THE U.S. THE MINISTRY SAID NOTHING.",
            "HE RETURNED LAST MONTH TO THE U.S. ‖ THE MINISTRY SAID NOTHING .",
        ),
        ("The talks ended.The envoy left.", "The talks ended . ‖ The envoy left ."),
        (
            "“We wait… and see,” he said. “Then we act.”",
            "“ We wait … and see , ” he said . ‖ “ Then we act . ”",
        ),
        (
            "Talks fail\n\nThe envoys went\nhome on Monday\n. Nobody came.",
            "Talks fail ‖ The envoys went home on Monday . ‖ Nobody came .",
        ),
        ("Did he go? \"Yes!\" she said.", "Did he go ? ‖ \" Yes ! \" she said ."),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn blocks_are_never_joined_and_what_lies_between_is_left_out() {
    let text = "Truce holds\nxx\nGuns fell silent.";
    let sentences = segment(text, &[TextRange::new(0, 11), TextRange::new(15, 32)]);
    let shown: Vec<Vec<&str>> = sentences.iter().map(|s| s.iter().map(|w| w.of(text)).collect()).collect();
    assert_eq!(shown, [vec!["Truce", "holds"], vec!["Guns", "fell", "silent", "."]]);
}

#[test]
fn a_hundred_kilobytes_without_a_space_take_no_longer_than_others() {
    for unit in [
        "a",
        "a.",
        "1-",
        "d'",
        "www.",
        "http://",
        "a@",
        ")",
        "“",
        "a/b",
        "1,000",
        "e\u{301}",
        "\u{200d}🔥",
        "U.S.",
    ] {
        let text = unit.repeat(100_000 / unit.len());
        let start = std::time::Instant::now();
        check(&text);
        assert!(start.elapsed().as_secs() < 10, "{unit:?} took {:?}", start.elapsed());
    }
}

/// The promises of `segment`: in order, not empty, on character boundaries, nothing visible lost.
fn check(text: &str) {
    let mut at = 0;
    for sentence in segment(text, &[TextRange::new(0, text.len())]) {
        assert!(!sentence.is_empty() && sentence.len() <= 400);
        for word in sentence {
            assert!(word.start() >= at && !word.of(text).is_empty());
            assert!(
                !text[at..word.start()].contains(char::is_alphanumeric),
                "lost {:?}",
                &text[at..word.start()]
            );
            at = word.end();
        }
    }
    assert!(!text[at..].contains(char::is_alphanumeric));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn rough_text(text in "[a-cA-C0-2 .,'’\"“”‘\\-/@:;!?…$#&()\\[\\]\n\t\u{301}\u{200d}🔥🇮🇶م]{0,120}") {
        check(&text);
    }
}
