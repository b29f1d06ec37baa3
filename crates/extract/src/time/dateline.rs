//! "NORTHPORT, June 18 –", printed on 19 June: the day on which a report was written, from which its "today" is counted.

use jiff::civil::Date;
use record::{BlockLabel, Report, TextRange};

use super::grammar::Chart;
use super::resolve::{Context, Tense, resolve};
use super::rules;
use super::token::{Token, tokens};
use super::{Granule, Time};

/// Blocks behind the title that may begin with a dateline.
const FIRST: usize = 2;
/// Words that may stand before its day, and behind it ("(Agency)") before the dash.
const TOWN: usize = 8;
const AGENCY: usize = 8;
/// Days before its publication that a report may have been written.
const OLDEST: i32 = 3;

/// The day of the dateline, where it is a little older than the publication.
pub(super) fn written(report: &Report, publication: Date) -> Option<Date> {
    let mut blocks = report.content().filter(|b| b.label != BlockLabel::Title).take(FIRST);
    blocks.find_map(|block| {
        let text = block.range.of(&report.text);
        let head = text.floor_char_boundary(HEAD);
        let tokens = tokens(TextRange::new(0, head).of(text));
        day(&tokens, publication).filter(|&d| (1..=OLDEST).contains(&(publication - d).get_days()))
    })
}

/// Bytes of a block within which its dateline ends.
const HEAD: usize = 120;

/// The day that stands behind a town and before a dash.
fn day(tokens: &[Token], publication: Date) -> Option<Date> {
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
        let dated =
            chart.phrases[at].iter().filter(|p| named(&p.time) && behind(p.end)).max_by_key(|p| p.end)?;
        let context = Context { publication: Some(publication), spoken: None, day: None, tense: Tense::Past };
        match resolve(&dated.time, &context).granule {
            Some(Granule::Day(day)) => Some(day),
            _ => None,
        }
    })
}
