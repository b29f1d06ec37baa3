//! One actor for each real one, across reports: by id, by spelling, by acronym.
//!
//! The extractor gives a known actor its own id in every report, and an unknown one an id made from its name. What
//! is left to bring together here is unknown actors whose names are written differently: another transliteration
//! ("Ketaeb", "Kataib"), another order ("Austin Lloyd"), an acronym that another report explains. Names are compared
//! whole: a name that only contains another one ("Kataib Hezbollah", "Hezbollah") is somebody else's.

use std::collections::{BTreeMap, BTreeSet};

use record::spelling::misspelt;
use record::{Actor, ActorId, ActorKind, Analysis, Relation, Sector, Span, Tie};

use crate::incidents::who::Who;

/// Everybody in all reports, each once.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// Id in a report → id in the record, where they differ.
    renamed: BTreeMap<ActorId, ActorId>,
    actors: BTreeMap<ActorId, Actor>,
    /// Who is said to back each group, itself or the groups it is made of.
    backers: BTreeMap<ActorId, Vec<ActorId>>,
}

/// Words of a source, at most, that are kept as what somebody is called.
const CALLED: usize = 6;
/// What a kind of people or an organ is called that is kept: the commonest.
const FORMS: usize = 20;

/// Keeps what those are called who are known only as a kind of people or as an organ of a state: "hospital sources",
/// "gunmen".
fn called(
    analyses: &[Analysis],
    renamed: &BTreeMap<ActorId, ActorId>,
    actors: &mut BTreeMap<ActorId, Actor>,
) {
    let mut forms: BTreeMap<&ActorId, BTreeMap<String, usize>> = BTreeMap::new();
    for a in analyses {
        let sources = a.attributions.iter().filter_map(|t| Some((t.speaker.as_ref()?, t.source?, CALLED)));
        let roles = a.mentions.iter().filter(|m| m.rule == "role").map(|m| (&m.actor, m.range, 3));
        for (id, range, most) in sources.chain(roles) {
            let id = renamed.get(id).unwrap_or(id);
            if actors.get(id).is_some_and(body)
                && let Some(name) = form(range.of(&a.report.text), most)
            {
                *forms.entry(id).or_default().entry(name).or_default() += 1;
            }
        }
    }
    let kept: Vec<(ActorId, Vec<String>)> = forms
        .into_iter()
        .map(|(id, forms)| {
            let mut all: Vec<(String, usize)> = forms.into_iter().collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            (id.clone(), all.into_iter().take(FORMS).map(|(name, _)| name).collect())
        })
        .collect();
    for (id, names) in kept {
        if let Some(actor) = actors.get_mut(&id) {
            actor.aliases.extend(names);
        }
    }
}

/// Words for somebody without article or number, if they are few and no pronoun.
fn form(written: &str, most: usize) -> Option<String> {
    const NONE: [&str; 9] = ["he", "she", "it", "they", "we", "who", "which", "i", "them"];
    let lead = |w: &&str| {
        matches!(w.to_lowercase().as_str(), "the" | "a" | "an" | "some" | "its" | "their" | "his" | "her")
            || w.starts_with(|c: char| c.is_ascii_digit())
    };
    let words: Vec<&str> = written.split_whitespace().skip_while(lead).collect();
    let pronoun = words.first().is_none_or(|w| words.len() == 1 && NONE.contains(&w.to_lowercase().as_str()));
    let name = words.join(" ");
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '.' | '’'));
    (words.len() <= most && !pronoun && plain).then_some(name)
}

/// Whether somebody is a kind of people ("fighters") or an organ of a state.
fn body(actor: &Actor) -> bool {
    let kind = actor.name.starts_with(char::is_lowercase) && actor.kind != ActorKind::Person;
    kind || matches!(
        actor.kind,
        ActorKind::Role | ActorKind::Government | ActorKind::Force | ActorKind::Population
    )
}

