//! Which words of a text name a place.

use std::collections::HashSet;

use record::{Entity, EntityKind, PlacePrecision, TextRange};

use super::candidate::{self, Candidate};
use super::words::{self, Class};

/// Longest name, in words.
const MOST_WORDS: usize = 6;

/// Length in bytes from which a line may have been broken for its length.
const WRAP: usize = 50;

/// A word of running text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) range: TextRange,
    pub(super) lower: String,
    pub(super) capital: bool,
    /// First of a sentence, a quotation or a line.
    pub(super) first: bool,
    /// In a line most of whose words are capitalised.
    headline: bool,
    /// In a line all of whose long words are in capitals.
    loud: bool,
    /// What stands between the word before and this one: nothing but white space.
    pub(super) spaced: bool,
    /// A hyphen stands before it.
    hyphen: bool,
}

/// Words that may name a place, and what they can mean.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) range: TextRange,
    /// The words, for comparing mentions with each other.
    pub(super) name: String,
    pub(super) candidates: Vec<Candidate>,
    /// What a name after a comma, or in brackets, says it lies in: "Paris, Texas".
    pub(super) within: Option<Candidate>,
    pub(super) locative: bool,
    pub(super) demonym: bool,
    /// The form itself shows that it is a place: "Fla.", "Main Street".
    pub(super) certain: bool,
    /// Only weak signs: a common word, a headline, the start of a sentence.
    pub(super) doubtful: bool,
    /// No list knows it.
    pub(super) unknown: bool,
    /// In a sentence that is all in capitals.
    pub(super) loud: bool,
    /// Words that take up a place named before: "here", "in the city".
    pub(super) again: bool,
}

/// The mentions in one block of text, which begins at `offset` of the report.
pub(super) fn detect(text: &str, offset: usize, entities: &[Entity]) -> Vec<Mention> {
    let words = split(text);
    let mut surnames = HashSet::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // "al-Qaim" begins with its article, small as it may be written.
        let article = words::is(Class::Inside, &words[at].lower)
            && words.get(at + 1).is_some_and(|w| w.hyphen && w.capital);
        if !words[at].capital && !article {
            at += 1;
            continue;
        }
        let (end, mention) = longest(text, &words, at, offset, entities, &mut surnames);
        found.extend(mention);
        at = end;
    }
    attach(text, offset, &mut found);
    found.retain(|m| !surnames.contains(&m.name) || m.certain || m.within.is_some());
    found
}

/// A mention of which it is known that it names a place.
pub(super) fn given(text: &str, range: TextRange) -> Mention {
    let name = range.of(text);
    let demonym = candidate::demonym(name);
    let is_demonym = demonym.is_some();
    let mut candidates = demonym.map_or_else(|| candidate::candidates(name), |country| vec![country]);
    if candidates.is_empty() {
        let bare = ["the ", "The "].iter().find_map(|article| name.strip_prefix(article));
        candidates = bare.map(candidate::candidates).unwrap_or_default();
    }
    if candidates.is_empty() {
        candidates = candidate::short_division(name).into_iter().collect();
    }
    if candidates.is_empty() {
        candidates = candidate::sounding(name);
    }
    Mention {
        range,
        name: name.to_lowercase(),
        candidates,
        within: None,
        locative: !is_demonym,
        demonym: is_demonym,
        certain: true,
        doubtful: false,
        loud: false,
        unknown: false,
        again: false,
    }
}

/// Adds names that are known to be places, and have not been found, where a list has them.
pub(super) fn add_given(text: &str, names: &[TextRange], found: &mut Vec<Mention>) {
    let before = found.len();
    for &range in names {
        let mention = given(text, range);
        if !mention.candidates.is_empty() && !found.iter().any(|m| m.range.overlaps(range)) {
            found.push(mention);
        }
    }
    if found.len() > before {
        found.sort_by_key(|m| m.range.start());
        attach(text, 0, found);
    }
}

