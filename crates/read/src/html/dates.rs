//! When a page was published: what it says in several places, weighed against each other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use record::{DateSource, Published};
use regex::Regex;
use serde_json::Value;
use url::Url;

use super::page::{Dated, Page, types};
use crate::day::{self, Stamp};

/// A date that a page gives somewhere.
#[derive(Debug, Clone, Copy)]
struct Claim {
    stamp: Stamp,
    weight: u32,
    from: DateSource,
}

/// The date with the most weight behind it.
///
/// A time in UTC may fall on another day than the outlet's own; where the visible text or the address names the
/// neighbouring day, that is the day, and the instant is kept.
///
/// `library` is the day that another program takes for it.
pub(crate) fn published(page: &Page, url: Option<&Url>, library: Option<Date>) -> Option<Published> {
    let mut claims = Vec::new();
    from_json(page, &mut claims);
    from_metas(page, &mut claims);
    from_elements(page, &mut claims);
    if let Some(date) = url.and_then(|u| day::in_url(u.as_str())) {
        claims.push(Claim { stamp: date.into(), weight: 6, from: DateSource::Url });
    }
    from_lines(page, &mut claims);
    // The first of January stands for a year alone, often that of a copyright notice.
    if let Some(date) = library.filter(|d| (d.month(), d.day()) != (1, 1)) {
        claims.push(Claim { stamp: date.into(), weight: 5, from: DateSource::Text });
    }
    choose(&claims)
}

fn choose(claims: &[Claim]) -> Option<Published> {
    let mut weights: BTreeMap<Date, u32> = BTreeMap::new();
    for claim in claims {
        *weights.entry(claim.stamp.date).or_default() += claim.weight;
    }
    // The earlier of two equal ones: an update comes later.
    let (mut date, _) = weights.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
    let near = |a: Date, b: Date| (a - b).get_days().abs() <= 1;
    let of_day = |d: Date| claims.iter().filter(move |c| c.stamp.date == d);
    let shown = |d: Date| of_day(d).any(|c| matches!(c.from, DateSource::Text | DateSource::Url));
    let utc = |d: Date| of_day(d).any(|c| c.stamp.time.is_some());
    if utc(*date)
        && !shown(*date)
        && let Some((neighbour, _)) =
            weights.iter().find(|(d, _)| *d != date && near(**d, *date) && shown(**d))
    {
        date = neighbour;
    }
    let strongest = of_day(*date).max_by_key(|c| c.weight)?;
    let time = claims
        .iter()
        .filter(|c| near(c.stamp.date, *date))
        .filter_map(|c| c.stamp.time.map(|t| (c.weight, t)));
    let time = time.max_by_key(|(weight, t)| (*weight, std::cmp::Reverse(*t))).map(|(_, t)| t);
    Some(Published { date: *date, time, from: strongest.from, at: None })
}

fn from_json(page: &Page, claims: &mut Vec<Claim>) {
    let mut push = |value: Option<&Value>, weight: u32| {
        if let Some(stamp) = value.and_then(Value::as_str).and_then(day::parse) {
            claims.push(Claim { stamp, weight, from: DateSource::Metadata });
        }
    };
    for object in &page.objects {
        let kind = |end: &str| types(object).any(|t| t.ends_with(end));
        let weight = if kind("Article") || kind("Posting") || kind("Report") {
            10
        } else if kind("WebPage") {
            6
        } else {
            3
        };
        push(object.get("datePublished"), weight);
        push(object.get("dateCreated"), weight / 2);
        push(object.get("uploadDate"), 2);
        push(object.get("dateModified"), 1);
    }
    static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#""datePublished"\s*:\s*"([^"]{8,40})""#).expect("the patterns of this module are right")
    });
    for stamp in page.broken.iter().filter_map(|t| PUBLISHED.captures(t)).filter_map(|c| day::parse(&c[1])) {
        claims.push(Claim { stamp, weight: 8, from: DateSource::Metadata });
    }
}

