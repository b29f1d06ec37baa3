//! A table that can be looked through: search, filters with counts, order, pages, downloads.

use maud::{Markup, html};
use store::{Count, Index, Of, Selection};

use super::ask::{self, Ask, LIMIT};
use super::reply::Problem;
use super::routes::Site;
use crate::views;

/// Values of a facet shown at once, and those below «more».
const FIRST: usize = 7;
const MORE: usize = 60;
/// Pages that can be asked for.
const PAGES: usize = 1_000_000;

/// One page of a list.
pub(crate) struct List {
    pub(crate) of: Of,
    pub(crate) selection: Selection,
    pub(crate) ords: Vec<u32>,
    page: usize,
    limit: usize,
}

impl List {
    /// What an address asks of a table.
    pub(crate) fn new(site: &Site<'_>, of: Of, ask: &Ask) -> Result<List, Problem> {
        let selection = site.archive.index.select(site.store, of, &ask.filter(of)?)?;
        let (page, limit) = (ask.number("page", 1, PAGES)?, ask.number("limit", LIMIT, 200)?);
        let ords = site.archive.index.page(&selection, ask.order(of)?, (page - 1) * limit, limit);
        Ok(List { of, selection, ords, page, limit })
    }

    /// The list's page: what is chosen, what can be chosen, `table`, and the way on.
    pub(crate) fn around(&self, site: &Site<'_>, ask: &Ask, about: &About, table: &Markup) -> Markup {
        html! {
            div.head { h1 { (about.title) } (self.downloads(ask, about)) }
            div.browse {
                (filters(site, self.of, &self.selection, ask, true))
                div.results {
                    (chosen(site, self.of, ask))
                    p.total role="status" {
                        strong { (views::count(self.selection.total(), about.one)) }
                        @if self.selection.total() > self.limit {
                            " · page " (self.page) " of " (self.selection.total().div_ceil(self.limit))
                        }
                        @if self.of == Of::Incident {
                            " · " a href=(ask.elsewhere("/timeline")) { "by date" }
                            " · " a href=(ask.elsewhere("/map")) { "on the map" }
                        }
                        " · " a href=(ask.elsewhere(&format!("/api{}", ask.path))) { "for programs" }
                    }
                    @if self.ords.is_empty() {
                        p.nothing { "Nothing in this record fits all of that. Take away a filter above, or "
                            a href=(ask.path) { "begin anew" } "." }
                    } @else { (table) }
                    (self.pages(ask))
                }
            }
        }
    }

    fn pages(&self, ask: &Ask) -> Markup {
        let last = self.selection.total().div_ceil(self.limit).max(1);
        let limit = self.limit.to_string();
        let to = |n: usize| {
            let number = n.to_string();
            let mut query: Vec<(&str, &str)> = ask.kept().collect();
            if self.limit != LIMIT {
                query.push(("limit", &limit));
            }
            query.push(("page", &number));
            ask::address(&ask.path, &query)
        };
        html! {
            @if last > 1 {
                nav.pages aria-label="Pages of the list" {
                    @if self.page > 1 { a rel="prev" href=(to(self.page - 1)) { "← Previous" } }
                    @for n in near(self.page, last) {
                        @match n {
                            Some(n) if n == self.page => span aria-current="page" { (n) },
                            Some(n) => a href=(to(n)) { (n) },
                            None => span.gap { "…" },
                        }
                    }
                    @if self.page < last { a rel="next" href=(to(self.page + 1)) { "Next →" } }
                }
            }
        }
    }

    fn downloads(&self, ask: &Ask, about: &About) -> Markup {
        downloads(about.tables, |file| ask.elsewhere(file))
    }
}

