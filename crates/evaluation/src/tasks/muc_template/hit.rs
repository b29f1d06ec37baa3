//! Whom and what an incident hit, how many, and what became of them.

use record::{Actor, ActorKind, Event, EventRole, Factuality, Figure, PlacePrecision, Sector, TextRange};

use super::super::muc_words::{has, head, is, plain};
use super::{Told, View, names};
use crate::system;

/// Somebody hit: names or words, how many, and what became of them.
pub(super) struct Target {
    pub(super) forms: Vec<String>,
    pub(super) name: bool,
    pub(super) number: Option<String>,
    pub(super) effect: Option<&'static str>,
    pub(super) kind: &'static str,
    /// Whether the words take up somebody told of before ("the leader").
    pub(super) again: bool,
}

/// On which side somebody or something hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Forces and what is theirs.
    Armed,
    /// "others", "the wounded": the words do not tell.
    Untold,
    Civil,
}

impl View<'_> {
    /// What was hit that is nobody.
    pub(super) fn things(&self, events: &[Told<'_>]) -> Vec<Vec<String>> {
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
            let nothing = is("nothing", last)
                || words.chars().all(|c| c.is_ascii_digit() || c == ' ')
                || places.contains(&words);
            if !nothing && !all.iter().flatten().any(|w| *w == words) {
                all.push(self.phrases(role.range));
            }
        }
        all
    }

    /// A phrase with what is told of it: "members", "members of the union". The longer form is the last.
    pub(super) fn phrases(&self, range: TextRange) -> Vec<String> {
        let short = plain(range.of(self.text));
        let mut forms = vec![short];
        if let Some(whole) = self.whole(range).map(|r| plain(r.of(self.text))).filter(|w| *w != forms[0]) {
            forms.push(whole);
        }
        forms
    }

    /// A phrase up to the end of the "of" that follows it.
    pub(super) fn whole(&self, range: TextRange) -> Option<TextRange> {
        let sentence = self.analysis.parsed.sentences.iter().find(|s| s.range.overlaps(range))?;
        let inside = |i: usize| sentence.tokens[i].range.overlaps(range);
        let heads =
            (0..sentence.tokens.len()).filter(|&i| inside(i) && sentence.head(i).is_none_or(|h| !inside(h)));
        let of = |n: usize| {
            let case = |c: usize| {
                sentence.tokens[c].deprel == "case" && sentence.tokens[c].lemma.eq_ignore_ascii_case("of")
            };
            sentence.tokens[n].range.start() >= range.end() && sentence.children(n).any(case)
        };
        let below = heads.flat_map(|h| sentence.children(h)).find(|&n| of(n))?;
        let end = sentence.tokens[below].range.end();
        (end > range.end()).then(|| TextRange::new(range.start(), end))
    }

    /// Whether a target is people. Who owns a building is not hit with it.
    pub(super) fn is_somebody(&self, role: &EventRole) -> bool {
        use ActorKind::{ArmedGroup, Force, Government, Party, Person, Population, Role};
        let known = |a: &Actor| {
            matches!(a.kind, ArmedGroup | Force | Government | Party | Person | Population | Role)
        };
        let words = plain(role.range.of(self.text));
        let last = words.split(' ').next_back().unwrap_or("");
        !is("buildings", last) && (self.actor(role).is_some_and(known) || system::is_person(last))
    }

    /// Human targets: those that figures count, and those that are hit without a count.
    pub(super) fn targets(&self, kind: &str, events: &[Told<'_>]) -> Vec<Target> {
        let mut all: Vec<Target> = Vec::new();
        let mut covered: Vec<TextRange> = Vec::new();
        let own = |f: &&Figure| !f.cumulative && f.event.is_some_and(|e| events.iter().any(|(i, _)| *i == e));
        for figure in self.analysis.figures.iter().filter(own) {
            let Some(target) = self.counted(figure, kind) else { continue };
            covered.push(figure.range);
            if target.forms.iter().any(|f| is("fighters", head(f))) {
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
            let fighter =
                is("fighters", head(&words)) || actor.is_some_and(|a| a.kind == ActorKind::ArmedGroup);
            if fighter || covered.iter().any(|r| r.overlaps(role.range)) {
                continue;
            }
            if let Some(a) = actor.filter(|_| is("pronouns", words.as_str())) {
                words = plain(&a.name);
            }
            let mut forms = [vec![words.clone()], actor.map_or_else(Vec::new, names)].concat();
            forms.extend(self.phrases(role.range).into_iter().skip(1));
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
            let again = self.takes_up(role.range);
            all.push(Target { forms, name, number, effect, kind: target_type(actor), again });
        }
        once(all)
    }

    /// Whether a phrase begins with an article or pronoun that takes up what was told before.
    pub(super) fn takes_up(&self, range: TextRange) -> bool {
        const DEFINITE: &[&str] = &["THE", "THIS", "THAT", "THESE", "THOSE"];
        let first = range.of(self.text).split_whitespace().next().unwrap_or("");
        let before = self.text[..range.start()].split_whitespace().next_back().unwrap_or("");
        [first, before].iter().any(|w| DEFINITE.contains(&w.to_uppercase().as_str()))
    }

    /// The target that a figure counts.
    pub(super) fn counted(&self, figure: &Figure, kind: &str) -> Option<Target> {
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
            (Some(c), _) => self.phrases(c),
            (None, Some("DEATH")) => vec!["DEAD".to_owned()],
            (None, Some("INJURY")) => vec!["WOUNDED".to_owned(), "INJURED".to_owned()],
            _ => Vec::new(),
        };
        let forms: Vec<String> = [person.map_or_else(Vec::new, names), words].concat();
        Some(Target {
            forms,
            name: person.is_some(),
            number: figure.bounds.low().filter(|_| !none).map(|n| n.to_string()),
            effect,
            kind: target_type(actor),
            again: counted.is_some_and(|c| self.takes_up(c)),
        })
    }
}

