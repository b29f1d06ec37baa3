//! A small record with something of everything, hostile text included, for the tests of every format.

use std::collections::BTreeMap;

use ::record::{
    Actor, ActorId, ActorKind, AttributionKind, Bounds, Claim, ClaimStatus, Confidence, Date, DateSource,
    Dispute, DisputeKind, DocumentLink, EventType, Factuality, FigureRule, FigureSet, Grounds, Incident,
    IncidentId, Located, Mode, Party, PlacePrecision, Precision, Published, Qualifier, Record, Relation,
    Report, ReportId, Response, Role, Sector, Side, Span, Spot, Statement, Text, TextRange, Tie, Variant,
    When,
};
use jiff::civil::date;

const WIRE: &str = "Air raid on Hodeidah kills six\n\
    Warplanes of the coalition bombed a depot in Hodeidah on Tuesday, killing six people, health officials said. \
    Houthi officials said 11 had died, among them three children. At least 20 were wounded. \
    The raid answered rocket fire on Jizan at the weekend, in which two were hurt. \
    “This is a crime, =1+1; and café owners agree,” said Yahya al-Sharafi, a spokesman of the Houthis.";
const COPY: &str = "=HYPERLINK(\"http://evil.example\";\"Air raid\")\n\
    Warplanes of the coalition bombed a depot in Hodeidah on Tuesday, killing six people, health officials said. \
    <script>alert(1)</script>";
const LATER: &str = "Clashes in the north\n\
    Gunmen and soldiers clashed; 16 were killed in Saada and seven in Amran. The UN condemned the raid and \
    the coalition is planning another one. Envoys met in Europe.\tIt was -not- quiet.";

