//! `templates`: MUC-3 and MUC-4 answer keys, scored slot by slot.
//!
//! Our templates are the incidents of the record made from the one message. Templates are paired for the most points;
//! only those of the same type are paired, or where one of the two types is ATTACK, which then is wrong as a type. A
//! filler is right (1), partly right (½) or wrong; recall is over the key's fillers, precision over ours; fillers of
//! unpaired templates are missing or spurious (the row «all templates» of the official scorer). Optional templates and
//! fillers are never missing. Over the official scorer, where a person judged doubtful strings: a string is right if
//! it equals a form of the key but for articles, partly right if its last word does.
//!
//! Partly right: a date that overlaps; a place in the right country; SUSPECTED OR ACCUSED for … BY AUTHORITIES; a
//! number or effect that is right but given to another target.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use record::{
    Actor, ActorKind, Block, BlockLabel, Confidence, EventType, Factuality, Incident, Mode, Party, Record,
    Report, TextRange,
};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Settings;
use super::muc_key::{self, Fill, Message, Template, interval};
use crate::metrics::{Counts, assignment};
use crate::{Case, Outcome, Problem, system};

/// Slots by number of the key and name of the score.
const SLOTS: [(u8, &str); 9] = [
    (4, "type"),
    (5, "stage"),
    (2, "date"),
    (3, "location"),
    (9, "perp_individual"),
    (10, "perp_org"),
    (11, "confidence"),
    (21, "target_number"),
    (23, "target_effect"),
];

/// Scores each slot and `all` in percent F, with `_p` and `_r`; `n` is the number of templates in the key that are not
/// optional.
///
/// # Errors
/// A file that cannot be read, or a folder without key or messages.
pub fn run(path: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    let (messages, keys) = muc_key::load(path)?;
    let messages = settings.choose(messages);
    let mut outcome = Outcome::new("templates", path);
    let ours: Vec<Vec<Ours>> = messages.par_iter().map(|m| templates(m, settings.mixed_case)).collect();
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for (message, ours) in messages.iter().zip(&ours) {
        let key = &keys[&message.id];
        outcome.n += key.iter().filter(|t| !t.optional).count();
        score(message, key, ours, &mut counts, &mut outcome);
    }
    let mut all = Counts::default();
    for (_, name) in SLOTS {
        let slot = counts.get(name).copied().unwrap_or_default();
        all += slot;
        add(&mut outcome, name, slot);
    }
    add(&mut outcome, "all", all);
    Ok(outcome)
}

fn add(outcome: &mut Outcome, name: &str, counts: Counts) {
    outcome.score(name, counts.f1());
    outcome.score(&format!("{name}_p"), counts.precision());
    outcome.score(&format!("{name}_r"), counts.recall());
}

// ---- our templates --------------------------------------------------------------------------------------------------

/// A filler of ours: what it is (in any form), and which target it is about.
#[derive(Debug, Clone, Default)]
struct Filler {
    forms: Vec<String>,
    about: Vec<String>,
    /// For dates.
    days: (Option<Date>, Option<Date>),
}

type Ours = BTreeMap<u8, Vec<Filler>>;

fn templates(message: &Message, mixed_case: bool) -> Vec<Ours> {
    let text = if mixed_case { mixed(&message.text) } else { message.text.clone() };
    let mut report: Report = system::report(&message.id, &text, message.written);
    if message.dateline > 0 && text.is_char_boundary(message.dateline) {
        let block =
            |start, end, label| Block { range: TextRange::new(start, end), label, rule: "evaluation" };
        report.blocks = vec![
            block(0, message.dateline, BlockLabel::Dateline),
            block(message.dateline, text.len(), BlockLabel::Body),
        ];
    }
    let analysis = system::analyse(report);
    let home =
        analysis.places.iter().filter(|p| p.range.start() < message.dateline).find_map(|p| p.spot.country);
    let record = system::link(vec![analysis]);
    record.incidents.iter().filter_map(|i| template(message, &text, home, &record, i)).collect()
}

