//! What a named target is by profession or post. The guide wants it for every name of which the text tells it ("mayor",
//! "manager of the bank", "Msgr"), but not that somebody is a man or a peasant.

use record::{Actor, Sentence, TextRange, Upos};

use super::super::muc_words::{head, is, plain};
use super::View;
use crate::system;

impl View<'_> {
    /// The titles and posts of a person, wherever the message tells them, as forms of one.
    pub(super) fn titles(&self, person: &Actor) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mentions = self.analysis.mentions.iter().filter(|m| m.actor == person.id && m.rule == "name");
        for mention in mentions {
            let sentences = &self.analysis.parsed.sentences;
            let Some(sentence) = sentences.iter().find(|s| s.range.overlaps(mention.range)) else { continue };
            let names = self.analysis.parsed.entities.iter().map(|e| e.range);
            let name = names.filter(|r| r.overlaps(mention.range)).max_by_key(|r| r.end());
            let name = name.unwrap_or(mention.range);
            let inside = |i: usize| sentence.tokens[i].range.overlaps(name);
            let Some(first) = (0..sentence.tokens.len()).find(|&i| inside(i)) else { continue };
            let last = (first..sentence.tokens.len()).take_while(|&i| inside(i)).last().unwrap_or(first);
            let all = [
                self.before(sentence, mention.range, first),
                self.behind(sentence, last),
                self.apposed(sentence, first, last),
            ];
            for range in all.into_iter().flatten() {
                let words = plain(range.of(self.text));
                let called = head(&words).to_owned();
                let post = is("titles", &called) || is_post(&called);
                if !post || is("mere", &called) {
                    continue;
                }
                // "the priests A and B": each is a priest.
                let one = called.strip_suffix('S').filter(|one| system::is_person(one));
                found.extend(one.map(|one| words.replace(&called, one)));
                found.push(words);
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// "presidency minister A": the words before a name.
    fn before(&self, sentence: &Sentence, mention: TextRange, first: usize) -> Option<TextRange> {
        let belongs = |j: &usize| {
            let token = &sentence.tokens[*j];
            let title = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj);
            title && !matches!(token.deprel, "punct" | "case")
        };
        let start = (0..first).rev().take_while(belongs).last();
        let words = start.map(|s| sentence.tokens[s].range.cover(sentence.tokens[first - 1].range));
        let own = (mention.start() < sentence.tokens[first].range.start())
            .then(|| TextRange::new(mention.start(), sentence.tokens[first].range.start()));
        words.or(own)
    }

    /// "A, manager of the bank,": what follows a name between commas.
    fn behind(&self, sentence: &Sentence, last: usize) -> Option<TextRange> {
        let token = |j: usize| sentence.tokens.get(j);
        let form = |j: usize| token(j).map_or("", |t| t.range.of(self.text));
        if form(last + 1) != "," {
            return None;
        }
        let start = last + 2;
        let goes_on = |&j: &usize| {
            let Some(t) = token(j) else { return false };
            let verb = matches!(t.upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj);
            !verb && !matches!(form(j), "," | ";" | "." | "[" | "(" | "--" | ":")
        };
        let end = (start..sentence.tokens.len()).take_while(goes_on).last()?;
        Some(sentence.tokens[start].range.cover(sentence.tokens[end].range))
    }

    /// "The mayor of the town, A," and "priests A and B": the noun that a name is put to, with its "of".
    fn apposed(&self, sentence: &Sentence, first: usize, last: usize) -> Option<TextRange> {
        let top = (first..=last)
            .find(|&i| sentence.head(i).is_none_or(|h| h < first || h > last))
            .filter(|&i| matches!(sentence.tokens[i].deprel, "appos" | "conj" | "flat" | "nmod"))?;
        let mut noun = sentence.head(top)?;
        // In a list all hang on the first name.
        if sentence.tokens[top].deprel == "conj" && sentence.tokens[noun].deprel == "appos" {
            noun = sentence.head(noun)?;
        }
        if noun >= first || sentence.tokens[noun].upos != Upos::Noun {
            return None;
        }
        let part = |&c: &usize| {
            c < noun && matches!(sentence.tokens[c].deprel, "amod" | "compound" | "nmod:desc" | "nmod:poss")
        };
        let start = sentence.children(noun).filter(part).min().unwrap_or(noun);
        let phrase = sentence.tokens[start].range.cover(sentence.tokens[noun].range);
        Some(self.whole(phrase).filter(|w| w.end() <= sentence.tokens[first].range.start()).unwrap_or(phrase))
    }
}

/// Whether a word, in capitals, is one for a person by what they do.
fn is_post(word: &str) -> bool {
    system::is_person(word) || word.strip_suffix('S').is_some_and(system::is_person)
}
