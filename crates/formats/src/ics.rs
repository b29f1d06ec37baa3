//! Incidents as an iCalendar (RFC 5545): one all-day event an incident whose first and last possible day are known.
//!
//! A day that is only known within a period is an event over the whole period, and its title says so. Nothing is
//! stamped with the present: `DTSTAMP` is midnight UTC of the last publication among its reports, or of its first day.
//! Events do not make anybody busy.

use std::io::{self, Write};

use ::record::{ClaimStatus, Date, Factuality, Incident, Record, When};
use icalendar::{Calendar, Component, Event, Property};
use jiff::ToSpan;

use crate::pieces::{Items, Pieces};
use crate::prose;
use crate::scene::{days, sources};
use crate::words::Words;

/// Writes the calendar.
///
/// # Errors
/// If writing fails.
pub fn write(record: &dyn Pieces, mut out: impl Write) -> io::Result<()> {
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Rapporteur//Rapporteur//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(key, value));
    }
    let frame = calendar.to_string();
    let (head, end) = frame.split_at(frame.find("END:VCALENDAR").unwrap_or(frame.len()));
    out.write_all(head.as_bytes())?;
    record.pieces(Items::Incidents, true, &mut |piece| {
        let words = Words::new(piece);
        for event in piece.incidents.iter().filter_map(|i| event(i, &words)) {
            let text = event.try_into_string().map_err(io::Error::other)?;
            out.write_all(folded(&text).as_bytes())?;
        }
        Ok(())
    })?;
    out.write_all(end.as_bytes())
}

/// How many incidents of a piece of a record are left out: their first or last possible day is not known.
#[must_use]
pub fn left_out(record: &Record) -> usize {
    record.incidents.iter().filter(|i| days(i.when).is_none()).count()
}

fn event(i: &Incident, words: &Words<'_>) -> Option<Event> {
    let (first, last, _) = days(i.when)?;
    let reports = sources(i, words);
    let stamp = reports.iter().filter_map(|r| r.published.as_ref()).map(|p| p.date).max().unwrap_or(first);
    let basic = |day: Date| day.strftime("%Y%m%d").to_string();
    let day =
        |key: &str, day: Date| Property::new(key, basic(day)).append_parameter(("VALUE", "DATE")).done();
    let mut title = prose::plain(&i.title);
    if let When::Between { precision, .. } = i.when {
        title.push_str(&format!(" (day not certain: {precision})"));
    }
    if i.factuality != Factuality::Happened {
        title.push_str(&format!(" ({})", i.factuality));
    }
    let mut event = Event::new();
    event
        .append_property(Property::new("UID", format!("{}@rapporteur", uid(i))))
        .append_property(Property::new("DTSTAMP", format!("{}T000000Z", basic(stamp))))
        .append_property(day("DTSTART", first))
        // The end of an all-day event is the day after.
        .append_property(day("DTEND", last.checked_add(1.day()).ok()?))
        .append_property(Property::new("SUMMARY", title))
        .append_property(Property::new("DESCRIPTION", description(i, words)))
        .append_property(Property::new("CATEGORIES", i.kind.as_str()))
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    let status = match i.factuality {
        Factuality::Happened | Factuality::Ongoing => "CONFIRMED",
        _ => "TENTATIVE",
    };
    event.append_property(Property::new("STATUS", status));
    if !i.places.is_empty() {
        let names: Vec<String> = i.places.iter().map(|p| prose::plain(&p.spot.name)).collect();
        event.append_property(Property::new("LOCATION", names.join(", ")));
    }
    if let Some((lat, lon)) = i.places.iter().find_map(|p| p.spot.lat.zip(p.spot.lon)) {
        event.append_property(Property::new("GEO", format!("{lat};{lon}")));
    }
    if let Some(url) = reports.iter().find_map(|r| prose::link(r.url.as_deref()?)) {
        event.append_property(Property::new("URL", url));
    }
    Some(event.done())
}

