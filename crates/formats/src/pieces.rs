//! A record given piece by piece, so that one that does not fit into memory can be written.

use std::io;

use ::record::Record;

/// The parts of a record that are written one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    /// Incidents, with the disputes over them.
    Incidents,
    /// Statements.
    Statements,
    /// Disputes.
    Disputes,
    /// Actors.
    Actors,
    /// Ties between actors.
    Ties,
    /// Reports.
    Reports,
}

/// Takes one piece after the other.
pub type Each<'a> = &'a mut dyn FnMut(&Record) -> io::Result<()>;

/// What can be written: a whole record, or one that is read from a file as it is written.
pub trait Pieces {
    /// Gives the items of one kind in the order of the record, each in exactly one piece, with the reports and the actors
    /// that they name: whole where `texts` are wanted, else maybe only their names. What else a piece holds is not to
    /// be written.
    ///
    /// # Errors
    /// If `each` fails, or the items cannot be read.
    fn pieces(&self, of: Items, texts: bool, each: Each<'_>) -> io::Result<()>;
}

/// In one piece.
impl Pieces for Record {
    fn pieces(&self, _: Items, _: bool, each: Each<'_>) -> io::Result<()> {
        each(self)
    }
}

/// Takes one JSON value after the other.
pub(crate) type Values<'a> = &'a mut dyn FnMut(&serde_json::Value) -> io::Result<()>;

/// Writes JSON values between `before` and `after`, one a line.
pub(crate) fn list(
    before: &str,
    after: &str,
    out: &mut dyn io::Write,
    produce: impl FnOnce(Values<'_>) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(before.as_bytes())?;
    let mut separator = "\n";
    produce(&mut |value| {
        out.write_all(separator.as_bytes())?;
        separator = ",\n";
        serde_json::to_writer(&mut *out, value).map_err(io::Error::from)
    })?;
    writeln!(out, "\n{after}")
}
