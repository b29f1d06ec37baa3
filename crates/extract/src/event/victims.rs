//! Everybody whom a list, an apposition or "along with" adds to those a deed is done to: "six priests - A, B and C",
//! "his aide, D", "E, a teacher; F, a clerk; and G".

use record::{Confidence, EntityKind, Event, EventType, Factuality, Mode, Upos};

use super::assemble::Note;
use super::lexicon::Lexicon;
use super::phrase::phrase;
use super::roles::{Phrase, Scene, Sides, Weight, role};
use super::spot::Candidate;
use super::tree::Tree;

/// How deep a list may hang on itself.
const DEPTH: usize = 6;

/// Adds who is told of together with the targets, and puts the name of one who is described and named in one phrase.
pub(super) fn complete(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    let (core, core_is_noun) = (c.core(), c.is_noun());
    let freed = c.kind == EventType::Retreat && c.mode == Some(Mode::Release);
    if !freed && !matches!(c.kind, EventType::Assault | EventType::Coerce) {
        return;
    }
    let mut all: Vec<(Phrase, Confidence)> = Vec::new();
    for (target, confidence) in std::mem::take(&mut sides.targets) {
        let h = target.head;
        let mut listed = roster(tree, scene, h);
        // "two of the hostages, A and B"
        if listed.is_empty() && tree.upos(h) == Upos::Num {
            let of = tree.by_relation(h, "nmod").find(|&n| tree.preposition(n) == "of");
            listed = of.map_or_else(Vec::new, |n| roster(tree, scene, n));
        }
        let own =
            listed.first().filter(|&&n| is_description(tree, lexicon, scene, h) && is_own_name(tree, h, n));
        let named = own.and_then(|&n| phrase(tree, lexicon, scene, n)).filter(|p| p.actor.is_some());
        // "senator and candidate A": both are A.
        let bare = is_description(tree, lexicon, scene, h) && !is_several(tree, h) && !has_article(tree, h);
        let twofold = bare && listed.iter().any(|&n| is_title_of(tree, h, n));
        match named {
            Some(name) => all.push((name, confidence)),
            None if twofold => {}
            None => all.push((target, confidence)),
        }
        let more = listed.into_iter().filter_map(|n| phrase(tree, lexicon, scene, n));
        all.extend(more.filter(|p| p.weight == Weight::Named).map(|p| (p, confidence)));
        let things = inventory(tree, lexicon, h).into_iter().filter_map(|n| phrase(tree, lexicon, scene, n));
        all.extend(things.map(|p| (p, confidence)));
    }
    // "his son, A": whatever the parser makes of the name, both are one.
    let own = |h: usize, n: usize| {
        n == h + 2
            && tree.form(h + 1) == ","
            && tree.by_relation(h, "nmod:poss").next().is_some()
            && !is_several(tree, h)
    };
    let heads: Vec<usize> = all.iter().map(|(p, _)| p.head).filter(|&n| is_person(scene, tree, n)).collect();
    all.retain(|(p, _)| is_person(scene, tree, p.head) || !heads.iter().any(|&n| own(p.head, n)));
    // "a watchman identified as A": both are A.
    let same = |h: usize, n: usize| {
        let verb = tree
            .by_relation(h, "acl")
            .find(|&v| v > h && v < n && matches!(tree.lemma(v), "identify" | "name" | "know"));
        verb.is_some_and(|v| n - v <= 4 && !is_several(tree, h))
    };
    all.retain(|(p, _)| is_person(scene, tree, p.head) || !heads.iter().any(|&n| same(p.head, n)));
    sides.targets = all;
    if core_is_noun {
        beside(tree, lexicon, scene, core, sides);
    } else {
        let more = [before(tree, scene, core, sides), after(tree, scene, core, sides)].concat();
        let more = more.into_iter().filter_map(|n| phrase(tree, lexicon, scene, n));
        sides.targets.extend(more.map(|p| (p, Confidence::Fact)));
    }
}

