//! Words by the conventions of the English UD treebanks (EWT, GUM): clitics and most hyphens stand alone, abbreviations
//! keep their full stop, an address is one word.

use super::lexicon::{Kind, Lexicon};

/// Longest word, in bytes, that is joined to more over a full stop, hyphen or the like; it keeps the work linear.
const LONGEST: usize = 200;

/// What lies before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: it is glued to the word before.
    None,
    /// White space within a line.
    Space,
    /// A line break.
    Line,
}

/// A word: bytes of the text, never empty, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
}

/// Appends the words of `text[start..end]` to `words`. Time is linear in the length, however the text looks.
pub(super) fn split(text: &str, start: usize, end: usize, words: &mut Vec<Word>) {
    let lexicon = Lexicon::embedded();
    let mut gap = Gap::Line;
    let mut at = start;
    while at < end {
        let rest = &text[at..end];
        let Some(skip) = rest.find(|c| !is_blank(c)) else { return };
        if skip > 0 {
            gap = if rest[..skip].contains(['\n', '\r']) { Gap::Line } else { Gap::Space };
        }
        at += skip;
        let stop = text[at..end].find(is_blank).map_or(end, |n| at + n);
        let follows = text[stop..end].chars().find(|c| !is_blank(*c));
        Chunk { text: &text[at..stop], offset: at, follows, lexicon, gap, words }.split();
        gap = Gap::None;
        at = stop;
    }
}

/// White space, control characters and the invisible marks that separate words.
fn is_blank(c: char) -> bool {
    match c {
        ' '..='~' => c == ' ',
        _ => {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}')
        }
    }
}

/// Characters that belong to whatever they follow: combining marks, joiners, variation selectors, skin tones.
fn is_extender(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{200C}' | '\u{200D}' | '\u{AD}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

fn is_wordy(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || !c.is_ascii() && (c.is_alphanumeric() && !matches!(c, '²' | '³' | '¹') || is_extender(c))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
}

/// A stretch without white space.
struct Chunk<'a> {
    text: &'a str,
    /// Of the stretch in the whole text.
    offset: usize,
    /// The first character after the white space that ends the stretch.
    follows: Option<char>,
    lexicon: &'static Lexicon,
    /// Before its first word.
    gap: Gap,
    words: &'a mut Vec<Word>,
}

