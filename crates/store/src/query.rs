//! Questions to a record file that need not read the whole of it.

use std::collections::BTreeSet;

use formats::json::{SpanJson, TieJson, WarningJson};
use rusqlite::{OptionalExtension, Params, Row};
use serde::de::DeserializeOwned;

use crate::{Error, MARK_END, MARK_START, Of, Store};

/// How many there are of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reports.
    pub reports: usize,
    /// Groups of reports that share one text.
    pub voices: usize,
    /// Incidents.
    pub incidents: usize,
    /// Actors.
    pub actors: usize,
    /// Ties between them.
    pub ties: usize,
    /// Statements.
    pub statements: usize,
    /// Disputes.
    pub disputes: usize,
    /// Warnings of the record; those of single reports stand with them.
    pub warnings: usize,
}

/// Where a search found its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which item.
    pub ord: u32,
    /// Words around the found ones, those between [`MARK_START`] and [`MARK_END`].
    pub snippet: String,
}

/// Where a report names an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Id of the actor.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// The words: code points from 0, end exclusive.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A place where incidents happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The value to filter by.
    pub value: String,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Degrees north and east, WGS 84.
    pub at: Option<(f64, f64)>,
    /// How fine it is.
    pub precision: String,
}

/// What people call an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its id.
    pub id: String,
    /// Title, headline, name, or who speaks.
    pub name: String,
    /// Date, publisher, kind.
    pub about: String,
}

pub(crate) fn span(row: &Row<'_>, first: usize) -> rusqlite::Result<SpanJson> {
    Ok(SpanJson { report: row.get(first)?, start: row.get(first + 1)?, end: row.get(first + 2)? })
}

/// More matches than this are not ranked: to score each costs more time than the order is worth.
const MOST_RANKED: usize = 2_000;

