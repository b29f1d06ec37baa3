//! What the heads of a marked pile say of its incidents, against those of a record.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use record::{ActorId, Incident, Party, Record, When};

use super::{Mark, Pile};
use crate::metrics::Counts;
use crate::metrics::answers::fold;

/// What is said of an incident. What the reports leave open is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its name in the pile.
    pub id: String,
    /// PLOVER type.
    pub kind: String,
    /// The day, where it is one day.
    pub day: Option<Date>,
    /// Names of where it was, as far as one is in the other: "near Gondola", "Mozambique".
    pub places: Vec<String>,
    /// Who did it.
    pub by: Vec<String>,
    /// To whom.
    pub to: Vec<String>,
    /// The least and most killed, over the reports.
    pub killed: Option<(u64, u64)>,
    /// The least and most wounded.
    pub wounded: Option<(u64, u64)>,
    /// Names of incidents that it answers.
    pub answers: Vec<String>,
}

impl Facts {
    /// Reads `A ASSAULT.firearms happened | date: 2024-03-05 | …`; the error says what is wrong.
    pub(super) fn read(line: &str) -> Result<Facts, String> {
        let mut parts = line.split('|').map(str::trim);
        let mut head = parts.next().unwrap_or_default().split(' ');
        let id = head.next().unwrap_or_default().to_owned();
        let kind = head.next().and_then(|k| k.split('.').next()).unwrap_or_default().to_owned();
        let mut facts = Facts { id, kind, ..Facts::default() };
        let list = |value: &str, by: &[char]| -> Vec<String> {
            value.split(by).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect()
        };
        for part in parts {
            let (name, value) =
                part.split_once(':').map(|(n, v)| (n, v.trim())).ok_or(format!("no field in «{part}»"))?;
            match name {
                // Of a month, a year or several days there is no one day.
                "date" => facts.day = value.parse().ok(),
                "place" => facts.places = list(value, &[',', ';']),
                "by" => facts.by = list(value, &[';']),
                "to" => facts.to = list(value, &[';']),
                "killed" => facts.killed = Some(range(value)?),
                "wounded" => facts.wounded = Some(range(value)?),
                "answers" => facts.answers = list(value, &[',', ';']),
                "part of" | "what" => {}
                _ => return Err(format!("unknown field «{name}»")),
            }
        }
        Ok(facts)
    }
}

fn range(value: &str) -> Result<(u64, u64), String> {
    let (low, high) = value.split_once('-').unwrap_or((value, value));
    let number = |s: &str| s.trim().parse().map_err(|_| format!("«{value}» is no number or range"));
    Ok((number(low)?, number(high)?))
}

/// What was counted of the incidents' values.
#[derive(Default)]
pub(super) struct Held {
    parts: BTreeMap<&'static str, Counts>,
    /// Parties listed that are among those of the pile.
    listed: BTreeMap<&'static str, Counts>,
    answers: Counts,
}

/// Values that are scored over the incidents found which have them.
const PARTS: [&str; 7] = ["type", "date", "place", "by", "to", "killed", "wounded"];

