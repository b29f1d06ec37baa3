//! Those in an event who are no actors yet. A noun for persons or a body makes an actor of its own, of that kind ("a
//! schoolteacher", "twelve", "two dockers", "the commission"), so that a record can say whom a deed struck; a capital that words or
//! measures pass to and fro is its state.

use std::collections::BTreeMap;

use record::{
    Actor, ActorId, ActorKind, ActorMention, Event, EventType, Mode, Parsed, Quad, Report, Sector, Sentence,
    Span, TextRange, Upos,
};

use super::lexicon::Lexicon;
use crate::actor::{role_card, state_card};
use crate::figure::is_person;
use crate::place::country;

/// The rule of a mention that such people are found by.
const RULE: &str = "person";

/// The rule of a mention that a thing is found by.
const THING: &str = "thing";

/// Those of whom nothing is told but that they are people, or how many.
const PEOPLE: &str = "people";

/// Makes actors of those in `events` who are none yet; their mentions are in order of the text.
pub(crate) fn unnamed(
    report: &Report,
    parsed: &Parsed,
    known: &[ActorMention],
    events: &mut [Event],
) -> (Vec<Actor>, Vec<ActorMention>) {
    let lexicon = Lexicon::embedded();
    let mut actors: BTreeMap<ActorId, Actor> = BTreeMap::new();
    let mut mentions: Vec<ActorMention> = Vec::new();
    for event in events {
        use EventType::{Assault, Coerce, Protest, Retreat};
        let crowds = matches!(event.kind, Assault | Coerce | Retreat | Protest);
        let hit = event.kind == Assault || event.mode == Some(Mode::Seize);
        let mut named_beside = false;
        let doers: Vec<ActorId> = event.actors.iter().filter_map(|r| r.actor.clone()).collect();
        let sides = [(&mut event.actors, true), (&mut event.targets, false)];
        for (role, acts) in
            sides.into_iter().flat_map(|(roles, acts)| roles.iter_mut().map(move |r| (r, acts)))
        {
            let at = parsed.sentences.partition_point(|s| s.range.end() <= role.range.start());
            let sentence =
                parsed.sentences.get(at).filter(|s| role.actor.is_none() && s.range.contains(role.range));
            let Some(s) = sentence else { continue };
            let phrase = Phrase { text: &report.text, lexicon, s, range: role.range };
            let owner = phrase.owner();
            // "An army post": that of the army of which the report speaks.
            let named = owner.and_then(|i| {
                let means = |m: &&ActorMention| {
                    let words = m.range.of(&report.text);
                    let last = words.rsplit(' ').next().unwrap_or(words);
                    // Not that of a band whose name ends so: "the Marsh Liberation Army".
                    // And nobody hits his own: "the army shelled an army post".
                    matches!(m.rule, "definite" | "name")
                        && last == s.tokens[i].range.of(&report.text)
                        && (acts || !doers.contains(&m.actor))
                };
                known.iter().find(means)
            });
            if let Some(mention) = named {
                role.actor = Some(mention.actor.clone());
                continue;
            }
            // "The Norland ambassador, Jo Doe, accused them"
            if let Some(mention) = phrase.beside(known) {
                role.actor = Some(mention.actor.clone());
                named_beside = true;
                continue;
            }
            let government = phrase.government(event.kind).map(|state| (state, "name"));
            let body = owner.map(|i| (phrase.body(i), RULE));
            let found = government.or(body).or_else(|| phrase.described(acts, crowds).map(|a| (a, RULE)));
            let found = found.or_else(|| phrase.thing().filter(|_| hit && !acts).map(|a| (a, THING)));
            let Some((found, rule)) = found else { continue };
            let actor = actors.entry(found.id.clone()).or_insert(found);
            role.actor = Some(actor.id.clone());
            if mentions.iter().all(|m| m.range != role.range) {
                actor.evidence.push(Span { report: report.id.clone(), range: role.range });
                mentions.push(ActorMention { range: role.range, actor: actor.id.clone(), rule });
            }
        }
        // What he is and his name are one.
        for roles in [&mut event.actors, &mut event.targets].into_iter().filter(|_| named_beside) {
            let mut seen: Vec<Option<ActorId>> = Vec::new();
            roles.retain(|r| {
                let new = r.actor.is_none() || !seen.contains(&r.actor);
                seen.push(r.actor.clone());
                new
            });
        }
    }
    mentions.sort_by_key(|m| m.range);
    (actors.into_values().collect(), mentions)
}