/// The longest name at a word: where to go on, and the mention, if it is one.
fn longest(
    text: &str,
    words: &[Word],
    at: usize,
    offset: usize,
    entities: &[Entity],
    surnames: &mut HashSet<String>,
) -> (usize, Option<Mention>) {
    let entity = |range: TextRange| {
        let moved = TextRange::new(range.start() + offset, range.end() + offset);
        entities.iter().find(|e| e.range.overlaps(moved)).map(|e| e.kind)
    };
    if let Some((end, mention)) = abbreviated(text, words, at, offset) {
        return (end, Some(mention));
    }
    if let Some(end) = road(words, at) {
        return (end, Some(road_mention(text, words, at, end, offset)));
    }
    let named = entity_from(words, at, offset, entities);
    for end in (at + 1..=(at + MOST_WORDS).min(words.len())).rev() {
        if !joins(words, at, end) {
            continue;
        }
        let range = TextRange::new(words[at].range.start(), words[end - 1].range.end());
        let name = &one_line(range.of(text));
        let article = matches!(words[at].lower.as_str(), "the" | "a" | "an");
        if article && !(end == at + 2 && words::is(Class::Article, &words[at + 1].lower)) {
            continue;
        }
        let demonym = if end - at <= 3 { candidate::demonym(name) } else { None };
        let is_demonym = demonym.is_some();
        let mut candidates = match demonym {
            Some(country) => vec![country],
            None => candidate::candidates(name),
        };
        let kind = kind_said(words, at, end).or_else(|| kind_of_row(words, text, end));
        if let Some(kind) = kind.filter(|_| !is_demonym) {
            candidates = candidate::of_kind(name, kind, candidates);
        }
        // A part of a double name is another place ("Foo-Bar" is not Foo), unless both name some ("the Foo-Bar road").
        let half = !words[at].loud
            && words.get(end).filter(|w| w.hyphen && w.capital).is_some_and(|w| {
                let other = &one_line(w.range.of(text));
                candidate::demonym(other).is_none() && candidate::candidates(other).is_empty()
            });
        if half && !is_demonym {
            continue;
        }
        let tag = entity(range);
        if candidates.is_empty() && carried_over(words, at, end) {
            candidates = candidate::sounding(name);
        }
        // "EU" and "UN" are not Eu in Normandy; "ROME" in a dateline is Rome.
        let acronym = !words[at].loud
            && name.len() <= 4
            && name.chars().all(char::is_uppercase)
            && candidates.first().is_some_and(|c| c.number.is_some());
        let dateline =
            text[range.end()..].trim_start().starts_with([',', '(', '—', '–', '-']) && words[at].first;
        if candidates.is_empty() || (acronym && !dateline) {
            continue;
        }
        // A tagger sees a longer name, which no list has: Meadow Grove is not a part of Meadow.
        if named.is_some_and(|longer| longer > end) && !is_demonym && candidates[0].weight < 3e6 {
            break;
        }
        let certain = candidates[0].weight >= 3e6 || end - at > 1;
        // "The People's Liberation Front" is of no small town Liberation.
        let band =
            || words.get(end).is_some_and(|w| w.spaced && w.capital && words::is(Class::Band, &w.lower));
        if !certain && !is_demonym && tag != Some(EntityKind::Loc) && !words[at].headline && band() {
            return (end, None);
        }
        if person(text, words, at, end, certain, surnames) || tag == Some(EntityKind::Per) {
            return (end, None);
        }
        let lower = name.to_lowercase();
        let common = end == at + 1 && words::is(Class::Common, &lower) && candidates[0].weight < 1e9;
        if common || name.chars().count() < 2 {
            continue;
        }
        let weak = words[at].first || words[at].headline;
        let mention = Mention {
            range: TextRange::new(range.start() + offset, range.end() + offset),
            name: lower,
            locative: !is_demonym && locative(words, at, &candidates),
            within: None,
            demonym: is_demonym,
            certain: false,
            unknown: false,
            loud: false,
            again: false,
            doubtful: weak && end == at + 1 && candidates[0].weight < 2e5 && tag != Some(EntityKind::Loc),
            candidates,
        };
        return (end, Some(mention));
    }
    (at + 1, None)
}

/// The word that says what kind of place words `at..end` name: "Kaduna state", "the city of Kaduna".
fn kind_said(words: &[Word], at: usize, end: usize) -> Option<&str> {
    let after = words.get(end).filter(|w| w.spaced && words::is(Class::Kind, &w.lower));
    let before = || {
        let of = at.checked_sub(2).filter(|_| words[at].spaced && words[at - 1].lower == "of")?;
        words.get(of).filter(|_| words[at - 1].spaced)
    };
    after.or_else(before).map(|w| w.lower.as_str())
}

