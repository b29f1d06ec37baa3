//! What a name can mean: countries, the project's own list of sites, divisions, and the gazetteer, under one roof.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use record::{PlacePrecision, Spot};

use super::country::{self, Country};
use super::english;
use super::gazetteer::{self, Entry, Kind};
use super::spelling::{key, rough};
use crate::table::{self, BadLine};

const SITES: &str = include_str!("../../data/sites.tsv");
const DIVISIONS: &str = include_str!("../../data/divisions.tsv");

/// How much weightier a division is where the text says that it is one.
const KIND: f64 = 100.0;

/// The weight of a country: a town of its name is meant only where the text says so, however many of its neighbours it names.
const COUNTRY: f64 = 3e9;

/// One thing that a name can mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) spot: Spot,
    /// People who live there; for what has no inhabitants, a number by how widely it is known.
    pub(super) weight: f64,
    /// Gazetteer number of the first-level division it is or lies in.
    pub(super) admin1: Option<u32>,
    /// Gazetteer number of the second-level division it is or lies in.
    pub(super) admin2: Option<u32>,
    /// Gazetteer number, if it is from there.
    pub(super) number: Option<u32>,
}

impl Candidate {
    fn country(country: &Country) -> Candidate {
        Candidate {
            spot: Spot {
                name: country.name.to_owned(),
                geonames_id: Some(country.geonames_id),
                lat: Some(country.lat),
                lon: Some(country.lon),
                country: Some(country.code),
                admin1: None,
                precision: PlacePrecision::Country,
            },
            weight: COUNTRY,
            admin1: None,
            admin2: None,
            number: None,
        }
    }

    fn entry(entry: &Entry) -> Candidate {
        let first = entry.admin1.and_then(gazetteer::entry);
        let (precision, factor) = match entry.kind {
            Kind::City => (PlacePrecision::City, 1.0),
            Kind::Admin1 => (PlacePrecision::Admin1, 3.0),
            Kind::District => (PlacePrecision::District, 0.3),
        };
        Candidate {
            spot: Spot {
                name: english::name(entry.country.code, entry.name),
                geonames_id: entry.geonames_id,
                lat: Some(entry.lat),
                lon: Some(entry.lon),
                country: Some(entry.country.code),
                admin1: first.map(|f| english::name(f.country.code, f.name)),
                precision,
            },
            weight: f64::from(entry.population.max(100)) * factor,
            admin1: if entry.kind == Kind::Admin1 { Some(entry.number) } else { entry.admin1 },
            admin2: if entry.kind == Kind::District { Some(entry.number) } else { entry.admin2 },
            number: Some(entry.number),
        }
    }

    /// Whether words are its own name, in the gazetteer or as it is shown, and not another that it has somewhere.
    pub(super) fn is_called(&self, words: &str) -> bool {
        let form = key(words);
        let listed = self.number.and_then(gazetteer::entry);
        listed.is_none_or(|e| key(e.name) == form) || key(&self.spot.name) == form
    }

    /// Whether both are the same place.
    pub(super) fn same(&self, other: &Candidate) -> bool {
        match (self.spot.geonames_id, other.spot.geonames_id) {
            (Some(a), Some(b)) => a == b,
            _ => self.spot.name == other.spot.name && self.spot.country == other.spot.country,
        }
    }

    /// Distance in km, good enough for near and far; `None` without coordinates.
    pub(super) fn distance(&self, other: &Candidate) -> Option<f64> {
        let (lat, lon) = (self.spot.lat?, self.spot.lon?);
        let (lat2, lon2) = (other.spot.lat?, other.spot.lon?);
        let across = (lon - lon2 + 540.0).rem_euclid(360.0) - 180.0;
        let x = across * ((lat + lat2) / 2.0).to_radians().cos();
        Some((x * x + (lat - lat2) * (lat - lat2)).sqrt() * 111.2)
    }
}

