//! Which events of one report are one happening: what the reader tied together (`same_as`), checked, and what points
//! back ("that attack", "these strikes").
//!
//! A noun that points back and says nothing new means the nearest event it can mean, however often the report has
//! used its word for another one before. Whatever joins a group must go with *all* of it: with the places, days and
//! parties that its other members name.

use record::{
    Analysis, Bounds, Event, Factuality, Mode, Recurring, Sentence, Spot, Stance, TextRange, Upos, When,
    clash,
};

use super::compare::is_long_ago;
use super::mention::head;
use super::scene::{fine, narrow, recurring, same_spot, scene, time};
use super::unit::{is_collective, titled as in_headline};
use super::who::{Parts, Who, parts, reversed, struck};
use crate::actors::Cast;
use crate::data::in_group;
use crate::family::{Family, family};
use crate::near::events_in;
use crate::story::day;
use crate::words::{Term, stem, term, words};

/// How many sentences back "that attack" and "the attack" reach.
const NEAR: usize = 3;

/// What one event says that another could contradict.
struct Told {
    event: usize,
    sentence: usize,
    heads: Vec<Term>,
    family: Family,
    points: Points,
    noun: bool,
    /// A noun that a verb of its own carries ("carried out the attack").
    carried: bool,
    /// Told as claimed by who did it.
    claimed: bool,
    plural: bool,
    collective: bool,
    /// Whether it stands in a headline.
    titled: bool,
    mode: Option<Mode>,
    agents: Vec<Who>,
    targets: Vec<Who>,
    spots: Vec<Spot>,
    when: When,
    recurring: Option<Recurring>,
    /// Its day is long before the report's.
    long_ago: bool,
    /// Told as of last week.
    back: Back,
    real: bool,
    /// Events that the words between tell apart from it.
    apart: Vec<usize>,
    aggregate: bool,
    /// Told only to say when another deed of its kind in its sentence was, or what was answered.
    behind: bool,
    /// What it has cost since it began.
    tolls: Vec<(String, Bounds)>,
}

/// How a mention stands to what was said before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Points {
    /// "this", "that", "these", "those".
    There,
    /// "the", "its".
    Back,
    /// A verb, "a", or nothing.
    No,
}

/// The first event of the happening that each event belongs to.
pub(super) fn chains(a: &Analysis, cast: &Cast, causes: &[bool]) -> Vec<usize> {
    let told: Vec<Told> = (0..a.events.len()).map(|i| told(a, i, cast, causes)).collect();
    let mut chain: Vec<usize> = (0..told.len()).collect();
    // The events of the chain that begins with each.
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); told.len()];
    for i in 0..told.len() {
        let fits = |first: usize| {
            a.events[first].kind == a.events[i].kind
                && members[first].iter().all(|&j| compatible(&told[i], &told[j]))
        };
        // An index that does not point back would make a cycle; the event then stands alone.
        let tied = a.events[i].same_as.filter(|&j| j < i).map(|j| chain[j]);
        let carried =
            carries(a, i).map(|j| chain[j]).find(|&f| f != i && a.events[f].kind == a.events[i].kind);
        let pointed = nearest(&told, i).map(|j| chain[j]).find(|&f| fits(f));
        let sure = carried.or(pointed).or(tied.filter(|&f| fits(f)));
        let known = || known(&told, i).map(|j| chain[j]).find(|&f| fits(f));
        let arranged = || {
            let real = |j: &usize| told[*j].real && told[i].family.fits(&told[*j].family);
            let whole = |f: usize| members[f].iter().all(|&j| agree(&told[i], &told[j]));
            let mut deeds = (0..i).rev().filter(real).map(|j| chain[j]);
            is_arranged(a, &a.events[i]).then(|| deeds.find(|&f| whole(f)))?
        };
        let headed = || headed(&told, &chain, i).filter(|&f| fits(f));
        chain[i] = sure.or_else(known).or_else(arranged).or_else(headed).unwrap_or(i);
        members[chain[i]].push(i);
    }
    chain
}

