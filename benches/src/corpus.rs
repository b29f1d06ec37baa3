//! A corpus made by rule: reports of several outlets on the same incidents, with datelines, figures that grow, quotes,
//! wire copies and page furniture. The same number of reports is the same corpus on every machine.

use std::fmt::Write as _;

/// A report, as a page and as text.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// File name without extension.
    pub(crate) name: String,
    /// Plain text: a line with day and address, headline, dateline and story.
    pub(crate) text: String,
    /// The same as a web page with menu, sidebar and footer.
    pub(crate) html: String,
}

const PLACES: [(&str, &str); 12] = [
    ("Mosul", "Iraq"),
    ("Erbil", "Iraq"),
    ("Aleppo", "Syria"),
    ("Hodeidah", "Yemen"),
    ("Goma", "Congo"),
    ("Kharkiv", "Ukraine"),
    ("Khartoum", "Sudan"),
    ("Kandahar", "Afghanistan"),
    ("Maiduguri", "Nigeria"),
    ("Mogadishu", "Somalia"),
    ("Rafah", "Gaza"),
    ("Sittwe", "Myanmar"),
];
const OUTLETS: [&str; 7] = [
    "Harbour Wire",
    "The Daily Ledger",
    "Northern Post",
    "Gulf Observer",
    "Radio Meridian",
    "The Courier",
    "Civic News",
];
const ACTS: [(&str, &str, &str); 6] = [
    ("an air strike on a weapons depot", "strike", "carried out"),
    ("a car bomb outside a police station", "bombing", "set off"),
    ("rocket fire on a market", "attack", "launched"),
    ("a drone attack on an army base", "attack", "launched"),
    ("shelling of a residential district", "shelling", "carried out"),
    ("an ambush of a military convoy", "ambush", "staged"),
];
const ATTACKERS: [&str; 6] = [
    "government forces",
    "rebel fighters",
    "an armed group",
    "militants",
    "the air force",
    "unidentified gunmen",
];
const MINISTERS: [&str; 6] =
    ["Karim Haddad", "Lena Okafor", "Viktor Danylko", "Samira Yusuf", "Idris Barre", "Tomas Reyes"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const BACKGROUND: [&str; 10] = [
    "The area has changed hands several times since fighting resumed last spring.",
    "Aid agencies have repeatedly warned that civilians are running out of food, fuel and medicine.",
    "Talks brokered by the United Nations broke down in March after both sides accused each other of violations.",
    "Residents said they heard at least three explosions shortly before dawn.",
    "Hospitals in the region have been working with generators because the power grid was damaged.",
    "Neighbouring states have called for restraint and offered to host a new round of negotiations.",
    "Satellite images published this week show new trenches along the main road.",
    "Human rights groups have documented dozens of similar incidents this year.",
    "The government has not published a full list of the victims.",
    "Schools and markets were closed for a second day as families left for safer towns.",
];

/// A number below `n`, by a fixed recipe.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// `count` reports on about a fifth as many incidents.
#[must_use]
pub(crate) fn reports(count: usize) -> Vec<Report> {
    let mut dice = Dice(17);
    let mut all: Vec<Report> = Vec::with_capacity(count);
    for n in 0..count {
        let incident = n / 5;
        let copied = n % 5 == 4 && dice.roll(2) == 0;
        let (title, mut body) = match all.last() {
            // A wire copy: the story before under another outlet's name, with a line of its own.
            Some(last) if copied => {
                let (_, text) = last.text.split_once('\n').unwrap_or(("", &last.text));
                let mut lines = text.split("\n\n");
                let title = lines.next().unwrap_or("").to_owned();
                (title, lines.map(str::to_owned).collect::<Vec<_>>())
            }
            _ => story(incident, n, &mut dice),
        };
        if copied {
            body.push("Additional reporting by our own staff.".to_owned());
        }
        all.push(Report {
            name: format!("report-{n:05}"),
            html: page(&title, &body, OUTLETS[n % OUTLETS.len()], day_of(incident)),
            text: format!(
                "{} https://outlet{}.example/story-{n}\n{title}\n\n{}",
                day_of(incident),
                n % OUTLETS.len(),
                body.join("\n\n")
            ),
        });
    }
    all
}

/// Three incidents a day, from 1 January 2014 on.
fn day_of(incident: usize) -> String {
    let (mut year, mut days) = (2014, incident / 3);
    loop {
        let leap = year % 4 == 0;
        let months = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, length) in (1..).zip(months) {
            if days < length {
                return format!("{year}-{month:02}-{:02}", days + 1);
            }
            days -= length;
        }
        year += 1;
    }
}

