//! Where it happened, drawn as SVG over the shapes of Natural Earth.
//!
//! A place is drawn as finely as it is known: a site or a city as a dot, a province or a region as a dashed circle, a
//! country by tinting it. What has no coordinates is listed below.

mod view;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use record::{Incident, PlacePrecision, Quad, Spot};

use crate::pieces::Sources;
use crate::{incident, say};
use view::{View, WIDTH, tenth};
use world::{Point, world};

/// Markers nearer than this, in pixels, become one.
const NEAR: f64 = 15.0;
/// Incidents listed for one place.
const LISTED: usize = 12;

/// A place with what happened there.
struct Site<'r> {
    spot: &'r Spot,
    incidents: Vec<&'r Incident>,
}

impl Site<'_> {
    fn reports(&self) -> usize {
        self.incidents.iter().flat_map(|i| i.reports()).collect::<BTreeSet<_>>().len()
    }

    fn conflict(&self) -> bool {
        self.incidents.iter().any(|i| i.kind.quad() == Quad::MaterialConflict)
    }

    fn point(&self) -> Option<Point> {
        let within = |n: f64, most: f64| n.is_finite() && n.abs() <= most;
        let (lon, lat) = (self.spot.lon?, self.spot.lat?);
        (within(lon, 180.0) && within(lat, 90.0)).then_some((lon, lat))
    }
}

/// Incidents by place.
#[must_use]
pub fn view(incidents: &[&Incident], sources: &Sources<'_>) -> Markup {
    let sites = sites(incidents);
    if sites.is_empty() {
        return html! { p.faint { "No incident has a place." } };
    }
    let placed = incidents.iter().filter(|i| !i.places.is_empty()).count();
    let has_point = sites.iter().any(|s| s.point().is_some());
    html! {
        figure.map {
            @if has_point { div.scroll tabindex="0" role="region" aria-label="Map" { (drawing(&sites, sources)) } }
            figcaption {
                "Dots are towns and sites; dashed circles are provinces and regions, whose exact spot is not known; a tinted "
                "country is all that is known of the place. Larger marks stand in more reports. "
                @if placed < incidents.len() {
                    (say::count(incidents.len() - placed, "incident")) " without a place "
                    @if incidents.len() - placed == 1 { "is" } @else { "are" } " not on the map. "
                }
                "Shapes: Natural Earth, which draws borders by who holds the ground; dashed borders are disputed. "
                "They state no view of ours."
            }
            details.places {
                summary { (say::count(sites.len(), "place")) }
                ul { @for (n, site) in sites.iter().enumerate() { (listed(n, site, sources)) } }
            }
        }
    }
}

/// Each incident at its finest places: a country or province is left out where a finer place of it is named.
fn sites<'r>(incidents: &[&'r Incident]) -> Vec<Site<'r>> {
    let mut sites: BTreeMap<(Option<u32>, &str), Site<'r>> = BTreeMap::new();
    for i in incidents {
        let finer = |p: &Spot| {
            i.places.iter().map(|q| &q.spot).any(|q| {
                q.precision < p.precision && (q.country == p.country || p.precision == PlacePrecision::Region)
            })
        };
        for p in
            i.places.iter().map(|p| &p.spot).filter(|p| p.precision < PlacePrecision::Admin1 || !finer(p))
        {
            let site =
                sites.entry((p.geonames_id, &p.name)).or_insert(Site { spot: p, incidents: Vec::new() });
            if site.incidents.last().is_none_or(|last| last.id != i.id) {
                site.incidents.push(i);
            }
        }
    }
    let mut sites: Vec<Site<'r>> = sites.into_values().collect();
    sites.sort_by(|a, b| {
        (b.reports(), b.incidents.len())
            .cmp(&(a.reports(), a.incidents.len()))
            .then_with(|| (&a.spot.name, a.spot.geonames_id).cmp(&(&b.spot.name, b.spot.geonames_id)))
    });
    sites
}

