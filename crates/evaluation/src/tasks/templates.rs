//! `templates`: MUC-3 and MUC-4 answer keys, scored slot by slot.
//!
//! Our templates are the incidents of the record made from the one message (`muc_template`). The scoring is that of
//! MUC-4, as far as a program alone can do it:
//!
//! * A template of ours can be paired with one of the key only if their types agree, at least partly, and a perpetrator
//!   or target too: a string, or the category of who or what was hit (*Guidelines for scoring mismatches*, MUC-4, appendix
//!   C, 3.2.1); pairs are chosen for the most points.
//! * A filler is right (1), partly right (½) or wrong; recall is over the key's fillers, precision over ours. Fillers of
//!   unpaired templates are missing or spurious: the row «all templates», in which the scores of 1992 were published.
//! * Templates and fillers that are optional in the key are never missing.
//! * A value of a set is partly right if it is more general than the key's (ATTACK for BOMBING). A place is partly right
//!   in the right country, a date if it overlaps, and what is said of another target than the key says it of.
//! * Strings were judged by people in 1992. Here one is right if it equals a form of the key but for the words that the
//!   official scorer passes over, partly right if its last word does.
//!
//! Not scored, since the record has no such values: instruments, nationalities, totals, and of physical targets all but
//! what they are and their category.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use super::Settings;
use super::muc_key::{self, Fill, Message, Template, interval};
use super::muc_template::{Filler, Ours, TOLD, templates};
use super::muc_words::{head, plain};
use crate::metrics::{Counts, assignment};
use crate::{Case, Outcome, Problem, system};

/// Slots by number of the key and name of the score.
const SLOTS: [(u8, &str); 14] = [
    (4, "type"),
    (5, "stage"),
    (2, "date"),
    (3, "location"),
    (9, "perp_individual"),
    (10, "perp_org"),
    (11, "confidence"),
    (12, "thing"),
    (13, "thing_type"),
    (18, "target_name"),
    (19, "target_description"),
    (20, "target_type"),
    (21, "target_number"),
    (23, "target_effect"),
];

/// Slots one of which has to agree in a pair, beside the type.
const GROUNDS: [u8; 7] = [9, 10, 12, 13, 18, 19, 20];

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

/// Small letters, but for sentence starts, what stands in brackets, and what the gazetteer knows: the texts are all in
/// capitals. Keeps every byte in its place.
pub(super) fn mixed(text: &str) -> String {
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
        outcome.cases.push(Case {
            origin: message.id.clone(),
            text: our.get(&TOLD).and_then(|f| f[0].forms.first().cloned()).unwrap_or_default(),
            gold: "no template".to_owned(),
            ours: format!("{:?}", our.iter().filter(|(n, _)| **n != TOLD).collect::<Vec<_>>()),
        });
    }
}

fn may_pair(template: &Template, ours: &Ours) -> bool {
    let agree = |number: u8| slot(number, template, ours).right > 0.0;
    agree(4) && GROUNDS.into_iter().any(agree)
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
        10 | 18 => best(&|v| same_name(v, &ours.forms)),
        9 | 12 | 19 => best(&|v| same_words(v, &ours.forms)),
        11 | 13 | 20 | 21 | 23 => {
            let value = match number {
                21 => best(&|v| same_number(v, ours.forms.first().map_or("", String::as_str))),
                _ => best(&|v| same_value(v, ours)),
            };
            if about(gold, ours) { value } else { value / 2.0 }
        }
        _ => best(&|v| same_value(v, ours)),
    }
}

/// Values of sets with those above them.
const ABOVE: &[(&str, &[&str])] = &[
    ("ATTACK", &["ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE"]),
    ("SUSPECTED OR ACCUSED", &["SUSPECTED OR ACCUSED BY AUTHORITIES"]),
    ("POLITICAL FIGURE", &["GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL"]),
    ("GOVERNMENT OFFICIAL", &["FORMER GOVERNMENT OFFICIAL"]),
    ("ACTIVE MILITARY", &["FORMER ACTIVE MILITARY"]),
    ("NO INJURY", &["NO DEATH", "NO INJURY OR DEATH"]),
    ("NO DEATH", &["NO INJURY OR DEATH"]),
];

fn same_value(gold: &str, ours: &Filler) -> f64 {
    let general = |o: &String| ABOVE.iter().any(|(above, below)| o == above && below.contains(&gold));
    match () {
        () if ours.forms.iter().any(|o| o == gold) => 1.0,
        () if ours.forms.iter().any(general) => 0.5,
        () => 0.0,
    }
}

