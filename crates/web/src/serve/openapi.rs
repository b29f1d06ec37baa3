//! The API's description (OpenAPI 3.1), made from the list of routes and the types that are written.

use formats::json::{DisputeJson, DocumentJson, IncidentJson, SpanJson, StatementJson};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use store::{Index, Of};

use super::api::{About, ActorEntry, Facets, Page, ReportEntry, Search};
use super::ask::{Ask, FACETS, selecting, selecting_any};
use super::reply::Reply;
use super::routes::{Answer, Fields, Kind, Route, Site, routes};

type Shape = fn(&mut SchemaGenerator) -> schemars::Schema;

/// Shapes of answers by the names that routes use.
const SHAPES: &[(&str, Shape)] = &[
    ("Record", shape::<About>),
    ("Incidents", shape::<Page<IncidentJson>>),
    ("Incident", shape::<IncidentJson>),
    ("Reports", shape::<Page<ReportEntry>>),
    ("Report", shape::<DocumentJson>),
    ("Actors", shape::<Page<ActorEntry>>),
    ("Actor", shape::<ActorEntry>),
    ("Mentions", shape::<Page<SpanJson>>),
    ("Statements", shape::<Page<StatementJson>>),
    ("Statement", shape::<StatementJson>),
    ("Disputes", shape::<Page<DisputeJson>>),
    ("Dispute", shape::<DisputeJson>),
    ("Search", shape::<Search>),
    ("Facets", shape::<Facets>),
];

fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<T>()
}

pub(crate) fn answer(_: &Site<'_>, _: &Ask) -> Answer {
    Ok(Reply::Json(serde_json::to_string_pretty(&description()).unwrap_or_default()))
}

/// The description of every address of the server.
#[must_use]
pub fn description() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for route in routes() {
        let content = content(route, &mut generator);
        let operation = json!({
            "summary": route.about,
            "operationId": operation_id(&route.path),
            "tags": [if route.path.starts_with("/api") { "api" } else if route.kind == Kind::Page { "pages" } else { "files" }],
            "parameters": parameters(route),
            "responses": {
                "200": { "description": route.about, "content": content },
                "304": { "description": "As the ETag that was sent says" },
                "default": {
                    "description": "What went wrong",
                    "content": { if route.kind == Kind::Page { "text/html" } else { "application/problem+json" }:
                        if route.kind == Kind::Page { json!({}) } else { json!({ "schema": { "$ref": "#/components/schemas/Problem" } }) } },
                },
            },
        });
        paths.insert(route.path.to_string(), json!({ "get": operation }));
    }
    let mut schemas: Map<String, Value> = generator.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rapporteur",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "One sourced event record of many news reports, for reading.",
            "description": "Offsets count Unicode code points from 0, end exclusive, into a report's text. Items have \
                            the wire form of rapporteur/record/1; a field that is not known is null or empty, never a guess. \
                            Lists are paged by `limit` and `after` (the id of the last item seen); `next` is the address of \
                            the next page. Values of one filter are alternatives (of `has`: all are wanted), different \
                            filters are all wanted. `from` and `to` select what may have happened on these days: an \
                            incident without any date is then left out.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn problem() -> Value {
    json!({
        "description": "What went wrong (RFC 9457).",
        "type": "object",
        "required": ["status", "title", "detail"],
        "properties": {
            "status": { "description": "The HTTP status.", "type": "integer" },
            "title": { "description": "The kind of problem.", "type": "string" },
            "detail": { "description": "What to do about it.", "type": "string" },
        },
    })
}

fn content(route: &Route, generator: &mut SchemaGenerator) -> Value {
    match route.kind {
        Kind::Page => json!({ "text/html": {} }),
        Kind::File(kind) => json!({ kind: {} }),
        Kind::Json(name) => {
            let schema = SHAPES.iter().find(|(n, _)| *n == name).map(|(_, shape)| shape(generator));
            json!({ "application/json": { "schema": schema.map_or_else(|| json!({ "type": "object" }), schemars::Schema::to_value) } })
        }
    }
}

