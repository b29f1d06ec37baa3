//! Whether two units are the same happening: typed features, each with its reason, and what rules it out.

use record::{
    ActorKind, Bounds, EventType, Factuality, Mode, PlacePrecision, Precision, Reason, Recurring, Spot, When,
    clash,
};

use super::scene::{fine, one_time, same_spot};
use super::standing::verbal;
use super::unit::Unit;
use super::who::{Parts, Who, parts, reversed, struck};
use super::within::Back;
use crate::Settings;
use crate::story::{Affinity, day, dot};
use crate::words::{stem, term};

/// What two units have in common and what divides them.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// Positive for the same.
    pub score: f32,
    /// Whether something rules out that they are the same.
    pub apart: bool,
    /// Why; filled on demand.
    pub reasons: Vec<Reason>,
}

struct Ledger<'a> {
    out: Comparison,
    keep: bool,
    s: &'a Settings,
}

impl Ledger<'_> {
    fn add(&mut self, feature: &'static str, weight: f32, detail: impl FnOnce() -> String) {
        self.out.score += weight;
        if self.keep && weight != 0.0 {
            self.out.reasons.push(Reason { feature, weight, detail: detail() });
        }
    }

    fn forbid(&mut self, feature: &'static str, detail: impl FnOnce() -> String) {
        self.out.apart = true;
        self.add(feature, -self.s.contradiction, detail);
    }
}

/// Compares two units; `None` if they cannot be about one kind of thing. `reasons` asks for the ledger.
pub(crate) fn compare(
    a: &Unit,
    b: &Unit,
    affinity: &Affinity,
    s: &Settings,
    reasons: bool,
) -> Option<Comparison> {
    match (a.kind, b.kind) {
        (Some(x), Some(y)) if x == y => {}
        (Some(_), Some(_)) => return None,
        _ if a.heads == b.heads || a.family.fits(&b.family) => {}
        _ => return None,
    }
    let mut l = Ledger { out: Comparison::default(), keep: reasons, s };
    let prior = match a.kind {
        None => s.prior,
        Some(_) if a.report == b.report => s.event_prior,
        Some(_) => s.across_prior,
    };
    l.add("prior", prior, || "before looking".to_owned());
    words(&mut l, a, b);
    reports(&mut l, a, b, affinity);
    if a.kind.is_some() {
        people(&mut l, a, b);
        places(&mut l, a, b, affinity.of(a.report, b.report).2);
        times(&mut l, a, b);
        figures(&mut l, a, b);
        // One reporter tells one deed's means alike.
        let (means, same) =
            if a.report == b.report { (3.0 * s.means, 3.0 * s.means) } else { (s.means, 1.5 * s.means) };
        match (a.mode, b.mode) {
            (Some(x), Some(y)) if x == y => l.add("means", same, || x.to_string()),
            (Some(x), Some(y)) if one_means(x, y) => {}
            (Some(x), Some(y)) if other_means(x, y) || other_means(y, x) => {
                if a.report == b.report {
                    l.forbid("means", || format!("{x} and {y}"));
                }
                l.add("means", -4.0 * s.means, || format!("{x} and {y}"));
            }
            (Some(x), Some(y)) => l.add("means", -means, || format!("{x} and {y}")),
            // "The attack" is no torture of those held for it.
            (Some(Mode::Torture), None) | (None, Some(Mode::Torture)) => {
                l.add("means", -means, || Mode::Torture.to_string());
            }
            _ => {}
        }
        if let (Some(x), Some(y)) = (a.plural, b.plural)
            && x != y
        {
            l.add("number", -l.s.number, || "one is told as one, one as several".to_owned());
        }
        if a.at_large != b.at_large {
            l.forbid("at large", || "one only speaks of such happenings at large".to_owned());
        }
        if a.aggregate != b.aggregate {
            l.forbid("aggregate", || "one sums up several".to_owned());
        }
        if a.downs != b.downs {
            let why = || "one brings down what flies".to_owned();
            if a.report == b.report {
                l.forbid("downing", why);
            } else {
                l.add("downing", -s.downing, why);
            }
        }
        let afar = |m: Option<Mode>| {
            matches!(m, Some(Mode::Aerial | Mode::Drone | Mode::HeavyWeapons | Mode::Explosives))
        };
        if a.takes && afar(b.mode) || b.takes && afar(a.mode) {
            l.add("taking", -2.0 * s.means, || "a place is taken, or struck from afar".to_owned());
        }
        if happened(a) != happened(b) {
            l.add("factuality", -s.factuality, || "one happened, one is only planned or possible".to_owned());
        }
    }
    Some(l.out)
}

