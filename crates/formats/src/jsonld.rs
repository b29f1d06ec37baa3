//! A record as JSON-LD in the vocabulary of schema.org: incidents are `Event`s, reports `NewsArticle`s, claims of
//! figures and sides of disputes `Claim`s, what was said `Quotation`s, and whoever acts, suffers or speaks a `Person`,
//! an `Organization`, a `Country` or a `Thing`.
//!
//! The context stands inside, so that no reader needs the network. What schema.org has no word for (who did it, to
//! whom, how surely, codes, answers) is under `urn:rapporteur:term:`, documented in `docs/formats.md`.

use std::io::{self, Write};

use ::record::{
    Actor, ActorKind, Claim, Dispute, FigureSet, Incident, Party, Record, Report, Spot, Statement,
};
use serde_json::{Map, Value, json};

use crate::pieces::{Items, Pieces, list};
use crate::prose;
use crate::words::Words;

/// Writes the graph, a node a line.
///
/// # Errors
/// If writing fails.
pub fn write(record: &dyn Pieces, mut out: impl Write) -> io::Result<()> {
    let context = json!({ "@vocab": "https://schema.org/", "rap": "urn:rapporteur:term:" });
    list(&format!(r#"{{"@context":{context},"@graph":["#), "]}", &mut out, |each| {
        record.pieces(Items::Incidents, true, &mut |piece| {
            let words = Words::new(piece);
            for i in &piece.incidents {
                each(&event(i, &words))?;
                for (n, set) in i.figures.iter().enumerate() {
                    for (m, c) in set.claims.iter().enumerate() {
                        each(&claim(i, (n, m), set, c, &words))?;
                    }
                }
            }
            Ok(())
        })?;
        record.pieces(Items::Statements, true, &mut |piece| {
            let words = Words::new(piece);
            piece.statements.iter().try_for_each(|s| each(&quotation(s, &words)))
        })?;
        record.pieces(Items::Disputes, false, &mut |piece| {
            piece.disputes.iter().flat_map(sides).try_for_each(|side| each(&side))
        })?;
        record.pieces(Items::Actors, false, &mut |piece| {
            piece.actors.iter().try_for_each(|a| each(&actor(a)))
        })?;
        record.pieces(Items::Reports, false, &mut |piece| {
            piece.reports.iter().try_for_each(|r| each(&article(r, piece)))
        })
    })
}

fn sides(d: &Dispute) -> impl Iterator<Item = Value> {
    d.sides.iter().enumerate().map(|(n, side)| {
        node(json!({
            "@id": urn("dispute", &format!("{}/{}", d.id, n + 1)),
            "@type": "Claim",
            "text": side.claim,
            "about": d.incident.as_ref().map(|i| reference("incident", i.as_str())),
            "creator": side.by.iter().map(|a| reference("actor", a.as_str())).collect::<Vec<_>>(),
            "appearance": side.evidence.iter().map(|s| reference("report", s.report.as_str())).collect::<Vec<_>>(),
            "rap:dispute": d.id,
            "rap:disputeKind": d.kind.as_str(),
        }))
    })
}

/// Without what is not known: a null or an empty list says nothing in JSON-LD.
fn node(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let known = |v: &Value| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty());
    Value::Object(fields.into_iter().filter(|(_, v)| known(v)).collect::<Map<_, _>>())
}

/// `urn:rapporteur:report:name`, percent-encoded.
fn urn(kind: &str, id: &str) -> String {
    let mut urn = format!("urn:rapporteur:{kind}:");
    for b in id.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
            urn.push(char::from(b));
        } else {
            urn.push_str(&format!("%{b:02X}"));
        }
    }
    urn
}

fn reference(kind: &str, id: &str) -> Value {
    json!({ "@id": urn(kind, id) })
}