/// "A, a clerk at the bank; B, a driver; and C were taken": a plural verb whose only target is one person has more of
/// them before it. They are the persons named from the start of the clause on, but for those who stand in a phrase ("the
/// son of A").
fn before(tree: &Tree, scene: &Scene, core: usize, sides: &Sides) -> Vec<usize> {
    let mut heads = sides.targets.iter().map(|(p, _)| p.head).filter(|&h| h < core);
    let (Some(only), None) = (heads.next(), heads.next()) else { return Vec::new() };
    let plural = |&c: &usize| c < core && matches!(tree.form(c), "were" | "are" | "have");
    if is_several(tree, only) || !tree.children(core).iter().any(plural) {
        return Vec::new();
    }
    let ends = |i: usize| {
        matches!(tree.upos(i), Upos::Verb | Upos::Aux | Upos::Sconj)
            || matches!(tree.form(i), ":" | "--" | "\u{2014}" | "\u{201c}" | "\"")
    };
    let start = (0..only).rev().find(|&i| ends(i)).map_or(0, |i| i + 1);
    (start..only).filter(|&i| opens_name(tree, scene, i) && stands_in_list(tree, start, i)).collect()
}

/// "killing A, 42; B, 19; and C": who is named after a semicolon behind one who is hit.
fn after(tree: &Tree, scene: &Scene, core: usize, sides: &Sides) -> Vec<usize> {
    let persons =
        sides.targets.iter().map(|(p, _)| p.head).filter(|&h| h > core && is_person(scene, tree, h));
    let Some(last) = persons.max() else { return Vec::new() };
    let end = (last + 1..tree.len()).find(|&i| matches!(tree.upos(i), Upos::Verb | Upos::Aux));
    let listed = |i: usize| {
        let lead = (last..i).rev().find(|&j| tree.form(j) != "and").map_or("", |j| tree.form(j));
        lead == ";" && opens_name(tree, scene, i)
    };
    (last + 1..end.unwrap_or(tree.len())).filter(|&i| listed(i)).collect()
}

/// Whether the name of a person begins with word `i`.
fn opens_name(tree: &Tree, scene: &Scene, i: usize) -> bool {
    let name = |j: usize| scene.entities.iter().find(|e| e.range.overlaps(tree.range(j)));
    let own = name(i).filter(|e| e.kind == EntityKind::Per);
    own.is_some_and(|e| i == 0 || name(i - 1).is_none_or(|before| before.range != e.range))
}

/// Whether nothing but a title stands between word `i` and the last comma, "and" or start of the clause.
fn stands_in_list(tree: &Tree, start: usize, i: usize) -> bool {
    let title = |&j: &usize| matches!(tree.upos(j), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det);
    let lead = (start..i).rev().find(|j| !title(j));
    lead.is_none_or(|j| matches!(tree.form(j), "," | ";" | "and"))
}

/// The things listed with one that is hit where the parser makes the second an apposition to the first, or hangs the rest
/// on the owner of the first: "the palace, the home of the speaker and the court", "the offices of the company, a plant and
/// two warehouses".
fn inventory(tree: &Tree, lexicon: &Lexicon, h: usize) -> Vec<usize> {
    let thing = |i: usize| {
        tree.upos(i) == Upos::Noun && ["sites", "vehicles"].iter().any(|c| lexicon.in_class(c, tree.lemma(i)))
    };
    if !thing(h) {
        return Vec::new();
    }
    let owners = tree.by_relation(h, "nmod").filter(|&n| n > h && !thing(n));
    let mut found = Vec::new();
    for at in std::iter::once(h).chain(owners) {
        let member = |&&c: &&usize| c > at && (tree.is(c, "appos") || tree.is(c, "conj")) && thing(c);
        let members: Vec<usize> = tree.children(at).iter().filter(member).copied().collect();
        let below = members.iter().flat_map(|&m| tree.by_relation(m, "conj").filter(|&c| thing(c)));
        let below: Vec<usize> = below.collect();
        let closed = members
            .iter()
            .chain(&below)
            .any(|&m| tree.is(m, "conj") && tree.by_relation(m, "cc").any(|c| tree.form(c) == "and"));
        if closed {
            found.extend(members.into_iter().chain(below));
        }
    }
    found.sort_unstable();
    found
}

