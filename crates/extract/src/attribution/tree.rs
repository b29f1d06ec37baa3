//! A sentence's tree, made ready for questions about subtrees.

use record::{Sentence, TextRange, Token, Upos};

/// A sentence with the dependents of every word and the words of every subtree.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) words: &'a [Token],
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(sentence: &'a Sentence) -> Tree<'a> {
        let words = &sentence.tokens[..];
        let mut children = vec![Vec::new(); words.len()];
        for (i, word) in words.iter().enumerate() {
            if let Some(head) = (word.head as usize).checked_sub(1)
                && head != i
                && let Some(list) = children.get_mut(head)
            {
                list.push(i);
            }
        }
        Tree { words, children }
    }

    pub(super) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    pub(super) fn head(&self, i: usize) -> Option<usize> {
        (self.words[i].head as usize).checked_sub(1).filter(|h| *h < self.words.len() && *h != i)
    }

    /// The relation without its subtype.
    pub(super) fn relation(&self, i: usize) -> &'static str {
        let full = self.words[i].deprel;
        full.split_once(':').map_or(full, |(relation, _)| relation)
    }

    /// The first dependent with one of these relations (without subtypes).
    pub(super) fn child(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.children[i].iter().copied().find(|c| relations.contains(&self.relation(*c)))
    }

    /// Marks the subtree of `top`, leaving out the subtrees for which `skip` holds.
    pub(super) fn mark(&self, top: usize, skip: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut inside = vec![false; self.words.len()];
        let mut open = vec![top];
        while let Some(i) = open.pop() {
            if inside[i] {
                continue;
            }
            inside[i] = true;
            open.extend(self.children[i].iter().filter(|c| !skip(**c)));
        }
        inside
    }

    /// First and last word of the subtree of `top`.
    pub(super) fn extent(&self, top: usize, skip: impl Fn(usize) -> bool) -> (usize, usize) {
        let inside = self.mark(top, skip);
        let first = inside.iter().position(|m| *m).unwrap_or(top);
        (first, inside.iter().rposition(|m| *m).unwrap_or(top))
    }

    /// The text of words `first..=last`.
    pub(super) fn range(&self, first: usize, last: usize) -> TextRange {
        self.words[first].range.cover(self.words[last].range)
    }

    pub(super) fn is_punctuation(&self, i: usize) -> bool {
        self.words[i].upos == Upos::Punct
    }

    /// Whether white space stands before word `i`, or nothing.
    pub(super) fn is_loose(&self, i: usize) -> bool {
        i == 0 || self.words[i - 1].range.end() < self.words[i].range.start()
    }

    /// Whether word `i` is written so.
    pub(super) fn is(&self, text: &str, i: usize, forms: &[&str]) -> bool {
        forms.contains(&self.words[i].range.of(text))
    }
}
