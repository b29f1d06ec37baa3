//! The event lexicon: what words mean which event. The data lie in `data/events`; `README.md` there documents them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

use record::{Context, EventType, Mode};

/// A line of a data file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    /// The file.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for LexiconError {}

/// The part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Verb,
    Noun,
    Adjective,
    /// A modal auxiliary.
    Modal,
}

/// Where a condition looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    Subject,
    Object,
    /// A clause that completes the trigger.
    Complement,
    /// The same, but only an infinitive with "to".
    Infinitive,
    /// The verb that "or" joins to that clause.
    Alternative,
    /// Modifiers of a noun, adverbs of a verb.
    Modifier,
    /// Anywhere in the sentence.
    Sentence,
    /// Within four words.
    Near,
    /// A phrase with this preposition.
    Preposition(String),
}

/// Classes of words, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes([u128; 2]);

impl Classes {
    const MANY: usize = 2 * u128::BITS as usize;

    fn add(&mut self, class: usize) {
        self.0[class / 128] |= 1 << (class % 128);
    }

    fn holds(self, class: usize) -> bool {
        self.0[class / 128] & (1 << (class % 128)) != 0
    }

    fn meets(self, other: Classes) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    pub(super) fn and(self, other: Classes) -> Classes {
        Classes([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

/// A set of lemmas: some by their class, some by themselves, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    classes: Classes,
    own: Box<[String]>,
    /// Whether any proper noun will do: `NAME`.
    pub(super) names: bool,
    /// Whether a number by itself will do, which counts people as a rule: `NUMBER`.
    pub(super) numbers: bool,
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.classes == Classes::default() && self.own.is_empty() && !self.names && !self.numbers
    }

    /// Whether a word of these classes is among them.
    pub(super) fn has(&self, word: &str, classes: Classes) -> bool {
        self.classes.meets(classes) || self.own.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
    }
}

/// A condition on the words around a trigger.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) negative: bool,
    pub(super) slot: Slot,
    /// Any of these will do; none: the slot only has to be filled.
    pub(super) words: Words,
}

/// How an entry behaves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    /// Event nouns in its object are no events of their own ("cancel talks").
    pub(super) absorbs: bool,
    /// Too weak to be an event by itself; it only helps to tell what a marked pair of actors do.
    pub(super) weak: bool,
    /// Both sides act ("meet", "clash").
    pub(super) mutual: bool,
    /// The subject suffers ("face criticism").
    pub(super) swapped: bool,
    /// The subject suffers what the object does ("repel an attack").
    pub(super) fends: bool,
    /// "of" names who acts, not who suffers ("the protest of the teachers").
    pub(super) of_actor: bool,
    /// No event unless it is told toward whom, or, where both sides act, who both are.
    pub(super) sides: bool,
    /// The subject only perceives or reports it ("residents heard explosions").
    pub(super) witnessed: bool,
    /// Names no deed by itself, but takes up one of its type that was told before ("the incident").
    pub(super) refers: bool,
    /// Never a figure of speech, but in sport.
    pub(super) literal: bool,
}

/// One sense of one word.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// File, line id and word: `assault.air-raid.bomb`.
    pub(super) id: String,
    pub(super) part: Part,
    /// Words that follow the first.
    pub(super) rest: Vec<String>,
    pub(super) kind: EventType,
    pub(super) mode: Option<Mode>,
    pub(super) cameo: String,
    pub(super) conditions: Arc<[Condition]>,
    pub(super) flags: Flags,
}

impl Entry {
    /// Whether one word says it by itself.
    pub(super) fn is_plain(&self) -> bool {
        self.rest.is_empty() && self.conditions.iter().all(|c| c.negative)
    }

    /// Whether it is the sense that any word may have which the model takes for a deed.
    pub(super) fn is_any(&self) -> bool {
        self.id.ends_with(record::GUESS)
    }

    /// Whether it means what it means only with "not" or "never" beside it.
    pub(super) fn needs_not(&self) -> bool {
        self.conditions
            .iter()
            .any(|c| !c.negative && c.slot == Slot::Near && c.words.has("not", Classes::default()))
    }
}

/// What a governing word says about the event below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// "agree to", "plan to".
    Intends,
    /// "refuse to".
    Refuses,
    /// "threaten to".
    Threatens,
    /// "urge to".
    Asks,
    /// "deny".
    Denies,
    /// "try to".
    Tries,
    /// "prevent from".
    Prevents,
    /// "find a bomb": what was meant to explode has not.
    Finds,
    /// "begin to", "continue".
    Goes,
    /// "if", "possible".
    Hypothetical,
    /// "alleged", "reportedly".
    Uncertain,
    /// "accuse of", "blame for".
    Blames,
    /// "claim responsibility for".
    Claims,
    /// "launch an attack": the subject does what the noun says.
    Does,
    /// "suffer an attack": the subject has done to it what the noun says.
    Undergoes,
}

