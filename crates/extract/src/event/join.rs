//! One deed told in several ways: what it did to people and things, told on its own ("two were wounded"), the same
//! killing named again, the bomb and its explosion. [`join`] sets `same_as`, to the mention that tells
//! it most plainly, where [`super::links::same`] has not.
//!
//! Nothing is joined over a contradiction in place, time, doer or victim.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use record::{BlockLabel, Event, EventRole, EventType, Factuality, Mode, Report, TextRange};

use super::assemble::{Note, is_long};
use super::lexicon::Lexicon;
use super::links::{day_told, first, goes_with, is_a_kind};
use super::roles::Scene;

/// What of a mention the rules look at.
struct Mention {
    /// Tells who was killed or hurt.
    harm: bool,
    kills: bool,
    abducts: bool,
    /// A bomb, or its explosion.
    bomb: bool,
    /// No deed is told in its sentence.
    alone: bool,
    /// Tells what was destroyed or damaged.
    damage: bool,
    /// A fight of two sides, which tells nothing of a deed of one.
    fight: bool,
    /// Told only to say when or why another deed of its sentence was.
    behind: bool,
    /// Presented as a further one ("another attack").
    further: bool,
    /// Its sentence begins with its time.
    opens: bool,
    /// Somebody does it.
    agents: bool,
    /// Those do it whom a deed before has made what they are ("the attackers", "the kidnappers").
    known: bool,
    victims: BTreeSet<String>,
}

/// Words that stand for anybody: to be hit alike says nothing.
const ANYBODY: &[&str] =
    &["him", "he", "she", "her", "they", "them", "people", "persons", "others", "one", "two", "civilians"];

pub(super) fn join(report: &Report, lexicon: &Lexicon, scene: &Scene, events: &mut [Event], notes: &[Note]) {
    let text: &str = &report.text;
    let mut mentions: Vec<Mention> =
        events.iter().zip(notes).map(|(e, n)| mention(text, lexicon, scene, e, n)).collect();
    let deeds: BTreeSet<usize> = (0..events.len())
        .filter(|&i| events[i].kind == EventType::Assault && !mentions[i].harm)
        .map(|i| notes[i].sentence)
        .collect();
    for (m, n) in mentions.iter_mut().zip(notes) {
        m.alone = !deeds.contains(&n.sentence);
    }
    let ahead: BTreeSet<usize> = (0..events.len())
        .filter(|&i| events[i].kind == EventType::Assault && !notes[i].behind)
        .map(|i| notes[i].sentence)
        .collect();
    for (m, n) in mentions.iter_mut().zip(notes) {
        m.behind = n.behind && ahead.contains(&n.sentence);
    }
    for (k, e) in events.iter().enumerate() {
        for &(j, _) in &e.responds_to {
            mentions[j].behind |= events[j].kind == e.kind && notes[j].sentence == notes[k].sentence;
        }
    }
    let on = |e: &Event| !in_title(report, e);
    for i in 0..events.len() {
        if events[i].same_as.is_some() || !can_join(&events[i]) || mentions[i].further {
            continue;
        }
        let mut best: Option<(usize, usize)> = None;
        let same: OnceCell<Vec<usize>> = OnceCell::new();
        for j in (0..i).rev() {
            let far = notes[i].sentence.saturating_sub(notes[j].sentence);
            // Only the same victim is looked for further back.
            if far > NEAR && (mentions[i].victims.is_empty() || far > FAR) {
                break;
            }
            if !can_join(&events[j]) || !on(&events[j]) {
                continue;
            }
            if !far.eq(&0) && other_side(text, lexicon, &events[i], &events[j], &events[first(events, j)]) {
                continue;
            }
            let score = score(events, notes, &mentions, i, j, far);
            if far > 0 && score < ONE_VICTIM && is_anew(scene, events, i, j) {
                continue;
            }
            // So has what was already found to be the same as `i`.
            let all = same.get_or_init(|| (i..events.len()).filter(|&k| first(events, k) == i).collect());
            if score > best.map_or(0, |b| b.0) && all.iter().all(|&k| goes_with(scene, events, k, j)) {
                best = Some((score, j));
            }
        }
        if let Some((_, j)) = best {
            events[i].same_as = Some(j);
        }
    }
}

/// Whether a mention has a day that the deed was not told with, or a month or years: a sentence that begins so tells anew.
fn is_anew(scene: &Scene, events: &[Event], i: usize, j: usize) -> bool {
    let long = events[i].time.is_some_and(|t| is_long(&scene.times[t]));
    long || day_told(scene, events, i, j) == Some(false)
}

/// Whether fighters are said to be hit in one and only soldiers, or others, in the other: who dies in an ambush on an
/// army is no rebel, unless the text says so itself.
fn other_side(text: &str, lexicon: &Lexicon, a: &Event, b: &Event, first: &Event) -> bool {
    let hit = |events: &[&Event], fighters: bool| {
        let mut roles = events.iter().flat_map(|e| &e.targets).peekable();
        roles.peek().is_some()
            && roles.all(|r| {
                let words = r.range.of(text).to_lowercase();
                words.split(|c: char| !c.is_alphanumeric()).any(|w| {
                    let stem = w.strip_suffix('s').unwrap_or(w);
                    lexicon.in_class("fighters", stem)
                }) == fighters
            })
    };
    hit(&[a], true) && hit(&[b, first], false) || hit(&[a], false) && hit(&[b, first], true)
}

/// The score of two mentions that have one victim.
const ONE_VICTIM: usize = 6;