impl Chunk<'_> {
    fn split(&mut self) {
        if self.lexicon.is(Kind::Emoticon, self.text) || self.lexicon.is(Kind::Whole, self.text) {
            return self.push(0, self.text.len());
        }
        let mut at = 0;
        while at < self.text.len() {
            at = self.next(at).max(at + 1);
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            let gap = std::mem::replace(&mut self.gap, Gap::None);
            self.words.push(Word { start: self.offset + start, end: self.offset + end, gap });
        }
    }

    fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Pushes the word or words that start at `at`; gives where they end.
    fn next(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let Some(c) = rest.chars().next() else { return self.text.len() };
        let next = rest[c.len_utf8()..].chars().next();
        if let Some(len) = address(rest).or_else(|| self.mail(rest)).or_else(|| self.emoticon(rest, c)) {
            self.push(at, at + len);
            return at + len;
        }
        let len = match c {
            _ if is_wordy(c) => return self.word(at, at),
            '@' if next.is_some_and(is_letter) => return self.tag(at),
            '#' if next.is_some_and(is_letter) => return self.tag(at),
            '+' if next.is_some_and(|n| n.is_ascii_digit()) && !self.after_word(at) => {
                return self.word(at, at + 1);
            }
            _ if is_apostrophe(c) => self.apostrophe(at, c, next),
            '.' | '!' | '?' | '-' | '*' | '=' | '~' | '<' | '>' | '|' | '#' | '…' | '_' | '+' | '—' | '–' => {
                run(rest, c)
            }
            _ => symbol(rest),
        };
        self.push(at, at + len);
        at + len
    }

    /// Length of an address of electronic mail at the start of `rest`.
    fn mail(&self, rest: &str) -> Option<usize> {
        let name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'%');
        let bounded = &rest.as_bytes()[..rest.len().min(80)];
        let local = bounded.iter().position(|b| !name(*b))?;
        if local == 0 || bounded[local] != b'@' || !bounded[0].is_ascii_alphanumeric() {
            return None;
        }
        let host = rest[local + 1..].bytes().take(120).take_while(|b| name(*b)).count();
        let address = rest[..local + 1 + host].trim_end_matches(['.', '-', '_', '%', '+']);
        (address.len() > local + 1).then_some(address.len())
    }

    /// Length of an emoticon behind other marks: "great!:)".
    fn emoticon(&self, rest: &str, c: char) -> Option<usize> {
        if !matches!(c, ':' | ';' | '=') {
            return None;
        }
        (2..=3).rev().find(|n| rest.get(..*n).is_some_and(|form| self.lexicon.is(Kind::Emoticon, form)))
    }

    /// Whether a word ends right at `at` within the stretch.
    fn after_word(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(is_wordy)
    }

    /// "#name", "@name".
    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let end = at + 1 + rest.find(|c| !is_wordy(c)).unwrap_or(rest.len());
        self.push(at, end);
        end
    }

    /// Length of a word that starts with an apostrophe: "'90s", "'em", a quotation mark, or the ' behind a plural.
    fn apostrophe(&self, at: usize, c: char, next: Option<char>) -> usize {
        let mark = c.len_utf8();
        let rest = &self.text[at + mark..];
        let len = rest.find(|c| !is_wordy(c)).unwrap_or(rest.len());
        let decade =
            len == 3 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit) && rest.as_bytes()[2] == b's';
        let year = len == 2 && rest.bytes().take(2).all(|b| b.is_ascii_digit());
        let known =
            || matches!(rest.get(..len), Some(word) if self.lexicon.is(Kind::Whole, &format!("'{word}")));
        if !self.after_word(at) && len > 0 && c != '‘' && c != '`' && (decade || year || known()) {
            return mark + len;
        }
        if (c == '\'' || c == '`' || c == '’') && next == Some(c) { 2 * mark } else { mark }
    }

    /// The word at `from`, which may hold full stops, hyphens and the like; `from..body` is a sign before it.
    fn word(&mut self, from: usize, body: usize) -> usize {
        let text = self.text;
        let mut end = body;
        loop {
            end += text[end..].find(|c| !is_wordy(c)).unwrap_or(text.len() - end);
            let mut after = text[end..].chars();
            let (joint, next) = (after.next(), after.next());
            let Some(joint) = joint else { break };
            if !self.joins(body, end, joint, next) {
                break;
            }
            end += joint.len_utf8();
        }
        end = self.full_stop(body, end);
        let word = &text[from..end];
        if let Some(c) = self.char(end)
            && c == '$'
            && word.len() <= 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
        {
            end += 1;
            self.push(from, end);
            return end;
        }
        self.parts(from, end);
        end
    }

    /// Whether `joint` holds the word `body..end` and the character `next` behind it together.
    fn joins(&self, body: usize, end: usize, joint: char, next: Option<char>) -> bool {
        let word = &self.text[body..end];
        let rest = &self.text[end + joint.len_utf8()..];
        let last_digit = word.ends_with(|c: char| c.is_ascii_digit());
        if word.len() > LONGEST {
            return false;
        }
        let Some(next) = next.filter(|n| is_wordy(*n)) else {
            return joint == '/' && self.lexicon.is(Kind::Whole, &self.text[body..=end]);
        };
        let digits = last_digit && next.is_ascii_digit();
        let run = || &rest[..rest.find(|c| !is_wordy(c)).unwrap_or(rest.len())];
        match joint {
            '.' => digits || acronym(word) && one_letter(run()) || self.host(word, rest),
            ',' => {
                digits && digit_groups(word) && run().len() == 3 && run().bytes().all(|b| b.is_ascii_digit())
            }
            ':' => digits && word.len() <= 8 && rest.bytes().take_while(u8::is_ascii_digit).count() == 2,
            '/' => {
                digits && !word.contains('.')
                    || self.lexicon.is(Kind::Whole, &self.text[body..end + 1 + run().len()])
            }
            '&' => short_capitals(word) && short_capitals(run()),
            '@' => word.len() < 100 && run().len() < 100,
            _ if is_apostrophe(joint) => joint != '`' && joint != '´' && next.is_alphabetic(),
            '-' => self.hyphen_joins(word, run(), rest),
            '*' => word.ends_with(is_letter) && is_letter(next),
            _ => false,
        }
    }

    /// Hyphens within telephone numbers, dates and codes, and behind prefixes.
    fn hyphen_joins(&self, word: &str, run: &str, rest: &str) -> bool {
        let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if numeric(word) && numeric(run) {
            return word.contains('-')
                || rest[run.len()..].starts_with('-')
                || word.len() == 3 && run.len() == 4;
        }
        self.lexicon.is(Kind::Prefix, word)
    }

    /// Whether the full stop between `word` and `rest` is that of a host or file name.
    fn host(&self, word: &str, rest: &str) -> bool {
        let name_like = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let bounded = &rest.as_bytes()[..rest.len().min(80)];
        let len = bounded.iter().position(|b| !name_like(char::from(*b))).unwrap_or(bounded.len());
        let name = rest[..len].trim_end_matches(['.', '-']);
        let ending = name.rsplit('.').next().unwrap_or(name);
        let lower = !ending.contains(|c: char| c.is_ascii_uppercase());
        let capitals = !word.contains(|c: char| c.is_ascii_lowercase());
        // Two letters may be a word behind a lost space, so nothing else may follow them.
        let closed =
            ending.len() > 2 || rest[len..].is_empty() || rest[len..].starts_with(['.', ',', ')', '/']);
        word.starts_with(is_letter)
            && word.len() > 1
            && self.lexicon.is(Kind::Ending, ending)
            && (lower || capitals)
            && closed
    }

    /// The end of the word with its full stop, if it keeps one.
    fn full_stop(&self, body: usize, end: usize) -> usize {
        let text = self.text;
        if !text[end..].starts_with('.') || text[end..].starts_with("..") {
            return end;
        }
        let with = &text[body..=end];
        let after = text[end + 1..].chars().next();
        let next = after.or(self.follows);
        let glued = after.is_some_and(is_wordy);
        let before_capital = || next.is_some_and(char::is_uppercase);
        let before_digit = || next.is_some_and(|c| c.is_ascii_digit());
        let capital = with.starts_with(char::is_uppercase);
        let keeps = acronym(&text[body..end]) && with.len() > 2
            || with.len() == 2 && capital && with != "I." && before_capital() && !glued
            || self.lexicon.is(Kind::Abbreviation, with) && (!glued || before_digit())
            || self.lexicon.is(Kind::Title, with) && before_capital() && (capital || glued)
            || self.lexicon.is(Kind::Counter, with) && before_digit();
        if keeps { end + 1 } else { end }
    }

    /// Pushes a word without outer punctuation, split at its seams: clitics, units, "cannot".
    fn parts(&mut self, from: usize, end: usize) {
        let word = &self.text[from..end];
        let mut start = from;
        for seam in self.lexicon.seams(word) {
            self.push(start, from + seam);
            start = from + seam;
        }
        if start > from {
            return self.push(start, end);
        }
        if word.contains(is_apostrophe)
            && let Some(seam) = clitic(word)
        {
            self.parts(from, from + seam);
            return self.push(from + seam, end);
        }
        if word.as_bytes()[0].is_ascii_digit() {
            let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':');
            let unit = word.find(|c| !number(c)).unwrap_or(word.len());
            if unit < word.len() && self.lexicon.is(Kind::Unit, &word[unit..]) {
                self.push(from, from + unit);
                return self.push(from + unit, end);
            }
        }
        self.push(from, end);
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// Letters one by one with full stops between them: "U", "U.S".
fn acronym(word: &str) -> bool {
    word.split('.').all(one_letter) || word == "Ph"
}

