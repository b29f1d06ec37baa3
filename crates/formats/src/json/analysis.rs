//! `rapporteur/analysis/1`: what one report says, one JSON object a report.

use ::record::{
    Actor, ActorId, ActorKind, ActorMention, Analysis, Attribution, AttributionKind, Bounds, Confidence,
    Context, Entity, Event, EventRole, EventType, Factuality, Figure, Mode, Parsed, Place, PlacePrecision,
    Precision, Qualifier, Relation, Role, Sector, Span, Spot, Stance, Tie, TimeExpression, TimexType, When,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::named::{Named, keep};
use super::report::{BlockJson, RangeJson, ReportJson, WarningJson};
use super::sentence::{EntityJson, SentenceJson, entity, sentence};
use super::{ANALYSIS, Points, WireError};

/// What one report says, with the words for each value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalysisJson {
    /// `rapporteur/analysis/1`.
    pub schema: String,
    /// The report.
    pub report: ReportJson,
    /// The parts of its text.
    pub blocks: Vec<BlockJson>,
    /// Its sentences with their words and trees.
    pub sentences: Vec<SentenceJson>,
    /// Named entities.
    pub entities: Vec<EntityJson>,
    /// Times.
    pub times: Vec<TimeJson>,
    /// Places.
    pub places: Vec<PlaceJson>,
    /// Figures.
    pub figures: Vec<FigureJson>,
    /// Who said what.
    pub attributions: Vec<AttributionJson>,
    /// Events.
    pub events: Vec<EventJson>,
    /// Actors that are mentioned.
    pub actors: Vec<ActorJson>,
    /// Where they are mentioned.
    pub mentions: Vec<MentionJson>,
    /// Ties between actors that the report states.
    pub ties: Vec<TieJson>,
    /// What was odd in the analysis.
    pub warnings: Vec<WarningJson>,
}

/// A time as written, with its TIMEX3 reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: Named<TimexType>,
    /// TIMEX3 value.
    pub value: String,
    /// First possible day, `YYYY-MM-DD`, or null.
    pub earliest: Option<String>,
    /// Last possible day, or null.
    pub latest: Option<String>,
    /// How finely it is known, or null.
    pub precision: Option<Named<Precision>>,
    /// Whether a publication date or the text itself fixes it.
    pub anchored: bool,
    /// The rule that read it.
    pub rule: String,
}

/// A place as written, with the place it means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Its usual English name.
    pub name: String,
    /// GeoNames id, or null.
    pub geonames_id: Option<u32>,
    /// Degrees north (WGS 84), or null.
    pub lat: Option<f64>,
    /// Degrees east (WGS 84), or null.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3 code, or null.
    pub country: Option<String>,
    /// First-level division, or null.
    pub admin1: Option<String>,
    /// How fine it is.
    pub precision: Named<PlacePrecision>,
    /// Whether it is named as where something is.
    pub locative: bool,
    /// The rule that resolved it.
    pub rule: String,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// `killed`, `wounded`, …, or the plural noun of the things counted.
    pub what: String,
    /// Who or what is counted, as written, or null.
    pub counted: Option<String>,
    /// Where those words stand.
    pub counted_at: Option<RangeJson>,
    /// The words that say what happened to them, or null.
    pub harm: Option<RangeJson>,
    /// Which of the report's people it is, counted from 0, if somebody named or described stands there and no number.
    pub person: Option<usize>,
    /// The least it can be, or null.
    pub low: Option<u64>,
    /// The most it can be, or null.
    pub high: Option<u64>,
    /// The hedge.
    pub qualifier: Named<Qualifier>,
    /// Index into `events` of what it belongs to, or null.
    pub event: Option<usize>,
    /// Index into `attributions` of who gives it, or null.
    pub attribution: Option<usize>,
    /// Index into `places`, where it holds for one place.
    pub place: Option<usize>,
    /// Whether it is the running toll of a war or a period.
    pub cumulative: bool,
    /// Whether it is said to be part of another figure.
    pub part: bool,
    /// The rule that read it.
    pub rule: String,
}

