//! `export`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rapporteur::Store;
use rapporteur::formats::tables::{TABLES, Table};
use rapporteur::formats::{acled, csv, gdelt, geojson, ics, jsonld, markdown, parquet, plover, ucdp};
use rapporteur::record::Record;

use crate::Failure;
use crate::args::{ExportArgs, ExportFormat};
use crate::output::{self, Outcome};

/// Writes one file of an export.
type Writer = Box<dyn Fn(&Record, &mut dyn Write) -> io::Result<()>>;

/// One file of a format of several: the name of its table, that of its file, and how it is written.
struct Part {
    table: &'static str,
    file: String,
    write: Writer,
}

pub(crate) fn run(args: &ExportArgs, quiet: bool) -> Result<Outcome, Failure> {
    let store = Store::open(&args.record)?;
    let parts = parts(args.format);
    if args.table.is_some() && parts.is_empty() {
        return Err("--table is for formats of several tables: csv, parquet, gdelt".into());
    }
    match args.format {
        ExportFormat::Json | ExportFormat::Jsonl => {
            let wire = store.record_json()?;
            return to(args.output.as_deref(), &mut |out| {
                if args.format == ExportFormat::Json {
                    serde_json::to_writer_pretty(&mut *out, &wire)?;
                    return out.write_all(b"\n");
                }
                wire.incidents.iter().try_for_each(|incident| {
                    serde_json::to_writer(&mut *out, incident)?;
                    out.write_all(b"\n")
                })
            });
        }
        _ => (),
    }
    let record = store.record()?;
    if !quiet && let Some((n, why)) = left_out(args.format, &record) {
        output::note(&format!("note: {n} of {} incidents are left out: {why}", record.incidents.len()));
    }
    match (&args.table, &args.output) {
        _ if parts.is_empty() => {
            let write = single(args.format);
            to(args.output.as_deref(), &mut |out| write(&record, out))
        }
        (None, Some(folder)) => {
            std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
            for part in &parts {
                to(Some(&folder.join(&part.file)), &mut |out| (part.write)(&record, out))?;
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
            to(output.as_deref(), &mut |out| (part.write)(&record, out))
        }
    }
}

/// The files of a format of several tables; none for the others.
fn parts(format: ExportFormat) -> Vec<Part> {
    let tables = |ending: &str, write: fn(&Table, &Record, &mut dyn Write) -> io::Result<()>| -> Vec<Part> {
        let part = |t: &'static Table| Part {
            table: t.name,
            file: format!("{}.{ending}", t.name),
            write: Box::new(move |r, out| write(t, r, out)),
        };
        TABLES.iter().map(part).collect()
    };
    match format {
        ExportFormat::Csv => tables("csv", |t, r, out| csv::write(t, r, out)),
        ExportFormat::Parquet => tables("parquet", |t, r, out| parquet::write(t, r, out)),
        ExportFormat::Gdelt => vec![
            Part {
                table: "events",
                file: "events.export.CSV".to_owned(),
                write: Box::new(|r, out| gdelt::write_events(r, out)),
            },
            Part {
                table: "mentions",
                file: "events.mentions.CSV".to_owned(),
                write: Box::new(|r, out| gdelt::write_mentions(r, out)),
            },
        ],
        _ => Vec::new(),
    }
}

/// How a format of one file is written.
fn single(format: ExportFormat) -> Writer {
    let line = |value: serde_json::Value, out: &mut dyn Write| -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &value)?;
        out.write_all(b"\n")
    };
    match format {
        ExportFormat::Geojson => Box::new(move |r, out| line(geojson::collection(r), out)),
        ExportFormat::Jsonld => Box::new(move |r, out| line(jsonld::graph(r), out)),
        ExportFormat::Acled => Box::new(|r, out| acled::write(r, out)),
        ExportFormat::Ucdp => Box::new(|r, out| ucdp::write(r, out)),
        ExportFormat::Plover => Box::new(|r, out| plover::write(r, out)),
        ExportFormat::Markdown => Box::new(|r, out| markdown::write(r, out)),
        _ => Box::new(|r, out| ics::write(r, out)),
    }
}

/// How many incidents a format has no place for, and why.
fn left_out(format: ExportFormat, record: &Record) -> Option<(usize, &'static str)> {
    let (n, why) = match format {
        ExportFormat::Acled => (
            acled::left_out(record),
            "ACLED has no such event, or they are not told as facts (docs/formats.md)",
        ),
        ExportFormat::Ucdp => {
            (ucdp::left_out(record), "an event of UCDP is an assault told as a fact with at least one death")
        }
        ExportFormat::Gdelt => {
            (gdelt::left_out(record), "they are not told as facts, and GDELT cannot say so")
        }
        ExportFormat::Ics => (ics::left_out(record), "the reports do not fix their day"),
        _ => return None,
    };
    (n > 0).then_some((n, why))
}

/// Writes to a file, or to standard output.
fn to(
    path: Option<&Path>,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<Outcome, Failure> {
    match path {
        Some(path) => {
            let named = |e: io::Error| format!("{}: {e}", path.display());
            let mut out = BufWriter::new(File::create(path).map_err(named)?);
            write(&mut out).map_err(named)?;
            out.flush().map_err(named)?;
        }
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
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