/// Sentences back within which a deed is looked for.
const NEAR: usize = 3;
/// Sentences back within which the same victim is looked for.
const FAR: usize = 60;

/// A headline sums up what the text then tells of in order: nothing is joined to it.
fn in_title(report: &Report, e: &Event) -> bool {
    report.blocks.iter().any(|b| b.label == BlockLabel::Title && b.range.contains(e.trigger))
}

fn can_join(e: &Event) -> bool {
    e.kind == EventType::Assault
        && !e.aggregate
        && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing | Factuality::Uncertain)
}

fn mention(text: &str, lexicon: &Lexicon, scene: &Scene, e: &Event, note: &Note) -> Mention {
    let is = |class: &str| lexicon.in_class(class, &note.word);
    let wounds = is("wounds");
    let harm = wounds || is("kills");
    let victims = e.targets.iter().flat_map(|r| {
        let words = r.range.of(text).to_lowercase();
        // "21 soldiers" and "at least 27 soldiers" are others each time.
        let several = words.split_whitespace().next_back().is_some_and(|w| w.ends_with('s'));
        let known = |a: &&record::ActorId| !several || !is_a_kind(scene, a);
        let one = r.actor.as_ref().filter(known).map(|a| a.as_str().to_owned());
        one.into_iter().chain(Some(words).filter(|_| !several))
    });
    let before = text.get(..e.trigger.start()).unwrap_or("");
    let further = before.split_whitespace().rev().take(2).any(|w| {
        matches!(w.to_lowercase().as_str(), "another" | "second" | "third" | "other" | "additional" | "new")
    });
    Mention {
        harm,
        kills: harm && !wounds,
        abducts: e.mode == Some(Mode::Abduct),
        bomb: matches!(e.mode, Some(Mode::Explosives | Mode::SuicideAttack)) || is("bombs"),
        damage: e.mode == Some(Mode::Destroy),
        alone: true,
        fight: is("fights"),
        behind: false,
        further,
        opens: e.time.is_some_and(|t| begins(text, scene.times[t].range)),
        agents: e.actors.iter().any(|r| r.confidence != record::Confidence::Denied),
        known: e.actors.iter().any(|r| is_of_deed(lexicon, r.range.of(text))),
        victims: victims.filter(|v| !ANYBODY.contains(&v.as_str())).collect(),
    }
}

/// "The attackers": named after the deed that has just been told.
fn is_of_deed(lexicon: &Lexicon, words: &str) -> bool {
    let words = words.to_lowercase();
    let mut words = words.split_whitespace();
    let last = words.next_back().unwrap_or_default();
    let definite = matches!(words.next(), None | Some("the" | "these" | "those"));
    definite
        && words.next().is_none()
        && lexicon.in_class("deed-doers", last.strip_suffix('s').unwrap_or(last))
}

/// Whether a time begins its sentence, but for a word or two ("In early June").
fn begins(text: &str, time: TextRange) -> bool {
    let before = text.get(..time.start()).unwrap_or("");
    let own = before.rsplit(['.', '!', '?', '\n', '”', '"']).next().unwrap_or("");
    own.split_whitespace().count() <= 2
}

/// How well `i` is told to be the same as `j`; 0 if it is not.
fn score(events: &[Event], notes: &[Note], mentions: &[Mention], i: usize, j: usize, far: usize) -> usize {
    let (a, b) = (&mentions[i], &mentions[j]);
    let doers = !(a.agents && b.agents) || share(&events[i].actors, &events[j].actors);
    let other_victims = !a.victims.is_empty() && !b.victims.is_empty() && a.victims.is_disjoint(&b.victims);
    let at_hand = !b.behind || far == 0;
    let deed = !b.harm && !b.fight && at_hand;
    let mut score = 0;
    let mut say = |holds: bool, points: usize| {
        if holds {
            score = score.max(points.saturating_sub(far));
        }
    };
    // "attacked a substation. … A soldier was wounded." But "in early June 35 people were killed" begins something else.
    let elsewhen = a.opens && events[i].time.is_some() && events[i].time != events[j].time;
    say(a.harm && !a.agents && a.alone && deed && !b.abducts && !elsewhen && (1..=2).contains(&far), 5);
    // "killed three and wounded five"
    say(a.harm && b.harm && doers && (far == 0 || far == 1 && !a.agents && a.alone), 4);
    // "planted a bomb … it went off … the explosion"
    say(a.bomb && b.bomb && doers && !notes[i].plural && far <= 2, 4);
    // "… The building was destroyed."
    say(a.damage && !a.agents && deed && far <= 1, 4);
    // "… The attackers took one of the vehicles."
    let went_on = a.known && !notes[i].noun && deed && !other_victims && !elsewhen;
    say(went_on && (1..=2).contains(&far), 5);
    // "shot at him from a car, spraying it with bullets"
    // But "the strikes came a day after a tanker was attacked" tells of two.
    let one_time = notes[i].behind == notes[j].behind;
    let along = !notes[i].noun && far == 0 && a.abducts == b.abducts && !other_victims && one_time;
    say(along && deed && !a.harm && !a.fight && doers, 3);
    // The same victim dies or is taken once.
    let once = a.kills && b.kills || a.abducts && b.abducts;
    if once && !a.victims.is_disjoint(&b.victims) {
        score = score.max(ONE_VICTIM);
    }
    score
}

fn share(a: &[EventRole], b: &[EventRole]) -> bool {
    a.iter().any(|x| x.actor.is_some() && b.iter().any(|y| x.actor == y.actor))
}
