//! The JSON API. Items go out in the wire form of `rapporteur/record/1`, as they stand in the file.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use store::{Filter, Index, MARK_END, MARK_START, Of, full_text};

use super::ask::{Ask, FACETS, LIMIT, MOST, address, segment, selecting};
use super::reply::{Problem, Reply};
use super::routes::{Answer, Site};

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    /// How many there are on all pages.
    total: usize,
    /// Those of this page.
    items: Vec<T>,
    /// The address of the next page, or null.
    next: Option<String>,
}

/// How many there are of everything.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct About {
    /// The format of the items.
    schema: &'static str,
    /// Reports.
    reports: usize,
    /// Groups of reports that share one text.
    voices: usize,
    /// Incidents.
    incidents: usize,
    /// Actors.
    actors: usize,
    /// Ties between actors.
    ties: usize,
    /// Statements.
    statements: usize,
    /// Disputes.
    disputes: usize,
    /// What was odd, at most 500.
    warnings: Vec<formats::json::WarningJson>,
}

/// One table's part of a search.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Found {
    /// `incident`, `report`, `statement` or `actor`.
    of: &'static str,
    /// How many were found.
    total: usize,
    /// The best, or the first where there are more than 2,000.
    hits: Vec<HitJson>,
}

/// One thing found.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HitJson {
    /// Its id.
    id: String,
    /// What it is called, or null.
    title: Option<String>,
    /// Words around those that were found.
    snippet: String,
    /// The found words in `snippet`: code points from 0, end exclusive.
    marks: Vec<MarkJson>,
}

/// A stretch of a snippet.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MarkJson {
    /// First code point.
    start: usize,
    /// One past the last.
    end: usize,
}

/// What was found, by table.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Search {
    /// What was searched for.
    q: String,
    /// The tables.
    results: Vec<Found>,
}

/// A kind of facet.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FacetJson {
    /// The field to filter by.
    kind: String,
    /// Its values, most frequent first.
    values: Vec<ValueJson>,
    /// How many more values there are.
    more: usize,
}

/// A value of a facet.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ValueJson {
    /// To filter by.
    value: String,
    /// For people.
    label: String,
    /// How many items have it at these filters (those of its own kind left aside).
    count: usize,
}

/// What a table can be filtered by.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Facets {
    /// The table.
    of: &'static str,
    /// How many items are selected.
    total: usize,
    /// The kinds.
    facets: Vec<FacetJson>,
}

/// An actor.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(dead_code, reason = "says what `actor` writes")]
pub(crate) struct ActorEntry {
    /// Stable id.
    id: String,
    /// The name to show.
    name: String,
    /// The kind.
    kind: String,
    /// ISO 3166-1 alpha-3 code, or null.
    country: Option<String>,
    /// PLOVER sector, or null.
    sector: Option<String>,
    /// Wikidata id, or null.
    wikidata: Option<String>,
    /// Other names.
    aliases: Vec<String>,
    /// Posts: `title`, `of`, `from`, `to`.
    roles: Vec<Map<String, Value>>,
    /// How often reports name it: see `/api/actors/{id}/mentions`.
    mentions: usize,
    /// In how many incidents it has a part: see `/api/incidents?party={id}`.
    incidents: usize,
}

/// A report without its text.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(dead_code, reason = "says what `report` writes")]
pub(crate) struct ReportEntry {
    /// The id of the report.
    id: String,
    /// The headline, or null.
    title: Option<String>,
    /// The outlet or site, or null.
    publisher: Option<String>,
    /// The byline, or null.
    author: Option<String>,
    /// The canonical address, or null.
    url: Option<String>,
    /// ISO 639-1 code of the language, or null.
    language: Option<String>,
    /// When it was published, or null.
    published: Option<Map<String, Value>>,
    /// What it was read from.
    source: String,
    /// The report that it copies, or null.
    copy_of: Option<String>,
    /// The group of reports that share one text.
    origin: String,
}

pub(crate) fn record(site: &Site<'_>, ask: &Ask) -> Answer {
    ask.only(&[])?;
    let c = site.archive.counts;
    json(&About {
        schema: formats::json::RECORD,
        reports: c.reports,
        voices: c.voices,
        incidents: c.incidents,
        actors: c.actors,
        ties: c.ties,
        statements: c.statements,
        disputes: c.disputes,
        warnings: site.store.warnings(500)?,
    })
}

