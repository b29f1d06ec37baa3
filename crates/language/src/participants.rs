//! Who has a part in a deed: for a word that names one and another of its sentence, how likely that heads who does it or
//! to whom it is done (`training/deeds.py`). It reads what the head for deeds reads, and the way through the tree.

use record::{Participant, Upos};
use rten_simd::SimdUnaryOp;
use rten_vecmath::Gelu;

use crate::analyser::Word;
use crate::deeds::shares;
use crate::features::hash;
use crate::kernels::WIDTH;
use crate::linear::{Linear, Products};
use crate::weights::{Table, Weights};

/// Rows of the table of ways.
const WAYS: u32 = 4096;
/// Scores for neither side, doing it and having it done to one; those for where and when it was follow.
const PARTIES: usize = 3;
/// Relations on a way, up and down; a longer one is only far.
const STEPS: usize = 6;
/// Shares below this, in percent, are not kept.
const LEAST: u8 = 20;

/// The rows in the table of ways for a pair of words.
pub(crate) type Ways = [u16; 9];

pub(crate) struct Participants {
    deed: Linear,
    word: Linear,
    ways: Table,
    out: Linear,
}

impl Participants {
    pub(crate) fn new(weights: &Weights) -> Participants {
        Participants {
            deed: Linear::new(weights, "participant.deed"),
            word: Linear::new(weights, "participant.word"),
            ways: weights.table("participant.ways"),
            out: Linear::new(weights, "participant.out"),
        }
    }

    /// Who has a part in the deeds of a sentence (or the part of one that is read at once). `rows`: one for its start, then
    /// one a word.
    pub(crate) fn find(&self, products: &mut Products, rows: &[f32], tree: &Tree<'_>) -> Vec<Participant> {
        let deeds = || (0..tree.words.len()).filter(|&i| tree.words[i].deed.share > 0 && tree.may_name(i));
        let pairs: Vec<(usize, usize)> =
            deeds().flat_map(|d| tree.candidates(d).map(move |w| (d, w))).collect();
        if pairs.is_empty() {
            return Vec::new();
        }
        let [mut as_deed, mut as_word, mut hidden, mut scores] = [(); 4].map(|()| Vec::new());
        products.take(&rows[WIDTH..], WIDTH);
        self.deed.product(products, &mut as_deed);
        self.word.product(products, &mut as_word);
        let width = self.deed.outputs();
        for &(deed, word) in &pairs {
            let mut sum = as_deed[deed * width..(deed + 1) * width].to_vec();
            for (x, y) in sum.iter_mut().zip(&as_word[word * width..(word + 1) * width]) {
                *x += y;
            }
            for way in tree.ways(deed, word) {
                self.ways.add(usize::from(way), &mut sum);
            }
            hidden.append(&mut sum);
        }
        Gelu {}.map_mut(&mut hidden);
        self.out.apply(products, &hidden, &mut scores);
        let judge = |(&(deed, word), scores): (&(usize, usize), &[f32])| {
            let percent = |share: f32| (share * 100.0).round().clamp(0.0, 100.0) as u8;
            let (parties, setting) = scores.split_at(PARTIES);
            let sides = shares(parties);
            let [actor, target] = [1, 2].map(|i| percent(sides[i]));
            let [place, time] = [0, 1].map(|i| percent(shares(&[0.0, setting[i]])[1]));
            let at = |i: usize| u32::try_from(i + tree.first).unwrap_or(u32::MAX);
            let kept = [actor, target, place, time].into_iter().any(|share| share >= LEAST);
            kept.then_some(Participant { deed: at(deed), word: at(word), actor, target, place, time })
        };
        pairs.iter().zip(scores.chunks_exact(self.out.outputs())).filter_map(judge).collect()
    }
}

