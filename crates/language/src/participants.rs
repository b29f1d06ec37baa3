//! Who has a part in a deed: for a word that names one and another of its sentence or of the two beside it, how likely that
//! heads who does it or to whom it is done, or tells where or when it was (`training/deeds.py`). It reads what the head for
//! deeds reads, and the way through the tree.

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
/// Pairs judged at once.
const PAIRS: usize = 256;
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

    /// The shares of doing it, having it done to one, telling where and telling when, for each pair. `rows`: for each of the
    /// trees one for its start, then one a word.
    pub(crate) fn find(&self, products: &mut Products, rows: &[f32], pairs: &[&Pair]) -> Vec<[f32; 4]> {
        if pairs.is_empty() {
            return Vec::new();
        }
        let [mut as_deed, mut as_word, mut hidden, mut scores] = [(); 4].map(|()| Vec::new());
        products.take(rows, WIDTH);
        self.deed.product(products, &mut as_deed);
        self.word.product(products, &mut as_word);
        let width = self.deed.outputs();
        let mut out = Vec::with_capacity(pairs.len());
        for pairs in pairs.chunks(PAIRS) {
            hidden.clear();
            for pair in pairs {
                let [deed, word] = pair.rows;
                let from = hidden.len();
                hidden.extend_from_slice(&as_deed[deed * width..(deed + 1) * width]);
                let sum = &mut hidden[from..];
                for (x, y) in sum.iter_mut().zip(&as_word[word * width..(word + 1) * width]) {
                    *x += y;
                }
                for way in pair.ways {
                    self.ways.add(usize::from(way), sum);
                }
            }
            Gelu {}.map_mut(&mut hidden);
            self.out.apply(products, &hidden, &mut scores);
            out.extend(scores.chunks_exact(self.out.outputs()).map(|scores| {
                let (parties, setting) = scores.split_at(PARTIES);
                let sides = shares(parties);
                let told = |i: usize| shares(&[0.0, setting[i]])[1];
                [sides[1], sides[2], told(0), told(1)]
            }));
        }
        out
    }
}

/// A word that may name a deed and one that may head who has a part in it.
pub(crate) struct Pair {
    /// Number of the deed's tree.
    pub(crate) of: usize,
    /// Where the other word stands, see [`Participant::beside`].
    pub(crate) beside: i8,
    /// Their numbers in their sentences.
    pub(crate) words: [u32; 2],
    /// Their rows.
    rows: [usize; 2],
    pub(crate) ways: Ways,
}

