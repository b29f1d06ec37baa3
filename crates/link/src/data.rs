//! Reading the data files of this crate: UTF-8 text, one entry a line, `#` starts a comment line.

use std::sync::OnceLock;

/// The lines that say something, with their numbers from 1.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    file.lines()
        .enumerate()
        .map(|(n, l)| (n + 1, l.trim_end()))
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
}

/// The lines of a file with `N` columns, a tab between them, each as its number and its columns.
///
/// # Errors
/// Names the first bad line.
pub(crate) fn rows<const N: usize>(file: &'static str) -> Result<Vec<(usize, [&'static str; N])>, String> {
    lines(file)
        .map(|(n, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let found = cells.len();
            match <[&str; N]>::try_from(cells) {
                Ok(cells) if cells.iter().all(|c| !c.is_empty() && c.trim() == *c) => Ok((n, cells)),
                Ok(_) => Err(format!("line {n}: a column is empty or has space around it")),
                Err(_) => Err(format!("line {n}: {N} columns are wanted, {found} found")),
            }
        })
        .collect()
}

/// The words of a column, separated by spaces and in lower case.
///
/// # Errors
/// Names the line if a word has a capital.
pub(crate) fn words(n: usize, cell: &'static str) -> Result<Vec<&'static str>, String> {
    let words: Vec<&str> = cell.split_whitespace().collect();
    match words.iter().find(|w| w.chars().any(char::is_uppercase)) {
        Some(word) => Err(format!("line {n}: «{word}» is not in lower case")),
        None => Ok(words),
    }
}

/// What a file of ours holds. A test reads each of them, so a bad line never ships.
pub(crate) fn ours<T>(name: &str, read: Result<T, String>) -> T {
    read.unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The words of a group of `groups.tsv`; none for a group that it does not have.
pub(crate) fn group(name: &str) -> &'static [&'static str] {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| ours("groups.tsv", groups(include_str!("../data/groups.tsv"))));
    groups.iter().find(|(group, _)| *group == name).map_or(&[], |(_, words)| words)
}

/// Whether a group has a word.
pub(crate) fn in_group(name: &str, word: &str) -> bool {
    group(name).contains(&word)
}

type Groups = Vec<(&'static str, Vec<&'static str>)>;

/// Reads the file. The error names the bad line.
fn groups(file: &'static str) -> Result<Groups, String> {
    rows(file)?.into_iter().map(|(n, [name, list])| Ok((name, words(n, list)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(rows::<2>("# head\na\tb\nc").expect_err("bad"), "line 3: 2 columns are wanted, 1 found");
        assert!(rows::<2>("a\t b").expect_err("bad").starts_with("line 1: a column is empty"));
        assert_eq!(words(7, "strike Raid").expect_err("bad"), "line 7: «Raid» is not in lower case");
        assert!(groups("before\tprior Advance").expect_err("bad").starts_with("line 1"));
    }

    #[test]
    fn our_groups_read_and_have_what_is_asked_for() {
        let asked = [
            "absent",
            "allegations",
            "arranged",
            "asserts",
            "back-then",
            "bare",
            "bearing",
            "before",
            "brings",
            "call",
            "charging",
            "civilians",
            "claims",
            "clients",
            "collective",
            "deny",
            "doers",
            "downing",
            "dying",
            "fighters",
            "flying",
            "footage",
            "grounds",
            "harmed",
            "intercepts",
            "lasting",
            "lawyers",
            "losses",
            "nameless",
            "near",
            "numbers",
            "ordinals",
            "owns-up",
            "parts",
            "perish",
            "pointing",
            "refuses",
            "retort",
            "rises",
            "spans",
            "spread",
            "struck",
            "traces",
            "turn-down",
            "turning",
            "untrue",
            "vehicles",
            "withheld",
            "wont",
        ];
        for name in asked {
            assert!(!group(name).is_empty(), "{name}");
        }
        // A name mistyped in the file would be one that nothing asks for.
        for (name, _) in groups(include_str!("../data/groups.tsv")).expect("our groups") {
            assert!(asked.contains(&name), "{name}");
        }
    }
}
