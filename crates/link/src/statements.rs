//! The same utterance in all the forms the reports give it.
//!
//! An utterance is one sentence of what somebody is said to have said, or several in a row that only one report has. Two are the same if most telling words of the
//! shorter one stand in the other and the speakers can be one; what changed between the forms is told as `drift`.

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, ActorKind, Analysis, AttributionKind, IncidentId, Span, Statement, TextRange, Variant,
};

use crate::actors::Cast;
use crate::cluster::average_link;
use crate::ids::digest;
use crate::incidents::who::Who;
use crate::story::Affinity;
use crate::words::{Term, Word, words};

/// One sentence that a report gives to a source.
#[derive(Debug, Clone)]
pub(crate) struct Utterance {
    pub report: usize,
    pub attribution: usize,
    pub at: TextRange,
    speaker: Option<ActorId>,
    kind: AttributionKind,
    terms: Vec<(Term, f32)>,
}

/// Share of the telling words at which two utterances are as likely the same as not.
const EVEN: f32 = 0.42;
/// Fewest telling words that must be shared.
const SHARED: usize = 3;
/// Share from which on words are the same although they are given to somebody of another state, or to nobody.
const MISGIVEN: f32 = 0.75;
/// Bytes between a cue and a short content that it belongs to.
const NEAR: usize = 12;
/// Fewest telling words that may be the same although two parties that are no state's both are named for them.
const LONG: usize = 6;
/// Share for a repetition within one report.
const REPEATED: f32 = 0.9;
/// Rare words of an utterance that are indexed, and neighbours in an index list it is compared with.
const INDEXED: usize = 8;
const NEIGHBOURS: usize = 30;

/// The utterances of all reports, by report and place.
pub(crate) fn utterances(analyses: &[Analysis], cast: &Cast, affinity: &Affinity) -> Vec<Utterance> {
    let mut all = Vec::new();
    for (report, a) in analyses.iter().enumerate() {
        let text: &str = &a.report.text;
        for (attribution, t) in a.attributions.iter().enumerate() {
            for at in sentences(text, &t.content) {
                // "Condemned the raid": where so little is told, what was done with it is part of it.
                let cue = t.cue.filter(|c| c.end() <= at.start() && at.start() - c.end() <= NEAR);
                let told = terms(text, at, affinity);
                let (at, terms) = match cue {
                    Some(cue) if t.kind == AttributionKind::Indirect && told.len() < 2 => {
                        let at = cue.cover(at);
                        (at, terms(text, at, affinity))
                    }
                    _ => (at, told),
                };
                let speaker = t.speaker.as_ref().map(|id| cast.id(id));
                all.push(Utterance { report, attribution, at, speaker, kind: t.kind, terms });
            }
        }
    }
    all.sort_by_key(|u| (u.report, u.at, u.attribution));
    all.dedup_by(|b, a| a.report == b.report && a.at == b.at && a.speaker == b.speaker);
    all
}

/// The telling words of a stretch of text, with how rare they are.
fn terms(text: &str, at: TextRange, affinity: &Affinity) -> Vec<(Term, f32)> {
    let telling = words(text, at);
    let telling = telling.iter().filter(|w| !w.function);
    let mut terms: Vec<(Term, f32)> = telling.map(|w| (w.term, affinity.rarity.idf(w.term))).collect();
    terms.sort_by_key(|t| t.0);
    terms.dedup_by_key(|t| t.0);
    terms
}

/// The sentences of a content. Parts that a cue breaks inside a sentence ("We", he said, "will not go") are one.
fn sentences(text: &str, content: &[TextRange]) -> Vec<TextRange> {
    let mut parts: Vec<TextRange> =
        content.iter().copied().filter(|r| !r.of(text).trim().is_empty()).collect();
    parts.sort();
    let mut out: Vec<TextRange> = Vec::new();
    let mut open: Option<TextRange> = None;
    for part in parts {
        let mut rest = part;
        if let Some(o) = open.take() {
            let between = text.get(o.end()..part.start()).unwrap_or("");
            if between.contains(['.', '!', '?', '\n']) {
                out.push(o);
            } else {
                rest = o.cover(part);
            }
        }
        let mut start = rest.start();
        for (i, c) in rest.of(text).char_indices() {
            let end = rest.start() + i + c.len_utf8();
            let next = text.get(end..rest.end()).unwrap_or("").trim_start_matches(['”', '"', '’', '\'']);
            let starts = next.starts_with(char::is_whitespace)
                && next.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
            // A short word before a full stop is an abbreviation or a title, and so is one with another in it ("U.S.").
            let word = text
                .get(start..end - c.len_utf8())
                .unwrap_or("")
                .rsplit(char::is_whitespace)
                .next()
                .unwrap_or("");
            let cut = word.chars().count() > 2 && !word.contains('.');
            if matches!(c, '.' | '!' | '?') && starts && cut {
                out.push(TextRange::new(start, end));
                start = end + (next.len() - next.trim_start().len());
            }
        }
        open = Some(TextRange::new(start.min(rest.end()), rest.end()));
    }
    out.extend(open);
    out.retain(|r| r.of(text).chars().any(char::is_alphabetic));
    out
}

