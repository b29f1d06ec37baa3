//! Names, and the nouns beside them that say what somebody is.

use record::{Token, Upos};

use super::{children, head, number};

/// "The banker Ann Roe and the baker Jo Doe": the second name is joined to the first, not to its title.
pub(super) fn behind_title(tokens: &[Token], i: usize) -> Option<usize> {
    let title = head(tokens, i).filter(|&h| tokens[i].deprel == "conj" && tokens[h].deprel == "nmod:desc")?;
    let name = head(tokens, title).filter(|&n| title < n && n < i && tokens[n].upos == Upos::Propn)?;
    (tokens[i].upos == Upos::Propn).then_some(name)
}

/// "Killed the reporters Ann Roe and Jo Doe": the names are who is meant, the noun tells what they are. Gives the first name.
pub(super) fn behind_plural(tokens: &[Token], i: usize) -> Option<usize> {
    let name = tokens.get(i + 1).filter(|t| t.upos == Upos::Propn && t.deprel == "flat")?;
    let several = children(tokens, i + 1).any(|t| t.deprel == "conj" && t.upos == Upos::Propn);
    let counted = children(tokens, i).any(|t| t.deprel == "nummod");
    (tokens[i].xpos == "NNS" && name.head == number(i) && several && !counted).then_some(i + 1)
}

/// "The charge d'affaires": the words behind are no noun for an envoy, the one before is.
pub(super) fn is_envoys(tokens: &[Token], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| tokens.get(b));
    tokens[i].upos == Upos::X
        && before.is_some_and(|b| matches!(b.lemma.as_str(), "charge" | "chargé") && b.head == number(i))
}
