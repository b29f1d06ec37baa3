//! Incidents by date: a bar as long as the date is uncertain, and a list of those without one.

use maud::{Markup, html};
use record::{Date, Incident, Precision, When};

use crate::pieces::Sources;
use crate::{incident, say};

/// More rows than this are folded.
const MOST: usize = 30;
/// Days before the latest incident that are drawn: a lone mention of something years ago would press all the rest
/// into one point.
const RECENT: i32 = 400;
/// Length of the axis, in units of its own: it is stretched to the room there is.
const AXIS: i32 = 1000;
/// Incidents without a date that are listed.
const UNDATED: usize = 60;

/// Incidents by date; the rest of many is folded, beginning with the last in the order given. Incidents without a date
/// are listed in that order.
#[must_use]
pub fn view(incidents: &[&Incident], sources: &Sources<'_>) -> Markup {
    let (dated, undated): (Vec<&Incident>, Vec<&Incident>) =
        incidents.iter().partition(|i| i.when != When::Unknown);
    let coarse = |i: &&Incident| matches!(i.when.precision(), Some(Precision::Year | Precision::Decade));
    // A year among days would press the days into one point.
    let (years, dated): (Vec<&Incident>, Vec<&Incident>) =
        if dated.iter().all(coarse) { (Vec::new(), dated) } else { dated.into_iter().partition(coarse) };
    let last = dated.iter().filter_map(|i| ends(i.when).map(|e| e.1)).max();
    let is_recent =
        |i: &&Incident| matches!((ends(i.when), last), (Some((a, _)), Some(last)) if days(a, last) <= RECENT);
    let (shown, older): (Vec<&Incident>, Vec<&Incident>) = dated.into_iter().partition(is_recent);
    html! {
        div.timeline {
            @if shown.is_empty() { p.faint { "The reports fix no recent date." } } @else { (axis(&shown, sources)) }
            @for (list, what) in [(&older, "much earlier"), (&years, "known to the year only")] {
                @if !list.is_empty() {
                    details.older open[list.len() <= 4] {
                        summary { (say::count(list.len(), "incident")) " " (what) }
                        ul { @for i in list { li { (incident::line(i, sources)) } } }
                    }
                }
            }
            @if !undated.is_empty() {
                details.undated {
                    summary { (say::count(undated.len(), "incident")) " without a date" }
                    p.faint { "The reports do not fix when; no date is guessed." }
                    ul {
                        @for i in undated.iter().take(UNDATED) { li { (incident::line(i, sources)) } }
                        @if undated.len() > UNDATED { li.faint { "and " (undated.len() - UNDATED) " more" } }
                    }
                }
            }
        }
    }
}

/// First and last day that is known of it; an open end is closed at the other.
fn ends(when: When) -> Option<(Date, Date)> {
    let (a, b) = (when.earliest(), when.latest());
    Some((a.or(b)?, b.or(a)?))
}

fn axis(shown: &[&Incident], sources: &Sources<'_>) -> Markup {
    let (Some(first), Some(last)) = (
        shown.iter().filter_map(|i| ends(i.when).map(|e| e.0)).min(),
        shown.iter().filter_map(|i| ends(i.when).map(|e| e.1)).max(),
    ) else {
        return html! {};
    };
    // A tick where a label stands: both are spread evenly.
    let span = days(first, last).max(1);
    let steps = (2..=5).rev().find(|s| span % s == 0 && span / s > 0).unwrap_or(if span < 2 { 1 } else { 4 });
    let x = |d: Date| days(first, d) * AXIS / span;
    let row = |i: &Incident| {
        html! {
            li {
                span.when { (say::when(i.when)) }
                (lane(i, span, steps, &x))
                span.what { (incident::link(&i.id, sources)) (incident::ranges(i)) }
            }
        }
    };
    let tick = |n: i32| {
        let seconds = u64::try_from(span * n / steps).unwrap_or(0) * 86_400;
        first.checked_add(std::time::Duration::from_secs(seconds)).unwrap_or(last)
    };
    // The weightiest, which come first in the order given, but by date.
    let rows = |list: &[&Incident]| {
        let mut list = list.to_vec();
        list.sort_by_key(|i| (ends(i.when), i.id.clone()));
        html! { ol.lanes { @for i in list { (row(i)) } } }
    };
    let (chief, rest) = shown.split_at(shown.len().min(MOST));
    html! {
        div.axis aria-hidden="true" {
            span {}
            div {
                @for n in 0..=steps {
                    span { @if n == 0 || n == steps { (say::date(tick(n))) } @else { (tick(n).strftime("%-d %b")) } }
                }
            }
            span {}
        }
        @if !rest.is_empty() {
            div.all {
                span.when { "all " (shown.len()) }
                (density(shown, span, &x))
                span.faint { "below, the " (chief.len()) " that most is told of" }
            }
        }
        (rows(chief))
        @if !rest.is_empty() { details { summary { (rest.len()) " more with a date" } (rows(rest)) } }
    }
}

/// How many incidents lie where on the axis, as columns.
fn density(shown: &[&Incident], span: i32, x: &dyn Fn(Date) -> i32) -> Markup {
    let columns = (span + 1).clamp(1, 80);
    let mut counts = vec![0i32; usize::try_from(columns).unwrap_or(1)];
    for (from, to) in shown.iter().filter_map(|i| ends(i.when)) {
        // Where its middle lies.
        let at = (x(from) + x(to)) / 2 * columns / (AXIS + 1);
        if let Some(count) = usize::try_from(at).ok().and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    html! {
        svg.lane.density viewBox={ "0 0 " (AXIS) " 40" } preserveAspectRatio="none" role="img"
            aria-label={ "At most " (most) " at a time" } {
            @for (n, count) in (0..).zip(&counts) {
                @if *count > 0 {
                    @let height = (*count * 38 / most).max(2);
                    rect x=(AXIS * n / columns) y=(40 - height) width=((AXIS / columns - 1).max(2)) height=(height) {}
                }
            }
        }
    }
}

fn lane(i: &Incident, span: i32, steps: i32, x: &dyn Fn(Date) -> i32) -> Markup {
    let Some((from, to)) = ends(i.when) else { return html! {} };
    // A day takes its share of the axis, but can always be seen.
    let least = (AXIS / (span + 1)).clamp(10, 40);
    let (a, b) = (x(from) * (AXIS - least) / AXIS, x(to) * (AXIS - least) / AXIS + least);
    let class = match i.when {
        When::Between { .. } => "between",
        _ => "exact",
    };
    html! {
        svg.lane viewBox={ "0 0 " (AXIS) " 14" } preserveAspectRatio="none" aria-hidden="true" {
            @for n in 0..=steps { rect.grid x=((AXIS - 1) * n / steps) y="0" width="1.5" height="14" {} }
            rect class={ "bar " (class) " quad-" (i.kind.quad() as u8) } x=(a) y="3" width=(b - a) height="8" rx="2" {}
            @if i.when.earliest().is_none() { path.open d={ "M0 7H" (a) } {} }
            @if i.when.latest().is_none() { path.open d={ "M" (b) " 7H" (AXIS) } {} }
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}
