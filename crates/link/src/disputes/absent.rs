//! Who says that there was none of what others tell of: "no civilian was hurt" against an account of dead villagers,
//! "there were no fighters at the place" against a count of killed fighters, "no sign of a shot from close by".

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, Analysis, Dispute, DisputeKind, Event, Factuality, ReportId, Sentence, Side, Span, TextRange,
    Upos,
};

use super::denials::{right_before, shown};
use super::{Scene, dispute, incident, party, tidy};
use crate::data::in_group;
use crate::words::words;

/// Groups of words for one kind of people or thing: what is said to have been none of may be told of with another of them.
const KINDS: [&str; 3] = ["civilians", "fighters", "harmed"];
/// Groups of what there can be said to have been none of ("no civilian was hurt").
const ABSENT: [&str; 3] = ["absent", "civilians", "fighters"];

/// Those of people.
const PEOPLE: [&str; 2] = ["civilians", "fighters"];

/// Somebody's word that there was none.
struct Absence {
    /// What there was none of, in lower case.
    noun: String,
    /// What else its words name ("no sign of a shot from close by").
    about: Vec<u32>,
    by: Option<ActorId>,
    party: String,
    at: TextRange,
}

/// Adds what one party says that there was none of and another one tells of, by incident and party.
pub(super) fn absences(scene: &Scene<'_>, events: &[Vec<(usize, usize)>], out: &mut Vec<Dispute>) {
    let mut known: BTreeMap<ReportId, Vec<TextRange>> = BTreeMap::new();
    let accounts = out.iter().filter(|d| d.kind != DisputeKind::Figure);
    for span in accounts.flat_map(|d| &d.sides).flat_map(|s| &s.evidence) {
        known.entry(span.report.clone()).or_default().push(span.range);
    }
    let mut found: BTreeMap<(usize, String), (Side, Side)> = BTreeMap::new();
    let mut of_incident: BTreeMap<usize, Vec<Named>> = BTreeMap::new();
    for (r, a) in scene.analyses.iter().enumerate() {
        let known = known.get(&a.report.id).map_or(&[][..], Vec::as_slice);
        for (s, sentence) in a.parsed.sentences.iter().enumerate() {
            for absence in absences_of(scene, a, sentence) {
                if known.iter().any(|k| k.overlaps(absence.at)) {
                    continue;
                }
                let counted = || {
                    let event = a.figures.iter().find(|f| absence.at.contains(f.range))?.event?;
                    scene.incident_of.get(&(r, event)).copied()
                };
                let of = incident(scene, r, absence.at).or_else(counted);
                let of = of.or_else(|| right_before(scene, r, s, absence.at));
                let Some(n) = of.or(scene.main[r]) else { continue };
                let words = of_incident.entry(n).or_insert_with(|| {
                    let event = |&(r, e): &(usize, usize)| {
                        let a = &scene.analyses[r];
                        Named::of(a, &a.events[e])
                    };
                    events[n].iter().map(event).collect::<Vec<_>>()
                });
                let mut evidence = told(scene, &events[n], words, &absence);
                evidence.extend(told_near(scene, r, s, &absence));
                if evidence.is_empty() {
                    continue;
                }
                let (yes, no) = found.entry((n, absence.party.clone())).or_insert_with(|| {
                    let side =
                        |claim: &str| Side { claim: claim.to_owned(), by: Vec::new(), evidence: Vec::new() };
                    (side(&evidence[0].1), side(&shown(absence.at.of(&a.report.text))))
                });
                for (span, _, by) in evidence {
                    yes.evidence.push(span);
                    yes.by.extend(by);
                }
                no.by.extend(absence.by);
                no.evidence.push(Span { report: a.report.id.clone(), range: absence.at });
            }
        }
    }
    for ((n, _), (yes, no)) in found {
        out.push(dispute(DisputeKind::Account, Some(&scene.incidents[n].id), vec![tidy(yes), tidy(no)]));
    }
}

