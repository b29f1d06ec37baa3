//! The deed that a count of victims is the outcome of.
//!
//! Reports tell a deed in one sentence and its victims in others: "gunmen stormed the camp. … Officials said 21 soldiers
//! had been killed." What only tells who was hurt is tied to the deed of its clause, else to one at the place that it
//! names, else to what the sentences before it are about; and to nothing where time or place say otherwise.

use record::{BlockLabel, Event, EventType, Factuality, Figure, Mode, Parsed, Place, PlacePrecision, Report};
use record::{Sentence, TextRange, TimeExpression, Upos, clash};

use super::lexicon::lexicon;

/// Sentences back within which a deed is looked for.
const BACK: usize = 4;
/// Days before a report from which on a time is history.
const OLD: i32 = 60;
/// Bytes within which a time stands beside a count.
const BESIDE: usize = 40;

/// Ties outcomes to deeds (`same_as`) and figures to the deeds of their outcomes.
pub(crate) fn hang(
    report: &Report,
    parsed: &Parsed,
    times: &[TimeExpression],
    places: &[Place],
    events: &mut [Event],
    figures: &mut [Figure],
) {
    let mut scene = Scene::new(report, parsed, times, places, events);
    rows(&mut scene, events, figures);
    let mut tied = vec![None; events.len()];
    let sums = scene.sums(figures, events);
    for e in 0..events.len() {
        if sums.contains(&scene.sentence[e])
            || !scene.outcome[e]
            || !scene.real[e]
            || scene.titled[e]
            || scene.has_deed(e)
        {
            continue;
        }
        // Whether what is told sentences later is of one deed is for linking to weigh.
        let here = scene.here(events[e].trigger, Some(e), events);
        if let Some(d) = here.filter(|&d| scene.bound(e, d, events)) {
            scene.tie(e, d, events);
            tied[e] = Some(d);
            // "Were wounded and flown out by helicopter": the means are the deed's.
            if events[d].mode.is_some() && events[e].mode != events[d].mode {
                events[e].mode = None;
            }
        }
    }
    let mut last: Vec<(&str, usize)> = Vec::new();
    for f in figures.iter_mut() {
        if !f.cumulative && TAKEN.contains(&f.what.as_str()) {
            f.event = f.event.map(|e| scene.beside_harm(e, f, events).map_or(e, |o| tied[o].unwrap_or(o)));
            continue;
        }
        let Some(what) = COUNTS.iter().find(|w| **w == f.what).filter(|_| !f.cumulative) else {
            continue;
        };
        let own = f.event.filter(|&e| scene.sentence[e] == scene.sentence_of(f.range));
        let word = |e: usize| f.harm.is_some_and(|h| events[e].trigger.overlaps(h));
        if f.rule == "toll"
            && let Some(d) = scene.toll_of(f, events)
        {
            f.event = Some(d);
            last.push((what, d));
            continue;
        }
        f.event = match own {
            // A count that has an outcome for its word hangs on the deed.
            Some(e) if word(e) || scene.outcome[e] => {
                let told = || scene.in_deed(f.range, events).or(tied[e]);
                let left = || scene.is_left(e, f, events).then(|| scene.deed(f.range, events)).flatten();
                told().or_else(left).or(Some(e))
            }
            Some(e) => scene.deed(f.range, events).or(Some(e)),
            // "The death toll rose to 12": of what the last count was of.
            None if matches!(f.rule, "toll" | "rival") => {
                let counted = last.iter().rev().find(|(w, _)| w == what).map(|&(_, e)| e);
                let here = scene.here(f.range, None, events);
                // "The toll there": of the place just spoken of.
                let there = f.event.filter(|_| scene.says(f.range, "there"));
                here.or(there).or(counted).or_else(|| scene.main(events))
            }
            None if f.event.is_some_and(word) => f.event,
            // "4,000 drowned on the way": no deed that the report tells has to do with it.
            None if scene.is_mishap(f.range) => None,
            None => {
                let main = || scene.main(events).filter(|&d| scene.fits(f.range, d, events));
                scene.deed(f.range, events).or_else(main)
            }
        };
        if let Some(e) = f.event.filter(|_| f.person.is_none() && !f.part) {
            last.push((what, e));
        }
    }
    let text: &str = &report.text;
    let sufferers: Vec<(TextRange, TextRange)> =
        figures.iter().filter_map(|f| Some((f.harm?, f.counted.unwrap_or(f.range)))).collect();
    for e in 0..events.len() {
        // "The number of those killed when the plane bombed the market rose to 12 on Thursday": the day of the count.
        if scene.times_count(e, events) {
            events[e].time = None;
        }
        // Where somebody is treated is not where he was hurt.
        if scene.outcome[e] {
            let event = &mut events[e];
            event.places.retain(|&p| !scene.places.get(p).is_some_and(|p| scene.cares(p)));
            event.place = event.place.filter(|p| event.places.contains(p));
        }
        // "Blew himself up": who is counted there has done it, too.
        let trigger = events[e].trigger.of(text);
        if !trigger.split_whitespace().any(|w| w.ends_with("self") || w.ends_with("selves")) {
            suffer(&mut events[e], &sufferers);
        }
    }
    for (e, event) in events.iter_mut().enumerate() {
        let first = scene.root[e];
        if event.same_as.is_none() && first < e {
            event.same_as = Some(first);
        }
    }
}

