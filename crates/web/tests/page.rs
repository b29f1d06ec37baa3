//! What the page promises, on a small record of invented reports.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use base64::Engine as _;
use dom_query::Document;
use record::{
    Actor, ActorId, ActorKind, AttributionKind, Block, BlockLabel, Bounds, Claim, ClaimStatus, Confidence,
    DateSource, Dispute, DisputeKind, DocumentLink, EventType, Factuality, FigureRule, FigureSet, Grounds,
    Incident, IncidentId, Located, Party, PlacePrecision, Precision, Published, Qualifier, Record, Relation,
    Report, ReportId, Response, Side, Span, Spot, Statement, Text, TextRange, Tie, Variant, When,
};
use sha2::Digest as _;

const RAID: &str = "Raid <b>kills</b> 12\n\nThe army said twelve people were killed in Norrby \"& nobody else\". <script>alert(1)</script>\n\nShare this";
const DENIAL: &str = "Twelve people were killed, a resident said. The army denied the raid on Norrby <img src=x onerror=alert(2)>.";

fn report(id: &str, text: &str, url: Option<&str>) -> Report {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let label = if part == "Share this" { BlockLabel::Residue } else { BlockLabel::Body };
        blocks.push(Block { range: TextRange::new(at, at + part.len()), label, rule: "test" });
        at += part.len() + 2;
    }
    Report {
        id: ReportId::new(id),
        origin: id.to_owned(),
        text: text.into(),
        title: Some(Text { value: "</title><script>alert(3)</script>".to_owned(), at: None }),
        publisher: Some("Post & <i>Courier</i>".to_owned()),
        author: None,
        url: url.map(str::to_owned),
        language: None,
        published: None,
        blocks,
        warnings: Vec::new(),
    }
}

fn span(report: &str, words: &str) -> Span {
    let text = if report == "a" { RAID } else { DENIAL };
    let at = text.find(words).unwrap();
    Span { report: ReportId::new(report), range: TextRange::new(at, at + words.len()) }
}

fn actor(id: &str, name: &str) -> Actor {
    Actor {
        id: ActorId::new(id),
        name: name.to_owned(),
        kind: ActorKind::Force,
        country: None,
        sector: None,
        wikidata: None,
        aliases: Vec::new(),
        roles: Vec::new(),
        evidence: vec![span("a", "The army")],
    }
}

fn party(id: &str, at: Span) -> Party {
    Party { actor: ActorId::new(id), confidence: Confidence::Accused, evidence: vec![at] }
}

fn incident(id: &str, kind: EventType, evidence: Vec<Span>) -> Incident {
    Incident {
        id: IncidentId::new(id),
        title: format!("What happened: {id}"),
        kind,
        mode: None,
        cameo: "190".to_owned(),
        contexts: Vec::new(),
        factuality: Factuality::Happened,
        when: When::Unknown,
        places: Vec::new(),
        actors: Vec::new(),
        targets: Vec::new(),
        figures: Vec::new(),
        evidence,
        grounds: Grounds::default(),
        responds_to: Vec::new(),
        part_of: None,
        links: Vec::new(),
    }
}

fn claim(at: Span, by: Option<&str>) -> Claim {
    Claim {
        bounds: Bounds::exactly(12),
        qualifier: Qualifier::Exact,
        by: by.map(ActorId::new),
        by_as_written: String::new(),
        as_written: "twelve".to_owned(),
        at,
        status: ClaimStatus::Stands,
    }
}

fn spot(name: &str, at: Option<(f64, f64)>, precision: PlacePrecision) -> Located {
    let (lat, lon) = (at.map(|p| p.0), at.map(|p| p.1));
    let spot = Spot {
        name: name.to_owned(),
        geonames_id: None,
        lat,
        lon,
        country: Some("SWE"),
        admin1: None,
        precision,
    };
    Located { spot, evidence: Vec::new() }
}

