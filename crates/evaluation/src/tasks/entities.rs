//! `entities`: span F1 on files of tagged words.
//!
//! A span counts as ours if, widened to whole gold words, it has the same words and the same label. Labels are
//! compared in a common set: person/PER → PER; organisation, group, corporation/ORG → ORG; location, GPE/LOC → LOC;
//! facilities are LOC unless the gold data have a label of their own for them; nationalities, weapons (with military
//! platforms), events and MISC count only where the gold data have them (MISC of CoNLL 2003 holds the first and the
//! third). Gold labels that we do not give (quantities, times, products, works) are left out and named.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use record::EntityKind;

use super::Settings;
use super::columns::{self, Tagged};
use crate::input;
use crate::metrics::{Counts, counts::shared};
use crate::outcome::around;
use crate::{Case, Outcome, Problem, system};

/// Scores `precision recall f1` in percent; `n` is the number of gold spans.
///
/// # Errors
/// A file that cannot be read or has no tags.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::new("entities", path);
    let wanted = |p: &Path| input::has_extension(p, &["conll", "iob2", "iob", "bio", "txt", "tsv"]);
    let mut sentences = Vec::new();
    for file in input::files(path, "file of tagged words", wanted)? {
        sentences.extend(columns::read(&file)?.into_iter().map(|s| (input::stem(&file), s)));
    }
    let labels = Labels::of(sentences.iter().flat_map(|(_, s)| s.spans.iter().map(|(_, l)| l.as_str())));
    if !labels.left_out.is_empty() {
        let names: Vec<&str> = labels.left_out.iter().map(String::as_str).collect();
        outcome.notes.push(format!("gold labels left out: {}", names.join(", ")));
    }
    let documents = settings.choose(documents(sentences));
    let results: Vec<_> = documents.par_iter().map(|d| ours(d, &labels)).collect();
    let mut counts = Counts::default();
    for (document, ours) in documents.iter().zip(results) {
        for ((name, sentence), ours) in document.iter().zip(ours) {
            let gold: Vec<Span> = sentence
                .spans
                .iter()
                .filter_map(|(words, l)| Some((words.start, words.end, labels.gold(l)?)))
                .collect();
            counts += Counts::new(shared(&gold, &ours), gold.len(), ours.len());
            wrong(name, sentence, &gold, &ours, &mut outcome);
        }
    }
    outcome.n = counts.gold as usize;
    outcome.score("precision", counts.precision());
    outcome.score("recall", counts.recall());
    outcome.score("f1", counts.f1());
    Ok(outcome)
}

/// First word, one past the last, label.
type Span = (usize, usize, &'static str);

/// Sentences of one document together; where the file marks no documents, each sentence by itself.
fn documents(sentences: Vec<(String, Tagged)>) -> Vec<Vec<(String, Tagged)>> {
    let marked = sentences.iter().any(|(_, s)| s.new_document);
    let mut documents: Vec<Vec<(String, Tagged)>> = Vec::new();
    for (name, sentence) in sentences {
        let same = marked && !sentence.new_document;
        match documents.last_mut() {
            Some(last) if same && last[0].0 == name => last.push((name, sentence)),
            _ => documents.push(vec![(name, sentence)]),
        }
    }
    documents
}

/// Our spans for each sentence. Sentences are parted by an empty line, as they are given.
fn ours(document: &[(String, Tagged)], labels: &Labels) -> Vec<Vec<Span>> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for (_, sentence) in document {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        starts.push(text.len());
        text.push_str(&sentence.text);
    }
    let parsed = system::parse(&system::report("document", &text, None));
    let mut result: Vec<Vec<Span>> = vec![Vec::new(); document.len()];
    for entity in &parsed.entities {
        let Some(label) = labels.ours(entity.kind) else { continue };
        let Some(i) = starts.partition_point(|s| *s <= entity.range.start()).checked_sub(1) else { continue };
        let bytes: Range<usize> = entity.range.start() - starts[i]
            ..entity.range.end().saturating_sub(starts[i]).min(document[i].1.text.len());
        if let Some(words) = document[i].1.words_of(&bytes) {
            result[i].push((words.start, words.end, label));
        }
    }
    result
}