/// What counts as the outcome of a deed.
const COUNTS: [&str; 5] = ["killed", "wounded", "missing", "casualties", "displaced"];
/// What does where it is told together with such an outcome, and not as anybody's doing.
const TAKEN: [&str; 2] = ["arrested", "captured"];

/// "Seven were killed and four wounded when": whom the first word of a row hurts has not done the second, and both are one outcome.
fn rows(scene: &mut Scene, events: &mut [Event], figures: &[Figure]) {
    for second in 1..events.len() {
        let at = events[second].trigger;
        let counted = |first: usize| {
            figures.iter().any(|f| {
                f.rule == "subject"
                    && f.harm.is_some_and(|h| h.overlaps(at))
                    && f.range.start() >= events[first].trigger.end()
                    && f.range.end() <= at.start()
            })
        };
        let one = |first: usize| scene.outcome[first] && scene.outcome[second] && counted(first);
        let here = |&first: &usize| scene.sentence[first] == scene.sentence[second];
        let Some(first) = (0..second).rev().take_while(here).find(|&first| one(first)) else { continue };
        let hurt: Vec<TextRange> = events[first]
            .targets
            .iter()
            .map(|t| t.range)
            .filter(|t| t.end() <= events[first].trigger.start())
            .collect();
        let before = events[second].actors.len();
        events[second].actors.retain(|r| !hurt.iter().any(|t| t.overlaps(r.range)));
        if events[second].actors.len() < before {
            scene.tie(second, first, events);
        }
    }
}

/// "Died in a crash", "in the crash of a helicopter": one that has not been told of.
fn is_new_crash(s: &Sentence, i: usize) -> bool {
    let article = |w: usize| s.children(w).any(|c| matches!(s.tokens[c].lemma.as_str(), "a" | "an"));
    let whose = |w: usize| s.children(w).any(|c| s.tokens[c].deprel == "nmod" && article(c));
    s.tokens[i].upos == Upos::Noun
        && matches!(s.tokens[i].lemma.as_str(), "crash" | "collision" | "accident")
        && (article(i) || whose(i))
}

/// Whoever is counted as hurt by the word for an event has not done it: "Two settlers injured, one of them badly".
fn suffer(event: &mut Event, sufferers: &[(TextRange, TextRange)]) {
    // Whoever hurts somebody else that is named has done it.
    let other = |r: &record::EventRole| !event.actors.iter().any(|a| a.range.overlaps(r.range));
    if event.actors.is_empty() || event.targets.iter().any(other) {
        return;
    }
    let hurt = |at: TextRange| {
        let own = |&&(harm, who): &&(TextRange, TextRange)| {
            harm.overlaps(event.trigger) && who.end() <= harm.start() && who.overlaps(at)
        };
        sufferers.iter().find(own).is_some()
    };
    let (wrong, right): (Vec<_>, Vec<_>) = event.actors.iter().cloned().partition(|r| hurt(r.range));
    event.actors = right;
    for r in wrong {
        if !event.targets.iter().any(|t| t.range.overlaps(r.range)) {
            event.targets.push(r);
        }
    }
}

