//! Whom "he" means where harm is told of him: "he died", "they pronounced him dead". Not who only tells of it.

use record::{ActorKind, Sentence, Upos};

use super::super::pieces::{range, token};
use super::{REACH, Resolver};
use crate::event::{is_succumbing, is_suffered, is_taken};

impl Resolver<'_> {
    /// Whether phrase `j` is of a woman where the pronoun says he, or the other way round: "his sister, Ann Roe, said he".
    pub(super) fn is_of_other_sex(&self, j: usize, pronoun: &str) -> bool {
        let Some((id, _)) = &self.found[j] else { return false };
        let told = (j.saturating_sub(REACH)..=j)
            .rev()
            .filter(|&k| self.found[k].as_ref().is_some_and(|(other, _)| other == id));
        let mut sexes = told.filter_map(|k| self.is_woman(k));
        let she = matches!(pronoun, "she" | "her");
        sexes.next().is_some_and(|woman| woman != she)
    }

    /// What the words beside a name say: "his sister, Ann Roe", "Mrs Roe".
    fn is_woman(&self, j: usize) -> Option<bool> {
        let phrase = &self.phrases[j];
        let (sentence, at, _) = token(self.parsed, &self.words[phrase.end - 1])?;
        let first = self.words[phrase.start].range.start();
        let top = apposed_to(sentence, at);
        let inside = (0..=at).filter(|&t| sentence.tokens[t].range.start() >= first);
        let beside =
            sentence.children(top).filter(|&c| matches!(sentence.tokens[c].deprel, "nmod:desc" | "appos"));
        inside
            .chain([top])
            .chain(beside)
            .find_map(|t| crate::event::is_woman(&sentence.tokens[t].lemma.to_lowercase()))
    }

    /// Whether harm or its aftermath is told of the pronoun that is phrase `i`.
    pub(super) fn is_harmed(&self, i: usize) -> bool {
        token(self.parsed, &self.words[self.phrases[i].start]).is_some_and(|(s, at, _)| suffers(s, at))
    }

    /// Of the actors `there`, all of one sentence before a harmed pronoun, those whom it may mean. `None` where it means a person
    /// without a name: "Chief Ann Roe said that a gunman shot at one man, hitting him".
    pub(super) fn hurt_of(&self, i: usize, back: usize, there: &[usize]) -> Option<Vec<usize>> {
        let word = &self.words[self.phrases[i].start];
        let number = word.sentence.checked_sub(back)?;
        let sentence = self.parsed.sentences.get(number)?;
        let end = if back == 0 {
            token(self.parsed, word).map_or(0, |(_, at, _)| at)
        } else {
            sentence.tokens.len()
        };
        let at = |j: usize| {
            let at = token(self.parsed, &self.words[self.phrases[j].end - 1]).map_or(0, |(_, at, _)| at);
            apposed_to(sentence, at)
        };
        let hurt: Vec<usize> = there.iter().copied().filter(|&j| suffers(sentence, at(j))).collect();
        // Who is arrested may have hurt who is told of before.
        let taken = token(self.parsed, word).is_some_and(|(s, at, _)| {
            s.head(at).and_then(|v| s.tokens.get(v)).is_some_and(|v| is_taken(&v.lemma))
        });
        if !hurt.is_empty() && !taken {
            return Some(hurt);
        }
        let strangers: Vec<usize> = (0..end).filter(|&t| self.is_stranger(sentence, number, t)).collect();
        let quiet: Vec<usize> = there.iter().copied().filter(|&j| !speaks(sentence, at(j))).collect();
        let first = there.iter().map(|&j| at(j)).min();
        let behind = |t: &usize| back > 0 || first.is_none_or(|f| f < *t);
        if !taken && strangers.iter().any(|&t| suffers(sentence, t))
            || quiet.is_empty() && strangers.iter().any(behind)
        {
            return None;
        }
        Some(if quiet.is_empty() || back == 0 { there.to_vec() } else { quiet })
    }

    /// Whether a word is for one person who is not named, and who does not speak.
    fn is_stranger(&self, sentence: &Sentence, number: usize, t: usize) -> bool {
        let noun = &sentence.tokens[t];
        let one = noun.upos == Upos::Noun && noun.xpos == "NN" && crate::figure::is_person(&noun.lemma);
        let part = matches!(noun.deprel, "compound" | "nmod:desc" | "appos" | "flat" | "amod" | "nmod:poss");
        let named = |c: usize| sentence.tokens[c].deprel == "appos" && sentence.tokens[c].upos == Upos::Propn;
        // "The former minister was rushed to hospital": somebody who has been named.
        let the = |c: usize| sentence.tokens[c].deprel == "det" && sentence.tokens[c].lemma == "the";
        if crate::event::is_official(&noun.lemma) && sentence.children(t).any(the) {
            return false;
        }
        // "Her mother blames the police. She was kidnapped": not the mother.
        let owned =
            |c: usize| sentence.tokens[c].deprel == "nmod:poss" && sentence.tokens[c].upos == Upos::Pron;
        if !one || part || speaks(sentence, t) || sentence.children(t).any(|c| named(c) || owned(c)) {
            return false;
        }
        let from = self.phrases.partition_point(|p| self.words[p.start].sentence < number);
        let near = self.phrases[from..].iter().take(REACH).enumerate();
        let mut near = near.take_while(|(_, p)| self.words[p.start].sentence == number);
        !near.any(|(n, p)| {
            let person = |id: &record::ActorId| self.cards.kind(id) == Some(ActorKind::Person);
            range(self.words, p.start, p.end).overlaps(noun.range)
                && self.found.get(from + n).and_then(Option::as_ref).is_some_and(|(id, _)| person(id))
        })
    }
}

/// "The man, Jo Doe": the word that a name stands beside.
fn apposed_to(sentence: &Sentence, t: usize) -> usize {
    let beside = |&t: &usize| sentence.tokens.get(t).is_some_and(|w| matches!(w.deprel, "appos" | "flat"));
    let up = std::iter::successors(Some(t), |t| sentence.head(*t).filter(|_| beside(t)));
    up.take(4).last().unwrap_or(t)
}

/// Whether a word is the subject of a verb of saying.
fn speaks(sentence: &Sentence, t: usize) -> bool {
    const SAYS: &[&str] =
        &["say", "tell", "add", "report", "confirm", "state", "explain", "announce", "note", "describe"];
    let verb = sentence.head(t).and_then(|v| sentence.tokens.get(v));
    sentence.tokens.get(t).is_some_and(|w| w.deprel == "nsubj")
        && verb.is_some_and(|v| SAYS.contains(&v.lemma.as_str()))
}

/// Whether harm, or what comes of it, is told of a word.
fn suffers(sentence: &Sentence, t: usize) -> bool {
    let Some((word, verb)) =
        sentence.tokens.get(t).zip(sentence.head(t).and_then(|v| sentence.tokens.get(v)))
    else {
        return false;
    };
    match word.deprel {
        "nsubj" => is_succumbing(&verb.lemma),
        "nsubj:pass" | "obj" => verb.upos == Upos::Verb && is_suffered(&verb.lemma),
        _ => false,
    }
}
