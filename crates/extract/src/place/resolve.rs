//! Which of the places that bear a name is meant.
//!
//! Each candidate gets a score from how many people live there, from what the text says it lies in, from the countries
//! and divisions the text speaks of, and from how near it is to what the other names can mean. Resolved names then
//! count as context for the others, once more.

use std::collections::BTreeMap;

use record::PlacePrecision;

use super::candidate::Candidate;
use super::detect::{Mention, within};

/// Names and candidates beyond these are not compared with each other.
const MOST_NAMES: usize = 40;
const MOST_CANDIDATES: usize = 80;

/// The weights of the signs, chosen on half of one development set.
const WITHIN: f64 = 12.0;
const NEAR: f64 = 2.2;
const DIVISION: f64 = 2.0;
const COUNTRY: f64 = 5.0;
const LEAST: f64 = 5.2;
/// What a place loses that only has the name somewhere, where another one bears it: as much as a tenth of its people.
const ALIAS: f64 = 1.0;

/// What a country's own name says of where the towns of the text lie, beside what another town of it says: less, since
/// reports on any country name the great powers.
const NAMED: f64 = 0.85;

/// All mentions of one name, which mean the same place unless the text says otherwise.
struct Name<'m> {
    candidates: Vec<&'m Candidate>,
    mentions: usize,
    within: Option<&'m Candidate>,
    word: &'m str,
    /// Every mention has only weak signs.
    doubtful: bool,
    /// Some mention stands in a sentence that is all in capitals.
    loud: bool,
    certain: bool,
    chosen: Option<usize>,
}

impl Name<'_> {
    fn weight(&self) -> f64 {
        1.0 + (self.mentions as f64).ln()
    }

    /// Whether it may be no place at all ("ECONOMY" in a text that is all in capitals), and so says nothing of the others.
    fn is_mute(&self) -> bool {
        self.loud && self.doubtful && self.chosen.is_none()
    }

    /// What it votes for, and with what share of its weight: until one is chosen, all it can mean, by equal parts.
    fn votes<T: Ord>(&self, of: impl Fn(&Candidate) -> Option<T>) -> Vec<(T, f64)> {
        let voters = match self.chosen {
            Some(i) => self.candidates.get(i..=i).unwrap_or_default(),
            None => &self.candidates[..],
        };
        let mut meant: Vec<T> = voters.iter().filter_map(|c| of(c)).collect();
        meant.sort_unstable();
        meant.dedup();
        let share = self.weight() / meant.len() as f64;
        meant.into_iter().map(|m| (m, share)).collect()
    }
}

/// For each mention the index of the candidate that is meant; `None` if none is likely.
pub(super) fn resolve(mentions: &[Mention], home: &[Candidate]) -> Vec<Option<usize>> {
    let mut names: BTreeMap<(&str, Option<&str>), Name<'_>> = BTreeMap::new();
    for mention in mentions {
        let within = mention.within.as_ref();
        let name =
            names.entry((&mention.name, within.map(|w| w.spot.name.as_str()))).or_insert_with(|| Name {
                candidates: mention.candidates.iter().take(MOST_CANDIDATES).collect(),
                mentions: 0,
                within,
                word: &mention.name,
                doubtful: true,
                loud: false,
                certain: false,
                chosen: None,
            });
        name.mentions += 1;
        name.doubtful &= mention.doubtful;
        name.loud |= mention.loud;
        name.certain |= mention.certain;
    }
    let stated: BTreeMap<String, Candidate> =
        names.iter().filter_map(|((word, _), n)| Some(((*word).to_owned(), n.within?.clone()))).collect();
    let keys: Vec<(String, Option<String>)> =
        names.keys().map(|(a, b)| ((*a).to_owned(), b.map(ToOwned::to_owned))).collect();
    let mut list: Vec<Name<'_>> = names.into_values().collect();
    // A name that is once said to lie somewhere lies there in the whole text.
    for (name, (word, _)) in list.iter_mut().zip(&keys) {
        if name.within.is_none() {
            name.within = stated.get(word);
        }
    }
    for _ in 0..2 {
        let support = support(&list, home);
        let context = Context::of(&list, home);
        for (name, support) in list.iter_mut().zip(support) {
            name.chosen = choose(name, &support, &context);
        }
    }
    let chosen: BTreeMap<_, _> =
        keys.iter().zip(&list).map(|(key, name)| (key.clone(), name.chosen)).collect();
    mentions
        .iter()
        .map(|m| {
            chosen.get(&(m.name.clone(), m.within.as_ref().map(|w| w.spot.name.clone()))).copied().flatten()
        })
        .collect()
}

