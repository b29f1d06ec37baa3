//! Where sentences end: what the words around every gap where a sentence could end look like, for the classifier.

use super::network::{BEFORE, BEHIND, Network, Rows, rows};
use super::words::{Gap, Word};
use crate::features::hash;

/// Number of features a gap has.
const FEATURES: usize = 32;

/// A sentence of more words is cut, so that no input gives a sentence of unbounded length.
const LONGEST: usize = 400;

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Edge,
    Lower,
    Title,
    Upper,
    Initial,
    Mixed,
    Digits,
    Ordinal,
    Abbreviation,
    Address,
    Stop,
    Ask,
    Dots,
    Comma,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    OpenQuote,
    CloseQuote,
    Quote,
    Bullet,
    Clitic,
    Rule,
    Other,
}

/// What the features need to know of a word.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// Of the word in lower case.
    hash: u32,
    /// Of its last three letters.
    tail: u32,
    shape: Shape,
    gap: Gap,
    rows: Rows,
}

impl Look {
    fn new(hash: u32, tail: u32, shape: Shape, gap: Gap) -> Look {
        let look = (shape as u8) << 3 | gap as u8;
        let rows = rows(bucket(100, hash, 0), bucket(101, tail, 0), look);
        Look { hash, tail, shape, gap, rows }
    }

    /// What stands beyond the paragraph.
    fn edge() -> Look {
        Look::new(0, 0, Shape::Edge, Gap::Line)
    }

    fn of(text: &str, word: &Word) -> Look {
        let form = &text[word.start..word.end];
        let bytes = || form.bytes().take(40).map(|b| b.to_ascii_lowercase());
        let tail = bytes().fold([0_u8; 3], |tail, b| [tail[1], tail[2], b]);
        let tail = u32::from_le_bytes([tail[0], tail[1], tail[2], 0]);
        Look::new(hash(bytes()), tail, shape(form), word.gap)
    }
}

fn shape(form: &str) -> Shape {
    let mut chars = form.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return Shape::Other };
    if first.is_alphabetic() {
        if form.ends_with('.') {
            return if form.len() == 2 { Shape::Initial } else { Shape::Abbreviation };
        }
        if form.contains(['@', '/', '.']) {
            return Shape::Address;
        }
        let lower = form.chars().any(char::is_lowercase);
        let upper = form.chars().skip(1).any(char::is_uppercase);
        return match (first.is_uppercase(), second.is_some(), lower, upper) {
            (false, _, _, false) => Shape::Lower,
            (true, false, ..) => Shape::Initial,
            (true, _, true, false) => Shape::Title,
            (true, _, false, _) => Shape::Upper,
            _ => Shape::Mixed,
        };
    }
    if first.is_ascii_digit() {
        return if form.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'/' | b'-')) {
            Shape::Digits
        } else {
            Shape::Ordinal
        };
    }
    match first {
        '.' if second.is_none() => Shape::Stop,
        '.' | '…' => Shape::Dots,
        '!' | '?' => Shape::Ask,
        ',' => Shape::Comma,
        ':' if second.is_none() => Shape::Colon,
        ';' if second.is_none() => Shape::Semicolon,
        '—' | '–' => Shape::Dash,
        '-' | '*' | '=' | '_' | '~' | '+' | '|' | '#' if form.len() > 2 => Shape::Rule,
        '-' => Shape::Dash,
        '*' | '•' | '·' | '▪' | '●' | '+' | '>' => Shape::Bullet,
        '(' | '[' | '{' | '<' => Shape::Open,
        ')' | ']' | '}' => Shape::Close,
        '“' | '«' | '„' | '‘' | '`' => Shape::OpenQuote,
        '”' | '»' => Shape::CloseQuote,
        '"' => Shape::Quote,
        '\'' if form == "''" => Shape::Quote,
        '\'' | '’' if second.is_some() => Shape::Clitic,
        '\'' => Shape::Quote,
        '’' => Shape::CloseQuote,
        _ => Shape::Other,
    }
}

/// What a reader keeps in mind from left to right.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// Words of the sentence so far.
    length: u32,
    /// Index of its first word.
    first: usize,
    brackets: u32,
    curly: u32,
    straight: bool,
}

impl State {
    fn read(&mut self, shape: Shape) {
        self.length += 1;
        match shape {
            Shape::Open => self.brackets += 1,
            Shape::Close => self.brackets = self.brackets.saturating_sub(1),
            Shape::OpenQuote => self.curly += 1,
            Shape::CloseQuote => self.curly = self.curly.saturating_sub(1),
            Shape::Quote => self.straight = !self.straight,
            _ => {}
        }
    }
}

/// Words that open a sentence and stand in no name.
const OPENERS: [&str; 16] = [
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "he",
    "she",
    "it",
    "they",
    "we",
    "this",
    "these",
    "but",
    "however",
    "meanwhile",
];

