//! Where an incident was, as MUC writes it.

use record::{ActorKind, EventType, Incident, PlacePrecision, Sentence, Spot, TextRange, Upos};

use super::super::muc_words::plain;
use super::{COUNTRIES, Filler, Told, View};
use crate::system;

/// Sentences back in which the place of an incident is looked for.
pub(super) const BACK: usize = 1;

/// Their capitals.
pub(super) const CAPITALS: [(&str, &str); 9] = [
    ("SLV", "SAN SALVADOR"),
    ("GTM", "GUATEMALA CITY"),
    ("HND", "TEGUCIGALPA"),
    ("ARG", "BUENOS AIRES"),
    ("BOL", "LA PAZ"),
    ("CHL", "SANTIAGO"),
    ("COL", "BOGOTA"),
    ("ECU", "QUITO"),
    ("PER", "LIMA"),
];

impl View<'_> {
    /// Sentences of an incident, then those before each.
    pub(super) fn around(&self, events: &[Told<'_>]) -> Vec<usize> {
        let own: Vec<usize> = events.iter().map(|(_, e)| self.sentence(e)).collect();
        (0..=BACK).flat_map(|back| own.iter().filter_map(move |s| s.checked_sub(back))).collect()
    }

    /// The place of an incident that is told without: a town or division of the countries of interest in its
    /// sentences, or the last before them.
    pub(super) fn scene(&self, events: &[Told<'_>]) -> Option<&Spot> {
        let fits = |p: &&record::Place| {
            let somebody = self.analysis.mentions.iter().any(|m| {
                m.range.overlaps(p.range)
                    && self
                        .of_id(&m.actor)
                        .is_some_and(|a| matches!(a.kind, ActorKind::Person | ActorKind::ArmedGroup))
            });
            let here = p.spot.country.is_none_or(|c| COUNTRIES.contains(&c));
            let told = p.range.start() >= self.message.dateline;
            p.locative
                && p.rule != "road"
                && p.spot.precision < PlacePrecision::Country
                && here
                && told
                && !somebody
        };
        // "Do not provide specific place name information if the message is unclear as to whether that place is the location"
        // (7.4): not of who somebody is, nor of a sentence before what no deed was at.
        let own: Vec<usize> = events.iter().map(|(_, e)| self.sentence(e)).collect();
        let told_of = |n: usize| {
            self.analysis.events.iter().any(|e| e.kind == EventType::Assault && e.places.contains(&n))
        };
        self.around(events).into_iter().find_map(|s| {
            let sentence = self.analysis.parsed.sentences.get(s)?;
            let all = self.analysis.places.iter().enumerate();
            let here = all.filter(|(_, p)| fits(p) && sentence.range.contains(p.range)).filter(|(n, p)| {
                !matches!(p.rule, "unresolved" | "stated")
                    && !is_in_name(sentence, p.range)
                    && (own.contains(&s) || told_of(*n))
            });
            here.map(|(_, p)| &p.spot).min_by_key(|p| p.precision)
        })
    }

    /// The place that is filled in: of the finest of an incident the one that a mention names first.
    pub(super) fn place<'a>(&'a self, incidents: &[&'a Incident], events: &[Told<'_>]) -> Option<&'a Spot> {
        let finest = place(incidents)?;
        let all = incidents.iter().flat_map(|i| &i.places).map(|p| &p.spot);
        let rank = |s: &Spot| {
            let first = |(n, (_, e)): (usize, &Told<'_>)| {
                let named = |&p: &usize| self.analysis.places.get(p).is_some_and(|p| p.spot.name == s.name);
                e.places.iter().position(named).map(|at| (at, n))
            };
            events.iter().enumerate().filter_map(first).min().unwrap_or((usize::MAX, 0))
        };
        let road = |s: &Spot| self.analysis.places.iter().any(|p| p.rule == "road" && p.spot.name == s.name);
        let near = |s: &&Spot| s.precision == finest.precision && s.country == finest.country;
        let rank = |s: &Spot| (road(s), rank(s));
        all.filter(near).min_by_key(|s| rank(s))
    }

    /// The town that a part of one, an airport or a hospital likely lies in: the last one of the country that is named
    /// before the deed.
    pub(super) fn town(
        &self,
        events: &[Told<'_>],
        place: Option<&Spot>,
        country: Option<&str>,
    ) -> Option<String> {
        place.filter(|p| matches!(p.precision, PlacePrecision::Site | PlacePrecision::District))?;
        let deed = events.iter().map(|(_, e)| e.trigger.end()).min()?;
        let towns = self.analysis.places.iter().filter(|p| {
            p.spot.precision == PlacePrecision::City
                && p.spot.geonames_id.is_some()
                && p.spot.country == country
        });
        let town = towns.filter(|p| p.locative && p.range.start() < deed).max_by_key(|p| p.range.start())?;
        Some(plain(&town.spot.name))
    }

    /// What the sentences of an incident name that no list of places has: "MAQUILISHUAT NEIGHBORHOOD", and "THIS CAPITAL"
    /// where no other town is named.
    pub(super) fn finer(&self, events: &[Told<'_>], no_town: bool, country: Option<&str>) -> Vec<String> {
        let mut found = Vec::new();
        for (_, e) in events {
            let Some(sentence) = self.analysis.parsed.sentences.get(self.sentence(e)) else { continue };
            for (n, token) in sentence.tokens.iter().enumerate() {
                if matches!(
                    token.lemma.to_lowercase().as_str(),
                    "neighborhood" | "suburb" | "municipality" | "village"
                ) {
                    let parts = sentence.children(n).filter(|&c| {
                        c < n
                            && matches!(
                                sentence.tokens[c].deprel,
                                "compound" | "flat" | "nmod" | "amod" | "nmod:desc"
                            )
                            && sentence.tokens[c].upos == Upos::Propn
                    });
                    if let Some(first) = parts.min() {
                        let range = sentence.tokens[first].range.cover(sentence.tokens[n - 1].range);
                        found.push(plain(range.of(self.text)));
                    }
                }
            }
            let words = plain(sentence.range.of(self.text));
            let here = ["THIS CAPITAL", "THE CAPITAL", "CAPITAL CITY", "COUNTRY'S CAPITAL"]
                .iter()
                .any(|w| words.contains(w))
                || words.contains(" CAPITAL") && !words.contains("CAPITAL OF");
            let capital = CAPITALS.iter().find(|(c, _)| country == Some(*c));
            found.extend(capital.filter(|_| no_town && here).map(|(_, name)| (*name).to_owned()));
        }
        found.dedup();
        found
    }
}

/// Whether a place is a part of a name or who acts: "ANTIOQUIA GOVERNOR".
fn is_in_name(sentence: &Sentence, at: TextRange) -> bool {
    let inside = |i: usize| sentence.tokens[i].range.overlaps(at);
    let top = (0..sentence.tokens.len()).find(|&i| inside(i) && sentence.head(i).is_none_or(|h| !inside(h)));
    top.is_some_and(|i| {
        let relation = sentence.tokens[i].deprel;
        matches!(relation, "compound" | "flat") || relation.starts_with("nsubj")
    })
}

/// The place that is filled in: the finest of those named as the scene.
pub(super) fn place<'a>(incidents: &[&'a Incident]) -> Option<&'a Spot> {
    let all = || incidents.iter().flat_map(|i| &i.places).map(|p| &p.spot);
    all().filter(|p| p.precision != PlacePrecision::Region).min_by_key(|p| p.precision).or(all().next())
}

