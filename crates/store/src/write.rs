//! Writing a record file.

use std::collections::BTreeMap;
use std::path::Path;

use formats::json::{AnalysisJson, IncidentJson, RecordJson, SpotJson};
use rayon::prelude::*;
use record::{Analysis, Parsed, Record, Report, Span, TextRange};
use rusqlite::{Connection, Transaction, params};
use serde::Serialize;
use tempfile::NamedTempFile;

use crate::facets::Facets;
use crate::{Error, Kept, Of};

/// A file beside the place of the record, to be moved there.
pub(crate) fn beside(path: &Path) -> Result<NamedTempFile, Error> {
    let io = |why: String| Error::Io { path: path.to_owned(), why };
    if path.is_dir() {
        return Err(io("this is a folder; name a file to write".to_owned()));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io(format!("there is no folder {}; make it first", folder.display())));
    }
    let beside = tempfile::Builder::new().prefix(".rapporteur-").tempfile_in(folder);
    // The error of the library names the file that nobody asked for.
    beside.map_err(|e| io(format!("cannot write into {} ({})", folder.display(), e.kind())))
}

pub(crate) fn write(path: &Path, record: &Record, kept: &[Kept]) -> Result<(), Error> {
    let io = |why: String| Error::Io { path: path.to_owned(), why };
    let beside = beside(path)?;
    let mut connection = Connection::open(beside.path()).map_err(|e| io(e.to_string()))?;
    fill(&mut connection, record, kept).map_err(|e| io(e.to_string()))?;
    connection.close().map_err(|(_, e)| io(e.to_string()))?;
    beside.as_file().sync_all().map_err(|e| io(e.to_string()))?;
    // A temporary file is private; a record is to be readable like any other file its owner makes.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = beside.as_file().set_permissions(std::fs::Permissions::from_mode(0o644));
    }
    beside.persist(path).map_err(|e| io(e.error.to_string()))?;
    Ok(())
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What the writers of the tables share.
struct Writing<'r> {
    record: &'r Record,
    wire: &'r RecordJson,
    /// Name of each actor.
    names: BTreeMap<&'r str, &'r str>,
    /// Place in the order of each report.
    reports: BTreeMap<&'r str, usize>,
    facets: Facets,
    spots: BTreeMap<String, &'r SpotJson>,
}

fn fill(connection: &mut Connection, record: &Record, kept: &[Kept]) -> Result<(), Failure> {
    // The file is not yet anyone's: nothing has to survive a crash until it is moved into place.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.execute_batch(include_str!("schema.sql"))?;
    let wire = RecordJson::new(record);
    let t = connection.transaction()?;
    let mut writing = Writing {
        record,
        wire: &wire,
        names: wire.actors.iter().map(|a| (a.id.as_str(), a.name.as_str())).collect(),
        reports: wire.reports.iter().enumerate().map(|(n, r)| (r.report.id.as_str(), n)).collect(),
        facets: Facets::default(),
        spots: BTreeMap::new(),
    };
    t.execute("INSERT INTO meta VALUES ('schema', ?1)", [&wire.schema])?;
    let mut voices: Vec<&str> = wire.reports.iter().map(|r| r.origin.as_str()).collect();
    voices.sort_unstable();
    voices.dedup();
    t.execute("INSERT INTO meta VALUES ('voices', ?1)", [voices.len().to_string()])?;
    writing.reports(&t, kept)?;
    writing.incidents(&t)?;
    writing.actors(&t)?;
    writing.statements(&t)?;
    writing.disputes(&t)?;
    for (n, tie) in (0i64..).zip(&wire.ties) {
        t.execute("INSERT INTO tie VALUES (?1, ?2, ?3, ?4)", params![n, tie.a, tie.b, json(tie)?])?;
        for report in tie.evidence.iter().filter_map(|s| writing.reports.get(s.report.as_str())) {
            t.execute("INSERT OR IGNORE INTO tie_report VALUES (?1, ?2)", params![report, n])?;
        }
    }
    for (old, new) in &wire.redirects {
        t.execute("INSERT INTO redirect VALUES (?1, ?2)", [old, new])?;
    }
    for (n, warning) in (0i64..).zip(&wire.warnings) {
        t.execute("INSERT INTO warning VALUES (?1, ?2)", params![n, json(warning)?])?;
    }
    let ids = writing.facets.write(&t)?;
    for (value, spot) in &writing.spots {
        let id = ids.get(&(Of::Incident, "place", value.clone()));
        t.execute(
            "INSERT INTO place VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, spot.name, spot.country, spot.lat, spot.lon, spot.precision.0.as_str()],
        )?;
    }
    t.commit()?;
    for of in Of::ALL.iter().filter_map(|of| of.search_table()) {
        connection.execute(&format!("INSERT INTO {of} ({of}) VALUES ('optimize')"), [])?;
    }
    Ok(())
}