/// Tables to download: one or two at once, of more the first, the others below «more tables».
pub(crate) fn downloads(tables: &[&str], address: impl Fn(&str) -> String) -> Markup {
    let files = |table: &str| {
        html! {
            (table) " " a href=(address(&format!("/{table}.csv"))) download { "CSV" } " "
            a href=(address(&format!("/{table}.json"))) download { "JSON" }
        }
    };
    let (first, more) = tables.split_at(if tables.len() <= 2 { tables.len() } else { 1 });
    html! {
        div.downloads {
            span { "Download " @for (n, table) in first.iter().enumerate() { @if n > 0 { " · " } (files(table)) } }
            @if !more.is_empty() {
                details {
                    summary { (views::count(more.len(), "more table")) }
                    ul { @for table in more { li { (files(table)) } } }
                }
            }
        }
    }
}

/// What a list is called.
pub(crate) struct About {
    pub(crate) title: &'static str,
    pub(crate) one: &'static str,
    /// Tables to download at the same filters.
    pub(crate) tables: &'static [&'static str],
}

/// First, last, and those near; `None` is a gap.
fn near(page: usize, last: usize) -> Vec<Option<usize>> {
    let mut shown: Vec<usize> = [1, last].into_iter().chain(page.saturating_sub(2)..=page + 2).collect();
    shown.retain(|n| (1..=last).contains(n));
    shown.sort_unstable();
    shown.dedup();
    let mut out = Vec::new();
    for n in shown {
        if out.last().is_some_and(|before: &Option<usize>| before.is_some_and(|b| b + 1 < n)) {
            out.push(None);
        }
        out.push(Some(n));
    }
    out
}

/// The form and the facets.
pub(crate) fn filters(site: &Site<'_>, of: Of, selection: &Selection, ask: &Ask, sorted: bool) -> Markup {
    html! {
        div.filters {
            // On a narrow screen the filters are folded away; without script a checkbox remembers it.
            input.unfold #unfold type="checkbox" autocomplete="off";
            label.unfold for="unfold" { "Filter and sort" }
            @if of != Of::Dispute { (form(of, ask, sorted)) }
            @for (kind, name) in facets(of) { (facet(site, selection, ask, kind, name)) }
        }
    }
}

fn form(of: Of, ask: &Ask, sorted: bool) -> Markup {
    // What the form does not ask for itself goes along with it.
    let shown =
        |field: &str| matches!(field, "q" | "sort") || (ask::dated(of) && matches!(field, "from" | "to"));
    html! {
        form action=(ask.path) {
            label { "Words" input type="search" name="q" value=[ask.get("q")] placeholder="word \"a phrase\" begin*" autocomplete="off"; }
            @if ask::dated(of) {
                div.days {
                    label { "From" input type="date" name="from" value=[ask.get("from")]; }
                    label { "To" input type="date" name="to" value=[ask.get("to")]; }
                }
            }
            @if of == Of::Incident {
                label { "Place" input type="text" name="place" placeholder="name, e.g. Erbil" autocomplete="off"; }
                label { "Who" input type="text" name="party" placeholder="name, either side" autocomplete="off"; }
            }
            @if sorted && Index::orders(of).len() > 1 {
                label { "Sort by"
                    select name="sort" {
                        @for order in Index::orders(of) {
                            option value=(order) selected[ask.get("sort") == Some(order)] { (order_name(order)) }
                        }
                        @if ask.get("q").is_some() {
                            option value="relevance" selected[ask.get("sort") == Some("relevance")] { "best match" }
                        }
                    }
                }
            }
            @for (field, value) in ask.kept().filter(|(f, _)| !shown(f)) {
                input type="hidden" name=(field) value=(value);
            }
            button type="submit" { "Apply" }
        }
    }
}

fn facet(site: &Site<'_>, selection: &Selection, ask: &Ask, kind: &str, name: &str) -> Markup {
    let (mut counts, more) = site.archive.index.facet(selection, kind, MORE);
    let rest = counts.split_off(counts.len().min(FIRST));
    // One value that all have tells nothing.
    let telling =
        counts.len() > 1 || ask.get(kind).is_some() || counts.iter().any(|c| c.count != selection.total());
    html! {
        @if !counts.is_empty() && telling {
            section.facet {
                h2 { (name) }
                (values(ask, kind, &counts))
                @if !rest.is_empty() {
                    details {
                        summary { "more" }
                        (values(ask, kind, &rest))
                        @if more > 0 { p.faint { "and " (views::number(more as u64)) " others" } }
                    }
                }
            }
        }
    }
}

