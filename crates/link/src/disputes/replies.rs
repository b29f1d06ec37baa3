//! Who answers for himself: the accused tells it otherwise, his lawyer speaks for him, somebody contradicts what was just
//! said, or two parties accuse each other.

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, Analysis, Attribution, Dispute, DisputeKind, EventType, Mode, ReportId, Side, Span, Stance,
    TextRange, Upos,
};

use super::denials::{right_before, shown};
use super::{Scene, dispute, party, tidy};
use crate::data::in_group;

/// How many sentences before a reply the accusation may stand.
const BACK: usize = 2;

/// Adds replies that stand in no dispute yet.
pub(super) fn replies(scene: &Scene<'_>, out: &mut Vec<Dispute>) {
    let mut known: BTreeMap<ReportId, Vec<TextRange>> = BTreeMap::new();
    let accounts = out.iter().filter(|d| d.kind != DisputeKind::Figure);
    for span in accounts.flat_map(|d| &d.sides).flat_map(|s| &s.evidence) {
        known.entry(span.report.clone()).or_default().push(span.range);
    }
    for (r, a) in scene.analyses.iter().enumerate() {
        let known = known.get(&a.report.id).map_or(&[][..], Vec::as_slice);
        let mut taken: Vec<TextRange> = known.to_vec();
        for x in a.attributions.iter().filter(|x| x.rule != "quoted") {
            let Some(whole) = extent(x) else { continue };
            if taken.iter().any(|k| k.overlaps(whole)) {
                continue;
            }
            let Some((yes, incident)) = answered(scene, r, x, whole, known) else { continue };
            let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
            let no = side(a, &[whole], by.into_iter().collect());
            taken.push(whole);
            let id = incident.map(|n| &scene.incidents[n].id);
            out.push(dispute(DisputeKind::Account, id, vec![tidy(yes), tidy(no)]));
        }
        mutual(scene, r, known, out);
    }
}

fn extent(x: &Attribution) -> Option<TextRange> {
    x.content.iter().copied().chain(x.source).chain(x.cue).reduce(TextRange::cover)
}

fn side(a: &Analysis, ranges: &[TextRange], by: Vec<ActorId>) -> Side {
    let first = ranges.first().map_or_else(String::new, |r| shown(r.of(&a.report.text)));
    let span = |range: &TextRange| Span { report: a.report.id.clone(), range: *range };
    Side { claim: first, by, evidence: ranges.iter().map(span).collect() }
}