/// "The murder of priest A, five other priests, and two women": what the parser hangs on the noun belongs to its list.
fn beside(tree: &Tree, lexicon: &Lexicon, scene: &Scene, core: usize, sides: &mut Sides) {
    let Some(first) = sides.targets.iter().map(|(p, _)| p.head).filter(|&h| h > core).min() else { return };
    for &c in tree.children(core) {
        let linked = tree.is(c, "conj") || tree.is(c, "appos");
        let someone = is_person(scene, tree, c)
            || tree.is(c, "conj") && tree.upos(c) != Upos::Verb && lexicon.in_class("victims", tree.lemma(c));
        if c <= first || !linked || !someone {
            continue;
        }
        let members = [vec![c], roster(tree, scene, c)].concat();
        let more = members.into_iter().filter_map(|n| phrase(tree, lexicon, scene, n));
        sides.targets.extend(more.map(|p| (p, Confidence::Fact)));
    }
}

/// Sentences back within which those are told of who are named later.
const BACK: usize = 4;

/// Adds the names that a later sentence gives to those a deed was done to: "the dead were identified as A and B",
/// "those who were kidnapped are C and D", "they are E and F".
pub(super) fn identify(
    trees: &[Tree],
    lexicon: &Lexicon,
    scene: &Scene,
    events: &mut [Event],
    notes: &[Note],
) {
    for (n, tree) in trees.iter().enumerate() {
        for (who, first) in (0..tree.len()).filter_map(|i| naming(tree, scene, i)) {
            let mut names = vec![first];
            names.extend(roster(tree, scene, first));
            let Some(e) = meant(trees, lexicon, events, notes, n, who, names.len()) else { continue };
            // "The guard who was killed was identified as A": the guard told of before is A.
            if let ([_], false) = (names.as_slice(), is_several(tree, who))
                && let Some(id) = phrase(tree, lexicon, scene, first).and_then(|p| p.actor)
            {
                let named: Vec<_> = scene.entities.iter().map(|e| e.range).collect();
                for (event, note) in events.iter_mut().zip(notes) {
                    let near = note.sentence <= n && n - note.sentence <= BACK;
                    let there = &trees[note.sentence];
                    let hit = event.targets.iter_mut().filter(|_| near && event.kind == EventType::Assault);
                    for r in hit.filter(|r| !named.iter().any(|e| e.overlaps(r.range))) {
                        let same = there.top(r.range).filter(|&h| there.lemma(h) == tree.lemma(who));
                        if same.is_some_and(|h| !there.xpos(h).ends_with('S')) {
                            r.actor = Some(id.clone());
                        }
                    }
                }
            }
            for p in names.into_iter().filter_map(|i| phrase(tree, lexicon, scene, i)) {
                let known = |a: &Event| a.targets.iter().chain(&a.actors).any(|r| r.actor == p.actor);
                if p.actor.is_some() && !known(&events[e]) {
                    events[e].targets.push(role(&(p, Confidence::Fact)));
                }
            }
        }
    }
}

/// Where a clause says who somebody is: who is spoken of, and the first name.
fn naming(tree: &Tree, scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let who = tree.by_relation(i, "nsubj").next()?;
    if is_person(scene, tree, who) {
        return None;
    }
    if is_person(scene, tree, i) {
        return tree.by_relation(i, "cop").next().map(|_| (who, i));
    }
    let identified = matches!(tree.lemma(i), "identify" | "name") && tree.xpos(i) == "VBN";
    let named = |&c: &usize| c > i && is_person(scene, tree, c);
    identified.then(|| tree.children(i).iter().copied().find(named)).flatten().map(|name| (who, name))
}

