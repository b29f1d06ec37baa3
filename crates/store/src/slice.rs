//! A small record: of a whole one only what is needed to show an incident, a report, an actor or a page of a list.
//!
//! What it holds is shaped like any record, but it is a part: actors come without their evidence, incidents that are only
//! pointed at come without theirs, and spans in reports that are not loaded are left out.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use formats::json::{
    ActorJson, DisputeJson, DocumentJson, IncidentJson, RecordJson, ReportJson, SpanJson, StatementJson,
    TieJson,
};
use record::{BlockLabel, Record};

use crate::{Error, Of, Store};

/// Reports whose text is loaded for one page, at most.
const MOST_REPORTS: usize = 120;
/// Statements, disputes and neighbours loaded for one page, at most.
const MOST_AROUND: usize = 200;
/// Mentions of actors marked in a report, at most.
const MOST_MENTIONS: usize = 2_000;
/// Steps along the chain of actions and responses.
const CHAIN: usize = 3;
/// Incidents of the chain, at most.
const MOST_CHAIN: usize = 24;

/// Code points of a text that stand for its headline.
const HEADLINE: usize = 100;

/// No limit that SQLite does not know as a number.
pub(crate) const ALL: usize = usize::MAX >> 1;

#[derive(Default)]
struct Part {
    incidents: Vec<IncidentJson>,
    statements: Vec<StatementJson>,
    disputes: Vec<DisputeJson>,
    ties: Vec<TieJson>,
    actors: Vec<ActorJson>,
    /// Incidents that are pointed at: they get a title and a date, no evidence.
    near: BTreeSet<String>,
}

