//! Source and target as tagged words.
//!
//! The set marks whole phrases of the grammar, we mark who is meant, so ours are widened before they are compared:
//!
//! * The parties of our main event, each with its whole noun phrase: adjectives, compounds, owners, participles and
//!   prepositional phrases, but no relative clause, no infinitive, no date, and of a noun of saying ("his request for
//!   …") not what is said. Who stands in the subject of the event's verb ("the missiles fired by the army") is marked
//!   with all of the subject.
//! * Every member of a coordination is marked by itself, unless both sides act together (R).
//! * CAMEO codes statements (its roots 01 and 02), we do not: a sentence without an event of ours is one, and has the
//!   source of its first attribution marked.
//!
//! `overlap_f1` counts a span as found where it shares a word with a marked one of the same label: how well we tell who
//! and whom, whatever the extent.

use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use record::{Analysis, Event, EventType};

use super::super::Settings;
use super::super::columns::{self, Tagged};
use super::phrase::{Clauses, conjuncts, phrase};
use super::{is_claimed, main_event};
use crate::metrics::Counts;
use crate::metrics::counts::shared;
use crate::{Case, Outcome, Problem, system};

type Spans = Vec<(usize, usize, String)>;

pub(super) fn run(path: &Path, settings: &Settings, outcome: &mut Outcome) -> Result<(), Problem> {
    let sentences = settings.choose(columns::read(path)?);
    let sentences: Vec<Tagged> = sentences.into_iter().map(columns::as_printed).collect();
    let ours: Vec<Spans> = sentences.par_iter().map(our_spans).collect();
    let mut counts = Counts::default();
    let mut loose = Counts::default();
    for (sentence, ours) in sentences.iter().zip(&ours) {
        let gold: Spans = sentence.spans.iter().map(|(r, l)| (r.start, r.end, l.clone())).collect();
        counts += Counts::new(shared(&gold, ours), gold.len(), ours.len());
        loose += Counts::new(touching(&gold, ours), gold.len(), ours.len());
        let show = |spans: &Spans| {
            let one = |s: &(usize, usize, String)| {
                format!("{} «{}»", s.2, &sentence.text[sentence.bytes(&(s.0..s.1))])
            };
            spans.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        for g in &gold {
            let same = ours.iter().find(|o| (o.0, o.1) == (g.0, g.1)).map(|o| o.2.as_str());
            let touches = ours.iter().any(|o| o.0 < g.1 && g.0 < o.1);
            outcome.confusion.add(&g.2, same.unwrap_or(if touches { "other words" } else { "nothing" }));
        }
        if shared(&gold, ours) < gold.len().max(ours.len()) {
            outcome.cases.push(Case {
                origin: format!("line {}", sentence.line),
                text: sentence.text.clone(),
                gold: show(&gold),
                ours: show(ours),
            });
        }
    }
    outcome.n = counts.gold as usize;
    outcome.score("precision", counts.precision());
    outcome.score("recall", counts.recall());
    outcome.score("f1", counts.f1());
    outcome.score("overlap_f1", loose.f1());
    Ok(())
}

/// How many of our spans overlap one of the same label that no other of ours took.
fn touching(gold: &Spans, ours: &Spans) -> usize {
    let mut free: Vec<&(usize, usize, String)> = gold.iter().collect();
    let mut found = 0;
    for o in ours {
        if let Some(n) = free.iter().position(|g| g.2 == o.2 && o.0 < g.1 && g.0 < o.1) {
            free.remove(n);
            found += 1;
        }
    }
    found
}

fn our_spans(tagged: &Tagged) -> Spans {
    let analysis = system::analyse(system::report("sentence", &tagged.text, None));
    // Who claims responsibility makes a statement about the deed.
    let main = main_event(&analysis).filter(|e| !is_claimed(e));
    let spans = match main {
        Some(event) => of_event(&analysis, event),
        None => of_speaker(&analysis),
    };
    let words = |(range, label): (Range<usize>, &str)| {
        tagged.words_of(&range).map(|w| (w.start, w.end, label.to_owned()))
    };
    let mut spans: Spans = spans.into_iter().filter_map(words).collect();
    spans.sort();
    spans.dedup();
    spans
}

/// A word of a sentence that heads a party, and the bytes that we gave the party.
type Party = (usize, Option<Range<usize>>);

/// CAMEO codes of what two sides do together.
const TOGETHER: &[&str] = &["040", "046", "036"];

fn of_event<'a>(analysis: &Analysis, event: &Event) -> Vec<(Range<usize>, &'a str)> {
    let Some(clauses) = Clauses::around(analysis, event.trigger) else { return Vec::new() };
    let trigger = clauses.within(&event.trigger.bytes());
    let Some(&core) = trigger.iter().min_by_key(|&&i| clauses.depth(i)) else { return Vec::new() };
    let verb = clauses.verb_of(core);
    let (subject, passive) = clauses.subject(verb);
    let active = subject.filter(|_| !passive);
    let mut sources: Vec<Party> = Vec::new();
    for role in &event.actors {
        let Some(head) = clauses.top(&role.range.bytes()) else { continue };
        let whole = active.filter(|&s| clauses.is_below(head, s)).map(|s| {
            conjuncts(&clauses, s).into_iter().rev().find(|&c| clauses.is_below(head, c)).unwrap_or(s)
        });
        sources.push((whole.unwrap_or_else(|| clauses.owner(head, &trigger)), Some(role.range.bytes())));
    }
    let mut targets: Vec<Party> = Vec::new();
    for role in &event.targets {
        if let Some(head) = clauses.top(&role.range.bytes()) {
            targets.push((clauses.owner(head, &trigger), Some(role.range.bytes())));
        }
    }
    let several = targets.is_empty() && event.actors.len() > 1;
    let verbal = !matches!(event.kind, EventType::Assault | EventType::Coerce | EventType::Protest);
    if several
        && verbal
        && let Some(s) = active
    {
        return vec![(phrase(&clauses, s, None, true, true), "R")];
    }
    let together = TOGETHER.contains(&event.cameo.as_str());
    let (source, target) = if together { ("R", "R") } else { ("S", "T") };
    let marked = |parties: Vec<Party>, label, renamed| {
        let one = |(head, given): Party| (phrase(&clauses, head, given, false, renamed), label);
        parties.into_iter().map(one).collect::<Vec<_>>()
    };
    let mut all = marked(sources, source, true);
    all.extend(marked(targets, target, false));
    all
}

/// The whole phrase of whoever is said to say it.
fn of_speaker<'a>(analysis: &Analysis) -> Vec<(Range<usize>, &'a str)> {
    let source = analysis.attributions.iter().find_map(|a| a.source);
    let span = source.and_then(|range| {
        let clauses = Clauses::around(analysis, range)?;
        let head = clauses.top(&range.bytes())?;
        Some((phrase(&clauses, head, Some(range.bytes()), false, true), "S"))
    });
    span.into_iter().collect()
}
