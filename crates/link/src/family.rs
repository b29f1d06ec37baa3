//! Families of words that can name the same happening ("raid", "strike", "blitz").

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::words::{Quick, Term, stem, term};

const FAMILIES: &str = include_str!("../data/families.tsv");

/// What word families say of a stem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Family {
    /// The families it is in, sorted; a stem in no family is a family by itself.
    pub members: Vec<u32>,
}

/// The families of a stem.
pub(crate) fn family(stem: Term) -> Family {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| crate::data::ours("families.tsv", read(FAMILIES)));
    table.get(&stem).cloned().unwrap_or_else(|| Family { members: vec![stem | 1 << 31] })
}

type Table = HashMap<Term, Family, Quick>;

/// Reads the file. The error names the bad line.
fn read(file: &'static str) -> Result<Table, String> {
    let mut table = Table::default();
    for (number, [_, list]) in crate::data::rows(file)? {
        for word in crate::data::words(number, list)? {
            let entry = table.entry(term(&self::stem(word))).or_default();
            entry.members.push(u32::try_from(number).unwrap_or(0));
        }
    }
    Ok(table)
}

/// The family of words for saying.
pub(crate) fn saying() -> &'static Family {
    static SAYING: OnceLock<Family> = OnceLock::new();
    SAYING.get_or_init(|| family(term(&stem("say"))))
}

impl Family {
    /// What both are in.
    pub(crate) fn join(mut self, other: Family) -> Family {
        self.members.extend(other.members);
        self.members.sort_unstable();
        self.members.dedup();
        self
    }

    /// Whether both can name one happening.
    pub(crate) fn fits(&self, other: &Family) -> bool {
        self.members.iter().any(|m| other.members.contains(m))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_reads_and_a_bad_line_is_named() {
        assert!(read(FAMILIES).is_ok_and(|t| t.len() > 100));
        assert!(read("raid\traid storm\nraid").err().is_some_and(|e| e.starts_with("line 2")));
    }
}