/// Cluster number of each utterance: those with the same number are one statement.
pub(crate) fn clusters(all: &[Utterance], cast: &Cast, affinity: &Affinity) -> Vec<usize> {
    let mut pairs = Vec::new();
    let mut apart = Vec::new();
    for (a, b) in candidates(all, affinity) {
        let (x, y) = (&all[a as usize], &all[b as usize]);
        let share = share(x, y);
        if x.report == y.report && share < REPEATED
            || said_by_two(x, y, cast)
            || is_scrap(x, y)
            || share < MISGIVEN && strangers(x, y, cast)
            || told_by_foes(x, y, cast)
        {
            apart.push((a, b));
        } else {
            pairs.push((a, b, share - EVEN + speakers(x, y, cast)));
        }
    }
    average_link(all.len(), &pairs, &apart, -EVEN)
}

/// The statements. `about` tells the incidents of an attribution.
pub(crate) fn statements(
    analyses: &[Analysis],
    all: &[Utterance],
    cluster: &[usize],
    cast: &Cast,
    about: &dyn Fn(usize, usize) -> Vec<IncidentId>,
) -> Vec<Statement> {
    let rows = in_a_row(analyses, all, cluster);
    let mut groups: BTreeMap<usize, Vec<&Utterance>> = BTreeMap::new();
    for (u, c) in &rows {
        groups.entry(*c).or_default().push(u);
    }
    let mut out: Vec<Statement> =
        groups.into_values().map(|g| statement(analyses, &g, cast, about)).collect();
    let mut ids: Vec<String> = out.iter().map(|s| s.id.clone()).collect();
    crate::ids::distinct(&mut ids);
    out.iter_mut().zip(ids).for_each(|(s, id)| s.id = id);
    out.sort_by(|a, b| a.variants[0].at.cmp(&b.variants[0].at).then(a.id.cmp(&b.id)));
    out
}

/// The utterances with their clusters; those side by side in one content that nobody else has are one.
fn in_a_row(analyses: &[Analysis], all: &[Utterance], cluster: &[usize]) -> Vec<(Utterance, usize)> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    cluster.iter().for_each(|c| *sizes.entry(*c).or_default() += 1);
    let mut out: Vec<(Utterance, usize)> = Vec::with_capacity(all.len());
    for (u, &c) in all.iter().zip(cluster) {
        let last = out.last_mut().filter(|(l, of)| {
            let beside = || {
                let text: &str = &analyses[u.report].report.text;
                text.get(l.at.end()..u.at.start()).is_some_and(|gap| gap.chars().all(|c| c == ' '))
            };
            (l.report, l.attribution) == (u.report, u.attribution)
                && sizes.get(of) == Some(&1)
                && sizes.get(&c) == Some(&1)
                && beside()
        });
        match last {
            Some((l, _)) => {
                l.at = l.at.cover(u.at);
                l.terms.extend(u.terms.iter().copied());
            }
            None => out.push((u.clone(), c)),
        }
    }
    out
}

