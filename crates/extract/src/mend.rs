//! Puts right what a parser gets wrong in the long sentences of wires, where grammar and sense leave no doubt: whose
//! "killing five" is, who said what stands before "said". Only heads and relations change, lemmas that are no word, the tense of irregular pasts, and which names there are. The
//! rules look at one sentence at a time, and find nothing to do in what they have mended.

mod clauses;
mod names;
mod verbs;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use record::{Parsed, Sentence, TextRange, Token, Upos};

use crate::table::{self, BadLine};
use clauses::{
    done_by, ends_with, first_of_two, of_the_deed, of_the_noun, of_whom, told_beside, told_outcome, voiced,
};
use names::{behind_plural, behind_title, is_envoys};
use verbs::{garden_path, late_clause, late_mark, second_clause};

/// Mends every sentence, and the names in it.
pub(crate) fn mend(text: &str, parsed: &mut Parsed) {
    for s in &mut parsed.sentences {
        sentence(text, s);
    }
    let mut entities = std::mem::take(&mut parsed.entities);
    for entity in &mut entities {
        if let Some(name) = parsed.sentence_of(entity.range).and_then(|s| of_a_body(s, entity.range)) {
            entity.range = name;
        }
    }
    entities.retain(|e| !parsed.sentence_of(e.range).is_some_and(|s| is_no_name(s, e.range)));
    parsed.entities = entities;
}

/// Several words of which none is a noun, in a headline that begins each with a capital: "Over And Over To".
fn is_no_name(sentence: &Sentence, name: TextRange) -> bool {
    use Upos::{Adp, Adv, Aux, Cconj, Det, Part, Pron, Punct, Sconj};
    let inside = || sentence.tokens.iter().filter(|t| name.contains(t.range));
    let small = |t: &Token| matches!(t.upos, Adp | Adv | Aux | Cconj | Det | Part | Pron | Punct | Sconj);
    inside().count() > 1 && inside().all(small)
}

/// "Injuring" is a form of "injure" and "overran" one of "overrun", and in the past, whatever the analyser makes of them.
fn lemma(text: &str, token: &mut Token) {
    let form = token.range.of(text).to_lowercase();
    // "Insurgents overran Palma": a verb that is its own lemma, for a present tense.
    let left = token.xpos == "VBP" && token.lemma == form;
    let past = left || matches!(token.xpos, "VBD" | "VBN");
    if (past || matches!(token.xpos, "VBG" | "VBZ"))
        && let Some(stem) = crate::event::stem(&form, &token.lemma, past)
    {
        if left && stem != form {
            token.xpos = "VBD";
        }
        token.lemma = stem;
    }
}

/// "Members of the Port Council": the name is that of the body, however the noun before it is written.
fn of_a_body(sentence: &Sentence, name: TextRange) -> Option<TextRange> {
    let tokens = &sentence.tokens;
    let first = tokens.iter().position(|t| t.range.start() == name.start())?;
    let people = tokens[first].xpos.ends_with('S')
        && words("people").contains(tokens[first].lemma.to_lowercase().as_str());
    let of = tokens.get(first + 1).is_some_and(|t| t.lemma == "of");
    let rest = tokens.get(first + 2..)?.iter().find(|t| t.upos != Upos::Det)?;
    (people && of && rest.range.start() < name.end()).then(|| TextRange::new(rest.range.start(), name.end()))
}

/// Most times that a sentence is gone through.
const PASSES: usize = 8;

/// Mends one sentence, until nothing is left to do: a record keeps mended trees, and a report that grows it takes them
/// over and is mended again.
pub(crate) fn sentence(text: &str, sentence: &mut Sentence) {
    sentence.tokens.iter_mut().for_each(|token| lemma(text, token));
    for _ in 0..PASSES {
        if !pass(&mut sentence.tokens) {
            break;
        }
    }
}

