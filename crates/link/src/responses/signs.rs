//! What speaks for and against that one event of a report answers another one near it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use record::{EventType, Factuality, TextRange, Upos};

use super::Telling;
use crate::incidents::compare::is_long_ago;
use crate::incidents::mention::head;
use crate::incidents::unit::titled;
use crate::story::day;

/// Sentences between an answer and what it answers, at most.
const REACH: usize = 4;

/// Words that lead from an answer to what it answers, as far as they are signs of their own.
const LEADS: [(&str, &str); 18] = [
    ("about", "by about"),
    ("after", "by after"),
    ("against", "by against"),
    ("as", "by as"),
    ("at", "by at"),
    ("because", "by because"),
    ("before", "by before"),
    ("by", "by by"),
    ("following", "by following"),
    ("for", "by for"),
    ("in", "by in"),
    ("of", "by of"),
    ("on", "by on"),
    ("over", "by over"),
    ("since", "by since"),
    ("to", "by to"),
    ("when", "by when"),
    ("with", "by with"),
];

/// Two events of a report, and what is to be seen of them.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The event that may answer.
    pub answer: usize,
    /// The one that it may answer.
    pub cause: usize,
    /// Names of what speaks for or against it.
    pub signs: Vec<String>,
    /// Whether words say so.
    pub said: bool,
    /// Whether one sentence tells both.
    pub near: bool,
    /// The words that tell it.
    pub words: TextRange,
}