impl Cast {
    /// Brings the actors of all reports together.
    pub(crate) fn of(analyses: &[Analysis]) -> Cast {
        let mut actors: BTreeMap<ActorId, Actor> = BTreeMap::new();
        for a in analyses {
            for actor in &a.actors {
                match actors.get_mut(&actor.id) {
                    Some(known) => absorb(known, actor.clone()),
                    None => {
                        actors.insert(actor.id.clone(), Actor { evidence: Vec::new(), ..actor.clone() });
                    }
                }
            }
            for m in &a.mentions {
                if let Some(actor) = actors.get_mut(&m.actor) {
                    actor.evidence.push(Span { report: a.report.id.clone(), range: m.range });
                }
            }
        }
        let renamed = same(&actors);
        for (old, new) in &renamed {
            if let Some(gone) = actors.remove(old)
                && let Some(kept) = actors.get_mut(new)
            {
                absorb(kept, gone);
            }
        }
        called(analyses, &renamed, &mut actors);
        for actor in actors.values_mut() {
            actor.evidence.sort();
            actor.evidence.dedup();
            actor.aliases.retain(|n| *n != actor.name);
            actor.aliases.sort();
            actor.aliases.dedup();
            for role in &mut actor.roles {
                role.of = role.of.take().map(|of| renamed.get(&of).cloned().unwrap_or(of));
            }
        }
        let mut cast = Cast { renamed, actors, backers: BTreeMap::new() };
        cast.backers = cast.backers(analyses);
        cast
    }

    fn backers(&self, analyses: &[Analysis]) -> BTreeMap<ActorId, Vec<ActorId>> {
        let mut direct: BTreeMap<ActorId, BTreeSet<ActorId>> = BTreeMap::new();
        let mut made_of: BTreeSet<(ActorId, ActorId)> = BTreeSet::new();
        for tie in analyses.iter().flat_map(|a| &a.ties) {
            let (a, b) = (self.id(&tie.a), self.id(&tie.b));
            let group = |id: &ActorId| self.get(id).is_some_and(|x| x.kind == ActorKind::ArmedGroup);
            match tie.relation {
                Relation::BackedBy | Relation::LinkedTo if group(&a) && !group(&b) => {
                    direct.entry(a).or_default().insert(b);
                }
                Relation::UmbrellaOf if group(&a) && group(&b) => {
                    made_of.insert((a, b));
                }
                _ => {}
            }
        }
        let parts: Vec<(ActorId, BTreeSet<ActorId>)> =
            made_of.iter().filter_map(|(a, b)| Some((a.clone(), direct.get(b)?.clone()))).collect();
        for (whole, backers) in parts {
            direct.entry(whole).or_default().extend(backers);
        }
        direct.into_iter().map(|(a, b)| (a, b.into_iter().collect())).collect()
    }

    /// The id in the record of an id in a report.
    pub(crate) fn id(&self, id: &ActorId) -> ActorId {
        self.renamed.get(id).unwrap_or(id).clone()
    }

