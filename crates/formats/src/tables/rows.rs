//! The rows of each table.

use std::io;

use ::record::{Confidence, Factuality, Located, Party, Record, Span, When};

use super::{Cell, Rows};
use crate::toll::Toll;
use crate::words::Words;
use crate::{data, plover};

pub(super) fn incidents(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in &record.incidents {
        let place = i.places.first().map(|p| &p.spot);
        let mut cells = vec![
            Cell::text(&i.id),
            Cell::text(&i.title),
            Cell::text(i.kind),
            Cell::maybe(i.mode),
            Cell::text(&i.cameo),
            Cell::list(&i.contexts),
            Cell::text(i.factuality),
            Cell::day(i.when.earliest()),
            Cell::day(i.when.latest()),
            Cell::maybe(i.when.precision()),
            Cell::maybe(place.map(|p| &p.name)),
            Cell::maybe(place.and_then(|p| p.country)),
            Cell::maybe(place.and_then(|p| p.admin1.as_ref())),
            Cell::float(place.and_then(|p| p.lat)),
            Cell::float(place.and_then(|p| p.lon)),
            Cell::maybe(place.map(|p| p.precision)),
            Cell::list(i.actors.iter().map(|p| &p.actor)),
            Cell::list(i.targets.iter().map(|p| &p.actor)),
        ];
        for what in ["killed", "wounded"] {
            let toll = Toll::of(i, what).unwrap_or_default();
            cells.extend([toll.low, toll.best, toll.high].map(Cell::count));
        }
        let reports = i.reports();
        cells.push(Cell::list(&reports));
        cells.push(Cell::size(words.voices(&reports)));
        cells.push(Cell::list(i.responds_to.iter().map(|r| &r.incident)));
        cells.push(Cell::maybe(i.part_of.as_ref()));
        each(cells)?;
    }
    Ok(())
}

pub(super) fn figures(record: &Record, each: Rows<'_>) -> io::Result<()> {
    for i in &record.incidents {
        for set in &i.figures {
            each(vec![
                Cell::text(&i.id),
                Cell::text(&set.what),
                Cell::maybe(set.of.as_ref()),
                Cell::maybe(set.place.as_ref()),
                Cell::count(set.low),
                Cell::count(set.best),
                Cell::count(set.high),
                Cell::text(set.rule),
                Cell::size(set.claims.len()),
            ])?;
        }
    }
    Ok(())
}

pub(super) fn claims(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in &record.incidents {
        for set in &i.figures {
            for c in &set.claims {
                let [_, report, start, end] = words.cells(&c.at);
                each(vec![
                    Cell::text(&i.id),
                    Cell::text(&set.what),
                    Cell::maybe(set.of.as_ref()),
                    Cell::maybe(set.place.as_ref()),
                    Cell::count(c.bounds.low()),
                    Cell::count(c.bounds.high()),
                    Cell::text(c.qualifier),
                    Cell::maybe(c.by.as_ref()),
                    Cell::text(&c.by_as_written),
                    Cell::text(&c.as_written),
                    Cell::text(c.status),
                    report,
                    start,
                    end,
                ])?;
            }
        }
    }
    Ok(())
}

/// A row for each piece of evidence: the same cells, then the words and where they stand.
fn evidence(each: Rows<'_>, words: &Words<'_>, cells: &[Cell], spans: &[Span]) -> io::Result<()> {
    spans.iter().try_for_each(|span| each(cells.iter().cloned().chain(words.cells(span)).collect()))
}

pub(super) fn parties(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in &record.incidents {
        for (part, parties) in [("actor", &i.actors), ("target", &i.targets)] {
            for p in parties {
                let cells = [
                    Cell::text(&i.id),
                    Cell::text(part),
                    Cell::text(&p.actor),
                    Cell::maybe(words.actor(&p.actor).map(|a| &a.name)),
                    Cell::text(p.confidence),
                ];
                evidence(each, &words, &cells, &p.evidence)?;
            }
        }
    }
    Ok(())
}

pub(super) fn places(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in &record.incidents {
        for (n, Located { spot, evidence: spans }) in i.places.iter().enumerate() {
            let place = [
                Cell::text(&i.id),
                Cell::size(n + 1),
                Cell::text(&spot.name),
                Cell::count(spot.geonames_id.map(u64::from)),
                Cell::float(spot.lat),
                Cell::float(spot.lon),
                Cell::maybe(spot.country),
                Cell::maybe(spot.admin1.as_ref()),
                Cell::text(spot.precision),
            ];
            if spans.is_empty() {
                each(place.iter().cloned().chain(vec![Cell::Empty; 4]).collect())?;
            }
            evidence(each, &words, &place, spans)?;
        }
    }
    Ok(())
}

