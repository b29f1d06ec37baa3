//! Figures reconciled: who claims how many, what each claim is worth beside the others, and a best value by a named
//! rule.
//!
//! 1. A claim belongs to whoever makes it. The same number from the same source in another outlet is a *copy*; a
//!    number in an outlet's own voice belongs to the group of reports that share its text.
//! 2. A later number of the same source supersedes its earlier one.
//! 3. Claims that add up to another one are its *parts*, and so are those said to be ("including three children").
//! 4. What is left and cannot be one number is *disputed*.
//! 5. People named or described one by one are parts of a number that counts more; those of one list are counted
//!    together (`tally`).
//! 6. `low` and `high` span what stands; `best` is one of the claims, or such a count; never an average and never a part.

mod tally;

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, ActorKind, Analysis, Bounds, Claim, ClaimStatus, Figure, FigureRule, FigureSet, Qualifier, Span,
    TextRange,
};

use crate::actors::Cast;
use crate::story::day;
use crate::words::{Term, stem, term, words};

/// One figure of one report.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    claim: Claim,
    /// Index of the report.
    report: usize,
    /// See [`record::Figure::harm`].
    harm: Option<TextRange>,
    /// See [`record::Figure::person`].
    person: Option<usize>,
    /// Whether it is one who was with another and is counted beside him: "his driver".
    companion: bool,
    /// A sum that no words give: it counts beside the claims and is not shown among them.
    sum: bool,
    /// Whether it is one of a list.
    listed: bool,
    /// Whether it tells of one who is dead by now.
    died: bool,
    /// Who is to be believed or not: an actor, a source as written, or a group of reports.
    voice: String,
    own_voice: bool,
    day: Option<i32>,
    /// Stem of what is counted, unless it is just people.
    counted: Option<(Term, String)>,
    /// Whether its words tell a group ("three of its own men", "four council members"), even if not which people.
    group: bool,
    /// Whether its source counts others, more of them, beside it.
    beside: bool,
    /// Whether it contests the number before it ("the government says three").
    rival: bool,
    place: Option<String>,
    /// The state that the source speaks for.
    state: Option<String>,
    said_to_be_part: bool,
    /// Whether it is told as the newer state of a count ("rose to 11").
    risen: bool,
    /// Whether its source is a party to fights: an armed group or an army.
    party: bool,
    reliability: u8,
}

impl Row {
    /// Whether it says how many are hurt in all or is added to that, whoever is counted.
    fn counted_together(&self) -> bool {
        self.person.is_some() || self.listed
    }
}

/// Relative difference within which an "about" agrees with a number.
const ABOUT: f64 = 0.1;

/// How many times a number "up to" another one may go into it.
const UP_TO: u64 = 3;

/// The figures of one incident, from the events (report, event) that it is made of. `origin` names a report's group
/// of copies.
pub(crate) fn reconcile(
    analyses: &[Analysis],
    events: &BTreeSet<(usize, usize)>,
    cast: &Cast,
    origin: &dyn Fn(usize) -> String,
    rule: FigureRule,
) -> Vec<FigureSet> {
    let mut by_what: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let reports: BTreeSet<usize> = events.iter().map(|&(r, _)| r).collect();
    for r in reports {
        let a = &analyses[r];
        for (n, f) in a.figures.iter().enumerate() {
            if !f.cumulative && f.event.is_some_and(|e| events.contains(&(r, e))) && !of_old(a, f) {
                by_what.entry(f.what.clone()).or_default().push(row(a, r, n, cast, &origin(r)));
            }
        }
    }
    tally::later_died(&mut by_what);
    tally::of_whom_died(&mut by_what);
    let mut sets = Vec::new();
    for (what, mut rows) in by_what {
        tally::tally(&mut rows);
        for (of, place, mut rows) in groups(rows) {
            judge(&what, &mut rows);
            sets.push(set(&what, of, place, rows, rule));
        }
    }
    sets
}

