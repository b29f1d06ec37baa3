//! The measures, as pure functions.

pub mod answers;
pub mod assignment;
pub mod clusters;
pub mod conll18;
pub mod counts;
pub mod shingles;
pub mod spans;

pub use counts::Counts;
