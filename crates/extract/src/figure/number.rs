//! Numbers as written: digits, words, ranges, vague words, with their hedges.

use record::{Bounds, Qualifier};

use super::lexicon::lexicon;
use crate::actor::words::{Case, Word};

/// A number or a word for one, with its hedge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quantity {
    /// Index of the first word, hedge included.
    pub(super) start: usize,
    /// One past the last word.
    pub(super) end: usize,
    pub(super) bounds: Bounds,
    pub(super) qualifier: Qualifier,
}

/// Glues "27,000" and "4.5", which were cut as words are, into one word.
pub(super) fn join_digits(words: Vec<Word>, text: &str) -> Vec<Word> {
    let digits = |w: &Word| w.is_word && w.norm.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut i = 0;
    while i < words.len() {
        let word = &words[i];
        if digits(word)
            && let Some(last) = out.last_mut()
            && digits(last)
        {
            let gap = text.get(last.range.end()..word.range.start()).unwrap_or(" ");
            let thousands = gap == "\u{a0}" && word.norm.len() == 3;
            if gap == "." && !last.norm.contains('.') {
                last.norm = format!("{}.{}", last.norm, word.norm);
                last.range = last.range.cover(word.range);
                i += 1;
                continue;
            } else if thousands {
                last.norm.push_str(&word.norm);
                last.range = last.range.cover(word.range);
                i += 1;
                continue;
            }
        }
        // A comma is a word of its own here.
        let comma = word.norm == ","
            && out.last().is_some_and(&digits)
            && words.get(i + 1).is_some_and(|next| {
                digits(next) && next.norm.len() == 3 && next.range.start() == word.range.end()
            })
            && out.last().is_some_and(|last| last.range.end() == word.range.start());
        if comma && let Some(last) = out.last_mut() {
            last.norm.push_str(&words[i + 1].norm);
            last.range = last.range.cover(words[i + 1].range);
            i += 2;
            continue;
        }
        out.push(word.clone());
        i += 1;
    }
    out
}

/// The value of a word for a number, "thirtythree" too.
fn unit(word: &str) -> Option<u64> {
    let run_together = |tens: &str| {
        let rest = single_unit(word.strip_prefix(tens)?).filter(|u| *u < 10)?;
        Some(single_unit(tens)? + rest)
    };
    single_unit(word).or_else(|| TENS.iter().find_map(|tens| run_together(tens)))
}

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn single_unit(word: &str) -> Option<u64> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "hundred" => 100,
        "thousand" => 1000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "dozen" => 12,
        _ => return None,
    })
}

/// A plain number from word `i`: its value and one past its last word.
fn value(words: &[Word], i: usize) -> Option<(u64, usize)> {
    let norm = |i: usize| words.get(i).map_or("", |w| w.norm.as_str());
    if norm(i) == "half"
        && norm(i + 1) == "a"
        && let Some(s) = scale(norm(i + 2))
    {
        return Some((s / 2, i + 3));
    }
    if matches!(norm(i), "a" | "another")
        && let Some(s) = scale(norm(i + 1))
    {
        return Some((s, i + 2));
    }
    let word = norm(i);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let number: f64 = word.parse().ok().filter(|n: &f64| n.is_finite() && *n < 1e12)?;
        if let Some(s) = scale(norm(i + 1)) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "bounded above"
            )]
            return Some(((number * s as f64).round() as u64, i + 2));
        }
        return word.parse::<u64>().ok().map(|n| (n, i + 1));
    }
    let mut total = 0_u64;
    let mut part = unit(word)?;
    let mut end = i + 1;
    loop {
        let next = norm(end);
        if let Some(s) = scale(next) {
            if s >= 1000 {
                total = total.checked_add(part.checked_mul(s)?)?;
                part = 0;
            } else {
                part = part.checked_mul(s)?;
            }
            end += 1;
        } else if let Some(u) = unit(next)
            && (part >= 20 && part.is_multiple_of(10) && u < 10 && part < 100
                || part.is_multiple_of(100) && total + part > 0)
            && (words[end].glued || part.is_multiple_of(100) || part < 100)
        {
            part += u;
            end += 1;
        } else if next == "and"
            && part.is_multiple_of(100)
            && total + part >= 100
            && unit(norm(end + 1)).is_some()
        {
            end += 1;
        } else {
            return Some((total + part, end));
        }
        if total + part > 1_000_000_000_000 {
            return None;
        }
    }
}

