//! The words that stand for one mention of an incident: its own clause, and none of another event's.
//!
//! The extent of "the spokesman criticized the strikes on the town" holds two events. Evidence that shows both would
//! prove neither, so each mention ends where the phrase of another one begins.

use record::{Analysis, Sentence, TextRange, Upos};

use crate::near::{around, events_in};

/// The words of event `event`; `own` are the events of the same happening, whose words need not be kept out.
pub(super) fn words_of(a: &Analysis, event: usize, own: &[usize]) -> TextRange {
    let e = &a.events[event];
    let mut range = e.extent.cover(phrase(a, e.trigger));
    for other in events_in(a, around(a, range)) {
        let o = &a.events[other];
        // A phrase ends with its trigger: those before the words need no closer look.
        let beside = o.trigger.end() <= range.start() || o.extent.start() > range.end();
        if beside || o.trigger.overlaps(e.trigger) || own.contains(&other) {
            continue;
        }
        let words = phrase(a, o.trigger);
        if !range.overlaps(words) {
            continue;
        }
        if o.trigger.start() >= e.trigger.end() {
            let end = words.start().max(e.trigger.end());
            range = TextRange::new(range.start(), end.min(range.end()));
        } else {
            range = TextRange::new(o.trigger.end().max(range.start()), range.end());
        }
    }
    trimmed(&a.report.text, range, e.trigger)
}

/// A trigger with what stands before it in its noun phrase ("the recent US strikes"); a verb by itself.
fn phrase(a: &Analysis, trigger: TextRange) -> TextRange {
    let Some(s) = a.parsed.sentence_of(trigger) else { return trigger };
    let Some(head) = head(s, trigger) else { return trigger };
    if !matches!(s.tokens[head].upos, Upos::Noun | Upos::Propn) {
        return trigger;
    }
    let mut range = trigger;
    for i in s.children(head).filter(|&i| i < head) {
        let role = s.tokens[i].deprel;
        if ["det", "amod", "nmod:poss", "compound", "nummod"].iter().any(|r| role.starts_with(r)) {
            range = range.cover(TextRange::new(s.subtree(i).start().min(range.start()), range.end()));
        }
    }
    range
}

/// The word of a trigger that the others hang on.
pub(crate) fn head(s: &Sentence, trigger: TextRange) -> Option<usize> {
    let inside = |i: usize| trigger.contains(s.tokens[i].range);
    (0..s.tokens.len()).find(|&i| inside(i) && !s.head(i).is_some_and(inside))
}

/// Without white space and marks at the ends; never less than the trigger.
fn trimmed(text: &str, range: TextRange, trigger: TextRange) -> TextRange {
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-' | '(');
    let before = text.get(range.start()..trigger.start()).unwrap_or("");
    let after = text.get(trigger.end()..range.end()).unwrap_or("");
    let start = range.start() + (before.len() - before.trim_start_matches(edge).len());
    TextRange::new(start.min(trigger.start()), trigger.end() + after.trim_end_matches(edge).len())
}