/// Whether a figure stands in a sentence that is about a time long before the report and that its event is not told in
/// ("tensions have run high since the war of 2020, in which 6,500 died").
fn of_old(a: &Analysis, f: &Figure) -> bool {
    let Some(e) = f.event.and_then(|e| a.events.get(e)) else { return false };
    let Some(s) = a.parsed.sentence_of(f.range).filter(|s| !s.range.contains(e.trigger)) else {
        return false;
    };
    let Some(told) = crate::incidents::unit::told(a) else { return false };
    let from = a.times.partition_point(|t| t.range.start() < s.range.start());
    let here = a.times[from..].iter().take_while(|t| t.range.start() < s.range.end());
    let mut times = here.filter(|t| t.anchored && s.range.contains(t.range));
    times.any(|t| t.when.latest().is_some_and(|d| told - day(d) > crate::incidents::compare::HISTORY))
}

fn row(a: &Analysis, report: usize, n: usize, cast: &Cast, origin: &str) -> Row {
    let f = &a.figures[n];
    let text = &a.report.text;
    let attribution = f.attribution.and_then(|i| a.attributions.get(i));
    let by = attribution.and_then(|t| t.speaker.as_ref()).map(|id| cast.id(id));
    let source =
        attribution.and_then(|t| t.source).map(|s| s.of(text)).filter(|s| by.is_some() || !is_bare(s));
    let written = source.unwrap_or("").to_owned();
    let voice = match (&by, written.is_empty()) {
        (Some(id), _) => format!("actor {id}"),
        (None, false) => format!("source {}", written.to_lowercase()),
        (None, true) => format!("report {origin}"),
    };
    let own_voice = by.is_none() && written.is_empty();
    let state = by.as_ref().and_then(|id| cast.who(id, true).state);
    Row {
        voice,
        own_voice,
        day: a.report.published.as_ref().map(|p| day(p.date)),
        counted: f.counted.and_then(|c| specific(c.of(text), c.start() == f.range.start())),
        group: f.counted.is_some_and(|c| tells_group(c.of(text))),
        beside: false,
        rival: f.rule == "rival",
        place: f.place.and_then(|p| a.places.get(p)).map(|p| p.spot.name.clone()),
        state,
        said_to_be_part: f.part,
        risen: f.rule == "counted on" || risen(a, f.range),
        party: by.as_ref().and_then(|id| cast.get(id)).is_some_and(fights),
        reliability: reliability(by.as_ref(), own_voice, cast),
        report,
        harm: f.harm,
        person: f.person,
        companion: f.rule == "companion",
        sum: false,
        listed: false,
        died: false,
        claim: Claim {
            bounds: f.bounds,
            qualifier: f.qualifier,
            by,
            by_as_written: written,
            as_written: f.range.of(text).to_owned(),
            at: Span { report: a.report.id.clone(), range: f.range },
            status: ClaimStatus::Stands,
        },
    }
}

/// "According to updated figures": a source that is nobody.
fn is_bare(source: &str) -> bool {
    let words = words(source, record::TextRange::new(0, source.len()));
    words.iter().all(|w| w.function || crate::data::in_group("bare", &w.range.of(source).to_lowercase()))
}

/// Whether a number is told as the newer state of a count: "rose to 11", "bringing the toll to 11".
fn risen(a: &Analysis, figure: TextRange) -> bool {
    let Some(s) = a.parsed.sentence_of(figure) else { return false };
    let before = &s.tokens[..s.tokens.partition_point(|t| t.range.end() <= figure.start())];
    let reached = before.last().is_some_and(|t| t.lemma == "reach");
    reached
        || before.last().is_some_and(|t| t.lemma == "to")
            && before.iter().any(|t| crate::data::in_group("rises", &t.lemma))
}

/// Words that count anybody.
const ANYBODY: &str = "people person others other victims victim dead casualties deaths individuals lives bodies \
    man men woman members wounded injured injuries fatalities souls unidentified number";

/// Whether words for those counted say more of them than that they are people.
fn tells_group(counted: &str) -> bool {
    let words = words(counted, record::TextRange::new(0, counted.len()));
    let plain = |w: &str| {
        matches!(w, "more" | "other" | "others" | "another") || ANYBODY.split_whitespace().any(|a| a == w)
    };
    words.iter().any(|w| {
        let form = w.range.of(counted).to_lowercase();
        form == "own" || !w.function && !w.number && !plain(&form)
    })
}

