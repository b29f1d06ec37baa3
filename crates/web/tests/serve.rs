//! What must hold of the server, asked over the network as a browser or a program asks.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;
#[allow(dead_code, reason = "shared with the measurement of speed")]
mod synthetic;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use client::{Answer, Site};
use record::{IncidentId, Record, ReportId};
use serde_json::Value;
use store::Store;

const INCIDENTS: usize = 240;

fn site() -> Site {
    Site::of(&synthetic::record(INCIDENTS))
}

/// Ids of all pages of a list, following `next`.
fn all_ids(site: &Site, first: &str) -> (usize, Vec<String>) {
    let (mut ids, mut next, mut total) = (Vec::new(), Some(first.to_owned()), 0);
    while let Some(address) = next {
        let page = site.json(&address);
        total = page["total"].as_u64().unwrap() as usize;
        ids.extend(page["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
        assert!(ids.len() <= 10_000, "the list has no end");
    }
    (total, ids)
}

/// Ids of incidents that a page leads to from the rows of its table, in order.
fn shown_ids(page: &str) -> Vec<String> {
    let table = page.split("<tbody>").nth(1).unwrap_or_default().split("</tbody>").next().unwrap_or_default();
    let heads = table.split("<th scope=\"row\">").skip(1);
    heads
        .map(|h| h.split("href=\"/incidents/").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_counts_of_a_facet_are_what_its_filter_selects() {
    let site = site();
    let facets = site.json("/api/facets?country=IRQ&has=figures");
    assert!(facets["total"].as_u64().unwrap() > 0);
    let mut seen = 0;
    for facet in facets["facets"].as_array().unwrap() {
        let kind = facet["kind"].as_str().unwrap();
        for value in facet["values"].as_array().unwrap().iter().take(3) {
            let name = client::encode(value["value"].as_str().unwrap());
            // A kind that is filtered by is counted as if it were not: there another choice replaces this one.
            let others = if kind == "country" { "has=figures" } else { "country=IRQ&has=figures" };
            let list = site.json(&format!("/api/incidents?{others}&{kind}={name}"));
            assert_eq!(list["total"], value["count"], "{kind} {name}");
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} values were looked at");
}

#[test]
fn filters_select_by_meaning() {
    let record = synthetic::record(INCIDENTS);
    let site = Site::of(&record);
    let expect = |query: &str, wanted: &dyn Fn(&record::Incident) -> bool| {
        let right: BTreeSet<String> =
            record.incidents.iter().filter(|i| wanted(i)).map(|i| i.id.to_string()).collect();
        let (total, ids) = all_ids(&site, &format!("/api/incidents?limit=50&{query}"));
        assert_eq!(ids.len(), total, "{query}");
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), right, "{query}");
    };
    let (from, to) = ("2018-01-01".parse().unwrap(), "2019-06-30".parse().unwrap());
    expect("from=2018-01-01&to=2019-06-30", &|i| {
        i.when.earliest().is_some_and(|d| d <= to) && i.when.latest().is_some_and(|d| d >= from)
    });
    expect("type=ASSAULT&type=AID", &|i| matches!(i.kind.as_str(), "ASSAULT" | "AID"));
    expect("type=ASSAULT&factuality=planned", &|i| {
        i.kind.as_str() == "ASSAULT" && i.factuality.as_str() == "planned"
    });
    let disputed: BTreeSet<&IncidentId> =
        record.disputes.iter().filter_map(|d| d.incident.as_ref()).collect();
    assert!(!disputed.is_empty());
    expect("has=dispute", &|i| disputed.contains(&i.id));
    expect("has=dispute&has=response", &|i| disputed.contains(&i.id) && !i.responds_to.is_empty());
    let busiest = record.actors.iter().max_by_key(|a| a.evidence.len()).unwrap();
    let part = |i: &record::Incident| i.actors.iter().chain(&i.targets).any(|p| p.actor == busiest.id);
    expect(&format!("party={}", busiest.id), &part);
    expect(&format!("party={}", client::encode(&busiest.name.to_uppercase())), &part);
    let place = record.incidents[0].places[0].spot.clone();
    let there = |i: &record::Incident| i.places.iter().any(|p| p.spot.geonames_id == place.geonames_id);
    expect(&format!("place={}", place.geonames_id.unwrap()), &there);
    expect(&format!("place={}", client::encode(&place.name)), &there);
    let report = &record.reports[3].id;
    expect(&format!("report={report}"), &|i| i.reports().contains(report));
    expect("q=ceasefire", &|i| i.title.contains("ceasefire"));
    assert_eq!(site.json("/api/incidents?q=%22%20*%20(")["total"], 0, "no word is no result and no error");
}

#[test]
fn every_order_gives_each_item_once_and_pages_do_not_overlap() {
    let site = site();
    for (table, orders) in [
        ("incidents", &["newest", "oldest", "reports", "killed", "title"][..]),
        ("reports", &["newest", "oldest", "id"]),
        ("actors", &["mentions", "incidents", "name"]),
        ("statements", &["forms", "id"]),
        ("disputes", &["id"]),
    ] {
        let mut sets = BTreeSet::new();
        for order in orders {
            let (total, ids) = all_ids(&site, &format!("/api/{table}?limit=37&sort={order}"));
            assert_eq!(total, ids.len(), "{table} by {order}");
            let set: BTreeSet<String> = ids.into_iter().collect();
            assert_eq!(set.len(), total, "{table} by {order}: an item comes twice");
            sets.insert(set);
        }
        assert_eq!(sets.len(), 1, "{table}: an order changes what is there");
    }
    let newest = site.json("/api/incidents?limit=200");
    let days: Vec<&str> =
        newest["items"].as_array().unwrap().iter().filter_map(|i| i["date"]["latest"].as_str()).collect();
    assert!(days.windows(2).all(|d| d[0] >= d[1]), "not newest first");
    let killed = site.json("/api/incidents?limit=60&sort=killed&type=ASSAULT");
    let counts: Vec<u64> =
        killed["items"].as_array().unwrap().iter().filter_map(|i| i["figures"][0]["best"].as_u64()).collect();
    assert!(
        counts.len() > 20 && counts.windows(2).all(|c| c[0] >= c[1]),
        "not most killed first: {counts:?}"
    );
}

#[test]
fn a_download_is_the_table_at_the_same_filters() {
    let site = site();
    let query = "country=IRQ&sort=title&q=in";
    let mut shown = Vec::new();
    for page in 1.. {
        let ids = shown_ids(&site.get(&format!("/incidents?{query}&page={page}")).text());
        if ids.is_empty() {
            break;
        }
        shown.extend(ids);
    }
    assert!(shown.len() > 10, "{} incidents are too few to tell", shown.len());
    let csv = site.get(&format!("/incidents.csv?{query}"));
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("incidents.csv"));
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(csv.body.as_slice()).deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|r| r["id"].clone()).collect::<Vec<_>>(), shown);
    let json: Vec<Value> =
        serde_json::from_slice(&site.get(&format!("/incidents.json?{query}")).body).unwrap();
    assert_eq!(json.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), shown);
    for (row, object) in rows.iter().zip(&json) {
        assert_eq!(row["title"], object["title"].as_str().unwrap());
        assert!(row["country"] == "IRQ" && !row["reports"].is_empty());
    }
    let places = site.get(&format!("/places.csv?{query}"));
    for row in csv::Reader::from_reader(places.body.as_slice()).deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        assert_eq!(row["words"], row["name"], "the words of a place are its name in this record");
    }
    let one = site.record.ties[0].a.as_str();
    let (all, of_one) = (site.get("/ties.json"), site.get(&format!("/ties.json?id={one}")));
    let ties = |body: &[u8]| -> Vec<Value> { serde_json::from_slice(body).unwrap() };
    let stands = |t: &Value| t["a"] == one || t["b"] == one;
    assert_eq!(ties(&all.body).len(), site.record.ties.len());
    assert!(ties(&of_one.body).iter().all(stands), "only ties of {one}");
    assert_eq!(ties(&of_one.body).len(), ties(&all.body).iter().filter(|t| stands(t)).count());
    let claims = site.get("/claims.csv?type=ASSAULT").text();
    assert!(claims.lines().count() > 20 && claims.contains(" people"), "{claims:.300}");
    assert_eq!(claims.matches("as_written").count(), 2, "one header: by_as_written and as_written");
    let none: Vec<Value> = serde_json::from_slice(&site.get("/claims.json?country=XXX").body).unwrap();
    assert!(none.is_empty());
}

