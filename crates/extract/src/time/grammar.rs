//! Patterns over tokens, and a chart of the phrases they find.
//!
//! A pattern is written as words and classes with white space between:
//!
//! ```text
//! the? last|past Count Unit      literal words; `?` makes the element before it optional, `|` separates words
//! (of|in Time)?                  a group
//! Month                          a class (capital letter): see `Class`
//! ```
//!
//! `Time` is any phrase found by any rule, so rules build on each other: "the end of" `Time`, `Time` "morning".

use super::calendar::{Feast, Part, Season, Unit};
use super::lexicon::{Entry, Lexicon, Sense};
use super::reading::{Time, Which};
use super::token::Token;

/// A kind of words that carries a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A month's name with its full stop.
    Month,
    Weekday,
    Weekdays,
    /// A unit of time, singular or plural.
    Unit,
    /// A plural unit.
    Units,
    Season,
    Part,
    /// An amount: "3", "4.5", "two and a half", "a", "several".
    Count,
    /// An amount without "a" or vague words.
    Number,
    /// "first" … or "1st" ….
    Ordinal,
    /// A day of a month: "9", "9th", "ninth".
    Day,
    /// A year of four digits, or in words, or `'82`.
    Year,
    /// "1990s", "'90s", "nineties".
    Decade,
    Feast,
    Set,
    Reference,
    Approx,
    /// "last", "this", "next".
    Which,
    /// "9:30 p.m.", "10 pm", "0800", "noon", "midnight".
    Clock,
    /// "GMT", "UTC", "EST".
    Zone,
    /// Two digits or one.
    Small,
    Time,
}

/// What a class found.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Month(i8),
    Weekday(i8),
    Unit(Unit),
    Season(Season),
    Part(Part),
    /// `None` is a vague amount.
    Count(Option<f64>),
    Ordinal(u8),
    Day(i8),
    Year(i16),
    Decade(i16),
    Feast(Feast),
    Set(&'static str),
    Reference(&'static str),
    Which(Which),
    Clock(i8, Option<i8>),
    Zone(bool),
    Small(i16),
    Time(Box<Time>),
    Nothing,
}

#[derive(Debug, Clone)]
enum Node {
    Words(Vec<&'static str>),
    Class(Class),
    Group(Vec<Node>),
    Optional(Box<Node>),
}

/// A pattern, ready to match.
#[derive(Debug, Clone)]
pub(super) struct Pattern(Vec<Node>);

/// One way a pattern matched: the token after its last, and the values.
pub(super) type Match = (usize, Vec<Value>);

/// A phrase found in the chart.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The token after its last.
    pub(super) end: usize,
    pub(super) time: Time,
    pub(super) rule: &'static str,
}

/// The tokens and the phrases that begin at each of them.
#[derive(Debug)]
pub(super) struct Chart<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) phrases: Vec<Vec<Phrase>>,
    /// The senses of each token.
    senses: Vec<&'static [Entry]>,
    /// Whether a class may begin at each token.
    begins: Vec<bool>,
}

impl<'t> Chart<'t> {
    pub(super) fn new(tokens: &'t [Token]) -> Chart<'t> {
        let lexicon = Lexicon::embedded();
        let senses: Vec<&[Entry]> = tokens.iter().map(|t| lexicon.senses(&t.lower)).collect();
        let begins = tokens.iter().zip(&senses).map(|(t, senses)| begins_class(t, senses)).collect();
        Chart { tokens, phrases: vec![Vec::new(); tokens.len() + 1], senses, begins }
    }

    /// Whether some class may begin at a token.
    pub(super) fn may_begin_class(&self, at: usize) -> bool {
        self.begins[at]
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.lower.as_str())
    }