/// Words given to a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributionJson {
    /// Who, as written, or null.
    pub source: Option<RangeJson>,
    /// "said", "according to", or null.
    pub cue: Option<RangeJson>,
    /// What was said, in one or more parts.
    pub content: Vec<RangeJson>,
    /// Direct, indirect or mixed.
    pub kind: Named<AttributionKind>,
    /// The actor who first asserts it, or null.
    pub speaker: Option<String>,
    /// The actor who passes it on, or null.
    pub via: Option<String>,
    /// Index of the attribution that this one lies inside of, or null.
    pub inside: Option<usize>,
    /// What the speaker does with the words.
    pub stance: Named<Stance>,
    /// The rule that found it.
    pub rule: String,
}

/// One mention of an event. `start` and `end` are its trigger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventJson {
    /// First code point of the trigger.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The clause or phrase around it.
    pub extent: RangeJson,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: Named<EventType>,
    /// PLOVER mode, or null.
    pub mode: Option<Named<Mode>>,
    /// CAMEO code as text.
    pub cameo: String,
    /// PLOVER contexts.
    pub contexts: Vec<Named<Context>>,
    /// Who does it.
    pub actors: Vec<RoleJson>,
    /// To whom.
    pub targets: Vec<RoleJson>,
    /// Index into `times`, or null.
    pub time: Option<usize>,
    /// Index into `places` of the finest place, or null.
    pub place: Option<usize>,
    /// All places, as indices into `places`, the finest first.
    pub places: Vec<usize>,
    /// Whether it happened.
    pub factuality: Named<Factuality>,
    /// Index into `attributions` of who asserts it; null for the outlet's own voice.
    pub attribution: Option<usize>,
    /// Index of an earlier event that this one is another mention of, or null.
    pub same_as: Option<usize>,
    /// Earlier or later events that this one answers.
    pub responds_to: Vec<RespondsJson>,
    /// Whether it sums up several incidents.
    pub aggregate: bool,
    /// Why this code: the id of the lexicon line or rule.
    pub rule: String,
}

/// Somebody in an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The actor, or null.
    pub actor: Option<String>,
    /// How surely the report gives the role.
    pub confidence: Named<Confidence>,
}

/// A link to an event that is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RespondsJson {
    /// Index into `events`.
    pub event: usize,
    /// First code point of the words that say so.
    pub start: usize,
    /// One past their last.
    pub end: usize,
}

/// Somebody who acts, suffers or speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorJson {
    /// Stable id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The kind.
    pub kind: Named<ActorKind>,
    /// ISO 3166-1 alpha-3 code, or null.
    pub country: Option<String>,
    /// PLOVER sector, or null.
    pub sector: Option<Named<Sector>>,
    /// Wikidata id, or null.
    pub wikidata: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Posts.
    pub roles: Vec<PostJson>,
    /// Where the reports name it.
    pub evidence: Vec<SpanJson>,
}

/// A post held by an actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostJson {
    /// "defense secretary".
    pub title: String,
    /// The actor it is a post of, or null.
    pub of: Option<String>,
    /// First day, or null.
    pub from: Option<String>,
    /// Last day, or null.
    pub to: Option<String>,
}

/// Words in a report that mean an actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The actor.
    pub actor: String,
    /// The rule that says so.
    pub rule: String,
}

/// A tie between two actors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TieJson {
    /// The one that is backed, is part, speaks for.
    pub a: String,
    /// How.
    pub relation: Named<Relation>,
    /// The other.
    pub b: String,
    /// The words that say so.
    pub evidence: Vec<SpanJson>,
}