/// Whether a deed is only what somebody is said to have agreed to or known of before ("denied any coordination for the
/// neighbour to launch strikes", "no prior warning of a plan to strike"): the deed that was done, not another plan, and
/// it is not the deed that is denied.
pub(crate) fn is_arranged(a: &Analysis, e: &Event) -> bool {
    let Some(s) = a.parsed.sentence_of(e.trigger) else { return false };
    let Some(head) = head(s, e.trigger) else { return false };
    let infinitive = |i: usize| s.tokens[i].feats.split('|').any(|f| f == "VerbForm=Inf");
    // "To launch strikes": the noun hangs on the verb, or both hang on one word.
    let verb = s.head(head).is_some_and(|v| infinitive(v) || s.children(v).any(infinitive));
    if !matches!(e.factuality, Factuality::Planned | Factuality::Denied) || !(infinitive(head) || verb) {
        return false;
    }
    let denied =
        e.attribution.and_then(|t| a.attributions.get(t)).is_some_and(|t| t.stance == Stance::Denies);
    let before = |i: usize| s.children(i).any(|c| in_group("before", &s.tokens[c].lemma));
    let way = std::iter::successors(s.head(head), |&i| s.head(i)).take(s.tokens.len());
    let arranged = |i: usize| in_group("arranged", &s.tokens[i].lemma) && (denied || before(i));
    way.into_iter().any(|i| arranged(i) || s.children(i).any(|c| s.tokens[c].deprel == "obj" && arranged(c)))
}

/// Earlier events that "the strikes on the group" can take up from anywhere: by a word for the same, of its number, with
/// somebody or somewhere in common; the last first.
fn known(told: &[Told], i: usize) -> impl Iterator<Item = usize> {
    let t = &told[i];
    (0..i).rev().filter(move |&j| {
        let o = &told[j];
        let same = |x: &[Who], y: &[Who]| matches!(struck(x, y), Parts::Same(_));
        let there = || t.spots.iter().any(|p| fine(p) && o.spots.iter().any(|q| same_spot(p, q)));
        t.points != Points::No
            && t.noun
            && o.noun
            && t.plural == o.plural
            && t.family.fits(&o.family)
            && (same(&t.agents, &o.agents) || same(&t.targets, &o.targets) || there())
    })
}

/// The headline's deed that the first sentences take up in the same word ("three soldiers killed in shelling" - "forces
/// shelled the village, killing three"), if nothing has taken it up yet.
fn headed(told: &[Told], chain: &[usize], i: usize) -> Option<usize> {
    let last = (0..i).rfind(|&j| told[j].titled)?;
    let away = told[i].plural || told[i].behind || told[i].sentence > told[last].sentence + NEAR;
    if told[i].titled || away || !told[i].real {
        return None;
    }
    (0..=last).map(|j| (j, chain[j])).find_map(|(j, first)| {
        let open = (last + 1..i).all(|k| chain[k] != first);
        let harm =
            is_harm(&told[j].family) && is_harm(&told[i].family) && told[j].family.fits(&told[i].family);
        let word = harm || told[j].heads.iter().any(|h| told[i].heads.contains(h));
        (open && word && !told[j].plural && told[j].real).then_some(first)
    })
}

/// Earlier events that a noun which only points back can mean, the likeliest first.
fn nearest(told: &[Told], i: usize) -> impl Iterator<Item = usize> {
    let t = &told[i];
    let named = |who: &[Who]| who.iter().any(|w| !w.kind_only);
    let plain = !named(&t.targets) && t.spots.is_empty() && t.when == When::Unknown;
    let bare = plain && !named(&t.agents);
    let mut near: Vec<(i32, usize)> = Vec::new();
    // "Blast kills nine; Front claims attack"
    let claimed = t.points == Points::No && t.noun && t.claimed && plain;
    if t.points == Points::There || (t.points == Points::Back && plain) || claimed {
        for j in (0..i).rev() {
            let back = t.sentence.saturating_sub(told[j].sentence);
            if back > NEAR {
                break;
            }
            let same = t.heads.iter().any(|h| told[j].heads.contains(h));
            if told[j].behind && back > 0 && !same {
                continue;
            }
            // "The Front said it had carried out the attack": one that nobody has been named for.
            let alone = claimed || !bare && t.points == Points::Back;
            if alone && (!(t.carried || claimed) || named(&told[j].agents)) {
                continue;
            }
            if !same && !claimed && !t.family.fits(&told[j].family) {
                continue;
            }
            // "The raids" are not the attack of the sentence before; only "this" or its own noun takes up a verb.
            // "… bombed a camp on Monday. Nine died in the bombing."
            let verb = t.points == Points::There || claimed || same && back <= 1;
            if (told[j].noun && t.plural != told[j].plural && !told[j].collective) || (!told[j].noun && !verb)
            {
                continue;
            }
            let back = i32::try_from(back).unwrap_or(i32::MAX);
            near.push((2 * i32::from(same) - 2 * back, j));
        }
    }
    near.sort_by_key(|&(score, j)| std::cmp::Reverse((score, j)));
    near.into_iter().map(|(_, j)| j)
}

