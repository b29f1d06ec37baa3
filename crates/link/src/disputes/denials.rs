//! Who denies what another says: "a claim that the army dismissed as false", "the group denied any role in it".
//!
//! A deed that some tell of and others deny is found by its events (see [`super`]). Here are the denials of what is only
//! said: the claim is sought in what another party says in the same sentence or shortly before, else it is the
//! happening that the denial stands right behind.

use std::collections::{BTreeMap, BTreeSet};

use record::{
    ActorId, Analysis, Attribution, Dispute, DisputeKind, EventType, Factuality, Quad, ReportId, Sentence,
    Side, Span, Stance, TextRange, Token, Upos,
};

use super::{Scene, dispute, party, tidy};
use crate::data::in_group;
use crate::words::words;

/// How many sentences before a denial the claim may stand.
const BACK: usize = 3;

/// Words behind the one that denies among which an arrangement is looked for ("denied the existence of any prior notice").
const ARRANGED: usize = 9;

/// The most characters of a claim or denial shown as words of its side.
const SHOWN: usize = 160;

/// A denial in one sentence.
struct Denial<'a> {
    /// Who denies, if anybody is named.
    by: Option<ActorId>,
    party: String,
    at: TextRange,
    /// Index of the word that denies.
    word: usize,
    /// What speaks of it, if it is found.
    attribution: Option<&'a Attribution>,
    /// Whether he denies to have a part in a deed.
    part: bool,
    /// Whether what is denied is called a claim, or only pointed at ("denied it").
    points_back: bool,
    /// What its words are about: lemmas of its nouns and verbs behind the word that denies.
    about: BTreeSet<String>,
}

impl Denial<'_> {
    /// Whether words of the report speak of the same things.
    fn shares(&self, a: &Analysis, range: TextRange) -> bool {
        let from = a.parsed.sentences.partition_point(|s| s.range.end() <= range.start());
        let sentences = a.parsed.sentences[from..].iter().take_while(|s| s.range.start() < range.end());
        sentences
            .flat_map(|s| &s.tokens)
            .filter(|t| range.contains(t.range))
            .any(|t| self.about.contains(&t.lemma.to_lowercase()))
    }
}

/// What is denied.
struct Claim {
    incident: Option<usize>,
    side: Side,
    /// It stands in the words of the denial.
    within: bool,
}

/// Adds the denials that stand in no dispute yet, those of one party about one incident as one dispute.
/// `events` are those of each incident; the first `disputes` of those found take up what they hold.
pub(super) fn denials(
    scene: &Scene<'_>,
    events: &[Vec<(usize, usize)>],
    disputes: usize,
    out: &mut Vec<Dispute>,
) {
    let of_deeds = out[..disputes].iter().filter(|d| d.kind != DisputeKind::Figure);
    let mut known: BTreeMap<ReportId, Vec<TextRange>> = BTreeMap::new();
    for span in of_deeds.flat_map(|d| &d.sides).flat_map(|s| &s.evidence) {
        known.entry(span.report.clone()).or_default().push(span.range);
    }
    let mut found: BTreeMap<(DisputeKind, Option<usize>, String), (Side, Side)> = BTreeMap::new();
    for (r, a) in scene.analyses.iter().enumerate() {
        let known = known.get(&a.report.id).map_or(&[][..], Vec::as_slice);
        for (s, sentence) in a.parsed.sentences.iter().enumerate() {
            for denial in denials_of(scene, a, sentence) {
                let span = |range| Span { report: a.report.id.clone(), range };
                let in_dispute = known.iter().any(|k| k.overlaps(denial.at));
                let claim = (!in_dispute).then(|| claim(scene, events, r, s, &denial)).flatten();
                let Some(claim) = claim.filter(|c| !is_own(scene, c, &denial)) else { continue };
                let kind = match (denial.part, claim.incident) {
                    (true, Some(_)) => DisputeKind::Responsibility,
                    _ => DisputeKind::Account,
                };
                let key = (
                    kind,
                    claim.incident,
                    format!(
                        "{} {}",
                        denial.party,
                        match claim.incident {
                            Some(_) => String::new(),
                            None => format!("{} {}", a.report.id, denial.at.start()),
                        }
                    ),
                );
                let no = Side {
                    claim: shown(denial.at.of(&a.report.text)),
                    by: denial.by.clone().into_iter().collect(),
                    evidence: vec![span(denial.at)],
                };
                let (yes, nay) = found.entry(key).or_insert_with(|| {
                    let empty =
                        |claim: &str| Side { claim: claim.to_owned(), by: Vec::new(), evidence: Vec::new() };
                    (empty(&claim.side.claim), empty(&no.claim))
                });
                for (side, more) in [(yes, claim.side), (nay, no)] {
                    side.by.extend(more.by);
                    side.evidence.extend(more.evidence);
                }
            }
        }
    }
    for ((kind, incident, _), (yes, no)) in found {
        let id = incident.map(|n| &scene.incidents[n].id);
        out.push(dispute(kind, id, vec![tidy(yes), tidy(no)]));
    }
}

