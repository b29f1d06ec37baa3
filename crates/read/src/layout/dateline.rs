//! "BAGHDAD, Feb 5 (Agency) –": where a report was written and who sent it.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::data;
use crate::day;

use super::header::is_filler;

/// The dateline at the beginning of a paragraph: how many bytes it takes, dash included.
pub(crate) fn dateline(paragraph: &str) -> Option<Range<usize>> {
    // "[14/May/2026] TOWN May 14 (Agency) – …"
    if let Some((day, rest)) = paragraph.strip_prefix('[').and_then(|p| p.split_once(']'))
        && day.len() <= 40
        && day::parse(day).is_some()
    {
        let start = paragraph.len() - rest.trim_start().len();
        return Some(0..start + behind_date(&paragraph[start..]).map_or(0, |r| r.end));
    }
    // "(Text) Town, 18 Mar – …", as digests of broadcasts write it.
    if let Some((note, rest)) = paragraph.strip_prefix(['(', '[']).and_then(|p| p.split_once([')', ']']))
        && is_note(&note.to_lowercase())
    {
        let start = paragraph.len() - rest.trim_start().len();
        return behind_date(&paragraph[start..]).map(|r| 0..start + r.end);
    }
    // "(Port Alma, August 12, 2024) – The army", as rights groups head what they give out.
    if let Some((head, rest)) = paragraph.strip_prefix('(').and_then(|p| p.split_once(')'))
        && head.len() <= 60
        && of_a_day(head)
        && let Some(words) = ["–", "—", "--", "-"].iter().find_map(|d| rest.trim_start().strip_prefix(d))
        && words.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'))
    {
        return Some(0..paragraph.len() - words.trim_start().len());
    }
    behind_date(paragraph)
}

/// What digests say in brackets of how they give a report, and outlets of how theirs came about ("translated from French").
fn is_note(note: &str) -> bool {
    const NOTES: [&str; 5] = ["text", "excerpt", "excerpts", "summary", "report"];
    const MADE: [&str; 6] =
        ["translat", "machine translat", "unofficial translat", "corrected", "updated", "update "];
    NOTES.contains(&note) || MADE.iter().any(|m| note.starts_with(m))
}

/// The dateline without a date in brackets before it.
fn behind_date(paragraph: &str) -> Option<Range<usize>> {
    let head = &paragraph[..paragraph.floor_char_boundary(200)];
    if let Some(end) = to_the_day(head) {
        return Some(0..end);
    }
    if let Some(Sent { town, agency, marked, day, end }) = sent(head)
        && (is_agency(agency) && (is_place(town, 6) || town.is_empty() && marked)
            || marked
                && (is_upper(town)
                    || day && is_place(town, 4)
                    || (is_upper(agency) || is_place(town, 6)) && dated(town)))
    {
        return Some(0..end);
    }
    // "Port Alma, August 12, 2024 | Words"
    if let Some((town, words)) = head.split_once(" | ")
        && of_a_day(town)
        && words.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'))
    {
        return Some(0..head.len() - words.len());
    }
    let (town, start) = dashed(head)?;
    if is_label(town) {
        return None;
    }
    let speaks = head[start..]
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '\''));
    (speaks
        && (is_upper(town) && is_place(town, 8)
            || is_place(town, 3)
            || of_a_day(town)
            || is_agency(town)
            || with_agency(town)))
    .then_some(0..start)
}

/// "Port Alma, agencies", "Port Alma / Our Agency".
fn with_agency(town: &str) -> bool {
    let sent = town.rsplit_once([',', '/']);
    sent.is_some_and(|(town, agency)| is_place(town.trim_end(), 3) && is_agency(agency))
}

/// Whether words end with a day ("Port Alma, April 11").
fn dated(town: &str) -> bool {
    let end = town.trim_end().len();
    day::without_year(town).is_some_and(|(at, ..)| at.end == end)
        || day::find(town).iter().any(|(at, _)| at.end == end)
}

/// "Port Alma, 12 August 2024", as missions and ministries head what they give out.
fn of_a_day(town: &str) -> bool {
    let whole = day::find(town).into_iter().find(|(at, _)| at.end == town.trim_end().len());
    whole.is_some_and(|(at, _)| {
        town[..at.start].trim_end().strip_suffix(',').is_some_and(|name| is_place(name, 3))
    })
}

