//! Header lines of plain text: date, address, byline, "Title: …".

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::data;
use crate::day::{self, Stamp};

/// What a header line tells; ranges are bytes of the line.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Header {
    /// Why it is one.
    pub(crate) rule: &'static str,
    pub(crate) published: Option<(Stamp, Range<usize>)>,
    /// Whether it says where the report was written: a dateline with a line of its own.
    pub(crate) town: bool,
    /// Whether it says that this is when the report was changed.
    pub(crate) updated: bool,
    pub(crate) url: Option<Range<usize>>,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) author: Option<Range<usize>>,
    pub(crate) publisher: Option<Range<usize>>,
}

/// Reads a line as a header line, if it is one.
pub(crate) fn header(line: &str) -> Option<Header> {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?i)(?P<key>title|headline|subject|author|byline|by|writer|source|publisher|outlet|agency|publication|url|link|date|dated|published|publication date|pubdate|posted|time|updated|last updated|modified)(?: on| at| by)?\s*[:=]\s*(?P<value>\S.*)$",
        )
    });
    if line.len() > 600 {
        return None;
    }
    if line.contains([':', '='])
        && let Some(found) = KEY.captures(line)
    {
        let value = found.name("value").map(|v| v.range())?;
        let key = found["key"].to_lowercase();
        let mut header = Header { rule: "header.field", ..Header::default() };
        match key.as_str() {
            "title" | "headline" | "subject" => header.title = Some(value),
            "author" | "byline" | "by" | "writer" => header.author = Some(value),
            "source" | "publisher" | "outlet" | "agency" | "publication"
                if link(&line[value.clone()]).is_none() =>
            {
                // "Source: Alma Wire | Updated: 2023-06-01 19:20"
                let bar = line[value.clone()].find(['|', '•']).unwrap_or(value.len());
                header.publisher = Some(value.start..value.start + bar);
                let day = day::find(&line[value.start + bar..]).into_iter().next();
                header.published =
                    day.map(|(at, stamp)| (stamp, value.start + bar + at.start..value.start + bar + at.end));
                header.updated = line[value.start + bar..].to_lowercase().contains("updated");
            }
            _ => return stamped(line).or_else(|| announced(line)),
        }
        let short = |r: &Option<Range<usize>>| {
            r.as_ref().is_none_or(|r| line[r.clone()].split_whitespace().count() <= 8)
        };
        return (short(&header.author) && short(&header.publisher)).then_some(header);
    }
    stamped(line)
        .or_else(|| announced(line))
        .or_else(|| placed(line))
        .or_else(|| field(line))
        .or_else(|| broadcast(line))
        .or_else(|| yearless(line))
        .or_else(|| byline(line))
}

/// "March 5", "Saturday, 26 July": a day by itself, of which the other reports tell the year.
fn yearless(line: &str) -> Option<Header> {
    let (at, ..) = day::without_year(line)?;
    let beside = [&line[..at.start], &line[at.end..]].join(" ").to_lowercase();
    let alone = beside.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(is_filler);
    alone.then(|| Header { rule: "header.day", town: true, ..Header::default() })
}

/// "Radio of the Coast in Spanish 2330 GMT 14 Nov 89": the hour and day at which a broadcast was heard end the line that names
/// the station.
fn broadcast(line: &str) -> Option<Header> {
    static HEARD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b\d{2}:?\d{2} (?:GMT|UTC),? (?:on )?(?P<day>[^()]+)$"));
    let day = HEARD.captures(line.trim_end()).filter(|_| line.len() <= 140)?.name("day")?;
    let (at, stamp) = day::find(day.as_str()).into_iter().next().filter(|(at, _)| at.start == 0)?;
    let range = day.start()..day.start() + at.end;
    (at.end == day.len()).then(|| Header {
        rule: "header.broadcast",
        published: Some((stamp, range)),
        ..Header::default()
    })
}

/// "Posted on 28/01/2022 by the editors | 14 comments", "Published in the Northern Post, March 3rd, 2025": when it was,
/// and around it whatever a site puts there.
fn announced(line: &str) -> Option<Header> {
    let lower = line.to_lowercase();
    let told = ["posted", "published", "first published", "last updated", "updated"]
        .iter()
        .any(|word| lower.trim_start().strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':'])));
    let short = line.split_whitespace().count() <= ANNOUNCED && !line.trim_end().ends_with(['.', '!', '?']);
    let mut dates = day::find(line);
    if !told || !short || dates.len() != 1 {
        return None;
    }
    let (at, stamp) = dates.pop()?;
    let updated = lower.contains("updated") && !lower.contains("published");
    Some(Header { rule: "header.announced", published: Some((stamp, at)), updated, ..Header::default() })
}

/// The most words of such a line.
const ANNOUNCED: usize = 16;

