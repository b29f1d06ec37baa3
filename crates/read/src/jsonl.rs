//! One JSON object a line, or a list of objects.

use std::io::BufRead;

use serde_json::Value;

use crate::draft::Draft;
use crate::fields::{Fields, Holds};
use crate::{Item, Options, decode, html, messages};

/// Reads line by line; never holds more than one line. A list of objects, or an object over several lines, is read
/// object by object instead.
pub(crate) fn read(
    input: &mut dyn BufRead,
    head: &[u8],
    origin: &str,
    options: &Options,
    each: &mut dyn FnMut(Item),
) {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first = start.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii();
    let spread = matches!(first, [b'[', ..] | b"{");
    let (pieces, what) =
        if spread { (next_object as Pieces, "object") } else { (next_line as Pieces, "line") };
    let mut piece = Vec::new();
    let mut place = Place { line: 1, start: 1 };
    loop {
        piece.clear();
        let next = pieces(input, &mut piece, &mut place, options.limit_bytes);
        let at = format!("{origin}:{}", place.start);
        match next {
            Next::End => return,
            Next::Piece if piece.iter().all(u8::is_ascii_whitespace) => {}
            Next::Piece => each(report(std::mem::take(&mut piece), at, options)),
            Next::TooLong => each(Item::Skipped(messages::too_long(&at, what, options.limit_bytes))),
        }
    }
}

type Pieces = fn(&mut dyn BufRead, &mut Vec<u8>, &mut Place, usize) -> Next;

/// Lines, from 1: the one that is read, and the one where the piece begins.
struct Place {
    line: usize,
    start: usize,
}

enum Next {
    End,
    Piece,
    TooLong,
}

/// Fills `line` without its end and counts it; of a line beyond `limit` nothing is kept.
fn next_line(input: &mut dyn BufRead, line: &mut Vec<u8>, place: &mut Place, limit: usize) -> Next {
    let (mut any, mut fits) = (false, true);
    // The input turns errors into an early end.
    while let Ok(buffer) = input.fill_buf() {
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        fits &= line.len() + part.len() <= limit;
        if fits {
            line.extend_from_slice(part);
        } else {
            line.clear();
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    place.start = place.line;
    place.line += 1;
    match (any, fits) {
        (false, _) => Next::End,
        (true, true) => Next::Piece,
        (true, false) => Next::TooLong,
    }
}

/// Fills `object` with the next `{…}` and counts the lines up to its end; what stands between objects (the brackets
/// and commas of a list) is passed over.
fn next_object(input: &mut dyn BufRead, object: &mut Vec<u8>, place: &mut Place, limit: usize) -> Next {
    let (mut depth, mut quoted, mut escaped, mut fits) = (0usize, false, false, true);
    // The input turns errors into an early end.
    while let Ok(buffer) = input.fill_buf() {
        if buffer.is_empty() {
            break;
        }
        let mut used = 0;
        let mut done = false;
        for byte in buffer {
            used += 1;
            place.line += usize::from(*byte == b'\n');
            let inside = depth > 0;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' if inside => quoted = !quoted,
                b'{' if !quoted => {
                    if !inside {
                        place.start = place.line;
                    }
                    depth += 1;
                }
                b'}' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
            if inside || depth > 0 {
                fits &= object.len() < limit;
                if fits {
                    object.push(*byte);
                }
            }
            done = inside && depth == 0;
            if done {
                break;
            }
        }
        input.consume(used);
        if done {
            return if fits { Next::Piece } else { Next::TooLong };
        }
    }
    match (object.is_empty(), fits) {
        (true, _) => Next::End,
        // Cut off: the parser says where.
        (false, true) => Next::Piece,
        (false, false) => Next::TooLong,
    }
}

fn report(line: Vec<u8>, at: String, options: &Options) -> Item {
    let mut warnings = Vec::new();
    let line = decode::decode(line, None, false, &at, &mut warnings);
    match serde_json::from_str(&line) {
        Ok(Value::Object(object)) => {
            let mut draft = Draft { origin: at, warnings, ..Draft::default() };
            let fields = Fields::of(&object);
            let take = |holds| fields.get(holds, &options.fields);
            let text = take(Holds::Text);
            let page = take(Holds::Html).filter(|_| text.is_none());
            draft.id = take(Holds::Id);
            draft.title = take(Holds::Title);
            draft.url = take(Holds::Url);
            draft.publisher = take(Holds::Publisher);
            draft.author = take(Holds::Author);
            if let Some(date) = take(Holds::Date) {
                draft.date(&date);
            }
            match (text, page) {
                (Some(text), _) => {
                    draft.text = text;
                    Item::Report(draft.finish())
                }
                (None, Some(page)) => html::read(page.into_bytes(), false, draft),
                (None, None) => {
                    let wanted = Holds::Text.given(&options.fields).map(|f| format!("«{f}» of this object"));
                    Item::Skipped(messages::no_text(
                        &draft.origin,
                        wanted.as_deref().unwrap_or("this object"),
                    ))
                }
            }
        }
        Ok(other) => Item::Skipped(messages::bad_json(&at, &format!("it is {}", kind(&other)))),
        Err(e) => Item::Skipped(messages::bad_json(&at, &problem(&e))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The parser's words without its own line number, which is always 1.
fn problem(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let what = words.split(" at line ").next().unwrap_or(&words);
    format!("{what} at column {}", error.column())
}
