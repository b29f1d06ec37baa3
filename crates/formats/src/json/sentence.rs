//! The sentences of an analysis: words, tree, names, and which words may name deeds and who has a part in them.

use ::record::{Analysis, Deed, Entity, EntityKind, EventType, Mode, Participant, Sentence, Token, Upos};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Points;
use super::named::{Named, keep};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SentenceJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Its words (Universal Dependencies v2).
    pub tokens: Vec<TokenJson>,
    /// Who may have a part in its deeds, as the model judges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantJson>,
}

/// How likely a word heads who has a part in the deed that another word names, or tells where or when it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantJson {
    /// Number of the word that names the deed, 0-based in the sentence.
    pub deed: u32,
    /// In which sentence the word stands: the deed's (0, left out), the one before it (-1) or the one behind it (1).
    #[serde(default, skip_serializing_if = "is_own")]
    pub beside: i8,
    /// Number of the word that heads the participant, in its sentence.
    pub word: u32,
    /// How likely it does the deed, in percent.
    pub actor: u8,
    /// How likely the deed is done to it, in percent.
    pub target: u8,
    /// How likely it tells where the deed is done, in percent.
    #[serde(default)]
    pub place: u8,
    /// How likely it tells when, in percent.
    #[serde(default)]
    pub time: u8,
}

/// Whether a word stands in the sentence of the deed.
fn is_own(beside: &i8) -> bool {
    *beside == 0
}

/// A word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The word as written.
    pub text: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Named<Upos>,
    /// Penn Treebank tag.
    pub xpos: String,
    /// Morphological features, `Name=Value|…`, or empty.
    pub feats: String,
    /// The word it depends on, 1-based in the sentence; 0 for the root.
    pub head: u32,
    /// Universal relation.
    pub deprel: String,
    /// Whether it may name a deed; absent if it surely names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deed: Option<DeedJson>,
}

/// How likely a word names a deed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeedJson {
    /// The likeliest PLOVER type.
    #[serde(rename = "type")]
    pub kind: Named<EventType>,
    /// The share of all types together against no deed, in percent.
    pub share: u8,
    /// Whether it rather takes up a deed named before.
    pub again: bool,
    /// The likeliest mode, if it is likelier than all others together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Named<Mode>>,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The kind.
    #[serde(rename = "type")]
    pub kind: Named<EntityKind>,
    /// The actor it names, or null.
    pub actor: Option<String>,
    /// Index into `places` of the place it names, or null.
    pub place: Option<usize>,
}

pub(super) fn sentence(s: &Sentence, text: &str, p: &Points<'_>) -> SentenceJson {
    let (start, end) = p.range(s.range);
    let token = |t: &Token| {
        let (start, end) = p.range(t.range);
        TokenJson {
            start,
            end,
            text: t.range.of(text).to_owned(),
            lemma: t.lemma.clone(),
            upos: Named(t.upos),
            xpos: t.xpos.to_owned(),
            feats: t.feats.to_owned(),
            head: t.head,
            deprel: t.deprel.to_owned(),
            deed: t.deed.filter(|d| d.share > 0).map(|d| DeedJson {
                kind: Named(d.kind),
                share: d.share,
                again: d.again,
                mode: d.mode.map(Named),
            }),
        }
    };
    let participant = |x: &Participant| ParticipantJson {
        deed: x.deed,
        beside: x.beside,
        word: x.word,
        actor: x.actor,
        target: x.target,
        place: x.place,
        time: x.time,
    };
    SentenceJson {
        start,
        end,
        tokens: s.tokens.iter().map(token).collect(),
        participants: s.participants.iter().map(participant).collect(),
    }
}

pub(super) fn entity(e: &Entity, a: &Analysis, p: &Points<'_>) -> EntityJson {
    let (start, end) = p.range(e.range);
    EntityJson {
        start,
        end,
        kind: Named(e.kind),
        actor: a.mentions.iter().find(|m| m.range.overlaps(e.range)).map(|m| m.actor.to_string()),
        place: a.places.iter().position(|x| x.range.overlaps(e.range)),
    }
}

impl SentenceJson {
    pub(super) fn read(self, p: &Points<'_>) -> Sentence {
        let token = |t: TokenJson| Token {
            range: p.bytes(t.start, t.end),
            lemma: t.lemma,
            upos: t.upos.0,
            xpos: keep(&t.xpos),
            feats: keep(&t.feats),
            head: t.head,
            deprel: keep(&t.deprel),
            deed: Some(t.deed.map_or(Deed::NONE, |d| Deed {
                kind: d.kind.0,
                share: d.share,
                again: d.again,
                mode: d.mode.map(|m| m.0),
            })),
        };
        let participant = |x: ParticipantJson| Participant {
            deed: x.deed,
            beside: x.beside,
            word: x.word,
            actor: x.actor,
            target: x.target,
            place: x.place,
            time: x.time,
        };
        Sentence {
            range: p.bytes(self.start, self.end),
            tokens: self.tokens.into_iter().map(token).collect(),
            participants: self.participants.into_iter().map(participant).collect(),
        }
    }
}
