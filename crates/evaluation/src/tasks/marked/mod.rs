//! `marked`: piles of reports in which every word that tells of an incident is marked with it (`crates/evaluation/marked`).
//!
//! `crates/evaluation/marked/README.md` tells the format. One of our mentions is found at a mark with which it shares a
//! character.

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use record::{Analysis, Block, BlockLabel, Record, Report, TextRange};

use super::Settings;
use crate::input::{self, has_extension};
use crate::metrics::Counts;
use crate::metrics::clusters::{self, Prf};
use crate::outcome::around;
use crate::{Case, Outcome, Problem, system};
use facts::{Facts, Held};

/// Scores in percent, over all marks: `found`, how many of them an incident of the record has; `told`, the same for incidents,
/// each once a report that tells it; `precision`, how many of its
/// mentions have a mark; `b3`, `b3_p`, `b3_r` over the marks found; the same `strict`, where a mark not found stands alone on
/// our side; `within` and `across`: F1 of the pairs of marks of one report and of two, `…_p` and `…_r`. Over the incidents that
/// one of ours shares most marks with, how often `type`, `date` (where it is one day), `place` (the finest of ours is named), `by`
/// and `to` (one of ours is called by a word for one of them), `killed` and `wounded` (the best value is within the range) are right
/// where the pile gives them; `answers`: F1 of what answers what, `…_p` and `…_r`. `n` is the number of marks.
///
/// # Errors
/// A file that cannot be read or whose marks are broken.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::new("marked", path);
    let mut tally = Tally::default();
    let piles = settings.choose(read_all(path)?);
    let records: Vec<Record> = piles.par_iter().map(|p| system::link(p.analyses())).collect();
    let (mut held, mut wrong) = (Held::default(), Vec::new());
    let mut case = |pile: &Pile, what: &str, report: &Report, at: TextRange| {
        let origin = format!("{}: {what}", pile.name);
        let text = around(&report.text, at.start(), at.end(), 60);
        outcome.cases.push(Case { origin, text, ..Case::default() });
    };
    for (pile, record) in piles.iter().zip(&records) {
        let found = pile.found(record);
        tally.add(&found);
        wrong.extend(held.add(pile, &found, record));
        for m in found.iter().filter(|m| m.ours.is_none()) {
            case(pile, "not found", &pile.reports[m.report].report, m.at);
        }
        for Marked { report, marks } in &pile.reports {
            let ours = mentions(record, report);
            let (right, wrong): (Vec<TextRange>, Vec<TextRange>) =
                ours.iter().partition(|m| marks.iter().any(|(at, _)| at.overlaps(**m)));
            tally.ours += Counts::new(right.len(), 0, ours.len());
            wrong.into_iter().for_each(|m| case(pile, "too many", report, m));
        }
    }
    outcome.n = tally.marks.len();
    let cases = wrong.into_iter().map(|(origin, gold, ours)| Case { origin, gold, ours, ..Case::default() });
    outcome.cases.extend(cases);
    tally.scores().into_iter().chain(held.scores()).for_each(|(name, score)| outcome.score(name, score));
    Ok(outcome)
}

/// A pile: its reports with their marks.
pub struct Pile {
    /// Its name.
    pub name: String,
    /// What is said of its incidents.
    pub incidents: Vec<Facts>,
    /// Its reports.
    pub reports: Vec<Marked>,
}

/// A report with its marks.
pub struct Marked {
    /// The report.
    pub report: Report,
    /// Words, and the number of the incident that they tell of.
    pub marks: Vec<(TextRange, usize)>,
}

impl Pile {
    /// What its reports say.
    #[must_use]
    pub fn analyses(&self) -> Vec<Analysis> {
        self.reports.iter().map(|r| system::analyse(r.report.clone())).collect()
    }

    /// What the record makes of each mark, in order.
    #[must_use]
    pub fn found(&self, record: &Record) -> Vec<Mark> {
        let mut out = Vec::new();
        for (number, Marked { report, marks }) in self.reports.iter().enumerate() {
            let here = |i: usize| {
                record.incidents[i].links.iter().filter(|l| l.at.report == report.id).map(|l| l.at.range)
            };
            for &(at, gold) in marks {
                let shared = |r: TextRange| r.end().min(at.end()).saturating_sub(r.start().max(at.start()));
                let ours = (0..record.incidents.len())
                    .filter_map(|i| Some((here(i).map(shared).max().filter(|&n| n > 0)?, i)))
                    .max_by_key(|&(n, i)| (n, std::cmp::Reverse(i)));
                out.push(Mark { report: number, at, gold, ours: ours.map(|(_, i)| i) });
            }
        }
        out
    }
}

