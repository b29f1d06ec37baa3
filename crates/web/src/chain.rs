//! Who did what to whom, and what answered it: a tree that grows downwards, with the words that say so on its branches.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use record::{Factuality, Incident, IncidentId, Response, Shelf};

use crate::pieces::Sources;
use crate::words::quote;
use crate::{incident, say};

/// Answers inside answers, at most.
const DEEPEST: usize = 12;
/// Chains shown before the rest are folded away.
const SHOWN: usize = 12;

/// Incidents that answer each other, each chain from what began it; nothing if none does.
#[must_use]
pub fn view(incidents: &[&Incident], sources: &Sources<'_>) -> Markup {
    let mut tree = Tree::new(incidents);
    // What begins with a deed before what begins with words.
    let (mut deeds, mut words): (Vec<&Incident>, Vec<&Incident>) =
        tree.roots(incidents).into_iter().partition(|i| i.shelf() == Shelf::Deeds);
    words.splice(0..0, deeds.split_off(deeds.len().min(SHOWN)));
    html! {
        @if !deeds.is_empty() || !words.is_empty() {
            div.chains {
                @for root in &deeds { ol { (tree.node(root, None, 0, sources)) } }
                @if !words.is_empty() {
                    details.minor open[deeds.is_empty()] {
                        summary { (say::count(words.len(), "more chain")) }
                        @for root in &words { ol { (tree.node(root, None, 0, sources)) } }
                    }
                }
            }
        }
    }
}

/// An incident with what it answers, what that answers, and what answers it: of `incidents` those that a reader of its
/// page wants to see in a chain.
#[must_use]
pub fn around<'r>(id: &IncidentId, incidents: &[&'r Incident]) -> Vec<&'r Incident> {
    let tree = Tree::new(incidents);
    let mut shown: BTreeSet<&IncidentId> = BTreeSet::new();
    let Some(main) = tree.incidents.get(id) else { return Vec::new() };
    tree.reach(main, &mut shown);
    let mut up: Vec<&Incident> = vec![main];
    while let Some(i) = up.pop() {
        for cause in i.responds_to.iter().filter_map(|r| tree.incidents.get(&r.incident)) {
            if shown.insert(&cause.id) {
                up.push(cause);
            }
        }
    }
    incidents.iter().filter(|i| shown.contains(&i.id)).copied().collect()
}

struct Tree<'r> {
    incidents: BTreeMap<&'r IncidentId, &'r Incident>,
    /// What answers each.
    answers: BTreeMap<&'r IncidentId, Vec<(&'r Incident, &'r Response)>>,
    drawn: BTreeSet<&'r IncidentId>,
}

impl<'r> Tree<'r> {
    fn new(incidents: &[&'r Incident]) -> Tree<'r> {
        let known: BTreeMap<&IncidentId, &Incident> = incidents.iter().map(|i| (&i.id, *i)).collect();
        let mut answers: BTreeMap<&IncidentId, Vec<(&Incident, &Response)>> = BTreeMap::new();
        for i in incidents {
            for r in i.responds_to.iter().filter(|r| known.contains_key(&r.incident)) {
                answers.entry(&r.incident).or_default().push((i, r));
            }
        }
        Tree { incidents: known, answers, drawn: BTreeSet::new() }
    }

    /// What is answered and answers nothing itself; of a ring of answers, its first in the order given.
    fn roots(&self, incidents: &[&'r Incident]) -> Vec<&'r Incident> {
        let answered = |i: &&&Incident| self.answers.contains_key(&i.id);
        let begins = |i: &&Incident| i.responds_to.iter().all(|r| !self.incidents.contains_key(&r.incident));
        let mut roots: Vec<&Incident> = incidents.iter().filter(answered).copied().filter(begins).collect();
        let mut seen: BTreeSet<&IncidentId> = BTreeSet::new();
        roots.iter().for_each(|r| self.reach(r, &mut seen));
        for i in incidents.iter().filter(answered) {
            if !seen.contains(&i.id) {
                roots.push(i);
                self.reach(i, &mut seen);
            }
        }
        // The chains that reach farthest first.
        roots.sort_by_key(|r| std::cmp::Reverse(self.answers.get(&r.id).map_or(0, Vec::len)));
        roots
    }

    fn reach(&self, from: &'r Incident, seen: &mut BTreeSet<&'r IncidentId>) {
        let mut queue = vec![&from.id];
        while let Some(id) = queue.pop() {
            if seen.insert(id) {
                queue.extend(self.answers.get(id).into_iter().flatten().map(|(i, _)| &i.id));
            }
        }
    }

    fn node(
        &mut self,
        i: &'r Incident,
        how: Option<&Response>,
        depth: usize,
        sources: &Sources<'_>,
    ) -> Markup {
        let again = !self.drawn.insert(&i.id);
        let answers = if again || depth >= DEEPEST { Vec::new() } else { self.answers_of(i) };
        html! {
            li {
                @if let Some(r) = how {
                    p.how { "answered by" @for span in r.evidence.iter().take(1) { " · " span.cue { (quote(span, sources)) } } }
                }
                div class={ "node quad-" (i.kind.quad() as u8) } {
                    span.when { (say::when(i.when)) }
                    (incident::link(&i.id, sources))
                    (incident::ranges(i))
                    span.kind { (say::kind(i.kind)) @if let Some(m) = i.mode { ", " (m) }
                        @if i.factuality != Factuality::Happened { ", " (i.factuality) } }
                    @if again && self.answers.contains_key(&i.id) { " " span.how { "its answers are drawn above" } }
                }
                @if !answers.is_empty() {
                    ol { @for (answer, r) in answers { (self.node(answer, Some(r), depth + 1, sources)) } }
                }
            }
        }
    }

    fn answers_of(&self, i: &Incident) -> Vec<(&'r Incident, &'r Response)> {
        let mut answers = self.answers.get(&i.id).cloned().unwrap_or_default();
        // Deeds before words.
        answers.sort_by_key(|(a, _)| (std::cmp::Reverse(a.kind.quad()), a.when.earliest(), a.id.clone()));
        answers
    }
}
