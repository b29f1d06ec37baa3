//! A table as a file, at the same filters and in the same order as the page, written while it goes out.

use std::collections::BTreeSet;
use std::io::{self, Write};

use formats::csv;
use formats::pieces::Items;
use formats::tables::{self, Cell, Rows, Table};
use serde_json::{Map, Value};
use store::Of;

use super::ask::{Ask, selecting};
use super::reply::{Problem, Reply};
use super::routes::{Answer, Site};

/// Items read at once: few where the texts of their reports are needed.
const CHUNK: usize = 100;

pub(crate) fn table(site: &Site<'_>, ask: &Ask) -> Answer {
    let (name, as_csv) = match ask.path.trim_start_matches('/').split_once('.') {
        Some((name, ending)) => (name, ending == "csv"),
        None => ("", false),
    };
    let table = tables::table(name).ok_or_else(|| Problem::missing("table", name))?;
    let of = of(table);
    let mut known = selecting(of);
    known.push("sort");
    ask.only(&known)?;
    let selection = site.archive.index.select(site.store, of, &ask.filter(of)?)?;
    let mut ords = site.archive.index.page(&selection, ask.order(of)?, 0, usize::MAX);
    let ties = table.items == Items::Ties;
    if ties {
        // Of the actors that are selected, those in which one of them stands on either side.
        let all = selection.total() == site.archive.counts.actors;
        let named = if all { Vec::new() } else { site.store.named(of, &ords)? };
        let ids: BTreeSet<String> = named.into_iter().map(|actor| actor.id).collect();
        ords = site.store.ties_of((!all).then_some(&ids))?;
    }
    let store = site
        .archive
        .own()?
        .ok_or_else(|| Problem::new(503, "The record has just been replaced", "Ask again in a moment."))?;
    let turn = site.archive.turn().ok_or_else(|| {
        Problem::new(503, "Too many downloads at once", "Ask again when one of the others is through.")
    })?;
    let produce = move |each: Rows<'_>| {
        for chunk in ords.chunks(CHUNK) {
            let part = match ties {
                true => store.ties_for_table(chunk),
                false => store.for_table(of, chunk, table.needs_texts()),
            };
            (table.rows)(&part.map_err(io::Error::other)?, each)?;
        }
        Ok(())
    };
    let produce = move |each: Rows<'_>| table.added(produce, each);
    let job = move |out: &mut dyn Write| {
        let _until_sent = turn;
        if as_csv { csv::rows(table.columns, produce, out) } else { objects(table, produce, out) }
    };
    let kind = if as_csv { "text/csv; charset=utf-8" } else { "application/json" };
    let ending = if as_csv { "csv" } else { "json" };
    Ok(Reply::File { kind, name: format!("{name}.{ending}"), job: Box::new(job) })
}

/// The table of the record by whose fields a file is selected.
pub(crate) fn of(table: &Table) -> Of {
    match table.items {
        Items::Incidents => Of::Incident,
        Items::Reports => Of::Report,
        Items::Actors | Items::Ties => Of::Actor,
        Items::Statements => Of::Statement,
        Items::Disputes => Of::Dispute,
    }
}

/// One array of objects with a field a column.
fn objects(
    table: &Table,
    produce: impl FnOnce(Rows<'_>) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut before: &[u8] = b"[\n";
    produce(&mut |cells| {
        let mut fields = Map::new();
        for (column, cell) in table.columns.iter().zip(cells) {
            fields.insert(column.name.to_owned(), value(cell));
        }
        out.write_all(before)?;
        before = b",\n";
        serde_json::to_writer(&mut *out, &fields).map_err(io::Error::from)
    })?;
    out.write_all(if before == b"[\n" { b"[]\n" } else { b"\n]\n" })
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => text.into(),
        Cell::Count(n) => n.into(),
        Cell::Float(n) => n.into(),
        Cell::Day(day) => day.to_string().into(),
        Cell::Texts(all) => all.into(),
    }
}
