//! What a task gives: scores in percent, and the wrong cases to learn from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// One wrong case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// Which document.
    pub origin: String,
    /// The words around it.
    pub text: String,
    /// What the gold data say.
    pub gold: String,
    /// What we say.
    pub ours: String,
}

/// How often which gold label got which of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confusion(BTreeMap<(String, String), usize>);

impl Confusion {
    /// Counts one pair.
    pub fn add(&mut self, gold: &str, ours: &str) {
        *self.0.entry((gold.to_owned(), ours.to_owned())).or_default() += 1;
    }

    /// Counts all of another's pairs.
    pub fn extend(&mut self, other: Confusion) {
        for (pair, n) in other.0 {
            *self.0.entry(pair).or_default() += n;
        }
    }

    /// The commonest disagreements, at most `limit`, then for every gold label how often it was right.
    fn table(&self, limit: usize) -> String {
        let mut out = String::new();
        let mut wrong: Vec<_> = self.0.iter().filter(|((g, o), _)| g != o).collect();
        wrong.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for ((gold, ours), n) in wrong.into_iter().take(limit) {
            let _ = writeln!(out, "{n:>7}  gold {gold:<20} ours {ours}");
        }
        let mut right: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for ((gold, ours), n) in &self.0 {
            let entry = right.entry(gold).or_default();
            entry.1 += n;
            if gold == ours {
                entry.0 += n;
            }
        }
        for (gold, (hit, of)) in right {
            let _ = writeln!(out, "{gold:>24}  {hit} of {of} right");
        }
        out
    }
}

/// What a task gives.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Its name.
    pub task: &'static str,
    /// What was scored.
    pub path: String,
    /// How many gold items were scored; what an item is depends on the task.
    pub n: usize,
    /// Scores in percent, in the order of the documentation. One that cannot be computed is absent.
    pub scores: Vec<(String, f64)>,
    /// Wrong cases.
    pub cases: Vec<Case>,
    /// Gold labels against ours.
    pub confusion: Confusion,
    /// What was skipped, which mapping was used.
    pub notes: Vec<String>,
}

impl Outcome {
    /// An outcome without scores.
    pub fn new(task: &'static str, path: &std::path::Path) -> Outcome {
        Outcome { task, path: path.display().to_string(), ..Outcome::default() }
    }

    /// Adds a score in percent; one that is not a number (nothing to score) is left out.
    pub fn score(&mut self, name: &str, percent: f64) {
        if percent.is_finite() {
            self.scores.push((name.to_owned(), percent));
        }
    }

    /// A score by its name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.scores.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    /// `{"task","path","n","scores":{…}}`, scores rounded to two decimals.
    #[must_use]
    pub fn json(&self) -> Value {
        let scores: Map<String, Value> =
            self.scores.iter().map(|(n, v)| (n.clone(), json!((v * 100.0).round() / 100.0))).collect();
        json!({"task": self.task, "path": self.path, "n": self.n, "scores": scores})
    }

    /// The scores for people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut out = format!("{} {} (n = {})\n", self.task, self.path, self.n);
        for (name, value) in &self.scores {
            let _ = writeln!(out, "  {name:<24} {value:6.2}");
        }
        for note in &self.notes {
            let _ = writeln!(out, "  note: {note}");
        }
        out
    }

    /// At most `limit` wrong cases, spread over all of them, and the confusion table.
    #[must_use]
    pub fn errors(&self, limit: usize) -> String {
        let mut out = String::new();
        let step = (self.cases.len() / limit.max(1)).max(1);
        for case in self.cases.iter().step_by(step).take(limit) {
            let _ = writeln!(out, "{}\n  text  {}", case.origin, one_line(&case.text));
            let _ = writeln!(out, "  gold  {}\n  ours  {}", one_line(&case.gold), one_line(&case.ours));
        }
        let _ = writeln!(out, "{} wrong cases in all", self.cases.len());
        out + &self.confusion.table(limit.max(10))
    }
}

/// White space as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words around `start..end` (bytes), at most `width` bytes each side, with the stretch itself in brackets.
pub(crate) fn around(text: &str, start: usize, end: usize, width: usize) -> String {
    let floor = |mut i: usize| {
        i = i.min(text.len());
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let (from, to) = (floor(start.saturating_sub(width)), floor(end.saturating_add(width)));
    let (start, end) = (floor(start), floor(end));
    format!("{}[{}]{}", &text[from..start], &text[start..end.max(start)], &text[end.max(start)..to.max(end)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_exactly_the_agreed_keys_and_leaves_out_what_is_no_number() {
        let mut o = Outcome::new("times", std::path::Path::new("x"));
        o.score("strict", 81.777);
        o.score("value", f64::NAN);
        assert_eq!(o.json().to_string(), r#"{"n":0,"path":"x","scores":{"strict":81.78},"task":"times"}"#);
    }

    #[test]
    fn around_marks_the_words_and_never_cuts_a_character() {
        assert_eq!(around("été à Gaza hier", 9, 13, 2), "à [Gaza] h");
        assert_eq!(around("ab", 0, 99, 5), "[ab]");
    }
}
