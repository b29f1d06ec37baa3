//! Public gold data in, scores out: each field's own metric, so that every claim about accuracy is one command.
//!
//! A task is one file in [`tasks`]: how to load the set's native format, how to ask the system, how to score. The
//! measures are pure functions in [`metrics`], tested by hand-worked examples and against published scores.

pub mod all;
pub mod metrics;
pub mod tasks;

mod input;
mod outcome;
mod system;

pub use input::Problem;
pub use outcome::{Case, Confusion, Outcome};
