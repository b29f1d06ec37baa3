//! The stretches of a report that may name or describe an actor.

use std::collections::{HashMap, HashSet};

use record::{ActorKind, EntityKind, Parsed, Place, Sentence, TextRange, Token, Upos};

use super::knowledge::{Sense, knowledge};
use super::words::{Case, Word};

/// A stretch of words with what it may mean by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Index of the first word.
    pub(crate) start: usize,
    /// One past the last word.
    pub(crate) end: usize,
    /// Readings of the knowledge base; empty for an unknown name.
    pub(crate) senses: Vec<Sense>,
    /// What kind of name it is, if the knowledge base does not know it.
    pub(crate) unknown: Option<EntityKind>,
}

impl Piece {
    pub(crate) fn entries(&self) -> Vec<usize> {
        self.senses.iter().filter_map(|s| if let Sense::Entry(i) = s { Some(*i) } else { None }).collect()
    }

    pub(crate) fn titles(&self) -> Vec<usize> {
        self.senses.iter().filter_map(|s| if let Sense::Title(i) = s { Some(*i) } else { None }).collect()
    }

    pub(crate) fn organ(&self) -> Option<usize> {
        self.senses.iter().find_map(|s| if let Sense::Organ(i) = s { Some(*i) } else { None })
    }

    pub(crate) fn role(&self) -> Option<usize> {
        self.senses.iter().find_map(|s| if let Sense::Role(i) = s { Some(*i) } else { None })
    }

    pub(crate) fn is_name(&self) -> bool {
        self.unknown.is_some() || self.senses.iter().any(|s| matches!(s, Sense::Entry(_) | Sense::State(..)))
    }
}

/// Whether a text is written in capitals throughout, so that case says nothing.
pub(crate) fn shouting(words: &[Word]) -> bool {
    let (mut upper, mut all) = (0_usize, 0_usize);
    for word in words.iter().filter(|w| w.is_word && w.norm.len() > 1) {
        all += 1;
        upper += usize::from(word.case == Case::Upper);
    }
    all >= 8 && upper * 10 > all * 7
}

/// All pieces, in order, not overlapping.
pub(crate) fn pieces(
    words: &[Word],
    text: &str,
    parsed: &Parsed,
    places: &[Place],
    shouting: bool,
) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let settled = settled(text, parsed);
    let mut i = 0;
    // Whether titles before word `i` were taken off the name that goes on there.
    let mut bared = false;
    while i < words.len() {
        if !words[i].is_word {
            i += 1;
            continue;
        }
        let end = sentence_end(words, i);
        let (known, senses) = knowledge().read(&words[i..end], shouting);
        let name = name_at(words, text, parsed, &settled, i, end, bared);
        // "TESSIT: A teacher was shot": where it is written.
        let dateline = |n: usize| {
            let whole = range(words, i, i + n);
            let opens = text[..whole.start()].trim_end_matches(' ').ends_with('\n') || whole.start() == 0;
            let loud = words[i..i + n].iter().all(|w| w.case == Case::Upper);
            opens && loud && text[whole.end()..].starts_with(':') && places.iter().any(|p| p.range == whole)
        };
        // "After the Tessit raid", in a report where something is "in Tessit".
        let town = |n: usize| {
            let name = range(words, i, i + n).of(text);
            let before = token(parsed, &words[i + n - 1])
                .is_some_and(|(s, at, t)| t.deprel == "compound" && s.head(at).is_some_and(|h| h > at));
            before && places.iter().any(|p| p.locative && p.range.of(text) == name)
        };
        let name = name.filter(|&(n, _)| shouting || !dateline(n) && !town(n));
        // "The militia Sons of Haditha"
        let band =
            sons_of(&words[i..end]).filter(|&n| !shouting && known == 0 && name.is_none_or(|(m, _)| m < n));
        let name = band.map_or(name, |n| Some((n, EntityKind::Org)));
        bared = name.is_some_and(|(_, kind)| kind == EntityKind::Per)
            && is_title(&words[i..end], known, &senses, shouting);
        if let Some((n, kind)) = name.filter(|(n, _)| !bared && (*n > known || senses.is_empty())) {
            // Also in "the massacre of Graufeld", where the report says elsewhere that something was in Graufeld.
            let located = |p: &&Place| places.iter().any(|q| q.locative && q.spot.name == p.spot.name);
            if band.is_none()
                && places.iter().filter(|p| p.range.contains(range(words, i, i + n))).any(|p| located(&p))
            {
                i += n;
                continue;
            }
            let inside = plain(words, i, i + n, shouting);
            if covers(words, &inside, i, i + n) || is_qualified(words, parsed, &inside, i, i + n) {
                // What the words mean one by one says more: "Iraqi Foreign Ministry".
                let last = inside.last().map_or(i + n, |p| p.end);
                out.extend(plain_until(words, i, last.max(i + n), end, shouting));
                i = out.last().map_or(i + n, |p| p.end).max(i + 1);
            } else {
                out.push(Piece { start: i, end: i + n, senses: Vec::new(), unknown: Some(kind) });
                i += n;
            }
            continue;
        }
        let n = known;
        // "The Spanish Town station" is not Spain's.
        let of_town = n > 0 && senses.iter().any(|s| matches!(s, Sense::State(..))) && !shouting && {
            let name = range(words, i, i + n);
            let last = |p: &Place| p.range.of(text).rsplit_once(' ').map_or("", |(_, last)| last);
            places.iter().any(|p| {
                p.range.start() == name.start()
                    && p.range != name
                    && p.range.contains(name)
                    && is_town_word(last(p))
            })
        };
        if of_town {
            i += n;
            continue;
        }
        // "Ain al-Assad" is no president.
        let part_of_place = n > 0 && senses.iter().all(is_person) && {
            let name = range(words, i, i + n);
            places.iter().any(|p| p.range.contains(name) && p.range != name)
        };
        if n == 0 {
            i += 1;
        } else if part_of_place {
            i += n;
        } else {
            out.push(Piece { start: i, end: i + n, senses, unknown: None });
            i += n;
        }
    }
    out
}

