//! Who is meant, in short texts without trees: each names words of the text and the actor they stand for.

use extract::{Actors, actors};
use jiff::civil::Date;
use record::{DateSource, Parsed, Published, Relation, Report, ReportId};

fn report(text: &str, date: Option<Date>) -> Report {
    Report {
        id: ReportId::new("r"),
        origin: String::new(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: date.map(|date| Published { date, time: None, from: DateSource::Given, at: None }),
        blocks: Vec::new(),
        warnings: Vec::new(),
    }
}

fn read(text: &str, date: Option<Date>) -> Actors {
    actors(&report(text, date), &Parsed::default(), &[])
}

/// Asserts that the first mention with these words means this actor.
fn means(text: &str, date: Option<Date>, expected: &[(&str, &str)]) {
    let found = read(text, date);
    for (words, id) in expected {
        let mention = found.mentions.iter().find(|m| m.range.of(text) == *words);
        let actor = mention.map(|m| m.actor.as_str());
        assert_eq!(actor, Some(*id), "«{words}» in «{text}»; found: {:?}", found.mentions);
    }
}

#[test]
fn names_titles_and_what_refers_back() {
    means(
        "Egyptian Foreign Minister Sameh Shukri met Lebanon's Hezbollah envoys. He said the group should leave the \
         border. Shukri later spoke to the UN Security Council.",
        None,
        &[
            ("Egyptian Foreign Minister Sameh Shukri", "sameh-shoukry"),
            ("He", "sameh-shoukry"),
            ("group", "lbn-hezbollah"),
        ],
    );
    means("Moqtada Sadr told his followers to go home.", None, &[("Moqtada Sadr", "muqtada-al-sadr")]);
    means(
        "Fighters of Ketaeb Hizbullah crossed into Syria while Hezbollah shelled Kiryat Shmona.",
        None,
        &[("Ketaeb Hizbullah", "irq-kataib-hezbollah"), ("Hezbollah", "lbn-hezbollah")],
    );
}

#[test]
fn organs_of_states() {
    means(
        "The Turkish defence ministry said Greek coast guards had fired. Sudan's army denied it, and the ministry of \
         foreign affairs of Chad called for calm.",
        None,
        &[
            ("Turkish defence ministry", "tur-defence-ministry"),
            ("Sudan's army", "sdn-armed-forces"),
            ("ministry of foreign affairs of Chad", "tcd-foreign-ministry"),
        ],
    );
    means(
        "Kenyan police fired on protesters in Nairobi. The police said two officers were hurt.",
        None,
        &[("Kenyan police", "ken-police"), ("protesters", "ken-protesters")],
    );
}

#[test]
fn posts_are_looked_up_by_date() {
    let text = "The French president flew to Beirut.";
    let on = |y, m, d| Date::new(y, m, d).ok();
    means(text, on(2020, 8, 6), &[("French president", "emmanuel-macron")]);
    means(text, on(2008, 1, 2), &[("French president", "nicolas-sarkozy")]);
    means(text, None, &[("French president", "fra-president")]);
    means(
        "The French president flew to Beirut. President Chirac will stay two days.",
        None,
        &[("French president", "jacques-chirac")],
    );
}

#[test]
fn unknown_people_become_actors_with_their_post() {
    let text = "Colonel Adisu Belwane, a spokesman for the Ethiopian army, said 12 rebels died. Belwane gave no details.";
    let found = read(text, None);
    let belwane = found.actors.iter().find(|a| a.id.as_str() == "adisu-belwane").expect("an actor");
    assert_eq!(belwane.country.as_deref(), Some("ETH"));
    assert!(found.ties.iter().any(|t| t.a == belwane.id && t.relation == Relation::SpokesmanOf));
    assert!(found.mentions.iter().any(|m| m.actor == belwane.id && m.range.of(text) == "Belwane"));
}

#[test]
fn stated_ties() {
    let tie = |text: &str| {
        read(text, None).ties.iter().map(|t| format!("{} {} {}", t.a, t.relation, t.b)).collect::<Vec<_>>()
    };
    assert_eq!(tie("Turkey-backed Syrian National Army units left."), ["syr-sna backed by tur"]);
    assert_eq!(tie("The Amaq news agency is part of Islamic State."), ["amaq part of islamic-state"]);
    assert_eq!(
        tie("Boko Haram, which is linked to al-Qaeda, struck again."),
        ["nga-boko-haram linked to al-qaeda"]
    );
    assert_eq!(
        tie("Fighters of the Libyan-backed Tunisian movement Ennahda left."),
        ["tun-ennahda backed by lby"]
    );
    assert_eq!(
        tie("Jaish al-Fatah, a loose alliance of Turkish-backed militias, withdrew."),
        ["syr-jaish-al-fatah umbrella of tur-backed-militias", "tur-backed-militias backed by tur"]
    );
    assert_eq!(tie("Several factions with ties to Sudan fled."), ["sdn-linked-group linked to sdn"]);
    assert!(tie("Russia and Ukraine traded fire.").is_empty());
}

#[test]
fn nothing_panics_on_odd_text() {
    for text in
        ["", "'", "’s", "of of of the", "US US US’s", "(((", "“he” said", "al-", "Al Al Al", "ß’s-backed é"]
    {
        let _ = read(text, None);
    }
}

#[test]
fn a_long_sentence_is_no_problem() {
    let text =
        "the rebels of the group killed five civilians and he said they had fled Iraq with the ministry "
            .repeat(1000);
    let found = read(&text, None);
    assert!(found.mentions.len() > 4000);
    let bound =
        extract::Found { actors: &found.actors, mentions: &found.mentions, ..extract::Found::default() };
    assert!(extract::figures(&report(&text, None), &Parsed::default(), bound).len() >= 990);
}
