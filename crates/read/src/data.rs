//! Reading the data files: one entry a line, tabs between its cells, `#` at the start of a comment.

use std::fmt;

/// A line of a data file that breaks its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadLine {
    /// The file.
    pub(crate) file: &'static str,
    /// Counted from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) why: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.why)
    }
}

/// The entries of a data file, each of exactly `N` cells, with a way to complain about one.
///
/// # Errors
/// The first line with more or fewer cells, or with an empty one.
pub(crate) fn rows<const N: usize>(
    file: &'static str,
    text: &'static str,
) -> Result<Vec<([&'static str; N], At)>, BadLine> {
    let mut all = Vec::new();
    for (line, words) in (1..).zip(text.lines()) {
        if words.trim().is_empty() || words.starts_with('#') {
            continue;
        }
        let at = At { file, line };
        let cells: Vec<&'static str> = words.split('\t').collect();
        let count = cells.len();
        let cells = <[&str; N]>::try_from(cells)
            .map_err(|_| at.bad(format!("{count} cells where {N} are wanted")))?;
        if let Some(bad) = cells.iter().position(|c| c.is_empty() || c.trim() != *c) {
            return Err(at.bad(format!("cell {} is empty or has white space around it", bad + 1)));
        }
        all.push((cells, at));
    }
    Ok(all)
}

/// A line of a data file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    file: &'static str,
    line: usize,
}

impl At {
    /// A complaint about this line.
    pub(crate) fn bad(self, why: impl Into<String>) -> BadLine {
        BadLine { file: self.file, line: self.line, why: why.into() }
    }
}

/// What an embedded file says. Tests read every one, so a bad line never ships.
pub(crate) fn embedded<T>(read: Result<T, BadLine>) -> T {
    read.unwrap_or_else(|bad| panic!("{bad}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_rejected_by_its_number() {
        let bad = |text| rows::<2>("x.tsv", text).unwrap_err().to_string();
        assert_eq!(bad("# comment\na\tb\n\nonly one\n"), "x.tsv:4: 1 cells where 2 are wanted");
        assert_eq!(bad("a\tb\na\t b\n"), "x.tsv:2: cell 2 is empty or has white space around it");
        assert_eq!(rows::<2>("x.tsv", "7\ta b\n").unwrap()[0].0, ["7", "a b"]);
    }
}