/// Goes through a sentence once, and tells whether anything was mended.
fn pass(tokens: &mut [Token]) -> bool {
    let mut mended = false;
    for i in 0..tokens.len() {
        let head = second_clause(tokens, i)
            .or_else(|| second_word(tokens, i))
            .or_else(|| done_to_them(tokens, i))
            .or_else(|| outcome(tokens, i))
            .or_else(|| word_of(tokens, i))
            .or_else(|| said_on(tokens, i));
        if let Some(head) = head {
            tokens[i].head = number(head);
            mended = true;
        }
        if let Some(verb) = told_outcome(tokens, i) {
            (tokens[i].head, tokens[i].deprel) = (number(verb), "advcl");
            mended = true;
        }
        if let Some(noun) =
            of_the_noun(tokens, i).or_else(|| of_the_deed(tokens, i)).or_else(|| of_whom(tokens, i))
        {
            tokens[i].head = number(noun);
            mended = true;
        }
        if let Some((noun, mark)) = voiced(tokens, i) {
            (tokens[i].head, tokens[i].deprel) = (number(noun), "acl");
            if let Some(mark) = mark {
                (tokens[mark].head, tokens[mark].deprel) = (number(noun), "case");
            }
            mended = true;
        }
        if let Some(head) = beside(tokens, i) {
            tokens[i].head = number(head);
            tokens[i].deprel = "advcl";
            mended = true;
        }
        if let Some((verb, subject, of)) = garden_path(tokens, i) {
            (tokens[verb].head, tokens[verb].deprel) = (tokens[i].head, tokens[i].deprel);
            (tokens[subject].head, tokens[subject].deprel) = (number(verb), "nsubj");
            (tokens[i].head, tokens[i].deprel) = (number(of), "acl");
            mended = true;
        }
        if let Some((subject, mark)) = late_clause(tokens, i) {
            tokens[subject].head = number(i);
            tokens[subject].deprel = "nsubj";
            tokens[mark].head = number(i);
            tokens[mark].deprel = "mark";
            mended = true;
        }
        if let Some(verb) = late_mark(tokens, i) {
            tokens[i].head = number(verb);
            mended = true;
        }
        if let Some(verb) = of_the_clause(tokens, i) {
            tokens[i].head = number(verb);
            mended = true;
        }
        if is_second_subject(tokens, i) {
            tokens[i].deprel = "obj";
            mended = true;
        }
        if let Some(subject) = bare_subject(tokens, i) {
            tokens[subject].deprel = "nsubj";
            mended = true;
        }
        if let Some(verb) = charged_by(tokens, i) {
            (tokens[i].head, tokens[i].deprel) = (number(verb), "advcl");
            mended = true;
        }
        if let Some((subject, verb)) = told_of(tokens, i) {
            tokens[subject].head = number(verb);
            mended = true;
        }
        if is_envoys(tokens, i) {
            (tokens[i - 1].head, tokens[i - 1].deprel) = (tokens[i].head, tokens[i].deprel);
            for word in tokens.iter_mut().filter(|t| t.head == number(i)) {
                word.head = number(i - 1);
            }
            (tokens[i].head, tokens[i].deprel) = (number(i - 1), "flat");
            mended = true;
        }
        if let Some(verb) = used_to(tokens, i) {
            (tokens[i].head, tokens[i].deprel) = (number(verb), "advcl");
            mended = true;
        }
        for above in [counted_too, behind_title, one_more, behind_speaker, done_by, told_beside] {
            if let Some(head) = above(tokens, i) {
                tokens[i].head = number(head);
                mended = true;
            }
        }
        if let Some(name) = behind_plural(tokens, i) {
            let place = (tokens[i].head, tokens[i].deprel);
            let stays = |t: &Token| matches!(t.deprel, "amod" | "compound" | "det" | "nmod");
            for child in tokens.iter_mut().filter(|t| t.head == number(i) && !stays(t)) {
                child.head = number(name);
            }
            (tokens[name].head, tokens[name].deprel) = place;
            (tokens[i].head, tokens[i].deprel) = (number(name), "compound");
            mended = true;
        }
        if let Some(count) = more_harmed(tokens, i) {
            tokens[count].deprel = "nsubj:pass";
            mended = true;
        }
        if let Some(speaker) = speaker(tokens, i) {
            let listed = (tokens[speaker].head, tokens[speaker].deprel);
            tokens[speaker].head = number(i);
            tokens[speaker].deprel = "nsubj";
            // "including a child, the mayor and two doctors said": those behind the first who speaks speak, too.
            for next in &mut tokens[speaker + 1..i] {
                let before =
                    listed.1 == "conj" && next.head == listed.0 || ends_with(listed.1, next, speaker);
                if next.deprel == "conj" && before {
                    next.head = number(speaker);
                }
            }
            mended = true;
        }
    }
    mended
}

/// "Norland has released the sailors whom its navy seized on Monday": the perfect has no day, which is that of the clause before
/// it. Gives the verb of that clause.
fn of_the_clause(tokens: &[Token], i: usize) -> Option<usize> {
    let verb = head(tokens, i).filter(|&v| v < i && tokens[i].deprel.starts_with("obl"))?;
    let perfect = children(tokens, verb).any(|t| t.lemma == "have" && matches!(t.xpos, "VBZ" | "VBP"));
    let day = words("days").contains(tokens[i].lemma.to_lowercase().as_str())
        || children(tokens, i).any(|t| words("days").contains(t.lemma.to_lowercase().as_str()));
    let clause = (verb + 1..i).rfind(|&c| tokens[c].deprel == "acl:relcl" && is_below(tokens, c, verb))?;
    let past = tokens[clause].xpos == "VBD" || is_finite(tokens, clause) && tokens[clause].xpos == "VBN";
    let close = (clause + 1..i)
        .all(|w| tokens[w].upos != Upos::Punct && (is_below(tokens, w, clause) || is_below(tokens, w, i)));
    (perfect && day && past && close).then_some(clause)
}

/// "Norland declared two envoys persona non grata": who stands behind a verb that has its subject before it is its object, where
/// what completes it is no verb.
fn is_second_subject(tokens: &[Token], i: usize) -> bool {
    let Some(verb) = head(tokens, i).filter(|&v| v < i && tokens[i].deprel == "nsubj") else { return false };
    let verbal = |t: &Token| matches!(t.upos, Upos::Verb | Upos::Aux);
    let named = |c: usize| {
        let bare = !verbal(&tokens[c]) && !children(tokens, c).any(|t| t.deprel == "cop");
        tokens[c].deprel == "obj" || tokens[c].deprel == "ccomp" && bare
    };
    let mut behind = (i + 1..tokens.len()).filter(|&c| head(tokens, c) == Some(verb));
    let before = (0..verb).any(|s| head(tokens, s) == Some(verb) && tokens[s].deprel == "nsubj");
    tokens[verb].upos == Upos::Verb && before && behind.any(named)
}

