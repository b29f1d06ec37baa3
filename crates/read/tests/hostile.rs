//! Whatever the bytes: no panic, ranges that fit, and an end.

use proptest::prelude::*;
use read::{Format, Item, Options, read, settle};

fn check(bytes: &[u8], format: Option<Format>) {
    let options = Options { format, limit_bytes: 100_000, ..Options::default() };
    let mut reports = Vec::new();
    read(bytes, "any", &options, &mut |item| {
        if let Item::Report(report) = item {
            reports.push(report);
        }
    });
    settle(&mut reports);
    for report in &reports {
        let mut end = 0;
        for block in &report.blocks {
            assert!(block.range.start() >= end, "blocks lie in order");
            assert!(!block.range.of(&report.text).trim().is_empty(), "on characters, never empty");
            end = block.range.end();
        }
        for at in [report.title.as_ref().and_then(|t| t.at), report.published.as_ref().and_then(|p| p.at)] {
            assert!(at.is_none_or(|r| !r.of(&report.text).is_empty()));
        }
    }
}

const FORMATS: [Option<Format>; 5] =
    [None, Some(Format::Text), Some(Format::Html), Some(Format::Jsonl), Some(Format::Csv)];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        FORMATS.iter().for_each(|format| check(&bytes, *format));
    }

    #[test]
    fn random_lines(lines in proptest::collection::vec("[ -~“”–é\u{a0}]{0,80}", 0..30)) {
        check(lines.join("\n").as_bytes(), Some(Format::Text));
        check(lines.join("\r\n\r\n").as_bytes(), Some(Format::Csv));
    }

    #[test]
    fn random_markup(parts in proptest::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<div class='date'>"), Just("</div>"), Just("<script>"), Just("<!--"),
        Just("<h1>"), Just("<table>"), Just("<td>"), Just("<time datetime='2023-06-01T'>"), Just("<b><i><a>"),
        Just("A sentence of some words that goes on for long enough to count. "), Just("&amp;&#0;&bogus;"),
        Just("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2023\"}</script>"),
    ], 0..60)) {
        check(format!("<html><body>{}", parts.concat()).as_bytes(), Some(Format::Html));
    }
}

#[test]
fn cut_anywhere() {
    let page = "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Über – day</title></head><body>\
                <h1>Über – day</h1><time datetime='2023-06-01T10:00:00+02:00'>1 June 2023</time><p>Soldiers fired.</p>";
    let line = "{\"text\": \"Sold\\u00efers “fired”\", \"date\": \"2023-06-01\"}";
    for (whole, format) in [(page, Format::Html), (line, Format::Jsonl), (line, Format::Text)] {
        for end in (0..whole.len()).step_by(7) {
            check(&whole.as_bytes()[..end], Some(format));
        }
    }
}

#[test]
fn huge_lines_and_many_lines() {
    check("word ".repeat(1_000_000).as_bytes(), Some(Format::Text));
    check("x".repeat(3_000_000).as_bytes(), None);
    check("\n,\n.\na\nShare\n".repeat(10_000).as_bytes(), Some(Format::Text));
    check("1/2/3/4/5/6/7/8/9/".repeat(5_000).as_bytes(), Some(Format::Text));
    check("{\"a\":".repeat(20_000).as_bytes(), Some(Format::Jsonl));
    check("<a href=x>".repeat(5_000).as_bytes(), Some(Format::Html));
    check("\"".repeat(99_999).as_bytes(), Some(Format::Csv));
}
