//! Many reports with known answers: are they found, and does the time grow with their number and not with its square?
//!
//! `cargo test --release -p link --test scale -- --ignored --nocapture` prints the curve up to 100,000 reports.

use std::collections::BTreeMap;
use std::time::Instant;

use link::{Options, link};
use record::{
    Actor, ActorId, ActorKind, Analysis, Block, BlockLabel, Bounds, Confidence, DateSource, Event, EventRole,
    EventType, Factuality, Figure, Parsed, Place, PlacePrecision, Published, Qualifier, Report, ReportId,
    Sentence, Spot, TextRange, TimeExpression, TimexType, When,
};

/// Reports of one story: an original, its copies with a little of their own, and rewrites in other words.
const COPIES: usize = 4;
const REWRITES: usize = 5;
const STORY: usize = 1 + COPIES + REWRITES;
/// Bytes of a report, about.
const LENGTH: usize = 3000;

/// A small linear congruential generator: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    /// A pronounceable word, the same for the same number. Small numbers are drawn more often.
    fn word(&mut self, from: usize, words: usize) -> String {
        let n = self.roll(words).min(self.roll(words));
        word(from + n)
    }
}

fn word(n: usize) -> String {
    const BEGIN: [&str; 16] =
        ["ba", "do", "ke", "li", "mo", "nu", "pra", "sta", "tre", "vi", "zo", "fle", "gri", "hu", "ja", "co"];
    const END: [&str; 8] = ["n", "rt", "sk", "m", "ld", "th", "p", "x"];
    let (mut n, mut out) = (n, String::new());
    loop {
        out += BEGIN[n % 16];
        n /= 16;
        if n == 0 {
            break;
        }
    }
    let end = END[out.len() % 8];
    out + end
}

/// One report. What it says of the story is the same for all; the wording of the body is its own or the original's.
fn report(story: usize, n: usize) -> Analysis {
    let mut facts = Dice(story as u64 + 1);
    let town = {
        let w = word(70_000 + story);
        w[..1].to_uppercase() + &w[1..]
    };
    let (killed, week) = (3 + facts.roll(60), facts.roll(50));
    let state = format!("State{}", facts.roll(40));
    let date = jiff::civil::date(2024, 1, 1) + jiff::Span::new().days(i64::try_from(week * 7).unwrap_or(0));
    let copy = (1..=COPIES).contains(&n);
    let mut dice = Dice((story * STORY + if copy { 0 } else { n }) as u64 * 7919 + 17);
    let own = if copy { Some(Dice((story * STORY + n) as u64)) } else { None };

    let mut text = format!("{state} bombed a depot in {town} on {date}, killing {killed} people.");
    // The story's own forty words and the language's five thousand.
    while text.len() < LENGTH {
        text.push(' ');
        let sentence: Vec<String> = (0..14)
            .map(|i| if i % 4 == 0 { word(100_000 + story * 40 + dice.roll(40)) } else { dice.word(0, 5000) })
            .collect();
        text += &(sentence[0][..1].to_uppercase() + &sentence.join(" ")[1..]);
        text.push('.');
    }
    if let Some(mut own) = own {
        text.push(' ');
        text += &(0..30).map(|_| own.word(0, 5000)).collect::<Vec<_>>().join(" ");
    }
    let mut a = analysis(&format!("r{story:05}-{n}"), date, text, &state, &town, killed);
    // Copies come out the day after.
    if let Some(p) = a.report.published.as_mut().filter(|_| copy) {
        p.date = p.date.tomorrow().unwrap_or(p.date);
    }
    a
}

