//! From a cluster of units to an incident.

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, ActorKind, Analysis, Confidence, EventRole, Factuality, FigureRule, Grounds, Incident,
    IncidentId, Located, Mode, Party, PlacePrecision, Precision, Quad, Recurring, ReportId, Span, Spot, When,
};

use super::general::General;
use super::grounds::{grounds, located};
use super::scene::{fine, narrow, recurring, same_spot, struck_places, time};
use super::standing::verbal;
use super::unit::Unit;
use super::weeks::Weeks;
use super::{undated, unplaced};
use crate::Settings;
use crate::actors::Cast;
use crate::data::in_group;
use crate::story::Affinity;
use crate::titles::{Parts, title};

/// What all incidents are built from.
pub(crate) struct Ground<'a> {
    pub analyses: &'a [Analysis],
    pub cast: &'a Cast,
    pub affinity: &'a Affinity,
    pub settings: &'a Settings,
    /// A report's group of copies.
    pub origin: &'a dyn Fn(usize) -> String,
    pub rule: FigureRule,
    pub weeks: &'a Weeks,
}

/// The incident of some units, which are sorted by time of their report, report and place.
pub(crate) fn incident(units: &[&Unit], g: &Ground<'_>) -> Option<Incident> {
    let events: Vec<(usize, usize)> =
        units.iter().flat_map(|u| u.events.iter().map(|&e| (u.report, e))).collect();
    let of = |&(r, e): &(usize, usize)| (&g.analyses[r], &g.analyses[r].events[e]);
    let kind = most(events.iter().map(|x| of(x).1.kind))?;
    // What may only come ("until he resigns") does not say how what came was done.
    let factuality = events.iter().map(|x| of(x).1.factuality).min()?;
    let open = |f| matches!(f, Factuality::Planned | Factuality::Threatened | Factuality::Hypothetical);
    let told = |x: &&(usize, usize)| {
        let e = of(x).1;
        e.kind == kind && (e.factuality == factuality || !open(e.factuality))
    };
    let mode = most(events.iter().filter(told).filter_map(|x| of(x).1.mode));
    let cameo = most(events.iter().filter(|x| of(x).1.kind == kind).map(|x| &of(x).1.cameo))?;
    let contexts: BTreeSet<_> = events.iter().flat_map(|x| of(x).1.contexts.clone()).collect();
    let span = |r: usize, range| Span { report: g.analyses[r].report.id.clone(), range };
    let evidence: BTreeSet<Span> =
        units.iter().flat_map(|u| u.mentions.iter().map(|&m| span(u.report, m))).collect();
    let figures =
        crate::figures::reconcile(g.analyses, &events.iter().copied().collect(), g.cast, g.origin, g.rule);
    let mut actors = parties(&events, g, |e| &e.actors, &[]);
    let also: Vec<_> = units
        .iter()
        .flat_map(|u| {
            let a = &g.analyses[u.report];
            let harmed = super::unit::harmed(a, &u.events).map(|m| (g.cast.id(&m.actor), m.range));
            harmed.chain(u.addressed.iter().cloned()).map(|(id, at)| (id, span(u.report, at)))
        })
        .collect();
    let mut targets = parties(&events, g, |e| &e.targets, &also);
    // Nobody speaks against himself.
    if verbal(kind.quad()) {
        targets.retain(|t| actors.iter().all(|a| a.actor != t.actor));
    }
    if kind.quad() == Quad::MaterialConflict {
        if mode != Some(Mode::SuicideAttack) {
            one_side(&mut actors, &mut targets, &events, g);
        }
        let general = General::of(&events, g.analyses, g.cast);
        general.explain(&mut actors, &targets);
        general.drop(&mut actors, true);
        general.drop(&mut targets, false);
    }
    let mut spots = places(units);
    // Where what was struck stands is told to find the place, not to compare by: "the Engels air base".
    if !spots.iter().any(fine) {
        for &(r, e) in &events {
            for place in struck_places(&g.analyses[r], &g.analyses[r].events[e]) {
                if !spots.iter().any(|s| same_spot(s, &place.spot)) {
                    spots.push(place.spot.clone());
                }
            }
        }
    }
    let places = ordered(located(spots, &events, g.analyses));
    let about = || {
        let surely = |p: &Party| p.confidence != Confidence::Denied;
        let doers: Vec<_> =
            actors.iter().filter(|p| surely(p)).filter_map(|p| g.cast.get(&p.actor)).collect();
        unplaced::place(kind, &events, g.analyses, &doers)
    };
    let about = if places.iter().all(|p| p.spot.country.is_none()) { about() } else { None };
    // Weekdays of reports without a date; then the days of what no time dates by itself.
    let week = || events.iter().filter_map(|&(r, e)| g.weeks.day(r, &g.analyses[r], e));
    let undated = || most(undated::days(&events, g.analyses).into_iter().map(|(_, day)| day.when));
    let known = |p: &Party| Some((g.cast.get(&p.actor)?, p.confidence));
    let sure = |list: &[Party]| -> Vec<Party> {
        list.iter().filter(|p| p.confidence != Confidence::Denied).cloned().collect()
    };
    let (doers, sufferers) = (sure(&actors), sure(&targets));
    let spots: Vec<Spot> = places.iter().map(|p| p.spot.clone()).collect();
    let said: Vec<&str> = events.iter().map(|x| of(x).1.trigger.of(&of(x).0.report.text)).collect();
    let mut incident = Incident {
        id: IncidentId::new(&would_be(units.first()?, g.analyses).next()?),
        title: title(&Parts {
            kind,
            mode,
            said: &said,
            actors: doers.iter().filter_map(known).collect(),
            targets: sufferers.iter().filter_map(known).collect(),
            places: &spots,
            figures: &figures,
        }),
        kind,
        mode,
        cameo: cameo.clone(),
        contexts: contexts.into_iter().collect(),
        factuality,
        when: match when(&events, g.analyses) {
            When::Unknown => most(week()).or_else(undated).unwrap_or(When::Unknown),
            known => on_weekday(known, &events, g.analyses),
        },
        places: places.into_iter().chain(about).collect(),
        actors,
        targets,
        figures,
        evidence: evidence.into_iter().collect(),
        grounds: Grounds::default(),
        responds_to: Vec::new(),
        part_of: None,
        links: super::ledger(units, |u, m| span(u.report, u.mentions[m]), g.affinity, g.settings),
    };
    incident.grounds = grounds(&incident, units, g.analyses, g.weeks);
    Some(incident)
}

