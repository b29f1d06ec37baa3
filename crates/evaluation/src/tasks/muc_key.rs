//! MUC-3 and MUC-4 files: messages and answer keys.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::input::{self, Problem};

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `DEV-MUC3-0001`.
    pub id: String,
    /// Its text, from the dateline on.
    pub text: String,
    /// Bytes before the story: dateline and source.
    pub dateline: usize,
    /// The day of its dateline.
    pub written: Option<Date>,
}

/// An acceptable filler of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fill {
    /// What it may be; strings without their quotation marks.
    pub values: Vec<String>,
    /// Which filler of another slot it is about, in any of its forms; empty if it stands by itself.
    pub about: Vec<String>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A template of an answer key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Whether it may be left out.
    pub optional: bool,
    /// Fillers by slot number (2 date, 3 location, 4 type …).
    pub slots: BTreeMap<u8, Vec<Fill>>,
}

/// Whether a file's text is an answer key.
#[must_use]
pub fn is_key(text: &str) -> bool {
    text.lines().any(|l| slot(l).is_some_and(|(n, label, _)| n == 0 && label.contains("MESSAGE")))
}

/// Messages of a file, in order.
#[must_use]
pub fn messages(text: &str) -> Vec<Message> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(id) = message_id(line) {
            messages.push((id, String::new()));
        } else if let Some((_, body)) = messages.last_mut() {
            body.push_str(line.trim_end());
            body.push('\n');
        }
    }
    messages.into_iter().map(|(id, body)| message(id, body.trim())).collect()
}

fn message(id: String, text: &str) -> Message {
    // The header ends with the last bracket or dash pair before the first sentence.
    let head = text.find("[TEXT]").map(|i| i + "[TEXT]".len()).or_else(|| text.find(" -- ").map(|i| i + 4));
    let dateline = head.filter(|&i| i < 600).unwrap_or(0);
    let words: Vec<&str> =
        text[..dateline].split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let written = words.windows(3).find_map(|w| day(w[0], w[1], w[2]));
    Message { id, text: text.to_owned(), dateline, written }
}

/// `DEV-MUC3-0001 (NOSC)` alone on its line, from its start.
fn message_id(line: &str) -> Option<String> {
    let word = line.split_whitespace().next()?;
    let parts: Vec<&str> = word.split('-').collect();
    let numbered = parts.len() == 3 && parts[1].starts_with("MUC") && parts[2].len() == 4;
    // The site that wrote the key may stand beside it, in brackets: "(MCDONNELL DOUGLAS)".
    let rest = line.trim_end().strip_prefix(word).unwrap_or(" ").trim();
    let alone = rest.is_empty() || rest.starts_with('(') && rest.ends_with(')');
    (numbered && alone && parts[2].bytes().all(|b| b.is_ascii_digit())).then(|| word.to_owned())
}

/// A day as in datelines and keys: 3 JAN 90.
fn day(day: &str, month: &str, year: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let month = MONTHS.iter().position(|m| month.to_uppercase().starts_with(m))?;
    let year: i16 = year.parse().ok().filter(|y| *y < 100)?;
    Date::new(1900 + year, i8::try_from(month + 1).ok()?, day.parse().ok()?).ok()
}

/// A date slot as first and last possible day: `30 DEC 89`, `15 JAN 89 - 21 JAN 89`, `- 21 JAN 89`.
#[must_use]
pub fn interval(value: &str) -> Option<(Option<Date>, Option<Date>)> {
    let value = value.trim().trim_matches(['(', ')']).trim();
    let one = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            [d, m, y] => day(d, m, y),
            [d, m] => day(d, m, "90"),
            _ => None,
        }
    };
    match value.split_once('-') {
        Some((from, to)) if from.trim().is_empty() => Some((None, Some(one(to)?))),
        Some((from, to)) if to.trim().is_empty() => Some((Some(one(from)?), None)),
        Some((from, to)) => Some((Some(one(from)?), Some(one(to)?))),
        None => one(value).map(|d| (Some(d), Some(d))),
    }
}

/// Templates by message; a message that is irrelevant has none but is there.
///
/// # Errors
/// A template without a message.
pub fn key(path: &Path, text: &str) -> Result<BTreeMap<String, Vec<Template>>, Problem> {
    let mut key: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    let mut message: Option<String> = None;
    let mut template = Template::default();
    let mut last = 0;
    let mut lines: Vec<(usize, &str)> = text.lines().enumerate().collect();
    lines.push((lines.len(), "0.  MESSAGE: ID  end"));
    for (n, line) in lines {
        if line.starts_with(';') || line.trim().is_empty() {
            continue;
        }
        match slot(line) {
            Some((0, _, value)) => {
                if let Some(id) = message.take() {
                    let done = std::mem::take(&mut template);
                    let templates = key.entry(id).or_default();
                    if done.slots.get(&4).is_some_and(|t| !t.is_empty()) {
                        templates.push(done);
                    }
                }
                message = value.split_whitespace().next().map(str::to_owned);
            }
            Some((1, _, value)) => template.optional = value.contains("OPTIONAL"),
            Some((number, _, value)) => {
                last = number;
                template.slots.entry(number).or_default().extend(fill(number, value));
            }
            None if message.is_some() && last > 0 => {
                template.slots.entry(last).or_default().extend(fill(last, line.trim()));
            }
            None => return Err(Problem::at(path, n + 1, "no slot of a template")),
        }
    }
    Ok(key)
}

