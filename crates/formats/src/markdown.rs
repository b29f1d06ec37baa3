//! A digest in Markdown (CommonMark), to paste into a mail: incidents by day, figures with who says so, disputes,
//! answers, what was said, sources with links.
//!
//! Within a day deeds come before words, and what most is told of before the rest. Addresses stand once, at the end, so
//! that the digest reads well as it is too.
//!
//! Text of reports is hostile: every character that Markdown or HTML could read as markup is escaped, and only http
//! and https addresses become links.

use std::collections::BTreeMap;
use std::io::{self, Write};

use ::record::{
    ClaimStatus, Confidence, Date, Factuality, Incident, Party, Record, Report, ReportId, Span, When,
};

use crate::prose;
use crate::scene::sources;
use crate::words::Words;

/// Writes the digest.
///
/// # Errors
/// If writing fails.
pub fn write(record: &Record, mut out: impl Write) -> io::Result<()> {
    let numbers = record.reports.iter().enumerate().map(|(n, r)| (&r.id, n + 1)).collect();
    let digest = Digest { words: Words::new(record), numbers };
    let ids: Vec<_> = record.reports.iter().map(|r| r.id.clone()).collect();
    let voices = digest.words.voices(&ids);
    let incidents = record.incidents.len();
    writeln!(
        out,
        "# Digest of {} ({})\n\n{} · {}",
        counted(ids.len(), "report"),
        counted(voices, "independent voice"),
        counted(incidents, "incident"),
        counted(record.disputes.len(), "dispute"),
    )?;
    let mut days: BTreeMap<Group, Vec<&Incident>> = BTreeMap::new();
    for i in &record.incidents {
        days.entry(Group::of(i.when)).or_default().push(i);
    }
    for (group, mut incidents) in days {
        writeln!(out, "\n## {}", group.title())?;
        incidents.sort_by_key(|i| {
            let over = digest.words.disputes(&i.id).len();
            (i.shelf(), i.standing(digest.words.voices(&i.reports()), over))
        });
        for i in incidents {
            digest.incident(i, &mut out)?;
        }
    }
    writeln!(out, "\n## Reports\n")?;
    for r in &record.reports {
        let copy = record
            .documents
            .get(&r.id)
            .and_then(|l| l.copy_of.as_ref())
            .and_then(|id| digest.words.report(id));
        let copy = copy.map_or(String::new(), |c| format!(" — a copy of {}", digest.cite(c)));
        let title = r.publisher.as_ref().and(r.title.as_ref());
        let title = title.map_or(String::new(), |t| format!(": {}", text(&t.value)));
        writeln!(out, "{}. {}{title}{copy}", digest.numbers[&r.id], digest.cite(r))?;
    }
    let linked = record.reports.iter().filter_map(|r| Some((&r.id, prose::link(r.url.as_deref()?)?)));
    for (n, (id, url)) in linked.enumerate() {
        writeln!(out, "{}[{}]: <{url}>", if n == 0 { "\n" } else { "" }, digest.numbers[id])?;
    }
    Ok(())
}

/// The heading that an incident stands under: days first, then periods, then what has no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Day(Date),
    Period,
    Undated,
}

impl Group {
    fn of(when: When) -> Group {
        match when {
            When::Exact(day) => Group::Day(day),
            When::Between { .. } => Group::Period,
            When::Unknown => Group::Undated,
        }
    }

    fn title(self) -> String {
        match self {
            Group::Day(day) => day.strftime("%A %Y-%m-%d").to_string(),
            Group::Period => "On a day not known exactly".to_owned(),
            Group::Undated => "Without a date in the reports".to_owned(),
        }
    }
}

struct Digest<'r> {
    words: Words<'r>,
    /// The numbers of the reports, from 1.
    numbers: BTreeMap<&'r ReportId, usize>,
}

