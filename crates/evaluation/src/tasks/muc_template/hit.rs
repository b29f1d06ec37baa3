//! Whom and what an incident hit, how many, and what became of them.

use record::{
    Actor, ActorKind, EntityKind, Event, EventRole, EventType, Factuality, Figure, Mode, PlacePrecision,
    Qualifier, TextRange,
};

use super::super::muc_words::{has, head, is, plain};
use super::deed::has_bomb;
use super::{Told, View, category, names};
use crate::system;

/// Somebody hit: names or words, how many, and what became of them.
pub(super) struct Target {
    pub(super) forms: Vec<String>,
    pub(super) name: bool,
    /// Who is named, as the actor is called; else empty.
    pub(super) called: String,
    /// What the one named is by profession or post.
    pub(super) titles: Vec<String>,
    pub(super) number: Option<String>,
    pub(super) effect: Option<&'static str>,
    /// What the record knows him to be, of MUC's categories.
    pub(super) known: Option<&'static str>,
    /// Whether the words take up somebody told of before ("the leader").
    pub(super) again: bool,
    /// Whether it is a mere count ("left 67 dead").
    pub(super) bare: bool,
    /// Whether they are told apart from those before ("two other persons").
    pub(super) other: bool,
    /// Whether they are some of those told of before ("two of the nuns").
    pub(super) part: bool,
    /// Whether the count is that of the dead and the hurt together ("killing and wounding over 40").
    pub(super) both: bool,
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
        // "The country's pylons" are no state.
        let is_thing = |r: &&EventRole| {
            let state = self.actor(r).is_some_and(|a| a.kind == ActorKind::State);
            !self.is_somebody(r) && (!state || is("things", head(&plain(r.range.of(self.text)))))
        };
        let hit =
            events.iter().flat_map(|(_, e)| &e.targets).filter(is_thing).map(|r| (r.range, self.actor(r)));
        let beside = events.iter().flat_map(|(_, e)| self.beside(e)).map(|range| (range, None));
        for (range, actor) in hit.chain(beside) {
            let words = plain(range.of(self.text));
            let last = words.split(' ').next_back().unwrap_or("");
            let nothing = is("nothing", last)
                || is("pronouns", &words)
                || words.chars().all(|c| c.is_ascii_digit() || c == ' ')
                || places.contains(&words);
            if !nothing {
                let mut forms = self.phrases(range);
                // "a section of the pipeline" is the pipeline.
                let whole = forms.last().and_then(|w| w.split_once(" OF ")).map(|(_, of)| plain(of));
                if let Some(of) = whole.filter(|_| is("parts", last)) {
                    forms.insert(0, of);
                }
                let thing = |f: &String| is("things", head(f)) || has("armed", f);
                let body = actor.is_some_and(|a| !a.name.starts_with(char::is_lowercase));
                if forms.iter().any(thing) || body || self.is_body(range) {
                    add(&mut all, forms);
                }
            }
        }
        all
    }

    /// What a bomb went off beside: "exploded near the house of", "outside the bank".
    fn beside(&self, e: &Event) -> Vec<TextRange> {
        if !matches!(e.mode, Some(Mode::Explosives)) && !has_bomb(e.extent.of(self.text)) {
            return Vec::new();
        }
        let Some(s) = self.analysis.parsed.sentences.get(self.sentence(e)) else { return Vec::new() };
        let deed = |i: usize| s.tokens[i].range.overlaps(e.trigger);
        let below = |i: usize| std::iter::successors(s.head(i), |&h| s.head(h)).take(4).any(deed);
        let lemma = |i: usize| s.tokens[i].lemma.to_lowercase();
        let place = |i: usize| match lemma(i).as_str() {
            "near" | "outside" | "beside" | "opposite" if s.tokens[i].deprel == "case" => s.head(i),
            "front" if s.tokens[i].deprel == "fixed" => s.head(i).and_then(|h| s.head(h)),
            "front" => s.children(i).find(|&c| c > i && s.tokens[c].deprel == "nmod"),
            _ => None,
        };
        let part = |i: usize| matches!(s.tokens[i].deprel, "compound" | "amod" | "flat" | "nmod:desc");
        let places = (0..s.tokens.len()).filter_map(place).filter(|&p| below(p));
        let places = places.filter(|&p| is("things", &plain(s.tokens[p].range.of(self.text))));
        let first = |p: usize| s.children(p).filter(|&c| c < p && part(c)).min().unwrap_or(p);
        places.map(|p| s.tokens[first(p)].range.cover(s.tokens[p].range)).collect()
    }

    /// Whether an organisation or a building is named in a range.
    fn is_body(&self, range: TextRange) -> bool {
        use EntityKind::{Fac, Org};
        self.analysis.parsed.entities.iter().any(|e| matches!(e.kind, Fac | Org) && e.range.overlaps(range))
    }

    /// How many they are of whom a word for several tells, where the message counts them elsewhere: "the priests" are
    /// "six priests".
    fn how_many(&self, words: &str, effect: Option<&str>) -> Option<String> {
        let what = match effect? {
            "DEATH" => "killed",
            "INJURY" => "wounded",
            _ => return None,
        };
        let counted = |f: &&Figure| {
            let same = f.counted.is_some_and(|c| head(&plain(c.of(self.text))) == head(words));
            let several = f.bounds.low().is_some_and(|n| n > 1) && f.qualifier.usual().is_none();
            f.what == what && same && several && !f.cumulative && !f.part
        };
        let mut all = self.analysis.figures.iter().filter(counted).filter_map(|f| f.bounds.low());
        let first = all.next()?;
        all.all(|n| n == first).then(|| first.to_string())
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
        // Whoever is killed where others are kidnapped is another deed's.
        let taken = |e: &Event| matches!(e.mode, Some(Mode::Abduct | Mode::Release));
        let captives = events.iter().any(|(_, e)| taken(e) && !e.targets.is_empty());
        // The toll of a war is none of one deed.
        covered.extend(self.analysis.figures.iter().filter(|f| f.cumulative).map(|f| f.range));
        for figure in self.analysis.figures.iter().filter(own) {
            let Some(target) = self.counted(figure, kind) else { continue };
            covered.push(figure.range);
            let beside = kind == "KIDNAPPING" && captives && !target.name && target.effect == Some("DEATH");
            if beside || target.forms.iter().any(|f| is("fighters", head(f))) {
                continue;
            }
            let again = all.iter_mut().find(|t| {
                let several = |t: &Target| count(t).is_some_and(|n| n > 1);
                let alike = t.number == target.number;
                // "26 peasants were killed and 15 peasants wounded"
                let apart = several(t) && several(&target) && !alike && t.effect != target.effect;
                t.forms.iter().any(|f| target.forms.contains(f)) && !apart || several(t) && alike
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
        // Bombs and fires assassinate nobody.
        let own = |e: &Event| match kind {
            "ATTACK" => true,
            "KIDNAPPING" => taken(e) || !captives,
            _ => !by_hand(e),
        };
        let hit = events.iter().filter(|(_, e)| own(e));
        let hit = hit.flat_map(|(_, e)| {
            let effect = self.harm(e).filter(|_| !self.is_tried(e));
            e.targets.iter().map(move |r| (effect, r))
        });
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
            let one_of = self.text[..role.range.start()].to_uppercase();
            let one_of = ["ONE OF THE", "ONE OF"].iter().any(|w| one_of.trim_end().ends_with(w));
            let several = ["S", "MEN", "PEOPLE", "CHILDREN"].iter().any(|end| words.ends_with(end));
            let number = if name || !several || one_of {
                "1".to_owned()
            } else {
                self.how_many(&words, effect).unwrap_or_else(|| "PLURAL".to_owned())
            };
            let number = Some(number);
            let again = self.takes_up(role.range);
            let called = actor.filter(|_| name).map_or_else(String::new, |a| plain(&a.name));
            all.push(Target {
                forms,
                name,
                called,
                titles: actor.filter(|_| name).map_or_else(Vec::new, |a| self.titles(a)),
                number,
                effect,
                known: category::known(actor),
                again,
                bare: false,
                other: false,
                part: false,
                both: false,
            });
        }
        all.extend(self.unharmed(events));
        let none = |t: &Target| t.forms.is_empty() && matches!(t.effect, Some("NO INJURY" | "NO DEATH"));
        let unhurt = all.iter().find(|t| none(t)).and_then(|t| t.effect);
        all.extend(self.at_home(events).into_iter().map(|t| Target { effect: unhurt, ..t }));
        let mut all = once(all);
        if kind == "KIDNAPPING" {
            self.free(&mut all);
        }
        for t in all.iter_mut().filter(|t| t.name && t.effect.is_none()) {
            t.effect = self.fate(&t.called);
        }
        all
    }

    /// What an event does to whom it hits: by its own sense, or as the words behind it tell ("shot to death", "shot dead").
    pub(super) fn harm(&self, e: &Event) -> Option<&'static str> {
        let done = matches!(e.factuality, Factuality::Happened | Factuality::Ongoing);
        let deadly = || e.kind == EventType::Assault && is_to_death(&self.text[e.trigger.end()..]);
        harm(e).or_else(|| (done && deadly()).then_some("DEATH"))
    }

    /// "an attempt to kill the general"
    fn is_tried(&self, e: &Event) -> bool {
        let before = self.text[..e.trigger.start()].to_uppercase();
        let mut words = before.split_whitespace().rev().take(3);
        words.any(|w| ["ATTEMPT", "TRIED", "TRYING", "TRY", "PLOT", "PLAN"].iter().any(|t| w.starts_with(t)))
    }

    /// What became of somebody named of whom a deed does not tell it: "was kidnapped", and elsewhere "was killed".
    fn fate(&self, called: &str) -> Option<&'static str> {
        let told = |e: &&Event| {
            matches!(e.factuality, Factuality::Happened | Factuality::Ongoing) && !self.is_tried(e)
        };
        let hit = |e: &&Event| {
            let mut people = e.targets.iter().filter_map(|r| self.actor(r));
            people.any(|a| a.kind == ActorKind::Person && plain(&a.name) == called)
        };
        let harms = self.analysis.events.iter().filter(told).filter(hit).filter_map(|e| self.harm(e));
        harms.max_by_key(|h| *h == "DEATH")
    }

    /// Whether a phrase begins with an article or pronoun that takes up what was told before.
    pub(super) fn takes_up(&self, range: TextRange) -> bool {
        const DEFINITE: &[&str] = &["THE", "THIS", "THAT", "THESE", "THOSE"];
        let first = range.of(self.text).split_whitespace().next().unwrap_or("");
        let before = self.text[..range.start()].split_whitespace().next_back().unwrap_or("");
        [first, before].iter().any(|w| DEFINITE.contains(&w.to_uppercase().as_str()))
    }

    /// The people that a bare number counts: "six people were killed and five wounded".
    fn elided(&self, figure: &Figure) -> Option<TextRange> {
        let sentence = self.analysis.parsed.sentences.iter().find(|s| s.range.overlaps(figure.range))?;
        let people = |c: &TextRange| {
            let words = plain(c.of(self.text));
            system::is_person(head(&words)) && head(&words).ends_with(['S', 'E', 'N']) && words != "OTHERS"
        };
        let before = self.analysis.figures.iter().rev().filter(|f| f.range.end() <= figure.range.start());
        let here = before.take_while(|f| sentence.range.contains(f.range));
        here.filter_map(|f| f.counted).find(people).filter(|_| figure.counted.is_none())
    }

    /// "killing and wounding over 40"
    fn is_both(&self, figure: &Figure) -> bool {
        let Some(harm) = figure.harm.filter(|_| figure.what == "wounded") else { return false };
        let before = self.text[..harm.start()].to_uppercase();
        let words: Vec<&str> = before.split_whitespace().rev().take(2).collect();
        matches!(words.as_slice(), ["AND" | "OR", "KILLING" | "KILLED" | "KILL"])
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
        // "two of the victims, Ann Roe and her husband": the words count more than the one who is named in them.
        let several = figure.bounds.low().is_some_and(|n| n > 1);
        let named = || {
            let event = self.analysis.events.get(figure.event?)?;
            let role = event.targets.iter().find(|r| counted.is_some_and(|c| c.overlaps(r.range)))?;
            self.actor(role).filter(|a| a.kind == ActorKind::Person)
        };
        let person = actor.filter(|a| a.kind == ActorKind::Person).or_else(named).filter(|_| !several);
        // MUC writes "more than 300" with the number that is said.
        let beyond = u64::from(figure.qualifier == Qualifier::MoreThan && several);
        let how_many = figure.bounds.low().filter(|_| !none).map(|n| match figure.qualifier.usual() {
            Some(_) => "PLURAL".to_owned(),
            None => (n - beyond).to_string(),
        });
        // Where nobody is named, MUC takes the word for what became of them ("left 67 dead").
        let words: Vec<String> = match (counted.or_else(|| self.elided(figure)), effect) {
            (Some(c), _) => self.phrases(c),
            (None, Some("DEATH")) => vec!["DEAD".to_owned()],
            (None, Some("INJURY")) => vec!["WOUNDED".to_owned(), "INJURED".to_owned()],
            _ => Vec::new(),
        };
        let forms: Vec<String> = [person.map_or_else(Vec::new, names), words].concat();
        // "A few blocks", "several tires" are nobody.
        let nobody = |c: TextRange| {
            let words = plain(c.of(self.text));
            !system::is_person(head(&words)) && !is("victims", head(&words))
        };
        if actor.is_none() && how_many.as_deref() == Some("PLURAL") && counted.is_some_and(nobody) {
            return None;
        }
        Some(Target {
            forms,
            name: person.is_some(),
            called: person.map_or_else(String::new, |a| plain(&a.name)),
            titles: person.map_or_else(Vec::new, |a| self.titles(a)),
            number: how_many,
            effect,
            known: category::known(actor),
            again: counted.is_some_and(|c| self.takes_up(c)),
            bare: counted.or_else(|| self.elided(figure)).is_none() && !none,
            other: is_other(figure.range.of(self.text)),
            part: figure.part || figure.range.of(self.text).to_uppercase().contains(" OF THE"),
            both: self.is_both(figure),
        })
    }
}