fn listed(n: usize, site: &Site<'_>, sources: &Sources<'_>) -> Markup {
    html! {
        li #{ "place-" (n + 1) } {
            strong { (say::place(site.spot)) }
            @if site.point().is_none() { " " span.how { "not on the map" } }
            ul {
                @for i in site.incidents.iter().take(LISTED) { li { (incident::line(i, sources)) } }
                @if site.incidents.len() > LISTED { li.faint { "and " (site.incidents.len() - LISTED) " more" } }
            }
        }
    }
}

/// Markers that stand so near each other that they are drawn as one.
struct Cluster {
    at: (f64, f64),
    /// Indices of sites, the weightiest first.
    sites: Vec<usize>,
    radius: f64,
    precise: bool,
}

fn drawing(sites: &[Site<'_>], sources: &Sources<'_>) -> Markup {
    let points: Vec<Point> = sites.iter().filter_map(Site::point).collect();
    let fine: Vec<Point> =
        sites.iter().filter(|s| s.spot.precision < PlacePrecision::Region).filter_map(Site::point).collect();
    let view = View::around(if fine.is_empty() { &points } else { &fine });
    let tinted: BTreeSet<&str> = sites
        .iter()
        .filter(|s| s.spot.precision == PlacePrecision::Country)
        .filter_map(|s| s.spot.country)
        .collect();
    let clusters = clusters(sites, &view);
    let mut taken: Vec<Box2> = clusters
        .iter()
        .map(|c| Box2 { x: c.at.0 - c.radius, y: c.at.1 - c.radius, w: c.radius * 2.0, h: c.radius * 2.0 })
        .collect();
    let inset = (view.wide() < 120.0).then(|| View::locator(120.0));
    if let Some(i) = &inset {
        taken.push(Box2 { x: WIDTH - 130.0, y: view.height - i.height - 10.0, w: 130.0, h: i.height + 10.0 });
    }
    let labels: Vec<Option<Label>> = clusters.iter().map(|c| label(c, sites, &view, &mut taken)).collect();
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (view.height) } role="group" aria-label={ "Map of " (say::count(sites.len(), "place")) } {
            rect.sea x="0" y="0" width=(WIDTH) height=(view.height) {}
            (land(&view, &tinted))
            (country_names(&view, &tinted, &mut taken))
            @for (cluster, label) in clusters.iter().zip(&labels) { (marker(cluster, label.as_ref(), sites, sources)) }
            @if let Some(i) = &inset { (locator(i, &view)) }
        }
    }
}

fn land(view: &View, tinted: &BTreeSet<&str>) -> Markup {
    // A view across the date line sees a part of the world a turn further on.
    let (west, south, east, north) = view.corners();
    let turns: Vec<f64> =
        [-360.0, 0.0, 360.0].into_iter().filter(|t| west < 180.0 + t && east > -180.0 + t).collect();
    let seen = |ring: &[Point], turn: f64| {
        let (mut box_w, mut box_e, mut box_s, mut box_n) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for (x, y) in ring {
            (box_w, box_e) = (box_w.min(x + turn), box_e.max(x + turn));
            (box_s, box_n) = (box_s.min(*y), box_n.max(*y));
        }
        box_w < east && box_e > west && box_s < north && box_n > south
    };
    html! {
        @for country in &world().countries {
            @let path: String = country.rings.iter().flat_map(|ring| turns.iter().map(move |t| (ring, *t)))
                .filter(|(ring, t)| seen(ring, *t))
                .map(|(ring, t)| view.outline(ring, t, WIDTH)).collect();
            @if !path.is_empty() {
                path class=(if tinted.contains(country.code.as_str()) { "land tinted" } else { "land" }) d=(path) {}
            }
        }
        @for arc in world().arcs.iter().filter(|a| a.disputed) {
            @let path = view.line(&arc.points);
            @if !path.is_empty() { path.undraw d=(path) {} path.disputed-border d=(path) {} }
        }
    }
}