/// What somebody's words answer: an accusation of him or of whom he speaks for, or what he contradicts.
fn answered(
    scene: &Scene<'_>,
    r: usize,
    x: &Attribution,
    whole: TextRange,
    known: &[TextRange],
) -> Option<(Side, Option<usize>)> {
    let a = &scene.analyses[r];
    let sentence = |at: usize| a.parsed.sentences.partition_point(|s| s.range.end() <= at);
    let s = sentence(whole.start());
    let first = a.parsed.sentences.get(s.saturating_sub(BACK))?.range.start();
    let near = |range: TextRange| range.start() >= first && range.end() <= whole.start();
    let lemmas = |range: TextRange| {
        let here = a.parsed.sentences[sentence(range.start())..]
            .iter()
            .take_while(move |s| s.range.start() < range.end());
        here.flat_map(|s| &s.tokens).filter(move |t| range.contains(t.range)).map(|t| t.lemma.to_lowercase())
    };
    let source = x.source?;
    let party_of = |t: &Attribution| {
        let by = t.speaker.as_ref().map(|id| scene.cast.id(id));
        party(scene.cast, by.as_ref(), t, &a.report.text)
    };
    let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
    let mine = party_of(x);
    // The attorney general is nobody's lawyer.
    let lawyer = lemmas(source).any(|w| in_group("lawyers", &w)) && !lemmas(source).any(|w| w == "general");
    let retorts = x.cue.is_some_and(|c| lemmas(c).any(|w| in_group("retort", &w)));
    let of = |incident: Option<usize>| incident.or_else(|| right_before(scene, r, s, whole));
    // "Prosecutors accuse him of it. His lawyer said …"
    let accused = a.events.iter().enumerate().rev().find(|(_, e)| {
        let charge = match e.kind {
            EventType::Accuse => true,
            EventType::Coerce => lawyer && e.mode != Some(Mode::Arrest),
            _ => false,
        };
        let state = |id: &ActorId| scene.cast.who(id, true).state;
        let is_mine = |id: &ActorId| {
            by.as_ref().is_some_and(|b| id == b || state(id).is_some_and(|x| state(b) == Some(x)))
        };
        let mut who = e.actors.iter().filter_map(|x| x.actor.as_ref()).map(|id| scene.cast.id(id)).peekable();
        let others = who.peek().is_some() && who.all(|id| !is_mine(&id));
        let against =
            || e.targets.iter().filter_map(|t| t.actor.as_ref()).any(|id| is_mine(&scene.cast.id(id)));
        // What he says himself of an accusation, or has denied already, he needs no more to answer.
        let open = || {
            let own =
                |t: &Attribution| party_of(t) == mine && t.content.iter().any(|c| c.contains(e.trigger));
            !a.attributions.iter().any(own) && !known.iter().any(|k| k.overlaps(e.extent))
        };
        let far = s - sentence(e.trigger.start()).min(s);
        let meets = || {
            a.parsed.sentences.get(sentence(e.trigger.start())).is_some_and(|s| {
                let charge = TextRange::new(s.range.start(), s.range.end().min(whole.start()));
                meets(a, charge, x, lawyer, retorts)
            })
        };
        charge && near(e.extent) && others && (lawyer || far <= 1 && against()) && open() && meets()
    });
    if let Some((n, e)) = accused {
        let who = e.actors.iter().filter_map(|x| x.actor.as_ref()).map(|id| scene.cast.id(id)).collect();
        let at = a.parsed.sentences.get(sentence(e.trigger.start()))?.range;
        let words = TextRange::new(at.start(), at.end().min(whole.start()));
        let incident = scene.incident_of.get(&(r, n)).copied();
        return Some((side(a, &[words], who), of(incident)));
    }
    if !lawyer && !retorts {
        return None;
    }
    let said = a.attributions.iter().filter_map(|o| {
        let range = extent(o)?;
        let speaks = o.source.is_some_and(|s| !lawyer || lemmas(s).any(|w| in_group("charging", &w)));
        let other = party_of(o) != mine && speaks;
        (other && near(range)).then_some((range, o.speaker.as_ref().map(|id| scene.cast.id(id))))
    });
    let (range, by) = said.max_by_key(|(range, _)| (range.end(), range.len()))?;
    // All that was told there, of which the words are a part ("a judge ordered that he stand trial over the ambush").
    let all = a.parsed.sentences.get(sentence(range.start()))?.range;
    let words = TextRange::new(all.start(), range.end().max(all.end().min(whole.start())));
    if !meets(a, words, x, lawyer, retorts) {
        return None;
    }
    // "His lawyer" is that of who was named there; "lawyers for the chairman" must be those of one named there.
    let names = |range| -> BTreeSet<u32> {
        let all = crate::words::words(&a.report.text, range).into_iter();
        all.filter(|w| w.name && !w.function).map(|w| w.term).collect()
    };
    let his = lemmas(source).any(|w| matches!(&*w, "his" | "her" | "their" | "he" | "she" | "they"));
    if lawyer && !his && names(words).is_disjoint(&names(source)) {
        return None;
    }
    Some((side(a, &[words], by.into_iter().collect()), of(None)))
}