/// "Denounced the resolution, calling it baseless": what somebody calls untrue in words of his own is not that he spoke them.
fn is_own(scene: &Scene<'_>, claim: &Claim, denial: &Denial<'_>) -> bool {
    let Some(incident) = claim.incident.and_then(|n| scene.incidents.get(n)) else { return false };
    let his = |p: &record::Party| denial.by.as_ref() == Some(&scene.cast.id(&p.actor));
    incident.kind.quad() == Quad::VerbalConflict && incident.actors.iter().any(his)
}

pub(super) fn shown(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The denials of a sentence: a verb or noun that denies, and words that call a claim untrue.
fn denials_of<'a>(scene: &Scene<'_>, a: &'a Analysis, sentence: &Sentence) -> Vec<Denial<'a>> {
    let tokens = &sentence.tokens;
    let lemma = |t: &Token| t.lemma.to_lowercase();
    let claim_word = |t: &Token| in_group("claims", &lemma(t));
    let untrue = |t: &Token| {
        in_group("untrue", &lemma(t)) || in_group("untrue", &t.range.of(&a.report.text).to_lowercase())
    };
    let told_in = |w: &str| in_group("claims", w) || in_group("footage", w);
    let mut out: Vec<Denial<'a>> = Vec::new();
    let mut about_notice = false;
    for (i, t) in tokens.iter().enumerate() {
        let verb = matches!(t.upos, Upos::Verb | Upos::Aux);
        let behind = || tokens[i + 1..].iter().take(14);
        let object = |group: &str| {
            behind().any(|w| w.head as usize == i + 1 && w.deprel == "obj" && in_group(group, &lemma(w)))
        };
        // "denied the envoys entry": to keep from somebody is no denial.
        let withholds = object("withheld");
        let denies = in_group("deny", &lemma(t)) && verb && !withholds
            || lemma(t) == "denial" && t.upos == Upos::Noun && !behind().take(2).any(|w| in_group("withheld", &lemma(w)))
            || verb && in_group("turn-down", &lemma(t)) && behind().any(|w| claim_word(w) || untrue(w))
            // "calls the claim a bedtime story"
            || verb && in_group("call", &lemma(t)) && (object("allegations") || behind().any(untrue))
            // "is spreading the lie that we laid mines"
            || in_group("untrue", &lemma(t)) && t.upos == Upos::Noun
                && tokens[i + 1..].iter().take(6).any(|w| w.head as usize == i + 1 && w.deprel == "acl")
            // "The allegations are baseless."
            || untrue(t) && t.upos == Upos::Adj && tokens[..i].iter().any(&claim_word)
            // "The story of the police … is a lie", "Videos in which they boast of it are false"
            || untrue(t) && is_said(tokens, i) && tokens[..i].iter().any(|w| told_in(&lemma(w)))
            // "…, which the authorities reject"
            || verb && in_group("turn-down", &lemma(t)) && relative(tokens, i);
        if !denies {
            continue;
        }
        let from = i.saturating_sub(3);
        let turned = tokens[from..i]
            .iter()
            .any(|w| matches!(&*lemma(w), "not" | "never" | "neither" | "nor" | "cannot" | "if"));
        // Who denies that a deed was arranged or made known does not deny the deed, whatever he calls the claim then.
        let arranged = tokens[i + 1..].iter().take(ARRANGED).any(|w| in_group("arranged", &lemma(w)));
        about_notice |= arranged;
        if turned || about_notice {
            continue;
        }
        let attribution = a
            .attributions
            .iter()
            .filter(|x| {
                sentence.range.contains(x.content.first().copied().unwrap_or(x.cue.unwrap_or_default()))
            })
            // Of a quotation without a word of saying only the marks are known.
            .filter(|x| x.rule != "quoted")
            .filter(|x| {
                x.cue.is_some_and(|c| c.overlaps(t.range))
                    || untrue(t) && x.content.iter().any(|c| c.contains(t.range))
            })
            .min_by_key(|x| x.content.iter().map(|c| c.len()).sum::<usize>());
        let subject = subject(tokens, i);
        let named = || {
            let word = tokens[subject?].range;
            a.mentions.iter().find(|m| m.range.overlaps(word)).map(|m| scene.cast.id(&m.actor))
        };
        let speaker = attribution.and_then(|x| x.speaker.as_ref()).map(|id| scene.cast.id(id));
        let by = speaker.or_else(named);
        let party = match (attribution, &by) {
            (Some(x), by) => party(scene.cast, by.as_ref(), x, &a.report.text),
            (None, Some(id)) => scene.cast.who(id, true).state.unwrap_or_else(|| id.to_string()),
            (None, None) => String::new(),
        };
        let at = attribution.map_or_else(
            || clause(tokens, i, subject),
            |x| {
                // "accused him of it, and denied that": the subject stands with the first verb, behind which the denial begins.
                let shared = |c: &TextRange| {
                    let between = |o: TextRange| o.start() >= c.end() && o.end() <= t.range.start();
                    a.attributions.iter().any(|o| o.source == Some(*c) && o.cue.is_some_and(between))
                };
                let source = x.source.filter(|c| !shared(c));
                // "A blamed B; C denied it"
                let parted = |c: &TextRange| {
                    a.report.text.get(c.end()..t.range.start()).is_some_and(|gap| gap.contains(';'))
                };
                let content = x.content.iter().copied().filter(|c| !parted(c));
                let parts = content.chain(source).chain(x.cue);
                let all = parts.filter(|c| sentence.range.contains(*c)).fold(t.range, TextRange::cover);
                match x.content.iter().any(parted) {
                    true => all.cover(clause(tokens, i, subject)),
                    false => all,
                }
            },
        );
        // "denied any role", "denied having fired"
        let own_act = || tokens.get(i + 1).is_some_and(|w| w.xpos == "VBG");
        let part = own_act() || tokens.iter().skip(i).take(10).any(|w| in_group("parts", &lemma(w)));
        let said = || tokens.iter().skip(i + 1).filter(|w| at.contains(w.range));
        let points = |w: &Token| claim_word(w) || w.upos == Upos::Pron && in_group("pointing", &lemma(w));
        let points_back = said().take(14).any(points)
            || tokens[..i].iter().rev().take(4).any(claim_word)
            || relative(tokens, i)
            || said().next().is_none();
        let things = said().filter(|w| matches!(w.upos, Upos::Noun | Upos::Verb) && !claim_word(w));
        let about = things.map(lemma).filter(|l| l.len() > 3 && !in_group("parts", l)).collect();
        if out.last().is_none_or(|d| !d.at.overlaps(at)) {
            out.push(Denial { by, party, at, word: i, attribution, part, points_back, about });
        }
    }
    out
}

/// Whether something is said to be what the word at `i` calls it ("is a lie").
fn is_said(tokens: &[Token], i: usize) -> bool {
    tokens.iter().any(|t| t.head as usize == i + 1 && t.deprel == "cop")
}

/// Whether the object of the verb at `i` is a "which" before it.
fn relative(tokens: &[Token], i: usize) -> bool {
    tokens[..i].iter().any(|t| t.head as usize == i + 1 && t.deprel == "obj" && t.lemma == "which")
}

/// The subject of the verb at `i`, its own or that of the verb it is joined to.
fn subject(tokens: &[Token], i: usize) -> Option<usize> {
    let own = |v: usize| {
        tokens.iter().position(|t| t.head as usize == v + 1 && matches!(t.deprel, "nsubj" | "nmod:poss"))
    };
    let joined = || {
        let head = (tokens[i].head as usize).checked_sub(1)?;
        (tokens[i].deprel == "conj").then(|| own(head)).flatten()
    };
    own(i).or_else(joined)
}

/// The words of the clause of the verb at `i`, from its subject on, without clauses joined to it.
fn clause(tokens: &[Token], i: usize, subject: Option<usize>) -> TextRange {
    let apart = |t: &Token| matches!(t.deprel, "conj" | "cc" | "parataxis" | "punct");
    let under = |mut at: usize| {
        for _ in 0..tokens.len() {
            if at == i {
                return true;
            }
            let Some(head) = (tokens[at].head as usize).checked_sub(1) else { return false };
            if apart(&tokens[at]) {
                return false;
            }
            at = head;
        }
        false
    };
    let words = (0..tokens.len()).filter(|w| under(*w)).chain(subject);
    words.fold(tokens[i].range, |range, w| range.cover(tokens[w].range))
}

/// What a denial denies.
fn claim(
    scene: &Scene<'_>,
    events: &[Vec<(usize, usize)>],
    r: usize,
    s: usize,
    denial: &Denial<'_>,
) -> Option<Claim> {
    let a = &scene.analyses[r];
    let of = |incident: Option<usize>| told(scene, incident?, events.get(incident?)?, denial);
    of(in_the_denial(scene, r, s, denial))
        .or_else(|| asserted(scene, r, s, denial))
        .or_else(|| clause_of(scene, r, s, denial))
        .or_else(|| said_by_another(scene, r, s, denial))
        .or_else(|| charged(scene, r, s, denial))
        .or_else(|| {
            let open = |n: &usize| !denial.part && denial.points_back || is_charge(scene, *n);
            of(right_before(scene, r, s, denial.at).filter(open))
        })
        .or_else(|| said_before(scene, r, s, denial))
        .map(|mut c| {
            let more = accusations(scene, r, s, denial).into_iter().chain(claimed(scene, r, s, denial));
            for (by, span) in more {
                c.side.by.extend(by);
                c.side.evidence.push(span);
            }
            c
        })
        .filter(|c| {
            let elsewhere = |e: &Span| e.report != a.report.id || !e.range.overlaps(denial.at);
            c.within || c.side.evidence.iter().any(elsewhere)
        })
}

/// What somebody else is quoted for in one of the two sentences before, if nothing else is there to be denied, and the denial
/// points to what was said or speaks of the same.
fn said_before(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Option<Claim> {
    let a = &scene.analyses[r];
    let first = a.parsed.sentences[s.saturating_sub(2)].range.start();
    let (x, whole, by) = a
        .attributions
        .iter()
        .filter(|x| x.stance != Stance::Denies && x.source.is_some() && x.rule != "quoted")
        .filter_map(|x| {
            let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
            let other = party(scene.cast, by.as_ref(), x, &a.report.text) != denial.party;
            let whole = x.content.iter().copied().chain(x.source).chain(x.cue).reduce(TextRange::cover)?;
            let meant = || denial.points_back || x.content.iter().any(|c| denial.shares(a, *c));
            let near = whole.start() >= first && whole.end() <= denial.at.start();
            (other && near && meant()).then_some((x, whole, by))
        })
        .max_by_key(|(_, whole, _)| (whole.end(), whole.len()))?;
    let words = x.content.iter().copied().reduce(TextRange::cover).unwrap_or(whole);
    let side = Side {
        claim: shown(words.of(&a.report.text)),
        by: by.into_iter().collect(),
        evidence: vec![Span { report: a.report.id.clone(), range: whole }],
    };
    Some(Claim { incident: None, side, within: false })
}

/// What a party that is named with the denied claim says elsewhere in a few reports ("dismissed Norland's account that
/// soldiers were killed", "called the figures of Norland a lie"): words with telling words of the claim, or its counts of
/// dead and wounded where numbers are denied.
fn claimed(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Vec<(Option<ActorId>, Span)> {
    let a = &scene.analyses[r];
    let sentence = &a.parsed.sentences[s];
    let noun = |i: &usize| {
        let t = &sentence.tokens[*i];
        let word = t.lemma.to_lowercase();
        t.upos == Upos::Noun && (in_group("claims", &word) || in_group("untrue", &word))
    };
    let near = |i: &usize| denial.at.contains(sentence.tokens[*i].range);
    let nouns: Vec<usize> = (0..sentence.tokens.len()).filter(near).filter(noun).collect();
    if scene.analyses.len() > FEW || nouns.is_empty() {
        return Vec::new();
    }
    let state = |id: &ActorId| scene.cast.who(id, true).state.unwrap_or_else(|| id.to_string());
    let of_claim = |at: TextRange| nouns.iter().any(|&n| sentence.subtree(n).contains(at));
    let named = a.mentions.iter().filter(|m| of_claim(m.range)).map(|m| state(&scene.cast.id(&m.actor)));
    let named: BTreeSet<String> = named.filter(|p| *p != denial.party).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let numbers = denial.at.of(&a.report.text).split(|c: char| !c.is_alphabetic());
    let numbers = numbers.into_iter().any(|w| in_group("numbers", &w.to_lowercase()));
    let telling = |a: &Analysis, range: TextRange| -> BTreeSet<u32> {
        let all = words(&a.report.text, range).into_iter();
        all.filter(|w| !w.function && !w.name && w.range.len() > 3).map(|w| w.term).collect()
    };
    let mine = telling(a, denial.at);
    let mut found = Vec::new();
    for (q, b) in scene.analyses.iter().enumerate() {
        for (t, x) in b.attributions.iter().enumerate().filter(|(_, x)| x.stance != Stance::Denies) {
            let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
            if !named.contains(&party(scene.cast, by.as_ref(), x, &b.report.text)) {
                continue;
            }
            let counts = numbers.then(|| {
                let own = b.figures.iter().filter(|f| f.attribution == Some(t));
                own.filter(|f| matches!(f.what.as_str(), "killed" | "wounded")).map(|f| f.range)
            });
            let alike =
                x.content.iter().copied().filter(|c| telling(b, *c).intersection(&mine).count() >= ALIKE);
            for range in alike.chain(counts.into_iter().flatten()) {
                if q != r || range.end() <= denial.at.start() {
                    found.push((by.clone(), Span { report: b.report.id.clone(), range }));
                }
            }
        }
    }
    found
}

/// Telling words beside names that a party's own words must share with what is denied of it.
const ALIKE: usize = 2;

/// The sentences shortly before a denial in which somebody else accuses the one of who denies.
fn accusations(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Vec<(Option<ActorId>, Span)> {
    let a = &scene.analyses[r];
    let Some(by) = denial.by.as_ref() else { return Vec::new() };
    let first = a.parsed.sentences[s.saturating_sub(BACK)].range.start();
    let state = |id: &ActorId| scene.cast.who(id, true).state;
    let one = |id: &ActorId| id == by || state(id).is_some_and(|x| state(by) == Some(x));
    let near = a.events.iter().filter(|e| {
        e.kind == EventType::Accuse && e.trigger.start() >= first && e.trigger.end() <= denial.at.start()
    });
    let against = near.filter(|e| {
        e.targets.iter().filter_map(|t| t.actor.as_ref()).any(|t| one(&scene.cast.id(t)))
            && !e.extent.overlaps(denial.at)
    });
    let found = against.map(|e| {
        let by = e.actors.iter().find_map(|x| x.actor.as_ref()).map(|id| scene.cast.id(id));
        (by, Span { report: a.report.id.clone(), range: e.extent })
    });
    found.collect()
}

/// "Described as a lie claims that the army was massing", "spread the lie that we laid mines": the claim itself stands in its
/// denial.
fn clause_of(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Option<Claim> {
    let a = &scene.analyses[r];
    let sentence = &a.parsed.sentences[s];
    let tokens = &sentence.tokens;
    let noun = |i: usize| {
        let word = tokens[i].lemma.to_lowercase();
        tokens[i].upos == Upos::Noun
            && (in_group("claims", &word) || in_group("untrue", &word) || in_group("footage", &word))
    };
    let told = |i: usize| {
        let clause = |c: usize| {
            let role = tokens[c].deprel;
            c > i
                && (matches!(role, "acl" | "acl:relcl" | "ccomp")
                    || role == "nmod"
                        && tells_of(tokens, c)
                        && in_group("claims", &tokens[i].lemma.to_lowercase()))
                && c != denial.word
                && !in_group("spread", &tokens[c].range.of(&a.report.text).to_lowercase())
        };
        // "the story of the police that they fired": the clause may hang on what the story is of.
        let clauses = || sentence.children(i).filter(|&c| clause(c));
        let further = || {
            let of = sentence.children(i).filter(|&c| c > i && tokens[c].deprel == "nmod");
            of.flat_map(|n| sentence.children(n)).find(|&c| tokens[c].deprel == "acl")
        };
        clauses().find(|&c| tokens[c].deprel != "nmod").or_else(further).or_else(|| clauses().next())
    };
    let verb =
        (0..tokens.len()).filter(|&i| denial.at.contains(tokens[i].range) && noun(i)).find_map(told)?;
    let range = sentence.subtree(verb);
    let words = range.of(&a.report.text);
    let range = TextRange::new(range.end() - words.trim_start_matches([',', ' ', '\n']).len(), range.end());
    if range.overlaps(tokens[denial.word].range) {
        return None;
    }
    let mut side = Side {
        claim: shown(range.of(&a.report.text)),
        by: Vec::new(),
        evidence: vec![Span { report: a.report.id.clone(), range }],
    };
    for (by, span) in echoes(scene, r, range, denial) {
        side.by.extend(by);
        side.evidence.push(span);
    }
    Some(Claim { incident: super::incident(scene, r, range), side, within: true })
}

/// Telling words that another account must share with a claim to be taken for it, names counting twice.
const ECHO: usize = 5;

/// Where a few reports tell what is denied as a fact or have another party say it: a happening or somebody's words with
/// several telling words of the claim.
fn echoes(
    scene: &Scene<'_>,
    r: usize,
    claim: TextRange,
    denial: &Denial<'_>,
) -> Vec<(Option<ActorId>, Span)> {
    if scene.analyses.len() > FEW {
        return Vec::new();
    }
    let telling = |a: &Analysis, range: TextRange| -> BTreeMap<u32, usize> {
        let all = words(&a.report.text, range).into_iter().filter(|w| !w.function && w.range.len() > 3);
        all.map(|w| (w.term, if w.name { 2 } else { 1 })).collect()
    };
    let mine = telling(&scene.analyses[r], claim);
    let shares = |a: &Analysis, range: TextRange| {
        let theirs = telling(a, range);
        theirs.iter().filter_map(|(t, n)| mine.get(t).map(|m| *n.max(m))).sum::<usize>() >= ECHO
    };
    let mut found = Vec::new();
    for (q, b) in scene.analyses.iter().enumerate().filter(|(q, _)| *q != r) {
        let span = |range| Span { report: b.report.id.clone(), range };
        for x in b.attributions.iter().filter(|x| x.stance != Stance::Denies) {
            let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
            if party(scene.cast, by.as_ref(), x, &b.report.text) != denial.party {
                let same = x.content.iter().filter(|c| shares(b, **c));
                found.extend(same.map(|c| (by.clone(), span(*c))));
            }
        }
        for (e, event) in b.events.iter().enumerate() {
            let real = matches!(event.factuality, Factuality::Happened | Factuality::Ongoing);
            let own = event.attribution.and_then(|t| b.attributions.get(t)).is_some();
            if real && !own && scene.incident_of.contains_key(&(q, e)) && shares(b, event.extent) {
                found.push((None, span(event.extent)));
            }
        }
    }
    found
}

/// "of civilian victims"
fn tells_of(tokens: &[Token], noun: usize) -> bool {
    tokens.iter().any(|t| t.head as usize == noun + 1 && t.deprel == "case" && t.lemma == "of")
}

/// A deed in the words of the denial that others tell of.
fn in_the_denial(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Option<usize> {
    let a = &scene.analyses[r];
    let sentence = &a.parsed.sentences[s];
    let word = sentence.tokens[denial.word].range;
    let content: Vec<TextRange> = denial.attribution.map_or_else(Vec::new, |x| x.content.clone());
    let inside = |at: TextRange| {
        at.start() > word.start()
            && sentence.range.contains(at)
            && (content.is_empty() || content.iter().any(|c| c.contains(at)))
    };
    a.events
        .iter()
        .enumerate()
        .filter(|(_, e)| inside(e.trigger) && !e.trigger.overlaps(word))
        .find_map(|(e, _)| scene.incident_of.get(&(r, e)).copied())
}

/// The mentions of an incident as a fact, without those in the denial and those of its party.
fn told(scene: &Scene<'_>, incident: usize, events: &[(usize, usize)], denial: &Denial<'_>) -> Option<Claim> {
    let mut side = Side { claim: String::new(), by: Vec::new(), evidence: Vec::new() };
    for &(r, e) in events {
        let a = &scene.analyses[r];
        let event = &a.events[e];
        let happened = matches!(event.factuality, Factuality::Happened | Factuality::Ongoing);
        let said = event.attribution.and_then(|t| a.attributions.get(t));
        let by = said.and_then(|t| t.speaker.as_ref()).map(|id| scene.cast.id(id));
        let own = said.is_some_and(|t| party(scene.cast, by.as_ref(), t, &a.report.text) == denial.party);
        if happened && !own && !event.extent.overlaps(denial.at) {
            if side.claim.is_empty() {
                side.claim = shown(event.extent.of(&a.report.text));
            }
            side.by.extend(by);
            side.evidence.push(Span { report: a.report.id.clone(), range: event.extent });
        }
    }
    (!side.evidence.is_empty()).then_some(Claim { incident: Some(incident), side, within: false })
}

/// What another party says in the same sentence or shortly before; an accusation before any other word.
fn said_by_another(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Option<Claim> {
    let a = &scene.analyses[r];
    let first = a.parsed.sentences[s.saturating_sub(BACK)].range.start();
    let here = a.parsed.sentences[s].range;
    let accuses = |x: &Attribution| matches!(x.stance, Stance::Accuses | Stance::Claims);
    let claim = a
        .attributions
        .iter()
        .filter(|x| x.stance != Stance::Denies && x.rule != "quoted")
        .filter_map(|x| {
            let whole = x.content.iter().copied().chain(x.source).chain(x.cue).reduce(TextRange::cover)?;
            let by = x.speaker.as_ref().map(|id| scene.cast.id(id));
            let own = party(scene.cast, by.as_ref(), x, &a.report.text) == denial.party;
            // "accused it of firing first, a charge that it denied": the denial may hang on the claim.
            let whole = match whole.overlaps(denial.at) {
                true => {
                    let start = whole.start().min(denial.at.start());
                    let words = a.report.text[start..denial.at.start()].trim_end_matches([' ', ',', '\n']);
                    TextRange::new(start, start + words.len())
                }
                false => whole,
            };
            let near = whole.start() >= first && whole.end() <= here.end() && whole.len() > 2;
            let apart = x.cue.is_some_and(|c| !denial.at.overlaps(c) && whole.contains(c));
            let related = || accuses(x) || denial.points_back || denial.shares(a, whole);
            (near && apart && !own && x.source.is_some() && related()).then_some((x, whole, by))
        })
        .max_by_key(|(x, whole, _)| (denial.shares(a, *whole), whole.start(), accuses(x)));
    let (x, whole, by) = claim?;
    let words = x.content.iter().copied().reduce(TextRange::cover).unwrap_or(whole);
    let words = TextRange::new(words.start().min(whole.end()), words.end().min(whole.end()));
    // "They said that they had taken the town and killed 40. The group denied this": all that he said there.
    let more = a.attributions.iter().filter(|y| {
        let same = y.speaker.is_some() && y.speaker == x.speaker && y.cue != x.cue;
        same && y.cue.is_some_and(|c| c.start() >= first && c.end() <= denial.at.start())
    });
    let more =
        more.filter_map(|y| y.content.iter().copied().chain(y.source).chain(y.cue).reduce(TextRange::cover));
    let spans = std::iter::once(whole).chain(more.filter(|y| !y.overlaps(denial.at)));
    let side = Side {
        claim: shown(words.of(&a.report.text)),
        by: by.into_iter().collect(),
        evidence: spans.map(|range| Span { report: a.report.id.clone(), range }).collect(),
    };
    let incident = x.content.iter().find_map(|c| super::incident(scene, r, *c));
    Some(Claim { incident, side, within: false })
}

/// "…, as has been asserted by a movement": who holds what is denied stands in its denial.
fn asserted(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Option<Claim> {
    let a = &scene.analyses[r];
    let sentence = &a.parsed.sentences[s];
    let behind = |i: usize| i > denial.word && sentence.tokens[i].lemma == "as";
    let mark = (0..sentence.tokens.len()).find(|&i| behind(i))?;
    let verb = sentence.head(mark).filter(|&v| {
        v > mark && in_group("asserts", &sentence.tokens[v].lemma) && sentence.tokens[v].upos == Upos::Verb
    })?;
    let range = sentence.subtree(verb);
    let side = Side {
        claim: shown(range.of(&a.report.text)),
        by: Vec::new(),
        evidence: vec![Span { report: a.report.id.clone(), range }],
    };
    Some(Claim { incident: None, side, within: false })
}

/// Reports of which all are searched for what one of them denies.
const FEW: usize = 30;

/// What others accuse the one of who denies something of the same names, in any of a few reports.
fn charged(scene: &Scene<'_>, r: usize, s: usize, denial: &Denial<'_>) -> Option<Claim> {
    let by = denial.by.as_ref()?;
    let names = |a: &Analysis, range: TextRange| -> Vec<u32> {
        words(&a.report.text, range).iter().filter(|w| w.name && !w.function).map(|w| w.term).collect()
    };
    let mine = names(&scene.analyses[r], scene.analyses[r].parsed.sentences[s].range);
    let state = |id: &ActorId| scene.cast.who(id, true).state;
    let one = |id: &ActorId| id == by || state(id).is_some_and(|x| state(by) == Some(x));
    let mut side = Side { claim: String::new(), by: Vec::new(), evidence: Vec::new() };
    let near = scene.analyses.len() <= FEW;
    for (q, b) in scene.analyses.iter().enumerate().filter(|(q, _)| *q == r || near) {
        for e in b.events.iter().filter(|e| e.kind == EventType::Accuse) {
            let at = b.parsed.sentences.partition_point(|x| x.range.end() <= e.trigger.start());
            let Some(told) = b.parsed.sentences.get(at).filter(|_| (q, at) != (r, s)) else { continue };
            let mut accused = e.targets.iter().filter_map(|t| t.actor.as_ref());
            let shares = || names(b, told.range).iter().filter(|t| mine.contains(t)).count() > 1;
            if accused.any(|t| one(&scene.cast.id(t))) && shares() {
                if side.claim.is_empty() {
                    side.claim = shown(told.range.of(&b.report.text));
                }
                side.by.extend(e.actors.iter().filter_map(|x| x.actor.as_ref()).map(|id| scene.cast.id(id)));
                side.evidence.push(Span { report: b.report.id.clone(), range: told.range });
            }
        }
    }
    (!side.evidence.is_empty()).then_some(Claim { incident: None, side, within: false })
}

/// Whether somebody can be denied to have had a part in it: a deed, or what accuses of one, no other words.
fn is_charge(scene: &Scene<'_>, incident: usize) -> bool {
    let kind = scene.incidents[incident].kind;
    kind == EventType::Accuse || !matches!(kind.quad(), Quad::VerbalConflict | Quad::VerbalCooperation)
}

/// The happening told of in the same sentence or the one before.
pub(super) fn right_before(scene: &Scene<'_>, r: usize, s: usize, behind: TextRange) -> Option<usize> {
    let a = &scene.analyses[r];
    let first = a.parsed.sentences[s.saturating_sub(1)].range.start();
    let near = |at: TextRange| at.start() >= first && at.end() <= behind.start();
    let (e, _) = a
        .events
        .iter()
        .enumerate()
        .filter(|(_, e)| {
            near(e.trigger) && matches!(e.factuality, Factuality::Happened | Factuality::Ongoing)
        })
        .filter(|(e, _)| scene.incident_of.contains_key(&(r, *e)))
        .max_by_key(|(_, e)| (e.kind.quad() == Quad::MaterialConflict, e.trigger.start()))?;
    scene.incident_of.get(&(r, e)).copied()
}