impl Store {
    /// How many there are of everything.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn counts(&self) -> Result<Counts, Error> {
        let count = |table: &str| {
            self.one::<usize>(&format!("SELECT COALESCE(MAX(ord) + 1, 0) FROM {table}"), [])
                .map(Option::unwrap_or_default)
        };
        let voices: Option<String> = self.one("SELECT value FROM meta WHERE key = 'voices'", [])?;
        Ok(Counts {
            reports: count("report")?,
            voices: voices.and_then(|v| v.parse().ok()).unwrap_or_default(),
            incidents: count("incident")?,
            actors: count("actor")?,
            ties: count("tie")?,
            statements: count("statement")?,
            disputes: count("dispute")?,
            warnings: count("warning")?,
        })
    }

    /// Where the item with this id stands in the order of its table.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn find(&self, of: Of, id: &str) -> Result<Option<u32>, Error> {
        self.one(&format!("SELECT ord FROM {} WHERE id = ?1", of.table()), [id])
    }

    /// The id of the incident that a former incident went up in.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn redirect(&self, id: &str) -> Result<Option<String>, Error> {
        let mut found: Option<String> = None;
        // A merged incident may have been merged again; a damaged file may go round in circles.
        for _ in 0..32 {
            let old = found.as_deref().unwrap_or(id);
            match self.one("SELECT new FROM redirect WHERE old = ?1", [old])? {
                Some(new) => found = Some(new),
                None => break,
            }
        }
        Ok(found)
    }

    /// The wire form of an item, as text. Of an actor without its evidence.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn json(&self, of: Of, ord: u32) -> Result<String, Error> {
        self.one(&format!("SELECT json FROM {} WHERE ord = ?1", of.table()), [ord])?
            .ok_or_else(|| self.damaged(format!("{} number {ord} is missing", of.table())))
    }

    /// Items in their wire form. Of actors without their evidence.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn items<T: DeserializeOwned>(&self, of: Of, ords: &[u32]) -> Result<Vec<T>, Error> {
        ords.iter()
            .map(|ord| serde_json::from_str(&self.json(of, *ord)?).map_err(|e| self.damaged(e)))
            .collect()
    }

    /// Items that have this facet (see table `facet`), at most `most`, in order.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn with(&self, of: Of, kind: &str, value: &str, most: usize) -> Result<Vec<u32>, Error> {
        let sql = "SELECT i.item FROM facet f JOIN facet_item i ON i.facet = f.id \
                   WHERE f.of = ?1 AND f.kind = ?2 AND f.value = ?3 ORDER BY i.item LIMIT ?4";
        self.many(sql, (of.table(), kind, value, most), |row| row.get(0))
    }

    /// What people call these items.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn named(&self, of: Of, ords: &[u32]) -> Result<Vec<Name>, Error> {
        let sql = match of {
            Of::Incident => "SELECT id, title, COALESCE(latest, earliest, '') FROM incident WHERE ord = ?1",
            Of::Report => {
                "SELECT id, COALESCE(title, id), COALESCE(publisher || ', ', '') || COALESCE(published, '') \
                 FROM report WHERE ord = ?1"
            }
            Of::Actor => "SELECT id, name, json ->> '$.kind' FROM actor WHERE ord = ?1",
            Of::Statement => {
                "SELECT s.id, COALESCE(a.name, 'speaker not named'), '' FROM statement s \
                 LEFT JOIN actor a ON a.id = s.speaker WHERE s.ord = ?1"
            }
            Of::Dispute => "SELECT id, kind, '' FROM dispute WHERE ord = ?1",
        };
        let mut names = Vec::new();
        for ord in ords {
            names.extend(self.many(sql, [ord], |row| {
                Ok(Name { id: row.get(0)?, name: row.get(1)?, about: row.get(2)? })
            })?);
        }
        Ok(names)
    }

    /// In how many incidents an actor has a part, and how often reports name it.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn actor_counts(&self, ord: u32) -> Result<(usize, usize), Error> {
        let sql = "SELECT incidents, mentions FROM actor WHERE ord = ?1";
        let found = self.many(sql, [ord], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.first().copied().unwrap_or_default())
    }

    /// Where the reports name an actor.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn mentions(&self, actor: u32, skip: usize, take: usize) -> Result<Vec<SpanJson>, Error> {
        let sql = "SELECT r.id, m.start, m.\"end\" FROM mention m JOIN report r ON r.ord = m.report \
                   WHERE m.actor = ?1 ORDER BY m.n LIMIT ?3 OFFSET ?2";
        self.many(sql, (actor, skip, take), |row| span(row, 0))
    }

    /// Whom a report names, in the order of its text.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn mentions_in(&self, report: u32, most: usize) -> Result<Vec<Mention>, Error> {
        let sql = "SELECT a.id, a.name, m.start, m.\"end\" FROM mention m JOIN actor a ON a.ord = m.actor \
                   WHERE m.report = ?1 ORDER BY m.start, m.\"end\", m.actor LIMIT ?2";
        self.many(sql, (report, most), |row| {
            Ok(Mention { actor: row.get(0)?, name: row.get(1)?, start: row.get(2)?, end: row.get(3)? })
        })
    }

    /// Ties of an actor to others.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn ties(&self, actor: &str, most: usize) -> Result<Vec<TieJson>, Error> {
        let sql = "SELECT ord, json FROM tie WHERE a = ?1 UNION SELECT ord, json FROM tie WHERE b = ?1 \
                   ORDER BY ord LIMIT ?2";
        let found = self.many(sql, (actor, most), |row| row.get::<_, String>(1))?;
        found.iter().map(|json| serde_json::from_str(json).map_err(|e| self.damaged(e))).collect()
    }

    /// A tie by its number in the order of the record.
    ///
    /// # Errors
    /// If the file is damaged.
    pub(crate) fn tie(&self, ord: u32) -> Result<TieJson, Error> {
        let json: String = self
            .one("SELECT json FROM tie WHERE ord = ?1", [ord])?
            .ok_or_else(|| self.damaged(format!("tie number {ord} is missing")))?;
        serde_json::from_str(&json).map_err(|e| self.damaged(e))
    }

    /// The numbers of the ties in which one of these actors stands on either side; of all ties without any.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn ties_of(&self, actors: Option<&BTreeSet<String>>) -> Result<Vec<u32>, Error> {
        let all: Vec<(u32, String, String)> =
            self.many("SELECT ord, a, b FROM tie ORDER BY ord", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let wanted = |a: &String, b: &String| actors.is_none_or(|ids| ids.contains(a) || ids.contains(b));
        Ok(all.into_iter().filter(|(_, a, b)| wanted(a, b)).map(|(ord, ..)| ord).collect())
    }

    /// Ties that a report states.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn ties_in(&self, report: u32, most: usize) -> Result<Vec<TieJson>, Error> {
        let sql = "SELECT t.json FROM tie_report r JOIN tie t ON t.ord = r.tie WHERE r.report = ?1 \
                   ORDER BY t.ord LIMIT ?2";
        let found = self.many(sql, (report, most), |row| row.get::<_, String>(0))?;
        found.iter().map(|json| serde_json::from_str(json).map_err(|e| self.damaged(e))).collect()
    }

    /// The places of incidents, by the value they are filtered by.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn places(&self) -> Result<Vec<Place>, Error> {
        let sql = "SELECT f.value, p.name, p.country, p.lat, p.lon, p.precision FROM place p \
                   JOIN facet f ON f.id = p.facet ORDER BY p.facet";
        self.many(sql, [], |row| {
            let (lat, lon): (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
            Ok(Place {
                value: row.get(0)?,
                name: row.get(1)?,
                country: row.get(2)?,
                at: lat.zip(lon),
                precision: row.get(5)?,
            })
        })
    }

    /// Warnings of the record, at most `most`.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn warnings(&self, most: usize) -> Result<Vec<WarningJson>, Error> {
        let found =
            self.many("SELECT json FROM warning ORDER BY ord LIMIT ?1", [most], |r| r.get::<_, String>(0))?;
        found.iter().map(|json| serde_json::from_str(json).map_err(|e| self.damaged(e))).collect()
    }

    /// Every item whose text has the words; `query` is made by [`crate::full_text`]. The best first where there are at
    /// most 2,000, else in the order of the record; nothing for a table without full text.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn search(&self, of: Of, query: &str) -> Result<Vec<u32>, Error> {
        let Some(table) = of.search_table() else { return Ok(Vec::new()) };
        let all =
            self.many(&format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1"), [query], |row| {
                row.get(0)
            })?;
        if all.len() > MOST_RANKED {
            return Ok(all);
        }
        let ranked = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY rank, rowid");
        self.many(&ranked, [query], |row| row.get(0))
    }

    /// The words around what a search found in these items.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn snippets(&self, of: Of, query: &str, ords: &[u32]) -> Result<Vec<Hit>, Error> {
        let Some(table) = of.search_table() else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT snippet({table}, -1, ?3, ?4, '…', 28) FROM {table} WHERE {table} MATCH ?1 AND rowid = ?2"
        );
        let mut hits = Vec::new();
        for ord in ords {
            let values = (query, ord, MARK_START.to_string(), MARK_END.to_string());
            let snippet: Option<String> = self.one(&sql, values)?;
            hits.push(Hit { ord: *ord, snippet: snippet.unwrap_or_default() });
        }
        Ok(hits)
    }

    pub(crate) fn one<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        values: impl Params,
    ) -> Result<Option<T>, Error> {
        let mut query = self.connection.prepare_cached(sql).map_err(|e| self.damaged(e))?;
        query
            .query_row(values, |row| row.get::<_, Option<T>>(0))
            .optional()
            .map(Option::flatten)
            .map_err(|e| self.damaged(e))
    }

    pub(crate) fn many<T>(
        &self,
        sql: &str,
        values: impl Params,
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut query = self.connection.prepare_cached(sql).map_err(|e| self.damaged(e))?;
        let rows = query.query_map(values, each).map_err(|e| self.damaged(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.damaged(e))
    }
}
