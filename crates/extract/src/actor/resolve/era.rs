//! When an undated report was written, as far as the people in it tell: "Defence Secretary Ann Roe" was that from 2021 to 2025.

use jiff::civil::Date;

use super::super::knowledge::{Post, knowledge};
use super::Resolver;

/// First and last day, either of them missing.
type Era = (Option<Date>, Option<Date>);

impl Resolver<'_> {
    /// The days on which all who are named with their posts held them; `None` of a dated report, and where there are no such
    /// days or nobody tells.
    pub(super) fn era(&self) -> Option<Era> {
        if self.day.is_some() {
            return None;
        }
        let base = knowledge();
        let mut era: Option<Era> = None;
        for held in self.held.iter().filter(|held| !self.is_not_now(held.phrase)) {
            let Some(entry) = base.entry(held.person.as_str()) else { continue };
            let mut posts = base.entries[entry].posts.iter().filter(|p| p.title == held.title);
            // Who held a post twice tells less.
            let (Some(post), None) = (posts.next(), posts.next()) else { continue };
            let (from, to) = era.unwrap_or((None, None));
            era = Some((from.max(post.from), earlier(to, post.to)));
        }
        era.filter(|&(from, to)| from.is_none_or(|f| to.is_none_or(|t| f <= t)))
    }
}

/// Whether a post was held on some day of an era.
pub(super) fn held_in(posts: &[Post], title: usize, of: &str, (from, to): Era) -> bool {
    let begun = |p: &Post| p.from.is_none_or(|f| to.is_none_or(|t| f <= t));
    let lasts = |p: &Post| p.to.is_none_or(|t| from.is_none_or(|f| f <= t));
    posts.iter().any(|p| p.title == title && p.of == of && begun(p) && lasts(p))
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