impl Store {
    /// An incident with its statements, disputes, the chain it stands in and the reports that tell of it.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn around_incident(&self, ord: u32) -> Result<Record, Error> {
        let incident: IncidentJson = self.item(Of::Incident, ord)?;
        let id = incident.id.clone();
        let mut part = Part {
            statements: self
                .items(Of::Statement, &self.with(Of::Statement, "incident", &id, MOST_AROUND)?)?,
            disputes: self.items(Of::Dispute, &self.with(Of::Dispute, "incident", &id, MOST_AROUND)?)?,
            near: self.chain(&incident)?,
            ..Part::default()
        };
        part.incidents.push(incident);
        self.part(part, None)
    }

    /// Items of one table in the order given, with what is needed to show them.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn around(&self, of: Of, ords: &[u32]) -> Result<Record, Error> {
        let mut part = Part::default();
        match of {
            Of::Incident => part.incidents = self.items(of, ords)?,
            Of::Statement => part.statements = self.items(of, ords)?,
            Of::Dispute => part.disputes = self.items(of, ords)?,
            Of::Actor => part.actors = self.items(of, ords)?,
            Of::Report => {
                let reports = self.items(of, ords)?;
                return self.read(RecordJson { reports, ..empty() });
            }
        }
        part.near.extend(part.statements.iter().flat_map(|s| s.about.iter().take(6).cloned()));
        part.near.extend(part.disputes.iter().filter_map(|d| d.incident.clone()));
        self.part(part, None)
    }

    /// Incidents in the order given with their disputes, for a table: reports come without their texts.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn brief(&self, ords: &[u32]) -> Result<Record, Error> {
        let mut part = Part { incidents: self.items(Of::Incident, ords)?, ..Part::default() };
        for incident in &part.incidents {
            for ord in self.with(Of::Dispute, "incident", &incident.id, 4)? {
                part.disputes.push(self.item(Of::Dispute, ord)?);
            }
        }
        self.with_reports(part, false)
    }

    /// Incidents in the order given, for a drawing: of reports and actors there are the ids alone.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn outline(&self, ords: &[u32]) -> Result<Record, Error> {
        let mut part = Part { incidents: self.items(Of::Incident, ords)?, ..Part::default() };
        part.incidents.iter_mut().for_each(|i| i.links.clear());
        let ids: BTreeSet<String> = wanted_reports(&part).into_iter().collect();
        let reports = ids.into_iter().map(|id| nameless(id, String::new())).collect();
        self.read(RecordJson { reports, incidents: part.incidents, ..empty() })
    }

    /// A report with all that stands in it: incidents, statements and disputes with their words there, nowhere else.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn around_report(&self, ord: u32) -> Result<Record, Error> {
        let report: DocumentJson = self.item(Of::Report, ord)?;
        let id = report.report.id.clone();
        let mut actors: BTreeMap<u32, ActorJson> = BTreeMap::new();
        for m in self.mentions_in(ord, MOST_MENTIONS)? {
            let Some(n) = self.find(Of::Actor, &m.actor)? else { continue };
            let actor = match actors.entry(n) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(self.item(Of::Actor, n)?),
            };
            actor.evidence.push(SpanJson { report: id.clone(), start: m.start, end: m.end });
        }
        let part = Part {
            incidents: self.items(Of::Incident, &self.with(Of::Incident, "report", &id, MOST_AROUND)?)?,
            statements: self.items(Of::Statement, &self.with(Of::Statement, "report", &id, MOST_AROUND)?)?,
            disputes: self.items(Of::Dispute, &self.with(Of::Dispute, "report", &id, MOST_AROUND)?)?,
            ties: self.ties_in(ord, MOST_AROUND)?,
            actors: actors.into_values().collect(),
            near: BTreeSet::new(),
        };
        self.part(part, Some(report))
    }

    /// An actor with its ties and the first `mentions` of its mentions.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn around_actor(&self, ord: u32, mentions: usize) -> Result<Record, Error> {
        let mut actor: ActorJson = self.item(Of::Actor, ord)?;
        actor.evidence = self.mentions(ord, 0, mentions)?;
        let part = Part { ties: self.ties(&actor.id, MOST_AROUND)?, actors: vec![actor], ..Part::default() };
        self.part(part, None)
    }

    /// Items of one table with what [`formats::tables`] writes of them: every report that they point into, with its text
    /// where words are wanted, and of actors all their evidence.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn for_table(&self, of: Of, ords: &[u32], words: bool) -> Result<Record, Error> {
        let mut part = Part::default();
        match of {
            Of::Incident => part.incidents = self.items(of, ords)?,
            Of::Statement => part.statements = self.items(of, ords)?,
            Of::Dispute => part.disputes = self.items(of, ords)?,
            Of::Report => {
                let reports = self.items(of, ords)?;
                return self.read(RecordJson { reports, ..empty() });
            }
            Of::Actor => {
                part.actors = self.items(of, ords)?;
                for (actor, ord) in part.actors.iter_mut().zip(ords) {
                    actor.evidence = self.mentions(*ord, 0, ALL)?;
                }
            }
        }
        self.with_reports(part, words)
    }

    /// Incidents in the order given, with the disputes over them and every report that they point into.
    ///
    /// # Errors
    /// If the file is damaged.
    pub(crate) fn whole_incidents(&self, ords: &[u32]) -> Result<Record, Error> {
        let mut part = Part { incidents: self.items(Of::Incident, ords)?, ..Part::default() };
        for incident in &part.incidents {
            let over = self.with(Of::Dispute, "incident", &incident.id, ALL)?;
            part.disputes.extend(self.items::<DisputeJson>(Of::Dispute, &over)?);
        }
        self.with_reports(part, true)
    }

    /// Ties by their number, with the reports that state them.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn ties_for_table(&self, ords: &[u32]) -> Result<Record, Error> {
        let ties = ords.iter().map(|ord| self.tie(*ord)).collect::<Result<_, _>>()?;
        self.with_reports(Part { ties, ..Part::default() }, true)
    }

    /// The part with every report that it points into, with its text or without.
    fn with_reports(&self, mut part: Part, texts: bool) -> Result<Record, Error> {
        // Why mentions were put together is no part of any table.
        part.incidents.iter_mut().for_each(|i| i.links.clear());
        let mut reports: BTreeMap<String, DocumentJson> = BTreeMap::new();
        for id in wanted_reports(&part) {
            if reports.contains_key(&id) {
                continue;
            }
            if !texts {
                reports.extend(self.textless(&id)?.map(|report| (id, report)));
            } else if let Some(ord) = self.find(Of::Report, &id)? {
                reports.insert(id, self.item(Of::Report, ord)?);
            }
        }
        keep_spans(&mut part, &|report| reports.contains_key(report));
        // Where actors are the items themselves, those that they name would be items too.
        if part.actors.is_empty() {
            self.with_actors(&mut part)?;
        }
        self.read(RecordJson {
            reports: reports.into_values().collect(),
            actors: part.actors,
            ties: part.ties,
            incidents: part.incidents,
            statements: part.statements,
            disputes: part.disputes,
            ..empty()
        })
    }

    /// Of a report its names only; one without a headline gets the beginning of its text for one.
    fn textless(&self, id: &str) -> Result<Option<DocumentJson>, Error> {
        let sql = "SELECT title, publisher, copy_of, origin FROM report WHERE id = ?1";
        let mut found = self.many(sql, [id], |row| {
            let mut document = nameless(id.to_owned(), row.get(3)?);
            document.report.title = row.get(0)?;
            document.report.publisher = row.get(1)?;
            document.copy_of = row.get(2)?;
            Ok(document)
        })?;
        let mut document = found.pop();
        if let Some(d) = document.as_mut().filter(|d| d.report.title.is_none())
            && let Some(ord) = self.find(Of::Report, id)?
        {
            let whole: DocumentJson = self.item(Of::Report, ord)?;
            let body = whole.blocks.iter().find(|b| b.label.0 == BlockLabel::Body);
            let text = whole.report.text.chars().skip(body.map_or(0, |b| b.start)).take(HEADLINE).collect();
            d.report.title = Some(text);
        }
        Ok(document)
    }

    /// The incidents that an incident answers, is answered by, is a part of or has as parts, and theirs.
    fn chain(&self, incident: &IncidentJson) -> Result<BTreeSet<String>, Error> {
        let mut near: BTreeSet<String> = BTreeSet::new();
        near.extend(incident.part_of.clone());
        for ord in self.with(Of::Incident, "part_of", &incident.id, MOST_CHAIN)? {
            near.extend(self.one("SELECT id FROM incident WHERE ord = ?1", [ord])?);
        }
        let mut chain = BTreeSet::from([incident.id.clone()]);
        let mut edge = vec![incident.id.clone()];
        for _ in 0..CHAIN {
            let mut next = Vec::new();
            for id in &edge {
                let mut beside: Vec<String> = Vec::new();
                for ord in self.with(Of::Incident, "answers", id, MOST_CHAIN)? {
                    beside.extend(self.one("SELECT id FROM incident WHERE ord = ?1", [ord])?);
                }
                if let Some(ord) = self.find(Of::Incident, id)? {
                    let answered: IncidentJson = self.item(Of::Incident, ord)?;
                    beside.extend(answered.responds_to.into_iter().map(|r| r.incident));
                }
                for other in beside {
                    if chain.len() <= MOST_CHAIN && chain.insert(other.clone()) {
                        next.push(other);
                    }
                }
            }
            edge = next;
        }
        chain.remove(&incident.id);
        near.extend(chain);
        Ok(near)
    }

    fn item<T: serde::de::DeserializeOwned>(&self, of: Of, ord: u32) -> Result<T, Error> {
        serde_json::from_str(&self.json(of, ord)?).map_err(|e| self.damaged(e))
    }

    /// The part as a record. With `only`, no other report is loaded.
    fn part(&self, mut part: Part, only: Option<DocumentJson>) -> Result<Record, Error> {
        for incident in &part.incidents {
            part.near.remove(&incident.id);
        }
        for id in &part.near {
            if let Some(ord) = self.find(Of::Incident, id)? {
                part.incidents.push(pointed_at(self.item(Of::Incident, ord)?));
            }
        }
        let reports: BTreeMap<String, DocumentJson> = match only {
            Some(report) => BTreeMap::from([(report.report.id.clone(), report)]),
            None => self.reports(wanted_reports(&part))?,
        };
        keep_spans(&mut part, &|report| reports.contains_key(report));
        self.with_actors(&mut part)?;
        self.read(RecordJson {
            reports: reports.into_values().collect(),
            actors: part.actors,
            ties: part.ties,
            incidents: part.incidents,
            statements: part.statements,
            disputes: part.disputes,
            ..empty()
        })
    }

    /// Loads the actors that the part names and does not have.
    fn with_actors(&self, part: &mut Part) -> Result<(), Error> {
        let known: BTreeSet<String> = part.actors.iter().map(|a| a.id.clone()).collect();
        for id in wanted_actors(part) {
            if !known.contains(&id)
                && let Some(ord) = self.find(Of::Actor, &id)?
            {
                part.actors.push(self.item(Of::Actor, ord)?);
            }
        }
        Ok(())
    }

    fn reports(&self, ids: Vec<String>) -> Result<BTreeMap<String, DocumentJson>, Error> {
        let mut reports = BTreeMap::new();
        for id in ids {
            if reports.len() < MOST_REPORTS
                && !reports.contains_key(&id)
                && let Some(ord) = self.find(Of::Report, &id)?
            {
                let report: DocumentJson = self.item(Of::Report, ord)?;
                reports.insert(id, DocumentJson { passages: Vec::new(), ..report });
            }
        }
        Ok(reports)
    }

    fn read(&self, mut wire: RecordJson) -> Result<Record, Error> {
        // Passages lead to other reports.
        wire.reports.iter_mut().for_each(|r| r.passages.clear());
        wire.read().map_err(|e| self.damaged(e))
    }
}

