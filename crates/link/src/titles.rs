//! One readable line for an incident: "United States: air strikes on more than 85 targets in Iraq and Syria (40 killed)".

use record::{EventType, FigureSet, Mode, PlacePrecision, Qualifier, Spot};

const TITLES: &str = include_str!("../data/titles.tsv");

/// What a title is made of.
pub(crate) struct Parts<'a> {
    pub kind: EventType,
    pub mode: Option<Mode>,
    /// Names of who did it and to whom.
    pub actors: Vec<&'a str>,
    pub targets: Vec<&'a str>,
    pub places: &'a [Spot],
    pub figures: &'a [FigureSet],
}

/// The line.
pub(crate) fn title(p: &Parts<'_>) -> String {
    let (noun, preposition) = noun(p.kind, p.mode);
    let mut out = match listed(&p.actors, 2) {
        Some(who) => format!("{who}: {noun}"),
        None => capital(noun),
    };
    let things = p.figures.iter().find(|f| {
        p.kind == EventType::Assault
            && matches!(f.what.as_str(), "targets" | "sites" | "facilities" | "positions")
    });
    let targets = listed(&p.targets, 2);
    match (things.and_then(count), targets) {
        (Some(n), _) => out += &format!(" {preposition} {n}"),
        (None, Some(whom)) => out += &format!(" {preposition} {whom}"),
        _ => {}
    }
    let fine: Vec<&str> =
        p.places.iter().filter(|s| s.precision != PlacePrecision::Country).map(|s| s.name.as_str()).collect();
    let coarse: Vec<&str> =
        p.places.iter().filter(|s| s.precision == PlacePrecision::Country).map(|s| s.name.as_str()).collect();
    if let Some(place) = listed(if fine.is_empty() || coarse.len() > 1 { &coarse } else { &fine }, 3) {
        out += &format!(" in {place}");
    }
    let toll: Vec<String> = ["killed", "wounded"]
        .iter()
        .filter_map(|w| p.figures.iter().find(|f| f.what == *w && f.of.is_none() && f.place.is_none()))
        .filter_map(|f| f.best.filter(|&n| n > 0).map(|n| format!("{n} {}", f.what)))
        .collect();
    if !toll.is_empty() {
        out += &format!(" ({})", toll.join(", "));
    }
    out
}

fn noun(kind: EventType, mode: Option<Mode>) -> (&'static str, &'static str) {
    let row = |mode: &str| {
        crate::data::lines(TITLES).find_map(|(_, l)| {
            let mut f = l.split('\t');
            (f.next() == Some(kind.as_str()) && f.next() == Some(mode))
                .then(|| (f.next().unwrap_or("event"), f.next().unwrap_or("with")))
        })
    };
    mode.and_then(|m| row(m.as_str())).or_else(|| row("*")).unwrap_or(("event", "with"))
}

/// "more than 85 targets", as most claims have it.
fn count(f: &FigureSet) -> Option<String> {
    let n = f.best?;
    let (hedge, n) = match f.claims.first()?.qualifier {
        Qualifier::About => ("about ", n),
        // The bound of "more than 85" is 86.
        Qualifier::MoreThan if f.low == f.best => ("more than ", n.saturating_sub(1)),
        Qualifier::MoreThan | Qualifier::AtLeast => ("at least ", n),
        Qualifier::UpTo => ("up to ", n),
        _ => ("", n),
    };
    Some(format!("{hedge}{n} {}", f.what))
}

/// "A", "A and B", "A, B and others".
fn listed(names: &[&str], most: usize) -> Option<String> {
    Some(match names {
        [] => return None,
        [one] => (*one).to_owned(),
        [some @ .., last] if names.len() <= most => format!("{} and {last}", some.join(", ")),
        _ => format!("{} and others", names[..most].join(", ")),
    })
}

fn capital(s: &str) -> String {
    let mut chars = s.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