fn candidates(all: &[Utterance], affinity: &Affinity) -> BTreeSet<(u32, u32)> {
    let mut lists: BTreeMap<Term, Vec<u32>> = BTreeMap::new();
    for (i, u) in all.iter().enumerate() {
        let mut rare: Vec<&(Term, f32)> = u.terms.iter().collect();
        rare.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (t, _) in rare.into_iter().take(INDEXED) {
            lists.entry(*t).or_default().push(u32::try_from(i).unwrap_or(u32::MAX));
        }
    }
    let mut pairs = BTreeSet::new();
    for mut list in lists.into_values() {
        list.sort_by_key(|&i| (affinity.day(all[i as usize].report), i));
        for (n, &a) in list.iter().enumerate() {
            pairs.extend(list[n + 1..].iter().take(NEIGHBOURS).map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs
}

/// Share of the telling words of the shorter utterance that stand in the other, by rarity; 0 where too few do.
fn share(a: &Utterance, b: &Utterance) -> f32 {
    let sum = |u: &Utterance| u.terms.iter().map(|t| t.1).sum::<f32>();
    let mine: BTreeSet<Term> = b.terms.iter().map(|t| t.0).collect();
    let shared: Vec<f32> = a.terms.iter().filter(|t| mine.contains(&t.0)).map(|t| t.1).collect();
    let whole = sum(a).min(sum(b));
    if shared.len() < SHARED.min(a.terms.len()).min(b.terms.len()).max(2) || whole <= 0.0 {
        return 0.0;
    }
    shared.iter().sum::<f32>() / whole
}

/// Whether two people are named for words so few that each may have said them: "This is the beginning of our response",
/// "Our response began today".
fn said_by_two(a: &Utterance, b: &Utterance, cast: &Cast) -> bool {
    let person = |u: &Utterance| {
        u.speaker.as_ref().filter(|id| cast.get(id).is_some_and(|a| a.kind == ActorKind::Person)).cloned()
    };
    a.terms.len().min(b.terms.len()) <= SHARED && person(a).zip(person(b)).is_some_and(|(x, y)| x != y)
}

/// Whether so little is told of one ("condemned the shelling") that who says it must be the one who says the other.
fn is_scrap(a: &Utterance, b: &Utterance) -> bool {
    a.terms.len().min(b.terms.len()) < SHARED && a.speaker != b.speaker
}

/// Whether two utterances are of two states, or one is nobody's and only told of: alike as they are, they are hardly one.
fn strangers(a: &Utterance, b: &Utterance, cast: &Cast) -> bool {
    let told = |u: &Utterance| u.kind == AttributionKind::Indirect;
    match (&a.speaker, &b.speaker) {
        (Some(x), Some(y)) => foreign(x, y, cast),
        _ => told(a) && told(b),
    }
}

/// Whether so little is told that two of two states, or of a state and its foes, may each have said it.
fn told_by_foes(a: &Utterance, b: &Utterance, cast: &Cast) -> bool {
    let few = a.terms.len().min(b.terms.len()) < LONG;
    few && a.speaker.as_ref().zip(b.speaker.as_ref()).is_some_and(|(x, y)| foreign(x, y, cast))
}

/// Whether two speakers are of two states, or one of a state and the other an armed group.
fn foreign(x: &ActorId, y: &ActorId, cast: &Cast) -> bool {
    let (x, y) = (cast.who(x, true), cast.who(y, true));
    let armed = |w: &Who| w.kind == Some(ActorKind::ArmedGroup) && w.state.is_none();
    match (&x.state, &y.state) {
        (Some(s), Some(t)) => s != t,
        (Some(_), None) => armed(&y),
        (None, Some(_)) => armed(&x),
        (None, None) => false,
    }
}

/// What the speakers say for or against one utterance.
fn speakers(a: &Utterance, b: &Utterance, cast: &Cast) -> f32 {
    let (Some(x), Some(y)) = (&a.speaker, &b.speaker) else { return 0.0 };
    if x == y {
        return 0.1;
    }
    let person = |id: &ActorId| cast.get(id).is_some_and(|a| a.kind == ActorKind::Person);
    let state = |id: &ActorId| cast.who(id, true).state;
    match (state(x), state(y)) {
        (Some(s), Some(t)) if s != t => -0.4,
        // A spokesman named in one report and only described in another; but two people are two.
        (Some(_), Some(_)) if !(person(x) && person(y)) => 0.0,
        _ if person(x) && person(y) => -0.3,
        _ => -0.1,
    }
}

fn statement(
    analyses: &[Analysis],
    group: &[&Utterance],
    cast: &Cast,
    about: &dyn Fn(usize, usize) -> Vec<IncidentId>,
) -> Statement {
    let mut count: BTreeMap<&ActorId, usize> = BTreeMap::new();
    group.iter().filter_map(|u| u.speaker.as_ref()).for_each(|s| *count.entry(s).or_default() += 1);
    // A named person says more than "a spokesman".
    let person = |id: &ActorId| cast.get(id).is_some_and(|a| a.kind == ActorKind::Person);
    let speaker =
        count.into_iter().max_by_key(|(s, n)| (person(s), *n, std::cmp::Reverse(*s))).map(|(s, _)| s.clone());
    let fullest = group.iter().max_by_key(|u| (u.terms.len(), std::cmp::Reverse((u.report, u.at))));
    let mut variants: Vec<Variant> = Vec::new();
    let mut incidents = BTreeSet::new();
    for u in group {
        let a = &analyses[u.report];
        let text: &str = &a.report.text;
        let source = a.attributions[u.attribution].source.map_or("", |s| s.of(text));
        let drift = fullest.filter(|f| f.report != u.report).and_then(|f| {
            let changed = drift(&analyses[f.report].report.text, f.at, text, u.at);
            let other = match (&f.speaker, &u.speaker) {
                (Some(x), Some(y)) if x != y => Some(format!("given to “{source}”")),
                _ => None,
            };
            let all: Vec<String> = changed.into_iter().chain(other).collect();
            (!all.is_empty()).then(|| all.join("; "))
        });
        incidents.extend(about(u.report, u.attribution));
        variants.push(Variant {
            at: Span { report: a.report.id.clone(), range: u.at },
            kind: u.kind,
            speaker_as_written: source.to_owned(),
            drift,
        });
    }
    variants.sort_by(|a, b| a.at.cmp(&b.at));
    let first = &variants[0];
    let place = first.at.range.start().to_string();
    let id = format!("statement-{}", digest([first.at.report.as_str(), &place]));
    Statement { id, speaker, about: incidents.into_iter().collect(), variants }
}

/// Longest stretches that are compared word for word.
const LONGEST: usize = 150;
/// Most changes that are told.
const CHANGES: usize = 4;

/// What the second form changes against the first: words put for others, left out, added.
fn drift(full: &str, f: TextRange, other: &str, o: TextRange) -> Option<String> {
    let (x, y) = (words(full, f), words(other, o));
    if x.len() > LONGEST || y.len() > LONGEST {
        return None;
    }
    // Longest common subsequence from the end, then walked from the start.
    let mut table = vec![vec![0u16; y.len() + 1]; x.len() + 1];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            table[i][j] = if x[i].term == y[j].term {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    let telling = |w: &[Word]| w.iter().any(|w| !w.function);
    let cut = |text: &str, w: &[Word]| match (w.first(), w.last()) {
        (Some(a), Some(b)) => {
            a.range.cover(b.range).of(text).split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    };
    let (mut i, mut j, mut changes) = (0, 0, Vec::new());
    while i < x.len() || j < y.len() {
        let (from, to) = (i, j);
        while (i < x.len() || j < y.len()) && !(i < x.len() && j < y.len() && x[i].term == y[j].term) {
            if j >= y.len() || (i < x.len() && table[i + 1][j] >= table[i][j + 1]) {
                i += 1;
            } else {
                j += 1;
            }
        }
        let (gone, new) = (&x[from..i], &y[to..j]);
        match (telling(gone), telling(new)) {
            (true, true) => changes.push(format!("“{}” for “{}”", cut(other, new), cut(full, gone))),
            (true, false) => changes.push(format!("without “{}”", cut(full, gone))),
            (false, true) => changes.push(format!("adds “{}”", cut(other, new))),
            _ => {}
        }
        i += 1;
        j += 1;
    }
    if changes.len() > CHANGES {
        let more = changes.len() - CHANGES;
        changes.truncate(CHANGES);
        changes.push(format!("and {more} more"));
    }
    (!changes.is_empty()).then(|| changes.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{attribution, report};

    fn grouped(reports: &[(&str, &str, &str)]) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        for (n, (text, source, content)) in reports.iter().enumerate() {
            let mut a = report(&format!("r{n}"), Some("2024-03-04"), text);
            attribution(&mut a, source, content);
            all.push(a);
        }
        let sketches: Vec<_> =
            all.iter().map(|a| crate::story::sketch(a, &crate::Settings::default())).collect();
        let affinity = Affinity::of_reports(&sketches, &crate::Settings::default());
        let cast = Cast::of(&all);
        let u = utterances(&all, &cast, &affinity);
        statements(&all, &u, &clusters(&u, &cast, &affinity), &cast, &|_, _| Vec::new())
            .into_iter()
            .map(|s| s.variants.into_iter().map(|v| v.drift.unwrap_or_default()).collect())
            .collect()
    }

    #[test]
    fn one_utterance_in_two_wordings_is_one_statement_and_its_change_is_told() {
        let got = grouped(&[
            (
                "The envoy said the harbour blockade is a grave breach of the ceasefire deal.",
                "The envoy",
                "the harbour blockade is a grave breach of the ceasefire deal",
            ),
            (
                "According to the envoy, the harbour blockade was a breach of the ceasefire deal.",
                "the envoy",
                "the harbour blockade was a breach of the ceasefire deal",
            ),
            ("The envoy said rain had ruined the olive crop.", "The envoy", "rain had ruined the olive crop"),
        ]);
        assert_eq!(got, [vec!["".to_owned(), "without “grave”".to_owned()], vec!["".to_owned()]]);
    }

    #[test]
    fn a_content_is_cut_into_sentences_but_not_where_a_cue_breaks_one() {
        let text = "“We stay,” he said. “Nobody leaves Mr. Omar here. Not one.” “We,” she said, “will go.”";
        let find = |s: &str| {
            let at = text.find(s).expect("in the text");
            TextRange::new(at, at + s.len())
        };
        let cut = |parts: &[&str]| {
            let ranges: Vec<_> = parts.iter().map(|p| find(p)).collect();
            sentences(text, &ranges).into_iter().map(|r| r.of(text)).collect::<Vec<_>>()
        };
        assert_eq!(
            cut(&["We stay,", "Nobody leaves Mr. Omar here. Not one."]),
            ["We stay,", "Nobody leaves Mr. Omar here.", "Not one."]
        );
        assert_eq!(cut(&["We,”", "will go."]), ["We,” she said, “will go."]);
    }
}
