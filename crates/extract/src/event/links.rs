//! Ties between the events of one report: the same one named again, and what answers what.

use std::collections::BTreeSet;

use record::{
    ActorId, ActorMention, Confidence, Event, EventType, Factuality, Mode, Parsed, PlacePrecision, Recurring,
    Report, Sentence, TextRange, When,
};

use super::assemble::Note;
use super::lexicon::Lexicon;
use super::roles::Scene;
use super::tree::Tree;

/// How many sentences back a definite noun can reach.
const REACH: usize = 14;
/// The same for one that fits nothing told by its words.
const BARE: usize = 6;
/// The same for a verb, and for what only the model takes for one told before.
const CLOSE: usize = 3;

/// Sets `same_as` to the mention that each later one takes up: a noun that can be an earlier event, and a verb whose
/// subject is an event ("the attack that killed three").
pub(super) fn same(lexicon: &Lexicon, scene: &Scene, events: &mut [Event], notes: &[Note]) {
    for i in 0..events.len() {
        if let Some(s) = notes[i].subject.filter(|&s| s < i)
            && events[s].kind == events[i].kind
        {
            events[i].same_as = Some(s);
            continue;
        }
        // "The incident": what was told last of its kind. So is what only the model takes for one told before.
        let reach = match (notes[i].refers, notes[i].again) {
            (true, _) if notes[i].noun => Some(REACH),
            (true, _) => Some(CLOSE),
            // So is what is claimed without a word of for what.
            (false, again) => ((again || notes[i].claims) && !events[i].aggregate).then_some(CLOSE),
        };
        if let Some(reach) = reach {
            let near = |j: &usize| notes[i].sentence - notes[*j].sentence <= reach;
            // "Murdered before the raid": the raid is another deed than the murder.
            let other = |j: usize| match notes[j].sentence == notes[i].sentence {
                true => notes[i].before,
                false => is_recalled(events, notes, j),
            };
            // "Yesterday's attack … Sixteen soldiers have been killed this week": those of a week are not those of a day.
            let span =
                |e: &Event| e.time.is_some_and(|t| matches!(scene.times[t].when, When::Between { .. }));
            let exact = |e: &Event| e.time.is_some_and(|t| matches!(scene.times[t].when, When::Exact(_)));
            let sums = |j: usize| {
                !notes[i].noun && span(&events[i]) && mentions(events, i, j).any(|m| exact(&events[m]))
            };
            let fits = |&j: &usize| {
                events[j].kind == events[i].kind
                    && !other(j)
                    && !sums(j)
                    && !events[j].aggregate
                    && real(events[i].factuality) == real(events[j].factuality)
                    && goes_with(scene, events, i, j)
            };
            // What is claimed is a blow rather than what came of it.
            let blow = |&j: &usize| lexicon.in_class("blows", word(&events[j], &notes[j])) && fits(&j);
            let far = |j: &usize| notes[i].sentence - notes[*j].sentence <= BARE;
            let claimed = notes[i].claims.then(|| (0..i).rev().take_while(far).find(blow)).flatten();
            events[i].same_as = claimed.or_else(|| (0..i).rev().take_while(near).find(fits));
            if events[i].same_as.is_some() {
                continue;
            }
        }
        // An outcome ("the death of three") is told apart by its number, which is for the figures to compare.
        if !notes[i].noun || events[i].aggregate || notes[i].outcome {
            continue;
        }
        let mut best: Option<(i32, usize)> = None;
        for j in (0..i).rev() {
            if notes[i].sentence - notes[j].sentence > REACH {
                break;
            }
            if let Some(score) = score(lexicon, scene, events, notes, i, j)
                && best.is_none_or(|(b, _)| score > b)
                && goes_with(scene, events, i, j)
            {
                best = Some((score, j));
            }
        }
        // "Called the strike a crime": what says nothing of its own is what was told last of its kind.
        let bare = || {
            let e = &events[i];
            notes[i].definite
                && !notes[i].own_place
                && e.time.is_none()
                && e.actors.is_empty()
                && e.targets.is_empty()
        };
        let last = || {
            let reach = if events[i].mode == Some(Mode::Abduct) { REACH } else { BARE };
            let near = |j: &usize| notes[i].sentence - notes[*j].sentence <= reach;
            (0..i).rev().take_while(near).find(|&j| {
                notes[j].sentence < notes[i].sentence
                    && events[j].kind == events[i].kind
                    && !events[j].aggregate
                    && real(events[i].factuality)
                    && real(events[j].factuality)
                    && !(is_recalled(events, notes, j) || notes[j].compared)
                    // "The abduction" is no killing told last.
                    && (events[i].mode != Some(Mode::Abduct) || events[j].mode == Some(Mode::Abduct))
                    && goes_with(scene, events, i, j)
            })
        };
        events[i].same_as = best.map(|(_, j)| j).or_else(|| if bare() { last() } else { None });
        // Who was "killed in that attack" was killed by what that means.
        if let Some((_, j)) = best.filter(|_| notes[i].definite)
            && let Some(v) = (0..i)
                .rev()
                .find(|&v| notes[v].sentence == notes[i].sentence && notes[i].harmed == Some(notes[v].core))
            && j < v
            && events[v].kind == events[i].kind
            && first(events, v) != first(events, j)
            && goes_with(scene, events, v, j)
        {
            events[v].same_as = Some(j);
        }
    }
    share_mode(events);
}

