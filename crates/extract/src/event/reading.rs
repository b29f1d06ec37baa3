//! Whether an event is told as a fact: tense, modals, negation, conditions, and the words that govern it.

use record::{Factuality, Upos};

use super::lexicon::{Cue, Lexicon};
use super::tree::Tree;

/// How an event is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) factuality: Factuality,
    /// Told as to come ("will", "plans to").
    pub(super) future: bool,
    pub(super) negated: bool,
    /// The nearest governing word with a cue, and its cue.
    pub(super) under: Option<(usize, Cue)>,
}

/// Verbs that say no more than that their subject takes place.
const OCCUR: &[&str] =
    &["happen", "occur", "follow", "begin", "start", "resume", "take", "continue", "come", "end"];

/// Steps up the tree.
const REACH: usize = 4;

/// Reads the event whose core is word `i`. `deed`: a noun for an act of conflict. With a definite article it is taken
/// for granted, whatever is asked or meant to be done about it ("urged them to halt the attacks").
pub(super) fn of(tree: &Tree, lexicon: &Lexicon, i: usize, deed: bool) -> Reading {
    let mut reading =
        Reading { factuality: Factuality::Happened, future: false, negated: false, under: None };
    if tree.is_verb(i) || tree.upos(i) == Upos::Adj {
        own_verb(tree, lexicon, i, &mut reading);
    } else {
        own_noun(tree, lexicon, i, &mut reading);
    }
    if is_of_anybody(tree, i) {
        lower(&mut reading, Factuality::Hypothetical);
    }
    let own = reading.factuality;
    let future = reading.future;
    climb(tree, lexicon, i, deed, &mut reading);
    let weakened = matches!(
        reading.factuality,
        Factuality::Planned | Factuality::Hypothetical | Factuality::Threatened | Factuality::Uncertain
    );
    // "halt these attacks": they were under way.
    let halted = reading.under.is_some_and(|(word, cue)| {
        cue == Cue::Refuses
            || (cue == Cue::Prevents && matches!(tree.lemma(word), "stop" | "block" | "disrupt"))
    });
    if deed
        && (weakened || halted)
        && is_definite(tree, i)
        && reading.under.is_none_or(|(_, cue)| cue != Cue::Does)
        && !tree.head(i).is_some_and(|h| is_lead(tree, h))
    {
        reading.factuality = own;
        reading.future = future;
    }
    // "begged them not to bomb" denies nothing.
    let asked = has_to(tree, i) && reading.under.is_some_and(|(_, cue)| cue == Cue::Asks);
    // "If they do not withdraw": a condition denies nothing.
    let condition = tree.is(i, "advcl") && has_mark(tree, i, &["if", "unless"]);
    if reading.negated && !reading.future && !asked && !condition {
        reading.factuality = Factuality::Denied;
    }
    if !(deed && is_definite(tree, i)) && is_asked(tree, i) {
        lower(&mut reading, Factuality::Hypothetical);
    }
    reading
}

/// "Did the army shell the hospital?": what is only asked. "Why" and "how" take it for granted.
fn is_asked(tree: &Tree, i: usize) -> bool {
    let end = (i + 1..tree.len()).find(|&j| matches!(tree.form(j), "?" | "." | "!" | "”" | "\""));
    end.is_some_and(|j| tree.form(j) == "?") && !(0..i).any(|j| matches!(tree.lemma(j), "why" | "how"))
}

/// Lets a weaker reading replace "happened" and "ongoing" only: the nearest word decides.
fn lower(reading: &mut Reading, to: Factuality) {
    if matches!(reading.factuality, Factuality::Happened | Factuality::Ongoing) {
        reading.factuality = to;
    }
    if matches!(to, Factuality::Planned) {
        reading.future = true;
    }
}

