//! Which verb is the sentence's, which that of a clause, and what its subject is.

use record::{Token, Upos};

use super::{children, comma_before, head, is_below, is_finite};

/// "The number of people killed when planes bombed the market rose to 12": a participle without its auxiliary is no verb
/// of the sentence where a past tense that has no subject hangs on it. Gives that verb, its subject, and whom the
/// participle tells of.
pub(super) fn garden_path(tokens: &[Token], i: usize) -> Option<(usize, usize, usize)> {
    let auxiliary = |t: &Token| t.deprel.starts_with("aux") || t.deprel == "cop";
    if tokens[i].xpos != "VBN" || children(tokens, i).any(auxiliary) {
        return None;
    }
    let subject = (0..i).rfind(|&s| {
        tokens[s].head as usize == i + 1
            && tokens[s].deprel.starts_with("nsubj")
            && tokens[s].upos == Upos::Noun
    })?;
    let verb = (i + 1..tokens.len()).find(|&v| {
        let own = |t: &Token| t.deprel.starts_with("nsubj") || matches!(t.deprel, "mark" | "cc");
        tokens[v].head as usize == i + 1
            && matches!(tokens[v].xpos, "VBD" | "VBZ" | "VBP")
            && matches!(tokens[v].deprel, "advcl" | "parataxis" | "ccomp" | "conj" | "dep")
            && !children(tokens, v).any(own)
    })?;
    let plain = tokens[subject..i].iter().all(|t| t.upos != Upos::Punct);
    let of =
        (subject + 1..i).rfind(|&n| tokens[n].head as usize == subject + 1 && tokens[n].deprel == "nmod");
    plain.then_some((verb, subject, of.unwrap_or(subject)))
}

/// "hours after a raid on the city left nine dead": what stands between "after" and a verb in the past tense that has no
/// other subject is its subject. Gives it and the conjunction.
pub(super) fn late_clause(tokens: &[Token], i: usize) -> Option<(usize, usize)> {
    if tokens[i].xpos != "VBD" || children(tokens, i).any(|t| t.deprel.starts_with("nsubj")) {
        return None;
    }
    // "clashes spread after an officer, Jo Doe, defected": the noun may hang on the verb before.
    let above = head(tokens, i).filter(|&h| h < i && tokens[i].deprel == "advcl");
    let apposed = |s: usize| (s + 1..i).all(|w| tokens[w].upos == Upos::Punct || is_below(tokens, w, s));
    let subject = (0..i).rev().find(|&s| {
        let own = head(tokens, s) == Some(i);
        (own || above.is_some() && head(tokens, s) == above && apposed(s) && comma_before(tokens, i))
            && tokens[s].deprel == "obl"
            && matches!(tokens[s].upos, Upos::Noun | Upos::Propn)
    })?;
    let own = head(tokens, subject) == Some(i);
    let mark = (0..subject).find(|&m| {
        tokens[m].head as usize == subject + 1
            && tokens[m].deprel == "case"
            && matches!(tokens[m].lemma.as_str(), "after" | "before" | "since" | "until")
    })?;
    let plain = !own || tokens[mark..i].iter().all(|t| t.upos != Upos::Punct);
    let after_noun =
        !own || mark == 0 || matches!(tokens[mark - 1].upos, Upos::Noun | Upos::Adv | Upos::Punct);
    (plain && after_noun).then_some((subject, mark))
}

/// "A day after a drone launched by the group killed a man": the conjunction is that of the clause, not of the participle on its
/// subject. Gives the verb of the clause.
pub(super) fn late_mark(tokens: &[Token], i: usize) -> Option<usize> {
    let late = matches!(tokens[i].lemma.as_str(), "after" | "before" | "since");
    let participle = head(tokens, i).filter(|&p| late && tokens[i].deprel == "mark" && p > i)?;
    let subject = head(tokens, participle).filter(|&s| tokens[participle].deprel == "acl" && s > i)?;
    let clause = head(tokens, subject).filter(|&v| v > participle && tokens[subject].deprel == "nsubj")?;
    (tokens[clause].deprel == "advcl" && tokens[participle].xpos == "VBN" && is_finite(tokens, clause))
        .then_some(clause)
}

/// "warned that an assault would have consequences and deployed tanks", "freed 14 people being held in a house and detained
/// five": a past tense goes on with no infinitive and, if it has an object, with no participle, but with the clause around
/// it.
pub(super) fn second_clause(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    if token.deprel != "conj"
        || token.xpos != "VBD"
        || children(tokens, i).any(|t| t.deprel.starts_with("nsubj"))
    {
        return None;
    }
    let first = head(tokens, i).filter(|&h| h < i && matches!(tokens[h].xpos, "VB" | "VBN" | "VBG"))?;
    let bound = match tokens[first].xpos {
        "VB" => children(tokens, first).any(|t| t.xpos == "MD" || t.xpos == "TO" && t.deprel == "mark"),
        _ => {
            let object = children(tokens, i).any(|t| t.deprel == "obj");
            object && tokens[first].deprel == "acl" && !is_finite(tokens, first)
        }
    };
    let above = std::iter::successors(head(tokens, first), |&a| head(tokens, a)).take(6);
    above.into_iter().find(|&a| bound && a < i && is_finite(tokens, a))
}
