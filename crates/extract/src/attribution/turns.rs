//! Transcripts: paragraphs that begin with who speaks, in capitals, and a colon.
//!
//! ```text
//! "HOST: Will you stand again?
//! "GUEST: I have not decided. Ask me in May.
//! ```

use record::{ActorMention, Attribution, AttributionKind, Stance, TextRange};

/// Paragraphs from which on such beginnings are turns of speech, not headings.
const TURNS: usize = 3;

/// The most words of a name.
const WORDS: usize = 3;

/// Gives each turn to its speaker, in place of whatever else the marks of quotation made of it.
pub(super) fn turns(
    text: &str,
    paragraphs: &[TextRange],
    mentions: &[ActorMention],
    found: &mut Vec<Attribution>,
) {
    let turns: Vec<_> = paragraphs.iter().filter_map(|p| turn(text, *p)).collect();
    if turns.len() < TURNS {
        return;
    }
    // What begins before the colon was no quotation; what somebody is quoted with inside the turn stays.
    let colons: Vec<TextRange> = turns.iter().map(|(_, cue, _)| *cue).collect();
    let has_colon = |range: &TextRange| {
        let at = colons.partition_point(|c| c.end() <= range.start());
        colons.get(at).is_some_and(|c| c.overlaps(*range))
    };
    found.retain(|a| {
        !a.content.iter().any(has_colon) && a.cue.is_none_or(|cue| colons.binary_search(&cue).is_err())
    });
    for (source, cue, content) in turns {
        let from = mentions.partition_point(|m| m.range.end() <= source.start());
        let speaker = mentions.get(from).filter(|m| m.range.overlaps(source));
        found.push(Attribution {
            source: Some(source),
            cue: Some(cue),
            content: vec![content],
            kind: AttributionKind::Direct,
            speaker: speaker.map(|m| m.actor.clone()),
            via: None,
            inside: None,
            stance: Stance::Says,
            rule: "turn",
        });
    }
}

/// Name, colon and words of a paragraph that is a turn.
fn turn(text: &str, paragraph: TextRange) -> Option<(TextRange, TextRange, TextRange)> {
    let whole = paragraph.of(text);
    let marks = |c: char| matches!(c, '"' | '“' | '”');
    let start = whole.len() - whole.trim_start_matches(marks).len();
    let colon = start + whole[start..].find(':')?;
    let name = &whole[start..colon];
    let spelled = |w: &str| {
        let letters = w.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2 && !w.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
    };
    let words = name.split(' ').filter(|w| !w.is_empty());
    if !(1..=WORDS).contains(&words.clone().count()) || !words.into_iter().all(spelled) {
        return None;
    }
    let rest = &whole[colon + 1..];
    let from = colon + 1 + (rest.len() - rest.trim_start().len());
    // A mark at the end closes what one at the beginning opened.
    let said = whole[from..].trim_end();
    let said =
        if start > 0 && said.matches(marks).count() % 2 == 1 { said.trim_end_matches(marks) } else { said };
    said.split_whitespace().nth(1)?;
    let at = |a: usize, b: usize| TextRange::new(paragraph.start() + a, paragraph.start() + b);
    Some((at(start, colon), at(colon, colon + 1), at(from, from + said.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            paragraphs.push(TextRange::new(start, start + line.trim_end().len()));
            start += line.len();
        }
        let mut found = Vec::new();
        turns(text, &paragraphs, &[], &mut found);
        found.iter().map(|a| (a.source.map_or("", |s| s.of(text)), a.content[0].of(text))).collect()
    }

    #[test]
    fn a_transcript_is_read_turn_by_turn() {
        let text = "\"HOST: Will you stand again?\n\"GUEST: Ask me. In May.\nHOST: Thank you both.\"\n";
        assert_eq!(
            read(text),
            [("HOST", "Will you stand again?"), ("GUEST", "Ask me. In May."), ("HOST", "Thank you both.\"")]
        );
    }

    #[test]
    fn one_heading_in_capitals_is_no_transcript() {
        assert!(read("UPDATE: The talks go on.\nNothing else was said.\n").is_empty());
    }
}