fn empty() -> RecordJson {
    RecordJson {
        schema: formats::json::RECORD.to_owned(),
        reports: Vec::new(),
        actors: Vec::new(),
        ties: Vec::new(),
        incidents: Vec::new(),
        statements: Vec::new(),
        disputes: Vec::new(),
        redirects: BTreeMap::new(),
        warnings: Vec::new(),
    }
}

/// A report without anything but its id and its voice.
fn nameless(id: String, origin: String) -> DocumentJson {
    DocumentJson {
        report: ReportJson {
            id,
            title: None,
            title_at: None,
            publisher: None,
            author: None,
            url: None,
            language: None,
            published: None,
            source: String::new(),
            warnings: Vec::new(),
            text: String::new(),
        },
        blocks: Vec::new(),
        copy_of: None,
        origin,
        passages: Vec::new(),
    }
}

/// An incident without its evidence.
fn pointed_at(mut i: IncidentJson) -> IncidentJson {
    i.figures.clear();
    i.links.clear();
    i.evidence_lists().for_each(Vec::clear);
    forget_published(&mut i, &|_| false);
    i
}

/// Ids of the reports that spans point into, the most needed first.
fn wanted_reports(part: &Part) -> Vec<String> {
    let mut ids = Vec::new();
    let mut spans = |spans: &[SpanJson]| ids.extend(spans.iter().map(|s| s.report.clone()));
    for i in &part.incidents {
        i.actors.iter().chain(&i.targets).for_each(|p| spans(&p.evidence));
        i.responds_to.iter().for_each(|r| spans(&r.evidence));
    }
    part.disputes.iter().flat_map(|d| &d.sides).for_each(|s| spans(&s.evidence));
    part.ties.iter().for_each(|t| spans(&t.evidence));
    let claims = part.incidents.iter().flat_map(|i| &i.figures).flat_map(|f| &f.claims);
    ids.extend(claims.map(|c| c.report.clone()));
    ids.extend(part.statements.iter().flat_map(|s| &s.variants).map(|v| v.report.clone()));
    let mut spans = |spans: &[SpanJson]| ids.extend(spans.iter().map(|s| s.report.clone()));
    part.incidents.iter().for_each(|i| spans(&i.evidence));
    part.actors.iter().for_each(|a| spans(&a.evidence));
    ids
}

