//! A record and an analysis as files for others: one module a format.
//!
//! The versioned wire types live in [`json`] and nowhere else. Offsets on the wire are Unicode code points from 0,
//! end exclusive, into the report's `text`; inside the program they are bytes, and [`json`] converts.

pub mod csv;
pub mod json;
pub mod marked;
pub mod tables;
#[cfg(test)]
mod testing;
mod toll;
mod words;
