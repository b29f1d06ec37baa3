//! A record and an analysis as files for others: one module a format.
//!
//! The versioned wire types live in [`json`] and nowhere else. Offsets on the wire are Unicode code points from 0,
//! end exclusive, into the report's `text`; inside the program they are bytes, and [`json`] converts.

pub mod acled;
pub mod csv;
mod data;
pub mod gdelt;
pub mod geojson;
pub mod ics;
pub mod json;
pub mod jsonld;
pub mod markdown;
pub mod marked;
pub mod parquet;
pub mod pieces;
pub mod plover;
mod prose;
mod scene;
pub mod tables;
#[cfg(test)]
mod testing;
mod toll;
pub mod ucdp;
mod words;

/// The usual English short name of a country by its ISO 3166-1 alpha-3 code.
#[must_use]
pub fn country_name(code: &str) -> Option<&'static str> {
    data::country(code).map(|c| c.name)
}
