//! Who does it and to whom: phrases around a trigger as actors and targets.

use record::{
    ActorId, ActorMention, Attribution, AttributionKind, Confidence, Entity, EntityKind, EventRole,
    EventType, Mode, Place, PlacePrecision, Quad, Stance, TextRange, TimeExpression, Upos,
};

use super::bystanders::{brokers, called_in, counters, struck, unproven};
use super::lexicon::{Cue, Lexicon};
use super::of_doer::{of_doers, senders};
use super::participants;
use super::phrase::{is_hyphenated, phrase};
use super::spot::Candidate;
use super::target;
use super::tree::Tree;
use super::victims;

/// What else is known about the report's words. Every list is in order of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scene<'a> {
    pub(super) mentions: &'a [ActorMention],
    pub(super) entities: &'a [Entity],
    pub(super) places: &'a [Place],
    pub(super) times: &'a [TimeExpression],
    pub(super) attributions: &'a [Attribution],
    /// Where the sources of attributions stand, with their speakers.
    pub(super) sources: &'a [(TextRange, Option<&'a ActorId>)],
    /// Pairs of events that the words between them tell apart: one answers or follows the other.
    pub(super) apart: &'a [(usize, usize)],
}

/// How much a phrase looks like somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// "targets", "the decision".
    Thing,
    /// "three people".
    Person,
    /// "militants", "the ministry".
    Described,
    Named,
}

/// A phrase in a role.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// Its head word.
    pub(super) head: usize,
    pub(super) range: TextRange,
    pub(super) actor: Option<ActorId>,
    pub(super) weight: Weight,
}

/// Both sides of an event.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    pub(super) actors: Vec<(Phrase, Confidence)>,
    pub(super) targets: Vec<(Phrase, Confidence)>,
}

/// The ranges of `all` that overlap `at`, given how to see their range.
fn overlapping<T>(
    all: &[T],
    at: TextRange,
    range: impl Fn(&T) -> TextRange,
) -> impl Iterator<Item = (usize, &T)> {
    let first = all.partition_point(|x| range(x).start() + 4096 < at.start());
    all[first..]
        .iter()
        .enumerate()
        .map(move |(i, x)| (first + i, x, range(x)))
        .take_while(move |(_, _, r)| r.start() < at.end())
        .filter(move |(_, _, r)| r.overlaps(at))
        .map(|(i, x, _)| (i, x))
}

impl<'a> Scene<'a> {
    /// Whoever is mentioned in a range, by the longest words.
    pub(super) fn mention(&self, at: TextRange) -> Option<&'a ActorMention> {
        overlapping(self.mentions, at, |m| m.range).map(|(_, m)| m).max_by_key(|m| m.range.len())
    }

    /// The mentions that overlap a range.
    pub(super) fn mentions_over(&self, at: TextRange) -> impl Iterator<Item = &'a ActorMention> {
        overlapping(self.mentions, at, |m| m.range).map(|(_, m)| m)
    }

    /// Whether somebody known is mentioned in a range.
    pub(super) fn mention_at(&self, at: TextRange) -> bool {
        self.mention(at).is_some()
    }

    /// Whether a range is part of who says something.
    pub(super) fn is_source(&self, at: TextRange) -> bool {
        overlapping(self.sources, at, |s| s.0).any(|(_, (range, _))| range.contains(at))
    }

    /// Whether a range is who tells something, and neither claims, denies nor accuses.
    fn only_says(&self, at: TextRange) -> bool {
        let told = |a: &&Attribution| a.source.is_some_and(|s| s.contains(at));
        self.is_source(at) && self.attributions.iter().filter(told).all(|a| a.stance == Stance::Says)
    }

    /// Who speaks, where "we" or "I" is quoted.
    pub(super) fn speaker(&self, at: TextRange) -> Option<&'a ActorId> {
        let quoted = |a: &&Attribution| {
            a.kind != AttributionKind::Indirect && a.content.iter().any(|c| c.contains(at))
        };
        let length = |a: &&Attribution| a.content.iter().map(|c| c.len()).sum::<usize>();
        self.attributions.iter().filter(quoted).min_by_key(length)?.speaker.as_ref()
    }

    /// Whom a source stands for that is no actor by itself: the speaker that the report gives it ("the statement").
    pub(super) fn source(&self, at: TextRange) -> Option<&'a ActorId> {
        overlapping(self.sources, at, |s| s.0).find(|(_, (range, _))| range.contains(at))?.1.1
    }

    /// What is named in a range.
    pub(super) fn entity(&self, at: TextRange) -> Option<&'a Entity> {
        overlapping(self.entities, at, |e| e.range).map(|(_, e)| e).next()
    }

    /// The kind of what is named in a range.
    pub(super) fn entity_at(&self, at: TextRange) -> Option<EntityKind> {
        self.entity(at).map(|e| e.kind)
    }

    /// Whether somebody is named in a range.
    pub(super) fn names_any(&self, at: TextRange) -> bool {
        self.mention(at).is_some() || self.entity(at).is_some()
    }

    /// Indices of the places that overlap a range.
    pub(super) fn places_in(&self, at: TextRange) -> Vec<usize> {
        overlapping(self.places, at, |p| p.range).map(|(i, _)| i).collect()
    }

    /// Indices of the times that overlap a range.
    pub(super) fn times_in(&self, at: TextRange) -> Vec<usize> {
        overlapping(self.times, at, |t| t.range).map(|(i, _)| i).collect()
    }
}

