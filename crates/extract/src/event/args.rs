//! Who and what stands around a trigger: subject, object, phrases and clauses, seen through passives, relative
//! clauses, participles, coordination and control.

use record::Upos;

use super::lexicon::{Cue, Lexicon};
use super::tree::Tree;

/// The dependents of a trigger by their deep role. All are indices of head words.
#[derive(Debug, Clone, Default)]
pub(super) struct Args {
    /// Logical subjects: who does it. For a noun its possessor.
    pub(super) subjects: Vec<usize>,
    /// Logical objects: to whom.
    pub(super) objects: Vec<usize>,
    /// Other phrases with their prepositions.
    pub(super) phrases: Vec<(String, usize)>,
    /// Clauses that complete it.
    pub(super) complements: Vec<usize>,
    /// Modifiers of a noun, adverbs of a verb.
    pub(super) modifiers: Vec<usize>,
    /// Whether a verb is passive.
    pub(super) passive: bool,
}

impl Args {
    /// The heads of phrases with one of these prepositions.
    pub(super) fn with<'a>(&'a self, prepositions: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.phrases.iter().filter(|(p, _)| prepositions.contains(&p.as_str())).map(|&(_, i)| i)
    }
}

const DEPTH: usize = 5;

/// The arguments of word `i`.
pub(super) fn of(tree: &Tree, lexicon: &Lexicon, i: usize) -> Args {
    if tree.is_verb(i) || (tree.upos(i) == Upos::Adj) {
        of_verb(tree, lexicon, i, DEPTH)
    } else if is_doing(tree, i) {
        let mut args = of_noun(tree, i);
        args.objects = args.with(&["of"]).collect();
        args.subjects.extend(args.phrases.iter().filter(|(p, _)| p == "by").map(|&(_, w)| w));
        args.phrases.retain(|(p, _)| p != "of" && p != "by");
        args
    } else {
        of_noun(tree, i)
    }
}

/// "The expelling of the envoy", "the sealing of the camp": a noun made of a verb, with what it is done to.
pub(super) fn is_doing(tree: &Tree, i: usize) -> bool {
    tree.upos(i) == Upos::Noun
        && tree.form(i).ends_with("ing")
        && tree.lemma(i) != tree.form(i)
        && tree.by_relation(i, "nmod").any(|c| tree.preposition(c) == "of")
}

fn of_verb(tree: &Tree, lexicon: &Lexicon, i: usize, depth: usize) -> Args {
    let mut args = Args { passive: is_passive(tree, lexicon, i), ..Args::default() };
    for &c in tree.children(i) {
        match tree.deprel(c) {
            "nsubj:pass" if args.passive || !is_active(tree, i) => {
                args.objects.extend(antecedents(tree, lexicon, i, c))
            }
            "nsubj" | "nsubj:outer" | "csubj" if args.passive => {
                args.objects.extend(antecedents(tree, lexicon, i, c))
            }
            "nsubj" | "nsubj:outer" | "nsubj:pass" => args.subjects.extend(antecedents(tree, lexicon, i, c)),
            "obj" | "iobj" => args.objects.extend(antecedents(tree, lexicon, i, c)),
            "xcomp" | "ccomp" => args.complements.push(c),
            "advcl" | "advcl:relcl" | "parataxis" => args.complements.push(c),
            "advmod" | "amod" | "compound" | "compound:prt" | "nmod:poss" | "det" => args.modifiers.push(c),
            r if r == "obl:agent" || r.starts_with("obl") || r.starts_with("nmod") => {
                let preposition = tree.preposition(c);
                for n in tree.with_conjuncts(c) {
                    if preposition == "by" && args.passive {
                        args.subjects.push(n);
                    } else {
                        args.phrases.push((preposition.clone(), n));
                    }
                }
            }
            _ => {}
        }
    }
    // "In Northport, the president's home town, crowds looted a shop": what the town is does nothing.
    let town = |s: usize| lexicon.in_class("places", tree.lemma(s)) && tree.form(s + 1) == ",";
    if args.subjects.iter().any(|&s| !town(s)) {
        args.subjects.retain(|&s| !(town(s) && tree.is(s, "nsubj") && comma_before(tree, s)));
    }
    // A phrase that hangs on the object may belong to the verb ("launched attacks on X").
    for o in args.objects.clone() {
        for c in tree.by_relation(o, "nmod") {
            if !tree.is(c, "nmod:poss") {
                args.phrases.extend(tree.with_conjuncts(c).into_iter().map(|n| (tree.preposition(c), n)));
            }
        }
    }
    if depth > 0 {
        inherit(tree, lexicon, i, &mut args, depth - 1);
    }
    args
}