#[derive(Debug)]
struct Lists {
    /// By normal form.
    sites: HashMap<String, Vec<Candidate>>,
    /// Names in capitals, as written.
    acronyms: HashSet<&'static str>,
    /// By rough form.
    rough: HashMap<String, Vec<Candidate>>,
    /// Divisions by a short name as written ("Ga.", "N.J.").
    short: HashMap<&'static str, u32>,
    /// Divisions by another name, by normal form.
    divisions: HashMap<String, u32>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| read(SITES, DIVISIONS).unwrap_or_else(|bad| panic!("{bad}")));

fn read(sites: &'static str, divisions: &'static str) -> Result<Lists, BadLine> {
    let mut lists = Lists {
        sites: HashMap::new(),
        acronyms: HashSet::new(),
        rough: HashMap::new(),
        short: HashMap::new(),
        divisions: HashMap::new(),
    };
    for row in table::rows("sites.tsv", sites, 7)? {
        let precision = row.read::<PlacePrecision>(0)?;
        let optional =
            |i: usize| if row.text(i).is_empty() { Ok(None) } else { row.read::<f64>(i).map(Some) };
        let id = if row.text(1).is_empty() { None } else { Some(row.read(1)?) };
        let code = match row.text(5) {
            "" => None,
            code => Some(country::by_code(code).ok_or_else(|| row.bad("no such country"))?.code),
        };
        let spot = Spot {
            name: row.text(2).to_owned(),
            geonames_id: id,
            lat: optional(3)?,
            lon: optional(4)?,
            country: code,
            admin1: None,
            precision,
        };
        let weight = if precision == PlacePrecision::City { 1e5 } else { 3e6 };
        let candidate = Candidate { spot, weight, admin1: None, admin2: None, number: None };
        for name in std::iter::once(row.text(2)).chain(row.list(6)) {
            if name.chars().all(char::is_uppercase) {
                lists.acronyms.insert(name);
            }
            let form = key(name.strip_prefix("the ").unwrap_or(name));
            let carried = name.contains('-') || form.starts_with("al ") || form.contains(" al ");
            if carried && rough(&form).len() > 4 {
                lists.rough.entry(rough(&form)).or_default().push(candidate.clone());
            }
            if let Some(bare) = form.strip_prefix("al ").filter(|b| b.len() > 3) {
                lists.sites.entry(bare.to_owned()).or_default().push(candidate.clone());
            }
            lists.sites.entry(form).or_default().push(candidate.clone());
        }
    }
    for row in table::rows("divisions.tsv", divisions, 3)? {
        let found = gazetteer::named(&key(row.text(1)));
        let division = found.iter().find(|e| e.kind == Kind::Admin1 && e.country.code == row.text(0));
        let number = division.ok_or_else(|| row.bad("no such division"))?.number;
        for name in row.list(2) {
            if name.contains('.') || name.chars().all(char::is_uppercase) {
                lists.short.insert(name, number);
            } else {
                lists.divisions.insert(key(name), number);
            }
        }
    }
    Ok(lists)
}

