//! One readable line for an incident: "United States: air strikes on more than 85 targets in Iraq and Syria (40 killed)".
//!
//! It says as a headline does who, what, to whom, where and how many: whoever has a name before "militants", one office of
//! a state for all of them, and never more names than can be taken in at a glance. Who is only said to have done it never
//! stands there as if it were known: "Ruritania (accused): air strikes on …".

use std::sync::OnceLock;

use record::{
    Actor, ActorKind, ClaimStatus, Confidence, EventType, FigureSet, Mode, PlacePrecision, Qualifier, Spot,
    Vocabulary,
};

const TITLES: &str = include_str!("../data/titles.tsv");

/// Names in a row, at most.
const NAMES: usize = 3;
/// Characters of names in a row from which on the others are only counted.
const ROOM: usize = 44;

/// Somebody with how surely they had a part.
pub(crate) type Named<'a> = (&'a Actor, Confidence);

/// What a title is made of.
pub(crate) struct Parts<'a> {
    pub kind: EventType,
    pub mode: Option<Mode>,
    /// The words of each mention.
    pub said: &'a [&'a str],
    /// Who did it and to whom, the surest first.
    pub actors: Vec<Named<'a>>,
    pub targets: Vec<Named<'a>>,
    pub places: &'a [Spot],
    pub figures: &'a [FigureSet],
}

/// The line.
pub(crate) fn title(p: &Parts<'_>) -> String {
    let (noun, preposition) = noun(p.kind, p.mode, p.said);
    let (doers, surely) = telling(&p.actors, &[]);
    let mut out = match listed(&doers, "") {
        Some(who) if surely == Confidence::Fact => format!("{who}: {noun}"),
        Some(who) if surely == Confidence::Unknown => format!("{who} (unconfirmed): {noun}"),
        Some(who) => format!("{who} ({surely}): {noun}"),
        None => noun.to_owned(),
    };
    let things = p.figures.iter().find(|f| {
        p.kind == EventType::Assault
            && matches!(f.what.as_str(), "targets" | "sites" | "facilities" | "positions")
    });
    let (sufferers, _) = telling(&whom(p, noun), &p.actors);
    let mut shown: &[&str] = &[];
    match (things.and_then(count), listed(&sufferers, "")) {
        (Some(n), _) => out += &format!(" {preposition} {n}"),
        (None, Some(whom)) if preposition != NO_TARGETS => {
            out += &format!(" {preposition} {whom}");
            shown = &sufferers;
        }
        _ => {}
    }
    if let Some(place) = listed(&scene(p.places, shown), " places") {
        out += &format!(" in {place}");
    }
    let toll: Vec<String> = ["killed", "wounded"]
        .iter()
        .filter_map(|w| toll(p.figures, w))
        .filter_map(|f| {
            let n = f.best.filter(|&n| n > 0)?;
            let above = || f.above().map_or_else(|| n.to_string(), |n| format!("more than {n}"));
            let count = f.vague().map_or_else(above, |q| q.to_string());
            Some(format!("{count} {}", f.what))
        })
        .collect();
    if !toll.is_empty() {
        out += &format!(" ({})", toll.join(", "));
    }
    capital(&out)
}

/// The set to tell of so many killed or wounded: of all of them; where that knows only of a part ("one of them seriously"),
/// of the largest number.
fn toll<'f>(figures: &'f [FigureSet], what: &str) -> Option<&'f FigureSet> {
    let of = |f: &&FigureSet| f.what == what && f.place.is_none();
    let all = figures.iter().filter(of).find(|f| f.of.is_none())?;
    let part = all.claims.iter().all(|c| c.status == ClaimStatus::Part);
    let larger = figures.iter().filter(of).filter(|f| part && f.best > all.best);
    Some(larger.max_by_key(|f| f.best).unwrap_or(all))
}

