//! Which phrases of the chart are times in this text, and where the words around them point.

use super::calendar::{Granule, Unit};
use super::grammar::{Chart, Phrase};
use super::lexicon::{Lexicon, Sense};
use super::reading::{Time, Which};
use super::resolve::Tense;
use super::token::Token;

/// The longest phrase at a token that makes a time by itself here.
pub(super) fn choose<'c>(chart: &'c Chart<'_>, at: usize) -> Option<&'c Phrase> {
    let phrases = chart.phrases[at].iter().filter(|p| stands(chart.tokens, at, p));
    // Of equally long ones the first, which is the rule further up.
    phrases.rev().max_by_key(|p| p.end)
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |t| t.lower.as_str())
}

fn before(tokens: &[Token], at: usize) -> &str {
    at.checked_sub(1).map_or("", |i| word(tokens, i))
}

/// Whether a phrase is a time in this place.
fn stands(tokens: &[Token], at: usize, phrase: &Phrase) -> bool {
    let lexicon = Lexicon::embedded();
    let (last, next) = (before(tokens, at), word(tokens, phrase.end));
    let glued_after = tokens.get(phrase.end).is_some_and(|t| t.glued);
    if matches!(last, "$" | "€" | "£" | "#") || matches!(next, "%" | "percent") {
        return false;
    }
    match &phrase.time {
        Time::Fixed(Granule::Year(_)) if phrase.end == at + 1 => {
            let title =
                at > 0 && tokens[at - 1].capital && tokens.get(phrase.end).is_none_or(|t| t.paragraph);
            let cue = title
                || lexicon.is(last, Sense::YearCue)
                || matches!(last, "" | "(" | "-" | "–" | "," | "the" | ";" | "'s");
            let counts = lexicon.senses(next).iter().any(|e| matches!(e.sense, Sense::Unit(_)));
            let number =
                glued_after && matches!(next, "-" | "/" | ":") && word(tokens, phrase.end + 1).len() < 4;
            let plural = next.len() > 3 && next.ends_with('s') && !tokens[phrase.end].capital && last != "in";
            cue && !counts && !number && !plural
        }
        // "may" and "march" in the words around are kept out by their capital; a surname or first name is not.
        Time::Month(_, _, None) if phrase.end == at + 1 => {
            let short = matches!(
                tokens[at].lower.as_str(),
                "may" | "march" | "april" | "june" | "august" | "mar" | "jan"
            );
            let name = tokens.get(phrase.end).is_some_and(|t| t.capital) && !tokens[at].paragraph;
            // "POLICE BROKE UP A MARCH.": where all is in capitals they tell nothing.
            let loud = tokens[at].loud && at > 0 && tokens[at - 1].loud;
            !(short && (name && !lexicon.is(last, Sense::YearCue) || loud && !leads_date(last)))
        }
        Time::Duration(None, unit) if phrase.rule == "duration.vague" && phrase.end == at + 1 => {
            matches!(
                unit,
                Unit::Year | Unit::Month | Unit::Week | Unit::Day | Unit::Hour | Unit::Decade | Unit::Century
            ) && matches!(
                last,
                "for" | "in" | "of" | "over" | "after" | "within" | "several" | "two" | "to" | "by"
            )
        }
        // "A quarter of the wells", "three-quarters of its food".
        Time::Duration(_, Unit::Quarter)
            if (next == "of" || next == "," && word(tokens, phrase.end + 1) == "of")
                && matches!(word(tokens, phrase.end - 2), "a" | "one" | "-" | "three") =>
        {
            false
        }
        // "For over six years", not "over six years many left".
        Time::Duration(..) if phrase.rule == "duration.over" => matches!(
            last,
            "in" | "for" | "of" | "than" | "just" | "well" | "last" | "lasts" | "lasted" | "took" | "takes"
        ),
        // "the third in as many days"
        Time::Duration(None, _) if last == "as" => false,
        // "on 3 and 5 January" are two days.
        Time::Days(..) if phrase.rule == "date.days-between" => last == "between",
        // Ages.
        Time::Duration(..) | Time::Around(..)
            if next == "old" || (next == "-" && word(tokens, phrase.end + 1) == "old") =>
        {
            false
        }
        // "a year-earlier loss"
        Time::Duration(..)
            if phrase.rule == "duration"
                && next == "-"
                && glued_after
                && matches!(word(tokens, phrase.end + 1), "ago" | "earlier") =>
        {
            false
        }
        Time::Duration(..) if at > 0 && last == "-" && tokens[at].glued => false,
        // "Seized two days before in the gulf", but "two days before the vote".
        _ if phrase.rule == "shift.before" => {
            !next.starts_with(char::is_alphanumeric)
                || matches!(next, "and" | "but" | "in" | "at" | "by" | "on" | "near" | "when" | "there")
        }
        Time::Part(..) if phrase.rule == "part.before" => {
            !next.starts_with(char::is_alphanumeric) || matches!(next, "and" | "but" | "in" | "at" | "by")
        }
        // "In the evening", "during the night"; not "the night curfew", nor "the night the bus burned".
        Time::Part(_, None) if phrase.rule == "part.the" => {
            let adverbial = matches!(
                last,
                "in" | "during" | "by" | "until" | "till" | "at" | "late" | "early" | "throughout" | "of"
            );
            adverbial && !matches!(next, "the" | "a" | "an" | "when" | "that")
        }
        // "The year-earlier result" is of the year before.
        Time::Unit(Unit::Year, _) if phrase.rule == "year.the" => !(next == "-" && glued_after),
        // "Christmas Day" says that it is a day.
        Time::Feast(..) if phrase.rule == "feast" && word(tokens, phrase.end - 1) == "day" => true,
        // "The Christmas market" is no day.
        Time::Feast(..) if phrase.rule == "feast" => {
            !next.starts_with(char::is_alphanumeric)
                || matches!(
                    next,
                    "and"
                        | "or"
                        | "in"
                        | "at"
                        | "for"
                        | "on"
                        | "when"
                        | "after"
                        | "before"
                        | "as"
                        | "but"
                        | "by"
                        | "to"
                        | "with"
                        | "this"
                        | "last"
                        | "morning"
                        | "evening"
                        | "night"
                        | "day"
                        | "was"
                        | "is"
                        | "of"
                        | "from"
                        | "until"
                        | "since"
                )
        }
        // "The day after" needs no more words; "the day after the attack" is no time by itself.
        Time::Unit(Unit::Day, _) if matches!(phrase.rule, "unit.day-after" | "unit.day-before") => {
            !next.starts_with(char::is_alphanumeric) || matches!(next, "and" | "but" | "in" | "at" | "by")
        }
        Time::Unit(..) if phrase.rule == "unit.day" => !matches!(
            next,
            "after"
                | "before"
                | "when"
                | "that"
                | "of"
                | "he"
                | "she"
                | "they"
                | "it"
                | "to"
                | "will"
                | "has"
                | "-"
        ),
        // "After the fall of the town"
        Time::Season(..) if phrase.rule == "season" && next == "of" => word(tokens, phrase.end - 1) != "fall",
        Time::Season(..) if phrase.rule == "season.bare" => {
            matches!(last, "in" | "by" | "since" | "until" | "during" | "of" | "last")
        }
        Time::Reference(_) if phrase.rule == "reference.past" => {
            !next.starts_with(char::is_alphanumeric)
                || matches!(
                    next,
                    "in" | "and"
                        | "to"
                        | "that"
                        | "has"
                        | "have"
                        | "is"
                        | "was"
                        | "with"
                        | "of"
                        | "as"
                        | "on"
                )
        }
        Time::Reference(_) if next == "-" && glued_after => false,
        _ => true,
    }
}

