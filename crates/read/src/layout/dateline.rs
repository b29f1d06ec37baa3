//! "BAGHDAD, Feb 5 (Agency) –": where a report was written and who sent it.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The dateline at the beginning of a paragraph: how many bytes it takes, dash included.
pub(crate) fn dateline(paragraph: &str) -> Option<Range<usize>> {
    // A town: capitalised words, more than one with "/", "," or "-" between them.
    static AGENCY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<town>[^()\n.!?“”:;]{0,80}?)[\s,]*[(\[](?P<agency>[^()\[\]\n]{2,40})[)\]][\s,]*(?P<mark>--?|[–—―:]|$)?\s*",
        )
    });
    static DASH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?P<town>[^()\n!?“”;]{2,60}?)(?:\s*[–—―]|\s+--?|\s*--)\s*(?P<next>\S)"));
    let head = &paragraph[..paragraph.floor_char_boundary(200)];
    if let Some(found) = AGENCY.captures(head) {
        let (town, marked) = (&found["town"], found.name("mark").is_some());
        let known = is_agency(&found["agency"]);
        if known && (is_place(town, 6) || town.is_empty() && marked) || marked && is_upper(town) {
            return Some(0..found.get(0).map_or(0, |m| m.end()));
        }
    }
    let found = DASH.captures(head)?;
    let town = &found["town"];
    let speaks = found["next"]
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '\''));
    if speaks && (is_upper(town) && is_place(town, 8) || is_place(town, 3) || is_agency(town)) {
        return Some(0..found.name("next").map_or(0, |m| m.start()));
    }
    None
}

fn is_agency(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../../data/agencies.txt").lines().filter(|l| !l.starts_with('#')).collect()
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

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("the patterns of this module are right")
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("SANAA: The group", ""),
            ("The minister - who resigned - said", ""),
            ("Iraq (also known as Mesopotamia) said", ""),
            ("It was late – Too late, he said", ""),
            ("“We will respond” – Minister", ""),
        ] {
            let found = dateline(paragraph).map_or("", |r| &paragraph[r]);
            assert_eq!(found, expected, "{paragraph}");
        }
    }
}
