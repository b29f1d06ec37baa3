//! Who acts on whom, and who belongs to whom, drawn as SVG.
//!
//! The layout is worked out from the actors' order alone, with additions, multiplications and square roots only, so
//! that the same record gives the same drawing everywhere.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use record::{ActorId, ActorKind, Incident, IncidentId, Party, Quad, Tie};

use crate::pieces::Sources;
use crate::{incident, say};

const WIDTH: f64 = 800.0;
/// Actors drawn, at most: those with most incidents.
const MOST: usize = 22;
/// Rounds of the layout.
const ROUNDS: u32 = 400;

/// What one actor did to another, in one sense.
struct Edge<'r> {
    from: usize,
    to: usize,
    kind: &'static str,
    incidents: BTreeSet<&'r IncidentId>,
    tie: Option<&'r Tie>,
}

/// Actors of these incidents and how they stand to each other; nothing if no two of them do.
#[must_use]
pub fn view(incidents: &[&Incident], ties: &[Tie], sources: &Sources<'_>) -> Markup {
    let (actors, edges) = graph(incidents, ties, sources);
    if edges.is_empty() {
        return html! {};
    }
    let names: Vec<String> = actors.iter().map(|a| sources.name(a)).collect();
    let (at, height) = layout(&names, &edges);
    html! {
        figure.network {
            div.scroll tabindex="0" role="region" aria-label="Network of actors" {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-label={ "Network of " (actors.len()) " actors" } {
                    defs {
                        @for kind in ["conflict", "words", "cooperation", "tie"] {
                            marker id={ "arrow-" (kind) } class={ "arrow is-" (kind) } viewBox="0 0 8 8" refX="7" refY="4"
                                markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto" { path d="M0 0L8 4L0 8z" {} }
                        }
                    }
                    @for e in &edges { (draw(e, &at, &names)) }
                    @for (n, actor) in actors.iter().enumerate() {
                        @let (x, y) = at[n];
                        a.node href=(sources.links().actor(actor)) {
                            circle cx=(round(x)) cy=(round(y)) r="6" {}
                            text x=(round(x)) y=(round(y + 19.0)) text-anchor="middle" { (cut(&names[n])) }
                        }
                    }
                }
            }
            figcaption {
                "An arrow leads from who acts to whom it is done: "
                span.key.is-conflict { "material conflict" } ", " span.key.is-words { "verbal conflict" } ", "
                span.key.is-cooperation { "cooperation" } "; " span.key.is-tie { "dashed" } " lines are ties that the reports state. "
                "As the reports tell it: accusations and claims are included."
            }
            details.places {
                summary { "The same as a list" }
                ul { @for e in &edges { (listed(e, &names, sources)) } }
            }
        }
    }
}

fn listed(e: &Edge<'_>, names: &[String], sources: &Sources<'_>) -> Markup {
    html! {
        li {
            (names[e.from]) " "
            @match e.tie {
                Some(tie) => em { (tie.relation) },
                None => { "→" },
            }
            " " (names[e.to])
            @if e.tie.is_none() { ": " span.how { (e.kind) } }
            @for (n, id) in e.incidents.iter().take(6).enumerate() { @if n > 0 { "," } " " (incident::link(id, sources)) }
            @if e.incidents.len() > 6 { " and " (e.incidents.len() - 6) " more" }
        }
    }
}

fn sense(quad: Quad) -> &'static str {
    match quad {
        Quad::MaterialConflict => "conflict",
        Quad::VerbalConflict => "words",
        Quad::VerbalCooperation | Quad::MaterialCooperation => "cooperation",
    }
}

