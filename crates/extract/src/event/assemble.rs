//! Puts an event together: roles, time, place, factuality, contexts, who says so.

use record::{
    ActorKind, Attribution, Confidence, Context, Event, EventType, Factuality, Mode, Quad, Stance, TextRange,
    TimeExpression, TimexType, Upos,
};

use super::lexicon::{Cue, Lexicon};
use super::roles::{self, Scene, Sides};
use super::spot::{Candidate, Standing};
use super::tree::Tree;

/// What linking needs to know about an event beside the event itself.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) sentence: usize,
    /// Lemma of the word that carries the grammar.
    pub(super) word: String,
    pub(super) noun: bool,
    /// "the strikes", "these attacks", "its raids".
    pub(super) definite: bool,
    pub(super) plural: bool,
    /// Core word in the sentence.
    pub(super) core: usize,
    /// Index of the event that is this one's subject ("the attack that killed three").
    pub(super) subject: Option<usize>,
    /// "death", "wounding": what an event led to.
    pub(super) outcome: bool,
    /// The place phrases of the event itself, not those of the sentence.
    pub(super) own_place: bool,
    /// Names no deed by itself: it takes up one told before.
    pub(super) refers: bool,
    /// Whether it is the model that knows it, and takes it for one told before.
    pub(super) again: bool,
    /// Told only to say when or why something else was ("after an attack", "blames it for Saturday's attack").
    pub(super) behind: bool,
}

/// Adds the events of one sentence.
pub(super) fn sentence(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    candidates: &[Candidate],
    number: usize,
    events: &mut Vec<Event>,
    notes: &mut Vec<Note>,
) {
    let standing: Vec<&Candidate> = candidates.iter().filter(|c| c.standing == Standing::Event).collect();
    let cores: Vec<usize> = standing.iter().map(|c| c.core()).collect();
    for c in &standing {
        let mut sides = roles::sides(tree, lexicon, scene, c, candidates);
        let pair = || super::pairs::told(tree, lexicon, scene, c.core(), number, (events, notes));
        let told = is_public(tree, lexicon, scene, c, &sides) || is_set_free(c, events) || pair();
        if !told || !has_sides(c, &sides) {
            continue;
        }
        let carrier = carrier(tree, c);
        if let (Some(verb), true) = (carrier, sides.actors.is_empty()) {
            let subjects = super::args::of(tree, lexicon, verb).subjects;
            let said = subjects.iter().filter_map(|&s| roles::phrase(tree, lexicon, scene, s));
            sides.actors = said.map(|p| (p, Confidence::Fact)).collect();
        }
        let trigger = tree.between(c.trigger.0, c.trigger.1);
        let attribution = innermost(scene.attributions, trigger);
        let announced = attribution.and_then(|a| announcer(tree, &scene.attributions[a], c, &sides));
        sides.actors.extend(announced);
        let mut factuality = c.reading.factuality;
        confide(tree, lexicon, attribution.map(|a| &scene.attributions[a]), c, &mut sides, &mut factuality);
        if is_only_charged(tree, lexicon, attribution.map(|a| &scene.attributions[a]), c) {
            continue;
        }
        let clause = clause(tree, c);
        let time =
            time(tree, lexicon, scene, c, &cores).or_else(|| carrier.and_then(|v| dated(tree, scene, v)));
        let (mut places, own_place) = places(tree, lexicon, scene, c, &cores);
        // Who is a party is not where it was.
        places.retain(|&p| {
            let at = scene.places[p].range;
            !sides.actors.iter().chain(&sides.targets).any(|(r, _)| r.actor.is_some() && r.range.overlaps(at))
        });
        let mut extent = carrier.map_or(trigger, |v| trigger.cover(tree.range(v)));
        for (p, _) in sides.actors.iter().chain(&sides.targets) {
            extent = extent.cover(p.range);
        }
        for r in time
            .map(|t| scene.times[t].range)
            .into_iter()
            .chain(places.iter().map(|&p| scene.places[p].range))
        {
            if clause.overlaps(r) {
                extent = extent.cover(r);
            }
        }
        let untold = time.is_none() && places.is_empty() && sides.actors.is_empty();
        let aggregate = is_aggregate(tree, lexicon, scene, c, untold);
        events.push(Event {
            trigger,
            extent,
            kind: c.kind,
            mode: c.mode,
            cameo: c.cameo.clone(),
            contexts: contexts(tree, lexicon, c),
            actors: sides.actors.iter().map(roles::role).collect(),
            targets: sides.targets.iter().map(roles::role).collect(),
            time,
            place: places.first().copied(),
            places,
            factuality,
            attribution,
            same_as: None,
            responds_to: Vec::new(),
            aggregate,
            rule: c.found.entry.id.clone(),
        });
        let here: Vec<usize> = notes.iter().filter(|n| n.sentence == number).map(|n| n.core).collect();
        let subject = outcome_of(tree, lexicon, c, &here)
            .and_then(|core| notes.iter().rposition(|n| n.sentence == number && n.core == core));
        notes.push(Note {
            sentence: number,
            word: tree.lemma(c.core()).to_owned(),
            noun: c.is_noun(),
            definite: c.is_noun() && points_back(tree, c.core()),
            plural: tree.xpos(c.core()).ends_with('S'),
            core: c.core(),
            subject,
            outcome: lexicon.in_class("outcomes", tree.lemma(c.core())),
            own_place,
            refers: c.found.entry.flags.refers && !is_another(tree, c.core()),
            again: c.found.entry.is_any() && tree.deed(c.core()).is_some_and(|d| d.again),
            behind: is_behind(tree, lexicon, c),
        });
    }
    super::settings::share(tree, number, events, notes);
}