/// A place in one report, in code points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpanJson {
    /// The report's id.
    pub report: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl AnalysisJson {
    /// The analysis on the wire.
    #[must_use]
    pub fn new(a: &Analysis) -> AnalysisJson {
        let p = &Points::new(&a.report.text);
        let span = |s: &Span| {
            let (start, end) = p.range(s.range);
            SpanJson { report: s.report.to_string(), start, end }
        };
        AnalysisJson {
            schema: ANALYSIS.to_owned(),
            report: ReportJson::new(&a.report, p),
            blocks: a.report.blocks.iter().map(|b| BlockJson::new(b, p)).collect(),
            sentences: a.parsed.sentences.iter().map(|s| sentence(s, &a.report.text, p)).collect(),
            entities: a.parsed.entities.iter().map(|e| entity(e, a, p)).collect(),
            times: a.times.iter().map(|t| time(t, p)).collect(),
            places: a.places.iter().map(|x| place(x, p)).collect(),
            figures: a.figures.iter().map(|f| figure(f, &a.report.text, p)).collect(),
            attributions: a.attributions.iter().map(|x| attribution(x, p)).collect(),
            events: a.events.iter().map(|e| event(e, p)).collect(),
            actors: a.actors.iter().map(|x| ActorJson::new(x, &span)).collect(),
            mentions: a.mentions.iter().map(|m| mention(m, p)).collect(),
            ties: a.ties.iter().map(|t| TieJson::new(t, &span)).collect(),
            warnings: a.warnings.iter().map(WarningJson::from).collect(),
        }
    }

    /// The analysis again.
    ///
    /// # Errors
    /// If the schema is another one, or a value is not what its field promises.
    pub fn read(self) -> Result<Analysis, WireError> {
        if self.schema != ANALYSIS {
            return Err(WireError::new(format!("schema is «{}», expected «{ANALYSIS}»", self.schema)));
        }
        let report = self.report.read(self.blocks)?;
        let text = report.text.clone();
        let p = &Points::new(&text);
        let span = |s: SpanJson| -> Result<Span, WireError> {
            Ok(Span { report: ::record::ReportId::new(&s.report), range: p.bytes(s.start, s.end) })
        };
        let sentences = self.sentences.into_iter().map(|s| s.read(p)).collect();
        let entities =
            self.entities.iter().map(|e| Entity { range: p.bytes(e.start, e.end), kind: e.kind.0 }).collect();
        Ok(Analysis {
            report,
            parsed: Parsed { sentences, entities, vectors: Vec::new() },
            times: self.times.into_iter().map(|t| t.read(p)).collect::<Result<_, _>>()?,
            places: self.places.into_iter().map(|x| x.read(p)).collect(),
            actors: self.actors.into_iter().map(|x| x.read(&span)).collect::<Result<_, _>>()?,
            mentions: self.mentions.into_iter().map(|m| m.read(p)).collect(),
            ties: self.ties.into_iter().map(|t| t.read(&span)).collect::<Result<_, _>>()?,
            attributions: self.attributions.into_iter().map(|x| x.read(p)).collect(),
            figures: self.figures.into_iter().map(|f| f.read(p)).collect(),
            events: self.events.into_iter().map(|e| e.read(p)).collect(),
            warnings: self.warnings.into_iter().map(Into::into).collect(),
        })
    }
}

fn time(t: &TimeExpression, p: &Points<'_>) -> TimeJson {
    let (start, end) = p.range(t.range);
    TimeJson {
        start,
        end,
        kind: Named(t.kind),
        value: t.value.clone(),
        earliest: t.when.earliest().map(|d| d.to_string()),
        latest: t.when.latest().map(|d| d.to_string()),
        precision: t.when.precision().map(Named),
        anchored: t.anchored,
        rule: t.rule.to_owned(),
    }
}

fn place(x: &Place, p: &Points<'_>) -> PlaceJson {
    let (start, end) = p.range(x.range);
    PlaceJson {
        start,
        end,
        name: x.spot.name.clone(),
        geonames_id: x.spot.geonames_id,
        lat: x.spot.lat,
        lon: x.spot.lon,
        country: x.spot.country.map(str::to_owned),
        admin1: x.spot.admin1.clone(),
        precision: Named(x.spot.precision),
        locative: x.locative,
        rule: x.rule.to_owned(),
    }
}

fn figure(f: &Figure, text: &str, p: &Points<'_>) -> FigureJson {
    let (start, end) = p.range(f.range);
    FigureJson {
        start,
        end,
        what: f.what.clone(),
        counted: f.counted.map(|r| r.of(text).to_owned()),
        counted_at: f.counted.map(|r| RangeJson::new(p, r)),
        harm: f.harm.map(|r| RangeJson::new(p, r)),
        person: f.person,
        low: f.bounds.low(),
        high: f.bounds.high(),
        qualifier: Named(f.qualifier),
        event: f.event,
        attribution: f.attribution,
        place: f.place,
        cumulative: f.cumulative,
        part: f.part,
        rule: f.rule.to_owned(),
    }
}