/// What a chosen phrase means here: "the last two weeks of March" are not the last two weeks.
pub(super) fn meant(tokens: &[Token], phrase: &Phrase) -> Time {
    match &phrase.time {
        Time::Around(n, unit, _) if matches!(word(tokens, phrase.end), "of" | "before" | "after") => {
            Time::Duration(Some(*n), *unit)
        }
        // "The year ended 31 March" is no calendar year.
        Time::Unit(Unit::Year, Which::Same)
            if matches!(word(tokens, phrase.end), "ended" | "ending")
                && matches!(phrase.rule, "year.the" | "year.named") =>
        {
            Time::Duration(Some(1.0), Unit::Year)
        }
        time => time.clone(),
    }
}

/// Whether a weekday ends a range that a weekday begins: "from Monday to Wednesday".
pub(super) fn ends_range(tokens: &[Token], at: usize, time: &Time) -> bool {
    let weekday = |i: usize| {
        Lexicon::embedded().senses(word(tokens, i)).iter().any(|e| matches!(e.sense, Sense::Weekday(_)))
    };
    let named = matches!(time, Time::Weekday(_, Which::Near)) && weekday(at);
    let Some(first) = at.checked_sub(3).filter(|_| named) else { return false };
    weekday(first + 1)
        && matches!(
            (word(tokens, first), word(tokens, first + 2)),
            ("from", "to" | "until" | "till" | "through") | ("between", "and")
        )
}