fn analysis(
    id: &str,
    date: jiff::civil::Date,
    text: String,
    state: &str,
    town: &str,
    killed: usize,
) -> Analysis {
    let find = |words: &str| {
        let start = text.find(words).expect("the words stand in the text");
        TextRange::new(start, start + words.len())
    };
    let (trigger, day) = (find("bombed"), find(&date.to_string()));
    let first = TextRange::new(0, text.find('.').unwrap_or(0));
    let actor = ActorId::new(&state.to_lowercase());
    let spot = Spot {
        name: town.to_owned(),
        geonames_id: None,
        lat: None,
        lon: None,
        country: Some("AAA"),
        admin1: None,
        precision: PlacePrecision::City,
    };
    let event = Event {
        trigger,
        extent: first,
        kind: EventType::Assault,
        mode: None,
        cameo: "190".to_owned(),
        contexts: Vec::new(),
        actors: vec![EventRole {
            range: find(state),
            actor: Some(actor.clone()),
            confidence: Confidence::Fact,
        }],
        targets: Vec::new(),
        time: Some(0),
        place: Some(0),
        places: vec![0],
        factuality: Factuality::Happened,
        attribution: None,
        same_as: None,
        responds_to: Vec::new(),
        aggregate: false,
        rule: "synthetic".to_owned(),
    };
    let figure = Figure {
        range: find(&format!("{killed} people")),
        what: "killed".to_owned(),
        counted: None,
        harm: None,
        person: None,
        bounds: Bounds::exactly(killed as u64),
        qualifier: Qualifier::Exact,
        event: Some(0),
        attribution: None,
        place: None,
        cumulative: false,
        part: false,
        rule: "synthetic",
    };
    Analysis {
        times: vec![TimeExpression {
            range: day,
            kind: TimexType::Date,
            value: date.to_string(),
            when: When::Exact(date),
            anchored: true,
            rule: "synthetic",
        }],
        places: vec![Place { range: find(town), spot, locative: true, rule: "synthetic" }],
        actors: vec![Actor {
            id: actor,
            name: state.to_owned(),
            kind: ActorKind::State,
            country: Some(state.to_owned()),
            sector: None,
            wikidata: None,
            aliases: Vec::new(),
            roles: Vec::new(),
            evidence: Vec::new(),
        }],
        mentions: Vec::new(),
        ties: Vec::new(),
        attributions: Vec::new(),
        figures: vec![figure],
        events: vec![event],
        warnings: Vec::new(),
        parsed: Parsed {
            sentences: vec![Sentence { range: first, ..Sentence::default() }],
            ..Parsed::default()
        },
        report: Report {
            id: ReportId::new(id),
            origin: id.to_owned(),
            blocks: vec![Block {
                range: TextRange::new(0, text.len()),
                label: BlockLabel::Body,
                rule: "synthetic",
            }],
            text: text.into(),
            title: None,
            publisher: None,
            author: None,
            url: None,
            language: None,
            published: Some(Published { date, time: None, from: DateSource::Given, at: None }),
            warnings: Vec::new(),
        },
    }
}

/// Shares of right answers among `reports` reports: incidents, copies; and the seconds it took.
fn measure(reports: usize) -> (f64, f64, f64) {
    let all: Vec<Analysis> = (0..reports).map(|i| report(i / STORY, i % STORY)).collect();
    let start = Instant::now();
    let record = link(all, &Options::default());
    let seconds = start.elapsed().as_secs_f64();
    let story = |id: &ReportId| id.as_str()[1..6].to_owned();
    let mut incidents: BTreeMap<String, usize> = BTreeMap::new();
    let mut whole = 0;
    for i in &record.incidents {
        let reports = i.reports();
        *incidents.entry(story(&reports[0])).or_default() += 1;
        whole +=
            usize::from(reports.len() == STORY && reports.iter().all(|r| story(r) == story(&reports[0])));
    }
    let right = record
        .documents
        .iter()
        .filter(|(id, link)| {
            let n: usize = id.as_str()[7..].parse().unwrap_or(0);
            link.copy_of.is_some() == (1..=COPIES).contains(&n)
                && link.copy_of.as_ref().is_none_or(|of| story(of) == story(id))
        })
        .count();
    (whole as f64 / (reports / STORY) as f64, right as f64 / reports as f64, seconds)
}

#[test]
fn stories_and_copies_among_many_are_found() {
    let (incidents, copies, _) = measure(500);
    assert!(incidents > 0.95, "{incidents} of the stories are one whole incident");
    assert!(copies > 0.98, "{copies} of the reports are rightly told to be a copy or not");
}

#[test]
#[ignore = "minutes"]
fn time_grows_with_the_number_of_reports() {
    let mut last: Option<(usize, f64)> = None;
    for n in [1_000, 10_000, 100_000] {
        let (incidents, copies, seconds) = measure(n);
        println!("{n} reports: {seconds:.1} s, incidents {incidents:.3}, copies {copies:.3}");
        if let Some((m, before)) = last {
            let growth = seconds / before.max(0.1);
            assert!(growth < 2.0 * n as f64 / m as f64, "{m} → {n} reports: {growth:.1} times as long");
        }
        last = Some((n, seconds));
    }
}