/// What somebody is quoted for in a sentence that there was none of.
fn absences_of(scene: &Scene<'_>, a: &Analysis, sentence: &Sentence) -> Vec<Absence> {
    let tokens = &sentence.tokens;
    let mut out: Vec<Absence> = Vec::new();
    for (i, t) in tokens.iter().enumerate() {
        let single = t.lemma == "single" && i > 1 && tokens[i - 2].lemma == "not";
        let none = t.lemma == "no" && t.deprel == "det" || single;
        let head = match none {
            true => sentence.head(i).filter(|&n| n > i),
            false => denied_civilians(sentence, i).or_else(|| only_fighters(sentence, i)),
        };
        let Some(head) = head else { continue };
        // "no civilian objects": what they are called says more.
        let named = sentence.children(head).filter(|&c| c > i && c < head).chain([head]);
        let noun = match only_fighters(sentence, i).filter(|_| !none) {
            Some(_) => Some("civilian".to_owned()),
            None => {
                named.map(|n| tokens[n].lemma.to_lowercase()).find(|n| ABSENT.iter().any(|g| in_group(g, n)))
            }
        };
        let Some(noun) = noun else { continue };
        let said = a
            .attributions
            .iter()
            .filter(|x| x.content.iter().any(|c| c.contains(t.range)))
            .min_by_key(|x| x.content.iter().map(|c| c.len()).sum::<usize>());
        let about = words(&a.report.text, sentence.subtree(head))
            .into_iter()
            .filter(|w| !w.function && !tokens[head].range.contains(w.range) && !t.range.contains(w.range));
        let about = about.map(|w| w.term).collect();
        let by = said.and_then(|x| x.speaker.as_ref()).map(|id| scene.cast.id(id));
        let parts = match said {
            Some(x) => {
                x.content.iter().copied().chain(x.cue).filter(|c| sentence.range.contains(*c)).collect()
            }
            None => vec![sentence.subtree(sentence.head(head).unwrap_or(head))],
        };
        out.push(Absence {
            noun,
            about,
            party: said.map_or_else(
                || a.report.id.to_string(),
                |x| party(scene.cast, by.as_ref(), x, &a.report.text),
            ),
            by,
            at: parts.into_iter().fold(t.range, TextRange::cover),
        });
    }
    out
}

/// "Denied any civilian victims", "rejected reports of dead villagers": the noun that a denial at `i` is about.
fn denied_civilians(sentence: &Sentence, i: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let lemma = |n: usize| tokens[n].lemma.to_lowercase();
    // "Slammed the deaths of civilians" denies nothing; "dismissed reports of dead villagers" does.
    let claim = || {
        sentence.children(i).filter(|&c| c > i).any(|c| {
            in_group("untrue", &lemma(c)) || tokens[c].deprel == "obj" && in_group("claims", &lemma(c))
        })
    };
    let denies = in_group("deny", &lemma(i)) || in_group("turn-down", &lemma(i)) && claim();
    let turned = (i.saturating_sub(3)..i)
        .any(|n| matches!(&*lemma(n), "not" | "n't" | "never" | "neither" | "nor" | "cannot" | "if"));
    if !denies || turned || tokens[i].upos != Upos::Verb {
        return None;
    }
    let person = (i + 1..tokens.len().min(i + 8)).find(|&n| in_group("civilians", &lemma(n)))?;
    let head = sentence.head(person).filter(|&h| h > person && in_group("harmed", &lemma(h)));
    let hurt = (i + 1..tokens.len().min(person + 6)).any(|n| in_group("harmed", &lemma(n)));
    hurt.then(|| head.unwrap_or(person))
}

/// "Only armed terrorists were targeted", "all those killed were fighters": the noun for who alone was struck.
fn only_fighters(sentence: &Sentence, i: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let lemma = |n: usize| tokens[n].lemma.to_lowercase();
    if !matches!(&*lemma(i), "only" | "all" | "solely" | "exclusively") {
        return None;
    }
    // "Only" must belong to the fighters ("said only that two soldiers", "only two soldiers" are other words), and "all those
    // killed" must be said to be fighters.
    let fits = |n: usize| match &*lemma(i) {
        "all" => sentence.children(n).any(|c| tokens[c].deprel == "cop"),
        _ => {
            let object = |verb: usize| {
                in_group("struck", &lemma(verb))
                    && tokens[n].deprel == "obj"
                    && sentence.head(n) == Some(verb)
            };
            sentence.head(i).is_some_and(|h| h == n || object(h))
        }
    };
    let fighters = (i + 1..tokens.len().min(i + 9)).find(|&n| in_group("fighters", &lemma(n)) && fits(n))?;
    let struck = |n: usize| in_group("harmed", &lemma(n)) || in_group("struck", &lemma(n));
    // "all those killed were fighters", "only fighters were hit"; not "all fighters were killed".
    let told = match &*lemma(i) {
        "all" => (i + 1..fighters).any(struck),
        _ => (i.saturating_sub(6)..tokens.len().min(fighters + 6)).any(struck),
    };
    told.then_some(fighters)
}

