//! Our templates for MUC: the incidents of the record made from one message, put into the slots of the key.
//!
//! Nothing is found here that the product did not find: which mentions are one incident is the record's decision, and
//! words, places, times and numbers are those of the analysis. What is done here is what MUC asks for beside: which
//! incidents it counts, and how it wants a value written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::{
    Actor, ActorId, ActorKind, Analysis, Block, BlockLabel, Confidence, Event, EventRole, EventType,
    Factuality, Figure, Incident, Mode, PlacePrecision, Record, Report, Sector, Spot, TextRange, When,
};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::muc_key::Message;
use super::muc_words::{ARMED, BUILDINGS, NOTHING, PREMODIFIERS, PRONOUNS, VAGUE, is_fighter};
use crate::system;

/// A filler of ours: what it is (in any form), and which target or organisation it is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Filler {
    pub(super) forms: Vec<String>,
    pub(super) about: Vec<String>,
    /// For dates.
    pub(super) days: (Option<Date>, Option<Date>),
}

/// The slot, never scored, that holds the sentences which tell of an incident.
pub(super) const TOLD: u8 = 0;

/// Fillers by slot number.
pub(super) type Ours = BTreeMap<u8, Vec<Filler>>;

/// Sentences back in which the place of an incident is looked for.
const BACK: usize = 2;
/// Sentences between two tellings of one deed that do not name what was hit twice.
const NEAR: usize = 6;

/// The countries that MUC-3 and MUC-4 are about; an incident counts if it happened in one of them or to its people.
const COUNTRIES: [&str; 9] = ["SLV", "GTM", "HND", "ARG", "BOL", "CHL", "COL", "ECU", "PER"];

/// All templates of a message.
pub(super) fn templates(message: &Message, mixed_case: bool) -> Vec<Ours> {
    let text = if mixed_case { super::templates::mixed(&message.text) } else { message.text.clone() };
    let mut report: Report = system::report(&message.id, &text, message.written);
    if message.dateline > 0 && text.is_char_boundary(message.dateline) {
        let block =
            |start, end, label| Block { range: TextRange::new(start, end), label, rule: "evaluation" };
        report.blocks = vec![
            block(0, message.dateline, BlockLabel::Dateline),
            block(message.dateline, text.len(), BlockLabel::Body),
        ];
    }
    let analysis = system::analyse(report);
    let record = system::link(vec![analysis.clone()]);
    let home = home(&analysis, message);
    let view = View { message, text: &text, analysis: &analysis, record: &record, home };
    view.deeds().iter().filter_map(|deed| view.template(deed)).collect()
}

/// The country that a message is about: of those of interest the one whose name and people it speaks of most, else
/// that of its dateline.
fn home(analysis: &Analysis, message: &Message) -> Option<&'static str> {
    let mut spoken: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut written = None;
    for place in &analysis.places {
        let Some(country) = place.spot.country else { continue };
        let dateline = place.range.start() < message.dateline;
        if dateline {
            written = written.or(Some(country));
        }
        *spoken.entry(country).or_default() += if dateline { 3 } else { 2 };
    }
    let ours = spoken.into_iter().filter(|(c, _)| COUNTRIES.contains(c));
    ours.max_by_key(|&(_, n)| n).map(|(c, _)| c).or(written)
}

struct View<'a> {
    message: &'a Message,
    text: &'a str,
    analysis: &'a Analysis,
    record: &'a Record,
    /// Where an incident without a place is taken to be: the slot is never left blank.
    home: Option<&'static str>,
}

/// Somebody hit: names or words, how many, and what became of them.
struct Target {
    forms: Vec<String>,
    name: bool,
    number: Option<String>,
    effect: Option<&'static str>,
    kind: &'static str,
}

/// A mention of an incident, with its place in the analysis.
type Told<'a> = (usize, &'a Event);

/// Incidents that MUC takes for one: of a kind and stage, and not told apart by date, place or perpetrator.
struct Deed<'a> {
    kind: &'static str,
    stage: &'static str,
    incidents: Vec<&'a Incident>,
    events: Vec<Told<'a>>,
}