/// The word for their kind that names in a row share: "Barrow, Jackson and Madison counties", "Kaduna and Zamfara states".
fn kind_of_row(words: &[Word], text: &str, end: usize) -> Option<&'static str> {
    const KINDS: [(&str, &str); 7] = [
        ("counties", "county"),
        ("districts", "district"),
        ("provinces", "province"),
        ("states", "state"),
        ("departments", "department"),
        ("governorates", "governorate"),
        ("regions", "region"),
    ];
    let mut listed = false;
    for i in end..words.len().min(end + ROW) {
        let word = &words[i];
        let between = text.get(words[i - 1].range.end()..word.range.start())?.trim();
        if !matches!(between, "" | "," | "/") {
            return None;
        }
        listed |= between == "," || matches!(word.lower.as_str(), "and" | "or");
        if let Some((_, one)) = KINDS.iter().find(|(many, _)| *many == word.lower) {
            return listed.then_some(one);
        }
        if !(word.capital || matches!(word.lower.as_str(), "and" | "or")) {
            return None;
        }
    }
    None
}

/// Words behind a name within which the kind of a row is looked for.
const ROW: usize = 12;

/// A road.
fn road_mention(text: &str, words: &[Word], at: usize, end: usize, offset: usize) -> Mention {
    let mut stop = words[end - 1].range.end();
    if matches!(words[end - 1].lower.as_str(), "st" | "ave" | "rd" | "blvd" | "ln")
        && text[stop..].starts_with('.')
    {
        stop += 1;
    }
    let range = TextRange::new(words[at].range.start(), stop);
    Mention {
        range: TextRange::new(range.start() + offset, range.end() + offset),
        name: range.of(text).to_lowercase(),
        candidates: Vec::new(),
        within: None,
        locative: true,
        demonym: false,
        certain: true,
        doubtful: false,
        unknown: true,
        loud: false,
        again: false,
    }
}

/// Where a road named from this word ends: "Main Street", "Highway 19".
fn road(words: &[Word], at: usize) -> Option<usize> {
    let numbered = matches!(words[at].lower.as_str(), "highway" | "interstate" | "route");
    if numbered
        && words.get(at + 1).is_some_and(|w| w.spaced && w.lower.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some(at + 2);
    }
    let joined = words[at + 1..].iter().take(4).take_while(|w| (w.spaced || w.hyphen) && w.capital);
    let end = joined
        .enumerate()
        .find(|(_, w)| words::is(Class::Road, w.lower.trim_end_matches('.')))
        .map(|(i, _)| at + i + 2)?;
    // "Wall Street Journal", "Florida Highway Patrol"
    let goes_on = words.get(end).is_some_and(|w| w.spaced && w.capital);
    let named = !goes_on && !words[at].headline && !words::is(Class::Inside, &words[at].lower);
    (named && !matches!(words[at].lower.as_str(), "wall" | "downing")).then_some(end)
}

/// Where a name of a place that begins at this word ends, as a tagger sees it.
fn entity_from(words: &[Word], at: usize, offset: usize, entities: &[Entity]) -> Option<usize> {
    let start = words[at].range.start() + offset;
    let i = entities.partition_point(|e| e.range.start() < start);
    let entity = entities.get(i).filter(|e| e.range.start() == start && e.kind == EntityKind::Loc)?;
    let inside = words[at..].iter().take_while(|w| w.range.end() + offset <= entity.range.end());
    let inside: Vec<&Word> = inside.collect();
    // "La Union Department" is the place La Union.
    let kinds = inside.iter().rev().take_while(|w| words::is(Class::Kind, &w.lower)).count();
    let count = inside.len() - kinds;
    (count > 0 && words[at].lower.len() > 2).then_some(at + count)
}

