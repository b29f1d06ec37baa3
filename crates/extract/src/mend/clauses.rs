//! Whose clause it is: what stands behind "said", behind a noun, and before "said".

use record::{Token, Upos};

use super::{children, comma_before, head, is_below, is_finite, number, words};

/// "Fighters overran the base, officials said on Tuesday, killing ten": not what they say next, but what came of the deed.
pub(super) fn told_outcome(tokens: &[Token], i: usize) -> Option<usize> {
    let harm = tokens[i].xpos == "VBG" && words("harm").contains(tokens[i].lemma.as_str());
    let said = head(tokens, i).filter(|&s| {
        s < i && tokens[i].deprel == "ccomp" && words("says").contains(tokens[s].lemma.as_str())
    })?;
    let told = |t: usize| {
        head(tokens, t) == Some(said)
            && matches!(tokens[t].deprel, "ccomp" | "parataxis")
            && tokens[t].upos == Upos::Verb
    };
    (0..said).rev().find(|&t| harm && comma_before(tokens, i) && told(t))
}

/// The word that stands for the noun in a clause of it, "that" or "which".
fn relative(tokens: &[Token], verb: usize) -> Option<usize> {
    let which = |w: usize| {
        head(tokens, w) == Some(verb)
            && tokens[w].deprel == "nsubj"
            && matches!(tokens[w].lemma.as_str(), "that" | "which")
    };
    (0..verb).find(|&w| tokens[verb].deprel == "acl:relcl" && which(w))
}

/// "Detained 18 people following a fire that killed ten": the clause is of the noun right before it, not of one further left
/// that does not hold that noun.
pub(super) fn of_the_noun(tokens: &[Token], i: usize) -> Option<usize> {
    let which = relative(tokens, i)?;
    let noun = which.checked_sub(1).filter(|&n| matches!(tokens[n].upos, Upos::Noun | Upos::Propn))?;
    let day = ["days", "spans"].iter().any(|g| words(g).contains(tokens[noun].lemma.to_lowercase().as_str()));
    // "Four people after a blaze that killed two"
    let behind = |t: &Token| {
        t.deprel == "case" && matches!(t.lemma.as_str(), "follow" | "following" | "after" | "over" | "amid")
    };
    let harm = words("harm").contains(tokens[i].lemma.as_str());
    let far = head(tokens, i).filter(|&h| {
        h < noun
            && (!is_below(tokens, noun, h)
                || harm && head(tokens, noun) == Some(h) && children(tokens, noun).any(behind))
    })?;
    let phrase = matches!(tokens[noun].deprel, "obl" | "obj" | "nmod");
    (phrase && !day && !is_below(tokens, noun, i) && tokens[far].upos != Upos::Verb).then_some(noun)
}

/// "The family of Jo Roe (26), who was found dead": what is told of somebody named right before is not told of his family.
pub(super) fn of_whom(tokens: &[Token], i: usize) -> Option<usize> {
    let who = (0..i).find(|&w| {
        head(tokens, w) == Some(i) && tokens[w].deprel.starts_with("nsubj") && tokens[w].lemma == "who"
    })?;
    let family = head(tokens, i).filter(|&f| {
        tokens[i].deprel == "acl:relcl" && words("whose").contains(tokens[f].lemma.to_lowercase().as_str())
    })?;
    let of = |&n: &usize| {
        head(tokens, n) == Some(family)
            && tokens[n].deprel == "nmod"
            && tokens[n].upos == Upos::Propn
            && children(tokens, n).any(|t| t.deprel == "case" && t.lemma == "of")
    };
    let one = !children(tokens, i).any(|t| t.deprel.starts_with("aux") && t.xpos == "VBP");
    (family + 1..who).rev().find(of).filter(|_| one)
}

/// "Clashes with the police that left two dead": what harmed people is the deed, not those who had a part in it.
pub(super) fn of_the_deed(tokens: &[Token], i: usize) -> Option<usize> {
    relative(tokens, i)?;
    let harm = words("harm").contains(tokens[i].lemma.as_str());
    let mut party = head(tokens, i).filter(|&p| harm && p < i)?;
    for _ in 0..6 {
        match head(tokens, party).filter(|&h| h < party && tokens[party].deprel == "conj") {
            Some(first) => party = first,
            None => break,
        }
    }
    let fits = |t: &Token| {
        t.deprel == "case" && matches!(t.lemma.as_str(), "with" | "between" | "on" | "against" | "by")
    };
    let deed = head(tokens, party).filter(|&d| d < party && tokens[party].deprel == "nmod")?;
    let blow = ["blows", "harmed"].iter().any(|g| words(g).contains(tokens[deed].lemma.as_str()));
    (blow && tokens[deed].upos == Upos::Noun && children(tokens, party).any(fits)).then_some(deed)
}

