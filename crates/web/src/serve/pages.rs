//! The pages.

use std::collections::BTreeMap;

use formats::json::{ActorJson, Points};
use maud::{Markup, html};
use record::{ActorId, Incident, IncidentId, Record, Report, ReportId, Span, TextRange};
use store::{Bar, Filter, Hit, MARK_END, MARK_START, Of, Selection, full_text};

use super::ask::{Ask, address, segment};
use super::layout;
use super::lists::{self, About, List};
use super::reply::{Problem, Reply};
use super::routes::{Answer, Fields, Kind, Site, routes};
use crate::links::Links;
use crate::pieces::{IncidentPieces, Sources, marked};
use crate::views;

/// Incidents that are shown with a page about something else.
const SOME: usize = 10;
/// Incidents drawn one by one; more are counted.
const DRAWN: usize = 150;
/// Incidents drawn on a map.
const MAPPED: usize = 60;

/// References as addresses of this server.
struct Addresses;

impl Links for Addresses {
    fn incident(&self, id: &IncidentId) -> String {
        format!("/incidents/{}", segment(id.as_str()))
    }

    fn actor(&self, id: &ActorId) -> String {
        format!("/actors/{}", segment(id.as_str()))
    }

    fn report(&self, id: &ReportId) -> String {
        format!("/reports/{}", segment(id.as_str()))
    }

    fn words(&self, span: &Span) -> String {
        // The server lights the words whole, wherever others cross them; a fragment could only lead to their first part.
        let id = self.words_id(span);
        format!("{}?words={id}#{id}", self.report(&span.report))
    }
}

fn show(title: &str, ask: &Ask, content: &Markup) -> Answer {
    Ok(Reply::Page(layout::page(title, ask, content)))
}

fn select(site: &Site<'_>, of: Of, kind: &str, value: &str) -> Result<Selection, Problem> {
    let facets = BTreeMap::from([(kind.to_owned(), vec![value.to_owned()])]);
    Ok(site.archive.index.select(site.store, of, &Filter { facets, ..Filter::default() })?)
}

/// The table of incidents of the static page, of some incidents.
fn brief(site: &Site<'_>, ords: &[u32]) -> Result<Markup, Problem> {
    let record = site.store.brief(ords)?;
    let sources = Sources::of(&record, &Addresses);
    let pieces = IncidentPieces::all(&record);
    Ok(views::brief(&pieces.iter().collect::<Vec<_>>(), &sources))
}

/// The first screen: of the most reported and the deadliest incidents that happened, those that stand first.
fn leading(site: &Site<'_>) -> Result<Markup, Problem> {
    let index = &site.archive.index;
    let happened = Filter {
        facets: BTreeMap::from([(
            "factuality".to_owned(),
            vec!["happened".to_owned(), "ongoing".to_owned()],
        )]),
        ..Filter::default()
    };
    let happened = index.select(site.store, Of::Incident, &happened)?;
    let mut ords = index.page(&happened, "reports", 0, 2 * SOME);
    ords.extend(index.page(&happened, "killed", 0, SOME / 2));
    ords.sort_unstable();
    ords.dedup();
    let record = site.store.brief(&ords)?;
    let sources = Sources::of(&record, &Addresses);
    let pieces = IncidentPieces::all(&record);
    let mut ranked: Vec<&IncidentPieces<'_>> = pieces.iter().collect();
    ranked.sort_by_key(|p| (p.standing().weight, p.incident.shelf(), p.standing()));
    ranked.truncate(SOME);
    Ok(views::brief(&ranked, &sources))
}

