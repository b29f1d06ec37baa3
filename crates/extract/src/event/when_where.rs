//! When and where a deed was, as its own sentence tells: by the grammar, and by what the model makes of the words.

use record::{EventType, PlacePrecision, Quad, TimeExpression, TimexType, Upos, When};

use super::lexicon::{Cue, Lexicon};
use super::participants;
use super::roles::Scene;
use super::spot::Candidate;
use super::tree::Tree;
use crate::time::DATELINE;

/// Percent below which a place that the grammar gives a deed is doubted; where the grammar gives it none, from which on a
/// place of its sentence is taken, the same for a deed that only tells when another was, and from which on a time is taken.
/// Chosen on the passages and piles to work on.
const DOUBTED: u8 = 20;
const LIKELY_PLACE: u8 = 60;
const SURE_PLACE: u8 = 80;
const LIKELY_TIME: u8 = 80;

/// The time of an event: what the grammar gives it, else the time that its `carrier` is given, else the one of its sentence
/// of which the model is surest that it dates the event.
pub(super) fn time(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    cores: &[usize],
    carrier: Option<usize>,
) -> Option<usize> {
    if is_claimed(tree, lexicon, c) {
        return None;
    }
    if let Some(t) = taken_up(tree, scene, c.core()) {
        return Some(t);
    }
    let mut told = told_times(tree, lexicon, scene);
    told.retain(|&t| !tree.top(scene.times[t].range).is_some_and(|w| is_of_asked(tree, w, c)));
    told.retain(|&t| !is_of_compared(tree, scene, c, t) && !is_of_name(tree, scene, cores, t));
    let share = |t: usize| participants::setting(tree, c, scene.times[t].range).map_or(0, |s| s.time);
    own_time(tree, lexicon, scene, c, cores, &told)
        .or_else(|| of_antecedent(tree, scene, c.core(), &told))
        .or_else(|| of_occasion(tree, scene, c.core(), &told))
        .or_else(|| carrier.and_then(|v| dated(tree, scene, v)))
        .or_else(|| of_sequel(tree, scene, c, &told))
        .or_else(|| {
            let likely = told.iter().copied().filter(|&t| {
                share(t) >= LIKELY_TIME
                    && !is_of_noun(tree, scene, c.core(), cores, t)
                    && !is_limit(tree, scene, t)
                    && !is_of_another(tree, scene, c, t)
                    && !tree.top(scene.times[t].range).is_some_and(|w| is_since_another(tree, w, c.core()))
                    && !is_of_described(tree, scene, c.core(), cores, t)
            });
            likely.max_by_key(|&t| (share(t), std::cmp::Reverse(t)))
        })
}

/// "The second clash since May 7, when nine soldiers died": the day that "when" takes up.
fn taken_up(tree: &Tree, scene: &Scene, core: usize) -> Option<usize> {
    let when = tree.children(core).iter().copied().find(|&w| w < core && tree.form(w) == "when")?;
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    let close = |&t: &usize| {
        let time = &scene.times[t];
        let before = tree.range(when).start();
        let next = (0..when).rev().take(2).any(|w| tree.range(w).overlaps(time.range));
        // "Since May, when", but not "since May when".
        let comma = when.checked_sub(1).is_some_and(|w| tree.form(w) == ",");
        let dated = matches!(time.when, When::Exact(_)) || comma && matches!(time.when, When::Between { .. });
        dated && time.range.end() <= before && next
    };
    scene.times_in(sentence).into_iter().rev().find(close)
}

/// "The one of July 13, in which a herder was killed": the day of what "in which" takes up.
fn of_antecedent(tree: &Tree, scene: &Scene, core: usize, told: &[usize]) -> Option<usize> {
    let noun = tree.head(core).filter(|&h| h < core && tree.is(core, "acl:relcl"))?;
    let inside =
        |w: usize| tree.form(w) == "which" && matches!(tree.preposition(w).as_str(), "in" | "during");
    tree.children(core).iter().copied().find(|&w| w < core && inside(w))?;
    let of_noun = |t: &usize| tree.top(scene.times[*t].range).is_some_and(|w| tree.head(w) == Some(noun));
    told.iter().copied().find(of_noun)
}

/// "Two were killed on 4 August in the capital, when gunmen attacked a rally": the day of the verb that "when" goes on from.
fn of_occasion(tree: &Tree, scene: &Scene, core: usize, told: &[usize]) -> Option<usize> {
    // The clause may hang on the noun before "when".
    let clause = matches!(tree.deprel(core), "advcl" | "acl:relcl" | "advcl:relcl");
    let above = std::iter::successors(tree.head(core), |&h| tree.head(h)).take(3);
    let verb = above.into_iter().find(|&h| tree.is_verb(h)).filter(|&h| h < core && clause)?;
    tree.children(core).iter().copied().find(|&w| w < core && tree.form(w) == "when")?;
    let of_verb = |t: &usize| {
        let exact = matches!(scene.times[*t].when, When::Exact(_));
        exact && tree.top(scene.times[*t].range).is_some_and(|w| tree.head(w) == Some(verb) && w < core)
    };
    told.iter().copied().find(of_verb)
}