/// "GUSAU, Nigeria, Oct 1, 2024: Armed men", "Port Alma, August 12. Two ships", "12 August 2024. Two ships": perhaps a
/// town and the agency, and a day, then a colon or a full stop. Where the report goes on.
fn to_the_day(head: &str) -> Option<usize> {
    let whole = day::find(head).into_iter().next().map(|(at, _)| at);
    // "PORT ALMA, 14 August. On 12 August 2024 …": the first day is that of the line.
    let short = day::without_year(head).map(|(at, ..)| at);
    let whole = whole.filter(|w| short.as_ref().is_none_or(|s| w.start <= s.start));
    let at = whole.clone().or(short)?;
    let before = head[..at.start].trim_end();
    let words = head[at.end..].strip_prefix([':', '.'])?.strip_prefix(' ')?.trim_start();
    let words = behind_agency(words).unwrap_or(words);
    let speaks =
        words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"'));
    if before.is_empty() {
        return (speaks && whole.is_some()).then_some(head.len() - words.len());
    }
    // "On Monday, 12 August 2024." is the end of a sentence without a town.
    let town = before.strip_suffix(',').or_else(|| before.strip_suffix(')').map(|_| before))?;
    let town =
        town.rsplit_once('(').filter(|_| town.ends_with(')')).map_or(town, |(town, _)| town.trim_end());
    let first = town.split([' ', ',']).next().unwrap_or("").to_lowercase();
    let told = is_filler(&first) || PREPOSITIONS.contains(&first.as_str());
    (speaks && is_place(town, 4) && !town.contains([':', '.', '|']) && !told)
        .then_some(head.len() - words.len())
}

/// "TOWN, February 18. /AGENCY/. Words": where the words begin behind an agency between strokes.
fn behind_agency(words: &str) -> Option<&str> {
    let (agency, rest) = words.strip_prefix('/')?.split_once('/')?;
    let short = agency.len() <= 40 && agency.starts_with(char::is_uppercase) && !agency.contains('\n');
    short.then(|| rest.trim_start_matches(['.', ':', '-', '–', '—', ' ']))
}

/// Words before a day in a sentence, beside those of a header.
const PREPOSITIONS: [&str; 9] = ["after", "as", "before", "by", "in", "since", "this", "till", "until"];

/// "TOWN: Words", as South Asian and Gulf papers write it, where no other line of the text begins so: those of a
/// transcript name who speaks.
pub(crate) fn with_colon(paragraph: &str, text: &str) -> Option<Range<usize>> {
    let end = colon(paragraph)?;
    let once = text.lines().filter(|line| colon(line).is_some()).take(2).count() < 2;
    (once && paragraph.len() - end >= STORY).then_some(0..end)
}

/// Bytes that a paragraph with a dateline has at least.
const STORY: usize = 60;

/// What stands in capitals before a colon and is no town: `data/labels.txt`.
fn is_label(words: &str) -> bool {
    static LABELS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("labels.txt", include_str!("../../data/labels.txt"));
        data::embedded(rows).into_iter().map(|([label], _)| label).collect()
    });
    LABELS.contains(words)
}

/// Where the words begin behind a town in capitals, maybe with its country or the day, and a colon.
fn colon(line: &str) -> Option<usize> {
    let (town, rest) = line.split_once(':')?;
    let words = rest.trim_start();
    let speaks = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let capitals = |c: char| c.is_uppercase() || matches!(c, ' ' | '/' | '-' | '\'' | '’');
    let fits = (4..=40).contains(&town.len())
        && town.split(',').next().is_some_and(|name| name.chars().all(capitals))
        && is_upper(town)
        && is_place(town, 6)
        && !is_label(town);
    (fits && speaks && words.len() < rest.len()).then(|| line.len() - words.len())
}

/// "TOWN (AGENCY) –": what stands before and in the first brackets.
struct Sent<'h> {
    town: &'h str,
    agency: &'h str,
    /// A dash, a colon or the end follows.
    marked: bool,
    /// A day stands behind the brackets: "TOWN (COUNTRY), 3 May –".
    day: bool,
    /// Where the report goes on.
    end: usize,
}

fn sent(head: &str) -> Option<Sent<'_>> {
    // A town has none of these in it, nor a full stop that ends a sentence.
    let stop = |c: char| matches!(c, '(' | ')' | '\n' | '!' | '?' | '“' | '”' | ':' | ';');
    let blank = |c: char| c.is_whitespace() || c == ',';
    for (open, _) in head.match_indices(['(', '[']) {
        let town = head[..open].trim_end_matches(blank);
        if town.contains(stop) || has_full_stop(town) || town.chars().nth(80).is_some() {
            return None;
        }
        let inside = &head[open + 1..];
        let Some(close) = inside.find(['(', ')', '[', ']', '\n']) else { continue };
        let agency = &inside[..close];
        if !inside[close..].starts_with([')', ']']) || !(2..=40).contains(&agency.chars().count()) {
            continue;
        }
        let rest = inside[close + 1..].trim_start_matches(blank);
        let day = first_day(rest);
        let rest = rest[day..].trim_start_matches(blank);
        // "TOWN (Agency). Words"
        let rest = if is_agency(agency) { rest.strip_prefix(". ").unwrap_or(rest) } else { rest };
        let after = ["--", "-", "–", "—", "―", ":"].iter().find_map(|mark| rest.strip_prefix(mark));
        // "TOWN, 3 May (Some Agency). Words"
        let after = after.or_else(|| rest.strip_prefix(". ").filter(|_| dated(town)));
        let marked = after.is_some() || rest.is_empty();
        return Some(Sent {
            town,
            agency,
            marked,
            day: day > 0,
            end: head.len() - after.unwrap_or(rest).trim_start().len(),
        });
    }
    None
}