/// A state of the US by its short name: "Fla.", "N.J.", "D-S.C."; one of two letters only after a comma or the like.
fn abbreviated(text: &str, words: &[Word], at: usize, offset: usize) -> Option<(usize, Mention)> {
    let start = words[at].range.start();
    (at + 1..=(at + 2).min(words.len())).rev().find_map(|end| {
        let last = words[end - 1].range.end();
        let stop = usize::from(!text[..last].ends_with('.') && text[last..].starts_with('.'));
        let name = text.get(start..last + stop)?;
        let division = candidate::short_division(name)?;
        let after_mark = text[..start].trim_end().ends_with([',', '-', '(', '–']);
        // "NSW" is nothing else.
        let plain = name.len() == 3 && !name.contains('.');
        (name.len() > 3 || plain || after_mark).then(|| {
            let mention = Mention {
                range: TextRange::new(start + offset, last + stop + offset),
                name: division.spot.name.to_lowercase(),
                candidates: vec![division],
                within: None,
                locative: true,
                demonym: false,
                certain: true,
                doubtful: false,
                unknown: false,
                loud: false,
                again: false,
            };
            (end, mention)
        })
    })
}

/// Whether words `at..end` can be one name: capitals at both ends, only small linking words between, one line. The "'s" of
/// "People's Republic" is a part of it.
fn joins(words: &[Word], at: usize, end: usize) -> bool {
    let inner = &words[at + 1..end];
    let owned = |w: &Word| w.lower == "s" && !w.spaced;
    let linked = |w: &Word| (w.spaced || w.hyphen) && (w.capital || words::is(Class::Inside, &w.lower));
    words[end - 1].capital && inner.iter().all(|w| owned(w) || linked(w))
}

/// Whether a name has the article of names carried over from Arabic ("al-Qaim"), or a hyphen inside.
fn carried_over(words: &[Word], at: usize, end: usize) -> bool {
    let article = matches!(
        words[at].lower.as_str(),
        "al" | "el"
            | "ad"
            | "as"
            | "ash"
            | "ar"
            | "az"
            | "an"
            | "at"
            | "ain"
            | "deir"
            | "tel"
            | "tal"
            | "jabal"
            | "khan"
            | "beit"
            | "wadi"
            | "umm"
            | "abu"
            | "kafr"
            | "jurf"
    );
    let inside = words[at + 1..end]
        .iter()
        .any(|w| matches!(w.lower.as_str(), "al" | "el" | "ez" | "az" | "as" | "ash" | "ad"));
    end - at >= 2 && end - at <= 4 && (article || inside)
}

/// Whether words `at..end` are, or belong to, the name of a person. Learns surnames on the way.
fn person(
    text: &str,
    words: &[Word],
    at: usize,
    end: usize,
    certain: bool,
    surnames: &mut HashSet<String>,
) -> bool {
    let before = at.checked_sub(1).map(|i| &words[i]).filter(|_| words[at].spaced);
    let after = words.get(end).filter(|w| w.spaced && w.capital);
    let name = || TextRange::new(words[at].range.start(), words[end - 1].range.end()).of(text).to_lowercase();
    let single = end == at + 1;
    if let Some(before) = before.filter(|b| b.capital || words::is(Class::Title, &b.lower)) {
        let lower = before.lower.trim_end_matches('.');
        let initial = lower.chars().count() == 1 && before.capital;
        if !certain && (words::is(Class::Title, lower) || initial) {
            surnames.insert(name());
            return true;
        }
        if !certain && before.capital && !before.first && words::is(Class::Given, lower) {
            surnames.insert(name());
            return true;
        }
        if single && !certain && before.capital && before.first && words::is(Class::Given, lower) {
            surnames.insert(name());
            return true;
        }
    }
    // "Nakishia Sullivan": a capitalised word before, which is no name of a place and no common word.
    if let Some(before) = before.filter(|b| single && !certain && b.capital && !b.headline) {
        let lower = before.lower.as_str();
        let known = words::is(Class::Common, lower)
            || words::is(Class::Modifier, lower)
            || words::is(Class::Inside, lower)
            || words::is(Class::Preposition, lower)
            || candidate::demonym(before.range.of(text)).is_some()
            || (before.first && lower.len() < 5);
        if !known {
            surnames.insert(name());
            return true;
        }
    }
    // "Alan, 79, …"
    let aged = text[words[end - 1].range.end()..].strip_prefix(", ").is_some_and(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits) && rest[digits..].starts_with([',', ')'])
            || rest[digits..].starts_with(" of ") && digits > 0
    });
    if single && aged {
        surnames.insert(name());
        return true;
    }
    let lower = words[at].lower.as_str();
    if lower.starts_with("i'") || lower.starts_with("i’") {
        return true;
    }
    if single
        && words::is(Class::Given, lower)
        && let Some(after) = after
    {
        let ordinary = words::is(Class::Common, &after.lower) || words::is(Class::Road, &after.lower);
        let initial = after.lower.trim_end_matches('.').chars().count() == 1;
        if initial || (!ordinary && !words[at].headline) {
            return true;
        }
    }
    // "Jackson said": a bare small name that speaks.
    let speaks = words.get(end).is_some_and(|w| {
        w.spaced
            && matches!(
                w.lower.as_str(),
                "said" | "says" | "told" | "added" | "who" | "testified" | "pleaded"
            )
    });
    if single && speaks && !certain {
        surnames.insert(name());
        return true;
    }
    false
}

