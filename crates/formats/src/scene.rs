//! What formats of one row an event need of an incident: its place, its day, its sources.

use std::collections::BTreeSet;

use ::record::{Date, Factuality, FigureSet, Incident, PlacePrecision, Report, Spot, When};

use crate::toll::Toll;
use crate::words::Words;

/// An incident at one place, with the dead counted there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'r> {
    /// From 1 where the reports count the dead by place; 0 where the incident is one scene.
    pub(crate) number: usize,
    /// The name of the place.
    pub(crate) name: Option<&'r str>,
    /// The place, if the record describes it.
    pub(crate) spot: Option<&'r Spot>,
    /// The dead.
    pub(crate) killed: Option<Toll>,
}

impl<'r> Scene<'r> {
    /// The scenes of an incident: one, at its finest place; or one for each place for which the reports count the
    /// dead, where none counts them in all.
    pub(crate) fn of(incident: &'r Incident) -> Vec<Scene<'r>> {
        let total = |f: &&FigureSet| f.what == "killed" && f.of.is_none();
        let by_place: Vec<(&FigureSet, &'r str)> = incident
            .figures
            .iter()
            .filter(total)
            .filter_map(|f| f.place.as_deref().map(|p| (f, p)))
            .collect();
        let all = incident.figures.iter().filter(total).count();
        if by_place.len() > 1 && by_place.len() == all {
            let scene = |(n, (set, name)): (usize, (&FigureSet, &'r str))| Scene {
                number: n + 1,
                name: Some(name),
                spot: incident.places.iter().find(|p| p.name == name),
                killed: Some(Toll::from(set)),
            };
            return by_place.into_iter().enumerate().map(scene).collect();
        }
        let spot = incident.places.first();
        let killed = Toll::of(incident, "killed");
        vec![Scene { number: 0, name: spot.map(|s| s.name.as_str()), spot, killed }]
    }

    /// The id of the row: that of the incident, with the number of the scene where there are several.
    pub(crate) fn id(&self, incident: &Incident) -> String {
        match self.number {
            0 => incident.id.to_string(),
            n => format!("{}-{n}", incident.id),
        }
    }

    /// The place, if it is fine enough to stand for a point on a map: not a country and nothing larger.
    pub(crate) fn point(&self) -> Option<&'r Spot> {
        self.spot.filter(|s| !matches!(s.precision, PlacePrecision::Country | PlacePrecision::Region))
    }
}

/// Whether an incident is told as something that happened or goes on.
pub(crate) fn is_fact(incident: &Incident) -> bool {
    matches!(incident.factuality, Factuality::Happened | Factuality::Ongoing)
}

/// First and last possible day and how many days that is, if both ends are known.
pub(crate) fn days(when: When) -> Option<(Date, Date, i32)> {
    let (first, last) = (when.earliest()?, when.latest()?);
    let days = first.until(last).ok()?.get_days();
    (days >= 0).then_some((first, last, days + 1))
}

/// The reports of an incident, first published first, undated ones last.
pub(crate) fn sources<'r>(incident: &Incident, words: &Words<'r>) -> Vec<&'r Report> {
    let mut found: Vec<&Report> = incident.reports().iter().filter_map(|id| words.report(id)).collect();
    found.sort_by_key(|r| (r.published.as_ref().map_or(Date::MAX, |p| p.date), &r.id));
    found
}

/// Their publishers, each once, in that order.
pub(crate) fn publishers<'r>(sources: &[&'r Report]) -> Vec<&'r str> {
    let mut seen = BTreeSet::new();
    sources.iter().filter_map(|r| r.publisher.as_deref()).filter(|p| seen.insert(*p)).collect()
}

/// A number for tools that want one, made from an id: the same for the same id, from 1 to 2^53 - 1, so that a program
/// that reads it as a decimal number keeps it (FNV-1a, 64 bits, the upper 53).
pub(crate) fn number(id: &str) -> u64 {
    let hash =
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 11).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::harbour;

    #[test]
    fn the_dead_counted_by_place_make_a_scene_each_and_parts_none() {
        let record = harbour();
        let by_id = |id: &str| record.incidents.iter().find(|i| i.id.as_str() == id).expect("in the record");
        let clash = Scene::of(by_id("assault-clash"));
        let told: Vec<_> =
            clash.iter().map(|s| (s.name, s.spot.is_some(), s.killed.and_then(|k| k.best))).collect();
        assert_eq!(told, [(Some("Amran"), true, Some(7)), (Some("Saada"), true, Some(16))]);
        assert_eq!(clash[1].id(by_id("assault-clash")), "assault-clash-2");
        let raid = Scene::of(by_id("assault-raid"));
        assert_eq!(raid.len(), 1);
        assert_eq!(
            raid[0].killed,
            Some(Toll { low: Some(6), best: Some(11), high: Some(11), conservative: Some(6) })
        );
    }

    #[test]
    fn numbers_are_exact_in_a_double() {
        assert_eq!(number("assault-raid"), number("assault-raid"));
        assert_ne!(number("assault-raid"), number("assault-raid-1"));
        for id in ["", "a", "assault-raid"] {
            let n = number(id);
            assert!(n > 0 && n < 1 << 53 && (n as f64) as u64 == n);
        }
    }
}
