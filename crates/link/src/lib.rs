//! What all reports together say: [`link`] takes many analyses and gives one [`Record`].
//!
//! The way: reports are compared as wholes ([`stories`], copies), actors are brought together, each report's events
//! become units, units become incidents, and figures, statements, disputes and responses are read off them. The
//! method and its settings are told in `docs/linking.md`.

mod actors;
mod cluster;
mod copies;
mod data;
mod disputes;
mod family;
mod figures;
mod ids;
mod incidents;
mod namesakes;
mod near;
mod opposed;
mod responses;
mod settings;
mod statements;
mod story;
#[cfg(test)]
mod testing;
mod titles;
mod words;
mod years;

use std::collections::{BTreeMap, BTreeSet};

use incidents::build::{Ground, incident, would_be};
use incidents::compare::compare;
use incidents::standing::stands;
use incidents::unit::Unit;
use record::{
    Analysis, DocumentLink, FigureRule, Incident, IncidentId, Record, ReportId, TextRange, Upos, Warning,
};

pub use settings::Settings;

/// Settings of [`link`].
#[derive(Debug, Clone)]
pub struct Options {
    /// How the best value of a figure is chosen.
    pub figure_rule: FigureRule,
    /// Weights and limits of the clustering.
    pub settings: Settings,
}

impl Default for Options {
    fn default() -> Options {
        Options { figure_rule: FigureRule::Reliable, settings: Settings::default() }
    }
}

/// One record from many analyses: the same bytes for the same analyses, in whatever order they come.
#[must_use]
pub fn link(mut analyses: Vec<Analysis>, options: &Options) -> Record {
    link_kept(&mut analyses, options)
}

/// [`link`], for who needs the analyses afterwards: they are sorted by report id, and those whose id is taken are gone.
#[must_use]
pub fn link_kept(analyses: &mut Vec<Analysis>, options: &Options) -> Record {
    let warnings = distinct(analyses);
    let (times, places) = (years::fix(analyses), namesakes::fix(analyses));
    let record = linked(analyses, warnings, options);
    years::undo(analyses, &times);
    namesakes::undo(analyses, &places);
    record
}

fn linked(analyses: &[Analysis], mut warnings: Vec<Warning>, options: &Options) -> Record {
    let documents = copies::documents(analyses);
    let (told, assembled) = gathered(analyses, &documents, options);
    let Told { cast, said, utterance, affinity, units } = told;
    let Assembled { mut incidents, of: incident_of, redirects } = assembled;
    incidents::parts_of(&units, &incident_of, &mut incidents, &affinity);
    responses::add(analyses, &cast, &incident_of, &mut incidents);

    let main = main_incidents(&units, &incident_of, analyses.len());
    let about = |r: usize, t: usize| about(&analyses[r], r, t, &incident_of, &incidents);
    let statements = statements::statements(analyses, &said, &utterance, &cast, &about);
    let scene = disputes::Scene {
        analyses,
        cast: &cast,
        incidents: &incidents,
        incident_of: &incident_of,
        main: &main,
    };
    let disputes = disputes::disputes(&scene);

    incidents.sort_by_key(|i| (i.when.earliest().or(i.when.latest()), i.id.clone()));
    warnings.extend(analyses.iter().flat_map(|a| a.report.warnings.iter().chain(&a.warnings).cloned()));
    warnings.sort();
    warnings.dedup();
    Record {
        ties: cast.ties(analyses),
        actors: cast.into_actors(),
        reports: analyses.iter().map(|a| a.report.clone()).collect(),
        documents,
        incidents,
        statements,
        disputes,
        redirects,
        warnings,
    }
}