/// "The earlier incident", "the first", "a second such attack": not the deed told last.
fn is_another(tree: &Tree, core: usize) -> bool {
    let other = |w: usize| {
        matches!(
            tree.lemma(w),
            "early"
                | "earlier"
                | "previous"
                | "first"
                | "second"
                | "third"
                | "other"
                | "another"
                | "former"
                | "last"
                | "similar"
        )
    };
    other(core) || tree.children(core).iter().any(|&c| other(c))
}

/// Whether a deed only tells when or why something else was: "after an attack", "holds it responsible for an attack".
fn is_behind(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> bool {
    let preposition = tree.preposition(c.core());
    let after = c.is_noun() && ["after", "following", "since"].iter().any(|w| preposition.ends_with(w));
    let blamed = c.is_noun()
        && std::iter::successors(tree.head(c.core()), |&h| tree.head(h))
            .take(2)
            .any(|h| tree.lemma(h) == "responsible" || lexicon.has_cue(tree.lemma(h), Cue::Blames));
    after || blamed
}

/// Words of conflict in deed count whoever is named, and what the model is sure of; those of saying and helping only
/// between people in public life.
fn is_public(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &Sides) -> bool {
    let sure = tree.deed(c.core()).is_some_and(|d| d.share >= super::spot::SURE);
    if c.kind.quad() == Quad::MaterialConflict || c.mode == Some(Mode::Ceasefire) || sure {
        return true;
    }
    // "the deal was announced"
    if c.found.entry.flags.refers {
        return true;
    }
    // "the talks in Doha collapsed", "the siege was lifted"
    let affair = |&w: &usize| {
        ["meetings", "agreements", "ceasefire", "curbs"].iter().any(|of| lexicon.in_class(of, tree.lemma(w)))
    };
    if !c.is_noun() && c.args().subjects.iter().chain(&c.args().objects).any(affair) {
        return true;
    }
    let known = sides.actors.iter().chain(&sides.targets).any(|(p, _)| p.weight > roles::Weight::Person);
    let given = matches!(c.kind.quad(), Quad::MaterialCooperation);
    known || ((c.is_noun() || given) && scene.names_any(tree.between(0, tree.len().saturating_sub(1))))
}

/// Whether somebody goes free where it was told before that people were taken or held: "The driver was released."
fn is_set_free(c: &Candidate, before: &[Event]) -> bool {
    let taken = |e: &Event| matches!(e.mode, Some(Mode::Abduct | Mode::Arrest));
    c.mode == Some(Mode::Release) && before.iter().any(taken)
}

/// Whether it is told who is on the other side, where the lexicon asks for it ("defended the strikes" supports nobody).
fn has_sides(c: &Candidate, sides: &Sides) -> bool {
    let flags = c.found.entry.flags;
    let named = |side: &[(roles::Phrase, Confidence)]| {
        side.iter().filter(|(p, _)| p.weight > roles::Weight::Person).count()
    };
    let (actors, targets) = (named(&sides.actors), named(&sides.targets));
    !flags.sides || targets > 0 || flags.mutual && actors > 1
}

/// The innermost attribution that holds a range.
fn innermost(attributions: &[Attribution], at: TextRange) -> Option<usize> {
    attributions
        .iter()
        .enumerate()
        .filter(|(_, a)| a.content.iter().any(|c| c.contains(at)))
        .min_by_key(|(_, a)| a.content.iter().map(|c| c.len()).sum::<usize>())
        .map(|(i, _)| i)
}

/// Who does an official act that is told without an agent: the body that announces it ("the ministry said that the
/// envoy had been summoned").
fn announcer(
    tree: &Tree,
    a: &Attribution,
    c: &Candidate,
    sides: &Sides,
) -> Option<(roles::Phrase, Confidence)> {
    let official =
        matches!(c.kind, EventType::Accuse | EventType::Coerce | EventType::Sanction | EventType::Retreat);
    // "was summoned to hand him a note".
    let purpose =
        tree.is(c.core(), "advcl") && tree.head(c.core()).is_some_and(|h| super::args::is_passive(tree, h));
    let agentless = c.args().passive || (purpose && c.args().subjects.is_empty());
    if !official || !agentless || !sides.actors.is_empty() || !matches!(a.stance, Stance::Says) {
        return None;
    }
    let actor = a.speaker.clone()?;
    let kind = crate::actor::known_actor(actor.as_str())?.kind;
    let range = a.source?;
    matches!(kind, ActorKind::State | ActorKind::Government | ActorKind::Force).then(|| {
        let p = roles::Phrase { head: c.core(), range, actor: Some(actor), weight: roles::Weight::Named };
        (p, Confidence::Fact)
    })
}

/// Whose word the roles rest on: a speaker claims or denies what it says of itself and accuses others.
fn confide(
    tree: &Tree,
    lexicon: &Lexicon,
    a: Option<&Attribution>,
    c: &Candidate,
    sides: &mut Sides,
    factuality: &mut Factuality,
) {
    if let Some((_, Cue::Blames)) = c.reading.under {
        for (_, confidence) in &mut sides.actors {
            if *confidence == Confidence::Fact {
                *confidence = Confidence::Accused;
            }
        }
    }
    let Some(a) = a else { return };
    let verbal = matches!(c.kind.quad(), Quad::VerbalConflict | Quad::VerbalCooperation);
    match a.stance {
        Stance::Denies => {
            if *factuality == Factuality::Happened && !is_shunned(tree, lexicon, c.core()) {
                *factuality = Factuality::Denied;
            }
            for (_, confidence) in &mut sides.actors {
                *confidence = Confidence::Denied;
            }
        }
        // "claimed that its attacks were measured" takes the attacks for granted.
        Stance::Claims if c.is_noun() && super::reading::is_definite(tree, c.core()) => {}
        Stance::Accuses | Stance::Claims if !verbal && !is_aside(tree, a, c.core()) => {
            for (p, confidence) in &mut sides.actors {
                if *confidence == Confidence::Fact {
                    let own = p.actor.is_some() && p.actor == a.speaker;
                    *confidence = match (own, a.stance) {
                        (true, _) => Confidence::Claimed,
                        (false, Stance::Accuses) => Confidence::Accused,
                        _ => Confidence::Fact,
                    };
                }
            }
        }
        _ => {}
    }
}

/// Whether a deed is one that somebody only denies a part in ("denied any involvement in that attack"): it happened.
fn is_shunned(tree: &Tree, lexicon: &Lexicon, core: usize) -> bool {
    tree.is(core, "nmod")
        && super::reading::is_definite(tree, core)
        && matches!(tree.preposition(core).as_str(), "in" | "for" | "to" | "with" | "of")
        && tree.head(core).is_some_and(|h| lexicon.in_class("parts-in", tree.lemma(h)))
}

/// "Deplored the genocide of the hill people": a charge that tells no deed.
fn is_only_charged(tree: &Tree, lexicon: &Lexicon, a: Option<&Attribution>, c: &Candidate) -> bool {
    let charge = a.is_some_and(|a| matches!(a.stance, Stance::Criticises | Stance::Accuses));
    charge && c.is_noun() && c.support.is_none() && lexicon.in_class("atrocities", tree.lemma(c.core()))
}

/// Whether what is said takes an event for granted: "accused them of stoking violence after air strikes".
fn is_aside(tree: &Tree, a: &Attribution, core: usize) -> bool {
    const ASIDE: &[&str] =
        &["following", "after", "before", "during", "amid", "since", "while", "when", "despite", "until"];
    let inside = |i: &usize| a.content.iter().any(|c| c.contains(tree.range(*i)));
    let path = std::iter::successors(Some(core), |&i| tree.head(i)).take(12).take_while(inside);
    path.into_iter().any(|i| {
        matches!(tree.deprel(i), "obl" | "nmod" | "advcl") && ASIDE.contains(&tree.preposition(i).as_str())
    })
}

/// The words of the smallest clause around an event.
fn clause(tree: &Tree, c: &Candidate) -> TextRange {
    let mut at = c.core();
    for _ in 0..tree.len() {
        if tree.is_verb(at)
            || matches!(tree.deprel(at), "root" | "ccomp" | "advcl" | "acl:relcl" | "parataxis")
        {
            break;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    let (a, b) = tree.spread(at);
    tree.between(a, b)
}

/// The other event cores that stand nearer to word `w` than `core` does, by steps up the tree.
fn belongs(tree: &Tree, w: usize, core: usize, cores: &[usize]) -> bool {
    let mut at = w;
    for _ in 0..=tree.len() {
        if cores.contains(&at) {
            return at == core;
        }
        if is_clause(tree, at) {
            return false;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// Whether word `i` heads a clause of its own, whose times and places are not those of what governs it.
fn is_clause(tree: &Tree, i: usize) -> bool {
    let own = || tree.by_relation(i, "nsubj").next().is_some();
    match tree.deprel(i) {
        "parataxis" | "ccomp" | "acl:relcl" => true,
        "conj" | "advcl" | "acl" => tree.is_verb(i) && own(),
        _ => false,
    }
}

/// The time of an event: one that hangs on it or on its support verb, else one of its clause, else the only one of
/// the sentence. Sets, and durations that nothing anchors, do not date it.
fn time(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, cores: &[usize]) -> Option<usize> {
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    let dates: Vec<(usize, usize)> = scene
        .times_in(sentence)
        .into_iter()
        .filter(|&t| dates(&scene.times[t]))
        .filter(|&t| !scene.times[t].value.ends_with("_REF") || scene.times[t].anchored)
        .filter_map(|t| tree.top(scene.times[t].range).map(|w| (t, w)))
        // "according to military sources today": when it was said.
        .filter(|&(_, w)| !tree.head(w).is_some_and(|h| tree.is_nominal(h) && scene.is_source(tree.range(h))))
        .collect();
    let core = c.core();
    let first = |holds: &dyn Fn(usize) -> bool| dates.iter().find(|&&(_, w)| holds(w)).map(|&(t, _)| t);
    if let Some(t) = first(&|w| belongs(tree, w, core, cores)) {
        return Some(t);
    }
    if let Some((verb, _)) = c.support
        && let Some(t) = first(&|w| tree.head(w) == Some(verb))
    {
        return Some(t);
    }
    // "an attack near the border last week": close behind, with no verb between.
    if c.is_noun()
        && let Some(t) = first(&|w| {
            let near = w > core && w - core <= 8 && !(core + 1..w).any(|j| tree.is_verb(j));
            near && !cores.iter().any(|&o| o != core && tree.is_below(w, o) && !tree.is_below(core, o))
        })
    {
        return Some(t);
    }
    // What dates a verb does not date its object ("on Monday they condemned the attack"), but it dates its subject and
    // the clauses that go along with it.
    let mut at = core;
    for _ in 0..3 {
        let Some(h) = tree.head(at) else { break };
        // "today accused them of killing".
        let charged = || matches!(tree.preposition(at).as_str(), "of" | "for" | "from" | "against");
        // "has proceeded on Monday to the arrest of six": the only deed of its sentence.
        let only =
            || c.is_noun() && cores.len() == 1 && matches!(tree.deprel(at), "obl" | "obj") && tree.is_verb(h);
        // "reported being hit"
        let gerund = || {
            tree.is(at, "ccomp")
                && tree.by_relation(at, "nsubj").chain(tree.by_relation(at, "nsubj:pass")).next().is_none()
        };
        let along = matches!(tree.deprel(at), "nsubj" | "nsubj:pass" | "conj" | "xcomp")
            || gerund()
            || (tree.deprel(at) == "advcl" && !c.is_noun() && !charged())
            || only() && !speaks_of(lexicon, tree, h);
        if !along {
            return None;
        }
        if !cores.contains(&h)
            && let Some(t) = first(&|w| tree.head(w) == Some(h) || is_in_incident(lexicon, tree, w, h))
        {
            return Some(t);
        }
        at = h;
    }
    match (dates.as_slice(), cores) {
        // A sentence with no verb above is hard to read; what it tells with one day was on that day.
        ([(t, w)], [_]) if (tree.head(core).is_none() || is_broken(tree)) && !is_in_relative(tree, *w) => {
            Some(*t)
        }
        _ => None,
    }
}

/// Whether a whole sentence with verbs hangs on something else than a verb.
fn is_broken(tree: &Tree) -> bool {
    (0..tree.len()).any(|i| tree.is_verb(i))
        && (0..tree.len()).all(|i| {
            tree.head(i).is_some() || !tree.is_verb(i) && tree.by_relation(i, "cop").next().is_none()
        })
}

/// "In a separate incident on Thursday": what is told after it was then.
fn is_in_incident(lexicon: &Lexicon, tree: &Tree, w: usize, verb: usize) -> bool {
    tree.head(w).is_some_and(|noun| {
        tree.head(noun) == Some(verb)
            && tree.is(noun, "obl")
            && tree.preposition(noun) == "in"
            && lexicon.in_class("takers-up", tree.lemma(noun))
    })
}

/// Whether a verb takes its object to task or speaks of it: its day is not that of what it speaks of.
fn speaks_of(lexicon: &Lexicon, tree: &Tree, verb: usize) -> bool {
    [Cue::Blames, Cue::Claims, Cue::Denies, Cue::Asks, Cue::Threatens, Cue::Refuses, Cue::Intends]
        .into_iter()
        .any(|cue| lexicon.has_cue(tree.lemma(verb), cue))
        || lexicon.in_class("views", tree.lemma(verb))
}

/// "The nurses whom they had held since January": the time of what is told of somebody.
fn is_in_relative(tree: &Tree, w: usize) -> bool {
    std::iter::successors(Some(w), |&i| tree.head(i)).take(tree.len()).any(|i| tree.is(i, "acl:relcl"))
}

/// The verb that brings out the text which says it: who "passed a resolution calling for" something calls for it.
fn carrier(tree: &Tree, c: &Candidate) -> Option<usize> {
    const TEXTS: &[&str] = &[
        "resolution",
        "statement",
        "letter",
        "law",
        "bill",
        "motion",
        "declaration",
        "communique",
        "petition",
        "note",
        "message",
        "appeal",
        "decree",
        "order",
        "warning",
        "report",
    ];
    let core = c.core();
    let text = tree.head(core).filter(|_| !c.is_noun() && tree.deprel(core).starts_with("acl"))?;
    let verb = tree.head(text).filter(|_| tree.is(text, "obj") && TEXTS.contains(&tree.lemma(text)))?;
    tree.is_verb(verb).then_some(verb)
}

/// The time that a verb or its object is given.
fn dated(tree: &Tree, scene: &Scene, verb: usize) -> Option<usize> {
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    scene.times_in(sentence).into_iter().find(|&t| {
        let head = tree.top(scene.times[t].range).and_then(|w| tree.head(w));
        head.is_some_and(|h| h == verb || (tree.is(h, "obj") && tree.head(h) == Some(verb)))
    })
}

/// The places of an event, the finest first.
fn places(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    cores: &[usize],
) -> (Vec<usize>, bool) {
    let sentence = tree.between(0, tree.len().saturating_sub(1));
    let all: Vec<(usize, usize)> = scene
        .places_in(sentence)
        .into_iter()
        .filter(|&p| scene.places[p].locative)
        .filter_map(|p| tree.top(scene.places[p].range).map(|w| (p, w)))
        .filter(|&(p, w)| is_setting(tree, lexicon, scene, c, p, w))
        .collect();
    let mut found: Vec<usize> =
        all.iter().filter(|&&(_, w)| belongs(tree, w, c.core(), cores)).map(|&(p, _)| p).collect();
    if let Some((verb, _)) = c.support {
        found.extend(
            all.iter()
                .filter(|&&(_, w)| {
                    w != verb
                        && tree.is_below(w, verb)
                        && belongs(tree, w, verb, &[verb])
                        && !cores.iter().any(|&o| o != c.core() && tree.is_below(w, o))
                })
                .map(|&(p, _)| p),
        );
    }
    let own = !found.is_empty();
    if found.is_empty()
        && let Some(h) = tree.head(c.core())
        && !cores.contains(&h)
        && !matches!(tree.deprel(c.core()), "ccomp" | "parataxis")
    {
        found.extend(
            all.iter()
                .filter(|&&(_, w)| {
                    belongs(tree, w, h, &[h])
                        && tree.is_below(w, h)
                        && !cores.iter().any(|&o| o != c.core() && tree.is_below(w, o))
                })
                .map(|&(p, _)| p),
        );
    }
    if found.is_empty() && cores.len() == 1 {
        found.extend(all.iter().map(|&(p, _)| p));
    }
    drop_measured(tree, scene, &mut found);
    found.sort_by_key(|&p| (scene.places[p].spot.precision, p));
    found.dedup();
    (found, own)
}

/// "In Itagui, 10 km south of Medellin": of places of one deed drops those that others are measured from, and those that
/// only name a line ("the Cartago pipeline").
pub(super) fn drop_measured(tree: &Tree, scene: &Scene, found: &mut Vec<usize>) {
    const LINES: &[&str] = &["pipeline", "highway", "railway", "railroad", "motorway"];
    let named = |w: usize| {
        matches!(tree.deprel(w), "compound" | "nmod:desc" | "flat")
            && tree.head(w).is_some_and(|h| h > w && LINES.contains(&tree.lemma(h)))
    };
    let measured =
        |p: &usize| tree.top(scene.places[*p].range).is_some_and(|w| is_measured_from(tree, w) || named(w));
    if found.iter().any(|p| !measured(p)) {
        found.retain(|p| !measured(p));
    }
}

/// Whether a distance is told from a place, which is there to say where another one lies.
fn is_measured_from(tree: &Tree, w: usize) -> bool {
    const UNITS: &[&str] =
        &["km", "kilometer", "kilometre", "mile", "meter", "metre", "block", "kms", "kilometers", "miles"];
    let from = matches!(tree.preposition(w).as_str(), "of" | "from" | "to" | "away from");
    from && (w.saturating_sub(8)..w)
        .rev()
        .take_while(|&j| !tree.is_verb(j))
        .any(|j| UNITS.contains(&tree.lemma(j)))
}

/// Whether a place can be where something is: not in "Iran-backed", nor in a name ("the Islamic Resistance in Iraq"), in
/// who says it, or in what is said of the place ("groups with ties to Iran", "amid the conflict in Gaza").
fn is_setting(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, p: usize, w: usize) -> bool {
    let at = scene.places[p].range;
    let hyphen = tree.form(w + 1) == "-" && tree.range(w + 1).start() == tree.range(w).end();
    let compound = hyphen && tree.is_verb(w + 2);
    let named = scene.mentions_over(at).any(|m| m.rule == "name" && m.range.start() < at.start());
    let mut situation = false;
    let mut up = tree.head(w);
    for _ in 0..4 {
        let Some(h) = up.filter(|&h| h != c.core() && tree.is_nominal(h)) else { break };
        situation |= lexicon.in_class("situations", tree.lemma(h)) && !tree.is_below(c.core(), h);
        up = tree.head(h);
    }
    // "a woman from Cali"
    let origin = tree.preposition(w) == "from"
        && tree.head(w).is_some_and(|h| {
            h != c.core() && tree.is_nominal(h) && !lexicon.in_class("blows", tree.lemma(h))
        });
    // "were wounded and flown to the capital"
    let carried = tree.preposition(w) == "to"
        && tree.head(w).is_some_and(|h| h != c.core() && lexicon.in_class("transports", tree.lemma(h)));
    // "efforts by Washington and Paris"
    let joined = std::iter::successors(Some(w), |&i| tree.head(i).filter(|_| tree.is(i, "conj"))).take(4);
    let agent = joined.last().is_some_and(|i| tree.preposition(i) == "by");
    !compound && !named && !scene.is_source(at) && !situation && !origin && !carried && !agent
}

/// "more than 150 attacks since mid-October", "numerous attacks", "years of strikes".
fn is_aggregate(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, untold: bool) -> bool {
    let core = c.core();
    // "have been killed in the war", "in the war, which has killed".
    let in_war = |&w: &usize| {
        matches!(tree.preposition(w).as_str(), "in" | "during" | "since" | "by")
            && lexicon.in_class("wars", tree.lemma(w))
    };
    if !c.is_noun() {
        let perfect = tree.children(core).iter().any(|&a| tree.is(a, "aux") && tree.lemma(a) == "have");
        let by_war = |&w: &usize| lexicon.in_class("wars", tree.lemma(w)) || tree.lemma(w) == "action";
        let harm =
            lexicon.in_class("kills", tree.lemma(core)) || lexicon.in_class("wounds", tree.lemma(core));
        let args = c.args();
        return harm
            && perfect
            && (args.phrases.iter().any(|(_, w)| in_war(w)) || args.subjects.iter().any(by_war));
    }
    // "with attacks and raids", "help the campaign against the rebels": nothing tells one from another.
    let bare = tree.xpos(core).ends_with('S')
        && !tree.children(core).iter().any(|&d| {
            matches!(tree.deprel(d), "det" | "nummod" | "compound" | "acl" | "acl:relcl")
                || tree.is(d, "nmod")
                || tree.is(d, "amod")
        });
    // "killed in air strikes": what a told harm was done with is told.
    let means = matches!(tree.preposition(core).as_str(), "in" | "by")
        && tree.head(core).is_some_and(|h| {
            tree.xpos(h) == "VBN" && ["kills", "wounds"].iter().any(|of| lexicon.in_class(of, tree.lemma(h)))
        });
    if untold && c.support.is_none() && !means && (bare || lexicon.in_class("wars", tree.lemma(core))) {
        return true;
    }
    let counted = tree.children(core).iter().any(|&d| {
        matches!(tree.deprel(d), "nummod" | "amod" | "det")
            && (matches!(
                tree.lemma(d),
                "numerous"
                    | "many"
                    | "several"
                    | "countless"
                    | "frequent"
                    | "repeated"
                    | "multiple"
                    | "various"
                    | "escalating"
            ) || (tree.is(d, "nummod")
                && !matches!(tree.lemma(d), "one" | "two" | "three" | "1" | "2" | "3")))
    });
    let series = tree.is(core, "nmod")
        && tree.preposition(core) == "of"
        && tree.head(core).is_some_and(|h| {
            matches!(
                tree.lemma(h),
                "number"
                    | "series"
                    | "wave"
                    | "spate"
                    | "string"
                    | "dozen"
                    | "hundred"
                    | "score"
                    | "month"
                    | "year"
                    | "week"
                    | "slew"
                    | "flurry"
                    | "succession"
            )
        });
    let since = tree
        .children(core)
        .iter()
        .chain(tree.head(core).map(|h| tree.children(h)).unwrap_or(&[]))
        .any(|&d| tree.preposition(d) == "since" && !scene.times_in(tree.range(d)).is_empty());
    // "a series of strikes in the past week" is one wave.
    let up = std::iter::successors(Some(core), |&i| tree.head(i)).take(3);
    let wave = series
        && up.flat_map(|i| tree.children(i)).any(|&d| {
            matches!(tree.deprel(d), "obl" | "nmod" | "obl:unmarked" | "nmod:unmarked")
                && tree.preposition(d) != "since"
                && scene.times_in(tree.range(d)).into_iter().any(|t| is_short(&scene.times[t]))
        });
    (counted || (series && !wave) || since) && tree.xpos(core).ends_with('S')
}

/// Whether a time can be the day or days of an event: also an amount of time that ends or begins on a known day.
fn dates(t: &TimeExpression) -> bool {
    match t.kind {
        TimexType::Date | TimexType::Time => true,
        TimexType::Duration => t.anchored,
        TimexType::Set => false,
    }
}

/// Whether a time is at most a week.
fn is_short(t: &TimeExpression) -> bool {
    matches!(t.kind, TimexType::Date | TimexType::Time)
        && (t.value.contains("-W") || t.value.split('T').next().is_some_and(|d| d.matches('-').count() == 2))
}

/// "the strikes", "these attacks", "its raids".
fn points_back(tree: &Tree, core: usize) -> bool {
    tree.children(core).iter().any(|&d| {
        (tree.is(d, "det") && matches!(tree.lemma(d), "the" | "this" | "that" | "these" | "those" | "such"))
            || (tree.is(d, "nmod:poss")
                && (tree.upos(d) == Upos::Pron
                    || matches!(
                        tree.form(d),
                        "yesterday"
                            | "today"
                            | "week"
                            | "night"
                            | "monday"
                            | "tuesday"
                            | "wednesday"
                            | "thursday"
                            | "friday"
                            | "saturday"
                            | "sunday"
                    )))
    })
}

/// A word and what hangs on it by "of" ("a series of strikes").
fn below(tree: &Tree, i: usize) -> Vec<usize> {
    let mut all = vec![i];
    all.extend(tree.by_relation(i, "nmod").filter(|&c| tree.preposition(c) == "of"));
    all
}

/// The event that this one is the outcome or the doing of: the subject of its verb, or of the verb that brings it
/// about ("the raids resulted in the death of", "the attack that killed three").
fn outcome_of(tree: &Tree, lexicon: &Lexicon, c: &Candidate, here: &[usize]) -> Option<usize> {
    let core = c.core();
    if c.is_noun() {
        if !lexicon.in_class("outcomes", tree.lemma(core)) {
            return None;
        }
        let mut at = core;
        for _ in 0..3 {
            let h = tree.head(at)?;
            if tree.is_verb(h) {
                let args = super::args::of(tree, lexicon, h);
                return args.subjects.into_iter().find(|s| here.contains(s));
            }
            at = h;
        }
        return None;
    }
    let own = c.args().subjects.iter().copied().find(|s| here.contains(s)).or_else(|| {
        // "launched strikes …, targeting": the participle says the same again.
        let h = tree.head(core).filter(|_| tree.xpos(core) == "VBG" && tree.is(core, "advcl"))?;
        let pointing = lexicon.in_class("pointing", tree.lemma(core));
        tree.by_relation(h, "obj")
            .chain([h])
            .flat_map(|o| below(tree, o))
            .find(|o| pointing && here.contains(o))
    });
    // "Bombed a camp, killing three herders and wounding a boy": what the deed of the clause did to people.
    let did = || {
        let first =
            tree.head(core).filter(|&h| tree.is(core, "conj") && tree.xpos(h) == "VBG").unwrap_or(core);
        let h = tree.head(first).filter(|_| tree.xpos(core) == "VBG" && tree.is(first, "advcl"))?;
        let harm =
            |w: usize| lexicon.in_class("kills", tree.lemma(w)) || lexicon.in_class("wounds", tree.lemma(w));
        ((harm(core) || c.found.entry.is_any()) && !harm(h) && here.contains(&h)).then_some(h)
    };
    // A relative clause that the parser hung on a time or place after the event.
    let misplaced = || {
        let h = tree.head(core).filter(|_| tree.is(core, "acl") && !c.args().passive)?;
        let nearest = here.iter().copied().filter(|&e| e < core).max()?;
        (lexicon.in_class("pointing", tree.lemma(core)) && nearest < h && tree.is_below(h, nearest))
            .then_some(nearest)
    };
    own.or_else(did).or_else(misplaced)
}

/// What the words near the trigger say the event is about.
fn contexts(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Vec<Context> {
    let core = c.core();
    let mut found: Vec<Context> = (core.saturating_sub(12)..tree.len().min(core + 13))
        .flat_map(|i| lexicon.contexts(tree.lemma(i)).iter().copied())
        .collect();
    found.sort();
    found.dedup();
    found
}
