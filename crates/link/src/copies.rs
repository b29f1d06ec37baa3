//! Who copied from whom: reports that share running text are one voice.
//!
//! Every fourth run of five words (by its hash) goes into an index; reports that share some are compared exactly.
//! A report most of whose runs stand in an earlier one is a copy of it; a lesser share gives passages only. Site
//! furniture that many otherwise different reports share never confirms a copy, since only the share of the whole
//! report counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use record::{Analysis, DocumentLink, ReportId, Span, TextRange};

use crate::story::day;
use crate::words::{Quick, words};

/// Words in a run.
const RUN: usize = 5;
/// Share of a report's runs that must stand in the other for a copy.
const COPY: f32 = 0.5;
/// Share from which taken-over passages are told.
const REUSE: f32 = 0.08;
/// Fewest words of a passage.
const PASSAGE: usize = 12;
/// Neighbours in an index list that a report is compared with, besides the list's first.
const NEIGHBOURS: usize = 6;
/// Shared sampled runs from which two reports are compared exactly.
const HINTS: u32 = 3;

/// The runs of a report: hash and place, in order.
fn runs(a: &Analysis) -> Vec<(u64, TextRange)> {
    let text = &a.report.text;
    let mut all = Vec::new();
    for block in a.report.content() {
        let w = words(text, block.range);
        all.extend(w.windows(RUN).map(|w| {
            let hash = w.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, w| {
                (h ^ u64::from(w.term)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
            });
            (hash, w[0].range.cover(w[RUN - 1].range))
        }));
    }
    all
}

/// How each report stands to the others. `analyses` are sorted by report id.
pub(crate) fn documents(analyses: &[Analysis]) -> BTreeMap<ReportId, DocumentLink> {
    let samples: Vec<Vec<u64>> = analyses
        .iter()
        .map(|a| {
            let mut s: Vec<u64> = runs(a).into_iter().map(|(h, _)| h).filter(|h| h % 4 == 0).collect();
            s.sort_unstable();
            s.dedup();
            s
        })
        .collect();
    let mut order: Vec<usize> = (0..analyses.len()).collect();
    order.sort_by_key(|&i| first_key(&analyses[i]));
    let rank: HashMap<usize, usize> = order.iter().enumerate().map(|(r, &i)| (i, r)).collect();

    let mut of: Vec<Option<usize>> = vec![None; analyses.len()];
    let mut passages: BTreeMap<usize, Vec<(Span, Span)>> = BTreeMap::new();
    let mut known_runs = Known::default();
    for (later, earlier) in pairs(&samples, &order) {
        let (later, earlier) = (order[later], order[earlier]);
        let (ours, theirs) = (known_runs.of(analyses, later), known_runs.of(analyses, earlier));
        let known: HashSet<u64, Quick> = theirs.iter().map(|(h, _)| *h).collect();
        let shared = ours.iter().filter(|(h, _)| known.contains(h)).count() as f32;
        let share = shared / ours.len().max(1) as f32;
        let back = shared / theirs.len().max(1) as f32;
        if share < REUSE && back < REUSE {
            continue;
        }
        // The later one may also be the fuller: then the earlier text is in it, and it is still a copy.
        if share.max(back) >= COPY && of[later].is_none_or(|o| rank[&earlier] < rank[&o]) {
            of[later] = Some(earlier);
        }
        if passages.get(&later).is_none_or(Vec::is_empty) || of[later] == Some(earlier) {
            passages.insert(later, aligned(&analyses[later], &ours, &analyses[earlier], &theirs));
        }
    }
    let origin = |mut i: usize| {
        // An original ranks before its copy, so this ends.
        while let Some(o) = of[i] {
            i = o;
        }
        i
    };
    (0..analyses.len())
        .map(|i| {
            let link = DocumentLink {
                copy_of: of[i].map(|_| analyses[origin(i)].report.id.clone()),
                origin: analyses[origin(i)].report.id.to_string(),
                passages: passages.remove(&i).unwrap_or_default(),
            };
            (analyses[i].report.id.clone(), link)
        })
        .collect()
}

/// The runs of the reports compared last: pairs come in the order of the later one, and the earlier ones are near it.
#[derive(Default)]
struct Known(HashMap<usize, Rc<Vec<(u64, TextRange)>>>);

impl Known {
    /// How many reports are remembered.
    const MOST: usize = 512;

