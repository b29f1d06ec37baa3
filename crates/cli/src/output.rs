//! Standard output and standard error.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was read and something was found.
    Fine,
    /// Something was left out, or nothing was found.
    Incomplete,
}

/// One line of data.
pub(crate) fn line(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{text}")
}

/// Data as it is.
pub(crate) fn bytes(data: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(data)?;
    out.flush()
}

/// An error: what, where, why, what to do.
pub(crate) fn error(message: &str) {
    message_line("error", AnsiColor::Red, message);
}

/// Something odd that did not stop the work.
pub(crate) fn warning(message: &dyn Display) {
    message_line("warning", AnsiColor::Yellow, &message.to_string());
}

/// A word to the person at the terminal.
pub(crate) fn note(message: &str) {
    // Nothing is left to be done if standard error itself is gone.
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}

/// "1 report", "2 reports".
pub(crate) fn many(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Whether a warning about a report says that part of it was not read.
pub(crate) fn left_out(warning: &rapporteur::record::Warning) -> bool {
    warning.code == "W105"
}

fn message_line(kind: &str, color: AnsiColor, message: &str) {
    let style = Style::new().fg_color(Some(color.into())).bold();
    // Nothing is left to be done if standard error itself is gone.
    let _ = writeln!(anstream::stderr().lock(), "{style}{kind}{style:#}: {message}");
}

/// Whether a failure is only that the reader of our output has gone, which is no error.
pub(crate) fn is_broken_pipe(failure: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(failure);
    while let Some(e) = next {
        if let Some(io) = e.downcast_ref::<io::Error>() {
            return io.kind() == io::ErrorKind::BrokenPipe;
        }
        if let Some(json) = e.downcast_ref::<serde_json::Error>() {
            return json.io_error_kind() == Some(io::ErrorKind::BrokenPipe);
        }
        next = e.source();
    }
    false
}

/// Text of a report on a terminal: control characters, which could move the cursor or hide words, are shown as `�`.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            // Cc, and the marks that turn the direction of writing.
            c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => '�',
            c => c,
        })
        .collect()
}
