//! Ties that a report states: "Iran-backed", "part of", "spokesman for".

use std::str::FromStr;
use std::sync::LazyLock;

use record::{ActorId, ActorKind, Relation, Report, Span, TextRange, Tie};

use super::cards::Cards;
use super::compose::Phrase;
use super::knowledge::knowledge;
use super::pieces::range;
use super::resolve::Held;
use super::words::{Word, phrase};
use crate::table::{self, BadLine};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    Compound,
    Before,
}

#[derive(Debug)]
struct Cue {
    relation: Relation,
    forward: bool,
    place: Place,
    /// `*` for up to three words.
    words: Vec<String>,
}

static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| cues().unwrap_or_else(|bad| panic!("{bad}")));

fn cues() -> Result<Vec<Cue>, BadLine> {
    let mut all = Vec::new();
    for row in table::rows("ties.tsv", include_str!("../../data/actors/ties.tsv"), 4)? {
        let relation = Relation::from_str(row.text(0)).map_err(|e| row.bad(e.to_string()))?;
        let forward = match row.text(1) {
            "forward" => true,
            "back" => false,
            other => return Err(row.bad(format!("«{other}» is no direction"))),
        };
        let place = match row.text(2) {
            "between" => Place::Between,
            "compound" => Place::Compound,
            "before" => Place::Before,
            other => return Err(row.bad(format!("«{other}» is no place"))),
        };
        for text in row.list(3) {
            let words = text.split(' ').flat_map(|w| {
                if w == "*" { vec!["*".to_owned()] } else { phrase(w).into_iter().map(|w| w.norm).collect() }
            });
            all.push(Cue { relation, forward, place, words: words.collect() });
        }
    }
    Ok(all)
}

/// A phrase with whom it means.
#[derive(Debug)]
pub(crate) struct Mention<'a> {
    pub(crate) phrase: &'a Phrase,
    pub(crate) actor: ActorId,
    pub(crate) rule: &'static str,
}

/// Ties from what stands between two actors, and from posts.
pub(crate) fn ties(
    report: &Report,
    words: &[Word],
    mentions: &mut [Mention<'_>],
    held: &[Held],
    phrases: &[Phrase],
    cards: &mut Cards,
) -> Vec<Tie> {
    let mut out: Vec<Tie> = Vec::new();
    let mut add = |a: &ActorId, relation: Relation, b: &ActorId, at: TextRange| {
        if a == b {
            return;
        }
        let span = Span { report: report.id.clone(), range: at };
        match out.iter_mut().find(|t| t.a == *a && t.relation == relation && t.b == *b) {
            Some(tie) => {
                if !tie.evidence.contains(&span) {
                    tie.evidence.push(span);
                }
            }
            None => out.push(Tie { a: a.clone(), relation, b: b.clone(), evidence: vec![span] }),
        }
    };
    for held in held {
        let Some(of) = &held.of else { continue };
        let title = &knowledge().titles[held.title];
        if title.class == "honorific" {
            continue;
        }
        let relation = if title.class == "spokesman" { Relation::SpokesmanOf } else { Relation::OfficeOf };
        let phrase = &phrases[held.phrase];
        add(&held.person, relation, of, range(words, phrase.start, phrase.end));
    }
    name_by_backer(words, mentions, cards);
    for (i, first) in mentions.iter().enumerate() {
        let mut before = first.phrase.end;
        let backer = |m: &Mention<'_>| {
            let owner = |w: &Word| w.glued && compound(w) || w.norm == "'s";
            words.get(m.phrase.end).is_some_and(owner)
        };
        // "Composed of Iran-backed militias" speaks of the militias, not of Iran; "the Iranian-backed Palestinian
        // movement" of the movement, not of Palestine.
        let adjective = |k: usize| {
            let next = mentions.get(k + 1).map(|m| m.phrase.start);
            let end = mentions[k].phrase.end;
            mentions[k].rule == "demonym"
                && next.is_some_and(|n| n >= end && n - end <= 2 && words[end..n].iter().all(|w| w.is_word))
        };
        let others = (i + 1..mentions.len()).filter(|&k| !backer(&mentions[k]) && !adjective(k));
        for (n, second) in others.take(3).map(|k| &mentions[k]).enumerate() {
            let (from, to) = (first.phrase.end, second.phrase.start);
            if from > to || words[first.phrase.start].sentence != words[second.phrase.start].sentence {
                break;
            }
            // What a coordination lists shares the tie: "Iran-backed A and B".
            let listed =
                words[before.min(to)..to].iter().all(|w| matches!(w.norm.as_str(), "," | "and" | "the"));
            if n > 0 && !listed {
                break;
            }
            before = second.phrase.end;
            // "A loose alliance of groups": the noun is part of what says the tie.
            let gap = &words[from..to];
            let described = matches!(first.rule, "role" | "definite") && from > 0;
            let with_noun = &words[from - usize::from(described)..to];
            if gap.len() > 14 {
                break;
            }
            let at = range(words, first.phrase.start, second.phrase.end);
            let people = [&first.actor, &second.actor].map(|a| cards.kind(a) == Some(ActorKind::Person));
            if people[0] || people[1] {
                continue;
            }
            if let Some(cue) = CUES.iter().find(|c| {
                c.fits(gap, words, first.phrase.start)
                    || c.relation == Relation::UmbrellaOf && c.fits(with_noun, words, first.phrase.start)
            }) {
                let (a, b) =
                    if cue.forward { (&first.actor, &second.actor) } else { (&second.actor, &first.actor) };
                add(a, cue.relation, b, at);
            }
        }
    }
    for tie in &mut out {
        tie.evidence.sort();
    }
    out.sort();
    out
}

