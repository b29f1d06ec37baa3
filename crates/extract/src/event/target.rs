//! To whom it is done: objects, phrases and clauses around a trigger, in the order that its type asks for.

use record::{ActorId, Confidence, EventType, Mode, Upos};

use super::lexicon::Lexicon;
use super::links::is_part;
use super::of_doer::{is_of_means, of_doers};
use super::phrase::phrase;
use super::roles::{Phrase, Scene, Sides, Weight, actor, is_done_by, laid_to, owner};
use super::spot::{Candidate, Standing};
use super::tree::Tree;

/// Prepositions that lead to the target, by type and mode; the first group that gives somebody wins. `""` is the object.
fn target_slots(kind: EventType, mode: Option<Mode>, cameo: &str) -> &'static [&'static [&'static str]] {
    use EventType::*;
    match kind {
        // "withdrew troops from", "returned the statue to".
        Retreat | Concede | Sanction if mode == Some(Mode::Withdraw) => {
            &[&["from"], &["", "on", "against", "to", "with", "of", "in"]]
        }
        Retreat if cameo == "084" => &[&["to"], &["", "of", "in"]],
        Agree => &[&["with", "to"], &["", "for"]],
        Consult => &[&["with"], &["", "to"]],
        Support => &[&[""], &["for", "with", "to", "of", "between"]],
        Concede => &[&["to", "with"], &["", "on", "of", "against", "in"]],
        Cooperate => &[&["with"], &["", "to"]],
        Aid => &[&["to", "for"], &["", "in", "of", "into"]],
        Retreat => &[&[""], &["to", "from", "of", "on", "with", "against", "in"]],
        Request => &[&["on", "from"], &[""], &["to", "with", "for"]],
        Accuse => &[&["against"], &[""], &["of", "on", "into", "at", "to", "with", "over", "about"]],
        Reject => &[&[""], &["of", "to", "from", "with", "by", "on", "against"]],
        Threaten => &[&["against", "to"], &["", "with", "on", "of"]],
        Protest => &[&["against"], &["at", "outside", "in front of", "before", "", "over"]],
        Sanction => &[&["on", "against", "to", "with"], &["", "from", "of", "in"]],
        Mobilize => &[&["against"], &["near", "on", "to", "toward", "towards", "in"]],
        Coerce => &[&["", "on", "against"], &["of", "from", "in"]],
        // "set fire to the hall"
        Assault if mode == Some(Mode::Destroy) => {
            &[&["", "against"], &["to", "on", "at", "into", "of", "in"]]
        }
        // "dragged her into a van"
        Assault if mode == Some(Mode::Abduct) => &[&["", "against"], &["on", "of"]],
        Assault => {
            &[&["", "against"], &["on", "at", "into", "through", "upon", "of", "toward", "towards", "with"]]
        }
    }
}