fn operation_id(path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let id = words.collect::<Vec<_>>().join("_");
    if id.is_empty() { "overview".to_owned() } else { id }
}

fn parameters(route: &Route) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for name in route.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        all.push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    }
    let (fields, order): (Vec<&str>, Option<Of>) = match route.fields {
        Fields::None => (Vec::new(), None),
        Fields::These(fields) => (fields.to_vec(), None),
        Fields::Facets => {
            let mut fields = selecting_any();
            fields.extend(FACETS);
            (fields, None)
        }
        Fields::Select(of) => (selecting(of), None),
        Fields::Table(of) => (selecting(of), Some(of)),
        Fields::List(of) => {
            let mut fields = selecting(of);
            fields.extend(["limit", "page"]);
            if route.path.starts_with("/api") {
                fields.push("after");
            }
            (fields, Some(of))
        }
    };
    all.extend(fields.into_iter().map(field));
    if let Some(of) = order {
        let mut names = Index::orders(of).to_vec();
        names.push("relevance");
        all.push(json!({
            "name": "sort", "in": "query", "description": "The order; relevance only with q.",
            "schema": { "type": "string", "enum": names, "default": names[0] },
        }));
    }
    all
}

fn field(name: &str) -> Value {
    let about = match name {
        "q" => "Words: all are wanted; \"a phrase\", begin*, -without.",
        "from" => "First day, YYYY-MM-DD.",
        "to" => "Last day, YYYY-MM-DD.",
        "limit" => "Items on a page.",
        "page" => "Number of the page, from 1.",
        "after" => "Id of the last item seen.",
        "place" => "GeoNames id, or a place's name.",
        "country" => "ISO 3166-1 alpha-3 code.",
        "party" => "Actor on either side: id or name.",
        "actor" | "target" | "speaker" => "Actor: id or name.",
        "has" => {
            "What there must be: date, dispute, figures, place, response, statements; of statements: drift, several."
        }
        "answers" | "part_of" | "incident" => "Id of an incident.",
        "report" => "Id of a report.",
        "of" => "The table: incident, report, actor, statement, dispute.",
        "at" => "Code points `START-END` to light.",
        "words" => "The id of an element of the page whose words to light.",
        "type" => "PLOVER event type.",
        "mode" => "PLOVER mode.",
        "sector" => "PLOVER sector.",
        "language" => "ISO 639-1 code.",
        "voice" => "own or copy.",
        "publisher" => "Name of the outlet.",
        "id" => "Id of an item.",
        "factuality" => "Whether it happened.",
        "kind" => "The kind.",
        _ => "See the description.",
    };
    let number = matches!(name, "limit" | "page");
    let repeated = !number && !matches!(name, "q" | "from" | "to" | "after" | "of" | "at" | "words" | "v");
    let one = match name {
        "limit" | "page" => json!({ "type": "integer", "minimum": 1 }),
        "from" | "to" => json!({ "type": "string", "format": "date" }),
        _ => json!({ "type": "string" }),
    };
    let schema = if repeated { json!({ "type": "array", "items": one }) } else { one };
    json!({ "name": name, "in": "query", "description": about, "schema": schema })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_is_described_and_every_reference_leads_somewhere() {
        let description = description();
        let paths = description["paths"].as_object().unwrap();
        assert_eq!(paths.len(), routes().len(), "two routes have one path");
        let mut ids = BTreeSet::new();
        for route in routes() {
            let operation = &paths[&*route.path]["get"];
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{}", route.path);
            if let Kind::Json(name) = route.kind {
                assert!(name == "OpenApi" || SHAPES.iter().any(|(n, _)| *n == name), "{name} has no shape");
            }
        }
        let text = description.to_string();
        for reference in text.split("\"$ref\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let name =
                reference.strip_prefix("#/components/schemas/").unwrap_or_else(|| panic!("{reference}"));
            assert!(description["components"]["schemas"].get(name).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_field_that_filters_is_described() {
        for of in Of::ALL {
            for name in selecting(*of) {
                assert_ne!(field(name)["description"], "See the description.", "{name}");
            }
        }
    }
}
