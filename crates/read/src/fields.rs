//! Which field of an object or column of a table holds what.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::FieldMap;

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
        static NAMES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
            let lines = include_str!("../data/fields.tsv").lines().filter(|l| !l.starts_with('#'));
            lines
                .filter_map(|l| l.split_once('\t'))
                .map(|(what, names)| (what, names.split(' ').collect()))
                .collect()
        });
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

/// A name as `data/fields.tsv` writes it.
pub(crate) fn fold(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(['-', ' '], "_")
}

/// The value of an object: by the given path, else by its usual names, also one object further in (`article.text`).
pub(crate) fn of_object(object: &Map<String, Value>, holds: Holds, map: &FieldMap) -> Option<String> {
    if let Some(path) = holds.given(map) {
        return at_path(object, path).and_then(|v| words(v, holds));
    }
    let folded: Vec<(String, &Value)> = object.iter().map(|(k, v)| (fold(k), v)).collect();
    let direct = |names: &[(String, &Value)]| {
        holds.usual().find_map(|n| names.iter().filter(|(k, _)| k == n).find_map(|(_, v)| words(v, holds)))
    };
    direct(&folded).or_else(|| {
        let inner = |(k, v): &(String, &Value)| match v {
            Value::Object(inner)
                if matches!(
                    k.as_str(),
                    "article" | "document" | "report" | "story" | "data" | "metadata" | "meta" | "_source"
                ) =>
            {
                direct(&inner.iter().map(|(k, v)| (fold(k), v)).collect::<Vec<_>>())
            }
            _ => None,
        };
        folded.iter().find_map(inner)
    })
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