impl Cue {
    fn named(name: &str) -> Option<Cue> {
        Some(match name {
            "intends" => Cue::Intends,
            "refuses" => Cue::Refuses,
            "threatens" => Cue::Threatens,
            "asks" => Cue::Asks,
            "denies" => Cue::Denies,
            "tries" => Cue::Tries,
            "prevents" => Cue::Prevents,
            "finds" => Cue::Finds,
            "goes" => Cue::Goes,
            "hypothetical" => Cue::Hypothetical,
            "uncertain" => Cue::Uncertain,
            "blames" => Cue::Blames,
            "claims" => Cue::Claims,
            "does" => Cue::Does,
            "undergoes" => Cue::Undergoes,
            _ => return None,
        })
    }
}

/// Everything in `data/events`.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Entries by the first word of their pattern.
    entries: HashMap<String, Vec<Entry>>,
    cues: HashMap<String, Vec<Cue>>,
    contexts: HashMap<String, Vec<Context>>,
    /// Names of classes, sorted, with the number of their bit.
    classes: BTreeMap<String, usize>,
    /// Every word that any line knows, with its classes.
    vocabulary: HashMap<String, Classes>,
    /// Irregular forms with their lemma.
    irregular: HashMap<String, String>,
    /// Groups of words that can name one deed.
    deeds: Vec<Vec<String>>,
    /// Phrases between an answer and what it answers.
    answers: Vec<String>,
    /// Phrases between what follows and what it follows.
    sequence: Vec<String>,
    /// Refinements of mode and CAMEO code by words near the trigger.
    pub(super) modes: Vec<ModeLine>,
}

/// "drone" near an assault makes its mode `drone`.
#[derive(Debug, Clone)]
pub(super) struct ModeLine {
    pub(super) kind: EventType,
    pub(super) mode: Mode,
    pub(super) cameo: Option<String>,
    pub(super) words: Words,
}

macro_rules! senses {
    ($($file:literal => $kind:ident,)+) => {
        [$(($file, include_str!(concat!("../../data/events/", $file, ".txt")), EventType::$kind),)+]
    };
}