/// What one mention tells of the means holds for the others ("air strikes … the strikes").
fn share_mode(events: &mut [Event]) {
    for i in 0..events.len() {
        let f = first(events, i);
        if f != i && events[f].mode.is_none() && events[i].mode.is_some() && events[i].kind == events[f].kind
        {
            events[f].mode = events[i].mode;
            events[f].cameo = events[i].cameo.clone();
        }
    }
    for i in 0..events.len() {
        let f = first(events, i);
        if f != i && events[i].mode.is_none() && events[i].kind == events[f].kind && events[f].mode.is_some()
        {
            events[i].mode = events[f].mode;
            events[i].cameo = events[f].cameo.clone();
        }
    }
}

/// A campaign whose mentions tell the toll of a whole war ("has killed thousands") is no single deed.
pub(super) fn sum_up(events: &mut [Event], notes: &[Note]) {
    for i in 0..events.len() {
        if events[i].aggregate && !notes[i].noun {
            let head = first(events, i);
            events[head].aggregate = true;
        }
    }
}

/// The first mention of the event that `j` is a mention of.
pub(super) fn first(events: &[Event], mut j: usize) -> usize {
    for _ in 0..events.len() {
        match events[j].same_as {
            Some(k) if k < j => j = k,
            _ => return j,
        }
    }
    j
}

/// Whether nothing that `i` says contradicts `j` or another mention of the event that `j` is one of: not where and when it
/// was, nor who did it, nor that the doer of one is the victim of the other.
pub(super) fn goes_with(scene: &Scene, events: &[Event], i: usize, j: usize) -> bool {
    let head = first(events, j);
    let a = &events[i];
    let acts = |e: &Event| -> BTreeSet<ActorId> {
        let sure = e.actors.iter().filter(|r| r.confidence == Confidence::Fact);
        sure.filter_map(|r| r.actor.clone()).collect()
    };
    let suffers = |e: &Event, x: &Event| {
        let own = side(&e.targets);
        compare(scene, &own, &acts(x)) == Some(1) && compare(scene, &acts(e), &acts(x)) != Some(1)
    };
    // "Norland strikes a depot … in answer to the massacre": who answers it has not done it.
    let answers: Vec<BTreeSet<ActorId>> =
        events.iter().filter(|e| e.responds_to.iter().any(|r| r.0 == i)).map(acts).collect();
    (0..events.len()).filter(|&k| k != i && first(events, k) == head).all(|k| {
        let b = &events[k];
        let done_by = acts(b);
        answers.iter().all(|who| compare(scene, who, &done_by) != Some(1))
            && !places_differ(scene, a, b)
            && times_agree(scene, a, b)
            && !is_other_manner(a, b)
            && !is_other_measure(a, b)
            && !scene.apart.contains(&(i, k))
            && !scene.apart.contains(&(k, i))
            && compare(scene, &acts(a), &done_by).is_some()
            && !suffers(a, b)
            && !suffers(b, a)
    })
}

