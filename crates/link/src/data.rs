//! Reading the data files of this crate: UTF-8 text, one entry a line, `#` starts a comment line.

/// The lines that say something, with their numbers from 1.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    file.lines()
        .enumerate()
        .map(|(n, l)| (n + 1, l.trim_end()))
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
}