#[test]
fn every_table_is_the_same_from_the_file_as_from_the_whole_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pieces.rapporteur");
    let record = synthetic::record(500);
    Store::write(&path, &record, &[]).unwrap();
    let store = Store::open(&path).unwrap();
    for table in formats::tables::TABLES {
        let rows = |of: &dyn formats::pieces::Pieces| {
            let mut rows = Vec::new();
            let mut each = |cells| {
                rows.push(cells);
                Ok(())
            };
            table.all(of, &mut each).unwrap();
            rows
        };
        let (pieces, whole) = (rows(&store), rows(&record));
        assert_eq!(pieces.len(), whole.len(), "{}", table.name);
        assert!(pieces == whole, "{}", table.name);
    }
    let written = |format: fn(&dyn formats::pieces::Pieces, &mut Vec<u8>) -> std::io::Result<()>| {
        let (mut pieces, mut whole) = (Vec::new(), Vec::new());
        format(&store, &mut pieces).unwrap();
        format(&record, &mut whole).unwrap();
        assert!(!whole.is_empty() && pieces == whole);
    };
    written(|r, out| formats::jsonld::write(r, out));
    written(|r, out| formats::geojson::write(r, out));
    written(|r, out| formats::plover::write(r, out));
    written(|r, out| formats::gdelt::write_mentions(r, out));
    written(|r, out| formats::acled::write(r, out));
    written(|r, out| formats::ics::write(r, out));
    let mut json = Vec::new();
    store.write_json(&mut json).unwrap();
    assert_eq!(serde_json::from_slice::<formats::json::RecordJson>(&json).unwrap().read().unwrap(), record);
}

