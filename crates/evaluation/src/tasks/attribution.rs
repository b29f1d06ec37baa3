//! `attribution`: who said what, in PolNeAR (brat annotations beside texts).
//!
//! Spans of source, cue and content over the whole document; a discontinuous one counts as its parts. Exact: the same
//! characters but for white space at the ends. Overlap: they share a character, one of ours for one gold. Of several
//! annotators of a text the first by name is taken. (The published scores are on the set cut into sentences, of which
//! many without any attribution were dropped; on whole documents the task is harder.)

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use record::TextRange;

use super::Settings;
use crate::input::{self, CodePoints};
use crate::metrics::{Counts, spans};
use crate::outcome::around;
use crate::{Case, Outcome, Problem, system};

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// Scores `source cue content` and each with `_overlap`, in percent F1; `n` is the number of gold attributions.
///
/// # Errors
/// A file that cannot be read, a broken annotation, or an annotation without its text.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::new("attribution", path);
    let documents = settings.choose(load(path)?);
    let results: Vec<[Vec<Range<usize>>; 3]> = documents.par_iter().map(ours).collect();
    let mut exact = [Counts::default(); 3];
    let mut overlap = [Counts::default(); 3];
    for (document, ours) in documents.iter().zip(&results) {
        outcome.n += document.gold[1].len().max(document.gold[2].len());
        for role in 0..3 {
            let (gold, ours) = (&document.gold[role], &ours[role]);
            let pairs = spans::pair_up(gold, ours);
            let (same, shared) = count(gold, ours, &pairs);
            exact[role] += same;
            overlap[role] += shared;
            wrong(document, role, ours, &pairs, &mut outcome);
        }
    }
    for (name, counts) in [("", exact), ("_overlap", overlap)] {
        for role in 0..3 {
            outcome.score(&format!("{}{name}", ROLES[role]), counts[role].f1());
        }
    }
    for (name, counts) in [("", exact), ("_overlap", overlap)] {
        for role in 0..3 {
            outcome.score(&format!("{}{name}_p", ROLES[role]), counts[role].precision());
            outcome.score(&format!("{}{name}_r", ROLES[role]), counts[role].recall());
        }
    }
    Ok(outcome)
}

/// Equal spans, and spans that share a character.
fn count(gold: &[Range<usize>], ours: &[Range<usize>], pairs: &[(usize, usize)]) -> (Counts, Counts) {
    let same = pairs.iter().filter(|&&(g, o)| gold[g] == ours[o]).count();
    let counts = |right| Counts::new(right, gold.len(), ours.len());
    (counts(same), counts(pairs.len()))
}

/// A text with its gold spans of source, cue and content, sorted and without doubles, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file's name.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Spans by role.
    pub gold: [Vec<Range<usize>>; 3],
}

/// Every annotated text of a folder (or one `.ann` file).
///
/// # Errors
/// See [`run`].
pub fn load(path: &Path) -> Result<Vec<Document>, Problem> {
    let mut documents = Vec::new();
    let mut seen = BTreeSet::new();
    for file in input::files(path, "brat annotation (.ann)", |p| input::has_extension(p, &["ann"]))? {
        let Some(source) = text_of(&file) else {
            return Err(Problem::new(&file, "its text is neither beside it nor in ../text"));
        };
        if !seen.insert(source.clone()) {
            continue;
        }
        let text = input::text(&source)?;
        let gold = annotations(&file, &text)?;
        documents.push(Document { id: input::stem(&source), text, gold });
    }
    Ok(documents)
}

/// `dir/text/NAME.txt` or `NAME.txt` beside the annotation, which is `NAME_annotator.ann` or `NAME.ann`.
fn text_of(annotation: &Path) -> Option<PathBuf> {
    let stem = input::stem(annotation);
    let without_annotator = stem.rsplit_once('_').map_or(stem.as_str(), |(s, _)| s);
    let folder = annotation.parent()?;
    let folders = [folder.to_owned(), folder.parent()?.join("text")];
    let names = [stem.as_str(), without_annotator];
    let candidates = folders.iter().flat_map(|f| names.iter().map(move |n| f.join(format!("{n}.txt"))));
    candidates.into_iter().find(|p| p.is_file())
}

