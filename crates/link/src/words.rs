//! Words as the linker compares them: stemmed, without function words, as 32-bit terms.
//!
//! Two reports never have the same wording, so words are cut to stems and forms of one verb are brought together
//! ("shot" and "shooting"). Nothing here needs a parse, so it works on every report.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use record::TextRange;

/// A stem as a number (FNV-1a, folded to 32 bits). Collisions are rare and only add a little noise.
pub(crate) type Term = u32;

/// A word of a report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Where it stands, without a possessive ending.
    pub range: TextRange,
    /// Its stem as a number.
    pub term: Term,
    /// Whether it is written like a name: with a capital inside a sentence.
    pub name: bool,
    /// Whether it holds a digit or is a number word.
    pub number: bool,
    /// Whether it is a function word that says nothing by itself.
    pub function: bool,
}

const FUNCTION_WORDS: &str = include_str!("../data/function-words.txt");
const IRREGULAR: &str = include_str!("../data/irregular-forms.tsv");

/// A hash for short words of our own lists (FNV-1a) and for our numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }

    // A number in one step: whole words of it into all bits of the hash.
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// The hash of maps that are only looked into, or whose order says nothing.
pub(crate) type Quick = std::hash::BuildHasherDefault<Fnv>;

struct Tables {
    function: HashSet<&'static str, Quick>,
    base: HashMap<&'static str, &'static str, Quick>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        function: crate::data::ours("function-words.txt", read_function(FUNCTION_WORDS)),
        base: crate::data::ours("irregular-forms.tsv", read_irregular(IRREGULAR)),
    })
}

/// Reads the function words. The error names the bad line.
fn read_function(file: &'static str) -> Result<HashSet<&'static str, Quick>, String> {
    let lists = crate::data::rows(file)?.into_iter().map(|(n, [list])| crate::data::words(n, list));
    Ok(lists.collect::<Result<Vec<_>, String>>()?.into_iter().flatten().collect())
}

/// Reads the irregular forms, each with its base form. The error names the bad line.
fn read_irregular(file: &'static str) -> Result<HashMap<&'static str, &'static str, Quick>, String> {
    let mut base_of = HashMap::default();
    for (n, [base, forms]) in crate::data::rows(file)? {
        for form in crate::data::words(n, forms)?.into_iter().chain([base]) {
            base_of.insert(form, base);
        }
    }
    Ok(base_of)
}

/// The words of `range` of `text`, in order.
pub(crate) fn words(text: &str, range: TextRange) -> Vec<Word> {
    let mut out = Vec::new();
    let part = range.of(text);
    let mut chars = part.char_indices().peekable();
    let mut first = true;
    let mut lower = String::new();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            first |= matches!(c, '.' | '!' | '?' | '\n' | ':' | '“' | '"' | '‘');
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut before = c;
        while let Some(&(at, next)) = chars.peek() {
            // Points and commas stay inside numbers and abbreviations ("1,200", "3.5", "U.S").
            let glue = matches!(next, '.' | ',')
                && part[at + 1..].chars().next().is_some_and(|after| {
                    (before.is_ascii_digit() && after.is_ascii_digit())
                        || (next == '.' && before.is_uppercase() && after.is_uppercase())
                });
            if !(next.is_alphanumeric() || glue) {
                break;
            }
            before = next;
            end = at + next.len_utf8();
            chars.next();
        }
        let word = &part[start..end];
        lower.clear();
        if word.is_ascii() {
            let letters = word.bytes().filter(|b| !matches!(b, b'.' | b','));
            lower.extend(letters.map(|b| char::from(b.to_ascii_lowercase())));
        } else {
            lower.extend(word.chars().filter(|c| *c != '.' && *c != ',').flat_map(char::to_lowercase));
        }
        // What is left of "don't", "it's", "he'd".
        let tail = start > 0 && part[..start].ends_with(['\'', '’']) && lower.len() <= 2;
        let number = lower.bytes().any(|b| b.is_ascii_digit());
        let (stemmed, listed) = known(&lower);
        let function = tail || lower.chars().count() < 2 && !number || listed;
        out.push(Word {
            range: TextRange::new(range.start() + start, range.start() + end),
            term: stemmed,
            name: c.is_uppercase() && !first && !function,
            number,
            function,
        });
        first = false;
    }
    out
}

