//! Where and when an event was, as far as its report says.

use std::sync::OnceLock;

use record::{
    Analysis, Event, Place, PlacePrecision, Precision, Recurring, Spot, TextRange, TimeExpression, Upos, When,
};

use super::mention::head;
use crate::data::in_group;
use crate::family::{Family, family};
use crate::near::{around, events_in, mentions_in};
use crate::words::{stem, term};

/// Whether a place only tells what something was near to.
pub(super) fn is_rough(text: &str, place: TextRange) -> bool {
    let before = text.get(..place.start()).unwrap_or("");
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    let has = |n: usize, list: &str| words.iter().take(n).any(|w| in_group(list, &w.to_lowercase()));
    has(1, "near")
        || words.first().is_some_and(|w| matches!(*w, "of" | "to" | "from" | "between")) && has(3, "bearing")
}

/// Where an event was: see [`scene_places`].
pub(super) fn scene<'a>(a: &'a Analysis, e: &Event) -> Vec<&'a Spot> {
    scene_places(a, e).into_iter().map(|p| &p.spot).collect()
}

/// The places in what an event struck, "the Engels air base": a scene where no other one is told.
pub(super) fn struck_places<'a>(a: &'a Analysis, e: &'a Event) -> impl Iterator<Item = &'a Place> {
    let thing = |p: &Place| {
        let at = around(a, p.range);
        mentions_in(a, at).iter().any(|m| m.rule == "thing" && m.range.contains(p.range))
    };
    let named = e.places.iter().filter_map(|&p| a.places.get(p));
    named.filter(move |p| p.locative && thing(p) && !of_another(a, e, p.range))
}

/// The places of an event that are named as a scene, with those they are joined to ("in Iraq and Syria").
pub(super) fn scene_places<'a>(a: &'a Analysis, e: &Event) -> Vec<&'a Place> {
    let text: &str = &a.report.text;
    let mut out = Vec::new();
    let mut named: Vec<usize> =
        e.places.iter().chain(&e.place).copied().filter(|&p| p < a.places.len()).collect();
    named.sort_unstable();
    named.dedup();
    for p in named {
        let place = &a.places[p];
        let country = place.spot.precision == PlacePrecision::Country;
        // "Quds Force", "Islamic Resistance in Iraq"
        let in_name = mentions_in(a, around(a, place.range))
            .iter()
            .any(|m| m.range.contains(place.range) && m.range.len() > place.range.len());
        if in_name
            || !place.locative
            || of_another(a, e, place.range)
            || (country && !stands_as_scene(text, place.range))
        {
            continue;
        }
        out.push(place);
        for (this, next) in a.places[p..].iter().zip(&a.places[p + 1..]) {
            let between = text.get(this.range.end()..next.range.start()).unwrap_or("");
            let border = matches!(between, "-" | "–") && is_border(text, next.range);
            if !country
                || next.spot.precision != place.spot.precision
                || !(border || matches!(between, ", " | " and " | ", and "))
            {
                break;
            }
            out.push(next);
        }
    }
    out
}

/// Whether the grammar gives a place to another happening of the sentence ("against a backdrop of the war in the
/// valley", "attacks in the valley, along with missile strikes by the neighbour").
fn of_another(a: &Analysis, e: &Event, place: TextRange) -> bool {
    let Some(s) = a.parsed.sentence_of(e.trigger) else { return false };
    let (Some(own), Some(at)) = (head(s, e.trigger), head(s, place)) else { return false };
    let up = |from: usize| {
        std::iter::successors(Some(from), |&i| s.head(i)).take(s.tokens.len()).collect::<Vec<_>>()
    };
    let (mine, way) = (up(own), up(at));
    // "the wars in Syria and Yemen, along with strikes": what hangs on a place's name is elsewhere, but for clauses.
    if let Some(n) = mine.iter().position(|&i| i == at) {
        return n > 0 && mine[..n].iter().all(|&i| matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn));
    }
    let conflict = |i: usize| {
        let t = &s.tokens[i];
        let other =
            |o: &Event| !o.trigger.overlaps(e.trigger) && o.trigger.contains(t.range) && o.same_as.is_none();
        t.upos == Upos::Noun
            && i != own
            && (family(term(&stem(&t.lemma.to_lowercase()))).fits(fight())
                || a.events[events_in(a, s.range)].iter().any(other))
    };
    // From the place up to where the way of the trigger meets it, and that.
    let meet = way.iter().position(|i| mine.contains(i)).unwrap_or(way.len());
    way.iter().take(meet + 1).skip(1).any(|&i| conflict(i))
}

