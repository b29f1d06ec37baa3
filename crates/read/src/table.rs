//! Tables: a header row, then one report a row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::ByteRecord;
use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::draft::Draft;
use crate::fields::{Holds, fold};
use crate::{Item, Options, decode, html, messages};

/// Reads row by row; never holds more than one row.
pub(crate) fn read(
    input: &mut dyn BufRead,
    head: &[u8],
    origin: &str,
    options: &Options,
    each: &mut dyn FnMut(Item),
) {
    let (mut encoding, _) = decode::detect(head);
    if encoding != UTF_8 && head.is_ascii() {
        encoding = UTF_8;
    }
    if encoding != UTF_8 && Encoding::for_bom(head).is_none() {
        each(Item::Skipped(messages::guessed_encoding(origin, encoding.name())));
    }
    let budget = Rc::new(Cell::new(options.limit_bytes));
    let text = Transcoded::new(input, encoding);
    let bounded = Bounded { inner: text, left: Rc::clone(&budget) };
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter(head))
        .flexible(true)
        .buffer_capacity(CHUNK)
        .from_reader(bounded);
    let columns = match rows.byte_headers() {
        Ok(header) => Columns::of(header, options),
        Err(e) => return each(Item::Skipped(messages::bad_table(origin, &problem(&e)))),
    };
    if columns.text.is_none() && columns.page.is_none() {
        let wanted =
            Holds::Text.given(&options.fields).map(|name| format!("a column «{name}»: there is none"));
        let wanted = wanted.as_deref().unwrap_or("any column of this table");
        return each(Item::Skipped(messages::no_text(origin, wanted)));
    }
    let mut row = ByteRecord::new();
    loop {
        budget.set(options.limit_bytes);
        match rows.read_byte_record(&mut row) {
            Ok(false) => return,
            Ok(true) => {
                let line = row.position().map_or(0, csv::Position::line);
                each(columns.report(&row, format!("{origin}:{line}")));
            }
            Err(e) => {
                let line = rows.position().line();
                let at = format!("{origin}:{line}");
                return each(Item::Skipped(if e.is_io_error() {
                    messages::endless_row(&at, options.limit_bytes)
                } else {
                    messages::bad_table(&at, &problem(&e))
                }));
            }
        }
    }
}

/// Bytes read at once; a row may be longer than the limit by this much.
const CHUNK: usize = 64 * 1024;

fn problem(error: &csv::Error) -> String {
    error.to_string().replace('\n', " ")
}

/// The mark that the header row has most of, outside quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| mark == byte) {
                    *count += 1;
                }
            }
        }
    }
    // The first of equals.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}

/// Whether these bytes begin like a table with a column that holds texts.
pub(crate) fn is_table(head: &[u8]) -> bool {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let cells: Vec<String> =
        line.split(char::from(delimiter(head))).map(|c| fold(c.trim().trim_matches('"'))).collect();
    cells.len() >= 2
        && cells.len() <= 200
        && Holds::Text.usual().take(4).any(|n| cells.iter().any(|c| c == n))
}

/// Which column holds what.
struct Columns {
    text: Option<usize>,
    page: Option<usize>,
    title: Option<usize>,
    url: Option<usize>,
    date: Option<usize>,
    id: Option<usize>,
    publisher: Option<usize>,
    author: Option<usize>,
}

impl Columns {
    fn of(header: &ByteRecord, options: &Options) -> Columns {
        let names: Vec<String> =
            header.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let folded: Vec<String> = names.iter().map(|n| fold(n)).collect();
        let find = |holds: Holds| match holds.given(&options.fields) {
            Some(name) => {
                names.iter().position(|n| n == name).or_else(|| folded.iter().position(|n| *n == fold(name)))
            }
            None => holds.usual().find_map(|name| folded.iter().position(|n| n == name)),
        };
        Columns {
            text: find(Holds::Text),
            page: find(Holds::Html),
            title: find(Holds::Title),
            url: find(Holds::Url),
            date: find(Holds::Date),
            id: find(Holds::Id),
            publisher: find(Holds::Publisher),
            author: find(Holds::Author),
        }
    }

    fn report(&self, row: &ByteRecord, at: String) -> Item {
        let mut draft = Draft { origin: at.clone(), ..Draft::default() };
        let mut warnings = Vec::new();
        let mut cell = |column: Option<usize>| {
            let bytes = row.get(column?)?;
            let words = decode::decode(bytes.to_vec(), None, false, &at, &mut warnings);
            (!words.trim().is_empty()).then_some(words)
        };
        let text = cell(self.text);
        let page = if text.is_none() { cell(self.page) } else { None };
        draft.title = cell(self.title);
        draft.url = cell(self.url);
        draft.id = cell(self.id).map(|id| id.trim().to_owned());
        draft.publisher = cell(self.publisher);
        draft.author = cell(self.author);
        let date = cell(self.date);
        draft.warnings = warnings;
        if let Some(date) = date {
            draft.date(&date);
        }
        match (text, page) {
            (Some(text), _) => {
                draft.text = text;
                Item::Report(draft.finish())
            }
            (None, Some(page)) => html::read(page.into_bytes(), false, draft),
            (None, None) => Item::Skipped(messages::no_text(&at, "this row")),
        }
    }
}

/// Gives an error once more bytes were read than one row may have.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other("row too long"));
        }
        let read = self.inner.read(buffer)?;
        self.left.set(left.saturating_sub(read));
        Ok(read)
    }
}

/// Bytes in some encoding as UTF-8, a chunk at a time; UTF-8 passes as it is, without its mark.
struct Transcoded<'a> {
    inner: &'a mut dyn BufRead,
    decoder: Option<encoding_rs::Decoder>,
    out: Vec<u8>,
    at: usize,
    done: bool,
}

impl<'a> Transcoded<'a> {
    fn new(inner: &'a mut dyn BufRead, encoding: &'static Encoding) -> Transcoded<'a> {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        let mut done = false;
        if decoder.is_none() {
            // The input turns errors into an early end.
            match inner.fill_buf() {
                Ok(head) if head.starts_with(b"\xef\xbb\xbf") => inner.consume(3),
                Ok(_) => {}
                Err(_) => done = true,
            }
        }
        Transcoded { inner, decoder, out: Vec::new(), at: 0, done }
    }
}

impl Read for Transcoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return self.inner.read(buffer) };
        while self.at == self.out.len() && !self.done {
            let input = self.inner.fill_buf()?;
            self.done = input.is_empty();
            let used = input.len().min(CHUNK);
            let mut text = String::with_capacity(decoder.max_utf8_buffer_length(used).unwrap_or(4 * used));
            let mut rest = &input[..used];
            loop {
                let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, self.done);
                rest = &rest[read..];
                match result {
                    DecoderResult::InputEmpty => break,
                    DecoderResult::OutputFull => text.reserve(CHUNK),
                    DecoderResult::Malformed(..) => {
                        text.reserve(4);
                        text.push('\u{fffd}');
                    }
                }
            }
            self.inner.consume(used);
            self.out = text.into_bytes();
            self.at = 0;
        }
        let n = buffer.len().min(self.out.len() - self.at);
        buffer[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