pub(crate) fn overview(site: &Site<'_>, ask: &Ask) -> Answer {
    let (index, c) = (&site.archive.index, site.archive.counts);
    let all = index.select(site.store, Of::Incident, &Filter::default())?;
    let disputes = site.store.around(Of::Dispute, &(0..c.disputes.min(3) as u32).collect::<Vec<_>>())?;
    let sources = Sources::of(&disputes, &Addresses);
    let warnings = site.store.warnings(200)?;
    let content = html! {
        h1 { "What the reports say" }
        dl.counts {
            @for (name, count, to) in [
                ("reports", c.reports, "/reports"),
                ("independent voices", c.voices, "/reports?voice=own"),
                ("incidents", c.incidents, "/incidents"),
                ("actors", c.actors, "/actors"),
                ("statements", c.statements, "/statements"),
                ("disputes", c.disputes, "/disputes"),
            ] {
                div { dt { a href=(to) { (name) } } dd { (views::number(count as u64)) } }
            }
        }
        @if !warnings.is_empty() {
            details.warnings {
                summary { (views::count(c.warnings, "warning")) }
                ul { @for w in &warnings { li { (w.origin) ": " (w.message) " [" (w.code) "]" } } }
            }
        }
        section {
            h2 { "What happened" }
            (leading(site)?)
            p { a href="/incidents?sort=reports" { "All incidents" } }
        }
        section {
            h2 { "When" }
            (bars(&index.bars(&all, 60), "/incidents", &Ask::default()))
        }
        div.columns {
            @for (kind, name) in [("type", "What"), ("country", "Where"), ("party", "Who"), ("publisher", "According to")] {
                @let (counts, _) = index.facet(&all, kind, 10);
                @if !counts.is_empty() {
                    section.facet {
                        h2 { (name) }
                        ul { @for count in counts {
                            li { a href=(address("/incidents", &[(kind, &count.value)])) {
                                span { (lists::value_name(kind, &count.label)) } " " span.n { (views::number(count.count as u64)) } } }
                        } }
                    }
                }
            }
        }
        @if !disputes.disputes.is_empty() {
            section {
                h2 { "Where accounts disagree" }
                @for d in &disputes.disputes { (about(d.incident.as_slice(), &sources)) (views::dispute(d, 3, &sources)) }
                p { a href="/disputes" { "All disputes" } }
            }
        }
    };
    show("Overview", ask, &content)
}

pub(crate) fn incidents(site: &Site<'_>, ask: &Ask) -> Answer {
    let list = List::new(site, Of::Incident, ask)?;
    let tables: &[&str] = &[
        "incidents",
        "figures",
        "claims",
        "parties",
        "places",
        "grounds",
        "mentions",
        "responses",
        "intensity",
    ];
    let title = About { title: "Incidents", one: "incident", tables };
    let table = brief(site, &list.ords)?;
    show("Incidents", ask, &list.around(site, ask, &title, &table))
}

pub(crate) fn incident(site: &Site<'_>, ask: &Ask) -> Answer {
    let id = ask.name("id");
    let Some(ord) = site.store.find(Of::Incident, id)? else {
        return match site.store.redirect(id)? {
            Some(new) => Ok(Reply::Moved(format!("/incidents/{}", segment(&new)))),
            None => Err(Problem::missing("incident", id)),
        };
    };
    let record = site.store.around_incident(ord)?;
    let sources = Sources::of(&record, &Addresses);
    let pieces = IncidentPieces::all(&record);
    let main = pieces.iter().find(|p| p.incident.id.as_str() == id);
    let main = main.ok_or_else(|| Problem::missing("incident", id))?;
    let known: Vec<&Incident> = record.incidents.iter().collect();
    let near = views::chain_around(&main.incident.id, &known);
    let content = html! {
        p.crumbs { a href="/incidents" { "Incidents" } }
        (views::incident(main, 1, &sources))
        @if near.len() > 1 {
            section {
                h2 { "What it answers, what answered it" }
                (views::chain(&near, &sources))
            }
        }
        @if !main.incident.places.is_empty() { section { h2 { "Where" } (views::map(&[main.incident], &sources)) } }
        (lists::downloads(&["claims", "figures", "parties", "places", "grounds", "mentions"], |file| address(file, &[("id", id)])))
        p.downloads {
            "All of it for programs: " a href={ "/api/incidents/" (segment(id)) } { "JSON" }
        }
    };
    show(&main.incident.title, ask, &content)
}

pub(crate) fn actors(site: &Site<'_>, ask: &Ask) -> Answer {
    let list = List::new(site, Of::Actor, ask)?;
    let actors: Vec<ActorJson> = site.store.items(Of::Actor, &list.ords)?;
    let mut counts = Vec::new();
    for ord in &list.ords {
        counts.push(site.store.actor_counts(*ord)?);
    }
    let table = html! {
        table.actors {
            thead { tr { th scope="col" { "name" } th scope="col" { "kind" } th scope="col" { "country" }
                th scope="col" { "also" } th.number scope="col" { "mentions" } th.number scope="col" { "incidents" } } }
            tbody {
                @for (a, (incidents, mentions)) in actors.iter().zip(&counts) {
                    tr {
                        th scope="row" { a href=(Addresses.actor(&ActorId::new(&a.id))) { (a.name) } }
                        td { (a.kind.0) }
                        td { (a.country.as_deref().map_or("", views::country)) }
                        td { (a.aliases.iter().take(4).cloned().collect::<Vec<_>>().join(", ")) }
                        td.number { (views::number(*mentions as u64)) }
                        td.number {
                            @if *incidents > 0 {
                                a href=(address("/incidents", &[("party", &a.id)])) { (views::number(*incidents as u64)) }
                            } @else { "0" }
                        }
                    }
                }
            }
        }
    };
    let title = About { title: "Actors", one: "actor", tables: &["actors", "ties"] };
    show("Actors", ask, &list.around(site, ask, &title, &table))
}