/// The stem and words of a counted group that is not just "people". What a sentence may begin with is told in small letters.
fn specific(counted: &str, first: bool) -> Option<(Term, String)> {
    let anybody: BTreeSet<Term> = ANYBODY.split_whitespace().map(|w| term(&stem(w))).collect();
    let w = words(counted, record::TextRange::new(0, counted.len()));
    let head = w.iter().rev().find(|w| !w.function && !w.number)?;
    let shown = if first { counted.to_lowercase() } else { counted.to_owned() };
    (!anybody.contains(&head.term)).then_some((head.term, shown))
}

fn fights(a: &record::Actor) -> bool {
    match a.kind {
        ActorKind::Party => true,
        // "A doctors' group": of nobody who is only called a group or network is it known that he fights.
        ActorKind::ArmedGroup => a.sector != Some(record::Sector::Unk),
        ActorKind::Force => a.sector != Some(record::Sector::Cop),
        _ => false,
    }
}

/// 0 is best. As UCDP does, parties to a fight are believed last.
fn reliability(by: Option<&ActorId>, own_voice: bool, cast: &Cast) -> u8 {
    match by.and_then(|id| cast.get(id)).map(|a| a.kind) {
        Some(ActorKind::Igo | ActorKind::Ngo) => 0,
        Some(ActorKind::Government | ActorKind::State | ActorKind::Person | ActorKind::Media) => 1,
        Some(ActorKind::Role) => 2,
        Some(ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Force) => 3,
        None if own_voice => 1,
        _ => 2,
    }
}

/// Splits the claims on one kind of count by who is counted and, where claims on different places do not add up to
/// one on all of them, by place.
fn groups(rows: Vec<Row>) -> Vec<(Option<String>, Option<String>, Vec<Row>)> {
    let (parts, rows): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|r| r.said_to_be_part && r.counted.is_some() && !r.counted_together());
    let mut total: Vec<Row> = Vec::new();
    let mut special: BTreeMap<Term, Vec<Row>> = BTreeMap::new();
    for r in rows {
        match &r.counted {
            Some((t, _)) if !r.counted_together() => special.entry(*t).or_default().push(r),
            _ => total.push(r),
        }
    }
    // Where nobody counts people as such, the largest special count stands for all.
    if total.is_empty()
        && let Some(t) = special
            .iter()
            .max_by_key(|(t, rows)| (rows.iter().map(|r| r.claim.point()).max(), std::cmp::Reverse(**t)))
            .map(|(t, _)| *t)
    {
        total = special.remove(&t).unwrap_or_default();
    }
    let mut out = Vec::new();
    let (mut extra, mut by_group): (Vec<Row>, BTreeMap<String, Vec<Row>>) = (Vec::new(), BTreeMap::new());
    for (_, rows) in special {
        // "Three soldiers" and "three people" are one count; "two children" of "nine people" are a part.
        let same = |r: &Row| total.iter().any(|t| !t.said_to_be_part && t.claim.bounds == r.claim.bounds);
        if rows.iter().any(same) {
            extra.extend(rows);
        } else {
            let name = rows[0].counted.as_ref().map(|c| c.1.clone()).unwrap_or_default();
            by_group.entry(name).or_default().extend(rows);
        }
    }
    total.extend(extra);
    for r in parts {
        let name = r.counted.as_ref().map(|c| c.1.clone()).unwrap_or_default();
        by_group.entry(name).or_default().push(r);
    }
    if !total.is_empty() {
        let places: BTreeSet<&String> = total.iter().filter_map(|r| r.place.as_ref()).collect();
        let all_placed = total.iter().all(|r| r.place.is_some());
        if places.len() > 1 && all_placed {
            let mut by_place: BTreeMap<String, Vec<Row>> = BTreeMap::new();
            for r in total {
                by_place.entry(r.place.clone().unwrap_or_default()).or_default().push(r);
            }
            out.extend(by_place.into_iter().map(|(p, rows)| (None, Some(p), rows)));
        } else {
            out.push((None, None, total));
        }
    }
    out.extend(by_group.into_iter().map(|(of, rows)| (Some(of), None, rows)));
    out
}