/// So many words before and after an expression are looked at for its tense, however long the sentence.
const FARTHEST: usize = 60;

/// So many words behind "until Thursday" are looked at for "had".
const HAD_BY: usize = 6;

/// So many words before "for Thursday" are looked at for what was called for that day.
const SET_FOR: usize = 8;

/// Where the words around tokens `start..end` point: the nearest sign before them in their sentence decides, then the
/// nearest after them.
pub(super) fn tense(tokens: &[Token], start: usize, end: usize) -> Tense {
    let mut earlier = tokens[..start]
        .iter()
        .enumerate()
        .rev()
        .take(FARTHEST)
        .take_while(|(i, t)| !t.ends_sentence() && !tokens.get(i + 1).is_some_and(|n| n.paragraph));
    let later = tokens[end..]
        .iter()
        .enumerate()
        .take(FARTHEST)
        .take_while(|(_, t)| !t.ends_sentence() && !t.paragraph);
    if matches!(before(tokens, start), "until" | "till" | "by") {
        // "Until Thursday they had named nobody", "half of them had come back by Thursday".
        let mut had = || {
            let near = tokens[end..].iter().take(HAD_BY).take_while(|t| !t.ends_sentence() && !t.paragraph);
            let said = earlier.by_ref().take(HAD_BY).map(|(_, t)| t);
            near.chain(said).any(|t| t.lower == "had")
        };
        return if had() { Tense::Past } else { Tense::Future };
    }
    // "Called a strike for Monday", but "apologised for Monday's raid".
    let weekday =
        Lexicon::embedded().senses(word(tokens, start)).iter().any(|e| matches!(e.sense, Sense::Weekday(_)));
    let owns = matches!(word(tokens, end), "'" | "’" | "'s" | "’s");
    let set = |t: &Token| {
        matches!(
            t.lower.as_str(),
            "call"
                | "calls"
                | "called"
                | "calling"
                | "set"
                | "sets"
                | "announced"
                | "announces"
                | "convened"
                | "fixed"
        )
    };
    if weekday && !owns && before(tokens, start) == "for" {
        let near: Vec<&str> = earlier.clone().take(SET_FOR).map(|(_, t)| t.lower.as_str()).collect();
        if earlier.clone().take(SET_FOR).any(|(_, t)| set(t)) && !near.contains(&"had") {
            return Tense::Future;
        }
    }
    // "The verdict may come as early as Tuesday."
    if before(tokens, start) == "as" && matches!(before(tokens, start - 1), "early" | "soon") {
        return Tense::Future;
    }
    let sign = |i: usize, t: &Token| {
        let back = |n: usize| i.checked_sub(n).map_or("", |p| word(tokens, p));
        sign(t, (back(2), back(1)))
    };
    earlier
        .find_map(|(i, t)| sign(i, t))
        .or_else(|| later.map(|(i, t)| (i + end, t)).find_map(|(i, t)| sign(i, t)))
        .unwrap_or(Tense::Unknown)
}

/// Where a word points, with the two before it.
fn sign(token: &Token, (second, last): (&str, &str)) -> Option<Tense> {
    let lexicon = Lexicon::embedded();
    let word = token.lower.as_str();
    // "had been due to end on Friday", "as planned"
    let once = matches!((second, last), ("had", "been") | (_, "previously" | "originally" | "as"));
    if once && matches!(word, "due" | "scheduled" | "expected" | "planned" | "slated") {
        return Some(Tense::Past);
    }
    if lexicon.is(word, Sense::Future) {
        return Some(Tense::Future);
    }
    if word == "to" && matches!(last, "set" | "agreed" | "going" | "is" | "are" | "ready" | "about") {
        return Some(Tense::Future);
    }
    // "should be held": the word before "be" decides.
    if last == "be" {
        return None;
    }
    let participle =
        word.len() > 4 && word.ends_with("ed") && !token.capital && !matches!(last, "the" | "a" | "an");
    (lexicon.is(word, Sense::Past) || participle).then_some(Tense::Past)
}

/// Whether a word before a month shows that it is one: "in May", not "Ms May".
pub(super) fn leads_date(word: &str) -> bool {
    matches!(
        word,
        "in" | "since"
            | "of"
            | "last"
            | "next"
            | "this"
            | "by"
            | "until"
            | "early"
            | "late"
            | "during"
            | "mid"
            | "-"
    )
}