/// Who does it and to whom.
pub(super) fn sides(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
) -> Sides {
    let mut sides = Sides::default();
    let is_event = |h: usize| all.iter().any(|o| o.core() == h && o.is_noun());
    // "Two girls lost their lives"
    let loses_life =
        tree.lemma(c.core()) == "lose" && c.args().objects.iter().any(|&o| tree.lemma(o) == "life");
    if c.is_noun() {
        noun_actors(tree, lexicon, scene, c, all, &mut sides);
    } else {
        let taken_to_task = super::charged::taken_to_task(tree, c, all);
        for h in taken_to_task.unwrap_or_else(|| named(tree, lexicon, scene, &c.args().subjects)) {
            let who = if is_event(h) {
                owner(tree, lexicon, scene, h, all)
            } else if c.found.entry.flags.swapped && c.kind == EventType::Assault {
                // "the helicopter came under fire"
                actor(tree, lexicon, scene, h).or_else(|| phrase(tree, lexicon, scene, h))
            } else {
                actor(tree, lexicon, scene, h)
            };
            // "Two of the girls were said to have died": whoever dies of it has not done it.
            let dies = c.kind == EventType::Assault
                && !c.found.entry.flags.swapped
                && (loses_life || matches!(tree.lemma(c.core()), "dead" | "die" | "perish" | "succumb"));
            let side = if dies { &mut sides.targets } else { &mut sides.actors };
            side.extend(who.map(|p| (p, Confidence::Fact)));
        }
    }
    if !loses_life {
        target::targets(tree, lexicon, scene, c, all, &mut sides);
    }
    if sides.targets.is_empty() {
        target::intended(tree, lexicon, scene, c, all, &mut sides);
    }
    if c.found.entry.flags.fends {
        fend(tree, lexicon, scene, c, &mut sides);
    }
    share(tree, lexicon, scene, &mut sides.actors);
    share(tree, lexicon, scene, &mut sides.targets);
    if c.found.entry.flags.swapped {
        std::mem::swap(&mut sides.actors, &mut sides.targets);
        // Where one dies or what one loses has not killed.
        if c.kind == EventType::Assault {
            sides.actors.clear();
        }
        if sides.actors.is_empty() {
            let from: Vec<usize> = c.args().with(&["from", "by"]).collect();
            for h in from {
                sides.actors.extend(actor(tree, lexicon, scene, h).map(|p| (p, Confidence::Fact)));
            }
        }
    }
    if sides.actors.is_empty() {
        let found = senders(tree, lexicon, c).into_iter().filter_map(|h| actor(tree, lexicon, scene, h));
        sides.actors.extend(found.map(|p| (p, Confidence::Fact)));
    }
    let told = sides.clone();
    participants::complete(tree, lexicon, scene, c, &mut sides);
    // "Imposed sanctions on two officers over the raid": who answers for it has not suffered it.
    if c.kind == EventType::Assault && c.is_noun() && tree.preposition(c.core()) == "over" {
        let own = |p: &Phrase| told.targets.iter().any(|(q, _)| q.range == p.range);
        sides.targets.retain(|(p, _)| own(p) || tree.is_below(p.head, c.core()));
    }
    struck(tree, lexicon, scene, c, &mut sides);
    // "A rocket fired from near Tyre"
    let source = |p: &Phrase| {
        tree.preposition(p.head).starts_with("from")
            && tree.head(p.head).is_some_and(|h| lexicon.in_class("shoots", tree.lemma(h)))
    };
    // "Received threats from the rebels": they threaten.
    if c.kind == EventType::Threaten {
        let (from, to): (Vec<_>, Vec<_>) =
            sides.targets.drain(..).partition(|(p, _)| tree.preposition(p.head) == "from");
        sides.targets = to;
        sides.actors.extend(from);
    }
    // "Announced 11 million in aid": what is given is nobody.
    let given = |p: &Phrase| tree.upos(p.head) == Upos::Noun && lexicon.in_class("gifts", tree.lemma(p.head));
    sides.targets.retain(|(p, _)| c.kind.quad() == Quad::MaterialConflict || !given(p));
    sides.targets.retain(|(p, _)| c.kind != EventType::Assault || !source(p));
    sides.targets.retain(|(p, _)| !target::is_desk(tree, lexicon, c, p.head));
    // "Deactivated the bomb": who makes it harmless has not planted it.
    let harmless = c.found.entry.flags.refers
        && !c.is_noun()
        && [Cue::Prevents, Cue::Finds].iter().any(|&cue| lexicon.has_cue(tree.lemma(c.core()), cue));
    sides.actors.retain(|_| !harmless && !c.found.entry.flags.witnessed);
    let counters = counters(tree, lexicon, c);
    let brokers = brokers(tree, lexicon, c);
    sides.actors.retain(|(p, _)| !counters.contains(&p.head) && !brokers.contains(&p.head));
    // "The director spoke of 23 dead": who only tells of it has no part in it, whatever the model takes him for. (Who tells of an
    // arrest may have made it.)
    let tells = |p: &Phrase| {
        let by_grammar = told.actors.iter().chain(&told.targets).any(|(q, _)| q.range == p.range);
        !by_grammar && scene.only_says(p.range)
    };
    let arrest = c.kind == EventType::Coerce;
    sides.actors.retain(|(p, _)| c.kind != EventType::Assault || !tells(p));
    if c.kind == EventType::Assault && !c.is_noun() {
        unproven(tree, lexicon, scene, c, &told, &mut sides);
    }
    sides.targets.retain(|(p, _)| !(c.kind == EventType::Assault || arrest) || !tells(p));
    called_in(tree, lexicon, scene, c, &mut sides);
    if c.kind == EventType::Mobilize && !c.is_noun() {
        moved(tree, lexicon, scene, c, &mut sides);
    }
    victims::complete(tree, lexicon, scene, c, &mut sides);
    sides.targets.retain(|(p, _)| !participants::is_own_name(tree, c, p.head));
    tidy(&mut sides);
    // Nobody does it to himself: "expressed their outrage".
    if !c.found.entry.flags.mutual {
        let acting: Vec<ActorId> = sides.actors.iter().filter_map(|(p, _)| p.actor.clone()).collect();
        // "the court banned its executives": somebody's, told by a pronoun that stands for who knows whom.
        for (p, _) in sides.targets.iter_mut().filter(|_| c.kind.quad() == Quad::MaterialConflict) {
            let owned = tree.by_relation(p.head, "nmod:poss").any(|o| tree.upos(o) == Upos::Pron);
            if owned
                && tree.upos(p.head) == Upos::Noun
                && p.actor.as_ref().is_some_and(|a| acting.contains(a))
            {
                p.actor = None;
            }
        }
        sides.targets.retain(|(p, _)| p.actor.as_ref().is_none_or(|a| !acting.contains(a)));
    }
    sides
}