fn one_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(is_letter) && chars.next().is_none() || matches!(word, "Ph" | "Sc")
}

fn short_capitals(word: &str) -> bool {
    (1..=3).contains(&word.len())
        && (word.bytes().all(|b| b.is_ascii_uppercase())
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// "1", "12", "123", "1,234": what a comma and three digits may follow.
fn digit_groups(word: &str) -> bool {
    word.split(',').enumerate().all(|(i, group)| if i == 0 { group.len() <= 3 } else { group.len() == 3 })
}

/// Where the clitic of "don't", "Iraq's", "they're" starts.
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c))?;
    let tail = &word[at + mark.len_utf8()..];
    let is = |forms: &[&str]| forms.iter().any(|f| tail.eq_ignore_ascii_case(f));
    if at == 0 {
        None
    } else if is(&["t"]) && word[..at].ends_with(['n', 'N']) {
        Some(at - 1).filter(|s| *s > 0)
    } else if is(&["s", "m", "d", "re", "ve", "ll"]) {
        Some(at)
    } else {
        None
    }
}

/// Length of a web address at the start of `rest`.
fn address(rest: &str) -> Option<usize> {
    const STARTS: [&str; 5] = ["http://", "https://", "www.", "ftp://", "doi:"];
    let bytes = rest.as_bytes();
    if !STARTS.iter().any(|s| bytes.len() > s.len() && bytes[..s.len()].eq_ignore_ascii_case(s.as_bytes())) {
        return None;
    }
    let len = rest.find(['<', '>', '"', '“', '”', '’', '‘', '|']).unwrap_or(rest.len());
    let mut address = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    while address.ends_with([')', ']']) && !address.contains(['(', '[']) {
        address = address[..address.len() - 1].trim_end_matches(['.', ',', ';', ')', ']']);
    }
    Some(address.len()).filter(|n| *n > 4)
}

/// Length of a run of one punctuation mark; those that end sentences mix.
fn run(rest: &str, c: char) -> usize {
    let same = |d: char| d == c || matches!(c, '!' | '?' | '.') && matches!(d, '!' | '?' | '.');
    rest.find(|d| !same(d)).unwrap_or(rest.len())
}

/// Length of one character with the marks that extend it; flags are pairs, joined emoji are one.
fn symbol(rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return 0 };
    let mut len = first.len_utf8();
    let flag = |c: char| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
    let mut joined = flag(first);
    for c in chars {
        let takes = is_extender(c) || joined && (flag(first) == flag(c)) && !c.is_ascii();
        if !takes {
            break;
        }
        len += c.len_utf8();
        joined = c == '\u{200D}';
    }
    len
}
