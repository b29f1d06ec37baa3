//! The data files of this crate: UTF-8 text, one entry a line, columns with one tab between them, `#` begins a comment
//! line, `-` stands for nothing.

use std::sync::OnceLock;

use ::record::{Actor, Confidence, Incident, Party};

use crate::words::Words;

/// The lines of a file that say something, each as its number from 1 and its `N` columns.
///
/// # Errors
/// Names the first bad line.
pub(crate) fn rows<const N: usize>(file: &'static str) -> Result<Vec<(usize, [&'static str; N])>, String> {
    let lines = file.lines().enumerate().map(|(n, l)| (n + 1, l.trim_end_matches('\r')));
    lines
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
        .map(|(n, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.iter().any(|c| c.is_empty() || c.trim() != *c) {
                return Err(format!(
                    "line {n}: a column is empty or has space around it; - stands for nothing"
                ));
            }
            let found = cells.len();
            let cells = <[&str; N]>::try_from(cells)
                .map_err(|_| format!("line {n}: {N} columns are wanted, {found} found"))?;
            Ok((n, cells))
        })
        .collect()
}

/// The value of a column that may be `-`.
pub(crate) fn given(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

/// What a file of ours holds. A test reads each of them, so a bad line never ships.
pub(crate) fn ours<T>(name: &str, read: Result<T, String>) -> T {
    read.unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// How other tools code a country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Country {
    pub(crate) code: &'static str,
    pub(crate) numeric: Option<u64>,
    pub(crate) fips: Option<&'static str>,
    pub(crate) cameo: Option<&'static str>,
    pub(crate) gw: Option<u64>,
    /// Name, region.
    pub(crate) acled: Option<(&'static str, Option<&'static str>)>,
    /// Name, region.
    pub(crate) ucdp: Option<(&'static str, Option<&'static str>)>,
    pub(crate) name: &'static str,
}

fn read_countries(file: &'static str) -> Result<Vec<Country>, String> {
    let mut all: Vec<Country> = Vec::new();
    for (n, [code, numeric, fips, cameo, gw, acled, ucdp, name]) in rows(file)? {
        let number = |cell: &'static str| {
            given(cell)
                .map(|c| c.parse().map_err(|_| format!("line {n}: «{c}» is no whole number")))
                .transpose()
        };
        let with_region = |cell: &'static str| {
            given(cell)
                .map(|c| {
                    let (name, region) =
                        c.split_once('/').ok_or_else(|| format!("line {n}: «{c}» is no name/region"))?;
                    Ok::<_, String>((name, given(region)))
                })
                .transpose()
        };
        if code.len() != 3 || all.last().is_some_and(|c| c.code >= code) {
            return Err(format!("line {n}: «{code}» is no code of three letters, or not in order"));
        }
        all.push(Country {
            code,
            numeric: number(numeric)?,
            fips: given(fips),
            cameo: given(cameo),
            gw: number(gw)?,
            acled: with_region(acled)?,
            ucdp: with_region(ucdp)?,
            name,
        });
    }
    Ok(all)
}

/// The country with this ISO 3166-1 alpha-3 code.
pub(crate) fn country(code: &str) -> Option<&'static Country> {
    static ALL: OnceLock<Vec<Country>> = OnceLock::new();
    let all =
        ALL.get_or_init(|| ours("countries.tsv", read_countries(include_str!("../data/countries.tsv"))));
    all.binary_search_by_key(&code, |c| c.code).ok().map(|at| &all[at])
}

/// What somebody is in a fight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Forces or organs of a state.
    State,
    /// Rebels.
    Rebels,
    /// A group under arms, or a criminal one; of which kind is not known.
    Armed,
    /// People without arms.
    Civilians,
    /// An international force.
    Foreign,
}

impl Side {
    fn from_name(name: &str) -> Option<Side> {
        Some(match name {
            "state" => Side::State,
            "rebels" => Side::Rebels,
            "armed" => Side::Armed,
            "civilians" => Side::Civilians,
            "foreign" => Side::Foreign,
            _ => return None,
        })
    }

    /// Whether it bears arms.
    pub(crate) fn is_armed(self) -> bool {
        self != Side::Civilians
    }
}

#[derive(Debug, Clone, Copy)]
struct SectorRule {
    sector: &'static str,
    kind: &'static str,
    cameo: Option<&'static str>,
    side: Option<Side>,
}

fn read_sectors(file: &'static str) -> Result<Vec<SectorRule>, String> {
    rows(file)?
        .into_iter()
        .map(|(n, [sector, kind, cameo, side])| {
            if sector != "*" && !::record::Sector::ALL.iter().any(|s| s.as_str() == sector) {
                return Err(format!("line {n}: «{sector}» is no PLOVER sector"));
            }
            if kind != "*" && !::record::ActorKind::ALL.iter().any(|k| k.as_str() == kind) {
                return Err(format!("line {n}: «{kind}» is no kind of actor"));
            }
            let side = given(side)
                .map(|s| Side::from_name(s).ok_or_else(|| format!("line {n}: «{s}» is no side")))
                .transpose()?;
            Ok(SectorRule { sector, kind, cameo: given(cameo), side })
        })
        .collect()
}