/// The table that `/api/TABLE…` is about.
fn table(ask: &Ask) -> Option<Of> {
    let name = ask.path.split('/').nth(2)?;
    Of::ALL.iter().copied().find(|of| name.strip_suffix('s') == Some(of.table()))
}

pub(crate) fn list(site: &Site<'_>, ask: &Ask) -> Answer {
    let of = table(ask).ok_or_else(|| Problem::missing("table", &ask.path))?;
    let mut known = selecting(of);
    known.extend(["sort", "limit", "after", "page"]);
    ask.only(&known)?;
    let index = &site.archive.index;
    let selection = index.select(site.store, of, &ask.filter(of)?)?;
    let (order, limit) = (ask.order(of)?, ask.number("limit", LIMIT, MOST)?);
    let skip = match ask.get("after") {
        None => (ask.number("page", 1, 1_000_000)? - 1) * limit,
        Some(id) => {
            let ord = site.store.find(of, id)?;
            let after = ord.and_then(|ord| index.after(&selection, order, ord));
            after.ok_or_else(|| Problem::asked(format!("after: «{id}» is not in this list.")))?
        }
    };
    let ords = index.page(&selection, order, skip, limit);
    let mut items = Vec::new();
    let mut last = None;
    for ord in &ords {
        let (item, id) = entry(site, of, *ord)?;
        items.push(item);
        last = Some(id);
    }
    let next = last.filter(|_| skip + ords.len() < selection.total()).map(|id| {
        let mut query: Vec<(&str, &str)> = ask.kept().collect();
        let limit = limit.to_string();
        query.extend([("limit", limit.as_str()), ("after", &id)]);
        address(&ask.path, &query)
    });
    Ok(Reply::Json(page(selection.total(), &items, next.as_deref())?))
}

/// A [`Page`] of items that are JSON already: they go out as they stand in the file.
fn page(total: usize, items: &[String], next: Option<&str>) -> Result<String, Problem> {
    let next = write(&next)?;
    Ok(format!("{{\"total\":{total},\"items\":[{}],\"next\":{next}}}", items.join(",")))
}

/// An item as it goes out, and its id.
fn entry(site: &Site<'_>, of: Of, ord: u32) -> Result<(String, String), Problem> {
    #[derive(serde::Deserialize)]
    struct Id {
        id: String,
    }
    let text = site.store.json(of, ord)?;
    let text = match of {
        Of::Actor => actor(site, ord, &text)?,
        Of::Report => {
            let mut fields = object(&text)?;
            for long in ["text", "blocks", "passages", "warnings", "title_at"] {
                fields.remove(long);
            }
            write(&fields)?
        }
        Of::Incident | Of::Statement | Of::Dispute => text,
    };
    let id: Id = serde_json::from_str(&text).map_err(damaged)?;
    Ok((text, id.id))
}

fn actor(site: &Site<'_>, ord: u32, text: &str) -> Result<String, Problem> {
    let mut fields = object(text)?;
    fields.remove("evidence");
    let (incidents, mentions) = site.store.actor_counts(ord)?;
    fields.insert("mentions".to_owned(), mentions.into());
    fields.insert("incidents".to_owned(), incidents.into());
    write(&fields)
}

pub(crate) fn item(site: &Site<'_>, ask: &Ask) -> Answer {
    ask.only(&[])?;
    let of = table(ask).ok_or_else(|| Problem::missing("table", &ask.path))?;
    let id = ask.name("id");
    let Some(ord) = site.store.find(of, id)? else {
        if of == Of::Incident
            && let Some(new) = site.store.redirect(id)?
        {
            return Ok(Reply::Moved(format!("/api/incidents/{}", segment(&new))));
        }
        return Err(Problem::missing(of.table(), id));
    };
    let text = site.store.json(of, ord)?;
    Ok(Reply::Json(if of == Of::Actor { actor(site, ord, &text)? } else { text }))
}

pub(crate) fn mentions(site: &Site<'_>, ask: &Ask) -> Answer {
    ask.only(&["limit", "page"])?;
    let id = ask.name("id");
    let ord = site.store.find(Of::Actor, id)?.ok_or_else(|| Problem::missing("actor", id))?;
    let (limit, page) = (ask.number("limit", 100, MOST)?, ask.number("page", 1, 1_000_000)?);
    let (_, total) = site.store.actor_counts(ord)?;
    let items = site.store.mentions(ord, (page - 1) * limit, limit)?;
    let next = (page * limit < total).then(|| {
        address(
            &ask.path,
            &[("limit", limit.to_string().as_str()), ("page", (page + 1).to_string().as_str())],
        )
    });
    json(&Page { total, items, next })
}