/// Gives each claim its status. Rows come out by day, report and place in it.
fn judge(what: &str, rows: &mut [Row]) {
    rows.sort_by(|a, b| {
        (a.day.unwrap_or(i32::MAX), &a.claim.at).cmp(&(b.day.unwrap_or(i32::MAX), &b.claim.at))
    });
    for i in 0..rows.len() {
        if rows[i].died {
            rows[i].claim.status = ClaimStatus::Superseded;
            continue;
        }
        if rows[i].said_to_be_part {
            rows[i].claim.status = ClaimStatus::Part;
            continue;
        }
        let copied =
            rows[..i].iter().any(|e| e.voice == rows[i].voice && e.claim.bounds == rows[i].claim.bounds);
        if copied {
            rows[i].claim.status = ClaimStatus::Copy;
        }
    }
    parts(rows);
    supersede(what, rows);
    let standing: Vec<usize> =
        (0..rows.len()).filter(|&i| rows[i].claim.status == ClaimStatus::Stands).collect();
    for &i in &standing {
        let against = standing.iter().any(|&j| {
            rows[i].voice != rows[j].voice && !rows[j].sum && !agree(&rows[i].claim, &rows[j].claim)
        });
        if against {
            rows[i].claim.status = ClaimStatus::Disputed;
        }
    }
}

/// Claims of different sources, on different places as far as they say, that add up to another source's total.
fn parts(rows: &mut [Row]) {
    let exact: Vec<(usize, u64)> = (0..rows.len())
        .filter(|&i| rows[i].claim.status == ClaimStatus::Stands)
        .filter_map(|i| rows[i].claim.bounds.single().filter(|&n| n > 0).map(|n| (i, n)))
        .collect();
    let totals: Vec<(f64, Qualifier)> = (0..rows.len())
        .filter(|&i| rows[i].claim.status == ClaimStatus::Stands)
        .filter_map(|i| Some((rows[i].claim.bounds.low()? as f64, rows[i].claim.qualifier)))
        .collect();
    let is_total = |sum: u64| {
        totals.iter().any(|&(t, hedge)| {
            let over = sum as f64 - t;
            match hedge {
                Qualifier::Exact => over == 0.0,
                // 25 and 33 are no parts of "more than 60".
                Qualifier::MoreThan | Qualifier::AtLeast => (0.0..=t * ABOUT).contains(&over),
                _ => over.abs() <= t * ABOUT,
            }
        })
    };
    let mut marked = BTreeSet::new();
    for (n, &(i, x)) in exact.iter().enumerate() {
        for &(j, y) in &exact[n + 1..] {
            let (p, q) = (&rows[i], &rows[j]);
            let places = p.place.is_none() || q.place.is_none() || p.place != q.place;
            let states = p.state.is_none() || q.state.is_none() || p.state != q.state;
            let elsewhere = p.place != q.place || p.voice != q.voice;
            if places && states && elsewhere && x + y > 3 && is_total(x + y) {
                marked.extend([i, j]);
            }
        }
    }
    for i in marked {
        rows[i].claim.status = ClaimStatus::Part;
    }
    // A count for one place beside a greater one for all is a part too.
    let all = rows.iter().filter(|r| r.place.is_none()).filter_map(|r| r.claim.bounds.low()).max();
    for r in rows.iter_mut().filter(|r| r.claim.status == ClaimStatus::Stands && r.place.is_some()) {
        if let (Some(n), Some(all)) = (r.claim.bounds.single(), all)
            && n < all
            && rows_differ(n, all)
        {
            r.claim.status = ClaimStatus::Part;
        }
    }
}

fn rows_differ(n: u64, all: u64) -> bool {
    (all as f64 - n as f64) / all as f64 > ABOUT
}

/// Counts of people that only rise as more is known.
const TOLLS: [&str; 8] =
    ["abducted", "arrested", "captured", "displaced", "killed", "missing", "rescued", "wounded"];

