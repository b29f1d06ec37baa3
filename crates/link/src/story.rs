//! How alike whole reports are: TF-IDF over stems, with names, headline and lead counting more, and time.
//!
//! Candidates come from an inverted index of each report's most telling words. A posting list is walked in order of
//! time and a report is paired only with its next neighbours there, so that the work grows linearly even where
//! thousands of reports share a word.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use record::{Analysis, BlockLabel, TextRange};

use crate::Settings;
use crate::words::{Quick, Term, Word, term, words};

/// What is compared of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sketch {
    /// Stems by number with their weight, sorted by number.
    pub terms: Vec<(Term, f32)>,
    /// Publication day, as days since 1970.
    pub day: Option<i32>,
    /// For a report without one, the last day that it names in full: it is hardly from long before or after.
    pub guess: Option<i32>,
}

/// Most bytes of a headline.
const HEADLINE: usize = 200;
/// Bytes at the beginning of the body that count as lead.
const LEAD: usize = 600;

/// The sketch of a report, from its title and body.
pub(crate) fn sketch(analysis: &Analysis, settings: &Settings) -> Sketch {
    let report = &analysis.report;
    let mut count: BTreeMap<Term, (f32, bool)> = BTreeMap::new();
    let mut add = |range: TextRange, weight: f32, title: bool| {
        for Word { term, name, function, number, .. } in words(&report.text, range) {
            if !function {
                let entry = count.entry(term).or_default();
                entry.0 += weight;
                entry.1 |= (name && !title) || number;
            }
        }
    };
    let titled = report.content().any(|b| b.label == BlockLabel::Title);
    let mut body = 0;
    let mut any = false;
    for block in report.content() {
        any = true;
        if block.label == BlockLabel::Title {
            add(block.range, settings.title, true);
            continue;
        }
        // Where nothing is labelled as the headline, a short first line is taken for one.
        if !titled && body == 0 {
            let line = block.range.of(&report.text).find('\n').filter(|n| *n < HEADLINE).unwrap_or(0);
            add(
                TextRange::new(block.range.start(), block.range.start() + line),
                settings.title - settings.lead,
                true,
            );
        }
        let lead = LEAD.saturating_sub(body).min(block.range.len());
        let mut cut = block.range.start() + lead;
        while !report.text.is_char_boundary(cut) {
            cut += 1;
        }
        add(TextRange::new(block.range.start(), cut), settings.lead, false);
        add(TextRange::new(cut, block.range.end()), 1.0, false);
        body += block.range.len();
    }
    if !any {
        add(TextRange::new(0, report.text.len()), 1.0, false);
    }
    let terms = count
        .into_iter()
        .map(|(t, (n, name))| (t, (1.0 + n.max(1.0).ln()) * if name { settings.name } else { 1.0 }))
        .collect();
    let named = || {
        let times = analysis.times.iter().filter(|t| t.anchored);
        times.filter_map(|t| match t.when {
            record::When::Exact(d) => Some(day(d)),
            _ => None,
        })
    };
    let published = report.published.as_ref().map(|p| day(p.date));
    Sketch { terms, day: published, guess: if published.is_none() { named().max() } else { None } }
}

/// Days since 1970-01-01.
pub(crate) fn day(date: jiff::civil::Date) -> i32 {
    date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |s| s.get_days())
}

/// In how many reports a stem occurs.
#[derive(Debug, Default)]
pub(crate) struct Rarity {
    frequency: HashMap<Term, u32, Quick>,
    reports: u32,
    background: f32,
}

const COMMON: &str = include_str!("../data/common-stems.tsv");

/// Share of English documents that a common stem occurs in.
fn common() -> &'static HashMap<Term, f32, Quick> {
    static TABLE: OnceLock<HashMap<Term, f32, Quick>> = OnceLock::new();
    TABLE.get_or_init(|| crate::data::ours("common-stems.tsv", read_common(COMMON)))
}

/// Reads the file. The error names the bad line.
fn read_common(file: &'static str) -> Result<HashMap<Term, f32, Quick>, String> {
    let mut table = HashMap::default();
    for (n, [rate, stems]) in crate::data::rows(file)? {
        let rate = rate.parse::<f32>().ok().filter(|r| (0.0..=1000.0).contains(r));
        let rate = rate.ok_or_else(|| format!("line {n}: documents per thousand are wanted first"))?;
        for stem in crate::data::words(n, stems)? {
            table.insert(term(stem), rate / 1000.0);
        }
    }
    Ok(table)
}

impl Rarity {
    fn of(sketches: &[Sketch], background: f32) -> Rarity {
        let mut frequency = HashMap::default();
        for s in sketches {
            for &(t, _) in &s.terms {
                *frequency.entry(t).or_insert(0) += 1;
            }
        }
        Rarity { frequency, reports: u32::try_from(sketches.len()).unwrap_or(u32::MAX), background }
    }

    /// Inverse document frequency, at least 0. A handful of reports says little about rarity, so English at large
    /// counts as `background` more reports.
    pub(crate) fn idf(&self, term: Term) -> f32 {
        let df = self.frequency.get(&term).copied().unwrap_or(0) as f32;
        let rate = common().get(&term).copied().unwrap_or(0.0);
        let all = self.reports as f32 + self.background;
        (all / (df.max(1.0) + rate * self.background)).ln().max(0.0)
    }