/// Earlier events of the sentence that are one with `i` by its grammar: a verb and the noun it carries ("targeted in
/// more than 150 attacks", "the strikes, which hit").
fn carries(a: &Analysis, i: usize) -> impl Iterator<Item = usize> {
    let e = &a.events[i];
    let sentence = a.parsed.sentence_of(e.trigger);
    let here = sentence.map_or(i, |s| events_in(a, s.range).start);
    (here..i).rev().filter(move |&j| {
        let o = &a.events[j];
        let Some(s) = sentence.filter(|s| s.range.contains(o.trigger)) else { return false };
        let (Some(x), Some(y)) = (head(s, e.trigger), head(s, o.trigger)) else { return false };
        let nominal = |i: usize| matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn);
        let noun = nominal;
        // "struck in a raid", but not "struck after a raid".
        let with = |i: usize| {
            let case = s.children(i).find(|&c| s.tokens[c].deprel == "case");
            let word = |c: usize| s.tokens[c].range.of(&a.report.text).to_lowercase();
            case.is_none_or(|c| {
                matches!(word(c).as_str(), "in" | "by" | "with" | "through" | "during" | "via")
            })
        };
        let arm = |i: usize| match s.tokens[i].deprel {
            "obj" | "nsubj" | "nsubj:pass" => true,
            "obl" => with(i),
            _ => false,
        };
        // "were killed when gunmen ambushed their convoy"
        let told = |r: TextRange| {
            words(&a.report.text, r)
                .iter()
                .filter(|w| !w.function)
                .map(|w| family(w.term))
                .fold(Family::default(), Family::join)
        };
        let when = |i: usize| {
            let marked = |c: usize| matches!(s.tokens[c].lemma.as_str(), "when" | "after" | "as");
            s.tokens[i].deprel.starts_with("advcl")
                && s.children(i).any(|c| {
                    s.tokens[c].deprel == "mark" && marked(c)
                        || s.tokens[c].deprel == "advmod" && s.tokens[c].lemma == "when"
                })
        };
        if s.head(x) == Some(y)
            && when(x)
            && is_harm(&told(o.trigger))
            && !is_harm(&told(e.trigger))
            && o.actors.is_empty()
        {
            return true;
        }
        // "Explosions heard near the town as Norland strikes": what is heard of the blow.
        let heard = || {
            let blow = matches!(e.mode, None | Some(Mode::Aerial | Mode::Drone | Mode::HeavyWeapons));
            let sound = o.mode == Some(Mode::Explosives) && o.actors.is_empty() && o.time.is_none();
            let over = s.head(y).is_some()
                && s.head(y) == s.head(x)
                && matches!(s.tokens[y].deprel, "nsubj" | "nsubj:pass");
            blow && sound && over && nominal(y) && !nominal(x) && when(x) && !e.actors.is_empty()
        };
        if heard() {
            return true;
        }
        let (verb, noun) = match (noun(x), noun(y)) {
            (true, false) => (y, x),
            (false, true) => (x, y),
            _ => return false,
        };
        let fits = |r: TextRange| -> Family {
            words(&a.report.text, r)
                .iter()
                .filter(|w| !w.function)
                .map(|w| family(w.term))
                .fold(Family::default(), Family::join)
        };
        let (deed, harm) = if noun == x { (e, o) } else { (o, e) };
        let (told, hurt) = (fits(deed.trigger), fits(harm.trigger));
        let one = told.fits(&hurt);
        // "Was killed in a raid": the harm is the raid's. "In the raid" points back by itself.
        let done = || {
            let new = s.tokens[noun].deprel == "obl" && points(a, deed).0 == Points::No;
            new && is_harm(&hurt) && !is_harm(&told)
        };
        // "seized power in a coup"
        // "The ambush cost the lives of two soldiers": its words for harm are no word for it.
        let cost = || s.tokens[noun].deprel == "nsubj" && harm.rule.starts_with("assault.take.life");
        let kin = || {
            let named = |rule: &str| rule.split('.').nth(1).is_some_and(|name| name != "any");
            s.tokens[noun].deprel == "obl" && named(&e.rule) && lead(&e.rule) == lead(&o.rule)
        };
        // "an ambush in which fighters killed 28"
        let within = || {
            let clause = s.tokens[verb].deprel == "acl:relcl" && noun < verb && is_harm(&hurt);
            let above = std::iter::successors(s.head(verb), |&h| s.head(h)).take(3);
            clause && above.take_while(|&h| nominal(h)).any(|h| h == noun)
        };
        s.head(noun) == Some(verb) && arm(noun) && (one || done() || kin() || cost()) || within()
    })
}

