//! Meetings that are still to come.

use record::{EventType, Factuality};

use super::spot::Candidate;
use super::tree::Tree;

/// "Will meet her at a summit", "will host him for talks": what is still to come is told by the verb.
pub(super) fn mark(tree: &Tree, all: &mut [Candidate]) {
    let planned: Vec<usize> = all
        .iter()
        .filter(|c| !c.is_noun() && c.kind == EventType::Agree && c.reading.future)
        .filter(|c| c.reading.factuality == Factuality::Planned && !c.reading.negated)
        .map(Candidate::core)
        .collect();
    for c in all.iter_mut().filter(|c| c.is_noun() && c.kind == EventType::Consult && c.support.is_none()) {
        let mut at = c.core();
        for _ in 0..4 {
            let within = match tree.deprel(at) {
                "obj" | "conj" => true,
                r if r.starts_with("obl") || r.starts_with("nmod") => matches!(
                    tree.preposition(at).as_str(),
                    "for" | "at" | "during" | "in" | "as" | "of" | "on" | "as part of"
                ),
                _ => false,
            };
            let Some(h) = tree.head(at).filter(|_| within) else { break };
            if planned.contains(&h) {
                if c.reading.factuality == Factuality::Happened {
                    c.reading.factuality = Factuality::Planned;
                }
                break;
            }
            at = h;
        }
    }
}