pub(super) fn grounds(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in &record.incidents {
        let g = &i.grounds;
        let mode = i.mode.map(|m| m.to_string()).unwrap_or_default();
        let contexts: Vec<&str> = i.contexts.iter().map(|c| c.as_str()).collect();
        let ends = [i.when.earliest(), i.when.latest()].map(|d| d.map(|d| d.to_string()).unwrap_or_default());
        for (field, value, spans) in [
            ("type", i.kind.to_string(), &g.kind),
            ("mode", mode, &g.mode),
            ("contexts", contexts.join("; "), &g.contexts),
            ("factuality", i.factuality.to_string(), &g.factuality),
            ("date", ends.join("/"), &g.when),
        ] {
            evidence(each, &words, &[Cell::text(&i.id), Cell::text(field), Cell::text(&value)], spans)?;
        }
    }
    Ok(())
}

pub(super) fn mentions(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    record.incidents.iter().try_for_each(|i| evidence(each, &words, &[Cell::text(&i.id)], &i.evidence))
}

pub(super) fn responses(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for i in &record.incidents {
        for r in &i.responds_to {
            evidence(each, &words, &[Cell::text(&i.id), Cell::text(&r.incident)], &r.evidence)?;
        }
    }
    Ok(())
}

/// The acts of each party towards each other one. What did not happen, whoever denies a part, and what is counted with the
/// incident that it is part of are left out.
pub(super) fn intensity(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    let name = |id| Cell::maybe(words.actor(id).map(|a| &a.name));
    let real = |f| matches!(f, Factuality::Happened | Factuality::Ongoing);
    for i in record.incidents.iter().filter(|i| real(i.factuality) && i.part_of.is_none()) {
        let day = match i.when {
            When::Exact(day) => Some(day),
            _ => None,
        };
        let held = |p: &&Party| p.confidence != Confidence::Denied;
        for Party { actor: a, .. } in i.actors.iter().filter(held) {
            for t in words.somebody(&i.targets).into_iter().filter(held).map(|t| &t.actor).filter(|t| *t != a)
            {
                each(vec![
                    Cell::day(day),
                    Cell::text(a),
                    name(a),
                    Cell::text(t),
                    name(t),
                    Cell::Count(1),
                    Cell::float(plover::scale(i)),
                    Cell::float(data::goldstein(&i.cameo)),
                ])?;
            }
        }
    }
    Ok(())
}

pub(super) fn statements(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for s in &record.statements {
        for v in &s.variants {
            let [said, report, start, end] = words.cells(&v.at);
            each(vec![
                Cell::text(&s.id),
                Cell::maybe(s.speaker.as_ref()),
                Cell::list(&s.about),
                Cell::text(v.kind),
                Cell::text(&v.speaker_as_written),
                said,
                Cell::maybe(v.drift.as_ref()),
                report,
                start,
                end,
            ])?;
        }
    }
    Ok(())
}

pub(super) fn disputes(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for d in &record.disputes {
        for (n, side) in d.sides.iter().enumerate() {
            let cells = [
                Cell::text(&d.id),
                Cell::text(d.kind),
                Cell::maybe(d.incident.as_ref()),
                Cell::size(n + 1),
                Cell::text(&side.claim),
                Cell::list(&side.by),
            ];
            evidence(each, &words, &cells, &side.evidence)?;
        }
    }
    Ok(())
}

pub(super) fn actors(record: &Record, each: Rows<'_>) -> io::Result<()> {
    for a in &record.actors {
        each(vec![
            Cell::text(&a.id),
            Cell::text(&a.name),
            Cell::text(a.kind),
            Cell::maybe(a.country.as_ref()),
            Cell::maybe(a.sector),
            Cell::maybe(a.wikidata.as_ref()),
            Cell::list(&a.aliases),
            Cell::list(a.roles.iter().map(|r| &r.title)),
            Cell::size(a.evidence.len()),
        ])?;
    }
    Ok(())
}

pub(super) fn ties(record: &Record, each: Rows<'_>) -> io::Result<()> {
    let words = Words::new(record);
    for t in &record.ties {
        evidence(each, &words, &[Cell::text(&t.a), Cell::text(t.relation), Cell::text(&t.b)], &t.evidence)?;
    }
    Ok(())
}

pub(super) fn reports(record: &Record, each: Rows<'_>) -> io::Result<()> {
    for r in &record.reports {
        let link = record.documents.get(&r.id);
        each(vec![
            Cell::text(&r.id),
            Cell::maybe(r.title.as_ref().map(|t| &t.value)),
            Cell::maybe(r.publisher.as_ref()),
            Cell::maybe(r.author.as_ref()),
            Cell::maybe(r.url.as_ref()),
            Cell::maybe(r.language.as_ref()),
            Cell::day(r.published.as_ref().map(|p| p.date)),
            Cell::maybe(r.published.as_ref().map(|p| p.from)),
            Cell::maybe(link.and_then(|l| l.copy_of.as_ref())),
            Cell::maybe(link.map(|l| &l.origin)),
        ])?;
    }
    Ok(())
}