/// The vague word at `i`: qualifier, bounds, one past its last word.
fn vague(words: &[Word], i: usize) -> Option<(Qualifier, Bounds, usize)> {
    let norm = |i: usize| words.get(i).map_or("", |w| w.norm.as_str());
    let some = |q, low: u64, high: Option<u64>, end| Some((q, Bounds::new(Some(low), high), end));
    let of = |j: usize, w: &str| norm(j) == "of" && norm(j + 1) == w;
    match norm(i) {
        "several" if let Some(s) = scale(norm(i + 1)) => some(Qualifier::Several, 3 * s, None, i + 2),
        "several" | "various" => some(Qualifier::Several, 3, None, i + 1),
        "a" if norm(i + 1) == "few" || norm(i + 1) == "handful" => some(Qualifier::Several, 3, None, i + 2),
        // "a couple of dozen", "a few hundred"
        "a" if matches!(norm(i + 1), "couple" | "few" | "handful")
            && let j = i + 2 + usize::from(norm(i + 2) == "of")
            && let Some(s) = scale(norm(j)) =>
        {
            let couple = norm(i + 1) == "couple";
            let (low, high) = if couple { (2 * s, Some(2 * s)) } else { (3 * s, None) };
            some(if couple { Qualifier::About } else { Qualifier::Several }, low, high, j + 1)
        }
        "a" if norm(i + 1) == "couple" => some(Qualifier::Exact, 2, Some(2), i + 2),
        "a" if norm(i + 1) == "number" && norm(i + 2) == "of" => some(Qualifier::Several, 3, None, i + 2),
        "dozens" => some(Qualifier::Dozens, 24, Some(99), i + 1),
        "scores" => some(Qualifier::Scores, 40, Some(99), i + 1),
        "tens" if of(i + 1, "thousands") => some(Qualifier::Tens, 20_000, Some(99_999), i + 3),
        "tens" => some(Qualifier::Tens, 20, Some(99), i + 1),
        "hundreds" if of(i + 1, "thousands") => some(Qualifier::Hundreds, 200_000, Some(999_999), i + 3),
        "hundreds" => some(Qualifier::Hundreds, 200, Some(999), i + 1),
        "thousands" => some(Qualifier::Thousands, 2000, Some(9999), i + 1),
        "many" | "numerous" | "countless" => some(Qualifier::Many, 4, None, i + 1),
        "both" => some(Qualifier::Exact, 2, Some(2), i + 1),
        "the" if norm(i + 1) == "pair" || norm(i + 1) == "couple" => {
            some(Qualifier::Exact, 2, Some(2), i + 2)
        }
        _ => None,
    }
}