    /// A sketch as a unit vector.
    pub(crate) fn vector(&self, terms: &[(Term, f32)]) -> Vec<(Term, f32)> {
        let mut v: Vec<(Term, f32)> = terms.iter().map(|&(t, w)| (t, w * self.idf(t))).collect();
        let norm = v.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if norm > 0.0 {
            v.iter_mut().for_each(|(_, w)| *w /= norm);
        }
        v
    }
}

/// How the reports stand to each other.
#[derive(Debug, Default)]
pub(crate) struct Affinity {
    vectors: Vec<Vec<(Term, f32)>>,
    days: Vec<Option<i32>>,
    stories: Vec<usize>,
    /// How many utterances two reports both give.
    shared: HashMap<(usize, usize), u32, Quick>,
    /// Cosines of pairs compared of late: their units are compared one after another.
    recent: RefCell<HashMap<(usize, usize), f32, Quick>>,
    /// How rare words are.
    pub rarity: Rarity,
}

/// How many cosines are kept.
const RECENT: usize = 1 << 18;

/// Days after which more days between two reports cost no more.
const LONG_AGO: f32 = 60.0;

impl Affinity {
    /// Compares the reports and puts those together that are mainly about one incident.
    pub(crate) fn of_reports(sketches: &[Sketch], s: &Settings) -> Affinity {
        let rarity = Rarity::of(sketches, s.background);
        let vectors: Vec<_> = sketches.iter().map(|k| rarity.vector(&k.terms)).collect();
        let days: Vec<_> = sketches.iter().map(|k| k.day).collect();
        let pairs: Vec<_> = candidates(&vectors, &days, s)
            .into_iter()
            .map(|(a, b)| {
                let cos = dot(&vectors[a as usize], &vectors[b as usize]);
                let gap = |x: i32, y: i32| s.per_day * ((x - y).abs() as f32).min(LONG_AGO);
                let guess = |i: u32| days[i as usize].or(sketches[i as usize].guess);
                let apart = match (days[a as usize], days[b as usize]) {
                    (Some(x), Some(y)) => gap(x, y),
                    _ => match (guess(a), guess(b)) {
                        (Some(x), Some(y)) => gap(x, y).clamp(s.undated / 2.0, 3.0 * s.undated),
                        _ => s.undated,
                    },
                };
                (a, b, cos - s.even - apart)
            })
            // What is no better than a pair that was never compared need not be kept.
            .filter(|&(_, _, score)| score > s.strangers)
            .collect();
        let stories = crate::cluster::average_link(sketches.len(), &pairs, &[], s.strangers);
        Affinity { vectors, days, stories, shared: HashMap::default(), recent: RefCell::default(), rarity }
    }

    /// The story that a report tells, as a cluster number.
    pub(crate) fn story(&self, report: usize) -> usize {
        self.stories[report]
    }

    /// The stories of all reports.
    pub(crate) fn stories(self) -> Vec<usize> {
        self.stories
    }

    /// Publication day.
    pub(crate) fn day(&self, report: usize) -> Option<i32> {
        self.days[report]
    }

    /// Notes that two reports both give an utterance.
    pub(crate) fn share(&mut self, a: usize, b: usize) {
        *self.shared.entry((a.min(b), a.max(b))).or_default() += 1;
    }

    /// Cosine of two reports, how many utterances both give, and whether they tell one story.
    pub(crate) fn of(&self, a: usize, b: usize) -> (f32, u32, bool) {
        let shared = self.shared.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        (self.cosine(a.min(b), a.max(b)), shared, self.stories[a] == self.stories[b])
    }

    fn cosine(&self, a: usize, b: usize) -> f32 {
        let mut recent = self.recent.borrow_mut();
        if recent.len() > RECENT {
            recent.clear();
        }
        *recent.entry((a, b)).or_insert_with(|| dot(&self.vectors[a], &self.vectors[b]))
    }
}

/// Inner product of two sparse vectors sorted by term.
pub(crate) fn dot(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Pairs of vectors that share at least one of their most telling terms, each once, sorted.
fn candidates(vectors: &[Vec<(Term, f32)>], days: &[Option<i32>], settings: &Settings) -> Vec<(u32, u32)> {
    let mut lists: BTreeMap<Term, Vec<u32>> = BTreeMap::new();
    for (i, v) in vectors.iter().enumerate() {
        let mut top: Vec<&(Term, f32)> = v.iter().collect();
        top.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (t, _) in top.into_iter().take(settings.index_terms) {
            lists.entry(*t).or_default().push(u32::try_from(i).unwrap_or(u32::MAX));
        }
    }
    let mut pairs = Vec::new();
    for mut list in lists.into_values() {
        list.sort_by_key(|&i| (days[i as usize], i));
        for (n, &a) in list.iter().enumerate() {
            for &b in list[n + 1..].iter().take(settings.neighbours) {
                pairs.push((a.min(b), a.max(b)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_reads_and_a_bad_line_is_named() {
        assert!(read_common(COMMON).is_ok_and(|t| t.len() > 100));
        for bad in ["10\tknow\n2000\twork", "10\tknow\nmany\twork", "10\tknow\n5"] {
            assert!(read_common(bad).err().is_some_and(|e| e.starts_with("line 2")), "{bad}");
        }
    }
}
