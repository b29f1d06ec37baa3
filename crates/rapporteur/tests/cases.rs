//! Runs the case files in `cases/`: short reports with what is expected of them beside the words it is about.
//!
//! ```text
//! check: figure, time
//! === north-post
//! 2024-03-14 https://northpost.example/a
//! Twelve people were killed on Tuesday.
//! ~ figure «Twelve people» killed 12..12 exact
//! ~ time «Tuesday» DATE 2024-03-12
//! ```
//!
//! A line that begins with `~` expects something of the line of text above it: a kind, the words, the value. All
//! findings of the kinds after `check:` are compared, in order, so a missing and a needless one both fail.
//! `=== name` begins a report; after `=== record` come lines about all reports together, with the places of
//! incidents where `where` is checked. Lines beginning with `#` before the first report are comments.
//!
//! `UPDATE_CASES=1 cargo test -p rapporteur --test cases` writes what is found into the files; read the diff.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rapporteur::record::{ActorId, Analysis, Record, Report, Span, TextRange};
use rapporteur::{link, read};

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "case"));
    files.sort();
    assert!(!files.is_empty(), "no case files in cases/");
    let mut failures = String::new();
    for file in files {
        let expected = std::fs::read_to_string(&file).unwrap();
        let found = Case::parse(&expected).run();
        if found != expected {
            if update {
                std::fs::write(&file, &found).unwrap();
            }
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let _ = write!(failures, "\n{name}\n{}", diff(&expected, &found));
        }
    }
    assert!(
        failures.is_empty() || update,
        "- expected, + found:\n{failures}\nUPDATE_CASES=1 writes what is found"
    );
}

struct Case<'c> {
    head: Vec<&'c str>,
    kinds: Vec<&'c str>,
    reports: Vec<(&'c str, Vec<&'c str>)>,
    record: bool,
}

impl<'c> Case<'c> {
    fn parse(text: &'c str) -> Case<'c> {
        let mut case = Case { head: Vec::new(), kinds: Vec::new(), reports: Vec::new(), record: false };
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("=== ") {
                if name == "record" {
                    case.record = true;
                } else {
                    case.reports.push((name, Vec::new()));
                }
            } else if line.starts_with('~') || case.record {
                // Findings are written anew.
            } else if let Some((_, lines)) = case.reports.last_mut() {
                lines.push(line);
            } else {
                if let Some(kinds) = line.strip_prefix("check:") {
                    case.kinds = kinds.split(',').map(str::trim).collect();
                }
                case.head.push(line);
            }
        }
        case
    }

    /// The case file with what is found in place of what was expected.
    fn run(&self) -> String {
        let mut reports: Vec<Report> = Vec::new();
        for (name, lines) in &self.reports {
            let text = lines.join("\n");
            read::read(text.as_bytes(), &format!("{name}.txt"), &read::Options::default(), &mut |item| {
                if let read::Item::Report(report) = item {
                    reports.push(report);
                }
            });
        }
        read::settle(&mut reports);
        let analyses: Vec<Analysis> = reports.into_iter().map(rapporteur::analyze_one).collect();
        let mut out = self.head.join("\n") + "\n";
        for ((name, lines), analysis) in self.reports.iter().zip(&analyses) {
            let _ = writeln!(out, "=== {name}");
            let mut start = 0;
            for line in lines {
                let _ = writeln!(out, "{line}");
                // A finding stands below the line where it ends.
                let span = start..start + line.len() + 1;
                start = span.end;
                for (range, finding) in findings(analysis, &self.kinds) {
                    if span.contains(&range.end().saturating_sub(1)) {
                        let words = range.of(&analysis.report.text).replace('\n', "⏎");
                        let (kind, value) = finding.split_once(' ').unwrap_or((&finding, ""));
                        let _ = writeln!(out, "{}", format!("~ {kind} «{words}» {value}").trim_end());
                    }
                }
            }
        }
        if self.record {
            out.push_str("=== record\n");
            out.push_str(&of_record(
                &link::link(analyses, &link::Options::default()),
                self.kinds.contains(&"where"),
            ));
        }
        out
    }
}

