//! What `language` sees in a report: sentences, words, trees, named entities.

use crate::TextRange;
use crate::names::names;
use crate::plover::{EventType, Mode};

names! {
    /// Universal part of speech (Universal Dependencies v2).
    Upos("universal part of speech") {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

names! {
    /// Kind of a named entity.
    EntityKind("entity kind") {
        Per = "PER",
        Org = "ORG",
        Loc = "LOC",
        /// A building, base, bridge, camp or other site.
        Fac = "FAC",
        /// Nationality, religious or political group.
        Norp = "NORP",
        /// A weapon or military platform.
        Weapon = "WEAPON",
        Event = "EVENT",
        Misc = "MISC",
    }
}

/// A word (Universal Dependencies v2: a syntactic word, so "don't" is two).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub range: TextRange,
    /// Dictionary form, lower case except for names.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, as in the English UD treebanks.
    pub xpos: &'static str,
    /// Morphological features, `Name=Value|…` in alphabetical order, empty if none.
    pub feats: &'static str,
    /// The word it depends on: 1-based in the sentence, 0 for the root.
    pub head: u32,
    /// Universal relation with subtype, for instance `nsubj:pass`.
    pub deprel: &'static str,
    /// Whether it names a deed, as the model judges; `None` if nothing judged it.
    pub deed: Option<Deed>,
}

/// How likely a word names a deed, and of what type the deed then is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// The likeliest type.
    pub kind: EventType,
    /// The share of all types together against no deed, in percent.
    pub share: u8,
    /// Whether it rather takes up a deed named before ("the attack", "killing three").
    pub again: bool,
    /// The likeliest mode, if it is likelier than all others together.
    pub mode: Option<Mode>,
}

impl Deed {
    /// Surely none.
    pub const NONE: Deed = Deed { kind: EventType::Agree, share: 0, again: false, mode: None };
}

/// How likely a word heads who has a part in the deed that another word names, or tells where or when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Participant {
    /// Number of the word that names the deed, 0-based in the sentence.
    pub deed: u32,
    /// In which sentence the word stands: the deed's (0), the one before it (-1) or the one behind it (1).
    pub beside: i8,
    /// Number of the word that heads the participant, in its sentence.
    pub word: u32,
    /// How likely it does the deed, in percent.
    pub actor: u8,
    /// How likely the deed is done to it, in percent.
    pub target: u8,
    /// How likely it tells where the deed is done, in percent.
    pub place: u8,
    /// How likely it tells when, in percent.
    pub time: u8,
}

/// A sentence. It may run over line breaks of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// From its first word to its last.
    pub range: TextRange,
    /// Its words, in order; exactly one has head 0, and heads form a tree.
    pub tokens: Vec<Token>,
    /// Who may have a part in its deeds, and where and when they may have been, as the model judges, by deed and word.
    pub participants: Vec<Participant>,
}

impl Sentence {
    /// Index of the root word; `None` for a sentence without words.
    #[must_use]
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head == 0)
    }

    /// Index of the head of word `i`; `None` for the root.
    #[must_use]
    pub fn head(&self, i: usize) -> Option<usize> {
        self.tokens.get(i).and_then(|t| (t.head as usize).checked_sub(1))
    }

    /// Indices of the direct dependents of word `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let head = u32::try_from(i + 1).unwrap_or(u32::MAX);
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == head).map(|(j, _)| j)
    }

    /// Words of the subtree of `i` as a range of text: from its leftmost to its rightmost word.
    #[must_use]
    pub fn subtree(&self, i: usize) -> TextRange {
        let mut inside = vec![false; self.tokens.len()];
        let mut range = match self.tokens.get(i) {
            Some(t) => t.range,
            None => return TextRange::default(),
        };
        inside[i] = true;
        // A head may stand before or after its dependents, so repeat until nothing is added; depth bounds the rounds.
        loop {
            let mut grew = false;
            for j in 0..self.tokens.len() {
                if !inside[j] && self.head(j).is_some_and(|h| inside.get(h) == Some(&true)) {
                    inside[j] = true;
                    range = range.cover(self.tokens[j].range);
                    grew = true;
                }
            }
            if !grew {
                return range;
            }
        }
    }
}

/// A named entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    /// Where.
    pub range: TextRange,
    /// What.
    pub kind: EntityKind,
}

/// What `language` gives for one report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// Sentences of the title, dateline and body blocks, in order; residue is not analysed.
    pub sentences: Vec<Sentence>,
    /// Named entities, in order, not overlapping.
    pub entities: Vec<Entity>,
    /// One unit vector a sentence, for comparing paraphrases; empty where none was asked for.
    pub vectors: Vec<Vec<i8>>,
}

impl Parsed {
    /// Number of the first sentence that ends behind the start of a range: the one that the range lies in, if any does.
    fn reach(&self, range: TextRange) -> usize {
        self.sentences.partition_point(|s| s.range.end() <= range.start())
    }

    /// The sentence that has all of a range.
    #[must_use]
    pub fn sentence_of(&self, range: TextRange) -> Option<&Sentence> {
        self.sentences.get(self.reach(range)).filter(|s| s.range.contains(range))
    }

    /// The number of the first sentence that has some of a range.
    #[must_use]
    pub fn sentence_at(&self, range: TextRange) -> Option<usize> {
        Some(self.reach(range)).filter(|&i| self.sentences.get(i).is_some_and(|s| s.range.overlaps(range)))
    }
}
