//! The day of an incident that no time expression gives by itself.
//!
//! 1. *Told as of today.* What a dated report tells in the present or the perfect ("the Union deplores", "the crossing is
//!    closed", "has summoned the envoy") was on its day: official acts and words, not what lasts ("is held") and no
//!    violence ("villages are attacked every week").
//! 2. *Told on.* A deed in the past goes on from the one that was dated last: "Gunmen attacked the village on Saturday.
//!    Twelve homes were burnt." So do words, if that was the day of the report: "On Tuesday the North fired a missile.
//!    Tokyo lodged a protest", told on Tuesday.
//!
//! 3. *Reported.* Words and official acts for which none of these give a day are dated by the first report that tells them, in a
//!    clause of their own, in the past and without a day, as GDELT and ICEWS date all they code. By that alone no words are an
//!    incident.
//!
//! Only the whole incident is asked, so nothing is linked or kept apart by such a day.

use record::{
    Analysis, Event, EventType, Factuality, Quad, Sentence, TextRange, TimeExpression, TimexType, Upos, When,
};

use super::mention::head;
use super::scene::{expression, time};
use super::standing::verbal;
use super::unit::{sentence_of, titled};
use crate::data::in_group;

/// A day with where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) when: When,
    /// The words that give it to the deed before; without them it is that of the report.
    pub(super) words: Option<TextRange>,
}

/// Sentences back within which the deed is looked for that was dated last.
const BACK: usize = 2;

/// Days before its report up to which what words are about is new.
const LATE: i32 = 7;

/// Days before its report from which on a deed is not told on from.
const OLD: i32 = 14;

/// How a verb tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    /// "deplores", "is closed", "is suspending".
    Present,
    /// "has summoned".
    Perfect,
    /// "burnt", "were burnt", "had burnt".
    Past,
    /// "burning".
    None,
}

/// The days of those events (report, event) that have one.
pub(super) fn days<'a>(events: &[(usize, usize)], analyses: &'a [Analysis]) -> Vec<(&'a Analysis, Day)> {
    let by = |rule: fn(&Analysis, usize) -> Option<Day>| -> Vec<(&'a Analysis, Day)> {
        events.iter().filter_map(|&(r, e)| Some((&analyses[r], rule(&analyses[r], e)?))).collect()
    };
    let mut found = by(day);
    if found.iter().any(|(_, d)| d.words.is_some()) {
        return found;
    }
    // The first report to tell it has its day.
    found.extend(by(reported));
    let first = found.iter().filter_map(|(_, d)| d.when.earliest()).min();
    found.retain(|(_, d)| d.when.earliest() == first);
    found
}

/// The day of an event that has none.
fn day(a: &Analysis, event: usize) -> Option<Day> {
    let e = &a.events[event];
    if !is_real(e) {
        return None;
    }
    let n = sentence(a, e.trigger)?;
    let s = &a.parsed.sentences[n];
    let verb = head(s, e.trigger).filter(|&i| s.tokens[i].upos == Upos::Verb)?;
    shared(a, event)
        .or_else(|| today(a, e, s, verb))
        .or_else(|| if titled(a, e.trigger) { None } else { told_on(a, event, n, verb) })
}

/// Whether it was done: who denies something does so.
fn is_real(e: &Event) -> bool {
    matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
        || e.kind == EventType::Reject && e.factuality == Factuality::Denied
}

/// "On Friday he condemned the raid and called on both sides to talk": the day that the verb beside it has.
fn shared(a: &Analysis, event: usize) -> Option<Day> {
    let t = a.times.get(a.events[event].time?).filter(|t| t.anchored)?;
    expression(a, event).is_none().then_some(Day { when: t.when, words: Some(t.range) })
}

fn today(a: &Analysis, e: &Event, s: &Sentence, verb: usize) -> Option<Day> {
    let published = a.report.published.as_ref()?;
    let official = verbal(e.kind.quad())
        || matches!(e.kind, EventType::Sanction | EventType::Coerce | EventType::Aid | EventType::Retreat);
    let below = s.tokens[verb].deprel.starts_with("acl") || s.tokens[verb].deprel == "advcl";
    let told = match tense(s, verb) {
        Tense::Present => true,
        Tense::Perfect => e.kind != EventType::Retreat,
        Tense::Past | Tense::None => false,
    };
    let lasting = in_group("lasting", &s.tokens[verb].lemma);
    (official && told && !below && !lasting).then_some(Day { when: When::Exact(published.date), words: None })
}