/// "Troops repelled rebels", "beat off an attack by rebels": who fends off a deed suffers it, and whoever is fended off does it.
fn fend(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    let objects = c.args().objects.clone();
    let attack = |h: &usize| lexicon.in_class("attacks", tree.lemma(*h));
    let (foes, struck): (Vec<_>, Vec<_>) =
        std::mem::take(&mut sides.targets).into_iter().partition(|(p, _)| objects.contains(&p.head));
    let whose = objects.iter().copied().filter(attack).flat_map(|h| {
        let owner = |&d: &usize| {
            matches!(tree.deprel(d), "compound" | "amod" | "nmod:poss") || tree.preposition(d) == "by"
        };
        tree.children(h).iter().copied().filter(owner).collect::<Vec<_>>()
    });
    let attackers = whose.filter_map(|h| actor(tree, lexicon, scene, h)).map(|p| (p, Confidence::Fact));
    let foes = foes.into_iter().filter(|(p, _)| !attack(&p.head)).chain(attackers).collect();
    let defenders = std::mem::replace(&mut sides.actors, foes);
    sides.targets = defenders.into_iter().chain(struck).collect();
}

/// "Police were posted at the churches": those who are moved move, and are not who is moved against.
fn moved(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    let forces =
        |h: &usize| ["troops", "police", "services"].iter().any(|of| lexicon.in_class(of, tree.lemma(*h)));
    let moved: Vec<usize> = c.args().objects.iter().copied().filter(forces).collect();
    sides.targets.retain(|(p, _)| !moved.contains(&p.head));
    if sides.actors.is_empty() {
        let somebody = moved.into_iter().filter_map(|h| actor(tree, lexicon, scene, h));
        sides.actors.extend(somebody.map(|p| (p, Confidence::Fact)));
    }
}

