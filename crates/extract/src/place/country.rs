//! States and territories: codes, names, the words for their people, capitals.
//!
//! ```
//! use extract::country;
//! assert_eq!(country::named("the US").map(|c| c.code), Some("USA"));
//! assert_eq!(country::demonym("Iraqis").map(|c| c.code), Some("IRQ"));
//! assert_eq!(country::of_capital("Damascus").map(|c| c.name), Some("Syria"));
//! ```

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::table::{self, BadLine};

const DATA: &str = include_str!("../../data/countries.tsv");

/// A state or territory.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3 (`XKX` for Kosovo).
    pub code: &'static str,
    /// ISO 3166-1 alpha-2.
    pub alpha2: &'static str,
    /// GeoNames id.
    pub geonames_id: u32,
    /// Latitude of a point near its middle, degrees north, WGS 84.
    pub lat: f64,
    /// Longitude of that point, degrees east.
    pub lon: f64,
    /// The usual English short name.
    pub name: &'static str,
    /// The seat of government and other spellings of it.
    pub capitals: Vec<&'static str>,
    /// Other and former names, abbreviations.
    pub aliases: Vec<&'static str>,
    /// Adjectives and nouns for its people: "Iraqi", "Iraqis".
    pub people: Vec<&'static str>,
}

/// All of them, sorted by code.
#[must_use]
pub fn all() -> &'static [Country] {
    &TABLE.countries
}

/// The country with this ISO 3166-1 alpha-3 code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Country> {
    let all = all();
    all.binary_search_by(|c| c.code.cmp(code)).ok().and_then(|i| all.get(i))
}

/// The country with this ISO 3166-1 alpha-2 code.
#[must_use]
pub fn by_alpha2(code: &str) -> Option<&'static Country> {
    TABLE.alpha2.get(code).map(|&i| &all()[i])
}

/// The country with this name, alias or abbreviation, as written in running text: case counts ("US", not "us"), a
/// leading "the" does not. Here and below a name may also stand in capitals ("EL SALVADOR"), if it has four letters or
/// more.
#[must_use]
pub fn named(words: &str) -> Option<&'static Country> {
    find(&TABLE.names, words)
}

/// The country whose people, or whose adjective, this is: "Iraqi", "Iraqis", "French".
#[must_use]
pub fn demonym(words: &str) -> Option<&'static Country> {
    find(&TABLE.people, words)
}

/// The country with this capital ("Baghdad"), which often stands for its government.
#[must_use]
pub fn of_capital(words: &str) -> Option<&'static Country> {
    find(&TABLE.capitals, words)
}

#[derive(Debug)]
struct Table {
    countries: Vec<Country>,
    alpha2: HashMap<&'static str, usize>,
    names: Index,
    people: Index,
    capitals: Index,
}

/// Countries by a word for them.
#[derive(Debug, Default)]
struct Index {
    written: HashMap<&'static str, usize>,
    /// The same in capitals.
    loud: HashMap<String, usize>,
}

impl Index {
    fn add(&mut self, word: &'static str, country: usize) {
        self.written.entry(word).or_insert(country);
        if word.chars().filter(|c| c.is_alphabetic()).count() >= LOUD {
            self.loud.entry(word.to_uppercase()).or_insert(country);
        }
    }

    fn get(&self, word: &str) -> Option<usize> {
        self.written.get(word).or_else(|| self.loud.get(word)).copied()
    }
}

/// Letters that a word in capitals has at least, to be no abbreviation of something else.
const LOUD: usize = 4;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let countries = parse(DATA).unwrap_or_else(|bad| panic!("{bad}"));
    let mut table = Table {
        alpha2: countries.iter().enumerate().map(|(i, c)| (c.alpha2, i)).collect(),
        names: Index::default(),
        people: Index::default(),
        capitals: Index::default(),
        countries: Vec::new(),
    };
    for (i, country) in countries.iter().enumerate() {
        table.names.add(country.name, i);
        for (words, index) in [
            (&country.aliases, &mut table.names),
            (&country.people, &mut table.people),
            (&country.capitals, &mut table.capitals),
        ] {
            for word in words {
                index.add(word, i);
            }
        }
    }
    table.countries = countries;
    table
});

fn find(index: &Index, words: &str) -> Option<&'static Country> {
    let words = words.trim();
    let bare = ["the ", "The ", "THE "].iter().find_map(|the| words.strip_prefix(the)).unwrap_or(words);
    index.get(words).or_else(|| index.get(bare)).map(|i| &all()[i])
}

fn parse(text: &'static str) -> Result<Vec<Country>, BadLine> {
    let mut countries: Vec<Country> = Vec::new();
    for row in table::rows("countries.tsv", text, 9)? {
        let country = Country {
            code: row.text(0),
            alpha2: row.text(1),
            geonames_id: row.read(2)?,
            lat: row.read(3)?,
            lon: row.read(4)?,
            name: row.text(5),
            capitals: row.list(6),
            aliases: row.list(7),
            people: row.list(8),
        };
        if country.code.len() != 3 || country.alpha2.len() != 2 || country.name.is_empty() {
            return Err(row.bad("code of three letters, code of two letters and a name are needed"));
        }
        if !(-90.0..=90.0).contains(&country.lat) || !(-180.0..=180.0).contains(&country.lon) {
            return Err(row.bad("no such latitude or longitude"));
        }
        if countries.last().is_some_and(|last| last.code >= country.code) {
            return Err(row.bad("not sorted by code, or twice"));
        }
        countries.push(country);
    }
    Ok(countries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_news_writes_them() {
        for (words, code) in [
            ("the United States", "USA"),
            ("US", "USA"),
            ("U.S.", "USA"),
            ("Britain", "GBR"),
            ("DR Congo", "COD"),
            ("Côte d’Ivoire", "CIV"),
            ("Burma", "MMR"),
            ("the Islamic Republic", "IRN"),
            ("EL SALVADOR", "SLV"),
            ("PERU", "PER"),
        ] {
            assert_eq!(named(words).map(|c| c.code), Some(code), "{words}");
        }
        assert_eq!(named("us"), None, "a pronoun");
        assert_eq!(demonym("Houthi"), None);
    }

    #[test]
    fn codes_and_capitals() {
        assert_eq!(by_code("SYR").map(|c| c.name), Some("Syria"));
        assert_eq!(by_alpha2("XK").map(|c| c.code), Some("XKX"));
        assert_eq!(of_capital("Kyiv").map(|c| c.code), Some("UKR"));
        assert_eq!(of_capital("Kiev").map(|c| c.code), Some("UKR"));
        assert!(all().len() > 230);
    }

    #[test]
    fn a_line_that_does_not_fit_is_named() {
        let bad = parse("IRQ\tIQ\tx\t33\t44\tIraq\tBaghdad\t\tIraqi\n").unwrap_err();
        assert_eq!(bad.line, 1);
        assert!(parse("IRQ\tIQ\t1\t33\t444\tIraq\tBaghdad\t\tIraqi\n").is_err());
    }
}
