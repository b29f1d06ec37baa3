//! What one report says: [`extract`] takes a parsed report and gives its [`Analysis`].
//!
//! The order is the order of need, and each step reads only what the ones before it found.

mod actor;
mod attribution;
mod event;
mod figure;
mod mend;
mod persons;
mod place;
mod table;
mod time;

pub use actor::{Actors, actors, known_actor, known_ties};
pub use event::{LexiconError, PairCode, check_lexicon, code_pair, events};
pub use figure::{Found, figures, is_person};
pub use place::gazetteer::compile as compile_gazetteer;
pub use place::{country, given_places, places};
use record::{Analysis, Parsed, Report};
pub use time::times;

/// Everything one report says, with the words for each value and the rule that read them. Pure and total: an odd
/// report yields less and a warning.
#[must_use]
pub fn extract(report: Report, mut parsed: Parsed) -> Analysis {
    mend::mend(&report.text, &mut parsed);
    let mut times = times(&report, &parsed);
    let places = places(&report, &parsed);
    let Actors { mut actors, mut mentions, ties } = actors(&report, &parsed, &places);
    let mut attributions = attribution::attributions(&report.text, &parsed, &places, &mentions);
    let mut events = events(&report, &parsed, &times, &places, &mentions, &attributions);
    event::counted(&report, &parsed, &mut times, &mut events);
    event::speak_for(&report, &actors, &mut events);
    let (people, named) = event::unnamed(&report, &parsed, &mentions, &mut events);
    for one in people {
        match actors.binary_search_by(|a| a.id.cmp(&one.id)) {
            Ok(known) => {
                actors[known].evidence.extend(one.evidence);
                actors[known].evidence.sort();
            }
            Err(at) => actors.insert(at, one),
        }
    }
    mentions.extend(named);
    mentions.sort_by_key(|m| m.range);
    let found = Found {
        places: &places,
        actors: &actors,
        mentions: &mentions,
        attributions: &attributions,
        events: &events,
    };
    let mut figures = figures(&report, &parsed, found);
    figure::hang(&report, &parsed, &times, &places, &mut events, &mut figures);
    figure::claim(&report, &parsed, &places, &mentions, &mut attributions, &mut events, &mut figures);
    Analysis {
        report,
        parsed,
        times,
        places,
        actors,
        mentions,
        ties,
        attributions,
        figures,
        events,
        warnings: Vec::new(),
    }
}