/// The template of an incident; none for what MUC does not ask for: other types of events, what is only imagined or
/// denied, fights among armed forces, and what lies more than two months back. `home` is the country of the dateline,
/// where an incident without a place is taken to be, since the slot is never to be left blank.
fn template(
    message: &Message,
    text: &str,
    home: Option<&'static str>,
    record: &Record,
    incident: &Incident,
) -> Option<Ours> {
    let words: String = incident.evidence.iter().map(|s| s.range.of(text).to_lowercase() + " ").collect();
    let kind = incident_type(incident, &words)?;
    let stage = match incident.factuality {
        Factuality::Threatened | Factuality::Planned => "THREATENED",
        Factuality::Hypothetical | Factuality::Denied => return None,
        _ if incident.kind == EventType::Threaten => "THREATENED",
        _ if ["attempt", "foil", "defus", "deactivat", "tried to"].iter().any(|w| words.contains(w)) => {
            "ATTEMPTED"
        }
        _ => "ACCOMPLISHED",
    };
    let two_months = jiff::Span::new().days(60);
    let old = message.written.and_then(|w| w.checked_sub(two_months).ok()).zip(incident.when.latest());
    if old.is_some_and(|(limit, latest)| latest < limit) || only_armed(record, incident) {
        return None;
    }
    let mut ours = Ours::new();
    let mut put = |slot: u8, filler: Filler| ours.entry(slot).or_default().push(filler);
    let word = |form: &str| Filler { forms: vec![form.to_owned()], ..Filler::default() };
    put(4, word(kind));
    put(5, word(stage));
    let days = match (incident.when.earliest(), incident.when.latest()) {
        (None, None) => (None, message.written),
        known => known,
    };
    put(2, Filler { days, ..Filler::default() });
    if let Some(filler) = location(incident, home) {
        put(3, filler);
    }
    for party in &incident.actors {
        let actor = record.actors.iter().find(|a| a.id == party.actor);
        let forms = forms(actor, party, text);
        if actor.is_some_and(|a| is_organisation(a.kind)) {
            put(10, Filler { forms: forms.clone(), ..Filler::default() });
            put(11, Filler { about: forms, ..word(confidence(party.confidence)) });
        } else {
            put(9, Filler { forms, ..Filler::default() });
        }
    }
    targets(record, incident, text, &mut put);
    Some(ours)
}

fn incident_type(incident: &Incident, words: &str) -> Option<&'static str> {
    let has = |options: &[&str]| options.iter().any(|w| words.contains(w));
    match (incident.kind, incident.mode) {
        (EventType::Assault, Some(Mode::Abduct)) => Some("KIDNAPPING"),
        (EventType::Assault | EventType::Coerce, _)
            if has(&["arson", "set fire", "burn", "torch", "set on fire"]) =>
        {
            Some("ARSON")
        }
        (EventType::Assault | EventType::Coerce, _) if has(&["robb", "stole", "steal"]) => Some("ROBBERY"),
        (EventType::Assault, Some(Mode::Explosives | Mode::SuicideAttack)) => Some("BOMBING"),
        (EventType::Assault, _) => Some("ATTACK"),
        (EventType::Threaten, Some(Mode::Violence)) => Some("ATTACK"),
        _ => None,
    }
}

/// Whether armed forces or groups are all that is named as targets.
fn only_armed(record: &Record, incident: &Incident) -> bool {
    let armed = |p: &Party| {
        let actor = record.actors.iter().find(|a| a.id == p.actor);
        actor.is_some_and(|a| matches!(a.kind, ActorKind::Force | ActorKind::ArmedGroup))
    };
    !incident.targets.is_empty() && incident.targets.iter().all(armed)
}

fn is_organisation(kind: ActorKind) -> bool {
    !matches!(kind, ActorKind::Person | ActorKind::Role | ActorKind::Population | ActorKind::Other)
}