/// The ids that an incident can have whose first unit this is, or was before the other reports were known: what a report
/// tells is joined by how telling its words are among them all.
pub(crate) fn would_be(unit: &Unit, analyses: &[Analysis]) -> impl Iterator<Item = String> {
    let a = &analyses[unit.report];
    let first = unit.events.first().copied().into_iter().chain(unit.joins.iter().map(|(e, _)| *e));
    let of = |e: usize| {
        let first = a.events.get(e)?;
        Some(crate::ids::incident(a.report.id.as_str(), first.trigger.start(), first.kind))
    };
    first.filter_map(of)
}

/// The most common value; among equals the first.
fn most<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut count: BTreeMap<T, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (n, v) in values.enumerate() {
        count.entry(v).or_insert((0, std::cmp::Reverse(n))).0 += 1;
    }
    count.into_iter().max_by_key(|(_, c)| *c).map(|(v, _)| v)
}

/// The day most reports name; without one, what all their times leave open together. The day on which somebody died of
/// a deed is not that of the deed, where another one is told.
fn when(events: &[(usize, usize)], analyses: &[Analysis]) -> When {
    let dies = |&(r, e): &(usize, usize)| {
        let a = &analyses[r];
        let trigger = a.events[e].trigger.of(&a.report.text).to_lowercase();
        trigger.split_whitespace().any(|w| in_group("dying", w))
    };
    let (later, deeds): (Vec<_>, Vec<_>) = events.iter().partition(|e| dies(e));
    match day_of(&deeds, analyses) {
        When::Unknown => day_of(&later, analyses),
        known => known,
    }
}

fn day_of(events: &[&(usize, usize)], analyses: &[Analysis]) -> When {
    let times = || events.iter().map(|&&(r, e)| time(&analyses[r], e)).filter(|w| *w != When::Unknown);
    let days = likeliest(events, analyses);
    let open = times().filter(|w| w.precision() != Some(Precision::Vague)).fold(When::Unknown, narrow);
    days.unwrap_or(match open {
        When::Unknown => times().fold(When::Unknown, narrow),
        known => known,
    })
}

/// Rules of times that only count from another day or leave it to the words around.
const LOOSE: [&str; 10] = [
    "clock",
    "counted",
    "feast",
    "part.the",
    "part.which",
    "shift.ago",
    "shift.before",
    "shift.earlier",
    "shift.later",
    "unit.which",
];

/// The day that most reports give, each once; one that is named weighs twice as much as one that is only counted.
fn likeliest(events: &[&(usize, usize)], analyses: &[Analysis]) -> Option<When> {
    let mut voices: BTreeMap<(When, usize), usize> = BTreeMap::new();
    let mut order: Vec<When> = Vec::new();
    for &&(r, e) in events {
        let day = time(&analyses[r], e);
        if !matches!(day, When::Exact(_)) {
            continue;
        }
        let rule = analyses[r].events[e].time.and_then(|t| analyses[r].times.get(t)).map_or("", |t| t.rule);
        let weight = voices.entry((day, r)).or_default();
        *weight = (*weight).max(if LOOSE.contains(&rule) { 1 } else { 2 });
        if !order.contains(&day) {
            order.push(day);
        }
    }
    let sum = |day: &When| -> usize { voices.iter().filter(|((w, _), _)| w == day).map(|(_, n)| n).sum() };
    // Of equals the first.
    order.into_iter().rev().max_by_key(sum)
}

