//! Short texts with their times beside them: `text | words = value, earliest..latest`.

use std::sync::Arc;

use jiff::civil::{Date, date};
use record::{Block, BlockLabel, DateSource, Parsed, Published, Report, ReportId, TextRange, TimeExpression};

pub(crate) fn report(text: &str, day: Option<Date>) -> Report {
    Report {
        id: ReportId::new("r"),
        origin: "-".to_owned(),
        text: Arc::from(text),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: day.map(|date| Published { date, time: None, from: DateSource::Given, at: None }),
        blocks: vec![Block { range: TextRange::new(0, text.len()), label: BlockLabel::Body, rule: "test" }],
        warnings: Vec::new(),
    }
}

fn read(text: &str, day: Option<Date>) -> Vec<TimeExpression> {
    super::times(&report(text, day), &Parsed::default())
}

/// Words and values of all times, published on Monday 5 February 2024.
fn values(text: &str) -> String {
    let show = |t: TimeExpression| format!("{} = {}", t.range.of(text), t.value);
    read(text, Some(date(2024, 2, 5))).into_iter().map(show).collect::<Vec<_>>().join("; ")
}

#[test]
fn values_of_news() {
    for (text, expected) in [
        ("The strike on Friday killed two.", "Friday = 2024-02-02"),
        ("The minister said on Monday he would resign.", "Monday = 2024-02-05"),
        ("The talks will resume on Thursday.", "Thursday = 2024-02-08"),
        ("The vote should be held in March.", "March = 2024-03"),
        ("It rained from Friday to Sunday.", "Friday = 2024-02-02; Sunday = 2024-02-04"),
        ("It rained from Monday to Wednesday.", "Monday = 2024-01-29; Wednesday = 2024-01-31"),
        ("It will rain between Thursday and Tuesday.", "Thursday = 2024-02-08; Tuesday = 2024-02-13"),
        ("They meet again in three weeks' time.", "three weeks' time = 2024-W09"),
        ("The week before last they met.", "The week before last = 2024-W04"),
        ("It was the third raid in as many days.", ""),
        ("He died on 4/2/2024, she on 1/2/2024.", "4/2/2024 = 2024-02-04; 1/2/2024 = 2024-01-02"),
        ("The vote was to be held in November.", "November = 2023-11"),
        ("A verdict may come as early as Tuesday.", "Tuesday = 2024-02-06"),
        ("Until Thursday, nobody had named him.", "Thursday = 2024-02-01"),
        ("The truce had been due to end on Friday.", "Friday = 2024-02-02"),
        ("The rebels brought down a helicopter in May.", "May = 2023-05"),
        ("He was shot last Oct. 23.", "last Oct. 23 = 2023-10-23"),
        ("People fled after the fall of the town.", ""),
        ("They met at midday.", "midday = 2024-02-05T12:00"),
        ("He was found Christmas Day in a cellar.", "Christmas Day = 2023-12-25"),
        ("POLICE BROKE UP A PEACEFUL MARCH. TWO DIED IN A MARCH.", ""),
        ("A quarter of the wells and three-quarters of the food are lost.", ""),
        ("The index fell to 1462.93 points in over two years.", "over two years = P2Y"),
        ("In the year ended 31 January it lost money.", "the year = P1Y; 31 January = 2024-01-31"),
        (
            "It shelled the town last Tuesday and last week.",
            "last Tuesday = 2024-01-30; last week = 2024-W05",
        ),
        (
            "Two weeks ago they met; the next day it began.",
            "Two weeks ago = 2024-W04; the next day = 2024-01-29",
        ),
        ("Clashes broke out late on Saturday.", "late on Saturday = 2024-02-03"),
        ("There were attacks since mid-October 2023.", "mid-October 2023 = 2023-10"),
        ("They met over the weekend.", "the weekend = 2024-W05-WE"),
        (
            "On 7 October 2023 and on January 24 it rained.",
            "7 October 2023 = 2023-10-07; January 24 = 2024-01-24",
        ),
        ("Shelling overnight killed one.", "overnight = 2024-02-05TNI"),
        ("The truce held for three days.", "three days = P3D"),
        ("It is attacked every day.", "every day = P1D"),
        ("He died at 9:30 p.m. on Sunday.", "9:30 p.m. on Sunday = 2024-02-04T21:30"),
        ("He may march on. They spoke for ten seconds.", "ten seconds = PT10S"),
        ("In late 2023 a group of 2000 fighters formed.", "late 2023 = 2023"),
        ("It fell two days after talks collapsed.", "two days = P2D"),
        ("It blew up at approximately 1100, killing two.", "approximately 1100 = 2024-02-05T11:00"),
        (
            "The blast came at 2230 (0230 GMT on Monday).",
            "2230 = 2024-02-05T22:30; 0230 GMT on Monday = 2024-02-05T02:30Z",
        ),
        ("They stood at 2000 points. He left in 1910 for good.", "1910 = 1910"),
        ("They recently left.", "recently = PAST_REF"),
        (
            "Sales rose in the third quarter from a year earlier.",
            "the third quarter = 2023-Q3; a year earlier = 2022-Q3",
        ),
    ] {
        assert_eq!(values(text), expected, "{text}");
    }
}

