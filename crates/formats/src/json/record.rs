//! `rapporteur/record/1`: what all reports together say.

use std::collections::BTreeMap;

use ::record::{
    ActorId, AttributionKind, Bounds, Claim, ClaimStatus, Confidence, Context, Dispute, DisputeKind,
    DocumentLink, EventType, Factuality, FigureRule, FigureSet, Grounds, Incident, IncidentId, Linked,
    Located, Mode, Party, PlacePrecision, Precision, Qualifier, Reason, Record, Report, ReportId, Response,
    Side, Span, Spot, Statement, Variant, When,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::analysis::{ActorJson, SpanJson, TieJson, when};
use super::named::{Named, keep};
use super::report::{BlockJson, ReportJson, WarningJson};
use super::{Points, RECORD, WireError};

/// One sourced record of many reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordJson {
    /// `rapporteur/record/1`.
    pub schema: String,
    /// The reports, by id.
    pub reports: Vec<DocumentJson>,
    /// Everybody who acts, suffers or speaks, by id.
    pub actors: Vec<ActorJson>,
    /// Ties between them that reports state.
    pub ties: Vec<TieJson>,
    /// What happened, by date and id.
    pub incidents: Vec<IncidentJson>,
    /// Who said what.
    pub statements: Vec<StatementJson>,
    /// Where the accounts disagree.
    pub disputes: Vec<DisputeJson>,
    /// Ids of former incidents that went up in another one: old id to new id.
    pub redirects: BTreeMap<String, String>,
    /// What was odd.
    pub warnings: Vec<WarningJson>,
}

/// A report in a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentJson {
    #[serde(flatten)]
    #[allow(missing_docs, reason = "its fields stand beside ours on the wire")]
    pub report: ReportJson,
    /// The parts of its text.
    pub blocks: Vec<BlockJson>,
    /// The report that it copies, wholly or in the main, or null.
    pub copy_of: Option<String>,
    /// The group of reports that share one text and so are one voice.
    pub origin: String,
    /// Passages taken over from other reports.
    pub passages: Vec<PassageJson>,
}

/// A passage that two reports share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PassageJson {
    /// Here.
    pub here: SpanJson,
    /// There.
    pub there: SpanJson,
}

/// One thing that happened, or is said to have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentJson {
    /// Stable id.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: Named<EventType>,
    /// PLOVER mode, or null.
    pub mode: Option<Named<Mode>>,
    /// CAMEO code as text.
    pub cameo: String,
    /// PLOVER contexts.
    pub contexts: Vec<Named<Context>>,
    /// Whether it happened.
    pub factuality: Named<Factuality>,
    /// When, or null where the reports do not fix it.
    pub date: Option<DateJson>,
    /// Where, the finest first.
    pub places: Vec<SpotJson>,
    /// Who did it.
    pub actors: Vec<PartyJson>,
    /// To whom.
    pub targets: Vec<PartyJson>,
    /// How many, and according to whom.
    pub figures: Vec<FigureSetJson>,
    /// Every mention.
    pub evidence: Vec<SpanJson>,
    /// The words that type, mode, contexts and factuality stand on.
    #[serde(default)]
    pub grounds: GroundsJson,
    /// The reports that mention it.
    pub reports: Vec<String>,
    /// What it answers.
    pub responds_to: Vec<ResponseJson>,
    /// The incident it is a part of, or null.
    pub part_of: Option<String>,
    /// Why its mentions were put together.
    pub links: Vec<LinkedJson>,
}

/// A day or a stretch of days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateJson {
    /// First possible day, or null.
    pub earliest: Option<String>,
    /// Last possible day, or null.
    pub latest: Option<String>,
    /// How finely it is known.
    pub precision: Named<Precision>,
    /// The times that say so, those first that give just this date.
    #[serde(default)]
    pub evidence: Vec<SpanJson>,
    /// Reports whose date of publication those times are counted from ("on Wednesday").
    #[serde(default)]
    pub published: Vec<String>,
}