    /// Whether the token stands in the same paragraph as the one before it.
    fn joined(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| !t.paragraph)
    }

    fn sense<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        let token = self.tokens.get(at)?;
        self.senses[at].iter().filter(|e| token.capital || !e.capital).find_map(|e| pick(e.sense))
    }

    /// A full stop right after the abbreviation at `at` is taken along.
    fn after_abbreviation(&self, at: usize) -> usize {
        let short = self.word(at).len() <= 4 && !matches!(self.word(at), "may" | "june" | "july");
        let stop = self.word(at + 1) == "." && self.tokens[at + 1].glued;
        at + 1 + usize::from(short && stop && self.tokens.len() > at + 2)
    }

    fn number_word(&self, at: usize) -> Option<u32> {
        self.sense(at, |s| if let Sense::Number(n) = s { Some(n) } else { None })
    }

    /// A whole or decimal number in digits or words: its value and the token after it.
    fn number(&self, at: usize) -> Option<(usize, f64)> {
        if let Some(whole) = self.tokens.get(at)?.digits() {
            return Some(self.digits(at, whole));
        }
        let mut end = at;
        let (mut total, mut part) = (0u32, 0u32);
        loop {
            let skip = usize::from(end > at && matches!(self.word(end), "-" | "and"));
            let Some(n) = self.number_word(end + skip) else { break };
            let last = part % 100;
            match n {
                100 | 1000 | 12 if end > at || n != 12 => {
                    if n == 12 && end > at && last != 0 && !matches!(self.word(end + skip), "dozen") {
                        break;
                    }
                    part = part.max(1).saturating_mul(n);
                    if n == 1000 {
                        total = total.saturating_add(part);
                        part = 0;
                    }
                }
                _ if end == at || part == 0 || last == 0 || (last >= 20 && last % 10 == 0 && n < 10) => {
                    part += n
                }
                _ => break,
            }
            end += skip + 1;
            if end - at > 8 {
                break;
            }
        }
        if end == at {
            return None;
        }
        let value = f64::from(total.saturating_add(part));
        if self.word(end) == "and" && self.word(end + 1) == "a" && self.word(end + 2) == "half" {
            return Some((end + 3, value + 0.5));
        }
        Some((end, value))
    }

    /// Continues a number in digits: thousands after commas, decimals, a fraction, "and a half".
    fn digits(&self, at: usize, whole: u32) -> (usize, f64) {
        let mut end = at + 1;
        let mut value = f64::from(whole);
        let glued = |i: usize| self.tokens.get(i).is_some_and(|t| t.glued);
        while self.word(end) == "," && glued(end) && glued(end + 1) && self.word(end + 1).len() == 3 {
            let Some(more) = self.tokens[end + 1].digits() else { break };
            value = value * 1000.0 + f64::from(more);
            end += 2;
        }
        if self.word(end) == "."
            && glued(end)
            && glued(end + 1)
            && let Some(decimal) = self.tokens[end + 1].digits()
        {
            value += f64::from(decimal) / 10f64.powi(i32::try_from(self.word(end + 1).len()).unwrap_or(9));
            end += 2;
        }
        let fraction =
            (self.tokens.get(end).and_then(Token::digits), self.tokens.get(end + 2).and_then(Token::digits));
        if let (Some(top), "/", Some(bottom)) = (fraction.0, self.word(end + 1), fraction.1)
            && bottom > top
        {
            return (end + 3, value + f64::from(top) / f64::from(bottom));
        }
        match self.word(end) {
            "thousand" => (end + 1, value * 1000.0),
            "hundred" => (end + 1, value * 100.0),
            "and" if self.word(end + 1) == "a" && self.word(end + 2) == "half" => (end + 3, value + 0.5),
            _ => (end, value),
        }
    }

    fn ordinal(&self, at: usize) -> Option<u8> {
        self.sense(at, |s| if let Sense::Ordinal(n) = s { Some(n) } else { None }).or_else(|| {
            let word = self.word(at);
            let digits = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix))?;
            digits.parse().ok()
        })
    }

    fn year(&self, at: usize) -> Option<(usize, i16)> {
        let token = self.tokens.get(at)?;
        let glued = |i: usize| self.tokens.get(i).is_some_and(|t| t.glued);
        if self.twenty_four(at).is_some() {
            return None;
        }
        if let (4, Some(n)) = (token.lower.len(), token.digits()) {
            // "1,462,500" and "1462.93" are numbers.
            let mark = self.word(at + 1);
            let longer = matches!(mark, "," | ".")
                && glued(at + 1)
                && glued(at + 2)
                && self.tokens[at + 2].digits().is_some()
                && (mark == "." || self.word(at + 2).len() == 3);
            return (1000..=2200)
                .contains(&n)
                .then_some(())
                .filter(|()| !longer)
                .and(Some((at + 1, i16::try_from(n).ok()?)));
        }
        if matches!(token.lower.as_str(), "'" | "’" | "‘") && glued(at + 1) && self.word(at + 1).len() == 2
        {
            let n = i16::try_from(self.tokens[at + 1].digits()?).ok()?;
            return Some((at + 2, if n < 30 { 2000 + n } else { 1900 + n }));
        }
        // "nineteen ninety-six", "two thousand"
        let century = self.number_word(at).filter(|n| (17..=20).contains(n));
        if let Some(century) = century {
            let (end, rest) = self.number(at + 1)?;
            let fits = (10.0..100.0).contains(&rest) && rest.fract() == 0.0;
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 100")]
            return fits.then(|| (end, i16::try_from(century).unwrap_or(19) * 100 + rest as i16));
        }
        (self.word(at) == "two" && self.word(at + 1) == "thousand").then(|| {
            let (end, more) = self.number(at + 2).filter(|(_, n)| *n < 100.0).unwrap_or((at + 2, 0.0));
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 100")]
            (end, 2000 + more as i16)
        })
    }

    fn decade(&self, at: usize) -> Option<(usize, i16)> {
        let word = self.word(at);
        if let Some(digits) = word.strip_suffix('s') {
            return match (digits.len(), digits.parse::<i16>()) {
                (4, Ok(y)) if y % 10 == 0 && (1000..2200).contains(&y) => Some((at + 1, y / 10)),
                (2, Ok(y)) if y % 10 == 0 => Some((at + 1, if y < 20 { 200 } else { 190 } + y / 10)),
                _ => None,
            };
        }
        let apostrophe = matches!(word, "'" | "’" | "‘") && self.tokens.get(at + 1).is_some_and(|t| t.glued);
        if apostrophe && self.word(at + 1).ends_with('s') {
            return self.decade(at + 1);
        }
        let n = self.sense(at, |s| if let Sense::Decade(n) = s { Some(n) } else { None })?;
        Some((at + 1, 190 + i16::from(n)))
    }

    /// "9:30 p.m.", "10 pm", "noon"; hour, minute and the token after.
    fn clock(&self, at: usize) -> Option<(usize, i8, Option<i8>)> {
        match self.word(at) {
            "noon" | "midday" => return Some((at + 1, 12, Some(0))),
            "midnight" => return Some((at + 1, 24, Some(0))),
            _ => {}
        }
        let token = self.tokens.get(at)?;
        let glued = |i: usize| self.tokens.get(i).is_some_and(|t| t.glued);
        let attached = ["am", "pm"].iter().find_map(|m| Some((token.lower.strip_suffix(m)?, *m)));
        if let Some((digits, half)) = attached {
            let hour = digits.parse::<i8>().ok().filter(|h| (1..=12).contains(h))?;
            return Some((at + 1, to_24(hour, half), None));
        }
        let short = token.digits().map(|n| i8::try_from(n).unwrap_or(99));
        let first = short.or_else(|| {
            // "ten o'clock", "ten p.m."
            self.number_word(at).and_then(|n| i8::try_from(n).ok())
        });
        if let Some((hour, minute)) = self.twenty_four(at) {
            return Some((at + 1, hour, Some(minute)));
        }
        let mut end = at + 1;
        let mut minute = None;
        let mut hour = first?;
        let colon = matches!(self.word(end), ":" | ".")
            && glued(end)
            && glued(end + 1)
            && self.word(end + 1).len() >= 2;
        if colon {
            let more = self.word(end + 1);
            let digits = more.get(..2)?.parse::<i8>().ok().filter(|m| *m < 60)?;
            match more.get(2..)? {
                "" => minute = Some(digits),
                half @ ("am" | "pm") => return Some((end + 2, to_24(hour, half), Some(digits))),
                _ => return None,
            }
            end += 2;
        }
        let (half, after) = self.meridiem(end);
        if !half.is_empty() && (1..=12).contains(&hour) {
            hour = to_24(hour, half);
            return Some((after, hour, minute));
        }
        let sharp = self.word(end) == "o" && self.word(end + 2) == "clock";
        if sharp || (self.word(end) == "o" && self.word(end + 1).ends_with("clock")) {
            return Some((end + if sharp { 3 } else { 2 }, hour, None));
        }
        // "14:30" needs no half of the day; "2.30" might be anything.
        (minute.is_some() && self.word(at + 1) == ":" && (0..=24).contains(&hour))
            .then_some((end, hour, minute))
    }

    /// "0800 UTC", "1410 hours", "at about 1100", "2230 (0230 GMT)": four figures that are hour and minute, no year.
    fn twenty_four(&self, at: usize) -> Option<(i8, i8)> {
        let four = |at: usize| {
            let word = Some(self.word(at)).filter(|w| w.len() == 4)?;
            let (hour, minute) = (word.get(..2)?.parse().ok()?, word.get(2..)?.parse().ok()?);
            (hour <= 24 && minute < 60).then_some((hour, minute))
        };
        let zone = |at: usize| matches!(self.word(at), "utc" | "gmt" | "z" | "hours" | "hrs");
        let time = four(at)?;
        let beside = matches!(self.word(at + 1), "(" | "[") && four(at + 2).is_some() && zone(at + 3);
        let mut before = at;
        while before > 0 && matches!(self.word(before - 1), "about" | "around" | "approximately") {
            before -= 1;
        }
        // "at 2000 points" is no time of day.
        let next = self.word(at + 1);
        let free = !next.starts_with(char::is_alphanumeric)
            || matches!(next, "on" | "this" | "today" | "yesterday" | "when" | "and" | "local");
        let said = before > 0 && self.word(before - 1) == "at" && free;
        (zone(at + 1) || beside || said).then_some(time)
    }

    fn meridiem(&self, at: usize) -> (&'static str, usize) {
        let half = match self.word(at) {
            "am" | "pm" => return (if self.word(at) == "am" { "am" } else { "pm" }, at + 1),
            "a" => "am",
            "p" => "pm",
            _ => return ("", at),
        };
        let dotted = self.word(at + 1) == "." && self.word(at + 2) == "m" && self.tokens[at + 1].glued;
        if !dotted {
            return ("", at);
        }
        let stop = self.word(at + 3) == "." && self.tokens.get(at + 3).is_some_and(|t| t.glued);
        (half, at + 3 + usize::from(stop))
    }

    fn feast(&self, at: usize) -> Option<(usize, Feast)> {
        if !self.tokens.get(at)?.capital {
            return None;
        }
        let phrase = Lexicon::embedded()
            .phrases
            .iter()
            .find(|(parts, _)| parts.iter().enumerate().all(|(i, p)| self.word(at + i) == *p));
        if let Some((parts, feast)) = phrase {
            return Some((at + parts.len(), *feast));
        }
        let one = self.sense(at, |s| if let Sense::Feast(f) = s { Some(f) } else { None })?;
        Some((at + 1, one))
    }

    /// The ways a class matches at a token.
    fn class(&self, class: Class, at: usize) -> Vec<(usize, Value)> {
        let one = |value: Option<Value>| value.map(|v| (at + 1, v)).into_iter().collect::<Vec<_>>();
        let plural =
            |at: usize| self.word(at).ends_with('s') || matches!(self.word(at), "centuries" | "millennia");
        match class {
            Class::Month => {
                let month = self.sense(at, |s| if let Sense::Month(m) = s { Some(m) } else { None });
                month.map(|m| (self.after_abbreviation(at), Value::Month(m))).into_iter().collect()
            }
            Class::Weekday => {
                let day = self.sense(at, |s| if let Sense::Weekday(d) = s { Some(d) } else { None });
                day.map(|d| (self.after_abbreviation(at), Value::Weekday(d))).into_iter().collect()
            }
            Class::Weekdays => {
                one(self
                    .sense(at, |s| if let Sense::Weekdays(d) = s { Some(Value::Weekday(d)) } else { None }))
            }
            Class::Unit => {
                one(self.sense(at, |s| if let Sense::Unit(u) = s { Some(Value::Unit(u)) } else { None }))
            }
            Class::Units if !plural(at) => Vec::new(),
            Class::Units => {
                one(self.sense(at, |s| if let Sense::Unit(u) = s { Some(Value::Unit(u)) } else { None }))
            }
            Class::Season => {
                one(self.sense(at, |s| if let Sense::Season(x) = s { Some(Value::Season(x)) } else { None }))
            }
            Class::Part => {
                one(self.sense(at, |s| if let Sense::Part(p) = s { Some(Value::Part(p)) } else { None }))
            }
            Class::Count => self.count(at),
            Class::Number => {
                self.number(at).map(|(end, n)| (end, Value::Count(Some(n)))).into_iter().collect()
            }
            Class::Ordinal => one(self.ordinal(at).map(Value::Ordinal)),
            Class::Day => {
                let word = self.word(at);
                let plain = (word.len() <= 2).then(|| self.tokens[at].digits()).flatten();
                let day = plain.and_then(|n| u8::try_from(n).ok()).or_else(|| self.ordinal(at));
                one(day.and_then(|d| i8::try_from(d).ok()).filter(|d| (1..=31).contains(d)).map(Value::Day))
            }
            Class::Year => self.year(at).map(|(end, y)| (end, Value::Year(y))).into_iter().collect(),
            Class::Decade => self.decade(at).map(|(end, d)| (end, Value::Decade(d))).into_iter().collect(),
            Class::Feast => self.feast(at).map(|(end, f)| (end, Value::Feast(f))).into_iter().collect(),
            Class::Set => {
                one(self.sense(at, |s| if let Sense::Set(v) = s { Some(Value::Set(v)) } else { None }))
            }
            Class::Reference => one(self
                .sense(at, |s| if let Sense::Reference(v) = s { Some(Value::Reference(v)) } else { None })),
            Class::Approx => one(self.sense(at, |s| (s == Sense::Approx).then_some(Value::Nothing))),
            // "The following Saturday", but "following Saturday's shelling".
            Class::Which if self.word(at) == "following" && (at == 0 || self.word(at - 1) != "the") => {
                Vec::new()
            }
            Class::Which => one(which(self.word(at)).map(Value::Which)),
            Class::Clock => self.clock(at).map(|(end, h, m)| (end, Value::Clock(h, m))).into_iter().collect(),
            Class::Zone => one(match self.word(at) {
                "utc" | "gmt" | "z" => Some(Value::Zone(true)),
                "est" | "edt" | "cst" | "cdt" | "pst" | "pdt" | "cet" | "cest" | "bst" | "et" => {
                    Some(Value::Zone(false))
                }
                _ => None,
            }),
            Class::Small => {
                let small = (self.word(at).len() <= 2).then(|| self.tokens[at].digits()).flatten();
                one(small.and_then(|n| i16::try_from(n).ok()).map(Value::Small))
            }
            Class::Time => {
                let phrases = self.phrases.get(at).into_iter().flatten();
                phrases.map(|p| (p.end, Value::Time(Box::new(p.time.clone())))).collect()
            }
        }
    }

    fn count(&self, at: usize) -> Vec<(usize, Value)> {
        if let Some((end, n)) = self.number(at) {
            return vec![(end, Value::Count(Some(n)))];
        }
        let vague = |i: usize| self.sense(i, |s| (s == Sense::Vague).then_some(())).is_some();
        let found = match (self.word(at), self.word(at + 1)) {
            ("a" | "the", "couple") => Some((at + 2 + usize::from(self.word(at + 2) == "of"), Some(2.0))),
            ("a" | "the", "few") => Some((at + 2, None)),
            ("a", "number" | "handful" | "matter") if self.word(at + 2) == "of" => Some((at + 3, None)),
            ("a", "dozen") => Some((at + 2, Some(12.0))),
            ("a", "half") => Some((at + 2, Some(0.5))),
            ("half", "a" | "an") => Some((at + 2, Some(0.5))),
            ("a", "hundred") => Some((at + 2, Some(100.0))),
            ("a", "thousand") => Some((at + 2, Some(1000.0))),
            ("a" | "an", _) => Some((at + 1, Some(1.0))),
            ("dozens" | "tens" | "scores" | "hundreds" | "thousands", "of") => Some((at + 2, None)),
            _ if vague(at) => Some((at + 1, None)),
            _ => None,
        };
        found.map(|(end, n)| (end, Value::Count(n))).into_iter().collect()
    }

    /// Follows a sequence from a token on; `then` gets the end of every way it matches.
    fn run(&self, nodes: &[Node], at: usize, values: &mut Vec<Value>, then: &mut Then<'_>) {
        let Some((node, rest)) = nodes.split_first() else { return then(at, values) };
        match node {
            Node::Words(words) => {
                let word = self.word(at);
                let dash = || words.contains(&"-") && matches!(word, "-" | "–" | "‑" | "—");
                if words.contains(&word) || dash() {
                    self.go_on(rest, at, at + 1, values, then);
                }
            }
            Node::Class(class) if self.may_be(*class, at) => {
                for (end, value) in self.class(*class, at) {
                    values.push(value);
                    self.go_on(rest, at, end, values, then);
                    values.pop();
                }
            }
            Node::Class(_) => {}
            Node::Group(inner) => {
                self.run(inner, at, values, &mut |end, values| self.go_on(rest, at, end, values, then));
            }
            Node::Optional(inner) => {
                let inner = std::slice::from_ref(&**inner);
                self.run(inner, at, values, &mut |end, values| self.go_on(rest, at, end, values, then));
                self.run(rest, at, values, then);
            }
        }
    }

    /// The rest of a sequence whose first element stands from `at` to `end`. A blank line ends a phrase.
    fn go_on(&self, rest: &[Node], at: usize, end: usize, values: &mut Vec<Value>, then: &mut Then<'_>) {
        if end > at && end < self.tokens.len() && !rest.is_empty() && !self.joined(end) {
            if rest.iter().all(|n| matches!(n, Node::Optional(_))) {
                then(end, values);
            }
            return;
        }
        self.run(rest, end, values, then);
    }

    /// Whether it is worth asking for a class at a token.
    fn may_be(&self, class: Class, at: usize) -> bool {
        match class {
            Class::Time => self.phrases.get(at).is_some_and(|p| !p.is_empty()),
            Class::Zone => at < self.tokens.len(),
            _ => self.begins.get(at).is_some_and(|b| *b),
        }
    }
}

