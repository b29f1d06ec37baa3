//! Short texts with their places beside them.

use record::{Entity, EntityKind, Parsed, PlacePrecision, TextRange};

use super::places;
use crate::time::tests::report;

/// Words, country and id of every place.
fn read(text: &str) -> Vec<(String, Option<&'static str>, Option<u32>)> {
    let places = places(&report(text, None), &Parsed::default());
    places.into_iter().map(|p| (p.range.of(text).to_owned(), p.spot.country, p.spot.geonames_id)).collect()
}

fn id(text: &str, words: &str) -> Option<u32> {
    read(text).into_iter().find(|p| p.0 == words).and_then(|p| p.2)
}

#[test]
fn the_context_chooses_among_namesakes() {
    assert_eq!(id("The mayor of Paris, Texas, spoke near Dallas.", "Paris"), Some(4_717_560));
    assert_eq!(id("Talks in Paris between France and Germany failed.", "Paris"), Some(2_988_507));
    assert_eq!(id("Syrian rebels left Tripoli in northern Lebanon for Beirut.", "Tripoli"), Some(266_826));
    assert_eq!(id("Gunmen opened fire in Tripoli in northern Lebanon.", "Tripoli"), Some(266_826));
    assert_eq!(id("Libya's army entered Tripoli from Misrata.", "Tripoli"), Some(2_210_247));
}

#[test]
fn a_country_comes_before_its_part_of_that_name() {
    assert_eq!(id("Police in Mexico arrested two men in Toluca and Ecatepec.", "Mexico"), Some(3_996_063));
    assert_eq!(
        id("The People's Republic of China sent an envoy to Tokyo.", "People's Republic of China"),
        Some(1_814_991)
    );
}

#[test]
fn sites_and_spellings_of_conflict_news() {
    let text =
        "Strikes hit al-Qaim and Jurf al-Nasr; rockets fell on the Al Asad air base in Anbar province.";
    let names: Vec<_> = places(&report(text, None), &Parsed::default())
        .into_iter()
        .map(|p| (p.range.of(text).to_owned(), p.spot.name, p.spot.precision))
        .collect();
    assert_eq!((names[0].0.as_str(), names[0].1.as_str()), ("al-Qaim", "al-Qaim"));
    assert_eq!(names[1], ("Jurf al-Nasr".to_owned(), "Jurf al-Sakhar".to_owned(), PlacePrecision::City));
    assert_eq!((names[2].1.as_str(), names[2].2), ("Al Asad Air Base", PlacePrecision::Site));
    assert_eq!((names[3].1.as_str(), names[3].2), ("Anbar", PlacePrecision::Admin1));
}

#[test]
fn the_own_list_and_capitals_come_first() {
    for (text, name) in [
        ("Fighting went on in Gaza.", "Gaza Strip"),
        ("Ships in the Red Sea turned back.", "Red Sea"),
        ("Moscow and Kyiv traded blame, Moscow, Russia said.", "Moscow"),
    ] {
        assert_eq!(places(&report(text, None), &Parsed::default())[0].spot.name, name, "{text}");
    }
}