impl Held {
    /// Counts a pile; returns what is wrong.
    pub(super) fn add(
        &mut self,
        pile: &Pile,
        found: &[Mark],
        record: &Record,
    ) -> Vec<(String, String, String)> {
        let mut wrong = Vec::new();
        let same =
            |gold: usize, ours: usize| pile.incidents[gold].kind == record.incidents[ours].kind.as_str();
        let ours = paired(found, same);
        let names: BTreeMap<&ActorId, Vec<String>> = record
            .actors
            .iter()
            .map(|a| (&a.id, a.aliases.iter().chain([&a.name]).map(|n| fold(n)).collect()))
            .collect();
        for (n, facts) in pile.incidents.iter().enumerate() {
            let Some(incident) = ours.get(&n).map(|&i| &record.incidents[i]) else { continue };
            let mut part = |name: &'static str, right: bool, gold: String, shown: String| {
                *self.parts.entry(name).or_default() += Counts::new(usize::from(right), 1, 0);
                if !right {
                    wrong.push((format!("{}: wrong {name} of {}", pile.name, facts.id), gold, shown));
                }
            };
            part("type", facts.kind == incident.kind.as_str(), facts.kind.clone(), incident.title.clone());
            if let Some(day) = facts.day {
                part(
                    "date",
                    incident.when == When::Exact(day),
                    day.to_string(),
                    format!("{:?}", incident.when),
                );
            }
            if !facts.places.is_empty() {
                let spots: Vec<String> = incident.places.iter().map(|p| fold(&p.spot.name)).collect();
                let right = spots.first().is_some_and(|first| {
                    facts.places.iter().map(|p| fold(p)).any(|p| p.contains(first) || first.contains(&p))
                });
                part("place", right, facts.places.join(", "), spots.join(", "));
            }
            let shown = |parties: &[Party]| -> Vec<String> {
                parties.iter().filter_map(|p| names.get(&p.actor)).flatten().cloned().collect()
            };
            for (name, gold, parties) in
                [("by", &facts.by, &incident.actors), ("to", &facts.to, &incident.targets)]
            {
                if !gold.is_empty() {
                    for party in parties.iter() {
                        let called = names.get(&party.actor);
                        let right =
                            called.is_some_and(|all| gold.iter().any(|g| all.iter().any(|s| alike(g, s))));
                        *self.listed.entry(name).or_default() += Counts::new(usize::from(right), 0, 1);
                    }
                    let shown = shown(parties);
                    part(
                        name,
                        gold.iter().any(|g| shown.iter().any(|s| alike(g, s))),
                        gold.join("; "),
                        shown.join("; "),
                    );
                }
            }
            for (name, gold) in [("killed", facts.killed), ("wounded", facts.wounded)] {
                if let Some((low, high)) = gold {
                    let best = best(incident, name);
                    part(
                        name,
                        best.is_some_and(|b| (low..=high).contains(&b)),
                        format!("{low}-{high}"),
                        best.map_or("none".to_owned(), |b| b.to_string()),
                    );
                }
            }
        }
        self.answers(pile, &ours, record, &mut wrong);
        wrong
    }

    fn answers(
        &mut self,
        pile: &Pile,
        ours: &BTreeMap<usize, usize>,
        record: &Record,
        wrong: &mut Vec<(String, String, String)>,
    ) {
        let number = |id: &String| pile.incidents.iter().position(|f| f.id == *id);
        let gold: BTreeSet<(usize, usize)> = pile
            .incidents
            .iter()
            .enumerate()
            .flat_map(|(n, f)| f.answers.iter().filter_map(move |a| Some((n, number(a)?))))
            .collect();
        let back: BTreeMap<usize, usize> = ours.iter().map(|(g, o)| (*o, *g)).collect();
        let mut got = BTreeSet::new();
        for (o, incident) in record.incidents.iter().enumerate() {
            for response in &incident.responds_to {
                let to = record.incidents.iter().position(|i| i.id == response.incident);
                if let (Some(&from), Some(&to)) = (back.get(&o), to.and_then(|t| back.get(&t))) {
                    got.insert((from, to));
                }
            }
        }
        self.answers += Counts::new(gold.intersection(&got).count(), gold.len(), got.len());
        let name = |&(a, b): &(usize, usize)| format!("{} -> {}", pile.incidents[a].id, pile.incidents[b].id);
        let missed = |pair: &&(usize, usize)| ours.contains_key(&pair.0) && ours.contains_key(&pair.1);
        wrong.extend(
            gold.difference(&got)
                .filter(missed)
                .map(|p| (format!("{}: answer not found", pile.name), name(p), String::new())),
        );
        wrong.extend(
            got.difference(&gold).map(|p| (format!("{}: false answer", pile.name), String::new(), name(p))),
        );
    }

    pub(super) fn scores(&self) -> Vec<(&'static str, f64)> {
        let of = |name: &&'static str| (*name, self.parts.get(name).copied().unwrap_or_default().recall());
        let mut out: Vec<_> = PARTS.iter().map(of).collect();
        for (name, of) in [("by_p", "by"), ("to_p", "to")] {
            out.push((name, self.listed.get(of).copied().unwrap_or_default().precision()));
        }
        out.push(("answers", self.answers.f1()));
        out.push(("answers_p", self.answers.precision()));
        out.push(("answers_r", self.answers.recall()));
        out
    }
}