/// Whether the last word of a place's name tells that it is no land: "Spanish Town", "English Bay".
fn is_town_word(word: &str) -> bool {
    matches!(
        word,
        "Town"
            | "Bay"
            | "Beach"
            | "Village"
            | "Harbour"
            | "Harbor"
            | "Creek"
            | "Park"
            | "Street"
            | "Road"
            | "River"
            | "Quarter"
    )
}

fn is_person(sense: &Sense) -> bool {
    matches!(sense, Sense::Entry(i) if knowledge().entries[*i].kind == ActorKind::Person)
}

/// One past the last word of the sentence of word `i`.
pub(crate) fn sentence_end(words: &[Word], i: usize) -> usize {
    let sentence = words[i].sentence;
    words[i..].iter().position(|w| w.sentence != sentence).map_or(words.len(), |n| i + n)
}

/// Whether the first `known` words are a title, or a country before one ("Iraqi Prime Minister"): no part of the name of
/// who has it, wherever the name was seen to begin and end.
fn is_title(words: &[Word], known: usize, senses: &[Sense], shouting: bool) -> bool {
    let titled = |senses: &[Sense]| senses.iter().any(|s| matches!(s, Sense::Title(_)));
    if titled(senses) {
        return true;
    }
    senses.iter().any(|s| matches!(s, Sense::State(..)))
        && words.get(known).is_some_and(|w| w.is_word)
        && titled(&knowledge().read(&words[known..], shouting).1)
}

/// Words of a name by which armed bands call themselves: "Sons of Tessit", "Lions of the Valley".
fn sons_of(words: &[Word]) -> Option<usize> {
    let is = |n: usize, forms: &[&str]| words.get(n).is_some_and(|w| forms.contains(&w.norm.as_str()));
    let title = |n: usize| words.get(n).is_some_and(|w| w.is_word && w.case == Case::Capital);
    let leads = title(0)
        && is(
            0,
            &[
                "sons",
                "soldiers",
                "guardians",
                "lions",
                "eagles",
                "knights",
                "brothers",
                "defenders",
                "martyrs",
                "companions",
                "partisans",
                "supporters",
                "swords",
                "wolves",
                "falcons",
                "hawks",
                "tigers",
                "heroes",
            ],
        );
    let name = 2 + usize::from(is(2, &["the"]));
    (leads && is(1, &["of"]) && title(name)).then_some(name + 1)
}