fn forms(actor: Option<&Actor>, party: &Party, text: &str) -> Vec<String> {
    let written = party.evidence.iter().map(|s| s.range.of(text).to_owned());
    let known = actor.into_iter().flat_map(|a| a.aliases.iter().cloned().chain([a.name.clone()]));
    written.chain(known).map(|f| plain(&f)).filter(|f| !f.is_empty()).collect()
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Fact => "REPORTED AS FACT",
        Confidence::Claimed => "CLAIMED OR ADMITTED",
        Confidence::Accused => "SUSPECTED OR ACCUSED",
        Confidence::Denied | Confidence::Unknown => "POSSIBLE",
    }
}

/// Country and the names of our places, plain.
fn location(incident: &Incident, home: Option<&'static str>) -> Option<Filler> {
    let country = incident.places.iter().find_map(|p| p.country).or(home).map(system::country_name);
    let names = incident.places.iter().map(|p| plain(&p.name));
    let forms: Vec<String> = country.into_iter().map(plain).chain(names).collect();
    (!forms.is_empty()).then(|| Filler { forms, ..Filler::default() })
}

/// Numbers and effects by target: from the figures, and one for each named person without a figure.
fn targets(record: &Record, incident: &Incident, text: &str, put: &mut impl FnMut(u8, Filler)) {
    let mut counted = false;
    for figure in &incident.figures {
        let effect = match figure.what.as_str() {
            "killed" => "DEATH",
            "wounded" => "INJURY",
            "abducted" | "captured" | "arrested" => "",
            _ => continue,
        };
        let about: Vec<String> = figure.claims.iter().map(|c| plain(&c.as_written)).collect();
        counted = true;
        if let Some(n) = figure.best.or(figure.low) {
            put(21, Filler { forms: vec![n.to_string()], about: about.clone(), ..Filler::default() });
        }
        if !effect.is_empty() {
            put(23, Filler { forms: vec![effect.to_owned()], about, ..Filler::default() });
        }
    }
    for party in incident.targets.iter().filter(|_| !counted) {
        let actor = record.actors.iter().find(|a| a.id == party.actor);
        let about = forms(actor, party, text);
        if actor.is_some_and(|a| a.kind == ActorKind::Person) {
            put(21, Filler { forms: vec!["1".to_owned()], about, ..Filler::default() });
        }
    }
}

/// Small letters, but for sentence starts, what stands in brackets, and what the gazetteer knows: the texts are all in
/// capitals. Keeps every byte in its place.
fn mixed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '\'') {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        let rest = &piece[word.len()..];
        let mut chars = word.chars();
        let title =
            chars.next().map_or(String::new(), |f| f.to_string() + &chars.as_str().to_ascii_lowercase());
        let bracketed = out.ends_with(['[', '(']) && rest.starts_with([']', ')']);
        let name = system::country_code(&title).is_some();
        match () {
            () if bracketed || word.len() < 2 => out.push_str(word),
            () if start || name => out.push_str(&title),
            () => out.push_str(&word.to_ascii_lowercase()),
        }
        out.push_str(rest);
        if !word.is_empty() {
            start = false;
        }
        if rest.contains(['.', '!', '?', '"']) || rest.contains("--") || word == "TEXT" {
            start = true;
        }
    }
    out
}

// ---- scoring --------------------------------------------------------------------------------------------------------

