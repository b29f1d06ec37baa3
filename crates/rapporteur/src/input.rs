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
    /// Something in a folder that cannot be looked at, and why.
    Closed(PathBuf, String),
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

/// The inputs that arguments mean: a file, a folder (searched through, links followed, hidden files left out), a pattern
/// with `*`, `?` or `[…]`, or `-` for standard input. In the order of the arguments, a folder's and a pattern's files by
/// name.
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
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| e.depth() == 0 || !hidden(e.file_name()));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_report(entry.path()) => {
                inputs.push(Input::File(entry.into_path()));
            }
            Ok(_) => {}
            Err(e) => inputs.push(closed(path, &e)),
        }
    }
    if !inputs.iter().any(|i| matches!(i, Input::File(_))) {
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

fn closed(folder: &Path, error: &walkdir::Error) -> Input {
    let why = match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => "a link to a folder that it lies in".to_owned(),
        (None, Some(e)) => reason(e),
        (None, None) => error.to_string(),
    };
    Input::Closed(error.path().unwrap_or(folder).to_owned(), why)
}

/// What the system said, without its numbers.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        kind => kind.to_string(),
    }
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
    for path in paths {
        match path {
            Ok(path) if path.is_file() => inputs.push(Input::File(path)),
            Ok(_) => {}
            Err(e) => inputs.push(Input::Closed(e.path().to_owned(), reason(e.error()))),
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
            Input::File(path) | Input::Closed(path, _) => path.display().to_string(),
            Input::Stdin => "-".to_owned(),
        }
    }

    pub(crate) fn open(&self) -> Result<Box<dyn Read>, Warning> {
        let warning = |code, message| Warning { code, origin: self.origin(), message };
        match self {
            Input::Stdin => Ok(Box::new(io::stdin().lock())),
            Input::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(e) => Err(warning("W001", format!("cannot be opened ({}); left out", reason(&e)))),
            },
            Input::Closed(_, why) => Err(warning("W002", format!("cannot be looked at ({why}); left out"))),
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

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_those_that_lead_nowhere_or_round_are_named() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.txt"), "x").unwrap();
        symlink(at("a.txt"), at("b.txt")).unwrap();
        symlink(at("gone.txt"), at("c.txt")).unwrap();
        symlink(folder.path(), at("round")).unwrap();
        let found = find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(names(&found), ["a.txt", "b.txt", "c.txt", "round"]);
        let warnings: Vec<String> = found
            .iter()
            .filter_map(|i| i.open().err())
            .map(|w| w.to_string().replace(&format!("{}/", folder.path().display()), ""))
            .collect();
        assert_eq!(
            warnings,
            [
                "c.txt: cannot be looked at (no such file or folder); left out [W002]",
                "round: cannot be looked at (a link to a folder that it lies in); left out [W002]"
            ]
        );
        let vanished = Input::File(at("gone.txt")).open().err().map(|w| w.message);
        assert_eq!(vanished.as_deref(), Some("cannot be opened (no such file or folder); left out"));
    }

    #[test]
    fn what_names_nothing_is_said() {
        let message = find(&["no/such/file.txt".into()]).unwrap_err().to_string();
        assert_eq!(message, "no/such/file.txt: no such file or folder");
        let message = find(&["no/such/*.txt".into()]).unwrap_err().to_string();
        assert_eq!(message, "no/such/*.txt: no file matches this pattern");
    }
}