impl Pair {
    /// The pairs of sentences (or of the parts of them that are read at once) that stand one behind the other, of deeds with a
    /// share of at least `least` percent.
    pub(crate) fn all(trees: &[Tree<'_>], least: u8) -> Vec<Pair> {
        let mut starts = vec![1];
        starts.extend(trees.iter().scan(1, |start, tree| {
            *start += tree.words.len() + 1;
            Some(*start)
        }));
        let at = |tree: usize, i: usize| u32::try_from(i + trees[tree].first).unwrap_or(u32::MAX);
        let mut pairs = Vec::new();
        for (n, tree) in trees.iter().enumerate() {
            let deeds =
                (0..tree.words.len()).filter(|&i| tree.words[i].deed.share >= least && tree.may_name(i));
            for deed in deeds {
                for (beside, other) in [(0, Some(n)), (-1, n.checked_sub(1)), (1, n.checked_add(1))] {
                    let Some(other) = other.filter(|&o| beside == 0 || tree.is_beside(trees.get(o))) else {
                        continue;
                    };
                    let words = trees[other].candidates((beside == 0).then_some(deed));
                    pairs.extend(words.map(|word| Pair {
                        of: n,
                        beside,
                        words: [at(n, deed), at(other, word)],
                        rows: [starts[n] + deed, starts[other] + word],
                        ways: ways(tree, deed, &trees[other], word, beside),
                    }));
                }
            }
        }
        pairs
    }

    /// What shares make of a pair, if it is worth keeping.
    pub(crate) fn judge(&self, shares: [f32; 4]) -> Option<Participant> {
        let shares = shares.map(|share| (share * 100.0).round().clamp(0.0, 100.0) as u8);
        let ([deed, word], [actor, target, place, time]) = (self.words, shares);
        let kept = shares.into_iter().any(|share| share >= LEAST);
        kept.then_some(Participant { deed, beside: self.beside, word, actor, target, place, time })
    }
}

/// The words of a sentence, or of the part of one that is read at once.
pub(crate) struct Tree<'a> {
    /// Number of the sentence.
    sentence: usize,
    words: &'a [Word],
    /// Number of its first word in the sentence.
    first: usize,
    /// Prepositions of each word, and whether it has a passive subject or auxiliary.
    cases: Vec<String>,
    passive: Vec<bool>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(sentence: usize, words: &'a [Word], forms: &[&str], first: usize) -> Tree<'a> {
        let (cases, passive) = (vec![String::new(); words.len()], vec![false; words.len()]);
        let mut tree = Tree { sentence, words, first, cases, passive };
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

    /// Whether another is a sentence just before or behind this one.
    fn is_beside(&self, other: Option<&Tree<'_>>) -> bool {
        other.is_some_and(|o| o.sentence.abs_diff(self.sentence) == 1)
    }

    /// Whether a word can name a deed.
    fn may_name(&self, i: usize) -> bool {
        use Upos::{Adj, Adv, Noun, Num, Propn, Verb};
        matches!(self.words[i].upos, Noun | Verb | Adj | Propn | Adv | Num)
    }

    /// The words that can head a participant to the deed of word `deed`, or to one of another sentence.
    fn candidates(&self, deed: Option<usize>) -> impl Iterator<Item = usize> {
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
            Some(i) != deed
                && (matches!(word.upos, Noun | Propn | Pron | Num | Sym | Adj | Det) && !inner || name)
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
    fn ways(&self, deed: usize, word: usize) -> Ways {
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

    /// What a candidate is in its sentence, and a deed of another one in its own.
    fn ways_beside(&self, deed: usize, other: &Tree<'_>, word: usize, beside: i8) -> Ways {
        let side = if beside < 0 { "before" } else { "behind" };
        let names = |tree: &Tree<'_>, i: usize| {
            tree.chain(i).iter().take(STEPS).map(|&i| tree.words[i].deprel).collect::<Vec<_>>().join(">")
        };
        let (w, d, case) = (&other.words[word], &self.words[deed], &other.cases[word]);
        let above = other.head(word).map_or("", |h| other.words[h].lemma.as_str());
        let named =
            |tree: &Tree<'_>, i: usize| tree.words[i].upos == Upos::Propn && !tree.cases[i].is_empty();
        let own = (0..self.words.len()).any(|i| named(self, i));
        let likewise = (0..other.words.len()).filter(|&i| i != word && other.cases[i] == *case).count();
        let far = if beside < 0 { other.words.len() - word } else { word };
        let upos = w.upos.to_string();
        [
            row(&[side, "0", w.deprel, case]),
            row(&[side, "1", &upos, &d.upos.to_string(), case]),
            row(&[side, "2", &names(other, word), case]),
            row(&[side, "3", above, case]),
            row(&[side, "4", &names(self, deed), w.deprel]),
            row(&[side, "5", if own { "own" } else { "" }, &upos, case]),
            row(&[side, "6", &(usize::BITS - far.leading_zeros()).to_string(), w.deprel]),
            row(&[side, "7", &likewise.min(3).to_string(), case]),
            row(&[side, "8", d.deprel, &d.upos.to_string(), if self.passive[deed] { "passive" } else { "" }]),
        ]
    }
}

/// The rows in the table of ways for a deed and a candidate of its sentence or one beside it.
fn ways(of: &Tree<'_>, deed: usize, other: &Tree<'_>, word: usize, beside: i8) -> Ways {
    if beside == 0 { of.ways(deed, word) } else { of.ways_beside(deed, other, word, beside) }
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
    fn the_sentence_before_tells_who_where_and_when() {
        let text =
            "Gunmen stormed the market of Kidal on Friday. Six traders were killed and a dozen were hurt.";
        let language = Language::embedded();
        let sentences = language.parse_words(text, &language.split(text));
        let word = |s: usize, n: u32| sentences[s].tokens[n as usize].range.of(text);
        let share = |name: &str| {
            let beside = sentences[1].participants.iter().filter(|p| p.beside == -1);
            let pair = beside.into_iter().find(|p| word(1, p.deed) == "killed" && word(0, p.word) == name);
            pair.copied().unwrap_or_default()
        };
        assert!(share("Kidal").place >= 60 && share("Gunmen").place < 20);
        assert!(share("Friday").time >= 60 && share("Kidal").time < 20);
        assert!(share("Gunmen").actor >= 60 && share("Kidal").actor < 20);
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