/// A later number of the same source, or of the press at large, replaces the earlier one; and so does a later and
/// higher toll of another source, as long as the first does not repeat its own and the two are no parties.
fn supersede(what: &str, rows: &mut [Row]) {
    for i in 0..rows.len() {
        if rows[i].claim.status != ClaimStatus::Stands {
            continue;
        }
        let old = &rows[i];
        let later = rows.iter().enumerate().any(|(n, r)| {
            let source = r.voice == old.voice || (r.own_voice && old.own_voice);
            let newer = matches!((r.day, old.day), (Some(x), Some(y)) if x > y);
            let counts = matches!(r.claim.status, ClaimStatus::Stands | ClaimStatus::Copy);
            let grown = TOLLS.contains(&what)
                && !opponents(r, old)
                && matches!((r.claim.bounds.low(), most(&old.claim)), (Some(x), Some(y)) if x > y)
                && (newer
                    || (r.risen
                        && (old.own_voice || old.report != r.report || counted_on(old, r))
                        && r.day.is_none_or(|x| old.day.is_none_or(|y| x >= y))))
                && !repeated(old, r, rows);
            // "At least 24" may be 27, and is old news once 27 are counted.
            let outgrown = old.claim.bounds.high().is_none() && r.claim.bounds.low() > old.claim.bounds.low();
            n != i && counts && ((source && newer) || grown) && (outgrown || !agree(&r.claim, &old.claim))
        });
        if later {
            rows[i].claim.status = ClaimStatus::Superseded;
        }
    }
}

/// "At least 11, the ministry said. … The toll later rose to 12": one report counts on.
fn counted_on(old: &Row, new: &Row) -> bool {
    old.report == new.report && old.claim.at.range.start() < new.claim.at.range.start()
}

/// What a claim counts at most, as far as it says.
fn most(c: &Claim) -> Option<u64> {
    c.bounds.high().or(c.bounds.low())
}

/// Whether two claims are of two sides, so that the later one is no news to the other: two states, or a party to the
/// fight against anybody else.
fn opponents(a: &Row, b: &Row) -> bool {
    let party = |r: &Row| r.party;
    let states = a.state.is_some() && b.state.is_some();
    a.voice != b.voice && (!states || a.state != b.state) && (states || party(a) || party(b))
}

/// Whether the source of `old` gives its number again on the day of `new` or later.
fn repeated(old: &Row, new: &Row, rows: &[Row]) -> bool {
    rows.iter().any(|r| {
        r.voice == old.voice
            && !r.own_voice
            && r.claim.bounds == old.claim.bounds
            && r.day >= new.day
            && r.day > old.day
    })
}

/// Whether both can be one number.
fn agree(a: &Claim, b: &Claim) -> bool {
    // Who says "up to 120" does not mean a dozen.
    let far = |a: &Claim, b: &Claim| {
        a.qualifier == Qualifier::UpTo
            && matches!((a.bounds.high(), b.bounds.high()), (Some(x), Some(y)) if y > 0 && y.saturating_mul(UP_TO) < x)
    };
    if far(a, b) || far(b, a) {
        return false;
    }
    if a.bounds.may_be(b.bounds) {
        return true;
    }
    let hedged = [a, b].iter().any(|c| c.qualifier != Qualifier::Exact);
    match (a.bounds.low().or(a.bounds.high()), b.bounds.low().or(b.bounds.high())) {
        (Some(x), Some(y)) if hedged => (x as f64 - y as f64).abs() <= ABOUT * x.max(y) as f64,
        _ => false,
    }
}