fn sector_rule(actor: &Actor) -> Option<SectorRule> {
    static ALL: OnceLock<Vec<SectorRule>> = OnceLock::new();
    let all = ALL.get_or_init(|| ours("sectors.tsv", read_sectors(include_str!("../data/sectors.tsv"))));
    let fits = |r: &&SectorRule| {
        (r.sector == "*" || actor.sector.is_some_and(|s| s.as_str() == r.sector))
            && (r.kind == "*" || r.kind == actor.kind.as_str())
    };
    all.iter().find(fits).copied()
}

/// CAMEO type code of an actor.
pub(crate) fn cameo_type(actor: &Actor) -> Option<&'static str> {
    sector_rule(actor)?.cameo
}

/// What an actor is in a fight, where that follows from its sector or kind.
pub(crate) fn side(actor: &Actor) -> Option<Side> {
    sector_rule(actor)?.side
}

/// The sides of an incident's actors and of its targets, as far as they are known and nobody denies their part.
pub(crate) fn sides(incident: &Incident, words: &Words<'_>) -> [Vec<Side>; 2] {
    let of = |parties: &[Party]| -> Vec<Side> {
        let held = parties.iter().filter(|p| p.confidence != Confidence::Denied);
        held.filter_map(|p| words.actor(&p.actor)).filter_map(side).collect()
    };
    [of(&incident.actors), of(&incident.targets)]
}

/// Goldstein value of a CAMEO code.
pub(crate) fn goldstein(cameo: &str) -> Option<f64> {
    static ALL: OnceLock<Vec<(&'static str, f64)>> = OnceLock::new();
    let all =
        ALL.get_or_init(|| ours("goldstein.tsv", read_goldstein(include_str!("../data/goldstein.tsv"))));
    all.iter().filter(|(code, _)| cameo.starts_with(code)).max_by_key(|(code, _)| code.len()).map(|(_, v)| *v)
}

fn read_goldstein(file: &'static str) -> Result<Vec<(&'static str, f64)>, String> {
    rows(file)?
        .into_iter()
        .map(|(n, [code, value])| {
            if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(format!("line {n}: «{code}» is no CAMEO code"));
            }
            match value.parse::<f64>() {
                Ok(v) if (-10.0..=10.0).contains(&v) => Ok((code, v)),
                _ => Err(format!("line {n}: «{value}» is no number from -10 to 10")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_and_a_bad_line_is_named() {
        let yemen = country("YEM").expect("Yemen is on the list");
        assert_eq!((yemen.numeric, yemen.fips, yemen.gw), (Some(887), Some("YM"), Some(678)));
        assert_eq!(yemen.ucdp, Some(("Yemen (North Yemen)", Some("Middle East"))));
        assert_eq!(country("ZMB").and_then(|c| c.acled), Some(("Zambia", None)));
        assert!(country("XXX").is_none());
        let bad = |file| read_countries(file).expect_err("a bad line").to_string();
        assert!(bad("# head\nAFG\t4\tAF").starts_with("line 2: 8 columns are wanted, 3 found"));
        assert!(bad("AFG\tx\tAF\tAFG\t700\t-\t-\tAfghanistan").starts_with("line 1: «x» is no whole"));
        assert!(bad("AFG\t4\tAF\tAFG\t700\tAfghanistan\t-\tA").contains("no name/region"));
        assert!(bad("AFG\t4\t\tAFG\t700\t-\t-\tA").contains("- stands for nothing"));
    }

    #[test]
    fn the_longest_code_decides_the_goldstein_value() {
        assert_eq!(goldstein("1821"), Some(-9.0));
        assert_eq!(goldstein("1952"), Some(-10.0));
        assert_eq!(goldstein("042"), Some(1.9));
        assert_eq!(goldstein(""), None);
        assert!(read_goldstein("01\t0.0\n99x\t1").expect_err("bad").starts_with("line 2"));
        assert!(read_goldstein("01\t11").expect_err("bad").starts_with("line 1"));
    }

    #[test]
    fn sectors_name_only_what_exists() {
        assert!(read_sectors("GOV\t*\tGOV\tstate\nXXX\t*\t-\t-").expect_err("bad").starts_with("line 2"));
        assert!(read_sectors("GOV\tghost\t-\t-").expect_err("bad").contains("kind of actor"));
        assert!(read_sectors("GOV\t*\t-\tpirates").expect_err("bad").contains("no side"));
        let record = crate::testing::harbour();
        let words = Words::new(&record);
        let side_of = |id: &str| words.actor(&::record::ActorId::new(id)).and_then(side);
        assert_eq!(side_of("houthis"), Some(Side::Rebels));
        assert_eq!(side_of("coalition"), Some(Side::Foreign));
        assert_eq!(side_of("un"), None);
    }
}