fn graph<'r>(
    incidents: &[&'r Incident],
    ties: &'r [Tie],
    sources: &Sources<'_>,
) -> (Vec<&'r ActorId>, Vec<Edge<'r>>) {
    let thing = |t: &Party| sources.actor(&t.actor).is_some_and(|a| a.kind == ActorKind::PhysicalTarget);
    let mut acts: BTreeMap<(&ActorId, &ActorId, &'static str), BTreeSet<&IncidentId>> = BTreeMap::new();
    for i in incidents {
        for (a, t) in i.actors.iter().flat_map(|a| i.targets.iter().map(move |t| (a, t))) {
            if a.actor != t.actor && !thing(t) {
                acts.entry((&a.actor, &t.actor, sense(i.kind.quad()))).or_default().insert(&i.id);
            }
        }
    }
    let mut weight: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for ((a, t, kind), ids) in &acts {
        let each = ids.len() * if *kind == "conflict" { 2 } else { 1 };
        *weight.entry(a).or_default() += each;
        *weight.entry(t).or_default() += each;
    }
    for tie in ties.iter().filter(|t| t.a != t.b) {
        *weight.entry(&tie.a).or_default() += 1;
        *weight.entry(&tie.b).or_default() += 1;
    }
    let mut actors: Vec<&ActorId> = weight.keys().copied().collect();
    actors.sort_by_key(|a| (std::cmp::Reverse(weight[a]), *a));
    actors.truncate(MOST);
    let index: BTreeMap<&ActorId, usize> = actors.iter().enumerate().map(|(n, a)| (*a, n)).collect();
    let mut edges: Vec<Edge<'r>> = Vec::new();
    for ((a, t, kind), incidents) in acts {
        if let (Some(from), Some(to)) = (index.get(a), index.get(t)) {
            edges.push(Edge { from: *from, to: *to, kind, incidents, tie: None });
        }
    }
    for tie in ties.iter().filter(|t| t.a != t.b) {
        if let (Some(from), Some(to)) = (index.get(&tie.a), index.get(&tie.b)) {
            edges.push(Edge {
                from: *from,
                to: *to,
                kind: "tie",
                incidents: BTreeSet::new(),
                tie: Some(tie),
            });
        }
    }
    // Whoever lost all others to the cut is not drawn.
    let used: BTreeSet<usize> = edges.iter().flat_map(|e| [e.from, e.to]).collect();
    let place: BTreeMap<usize, usize> = used.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    for e in &mut edges {
        (e.from, e.to) = (place[&e.from], place[&e.to]);
    }
    (used.iter().map(|n| actors[*n]).collect(), edges)
}

fn cut(name: &str) -> String {
    crate::words::shorten(name, 26)
}

/// Springs along edges, repulsion between all, then labels pushed apart.
fn layout(names: &[String], edges: &[Edge<'_>]) -> (Vec<(f64, f64)>, f64) {
    let n = names.len();
    let count = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let height = (150.0 + 26.0 * count).clamp(220.0, 640.0).round();
    // A start without symmetry: a lattice whose second step is no multiple of its first.
    let mut at: Vec<(f64, f64)> = (0..n)
        .map(|k| {
            let k = f64::from(u32::try_from(k).unwrap_or(u32::MAX));
            let part = |step: f64| (k * step).fract();
            (WIDTH * (0.1 + 0.8 * part(0.618_033_988_75)), height * (0.1 + 0.8 * part(0.754_877_666_25)))
        })
        .collect();
    let ideal = (WIDTH * height / count).sqrt() * 0.75;
    let half: Vec<f64> = names.iter().map(|name| half_width(name)).collect();
    for round in 0..ROUNDS {
        let heat = 40.0 * (1.0 - f64::from(round) / f64::from(ROUNDS)) + 0.5;
        let mut push = vec![(0.0, 0.0); n];
        for a in 0..n {
            for b in a + 1..n {
                // Labels are wide: what is beside each other needs more room than what is above each other.
                let (dx, dy) = ((at[a].0 - at[b].0) * 0.7, at[a].1 - at[b].1);
                let square = (dx * dx + dy * dy).max(1.0);
                let force = ideal * ideal / square;
                push[a] = (push[a].0 + dx * force, push[a].1 + dy * force);
                push[b] = (push[b].0 - dx * force, push[b].1 - dy * force);
            }
            push[a].0 += (WIDTH / 2.0 - at[a].0) * 0.4;
            push[a].1 += (height / 2.0 - at[a].1) * 0.6;
        }
        for e in edges {
            let (dx, dy) = (at[e.from].0 - at[e.to].0, at[e.from].1 - at[e.to].1);
            let force = (dx * dx + dy * dy).sqrt() / ideal * 0.8;
            push[e.from] = (push[e.from].0 - dx * force, push[e.from].1 - dy * force);
            push[e.to] = (push[e.to].0 + dx * force, push[e.to].1 + dy * force);
        }
        for k in 0..n {
            let length = (push[k].0 * push[k].0 + push[k].1 * push[k].1).sqrt().max(0.01);
            let step = length.min(heat) / length;
            at[k].0 = (at[k].0 + push[k].0 * step).clamp(half[k] + 4.0, WIDTH - half[k] - 4.0);
            at[k].1 = (at[k].1 + push[k].1 * step).clamp(12.0, height - 28.0);
        }
    }
    for _ in 0..200 {
        for a in 0..n {
            for b in a + 1..n {
                let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
                let (over_x, over_y) = (half[a] + half[b] + 8.0 - dx.abs(), 34.0 - dy.abs());
                if over_x > 0.0 && over_y > 0.0 {
                    let sign = if dy < 0.0 { -1.0 } else { 1.0 };
                    at[a].1 = (at[a].1 + sign * over_y / 2.0).clamp(12.0, height - 28.0);
                    at[b].1 = (at[b].1 - sign * over_y / 2.0).clamp(12.0, height - 28.0);
                }
            }
        }
    }
    (at, height)
}

/// About half of what a name takes.
fn half_width(name: &str) -> f64 {
    3.3 * u32::try_from(cut(name).chars().count()).map_or(0.0, f64::from)
}

fn draw(e: &Edge<'_>, at: &[(f64, f64)], names: &[String]) -> Markup {
    let ((x1, y1), (x2, y2)) = (at[e.from], at[e.to]);
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    // Bent to its right, so that there and back are two lines, and each sense its own.
    let bend = match e.kind {
        "conflict" => 14.0,
        "words" => 26.0,
        "cooperation" => 38.0,
        _ => 0.0,
    };
    let (mx, my) = ((x1 + x2) / 2.0 - uy * bend, (y1 + y2) / 2.0 + ux * bend);
    let (sx, sy, tx, ty) = (x1 + ux * 8.0, y1 + uy * 8.0, x2 - ux * 9.0, y2 - uy * 9.0);
    let path =
        format!("M{} {}Q{} {} {} {}", round(sx), round(sy), round(mx), round(my), round(tx), round(ty));
    let width = match e.incidents.len() {
        0 | 1 => "1.2",
        2 | 3 => "2",
        _ => "3",
    };
    let what = e.tie.map_or_else(|| say::count(e.incidents.len(), "incident"), |t| t.relation.to_string());
    html! {
        path class={ "edge is-" (e.kind) } d=(path) stroke-width=(width) marker-end={ "url(#arrow-" (e.kind) ")" } {
            title { (names[e.from]) " → " (names[e.to]) ": " (what) }
        }
    }
}

fn round(n: f64) -> String {
    let n = (n * 10.0).round() / 10.0;
    if n == 0.0 { "0".to_owned() } else { n.to_string() }
}
