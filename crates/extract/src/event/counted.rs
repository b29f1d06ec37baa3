//! Days that are counted from another deed: "shut the crossing on Thursday, two days after gunners had shelled it" was shelled on
//! Tuesday; "the verdict came a day after the march" of the day of the verdict.

use jiff::ToSpan;
use jiff::civil::Date;
use record::distance::{Distance, distances};
use record::{
    Event, Parsed, Precision, Recurring, Report, Sentence, TextRange, TimeExpression, TimexType, When,
};

use crate::time::open_weekday;

/// The rule of such a time.
const RULE: &str = "counted";
/// Words behind "after" within which the deed stands that days are counted from.
const REACH: usize = 12;
/// Gives deeds the day that their distance in days or weeks from another deed of the sentence tells, where that one has a day.
pub(crate) fn counted(
    report: &Report,
    parsed: &Parsed,
    times: &mut Vec<TimeExpression>,
    events: &mut [Event],
) {
    let mut found: Vec<(TimeExpression, Vec<usize>)> = Vec::new();
    let mut from = 0;
    for s in &parsed.sentences {
        let first = events[from..].partition_point(|e| e.trigger.start() < s.range.start()) + from;
        let end = events[first..].partition_point(|e| e.trigger.start() < s.range.end()) + first;
        from = first;
        if end - first < 2 {
            continue;
        }
        for d in distances(&report.text, s, times) {
            found.extend(dated(s, &d, first..end, times, events));
        }
    }
    if found.is_empty() {
        return;
    }
    // Times stay in order of the text.
    let mut all: Vec<(TimeExpression, Option<usize>, Vec<usize>)> =
        times.drain(..).enumerate().map(|(n, t)| (t, Some(n), Vec::new())).collect();
    let mut now_at = vec![0; all.len()];
    all.extend(found.into_iter().map(|(t, of)| (t, None, of)));
    all.sort_by_key(|(t, ..)| t.range);
    all.iter().enumerate().for_each(|(now, (_, old, _))| old.iter().for_each(|&old| now_at[old] = now));
    for e in events.iter_mut() {
        e.time = e.time.and_then(|t| now_at.get(t).copied());
    }
    for (now, (t, _, of)) in all.into_iter().enumerate() {
        of.into_iter().for_each(|e| events[e].time = Some(now));
        times.push(t);
    }
}

/// The day that a distance gives one of the events of its sentence, and those that have it.
fn dated(
    s: &Sentence,
    d: &Distance,
    here: std::ops::Range<usize>,
    times: &[TimeExpression],
    events: &[Event],
) -> Option<(TimeExpression, Vec<usize>)> {
    let token = |at: TextRange| s.tokens.partition_point(|t| t.range.end() <= at.start());
    let (before, behind) = d.ends(s, events, here.clone())?;
    // Those told in one breath with it: "shelled posts and injured four".
    let breath = |from: usize| -> Vec<usize> {
        let first = token(events[from].trigger);
        let stop = |i: usize| {
            matches!(
                s.tokens[i].lemma.as_str(),
                "," | ";" | ":" | "who" | "that" | "which" | "after" | "before" | "for" | "over"
            )
        };
        let one = |&e: &usize| {
            let at = token(events[e].trigger);
            // "Struck on Saturday, a day after rockets killed one and wounded four": not on Saturday.
            let own = events[e].time.is_some_and(|t| events[before].time != Some(t));
            at <= first + REACH && !(first..at).any(stop) && !own
        };
        (from..here.end).filter(one).collect()
    };
    let day = |e: usize| -> Option<&TimeExpression> {
        let first =
            std::iter::successors(Some(e), |&e| events[e].same_as.filter(|&f| f < e)).take(events.len());
        first.into_iter().find_map(|e| times.get(events[e].time?))
    };
    let moved = |from: usize, days: i64| -> Option<TimeExpression> {
        let told = day(from)?;
        let (when, value) = match (told.when, told.recurring()) {
            (When::Exact(day), _) => {
                let day = day.checked_add(days.days()).ok()?;
                (when_of(day, d.weeks), day.to_string())
            }
            // "On Thursday, two days after": a Tuesday.
            (_, Some(Recurring::Weekday(n))) if !d.weeks => {
                let weekday = (i64::from(n) - 1 + days).rem_euclid(7) + 1;
                (When::Unknown, open_weekday(i8::try_from(weekday).ok()?))
            }
            _ => return None,
        };
        let anchored = when != When::Unknown;
        Some(TimeExpression { range: d.words, kind: TimexType::Date, value, when, anchored, rule: RULE })
    };
    if events[behind].time.is_none() && day(before).is_some() {
        let of = breath(behind);
        return moved(before, -d.days).map(|t| (t, of));
    }
    // "The arrest came three days after the attack of 4 May."
    (day(before).is_none() && events[behind].time.is_some())
        .then(|| moved(behind, d.days).map(|t| (t, vec![before])))
        .flatten()
}

/// A day, or with weeks the days around it: "a week after" is seldom meant to the day.
fn when_of(day: Date, weeks: bool) -> When {
    let about = |n: i64| day.checked_add(n.days()).ok();
    if weeks { When::from_bounds(about(-1), about(1), Precision::Days) } else { When::Exact(day) }
}