#[test]
fn without_a_publication_date_nothing_is_invented() {
    let times = read("They struck on Wednesday, last week and in October, but also on 3 May 2019.", None);
    let seen: Vec<(&str, bool)> = times.iter().map(|t| (t.value.as_str(), t.anchored)).collect();
    assert_eq!(seen, [("XXXX-WXX-3", false), ("XXXX-WXX", false), ("XXXX-10", false), ("2019-05-03", true)]);
    assert!(times[..3].iter().all(|t| t.when == record::When::Unknown));
}

#[test]
fn days_that_a_time_covers() {
    let times = read("Attacks since mid-October and over the weekend.", Some(date(2024, 2, 5)));
    let days: Vec<_> = times.iter().map(|t| (t.when.earliest(), t.when.latest())).collect();
    assert_eq!(days[0], (Some(date(2023, 10, 11)), Some(date(2023, 10, 21))));
    assert_eq!(days[1], (Some(date(2024, 2, 3)), Some(date(2024, 2, 4))));
}

#[test]
fn days_of_stretches() {
    for (text, expected) in [
        ("Between 3 and 5 January jets came.", "3 and 5 January = P3D, 2024-01-03..2024-01-05"),
        (
            "Drones came on the night of 2-3 February.",
            "the night of 2-3 February = 2024-02-02TNI, 2024-02-02..2024-02-03",
        ),
        ("They met January 30 to 31, 2022.", "January 30 to 31, 2022 = P2D, 2022-01-30..2022-01-31"),
        ("In the past 24 hours nine died.", "the past 24 hours = PT24H, 2024-02-04..2024-02-05"),
        ("Over the last two weeks of it he slept.", "the last two weeks = P2W, ?..?"),
        ("It ends within the next three days.", "the next three days = P3D, 2024-02-05..2024-02-08"),
        ("It may end by the end of the month.", "the end of the month = 2024-02, 2024-02-20..2024-02-29"),
    ] {
        let day = |d: Option<Date>| d.map_or("?".to_owned(), |d| d.to_string());
        let seen: Vec<String> = read(text, Some(date(2024, 2, 5)))
            .into_iter()
            .map(|t| {
                let (from, to) = (day(t.when.earliest()), day(t.when.latest()));
                format!("{} = {}, {from}..{to}", t.range.of(text), t.value)
            })
            .collect();
        assert_eq!(seen.join("; "), expected, "{text}");
    }
}

#[test]
fn a_text_of_nothing_but_times_is_no_problem() {
    for words in ["Monday ", "late early ", "Friday morning ", "one hundred ", "the ", "9"] {
        let text = words.repeat(3000);
        assert!(read(&text, Some(Date::MAX)).len() <= 6000);
    }
}

#[test]
fn todays_of_a_report_printed_later() {
    let first = |text| read(text, Some(date(2024, 2, 5))).pop().map(|t| t.value);
    let told = |text| first(text).unwrap_or_default();
    assert_eq!(told("NORTHPORT, Feb 4 (Agency) -- A bomb exploded today."), "2024-02-04");
    assert_eq!(told("NORTHPORT, Feb 5 -- A bomb exploded today."), "2024-02-05");
    assert_eq!(told("On Feb 4 a bomb exploded; there was one more today."), "2024-02-05");
    assert_eq!(told("NORTHPORT, Jan 4 -- A bomb exploded today."), "2024-02-05");
}