pub(crate) fn actor(site: &Site<'_>, ask: &Ask) -> Answer {
    let id = ask.name("id");
    let ord = site.store.find(Of::Actor, id)?.ok_or_else(|| Problem::missing("actor", id))?;
    let record = site.store.around_actor(ord, 12)?;
    let sources = Sources::of(&record, &Addresses);
    let actor = record.actors.iter().find(|a| a.id.as_str() == id);
    let actor = actor.ok_or_else(|| Problem::missing("actor", id))?;
    let (index, (_, mentions)) = (&site.archive.index, site.store.actor_counts(ord)?);
    let part = select(site, Of::Incident, "party", id)?;
    let said = select(site, Of::Statement, "speaker", id)?;
    let (beside, _) = index.facet(&part, "party", 16);
    let newest = site.store.brief(&index.page(&part, "newest", 0, SOME))?;
    let newest_sources = Sources::of(&newest, &Addresses);
    let pieces = IncidentPieces::all(&newest);
    let statements = site.store.around(Of::Statement, &index.page(&said, "forms", 0, 5))?;
    let statement_sources = Sources::of(&statements, &Addresses);
    let content = html! {
        p.crumbs { a href="/actors" { "Actors" } }
        h1 { (actor.name) }
        dl.facts {
            div { dt { "kind" } dd { (actor.kind) } }
            @if let Some(country) = &actor.country { div { dt { "country" } dd { a href=(address("/actors", &[("country", country)])) { (views::country(country)) } } } }
            @if let Some(sector) = actor.sector { div { dt { "PLOVER sector" } dd { (sector) } } }
            @if !actor.aliases.is_empty() { div { dt { "also" } dd { (actor.aliases.join(" · ")) } } }
            @for role in &actor.roles {
                div { dt { "post" } dd { (role.title) @if let Some(of) = &role.of { ", " a.actor href=(Addresses.actor(of)) { (sources.name(of)) } } } }
            }
            @if let Some(wikidata) = &actor.wikidata { div { dt { "Wikidata" } dd { (wikidata) } } }
            div { dt { "named" } dd { (views::count(mentions, "time")) } }
            div { dt { "incidents" } dd {
                a href=(address("/incidents", &[("party", id)])) { (views::number(part.total() as u64)) } " in all · "
                a href=(address("/incidents", &[("actor", id)])) { "by it" } " · "
                a href=(address("/incidents", &[("target", id)])) { "against it" }
            } }
        }
        @if part.total() > 0 {
            section {
                h2 { "Incidents" }
                (views::brief(&pieces.iter().collect::<Vec<_>>(), &newest_sources))
                @if part.total() > SOME { p { a href=(address("/incidents", &[("party", id)])) { "All " (views::number(part.total() as u64)) } } }
            }
        }
        @if beside.len() > 1 {
            section.facet {
                h2 { "In the same incidents" }
                ul.wide { @for other in beside.iter().filter(|c| c.value != id) {
                    li { a href=(Addresses.actor(&ActorId::new(&other.value))) { (other.label) } " "
                        a.n href=(address("/incidents", &[("party", id), ("party", &other.value)])) { (views::number(other.count as u64)) } }
                } }
            }
        }
        @if !record.ties.is_empty() {
            section { h2 { "Ties that the reports state" } (views::ties(&record.ties, &sources))
                (lists::downloads(&["ties"], |file| address(file, &[("id", id)]))) }
        }
        @if said.total() > 0 {
            section {
                h2 { "Statements" }
                @for s in &statements.statements { (about(&s.about, &statement_sources)) (views::statement(s, &statement_sources)) }
                @if said.total() > 5 { p { a href=(address("/statements", &[("speaker", id)])) { "All " (views::number(said.total() as u64)) } } }
            }
        }
        @if !actor.evidence.is_empty() {
            section {
                h2 { "Where reports name it" }
                ul.mentions { @for span in &actor.evidence { li { (views::words(span, &sources)) } } }
                @if mentions > actor.evidence.len() {
                    p.faint { "The first " (actor.evidence.len()) " of " (views::number(mentions as u64)) "; all "
                        a href={ "/api/actors/" (segment(id)) "/mentions" } { "for programs" } "." }
                }
            }
        }
    };
    show(&actor.name, ask, &content)
}

