//! Who has a part in a happening, and how two sides compare.

use record::{ActorId, ActorKind};

/// Somebody with a part in a happening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    /// Who.
    pub actor: ActorId,
    /// The state it acts for, if it acts for one.
    pub state: Option<String>,
    /// Whether the report gives the part as a fact.
    pub sure: bool,
    /// Whether it is only a kind of people ("fighters", "Iran-backed groups"), which may be anybody of that kind.
    pub kind_only: bool,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// Whoever is said to back it.
    pub backers: Vec<ActorId>,
    /// The country of an armed group or party.
    pub home: Option<String>,
}

/// How the same role is filled on two sides.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parts {
    /// A side says nothing, or only what kind of people.
    Unknown,
    /// Somebody is on both sides.
    Same(String),
    /// Both sides are of one kind, or backed by the same.
    Alike(String),
    /// Others, who may belong together.
    Related,
    /// Two states, both given as fact.
    Different(String),
}

/// Compares who fills a role.
pub(crate) fn parts(a: &[Who], b: &[Who]) -> Parts {
    let shared = |w: &&Who| b.iter().any(|v| v.actor == w.actor);
    if let Some(w) = a.iter().filter(|w| !w.kind_only).find(shared) {
        return Parts::Same(w.actor.to_string());
    }
    let state = |s: &&String| b.iter().any(|v| v.state.as_ref() == Some(s));
    if let Some(state) = a.iter().filter_map(|w| w.state.as_ref()).find(state) {
        return Parts::Same(state.clone());
    }
    if let Some(w) = a.iter().find(shared) {
        return Parts::Alike(w.actor.to_string());
    }
    let backed = |w: &&Who| {
        b.iter().any(|v| (v.kind_only || w.kind_only) && v.backers.iter().any(|x| w.backers.contains(x)))
    };
    if let Some(w) = a.iter().find(backed) {
        return Parts::Alike(format!("backed by {}", w.backers[0]));
    }
    // "Gunmen" may be a group, "soldiers" an army.
    let bodies = |w: &Who, v: &Who| {
        let body = matches!(w.kind, Some(ActorKind::ArmedGroup | ActorKind::Force));
        body && w.kind == v.kind && w.kind_only != v.kind_only
    };
    if let Some(w) = a.iter().find(|w| b.iter().any(|v| bodies(w, v))) {
        return Parts::Alike(w.actor.to_string());
    }
    let (a, b): (Vec<&Who>, Vec<&Who>) =
        (a.iter().filter(|w| !w.kind_only).collect(), b.iter().filter(|w| !w.kind_only).collect());
    if a.is_empty() || b.is_empty() {
        return Parts::Unknown;
    }
    // Two states are two; a group may be another's part, name or front.
    let states = |w: &[&Who]| w.iter().all(|w| w.state.is_some() && w.sure);
    if states(&a) && states(&b) {
        return Parts::Different(format!("{} against {}", a[0].actor, b[0].actor));
    }
    Parts::Related
}

/// [`parts`] of whom a deed struck: two persons of one state are two.
pub(crate) fn struck(a: &[Who], b: &[Who]) -> Parts {
    let persons =
        |w: &[Who]| !w.is_empty() && w.iter().all(|w| w.kind == Some(ActorKind::Person) && !w.kind_only);
    let shared = || a.iter().any(|w| b.iter().any(|v| v.actor == w.actor));
    if persons(a) && persons(b) && !shared() {
        return Parts::Different(format!("{} and {}", a[0].actor, b[0].actor));
    }
    parts(a, b)
}

/// Whether who surely acts on one side suffers on the other, and acts on only one: a reply is not the attack.
pub(crate) fn reversed((agents, targets): (&[Who], &[Who]), (others, sufferers): (&[Who], &[Who])) -> bool {
    // A group that rules a state is not its police.
    let group = |w: &Who| w.kind == Some(ActorKind::ArmedGroup);
    let state = |w: &Who, v: &Who| w.state.is_some() && w.state == v.state && group(w) == group(v);
    // An army that struck nobody but "civilians" may have struck its own state, or what is called by its name.
    let abroad = |whom: &[Who]| whom.iter().any(|w| !w.kind_only);
    let one = |w: &Who, v: &Who, foreign: bool| {
        (!w.kind_only && v.actor == w.actor) || state(w, v) && (foreign || v.kind != Some(ActorKind::State))
    };
    let acts = |x: &[Who], whom: &[Who], y: &[Who]| {
        x.iter().filter(|w| w.sure).any(|w| y.iter().any(|v| one(w, v, abroad(whom))))
    };
    let both = |x: &[Who], y: &[Who]| {
        x.iter().filter(|w| w.sure).any(|w| y.iter().any(|v| v.sure && one(w, v, true)))
    };
    (acts(agents, targets, sufferers) || acts(others, sufferers, targets)) && !both(agents, others)
}
