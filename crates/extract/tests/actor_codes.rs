//! What kinds of people and bodies phrases of news mean, by PLOVER's country and sector: `actors/codes.tsv`.

use extract::actors;
use record::{Parsed, Report, ReportId};

fn report(text: &str) -> Report {
    Report {
        id: ReportId::new("r"),
        origin: String::new(),
        text: text.into(),
        title: None,
        publisher: None,
        author: None,
        url: None,
        language: None,
        published: None,
        blocks: Vec::new(),
        warnings: Vec::new(),
    }
}

#[test]
fn countries_and_sectors_of_phrases() {
    let mut wrong = Vec::new();
    for (n, line) in include_str!("actors/codes.tsv").lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [marked, country, sector] = fields.as_slice() else {
            panic!("actors/codes.tsv:{}: three columns", n + 1);
        };
        let text = marked.replace(['«', '»'], "");
        let start = marked.find('«').expect("a mark");
        let end = marked.find('»').expect("a mark") - '«'.len_utf8();
        let found = actors(&report(&text), &Parsed::default(), &[]);
        let inside = |r: record::TextRange| start <= r.start() && r.end() <= end;
        let mention = found.mentions.iter().find(|m| inside(m.range));
        let actor = mention.and_then(|m| found.actors.iter().find(|a| a.id == m.actor));
        let ours = (
            actor.and_then(|a| a.country.clone()).unwrap_or_else(|| "-".to_owned()),
            actor.and_then(|a| a.sector).map_or_else(|| "-".to_owned(), |s| s.to_string()),
        );
        // A sector that people may differ about is left open.
        let open = *sector == "-" && actor.is_some();
        if ours.0 != *country || (!open && ours.1 != *sector) {
            let id = actor.map_or("nobody", |a| a.id.as_str());
            wrong.push(format!(
                "{}: {marked} is {country} {sector}, ours {} {} ({id})",
                n + 1,
                ours.0,
                ours.1
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