fn wanted_actors(part: &Part) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for i in &part.incidents {
        ids.extend(i.actors.iter().chain(&i.targets).map(|p| p.actor.clone()));
        ids.extend(i.figures.iter().flat_map(|f| &f.claims).filter_map(|c| c.by.clone()));
    }
    ids.extend(part.statements.iter().filter_map(|s| s.speaker.clone()));
    ids.extend(part.disputes.iter().flat_map(|d| &d.sides).flat_map(|s| s.by.iter().cloned()));
    ids.extend(part.ties.iter().flat_map(|t| [t.a.clone(), t.b.clone()]));
    ids.extend(part.actors.iter().flat_map(|a| &a.roles).filter_map(|r| r.of.clone()));
    ids
}

/// Leaves only spans into reports that are there.
fn keep_spans(part: &mut Part, there: &dyn Fn(&str) -> bool) {
    let keep = |spans: &mut Vec<SpanJson>| spans.retain(|s| there(&s.report));
    for i in &mut part.incidents {
        i.evidence_lists().for_each(keep);
        forget_published(i, there);
        i.figures.iter_mut().for_each(|f| f.claims.retain(|c| there(&c.report)));
        i.links.retain(|l| there(&l.at.report) && l.to.as_ref().is_none_or(|to| there(&to.report)));
    }
    part.statements.iter_mut().for_each(|s| s.variants.retain(|v| there(&v.report)));
    part.disputes.iter_mut().flat_map(|d| &mut d.sides).for_each(|s| keep(&mut s.evidence));
    part.ties.iter_mut().for_each(|t| keep(&mut t.evidence));
    part.actors.iter_mut().for_each(|a| keep(&mut a.evidence));
}

/// Leaves only reports that are there among those whose date of publication a date is counted from.
fn forget_published(i: &mut IncidentJson, there: &dyn Fn(&str) -> bool) {
    if let Some(date) = &mut i.date {
        date.published.retain(|id| there(id));
    }
}