/// The first two parts of a rule's name: the kind of deed that it finds.
fn lead(rule: &str) -> Option<&str> {
    let (at, _) = rule.match_indices('.').nth(1).unwrap_or((rule.len(), ""));
    rule.get(..at)
}

/// Whether words tell of people killed or hurt.
fn is_harm(of: &Family) -> bool {
    ["kill", "injure"].iter().any(|word| family(term(&stem(word))).fits(of))
}

/// Whether nothing that both say rules out that they are one.
fn compatible(a: &Told, b: &Told) -> bool {
    a.real == b.real && agree(a, b)
}

/// [`compatible`], but for whether both happened.
fn agree(a: &Told, b: &Told) -> bool {
    let goes = |x: &[Who], y: &[Who], parts: fn(&[Who], &[Who]) -> Parts| {
        let sure = |w: &[Who]| w.iter().all(|w| w.sure);
        match parts(x, y) {
            Parts::Unknown | Parts::Same(_) | Parts::Alike(_) => true,
            Parts::Related | Parts::Different(_) => !sure(x) || !sure(y),
        }
    };
    // Two tolls of two wars.
    let tolls = || a.tolls.iter().all(|(what, x)| b.tolls.iter().all(|(w, y)| w != what || x.may_be(*y)));
    (a.mode.is_none() || b.mode.is_none() || a.mode == b.mode)
        && tolls()
        && (a.aggregate == b.aggregate || a.points == Points::There)
        && a.when.may_be(b.when)
        && !history(a, b)
        && !clash((a.when, a.recurring), (b.when, b.recurring))
        // After Friday "last week's attack" is another; after "last week" Friday may be one of its days.
        && !(a.event > b.event && a.back > Back::No && b.recurring.is_some() && b.back == Back::No)
        && !(b.event > a.event && b.back > Back::No && a.recurring.is_some() && a.back == Back::No)
        && !a.apart.contains(&b.event)
        && !b.apart.contains(&a.event)
        && goes(&a.agents, &b.agents, parts)
        && !reversed((&a.agents, &a.targets), (&b.agents, &b.targets))
        && goes(&a.targets, &b.targets, struck)
        && places_agree(&a.spots, &b.spots)
}

/// Whether what is told without a day, and so as of late, comes before a deed that the report dates long before itself;
/// what comes after that may go on with it. Whom both name as struck ties them all the same.
fn history(a: &Told, b: &Told) -> bool {
    let (first, later) = if a.event < b.event { (a, b) } else { (b, a) };
    first.when == When::Unknown
        && later.long_ago
        && later.points != Points::There
        && !matches!(struck(&first.targets, &later.targets), Parts::Same(_))
}

fn places_agree(a: &[Spot], b: &[Spot]) -> bool {
    let pairs = || a.iter().flat_map(|p| b.iter().map(move |q| (p, q)));
    if a.is_empty() || b.is_empty() || pairs().any(|(p, q)| same_spot(p, q)) {
        return true;
    }
    let countries = |p: &Spot, q: &Spot| p.country.is_none() || q.country.is_none() || p.country == q.country;
    pairs().any(|(p, q)| countries(p, q) && !(fine(p) && fine(q)))
}

