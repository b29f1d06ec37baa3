//! Reading gold data: whatever is broken or missing is named by its path and line.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What is wrong with a path that was given, or with a file in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub path: String,
    /// Its line, from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl Problem {
    /// A problem with a whole file or folder.
    pub fn new(path: &Path, message: impl fmt::Display) -> Problem {
        Problem { path: path.display().to_string(), line: None, message: message.to_string() }
    }

    /// A problem with one line of it (from 1).
    pub fn at(path: &Path, line: usize, message: impl fmt::Display) -> Problem {
        Problem { line: Some(line), ..Problem::new(path, message) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.message),
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

impl std::error::Error for Problem {}

/// The text of a file: UTF-8, or else one character a byte (the older sets are Latin-1).
pub(crate) fn text(path: &Path) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(|e| Problem::new(path, e))?;
    Ok(decode(bytes))
}

/// UTF-8 without its byte order mark, or else Latin-1; line ends as `\n`.
pub(crate) fn decode(bytes: Vec<u8>) -> String {
    let text =
        String::from_utf8(bytes).unwrap_or_else(|e| e.into_bytes().into_iter().map(char::from).collect());
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text }
}

/// The file itself, or every file below the folder that `wanted` accepts, sorted by path. None is a problem.
pub(crate) fn files(
    path: &Path,
    what: &str,
    wanted: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, Problem> {
    let meta = fs::metadata(path).map_err(|e| Problem::new(path, e))?;
    if meta.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| Problem::new(&folder, e))? {
            let entry = entry.map_err(|e| Problem::new(&folder, e))?.path();
            if entry.is_dir() {
                folders.push(entry);
            } else if wanted(&entry) {
                found.push(entry);
            }
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(Problem::new(path, format!("no {what} in this folder")));
    }
    Ok(found)
}

/// Whether the file's name ends in one of the extensions (lower case, without the dot).
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    extensions.contains(&extension.as_str())
}

/// The name without folder and extension.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Every line of a JSONL file; empty lines are passed over.
pub(crate) fn json_lines(path: &Path) -> Result<Vec<Value>, Problem> {
    let text = text(path)?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(n, l)| serde_json::from_str(l).map_err(|e| Problem::at(path, n + 1, e))).collect()
}

/// A parsed XML file; an XML error names its line.
pub(crate) fn xml<'a>(path: &Path, text: &'a str) -> Result<roxmltree::Document<'a>, Problem> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options)
        .map_err(|e| Problem::at(path, e.pos().row as usize, format!("not well-formed XML: {e}")))
}

/// Positions of the code points of a text, to turn offsets in code points into offsets in bytes.
pub(crate) struct CodePoints(Vec<usize>);

impl CodePoints {
    pub(crate) fn of(text: &str) -> CodePoints {
        CodePoints(text.char_indices().map(|(i, _)| i).chain([text.len()]).collect())
    }

    /// The byte at which code point `n` starts; `None` beyond the end.
    pub(crate) fn byte(&self, n: usize) -> Option<usize> {
        self.0.get(n).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_path_and_a_broken_line_are_named() {
        let missing = text(Path::new("no/such/file")).unwrap_err();
        assert!(missing.to_string().starts_with("no/such/file: "));
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("docs.jsonl");
        fs::write(&file, "{}\n\n{broken\n").unwrap();
        let broken = json_lines(&file).unwrap_err();
        assert_eq!(broken.line, Some(3));
        assert!(files(dir.path(), "TimeML file", |p| has_extension(p, &["tml"])).is_err());
    }

    #[test]
    fn older_files_are_latin_1() {
        assert_eq!(decode(vec![b'J', b'o', b's', 0xe9]), "José");
        assert_eq!(decode("\u{feff}a\r\nb".into()), "a\nb");
    }
}