fn own_verb(tree: &Tree, lexicon: &Lexicon, i: usize, reading: &mut Reading) {
    let mut progressive = false;
    reading.negated |= is_done_to_nobody(tree, i) && !is_unable(tree, i);
    // "He never robbed or killed anyone"
    let or = tree.is(i, "conj") && tree.by_relation(i, "cc").any(|c| matches!(tree.lemma(c), "or" | "nor"));
    let first = tree.head(i).filter(|&h| or && h < i && tree.is_verb(h));
    reading.negated |= first.is_some_and(|h| is_negated(tree, h) && !is_unable(tree, h));
    for &c in tree.children(i) {
        match tree.lemma(c) {
            "not" | "n't" | "n’t" | "never" | "neither" | "nor" => reading.negated = !is_unable(tree, i),
            "will" | "shall" | "'ll" | "’ll" | "wo" if tree.is(c, "aux") => {
                lower(reading, Factuality::Planned)
            }
            "would" | "'d" | "’d" if tree.is(c, "aux") => {
                let told = tree.is(i, "ccomp") && tree.head(i).is_some_and(|h| tree.xpos(h) == "VBD");
                lower(reading, if told { Factuality::Planned } else { Factuality::Hypothetical });
            }
            "could" | "might" | "may" | "can" | "should" | "must" if tree.is(c, "aux") => {
                lower(reading, Factuality::Hypothetical);
            }
            "be" if tree.is(c, "aux") && tree.xpos(i) == "VBG" => progressive = true,
            "if" | "unless" | "whether" if tree.is(c, "mark") => lower(reading, Factuality::Hypothetical),
            "without" if tree.is(c, "mark") || tree.is(c, "case") => reading.negated = true,
            // "were due to meet"
            "due" if c < i && tree.xpos(i) == "VB" => lower(reading, Factuality::Planned),
            word if tree.is(c, "advmod") => {
                if lexicon.has_cue(word, Cue::Uncertain) {
                    lower(reading, Factuality::Uncertain);
                } else if lexicon.has_cue(word, Cue::Hypothetical) {
                    lower(reading, Factuality::Hypothetical);
                }
            }
            _ => {}
        }
    }
    if progressive && reading.factuality == Factuality::Happened {
        reading.factuality = Factuality::Ongoing;
    }
}

/// "They cannot fight us", "the army must not fire": what one cannot or may not do is no deed that is denied. "Could not
/// agree" and "cannot have fired" say that it was not done.
fn is_unable(tree: &Tree, i: usize) -> bool {
    let may =
        |c: &usize| tree.is(*c, "aux") && matches!(tree.form(*c), "can" | "ca" | "must" | "should" | "may");
    tree.children(i).iter().any(may) && !has_perfect(tree, i)
}

/// "Nobody was hurt", "neither A nor B was killed", "gives no support".
fn is_done_to_nobody(tree: &Tree, i: usize) -> bool {
    let no = |w: usize| matches!(tree.lemma(w), "no" | "neither");
    tree.by_relation(i, "nsubj").chain(tree.by_relation(i, "obj")).any(|s| {
        let below = tree.children(s).iter().any(|&c| c < s && no(c));
        below || matches!(tree.lemma(s), "nobody" | "none" | "neither")
    })
}