#[test]
fn only_this_machine_asks_and_nobody_writes() {
    let site = site();
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost@evil.example"] {
        let answer = site.ask("GET", "/api/record", host);
        assert!(matches!(answer.status, 400 | 421), "«{host}» got {}", answer.status);
        assert!(!answer.text().contains("incidents"), "«{host}» was told something");
    }
    for host in ["localhost", "127.0.0.1:1", "[::1]"] {
        assert_eq!(site.ask("GET", "/api/record", host).status, 200, "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        for path in ["/", "/api/incidents", "/nowhere"] {
            let answer = site.ask(method, path, "localhost");
            assert_eq!(
                (answer.status, answer.header("allow")),
                (405, "GET, HEAD".to_owned()),
                "{method} {path}"
            );
        }
    }
    let head = site.ask("HEAD", "/incidents", "localhost");
    assert!(head.status == 200 && head.body.is_empty());
}

/// An address for every route, with ids that are there.
fn addresses(site: &Site) -> Vec<String> {
    let record = &site.record;
    let ids = [
        ("/incidents/{id}", client::encode(record.incidents[0].id.as_str())),
        ("/actors/{id}", client::encode(record.actors[0].id.as_str())),
        ("/reports/{id}", client::encode(record.reports[0].id.as_str())),
        ("/statements/{id}", client::encode(&record.statements[0].id)),
        ("/disputes/{id}", client::encode(&record.disputes[0].id)),
    ];
    let description = web::serve::description();
    let paths = description["paths"].as_object().unwrap().keys();
    let mut all: Vec<String> = paths
        .map(|path| {
            let mut path = path.replace("{span}", "0-4");
            for (template, id) in &ids {
                path = path.replace(template, &template.replace("{id}", id));
            }
            if path == "/api/search" { format!("{path}?q=market") } else { path }
        })
        .collect();
    all.extend(
        ["/search?q=market", "/incidents?q=market&country=IRQ&page=2", "/incidents?country=ZZZ", "/nowhere"]
            .map(str::to_owned),
    );
    all
}