fn report(id: &str, text: &str, day: Option<Date>, url: Option<&str>, publisher: &str) -> Report {
    let title = text.lines().next().unwrap_or_default();
    Report {
        id: ReportId::new(id),
        origin: format!("{id}.txt"),
        text: text.into(),
        title: Some(Text { value: title.to_owned(), at: Some(TextRange::new(0, title.len())) }),
        publisher: Some(publisher.to_owned()),
        author: None,
        url: url.map(str::to_owned),
        language: Some("en".to_owned()),
        published: day.map(|date| Published { date, time: None, from: DateSource::Header, at: None }),
        blocks: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The span of `words` in a report of [`harbour`].
fn at(report: &str, words: &str) -> Span {
    let text = match report {
        "wire" => WIRE,
        "copy" => COPY,
        _ => LATER,
    };
    let start = text.find(words).unwrap_or_else(|| panic!("«{words}» is not in {report}"));
    Span { report: ReportId::new(report), range: TextRange::new(start, start + words.len()) }
}

fn actor(id: &str, name: &str, kind: ActorKind, country: Option<&str>, sector: Sector, seen: Span) -> Actor {
    Actor {
        id: ActorId::new(id),
        name: name.to_owned(),
        kind,
        country: country.map(str::to_owned),
        sector: Some(sector),
        wikidata: None,
        aliases: Vec::new(),
        roles: Vec::new(),
        evidence: vec![seen],
    }
}

fn party(id: &str, confidence: Confidence, seen: Span) -> Party {
    Party { actor: ActorId::new(id), confidence, evidence: vec![seen] }
}

fn spot(
    name: &str,
    at: Option<(f64, f64)>,
    country: Option<&'static str>,
    precision: PlacePrecision,
) -> Located {
    let spot = Spot {
        name: name.to_owned(),
        geonames_id: at.map(|_| 71),
        lat: at.map(|a| a.0),
        lon: at.map(|a| a.1),
        country,
        admin1: (precision == PlacePrecision::City).then(|| format!("{name} Governorate")),
        precision,
    };
    Located { spot, evidence: Vec::new() }
}

fn incident(id: &str, kind: EventType, mode: Option<Mode>, cameo: &str, title: &str, seen: Span) -> Incident {
    Incident {
        id: IncidentId::new(id),
        title: title.to_owned(),
        kind,
        mode,
        cameo: cameo.to_owned(),
        contexts: Vec::new(),
        factuality: Factuality::Happened,
        when: When::Unknown,
        places: Vec::new(),
        actors: Vec::new(),
        targets: Vec::new(),
        figures: Vec::new(),
        evidence: vec![seen],
        grounds: Grounds::default(),
        responds_to: Vec::new(),
        part_of: None,
        links: Vec::new(),
    }
}

/// (number, hedge, by, words)
type Said<'a> = (Bounds, Qualifier, Option<&'a str>, Span, ClaimStatus);

fn figures(what: &str, of: Option<&str>, place: Option<&str>, claims: &[Said<'_>]) -> FigureSet {
    let claims: Vec<Claim> = claims
        .iter()
        .map(|(bounds, qualifier, by, at, status)| Claim {
            bounds: *bounds,
            qualifier: *qualifier,
            by: by.map(ActorId::new),
            by_as_written: String::new(),
            as_written: at.range.of(if at.report.as_str() == "later" { LATER } else { WIRE }).to_owned(),
            at: at.clone(),
            status: *status,
        })
        .collect();
    let mut set = FigureSet {
        what: what.to_owned(),
        of: of.map(str::to_owned),
        place: place.map(str::to_owned),
        low: None,
        best: None,
        high: None,
        rule: FigureRule::Reliable,
        claims,
    };
    let bounds: Vec<Bounds> = set.standing().iter().map(|c| c.bounds).collect();
    set.low = bounds.iter().filter_map(|b| b.low()).min();
    set.high =
        bounds.iter().map(|b| b.high()).max().filter(|_| bounds.iter().all(|b| b.high().is_some())).flatten();
    set.best = bounds.iter().filter_map(|b| b.low()).max();
    set
}

/// A raid with a disputed toll, rocket fire before it, a clash counted by place, an undated condemnation, a plan and
/// a meeting somewhere in Europe.
pub(crate) fn harbour() -> Record {
    use ClaimStatus::{Disputed, Stands};
    use Qualifier::{AtLeast, Exact};
    let exactly = Bounds::exactly;

    let mut raid = incident(
        "assault-raid",
        EventType::Assault,
        Some(Mode::Aerial),
        "195",
        "Coalition bombs a depot in Hodeidah",
        at("wire", "bombed a depot in Hodeidah"),
    );
    raid.evidence.push(at("copy", "bombed a depot in Hodeidah"));
    raid.when = When::Exact(date(2023, 9, 12));
    raid.places = vec![spot("Hodeidah", Some((14.7979, 42.9545)), Some("YEM"), PlacePrecision::City)];
    raid.places[0].evidence = vec![at("wire", "Hodeidah"), at("copy", "Hodeidah")];
    raid.grounds = Grounds {
        kind: vec![at("wire", "bombed"), at("copy", "bombed")],
        mode: vec![at("wire", "bombed")],
        factuality: raid.evidence.clone(),
        when: vec![at("wire", "on Tuesday")],
        published: vec![ReportId::new("wire")],
        ..Grounds::default()
    };
    raid.actors = vec![party("coalition", Confidence::Fact, at("wire", "the coalition"))];
    raid.targets = vec![party("civilians", Confidence::Claimed, at("wire", "three children"))];
    raid.figures = vec![
        figures(
            "killed",
            None,
            None,
            &[
                (exactly(6), Exact, Some("health"), at("wire", "killing six people"), Disputed),
                (exactly(11), Exact, Some("houthis"), at("wire", "11 had died"), Disputed),
            ],
        ),
        figures(
            "killed",
            Some("children"),
            None,
            &[(exactly(3), Exact, Some("houthis"), at("wire", "three children"), ClaimStatus::Part)],
        ),
        figures(
            "wounded",
            None,
            None,
            &[(Bounds::new(Some(20), None), AtLeast, None, at("wire", "At least 20 were wounded"), Stands)],
        ),
    ];
    raid.responds_to = vec![Response {
        incident: IncidentId::new("assault-rockets"),
        evidence: vec![at("wire", "The raid answered rocket fire")],
    }];

    let mut rockets = incident(
        "assault-rockets",
        EventType::Assault,
        Some(Mode::HeavyWeapons),
        "194",
        "Rocket fire on Jizan",
        at("wire", "rocket fire on Jizan"),
    );
    rockets.when = When::Between {
        earliest: Some(date(2023, 9, 9)),
        latest: Some(date(2023, 9, 10)),
        precision: Precision::Days,
    };
    rockets.places = vec![spot("Jizan", Some((16.8892, 42.5511)), Some("SAU"), PlacePrecision::City)];
    rockets.actors = vec![party("houthis", Confidence::Claimed, at("wire", "Houthi officials"))];
    rockets.targets = vec![party("sau", Confidence::Fact, at("wire", "Jizan"))];
    rockets.figures = vec![figures(
        "wounded",
        None,
        None,
        &[(exactly(2), Exact, None, at("wire", "two were hurt"), Stands)],
    )];

    let mut clash = incident(
        "assault-clash",
        EventType::Assault,
        Some(Mode::Firearms),
        "190",
        "Gunmen and soldiers clash",
        at("later", "Gunmen and soldiers clashed"),
    );
    clash.when = When::Between {
        earliest: Some(date(2023, 9, 1)),
        latest: Some(date(2023, 9, 30)),
        precision: Precision::Month,
    };
    clash.places = vec![
        spot("Saada", Some((16.9402, 43.7639)), Some("YEM"), PlacePrecision::City),
        spot("Amran", Some((15.6594, 43.9439)), Some("YEM"), PlacePrecision::City),
    ];
    clash.actors = vec![
        party("gunmen", Confidence::Fact, at("later", "Gunmen")),
        party("yem-army", Confidence::Fact, at("later", "soldiers")),
    ];
    clash.figures = vec![
        figures(
            "killed",
            None,
            Some("Amran"),
            &[(exactly(7), Exact, None, at("later", "seven in Amran"), Stands)],
        ),
        figures(
            "killed",
            None,
            Some("Saada"),
            &[(exactly(16), Exact, None, at("later", "16 were killed"), Stands)],
        ),
    ];

    let mut condemned = incident(
        "accuse-un",
        EventType::Accuse,
        Some(Mode::Disapprove),
        "111",
        "The UN condemns the raid",
        at("later", "The UN condemned the raid"),
    );
    condemned.actors = vec![party("un", Confidence::Fact, at("later", "The UN"))];
    condemned.targets = vec![party("coalition", Confidence::Fact, at("later", "the coalition"))];
    condemned.responds_to = vec![Response {
        incident: IncidentId::new("assault-raid"),
        evidence: vec![at("later", "condemned the raid")],
    }];

    let mut plan = incident(
        "assault-plan",
        EventType::Assault,
        Some(Mode::Aerial),
        "195",
        "-2 raids planned; @another",
        at("later", "planning another one"),
    );
    plan.factuality = Factuality::Planned;
    plan.actors = vec![party("coalition", Confidence::Fact, at("later", "the coalition"))];

    let mut met = incident(
        "consult-met",
        EventType::Consult,
        Some(Mode::Multilateral),
        "040",
        "Envoys meet",
        at("later", "Envoys met in Europe"),
    );
    met.when = When::Exact(date(2023, 9, 13));
    met.places = vec![spot("Europe", None, None, PlacePrecision::Region)];

    let mut spokesman = actor(
        "sharafi",
        "Yahya al-Sharafi",
        ActorKind::Person,
        Some("YEM"),
        Sector::Reb,
        at("wire", "Yahya al-Sharafi"),
    );
    spokesman.roles =
        vec![Role { title: "spokesman".to_owned(), of: Some(ActorId::new("houthis")), from: None, to: None }];
    let mut houthis = actor(
        "houthis",
        "Houthis",
        ActorKind::ArmedGroup,
        Some("YEM"),
        Sector::Reb,
        at("wire", "the Houthis"),
    );
    houthis.aliases = vec!["=Ansar".to_owned(), "Ansar Allah".to_owned()];
    houthis.wikidata = Some("Q1079012".to_owned());
    let mut actors = vec![
        actor(
            "coalition",
            "Saudi-led coalition",
            ActorKind::Igo,
            None,
            Sector::Mil,
            at("wire", "the coalition"),
        ),
        houthis,
        actor("sau", "Saudi Arabia", ActorKind::State, Some("SAU"), Sector::Gov, at("wire", "Jizan")),
        actor(
            "civilians",
            "children",
            ActorKind::Population,
            Some("YEM"),
            Sector::Cvl,
            at("wire", "three children"),
        ),
        actor(
            "health",
            "health officials",
            ActorKind::Role,
            Some("YEM"),
            Sector::Med,
            at("wire", "health officials"),
        ),
        actor("gunmen", "gunmen", ActorKind::ArmedGroup, None, Sector::Uaf, at("later", "Gunmen")),
        actor("yem-army", "soldiers", ActorKind::Force, Some("YEM"), Sector::Mil, at("later", "soldiers")),
        actor("un", "United Nations", ActorKind::Igo, None, Sector::Igo, at("later", "The UN")),
        spokesman,
    ];
    actors.sort_by(|a, b| a.id.cmp(&b.id));

    let link = |copy_of: Option<&str>, origin: &str| DocumentLink {
        copy_of: copy_of.map(ReportId::new),
        origin: origin.to_owned(),
        passages: Vec::new(),
    };
    Record {
        reports: vec![
            report(
                "copy",
                COPY,
                Some(date(2023, 9, 12)),
                Some("https://copy.example/a?b=c&d"),
                "=cmd|'/C calc'!A0",
            ),
            report("later", LATER, None, None, "North Post"),
            report("wire", WIRE, Some(date(2023, 9, 12)), Some("https://wire.example/raid"), "Gulf Wire"),
        ],
        documents: BTreeMap::from([
            (ReportId::new("copy"), link(Some("wire"), "g1")),
            (ReportId::new("later"), link(None, "g2")),
            (ReportId::new("wire"), link(None, "g1")),
        ]),
        actors,
        ties: vec![Tie {
            a: ActorId::new("sharafi"),
            relation: Relation::SpokesmanOf,
            b: ActorId::new("houthis"),
            evidence: vec![at("wire", "a spokesman of the Houthis")],
        }],
        incidents: vec![clash, rockets, raid, met, condemned, plan],
        statements: vec![Statement {
            id: "statement-crime".to_owned(),
            speaker: Some(ActorId::new("sharafi")),
            about: vec![IncidentId::new("assault-raid")],
            variants: vec![Variant {
                at: at("wire", "“This is a crime, =1+1; and café owners agree,”"),
                kind: AttributionKind::Direct,
                speaker_as_written: "Yahya al-Sharafi".to_owned(),
                drift: None,
            }],
        }],
        disputes: vec![Dispute {
            id: "dispute-toll".to_owned(),
            kind: DisputeKind::Figure,
            incident: Some(IncidentId::new("assault-raid")),
            sides: vec![
                Side {
                    claim: "killed 6".to_owned(),
                    by: vec![ActorId::new("health")],
                    evidence: vec![at("wire", "killing six people")],
                },
                Side {
                    claim: "killed 11".to_owned(),
                    by: vec![ActorId::new("houthis")],
                    evidence: vec![at("wire", "11 had died")],
                },
            ],
        }],
        redirects: BTreeMap::new(),
        warnings: Vec::new(),
    }
}

/// Reads a written table back: each row by the names of the columns.
pub(crate) fn table(bytes: &[u8], delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap_or_else(|e| panic!("not a table: {e}"))).collect()
}