/// The family of wars and battles.
fn fight() -> &'static Family {
    static FIGHT: OnceLock<Family> = OnceLock::new();
    FIGHT.get_or_init(|| family(term(&stem("war"))))
}

/// Whether a country is named as where something is: after a preposition of place, and not before a word it only
/// qualifies ("in US custody", "on Iran-backed forces", "over the US action").
fn stands_as_scene(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start()).unwrap_or("");
    let mut words =
        before.split_whitespace().rev().filter(|w| !matches!(*w, "the" | "neighbouring" | "neighboring"));
    let preposition = words.next().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "in" | "inside" | "across" | "within" | "throughout" | "near" | "into" | "around" | "on"
        )
    });
    let after = text.get(range.end()..).unwrap_or("");
    // "near the Ruritania-Graustark border"
    let mut neighbour = after.strip_prefix(['-', '–']).unwrap_or("").split_whitespace();
    let border = neighbour.next().is_some()
        && neighbour.next().is_some_and(|w| w.starts_with("border") || w.starts_with("frontier"));
    preposition && (border || !after.starts_with(['-', '\'', '’']))
}

/// Whether a country is named with the border it has ("the Ruritania-Graustark border").
fn is_border(text: &str, range: TextRange) -> bool {
    let after = text.get(range.end()..).unwrap_or("").trim_start();
    ["border", "frontier"].iter().any(|w| after.starts_with(w))
}

/// When an event was, as far as something fixes it. Of several events that claim one expression ("condemned on
/// Sunday the strikes"), it belongs to the nearest.
pub(crate) fn time(a: &Analysis, event: usize) -> When {
    let Some(t) = expression(a, event).filter(|t| t.anchored) else { return When::Unknown };
    if !is_start(a, event, t) {
        return t.when;
    }
    // "Have been attacking the town since 28 February": from then on.
    let out =
        a.report.published.as_ref().map(|p| p.date).filter(|&d| t.when.earliest().is_none_or(|e| e <= d));
    When::from_bounds(t.when.earliest(), out, Precision::Vague)
}

/// Whether an event was by night ("last night", "on Thursday night"), which others may tell as of the day after.
pub(super) fn by_night(a: &Analysis, event: usize) -> bool {
    expression(a, event).is_some_and(|t| t.anchored && t.value.ends_with("TNI"))
}

/// Whether two times can be one, also where one is a night and the other the day after.
pub(super) fn one_time((a, a_night): (When, bool), (b, b_night): (When, bool)) -> bool {
    let after = |x: When, y: When| {
        x.latest().zip(y.earliest()).is_some_and(|(l, e)| crate::story::day(e) - crate::story::day(l) == 1)
    };
    a.may_be(b) || a_night && after(a, b) || b_night && after(b, a)
}

/// Whether a time only tells since when an event lasts: not "since Sunday's battle", "since May, when they killed nine".
fn is_start(a: &Analysis, event: usize, t: &TimeExpression) -> bool {
    let Some(s) = a.parsed.sentence_of(t.range) else { return false };
    let (Some(core), Some(own)) = (head(s, t.range), head(s, a.events[event].trigger)) else { return false };
    let since = |c: usize| s.tokens[c].deprel == "case" && s.tokens[c].lemma.eq_ignore_ascii_case("since");
    s.tokens[core].deprel.starts_with("obl")
        && s.children(core).any(since)
        && std::iter::successors(Some(core), |&i| s.head(i)).take(s.tokens.len()).any(|i| i == own)
}