/// Whether one is a blow and the other is none: "the attack … suspects were tortured", "shelled the town … accused them of
/// ethnic cleansing" (CAMEO 203).
fn is_other_manner(a: &Event, b: &Event) -> bool {
    use record::Mode::{Aerial, Drone, Explosives, HeavyWeapons, SuicideAttack, Torture};
    let blow = |e: &Event| {
        matches!(e.mode, Some(Aerial | Drone | Explosives | HeavyWeapons | SuicideAttack))
            || e.mode.is_none() && e.rule.starts_with("assault.attack")
    };
    let none = |e: &Event| e.mode == Some(Torture) || e.cameo == "203";
    none(a) && blow(b) || none(b) && blow(a)
}

/// Whether two measures are of two sorts: a forest that is combed, schools that are closed. A curfew is a restriction.
fn is_other_measure(a: &Event, b: &Event) -> bool {
    use Mode::{Arrest, Deport, Restrict, Seize};
    let sorts = [Arrest, Deport, Restrict, Seize];
    let sort = |e: &Event| e.mode.filter(|m| e.kind == EventType::Coerce && sorts.contains(m));
    sort(a).zip(sort(b)).is_some_and(|(x, y)| x != y)
}

/// Whether two events can have been at one time, by their dates, or else by the weekday or month alone.
fn times_agree(scene: &Scene, a: &Event, b: &Event) -> bool {
    let time = |e: &Event| e.time.map(|t| &scene.times[t]);
    let (Some(x), Some(y)) = (time(a), time(b)) else { return true };
    x.when.may_be(y.when) && !record::clash((x.when, x.recurring()), (y.when, y.recurring()))
}

/// Whether each is at a town or site of its own. Countries are named for other reasons ("groups with ties to").
fn places_differ(scene: &Scene, a: &Event, b: &Event) -> bool {
    let (f, g) = (towns(scene, a), towns(scene, b));
    !f.is_empty() && !g.is_empty() && !f.iter().any(|n| g.contains(n))
}

/// The names of the towns and sites where an event was.
fn towns<'s>(scene: &'s Scene, e: &Event) -> Vec<&'s str> {
    let spots = e.places.iter().filter(|&&p| scene.places[p].locative).map(|&p| &scene.places[p].spot);
    spots.filter(|s| s.precision <= PlacePrecision::City).map(|s| s.name.as_str()).collect()
}

/// How well event `i` can be another mention of `j`; `None` if it cannot.
fn score(
    lexicon: &Lexicon,
    scene: &Scene,
    events: &[Event],
    notes: &[Note],
    i: usize,
    j: usize,
) -> Option<i32> {
    let (a, b) = (&events[i], &events[j]);
    if notes[j].compared && notes[i].sentence > notes[j].sentence {
        return None;
    }
    let bare =
        notes[i].definite && acting(a).is_empty() && side(&a.targets).is_empty() && !notes[i].own_place;
    // Only what points back from close by ("these attacks") means several summed up.
    let summed = bare && notes[i].plural && notes[i].sentence - notes[j].sentence <= 1;
    if a.kind != b.kind
        || b.aggregate && !summed
        || notes[i].sentence == notes[j].sentence && !notes[i].definite
    {
        return None;
    }
    if real(a.factuality) != real(b.factuality) {
        return None;
    }
    let (word, other) = (word(a, &notes[i]), word(b, &notes[j]));
    let words = words_agree(lexicon, a.kind, word, other)?;
    if !times_agree(scene, a, b) {
        return None;
    }
    let actors = compare(scene, &acting(a), &acting(b))?;
    let targets = compare(scene, &side(&a.targets), &side(&b.targets)).unwrap_or(-1);
    if targets < 0 && actors <= 0 {
        return None;
    }
    let place = match (
        notes[i].own_place.then_some(a.place).flatten(),
        notes[j].own_place.then_some(b.place).flatten(),
    ) {
        (Some(x), Some(y)) => places_agree(scene, x, y)?,
        _ => 0,
    };
    let distance = i32::try_from(notes[i].sentence - notes[j].sentence).unwrap_or(99);
    if bare && words < 3 && distance > 0 && is_recalled(events, notes, j) {
        return None;
    }
    let mut support = actors * 3 + targets * 2 + place * 2;
    // "Tuesday's attack", "the attack on Alma": the one that was told of that day and place.
    if distance > 0 && day_told(scene, events, i, j) == Some(true) {
        support += 4;
    }
    if distance > 0 && notes[i].definite && place_told(scene, events, notes, i, j) {
        support += 3;
    }
    // Without an article that points back, only what both share can tie them.
    let least = if words >= 2 { 3 } else { 5 };
    if !notes[i].definite && support + i32::from(words == 3) < least {
        return None;
    }
    if notes[i].definite && support <= 0 && distance > 4 && words < 3 {
        return None;
    }
    let collective = lexicon.in_class("collective-deeds", other);
    if notes[i].plural != notes[j].plural && !collective && notes[i].definite && notes[j].noun && support <= 0
    {
        return None;
    }
    let number = if notes[i].plural == notes[j].plural { 2 } else { 0 };
    let verb = if notes[j].noun { 0 } else { 2 };
    // What says nothing of its own ("the attack") means the last thing it can mean, whatever that was called.
    let near = if bare && day(scene, a).is_none() { 4 * (LAST - distance).max(0) } else { 0 };
    Some(words * 3 + support + number + near - verb - (distance + 1) / 2)
}