/// What something is about.
fn about(incidents: &[IncidentId], sources: &Sources<'_>) -> Markup {
    html! {
        @if !incidents.is_empty() {
            p.about { span.how { "on" } @for id in incidents.iter().take(6) { " " (views::incident_link(id, sources)) } }
        }
    }
}

pub(crate) fn statements(site: &Site<'_>, ask: &Ask) -> Answer {
    let list = List::new(site, Of::Statement, ask)?;
    let record = site.store.around(Of::Statement, &list.ords)?;
    let sources = Sources::of(&record, &Addresses);
    let table = html! {
        @for s in &record.statements {
            article.item { (about(&s.about, &sources)) (views::statement(s, &sources)) }
        }
    };
    let title = About { title: "Statements", one: "statement", tables: &["statements"] };
    show("Statements", ask, &list.around(site, ask, &title, &table))
}

pub(crate) fn disputes(site: &Site<'_>, ask: &Ask) -> Answer {
    let list = List::new(site, Of::Dispute, ask)?;
    let record = site.store.around(Of::Dispute, &list.ords)?;
    let sources = Sources::of(&record, &Addresses);
    let table = html! {
        @for d in &record.disputes {
            article.item { (about(d.incident.as_slice(), &sources)) (views::dispute(d, 2, &sources)) }
        }
    };
    let title = About { title: "Disputes", one: "dispute", tables: &["disputes"] };
    show("Disputes", ask, &list.around(site, ask, &title, &table))
}

pub(crate) fn reports(site: &Site<'_>, ask: &Ask) -> Answer {
    let list = List::new(site, Of::Report, ask)?;
    let record = site.store.around(Of::Report, &list.ords)?;
    let found = match ask.get("q").and_then(full_text) {
        Some(query) => site.store.snippets(Of::Report, &query, &list.ords)?,
        None => Vec::new(),
    };
    let table = html! {
        table.reports {
            thead { tr { th scope="col" { "published" } th scope="col" { "headline" } th scope="col" { "publisher" } } }
            tbody {
                @for (n, r) in record.reports.iter().enumerate() {
                    @let copy = record.documents.get(&r.id).and_then(|d| d.copy_of.as_ref());
                    tr {
                        td.when { @match &r.published { Some(p) => (p.date), None => span.how { "not known" } } }
                        th scope="row" {
                            a href=(Addresses.report(&r.id)) { (views::headline(r)) }
                            @if let Some(copy) = copy { " " a.how href=(Addresses.report(copy)) { "copy" } }
                            @if let Some(hit) = found.get(n) { p.snippet { (snippet(hit)) } }
                        }
                        td { (r.publisher.as_deref().unwrap_or("")) }
                    }
                }
            }
        }
    };
    let title = About { title: "Reports", one: "report", tables: &["reports"] };
    show("Reports", ask, &list.around(site, ask, &title, &table))
}