/// What kinds of people the words of an account name.
pub(super) fn kinds_in(analyses: &[Analysis], events: &[(usize, usize)], at: &Span) -> Vec<&'static str> {
    let reports = events.iter().map(|&(r, _)| &analyses[r]);
    let Some(a) = reports.into_iter().find(|a| a.report.id == at.report) else { return Vec::new() };
    let lemmas = lemmas(a, at.range);
    PEOPLE.into_iter().filter(|kind| lemmas.iter().any(|w| in_group(kind, w))).collect()
}

/// The lemmas of the words in a range, in lower case.
fn lemmas(a: &Analysis, range: TextRange) -> BTreeSet<String> {
    let sentences = &a.parsed.sentences;
    let first = sentences.partition_point(|s| s.range.end() <= range.start());
    let near = sentences[first..].iter().take_while(|s| s.range.start() < range.end());
    near.flat_map(|s| &s.tokens).filter(|t| range.contains(t.range)).map(|t| t.lemma.to_lowercase()).collect()
}

/// What an event's words name.
struct Named {
    lemmas: BTreeSet<String>,
    terms: BTreeSet<u32>,
}

impl Named {
    fn of(a: &Analysis, event: &Event) -> Named {
        let terms = words(&a.report.text, event.extent).iter().map(|w| w.term).collect();
        Named { lemmas: lemmas(a, event.extent), terms }
    }
}

/// How many sentences around somebody else's account of the dead may stand that belongs to no incident.
const AROUND: usize = 4;

/// What others are quoted for shortly before or behind that tells of such people among those killed or hurt.
fn told_near(
    scene: &Scene<'_>,
    r: usize,
    s: usize,
    absence: &Absence,
) -> Vec<(Span, String, Option<ActorId>)> {
    let a = &scene.analyses[r];
    let sentences = &a.parsed.sentences;
    if !in_group("civilians", &absence.noun) {
        return Vec::new();
    }
    let (first, last) = (s.saturating_sub(AROUND), (s + AROUND).min(sentences.len() - 1));
    let near = TextRange::new(sentences[first].range.start(), sentences[last].range.end());
    let mut out: Vec<(Span, String, Option<ActorId>)> = Vec::new();
    for x in &a.attributions {
        let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
        let other = party(scene.cast, by.as_ref(), x, &a.report.text) != absence.party;
        for &range in x.content.iter().filter(|c| near.contains(**c) && !c.overlaps(absence.at)) {
            let lemmas = lemmas(a, range);
            let any = |group: &str| lemmas.iter().any(|w| in_group(group, w));
            if other && any("civilians") && any("harmed") && !lemmas.contains("no") {
                let span = Span { report: a.report.id.clone(), range };
                out.push((span, shown(range.of(&a.report.text)), by.clone()));
            }
        }
    }
    out
}

/// Accounts of the incident by others that tell of such people or things, with their words and who gives them.
fn told(
    scene: &Scene<'_>,
    events: &[(usize, usize)],
    named: &[Named],
    absence: &Absence,
) -> Vec<(Span, String, Option<ActorId>)> {
    let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| in_group(kind, &absence.noun)).collect();
    let one = |word: &str| match kinds.is_empty() {
        true => word == absence.noun || in_group("grounds", &absence.noun),
        false => kinds.iter().any(|kind| in_group(kind, word)),
    };
    let traced = in_group("traces", &absence.noun);
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (&(r, e), named) in events.iter().zip(named) {
        let a = &scene.analyses[r];
        let event = &a.events[e];
        let happened = matches!(event.factuality, Factuality::Happened | Factuality::Ongoing);
        let said = event.attribution.and_then(|t| a.attributions.get(t));
        let by = said.and_then(|t| t.speaker.as_ref()).map(|id| scene.cast.id(id));
        let own = match said {
            Some(t) => party(scene.cast, by.as_ref(), t, &a.report.text) == absence.party,
            None => a.report.id.as_str() == absence.party,
        };
        if !happened || own || event.extent.overlaps(absence.at) {
            continue;
        }
        let tells = match traced {
            true => absence.about.iter().any(|t| named.terms.contains(t)),
            false => named.lemmas.iter().any(|w| one(w)),
        };
        let span = Span { report: a.report.id.clone(), range: event.extent };
        if tells && seen.insert(span.clone()) {
            out.push((span, shown(event.extent.of(&a.report.text)), by));
        }
    }
    out
}