/// "The Iraqi and Iranian ministries", "US and Iraqi forces", "the foreign ministers of Egypt, Jordan and Iraq": a noun
/// that several owners share stands for each.
fn share(tree: &Tree, lexicon: &Lexicon, scene: &Scene, side: &mut Vec<(Phrase, Confidence)>) {
    let (mut more, mut shared) = (Vec::new(), Vec::new());
    for (p, confidence) in side.iter() {
        // "The Ruritanian-Norland coalition"
        let hyphen = |c: usize| tree.form(c + 1) == "-" && tree.head(c + 2) == Some(p.head);
        let several = |&c: &usize| hyphen(c) || tree.by_relation(c, "conj").next().is_some();
        let before = |c: usize| c < p.head && matches!(tree.deprel(c), "amod" | "compound" | "nmod:poss");
        // Who acts for a state does; its residents do not.
        let acts = tree.xpos(p.head).ends_with('S')
            && ["officials", "troops", "bodies", "vessels"]
                .iter()
                .any(|class| lexicon.in_class(class, tree.lemma(p.head)));
        let of = |c: usize| acts && c > p.head && tree.is(c, "nmod") && tree.preposition(c) == "of";
        // "Norland and Ruritanian coast guard ships"
        let inner = tree.children(p.head).iter().copied().filter(|&c| tree.is(c, "compound") && c < p.head);
        let inner = inner.flat_map(|c| tree.by_relation(c, "amod")).filter(|_| acts);
        let owners = tree.children(p.head).iter().copied().filter(|&c| before(c) || of(c)).chain(inner);
        let owners = owners.filter(several);
        for owner in owners.flat_map(|c| tree.with_conjuncts(c)).filter(|&o| o < p.head || acts) {
            if let Some(m) = scene.mention(tree.range(owner))
                && p.actor.as_ref() != Some(&m.actor)
            {
                let actor = Some(m.actor.clone());
                if owner > p.head {
                    shared.push(p.head);
                }
                let owner = Phrase { head: owner, range: m.range, actor, weight: Weight::Named };
                more.push((owner, *confidence));
            }
        }
    }
    // Officials of two states are nobody beside them.
    let plain = |p: &Phrase| {
        p.actor
            .as_ref()
            .is_none_or(|a| crate::actor::role_kind(a.as_str()).is_some() && !a.as_str().contains('-'))
    };
    side.retain(|(p, _)| !(shared.contains(&p.head) && plain(p)));
    side.extend(more);
}

/// Subjects with a pronoun's name in its place where the same sentence says whose it is ("Iraq said it would").
pub(super) fn named(tree: &Tree, lexicon: &Lexicon, scene: &Scene, subjects: &[usize]) -> Vec<usize> {
    let who = |i: usize| scene.mention(tree.range(i)).map(|m| &m.actor);
    let name = |&i: &usize| match super::args::sayer(tree, lexicon, i) {
        Some(sayers) if who(i).is_none() || sayers.iter().any(|&s| who(s) == who(i)) => sayers,
        _ => vec![i],
    };
    subjects.iter().flat_map(name).collect()
}

/// How ids of organs end that act for their state.
const STATE_ORGANS: [&str; 6] =
    ["government", "armed-forces", "army", "navy", "air-force", "defence-ministry"];

/// Nobody is both sides, and nobody is twice on one.
fn tidy(sides: &mut Sides) {
    for side in [&mut sides.actors, &mut sides.targets] {
        let mut seen: Vec<TextRange> = Vec::new();
        let mut named: Vec<Option<ActorId>> = Vec::new();
        side.retain(|(p, _)| {
            let known = p.actor.is_some() && named.contains(&p.actor);
            let new = !known && !seen.iter().any(|r| r.overlaps(p.range));
            seen.push(p.range);
            named.push(p.actor.clone());
            new
        });
    }
    let acting: Vec<TextRange> = sides.actors.iter().map(|(p, _)| p.range).collect();
    // "The government sent troops to its border": not against its own state.
    let own = |id: &ActorId| {
        let state = |a: &ActorId| {
            let organ = a.as_str().strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('-'));
            organ.is_some_and(|o| STATE_ORGANS.iter().any(|organ| o.ends_with(organ)))
        };
        id.as_str().len() == 3 && sides.actors.iter().any(|(p, _)| p.actor.as_ref().is_some_and(state))
    };
    sides.targets.retain(|(p, _)| !acting.contains(&p.range) && !p.actor.as_ref().is_some_and(own));
}

/// Somebody who can act. A stretch of land cannot, even one with a state's name in it ("the Syrian border").
pub(super) fn actor(tree: &Tree, lexicon: &Lexicon, scene: &Scene, h: usize) -> Option<Phrase> {
    let land =
        matches!(tree.lemma(h), "border" | "frontier" | "coast" | "area" | "region" | "soil" | "territory");
    // "Came under fire from the bank of the river"
    let from = tree.preposition(h) == "from"
        && matches!(tree.lemma(h), "bank" | "shore" | "side" | "direction" | "hill" | "roof" | "house");
    // "By its own count 30 died", "was found by the side of the road": neither did it.
    let aside = tree.preposition(h) == "by"
        && (lexicon.in_class("reckonings", tree.lemma(h))
            || lexicon.in_class("waysides", tree.lemma(h)) && !tree.xpos(h).ends_with('S'));
    let land = land || from || aside;
    // "No group has claimed it": nobody.
    let nobody = |p: &Phrase| {
        let no = |&d: &usize| d < p.head && matches!(tree.lemma(d), "no" | "neither");
        tree.children(p.head).iter().any(no)
    };
    phrase(tree, lexicon, scene, h).filter(|p| p.weight > Weight::Thing && !land && !nobody(p))
}