fn set(what: &str, of: Option<String>, place: Option<String>, rows: Vec<Row>, rule: FigureRule) -> FigureSet {
    let stands = |r: &&Row| matches!(r.claim.status, ClaimStatus::Stands | ClaimStatus::Disputed);
    let mut standing: Vec<&Row> = rows.iter().filter(stands).collect();
    if standing.is_empty() {
        standing = rows.iter().collect();
    }
    // The losses of one side say little of how many there were in all.
    if standing.iter().any(|r| !r.beside) {
        standing.retain(|r| !r.beside);
    }
    // "Many" says nothing beside a number that it can be.
    let vague = |r: &Row| r.claim.qualifier.usual().is_some() || r.claim.qualifier == Qualifier::Many;
    let numbers: Vec<&Row> = standing.iter().copied().filter(|r| !vague(r)).collect();
    standing.retain(|r| !vague(r) || !numbers.iter().any(|n| agree(&n.claim, &r.claim)));
    let low = standing.iter().filter_map(|r| r.claim.bounds.low().or(r.claim.qualifier.usual())).min();
    let open = standing.iter().any(|r| r.claim.bounds.high().is_none());
    let high = standing.iter().filter_map(|r| r.claim.bounds.high()).max().filter(|_| !open);
    FigureSet {
        what: what.to_owned(),
        of,
        place,
        low,
        best: best(&standing, rule),
        high,
        rule,
        claims: rows.iter().filter(|r| !r.sum).map(|r| r.claim.clone()).collect::<Vec<_>>(),
    }
    .checked()
}

trait Checked {
    fn checked(self) -> Self;
}

impl Checked for FigureSet {
    /// Bounds the right way round: a vague "dozens" may start above a stated "up to 10".
    fn checked(mut self) -> FigureSet {
        if let (Some(l), Some(h)) = (self.low, self.high) {
            let b = Bounds::new(Some(l), Some(h));
            (self.low, self.high) = (b.low(), b.high());
        }
        self
    }
}