fn event(i: &Incident, words: &Words<'_>) -> Value {
    let parties = |all: &[Party]| -> Vec<Value> {
        let party = |p: &Party| {
            json!({
                "@type": "Role",
                "rap:party": reference("actor", p.actor.as_str()),
                "rap:confidence": p.confidence.as_str(),
            })
        };
        all.iter().map(party).collect()
    };
    node(json!({
        "@id": urn("incident", i.id.as_str()),
        "@type": "Event",
        "name": i.title,
        "startDate": i.when.earliest().map(|d| d.to_string()),
        "endDate": i.when.latest().map(|d| d.to_string()),
        "rap:datePrecision": i.when.precision().map(|p| p.as_str()),
        "location": i.places.iter().map(|p| place(&p.spot)).collect::<Vec<_>>(),
        "superEvent": i.part_of.as_ref().map(|p| reference("incident", p.as_str())),
        "subjectOf": i.reports().iter().map(|r| reference("report", r.as_str())).collect::<Vec<_>>(),
        "rap:actor": parties(&i.actors),
        "rap:target": parties(&i.targets),
        "rap:ploverType": i.kind.as_str(),
        "rap:ploverMode": i.mode.map(|m| m.as_str()),
        "rap:cameo": i.cameo,
        "rap:factuality": i.factuality.as_str(),
        "rap:respondsTo": i.responds_to.iter().map(|r| reference("incident", r.incident.as_str())).collect::<Vec<_>>(),
        "rap:figure": i.figures.iter().map(figure).collect::<Vec<_>>(),
        "description": i.evidence.first().map(|s| words.of(s)),
    }))
}

fn figure(set: &FigureSet) -> Value {
    node(json!({
        "@type": "QuantitativeValue",
        "name": set.what,
        "description": set.of,
        "areaServed": set.place,
        "minValue": set.low,
        "value": set.best,
        "maxValue": set.high,
        "measurementTechnique": set.rule.as_str(),
    }))
}

fn place(spot: &Spot) -> Value {
    let geo = spot.lat.zip(spot.lon);
    node(json!({
        "@type": "Place",
        "name": spot.name,
        "sameAs": spot.geonames_id.map(|id| format!("https://sws.geonames.org/{id}/")),
        "geo": geo.map(|(lat, lon)| json!({ "@type": "GeoCoordinates", "latitude": lat, "longitude": lon })),
        "address": spot.country.map(|c| node(json!({
            "@type": "PostalAddress", "addressCountry": c, "addressRegion": spot.admin1,
        }))),
        "rap:placePrecision": spot.precision.as_str(),
    }))
}

fn claim(i: &Incident, (n, m): (usize, usize), set: &FigureSet, claim: &Claim, words: &Words<'_>) -> Value {
    let (start, end) = words.points(&claim.at).unzip();
    node(json!({
        "@id": urn("claim", &format!("{}/{}/{}", i.id, n + 1, m + 1)),
        "@type": "Claim",
        "text": claim.as_written,
        "about": reference("incident", i.id.as_str()),
        "creator": claim.by.as_ref().map(|a| reference("actor", a.as_str())),
        "creditText": Some(&claim.by_as_written).filter(|w| !w.is_empty()),
        "appearance": reference("report", claim.at.report.as_str()),
        "rap:status": claim.status.as_str(),
        "rap:counts": set.what,
        "rap:low": claim.bounds.low(),
        "rap:high": claim.bounds.high(),
        "rap:qualifier": claim.qualifier.as_str(),
        "rap:start": start,
        "rap:end": end,
    }))
}

fn quotation(s: &Statement, words: &Words<'_>) -> Value {
    let first = s.variants.first();
    node(json!({
        "@id": urn("statement", &s.id),
        "@type": "Quotation",
        "text": first.map(|v| words.of(&v.at)),
        "creator": s.speaker.as_ref().map(|a| reference("actor", a.as_str())),
        "creditText": first.map(|v| &v.speaker_as_written).filter(|w| !w.is_empty()),
        "about": s.about.iter().map(|i| reference("incident", i.as_str())).collect::<Vec<_>>(),
        "isPartOf": s.variants.iter().map(|v| reference("report", v.at.report.as_str())).collect::<Vec<_>>(),
    }))
}

