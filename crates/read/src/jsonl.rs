//! One JSON object a line.

use std::io::BufRead;

use serde_json::Value;

use crate::draft::Draft;
use crate::fields::{Holds, of_object};
use crate::{Item, Options, decode, html, messages};

/// Reads line by line; never holds more than one line.
pub(crate) fn read(input: &mut dyn BufRead, origin: &str, options: &Options, each: &mut dyn FnMut(Item)) {
    let mut line = Vec::new();
    let mut number = 0usize;
    loop {
        line.clear();
        let fits = match next_line(input, &mut line, options.limit_bytes) {
            Next::End => return,
            Next::Line => true,
            Next::TooLong => false,
        };
        number += 1;
        let at = format!("{origin}:{number}");
        if !fits {
            each(Item::Skipped(messages::too_long(&at, "line", options.limit_bytes)));
        } else if !line.iter().all(u8::is_ascii_whitespace) {
            each(report(std::mem::take(&mut line), at, options));
        }
    }
}

enum Next {
    End,
    Line,
    TooLong,
}

/// Fills `line` without its end; of a line beyond `limit` nothing is kept.
fn next_line(input: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize) -> Next {
    let (mut any, mut fits) = (false, true);
    loop {
        // The input turns errors into an early end.
        let Ok(buffer) = input.fill_buf() else { break };
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
    match (any, fits) {
        (false, _) => Next::End,
        (true, true) => Next::Line,
        (true, false) => Next::TooLong,
    }
}

fn report(line: Vec<u8>, at: String, options: &Options) -> Item {
    let mut warnings = Vec::new();
    let line = decode::decode(line, None, false, &at, &mut warnings);
    match serde_json::from_str(&line) {
        Ok(Value::Object(object)) => {
            let mut draft = Draft { origin: at, warnings, ..Draft::default() };
            let take = |holds| of_object(&object, holds, &options.fields);
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
                (None, None) => Item::Skipped(messages::no_text(&draft.origin, "this object")),
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