/// Whether two incidents can have happened at one place: one of them names none, or their finest are alike or one
/// holds the other.
pub(super) fn same_scene(a: &Incident, b: &Incident) -> bool {
    let finest = |i: &Incident| place(&[i]).map(|p| (p.name.clone(), p.precision, p.country));
    let Some(((x, fine_x, in_x), (y, fine_y, in_y))) = finest(a).zip(finest(b)) else { return true };
    let holds = |i: &Incident, name: &str| {
        i.places.iter().any(|p| p.spot.name == name || p.spot.admin1.as_deref() == Some(name))
    };
    let coarse = |p: PlacePrecision| p >= PlacePrecision::Country;
    in_x == in_y && (x == y || holds(a, &y) || holds(b, &x) || coarse(fine_x) || coarse(fine_y))
}

/// Country, division and name of one place; other places only if they hold it.
pub(super) fn location(
    place: Option<&Spot>,
    country: Option<&'static str>,
    incidents: &[&Incident],
) -> Option<Filler> {
    let mut forms: Vec<String> = country.map(system::country_name).map(plain).into_iter().collect();
    if let Some(p) = place {
        forms.push(plain(&p.name));
        // "PEREIRA - BELEN": a road between two.
        if p.name.contains(" - ") {
            forms.extend(p.name.split(" - ").map(plain));
        }
        forms.extend(p.admin1.as_deref().map(plain));
        let all = incidents.iter().flat_map(|i| &i.places).map(|p| &p.spot);
        let same = |q: &Spot| q.country == p.country || p.country.is_none() && q.country == country;
        let holders = all.filter(|q| q.precision > p.precision && same(q));
        forms.extend(holders.map(|q| plain(&q.name)));
    }
    forms.dedup();
    (!forms.is_empty()).then(|| Filler { forms, ..Filler::default() })
}