#[test]
fn every_address_answers_with_its_guards() {
    let site = site();
    for address in addresses(&site) {
        assert!(!address.contains('{'), "{address}");
        let answer = site.get(&address);
        let right = if address == "/nowhere" {
            404
        } else if address.contains("/at/") {
            308
        } else {
            200
        };
        assert_eq!(answer.status, right, "{address}: {:.300}", answer.text());
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'")
                && !policy.contains("unsafe")
                && !policy.contains("http")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
    }
}

/// Checks that a page asks nothing of anybody: no script, no style of its own, nothing loaded from elsewhere, and links
/// to elsewhere say nothing of where they were followed.
fn assert_harmless(address: &str, page: &str) {
    for forbidden in ["<script", "<iframe", "<object", "<embed", "<img", "<base", "<meta http"] {
        assert!(!page.to_lowercase().contains(forbidden), "{address} contains {forbidden}");
    }
    for tag in page.split('<').skip(1).filter_map(|t| t.split('>').next()) {
        let attribute =
            |name: &str| tag.split(&format!(" {name}=\"")).nth(1).and_then(|v| v.split('"').next());
        for name in ["src", "href", "action", "srcset", "poster", "data", "xlink:href"] {
            let Some(value) = attribute(name) else { continue };
            let inside = value.starts_with('/') && !value.starts_with("//") || value.starts_with('#');
            let link = tag.starts_with("a ") && name == "href";
            let web = value.starts_with("https://") || value.starts_with("http://");
            assert!(inside || (link && web), "{address}: <{tag}>");
            if !inside {
                let rel = attribute("rel").unwrap_or_default();
                assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{address}: <{tag}>");
            }
        }
    }
}

#[test]
fn no_page_asks_anything_of_the_network() {
    let site = site();
    for address in addresses(&site) {
        let answer = site.get(&address);
        if answer.header("content-type").starts_with("text/html") {
            assert_harmless(&address, &answer.text());
        }
        if address == "/style.css" {
            let style = answer.text();
            assert!(
                !style.contains("url(") && !style.contains("@import") && style.contains(".served"),
                "{address}"
            );
        }
    }
}

/// A record in which everything that comes from reports is an attack.
fn hostile() -> Record {
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    let mut record = synthetic::record(INCIDENTS);
    let id = ReportId::new("../a b/?#\"'<i>é");
    let old = record.reports[0].id.clone();
    let rename = |span: &mut record::Span| {
        if span.report == old {
            span.report = id.clone();
        }
    };
    for i in &mut record.incidents {
        i.title = format!("=cmd {attack}");
        i.places[0].spot.name = format!("={attack}");
        i.evidence.iter_mut().for_each(rename);
        i.places.iter_mut().for_each(|p| p.evidence.iter_mut().for_each(rename));
        let g = &mut i.grounds;
        for spans in [&mut g.kind, &mut g.mode, &mut g.contexts, &mut g.factuality, &mut g.when] {
            spans.iter_mut().for_each(rename);
        }
        g.published.iter_mut().filter(|r| **r == old).for_each(|r| *r = id.clone());
        i.actors.iter_mut().chain(&mut i.targets).for_each(|p| p.evidence.iter_mut().for_each(rename));
        i.responds_to.iter_mut().for_each(|r| r.evidence.iter_mut().for_each(rename));
        i.figures.iter_mut().flat_map(|f| &mut f.claims).for_each(|c| rename(&mut c.at));
        i.links.iter_mut().for_each(|l| {
            rename(&mut l.at);
            l.to.iter_mut().for_each(rename);
        });
    }
    record.statements.iter_mut().flat_map(|s| &mut s.variants).for_each(|v| rename(&mut v.at));
    record.disputes.iter_mut().flat_map(|d| &mut d.sides).for_each(|s| {
        s.claim = attack.to_owned();
        s.evidence.iter_mut().for_each(rename);
    });
    record.ties.iter_mut().for_each(|t| t.evidence.iter_mut().for_each(rename));
    for a in &mut record.actors {
        a.name = attack.to_owned();
        a.aliases = vec![attack.to_owned()];
        a.evidence.iter_mut().for_each(rename);
    }
    let link = record.documents.remove(&old).unwrap();
    record.documents.insert(id.clone(), link);
    for r in &mut record.reports {
        r.publisher = Some(attack.to_owned());
        r.author = Some(attack.to_owned());
        r.url = Some("javascript:alert(3)".to_owned());
        r.title.as_mut().unwrap().value = format!("\u{1}{attack}\u{2}");
        if r.id == old {
            r.id = id.clone();
        }
        r.text = r.text.replace("Residents", "<b>Resid").into();
    }
    record
}

