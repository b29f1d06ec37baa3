//! Who acts, suffers and speaks: names, posts, organs, groups, and what refers back to them.
//!
//! [`actors`] first cuts the report into words as the data files are cut (`words`, `fold`), finds what may name or
//! describe somebody (`pieces`), puts together what is one phrase (`compose`), decides whom each phrase means
//! (`resolve`) and reads the ties between them (`ties`). It works without trees, and better with them.

mod cards;
mod compose;
mod fold;
mod knowledge;
mod otherwise;
pub(crate) mod pieces;
mod resolve;
mod ties;
pub(crate) mod words;

use std::collections::BTreeSet;

pub use knowledge::{known_actor, known_ties};
pub(crate) use knowledge::{known_kind, role_card, role_kind, state_card, state_of};
use record::{Actor, ActorMention, Parsed, Place, Report, Span, Tie};

use cards::Cards;
use resolve::Resolver;
use ties::Mention;

/// The actors of one report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actors {
    /// Those mentioned, by id.
    pub actors: Vec<Actor>,
    /// Where, in order.
    pub mentions: Vec<ActorMention>,
    /// Ties stated in the text.
    pub ties: Vec<Tie>,
}

/// Finds the actors of a report and whom each name, post, description and pronoun means. Posts are looked up by the
/// report's date; without one, only where a single person fits. A name that `places` reads as the place where
/// something is names nobody.
#[must_use]
pub fn actors(report: &Report, parsed: &Parsed, places: &[Place]) -> Actors {
    let words = words::words(report, parsed);
    let shouting = pieces::shouting(&words);
    let mut pieces = pieces::pieces(&words, &report.text, parsed, places, shouting);
    if !shouting {
        otherwise::settle(&words, &report.text, parsed, &mut pieces);
    }
    let mut cards = Cards::default();
    let (phrases, states) = compose::compose(&words, parsed, &pieces, &mut cards, shouting);
    let day = report.published.as_ref().map(|p| p.date);
    let mut resolver = Resolver::new(&words, &report.text, parsed, &phrases, &mut cards, day);
    resolver.places = places;
    resolver.is_about(&states);
    resolver.written_in(report, &states);
    resolver.run();
    let (found, held) = (std::mem::take(&mut resolver.found), std::mem::take(&mut resolver.held));

    let mut placed: Vec<Mention<'_>> = Vec::new();
    for (phrase, found) in phrases.iter().zip(found) {
        if let Some((actor, rule)) = found {
            placed.push(Mention { phrase, actor, rule });
        }
    }
    let ties = ties::ties(report, &words, &mut placed, &held, &phrases, &mut cards);
    let mut mentions = Vec::new();
    for Mention { phrase, actor, rule } in placed {
        let range = pieces::range(&words, phrase.start, phrase.end);
        if let Some(card) = cards.get_mut(&actor) {
            card.evidence.push(Span { report: report.id.clone(), range });
            if matches!(rule, "name" | "acronym") {
                alias(card, range.of(&report.text));
            }
        }
        mentions.push(ActorMention { range, actor, rule });
    }
    let mut named: BTreeSet<_> = mentions.iter().map(|m| m.actor.clone()).collect();
    for tie in &ties {
        named.insert(tie.a.clone());
        named.insert(tie.b.clone());
    }
    let mut all = cards.into_map();
    all.retain(|id, _| named.contains(id));
    Actors { actors: all.into_values().collect(), mentions, ties }
}

/// Keeps the name as the report writes it.
fn alias(card: &mut Actor, written: &str) {
    let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Err(at) = card.aliases.binary_search(&name)
        && name != card.name
    {
        card.aliases.insert(at, name);
    }
}