/// The day of a week that a weekday names: "last week's blast" in one report, "on Thursday" in another one without a date.
fn on_weekday(week: When, events: &[(usize, usize)], analyses: &[Analysis]) -> When {
    let (Some(from), Some(Precision::Week)) = (week.earliest(), week.precision()) else { return week };
    let undated = events.iter().filter(|&&(r, e)| time(&analyses[r], e) == When::Unknown);
    let weekday = |&(r, e): &(usize, usize)| match recurring(&analyses[r], e) {
        Some(Recurring::Weekday(w)) => Some(w),
        _ => None,
    };
    let mut weekdays: Vec<_> = undated.filter_map(weekday).collect();
    weekdays.sort_unstable();
    weekdays.dedup();
    let [named] = weekdays[..] else { return week };
    let days = (0..7).filter_map(|n| from.checked_add(jiff::Span::new().days(n)).ok());
    let day = days
        .take_while(|&d| week.latest().is_some_and(|l| d <= l))
        .find(|d| d.weekday().to_monday_one_offset() == named);
    day.map_or(week, When::Exact)
}

/// Everybody with one kind of part, and those that `facts` name, the surest first.
fn parties(
    events: &[(usize, usize)],
    g: &Ground<'_>,
    roles: impl Fn(&record::Event) -> &Vec<EventRole>,
    facts: &[(ActorId, Span)],
) -> Vec<Party> {
    let mut all: BTreeMap<_, (Confidence, BTreeSet<Span>)> = BTreeMap::new();
    for (actor, at) in facts {
        let entry = all.entry(actor.clone()).or_insert((Confidence::Fact, BTreeSet::new()));
        entry.1.insert(at.clone());
    }
    for &(r, e) in events {
        let a = &g.analyses[r];
        for role in roles(&a.events[e]) {
            let Some(actor) = &role.actor else { continue };
            // Who denies a deed is not reported to have done it.
            let doer = a.events[e].actors.iter().any(|r| std::ptr::eq(r, role));
            let denied = doer && a.events[e].factuality == Factuality::Denied;
            let how = if denied { Confidence::Denied } else { role.confidence };
            let entry = all.entry(g.cast.id(actor)).or_insert((how, BTreeSet::new()));
            entry.0 = entry.0.min(how);
            entry.1.insert(Span { report: a.report.id.clone(), range: role.range });
        }
    }
    let mut list: Vec<Party> = all
        .into_iter()
        .map(|(actor, (confidence, evidence))| Party {
            actor,
            confidence,
            evidence: evidence.into_iter().collect(),
        })
        .collect();
    list.sort_by_key(|p| (p.confidence, std::cmp::Reverse(p.evidence.len()), p.actor.clone()));
    list
}

/// All places, each once, the finest first and among those the most often named.
fn places(units: &[&Unit]) -> Vec<Spot> {
    let mut all: Vec<(Spot, usize)> = Vec::new();
    for spot in units.iter().flat_map(|u| &u.spots) {
        match all.iter_mut().find(|(s, _)| same_spot(s, spot)) {
            Some((_, n)) => *n += 1,
            None => all.push((spot.clone(), 1)),
        }
    }
    all.sort_by(|(a, m), (b, n)| (a.precision, n, &a.name).cmp(&(b.precision, m, &b.name)));
    all.into_iter().map(|(s, _)| s).collect()
}