/// "The US Treasury blacklists two firms": a verb in the present after a name is no noun that the name qualifies.
fn bare_subject(tokens: &[Token], i: usize) -> Option<usize> {
    let before = i.checked_sub(1)?;
    let verb = tokens[i].upos == Upos::Verb && matches!(tokens[i].xpos, "VBZ" | "VBD");
    let name = matches!(tokens[before].upos, Upos::Propn | Upos::Noun)
        && tokens[before].deprel == "compound"
        && head(tokens, before) == Some(i);
    let free = !children(tokens, i).any(|t| t.deprel.starts_with("nsubj"));
    let object = children(tokens, i).any(|t| matches!(t.deprel, "obj" | "ccomp" | "xcomp"));
    (verb && name && free && object).then_some(before)
}

/// "The raid killed 41 people, President Roe said": the first of two subjects is that of what is said. Gives it and the verb.
fn told_of(tokens: &[Token], i: usize) -> Option<(usize, usize)> {
    let subjects = |v: usize| {
        (0..tokens.len()).filter(move |&c| tokens[c].deprel == "nsubj" && tokens[c].head == number(v))
    };
    let mut own = subjects(i).filter(|&s| s < i);
    let (first, speaker) = (own.next()?, own.next()?);
    let verb = (first + 1..speaker).find(|&v| tokens[v].deprel == "ccomp" && tokens[v].head == number(i))?;
    (words("says").contains(tokens[i].lemma.as_str())
        && is_finite(tokens, verb)
        && subjects(verb).next().is_none())
    .then_some((first, verb))
}

/// "Used drones and a number of rockets to destroy two houses": what is used is used to do it. Gives the verb.
fn used_to(tokens: &[Token], i: usize) -> Option<usize> {
    let to = children(tokens, i).any(|t| t.deprel == "mark" && t.lemma == "to");
    let noun = head(tokens, i).filter(|&n| tokens[i].deprel == "acl" && to && n < i)?;
    let parts = ["conj", "nmod"];
    let whole =
        std::iter::successors(Some(noun), |&n| head(tokens, n).filter(|_| parts.contains(&tokens[n].deprel)));
    let object = whole.take(4).find(|&n| tokens[n].deprel == "obj")?;
    head(tokens, object).filter(|&v| tokens[v].lemma == "use" && tokens[v].upos == Upos::Verb)
}

/// "The murder of Ann Roe and her driver": who is told of behind a victim is one more, not told of beside the murder.
fn one_more(tokens: &[Token], i: usize) -> Option<usize> {
    let deed = head(tokens, i).filter(|&h| tokens[i].deprel == "conj" && h < i)?;
    if !words("harmed").contains(tokens[deed].lemma.to_lowercase().as_str()) {
        return None;
    }
    let of = |n: usize| {
        let of = |t: &Token| t.deprel == "case" && t.lemma.eq_ignore_ascii_case("of");
        head(tokens, n) == Some(deed) && tokens[n].deprel == "nmod" && children(tokens, n).any(of)
    };
    let victim = (deed + 1..i).find(|&n| of(n))?;
    let theirs = |t: &Token| t.deprel == "nmod:poss" && t.upos == Upos::Pron;
    let somebody = tokens[i].upos == Upos::Propn || children(tokens, i).any(theirs);
    (somebody && !children(tokens, i).any(|t| t.deprel == "case")).then_some(victim)
}

/// "Killed 84 fighters of the group Wagner and 47 soldiers": who is counted goes on with who was counted before, not with what
/// those belong to.
fn counted_too(tokens: &[Token], i: usize) -> Option<usize> {
    let counted = |w: usize| children(tokens, w).any(|t| t.deprel == "nummod");
    let part = |&w: &usize| matches!(tokens[w].deprel, "nmod" | "appos" | "flat" | "conj");
    let plural = |w: usize| tokens[w].upos == Upos::Noun && tokens[w].xpos == "NNS";
    let name = head(tokens, i).filter(|&h| tokens[i].deprel == "conj" && plural(i) && h < i)?;
    let up = |&w: &usize| head(tokens, w).filter(|&h| h < w && part(&w));
    let whole = std::iter::successors(Some(name), up).take(5).find(|&w| plural(w) && counted(w))?;
    let whom = matches!(tokens[whole].deprel, "obj" | "nsubj:pass") && whole != name;
    let below = children(tokens, i).any(|t| t.deprel == "case");
    (whom && counted(i) && !counted(name) && !below).then_some(whole)
}

fn number(i: usize) -> u32 {
    u32::try_from(i + 1).unwrap_or(0)
}

fn head(tokens: &[Token], i: usize) -> Option<usize> {
    (tokens.get(i)?.head as usize).checked_sub(1).filter(|&h| h < tokens.len() && h != i)
}

fn children(tokens: &[Token], i: usize) -> impl Iterator<Item = &Token> {
    tokens.iter().filter(move |t| t.head as usize == i + 1)
}

/// Whether `above` is `i` or one of its ancestors.
fn is_below(tokens: &[Token], i: usize, above: usize) -> bool {
    std::iter::successors(Some(i), |&a| head(tokens, a)).take(tokens.len() + 1).any(|a| a == above)
}

fn comma_before(tokens: &[Token], i: usize) -> bool {
    i > 0 && tokens[i - 1].upos == Upos::Punct && tokens[i - 1].lemma == ","
}