/// "Last month it was closed after a gunman shot a guard": the month or year of what came after a deed is its own, too.
fn of_sequel(tree: &Tree, scene: &Scene, c: &Candidate, told: &[usize]) -> Option<usize> {
    let verb = Some(c.core()).filter(|&w| has_after(tree, w)).and_then(|w| tree.head(w))?;
    told.iter().copied().find(|&t| {
        let coarse = matches!(scene.times[t].when, When::Between { .. });
        coarse && tree.top(scene.times[t].range).and_then(|w| tree.head(w)) == Some(verb)
    })
}

/// Whether words stand behind "after" or "following".
fn has_after(tree: &Tree, w: usize) -> bool {
    let is = |&c: &usize| {
        matches!(tree.deprel(c), "mark" | "case") && matches!(tree.lemma(c), "after" | "following")
    };
    tree.children(w).iter().any(is)
}

/// "Claimed responsibility on Thursday": where the model takes the claim for the deed, its day is that of the claim.
fn is_claimed(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> bool {
    let claims = |i: usize| lexicon.has_cue(tree.lemma(i), Cue::Claims);
    c.found.entry.is_any() && claims(c.core()) && c.args().objects.iter().any(|&o| claims(o))
}

/// "Ambushed a convoy on Sunday, six days after a raid": the day of what came after the deed.
fn is_of_another(tree: &Tree, scene: &Scene, c: &Candidate, t: usize) -> bool {
    let apart =
        c.is_noun() && matches!(tree.preposition(c.core()).as_str(), "after" | "before" | "following");
    apart && tree.top(scene.times[t].range).is_some_and(|w| !tree.is_below(w, c.core()))
}

/// "Pulled out of a 2002 ceasefire last month": the year of the ceasefire.
fn is_of_name(tree: &Tree, scene: &Scene, cores: &[usize], t: usize) -> bool {
    let year = scene.times[t].value.len() == 4;
    let before = |w: usize| {
        tree.head(w).filter(|&h| w < h && matches!(tree.deprel(w), "nummod" | "compound" | "amod"))
    };
    let noun = tree.top(scene.times[t].range).and_then(before);
    year && noun.is_some_and(|h| !cores.contains(&h) && tree.is_nominal(h))
}

/// "Killing a ringleader of the October 7 rampage": the day stands with the noun for another deed.
fn is_of_noun(tree: &Tree, scene: &Scene, core: usize, cores: &[usize], t: usize) -> bool {
    let Some(w) = tree.top(scene.times[t].range) else { return false };
    let noun = tree.head(w).filter(|h| *h != core && w < *h && cores.contains(h) && tree.is_nominal(*h));
    // "Fired on Tuesday's march" was then, too.
    noun.is_some_and(|n| tree.is(n, "nmod"))
}

/// "Shot policemen who were among the men seized last weekend": the day of what is told of somebody, which is a deed of its own.
fn is_of_described(tree: &Tree, scene: &Scene, core: usize, cores: &[usize], t: usize) -> bool {
    let Some(w) = tree.top(scene.times[t].range) else { return false };
    let way: Vec<usize> =
        std::iter::successors(tree.head(w), |&i| tree.head(i)).take_while(|&i| i != core).take(8).collect();
    let deed = way.iter().position(|i| cores.contains(i));
    // "The bomb that killed four on Monday" went off then.
    let other = |&i: &usize| tree.is(i, "acl") && tree.head(i) != Some(core);
    deed.is_some_and(|d| way[d..].iter().any(other))
}

/// "The raid was the worst since the siege of May 2021": the time of what a deed before it is compared with.
fn is_of_compared(tree: &Tree, scene: &Scene, c: &Candidate, t: usize) -> bool {
    let start = scene.times[t].range.start();
    let Some(first) = (0..tree.len()).find(|&w| tree.range(w).end() > start) else { return false };
    let near = (first.saturating_sub(10)..first).rev();
    let phrase = near.take_while(|&w| tree.upos(w) != Upos::Punct && !tree.is_verb(w));
    let since = phrase.into_iter().find(|&w| tree.form(w) == "since");
    since.is_some_and(|w| c.core() < w && is_superlative(tree, w))
}

/// Whether "since" stands behind "the worst", "the deadliest attack", "the first such raid".
fn is_superlative(tree: &Tree, since: usize) -> bool {
    // "At least 30 have died since Tuesday" compares nothing.
    let most = |w: usize| match tree.lemma(w) {
        "least" => false,
        "first" | "worst" | "most" => true,
        _ => tree.xpos(w) == "JJS",
    };
    (since.saturating_sub(8)..since).any(most)
}

/// Whether a time only tells since or until when something lasts.
fn is_limit(tree: &Tree, scene: &Scene, t: usize) -> bool {
    let word = tree.top(scene.times[t].range);
    word.is_some_and(|w| matches!(tree.preposition(w).as_str(), "since" | "until" | "till"))
}

/// The times of a sentence that can date something. Sets, and durations that nothing anchors, do not.
fn told_times(tree: &Tree, lexicon: &Lexicon, scene: &Scene) -> Vec<usize> {
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    let mut times = scene.times_in(sentence);
    times.retain(|&t| {
        dates(&scene.times[t])
            && (scene.times[t].anchored || !scene.times[t].value.ends_with("_REF"))
            && !is_compared(tree, lexicon, scene, t)
            && scene.times[t].rule != DATELINE
    });
    times
}

/// "Welcomed Thursday's vote": the day of what words are about.
fn is_of_matter(tree: &Tree, w: usize, c: &Candidate) -> bool {
    let verbal = matches!(c.kind.quad(), Quad::VerbalConflict | Quad::VerbalCooperation);
    verbal && tree.is(w, "nmod:poss") && tree.head(w).is_some_and(|h| h != c.core())
}

/// "Visited a town flooded last week", "compared them to crimes committed in May": the day of what is only told of a thing.
fn is_of_thing(tree: &Tree, w: usize, cores: &[usize]) -> bool {
    let way = std::iter::successors(Some(w), |&i| tree.head(i)).take_while(|i| !cores.contains(i)).take(8);
    way.into_iter().any(|i| {
        tree.is(i, "acl") && tree.xpos(i) == "VBN" && tree.head(i).is_some_and(|h| !cores.contains(&h))
    })
}

/// "Called on them to resume talks on Friday": the day of what is asked, not of the asking.
fn is_of_asked(tree: &Tree, w: usize, c: &Candidate) -> bool {
    let asks = matches!(c.kind, EventType::Request | EventType::Threaten) && !c.is_noun();
    let way: Vec<usize> = std::iter::successors(tree.head(w), |&i| tree.head(i))
        .take_while(|&i| i != c.core())
        .take(8)
        .collect();
    let inner = |&i: &usize| {
        matches!(tree.deprel(i), "xcomp" | "ccomp" | "advcl" | "acl") && super::reading::has_to(tree, i)
    };
    asks && way.last().is_some_and(|&top| tree.head(top) == Some(c.core())) && way.iter().any(inner)
}

/// Whether a time only tells until when something lasts, or by when what is asked for is to be done.
fn is_end(tree: &Tree, word: usize, kind: EventType) -> bool {
    match tree.preposition(word).as_str() {
        "until" | "till" => true,
        "by" => matches!(kind, EventType::Request | EventType::Threaten),
        _ => false,
    }
}

/// "The worst attack since the events of 9 February", "killed since the war began in 2004": the day of something else.
fn is_since_another(tree: &Tree, w: usize, core: usize) -> bool {
    let way = std::iter::successors(tree.head(w), |&i| tree.head(i)).take_while(|&h| h != core).take(6);
    let since = |i: usize| {
        tree.is_nominal(i) && tree.preposition(i) == "since"
            || tree.is_verb(i)
                && tree.children(i).iter().any(|&c| tree.is(c, "mark") && tree.lemma(c) == "since")
    };
    way.into_iter().any(since)
}

/// "The worst attack since March", "the second clash since May 7": the day of what it is compared with.
fn is_compared(tree: &Tree, lexicon: &Lexicon, scene: &Scene, t: usize) -> bool {
    let top = |i: usize| matches!(tree.xpos(i), "JJS" | "RBS");
    // "The most serious incident since March"
    let ranks = |&i: &usize| {
        top(i) || lexicon.in_class("ranks", tree.lemma(i)) || tree.by_relation(i, "advmod").any(top)
    };
    let since = tree.top(scene.times[t].range).filter(|&w| tree.preposition(w) == "since");
    let above = std::iter::successors(since.and_then(|w| tree.head(w)), |&i| tree.head(i)).take(3);
    above.into_iter().any(|h| ranks(&h) || !tree.is_verb(h) && tree.children(h).iter().any(ranks))
}

/// Words of a line within which a day and a colon are what it stands under.
const LABEL: usize = 5;

/// The time that hangs on an event or on its support verb, else one of its clause, else the only one of the sentence.
fn own_time(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    cores: &[usize],
    told: &[usize],
) -> Option<usize> {
    let dates: Vec<(usize, usize)> = told
        .iter()
        .filter_map(|&t| tree.top(scene.times[t].range).map(|w| (t, w)))
        .filter(|&(_, w)| !is_since_another(tree, w, c.core()) && !is_end(tree, w, c.kind))
        // "Banning imports from 2027": from when it holds.
        .filter(|&(t, w)| {
            let coarse = matches!(scene.times[t].when, When::Between { .. });
            !(c.kind == EventType::Sanction && coarse && tree.preposition(w) == "from")
        })
        .filter(|&(_, w)| !is_of_matter(tree, w, c))
        .filter(|&(_, w)| !is_of_thing(tree, w, cores))
        // "according to military sources today": when it was said.
        .filter(|&(_, w)| {
            let teller = |h: usize| h != c.core() && tree.is_nominal(h) && scene.is_source(tree.range(h));
            !tree.head(w).is_some_and(teller)
        })
        .collect();
    let core = c.core();
    // "Thursday: two soldiers killed at Tessit"
    let labels =
        |w: usize| tree.head(w).is_none() && w < LABEL && (w + 1..=LABEL).any(|i| tree.form(i) == ":");
    // "A second one later that month came on August 22": the day, and not the month.
    let coarse = |t: usize| matches!(scene.times[t].when, When::Between { .. });
    let first = |holds: &dyn Fn(usize) -> bool| {
        let held = dates.iter().filter(|&&(_, w)| holds(w)).map(|&(t, _)| t);
        held.min_by_key(|&t| coarse(t))
    };
    if let Some(t) = first(&|w| belongs(tree, w, core, cores)).or_else(|| first(&labels)) {
        return Some(t);
    }
    if let Some((verb, _)) = c.support
        && let Some(t) = first(&|w| tree.head(w) == Some(verb))
    {
        return Some(t);
    }
    // "Overnight, the army said that it had struck": nobody speaks all night long.
    let speech = tree.head(core).filter(|&h| tree.is(core, "ccomp") && tree.is_verb(h));
    if let Some(t) = first(&|w| tree.lemma(w) == "overnight" && speech.is_some() && tree.head(w) == speech) {
        return Some(t);
    }
    // "an attack near the border last week": close behind, with no verb between.
    if c.is_noun()
        && let Some(t) = first(&|w| {
            let near = w > core && w - core <= 8 && !(core + 1..w).any(|j| tree.is_verb(j));
            // "Condemned the attack on Wednesday": the day of the words.
            let of_words = tree.head(w).is_some_and(|h| {
                h != core && tree.is_verb(h) && cores.contains(&h) && speaks_of(lexicon, tree, h)
            });
            near && !of_words
                && !cores.iter().any(|&o| o != core && tree.is_below(w, o) && !tree.is_below(core, o))
        })
    {
        return Some(t);
    }
    // What dates a verb does not date its object ("on Monday they condemned the attack"), but it dates its subject and
    // the clauses that go along with it.
    let mut at = core;
    for _ in 0..3 {
        let Some(h) = tree.head(at) else { break };
        // "Struck on Saturday, a day after rockets killed one and wounded four": what was before or behind.
        let before = |m: usize| {
            let span = m.checked_sub(1).map_or("", |s| tree.lemma(s));
            matches!(tree.lemma(m), "after" | "before") && matches!(span, "day" | "week" | "month" | "year")
        };
        if tree.is(at, "advcl") && tree.by_relation(at, "mark").any(before) {
            return None;
        }
        // "today accused them of killing".
        let charged = || matches!(tree.preposition(at).as_str(), "of" | "for" | "from" | "against");
        // "has proceeded on Monday to the arrest of six": the only deed of its sentence.
        let only =
            || c.is_noun() && cores.len() == 1 && matches!(tree.deprel(at), "obl" | "obj") && tree.is_verb(h);
        // "reported being hit"
        let gerund = || {
            tree.is(at, "ccomp")
                && tree.by_relation(at, "nsubj").chain(tree.by_relation(at, "nsubj:pass")).next().is_none()
        };
        let along = matches!(tree.deprel(at), "nsubj" | "nsubj:pass" | "conj" | "xcomp")
            || gerund()
            || (tree.deprel(at) == "advcl" && !c.is_noun() && !charged())
            || only() && !speaks_of(lexicon, tree, h);
        if !along {
            return None;
        }
        if !cores.contains(&h)
            && let Some(t) = first(&|w| tree.head(w) == Some(h) || is_in_incident(lexicon, tree, w, h))
        {
            return Some(t);
        }
        at = h;
    }
    match (dates.as_slice(), cores) {
        // A sentence with no verb above is hard to read; what it tells with one day was on that day.
        ([(t, w)], [_]) if (tree.head(core).is_none() || is_broken(tree)) && !is_in_relative(tree, *w) => {
            Some(*t)
        }
        _ => None,
    }
}

/// Whether a whole sentence with verbs hangs on something else than a verb.
fn is_broken(tree: &Tree) -> bool {
    (0..tree.len()).any(|i| tree.is_verb(i))
        && (0..tree.len()).all(|i| {
            tree.head(i).is_some() || !tree.is_verb(i) && tree.by_relation(i, "cop").next().is_none()
        })
}

/// "In a separate incident on Thursday": what is told after it was then.
fn is_in_incident(lexicon: &Lexicon, tree: &Tree, w: usize, verb: usize) -> bool {
    tree.head(w).is_some_and(|noun| {
        tree.head(noun) == Some(verb)
            && tree.is(noun, "obl")
            && tree.preposition(noun) == "in"
            && lexicon.in_class("takers-up", tree.lemma(noun))
    })
}

/// Whether a verb takes its object to task or speaks of it: its day is not that of what it speaks of.
fn speaks_of(lexicon: &Lexicon, tree: &Tree, verb: usize) -> bool {
    [Cue::Blames, Cue::Claims, Cue::Denies, Cue::Asks, Cue::Threatens, Cue::Refuses, Cue::Intends]
        .into_iter()
        .any(|cue| lexicon.has_cue(tree.lemma(verb), cue))
        || lexicon.in_class("views", tree.lemma(verb))
}

/// "The nurses whom they had held since January": the time of what is told of somebody.
fn is_in_relative(tree: &Tree, w: usize) -> bool {
    std::iter::successors(Some(w), |&i| tree.head(i)).take(tree.len()).any(|i| tree.is(i, "acl:relcl"))
}

/// The time that a verb or its object is given.
fn dated(tree: &Tree, scene: &Scene, verb: usize) -> Option<usize> {
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    scene.times_in(sentence).into_iter().find(|&t| {
        let head = tree.top(scene.times[t].range).and_then(|w| tree.head(w));
        head.is_some_and(|h| h == verb || (tree.is(h, "obj") && tree.head(h) == Some(verb)))
    })
}

/// The places of an event, the finest first, and whether the grammar gives them to it.
pub(super) fn places(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    cores: &[usize],
) -> (Vec<usize>, bool) {
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    let all: Vec<(usize, usize)> = scene
        .places_in(sentence)
        .into_iter()
        .filter(|&p| scene.places[p].locative)
        .filter_map(|p| tree.top(scene.places[p].range).map(|w| (p, w)))
        .filter(|&(p, w)| is_setting(tree, lexicon, scene, c, p, w))
        .collect();
    let mut found: Vec<usize> =
        all.iter().filter(|&&(_, w)| belongs(tree, w, c.core(), cores)).map(|&(p, _)| p).collect();
    if let Some((verb, _)) = c.support {
        found.extend(
            all.iter()
                .filter(|&&(_, w)| {
                    w != verb
                        && tree.is_below(w, verb)
                        && belongs(tree, w, verb, &[verb])
                        && !cores.iter().any(|&o| o != c.core() && tree.is_below(w, o))
                })
                .map(|&(p, _)| p),
        );
    }
    // "Struck the market of Tessit, where eleven people died"
    let there = tree.children(c.core()).iter().copied().find(|&w| is_there(tree, c.core(), w));
    if let Some(there) = there.filter(|_| found.is_empty()) {
        let before = all.iter().filter(|&&(_, w)| w < there && there - w <= CLOSE).max_by_key(|&&(_, w)| w);
        let row = std::iter::successors(before.map(|&(p, _)| p), |&p| {
            p.checked_sub(1).filter(|&q| all.iter().any(|a| a.0 == q) && is_joined(tree, scene, q, p))
        });
        found.extend(row);
    }
    let own = !found.is_empty();
    if found.is_empty()
        && let Some(h) = tree.head(c.core())
        && !cores.contains(&h)
        && !matches!(tree.deprel(c.core()), "ccomp" | "parataxis")
    {
        found.extend(
            all.iter()
                .filter(|&&(_, w)| {
                    belongs(tree, w, h, &[h])
                        && tree.is_below(w, h)
                        && !cores.iter().any(|&o| o != c.core() && tree.is_below(w, o))
                })
                .map(|&(p, _)| p),
        );
    }
    // "Four men involved in the attack were stopped near Tessit": where something else was done to them.
    let of_somebody = of_somebody(tree, c);
    if found.is_empty() && cores.len() == 1 && of_somebody.is_none() {
        let apart = |w: usize| acts_apart(tree, c, w) || is_of_main(tree, c.core(), w);
        found.extend(all.iter().filter(|&&(_, w)| !apart(w)).map(|&(p, _)| p));
    }
    let below = |p: usize, m: usize| tree.top(scene.places[p].range).is_some_and(|w| tree.is_below(w, m));
    let mut told = scene.places_in(sentence);
    told.retain(|&p| scene.places[p].locative && of_somebody.is_none_or(|m| below(p, m)));
    let other = |w: usize| is_post(tree, c.core(), w) || is_on_the_way(tree, c.core(), w);
    told.retain(|&p| !tree.top(scene.places[p].range).is_some_and(other));
    judge_places(tree, lexicon, scene, c, &told, &mut found);
    drop_measured(tree, scene, &mut found);
    found.sort_by_key(|&p| (scene.places[p].spot.precision, p));
    found.dedup();
    (found, own)
}

/// "The capital has given no number since, and the generals believe that ten died": whether a place stands for who does
/// something else. "Alma saw its worst riots": it may see what is done there.
fn acts_apart(tree: &Tree, c: &Candidate, w: usize) -> bool {
    let sees = |v: usize| {
        matches!(tree.lemma(v), "see" | "witness" | "suffer" | "experience" | "endure" | "wake" | "mourn")
    };
    let subject =
        tree.is(w, "nsubj") && tree.head(w).is_some_and(|v| v != c.core() && tree.is_verb(v) && !sees(v));
    // "Speaking to reporters in the capital, he said that the attacks": where he spoke.
    let spoken = std::iter::successors(tree.head(w), |&i| tree.head(i)).take(6).find(|&i| tree.is_verb(i));
    let spoken =
        spoken.filter(|&v| tree.is(v, "advcl") && tree.xpos(v) == "VBG" && !tree.is_below(c.core(), v));
    subject
        || spoken.is_some_and(|v| matches!(tree.lemma(v), "speak" | "talk" | "address" | "brief" | "testify"))
}

/// "The soldier who died was to be buried in Tessit": a place behind the verb that a deed only tells the subject of.
fn is_of_main(tree: &Tree, core: usize, w: usize) -> bool {
    let way = std::iter::successors(Some(core), |&i| tree.head(i)).take(6);
    let relative = way.into_iter().find(|&i| tree.is(i, "acl:relcl"));
    let subject = relative.and_then(|i| tree.head(i)).filter(|&s| tree.deprel(s).starts_with("nsubj"));
    subject.is_some_and(|s| {
        let verb = tree.head(s).filter(|&v| tree.is_verb(v) && v > core);
        verb.is_some_and(|v| v < w && tree.is_below(w, v) && !tree.is_below(w, s))
    })
}

/// The words that a deed stands in only to tell who somebody is: "men suspected of the bombing".
fn of_somebody(tree: &Tree, c: &Candidate) -> Option<usize> {
    let tells = |&i: &usize| {
        matches!(tree.deprel(i), "acl" | "amod") && tree.head(i).is_some_and(|h| h < i && tree.is_nominal(h))
    };
    let above = std::iter::successors(tree.head(c.core()), |&i| tree.head(i)).take(3);
    above.take_while(|_| c.is_noun()).find(tells)
}

/// Words that may stand between a place and the "where" that takes it up.
const CLOSE: usize = 3;

/// Whether a word below a deed is the "where" of a clause on a place.
fn is_there(tree: &Tree, core: usize, w: usize) -> bool {
    w < core
        && tree.form(w) == "where"
        && w.checked_sub(1).is_some_and(|b| tree.form(b) == "," || tree.is_nominal(b))
}

/// What the model makes of the places found for a deed: those it doubts go, unless they stand in a row with one that it
/// does not; without any, those of the sentence (`told`) that it is surer of than not.
fn judge_places(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    told: &[usize],
    found: &mut Vec<usize>,
) {
    let share = |p: usize| participants::setting(tree, c, scene.places[p].range).map(|s| s.place);
    let believed = |&p: &usize| share(p).is_none_or(|s| s >= DOUBTED) || is_of_struck(tree, scene, c, p);
    let believed: Vec<usize> = found.iter().copied().filter(believed).collect();
    found.retain(|&p| believed.iter().any(|&b| b == p || is_joined(tree, scene, p, b)));
    // "Bombed a village in Khost, days after an attack on a post": what the other deed is told of is seldom where this one was.
    let behind = super::assemble::is_behind(tree, lexicon, c);
    let enough = if behind { SURE_PLACE } else { LIKELY_PLACE };
    if found.is_empty() {
        let likely = told.iter().copied().filter(|&p| share(p).is_some_and(|s| s >= enough));
        let told_at = |p: usize| tree.top(scene.places[p].range).and_then(|w| telling(tree, w));
        let of_main = |w: usize| acts_apart(tree, c, w) || is_of_main(tree, c.core(), w);
        let apart = |p: usize| tree.top(scene.places[p].range).is_some_and(of_main);
        found.extend(likely.filter(|&p| told_at(p).is_none_or(|verb| verb == c.core()) && !apart(p)));
    }
}

/// "He told a news conference in the capital that troops had stormed a camp": the verb of telling that a place between it
/// and what is told belongs to.
pub(super) fn telling(tree: &Tree, place: usize) -> Option<usize> {
    let verb =
        std::iter::successors(tree.head(place), |&i| tree.head(i)).take(4).find(|&i| tree.is_verb(i))?;
    let told = tree.by_relation(verb, "ccomp").any(|clause| place < tree.spread(clause).0);
    (verb < place && told).then_some(verb)
}

/// "Hit a depot in the Rostov region": where what is struck lies.
fn is_of_struck(tree: &Tree, scene: &Scene, c: &Candidate, p: usize) -> bool {
    let Some(w) = tree.top(scene.places[p].range) else { return false };
    let part = |i: &usize| matches!(tree.deprel(*i), "compound" | "flat" | "nmod:poss" | "appos");
    let up = |&i: &usize| if part(&i) { tree.head(i) } else { None };
    let whole = std::iter::successors(Some(w), up).take(4).last().unwrap_or(w);
    tree.is(whole, "nmod")
        && matches!(tree.preposition(whole).as_str(), "in" | "at" | "near" | "outside")
        && tree.head(whole).is_some_and(|h| c.args().objects.contains(&h))
}

/// Whether two places stand in a row: "in Iraq and Syria", "on the Syria-Jordan border", "in Azaz, Aleppo".
fn is_joined(tree: &Tree, scene: &Scene, a: usize, b: usize) -> bool {
    let (first, second) = (a.min(b), a.max(b));
    let (from, to) = (scene.places[first].range.end(), scene.places[second].range.start());
    let mut between = (0..tree.len()).filter(|&i| tree.range(i).start() >= from && tree.range(i).end() <= to);
    second == first + 1 && between.all(|i| matches!(tree.lemma(i), "," | "and" | "or" | "-" | "–"))
}

/// "In Itagui, 10 km south of Medellin": of places of one deed drops those that others are measured from, and those that
/// only name a line ("the Cartago pipeline") or whose deed it was ("the US strike").
pub(super) fn drop_measured(tree: &Tree, scene: &Scene, found: &mut Vec<usize>) {
    const LINES: &[&str] = &["pipeline", "highway", "railway", "railroad", "motorway"];
    let named = |w: usize| {
        matches!(tree.deprel(w), "compound" | "nmod:desc" | "flat")
            && tree.head(w).is_some_and(|h| h > w && LINES.contains(&tree.lemma(h)))
    };
    let measured =
        |p: &usize| tree.top(scene.places[*p].range).is_some_and(|w| is_measured_from(tree, w) || named(w));
    // "In the US air strike in Tessit": whose it was.
    let owner = |p: &usize| {
        let place = &scene.places[*p];
        let before = tree.top(place.range).is_some_and(|w| {
            matches!(tree.deprel(w), "compound" | "amod" | "nmod:desc") && tree.head(w).is_some_and(|h| h > w)
        });
        before && place.spot.precision == PlacePrecision::Country
    };
    if found.iter().any(|p| !measured(p) && !owner(p)) {
        found.retain(|p| !measured(p) && !owner(p));
    }
}

/// Whether a distance is told from a place, or a part of it named, which is there to say where another one lies.
fn is_measured_from(tree: &Tree, w: usize) -> bool {
    const OUTSKIRTS: &[&str] = &["suburb", "outskirt", "outskirts"];
    if tree.preposition(w) == "of" && tree.head(w).is_some_and(|h| OUTSKIRTS.contains(&tree.lemma(h))) {
        return true;
    }
    const UNITS: &[&str] =
        &["km", "kilometer", "kilometre", "mile", "meter", "metre", "block", "kms", "kilometers", "miles"];
    let from = matches!(tree.preposition(w).as_str(), "of" | "from" | "to" | "away from");
    from && (w.saturating_sub(8)..w)
        .rev()
        .take_while(|&j| !tree.is_verb(j))
        .any(|j| UNITS.contains(&tree.lemma(j)))
}

/// Whether a place can be where something is: not in "Iran-backed", nor in a name ("the Islamic Resistance in Iraq"), in
/// who says it, or in what is said of the place ("groups with ties to Iran", "amid the conflict in Gaza").
fn is_setting(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, p: usize, w: usize) -> bool {
    let at = scene.places[p].range;
    let hyphen = tree.form(w + 1) == "-" && tree.range(w + 1).start() == tree.range(w).end();
    let compound = hyphen && tree.is_verb(w + 2);
    let named = scene.mentions_over(at).any(|m| m.rule == "name" && m.range.start() < at.start());
    let mut situation = false;
    let mut up = tree.head(w);
    for _ in 0..4 {
        let Some(h) = up.filter(|&h| h != c.core() && tree.is_nominal(h)) else { break };
        // "The escalation of the conflict in Norland" was there.
        let own = tree.head(h) == Some(c.core()) && tree.preposition(h) == "of";
        situation |= lexicon.in_class("situations", tree.lemma(h)) && !own && !tree.is_below(c.core(), h);
        up = tree.head(h);
    }
    // "a woman from Cali"
    let origin = tree.preposition(w) == "from"
        && tree.head(w).is_some_and(|h| {
            h != c.core() && tree.is_nominal(h) && !lexicon.in_class("blows", tree.lemma(h))
        });
    // "fired a rocket from near Tyre": where it came from.
    let fired = c.kind == EventType::Assault
        && tree.preposition(w).starts_with("from")
        && tree.head(w).is_some_and(|h| lexicon.in_class("shoots", tree.lemma(h)));
    // "were wounded and flown to the capital"
    let carried = tree.preposition(w) == "to"
        && tree.head(w).is_some_and(|h| h != c.core() && lexicon.in_class("transports", tree.lemma(h)));
    // "sent reinforcements from Cali"
    let base = c.kind == EventType::Mobilize && tree.preposition(w) == "from";
    // "Strikes a depot in answer for Aleppo": what it was for, unless it was fought for.
    let sake = c.kind == EventType::Assault
        && tree.preposition(w) == "for"
        && !tree
            .head(w)
            .is_some_and(|h| h == c.core() || tree.is_verb(h) || lexicon.in_class("fights", tree.lemma(h)));
    // "A fourth has died in hospital in Korhogo"
    let nursed = matches!(tree.lemma(c.core()), "die" | "succumb" | "treat")
        && std::iter::successors(Some(w), |&i| tree.head(i))
            .take(4)
            .take_while(|&i| i != c.core())
            .chain(tree.children(c.core()).iter().copied().filter(|&i| i < w))
            .any(|i| lexicon.in_class("hospitals", tree.lemma(i)) && tree.preposition(i) != "outside");
    // "according to state media in Norland"
    let of_teller =
        tree.head(w).is_some_and(|h| h != c.core() && tree.is_nominal(h) && scene.is_source(tree.range(h)));
    // "efforts by Washington and Paris"
    let joined = std::iter::successors(Some(w), |&i| tree.head(i).filter(|_| tree.is(i, "conj"))).take(4);
    let agent = joined.last().is_some_and(|i| tree.preposition(i) == "by");
    !compound
        && !named
        && !scene.is_source(at)
        && !of_teller
        && !situation
        && !origin
        && !carried
        && !is_post(tree, c.core(), w)
        && !is_on_the_way(tree, c.core(), w)
        && !base
        && !agent
        && !sake
        && !nursed
        && !fired
}

/// "Colonel Roe, a commander of the guard in Cali, and his deputy were among the dead": where somebody served.
fn is_post(tree: &Tree, core: usize, w: usize) -> bool {
    let above = std::iter::successors(tree.head(w), |&i| tree.head(i)).take(4);
    let first = tree.head(w).filter(|_| tree.is(w, "conj")).unwrap_or(w);
    let within = tree.preposition(first) == "in";
    within
        && above.take_while(|&h| h != core && tree.is_nominal(h)).any(|h| {
            let named = |o: usize| o < h && tree.upos(o) == Upos::Propn;
            tree.is(h, "appos") && tree.head(h).is_some_and(named) && crate::figure::is_person(tree.lemma(h))
        })
}

/// "On their way from Cali to Tessit".
fn is_on_the_way(tree: &Tree, core: usize, w: usize) -> bool {
    let way = |h: usize| matches!(tree.lemma(h), "way" | "route" | "journey" | "trip" | "voyage");
    matches!(tree.preposition(w).as_str(), "from" | "to") && tree.head(w).is_some_and(|h| h != core && way(h))
}

/// Whether a time can be the day or days of an event: also an amount of time that ends or begins on a known day.
fn dates(t: &TimeExpression) -> bool {
    match t.kind {
        TimexType::Date | TimexType::Time => true,
        TimexType::Duration => t.anchored,
        TimexType::Set => false,
    }
}

/// The other event cores that stand nearer to word `w` than `core` does, by steps up the tree.
fn belongs(tree: &Tree, w: usize, core: usize, cores: &[usize]) -> bool {
    let mut at = w;
    for _ in 0..=tree.len() {
        if cores.contains(&at) {
            return at == core;
        }
        if is_clause(tree, at) {
            return false;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// Whether word `i` heads a clause of its own, whose times and places are not those of what governs it.
fn is_clause(tree: &Tree, i: usize) -> bool {
    let own = || tree.by_relation(i, "nsubj").next().is_some();
    match tree.deprel(i) {
        "parataxis" | "ccomp" | "acl:relcl" => true,
        "conj" | "advcl" | "acl" => tree.is_verb(i) && own(),
        _ => false,
    }
}