fn own_noun(tree: &Tree, lexicon: &Lexicon, i: usize, reading: &mut Reading) {
    // "The only way to peace is the withdrawal of its troops"
    let is = tree.by_relation(i, "cop").next().is_some();
    if is && tree.by_relation(i, "nsubj").any(|s| lexicon.in_class("prospects", tree.lemma(s))) {
        lower(reading, Factuality::Hypothetical);
    }
    for &c in tree.children(i) {
        let word = tree.lemma(c);
        match tree.deprel(c) {
            "det" if word == "no" => reading.negated = true,
            "det" if word == "any" => lower(reading, Factuality::Hypothetical),
            "case" if word == "without" => reading.negated = true,
            // "Whether it is a ceasefire or a longer truce"
            "mark" if is && matches!(word, "whether" | "if") => lower(reading, Factuality::Hypothetical),
            "amod" | "compound" | "nmod:desc" | "acl" => {
                for (cue, to) in [
                    (Cue::Uncertain, Factuality::Uncertain),
                    (Cue::Prevents, Factuality::Denied),
                    (Cue::Hypothetical, Factuality::Hypothetical),
                    (Cue::Intends, Factuality::Planned),
                    (Cue::Threatens, Factuality::Threatened),
                    (Cue::Goes, Factuality::Ongoing),
                ] {
                    // "The operation to prevent an attack" is none that was prevented.
                    let clause = tree.is(c, "acl") && (cue == Cue::Goes || has_to(tree, c));
                    if lexicon.has_cue(word, cue) && !clause {
                        lower(reading, to);
                    }
                }
            }
            _ => {}
        }
    }
}