/// A verb with a tense of its own, or with an auxiliary that has one.
fn is_finite(tokens: &[Token], i: usize) -> bool {
    matches!(tokens[i].xpos, "VBD" | "VBZ" | "VBP")
        || matches!(tokens[i].xpos, "VBN" | "VBG")
            && children(tokens, i)
                .any(|t| t.deprel.starts_with("aux") && matches!(t.xpos, "VBD" | "VBZ" | "VBP"))
}

/// "The army said its men shot at smugglers who fled, and denied that anyone was hurt", "the group said two guards were held and
/// accused the police of it": a second word of speech goes on with the first, not with what that tells, if a comma parts the
/// two, or what is told is a passive or of an earlier time.
fn second_word(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let spoken = |t: &Token| ["spoken", "adds"].iter().any(|g| words(g).contains(t.lemma.as_str()));
    let own = children(tokens, i).any(|t| t.deprel.starts_with("nsubj"));
    let words_of_it = children(tokens, i).any(|t| matches!(t.deprel, "obj" | "iobj" | "ccomp" | "xcomp"));
    if token.deprel != "conj" || token.xpos != "VBD" || !spoken(token) || own || !words_of_it {
        return None;
    }
    let first = head(tokens, i).filter(|&h| h < i)?;
    let and = (first + 1..i).rfind(|&c| head(tokens, c) == Some(i) && tokens[c].deprel == "cc")?;
    let other = tokens[first].xpos == "VBN" && is_finite(tokens, first);
    let mut at = first;
    while tokens[at].deprel != "ccomp" {
        // "Denied charges that he ran a band, and accused the state of it"
        let charge = head(tokens, at).filter(|&h| tokens[at].deprel == "acl" && tokens[h].deprel == "obj");
        if charge.is_some_and(|h| h < at && is_finite(tokens, at)) {
            at = charge?;
            break;
        }
        at = head(tokens, at).filter(|&h| h < at)?;
    }
    let said = head(tokens, at).filter(|&h| h < at)?;
    let speech = spoken(&tokens[said]) || words("says").contains(tokens[said].lemma.as_str());
    let speaker = children(tokens, said).any(|t| t.deprel == "nsubj");
    let joins = comma_before(tokens, and) || other;
    // "They said that he had lied and that he had accused them": the clauses are marked alike.
    let marked = children(tokens, i).any(|t| t.deprel == "mark");
    (speech && speaker && joins && !marked && is_finite(tokens, said)).then_some(said)
}

/// "Punished the officers who overthrew him and gave them a week": what is done to "them" is not done by them, but goes on with
/// the clause around, if none else is meant.
fn done_to_them(tokens: &[Token], i: usize) -> Option<usize> {
    let clause = head(tokens, i).filter(|&h| h < i && tokens[h].deprel == "acl:relcl")?;
    let whom = head(tokens, clause).filter(|&w| w < clause)?;
    let plural = |t: &Token| matches!(t.xpos, "NNS" | "NNPS");
    let who = |t: &Token| t.deprel == "nsubj" && matches!(t.lemma.as_str(), "who" | "which" | "that");
    let them = |t: &Token| matches!(t.deprel, "obj" | "iobj") && t.xpos == "PRP" && t.lemma == "they";
    let own = children(tokens, i).any(|t| t.deprel.starts_with("nsubj") || t.deprel == "mark");
    let others = tokens[clause..i].iter().any(|t| plural(t) || t.deprel == "conj");
    let above = std::iter::successors(head(tokens, whom), |&a| head(tokens, a)).take(6);
    let verb = above.into_iter().find(|&a| a < whom && is_finite(tokens, a))?;
    let fits =
        tokens[i].deprel == "conj" && tokens[i].xpos == "VBD" && plural(&tokens[whom]) && !own && !others;
    (fits && children(tokens, clause).any(who) && children(tokens, i).any(them)).then_some(verb)
}

/// "opened fire on men trying to flee, killing five": what a deed leads to hangs on the deed, not on what somebody tried
/// or did meanwhile.
fn outcome(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let harm = token.xpos == "VBG" && token.deprel == "advcl" && words("harm").contains(token.lemma.as_str());
    if !harm || !comma_before(tokens, i) {
        return None;
    }
    let from = head(tokens, i).filter(|&h| h < i)?;
    // "Two rockets landed there, the medics said, injuring 21": what they say hurt people.
    if words("says").contains(tokens[from].lemma.as_str()) {
        let said = |t: &Token| matches!(t.deprel, "ccomp" | "parataxis") && t.head == number(from);
        return (0..from).rev().find(|&t| said(&tokens[t]) && tokens[t].upos == Upos::Verb);
    }
    let mut at = from;
    for _ in 0..6 {
        let t = &tokens[at];
        let deed = t.upos == Upos::Verb && words("deeds").contains(t.lemma.as_str());
        let inner = t.upos != Upos::Verb
            || matches!(t.deprel, "xcomp" | "acl")
            || t.deprel == "advcl"
                && children(tokens, at)
                    .any(|m| m.deprel == "mark" && matches!(m.lemma.as_str(), "as" | "while"));
        if deed || !inner {
            break;
        }
        at = head(tokens, at).filter(|&h| h < at)?;
    }
    (at != from && tokens[at].upos == Upos::Verb).then_some(at)
}

