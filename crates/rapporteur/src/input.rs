//! Finding and opening inputs: files, folders, patterns, standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use record::Warning;
use walkdir::WalkDir;

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// An argument that names no input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// What, why, what to do.
    pub message: String,
}

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InputError {}

/// Endings of files that a folder is searched for; `.gz` and `.zst` of each count too.
const ENDINGS: [&str; 10] = ["txt", "text", "md", "html", "htm", "xhtml", "jsonl", "ndjson", "csv", "tsv"];

/// The inputs that arguments mean: a file, a folder (searched through, hidden files left out), a pattern with `*`, `?`
/// or `[…]`, or `-` for standard input. In the order of the arguments, a folder's and a pattern's files by name.
///
/// # Errors
/// If an argument names nothing.
pub fn find(arguments: &[PathBuf]) -> Result<Vec<Input>, InputError> {
    let mut inputs = Vec::new();
    for argument in arguments {
        let found = if argument.as_os_str() == "-" {
            vec![Input::Stdin]
        } else if argument.is_dir() {
            folder(argument)?
        } else if argument.exists() {
            vec![Input::File(argument.clone())]
        } else {
            pattern(argument)?
        };
        inputs.extend(found);
    }
    Ok(inputs)
}

fn folder(path: &Path) -> Result<Vec<Input>, InputError> {
    let mut inputs = Vec::new();
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| e.depth() == 0 || !hidden(e.file_name()))
        // What cannot be listed is reported when the folder turns out empty; the rest goes on.
        .flatten();
    for entry in entries {
        if entry.file_type().is_file() && is_report(entry.path()) {
            inputs.push(Input::File(entry.into_path()));
        }
    }
    if inputs.is_empty() {
        return Err(InputError {
            message: format!(
                "{}: no report in this folder; looked for files ending in .{} (also .gz, .zst)",
                path.display(),
                ENDINGS.join(", .")
            ),
        });
    }
    Ok(inputs)
}

fn is_report(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

fn pattern(argument: &Path) -> Result<Vec<Input>, InputError> {
    let text = argument.to_string_lossy();
    let nothing = |why: &str| InputError { message: format!("{text}: {why}") };
    if !text.contains(['*', '?', '[']) {
        return Err(nothing("no such file or folder"));
    }
    let paths = glob::glob(&text).map_err(|e| nothing(&format!("not a valid pattern: {e}")))?;
    let mut inputs = Vec::new();
    for path in paths.flatten() {
        if path.is_file() {
            inputs.push(Input::File(path));
        }
    }
    if inputs.is_empty() {
        return Err(nothing("no file matches this pattern"));
    }
    Ok(inputs)
}

impl Input {
    /// Its name in messages.
    #[must_use]
    pub fn origin(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin => "-".to_owned(),
        }
    }

    pub(crate) fn open(&self) -> Result<Box<dyn Read>, Warning> {
        match self {
            Input::Stdin => Ok(Box::new(io::stdin().lock())),
            Input::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(e) => Err(Warning {
                    code: "W001",
                    origin: self.origin(),
                    message: format!("cannot be opened ({e}); left out"),
                }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &[Input]) -> Vec<String> {
        inputs
            .iter()
            .map(|i| i.origin().rsplit(std::path::MAIN_SEPARATOR).next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn a_folder_gives_its_reports_by_name_and_a_pattern_what_matches() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.html.gz", "c.pdf", ".hidden.txt", "sub.jsonl"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let found = find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(names(&found), ["a.html.gz", "b.txt", "sub.jsonl"]);
        let found = find(&[folder.path().join("*.txt")]).unwrap();
        assert_eq!(names(&found), [".hidden.txt", "b.txt"]);
    }

    #[test]
    fn what_names_nothing_is_said() {
        let message = find(&["no/such/file.txt".into()]).unwrap_err().to_string();
        assert_eq!(message, "no/such/file.txt: no such file or folder");
        let message = find(&["no/such/*.txt".into()]).unwrap_err().to_string();
        assert_eq!(message, "no/such/*.txt: no file matches this pattern");
    }
}