impl Telling<'_> {
    /// Every two events that stand near each other, of two incidents, of which the first may answer the second.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let count = self.a.events.len();
        let sentences: Vec<usize> = (0..count).map(|e| self.sentence(e)).collect();
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        (0..count).filter_map(|e| Some((self.of[e]?, e))).for_each(|(i, e)| _ = first.entry(i).or_insert(e));
        let main = self.attack();
        let attack = main.and_then(|e| self.of[e]);
        let said = self.said();
        let mut out = Vec::new();
        for e in (0..count).filter(|&e| self.of[e].is_some()) {
            let recalls = self.recalls(sentences[e]);
            // "Gunmen hit a convoy. They then blocked the road": the same people, whoever they are.
            let doers = |k: usize| self.event(k).actors.iter().filter_map(|r| r.actor.as_ref());
            let does_it = |to: usize| {
                let mut told = (0..count).filter(|&k| self.of[k] == Some(to));
                told.any(|k| doers(k).any(|a| doers(e).any(|b| a == b)))
            };
            let mut named: BTreeMap<usize, TextRange> = BTreeMap::new();
            super::answered(self.a, e).for_each(|(c, words)| _ = named.entry(c).or_insert(words));
            let from = sentences.partition_point(|&s| s + REACH < sentences[e]);
            let to = sentences.partition_point(|&s| s <= sentences[e] + REACH);
            let far = main.filter(|c| !(from..to).contains(c));
            for c in far.into_iter().chain(from..to).filter(|&c| self.of[c] != self.of[e]) {
                let (Some(from), Some(to)) = (self.of[e], self.of[c]) else { continue };
                if self.late(from, to) {
                    continue;
                }
                let mut signs = vec!["any".to_owned()];
                let mut put = |sign: &str| signs.push(sign.to_owned());
                let (x, y) = (self.event(e), self.event(c));
                put(x.kind.as_str());
                put(&format!("to {}", y.kind));
                put(&format!("{} to {}", x.kind, y.kind));
                match (sentences[e].abs_diff(sentences[c]), sentences[e] >= sentences[c]) {
                    (0, _) => {
                        put("same sentence");
                        self.grammar(e, c, &mut put);
                    }
                    (1, true) => put("one sentence later"),
                    (2..=3, true) => put("some sentences later"),
                    (_, true) => put("far later"),
                    (1, false) => put("one sentence earlier"),
                    _ => put("far earlier"),
                }
                if titled(self.a, x.trigger) != titled(self.a, y.trigger) {
                    put(if titled(self.a, x.trigger) { "answer in headline" } else { "cause in headline" });
                }
                let fits = self.sides[from].answers(&self.sides[to]);
                match fits {
                    None => {
                        put("own deed");
                        put(&format!("{} own deed", x.kind));
                    }
                    Some(fit) => {
                        if fit >= 2 {
                            put("returned");
                        }
                        if fit % 2 == 1 {
                            put("by the struck");
                        }
                    }
                }
                let one_doer = doers(e).any(|a| doers(c).any(|b| a == b));
                // "Threatened to kill them": nobody answers what he himself only means to do.
                if one_doer && y.factuality == Factuality::Threatened {
                    continue;
                }
                if one_doer {
                    put("one doer");
                }
                if said.contains_key(&(from, to)) {
                    put("said");
                }
                if said.contains_key(&(to, from)) {
                    put("said of the other");
                }
                let within = named.get(&c).copied().filter(|_| fits.is_some());
                if within.is_some() {
                    put("in its words");
                }
                let (i, j) = (&self.incidents[from], &self.incidents[to]);
                if i.when.earliest().zip(j.when.latest()).is_some_and(|(a, c)| c < a) {
                    put("dated before");
                } else if i.when == j.when && i.when.earliest().is_some() {
                    put("one day");
                }
                put(apart(i.when.earliest().zip(j.when.latest()).map(|(a, c)| day(a) - day(c))));
                if attack == Some(to) {
                    put("main attack");
                } else if attack == Some(from) {
                    put("is main attack");
                }
                if first.get(&to).is_some_and(|&k| k < e.min(c)) {
                    put("told before");
                }
                if self.shares_spot(from, to) {
                    put("one place");
                }
                let others = (c.min(e) + 1..c.max(e)).filter_map(|k| self.of[k]);
                match others.filter(|&k| k != from && k != to).take(2).count() {
                    0 => {}
                    1 => put("another between"),
                    _ => put("others between"),
                }
                let done = |f: Factuality| matches!(f, Factuality::Happened | Factuality::Ongoing);
                if !done(x.factuality) {
                    put(&format!("answer {}", x.factuality));
                }
                if !done(y.factuality) {
                    put(&format!("cause {}", y.factuality));
                }
                if self.noun(c) {
                    put("cause noun");
                    put(if self.points_back(c) { "cause definite" } else { "cause bare" });
                }
                if self.noun(e) {
                    put("answer noun");
                }
                let near = sentences[e] == sentences[c];
                let told = said.get(&(from, to)).copied().or(within);
                let alien = !near && (recalls || is_done_daily(x.kind) && !self.shares(e, to));
                // One denies, concedes and lets go what one did oneself.
                let undoes = matches!(x.kind, EventType::Reject | EventType::Concede | EventType::Retreat);
                // Offers and readiness, and troops that are only to come, answer an attack where words say so.
                let only_meant = x.kind == EventType::Agree && y.kind == EventType::Assault
                    || x.kind == EventType::Mobilize && !done(x.factuality);
                let next = near && x.kind == EventType::Protest && self.is_next(e, c);
                let unlikely = (fits.is_none() || does_it(to)) && !undoes;
                if told.is_none() && (unlikely || alien || only_meant || next) {
                    continue;
                }
                // Both, where one sentence tells both; else the clause of the answer.
                let both = if near { x.trigger.cover(y.trigger) } else { x.extent };
                let (words, said) = (told.unwrap_or(both), told.is_some());
                out.push(Candidate { answer: e, cause: c, signs, said, near, words });
            }
        }
        out
    }

    /// Whether a sentence tells of a time long before its report ("in 2011 parliament passed a resolution").
    fn recalls(&self, sentence: usize) -> bool {
        let told = self.a.report.published.as_ref().map(|p| day(p.date));
        let Some(here) = self.a.parsed.sentences.get(sentence).map(|s| s.range) else { return false };
        let from = self.a.times.partition_point(|t| t.range.start() < here.start());
        let mut times = self.a.times[from..].iter().take_while(|t| t.range.start() < here.end());
        times.any(|t| is_long_ago(t.when, told))
    }

    /// Whether words before a noun point back ("the blast", "Monday's deadly raid").
    fn points_back(&self, e: usize) -> bool {
        let Some(s) = self.a.parsed.sentences.get(self.sentence(e)) else { return false };
        let before = self.a.report.text.get(s.range.start()..self.event(e).trigger.start());
        before.unwrap_or_default().split_whitespace().rev().take(4).any(|w| {
            let w = w.to_lowercase();
            matches!(w.as_str(), "the" | "this" | "that" | "these" | "those")
                || w.ends_with("'s")
                || w.ends_with("’s")
        })
    }

    /// "Hundreds marched to the port; police arrested four": what a second clause goes on to tell came next, and is not what the
    /// first one answers.
    fn is_next(&self, e: usize, c: usize) -> bool {
        let Some(s) = self.a.parsed.sentences.get(self.sentence(e)) else { return false };
        let (Some(x), Some(y)) = (head(s, self.event(e).trigger), head(s, self.event(c).trigger)) else {
            return false;
        };
        let had = |i: usize| s.children(i).any(|k| s.tokens[k].lemma == "have" && s.tokens[k].xpos == "VBD");
        let goes_on =
            |&i: &usize| s.tokens[i].upos == Upos::Verb && matches!(s.tokens[i].deprel, "parataxis" | "conj");
        let way = std::iter::successors(Some(y), |&i| s.head(i)).take(s.tokens.len());
        let clauses = way.take_while(|i| goes_on(i)).filter_map(|i| s.head(i));
        x < y && s.tokens[x].upos == Upos::Verb && !had(y) && clauses.into_iter().any(|h| h == x)
    }

    fn noun(&self, e: usize) -> bool {
        let Some(s) = self.a.parsed.sentences.get(self.sentence(e)) else { return false };
        let core = head(s, self.event(e).trigger);
        core.is_some_and(|i| matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn))
    }

    /// How two events of one sentence hang together.
    fn grammar(&self, e: usize, c: usize, put: &mut impl FnMut(&str)) {
        let Some(s) = self.a.parsed.sentences.get(self.sentence(e)) else { return };
        let (Some(x), Some(y)) = (head(s, self.event(e).trigger), head(s, self.event(c).trigger)) else {
            return;
        };
        put(if x < y { "answer first" } else { "cause first" });
        let above = |i: usize| -> Vec<usize> {
            std::iter::successors(Some(i), |&h| s.head(h)).take(s.tokens.len()).collect()
        };
        let (up, own) = (above(y), above(x));
        let meet = up.iter().copied().find(|h| own.contains(h));
        let lead = |i: usize| {
            let marks = s.children(i).filter(|&k| {
                matches!(s.tokens[k].deprel, "mark" | "case")
                    || s.tokens[k].deprel == "advmod" && s.tokens[k].lemma == "when"
            });
            let mut marks: Vec<usize> = marks.collect();
            marks.sort_unstable();
            marks.first().map(|&k| s.tokens[k].lemma.to_lowercase())
        };
        match meet {
            Some(m) if m == x => put("cause below"),
            Some(m) if m == y => put("answer below"),
            Some(_) => put("beside"),
            None => {}
        }
        let mut leads = up.iter().copied().take_while(|&h| Some(h) != meet && h != x).filter_map(lead);
        if let Some(word) = leads.next() {
            put(LEADS.iter().find(|(w, _)| *w == word).map_or("by another word", |(_, sign)| sign));
        }
    }
}

