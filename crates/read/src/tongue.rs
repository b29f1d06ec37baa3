//! Which language a text is written in.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::data::{self, BadLine};

/// Letters a text must have before its language is told; a headline is too short.
const ENOUGH: usize = 120;

/// Bytes looked at.
const SAMPLE: usize = 800;

/// ISO 639-1 code of the language; `None` if the text is too short or not clear.
pub(crate) fn language(text: &str) -> Option<String> {
    // From the middle: pages in one language often begin with names and menus in another.
    let start = text.floor_char_boundary(text.len().saturating_sub(SAMPLE) / 2);
    let sample = &text[start..text.floor_char_boundary(start + SAMPLE)];
    if sample.chars().filter(|c| c.is_alphabetic()).take(ENOUGH).count() < ENOUGH {
        return None;
    }
    if is_english(sample) {
        return Some("en".into());
    }
    let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    Some(two_letters(found.lang().code()).to_owned())
}

/// Every fifth word of English prose is one of a few.
fn is_english(sample: &str) -> bool {
    let (mut all, mut common, mut articles) = (0, 0, 0);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        all += 1;
        match word {
            "the" | "of" | "and" => (common, articles) = (common + 1, articles + 1),
            "The" => articles += 1,
            "to" | "in" | "that" | "was" | "for" | "on" | "with" | "by" | "at" | "from" | "is" | "were"
            | "has" | "have" | "said" | "it" | "as" | "be" => common += 1,
            _ => {}
        }
    }
    common * 5 > all && articles * 25 > all
}

/// ISO 639-3 to 639-1 for the languages that the detector knows; others keep their three letters.
fn two_letters(code: &'static str) -> &'static str {
    static CODES: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| data::embedded(codes(include_str!("../data/languages.tsv"))));
    CODES.get(code).copied().unwrap_or(code)
}

fn codes(file: &'static str) -> Result<HashMap<&'static str, &'static str>, BadLine> {
    let mut codes = HashMap::new();
    for ([three, two], at) in data::rows("languages.tsv", file)? {
        if three.len() != 3 || two.len() != 2 {
            return Err(at.bad("codes of three and two letters are wanted"));
        }
        codes.insert(three, two);
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            (
                "The ministry said on Monday that three soldiers were killed and five wounded in an attack on a base near the border, and that it would respond at a time of its choosing.",
                Some("en"),
            ),
            (
                "Das Ministerium teilte am Montag mit, dass bei einem Angriff auf einen Stützpunkt nahe der Grenze drei Soldaten getötet und fünf verletzt wurden, und kündigte eine Antwort an.",
                Some("de"),
            ),
            (
                "Міністерство повідомило в понеділок, що внаслідок нападу на базу поблизу кордону загинули троє військових, ще п’ятеро дістали поранення, і пообіцяло відповісти.",
                Some("uk"),
            ),
            ("Three killed near border", None),
        ] {
            assert_eq!(language(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_bad_line_of_the_codes_is_named() {
        assert_eq!(
            codes("deu\tde\neng\teng\n").unwrap_err().to_string(),
            "languages.tsv:2: codes of three and two letters are wanted"
        );
    }

    #[test]
    fn every_language_of_the_detector_has_its_two_letters() {
        for lang in whatlang::Lang::all() {
            assert_eq!(two_letters(lang.code()).len(), 2, "{}", lang.code());
        }
    }
}
