//! Puts an event together: roles, time, place, factuality, contexts, who says so.

use record::{
    ActorKind, Attribution, Confidence, Context, EntityKind, Event, EventType, Factuality, Mode, Quad,
    Stance, TextRange, TimeExpression, TimexType, Upos,
};

use super::lexicon::{Cue, Lexicon};
use super::roles::{self, Scene, Sides};
use super::spot::{self, Candidate, Standing};
use super::tree::Tree;
use super::when_where;

/// What linking needs to know about an event beside the event itself.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) sentence: usize,
    /// Lemma of the word that carries the grammar.
    pub(super) word: String,
    pub(super) noun: bool,
    /// "the strikes", "these attacks", "its raids".
    pub(super) definite: bool,
    /// Another one that what is told is compared with ("the deadliest attack before it").
    pub(super) compared: bool,
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
    /// What another deed of its sentence came before ("killed before the raid").
    pub(super) before: bool,
    /// A claim of responsibility ("claimed it in a message").
    pub(super) claims: bool,
    /// Core of the verb that tells what harm was done in it: "killed in that attack".
    pub(super) harmed: Option<usize>,
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
        // "Entered the town without a fight": there was none, which nobody denies.
        let left_out = c.is_noun() && c.kind == EventType::Assault && tree.preposition(c.core()) == "without";
        // "In the fall of 1990" tells when.
        let at = tree.range(c.core());
        let when = c.is_noun() && scene.times.iter().any(|t| t.range.contains(at) && t.value.ends_with("FA"));
        if left_out || when || is_of_a_name(tree, scene, c) {
            continue;
        }
        let mut sides = roles::sides(tree, lexicon, scene, c, candidates);
        let pair = || super::pairs::told(tree, lexicon, scene, c.core(), number, (events, notes));
        let told = is_public(tree, lexicon, scene, c, &sides) || is_set_free(c, events) || pair();
        if !told || !has_sides(c, &sides) || spot::is_doubted(tree, c, &sides) {
            continue;
        }
        let carrier = carrier(tree, c);
        if let (Some(verb), true) = (carrier, sides.actors.is_empty()) {
            let subjects = super::args::of(tree, lexicon, verb).subjects;
            let said = subjects.iter().filter_map(|&s| super::phrase::phrase(tree, lexicon, scene, s));
            sides.actors = said.map(|p| (p, Confidence::Fact)).collect();
        }
        let trigger = tree.between(c.trigger.0, c.trigger.1);
        let attribution = innermost(scene.attributions, trigger);
        let announced = attribution.and_then(|a| announcer(tree, lexicon, &scene.attributions[a], c, &sides));
        sides.actors.extend(announced);
        let mut factuality = c.reading.factuality;
        confide(tree, lexicon, attribution.map(|a| &scene.attributions[a]), c, &mut sides, &mut factuality);
        if is_only_charged(tree, lexicon, attribution.map(|a| &scene.attributions[a]), c) {
            continue;
        }
        let clause = clause(tree, c);
        let time = when_where::time(tree, lexicon, scene, c, &cores, carrier);
        let (mut places, own_place) = when_where::places(tree, lexicon, scene, c, &cores);
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
            compared: is_ranked_before(tree, c.core()),
            plural: tree.xpos(c.core()).ends_with('S'),
            core: c.core(),
            subject,
            outcome: lexicon.in_class("outcomes", tree.lemma(c.core())),
            own_place,
            refers: c.found.entry.flags.refers && !is_another(tree, c.core()),
            again: c.found.entry.is_any() && tree.deed(c.core()).is_some_and(|d| d.again),
            behind: is_behind(tree, lexicon, c),
            before: c.is_noun() && tree.preposition(c.core()) == "before",
            claims: is_bare_claim(tree, lexicon, c),
            harmed: harmed(tree, lexicon, c),
        });
    }
    super::settings::share(tree, number, events, notes);
    super::settings::struck(tree, number, events, notes);
}