/// The targets that the slots take: those of whom it is told who they are. Soldiers fight, unless others were hit with
/// them, the toll of a war is none of one deed, and "people" without a number or words like "the army" name nobody.
pub(super) fn told(targets: Vec<Target>, kind: &str) -> Vec<Target> {
    const MANY: u64 = 300;
    let plural = |t: &Target| t.number.as_deref() == Some("PLURAL");
    let known = |t: &Target| t.name || t.effect.is_some();
    let any_known = targets.iter().filter(|t| !t.forms.is_empty() && known(t)).count();
    // "a civilian and two soldiers were killed"
    let beside = targets.iter().any(|t| {
        let called = t.forms.first().map_or("", |f| head(f));
        t.effect.is_some()
            && !t.forms.is_empty()
            && !t.bare
            && !is("soldiers", called)
            && !has("armed", called)
    });
    let takes = |t: &Target| {
        let Some(called) = t.forms.first().map(|f| head(f)).filter(|_| !t.name) else { return true };
        let vague = is("bodies", called) || is("pronouns", called) || is("premodifiers", called);
        // "the murder of officials" beside those who are told of
        let others = plural(t) && !t.again && any_known > 1;
        let fights = is("soldiers", called) && !(beside && t.effect.is_some());
        let nobody = vague || fights || plural(t) && is("anybody", called) || others;
        // "left 67 dead" counts those who are told of elsewhere, and who is merely attacked or near is rarely told of.
        let bare = t.bare;
        let further = !known(t) && (any_known > 0 || count(t).is_some()) && kind != "KIDNAPPING"
            || !t.name && t.effect.is_none() && count(t) == Some(1);
        !(nobody || bare || further || count(t).is_some_and(|n| n >= MANY))
    };
    targets.into_iter().filter(takes).collect()
}

