//! A statement in all its forms, with what each changes against the fullest, word by word.

use std::collections::BTreeMap;

use maud::{Markup, html};
use record::{Statement, TextRange, Variant};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::pieces::Sources;
use crate::say;
use crate::words::shorten;

/// Words of a form, at most, for a comparison.
const LONGEST: usize = 400;
/// Left-out words shown in a row before the rest is counted only.
const LEFT_OUT: usize = 8;

/// Outlets of the same words shown before the rest are folded away.
const OUTLETS: usize = 6;

/// A statement. Forms with the same words are one.
#[must_use]
pub fn view(s: &Statement, sources: &Sources<'_>) -> Markup {
    // The fullest form is the one that the others are told to drift from.
    let fullest = s.variants.iter().filter(|v| v.drift.is_none()).max_by_key(|v| v.at.range.len());
    let forms = forms(s, fullest, sources);
    html! {
        div.statement {
            p.by {
                @match &s.speaker {
                    Some(id) => a.actor href=(sources.links().actor(id)) { (sources.name(id)) },
                    None => em { "speaker not named" },
                }
                @if s.variants.len() > 1 {
                    " " span.how {
                        @if forms.len() > 1 { (forms.len()) " forms in " } @else { "the same words in " }
                        (say::count(s.variants.len(), "place"))
                    }
                }
            }
            @for form in &forms {
                @let base = fullest.filter(|f| form[0].drift.is_some() && f.at != form[0].at);
                (variant(form, base, sources))
            }
        }
    }
}

/// Variants by their words: the fullest first, then in the order of the first of each.
fn forms<'s>(s: &'s Statement, fullest: Option<&Variant>, sources: &Sources<'_>) -> Vec<Vec<&'s Variant>> {
    let mut forms: Vec<Vec<&Variant>> = Vec::new();
    let mut place: BTreeMap<String, usize> = BTreeMap::new();
    for v in &s.variants {
        let Some(words) = words_of(v, sources) else { continue };
        let key = words.split_whitespace().map(key).collect::<Vec<_>>().join(" ");
        match place.get(&key) {
            Some(n) => forms[*n].push(v),
            None => {
                place.insert(key, forms.len());
                forms.push(vec![v]);
            }
        }
    }
    // The others are read against the fullest.
    if let Some(n) = forms.iter().position(|f| f.iter().any(|v| fullest.is_some_and(|x| x.at == v.at))) {
        forms[..=n].rotate_right(1);
    }
    forms
}

fn variant(form: &[&Variant], base: Option<&Variant>, sources: &Sources<'_>) -> Markup {
    let Some((v, text)) = form.first().and_then(|v| Some((v, words_of(v, sources)?))) else {
        return html! {};
    };
    let compared = base.and_then(|b| words_of(b, sources)).and_then(|full| compare(full, text));
    let (near, far) = form.split_at(form.len().min(OUTLETS));
    html! {
        div.variant {
            a.w href=(sources.links().words(&v.at)) {
                @match &compared {
                    Some(parts) => (marked(parts)),
                    None => (shorten(text, 600)),
                }
            }
            @for v in near { " " (told_in(v, sources)) }
            @if !far.is_empty() {
                " " details.more { summary { "+" (far.len()) } @for v in far { (told_in(v, sources)) " " } }
            }
            " " span.how {
                (v.kind)
                @if !v.speaker_as_written.is_empty() { ", given to “" (shorten(&v.speaker_as_written, 120)) "”" }
            }
            @if let Some(drift) = v.drift.as_ref().filter(|_| compared.is_none()) { p.drift { "changed: " (drift) } }
        }
    }
}

/// An outlet, leading to its words.
fn told_in(v: &Variant, sources: &Sources<'_>) -> Markup {
    html! { a.src.w href=(sources.links().words(&v.at)) { (sources.outlet(&v.at.report)) } }
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
    let keys = |words: &[&str]| words.iter().map(|w| key(w)).collect::<Vec<String>>();
    let (x, y) = (keys(&a), keys(&b));
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

/// A word without its case and the marks around it.
fn key(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
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
