//! Writing a record file.

use std::path::Path;

use formats::json::{AnalysisJson, RecordJson};
use rayon::prelude::*;
use record::{Analysis, Parsed, Record, Report};
use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use crate::{Error, Kept};

pub(crate) fn write(path: &Path, record: &Record, kept: &[Kept]) -> Result<(), Error> {
    let io = |why: String| Error::Io { path: path.to_owned(), why };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new()
        .prefix(".rapporteur-")
        .tempfile_in(folder)
        .map_err(|e| io(format!("cannot write into {}: {e}", folder.display())))?;
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

fn fill(connection: &mut Connection, record: &Record, kept: &[Kept]) -> Result<(), Failure> {
    // The file is not yet anyone's: nothing has to survive a crash until it is moved into place.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.execute_batch(include_str!("schema.sql"))?;
    let wire = RecordJson::new(record);
    let t = connection.transaction()?;
    t.execute("INSERT INTO meta VALUES ('schema', ?1)", [&wire.schema])?;
    reports(&t, &wire, kept)?;
    incidents(&t, &wire)?;
    for actor in &wire.actors {
        t.execute("INSERT INTO actor VALUES (?1, ?2, ?3)", params![actor.id, actor.name, json(actor)?])?;
    }
    for (n, tie) in (0i64..).zip(&wire.ties) {
        t.execute("INSERT INTO tie VALUES (?1, ?2)", params![n, json(tie)?])?;
    }
    for (n, s) in (0i64..).zip(&wire.statements) {
        t.execute("INSERT INTO statement VALUES (?1, ?2, ?3, ?4)", params![n, s.id, s.speaker, json(s)?])?;
    }
    for (n, d) in (0i64..).zip(&wire.disputes) {
        t.execute("INSERT INTO dispute VALUES (?1, ?2, ?3, ?4)", params![n, d.id, d.incident, json(d)?])?;
    }
    for (old, new) in &wire.redirects {
        t.execute("INSERT INTO redirect VALUES (?1, ?2)", [old, new])?;
    }
    for (n, warning) in (0i64..).zip(&wire.warnings) {
        t.execute("INSERT INTO warning VALUES (?1, ?2)", params![n, json(warning)?])?;
    }
    t.commit()?;
    connection.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    Ok(())
}

fn reports(t: &Transaction<'_>, wire: &RecordJson, kept: &[Kept]) -> Result<(), Failure> {
    let packed: Vec<(&str, Vec<u8>, Vec<u8>)> = kept
        .par_iter()
        .map(|k| {
            let as_read = pack(&bare(&k.as_read))?;
            Ok((k.as_read.id.as_str(), as_read, pack(&k.analysis)?))
        })
        .collect::<Result<_, Failure>>()?;
    let packed: std::collections::BTreeMap<_, _> =
        packed.into_iter().map(|(id, as_read, analysis)| (id, (as_read, analysis))).collect();
    let nothing = (Vec::new(), Vec::new());
    let mut insert = t.prepare("INSERT INTO report VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    let mut search = t.prepare("INSERT INTO search VALUES ('report', ?1, ?2, ?3)")?;
    for r in &wire.reports {
        let (as_read, analysis) = packed.get(r.report.id.as_str()).unwrap_or(&nothing);
        let published = r.report.published.as_ref().map(|p| &p.date);
        insert.execute(params![
            r.report.id,
            published,
            r.report.publisher,
            r.report.title,
            json(r)?,
            as_read,
            analysis
        ])?;
        search.execute(params![r.report.id, r.report.title, r.report.text])?;
    }
    Ok(())
}

fn incidents(t: &Transaction<'_>, wire: &RecordJson) -> Result<(), Failure> {
    let reports: std::collections::BTreeMap<_, _> =
        wire.reports.iter().map(|r| (r.report.id.as_str(), &r.report)).collect();
    let actors: std::collections::BTreeMap<_, _> =
        wire.actors.iter().map(|a| (a.id.as_str(), a.name.as_str())).collect();
    let mut insert = t.prepare("INSERT INTO incident VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    let mut facet = t.prepare("INSERT OR IGNORE INTO facet VALUES (?1, ?2, ?3)")?;
    let mut search = t.prepare("INSERT INTO search VALUES ('incident', ?1, ?2, ?3)")?;
    for (ord, i) in (0i64..).zip(&wire.incidents) {
        let earliest = i.date.as_ref().and_then(|d| d.earliest.as_ref());
        let latest = i.date.as_ref().and_then(|d| d.latest.as_ref());
        insert.execute(params![
            ord,
            i.id,
            i.kind.0.as_str(),
            i.mode.map(|m| m.0.as_str()),
            i.factuality.0.as_str(),
            earliest,
            latest,
            i.title,
            json(i)?
        ])?;
        let mut body = Vec::new();
        for place in &i.places {
            facet.execute(params!["place", place.name, ord])?;
            body.push(place.name.as_str());
            if let Some(country) = &place.country {
                facet.execute(params!["country", country, ord])?;
            }
        }
        for (kind, parties) in [("actor", &i.actors), ("target", &i.targets)] {
            for party in parties {
                facet.execute(params![kind, party.actor, ord])?;
                body.extend(actors.get(party.actor.as_str()));
            }
        }
        for id in &i.reports {
            facet.execute(params!["report", id, ord])?;
            if let Some(publisher) = reports.get(id.as_str()).and_then(|r| r.publisher.as_ref()) {
                facet.execute(params!["publisher", publisher, ord])?;
            }
        }
        search.execute(params![ord, i.title, body.join(" · ")])?;
    }
    Ok(())
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