/// "a backlash from X, which demanded a withdrawal, accusing it of": the participle goes on with the clause that it
/// follows, if both are words spoken.
fn word_of(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let said = |t: &Token| words("spoken").contains(t.lemma.as_str());
    if token.xpos != "VBG" || token.deprel != "advcl" || !said(token) || !comma_before(tokens, i) {
        return None;
    }
    let from = head(tokens, i).filter(|&h| h + 2 < i)?;
    let last = i - 2;
    let clauses = std::iter::successors(Some(last), |&a| head(tokens, a)).take(12).take_while(|&a| a != from);
    clauses
        .into_iter()
        .find(|&a| tokens[a].deprel == "acl:relcl" && said(&tokens[a]) && is_below(tokens, a, from))
        .filter(|&a| !is_below(tokens, a, i))
}

/// "Denied that anyone had died, saying that", "said that 20 were arrested, accusing them of": behind a comma words go on with
/// whoever said the first, not with those of whom he told, where he answers somebody or tells what was done to them.
fn said_on(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let is = |t: &Token, group: &str| words(group).contains(t.lemma.as_str());
    let speaks = ["says", "spoken", "adds"].iter().any(|of| is(token, of));
    if token.xpos != "VBG" || token.deprel != "advcl" || !speaks || !comma_before(tokens, i) {
        return None;
    }
    let told = head(tokens, i).filter(|&h| h < i)?;
    let inner = |&h: &usize| matches!(tokens[h].deprel, "conj" | "xcomp" | "advcl");
    let above = |&h: &usize| head(tokens, h).filter(|&a| a < i && inner(&h));
    let clause = std::iter::successors(Some(told), above).take(4).find(|&h| tokens[h].deprel == "ccomp")?;
    let said = head(tokens, clause).filter(|&v| v < clause && is_finite(tokens, v))?;
    let says = ["says", "spoken", "adds", "answers"].iter().any(|of| is(&tokens[said], of));
    let passive = children(tokens, told).any(|t| t.deprel == "aux:pass");
    let adds = matches!(token.lemma.as_str(), "add" | "note" | "stress" | "insist");
    (says && (is(&tokens[said], "answers") || passive || adds)).then_some(said)
}

/// "demanded a withdrawal, accusing it of": behind a comma the participle goes on with the verb, not with its object.
fn beside(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let participle = token.xpos == "VBG" && token.deprel == "acl" && comma_before(tokens, i);
    if !participle || !words("spoken").contains(token.lemma.as_str()) {
        return None;
    }
    let object = head(tokens, i).filter(|&h| tokens[h].deprel == "obj")?;
    head(tokens, object).filter(|&verb| verb < i && tokens[verb].upos == Upos::Verb)
}

/// "killing six and wounding 14, health officials said": "said" without a subject, and a noun right before it that was
/// taken for one more of the wounded; or, in "three also died, the mayor told the paper", for one who died.
fn speaker(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let says = matches!(token.xpos, "VBD" | "VBZ" | "VBP") && words("says").contains(token.lemma.as_str());
    if !says || i < 4 || children(tokens, i).any(|t| t.deprel.starts_with("nsubj")) {
        return None;
    }
    let put_in = || head(tokens, i).filter(|&h| h < i && tokens[i].deprel == "parataxis");
    let told = (0..i).find(|&c| head(tokens, c) == Some(i) && tokens[c].deprel == "ccomp").or_else(put_in)?;
    // The largest phrase that ends here, maybe with a comma ("the governor, Jo Doe, said"), and begins after a comma.
    let mut best = None;
    let mut at = if comma_before(tokens, i) { i - 2 } else { i - 1 };
    for _ in 0..8 {
        let noun = matches!(tokens[at].upos, Upos::Noun | Upos::Propn);
        // "killing ten, among them two nurses, a doctor and a nun said"
        let led = (0..at).any(|c| head(tokens, c) == Some(at) && tokens[c].deprel == "case");
        let inside = is_below(tokens, at, told) && at > told;
        if noun && inside && !led && begins(tokens, at) {
            best = Some(at);
        }
        let listed = |c: usize| head(tokens, c) == Some(at) && tokens[c].deprel == "conj";
        if inside && led && best.is_none() {
            best = (at + 1..i).rev().find(|&c| listed(c) && begins(tokens, c));
        }
        // "killing five people, activists and a doctor said": the last of them may be joined to the dead.
        if best.is_none() && noun && inside && tokens[at].deprel == "conj" {
            best = first_of_two(tokens, at).filter(|&b| is_below(tokens, b, told) && begins(tokens, b));
        }
        match head(tokens, at) {
            Some(h) if h > told && h < i && matches!(tokens[h].upos, Upos::Noun | Upos::Propn) => at = h,
            _ => break,
        }
    }
    best.filter(|&b| {
        matches!(tokens[b].deprel, "obj" | "appos" | "conj" | "nmod" | "dep" | "obl" | "nsubj" | "nsubj:pass")
    })
}

/// Whether the phrase of a word begins behind a comma.
fn begins(tokens: &[Token], i: usize) -> bool {
    let word = |&j: &usize| tokens[j].upos != Upos::Punct && is_below(tokens, j, i);
    (0..tokens.len()).find(word).is_some_and(|first| comma_before(tokens, first))
}

