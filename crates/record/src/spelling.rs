//! Names with a letter wrong: "Barrilas" for "Barillas".

/// Letters that a word has at least in which one may be wrong.
const LONG: usize = 6;

/// Whether `word` is a long word of a name with one letter other, missing or too much, or two in another order. The first
/// letter is never wrong, and what makes the name of a woman or of a family of it ("Ivanova", "the Barkers") is no mistake.
#[must_use]
pub fn misspelt(known: &str, word: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (known.chars().collect(), word.chars().collect());
    let long = a.len().min(b.len()) >= LONG && a.first() == b.first();
    long && a != b
        && !names_another(known, word)
        && (one_apart(&a, &b) || one_apart(&single(&a), &single(&b)))
}

/// Whether the end of a name says that another is meant: "Mario" and "Maria", "Ivanov" and "Ivanova", "Barker" and the
/// "Barkers". "Barilla" for "Barillas" has lost what a family's name would have got.
#[must_use]
pub fn names_another(known: &str, word: &str) -> bool {
    let (short, long) = if known.len() <= word.len() { (known, word) } else { (word, known) };
    if let Some(end) = long.strip_prefix(short) {
        return end == "a" || end == "s" && long == word;
    }
    let split = |w: &str| w.char_indices().next_back().map(|(at, last)| (w[..at].to_owned(), last));
    matches!((split(known), split(word)), (Some((a, x)), Some((b, y)))
        if a == b && matches!((x, y), ('o' | 'u', 'a' | 'e') | ('a' | 'e', 'o' | 'u')))
}

/// Doubled letters once.
fn single(word: &[char]) -> Vec<char> {
    let mut out = word.to_vec();
    out.dedup();
    out
}

fn one_apart(a: &[char], b: &[char]) -> bool {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[start..a.len() - end], &b[start..b.len() - end]) {
        ([] | [_], [_]) | ([], []) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_wrong_in_a_long_name() {
        for (known, word) in [
            ("barillas", "barrilla"),
            ("casanova", "casonova"),
            ("galdamez", "galdames"),
            ("hernandez", "hernanadez"),
            ("cristiani", "critiani"),
            ("alfredo", "aflredo"),
        ] {
            assert!(misspelt(known, word), "{known} {word}");
        }
        for (known, word) in [
            ("ivanov", "ivanova"),
            ("ivanova", "ivanov"),
            ("barker", "barkers"),
            ("barker", "parker"),
            ("larco", "barco"),
            ("antonio", "antonia"),
            ("karim", "karam"),
            ("barker", "barker"),
        ] {
            assert!(!misspelt(known, word), "{known} {word}");
        }
    }
}
