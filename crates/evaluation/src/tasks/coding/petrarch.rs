//! PETRARCH's validation records.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use record::{Analysis, EventRole};

use super::super::Settings;
use crate::{Case, Outcome, Problem, system};

type Coded = BTreeSet<(String, String, String)>;

pub(super) fn run(
    path: &Path,
    text: &str,
    settings: &Settings,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    // The file has bare records that are no XML («<PLEvent {…}>»), which it calls ignored.
    let lines = text.lines().map(|l| if l.trim_start().starts_with("<PLEvent {") { "" } else { l });
    let text: String = lines.collect::<Vec<_>>().join("\n");
    let mut cases = Vec::new();
    for block in text.split("<Sentence ").skip(1) {
        let attributes = block.split('>').next().unwrap_or("");
        if attribute(attributes, "evaluate").is_some_and(|v| v == "false") {
            continue;
        }
        let Some((body, _)) = block.split_once("<Parse>").or_else(|| block.split_once("</Sentence>")) else {
            continue;
        };
        let Some(sentence) = body.split_once("<Text>").and_then(|(_, t)| t.split_once("</Text>")) else {
            continue;
        };
        let visible = without_comments(body);
        let codings = visible.split("<EventCoding").skip(1);
        let gold: Coded = codings
            .filter_map(|c| {
                let c = c.split('>').next().unwrap_or("");
                Some((attribute(c, "sourcecode")?, attribute(c, "targetcode")?, attribute(c, "eventcode")?))
            })
            .collect();
        let words = sentence.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'");
        cases.push((attribute(attributes, "id").unwrap_or_default(), words, gold));
    }
    if cases.is_empty() {
        return Err(Problem::new(path, "no <Sentence> to code"));
    }
    let cases = settings.choose(cases);
    let ours: Vec<Coded> = cases.par_iter().map(|(_, text, _)| coded(text)).collect();
    let pairs = |set: &Coded| set.iter().map(|(s, t, _)| (s.clone(), t.clone())).collect::<BTreeSet<_>>();
    let exact = cases.iter().zip(&ours).filter(|((_, _, gold), ours)| gold == *ours).count();
    let pair = cases.iter().zip(&ours).filter(|((_, _, gold), ours)| pairs(gold) == pairs(ours)).count();
    outcome.n = cases.len();
    outcome.score("exact", 100.0 * exact as f64 / cases.len() as f64);
    outcome.score("pair", 100.0 * pair as f64 / cases.len() as f64);
    for ((id, text, gold), ours) in cases.into_iter().zip(ours) {
        if gold != ours {
            outcome.cases.push(Case {
                origin: id,
                text,
                gold: format!("{gold:?}"),
                ours: format!("{ours:?}"),
            });
        }
    }
    Ok(())
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, a)| a);
    }
    out + rest
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    Some(value.split('"').next().unwrap_or("").to_owned())
}

fn coded(text: &str) -> Coded {
    let analysis = system::analyse(system::report("sentence", text, None));
    let mut set = Coded::new();
    for event in &analysis.events {
        for actor in &event.actors {
            for target in &event.targets {
                let code = |role| petrarch_code(&analysis, role, text);
                set.insert((code(actor), code(target), event.cameo.clone()));
            }
        }
    }
    set
}

/// CAMEO actor code: the country (or the first three letters of an unknown name), then the sector.
fn petrarch_code(analysis: &Analysis, role: &EventRole, text: &str) -> String {
    let actor = analysis.actors.iter().find(|a| Some(&a.id) == role.actor.as_ref());
    let country = actor.and_then(|a| a.country.clone()).unwrap_or_else(|| {
        let name = role.range.of(text).split_whitespace().find(|w| w.starts_with(char::is_uppercase));
        name.unwrap_or("").chars().take(3).collect::<String>().to_uppercase()
    });
    let sector = actor.filter(|a| a.kind != record::ActorKind::State).and_then(|a| a.sector);
    format!("{country}{}", sector.map(|s| s.to_string()).unwrap_or_default())
}