/// Everything of these kinds that the analysis found: the words, then kind and value.
fn findings(a: &Analysis, kinds: &[&str]) -> Vec<(TextRange, String)> {
    let text = &a.report.text;
    let mut all = Vec::new();
    let wanted = |kind: &str| kinds.contains(&kind);
    if wanted("block") {
        all.extend(a.report.blocks.iter().map(|b| (b.range, format!("block {} {}", b.label, b.rule))));
    }
    if wanted("sentence") {
        all.extend(a.parsed.sentences.iter().map(|s| (s.range, "sentence".to_owned())));
    }
    if wanted("word") {
        for s in &a.parsed.sentences {
            for t in &s.tokens {
                let head = s.tokens.get((t.head as usize).wrapping_sub(1)).map_or("-", |h| h.range.of(text));
                all.push((t.range, format!("word {} {} {} {head}", t.upos, t.lemma, t.deprel)));
            }
        }
    }
    if wanted("entity") {
        all.extend(a.parsed.entities.iter().map(|e| (e.range, format!("entity {}", e.kind))));
    }
    if wanted("time") {
        all.extend(a.times.iter().map(|t| (t.range, format!("time {} {}", t.kind, t.value))));
    }
    if wanted("place") {
        let place = |p: &rapporteur::record::Place| {
            let id = p.spot.geonames_id.map_or(String::new(), |id| format!(" {id}"));
            (p.range, format!("place {}, {}{id}", p.spot.name, p.spot.country.unwrap_or("?")))
        };
        all.extend(a.places.iter().map(place));
    }
    if wanted("actor") {
        all.extend(a.mentions.iter().map(|m| (m.range, format!("actor {}", m.actor))));
    }
    if wanted("tie") {
        let tie = |t: &rapporteur::record::Tie| {
            let at = t.evidence.first().map_or(TextRange::default(), |s| s.range);
            (at, format!("tie {} {} {}", t.a, t.relation, t.b))
        };
        all.extend(a.ties.iter().map(tie));
    }
    if wanted("said") {
        for x in &a.attributions {
            let source = x.source.map_or("nobody", |s| s.of(text));
            let speaker = x.speaker.as_ref().map_or("?", ActorId::as_str);
            let whole = x.content.iter().copied().reduce(TextRange::cover).unwrap_or_default();
            all.push((whole, format!("said {} {} by «{source}» = {speaker}", x.kind, x.stance)));
        }
    }
    if wanted("figure") {
        for f in &a.figures {
            let end = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            let (low, high) = (end(f.bounds.low()), end(f.bounds.high()));
            let toll = if f.cumulative { " cumulative" } else { "" };
            let part = if f.part { " part" } else { "" };
            let person = f.person.map_or(String::new(), |p| format!(" person {p}"));
            all.push((
                f.range,
                format!("figure {} {low}..{high} {}{toll}{part}{person}", f.what, f.qualifier),
            ));
        }
    }
    if wanted("setting") {
        for e in &a.events {
            let places: Vec<&str> = e.places.iter().map(|&p| a.places[p].spot.name.as_str()).collect();
            let time = e.time.map_or("?", |t| a.times[t].range.of(text));
            all.push((e.trigger, format!("setting in {} on {time}", places.join(", "))));
        }
    }
    if wanted("event") {
        for e in &a.events {
            let roles = |roles: &[rapporteur::record::EventRole]| {
                let names: Vec<&str> = roles
                    .iter()
                    .map(|r| r.actor.as_ref().map_or(r.range.of(text), ActorId::as_str))
                    .collect();
                names.join(", ")
            };
            let mode = e.mode.map_or(String::new(), |m| format!(" {m}"));
            let value =
                format!("{}{mode} {}: {} → {}", e.kind, e.factuality, roles(&e.actors), roles(&e.targets));
            all.push((e.trigger, format!("event {value}")));
        }
    }
    all.sort_by_key(|(range, _)| (range.start(), range.end()));
    all
}

fn of_record(record: &Record, places: bool) -> String {
    let mut out = String::new();
    let words = |span: &Span| {
        let report = record.reports.iter().find(|r| r.id == span.report);
        format!("{} «{}»", span.report, report.map_or("", |r| span.range.of(&r.text)).replace('\n', "⏎"))
    };
    for (id, link) in &record.documents {
        if let Some(copy) = &link.copy_of {
            let _ = writeln!(out, "copy {id} of {copy}");
        }
    }
    for i in &record.incidents {
        let _ = writeln!(out, "incident {} {:?} {}", i.kind, i.when, i.factuality);
        for p in i.places.iter().filter(|_| places) {
            let at = p.evidence.first().map_or_else(String::new, words);
            let _ = writeln!(out, "  in {}, {} by {at}", p.spot.name, p.spot.country.unwrap_or("?"));
        }
        for f in &i.figures {
            let _ = writeln!(out, "  {} {:?} {:?} {:?}", f.what, f.low, f.best, f.high);
            for c in &f.claims {
                let by = c.by.as_ref().map_or("-", ActorId::as_str);
                let _ = writeln!(out, "    {} by {by}: {}", c.status, words(&c.at));
            }
        }
        for span in &i.evidence {
            let _ = writeln!(out, "  {}", words(span));
        }
        for r in &i.responds_to {
            let cause = record.incidents.iter().find(|c| c.id == r.incident).and_then(|c| c.evidence.first());
            let _ = writeln!(out, "  answers {}", cause.map_or_else(String::new, words));
        }
    }
    for s in &record.statements {
        let _ = writeln!(out, "statement {}", s.speaker.as_ref().map_or("-", ActorId::as_str));
        for v in &s.variants {
            let _ = writeln!(out, "  {}", words(&v.at));
        }
    }
    for d in &record.disputes {
        let _ = writeln!(out, "dispute {}", d.kind);
        for side in &d.sides {
            for span in &side.evidence {
                let _ = writeln!(out, "  {}", words(span));
            }
        }
    }
    out
}

/// The lines that differ, with the line of text they stand under.
fn diff(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    // Longest common subsequence; case files are short.
    let mut table = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] =
                if old[i] == new[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out, mut context) = (0, 0, String::new(), None);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            context = (!old[i].starts_with('~')).then_some(old[i]).or(context);
            i += 1;
            j += 1;
            continue;
        }
        if let Some(line) = context.take() {
            let _ = writeln!(out, "    {line}");
        }
        if j < new.len() && (i == old.len() || table[i][j + 1] >= table[i + 1][j]) {
            let _ = writeln!(out, "  + {}", new[j]);
            j += 1;
        } else {
            let _ = writeln!(out, "  - {}", old[i]);
            i += 1;
        }
    }
    out
}