/// What the reports tell, its units joined within each, and the incidents that these make.
fn gathered(
    analyses: &[Analysis],
    documents: &BTreeMap<ReportId, DocumentLink>,
    options: &Options,
) -> (Told, Assembled) {
    let settings = &options.settings;
    let mut told = told(analyses, settings);
    let units = std::mem::take(&mut told.units);
    told.units = incidents::gather::joined(units, analyses, &told.cast, &told.affinity, settings);
    let cluster = incidents::clusters(&told.units, &told.affinity, settings);
    let weeks = incidents::weeks::Weeks::of(&told.units, &cluster, analyses);
    let origin =
        |r: usize| documents.get(&analyses[r].report.id).map_or_else(String::new, |d| d.origin.clone());
    let ground = Ground {
        analyses,
        cast: &told.cast,
        affinity: &told.affinity,
        settings,
        origin: &origin,
        rule: options.figure_rule,
        weeks: &weeks,
    };
    let assembled = assemble(&told.units, &cluster, &ground);
    (told, assembled)
}

/// What the reports tell, before any two of them are held together.
struct Told {
    cast: actors::Cast,
    said: Vec<statements::Utterance>,
    /// Cluster number of each of `said`.
    utterance: Vec<usize>,
    affinity: story::Affinity,
    units: Vec<Unit>,
}

fn told(analyses: &[Analysis], settings: &Settings) -> Told {
    let mut affinity = affinity(analyses, settings);
    let cast = actors::Cast::of(analyses);
    let said = statements::utterances(analyses, &cast, &affinity);
    let utterance = statements::clusters(&said, &cast, &affinity);
    shared(&said, &utterance, &mut affinity);
    let mut units: Vec<Unit> = Vec::new();
    for (r, a) in analyses.iter().enumerate() {
        units.extend(incidents::gather::units(r, a, &cast, settings));
    }
    units.iter_mut().for_each(|u| u.weigh(&affinity.rarity));
    Told { cast, said, utterance, affinity, units }
}

/// Two units of the same kind and what their comparison gives, for choosing the weights.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pair {
    /// Report and events of either.
    pub units: [(usize, Vec<usize>); 2],
    /// The score with each of the settings.
    pub scores: Vec<f32>,
    /// Whether something rules out that they are the same.
    pub apart: bool,
}

/// Every two units, of one report before they are joined and of two after it by the first settings, that can be
/// compared, with the score that each of the settings gives.
#[doc(hidden)]
#[must_use]
pub fn pairs(analyses: &[Analysis], settings: &[Settings]) -> Vec<Pair> {
    let Some(first) = settings.first() else { return Vec::new() };
    let Told { cast, affinity, units, .. } = told(analyses, first);
    let joined = incidents::gather::joined(units.clone(), analyses, &cast, &affinity, first);
    let mut out = Vec::new();
    for (units, within) in [(&units, true), (&joined, false)] {
        for (n, a) in units.iter().enumerate() {
            for b in units[n + 1..].iter().filter(|b| (a.report == b.report) == within) {
                let compared = settings.iter().map(|s| compare(a, b, &affinity, s, false));
                let Some(compared) = compared.collect::<Option<Vec<_>>>() else { continue };
                out.push(Pair {
                    units: [a, b].map(|u| (u.report, u.events.clone())),
                    apart: compared[0].apart,
                    scores: compared.iter().map(|c| c.score).collect(),
                });
            }
        }
    }
    out
}

/// Two events of one report and what speaks for and against that the first answers the second, for choosing the weights.
#[doc(hidden)]
#[derive(Debug)]
pub struct Answer {
    /// The report.
    pub report: usize,
    /// The two events.
    pub events: (usize, usize),
    /// Their incidents.
    pub incidents: (usize, usize),
    /// Names of the signs.
    pub signs: Vec<String>,
}

/// Every two events of one report that stand near each other and belong to two incidents.
#[doc(hidden)]
#[must_use]
pub fn answers(analyses: &[Analysis], options: &Options) -> Vec<Answer> {
    let (told, assembled) = gathered(analyses, &copies::documents(analyses), options);
    responses::candidates(analyses, &told.cast, &assembled.of, &assembled.incidents)
}

/// Reports that most outlets quote alike would all be alike: longer groups say little.
const QUOTED: usize = 30;

/// Tells the affinity which reports give the same utterances.
fn shared(said: &[statements::Utterance], cluster: &[usize], affinity: &mut story::Affinity) {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (u, &c) in said.iter().zip(cluster) {
        groups.entry(c).or_default().push(u.report);
    }
    for mut reports in groups.into_values() {
        reports.dedup();
        for (n, &a) in reports.iter().enumerate().take(QUOTED) {
            reports[n + 1..].iter().take(QUOTED).for_each(|&b| affinity.share(a, b));
        }
    }
}

