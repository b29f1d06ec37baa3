//! Our templates for MUC: the incidents of the record made from one message, put into the slots of the key.
//!
//! Nothing is found here that the product did not find: which mentions are one incident is the record's decision, and
//! words, places, times and numbers are those of the analysis. What is done here is what MUC asks for beside: which
//! incidents it counts, and how it wants a value written.

mod category;
mod dates;
mod deed;
mod hit;
mod scene;
mod spared;
mod title;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use record::{
    Actor, ActorId, ActorKind, Analysis, Block, BlockLabel, Confidence, Event, EventRole, PlacePrecision,
    Record, Report, Spot, TextRange,
};

use self::dates::Days;
use self::deed::Deed;
use self::hit::told;
use self::scene::location;
use self::wanted::Hit;
use super::muc_key::Message;
use super::muc_words::{has, head, is, plain};
use crate::system;

/// A filler of ours: what it is (in any form), and which target or organisation it is about.
#[derive(Debug, Clone, Default)]
pub(in crate::tasks) struct Filler {
    pub(in crate::tasks) forms: Vec<String>,
    pub(in crate::tasks) about: Vec<String>,
    /// For dates.
    pub(in crate::tasks) days: (Option<Date>, Option<Date>),
}

/// The slot, never scored, that holds the sentences which tell of an incident.
pub(super) const TOLD: u8 = 0;

/// Fillers by slot number.
pub(super) type Ours = BTreeMap<u8, Vec<Filler>>;

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
    let mut analysis = system::analyse(report);
    let record = system::link(vec![analysis.clone()]);
    // "A schoolteacher" is nobody by himself to MUC; his words stand in the slots.
    let unnamed: BTreeSet<TextRange> =
        analysis.mentions.iter().filter(|m| m.rule == "person").map(|m| m.range).collect();
    for event in &mut analysis.events {
        let roles = event.actors.iter_mut().chain(&mut event.targets);
        roles.filter(|r| unnamed.contains(&r.range)).for_each(|r| r.actor = None);
    }
    let home = home(&analysis, message);
    let view = View { message, text: &text, analysis: &analysis, record: &record, home };
    let deeds = view.deeds();
    deeds.iter().zip(view.dates(&deeds)).filter_map(|(deed, days)| view.template(deed, days)).collect()
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
    let most = |of_interest: bool| {
        let all = spoken.iter().filter(|(c, _)| !of_interest || COUNTRIES.contains(*c));
        all.max_by_key(|&(_, n)| n).map(|(c, n)| (*c, *n))
    };
    match (most(true), most(false)) {
        // What speaks of another country three times as much is about that.
        (Some((_, ours)), Some((c, n))) if n > 3 * ours => Some(c),
        (Some((c, _)), _) => Some(c),
        (None, any) => any.map(|(c, _)| c).or(written),
    }
}

struct View<'a> {
    message: &'a Message,
    text: &'a str,
    analysis: &'a Analysis,
    record: &'a Record,
    /// Where an incident without a place is taken to be: the slot is never left blank.
    home: Option<&'static str>,
}

/// Who is said to have done something, in which words, and how surely.
type Doer<'a> = (TextRange, Option<&'a Actor>, Confidence);

/// A mention of an incident, with its place in the analysis.
type Told<'a> = (usize, &'a Event);

