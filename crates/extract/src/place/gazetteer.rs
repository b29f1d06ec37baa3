//! The gazetteer: names to places, compiled into two files that are read where they lie.
//!
//! `gazetteer.fst` maps a normal form of a name ([`super::spelling`]) to a stretch of the list of places that bear it;
//! rough forms begin with a byte 1. `gazetteer.bin` (zstd) holds, in this order and little-endian: three counts (u32)
//! of places, of list entries, of bytes of names; the places, 28 bytes each; the list (u32 each); the names.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

use super::country::{self, Country};
use super::spelling::{key, rough};
use crate::table::{self, BadLine};

static FST: &[u8] = include_bytes!("../../data/gazetteer.fst");
static BIN: &[u8] = include_bytes!("../../data/gazetteer.bin");

const RECORD: usize = 28;
/// A rough form in the map begins with this byte.
const ROUGH: u8 = 1;
const MOST_OF_A_NAME: usize = 255;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    City,
    Admin1,
    District,
}

/// An entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    /// Its number, for comparing.
    pub(crate) number: u32,
    pub(crate) kind: Kind,
    /// GeoNames id, if known.
    pub(crate) geonames_id: Option<u32>,
    pub(crate) name: &'static str,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u32,
    pub(crate) country: &'static Country,
    /// First-level division it is or lies in.
    pub(crate) admin1: Option<u32>,
    /// Second-level division it lies in.
    pub(crate) admin2: Option<u32>,
}

#[derive(Debug)]
struct Gazetteer {
    names: fst::Map<&'static [u8]>,
    places: u32,
    /// Records, list, names.
    bytes: Vec<u8>,
    list: usize,
    pool: usize,
}

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| load(FST, BIN).unwrap_or_else(|why| panic!("{why}")));