/// "The admirals spoke on Monday, the ministry said, and agreed to meet": what goes on behind a speaker put in between is what
/// he tells, unless it tells of more words. Gives the verb that it goes on from.
fn behind_speaker(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let speech = ["says", "spoken", "adds"].iter().any(|g| words(g).contains(token.lemma.as_str()));
    let own = children(tokens, i).any(|t| t.deprel.starts_with("nsubj") || t.deprel == "ccomp");
    if token.deprel != "conj" || !matches!(token.xpos, "VBD" | "VBZ") || speech || own {
        return None;
    }
    let said = head(tokens, i).filter(|&h| h < i && words("says").contains(tokens[h].lemma.as_str()))?;
    let speaker = (0..said).find(|&s| head(tokens, s) == Some(said) && tokens[s].deprel == "nsubj")?;
    let put_in = head(tokens, said).filter(|&c| c < speaker && tokens[said].deprel == "parataxis");
    let below = || (0..speaker).find(|&c| head(tokens, c) == Some(said) && tokens[c].deprel == "ccomp");
    let told = put_in.or_else(below).filter(|&c| tokens[c].xpos == token.xpos)?;
    let closed = tokens[said + 1..i].iter().any(|t| t.upos == Upos::Punct && t.lemma == ",");
    closed.then_some(told)
}

/// "The army was accused by rights groups of killing villagers": of what it is accused, not those who accuse it. Gives the verb.
fn charged_by(tokens: &[Token], i: usize) -> Option<usize> {
    let of = |t: &Token| matches!(t.deprel, "mark" | "case") && t.lemma == "of";
    let doing = tokens[i].xpos == "VBG" && tokens[i].deprel == "acl" && children(tokens, i).any(of);
    let by = |t: &Token| t.deprel == "case" && t.lemma == "by";
    let who = head(tokens, i).filter(|&w| doing && w < i && children(tokens, w).any(by))?;
    let verb = head(tokens, who).filter(|&v| v < who && tokens[who].deprel.starts_with("obl"))?;
    let passive = children(tokens, verb).any(|t| t.deprel == "aux:pass") || tokens[verb].xpos == "VBN";
    (passive && words("charges").contains(tokens[verb].lemma.as_str())).then_some(verb)
}

/// "Twelve were killed and 40 wounded": the number is of those who were wounded, though no helper says so again.
fn more_harmed(tokens: &[Token], i: usize) -> Option<usize> {
    let passive = |t: &Token| t.deprel == "aux:pass";
    let killed = head(tokens, i).filter(|&h| tokens[i].deprel == "conj" && h < i)?;
    let harmed = matches!(tokens[i].lemma.as_str(), "wounded" | "injured" | "hurt" | "wound" | "injure");
    let free = !children(tokens, i).any(|t| t.deprel.starts_with("nsubj") || t.deprel.starts_with("aux"));
    let count = i.checked_sub(1).filter(|&c| {
        head(tokens, c) == Some(i) && tokens[c].deprel == "nummod" && tokens[c].upos == Upos::Num
    })?;
    (harmed && free && tokens[killed].upos == Upos::Verb && children(tokens, killed).any(passive))
        .then_some(count)
}

/// The words of a group of `mend.tsv`.
fn words(group: &str) -> &'static BTreeSet<&'static str> {
    static GROUPS: LazyLock<Vec<(&'static str, BTreeSet<&'static str>)>> =
        LazyLock::new(|| groups(include_str!("../data/mend.tsv")).unwrap_or_else(|bad| panic!("{bad}")));
    static NONE: BTreeSet<&'static str> = BTreeSet::new();
    GROUPS.iter().find(|(name, _)| *name == group).map_or(&NONE, |(_, words)| words)
}

