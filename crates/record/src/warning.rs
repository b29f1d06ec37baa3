//! Something odd that did not stop the work.

use std::fmt;

/// What was odd, where, and why it matters or what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// A stable code, for instance `W104`; `docs/messages.md` lists them.
    pub code: &'static str,
    /// A report id, or `path:line` where there is no report yet.
    pub origin: String,
    /// One sentence: what, why, and what was done.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.origin, self.message, self.code)
    }
}
