//! Every address of the server. The router and the OpenAPI description are both made from this one list.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use formats::tables::{TABLES, Table};
use store::{Of, Store};

use super::ask::Ask;
use super::guard::{self, Hosts};
use super::library::{Archive, Library};
use super::reply::{self, Problem, Reply};
use super::{api, download, openapi, pages};

/// What a route may look at.
pub(crate) struct Site<'a> {
    pub(crate) archive: &'a Arc<Archive>,
    pub(crate) store: &'a Store,
}

pub(crate) type Answer = Result<Reply, Problem>;

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page for people.
    Page,
    /// JSON of this shape: a name of `openapi::SHAPES`.
    Json(&'static str),
    /// A file of this media type.
    File(&'static str),
}

/// What may stand after the question mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fields {
    /// Nothing.
    None,
    /// What selects items of a table.
    Select(Of),
    /// That, and an order.
    Table(Of),
    /// That, and where in the list.
    List(Of),
    /// What selects items of any table, and which one.
    Facets,
    /// These.
    These(&'static [&'static str]),
}

/// One address.
#[derive(Clone)]
pub(crate) struct Route {
    pub(crate) path: Cow<'static, str>,
    pub(crate) about: Cow<'static, str>,
    pub(crate) kind: Kind,
    pub(crate) fields: Fields,
    pub(crate) run: fn(&Site<'_>, &Ask) -> Answer,
}

const fn route(
    path: &'static str,
    about: &'static str,
    kind: Kind,
    fields: Fields,
    run: fn(&Site<'_>, &Ask) -> Answer,
) -> Route {
    Route { path: Cow::Borrowed(path), about: Cow::Borrowed(about), kind, fields, run }
}

/// Every address.
pub(crate) fn routes() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        PAGES.iter().cloned().chain(TABLES.iter().flat_map(files)).chain(API.iter().cloned()).collect()
    })
}

/// A table of the record as CSV and as JSON.
fn files(table: &Table) -> [Route; 2] {
    [("csv", "text/csv"), ("json", "application/json")].map(|(ending, kind)| Route {
        path: format!("/{}.{ending}", table.name).into(),
        about: format!("Table: one row {}", table.about).into(),
        kind: Kind::File(kind),
        fields: Fields::Table(download::of(table)),
        run: download::table,
    })
}

/// For people, and what their pages are made with.
const PAGES: &[Route] = &[
    route("/", "The record at a glance", Kind::Page, Fields::None, pages::overview),
    route("/incidents", "What happened", Kind::Page, Fields::List(Of::Incident), pages::incidents),
    route("/incidents/{id}", "One incident", Kind::Page, Fields::None, pages::incident),
    route("/actors", "Who acts, suffers and speaks", Kind::Page, Fields::List(Of::Actor), pages::actors),
    route("/actors/{id}", "One actor", Kind::Page, Fields::None, pages::actor),
    route("/statements", "Who said what", Kind::Page, Fields::List(Of::Statement), pages::statements),
    route("/disputes", "Where accounts disagree", Kind::Page, Fields::List(Of::Dispute), pages::disputes),
    route("/reports", "What was read", Kind::Page, Fields::List(Of::Report), pages::reports),
    route(
        "/reports/{id}",
        "One report, with the words that the record points at",
        Kind::Page,
        Fields::These(&["at", "words"]),
        pages::report,
    ),
    route(
        "/reports/{id}/at/{span}",
        "Leads to code points `START-END` of a report",
        Kind::Page,
        Fields::None,
        pages::at,
    ),
    route("/timeline", "Incidents by date", Kind::Page, Fields::Select(Of::Incident), pages::timeline),
    route("/map", "Incidents by place", Kind::Page, Fields::Select(Of::Incident), pages::map),
    route(
        "/search",
        "Words in incidents, reports, statements and names",
        Kind::Page,
        Fields::These(&["q"]),
        pages::search,
    ),
    route("/api", "How programs ask", Kind::Page, Fields::None, pages::api),
    route("/style.css", "The style sheet", Kind::File("text/css"), Fields::These(&["v"]), pages::style),
    route("/favicon.svg", "The icon", Kind::File("image/svg+xml"), Fields::None, pages::icon),
];