#[test]
fn hostile_text_is_text() {
    let site = Site::of(&hostile());
    let mut pages = addresses(&site);
    pages.extend(
        [
            "/search?q=script",
            "/search?q=%3Cscript%3Ealert(1)",
            "/incidents?q=%22%3E%3Cscript%3E&place=%22%3E%3Cscript%3E",
        ]
        .map(str::to_owned),
    );
    for address in &pages {
        let answer = site.get(address);
        assert!(answer.status < 500, "{address}: {:.300}", answer.text());
        if answer.header("content-type").starts_with("text/html") {
            assert_harmless(address, &answer.text());
        }
    }
    assert!(site.get("/search?q=script").text().contains("<mark>script</mark>"));
    let tables: Vec<&String> = pages.iter().filter(|address| address.ends_with(".csv")).collect();
    assert_eq!(tables.len(), formats::tables::TABLES.len(), "every table is to be had");
    let mut defused = 0;
    for address in tables {
        let csv = site.get(address);
        for row in csv::Reader::from_reader(csv.body.as_slice()).records().map(Result::unwrap) {
            for cell in row.iter().filter(|cell| cell.parse::<f64>().is_err()) {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{address}: {cell}");
                defused += usize::from(cell.starts_with("'="));
            }
        }
    }
    assert!(defused >= INCIDENTS, "{defused}");
}

#[test]
fn what_was_merged_leads_to_what_it_went_up_in() {
    let site = site();
    let last = &site.record.incidents.last().unwrap().id;
    let page = site.get("/incidents/assault-gone");
    assert_eq!((page.status, page.header("location")), (308, format!("/incidents/{last}")));
    let item = site.get("/api/incidents/assault-gone");
    assert_eq!((item.status, item.header("location")), (308, format!("/api/incidents/{last}")));
    let missing = site.get("/api/incidents/assault-never");
    assert_eq!(
        (missing.status, missing.header("content-type")),
        (404, "application/problem+json".to_owned())
    );
    let problem: Value = serde_json::from_slice(&missing.body).unwrap();
    assert!(problem["detail"].as_str().unwrap().contains("assault-never"));
}

#[test]
fn a_mistake_in_the_question_is_said() {
    let site = site();
    for wrong in [
        "form=2018-01-01",
        "from=yesterday",
        "sort=best",
        "limit=0",
        "limit=100000",
        "after=nothing",
        "page=-1",
    ] {
        let answer = site.get(&format!("/api/incidents?{wrong}"));
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (400, "application/problem+json".to_owned()),
            "{wrong}"
        );
    }
    let page = site.get("/incidents?from=yesterday");
    assert!(page.status == 400 && page.text().contains("no day such as"));
}