fn attribution(x: &Attribution, p: &Points<'_>) -> AttributionJson {
    AttributionJson {
        source: x.source.map(|r| RangeJson::new(p, r)),
        cue: x.cue.map(|r| RangeJson::new(p, r)),
        content: x.content.iter().map(|r| RangeJson::new(p, *r)).collect(),
        kind: Named(x.kind),
        speaker: x.speaker.as_ref().map(ActorId::to_string),
        via: x.via.as_ref().map(ActorId::to_string),
        inside: x.inside,
        stance: Named(x.stance),
        rule: x.rule.to_owned(),
    }
}

fn event(e: &Event, p: &Points<'_>) -> EventJson {
    let (start, end) = p.range(e.trigger);
    let role = |r: &EventRole| {
        let (start, end) = p.range(r.range);
        RoleJson {
            start,
            end,
            actor: r.actor.as_ref().map(ActorId::to_string),
            confidence: Named(r.confidence),
        }
    };
    let responds = |(event, at): &(usize, ::record::TextRange)| {
        let (start, end) = p.range(*at);
        RespondsJson { event: *event, start, end }
    };
    EventJson {
        start,
        end,
        extent: RangeJson::new(p, e.extent),
        kind: Named(e.kind),
        mode: e.mode.map(Named),
        cameo: e.cameo.clone(),
        contexts: e.contexts.iter().map(|c| Named(*c)).collect(),
        actors: e.actors.iter().map(role).collect(),
        targets: e.targets.iter().map(role).collect(),
        time: e.time,
        place: e.place,
        places: e.places.clone(),
        factuality: Named(e.factuality),
        attribution: e.attribution,
        same_as: e.same_as,
        responds_to: e.responds_to.iter().map(responds).collect(),
        aggregate: e.aggregate,
        rule: e.rule.clone(),
    }
}

fn mention(m: &ActorMention, p: &Points<'_>) -> MentionJson {
    let (start, end) = p.range(m.range);
    MentionJson { start, end, actor: m.actor.to_string(), rule: m.rule.to_owned() }
}

impl ActorJson {
    pub(super) fn new(a: &Actor, span: &impl Fn(&Span) -> SpanJson) -> ActorJson {
        let post = |r: &Role| PostJson {
            title: r.title.clone(),
            of: r.of.as_ref().map(ActorId::to_string),
            from: r.from.map(|d| d.to_string()),
            to: r.to.map(|d| d.to_string()),
        };
        ActorJson {
            id: a.id.to_string(),
            name: a.name.clone(),
            kind: Named(a.kind),
            country: a.country.clone(),
            sector: a.sector.map(Named),
            wikidata: a.wikidata.clone(),
            aliases: a.aliases.clone(),
            roles: a.roles.iter().map(post).collect(),
            evidence: a.evidence.iter().map(span).collect(),
        }
    }

    pub(super) fn read(
        self,
        span: &impl Fn(SpanJson) -> Result<Span, WireError>,
    ) -> Result<Actor, WireError> {
        let post = |r: PostJson| -> Result<Role, WireError> {
            Ok(Role {
                title: r.title,
                of: r.of.as_deref().map(ActorId::new),
                from: r.from.as_deref().map(day).transpose()?,
                to: r.to.as_deref().map(day).transpose()?,
            })
        };
        Ok(Actor {
            id: ActorId::new(&self.id),
            name: self.name,
            kind: self.kind.0,
            country: self.country,
            sector: self.sector.map(|s| s.0),
            wikidata: self.wikidata,
            aliases: self.aliases,
            roles: self.roles.into_iter().map(post).collect::<Result<_, _>>()?,
            evidence: self.evidence.into_iter().map(span).collect::<Result<_, _>>()?,
        })
    }
}

impl TieJson {
    pub(super) fn new(t: &Tie, span: &impl Fn(&Span) -> SpanJson) -> TieJson {
        TieJson {
            a: t.a.to_string(),
            relation: Named(t.relation),
            b: t.b.to_string(),
            evidence: t.evidence.iter().map(span).collect(),
        }
    }