/// Sorts by report id and leaves out reports whose id is taken.
fn distinct(analyses: &mut Vec<Analysis>) -> Vec<Warning> {
    analyses.sort_by(|a, b| (&a.report.id, &a.report.text).cmp(&(&b.report.id, &b.report.text)));
    let mut warnings = Vec::new();
    analyses.dedup_by(|b, a| {
        let taken = a.report.id == b.report.id;
        if taken && a.report.text != b.report.text {
            warnings.push(Warning {
                code: "W501",
                origin: b.report.origin.clone(),
                message: format!("another report has the id {} too; this one was left out", b.report.id),
            });
        }
        taken
    });
    warnings
}

/// Incidents, and the way to them.
struct Assembled {
    incidents: Vec<Incident>,
    /// The index of the incident of each (report, event).
    of: BTreeMap<(usize, usize), usize>,
    /// An incident has its id from the first of its units. What was known before a report came that joined two
    /// incidents, or told of one earlier, had another unit for its first; so the id that each of the others would
    /// give leads here. Nothing of the past is needed for it, and a record that grew is one that was built at once.
    redirects: BTreeMap<IncidentId, IncidentId>,
}

fn assemble(units: &[Unit], cluster: &[usize], g: &Ground<'_>) -> Assembled {
    let mut groups: BTreeMap<usize, Vec<&Unit>> = BTreeMap::new();
    // What is only spoken of at large is no incident.
    for (u, &c) in units.iter().zip(cluster).filter(|(u, _)| !u.at_large) {
        groups.entry(c).or_default().push(u);
    }
    let mut made: Vec<(Incident, Vec<&Unit>)> = Vec::new();
    for mut members in groups.into_values() {
        let when =
            |u: &Unit| (g.affinity.day(u.report).unwrap_or(i32::MAX), u.report, u.mentions.first().copied());
        members.sort_by_key(|u| when(u));
        let made_of = incident(&members, g).filter(|i| stands(i, &members, g.analyses, g.cast));
        made.extend(made_of.map(|i| (i, members)));
    }
    let mut ids: Vec<String> = made.iter().map(|(i, _)| i.id.to_string()).collect();
    ids::distinct(&mut ids);
    let taken: BTreeSet<String> = ids.iter().cloned().collect();
    let (mut incidents, mut of, mut redirects) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for (n, ((mut i, members), id)) in made.into_iter().zip(ids).enumerate() {
        i.id = IncidentId::new(&id);
        of.extend(members.iter().flat_map(|u| u.events.iter().map(move |&e| ((u.report, e), n))));
        let others = members.iter().flat_map(|u| would_be(u, g.analyses)).filter(|o| !taken.contains(o));
        redirects.extend(others.map(|o| (IncidentId::new(&o), i.id.clone())));
        incidents.push(i);
    }
    incidents::counted::fill(&mut incidents, &of, g.analyses);
    Assembled { incidents, of, redirects }
}

/// The incident that each report says most about; deeds before words.
fn main_incidents(
    units: &[Unit],
    incident_of: &BTreeMap<(usize, usize), usize>,
    reports: usize,
) -> Vec<Option<usize>> {
    let mut best: Vec<Option<(bool, f32, usize)>> = vec![None; reports];
    for u in units {
        let Some(&n) = u.events.first().and_then(|&e| incident_of.get(&(u.report, e))) else { continue };
        let deed = u.kind.is_some_and(|k| k.quad() == record::Quad::MaterialConflict);
        if best[u.report].is_none_or(|(d, s, _)| (deed, u.salience) > (d, s)) {
            best[u.report] = Some((deed, u.salience, n));
        }
    }
    best.into_iter().map(|b| b.map(|(_, _, n)| n)).collect()
}

