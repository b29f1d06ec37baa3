//! What one report says.

use crate::names::names;
use crate::{
    Actor, ActorId, ActorMention, Context, EventType, Factuality, Figure, Mode, Parsed, Report, Spot,
    TextRange, Tie, TimeExpression, Warning,
};

/// A place named in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The words.
    pub range: TextRange,
    /// The place they mean.
    pub spot: Spot,
    /// Whether it is named as where something is, not as a party ("Iraq condemned") or an adjective ("Iraqi").
    pub locative: bool,
    /// The rule that resolved it.
    pub rule: &'static str,
}

names! {
    /// How words are given.
    AttributionKind("attribution kind") { Direct = "direct", Indirect = "indirect", Mixed = "mixed", }
}

names! {
    /// What a speaker does with the words.
    Stance("stance") {
        Says = "says", Claims = "claims", Denies = "denies", Accuses = "accuses", Demands = "demands",
        Warns = "warns", Confirms = "confirms", Promises = "promises", Criticises = "criticises", Praises = "praises",
    }
}

/// Words given to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who, as written; `None` where the report names nobody ("it was said").
    pub source: Option<TextRange>,
    /// "said", "according to", a colon.
    pub cue: Option<TextRange>,
    /// What was said; more than one part where the cue breaks a quote. Never empty.
    pub content: Vec<TextRange>,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
    /// Who first asserts it, resolved.
    pub speaker: Option<ActorId>,
    /// Who passes it on ("the ministry, citing the governor": the ministry).
    pub via: Option<ActorId>,
    /// Index of the attribution this one lies inside of.
    pub inside: Option<usize>,
    /// What the speaker does.
    pub stance: Stance,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Somebody in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRole {
    /// The words.
    pub range: TextRange,
    /// Whom they mean; `None` for an unresolved description ("a convoy").
    pub actor: Option<ActorId>,
    /// How surely the report gives the role: as a fact, by claim, accusation or denial.
    pub confidence: crate::Confidence,
}

/// How the rule of an event ends that only the model takes for a deed.
pub const GUESS: &str = ".*";

/// One mention of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The word or words that say it ("launched air strikes").
    pub trigger: TextRange,
    /// The clause or phrase around it: trigger with actors, targets, time and place.
    pub extent: TextRange,
    /// PLOVER event type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code as text ("042" keeps its zero).
    pub cameo: String,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// Who does it.
    pub actors: Vec<EventRole>,
    /// To whom.
    pub targets: Vec<EventRole>,
    /// Index into `times`.
    pub time: Option<usize>,
    /// Index into `places` of the finest place.
    pub place: Option<usize>,
    /// All places, as indices into `places`, the finest first.
    pub places: Vec<usize>,
    /// Whether it happened.
    pub factuality: Factuality,
    /// Index into `attributions` of who asserts it; `None` for the outlet's own voice.
    pub attribution: Option<usize>,
    /// Index of the earlier event of this report that this one takes up ("the strikes"), itself perhaps another mention
    /// of one before it.
    pub same_as: Option<usize>,
    /// Events of this report that this one answers, with the words that say so ("in response to").
    pub responds_to: Vec<(usize, TextRange)>,
    /// Whether it summarises several incidents ("more than 150 attacks since October"): never merged into one.
    pub aggregate: bool,
    /// Why this code: the id of the lexicon line or rule.
    pub rule: String,
}

impl Event {
    /// Whether no line of the lexicon knows its words: only the model takes them for a deed.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        self.rule.ends_with(GUESS)
    }
}

/// All that one report says, with the words for each value.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The report itself.
    pub report: Report,
    /// Its sentences and entities.
    pub parsed: Parsed,
    /// Times, in order.
    pub times: Vec<TimeExpression>,
    /// Places, in order.
    pub places: Vec<Place>,
    /// Actors that are mentioned, sorted by id.
    pub actors: Vec<Actor>,
    /// Mentions of actors, in order.
    pub mentions: Vec<ActorMention>,
    /// Ties stated in the text.
    pub ties: Vec<Tie>,
    /// Attributions, in order of their content.
    pub attributions: Vec<Attribution>,
    /// Figures, in order.
    pub figures: Vec<Figure>,
    /// Events, in order of their trigger.
    pub events: Vec<Event>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}