pub(crate) fn report(site: &Site<'_>, ask: &Ask) -> Answer {
    let id = ask.name("id");
    let ord = site.store.find(Of::Report, id)?.ok_or_else(|| Problem::missing("report", id))?;
    let record = site.store.around_report(ord)?;
    let sources = Sources::of(&record, &Addresses);
    let report = record.reports.first().ok_or_else(|| Problem::missing("report", id))?;
    let mut marks = marked(&record).remove(&report.id).unwrap_or_default();
    let at = ask.get("at").map(|span| range(report, span));
    let at = at.or_else(|| ask.get("words").map(|id| words(report, id))).transpose()?;
    marks.extend(at);
    let link = record.documents.get(&report.id);
    // Of one report everything counts as one voice; deeds and counts come first all the same.
    let mut told: Vec<&Incident> = record.incidents.iter().collect();
    told.sort_by_key(|i| (i.shelf(), i.standing(1, 0)));
    let content = html! {
        p.crumbs { a href="/reports" { "Reports" } }
        @if let Some(original) = link.and_then(|l| l.copy_of.as_ref()) {
            p.copy { "A copy of " a href=(Addresses.report(original)) { (original) } ": the two are one voice." }
        }
        div.beside {
            (views::report(report, &marks, at, &sources))
            aside {
                @if !record.incidents.is_empty() {
                    section { h2 { "What it tells of" }
                        ul.lines { @for i in &told { li { (views::incident_line(i, &sources)) } } } }
                }
                @if !record.disputes.is_empty() {
                    section { h2 { "What is disputed of it" }
                        ul.lines { @for d in &record.disputes { li {
                            @if let Some(i) = &d.incident { (views::incident_link(i, &sources)) }
                            @for side in &d.sides { " · " q { (side.claim) } }
                        } } } }
                }
            }
        }
        p.downloads {
            a href=(address("/incidents", &[("report", id)])) { "Its incidents" } " · "
            a href=(address("/statements", &[("report", id)])) { "its statements" } " · "
            a href={ "/api/reports/" (segment(id)) } { "JSON" }
        }
    };
    show(&views::headline(report), ask, &content)
}

/// The range that an id of [`Links::words_id`] names.
fn words(report: &Report, id: &str) -> Result<TextRange, Problem> {
    let bytes = id.strip_prefix('w').and_then(|r| r.split_once('-'));
    let bytes = bytes.and_then(|(a, b)| Some(TextRange::new(a.parse().ok()?, b.parse().ok()?)));
    bytes
        .filter(|range| report.text.get(range.bytes()).is_some())
        .ok_or_else(|| Problem::asked(format!("words: «{id}» names no words of this report.")))
}

/// `START-END` in code points as a range of the report's bytes.
fn range(report: &Report, span: &str) -> Result<TextRange, Problem> {
    let numbers = span.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let (start, end): (usize, usize) =
        numbers.ok_or_else(|| Problem::asked(format!("«{span}» is not two numbers such as 120-134.")))?;
    Ok(Points::new(&report.text).bytes(start, end))
}

pub(crate) fn at(site: &Site<'_>, ask: &Ask) -> Answer {
    let (id, span) = (ask.name("id"), ask.name("span"));
    let ord = site.store.find(Of::Report, id)?.ok_or_else(|| Problem::missing("report", id))?;
    let record = site.store.around(Of::Report, &[ord])?;
    let report = record.reports.first().ok_or_else(|| Problem::missing("report", id))?;
    let span_there = Span { report: report.id.clone(), range: range(report, span)? };
    let there = address(&Addresses.report(&report.id), &[("at", span)]);
    Ok(Reply::Moved(format!("{there}#{}", Addresses.words_id(&span_there))))
}

pub(crate) fn timeline(site: &Site<'_>, ask: &Ask) -> Answer {
    let index = &site.archive.index;
    let selection = index.select(site.store, Of::Incident, &ask.filter(Of::Incident)?)?;
    let drawn = index.page(&selection, "oldest", 0, DRAWN + 1);
    let record = if drawn.len() <= DRAWN { site.store.outline(&drawn)? } else { Record::default() };
    let sources = Sources::of(&record, &Addresses);
    let shown: Vec<&Incident> = record.incidents.iter().collect();
    let content = html! {
        h1 { "Timeline" }
        div.browse {
            (lists::filters(site, Of::Incident, &selection, ask, false))
            div.results {
                (lists::chosen(site, Of::Incident, ask))
                p.total role="status" { strong { (views::count(selection.total(), "incident")) } " · "
                    a href=(ask.elsewhere("/incidents")) { "as a list" } }
                (bars(&index.bars(&selection, 60), "/incidents", ask))
                @if !shown.is_empty() { (views::timeline(&shown, &sources)) }
                @else if selection.total() > DRAWN { p.faint { "Below " (DRAWN) " incidents each is drawn by itself: choose a bar or a filter." } }
            }
        }
    };
    show("Timeline", ask, &content)
}