/// For programs.
const API: &[Route] = &[
    route(
        "/api/record",
        "How many there are of everything, and what was odd",
        Kind::Json("Record"),
        Fields::None,
        api::record,
    ),
    route(
        "/api/incidents",
        "Incidents, a page at a time",
        Kind::Json("Incidents"),
        Fields::List(Of::Incident),
        api::list,
    ),
    route(
        "/api/incidents/{id}",
        "One incident. The id of one that went up in another leads there",
        Kind::Json("Incident"),
        Fields::None,
        api::item,
    ),
    route(
        "/api/reports",
        "Reports without their texts, a page at a time",
        Kind::Json("Reports"),
        Fields::List(Of::Report),
        api::list,
    ),
    route("/api/reports/{id}", "One report with its text", Kind::Json("Report"), Fields::None, api::item),
    route(
        "/api/actors",
        "Actors, a page at a time",
        Kind::Json("Actors"),
        Fields::List(Of::Actor),
        api::list,
    ),
    route("/api/actors/{id}", "One actor", Kind::Json("Actor"), Fields::None, api::item),
    route(
        "/api/actors/{id}/mentions",
        "Where reports name an actor, a page at a time",
        Kind::Json("Mentions"),
        Fields::These(&["limit", "page"]),
        api::mentions,
    ),
    route(
        "/api/statements",
        "Statements, a page at a time",
        Kind::Json("Statements"),
        Fields::List(Of::Statement),
        api::list,
    ),
    route("/api/statements/{id}", "One statement", Kind::Json("Statement"), Fields::None, api::item),
    route(
        "/api/disputes",
        "Disputes, a page at a time",
        Kind::Json("Disputes"),
        Fields::List(Of::Dispute),
        api::list,
    ),
    route("/api/disputes/{id}", "One dispute", Kind::Json("Dispute"), Fields::None, api::item),
    route(
        "/api/search",
        "Words in incidents, reports, statements and names",
        Kind::Json("Search"),
        Fields::These(&["q", "limit"]),
        api::search,
    ),
    route(
        "/api/facets",
        "What a table can be filtered by, with counts at these filters",
        Kind::Json("Facets"),
        Fields::Facets,
        api::facets,
    ),
    route("/api/openapi.json", "This description", Kind::Json("OpenApi"), Fields::None, openapi::answer),
];

#[derive(Clone)]
struct Server {
    library: Arc<Library>,
    hosts: Arc<Hosts>,
}

/// The server's router.
pub(crate) fn router(library: Arc<Library>, hosts: Hosts) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let run = route.run;
        let for_programs = route.kind != Kind::Page;
        let handler = move |State(server): State<Server>, names: RawPathParams, request: Request| async move {
            let names = names.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
            let query = request.uri().query().unwrap_or_default();
            let ask = Ask::new(request.uri().path(), query, names);
            let known = request.headers().get(header::IF_NONE_MATCH).cloned();
            handle(server, known, ask, run, for_programs).await
        };
        router = router.route(&route.path, axum::routing::get(handler));
    }
    let server = Server { library, hosts: Arc::new(hosts) };
    let missing = |request: Request| async move {
        let path = request.uri().path();
        let problem = Problem::new(404, "No such page", format!("There is nothing at {path}."));
        problem.response(path.starts_with("/api"))
    };
    router
        .fallback(missing)
        .layer(axum::middleware::from_fn_with_state(server.clone(), guarded))
        .with_state(server)
}

/// Refuses what may not be asked, and gives every answer its headers.
async fn guarded(State(server): State<Server>, request: Request, next: axum::middleware::Next) -> Response {
    let mut response = match guard::check(&server.hosts, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.response(request.uri().path().starts_with("/api")),
    };
    guard::headers(response.headers_mut());
    response
}

async fn handle(
    server: Server,
    known: Option<HeaderValue>,
    ask: Ask,
    run: fn(&Site<'_>, &Ask) -> Answer,
    for_programs: bool,
) -> Response {
    let answered = tokio::task::spawn_blocking(move || {
        let archive = server.library.current();
        let tag = archive.tag.clone();
        if known.is_some_and(|known| matches(&known, &tag)) {
            return (Ok(None), tag);
        }
        let answer = archive.ask(|store| run(&Site { archive: &archive, store }, &ask));
        (answer.map(Some), tag)
    });
    let (mut response, tag) = match answered.await {
        Ok((Ok(Some(reply)), tag)) => (reply::respond(reply), tag),
        Ok((Ok(None), tag)) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            (response, tag)
        }
        Ok((Err(problem), _)) => return problem.response(for_programs),
        Err(_) => {
            let detail = "This is a fault of the program; the record is not changed.";
            return Problem::new(500, "Something went wrong", detail).response(for_programs);
        }
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Whether an `If-None-Match` names this tag.
fn matches(known: &HeaderValue, tag: &str) -> bool {
    known.to_str().is_ok_and(|known| known.split(',').any(|k| k.trim() == tag))
}