/// Whom it concerns that somebody agrees, refuses, asks or threatens to do something: whom the deed would be done to
/// ("agreed to lift sanctions on", "threatened to shell").
pub(super) fn intended(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
    sides: &mut Sides,
) {
    if c.is_noun() {
        return;
    }
    // "signed an accord to supply them": what its object is for.
    let objects = c.args().objects.iter().flat_map(|&o| tree.by_relation(o, "acl"));
    let objects = objects.filter(|&d| tree.xpos(d) == "VB");
    let deeds = c.args().complements.iter().copied().filter(|&d| is_deed(tree, d)).chain(objects);
    for deed in deeds.filter(|&d| d > c.core()) {
        // "charged that she is being held by the police": they are accused.
        if c.kind == EventType::Accuse && tree.is(deed, "ccomp") {
            let told = super::args::of(tree, lexicon, deed);
            if told.passive && !told.subjects.is_empty() {
                let by = told.subjects.iter().filter_map(|&s| actor(tree, lexicon, scene, s));
                sides.targets.extend(by.map(|p| (p, Confidence::Fact)));
                return;
            }
        }
        // "Vowed that it would not let the north build a bomb": the north is warned.
        if c.kind == EventType::Threaten && matches!(tree.lemma(deed), "let" | "allow" | "permit") {
            let kept = tree.by_relation(deed, "obj").filter_map(|o| actor(tree, lexicon, scene, o));
            sides.targets.extend(kept.map(|p| (p, Confidence::Fact)));
            return;
        }
        // "demanded that the army leave": the army is asked.
        let own = tree.by_relation(deed, "nsubj").find(|&s| tree.upos(s) != Upos::Pron);
        if let Some(subject) = own.filter(|_| tree.is(deed, "ccomp")) {
            let somebody = actor(tree, lexicon, scene, subject);
            // "The Ruritanian minister warned that Ruritania would answer any attack": no threat to itself, nor a promise.
            let threatens = matches!(c.kind, EventType::Threaten | EventType::Agree);
            if !(threatens && somebody.as_ref().is_some_and(|p| is_own_side(p, sides))) {
                sides.targets.extend(somebody.map(|p| (p, Confidence::Fact)));
                return;
            }
        }
        let said = all.iter().find(|o| o.core() == deed || tree.head(o.core()) == Some(deed) && o.is_noun());
        match said {
            Some(o) => targets(tree, lexicon, scene, o, all, sides),
            None => {
                let args = super::args::of(tree, lexicon, deed);
                let phrases =
                    args.phrases.iter().filter(|(p, _)| TOWARD.contains(&p.as_str())).map(|&(_, h)| h);
                let somebody = phrases.chain(args.objects.iter().copied().filter(|&o| o > deed));
                let found = somebody.filter_map(|h| actor(tree, lexicon, scene, h)).next();
                sides.targets.extend(found.map(|p| (p, Confidence::Fact)));
            }
        }
        if !sides.targets.is_empty() {
            return;
        }
    }
}

/// Whether somebody is one of the doers, or the state of one.
fn is_own_side(p: &Phrase, sides: &Sides) -> bool {
    let theirs = |id: &ActorId| {
        sides.actors.iter().filter_map(|(a, _)| a.actor.as_ref()).any(|a| a == id || is_part(id, a))
    };
    p.actor.as_ref().is_some_and(theirs)
}

/// Prepositions that lead to whom a deed is done.
const TOWARD: &[&str] = &["to", "on", "against", "with", "for", "from", "of", "in", "into"];

/// Whether a clause is what its verb or adjective is about, and not why or when.
fn is_deed(tree: &Tree, clause: usize) -> bool {
    tree.is(clause, "xcomp")
        || tree.is(clause, "ccomp")
        || (tree.is(clause, "advcl") && tree.head(clause).is_some_and(|h| tree.upos(h) == Upos::Adj))
}