impl Lexicon {
    /// The lexicon inside the binary, read once.
    pub(super) fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::load().unwrap_or_default())
    }

    /// Reads the embedded data.
    pub(super) fn load() -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        lexicon.read_classes("classes", include_str!("../../data/events/classes.txt"))?;
        lexicon.add_to_class("victims", crate::persons::nouns());
        lexicon.read_cues("cues", include_str!("../../data/events/cues.txt"))?;
        lexicon.read_contexts("contexts", include_str!("../../data/events/contexts.txt"))?;
        lexicon.read_modes("modes", include_str!("../../data/events/modes.txt"))?;
        let files = senses! {
            "agree" => Agree, "consult" => Consult, "support" => Support, "concede" => Concede,
            "cooperate" => Cooperate, "aid" => Aid, "retreat" => Retreat, "request" => Request,
            "accuse" => Accuse, "reject" => Reject, "threaten" => Threaten, "protest" => Protest,
            "sanction" => Sanction, "mobilize" => Mobilize, "coerce" => Coerce, "assault" => Assault,
        };
        for (file, text, kind) in files {
            lexicon.read_senses(file, text, kind)?;
        }
        lexicon.read_irregular("irregular", include_str!("../../data/events/irregular.txt"))?;
        lexicon.collect_vocabulary();
        lexicon.read_same("same", include_str!("../../data/events/same.txt"))?;
        Ok(lexicon)
    }

    /// Whether two words can name one deed.
    pub(super) fn same_deed(&self, a: &str, b: &str) -> bool {
        self.deeds.iter().any(|group| group.iter().any(|w| w == a) && group.iter().any(|w| w == b))
    }

    /// Phrases that say that what stands before them answers what stands after them.
    pub(super) fn answers(&self) -> &[String] {
        &self.answers
    }

    /// Phrases that say that what stands before them came after what stands after them, or the other way round.
    pub(super) fn sequence(&self) -> &[String] {
        &self.sequence
    }

    /// The senses of a word.
    pub(super) fn senses(&self, word: &str) -> &[Entry] {
        self.entries.get(word).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has_cue(&self, word: &str, cue: Cue) -> bool {
        self.cues.get(word).is_some_and(|c| c.contains(&cue))
    }

    pub(super) fn contexts(&self, word: &str) -> &[Context] {
        self.contexts.get(word).map_or(&[], Vec::as_slice)
    }

    /// How many senses there are.
    pub(super) fn len(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// The lemma of a word: as the analyser gives it if any line knows it, else the first of its regular and irregular
    /// stems that one knows. A past form that the analyser left as it is ("was shot") is no noun ("a shot"). A plural that
    /// is its own lemma ("troops") and a lemma that begins otherwise than its form ("go" for "expelled") are not believed
    /// where a stem is known.
    pub(super) fn lemma(&self, form: &str, lemma: &str, past: bool) -> String {
        if past
            && form == lemma
            && let Some(stem) = self.irregular.get(form)
        {
            return stem.clone();
        }
        // "the murdered lawyer": a participle that some line knows as it stands is still one.
        if past
            && form == lemma
            && let Some(stem) = stems(form).into_iter().find(|s| self.entries.contains_key(s))
        {
            return stem;
        }
        // "bases" is the plural of two words; the line says which is meant.
        if form.ends_with('s')
            && let Some(stem) = self.irregular.get(form)
        {
            return stem.clone();
        }
        let plural = form == lemma && form.ends_with('s');
        let strange = form.chars().next() != lemma.chars().next() && !matches!(form, "went" | "gone");
        if self.knows(lemma) && !plural && !strange {
            return lemma.to_owned();
        }
        if let Some(stem) = self.irregular.get(form) {
            return stem.clone();
        }
        let known = |s: &String| self.knows(s);
        if plural {
            return form
                .strip_suffix('s')
                .map(str::to_owned)
                .filter(known)
                .unwrap_or_else(|| lemma.to_owned());
        }
        stems(form).into_iter().find(known).unwrap_or_else(|| lemma.to_owned())
    }

    /// The lemma of a verb's form whose lemma is no word that any line knows, if one knows a stem of the form ("injuring"
    /// is no form of "injur"); of an irregular past, whatever the lemma.
    pub(super) fn stem(&self, form: &str, lemma: &str, past: bool) -> Option<String> {
        if past && let Some(stem) = self.irregular.get(form) {
            return Some(stem.clone());
        }
        let known = |s: &String| self.knows(s) && s != lemma;
        if self.knows(lemma) || form == lemma {
            return None;
        }
        self.irregular.get(form).cloned().or_else(|| stems(form).into_iter().find(known))
    }

    /// Whether any line knows a word.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.vocabulary.contains_key(word)
    }

    /// The classes of a word; `None` if no line knows it.
    pub(super) fn classes(&self, word: &str) -> Option<Classes> {
        self.vocabulary.get(word).copied()
    }

    /// Whether a word belongs to a class.
    pub(super) fn in_class(&self, class: &str, word: &str) -> bool {
        let own = self.classes(word);
        own.is_some_and(|own| self.classes.get(class).is_some_and(|&class| own.holds(class)))
    }

    fn read_classes(&mut self, file: &'static str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let Some((name, words)) = content.split_once('=') else {
                return Err(error(file, line, "expected `name = words`"));
            };
            let words = self.expand(file, line, list(words))?;
            let next = self.classes.len();
            let class = *self.classes.entry(name.trim().to_owned()).or_insert(next);
            if class >= Classes::MANY {
                return Err(error(file, line, &format!("more than {} classes", Classes::MANY)));
            }
            for word in words {
                self.vocabulary.entry(word).or_default().add(class);
            }
        }
        Ok(())
    }

    fn add_to_class<'a>(&mut self, class: &str, words: impl Iterator<Item = &'a str>) {
        let Some(&class) = self.classes.get(class) else { return };
        for word in words {
            self.vocabulary.entry(word.to_owned()).or_default().add(class);
        }
    }

    fn read_cues(&mut self, file: &'static str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let Some((name, words)) = content.split_once('=') else {
                return Err(error(file, line, "expected `cue = words`"));
            };
            let cue = Cue::named(name.trim()).ok_or_else(|| error(file, line, "unknown cue"))?;
            for word in self.expand(file, line, list(words))? {
                self.cues.entry(word).or_default().push(cue);
            }
        }
        Ok(())
    }

    fn read_same(&mut self, file: &'static str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            match content.split_once('=').map(|(key, words)| (key.trim(), list(words))) {
                Some(("deed", words)) if words.len() > 1 => self.deeds.push(words),
                Some(("answers", words)) => self.answers.extend(words),
                Some(("sequence", words)) => self.sequence.extend(words),
                _ => {
                    let wanted = "expected `deed = word, word`, `answers = phrases` or `sequence = phrases`";
                    return Err(error(file, line, wanted));
                }
            }
        }
        Ok(())
    }

    fn read_irregular(&mut self, file: &'static str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let (lemma, forms) =
                content.split_once('=').ok_or_else(|| error(file, line, "expected `lemma = forms`"))?;
            for form in list(forms) {
                self.irregular.insert(form, lemma.trim().to_owned());
            }
        }
        Ok(())
    }

    fn collect_vocabulary(&mut self) {
        let mut know = |word: &String| {
            self.vocabulary.entry(word.clone()).or_default();
        };
        self.cues.keys().for_each(&mut know);
        self.modes.iter().flat_map(|line| &line.words.own).for_each(&mut know);
        for (word, senses) in &self.entries {
            know(word);
            for sense in senses {
                sense.rest.iter().for_each(&mut know);
                sense.conditions.iter().flat_map(|c| &c.words.own).for_each(&mut know);
            }
        }
    }

    fn read_contexts(&mut self, file: &'static str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let Some((name, words)) = content.split_once('=') else {
                return Err(error(file, line, "expected `context = words`"));
            };
            let context = name.trim().parse().map_err(|_| error(file, line, "unknown context"))?;
            for word in self.expand(file, line, list(words))? {
                self.contexts.entry(word).or_default().push(context);
            }
        }
        Ok(())
    }

    fn read_modes(&mut self, file: &'static str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let (codes, words) = content
                .split_once('=')
                .ok_or_else(|| error(file, line, "expected `TYPE mode [cameo] = words`"))?;
            let codes: Vec<&str> = codes.split_whitespace().collect();
            let (kind, mode, cameo) = match codes.as_slice() {
                [kind, mode] => (kind, mode, None),
                [kind, mode, cameo] => (kind, mode, Some((*cameo).to_owned())),
                _ => return Err(error(file, line, "expected `TYPE mode [cameo] = words`")),
            };
            self.modes.push(ModeLine {
                kind: kind.parse().map_err(|_| error(file, line, "unknown type"))?,
                mode: mode.parse().map_err(|_| error(file, line, "unknown mode"))?,
                cameo,
                words: self.set(file, line, list(words))?,
            });
        }
        Ok(())
    }

    /// `id | part words, words | cameo | mode | conditions and flags`.
    fn read_senses(&mut self, file: &'static str, text: &str, kind: EventType) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let fields: Vec<&str> = content.split('|').map(str::trim).collect();
            let [id, words, cameo, mode, rest @ ..] = fields.as_slice() else {
                return Err(error(file, line, "expected `id | part words | cameo | mode [| conditions]`"));
            };
            let (part, words) =
                words.split_once(' ').ok_or_else(|| error(file, line, "expected a part and words"))?;
            let part = match part {
                "v" => Part::Verb,
                "n" => Part::Noun,
                "a" => Part::Adjective,
                "m" => Part::Modal,
                _ => return Err(error(file, line, "the part is one of v, n, a, m")),
            };
            let mode = match *mode {
                "-" => None,
                name => Some(name.parse().map_err(|_| error(file, line, "unknown mode"))?),
            };
            if !cameo.bytes().all(|b| b.is_ascii_digit()) || !(2..=4).contains(&cameo.len()) {
                return Err(error(file, line, "the CAMEO code has 2 to 4 digits"));
            }
            let (conditions, flags) = self.read_conditions(file, line, rest.first().unwrap_or(&""))?;
            let conditions: Arc<[Condition]> = conditions.into();
            for pattern in self.expand(file, line, list(words))? {
                let mut words = pattern.split_whitespace().map(str::to_owned);
                let Some(first) = words.next() else { continue };
                let entry = Entry {
                    id: format!("{file}.{id}.{}", pattern.replace(' ', "-")),
                    part,
                    rest: words.collect(),
                    kind,
                    mode,
                    cameo: (*cameo).to_owned(),
                    conditions: conditions.clone(),
                    flags,
                };
                self.entries.entry(first).or_default().push(entry);
            }
        }
        Ok(())
    }

    fn read_conditions(
        &self,
        file: &'static str,
        line: usize,
        text: &str,
    ) -> Result<(Vec<Condition>, Flags), LexiconError> {
        let mut conditions = Vec::new();
        let mut flags = Flags::default();
        for item in text.split_whitespace() {
            match item {
                "absorbs" => flags.absorbs = true,
                "weak" => flags.weak = true,
                "mutual" => flags.mutual = true,
                "swapped" => flags.swapped = true,
                "fends" => flags.fends = true,
                "of-actor" => flags.of_actor = true,
                "sides" => flags.sides = true,
                "witnessed" => flags.witnessed = true,
                "refers" => flags.refers = true,
                "literal" => flags.literal = true,
                _ => {
                    let (negative, item) = item.strip_prefix('!').map_or((false, item), |rest| (true, rest));
                    let (slot, words) = item.split_once('=').unwrap_or((item, ""));
                    let slot = match slot {
                        "subj" => Slot::Subject,
                        "obj" => Slot::Object,
                        "comp" => Slot::Complement,
                        "inf" => Slot::Infinitive,
                        "or" => Slot::Alternative,
                        "mod" => Slot::Modifier,
                        "any" => Slot::Sentence,
                        "near" => Slot::Near,
                        "to" | "on" | "for" | "with" | "from" | "into" | "of" | "at" | "in" | "by"
                        | "against" | "over" | "off" | "up" | "under" | "between" | "as" | "toward"
                        | "towards" | "out" | "before" | "through" | "across" | "onto" | "behind" => {
                            Slot::Preposition(slot.to_owned())
                        }
                        _ => return Err(error(file, line, &format!("unknown condition `{item}`"))),
                    };
                    let words = words.split('/').filter(|w| !w.is_empty()).map(str::to_owned).collect();
                    conditions.push(Condition { negative, slot, words: self.set(file, line, words)? });
                }
            }
        }
        Ok((conditions, flags))
    }

    /// A set of words and, written `@class`, of classes.
    fn set(&self, file: &'static str, line: usize, words: Vec<String>) -> Result<Words, LexiconError> {
        let mut classes = Classes::default();
        let mut own = Vec::new();
        let (mut names, mut numbers) = (false, false);
        for word in words {
            match word.strip_prefix('@') {
                Some(class) => classes.add(self.class(file, line, class)?),
                None if word == "NAME" => names = true,
                None if word == "NUMBER" => numbers = true,
                None => own.push(word),
            }
        }
        own.sort();
        Ok(Words { classes, own: own.into(), names, numbers })
    }

    /// The same with each class replaced by its words.
    fn expand(
        &self,
        file: &'static str,
        line: usize,
        words: Vec<String>,
    ) -> Result<Vec<String>, LexiconError> {
        let mut all = Vec::new();
        for word in words {
            let Some(class) = word.strip_prefix('@') else {
                all.push(word);
                continue;
            };
            let class = self.class(file, line, class)?;
            let members = self.vocabulary.iter().filter(|(_, classes)| classes.holds(class));
            let mut members: Vec<String> = members.map(|(word, _)| word.clone()).collect();
            members.sort();
            all.extend(members);
        }
        Ok(all)
    }

    fn class(&self, file: &'static str, line: usize, class: &str) -> Result<usize, LexiconError> {
        let known = self.classes.get(class).copied();
        known.ok_or_else(|| error(file, line, &format!("unknown class `@{class}`")))
    }
}