/// Whether a comma stands before the phrase headed by word `i`.
fn comma_before(tree: &Tree, i: usize) -> bool {
    let first = tree.spread(i).0;
    first > 0 && tree.form(first - 1) == "," || tree.form(first) == ","
}

/// Whether a verb is in the passive: by its auxiliary or as a participle after its noun.
pub(super) fn is_passive(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let children = tree.children(i);
    let marked = children.iter().any(|&c| matches!(tree.deprel(c), "aux:pass" | "nsubj:pass" | "obl:agent"));
    if marked && !is_active(tree, i) {
        return true;
    }
    if is_headline(tree, lexicon, i) || is_unsaid(tree, lexicon, i) {
        return true;
    }
    if tree.xpos(i) != "VBN" || children.iter().any(|&c| tree.is(c, "aux")) {
        return false;
    }
    match tree.deprel(i) {
        "acl" | "amod" => true,
        "advcl" | "conj" | "root" | "parataxis" => {
            !children.iter().any(|&c| matches!(tree.deprel(c), "nsubj" | "obj"))
                && (tree.deprel(i) != "conj" || tree.head(i).is_some_and(|h| is_passive_shallow(tree, h)))
        }
        "xcomp" => !children.iter().any(|&c| tree.is(c, "obj")),
        _ => false,
    }
}

/// "The driver was killed and his guard wounded", "they were surprised in their hut and shot": a verb that never goes without
/// an object is a passive, too, where it is joined to one and has none.
fn is_unsaid(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let has =
        |v: usize, relations: &[&str]| tree.children(v).iter().any(|&c| relations.contains(&tree.deprel(c)));
    // Who shoots may shoot at somebody.
    let at = |c: usize| is_aim(tree, c);
    let undergone = lexicon.in_class("undergone", tree.lemma(i))
        || !has(i, &["nsubj"])
            && lexicon.in_class("undergone-alone", tree.lemma(i))
            && !tree.by_relation(i, "obl").any(at);
    undergone
        && matches!(tree.xpos(i), "VBD" | "VBN")
        && tree.is(i, "conj")
        && tree.head(i).is_some_and(|h| h < i && has(h, &["aux:pass"]))
        && !has(i, &["obj", "aux", "ccomp", "xcomp"])
}

/// "Hospital shelled, ministry says"
fn told_first(tree: &Tree, i: usize) -> bool {
    tree.is(i, "ccomp") && tree.head(i).is_some_and(|h| i < h && tree.xpos(h) == "VBZ")
}

/// What is shot at, and not where.
fn is_aim(tree: &Tree, c: usize) -> bool {
    matches!(tree.preposition(c).as_str(), "at" | "on" | "into" | "toward" | "towards" | "for")
}

/// "Man shot in the leg", "Driver killed, two hurt in Beni": a headline leaves out article and helper, and the parser
/// takes the victim for the subject.
fn is_headline(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let children = tree.children(i);
    // Nobody simply frees or arrests.
    let taken = matches!(
        tree.lemma(i),
        "abduct" | "kidnap" | "free" | "arrest" | "detain" | "jail" | "expel" | "deport" | "behead" | "lynch"
    );
    let harmed = taken || matches!(tree.lemma(i), "shoot" | "stab" | "wound" | "injure" | "hurt" | "kill");
    let is = |class: &str, c: usize| lexicon.in_class(class, tree.lemma(c));
    let bare = |c: usize| {
        matches!(tree.deprel(c), "nsubj" | "nsubj:pass")
            && c < i
            && (matches!(tree.upos(c), Upos::Noun | Upos::Num) || is("sites", c))
            && !tree.children(c).iter().any(|&d| matches!(tree.deprel(d), "det" | "nmod:poss"))
    };
    let place = |c: usize| tree.is(c, "obl") && !is_aim(tree, c);
    // Nobody simply kills.
    let transitive = taken || matches!(tree.lemma(i), "wound" | "injure" | "kill");
    // "Depots struck", "Hospital hit": they hit nothing.
    let site = |c: usize| is("sites", c) && !is("vessels", c) && !is("craft", c) && !is("vehicles", c);
    let hit = lexicon.in_class("strike-verbs", tree.lemma(i)) && children.iter().any(|&c| bare(c) && site(c));
    let transitive = transitive || hit;
    (harmed || hit)
        && (matches!(tree.deprel(i), "root" | "parataxis" | "conj") || told_first(tree, i))
        && matches!(tree.xpos(i), "VBD" | "VBN")
        && children.iter().any(|&c| bare(c))
        && (transitive || children.iter().any(|&c| place(c)))
        && !children
            .iter()
            .any(|&c| matches!(tree.deprel(c), "obj" | "aux" | "ccomp" | "xcomp") && tree.lemma(c) != "dead")
}