/// A phrase in a role.
struct Phrase<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    s: &'a Sentence,
    range: TextRange,
}

impl Phrase<'_> {
    /// The name that one person has beside what he is.
    fn beside<'m>(&self, known: &'m [ActorMention]) -> Option<&'m ActorMention> {
        let top = self.top().filter(|&i| self.s.tokens[i].xpos == "NN")?;
        let apposed = self.s.children(top).filter(|&c| c > top && self.s.tokens[c].deprel == "appos");
        let name = |&c: &usize| self.s.tokens.get(c).is_some_and(|t| t.upos == Upos::Propn);
        let names = |c: usize| {
            let at = self.s.tokens[c].range;
            known.iter().find(|m| m.rule == "name" && m.range.contains(at))
        };
        apposed.filter(name).find_map(names).or_else(|| {
            // "Rancher Jo Doe was shot", also where the parser does not see that they go together.
            let next = Some(top + 1).filter(name).filter(|_| self.kind(top, false).is_some())?;
            names(next).filter(|m| m.range.start() == self.s.tokens[next].range.start())
        })
    }

    /// The noun before a thing for those whose it is: "an army post", "police trucks", "a rebel camp".
    fn owner(&self) -> Option<usize> {
        let top = self.top()?;
        let thing = ["sites", "vehicles", "vessels", "craft"].into_iter().any(|class| self.is(class, top));
        // "Fighter jets" are no fighters'.
        let jets = |i: usize| self.form(i) == "fighter" && self.is("craft", top);
        let whose = |&i: &usize| {
            matches!(self.s.tokens[i].deprel, "compound" | "amod" | "nmod:desc")
                && self.s.head(i) == Some(top)
                && ["services", "fighters", "garrisons"].into_iter().any(|class| self.is(class, i))
        };
        (0..top).rev().filter(|&i| self.holds(i) && !jets(i)).find(whose).filter(|_| thing)
    }

    /// Those whom the noun before a thing names.
    fn body(&self, i: usize) -> Actor {
        if self.is("fighters", i)
            && let Some(kind) = role_card(&self.form(i))
        {
            return kind;
        }
        let (kind, sector) = match () {
            () if self.is("fighters", i) => (ActorKind::ArmedGroup, Sector::Uaf),
            () if self.is("police", i) => (ActorKind::Force, Sector::Cop),
            () if self.form(i) == "government" => (ActorKind::Government, Sector::Gov),
            () => (ActorKind::Force, Sector::Mil),
        };
        card(&self.s.tokens[i].lemma.to_lowercase(), &self.form(i), kind, Some(sector))
    }

    /// Who is told of, by what they are; `None` if no people and no body. A body, and what troops move in, is somebody where it
    /// acts. Numbers alone are people only where somebody is harmed, let go or takes to the streets.
    fn described(&self, acts: bool, crowds: bool) -> Option<Actor> {
        let top = self.top()?;
        // "Dozens of traders": the traders.
        let of = |i: usize| {
            self.s.children(i).find(|&c| self.holds(c) && c > i && self.s.tokens[c].deprel == "nmod")
        };
        let counted = self.is("counts", top).then(|| of(top)).flatten();
        let head = counted.unwrap_or(top);
        let upos = self.s.tokens[head].upos;
        if upos == Upos::Num && self.counts_things(top) {
            return None;
        }
        if upos == Upos::Num || self.is("counts", head) || self.is("crowds", head) {
            return crowds.then(|| card(PEOPLE, PEOPLE, ActorKind::Population, Some(Sector::Cvl)));
        }
        let kind = self.kind(head, acts).filter(|_| upos == Upos::Noun)?;
        let words = self.described_by(head);
        // "A rebel attack" is one of rebels.
        let armed = |a: &Actor| matches!(a.kind, ActorKind::ArmedGroup | ActorKind::Force);
        if words.is_empty()
            && let Some(role) = role_card(&self.form(head)).filter(armed)
        {
            return Some(role);
        }
        self.called(head, &words, kind.0, kind.1)
    }

    /// A building, works, a vessel or a vehicle: "an oil depot".
    fn thing(&self) -> Option<Actor> {
        let head = self.top()?;
        let thing = ["sites", "vehicles", "craft"].into_iter().any(|class| self.is(class, head));
        let noun = self.s.tokens[head].upos == Upos::Noun;
        if !thing || !noun || self.is("places", head) || self.is("unclear", head) {
            return None;
        }
        self.called(head, &self.described_by(head), ActorKind::PhysicalTarget, None)
    }

    /// The word that heads the phrase.
    fn top(&self) -> Option<usize> {
        (0..self.s.tokens.len()).find(|&i| self.holds(i) && self.s.head(i).is_none_or(|h| !self.holds(h)))
    }

    fn holds(&self, i: usize) -> bool {
        self.s.tokens.get(i).is_some_and(|t| self.range.contains(t.range))
    }

    /// The nouns before another one that tell its kind, two at most: "bus drivers" and "drivers" are two kinds of people.
    fn described_by(&self, head: usize) -> Vec<String> {
        let before = (0..head).rev().take_while(|&i| {
            let t = &self.s.tokens[i];
            self.s.head(i) == Some(head) && t.deprel == "compound" && t.upos == Upos::Noun
        });
        before.take(2).collect::<Vec<_>>().into_iter().rev().map(|i| self.form(i)).collect()
    }

    /// An actor called by a noun with the words that tell its kind.
    fn called(
        &self,
        head: usize,
        words: &[String],
        kind: ActorKind,
        sector: Option<Sector>,
    ) -> Option<Actor> {
        let with = |last: String| words.iter().cloned().chain([last]).collect::<Vec<_>>();
        let (id, name) = (with(self.s.tokens[head].lemma.to_lowercase()), with(self.form(head)).join(" "));
        let plain = |w: &String| w.chars().all(|c| c.is_alphabetic() || c == '-');
        id.iter().all(plain).then(|| card(&id.join("-"), &name, kind, sector))
    }

    /// "17 of 22 drones", "aged nine".
    fn counts_things(&self, i: usize) -> bool {
        let aged = i > 0 && matches!(self.form(i - 1).as_str(), "aged" | "age");
        let noun = |&c: &usize| {
            let t = &self.s.tokens[c];
            c > i && t.deprel == "nmod" && t.upos == Upos::Noun
        };
        let thing = |c: usize| !self.is("victims", c) && !self.is("counts", c) && !is_person(&self.form(c));
        aged || self.s.children(i).find(noun).is_some_and(thing)
    }

    /// The state whose capital is dealt with by words, promises or measures: "a stern note to Washington".
    fn government(&self, kind: EventType) -> Option<Actor> {
        let verbal = matches!(kind.quad(), Quad::VerbalCooperation | Quad::VerbalConflict);
        let dealings = verbal || matches!(kind, EventType::Sanction | EventType::Cooperate | EventType::Aid);
        let state = country::of_capital(self.range.of(self.text)).filter(|_| dealings)?;
        Some(state_card(state))
    }

    fn kind(&self, head: usize, acts: bool) -> Option<(ActorKind, Option<Sector>)> {
        let person = self.is("victims", head) || is_person(&self.form(head));
        let own = |class: &str| self.is(class, head) && (acts || person);
        if own("troops") || own("vessels") {
            Some((ActorKind::Force, Some(Sector::Mil)))
        } else if own("police") {
            Some((ActorKind::Force, Some(Sector::Cop)))
        } else if own("fighters") {
            Some((ActorKind::ArmedGroup, Some(Sector::Uaf)))
        } else if person && (self.is("officials", head) || self.is("envoys", head)) {
            Some((ActorKind::Role, Some(Sector::Gov)))
        } else if person {
            Some((ActorKind::Population, Some(Sector::Cvl)))
        } else {
            own("bodies").then_some((ActorKind::Other, None))
        }
    }

    fn form(&self, i: usize) -> String {
        self.s.tokens[i].range.of(self.text).to_lowercase()
    }

    fn is(&self, class: &str, i: usize) -> bool {
        self.lexicon.in_class(class, &self.s.tokens[i].lemma.to_lowercase())
    }
}

fn card(id: &str, name: &str, kind: ActorKind, sector: Option<Sector>) -> Actor {
    Actor {
        id: ActorId::new(id),
        name: name.to_owned(),
        kind,
        country: None,
        sector,
        wikidata: None,
        aliases: Vec::new(),
        roles: Vec::new(),
        evidence: Vec::new(),
    }
}
