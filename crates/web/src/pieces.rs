//! What the views take: pieces of a record, and where to look up names, titles and words.

use std::collections::{BTreeMap, BTreeSet};

use record::{
    Actor, ActorId, Dispute, DocumentLink, Incident, IncidentId, Record, Report, ReportId, Span, Standing,
    Statement, TextRange, Weight,
};

use crate::links::Links;

/// One incident with all that the record says about it.
#[derive(Debug, Clone)]
pub struct IncidentPieces<'r> {
    /// The incident.
    pub incident: &'r Incident,
    /// The disputes over it.
    pub disputes: Vec<&'r Dispute>,
    /// The statements about it.
    pub statements: Vec<&'r Statement>,
    /// The incidents that answer it.
    pub answers: Vec<&'r IncidentId>,
    /// The incidents that are a part of it.
    pub parts: Vec<&'r IncidentId>,
    /// How many independent voices tell of it.
    pub voices: usize,
}

impl<'r> IncidentPieces<'r> {
    /// An incident of which nothing else is known yet.
    #[must_use]
    pub fn alone(incident: &'r Incident) -> IncidentPieces<'r> {
        let (disputes, statements) = (Vec::new(), Vec::new());
        let (answers, parts) = (Vec::new(), Vec::new());
        IncidentPieces { incident, disputes, statements, answers, parts, voices: incident.reports().len() }
    }

    /// Every incident of a record with its pieces, in the order of the record.
    #[must_use]
    pub fn all(record: &'r Record) -> Vec<IncidentPieces<'r>> {
        let index: BTreeMap<&IncidentId, usize> =
            record.incidents.iter().enumerate().map(|(n, i)| (&i.id, n)).collect();
        let known = |i| IncidentPieces { voices: record.voices(i), ..IncidentPieces::alone(i) };
        let mut all: Vec<IncidentPieces<'r>> = record.incidents.iter().map(known).collect();
        for dispute in &record.disputes {
            if let Some(n) = dispute.incident.as_ref().and_then(|id| index.get(id)) {
                all[*n].disputes.push(dispute);
            }
        }
        for statement in &record.statements {
            for n in statement.about.iter().filter_map(|id| index.get(id)) {
                all[*n].statements.push(statement);
            }
        }
        for incident in &record.incidents {
            for n in incident.responds_to.iter().filter_map(|r| index.get(&r.incident)) {
                all[*n].answers.push(&incident.id);
            }
            if let Some(n) = incident.part_of.as_ref().and_then(|id| index.get(id)) {
                all[*n].parts.push(&incident.id);
            }
        }
        all
    }

    /// Where it stands among others.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.incident.standing(self.voices, self.disputes.len())
    }

    /// Whether it is a remark or a bare mention, to be folded away.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.standing().weight == Weight::Minor
    }
}

/// Where views look up the names of actors, the titles of incidents and the texts of reports.
///
/// It needs to hold only what the pieces shown refer to. What it does not hold is shown by its id, and words of a
/// report that it does not hold are left out.
pub struct Sources<'r> {
    links: &'r dyn Links,
    reports: BTreeMap<&'r ReportId, &'r Report>,
    documents: BTreeMap<&'r ReportId, &'r DocumentLink>,
    actors: BTreeMap<&'r ActorId, &'r Actor>,
    incidents: BTreeMap<&'r IncidentId, &'r Incident>,
}

impl<'r> Sources<'r> {
    /// Nothing yet.
    #[must_use]
    pub fn new(links: &'r dyn Links) -> Sources<'r> {
        let (reports, documents) = (BTreeMap::new(), BTreeMap::new());
        Sources { links, reports, documents, actors: BTreeMap::new(), incidents: BTreeMap::new() }
    }

    /// All of a record.
    #[must_use]
    pub fn of(record: &'r Record, links: &'r dyn Links) -> Sources<'r> {
        Sources::new(links)
            .reports(&record.reports)
            .documents(&record.documents)
            .actors(&record.actors)
            .incidents(&record.incidents)
    }

    /// With these reports.
    #[must_use]
    pub fn reports(mut self, reports: impl IntoIterator<Item = &'r Report>) -> Sources<'r> {
        self.reports.extend(reports.into_iter().map(|r| (&r.id, r)));
        self
    }

    /// With how reports stand to each other.
    #[must_use]
    pub fn documents(
        mut self,
        documents: impl IntoIterator<Item = (&'r ReportId, &'r DocumentLink)>,
    ) -> Sources<'r> {
        self.documents.extend(documents);
        self
    }

