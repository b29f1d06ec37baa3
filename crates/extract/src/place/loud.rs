//! Places in sentences that are all in capitals, where every word looks like a name.

use record::{Entity, EntityKind, Parsed, Sentence, TextRange, Upos};

use super::detect::Mention;

/// People who live in a place whose name is believed without a sign that it is a name.
const GREAT: f64 = 3e6;

/// Leaves out what the tagger does not take for a name ("EARLY TUESDAY", "A CAR BOMB"), and makes doubtful what it takes
/// for one of something else ("MAURICIO SANTOS").
pub(super) fn sober(text: &str, parsed: &Parsed, mentions: &mut Vec<Mention>) {
    let loud: Vec<&Sentence> = parsed.sentences.iter().filter(|s| is_loud(text, s)).collect();
    mentions.retain_mut(|m| {
        let Some(sentence) = loud.iter().find(|s| s.range.overlaps(m.range)) else { return true };
        if m.demonym || m.unknown {
            return true;
        }
        let tag = tag(&parsed.entities, m.range);
        let mut tokens = sentence.tokens.iter().filter(|t| t.range.overlaps(m.range));
        if tag.is_none() && !tokens.any(|t| t.upos == Upos::Propn) {
            return false;
        }
        m.loud = true;
        let place = matches!(tag, Some(EntityKind::Loc | EntityKind::Fac));
        // "LIMA, 3 JAN 90": a dateline is no place for anything else.
        let dateline = m.range.start() == sentence.range.start()
            && text.get(m.range.end()..).is_some_and(|t| t.trim_start().starts_with([',', '(']));
        m.doubtful |= !place && !dateline && m.candidates.first().is_none_or(|c| c.weight < GREAT);
        true
    });
}

fn tag(entities: &[Entity], range: TextRange) -> Option<EntityKind> {
    entities.iter().find(|e| e.range.overlaps(range)).map(|e| e.kind)
}

/// Whether four of five words with letters are in capitals, and there are at least five.
fn is_loud(text: &str, sentence: &Sentence) -> bool {
    let words =
        sentence.tokens.iter().map(|t| t.range.of(text)).filter(|w| w.chars().any(char::is_alphabetic));
    let (mut all, mut upper) = (0, 0);
    for word in words {
        all += 1;
        upper += usize::from(!word.chars().any(char::is_lowercase));
    }
    all >= 5 && upper * 5 >= all * 4
}

#[cfg(test)]
mod tests {
    use record::{Parsed, Sentence, TextRange, Token, Upos};

    use super::super::places;
    use crate::time::tests::report;

    #[test]
    fn capitals_alone_make_no_place() {
        let text = "GUNMEN SHOT JUAN SANTOS EARLY TODAY IN LIMA";
        let mut at = 0;
        let mut tokens = Vec::new();
        for word in text.split(' ') {
            let upos = match word {
                "JUAN" | "SANTOS" | "LIMA" => Upos::Propn,
                _ => Upos::X,
            };
            tokens.push(Token {
                range: TextRange::new(at, at + word.len()),
                lemma: word.to_lowercase(),
                upos,
                xpos: "",
                feats: "",
                head: 0,
                deprel: "dep",
            });
            at += word.len() + 1;
        }
        let sentence = Sentence { range: TextRange::new(0, text.len()), tokens };
        let parsed = Parsed { sentences: vec![sentence], ..Parsed::default() };
        let found = places(&report(text, None), &parsed);
        let words: Vec<&str> = found.iter().map(|p| p.range.of(text)).collect();
        assert!(!words.contains(&"EARLY"), "{words:?}");
    }
}