struct Scene<'a> {
    report: &'a Report,
    parsed: &'a Parsed,
    times: &'a [TimeExpression],
    places: &'a [Place],
    /// The places of each sentence, by their number.
    placed: Vec<Vec<usize>>,
    /// For each event, whether it only tells who was hurt.
    outcome: Vec<bool>,
    real: Vec<bool>,
    /// Whether it lasts and kills nobody by itself: a siege.
    standing: Vec<bool>,
    /// Known to the model only, in a sentence with a deed that the lexicon knows.
    outranked: Vec<bool>,
    titled: Vec<bool>,
    /// The sentence of each event, and how deep in it.
    sentence: Vec<usize>,
    depth: Vec<usize>,
    /// The first mention of what each event tells of.
    root: Vec<usize>,
    /// For each first mention, whether some mention of it tells the deed.
    deed_told: Vec<bool>,
}

impl<'a> Scene<'a> {
    fn new(
        report: &'a Report,
        parsed: &'a Parsed,
        times: &'a [TimeExpression],
        places: &'a [Place],
        events: &[Event],
    ) -> Scene<'a> {
        let text: &str = &report.text;
        let outcome = |e: &Event| {
            let words = e.trigger.of(text).to_lowercase();
            let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            e.kind == EventType::Assault && words.all(|w| lexicon().is("outcome", w))
        };
        let real = |e: &Event| {
            !e.aggregate
                && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing | Factuality::Uncertain)
        };
        let standing = |e: &Event| {
            let words = e.trigger.of(text).to_lowercase();
            words.split_whitespace().any(|w| lexicon().is("standing", w))
        };
        let titled = |e: &Event| {
            let title = |b: &record::Block| b.label == BlockLabel::Title && b.range.contains(e.trigger);
            report.blocks.iter().any(title)
        };
        let at = |r: TextRange| parsed.sentences.partition_point(|s| s.range.end() <= r.start());
        let depth = |e: &Event| parsed.sentences.get(at(e.trigger)).map_or(0, |s| depth(s, e.trigger));
        let mut root: Vec<usize> = (0..events.len()).collect();
        for i in 0..events.len() {
            if let Some(j) = events[i].same_as.filter(|&j| j < i) {
                root[i] = root[j];
            }
        }
        let outcome: Vec<bool> = events.iter().map(outcome).collect();
        let sentence: Vec<usize> = events.iter().map(|e| at(e.trigger)).collect();
        // Where the lexicon knows a deed, counts are of that rather than of what only the model takes for one.
        let known = |i: usize| events[i].kind == EventType::Assault && !outcome[i] && !events[i].is_guess();
        let outranked = |i: usize| {
            events[i].is_guess() && (0..events.len()).any(|j| known(j) && sentence[j] == sentence[i])
        };
        let outranked = (0..events.len()).map(outranked).collect();
        let mut deed_told = vec![false; events.len()];
        for (&first, outcome) in root.iter().zip(&outcome) {
            deed_told[first] |= !outcome;
        }
        let mut placed = vec![Vec::new(); parsed.sentences.len()];
        for (i, place) in places.iter().enumerate() {
            let inside = |s: &Sentence| s.range.contains(place.range);
            if let Some(n) = Some(at(place.range)).filter(|&n| parsed.sentences.get(n).is_some_and(inside)) {
                placed[n].push(i);
            }
        }
        Scene {
            report,
            parsed,
            times,
            places,
            placed,
            outcome,
            real: events.iter().map(real).collect(),
            standing: events.iter().map(standing).collect(),
            titled: events.iter().map(titled).collect(),
            sentence,
            outranked,
            depth: events.iter().map(depth).collect(),
            root,
            deed_told,
        }
    }

    fn sentence_of(&self, at: TextRange) -> usize {
        self.parsed.sentences.partition_point(|s| s.range.end() <= at.start())
    }

    /// Whether the sentence of a count has a word.
    fn says(&self, at: TextRange, word: &str) -> bool {
        let sentence = self.parsed.sentences.get(self.sentence_of(at));
        sentence.is_some_and(|s| s.tokens.iter().any(|t| t.lemma == word))
    }

    /// Whether the sentence of a count tells of another cause than a deed, and of none.
    fn is_mishap(&self, at: TextRange) -> bool {
        let n = self.sentence_of(at);
        let other = |s: &Sentence| {
            s.tokens
                .iter()
                .any(|t| lexicon().is("other cause", &t.range.of(&self.report.text).to_lowercase()))
                || (0..s.tokens.len()).any(|i| is_new_crash(s, i))
        };
        self.parsed.sentences.get(n).is_some_and(other)
            && !(0..self.sentence.len()).any(|i| self.sentence[i] == n && self.real[i] && !self.outcome[i])
    }

    /// Whether an event is tied to one that tells the deed.
    fn has_deed(&self, e: usize) -> bool {
        self.deed_told[self.root[e]]
    }

    fn tie(&mut self, e: usize, d: usize, events: &[Event]) {
        let (x, y) = (self.root[e], self.root[d]);
        let (first, rest) = (x.min(y), x.max(y));
        if events[first].kind == events[rest].kind {
            self.root.iter_mut().filter(|r| **r == rest).for_each(|r| *r = first);
            self.deed_told[first] |= self.deed_told[rest];
        }
    }

    /// Whether an event can be the deed behind a count.
    fn is_deed(&self, i: usize, events: &[Event]) -> bool {
        events[i].kind == EventType::Assault && self.real[i] && !self.standing[i] && !self.outranked[i]
    }

    /// Whether nothing in the sentence of a count speaks against a deed.
    fn fits(&self, at: TextRange, d: usize, events: &[Event]) -> bool {
        let n = self.sentence_of(at);
        self.times_agree(n, at, d, events) && !self.elsewhere(n, d, events)
    }

    /// What a report is about: the deed of its headline, else the first.
    fn main(&self, events: &[Event]) -> Option<usize> {
        let deeds = || (0..events.len()).filter(|&i| self.is_deed(i, events) && !self.outcome[i]);
        deeds().find(|&i| self.titled[i]).or_else(|| deeds().next())
    }

    /// The deed in the sentence of the words `at`.
    fn here(&self, at: TextRange, own: Option<usize>, events: &[Event]) -> Option<usize> {
        let n = self.sentence_of(at);
        let here = (0..events.len())
            .filter(|&i| {
                Some(i) != own && self.sentence[i] == n && !self.outcome[i] && self.is_deed(i, events)
            })
            .filter(|&i| self.beside(at, events[i].trigger) && !self.of_another(n, at, events[i].trigger));
        let gap = |i: usize| events[i].trigger.start().abs_diff(at.start());
        let ruins = |i: usize| events[i].mode == Some(Mode::Destroy);
        let far = |i: usize| {
            let (first, last) =
                if at < events[i].trigger { (at, events[i].trigger) } else { (events[i].trigger, at) };
            let between = self.report.text.get(first.end()..last.start().max(first.end()));
            between.is_some_and(|b| b.contains(';'))
        };
        // "Strikes killed 16, and troops then shelled": what comes later must be said to be how or when.
        let loose = |i: usize| {
            let trigger = events[i].trigger;
            let between = self.report.text.get(at.end()..trigger.start().max(at.end())).unwrap_or("");
            let how = |w: &str| lexicon().is("how", w);
            trigger.start() >= at.end() && !between.split_whitespace().any(how)
        };
        // "Rammed the boat and blasted it with water cannon, wounding four": of the verb that the participle hangs on.
        let trails = own.is_some() && at.of(&self.report.text).ends_with("ing");
        let high = |i: usize| if trails { self.depth[i] } else { 0 };
        here.min_by_key(|&i| (far(i), loose(i), ruins(i), high(i), gap(i), i))
    }

    /// Whether a deed only tells who somebody is among those hurt: "eight were killed, among them a planner of the attack".
    fn of_another(&self, n: usize, at: TextRange, deed: TextRange) -> bool {
        let Some(s) = self.parsed.sentences.get(n) else { return false };
        let (Some(harm), Some(mut i)) = (core(s, at), core(s, deed)) else { return false };
        let links = ["nmod", "compound", "conj", "appos"];
        for up in way_up(s, i) {
            let (token, link) = (&s.tokens[up], s.tokens[i].deprel);
            let noun = matches!(token.upos, Upos::Noun | Upos::Propn);
            if !noun || up == harm || !links.iter().any(|r| link.starts_with(r)) {
                return false;
            }
            if link == "nmod" && lexicon().is_person(&token.lemma) && !at.contains(token.range) {
                let argument = ["nsubj", "obj"].iter().any(|r| token.deprel.starts_with(r));
                return way_up(s, up).any(|h| h == harm) && !(argument && above(s, up) == Some(harm));
            }
            i = up;
        }
        false
    }

    /// Sentences with a count whose parts are told of several deeds: "34 have died: 18 in the strikes and 16 in the
    /// shelling".
    fn sums(&self, figures: &[Figure], events: &[Event]) -> Vec<usize> {
        let parts = figures.iter().filter(|f| f.part);
        let mut deeds: Vec<(usize, usize)> = parts
            .filter_map(|f| Some((self.sentence_of(f.range), self.root[self.in_deed(f.range, events)?])))
            .collect();
        deeds.sort_unstable();
        deeds.dedup();
        deeds.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| w[0].0).collect()
    }

    /// The deed that a count is told in, right behind it: "18 in the air strikes and 16 in shelling of the town".
    fn in_deed(&self, at: TextRange, events: &[Event]) -> Option<usize> {
        let n = self.sentence_of(at);
        let direct = |i: &usize| {
            let trigger = events[*i].trigger;
            let between = self.report.text.get(at.end()..trigger.start()).unwrap_or("").to_lowercase();
            let mut words = between.split_whitespace();
            let led = words.next().is_some_and(|w| lexicon().is("in deed", w));
            led && words.count() <= 4 && !between.contains([',', ';', ':', '(', '"'])
        };
        let noun = |i: &usize| {
            let s = self.parsed.sentences.get(n)?;
            core(s, events[*i].trigger).map(|h| matches!(s.tokens[h].upos, Upos::Noun | Upos::Propn))
        };
        (0..events.len()).find(|i| {
            self.sentence[*i] == n
                && events[*i].trigger.start() > at.end()
                && !self.outcome[*i]
                && self.is_deed(*i, events)
                && direct(i)
                && noun(i) == Some(true)
        })
    }

    /// Whether the word of harm tells no deed: people have left their homes, by nobody's hand, or are treated by somebody.
    fn is_left(&self, e: usize, f: &Figure, events: &[Event]) -> bool {
        match events[e].kind {
            EventType::Assault => false,
            EventType::Aid => true,
            _ => f.what == "displaced" && f.person.is_none() && events[e].actors.is_empty(),
        }
    }

    /// The outcome that one is told with in one clause and by nobody's hand: "38 soldiers were captured and 15 killed".
    fn beside_harm(&self, e: usize, f: &Figure, events: &[Event]) -> Option<usize> {
        let n = self.sentence_of(f.range);
        let s =
            self.parsed.sentences.get(n).filter(|_| self.sentence[e] == n && events[e].actors.is_empty())?;
        let own = core(s, events[e].trigger)?;
        let joined = |x: usize, y: usize| above(s, x) == Some(y) && s.tokens[x].deprel == "conj";
        let with = |&o: &usize| {
            let there = core(s, events[o].trigger);
            o != e
                && self.sentence[o] == n
                && self.outcome[o]
                && events[o].actors.is_empty()
                && there.is_some_and(|there| joined(own, there) || joined(there, own))
        };
        (0..events.len()).find(with)
    }

    /// Whether the time of an event is that of the count of those it hit.
    fn times_count(&self, e: usize, events: &[Event]) -> bool {
        let Some(time) = events[e].time.and_then(|t| self.times.get(t)) else { return false };
        let Some(s) = self.parsed.sentences.get(self.sentence[e]).filter(|s| s.range.contains(time.range))
        else {
            return false;
        };
        let (Some(when), Some(own)) = (core(s, time.range), core(s, events[e].trigger)) else { return false };
        // Not "the toll from Tuesday's strike rose".
        let Some(moves) = above(s, when).filter(|&i| s.tokens[i].upos == Upos::Verb) else { return false };
        let counted = s.children(moves).find(|&c| {
            s.tokens[c].deprel.starts_with("nsubj")
                && lexicon().is("counts", &s.tokens[c].lemma.to_lowercase())
        });
        let moved = lexicon().is("moves", &s.tokens[moves].range.of(&self.report.text).to_lowercase());
        moved && own != moves && counted.is_some_and(|c| c == own || way_up(s, own).any(|h| h == c))
    }

    /// The deed behind a count.
    fn deed(&self, at: TextRange, events: &[Event]) -> Option<usize> {
        let n = self.sentence_of(at);
        if let Some(d) = self.here(at, None, events) {
            return Some(d);
        }
        let there = self.there(n, at, events);
        let opener = self.parsed.sentences.get(n).map_or("", |s| s.range.of(&self.report.text));
        let mut first = opener
            .split_whitespace()
            .take(2)
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .enumerate();
        if first.any(|(i, w)| i == 0 && lexicon().is("elsewhere", &w) || w == "another" || w == "separate") {
            return there;
        }
        for k in (n.saturating_sub(BACK)..n).rev() {
            // What is denied or cannot be verified is spoken of all the same.
            let spoken = |i: usize| self.is_deed(i, events) || events[i].factuality == Factuality::Denied;
            let told = (0..events.len()).filter(|&i| {
                let taken = events[i].mode == Some(Mode::Abduct) || events[i].kind != EventType::Assault;
                self.sentence[i] == k && spoken(i) && !self.titled[i] && !self.standing[i] && !taken
            });
            let Some(d) = told.min_by_key(|&i| (self.depth[i], i)) else { continue };
            let placed =
                (0..events.len()).any(|i| self.root[i] == self.root[d] && !events[i].places.is_empty());
            return if !self.times_agree(n, at, d, events) {
                there
            } else if self.elsewhere(n, d, events) {
                // Where a report tells of one deed only, a second place is one of its own.
                there.or(Some(d).filter(|_| self.is_only(d, events)))
            } else if placed {
                Some(d)
            } else {
                there.or(Some(d))
            };
        }
        there
    }

    /// Whether an outcome is told as that of a deed of its sentence: "were killed when", "attacked, killing", "the blast
    /// that killed"; and not by somebody else.
    fn bound(&self, e: usize, d: usize, events: &[Event]) -> bool {
        let (a, b) = (events[e].trigger, events[d].trigger);
        let (first, last) = if a < b { (a, b) } else { (b, a) };
        let between =
            self.report.text.get(first.end()..last.start().max(first.end())).unwrap_or("").to_lowercase();
        let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let acts = |i: usize| events[i].actors.iter().filter_map(|r| r.actor.as_ref()).collect::<Vec<_>>();
        let (x, y) = (acts(e), acts(d));
        let others = !x.is_empty() && !y.is_empty() && !x.iter().any(|w| y.contains(w));
        !others
            && if a < b {
                words.any(|w| lexicon().is("how within", w))
            } else {
                !words.any(|w| lexicon().is("other clause", w))
            }
    }

    /// Whether a report tells of no other deed.
    fn is_only(&self, d: usize, events: &[Event]) -> bool {
        let deed = |&i: &usize| self.is_deed(i, events) && !self.outcome[i];
        (0..events.len()).filter(deed).all(|i| self.root[i] == self.root[d])
    }

    /// Whether nothing between a count and a deed of its sentence parts the two: another clause of a speech, "two days
    /// after", "in retaliation for".
    fn beside(&self, a: TextRange, b: TextRange) -> bool {
        let (first, last) = if a < b { (a, b) } else { (b, a) };
        let Some(between) = self.report.text.get(first.end()..last.start().max(first.end())) else {
            return false;
        };
        let between = between.to_lowercase();
        let words: Vec<&str> =
            between.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
        let spans = |w: &str| lexicon().is("span", w);
        let parts = words.windows(2).any(|w| {
            w == ["and", "that"] || spans(w[0]) && matches!(w[1], "after" | "before" | "later" | "earlier")
        });
        let word = |w: &&str| lexicon().is("not beside", w);
        !parts && !words.iter().any(word)
    }

    /// The last deed before a sentence at a place that the sentence names for what it tells.
    fn there(&self, n: usize, at: TextRange, events: &[Event]) -> Option<usize> {
        let fine = |p: &&Place| p.spot.precision <= PlacePrecision::City && !self.cares(p);
        let named: Vec<&Place> = self.places_of(n).filter(fine).collect();
        if named.is_empty() {
            return None;
        }
        let at_place = |i: &usize| {
            let spots = events[*i].places.iter().filter_map(|&p| self.places.get(p));
            spots
                .chain(self.fine(self.sentence[*i]))
                .any(|p| named.iter().any(|q| q.spot.name == p.spot.name))
        };
        let fits = |&d: &usize| {
            let deed = self.is_deed(d, events) && !self.outcome[d] && events[d].mode != Some(Mode::Destroy);
            deed && !self.titled[d] && at_place(&d) && self.times_agree(n, at, d, events)
        };
        // Live reports tell the last first.
        let before = (0..events.len()).rev().filter(|&i| self.sentence[i] < n);
        let after = (0..events.len()).filter(|&i| self.sentence[i] > n);
        before.chain(after).find(fits)
    }

    /// The deed at the place that names a toll: "Harbour blast leaves 200 homeless; Riverton toll climbs to four".
    fn toll_of(&self, f: &Figure, events: &[Event]) -> Option<usize> {
        let harm = f.harm?;
        let n = self.sentence_of(f.range);
        let named = self.places_of(n).find(|p| {
            let between = self.report.text.get(p.range.end()..harm.start());
            between.is_some_and(|b| matches!(b.trim(), "" | "'s" | "’s"))
        })?;
        let at_place = |i: usize| {
            let spots = events[i].places.iter().filter_map(|&p| self.places.get(p));
            spots.chain(self.fine(self.sentence[i])).any(|p| p.spot.name == named.spot.name)
        };
        (0..events.len())
            .find(|&i| self.sentence[i] != n && self.is_deed(i, events) && !self.titled[i] && at_place(i))
    }

    /// The places that a sentence names.
    fn places_of(&self, n: usize) -> impl Iterator<Item = &Place> {
        self.placed.get(n).into_iter().flatten().filter_map(|&p| self.places.get(p))
    }

    /// Towns and sites that a sentence names as where something is.
    fn fine(&self, n: usize) -> impl Iterator<Item = &Place> {
        self.places_of(n).filter(|p| {
            p.locative
                && matches!(
                    p.spot.precision,
                    PlacePrecision::City | PlacePrecision::Site | PlacePrecision::District
                )
        })
    }

    /// Those of a sentence that are not only where somebody is treated or speaks.
    fn named(&self, n: usize) -> Vec<&Place> {
        let led = |p: &&Place| {
            let before = self.report.text.get(..p.range.start()).unwrap_or("");
            let word = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
            lexicon().is("leads place", word.as_str())
        };
        self.fine(n).filter(|p| !self.cares(p) && led(p)).collect()
    }

    /// Whether a place is only that of a hospital or of those who treat.
    fn cares(&self, p: &Place) -> bool {
        let text: &str = &self.report.text;
        let before = text.get(..p.range.start()).unwrap_or("");
        // "the San Marco hospital", where only "San" is taken for the place
        let mut name = true;
        let after = text.get(p.range.end()..).unwrap_or("").split_whitespace().take(3);
        let after = after.take_while(|w| std::mem::replace(&mut name, w.starts_with(char::is_uppercase)));
        let own = p.range.of(text).split_whitespace();
        before.split_whitespace().rev().take(3).chain(own).chain(after).any(|w| {
            let w = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            lexicon().is("care", &w)
        })
    }

    /// Whether a sentence names another town or site than a deed's.
    fn elsewhere(&self, n: usize, d: usize, events: &[Event]) -> bool {
        let named = self.named(n);
        let chain = (0..events.len()).filter(|&i| self.root[i] == self.root[d]);
        let mut there = chain
            .flat_map(|i| events[i].places.iter().filter_map(|&p| self.places.get(p)))
            .filter(|p| p.locative && p.spot.precision <= PlacePrecision::City)
            .peekable();
        !named.is_empty()
            && there.peek().is_some()
            && !there.any(|q| named.iter().any(|p| p.spot.name == q.spot.name))
    }

    /// Whether the time told beside a count can be that of a deed.
    fn times_agree(&self, n: usize, at: TextRange, d: usize, events: &[Event]) -> bool {
        let Some(sentence) = self.parsed.sentences.get(n) else { return true };
        let beside: Vec<&TimeExpression> = self
            .times
            .iter()
            .filter(|t| {
                let gap = if t.range.end() <= at.start() {
                    at.start() - t.range.end()
                } else {
                    t.range.start().saturating_sub(at.end())
                };
                let opens = t.range.start() < sentence.range.start() + 6;
                sentence.range.contains(t.range) && (gap <= BESIDE || opens) && !self.dates_saying(t.range)
            })
            .collect();
        let published = self.report.published.as_ref().map(|p| p.date);
        let old = |t: &TimeExpression| {
            let days =
                |(p, l): (jiff::civil::Date, jiff::civil::Date)| p.since(l).map_or(0, |s| s.get_days());
            t.anchored && published.zip(t.when.latest()).is_some_and(|pair| days(pair) > OLD)
        };
        let chain = (0..events.len()).filter(|&i| self.root[i] == self.root[d]);
        let told: Vec<&TimeExpression> =
            chain.filter_map(|i| events[i].time.and_then(|t| self.times.get(t))).collect();
        beside.iter().all(|t| {
            let agrees = |u: &&TimeExpression| {
                t.when.may_be(u.when) && !clash((t.when, t.recurring()), (u.when, u.recurring()))
            };
            told.iter().all(agrees) && (!old(t) || told.iter().any(|u| old(u)))
        })
    }

    /// "said late on Saturday": a time right behind a word of saying.
    fn dates_saying(&self, time: TextRange) -> bool {
        let before = self.report.text.get(..time.start()).unwrap_or("");
        before.split_whitespace().rev().take(6).any(|w| {
            let w = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            lexicon().is("tells", &w) || matches!(w.as_str(), "statement" | "told")
        })
    }
}

/// The word of some words that the others hang on.
fn core(s: &Sentence, words: TextRange) -> Option<usize> {
    let above = |i: usize| above(s, i);
    let inside = |i: usize| words.contains(s.tokens[i].range);
    (0..s.tokens.len()).find(|&i| inside(i) && !above(i).is_some_and(inside))
}

/// The word that one hangs on; a broken tree may name one that is not there.
fn above(s: &Sentence, i: usize) -> Option<usize> {
    s.tokens.get(i).and_then(|_| s.head(i)).filter(|&h| h < s.tokens.len())
}

/// The words that one hangs on, from the nearest up.
fn way_up(s: &Sentence, i: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(above(s, i), |&h| above(s, h)).take(s.tokens.len())
}

/// How far below the top of its sentence the head of some words is.
fn depth(s: &Sentence, words: TextRange) -> usize {
    let Some(head) = core(s, words) else { return 0 };
    way_up(s, head).count()
}
