//! A record on disk: one SQLite file that any tool can open.
//!
//! A file is always written whole beside its place and then moved there, so a crash at any instant leaves the old one
//! or the new one; and the same reports give the same bytes, whether a record was built at once or grew.

mod facets;
mod index;
mod pieces;
mod query;
mod slice;
mod words;
mod write;

pub use index::{Bar, Count, Filter, Index, Selection};
pub use query::{Counts, Hit, Mention, Name, Place};
pub use words::{MARK_END, MARK_START, full_text};

use std::fmt;
use std::path::{Path, PathBuf};

use formats::json::{ActorJson, AnalysisJson, RecordJson, WireError};
use record::{Analysis, Record, Report};
use rusqlite::{Connection, OpenFlags};

/// The number that marks a Rapporteur file in its header ("RAPP").
const APPLICATION_ID: i32 = 0x5241_5050;
/// The version of the tables.
const VERSION: i32 = 5;

/// The tables that people look through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// What happened.
    Incident,
    /// What was read.
    Report,
    /// Who acts, suffers and speaks.
    Actor,
    /// Who said what.
    Statement,
    /// Where accounts disagree.
    Dispute,
}

impl Of {
    /// Every table.
    pub const ALL: &'static [Of] = &[Of::Incident, Of::Report, Of::Actor, Of::Statement, Of::Dispute];

    /// The name of the table.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Of::Incident => "incident",
            Of::Report => "report",
            Of::Actor => "actor",
            Of::Statement => "statement",
            Of::Dispute => "dispute",
        }
    }

    /// The full-text index over it, if there is one.
    #[must_use]
    pub(crate) const fn search_table(self) -> Option<&'static str> {
        match self {
            Of::Incident => Some("search_incident"),
            Of::Report => Some("search_report"),
            Of::Actor => Some("search_actor"),
            Of::Statement => Some("search_statement"),
            Of::Dispute => None,
        }
    }
}

/// A report with what it says: as it was read, before the reports were compared with each other, and as it was
/// analysed after.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// As read.
    pub as_read: Report,
    /// As analysed.
    pub analysis: Analysis,
}

/// A record file, open for reading.
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.path.display())
    }
}