/// Whether what two units of one report tell of rules out at first glance that they are one: [`compare`] then says so too.
pub(crate) fn ruled_out(a: &Unit, b: &Unit, s: &Settings) -> bool {
    let mut l = Ledger { out: Comparison::default(), keep: false, s };
    times(&mut l, a, b);
    l.out.apart || (a.kind, a.at_large, a.aggregate, a.downs) != (b.kind, b.at_large, b.aggregate, b.downs)
}

/// Whether two modes can tell of one blow: bombs fall from planes, who blows himself up sets off explosives, and any blow
/// or shots may destroy what they hit.
fn one_means(a: Mode, b: Mode) -> bool {
    let blows = |m: Mode| matches!(m, Mode::Aerial | Mode::Drone | Mode::HeavyWeapons | Mode::Explosives);
    let bombs = |m: Mode| matches!(m, Mode::SuicideAttack | Mode::Explosives);
    let strikes = |m: Mode| blows(m) || matches!(m, Mode::SuicideAttack | Mode::Firearms);
    let destroys = |x: Mode, y: Mode| x == Mode::Destroy && strikes(y);
    // Who is put to death is mostly shot.
    let executed = |x: Mode, y: Mode| x == Mode::Targeted && y == Mode::Firearms;
    let either = |of: &dyn Fn(Mode, Mode) -> bool| of(a, b) || of(b, a);
    blows(a) && blows(b) || bombs(a) && bombs(b) || either(&destroys) || either(&executed)
}

/// Whether two modes tell of other deeds: nobody blows himself up from the air or with artillery, an arrest is no curfew,
/// a march no strike.
fn other_means(a: Mode, b: Mode) -> bool {
    use Mode::{
        Abduct, Aerial, Arrest, Boycott, Censor, Convict, Curfew, Cyber, Demo, Deport, Drone, Expel,
        Explosives, HeavyWeapons, Hunger, MartialLaw, Misinformation, Seize, Strike, SuicideAttack, Torture,
    };
    let measure = |m: Mode| {
        matches!(
            m,
            Arrest | Curfew | Censor | MartialLaw | Cyber | Misinformation | Seize | Convict | Deport | Expel
        )
    };
    let protest = |m: Mode| matches!(m, Demo | Strike | Hunger | Boycott);
    a == SuicideAttack && matches!(b, Aerial | Drone | HeavyWeapons)
        || a == Torture && matches!(b, Aerial | Drone | HeavyWeapons | Explosives | SuicideAttack)
        || a == Abduct && matches!(b, Aerial | Drone | HeavyWeapons | Explosives | SuicideAttack)
        || a != b && (measure(a) && measure(b) || protest(a) && protest(b))
}

fn happened(u: &Unit) -> bool {
    !matches!(u.factuality, Some(Factuality::Planned | Factuality::Threatened | Factuality::Hypothetical))
}

fn is_verbal(u: &Unit) -> bool {
    u.kind.is_some_and(|k| verbal(k.quad()))
}

fn words(l: &mut Ledger<'_>, a: &Unit, b: &Unit) {
    if is_verbal(a) && !a.family.fits(&b.family) {
        l.add("other word", -l.s.other_word, || "they are told of with other words".to_owned());
    }
    if a.heads.iter().any(|h| b.heads.contains(h)) {
        // "Said" and "made" are shared by chance.
        let weight = l.s.same_head * a.rarity.min(b.rarity);
        l.add("same word", weight, || "both use the same word for it".to_owned());
    }
    // In one report the words around are half the same anyway, in one sentence all of them.
    let weight =
        match (a.report == b.report && a.kind.is_some(), a.sentences.iter().any(|s| b.sentences.contains(s)))
        {
            (true, true) => 0.0,
            (true, false) => l.s.context / 2.0,
            _ => l.s.context,
        };
    let cos = dot(&a.context, &b.context);
    l.add("words around", weight * cos, || format!("cosine {cos:.2}"));
}