fn score(
    message: &Message,
    key: &[Template],
    ours: &[Ours],
    counts: &mut BTreeMap<&str, Counts>,
    outcome: &mut Outcome,
) {
    let mut edges = Vec::new();
    for (k, template) in key.iter().enumerate() {
        for (o, our) in ours.iter().enumerate() {
            if may_pair(template, our) {
                // Even without a single point a pair is better than a missing and a spurious template.
                let points: f64 = SLOTS.iter().map(|(s, _)| slot(*s, template, our).right).sum();
                edges.push((k, o, points + 0.01));
            }
        }
    }
    let pairs: Vec<(usize, usize)> =
        assignment::best(&edges).into_iter().map(|e| (edges[e].0, edges[e].1)).collect();
    for &(k, o) in &pairs {
        for (number, name) in SLOTS {
            let points = slot(number, &key[k], &ours[o]);
            *counts.entry(name).or_default() += points;
            if points.right < points.gold.max(points.ours) {
                outcome.confusion.add(name, if points.ours == 0.0 { "missing" } else { "wrong" });
                outcome.cases.push(Case {
                    origin: message.id.clone(),
                    text: name.to_owned(),
                    gold: format!(
                        "{:?}",
                        key[k].slots.get(&number).map(|f| f.iter().map(|f| &f.values).collect::<Vec<_>>())
                    ),
                    ours: format!("{:?}", ours[o].get(&number)),
                });
            } else {
                outcome.confusion.add(name, name);
            }
        }
    }
    for (_, template) in
        key.iter().enumerate().filter(|(k, t)| !t.optional && !pairs.iter().any(|p| p.0 == *k))
    {
        for (number, name) in SLOTS {
            *counts.entry(name).or_default() +=
                Counts { gold: required(template, number) as f64, ..Counts::default() };
        }
        outcome.confusion.add("template", "missing");
        outcome.cases.push(Case {
            origin: message.id.clone(),
            text: message.text.chars().skip(message.dateline).take(300).collect(),
            gold: format!(
                "{:?}",
                template
                    .slots
                    .iter()
                    .map(|(n, f)| (n, f.iter().map(|f| &f.values).collect::<Vec<_>>()))
                    .collect::<Vec<_>>()
            ),
            ours: "no template".to_owned(),
        });
    }
    for (_, our) in ours.iter().enumerate().filter(|(o, _)| !pairs.iter().any(|p| p.1 == *o)) {
        for (number, name) in SLOTS {
            let n = our.get(&number).map_or(0, Vec::len);
            *counts.entry(name).or_default() += Counts { ours: n as f64, ..Counts::default() };
        }
        outcome.confusion.add("no template", "template");
    }
}

fn may_pair(template: &Template, ours: &Ours) -> bool {
    let gold = template.slots.get(&4).into_iter().flatten().flat_map(|f| &f.values);
    let kind = ours.get(&4).and_then(|f| f.first()).and_then(|f| f.forms.first()).map_or("", String::as_str);
    kind == "ATTACK" || gold.clone().any(|g| g == kind || g == "ATTACK")
}

fn required(template: &Template, slot: u8) -> usize {
    template.slots.get(&slot).map_or(0, |fills| fills.iter().filter(|f| !f.optional).count())
}

/// Points of one slot of a pair: optional fillers count only where we have them.
fn slot(number: u8, template: &Template, ours: &Ours) -> Counts {
    let none = (Vec::new(), Vec::new());
    let gold = template.slots.get(&number).unwrap_or(&none.0);
    let ours = ours.get(&number).unwrap_or(&none.1);
    let mut edges = Vec::new();
    for (g, fill) in gold.iter().enumerate() {
        for (o, filler) in ours.iter().enumerate() {
            let credit = credit(number, fill, filler);
            if credit > 0.0 {
                edges.push((g, o, credit));
            }
        }
    }
    let best = assignment::best(&edges);
    let optional = best.iter().filter(|&&e| gold[edges[e].0].optional).count();
    Counts {
        right: best.iter().map(|&e| edges[e].2).sum(),
        gold: (required(template, number) + optional) as f64,
        ours: ours.len() as f64,
    }
}

fn credit(number: u8, gold: &Fill, ours: &Filler) -> f64 {
    let best = |f: &dyn Fn(&str) -> f64| gold.values.iter().map(|v| f(v)).fold(0.0, f64::max);
    match number {
        2 => best(&|v| interval(v).map_or(0.0, |days| same_days(days, ours.days))),
        3 => best(&|v| same_place(v, &ours.forms)),
        9 | 10 => best(&|v| same_words(v, &ours.forms)),
        11 => {
            let accused = |s: &str| s.starts_with("SUSPECTED OR ACCUSED");
            let value = best(&|v| match ours.forms.first() {
                Some(o) if o == v => 1.0,
                Some(o) if accused(o) && accused(v) => 0.5,
                _ => 0.0,
            });
            if about(gold, ours) { value } else { value / 2.0 }
        }
        21 => {
            let n: Option<u64> = ours.forms.first().and_then(|n| n.parse().ok());
            let value = best(&|v| same_number(v, n));
            if about(gold, ours) { value } else { value / 2.0 }
        }
        23 => {
            let value = best(&|v| f64::from(ours.forms.iter().any(|o| o == v)));
            if about(gold, ours) { value } else { value / 2.0 }
        }
        _ => best(&|v| f64::from(ours.forms.iter().any(|o| o == v))),
    }
}