fn record() -> Record {
    let mut raid =
        incident("raid", EventType::Assault, vec![span("a", "twelve people were killed in Norrby")]);
    raid.when = When::from_bounds("2024-01-29".parse().ok(), "2024-02-04".parse().ok(), Precision::Week);
    raid.places = vec![
        spot("Norrby", Some((59.3, 18.1)), PlacePrecision::City),
        spot("Sweden", Some((62.0, 15.0)), PlacePrecision::Country),
        spot("<u>Nowhere</u>", None, PlacePrecision::City),
    ];
    raid.places[0].evidence = vec![span("a", "Norrby")];
    raid.grounds = Grounds {
        kind: vec![span("a", "killed in")],
        factuality: vec![span("a", "were killed")],
        when: vec![span("a", "said twelve")],
        published: vec![ReportId::new("a")],
        ..Grounds::default()
    };
    raid.actors = vec![party("army", span("a", "The army"))];
    raid.targets = vec![party("people", span("a", "people"))];
    raid.figures = vec![FigureSet {
        what: "killed".to_owned(),
        of: None,
        place: None,
        low: Some(12),
        best: Some(12),
        high: Some(12),
        rule: FigureRule::Reliable,
        claims: vec![
            claim(span("a", "twelve people were killed"), Some("army")),
            claim(span("b", "Twelve people"), None),
        ],
    }];
    let mut denial = incident("denial", EventType::Reject, vec![span("b", "The army denied the raid")]);
    denial.responds_to =
        vec![Response { incident: IncidentId::new("raid"), evidence: vec![span("b", "denied the raid")] }];
    let side = |claim: &str, at| Side {
        claim: claim.to_owned(),
        by: vec![ActorId::new("army")],
        evidence: vec![at],
    };
    let variant = |at, drift: Option<&str>| Variant {
        at,
        kind: AttributionKind::Indirect,
        speaker_as_written: "The army".to_owned(),
        drift: drift.map(str::to_owned),
    };
    let published = Published {
        date: "2024-02-05".parse().unwrap(),
        time: None,
        from: DateSource::Header,
        at: Some(span("a", "Raid <b>").range),
    };
    let mut record = Record {
        reports: vec![
            Report {
                published: Some(published),
                ..report("a", RAID, Some("https://post.example/raid?a=1&b=2"))
            },
            report("b", DENIAL, Some("javascript:alert(4)")),
        ],
        actors: vec![actor("army", "The <em>army</em>"), actor("people", "people")],
        ties: vec![Tie {
            a: ActorId::new("army"),
            relation: Relation::Opposes,
            b: ActorId::new("people"),
            evidence: vec![span("a", "The army said")],
        }],
        incidents: vec![denial, raid],
        statements: vec![Statement {
            id: "statement-1".to_owned(),
            speaker: Some(ActorId::new("army")),
            about: vec![IncidentId::new("raid")],
            variants: vec![
                // These two cross: a mark is cut, and still has all its words.
                variant(span("a", "army said twelve people"), None),
                variant(span("a", "twelve people were killed in Norrby \"&"), Some("adds")),
                // And this one goes over the end of a block.
                variant(span("a", "else\". <script>alert(1)</script>\n\nShare"), Some("adds")),
            ],
        }],
        disputes: vec![Dispute {
            id: "occurrence-1".to_owned(),
            kind: DisputeKind::Occurrence,
            incident: Some(IncidentId::new("raid")),
            sides: vec![
                side("it happened", span("a", "twelve people were killed")),
                side("it did not happen", span("b", "denied the raid")),
            ],
        }],
        ..Record::default()
    };
    for (id, origin) in [("a", "one"), ("b", "two")] {
        let link = DocumentLink { origin: origin.to_owned(), ..DocumentLink::default() };
        record.documents.insert(ReportId::new(id), link);
    }
    record
}

