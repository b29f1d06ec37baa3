//! The event ontology: PLOVER 0.8 (types, modes, contexts, sectors).

use crate::names::names;

names! {
    /// PLOVER 0.8 event type.
    EventType("PLOVER event type") {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE",
        Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT",
        Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE",
        Assault = "ASSAULT",
    }
}

names! {
    /// Quad class.
    Quad("quad class") {
        VerbalCooperation = "verbal cooperation", MaterialCooperation = "material cooperation",
        VerbalConflict = "verbal conflict", MaterialConflict = "material conflict",
    }
}

impl EventType {
    /// Quad class, as the PLV data and the published scores count it (SANCTION is material conflict).
    #[must_use]
    pub fn quad(self) -> Quad {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }

    /// The modes that PLOVER gives to this type.
    #[must_use]
    pub fn modes(self) -> &'static [Mode] {
        use Mode::*;
        match self {
            EventType::Consult => &[Visit, ThirdParty, Multilateral, Phone],
            EventType::Retreat => &[Withdraw, Release, Disarm, Ceasefire, Access, Resign],
            EventType::Request => &[Assist, Change, Yield, Meet],
            EventType::Accuse => &[Disapprove, Investigate, Allege],
            EventType::Reject => &[Assist, Change, Yield, Meet],
            EventType::Threaten => &[Restrict, Arrest, Relations, Expel, Territory, Violence],
            EventType::Protest => &[Demo, Riot, Strike, Hunger, Boycott, Obstruct, Vandalize],
            EventType::Sanction => &[Convict, Expel, Withdraw, Discontinue],
            EventType::Mobilize => &[Troops, Weapons, Police, Militia],
            EventType::Coerce => &[
                Seize,
                Restrict,
                Censor,
                Curfew,
                MartialLaw,
                Arrest,
                Deport,
                Withhold,
                Misinformation,
                Cyber,
            ],
            EventType::Assault => &[
                Abduct,
                Beat,
                Torture,
                Sexual,
                Targeted,
                Destroy,
                Primitive,
                Firearms,
                Explosives,
                SuicideAttack,
                Aerial,
                Drone,
                HeavyWeapons,
                CrowdControl,
                Unconventional,
            ],
            EventType::Agree
            | EventType::Support
            | EventType::Concede
            | EventType::Cooperate
            | EventType::Aid => &[],
        }
    }
}

names! {
    /// PLOVER 0.8 mode: how. Which type a mode belongs to is told by the coder.
    Mode("PLOVER mode") {
        Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone",
        Withdraw = "withdraw", Release = "release", Disarm = "disarm", Ceasefire = "ceasefire", Access = "access",
        Resign = "resign", Assist = "assist", Change = "change", Yield = "yield", Meet = "meet",
        Disapprove = "disapprove", Investigate = "investigate", Allege = "allege", Restrict = "restrict",
        Arrest = "arrest", Relations = "relations", Expel = "expel", Territory = "territory", Violence = "violence",
        Demo = "demo", Riot = "riot", Strike = "strike", Hunger = "hunger", Boycott = "boycott",
        Obstruct = "obstruct", Vandalize = "vandalize", Convict = "convict", Discontinue = "discontinue",
        Troops = "troops", Weapons = "weapons", Police = "police", Militia = "militia", Seize = "seize",
        Censor = "censor", Curfew = "curfew", MartialLaw = "martial-law", Deport = "deport",
        Withhold = "withhold", Misinformation = "misinformation", Cyber = "cyber", Abduct = "abduct", Beat = "beat",
        Torture = "torture", Sexual = "sexual", Targeted = "targeted", Destroy = "destroy", Primitive = "primitive",
        Firearms = "firearms", Explosives = "explosives", SuicideAttack = "suicide-attack", Aerial = "aerial",
        Drone = "drone", HeavyWeapons = "heavy-weapons", CrowdControl = "crowd-control",
        Unconventional = "unconventional",
    }
}

names! {
    /// PLOVER 0.8 context: what it is about.
    Context("PLOVER context") {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative",
        Election = "election", PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy", Economic = "economic", Legal = "legal", Reparations = "reparations",
        HumanRights = "human_rights", RightsFreedoms = "rights_freedoms", Repression = "repression",
        HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt",
        ReligionEthnicity = "religion_ethnicity", Inequality = "inequality", Diplomatic = "diplomatic",
        Territory = "territory", Peacekeeping = "peacekeeping", Health = "health", Asylum = "asylum",
        Migration = "migration", Disasters = "disasters", NaturalResource = "natural_resource",
        Environment = "environment", Technology = "technology", Terrorism = "terrorism", Cbrn = "cbrn",
        Cyber = "cyber", Misinformation = "misinformation", Crime = "crime", Corruption = "corruption",
        IllegalDrugs = "illegal_drugs", Trafficking = "trafficking",
    }
}

names! {
    /// PLOVER sector of an actor.
    Sector("PLOVER sector") {
        Gov = "GOV", Mil = "MIL", Cop = "COP", Jud = "JUD", Leg = "LEG", Prm = "PRM", Pty = "PTY", Reb = "REB",
        Spy = "SPY", Uaf = "UAF", Unk = "UNK", Agr = "AGR", Bus = "BUS", Crm = "CRM", Cvl = "CVL", Edu = "EDU",
        Eli = "ELI", Jrn = "JRN", Lab = "LAB", Med = "MED", Ref = "REF", Opp = "OPP", Pre = "PRE", Rel = "REL",
        Soc = "SOC", Igo = "IGO", Ngo = "NGO", Img = "IMG", Mnc = "MNC",
    }
}

names! {
    /// Whether an event happened.
    Factuality("factuality") {
        Happened = "happened", Ongoing = "ongoing", Planned = "planned", Threatened = "threatened",
        Hypothetical = "hypothetical", Denied = "denied", Uncertain = "uncertain",
    }
}