pub(crate) fn search(site: &Site<'_>, ask: &Ask) -> Answer {
    ask.only(&["q", "limit"])?;
    let limit = ask.number("limit", 10, 100)?;
    let q = ask.get("q").unwrap_or_default().to_owned();
    let query = full_text(&q).ok_or_else(|| Problem::asked("q: no word to search for."))?;
    let mut results = Vec::new();
    for of in [Of::Incident, Of::Report, Of::Statement, Of::Actor] {
        let (total, hits) = hits(site, of, &query, limit)?;
        results.push(Found { of: of.table(), total, hits });
    }
    json(&Search { q, results })
}

fn hits(site: &Site<'_>, of: Of, query: &str, limit: usize) -> Result<(usize, Vec<HitJson>), Problem> {
    let mut found = site.store.search(of, query)?;
    let total = found.len();
    found.truncate(limit);
    let mut hits = Vec::new();
    for hit in site.store.snippets(of, query, &found)? {
        let fields = object(&site.store.json(of, hit.ord)?)?;
        let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        let (snippet, marks) = marks(&hit.snippet);
        hits.push(HitJson {
            id: text("id").unwrap_or_default(),
            title: text("title").or_else(|| text("name")),
            snippet,
            marks,
        });
    }
    Ok((total, hits))
}

/// A snippet without its marks, and where they were.
fn marks(marked: &str) -> (String, Vec<MarkJson>) {
    let (mut text, mut marks, mut at, mut start) = (String::new(), Vec::new(), 0, None);
    for c in marked.chars() {
        match c {
            MARK_START => start = Some(at),
            MARK_END => marks.extend(start.take().map(|start| MarkJson { start, end: at })),
            c => {
                text.push(c);
                at += 1;
            }
        }
    }
    (text, marks)
}

pub(crate) fn facets(site: &Site<'_>, ask: &Ask) -> Answer {
    let of = match ask.get("of") {
        None => Of::Incident,
        Some(name) => Of::ALL.iter().copied().find(|of| of.table() == name).ok_or_else(|| {
            Problem::asked(format!("of: «{name}» is none of incident, report, actor, statement, dispute."))
        })?,
    };
    // In a table that has a facet «kind», this field filters by it; the kinds to count cannot then be chosen.
    let mut known = selecting(of);
    known.extend(FACETS);
    ask.only(&known)?;
    let mut filter: Filter = ask.filter(of)?;
    let kinds = Index::kinds(of);
    let one = ask.get("kind").filter(|kind| kinds.contains(kind) && *kind != "kind");
    if one.is_some() {
        filter.facets.remove("kind");
    }
    let selection = site.archive.index.select(site.store, of, &filter)?;
    let limit = ask.number("limit", LIMIT, MOST)?;
    let wanted = kinds.iter().filter(|kind| one.is_none_or(|one| one == **kind));
    let facets = wanted.map(|kind| {
        let (counts, more) = site.archive.index.facet(&selection, kind, limit);
        let value = |c: store::Count| ValueJson { value: c.value, label: c.label, count: c.count };
        FacetJson { kind: (*kind).to_owned(), values: counts.into_iter().map(value).collect(), more }
    });
    json(&Facets { of: of.table(), total: selection.total(), facets: facets.collect() })
}

fn json(value: &impl Serialize) -> Answer {
    Ok(Reply::Json(write(value)?))
}

fn write(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(damaged)
}

fn object(text: &str) -> Result<Map<String, Value>, Problem> {
    serde_json::from_str(text).map_err(damaged)
}

fn damaged(e: serde_json::Error) -> Problem {
    Problem::new(500, "The record cannot be read", format!("An item of it is damaged: {e}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_in_code_points() {
        let (text, marks) = marks("Çok \u{1}güzel\u{2} bir \u{1}gün\u{2}…");
        assert_eq!(text, "Çok güzel bir gün…");
        let marks: Vec<(usize, usize)> = marks.iter().map(|m| (m.start, m.end)).collect();
        assert_eq!(marks, [(4, 9), (14, 17)]);
    }
}