fn groups(file: &'static str) -> Result<Vec<(&'static str, BTreeSet<&'static str>)>, BadLine> {
    let mut all = Vec::new();
    for row in table::rows("mend.tsv", file, 2)? {
        if ![
            "harm", "deeds", "spoken", "says", "adds", "days", "harmed", "people", "charges", "answers",
            "blows", "voices", "spans", "whose",
        ]
        .contains(&row.text(0))
        {
            return Err(row.bad(format!("«{}» is no group", row.text(0))));
        }
        all.push((row.text(0), row.list(1).into_iter().collect()));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "word/xpos/head/relation …"
    fn parsed(written: &str) -> Sentence {
        let tokens = written.split(' ').map(|w| {
            let [lemma, xpos, head, deprel] = w.split('/').collect::<Vec<_>>()[..] else { panic!("{w}") };
            let upos = match xpos {
                "MD" => Upos::Aux,
                "," => Upos::Punct,
                _ if xpos.starts_with("VB") => Upos::Verb,
                "NNP" => Upos::Propn,
                "PRP$" => Upos::Pron,
                _ => Upos::Noun,
            };
            let deprel =
                ["nsubj", "obj", "advcl", "acl", "xcomp", "ccomp", "conj", "root", "punct", "mark", "obl"]
                    .into_iter()
                    .chain(["aux", "acl:relcl", "cc", "case", "nmod", "nmod:desc", "nmod:poss"])
                    .find(|r| *r == deprel)
                    .expect("a relation");
            let xpos = [
                "MD", ",", "VB", "VBD", "VBG", "VBN", "VBZ", "TO", "NN", "NNP", "NNS", "IN", "CC", "CD",
                "PRP$",
            ]
            .into_iter()
            .find(|x| *x == xpos)
            .expect("a tag");
            let (lemma, head) = (lemma.to_owned(), head.parse().expect("a number"));
            Token {
                range: record::TextRange::default(),
                lemma,
                upos,
                xpos,
                feats: "",
                head,
                deprel,
                deed: None,
            }
        });
        Sentence { tokens: tokens.collect(), ..Sentence::default() }
    }

    /// Which words have got another head, and what it is.
    fn changed(written: &str) -> Vec<(String, String)> {
        let before = parsed(written);
        let mut after = before.clone();
        sentence("", &mut after);
        let mut again = after.clone();
        sentence("", &mut again);
        assert_eq!(again, after, "mended twice: {written}");
        let pairs = before.tokens.iter().zip(&after.tokens).filter(|(a, b)| a.head != b.head);
        pairs.map(|(a, b)| (a.lemma.clone(), after.tokens[b.head as usize - 1].lemma.clone())).collect()
    }

    fn one(word: &str, head: &str) -> Vec<(String, String)> {
        vec![(word.to_owned(), head.to_owned())]
    }

    #[test]
    fn a_past_tense_goes_on_with_no_infinitive() {
        let warned = "X/NNP/2/nsubj warn/VBD/0/root raid/NN/5/nsubj would/MD/5/aux fail/VB/2/ccomp and/CC/7/cc \
                      deploy/VBD/5/conj tank/NNS/7/obj";
        assert_eq!(changed(warned), one("deploy", "warn"));
        let own = warned.replace("and/CC/7/cc", "they/NN/7/nsubj");
        assert_eq!(changed(&own), []);
    }

    #[test]
    fn a_second_word_of_speech_goes_on_with_the_first() {
        let denied = "army/NN/2/nsubj say/VBD/0/root it/NN/4/nsubj fire/VBD/2/ccomp man/NNS/4/obl who/NN/7/nsubj flee/VBD/5/acl:relcl \
                      ,/,/10/punct and/CC/10/cc deny/VBD/7/conj guilt/NN/10/obj";
        assert_eq!(changed(denied), one("deny", "say"));
        let plain = "army/NN/2/nsubj say/VBD/0/root rebel/NNS/4/nsubj come/VBD/2/ccomp and/CC/6/cc demand/VBD/4/conj food/NN/6/obj";
        assert_eq!(changed(plain), []);
        let earlier = plain
            .replace("come/VBD", "come/VBN")
            .replace("and/CC/6/cc", "have/VBD/4/aux and/CC/7/cc")
            .replace("demand/VBD/4/conj food/NN/6/obj", "demand/VBD/4/conj food/NN/7/obj");
        assert_eq!(changed(&earlier), one("demand", "say"));
    }

    #[test]
    fn what_a_deed_leads_to_hangs_on_the_deed() {
        let fired = "police/NNS/2/nsubj fire/VBD/0/root man/NNS/2/obl try/VBG/3/acl to/TO/6/mark flee/VB/4/xcomp \
                     ,/,/8/punct kill/VBG/6/advcl five/CD/8/obj";
        assert_eq!(changed(fired), one("kill", "fire"));
        let bombed = fired.replace("flee", "bomb");
        assert_eq!(changed(&bombed), []);
    }

    #[test]
    fn a_participle_of_speech_goes_on_with_the_clause_before_it() {
        let drawn = "force/NNS/2/nsubj strike/VBD/0/root ,/,/4/punct draw/VBG/2/advcl ire/NN/4/obj X/NNP/5/obl \
                     which/NN/8/nsubj demand/VBD/5/acl:relcl exit/NN/8/obj ,/,/11/punct accuse/VBG/4/advcl it/NN/11/obj";
        assert_eq!(changed(drawn), one("accuse", "demand"));
        let object = drawn.replace("accuse/VBG/4/advcl", "accuse/VBG/9/acl");
        assert_eq!(changed(&object), one("accuse", "demand"));
        // One rule makes work for another.
        let twice = "X/NNP/2/nsubj condemn/VBD/0/root raid/NN/2/obj Y/NNP/3/obl which/NN/6/nsubj demand/VBD/4/acl:relcl \
                     exit/NN/6/obj ,/,/9/punct accuse/VBG/3/acl it/NN/9/obj";
        assert_eq!(changed(twice), one("accuse", "demand"));
    }

    #[test]
    fn nothing_comes_to_hang_on_itself() {
        let below = "force/NNS/2/nsubj strike/VBD/0/root town/NN/2/obj which/NN/5/nsubj demand/VBD/7/acl:relcl \
                     ,/,/7/punct accuse/VBG/2/advcl it/NN/7/obj";
        assert_eq!(changed(below), []);
    }

    #[test]
    fn who_stands_before_said_is_its_subject() {
        let said = "jet/NNS/2/nsubj bomb/VBD/7/ccomp ,/,/4/punct wound/VBG/2/advcl ten/CD/4/obj ,/,/8/punct \
                    say/VBD/0/root";
        assert_eq!(changed(said), []);
        let said = "jet/NNS/2/nsubj bomb/VBD/8/ccomp ,/,/4/punct wound/VBG/2/advcl ten/CD/4/obj ,/,/7/punct \
                    official/NNS/4/obj say/VBD/0/root";
        assert_eq!(changed(said), one("official", "say"));
        let told = "three/NNS/2/nsubj die/VBD/6/ccomp ,/,/2/punct the/NN/5/mark mayor/NN/2/nsubj tell/VBD/0/root \
                    paper/NN/6/obj";
        assert_eq!(changed(told), one("mayor", "tell"));
    }

    #[test]
    fn who_speaks_is_none_of_those_among_the_dead() {
        let said = "raid/NN/2/nsubj kill/VBD/11/ccomp ten/CD/2/obj ,/,/6/punct among/IN/6/case nurse/NNS/2/obl ,/,/8/punct \
                    mayor/NN/6/conj and/CC/10/cc doctor/NN/6/conj say/VBD/0/root";
        let speaks = [("mayor", "say"), ("doctor", "mayor")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(changed(said), speaks);
    }

    #[test]
    fn who_is_accused_by_others_is_charged_with_the_deed() {
        let accused = "army/NN/2/nsubj accuse/VBN/0/root by/IN/4/case group/NNS/2/obl of/IN/6/mark kill/VBG/4/acl \
                       villager/NNS/6/obj";
        assert_eq!(changed(accused), one("kill", "accuse"));
    }

    #[test]
    fn who_says_one_thing_denies_the_other() {
        let said = "state/NN/2/nsubj say/VBD/0/root that/IN/5/mark troop/NNS/5/nsubj strike/VBD/2/ccomp camp/NN/5/obj \
                    and/CC/8/cc deny/VBD/5/conj raid/NN/8/obj";
        assert_eq!(changed(said), one("deny", "say"));
        assert_eq!(changed(&said.replace("deny", "flee")), []);
    }

    #[test]
    fn who_did_a_deed_stands_behind_it() {
        let answer =
            "come/VBD/0/root answer/NN/1/obl to/IN/4/case ambush/NN/2/nmod by/IN/6/case front/NN/2/nmod";
        assert_eq!(changed(answer), one("front", "ambush"));
    }

    #[test]
    fn a_speaker_may_have_a_name_behind_a_comma() {
        let said = "jet/NNS/2/nsubj bomb/VBD/9/ccomp ,/,/4/punct kill/VBG/2/advcl guard/NN/4/obj ,/,/7/punct \
                    governor/NN/5/nmod ,/,/2/punct say/VBD/0/root";
        assert_eq!(changed(said), one("governor", "say"));
    }

    #[test]
    fn what_goes_on_behind_a_speaker_is_what_he_tells() {
        let said = "chief/NNS/2/nsubj speak/VBD/5/ccomp ,/,/2/punct ministry/NN/5/nsubj say/VBD/0/root ,/,/8/punct \
                    and/CC/8/cc agree/VBD/5/conj";
        assert_eq!(changed(said), one("agree", "speak"));
        assert_eq!(changed(&said.replace("agree", "add")), []);
    }

    #[test]
    fn a_name_is_joined_to_a_name_and_not_to_its_title() {
        let two = "banker/NN/2/nmod:desc Roe/NNP/6/nsubj and/CC/5/cc baker/NN/5/nmod:desc Doe/NNP/1/conj vanish/VBD/0/root";
        assert_eq!(changed(two), one("Doe", "Roe"));
    }

    #[test]
    fn one_more_victim_is_told_of_behind_the_first() {
        let two = "murder/NN/7/nsubj of/IN/3/case Roe/NNP/1/nmod and/CC/6/cc her/PRP$/6/nmod:poss driver/NN/1/conj \
                   shock/VBD/0/root town/NN/7/obj";
        assert_eq!(changed(two), one("driver", "Roe"));
        // A second deed is told beside the first.
        assert_eq!(changed(&two.replace("her/PRP$/6/nmod:poss", "bloody/NN/6/nmod")), []);
    }

    #[test]
    fn what_came_of_a_deed_is_not_what_they_say() {
        let said = "fighter/NNS/2/nsubj overrun/VBD/5/ccomp base/NN/2/obj official/NNS/5/nsubj say/VBD/0/root ,/,/7/punct \
                    kill/VBG/5/ccomp ten/CD/7/obj";
        assert_eq!(changed(said), one("kill", "overrun"));
        assert_eq!(changed(&said.replace("kill", "hope")), []);
    }

    #[test]
    fn a_clause_is_of_the_deed_or_of_the_noun_before_it() {
        let clash = "march/VBD/0/root after/IN/3/case clash/NNS/1/obl with/IN/5/case police/NNS/3/nmod that/NN/7/nsubj \
                     leave/VBD/5/acl:relcl two/CD/7/obj";
        assert_eq!(changed(clash), one("leave", "clash"));
        assert_eq!(changed(&clash.replace("that", "who")), []);
        let fire = "detain/VBD/0/root four/NNS/1/obj after/IN/4/case fire/NN/1/obl that/NN/6/nsubj kill/VBD/2/acl:relcl \
                    two/CD/6/obj";
        assert_eq!(changed(fire), one("kill", "fire"));
        assert_eq!(changed(&fire.replace("fire", "monday")), []);
    }

    #[test]
    fn those_who_protest_call_for_it() {
        let called = "president/NN/2/nsubj resign/VBD/0/root after/IN/4/case protest/NNS/2/obl call/VBG/2/advcl \
                      for/IN/7/case vote/NN/5/obl";
        assert_eq!(changed(called), one("call", "protest"));
        assert_eq!(changed(&called.replace("protest", "storm")), []);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(groups(include_str!("../data/mend.tsv")).is_ok());
        assert_eq!(
            groups("harm\tkill\nsmoke\tfire\n").unwrap_err().to_string(),
            "mend.tsv:2: «smoke» is no group"
        );
    }
}
