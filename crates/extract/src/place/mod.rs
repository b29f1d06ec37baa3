//! Places: which words name one ([`detect`]), and which one they name ([`resolve`]).
//!
//! What a name can mean comes from the [`country`] table, the project's own list of sites, seas and regions
//! (`data/sites.tsv`) and a [`gazetteer`] of cities and divisions of GeoNames.

mod again;
mod believed;
mod candidate;
pub mod country;
mod detect;
mod english;
pub(crate) mod gazetteer;
mod home;
mod loud;
mod resolve;
pub(crate) mod spelling;
mod stated;
mod unlisted;
mod words;

use record::{BlockLabel, Parsed, Place, PlacePrecision, Report, Spot, TextRange};

/// The places a report names, in order; words for the people of a country ("Iraqi") are given as that country and are
/// not locative.
#[must_use]
pub fn places(report: &Report, parsed: &Parsed) -> Vec<Place> {
    let mut mentions = Vec::new();
    for block in report.content() {
        let text = block.range.of(&report.text);
        mentions.extend(detect::detect(text, block.range.start(), &parsed.entities));
    }
    let believed = believed::names(&report.text, parsed);
    detect::add_given(&report.text, &believed, &mut mentions);
    again::capitals(&report.text, 0, &mut mentions);
    let dateline = report.blocks.iter().find(|b| b.label == BlockLabel::Dateline).map(|b| b.range);
    let written = dateline.and_then(|range| {
        let named = detect::detect(range.of(&report.text), range.start(), &parsed.entities);
        named.into_iter().find(again::is_town)
    });
    again::take_up(&report.text, written, &mut mentions);
    loud::sober(&report.text, parsed, &mut mentions);
    let home: Vec<_> = report.publisher.iter().flat_map(|p| home_of(p)).collect();
    let mut chosen = resolve::resolve(&mentions, &home);
    loud::keep_to_the_country(&mentions, &mut chosen);
    let meant = |(m, c): (&detect::Mention, &Option<usize>)| {
        let country = m.candidates.get((*c)?)?.spot.country?;
        Some((country, m.name.clone(), m.locative))
    };
    let named: Vec<_> = mentions.iter().zip(&chosen).filter_map(meant).collect();
    let about = home::of(named.iter().map(|(country, ..)| *country));
    let mut places: Vec<Place> = mentions
        .into_iter()
        .zip(chosen)
        .filter_map(|(mention, chosen)| {
            let rule = if mention.again {
                "taken-up"
            } else {
                match (mention.demonym, mention.within.is_some(), mention.candidates.len()) {
                    (true, ..) => "demonym",
                    (_, true, _) => "within",
                    (_, _, 1) => "only",
                    _ => "context",
                }
            };
            if mention.unknown {
                let spot = unknown(mention.range.of(&report.text), PlacePrecision::Site);
                return Some(Place { range: mention.range, spot, locative: true, rule: "road" });
            }
            // Capitals hide the signs by which one of its namesakes could be told; the name itself still holds.
            if mention.loud && mention.locative && chosen.is_none() {
                if mention.doubtful {
                    return None;
                }
                let words: Vec<&str> = mention.range.of(&report.text).split_whitespace().collect();
                let spot = unknown(&words.join(" "), PlacePrecision::City);
                return Some(Place { range: mention.range, spot, locative: true, rule: "unresolved" });
            }
            let candidate = mention.candidates.into_iter().nth(chosen?)?;
            // "In the village" takes up a name, and what it can mean.
            let words = if mention.again { mention.name.as_str() } else { mention.range.of(&report.text) };
            // "The capital" is not its name.
            let named_so =
                words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase() == mention.name;
            // "Germany urged restraint" makes Boni no German town: under another name it must be told to have been there.
            let own = candidate.is_called(words);
            let others = || named.iter().filter(|(_, n, _)| *n != mention.name);
            let elsewhere =
                |c: &str| others().any(|(country, _, locative)| *country == c && (own || *locative));
            if let Some(home) =
                about.filter(|_| named_so && matches!(rule, "only" | "context" | "taken-up") && !mention.loud)
                && home::is_stray(&candidate, words, home, elsewhere)
            {
                if mention.again {
                    return None;
                }
                let spot = Spot { country: Some(home), ..unknown(words, PlacePrecision::City) };
                return Some(Place { range: mention.range, spot, locative: mention.locative, rule: "home" });
            }
            if about.is_none()
                && named_so
                && matches!(rule, "only" | "context" | "taken-up")
                && !mention.loud
                && (named.len() >= home::LEAST || home::is_of_one(others().map(|(country, ..)| *country)))
                && home::is_exonym(&candidate, words, elsewhere)
            {
                if mention.again {
                    return None;
                }
                let spot = unknown(words, PlacePrecision::City);
                return Some(Place {
                    range: mention.range,
                    spot,
                    locative: mention.locative,
                    rule: "unlisted",
                });
            }
            Some(Place { range: mention.range, spot: candidate.spot, locative: mention.locative, rule })
        })
        .collect();
    stated::add(&report.text, parsed, &mut places);
    unlisted::add(&report.text, parsed, &believed, &mut places);
    home::settle(&mut places);
    places
}

/// What words that are known to name places mean, in the same order; `None` where no list knows the name. The other
/// names of the report are context, as in [`places`].
#[must_use]
pub fn given_places(report: &Report, parsed: &Parsed, given: &[TextRange]) -> Vec<Option<Spot>> {
    let mut mentions = Vec::new();
    for block in report.content() {
        let text = block.range.of(&report.text);
        mentions.extend(detect::detect(text, block.range.start(), &parsed.entities));
    }
    mentions.retain(|m| given.iter().all(|g| *g == m.range || !g.overlaps(m.range)));
    for range in given {
        match mentions.iter_mut().find(|m| m.range == *range) {
            Some(mention) => mention.certain = true,
            None => mentions.push(detect::given(&report.text, *range)),
        }
    }
    mentions.sort_by_key(|m| m.range.start());
    detect::attach(&report.text, 0, &mut mentions);
    let home: Vec<_> = report.publisher.iter().flat_map(|p| home_of(p)).collect();
    let chosen = resolve::resolve(&mentions, &home);
    let meant = |range: &TextRange| {
        let at = mentions.iter().position(|m| m.range == *range)?;
        Some(mentions[at].candidates.get(chosen[at]?)?.spot.clone())
    };
    given.iter().map(meant).collect()
}

/// A place of which only the name is known.
pub(crate) fn unknown(name: &str, precision: PlacePrecision) -> Spot {
    Spot {
        name: name.to_owned(),
        geonames_id: None,
        lat: None,
        lon: None,
        country: None,
        admin1: None,
        precision,
    }
}

/// Places named in the name of an outlet ("The Baghdad Post").
fn home_of(publisher: &str) -> Vec<candidate::Candidate> {
    let mut mentions = detect::detect(publisher, 0, &[]);
    mentions.retain(|m| !m.demonym);
    mentions.into_iter().next().map(|m| m.candidates).unwrap_or_default()
}

#[cfg(test)]
mod tests;