/// How many bytes a day takes at the beginning of words.
fn first_day(words: &str) -> usize {
    let whole = day::find(words).into_iter().map(|(at, _)| at);
    let day = whole.chain(day::without_year(words).map(|(at, ..)| at)).find(|at| at.start == 0);
    day.map_or(0, |at| at.end)
}

/// Whether some dot is more than the end of a short form: "Dec.", "St.", "D.C.".
fn has_full_stop(town: &str) -> bool {
    town.match_indices('.').any(|(at, _)| {
        let word = town[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
        !initial && !matches!(word, "St" | "Ft" | "Mt") && !day::is_month(word)
    })
}

/// "TOWN – Words": what stands before the first dash, and where the words begin.
fn dashed(head: &str) -> Option<(&str, usize)> {
    let (mut length, mut end) = (0, 0);
    while length <= 60 {
        let rest = &head[end..];
        let next = rest.chars().next()?;
        if length >= 2 && (next.is_whitespace() || matches!(next, '–' | '—' | '―' | '-')) {
            let dash = rest.trim_start();
            let after = ["–", "—", "―", "--"].iter().find_map(|mark| dash.strip_prefix(mark));
            // A single hyphen needs a space before it.
            let after = after.or_else(|| dash.strip_prefix('-').filter(|_| dash.len() < rest.len()));
            if let Some(words) = after.map(str::trim_start).filter(|w| !w.is_empty()) {
                return Some((&head[..end], head.len() - words.len()));
            }
        }
        if matches!(next, '(' | ')' | '\n' | '!' | '?' | '“' | '”' | ';') {
            return None;
        }
        length += 1;
        end += next.len_utf8();
    }
    None
}

fn is_agency(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let rows = data::rows("agencies.txt", include_str!("../../data/agencies.txt"));
        data::embedded(rows).into_iter().map(|([name], _)| name).collect()
    });
    name.split(['/', ',', '|']).all(|part| NAMES.contains(part.trim().to_lowercase().as_str()))
}

/// Capitalised words only, a date ("Feb 5") included.
fn is_place(town: &str, most: usize) -> bool {
    let mut words = town.split([' ', '/', ',']).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && words.clone().count() <= most
        && words.next().is_some_and(|w| w.starts_with(char::is_uppercase))
        && words.all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || matches!(w, "of" | "de" | "al" | "el" | "and" | "the" | "del" | "la")
        })
}

