//! What a caller can say about an input.

/// How the bytes of an input hold reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One plain text, one report.
    Text,
    /// One page, one report.
    Html,
    /// One JSON object a line, one report each (JSONL, NDJSON).
    Jsonl,
    /// A table with a header row, one report a row; comma, semicolon, tab or bar between the cells.
    Csv,
}

/// Which fields of a JSON object or which columns of a table hold what. A name may be a path into nested objects
/// (`article.body`); a field that is not named here is found by its usual names (see `data/fields.tsv`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// The report's text.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// The report's id.
    pub id: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// The byline.
    pub author: Option<String>,
}

/// How to read an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The most bytes one report may have, unpacked; a longer text is cut, a longer JSON line or table row left out.
    pub limit_bytes: usize,
    /// The format; found from the name and the content if not given.
    pub format: Option<Format>,
    /// Names of fields and columns.
    pub fields: FieldMap,
}

impl Default for Options {
    fn default() -> Options {
        Options { limit_bytes: 10_000_000, format: None, fields: FieldMap::default() }
    }
}