fn told(a: &Analysis, i: usize, cast: &Cast, causes: &[bool]) -> Told {
    let e = &a.events[i];
    let heads: Vec<Term> =
        words(&a.report.text, e.trigger).iter().filter(|w| !w.function).map(|w| w.term).collect();
    let who = |roles: &[record::EventRole]| {
        let known = roles.iter().filter(|r| r.confidence != record::Confidence::Denied);
        known
            .filter_map(|r| cast.party(r.actor.as_ref()?, r.confidence == record::Confidence::Fact))
            .collect()
    };
    let (points, noun, plural) = points(a, e);
    let when = narrow(When::Unknown, time(a, i));
    let told = a.report.published.as_ref().map(|p| day(p.date));
    Told {
        event: i,
        sentence: a.parsed.sentences.partition_point(|s| s.range.end() <= e.trigger.start()),
        family: heads.iter().map(|&h| family(h)).fold(Family::default(), Family::join),
        heads,
        points,
        noun,
        carried: noun && heads_of(a, e.trigger).any(|u| u == Upos::Verb),
        claimed: e.actors.iter().any(|r| r.confidence == record::Confidence::Claimed),
        plural,
        collective: is_collective(e.trigger.of(&a.report.text)),
        titled: in_headline(a, e.trigger),
        mode: e.mode,
        agents: who(&e.actors),
        targets: who(&e.targets),
        spots: scene(a, e).into_iter().cloned().collect(),
        when,
        recurring: recurring(a, i),
        long_ago: is_long_ago(when, told),
        back: back(a, e),
        apart: apart(a, i, causes).collect(),
        real: matches!(e.factuality, Factuality::Happened | Factuality::Ongoing),
        aggregate: e.aggregate || tolls_many(a, i),
        behind: causes[i] || is_recalled(a, i),
        tolls: a
            .figures
            .iter()
            .filter(|f| f.event == Some(i) && f.cumulative)
            .map(|f| (f.what.clone(), f.bounds))
            .collect(),
    }
}

/// The events that one answers, and those of its sentence that it follows or comes before by the words between them
/// ("three days after an attack", "the killings followed an ambush").
pub(super) fn apart<'a>(a: &'a Analysis, i: usize, causes: &'a [bool]) -> impl Iterator<Item = usize> + 'a {
    let e = &a.events[i];
    let sentence = a.parsed.sentence_of(e.trigger);
    // The words that may tell two deeds apart, looked for once: a sentence may tell a great many.
    let parting: Vec<(usize, &str)> = sentence
        .into_iter()
        .flat_map(|s| s.tokens.iter().enumerate())
        .filter_map(|(n, t)| {
            let word = t.range.of(&a.report.text);
            let same = |w: &&&str| w.eq_ignore_ascii_case(word);
            ["followed", "after", "following", "before", "since"].iter().find(same).map(|w| (n, *w))
        })
        .collect();
    let follows = move |j: &usize| {
        let (Some(s), o) = (sentence, a.events[*j].trigger) else { return false };
        if *j == i || !s.range.contains(o) {
            return false;
        }
        let (first, last) = if o < e.trigger { (o, e.trigger) } else { (e.trigger, o) };
        let between = |r: TextRange| first.end() <= r.start() && r.end() <= last.start();
        let counted = |n: usize| n.checked_sub(1).is_some_and(|n| in_group("spans", &s.tokens[n].lemma));
        // "Norland shells a port after ferry attack" tells of two blows; "a house collapsed after an attack" of one.
        let blow = |n: usize| {
            a.events[n].kind == record::EventType::Assault && !super::unit::is_harm(a, a.events[n].trigger)
        };
        let behind = if o < e.trigger { i } else { *j };
        let blows = || blow(i) && blow(*j) && super::gather::is_told_behind(a, behind);
        parting.iter().filter(|&&(n, _)| between(s.tokens[n].range)).any(|&(n, word)| match word {
            // "an explosion followed by gunfire" is one deed
            "followed" => s.tokens.get(n + 1).is_none_or(|t| t.lemma != "by"),
            "following" => blows(),
            "after" => blows() || counted(n),
            "before" => counted(n),
            "since" => head(s, last).is_some_and(|core| is_compared(s, n, core)),
            _ => false,
        })
    };
    // "Hours later, border forces fired": other than all that was told before it.
    let own = sentence.and_then(|s| Some((s, head(s, e.trigger)?)));
    let later = own.is_some_and(|(s, core)| {
        // The word itself: its lemma may be "late".
        let later = |c: usize| s.tokens[c].range.of(&a.report.text).eq_ignore_ascii_case("later");
        s.children(core)
            .any(|c| later(c) || s.tokens[c].deprel.starts_with("obl") && s.children(c).any(later))
    });
    // "… and the other side then shelled": who does it has done nothing of what was told last.
    let then = own.is_some_and(|(s, core)| s.children(core).any(|c| s.tokens[c].lemma == "then"))
        && !e.actors.is_empty()
        && a.events[..i].iter().rev().find(|o| o.kind == e.kind && !o.actors.is_empty()).is_some_and(|o| {
            e.actors.iter().all(|r| r.actor.is_some() && o.actors.iter().all(|x| x.actor != r.actor))
        });
    let other = i.checked_sub(1).filter(|&j| is_counted_before(a, j, i));
    let before = (0..i).filter(move |&j| later || then || other == Some(j));
    let answered = e.responds_to.iter().map(|&(cause, _)| cause);
    // "In response to the massacre, fighters shelled": other than what it answers.
    let caused = move |j: &usize| {
        let here = sentence.is_some_and(|s| s.range.contains(a.events[*j].trigger));
        let is = |n: usize| causes.get(n).copied().unwrap_or(false);
        if !here || *j == i || is(i) == is(*j) {
            return false;
        }
        // "… to the attack that killed three": the words of the cause itself are one with it.
        let (cause, other) = if is(i) { (i, *j) } else { (*j, i) };
        let core = sentence.and_then(|s| Some(s.subtree(head(s, a.events[cause].trigger)?)));
        core.is_none_or(|c| !c.contains(a.events[other].trigger))
    };
    // "The raid on a clinic, in which nine died, and an attack on a patrol": one more.
    let beside = move |j: &usize| sentence.is_some_and(|s| *j != i && is_one_more(a, s, i, *j));
    let here = sentence.map_or(0..0, |s| events_in(a, s.range));
    let here_too = here.clone().filter(beside);
    answered.chain(here_too).chain(here.clone().filter(follows)).chain(here.filter(caused)).chain(before)
}