fn wrong(name: &str, sentence: &Tagged, gold: &[Span], ours: &[Span], outcome: &mut Outcome) {
    let show = |s: &Span| format!("{} {}", s.2, &sentence.text[sentence.bytes(&(s.0..s.1))]);
    let touching = |s: &Span, others: &[Span]| others.iter().find(|o| o.0 < s.1 && s.0 < o.1).copied();
    for span in gold {
        let other = touching(span, ours);
        outcome.confusion.add(
            span.2,
            match other {
                Some(o) if (o.0, o.1) == (span.0, span.1) => o.2,
                Some(_) => "other words",
                None => "nothing",
            },
        );
        if other.as_ref() != Some(span) {
            let bytes = sentence.bytes(&(span.0..span.1));
            outcome.cases.push(Case {
                origin: format!("{name}:{}", sentence.line),
                text: around(&sentence.text, bytes.start, bytes.end, 80),
                gold: show(span),
                ours: other.as_ref().map_or_else(|| "nothing".to_owned(), show),
            });
        }
    }
    for span in ours.iter().filter(|s| touching(s, gold).is_none()) {
        outcome.confusion.add("nothing", span.2);
        let bytes = sentence.bytes(&(span.0..span.1));
        outcome.cases.push(Case {
            origin: format!("{name}:{}", sentence.line),
            text: around(&sentence.text, bytes.start, bytes.end, 80),
            gold: "nothing".to_owned(),
            ours: show(span),
        });
    }
}

/// How a set's labels and ours meet.
#[derive(Debug, Default)]
struct Labels {
    common: BTreeSet<&'static str>,
    left_out: BTreeSet<String>,
}

impl Labels {
    fn of<'a>(gold: impl Iterator<Item = &'a str>) -> Labels {
        let mut labels = Labels::default();
        for label in gold {
            match common(label) {
                Some(c) => {
                    labels.common.insert(c);
                }
                None => {
                    labels.left_out.insert(label.to_owned());
                }
            }
        }
        labels
    }

    fn gold(&self, label: &str) -> Option<&'static str> {
        common(label)
    }

    fn ours(&self, kind: EntityKind) -> Option<&'static str> {
        let first_of = |options: &[&'static str]| options.iter().find(|o| self.common.contains(*o)).copied();
        match kind {
            EntityKind::Per => Some("PER"),
            EntityKind::Org => Some("ORG"),
            EntityKind::Loc => Some("LOC"),
            EntityKind::Fac => first_of(&["FAC"]).or(Some("LOC")),
            EntityKind::Norp => first_of(&["NORP", "MISC"]),
            EntityKind::Weapon => first_of(&["WEAPON"]),
            EntityKind::Event => first_of(&["EVENT", "MISC"]),
            EntityKind::Misc => first_of(&["MISC"]),
        }
    }
}

fn common(label: &str) -> Option<&'static str> {
    Some(match label.to_lowercase().as_str() {
        "per" | "person" => "PER",
        "org" | "organisation" | "organization" | "corporation" | "group" => "ORG",
        "loc" | "location" | "gpe" => "LOC",
        "fac" | "facility" => "FAC",
        "norp" | "nationality" => "NORP",
        "weapon" | "militaryplatform" => "WEAPON",
        "event" => "EVENT",
        "misc" | "miscellaneous" => "MISC",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_meet_in_the_sets_own_terms() {
        let uner = Labels::of(["PER", "ORG", "LOC"].into_iter());
        assert_eq!((uner.ours(EntityKind::Fac), uner.ours(EntityKind::Norp)), (Some("LOC"), None));
        let conll = Labels::of(["PER", "MISC"].into_iter());
        assert_eq!(conll.ours(EntityKind::Norp), Some("MISC"));
        let re3d = Labels::of(["Nationality", "Weapon", "Money", "Location"].into_iter());
        assert_eq!(
            (re3d.ours(EntityKind::Norp), re3d.ours(EntityKind::Weapon)),
            (Some("NORP"), Some("WEAPON"))
        );
        assert!(re3d.left_out.contains("Money"));
    }
}