fn country_names(view: &View, tinted: &BTreeSet<&str>, taken: &mut Vec<Box2>) -> Markup {
    let mut names: Vec<(&str, f64, f64)> = Vec::new();
    if view.wide() < 100.0 {
        for country in world().countries.iter().filter(|c| !tinted.contains(c.code.as_str())) {
            let label = Some(view.pixel(country.label)).filter(|l| view.holds(*l));
            let Some((x, y)) = label.or_else(|| view.middle(&country.rings)) else { continue };
            let b = Box2::text(&country.name, x, y, 6.0, Anchor::Middle);
            if view.holds((b.x, y)) && view.holds((b.x + b.w, y)) && b.free(taken) {
                taken.push(b);
                names.push((&country.name, x, y));
            }
        }
    }
    html! { @for (name, x, y) in names { text.country x=(tenth(x)) y=(tenth(y)) text-anchor="middle" { (name) } } }
}

fn clusters(sites: &[Site<'_>], view: &View) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (n, site) in sites.iter().enumerate() {
        let Some(at) = site.point().map(|p| view.pixel(p)).filter(|p| view.holds(*p)) else { continue };
        let precise = site.spot.precision <= PlacePrecision::District;
        // What is known to the country or the region only stays by itself: it is not near anything.
        let own = radius(&[n], sites);
        let joins = clusters.iter_mut().find(|c| {
            let (dx, dy) = (c.at.0 - at.0, c.at.1 - at.1);
            precise && c.precise && (dx * dx + dy * dy).sqrt() < NEAR.max((c.radius + own) * 0.8)
        });
        match joins {
            Some(cluster) => {
                cluster.sites.push(n);
                cluster.radius = radius(&cluster.sites, sites);
            }
            None => clusters.push(Cluster { at, sites: vec![n], radius: own, precise }),
        }
    }
    clusters
}