/// The weekday or month of an event, also where nothing fixes the date.
pub(crate) fn recurring(a: &Analysis, event: usize) -> Option<Recurring> {
    let own = expression(a, event);
    // "came in response to an attack on Saturday": the words before may have been given the day.
    let of_reply = || {
        let here = a.events[event].trigger;
        let reply = a.events.iter().find(|e| e.responds_to.iter().any(|&(cause, _)| cause == event))?;
        let t = a.times.get(reply.time?)?;
        (reply.trigger.end() <= here.start() && here.end() <= t.range.start()).then_some(t)
    };
    own.or_else(of_reply).filter(|t| !is_start(a, event, t))?.recurring()
}

/// The time expression that is an event's own.
pub(super) fn expression(a: &Analysis, event: usize) -> Option<&TimeExpression> {
    let e = &a.events[event];
    let index = e.time?;
    let t = a.times.get(index)?;
    let gap =
        |x: TextRange| x.start().saturating_sub(t.range.end()).max(t.range.start().saturating_sub(x.end()));
    let nearer =
        |o: &Event| o.time == Some(index) && gap(o.trigger) < gap(e.trigger) && !goes_along(a, e, o, t);
    // "The strikes came in response to an attack on Saturday": the day of the attack.
    let cause = |&(cause, _): &(usize, TextRange)| {
        let o = a.events[cause].trigger;
        e.trigger.end() <= o.start() && o.end() <= t.range.start()
    };
    let others = || is_of_another(a, event, t);
    let from = t.range.start().saturating_sub(gap(e.trigger));
    let near = events_in(a, around(a, TextRange::new(from, t.range.end() + gap(e.trigger))));
    (!a.events[near].iter().any(nearer) && !e.responds_to.iter().any(cause) && !others()).then_some(t)
}

/// "Spoke with them on Tuesday and urged them to stop": what is joined to a verb that a time hangs on does not take it away, nor
/// does what was before it.
fn goes_along(a: &Analysis, e: &Event, o: &Event, t: &TimeExpression) -> bool {
    let Some(s) = a.parsed.sentence_of(t.range).filter(|s| s.range.contains(e.trigger)) else { return false };
    let (Some(core), Some(own), Some(other)) = (head(s, t.range), head(s, e.trigger), head(s, o.trigger))
    else {
        return false;
    };
    // "Took the islands, called A and B, in 1974 after a battle": the year is the verb's, however near the battle stands.
    let behind = || {
        let lead = |c: usize| {
            matches!(s.tokens[c].deprel, "case" | "mark")
                && matches!(s.tokens[c].lemma.as_str(), "after" | "before" | "following")
        };
        o.trigger.start() >= t.range.end() && s.children(other).any(lead)
    };
    let joined = s.tokens[other].deprel == "conj" || behind();
    s.head(core) == Some(own) && s.head(other) == Some(own) && joined
}

/// Whether the words give a time behind an event to another one of its sentence: "the violence followed two deaths on
/// Sunday", or "held a protest over the bombing on Thursday", where the bombing is only named again.
fn is_of_another(a: &Analysis, event: usize, t: &TimeExpression) -> bool {
    let e = &a.events[event];
    let Some(s) = a.parsed.sentence_of(e.trigger) else { return false };
    if t.range.start() < e.trigger.end() || !s.range.contains(t.range) {
        return false;
    }
    let Some(core) = head(s, e.trigger) else { return false };
    let above = |i: usize| s.head(i).filter(|&h| h < s.tokens.len());
    let follows = s.tokens[core].deprel == "nsubj"
        && above(core).is_some_and(|v| {
            s.tokens[v].lemma == "follow"
                && s.children(v).any(|c| s.tokens[c].deprel == "obj" && s.tokens[c].range < t.range)
        });
    let again = e.same_as.is_some()
        && matches!(s.tokens[core].upos, Upos::Noun | Upos::Propn)
        && s.children(core).any(|c| s.tokens[c].deprel == "det" && s.tokens[c].lemma == "the");
    // "The bombing on Thursday morning" hangs in part on the verb.
    let loose = || {
        let inside = (0..s.tokens.len()).filter(|&i| t.range.contains(s.tokens[i].range));
        let mut outside = inside.filter_map(above).filter(|&h| !t.range.contains(s.tokens[h].range));
        let here = &a.events[events_in(a, s.range)];
        outside.any(|h| here.iter().any(|o| o.kind != e.kind && o.trigger.contains(s.tokens[h].range)))
    };
    follows || again && loose()
}