/// How many incidents there were when, each bar leading to its incidents.
fn bars((bars, undated): &(Vec<Bar>, usize), path: &str, ask: &Ask) -> Markup {
    const WIDTH: usize = 1000;
    const HEIGHT: usize = 150;
    let most = bars.iter().map(|b| b.count).max().unwrap_or(1).max(1);
    let step = (WIDTH / bars.len().max(1)).clamp(4, 120);
    let days = |b: &Bar| if b.from == b.to { b.from.to_string() } else { format!("{} to {}", b.from, b.to) };
    html! {
        @if bars.is_empty() { p { "The reports fix no date." } }
        @else {
            svg.bars viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 24) } role="img" aria-label="Incidents by date" {
                @for (n, b) in bars.iter().enumerate() {
                    // At least a sliver, so that a single incident can be seen and chosen.
                    @let height = if b.count == 0 { 0 } else { (b.count * HEIGHT / most).max(3) };
                    @let (from, to) = (b.from.to_string(), b.to.to_string());
                    @let kept = ask.kept().filter(|(f, _)| !matches!(*f, "from" | "to" | "sort"));
                    @let query: Vec<(&str, &str)> = kept.chain([("from", from.as_str()), ("to", to.as_str())]).collect();
                    a href=(address(path, &query)) {
                        title { (days(b)) ": " (views::count(b.count, "incident")) }
                        rect.hit x=(n * step) y="0" width=(step) height=(HEIGHT) {}
                        rect.bar x=(n * step + 1) y=(HEIGHT - height) width=(step - 2) height=(height) {}
                    }
                    @if n % bars.len().div_ceil(8) == 0 {
                        text.tick x=(n * step) y=(HEIGHT + 17) { (begins(b)) }
                    }
                }
            }
        }
        @if *undated > 0 { p.faint { (views::number(*undated as u64)) " without a date" } }
    }
}

/// When a bar begins, as finely as it is long.
fn begins(b: &Bar) -> String {
    if b.to > b.from.last_of_month() {
        b.from.strftime("%Y").to_string()
    } else if b.from == b.from.first_of_month() && b.to == b.from.last_of_month() {
        b.from.strftime("%b %Y").to_string()
    } else {
        b.from.strftime("%-d %b %Y").to_string()
    }
}

pub(crate) fn map(site: &Site<'_>, ask: &Ask) -> Answer {
    let index = &site.archive.index;
    let selection = index.select(site.store, Of::Incident, &ask.filter(Of::Incident)?)?;
    let drawn = index.page(&selection, "reports", 0, MAPPED);
    let record = site.store.outline(&drawn)?;
    let sources = Sources::of(&record, &Addresses);
    let shown: Vec<&Incident> = record.incidents.iter().collect();
    let places: BTreeMap<&str, &store::Place> =
        site.archive.places.iter().map(|p| (p.value.as_str(), p)).collect();
    let (counts, more) = index.facet(&selection, "place", 200);
    let content = html! {
        h1 { "Map" }
        div.browse {
            (lists::filters(site, Of::Incident, &selection, ask, false))
            div.results {
                (lists::chosen(site, Of::Incident, ask))
                p.total role="status" { strong { (views::count(selection.total(), "incident")) } " · "
                    a href=(ask.elsewhere("/incidents")) { "as a list" } }
                (views::map(&shown, &sources))
                @if selection.total() > MAPPED { p.faint { "Drawn are the " (MAPPED) " most reported; counted below are all." } }
                table.places {
                    thead { tr { th scope="col" { "place" } th scope="col" { "country" } th scope="col" { "how fine" }
                        th.number scope="col" { "incidents" } } }
                    tbody {
                        @for count in &counts {
                            @let place = places.get(count.value.as_str());
                            tr {
                                th scope="row" { (place.map_or(count.label.as_str(), |p| &p.name)) }
                                td { (place.and_then(|p| p.country.as_deref()).map_or("", views::country)) }
                                td { (place.map_or("", |p| views::fineness(&p.precision))) @if place.is_some_and(|p| p.at.is_none()) { ", not on the map" } }
                                td.number { a href=(Ask { path: "/incidents".to_owned(), ..ask.clone() }.adding("place", &count.value)) {
                                    (views::number(count.count as u64)) } }
                            }
                        }
                    }
                }
                @if more > 0 { p.faint { "and " (views::number(more as u64)) " places more" } }
            }
        }
    };
    show("Map", ask, &content)
}