/// The incidents that an attribution's content speaks of, and those that it answers ("condemned", "expressed outrage").
fn about(
    a: &Analysis,
    report: usize,
    attribution: usize,
    incident_of: &BTreeMap<(usize, usize), usize>,
    incidents: &[Incident],
) -> Vec<IncidentId> {
    let said = &a.attributions[attribution];
    let cued = |e: usize| said.cue.is_some_and(|c| c.overlaps(a.events[e].trigger));
    let within = |e: usize| said.content.iter().any(|c| c.contains(a.events[e].trigger));
    let events = (0..a.events.len()).flat_map(|e| {
        let answered =
            if cued(e) { responses::answered(a, e).map(|(to, _)| to).collect() } else { Vec::new() };
        answered.into_iter().chain(within(e).then_some(e))
    });
    let found = events.filter_map(|e| incident_of.get(&(report, e)).map(|&n| incidents[n].id.clone()));
    let mut ids: Vec<IncidentId> = found.collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The incident that each report is mainly about, as a cluster number.
#[must_use]
pub fn stories(analyses: &[Analysis]) -> Vec<usize> {
    stories_with(analyses, &Settings::default())
}

/// [`stories`] with other settings.
#[must_use]
pub fn stories_with(analyses: &[Analysis], settings: &Settings) -> Vec<usize> {
    affinity(analyses, settings).stories()
}

/// A mention of an event, given from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoldMention {
    /// Index of the report.
    pub report: usize,
    /// The words that name the event.
    pub range: TextRange,
}

/// Cluster number of each given mention: those with the same number are the same event. A mention of a report that
/// is not there stands alone.
#[must_use]
pub fn coreference(analyses: &[Analysis], mentions: &[GoldMention]) -> Vec<usize> {
    coreference_with(analyses, mentions, &Settings::default())
}

/// [`coreference`] with other settings.
#[must_use]
pub fn coreference_with(analyses: &[Analysis], mentions: &[GoldMention], settings: &Settings) -> Vec<usize> {
    let affinity = affinity(analyses, settings);
    let (known, strange): (Vec<usize>, Vec<usize>) =
        (0..mentions.len()).partition(|&i| mentions[i].report < analyses.len());
    let (pointers, known): (Vec<usize>, Vec<usize>) =
        known.into_iter().partition(|&i| points_back(&analyses[mentions[i].report], mentions[i].range));
    let mut units: Vec<Unit> = known
        .iter()
        .map(|&i| {
            let m = &mentions[i];
            incidents::unit::given(m.report, &analyses[m.report], m.range, settings)
        })
        .collect();
    units.iter_mut().for_each(|u| u.weigh(&affinity.rarity));
    let mut number = vec![0; mentions.len()];
    for (&i, c) in known.iter().zip(incidents::clusters(&units, &affinity, settings)) {
        number[i] = c;
    }
    let mut alone = known.len();
    for &i in &pointers {
        let m = &mentions[i];
        let before = known.iter().filter(|&&k| mentions[k].report == m.report && mentions[k].range < m.range);
        // What somebody said is seldom what "it" means.
        let told = |k: usize| named(&analyses[m.report], mentions[k].range).fits(family::saying());
        number[i] = match before.max_by_key(|&&k| (!told(k), mentions[k].range, k)) {
            Some(&k) => number[k],
            None => {
                alone += 1;
                alone - 1
            }
        };
    }
    for (n, i) in strange.into_iter().enumerate() {
        number[i] = alone + n;
    }
    number
}

/// Whether a mention is only a pronoun ("it", "which"): it means the event that was named last.
fn points_back(a: &Analysis, range: TextRange) -> bool {
    let tokens = a.parsed.sentence_of(range).into_iter().flat_map(|s| &s.tokens);
    let mut inside = tokens.filter(|t| range.overlaps(t.range)).peekable();
    inside.peek().is_some() && inside.all(|t| matches!(t.upos, Upos::Pron | Upos::Det))
}

/// The word families of a mention's words.
fn named(a: &Analysis, range: TextRange) -> family::Family {
    let telling = words::words(&a.report.text, range).into_iter().filter(|w| !w.function);
    telling.map(|w| family::family(w.term)).fold(family::Family::default(), family::Family::join)
}