/// The words that an incident's own values stand on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroundsJson {
    /// The words that name the deed as one of this type.
    #[serde(rename = "type")]
    pub kind: Vec<SpanJson>,
    /// Those of this mode.
    pub mode: Vec<SpanJson>,
    /// The clauses that have the contexts.
    pub contexts: Vec<SpanJson>,
    /// The clauses that tell whether it happened.
    pub factuality: Vec<SpanJson>,
}

/// A place in the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpotJson {
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
    /// The words that name it.
    #[serde(default)]
    pub evidence: Vec<SpanJson>,
}

/// Somebody's part in an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyJson {
    /// Who: an id of `actors`.
    pub actor: String,
    /// How surely.
    pub confidence: Named<Confidence>,
    /// The words.
    pub evidence: Vec<SpanJson>,
}

/// All claims on one count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureSetJson {
    /// `killed`, `wounded`, …, or the plural noun of the things counted.
    pub what: String,
    /// Who is counted, where it is a part, or null.
    pub of: Option<String>,
    /// Where, when it is about one place, or null.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// The least that a standing claim allows, or null.
    pub low: Option<u64>,
    /// The value chosen by `rule`, or null.
    pub best: Option<u64>,
    /// The most that a standing claim allows, or null.
    pub high: Option<u64>,
    /// How `best` was chosen.
    pub rule: Named<FigureRule>,
    /// Every claim.
    pub claims: Vec<ClaimJson>,
}

/// One asserter's figure in one report's words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimJson {
    /// The least it can be, or null.
    pub low: Option<u64>,
    /// The most it can be, or null.
    pub high: Option<u64>,
    /// The hedge.
    pub qualifier: Named<Qualifier>,
    /// Who asserts it: an id of `actors`; null for the outlet's own voice or an unnamed source.
    pub by: Option<String>,
    /// The source as written, or null for the outlet's own voice.
    pub by_as_written: Option<String>,
    /// The words.
    pub as_written: String,
    /// The report.
    pub report: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// How it stands among the others.
    pub status: Named<ClaimStatus>,
}

/// A link to what is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseJson {
    /// The incident that is answered.
    pub incident: String,
    /// The words that say so.
    pub evidence: Vec<SpanJson>,
}

/// Why a mention is part of its incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkedJson {
    /// The mention.
    pub at: SpanJson,
    /// The mention it was linked with, or null for the first.
    pub to: Option<SpanJson>,
    /// The reasons.
    pub reasons: Vec<ReasonJson>,
}

/// One reason for a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonJson {
    /// The feature.
    pub feature: String,
    /// Its weight, negative against.
    pub weight: f32,
    /// What it saw.
    pub detail: String,
}

/// One utterance in all its forms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementJson {
    /// Stable id.
    pub id: String,
    /// Who said it: an id of `actors`, or null.
    pub speaker: Option<String>,
    /// The incidents it is about.
    pub about: Vec<String>,
    /// Its forms.
    pub variants: Vec<VariantJson>,
}

