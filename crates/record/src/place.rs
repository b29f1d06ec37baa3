//! A place in the world.

use crate::Span;
use crate::names::names;

names! {
    /// What kind of spot a place is, from fine to coarse.
    PlacePrecision("place precision") {
        /// A building, base, camp, crossing, dam, plant.
        Site = "site",
        City = "city",
        /// A second-level division: district, county.
        District = "district",
        /// A first-level division: province, governorate, state.
        Admin1 = "admin1",
        Country = "country",
        /// A border, a region over several countries, a sea, a continent.
        Region = "region",
    }
}

/// A place in the world, resolved as far as it can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Its usual English name, or the words where it is not resolved.
    pub name: String,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// Latitude in degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Longitude in degrees east, WGS 84.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<&'static str>,
    /// Name of the first-level division.
    pub admin1: Option<String>,
    /// How fine it is.
    pub precision: PlacePrecision,
}

/// A place that something has, with the words that say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The place.
    pub spot: Spot,
    /// The words that name it. Empty only in records of programs that did not keep them.
    pub evidence: Vec<Span>,
}