pub(crate) fn search(site: &Site<'_>, ask: &Ask) -> Answer {
    let q = ask.get("q").unwrap_or_default();
    let Some(query) = full_text(q) else {
        let content = html! {
            h1 { "Search" }
            p { "Type words above: all of them are looked for. " code { "\"air strike\"" } " finds the phrase, "
                code { "evacuat*" } " every word that begins so, " code { "-exercise" } " leaves out." }
        };
        return show("Search", ask, &content);
    };
    let mut found = Vec::new();
    for (of, name, path) in [
        (Of::Incident, "Incidents", "/incidents"),
        (Of::Actor, "Actors", "/actors"),
        (Of::Statement, "Statements", "/statements"),
        (Of::Report, "Reports", "/reports"),
    ] {
        found.push((of, name, path, site.store.search(of, &query)?));
    }
    let content = html! {
        h1 { "Search: " (q) }
        @if found.iter().all(|(.., ords)| ords.is_empty()) {
            p.nothing { "Nothing in this record has these words." }
        }
        @for (of, name, path, ords) in found.iter().filter(|(.., ords)| !ords.is_empty()) {
            section.found {
                h2 { (name) " " span.n { (views::number(ords.len() as u64)) } }
                (hits(site, *of, &query, &ords[..ords.len().min(8)])?)
                @if ords.len() > 8 {
                    p { a href=(address(path, &[("q", q), ("sort", "relevance")])) { "All " (views::number(ords.len() as u64)) ", with filters" } }
                }
            }
        }
    };
    show(&format!("Search: {q}"), ask, &content)
}

fn hits(site: &Site<'_>, of: Of, query: &str, ords: &[u32]) -> Result<Markup, Problem> {
    let found = site.store.snippets(of, query, ords)?;
    let record = site.store.named(of, ords)?;
    Ok(html! {
        ol.hits {
            @for (hit, item) in found.iter().zip(&record) {
                li {
                    @match of {
                        Of::Incident => a href=(Addresses.incident(&IncidentId::new(&item.id))) { (item.name) },
                        Of::Actor => a href=(Addresses.actor(&ActorId::new(&item.id))) { (item.name) },
                        Of::Report => a href=(Addresses.report(&ReportId::new(&item.id))) { (item.name) },
                        Of::Statement | Of::Dispute => a href=(address("/statements", &[("id", &item.id)])) { (item.name) },
                    }
                    " " span.how { (item.about) }
                    p.snippet { (snippet(hit)) }
                }
            }
        }
    })
}

/// A snippet with what was found in marks.
fn snippet(hit: &Hit) -> Markup {
    html! {
        @for (n, piece) in hit.snippet.split(MARK_START).enumerate() {
            @match piece.split_once(MARK_END) {
                Some((found, after)) if n > 0 => { mark { (found) } (after) },
                _ => (piece.replace(MARK_END, "")),
            }
        }
    }
}

pub(crate) fn api(_: &Site<'_>, ask: &Ask) -> Answer {
    let content = html! {
        h1 { "For programs" }
        p { "Every address below answers GET with JSON. " a href="/api/openapi.json" { "The description (OpenAPI 3.1)" }
            " says what each field is. Items have the form of " code { "rapporteur export --format json" }
            "; offsets count Unicode code points from 0, end exclusive." }
        ul {
            li { "Lists: " code { "limit" } " (to 500) and " code { "after" } ", the id of the last item seen; "
                code { "next" } " is the address of the next page. The order is stable." }
            li { "Filters are the fields of the pages: copy the part after the question mark. Values of one field are alternatives; of "
                code { "has" } " all are wanted; different fields are all wanted. An unknown field is an error, not ignored." }
            li { "Errors are " code { "application/problem+json" } ": status, title, detail." }
            li { "Answers carry an ETag: send it back as " code { "If-None-Match" } " and get 304 while the record is the same." }
        }
        table {
            thead { tr { th scope="col" { "address" } th scope="col" { "what" } } }
            tbody {
                @for r in routes().iter().filter(|r| r.kind != Kind::Page && !matches!(r.fields, Fields::These(&["v"]))) {
                    tr { th scope="row" { code { (r.path) } } td { (r.about) } }
                }
            }
        }
    };
    show("For programs", ask, &content)
}

pub(crate) fn style(_: &Site<'_>, _: &Ask) -> Answer {
    Ok(Reply::Fixed("text/css; charset=utf-8", format!("{}{}", crate::STYLE, include_str!("serve.css"))))
}

pub(crate) fn icon(_: &Site<'_>, _: &Ask) -> Answer {
    Ok(Reply::Fixed("image/svg+xml", include_str!("icon.svg").to_owned()))
}