/// What the words above say.
fn climb(tree: &Tree, lexicon: &Lexicon, i: usize, deed: bool, reading: &mut Reading) {
    let mut at = i;
    for _ in 0..REACH {
        let Some(h) = tree.head(at) else {
            // "US to strike Iran": a headline's infinitive.
            if at == i && has_to(tree, at) {
                lower(reading, Factuality::Planned);
            }
            return;
        };
        let relation = tree.deprel(at);
        let governs = match relation {
            "obj" | "xcomp" | "ccomp" | "acl" | "nsubj:pass" => true,
            "obl" | "nmod" | "advcl" => matches!(
                tree.preposition(at).as_str(),
                "of" | "for" | "from" | "to" | "against" | "on" | "with" | "in" | "about"
            ),
            _ => false,
        };
        let word = tree.lemma(h);
        if matches!(relation, "acl:relcl" | "parataxis" | "root") {
            return;
        }
        // "demanded a withdrawal, accusing it of": a second saying, not what is demanded.
        if at == i
            && relation == "advcl"
            && tree.xpos(at) == "VBG"
            && lexicon.has_cue(tree.lemma(at), Cue::Blames)
        {
            return;
        }
        if matches!(relation, "nsubj" | "nsubj:outer") {
            // "attacks will follow".
            if at == i && tree.is_verb(h) && OCCUR.contains(&word) {
                own_verb(tree, lexicon, h, reading);
            }
            // "Afraid that there would be a bombing"
            if at == i && word == "be" && tree.by_relation(h, "expl").next().is_some() {
                own_verb(tree, lexicon, h, reading);
            }
            // "A ceasefire would only help the militia", "an attack on the town could": of one that there is not yet.
            let would = |&c: &usize| tree.is(c, "aux") && matches!(tree.form(c), "would" | "could" | "might");
            if at == i && is_one_of_many(tree, i) && tree.children(h).iter().any(would) {
                lower(reading, Factuality::Hypothetical);
            }
            // "Talks are due to resume", "the truce was to begin on Friday"
            if at == i && OCCUR.contains(&word) && is_to_come(tree, h) {
                lower(reading, Factuality::Planned);
            }
            return;
        }
        // "They cannot talk here and kill there"
        if at == i && relation == "conj" && is_unable(tree, h) && tree.xpos(i) == "VB" {
            lower(reading, Factuality::Hypothetical);
            return;
        }
        // "Had nothing to do with the man arrested in May": told of somebody, whatever stands above him.
        if at == i && is_of_somebody(tree, lexicon, i) {
            return;
        }
        // "Met to condemn a raid": what words are about has been done.
        if at == i && deed && matches!(relation, "obj" | "obl") && lexicon.in_class("grants", word) {
            return;
        }
        // "Fired gas to break up protests": there were some.
        if at == i && relation == "obj" && deed && lexicon.in_class("breaks-up", word) {
            return;
        }
        // "How to save the February truce": there is one.
        if at == i && relation == "obj" && is_definite(tree, i) && lexicon.in_class("upholds", word) {
            return;
        }
        // "Denied that they had anything to do with the raid": it was made all the same.
        if at == i && deed && word == "do" && tree.preposition(at) == "with" {
            return;
        }
        // "Denied that it had any part in the raid": it was made all the same.
        let shares = |w: usize| {
            matches!(tree.lemma(w), "part" | "role" | "hand" | "involvement" | "complicity" | "share")
        };
        let shared =
            relation == "nmod" && shares(h) || relation == "obl" && tree.by_relation(h, "obj").any(shares);
        if at == i && deed && shared && tree.preposition(at) == "in" && is_definite(tree, i) {
            return;
        }
        // "Vowed to answer the raid", but "would answer any raid".
        if at == i && deed && relation == "obj" && word == "answer" && is_known(tree, i) {
            return;
        }
        if super::args::is_kept_from(tree, lexicon, at) {
            lower(reading, Factuality::Hypothetical);
            return;
        }
        // "denied the charge that": the charge was brought.
        if at == i && relation == "obj" && lexicon.has_cue(word, Cue::Denies) && is_charge(tree, i) {
            return;
        }
        // "Pressure is growing for a ceasefire", "calls are mounting for talks": what is asked for.
        let asks = |s: usize| lexicon.has_cue(tree.lemma(s), Cue::Asks) && tree.upos(s) == Upos::Noun;
        if at == i
            && relation == "obl"
            && tree.preposition(at) == "for"
            && tree.is_verb(h)
            && !(deed && is_definite(tree, i))
            && tree.by_relation(h, "nsubj").any(asks)
        {
            lower(reading, Factuality::Hypothetical);
            return;
        }
        // "a reward for information leading to his arrest": he is still free.
        if relation != "nsubj" && is_lead(tree, h) {
            lower(reading, Factuality::Hypothetical);
            return;
        }
        // "was able to shoot down": it did. "Is able to" says no more than that it can.
        if word == "able" && relation == "xcomp" {
            let was = |&c: &usize| tree.is(c, "cop") && tree.xpos(c) == "VBD";
            if !tree.children(h).iter().any(was) {
                lower(reading, Factuality::Hypothetical);
            }
            own_verb(tree, lexicon, h, reading);
            return;
        }
        // "were the first to break the truce": they broke it.
        if at == i && has_to(tree, at) && is_ranked(tree, lexicon, h) {
            own_verb(tree, lexicon, h, reading);
            return;
        }
        // "seeks revenge for an attack": the phrase belongs to the object.
        let occupied = matches!(relation, "obl" | "nmod")
            && tree.is_verb(h)
            && tree.children(h).iter().any(|&o| tree.deprel(o) == "obj")
            && !lexicon.has_cue(word, Cue::Blames)
            && !lexicon.has_cue(word, Cue::Prevents)
            && !lexicon.has_cue(word, Cue::Claims);
        // "A car bomb was found near the stadium", "rifles and a bomb were found" blew nothing up.
        let listed = at == i || tree.is(i, "conj") && tree.head(i) == Some(at);
        if listed && matches!(relation, "obj" | "nsubj:pass") && lexicon.has_cue(word, Cue::Finds) {
            // Traps that are met are still there, which nobody denies.
            if lexicon.in_class("explosives", tree.lemma(i)) {
                lower(reading, Factuality::Denied);
            } else if tree.lemma(i) == "trap" {
                lower(reading, Factuality::Hypothetical);
            }
        }
        if governs
            && !occupied
            && let Some(cue) = cue_of(tree, lexicon, h, relation, tree.preposition(at).as_str())
        {
            reading.under.get_or_insert((h, cue));
            if cue == Cue::Denies && is_negated(tree, h) {
                return;
            }
            // "It rejects such actions": who will not have them does not say that there were none.
            let such = |&c: &usize| c < at && tree.lemma(c) == "such";
            if cue == Cue::Refuses && tree.children(at).iter().any(such) {
                return;
            }
            // "declined to comment on allegations that they had been tortured": who says nothing denies nothing.
            if cue == Cue::Refuses && at != i && lexicon.in_class("tells", tree.lemma(at)) {
                lower(reading, Factuality::Uncertain);
                return;
            }
            // "denied that its men had fired first": not that they fired.
            let first = |&c: &usize| c > at && tree.is(c, "advmod") && tree.lemma(c) == "first";
            if cue == Cue::Denies && at == i && tree.children(i).iter().any(first) {
                lower(reading, Factuality::Hypothetical);
                return;
            }
            match cue {
                // "demanded that they stop all attacks" denies none.
                Cue::Intends | Cue::Asks | Cue::Hypothetical | Cue::Threatens
                    if matches!(reading.under, Some((_, Cue::Prevents)))
                        && reading.factuality == Factuality::Denied =>
                {
                    reading.factuality = Factuality::Hypothetical;
                }
                Cue::Intends => lower(reading, Factuality::Planned),
                Cue::Threatens => lower(reading, Factuality::Threatened),
                Cue::Refuses | Cue::Denies | Cue::Prevents => lower(reading, Factuality::Denied),
                Cue::Asks | Cue::Hypothetical => lower(reading, Factuality::Hypothetical),
                Cue::Tries | Cue::Uncertain => lower(reading, Factuality::Uncertain),
                Cue::Goes => {
                    if reading.factuality == Factuality::Happened && tree.is_verb(h) {
                        reading.factuality = Factuality::Ongoing;
                    }
                }
                Cue::Blames | Cue::Claims | Cue::Does | Cue::Undergoes | Cue::Finds => {}
            }
            if matches!(cue, Cue::Does | Cue::Goes | Cue::Undergoes) && tree.is_verb(h) {
                let mut above = Reading { factuality: Factuality::Happened, ..*reading };
                own_verb(tree, lexicon, h, &mut above);
                if above.factuality != Factuality::Happened {
                    lower(reading, above.factuality);
                }
                // "They will not survive the siege": there is one.
                reading.negated |= above.negated && cue != Cue::Undergoes;
            }
        } else if matches!(relation, "advcl" | "acl" | "xcomp")
            && has_to(tree, at)
            && !has_perfect(tree, at)
            && !is_light(word)
        {
            // A purpose: not yet done, but no promise either.
            let future = reading.future;
            lower(reading, Factuality::Planned);
            reading.future = future;
        }
        if tree.is(at, "advcl") && has_mark(tree, at, &["if", "unless", "lest"]) || is_provided(tree, at) {
            lower(reading, Factuality::Hypothetical);
        }
        // "The march would go on until he resigned": not yet, since what it ends has not come to pass either.
        if tree.is(at, "advcl") && has_mark(tree, at, &["until", "till"]) && tree.xpos(h) == "VB" {
            lower(reading, Factuality::Hypothetical);
        }
        // "agreed to halt all fire after planes bombed the port": told as it was, whatever stands above.
        if tree.is(at, "advcl") && is_told(tree, at) {
            return;
        }
        // "a wish to settle it through talks": what is only wished for goes for its means, too.
        let means = relation == "obl"
            && !deed
            && matches!(tree.preposition(at).as_str(), "through" | "by" | "via" | "with" | "in")
            && !is_definite(tree, i)
            && has_to(tree, h);
        if matches!(relation, "obl" | "nmod") && (!governs || occupied) && !means {
            return;
        }
        // Beyond a noun of its own ("revenge for an attack") nothing above speaks about the event.
        let quantity = lexicon.in_class("quantities", word);
        if tree.is_nominal(h)
            && tree.is_nominal(at)
            && relation != "conj"
            && !quantity
            && reading.under.is_none()
        {
            return;
        }
        at = h;
    }
}