/// What kind of name each is, over the whole report: a body in one sentence is none the less one where another reads as
/// a building or as a title; `None` for what mostly is neither somebody nor a body.
fn settled<'a>(text: &'a str, parsed: &Parsed) -> Settled<'a> {
    let mut votes: HashMap<&str, [usize; 3]> = HashMap::new();
    let mut bands: HashSet<&str> = HashSet::new();
    for entity in &parsed.entities {
        let name = called(entity.range.of(text));
        if is_told_band(&text[entity.range.end()..]) {
            bands.insert(name);
        }
        let votes = votes.entry(name).or_default();
        votes[match entity.kind {
            EntityKind::Per => 0,
            EntityKind::Org => 1,
            _ => 2,
        }] += 1;
    }
    let kind = |[person, body, other]: [usize; 3]| match () {
        () if person > body && person >= other => Some(EntityKind::Per),
        () if body > 0 && body >= other => Some(EntityKind::Org),
        () => None,
    };
    let kinds = votes.into_iter().map(|(name, votes)| (name, kind(votes))).collect();
    Settled { kinds, bands }
}

/// What names are, over the whole report.
struct Settled<'a> {
    kinds: HashMap<&'a str, Option<EntityKind>>,
    /// Those that are said to be a band.
    bands: HashSet<&'a str>,
}

/// Whether what stands behind a name says that it is a band: ", a faction of the cartel", ", an armed group".
fn is_told_band(behind: &str) -> bool {
    const BANDS: &[&str] = &["faction", "wing", "militia", "gang", "cell", "offshoot", "group"];
    let Some(told) = behind.strip_prefix(", a ").or_else(|| behind.strip_prefix(", an ")) else {
        return false;
    };
    let word = |w: &str| w.trim_end_matches([',', '.', ')']).to_lowercase();
    let words: Vec<&str> = told.split_whitespace().take(5).collect();
    let Some(at) = words.iter().position(|w| BANDS.contains(&word(w).as_str())) else { return false };
    // "A rights group", "a militia stronghold"
    let armed = word(words[at]) != "group"
        || at > 0
            && matches!(
                word(words[at - 1]).as_str(),
                "armed" | "rebel" | "militant" | "splinter" | "guerrilla"
            );
    let ends = words[at].ends_with([',', '.', ')'])
        || words.get(at + 1).is_none_or(|w| {
            matches!(*w, "of" | "led" | "that" | "which" | "loyal" | "linked" | "allied" | "in")
        });
    armed && ends
}