fn story(incident: usize, n: usize, dice: &mut Dice) -> (String, Vec<String>) {
    let mut fixed = Dice(incident as u64 * 977 + 5);
    let (place, country) = PLACES[fixed.roll(PLACES.len())];
    let (act, noun, verb) = ACTS[fixed.roll(ACTS.len())];
    let attacker = ATTACKERS[fixed.roll(ATTACKERS.len())];
    let minister = MINISTERS[fixed.roll(MINISTERS.len())];
    let (day, month_day) = (DAYS[fixed.roll(DAYS.len())], 1 + fixed.roll(27));
    let killed = 3 + fixed.roll(30) + n % 5;
    let wounded = killed + 4 + fixed.roll(20);
    let outlet = OUTLETS[n % OUTLETS.len()];
    let title = format!("At least {killed} killed in {noun} in {place}");
    let mut body = vec![
        format!(
            "{} ({outlet}) - At least {killed} people were killed and {wounded} others wounded on {day} when {attacker} \
             {verb} {act} in {place}, officials in {country} said.",
            place.to_uppercase()
        ),
        format!(
            "\"This was a deliberate attack on people who had nowhere else to go,\" Interior Minister {minister} told \
             reporters. He said the {noun} began at about 4 a.m. local time and lasted for nearly two hours."
        ),
    ];
    for _ in 0..5 + dice.roll(6) {
        let mut paragraph = String::new();
        for _ in 0..2 + dice.roll(3) {
            let _ = match dice.roll(5) {
                0 => write!(
                    paragraph,
                    "A hospital doctor, who asked not to be named, said {} bodies had been brought in by noon. ",
                    killed - dice.roll(3)
                ),
                1 => write!(
                    paragraph,
                    "A spokesman for {attacker} denied responsibility for the {noun} and accused the government of \"spreading lies\". "
                ),
                2 => write!(
                    paragraph,
                    "According to the Red Crescent, {} families have fled {place} since {month_day} March 2024. ",
                    100 + dice.roll(900)
                ),
                _ => write!(paragraph, "{} ", BACKGROUND[dice.roll(BACKGROUND.len())]),
            };
        }
        body.push(paragraph.trim_end().to_owned());
    }
    body.push(format!(
        "The United States condemned the {noun} and urged {country} to protect civilians. Hours later, in response to the \
         {noun}, the government closed the border and arrested {} suspects.",
        2 + fixed.roll(9)
    ));
    (title, body)
}

fn page(title: &str, body: &[String], outlet: &str, day: String) -> String {
    let paragraphs: String = body.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    let links: String =
        (0..30).map(|i| format!("<li><a href=\"/section/{i}\">Section number {i}</a></li>\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | {outlet}</title>\
         <meta property=\"article:published_time\" content=\"{day}T09:30:00+02:00\">\
         <meta property=\"og:title\" content=\"{title}\"></head><body><nav><ul>{links}</ul></nav><main><article>\
         <h1>{title}</h1><div class=\"byline\">By Staff Writer</div>\n{paragraphs}</article></main>\
         <aside class=\"related\"><h3>Most read</h3><ul>{links}</ul></aside>\
         <footer>Subscribe to our newsletter. Copyright {outlet}.</footer></body></html>"
    )
}