fn reports(l: &mut Ledger<'_>, a: &Unit, b: &Unit, affinity: &Affinity) {
    if a.report == b.report {
        if a.events.iter().any(|e| b.apart.contains(e)) || b.events.iter().any(|e| a.apart.contains(e)) {
            return l.forbid("order", || "one answers or follows the other".to_owned());
        }
        // "On Friday … last week's ambush", but "last week … the killings on Thursday".
        let (first, later) = if a.mentions.first() > b.mentions.first() { (b, a) } else { (a, b) };
        let late = |u: &Unit| u.back == Back::No && (u.recurring.is_some() || u.of_late);
        let weekday = |u: &Unit| late(u) && !matches!(u.recurring, Some(Recurring::Month(_)));
        if late(first) && later.back > Back::No || first.back == Back::Longer && weekday(later) {
            return l.forbid("time", || "one was last week or before".to_owned());
        }
        if a.kind.is_some() {
            telling(l, first, later);
        }
        // "The massacre" does not take up "an attack".
        if a.kind.is_some() && !a.family.fits(&b.family) {
            return;
        }
        l.add("same report", l.s.same_report, || "one report tells of both".to_owned());
        let later = if a.mentions.first() > b.mentions.first() { a } else { b };
        match later.introduced {
            Some(true) => {
                l.add("article", -l.s.article, || "the report presents the later one as new".to_owned())
            }
            Some(false) => {
                l.add("article", l.s.article / 2.0, || "the report takes the later one as known".to_owned())
            }
            None => {}
        }
        return;
    }
    let begins = |u: &Unit| u.headed || u.leads;
    if a.kind.is_some() && begins(a) && begins(b) {
        l.add("beginning", l.s.beginning, || "both reports begin with it".to_owned());
    }
    let (cos, shared, one_story) = affinity.of(a.report, b.report);
    let main = a.salience.min(b.salience);
    if !one_story {
        // Of a report without a day nobody knows how far it is from the others: where both name one scene, one weekday
        // or one doer, the words of the reports say little.
        let undated = affinity.day(a.report).is_none() || affinity.day(b.report).is_none();
        let scene = || a.spots.iter().any(|p| finer(p) && b.spots.iter().any(|q| same_spot(p, q)));
        let same = |x: &[Who], y: &[Who]| matches!(parts(x, y), Parts::Same(_));
        let day = || a.recurring.is_some() && a.recurring == b.recurring;
        let akin = undated && a.kind.is_some() && (scene() || day() || same(&a.agents, &b.agents));
        let cost = match akin {
            true => l.s.other_undated_story,
            false if a.kind.is_some() => l.s.other_event_story,
            false => l.s.other_story,
        };
        return l.add("reports", -cost, || "the reports tell different stories".to_owned());
    }
    // How alike whole reports are says nothing of the many deeds that each of them tells.
    if a.kind.is_none() {
        let weight = l.s.docs * (cos - l.s.middling).clamp(-0.3, 0.3);
        l.add("reports", weight * main, || format!("the reports tell one story, cosine {cos:.2}"));
    }
    let quotes = l.s.quote * (shared as f32).min(2.0);
    l.add("quotes", quotes * main, || format!("the reports share {shared} utterances"));
}

/// How the report goes on from one to the other: the first sentences tell what the headline has told; what goes on with
/// a happening seldom names a place or day again and does not stand far from it.
fn telling(l: &mut Ledger<'_>, first: &Unit, later: &Unit) {
    let alike = first.headed_behind == later.behind;
    if first.headed && !later.headed && later.leads && alike {
        l.add("headline", l.s.headline, || "the report opens with what its headline tells".to_owned());
    } else if first.harm != later.harm {
        l.add("harm", -l.s.far, || "one only tells who was killed or hurt".to_owned());
    }
    let open = later.spots.is_empty();
    l.add("scene", if open { l.s.scene } else { -l.s.scene }, || match open {
        true => "the later one names no place".to_owned(),
        false => "the later one names a place".to_owned(),
    });
    let open = later.when == When::Unknown && later.recurring.is_none();
    l.add("day", if open { l.s.scene } else { -l.s.scene }, || match open {
        true => "the later one names no day".to_owned(),
        false => "the later one names a day".to_owned(),
    });
    if first.agents.is_empty() && !later.agents.is_empty() && !first.headed {
        l.add("doer", -l.s.doer, || "the later one names who did it, the first did not".to_owned());
    }
    if later.turned {
        l.add("turn", -l.s.turn, || "its sentence opens on something else".to_owned());
    }
    let from = later.sentences.first().copied().unwrap_or(0);
    let back = first.sentences.iter().filter(|&&s| s <= from).max().map_or(FAR, |&s| from - s);
    if back >= FAR && !first.headed {
        l.add("far", -l.s.far, || format!("{back} sentences between them"));
    }
}

/// Sentences between two mentions from which on they are far from each other.
const FAR: usize = 3;

/// Whether a spot is finer than a province.
fn finer(p: &Spot) -> bool {
    fine(p) || p.precision == PlacePrecision::District
}