/// The day told of an event, or its weekday.
fn day(scene: &Scene, e: &Event) -> Option<(When, Recurring)> {
    let time = &scene.times[e.time?];
    time.recurring().filter(|r| !matches!(r, Recurring::Month(_))).map(|r| (time.when, r))
}

/// Whether another mention of the event that `j` is one of is told as of the day of `i`; `None` if `i` has none.
pub(super) fn day_told(scene: &Scene, events: &[Event], i: usize, j: usize) -> Option<bool> {
    let (when, recurring) = day(scene, &events[i])?;
    let same = |(w, r): (When, Recurring)| match (when, w) {
        (When::Exact(a), When::Exact(b)) => a == b,
        _ => recurring == r,
    };
    Some(mentions(events, i, j).any(|k| day(scene, &events[k]).is_some_and(same)))
}

/// Whether another mention of the event that `j` is one of is told at a town or site that `i` names.
fn place_told(scene: &Scene, events: &[Event], notes: &[Note], i: usize, j: usize) -> bool {
    let own = towns(scene, &events[i]);
    let there = |k: usize| towns(scene, &events[k]).iter().any(|n| own.contains(n));
    notes[i].own_place && mentions(events, i, j).any(there)
}

/// How many events behind `i` may be mentions of one that was told before it.
const BEHIND: usize = 50;

/// The mentions of the event that `j` is one of, but for `i`. They begin with the first.
fn mentions(events: &[Event], i: usize, j: usize) -> impl Iterator<Item = usize> {
    let head = first(events, j);
    (head..events.len().min(i + BEHIND)).filter(move |&k| k != i && first(events, k) == head)
}

/// Whether an event is told only to say when or why another one of its kind in its sentence was ("three days after a
/// raid"): the next sentence goes on with that one.
fn is_recalled(events: &[Event], notes: &[Note], j: usize) -> bool {
    let told = |k: usize| {
        k != j
            && notes[k].sentence == notes[j].sentence
            && !notes[k].behind
            && events[k].kind == events[j].kind
    };
    // "In answer to an attack"
    let answered = (0..events.len()).any(|k| told(k) && events[k].responds_to.iter().any(|r| r.0 == j));
    let here = |&k: &usize| notes[k].sentence == notes[j].sentence;
    (notes[j].behind || answered)
        && ((j..events.len()).take_while(here).any(told) || (0..j).rev().take_while(here).any(told))
}

fn real(f: Factuality) -> bool {
    matches!(f, Factuality::Happened | Factuality::Ongoing)
}

/// Within how many sentences a bare noun means what was named last.
const LAST: i32 = 3;

/// The word for an event: the headword of its lexicon line, which is surer than a lemma, or its last part ("air-strike").
fn word<'a>(event: &'a Event, note: &'a Note) -> &'a str {
    let head = event.rule.rsplit('.').next().and_then(|w| w.rsplit('-').next()).unwrap_or("");
    if head.len() > 2 && head.bytes().all(|b| b.is_ascii_lowercase()) { head } else { &note.word }
}