/// Each target once: "the leader" is who was named, "the priests" are those that were counted. That none died and none
/// was hurt is one thing.
pub(super) fn once(mut all: Vec<Target>) -> Vec<Target> {
    let mut n = 0;
    while n < all.len() {
        let t = &all[n];
        let other = all.iter().enumerate().position(|(m, o)| m != n && is_told_by(t, o, m < n));
        match other {
            Some(m) => {
                let gone = all.remove(n);
                let m = if m > n { m - 1 } else { m };
                let told = &mut all[m];
                told.effect =
                    if gone.effect == Some("DEATH") { gone.effect } else { told.effect.or(gone.effect) };
                told.forms.extend(gone.forms);
                told.titles.extend(gone.titles);
            }
            None => n += 1,
        }
    }
    tallies(&mut all);
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

/// Adds a thing, unless it is one that is there: "the building" is "the bank's building", but the offices of two are two.
fn add(all: &mut Vec<Vec<String>>, forms: Vec<String>) {
    let longest = |forms: &[String]| forms.last().cloned().unwrap_or_default();
    let within = |a: &[String], b: &[String]| {
        let a = longest(a);
        b.iter().any(|form| head(form) == head(&a) && is_part(&a, form))
    };
    match all.iter_mut().find(|other| within(&forms, other) || within(other, &forms)) {
        Some(other) if within(&forms, other) => *other = [forms, std::mem::take(other)].concat(),
        Some(other) => other.extend(forms),
        None => all.push(forms),
    }
}

/// How many a target is, where that is told.
fn count(t: &Target) -> Option<u64> {
    t.number.as_deref().and_then(|n| n.parse().ok())
}

/// Whether `o` tells of whom `t` means, so that `t` goes without saying.
fn is_told_by(t: &Target, o: &Target, before: bool) -> bool {
    if t.forms.is_empty() || o.forms.is_empty() || t.bare || o.bare || t.other {
        return false;
    }
    if t.name {
        // A name and a longer form of it; of two that are alike the first stays.
        let (a, b) = (t.called.as_str(), o.called.as_str());
        return o.name && is_part(a, b) && (a != b || before);
    }
    if t.effect.is_some() && o.effect.is_some() && t.effect != o.effect {
        return false;
    }
    let called = t.forms.first().map_or("", |f| head(f));
    let same_head = o.forms.iter().any(|f| head(f) == called);
    let single = count(t) == Some(1) && count(o) == Some(1);
    if o.name {
        // "the leader", or a title that stands before the name elsewhere.
        let titled = o.forms.iter().any(|f| f.split(' ').any(|w| w == called))
            || o.titles.iter().any(|f| head(f) == called);
        return single && (t.again || titled || is("mere", called) && t.effect == o.effect);
    }
    let several = t.number.as_deref() == Some("PLURAL")
        && count(o).is_some_and(|k| k > 1)
        && (t.again || same_head || is("general", called));
    let alike = same_head && t.number == o.number && before;
    // "five of the murdered priests"
    let part = t.part && same_head && count(t) < count(o);
    several || alike || part
}

fn is_other(words: &str) -> bool {
    words
        .split_whitespace()
        .any(|w| matches!(w.to_uppercase().as_str(), "OTHER" | "MORE" | "ANOTHER" | "OTHERS"))
}

/// Whether the words of one name are all in another, in this order.
fn is_part(short: &str, long: &str) -> bool {
    let mut rest = long.split(' ');
    short.split(' ').all(|w| rest.any(|v| v == w))
}

/// A mere count tells nothing beside those that it counts, and "people" are those who are told one by one.
fn tallies(all: &mut Vec<Target>) {
    let mut n = 0;
    while n < all.len() {
        let t = &all[n];
        let others = all
            .iter()
            .enumerate()
            .filter(|&(m, o)| m != n && !o.bare && !o.forms.is_empty() && o.effect == t.effect);
        let told: u64 = others.clone().map(|(_, o)| count(o).unwrap_or(2)).sum();
        let names = others.clone().filter(|(_, o)| o.name).count();
        let called = t.forms.first().map_or("", |f| head(f));
        let anybody = is("general", called) || is("victims", called);
        let whole = !t.name
            && !t.other
            && match count(t) {
                Some(1) | None => t.number.as_deref() == Some("PLURAL") && names > 1,
                Some(k) => told >= k && anybody && t.effect.is_some() || names as u64 >= k,
            };
        if others.count() > 0 && (t.bare || whole) {
            all.remove(n);
        } else {
            n += 1;
        }
    }
}

/// Whether what was hit makes an act one of terrorism: not when it is forces alone, with whom is merely counted.
pub(super) fn is_relevant(hit: &[&String]) -> bool {
    let sides = || hit.iter().map(|words| side(words));
    sides().any(|s| s == Side::Civil)
        || sides().any(|s| s == Side::Untold) && !sides().any(|s| s == Side::Armed)
}

/// "a retired officer"
pub(super) fn is_former(words: &str) -> bool {
    words.split(' ').any(|w| matches!(w, "FORMER" | "RETIRED" | "EX"))
}

pub(super) fn side(words: &str) -> Side {
    let called = head(words);
    match () {
        () if is_former(words) || is("homes", called) => Side::Civil,
        () if has("armed", words) || words.contains("CIVIL DEFENSE") => Side::Armed,
        () if is("untold", called) || called.chars().all(|c| c.is_ascii_digit()) => Side::Untold,
        () => Side::Civil,
    }
}

/// Whether an event kills by a hand that holds a weapon.
fn by_hand(e: &Event) -> bool {
    let sense = e.rule.strip_prefix("assault.").unwrap_or("");
    let word = sense.rsplit('.').next().unwrap_or("");
    ["assassin", "murder", "shoot", "execut", "stab"].iter().any(|w| word.starts_with(w))
}

/// Whether the words behind a deed tell that it was deadly: "(shot) to death", "(shot) dead".
fn is_to_death(behind: &str) -> bool {
    let mut words = behind.split_whitespace().map(plain);
    match words.next().as_deref() {
        Some("DEAD") => true,
        Some("TO") => words.next().as_deref() == Some("DEATH"),
        _ => false,
    }
}

/// What an event by its own sense does to whom it hits.
fn harm(e: &Event) -> Option<&'static str> {
    const DEADLY: &[&str] = &[
        "kill",
        "assassin",
        "execut",
        "massacre",
        "exterminat",
        "death",
        "die",
        "dead",
        "behead",
        "lose",
        "targeted",
    ];
    let sense = e.rule.strip_prefix("assault.")?;
    let denied = e.factuality == Factuality::Denied;
    match () {
        () if sense.starts_with("wound") && denied => Some("NO INJURY"),
        () if sense.starts_with("wound") => Some("INJURY"),
        () if DEADLY.iter().any(|d| sense.starts_with(d)) && !sense.contains("try") => {
            (!denied).then_some("DEATH")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One who was killed; a name is written with capitals at the start of its words only.
    fn killed(words: &str, number: &str) -> Target {
        let name = words.chars().any(char::is_lowercase);
        Target {
            forms: vec![plain(words)],
            name,
            called: if name { plain(words) } else { String::new() },
            titles: Vec::new(),
            number: Some(number.to_owned()),
            effect: Some("DEATH"),
            known: None,
            again: false,
            bare: false,
            other: false,
            part: false,
            both: false,
        }
    }

    fn left(all: Vec<Target>) -> Vec<String> {
        once(all).into_iter().map(|t| t.forms[0].clone()).collect()
    }

    #[test]
    fn a_target_is_given_once() {
        // "The murder of bakers": the two who are named.
        let all = vec![killed("Ana Ruiz", "1"), killed("Luis Mora", "1"), killed("BAKERS", "PLURAL")];
        assert_eq!(left(all), ["ANA RUIZ", "LUIS MORA"]);
        assert_eq!(left(vec![killed("Luis Mora", "1"), killed("Luisa Mora", "1")]).len(), 2);
        // A post that is one of his titles.
        let bishop = Target { titles: vec!["BISHOP OF PUNO".to_owned()], ..killed("Luis Mora", "1") };
        assert_eq!(left(vec![bishop, killed("FORMER BISHOP", "1")]), ["LUIS MORA"]);
    }

    #[test]
    fn soldiers_are_told_beside_civilians() {
        let left = |all: Vec<Target>| -> Vec<String> {
            told(all, "ATTACK").into_iter().map(|t| t.forms[0].clone()).collect()
        };
        assert_eq!(left(vec![killed("SOLDIERS", "2")]), [""; 0]);
        assert_eq!(left(vec![killed("TEACHER", "1"), killed("SOLDIERS", "2")]), ["TEACHER", "SOLDIERS"]);
    }

    #[test]
    fn a_thing_is_given_once() {
        let given = |things: &[&[&str]]| -> usize {
            let mut all = Vec::new();
            things.iter().for_each(|forms| add(&mut all, forms.iter().map(|f| (*f).to_owned()).collect()));
            all.len()
        };
        assert_eq!(given(&[&["BUILDING"], &["BANK BUILDING"], &["BUILDING"]]), 1);
        assert_eq!(given(&[&["OFFICES", "OFFICES OF THE MAYOR"], &["OFFICES", "OFFICES OF THE BANK"]]), 2);
    }

    #[test]
    fn words_behind_a_deed_tell_that_it_was_deadly() {
        assert!(is_to_death(" TO DEATH, POLICE SAID") && is_to_death(" dead on Monday"));
        assert!(!is_to_death(" TO THE GROUND") && !is_to_death(" IN THE ARM"));
    }
}