fn told_on(a: &Analysis, event: usize, n: usize, verb: usize) -> Option<Day> {
    let e = &a.events[event];
    let s = &a.parsed.sentences[n];
    let deed = |e: &Event| matches!(e.kind.quad(), Quad::MaterialConflict | Quad::MaterialCooperation);
    // What has a weekday of its own that nothing fixes was not on the day of another deed.
    let own = e.time.and_then(|t| a.times.get(t)).is_some_and(|t| !t.anchored && t.recurring().is_some());
    if own || is_days_apart(s, verb) || matches!(tense(s, verb), Tense::Present | Tense::Perfect) {
        return None;
    }
    if !deed(e) {
        return reaction(a, e, n, verb);
    }
    // "On Monday Iran condemned a strike that killed three": what words are about was before them.
    let given = |o: usize| {
        if !deed(&a.events[o]) {
            return None;
        }
        let at = a.events[o].time.and_then(|t| a.times.get(t))?;
        let when = time(a, o);
        (when != When::Unknown).then_some(Day { when, words: Some(at.range) })
    };
    let inside = |x: TextRange| s.range.contains(x);
    // The deeds of its own sentence, where that has one day only.
    let first =
        a.events[..event].iter().rposition(|o| o.trigger.start() < s.range.start()).map_or(0, |o| o + 1);
    let of_it = (first..a.events.len()).take_while(|&o| a.events[o].trigger.start() < s.range.end());
    let here: Vec<Day> = of_it.filter(|&o| inside(a.events[o].trigger)).filter_map(given).collect();
    if let Some(first) = here.first() {
        let one = here.iter().all(|d| d.when == first.when);
        let all = a.times.iter().filter(|t| inside(t.range) && t.anchored).all(|t| t.when == first.when);
        return (one && all).then_some(*first);
    }
    if tense(s, verb) == Tense::None || a.times.iter().any(|t| inside(t.range)) {
        return None;
    }
    let near = (0..event).rev().map(|o| (sentence_of(a, a.events[o].trigger), o));
    let mut near = near.take_while(|&(from, _)| from + BACK >= n);
    let before = near.find_map(|(from, o)| given(o).map(|d| (from, a.events[o].trigger, d)));
    let (from, deed, day) = before?;
    let When::Exact(date) = day.when else { return None };
    // "The last swap, in March, …" is no beginning of what was done of late, and "the men it seized on Monday" only
    // says who they are.
    let old = a.report.published.as_ref().is_some_and(|p| (p.date - date).get_days() > OLD);
    let aside = head(&a.parsed.sentences[from], deed)
        .is_some_and(|i| a.parsed.sentences[from].tokens[i].deprel.starts_with("acl"));
    // Another paragraph with a place of its own: "In Northport, police arrested".
    let between = a.report.text.get(deed.end()..e.trigger.start()).unwrap_or("");
    let elsewhere = between.contains('\n') && a.places.iter().any(|p| p.locative && inside(p.range));
    (!old && !aside && !elsewhere && !titled(a, deed)).then_some(day)
}

/// The day of words and official acts that a report tells in the past by themselves.
pub(super) fn reported(a: &Analysis, event: usize) -> Option<Day> {
    let published = a.report.published.as_ref()?.date;
    let e = &a.events[event];
    let n = sentence(a, e.trigger).filter(|_| is_real(e) && e.factuality != Factuality::Ongoing)?;
    let s = &a.parsed.sentences[n];
    let verb = head(s, e.trigger).filter(|&i| s.tokens[i].upos == Upos::Verb)?;
    use EventType::{Aid, Coerce, Mobilize, Protest, Sanction};
    let official = verbal(e.kind.quad()) || matches!(e.kind, Sanction | Coerce | Mobilize | Aid | Protest);
    let main = matches!(s.tokens[verb].deprel, "root" | "conj" | "parataxis");
    let date = |t: &&TimeExpression| matches!(t.kind, TimexType::Date | TimexType::Time);
    let dated =
        a.times.iter().filter(date).any(|t| s.range.contains(t.range) && !(is_aside(s, verb, t.range)));
    // "Condemned the massacre of 1994"
    let of_old = (0..a.events.len()).any(|o| {
        let at = a.events[o].trigger;
        let target = at.start() >= e.trigger.end() && e.extent.contains(at);
        target && time(a, o).latest().is_some_and(|d| (published - d).get_days() > LATE)
    });
    // "Has sent troops"
    let told = match tense(s, verb) {
        Tense::Past => true,
        Tense::Perfect => matches!(e.kind, Mobilize | Protest),
        Tense::Present | Tense::None => false,
    };
    if !official || !main || dated || of_old || is_back_then(s, Some(verb)) || !told {
        return None;
    }
    Some(Day { when: When::Exact(published), words: None })
}

/// "Blamed them for Wednesday's attack", "the party, whose truce broke down in July": the day of what a verb's phrases speak of.
fn is_aside(s: &Sentence, verb: usize, words: TextRange) -> bool {
    let Some(core) = head(s, words) else { return false };
    let way: Vec<usize> = std::iter::successors(s.head(core), |&i| s.head(i)).take(s.tokens.len()).collect();
    let Some(end) = way.iter().position(|&i| i == verb) else { return false };
    way[..end].iter().any(|&i| {
        let t = &s.tokens[i];
        matches!(t.upos, Upos::Noun | Upos::Propn)
            || t.deprel.starts_with("acl")
            || matches!(t.deprel, "advcl" | "ccomp")
    })
}