#[test]
fn items_are_those_of_the_record() {
    let record = synthetic::record(INCIDENTS);
    let site = Site::of(&record);
    let wire = serde_json::to_value(formats::json::RecordJson::new(&record)).unwrap();
    for i in wire["incidents"].as_array().unwrap().iter().take(20) {
        assert_eq!(&site.json(&format!("/api/incidents/{}", i["id"].as_str().unwrap())), i);
    }
    for r in wire["reports"].as_array().unwrap().iter().take(20) {
        assert_eq!(&site.json(&format!("/api/reports/{}", r["id"].as_str().unwrap())), r);
    }
    let actor = wire["actors"]
        .as_array()
        .unwrap()
        .iter()
        .max_by_key(|a| a["evidence"].as_array().unwrap().len())
        .unwrap();
    let mentions = site.json(&format!("/api/actors/{}/mentions?limit=500", actor["id"].as_str().unwrap()));
    assert_eq!(mentions["items"], actor["evidence"]);
    assert_eq!(Store::open(&site.path).unwrap().record().unwrap(), record, "the record comes back whole");
}

#[test]
fn an_incident_shows_its_words_and_they_are_in_the_report() {
    let site = site();
    let incident = site.record.incidents.iter().find(|i| !i.figures.is_empty()).unwrap();
    let page = site.get(&format!("/incidents/{}", incident.id)).text();
    assert!(page.contains(&incident.title));
    let words = page
        .split("href=\"/reports/")
        .skip(1)
        .map(|h| h.split('"').next().unwrap())
        .find(|h| h.contains('#'));
    let (report, fragment) = words.unwrap().split_once('#').unwrap();
    let report = site.get(&format!("/reports/{report}")).text();
    assert!(report.contains(&format!("id=\"{fragment}\"")), "the report has no {fragment}");
    let claim = &incident.figures[0].claims[0];
    let at = site.get(&format!("/reports/{}/at/0-5", claim.at.report));
    let to = at.header("location");
    assert!(
        site.get(to.split('#').next().unwrap())
            .text()
            .contains(&format!("id=\"{}\"", to.split('#').nth(1).unwrap()))
    );
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let site = site();
    let tag = site.get("/incidents").header("etag");
    assert!(tag.starts_with("W/\""), "{tag}");
    let again = site.ask_with("GET", "/incidents", "localhost", &format!("If-None-Match: {tag}\r\n"));
    assert!(again.status == 304 && again.body.is_empty());
    Store::write(&site.path, &synthetic::record(50), &[]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    let new = site.ask_with("GET", "/api/record", "localhost", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(new.status, 200, "a record that was replaced is told anew");
    let reports: Value = serde_json::from_slice(&new.body).unwrap();
    assert_eq!(reports["reports"], 50);
}

#[test]
fn a_record_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.rapporteur");
    let failure = |path: &Path| {
        let options = web::serve::Options { port: 0, ..web::serve::Options::default() };
        web::serve::serve_until(path, &options, |_| (), async {}).unwrap_err().to_string()
    };
    assert!(failure(&path).contains("there is no such record"));
    std::fs::write(
        &path,
        "a text that is long enough to be taken for the header of a database file, if only just",
    )
    .unwrap();
    assert!(failure(&path).contains("not a Rapporteur record"));
    Store::write(&path, &synthetic::record(60), &[]).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 3]).unwrap();
    let message = failure(&path);
    assert!(message.contains("the record is damaged") && message.contains("build it again"), "{message}");
    let mut old = bytes;
    // The version of the tables: bytes 60 to 63 of the header of an SQLite file.
    old[60..64].copy_from_slice(&[0, 0, 0, 1]);
    std::fs::write(&path, &old).unwrap();
    let message = failure(&path);
    assert!(message.contains("version 1") && message.contains("rapporteur build"), "{message}");
}

#[test]
fn a_page_with_nothing_to_show_says_so() {
    let site = Site::of(&Record::default());
    for address in [
        "/",
        "/incidents",
        "/actors",
        "/statements",
        "/disputes",
        "/reports",
        "/timeline",
        "/map",
        "/search?q=x",
    ] {
        let answer: Answer = site.get(address);
        assert_eq!(answer.status, 200, "{address}: {:.300}", answer.text());
    }
    assert!(site.get("/incidents").text().contains("Nothing in this record"));
}