/// "Those who bomb camps", "anyone who kills a guest": of nobody in particular, and of no time.
fn is_of_anybody(tree: &Tree, i: usize) -> bool {
    let timeless = tree.xpos(i) == "VBP" || tree.xpos(i) == "VBZ";
    let anybody =
        |h: usize| matches!(tree.form(h), "those" | "anyone" | "anybody" | "whoever" | "everyone" | "all");
    timeless && tree.is(i, "acl:relcl") && tree.head(i).is_some_and(anybody)
}

/// Whether a noun names what somebody says, which is said whoever denies it.
pub(super) fn is_charge(tree: &Tree, i: usize) -> bool {
    matches!(tree.lemma(i), "charge" | "accusation" | "allegation" | "claim" | "criticism" | "complaint")
}

/// Whether a deed only tells who somebody is that is known: "the man arrested in May", "the two nurses abducted".
pub(super) fn is_of_somebody(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let known = |h: usize| is_definite(tree, h) && lexicon.in_class("victims", tree.lemma(h));
    tree.deprel(i) == "acl" && tree.xpos(i) == "VBN" && tree.head(i).is_some_and(known)
}

/// "The first to", "the only one to", "the 47th mayor to".
fn is_ranked(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let numbered = |w: &str| {
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| w.strip_suffix(end));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let ranks = |w: usize| lexicon.in_class("ranks", tree.lemma(w)) || numbered(tree.form(w));
    !tree.is_verb(i)
        && (ranks(i) || tree.children(i).iter().any(|&c| c < i && tree.is(c, "amod") && ranks(c)))
}