/// Whether all speak for a state or a body of states.
fn official(who: &[Who]) -> bool {
    who.iter().all(|w| w.kind_only || w.state.is_some() || w.kind == Some(ActorKind::Igo))
}

/// Whether those who speak are people at large; what nobody is named for may be theirs.
fn crowd(who: &[Who]) -> Option<bool> {
    (!who.is_empty()).then(|| who.iter().all(|w| w.kind_only && w.kind == Some(ActorKind::Population)))
}

fn people(l: &mut Ledger<'_>, a: &Unit, b: &Unit) {
    // One reporter calls somebody by one name, several by several.
    let related = if a.report == b.report { l.s.actor } else { l.s.actor / 2.0 };
    match parts(&a.agents, &b.agents) {
        Parts::Same(who) => l.add("actor", l.s.actor, || who),
        Parts::Alike(who) => l.add("actor", l.s.actor / 3.0, || who),
        Parts::Different(who) => l.forbid("actor", || who),
        // Each speaks for himself.
        Parts::Related if is_verbal(a) && a.report == b.report => {
            l.forbid("actor", || "other speakers".to_owned())
        }
        Parts::Related if is_verbal(a) && official(&a.agents) && official(&b.agents) => {
            l.forbid("actor", || "other speakers".to_owned())
        }
        Parts::Related => l.add("actor", -related, || "different actors".to_owned()),
        Parts::Unknown
            if is_verbal(a) && crowd(&a.agents).zip(crowd(&b.agents)).is_some_and(|(x, y)| x != y) =>
        {
            l.forbid("actor", || "a crowd and somebody else".to_owned())
        }
        Parts::Unknown => {}
    }
    // Of one massacre one report names this victim, another one that.
    let one_by_one = a.report == b.report && !is_verbal(a);
    let targets = if one_by_one { struck(&a.targets, &b.targets) } else { parts(&a.targets, &b.targets) };
    match &targets {
        Parts::Same(who) => l.add("target", l.s.actor, || who.clone()),
        Parts::Alike(who) => l.add("target", l.s.actor / 3.0, || who.clone()),
        Parts::Different(who) => l.add("target", -l.s.actor * 1.5, || who.clone()),
        Parts::Related => l.add("target", -related, || "different targets".to_owned()),
        Parts::Unknown => {}
    }
    // "The murder of the judge", "the murder of the senator": two, in the words of one report. What verbs tell may be one
    // deed with several victims.
    let nouns = a.plural == Some(false) && b.plural == Some(false);
    if a.report == b.report && !is_verbal(a) && nouns && matches!(targets, Parts::Different(_)) {
        l.forbid("target", || "another victim".to_owned());
    }
    // Where both tell of the same victims, those of the other side are the losses of one clash.
    if !matches!(targets, Parts::Same(_)) && reversed((&a.agents, &a.targets), (&b.agents, &b.targets)) {
        let why = || "who acts in one suffers in the other".to_owned();
        if a.report == b.report || is_verbal(a) {
            l.forbid("roles", why);
        } else {
            l.add("roles", -l.s.roles, why);
        }
    }
    let cos = dot(&a.objects, &b.objects);
    l.add("target words", l.s.object * cos, || format!("cosine {cos:.2}"));
    // One makes many demands and accusations in a week; deeds are told with all kinds of words for whom they struck.
    let named = !a.objects.is_empty() && !b.objects.is_empty();
    if is_verbal(a) && cos == 0.0 && named && !matches!(targets, Parts::Same(_) | Parts::Alike(_)) {
        l.add("target words", -l.s.object, || "they are directed at others".to_owned());
    }
    if cos == 0.0 && named && !matches!(targets, Parts::Same(_) | Parts::Alike(_)) && hits_another(a, b) {
        l.add("target words", -l.s.object, || "another target".to_owned());
    }
}

/// "Blew up a bridge … set fire to two buses": whether one report tells of two blows in two sentences, both with what they
/// hit. "The depot was struck. Two stores were destroyed" goes on with the first, and who raids a village hits what is in it.
fn hits_another(a: &Unit, b: &Unit) -> bool {
    let later = if a.events.first() < b.events.first() { b } else { a };
    let goes_on = later.agents.is_empty() && later.mode == Some(Mode::Destroy);
    let hits_scene = |u: &Unit, of: &Unit| {
        let names = of.spots.iter().flat_map(|spot| spot.name.split_whitespace());
        names.map(|word| term(&stem(&word.to_lowercase()))).any(|t| u.objects.iter().any(|(o, _)| *o == t))
    };
    a.report == b.report
        && [a, b].into_iter().all(|u| u.kind == Some(EventType::Assault) && !u.harm && !u.headed)
        && !a.sentences.iter().any(|n| b.sentences.contains(n))
        && !goes_on
        && !hits_scene(a, b)
        && !hits_scene(b, a)
}