    /// Somebody by the id in the record.
    pub(crate) fn get(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// Somebody with a part in a happening; `None` for a thing that is struck, which is compared by its words.
    pub(crate) fn party(&self, id: &ActorId, sure: bool) -> Option<Who> {
        let who = self.who(id, sure);
        (who.kind != Some(ActorKind::PhysicalTarget)).then_some(who)
    }

    /// Somebody with a part in a happening.
    pub(crate) fn who(&self, id: &ActorId, sure: bool) -> Who {
        let actor = self.id(id);
        let state = self.get(&actor).and_then(|a| {
            let official = matches!(
                a.kind,
                ActorKind::State | ActorKind::Government | ActorKind::Force | ActorKind::Person
            );
            // An armed group that rules acts for the state.
            let rules = a.kind == ActorKind::ArmedGroup && a.sector == Some(Sector::Gov);
            a.country.clone().filter(|_| official || rules)
        });
        let named = |a: &Actor| {
            let last = a.name.split_whitespace().last().unwrap_or("");
            // "Jama'at Nusrat al-Islam wal-Muslimin"
            let capital = last.split('-').any(|part| part.starts_with(|c: char| !c.is_lowercase()));
            state.is_some() || a.kind == ActorKind::Person || capital
        };
        let kind_only = self.get(&actor).is_some_and(|a| !named(a));
        let backers = self.backers.get(&actor).cloned().unwrap_or_default();
        let home = self
            .get(&actor)
            .filter(|a| matches!(a.kind, ActorKind::ArmedGroup | ActorKind::Party))
            .and_then(|a| a.country.clone());
        let kind = self.get(&actor).map(|a| a.kind);
        Who { actor, state, sure, kind_only, kind, backers, home }
    }

    /// Ties of all reports, each once with all its evidence.
    pub(crate) fn ties(&self, analyses: &[Analysis]) -> Vec<Tie> {
        let mut ties: BTreeMap<_, BTreeSet<Span>> = BTreeMap::new();
        for tie in analyses.iter().flat_map(|a| &a.ties) {
            let key = (self.id(&tie.a), tie.relation, self.id(&tie.b));
            if key.0 != key.2 {
                ties.entry(key).or_default().extend(tie.evidence.iter().cloned());
            }
        }
        ties.into_iter()
            .map(|((a, relation, b), evidence)| Tie {
                a,
                relation,
                b,
                evidence: evidence.into_iter().collect(),
            })
            .collect()
    }

    /// Everybody, by id.
    pub(crate) fn into_actors(self) -> Vec<Actor> {
        self.actors.into_values().collect()
    }
}

/// Adds what is known of `other`, who is the same, to `actor`.
fn absorb(actor: &mut Actor, other: Actor) {
    actor.country = actor.country.take().or(other.country);
    actor.sector = actor.sector.or(other.sector);
    actor.wikidata = actor.wikidata.take().or(other.wikidata);
    actor.aliases.push(other.name);
    actor.aliases.extend(other.aliases);
    actor.aliases.sort();
    actor.aliases.dedup();
    for role in other.roles {
        if !actor.roles.contains(&role) {
            actor.roles.push(role);
        }
    }
    actor.evidence.extend(other.evidence);
}

/// Which actors are others under another name: old id → the id kept. Actors that share a folded name of at least two
/// words, or an acronym that belongs to nobody else, and that nothing keeps apart.
fn same(actors: &BTreeMap<ActorId, Actor>) -> BTreeMap<ActorId, ActorId> {
    let mut by_name: BTreeMap<String, Vec<&Actor>> = BTreeMap::new();
    for actor in actors.values().filter(|a| a.kind != ActorKind::Role) {
        let keys: BTreeSet<String> =
            actor.aliases.iter().chain([&actor.name]).filter_map(|n| key(n, actor.kind)).collect();
        for k in keys {
            by_name.entry(k).or_default().push(actor);
        }
    }
    let mut kept: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    let root = |kept: &BTreeMap<ActorId, ActorId>, id: &ActorId| {
        let mut id = id.clone();
        while let Some(next) = kept.get(&id) {
            id = next.clone();
        }
        id
    };
    for sharers in by_name.into_values() {
        // With three or more who contradict each other, nobody can say which two are one.
        let agree =
            sharers.iter().enumerate().all(|(n, a)| sharers[n + 1..].iter().all(|b| may_be_one(a, b)));
        if sharers.len() < 2 || !agree {
            continue;
        }
        let Some(best) = sharers.iter().min_by_key(|a| rank(a)) else { continue };
        let to = root(&kept, &best.id);
        for other in &sharers {
            let from = root(&kept, &other.id);
            if from != to {
                kept.insert(from, to.clone());
            }
        }
    }
    // "NLA" where no report puts it in brackets behind the name of the one body whose initials it is.
    for short in actors.values().filter(|a| is_acronym(&a.name) && a.country.is_none()) {
        let mut bodies = actors.values().filter(|a| initials(&a.name).is_some_and(|i| i == short.name));
        let (Some(body), None) = (bodies.next(), bodies.next()) else { continue };
        let to = root(&kept, &body.id);
        if may_be_one(short, body) && !kept.contains_key(&short.id) && to != short.id {
            kept.insert(short.id.clone(), to);
        }
    }
    for (short, full) in without_middle(actors).into_iter().chain(misspelt_names(actors)) {
        let (from, to) = (root(&kept, &short), root(&kept, &full));
        if from != to {
            kept.insert(from, to);
        }
    }
    let olds: Vec<ActorId> = kept.keys().cloned().collect();
    olds.into_iter().map(|old| (old.clone(), root(&kept, &old))).collect()
}

/// "Ann Roe" is Ann Maria Roe, and "Luis Mora" is Luis Mora Vega, if nobody else is called so with more names.
fn without_middle(actors: &BTreeMap<ActorId, Actor>) -> Vec<(ActorId, ActorId)> {
    let mut full: BTreeMap<(String, String), Vec<&Actor>> = BTreeMap::new();
    let mut short: Vec<((String, String), &Actor)> = Vec::new();
    for actor in actors.values().filter(|a| a.kind == ActorKind::Person) {
        match &fold(&actor.name)[..] {
            [first, last] => short.push(((first.clone(), last.clone()), actor)),
            [first, more @ ..] if more.len() <= 4 => {
                for last in more.iter().collect::<BTreeSet<_>>() {
                    full.entry((first.clone(), last.clone())).or_default().push(actor);
                }
            }
            _ => {}
        }
    }
    let one = |(name, a): &((String, String), &Actor)| match &full.get(name)?[..] {
        [b] if may_be_one(a, b) => Some((a.id.clone(), b.id.clone())),
        _ => None,
    };
    short.iter().filter_map(one).collect()
}

/// Names by where a word is left out and the words left, with that word.
type ButOne<'a> = BTreeMap<(usize, Vec<String>), Vec<(String, &'a Actor)>>;