/// Who stands behind an event that a noun names.
pub(super) fn owner(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    noun: usize,
    all: &[Candidate],
) -> Option<Phrase> {
    let c = all.iter().find(|o| o.core() == noun && o.is_noun())?;
    let mut sides = Sides::default();
    noun_actors(tree, lexicon, scene, c, &[], &mut sides);
    sides.actors.into_iter().map(|(p, _)| p).next()
}

/// Whether a word is the name of a country, and not of its capital.
fn country_name(tree: &Tree, scene: &Scene, i: usize) -> bool {
    let country = |p: usize| scene.places[p].spot.precision == PlacePrecision::Country;
    scene.places_in(tree.range(i)).into_iter().any(country)
}

fn noun_actors(
    tree: &Tree,
    lexicon: &Lexicon,
    scene: &Scene,
    c: &Candidate,
    all: &[Candidate],
    sides: &mut Sides,
) {
    let core = c.core();
    let patient = lexicon.in_class("patient-nouns", tree.lemma(core));
    let fact = |p: Option<Phrase>| p.map(|p| (p, Confidence::Fact));
    for h in possessors(tree, lexicon, scene, c) {
        let found = fact(actor(tree, lexicon, scene, h));
        // "a separatist's killing outside a temple": nobody else is told to be killed.
        let whose = |h: usize| {
            lexicon.in_class("victims", tree.lemma(h))
                && tree.upos(h) == Upos::Noun
                && !tree.xpos(h).ends_with('S')
                && c.args().with(&["of"]).next().is_none()
        };
        // "Norland's toll": whose dead are counted.
        let suffers = || lexicon.in_class("suffered", tree.lemma(core));
        if tree.lemma(core) == "toll" || patient && (is_person(tree, scene, h) || whose(h)) || suffers() {
            sides.targets.extend(found);
        } else {
            sides.actors.extend(found);
        }
    }
    let mutual = c.found.entry.flags.mutual;
    for m in if mutual { below_of(tree, core) } else { c.args().modifiers.clone() } {
        // "Iran-backed" is no actor, but "Iraqi-American talks" have two.
        let paired = mutual && scene.mention(tree.range(m + 2)).is_some();
        let before = matches!(tree.deprel(m), "amod" | "compound" | "nmod:desc");
        // "A pro-Front rally", "anti-army marches" are held by others.
        let stance = |p: &str| tree.form(m).starts_with(p);
        if !before || (is_hyphenated(tree, m) && !paired) || stance("pro-") || stance("anti-") {
            continue;
        }
        let Some(mention) = scene.mention(tree.range(m)) else {
            let named = scene
                .entity(tree.range(m))
                .is_some_and(|e| matches!(e.kind, EntityKind::Norp | EntityKind::Org));
            // "a gang assault", "the army raid"
            let armed = c.kind == EventType::Assault
                && !patient
                && tree.upos(m) == Upos::Noun
                && (["fighters", "mobs"].iter().any(|of| lexicon.in_class(of, tree.lemma(m)))
                    || lexicon.in_class("services", tree.lemma(m))
                        && lexicon.in_class("sweeps", tree.lemma(core)));
            // "a student march", "the opposition rally"
            let crowd = c.kind == EventType::Protest
                && tree.upos(m) == Upos::Noun
                && (lexicon.in_class("victims", tree.lemma(m))
                    || matches!(tree.lemma(m), "opposition" | "union" | "labor" | "labour"));
            if named || armed || crowd {
                sides.actors.extend(fact(phrase(tree, lexicon, scene, m)));
            }
            continue;
        };
        // "Iran sanctions" and "the Iran probe" are on Iran, "US sanctions" and "Iranian sanctions" by those who impose them.
        let on = matches!(c.kind, EventType::Sanction | EventType::Accuse)
            && matches!(
                tree.lemma(core),
                "sanction" | "sanctions" | "embargo" | "tariff" | "investigation" | "probe" | "inquiry"
            )
            && tree.upos(m) == Upos::Propn
            && mention.actor.as_str().len() == 3
            && tree.form(m).len() > 3
            && !tree.form(m).contains('.')
            && country_name(tree, scene, m);
        if on {
            sides.targets.extend(fact(phrase(tree, lexicon, scene, m)));
            continue;
        }
        let city = scene
            .places_in(tree.range(m))
            .iter()
            .any(|&p| scene.places[p].spot.precision != PlacePrecision::Country && tree.deprel(m) != "amod");
        if city || is_scene(tree, lexicon, scene, c, m) {
            continue;
        }
        let p = Phrase {
            head: m,
            range: mention.range,
            actor: Some(mention.actor.clone()),
            weight: Weight::Named,
        };
        if patient && is_person(tree, scene, m) {
            sides.targets.push((p, Confidence::Fact));
        } else {
            sides.actors.push((p, Confidence::Fact));
        }
    }
    // "The withdrawal of the troops": they withdraw, unless somebody else withdraws them.
    let of = c.found.entry.flags.of_actor && sides.actors.is_empty();
    let by: &[&str] = if of { &["by", "from", "of"] } else { &["by", "from"] };
    let mut by: Vec<usize> = c.args().with(by).collect();
    // "the air strikes of the army's planes": whose they are.
    if !of && c.is_noun() && lexicon.in_class("blows", tree.lemma(core)) {
        let owns = |&h: &usize| lexicon.in_class("vessels", tree.lemma(h));
        by.extend(c.args().with(&["of"]).filter(owns));
        by.extend(of_doers(tree, lexicon, scene, c).into_iter().filter(|h| !owns(h)));
    }
    for h in by {
        sides.actors.extend(fact(actor(tree, lexicon, scene, h)));
    }
    let between: Vec<usize> = c.args().with(&["between", "among"]).collect();
    for h in between {
        sides.actors.extend(fact(phrase(tree, lexicon, scene, h)));
    }
    clauses_on_noun(tree, lexicon, scene, c, sides);
    // "criticises them for attacks on", "made allegations against them regarding a strike": they are said to have done it.
    if sides.actors.is_empty()
        && matches!(tree.preposition(core).as_str(), "for" | "regarding" | "over" | "about")
        && let Some(critic) = all
            .iter()
            .find(|o| o.kind == EventType::Accuse && o.core() != core && tree.is_below(core, o.core()))
    {
        let alleged = critic.mode == Some(Mode::Allege);
        let confidence = if alleged { Confidence::Accused } else { Confidence::Fact };
        let against = critic.args().with(&["against"]);
        let heads: Vec<usize> = critic.args().objects.iter().copied().chain(against).collect();
        // An envoy takes the blame for others.
        let blamed =
            |&h: &usize| h != core && !tree.is_below(core, h) && !lexicon.in_class("envoys", tree.lemma(h));
        for h in heads.into_iter().filter(blamed) {
            let somebody = actor(tree, lexicon, scene, h).filter(|p| p.weight > Weight::Person);
            sides.actors.extend(somebody.map(|p| (p, confidence)));
        }
    }
    // "Doctors have been on strike", "said it was behind the barrage": the subject of a deed that is said of it.
    let case = tree.preposition(core);
    let behind = case == "behind";
    if sides.actors.is_empty() && (behind || case == "on" && c.found.entry.flags.of_actor) {
        let mut said = tree.by_relation(core, "nsubj").flat_map(|s| tree.with_conjuncts(s)).collect();
        // "Whoever stands behind the blast", "teachers went on strike"
        if let Some(verb) = tree.head(core).filter(|&v| tree.is(core, "obl") && tree.is_verb(v)) {
            let args = super::args::of(tree, lexicon, verb);
            // "Killed the commander behind the raid": he stands behind it.
            let beside = |&o: &usize| behind && tree.form(o + 1) == "behind";
            said = match args.objects.iter().copied().find(beside) {
                Some(object) => vec![object],
                None => args.subjects,
            };
        }
        let confidence = if behind { Confidence::Accused } else { Confidence::Fact };
        for h in named(tree, lexicon, scene, &said) {
            sides.actors.extend(actor(tree, lexicon, scene, h).map(|p| (p, confidence)));
        }
    }
    // "The attack was the work of the militia"
    let work =
        tree.head(core).filter(|&h| tree.is(core, "nsubj") && matches!(tree.lemma(h), "work" | "handiwork"));
    if let Some(work) = work.filter(|_| sides.actors.is_empty()) {
        let of = tree.by_relation(work, "nmod").filter(|&o| tree.preposition(o) == "of");
        for o in of.flat_map(|o| tree.with_conjuncts(o)) {
            let how = if c.kind == EventType::Assault { Confidence::Accused } else { Confidence::Fact };
            sides.actors.extend(actor(tree, lexicon, scene, o).map(|p| (p, how)));
        }
    }
    // "It was an act of the militia"
    if sides.actors.is_empty() && is_done_by(tree, core) {
        let of: Vec<usize> = c.args().with(&["of"]).collect();
        sides.actors.extend(
            of.into_iter().filter_map(|h| actor(tree, lexicon, scene, h)).map(|p| (p, Confidence::Accused)),
        );
    }
    for h in laid_to(tree, lexicon, scene, core) {
        sides.actors.extend(actor(tree, lexicon, scene, h).map(|p| (p, Confidence::Accused)));
    }
    if let Some((verb, cue)) = c.support {
        let verb_args = super::args::of(tree, lexicon, verb);
        let side = if cue == Cue::Undergoes { &mut sides.targets } else { &mut sides.actors };
        for &h in &verb_args.subjects {
            if h != core && !all.iter().any(|o| o.core() == h && o.is_noun()) {
                side.extend(fact(actor(tree, lexicon, scene, h)));
            }
        }
    }
    if let Some((word, cue @ (Cue::Claims | Cue::Blames))) = c.reading.under
        && is_charged(tree, lexicon, core, word)
    {
        let args = super::args::of(tree, lexicon, word);
        // "claimed responsibility for the attack": who claims it is the verb's subject.
        let claimant = tree.head(word).filter(|&v| args.subjects.is_empty() && tree.is_verb(v));
        let (heads, confidence) = match (cue, claimant) {
            (Cue::Claims, Some(verb)) if tree.is_nominal(word) => {
                (super::args::of(tree, lexicon, verb).subjects, Confidence::Claimed)
            }
            (Cue::Claims, _) => (args.subjects, Confidence::Claimed),
            // "is responsible for"
            _ if tree.upos(word) == Upos::Adj => (args.subjects, Confidence::Accused),
            // "blamed the attack on the rebels"
            _ if args.objects.contains(&core) => (Vec::new(), Confidence::Accused),
            _ => (args.objects, Confidence::Accused),
        };
        for h in heads.into_iter().filter(|&h| h != core) {
            sides.actors.extend(actor(tree, lexicon, scene, h).map(|p| (p, confidence)));
        }
    }
}