/// Whether the words before a name make it the place of something, or the name is not one that acts: a country is a
/// place only after a preposition, be it before another name that it is joined to ("in Iraq and Syria").
fn locative(words: &[Word], at: usize, candidates: &[Candidate]) -> bool {
    let acts = candidates.first().is_some_and(|c| c.weight >= 1e9);
    if !acts {
        return true;
    }
    let linking = |w: &Word| {
        w.capital
            || words::is(Class::Modifier, &w.lower)
            || matches!(w.lower.as_str(), "the" | "and" | "or" | "nearby")
    };
    let mut first = at;
    while first > 0 && at - first < 8 && !words[first].first && linking(&words[first - 1]) {
        first -= 1;
    }
    let before =
        |i: usize| i > 0 && words::is(Class::Preposition, &words[i - 1].lower) && words[i - 1].lower != "of";
    before(first) || before(at)
}

/// Joins "Paris, Texas" and "Tripoli in northern Lebanon": the second name says where the first lies.
pub(super) fn attach(text: &str, offset: usize, found: &mut Vec<Mention>) {
    for i in 0..found.len() {
        let end = found[i].range.end() - offset;
        let Some(next) = found.get(i + 1).filter(|m| !m.demonym) else { continue };
        let start = next.range.start() - offset;
        let between = text.get(end..start).unwrap_or("");
        let mark = matches!(between, ", " | " (" | ",\n");
        let mut words = between.split_whitespace();
        let inside = words.next().is_some_and(|w| w.eq_ignore_ascii_case("in"))
            && words.clone().count() <= 1
            && words.all(|w| words::is(Class::Modifier, &w.to_lowercase()));
        if mark || inside {
            let coarse = next.candidates.iter().find(|c| contains_some(c, &found[i].candidates));
            found[i].within = coarse.cloned();
        }
    }
    // "Ruritania's Graufeld province": of that country, or a place that no list has.
    let mut strange = Vec::new();
    for i in 1..found.len() {
        let (before, here) = (&found[i - 1], &found[i]);
        let between = text.get(before.range.end() - offset..here.range.start() - offset).unwrap_or("");
        let country = before.candidates.first().filter(|c| c.spot.precision == PlacePrecision::Country);
        let Some(country) = country.filter(|_| matches!(between, "'s " | "’s ") && !before.demonym).cloned()
        else {
            continue;
        };
        // "Ruritania's Graufeld raid" is one on somebody else's Graufeld.
        let after = text.get(here.range.end() - offset..).unwrap_or("").trim_start();
        let unit = DIVISIONS.iter().any(|w| after.starts_with(w));
        if contains_some(&country, &here.candidates) {
            found[i].within.get_or_insert(country);
        } else if unit && here.candidates.first().is_some_and(|c| c.weight < SMALL) {
            strange.push(here.range);
        }
    }
    found.retain(|m| !strange.contains(&m.range));
}

/// What the parts of a country are called.
const DIVISIONS: [&str; 5] = ["province", "district", "region", "governorate", "county"];

/// Inhabitants below which a namesake in another country is not meant.
const SMALL: f64 = 1e5;

/// Whether one of the candidates lies in this country or division.
fn contains_some(whole: &Candidate, parts: &[Candidate]) -> bool {
    parts.iter().any(|part| within(part, whole))
}

