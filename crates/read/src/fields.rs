//! Which field of an object or column of a table holds what.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::FieldMap;
use crate::data::{self, BadLine};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Html,
    Title,
    Url,
    Date,
    Id,
    Publisher,
    Author,
}

impl Holds {
    fn name(self) -> &'static str {
        match self {
            Holds::Text => "text",
            Holds::Html => "html",
            Holds::Title => "title",
            Holds::Url => "url",
            Holds::Date => "date",
            Holds::Id => "id",
            Holds::Publisher => "publisher",
            Holds::Author => "author",
        }
    }

    /// The usual names, the likeliest first.
    pub(crate) fn usual(self) -> impl Iterator<Item = &'static str> {
        static NAMES: LazyLock<HashMap<&str, Vec<&str>>> =
            LazyLock::new(|| data::embedded(usual(include_str!("../data/fields.tsv"))));
        NAMES.get(self.name()).into_iter().flatten().copied()
    }

    /// The name a caller gave.
    pub(crate) fn given(self, map: &FieldMap) -> Option<&str> {
        match self {
            Holds::Text => map.text.as_deref(),
            Holds::Html => None,
            Holds::Title => map.title.as_deref(),
            Holds::Url => map.url.as_deref(),
            Holds::Date => map.date.as_deref(),
            Holds::Id => map.id.as_deref(),
            Holds::Publisher => map.publisher.as_deref(),
            Holds::Author => map.author.as_deref(),
        }
    }
}

fn usual(file: &'static str) -> Result<HashMap<&'static str, Vec<&'static str>>, BadLine> {
    let mut all = HashMap::new();
    for ([what, names], at) in data::rows("fields.tsv", file)? {
        if !HOLDS.iter().any(|h| h.name() == what) {
            return Err(at.bad(format!("a report has no «{what}»")));
        }
        let names: Vec<&str> = names.split(' ').collect();
        if let Some(name) = names.iter().find(|n| fold(n) != **n) {
            return Err(at.bad(format!("«{name}» is not in lower case with underscores")));
        }
        all.insert(what, names);
    }
    Ok(all)
}

const HOLDS: [Holds; 8] = [
    Holds::Text,
    Holds::Html,
    Holds::Title,
    Holds::Url,
    Holds::Date,
    Holds::Id,
    Holds::Publisher,
    Holds::Author,
];

/// A name as `data/fields.tsv` writes it.
pub(crate) fn fold(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(['-', ' '], "_")
}

/// The fields of an object, and of what is one object further in (`article.text`), by folded name.
pub(crate) struct Fields<'a> {
    object: &'a Map<String, Value>,
    direct: Vec<(String, &'a Value)>,
    inner: Vec<Vec<(String, &'a Value)>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(object: &'a Map<String, Value>) -> Fields<'a> {
        let folded = |o: &'a Map<String, Value>| o.iter().map(|(k, v)| (fold(k), v)).collect::<Vec<_>>();
        let direct = folded(object);
        let holds_more = |name: &str| {
            matches!(
                name,
                "article" | "document" | "report" | "story" | "data" | "metadata" | "meta" | "_source"
            )
        };
        let inner =
            direct.iter().filter(|(k, _)| holds_more(k)).filter_map(|(_, v)| v.as_object().map(folded));
        Fields { object, inner: inner.collect(), direct }
    }

    /// A value: by the path a caller gave, else by its usual names.
    pub(crate) fn get(&self, holds: Holds, map: &FieldMap) -> Option<String> {
        if let Some(path) = holds.given(map) {
            return at_path(self.object, path).and_then(|v| words(v, holds));
        }
        let found = |names: &Vec<(String, &Value)>| {
            holds
                .usual()
                .find_map(|n| names.iter().filter(|(k, _)| k == n).find_map(|(_, v)| words(v, holds)))
        };
        found(&self.direct).or_else(|| self.inner.iter().find_map(found))
    }
}

/// A key with dots in it, or a path of keys and list positions.
fn at_path<'a>(object: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    let mut keys = path.split('.');
    let mut value = object.get(keys.next()?)?;
    for key in keys {
        value = match value {
            Value::Object(inner) => inner.get(key)?,
            Value::Array(list) => list.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// A value as words: text, a number, a list of such, or an object with a name or a text.
fn words(value: &Value, holds: Holds) -> Option<String> {
    let words = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => {
            let parts: Vec<String> = list.iter().filter_map(|v| words(v, holds)).collect();
            let long = parts.iter().any(|p| p.len() > 80);
            parts.join(if long { "\n\n" } else { ", " })
        }
        Value::Object(inner) => {
            let keys: &[&str] = match holds {
                Holds::Text | Holds::Html => &["rendered", "text", "body", "content", "value"],
                _ => &["name", "title", "rendered", "value", "$date", "$oid"],
            };
            return keys.iter().find_map(|k| inner.get(*k).and_then(|v| words(v, holds)));
        }
        Value::Null | Value::Bool(_) => return None,
    };
    (!words.trim().is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_of_the_names_is_named() {
        let bad = |file| usual(file).unwrap_err().to_string();
        assert_eq!(bad("text\tbody\nwhen\tdate\n"), "fields.tsv:2: a report has no «when»");
        assert_eq!(bad("text\tBody\n"), "fields.tsv:1: «Body» is not in lower case with underscores");
        assert_eq!(Holds::Text.usual().next(), Some("text"));
    }
}
