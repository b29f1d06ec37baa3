//! How many days words put between two deeds: "two days after gunners had shelled it".

use std::ops::Range;

use crate::{Event, Sentence, TextRange, TimeExpression, TimexType};

/// Words behind "after" within which the deed stands that days are counted from.
const REACH: usize = 12;
/// Words before an amount of time that leave it open.
const HEDGES: [&str; 14] = [
    "about", "almost", "around", "barely", "hardly", "least", "less", "more", "nearly", "over", "roughly",
    "some", "than", "under",
];

/// Words behind "after" and "before" that begin no deed.
const NO_DEED: [&str; 10] =
    ["dawn", "dusk", "it", "midnight", "noon", "that", "then", "this", "tomorrow", "yesterday"];

/// An amount of days before "after" or "before".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distance {
    /// The amount and the word behind it.
    pub words: TextRange,
    /// Words of the sentence that it takes up.
    pub tokens: Range<usize>,
    /// Days from what stands behind it to what stands before it.
    pub days: i64,
    /// Told in weeks, which are seldom meant to the day.
    pub weeks: bool,
}

impl Distance {
    /// The two of the events `here`, those of its sentence, that it stands between: the one before it (the raid of "the raid
    /// came two days after the ambush"), and the one that it counts from.
    #[must_use]
    pub fn ends(&self, s: &Sentence, events: &[Event], here: Range<usize>) -> Option<(usize, usize)> {
        let token = |e: usize| s.tokens.partition_point(|t| t.range.end() <= events[e].trigger.start());
        let cut = |from: usize, to: usize| {
            (from..to).any(|i| matches!(s.tokens[i].lemma.as_str(), "," | ";" | ":"))
        };
        let from = here.clone().find(|&e| events[e].trigger.start() >= self.words.end())?;
        let at = token(from);
        if at > self.tokens.end + REACH || cut(self.tokens.end, at) {
            return None;
        }
        let told = if self.tokens.start <= 2 {
            // "Two days after the attack, police arrested ten on Friday."
            here.clone().find(|&e| e > from && cut(at, token(e)))
        } else {
            here.clone().rfind(|&e| events[e].trigger.end() <= self.words.start())
        };
        Some((told?, from))
    }
}

/// What the times of a sentence count ("two days", "a fortnight"), and "the day", before "after" and "before". The times are in
/// order of the text.
#[must_use]
pub fn distances(text: &str, s: &Sentence, times: &[TimeExpression]) -> Vec<Distance> {
    let form = |i: usize| s.tokens[i].range.of(text).to_lowercase();
    let mut found = Vec::new();
    for i in 2..s.tokens.len() {
        let sign = match form(i).as_str() {
            "after" => 1,
            "before" => -1,
            _ => continue,
        };
        let end = s.tokens[i - 1].range.end();
        let from = times.partition_point(|t| t.range.start() < s.range.start());
        let mut here = times[from..].iter().take_while(|t| t.range.start() < end);
        let amount = here.find(|t| t.range.end() == end).map(|t| (t.range, days_of(t)));
        let day = || form(i - 2) == "the" && form(i - 1) == "day";
        let (range, counted) = match amount {
            Some((range, Some(counted))) => (range, counted),
            None if day() => (s.tokens[i - 2].range.cover(s.tokens[i - 1].range), (1, false)),
            _ => continue,
        };
        let first = s.tokens.partition_point(|t| t.range.end() <= range.start());
        let open = (first.saturating_sub(1)..i).any(|k| HEDGES.contains(&form(k).as_str()));
        // "The day before yesterday" and "two days after that" count from no deed behind them.
        let deed = s.tokens.get(i + 1).is_some_and(|t| {
            let next = t.range.of(text).to_lowercase();
            next.starts_with(char::is_alphanumeric) && !NO_DEED.contains(&next.as_str())
        });
        if deed && !open {
            let words = range.cover(s.tokens[i].range);
            found.push(Distance { words, tokens: first..i + 1, days: sign * counted.0, weeks: counted.1 });
        }
    }
    found
}

/// The days of a duration in days or weeks, and whether it is told in weeks.
fn days_of(t: &TimeExpression) -> Option<(i64, bool)> {
    let amount = t.value.strip_prefix('P').filter(|_| t.kind == TimexType::Duration)?;
    let days = amount.strip_suffix('D').map(|n| (n, 1, false));
    let (n, each, weeks) = days.or_else(|| amount.strip_suffix('W').map(|n| (n, 7, true)))?;
    n.parse::<i64>().ok().filter(|n| (1..=60).contains(n)).map(|n| (n * each, weeks))
}