/// Words that go on with a name that begins with letters and stops: "the U.N. Security Council".
const BODIES: [&str; 30] = [
    "security",
    "supreme",
    "chamber",
    "embassy",
    "state",
    "conciliation",
    "relief",
    "senate",
    "army",
    "navy",
    "marine",
    "marines",
    "air",
    "treasury",
    "justice",
    "defense",
    "congress",
    "secretary",
    "department",
    "commission",
    "coast",
    "attorney",
    "high",
    "human",
    "mission",
    "consulate",
    "ambassador",
    "embassies",
    "immigration",
    "court",
];

/// For the gap behind each word, whether a name that begins with letters and stops goes on there: "a U.S. State Department
/// call", "the U.N. Security Council". A body does so behind "the", anything behind "a".
fn initials_of_a_body(text: &str, words: &[Word], looks: &[Look]) -> Vec<bool> {
    let lower = |i: usize| text[words[i].start..words[i].end].to_lowercase();
    let initials = |w: &Word| {
        let form = &text.as_bytes()[w.start..w.end];
        form.len() >= 4
            && form.len().is_multiple_of(2)
            && form.chunks(2).all(|c| c[0].is_ascii_uppercase() && c[1] == b'.')
    };
    (0..words.len())
        .map(|i| {
            let next = looks.get(i + 1).is_some_and(|l| l.shape == Shape::Title && l.gap == Gap::Space);
            next && i > 0 && initials(&words[i]) && {
                let before = lower(i - 1);
                matches!(before.as_str(), "a" | "an")
                    || before == "the" && BODIES.contains(&lower(i + 1).as_str())
            }
        })
        .collect()
}

/// For the gap behind each word of a paragraph in capitals, where the shape of the next word says nothing: whether a name of
/// letters with stops goes on ("THREE U.S. MISSIONARIES"), since no word follows that opens sentences.
fn initials_in_capitals(text: &str, words: &[Word], looks: &[Look]) -> Vec<bool> {
    let count = |shapes: &[Shape]| looks.iter().filter(|l| shapes.contains(&l.shape)).count();
    let upper = count(&[Shape::Upper]);
    let loud = upper >= 5 && count(&[Shape::Lower, Shape::Title]) * 4 <= upper;
    let initials = |w: &Word| {
        let form = &text.as_bytes()[w.start..w.end];
        form.len() >= 4
            && form.len().is_multiple_of(2)
            && form.chunks(2).all(|c| c[0].is_ascii_uppercase() && c[1] == b'.')
    };
    let opens = |w: &Word| OPENERS.contains(&text[w.start..w.end].to_lowercase().as_str());
    let plain = |l: &Look| matches!(l.shape, Shape::Upper);
    (0..words.len())
        .map(|i| {
            loud && initials(&words[i])
                && words.get(i + 1).is_some_and(|next| !opens(next))
                && looks.get(i + 1).is_some_and(plain)
        })
        .collect()
}

/// A paragraph as the classifier sees it.
struct Paragraph {
    looks: Vec<Look>,
    edge: Look,
    /// For every gap behind a word, whether an abbreviation goes on there: "U.S. | SOLDIERS", "the U.N. | Security Council".
    goes_on: Vec<bool>,
    /// For every word, how many words the next full stop, question or exclamation mark is away, at most 255.
    to_stop: Vec<u8>,
}

impl Paragraph {
    fn new(text: &str, words: &[Word]) -> Paragraph {
        let looks: Vec<Look> = words.iter().map(|w| Look::of(text, w)).collect();
        let mut to_stop = vec![u8::MAX; looks.len() + 1];
        for i in (0..looks.len()).rev() {
            to_stop[i] = match looks[i].shape {
                Shape::Stop | Shape::Ask => 0,
                _ => to_stop[i + 1].saturating_add(1),
            };
        }
        let loud = initials_in_capitals(text, words, &looks);
        let goes_on =
            initials_of_a_body(text, words, &looks).iter().zip(&loud).map(|(a, b)| *a || *b).collect();
        Paragraph { looks, edge: Look::edge(), goes_on, to_stop }
    }

    fn look(&self, i: usize, offset: isize) -> Look {
        i.checked_add_signed(offset).and_then(|i| self.looks.get(i)).copied().unwrap_or(self.edge)
    }

    /// Whether a sentence could end behind word `i`: not between plain words, nor before a comma or a
    /// bracket that closes.
    fn candidate(&self, i: usize) -> bool {
        if self.goes_on[i] {
            return false;
        }
        let plain = |s| matches!(s, Shape::Lower | Shape::Comma | Shape::Clitic | Shape::Title);
        let next = self.looks[i + 1];
        if next.shape == Shape::Lower && next.gap != Gap::Line && self.is_initial_of_a_name(i) {
            return false;
        }
        let continues =
            matches!(next.shape, Shape::Lower) && plain(self.looks[i].shape) && next.gap != Gap::Line;
        !(continues
            || next.shape == Shape::Close && next.gap != Gap::Line
            || matches!(next.shape, Shape::Comma | Shape::Clitic | Shape::Stop) && next.gap == Gap::None)
    }

