//! Places: which words name one, and which one they name.

pub mod country;