/// One report's form of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantJson {
    /// The report.
    pub report: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Direct, indirect or mixed.
    pub kind: Named<AttributionKind>,
    /// The source as written, empty if none is named.
    pub speaker_as_written: String,
    /// What changed against the fullest variant, or null.
    pub drift: Option<String>,
}

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeJson {
    /// Stable id.
    pub id: String,
    /// What is in dispute.
    pub kind: Named<DisputeKind>,
    /// Over which incident, or null.
    pub incident: Option<String>,
    /// The sides.
    pub sides: Vec<SideJson>,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideJson {
    /// The claim in short.
    pub claim: String,
    /// Who holds it: ids of `actors`.
    pub by: Vec<String>,
    /// The words.
    pub evidence: Vec<SpanJson>,
}

/// Translates spans of all reports of a record.
struct Texts<'r>(BTreeMap<&'r str, Points<'r>>);

impl<'r> Texts<'r> {
    fn new(reports: &'r [Report]) -> Texts<'r> {
        Texts(reports.iter().map(|r| (r.id.as_str(), Points::new(&r.text))).collect())
    }

    fn out(&self, span: &Span) -> SpanJson {
        let (start, end) = self.0.get(span.report.as_str()).map_or((0, 0), |p| p.range(span.range));
        SpanJson { report: span.report.to_string(), start, end }
    }

    fn all(&self, spans: &[Span]) -> Vec<SpanJson> {
        spans.iter().map(|s| self.out(s)).collect()
    }

    fn read(&self, report: &str, start: usize, end: usize) -> Result<Span, WireError> {
        let points = self
            .0
            .get(report)
            .ok_or_else(|| WireError::new(format!("a span names no report: «{report}»")))?;
        Ok(Span { report: ReportId::new(report), range: points.bytes(start, end) })
    }

    fn span(&self, span: SpanJson) -> Result<Span, WireError> {
        self.read(&span.report, span.start, span.end)
    }

    fn spans(&self, spans: Vec<SpanJson>) -> Result<Vec<Span>, WireError> {
        spans.into_iter().map(|s| self.span(s)).collect()
    }
}

fn incident_ids(ids: &[IncidentId]) -> Vec<String> {
    ids.iter().map(IncidentId::to_string).collect()
}

impl RecordJson {
    /// The record on the wire.
    #[must_use]
    pub fn new(record: &Record) -> RecordJson {
        let texts = Texts::new(&record.reports);
        RecordJson {
            schema: RECORD.to_owned(),
            reports: record.reports.iter().map(|r| DocumentJson::new(r, record, &texts)).collect(),
            actors: record.actors.iter().map(|a| ActorJson::new(a, &|s| texts.out(s))).collect(),
            ties: record.ties.iter().map(|t| TieJson::new(t, &|s| texts.out(s))).collect(),
            incidents: record.incidents.iter().map(|i| IncidentJson::new(i, &texts)).collect(),
            statements: record.statements.iter().map(|s| StatementJson::new(s, &texts)).collect(),
            disputes: record.disputes.iter().map(|d| DisputeJson::new(d, &texts)).collect(),
            redirects: record.redirects.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect(),
            warnings: record.warnings.iter().map(WarningJson::from).collect(),
        }
    }

    /// The record again.
    ///
    /// # Errors
    /// If the schema is another one, a span names a report that is not there, or a value is not what its field
    /// promises.
    pub fn read(self) -> Result<Record, WireError> {
        if self.schema != RECORD {
            return Err(WireError::new(format!("schema is «{}», expected «{RECORD}»", self.schema)));
        }
        let mut reports = Vec::new();
        let mut links = Vec::new();
        for document in self.reports {
            let report = document.report.read(document.blocks)?;
            links.push((report.id.clone(), document.copy_of, document.origin, document.passages));
            reports.push(report);
        }
        let texts = Texts::new(&reports);
        let span = |s| texts.span(s);
        let mut documents = BTreeMap::new();
        for (id, copy_of, origin, passages) in links {
            let passages = passages
                .into_iter()
                .map(|p| Ok((texts.span(p.here)?, texts.span(p.there)?)))
                .collect::<Result<_, WireError>>()?;
            documents.insert(
                id,
                DocumentLink { copy_of: copy_of.as_deref().map(ReportId::new), origin, passages },
            );
        }
        let record = Record {
            documents,
            actors: self.actors.into_iter().map(|a| a.read(&span)).collect::<Result<_, _>>()?,
            ties: self.ties.into_iter().map(|t| t.read(&span)).collect::<Result<_, _>>()?,
            incidents: self.incidents.into_iter().map(|i| i.read(&texts)).collect::<Result<_, _>>()?,
            statements: self.statements.into_iter().map(|s| s.read(&texts)).collect::<Result<_, _>>()?,
            disputes: self.disputes.into_iter().map(|d| d.read(&texts)).collect::<Result<_, _>>()?,
            redirects: self.redirects.iter().map(|(a, b)| (IncidentId::new(a), IncidentId::new(b))).collect(),
            warnings: self.warnings.into_iter().map(Into::into).collect(),
            reports: Vec::new(),
        };
        Ok(Record { reports, ..record })
    }
}

impl DocumentJson {
    fn new(report: &Report, record: &Record, texts: &Texts<'_>) -> DocumentJson {
        let points = Points::new(&report.text);
        let link = record.documents.get(&report.id);
        DocumentJson {
            report: ReportJson::new(report, &points),
            blocks: report.blocks.iter().map(|b| BlockJson::new(b, &points)).collect(),
            copy_of: link.and_then(|l| l.copy_of.as_ref()).map(ReportId::to_string),
            origin: link.map(|l| l.origin.clone()).unwrap_or_default(),
            passages: link.map_or_else(Vec::new, |l| {
                l.passages
                    .iter()
                    .map(|(here, there)| PassageJson { here: texts.out(here), there: texts.out(there) })
                    .collect()
            }),
        }
    }
}

impl IncidentJson {
    fn new(i: &Incident, texts: &Texts<'_>) -> IncidentJson {
        let parties = |parties: &[Party]| {
            parties
                .iter()
                .map(|p| PartyJson {
                    actor: p.actor.to_string(),
                    confidence: Named(p.confidence),
                    evidence: texts.all(&p.evidence),
                })
                .collect()
        };
        IncidentJson {
            id: i.id.to_string(),
            title: i.title.clone(),
            kind: Named(i.kind),
            mode: i.mode.map(Named),
            cameo: i.cameo.clone(),
            contexts: i.contexts.iter().map(|c| Named(*c)).collect(),
            factuality: Named(i.factuality),
            date: i.when.precision().map(|precision| DateJson {
                earliest: i.when.earliest().map(|d| d.to_string()),
                latest: i.when.latest().map(|d| d.to_string()),
                precision: Named(precision),
                evidence: texts.all(&i.grounds.when),
                published: i.grounds.published.iter().map(ReportId::to_string).collect(),
            }),
            places: i.places.iter().map(|p| SpotJson::new(p, texts)).collect(),
            actors: parties(&i.actors),
            targets: parties(&i.targets),
            figures: i.figures.iter().map(|f| FigureSetJson::new(f, texts)).collect(),
            evidence: texts.all(&i.evidence),
            grounds: GroundsJson::new(&i.grounds, texts),
            reports: i.reports().iter().map(ReportId::to_string).collect(),
            responds_to: i
                .responds_to
                .iter()
                .map(|r| ResponseJson { incident: r.incident.to_string(), evidence: texts.all(&r.evidence) })
                .collect(),
            part_of: i.part_of.as_ref().map(IncidentId::to_string),
            links: i.links.iter().map(|l| LinkedJson::new(l, texts)).collect(),
        }
    }

    fn read(self, texts: &Texts<'_>) -> Result<Incident, WireError> {
        let parties = |parties: Vec<PartyJson>| -> Result<Vec<Party>, WireError> {
            parties
                .into_iter()
                .map(|p| {
                    Ok(Party {
                        actor: ActorId::new(&p.actor),
                        confidence: p.confidence.0,
                        evidence: texts.spans(p.evidence)?,
                    })
                })
                .collect()
        };
        let mut grounds = self.grounds.read(texts)?;
        let when = match self.date {
            None => When::Unknown,
            Some(d) => {
                grounds.when = texts.spans(d.evidence)?;
                grounds.published = d.published.iter().map(|id| ReportId::new(id)).collect();
                when(d.earliest.as_deref(), d.latest.as_deref(), Some(d.precision))?
            }
        };
        Ok(Incident {
            id: IncidentId::new(&self.id),
            title: self.title,
            kind: self.kind.0,
            mode: self.mode.map(|m| m.0),
            cameo: self.cameo,
            contexts: self.contexts.into_iter().map(|c| c.0).collect(),
            factuality: self.factuality.0,
            when,
            places: self.places.into_iter().map(|p| p.read(texts)).collect::<Result<_, _>>()?,
            actors: parties(self.actors)?,
            targets: parties(self.targets)?,
            figures: self.figures.into_iter().map(|f| f.read(texts)).collect::<Result<_, _>>()?,
            evidence: texts.spans(self.evidence)?,
            grounds,
            responds_to: self
                .responds_to
                .into_iter()
                .map(|r| {
                    Ok(Response {
                        incident: IncidentId::new(&r.incident),
                        evidence: texts.spans(r.evidence)?,
                    })
                })
                .collect::<Result<_, WireError>>()?,
            part_of: self.part_of.as_deref().map(IncidentId::new),
            links: self.links.into_iter().map(|l| l.read(texts)).collect::<Result<_, _>>()?,
        })
    }
}

impl GroundsJson {
    fn new(g: &Grounds, texts: &Texts<'_>) -> GroundsJson {
        GroundsJson {
            kind: texts.all(&g.kind),
            mode: texts.all(&g.mode),
            contexts: texts.all(&g.contexts),
            factuality: texts.all(&g.factuality),
        }
    }

    /// All but those of the date, which stand beside it.
    fn read(self, texts: &Texts<'_>) -> Result<Grounds, WireError> {
        Ok(Grounds {
            kind: texts.spans(self.kind)?,
            mode: texts.spans(self.mode)?,
            contexts: texts.spans(self.contexts)?,
            factuality: texts.spans(self.factuality)?,
            ..Grounds::default()
        })
    }
}

impl SpotJson {
    fn new(p: &Located, texts: &Texts<'_>) -> SpotJson {
        let s = &p.spot;
        SpotJson {
            name: s.name.clone(),
            geonames_id: s.geonames_id,
            lat: s.lat,
            lon: s.lon,
            country: s.country.map(str::to_owned),
            admin1: s.admin1.clone(),
            precision: Named(s.precision),
            evidence: texts.all(&p.evidence),
        }
    }

    fn read(self, texts: &Texts<'_>) -> Result<Located, WireError> {
        Ok(Located {
            spot: Spot {
                name: self.name,
                geonames_id: self.geonames_id,
                lat: self.lat,
                lon: self.lon,
                country: self.country.as_deref().map(keep),
                admin1: self.admin1,
                precision: self.precision.0,
            },
            evidence: texts.spans(self.evidence)?,
        })
    }
}

impl IncidentJson {
    /// Every list of words that it stands on, but those of its figures and of its links.
    pub fn evidence_lists(&mut self) -> impl Iterator<Item = &mut Vec<SpanJson>> {
        let g = &mut self.grounds;
        let parties = self.actors.iter_mut().chain(&mut self.targets).map(|p| &mut p.evidence);
        let own = [&mut self.evidence, &mut g.kind, &mut g.mode, &mut g.contexts, &mut g.factuality];
        own.into_iter()
            .chain(parties)
            .chain(self.responds_to.iter_mut().map(|r| &mut r.evidence))
            .chain(self.date.iter_mut().map(|d| &mut d.evidence))
            .chain(self.places.iter_mut().map(|p| &mut p.evidence))
    }
}

impl FigureSetJson {
    fn new(f: &FigureSet, texts: &Texts<'_>) -> FigureSetJson {
        let claim = |c: &Claim| {
            let at = texts.out(&c.at);
            ClaimJson {
                low: c.bounds.low(),
                high: c.bounds.high(),
                qualifier: Named(c.qualifier),
                by: c.by.as_ref().map(ActorId::to_string),
                by_as_written: Some(c.by_as_written.clone()).filter(|s| !s.is_empty()),
                as_written: c.as_written.clone(),
                report: at.report,
                start: at.start,
                end: at.end,
                status: Named(c.status),
            }
        };
        FigureSetJson {
            what: f.what.clone(),
            of: f.of.clone(),
            place: f.place.clone(),
            low: f.low,
            best: f.best,
            high: f.high,
            rule: Named(f.rule),
            claims: f.claims.iter().map(claim).collect(),
        }
    }

    fn read(self, texts: &Texts<'_>) -> Result<FigureSet, WireError> {
        let claim = |c: ClaimJson| -> Result<Claim, WireError> {
            Ok(Claim {
                bounds: Bounds::new(c.low, c.high),
                qualifier: c.qualifier.0,
                by: c.by.as_deref().map(ActorId::new),
                by_as_written: c.by_as_written.unwrap_or_default(),
                as_written: c.as_written,
                at: texts.read(&c.report, c.start, c.end)?,
                status: c.status.0,
            })
        };
        Ok(FigureSet {
            what: self.what,
            of: self.of,
            place: self.place,
            low: self.low,
            best: self.best,
            high: self.high,
            rule: self.rule.0,
            claims: self.claims.into_iter().map(claim).collect::<Result<_, _>>()?,
        })
    }
}

impl LinkedJson {
    fn new(l: &Linked, texts: &Texts<'_>) -> LinkedJson {
        let reason = |r: &Reason| ReasonJson {
            feature: r.feature.to_owned(),
            weight: r.weight,
            detail: r.detail.clone(),
        };
        LinkedJson {
            at: texts.out(&l.at),
            to: l.to.as_ref().map(|s| texts.out(s)),
            reasons: l.reasons.iter().map(reason).collect(),
        }
    }

    fn read(self, texts: &Texts<'_>) -> Result<Linked, WireError> {
        let reason = |r: ReasonJson| Reason { feature: keep(&r.feature), weight: r.weight, detail: r.detail };
        Ok(Linked {
            at: texts.span(self.at)?,
            to: self.to.map(|s| texts.span(s)).transpose()?,
            reasons: self.reasons.into_iter().map(reason).collect(),
        })
    }
}

impl StatementJson {
    fn new(s: &Statement, texts: &Texts<'_>) -> StatementJson {
        let variant = |v: &Variant| {
            let at = texts.out(&v.at);
            VariantJson {
                report: at.report,
                start: at.start,
                end: at.end,
                kind: Named(v.kind),
                speaker_as_written: v.speaker_as_written.clone(),
                drift: v.drift.clone(),
            }
        };
        StatementJson {
            id: s.id.clone(),
            speaker: s.speaker.as_ref().map(ActorId::to_string),
            about: incident_ids(&s.about),
            variants: s.variants.iter().map(variant).collect(),
        }
    }

    fn read(self, texts: &Texts<'_>) -> Result<Statement, WireError> {
        let variant = |v: VariantJson| -> Result<Variant, WireError> {
            Ok(Variant {
                at: texts.read(&v.report, v.start, v.end)?,
                kind: v.kind.0,
                speaker_as_written: v.speaker_as_written,
                drift: v.drift,
            })
        };
        Ok(Statement {
            id: self.id,
            speaker: self.speaker.as_deref().map(ActorId::new),
            about: self.about.iter().map(|i| IncidentId::new(i)).collect(),
            variants: self.variants.into_iter().map(variant).collect::<Result<_, _>>()?,
        })
    }
}

impl DisputeJson {
    fn new(d: &Dispute, texts: &Texts<'_>) -> DisputeJson {
        let side = |s: &Side| SideJson {
            claim: s.claim.clone(),
            by: s.by.iter().map(ActorId::to_string).collect(),
            evidence: texts.all(&s.evidence),
        };
        DisputeJson {
            id: d.id.clone(),
            kind: Named(d.kind),
            incident: d.incident.as_ref().map(IncidentId::to_string),
            sides: d.sides.iter().map(side).collect(),
        }
    }

    fn read(self, texts: &Texts<'_>) -> Result<Dispute, WireError> {
        let side = |s: SideJson| -> Result<Side, WireError> {
            Ok(Side {
                claim: s.claim,
                by: s.by.iter().map(|a| ActorId::new(a)).collect(),
                evidence: texts.spans(s.evidence)?,
            })
        };
        Ok(Dispute {
            id: self.id,
            kind: self.kind.0,
            incident: self.incident.as_deref().map(IncidentId::new),
            sides: self.sides.into_iter().map(side).collect::<Result<_, _>>()?,
        })
    }
}
