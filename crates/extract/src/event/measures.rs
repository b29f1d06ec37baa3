//! Measures told as a list: "The Council of Ministers decided as follows: 1. The ambassador is expelled. 2. …". What an item
//! tells without saying who does it is done by whoever the sentence before the list is about.

use record::{ActorKind, Confidence, Event, EventRole, EventType};

use super::args;
use super::assemble::Note;
use super::lexicon::Lexicon;
use super::roles::{Scene, Weight};
use super::tree::Tree;

/// Sentences that a list may have.
const MOST: usize = 20;

/// Gives the deeds of such items their doer.
pub(super) fn take_up(
    text: &str,
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    let mut n = 0;
    while n < trees.len() {
        let Some(doer) = decider(&trees[n], lexicon, scene) else {
            n += 1;
            continue;
        };
        let first = n + 1;
        let mut end = first;
        // An item, or the next sentence of one.
        while end < trees.len().min(first + MOST)
            && (is_item(&trees[end]) || end > first && goes_on(text, &trees[end - 1], &trees[end]))
        {
            end += 1;
        }
        for (event, _) in
            events.iter_mut().zip(notes).filter(|(_, note)| (first..end).contains(&note.sentence))
        {
            let official = matches!(
                event.kind,
                EventType::Accuse
                    | EventType::Coerce
                    | EventType::Sanction
                    | EventType::Reject
                    | EventType::Retreat
                    | EventType::Concede
                    | EventType::Mobilize
                    | EventType::Aid
            );
            if official && event.actors.is_empty() {
                event.targets.retain(|t| t.actor != doer.actor);
                event.actors.push(doer.clone());
            }
        }
        n = end.max(n + 1);
    }
}

/// Who decides, in a sentence that ends with a colon.
fn decider(tree: &Tree, lexicon: &Lexicon, scene: &Scene) -> Option<EventRole> {
    let last = tree.len().checked_sub(1)?;
    if tree.form(last) != ":" {
        return None;
    }
    let root = (0..tree.len()).find(|&i| tree.head(i).is_none() && tree.is_verb(i))?;
    let subject = args::of(tree, lexicon, root).subjects.into_iter().next()?;
    let who = super::phrase::phrase(tree, lexicon, scene, subject).filter(|p| p.weight == Weight::Named)?;
    let actor = who.actor?;
    let body = crate::actor::known_actor(actor.as_str())
        .is_none_or(|a| !matches!(a.kind, ActorKind::Person | ActorKind::Population));
    body.then_some(EventRole { range: who.range, actor: Some(actor), confidence: Confidence::Fact })
}

/// "1. …", "(ii) …", "• …".
fn is_item(tree: &Tree) -> bool {
    let Some(first) = (tree.len() > 1).then(|| tree.form(0)) else { return false };
    let number = |w: &str| {
        w.len() <= 4 && !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'))
            || w.len() == 1 && w.chars().all(|c| c.is_ascii_lowercase())
    };
    let marked = matches!(tree.form(1), "." | ")") && number(first);
    let bullet = first.chars().all(|c| matches!(c, '•' | '-' | '–' | '*' | '▪' | '·' | '●'));
    marked || bullet || first == "(" && number(tree.form(1))
}

/// Whether a sentence stands in the paragraph of the one before it.
fn goes_on(text: &str, before: &Tree, next: &Tree) -> bool {
    let end = before.range(before.len().saturating_sub(1)).end();
    let start = next.range(0).start();
    end <= start && text.get(end..start).is_some_and(|gap| !gap.contains('\n'))
}
