//! The second pass, over all reports of a run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use record::{Block, BlockLabel, DateSource, Published, Report, ReportId, TextRange};
use url::Url;

use crate::day;
use crate::draft::hash;

/// Makes the ids unique and labels residue that only shows when the reports of one site are seen together: a line
/// that recurs in several of them. Copies of one text count once.
///
/// The outcome for a report does not depend on the order of the reports.
pub fn settle(reports: &mut [Report]) {
    unique_ids(reports);
    recurring_lines(reports);
    years(reports);
}

/// Days between the first and the last date of publication beyond which a dateline's day could lie in more than one year.
const MOST_APART: i32 = 200;
/// Days before the first and after the last date within which such a day must lie.
const AROUND: i32 = 60;
/// Lines at the end of a report among which its date in full is looked for: below it may stand a name or a link.
const LAST_LINES: usize = 5;

/// "TOWN, March 10 (Agency) –": a dateline that leaves out the year gets that of the reports that bear a whole date,
/// else that of the date at its own end.
fn years(reports: &mut [Report]) {
    shared_year(reports);
    let mut found = false;
    for report in reports.iter_mut().filter(|r| r.published.is_none()) {
        own_year(report);
        found |= report.published.is_some();
    }
    if found {
        shared_year(reports);
    }
}

fn shared_year(reports: &mut [Report]) {
    let dates = || reports.iter().filter_map(|r| r.published.as_ref().map(|p| p.date));
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return };
    if (last - first).get_days() > MOST_APART {
        return;
    }
    let near = |date: &Date| (first - *date).get_days() <= AROUND && (*date - last).get_days() <= AROUND;
    for report in reports.iter_mut().filter(|r| r.published.is_none()) {
        let Some((at, month, day)) = yearless(report) else { continue };
        let years = first.year() - 1..=last.year() + 1;
        let mut fits = years.filter_map(|y| Date::new(y, month, day).ok()).filter(near);
        if let (Some(date), None) = (fits.next(), fits.next()) {
            report.published = Some(Published { date, time: None, from: DateSource::Text, at: Some(at) });
        }
    }
}

/// The day of a dateline that leaves out the year, with its words.
fn yearless(report: &Report) -> Option<(TextRange, i8, i8)> {
    let line = report.blocks.iter().find(|b| b.label == BlockLabel::Dateline)?;
    let (at, month, day) = day::without_year(line.range.of(&report.text))?;
    let start = line.range.start();
    Some((TextRange::new(start + at.start, start + at.end), month, day))
}

/// Such a day in full on a line of its own near the end, as agencies put it there ("(2023.06.01.)"), tells its year. A date
/// in a sentence may be that of an anniversary.
fn own_year(report: &mut Report) {
    let Some((at, month, day)) = yearless(report) else { return };
    let lines = report.text.lines().rev().map(str::trim).filter(|l| !l.is_empty()).take(LAST_LINES);
    let alone = |line: &str| {
        let (range, stamp) = day::find(line).into_iter().next()?;
        let around = [&line[..range.start], &line[range.end..]];
        // Beside it may stand an address.
        let prose =
            |w: &str| w.contains(char::is_alphanumeric) && !w.trim_end_matches('.').contains(['.', '@']);
        (!around.iter().any(|w| w.split_whitespace().any(prose))).then_some(stamp.date)
    };
    let full: Option<Date> = lines.filter_map(alone).find(|d| (d.month(), d.day()) == (month, day));
    if let Some(date) = full {
        report.published = Some(Published { date, time: None, from: DateSource::Text, at: Some(at) });
    }
}

