//! The phrase around a word, and whom it means.

use record::{ActorId, ActorMention, EntityKind, Upos};

use super::lexicon::Lexicon;
use super::roles::{Phrase, Scene, Weight};
use super::tree::Tree;

/// The phrase headed by word `h`, if it can be somebody or something in an event.
pub(super) fn phrase(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<Phrase> {
    // "dozens of traders": the traders.
    if lexicon.in_class("counts", tree.lemma(h))
        && let Some(of) = tree.by_relation(h, "nmod").find(|&c| c > h && tree.preposition(c) == "of")
    {
        let whole = tree.range(leftmost(tree, h));
        return phrase(tree, lexicon, scene, of).map(|p| Phrase { range: whole.cover(p.range), ..p });
    }
    // "One of its men": the men. One of nobody known stays a number.
    if tree.upos(h) == Upos::Num
        && let Some(of) = tree.by_relation(h, "nmod").find(|&c| c > h && tree.preposition(c) == "of")
        && let Some(p) = phrase(tree, lexicon, scene, of).filter(|p| p.actor.is_some())
    {
        return Some(Phrase { range: tree.range(leftmost(tree, h)).cover(p.range), ..p });
    }
    if let Some(called) = called_so(tree, h) {
        return phrase(tree, lexicon, scene, called);
    }
    let at = tree.range(h);
    if !scene.times_in(at).is_empty() || !tree.is_nominal(h) && tree.upos(h) != Upos::Adj {
        return None;
    }
    let first = leftmost(tree, h);
    let whole = tree.between(first, last_of_name(tree, h));
    if tree.form(h) == "it"
        && let Some(id) = scene.source(at)
    {
        return Some(Phrase { head: h, range: at, actor: Some(id.clone()), weight: Weight::Named });
    }
    if let Some(mention) = scene.mention(at) {
        let owned = || {
            owner_of(tree, lexicon, scene, h)
                .or_else(|| band_of(tree, lexicon, scene, h))
                .or_else(|| called(tree, scene, h))
        };
        let actor = match mention.rule {
            "role" => owned(),
            // "The planes of the coalition" are not those of the state that is near.
            "definite" => band_of(tree, lexicon, scene, h),
            // "The Norland ambassador, Jo Doe, accused them"
            "person" => called(tree, scene, h),
            _ => None,
        };
        let actor = actor.unwrap_or_else(|| mention.actor.clone());
        return Some(Phrase { head: h, range: mention.range, actor: Some(actor), weight: Weight::Named });
    }
    if tree.upos(h) == Upos::Pron {
        let own = matches!(tree.form(h), "we" | "us" | "i" | "me");
        let who = if own { scene.speaker(at) } else { None };
        return who.map(|id| Phrase { head: h, range: at, actor: Some(id.clone()), weight: Weight::Named });
    }
    if lexicon.in_class("phrasal", tree.lemma(h)) && tree.by_relation(h, "nmod").next().is_some() {
        return None;
    }
    if let Some(id) = scene.source(at).filter(|_| lexicon.in_class("documents", tree.lemma(h))) {
        return Some(Phrase { head: h, range: whole, actor: Some(id.clone()), weight: Weight::Named });
    }
    let name = scene.entity(at).map(|e| (e.kind, e.range)).filter(|(kind, _)| {
        matches!(
            kind,
            EntityKind::Per | EntityKind::Org | EntityKind::Norp | EntityKind::Loc | EntityKind::Fac
        )
    });
    let named = |(_, range)| Phrase { head: h, range, actor: None, weight: Weight::Named };
    // "The United Nations human rights office" is of whom it names.
    let office = matches!(name, Some((EntityKind::Org, _))) && lexicon.in_class("organs", tree.lemma(h));
    if let Some(found) = name.filter(|_| !office).map(named) {
        return Some(found);
    }
    // Its owner or make: "US troops", "the army of Israel" — but not "Iran-backed groups".
    let told = |&&c: &&usize| tree.upos(c) != Upos::Pron;
    let children = tree.children(h).iter();
    for c in children.clone().filter(told).chain(children.filter(|c| !told(c))).copied() {
        let owner = matches!(tree.deprel(c), "nmod:poss" | "amod" | "compound" | "nmod:desc")
            || (tree.deprel(c) == "nmod" && matches!(tree.preposition(c).as_str(), "of" | "from"));
        if owner
            && !is_hyphenated(tree, c)
            && !is_against(tree, h, c)
            && !is_kin(tree, lexicon, scene, h, c)
            && let Some(mention) = scene.mention(tree.range(c))
        {
            let band = || owner_of(tree, lexicon, scene, c).or_else(|| band_of(tree, lexicon, scene, c));
            let owned = if mention.rule == "role" { band() } else { None };
            let actor = Some(owned.unwrap_or_else(|| mention.actor.clone()));
            return Some(Phrase { head: h, range: whole, actor, weight: Weight::Named });
        }
    }
    if let Some(found) = name.map(named) {
        return Some(found);
    }
    if let Some(actor) = user(tree, lexicon, scene, h) {
        return Some(Phrase { head: h, range: whole, actor: Some(actor), weight: Weight::Named });
    }
    let members = tree.by_relation(h, "nmod").filter(|&c| tree.preposition(c) == "of");
    let weight = members.map(|c| described(lexicon, tree, c)).chain([described(lexicon, tree, h)]).max();
    let weight = weight.unwrap_or(Weight::Thing);
    Some(Phrase { head: h, range: whole, actor: None, weight })
}

/// "What it said were bases of the group", "what it described as a hideout", "what the army called a base": what it is called.
fn called_so(tree: &Tree, h: usize) -> Option<usize> {
    let told = tree.by_relation(h, "acl:relcl").find(|_| tree.form(h) == "what")?;
    let nominal = |&c: &usize| c > told && tree.is_nominal(c) && tree.upos(c) != Upos::Pron;
    match tree.lemma(told) {
        "say" | "believe" | "claim" | "allege" => {
            let is = |&c: &usize| tree.children(c).iter().any(|&b| tree.is(b, "cop"));
            let around = tree.head(h).into_iter().flat_map(|v| tree.by_relation(v, "obl"));
            tree.by_relation(told, "ccomp").chain(around).filter(nominal).find(is)
        }
        "describe" | "identify" | "regard" => {
            tree.by_relation(told, "obl").filter(nominal).find(|&c| tree.preposition(c) == "as")
        }
        "call" | "term" | "consider" => {
            ["xcomp", "obj", "ccomp"].iter().find_map(|r| tree.by_relation(told, r).find(nominal))
        }
        _ => None,
    }
}

/// Whose people are by a pronoun before them: "one of their fighters".
fn owner_of(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<ActorId> {
    let owner = tree.by_relation(h, "nmod:poss").find(|&c| tree.upos(c) == Upos::Pron)?;
    let mention = scene.mention(tree.range(owner)).filter(|_| !is_kin(tree, lexicon, scene, h, owner))?;
    Some(mention.actor.clone())
}

/// Whose armed people and staff are by a name behind them: "militants of the Front", "soldiers of the Norland army".
fn band_of(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<ActorId> {
    let armed = ["troops", "fighters", "police", "vessels", "serving"]
        .iter()
        .any(|of| lexicon.in_class(of, tree.lemma(h)));
    let behind = |&c: &usize| c > h && matches!(tree.preposition(c).as_str(), "of" | "from");
    let c = tree.by_relation(h, "nmod").find(behind).filter(|_| armed)?;
    // Not where they come from: "gunmen from Burma".
    let land =
        scene.entity_at(tree.range(c)) == Some(EntityKind::Loc) || !scene.places_in(tree.range(c)).is_empty();
    let named = |m: &&ActorMention| matches!(m.rule, "name" | "acronym" | "definite");
    let mention = scene.mention(tree.range(c)).filter(|m| !land && named(m))?;
    Some(mention.actor.clone())
}

/// The name that a body has beside what it is: "a little-known group, the Front, claimed", "a group that calls itself the
/// Front".
fn called(tree: &Tree, scene: &Scene, h: usize) -> Option<ActorId> {
    if tree.xpos(h).ends_with('S') {
        return None;
    }
    let name = |c: usize| {
        let mention = scene.mention(tree.range(c)).filter(|m| matches!(m.rule, "name" | "acronym"))?;
        Some(mention.actor.clone())
    };
    let behind = || tree.children(h).iter().copied().filter(|&c| c > h);
    let beside = behind().filter(|&c| matches!(tree.deprel(c), "appos" | "flat" | "nmod:desc"));
    let calling = behind()
        .filter(|&c| tree.deprel(c).starts_with("acl") && matches!(tree.lemma(c), "call" | "name" | "know"));
    let called = calling.flat_map(|c| tree.children(c).iter().copied().filter(move |&o| o > c));
    beside.chain(called.filter(|&o| tree.is_nominal(o))).find_map(name)
}

/// "The enemies of Norland": others than whom they are against.
fn is_against(tree: &Tree, h: usize, owner: usize) -> bool {
    let against =
        matches!(tree.lemma(h), "enemy" | "opponent" | "foe" | "critic" | "rival" | "adversary" | "victim");
    against && (tree.preposition(owner) == "of" || tree.is(owner, "nmod:poss"))
}

/// Whether an owner tells whose relatives or fellows people are, not whom they serve: "their children", "Ruiz's son",
/// "the wife of Ruiz".
fn is_kin(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize, owner: usize) -> bool {
    let is = |class: &str| lexicon.in_class(class, tree.lemma(h));
    // The men of a body are its own.
    if tree.form(owner) == "its" && matches!(tree.lemma(h), "man" | "member") {
        return false;
    }
    // "Relatives of the hostages" are no hostages, "a police officer's son" no police.
    if lexicon.in_class("kin", tree.lemma(h))
        && scene
            .mention(tree.range(owner))
            .is_some_and(|m| matches!(m.rule, "role" | "definite" | "person" | "title"))
    {
        return true;
    }
    let pronoun = tree.is(owner, "nmod:poss") && tree.upos(owner) == Upos::Pron;
    let person = (tree.is(owner, "nmod:poss") || tree.preposition(owner) == "of")
        && scene.entity_at(tree.range(owner)) == Some(EntityKind::Per);
    (pronoun || person) && is("victims") && !["troops", "fighters", "officials", "police"].into_iter().any(is)
}

/// Whose a thing is by a clause on it: "bases used by the militia", "a hotel housing peacekeepers".
fn user(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<ActorId> {
    let clauses = tree.by_relation(h, "acl").filter(|&c| lexicon.in_class("using", tree.lemma(c)));
    for clause in clauses {
        let args = super::args::of(tree, lexicon, clause);
        let users = if tree.xpos(clause) == "VBN" {
            args.subjects.iter().copied().chain(args.with(&["by", "to"])).collect()
        } else {
            args.objects
        };
        let found = users.into_iter().filter(|&u| u != h).find_map(|u| scene.mention(tree.range(u)));
        if let Some(mention) = found {
            return Some(mention.actor.clone());
        }
    }
    None
}

/// "Iran-backed", and "Iran" where the tokeniser splits it.
pub(super) fn is_hyphenated(tree: &Tree, i: usize) -> bool {
    let has = |j: usize| matches!(tree.form(j), "-" | "–");
    tree.form(i).contains("-b") || tree.form(i).contains("-l") || has(i + 1)
}

/// What the noun itself tells.
fn described(lexicon: &Lexicon, tree: &Tree, h: usize) -> Weight {
    let is = |classes: &[&str]| classes.iter().any(|class| lexicon.in_class(class, tree.lemma(h)));
    // "Government planes", "rebel boats"
    let manned = || {
        let crew = |&c: &usize| {
            c < h
                && tree.head(c) == Some(h)
                && ["services", "fighters", "garrisons"].iter().any(|of| lexicon.in_class(of, tree.lemma(c)))
        };
        is(&["vessels", "craft"]) && tree.children(h).iter().any(crew)
    };
    if tree.upos(h) == Upos::Propn
        || is(&["troops", "fighters", "officials", "police", "envoys", "bodies"])
        || manned()
    {
        Weight::Described
    } else if is(&["victims", "prisoners"]) || tree.upos(h) == Upos::Num {
        Weight::Person
    } else {
        Weight::Thing
    }
}

/// First word of a phrase without what follows its head.
fn leftmost(tree: &Tree, h: usize) -> usize {
    let mut first = h;
    for &c in tree.children(h) {
        if c < h
            && matches!(
                tree.deprel(c),
                "det"
                    | "amod"
                    | "compound"
                    | "nummod"
                    | "nmod:poss"
                    | "flat"
                    | "nmod:desc"
                    | "det:predet"
                    | "nmod"
            )
        {
            first = first.min(tree.spread(c).0);
        }
    }
    // A preposition that the tree hangs too low is no part of the phrase, nor is "at least".
    let bound = |i: usize| matches!(tree.form(i), "least" | "most") && i > 0 && tree.form(i - 1) == "at";
    let outside = |i: usize| matches!(tree.upos(i), Upos::Adp | Upos::Punct | Upos::Cconj | Upos::Verb);
    while first < h && (outside(first) || bound(first)) {
        first += 1;
    }
    first
}

fn last_of_name(tree: &Tree, h: usize) -> usize {
    tree.by_relation(h, "flat").filter(|&c| c > h).max().unwrap_or(h)
}