/// The first word in capitals: "BAGHDAD, Iraq", "KYIV/MOSCOW".
fn is_upper(town: &str) -> bool {
    let first = town.split([' ', '/', ',']).next().unwrap_or("");
    first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !first.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_before_a_colon() {
        let story =
            "MIRAMSHAH: Eleven policemen were killed when a bomb went off near a checkpost, officials said.";
        assert_eq!(with_colon(story, story), Some(0..11));
        let two = format!("{story}\nQUETTA: Two more died in a blast on the road.");
        assert_eq!(with_colon(story, &two), None, "a transcript has several");
        for (place, size) in [("TULKARM, West Bank: ", 20), ("IMPHAL, Dec 8: ", 15)] {
            let story = format!("{place}Two people were killed when a bomb went off near a checkpost.");
            assert_eq!(with_colon(&story, &story), Some(0..size));
        }
        for none in [
            "BREAKING: Blast at a market in the old town, with police and ambulances at the scene",
            "Miramshah: Eleven policemen were killed when a bomb went off near a checkpost, he said.",
        ] {
            assert_eq!(with_colon(none, none), None, "{none}");
        }
    }

    #[test]
    fn one_date_in_brackets() {
        let many = "[1/1/2024]".repeat(20_000);
        assert_eq!(dateline(&many), Some(0..10));
        let story = "[14/May/2026] ADEN May 14 (AFP) – The convoy";
        assert_eq!(dateline(story).map(|r| &story[r]), Some("[14/May/2026] ADEN May 14 (AFP) – "));
    }

    #[test]
    fn datelines() {
        for (paragraph, expected) in [
            ("BAGHDAD (AP) — Two rockets hit", "BAGHDAD (AP) — "),
            ("KYIV/MOSCOW, Feb 5 (Reuters) - Shelling", "KYIV/MOSCOW, Feb 5 (Reuters) - "),
            ("KHARTOUM, Sudan — Fighting", "KHARTOUM, Sudan — "),
            ("Capitals (agencies)", "Capitals (agencies)"),
            ("(Reuters) - The court", "(Reuters) - "),
            ("Port Sudan – The army", "Port Sudan – "),
            ("Agencies - Two people", "Agencies - "),
            ("Port Alma, agencies - The governor", "Port Alma, agencies - "),
            ("SANAA: The group", ""),
            ("The minister - who resigned - said", ""),
            ("Iraq (also known as Mesopotamia) said", ""),
            ("It was late – Too late, he said", ""),
            ("“We will respond” – Minister", ""),
            ("ADEN, Yemen [AFP] -- The convoy", "ADEN, Yemen [AFP] -- "),
            ("SANAA (Reuters)", "SANAA (Reuters)"),
            ("BOGOTA, Dec. 20 2022 (Andes News) -- Rebels", "BOGOTA, Dec. 20 2022 (Andes News) -- "),
            ("WASHINGTON, D.C. (AP) - The", "WASHINGTON, D.C. (AP) - "),
            ("ADEN fell. Troops (Yemeni) - The", ""),
            ("GENEVA -- Talks", "GENEVA -- "),
            ("(Text) Lisbon, 18 Mar - A major", "(Text) Lisbon, 18 Mar - "),
            (
                "(translated from French) Lisbon, 18 March (Agency) - At least",
                "(translated from French) Lisbon, 18 March (Agency) - ",
            ),
            ("(Text) The ministry - it said - denied", ""),
            ("MOMBASA (Kenya), May 3 - A boat", "MOMBASA (Kenya), May 3 - "),
            ("Arica (Chile), 3 May 2019 – Miners", "Arica (Chile), 3 May 2019 – "),
            ("ADEN (AFP). The convoy", "ADEN (AFP). "),
            ("Mombasa (a port) has grown", ""),
            ("Jean-Pierre said on Monday - Tuesday", ""),
            ("ADEN –", ""),
            ("GUSAU, Nigeria, Oct 1, 2024: Armed men", "GUSAU, Nigeria, Oct 1, 2024: "),
            ("ADEN (Own Wire), 8 May 2025: The army", "ADEN (Own Wire), 8 May 2025: "),
            ("Port Alma, 12 August 2024. Two ships", "Port Alma, 12 August 2024. "),
            ("Port Alma, Aug. 12. Two ships", "Port Alma, Aug. 12. "),
            ("12 August 2024. Two ships", "12 August 2024. "),
            (
                "Port Alma, 12 Aug 89 (Radio of the Coast) -- Two",
                "Port Alma, 12 Aug 89 (Radio of the Coast) -- ",
            ),
            ("Port Alma, 12 Aug (Coast News). Two", "Port Alma, 12 Aug (Coast News). "),
            ("Port Alma, 12 August 2024 – The mission", "Port Alma, 12 August 2024 – "),
            ("(Port Alma, August 12, 2024) – The army", "(Port Alma, August 12, 2024) – "),
            ("(The raid of August 12, 2024) – The army", ""),
            ("Timeline 12 August 2024 – The mission", ""),
            ("Port Alma, August 12, 2024 | The army", "Port Alma, August 12, 2024 | "),
            ("Port Alma | The army", ""),
            ("PORT ALMA, 12 August. Two ships", "PORT ALMA, 12 August. "),
            ("PORT ALMA, August 12. /CNA/. Two ships", "PORT ALMA, August 12. /CNA/. "),
            ("PORT ALMA, August 12. /Coast News/ - Two", "PORT ALMA, August 12. /Coast News/ - "),
            ("PORT ALMA, 14 August. On 12 August 2024, two ships", "PORT ALMA, 14 August. "),
            ("On Monday, 12 August 2024. Two ships", ""),
            ("On Monday, August 12. Two ships", ""),
            ("The treaty of Alma, 12 August 2024. It", ""),
            ("Port Alma, 12 August 2024", ""),
            ("(", ""),
            ("ADEN (", ""),
        ] {
            let found = dateline(paragraph).map_or("", |r| &paragraph[r]);
            assert_eq!(found, expected, "{paragraph}");
        }
    }
}