/// What a regular ending may have been put to, the likeliest first.
fn stems(form: &str) -> Vec<String> {
    let mut found = Vec::new();
    for ending in ["ied", "ies"] {
        if let Some(stem) = form.strip_suffix(ending) {
            found.push(format!("{stem}y"));
        }
    }
    for ending in ["ed", "ing"] {
        if let Some(stem) = form.strip_suffix(ending).filter(|s| s.chars().count() > 1) {
            found.push(stem.to_owned());
            found.push(format!("{stem}e"));
            if is_short(stem) {
                // "raped" is no form of "rap", which doubles its letter.
                found.rotate_right(1);
            }
            let mut letters = stem.chars().rev();
            if letters.next() == letters.next() {
                found.push(stem.chars().take(stem.chars().count() - 1).collect());
            }
        }
    }
    for ending in ["es", "s"] {
        if let Some(stem) = form.strip_suffix(ending) {
            found.push(stem.to_owned());
        }
    }
    found
}

/// Whether a stem has one syllable that ends in one vowel and one consonant: its final letter would be doubled.
fn is_short(stem: &str) -> bool {
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    match *stem.as_bytes() {
        [.., a, v, c] => {
            stem.len() <= 4 && !vowel(a) && vowel(v) && !vowel(c) && !matches!(c, b'w' | b'x' | b'y')
        }
        [v, c] => vowel(v) && !vowel(c),
        _ => false,
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn list(words: &str) -> Vec<String> {
    words.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn error(file: &'static str, line: usize, message: &str) -> LexiconError {
    LexiconError { file, line, message: message.to_owned() }
}
