//! Values of a record in words, for formats that people read.

use ::record::{Claim, ClaimStatus, FigureSet, Incident, Report, When};

use crate::words::Words;

/// Text on one line: control characters and line breaks are spaces, marks that turn the direction of writing or
/// cannot be seen are gone.
pub(crate) fn plain(text: &str) -> String {
    let seen = text
        .chars()
        .filter(|c| !matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'))
        .map(|c| if c.is_control() { ' ' } else { c });
    seen.collect::<String>().split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `12`, `6–11`, `at least 20`, `at most 5`.
pub(crate) fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (None, None) => "not known".to_owned(),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("at least {a}"),
        (None, Some(b)) => format!("at most {b}"),
    }
}

/// `2024-02-05`, `2024-02-01 to 2024-02-05 (week)`, `by 2024-02-05`, nothing if not known.
pub(crate) fn day(when: When) -> Option<String> {
    Some(match (when.earliest(), when.latest()) {
        (None, None) => return None,
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => {
            format!("{a} to {b}{}", when.precision().map_or(String::new(), |p| format!(" ({p})")))
        }
        (Some(a), None) => format!("from {a}"),
        (None, Some(b)) => format!("by {b}"),
    })
}

/// `ASSAULT aerial`.
pub(crate) fn kind(incident: &Incident) -> String {
    incident.mode.map_or(incident.kind.to_string(), |m| format!("{} {m}", incident.kind))
}

/// Who makes a claim: a name, the source as written, or the outlet.
pub(crate) fn asserter(claim: &Claim, words: &Words<'_>) -> String {
    match (&claim.by, claim.by_as_written.as_str()) {
        (Some(by), _) => plain(words.actor(by).map_or(by.as_str(), |a| &a.name)),
        (None, "") => words.report(&claim.at.report).map_or(String::new(), outlet),
        (None, written) => plain(written),
    }
}

/// The publisher of a report; without one its title, cut short; without either its id.
pub(crate) fn outlet(report: &Report) -> String {
    const LONG: usize = 50;
    if let Some(publisher) = &report.publisher {
        return plain(publisher);
    }
    let title = report.title.as_ref().map_or(String::new(), |t| plain(&t.value));
    if title.is_empty() {
        return plain(report.id.as_str());
    }
    if title.chars().count() <= LONG {
        return format!("“{title}”");
    }
    let cut: String = title.chars().take(LONG).collect();
    format!("“{} …”", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

/// `killed: 6–11`, `killed (children): 3`, `killed (in Saada): 16`.
pub(crate) fn figure(set: &FigureSet) -> String {
    let of = set.of.as_ref().map_or(String::new(), |o| format!(" ({})", plain(o)));
    let place = set.place.as_ref().map_or(String::new(), |p| format!(" (in {})", plain(p)));
    format!("{}{of}{place}: {}", plain(&set.what), bounds(set.low, set.high))
}

/// Who says which number, copies left out: `6 according to health officials; 11 according to Houthis`.
pub(crate) fn claims(set: &FigureSet, words: &Words<'_>) -> String {
    let told = set.claims.iter().filter(|c| c.status != ClaimStatus::Copy).map(|c| {
        let number = bounds(c.bounds.low(), c.bounds.high());
        format!("{number} according to {}{}", asserter(c, words), status(c))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// ` (superseded)` and the like; nothing where a claim just stands.
pub(crate) fn status(claim: &Claim) -> String {
    if claim.status == ClaimStatus::Stands { String::new() } else { format!(" ({})", claim.status) }
}

/// An address that may become a link: http or https, without anything that could end the place it stands in.
pub(crate) fn link(url: &str) -> Option<String> {
    let lower = url.get(..8)?.to_ascii_lowercase();
    if !(lower.starts_with("http://") || lower.starts_with("https://")) {
        return None;
    }
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() || "<>\"'`\\()[]{}|^".contains(c) => {
                let mut bytes = [0; 4];
                for b in c.encode_utf8(&mut bytes).bytes() {
                    safe.push_str(&format!("%{b:02X}"));
                }
            }
            c => safe.push(c),
        }
    }
    Some(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_one_line_and_only_web_addresses_are_links() {
        assert_eq!(plain("a\r\n b\t\u{202E}c"), "a b c");
        assert_eq!(link("https://a.example/x y(1)\"").as_deref(), Some("https://a.example/x%20y%281%29%22"));
        assert_eq!(link("HTTP://a.example").as_deref(), Some("HTTP://a.example"));
        assert_eq!(link("javascript:alert(1)"), None);
        assert_eq!(link("http:"), None);
    }
}