/// Whether both are about the same target or organisation, as far as words can tell.
fn about(gold: &Fill, ours: &Filler) -> bool {
    let head = |s: &str| plain(s).split(' ').next_back().unwrap_or("").to_owned();
    gold.about.is_empty()
        || gold.about.iter().any(|g| {
            let g = plain(g);
            ours.about
                .iter()
                .any(|o| o.contains(&g) || g.contains(o.as_str()) || o.split(' ').any(|w| w == head(&g)))
        })
}

fn same_days(gold: (Option<Date>, Option<Date>), ours: (Option<Date>, Option<Date>)) -> f64 {
    if gold == ours {
        return 1.0;
    }
    let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
    if before(gold.1, ours.0) || before(ours.1, gold.0) { 0.0 } else { 0.5 }
}

/// `EL SALVADOR: SAN MIGUEL (DEPARTMENT): SAN LUIS (TOWN)`: right if the finest name is among ours (or, for a mere
/// country, if we name nothing finer), partly right in the right country.
fn same_place(gold: &str, ours: &[String]) -> f64 {
    let names: Vec<String> = gold
        .split([':', '-'])
        .map(|p| plain(p.split('(').next().unwrap_or("")))
        .filter(|p| !p.is_empty())
        .collect();
    let (Some(country), Some(finest)) = (names.first(), names.last()) else { return 0.0 };
    let has = |name: &String| ours.contains(name);
    match () {
        () if names.len() > 1 && has(finest) => 1.0,
        () if names.len() == 1 && has(country) => {
            if ours.iter().all(|o| o == country) {
                1.0
            } else {
                0.5
            }
        }
        () if names.iter().any(has) => 0.5,
        () => 0.0,
    }
}

fn same_words(gold: &str, ours: &[String]) -> f64 {
    let gold = plain(gold);
    let last = |s: &str| s.split(' ').next_back().unwrap_or("").to_owned();
    match () {
        () if ours.contains(&gold) => 1.0,
        () if ours.iter().any(|o| last(o) == last(&gold)) => 0.5,
        () => 0.0,
    }
}

/// `6`, `~100`, `6-8`, `6-`, `-26`, `PLURAL`.
fn same_number(gold: &str, ours: Option<u64>) -> f64 {
    let Some(n) = ours else { return 0.0 };
    if gold == "PLURAL" {
        return if n > 1 { 0.5 } else { 0.0 };
    }
    let gold = gold.trim_start_matches('~').trim();
    match gold.split_once('-') {
        None => f64::from(gold.parse() == Ok(n)),
        Some((low, high)) => {
            let (low, high) = (low.trim().parse().unwrap_or(0), high.trim().parse().unwrap_or(u64::MAX));
            match () {
                () if n == low || n == high => 1.0,
                () if low <= n && n <= high => 0.5,
                () => 0.0,
            }
        }
    }
}