fn affinity(analyses: &[Analysis], settings: &Settings) -> story::Affinity {
    let sketches: Vec<_> = analyses.iter().map(|a| story::sketch(a, settings)).collect();
    story::Affinity::of_reports(&sketches, settings)
}

#[cfg(test)]
mod tests {
    use record::{ActorKind, PlacePrecision};

    use super::*;
    use crate::testing::{actor, assault, by, day, place, report};

    /// A report on a strike: id, date, text, (words of the strike, who, town, country, day or "").
    fn strike(
        id: &str,
        date: Option<&str>,
        text: &str,
        (what, who, town, country, on): (&str, &str, &str, &'static str, &str),
    ) -> Analysis {
        let mut a = report(id, date, text);
        let e = assault(&mut a, what);
        let state = actor(&mut a, &who.to_lowercase(), who, ActorKind::State, Some(&who[..3].to_uppercase()));
        by(&mut a, e, who, &state);
        place(&mut a, e, town, country, PlacePrecision::City);
        if !on.is_empty() {
            day(&mut a, e, "Monday", on);
        }
        a
    }

    fn three() -> Vec<Analysis> {
        vec![
            strike(
                "a",
                Some("2024-03-05"),
                "Ruritania launched air strikes on a depot in Kefr on Monday, killing nine people, its army said.",
                ("air strikes", "Ruritania", "Kefr", "AAA", "2024-03-04"),
            ),
            strike(
                "b",
                Some("2024-03-05"),
                "Nine people died in Kefr when jets of Ruritania raided a depot there on Monday.",
                ("raided", "Ruritania", "Kefr", "AAA", "2024-03-04"),
            ),
            strike(
                "c",
                Some("2024-03-05"),
                "Ruritania hit a depot in Tell Amar on Monday, hours after its strikes elsewhere.",
                ("hit", "Ruritania", "Tell Amar", "AAA", "2024-03-04"),
            ),
        ]
    }

    fn reports_of(record: &Record) -> Vec<Vec<String>> {
        let ids = |i: &Incident| i.reports().iter().map(ToString::to_string).collect();
        record.incidents.iter().map(ids).collect()
    }

    #[test]
    fn one_strike_in_two_wordings_comes_together_and_two_strikes_of_one_day_stay_apart() {
        let mut got = reports_of(&link(three(), &Options::default()));
        got.sort();
        assert_eq!(got, [vec!["a", "b"], vec!["c"]]);
    }

    #[test]
    fn the_order_of_the_reports_changes_nothing() {
        let forward = link(three(), &Options::default());
        let mut reversed = three();
        reversed.reverse();
        assert_eq!(forward, link(reversed, &Options::default()));
    }

    #[test]
    fn every_id_that_was_ever_given_out_still_leads_to_its_incident() {
        let all = three();
        let whole = link(all.clone(), &Options::default());
        for known in [vec![0], vec![1], vec![2], vec![0, 2], vec![1, 2], vec![1, 0]] {
            let old = link(known.iter().map(|&i| all[i].clone()).collect(), &Options::default());
            for i in &old.incidents {
                let id = whole.redirects.get(&i.id).unwrap_or(&i.id);
                let now = whole.incidents.iter().find(|n| n.id == *id);
                let now = now.unwrap_or_else(|| panic!("{} of {known:?} leads nowhere", i.id));
                assert!(i.evidence.iter().all(|s| now.evidence.contains(s)));
            }
        }
        assert_eq!(whole.redirects.len(), 1, "two reports of one strike, of which one gives the id");
    }

    #[test]
    fn every_mention_tells_why_it_is_there() {
        let record = link(three(), &Options::default());
        let both = record.incidents.iter().find(|i| i.reports().len() == 2).expect("the strike on Kefr");
        let features: Vec<_> = both.links[1].reasons.iter().map(|r| r.feature).collect();
        assert!(
            features.contains(&"place") && features.contains(&"time") && features.contains(&"actor"),
            "{features:?}"
        );
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(link(Vec::new(), &Options::default()), Record::default());
        assert!(coreference(&[], &[GoldMention { report: 3, range: TextRange::new(0, 4) }]).len() == 1);
    }
}