/// The day in a line at the end of a report that only tells when, or when and where, it was written or published.
pub(crate) fn foot(line: &str) -> Option<(Stamp, Range<usize>)> {
    let town = |line: &str| placed(line).filter(|h| h.town);
    let found = stamped(line).filter(|h| h.url.is_none());
    found.or_else(|| announced(line)).or_else(|| town(line))?.published
}

/// "Harbour City, the 17 March 2026", "Briefing, 12 March 2026", "20.01.2025 | Brussels | Press Team": a day and the
/// place or the sort of paper it is of, in capitalised words, as offices and missions head what they give out.
fn placed(line: &str) -> Option<Header> {
    let trimmed = line.trim();
    let bar = |c: char| matches!(c, '|' | '•' | '·');
    let most = if trimmed.contains(bar) { 10 } else { 5 };
    if line.len() > 120 || trimmed.ends_with('.') || trimmed.ends_with([':', '?', '!', ';']) {
        return None;
    }
    let mut dates = day::find(line);
    if dates.len() != 1 {
        return None;
    }
    let (range, stamp) = dates.pop()?;
    let (before, after) = (&line[..range.start], &line[range.end..]);
    // "… of June 1, 2023 and what came after" is a sentence, "Strike on Port 12 March 2026" a headline.
    let edge = before.trim().is_empty()
        || after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || trimmed.contains(bar);
    let words: Vec<&str> = before
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-')))
        .chain(after.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-'))))
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .collect();
    let own = words.iter().filter(|w| !is_filler(&w.to_lowercase())).count();
    let named = |w: &&str| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || is_filler(&w.to_lowercase())
            || matches!(*w, "by" | "de" | "del" | "of" | "al" | "el" | "la" | "min" | "read" | "and")
    };
    let mark = |s: &str| {
        s.trim_end_matches(|c: char| c.is_whitespace() || c == '(')
            .ends_with([',', '–', '—', '-', '|', '•', '·', '/', ']'])
            || s.trim_end().ends_with("the")
            || s.trim().is_empty()
    };
    let parted = mark(before)
        || trimmed.contains(bar)
        || words.iter().any(|w| matches!(w.to_lowercase().as_str(), "as" | "issued" | "updated"));
    // "Alma, 12 March 2026", "Alma, the 12 March 2026"
    let town = before.trim_end().trim_end_matches("the").trim_end().ends_with(',') && after.trim().is_empty();
    (edge && parted && own <= most && words.iter().all(named)).then(|| Header {
        rule: "header.placed",
        town,
        published: Some((stamp, range)),
        ..Header::default()
    })
}

/// "From our desk | 09.10.2025 19:40 | Views: 41": of fields between bars one is a day and nothing else.
fn field(line: &str) -> Option<Header> {
    const BARS: [char; 3] = ['|', '•', '·'];
    let short =
        |f: &str| f.split_whitespace().count() <= FIELD_WORDS && !f.trim_end().ends_with(['.', '?', '!']);
    if line.len() > 140 || !line.contains(BARS) || !line.split(BARS).all(short) {
        return None;
    }
    let mut dates = day::find(line);
    let (at, stamp) = dates.pop().filter(|_| dates.is_empty())?;
    let own = line
        .split(BARS)
        .map(str::trim)
        .find(|f| line[at.clone()].contains(f) || f.contains(&line[at.clone()]))?;
    stamped(own)?;
    Some(Header { rule: "header.field", published: Some((stamp, at)), ..Header::default() })
}

/// The most words of a field between bars.
const FIELD_WORDS: usize = 8;

/// A line of nothing but dates, times, addresses and the words around them.
fn stamped(line: &str) -> Option<Header> {
    let found = link(line);
    if found.is_none() && line.len() > 140 {
        return None;
    }
    let dates: Vec<_> = day::find(line)
        .into_iter()
        .filter(|(r, _)| found.as_ref().is_none_or(|u| r.end <= u.start || u.end <= r.start))
        .collect();
    if found.is_none() && dates.is_empty() {
        return None;
    }
    let mut rest = line.to_owned();
    for range in dates.iter().map(|(range, _)| range).chain(&found) {
        rest.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    let lower = rest.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let left = words.filter(|w| !is_filler(w)).count();
    let author = byline(&rest).and_then(|h| h.author);
    if left > 0 && author.is_none() {
        return None;
    }
    let updated = dates.len() == 1 && lower.trim_start_matches("last ").trim_start().starts_with("updated");
    let published = dates.into_iter().next().map(|(range, stamp)| (stamp, range));
    Some(Header { rule: "header.stamp", published, updated, url: found, author, ..Header::default() })
}

/// Words that stand around a date in a header: those of `data/fillers.txt` and numbers.
pub(super) fn is_filler(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("fillers.txt", include_str!("../../data/fillers.txt"));
        data::embedded(rows).into_iter().map(|([word], _)| word).collect()
    });
    WORDS.contains(word) || word.bytes().all(|b| b.is_ascii_digit())
}