/// "Groups affiliated with Iran" are not any groups: they are named by whom they belong to.
fn name_by_backer(words: &[Word], mentions: &mut [Mention<'_>], cards: &mut Cards) {
    for i in 1..mentions.len() {
        let (first, second) = (&mentions[i - 1], &mentions[i]);
        let Some(role) = knowledge().roles.iter().position(|r| r.id == first.actor.as_str()) else {
            continue;
        };
        let (from, to) = (first.phrase.end, second.phrase.start);
        let near = from <= to && to - from <= 4 && words[from.min(to)..to].iter().all(|w| w.is_word);
        if !near || !matches!(cards.kind(&second.actor), Some(ActorKind::State | ActorKind::ArmedGroup)) {
            continue;
        }
        let gap = &words[from..to];
        let noun = gap.first().is_some_and(|w| {
            matches!(w.norm.as_str(), "backing" | "support" | "funding" | "weapons" | "sponsorship")
        });
        if noun {
            continue;
        }
        let cue = CUES.iter().find(|c| c.place == Place::Between && c.forward && c.fits(gap, words, from));
        let how = match cue.map(|c| c.relation) {
            Some(Relation::BackedBy) => "backed",
            Some(Relation::LinkedTo) => "linked",
            _ => continue,
        };
        let owner = second.actor.clone();
        mentions[i - 1].actor = cards.role(role, Some(&owner), Some(how));
    }
}

impl Cue {
    fn fits(&self, gap: &[Word], words: &[Word], start: usize) -> bool {
        match self.place {
            Place::Compound => {
                // "Iran-backed (Shia) militias": glued to the first, at most three words to the second.
                gap.len() <= 4
                    && gap.first().is_some_and(|w| w.glued && w.norm == self.words[0])
                    && gap.iter().skip(1).all(|w| w.is_word)
            }
            Place::Between => {
                let stop = gap.iter().any(|w| matches!(w.norm.as_str(), ";" | ":" | "“" | "”" | "\""));
                let at = (0..gap.len()).find(|&at| matches(&self.words, &gap[at..]));
                !stop && close(gap, &self.words) && at.is_some_and(|at| self.says(&gap[..at]))
            }
            Place::Before => {
                let lead = words[..start].iter().rev().take(4).rev().cloned().collect::<Vec<_>>();
                let and = gap.iter().any(|w| w.norm == "and") && gap.len() <= 3;
                and && (0..lead.len()).any(|at| matches(&self.words, &lead[at..]))
            }
        }
    }
}

impl Cue {
    /// Whether the words before the phrase let it speak of the first name: "the US consulted with | members of" does
    /// not.
    fn says(&self, before: &[Word]) -> bool {
        if self.relation != Relation::PartOf && self.relation != Relation::LinkedTo {
            return true;
        }
        let link = before.first().is_none_or(|w| {
            matches!(
                w.norm.as_str(),
                "," | "("
                    | ")"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "which"
                    | "that"
                    | "a"
                    | "an"
                    | "with"
                    | "who"
                    | "—"
                    | "has"
                    | "have"
                    | "and"
            )
        });
        link && !before.iter().any(|w| w.norm.ends_with("ed") && w.norm.len() > 4)
    }
}

fn compound(word: &Word) -> bool {
    CUES.iter().any(|c| c.place == Place::Compound && c.words[0] == word.norm)
}

/// Whether the phrase ends within three words of the second name, so that it speaks of it.
fn close(gap: &[Word], cue: &[String]) -> bool {
    let last = cue.last().map(String::as_str).unwrap_or_default();
    gap.iter().rev().take(5).any(|w| w.norm == last)
}

/// Whether `words` begins with the phrase.
fn matches(cue: &[String], words: &[Word]) -> bool {
    match cue.split_first() {
        None => true,
        Some((first, rest)) if first == "*" => (0..=3.min(words.len())).any(|n| matches(rest, &words[n..])),
        Some((first, rest)) => {
            words.split_first().is_some_and(|(word, after)| word.norm == *first && matches(rest, after))
        }
    }
}
