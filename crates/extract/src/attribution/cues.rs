//! The words that give words to a source, read from `data/cues.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use record::Stance;

use crate::table::{self, BadLine};

/// What a reporting verb may take as content besides a quotation.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    pub(super) stance: Stance,
    /// "said that …".
    pub(super) clause: bool,
    /// "condemned …".
    pub(super) object: bool,
    /// "vowed to …".
    pub(super) infinitive: bool,
    /// "expressed concern about": what is said lies in its object.
    pub(super) light: bool,
    /// "told reporters that …": the object is no content if there is a clause.
    pub(super) recipient: bool,
    /// "called for …".
    pub(super) prepositions: Vec<&'static str>,
}

/// The lexicon of cues.
#[derive(Debug, Default)]
pub(super) struct Cues {
    verbs: HashMap<&'static str, Verb>,
    adjectives: HashMap<&'static str, Verb>,
    nouns: HashMap<&'static str, Stance>,
    adverbs: HashMap<&'static str, Stance>,
    carriers: HashMap<&'static str, Stance>,
    mute: HashMap<&'static str, Stance>,
}

impl Cues {
    /// The lexicon inside the binary.
    pub(super) fn embedded() -> &'static Cues {
        static CUES: LazyLock<Cues> =
            LazyLock::new(|| Cues::read(include_str!("../../data/cues.tsv")).unwrap_or_default());
        &CUES
    }

    /// Reads the format that the head of `cues.tsv` describes.
    pub(super) fn read(text: &'static str) -> Result<Cues, BadLine> {
        let mut cues = Cues::default();
        for row in table::rows("cues.tsv", text, 4)? {
            let form = row.text(1);
            let stance: Stance = row.read(2)?;
            let new = match row.text(0) {
                kind @ ("verb" | "adjective") => {
                    let mut verb = Verb {
                        stance,
                        clause: false,
                        object: false,
                        infinitive: false,
                        recipient: false,
                        light: false,
                        prepositions: Vec::new(),
                    };
                    for frame in row.text(3).split(' ').filter(|f| *f != "-") {
                        match frame {
                            "clause" => verb.clause = true,
                            "object" => verb.object = true,
                            "inf" => verb.infinitive = true,
                            "recipient" => verb.recipient = true,
                            "light" => verb.light = true,
                            _ => verb.prepositions.push(frame),
                        }
                    }
                    let words = if kind == "verb" { &mut cues.verbs } else { &mut cues.adjectives };
                    words.insert(form, verb).is_none()
                }
                "noun" => cues.nouns.insert(form, stance).is_none(),
                "adverb" => cues.adverbs.insert(form, stance).is_none(),
                "carrier" => cues.carriers.insert(form, stance).is_none(),
                "mute" => cues.mute.insert(form, stance).is_none(),
                _ => {
                    return Err(row.bad("the first column is verb, adjective, noun, adverb, carrier or mute"));
                }
            };
            if !new {
                return Err(row.bad("stands there twice"));
            }
        }
        Ok(cues)
    }

    /// The verb with this lemma and, if it has one, particle. A lemma may be wrong, so the written form is tried too.
    pub(super) fn verb(&self, lemma: &str, form: &str, particle: Option<&str>) -> Option<&Verb> {
        particle
            .and_then(|p| self.verbs.get(format!("{lemma} {p}").as_str()))
            .or_else(|| self.verbs.get(lemma))
            .or_else(|| self.inflected(&form.to_lowercase()))
    }

    /// The verb of which `form` is a regular form.
    fn inflected(&self, form: &str) -> Option<&Verb> {
        if let Some(stem) = form.strip_suffix("ied").or_else(|| form.strip_suffix("ies")) {
            return self.verbs.get(format!("{stem}y").as_str());
        }
        ["ing", "ed", "es", "s", "d"].iter().find_map(|ending| {
            let stem = form.strip_suffix(ending)?;
            let undoubled = || {
                stem.get(..stem.len().checked_sub(1)?)
                    .filter(|s| s.chars().next_back() == stem.chars().next_back())
            };
            self.verbs
                .get(stem)
                .or_else(|| self.verbs.get(format!("{stem}e").as_str()))
                .or_else(|| self.verbs.get(undoubled()?))
        })
    }

    /// What a predicative adjective may take as content.
    pub(super) fn adjective(&self, lemma: &str) -> Option<&Verb> {
        self.adjectives.get(lemma)
    }

    pub(super) fn noun(&self, lemma: &str) -> Option<Stance> {
        self.nouns.get(lemma).copied()
    }

    pub(super) fn adverb(&self, lemma: &str) -> Option<Stance> {
        self.adverbs.get(lemma).copied()
    }

    /// Whether a verb lends its subject to a reporting verb in its infinitive.
    pub(super) fn carries(&self, lemma: &str) -> bool {
        self.carriers.contains_key(lemma)
    }

    /// Whether a noun is of something that says nothing.
    pub(super) fn is_mute(&self, lemma: &str) -> bool {
        self.mute.contains_key(lemma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_reads_and_a_bad_line_is_named() {
        let cues = Cues::read(include_str!("../../data/cues.tsv")).expect("it is well formed");
        assert!(cues.verb("point", "pointed", Some("out")).is_some_and(|v| v.clause));
        assert!(cues.verb("not", "noted", None).is_some() && cues.verb("argu", "arguing", None).is_some());
        assert!(Cues::read("noun\tclaim\tclaims\t-\nnoun\tplea\tbegs\t-").is_err_and(|e| e.line == 2));
    }
}