/// Lines of at most 75 octets, broken between characters (RFC 5545, 3.1). The last line that the library folds off may
/// have 76: it does not count the space before it.
fn folded(text: &str) -> String {
    const MOST: usize = 75;
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut length = 0;
        for c in line.trim_end_matches("\r\n").chars() {
            if length + c.len_utf8() > MOST {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// The id, with nothing in it that an address could not have.
fn uid(i: &Incident) -> String {
    i.id.as_str()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' })
        .collect()
}

fn description(i: &Incident, words: &Words<'_>) -> String {
    let mut lines = vec![format!("{}, {}", prose::kind(i), i.factuality)];
    for (label, parties) in [("By", &i.actors), ("Against", &i.targets)] {
        let names: Vec<String> = parties
            .iter()
            .map(|p| format!("{} ({})", prose::plain(words.name(&p.actor)), p.confidence))
            .collect();
        if !names.is_empty() {
            lines.push(format!("{label}: {}", names.join(", ")));
        }
    }
    for set in &i.figures {
        let told = set.claims.iter().any(|c| c.status != ClaimStatus::Copy);
        let claims = if told { format!(" ({})", prose::claims(set, words)) } else { String::new() };
        lines.push(format!("{}{claims}", prose::figure(set)));
    }
    for report in sources(i, words) {
        let day = report.published.as_ref().map_or(String::new(), |p| format!(", {}", p.date));
        let url = report.url.as_deref().and_then(prose::link).map_or(String::new(), |u| format!(": {u}"));
        lines.push(format!("{}{day}{url}", prose::outlet(report)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::harbour;

    #[test]
    fn no_line_is_longer_than_75_octets_and_none_changes() {
        for n in 60..160 {
            let text = format!("DESCRIPTION:{}\u{2026}”\r\nUID:x\r\n", "a é".repeat(n));
            let lines = folded(&text);
            assert!(lines.split("\r\n").all(|l| l.len() <= 75), "{n}");
            assert_eq!(lines.replace("\r\n ", ""), text);
        }
    }

    #[test]
    fn another_reader_finds_all_day_events_and_no_undated_one() {
        let record = harbour();
        let mut out = Vec::new();
        write(&record, &mut out).expect("writes");
        let text = String::from_utf8(out.clone()).expect("UTF-8");
        assert!(text.split("\r\n").all(|l| l.len() <= 75), "lines are folded at 75 octets");
        let mut read = ical::IcalParser::new(&out[..]);
        let calendar = read.next().expect("a calendar").expect("valid");
        assert!(read.next().is_none());
        assert_eq!(calendar.events.len() + left_out(&record), record.incidents.len());
        let events: Vec<std::collections::BTreeMap<String, String>> = calendar
            .events
            .iter()
            .map(|e| e.properties.iter().filter_map(|p| Some((p.name.clone(), p.value.clone()?))).collect())
            .collect();
        let raid = events.iter().find(|e| e["UID"] == "assault-raid@rapporteur").expect("the raid");
        assert_eq!((&*raid["DTSTART"], &*raid["DTEND"]), ("20230912", "20230913"));
        assert_eq!(raid["DTSTAMP"], "20230912T000000Z");
        assert_eq!(raid["GEO"], "14.7979;42.9545");
        assert_eq!(raid["STATUS"], "CONFIRMED");
        assert!(raid["DESCRIPTION"].contains("6 according to health officials (disputed)\\; 11"));
        let rockets = events.iter().find(|e| e["UID"] == "assault-rockets@rapporteur").expect("the rockets");
        assert_eq!((&*rockets["DTSTART"], &*rockets["DTEND"]), ("20230909", "20230911"));
        assert_eq!(rockets["SUMMARY"], "Rocket fire on Jizan (day not certain: days)");
        assert!(events.iter().all(|e| e["UID"] != "accuse-un@rapporteur"));
    }
}