/// Full names of which one word has a letter wrong ("Danilo Barillas", "Danilo Barilas"), if only one other is called nearly so.
fn misspelt_names(actors: &BTreeMap<ActorId, Actor>) -> Vec<(ActorId, ActorId)> {
    let mut but_one: ButOne<'_> = BTreeMap::new();
    for actor in actors.values().filter(|a| a.kind == ActorKind::Person) {
        let words = fold(&actor.name);
        for at in (0..words.len()).filter(|_| words.len() >= 2) {
            let mut rest = words.clone();
            let word = rest.remove(at);
            but_one.entry((at, rest)).or_default().push((word, actor));
        }
    }
    let mut near = Vec::new();
    for alike in but_one.into_values() {
        let [(x, a), (y, b)] = &alike[..] else { continue };
        if (misspelt(x, y) || misspelt(y, x)) && may_be_one(a, b) {
            let (kept, gone) = if rank(a) <= rank(b) { (a, b) } else { (b, a) };
            near.push((gone.id.clone(), kept.id.clone()));
        }
    }
    near
}

/// Whether a name is three to six capitals.
fn is_acronym(name: &str) -> bool {
    (3..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// The initials of a body's name of three words or more: those of its capitalised words.
fn initials(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|w| w.starts_with(char::is_uppercase)).collect();
    let letters = || words.iter().filter_map(|w| w.chars().next()).collect();
    (words.len() >= 3 && words.iter().any(|w| w.len() > 3)).then(letters)
}

/// Who is kept: the one that is known best, then the fuller name.
fn rank(a: &Actor) -> (bool, bool, std::cmp::Reverse<usize>, ActorId) {
    (a.wikidata.is_none(), a.country.is_none(), std::cmp::Reverse(a.name.len()), a.id.clone())
}

fn may_be_one(a: &Actor, b: &Actor) -> bool {
    let differ = |x: &Option<String>, y: &Option<String>| matches!((x, y), (Some(x), Some(y)) if x != y);
    let kinds = a.kind == b.kind || a.kind == ActorKind::Other || b.kind == ActorKind::Other;
    kinds && !differ(&a.wikidata, &b.wikidata) && !differ(&a.country, &b.country)
}

/// What a name is compared by; `None` if it is too short to stand for one actor everywhere.
fn key(name: &str, kind: ActorKind) -> Option<String> {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    if (3..=6).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(format!("acronym {letters}"));
    }
    let mut words: Vec<String> = fold(name);
    if words.len() < 2 {
        return None;
    }
    // Family name first or last.
    if kind == ActorKind::Person {
        words.sort();
    }
    Some(words.join(" "))
}

