//! Bytes to reports: plain text, pages, JSONL and tables, packed or not, in any encoding.
//!
//! [`read`] streams the reports of one input; [`settle`] is a second pass over all reports of a run. Nothing here
//! opens a file, follows a link or asks for the time: the caller hands in a reader and a name for it.
//!
//! The text of a report stays as it came. What is not story in it (headers, datelines, links to other stories,
//! comment forms) is labelled with the id of a rule, never cut out. No input makes it fail or panic: what is odd
//! becomes a warning with a stable code, what cannot be read is left out with one.

mod data;
mod day;
mod decode;
mod draft;
mod fields;
mod html;
mod jsonl;
mod layout;
mod messages;
mod options;
mod settle;
mod table;
mod tongue;
mod unpack;

use std::io::{BufRead, Read};

use record::{Report, Warning};

use draft::Draft;
pub use options::{FieldMap, Format, Options};
pub use settle::settle;

/// What comes out of an input.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "handed over once and taken apart at once")]
pub enum Item {
    /// A report, with its warnings inside.
    Report(Report),
    /// Something that gave no report: a broken line, an empty file, the missing rest of a packed file.
    Skipped(Warning),
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports given.
    pub reports: usize,
    /// Warnings about what was left out.
    pub skipped: usize,
    /// Unpacked bytes read.
    pub bytes: u64,
}

/// Reads the reports of one input, in order, and hands each to `each`.
///
/// `origin` names the input in messages and, by its file name, the report of a text or page; its extension helps to
/// tell the format. Data packed with gzip or Zstandard is unpacked, whatever the name. JSONL and tables are held one
/// report at a time, so memory stays within a few times [`Options::limit_bytes`].
pub fn read(input: impl Read, origin: &str, options: &Options, each: &mut dyn FnMut(Item)) -> Summary {
    let mut summary = Summary::default();
    let mut count = |item: Item| {
        match item {
            Item::Report(_) => summary.reports += 1,
            Item::Skipped(_) => summary.skipped += 1,
        }
        each(item);
    };
    let mut unpacked = unpack::open(input);
    if unpacked.head.iter().all(u8::is_ascii_whitespace) {
        count(Item::Skipped(unpacked.failure(origin).unwrap_or_else(|| messages::empty(origin))));
        return summary;
    }
    if let Some(what) = decode::binary(&unpacked.head) {
        count(Item::Skipped(messages::binary(origin, what)));
        return summary;
    }
    match options.format.unwrap_or_else(|| format_of(origin, &unpacked.head)) {
        Format::Jsonl => jsonl::read(&mut unpacked.bytes, &unpacked.head, origin, options, &mut count),
        Format::Html => page(&mut unpacked.bytes, origin, options, &mut count),
        Format::Csv => table::read(&mut unpacked.bytes, &unpacked.head, origin, options, &mut count),
        Format::Text => text(&mut unpacked.bytes, origin, options, &mut count),
    }
    if let Some(warning) = unpacked.failure(origin) {
        count(Item::Skipped(warning));
    }
    summary.bytes = unpacked.read();
    summary
}

/// The format by the name's extension, else by the first bytes.
fn format_of(origin: &str, head: &[u8]) -> Format {
    let start = head.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let (_, extension) = stem(origin);
    match extension.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" | "json" => Format::Jsonl,
        "csv" | "tsv" => Format::Csv,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        _ if start.starts_with(b"{\"") || start.starts_with(b"[{") => Format::Jsonl,
        _ if is_page(start) => Format::Html,
        "" if table::is_table(start) => Format::Csv,
        _ => Format::Text,
    }
}

/// Begins like a page, whatever the name says.
fn is_page(start: &[u8]) -> bool {
    let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
    begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body")
}

/// The file name without packing and format extensions, and the latter.
fn stem(origin: &str) -> (&str, &str) {
    let name = origin.rsplit(['/', '\\']).next().unwrap_or(origin);
    let packed = name.rsplit_once('.').filter(|(_, e)| matches!(*e, "gz" | "zst" | "zstd" | "GZ" | "ZST"));
    let name = packed.map_or(name, |(stem, _)| stem);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 6 => (stem, extension),
        _ => (name, ""),
    }
}

/// The id of a report that is a file of its own; none for standard input.
fn file_id(origin: &str) -> Option<String> {
    Some(stem(origin).0).filter(|s| !s.is_empty() && *s != "-").map(str::to_owned)
}

/// One plain text.
fn text(input: &mut dyn BufRead, origin: &str, options: &Options, each: &mut dyn FnMut(Item)) {
    let mut draft = Draft { id: file_id(origin), origin: origin.to_owned(), ..Draft::default() };
    let (bytes, cut) = whole(input, options.limit_bytes);
    if cut {
        draft.warnings.push(messages::cut(origin, options.limit_bytes));
    }
    draft.text = decode::decode(bytes, None, cut, origin, &mut draft.warnings);
    each(Item::Report(draft.finish()));
}

/// One page.
fn page(input: &mut dyn BufRead, origin: &str, options: &Options, each: &mut dyn FnMut(Item)) {
    let mut draft = Draft { id: file_id(origin), origin: origin.to_owned(), ..Draft::default() };
    let (bytes, cut) = whole(input, options.limit_bytes);
    if cut {
        draft.warnings.push(messages::cut(origin, options.limit_bytes));
    }
    each(html::read(bytes, cut, draft));
}

/// All bytes up to the limit, and whether there are more.
fn whole(input: &mut dyn BufRead, limit: usize) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    // The input turns errors into an early end.
    let _ = input.take(limit as u64 + 1).read_to_end(&mut bytes);
    let cut = bytes.len() > limit;
    bytes.truncate(limit);
    (bytes, cut)
}
