//! `export`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rapporteur::Store;
use rapporteur::formats::pieces::{Items, Pieces};
use rapporteur::formats::tables::{TABLES, Table};
use rapporteur::formats::{acled, csv, gdelt, geojson, ics, jsonld, markdown, parquet, plover, ucdp};
use rapporteur::record::Record;

use crate::Failure;
use crate::args::{ExportArgs, ExportFormat};
use crate::output::{self, Outcome};

/// Where a file goes.
type Out<'a> = &'a mut (dyn Write + Send);

/// Writes one file of a format of several.
type Writer = Box<dyn Fn(&Store, Out<'_>) -> io::Result<()>>;

/// One file of a format of several: the name of its table, that of its file, and how it is written.
struct Part {
    table: &'static str,
    file: String,
    write: Writer,
}

/// Writes a record as it is read, piece by piece; only a Markdown digest, which is for people, needs the whole of it.
pub(crate) fn run(args: &ExportArgs, quiet: bool) -> Result<Outcome, Failure> {
    let store = Store::open(&args.record)?;
    let parts = parts(args.format);
    if args.table.is_some() && parts.is_empty() {
        return Err("--table is for formats of several tables: csv, parquet, gdelt".into());
    }
    if !quiet && let Some((n, why)) = left_out(args.format, &store)? {
        output::note(&format!("note: {n} of {} incidents are left out: {why}", store.counts()?.incidents));
    }
    match (&args.table, &args.output) {
        _ if parts.is_empty() => to(args.output.as_deref(), &mut |out| single(args.format, &store, out)),
        (None, Some(folder)) => {
            std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
            for part in &parts {
                to(Some(&folder.join(&part.file)), &mut |out| (part.write)(&store, out))?;
            }
            Ok(Outcome::Fine)
        }
        (table, output) => {
            let wanted = table.as_deref().unwrap_or(parts[0].table);
            let part = parts.iter().find(|p| p.table == wanted).ok_or_else(|| {
                let names: Vec<&str> = parts.iter().map(|p| p.table).collect();
                format!("there is no table «{wanted}» in this format; there are {}", names.join(", "))
            })?;
            if table.is_none() && !quiet {
                output::note(&format!(
                    "note: only the table {wanted} is on standard output; -o FOLDER writes all {}, --table NAME another",
                    parts.len()
                ));
            }
            to(output.as_deref(), &mut |out| (part.write)(&store, out))
        }
    }
}

/// The files of a format of several tables; none for the others.
fn parts(format: ExportFormat) -> Vec<Part> {
    let tables = |ending: &str, write: fn(&Table, &Store, Out<'_>) -> io::Result<()>| -> Vec<Part> {
        let part = |t: &'static Table| Part {
            table: t.name,
            file: format!("{}.{ending}", t.name),
            write: Box::new(move |store, out| write(t, store, out)),
        };
        TABLES.iter().map(part).collect()
    };
    match format {
        ExportFormat::Csv => tables("csv", |t, store, out| csv::write(t, store, out)),
        ExportFormat::Parquet => tables("parquet", |t, store, out| parquet::write(t, store, out)),
        ExportFormat::Gdelt => vec![
            Part {
                table: "events",
                file: "events.export.CSV".to_owned(),
                write: Box::new(|store, out| gdelt::write_events(store, out)),
            },
            Part {
                table: "mentions",
                file: "events.mentions.CSV".to_owned(),
                write: Box::new(|store, out| gdelt::write_mentions(store, out)),
            },
        ],
        _ => Vec::new(),
    }
}

/// Writes a format of one file.
fn single(format: ExportFormat, store: &Store, mut out: Out<'_>) -> io::Result<()> {
    match format {
        ExportFormat::Json => store.write_json(&mut out),
        ExportFormat::Jsonl => store.write_jsonl(&mut out),
        ExportFormat::Geojson => geojson::write(store, out),
        ExportFormat::Jsonld => jsonld::write(store, out),
        ExportFormat::Acled => acled::write(store, out),
        ExportFormat::Ucdp => ucdp::write(store, out),
        ExportFormat::Plover => plover::write(store, out),
        ExportFormat::Ics => ics::write(store, out),
        ExportFormat::Markdown => markdown::write(&store.record().map_err(io::Error::other)?, out),
        ExportFormat::Csv | ExportFormat::Parquet | ExportFormat::Gdelt => Ok(()),
    }
}

/// How many incidents a format has no place for, and why.
fn left_out(format: ExportFormat, store: &Store) -> Result<Option<(usize, &'static str)>, Failure> {
    let (count, why): (fn(&Record) -> usize, _) = match format {
        ExportFormat::Acled => {
            (acled::left_out, "ACLED has no such event, or they are not told as facts (docs/formats.md)")
        }
        ExportFormat::Ucdp => {
            (ucdp::left_out, "an event of UCDP is an assault told as a fact with at least one death")
        }
        ExportFormat::Gdelt => (gdelt::left_out, "they are not told as facts, and GDELT cannot say so"),
        ExportFormat::Ics => (ics::left_out, "the reports do not fix their day"),
        _ => return Ok(None),
    };
    let mut n = 0;
    store.pieces(Items::Incidents, false, &mut |piece| {
        n += count(piece);
        Ok(())
    })?;
    Ok((n > 0).then_some((n, why)))
}

/// Writes to a file, or to standard output.
fn to(path: Option<&Path>, write: &mut dyn FnMut(Out<'_>) -> io::Result<()>) -> Result<Outcome, Failure> {
    match path {
        Some(path) => {
            let named = |e: io::Error| format!("{}: {e}", path.display());
            let mut out = BufWriter::new(File::create(path).map_err(named)?);
            write(&mut out).map_err(named)?;
            out.flush().map_err(named)?;
        }
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
            write(&mut out)?;
            out.flush()?;
        }
    }
    Ok(Outcome::Fine)
}

/// `report`.
pub(crate) fn report(record: &Path, output: Option<&Path>) -> Result<Outcome, Failure> {
    let page = web::page(&Store::open(record)?.record()?);
    match output {
        Some(path) => std::fs::write(path, page).map_err(|e| format!("{}: {e}", path.display()))?,
        None => output::bytes(page.as_bytes())?,
    }
    Ok(Outcome::Fine)
}