/// How much the text speaks of countries and divisions.
#[derive(Default)]
struct Context {
    countries: BTreeMap<&'static str, f64>,
    divisions: BTreeMap<u32, f64>,
    total: f64,
}

impl Context {
    fn of(names: &[Name<'_>], home: &[Candidate]) -> Context {
        let mut context = Context::default();
        for name in names.iter().filter(|n| !n.is_mute()) {
            for (division, share) in name.votes(|c| c.admin1) {
                *context.divisions.entry(division).or_default() += share;
            }
            let whole = name.candidates.first().is_some_and(|c| c.spot.precision == PlacePrecision::Country);
            let part = if whole { NAMED } else { 1.0 };
            for (country, share) in name.votes(|c| c.spot.country) {
                *context.countries.entry(country).or_default() += part * share;
            }
            context.total += name.weight();
        }
        for place in home {
            if let Some(country) = place.spot.country {
                *context.countries.entry(country).or_default() += 1.0 / home.len() as f64;
            }
            if let Some(division) = place.admin1 {
                *context.divisions.entry(division).or_default() += 1.0 / home.len() as f64;
            }
            context.total += 1.0 / home.len() as f64;
        }
        context
    }

    fn country(&self, candidate: &Candidate) -> f64 {
        let votes = candidate.spot.country.and_then(|c| self.countries.get(c)).copied().unwrap_or(0.0);
        if self.total > 0.0 { (votes / self.total).min(1.0) } else { 0.0 }
    }

    /// `own` is what the name votes for, which is no sign for itself.
    fn division(&self, candidate: &Candidate, own: &[(u32, f64)]) -> f64 {
        let all = candidate.admin1.and_then(|d| self.divisions.get(&d)).copied().unwrap_or(0.0);
        let votes = all - own.iter().find(|(d, _)| Some(*d) == candidate.admin1).map_or(0.0, |(_, n)| *n);
        (votes / 2.0).min(1.0) + if self.total > 0.0 { votes / self.total } else { 0.0 }
    }
}

/// For each candidate of each name, how near the nearest meanings of the other names are.
fn support(names: &[Name<'_>], home: &[Candidate]) -> Vec<Vec<f64>> {
    let fine = |c: &Candidate| {
        matches!(c.spot.precision, PlacePrecision::City | PlacePrecision::District | PlacePrecision::Site)
    };
    names
        .iter()
        .map(|name| {
            let mut sums = vec![0.0; name.candidates.len()];
            if name.candidates.len() < 2 && !name.doubtful {
                return sums;
            }
            let others = names
                .iter()
                .filter(|other| other.word != name.word && !other.is_mute())
                .take(MOST_NAMES)
                .map(|other| match other.chosen {
                    Some(k) => other.candidates.get(k).copied().into_iter().collect::<Vec<_>>(),
                    None => other.candidates.clone(),
                });
            for other in others.chain(std::iter::once(home.iter().collect())) {
                let share = 1.0 / (other.len().max(1) as f64).sqrt();
                for (sum, candidate) in sums.iter_mut().zip(&name.candidates) {
                    let nearest = other
                        .iter()
                        .filter(|o| fine(o) && !o.same(candidate))
                        .filter_map(|o| o.distance(candidate))
                        .fold(f64::INFINITY, f64::min);
                    *sum += share * (-nearest / 60.0).exp();
                }
            }
            sums
        })
        .collect()
}

fn choose(name: &Name<'_>, support: &[f64], context: &Context) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    let own: Vec<bool> = name.candidates.iter().map(|c| c.is_called(name.word)).collect();
    let borne = own.contains(&true);
    let votes = if name.is_mute() { Vec::new() } else { name.votes(|c| c.admin1) };
    for (i, candidate) in name.candidates.iter().enumerate() {
        let stated = match name.within {
            Some(whole) if within(candidate, whole) => WITHIN,
            Some(_) => -WITHIN,
            None => 0.0,
        };
        let near = support.get(i).copied().unwrap_or(0.0);
        let score = candidate.weight.log10() + stated - if borne && !own[i] { ALIAS } else { 0.0 }
            + NEAR * (near * 2.0).min(2.0)
            + DIVISION * context.division(candidate, &votes)
            + COUNTRY * context.country(candidate);
        if best.is_none_or(|(_, top)| score > top) {
            best = Some((i, score));
        }
    }
    let (i, score) = best?;
    let least = match (name.certain, name.doubtful) {
        (true, _) => 0.0,
        (false, true) => LEAST + 2.0,
        (false, false) => LEAST,
    };
    (score >= least).then_some(i)
}