/// What a general word stands for where the text lists it: "groups such as X and Y".
fn listed(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Vec<Phrase> {
    let list = tree
        .by_relation(h, "nmod")
        .filter(|&c| c > h && matches!(tree.preposition(c).as_str(), "such as" | "including" | "like"));
    let all = list.flat_map(|c| tree.with_conjuncts(c));
    all.filter_map(|c| phrase(tree, lexicon, scene, c)).filter(|p| p.weight == Weight::Named).collect()
}

/// "The strikes focused on", "were aimed at": what the verb above points at.
fn pointed_at(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Vec<usize> {
    let Some(h) = tree.head(c.core()) else { return Vec::new() };
    let subject = matches!(tree.deprel(c.core()), "nsubj" | "nsubj:pass");
    if !c.is_noun() || !subject || !lexicon.in_class("pointing", tree.lemma(h)) {
        return Vec::new();
    }
    let args = super::args::of(tree, lexicon, h);
    let objects = args.objects.iter().copied().filter(|&o| o != c.core());
    objects.chain(args.with(&["on", "at", "against"])).collect()
}

/// "The bank was the target of an attack", "became the victim of a bombing", "the mayor, victim of an attack": who was.
fn victim_of(tree: &Tree, c: &Candidate) -> Vec<usize> {
    let victim = tree.head(c.core()).filter(|&h| {
        c.is_noun()
            && tree.preposition(c.core()) == "of"
            && matches!(tree.lemma(h), "target" | "victim" | "object")
    });
    let Some(victim) = victim else { return Vec::new() };
    let above = tree.head(victim);
    let verb = above.filter(|&v| tree.is(victim, "xcomp") && matches!(tree.lemma(v), "become" | "remain"));
    match above.filter(|_| tree.is(victim, "appos")) {
        Some(somebody) => vec![somebody],
        None => tree.by_relation(verb.unwrap_or(victim), "nsubj").collect(),
    }
}

/// Whom it is done to: the first group of slots that gives somebody, else who is named further down.
pub(super) fn targets(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
    sides: &mut Sides,
) {
    let args = c.args();
    let laid = if c.is_noun() { laid_to(tree, lexicon, scene, c.core()) } else { Vec::new() };
    let is_event = |h: usize| {
        all.iter().any(|o| o.core() == h && o.is_noun() && o.kind != c.kind && o.standing == Standing::Event)
    };
    let behind_of = of_doers(tree, lexicon, scene, c);
    let mut support_args = None;
    // "Carried out bombings against civilians and the murder of a priest": the first of them alone.
    if let Some((verb, _)) = c.support.filter(|_| !tree.is(c.core(), "conj")) {
        support_args = Some(super::args::of(tree, lexicon, verb));
    }
    // What is told as to come has another type, but the same sides.
    let entry = c.found.entry;
    for group in target_slots(entry.kind, entry.mode, &entry.cameo) {
        let mut found: Vec<Phrase> = Vec::new();
        for &slot in *group {
            let mut heads: Vec<usize> = if slot.is_empty() {
                // "near the town, A and B were taken": a phrase that the parser takes for the subject is none.
                let phrase = |h: usize| tree.is(h, "nsubj") && !tree.preposition(h).is_empty();
                let objects: Vec<usize> = args.objects.iter().copied().filter(|&h| !phrase(h)).collect();
                // "women said that they had been beaten"
                if c.is_noun() { Vec::new() } else { super::roles::named(tree, lexicon, scene, &objects) }
            } else if slot == "of"
                && (c.found.entry.flags.of_actor || c.is_noun() && is_done_by(tree, c.core()))
            {
                Vec::new()
            } else {
                args.with(&[slot]).collect()
            };
            if c.kind == EventType::Assault && slot == "on" {
                heads.extend(pointed_at(tree, lexicon, c));
                heads.extend(victim_of(tree, c));
            }
            if let Some(support) = &support_args
                && !slot.is_empty()
            {
                heads.extend(support.with(&[slot]));
            }
            for h in heads {
                // What hangs on an event noun belongs to that event ("denounced the strikes against them").
                let above = tree.head(h).filter(|&a| a != c.core());
                let foreign = above.is_some_and(is_event);
                // "alleging a threat to them": a phrase of the object tells what is alleged, not who is accused.
                let alleged =
                    c.kind == EventType::Accuse && slot == "to" && above.is_some_and(|a| tree.is_nominal(a));
                // "an act of aggression": a part of the trigger.
                let own = c.is_noun() && c.found.span.0 <= h && h <= c.found.span.1;
                // "hit it with rockets", but "clashed with the army".
                let means = slot == "with" && c.kind == EventType::Assault && !entry.flags.mutual;
                // "fired into the air", "exploded at the same time"
                // "Shot a soldier at the border": where, since it is told whom.
                let whom = || {
                    args.objects
                        .iter()
                        .any(|&o| o != h && !tree.form(o).contains("sel") && !is_weapon(tree, lexicon, c, o))
                };
                let scene_of = slot == "at" && c.kind == EventType::Assault && !c.is_noun() && whom();
                // "His arrest in Rotterdam on new charges"
                let taken = c.kind == EventType::Coerce && c.mode == Some(Mode::Arrest);
                let taken = taken && (slot == "in" && is_place(tree, lexicon, scene, h) || slot == "on");
                // "An inquiry into claims that they beat children": a verb is nobody.
                let verb = tree.is_verb(h) && !super::args::is_doing(tree, h) && tree.form(h).ends_with("ed");
                let nobody = scene_of
                    || taken
                    || verb
                    || slot == "into" && matches!(tree.lemma(h), "air" | "sky")
                    || matches!(slot, "at" | "in" | "on") && lexicon.in_class("moments", tree.lemma(h));
                // "lodge a complaint with the council": where it is lodged.
                let desk = slot == "with" && is_desk(tree, lexicon, c, h);
                let of = slot == "of" && (behind_of.contains(&h) || is_of_means(tree, lexicon, c, h));
                let nobody = nobody || of;
                if h == c.core() || foreign || alleged || own || means || nobody || desk || laid.contains(&h)
                {
                    continue;
                }
                match all.iter().find(|o| o.core() == h && o.is_noun()) {
                    // "condemned the attack by X": whoever did it is the one condemned.
                    Some(_) if c.kind != EventType::Assault => {
                        found.extend(owner(tree, lexicon, scene, h, all));
                    }
                    Some(_) => {}
                    None => {
                        // "an attempt on the life of the senator"
                        let life = matches!(slot, "on" | "") && matches!(tree.lemma(h), "life" | "throat");
                        let whose = |i: &usize| {
                            tree.is(*i, "nmod:poss") || tree.is(*i, "nmod") && tree.preposition(*i) == "of"
                        };
                        let owner = tree.children(h).iter().copied().find(whose).filter(|_| life);
                        let h = owner.unwrap_or(h);
                        let somebody = phrase(tree, lexicon, scene, h);
                        let members = listed(tree, lexicon, scene, h);
                        if !members.is_empty() {
                            found.extend(members);
                            continue;
                        }
                        found.extend(somebody.filter(|p| {
                            let weapon = slot.is_empty() && is_weapon(tree, lexicon, c, h);
                            let occupied = || {
                                c.kind == EventType::Protest
                                    && slot.is_empty()
                                    && ["sites", "ways"].iter().any(|of| lexicon.in_class(of, tree.lemma(h)))
                            };
                            ((fits(c.kind, slot, p) || occupied()) && !weapon)
                                || (slot == "in" && is_place(tree, lexicon, scene, h))
                        }));
                    }
                }
            }
        }
        // Nobody does it to himself: "expressed their outrage over the raid".
        found.retain(|p| {
            entry.flags.mutual || p.actor.is_none() || !sides.actors.iter().any(|(a, _)| a.actor == p.actor)
        });
        if !found.is_empty() {
            // "burned the homes of villagers", "commuted the sentences of 390 prisoners": whose they are.
            let things =
                found.iter().filter(|p| p.weight == Weight::Thing && p.actor.is_none()).map(|p| p.head);
            let owners = |h: usize| {
                tree.children(h).iter().copied().filter(move |&o| {
                    tree.is(o, "nmod:poss") && tree.upos(o) != Upos::Pron
                        || tree.is(o, "nmod") && tree.preposition(o) == "of"
                })
            };
            let owners: Vec<usize> = things.flat_map(owners).collect();
            let people = |o: &usize| {
                scene.mention_at(tree.range(*o))
                    || ["victims", "officials", "prisoners", "fighters", "troops"]
                        .iter()
                        .any(|of| lexicon.in_class(of, tree.lemma(*o)))
            };
            if !c.is_noun() {
                let owners = owners.into_iter().filter(people);
                found.extend(owners.filter_map(|o| actor(tree, lexicon, scene, o)));
            }
            // "was killed along with two guards"
            if c.kind == EventType::Assault {
                let along: Vec<usize> = args.with(&["along with", "together with", "as well as"]).collect();
                found.extend(along.into_iter().filter_map(|h| actor(tree, lexicon, scene, h)));
            }
            sides.targets.extend(found.into_iter().map(|p| (p, Confidence::Fact)));
            return;
        }
    }
    if matches!(c.mode, Some(Mode::Explosives | Mode::SuicideAttack)) {
        sides.targets.extend(beside(tree, lexicon, scene, c, all).into_iter().map(|p| (p, Confidence::Fact)));
        if !sides.targets.is_empty() {
            return;
        }
    }
    // "welcomed the resumption of ties with X": further down in what it is done to.
    if !c.is_noun() {
        let mut below = args.objects.iter().copied().filter(|&o| !is_event(o));
        let named = below.find_map(|o| Some(deeper(tree, lexicon, scene, o)).filter(|d| !d.is_empty()));
        sides.targets.extend(named.into_iter().flatten().map(|p| (p, Confidence::Fact)));
    }
}

/// Whether a charge is brought before those whom word `h` means: "filed a suit with the court", "a complaint with the
/// council". A protest with a government is directed at it.
pub(super) fn is_desk(tree: &Tree, lexicon: &Lexicon, c: &Candidate, h: usize) -> bool {
    let verb = |i: usize| matches!(tree.lemma(i), "lodge" | "file" | "register" | "submit" | "bring");
    let core = c.core();
    let lodged = verb(core) || tree.head(core).is_some_and(verb);
    lodged
        && c.kind == EventType::Accuse
        && matches!(tree.preposition(h).as_str(), "with" | "to" | "before" | "at")
        && lexicon.in_class("desks", &tree.lemma(h).to_lowercase())
}

/// What an explosion is told to have been at: "went off in front of a bank", "a blast near the embassy", "a bomb
/// thrown at the offices", "the bombing took place outside a school".
fn beside(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, all: &[Candidate]) -> Vec<Phrase> {
    const AT: &[&str] = &[
        "at", "in", "near", "outside", "inside", "under", "beside", "by", "behind", "opposite", "against",
        "on",
    ];
    const SIDES: &[&str] = &[
        "front",
        "entrance",
        "door",
        "vicinity",
        "rear",
        "back",
        "gate",
        "side",
        "outside",
        "interior",
        "foot",
        "proximity",
        "basement",
        "roof",
        "branch",
    ];
    let core = c.core();
    let mut around = c.args().phrases.clone();
    if c.is_noun() {
        // What the noun's own verb says of where: "was placed in", "occurred outside".
        let verbs = tree
            .by_relation(core, "acl")
            .chain(tree.head(core).filter(|_| tree.is(core, "nsubj") || tree.is(core, "obj")));
        // A verb that is an event itself tells it.
        let own = |v: usize| tree.is_verb(v) && !all.iter().any(|o| o.core() == v);
        let verbs: Vec<usize> = verbs.filter(|&v| own(v)).collect();
        for v in verbs {
            around.extend(super::args::of(tree, lexicon, v).phrases.into_iter().filter(|&(_, h)| h > v));
        }
    }
    let mut found: Vec<(String, Phrase)> = Vec::new();
    for (preposition, h) in around.into_iter().filter(|(p, h)| AT.contains(&p.as_str()) && *h > core) {
        let part = SIDES.contains(&tree.lemma(h));
        let of = || tree.by_relation(h, "nmod").find(|&n| tree.preposition(n) == "of");
        let Some(h) = (if part { of() } else { Some(h) }) else { continue };
        let vague = ["places", "abstract", "quantities", "attacks"];
        let land = !scene.places_in(tree.range(h)).is_empty()
            || vague.iter().any(|class| lexicon.in_class(class, tree.lemma(h)));
        let thing = tree.upos(h) == Upos::Noun
            || tree.upos(h) == Upos::Propn && tree.by_relation(h, "det").next().is_some();
        // Things that a phrase lists belong together, of further phrases only the first counts.
        let first = found.first().is_none_or(|(p, _)| *p == preposition);
        if !land
            && thing
            && first
            && let Some(p) = phrase(tree, lexicon, scene, h)
        {
            found.push((preposition, p));
        }
    }
    found.into_iter().map(|(_, p)| p).collect()
}

/// The first named phrases down a chain of phrases: "ban" - "on imports" - "of Kenyan goods".
fn deeper(tree: &Tree, lexicon: &Lexicon, scene: &Scene, top: usize) -> Vec<Phrase> {
    let mut at = top;
    for _ in 0..3 {
        let toward = |&c: &usize| {
            let preposition = tree.preposition(c);
            c > at
                && matches!(preposition.as_str(), "to" | "on" | "against" | "with" | "for" | "of" | "between")
        };
        let named = |&i: &usize| phrase(tree, lexicon, scene, i).filter(|p| p.weight == Weight::Named);
        // "Condemned the acts committed by Norland against the union"
        let done = tree.by_relation(at, "acl").flat_map(|v| tree.by_relation(v, "obl:agent"));
        let doers: Vec<Phrase> = done.filter_map(|i| named(&i)).collect();
        if !doers.is_empty() {
            return doers;
        }
        let Some(next) = tree.by_relation(at, "nmod").find(toward) else { break };
        if named(&next).is_some() {
            return tree.with_conjuncts(next).iter().filter_map(named).collect();
        }
        at = next;
    }
    Vec::new()
}

/// Whether a phrase is what is shot or set off, not who is shot at: "fired two shells at the port", "planted a bomb".
fn is_weapon(tree: &Tree, lexicon: &Lexicon, c: &Candidate, h: usize) -> bool {
    // "a grenade thrown at a post": the verb hangs on what it has for an object.
    let below = !c.is_noun() && tree.head(c.core()) == Some(h);
    let verb = if below { tree.lemma(c.core()) } else { tree.head(h).map_or("", |v| tree.lemma(v)) };
    let is = |class| lexicon.in_class(class, tree.lemma(h));
    match verb {
        "fire" | "launch" | "lob" | "shoot" | "throw" | "hurl" | "rain" | "unleash" => {
            is("weapons") || is("shots") || is("explosives") || is("thrown")
        }
        "detonate" | "plant" | "place" | "set" | "trigger" | "explode" | "activate" | "drop" | "leave"
        | "hide" | "conceal" | "lay" | "rig" | "attach" | "deposit" | "use" | "employ" | "strike" | "hit" => {
            is("explosives")
        }
        "ram" | "slam" | "crash" | "drive" | "plow" | "plough" => {
            is("vehicles") && c.args().with(&["into", "at"]).next().is_some()
        }
        _ => false,
    }
}

/// Whether a phrase is headed by a place or a word for one ("parts of Kashmir", "the town").
fn is_place(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> bool {
    let named = |i: usize| !scene.places_in(tree.range(i)).is_empty();
    let part = |i: &usize| tree.preposition(*i) == "of" && named(*i);
    named(h) || lexicon.in_class("territory", tree.lemma(h)) || tree.by_relation(h, "nmod").any(|i| part(&i))
}

/// Whether a phrase can be the target in this slot.
fn fits(kind: EventType, slot: &str, p: &Phrase) -> bool {
    use EventType::*;
    let physical = matches!(kind, Assault | Coerce | Mobilize | Sanction);
    match slot {
        "" => physical || p.weight > Weight::Thing,
        "to" if kind == Assault => true,
        "on" | "against" | "at" | "of" | "into" | "through" => p.weight > Weight::Thing || physical,
        _ => p.weight > Weight::Thing,
    }
}
