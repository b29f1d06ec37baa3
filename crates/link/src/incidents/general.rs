//! General words for the parties of an incident: whom they stand for, and where they say nothing.

use std::collections::BTreeSet;

use record::{Actor, ActorId, ActorKind, Analysis, Confidence, EventType, Factuality, Party, Sector};

use crate::actors::Cast;

/// The kinds of bands that the one named band that struck is of; "gunmen" may be anybody.
const BANDS: [&str; 5] = ["rebels", "militants", "separatists", "terrorists", "group"];

/// Who is known, and which armed groups with a name are said to have struck where an incident is told.
pub(super) struct General<'a> {
    cast: &'a Cast,
    bands: Vec<ActorId>,
}

fn told(p: &Party) -> bool {
    matches!(p.confidence, Confidence::Fact | Confidence::Claimed)
}

impl<'a> General<'a> {
    /// For an incident of some events, as (report, event).
    pub(super) fn of(events: &[(usize, usize)], analyses: &[Analysis], cast: &'a Cast) -> General<'a> {
        let reports: BTreeSet<usize> = events.iter().map(|&(r, _)| r).collect();
        let told = reports.into_iter().flat_map(|r| &analyses[r].events);
        let struck = told.filter(|e| e.kind == EventType::Assault && e.factuality == Factuality::Happened);
        let ids = struck.flat_map(|e| &e.actors).filter_map(|d| d.actor.as_ref()).map(|id| cast.id(id));
        let band = |id: &ActorId| {
            cast.get(id).is_some_and(|a| a.kind == ActorKind::ArmedGroup) && !cast.who(id, true).kind_only
        };
        let bands: BTreeSet<ActorId> = ids.filter(band).collect();
        General { cast, bands: bands.into_iter().collect() }
    }

    fn get(&self, p: &Party) -> Option<&Actor> {
        self.cast.get(&p.actor)
    }

    fn is_general(&self, p: &Party) -> bool {
        self.cast.who(&p.actor, true).kind_only
    }

    /// Rebels of nobody in particular who act are the one band that by the reports has struck, unless it is on the other side.
    pub(super) fn explain(&self, doers: &mut [Party], others: &[Party]) {
        let [band] = &self.bands[..] else { return };
        let vague = |p: &Party| told(p) && BANDS.contains(&p.actor.as_str());
        if doers.iter().chain(others).all(|p| p.actor != *band)
            && let Some(doer) = doers.iter_mut().find(|p| vague(p))
        {
            doer.actor = band.clone();
        }
    }

    /// Words for people of whatever kind say nothing beside those who are named or told what they are ("people" beside
    /// "gendarmes"), nor do soldiers of no state beside an army, gunmen beside rebels or rebels beside a group that is named,
    /// nor a crowd that acts beside those who bear arms.
    pub(super) fn drop(&self, list: &mut Vec<Party>, doers: bool) {
        for i in (0..list.len()).rev() {
            let p = &list[i];
            if told(p) && list.iter().any(|o| o.actor != p.actor && told(o) && self.stands_for(p, o, doers)) {
                list.remove(i);
            }
        }
    }

    fn stands_for(&self, p: &Party, o: &Party, doers: bool) -> bool {
        use ActorKind::{ArmedGroup, Force, Government, Population, State};
        let (Some(a), Some(b)) = (self.get(p), self.get(o)) else { return false };
        let general = self.is_general(p);
        let vague = matches!(p.actor.as_str(), "people" | "man");
        let crowd = doers
            && general
            && a.kind == Population
            && matches!(b.kind, ArmedGroup | Force | State | Government);
        let bands = general && a.kind == ArmedGroup && b.kind == ArmedGroup;
        let named = bands && !self.is_general(o);
        let gunmen = bands && p.actor.as_str() == "fighters" && o.actor.as_str() != "fighters";
        let troops = general
            && a.kind == Force
            && a.sector == Some(Sector::Mil)
            && !self.is_general(o)
            && (b.kind == State || b.kind == Force && b.sector == Some(Sector::Mil));
        // "Drivers" beside "lorry drivers".
        let fuller = general
            && o.actor.as_str().strip_suffix(p.actor.as_str()).is_some_and(|before| before.ends_with('-'));
        vague || crowd || named || gunmen || troops || fuller
    }
}

#[cfg(test)]
mod tests {
    use record::ActorMention;

    use super::*;
    use crate::testing::{actor, assault, at, by, report};

    fn party(id: &str) -> Party {
        Party { actor: ActorId::new(id), confidence: Confidence::Fact, evidence: Vec::new() }
    }

    fn ids(list: &[Party]) -> Vec<&str> {
        list.iter().map(|p| p.actor.as_str()).collect()
    }

    /// A report on an attack in which `words` name or describe somebody.
    fn told(words: &[(&str, &str, ActorKind, Option<&str>)]) -> Analysis {
        let text: Vec<&str> = words.iter().map(|w| w.0).collect();
        let mut a = report("a", None, &format!("The attack: {}.", text.join(", ")));
        assault(&mut a, "attack");
        for &(name, id, kind, country) in words {
            let id = actor(&mut a, id, name, kind, country);
            let force = kind == ActorKind::Force;
            if let Some(card) = a.actors.last_mut().filter(|_| force) {
                card.sector = Some(Sector::Mil);
            }
            let range = at(&a, name);
            a.mentions.push(ActorMention { range, actor: id, rule: "name" });
        }
        a
    }

    #[test]
    fn rebels_are_the_one_group_that_struck() {
        use ActorKind::ArmedGroup;
        let mut a = [told(&[
            ("rebels", "rebels", ArmedGroup, None),
            ("gunmen", "fighters", ArmedGroup, None),
            ("River Front", "river-front", ArmedGroup, None),
            ("Hill Front", "hill-front", ArmedGroup, None),
        ])];
        // The Hill Front is only spoken of.
        by(&mut a[0], 0, "River Front", &ActorId::new("river-front"));
        let cast = Cast::of(&a);
        let general = General::of(&[(0, 0)], &a, &cast);
        let mut actors = vec![party("rebels"), party("fighters")];
        general.explain(&mut actors, &[party("river-front")]);
        assert_eq!(ids(&actors), ["rebels", "fighters"]);
        general.explain(&mut actors, &[]);
        assert_eq!(ids(&actors), ["river-front", "fighters"]);
        general.drop(&mut actors, true);
        assert_eq!(ids(&actors), ["river-front"]);
    }

    #[test]
    fn people_of_any_kind_are_not_listed_beside_others() {
        use ActorKind::{Force, Population};
        let a = [told(&[
            ("men", "man", Population, None),
            ("villagers", "civilians", Population, None),
            ("soldiers", "military", Force, None),
            ("Norland army", "nor-armed-forces", Force, Some("NOR")),
        ])];
        let cast = Cast::of(&a);
        let general = General::of(&[(0, 0)], &a, &cast);
        let mut targets = ["man", "civilians", "military", "nor-armed-forces"].map(party).to_vec();
        general.drop(&mut targets, false);
        assert_eq!(ids(&targets), ["civilians", "nor-armed-forces"]);
    }
}