/// Whether "of" after a noun for a deed leads to who did it: "the work of the rebels".
pub(super) fn is_done_by(tree: &Tree, core: usize) -> bool {
    tree.upos(core) == Upos::Noun
        && matches!(tree.lemma(core), "act" | "work" | "handiwork" | "deed" | "doing")
}

/// "Ruritania protests", "the Ruritania base attack", "Ruritania violence": a country before a protest, what in it was struck or
/// what happened there is where it was.
fn is_scene(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, m: usize) -> bool {
    let land = tree.is(m, "compound")
        && tree.upos(m) == Upos::Propn
        && scene
            .places_in(tree.range(m))
            .iter()
            .any(|&p| scene.places[p].spot.precision == PlacePrecision::Country);
    let struck = |i: usize| {
        tree.is(i, "compound") && tree.head(i) == Some(c.core()) && lexicon.in_class("sites", tree.lemma(i))
    };
    land && match c.kind {
        EventType::Protest => true,
        // "Mali violence": what nobody carries out as such.
        EventType::Assault => {
            lexicon.in_class("happenings", tree.lemma(c.core())) || (m + 1..c.core()).any(struck)
        }
        _ => false,
    }
}

/// Whom a deed is laid to by the verb that has it for an object: "blamed the attack on the rebels", "the killings were
/// attributed to them".
pub(super) fn laid_to(tree: &Tree, lexicon: &Lexicon, scene: &Scene, deed: usize) -> Vec<usize> {
    let object = ["obj", "nsubj:pass", "nsubj"].iter().any(|r| tree.is(deed, r));
    let Some(verb) = tree.head(deed).filter(|&v| object && tree.is_verb(v)) else { return Vec::new() };
    let to = match tree.lemma(verb) {
        "blame" | "pin" => "on",
        "attribute" | "ascribe" | "impute" => "to",
        _ => return Vec::new(),
    };
    let args = super::args::of(tree, lexicon, verb);
    // "blamed the attack on a bus on rebels": the last of them, and no day.
    let behind =
        |&h: &usize| h > verb.max(deed) && !tree.is(h, "conj") && scene.times_in(tree.range(h)).is_empty();
    let last = args.with(&[to]).filter(behind).max();
    last.map_or_else(Vec::new, |h| tree.with_conjuncts(h))
}