fn load(map: &'static [u8], packed: &[u8]) -> Result<Gazetteer, String> {
    let names = fst::Map::new(map).map_err(|e| format!("gazetteer.fst: {e}"))?;
    let mut bytes = Vec::new();
    let mut reader = zstd::Decoder::new(packed).map_err(|e| format!("gazetteer.bin: {e}"))?;
    reader.read_to_end(&mut bytes).map_err(|e| format!("gazetteer.bin: {e}"))?;
    let count = |at: usize| u32_at(&bytes, at).map(|n| n as usize).ok_or("gazetteer.bin: no header");
    let (places, entries, pool) = (count(0)?, count(4)?, count(8)?);
    let list = 12 + places * RECORD;
    let start = list + entries * 4;
    if start + pool != bytes.len() {
        return Err("gazetteer.bin: wrong length".to_owned());
    }
    Ok(Gazetteer { names, places: u32::try_from(places).unwrap_or(0), bytes, list, pool: start })
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// The entries with this name, the most populous first. `key` is a normal form.
pub(crate) fn named(key: &str) -> Vec<Entry> {
    GAZETTEER.lookup(key.as_bytes())
}

/// The entries of names that sound like this one: lands whose names are carried over from another script.
pub(crate) fn sounding(key: &str) -> Vec<Entry> {
    let form = rough(key);
    if form.len() < 4 {
        return Vec::new();
    }
    GAZETTEER.lookup(&[&[ROUGH], form.as_bytes()].concat())
}

/// The entry with this number.
pub(crate) fn entry(number: u32) -> Option<Entry> {
    GAZETTEER.entry(number)
}

impl Gazetteer {
    fn lookup(&'static self, key: &[u8]) -> Vec<Entry> {
        let Some(value) = self.names.get(key) else { return Vec::new() };
        let (start, count) = ((value >> 8) as usize, (value & 0xff) as usize);
        let numbers = (start..start + count).filter_map(|i| u32_at(&self.bytes, self.list + 4 * i));
        numbers.filter_map(|n| self.entry(n)).collect()
    }

    fn entry(&'static self, number: u32) -> Option<Entry> {
        if number >= self.places {
            return None;
        }
        let at = 12 + number as usize * RECORD;
        let word = |i: usize| u32_at(&self.bytes, at + 4 * i);
        let degrees = |n: u32| f64::from(n.cast_signed()) / 10_000.0;
        let (kind_country, name) = (word(6)?, word(4)? as usize);
        let length = usize::from(*self.bytes.get(self.pool + name)?);
        let name = self.bytes.get(self.pool + name + 1..self.pool + name + 1 + length)?;
        let known = |n: u32| (n != u32::MAX).then_some(n);
        let (admin1, admin2) = (kind_country >> 16, word(5)?);
        Some(Entry {
            number,
            kind: match kind_country & 0xff {
                0 => Kind::City,
                1 => Kind::Admin1,
                _ => Kind::District,
            },
            geonames_id: word(0).filter(|n| *n > 0),
            name: std::str::from_utf8(name).ok()?,
            lat: degrees(word(1)?),
            lon: degrees(word(2)?),
            population: word(3)?,
            country: country::all().get((kind_country >> 8 & 0xff) as usize)?,
            admin1: (admin1 != 0xffff).then_some(admin1),
            admin2: known(admin2),
        })
    }
}

/// Compiles the table that `tools/gazetteer.py` writes into `gazetteer.fst` and `gazetteer.bin`.
///
/// # Errors
/// The line that does not fit, or what the writers say.
pub fn compile(table: &str) -> Result<(Vec<u8>, Vec<u8>), String> {
    let rows = table::rows("places.tsv", table, 10).map_err(|bad| bad.to_string())?;
    let mut rows: Vec<Source<'_>> =
        rows.iter().map(Source::read).collect::<Result<_, BadLine>>().map_err(|bad| bad.to_string())?;
    // First-level divisions first, so that their numbers fit into 16 bits; then as the table has them.
    rows.sort_by_key(|r| match r.kind {
        1 => 0,
        2 => 1,
        _ => 2,
    });
    let number = |i: usize| u32::try_from(i).map_err(|e| e.to_string());
    let mut divisions = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        match row.kind {
            1 => divisions.insert((row.alpha2, row.first, ""), number(i)?),
            2 => divisions.insert((row.alpha2, row.first, row.second), number(i)?),
            _ => None,
        };
    }
    let (mut records, mut pool) = (Vec::new(), Vec::new());
    let mut names: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        let admin1 = divisions.get(&(row.alpha2, row.first, "")).copied().unwrap_or(0xffff).min(0xffff);
        let admin2 =
            if row.second.is_empty() { None } else { divisions.get(&(row.alpha2, row.first, row.second)) };
        let country = u32::try_from(row.country).map_err(|e| e.to_string())?;
        for word in [
            row.id,
            row.lat.cast_unsigned(),
            row.lon.cast_unsigned(),
            row.population,
            number(pool.len())?,
            admin2.copied().unwrap_or(u32::MAX),
            row.kind | country << 8 | admin1 << 16,
        ] {
            records.extend(word.to_le_bytes());
        }
        let name = row.name.get(..row.name.floor_char_boundary(255)).unwrap_or_default();
        pool.push(u8::try_from(name.len()).unwrap_or(0));
        pool.extend(name.as_bytes());
        for form in row.forms() {
            let bearers = names.entry(form).or_default();
            if bearers.last() != Some(&number(i)?) {
                bearers.push(number(i)?);
            }
        }
    }
    let (mut list, mut map) = (Vec::new(), fst::MapBuilder::memory());
    for (form, mut bearers) in names {
        bearers.sort_by_key(|i| (std::cmp::Reverse(rows[*i as usize].population), *i));
        bearers.truncate(MOST_OF_A_NAME);
        let value = (list.len() as u64) << 8 | bearers.len() as u64;
        map.insert(&form, value).map_err(|e| e.to_string())?;
        list.extend(bearers);
    }
    let mut bytes = Vec::new();
    for count in [rows.len(), list.len(), pool.len()] {
        bytes.extend(number(count)?.to_le_bytes());
    }
    bytes.extend(records);
    bytes.extend(list.iter().flat_map(|n| n.to_le_bytes()));
    bytes.extend(pool);
    let packed = zstd::encode_all(bytes.as_slice(), 19).map_err(|e| e.to_string())?;
    Ok((map.into_inner().map_err(|e| e.to_string())?, packed))
}

/// A line of the table.
#[derive(Debug)]
struct Source<'a> {
    kind: u32,
    id: u32,
    name: &'a str,
    /// In ten-thousandths of a degree.
    lat: i32,
    lon: i32,
    population: u32,
    alpha2: &'a str,
    country: usize,
    first: &'a str,
    second: &'a str,
    others: Vec<&'a str>,
}