impl View<'_> {
    /// The template of a deed; none for what MUC does not ask for.
    fn template(&self, deed: &Deed<'_>, days: Days) -> Option<Ours> {
        let Deed { kind, stage, ref incidents, ref events, at } = *deed;
        let place = at
            .or_else(|| self.place(incidents, events))
            .filter(|p| p.precision < PlacePrecision::Country)
            .or_else(|| self.scene(events))
            .or_else(|| self.place(incidents, events));
        // A mere country abroad is that of who is spoken of.
        let known = |p: &&Spot| {
            p.precision < PlacePrecision::Country || p.country.is_some_and(|c| COUNTRIES.contains(&c))
        };
        let country = place.filter(known).and_then(|p| p.country).or(self.home);
        let abroad = country.is_some_and(|c| !COUNTRIES.contains(&c)) && !self.concerns(events);
        let targets = self.targets(kind, events);
        let things = self.things(events);
        if !self.is_wanted(deed, &Hit { people: &targets, things: &things, abroad }) {
            return None;
        }
        let mut ours = Ours::new();
        let mut put = |slot: u8, filler: Filler| ours.entry(slot).or_default().push(filler);
        put(TOLD, word(&self.told(events)));
        put(4, word(kind));
        put(5, word(stage));
        if days != (None, None) {
            put(2, Filler { days, ..Filler::default() });
        }
        if let Some(mut filler) = location(place.filter(known), country, incidents) {
            filler.forms.extend(self.finer(events, filler.forms.len() < 2, country));
            filler.forms.extend(self.town(events, place, country));
            put(3, filler);
        }
        self.perpetrators(events, &mut put);
        let military = |forms: &Vec<String>| forms.iter().any(|f| has("armed", f));
        for forms in things.into_iter().filter(|f| kind != "KIDNAPPING" && !military(f)) {
            put(13, Filler { about: forms.clone(), ..word(category::of_thing(&forms)) });
            put(12, Filler { forms, ..Filler::default() });
        }
        for t in told(targets, kind) {
            let about = t.forms.clone();
            let category = category::of_person(&t.forms, &t.titles, t.known);
            if !t.forms.is_empty() {
                put(if t.name { 18 } else { 19 }, Filler { forms: t.forms, ..Filler::default() });
                if !t.titles.is_empty() {
                    put(19, Filler { forms: t.titles, about: about.clone(), ..Filler::default() });
                }
                put(20, Filler { about: about.clone(), ..word(category) });
                if let Some(n) = t.number {
                    put(21, Filler { about: about.clone(), ..word(&n) });
                }
            }
            if t.both {
                put(23, Filler { about: about.clone(), ..word("DEATH") });
            }
            if let Some(effect) = t.effect {
                put(23, Filler { about, ..word(effect) });
            }
        }
        Some(ours)
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

    fn actor(&self, role: &EventRole) -> Option<&Actor> {
        self.of_id(role.actor.as_ref()?).filter(|a| a.kind != ActorKind::PhysicalTarget)
    }

    fn of_id(&self, id: &ActorId) -> Option<&Actor> {
        self.analysis.actors.iter().find(|a| a.id == *id)
    }

    /// The sentence of a mention.
    fn sentence(&self, e: &Event) -> usize {
        self.analysis.parsed.sentence_at(e.trigger).unwrap_or(0)
    }

    /// Persons and descriptions in slot 9, organisations with how surely in 10 and 11.
    fn perpetrators(&self, events: &[Told<'_>], put: &mut impl FnMut(u8, Filler)) {
        let mut seen: Vec<String> = Vec::new();
        let said: Vec<Doer<'_>> = events
            .iter()
            .flat_map(|(_, e)| &e.actors)
            .filter(|r| r.confidence != Confidence::Denied)
            .map(|r| (r.range, self.actor(r), r.confidence))
            .collect();
        let anybody = |(range, actor, _): &Doer<'_>| match actor {
            Some(a) => is_anybody(a),
            None => is("fighters", head(&plain(range.of(self.text)))),
        };
        let how = said.first().map(|(.., how)| *how);
        let mut all = said;
        match how {
            None => all.extend(self.near(events)),
            // "Guerrillas" are those of the group that is spoken of.
            Some(how) if all.iter().all(anybody) => {
                let spoken = self.near(events).filter(|d| !anybody(d)).or_else(|| self.only_group());
                all.extend(spoken.map(|(range, actor, _)| (range, actor, how)));
            }
            Some(_) => {}
        }
        for (range, actor, how) in all {
            let mut words = plain(range.of(self.text));
            let people = |w: &str| w.split(' ').next_back().is_some_and(system::is_person);
            // "guerrillas" and "soldiers" are no organisation, "the army" is.
            let general = |a: &Actor| {
                a.name.starts_with(char::is_lowercase) && (people(&words) || a.kind == ActorKind::ArmedGroup)
                    || is_anybody(a)
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
                if is("pronouns", words.as_str()) {
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
    fn near(&self, events: &[Told<'_>]) -> Option<Doer<'_>> {
        let sentences = &self.analysis.parsed.sentences;
        let mut at: Vec<usize> =
            events.iter().filter_map(|(_, e)| self.analysis.parsed.sentence_at(e.trigger)).collect();
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

    /// The one armed group that the message names.
    fn only_group(&self) -> Option<Doer<'_>> {
        let named = |a: &&Actor| a.kind == ActorKind::ArmedGroup && !is_anybody(a);
        let all = self.analysis.mentions.iter();
        let mut groups = all.filter_map(|m| Some((m.range, self.of_id(&m.actor).filter(named)?)));
        let (range, first) = groups.next()?;
        groups.all(|(_, a)| a.id == first.id).then_some((range, Some(first), Confidence::Unknown))
    }

    /// Whether somebody of the countries of interest has a part.
    fn concerns(&self, events: &[Told<'_>]) -> bool {
        let roles = events.iter().flat_map(|(_, e)| e.targets.iter().chain(&e.actors));
        let mut countries = roles.filter_map(|r| self.actor(r)?.country.as_deref());
        countries.any(|c| COUNTRIES.contains(&c))
    }
}

/// Whether armed people have no name of their own: "gunmen", "Salvadoran rebels".
fn is_anybody(actor: &Actor) -> bool {
    let words = plain(&actor.name);
    let last = words.rsplit(' ').next().unwrap_or("");
    let people = || is("fighters", last) || last.strip_suffix('S').is_some_and(system::is_person);
    actor.kind == ActorKind::ArmedGroup && (actor.name.starts_with(char::is_lowercase) || people())
}

fn word(form: &str) -> Filler {
    Filler { forms: vec![form.to_owned()], ..Filler::default() }
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