/// Whether nothing stands between a charge and a deed but words of doing it: "accused of carrying out the attack", not
/// "accused of leaving its mission to help the campaign".
fn is_charged(tree: &Tree, lexicon: &Lexicon, deed: usize, charge: usize) -> bool {
    let between =
        std::iter::successors(tree.head(deed), |&i| tree.head(i)).take(6).take_while(|&i| i != charge);
    between.into_iter().all(|i| {
        !tree.is_verb(i)
            || [Cue::Does, Cue::Goes, Cue::Claims, Cue::Blames, Cue::Intends, Cue::Asks, Cue::Tries]
                .into_iter()
                .any(|cue| lexicon.has_cue(tree.lemma(i), cue))
            || lexicon.in_class("involving", tree.lemma(i))
    })
}

/// Whose a noun is; for "its" without a name the subject of the verb above ("the army completed its withdrawal").
fn possessors(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate) -> Vec<usize> {
    let own = &c.args().subjects;
    // "their series of attacks", "its involvement in the attacks".
    if own.is_empty()
        && let Some(h) = tree.head(c.core()).filter(|_| tree.is(c.core(), "nmod"))
    {
        let class = match tree.preposition(c.core()).as_str() {
            "of" => "quantities",
            "in" => "involvement",
            _ => "",
        };
        if lexicon.in_class(class, tree.lemma(h)) {
            // Nobody accuses himself: "the army deplored its role in the attacks" apart, "its" is then somebody else.
            let accuser = tree.head(h).filter(|&v| lexicon.has_cue(tree.lemma(v), Cue::Blames));
            let accusers = accuser.map(|v| super::args::of(tree, lexicon, v).subjects).unwrap_or_default();
            let who = |i: usize| scene.mention(tree.range(i)).map(|m| &m.actor);
            let owners = tree.by_relation(h, "nmod:poss").flat_map(|p| tree.with_conjuncts(p));
            return owners.filter(|&o| !accusers.iter().any(|&a| who(a) == who(o))).collect();
        }
    }
    let unnamed = |&h: &usize| tree.upos(h) == Upos::Pron && scene.mention(tree.range(h)).is_none();
    if !own.iter().any(|h| unnamed(h) && matches!(tree.form(*h), "its" | "their" | "his" | "her")) {
        return own.clone();
    }
    // "arrived on his first visit", but "deplored his death"
    let patient = lexicon.in_class("patient-nouns", tree.lemma(c.core()));
    let along = tree.is(c.core(), "obj") && !patient || tree.is(c.core(), "obl");
    match tree.head(c.core()).filter(|&v| tree.is_verb(v) && along) {
        Some(verb) => named(tree, lexicon, scene, &super::args::of(tree, lexicon, verb).subjects),
        None => own.clone(),
    }
}