/// Of several reports with one id, the one that comes first by content keeps it; the others get a part of the hash
/// of their content added, and a number if that is the same too.
fn unique_ids(reports: &mut [Report]) {
    let mut groups: BTreeMap<ReportId, Vec<usize>> = BTreeMap::new();
    for (i, report) in reports.iter().enumerate() {
        groups.entry(report.id.clone()).or_default().push(i);
    }
    let mut taken: BTreeSet<ReportId> = groups.keys().cloned().collect();
    for (id, mut group) in groups.into_iter().filter(|(_, g)| g.len() > 1) {
        group.sort_by_cached_key(|i| (content(&reports[*i]), reports[*i].origin.clone()));
        for i in group.into_iter().skip(1) {
            let base = format!("{id}-{:06x}", content(&reports[i]) & 0xff_ffff);
            let numbered = (2..).map(|n| format!("{base}-{n}"));
            let mut names = std::iter::once(base.clone()).chain(numbered).map(|n| ReportId::new(&n));
            if let Some(free) = names.find(|n| !taken.contains(n)) {
                taken.insert(free.clone());
                reports[i].id = free;
            }
        }
    }
}

fn content(report: &Report) -> u64 {
    hash([report.text.as_bytes(), b"\0", report.url.as_deref().unwrap_or("").as_bytes()])
}

/// A line must recur in so many different texts of a site …
const LEAST_TEXTS: usize = 3;
/// … and in this share of them, in percent …
const LEAST_SHARE: usize = 25;
/// … or this, if it is prose: outlets repeat a paragraph of background in several stories.
const LEAST_SHARE_PROSE: usize = 60;
/// Words from which on a line is prose that tells copies apart.
const PROSE_WORDS: usize = 10;
/// Percentage of a report's words beyond which lines are not taken from it.
const MOST_RESIDUE: usize = 30;

fn recurring_lines(reports: &mut [Report]) {
    let mut sites: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, report) in reports.iter().enumerate() {
        if let Some(site) = site(report) {
            sites.entry(site).or_default().push(i);
        }
    }
    for members in sites.into_values().filter(|m| m.len() >= LEAST_TEXTS) {
        let lines: Vec<Vec<(usize, u64, bool)>> = members.iter().map(|i| body_lines(&reports[*i])).collect();
        let groups = copies(&lines);
        let mut texts: HashMap<u64, BTreeSet<usize>> = HashMap::new();
        for (group, lines) in groups.iter().zip(&lines) {
            for (_, line, _) in lines {
                texts.entry(*line).or_default().insert(*group);
            }
        }
        let all = groups.iter().collect::<BTreeSet<_>>().len();
        for (i, lines) in members.iter().zip(&lines) {
            let recurs = |line: &u64, prose: bool| {
                let share = if prose { LEAST_SHARE_PROSE } else { LEAST_SHARE };
                texts.get(line).is_some_and(|t| t.len() >= LEAST_TEXTS && t.len() * 100 >= share * all)
            };
            let found = lines
                .iter()
                .filter(|(_, line, prose)| recurs(line, *prose))
                .map(|(block, ..)| *block)
                .collect();
            label(&mut reports[*i], found);
        }
    }
}

/// The registered domain of a report's address, else its publisher.
fn site(report: &Report) -> Option<String> {
    let host =
        report.url.as_deref().and_then(|u| Url::parse(u).ok()).and_then(|u| u.host_str().map(str::to_owned));
    host.map(|h| psl::domain_str(&h).unwrap_or(&h).to_owned())
        .or_else(|| report.publisher.as_ref().map(|p| p.to_lowercase()))
}

/// Body blocks: index, hash of the letters in lower case with digits made equal, and whether it is prose.
fn body_lines(report: &Report) -> Vec<(usize, u64, bool)> {
    let body = report.blocks.iter().enumerate().filter(|(_, b)| b.label == BlockLabel::Body);
    body.map(|(i, block)| {
        let words = block.range.of(&report.text);
        (i, letters(words), words.split_whitespace().nth(PROSE_WORDS - 1).is_some())
    })
    .collect()
}

/// The hash of the letters in lower case, digits made equal.
fn letters(words: &str) -> u64 {
    let mut plain = Vec::with_capacity(words.len());
    let mut bytes = [0; 4];
    for c in words.chars() {
        match c {
            '0'..='9' => plain.push(b'0'),
            _ if c.is_ascii_alphabetic() => plain.push(c.to_ascii_lowercase() as u8),
            _ if c.is_ascii() || !c.is_alphanumeric() => {}
            _ if c.is_numeric() => plain.push(b'0'),
            _ => c.to_lowercase().for_each(|c| plain.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes())),
        }
    }
    hash([&*plain])
}