/// What words can mean, the weightiest first. A place of the own list hides what else bears its name; a country leaves
/// the places that bear just its name.
pub(super) fn candidates(words: &str) -> Vec<Candidate> {
    let form = key(words);
    let mut found: Vec<Candidate> = country::named(words).map(Candidate::country).into_iter().collect();
    if let Some(sites) = LISTS.sites.get(&form).filter(|_| found.is_empty()) {
        // "SWAT" is not the Swat valley, but "FATA" is the tribal areas.
        let acronym = words.len() < 5 && words.chars().all(char::is_uppercase);
        return if acronym && !LISTS.acronyms.contains(words) { Vec::new() } else { sites.clone() };
    }
    if !found.is_empty() {
        // Palestine in Texas, Lebanon in Tennessee: only what bears just this name, not what is also called so. A part of
        // the country itself, such as Mexico's state of that name, is meant only where the text says so.
        let country = found[0].spot.country;
        found.extend(bearers(&form).filter(|c| c.spot.country != country));
        return found;
    }
    if let Some(division) = LISTS.divisions.get(&form).and_then(|n| gazetteer::entry(*n)) {
        found.push(Candidate::entry(&division));
    }
    found.extend(gazetteer::named(&form).iter().map(Candidate::entry));
    // A capital is spoken of far more than its size says; a division less than the city it is named after, or than the
    // capital of its country.
    if let Some(capital) = country::of_capital(words) {
        let city = found
            .iter_mut()
            .find(|c| c.spot.country == Some(capital.code) && c.spot.precision == PlacePrecision::City);
        if let Some(city) = city {
            city.weight *= 20.0;
        }
    }
    let seat = country::of_capital(words).map(|c| c.code);
    for i in 0..found.len() {
        let city = found.iter().any(|c| {
            c.spot.precision == PlacePrecision::City
                && c.admin1 == found[i].admin1
                && c.weight * 6.0 > found[i].weight
        }) || seat.is_some() && seat == found[i].spot.country;
        if found[i].spot.precision == PlacePrecision::Admin1 && city {
            found[i].weight /= 6.0;
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.dedup_by(|a, b| a.number.is_some() && a.number == b.number);
    found
}

/// The entries of the gazetteer whose own name has this form.
fn bearers(form: &str) -> impl Iterator<Item = Candidate> {
    gazetteer::named(form).into_iter().filter(move |e| key(e.name) == form).map(|e| Candidate::entry(&e))
}

/// What a name can mean before a word for its kind: "Kaduna state" is rather the state than the city.
pub(super) fn of_kind(words: &str, kind: &str, mut named: Vec<Candidate>) -> Vec<Candidate> {
    let precision = match kind {
        "state" | "province" | "region" | "governorate" | "oblast" | "department" | "prefecture" | "krai" => {
            PlacePrecision::Admin1
        }
        "county" | "district" => PlacePrecision::District,
        "city" | "town" | "village" | "port" => PlacePrecision::City,
        _ => return named,
    };
    let alias = LISTS.divisions.get(&key(&format!("{words} {kind}"))).and_then(|n| gazetteer::entry(*n));
    if let Some(division) = alias.as_ref().map(Candidate::entry) {
        named.retain(|c| !c.same(&division));
        named.push(division);
    }
    // "Mexico state", which bears the name of its country.
    if let Some(country) = named.first().filter(|c| c.spot.precision == PlacePrecision::Country) {
        let country = country.spot.country;
        named.extend(bearers(&key(words)).filter(|c| c.spot.country == country));
    }
    named.iter_mut().filter(|c| c.spot.precision == precision).for_each(|c| c.weight *= KIND);
    named.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    named
}

/// What a name can mean that is spelled as no list spells it.
pub(super) fn sounding(words: &str) -> Vec<Candidate> {
    let form = key(words);
    if let Some(found) = LISTS.rough.get(&rough(&form)) {
        return found.clone();
    }
    gazetteer::sounding(&form).iter().map(Candidate::entry).collect()
}

/// The country whose people or adjective this is.
pub(super) fn demonym(words: &str) -> Option<Candidate> {
    country::demonym(words).map(Candidate::country)
}

/// The capital of a country.
pub(super) fn capital(code: &str) -> Option<Candidate> {
    let name = country::by_code(code)?.capitals.first()?;
    candidates(name)
        .into_iter()
        .find(|c| c.spot.country == Some(code) && c.spot.precision == PlacePrecision::City)
}

/// The first-level division with this short name, as written after a comma: "Ga.", "N.J.", "TX".
pub(super) fn short_division(words: &str) -> Option<Candidate> {
    LISTS.short.get(words).and_then(|n| gazetteer::entry(*n)).map(|e| Candidate::entry(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_and_a_bad_line_is_named() {
        assert_eq!(short_division("Ga.").map(|c| c.spot.name), Some("Georgia".to_owned()));
        assert_eq!(candidates("Red Sea")[0].spot.precision, PlacePrecision::Region);
        assert_eq!(read("moon\t\tX\t1\t1\t\t\n", "").unwrap_err().line, 1);
        assert_eq!(read("", "USA\tNowhere\tNo.\n").unwrap_err().line, 1);
    }

    #[test]
    fn spellings_meet() {
        for words in ["Jurf al-Nasr", "Jurf al-Sakhar", "Jurf as-Sakher"] {
            let found = candidates(words).into_iter().chain(sounding(words)).next();
            assert_eq!(found.map(|c| c.spot.name), Some("Jurf al-Sakhar".to_owned()), "{words}");
        }
    }
}
