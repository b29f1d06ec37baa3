//! To which of MUC's categories somebody or something hit belongs (guide, 7.14 and 7.21), by the words for it.

use record::{Actor, Sector};

use super::super::muc_words::{has, head, is};
use super::hit::is_former;

/// What a thing is by the word that it is called by, or (`of-`) by any word: "the embassy's car" is a vehicle, "the telephone
/// company building" is of communications.
const THINGS: [(&str, &str); 14] = [
    ("vehicles", "TRANSPORT VEHICLE"),
    ("routes", "TRANSPORTATION ROUTE"),
    ("of-diplomats", "DIPLOMAT OFFICE OR RESIDENCE"),
    ("of-communications", "COMMUNICATIONS"),
    ("of-energy", "ENERGY"),
    ("of-water", "WATER"),
    ("of-money", "FINANCIAL"),
    ("of-police", "LAW ENFORCEMENT FACILITY"),
    ("of-politics", "POLITICAL FIGURE OFFICE OR RESIDENCE"),
    ("of-government", "GOVERNMENT OFFICE OR RESIDENCE"),
    ("terminals", "TRANSPORTATION FACILITY"),
    ("of-trade", "COMMERCIAL"),
    ("dwellings", "CIVILIAN RESIDENCE"),
    ("seats", "ORGANIZATION OFFICE"),
];

/// The category of a thing that was hit.
pub(super) fn of_thing(forms: &[String]) -> &'static str {
    let belongs = |list: &str| {
        forms.iter().any(|f| if list.starts_with("of-") { has(list, f) } else { is(list, head(f)) })
    };
    THINGS.iter().find(|(list, _)| belongs(list)).map_or("OTHER", |(_, category)| category)
}

/// Who somebody is by the words for him and by his titles.
const PEOPLE: [(&str, &str); 7] = [
    ("guards", "SECURITY GUARD"),
    ("diplomats", "DIPLOMAT"),
    ("lawyers", "LEGAL OR JUDICIAL"),
    ("policemen", "LAW ENFORCEMENT"),
    ("servicemen", "ACTIVE MILITARY"),
    ("officials", "GOVERNMENT OFFICIAL"),
    ("politicians", "POLITICAL FIGURE"),
];

/// The category of somebody who was hit: by what he is called, else by what is known of him. `titles` are those of one
/// who is named.
pub(super) fn of_person(forms: &[String], titles: &[String], known: Option<&'static str>) -> &'static str {
    let words = || forms.iter().chain(titles);
    let within = |list: &str| words().any(|f| has(list, f));
    // "the judge's wife"
    let relative = forms.iter().any(|f| is("relatives", head(f))).then_some("CIVILIAN");
    let told = || PEOPLE.iter().find(|(list, _)| within(list)).map(|(_, category)| *category);
    match relative.or_else(told).or(known).unwrap_or("CIVILIAN") {
        "GOVERNMENT OFFICIAL" if words().any(|f| is_former(f)) => "FORMER GOVERNMENT OFFICIAL",
        "ACTIVE MILITARY" if words().any(|f| is_former(f)) => "FORMER ACTIVE MILITARY",
        category => category,
    }
}

/// What the record knows of somebody.
pub(super) fn known(actor: Option<&Actor>) -> Option<&'static str> {
    match actor.and_then(|a| a.sector)? {
        Sector::Mil => Some("ACTIVE MILITARY"),
        Sector::Cop => Some("LAW ENFORCEMENT"),
        Sector::Gov | Sector::Leg => Some("GOVERNMENT OFFICIAL"),
        Sector::Jud => Some("LEGAL OR JUDICIAL"),
        Sector::Opp | Sector::Pty => Some("POLITICAL FIGURE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_by_what_they_are_called_and_what_stands_beside() {
        let of = |words: &str| of_thing(&[words.to_owned()]);
        assert_eq!(of("EMBASSY CAR"), "TRANSPORT VEHICLE");
        assert_eq!(of("WAREHOUSE OF THE FRENCH EMBASSY"), "DIPLOMAT OFFICE OR RESIDENCE");
        assert_eq!(of("TELEPHONE COMPANY BUILDING"), "COMMUNICATIONS");
        assert_eq!(of("HIGH-VOLTAGE TOWERS"), "ENERGY");
        assert_eq!(of("UNION HEADQUARTERS"), "ORGANIZATION OFFICE");
        assert_eq!(of("HOUSE OF THE MAYOR"), "GOVERNMENT OFFICE OR RESIDENCE");
        assert_eq!(of("VILLAGE SCHOOL"), "OTHER");
    }

    #[test]
    fn people_by_what_they_are_called_and_what_is_known() {
        let of = |words: &str, known| of_person(&[words.to_owned()], &[], known);
        assert_eq!(of("BODYGUARD OF THE MAYOR", None), "SECURITY GUARD");
        assert_eq!(of("WIFE OF THE JUDGE", Some("LEGAL OR JUDICIAL")), "CIVILIAN");
        assert_eq!(of("FORMER MINISTER", None), "FORMER GOVERNMENT OFFICIAL");
        assert_eq!(of("TWO PEASANTS", None), "CIVILIAN");
        assert_eq!(of_person(&["ANA RUIZ".into()], &["MAYOR OF PUNO".into()], None), "GOVERNMENT OFFICIAL");
        assert_eq!(of("ANA RUIZ", Some("POLITICAL FIGURE")), "POLITICAL FIGURE");
    }
}