#[test]
fn persons_papers_and_common_words_are_no_places() {
    for text in [
        "Paris Hilton met Gen. Austin.",
        "Mr. Washington, 54, said so.",
        "The EU and the IRS agreed.",
        "We met Nakishia Sullivan.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn where_something_is_and_who_acts() {
    let text = "Iraq condemned Iranian strikes in Syria and Lebanon.";
    let locative: Vec<_> = places(&report(text, None), &Parsed::default())
        .iter()
        .map(|p| (p.range.of(text), p.locative))
        .collect();
    assert_eq!(locative, [("Iraq", false), ("Iranian", false), ("Syria", true), ("Lebanon", true)]);
}

#[test]
fn names_run_on_over_a_broken_line_and_countries_stand_in_capitals() {
    let text = "GUNMEN ATTACKED A BANK YESTERDAY IN THE EASTERN PART OF EL\nSALVADOR, NEAR THE BORDER.";
    assert!(read(text).iter().any(|p| p.1 == Some("SLV")), "{:?}", read(text));
    let text = "TODAY TROOPS FROM HONDURAS AND PERU WENT HOME.";
    let found: Vec<_> = read(text).into_iter().filter_map(|p| p.1).collect();
    assert_eq!(found, ["HND", "PER"]);
}

#[test]
fn a_capital_by_its_country() {
    assert_eq!(id("Bombs went off in the Peruvian capital.", "capital"), id("They met in Lima.", "Lima"));
    assert_eq!(id("It moved the Peruvian capital market.", "capital"), None);
    // A country that another sentence mentions has no part in it.
    let text = "LIMA -- Peru sent envoys from Lima and Cusco to talks in Oslo, Norway. Two bombs went off in the capital.";
    assert_eq!(id(text, "capital"), id("They met in Lima.", "Lima"));
    // It is that of the country of a town beside it.
    let text = "Norway denied it. Rebels fell back on Cusco, far from the capital.";
    assert_eq!(id(text, "capital"), id("They met in Lima.", "Lima"));
}

#[test]
fn divisions_by_their_english_names_and_by_the_word_for_their_kind() {
    for (text, name, precision) in [
        ("Shells fell in North Kivu.", "North Kivu", PlacePrecision::Admin1),
        ("Gunmen came to Kaduna in Nigeria.", "Kaduna", PlacePrecision::City),
        ("Gunmen came to Kaduna state in Nigeria.", "Kaduna", PlacePrecision::Admin1),
        ("A convoy left Krasnodar region.", "Krasnodar Krai", PlacePrecision::Admin1),
        ("Shells hit the city of Kherson.", "Kherson", PlacePrecision::City),
        ("Shells hit Kiev.", "Kiev", PlacePrecision::City),
        ("Shells hit Kiev region.", "Kyiv Oblast", PlacePrecision::Admin1),
        ("Shells hit the province of Herat.", "Herat", PlacePrecision::Admin1),
        ("Gangs burned homes in Port-au-Prince's south.", "Port-au-Prince", PlacePrecision::City),
    ] {
        let found = places(&report(text, None), &Parsed::default());
        assert_eq!((found[0].spot.name.as_str(), found[0].spot.precision), (name, precision), "{text}");
    }
}

#[test]
fn places_that_no_list_knows() {
    let text =
        "Gunmen came to Kuzamba, Kaduna State, Nigeria, then to the village of Dankorome and left Ostrelov.";
    let entity = |name: &str| {
        let start = text.find(name).expect("in the text");
        Entity { range: TextRange::new(start, start + name.len()), kind: EntityKind::Loc }
    };
    let entities = ["Kuzamba", "Dankorome", "Ostrelov"].map(entity).to_vec();
    let found = places(&report(text, None), &Parsed { entities, ..Parsed::default() });
    let at = |name: &str| found.iter().find(|p| p.range.of(text) == name).map(|p| &p.spot);
    let kuzamba = at("Kuzamba").expect("found");
    assert_eq!((kuzamba.country, kuzamba.precision), (Some("NGA"), PlacePrecision::Admin1));
    assert!(kuzamba.geonames_id.is_none() && kuzamba.lat.is_some());
    // All that is put somewhere is put in Nigeria.
    assert!(at("Dankorome").is_some_and(|p| p.country == Some("NGA") && p.lat.is_none()));
}

#[test]
fn what_is_told_to_be_somewhere_is_in_a_place() {
    for (text, name, country) in [
        ("Two traders were shot dead in Kuzamba on Monday.", "Kuzamba", None),
        ("Two traders were shot dead at Kuzamba, 12 km (7 miles) north of Kaduna.", "Kuzamba", Some("NGA")),
        ("They were shot in Kuzamba, in the department of Ayacucho.", "Kuzamba", Some("PER")),
    ] {
        let start = text.find(name).expect("in the text");
        let range = TextRange::new(start, start + name.len());
        let entities = vec![Entity { range, kind: EntityKind::Loc }];
        let found = places(&report(text, None), &Parsed { entities, ..Parsed::default() });
        let place = found.iter().find(|p| p.range == range).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(place.spot.country, country, "{text}");
    }
}

#[test]
fn a_small_namesake_abroad_is_a_village_of_the_country_told_about() {
    let text = "Mali's army left Gao for Bamako. Fighters attacked the farming village of Bodio near Mopti, elders in \
                Mali said.";
    let found = read(text).into_iter().find(|p| p.0 == "Bodio");
    assert_eq!(found, Some(("Bodio".to_owned(), Some("MLI"), None)));
}

#[test]
fn a_town_known_by_itself_stays_where_it_is() {
    let home = "The army of Mali left Gao, Timbuktu and Mopti; Mali's government in Bamako said so.";
    for (town, country) in [
        ("Geneva", "CHE"),
        ("Milan", "ITA"),
        ("Munich", "DEU"),
        ("Cologne", "DEU"),
        ("Bombay", "IND"),
        ("Vaduz", "LIE"),
    ] {
        let text = format!("{home} Envoys met in {town}.");
        let found = read(&text).into_iter().find(|p| p.0 == town);
        let found = found.unwrap_or_else(|| panic!("no {town}"));
        assert_eq!(found.1, Some(country), "{town}");
        assert!(found.2.is_some(), "{town}");
    }
}