/// The cue of the word above, if its construction lets it speak about what is below.
fn cue_of(tree: &Tree, lexicon: &Lexicon, h: usize, relation: &str, preposition: &str) -> Option<Cue> {
    let clause = matches!(relation, "xcomp" | "ccomp" | "acl" | "advcl");
    let object = matches!(relation, "obj" | "nsubj:pass");
    // "told the agency that": no order.
    let told = relation == "ccomp" && matches!(tree.lemma(h), "tell" | "remind" | "convince" | "persuade");
    let order: &[(Cue, bool)] = &[
        (Cue::Does, object),
        (Cue::Undergoes, object || preposition == "under"),
        (Cue::Claims, object || preposition == "for"),
        (Cue::Blames, matches!(preposition, "of" | "for" | "on" | "in") || clause),
        (Cue::Prevents, object || preposition == "from" || preposition == "of"),
        (Cue::Threatens, clause || object || matches!(preposition, "of" | "with" | "against")),
        (Cue::Refuses, clause || object),
        (Cue::Denies, clause || object),
        (Cue::Tries, clause),
        (Cue::Intends, clause || (object && tree.is_verb(h)) || preposition == "to" || preposition == "for"),
        (Cue::Asks, clause && !told || (object && tree.is_verb(h)) || preposition == "for"),
        (Cue::Goes, clause || object),
        (Cue::Uncertain, clause),
        (Cue::Hypothetical, clause || object || matches!(preposition, "of" | "for" | "against")),
    ];
    // "A court ruled that": only what is ruled out is refused.
    let rules = |cue: Cue| {
        cue == Cue::Refuses
            && tree.lemma(h) == "rule"
            && !tree.children(h).iter().any(|&c| tree.form(c) == "out")
    };
    let said = |cue: Cue| lexicon.has_cue(tree.lemma(h), cue) && !rules(cue);
    order.iter().find(|(cue, allowed)| *allowed && said(*cue)).map(|(cue, _)| *cue)
}

/// "the strikes", "its attacks", "the army's raids", "yesterday's attacks".
pub(super) fn is_definite(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&d| {
        tree.is(d, "nmod:poss")
            || (tree.is(d, "det")
                && matches!(tree.lemma(d), "the" | "this" | "that" | "these" | "those" | "such"))
    })
}