/// The words of a name in one spelling: no case, accents, articles and titles of address; one letter for the usual
/// variants of transliteration.
pub(crate) fn fold(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.chars().filter_map(plain).collect::<String>())
        .filter(|w| {
            !matches!(
                w.as_str(),
                "" | "al"
                    | "el"
                    | "the"
                    | "of"
                    | "and"
                    | "mr"
                    | "mrs"
                    | "ms"
                    | "dr"
                    | "gen"
                    | "general"
                    | "president"
            )
        })
        .map(|w| {
            let w = w
                .replace("kh", "h")
                .replace("gh", "g")
                .replace("ou", "u")
                .replace("oo", "u")
                .replace("ee", "i");
            let w = w
                .replace("ae", "a")
                .replace("ai", "a")
                .replace("ei", "a")
                .replace("ay", "a")
                .replace("is", "iz")
                .replace("our", "or");
            let mut out = String::new();
            for c in w.chars() {
                let c = match c {
                    'q' => 'k',
                    'y' => 'i',
                    'e' => 'a',
                    'o' => 'u',
                    'w' => 'v',
                    c => c,
                };
                if !out.ends_with(c) {
                    out.push(c);
                }
            }
            out
        })
        .collect()
}

fn plain(c: char) -> Option<char> {
    let c = c.to_lowercase().next()?;
    Some(match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ě' | 'ə' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ş' | 'š' | 'ś' => 's',
        'ğ' => 'g',
        'ñ' | 'ń' => 'n',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        '\'' | '’' => return None,
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: &str, name: &str, kind: ActorKind, country: Option<&str>) -> Actor {
        Actor {
            id: ActorId::new(id),
            name: name.to_owned(),
            kind,
            country: country.map(str::to_owned),
            sector: None,
            wikidata: None,
            aliases: Vec::new(),
            roles: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn merged(a: Actor, b: Actor) -> bool {
        !same(&[(a.id.clone(), a), (b.id.clone(), b)].into()).is_empty()
    }

    #[test]
    fn spellings_of_one_name_are_one_actor_and_longer_names_another() {
        use ActorKind::*;
        for (x, y, kind, one) in [
            ("Ketaeb Sayyid", "Kataib Sayyid", ArmedGroup, true),
            ("Omar Karim", "Karim Omar", Person, true),
            ("Mohamed Haddad", "Mohammed al-Haddad", Person, true),
            ("Ansar Brigade", "Ansar", ArmedGroup, false),
            ("Hassan Haddad", "Hussein Haddad", Person, false),
            ("Ann Roe", "Ann Maria Roe", Person, true),
            ("Ann Roe", "Maria Ann Roe", Person, false),
            ("Luis Galdamez", "Luis Galdamez Perez", Person, true),
            ("Danilo Barillas", "Danilo Barilas", Person, true),
            ("Danilo Barillas", "Danilo Barrilla", Person, true),
            ("Olga Petrova", "Oleg Petrov", Person, false),
            ("Antonio Barillas", "Antonia Barillas", Person, false),
            ("Mobilisation Committee", "Mobilization Committee", ArmedGroup, true),
        ] {
            assert_eq!(merged(actor("a", x, kind, None), actor("b", y, kind, None)), one, "{x} / {y}");
        }
        assert!(!merged(
            actor("a", "National Army", Force, Some("SYR")),
            actor("b", "National Army", Force, Some("LBY"))
        ));
    }
}
