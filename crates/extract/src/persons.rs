//! Nouns for persons, one list for all who ask: `data/persons.txt`.

/// The nouns, in lower case and the singular.
pub(crate) fn nouns() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../data/persons.txt").lines().filter(|l| !l.starts_with('#'));
    lines.flat_map(|l| l.split(',')).map(str::trim).filter(|w| !w.is_empty())
}
