//! Places in sentences that are all in capitals, where every word looks like a name.

use std::collections::BTreeSet;

use record::{Entity, EntityKind, Parsed, PlacePrecision, Sentence, TextRange, Upos};

use super::country;
use super::detect::Mention;
use super::words::{self, Class};

/// People who live in a place whose name is believed without a sign that it is a name.
const GREAT: f64 = 3e6;

/// Leaves out what the tagger does not take for a name ("EARLY TUESDAY", "A CAR BOMB"), makes doubtful what it takes
/// for one of something else ("MAURICIO SANTOS"), and adds the names of places that only the tagger knows.
pub(super) fn sober(text: &str, parsed: &Parsed, mentions: &mut Vec<Mention>) {
    let loud: Vec<&Sentence> = parsed.sentences.iter().filter(|s| is_loud(text, s)).collect();
    if loud.is_empty() {
        return;
    }
    mentions.retain_mut(|m| {
        let Some(sentence) = loud.iter().find(|s| s.range.overlaps(m.range)) else { return true };
        if m.demonym || m.unknown || m.certain {
            m.loud |= m.certain && !m.again;
            return true;
        }
        let tag = tag(&parsed.entities, m.range);
        let tokens = || sentence.tokens.iter().filter(|t| t.range.overlaps(m.range));
        if tag.is_none() && !tokens().any(|t| t.upos == Upos::Propn) {
            return false;
        }
        // "HALF", "POINT BLANK RANGE": ordinary words, whatever the tagger makes of them.
        let ordinary = !tokens().any(|t| t.upos == Upos::Propn);
        // "A CAR BOMB", "TOLD US": letters that spell a word are no abbreviation.
        if ordinary && m.range.len() < 4 {
            return false;
        }
        m.loud = true;
        let place = matches!(tag, Some(EntityKind::Loc | EntityKind::Fac));
        // "LIMA, 3 JAN 90": a dateline is no place for anything else.
        let dateline = m.range.start() == sentence.range.start()
            && text.get(m.range.end()..).is_some_and(|t| t.trim_start().starts_with([',', '(']));
        m.doubtful =
            (!place || ordinary) && !dateline && m.candidates.first().is_none_or(|c| c.weight < GREAT);
        true
    });
    let loc = |e: &&Entity| e.kind == EntityKind::Loc && loud.iter().any(|s| s.range.contains(e.range));
    for entity in parsed.entities.iter().filter(loc) {
        let listed = |m: &Mention| m.range.overlaps(entity.range);
        let rest: Vec<&str> = match mentions.iter().find(|m| listed(m)) {
            Some(m)
                if m.range.len() >= entity.range.len()
                    || m.candidates.first().is_some_and(|c| c.weight >= GREAT) =>
            {
                continue;
            }
            Some(m) => {
                let before = text.get(entity.range.start()..m.range.start()).unwrap_or("");
                let after = text.get(m.range.end()..entity.range.end()).unwrap_or("");
                before.split_whitespace().chain(after.split_whitespace()).collect()
            }
            None if follows_preposition(text, entity.range.start())
                || mentions.iter().any(|m| in_a_row(text, m.range.end(), entity.range.start())) =>
            {
                vec![entity.range.of(text)]
            }
            None => continue,
        };
        // "SAN LUIS DE LA REINA" is not Reina, but "LA UNION DEPARTMENT" is La Union.
        let proper = |w: &&str| {
            let word = w.to_lowercase();
            !words::is(Class::Modifier, &word)
                && !words::is(Class::Inside, &word)
                && !words::is(Class::Kind, &word)
        };
        let one_name = entity
            .range
            .of(text)
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || c == '-' || c == '\'');
        if one_name && rest.iter().any(proper) {
            mentions.retain(|m| !listed(m));
            mentions.push(unlisted(text, entity.range));
        }
    }
    mentions.sort_by_key(|m| m.range.start());
}

fn follows_preposition(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|t| t.split_whitespace().next_back()).unwrap_or("").to_lowercase();
    matches!(before.as_str(), "in" | "at" | "near" | "from" | "of")
}

/// "IN SOTILLO, ALBARES, AND RUERTA".
fn in_a_row(text: &str, end: usize, start: usize) -> bool {
    end < start && text.get(end..start).is_some_and(|t| matches!(t.trim(), "," | "AND" | ", AND"))
}

