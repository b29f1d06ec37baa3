//! What formats of one row an event need of an incident: its place, its day, its sources.

use std::collections::BTreeSet;

use ::record::{
    Confidence, Date, EventType, Factuality, FigureSet, Incident, Located, Party, PlacePrecision, Report,
    Spot, When,
};

use crate::data::{self, Side};
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
    /// How far beyond its place the incident is told to reach.
    pub(crate) spread: Spread,
}

/// How far beyond its finest place an incident is told to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spread {
    /// All other places are larger ones around it.
    Here,
    /// Others lie in the same first-level division.
    Division,
    /// Others lie in the same country.
    Country,
    /// Others lie in another country.
    Abroad,
}

impl Spread {
    fn of(places: &[Located]) -> Spread {
        let Some((Located { spot: first, .. }, others)) = places.split_first() else { return Spread::Here };
        let division = |s: &Spot| -> Option<String> {
            if s.precision == PlacePrecision::Admin1 { Some(s.name.clone()) } else { s.admin1.clone() }
        };
        let step = |other: &Spot| {
            if other.country.is_none() || first.country.is_none() {
                // A region over several countries, or one of which the country is not known, says nothing.
                Spread::Here
            } else if other.country != first.country {
                Spread::Abroad
            } else if matches!(other.precision, PlacePrecision::Country | PlacePrecision::Region) {
                Spread::Here
            } else if division(first).is_some() && division(first) == division(other) {
                let around =
                    other.precision == PlacePrecision::Admin1 && first.precision != PlacePrecision::Admin1;
                if around { Spread::Here } else { Spread::Division }
            } else if division(first).is_none() && other.precision == PlacePrecision::Admin1 {
                // The division that a site of which the division is not known may well lie in.
                Spread::Division
            } else {
                Spread::Country
            }
        };
        others.iter().map(|p| step(&p.spot)).max().unwrap_or(Spread::Here)
    }
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
                spot: incident.places.iter().map(|p| &p.spot).find(|s| s.name == name),
                killed: Some(Toll::from(set)),
                spread: Spread::Here,
            };
            return by_place.into_iter().enumerate().map(scene).collect();
        }
        let spot = incident.places.first().map(|p| &p.spot);
        let killed = Toll::of(incident, "killed");
        vec![Scene {
            number: 0,
            name: spot.map(|s| s.name.as_str()),
            spot,
            killed,
            spread: Spread::of(&incident.places),
        }]
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

/// Actors or targets in the order of how surely they are named, those whose part is denied last; among the actors of an
/// assault people without arms come after all others.
pub(crate) fn ranked<'r>(incident: &'r Incident, parties: &'r [Party], words: &Words<'r>) -> Vec<&'r Party> {
    let mut ranked: Vec<&Party> = words.somebody(parties);
    let doers = incident.kind == EventType::Assault && std::ptr::eq(parties, incident.actors.as_slice());
    ranked.sort_by_key(|p| {
        let unarmed = doers && words.actor(&p.actor).and_then(data::side) == Some(Side::Civilians);
        let surely = match p.confidence {
            Confidence::Fact => 0,
            Confidence::Claimed => 1,
            Confidence::Accused | Confidence::Unknown => 2,
            Confidence::Denied => 3,
        };
        (unarmed, surely)
    });
    ranked
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
    fn an_incident_reaches_as_far_as_its_places() {
        let spot = |name: &str, country: &'static str, admin1: Option<&str>, precision| Located {
            spot: Spot {
                name: name.to_owned(),
                geonames_id: None,
                lat: None,
                lon: None,
                country: Some(country),
                admin1: admin1.map(str::to_owned),
                precision,
            },
            evidence: Vec::new(),
        };
        use PlacePrecision::{Admin1, City, Country};
        let town = spot("Qaim", "IRQ", Some("Anbar"), City);
        let around = [town.clone(), spot("Anbar", "IRQ", None, Admin1), spot("Iraq", "IRQ", None, Country)];
        assert_eq!(Spread::of(&around), Spread::Here);
        assert_eq!(Spread::of(&[town.clone(), spot("Hit", "IRQ", Some("Anbar"), City)]), Spread::Division);
        assert_eq!(Spread::of(&[town.clone(), spot("Jurf", "IRQ", Some("Babil"), City)]), Spread::Country);
        assert_eq!(Spread::of(&[town, spot("Syria", "SYR", None, Country)]), Spread::Abroad);
        assert_eq!(Spread::of(&[]), Spread::Here);
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