impl<'r> Writing<'r> {
    fn name<'a>(&self, id: &'a str) -> &'a str
    where
        'r: 'a,
    {
        self.names.get(id).copied().unwrap_or(id)
    }

    fn publisher(&self, report: &str) -> Option<&'r str> {
        let n = self.reports.get(report)?;
        self.wire.reports.get(*n)?.report.publisher.as_deref()
    }

    fn text(&self, report: &str) -> Option<&'r str> {
        let n = self.reports.get(report)?;
        self.record.reports.get(*n).map(|r| &*r.text)
    }

    fn words(&self, span: &Span) -> &'r str {
        self.text(span.report.as_str()).map_or("", |t| span.range.of(t))
    }

    fn reports(&mut self, t: &Transaction<'_>, kept: &[Kept]) -> Result<(), Failure> {
        let packed: Vec<(&str, Vec<u8>, Vec<u8>)> = kept
            .par_iter()
            .map(|k| {
                let as_read = pack(&bare(&k.as_read))?;
                Ok((k.as_read.id.as_str(), as_read, pack(&k.analysis)?))
            })
            .collect::<Result<_, Failure>>()?;
        let packed: BTreeMap<_, _> =
            packed.into_iter().map(|(id, as_read, analysis)| (id, (as_read, analysis))).collect();
        let nothing = (Vec::new(), Vec::new());
        let mut insert = t.prepare("INSERT INTO report VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
        let mut search = t.prepare("INSERT INTO search_report (rowid, title, body) VALUES (?1, ?2, ?3)")?;
        for (ord, r) in self.wire.reports.iter().enumerate() {
            let (as_read, analysis) = packed.get(r.report.id.as_str()).unwrap_or(&nothing);
            let published = r.report.published.as_ref().map(|p| &p.date);
            insert.execute(params![
                ord,
                r.report.id,
                published,
                r.report.publisher,
                r.report.title,
                r.copy_of,
                r.origin,
                json(r)?,
                as_read,
                analysis
            ])?;
            search.execute(params![ord, r.report.title, r.report.text])?;
            let mut facet = |kind, value: &str| self.facets.add(Of::Report, kind, value, value, ord);
            if let Some(publisher) = &r.report.publisher {
                facet("publisher", publisher);
            }
            if let Some(language) = &r.report.language {
                facet("language", language);
            }
            facet("voice", if r.copy_of.is_some() { "copy" } else { "own" });
        }
        Ok(())
    }

    fn incidents(&mut self, t: &Transaction<'_>) -> Result<(), Failure> {
        let disputed: std::collections::BTreeSet<&str> =
            self.wire.disputes.iter().filter_map(|d| d.incident.as_deref()).collect();
        let spoken_of: std::collections::BTreeSet<&str> =
            self.wire.statements.iter().flat_map(|s| s.about.iter().map(String::as_str)).collect();
        let mut insert =
            t.prepare("INSERT INTO incident VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
        let mut search = t.prepare("INSERT INTO search_incident (rowid, title, body) VALUES (?1, ?2, ?3)")?;
        for (ord, (i, noun)) in self.wire.incidents.iter().zip(&self.record.incidents).enumerate() {
            insert.execute(params![
                ord,
                i.id,
                i.kind.0.as_str(),
                i.mode.map(|m| m.0.as_str()),
                i.factuality.0.as_str(),
                i.date.as_ref().and_then(|d| d.earliest.as_ref()),
                i.date.as_ref().and_then(|d| d.latest.as_ref()),
                i.title,
                i.reports.len(),
                killed(i),
                json(i)?
            ])?;
            let mut body: Vec<&str> = i.places.iter().map(|p| p.name.as_str()).collect();
            body.extend(i.actors.iter().chain(&i.targets).map(|p| self.name(&p.actor)));
            body.extend(noun.evidence.iter().map(|s| self.sentence(s)));
            body.dedup();
            search.execute(params![ord, i.title, body.join(" · ")])?;
            self.incident_facets(ord, i);
            let has = [
                ("date", i.date.is_some()),
                ("dispute", disputed.contains(i.id.as_str())),
                ("figures", !i.figures.is_empty()),
                ("place", !i.places.is_empty()),
                ("response", !i.responds_to.is_empty()),
                ("statements", spoken_of.contains(i.id.as_str())),
            ];
            for (what, _) in has.into_iter().filter(|h| h.1) {
                self.facets.add(Of::Incident, "has", what, what, ord);
            }
        }
        Ok(())
    }

    fn incident_facets(&mut self, ord: usize, i: &'r IncidentJson) {
        let facets = &mut self.facets;
        let names = &self.names;
        let mut facet = |kind, value: &str, label: &str| facets.add(Of::Incident, kind, value, label, ord);
        facet("type", i.kind.0.as_str(), i.kind.0.as_str());
        if let Some(mode) = i.mode {
            facet("mode", mode.0.as_str(), mode.0.as_str());
        }
        facet("factuality", i.factuality.0.as_str(), i.factuality.0.as_str());
        for place in &i.places {
            let value = place.geonames_id.map_or_else(|| place.name.clone(), |id| id.to_string());
            let label = match &place.country {
                Some(country) if place.precision.0 != record::PlacePrecision::Country => {
                    format!("{} ({})", place.name, country_name(country))
                }
                _ => place.name.clone(),
            };
            facet("place", &value, &label);
            self.spots.entry(value).or_insert(place);
            if let Some(country) = &place.country {
                facet("country", country, country_name(country));
            }
        }
        for (kind, parties) in [("actor", &i.actors), ("target", &i.targets)] {
            for party in parties {
                let name = names.get(party.actor.as_str()).copied().unwrap_or(&party.actor);
                facet(kind, &party.actor, name);
                facet("party", &party.actor, name);
            }
        }
        for id in &i.reports {
            facet("report", id, id);
        }
        for answered in &i.responds_to {
            facet("answers", &answered.incident, &answered.incident);
        }
        if let Some(whole) = &i.part_of {
            facet("part_of", whole, whole);
        }
        let publishers: Vec<&str> = i.reports.iter().filter_map(|id| self.publisher(id)).collect();
        for publisher in publishers {
            self.facets.add(Of::Incident, "publisher", publisher, publisher, ord);
        }
    }

    fn actors(&mut self, t: &Transaction<'_>) -> Result<(), Failure> {
        let mut insert = t.prepare("INSERT INTO actor VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut mention = t.prepare("INSERT INTO mention VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut search = t.prepare("INSERT INTO search_actor (rowid, name, aliases) VALUES (?1, ?2, ?3)")?;
        for (ord, actor) in self.wire.actors.iter().enumerate() {
            let bare = formats::json::ActorJson { evidence: Vec::new(), ..actor.clone() };
            let incidents = self.facets.count(Of::Incident, "party", &actor.id);
            insert.execute(params![
                ord,
                actor.id,
                actor.name,
                actor.evidence.len(),
                incidents,
                json(&bare)?
            ])?;
            for (n, span) in actor.evidence.iter().enumerate() {
                // A span whose report is not there cannot be pointed at.
                if let Some(report) = self.reports.get(span.report.as_str()) {
                    mention.execute(params![ord, n, report, span.start, span.end])?;
                }
            }
            search.execute(params![ord, actor.name, actor.aliases.join(" · ")])?;
            let mut facet =
                |kind, value: &str, label: &str| self.facets.add(Of::Actor, kind, value, label, ord);
            facet("kind", actor.kind.0.as_str(), actor.kind.0.as_str());
            if let Some(country) = &actor.country {
                facet("country", country, country_name(country));
            }
            if let Some(sector) = actor.sector {
                facet("sector", sector.0.as_str(), sector.0.as_str());
            }
        }
        Ok(())
    }

    fn statements(&mut self, t: &Transaction<'_>) -> Result<(), Failure> {
        let mut insert = t.prepare("INSERT INTO statement VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut search =
            t.prepare("INSERT INTO search_statement (rowid, speaker, body) VALUES (?1, ?2, ?3)")?;
        for (ord, (s, noun)) in self.wire.statements.iter().zip(&self.record.statements).enumerate() {
            insert.execute(params![ord, s.id, s.speaker, s.variants.len(), json(s)?])?;
            let speaker = s.speaker.as_deref().map(|id| self.name(id));
            let words: Vec<&str> = noun.variants.iter().map(|v| self.words(&v.at)).collect();
            search.execute(params![ord, speaker, words.join(" · ")])?;
            if let (Some(id), Some(name)) = (&s.speaker, speaker) {
                self.facets.add(Of::Statement, "speaker", id, name, ord);
            }
            for incident in &s.about {
                self.facets.add(Of::Statement, "incident", incident, incident, ord);
            }
            for v in &s.variants {
                self.facets.add(Of::Statement, "report", &v.report, &v.report, ord);
                self.facets.add(Of::Statement, "kind", v.kind.0.as_str(), v.kind.0.as_str(), ord);
                if let Some(publisher) = self.publisher(&v.report) {
                    self.facets.add(Of::Statement, "publisher", publisher, publisher, ord);
                }
            }
            if s.variants.iter().any(|v| v.drift.is_some()) {
                self.facets.add(Of::Statement, "has", "drift", "drift", ord);
            }
            if s.variants.len() > 1 {
                self.facets.add(Of::Statement, "has", "several", "several forms", ord);
            }
        }
        Ok(())
    }

    fn disputes(&mut self, t: &Transaction<'_>) -> Result<(), Failure> {
        let mut insert = t.prepare("INSERT INTO dispute VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (ord, d) in self.wire.disputes.iter().enumerate() {
            insert.execute(params![ord, d.id, d.kind.0.as_str(), d.incident, json(d)?])?;
            self.facets.add(Of::Dispute, "kind", d.kind.0.as_str(), d.kind.0.as_str(), ord);
            if let Some(incident) = &d.incident {
                self.facets.add(Of::Dispute, "incident", incident, incident, ord);
            }
            for side in &d.sides {
                for by in &side.by {
                    let name = self.name(by).to_owned();
                    self.facets.add(Of::Dispute, "actor", by, &name, ord);
                }
                for span in &side.evidence {
                    self.facets.add(Of::Dispute, "report", &span.report, &span.report, ord);
                }
            }
        }
        Ok(())
    }

    /// About the sentence around a span: for finding, not for showing.
    fn sentence(&self, span: &Span) -> &'r str {
        /// Bytes on each side, at most.
        const REACH: usize = 240;
        let Some(text) = self.text(span.report.as_str()) else { return "" };
        let range = TextRange::new(span.range.start().min(text.len()), span.range.end().min(text.len()));
        let mut from = range.start().saturating_sub(REACH);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut to = (range.end() + REACH).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let before = text.get(from..range.start()).unwrap_or("");
        let start = from + before.rfind(['\n', '.', '!', '?']).map_or(0, |n| n + 1);
        let after = text.get(range.end()..to).unwrap_or("");
        let end = range.end() + after.find(['\n', '.', '!', '?']).unwrap_or(after.len());
        text.get(start..end).unwrap_or("").trim()
    }
}

/// The best value of the count of all killed, or of a part of them where there is no other.
fn killed(i: &IncidentJson) -> Option<u64> {
    let mut sets = i.figures.iter().filter(|f| f.what == "killed");
    let whole = sets.clone().find(|f| f.of.is_none() && f.place.is_none());
    whole.or_else(|| sets.next()).and_then(|f| f.best)
}

/// A report alone, in the form of an analysis that found nothing.
fn bare(report: &Report) -> Analysis {
    Analysis {
        report: report.clone(),
        parsed: Parsed::default(),
        times: Vec::new(),
        places: Vec::new(),
        actors: Vec::new(),
        mentions: Vec::new(),
        ties: Vec::new(),
        attributions: Vec::new(),
        figures: Vec::new(),
        events: Vec::new(),
        warnings: Vec::new(),
    }
}

fn pack(analysis: &Analysis) -> Result<Vec<u8>, Failure> {
    Ok(zstd::encode_all(serde_json::to_vec(&AnalysisJson::new(analysis))?.as_slice(), 3)?)
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value)?)
}

/// A country as people call it.
fn country_name(code: &str) -> &str {
    formats::country_name(code).unwrap_or(code)
}