/// Whether a place lies in a country, or a division of a country, and is not the same.
pub(super) fn within(part: &Candidate, whole: &Candidate) -> bool {
    use PlacePrecision::{Admin1, Country, District};
    match whole.spot.precision {
        Country => part.spot.country == whole.spot.country && part.spot.precision != Country,
        Admin1 => part.admin1.is_some() && part.admin1 == whole.admin1 && part.number != whole.number,
        District => part.admin2.is_some() && part.admin2 == whole.admin2 && part.number != whole.number,
        _ => false,
    }
}

pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut line_start = 0;
    let mut chars = text.char_indices().peekable();
    let mut last_end = 0;
    let mut line_from = 0;
    let mut wrapped = false;
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            if c == '\n' {
                mark_headline(&mut words[line_start..]);
                line_start = words.len();
                wrapped = start - line_from >= WRAP;
                line_from = start + 1;
            }
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let inside = next.is_alphanumeric()
                || (matches!(next, '\'' | '’' | '‘' | 'ʿ' | '`')
                    && text[at + next.len_utf8()..].starts_with(char::is_alphanumeric));
            if !inside || clitic(&text[at..]) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        // "U.S.", "St." and initials keep their stops.
        let letters = text[start..end].chars().count();
        let mut stop = text[end..].starts_with('.');
        if letters == 1 && c.is_uppercase() && stop {
            while stop
                && text[end + 1..].chars().next().is_some_and(char::is_uppercase)
                && !text[end + 1..].chars().nth(1).is_some_and(char::is_alphanumeric)
            {
                let letter = text[end + 1..].chars().next().map_or(0, char::len_utf8);
                end += 1 + letter;
                stop = text[end..].starts_with('.');
            }
            end += usize::from(stop);
        } else if stop && matches!(&text[start..end], "St" | "Ft" | "Mt" | "Ste") {
            end += 1;
        }
        while chars.peek().is_some_and(|(at, _)| *at < end) {
            chars.next();
        }
        let between = text.get(last_end..start).unwrap_or("");
        let blank = between.chars().all(char::is_whitespace);
        // In text broken into lines of a fixed width a name may run on in the next line.
        let broken = between.contains('\n') && !(wrapped && between.matches('\n').count() == 1);
        // A title's full stop does not part it from the name: "Gen. Austin".
        let titled = between == ". "
            && words.last().is_some_and(|w| w.lower.len() < 6 && words::is(Class::Title, &w.lower));
        let spaced = (blank && !broken && !words.is_empty()) || titled;
        words.push(Word {
            range: TextRange::new(start, end),
            lower: text[start..end].to_lowercase(),
            capital: c.is_uppercase() || is_elided(&text[start..end]),
            first: words.is_empty()
                || !titled && (broken || between.contains(['.', '!', '?', '"', '“', ':', '•', '—'])),
            headline: false,
            loud: text[start..end].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase),
            spaced,
            hyphen: matches!(between, "-" | "–" | "‑"),
        });
        last_end = end;
    }
    mark_headline(&mut words[line_start..]);
    words
}

/// A name as in one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "d'Ivoire", "l'Artibonite": a name behind an article or preposition that has lost its vowel.
fn is_elided(word: &str) -> bool {
    let mut rest = word.chars().skip_while(|c| matches!(c, 'd' | 'l'));
    matches!(rest.next(), Some('\'' | '’')) && rest.next().is_some_and(char::is_uppercase)
}

/// Whether "'s" stands here.
fn clitic(rest: &str) -> bool {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .any(|s| rest.strip_prefix(s).is_some_and(|after| !after.starts_with(char::is_alphanumeric)))
}

fn mark_headline(line: &mut [Word]) {
    let long = line.iter().filter(|w| w.lower.len() > 3).count();
    let capital = line.iter().filter(|w| w.lower.len() > 3 && w.capital).count();
    if long >= 4 && capital * 10 >= long * 7 {
        line.iter_mut().for_each(|w| w.headline = true);
    }
    let loud = long >= 4 && line.iter().filter(|w| w.lower.len() > 3).all(|w| w.loud);
    line.iter_mut().for_each(|w| w.loud = loud);
}
