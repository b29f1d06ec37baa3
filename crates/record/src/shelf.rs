//! Which incidents a reader wants first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::names::names;
use crate::{Factuality, Incident, Quad, Record, ReportId};

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
}

impl Record {
    /// The incidents as a reading list: shelf by shelf, and on each first what most independent voices tell, then what
    /// cost most lives, has most figures and is mentioned most. Empty shelves are left out.
    #[must_use]
    pub fn shelves(&self) -> Vec<(Shelf, Vec<&Incident>)> {
        let mut shelves: BTreeMap<Shelf, Vec<_>> = BTreeMap::new();
        for incident in &self.incidents {
            let killed =
                incident.figures.iter().filter(|f| f.what == "killed").filter_map(|f| f.best.or(f.low)).max();
            let size = (self.voices(incident), killed, incident.figures.len(), incident.evidence.len());
            shelves.entry(incident.shelf()).or_default().push((Reverse(size), &incident.id, incident));
        }
        let sorted = |mut list: Vec<(Reverse<_>, _, _)>| {
            list.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
            list.into_iter().map(|(_, _, incident)| incident).collect()
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