fn annotations(path: &Path, text: &str) -> Result<[Vec<Range<usize>>; 3], Problem> {
    let points = CodePoints::of(text);
    let mut gold: [BTreeSet<(usize, usize)>; 3] = Default::default();
    for (n, line) in input::text(path)?.lines().enumerate().filter(|(_, l)| l.starts_with('T')) {
        let broken = |what: &str| Problem::at(path, n + 1, what);
        let mut columns = line.split('\t');
        let label = columns.nth(1).ok_or_else(|| broken("no label and offsets"))?;
        let (label, offsets) = label.split_once(' ').ok_or_else(|| broken("no offsets"))?;
        let Some(role) = ROLES.iter().position(|r| label.to_lowercase().starts_with(r)) else { continue };
        for part in offsets.split(';') {
            let ends: Vec<Option<usize>> =
                part.split(' ').map(|v| v.parse().ok().and_then(|v| points.byte(v))).collect();
            let [Some(start), Some(end)] = ends[..] else {
                return Err(broken("offsets outside of the text"));
            };
            let range = trimmed(text, start..end);
            if !range.is_empty() {
                gold[role].insert((range.start, range.end));
            }
        }
    }
    Ok(gold.map(|spans| spans.into_iter().map(|(s, e)| s..e).collect()))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or("");
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

fn ours(document: &Document) -> [Vec<Range<usize>>; 3] {
    let analysis = system::analyse(system::report(&document.id, &document.text, None));
    let mut found: [BTreeSet<(usize, usize)>; 3] = Default::default();
    for attribution in &analysis.attributions {
        let mut add = |role: usize, range: TextRange| {
            let range = trimmed(&document.text, range.bytes());
            if !range.is_empty() {
                found[role].insert((range.start, range.end));
            }
        };
        attribution.source.into_iter().for_each(|r| add(0, r));
        attribution.cue.into_iter().for_each(|r| add(1, r));
        attribution.content.iter().for_each(|r| add(2, *r));
    }
    found.map(|spans| spans.into_iter().map(|(s, e)| s..e).collect())
}

fn wrong(
    document: &Document,
    role: usize,
    ours: &[Range<usize>],
    pairs: &[(usize, usize)],
    outcome: &mut Outcome,
) {
    let gold = &document.gold[role];
    let words = |r: &Range<usize>| format!("{} «{}»", ROLES[role], &document.text[r.clone()]);
    let mut case = |at: &Range<usize>, gold: String, ours: String| {
        let text = around(&document.text, at.start, at.end, 120);
        outcome.cases.push(Case { origin: document.id.clone(), text, gold, ours });
    };
    for (g, span) in gold.iter().enumerate() {
        let our = pairs.iter().find(|p| p.0 == g).map(|p| &ours[p.1]);
        if our != Some(span) {
            case(span, words(span), our.map_or_else(|| "nothing".to_owned(), words));
        }
        outcome.confusion.add(
            ROLES[role],
            match our {
                Some(o) if o == span => ROLES[role],
                Some(_) => "other words",
                None => "nothing",
            },
        );
    }
    for (_, span) in ours.iter().enumerate().filter(|(o, _)| !pairs.iter().any(|p| p.1 == *o)) {
        case(span, "nothing".to_owned(), words(span));
        outcome.confusion.add("nothing", ROLES[role]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_hand() {
        // Gold: one equal, one cut short by us, one missed. One of ours touches nothing: it ends where gold begins.
        let (gold, ours) = ([0..5, 10..30, 40..45], [0..5, 12..30, 38..40]);
        let (exact, overlap) = count(&gold, &ours, &spans::pair_up(&gold, &ours));
        assert_eq!((exact, overlap), (Counts::new(1, 3, 3), Counts::new(2, 3, 3)));
        assert_eq!((exact.f1().round(), overlap.f1().round()), (33.0, 67.0));
        // Two of ours in one gold span: one counts.
        let (gold, ours) = ([0..30, 40..50], [0..10, 12..30]);
        assert_eq!(count(&gold, &ours, &spans::pair_up(&gold, &ours)).1, Counts::new(1, 2, 2));
    }

    #[test]
    fn annotations_are_in_code_points_and_may_be_in_parts() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["attributions", "text"] {
            std::fs::create_dir(dir.path().join(folder)).unwrap();
        }
        let ann =
            "T1\tSource 0 4\tZoé \nT2\tCue 5 9\tsaid\nT3\tContent 10 12;14 16\tno no\nE1\tCue:T2 Source:T1\n";
        std::fs::write(dir.path().join("attributions/a_1.ann"), ann).unwrap();
        std::fs::write(dir.path().join("attributions/a_2.ann"), "").unwrap();
        std::fs::write(dir.path().join("text/a.txt"), "Zoé  said no, no").unwrap();
        let documents = load(dir.path()).unwrap();
        assert_eq!(documents.len(), 1, "the first annotator");
        let words: Vec<Vec<&str>> = documents[0]
            .gold
            .iter()
            .map(|g| g.iter().map(|r| &documents[0].text[r.clone()]).collect())
            .collect();
        assert_eq!(words, [vec!["Zoé"], vec!["said"], vec!["no", "no"]]);
        std::fs::write(dir.path().join("attributions/a_1.ann"), "T1\tSource 0 400\tx\n").unwrap();
        assert_eq!(load(dir.path()).unwrap_err().line, Some(1));
    }
}