/// Why a record file could not be read or written.
#[derive(Debug)]
pub enum Error {
    /// There is no such file.
    Missing(PathBuf),
    /// It is not a record, or one of a newer version.
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// It is a record with tables of an older version.
    Old {
        /// The file.
        path: PathBuf,
        /// The version.
        version: i32,
    },
    /// It is a record, but damaged.
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where and how.
        why: String,
    },
    /// The disk or the system said no.
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        why: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Missing(path) => {
                write!(f, "{}: there is no such record; make one with `rapporteur build`", path.display())
            }
            Error::Foreign { path, why } => {
                write!(
                    f,
                    "{}: not a Rapporteur record ({why}); make one with `rapporteur build`",
                    path.display()
                )
            }
            Error::Old { path, version } => write!(
                f,
                "{}: a record with tables of version {version}, this program reads version {VERSION}; build it again \
                 from its reports with `rapporteur build`",
                path.display()
            ),
            Error::Damaged { path, why } => {
                write!(f, "{}: the record is damaged: {why}; build it again from its reports", path.display())
            }
            Error::Io { path, why } => write!(f, "{}: {why}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

impl Store {
    /// Opens a record for reading.
    ///
    /// # Errors
    /// If there is no such file, or it is no record of a version that this program knows.
    pub fn open(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let foreign = |why: String| Error::Foreign { path: path.to_owned(), why };
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|e| foreign(e.to_string()))?;
        let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let id = pragma("application_id").map_err(|e| match e.sqlite_error_code() {
            // Cut off, or overwritten in part: its header still says what it was.
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                Error::Damaged { path: path.to_owned(), why: e.to_string() }
            }
            _ => foreign(e.to_string()),
        })?;
        if id != APPLICATION_ID {
            return Err(foreign("it is another SQLite database".to_owned()));
        }
        match pragma("user_version") {
            Ok(VERSION) => {}
            Ok(v) if v < VERSION => return Err(Error::Old { path: path.to_owned(), version: v }),
            Ok(v) => {
                return Err(foreign(format!(
                    "it has version {v}, this program knows version {VERSION}; use a newer program"
                )));
            }
            Err(e) => return Err(foreign(e.to_string())),
        }
        Ok(Store { connection, path: path.to_owned() })
    }

    /// Whether a record can be written to `path`: to be asked before the work, not after it.
    ///
    /// # Errors
    /// If `path` is a folder, or its folder is not there or takes no file.
    pub fn check(path: &Path) -> Result<(), Error> {
        write::beside(path).map(|_| ())
    }

    /// Writes a record with its analyses, in place of what was at `path`.
    ///
    /// # Errors
    /// If the disk refuses; what was at `path` is then still there.
    pub fn write(path: &Path, record: &Record, kept: &[Kept]) -> Result<(), Error> {
        write::write(path, record, kept)
    }

    /// The connection, for queries of the tables that `schema.sql` documents.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole record.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn record(&self) -> Result<Record, Error> {
        self.record_json()?.read().map_err(|e| self.damaged(e))
    }

    /// The whole record in its wire form.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn record_json(&self) -> Result<RecordJson, Error> {
        Ok(RecordJson {
            schema: formats::json::RECORD.to_owned(),
            reports: self.all("SELECT json FROM report ORDER BY ord")?,
            actors: self.actors_json()?,
            ties: self.all("SELECT json FROM tie ORDER BY ord")?,
            incidents: self.all("SELECT json FROM incident ORDER BY ord")?,
            statements: self.all("SELECT json FROM statement ORDER BY ord")?,
            disputes: self.all("SELECT json FROM dispute ORDER BY ord")?,
            redirects: self.redirects()?,
            warnings: self.all("SELECT json FROM warning ORDER BY ord")?,
        })
    }

    /// Every report with what it says, by id.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn kept(&self) -> Result<Vec<Kept>, Error> {
        let damaged = |e: rusqlite::Error| self.damaged(e);
        let mut query =
            self.connection.prepare("SELECT as_read, analysis FROM report ORDER BY ord").map_err(damaged)?;
        let rows = query
            .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?)))
            .map_err(damaged)?;
        let mut kept = Vec::new();
        for row in rows {
            let (as_read, analysis) = row.map_err(damaged)?;
            kept.push(Kept { as_read: self.unpack(&as_read)?.report, analysis: self.unpack(&analysis)? });
        }
        Ok(kept)
    }

    fn actors_json(&self) -> Result<Vec<ActorJson>, Error> {
        let mut actors: Vec<ActorJson> = self.all("SELECT json FROM actor ORDER BY ord")?;
        let damaged = |e: rusqlite::Error| self.damaged(e);
        let sql = "SELECT m.actor, r.id, m.start, m.\"end\" FROM mention m JOIN report r ON r.ord = m.report \
                   ORDER BY m.actor, m.n";
        let mut query = self.connection.prepare(sql).map_err(damaged)?;
        let mut rows = query.query([]).map_err(damaged)?;
        while let Some(row) = rows.next().map_err(damaged)? {
            let actor: usize = row.get(0).map_err(damaged)?;
            let span = query::span(row, 1).map_err(damaged)?;
            let actor = actors.get_mut(actor).ok_or_else(|| self.damaged("a mention of no actor"))?;
            actor.evidence.push(span);
        }
        Ok(actors)
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Analysis, Error> {
        let json = zstd::decode_all(bytes).map_err(|e| self.damaged(e))?;
        let wire: AnalysisJson = serde_json::from_slice(&json).map_err(|e| self.damaged(e))?;
        wire.read().map_err(|e: WireError| self.damaged(e))
    }

    fn all<T: for<'de> serde::Deserialize<'de>>(&self, sql: &str) -> Result<Vec<T>, Error> {
        let damaged = |e: rusqlite::Error| self.damaged(e);
        let mut query = self.connection.prepare(sql).map_err(damaged)?;
        let rows = query.query_map([], |row| row.get::<_, String>(0)).map_err(damaged)?;
        let mut values = Vec::new();
        for row in rows {
            values.push(serde_json::from_str(&row.map_err(damaged)?).map_err(|e| self.damaged(e))?);
        }
        Ok(values)
    }

    fn redirects(&self) -> Result<std::collections::BTreeMap<String, String>, Error> {
        let damaged = |e: rusqlite::Error| self.damaged(e);
        let mut query = self.connection.prepare("SELECT old, new FROM redirect").map_err(damaged)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(damaged)?;
        rows.collect::<Result<_, _>>().map_err(damaged)
    }

    fn damaged(&self, why: impl fmt::Display) -> Error {
        Error::Damaged { path: self.path.clone(), why: why.to_string() }
    }
}