/// The quantity that begins at word `i`, hedge included.
pub(super) fn quantity(words: &[Word], i: usize, text: &str) -> Option<Quantity> {
    let lexicon = lexicon();
    // "The 9/11 attacks": a day.
    if text.get(..words.get(i)?.range.start()).is_some_and(|before| before.ends_with('/')) {
        return None;
    }
    let norms: Vec<&str> = words.get(i..)?.iter().take(6).map(|w| w.norm.as_str()).collect();
    match norms.as_slice() {
        ["not", "a" | "one", "single", ..] => return Some(none(i, i + 3)),
        ["no", "one" | "single", ..] | ["not", "one", ..] | ["none", "of", ..] => {
            return Some(none(i, i + 2));
        }
        ["nobody" | "none", ..] => return Some(none(i, i + 1)),
        ["no", next, ..] if !matches!(*next, "longer" | "fewer" | "less" | "more" | "matter" | "doubt") => {
            return Some(none(i, i + 1));
        }
        ["between", ..] | ["from", ..] => {
            let link = if norms[0] == "between" { "and" } else { "to" };
            if let Some((low, j)) = value(words, i + 1)
                && words.get(j).is_some_and(|w| w.norm == link)
                && let Some((high, end)) = value(words, j + 1)
                && fits(words, i + 1, j, text)
            {
                return Some(range(i, end, low, high));
            }
            return None;
        }
        _ => {}
    }
    let mut at = i;
    let mut hedge = Qualifier::Exact;
    for (class, qualifier) in [
        ("at least", Qualifier::AtLeast),
        ("up to", Qualifier::UpTo),
        ("more than", Qualifier::MoreThan),
        ("fewer than", Qualifier::FewerThan),
        ("about", Qualifier::About),
    ] {
        let n = lexicon.phrase(class, &norms);
        // "handed over 146 soldiers", "took over 12 villages": the verb's own word.
        let own = norms.first() == Some(&"over") && i > 0 && lexicon.is("over", &words[i - 1].norm);
        // "Toll of the strike up to seven": it has risen to that.
        let toll = || {
            (i.saturating_sub(6)..i)
                .any(|b| words[b].sentence == words[i].sentence && words[b].norm == "toll")
        };
        if n > 0 && qualifier == Qualifier::UpTo && toll() {
            at = i + n;
            break;
        }
        if n > 0 && !own {
            (at, hedge) = (i + n, qualifier);
            break;
        }
    }
    // "at least some 30", "all four", "the two", "another 15", "an additional five"
    while words.get(at).is_some_and(|w| {
        matches!(
            w.norm.as_str(),
            "some"
                | "about"
                | "around"
                | "all"
                | "another"
                | "only"
                | "just"
                | "exactly"
                | "additional"
                | "further"
                | "nearly"
        )
    }) && at < i + 4
    {
        if hedge == Qualifier::Exact
            && matches!(words[at].norm.as_str(), "some" | "about" | "around" | "nearly")
        {
            hedge = Qualifier::About;
        }
        if words[at].norm == "another" && words.get(at + 1).is_some_and(|w| scale(&w.norm).is_some()) {
            break;
        }
        at += 1;
    }
    if let Some((low, end)) = value(words, at) {
        if !fits(words, at, end, text) {
            return None;
        }
        let norm = |i: usize| words.get(i).map_or("", |w| w.norm.as_str());
        let linked = matches!(norm(end), "to" | "or") || words.get(end).is_some_and(|w| w.glued);
        let next = if words.get(end).is_some_and(|w| w.glued) { end } else { end + 1 };
        if linked && let Some((high, after)) = value(words, next) {
            if high > low && fits(words, next, after, text) {
                return Some(range(i, after, low, high));
            }
            if norm(end) != "to" && norm(end) != "or" {
                return None; // a score: "3-1"
            }
        }
        if low == 0 {
            return Some(none(i, end));
        }
        let sentence = words.get(i).map(|w| w.sentence);
        let here = words[end..].iter().take(3).take_while(|w| Some(w.sentence) == sentence);
        let after: Vec<&str> = here.map(|w| w.norm.as_str()).collect();
        if hedge == Qualifier::Exact && lexicon.phrase("at least after", &after) > 0 {
            hedge = Qualifier::AtLeast;
        }
        return Some(hedged(i, end, low, hedge));
    }
    let (qualifier, bounds, end) = vague(words, at)?;
    let bounds = match hedge {
        Qualifier::AtLeast | Qualifier::MoreThan => Bounds::new(bounds.low(), None),
        Qualifier::UpTo | Qualifier::FewerThan => Bounds::new(None, bounds.high()),
        _ => bounds,
    };
    let qualifier =
        if qualifier == Qualifier::Exact && hedge != Qualifier::Exact { hedge } else { qualifier };
    Some(Quantity { start: i, end, bounds, qualifier })
}

fn none(start: usize, end: usize) -> Quantity {
    Quantity { start, end, bounds: Bounds::exactly(0), qualifier: Qualifier::None }
}