    fn of(&mut self, analyses: &[Analysis], report: usize) -> Rc<Vec<(u64, TextRange)>> {
        if self.0.len() >= Known::MOST && !self.0.contains_key(&report) {
            self.0.clear();
        }
        Rc::clone(self.0.entry(report).or_insert_with(|| Rc::new(runs(&analyses[report]))))
    }
}

/// Earlier reports first; undated ones after the dated, the longer first, then by id.
fn first_key(a: &Analysis) -> (i32, Option<jiff::Timestamp>, std::cmp::Reverse<usize>, ReportId) {
    let p = a.report.published.as_ref();
    (
        p.map_or(i32::MAX, |p| day(p.date)),
        p.and_then(|p| p.time),
        std::cmp::Reverse(a.report.text.len()),
        a.report.id.clone(),
    )
}

/// Pairs (later, earlier) of places in `order` whose reports share sampled runs.
fn pairs(samples: &[Vec<u64>], order: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut postings: Vec<(u64, u32)> = Vec::new();
    for (place, &i) in order.iter().enumerate() {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        postings.extend(samples[i].iter().map(|&h| (h, place)));
    }
    postings.sort_unstable();
    let mut hints: HashMap<(u32, u32), u32, Quick> = HashMap::default();
    for list in postings.chunk_by(|a, b| a.0 == b.0).filter(|l| l.len() > 1) {
        for (n, &(_, later)) in list.iter().enumerate().skip(1) {
            for &(_, earlier) in list[..n]
                .iter()
                .rev()
                .take(NEIGHBOURS)
                .chain(list[..n.saturating_sub(NEIGHBOURS)].iter().take(1))
            {
                *hints.entry((later, earlier)).or_default() += 1;
            }
        }
    }
    hints.into_iter().filter(|&(_, n)| n >= HINTS).map(|((l, e), _)| (l as usize, e as usize)).collect()
}

/// The longest passages that both have word for word.
fn aligned(
    a: &Analysis,
    ours: &[(u64, TextRange)],
    b: &Analysis,
    theirs: &[(u64, TextRange)],
) -> Vec<(Span, Span)> {
    let mut places: HashMap<u64, Vec<usize>, Quick> = HashMap::default();
    for (j, (h, _)) in theirs.iter().enumerate() {
        let list = places.entry(*h).or_default();
        // A run that is repeated many times is furniture.
        if list.len() < 4 {
            list.push(j);
        }
    }
    let mut out = Vec::new();
    let mut i = 0;
    while i < ours.len() {
        let longest = places
            .get(&ours[i].0)
            .into_iter()
            .flatten()
            .map(|&j| {
                let n = ours[i..].iter().zip(&theirs[j..]).take_while(|(x, y)| x.0 == y.0).count();
                (n, std::cmp::Reverse(j))
            })
            .max();
        match longest {
            Some((n, std::cmp::Reverse(j))) if n + RUN > PASSAGE => {
                out.push((
                    Span { report: a.report.id.clone(), range: ours[i].1.cover(ours[i + n - 1].1) },
                    Span { report: b.report.id.clone(), range: theirs[j].1.cover(theirs[j + n - 1].1) },
                ));
                i += n;
            }
            _ => i += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;

    const WIRE: &str = "Rebels shelled the northern town of Kefr on Monday, killing four people and wounding nine, \
        the governor said. Shops stayed shut and families left by the only open road towards the coast.";

    #[test]
    fn a_wire_copy_is_one_voice_with_its_source_and_an_own_story_is_not() {
        let own = "The governor of Kefr said four people were killed when rebels fired on his town on Monday. \
            Residents fled to the coast.";
        let docs = documents(&[
            report("a", Some("2024-03-04"), WIRE),
            report("b", Some("2024-03-05"), &format!("{WIRE} Our reporter saw no soldiers in the streets.")),
            report("c", Some("2024-03-05"), own),
        ]);
        let of = |id: &str| docs[&ReportId::new(id)].copy_of.as_ref().map(|r| r.as_str().to_owned());
        assert_eq!(of("a"), None);
        assert_eq!(of("b").as_deref(), Some("a"), "the earlier one is the source");
        assert_eq!(of("c"), None);
        assert_eq!(docs[&ReportId::new("b")].passages.len(), 1);
        assert_eq!(docs[&ReportId::new("b")].origin, "a");
    }
}
