//! A statement in all its forms, with what each changes against the fullest, word by word.

use maud::{Markup, html};
use record::{Statement, TextRange, Variant};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::pieces::Sources;
use crate::words::{outlet, shorten};

/// Words of a form, at most, for a comparison.
const LONGEST: usize = 400;
/// Left-out words shown in a row before the rest is counted only.
const LEFT_OUT: usize = 8;

/// A statement.
#[must_use]
pub fn view(s: &Statement, sources: &Sources<'_>) -> Markup {
    // The fullest form is the one that the others are told to drift from.
    let fullest = s.variants.iter().filter(|v| v.drift.is_none()).max_by_key(|v| v.at.range.len());
    html! {
        div.statement {
            p.by {
                @match &s.speaker {
                    Some(id) => a.actor href=(sources.links().actor(id)) { (sources.name(id)) },
                    None => em { "speaker not named" },
                }
                @if s.variants.len() > 1 { " " span.how { "in " (s.variants.len()) " forms" } }
            }
            @for v in &s.variants {
                @let base = fullest.filter(|f| v.drift.is_some() && f.at != v.at);
                (variant(v, base, sources))
            }
        }
    }
}

fn variant(v: &Variant, base: Option<&Variant>, sources: &Sources<'_>) -> Markup {
    let Some(text) = words_of(v, sources) else { return html! {} };
    let compared = base.and_then(|b| words_of(b, sources)).and_then(|full| compare(full, text));
    html! {
        div.variant {
            a.w href=(sources.links().words(&v.at)) {
                @match compared {
                    Some(parts) => (marked(&parts)),
                    None => (shorten(text, 600)),
                }
            }
            " " (outlet(&v.at, sources))
            " " span.how {
                (v.kind)
                @if !v.speaker_as_written.is_empty() { ", given to “" (v.speaker_as_written) "”" }
            }
            @if let Some(drift) = &v.drift { p.drift { "changed: " (drift) } }
        }
    }
}

fn words_of<'r>(v: &Variant, sources: &Sources<'r>) -> Option<&'r str> {
    let report = sources.report(&v.at.report)?;
    Some(TextRange::of(v.at.range, &report.text)).filter(|w| !w.is_empty())
}

/// A stretch of a form, against the fullest one.
#[derive(Debug, PartialEq, Eq)]
enum Part<'t> {
    Same(Vec<&'t str>),
    Added(Vec<&'t str>),
    LeftOut(Vec<&'t str>),
}

/// The second form, word by word against the first; `None` if they are too long, or the same.
fn compare<'t>(full: &'t str, form: &'t str) -> Option<Vec<Part<'t>>> {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (full.split_whitespace().collect(), form.split_whitespace().collect());
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let key = |w: &&str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let (x, y): (Vec<String>, Vec<String>) = (a.iter().map(key).collect(), b.iter().map(key).collect());
    let mut parts = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &x, &y) {
        match op {
            DiffOp::Equal { new_index, len, .. } => {
                parts.push(Part::Same(b[new_index..new_index + len].to_vec()));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                parts.push(Part::LeftOut(a[old_index..old_index + old_len].to_vec()));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                parts.push(Part::Added(b[new_index..new_index + new_len].to_vec()));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                parts.push(Part::LeftOut(a[old_index..old_index + old_len].to_vec()));
                parts.push(Part::Added(b[new_index..new_index + new_len].to_vec()));
            }
        }
    }
    parts.iter().any(|p| !matches!(p, Part::Same(_))).then_some(parts)
}

fn marked(parts: &[Part<'_>]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Part::Same(words) => (words.join(" ")),
                Part::Added(words) => ins { (words.join(" ")) },
                Part::LeftOut(words) if words.len() > LEFT_OUT => {
                    del title=(words.join(" ")) { (words[..LEFT_OUT].join(" ")) " … (" (words.len() - LEFT_OUT) " more)" }
                },
                Part::LeftOut(words) => del { (words.join(" ")) },
            }
            " "
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words_are_told_apart_from_case_and_marks() {
        let parts = compare("He called the raid “a direct assault”.", "the raid a clear assault").unwrap();
        assert_eq!(
            parts,
            [
                Part::LeftOut(vec!["He", "called"]),
                Part::Same(vec!["the", "raid", "a"]),
                Part::LeftOut(vec!["direct"]),
                Part::Added(vec!["clear"]),
                Part::Same(vec!["assault"]),
            ]
        );
        assert_eq!(compare("The same words.", "the same words"), None);
    }
}