/// Whether two words can name one event: generic nouns go with every kind of their type, special ones with their own.
fn words_agree(lexicon: &Lexicon, kind: EventType, a: &str, b: &str) -> Option<i32> {
    if a == b {
        return Some(3);
    }
    if kind != EventType::Assault {
        return Some(0);
    }
    if lexicon.same_deed(a, b) {
        return Some(2);
    }
    let is = |class: &str, word: &str| lexicon.in_class(class, word);
    let generic = is("generic-deeds", a) && is("blows", b) || is("generic-deeds", b) && is("blows", a);
    generic.then_some(1)
}

fn acting(e: &Event) -> BTreeSet<ActorId> {
    e.actors.iter().filter(|r| r.confidence != Confidence::Denied).filter_map(|r| r.actor.clone()).collect()
}

fn side(roles: &[record::EventRole]) -> BTreeSet<ActorId> {
    roles.iter().filter_map(|r| r.actor.clone()).collect()
}

/// 1 if they share somebody, 0 if one says nothing of who it was, `None` if they differ. A state goes with its own organs
/// and forces; "the fighters" and "Iran-backed groups" may be anybody of that kind.
fn compare(scene: &Scene, a: &BTreeSet<ActorId>, b: &BTreeSet<ActorId>) -> Option<i32> {
    if a.iter().any(|x| b.iter().any(|y| x == y || is_part(x, y) || is_part(y, x))) {
        return Some(1);
    }
    let someone = |side: &BTreeSet<ActorId>| side.iter().any(|x| !is_a_kind(scene, x));
    if someone(a) && someone(b) { None } else { Some(0) }
}

/// Whether the second is an organ or a force of the first, a state.
pub(super) fn is_part(whole: &ActorId, part: &ActorId) -> bool {
    let rest = part.as_str().strip_prefix(whole.as_str()).and_then(|r| r.strip_prefix('-'));
    whole.as_str().len() == 3 && rest.is_some_and(|r| !r.starts_with("backed"))
}

/// Whether an actor is only a kind of people ("civilians", "Iran-backed groups"), not one that is known or named.
pub(super) fn is_a_kind(scene: &Scene, id: &ActorId) -> bool {
    match crate::actor::known_actor(id.as_str()) {
        Some(known) => known.country.is_none() && known.name.starts_with(char::is_lowercase),
        None => {
            let named = |m: &ActorMention| matches!(m.rule, "name" | "acronym" | "title" | "demonym");
            !scene.mentions.iter().any(|m| m.actor == *id && named(m))
        }
    }
}

fn places_agree(scene: &Scene, a: usize, b: usize) -> Option<i32> {
    let (a, b) = (&scene.places.get(a)?.spot, &scene.places.get(b)?.spot);
    if a.name == b.name || (a.geonames_id.is_some() && a.geonames_id == b.geonames_id) {
        return Some(1);
    }
    match (a.country, b.country) {
        (Some(x), Some(y)) if x != y => None,
        _ if a.precision == b.precision && a.precision < record::PlacePrecision::Country => None,
        _ => Some(0),
    }
}