/// The targets that a title with this noun tells of: what flew where it was brought down, of what only people suffer no
/// things, and of other deeds none that only stood there ("air strikes on motorcycles"), where others are known.
fn whom<'a>(p: &Parts<'a>, noun: &str) -> Vec<Named<'a>> {
    let people =
        matches!(noun, "killing" | "wounding" | "abduction" | "execution" | "assassination" | "beating");
    let lesser = |(a, _): &Named<'_>| {
        let in_group = |group| crate::data::in_group(group, a.name.rsplit(' ').next().unwrap_or(""));
        match noun {
            "downing" => !in_group("flying"),
            _ => a.kind == ActorKind::PhysicalTarget && (people || in_group("vehicles")),
        }
    };
    let told: Vec<Named<'a>> = p.targets.iter().copied().filter(|t| !lesser(t)).collect();
    if told.is_empty() { p.targets.clone() } else { told }
}

/// A line that tells no targets, with those of the parts.
pub(crate) fn towards(line: &str, p: &Parts<'_>) -> String {
    let (noun, preposition) = noun(p.kind, p.mode, p.said);
    let targets = whom(p, noun);
    let whom = listed(&telling(&targets, &p.actors).0, "").filter(|_| preposition != NO_TARGETS);
    let at =
        line.rfind(noun).or_else(|| line.starts_with(&capital(noun)).then_some(0)).map(|at| at + noun.len());
    match (whom, at) {
        (Some(whom), Some(at)) => format!("{} {preposition} {whom}{}", &line[..at], &line[at..]),
        _ => line.to_owned(),
    }
}

/// A line that tells nobody who did it, with those who surely did.
pub(crate) fn done_by(
    line: &str,
    (kind, mode, said): (EventType, Option<Mode>, &[&str]),
    doers: &[Named<'_>],
) -> String {
    let (noun, _) = noun(kind, mode, said);
    match (listed(&telling(doers, &[]).0, ""), line.strip_prefix(&capital(noun))) {
        (Some(who), Some(rest)) => capital(&format!("{who}: {noun}{rest}")),
        _ => line.to_owned(),
    }
}

/// The places to tell: the countries where there are several, else the finest of one kind; none that was `told`
/// ("attack on Iraq in Iraq").
fn scene<'a>(places: &'a [Spot], told: &[&str]) -> Vec<&'a str> {
    let tier = |s: &Spot| match s.precision {
        PlacePrecision::Site | PlacePrecision::City | PlacePrecision::District => 0,
        PlacePrecision::Admin1 => 1,
        PlacePrecision::Country => 2,
        PlacePrecision::Region => 3,
    };
    let of = |wanted: u8| -> Vec<&str> {
        let some = places.iter().filter(|s| tier(s) == wanted).map(|s| s.name.as_str());
        some.filter(|name| !told.contains(name)).collect()
    };
    let countries = of(2);
    if countries.len() > 1 {
        return countries;
    }
    (0..=3).map(of).find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names to tell of some parties, without `told` ones, and how surely these had a part: of those that are more than
/// "militants" the surest, and of those the best named, in their order. Offices and forces of one state count as one.
fn telling<'a>(parties: &[Named<'a>], told: &[Named<'_>]) -> (Vec<&'a str>, Confidence) {
    let mut left: Vec<Named<'a>> =
        parties.iter().copied().filter(|(p, _)| told.iter().all(|(t, _)| t.id != p.id)).collect();
    left.retain(|(p, _)| !crate::data::in_group("nameless", &p.name));
    let rank = |(a, surely): &Named<'_>| (vagueness(a) == 2, *surely, vagueness(a));
    let Some(first) = left.iter().map(rank).min() else { return (Vec::new(), Confidence::Unknown) };
    left.retain(|p| rank(p) == first);
    // "Attack on a market (12 killed)": the toll tells of people.
    let thing = |(a, _): &Named<'_>| a.kind == ActorKind::PhysicalTarget;
    if left.iter().any(thing) {
        left.retain(thing);
    }
    let mut names: Vec<&'a str> = Vec::new();
    let mut states: Vec<&str> = Vec::new();
    for (actor, _) in left {
        let official = matches!(
            actor.kind,
            ActorKind::State | ActorKind::Government | ActorKind::Force | ActorKind::Person | ActorKind::Role
        );
        if let Some(state) = actor.country.as_deref().filter(|_| official) {
            if states.contains(&state) {
                continue;
            }
            states.push(state);
        }
        if !names.contains(&actor.name.as_str()) {
            names.push(&actor.name);
        }
    }
    (names, first.1)
}