    pub(super) fn read(self, span: &impl Fn(SpanJson) -> Result<Span, WireError>) -> Result<Tie, WireError> {
        Ok(Tie {
            a: ActorId::new(&self.a),
            relation: self.relation.0,
            b: ActorId::new(&self.b),
            evidence: self.evidence.into_iter().map(span).collect::<Result<_, _>>()?,
        })
    }
}

impl TimeJson {
    fn read(self, p: &Points<'_>) -> Result<TimeExpression, WireError> {
        Ok(TimeExpression {
            range: p.bytes(self.start, self.end),
            kind: self.kind.0,
            value: self.value,
            when: when(self.earliest.as_deref(), self.latest.as_deref(), self.precision)?,
            anchored: self.anchored,
            rule: keep(&self.rule),
        })
    }
}

impl PlaceJson {
    fn read(self, p: &Points<'_>) -> Place {
        Place {
            range: p.bytes(self.start, self.end),
            spot: Spot {
                name: self.name,
                geonames_id: self.geonames_id,
                lat: self.lat,
                lon: self.lon,
                country: self.country.as_deref().map(keep),
                admin1: self.admin1,
                precision: self.precision.0,
            },
            locative: self.locative,
            rule: keep(&self.rule),
        }
    }
}

impl FigureJson {
    fn read(self, p: &Points<'_>) -> Figure {
        Figure {
            range: p.bytes(self.start, self.end),
            what: self.what,
            counted: self.counted_at.map(|r| r.bytes(p)),
            harm: self.harm.map(|r| r.bytes(p)),
            person: self.person,
            bounds: Bounds::new(self.low, self.high),
            qualifier: self.qualifier.0,
            event: self.event,
            attribution: self.attribution,
            place: self.place,
            cumulative: self.cumulative,
            part: self.part,
            rule: keep(&self.rule),
        }
    }
}

impl AttributionJson {
    fn read(self, p: &Points<'_>) -> Attribution {
        Attribution {
            source: self.source.map(|r| r.bytes(p)),
            cue: self.cue.map(|r| r.bytes(p)),
            content: self.content.into_iter().map(|r| r.bytes(p)).collect(),
            kind: self.kind.0,
            speaker: self.speaker.as_deref().map(ActorId::new),
            via: self.via.as_deref().map(ActorId::new),
            inside: self.inside,
            stance: self.stance.0,
            rule: keep(&self.rule),
        }
    }
}

impl EventJson {
    fn read(self, p: &Points<'_>) -> Event {
        let role = |r: RoleJson| EventRole {
            range: p.bytes(r.start, r.end),
            actor: r.actor.as_deref().map(ActorId::new),
            confidence: r.confidence.0,
        };
        Event {
            trigger: p.bytes(self.start, self.end),
            extent: self.extent.bytes(p),
            kind: self.kind.0,
            mode: self.mode.map(|m| m.0),
            cameo: self.cameo,
            contexts: self.contexts.into_iter().map(|c| c.0).collect(),
            actors: self.actors.into_iter().map(role).collect(),
            targets: self.targets.into_iter().map(role).collect(),
            time: self.time,
            place: self.place,
            places: self.places,
            factuality: self.factuality.0,
            attribution: self.attribution,
            same_as: self.same_as,
            responds_to: self.responds_to.into_iter().map(|r| (r.event, p.bytes(r.start, r.end))).collect(),
            aggregate: self.aggregate,
            rule: self.rule,
        }
    }
}

impl MentionJson {
    fn read(self, p: &Points<'_>) -> ActorMention {
        ActorMention {
            range: p.bytes(self.start, self.end),
            actor: ActorId::new(&self.actor),
            rule: keep(&self.rule),
        }
    }
}

/// A day on the wire.
pub(super) fn day(text: &str) -> Result<jiff::civil::Date, WireError> {
    text.parse().map_err(|e| WireError::new(format!("day «{text}»: {e}")))
}

/// A time on the wire.
pub(super) fn when(
    earliest: Option<&str>,
    latest: Option<&str>,
    precision: Option<Named<Precision>>,
) -> Result<When, WireError> {
    let (earliest, latest) = (earliest.map(day).transpose()?, latest.map(day).transpose()?);
    Ok(When::from_bounds(earliest, latest, precision.map_or(Precision::Day, |p| p.0)))
}
