//! `deeds`: the events of short passages, written with their answers by hand (`crates/evaluation/deeds`).
//!
//! JSONL, one passage a line: `text`, `events`, and `none`, words that look like a deed and are none. An event has an
//! `anchor` (words of the text that name it; `also`: other words that name the same deed), acceptable `types` and
//! `factuality`, texts of which one has to be among the `actors` and `targets` (none: we must not give any), names of its
//! `place`, and `figures`. One of our events is found at an anchor that its trigger shares a character with; it must
//! have an acceptable type if any there has.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use record::{ActorId, Analysis, Event, Figure, TextRange};
use serde_json::Value;

use super::Settings;
use crate::input::{self, has_extension};
use crate::metrics::Counts;
use crate::{Case, Outcome, Problem, system};

/// Scores in percent: `found` (F1 of events; `found_p`, `found_r`), then, over the events found, how often `type`,
/// `factuality`, `actor`, `target` and `place` are right; `figures` (F1 of role and lower bound, wherever they hang);
/// `none`, how often words that are no deed are coded; `quiet`, how many of the passages without any deed get no event. `n`
/// is the number of gold events.
///
/// # Errors
/// A file that cannot be read, a broken line, or words that are not in its text.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::new("deeds", path);
    let mut tally = Tally::default();
    for file in input::files(path, "JSONL file", |p| has_extension(p, &["jsonl"]))? {
        let passages = input::json_lines(&file)?.into_iter().enumerate();
        let passages =
            passages.map(|(n, value)| Passage::read(n + 1, value).map_err(|e| Problem::at(&file, n + 1, e)));
        let passages = settings.choose(passages.collect::<Result<Vec<_>, _>>()?);
        let analyses: Vec<Analysis> =
            passages.par_iter().map(|p| system::analyse(system::report("passage", &p.text, None))).collect();
        for (passage, analysis) in passages.iter().zip(&analyses) {
            let origin = format!("{}:{}", input::stem(&file), passage.line);
            tally.score(passage, analysis, &origin, &mut outcome);
        }
    }
    outcome.score("found", tally.found.f1());
    outcome.score("found_p", tally.found.precision());
    outcome.score("found_r", tally.found.recall());
    for name in ["type", "factuality", "actor", "target", "place"] {
        outcome.score(name, tally.parts.get(name).copied().unwrap_or_default().recall());
    }
    outcome.score("figures", tally.figures.f1());
    outcome.score("none", tally.none.recall());
    outcome.score("quiet", tally.quiet.recall());
    Ok(outcome)
}

/// A passage with its answers.
struct Passage {
    line: usize,
    text: String,
    deeds: Vec<Deed>,
    none: Vec<TextRange>,
}

struct Deed {
    anchors: Vec<TextRange>,
    types: Vec<String>,
    factuality: Vec<String>,
    actors: Vec<String>,
    targets: Vec<String>,
    place: Vec<String>,
    figures: Vec<(String, u64)>,
}

impl Passage {
    fn read(line: usize, value: Value) -> Result<Passage, String> {
        let text = value["text"].as_str().ok_or("no text")?.to_owned();
        let range = |words: &String| {
            let start = text.find(words.as_str()).ok_or(format!("«{words}» is not in the text"))?;
            Ok::<_, String>(TextRange::new(start, start + words.len()))
        };
        let mut deeds = Vec::new();
        for event in value["events"].as_array().ok_or("no events")? {
            let anchor = event["anchor"].as_str().ok_or("an event without anchor")?.to_owned();
            let anchors = [vec![anchor], strings(&event["also"])].concat();
            let figures = event["figures"].as_array().into_iter().flatten();
            deeds.push(Deed {
                anchors: anchors.iter().map(range).collect::<Result<_, _>>()?,
                types: strings(&event["types"]),
                factuality: strings(&event["factuality"]),
                actors: strings(&event["actors"]),
                targets: strings(&event["targets"]),
                place: strings(&event["place"]),
                figures: figures
                    .filter_map(|f| Some((f["role"].as_str()?.to_owned(), f["low"].as_u64()?)))
                    .collect(),
            });
        }
        let none = strings(&value["none"]).iter().map(range).collect::<Result<_, _>>()?;
        Ok(Passage { line, text, deeds, none })
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| Some(v.as_str()?.to_owned())).collect()
}

#[derive(Default)]
struct Tally {
    found: Counts,
    parts: BTreeMap<&'static str, Counts>,
    figures: Counts,
    none: Counts,
    quiet: Counts,
}