fn best(standing: &[&Row], rule: FigureRule) -> Option<u64> {
    let points = || standing.iter().filter_map(|r| r.claim.point().map(|p| (p, *r)));
    match rule {
        FigureRule::Conservative => points().map(|(p, _)| p).min(),
        FigureRule::Reliable => {
            // "More than 120" says no less than "124" of a source as good.
            let rounded = |r: &Row| {
                r.claim.bounds.high().is_none()
                    && standing.iter().any(|o| {
                        o.reliability <= r.reliability
                            && o.claim.bounds.high().is_some()
                            && o.claim.bounds.low() > r.claim.bounds.low()
                            && agree(&o.claim, &r.claim)
                    })
            };
            let told = points().filter(|(_, r)| !rounded(r));
            told.min_by_key(|(p, r)| (r.reliability, *p)).map(|(p, _)| p)
        }
        FigureRule::Latest => points().max_by_key(|(p, r)| (r.day, *p)).map(|(p, _)| p),
        FigureRule::Majority => {
            let mut voices: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
            points().for_each(|(p, r)| {
                voices.entry(p).or_default().insert(&r.voice);
            });
            voices.into_iter().max_by_key(|(p, v)| (v.len(), std::cmp::Reverse(*p))).map(|(p, _)| p)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assault, at, attribution, report};

    type Written<'a> = &'a [(&'a str, u64, Qualifier, &'a str)];

    /// Reports as (date, text, [(words of the figure, number, qualifier, source words or "")]) → claims by text.
    fn killed(reports: &[(&str, &str, Written<'_>)], rule: FigureRule) -> (FigureSet, Vec<String>) {
        let mut all = Vec::new();
        for (n, (date, text, figures)) in reports.iter().enumerate() {
            let mut a = report(&format!("r{n}"), Some(date), text);
            let event = assault(&mut a, "strike");
            for (words, number, qualifier, source) in *figures {
                let range = at(&a, words);
                let attribution = (!source.is_empty()).then(|| attribution(&mut a, source, words));
                a.figures.push(Figure {
                    range,
                    what: "killed".to_owned(),
                    counted: None,
                    harm: None,
                    person: None,
                    bounds: Bounds::exactly(*number),
                    qualifier: *qualifier,
                    event: Some(event),
                    attribution,
                    place: None,
                    cumulative: false,
                    part: false,
                    rule: "test",
                });
            }
            all.push(a);
        }
        let cast = Cast::of(&all);
        let events = (0..all.len()).map(|r| (r, 0)).collect();
        let sets = reconcile(&all, &events, &cast, &|r| format!("r{r}"), rule);
        assert_eq!(sets.len(), 1, "{sets:?}");
        let claims = sets[0].claims.iter().map(|c| format!("{} {}", c.as_written, c.status)).collect();
        (sets[0].clone(), claims)
    }

    use Qualifier::{About, Exact};

    #[test]
    fn parts_from_two_sources_are_no_dispute_with_the_total_and_never_the_best() {
        let text = "The strike left about 50 dead. The mayor of one town counted 21 dead, the army across the border 28 dead.";
        let (set, claims) = killed(
            &[(
                "2024-03-04",
                text,
                &[
                    ("about 50 dead", 50, About, ""),
                    ("21 dead", 21, Exact, "The mayor"),
                    ("28 dead", 28, Exact, "the army"),
                ],
            )],
            FigureRule::Conservative,
        );
        assert_eq!(claims, ["about 50 dead stands", "21 dead part", "28 dead part"]);
        assert_eq!((set.low, set.best, set.high), (Some(50), Some(50), Some(50)));
    }

    #[test]
    fn a_rising_toll_of_one_source_is_an_update_and_another_source_a_dispute() {
        let (set, claims) = killed(
            &[
                (
                    "2024-03-04",
                    "The strike killed 5, the hospital said.",
                    &[("killed 5", 5, Exact, "the hospital")],
                ),
                (
                    "2024-03-05",
                    "The strike killed 9, the hospital said.",
                    &[("killed 9", 9, Exact, "the hospital")],
                ),
                ("2024-03-05", "The strike killed 2, the army said.", &[("killed 2", 2, Exact, "the army")]),
            ],
            FigureRule::Latest,
        );
        assert_eq!(claims, ["killed 5 superseded", "killed 9 disputed", "killed 2 disputed"]);
        assert_eq!((set.low, set.best, set.high), (Some(2), Some(9), Some(9)));
    }

    #[test]
    fn a_later_and_higher_toll_of_another_source_is_an_update_unless_the_first_stands_by_its_own() {
        let first = ("2024-03-04", "The strike killed 5, the mayor said.", "killed 5", 5, "the mayor");
        let later = ("2024-03-05", "The strike killed 9, the hospital said.", "killed 9", 9, "the hospital");
        let again = ("2024-03-05", "It killed 5 in the strike, the mayor said.", "killed 5", 5, "the mayor");
        let lower = ("2024-03-05", "The strike killed 3, the hospital said.", "killed 3", 3, "the hospital");
        let claims = |list: &[(&str, &str, &str, u64, &str)]| {
            let figures: Vec<_> = list.iter().map(|r| [(r.2, r.3, Exact, r.4)]).collect();
            let reports: Vec<(&str, &str, Written<'_>)> =
                list.iter().zip(&figures).map(|(r, f)| (r.0, r.1, &f[..])).collect();
            killed(&reports, FigureRule::Reliable).1
        };
        assert_eq!(claims(&[first, later]), ["killed 5 superseded", "killed 9 stands"]);
        assert_eq!(claims(&[first, later, again])[..2], ["killed 5 disputed", "killed 9 disputed"]);
        assert_eq!(claims(&[first, lower]), ["killed 5 disputed", "killed 3 disputed"]);
    }

    #[test]
    fn one_source_in_two_outlets_is_one_claim() {
        let (set, claims) = killed(
            &[
                (
                    "2024-03-04",
                    "The strike killed 5, the hospital said.",
                    &[("killed 5", 5, Exact, "the hospital")],
                ),
                (
                    "2024-03-04",
                    "A strike: killed 5, the hospital reports.",
                    &[("killed 5", 5, Exact, "the hospital")],
                ),
                ("2024-03-04", "The strike killed 7.", &[("killed 7", 7, Exact, "")]),
                ("2024-03-04", "This strike killed 7.", &[("killed 7", 7, Exact, "")]),
            ],
            FigureRule::Majority,
        );
        assert_eq!(claims, ["killed 5 disputed", "killed 5 copy", "killed 7 disputed", "killed 7 disputed"]);
        assert_eq!(set.best, Some(7), "two outlets of their own against one source in two");
    }
}