fn actor(a: &Actor) -> Value {
    let kind = match a.kind {
        ActorKind::Person => "Person",
        ActorKind::State => "Country",
        ActorKind::Government | ActorKind::Force => "GovernmentOrganization",
        ActorKind::Company => "Corporation",
        ActorKind::Ngo => "NGO",
        ActorKind::Media => "NewsMediaOrganization",
        ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Igo => "Organization",
        ActorKind::Population => "Audience",
        ActorKind::Role | ActorKind::PhysicalTarget | ActorKind::Other => "Thing",
    };
    let posts = a.roles.iter().map(|r| r.title.as_str()).collect::<Vec<_>>();
    node(json!({
        "@id": urn("actor", a.id.as_str()),
        "@type": kind,
        "name": a.name,
        "alternateName": a.aliases,
        "sameAs": a.wikidata.as_ref().map(|q| format!("http://www.wikidata.org/entity/{q}")),
        "jobTitle": if a.kind == ActorKind::Person { posts } else { Vec::new() },
        "rap:kind": a.kind.as_str(),
        "rap:country": a.country,
        "rap:sector": a.sector.map(|s| s.as_str()),
    }))
}

fn article(r: &Report, record: &Record) -> Value {
    let link = record.documents.get(&r.id);
    node(json!({
        "@id": urn("report", r.id.as_str()),
        "@type": "NewsArticle",
        "headline": r.title.as_ref().map(|t| &t.value),
        "url": r.url.as_deref().and_then(prose::link),
        "datePublished": r.published.as_ref().map(|p| p.date.to_string()),
        "inLanguage": r.language,
        "publisher": r.publisher.as_ref().map(|p| json!({ "@type": "Organization", "name": p })),
        "author": r.author.as_ref().map(|a| json!({ "@type": "Person", "name": a })),
        "isBasedOn": link.and_then(|l| l.copy_of.as_ref()).map(|c| reference("report", c.as_str())),
        "rap:origin": link.map(|l| &l.origin),
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing::harbour;

    /// Every `@id` that some node refers to.
    fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(fields) => {
                if let (1, Some(Value::String(id))) = (fields.len(), fields.get("@id")) {
                    found.insert(id);
                }
                fields.values().for_each(|v| references(v, found));
            }
            Value::Array(all) => all.iter().for_each(|v| references(v, found)),
            _ => (),
        }
    }

    #[test]
    fn every_reference_has_its_node_and_nothing_unknown_is_said() {
        let mut text = Vec::new();
        write(&harbour(), &mut text).expect("writes");
        let graph: Value = serde_json::from_slice(&text).expect("JSON");
        let nodes = graph["@graph"].as_array().expect("a list");
        let ids: BTreeSet<&str> = nodes.iter().filter_map(|n| n["@id"].as_str()).collect();
        assert_eq!(ids.len(), nodes.len(), "an id stands for one node");
        let mut wanted = BTreeSet::new();
        references(&graph["@graph"], &mut wanted);
        assert!(wanted.is_subset(&ids), "{:?}", wanted.difference(&ids));
        let of = |id: &str| nodes.iter().find(|n| n["@id"] == id).expect("a node");
        let raid = of("urn:rapporteur:incident:assault-raid");
        assert_eq!((&raid["@type"], &raid["startDate"]), (&json!("Event"), &json!("2023-09-12")));
        assert_eq!(of("urn:rapporteur:report:copy")["isBasedOn"]["@id"], "urn:rapporteur:report:wire");
        assert!(of("urn:rapporteur:incident:accuse-un").get("startDate").is_none());
        assert_eq!(nodes.iter().filter(|n| n["@type"] == "Claim").count(), 9, "seven of figures, two sides");
        assert_eq!(urn("report", "a b/ü:%"), "urn:rapporteur:report:a%20b/%C3%BC%3A%25");
    }
}
