//! Words by which accounts of one act contradict each other ("proportionate" against "reckless").

use std::sync::OnceLock;

use record::TextRange;

const OPPOSED: &str = include_str!("../data/opposed.tsv");

/// A word or phrase of one side, word by word; `true` marks any ending.
type Phrase = Vec<(String, bool)>;

struct Axis {
    name: &'static str,
    for_it: Vec<Phrase>,
    against: Vec<Phrase>,
    /// What takes no side though words of one stand in it.
    neither: Vec<Phrase>,
    /// The other side denies the words of the first.
    by_denial: bool,
}

/// Where a text takes a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stand {
    /// Number and name of the axis.
    pub axis: usize,
    pub name: &'static str,
    /// The side: `true` for the first.
    pub for_it: bool,
    /// The words.
    pub at: TextRange,
}

/// Reads the file. The error names the bad line.
fn read(file: &'static str) -> Result<Vec<Axis>, String> {
    let phrases = |list: &str| {
        list.split(';')
            .map(|p| {
                p.split_whitespace()
                    .map(|w| (w.trim_end_matches('*').to_owned(), w.ends_with('*')))
                    .collect::<Phrase>()
            })
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
    };
    crate::data::lines(file)
        .map(|(n, line)| {
            let mut f = line.split('\t');
            let (Some(name), Some(one), Some(other), neither, None) =
                (f.next(), f.next(), f.next(), f.next(), f.next())
            else {
                return Err(format!("line {n}: an axis and two sides are wanted"));
            };
            let by_denial = other == "not";
            let against = if by_denial { Vec::new() } else { phrases(other) };
            let for_it = phrases(one);
            if for_it.is_empty() || (against.is_empty() && !by_denial) {
                return Err(format!("line {n}: a side has no words"));
            }
            Ok(Axis { name, for_it, against, neither: phrases(neither.unwrap_or("")), by_denial })
        })
        .collect()
}

fn axes() -> &'static [Axis] {
    static AXES: OnceLock<Vec<Axis>> = OnceLock::new();
    AXES.get_or_init(|| crate::data::ours("opposed.tsv", read(OPPOSED)))
}

/// Words before a phrase that turn it round.
const NEGATIONS: [&str; 8] = ["no", "not", "never", "without", "neither", "denied", "denies", "nor"];
/// How many words before a phrase they may stand.
const REACH: usize = 5;

/// The sides that `range` of `text` takes. `denied`: the speaker denies the whole.
pub(crate) fn stands(text: &str, range: TextRange, denied: bool) -> Vec<Stand> {
    let lower: Vec<(String, TextRange)> = range
        .of(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|w| !w.is_empty())
        .map(|w| {
            let start = w.as_ptr() as usize - text.as_ptr() as usize;
            (w.to_lowercase(), TextRange::new(start, start + w.len()))
        })
        .collect();
    let mut out = Vec::new();
    let fits = |phrase: &Phrase, i: usize| {
        lower.len() - i >= phrase.len()
            && phrase
                .iter()
                .zip(&lower[i..])
                .all(|((p, any), (w, _))| if *any { w.starts_with(p.as_str()) } else { w == p })
    };
    let at = |phrase: &Phrase, i: usize| lower[i].1.cover(lower[i + phrase.len() - 1].1);
    for (number, axis) in axes().iter().enumerate() {
        let neither: Vec<TextRange> = (0..lower.len())
            .flat_map(|i| axis.neither.iter().filter(move |p| fits(p, i)).map(move |p| at(p, i)))
            .collect();
        for (phrases, side) in [(&axis.for_it, true), (&axis.against, false)] {
            for phrase in phrases {
                for i in 0..lower.len() {
                    if !fits(phrase, i) || neither.iter().any(|n| n.overlaps(at(phrase, i))) {
                        continue;
                    }
                    let before = &lower[i.saturating_sub(REACH)..i];
                    let negated = denied || before.iter().any(|(w, _)| NEGATIONS.contains(&w.as_str()));
                    // "Not proportionate" is the other side; "no escalation" says nothing for the first.
                    if negated && !axis.by_denial && !side {
                        continue;
                    }
                    out.push(Stand {
                        axis: number,
                        name: axis.name,
                        for_it: side != negated,
                        at: at(phrase, i),
                    });
                }
            }
        }
    }
    out.sort_by_key(|s| (s.at, s.axis));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_told_apart_and_negation_turns_them_round() {
        let side = |text: &str| {
            stands(text, TextRange::new(0, text.len()), false)
                .iter()
                .map(|s| (s.name, s.for_it))
                .collect::<Vec<_>>()
        };
        assert_eq!(side("a measured answer"), [("proportion", true)]);
        assert_eq!(side("a reckless act"), [("proportion", false)]);
        assert_eq!(side("there was no prior coordination"), [("prior notice", false)]);
        assert_eq!(side("they consulted us"), [("prior notice", true)]);
        assert_eq!(side("terrorists hid there"), [("military target", true)]);
        assert_eq!(side("list it as a terrorist organisation"), []);
    }

    #[test]
    fn the_file_is_sound_and_a_bad_line_is_named() {
        assert!(read(OPPOSED).is_ok_and(|a| a.len() > 4));
        assert_eq!(
            read("# x\nonly one field").err().as_deref(),
            Some("line 2: an axis and two sides are wanted")
        );
    }
}
