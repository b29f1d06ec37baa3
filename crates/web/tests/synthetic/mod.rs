//! A record made by rule, of any size: the same size is the same record on every machine. The texts are told by
//! templates; what counts is that every span stands on its words, that a few places, actors and outlets have most of the
//! incidents, as in the world, and that everything a page shows is there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use record::{
    Actor, ActorId, ActorKind, AttributionKind, Block, BlockLabel, Bounds, Claim, ClaimStatus, Confidence,
    Context, Date, DateSource, Dispute, DisputeKind, DocumentLink, EventType, Factuality, FigureRule,
    FigureSet, Grounds, Incident, IncidentId, Linked, Located, Mode, Party, PlacePrecision, Precision,
    Published, Qualifier, Reason, Record, Relation, Report, ReportId, Response, Role, Sector, Side, Span,
    Spot, Statement, Text, TextRange, Tie, Variant, When,
};

/// A number below `n`, by a fixed recipe.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    /// Small numbers far more often than large ones.
    fn skewed(&mut self, n: usize) -> usize {
        let (a, b) = (self.roll(n), self.roll(n));
        a * b / n.max(1) * (1 + self.roll(n)) / n.max(1)
    }
}

const STEMS: [&str; 24] = [
    "Kal", "Mar", "Dur", "Sel", "Tab", "Hor", "Nim", "Ras", "Vel", "Qar", "Zen", "Bal", "Ost", "Lin", "Far",
    "Gul", "Pem", "Ard", "Wex", "Yar", "Cor", "Jas", "Ibr", "Und",
];
const ENDS: [&str; 20] = [
    "abad", "ova", "ine", "ar", "esh", "ton", "iya", "gorod", "elle", "an", "ur", "mouth", "ika", "heim",
    "as", "ovo", "ada", "ir", "oon", "ett",
];
const COUNTRIES: [&str; 16] = [
    "IRQ", "SYR", "YEM", "UKR", "SDN", "AFG", "NGA", "SOM", "MMR", "MLI", "COD", "ETH", "LBY", "PAK", "HTI",
    "COL",
];
const OUTLETS: [&str; 30] = [
    "Harbour Wire",
    "Daily Ledger",
    "Northern Post",
    "Gulf Observer",
    "Radio Meridian",
    "The Courier",
    "Civic News",
    "Morning Sheet",
    "River Times",
    "The Lantern",
    "Plain Dealer East",
    "Border Gazette",
    "Signal Agency",
    "Hill Tribune",
    "Coast Herald",
    "Station Nine",
    "The Register",
    "Valley Voice",
    "Open Desk",
    "Field Notes",
    "Market Bulletin",
    "Evening Star South",
    "The Envoy",
    "Dispatch Weekly",
    "Union Press",
    "The Beacon",
    "Ferry Point News",
    "Old Town Mail",
    "Pioneer Wire",
    "The Witness",
];
const ACTS: [(&str, EventType, Mode, &str); 6] = [
    ("an air strike on a depot", EventType::Assault, Mode::Aerial, "195"),
    ("the shelling of a market", EventType::Assault, Mode::HeavyWeapons, "194"),
    ("a march through the centre", EventType::Protest, Mode::Demo, "141"),
    ("a raid on an office", EventType::Coerce, Mode::Seize, "171"),
    ("talks on a ceasefire", EventType::Consult, Mode::Meet, "046"),
    ("a delivery of grain", EventType::Aid, Mode::Assist, "073"),
];
const COMMENTS: [&str; 8] = [
    "a deliberate attack on people who had nowhere to go",
    "proof that the agreement is no longer worth its paper",
    "a step that nobody in the region had asked for",
    "the only way to keep the roads open before winter",
    "an answer to months of provocation along the river",
    "a mistake that will be looked into without delay",
    "what our neighbours have been warned about for years",
    "nothing but a rumour spread to frighten the villages",
];

/// A place in this world.
fn spot(n: usize) -> Spot {
    let name = format!("{}{}", STEMS[n % 24], ENDS[n / 24 % 20]);
    let more = n / 480;
    Spot {
        name: if more == 0 { name } else { format!("{name} {more}") },
        geonames_id: Some(1_000_000 + n as u32),
        lat: Some(-30.0 + (n * 37 % 700) as f64 / 10.0),
        lon: Some(-80.0 + (n * 53 % 2000) as f64 / 10.0),
        country: Some(COUNTRIES[n % COUNTRIES.len()]),
        admin1: None,
        precision: PlacePrecision::City,
    }
}