/// "The worst shelling since the one in May, in which eight were killed", "the worst since the raid on the port": whether what word
/// `core` tells behind "since" is of the deed that another one is compared with.
fn is_compared(s: &Sentence, since: usize, core: usize) -> bool {
    // "At least 30 have died since Tuesday" compares nothing.
    let worst = |t: &record::Token| t.xpos == "JJS" && t.lemma != "least" || in_group("ordinals", &t.lemma);
    let clause = |t: &record::Token| matches!(t.lemma.as_str(), "when" | "which" | "who" | "where" | "that");
    let between = s.tokens.get(since + 1..core).unwrap_or_default();
    let noun = matches!(s.tokens[core].upos, Upos::Noun | Upos::Propn);
    let plain = noun && between.iter().all(|t| !matches!(t.upos, Upos::Verb | Upos::Punct));
    // "The deadliest attack since nine were killed in the port"
    let plain = plain || s.children(core).any(|c| c == since && s.tokens[c].deprel == "mark");
    s.tokens[since.saturating_sub(COMPARED)..since].iter().any(worst) && (plain || between.iter().any(clause))
}

/// Whether of two blows that a list names the second is told as another one, and both of whom they hit.
fn is_one_more(a: &Analysis, s: &Sentence, i: usize, j: usize) -> bool {
    let (first, second) = (i.min(j), i.max(j));
    let (Some(x), Some(y)) = (head(s, a.events[first].trigger), head(s, a.events[second].trigger)) else {
        return false;
    };
    let article =
        |c: usize| s.tokens[c].deprel == "det" && matches!(s.tokens[c].lemma.as_str(), "a" | "another");
    let hits = |e: usize| {
        let event = &a.events[e];
        event.kind == record::EventType::Assault && !(event.targets.is_empty() && event.places.is_empty())
    };
    let noun = |t: usize| s.tokens[t].upos == Upos::Noun;
    noun(x)
        && noun(y)
        && s.tokens[y].deprel == "conj"
        && s.head(y) == Some(x)
        && s.children(y).any(article)
        && hits(first)
        && hits(second)
}

/// Words before "since" among which it is said that a deed was the worst.
const COMPARED: usize = 8;