/// The modifiers of a noun and of what it is a part of ("the first phase of the Iraqi-American dialogue"), with theirs.
fn below_of(tree: &Tree, noun: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut nouns = vec![noun];
    for _ in 0..3 {
        for &word in &nouns {
            for &m in tree.children(word) {
                if matches!(tree.deprel(m), "amod" | "compound" | "nmod:desc") {
                    found.push(m);
                    found.extend(tree.children(m).iter().copied().filter(|&n| tree.upos(n) != Upos::Punct));
                }
            }
        }
        let below = |&n: &usize| {
            tree.by_relation(n, "nmod").filter(|&c| tree.preposition(c) == "of").collect::<Vec<_>>()
        };
        nouns = nouns.iter().flat_map(below).collect();
    }
    found
}

/// "an attack claimed by", "strikes targeting", "the attack blamed on".
fn clauses_on_noun(tree: &Tree, lexicon: &Lexicon, scene: &Scene, c: &Candidate, sides: &mut Sides) {
    for &clause in &c.args().complements {
        let word = tree.lemma(clause);
        let args = super::args::of(tree, lexicon, clause);
        if tree.xpos(clause) == "VBN" {
            let by = args.subjects.iter().copied();
            if lexicon.has_cue(word, Cue::Claims) {
                sides.actors.extend(
                    by.filter_map(|h| actor(tree, lexicon, scene, h)).map(|p| (p, Confidence::Claimed)),
                );
            } else if lexicon.has_cue(word, Cue::Blames) {
                let on: Vec<usize> = args.with(&["on", "to"]).collect();
                sides.actors.extend(
                    on.into_iter()
                        .filter_map(|h| actor(tree, lexicon, scene, h))
                        .map(|p| (p, Confidence::Accused)),
                );
            } else if lexicon.has_cue(word, Cue::Does) {
                sides
                    .actors
                    .extend(by.filter_map(|h| actor(tree, lexicon, scene, h)).map(|p| (p, Confidence::Fact)));
            }
        }
        if lexicon.in_class("pointing", word) {
            let toward: Vec<usize> = if args.passive || args.objects.is_empty() {
                // "focused on the depots, stores and camps of": the tail of a list may hang on the verb.
                let tail = tree.by_relation(clause, "obl").filter(|&o| tree.preposition(o).is_empty());
                args.with(&["at", "against", "on"]).chain(tail).collect()
            } else {
                args.objects.clone()
            };
            for h in toward {
                sides.targets.extend(phrase(tree, lexicon, scene, h).map(|p| (p, Confidence::Fact)));
            }
        }
    }
}

pub(super) fn is_person(tree: &Tree, scene: &Scene, h: usize) -> bool {
    scene.entity(tree.range(h)).is_some_and(|e| e.kind == EntityKind::Per)
        || matches!(tree.form(h), "his" | "her" | "their" | "my")
}

/// As the record writes it.
pub(super) fn role((phrase, confidence): &(Phrase, Confidence)) -> EventRole {
    EventRole { range: phrase.range, actor: phrase.actor.clone(), confidence: *confidence }
}
