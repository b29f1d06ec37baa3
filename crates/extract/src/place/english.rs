//! Names to show: as English-language news has them, from `data/english-names.tsv`, and without the marks of
//! scholarly transliteration ("Dayr al Balaḩ").

use std::collections::HashMap;
use std::sync::LazyLock;

use super::gazetteer;
use super::spelling::{key, unmarked};
use crate::table::{self, BadLine};

const DATA: &str = include_str!("../../data/english-names.tsv");

/// Countries whose languages are not written in Latin letters, or not in news.
const OTHER_LETTERS: &[&str] = &[
    "AFG", "ARE", "ARM", "BGD", "BHR", "BLR", "EGY", "ERI", "ETH", "GEO", "IND", "IRN", "IRQ", "ISR", "JOR",
    "KAZ", "KGZ", "KWT", "LBN", "LBY", "MMR", "NPL", "OMN", "PAK", "PSE", "QAT", "RUS", "SAU", "SDN", "SOM",
    "SYR", "TJK", "UKR", "YEM",
];

type Names = HashMap<(&'static str, &'static str), &'static str>;

static NAMES: LazyLock<Names> = LazyLock::new(|| read(DATA).unwrap_or_else(|bad| panic!("{bad}")));

fn read(text: &'static str) -> Result<Names, BadLine> {
    let mut names = Names::new();
    for row in table::rows("english-names.tsv", text, 3)? {
        let known = gazetteer::named(&key(row.text(1)))
            .iter()
            .any(|e| e.country.code == row.text(0) && e.name == row.text(1));
        if !known {
            return Err(row.bad("no such place"));
        }
        names.insert((row.text(0), row.text(1)), row.text(2));
    }
    Ok(names)
}

/// The name to show of a place that GeoNames calls `name`.
pub(super) fn name(country: &str, name: &str) -> String {
    match NAMES.get(&(country, name)) {
        Some(english) => (*english).to_owned(),
        None if OTHER_LETTERS.contains(&country) => {
            unmarked(name).filter(|c| !matches!(c, '‘' | '’' | 'ʿ' | 'ʾ' | 'ʼ')).collect()
        }
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_news_has_them() {
        for (country, given, shown) in [
            ("YEM", "Al Ḩudaydah", "Hodeidah"),
            ("PSE", "Banī Suhaylā", "Bani Suhayla"),
            ("BRA", "São Paulo", "São Paulo"),
        ] {
            assert_eq!(name(country, given), shown);
        }
    }

    #[test]
    fn every_line_names_a_place_and_a_bad_one_is_named() {
        assert!(NAMES.len() > 150);
        assert_eq!(read("YEM\tNowhere\tX\n").unwrap_err().line, 1);
    }
}
