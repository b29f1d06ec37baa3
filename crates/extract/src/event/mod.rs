//! Events: what happened, who did it to whom, and whether the report tells it as a fact.
//!
//! Rules over the dependency tree with the lexicon in `data/events`. [`events`] reads a whole report,
//! [`code_pair`] tells what one marked actor does to another in a sentence.

mod args;
mod assemble;
mod beside;
mod bystanders;
mod captors;
mod charged;
mod counted;
mod figurative;
mod harmless;
mod headline;
mod join;
mod lexicon;
mod links;
mod matching;
mod measures;
mod mishap;
mod modes;
mod of_doer;
mod pair;
mod pairs;
mod participants;
mod phrase;
mod reading;
mod roles;
mod settings;
mod spot;
mod tallied;
mod target;
#[cfg(test)]
mod tests;
mod to_come;
mod tree;
mod unnamed;
mod victims;
mod voice;
mod when_where;

use record::{
    ActorMention, Attribution, Event, EventType, Factuality, Parsed, Place, Quad, Report, TimeExpression,
    When,
};

pub(crate) use counted::counted;
pub use lexicon::LexiconError;
pub use pair::{PairCode, code_pair};
pub(crate) use unnamed::unnamed;

/// Whether a word, in lower case, is a noun for a deed.
pub(crate) fn is_deed(word: &str) -> bool {
    let lexicon = lexicon::Lexicon::embedded();
    ["attacks", "happenings", "fights", "protests"].iter().any(|class| lexicon.in_class(class, word))
}

/// The lemma of a verb's form, in lower case, where the analyser gives it one that is no word and the lexicon knows better.
pub(crate) fn stem(form: &str, lemma: &str, past: bool) -> Option<String> {
    lexicon::Lexicon::embedded().stem(form, lemma, past)
}

/// Whether a verb tells of its object that it is hurt, held or cared for afterwards.
pub(crate) fn is_suffered(lemma: &str) -> bool {
    let of = |class: &&str| Lexicon::embedded().in_class(class, lemma);
    ["undergone", "undergone-alone", "wounds", "nursed"].iter().any(of)
}

/// Whether a word is for somebody who holds a post.
pub(crate) fn is_official(word: &str) -> bool {
    Lexicon::embedded().in_class("officials", word)
}

/// Whether a word is for a woman, or for a man; `None` if for neither.
pub(crate) fn is_woman(word: &str) -> Option<bool> {
    let of = |class| Lexicon::embedded().in_class(class, word);
    if of("women") { Some(true) } else { of("men").then_some(false) }
}

/// Whether a verb tells of its object that it is arrested or led away.
pub(crate) fn is_taken(lemma: &str) -> bool {
    Lexicon::embedded().in_class("taken", lemma)
}

/// Whether a verb tells of its subject that it dies or is hurt.
pub(crate) fn is_succumbing(lemma: &str) -> bool {
    Lexicon::embedded().in_class("succumbs", lemma)
}

/// Whether a word, in lower case, is for a vessel or an aircraft, or for several.
pub(crate) fn is_craft(word: &str) -> bool {
    let craft = |w: &str| lexicon::Lexicon::embedded().in_class("craft", w);
    craft(word) || word.strip_suffix('s').is_some_and(craft)
}
pub(crate) use voice::speak_for;

use lexicon::Lexicon;
use roles::Scene;
use tree::Tree;

/// Every mention of an event in a report, in order of the trigger. Statements that only say something are none.
#[must_use]
pub fn events(
    report: &Report,
    parsed: &Parsed,
    times: &[TimeExpression],
    places: &[Place],
    mentions: &[ActorMention],
    attributions: &[Attribution],
) -> Vec<Event> {
    let lexicon = Lexicon::embedded();
    let mut sources: Vec<_> =
        attributions.iter().filter_map(|a| Some((a.source?, a.speaker.as_ref()))).collect();
    sources.sort_by_key(|(range, _)| *range);
    let entities = &parsed.entities;
    let scene = Scene { mentions, entities, places, times, attributions, sources: &sources, apart: &[] };
    let mut found = Vec::new();
    let mut notes = Vec::new();
    let trees: Vec<Tree> = parsed.sentences.iter().map(|s| Tree::new(&report.text, s, lexicon)).collect();
    let mut candidates: Vec<_> = trees.iter().map(|t| spot::candidates(t, lexicon, false)).collect();
    spot::settle_doubts(&trees, lexicon, &mut candidates);
    spot::take_up(&trees, lexicon, &mut candidates);
    for (n, (tree, candidates)) in trees.iter().zip(&candidates).enumerate() {
        assemble::sentence(tree, lexicon, &scene, candidates, n, &mut found, &mut notes);
    }
    not_yet(report, times, &mut found);
    tallied::go_on(&trees, lexicon, &mut found, &notes);
    victims::identify(&trees, lexicon, &scene, &mut found, &notes);
    let apart = links::replies(report, parsed, lexicon, &mut found, &notes);
    let scene = Scene { apart: &apart, ..scene };
    links::same(lexicon, &scene, &mut found, &notes);
    join::join(report, lexicon, &scene, &mut found, &notes);
    links::sum_up(&mut found, &notes);
    settings::take_up(&trees, lexicon, &scene, &mut found, &notes);
    pairs::take_up(&trees, lexicon, &scene, &mut found, &notes);
    captors::take_up(&trees, &mut found, &notes);
    measures::take_up(&report.text, &trees, lexicon, &scene, &mut found, &notes);
    charged::take_up(&trees, lexicon, &scene, &mut found, &notes);
    charged::share_both(&trees, &mut found, &notes);
    beside::complete(&trees, lexicon, &scene, &mut found, &notes);
    links::responses(report, parsed, &trees, &mut found, &notes);
    found
}

/// "Offered to host talks on 18 March": a day still to come when the report was written is of what is planned, not of when
/// it was said; a strike called for such a day is planned.
fn not_yet(report: &Report, times: &[TimeExpression], found: &mut [Event]) {
    let Some(day) = report.published.as_ref().map(|p| p.date) else { return };
    let later = |t: usize| {
        let first = match times[t].when {
            When::Exact(first) => Some(first),
            When::Between { earliest, .. } => earliest,
            When::Unknown => None,
        };
        first.is_some_and(|first| (first - day).get_days() > 1)
    };
    for event in found.iter_mut().filter(|e| e.time.is_some_and(later)) {
        let real = matches!(event.factuality, Factuality::Happened | Factuality::Ongoing);
        match event.kind.quad() {
            Quad::VerbalCooperation | Quad::VerbalConflict if real => event.time = None,
            // "Called a strike for Monday"
            _ if real && event.kind == EventType::Protest => event.factuality = Factuality::Planned,
            _ => {}
        }
    }
}

/// Checks the embedded lexicon; the tests of the data.
///
/// # Errors
///
/// The first line of a data file that cannot be read.
pub fn check_lexicon() -> Result<usize, LexiconError> {
    Lexicon::load().map(|l| l.len())
}
