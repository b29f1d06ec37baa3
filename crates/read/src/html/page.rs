//! What a page says about itself: one walk that gathers everything that title, author, address and date are chosen
//! from.

use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

use super::prose::{self, is_hidden};
use super::walk::{Step, walk};

/// What was gathered.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// `name`, `property` or `itemprop` of a `meta` in lower case, and its content, in order.
    pub(crate) metas: Vec<(String, String)>,
    /// The objects of JSON-LD blocks, inner ones too.
    pub(crate) objects: Vec<Map<String, Value>>,
    /// JSON-LD blocks that are no JSON.
    pub(crate) broken: Vec<String>,
    /// The `title` element.
    pub(crate) title: Option<String>,
    /// The `h1` elements.
    pub(crate) headings: Vec<String>,
    /// `<link rel=canonical>`.
    pub(crate) canonical: Option<String>,
    /// `lang` of the root.
    pub(crate) language: Option<String>,
    /// Elements that look dated, in order.
    pub(crate) dated: Vec<Dated>,
    /// The short lines that the page shows, in order.
    pub(crate) lines: Vec<String>,
    /// Elements that look like a byline, in order.
    pub(crate) bylines: Vec<String>,
}

/// An element that may hold a date.
#[derive(Debug)]
pub(crate) struct Dated {
    /// `datetime`, `content` or `title` of it.
    pub(crate) value: Option<String>,
    /// What it shows.
    pub(crate) text: String,
    /// Its name, class, id and itemprop in lower case.
    pub(crate) hints: String,
    /// Whether it stands in a footer, a comment or a list of other stories.
    pub(crate) aside: bool,
}

/// The most characters of an element that holds a date.
const SHORT: usize = 160;

/// The most elements of one kind that are looked at.
const MANY: usize = 200;

impl Page {
    /// Gathers from a parsed page.
    pub(crate) fn gather(document: &Document) -> Page {
        let mut page = Page::default();
        // Elements that are open and not part of the story; `None` for others is not kept.
        let mut open: Vec<bool> = Vec::new();
        let mut asides = 0usize;
        walk(&document.root(), &mut |step| {
            match step {
                Step::Enter(node, name) => {
                    page.element(node, name, asides > 0);
                    if is_hidden(name) {
                        return false;
                    }
                    let aside = is_aside(node, name);
                    asides += usize::from(aside);
                    open.push(aside);
                }
                Step::Leave(_) => asides -= usize::from(open.pop().unwrap_or(false)),
                Step::Text(_) => {}
            }
            true
        });
        let short = |line: &String| line.len() <= SHORT && line.split(' ').count() <= 20;
        page.lines = prose::lines(&document.root()).into_iter().filter(short).take(10 * MANY).collect();
        page
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, aside: bool) {
        let attr = |name: &str| node.attr(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        match name {
            "html" => self.language = attr("lang").or_else(|| attr("xml:lang")),
            "meta" => {
                let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| attr(a));
                if let (Some(key), Some(content)) = (key, attr("content"))
                    && self.metas.len() < 10 * MANY
                {
                    self.metas.push((key.to_lowercase(), content));
                }
            }
            "title" if self.title.is_none() => self.title = short_text(node, 500),
            "link" if attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| attr("href"));
            }
            "script" if attr("type").is_some_and(|t| t.to_lowercase().contains("ld+json")) => {
                self.json(&node.text());
            }
            "h1" if self.headings.len() < MANY => self.headings.extend(short_text(node, 400)),
            _ => {}
        }
        if self.dated.len() < MANY {
            self.dated(node, name, aside);
        }
    }

    fn dated(&mut self, node: &NodeRef<'_>, name: &str, aside: bool) {
        let hints = hints(node, name);
        if hints.is_empty() && name != "time" {
            return;
        }
        if !aside && self.bylines.len() < MANY && is_byline(&hints) {
            self.bylines.extend(short_text(node, SHORT));
        }
        if name != "time" && !DATED.iter().any(|h| hints.contains(h)) {
            return;
        }
        let value = ["datetime", "content", "data-date", "data-datetime", "data-timestamp", "title"]
            .iter()
            .find_map(|a| node.attr(a))
            .map(|v| v.to_string())
            .filter(|v| v.bytes().any(|b| b.is_ascii_digit()) && v.len() < 100);
        let text = short_text(node, SHORT).unwrap_or_default();
        if value.is_some() || text.bytes().any(|b| b.is_ascii_digit()) {
            self.dated.push(Dated { value, text, hints, aside });
        }
    }

    fn json(&mut self, text: &str) {
        let text = text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim();
        let text = text.trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';').trim();
        let parsed = serde_json::from_str(text).or_else(|_| {
            // Line breaks within strings are the commonest mistake.
            serde_json::from_str(&text.replace(|c: char| c.is_control(), " "))
        });
        match parsed {
            Ok(value) => self.objects_of(value),
            Err(_) if text.len() < 1_000_000 => self.broken.push(text.to_owned()),
            Err(_) => {}
        }
    }

    /// All objects in a value, outer ones first.
    fn objects_of(&mut self, value: Value) {
        let mut todo = std::collections::VecDeque::from([value]);
        while let Some(value) = todo.pop_front() {
            match value {
                Value::Array(list) => todo.extend(list),
                Value::Object(object) => {
                    todo.extend(object.values().filter(|v| v.is_object() || v.is_array()).cloned());
                    if self.objects.len() < 10 * MANY {
                        self.objects.push(object);
                    }
                }
                _ => {}
            }
        }
    }

    /// The content of the first of these `meta` names that is there.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.metas.iter().find(|(k, _)| k == n)).map(|(_, v)| v.as_str())
    }

    /// The JSON-LD objects that are articles.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.objects.iter().filter(|o| {
            types(o).any(|t| {
                t.ends_with("Article")
                    || t.ends_with("Posting")
                    || matches!(t, "Report" | "WebPage" | "Recipe" | "VideoObject")
            })
        })
    }
}