impl View<'_> {
    /// What MUC may ask for, in order of the text.
    fn deeds(&self) -> Vec<Deed<'_>> {
        let mut single: Vec<Deed<'_>> = self.record.incidents.iter().filter_map(|i| self.deed(i)).collect();
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
        deeds
    }

    /// An incident by itself; none for what MUC does not ask for: other types of events, what is only imagined or
    /// denied, what lies more than two months back.
    fn deed<'a>(&'a self, incident: &'a Incident) -> Option<Deed<'a>> {
        let events = self.events(incident);
        let kind = self.kind(incident, &events)?;
        let stage = stage(incident, &events, self.text)?;
        let one = !self.is_old(incident) && !events.iter().all(|(_, e)| e.aggregate);
        one.then(|| Deed { kind, stage, incidents: vec![incident], events })
    }

    /// MUC's type of an incident. A bombing is one in which what was hit is told of together with the bomb; what falls
    /// from aircraft is an attack.
    fn kind(&self, incident: &Incident, events: &[Told<'_>]) -> Option<&'static str> {
        let kind = incident_type(incident, events, self.text)?;
        let bomb = |e: &Event| {
            let plural = e.rule.contains(".n.") && e.trigger.of(self.text).to_lowercase().ends_with('s');
            let explosive = matches!(e.mode, Some(Mode::Explosives | Mode::SuicideAttack));
            !plural && e.mode != Some(Mode::Aerial) && (explosive || has_bomb(e.extent.of(self.text)))
        };
        let at = |e: &Event| self.sentence(e);
        let bombs: Vec<usize> = events.iter().filter(|(_, e)| bomb(e)).map(|(_, e)| at(e)).collect();
        let apart = events
            .iter()
            .any(|(_, e)| !bomb(e) && !e.targets.is_empty() && bombs.iter().all(|b| b.abs_diff(at(e)) > 1));
        Some(if kind == "ATTACK" && !bombs.is_empty() && !apart { "BOMBING" } else { kind })
    }

    /// The sentence of a mention.
    fn sentence(&self, e: &Event) -> usize {
        self.analysis.parsed.sentences.iter().position(|s| s.range.overlaps(e.trigger)).unwrap_or(0)
    }

    /// Whether nothing tells two deeds apart. Of another kind, or far away in the text, only what hits the same is one.
    fn is_one(&self, a: &Deed<'_>, b: &Deed<'_>) -> bool {
        let actors = |d: &Deed<'_>, of: fn(&Event) -> &Vec<EventRole>| -> Vec<ActorId> {
            d.events.iter().flat_map(|(_, e)| of(e)).filter_map(|r| r.actor.clone()).collect()
        };
        let (v, w) = (actors(a, |e| &e.targets), actors(b, |e| &e.targets));
        let shared = v.iter().any(|d| w.contains(d));
        let other = !v.is_empty() && !w.is_empty() && !shared;
        let (x, y) = (actors(a, |e| &e.actors), actors(b, |e| &e.actors));
        let doers = x.is_empty() || y.is_empty() || x.iter().any(|d| y.contains(d));
        let pairs = a.events.iter().flat_map(|(_, x)| b.events.iter().map(move |(_, y)| (x, y)));
        let gap = pairs.map(|(x, y)| self.sentence(x).abs_diff(self.sentence(y))).min().unwrap_or(usize::MAX);
        let close = if a.kind == b.kind {
            shared || !other && gap <= NEAR
        } else {
            (a.kind == "ATTACK" || b.kind == "ATTACK") && gap <= 1 && !other
        };
        let all = |holds: &dyn Fn(&Incident, &Incident) -> bool| {
            a.incidents.iter().all(|i| b.incidents.iter().all(|j| holds(i, j)))
        };
        let when = all(&|i, j| i.when.may_be(j.when));
        close && doers && a.stage == b.stage && when && all(&same_scene)
    }

    /// The template of a deed; none for sums of several, fights among armed forces, other parts of the world, and what
    /// does not tell what was hit.
    fn template(&self, deed: &Deed<'_>) -> Option<Ours> {
        let Deed { kind, stage, ref incidents, ref events } = *deed;
        if !self.is_specific(events) {
            return None;
        }
        let place = place(incidents)
            .filter(|p| p.precision < PlacePrecision::Country)
            .or_else(|| self.scene(events))
            .or_else(|| place(incidents));
        let country = place.and_then(|p| p.country).or(self.home);
        if country.is_some_and(|c| !COUNTRIES.contains(&c)) && !self.concerns(events) {
            return None;
        }
        let targets = self.targets(kind, events);
        let things = self.things(events);
        let hit: Vec<&String> =
            targets.iter().map(|t| &t.forms).chain(&things).filter_map(|forms| forms.first()).collect();
        if hit.is_empty() || hit.iter().all(|h| h.split(' ').any(|w| ARMED.contains(&w))) {
            return None;
        }
        let mut ours = Ours::new();
        let mut put = |slot: u8, filler: Filler| ours.entry(slot).or_default().push(filler);
        put(TOLD, word(&self.told(events)));
        put(4, word(kind));
        put(5, word(stage));
        put(2, Filler { days: self.days(incidents, events), ..Filler::default() });
        if let Some(filler) = location(place, country, incidents) {
            put(3, filler);
        }
        self.perpetrators(events, &mut put);
        for forms in things.into_iter().filter(|_| kind != "KIDNAPPING") {
            put(12, Filler { forms, ..Filler::default() });
        }
        for t in targets {
            let about = t.forms.clone();
            if !t.forms.is_empty() {
                put(if t.name { 18 } else { 19 }, Filler { forms: t.forms, ..Filler::default() });
                put(20, Filler { about: about.clone(), ..word(t.kind) });
                if let Some(n) = t.number {
                    put(21, Filler { about: about.clone(), ..word(&n) });
                }
            }
            if let Some(effect) = t.effect {
                put(23, Filler { about, ..word(effect) });
            }
        }
        Some(ours)
    }

    /// The mentions of an incident: those whose trigger no evidence of another incident holds more closely.
    fn events(&self, incident: &Incident) -> Vec<Told<'_>> {
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

    /// Whether one deed is told of, and more of it than that there was fighting or oppression.
    fn is_specific(&self, events: &[Told<'_>]) -> bool {
        let vague = |e: &Event| {
            let words = plain(e.trigger.of(self.text));
            let is = |list: &[&str]| words.split(' ').any(|w| list.contains(&w));
            is(VAGUE)
                || e.mode == Some(Mode::CrowdControl)
                || matches!(e.cameo.as_str(), "175" | "191" | "192")
        };
        // "murders", "bombings"
        let plural =
            |e: &Event| e.rule.contains(".n.") && e.trigger.of(self.text).to_lowercase().ends_with('s');
        !events.iter().all(|(_, e)| e.aggregate || plural(e)) && !events.iter().all(|(_, e)| vague(e))
    }

    /// Triggers and sentences of the mentions.
    fn told(&self, events: &[Told<'_>]) -> String {
        let mut out = String::new();
        for (n, e) in events {
            let sentences = &self.analysis.parsed.sentences;
            let sentence =
                sentences.iter().find(|s| s.range.overlaps(e.trigger)).map(|s| s.range.of(self.text));
            let words: Vec<&str> = sentence.unwrap_or("").split_whitespace().collect();
            out += &format!(
                "[{n} «{}» {} {:?}] {}\n        ",
                e.trigger.of(self.text),
                e.rule,
                e.factuality,
                words.join(" ")
            );
        }
        out
    }

    fn is_old(&self, incident: &Incident) -> bool {
        let two_months = jiff::Span::new().days(60);
        let limit = self.message.written.and_then(|w| w.checked_sub(two_months).ok());
        limit.zip(incident.when.latest()).is_some_and(|(limit, latest)| latest < limit)
    }

    fn actor(&self, role: &EventRole) -> Option<&Actor> {
        self.of_id(role.actor.as_ref()?)
    }

    fn of_id(&self, id: &ActorId) -> Option<&Actor> {
        self.analysis.actors.iter().find(|a| a.id == *id)
    }

    /// The place of an incident that is told without: a town or division of the countries of interest in its
    /// sentences, or the last before them.
    fn scene(&self, events: &[Told<'_>]) -> Option<&Spot> {
        let own: Vec<usize> = events.iter().map(|(_, e)| self.sentence(e)).collect();
        let fits = |p: &&record::Place| {
            let here = p.spot.country.is_none_or(|c| COUNTRIES.contains(&c));
            let told = p.range.start() >= self.message.dateline;
            p.locative && p.spot.precision < PlacePrecision::Country && here && told
        };
        let around = (0..=BACK).flat_map(|back| own.iter().filter_map(move |s| s.checked_sub(back)));
        around.into_iter().find_map(|s| {
            let range = self.analysis.parsed.sentences.get(s)?.range;
            let here = self.analysis.places.iter().filter(fits).filter(|p| range.contains(p.range));
            here.map(|p| &p.spot).min_by_key(|p| p.precision)
        })
    }

    /// The day of an incident that is told without: one in its sentences that is not yet to come.
    fn day(&self, events: &[Told<'_>]) -> Option<When> {
        let past =
            |w: &When| w.latest().is_some_and(|d| self.message.written.is_none_or(|written| d <= written));
        events.iter().find_map(|(_, e)| {
            let range = self.analysis.parsed.sentences.get(self.sentence(e))?.range;
            let here = self.analysis.times.iter().filter(|t| range.contains(t.range)).map(|t| t.when);
            here.filter(past).find(|w| matches!(w, When::Exact(_)))
        })
    }

    /// Whether somebody of the countries of interest has a part.
    fn concerns(&self, events: &[Told<'_>]) -> bool {
        let roles = events.iter().flat_map(|(_, e)| e.targets.iter().chain(&e.actors));
        let mut countries = roles.filter_map(|r| self.actor(r)?.country.as_deref());
        countries.any(|c| COUNTRIES.contains(&c))
    }

    /// The days of an incident. A mere weekday is written as «on or before» the message, as is what is not dated.
    fn days(&self, incidents: &[&Incident], events: &[Told<'_>]) -> (Option<Date>, Option<Date>) {
        const DAYS: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let weekday = |e: &Event| {
            e.time.and_then(|t| self.analysis.times.get(t)).is_some_and(|t| {
                let words = t.range.of(self.text).to_lowercase();
                DAYS.iter().any(|d| words.contains(d)) && !words.contains(|c: char| c.is_ascii_digit())
            })
        };
        let dated = incidents.iter().map(|i| i.when).filter(|w| w.latest().is_some());
        let when = dated.min_by_key(|w| !matches!(w, When::Exact(_)));
        let when = when.or_else(|| self.day(events)).unwrap_or_default();
        match (when.earliest(), when.latest()) {
            (None, None) => (None, self.message.written),
            _ if events.iter().any(|(_, e)| weekday(e)) => (None, self.message.written),
            days => days,
        }
    }

    /// Persons and descriptions in slot 9, organisations with how surely in 10 and 11.
    fn perpetrators(&self, events: &[Told<'_>], put: &mut impl FnMut(u8, Filler)) {
        let mut seen: Vec<String> = Vec::new();
        let said: Vec<(TextRange, Option<&Actor>, Confidence)> = events
            .iter()
            .flat_map(|(_, e)| &e.actors)
            .filter(|r| r.confidence != Confidence::Denied)
            .map(|r| (r.range, self.actor(r), r.confidence))
            .collect();
        let all = if said.is_empty() { self.near(events).into_iter().collect() } else { said };
        for (range, actor, how) in all {
            let mut words = plain(range.of(self.text));
            let people = |w: &str| w.split(' ').next_back().is_some_and(system::is_person);
            // "guerrillas" and "soldiers" are no organisation, "the army" is.
            let general = |a: &Actor| {
                a.name.starts_with(char::is_lowercase) && (people(&words) || a.kind == ActorKind::ArmedGroup)
            };
            let organisation = actor.filter(|a| is_organisation(a.kind) && !general(a));
            if let Some(a) = organisation.filter(|a| !seen.contains(&a.id.to_string())) {
                seen.push(a.id.to_string());
                let forms = [names(a), vec![words.clone()]].concat();
                put(10, Filler { forms: forms.clone(), ..Filler::default() });
                put(11, Filler { about: forms, ..word(confidence(how)) });
            }
            // "guerrillas of the front": the people beside the organisation.
            if organisation.is_none_or(|a| people(&words) && !names(a).contains(&words)) {
                if PRONOUNS.contains(&words.as_str()) {
                    let Some(a) = actor else { continue };
                    words = plain(&a.name);
                }
                if !seen.contains(&words) {
                    seen.push(words.clone());
                    let forms = actor.filter(|_| organisation.is_none()).map_or_else(Vec::new, names);
                    put(9, Filler { forms: [vec![words], forms].concat(), ..Filler::default() });
                }
            }
        }
    }

    /// An armed group that a sentence of the incident, or the one before, speaks of. MUC wants whoever an article
    /// mentions in the context of an incident, also without an accusation: as POSSIBLE.
    fn near(&self, events: &[Told<'_>]) -> Option<(TextRange, Option<&Actor>, Confidence)> {
        let sentences = &self.analysis.parsed.sentences;
        let mut at: Vec<usize> = events
            .iter()
            .filter_map(|(_, e)| sentences.iter().position(|s| s.range.overlaps(e.trigger)))
            .collect();
        at.dedup();
        let before: Vec<usize> = at.iter().filter_map(|s| s.checked_sub(1)).collect();
        let hit: Vec<&ActorId> =
            events.iter().flat_map(|(_, e)| &e.targets).filter_map(|r| r.actor.as_ref()).collect();
        at.into_iter().chain(before).find_map(|s| {
            let mut here = self.analysis.mentions.iter().filter(|m| sentences[s].range.contains(m.range));
            here.find_map(|m| {
                let actor = self.of_id(&m.actor).filter(|a| a.kind == ActorKind::ArmedGroup)?;
                (!hit.contains(&&m.actor)).then_some((m.range, Some(actor), Confidence::Unknown))
            })
        })
    }

    /// What was hit that is nobody.
    fn things(&self, events: &[Told<'_>]) -> Vec<Vec<String>> {
        let mut all: Vec<Vec<String>> = Vec::new();
        // The name of a place is no target, unless it is a site.
        let places: Vec<String> = self
            .analysis
            .places
            .iter()
            .filter(|p| p.spot.precision != PlacePrecision::Site)
            .map(|p| plain(p.range.of(self.text)))
            .collect();
        let is_thing =
            |r: &&EventRole| !self.is_somebody(r) && self.actor(r).is_none_or(|a| a.kind != ActorKind::State);
        for role in events.iter().flat_map(|(_, e)| &e.targets).filter(is_thing) {
            let words = plain(role.range.of(self.text));
            let last = words.split(' ').next_back().unwrap_or("");
            let nothing = NOTHING.contains(&last)
                || words.chars().all(|c| c.is_ascii_digit() || c == ' ')
                || places.contains(&words);
            if !nothing && !all.iter().flatten().any(|w| *w == words) {
                all.push(vec![words]);
            }
        }
        all
    }

    /// Whether a target is people. Who owns a building is not hit with it.
    fn is_somebody(&self, role: &EventRole) -> bool {
        use ActorKind::{ArmedGroup, Force, Government, Party, Person, Population, Role};
        let known = |a: &Actor| {
            matches!(a.kind, ArmedGroup | Force | Government | Party | Person | Population | Role)
        };
        let words = plain(role.range.of(self.text));
        let last = words.split(' ').next_back().unwrap_or("");
        !BUILDINGS.contains(&last) && (self.actor(role).is_some_and(known) || system::is_person(last))
    }

    /// Human targets: those that figures count, and those that are hit without a count.
    fn targets(&self, kind: &str, events: &[Told<'_>]) -> Vec<Target> {
        let mut all: Vec<Target> = Vec::new();
        let mut covered: Vec<TextRange> = Vec::new();
        let own = |f: &&Figure| !f.cumulative && f.event.is_some_and(|e| events.iter().any(|(i, _)| *i == e));
        for figure in self.analysis.figures.iter().filter(own) {
            let Some(target) = self.counted(figure, kind) else { continue };
            covered.push(figure.range);
            if target.forms.iter().any(|f| is_fighter(f)) {
                continue;
            }
            let again = all.iter_mut().find(|t| {
                t.forms.iter().any(|f| target.forms.contains(f))
                    || t.number.is_some() && t.number != Some("1".to_owned()) && t.number == target.number
            });
            match again {
                Some(t) => {
                    t.forms.extend(target.forms);
                    t.forms.dedup();
                    if t.effect.is_none() || target.effect == Some("DEATH") {
                        t.effect = target.effect;
                    }
                }
                None => all.push(target),
            }
        }
        let hit = events.iter().flat_map(|(_, e)| e.targets.iter().map(move |r| (harm(e), r)));
        for (effect, role) in hit.filter(|(_, r)| self.is_somebody(r)) {
            let actor = self.actor(role);
            let mut words = plain(role.range.of(self.text));
            let fighter = is_fighter(&words) || actor.is_some_and(|a| a.kind == ActorKind::ArmedGroup);
            if fighter || covered.iter().any(|r| r.overlaps(role.range)) {
                continue;
            }
            if let Some(a) = actor.filter(|_| PRONOUNS.contains(&words.as_str())) {
                words = plain(&a.name);
            }
            let forms = [vec![words.clone()], actor.map_or_else(Vec::new, names)].concat();
            if let Some(again) = all.iter_mut().find(|t| t.forms.iter().any(|f| forms.contains(f))) {
                if again.effect.is_none() && effect == Some("DEATH") {
                    again.effect = effect;
                }
                continue;
            }
            let name = actor.is_some_and(|a| a.kind == ActorKind::Person);
            let several = ["S", "MEN", "PEOPLE", "CHILDREN"].iter().any(|end| words.ends_with(end));
            let number = if name || !several { "1" } else { "PLURAL" };
            let number = Some(number.to_owned());
            all.push(Target { forms, name, number, effect, kind: target_type(actor) });
        }
        all
    }

    /// The target that a figure counts.
    fn counted(&self, figure: &Figure, kind: &str) -> Option<Target> {
        let none = figure.bounds.high() == Some(0);
        let effect = match (figure.what.as_str(), none) {
            ("killed", false) => Some("DEATH"),
            ("killed", true) => Some("NO DEATH"),
            ("wounded", false) => Some("INJURY"),
            ("wounded", true) => Some("NO INJURY"),
            ("released" | "rescued" | "escaped", false) if kind == "KIDNAPPING" => Some("REGAINED FREEDOM"),
            ("abducted" | "captured" | "arrested", _) => None,
            _ => return None,
        };
        let counted = figure.counted.filter(|_| !none);
        let mention = self.analysis.mentions.iter().find(|m| counted.is_some_and(|c| c.overlaps(m.range)));
        let actor = mention.and_then(|m| self.of_id(&m.actor));
        let person = actor.filter(|a| a.kind == ActorKind::Person);
        // Where nobody is named, MUC takes the word for what became of them ("left 67 dead").
        let words: Vec<String> = match (counted, effect) {
            (Some(c), _) => vec![plain(c.of(self.text))],
            (None, Some("DEATH")) => vec!["DEAD".to_owned()],
            (None, Some("INJURY")) => vec!["WOUNDED".to_owned(), "INJURED".to_owned()],
            _ => Vec::new(),
        };
        let forms: Vec<String> = words.into_iter().chain(person.map_or_else(Vec::new, names)).collect();
        Some(Target {
            forms,
            name: person.is_some(),
            number: figure.bounds.low().filter(|_| !none).map(|n| n.to_string()),
            effect,
            kind: target_type(actor),
        })
    }
}

fn word(form: &str) -> Filler {
    Filler { forms: vec![form.to_owned()], ..Filler::default() }
}

fn triggers(events: &[Told<'_>], text: &str) -> String {
    events.iter().map(|(_, e)| e.trigger.of(text).to_lowercase() + " ").collect()
}

fn incident_type(incident: &Incident, events: &[Told<'_>], text: &str) -> Option<&'static str> {
    let words = triggers(events, text);
    let has = |options: &[&str]| options.iter().any(|w| words.contains(w));
    match (incident.kind, incident.mode) {
        (EventType::Assault, Some(Mode::Abduct)) => {
            Some(if has(&["hijack"]) { "HIJACKING" } else { "KIDNAPPING" })
        }
        (EventType::Assault | EventType::Coerce, _)
            if has(&["arson", "fire to", "on fire", "burn", "torch"]) =>
        {
            Some("ARSON")
        }
        (EventType::Assault | EventType::Coerce, _) if has(&["robb", "stole", "steal", "loot"]) => {
            Some("ROBBERY")
        }
        (EventType::Assault, _) => Some("ATTACK"),
        _ => None,
    }
}

fn extents(events: &[Told<'_>], text: &str) -> String {
    events.iter().map(|(_, e)| e.extent.of(text).to_lowercase() + " ").collect()
}

fn has_bomb(words: &str) -> bool {
    let words = words.to_lowercase();
    ["bomb", "dynamit", "explosi", "explod", "grenade"].iter().any(|w| words.contains(w))
}

fn stage(incident: &Incident, events: &[Told<'_>], text: &str) -> Option<&'static str> {
    let around = extents(events, text);
    match incident.factuality {
        Factuality::Hypothetical | Factuality::Denied | Factuality::Planned => None,
        Factuality::Threatened => Some("THREATENED"),
        _ if ["attempt", "foil", "defus", "deactivat", "tried to"].iter().any(|w| around.contains(w)) => {
            Some("ATTEMPTED")
        }
        _ => Some("ACCOMPLISHED"),
    }
}

/// What an event by its own sense does to whom it hits.
fn harm(e: &Event) -> Option<&'static str> {
    const DEADLY: &[&str] =
        &["kill", "assassin", "execut", "massacre", "death", "die", "dead", "behead", "lose", "targeted"];
    let sense = e.rule.strip_prefix("assault.")?;
    match () {
        () if matches!(e.factuality, Factuality::Denied) => None,
        () if sense.starts_with("wound") => Some("INJURY"),
        () if DEADLY.iter().any(|d| sense.starts_with(d)) && !sense.contains("try") => Some("DEATH"),
        () => None,
    }
}

/// The place that is filled in: the finest of those named as the scene.
fn place<'a>(incidents: &[&'a Incident]) -> Option<&'a Spot> {
    let all = || incidents.iter().flat_map(|i| &i.places).map(|p| &p.spot);
    all().filter(|p| p.precision != PlacePrecision::Region).min_by_key(|p| p.precision).or(all().next())
}

/// Whether two incidents can have happened at one place: one of them names none, or their finest are alike or one
/// holds the other.
fn same_scene(a: &Incident, b: &Incident) -> bool {
    let finest = |i: &Incident| place(&[i]).map(|p| (p.name.clone(), p.precision, p.country));
    let Some(((x, fine_x, in_x), (y, fine_y, in_y))) = finest(a).zip(finest(b)) else { return true };
    let holds = |i: &Incident, name: &str| {
        i.places.iter().any(|p| p.spot.name == name || p.spot.admin1.as_deref() == Some(name))
    };
    let coarse = |p: PlacePrecision| p >= PlacePrecision::Country;
    in_x == in_y && (x == y || holds(a, &y) || holds(b, &x) || coarse(fine_x) || coarse(fine_y))
}

/// Country, division and name of one place; other places only if they hold it.
fn location(place: Option<&Spot>, country: Option<&'static str>, incidents: &[&Incident]) -> Option<Filler> {
    let mut forms: Vec<String> = country.map(system::country_name).map(plain).into_iter().collect();
    if let Some(p) = place {
        forms.push(plain(&p.name));
        forms.extend(p.admin1.as_deref().map(plain));
        let all = incidents.iter().flat_map(|i| &i.places).map(|p| &p.spot);
        let holders = all.filter(|q| q.precision > p.precision && q.country == p.country);
        forms.extend(holders.map(|q| plain(&q.name)));
    }
    forms.dedup();
    (!forms.is_empty()).then(|| Filler { forms, ..Filler::default() })
}

fn is_organisation(kind: ActorKind) -> bool {
    !matches!(kind, ActorKind::Person | ActorKind::Role | ActorKind::Population | ActorKind::Other)
}

fn names(actor: &Actor) -> Vec<String> {
    let all = [actor.name.as_str()].into_iter().chain(actor.aliases.iter().map(String::as_str));
    all.map(plain).filter(|f| !f.is_empty()).collect()
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Fact => "REPORTED AS FACT",
        Confidence::Claimed => "CLAIMED OR ADMITTED",
        Confidence::Accused => "SUSPECTED OR ACCUSED",
        Confidence::Denied | Confidence::Unknown => "POSSIBLE",
    }
}

fn target_type(actor: Option<&Actor>) -> &'static str {
    match actor.and_then(|a| a.sector) {
        Some(Sector::Mil) => "ACTIVE MILITARY",
        Some(Sector::Cop) => "LAW ENFORCEMENT",
        Some(Sector::Gov | Sector::Leg) => "GOVERNMENT OFFICIAL",
        Some(Sector::Jud) => "LEGAL OR JUDICIAL",
        Some(Sector::Opp | Sector::Pty) => "POLITICAL FIGURE",
        _ => "CIVILIAN",
    }
}

/// Capitals, without accents, article, quotation marks and needless white space.
pub(super) fn plain(text: &str) -> String {
    let upper: String = text.to_uppercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = upper.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let words: Vec<&str> = words.collect();
    let skip =
        words.iter().take(words.len().saturating_sub(1)).take_while(|w| PREMODIFIERS.contains(w)).count();
    words[skip..].join(" ")
}