/// A mark and what was made of it.
pub struct Mark {
    /// Number of its report.
    pub report: usize,
    /// Its words.
    pub at: TextRange,
    /// The incident that it tells of.
    pub gold: usize,
    /// The incident of the record that has it.
    pub ours: Option<usize>,
}

fn mentions(record: &Record, report: &Report) -> Vec<TextRange> {
    let links = record.incidents.iter().flat_map(|i| &i.links);
    links.filter(|l| l.at.report == report.id).map(|l| l.at.range).collect()
}

/// What was counted.
#[derive(Default)]
pub struct Tally {
    /// Of each mark: its pile, its incident, and ours.
    marks: Vec<(usize, usize, Option<usize>)>,
    piles: usize,
    /// Incidents, each once a report that tells it.
    told: Counts,
    ours: Counts,
    within: Counts,
    across: Counts,
}

impl Tally {
    /// Counts what was found of a pile's marks.
    pub fn add(&mut self, found: &[Mark]) {
        let told = |marks: &mut dyn Iterator<Item = &Mark>| {
            marks.map(|m| (m.report, m.gold)).collect::<BTreeSet<_>>().len()
        };
        let seen = told(&mut found.iter().filter(|m| m.ours.is_some()));
        self.told += Counts::new(seen, told(&mut found.iter()), 0);
        self.marks.extend(found.iter().map(|m| (self.piles, m.gold, m.ours)));
        self.piles += 1;
        // What is not found cannot be joined.
        let found: Vec<&Mark> = found.iter().filter(|m| m.ours.is_some()).collect();
        for (n, a) in found.iter().enumerate() {
            for b in &found[n + 1..] {
                let (same, joined) = (usize::from(a.gold == b.gold), usize::from(a.ours == b.ours));
                let side = if a.report == b.report { &mut self.within } else { &mut self.across };
                *side += Counts::new(same * joined, same, joined);
            }
        }
    }

    /// The scores by name.
    #[must_use]
    pub fn scores(&self) -> Vec<(&'static str, f64)> {
        let known: Vec<_> = self.marks.iter().filter(|m| m.2.is_some()).copied().collect();
        let (b3, strict) = (b_cubed(&known), b_cubed(&self.marks));
        vec![
            ("found", Counts::new(known.len(), self.marks.len(), 0).recall()),
            ("told", self.told.recall()),
            ("precision", self.ours.precision()),
            ("b3", b3.f1),
            ("b3_p", b3.precision),
            ("b3_r", b3.recall),
            ("strict", strict.f1),
            ("strict_p", strict.precision),
            ("strict_r", strict.recall),
            ("within", self.within.f1()),
            ("within_p", self.within.precision()),
            ("within_r", self.within.recall()),
            ("across", self.across.f1()),
            ("across_p", self.across.precision()),
            ("across_r", self.across.recall()),
        ]
    }
}

/// B-cubed of marks, of which one that is not found stands alone on our side.
fn b_cubed(marks: &[(usize, usize, Option<usize>)]) -> Prf {
    fn numbers<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<usize> {
        let mut known: BTreeMap<K, usize> = BTreeMap::new();
        keys.map(|k| {
            let next = known.len();
            *known.entry(k).or_insert(next)
        })
        .collect()
    }
    let gold = numbers(marks.iter().map(|m| (m.0, m.1)));
    let ours = numbers(marks.iter().enumerate().map(|(n, m)| (m.0, m.2.ok_or(n))));
    clusters::score(&gold, &ours).b3
}