/// How little a name says: 0 somebody's name, 1 "US troops" and "Iran-backed militias", 2 "militants".
pub(crate) fn vagueness(a: &Actor) -> u8 {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let described = !a.name.split_whitespace().next_back().is_some_and(capital);
    match a.kind {
        _ if !a.name.split([' ', '-']).any(capital) => 2,
        ActorKind::Role | ActorKind::Population | ActorKind::Other => 1,
        ActorKind::ArmedGroup | ActorKind::Person if described => 1,
        _ => 0,
    }
}

fn noun(kind: EventType, mode: Option<Mode>, said: &[&str]) -> (&'static str, &'static str) {
    static TABLE: OnceLock<Vec<Line>> = OnceLock::new();
    let table = TABLE.get_or_init(|| crate::data::ours("titles.tsv", read(TITLES)));
    let fits = |l: &&Line| l.said.is_empty() || mostly(said, &l.said);
    let of = |mode| table.iter().filter(|l| l.kind == kind && l.mode == mode).find(fits);
    let line = mode.and_then(|m| of(Some(m))).or_else(|| of(None));
    line.map_or(("event", "with"), |l| (l.words, l.preposition))
}

/// Whether at least half of the mentions have one of the words.
fn mostly(said: &[&str], words: &[&str]) -> bool {
    let one = |told: &str| {
        words.iter().any(|w| w.strip_suffix('*').map_or(told == *w, |begin| told.starts_with(begin)))
    };
    let has = |mention: &&&str| mention.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(one);
    !said.is_empty() && said.iter().filter(has).count() * 2 >= said.len()
}

/// What stands for the preposition where no targets are told.
const NO_TARGETS: &str = "-";

/// A line of the file.
#[derive(Debug)]
struct Line {
    kind: EventType,
    /// `None` for any other.
    mode: Option<Mode>,
    /// Empty for any.
    said: Vec<&'static str>,
    words: &'static str,
    preposition: &'static str,
}