/// A name without its article.
fn called(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// The number of words and the kind of a named person or body that begins at word `i`, or goes on there behind what was
/// `bared` of it.
fn name_at(
    words: &[Word],
    text: &str,
    parsed: &Parsed,
    settled: &Settled<'_>,
    i: usize,
    end: usize,
    bared: bool,
) -> Option<(usize, EntityKind)> {
    let at = words[i].range;
    let index = parsed.entities.partition_point(|e| e.range.end() <= at.start());
    let entity = parsed.entities.get(index)?;
    // Places stay places: what is both is a town before it is anybody ("Washington", "the Vatican").
    let open = !matches!(entity.kind, EntityKind::Loc | EntityKind::Norp | EntityKind::Weapon);
    let name = called(entity.range.of(text));
    // "The Marsh Front" is a band whatever it is taken for.
    let band = name.contains(' ')
        && name.rsplit(' ').next().is_some_and(|w| {
            matches!(
                w,
                "Front" | "Army" | "Movement" | "Party" | "Brigade" | "Brigades" | "Militia" | "Battalion"
            )
        });
    let band = band || entity.kind == EntityKind::Loc && settled.bands.contains(name);
    let open = open || band;
    let kind = settled.kinds.get(name).copied().flatten().or(band.then_some(EntityKind::Org));
    let kind = kind.filter(|_| open && entity.range.start() <= at.end())?;
    let first_inside = entity.range.contains(at) || entity.range.overlaps(at);
    let begins = bared || i == 0 || words[i - 1].range.end() <= entity.range.start();
    if !first_inside || !begins {
        return None;
    }
    let mut n = words[i..end].iter().take_while(|w| w.range.start() < entity.range.end()).count();
    let day = |w: &Word| crate::time::is_weekday(&w.norm);
    // A name cut off before another one in it: "Reconnaissance Unit of | the Norland Army".
    let link = |w: &Word| matches!(w.norm.as_str(), "of" | "the" | "and" | "for" | "in");
    while n > 0 && (!words[i + n - 1].is_word || n > 1 && (day(&words[i + n - 1]) || link(&words[i + n - 1])))
    {
        n -= 1;
    }
    (n > 0 && words[i].case != Case::Lower).then_some((n, kind))
}

fn plain(words: &[Word], start: usize, end: usize, shouting: bool) -> Vec<Piece> {
    plain_until(words, start, end, end, shouting)
}

/// Pieces that begin in `start..stop`, reading up to `end`.
fn plain_until(words: &[Word], start: usize, stop: usize, end: usize, shouting: bool) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut i = start;
    while i < stop {
        let (n, senses) =
            if words[i].is_word { knowledge().read(&words[i..end], shouting) } else { (0, Vec::new()) };
        if n > 0 {
            out.push(Piece { start: i, end: i + n, senses, unknown: None });
        }
        i += n.max(1);
    }
    out
}

/// Whether the pieces take up every capitalised word.
fn covers(words: &[Word], pieces: &[Piece], start: usize, end: usize) -> bool {
    (start..end).all(|i| words[i].case == Case::Lower || pieces.iter().any(|p| p.start <= i && i < p.end))
}

/// "Kurdish PKK militia": a group with a name of its own, of a people that is no state before it, and what it is behind it.
fn is_qualified(words: &[Word], parsed: &Parsed, pieces: &[Piece], start: usize, end: usize) -> bool {
    let Some(group) = pieces.iter().find(|p| !p.entries().is_empty()) else { return false };
    let acronym = group.end == group.start + 1 && words[group.start].case == Case::Upper;
    let adjective = |w: &Word| token(parsed, w).is_some_and(|(_, _, t)| t.upos == Upos::Adj);
    acronym
        && group.start > start
        && words[start..group.start].iter().all(|w| w.case == Case::Capital && adjective(w))
        && words[group.end..end].iter().all(|w| w.case == Case::Lower)
}

/// The word of the tree that a word of ours ends with.
pub(crate) fn token<'a>(parsed: &'a Parsed, word: &Word) -> Option<(&'a Sentence, usize, &'a Token)> {
    let sentence = parsed.sentences.get(word.sentence)?;
    let i = sentence.tokens.partition_point(|t| t.range.end() < word.range.end());
    let token = sentence.tokens.get(i)?;
    token.range.overlaps(word.range).then_some((sentence, i, token))
}

/// Whether a description ("military", "general") stands here as a noun of its own, not as an adjective, a verb or the
/// first half of a compound ("army base"). Without a tree: yes.
pub(crate) fn stands_alone(parsed: &Parsed, words: &[Word], piece: &Piece) -> bool {
    let Some((sentence, i, token)) = token(parsed, &words[piece.end - 1]) else {
        let word = words[piece.end - 1].norm.as_str();
        return piece.end - piece.start > 1
            || !matches!(word, "general" | "major" | "private" | "official" | "head");
    };
    if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) {
        return false;
    }
    let Some(head) = sentence.head(i) else { return true };
    let modifies = matches!(token.deprel, "compound" | "amod" | "nmod:desc" | "flat" | "nmod:unmarked");
    let before = head > i;
    if token.upos == Upos::Adj && token.deprel == "amod" {
        return false;
    }
    !(modifies && before)
}

/// The stretch of text of a range of words.
pub(crate) fn range(words: &[Word], start: usize, end: usize) -> TextRange {
    match (words.get(start), words.get(end.saturating_sub(1))) {
        (Some(a), Some(b)) if start < end => a.range.cover(b.range),
        _ => TextRange::default(),
    }
}