/// Whether an event is the one that its report counts before the one told last: "It was the second attack this month. On 3
/// March a bomb killed …".
fn is_counted_before(a: &Analysis, last: usize, event: usize) -> bool {
    let (o, e) = (&a.events[last], &a.events[event]);
    let dated = e.time.and_then(|t| a.times.get(t)).is_some_and(|t| t.anchored || t.recurring().is_some());
    let ordinal = |s: &Sentence, i: usize| in_group("ordinals", &s.tokens[i].lemma);
    let (there, here) = (a.parsed.sentence_at(o.trigger), a.parsed.sentence_at(e.trigger));
    dated
        && o.kind == e.kind
        && there.zip(here).is_some_and(|(x, y)| y <= x + 1)
        && a.parsed.sentence_of(o.trigger).is_some_and(|s| {
            head(s, o.trigger).is_some_and(|core| {
                s.children(core).any(|c| ordinal(s, c))
                    && s.children(core).any(|c| s.tokens[c].deprel == "cop")
            })
        })
}

/// Dead or hurt from which on a number is the toll of a war.
const WAR: u64 = 500;

/// Whether an event only tells the toll of a war or of years.
pub(super) fn tolls_many(a: &Analysis, i: usize) -> bool {
    let many = |f: &record::Figure| {
        let large = f.bounds.low().is_some_and(|n| n >= WAR);
        let some = f.bounds.low().is_some_and(|n| n >= 100) || f.bounds.low().is_none();
        matches!(f.what.as_str(), "killed" | "wounded") && (large || f.cumulative && some)
    };
    super::unit::is_harm(a, a.events[i].trigger) && a.figures.iter().any(|f| f.event == Some(i) && many(f))
}

/// Whether an event is told only to say when another one of its kind in its sentence was ("three days after a raid").
fn is_recalled(a: &Analysis, i: usize) -> bool {
    let Some(s) = a.parsed.sentence_of(a.events[i].trigger) else { return false };
    let first = a.events.partition_point(|e| e.trigger.start() < s.range.start());
    let inside = |&j: &usize| a.events[j].trigger.start() < s.range.end();
    let told =
        |j: usize| j != i && a.events[j].kind == a.events[i].kind && !super::gather::is_told_behind(a, j);
    super::gather::is_told_behind(a, i) && (first..a.events.len()).take_while(inside).any(told)
}

/// How far back an event is told to be that has no day of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Back {
    #[default]
    No,
    /// "Last week", which may hold a weekday that the report tells.
    LastWeek,
    /// "Two weeks ago", "last month".
    Longer,
}

pub(super) fn back(a: &Analysis, e: &Event) -> Back {
    let Some(t) = e.time.and_then(|t| a.times.get(t)) else { return Back::No };
    let words = t.range.of(&a.report.text).to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.as_slice() {
        ["last", "week", ..] => Back::LastWeek,
        ["last", "month" | "year", ..] => Back::Longer,
        [.., "a" | "one", "week", "ago"] => Back::LastWeek,
        [.., "week" | "weeks" | "month" | "months" | "year" | "years", "ago"] => Back::Longer,
        _ => Back::No,
    }
}

/// The parts of speech of a trigger's words.
fn heads_of(a: &Analysis, trigger: TextRange) -> impl Iterator<Item = Upos> {
    let sentence = a.parsed.sentence_of(trigger);
    let tokens = sentence.into_iter().flat_map(|s| &s.tokens);
    tokens.filter(move |t| trigger.contains(t.range)).map(|t| t.upos)
}

/// How a trigger points, whether it is a noun, and whether that is a plural.
fn points(a: &Analysis, e: &Event) -> (Points, bool, bool) {
    let Some(s) = a.parsed.sentence_of(e.trigger) else {
        return (Points::No, false, false);
    };
    let Some(head) = s.tokens.iter().rposition(|t| e.trigger.contains(t.range)) else {
        return (Points::No, false, false);
    };
    if !matches!(s.tokens[head].upos, Upos::Noun | Upos::Propn) {
        return (Points::No, false, false);
    }
    let points = s.children(head).filter(|&c| c < head).find_map(|c| {
        match s.tokens[c].range.of(&a.report.text).to_lowercase().as_str() {
            "this" | "that" | "these" | "those" => Some(Points::There),
            "the" => Some(Points::Back),
            _ if s.tokens[c].deprel == "nmod:poss" => Some(Points::Back),
            _ => None,
        }
    });
    (points.unwrap_or(Points::No), true, s.tokens[head].xpos.ends_with('S'))
}
