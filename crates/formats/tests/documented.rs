//! Every column is documented.

use formats::tables::{Column, TABLES};
use formats::{acled, gdelt, ucdp};

const DOCS: &str = include_str!("../../../docs/formats.md");

/// The part of the documentation under a heading, up to the next one of the same level or higher.
fn section(heading: &str) -> &'static str {
    let level = heading.chars().take_while(|c| *c == '#').count();
    let start =
        DOCS.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no «{heading}» in docs/formats.md"));
    let rest = &DOCS[start + heading.len() + 2..];
    let end = (1..=level).filter_map(|n| rest.find(&format!("\n{} ", "#".repeat(n)))).min();
    &rest[..end.unwrap_or(rest.len())]
}

fn documented(heading: &str, columns: &[Column]) {
    let text = section(heading);
    for column in columns {
        assert!(
            text.contains(&format!("`{}`", column.name)),
            "{heading}: `{}` is not documented",
            column.name
        );
    }
}

#[test]
fn every_column_is_documented() {
    for table in TABLES {
        documented(&format!("### {}", table.name), table.columns);
    }
    documented("## GDELT", gdelt::EVENTS);
    documented("## GDELT", gdelt::MENTIONS);
    documented("## ACLED", acled::COLUMNS);
    documented("## UCDP GED", ucdp::COLUMNS);
}