/// Sets `responds_to` from words between two events of a sentence. Comes before [`same`], which keeps those pairs apart
/// that are given back: what answers and what it answers, and what follows and what it follows ("three days after").
pub(super) fn replies(
    report: &Report,
    parsed: &Parsed,
    lexicon: &Lexicon,
    events: &mut [Event],
    notes: &[Note],
) -> Vec<(usize, usize)> {
    let mut apart = Vec::new();
    for (n, sentence) in parsed.sentences.iter().enumerate() {
        let here: Vec<usize> = (0..events.len()).filter(|&i| notes[i].sentence == n).collect();
        if here.is_empty() {
            continue;
        }
        // "Rebels attacked a post, then planes struck the market": two deeds.
        for &later in here.iter().filter(|&&i| is_next(sentence, &notes[i])) {
            apart.extend(
                here.iter().filter(|&&i| notes[i].core < notes[later].core).map(|&first| (later, first)),
            );
        }
        // "Bombed a camp where the authors of that attack hid": two deeds.
        for &i in here.iter().filter(|&&i| notes[i].definite) {
            let deed =
                |j: &&usize| !notes[**j].noun && is_in_relative(sentence, notes[i].core, notes[**j].core);
            apart.extend(here.iter().filter(deed).map(|&j| (i, j)));
        }
        let text = sentence.range.of(&report.text).to_lowercase();
        if text.len() == sentence.range.len() {
            for cue in lexicon.answers() {
                for (at, _) in text.match_indices(cue.as_str()).filter(|(at, _)| !is_to_come(&text[..*at])) {
                    let start = sentence.range.start() + at;
                    let words = TextRange::new(start, start + cue.len());
                    if let Some((answer, cause)) = around(events, &here, words) {
                        add(events, answer, cause, words);
                        apart.extend(beneath(sentence, notes, &here, cause).map(|c| (answer, c)));
                    }
                }
            }
            for cue in lexicon.sequence() {
                for (at, _) in text.match_indices(cue.as_str()) {
                    if text[at + cue.len()..].starts_with(char::is_alphanumeric) {
                        continue;
                    }
                    let start = sentence.range.start() + at;
                    let words = TextRange::new(start, start + cue.len());
                    if let Some((later, first)) = around(events, &here, words) {
                        apart.extend(beneath(sentence, notes, &here, first).map(|f| (later, f)));
                    }
                }
            }
        }
    }
    apart
}

/// "They would | reply to": whether what a verb tells is still to come.
fn is_to_come(before: &str) -> bool {
    let modal = |w: &str| matches!(w, "will" | "would" | "shall");
    before.split_whitespace().next_back().is_some_and(modal)
}

/// Whether a word stands in a clause that tells more of what a verb hit.
fn is_in_relative(sentence: &Sentence, word: usize, verb: usize) -> bool {
    let mut relative = false;
    for w in std::iter::successors(Some(word), |&w| sentence.head(w)).take(sentence.tokens.len()) {
        if w == verb {
            return relative;
        }
        relative |= sentence.tokens[w].deprel == "acl:relcl";
    }
    false
}

/// Whether a verb tells, with a subject of its own, what was done then.
fn is_next(sentence: &Sentence, note: &Note) -> bool {
    let has = |relation: &str, lemma: &str| {
        sentence.children(note.core).any(|c| {
            let t = &sentence.tokens[c];
            t.deprel.starts_with(relation) && (lemma.is_empty() || t.lemma == lemma)
        })
    };
    !note.noun && has("advmod", "then") && has("nsubj", "")
}

/// Sets `responds_to` for condemnations, from what they condemn, and for deeds that are called retaliatory.
pub(super) fn responses(
    report: &Report,
    parsed: &Parsed,
    trees: &[Tree],
    events: &mut [Event],
    notes: &[Note],
) {
    for (n, tree) in trees.iter().enumerate() {
        let here: Vec<usize> = (0..events.len()).filter(|&i| notes[i].sentence == n).collect();
        if !here.is_empty() {
            condemnations(tree, events, notes, &here);
        }
    }
    retaliatory(report, parsed, events, notes);
}

/// An event of a sentence and those told in clauses below it ("an ambush in which fighters killed 28").
fn beneath(
    sentence: &record::Sentence,
    notes: &[Note],
    here: &[usize],
    top: usize,
) -> impl Iterator<Item = usize> {
    let core = notes[top].core;
    let below = move |&i: &usize| {
        let mut up = std::iter::successors(Some(notes[i].core), |&w| sentence.head(w));
        up.by_ref().take(sentence.tokens.len()).any(|w| w == core)
    };
    here.iter().copied().filter(below)
}

/// The deed before the words and the event after them.
fn around(events: &[Event], here: &[usize], words: TextRange) -> Option<(usize, usize)> {
    let after = here
        .iter()
        .copied()
        .filter(|&i| events[i].trigger.start() >= words.end() && events[i].kind != EventType::Accuse)
        .min_by_key(|&i| events[i].trigger.start());
    let before =
        here.iter().copied().filter(|&i| events[i].trigger.end() <= words.start()).max_by_key(|&i| {
            (events[i].kind.quad() == record::Quad::MaterialConflict, events[i].trigger.end())
        });
    before.zip(after)
}