/// Whether somebody's words are about what is said of him: they deny, share a telling word or number with it, or point to
/// it. A lawyer's may also tell where his client was. Who confesses or regrets contradicts nobody.
fn meets(a: &Analysis, charge: TextRange, x: &Attribution, lawyer: bool, retorts: bool) -> bool {
    let inside = |range: TextRange| x.content.iter().any(|c| c.contains(range));
    let Some(all) = x.content.iter().copied().reduce(TextRange::cover) else { return false };
    let from = a.parsed.sentences.partition_point(|s| s.range.end() <= all.start());
    let here = a.parsed.sentences[from..].iter().take_while(|s| s.range.start() < all.end());
    let lemmas: BTreeSet<String> =
        here.flat_map(|s| &s.tokens).filter(|t| inside(t.range)).map(|t| t.lemma.to_lowercase()).collect();
    let any = |group: &str| lemmas.iter().any(|w| in_group(group, w));
    if any("owns-up") {
        return false;
    }
    let denies = x.stance == Stance::Denies || ["deny", "untrue", "refuses"].into_iter().any(any);
    let pronoun = || {
        let here = a.parsed.sentences[from..].iter().take_while(|s| s.range.start() < all.end());
        here.flat_map(|s| &s.tokens)
            .any(|t| inside(t.range) && t.upos == Upos::Pron && in_group("pointing", &t.lemma.to_lowercase()))
    };
    let points = retorts && (any("claims") || pronoun());
    let client = lawyer && any("clients");
    let telling = |range: TextRange| -> BTreeSet<String> {
        let from = a.parsed.sentences.partition_point(|s| s.range.end() <= range.start());
        let here = a.parsed.sentences[from..].iter().take_while(|s| s.range.start() < range.end());
        let word = |t: &&record::Token| match t.upos {
            Upos::Noun | Upos::Verb | Upos::Adj => t.range.len() > 3,
            Upos::Num => true,
            _ => false,
        };
        let words = here.flat_map(|s| &s.tokens).filter(|t| range.contains(t.range)).filter(word);
        words.map(|t| t.lemma.to_lowercase()).collect()
    };
    let shares = || {
        let told = telling(charge);
        x.content.iter().any(|c| !telling(*c).is_disjoint(&told))
    };
    denies || points || client || shares()
}

/// "Both armies blamed each other for the shelling."
fn mutual(scene: &Scene<'_>, r: usize, known: &[TextRange], out: &mut Vec<Dispute>) {
    let a = &scene.analyses[r];
    for (s, sentence) in a.parsed.sentences.iter().enumerate() {
        if known.iter().any(|k| k.overlaps(sentence.range)) {
            continue;
        }
        let tokens = &sentence.tokens;
        let lemma = |i: usize| tokens.get(i).map_or("", |t| t.lemma.as_str());
        let each_other = |i: usize| matches!((lemma(i), lemma(i + 1)), ("each" | "one", "other" | "another"));
        let verb = (0..tokens.len()).find(|&i| {
            let close = || (i + 1..i + 3).any(each_other);
            let traded = || (i + 1..i + 4).any(|n| lemma(n) == "blame" || in_group("allegations", lemma(n)));
            match lemma(i) {
                "blame" | "accuse" | "denounce" => close(),
                "trade" | "exchange" | "swap" => traded(),
                _ => false,
            }
        });
        let Some(verb) = verb else { continue };
        let before =
            |range: TextRange| sentence.range.contains(range) && range.end() <= tokens[verb].range.start();
        let mut who: Vec<ActorId> =
            a.mentions.iter().filter(|m| before(m.range)).map(|m| scene.cast.id(&m.actor)).collect();
        who.dedup();
        // "They blame each other" names nobody; "both armies" are two.
        let subject = sentence.children(verb).find(|&c| tokens[c].deprel.starts_with("nsubj"));
        let two = |subject: usize| {
            sentence.children(subject).any(|c| matches!(tokens[c].lemma.as_str(), "both" | "two"))
        };
        let parties = matches!(who.as_slice(), [one, .., other] if one != other) || subject.is_some_and(two);
        if !parties {
            continue;
        }
        let sides: Vec<Side> = match who.as_slice() {
            [one, .., other] => [one, other].map(|id| side(a, &[sentence.range], vec![id.clone()])).to_vec(),
            _ => vec![side(a, &[sentence.range], Vec::new()), side(a, &[sentence.range], Vec::new())],
        };
        let own = a
            .events
            .iter()
            .enumerate()
            .filter(|(_, e)| sentence.range.contains(e.trigger) && e.kind == EventType::Assault);
        let deed = own.filter_map(|(e, _)| scene.incident_of.get(&(r, e)).copied()).next();
        let incident = deed.or_else(|| right_before(scene, r, s, sentence.range));
        let Some(incident) = incident.map(|n| &scene.incidents[n]).filter(|i| i.kind == EventType::Assault)
        else {
            continue;
        };
        out.push(dispute(
            DisputeKind::Responsibility,
            Some(&incident.id),
            sides.into_iter().map(tidy).collect(),
        ));
    }
}