/// The words of a sentence, or of the part of one that is read at once.
pub(crate) struct Tree<'a> {
    words: &'a [Word],
    /// Number of its first word in the sentence.
    first: usize,
    /// Prepositions of each word, and whether it has a passive subject or auxiliary.
    cases: Vec<String>,
    passive: Vec<bool>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(words: &'a [Word], forms: &[&str], first: usize) -> Tree<'a> {
        let (cases, passive) = (vec![String::new(); words.len()], vec![false; words.len()]);
        let mut tree = Tree { words, first, cases, passive };
        for (i, word) in words.iter().enumerate() {
            let Some(head) = tree.head(i) else { continue };
            if word.deprel == "case" {
                let case = &mut tree.cases[head];
                case.push(' ');
                case.push_str(&forms[i].to_lowercase());
            }
            tree.passive[head] |= word.deprel.ends_with(":pass");
        }
        tree
    }

    fn head(&self, i: usize) -> Option<usize> {
        (self.words[i].head as usize).checked_sub(self.first + 1).filter(|&h| h < self.words.len())
    }

    /// Whether a word can name a deed.
    pub(crate) fn may_name(&self, i: usize) -> bool {
        use Upos::{Adj, Adv, Noun, Num, Propn, Verb};
        matches!(self.words[i].upos, Noun | Verb | Adj | Propn | Adv | Num)
    }

    /// The words that can head a participant to the deed of word `deed`.
    pub(crate) fn candidates(&self, deed: usize) -> impl Iterator<Item = usize> {
        use Upos::{Adj, Det, Noun, Num, Pron, Propn, Sym};
        (0..self.words.len()).filter(move |&i| {
            let word = &self.words[i];
            let relation = word.deprel.split(':').next().unwrap_or_default();
            let inner = matches!(
                relation,
                "compound"
                    | "flat"
                    | "amod"
                    | "nummod"
                    | "det"
                    | "case"
                    | "fixed"
                    | "goeswith"
                    | "advmod"
                    | "punct"
                    | "cc"
                    | "mark"
                    | "aux"
                    | "cop"
                    | "discourse"
            );
            let name = matches!(word.upos, Propn | Adj) && matches!(relation, "compound" | "amod");
            i != deed && (matches!(word.upos, Noun | Propn | Pron | Num | Sym | Adj | Det) && !inner || name)
        })
    }

    fn chain(&self, i: usize) -> Vec<usize> {
        let mut chain = vec![i];
        while let Some(head) = chain.last().and_then(|&last| self.head(last)) {
            chain.push(head);
        }
        chain
    }

    /// The way from a candidate to a deed, and what lies beside it.
    pub(crate) fn ways(&self, deed: usize, word: usize) -> Ways {
        let (from, to) = (self.chain(word), self.chain(deed));
        let meet = from.iter().position(|x| to.contains(x));
        let down = meet.and_then(|m| to.iter().position(|x| *x == from[m]));
        let steps = meet.zip(down).map_or(usize::MAX, |(up, down)| up + down);
        let names =
            |chain: &[usize]| chain.iter().map(|&i| self.words[i].deprel).collect::<Vec<_>>().join(">");
        let way = match meet.zip(down) {
            Some((up, down)) if steps <= STEPS => format!("{}|{}", names(&from[..up]), names(&to[..down])),
            Some(_) => "far".to_owned(),
            None => "none".to_owned(),
        };
        let (w, d) = (&self.words[word], &self.words[deed]);
        let side = if word > deed { '+' } else { '-' };
        let far = usize::BITS - word.abs_diff(deed).leading_zeros();
        let above = self.head(word).map_or("", |h| self.words[h].lemma.as_str());
        let (case, passive) = (&self.cases[word], self.passive[deed]);
        [
            row(&["0", &way]),
            row(&["1", &way, case]),
            row(&["2", case, if word > deed { "+" } else { "-" }]),
            row(&["3", w.deprel, d.deprel, &d.upos.to_string()]),
            row(&["4", &format!("{side}{}", far.min(6))]),
            row(&["5", w.deprel, if passive { "passive" } else { "" }]),
            row(&["6", &way, if passive { "passive" } else { "" }]),
            row(&["7", &format!("{side}{} {}", w.upos, steps.min(9))]),
            row(&["8", above, w.deprel]),
        ]
    }
}

/// The row of the table for these strings together.
fn row(parts: &[&str]) -> u16 {
    (hash(parts.iter().flat_map(|p| p.bytes().chain([b' ']))) % WAYS) as u16
}

#[cfg(test)]
mod tests {
    use crate::Language;

    #[test]
    fn where_and_when_belong_to_the_deed_they_are_told_of() {
        let text = "Moscow said on Tuesday that shells had hit a school in Donetsk on Sunday.";
        let language = Language::embedded();
        let sentences = language.parse_words(text, &language.split(text));
        let word = |n: u32| sentences[0].tokens[n as usize].range.of(text);
        let share = |deed: &str, name: &str| {
            let pair =
                sentences[0].participants.iter().find(|p| word(p.deed) == deed && word(p.word) == name);
            pair.map_or((0, 0), |p| (p.place, p.time))
        };
        assert!(share("hit", "Donetsk").0 >= 80 && share("hit", "Moscow").0 < 20);
        assert!(share("hit", "Sunday").1 >= 80 && share("hit", "Tuesday").1 < share("hit", "Sunday").1);
    }

    #[test]
    fn active_passive_and_noun_tell_who_and_whom() {
        for (text, deed, actor, target) in [
            ("Rebels shelled a village on Monday.", "shelled", "Rebels", "village"),
            ("The bridge was blown up by soldiers.", "blown", "soldiers", "bridge"),
            (
                "Police opened an inquiry after the killing of two farmers by gunmen.",
                "killing",
                "gunmen",
                "farmers",
            ),
        ] {
            let language = Language::embedded();
            let sentences = language.parse_words(text, &language.split(text));
            let word = |n: u32| sentences[0].tokens[n as usize].range.of(text);
            let own = || sentences[0].participants.iter().filter(|p| word(p.deed) == deed);
            let most =
                |share: fn(&record::Participant) -> u8| own().max_by_key(|p| share(p)).map(|p| word(p.word));
            assert_eq!((most(|p| p.actor), most(|p| p.target)), (Some(actor), Some(target)), "{text}");
        }
    }
}
