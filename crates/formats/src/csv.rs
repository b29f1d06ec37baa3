//! Tidy tables as CSV (RFC 4180, UTF-8, one header row): one row an incident, a claim, a statement variant, …
//!
//! A cell that a spreadsheet would take for a formula is written with a leading apostrophe.

use std::collections::BTreeMap;
use std::io::Write;

use ::record::{ActorId, Party, Record, Span};

use crate::json::Points;

/// One table of a record.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name, without `.csv`.
    pub name: &'static str,
    /// Writes it.
    pub write: fn(&Record, &mut dyn Write) -> csv::Result<()>,
}

/// All tables.
pub const TABLES: &[Table] = &[
    Table { name: "incidents", write: |r, w| incidents(r, w) },
    Table { name: "claims", write: |r, w| claims(r, w) },
    Table { name: "statements", write: |r, w| statements(r, w) },
    Table { name: "disputes", write: |r, w| disputes(r, w) },
    Table { name: "actors", write: |r, w| actors(r, w) },
    Table { name: "ties", write: |r, w| ties(r, w) },
    Table { name: "reports", write: |r, w| reports(r, w) },
];

/// What a spreadsheet must not run: a cell beginning with `=`, `+`, `-`, `@`, tab or return is text.
#[must_use]
pub fn defused(cell: &str) -> String {
    let number = cell.parse::<f64>().is_ok();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    fn new(out: W, header: &[&str]) -> csv::Result<Sheet<W>> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(header)?;
        Ok(Sheet(writer))
    }

    fn row(&mut self, cells: &[String]) -> csv::Result<()> {
        self.0.write_record(cells.iter().map(|c| defused(c)))
    }

    fn finish(mut self) -> csv::Result<()> {
        Ok(self.0.flush()?)
    }
}

/// Code points and words of spans.
struct Words<'r>(BTreeMap<&'r str, (&'r str, Points<'r>)>);