/// The event that those are hit by who are spoken of as word `who` of sentence `n`.
fn meant(
    trees: &[Tree],
    lexicon: &Lexicon,
    events: &[Event],
    notes: &[Note],
    n: usize,
    who: usize,
    names: usize,
) -> Option<usize> {
    let tree = &trees[n];
    let hits = |e: &Event| {
        e.kind == EventType::Assault
            && !e.aggregate
            && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing | Factuality::Uncertain)
    };
    let own = |&i: &usize| hits(&events[i]) && notes[i].sentence == n && tree.is_below(notes[i].core, who);
    if let Some(i) = (0..events.len()).find(own) {
        return Some(i);
    }
    let lemma = tree.lemma(who);
    let harmed = lexicon.in_class("harmed", lemma);
    let they = names > 1 && matches!(tree.form(who), "they" | "these" | "those");
    if !harmed && !they && !lexicon.in_class("victims", lemma) {
        return None;
    }
    // Who is meant by the same word, or by any where the word tells of harm.
    let told = |i: &usize| {
        let same = || {
            let there = &trees[notes[*i].sentence];
            let heads = events[*i].targets.iter().filter_map(|r| there.top(r.range));
            heads.into_iter().any(|h| there.lemma(h) == lemma)
        };
        hits(&events[*i]) && if harmed || they { !events[*i].targets.is_empty() } else { same() }
    };
    let near = |i: &usize| notes[*i].sentence < n && n - notes[*i].sentence <= if they { 1 } else { BACK };
    (0..events.len()).rev().find(|i| near(i) && told(i))
}

/// The persons named in a list that begins with `top` or hangs on it, in order of the text.
fn roster(tree: &Tree, scene: &Scene, top: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![(top, 0)];
    while let Some((at, depth)) = open.pop() {
        for &c in tree.children(at).iter().filter(|&&c| c > at) {
            // "two of the hostages, A and B": a name behind a comma, whatever the parser calls it.
            let loose = tree.is(c, "nmod") && tree.preposition(c).is_empty() && tree.form(c - 1) == ",";
            let linked =
                ["conj", "appos", "list"].iter().any(|r| tree.is(c, r)) || loose && is_person(scene, tree, c);
            let noun = matches!(tree.upos(c), Upos::Noun | Upos::Propn);
            if !linked || !noun {
                continue;
            }
            if is_person(scene, tree, c) {
                found.push(c);
            } else {
                // "bodyguard A"
                let name = |&n: &usize| {
                    (tree.is(n, "flat") || tree.is(n, "appos")) && n == c + 1 && is_person(scene, tree, n)
                };
                found.extend(tree.children(c).iter().copied().find(name));
            }
            if depth < DEPTH {
                open.push((c, depth + 1));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn is_person(scene: &Scene, tree: &Tree, i: usize) -> bool {
    scene.entity_at(tree.range(i)) == Some(EntityKind::Per)
}

/// Whether a word is a noun for one or several persons, not a name.
fn is_description(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> bool {
    let noun = tree.upos(h) == Upos::Noun || lexicon.in_class("victims", tree.lemma(h));
    noun && !is_person(scene, tree, h)
}

fn is_several(tree: &Tree, h: usize) -> bool {
    tree.xpos(h).ends_with('S') || tree.by_relation(h, "nummod").next().is_some()
}

fn has_article(tree: &Tree, h: usize) -> bool {
    tree.children(h).iter().any(|&c| c < h && (tree.is(c, "det") || tree.is(c, "nmod:poss")))
}

/// "his aide, A": one who is described, then named.
fn is_own_name(tree: &Tree, h: usize, name: usize) -> bool {
    tree.head(name) == Some(h) && tree.is(name, "appos") && !is_several(tree, h)
}

/// "senator and presidential candidate A": a title that shares a name with the next.
fn is_title_of(tree: &Tree, h: usize, name: usize) -> bool {
    let Some(next) = tree.head(name).filter(|&n| n + 1 == name) else { return false };
    tree.head(next) == Some(h) && tree.is(next, "conj") && !has_article(tree, next) && !is_several(tree, next)
}
