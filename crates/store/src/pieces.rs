//! The record in pieces, for files of other formats: memory holds a piece, however long the record is.

use std::cell::RefCell;
use std::io::{self, Write};
use std::marker::PhantomData;

use formats::json::{
    ActorJson, DisputeJson, DocumentJson, IncidentJson, StatementJson, TieJson, WarningJson,
};
use formats::pieces::{Each, Items, Pieces};
use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::{Error, Of, Store};

/// Items in a piece. Incidents come with the whole texts of their reports.
const PIECE: usize = 200;
/// Actors in a piece: an often named one points into thousands of reports.
const ACTORS: usize = 20;

impl Pieces for Store {
    fn pieces(&self, of: Items, texts: bool, each: Each<'_>) -> io::Result<()> {
        let table = match of {
            Items::Incidents => Of::Incident,
            Items::Statements => Of::Statement,
            Items::Disputes => Of::Dispute,
            Items::Actors => Of::Actor,
            Items::Reports => Of::Report,
            Items::Ties => {
                for piece in self.ties_of(None).map_err(io::Error::other)?.chunks(PIECE) {
                    each(&self.ties_for_table(piece).map_err(io::Error::other)?)?;
                }
                return Ok(());
            }
        };
        let size = if of == Items::Actors { ACTORS } else { PIECE };
        for piece in self.ords(table).map_err(io::Error::other)?.chunks(size) {
            let piece = match table {
                Of::Incident if texts => self.whole_incidents(piece),
                _ => self.for_table(table, piece, texts),
            };
            each(&piece.map_err(io::Error::other)?)?;
        }
        Ok(())
    }
}

impl Store {
    /// The numbers of the items of a table, in the order of the record.
    fn ords(&self, of: Of) -> Result<Vec<u32>, Error> {
        self.many(&format!("SELECT ord FROM {} ORDER BY ord", of.table()), [], |row| row.get(0))
    }

    /// Writes the record in its wire form, indented.
    ///
    /// # Errors
    /// If writing fails, or the file is damaged.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = serde_json::Serializer::pretty(&mut *out);
        Whole(self).serialize(&mut writer)?;
        out.write_all(b"\n")
    }

    /// Writes the incidents in their wire form, one a line.
    ///
    /// # Errors
    /// If writing fails, or the file is damaged.
    pub fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        for ord in self.ords(Of::Incident).map_err(io::Error::other)? {
            // What is in the file is on one line already.
            out.write_all(self.json(Of::Incident, ord).map_err(io::Error::other)?.as_bytes())?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Has the fields of [`formats::json::RecordJson`] in its order; a test holds them together.
struct Whole<'s>(&'s Store);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let store = self.0;
        let mut fields = serializer.serialize_struct("RecordJson", 9)?;
        fields.serialize_field("schema", formats::json::RECORD)?;
        fields.serialize_field("reports", &List::<DocumentJson>::of(store, "report"))?;
        fields.serialize_field("actors", &Actors(store))?;
        fields.serialize_field("ties", &List::<TieJson>::of(store, "tie"))?;
        fields.serialize_field("incidents", &List::<IncidentJson>::of(store, "incident"))?;
        fields.serialize_field("statements", &List::<StatementJson>::of(store, "statement"))?;
        fields.serialize_field("disputes", &List::<DisputeJson>::of(store, "dispute"))?;
        fields.serialize_field("redirects", &store.redirects().map_err(S::Error::custom)?)?;
        fields.serialize_field("warnings", &List::<WarningJson>::of(store, "warning"))?;
        fields.end()
    }
}

/// The items of one table, read as they are written.
struct List<'s, T> {
    store: &'s Store,
    table: &'static str,
    items: PhantomData<T>,
}

impl<'s, T> List<'s, T> {
    fn of(store: &'s Store, table: &'static str) -> List<'s, T> {
        List { store, table, items: PhantomData }
    }
}

impl<T: Serialize + DeserializeOwned> Serialize for List<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let custom = |e: rusqlite::Error| S::Error::custom(self.store.damaged(e));
        let sql = format!("SELECT json FROM {} ORDER BY ord", self.table);
        let mut query = self.store.connection.prepare(&sql).map_err(custom)?;
        let rows = query.query_map([], |row| row.get::<_, String>(0)).map_err(custom)?;
        let failed = RefCell::new(None);
        let items = rows.map_while(|json| {
            let item = json
                .map_err(|e| self.store.damaged(e))
                .and_then(|json| serde_json::from_str::<T>(&json).map_err(|e| self.store.damaged(e)));
            item.map_err(|e| failed.replace(Some(e))).ok()
        });
        let written = serializer.collect_seq(items)?;
        failed.into_inner().map_or(Ok(written), |e| Err(S::Error::custom(e)))
    }
}

/// The actors with their evidence, which has a table of its own.
struct Actors<'s>(&'s Store);

impl Serialize for Actors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let store = self.0;
        let ords = store.ords(Of::Actor).map_err(S::Error::custom)?;
        let failed = RefCell::new(None);
        let actor = |ord: u32| -> Result<ActorJson, Error> {
            let mut actor: ActorJson =
                serde_json::from_str(&store.json(Of::Actor, ord)?).map_err(|e| store.damaged(e))?;
            actor.evidence = store.mentions(ord, 0, crate::slice::ALL)?;
            Ok(actor)
        };
        let actors = ords.into_iter().map_while(|ord| actor(ord).map_err(|e| failed.replace(Some(e))).ok());
        let written = serializer.collect_seq(actors)?;
        failed.into_inner().map_or(Ok(written), |e| Err(S::Error::custom(e)))
    }
}