impl Tally {
    fn score(&mut self, passage: &Passage, analysis: &Analysis, origin: &str, outcome: &mut Outcome) {
        let text = &passage.text;
        let words = |r: TextRange| text[r.start()..r.end()].to_owned();
        let mut case = |what: &str, gold: String, ours: String| {
            outcome.cases.push(Case { origin: format!("{origin} {what}"), text: text.clone(), gold, ours });
        };
        let hits = |deed: &Deed, event: &Event| deed.anchors.iter().any(|a| a.overlaps(event.trigger));
        for deed in &passage.deeds {
            outcome.n += 1;
            let there: Vec<&Event> = analysis.events.iter().filter(|e| hits(deed, e)).collect();
            self.found += Counts::new(usize::from(!there.is_empty()), 1, 0);
            let typed = |e: &&&Event| deed.types.iter().any(|t| t == e.kind.as_str());
            let Some(event) = there.iter().find(typed).or(there.first()) else {
                case("not found", format!("{} {:?}", words(deed.anchors[0]), deed.types), String::new());
                continue;
            };
            let all = |roles: fn(&Event) -> &[record::EventRole]| -> Vec<TextRange> {
                let roles = there.iter().flat_map(|e| roles(e));
                roles.flat_map(|r| words_for(analysis, r.range, r.actor.as_ref())).collect()
            };
            let actors = all(|e| &e.actors);
            let targets = all(|e| &e.targets);
            let places: Vec<TextRange> =
                there.iter().filter_map(|e| e.place).map(|p| analysis.places[p].range).collect();
            let kinds = [event.kind.as_str().to_owned()];
            let right = [
                ("type", typed(&event), deed.types.join(" "), kinds.join(" ")),
                (
                    "factuality",
                    deed.factuality.iter().any(|f| f == event.factuality.as_str()),
                    deed.factuality.join(" "),
                    event.factuality.as_str().to_owned(),
                ),
                ("actor", named(text, &deed.actors, &actors), deed.actors.join(" / "), list(text, &actors)),
                (
                    "target",
                    named(text, &deed.targets, &targets),
                    deed.targets.join(" / "),
                    list(text, &targets),
                ),
                ("place", named(text, &deed.place, &places), deed.place.join(" / "), list(text, &places)),
            ];
            let gold = deed.types.join("/");
            outcome.confusion.add(&gold, if right[0].1 { &gold } else { &kinds[0] });
            for (name, right, gold, ours) in right {
                *self.parts.entry(name).or_default() += Counts::new(usize::from(right), 1, 1);
                if !right {
                    case(&format!("{name} of «{}»", words(event.trigger)), gold, ours);
                }
            }
        }
        for event in &analysis.events {
            let ours = Counts::new(0, 0, 1);
            self.found += ours;
            if !passage.deeds.iter().any(|d| hits(d, event)) {
                case("too many", String::new(), format!("{} {}", words(event.trigger), event.kind.as_str()));
            }
        }
        for words in &passage.none {
            let coded = analysis.events.iter().any(|e| e.trigger.overlaps(*words));
            self.none += Counts::new(usize::from(coded), 1, 0);
        }
        // Accidents have figures, too, which nobody listed.
        if passage.deeds.is_empty() {
            self.quiet += Counts::new(usize::from(analysis.events.is_empty()), 1, 0);
            return;
        }
        let gold: Vec<(String, u64)> = passage.deeds.iter().flat_map(|d| d.figures.clone()).collect();
        let roles = ["killed", "wounded", "missing", "captured", "arrested", "displaced", "abducted"];
        let counted = |f: &&Figure| roles.contains(&f.what.as_str());
        let low = |f: &Figure| Some((f.what.clone(), f.bounds.low().or(f.bounds.high())?));
        let ours: Vec<(String, u64)> = analysis.figures.iter().filter(counted).filter_map(low).collect();
        let same = crate::metrics::counts::shared(&gold, &ours);
        self.figures += Counts::new(same, gold.len(), ours.len());
        if same < gold.len().max(ours.len()) {
            case("figures", format!("{gold:?}"), format!("{ours:?}"));
        }
    }
}

/// The words of a role with all others of the passage that mean the same party ("they").
fn words_for(analysis: &Analysis, range: TextRange, actor: Option<&ActorId>) -> Vec<TextRange> {
    let others = analysis.mentions.iter().filter(|m| actor.is_some_and(|a| m.actor == *a)).map(|m| m.range);
    std::iter::once(range).chain(others).collect()
}

/// Whether one of our stretches is, or shares words with, one of the names; without names, whether there is none.
fn named(text: &str, names: &[String], ours: &[TextRange]) -> bool {
    if names.is_empty() {
        return ours.is_empty();
    }
    let spots = names.iter().flat_map(|n| text.match_indices(n.as_str()));
    let spots: Vec<TextRange> = spots.map(|(i, n)| TextRange::new(i, i + n.len())).collect();
    ours.iter().any(|r| spots.iter().any(|s| s.overlaps(*r)))
}

fn list(text: &str, ranges: &[TextRange]) -> String {
    ranges.iter().map(|r| &text[r.start()..r.end()]).collect::<Vec<_>>().join(" / ")
}