/// Who stands on both sides of a deed of force did it or suffered it, whichever more words tell: a pronoun counts for nothing
/// ("killed 14 of them"), and words that stand on both sides tell of those who suffer. One event that has a kind of people on
/// both sides means two of the kind ("soldiers shot four officers"), and so do two words for a crowd ("youths", "villagers").
/// Who is charged or claims it is a doer, and so are those under arms who struck others and whose own losses nobody is said to
/// have caused.
fn one_side(actors: &mut Vec<Party>, targets: &mut Vec<Party>, events: &[(usize, usize)], g: &Ground<'_>) {
    let two = |id: &ActorId| {
        let is = |r: &EventRole| r.actor.as_ref().is_some_and(|a| g.cast.id(a) == *id);
        events.iter().any(|&(r, e)| {
            let event = &g.analyses[r].events[e];
            event.actors.iter().any(is) && (event.targets.iter().any(is) || event.actors.len() > 1)
        })
    };
    let both = actors.iter().map(|p| p.actor.clone());
    let both: Vec<ActorId> = both.filter(|id| targets.iter().any(|t| t.actor == *id) && !two(id)).collect();
    if both.is_empty() {
        return;
    }
    let analyses: BTreeMap<&ReportId, &Analysis> =
        events.iter().map(|&(r, _)| (&g.analyses[r].report.id, &g.analyses[r])).collect();
    let report = |s: &Span| analyses.get(&s.report).copied();
    let spoken = |s: &&Span| {
        !report(s)
            .is_some_and(|a| a.mentions.iter().any(|m| m.rule == "pronoun" && s.range.contains(m.range)))
    };
    let stems = |list: &[Span]| -> BTreeSet<String> {
        let text = |s: &Span| report(s).map_or("", |a| s.range.of(&a.report.text)).to_lowercase();
        let all: Vec<String> = list.iter().map(text).collect();
        all.iter().flat_map(|t| t.split_whitespace()).map(|w| w.chars().take(5).collect()).collect()
    };
    for id in both {
        let charged =
            |p: &Party| p.actor == id && matches!(p.confidence, Confidence::Claimed | Confidence::Accused);
        let of =
            |list: &[Party]| list.iter().find(|p| p.actor == id).map_or(Vec::new(), |p| p.evidence.clone());
        let (does, suffers) = (of(actors), of(targets));
        let crowd = g.cast.get(&id).is_some_and(|a| a.kind == ActorKind::Population);
        if crowd && stems(&does).is_disjoint(&stems(&suffers)) {
            continue;
        }
        let bears_arms =
            g.cast.get(&id).is_some_and(|a| matches!(a.kind, ActorKind::ArmedGroup | ActorKind::Force));
        let shared = does.iter().any(|s| suffers.contains(s));
        let struck = bears_arms && struck_others(&id, events, g);
        let more = does.iter().filter(spoken).count() > suffers.iter().filter(spoken).count();
        if actors.iter().any(charged) || more && !shared || struck && !shared {
            targets.retain(|p| p.actor != id);
        } else {
            actors.retain(|p| p.actor != id);
        }
    }
}

/// "The militia attacked the rebels: four rebels were killed and two militiamen hurt": whether somebody does a deed to others,
/// and suffers only where nobody is said to do it.
fn struck_others(id: &ActorId, events: &[(usize, usize)], g: &Ground<'_>) -> bool {
    let is = |r: &EventRole| r.actor.as_ref().is_some_and(|a| g.cast.id(a) == *id);
    let all = || events.iter().map(|&(r, e)| &g.analyses[r].events[e]);
    let others = |r: &EventRole| r.actor.is_some() && !is(r);
    all().any(|e| e.actors.iter().any(is) && e.targets.iter().any(others))
        && all().filter(|e| e.targets.iter().any(is)).all(|e| e.actors.is_empty())
}

/// How many times as often as the first a place must be told to stand before it.
const OFTENER: usize = 3;

/// Places with the likeliest first: towns and sites, of them what is told most often, by itself or by what it lies in, sites
/// without coordinates last; and before these what is told far more often.
fn ordered(all: Vec<Located>) -> Vec<Located> {
    let told: Vec<usize> = all
        .iter()
        .map(|p| {
            let around = all.iter().filter(|whole| lies_in(&p.spot, &whole.spot));
            p.evidence.len() + around.map(|whole| whole.evidence.len()).sum::<usize>()
        })
        .collect();
    let vague = |s: &Spot| s.precision == PlacePrecision::Site && s.lat.is_none();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&i| (rank(&all[i].spot), vague(&all[i].spot), std::cmp::Reverse(told[i])));
    let mut first = 0;
    for at in 1..order.len() {
        let (i, best) = (order[at], order[first]);
        if told[i] >= OFTENER * told[best].max(1) && !lies_in(&all[best].spot, &all[i].spot) {
            first = at;
        }
    }
    if first > 0 {
        let i = order.remove(first);
        order.insert(0, i);
    }
    let mut all: Vec<Option<Located>> = all.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| all[i].take()).collect()
}

/// How fine a place is; what no list has is a town, even where only its division gives it coordinates.
fn rank(s: &Spot) -> PlacePrecision {
    use PlacePrecision::{Admin1, City, District, Site};
    match s.precision {
        Site | City | District => City,
        Admin1 if s.geonames_id.is_none() => City,
        other => other,
    }
}

/// Whether one place is a part of the other, as far as their divisions tell.
fn lies_in(part: &Spot, whole: &Spot) -> bool {
    rank(part) < rank(whole)
        && match whole.precision {
            PlacePrecision::Country => part.country == whole.country,
            PlacePrecision::Admin1 => {
                part.country == whole.country
                    && part.admin1.as_deref() == Some(whole.admin1.as_deref().unwrap_or(&whole.name))
            }
            _ => false,
        }
}