/// "A ceasefire", "an attack on the town", and nothing that tells more of it than where or on whom.
fn is_one_of_many(tree: &Tree, i: usize) -> bool {
    let one = |&d: &usize| tree.is(d, "det") && matches!(tree.form(d), "a" | "an");
    let told = |&d: &usize| tree.deprel(d).starts_with("acl") || tree.is(d, "nmod:unmarked");
    tree.children(i).iter().any(one) && !tree.children(i).iter().any(told)
}

/// Whether a deed is told as one that was done: "the raid", "a Norlander raid".
fn is_known(tree: &Tree, i: usize) -> bool {
    let whose = |&d: &usize| {
        matches!(tree.deprel(d), "amod" | "compound") && tree.form(d).starts_with(char::is_uppercase)
    };
    is_definite(tree, i) || tree.children(i).iter().any(whose)
}

fn is_negated(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&c| matches!(tree.lemma(c), "not" | "n't" | "n’t" | "never"))
}

/// "Provided the army frees them", "provided that it frees them": the clause that the condition opens.
fn is_provided(tree: &Tree, i: usize) -> bool {
    let word = |w: usize| matches!(tree.form(w), "provided" | "providing");
    let inside = |w: &usize| tree.upos(*w) != Upos::Punct && tree.is_below(*w, i);
    let first = (0..i).find(inside).unwrap_or(i);
    let opens = |w: usize| word(w) && (w == 0 || tree.upos(w - 1) == Upos::Punct);
    matches!(tree.deprel(i), "advcl" | "ccomp" | "acl" | "parataxis")
        && (opens(first) || first.checked_sub(1).is_some_and(opens))
}

pub(super) fn has_to(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&c| c < i && tree.is(c, "mark") && tree.form(c) == "to")
}

/// "Is due to resume", "was to begin".
fn is_to_come(tree: &Tree, i: usize) -> bool {
    let due = |&c: &usize| c < i && tree.lemma(c) == "due";
    let was = |&c: &usize| c < i && tree.lemma(c) == "be";
    tree.children(i).iter().any(due) || has_to(tree, i) && tree.children(i).iter().any(was)
}

/// "Claims to have killed": it is over.
fn has_perfect(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&c| c < i && tree.is(c, "aux") && tree.lemma(c) == "have")
}

/// Whether a clause tells when or why with a verb of its own tense.
fn is_told(tree: &Tree, i: usize) -> bool {
    const MARKS: &[&str] =
        &["after", "before", "since", "when", "while", "as", "because", "although", "though"];
    let when = |&c: &usize| tree.is(c, "advmod") && tree.lemma(c) == "when";
    (has_mark(tree, i, MARKS) || tree.children(i).iter().any(when))
        && (matches!(tree.xpos(i), "VBD" | "VBZ" | "VBP")
            || tree
                .children(i)
                .iter()
                .any(|&c| tree.deprel(c).starts_with("aux") && matches!(tree.xpos(c), "VBD" | "VBZ" | "VBP")))
}

fn has_mark(tree: &Tree, i: usize, words: &[&str]) -> bool {
    tree.children(i).iter().any(|&c| tree.is(c, "mark") && words.contains(&tree.lemma(c)))
}

/// Verbs whose infinitive tells what happened.
fn is_light(word: &str) -> bool {
    matches!(
        word,
        "help"
            | "manage"
            | "force"
            | "make"
            | "use"
            | "happen"
            | "lead"
            | "cause"
            | "compel"
            | "succeed"
            | "prompt"
            | "drive"
            | "oblige"
            | "vote"
    )
}

/// "Information leading to", "tips that led to": what is looked for.
fn is_lead(tree: &Tree, i: usize) -> bool {
    let told = |&h: &usize| matches!(tree.lemma(h), "information" | "tip" | "reward" | "clue");
    tree.lemma(i) == "lead"
        && tree.is(i, "acl")
        && tree.xpos(i) == "VBG"
        && tree.head(i).as_ref().is_some_and(told)
}
