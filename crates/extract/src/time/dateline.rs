//! "NORTHPORT, June 18 –": the day on which a report was written, which dates no deed. Of a report printed on 19 June it is the
//! day from which its "today" is counted.

use jiff::civil::Date;
use record::{BlockLabel, Report, TextRange};

use super::grammar::Chart;
use super::resolve::{Context, Tense, resolve};
use super::rules;
use super::token::{Token, tokens};
use super::{Granule, Time};

/// The rule of such a day.
pub(crate) const RULE: &str = "date.dateline";

/// Blocks behind the title that may begin with a dateline.
const FIRST: usize = 2;
/// Bytes of a block within which its dateline ends.
const HEAD: usize = 120;
/// Words that may stand before its day, and behind it ("(Agency)") before the dash.
const TOWN: usize = 8;
const AGENCY: usize = 8;
/// Days before its publication that a report may have been written.
const OLDEST: i32 = 3;

/// The day in the dateline of a report.
pub(super) struct Dateline {
    pub(super) range: TextRange,
    time: Time,
}

/// The dateline's day, behind a town and before a dash.
pub(super) fn find(report: &Report) -> Option<Dateline> {
    let mut blocks = report.content().filter(|b| b.label != BlockLabel::Title).take(FIRST);
    blocks.find_map(|block| {
        let text = block.range.of(&report.text);
        let found = day(&tokens(&text[..text.floor_char_boundary(HEAD)]))?;
        let (start, end) =
            (block.range.start() + found.range.start(), block.range.start() + found.range.end());
        Some(Dateline { range: TextRange::new(start, end), ..found })
    })
}

fn day(tokens: &[Token]) -> Option<Dateline> {
    let mut chart = Chart::new(tokens);
    rules::parse(&mut chart);
    let town =
        tokens.iter().take_while(|t| t.capital || matches!(t.lower.as_str(), "," | "-" | "(" | ")" | "'"));
    let behind = |end: usize| {
        let mut rest = tokens[end..].iter().take(AGENCY).take_while(|t| !t.ends_sentence());
        rest.any(|t| matches!(t.lower.as_str(), "-" | "–" | "—"))
    };
    (1..=town.count().min(TOWN)).filter(|&at| at < tokens.len()).find_map(|at| {
        let named = |t: &Time| matches!(t, Time::MonthDay(..) | Time::Fixed(Granule::Day(_)));
        let dated = chart.phrases[at].iter().filter(|p| named(&p.time) && behind(p.end));
        let longest = dated.max_by_key(|p| p.end)?;
        let range = TextRange::new(tokens[at].range.start(), tokens[longest.end - 1].range.end());
        Some(Dateline { range, time: longest.time.clone() })
    })
}

impl Dateline {
    /// The day, where it is a little older than the publication.
    pub(super) fn before(&self, publication: Date) -> Option<Date> {
        let context = Context { publication: Some(publication), spoken: None, day: None, tense: Tense::Past };
        match resolve(&self.time, &context).granule {
            Some(Granule::Day(day)) => {
                Some(day).filter(|&d| (1..=OLDEST).contains(&(publication - d).get_days()))
            }
            _ => None,
        }
    }
}