/// Whether both are about the same target or organisation, as far as words can tell.
fn about(gold: &Fill, ours: &Filler) -> bool {
    let head = |s: &str| head(&plain(s)).to_owned();
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

/// `EL SALVADOR: SAN MIGUEL (DEPARTMENT): SAN LUIS (TOWN)`: right if the finest name is among ours, which are
/// one place and what holds it (or, for a mere country, if we name nothing finer), partly right in the right country.
fn same_place(gold: &str, ours: &[String]) -> f64 {
    let names: Vec<String> = gold
        .split([':', '-'])
        .map(|p| plain(p.split('(').next().unwrap_or("")))
        .filter(|p| !p.is_empty())
        .collect();
    let (Some(country), Some(finest)) = (names.first(), names.last()) else { return 0.0 };
    let has = |name: &String| ours.contains(name);
    if !has(country) {
        return 0.0;
    }
    match () {
        () if names.len() > 1 && has(finest) => 1.0,
        () if names.len() == 1 && has(country) => {
            if ours.iter().all(|o| o == country) {
                1.0
            } else {
                0.5
            }
        }
        () => 0.5,
    }
}

/// A name: partly right if one is part of the other ("LUIS CARLOS GALAN" of "LUIS CARLOS GALAN SARMIENTO").
fn same_name(gold: &str, ours: &[String]) -> f64 {
    let gold = plain(gold);
    let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let part = |a: &[String], b: &[String]| {
        let mut rest = b.iter();
        !a.is_empty() && a.iter().all(|w| rest.any(|v| v == w))
    };
    let (whole, all) = (words(&gold), ours.iter().map(|o| words(o)));
    match () {
        () if ours.contains(&gold) => 1.0,
        () if all.clone().any(|o| part(&o, &whole) || part(&whole, &o)) => 0.5,
        () => 0.0,
    }
}

/// A description: partly right if what it is called by is the same ("FACILITIES OF THE CORPORATION", "THE FACILITIES").
fn same_words(gold: &str, ours: &[String]) -> f64 {
    let gold = plain(gold);
    match () {
        () if ours.contains(&gold) => 1.0,
        () if ours.iter().any(|o| head(o) == head(&gold)) => 0.5,
        () => 0.0,
    }
}

/// `6`, `~100`, `6-8`, `6-`, `-26`, `PLURAL`.
fn same_number(gold: &str, ours: &str) -> f64 {
    if gold == ours {
        return 1.0;
    }
    let Ok(n) = ours.parse::<u64>() else { return 0.0 };
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
        assert_eq!(credit(12, &fill(&["OFFICES OF THE BANK"], false), &filler("the offices")), 0.5);
        assert_eq!(credit(12, &fill(&["OFFICES OF THE BANK"], false), &filler("the bank")), 0.0);
        let person = fill(&["JUAN LUIS ROJAS MORA"], false);
        assert_eq!(credit(18, &person, &filler("Juan Rojas")), 0.5);
        assert_eq!(credit(18, &person, &filler("Rosa Mora")), 0.0);
        let place =
            |names: &[&str]| Filler { forms: names.iter().map(|n| plain(n)).collect(), ..Filler::default() };
        let lima = fill(&["PERU: LIMA (CITY)"], false);
        assert_eq!(credit(3, &lima, &place(&["Peru", "Lima"])), 1.0);
        assert_eq!(
            (credit(3, &lima, &place(&["Peru"])), credit(3, &lima, &place(&["Chile", "Lima"]))),
            (0.5, 0.0)
        );
        let bombing = fill(&["BOMBING"], false);
        assert_eq!(
            (credit(4, &bombing, &filler("ATTACK")), credit(4, &bombing, &filler("ARSON"))),
            (0.5, 0.0)
        );
        assert_eq!(credit(4, &fill(&["ATTACK"], false), &filler("BOMBING")), 0.0);
        let day = |d| Some(date(1990, 1, d));
        let ours = Filler { days: (day(5), day(5)), ..Filler::default() };
        assert_eq!(credit(2, &fill(&["05 JAN 90"], false), &ours), 1.0);
        assert_eq!(credit(2, &fill(&["- 06 JAN 90"], false), &ours), 0.5);
        assert_eq!(credit(2, &fill(&["06 JAN 90"], false), &ours), 0.0);
        assert_eq!(
            (same_number("~100", "100"), same_number("6-8", "7"), same_number("6-", "6")),
            (1.0, 0.5, 1.0)
        );
    }

    #[test]
    fn a_pair_needs_a_perpetrator_or_target_in_common() {
        let mut template = Template::default();
        template.slots.insert(4, vec![fill(&["BOMBING"], false)]);
        template.slots.insert(19, vec![fill(&["TWO POLICEMEN"], false)]);
        let ours = |kind, hit| Ours::from([(4, vec![filler(kind)]), (19, vec![filler(hit)])]);
        assert!(may_pair(&template, &ours("ATTACK", "policemen")));
        assert!(!may_pair(&template, &ours("ATTACK", "a priest")));
        assert!(!may_pair(&template, &ours("KIDNAPPING", "policemen")));
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
        // An attack is a bombing told less closely: half right as a type.
        let ours = [ours_of("ATTACK", "rebels")];
        let half = Counts { right: 0.5, ..Counts::new(0, 1, 1) };
        assert_eq!(score(&key[..1], &ours), (half, Counts::new(1, 1, 1)));
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
