//! Normal forms, under which the spellings of one name fall together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form names are looked up by: lower case without accents, apostrophes and dots, hyphens as spaces, "Saint" as
/// "st" and "Mount" as "mt".
///
/// "Al-Qa'im" and "al Qā’im" are both `al qaim`.
pub(crate) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in unmarked(name) {
        match c {
            '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʼ' | '`' | '.' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    let words = out.split(' ').map(|word| match word {
        "saint" => "st",
        "sainte" => "ste",
        "mount" => "mt",
        "fort" => "ft",
        "ı" => "i",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The letters of a name without their accents and other marks.
pub(super) fn unmarked(name: &str) -> impl Iterator<Item = char> {
    name.nfkd().filter(|c| !is_combining_mark(*c))
}

/// The article of Arabic names in its written forms.
const ARTICLES: &[&str] =
    &["al", "el", "ad", "ed", "as", "es", "ash", "esh", "ar", "er", "az", "ez", "an", "en", "at", "et", "ul"];

/// A rougher form for names carried over from Arabic, Persian, Pashto and the like: of a [`key`], without articles
/// and doubled letters, vowels folded. "Deir ez-Zor" and "Dayr az Zawr" are both `dir zur`.
pub(crate) fn rough(key: &str) -> String {
    let words = key.split(' ').filter(|w| !ARTICLES.contains(w)).map(|word| {
        let mut w = word.to_owned();
        for (from, to) in [
            ("aw", "o"),
            ("au", "o"),
            ("ay", "e"),
            ("ai", "e"),
            ("ei", "e"),
            ("ey", "e"),
            ("ou", "u"),
            ("oo", "u"),
            ("ee", "i"),
            ("ie", "i"),
            ("iy", "i"),
            ("y", "i"),
            ("q", "k"),
            ("e", "i"),
            ("o", "u"),
        ] {
            w = w.replace(from, to);
        }
        let mut folded = String::with_capacity(w.len());
        for c in w.chars() {
            if !folded.ends_with(c) {
                folded.push(c);
            }
        }
        if folded.len() > 3 && (folded.ends_with("ah") || folded.ends_with("ih")) {
            folded.pop();
        }
        folded
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fall_together() {
        for (a, b) in [("Al-Qa'im", "al Qā’im"), ("St. Louis", "Saint Louis"), ("Kyïv", "Kyiv")] {
            assert_eq!(key(a), key(b));
        }
        for (a, b) in [
            ("Deir ez-Zor", "Dayr az Zawr"),
            ("Fallujah", "Al Fallūja"),
            ("Hodeidah", "Al Ḩudaydah"),
            ("Qaim", "al-Kaim"),
        ] {
            assert_eq!(rough(&key(a)), rough(&key(b)));
        }
        assert_ne!(rough(&key("Mosul")), rough(&key("Masila")));
    }
}