/// `21. HUM TGT: NUMBER    50: "PEASANTS"` as number, label, value.
fn slot(line: &str) -> Option<(u8, &str, &str)> {
    let (number, rest) = line.split_once('.')?;
    let number: u8 = number.trim().parse().ok()?;
    let rest = rest.trim_start();
    let gap = rest.find("  ").unwrap_or(rest.len());
    let (label, value) = rest.split_at(gap);
    (number <= 24).then_some((number, label, value.trim()))
}

/// One line of a slot; none for a hyphen or asterisk.
fn fill(slot: u8, line: &str) -> Option<Fill> {
    const DATE: u8 = 2;
    const LOCATION: u8 = 3;
    let line = line.trim();
    let (optional, line) = match line.strip_prefix('?') {
        Some(rest) => (true, rest.trim()),
        None => (false, line),
    };
    let parts =
        |text: &str| -> Vec<String> { outside_quotes(text, '/').into_iter().map(|p| unquote(&p)).collect() };
    let (values, about) = match outside_quotes(line, ':').split_first() {
        Some((first, rest)) if slot != DATE && slot != LOCATION && !rest.is_empty() => {
            (parts(first), parts(&rest.join(":")))
        }
        _ => (parts(line), Vec::new()),
    };
    let real: Vec<String> =
        values.iter().filter(|v| !matches!(v.as_str(), "" | "-" | "*")).cloned().collect();
    let optional = optional || real.len() < values.len();
    (!real.is_empty()).then(|| Fill {
        values: real,
        about: about.into_iter().filter(|a| a != "-").collect(),
        optional,
    })
}

/// Parts of a text between separators that stand outside of quotation marks.
fn outside_quotes(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\';
        if c == separator && !quoted {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

fn unquote(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('?').unwrap_or(text).trim();
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(text).trim();
    inner.trim_matches('"').replace("\\\"", "").trim().to_owned()
}

/// Messages, and the answer keys of each by its id.
pub type Keyed = (Vec<Message>, BTreeMap<String, Vec<Template>>);

/// Messages and answer keys of a file or folder.
///
/// # Errors
/// A file that cannot be read, or no key or no message in the folder.
pub fn load(path: &Path) -> Result<Keyed, Problem> {
    // A key that is given by itself has its messages beside it.
    let folder = if path.is_file() { path.parent().unwrap_or(path) } else { path };
    let (mut all, mut keys) = (Vec::new(), BTreeMap::new());
    for file in input::files(folder, "file", |_| true)? {
        let in_doc = file.components().any(|c| c.as_os_str() == "TASKDOC");
        if in_doc || input::has_extension(&file, &["gz", "zip", "tar", "pdf"]) {
            continue;
        }
        let text = input::text(&file)?;
        if is_key(&text) {
            if !path.is_file() || path == file || !is_key(&input::text(path)?) {
                keys.extend(key(&file, &text)?);
            }
        } else {
            all.extend(messages(&text));
        }
    }
    if keys.is_empty() || all.is_empty() {
        let what = if keys.is_empty() { "no answer key" } else { "no message" };
        return Err(Problem::new(path, format!("{what} in this folder")));
    }
    all.retain(|m| keys.contains_key(&m.id));
    Ok((all, keys))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const KEY: &str = r#";;; a remark
0.  MESSAGE: ID                     TST9-MUC3-0001 (X)
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
2.  INCIDENT: DATE                  (05 JAN 90) / (- 06 JAN 90)
3.  INCIDENT: LOCATION              PERU: LIMA (CITY): "CENTRE"
4.  INCIDENT: TYPE                  BOMBING
9.  PERP: INDIVIDUAL ID             ? "TWO MEN"
                                    "A WOMAN" / "WOMAN"
11. PERP: ORGANIZATION CONFIDENCE   POSSIBLE / REPORTED AS FACT: "SHINING: PATH" / "SL"
18. HUM TGT: NAME                   -

0.  MESSAGE: ID                     TST9-MUC3-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"#;

    #[test]
    fn a_key_with_options_and_cross_references() {
        let key = key(Path::new("k"), KEY).unwrap();
        assert_eq!(key["TST9-MUC3-0002"], []);
        let t = &key["TST9-MUC3-0001"][0];
        assert!(t.optional && !t.slots.contains_key(&18) || t.slots[&18].is_empty());
        let perpetrators: Vec<(bool, usize)> =
            t.slots[&9].iter().map(|f| (f.optional, f.values.len())).collect();
        assert_eq!(perpetrators, [(true, 1), (false, 2)]);
        assert_eq!(t.slots[&11][0].values, ["POSSIBLE", "REPORTED AS FACT"]);
        assert_eq!(t.slots[&11][0].about, ["SHINING: PATH", "SL"]);
        assert_eq!(t.slots[&2][0].values.iter().filter_map(|v| interval(v)).count(), 2);
    }

    #[test]
    fn a_message_with_its_day() {
        let text = "TST9-MUC3-0001\n\n   LIMA, 3 JAN 90 (EFE) -- [TEXT] TWO DIED.\n\n\nTST9-MUC3-0002 (X)\n\n  NEXT\n\nTST9-MUC3-0003 (A SITE OF WORDS)\n\n  LAST\n";
        let messages = messages(text);
        assert_eq!(messages.len(), 3);
        assert_eq!(messages[0].written, Some(date(1990, 1, 3)));
        assert_eq!(messages[0].text[messages[0].dateline..].trim(), "TWO DIED.");
    }
}
