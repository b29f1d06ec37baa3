//! Title, author, publisher and address of a page.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value};
use url::Url;

use super::page::{Page, types};
use crate::data::{self, BadLine};
use crate::day;
use crate::draft::address;

/// Words that a heading has at least to be a headline rather than the name of a site.
const HEADLINE_WORDS: usize = 5;

/// The headline: the `h1` that the page's own title is made of, else that title without the site's name.
pub(crate) fn title(page: &Page) -> Option<String> {
    let headline = page.articles().find_map(|a| string(a.get("headline")));
    let meta = page.meta(&[
        "og:title",
        "twitter:title",
        "dc.title",
        "headline",
        "title",
        "parsely-title",
        "sailthru.title",
    ]);
    // A lone heading of several words is surer than a window's title.
    if let (None, None, [heading]) = (&headline, meta, &page.headings[..])
        && heading.split_whitespace().nth(HEADLINE_WORDS - 1).is_some()
    {
        return Some(heading.clone());
    }
    let claims: Vec<String> = [headline, meta.map(str::to_owned), page.title.clone()]
        .into_iter()
        .flatten()
        .map(|t| unescape(&t))
        .filter(|t| !t.is_empty())
        .collect();
    let site = publisher(page).map(|p| fold(&p)).unwrap_or_default();
    let best = page
        .headings
        .iter()
        .filter(|h| fold(h) != site)
        .map(|h| (claims.iter().map(|c| (likeness(h, c) * 100.0) as u32).max().unwrap_or(0), h))
        .max_by_key(|(likeness, _)| *likeness);
    if let Some((likeness, heading)) = best
        && (likeness >= 50 || claims.is_empty() && !heading.is_empty())
    {
        return Some(heading.clone());
    }
    let claim = claims.first()?;
    Some(without_site(claim, &site))
}

/// Share of the words of both that are common.
fn likeness(a: &str, b: &str) -> f64 {
    let words = |s: &str| -> BTreeSet<String> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count() as f64;
    // All words of the heading within the claim is as good as it gets: the rest is the site's name.
    let least = a.len().min(b.len()).max(1) as f64;
    if a.len().min(b.len()) < 2 && a != b { 0.3 * common } else { common / least }
}