/// Each target once: "the leader" is who was named, "the priests" are those that were counted. That none died and none
/// was hurt is one thing.
pub(super) fn once(mut all: Vec<Target>) -> Vec<Target> {
    let alike = |a: Option<&str>, b: Option<&str>| a.is_none() || b.is_none() || a == b;
    let count = |t: &Target| t.number.as_deref().and_then(|n| n.parse::<u64>().ok());
    let mut n = 0;
    while n < all.len() {
        let t = &all[n];
        let called = t.forms.first().map_or("", |f| head(f)).to_owned();
        let other = all.iter().enumerate().position(|(m, o)| {
            let same_head = o.forms.first().is_some_and(|f| head(f) == called);
            let single = t.again && count(t) == Some(1) && o.name && count(o) == Some(1);
            let several = t.number.as_deref() == Some("PLURAL")
                && count(o).is_some_and(|k| k > 1)
                && (t.again || same_head || is("general", &called));
            m != n && !t.name && !t.forms.is_empty() && (single || several) && alike(t.effect, o.effect)
        });
        match other {
            Some(m) => {
                let gone = all.remove(n);
                let m = if m > n { m - 1 } else { m };
                all[m].effect = all[m].effect.or(gone.effect);
            }
            None => n += 1,
        }
    }
    let unhurt = |t: &Target| matches!(t.effect, Some("NO INJURY" | "NO DEATH"));
    let both = ["NO INJURY", "NO DEATH"].iter().all(|e| all.iter().any(|t| t.effect == Some(e)));
    let mut seen = false;
    all.retain_mut(|t| {
        if !unhurt(t) || !t.forms.is_empty() {
            return true;
        }
        if both {
            t.effect = Some("NO INJURY OR DEATH");
        }
        !std::mem::replace(&mut seen, true)
    });
    all
}

/// Whether what was hit makes an act one of terrorism: not when it is forces alone, with whom is merely counted.
pub(super) fn is_relevant(hit: &[&String]) -> bool {
    let sides = || hit.iter().map(|words| side(words));
    sides().any(|s| s == Side::Civil)
        || sides().any(|s| s == Side::Untold) && !sides().any(|s| s == Side::Armed)
}

pub(super) fn side(words: &str) -> Side {
    let called = head(words);
    let former = words.split(' ').any(|w| matches!(w, "FORMER" | "RETIRED" | "EX"));
    match () {
        () if former || is("homes", called) => Side::Civil,
        () if has("armed", words) || words.contains("CIVIL DEFENSE") => Side::Armed,
        () if is("untold", called) || called.chars().all(|c| c.is_ascii_digit()) => Side::Untold,
        () => Side::Civil,
    }
}

/// What an event by its own sense does to whom it hits.
pub(super) fn harm(e: &Event) -> Option<&'static str> {
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

pub(super) fn target_type(actor: Option<&Actor>) -> &'static str {
    match actor.and_then(|a| a.sector) {
        Some(Sector::Mil) => "ACTIVE MILITARY",
        Some(Sector::Cop) => "LAW ENFORCEMENT",
        Some(Sector::Gov | Sector::Leg) => "GOVERNMENT OFFICIAL",
        Some(Sector::Jud) => "LEGAL OR JUDICIAL",
        Some(Sector::Opp | Sector::Pty) => "POLITICAL FIGURE",
        _ => "CIVILIAN",
    }
}