/// The group of each text: those that share more than half of the prose lines of the shorter one are copies.
fn copies(lines: &[Vec<(usize, u64, bool)>]) -> Vec<usize> {
    let prose: Vec<BTreeSet<u64>> = lines
        .iter()
        .map(|l| l.iter().filter(|(.., prose)| *prose).map(|(_, line, _)| *line).collect())
        .collect();
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, lines) in prose.iter().enumerate() {
        for line in lines {
            having.entry(*line).or_default().push(i);
        }
    }
    let mut group: Vec<usize> = (0..lines.len()).collect();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    // A line that very many texts have is no sign of a copy.
    for texts in having.values().filter(|t| t.len() <= 50) {
        for (n, a) in texts.iter().enumerate() {
            for b in &texts[n + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    for ((a, b), count) in shared {
        if 2 * count > prose[a].len().min(prose[b].len()) {
            let (a, b) = (root(&group, a), root(&group, b));
            group[a.max(b)] = a.min(b);
        }
    }
    (0..lines.len()).map(|i| root(&group, i)).collect()
}

fn root(group: &[usize], mut i: usize) -> usize {
    while group[i] != i {
        i = group[i];
    }
    i
}

fn label(report: &mut Report, found: BTreeSet<usize>) {
    let words = |blocks: &mut dyn Iterator<Item = &Block>| -> usize {
        blocks.map(|b| b.range.of(&report.text).split_whitespace().count()).sum()
    };
    let all = words(&mut report.blocks.iter());
    let residue = words(
        &mut report
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(i, b)| (b.label == BlockLabel::Residue || found.contains(&i)).then_some(b)),
    );
    if residue * 100 <= MOST_RESIDUE * all {
        for i in found {
            (report.blocks[i].label, report.blocks[i].rule) = (BlockLabel::Residue, "residue.site-frequency");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Item, Options};

    fn report(name: &str, text: &str) -> Report {
        let mut reports = Vec::new();
        crate::read(text.as_bytes(), name, &Options::default(), &mut |item| {
            if let Item::Report(report) = item {
                reports.push(report);
            }
        });
        reports.pop().unwrap()
    }

    fn residue(report: &Report) -> Vec<&str> {
        let residue = report.blocks.iter().filter(|b| b.rule == "residue.site-frequency");
        residue.map(|b| b.range.of(&report.text)).collect()
    }

    fn story(n: usize, what: &str) -> Report {
        let text = format!(
            "https://daily.example/story{n}\nHeadline number {what}\n\nSoldiers fired at {what} on the northern road \
             in the morning, a spokesman of the {what} said.\n\nYour Voice Of The Coast\n\nNobody claimed the \
             shooting at {what}, and the army gave no details about who was hurt there."
        );
        report(&format!("{n}.txt"), &text)
    }

    #[test]
    fn a_line_that_recurs_on_a_site_is_residue() {
        let mut reports = vec![story(1, "farmers"), story(2, "a convoy"), story(3, "fishermen")];
        settle(&mut reports);
        for report in &reports {
            assert_eq!(residue(report), ["Your Voice Of The Coast"]);
        }
    }

    #[test]
    fn a_date_in_a_sentence_is_no_year_for_a_dateline() {
        let wire = |end: &str| {
            let text = format!(
                "A march\n\nGAO, Mali, Jan 11 (Coast Times) - Hundreds marched in the north on Wednesday to recall the \
                 raid of January 11, 2015.\n\n{end}"
            );
            report("b.txt", &text)
        };
        let date = |reports: &[Report]| reports[0].published.as_ref().map(|p| p.date.to_string());
        let mut alone = vec![wire("Nobody was hurt.")];
        settle(&mut alone);
        assert_eq!(date(&alone), None);
        let mut ended = vec![wire("(2024.01.11.)")];
        settle(&mut ended);
        assert_eq!(date(&ended).as_deref(), Some("2024-01-11"));
        let dated =
            report("a.txt", "2023-01-12 https://daily.example/a\nA raid\n\nSoldiers raided a village there.");
        let mut among = vec![wire("2015-01-11"), dated];
        settle(&mut among);
        assert_eq!(date(&among).as_deref(), Some("2023-01-11"));
    }

    #[test]
    fn a_dateline_without_a_year_gets_that_of_the_others() {
        let dated =
            report("a.txt", "2024-01-12 https://daily.example/a\nA raid\n\nSoldiers raided a village there.");
        let wire = report(
            "b.txt",
            "A raid\n\nGAO, Mali, Jan 11 (Coast Times) - Soldiers raided a village in the north on Wednesday, elders said.",
        );
        let mut reports = vec![dated, wire.clone()];
        settle(&mut reports);
        assert_eq!(reports[1].published.as_ref().map(|p| p.date), "2024-01-11".parse().ok());
        let mut alone = vec![wire];
        settle(&mut alone);
        assert_eq!(alone[0].published, None);
    }

    #[test]
    fn a_day_in_full_at_the_end_tells_the_year_of_the_dateline() {
        let text = "A test\n\nALMA, Jan 11 (CTA) -- The navy of the north tested a missile in the morning, it said.\n\nwww.cta.example (2024.01.11.)";
        let mut reports = vec![report("a.txt", text)];
        settle(&mut reports);
        assert_eq!(reports[0].published.as_ref().map(|p| p.date), "2024-01-11".parse().ok());
    }

    #[test]
    fn the_last_lines_may_tell_the_day() {
        for (end, day) in [
            ("Port Alma, 24 January 2022", Some("2022-01-24")),
            ("Published in the Northern Post, January 25th, 2022", Some("2022-01-25")),
            ("The port was closed on 24 January 2022", None),
        ] {
            let text = format!(
                "A raid\n\nSoldiers raided a village in the north in the night, elders said.\n\n{end}"
            );
            let mut reports = vec![report("a.txt", &text)];
            settle(&mut reports);
            let published = reports[0].published.as_ref().map(|p| p.date.to_string());
            assert_eq!(published.as_deref(), day, "{end}");
        }
    }

    #[test]
    fn a_menu_and_a_motto_are_no_headline() {
        for top in [
            "News | Politics | Sport",
            "home » News » Security",
            "Home > News > Security",
            "Harbour News | The Voice of the Coast",
        ] {
            let text = format!(
                "{top}\nPort reopens after raid\n\nShips came in again at noon, a guard at the port said on Friday."
            );
            let title = report("a.txt", &text).title.map(|t| t.value);
            assert_eq!(title.as_deref(), Some("Port reopens after raid"), "{top}");
        }
    }

    #[test]
    fn lines_are_compared_by_their_letters() {
        assert_eq!(letters("  Día 12: «Ÿ»! "), letters("DÍA-34 ÿ"));
        assert_ne!(letters("day one"), letters("day two"));
    }

    #[test]
    fn copies_of_one_text_count_once() {
        let mut reports =
            vec![story(1, "farmers"), story(2, "farmers"), story(3, "farmers"), story(4, "a convoy")];
        settle(&mut reports);
        assert!(reports.iter().all(|r| residue(r).is_empty()));
    }

    #[test]
    fn ids_are_unique_whatever_the_order() {
        let ids = |order: [(&str, &str); 3]| {
            let mut reports: Vec<Report> = order.iter().map(|(name, text)| report(name, text)).collect();
            settle(&mut reports);
            let mut ids: Vec<String> = reports.iter().map(|r| format!("{}: {}", r.id, r.text)).collect();
            ids.sort();
            ids
        };
        let (a, b, c) = (("x/report.txt", "One."), ("y/report.txt", "Two."), ("z/report.txt", "One."));
        assert_eq!(ids([a, b, c]), ids([c, b, a]));
        let unique: BTreeSet<String> =
            ids([a, b, c]).iter().map(|i| i.split(':').next().unwrap().to_owned()).collect();
        assert_eq!(unique.len(), 3);
    }
}
