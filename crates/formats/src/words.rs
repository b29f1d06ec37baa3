//! What the ids and spans of a record mean: reports, actors, words.

use std::collections::{BTreeMap, BTreeSet};

use ::record::{Actor, ActorId, Dispute, Incident, IncidentId, Record, Report, ReportId, Span, Statement};

use crate::json::Points;
use crate::tables::Cell;

/// Looks up ids and spans of one record.
pub(crate) struct Words<'r> {
    record: &'r Record,
    reports: BTreeMap<&'r str, (&'r Report, Points<'r>)>,
    actors: BTreeMap<&'r ActorId, &'r Actor>,
    incidents: BTreeMap<&'r IncidentId, &'r Incident>,
    disputes: BTreeMap<&'r IncidentId, Vec<&'r Dispute>>,
    statements: BTreeMap<&'r IncidentId, Vec<&'r Statement>>,
}

impl<'r> Words<'r> {
    pub(crate) fn new(record: &'r Record) -> Words<'r> {
        let mut disputes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for d in &record.disputes {
            if let Some(incident) = &d.incident {
                disputes.entry(incident).or_default().push(d);
            }
        }
        let mut statements: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for s in &record.statements {
            s.about.iter().for_each(|incident| statements.entry(incident).or_default().push(s));
        }
        Words {
            record,
            disputes,
            statements,
            reports: record.reports.iter().map(|r| (r.id.as_str(), (r, Points::new(&r.text)))).collect(),
            actors: record.actors.iter().map(|a| (&a.id, a)).collect(),
            incidents: record.incidents.iter().map(|i| (&i.id, i)).collect(),
        }
    }

    pub(crate) fn report(&self, id: &ReportId) -> Option<&'r Report> {
        self.reports.get(id.as_str()).map(|(r, _)| *r)
    }

    pub(crate) fn actor(&self, id: &ActorId) -> Option<&'r Actor> {
        self.actors.get(id).copied()
    }

    /// Those of some parties who can act; what is only struck is nobody.
    pub(crate) fn somebody(&self, parties: &'r [::record::Party]) -> Vec<&'r ::record::Party> {
        let thing = |p: &&::record::Party| {
            self.actor(&p.actor).is_some_and(|a| a.kind == ::record::ActorKind::PhysicalTarget)
        };
        parties.iter().filter(|p| !thing(p)).collect()
    }

    pub(crate) fn incident(&self, id: &IncidentId) -> Option<&'r Incident> {
        self.incidents.get(id).copied()
    }

    /// The disputes over an incident.
    pub(crate) fn disputes(&self, incident: &IncidentId) -> &[&'r Dispute] {
        self.disputes.get(incident).map_or(&[], |d| d)
    }

    /// The statements about an incident.
    pub(crate) fn statements(&self, incident: &IncidentId) -> &[&'r Statement] {
        self.statements.get(incident).map_or(&[], |s| s)
    }

    /// How many code points a report has.
    pub(crate) fn length(&self, id: &ReportId) -> Option<usize> {
        self.reports.get(id.as_str()).map(|(r, p)| p.of_byte(r.text.len()))
    }

    /// The name of an actor, or its id if the record does not describe it.
    pub(crate) fn name<'n>(&self, id: &'n ActorId) -> &'n str
    where
        'r: 'n,
    {
        self.actor(id).map_or(id.as_str(), |a| &a.name)
    }

    /// The words of a span.
    pub(crate) fn of(&self, span: &Span) -> &'r str {
        self.report(&span.report).map_or("", |r| span.range.of(&r.text))
    }

    /// First code point and one past the last.
    pub(crate) fn points(&self, span: &Span) -> Option<(usize, usize)> {
        self.reports.get(span.report.as_str()).map(|(_, p)| p.range(span.range))
    }

    /// Words, report, start, end.
    pub(crate) fn cells(&self, span: &Span) -> [Cell; 4] {
        let points = self.points(span);
        [
            Cell::text(self.of(span)),
            Cell::text(&span.report),
            points.map_or(Cell::Empty, |p| Cell::size(p.0)),
            points.map_or(Cell::Empty, |p| Cell::size(p.1)),
        ]
    }

    /// How many independent voices these reports are: copies of one text count once.
    pub(crate) fn voices(&self, reports: &[ReportId]) -> usize {
        let origin =
            |r: &ReportId| self.record.documents.get(r).map_or_else(|| r.to_string(), |l| l.origin.clone());
        reports.iter().map(origin).collect::<BTreeSet<_>>().len()
    }
}