/// How long after what it may answer something was.
fn apart(days: Option<i32>) -> &'static str {
    match days {
        None => "a day unknown",
        Some(..=0) => "no day later",
        Some(1) => "a day later",
        Some(2..=3) => "some days later",
        Some(4..=10) => "a week later",
        Some(11..=40) => "weeks later",
        Some(_) => "long after",
    }
}

/// What is also done where nothing has happened before: arrests, marches, troops that are moved. In another sentence it answers
/// only what it has a town, a site or a party in common with.
fn is_done_daily(kind: EventType) -> bool {
    matches!(kind, EventType::Coerce | EventType::Protest | EventType::Mobilize)
}

/// How much speaks for an answer: above 0, more for than against.
pub(crate) fn score(signs: &[String]) -> f32 {
    static WEIGHTS: OnceLock<BTreeMap<&'static str, f32>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        crate::data::ours("answering.tsv", weights(include_str!("../../data/answering.tsv")))
    });
    signs.iter().filter_map(|s| weights.get(s.as_str())).sum()
}

/// Reads the file. The error names the bad line.
fn weights(file: &'static str) -> Result<BTreeMap<&'static str, f32>, String> {
    let row = |(n, [sign, weight]): (usize, [&'static str; 2])| {
        weight.parse().map(|w| (sign, w)).map_err(|_| format!("line {n}: «{weight}» is no number"))
    };
    crate::data::rows(file)?.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_reads_and_a_bad_line_is_named() {
        let all = weights(include_str!("../../data/answering.tsv")).expect("our file");
        assert!(all.contains_key("any") && all["said"] > 0.0);
        assert_eq!(weights("any\t-1\nsaid\tmuch").expect_err("bad"), "line 2: «much» is no number");
    }

    #[test]
    fn what_no_line_knows_says_nothing() {
        let any = score(&["any".to_owned()]);
        assert!(any < 0.0);
        assert_eq!(score(&["any".to_owned(), "of the moon".to_owned()]), any);
    }
}