/// "Resigned after protests calling for his removal": those who protest call for it. Gives the noun, and its preposition where that
/// hangs on the clause.
pub(super) fn voiced(tokens: &[Token], i: usize) -> Option<(usize, Option<usize>)> {
    let speaks = ["spoken", "adds"].iter().any(|g| words(g).contains(tokens[i].lemma.as_str()));
    let noun = i
        .checked_sub(1)
        .filter(|&n| tokens[n].upos == Upos::Noun && words("voices").contains(tokens[n].lemma.as_str()))?;
    let verb = head(tokens, i).filter(|&v| v < noun && tokens[i].deprel == "advcl")?;
    // The preposition of the noun may have been taken for a word that opens the clause.
    let mark = (0..i).find(|&m| head(tokens, m) == Some(i) && tokens[m].deprel == "mark");
    let own = |m: usize| {
        m < noun && matches!(tokens[m].lemma.as_str(), "after" | "before" | "amid" | "following" | "since")
    };
    let fits = head(tokens, noun) == Some(verb) && tokens[noun].deprel != "nsubj" && mark.is_none_or(own);
    (speaks && tokens[i].xpos == "VBG" && fits).then_some((noun, mark))
}

/// "…, activists and a doctor": the noun right before the "and" of one that is joined to another.
pub(super) fn first_of_two(tokens: &[Token], last: usize) -> Option<usize> {
    let and = (0..last).rfind(|&c| head(tokens, c) == Some(last) && tokens[c].deprel == "cc")?;
    let first = and.checked_sub(1).filter(|&f| matches!(tokens[f].upos, Upos::Noun | Upos::Propn))?;
    (tokens[first].deprel == "obj" && head(tokens, last).is_some_and(|h| h < first)).then_some(first)
}

/// Whether a noun that is joined to one before the speaker, who was taken for a second object, speaks with him.
pub(super) fn ends_with(relation: &str, next: &Token, speaker: usize) -> bool {
    relation == "obj" && next.head < number(speaker) && matches!(next.upos, Upos::Noun | Upos::Propn)
}

/// "In retaliation for an ambush last week by the Front": who stands behind "by" did the deed right before, not the answer to it.
pub(super) fn done_by(tokens: &[Token], i: usize) -> Option<usize> {
    let by = |t: &Token| t.deprel == "case" && t.lemma == "by";
    let answer = head(tokens, i).filter(|&h| {
        h < i && tokens[i].deprel == "nmod" && tokens[h].upos == Upos::Noun && children(tokens, i).any(by)
    })?;
    let deed = |&n: &usize| {
        head(tokens, n) == Some(answer)
            && tokens[n].deprel == "nmod"
            && (words("harmed").contains(tokens[n].lemma.as_str())
                || words("blows").contains(tokens[n].lemma.as_str()))
    };
    (answer + 1..i).rev().find(deed)
}

/// "The ministry said that its troops had struck a camp, and denied that a school was hit": whoever says the one denies the
/// other. Gives the verb of saying.
pub(super) fn told_beside(tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    let speaks = words("answers").contains(token.lemma.as_str());
    let own = children(tokens, i).any(|t| t.deprel.starts_with("nsubj") || t.deprel.starts_with("aux"));
    if token.deprel != "conj" || !speaks || own || !matches!(token.xpos, "VBD" | "VBZ") {
        return None;
    }
    let told = head(tokens, i).filter(|&h| h < i && tokens[h].deprel == "ccomp" && is_finite(tokens, h))?;
    let said = head(tokens, told).filter(|&v| v < told && tokens[v].xpos == token.xpos)?;
    let marked = children(tokens, told).any(|t| t.deprel == "mark" && t.lemma == "that");
    let spoken =
        |v: usize| ["says", "spoken", "adds"].iter().any(|of| words(of).contains(tokens[v].lemma.as_str()));
    (marked && spoken(said) && !spoken(told)).then_some(said)
}