fn add(events: &mut [Event], answer: usize, cause: usize, words: TextRange) {
    let (a, c) = (first(events, answer), first(events, cause));
    if a == c || events[answer].responds_to.iter().any(|&(e, _)| first(events, e) == c) {
        return;
    }
    if events[c].responds_to.iter().any(|&(e, _)| first(events, e) == a) {
        return;
    }
    events[answer].responds_to.push((cause, words));
}

/// Who condemns, summons or protests over an event answers it.
fn condemnations(tree: &Tree, events: &mut [Event], notes: &[Note], here: &[usize]) {
    for &i in here {
        if !matches!(events[i].kind, EventType::Accuse | EventType::Protest | EventType::Reject) {
            continue;
        }
        // "Hundreds marched to the port; police arrested four": what a second clause goes on to tell came next.
        let goes_on = |j: usize| {
            let way = std::iter::successors(Some(notes[j].core), |&w| tree.head(w)).take(tree.len());
            let top = way.take_while(|&w| w != notes[i].core).last();
            top.is_some_and(|w| tree.is_verb(w) && matches!(tree.deprel(w), "parataxis" | "conj"))
        };
        let cause = here.iter().copied().find(|&j| {
            j != i
                && !matches!(events[j].kind, EventType::Accuse)
                && events[j].trigger.start() > events[i].trigger.start()
                && tree.is_below(notes[j].core, notes[i].core)
                && !goes_on(j)
                && matches!(events[j].factuality, Factuality::Happened | Factuality::Ongoing)
        });
        if let Some(j) = cause {
            let words = events[i].trigger;
            blame(events, i, j);
            add(events, i, j, words);
        }
    }
}

/// Who "criticised the attacks" criticises those who attacked, as the report tells elsewhere.
fn blame(events: &mut [Event], i: usize, cause: usize) {
    if events[i].kind != EventType::Accuse || !events[i].targets.is_empty() {
        return;
    }
    let head = first(events, cause);
    // "Condemned the murder and held the Front responsible"
    let charged = acting(&events[cause]);
    let told = || -> BTreeSet<ActorId> {
        (0..events.len())
            .filter(|&k| first(events, k) == head)
            .flat_map(|k| events[k].actors.iter().filter(|r| r.confidence == Confidence::Fact))
            .filter_map(|r| r.actor.clone())
            .collect()
    };
    let doers = if charged.is_empty() { told() } else { charged };
    let own = acting(&events[i]);
    let range = events[cause].trigger;
    let role = |actor| record::EventRole { range, actor: Some(actor), confidence: Confidence::Fact };
    events[i].targets = doers.into_iter().filter(|d| !own.contains(d)).map(role).collect();
}

/// "retaliatory strikes" answer the attack on those who now strike, if the sentence or one before tells it.
fn retaliatory(report: &Report, parsed: &Parsed, events: &mut [Event], notes: &[Note]) {
    for i in 0..events.len() {
        if events[i].kind != EventType::Assault || !events[i].responds_to.is_empty() {
            continue;
        }
        let Some(sentence) = parsed.sentences.get(notes[i].sentence) else { continue };
        let near = sentence.tokens.iter().skip(notes[i].core.saturating_sub(3)).take(4);
        let Some(word) = near.map(|t| t.range).find(|r| {
            matches!(
                r.of(&report.text).to_lowercase().as_str(),
                "retaliatory"
                    | "reprisal"
                    | "revenge"
                    | "retaliation"
                    | "retaliated"
                    | "answered"
                    | "responded"
            )
        }) else {
            continue;
        };
        let own = acting(&events[i]);
        let mut cause = (0..events.len()).filter(|&j| {
            events[j].kind == EventType::Assault
                && first(events, j) != first(events, i)
                && notes[j].sentence <= notes[i].sentence
                && !own.is_empty()
                && acting(&events[j]).is_disjoint(&own)
                && !side(&events[j].targets).is_disjoint(&own)
        });
        if let Some(j) = cause.next_back() {
            add(events, i, j, word);
        }
    }
}