/// The number of a lower-case word's stem, and whether it is a function word. Text repeats itself, so the last words are
/// remembered.
fn known(lower: &str) -> (Term, bool) {
    thread_local! {
        static SEEN: RefCell<HashMap<Box<str>, (Term, bool), Quick>> = RefCell::default();
    }
    SEEN.with_borrow_mut(|seen| {
        if let Some(&found) = seen.get(lower) {
            return found;
        }
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        let found = (term(&stem(lower)), tables().function.contains(lower));
        seen.insert(lower.into(), found);
        found
    })
}

/// How many words are remembered.
const REMEMBERED: usize = 1 << 16;

/// The number of a stem.
pub(crate) fn term(stem: &str) -> Term {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for b in stem.bytes() {
        hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) as u32
}

/// The stem of a lower-case word: irregular forms by the table, regular ones by their endings. Not a linguist's
/// stem, but the same for the forms of one word.
pub(crate) fn stem(word: &str) -> String {
    match tables().base.get(word) {
        // A noun with a life of its own: "the shooting" is not the shot.
        Some(base) if base.ends_with("ing") => (*base).to_owned(),
        Some(base) => ending(base),
        None => ending(word),
    }
}

fn ending(word: &str) -> String {
    if word.len() < 4 || !word.is_ascii() || word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let cut = |w: &str, suffix: &str, least: usize| {
        w.strip_suffix(suffix)
            .filter(|s| s.len() >= least && s.bytes().any(|b| b"aeiouy".contains(&b)))
            .map(str::to_owned)
    };
    let mut w = word.to_owned();
    if let Some(s) = cut(&w, "ies", 2) {
        w = s + "y";
    } else if w.ends_with("sses") || w.ends_with("shes") || w.ends_with("ches") || w.ends_with("xes") {
        w.truncate(w.len() - 2);
    } else if w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is") {
        w.truncate(w.len() - 1);
    }
    if let Some(s) =
        cut(&w, "ing", 3).or_else(|| cut(&w, "ied", 2).map(|s| s + "y")).or_else(|| cut(&w, "ed", 3))
    {
        w = undouble(s);
    }
    for suffix in ["ation", "ition", "ution", "ment", "ness", "ance", "ence", "ion", "er", "or", "al", "ly"] {
        if let Some(s) = cut(&w, suffix, 4) {
            w = undouble(s);
            break;
        }
    }
    if w.len() > 3 && w.ends_with('e') {
        w.truncate(w.len() - 1);
    }
    if w.len() > 3 && w.ends_with('y') {
        w.truncate(w.len() - 1);
        w.push('i');
    }
    w
}

fn undouble(mut w: String) -> String {
    let b = w.as_bytes();
    if b.len() > 3 && b[b.len() - 1] == b[b.len() - 2] && !b"aeiouls".contains(&b[b.len() - 1]) {
        w.truncate(w.len() - 1);
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            ["shoot", "shot", "shoots"],
            ["kill", "killed", "killing"],
            ["bomb", "bombing", "bombed"],
            ["strike", "struck", "strikes"],
            ["attack", "attacks", "attacked"],
            ["explode", "exploded", "exploding"],
        ] {
            assert_eq!(stem(forms[0]), stem(forms[1]), "{forms:?}");
            assert_eq!(stem(forms[0]), stem(forms[2]), "{forms:?}");
        }
        assert_ne!(stem("strike"), stem("string"));
    }

    #[test]
    fn ours_reads_and_a_bad_line_is_named() {
        assert!(read_function(FUNCTION_WORDS).is_ok() && read_irregular(IRREGULAR).is_ok());
        assert!(read_function("the\nThe").expect_err("bad").starts_with("line 2"));
        assert!(read_irregular("strike\tstruck\nshoot").expect_err("bad").starts_with("line 2"));
    }

    #[test]
    fn names_numbers_and_function_words_are_told_apart() {
        let text = "Police in Kyiv said 1,200 people fled. They don’t know.";
        let w = words(text, TextRange::new(0, text.len()));
        let of =
            |f: fn(&Word) -> bool| w.iter().filter(|w| f(w)).map(|w| w.range.of(text)).collect::<Vec<_>>();
        assert_eq!(of(|w| w.name), ["Kyiv"]);
        assert_eq!(of(|w| w.number), ["1,200"]);
        assert!(of(|w| w.function).contains(&"t"));
    }
}