/// The narrower of two times, and what both allow where they overlap; the first where they contradict each other.
pub(crate) fn narrow(a: When, b: When) -> When {
    match (a, b) {
        (When::Unknown, x) | (x, When::Unknown) => x,
        _ if !a.may_be(b) => a,
        _ => {
            let earliest = a.earliest().max(b.earliest());
            let latest = match (a.latest(), b.latest()) {
                (Some(x), Some(y)) => Some(x.min(y)),
                (x, y) => x.or(y),
            };
            let precision =
                a.precision().into_iter().chain(b.precision()).min().unwrap_or(record::Precision::Vague);
            When::from_bounds(earliest, latest, precision)
        }
    }
}

/// Whether two spots are one place.
pub(crate) fn same_spot(a: &Spot, b: &Spot) -> bool {
    match (a.geonames_id, b.geonames_id) {
        // A town and its district are one where both go by one name.
        (Some(x), Some(y)) => x == y || a.name == b.name && a.country == b.country && near(a, b),
        // Of what is on no list often only one report tells the country.
        (x, y) => {
            let land = a.country.is_none() || b.country.is_none() || a.country == b.country;
            let bare = x.is_none() && y.is_none() && a.name.eq_ignore_ascii_case(&b.name);
            bare || land
                && (a.name == b.name
                    || x.is_none() && y.is_none() && one_name(&a.name, &b.name)
                    || x.is_none() != y.is_none() && spelt_alike(&a.name, &b.name))
        }
    }
}

/// Whether two names on no list are one in two spellings ("Al Nahira", "al-Nahirah"), or one is the other cut short ("Tessit
/// Hall" for "Tessit Hall Theatre").
fn one_name(a: &str, b: &str) -> bool {
    let (a, b) = (crate::actors::fold(a), crate::actors::fold(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    short.iter().map(|w| w.len()).sum::<usize>() >= SHORTEST && long.starts_with(short)
}

/// Whether two names differ in what outlets spell in many ways: vowels, doubled letters, the article ("Nabatia", "Al-Nabatiyeh").
fn spelt_alike(a: &str, b: &str) -> bool {
    let (a, b) = (consonants(a), consonants(b));
    a.len() >= SHORTEST_SPELT && a == b
}

/// The consonants of a name that all spellings of it have.
fn consonants(name: &str) -> String {
    let words = crate::actors::fold(name).concat().replace("sh", "s").replace("ch", "s").replace("ph", "f");
    let mut out = String::new();
    for c in words.chars().map(|c| if matches!(c, 'c' | 'q') { 'k' } else { c }) {
        if !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' | '\'' | '’') && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Consonants of a name below which they say nothing.
const SHORTEST_SPELT: usize = 3;

/// Letters of a name below which its spelling or beginning says nothing.
const SHORTEST: usize = 4;

/// Whether two spots are within a degree of each other.
fn near(a: &Spot, b: &Spot) -> bool {
    let close = |x: Option<f64>, y: Option<f64>| x.zip(y).is_some_and(|(x, y)| (x - y).abs() < 1.0);
    close(a.lat, b.lat) && close(a.lon, b.lon)
}

/// Whether a spot is fine enough to tell two happenings apart.
pub(crate) fn fine(spot: &Spot) -> bool {
    matches!(spot.precision, PlacePrecision::Site | PlacePrecision::City)
}