/// The piles of a file, or of all files below a folder.
///
/// # Errors
/// A file that cannot be read, or a line that does not keep to the format.
pub fn read_all(path: &Path) -> Result<Vec<Pile>, Problem> {
    let files = input::files(path, "marked piles (.txt)", |p| has_extension(p, &["txt"]))?;
    Ok(files.iter().map(|f| read(f)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn read(file: &Path) -> Result<Vec<Pile>, Problem> {
    let text = input::text(file)?;
    let mut piles: Vec<Pile> = Vec::new();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let problem = |message: String| Problem::at(file, n + 1, message);
        if let Some(name) = line.strip_prefix("# ") {
            ids.clear();
            let name = format!("{}: {name}", input::stem(file));
            piles.push(Pile { name, incidents: Vec::new(), reports: Vec::new() });
            continue;
        }
        let Some(pile) = piles.last_mut() else {
            return Err(problem("text before the first pile".to_owned()));
        };
        if let Some(head) = line.strip_prefix("== ") {
            let (id, date) = head.split_once(' ').ok_or_else(|| problem("no date".to_owned()))?;
            let date: Option<Date> = match date {
                "-" => None,
                date => Some(date.parse().map_err(|e| problem(format!("{e}")))?),
            };
            let mut report = system::report(id, "", date);
            report.blocks.clear();
            pile.reports.push(Marked { report, marks: Vec::new() });
        } else if let Some(report) = pile.reports.last_mut() {
            if !line.trim().is_empty() {
                report.line(line, &ids).map_err(problem)?;
            }
        } else if !line.trim().is_empty() {
            let facts = Facts::read(line).map_err(problem)?;
            ids.insert(facts.id.clone(), ids.len());
            pile.incidents.push(facts);
        }
    }
    Ok(piles)
}

impl Marked {
    /// Adds a line: the headline, or a paragraph.
    fn line(&mut self, line: &str, ids: &BTreeMap<String, usize>) -> Result<(), String> {
        let mut text = self.report.text.to_string();
        let label = if text.is_empty() { BlockLabel::Title } else { BlockLabel::Body };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let mut rest = line;
        while let Some((before, mark)) = rest.split_once('[') {
            let (mark, after) = mark.split_once(']').ok_or("a bracket that does not end")?;
            let (words, id) = mark.split_once('|').ok_or_else(|| format!("no incident in [{mark}]"))?;
            let number = *ids.get(id).ok_or_else(|| format!("no incident {id}"))?;
            text.push_str(before);
            self.marks.push((TextRange::new(text.len(), text.len() + words.len()), number));
            text.push_str(words);
            rest = after;
        }
        text.push_str(rest);
        let range = TextRange::new(start, text.len());
        if label == BlockLabel::Title {
            self.report.title = Some(record::Text { value: text.clone(), at: Some(range) });
        }
        self.report.blocks.push(Block { range, label, rule: "evaluation" });
        self.report.text = text.into();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piles(text: &str) -> Result<Vec<Pile>, Problem> {
        let folder = tempfile::tempdir().map_err(|e| Problem::new(Path::new("."), e))?;
        let file = folder.path().join("alma.txt");
        std::fs::write(&file, text).map_err(|e| Problem::new(&file, e))?;
        read(&file)
    }

    #[test]
    fn marks_are_taken_out_and_point_to_their_words() -> Result<(), Problem> {
        let text = "# raid\nA ASSAULT happened\nB ACCUSE happened | answers: A\n== r1 2024-03-06\nTwo [killed|A] in Alma\n\
                    The mayor [condemned|B] the [raid|A].\n\n== r2 -\nCalm\n";
        let piles = piles(text)?;
        let [first, second] = &piles[0].reports[..] else { panic!("two reports") };
        assert_eq!(&*first.report.text, "Two killed in Alma\n\nThe mayor condemned the raid.");
        let told: Vec<(&str, usize)> =
            first.marks.iter().map(|&(at, incident)| (at.of(&first.report.text), incident)).collect();
        assert_eq!(told, [("killed", 0), ("condemned", 1), ("raid", 0)]);
        assert!(first.report.published.is_some() && second.report.published.is_none());
        Ok(())
    }

    #[test]
    fn a_mark_of_no_incident_is_named_by_its_line() {
        let problem = piles("# raid\nA ASSAULT happened\n== r1 -\nTwo [killed|C]\n").err();
        assert_eq!(problem.map(|p| (p.line, p.message)), Some((Some(4), "no incident C".to_owned())));
    }

    #[test]
    fn pairs_count_only_where_both_marks_are_found() {
        let mut tally = Tally::default();
        // One incident told three times in two reports, once not found; another one joined to it.
        let told = [(0, 0, Some(5)), (0, 0, None), (1, 0, Some(5)), (1, 1, Some(5))];
        let mark = |&(report, gold, ours)| Mark { report, at: TextRange::new(0, 1), gold, ours };
        tally.add(&told.iter().map(mark).collect::<Vec<_>>());
        let scores: BTreeMap<_, _> = tally.scores().into_iter().collect();
        assert_eq!((scores["found"], scores["told"]), (75.0, 100.0));
        assert_eq!((scores["across_p"], scores["across_r"], scores["within_p"]), (50.0, 100.0, 0.0));
    }
}