fn values(ask: &Ask, kind: &str, counts: &[Count]) -> Markup {
    html! {
        ul {
            @for c in counts {
                @let on = ask.has(kind, &c.value);
                li {
                    a href=(if on { ask.removing(kind, &c.value) } else { ask.adding(kind, &c.value) })
                        aria-current=[on.then_some("true")] rel="nofollow" {
                        span { (value_name(kind, &c.label)) } " " span.n { (views::number(c.count as u64)) }
                    }
                }
            }
        }
    }
}

/// The filters that are set, each with a way to take it away.
pub(crate) fn chosen(site: &Site<'_>, of: Of, ask: &Ask) -> Markup {
    let set: Vec<(&str, &str)> = ask.kept().filter(|(field, _)| *field != "sort").collect();
    html! {
        @if !set.is_empty() {
            ul.chosen {
                @for (field, value) in &set {
                    @let label = site.archive.index.label(of, field, value).unwrap_or(value);
                    li { a href=(ask.removing(field, value)) title="Take this filter away" {
                        span.how { (field_name(of, field)) } " " (value_name(field, label)) span.x aria-hidden="true" { " ×" } } }
                }
                @if set.len() > 1 { li { a.all href=(ask.path) { "Take all away" } } }
            }
        }
    }
}

fn facets(of: Of) -> &'static [(&'static str, &'static str)] {
    match of {
        Of::Incident => &[
            ("type", "Type"),
            ("factuality", "Did it happen"),
            ("country", "Country"),
            ("place", "Place"),
            ("party", "Who, on either side"),
            ("actor", "By"),
            ("target", "Against"),
            ("has", "With"),
            ("publisher", "Source"),
            ("mode", "Mode"),
        ],
        Of::Report => &[("publisher", "Publisher"), ("voice", "Voice"), ("language", "Language")],
        Of::Actor => &[("kind", "Kind"), ("country", "Country"), ("sector", "PLOVER sector")],
        Of::Statement => {
            &[("speaker", "Speaker"), ("has", "With"), ("kind", "Quoted"), ("publisher", "Publisher")]
        }
        Of::Dispute => &[("kind", "Over what"), ("actor", "Side of")],
    }
}

fn field_name(of: Of, field: &str) -> &str {
    let named = facets(of).iter().find(|(kind, _)| *kind == field).map(|(_, name)| *name);
    named.unwrap_or(match field {
        "q" => "Words",
        "from" => "From",
        "to" => "To",
        "report" => "In report",
        "incident" => "About",
        "answers" => "Answers",
        "part_of" => "Part of",
        other => other,
    })
}

/// A value as people say it.
pub(crate) fn value_name(kind: &str, label: &str) -> String {
    match (kind, label) {
        ("has", "dispute") => "a dispute".to_owned(),
        ("has", "date") => "a date".to_owned(),
        ("has", "place") => "a place".to_owned(),
        ("has", "response") => "what it answers".to_owned(),
        ("has", "several") => "several forms".to_owned(),
        ("voice", "own") => "own text".to_owned(),
        ("type", label) => label.to_lowercase(),
        _ => label.to_owned(),
    }
}

fn order_name(order: &str) -> &str {
    match order {
        "newest" => "newest first",
        "oldest" => "oldest first",
        "reports" => "most reports",
        "killed" => "most killed",
        "mentions" => "most often named",
        "incidents" => "most incidents",
        "forms" => "most forms",
        "id" => "id",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_near_by_are_shown_and_gaps_marked() {
        let shown = |page, last| -> String {
            let name = |n: Option<usize>| n.map_or("…".to_owned(), |n| n.to_string());
            near(page, last).into_iter().map(name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1, 3), "1 2 3");
        assert_eq!(shown(7, 40), "1 … 5 6 7 8 9 … 40");
        assert_eq!(shown(40, 40), "1 … 38 39 40");
    }
}
