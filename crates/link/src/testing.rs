//! Hand-made analyses for tests: a text and marked words.

use record::{
    Actor, ActorId, ActorKind, Analysis, Attribution, AttributionKind, Block, BlockLabel, Confidence,
    DateSource, Event, EventRole, EventType, Factuality, Parsed, Place, PlacePrecision, Published, Report,
    ReportId, Sentence, Spot, Stance, TextRange, TimeExpression, TimexType, When,
};

/// A report with nothing found in it yet. Its one block is its body; sentences end at full stops.
pub(crate) fn report(id: &str, date: Option<&str>, text: &str) -> Analysis {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (end, _) in text.match_indices(". ").map(|(i, s)| (i + 1, s)).chain([(text.len(), "")]) {
        sentences.push(Sentence { range: TextRange::new(start, end), ..Sentence::default() });
        start = end + 1;
    }
    Analysis {
        report: Report {
            id: ReportId::new(id),
            origin: id.to_owned(),
            text: text.into(),
            title: None,
            publisher: None,
            author: None,
            url: None,
            language: None,
            published: date.and_then(|d| d.parse().ok()).map(|date| Published {
                date,
                time: None,
                from: DateSource::Given,
                at: None,
            }),
            blocks: vec![Block {
                range: TextRange::new(0, text.len()),
                label: BlockLabel::Body,
                rule: "test",
            }],
            warnings: Vec::new(),
        },
        parsed: Parsed { sentences, ..Parsed::default() },
        times: Vec::new(),
        places: Vec::new(),
        actors: Vec::new(),
        mentions: Vec::new(),
        ties: Vec::new(),
        attributions: Vec::new(),
        figures: Vec::new(),
        events: Vec::new(),
        warnings: Vec::new(),
    }
}

/// Where `words` first stand in the report.
pub(crate) fn at(a: &Analysis, words: &str) -> TextRange {
    let start = a.report.text.find(words).unwrap_or_else(|| panic!("«{words}» is not in the text"));
    TextRange::new(start, start + words.len())
}

/// Adds an assault whose extent and trigger are `words`; gives its index.
pub(crate) fn assault(a: &mut Analysis, words: &str) -> usize {
    let range = at(a, words);
    a.events.push(Event {
        trigger: range,
        extent: range,
        kind: EventType::Assault,
        mode: None,
        cameo: "190".to_owned(),
        contexts: Vec::new(),
        actors: Vec::new(),
        targets: Vec::new(),
        time: None,
        place: None,
        places: Vec::new(),
        factuality: Factuality::Happened,
        attribution: None,
        same_as: None,
        responds_to: Vec::new(),
        aggregate: false,
        rule: "test".to_owned(),
    });
    a.events.len() - 1
}

/// Adds an attribution of `content` to `source`; gives its index.
pub(crate) fn attribution(a: &mut Analysis, source: &str, content: &str) -> usize {
    let (source, content) = (at(a, source), at(a, content));
    a.attributions.push(Attribution {
        source: Some(source),
        cue: None,
        content: vec![content],
        kind: AttributionKind::Indirect,
        speaker: None,
        via: None,
        inside: None,
        stance: Stance::Says,
        rule: "test",
    });
    a.attributions.len() - 1
}

/// Adds an actor and gives its id.
pub(crate) fn actor(
    a: &mut Analysis,
    id: &str,
    name: &str,
    kind: ActorKind,
    country: Option<&str>,
) -> ActorId {
    let id = ActorId::new(id);
    a.actors.push(Actor {
        id: id.clone(),
        name: name.to_owned(),
        kind,
        country: country.map(str::to_owned),
        sector: None,
        wikidata: None,
        aliases: Vec::new(),
        roles: Vec::new(),
        evidence: Vec::new(),
    });
    id
}

/// Gives event `event` an actor with a role as a fact.
pub(crate) fn by(a: &mut Analysis, event: usize, words: &str, actor: &ActorId) {
    let range = at(a, words);
    a.events[event].actors.push(EventRole {
        range,
        actor: Some(actor.clone()),
        confidence: Confidence::Fact,
    });
}

/// Gives event `event` a place.
pub(crate) fn place(
    a: &mut Analysis,
    event: usize,
    words: &str,
    country: &'static str,
    precision: PlacePrecision,
) {
    let range = at(a, words);
    let spot = Spot {
        name: words.to_owned(),
        geonames_id: None,
        lat: None,
        lon: None,
        country: Some(country),
        admin1: None,
        precision,
    };
    a.places.push(Place { range, spot, locative: true, rule: "test" });
    a.events[event].places.push(a.places.len() - 1);
}

/// Gives event `event` a day.
pub(crate) fn day(a: &mut Analysis, event: usize, words: &str, date: &str) {
    let range = at(a, words);
    a.times.push(TimeExpression {
        range,
        kind: TimexType::Date,
        value: date.to_owned(),
        when: date.parse().map_or(When::Unknown, When::Exact),
        anchored: true,
        rule: "test",
    });
    a.events[event].time = Some(a.times.len() - 1);
}