fn actor_id(n: usize) -> ActorId {
    ActorId::new(&format!("actor-{n}"))
}

fn actor(n: usize) -> Actor {
    let (stem, end) = (STEMS[n * 7 % 24], ENDS[n / 24 % 20]);
    let (kind, word) = [
        (ActorKind::ArmedGroup, "Front"),
        (ActorKind::Force, "Guard"),
        (ActorKind::Government, "Ministry"),
        (ActorKind::Person, "Speaker"),
        (ActorKind::Ngo, "Relief"),
    ][n % 5];
    Actor {
        id: actor_id(n),
        name: format!("{stem}{end} {word} {n}"),
        kind,
        country: Some(COUNTRIES[n % COUNTRIES.len()].to_owned()),
        sector: (n.is_multiple_of(3)).then_some(Sector::Mil),
        wikidata: None,
        aliases: if n.is_multiple_of(4) { vec![format!("{}{n}", &stem[..1])] } else { Vec::new() },
        roles: match kind {
            ActorKind::Person => {
                vec![Role { title: "speaker".to_owned(), of: Some(actor_id(n / 2)), from: None, to: None }]
            }
            _ => Vec::new(),
        },
        evidence: Vec::new(),
    }
}

/// What a template needs to know of an incident before it is told.
struct Plan {
    place: usize,
    by: usize,
    against: usize,
    act: usize,
    killed: u64,
    day: i64,
    speaker: usize,
    comment: usize,
    disputed: bool,
}

/// A text that grows, with where its pieces stand.
#[derive(Default)]
struct Draft(String);

impl Draft {
    fn add(&mut self, words: &str) -> TextRange {
        let start = self.0.len();
        self.0.push_str(words);
        TextRange::new(start, self.0.len())
    }
}

/// A record of this many incidents.
#[must_use]
pub(crate) fn record(incidents: usize) -> Record {
    let mut dice = Dice(29);
    let (places, actors) = ((incidents / 20).clamp(6, 3_000), (incidents / 10).clamp(8, 6_000));
    let reports = incidents.max(4);
    let mut record = Record { actors: (0..actors).map(actor).collect(), ..Record::default() };
    let plans: Vec<Plan> = (0..incidents)
        .map(|n| Plan {
            place: dice.skewed(places),
            by: dice.skewed(actors),
            against: dice.skewed(actors),
            act: dice.roll(ACTS.len()),
            killed: dice.roll(40) as u64,
            day: (n * 3_000 / incidents.max(1)) as i64,
            speaker: dice.skewed(actors),
            comment: dice.roll(COMMENTS.len()),
            disputed: dice.roll(16) == 0,
        })
        .collect();
    // Which report tells of which incidents: those of about the same days.
    let mut told: Vec<Vec<usize>> = vec![Vec::new(); reports];
    for n in 0..incidents {
        for _ in 0..1 + dice.skewed(8) {
            told[(n + dice.roll(6)) % reports].push(n);
        }
    }
    let first = Date::constant(2016, 1, 1);
    let date = |day: i64| {
        first.checked_add(std::time::Duration::from_secs(day.unsigned_abs() * 86_400)).unwrap_or(first)
    };
    record.incidents = plans.iter().enumerate().map(|(n, p)| incident(n, p, date(p.day))).collect();
    let mut statements: BTreeMap<usize, Statement> = BTreeMap::new();
    for (number, mut list) in told.into_iter().enumerate() {
        list.sort_unstable();
        list.dedup();
        tell(&mut record, number, &list, &plans, &mut statements, date);
    }
    // An incident that no report tells of is none.
    record.incidents.retain(|i| !i.evidence.is_empty());
    record.statements = statements.into_values().collect();
    for actor in &mut record.actors {
        actor.evidence.sort();
    }
    record.disputes = record
        .incidents
        .iter()
        .filter(|i| i.figures.iter().any(|f| f.claims.len() > 1 && f.low != f.high))
        .map(dispute)
        .collect();
    for n in 0..actors / 2 {
        let at = record.actors[n].evidence.first().cloned();
        record.ties.extend(at.map(|span| Tie {
            a: actor_id(n),
            relation: Relation::AlliedWith,
            b: actor_id((n * 3 + 1) % actors),
            evidence: vec![span],
        }));
    }
    if let Some(last) = record.incidents.last() {
        record.redirects.insert(IncidentId::new("assault-gone"), last.id.clone());
    }
    record
}