/// Whether one side tells no place but of whose group was struck, and the other one struck in other countries.
fn not_at_home(struck: &Unit, there: &Unit) -> bool {
    let groups = struck.targets.iter().filter(|t| !t.kind_only);
    let homes: Vec<&str> = groups.clone().filter_map(|t| t.home.as_deref()).collect();
    struck.spots.is_empty()
        && !there.spots.is_empty()
        && !homes.is_empty()
        && homes.len() == groups.count()
        && there.spots.iter().all(|p| p.country.is_some_and(|c| !homes.contains(&c)))
}

fn places(l: &mut Ledger<'_>, a: &Unit, b: &Unit, one_story: bool) {
    let abroad = not_at_home(a, b) || not_at_home(b, a);
    if abroad && a.report == b.report {
        return l.forbid("place", || "the group is at home in another country".to_owned());
    }
    if abroad {
        l.add("place", -l.s.place, || "the group is at home in another country".to_owned());
    }
    if a.spots.is_empty() || b.spots.is_empty() {
        // Reports of one story may tell of it from either side of a border.
        if !one_story && two_lands(a, b) {
            l.add("place", -l.s.place, || "one speaks of no place in the country of the other".to_owned());
        }
        return;
    }
    let pairs = || a.spots.iter().flat_map(|p| b.spots.iter().map(move |q| (p, q)));
    let reach = countries(a, b);
    if let Some((p, _)) = pairs().find(|(p, q)| finer(p) && finer(q) && close(p, q)) {
        // "In a village south of the town" and "near the town" are two spots as well as one.
        let sure = if a.rough || b.rough { 0.5 } else { 1.0 };
        return l.add("place", l.s.place * reach * sure, || p.name.clone());
    }
    let fine_both = a.spots.iter().any(fine) && b.spots.iter().any(fine);
    let names = || format!("{} and {}", a.spots[0].name, b.spots[0].name);
    // "Those shot in El Alto and killed at Caracollo": in one sentence each has a place of its own.
    let fine_spots = |u: &Unit| u.spots.iter().filter(|p| fine(p)).count();
    if a.report == b.report
        && fine_spots(a) == 1
        && fine_spots(b) == 1
        && !(a.headed || b.headed)
        && a.sentences.iter().any(|n| b.sentences.contains(n))
        && !pairs().any(|(p, q)| within(p, q))
    {
        return l.forbid("place", names);
    }
    // Nobody knows how far a place that no list has is from one on the map.
    let unplaced = |u: &Unit| u.spots.iter().filter(|p| fine(p)).all(|p| p.lat.is_none());
    if fine_both && unplaced(a) != unplaced(b) && !two_lands(a, b) {
        return l.add("place", -l.s.place * 0.3, names);
    }
    // Within one report a place is easily read to the wrong one of two mentions, and one that is said to be in
    // several countries has likely been given a place of something else.
    let scattered = |u: &Unit| u.spots.iter().any(|p| p.country != u.spots[0].country);
    if fine_both && a.report == b.report {
        return l.add("place", -1.5 * l.s.place, names);
    }
    if fine_both && (scattered(a) || scattered(b)) {
        return l.add("place", -l.s.place, names);
    }
    // "On the road to the town" and "north of the village" can be one spot.
    if fine_both && (a.rough || b.rough) && pairs().any(|(p, q)| apart(p, q).is_some_and(|km| km <= ROUGH_KM))
    {
        return l.add("place", -l.s.place * 0.3, names);
    }
    if fine_both && one_toll(a, b) {
        return l.add("place", -l.s.place * 0.3, names);
    }
    if fine_both {
        return l.forbid("place", names);
    }
    if let Some((p, _)) = pairs().find(|(p, q)| same_spot(p, q)) {
        let weight = if p.precision == PlacePrecision::Country { 0.4 } else { 0.8 };
        return l.add("place", l.s.place * weight * (2.0 * reach - 1.0), || p.name.clone());
    }
    if let Some((p, q)) = pairs().find(|(p, q)| within(p, q)) {
        return l.add("place", l.s.place * 0.3, || format!("{} and {}", p.name, q.name));
    }
    let known = |spots: &[Spot]| spots.iter().all(|p| p.country.is_some());
    if known(&a.spots) && known(&b.spots) && !pairs().any(|(p, q)| p.country == q.country) {
        return l.add("place", -l.s.place * 1.5, names);
    }
    let apart = pairs().all(|(p, q)| division(p).zip(division(q)).is_some_and(|(x, y)| x != y));
    l.add("place", -l.s.place * if apart { 1.5 } else { 0.5 }, names);
}