/// In pixels: the area of a dot grows about as fast as the reports behind it.
fn radius(at: &[usize], sites: &[Site<'_>]) -> f64 {
    match sites[at[0]].spot.precision {
        PlacePrecision::Country => 7.0,
        PlacePrecision::Admin1 | PlacePrecision::Region => 13.0,
        _ => {
            let reports: BTreeSet<_> =
                at.iter().flat_map(|n| sites[*n].incidents.iter().flat_map(|i| i.reports())).collect();
            let size = u32::try_from(reports.len()).map_or(10.0, |n| f64::from(n).sqrt());
            (3.5 + 2.2 * size).min(16.0)
        }
    }
}

fn marker(c: &Cluster, label: Option<&Label>, sites: &[Site<'_>], sources: &Sources<'_>) -> Markup {
    let first = &sites[c.sites[0]];
    let incidents: BTreeSet<&record::IncidentId> =
        c.sites.iter().flat_map(|n| sites[*n].incidents.iter().map(|i| &i.id)).collect();
    let href = match (incidents.len(), first.incidents.first()) {
        (1, Some(i)) => sources.links().incident(&i.id),
        _ => format!("#place-{}", c.sites[0] + 1),
    };
    let names: Vec<&str> = c.sites.iter().map(|n| sites[*n].spot.name.as_str()).collect();
    let kind = if c.sites.iter().any(|n| sites[*n].conflict()) { "conflict" } else { "other" };
    let (x, y) = (tenth(c.at.0), tenth(c.at.1));
    html! {
        a href=(href) class={ "marker is-" (kind) } {
            title { (names.join(", ")) ": " (say::count(incidents.len(), "incident")) ", "
                (say::count(first.reports(), "report")) }
            @match first.spot.precision {
                PlacePrecision::Country => rect.vague x=(tenth(c.at.0 - 6.0)) y=(tenth(c.at.1 - 6.0)) width="12" height="12" rx="2" {},
                PlacePrecision::Region | PlacePrecision::Admin1 => circle.vague cx=(x) cy=(y) r=(tenth(c.radius)) {},
                _ => circle cx=(x) cy=(y) r=(tenth(c.radius)) {},
            }
            @if incidents.len() > 1 && c.precise && c.radius >= 7.0 {
                text.count x=(x) y=(tenth(c.at.1 + 3.5)) text-anchor="middle" { (incidents.len()) }
            }
            @if let Some(l) = label {
                text.label x=(tenth(l.x)) y=(tenth(l.y)) text-anchor=(l.anchor.name()) { (l.text) }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

struct Label {
    text: String,
    x: f64,
    y: f64,
    anchor: Anchor,
}

/// A rectangle that something is drawn in.
struct Box2 {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

impl Box2 {
    /// About what a text takes, with `each` pixels a character.
    fn text(text: &str, x: f64, y: f64, each: f64, anchor: Anchor) -> Box2 {
        let w = each * u32::try_from(text.chars().count()).map_or(0.0, f64::from);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - w / 2.0,
            Anchor::End => x - w,
        };
        Box2 { x: left, y: y - 11.0, w, h: 14.0 }
    }

    fn free(&self, taken: &[Box2]) -> bool {
        taken.iter().all(|o| {
            self.x + self.w < o.x || o.x + o.w < self.x || self.y + self.h < o.y || o.y + o.h < self.y
        })
    }
}

/// A label beside its marker where there is room for it.
fn label(c: &Cluster, sites: &[Site<'_>], view: &View, taken: &mut Vec<Box2>) -> Option<Label> {
    let first = &sites[c.sites[0]];
    let more = c.sites.len() - 1;
    let mut text = if more > 0 { format!("{} +{more}", first.spot.name) } else { first.spot.name.clone() };
    if !c.precise && first.incidents.len() > 1 {
        text = format!("{text} ({})", first.incidents.len());
    }
    let (x, y) = c.at;
    let r = c.radius;
    let spots = [
        (x + r + 4.0, y + 4.0, Anchor::Start),
        (x - r - 4.0, y + 4.0, Anchor::End),
        (x, y - r - 5.0, Anchor::Middle),
        (x, y + r + 13.0, Anchor::Middle),
        (x + r, y - r, Anchor::Start),
        (x + r, y + r + 8.0, Anchor::Start),
        (x - r, y - r, Anchor::End),
        (x - r, y + r + 8.0, Anchor::End),
    ];
    for (x, y, anchor) in spots {
        let b = Box2::text(&text, x, y, 6.6, anchor);
        if b.free(taken) && view.holds((b.x, b.y)) && view.holds((b.x + b.w, b.y + b.h)) {
            taken.push(b);
            return Some(Label { text, x, y, anchor });
        }
    }
    None
}

/// The world small in a corner, with a frame around what the map shows.
fn locator(small: &View, view: &View) -> Markup {
    let (west, south, east, north) = view.corners();
    let ((x1, y1), (x2, y2)) = (small.pixel((west, north)), small.pixel((east, south)));
    let large = |ring: &[Point]| {
        let (mut w, mut e) = (f64::MAX, f64::MIN);
        ring.iter().for_each(|p| (w, e) = (w.min(p.0), e.max(p.0)));
        e - w > 4.0
    };
    let path: String = world()
        .countries
        .iter()
        .flat_map(|c| &c.rings)
        .filter(|r| large(r))
        .map(|r| small.outline(&r.iter().copied().step_by(6).collect::<Vec<_>>(), 0.0, 120.0))
        .collect();
    html! {
        g.locator transform={ "translate(" (WIDTH - 124.0) " " (view.height - small.height - 4.0) ")" } {
            rect.sea x="0" y="0" width="120" height=(small.height) rx="3" {}
            path.land d=(path) {}
            rect.frame x=(tenth(x1)) y=(tenth(y1)) width=(tenth((x2 - x1).max(3.0))) height=(tenth((y2 - y1).max(3.0))) {}
        }
    }
}