/// Reads the file. The error names the bad line.
fn read(file: &'static str) -> Result<Vec<Line>, String> {
    let line = |(n, [kind, mode, said, words, preposition]): (usize, [&'static str; 5])| {
        let at = |e: record::UnknownName| format!("line {n}: {e}");
        let kind = EventType::from_name(kind).map_err(at)?;
        let mode = if mode == "*" { None } else { Some(Mode::from_name(mode).map_err(at)?) };
        let said = if said == "-" { Vec::new() } else { crate::data::words(n, said)? };
        Ok(Line { kind, mode, said, words, preposition })
    };
    crate::data::rows(file)?.into_iter().map(line).collect()
}

/// "more than 85 targets", as most claims have it.
fn count(f: &FigureSet) -> Option<String> {
    let n = f.best?;
    let (hedge, n) = match f.claims.first()?.qualifier {
        Qualifier::About => ("about ", n),
        Qualifier::MoreThan if f.above().is_some() => ("more than ", n.saturating_sub(1)),
        Qualifier::MoreThan | Qualifier::AtLeast => ("at least ", n),
        Qualifier::UpTo => ("up to ", n),
        _ => ("", n),
    };
    Some(format!("{hedge}{n} {}", f.what))
}

/// "A", "A and B", "A, B and 4 more places".
fn listed(names: &[&str], of_what: &str) -> Option<String> {
    let mut room = ROOM;
    let fits = |name: &&&str| {
        let length = name.chars().count();
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    };
    let shown = names.iter().take(NAMES).take_while(fits).count().max(1);
    Some(match names {
        [] => return None,
        [one] => (*one).to_owned(),
        [some @ .., last] if names.len() <= shown => format!("{} and {last}", some.join(", ")),
        _ => {
            let more = names.len() - shown;
            let of_what = if more == 1 { of_what.trim_end_matches('s') } else { of_what };
            format!("{} and {more} more{of_what}", names[..shown].join(", "))
        }
    })
}

fn capital(s: &str) -> String {
    let mut chars = s.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use record::ActorId;

    use super::*;

    fn actor(name: &str, kind: ActorKind, country: Option<&str>) -> Actor {
        Actor {
            id: ActorId::new(name),
            name: name.to_owned(),
            kind,
            country: country.map(str::to_owned),
            sector: None,
            wikidata: None,
            aliases: Vec::new(),
            roles: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn line(actors: &[Actor], targets: &[Actor]) -> String {
        title(&Parts {
            kind: EventType::Assault,
            mode: None,
            said: &[],
            actors: actors.iter().map(|a| (a, Confidence::Fact)).collect(),
            targets: targets.iter().map(|a| (a, Confidence::Fact)).collect(),
            places: &[],
            figures: &[],
        })
    }

    #[test]
    fn who_has_a_name_comes_before_who_has_none() {
        let militants = actor("militants", ActorKind::ArmedGroup, None);
        let front = actor("Northern Front", ActorKind::ArmedGroup, None);
        let army = actor("military", ActorKind::Force, None);
        let state = actor("Ruritania", ActorKind::State, Some("RUR"));
        let ministry = actor("Defence Ministry of Ruritania", ActorKind::Government, Some("RUR"));
        assert_eq!(
            line(&[militants.clone(), front], &[army.clone(), state, ministry]),
            "Northern Front: attack on Ruritania"
        );
        assert_eq!(line(&[militants], &[army]), "Militants: attack on military");
    }

    #[test]
    fn people_are_killed_and_what_flew_is_brought_down() {
        let line = |mode, said: &str, targets: &[Actor]| {
            title(&Parts {
                kind: EventType::Assault,
                mode,
                said: &[said],
                actors: Vec::new(),
                targets: targets.iter().map(|a| (a, Confidence::Fact)).collect(),
                places: &[],
                figures: &[],
            })
        };
        let thing = |name: &str| actor(name, ActorKind::PhysicalTarget, None);
        let militants = actor("militants", ActorKind::ArmedGroup, None);
        let state = actor("Ruritania", ActorKind::State, Some("RUR"));
        let bikes = [thing("motorcycles"), militants];
        assert_eq!(line(None, "killed", &bikes), "Killing of militants");
        assert_eq!(line(Some(Mode::Aerial), "strikes", &bikes), "Air strikes on militants");
        let drones = [state, thing("drones")];
        assert_eq!(line(Some(Mode::HeavyWeapons), "shot down", &drones), "Downing of drones");
    }

    #[test]
    fn who_is_only_accused_is_told_so_and_gives_way_to_who_is_known() {
        let state = actor("Ruritania", ActorKind::State, Some("RUR"));
        let backed = actor("Ruritania-backed militias", ActorKind::ArmedGroup, None);
        let gunmen = actor("gunmen", ActorKind::ArmedGroup, None);
        let line = |actors: Vec<Named<'_>>| {
            let (kind, targets) = (EventType::Assault, Vec::new());
            title(&Parts { kind, mode: None, said: &[], actors, targets, places: &[], figures: &[] })
        };
        let accused = (&state, Confidence::Accused);
        assert_eq!(line(vec![(&gunmen, Confidence::Fact), accused]), "Ruritania (accused): attack");
        assert_eq!(line(vec![(&backed, Confidence::Fact), accused]), "Ruritania-backed militias: attack");
    }

    #[test]
    fn a_town_is_told_without_what_lies_around_it_and_nothing_twice() {
        let spot = |name: &str, precision| Spot {
            name: name.to_owned(),
            geonames_id: None,
            lat: None,
            lon: None,
            country: None,
            admin1: None,
            precision,
        };
        use PlacePrecision::{Admin1, City, Country, Region};
        let (town, hills) = (spot("Kefr", City), spot("Hills", Admin1));
        let (state, coast) = (spot("Ruritania", Country), spot("Coast", Region));
        assert_eq!(scene(&[town.clone(), hills.clone(), state.clone(), coast.clone()], &[]), ["Kefr"]);
        assert_eq!(
            scene(&[town, state.clone(), spot("Freedonia", Country)], &[]),
            ["Ruritania", "Freedonia"]
        );
        assert_eq!(scene(&[hills, state.clone()], &[]), ["Hills"]);
        assert!(scene(&[state], &["Ruritania"]).is_empty());
    }

    #[test]
    fn ours_reads_and_a_bad_line_is_named() {
        let all = read(TITLES).expect("our file");
        let plain = |l: &Line, k| l.kind == k && l.mode.is_none() && l.said.is_empty();
        assert!(EventType::ALL.iter().all(|k| all.iter().any(|l| plain(l, *k))));
        for bad in ["AID\t*\t-\taid\tto\nAID\tgift\t-\tgift\tto", "AID\t*\t-\taid\tto\nAID\t*\t-\taid"] {
            assert!(read(bad).expect_err("bad").starts_with("line 2"), "{bad}");
        }
    }

    #[test]
    fn the_noun_is_what_most_mentions_say() {
        let noun = |kind, mode, said: &[&str]| noun(kind, mode, said).0;
        let shelled = Some(Mode::HeavyWeapons);
        assert_eq!(
            noun(EventType::Assault, shelled, &["fired two missiles", "Missile attack"]),
            "missile strikes"
        );
        assert_eq!(noun(EventType::Assault, shelled, &["shelled", "shelling", "missile"]), "shelling");
        assert_eq!(noun(EventType::Assault, None, &["killed"]), "killing");
        assert_eq!(noun(EventType::Reject, None, &["denied"]), "denial");
        assert_eq!(noun(EventType::Reject, None, &[]), "rejection");
    }

    #[test]
    fn many_names_are_counted() {
        let group = |name: &str| actor(name, ActorKind::ArmedGroup, None);
        let short: Vec<Actor> = ["Fajr", "Nasr", "Badr"].map(group).into();
        assert_eq!(line(&short, &[]), "Fajr, Nasr and Badr: attack");
        let long: Vec<Actor> =
            ["Brigades of the Northern Mountains", "Front of the Southern Plains", "Nasr"].map(group).into();
        assert_eq!(line(&long, &[]), "Brigades of the Northern Mountains and 2 more: attack");
    }

    #[test]
    fn whom_words_are_against_may_be_told_later() {
        let (critic, state) =
            (actor("Ruritania", ActorKind::State, None), actor("Norland", ActorKind::State, None));
        let parts = Parts {
            kind: EventType::Accuse,
            mode: Some(Mode::Disapprove),
            said: &[],
            actors: vec![(&critic, Confidence::Fact)],
            targets: vec![(&state, Confidence::Fact)],
            places: &[],
            figures: &[],
        };
        assert_eq!(
            towards("Ruritania: criticism in Kefr", &parts),
            "Ruritania: criticism of Norland in Kefr"
        );
        assert_eq!(towards("Criticism", &parts), "Criticism of Norland");
    }

    #[test]
    fn nobody_attacks_himself_in_a_title() {
        let front = [actor("Northern Front", ActorKind::ArmedGroup, None)];
        assert_eq!(line(&front, &front), "Northern Front: attack");
    }
}