/// Which incident of the record is which of the pile: by the marks that they share, the most first, of equals one of the `same`
/// type; each once.
fn paired(found: &[Mark], same: impl Fn(usize, usize) -> bool) -> BTreeMap<usize, usize> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for m in found {
        if let Some(ours) = m.ours {
            *shared.entry((m.gold, ours)).or_default() += 1;
        }
    }
    let mut pairs: Vec<((usize, usize), usize)> = shared.into_iter().collect();
    pairs.sort_by_key(|&(pair, n)| (std::cmp::Reverse((n, same(pair.0, pair.1))), pair));
    let (mut out, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((gold, ours), _) in pairs {
        if !out.contains_key(&gold) && taken.insert(ours) {
            out.insert(gold, ours);
        }
    }
    out
}

/// The count that an incident is shown with: of all that it hit, else of all places together, else the largest part.
fn best(incident: &Incident, what: &str) -> Option<u64> {
    let sets = || incident.figures.iter().filter(|f| f.what == what);
    let of_all = || sets().filter(|f| f.of.is_none());
    let whole = of_all().find(|f| f.place.is_none()).and_then(|f| f.best);
    let places = || of_all().filter_map(|f| f.best).reduce(|a, b| a + b);
    whole.or_else(places).or_else(|| sets().filter_map(|f| f.best).max())
}

/// Whether two ways to call somebody have a telling word in common, up to its ending ("Malian army", "army of Mali").
fn alike(gold: &str, ours: &str) -> bool {
    let stems = |text: &str| -> BTreeSet<String> {
        fold(text).split(' ').filter(|w| w.chars().count() > 3).map(|w| w.chars().take(5).collect()).collect()
    };
    let (x, y) = (stems(gold), stems(ours));
    fold(gold) == fold(ours) || !x.is_disjoint(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read() {
        let line = "C COERCE.arrest happened | date: 2000-10-13..2000-10-15 | place: near Argun, Chechnya | by: a; b | killed: 4-6 | answers: A, B";
        let facts = Facts::read(line).unwrap_or_default();
        assert_eq!((facts.id.as_str(), facts.kind.as_str(), facts.day), ("C", "COERCE", None));
        assert_eq!(facts.places, ["near Argun", "Chechnya"]);
        assert_eq!((facts.by.len(), facts.killed, facts.answers.len()), (2, Some((4, 6)), 2));
        assert!(Facts::read("A ASSAULT happened | when: now").is_err_and(|e| e.contains("when")));
    }

    #[test]
    fn incidents_are_paired_by_the_marks_they_share() {
        let mark = |gold, ours| Mark { report: 0, at: record::TextRange::new(0, 1), gold, ours: Some(ours) };
        let found = [mark(0, 7), mark(0, 7), mark(1, 7), mark(1, 8), mark(2, 5), mark(2, 9)];
        let same = |gold, ours| (gold, ours) == (2, 9);
        assert_eq!(paired(&found, same), BTreeMap::from([(0, 7), (1, 8), (2, 9)]));
    }

    #[test]
    fn parties_are_alike_by_a_word() {
        assert!(
            alike("Malian army", "army of Mali") && alike("JNIM", "jnim") && !alike("Malian army", "Niger")
        );
    }
}
