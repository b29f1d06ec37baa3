//! Which incidents a reader wants first. Every list of incidents for people goes by it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::names::names;
use crate::{ClaimStatus, Factuality, Incident, IncidentId, Quad, Record, ReportId};

names! {
    /// The part of a reading list that an incident belongs to.
    Shelf("shelf") {
        /// Something was done, or people or things were counted.
        Deeds = "What happened",
        /// Something was only said: condemned, demanded, agreed.
        Words = "What was said and decided",
        /// It did not happen, or nobody knows.
        Unsure = "Planned, threatened, denied or uncertain",
    }
}

/// How much a reader wants to know of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// What the reports are about.
    Main,
    /// Worth a place of its own.
    Some,
    /// A remark or a bare mention of one voice, with nothing else to it.
    Minor,
}

/// Where an incident stands in a reading list: the lesser one comes first. Equals go by the order of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// How much it weighs.
    pub weight: Weight,
    /// Voices (a dispute and deaths count for some), the dead, the wounded, claims and mentions: the more the earlier.
    size: Reverse<(usize, u64, u64, usize, usize)>,
}

impl Incident {
    /// Where a reader looks for it.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        let material = matches!(self.kind.quad(), Quad::MaterialConflict | Quad::MaterialCooperation);
        match self.factuality {
            Factuality::Happened | Factuality::Ongoing if material || !self.figures.is_empty() => {
                Shelf::Deeds
            }
            Factuality::Happened | Factuality::Ongoing => Shelf::Words,
            _ => Shelf::Unsure,
        }
    }

    /// Where it stands when so many independent voices tell of it and so many disputes are over it: what happened before
    /// what is said, and first what many voices, deaths, figures and disputes are about.
    #[must_use]
    pub fn standing(&self, voices: usize, disputes: usize) -> Standing {
        let tells = !self.figures.is_empty() || disputes > 0;
        let fixed = !self.places.is_empty() || self.when.precision().is_some();
        let weight = match (self.shelf(), tells, voices) {
            (Shelf::Deeds, true, _) | (Shelf::Deeds, _, 3..) => Weight::Main,
            (_, true, _) | (Shelf::Deeds | Shelf::Words, _, 2..) => Weight::Some,
            // A dated or placed deed of one report is worth a place; a bare «attack» is not.
            (Shelf::Deeds, _, _) if fixed => Weight::Some,
            _ => Weight::Minor,
        };
        let hurt = |what: &str| {
            let sets = self.figures.iter().filter(|f| f.what == what);
            sets.filter_map(|f| f.best.or(f.high).or(f.low)).max().unwrap_or(0)
        };
        let claims = self.figures.iter().flat_map(|f| &f.claims).filter(|c| c.status != ClaimStatus::Copy);
        let (killed, wounded) = (hurt("killed"), hurt("wounded"));
        let told = voices + 2 * disputes + usize::from(killed > 0);
        Standing { weight, size: Reverse((told, killed, wounded, claims.count(), self.evidence.len())) }
    }
}

impl Record {
    /// The incidents as a reading list: shelf by shelf, and on each by their standing. Empty shelves are left out.
    #[must_use]
    pub fn shelves(&self) -> Vec<(Shelf, Vec<&Incident>)> {
        let mut disputes: BTreeMap<&IncidentId, usize> = BTreeMap::new();
        for id in self.disputes.iter().filter_map(|d| d.incident.as_ref()) {
            *disputes.entry(id).or_default() += 1;
        }
        let mut shelves: BTreeMap<Shelf, Vec<_>> = BTreeMap::new();
        for incident in &self.incidents {
            let over = disputes.get(&incident.id).copied().unwrap_or(0);
            let standing = incident.standing(self.voices(incident), over);
            shelves.entry(incident.shelf()).or_default().push((standing, incident));
        }
        let sorted = |mut list: Vec<(Standing, _)>| {
            list.sort_by_key(|(standing, _)| *standing);
            list.into_iter().map(|(_, incident)| incident).collect()
        };
        shelves.into_iter().map(|(shelf, list)| (shelf, sorted(list))).collect()
    }

    /// How many independent voices tell of an incident: reports that share one text are one.
    #[must_use]
    pub fn voices(&self, incident: &Incident) -> usize {
        let voice = |id: ReportId| match self.documents.get(&id) {
            Some(link) if !link.origin.is_empty() => link.origin.clone(),
            _ => id.to_string(),
        };
        incident.reports().into_iter().map(voice).collect::<BTreeSet<_>>().len()
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        DocumentLink, EventType, Factuality, Grounds, Incident, IncidentId, Record, ReportId, Shelf, Span,
        TextRange, When,
    };

    fn incident(id: &str, kind: EventType, factuality: Factuality, reports: &[&str]) -> Incident {
        let at = |report: &&str| Span { report: ReportId::new(report), range: TextRange::new(0, 1) };
        Incident {
            id: IncidentId::new(id),
            title: String::new(),
            kind,
            mode: None,
            cameo: String::new(),
            contexts: Vec::new(),
            factuality,
            when: When::Unknown,
            places: Vec::new(),
            actors: Vec::new(),
            targets: Vec::new(),
            figures: Vec::new(),
            evidence: reports.iter().map(at).collect(),
            grounds: Grounds::default(),
            responds_to: Vec::new(),
            part_of: None,
            links: Vec::new(),
        }
    }

    #[test]
    fn deeds_of_many_voices_come_first() {
        let voice = |origin: &str| DocumentLink { origin: origin.to_owned(), ..DocumentLink::default() };
        let record = Record {
            documents: [("a", "wire"), ("b", "wire"), ("c", "own")]
                .map(|(id, origin)| (ReportId::new(id), voice(origin)))
                .into(),
            incidents: vec![
                incident("accuse", EventType::Accuse, Factuality::Happened, &["a", "b", "c"]),
                incident("copied", EventType::Assault, Factuality::Happened, &["a", "b"]),
                incident("shared", EventType::Assault, Factuality::Happened, &["a", "c"]),
                incident("threat", EventType::Assault, Factuality::Threatened, &["a", "b", "c"]),
            ],
            ..Record::default()
        };
        let list: Vec<(Shelf, Vec<&str>)> = record
            .shelves()
            .into_iter()
            .map(|(shelf, list)| (shelf, list.iter().map(|i| i.id.as_str()).collect()))
            .collect();
        assert_eq!(
            list,
            [
                (Shelf::Deeds, vec!["shared", "copied"]),
                (Shelf::Words, vec!["accuse"]),
                (Shelf::Unsure, vec!["threat"]),
            ]
        );
    }
}