fn unlisted(text: &str, range: TextRange) -> Mention {
    // Without the word for what kind of place it is.
    let name = range.of(text);
    let last = name.split_whitespace().next_back().unwrap_or("");
    let bare = match name.strip_suffix(last).map(str::trim_end) {
        Some(bare) if !bare.is_empty() && words::is(Class::Kind, &last.to_lowercase()) => bare.len(),
        _ => name.len(),
    };
    let range = TextRange::new(range.start(), range.start() + bare);
    Mention {
        range,
        name: range.of(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
        candidates: Vec::new(),
        within: None,
        locative: true,
        demonym: false,
        certain: false,
        doubtful: false,
        unknown: false,
        again: false,
        loud: true,
    }
}

/// A small place of a country that the report does not speak of is another one of that name, which no list knows; so is a
/// great one that only has the name in another language.
pub(super) fn keep_to_the_country(mentions: &[Mention], chosen: &mut [Option<usize>]) {
    let meant = |m: &Mention, i: Option<usize>| i.and_then(|i| m.candidates.get(i)).cloned();
    let great: BTreeSet<&'static str> = mentions
        .iter()
        .zip(chosen.iter())
        .filter_map(|(m, &i)| meant(m, i))
        .filter(|c| c.weight >= GREAT / 3.0)
        .filter_map(|c| c.spot.country)
        .collect();
    let all: Vec<(&str, &str)> = mentions
        .iter()
        .zip(chosen.iter())
        .filter_map(|(m, &i)| Some((m.name.as_str(), meant(m, i)?.spot.country?)))
        .collect();
    for (m, i) in mentions.iter().zip(chosen).filter(|(m, _)| m.loud && m.within.is_none()) {
        let strange = meant(m, *i).is_some_and(|c| {
            let Some(country) = c.spot.country else { return false };
            let named = || all.iter().any(|(name, other)| *other == country && *name != m.name);
            // "Cano" is one of the names of Kano in some language.
            let alias = !c.is_called(&m.name)
                && c.spot.precision != PlacePrecision::Country
                && country::of_capital(&m.name).is_none()
                && !named();
            alias || c.weight < GREAT / 3.0 && !great.contains(country)
        });
        if strange && !great.is_empty() {
            *i = None;
        }
    }
}

fn tag(entities: &[Entity], range: TextRange) -> Option<EntityKind> {
    entities.iter().find(|e| e.range.overlaps(range)).map(|e| e.kind)
}

/// Whether four of five words with letters are in capitals, and there are at least five.
pub(super) fn is_loud(text: &str, sentence: &Sentence) -> bool {
    let words =
        sentence.tokens.iter().map(|t| t.range.of(text)).filter(|w| w.chars().any(char::is_alphabetic));
    let (mut all, mut upper) = (0, 0);
    for word in words {
        all += 1;
        upper += usize::from(!word.chars().any(char::is_lowercase));
    }
    all >= 5 && upper * 5 >= all * 4
}

#[cfg(test)]
mod tests {
    use record::{Parsed, Sentence, TextRange, Token, Upos};

    use super::super::places;
    use crate::time::tests::report;

    #[test]
    fn capitals_alone_make_no_place() {
        let text = "GUNMEN SHOT JUAN SANTOS EARLY TODAY IN LIMA";
        let mut at = 0;
        let mut tokens = Vec::new();
        for word in text.split(' ') {
            let upos = match word {
                "JUAN" | "SANTOS" | "LIMA" => Upos::Propn,
                _ => Upos::X,
            };
            tokens.push(Token {
                range: TextRange::new(at, at + word.len()),
                lemma: word.to_lowercase(),
                upos,
                xpos: "",
                feats: "",
                head: 0,
                deprel: "dep",
                deed: None,
            });
            at += word.len() + 1;
        }
        let sentence = Sentence { range: TextRange::new(0, text.len()), tokens, participants: Vec::new() };
        let parsed = Parsed { sentences: vec![sentence], ..Parsed::default() };
        let found = places(&report(text, None), &parsed);
        let words: Vec<&str> = found.iter().map(|p| p.range.of(text)).collect();
        assert!(!words.contains(&"EARLY"), "{words:?}");
    }
}