fn incident(n: usize, p: &Plan, day: Date) -> Incident {
    let (act, kind, mode, cameo) = ACTS[p.act];
    let place = spot(p.place);
    let deadly = kind == EventType::Assault;
    let toll = if deadly { format!(" ({} killed)", p.killed) } else { String::new() };
    Incident {
        id: IncidentId::new(&format!("{}-{n:08x}", kind.as_str().to_lowercase())),
        title: format!("{}{} in {}{toll}", act[..1].to_uppercase(), &act[1..], place.name),
        kind,
        mode: Some(mode),
        cameo: cameo.to_owned(),
        contexts: vec![Context::Military],
        factuality: [Factuality::Happened, Factuality::Happened, Factuality::Happened, Factuality::Planned]
            [n % 4],
        when: match n % 9 {
            0 => When::Unknown,
            1 => When::from_bounds(
                Some(day),
                day.checked_add(std::time::Duration::from_secs(6 * 86_400)).ok(),
                Precision::Week,
            ),
            _ => When::Exact(day),
        },
        places: vec![Located { spot: place, evidence: Vec::new() }],
        actors: vec![party(p.by, Confidence::Claimed)],
        targets: vec![party(p.against, Confidence::Fact)],
        figures: Vec::new(),
        evidence: Vec::new(),
        grounds: Grounds::default(),
        responds_to: Vec::new(),
        part_of: None,
        links: Vec::new(),
    }
}

fn party(actor: usize, confidence: Confidence) -> Party {
    Party { actor: actor_id(actor), confidence, evidence: Vec::new() }
}