/// "Headline | Site" without the site.
fn without_site(title: &str, site: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " • "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && head.split_whitespace().count() >= 3
            && (tail.split_whitespace().count() <= 4 || !site.is_empty() && fold(tail).contains(site))
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The outlet, as the page names it.
pub(crate) fn publisher(page: &Page) -> Option<String> {
    let named = page.articles().find_map(|a| a.get("publisher").and_then(name));
    let meta = page.meta(&[
        "og:site_name",
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "copyright",
    ]);
    let organisation = || {
        let org =
            page.objects.iter().find(|o| types(o).any(|t| t.ends_with("Organization") || t == "WebSite"));
        org.and_then(|o| string(o.get("name")))
    };
    let site = page.meta(&["og:site_name"]).map(str::to_owned);
    site.or(named)
        .or_else(|| meta.map(str::to_owned))
        .or_else(organisation)
        .map(|p| unescape(&p))
        .filter(|p| (2..=80).contains(&p.chars().count()) && !p.starts_with("http"))
}

/// The canonical address, else the one that the page gives itself; http or https only.
pub(crate) fn canonical(page: &Page) -> Option<Url> {
    let given = page
        .articles()
        .filter_map(|a| string(a.get("url")).or_else(|| a.get("mainEntityOfPage").and_then(id)));
    let metas =
        ["og:url", "twitter:url", "dc.identifier"].iter().filter_map(|n| page.meta(&[n])).map(str::to_owned);
    page.canonical.iter().cloned().chain(metas).chain(given).find_map(|u| address(&u))
}

fn id(value: &Value) -> Option<String> {
    string(Some(value)).or_else(|| value.as_object().and_then(|o| string(o.get("@id"))))
}

/// The byline; `library` is what another program takes for it.
pub(crate) fn author(page: &Page, library: &str) -> Option<String> {
    let site = publisher(page).map(|p| fold(&p)).unwrap_or_default();
    let good = |names: Vec<String>| -> Option<String> {
        let mut seen = BTreeSet::new();
        let names: Vec<String> = names
            .iter()
            .filter_map(|n| person(n))
            .filter(|n| fold(n) != site && seen.insert(fold(n)))
            .take(8)
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let linked = || {
        page.articles().find_map(|a| {
            good(a.get("author").or_else(|| a.get("creator")).map(|v| names(page, v)).unwrap_or_default())
        })
    };
    let metas = || {
        let keys = [
            "author",
            "article:author",
            "og:author",
            "byl",
            "dc.creator",
            "dcterms.creator",
            "citation_author",
            "parsely-author",
            "sailthru.author",
            "article:author_name",
            "twitter:data1",
        ];
        keys.iter().find_map(|key| {
            good(page.metas.iter().filter(|(k, _)| k == key).map(|(_, v)| v.clone()).collect())
        })
    };
    let shown = || page.bylines.iter().find_map(|b| good(vec![b.clone()]));
    let full = |name: &String| (2..=4).contains(&name.split(' ').count());
    linked().or_else(metas).or_else(shown).or_else(|| good(vec![library.to_owned()]).filter(full))
}

/// The names in an `author` value.
fn names(page: &Page, value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().flat_map(|v| names(page, v)).collect(),
        Value::Object(object) => {
            match (string(object.get("name")), object.get("name"), string(object.get("@id"))) {
                (Some(name), ..) => vec![name],
                (None, Some(list @ Value::Array(_)), _) => names(page, list),
                // A reference to a person described elsewhere on the page.
                (None, _, Some(id)) => {
                    let same = |o: &&Map<String, Value>| string(o.get("@id")).is_some_and(|i| i == id);
                    page.objects.iter().filter(same).filter_map(|o| string(o.get("name"))).take(1).collect()
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// A name without "By", dates and what stands after it; `None` for what is no name.
fn person(raw: &str) -> Option<String> {
    let raw = unescape(raw);
    let dated = day::find(&raw).first().map_or(raw.len(), |(range, _)| range.start);
    let edge = |c: char| !c.is_alphanumeric();
    let mut name =
        raw[..dated].split(['|', '•', '·', '(', '–', '—']).next().unwrap_or("").trim_start_matches(edge);
    let lower = name.to_lowercase();
    let before = phrases("before").filter(|by| {
        lower.strip_prefix(by).is_some_and(|rest| rest.starts_with([' ', ':']))
            && name.is_char_boundary(by.len())
    });
    if let Some(by) = before.max_by_key(|by| by.len()) {
        name = name[by.len()..].trim_start_matches([':', ' ']);
    }
    let name = name.trim_end_matches(|c: char| edge(c) && c != '.').trim_end_matches([' ', ',']);
    let lower = name.to_lowercase();
    let bad = !(1..=10).contains(&name.split(' ').count())
        || !(2..=80).contains(&name.chars().count())
        || name.chars().any(|c| c.is_ascii_digit())
        || phrases("within").any(|w| lower.contains(w))
        || phrases("never").any(|w| lower == w);
    (!bad).then(|| name.to_owned())
}

/// The phrases of one kind in `data/bylines.tsv`.
fn phrases(kind: &str) -> impl Iterator<Item = &'static str> {
    static PHRASES: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| data::embedded(bylines(include_str!("../../data/bylines.tsv"))));
    PHRASES.iter().filter(move |(k, _)| *k == kind).map(|(_, phrase)| *phrase)
}

fn bylines(file: &'static str) -> Result<Vec<(&'static str, &'static str)>, BadLine> {
    let mut all = Vec::new();
    for ([kind, phrase], at) in data::rows("bylines.tsv", file)? {
        if !matches!(kind, "before" | "never" | "within") {
            return Err(at.bad(format!("«{kind}» is none of before, never, within")));
        }
        if phrase.to_lowercase() != phrase {
            return Err(at.bad(format!("«{phrase}» is not in lower case")));
        }
        all.push((kind, phrase));
    }
    Ok(all)
}

fn name(value: &Value) -> Option<String> {
    string(Some(value)).or_else(|| value.as_object().and_then(|o| string(o.get("name"))))
}

fn string(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned)
}

/// Letters and digits in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Character references that pages escape twice, and white space.
fn unescape(text: &str) -> String {
    let mut text = text.to_owned();
    for (reference, character) in [
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&nbsp;", " "),
        ("&rsquo;", "’"),
        ("&ndash;", "–"),
    ] {
        if text.contains('&') {
            text = text.replace(reference, character);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_of_the_bylines_is_named() {
        let bad = |file| bylines(file).unwrap_err().to_string();
        assert_eq!(bad("before\tby\nafter\tx\n"), "bylines.tsv:2: «after» is none of before, never, within");
        assert_eq!(bad("before\tBy\n"), "bylines.tsv:1: «By» is not in lower case");
    }

    #[test]
    fn names_of_authors() {
        for (written, name) in [
            ("By Jane Doe", Some("Jane Doe")),
            ("Jane Doe, 01.12.2021", Some("Jane Doe")),
            (", par Jeanne Doux", Some("Jeanne Doux")),
            ("Jane Doe | The Daily Example", Some("Jane Doe")),
            ("Byron Doe Jr.", Some("Byron Doe Jr.")),
            ("https://facebook.com/example", None),
            ("admin", None),
            ("5 minute read", None),
        ] {
            assert_eq!(person(written).as_deref(), name, "{written}");
        }
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_a_headline() {
        let site = "dailyexample";
        assert_eq!(
            without_site("Shelling resumes in north | Daily Example", site),
            "Shelling resumes in north"
        );
        assert_eq!(without_site("Truce - or not", site), "Truce - or not");
    }
}