/// Whether deeds of two reports were in two countries: where they are told to have been, or else any that the report speaks of.
fn two_lands(a: &Unit, b: &Unit) -> bool {
    let lands = |u: &Unit| -> Vec<&str> {
        if u.spots.is_empty() { u.lands.clone() } else { u.spots.iter().filter_map(|p| p.country).collect() }
    };
    // What states do to each other is told from either side.
    let abroad = |u: &Unit, at: &[&str]| {
        let mut states = u.agents.iter().chain(&u.targets).filter_map(|w| w.state.as_deref());
        states.any(|s| !at.contains(&s))
    };
    let (x, y) = (lands(a), lands(b));
    let shared = x.is_empty() || y.is_empty() || x.iter().any(|c| y.contains(c));
    !(is_verbal(a) || shared || abroad(a, &x) || abroad(b, &y))
}

/// Whether two units tell of one day and of as many dead or wounded, more than one: a place is misread sooner.
fn one_toll(a: &Unit, b: &Unit) -> bool {
    let day = matches!((a.when, b.when), (When::Exact(x), When::Exact(y)) if x == y);
    let tolls = |u: &Unit| -> Vec<(String, u64)> {
        let harm = u.figures.iter().filter(|c| matches!(c.what.as_str(), "killed" | "wounded") && c.whole);
        harm.filter_map(|c| Some((c.what.clone(), c.bounds.single().filter(|&n| n > 1)?))).collect()
    };
    let other = tolls(b);
    day && tolls(a).iter().any(|t| other.contains(t))
}

/// The division of a country that a spot is or lies in.
fn division(p: &Spot) -> Option<&str> {
    let own = matches!(p.precision, PlacePrecision::Admin1).then_some(p.name.as_str());
    p.admin1.as_deref().or(own)
}

/// How far the countries are the same: those of both over those of either; 1 where a side names none.
fn countries(a: &Unit, b: &Unit) -> f32 {
    let of = |u: &Unit| u.spots.iter().filter_map(|p| p.country).collect::<std::collections::BTreeSet<_>>();
    let (x, y) = (of(a), of(b));
    if x.is_empty() || y.is_empty() {
        1.0
    } else {
        x.intersection(&y).count() as f32 / x.union(&y).count() as f32
    }
}

/// Kilometres within which two named spots can be one scene.
const SCENE_KM: f64 = 25.0;

/// The same where one is only given by its way or direction from a place.
const ROUGH_KM: f64 = 100.0;

fn close(p: &Spot, q: &Spot) -> bool {
    same_spot(p, q) || apart(p, q).is_some_and(|km| km <= SCENE_KM)
}

/// Kilometres between two spots, if known.
pub(super) fn apart(p: &Spot, q: &Spot) -> Option<f64> {
    match (p.lat, p.lon, q.lat, q.lon) {
        (Some(a), Some(b), Some(c), Some(d)) => Some(kilometres((a, b), (c, d))),
        _ => None,
    }
}