/// "By Jane Doe", "By Jane Doe and John Roe in Baghdad".
fn byline(line: &str) -> Option<Header> {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^\s*(?:By|BY|Written by|Reported by)\s+(?P<who>[^\d|•·]{3,90}?)\s*(?:[|•·,–—-]|$)")
    });
    if !line.trim_start().starts_with(['B', 'W', 'R']) {
        return None;
    }
    let found = BY.captures(line)?;
    let who = found.name("who")?;
    let words: Vec<&str> = who.as_str().split_whitespace().collect();
    let named = words.iter().all(|w| {
        w.starts_with(|c: char| c.is_uppercase() || matches!(c, '@' | '&'))
            || matches!(*w, "and" | "in" | "de" | "van" | "von" | "bin" | "al" | "el" | "of" | "the" | "for")
            || matches!(*w, "agencies" | "correspondent" | "correspondents" | "reporter" | "staff" | "with")
    });
    let rest = &line[found.get(0)?.end()..];
    let short = words.len() <= 12
        && rest.split_whitespace().count() <= 6
        && !line.trim_end().ends_with(['.', '!', '?']);
    (named && short).then(|| Header { rule: "header.byline", author: Some(who.range()), ..Header::default() })
}

/// The first http(s) address in a line.
fn link(line: &str) -> Option<Range<usize>> {
    let start = line.find("http://").or_else(|| line.find("https://"))?;
    let length = line[start..]
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'))
        .unwrap_or(line.len() - start);
    let url = line[start..start + length].trim_end_matches(['.', ',', ')', ';', '”']);
    Some(start..start + url.len())
}

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("the patterns of this module are right")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(line: &str) -> Option<String> {
        header(line).and_then(|h| h.published).map(|(s, _)| s.date.to_string())
    }

    #[test]
    fn header_lines() {
        assert_eq!(
            day_of("date 2023-06-01 https://news.example/2023/06/01/a-story.html"),
            Some("2023-06-01".into())
        );
        assert_eq!(day_of("Published: Thursday, 1 June 2023 at 10:30 GMT"), Some("2023-06-01".into()));
        assert_eq!(day_of("June 1, 2023"), Some("2023-06-01".into()));
        let line = "By Jane Doe | June 1, 2023";
        let found = header(line).expect("a header");
        assert_eq!(&line[found.author.expect("an author")], "Jane Doe");
        assert!(header("Updated 2 June 2023").is_some_and(|h| h.updated));
        assert!(header("By Jane Doe in Alma and agencies").is_some_and(|h| h.author.is_some()));
        let line = "Source: Alma Wire | Updated: 2023-06-01 19:20";
        let found = header(line).expect("a header");
        assert_eq!(line[found.publisher.expect("a publisher")].trim(), "Alma Wire");
        assert!(found.updated && found.published.is_some());
        for line in [
            "Port Alma, the 1 June 2023",
            "Alma, D. C., June 1, 2023",
            "Briefing, 1 June 2023",
            "As of 1 June 2023",
            "As of 1 June 2023, 18:00",
            "01.06.2023 | Alma | Press Team",
            "[1/June/2023]",
            "June 1, 2023 12:41 pm | 4 min read",
            "by Staff / Coast Daily | 1 June 2023",
            "(Clandestine) Radio of the Coast in Spanish 2330 GMT 1 Jun 2023",
            "Posted on 01.06.2023 at 10h12 by the desk | 14 comments",
            "Published in the Northern Post, June 1st, 2023",
            "By our military desk | 01.06.2023 19:40 | Views: 4 117",
        ] {
            assert_eq!(day_of(line), Some("2023-06-01".into()), "{line}");
        }
        for line in ["March 5", "Saturday, 9 March", "Updated 9 March, 18:05 GMT"] {
            assert!(header(line).is_some_and(|h| h.town && h.published.is_none()), "{line}");
        }
        let line = "Title: Shelling resumes";
        assert_eq!(&line[header(line).and_then(|h| h.title).expect("a title")], "Shelling resumes");
    }

    #[test]
    fn sentences_are_no_headers() {
        for line in [
            "On 1 June 2023 the army attacked.",
            "By Sunday the town had fallen.",
            "The attack of June 1, 2023 and what came after",
            "By Air And Sea, Aid Arrives In The Ruined Port Of A City That Has Seen War",
            "Source of the fire unknown, police say",
            "Timeline of the strikes, 1 June 2023",
            "Strike on Port Alma 1 June 2023",
            "The events of March 5",
            "March 5 killings",
            "What we know of the strike of 1 June 2023 | Coast Daily",
        ] {
            assert_eq!(header(line), None, "{line}");
        }
    }
}