/// The day of what was said, where the report begins with a deed of its own day: what followed was then.
fn reaction(a: &Analysis, e: &Event, n: usize, verb: usize) -> Option<Day> {
    let published = a.report.published.as_ref()?.date;
    let s = &a.parsed.sentences[n];
    let lead = a.events.iter().position(|o| !titled(a, o.trigger) && !verbal(o.kind.quad()))?;
    let at = a.times.get(a.events[lead].time?)?;
    let after = a.events[lead].trigger.end() < e.trigger.start();
    // A paragraph that has a day of its own tells of that.
    let paragraph = a.report.text.get(..e.trigger.start())?.rfind('\n').unwrap_or(0);
    let dated = a.times.iter().any(|t| {
        t.range.start() >= paragraph
            && t.range.start() < s.range.end()
            && t.range != at.range
            && matches!(t.kind, record::TimexType::Date | record::TimexType::Time)
    });
    let today = When::Exact(published);
    let then = time(a, lead) == today;
    // "The army seized power when the president was abroad. France condemned the coup then."
    let led = sentence_of(a, a.events[lead].trigger);
    let looks_back =
        (n.saturating_sub(1)..=n).filter(|&m| m != led).any(|m| is_back_then(&a.parsed.sentences[m], None));
    // What was said of another deed was said behind that one.
    let of_today = |o: usize| {
        let own = time(a, o);
        o == lead || own == today || own == When::Unknown && day(a, o).is_some_and(|d| d.when == today)
    };
    let deeds = || (0..a.events.len()).filter(|&o| !verbal(a.events[o].kind.quad()));
    let told = |o: &usize| {
        let at = a.events[*o].trigger;
        at.start() >= paragraph && at.end() <= e.trigger.start()
    };
    let target = |o: &usize| {
        let at = a.events[*o].trigger;
        at.start() >= e.trigger.end() && e.extent.contains(at) && time(a, *o) != When::Unknown
    };
    let elsewhere = deeds().rfind(told).is_some_and(|o| !of_today(o))
        || deeds().filter(target).any(|o| time(a, o) != today);
    (tense(s, verb) == Tense::Past && after && then && !dated && !looks_back && !elsewhere)
        .then_some(Day { when: When::Exact(published), words: Some(at.range) })
}

/// Whether a sentence leads back to a day before: "then", "at the time", or "had" before a verb; not before one that hangs
/// on the `verb` ("denied that they had fired").
fn is_back_then(s: &Sentence, verb: Option<usize>) -> bool {
    let below = |i: usize| {
        let mut way = std::iter::successors(s.head(i), |&h| s.head(h)).take(s.tokens.len());
        let clause = |h: usize| {
            matches!(s.tokens[h].deprel, "ccomp" | "advcl") || s.tokens[h].deprel.starts_with("acl")
        };
        way.next().is_some_and(|h| Some(h) != verb && clause(h) && way.any(|h| Some(h) == verb))
    };
    let lemma = |i: usize| s.tokens[i].lemma.to_lowercase();
    (0..s.tokens.len()).any(|i| {
        let pluperfect = || {
            let t = &s.tokens[i];
            t.deprel.starts_with("aux") && t.lemma == "have" && t.xpos == "VBD" && !below(i)
        };
        let at_the_time = || lemma(i) == "time" && i > 1 && lemma(i - 2) == "at";
        in_group("back-then", &lemma(i)) || at_the_time() || pluperfect()
    })
}

/// How a verb tells, by its helpers and its form.
fn tense(s: &Sentence, verb: usize) -> Tense {
    let mut helpers = s.children(verb).filter(|&c| s.tokens[c].deprel.starts_with("aux"));
    match (helpers.next(), s.tokens[verb].xpos) {
        (None, "VBZ" | "VBP") => Tense::Present,
        (None, "VBD") => Tense::Past,
        (None, _) => Tense::None,
        (Some(first), _) => match (s.tokens[first].lemma.as_str(), s.tokens[first].xpos) {
            ("have", "VBZ" | "VBP") => Tense::Perfect,
            ("be" | "do" | "get", "VBZ" | "VBP") => Tense::Present,
            ("be" | "do" | "get" | "have", "VBD") => Tense::Past,
            _ => Tense::None,
        },
    }
}

/// "Days after the navy seized a boat": neither the day that its sentence tells nor that of the deed before.
fn is_days_apart(s: &Sentence, verb: usize) -> bool {
    let is = |relations: &[&str], words: &[&str]| {
        s.children(verb).any(|c| {
            let t = &s.tokens[c];
            relations.iter().any(|r| t.deprel.starts_with(r)) && words.contains(&t.lemma.as_str())
        })
    };
    s.tokens[verb].deprel == "advcl"
        && is(&["mark"], &["after", "before"])
        && is(&["obl", "advmod", "nmod"], &["day", "week", "month", "year"])
}

pub(super) fn sentence(a: &Analysis, at: TextRange) -> Option<usize> {
    let n = sentence_of(a, at);
    a.parsed.sentences.get(n).is_some_and(|s| s.range.contains(at)).then_some(n)
}