impl Digest<'_> {
    fn incident(&self, i: &Incident, out: &mut impl Write) -> io::Result<()> {
        let told =
            if i.factuality == Factuality::Happened { String::new() } else { format!(" ({})", i.factuality) };
        writeln!(out, "\n### {}{told}\n", text(&i.title))?;
        let mut facts = vec![prose::kind(i)];
        if let (Some(day), false) = (prose::day(i.when), matches!(i.when, When::Exact(_))) {
            facts.push(day);
        }
        let places: Vec<String> = i.places.iter().map(|p| text(&p.spot.name)).collect();
        if !places.is_empty() {
            facts.push(places.join(", "));
        }
        writeln!(out, "{}\n", facts.join(" · "))?;
        for (label, parties) in [("By", &i.actors), ("Against", &i.targets)] {
            if !parties.is_empty() {
                writeln!(out, "- {label}: {}", self.parties(parties))?;
            }
        }
        for set in &i.figures {
            let best = set.best.filter(|b| Some(*b) != set.low || Some(*b) != set.high);
            let best = best.map_or(String::new(), |b| format!(", best {b} by the rule “{}”", set.rule));
            writeln!(out, "- {}{best}", text(&prose::figure(set)))?;
            for claim in set.claims.iter().filter(|c| c.status != ClaimStatus::Copy) {
                writeln!(
                    out,
                    "  - {} according to {}{}: “{}” ({})",
                    prose::bounds(claim.bounds.low(), claim.bounds.high()),
                    text(&prose::asserter(claim, &self.words)),
                    prose::status(claim),
                    text(&claim.as_written),
                    self.source(&claim.at),
                )?;
            }
        }
        for dispute in self.words.disputes(&i.id) {
            writeln!(out, "- Disputed ({}):", dispute.kind)?;
            for side in &dispute.sides {
                let by: Vec<String> = side
                    .by
                    .iter()
                    .map(|a| text(self.words.actor(a).map_or(a.as_str(), |a| &a.name)))
                    .collect();
                let by = if by.is_empty() { "not named".to_owned() } else { by.join(", ") };
                let seen = side.evidence.first().map_or(String::new(), |s| format!(" ({})", self.source(s)));
                writeln!(out, "  - {by}: {}{seen}", text(&side.claim))?;
            }
        }
        for answer in &i.responds_to {
            let title = self.words.incident(&answer.incident).map_or(answer.incident.as_str(), |x| &x.title);
            writeln!(out, "- Answers: {}", text(title))?;
        }
        for said in self.words.statements(&i.id) {
            let Some(variant) = said.variants.first() else { continue };
            let speaker = said
                .speaker
                .as_ref()
                .and_then(|s| self.words.actor(s))
                .map_or(&*variant.speaker_as_written, |a| &a.name);
            let speaker = if speaker.is_empty() { "Not named" } else { speaker };
            let quote =
                self.words.of(&variant.at).trim_matches(|c: char| c.is_whitespace() || "\"“”".contains(c));
            writeln!(out, "- {}: “{}” ({})", text(speaker), text(quote), self.source(&variant.at))?;
        }
        let cited: Vec<String> = sources(i, &self.words).into_iter().map(|r| self.cite(r)).collect();
        writeln!(out, "- Sources: {}", cited.join("; "))
    }

    fn parties(&self, parties: &[Party]) -> String {
        let party = |p: &Party| {
            let name = text(self.words.actor(&p.actor).map_or(p.actor.as_str(), |a| &a.name));
            if p.confidence == Confidence::Fact { name } else { format!("{name} ({})", p.confidence) }
        };
        parties.iter().map(party).collect::<Vec<_>>().join(", ")
    }

    fn source(&self, at: &Span) -> String {
        self.words.report(&at.report).map_or(String::new(), |r| self.cite(r))
    }

    /// `[Gulf Wire, 2023-09-12][3]`, and without an address `North Post`.
    fn cite(&self, report: &Report) -> String {
        let day = report.published.as_ref().map_or(String::new(), |p| format!(", {}", p.date));
        let name = format!("{}{day}", text(&prose::outlet(report)));
        match report.url.as_deref().and_then(prose::link) {
            Some(_) => format!("[{name}][{}]", self.numbers.get(&report.id).copied().unwrap_or_default()),
            None => name,
        }
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Text of a report on one line, with nothing in it that is markup.
fn text(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    let plain = prose::plain(words);
    for (at, c) in plain.char_indices() {
        let begins = plain[..at].trim_start().is_empty() || plain[..at].chars().all(|c| c.is_ascii_digit());
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '@' => safe.extend(['\\', c]),
            '#' | '+' | '-' | '=' | '.' | ')' if begins => safe.extend(['\\', c]),
            // A bare address would become a link: `https\://` and `www\.` do not.
            ':' if plain[at..].starts_with("://") => safe.push_str("\\:"),
            '.' if plain[..at].to_ascii_lowercase().ends_with("www") => safe.push_str("\\."),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::harbour;

    #[test]
    fn the_digest_says_who_says_what_and_runs_nothing() {
        let mut out = Vec::new();
        write(&harbour(), &mut out).expect("writes");
        let digest = String::from_utf8(out).expect("UTF-8");
        for wanted in [
            "# Digest of 3 reports (2 independent voices)",
            "## Tuesday 2023-09-12\n\n### Coalition bombs a depot in Hodeidah\n",
            "- Against: children (claimed)\n",
            "- killed: 6–11, best 11 by the rule “reliable”\n",
            "  - 6 according to health officials (disputed): “killing six people” ([Gulf Wire, 2023-09-12][3])",
            "- Disputed (figure):\n  - health officials: killed 6",
            "- Answers: Rocket fire on Jizan\n",
            "- Yahya al-Sharafi: “This is a crime, =1+1; and café owners agree,” (",
            "### \\-2 raids planned; \\@another (planned)",
            "## On a day not known exactly",
            "2023-09-01 to 2023-09-30 (month)",
            "1. [\\=cmd\\|'/C calc'!A0, 2023-09-12][1]: \\=HYPERLINK(\"http\\://evil.example\";\"Air raid\") — a copy of [Gulf Wire, 2023-09-12][3]",
            "2. North Post: Clashes in the north\n",
            "\n[1]: <https://copy.example/a?b=c&d>\n[3]: <https://wire.example/raid>\n",
        ] {
            assert!(digest.contains(wanted), "no «{wanted}» in\n{digest}");
        }
        assert!(!digest.contains("<script"), "{digest}");
    }

    #[test]
    fn markup_in_words_is_words() {
        assert_eq!(text("# *a* [b](c) <i>"), "\\# \\*a\\* \\[b\\](c) &lt;i&gt;");
        assert_eq!(text("1. one\n- two"), "1\\. one - two");
        assert_eq!(
            text("see https://x.example or www.y.example"),
            "see https\\://x.example or www\\.y.example"
        );
    }
}