/// The `@type`s of a JSON-LD object.
pub(crate) fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let (one, many) = match object.get("@type") {
        Some(Value::String(one)) => (Some(one.as_str()), None),
        Some(Value::Array(many)) => (None, Some(many.iter().filter_map(Value::as_str))),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten())
}

/// Parts of class, id or itemprop by which an element that holds a date is known.
const DATED: [&str; 14] = [
    "date",
    "time",
    "publish",
    "posted",
    "meta",
    "byline",
    "datum",
    "fecha",
    "data",
    "stamp",
    "info",
    "submitted",
    "created",
    "dateline",
];

fn is_byline(hints: &str) -> bool {
    ["author", "byline", "autor", "writer", "vcard", "fn "].iter().any(|h| hints.contains(h))
        && !hints.contains("authors-box")
}

/// Class, id and itemprop in lower case.
fn hints(node: &NodeRef<'_>, name: &str) -> String {
    let mut hints = String::new();
    for value in ["class", "id", "itemprop", "rel"].iter().filter_map(|a| node.attr(a)) {
        hints.push_str(&value.to_lowercase());
        hints.push(' ');
    }
    if hints.is_empty() && name != "time" {
        return hints;
    }
    hints.push_str(name);
    hints
}

/// Footers, comments and lists of other stories.
fn is_aside(node: &NodeRef<'_>, name: &str) -> bool {
    if matches!(name, "footer" | "aside" | "nav") {
        return true;
    }
    if matches!(name, "body" | "html" | "article" | "main") {
        return false;
    }
    let hints = hints(node, name);
    let words = [
        "comment", "related", "sidebar", "footer", "recent", "popular", "widget", "teaser", "trending",
        "archive",
    ];
    words.iter().any(|w| hints.contains(w))
}

/// The text of an element on one line, if it has no more than `most` characters.
pub(crate) fn short_text(node: &NodeRef<'_>, most: usize) -> Option<String> {
    let mut text = String::new();
    let mut visit = |part: &str| {
        for word in part.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text.len() <= 4 * most
    };
    let mut fits = true;
    walk(node, &mut |step| {
        match step {
            Step::Text(part) if fits => fits = visit(part),
            Step::Enter(_, name) => return fits && !is_hidden(name),
            _ => {}
        }
        true
    });
    (fits && !text.is_empty() && text.chars().count() <= most).then_some(text)
}