/// The verb that tells what harm was done in a deed.
fn harmed(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> Option<usize> {
    let within =
        c.is_noun() && matches!(tree.preposition(c.core()).as_str(), "in" | "during" | "by" | "from");
    let harm = |h: &usize| ["kills", "wounds"].iter().any(|of| lexicon.in_class(of, tree.lemma(*h)));
    tree.head(c.core()).filter(|h| within && tree.is_verb(*h) && harm(h))
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
/// "Northern Maritime Operations said": a word of somebody's name tells no deed.
fn is_of_a_name(tree: &Tree, scene: &Scene, c: &Candidate) -> bool {
    let at = tree.range(c.core());
    // "Action Against Hunger": the word begins the name of a body.
    let first = |m: &record::ActorMention| {
        m.range.start() == at.start() && scene.entity(at).is_some_and(|e| e.kind == EntityKind::Org)
    };
    let name = |m: &record::ActorMention| {
        m.rule == "name" && m.range.contains(at) && m.range != at && (c.found.entry.flags.refers || first(m))
    };
    c.is_noun() && tree.upos(c.core()) == Upos::Propn && scene.mentions_over(at).any(name)
}

pub(super) fn is_behind(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> bool {
    let preposition = tree.preposition(c.core());
    let after = c.is_noun() && ["after", "following", "since"].iter().any(|w| preposition.ends_with(w));
    // "a week after gunmen killed four"
    let marked = |&m: &usize| tree.is(m, "mark") && matches!(tree.lemma(m), "after" | "since");
    let clause = tree.deprel(c.core()).starts_with("advcl") && tree.children(c.core()).iter().any(marked);
    // "Four days after a car bomb killed five"
    let span = |m: usize| {
        let before = m.checked_sub(1).map_or("", |b| tree.lemma(b));
        matches!(before, "hour" | "day" | "week" | "month" | "year")
    };
    let counted = |v: &usize| {
        let late = |&m: &usize| marked(&m) && span(m);
        tree.deprel(*v).starts_with("advcl") && tree.children(*v).iter().any(late)
    };
    let subject = c.is_noun() && tree.is(c.core(), "nsubj");
    let clause = clause || tree.head(c.core()).filter(|_| subject).as_ref().is_some_and(counted);
    let blamed = c.is_noun()
        && std::iter::successors(tree.head(c.core()), |&h| tree.head(h))
            .take(2)
            .any(|h| tree.lemma(h) == "responsible" || lexicon.has_cue(tree.lemma(h), Cue::Blames));
    // "a raid that was a response to an attack"
    let answered = c.is_noun()
        && matches!(preposition.as_str(), "to" | "for")
        && tree.head(c.core()).is_some_and(|h| {
            matches!(tree.lemma(h), "response" | "retaliation" | "revenge" | "reprisal" | "answer" | "reply")
        });
    // "A fighter who was behind an attack": what he is known for.
    let known_for = preposition == "behind"
        && std::iter::successors(Some(c.core()), |&h| tree.head(h)).take(4).any(|h| tree.is(h, "acl:relcl"));
    after || clause || blamed || answered || known_for
}

/// "The group claimed responsibility in a message": of what is told elsewhere.
fn is_bare_claim(tree: &Tree, lexicon: &Lexicon, c: &Candidate) -> bool {
    let core = c.core();
    let told = |i: usize| tree.form(i) == "for" && tree.is_below(i, core);
    let owns = |&o: &usize| matches!(tree.lemma(o), "responsibility" | "credit");
    c.found.entry.is_any()
        && lexicon.has_cue(tree.lemma(core), Cue::Claims)
        && c.args().objects.iter().any(owns)
        && !(core..tree.len()).any(told)
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
    lexicon: &Lexicon,
    a: &Attribution,
    c: &Candidate,
    sides: &Sides,
) -> Option<(roles::Phrase, Confidence)> {
    let official =
        matches!(c.kind, EventType::Accuse | EventType::Coerce | EventType::Sanction | EventType::Retreat);
    // "was summoned to hand him a note".
    let purpose = tree.is(c.core(), "advcl")
        && tree.head(c.core()).is_some_and(|h| super::args::is_passive(tree, lexicon, h));
    let agentless = c.args().passive || (purpose && c.args().subjects.is_empty());
    // "They will pay a heavy price": whoever says so threatens them.
    let threat = c.kind == EventType::Threaten && c.found.entry.flags.swapped;
    let fits = threat || official && agentless && matches!(a.stance, Stance::Says);
    if !fits || !sides.actors.is_empty() {
        return None;
    }
    let actor = a.speaker.clone()?;
    if threat {
        let (head, range) = (c.core(), a.source?);
        let p = roles::Phrase { head, range, actor: Some(actor), weight: roles::Weight::Named };
        return Some((p, Confidence::Fact));
    }
    let kind = crate::actor::known_kind(actor.as_str())?;
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
    // "Claimed it", which the model takes for the deed itself.
    if c.found.entry.is_any() && lexicon.has_cue(tree.lemma(c.core()), Cue::Claims) {
        sides.actors.iter_mut().for_each(|(_, confidence)| *confidence = Confidence::Claimed);
    }
    let Some(a) = a else { return };
    let verbal = matches!(c.kind.quad(), Quad::VerbalConflict | Quad::VerbalCooperation);
    match a.stance {
        // "Denied having been warned before the raid": the raid was.
        Stance::Denies
            if is_aside(tree, a, c.core())
                || c.is_noun() && super::reading::is_charge(tree, c.core())
                || super::reading::is_of_somebody(tree, lexicon, c.core()) => {}
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
    // "denied backing the Front, which took the town in May": it did.
    let added = |i: usize| {
        let first = tree.spread(i).0;
        tree.deprel(i).starts_with("acl")
            && matches!(tree.form(first), "which" | "who" | "whose" | "where")
            && first.checked_sub(1).is_some_and(|c| tree.form(c) == ",")
    };
    path.into_iter().any(|i| {
        added(i)
            || matches!(tree.deprel(i), "obl" | "nmod" | "advcl")
                && ASIDE.contains(&tree.preposition(i).as_str())
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
    // "Received reports that ten were killed": what the text tells of others.
    let own = tree.by_relation(core, "nsubj").next().is_some();
    let text = tree.head(core).filter(|_| !c.is_noun() && !own && tree.deprel(core).starts_with("acl"))?;
    let verb = tree.head(text).filter(|_| tree.is(text, "obj") && TEXTS.contains(&tree.lemma(text)))?;
    tree.is_verb(verb).then_some(verb)
}

/// Whether a time is a month, a year or more: not "since Friday", "this week".
pub(super) fn is_long(time: &TimeExpression) -> bool {
    let value = time.value.as_str();
    match time.kind {
        TimexType::Date => {
            !value.contains("-W") && value.matches('-').count() < 2 && !value.ends_with("_REF")
        }
        TimexType::Duration => {
            value.ends_with(['M', 'Y']) && !value.starts_with("PT") || value == "P1DE" || is_weeks(value)
        }
        _ => false,
    }
}

/// Whether a duration is of two weeks or more.
fn is_weeks(value: &str) -> bool {
    let weeks = value.strip_prefix('P').and_then(|v| v.strip_suffix('W'));
    weeks.is_some_and(|n| n.parse().map_or(n == "X", |n: u32| n >= 2))
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
        // "have been killed since January", "have died in eight years"; "has hit it four times".
        let long = |&d: &usize| {
            let marked = |&m: &usize| tree.is(m, "mark") && tree.lemma(m) == "since";
            let clause = tree.deprel(d).starts_with("advcl") && tree.children(d).iter().any(marked);
            let phrase = tree.deprel(d).starts_with("obl") || tree.preposition(d) == "since";
            let span = || scene.times_in(tree.range(d)).into_iter().any(|t| is_long(&scene.times[t]));
            clause || phrase && span()
        };
        let again = |&d: &usize| {
            tree.lemma(d) == "time" && tree.xpos(d) == "NNS" && tree.deprel(d).starts_with("obl")
                || matches!(tree.lemma(d), "repeatedly" | "twice" | "often")
        };
        let kids = tree.children(core);
        let blows = c.kind == EventType::Assault && kids.iter().any(again);
        if perfect && blows {
            return true;
        }
        // "Since 2022 the mission has recorded 300 civilians killed"
        let above = tree.head(core).filter(|&h| harm && tree.is_verb(h) && !tree.is(core, "conj"));
        let counts = |h: usize| {
            let kids = tree.children(h);
            kids.iter().any(|&a| tree.is(a, "aux") && tree.lemma(a) == "have") && kids.iter().any(long)
        };
        if tree.xpos(core) == "VBN" && above.is_some_and(counts) {
            return true;
        }
        // "The number of people killed in the last three weeks"
        let lasts = |&d: &usize| {
            let span = |&t: &usize| scene.times[t].kind == TimexType::Duration && is_long(&scene.times[t]);
            tree.deprel(d).starts_with("obl") && scene.times_in(tree.range(d)).iter().any(span)
        };
        if harm && tree.xpos(core) == "VBN" && tree.is(core, "acl") && kids.iter().any(lasts) {
            return true;
        }
        // "have robbed and kidnapped for years": the helper stands with the first, the time with the last.
        let goes_on = |w: usize| {
            let own = ["nsubj", "nsubj:pass"].iter().any(|r| tree.by_relation(w, r).next().is_some());
            tree.is(w, "conj") && !own
        };
        let before = std::iter::successors(Some(core), |&w| tree.head(w).filter(|_| goes_on(w))).take(4);
        let row: Vec<usize> = before.chain(kids.iter().copied().filter(|&d| goes_on(d))).collect();
        let have =
            |w: &usize| tree.children(*w).iter().any(|&a| tree.is(a, "aux") && tree.lemma(a) == "have");
        let blow = c.mode == Some(Mode::Abduct) || lexicon.in_class("blows", tree.lemma(core));
        // "Have attacked more than 60 vessels since November"
        let many = |&o: &usize| {
            let few = |n: usize| matches!(tree.lemma(n), "one" | "two" | "three" | "1" | "2" | "3");
            let number = tree.by_relation(o, "nummod").any(|n| !few(n));
            tree.xpos(o) == "NNS" && (number || lexicon.in_class("counts", tree.lemma(o)))
        };
        // "Have traded fire since October", "has laid siege to it since May"
        let lasting = c.found.entry.flags.mutual
            || matches!(
                tree.lemma(core),
                "exchange" | "trade" | "clash" | "fight" | "lay" | "besiege" | "blockade" | "encircle"
            );
        let deed = harm || c.kind == EventType::Assault && (blow || lasting || args.objects.iter().any(many));
        if deed && row.iter().any(have) && row.iter().any(|&w| tree.children(w).iter().any(long)) {
            return true;
        }
        let in_war = args.phrases.iter().any(|(_, w)| in_war(w));
        // "were killed in the war last year"
        if harm && in_war && kids.iter().any(long) {
            return true;
        }
        // "Have been killed, according to a tally"
        let tallied = |(p, w): &(String, usize)| {
            matches!(p.as_str(), "according" | "by") && matches!(tree.lemma(*w), "tally" | "count")
        };
        let tallied = args.phrases.iter().any(tallied);
        return harm && perfect && (in_war || tallied || args.subjects.iter().any(by_war));
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
                    | "exchange"
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
    (counted || (series && !wave) || since || is_scattered(tree, scene, core))
        && tree.xpos(core).ends_with('S')
}

/// "The strikes on the clinic in Alma and the market in Dorra": of things that stand in two towns, each was struck by itself.
fn is_scattered(tree: &Tree, scene: &Scene, core: usize) -> bool {
    let town = |h: usize| {
        let own = |n: &usize| {
            *n > h && !tree.is(*n, "conj") && matches!(tree.preposition(*n).as_str(), "in" | "at")
        };
        let mut below = tree.children(h).iter().copied().filter(own);
        below.find_map(|n| scene.places_in(tree.range(n)).first().copied())
    };
    let struck = tree
        .by_relation(core, "nmod")
        .find(|&h| matches!(tree.preposition(h).as_str(), "on" | "against" | "of"));
    let towns: Vec<usize> =
        struck.map_or_else(Vec::new, |h| tree.with_conjuncts(h)).into_iter().filter_map(town).collect();
    let name = |p: usize| scene.places[p].spot.name.as_str();
    towns.iter().any(|&p| name(p) != name(towns[0]))
}

/// Whether a time is at most a week.
fn is_short(t: &TimeExpression) -> bool {
    matches!(t.kind, TimexType::Date | TimexType::Time)
        && (t.value.contains("-W") || t.value.split('T').next().is_some_and(|d| d.matches('-').count() == 2))
}

/// "The deadliest attack before it": another one than what was told.
fn is_ranked_before(tree: &Tree, core: usize) -> bool {
    let below = |fits: &dyn Fn(usize) -> bool| tree.children(core).iter().any(|&c| fits(c));
    below(&|c| tree.xpos(c) == "JJS")
        && below(&|c| {
            tree.upos(c) == Upos::Pron && matches!(tree.preposition(c).as_str(), "before" | "until")
        })
}

/// "the strikes", "these attacks", "its raids"; but "the initial attack" is not the one told last.
fn points_back(tree: &Tree, core: usize) -> bool {
    let initial = |&w: &usize| tree.is(w, "amod") && matches!(tree.lemma(w), "initial" | "original");
    !is_ranked_before(tree, core)
        && !tree.children(core).iter().any(initial)
        && tree.children(core).iter().any(|&d| {
            (tree.is(d, "det")
                && matches!(tree.lemma(d), "the" | "this" | "that" | "these" | "those" | "such"))
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