fn range(start: usize, end: usize, low: u64, high: u64) -> Quantity {
    Quantity { start, end, bounds: Bounds::new(Some(low), Some(high)), qualifier: Qualifier::Range }
}

fn hedged(start: usize, end: usize, n: u64, qualifier: Qualifier) -> Quantity {
    let bounds = match qualifier {
        Qualifier::AtLeast => Bounds::new(Some(n), None),
        Qualifier::MoreThan => Bounds::new(Some(n.saturating_add(1)), None),
        Qualifier::UpTo => Bounds::new(None, Some(n)),
        Qualifier::FewerThan => Bounds::new(None, Some(n.saturating_sub(1))),
        _ => Bounds::exactly(n),
    };
    Quantity { start, end, bounds, qualifier }
}

/// Whether a number counts something: not a date, an age, money, a measure, part of a name.
fn fits(words: &[Word], i: usize, end: usize, text: &str) -> bool {
    let lexicon = lexicon();
    let word = &words[i];
    let before = i.checked_sub(1).map(|b| &words[b]).filter(|b| b.sentence == word.sentence);
    let after = words.get(end).filter(|a| a.sentence == word.sentence);
    let previous = before.map_or("", |w| w.norm.as_str());
    let next = after.map_or("", |w| w.norm.as_str());
    let digits = word.norm.starts_with(|c: char| c.is_ascii_digit());
    let left = text[..word.range.start()].chars().next_back().unwrap_or(' ');
    let right = words.get(end - 1).and_then(|w| text[w.range.end()..].chars().next()).unwrap_or(' ');
    if "$€£¥#:.".contains(left) || "%".contains(right) {
        return false;
    }
    if right == ':' && text[words[end - 1].range.end()..].chars().nth(1).is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let joined = before.is_some_and(|b| b.case != Case::Lower || b.norm == "mid");
    if word.glued && joined || word.norm.contains('.') && end == i + 1 {
        return false;
    }
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
        "sep",
    ];
    if digits && (months.contains(&previous) || months.contains(&next)) {
        return false;
    }
    let year = digits
        && word.norm.len() == 4
        && end == i + 1
        && (word.norm.starts_with("19") || word.norm.starts_with("20"));
    let comma = text[word.range.bytes()].contains(',');
    if year && !comma {
        let noun = after.is_some_and(|a| a.is_word && a.case == Case::Lower && !lexicon.is("stop", &a.norm));
        if !noun
            || [
                "in", "since", "of", "by", "from", "until", "early", "late", "mid", "after", "before", "the",
                "during",
            ]
            .contains(&previous)
        {
            return false;
        }
    }
    if matches!(
        previous,
        "aged"
            | "age"
            | "resolution"
            | "article"
            | "flight"
            | "channel"
            | "highway"
            | "route"
            | "page"
            | "number"
            | "chapter"
            | "room"
            | "area"
            | "boeing"
            | "airbus"
            | "this"
            | "any"
            | "every"
            | "each"
            | "vs"
            | "version"
            | "magnitude"
            | "unit"
            | "no"
    ) {
        return false;
    }
    // "a man of 60"
    let whose = i.checked_sub(2).map_or("", |b| words[b].norm.as_str());
    if previous == "of" && lexicon.is("person", whose) {
        return false;
    }
    if word.norm == "one"
        && (previous == "the"
            || matches!(next, "another" | "day" | "side" | "hand" | "-" | "thing" | "way" | "time"))
    {
        return false;
    }
    // "34-year-old", "12-year"
    if after.is_some_and(|a| a.glued)
        && unit(next).is_none()
        && !next.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    // ", 71,": an age
    if digits
        && previous == ","
        && matches!(next, "," | ")" | "." | "")
        && before.is_some()
        && words[i].norm.len() <= 2
        && i >= 2
        && words[i - 2].case == Case::Capital
    {
        return false;
    }
    let named = |w: &str| w == "of";
    let measured = if named(next) { "" } else { next };
    !(lexicon.is("unit", measured) && measured != "a")
}
