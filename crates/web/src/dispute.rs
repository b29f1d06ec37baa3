//! A dispute: the sides beside each other, each in its own words.

use maud::{Markup, html};
use record::{Dispute, DisputeKind, Side, Span};

use crate::pieces::Sources;
use crate::say;
use crate::words::{quote, words};

/// Words of one side shown before the rest are folded away.
const SHOWN: usize = 2;

/// A dispute, under a heading of this level.
#[must_use]
pub fn view(d: &Dispute, level: u8, sources: &Sources<'_>) -> Markup {
    html! {
        section.dispute {
            (say::heading(level, "question", &html! { (question(d)) }))
            div.sides {
                @for s in &d.sides { (side(s, sources)) }
                @if d.sides.len() == 1 { div.side.silent { p.by { "no answer in these reports" } } }
            }
        }
    }
}

/// What is in dispute, as a question.
pub(crate) fn question(d: &Dispute) -> &'static str {
    match d.kind {
        DisputeKind::Figure => "How many? The figures differ",
        DisputeKind::Responsibility if d.sides.len() == 1 => "Who did it? One side is named",
        DisputeKind::Responsibility => "Who did it? Accounts differ",
        DisputeKind::Occurrence => "Did it happen? Accounts differ",
        DisputeKind::Account => "What happened? Accounts differ",
    }
}

/// Without what stands inside of other evidence: the same words twice are no more evidence than once.
fn widest(evidence: &[Span]) -> Vec<&Span> {
    let inside = |a: &Span, b: &Span| a != b && a.report == b.report && b.range.contains(a.range);
    evidence.iter().filter(|a| !evidence.iter().any(|b| inside(a, b))).collect()
}

/// Of a claim that nobody by name makes: the outlets that have it.
pub(crate) fn own_voice(s: &Side, sources: &Sources<'_>) -> String {
    let mut outlets: Vec<String> = s.evidence.iter().map(|e| sources.outlet(&e.report)).collect();
    outlets.dedup();
    match outlets.len() {
        0 => "source not named".to_owned(),
        1 | 2 => outlets.join(", "),
        n => format!("{} and {} more", outlets[0], n - 1),
    }
}

fn side(s: &Side, sources: &Sources<'_>) -> Markup {
    html! {
        div.side {
            p.claim { (s.claim) }
            p.by {
                @if s.by.is_empty() { (own_voice(s, sources)) }
                @for (n, by) in s.by.iter().enumerate() {
                    @if n > 0 { ", " }
                    a.actor href=(sources.links().actor(by)) { (sources.name(by)) }
                }
            }
            @let evidence = widest(&s.evidence);
            @for span in evidence.iter().take(SHOWN) { (words(span, sources)) }
            @if evidence.len() > SHOWN {
                details.more {
                    summary { "+" (evidence.len() - SHOWN) }
                    ul { @for span in &evidence[SHOWN..] { li { (quote(span, sources)) } } }
                }
            }
        }
    }
}
