//! Which incidents of the record MUC asks for, and which of them it takes for one.

use jiff::Span;
use record::{
    ActorId, ActorKind, Event, EventRole, EventType, Factuality, Figure, Incident, Mode, PlacePrecision,
    Sector, Spot, TextRange,
};

use super::super::muc_words::{has, head, is, plain};
use super::hit::Target;
use super::scene::same_scene;
use super::wanted::LEAD;
use super::{Told, View};

/// Incidents that MUC takes for one: of a kind and stage, and not told apart by date, place or perpetrator.
#[derive(Clone)]
pub(super) struct Deed<'a> {
    pub(super) kind: &'static str,
    pub(super) stage: &'static str,
    pub(super) incidents: Vec<&'a Incident>,
    pub(super) events: Vec<Told<'a>>,
    /// Where, if it is one of several of its kind that are told of together.
    pub(super) at: Option<&'a Spot>,
}

impl View<'_> {
    /// What MUC may ask for, in order of the text.
    pub(super) fn deeds(&self) -> Vec<Deed<'_>> {
        let mut single: Vec<Deed<'_>> = self.record.incidents.iter().flat_map(|i| self.kinds(i)).collect();
        single.sort_by_key(|d| d.events.first().map(|(n, _)| *n));
        let mut deeds: Vec<Deed<'_>> = Vec::new();
        for deed in single {
            match deeds.iter_mut().rev().find(|d| self.is_one(d, &deed)) {
                Some(d) => {
                    if d.kind == "ATTACK" {
                        d.kind = deed.kind;
                    }
                    d.incidents.extend(deed.incidents);
                    d.events.extend(deed.events);
                }
                None => deeds.push(deed),
            }
        }
        deeds.into_iter().flat_map(|d| self.each(d)).collect()
    }

    /// "Blew up pylons in A, B and C" is a deed in each.
    fn each<'a>(&'a self, deed: Deed<'a>) -> Vec<Deed<'a>> {
        // Only what is several can be hit in several places, and who holds or fights over places is no deed in each.
        let several = |r: &EventRole| r.range.of(self.text).to_uppercase().ends_with('S');
        let held = ["assault.occup", "assault.operation", "assault.fight", "assault.clash", "assault.cross"];
        let hit = |e: &Event| {
            e.kind == EventType::Assault
                && e.targets.iter().any(several)
                && !held.iter().any(|rule| e.rule.starts_with(rule))
        };
        let rows = deed.events.iter().filter(|(_, e)| hit(e)).map(|(_, e)| self.row(e));
        let row = rows.max_by_key(Vec::len).unwrap_or_default();
        if row.len() < 2 {
            return vec![deed];
        }
        row.into_iter().map(|spot| Deed { at: Some(spot), ..deed.clone() }).collect()
    }

    /// The places of a mention that stand in a row.
    fn row(&self, e: &Event) -> Vec<&Spot> {
        let mut all: Vec<_> = e.places.iter().filter_map(|&p| self.analysis.places.get(p)).collect();
        all.sort_by_key(|p| p.range.start());
        let gap = |a: TextRange, b: TextRange| self.text.get(a.end()..b.start()).unwrap_or("-").trim();
        let joins = |a: TextRange, b: TextRange| matches!(gap(a, b), "," | "AND" | ", AND");
        let Some(end) =
            all.windows(2).rposition(|w| joins(w[0].range, w[1].range) && gap(w[0].range, w[1].range) != ",")
        else {
            return Vec::new();
        };
        let start =
            (0..end).rev().take_while(|&i| joins(all[i].range, all[i + 1].range)).last().unwrap_or(end);
        let before = self.text[..all[start].range.start()].split_whitespace().rev().take(4);
        let line = ["BETWEEN", "FROM", "NEAR", "ROAD", "BORDER", "CORNER"];
        let last = all[end + 1].range;
        let streets = ["STREET", "AVENUE"]
            .iter()
            .any(|w| last.of(self.text).contains(w) || self.text[last.end()..].trim_start().starts_with(w));
        if streets || before.into_iter().any(|w| line.contains(&w)) {
            return Vec::new();
        }
        let row = all[start..=end + 1].iter().map(|p| &p.spot);
        row.filter(|s| s.precision < PlacePrecision::Country).collect()
    }

    /// The deeds of an incident: who burns a village and shoots its people has done two by MUC's count, an arson and an
    /// attack; and so has who kidnaps one and kills another. What a bomb sets on fire is the bombing's.
    fn kinds<'a>(&'a self, incident: &'a Incident) -> Vec<Deed<'a>> {
        let events = self.events(incident);
        let all: Vec<usize> = events.iter().map(|(_, e)| self.sentence(e)).collect();
        let bomb = |e: &Event| matches!(e.mode, Some(Mode::Explosives)) || has_bomb(e.extent.of(self.text));
        let bombs: Vec<usize> =
            events.iter().zip(&all).filter(|((_, e), _)| bomb(e)).map(|(_, s)| *s).collect();
        let taken: Vec<ActorId> = events
            .iter()
            .filter(|(_, e)| e.mode == Some(Mode::Abduct))
            .flat_map(|(_, e)| e.targets.iter().filter_map(|r| r.actor.clone()))
            .collect();
        let class = |e: &Event| {
            let words = e.trigger.of(self.text).to_lowercase() + " ";
            let known: Vec<&ActorId> = e.targets.iter().filter_map(|r| r.actor.as_ref()).collect();
            match () {
                () if is_arson(&words) && bombs.iter().all(|b| b.abs_diff(self.sentence(e)) > 1) => 1,
                () if is_robbery(&words) => 2,
                () if self.harm(e) == Some("DEATH")
                    && !taken.is_empty()
                    && !known.is_empty()
                    && known.iter().all(|k| !taken.contains(k)) =>
                {
                    3
                }
                () => 0,
            }
        };
        let (mut parts, mut rest): (Vec<(u8, Vec<Told<'a>>)>, Vec<Told<'a>>) = (Vec::new(), Vec::new());
        for (n, e) in events {
            match class(e) {
                0 => rest.push((n, e)),
                c => match parts.iter_mut().find(|p| p.0 == c) {
                    Some(p) => p.1.push((n, e)),
                    None => parts.push((c, vec![(n, e)])),
                },
            }
        }
        // What hits nobody and nothing of its own goes on with the rest.
        if rest.iter().all(|(_, e)| e.targets.is_empty()) && parts.len() == 1 {
            parts[0].1.append(&mut rest);
            parts[0].1.sort_by_key(|(n, _)| *n);
        }
        let parts = parts.into_iter().map(|(_, events)| events).chain([rest]).filter(|e| !e.is_empty());
        parts.filter_map(|events| self.deed(incident, events)).collect()
    }

    /// Mentions of an incident as a deed; none for what MUC does not ask for: other types of events, what is only
    /// imagined or denied, what lies more than two months back.
    fn deed<'a>(&'a self, incident: &'a Incident, events: Vec<Told<'a>>) -> Option<Deed<'a>> {
        if incident.kind == EventType::Retreat && self.frees_captives(&events) {
            let one = !self.is_old(incident) && incident.factuality == Factuality::Happened;
            let (kind, stage) = ("KIDNAPPING", "ACCOMPLISHED");
            return one.then(|| Deed { kind, stage, incidents: vec![incident], events, at: None });
        }
        let kind = self.kind(incident, &events)?;
        let stage = self.stage(incident, &events)?;
        let one = !self.is_old(incident) && !events.iter().all(|(_, e)| e.aggregate);
        one.then(|| Deed { kind, stage, incidents: vec![incident], events, at: None })
    }

    /// Whether captives come free, of whose taking the message tells (effect REGAINED FREEDOM). Authorities free others.
    pub(super) fn frees_captives(&self, events: &[Told<'_>]) -> bool {
        let message = self.text.to_uppercase();
        if !["KIDNAP", "HOSTAGE", "ABDUCT"].iter().any(|w| message.contains(w)) {
            return false;
        }
        let released = |e: &Event| {
            let words = e.trigger.of(self.text).to_uppercase();
            ["RELEAS", "FREE"].iter().any(|w| words.contains(w))
        };
        let official = |r: &EventRole| {
            use Sector::{Cop, Gov, Jud, Mil};
            self.actor(r).is_some_and(|a| matches!(a.sector, Some(Cop | Gov | Jud | Mil)))
        };
        let somebody = |e: &Event| e.targets.iter().any(|r| self.is_somebody(r));
        events.iter().any(|(_, e)| released(e) && somebody(e) && !e.actors.iter().any(official))
    }

    /// MUC's type of an incident. A bombing is one in which what was hit is told of together with the bomb; what falls
    /// from aircraft is an attack.
    pub(super) fn kind(&self, incident: &Incident, events: &[Told<'_>]) -> Option<&'static str> {
        let kind = incident_type(incident, events, self.text)?;
        let bomb = |e: &Event| {
            let plural = e.rule.contains(".n.") && e.trigger.of(self.text).to_lowercase().ends_with('s');
            let explosive = matches!(e.mode, Some(Mode::Explosives | Mode::SuicideAttack));
            !plural && !self.is_from_the_air(e) && (explosive || has_bomb(e.extent.of(self.text)))
        };
        let at = |e: &Event| self.sentence(e);
        let bombs: Vec<usize> = events.iter().filter(|(_, e)| bomb(e)).map(|(_, e)| at(e)).collect();
        // Who was killed is told far from the bomb, too, but not how.
        let harm = ["assault.kill.kill", "assault.die", "assault.dead", "assault.wound", "assault.lose"];
        let toll = |e: &Event| e.mode.is_none() && harm.iter().any(|rule| e.rule.starts_with(rule));
        let other = |e: &Event| !bomb(e) && !e.targets.is_empty() && !toll(e);
        let apart = events.iter().any(|(_, e)| other(e) && bombs.iter().all(|b| b.abs_diff(at(e)) > 1));
        // What a bomb sets on fire is bombed.
        let planted = || events.iter().any(|(_, e)| bomb(e) && has_bomb(e.trigger.of(self.text)));
        let bombing = !apart && (kind == "ATTACK" && !bombs.is_empty() || kind == "ARSON" && planted());
        Some(if bombing { "BOMBING" } else { kind })
    }

    /// Whether aircraft bomb: told so, or the army does it.
    fn is_from_the_air(&self, e: &Event) -> bool {
        const AIRBORNE: [&str; 6] = ["AIR FORCE", "AIRCRAFT", "PLANES", "HELICOPTER", "AERIAL", "AIR RAID"];
        let bombs = ["assault.bomb.bomb", "assault.bombing.n.bombing", "assault.bombing.plain"];
        let army = |r: &EventRole| {
            self.actor(r).is_some_and(|a| matches!(a.sector, Some(Sector::Mil | Sector::Gov)))
        };
        let sentence =
            self.analysis.parsed.sentences.get(self.sentence(e)).map_or("", |s| s.range.of(self.text));
        let words = plain(sentence);
        let told = || AIRBORNE.iter().any(|w| words.contains(w)) || e.actors.iter().any(army);
        e.mode == Some(Mode::Aerial) || bombs.iter().any(|rule| e.rule.starts_with(rule)) && told()
    }

    /// How far it came. A bomb that is found in time is an attempt.
    pub(super) fn stage(&self, incident: &Incident, events: &[Told<'_>]) -> Option<&'static str> {
        let around = extents(events, self.text);
        let each: Vec<String> = events
            .iter()
            .filter_map(|(_, e)| self.analysis.parsed.sentences.get(self.sentence(e)))
            .map(|s| s.range.of(self.text).to_lowercase() + " ")
            .collect();
        let sentences = each.concat();
        let harmless = [
            "defus",
            "deactivat",
            "dismantl",
            "disarmed",
            "failed to explode",
            "failed to go off",
            "did not explode",
            "did not go off",
        ];
        let bomb = has_bomb(&sentences);
        let harmless = bomb && harmless.iter().any(|w| sentences.contains(w));
        let words =
            |s: &str, list: &[&str]| s.split(|c: char| !c.is_alphanumeric()).any(|w| list.contains(&w));
        let early = ["foil", "thwart", "prevent", "frustrat"].iter().any(|w| sentences.contains(w))
            || each.iter().any(|s| has_bomb(s) && words(s, &["found", "discovered", "located"]));
        match incident.factuality {
            Factuality::Denied if harmless || early => Some("ATTEMPTED"),
            Factuality::Hypothetical | Factuality::Denied | Factuality::Planned => None,
            Factuality::Threatened => Some("THREATENED"),
            _ if harmless => Some("ATTEMPTED"),
            _ if ["attempt", "foil", "tried to"].iter().any(|w| around.contains(w)) => Some("ATTEMPTED"),
            _ => Some("ACCOMPLISHED"),
        }
    }

    /// Whether nothing tells two deeds apart, wherever they are told. Of another kind only what is told beside it is one.
    pub(super) fn is_one(&self, a: &Deed<'_>, b: &Deed<'_>) -> bool {
        let actors = |d: &Deed<'_>, of: fn(&Event) -> &Vec<EventRole>| -> Vec<ActorId> {
            d.events.iter().flat_map(|(_, e)| of(e)).filter_map(|r| r.actor.clone()).collect()
        };
        let (v, w) = (actors(a, |e| &e.targets), actors(b, |e| &e.targets));
        let shared = v.iter().any(|d| w.contains(d));
        let other = !v.is_empty() && !w.is_empty() && !shared;
        let (x, y) = (actors(a, |e| &e.actors), actors(b, |e| &e.actors));
        // Nobody is killed twice, whoever is said to have done it.
        let person = |d: &&ActorId| self.of_id(d).is_some_and(|a| a.kind == ActorKind::Person);
        let fatal = |d: &Deed<'_>| d.events.iter().any(|(_, e)| self.harm(e) == Some("DEATH"));
        let once = fatal(a) && fatal(b) && v.iter().filter(person).any(|d| w.contains(d));
        let doers = once || x.is_empty() || y.is_empty() || x.iter().any(|d| y.contains(d));
        let pairs = a.events.iter().flat_map(|(_, x)| b.events.iter().map(move |(_, y)| (x, y)));
        let gap = pairs.map(|(x, y)| self.sentence(x).abs_diff(self.sentence(y))).min().unwrap_or(usize::MAX);
        // Who is found dead later on is still somebody kidnapped.
        let kinds = (a.kind, b.kind);
        if matches!(kinds, ("KIDNAPPING", "ATTACK") | ("ATTACK", "KIDNAPPING")) {
            let killed = if a.kind == "ATTACK" { a } else { b };
            let same = v.iter().filter(person).any(|d| w.contains(d));
            return same && fatal(killed) && a.stage == b.stage;
        }
        // When and where somebody came free does not tell it apart from the taking.
        let freed = |d: &Deed<'_>| d.incidents.iter().all(|i| i.kind == EventType::Retreat);
        if a.kind == "KIDNAPPING" && b.kind == "KIDNAPPING" && freed(a) != freed(b) {
            return shared || gap == 0;
        }
        let close = if a.kind == b.kind {
            // "A was killed. B was wounded.": whom it hit does not tell apart what is told together.
            shared || !other || gap <= 1
        } else {
            let hurts = |d: &Deed<'_>| d.events.iter().any(|(_, e)| self.harm(e).is_some());
            let burns = |d: &Deed<'_>, o: &Deed<'_>| matches!(d.kind, "ARSON" | "ROBBERY") && hurts(o);
            let taken = [a, b].iter().any(|d| d.kind == "KIDNAPPING");
            (a.kind == "ATTACK" || b.kind == "ATTACK")
                && !taken
                && gap <= 1
                && !other
                && !is_murder(a)
                && !is_murder(b)
                && !burns(a, b)
                && !burns(b, a)
        };
        let all = |holds: &dyn Fn(&Incident, &Incident) -> bool| {
            a.incidents.iter().all(|i| b.incidents.iter().all(|j| holds(i, j)))
        };
        let when = once || all(&|i, j| i.when.may_be(j.when));
        close && doers && a.stage == b.stage && when && (once || all(&same_scene))
    }

    /// The mentions of an incident: those whose trigger no evidence of another incident holds more closely.
    pub(super) fn events(&self, incident: &Incident) -> Vec<Told<'_>> {
        let span = |i: &Incident, e: &Event| {
            let around = i.evidence.iter().filter(|s| i.kind == e.kind && s.range.contains(e.trigger));
            around.map(|s| s.range.len()).min()
        };
        let own = |e: &Event| {
            let here = span(incident, e);
            let others = self.record.incidents.iter().filter(|i| i.id != incident.id);
            here.is_some_and(|here| others.filter_map(|i| span(i, e)).all(|there| here <= there))
        };
        self.analysis.events.iter().enumerate().filter(|(_, e)| own(e)).collect()
    }

    /// Whether it lies more than two months back. What begins a message without a day is news, whatever day of long ago a
    /// mention far down gives: "where a bomb exploded in June".
    pub(super) fn is_old(&self, incident: &Incident) -> bool {
        let two_months = Span::new().days(60);
        let limit = self.message.written.and_then(|w| w.checked_sub(two_months).ok());
        let old = limit.zip(incident.when.latest()).is_some_and(|(limit, latest)| latest < limit);
        old && !self.is_news(&self.events(incident))
    }

    /// Whether the lead tells of a deed without a day, and so do two thirds of its mentions.
    fn is_news(&self, events: &[Told<'_>]) -> bool {
        let undated = events.iter().filter(|(_, e)| e.time.is_none()).count();
        let first = events.first().is_some_and(|(_, e)| e.time.is_none() && self.sentence(e) < LEAD);
        first && undated * 3 >= events.len() * 2
    }

    /// Whether one deed is told of, and more of it than that there was fighting or oppression.
    pub(super) fn is_specific(&self, events: &[Told<'_>]) -> bool {
        let vague = |e: &Event| {
            has("vague", &plain(e.trigger.of(self.text)))
                || e.mode == Some(Mode::CrowdControl)
                || matches!(e.cameo.as_str(), "175" | "191" | "192")
        };
        // "murders", "bombings": several, unless it is told who they hit.
        let plural = |e: &Event| {
            let several = e.rule.contains(".n.") && e.trigger.of(self.text).to_lowercase().ends_with('s');
            let known = |r: &EventRole| self.is_definite(r) || e.time.is_some() && !self.is_somebody(r);
            several && !e.targets.iter().any(known)
        };
        !events.iter().all(|(_, e)| e.aggregate || plural(e)) && !events.iter().all(|(_, e)| vague(e))
    }

    /// Whether a target is somebody certain: by name, or "the priests", "six peasants".
    pub(super) fn is_definite(&self, role: &EventRole) -> bool {
        let words = role.range.of(self.text).to_uppercase();
        let first = words.split_whitespace().next().unwrap_or("");
        let person = self.actor(role).is_some_and(|a| a.kind == ActorKind::Person);
        let before =
            self.text[..role.range.start()].trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
        self.is_somebody(role) && (person || first == "THE" || before.eq_ignore_ascii_case("the"))
    }

    /// Whether something ties the telling to one deed: when or where it was, who was hit, or how many.
    pub(super) fn is_anchored(&self, deed: &Deed<'_>, targets: &[Target], things: &[Vec<String>]) -> bool {
        let told = |e: &Event| e.time.is_some() || e.place.is_some();
        let known = |t: &Target| t.name || t.number.as_ref().is_some_and(|n| n != "PLURAL");
        let told = deed.events.iter().any(|(_, e)| told(e)) || self.day(&deed.events).is_some();
        let ongoing = deed.incidents.iter().all(|i| i.factuality == Factuality::Ongoing);
        let general = |forms: &[String]| forms.first().is_some_and(|f| is("general", head(f)));
        let thing = things.iter().any(|forms| !general(forms));
        told || !ongoing && (targets.iter().any(known) || thing)
    }

    /// Whether what is counted is the toll of a war or a year.
    pub(super) fn is_sum(&self, events: &[Told<'_>]) -> bool {
        const MANY: u64 = 300;
        let own = |f: &&Figure| f.event.is_some_and(|e| events.iter().any(|(i, _)| *i == e));
        let mut figures = self.analysis.figures.iter().filter(own).peekable();
        figures.peek().is_some() && figures.all(|f| f.cumulative || f.bounds.low().is_some_and(|n| n >= MANY))
    }
}

/// Whether what is told is that somebody was murdered, which a bomb told of beside it did not do.
fn is_murder(d: &Deed<'_>) -> bool {
    let murder = |e: &Event| ["murder", "assassinat"].iter().any(|w| e.rule.contains(w));
    d.kind == "ATTACK" && d.events.iter().all(|(_, e)| murder(e))
}

pub(super) fn triggers(events: &[Told<'_>], text: &str) -> String {
    events.iter().map(|(_, e)| e.trigger.of(text).to_lowercase() + " ").collect()
}

pub(super) fn incident_type(incident: &Incident, events: &[Told<'_>], text: &str) -> Option<&'static str> {
    let words = triggers(events, text);
    let said = |options: &[&str]| options.iter().any(|w| words.contains(w));
    match (incident.kind, incident.mode) {
        (EventType::Assault, Some(Mode::Abduct)) if events.iter().any(|(_, e)| is_kidnapping(e)) => {
            Some(if said(&["hijack"]) { "HIJACKING" } else { "KIDNAPPING" })
        }
        (EventType::Assault, Some(Mode::Abduct))
            if events.iter().all(|(_, e)| e.mode == Some(Mode::Abduct)) =>
        {
            None
        }
        (EventType::Assault | EventType::Coerce, _) if is_arson(&words) => Some("ARSON"),
        (EventType::Assault | EventType::Coerce, _) if is_robbery(&words) => Some("ROBBERY"),
        (EventType::Assault, _) => Some("ATTACK"),
        _ => None,
    }
}

/// Whether an event surely tells of somebody taken or let go, and not of one stopped on the way or a fighter captured.
fn is_kidnapping(e: &Event) -> bool {
    let captured = e.rule.starts_with("assault.capture") && e.rule.ends_with(".capture");
    let other = captured || e.rule.starts_with("assault.waylay") || e.is_guess();
    matches!(e.mode, Some(Mode::Abduct | Mode::Release)) && !other
}

/// Whether triggers tell of a fire that was set.
fn is_arson(words: &str) -> bool {
    ["arson", "fire to ", "on fire ", "burn", "torch", "set fire "].iter().any(|w| words.contains(w))
}

fn is_robbery(words: &str) -> bool {
    ["robb", "stole", "steal", "loot"].iter().any(|w| words.contains(w))
}

pub(super) fn extents(events: &[Told<'_>], text: &str) -> String {
    events.iter().map(|(_, e)| e.extent.of(text).to_lowercase() + " ").collect()
}

pub(super) fn has_bomb(words: &str) -> bool {
    let words = words.to_lowercase();
    ["bomb", "dynamit", "explosi", "explod", "grenade"].iter().any(|w| words.contains(w))
}