/// What is done with the end of a match and its values.
type Then<'a> = dyn FnMut(usize, &mut Vec<Value>) + 'a;

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub(super) fn new(text: &'static str) -> Result<Pattern, String> {
        let mut stack: Vec<Vec<Node>> = vec![Vec::new()];
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                stack.push(Vec::new());
                rest = inner.trim_start();
                continue;
            }
            let node;
            if let Some(after) = rest.strip_prefix(')') {
                node = Node::Group(stack.pop().unwrap_or_default());
                rest = after;
            } else {
                let end = rest.find([' ', ')', '?']).unwrap_or(rest.len());
                node = element(&rest[..end])?;
                rest = &rest[end..];
            }
            let (node, after) = match rest.strip_prefix('?') {
                Some(after) => (Node::Optional(Box::new(node)), after),
                None => (node, rest),
            };
            rest = after.trim_start();
            stack.last_mut().ok_or_else(|| format!("«{text}»: one ) too many"))?.push(node);
        }
        let nodes =
            stack.pop().filter(|_| stack.is_empty()).ok_or_else(|| format!("«{text}»: ( without )"))?;
        Ok(Pattern(nodes))
    }

    /// Whether it begins with `Time`, so that it needs the phrases that begin at the same token.
    pub(super) fn extends(&self) -> bool {
        matches!(self.0.first(), Some(Node::Class(Class::Time)))
    }

    /// The words it can begin with, and whether it can begin with a class.
    pub(super) fn beginnings(&self) -> (Vec<&'static str>, bool) {
        let (mut words, mut class) = (Vec::new(), false);
        beginnings(&self.0, &mut words, &mut class);
        (words, class)
    }

    /// All ways it matches at a token.
    pub(super) fn matches(&self, chart: &Chart<'_>, at: usize) -> Vec<Match> {
        let mut out = Vec::new();
        chart.run(&self.0, at, &mut Vec::new(), &mut |end, values| out.push((end, values.clone())));
        out
    }
}

