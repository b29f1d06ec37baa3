//! Dated incidents on a line, drawn as SVG.

use maud::{Markup, html};
use record::{Date, Incident};

use crate::pieces::Sources;

const WIDTH: i32 = 1000;
const ROW: i32 = 38;
/// More rows than this and the drawing hides more than it shows.
const MOST: usize = 40;

/// Incidents by date.
#[must_use]
pub fn view(incidents: &[&Incident], sources: &Sources<'_>) -> Markup {
    let dated: Vec<(&Incident, Date, Date)> = incidents
        .iter()
        .copied()
        .filter_map(|i| {
            let (from, to) = (i.when.earliest(), i.when.latest());
            Some((i, from.or(to)?, to.or(from)?))
        })
        .collect();
    let undated = incidents.len() - dated.len();
    // A lone mention of something years ago would press all the rest into one point.
    let end = dated.iter().map(|d| d.2).max();
    let recent = |d: &Date| end.is_some_and(|end| days(*d, end) <= 400);
    let (shown, older): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(_, from, _)| recent(from));
    let (shown, more) = shown.split_at(shown.len().min(MOST));
    let (Some(first), Some(last)) = (shown.iter().map(|d| d.1).min(), shown.iter().map(|d| d.2).max()) else {
        return html! { section #timeline { h2 { "Timeline" } p { "The reports fix no date." } } };
    };
    let span = days(first, last).max(1);
    let x = |d: Date| 60 + (days(first, d) * (WIDTH - 120)) / span;
    let height = ROW * i32::try_from(shown.len()).unwrap_or(0) + 46;
    html! {
        section #timeline {
            h2 { "Timeline" }
            svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label="Incidents by date" {
                @for d in ticks(first, last) {
                    line.grid x1=(x(d)) y1="24" x2=(x(d)) y2=(height - 4) {}
                    text.tick x=(x(d)) y="15" text-anchor="middle" { (d) }
                }
                @for (n, (i, from, to)) in shown.iter().enumerate() {
                    @let y = 34 + ROW * i32::try_from(n).unwrap_or(0);
                    @let (a, b) = (x(*from), x(*to));
                    @let right = a > WIDTH / 2;
                    a href=(sources.links().incident(&i.id)) {
                        rect class={ "bar quad-" (i.kind.quad() as u8) } x=(a - 5) y=(y) width=(b - a + 10) height="9" rx="4.5" {}
                        text.label x=(if right { b + 5 } else { a - 5 }) y=(y + 22)
                            text-anchor=(if right { "end" } else { "start" }) { (short(&i.title)) }
                    }
                }
            }
            p.faint {
                (undated) " without a date"
                @if !more.is_empty() { ", " (more.len()) " more with one" }
                @if !older.is_empty() {
                    "; earlier: "
                    @for (n, (i, from, _)) in older.iter().enumerate() {
                        @if n > 0 { ", " }
                        a href=(sources.links().incident(&i.id)) { (i.title) } " (" (from.year()) ")"
                    }
                }
            }
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}

/// At most about eight days to mark between two.
fn ticks(first: Date, last: Date) -> Vec<Date> {
    let span = days(first, last);
    let step = (span / 7).max(1);
    (0..=span / step).filter_map(|n| first.checked_add(Days(n * step).span()).ok()).collect()
}

struct Days(i32);

impl Days {
    fn span(&self) -> std::time::Duration {
        std::time::Duration::from_secs(u64::try_from(self.0).unwrap_or(0) * 86_400)
    }
}

fn short(title: &str) -> String {
    let mut out: String = title.chars().take(110).collect();
    if title.chars().count() > 110 {
        out.push('…');
    }
    out
}
