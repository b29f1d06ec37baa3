//! Reading the data files: text with one entry a line, tabs between columns, `#` at the start of a comment.

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

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    file: &'static str,
    line: usize,
    columns: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Column `i`, without white space around it.
    pub(crate) fn text(&self, i: usize) -> &'a str {
        self.columns.get(i).copied().unwrap_or("")
    }

    /// Column `i` as a list with `;` between the items.
    pub(crate) fn list(&self, i: usize) -> Vec<&'a str> {
        self.text(i).split(';').map(str::trim).filter(|s| !s.is_empty()).collect()
    }

    /// Column `i` as whatever it should be.
    pub(crate) fn read<T: std::str::FromStr>(&self, i: usize) -> Result<T, BadLine> {
        self.text(i)
            .parse()
            .map_err(|_| self.bad(format!("column {}: «{}» does not fit", i + 1, self.text(i))))
    }

    /// A complaint about this line.
    pub(crate) fn bad(&self, why: impl Into<String>) -> BadLine {
        BadLine { file: self.file, line: self.line, why: why.into() }
    }
}

/// The entries of a data file, each of which must have exactly `columns` columns.
pub(crate) fn rows<'a>(file: &'static str, text: &'a str, columns: usize) -> Result<Vec<Row<'a>>, BadLine> {
    let mut all = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let row = Row { file, line: i + 1, columns: line.split('\t').map(str::trim).collect() };
        if row.columns.len() != columns {
            return Err(row.bad(format!("{} columns instead of {columns}", row.columns.len())));
        }
        all.push(row);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_rejected_by_its_number() {
        let bad = rows("x.tsv", "# comment\na\tb\n\nonly one\n", 2).unwrap_err();
        assert_eq!(bad.to_string(), "x.tsv:4: 1 columns instead of 2");
        let good = rows("x.tsv", "7\ta; b;\n", 2).unwrap();
        assert_eq!((good[0].read::<u32>(0).unwrap(), good[0].list(1)), (7, vec!["a", "b"]));
        assert!(good[0].read::<u32>(1).is_err());
    }
}