impl<'r> Words<'r> {
    fn new(record: &'r Record) -> Words<'r> {
        Words(record.reports.iter().map(|r| (r.id.as_str(), (&*r.text, Points::new(&r.text)))).collect())
    }

    /// Report id, start, end, words.
    fn of(&self, span: &Span) -> [String; 4] {
        let Some((text, points)) = self.0.get(span.report.as_str()) else { return Default::default() };
        let (start, end) = points.range(span.range);
        [span.report.to_string(), start.to_string(), end.to_string(), span.range.of(text).to_owned()]
    }
}

fn opt(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn names(parties: &[Party]) -> String {
    parties.iter().map(|p| p.actor.as_str()).collect::<Vec<_>>().join("; ")
}

/// One row an incident.
///
/// # Errors
/// If writing fails.
pub fn incidents(record: &Record, out: impl Write) -> csv::Result<()> {
    let mut sheet = Sheet::new(
        out,
        &[
            "id",
            "title",
            "type",
            "mode",
            "cameo",
            "contexts",
            "factuality",
            "earliest",
            "latest",
            "precision",
            "places",
            "country",
            "lat",
            "lon",
            "actors",
            "targets",
            "killed_low",
            "killed_best",
            "killed_high",
            "wounded_low",
            "wounded_best",
            "wounded_high",
            "reports",
            "responds_to",
            "part_of",
        ],
    )?;
    for i in &record.incidents {
        let place = i.places.first();
        let mut cells = vec![
            i.id.to_string(),
            i.title.clone(),
            i.kind.to_string(),
            opt(i.mode),
            i.cameo.clone(),
            i.contexts.iter().map(|c| c.as_str()).collect::<Vec<_>>().join("; "),
            i.factuality.to_string(),
            opt(i.when.earliest()),
            opt(i.when.latest()),
            opt(i.when.precision()),
            i.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; "),
            opt(place.and_then(|p| p.country)),
            opt(place.and_then(|p| p.lat)),
            opt(place.and_then(|p| p.lon)),
            names(&i.actors),
            names(&i.targets),
        ];
        for what in ["killed", "wounded"] {
            let set = i.figures.iter().find(|f| f.what == what && f.of.is_none() && f.place.is_none());
            let set = set.or_else(|| i.figures.iter().find(|f| f.what == what));
            cells.extend([
                opt(set.and_then(|s| s.low)),
                opt(set.and_then(|s| s.best)),
                opt(set.and_then(|s| s.high)),
            ]);
        }
        cells.push(i.reports().iter().map(|r| r.as_str()).collect::<Vec<_>>().join("; "));
        cells.push(i.responds_to.iter().map(|r| r.incident.as_str()).collect::<Vec<_>>().join("; "));
        cells.push(opt(i.part_of.as_ref()));
        sheet.row(&cells)?;
    }
    sheet.finish()
}

/// One row a claim of a figure.
///
/// # Errors
/// If writing fails.
pub fn claims(record: &Record, out: impl Write) -> csv::Result<()> {
    let words = Words::new(record);
    let mut sheet = Sheet::new(
        out,
        &[
            "incident",
            "what",
            "of",
            "where",
            "low",
            "high",
            "qualifier",
            "by",
            "by_as_written",
            "as_written",
            "status",
            "report",
            "start",
            "end",
        ],
    )?;
    for i in &record.incidents {
        for set in &i.figures {
            for c in &set.claims {
                let [report, start, end, _] = words.of(&c.at);
                sheet.row(&[
                    i.id.to_string(),
                    set.what.clone(),
                    opt(set.of.as_ref()),
                    opt(set.place.as_ref()),
                    opt(c.bounds.low()),
                    opt(c.bounds.high()),
                    c.qualifier.to_string(),
                    opt(c.by.as_ref()),
                    c.by_as_written.clone(),
                    c.as_written.clone(),
                    c.status.to_string(),
                    report,
                    start,
                    end,
                ])?;
            }
        }
    }
    sheet.finish()
}

/// One row a variant of a statement.
///
/// # Errors
/// If writing fails.
pub fn statements(record: &Record, out: impl Write) -> csv::Result<()> {
    let words = Words::new(record);
    let header = [
        "statement",
        "speaker",
        "about",
        "kind",
        "speaker_as_written",
        "words",
        "drift",
        "report",
        "start",
        "end",
    ];
    let mut sheet = Sheet::new(out, &header)?;
    for s in &record.statements {
        for v in &s.variants {
            let [report, start, end, said] = words.of(&v.at);
            sheet.row(&[
                s.id.clone(),
                opt(s.speaker.as_ref()),
                s.about.iter().map(|i| i.as_str()).collect::<Vec<_>>().join("; "),
                v.kind.to_string(),
                v.speaker_as_written.clone(),
                said,
                opt(v.drift.as_ref()),
                report,
                start,
                end,
            ])?;
        }
    }
    sheet.finish()
}

/// One row a piece of evidence of a side of a dispute.
///
/// # Errors
/// If writing fails.
pub fn disputes(record: &Record, out: impl Write) -> csv::Result<()> {
    let words = Words::new(record);
    let header = ["dispute", "kind", "incident", "side", "claim", "by", "words", "report", "start", "end"];
    let mut sheet = Sheet::new(out, &header)?;
    for d in &record.disputes {
        for (n, side) in d.sides.iter().enumerate() {
            for span in &side.evidence {
                let [report, start, end, said] = words.of(span);
                sheet.row(&[
                    d.id.clone(),
                    d.kind.to_string(),
                    opt(d.incident.as_ref()),
                    (n + 1).to_string(),
                    side.claim.clone(),
                    side.by.iter().map(ActorId::as_str).collect::<Vec<_>>().join("; "),
                    said,
                    report,
                    start,
                    end,
                ])?;
            }
        }
    }
    sheet.finish()
}

/// One row an actor.
///
/// # Errors
/// If writing fails.
pub fn actors(record: &Record, out: impl Write) -> csv::Result<()> {
    let mut sheet = Sheet::new(
        out,
        &["id", "name", "kind", "country", "sector", "wikidata", "aliases", "roles", "mentions"],
    )?;
    for a in &record.actors {
        sheet.row(&[
            a.id.to_string(),
            a.name.clone(),
            a.kind.to_string(),
            opt(a.country.as_ref()),
            opt(a.sector),
            opt(a.wikidata.as_ref()),
            a.aliases.join("; "),
            a.roles.iter().map(|r| r.title.as_str()).collect::<Vec<_>>().join("; "),
            a.evidence.len().to_string(),
        ])?;
    }
    sheet.finish()
}

/// One row a piece of evidence of a tie.
///
/// # Errors
/// If writing fails.
pub fn ties(record: &Record, out: impl Write) -> csv::Result<()> {
    let words = Words::new(record);
    let mut sheet = Sheet::new(out, &["a", "relation", "b", "words", "report", "start", "end"])?;
    for t in &record.ties {
        for span in &t.evidence {
            let [report, start, end, said] = words.of(span);
            sheet.row(&[
                t.a.to_string(),
                t.relation.to_string(),
                t.b.to_string(),
                said,
                report,
                start,
                end,
            ])?;
        }
    }
    sheet.finish()
}

/// One row a report.
///
/// # Errors
/// If writing fails.
pub fn reports(record: &Record, out: impl Write) -> csv::Result<()> {
    let header = [
        "id",
        "title",
        "publisher",
        "author",
        "url",
        "language",
        "published",
        "date_from",
        "copy_of",
        "origin",
    ];
    let mut sheet = Sheet::new(out, &header)?;
    for r in &record.reports {
        let link = record.documents.get(&r.id);
        sheet.row(&[
            r.id.to_string(),
            opt(r.title.as_ref().map(|t| &t.value)),
            opt(r.publisher.as_ref()),
            opt(r.author.as_ref()),
            opt(r.url.as_ref()),
            opt(r.language.as_ref()),
            opt(r.published.as_ref().map(|p| p.date)),
            opt(r.published.as_ref().map(|p| p.from)),
            opt(link.and_then(|l| l.copy_of.as_ref())),
            opt(link.map(|l| &l.origin)),
        ])?;
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_and_a_number_stays_one() {
        assert_eq!(defused("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(defused("@cmd"), "'@cmd");
        assert_eq!(defused("-33.2"), "-33.2");
        assert_eq!(defused("plain"), "plain");
    }
}