/// Capitals, without accents, article, quotation marks and needless white space.
fn plain(text: &str) -> String {
    let upper: String = text.to_uppercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = upper.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let words: Vec<&str> = words.collect();
    let skip = usize::from(matches!(words.first(), Some(&("THE" | "A" | "AN"))) && words.len() > 1);
    words[skip..].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn fill(values: &[&str], optional: bool) -> Fill {
        Fill { values: values.iter().map(|v| (*v).to_owned()).collect(), about: Vec::new(), optional }
    }

    fn filler(form: &str) -> Filler {
        Filler { forms: vec![plain(form)], ..Filler::default() }
    }

    #[test]
    fn credit_by_slot() {
        assert_eq!(credit(9, &fill(&["THE GUERRILLAS", "REBELS"], false), &filler("guerrillas")), 1.0);
        assert_eq!(credit(9, &fill(&["GUERRILLA COLUMN"], false), &filler("a rebel column")), 0.5);
        assert_eq!(credit(3, &fill(&["PERU: LIMA (CITY)"], false), &filler("Lima")), 1.0);
        assert_eq!(credit(3, &fill(&["PERU: LIMA (CITY)"], false), &filler("Peru")), 0.5);
        let day = |d| Some(date(1990, 1, d));
        let ours = Filler { days: (day(5), day(5)), ..Filler::default() };
        assert_eq!(credit(2, &fill(&["05 JAN 90"], false), &ours), 1.0);
        assert_eq!(credit(2, &fill(&["- 06 JAN 90"], false), &ours), 0.5);
        assert_eq!(credit(2, &fill(&["06 JAN 90"], false), &ours), 0.0);
        assert_eq!(
            (same_number("~100", Some(100)), same_number("6-8", Some(7)), same_number("6-", Some(6))),
            (1.0, 0.5, 1.0)
        );
    }

    #[test]
    fn missing_spurious_and_optional_fillers() {
        let mut template = Template::default();
        template.slots.insert(9, vec![fill(&["GUERRILLAS"], false), fill(&["TWO MEN"], true)]);
        let ours = Ours::from([(9, vec![filler("guerrillas"), filler("a priest")])]);
        assert_eq!(slot(9, &template, &ours), Counts { right: 1.0, gold: 1.0, ours: 2.0 });
        let with_optional = Ours::from([(9, vec![filler("two men")])]);
        assert_eq!(slot(9, &template, &with_optional), Counts { right: 1.0, gold: 2.0, ours: 1.0 });
    }

    #[test]
    fn templates_are_paired_for_the_most_points() {
        let key_of = |kind: &str, who: &str, optional: bool| {
            let slots = BTreeMap::from([(4, vec![fill(&[kind], false)]), (9, vec![fill(&[who], false)])]);
            Template { slots, optional }
        };
        let ours_of = |kind: &str, who: &str| Ours::from([(4, vec![filler(kind)]), (9, vec![filler(who)])]);
        let message = Message { id: "DEV-1".into(), text: "TEXT".into(), dateline: 0, written: None };
        let score = |key: &[Template], ours: &[Ours]| {
            let mut counts = BTreeMap::new();
            super::score(&message, key, ours, &mut counts, &mut Outcome::default());
            let at = |name| counts.get(name).copied().unwrap_or_default();
            (at("type"), at("perp_individual"))
        };
        // Both of ours are bombings: the pairing by perpetrator wins over the order in which they stand.
        let key = [key_of("BOMBING", "REBELS", false), key_of("BOMBING", "STUDENTS", false)];
        let ours = [ours_of("BOMBING", "students"), ours_of("BOMBING", "rebels")];
        assert_eq!(score(&key, &ours), (Counts::new(2, 2, 2), Counts::new(2, 2, 2)));
        // A kidnapping is no bombing: both templates are unpaired, one missing, one spurious.
        let ours = [ours_of("KIDNAPPING", "rebels")];
        assert_eq!(score(&key[..1], &ours), (Counts::new(0, 1, 1), Counts::new(0, 1, 1)));
        // An attack may be paired with a bombing; its type is wrong, its perpetrator counts.
        let ours = [ours_of("ATTACK", "rebels")];
        assert_eq!(score(&key[..1], &ours), (Counts::new(0, 1, 1), Counts::new(1, 1, 1)));
        // An optional template is never missing, but counts where we have it.
        let key = [key_of("BOMBING", "REBELS", true)];
        assert_eq!(score(&key, &[]), (Counts::default(), Counts::default()));
        assert_eq!(score(&key, &[ours_of("BOMBING", "rebels")]).0, Counts::new(1, 1, 1));
    }

    #[test]
    fn mixed_case_keeps_every_byte_in_its_place() {
        let text = "GUERRILLAS OF THE FRONT [FMLN] KILLED 3. THE ARMY SAID SO.";
        let mixed = mixed(text);
        assert_eq!(mixed.len(), text.len());
        assert_eq!(mixed, "Guerrillas of the front [FMLN] killed 3. The army said so.");
    }
}
