//! Every message of this crate, with its stable code. `docs/messages.md` lists them with what to do.

use record::Warning;

fn warning(code: &'static str, origin: &str, message: String) -> Warning {
    Warning { code, origin: origin.to_owned(), message }
}

pub(crate) fn empty(origin: &str) -> Warning {
    warning("W101", origin, "there is no text in it; skipped".into())
}

pub(crate) fn binary(origin: &str, what: &str) -> Warning {
    warning("W102", origin, format!("this is {what}, not text; skipped"))
}

pub(crate) fn guessed_encoding(origin: &str, encoding: &str) -> Warning {
    warning("W103", origin, format!("not UTF-8 and no encoding declared; read as {encoding}"))
}

pub(crate) fn broken_characters(origin: &str, encoding: &str, count: usize, first: usize) -> Warning {
    let plural = if count == 1 { "sequence" } else { "sequences" };
    warning(
        "W104",
        origin,
        format!("{count} broken {encoding} {plural}, the first at byte {first}; replaced by U+FFFD"),
    )
}

pub(crate) fn cut(origin: &str, limit: usize) -> Warning {
    warning("W105", origin, format!("longer than the limit of {limit} bytes; the rest was not read"))
}

pub(crate) fn unpacking(origin: &str, packing: &str, at: u64, problem: &str) -> Warning {
    let then = if at == 0 { "skipped" } else { "kept what came" };
    let message = format!("{packing} data broke off after {at} unpacked bytes ({problem}); {then}");
    warning("W106", origin, message)
}

pub(crate) fn bad_json(origin: &str, problem: &str) -> Warning {
    warning("W107", origin, format!("not a JSON object ({problem}); line skipped"))
}

pub(crate) fn no_text(origin: &str, wanted: &str) -> Warning {
    warning("W108", origin, format!("no text in {wanted}; skipped"))
}

pub(crate) fn too_long(origin: &str, what: &str, limit: usize) -> Warning {
    warning("W109", origin, format!("this {what} is longer than the limit of {limit} bytes; skipped"))
}

pub(crate) fn bad_table(origin: &str, problem: &str) -> Warning {
    warning("W110", origin, format!("{problem}; the rest was skipped"))
}

pub(crate) fn endless_row(origin: &str, limit: usize) -> Warning {
    let what = format!("a row longer than the limit of {limit} bytes, perhaps an open quote");
    bad_table(origin, &what)
}

pub(crate) fn bad_date(origin: &str, date: &str) -> Warning {
    warning("W111", origin, format!("the date “{}” could not be read; left unknown", short(date)))
}

pub(crate) fn foreign(origin: &str, language: &str) -> Warning {
    warning("W112", origin, format!("written in “{language}”, not English; kept but not analysed"))
}

pub(crate) fn too_much_residue(origin: &str, percent: usize) -> Warning {
    warning("W113", origin, format!("{percent} % of the words looked like page residue; all kept as body"))
}

pub(crate) fn no_main_text(origin: &str) -> Warning {
    warning("W114", origin, "no main text found in the page; skipped".into())
}

pub(crate) fn unreadable(origin: &str, at: u64, problem: &str) -> Warning {
    let then = if at == 0 { "skipped" } else { "kept what came" };
    warning("W115", origin, format!("could not be read beyond byte {at} ({problem}); {then}"))
}

pub(crate) fn bad_url(origin: &str, url: &str) -> Warning {
    warning("W116", origin, format!("“{}” is no http or https address; left out", short(url)))
}

pub(crate) fn too_deep(origin: &str) -> Warning {
    warning("W117", origin, "elements are nested more than 200 deep; the deeper ones were flattened".into())
}

pub(crate) fn nul_characters(origin: &str, count: usize, first: usize) -> Warning {
    let plural = if count == 1 { "character" } else { "characters" };
    warning("W118", origin, format!("{count} NUL {plural} in the text, the first at byte {first}; kept"))
}

/// At most 60 characters of something from outside, without line breaks.
fn short(text: &str) -> String {
    let mut out: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
