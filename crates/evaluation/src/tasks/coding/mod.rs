//! `coding`: what an event is called, and who does it to whom. Five formats, told apart by their content:
//!
//! * PLV (`.tsv` with `marked_sentence`): source and target are given; macro-F1 over the PLOVER roots (CONCEDE and
//!   RETREAT are YIELD, which the set counts as material cooperation) and over the quad classes, and root accuracy.
//! * `.tsv` of a sentence and its quad class (0 statement, 1 to 4): accuracy of our main event, by its CAMEO code.
//! * PLOVER gold records (JSONL, a JSON list, or objects with commas after and between them, as they were published):
//!   end to end. Records of one text are paired with as many of our events, main events first; scores are the shares
//!   of records whose type, countries, sector, mode are right, each among those that have it (`---`, `***` and empty
//!   strings mean that nobody coded it).
//! * tagged words (S source, T target, R both): F1 of spans against the parties of our main event.
//! * PETRARCH validation XML: the share of sentences whose set of (source, target, CAMEO code) is exactly right, and of
//!   those whose set of (source, target) is. Its invented countries have the first three letters of their name as code.

mod classes;
mod petrarch;
mod phrase;
mod plover;
mod plv;
mod spans;

use std::path::Path;

use record::{Analysis, Confidence, Event, EventType, Factuality, Quad};

use phrase::Clauses;

use super::Settings;
use crate::input;
use crate::{Outcome, Problem};

/// Scores that depend on the format: `root_macro_f1 quad_macro_f1 accuracy`, `accuracy`, `event source_country
/// target_country source_sector mode`, `precision recall f1 overlap_f1`, or `exact pair`.
///
/// # Errors
/// A file that cannot be read or is of none of these formats.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    if path.is_dir() {
        return Err(Problem::new(path, "coding takes one file, since each format has scores of its own"));
    }
    let text = input::text(path)?;
    let mut outcome = Outcome::new("coding", path);
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    if text.trim_start().starts_with('<') {
        petrarch::run(path, &text, settings, &mut outcome)?;
    } else if text.trim_start().starts_with(['{', '[']) {
        plover::run(path, &text, settings, &mut outcome)?;
    } else if first.contains("marked_sentence") {
        plv::run(path, &text, settings, &mut outcome)?;
    } else if first.rsplit_once('\t').is_some_and(|(_, class)| class.trim().parse::<u8>().is_ok()) {
        classes::run(path, &text, settings, &mut outcome)?;
    } else {
        spans::run(path, settings, &mut outcome)?;
    }
    Ok(outcome)
}

fn quad_number(kind: EventType) -> u8 {
    match kind.quad() {
        Quad::VerbalCooperation => 1,
        Quad::MaterialCooperation => 2,
        Quad::VerbalConflict => 3,
        Quad::MaterialConflict => 4,
    }
}

/// The quad class of an event by its CAMEO code, as the sets made with CAMEO have it: 0 statements and appeals (roots 01
/// and 02), 1 verbal cooperation (03 to 05), 2 material cooperation (06 to 08), 3 verbal conflict (09 to 13 and 16), 4
/// material conflict (14, 15, 17 to 20). CAMEO gives a code of its own to how a thing is told, where we keep the code
/// and say how it is told beside it: an option that is only considered is a statement (014), and so is a claim of
/// responsibility (015); announced force is a threat (13).
fn cameo_class(event: &Event) -> u8 {
    let root: u8 = event.cameo.get(..2).and_then(|root| root.parse().ok()).unwrap_or(0);
    let class = match root {
        3..=5 => 1,
        6..=8 => 2,
        9..=13 | 16 => 3,
        14 | 15 | 17..=20 => 4,
        _ => 0,
    };
    match event.factuality {
        Factuality::Hypothetical if class != 3 => 0,
        Factuality::Planned | Factuality::Threatened if class == 4 => 3,
        _ if class == 4 && is_claimed(event) => 0,
        _ => class,
    }
}

/// Whether only a claim of responsibility tells who did it.
fn is_claimed(event: &Event) -> bool {
    !event.actors.is_empty() && event.actors.iter().all(|a| a.confidence == Confidence::Claimed)
}

/// Our events, main ones first: one that names who does it before one that does not, then the trigger that is highest
/// in its tree, then the first.
fn main_events(analysis: &Analysis) -> Vec<&Event> {
    let depth = |event: &Event| {
        let clauses = Clauses::around(analysis, event.trigger)?;
        clauses.within(&event.trigger.bytes()).into_iter().map(|i| clauses.depth(i)).min()
    };
    let own = analysis.events.iter().filter(|e| e.same_as.is_none());
    let mut events: Vec<(bool, usize, &Event)> =
        own.map(|e| (e.actors.is_empty(), depth(e).unwrap_or(usize::MAX), e)).collect();
    events.sort_by_key(|(nobody, depth, e)| (*nobody, *depth, e.trigger.start()));
    events.into_iter().map(|(_, _, e)| e).collect()
}

/// The event that the sentence mainly tells, if we have it.
fn main_event(analysis: &Analysis) -> Option<&Event> {
    main_events(analysis).into_iter().find(|e| is_central(analysis, e))
}

/// Whether nothing between an event and the main verb of its sentence only describes something.
fn is_central(analysis: &Analysis, event: &Event) -> bool {
    let Some(clauses) = Clauses::around(analysis, event.trigger) else { return false };
    let inside = clauses.within(&event.trigger.bytes());
    inside.into_iter().min_by_key(|&i| clauses.depth(i)).is_some_and(|core| clauses.is_main(core))
}
