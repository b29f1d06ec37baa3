//! `export`.

use std::io::{BufWriter, Write};
use std::path::Path;

use rapporteur::Store;
use rapporteur::formats::{csv, tables::TABLES};

use crate::Failure;
use crate::args::{ExportArgs, ExportFormat};
use crate::output::{self, Outcome};

pub(crate) fn run(args: &ExportArgs) -> Result<Outcome, Failure> {
    let store = Store::open(&args.record)?;
    let record = store.record_json()?;
    if let (ExportFormat::Csv, Some(folder)) = (args.format, &args.output) {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let record = record.read()?;
        for table in TABLES {
            let path = folder.join(format!("{}.csv", table.name));
            let file = std::fs::File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            csv::write(table, &record, BufWriter::new(file))?;
        }
        return Ok(Outcome::Fine);
    }
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(std::fs::File::create(path).map_err(|e| format!("{}: {e}", path.display()))?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut out = BufWriter::new(&mut out);
    match args.format {
        ExportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &record)?;
            out.write_all(b"\n")?;
        }
        ExportFormat::Jsonl => {
            for incident in &record.incidents {
                serde_json::to_writer(&mut out, incident)?;
                out.write_all(b"\n")?;
            }
        }
        ExportFormat::Csv => csv::write(&TABLES[0], &record.read()?, &mut out)?,
    }
    out.flush()?;
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