    /// With these actors.
    #[must_use]
    pub fn actors(mut self, actors: impl IntoIterator<Item = &'r Actor>) -> Sources<'r> {
        self.actors.extend(actors.into_iter().map(|a| (&a.id, a)));
        self
    }

    /// With these incidents, for their titles and parties.
    #[must_use]
    pub fn incidents(mut self, incidents: impl IntoIterator<Item = &'r Incident>) -> Sources<'r> {
        self.incidents.extend(incidents.into_iter().map(|i| (&i.id, i)));
        self
    }

    /// Where references lead.
    #[must_use]
    pub fn links(&self) -> &dyn Links {
        self.links
    }

    /// The name of an actor.
    #[must_use]
    pub fn name(&self, id: &ActorId) -> String {
        self.actors.get(id).map_or_else(|| id.to_string(), |a| a.name.clone())
    }

    /// An actor.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<&'r Actor> {
        self.actors.get(id).copied()
    }

    /// An incident.
    #[must_use]
    pub fn incident(&self, id: &IncidentId) -> Option<&'r Incident> {
        self.incidents.get(id).copied()
    }

    /// A report.
    #[must_use]
    pub fn report(&self, id: &ReportId) -> Option<&'r Report> {
        self.reports.get(id).copied()
    }

    /// How a report stands to the others.
    #[must_use]
    pub fn document(&self, id: &ReportId) -> Option<&'r DocumentLink> {
        self.documents.get(id).copied()
    }

    /// A report's outlet; where it names none the beginning of its headline or of its text, or its id.
    #[must_use]
    pub fn outlet(&self, id: &ReportId) -> String {
        let Some(report) = self.reports.get(id) else { return id.to_string() };
        match (&report.publisher, &report.title) {
            (Some(outlet), _) if !outlet.trim().is_empty() => outlet.clone(),
            (_, Some(title)) if !title.value.trim().is_empty() => {
                format!("“{}”", crate::words::shorten(&title.value, 36))
            }
            _ => crate::reports::beginning(report, 36).unwrap_or_else(|| id.to_string()),
        }
    }

    /// Whether the outlet of a report is known by name.
    #[must_use]
    pub fn names_outlet(&self, id: &ReportId) -> bool {
        let report = self.reports.get(id);
        report.and_then(|r| r.publisher.as_deref()).is_some_and(|p| !p.trim().is_empty())
    }
}

/// Everything a record points at, by report: what [`crate::views::report`] is to mark.
#[must_use]
pub fn marked(record: &Record) -> BTreeMap<&ReportId, BTreeSet<TextRange>> {
    let mut all: BTreeMap<&ReportId, BTreeSet<TextRange>> =
        record.reports.iter().map(|r| (&r.id, BTreeSet::new())).collect();
    let mut each = |spans: &[Span]| {
        for span in spans {
            if let Some(ranges) = all.get_mut(&span.report) {
                ranges.insert(span.range);
            }
        }
    };
    for i in &record.incidents {
        each(&i.evidence);
        i.actors.iter().chain(&i.targets).for_each(|p| each(&p.evidence));
        i.figures.iter().flat_map(|f| &f.claims).for_each(|c| each(std::slice::from_ref(&c.at)));
        i.responds_to.iter().for_each(|r| each(&r.evidence));
        i.places.iter().for_each(|p| each(&p.evidence));
        let g = &i.grounds;
        [&g.kind, &g.mode, &g.contexts, &g.factuality, &g.when].into_iter().for_each(|spans| each(spans));
    }
    for r in &record.reports {
        if let Some(range) = r.published.as_ref().and_then(|p| p.at) {
            each(&[Span { report: r.id.clone(), range }]);
        }
    }
    for s in record.statements.iter().flat_map(|s| &s.variants) {
        each(std::slice::from_ref(&s.at));
    }
    record.disputes.iter().flat_map(|d| &d.sides).for_each(|s| each(&s.evidence));
    record.ties.iter().for_each(|t| each(&t.evidence));
    record.actors.iter().for_each(|a| each(&a.evidence));
    all
}