/// A past tense without an auxiliary is no passive, whatever the parser calls its subject ("the union called on them").
fn is_active(tree: &Tree, i: usize) -> bool {
    tree.xpos(i) == "VBD"
        && !tree.children(i).iter().any(|&c| matches!(tree.deprel(c), "aux:pass" | "obl:agent"))
}

fn is_passive_shallow(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&c| matches!(tree.deprel(c), "aux:pass" | "nsubj:pass"))
        || (tree.xpos(i) == "VBN" && tree.deprel(i) == "acl")
}

/// Subjects and objects that stand elsewhere.
fn inherit(tree: &Tree, lexicon: &Lexicon, i: usize, args: &mut Args, depth: usize) {
    let Some(h) = tree.head(i) else { return };
    let above = |depth| of_verb(tree, lexicon, h, depth);
    match tree.deprel(i) {
        "acl" | "amod" if tree.is_nominal(h) => {
            // "reports that thirty were killed": a clause with a subject of its own tells what the reports say.
            let own = tree.by_relation(i, "nsubj").next().is_some();
            if own {
            } else if args.passive {
                add(&mut args.objects, tree, h);
            } else if tree.xpos(i) == "VBG" {
                add(&mut args.subjects, tree, h);
            } else if tree.xpos(i) == "VB" {
                // "a plan for the army to withdraw"
                let who = tree
                    .by_relation(h, "nmod")
                    .find(|&n| n < i && i - n <= 2 && tree.preposition(n) == "for");
                args.subjects.extend(who);
                // "Seoul's decision to recall its envoy", "the plan of the army to withdraw"
                let owned = |&c: &usize| match tree.deprel(c) {
                    "nmod:poss" => tree.upos(c) != Upos::Pron,
                    "nmod" => c < i && matches!(tree.preposition(c).as_str(), "of" | "by"),
                    _ => false,
                };
                if args.subjects.is_empty() {
                    let owner = tree.children(h).iter().copied().filter(owned);
                    args.subjects.extend(owner.flat_map(|c| tree.with_conjuncts(c)));
                }
            }
        }
        "acl:relcl" if args.subjects.is_empty() && !args.passive => add(&mut args.subjects, tree, h),
        "acl:relcl" if args.objects.is_empty() && (args.passive || !is_stranded(tree, i)) => {
            add(&mut args.objects, tree, h);
        }
        // "Raised the toll to 22 dead and more than 300 injured": nobody injured them in so many words.
        "conj"
            if tree.xpos(i) == "JJ"
                && args.objects.is_empty()
                && tree.by_relation(i, "nummod").next().is_some() => {}
        "conj" if tree.is_verb(h) => {
            let from = above(depth);
            let surface = if from.passive { from.objects } else { from.subjects };
            let place = if args.passive { &mut args.objects } else { &mut args.subjects };
            if place.is_empty() {
                place.extend(surface);
            }
            // "Snipers shot and killed a soldier": the object behind both is that of both.
            if args.objects.is_empty() && !args.passive && h < i && i - h <= 3 && tree.xpos(h) == tree.xpos(i)
            {
                let shared = tree.by_relation(h, "obj").filter(|&o| o > i);
                args.objects.extend(shared.flat_map(|o| tree.with_conjuncts(o)));
            }
        }
        "xcomp" => {
            let from = above(depth);
            let lends_object = !from.objects.is_empty() && !lexicon.has_cue(tree.lemma(h), Cue::Intends);
            let surface = if lends_object { from.objects } else { from.subjects };
            let place = if args.passive { &mut args.objects } else { &mut args.subjects };
            if place.is_empty() {
                place.extend(surface.into_iter().filter(|&s| s != i));
            }
        }
        // "claimed the US consulted": a parser that takes the subject for the object of the verb above.
        "ccomp" if args.subjects.is_empty() && !args.passive => {
            let near = tree.by_relation(h, "obj").filter(|&o| o < i && i - o <= 3);
            args.subjects.extend(near.flat_map(|o| tree.with_conjuncts(o)));
            // "denied having carried out the attack"
            let gerund = |w: usize| tree.xpos(w) == "VBG";
            if args.subjects.is_empty()
                && (gerund(i) || tree.children(i).iter().any(|&c| tree.is(c, "aux") && gerund(c)))
            {
                args.subjects = above(depth).subjects;
            }
        }
        // "left a note that read: Thus die all traitors"
        "parataxis" if (h..i).any(|c| tree.form(c) == ":") => {}
        "advcl" | "parataxis" if tree.is_verb(h) || tree.upos(h) == Upos::Adj => {
            if matches!(tree.xpos(i), "VBG" | "VB" | "VBN") {
                let from = above(depth);
                // "was summoned to hand him a note": who is summoned is the one handed something.
                let handed = from.passive
                    && args.objects.iter().any(|&o| matches!(tree.form(o), "him" | "her" | "them"));
                // "accused the army of killing": the accused did it.
                let of = matches!(tree.preposition(i).as_str(), "of" | "for" | "with");
                let accused = of && lexicon.has_cue(tree.lemma(h), Cue::Blames) && !from.objects.is_empty();
                // "barred its sailors from boarding ships": they would have.
                let kept = is_kept_from(tree, lexicon, i) && !from.objects.is_empty();
                let surface =
                    if from.passive && !handed || accused || kept { from.objects } else { from.subjects };
                let place = if args.passive { &mut args.objects } else { &mut args.subjects };
                if place.is_empty() {
                    place.extend(surface);
                }
            }
        }
        _ => {}
    }
}