#[test]
fn hostile_text_stays_text() {
    let page = web::page(&record());
    let document = Document::from(page.as_str());
    assert_eq!(document.select("script").length(), 1);
    assert_eq!(document.select("script").text().as_ref(), web::SCRIPT);
    for element in ["img", "b", "i", "u", "iframe", "link", "object", "form", "input", "base"] {
        assert_eq!(document.select(element).length(), 0, "<{element}>");
    }
    for element in document.select("*").iter() {
        for attribute in element.attrs() {
            let name: &str = attribute.name.local.as_ref();
            assert!(!name.starts_with("on") && name != "style" && name != "src", "{name}");
        }
    }
    for text in
        ["<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "The <em>army</em>", "<u>Nowhere</u>"]
    {
        assert!(document.select("body").text().contains(text), "{text} is to be read");
    }
}

#[test]
fn only_web_addresses_become_links_and_they_tell_nothing_of_the_reader() {
    let page = web::page(&record());
    let document = Document::from(page.as_str());
    let mut outside = Vec::new();
    for link in document.select("a[href]").iter() {
        let href = link.attr("href").unwrap().to_string();
        if !href.starts_with('#') {
            let rel = link.attr("rel").unwrap().to_string();
            assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{href}: {rel}");
            outside.push(href);
        }
    }
    assert_eq!(outside, ["https://post.example/raid?a=1&b=2"]);
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn every_link_within_the_page_leads_somewhere_and_ids_are_unique() {
    let page = web::page(&record());
    let document = Document::from(page.as_str());
    let mut ids = BTreeSet::new();
    for element in document.select("[id]").iter() {
        let id = element.attr("id").unwrap().to_string();
        assert!(ids.insert(id.clone()), "{id} twice");
    }
    for link in document.select("a[href^='#']").iter() {
        let href = link.attr("href").unwrap().to_string();
        assert!(ids.contains(&href[1..]), "{href}");
    }
}

#[test]
fn every_value_leads_to_its_very_words() {
    let record = record();
    let page = web::page(&record);
    let document = Document::from(page.as_str());
    let mut seen = 0;
    for (n, report) in record.reports.iter().enumerate() {
        for range in &web::marked(&record)[&report.id] {
            let id = format!("w{}-{}-{}", n + 1, range.start(), range.end());
            let parts = document.select(&format!("#{id}, [data-of='{id}']"));
            let words: String = parts.iter().map(|p| p.text().to_string()).collect();
            // A range may go over the end of a block: the white space between is nobody's.
            let squeeze = |s: &str| s.split_whitespace().collect::<String>();
            assert_eq!(squeeze(&words), squeeze(range.of(&report.text)), "{id}");
            assert!(document.select(&format!("a[href='#{id}']")).exists(), "nothing leads to {id}");
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn date_place_type_and_factuality_lead_to_their_words() {
    let record = record();
    let page = web::page(&record);
    let document = Document::from(page.as_str());
    let card = document.select("article#raid");
    let to = |words: &str| {
        let range = span("a", words).range;
        format!("a[href='#w1-{}-{}']", range.start(), range.end())
    };
    for (place, words) in [
        ("header .when", "said twelve"),
        ("header .where", "Norrby"),
        ("header .quad-3", "killed in"),
        ("header .is-happened", "were killed"),
        ("dl.grounds", "said twelve"),
        ("dl.grounds", "Norrby"),
        ("dl.grounds", "Raid <b>"),
    ] {
        assert!(card.select(place).select(&to(words)).exists(), "{place} leads to «{words}»");
    }
    let grounds = card.select("dl.grounds").text().to_string();
    assert!(grounds.contains("counted from the day of publication: 5 Feb 2024"), "{grounds}");
}

#[test]
fn the_first_screen_says_how_many_according_to_whom_and_who_disagrees() {
    let page = web::page(&record());
    let document = Document::from(page.as_str());
    let brief = document.select("header table.brief tbody tr");
    let first = brief.iter().next().unwrap().text().to_string();
    for words in [
        "29 Jan – 4 Feb 2024",
        "What happened: raid",
        "12 killed",
        "by The <em>army</em>",
        "Did it happen?",
        "it did not happen",
    ] {
        assert!(first.contains(words), "{words} in {first}");
    }
}

#[test]
fn a_country_is_tinted_and_only_a_town_is_a_dot() {
    let mut record = record();
    let country = |record: &Record| {
        let page = web::page(record);
        (
            page.contains("land tinted"),
            Document::from(page.as_str()).select(".map .marker circle:not(.vague)").length(),
        )
    };
    assert_eq!(country(&record), (false, 1), "the town is the finer place");
    record.incidents[1].places.remove(0);
    record.incidents[1].places.remove(1);
    assert_eq!(country(&record), (true, 0));
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    assert_eq!(web::page(&record()), web::page(&record()));
    assert!(web::page(&Record::default()).contains("What 0 reports say"));
}

#[test]
fn the_policy_allows_this_script_and_no_other() {
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(web::SCRIPT));
    assert_eq!(web::SCRIPT_CSP, format!("'sha256-{hash}'"), "put this into SCRIPT_CSP");
    assert!(!web::SCRIPT.contains("</"), "it would end the element");
}