/// Words that say what kind of division a name is of, and that running text may leave out.
const DIVISIONS: &[&str] =
    &["province", "governorate", "oblast", "region", "state", "department", "prefecture", "district"];

impl<'a> Source<'a> {
    fn read(row: &table::Row<'a>) -> Result<Source<'a>, BadLine> {
        let kind = match row.text(0) {
            "city" => 0,
            "admin1" => 1,
            "district" => 2,
            _ => return Err(row.bad("kind is city, admin1 or district")),
        };
        #[expect(clippy::cast_possible_truncation, reason = "degrees are below 180")]
        let degrees = |i: usize| {
            Ok::<i32, BadLine>((row.read::<f64>(i)?.clamp(-180.0, 180.0) * 10_000.0).round() as i32)
        };
        let alpha2 = row.text(6);
        let country =
            country::by_alpha2(alpha2).and_then(|c| country::all().iter().position(|x| x.code == c.code));
        Ok(Source {
            kind,
            id: row.read(1)?,
            name: row.text(2),
            lat: degrees(3)?,
            lon: degrees(4)?,
            population: row.read::<u64>(5)?.min(u64::from(u32::MAX)) as u32,
            alpha2,
            country: country.ok_or_else(|| row.bad("no such country"))?,
            first: row.text(7),
            second: row.text(8),
            others: row.list(9),
        })
    }

    /// The forms it is found by.
    fn forms(&self) -> Vec<Vec<u8>> {
        let mut forms: Vec<String> =
            std::iter::once(self.name).chain(self.others.iter().copied()).map(key).collect();
        for form in forms.clone() {
            let (first, last) = (form.split(' ').next().unwrap_or(""), form.rsplit(' ').next().unwrap_or(""));
            if self.kind > 0 && DIVISIONS.contains(&last) {
                forms.push(form.trim_end_matches(last).trim().to_owned());
            }
            // "Al Anbar" is also "Anbar".
            if matches!(first, "al" | "ad" | "as" | "ash" | "an" | "ar" | "az" | "at" | "el")
                && form.len() > first.len() + 4
            {
                forms.push(form[first.len()..].trim().to_owned());
            }
        }
        let carried = [
            "SY", "IQ", "YE", "LY", "LB", "JO", "PS", "EG", "SD", "SA", "IR", "AF", "PK", "SO", "DZ", "TN",
            "MA",
        ];
        let roughs =
            forms.iter().filter(|_| carried.contains(&self.alpha2)).map(|f| rough(f)).filter(|f| f.len() > 3);
        let mut all: Vec<Vec<u8>> = roughs.map(|f| [&[ROUGH], f.as_bytes()].concat()).collect();
        all.extend(forms.iter().filter(|f| f.len() > 1).map(|f| f.as_bytes().to_vec()));
        all.sort();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_compiles_and_a_bad_line_is_named() {
        let table = "admin1\t98862\tAn Najaf\t31.9\t44.4\t10\tIQ\t17\t\t\ncity\t7\tKūfah\t32.03\t44.40\t20\tIQ\t17\t\tKufa\n";
        let (map, packed) = compile(table).unwrap();
        let gazetteer: &'static Gazetteer = Box::leak(Box::new(load(map.leak(), &packed).unwrap()));
        let kufa = gazetteer.lookup(b"kufa")[0];
        assert_eq!((kufa.name, kufa.country.code, kufa.lat), ("Kūfah", "IRQ", 32.03));
        assert_eq!(gazetteer.lookup(b"najaf")[0].number, kufa.admin1.unwrap());
        assert!(compile("city\t7\tX\t1\t1\t1\tQQ\t1\t\t\n").unwrap_err().contains("places.tsv:1"));
    }

    #[test]
    fn the_embedded_one_knows_the_towns_of_the_news() {
        let ids = |name: &str| named(&key(name)).iter().map(|e| e.country.code).next();
        for (name, code) in [("al-Qaim", "IRQ"), ("Deir ez-Zor", "SYR"), ("Bakhmut", "UKR"), ("Goma", "COD")]
        {
            assert_eq!(ids(name), Some(code), "{name}");
        }
        assert_eq!(sounding(&key("Falloujah")).first().map(|e| e.country.code), Some("IRQ"));
        assert_eq!(ids("Louisiana"), Some("USA"));
    }
}