/// Writes one report on these incidents and adds what it says to the record.
fn tell(
    record: &mut Record,
    number: usize,
    list: &[usize],
    plans: &[Plan],
    statements: &mut BTreeMap<usize, Statement>,
    date: impl Fn(i64) -> Date,
) {
    let id = ReportId::new(&format!("report-{number:06}"));
    let outlet = OUTLETS[number * 7 % OUTLETS.len()];
    let mut draft = Draft::default();
    let headline = match list.first() {
        Some(n) => record.incidents[*n].title.clone(),
        None => format!("Quiet day for {outlet}"),
    };
    let title = draft.add(&headline);
    draft.add("\n\n");
    let body = draft.0.len();
    for n in list {
        let p = &plans[*n];
        let span = |range| Span { report: id.clone(), range };
        let (by, against) = (record.actors[p.by].name.clone(), record.actors[p.against].name.clone());
        let day_at = draft.add("On that day");
        draft.add(" ");
        let by_at = draft.add(&by);
        draft.add(" was said to be behind ");
        let act = draft.add(ACTS[p.act].0);
        draft.add(" in ");
        let place_at = draft.add(&spot(p.place).name);
        draft.add(", against ");
        let against_at = draft.add(&against);
        let incident = &mut record.incidents[*n];
        incident.evidence.push(span(act));
        incident.actors[0].evidence.push(span(by_at));
        incident.targets[0].evidence.push(span(against_at));
        incident.places[0].evidence.push(span(place_at));
        incident.grounds.kind.push(span(act));
        incident.grounds.mode.push(span(act));
        incident.grounds.factuality.push(span(act));
        if incident.when != When::Unknown {
            incident.grounds.when.push(span(day_at));
            incident.grounds.published.push(id.clone());
        }
        if incident.evidence.len() > 1 {
            incident.links.push(Linked {
                at: span(act),
                to: Some(incident.evidence[0].clone()),
                reasons: vec![Reason { feature: "place", weight: 0.5, detail: spot(p.place).name }],
            });
        }
        record.actors[p.by].evidence.push(span(by_at));
        record.actors[p.against].evidence.push(span(against_at));
        if ACTS[p.act].1 == EventType::Assault {
            let killed = p.killed + if p.disputed { (number % 3) as u64 } else { 0 };
            draft.add(". Officials said ");
            let words = draft.add(&format!("{killed} people"));
            draft.add(" were killed");
            claim(incident, killed, span(words), &draft.0, record.actors[p.speaker].id.clone());
        }
        draft.add(". ");
        if n % 3 == 0 {
            let speaker = record.actors[p.speaker].name.clone();
            draft.add(&format!("{speaker} called it “"));
            let said = draft.add(COMMENTS[p.comment]);
            draft.add("”. ");
            let statement = statements.entry(*n).or_insert_with(|| Statement {
                id: format!("statement-{n:08x}"),
                speaker: Some(actor_id(p.speaker)),
                about: vec![incident.id.clone()],
                variants: Vec::new(),
            });
            statement.variants.push(Variant {
                at: span(said),
                kind: AttributionKind::Direct,
                speaker_as_written: speaker,
                drift: None,
            });
        }
        if n % 10 == 9 {
            draft.add("It came ");
            let why = draft.add("in response to what happened before");
            draft.add(". ");
            let answered = record.incidents[n - 1].id.clone();
            let incident = &mut record.incidents[*n];
            if incident.responds_to.is_empty() {
                incident.responds_to.push(Response { incident: answered, evidence: vec![span(why)] });
            }
        }
        draft.add("\n\n");
    }
    let mut tail = String::new();
    let _ = write!(
        tail,
        "Residents of the area said roads were closed and schools stayed shut. Copyright {outlet}."
    );
    let end = draft.0.len();
    let residue = draft.add(&tail);
    let text: Arc<str> = Arc::from(draft.0.trim_end());
    let block = |range, label, rule| Block { range, label, rule };
    let day = list.first().map_or(0, |n| plans[*n].day);
    record.reports.push(Report {
        id: id.clone(),
        origin: format!("{id}.txt"),
        title: Some(Text { value: headline, at: Some(title) }),
        publisher: Some(outlet.to_owned()),
        author: None,
        url: Some(format!("https://{}.example/{number}", outlet.to_lowercase().replace(' ', "-"))),
        language: Some("en".to_owned()),
        published: Some(Published { date: date(day), time: None, from: DateSource::Given, at: None }),
        blocks: vec![
            block(title, BlockLabel::Title, "layout.title"),
            block(TextRange::new(body, end), BlockLabel::Body, "layout.body"),
            block(residue, BlockLabel::Residue, "residue.copyright"),
        ],
        warnings: Vec::new(),
        text,
    });
    let copy_of = (number % 11 == 10).then(|| ReportId::new(&format!("report-{:06}", number - 1)));
    record.documents.insert(
        id.clone(),
        DocumentLink { origin: copy_of.as_ref().unwrap_or(&id).to_string(), copy_of, passages: Vec::new() },
    );
}

fn claim(incident: &mut Incident, killed: u64, at: Span, text: &str, by: ActorId) {
    if incident.figures.is_empty() {
        incident.figures.push(FigureSet {
            what: "killed".to_owned(),
            of: None,
            place: None,
            low: Some(killed),
            best: Some(killed),
            high: Some(killed),
            rule: FigureRule::Reliable,
            claims: Vec::new(),
        });
    }
    let set = &mut incident.figures[0];
    set.low = set.low.min(Some(killed));
    set.high = set.high.max(Some(killed));
    set.claims.push(Claim {
        bounds: Bounds::exactly(killed),
        qualifier: Qualifier::Exact,
        by: Some(by),
        by_as_written: "Officials".to_owned(),
        as_written: at.range.of(text).to_owned(),
        status: ClaimStatus::Stands,
        at,
    });
}

fn dispute(i: &Incident) -> Dispute {
    let set = &i.figures[0];
    let side = |n: u64| Side {
        claim: format!("{n} killed"),
        by: set.claims.iter().filter_map(|c| c.by.clone()).take(1).collect(),
        evidence: set
            .claims
            .iter()
            .filter(|c| c.bounds.low() == Some(n))
            .map(|c| c.at.clone())
            .take(3)
            .collect(),
    };
    Dispute {
        id: format!("dispute-{}", i.id),
        kind: DisputeKind::Figure,
        incident: Some(i.id.clone()),
        sides: [set.low, set.high].into_iter().flatten().map(side).collect(),
    }
}
