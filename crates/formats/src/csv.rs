//! Rows of cells as CSV (RFC 4180, UTF-8 without a mark, one header row, lines ended by CR LF), safe to open in a
//! spreadsheet.
//!
//! Report text is hostile, and a spreadsheet runs what looks like a formula. [`defused`] is applied to every cell and
//! header by [`Sheet`]; whoever writes CSV writes it through [`Sheet`].

use std::borrow::Cow;
use std::io::{self, Write};

use crate::pieces::Pieces;
use crate::tables::{Cell, Column, Rows, Table};

/// What a spreadsheet must not run is made text by an apostrophe before it: a cell that begins with `=`, `+`, `-`,
/// `@` or the full-width form of one of them, after white space, control or invisible characters too. The same
/// holds for such a character after a tab, line break, `;` or `|` inside a cell: there a new cell begins where the
/// file is read with another separator. A plain number (`-33.2`, `+5`, `-1e-7`) stays.
///
/// ```
/// use formats::csv::defused;
/// assert_eq!(defused("=HYPERLINK(\"http://x.example\")"), "'=HYPERLINK(\"http://x.example\")");
/// assert_eq!(defused("-33.2"), "-33.2");
/// assert_eq!(defused("said; -1+1|cmd"), "said;' -1+1|cmd");
/// ```
#[must_use]
pub fn defused(cell: &str) -> Cow<'_, str> {
    let separator = |c: char| matches!(c, '\t' | '\r' | '\n' | ';' | '|');
    if !cell.contains(starts_formula) && !cell.starts_with(['\t', '\r', '\n']) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 1);
    let mut rest = cell;
    loop {
        let end = rest.find(separator).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        if piece.trim_start_matches(unseen).starts_with(starts_formula) && !is_number(piece) {
            out.push('\'');
        } else if out.is_empty() && after.starts_with(['\t', '\r', '\n']) && piece.is_empty() {
            // A tab or a line break first of all is itself one of the characters to defuse.
            out.push('\'');
        }
        out.push_str(piece);
        let Some(c) = after.chars().next() else { break };
        out.push(c);
        rest = &after[c.len_utf8()..];
    }
    Cow::Owned(out)
}

fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−')
}

fn unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_number(piece: &str) -> bool {
    piece.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'))
        && piece.parse::<f64>().is_ok()
}

/// A CSV file being written.
pub struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// A file with this header.
    ///
    /// # Errors
    /// If writing fails.
    pub fn new<'c>(out: W, header: impl IntoIterator<Item = &'c str>) -> io::Result<Sheet<W>> {
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        let mut sheet = Sheet(writer);
        sheet.texts(header)?;
        Ok(sheet)
    }

    /// Adds a row of texts.
    ///
    /// # Errors
    /// If writing fails, or the row is not as long as the header.
    pub fn texts<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        self.0.write_record(cells.into_iter().map(|c| defused(c).into_owned())).map_err(plain_io)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// If writing fails, or the row is not as long as the header.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let texts: Vec<String> = cells.iter().map(Cell::to_string).collect();
        self.texts(texts.iter().map(String::as_str))
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The error of the writing itself, so that a reader of our output that went away is still told apart.
fn plain_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => e,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes one table of a record.
///
/// # Errors
/// If writing fails.
pub fn write(table: &Table, record: &dyn Pieces, out: impl Write) -> io::Result<()> {
    rows(table.columns, |each| table.all(record, each), out)
}

/// Writes rows under the names of their columns.
///
/// # Errors
/// If writing fails.
pub fn rows(
    columns: &[Column],
    produce: impl FnOnce(Rows<'_>) -> io::Result<()>,
    out: impl Write,
) -> io::Result<()> {
    let mut sheet = Sheet::new(out, columns.iter().map(|c| c.name))?;
    produce(&mut |cells| sheet.row(&cells))?;
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_and_a_number_stays_one() {
        for (cell, safe) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("@cmd", "'@cmd"),
            ("+1-555", "'+1-555"),
            ("-inf", "'-inf"),
            ("−2", "'−2"),
            ("＝1", "'＝1"),
            (" \u{FEFF}=1", "' \u{FEFF}=1"),
            ("\t=1", "'\t'=1"),
            ("\n", "'\n"),
            ("a\n=1", "a\n'=1"),
            ("a;=1;b", "a;'=1;b"),
            ("a\t@b", "a\t'@b"),
            ("-33.2", "-33.2"),
            ("-1e-7", "-1e-7"),
            ("plain - text; and more", "plain - text; and more"),
            ("a|b", "a|b"),
            ("", ""),
        ] {
            assert_eq!(defused(cell), safe, "{cell:?}");
        }
    }

    #[test]
    fn what_is_written_comes_back_in_its_cells() -> io::Result<()> {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out, ["a", "=b"])?;
        sheet.row(&[Cell::text("one, \"two\"\r\nthree"), Cell::Empty])?;
        sheet.row(&[Cell::Float(-1.5), Cell::list(["x", "=y"])])?;
        sheet.finish()?;
        let mut reader = csv::Reader::from_reader(&out[..]);
        assert_eq!(reader.headers()?, vec!["a", "'=b"]);
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
        assert_eq!(rows[0], vec!["one, \"two\"\r\nthree", ""]);
        assert_eq!(rows[1], vec!["-1.5", "x;' =y"]);
        Ok(())
    }
}