/// Great-circle distance.
fn kilometres((lat, lon): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let (a, b) = (lat.to_radians(), lat2.to_radians());
    let (dlat, dlon) = ((b - a) / 2.0, (lon2 - lon).to_radians() / 2.0);
    let h = dlat.sin().powi(2) + a.cos() * b.cos() * dlon.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Whether one spot lies in the other.
fn within(p: &Spot, q: &Spot) -> bool {
    let inside = |fine: &Spot, coarse: &Spot| match coarse.precision {
        PlacePrecision::Country => coarse.country.is_some() && fine.country == coarse.country,
        PlacePrecision::Admin1 => {
            fine.admin1.is_some()
                && fine.admin1.as_deref() == Some(coarse.admin1.as_deref().unwrap_or(&coarse.name))
        }
        _ => false,
    };
    inside(p, q) || inside(q, p)
}

/// Days between the ends of two times that do not overlap; 0 if they do.
fn gap(a: When, b: When) -> i32 {
    let between = |x: When, y: When| match (x.latest(), y.earliest()) {
        (Some(l), Some(e)) => (day(e) - day(l)).max(0),
        _ => 0,
    };
    between(a, b).max(between(b, a))
}

/// Days before a report from which on what it dates is history.
pub(crate) const HISTORY: i32 = 90;

/// Whether a report was out before the day of what another one tells of: it cannot have told of that as done.
fn too_early(told: &Unit, of: &Unit) -> bool {
    let out = told.published.filter(|_| happened(told));
    out.zip(of.when.earliest()).is_some_and(|(out, from)| day(from) > out + 1)
}

/// Whether a time is long before the report that tells it was out on day `told`; where that is not known, whether only
/// its year is told ("in 1998"), which nobody says of what is new.
pub(crate) fn is_long_ago(when: When, told: Option<i32>) -> bool {
    let year = || matches!(when.precision(), Some(Precision::Year | Precision::Decade));
    when.latest().map(day).is_some_and(|end| told.map_or_else(year, |t| t - end > HISTORY))
}

/// Whether `old` is of long before its report, and `new`, which has no day, is told in a report that does not stand near
/// that day either: what is told without a day is of late.
fn history(old: &Unit, new: &Unit) -> bool {
    new.when == When::Unknown
        && is_long_ago(old.when, old.told)
        && (new.told.is_none() || is_long_ago(old.when, new.told))
}

fn times(l: &mut Ledger<'_>, a: &Unit, b: &Unit) {
    // A report that tells of a deed without a day, and then of one of long ago, recalls another.
    let (first, later) = if a.mentions.first() > b.mentions.first() { (b, a) } else { (a, b) };
    let known = || matches!(struck(&a.targets, &b.targets), Parts::Same(_));
    if a.report == b.report && history(later, first) && !known() {
        l.forbid("time", || "the later one is of long ago".to_owned());
    } else if history(a, b) || history(b, a) {
        l.add("time", -1.5 * l.s.time, || "one is of long ago, one is told without a day".to_owned());
    }
    if too_early(a, b) || too_early(b, a) {
        return l.forbid("time", || "one report was out before the other's day".to_owned());
    }
    match (a.when, b.when) {
        (When::Unknown, _) | (_, When::Unknown) => weekdays(l, a, b),
        (When::Exact(x), When::Exact(y)) if x == y => {
            // Much else happens on a day that several report.
            let weight = if a.report == b.report { l.s.time } else { 0.8 * l.s.time };
            l.add("time", weight, || x.to_string());
        }
        _ => match gap(a.when, b.when) {
            0 => l.add("time", l.s.time * 0.3, || "the times overlap".to_owned()),
            1 if a.report != b.report && one_time((a.when, a.night), (b.when, b.night)) => {
                l.add("time", l.s.time * 0.3, || "a night and the day after".to_owned());
            }
            // Night strikes and time zones.
            1 => l.add("time", -l.s.time, || "a day apart".to_owned()),
            n => l.forbid("time", || format!("{n} days apart")),
        },
    }
}

/// Where a side has no date: reports of one story mean one week, so that their weekdays say nearly as much; and what
/// one tells with a month alone ("in December") is not what another tells as of late.
fn weekdays(l: &mut Ledger<'_>, a: &Unit, b: &Unit) {
    if clash((a.when, a.recurring), (b.when, b.recurring)) {
        return l.forbid("time", || "other weekdays or months".to_owned());
    }
    match (a.recurring, b.recurring) {
        (Some(Recurring::Weekday(x)), Some(Recurring::Weekday(y))) if x == y => {
            l.add("time", l.s.weekday, || "the same weekday".to_owned());
        }
        (Some(Recurring::Weekday(_)), Some(Recurring::Weekday(_))) => {
            l.add("time", -l.s.weekday, || "weekdays a day apart".to_owned());
        }
        (Some(Recurring::Month(m)), None) if in_month(b, m) => {}
        (None, Some(Recurring::Month(m))) if in_month(a, m) => {}
        (Some(Recurring::Month(_)), None) | (None, Some(Recurring::Month(_))) => {
            l.add("time", -1.5 * l.s.time, || "one is told with its month, one as of late".to_owned());
        }
        _ => {}
    }
}

/// Whether a unit's date lies in a month.
fn in_month(u: &Unit, month: i8) -> bool {
    u.when.earliest().is_some_and(|d| d.month() == month)
}

/// How far apart two counts are: greater over smaller; 1 where both can be the same number.
fn ratio(a: Bounds, b: Bounds) -> f32 {
    if a.may_be(b) {
        return 1.0;
    }
    let (low, high) = match (a.high(), b.low()) {
        (Some(h), Some(l)) if h < l => (h, l),
        _ => (b.high().unwrap_or(0), a.low().unwrap_or(0)),
    };
    high as f32 / (low as f32).max(0.5)
}

/// Things struck are one count, whatever they are called.
fn counted(what: &str) -> &str {
    match what {
        "facilities" | "sites" | "positions" | "bases" | "locations" | "installations" => "targets",
        what => what,
    }
}

/// How many times as many two kinds of counts must be for two accounts to tell of other things: one count may be read to
/// the wrong deed, or grow.
const OTHER_SCALE: f32 = 3.0;

fn figures(l: &mut Ledger<'_>, a: &Unit, b: &Unit) {
    let mut far = 0;
    // Which of the two tells the higher counts wherever they are far apart.
    let (mut a_higher, mut b_higher) = (true, true);
    let mut whats: Vec<&str> = a.figures.iter().map(|c| counted(&c.what)).collect();
    whats.sort_unstable();
    whats.dedup();
    for what in whats {
        let of = |u: &Unit| -> Vec<(Bounds, bool)> {
            u.figures.iter().filter(|c| counted(&c.what) == what).map(|c| (c.bounds, c.whole)).collect()
        };
        let (x, y) = (of(a), of(b));
        let pairs = || x.iter().flat_map(|&p| y.iter().map(move |&q| (p, q)));
        let same = |(p, q): &((Bounds, bool), (Bounds, bool))| {
            p.0 == q.0 && (p.0.single().is_some() || p.0.low().is_none())
        };
        // One who is named says nothing of how many there were.
        let wholes = pairs().filter(|(p, q)| p.1 && q.1).map(|(p, q)| (ratio(p.0, q.0), p.0, q.0));
        if let Some(((p, _), _)) = pairs().find(same) {
            // A small count is shared by chance, a large one hardly.
            let n = p.single().or(p.high()).unwrap_or(0);
            let weight = l.s.figure * ((n as f32 + 1.0).ln() / 4.0).min(1.0);
            l.add("figure", weight, || format!("{what} {n}"));
        } else if let Some((r, p, q)) = wholes.min_by(|x, y| x.0.total_cmp(&y.0)) {
            // A toll may grow, but not without end, and hardly within one report.
            let most = if a.report == b.report { 2.0 } else { 1.0 } * l.s.figure;
            let weight = if r > 1.5 { -most * (r.ln() / 2.0).min(2.0) } else { 0.0 };
            l.add("figure", weight, || format!("{what}: {r:.1} times as many"));
            if r > OTHER_SCALE {
                far += 1;
                a_higher &= p.low() > q.high();
                b_higher &= q.low() > p.high();
            }
        }
    }
    let some = |u: &Unit, what: &str| u.figures.iter().any(|c| c.what == what && c.bounds.high() != Some(0));
    let (dead, hurt) = (|u: &Unit| some(u, "killed"), |u: &Unit| some(u, "wounded") && !some(u, "killed"));
    if a.report != b.report && (dead(a) && hurt(b) || hurt(a) && dead(b)) {
        l.add("dead", -l.s.dead, || "one tells of dead, one only of wounded".to_owned());
    }
    // "More than 85 targets, about 40 killed" are not "three sites, one killed".
    let grown = a_higher && came_after(a, b) || b_higher && came_after(b, a);
    if far > 1 && !one_scene(a, b, grown) {
        l.forbid("scale", || "two kinds of counts are of another order".to_owned());
    }
}

/// Whether one report appeared after the other.
fn came_after(later: &Unit, first: &Unit) -> bool {
    later.published.zip(first.published).is_some_and(|(x, y)| x > y)
}

/// Whether two units name one town or site and one day; of a toll that has grown one of both is enough where the other
/// is left open.
fn one_scene(a: &Unit, b: &Unit, grown: bool) -> bool {
    let spots = || a.spots.iter().flat_map(|p| b.spots.iter().map(move |q| (p, q)));
    let place = spots().any(|(p, q)| fine(p) && fine(q) && close(p, q));
    let no_place = a.spots.is_empty() || b.spots.is_empty() || spots().any(|(p, q)| within(p, q));
    let undated = a.when == When::Unknown || b.when == When::Unknown;
    let day = matches!((a.when, b.when), (When::Exact(x), When::Exact(y)) if x == y)
        || undated && a.recurring.is_some() && a.recurring == b.recurring;
    let no_day = undated && (a.recurring.is_none() || b.recurring.is_none());
    place && day || grown && (place && no_day || day && no_place)
}
