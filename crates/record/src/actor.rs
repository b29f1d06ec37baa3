//! Who acts, suffers and speaks.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use crate::names::names;
use crate::{Sector, Span, TextRange};

/// The id of an actor: a short stable name. Actors of the knowledge base have the id of their entry (`usa`,
/// `irq-kataib-hezbollah`, `lloyd-austin`); others one made from their name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(Arc<str>);

impl ActorId {
    /// An id with this name.
    #[must_use]
    pub fn new(name: &str) -> ActorId {
        ActorId(Arc::from(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

names! {
    /// What kind of actor.
    ActorKind("actor kind") {
        State = "state",
        /// A government, ministry, presidency, parliament, court or other organ of a state.
        Government = "government",
        /// Armed forces, police or intelligence of a state, and their units and commands.
        Force = "force",
        Person = "person",
        ArmedGroup = "armed group",
        Party = "party",
        Company = "company",
        /// An intergovernmental organisation, alliance or coalition.
        Igo = "igo",
        Ngo = "ngo",
        Media = "media",
        /// Civilians, protesters, refugees, an ethnic or religious group.
        Population = "population",
        /// A source named by role only: "officials", "a recent study", "medical sources".
        Role = "role",
        /// What is struck or seized without being anybody: a building, works, a vessel, a vehicle. It never acts.
        PhysicalTarget = "physical target",
        Other = "other",
    }
}

/// A post held by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// "defense secretary".
    pub title: String,
    /// The state, organ or group.
    pub of: Option<ActorId>,
    /// First day in it, as far as known.
    pub from: Option<Date>,
    /// Last day in it, as far as known.
    pub to: Option<Date>,
}

/// Someone who acts, suffers or speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Unique; stays the same from run to run.
    pub id: ActorId,
    /// The name to show.
    pub name: String,
    /// The kind.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 code of the state it belongs to or works from.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Wikidata id, where sure.
    pub wikidata: Option<String>,
    /// Other names, as known or as written in the reports; sorted, without `name`.
    pub aliases: Vec<String>,
    /// Posts.
    pub roles: Vec<Role>,
    /// Where the reports name it. Empty in a knowledge base.
    pub evidence: Vec<Span>,
}

/// A stretch of a report that refers to an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention {
    /// The words: a name, a title, "the group", "he".
    pub range: TextRange,
    /// Whom they mean.
    pub actor: ActorId,
    /// The rule that says so: `name`, `acronym`, `title`, `demonym`, `pronoun`, `definite`, `role`, `person`.
    pub rule: &'static str,
}

names! {
    /// How two actors stand to each other.
    Relation("relation") {
        BackedBy = "backed by",
        PartOf = "part of",
        SpokesmanOf = "spokesman of",
        /// Holds a leading post in.
        OfficeOf = "office of",
        AlliedWith = "allied with",
        LinkedTo = "linked to",
        /// An umbrella or coalition of.
        UmbrellaOf = "umbrella of",
        DesignatedBy = "designated by",
        Opposes = "opposes",
    }
}

/// A stated tie between two actors.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// The one that is backed, is part, speaks for.
    pub a: ActorId,
    /// How.
    pub relation: Relation,
    /// The other.
    pub b: ActorId,
    /// The words that say so.
    pub evidence: Vec<Span>,
}