/// "Barred its sailors from boarding ships": what somebody is kept from is not done.
pub(super) fn is_kept_from(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    tree.xpos(i) == "VBG"
        && tree.is(i, "advcl")
        && tree.preposition(i) == "from"
        && tree.head(i).is_some_and(|h| lexicon.in_class("debars", tree.lemma(h)))
}

/// Whether a relative clause says where, when or with what: "the base from which they fired", "the camp they lived in". One
/// with a time or place of its own does not ("the town they seized last week").
fn is_stranded(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&c| {
        let relative = matches!(tree.form(c), "which" | "whom" | "where" | "when" | "why" | "that");
        let bare = tree.upos(c) == Upos::Adp && tree.is(c, "obl");
        let full = tree.is(c, "obl") && tree.preposition(c).is_empty() && tree.upos(c) == Upos::Pron;
        matches!(tree.deprel(c), "obl" | "advmod") && relative || bare || full
    })
}

fn add(to: &mut Vec<usize>, tree: &Tree, i: usize) {
    to.extend(tree.with_conjuncts(i));
}

/// The noun that the clause above an adverbial one is about, if a pronoun of the latter can mean it.
fn about(tree: &Tree, pronoun: usize, clause: usize) -> Option<usize> {
    let above = tree.head(clause).filter(|_| tree.deprel(clause) == "advcl")?;
    let person = matches!(tree.form(pronoun), "he" | "she");
    let means =
        |&s: &usize| s < pronoun && tree.xpos(s) == "NN" && crate::figure::is_person(tree.lemma(s)) == person;
    tree.by_relation(above, "nsubj").find(means).filter(|_| person || tree.form(pronoun) == "it")
}