/// Collects what a sequence can begin with; whether it can be empty.
fn beginnings(nodes: &[Node], words: &mut Vec<&'static str>, class: &mut bool) -> bool {
    nodes.iter().all(|node| match node {
        Node::Words(all) => {
            words.extend(all);
            false
        }
        Node::Class(_) => {
            *class = true;
            false
        }
        Node::Group(inner) => beginnings(inner, words, class),
        Node::Optional(inner) => {
            beginnings(std::slice::from_ref(inner), words, class);
            true
        }
    })
}

fn element(text: &'static str) -> Result<Node, String> {
    if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Ok(Node::Words(text.split('|').collect()));
    }
    Ok(Node::Class(match text {
        "Month" => Class::Month,
        "Weekday" => Class::Weekday,
        "Weekdays" => Class::Weekdays,
        "Unit" => Class::Unit,
        "Units" => Class::Units,
        "Season" => Class::Season,
        "Part" => Class::Part,
        "Count" => Class::Count,
        "Number" => Class::Number,
        "Ordinal" => Class::Ordinal,
        "Day" => Class::Day,
        "Year" => Class::Year,
        "Decade" => Class::Decade,
        "Feast" => Class::Feast,
        "Set" => Class::Set,
        "Reference" => Class::Reference,
        "Approx" => Class::Approx,
        "Which" => Class::Which,
        "Clock" => Class::Clock,
        "Zone" => Class::Zone,
        "Small" => Class::Small,
        "Time" => Class::Time,
        other => return Err(format!("no class «{other}»")),
    }))
}

fn begins_class(token: &Token, senses: &[Entry]) -> bool {
    let word = token.lower.as_str();
    !senses.is_empty()
        || word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "'" | "’" | "‘" | "noon" | "midday" | "midnight" | "utc" | "gmt" | "a" | "an" | "the" | "half"
        )
        || matches!(word, "dozens" | "tens" | "scores" | "hundreds" | "thousands")
        || which(word).is_some()
        || (token.capital && Lexicon::embedded().phrases.iter().any(|(parts, _)| parts[0] == word))
}

fn which(word: &str) -> Option<Which> {
    Some(match word {
        "last" | "past" => Which::Last,
        "this" | "current" => Which::This,
        "next" | "coming" | "upcoming" => Which::Next,
        "previous" | "preceding" | "prior" => Which::Before,
        "following" | "subsequent" | "ensuing" => Which::After,
        "that" | "same" => Which::Same,
        _ => return None,
    })
}

fn to_24(hour: i8, half: &str) -> i8 {
    match (hour, half) {
        (12, "am") => 0,
        (12, _) => 12,
        (h, "pm") => h + 12,
        (h, _) => h,
    }
}