    /// Whether word `i` ends the name of somebody who is not named in full: "police arrested Jo R. at home".
    fn is_initial_of_a_name(&self, i: usize) -> bool {
        let back = |n: usize| i.checked_sub(n).map(|at| self.looks[at]);
        let name = |n: usize| back(n).is_some_and(|l| l.shape == Shape::Title);
        let letter = |n: usize| back(n).is_some_and(|l| l.shape == Shape::Initial);
        let stop = self.looks[i].shape == Shape::Stop && self.looks[i].gap == Gap::None;
        stop && letter(1) && name(2) || letter(0) && name(1)
    }

    /// The words around the gap behind word `i`, as the network sees them.
    fn around(&self, i: usize) -> [Rows; BEFORE + BEHIND] {
        let mut from = 1 - BEFORE.cast_signed();
        [(); BEFORE + BEHIND].map(|()| {
            from += 1;
            self.look(i, from - 1).rows
        })
    }

    /// The features of the gap behind word `i`, as buckets.
    fn features(&self, i: usize, state: &State) -> [u16; FEATURES] {
        let [c, b, a, d, e, f] = [-2, -1, 0, 1, 2, 3].map(|o| self.look(i, o));
        let [sc, sb, sa, sd, se, sf] = [c, b, a, d, e, f].map(|l| l.shape as u32);
        let gap = d.gap as u32;
        let here = sa << 8 | sd << 3 | gap;
        let length = log_bucket(state.length);
        let left = log_bucket(u32::try_from(self.looks.len() - 1 - i).unwrap_or(u32::MAX));
        let start = self.look(state.first, 0);
        let last = self.look(self.looks.len() - 1, 0).shape as u32;
        let quotes = state.curly.min(2) << 4 | u32::from(state.straight) << 3 | state.brackets.min(2);
        let stop = log_bucket(u32::from(self.to_stop[i + 1]));
        let rows: [(u32, u32); FEATURES] = [
            (0, 0),
            (a.hash, 0),
            (d.hash, 0),
            (b.hash, 0),
            (e.hash, 0),
            (here, 0),
            (sb, here),
            (here, se),
            (sc << 8 | sb, here),
            (here, se << 8 | sf),
            (sb << 8 | se, here),
            (a.hash, d.hash),
            (a.hash, sd << 3 | gap),
            (d.hash, here),
            (b.hash, a.hash),
            (b.hash, here),
            (e.hash, here),
            (d.hash, e.hash),
            (a.tail, sd << 3 | gap),
            (quotes, here),
            (quotes << 16 | sb << 8 | se, here),
            (length, here),
            (left, here),
            (last, here),
            (start.shape as u32 | length.min(3) << 8, here),
            (start.hash, length.min(3)),
            (stop, here),
            (stop << 8 | length, here),
            (last << 8 | left, here),
            (sc, sb << 16 | here),
            (d.hash, start.hash),
            (d.tail, sa << 3 | gap),
        ];
        let mut template = 0_u32;
        rows.map(|(x, y)| {
            template += 1;
            bucket(template, x, y)
        })
    }
}

fn log_bucket(n: u32) -> u32 {
    match n {
        0..=4 => n,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

#[allow(clippy::cast_possible_truncation)] // the upper half is the bucket
fn bucket(template: u32, x: u32, y: u32) -> u16 {
    let mixed = (x.wrapping_mul(0x9E37_79B1)
        ^ y.rotate_left(13).wrapping_mul(0x85EB_CA77)
        ^ template.wrapping_mul(0xC2B2_AE3D))
    .wrapping_mul(0x27D4_EB2F);
    ((mixed ^ mixed >> 15).wrapping_mul(0x1656_67B1) >> 16) as u16
}

/// Indices of the words that end a sentence; the last word always does.
pub(super) fn ends(text: &str, words: &[Word]) -> Vec<usize> {
    let network = Network::embedded();
    walk(text, words, |_, features, around| network.score(features, around) > 0.0)
}

/// For training: the features of every gap of `words` where a sentence could end, and whether one does; `is_end` says
/// so of a word's end in bytes.
pub(super) fn samples(text: &str, words: &[Word], is_end: impl Fn(usize) -> bool) -> Vec<(bool, Vec<u16>)> {
    let mut samples = Vec::new();
    walk(text, words, |i, features, around| {
        let label = is_end(words[i].end);
        let around = around.iter().flat_map(|r| [r.word, r.tail, r.shape.into()]);
        samples.push((label, features.iter().copied().chain(around).collect()));
        label
    });
    samples
}

fn walk(
    text: &str,
    words: &[Word],
    mut decide: impl FnMut(usize, &[u16; FEATURES], &[Rows; BEFORE + BEHIND]) -> bool,
) -> Vec<usize> {
    let paragraph = Paragraph::new(text, words);
    let mut state = State::default();
    let mut ends = Vec::new();
    for i in 0..words.len() {
        state.read(paragraph.looks[i].shape);
        let last = i + 1 == words.len();
        let cut = state.length as usize >= LONGEST;
        if last
            || cut
            || paragraph.candidate(i) && decide(i, &paragraph.features(i, &state), &paragraph.around(i))
        {
            ends.push(i);
            state = State { length: 0, first: i + 1, ..state };
        }
    }
    ends
}