/// Who a pronoun stands for that is the subject of what its like says: "Iraq" for "it" in "Iraq said it would". `None`
/// for other words and other clauses.
pub(super) fn sayer(tree: &Tree, lexicon: &Lexicon, pronoun: usize) -> Option<Vec<usize>> {
    if tree.upos(pronoun) != Upos::Pron || !matches!(tree.form(pronoun), "it" | "they" | "he" | "she") {
        return None;
    }
    let mut clause = tree.head(pronoun).filter(|_| matches!(tree.deprel(pronoun), "nsubj" | "nsubj:pass"))?;
    for _ in 0..DEPTH {
        let above = tree.head(clause)?;
        if matches!(tree.deprel(clause), "ccomp") {
            let subjects = of_verb(tree, lexicon, above, 1).subjects;
            // "His lawyer said he had been beaten": not the lawyer.
            let his = |s: usize| {
                let owner = |o: usize| matches!(tree.form(o), "his" | "her" | "their" | "its");
                tree.by_relation(s, "nmod:poss").any(owner)
            };
            // "The police said he was freed"
            let one = matches!(tree.form(pronoun), "he" | "she");
            let many = |s: usize| tree.xpos(s).ends_with('S') || tree.lemma(s) == "police";
            let named = subjects
                .first()
                .is_some_and(|&s| tree.upos(s) != Upos::Pron && s < pronoun && !his(s) && !(one && many(s)));
            return named.then_some(subjects);
        }
        // "A witness said the driver sped up as he ran them down": whom the clause above is about, not who tells of it.
        if let Some(about) = about(tree, pronoun, clause) {
            return Some(vec![about]);
        }
        if !matches!(tree.deprel(clause), "xcomp" | "conj" | "acl" | "advcl") {
            return None;
        }
        clause = above;
    }
    None
}

/// The words that a dependent stands for: itself with its conjuncts, or what a relative pronoun points back to.
fn antecedents(tree: &Tree, lexicon: &Lexicon, verb: usize, i: usize) -> Vec<usize> {
    if matches!(tree.form(i), "who" | "which" | "that" | "whom") && tree.upos(i) == Upos::Pron {
        let mut clause = verb;
        for _ in 0..4 {
            let Some(h) = tree.head(clause) else { break };
            // "fired at the capital, which left two dead": the deed did, not the capital.
            if tree.deprel(clause) == "advcl:relcl" && tree.is_verb(h) {
                return Vec::new();
            }
            if tree.is(clause, "acl") {
                // "an attack on a base that wounded two": the attack did, whatever the clause hangs on.
                let harms =
                    matches!(tree.lemma(verb), "kill" | "wound" | "injure" | "hurt" | "maim" | "leave");
                let site =
                    |w: usize| ["sites", "territory"].iter().any(|of| lexicon.in_class(of, tree.lemma(w)));
                // "fired at the capital, which left two dead": not the capital.
                if harms && site(h) && tree.deprel(h).starts_with("obl") {
                    return Vec::new();
                }
                let up = std::iter::successors(Some(h), |&w| tree.head(w).filter(|_| tree.is(w, "nmod")));
                let deed = up.take(4).find(|&w| !site(w)).filter(|&w| tree.is_nominal(w));
                return vec![deed.filter(|_| harms && site(h)).unwrap_or(h)];
            }
            clause = h;
        }
    }
    tree.with_conjuncts(i)
}

fn of_noun(tree: &Tree, i: usize) -> Args {
    let mut args = Args::default();
    for &c in tree.children(i) {
        match tree.deprel(c) {
            "nmod:poss" => args.subjects.extend(tree.with_conjuncts(c)),
            "amod" | "compound" | "det" | "advmod" | "nummod" | "nmod:desc" | "flat" => {
                args.modifiers.push(c)
            }
            "acl" | "acl:relcl" => args.complements.push(c),
            r if r.starts_with("nmod") || r.starts_with("obl") => {
                let preposition = tree.preposition(c);
                args.phrases.extend(tree.with_conjuncts(c).into_iter().map(|n| (preposition.clone(), n)));
            }
            _ => {}
        }
    }
    // "air and missile strikes on": what stands before a coordination holds for all of it.
    if tree.is(i, "conj")
        && let Some(h) = tree.head(i).filter(|&h| tree.is_nominal(h))
    {
        for &c in tree.children(h) {
            if c < h && tree.deprel(c) == "nmod:poss" && args.subjects.is_empty() {
                args.subjects.extend(tree.with_conjuncts(c));
            }
        }
    }
    for c in tree.by_relation(i, "conj").filter(|&c| tree.is_nominal(c)) {
        for p in tree.by_relation(c, "nmod").filter(|&p| !tree.is(p, "nmod:poss")) {
            args.phrases.push((tree.preposition(p), p));
        }
    }
    args
}