fn from_metas(page: &Page, claims: &mut Vec<Claim>) {
    for (name, content) in &page.metas {
        let weight = match name.as_str() {
            "article:published_time"
            | "og:article:published_time"
            | "datepublished"
            | "og:published_time" => 9,
            "pubdate"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "published"
            | "published_time"
            | "date_published"
            | "publication_date"
            | "publicationdate"
            | "published-date"
            | "article.published"
            | "article:published"
            | "parsely-pub-date"
            | "sailthru.date"
            | "originalpublicationdate"
            | "cxenseparse:recs:publishtime"
            | "displaydate"
            | "article_date_original"
            | "article.created"
            | "citation_publication_date"
            | "citation_online_date"
            | "dc.date.issued"
            | "dcterms.issued"
            | "dc.date.created"
            | "dcterms.created"
            | "dcterms.date"
            | "rnews:datepublished"
            | "bt:pubdate"
            | "ptime"
            | "shareaholic:article_published_time" => 8,
            "date" | "dc.date" | "dc:date" | "dcterms:date" | "created" | "article:created"
            | "og:pubdate" | "content_date" | "doc_date" => 6,
            "datecreated" | "article:create" | "timestamp" | "time" | "eomportal-lastupdate" => 3,
            "article:modified_time"
            | "og:updated_time"
            | "datemodified"
            | "dcterms.modified"
            | "dc.date.modified"
            | "last-modified"
            | "lastmod"
            | "revised"
            | "modified"
            | "date_modified"
            | "revision_date"
            | "last_updated_date" => 1,
            _ => continue,
        };
        if let Some(stamp) = day::parse(content) {
            claims.push(Claim { stamp, weight, from: DateSource::Metadata });
        }
    }
}

fn from_elements(page: &Page, claims: &mut Vec<Claim>) {
    // What stands first on a page is nearest to the headline.
    let mut rank = 0;
    for dated in &page.dated {
        let Some((stamp, from, sure)) = read(dated) else { continue };
        let modified = ["modif", "update"].iter().any(|w| dated.hints.contains(w));
        let weight = match (dated.aside, modified, rank, sure) {
            (true, ..) => 1,
            (_, true, ..) => 1,
            (_, _, 0, true) => 7,
            (_, _, 0, false) => 5,
            (_, _, 1..=2, true) => 3,
            _ => 1,
        };
        if !dated.aside && !modified {
            rank += 1;
        }
        claims.push(Claim { stamp, weight, from });
    }
}

/// Short lines with a date: best right below the headline.
fn from_lines(page: &Page, claims: &mut Vec<Claim>) {
    let heading = page.lines.iter().rposition(|line| page.headings.contains(line));
    let dates = page.lines.iter().enumerate().filter_map(|(i, line)| {
        if !line.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let (_, stamp) = day::find(line).into_iter().find(|(_, s)| day::is_of_the_web(s.date))?;
        Some((heading.is_some_and(|h| (h..=h + LINES_BELOW).contains(&i)), stamp))
    });
    let dates: Vec<(bool, Stamp)> = dates.collect();
    if let Some((below, stamp)) = dates.iter().find(|(below, _)| *below).or(dates.first()) {
        claims.push(Claim { stamp: *stamp, weight: if *below { 4 } else { 1 }, from: DateSource::Text });
    }
}

/// Short lines below the headline among which the date stands.
const LINES_BELOW: usize = 6;

/// The date of an element, whether its text shows it, and whether the element is made for a date.
fn read(dated: &Dated) -> Option<(Stamp, DateSource, bool)> {
    let sure = dated.hints.ends_with("time")
        || [
            "datepublished",
            "pubdate",
            "entry-date",
            "published",
            "post-date",
            "article-date",
            "publish",
            "dateline",
            "posted",
        ]
        .iter()
        .any(|h| dated.hints.contains(h));
    if let Some((_, stamp)) = day::find(&dated.text).into_iter().find(|(_, s)| day::is_of_the_web(s.date)) {
        let time = dated.value.as_deref().and_then(day::parse).and_then(|s| s.time);
        return Some((Stamp { date: stamp.date, time: stamp.time.or(time) }, DateSource::Text, sure));
    }
    let stamp = dated.value.as_deref().and_then(day::parse)?;
    Some((stamp, DateSource::Metadata, sure))
}
