//! The analysis of a report as a page: its text with everything marked in colour, each mark explaining itself when
//! pointed at or reached by keyboard. The tool to debug rules with.

use std::fmt::Write;

use ::record::{Analysis, BlockLabel, TextRange};

/// What stands before the sections.
pub const HEAD: &str = include_str!("marked.html");
/// What stands after them.
pub const FOOT: &str = "</main>\n</body>\n</html>\n";

/// One mark: where, of which kind, and what it says.
struct Mark {
    range: TextRange,
    class: &'static str,
    note: String,
}

/// One report as a section of the page.
#[must_use]
pub fn section(analysis: &Analysis) -> String {
    let mut out = String::new();
    let report = &analysis.report;
    let title = report.title.as_ref().map_or(report.id.as_str(), |t| &t.value);
    let published = report.published.as_ref().map_or("date not known".to_owned(), |p| p.date.to_string());
    // Writing to a string does not fail.
    let _ = write!(
        out,
        "<section>\n<h2>{}</h2>\n<p class=\"about\">{} · {} · {}</p>\n",
        escape(title),
        escape(report.id.as_str()),
        escape(report.publisher.as_deref().unwrap_or("publisher not known")),
        published
    );
    let marks = marks(analysis);
    for block in &report.blocks {
        let class = match block.label {
            BlockLabel::Title => "title",
            BlockLabel::Metadata => "metadata",
            BlockLabel::Dateline => "dateline",
            BlockLabel::Body => "body",
            BlockLabel::Residue => "residue",
        };
        let _ = write!(out, "<p class=\"{class}\" title=\"{} ({})\">", block.label, escape(block.rule));
        text(&mut out, &report.text, block.range, &marks);
        out.push_str("</p>\n");
    }
    out.push_str("</section>\n");
    out
}

fn marks(a: &Analysis) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |range, class, note: String| marks.push(Mark { range, class, note });
    for (n, x) in a.attributions.iter().enumerate() {
        let speaker = x.speaker.as_ref().map_or("speaker not named".to_owned(), ToString::to_string);
        for part in &x.content {
            mark(*part, "said", format!("said [{n}]: {speaker}, {} {}, rule {}", x.kind, x.stance, x.rule));
        }
        for (range, what) in [(x.source, "source"), (x.cue, "cue")] {
            if let Some(range) = range {
                mark(range, "cue", format!("{what} of [{n}]: {speaker}"));
            }
        }
    }
    for t in &a.times {
        let days = match (t.when.earliest(), t.when.latest()) {
            (None, None) => "not anchored".to_owned(),
            (from, to) => {
                format!(
                    "{}..{}",
                    from.map_or("?".into(), |d| d.to_string()),
                    to.map_or("?".into(), |d| d.to_string())
                )
            }
        };
        mark(t.range, "time", format!("{} {} = {days}, rule {}", t.kind, t.value, t.rule));
    }
    for p in &a.places {
        let id = p.spot.geonames_id.map_or(String::new(), |i| format!(" GeoNames {i}"));
        let country = p.spot.country.unwrap_or("?");
        mark(
            p.range,
            "place",
            format!("{} ({}, {country}){id}, rule {}", p.spot.name, p.spot.precision, p.rule),
        );
    }
    for m in &a.mentions {
        mark(m.range, "actor", format!("{}, by {}", m.actor, m.rule));
    }
    for f in &a.figures {
        let end = |n: Option<u64>| n.map_or("?".to_owned(), |n| n.to_string());
        let event = f.event.map_or("no event".to_owned(), |e| format!("event [{e}]"));
        let kind = if f.cumulative { ", running toll" } else { "" };
        let note = format!(
            "{} {}..{} ({}){kind}, {event}, rule {}",
            f.what,
            end(f.bounds.low()),
            end(f.bounds.high()),
            f.qualifier,
            f.rule
        );
        mark(f.range, "figure", note);
    }
    for (n, e) in a.events.iter().enumerate() {
        let mode = e.mode.map_or(String::new(), |m| format!(" {m}"));
        let roles = |roles: &[::record::EventRole]| {
            let names: Vec<&str> =
                roles.iter().map(|r| r.actor.as_ref().map_or("?", ::record::ActorId::as_str)).collect();
            names.join(", ")
        };
        let same = e.same_as.map_or(String::new(), |s| format!(", same as [{s}]"));
        let note = format!(
            "event [{n}]: {}{mode} {} ({}), {} → {}{same}, rule {}",
            e.kind,
            e.cameo,
            e.factuality,
            roles(&e.actors),
            roles(&e.targets),
            e.rule
        );
        mark(e.trigger, "event", note);
    }
    marks
}

/// The words of a block, cut at every edge of a mark; a piece has the class of its finest mark and the notes of all.
fn text(out: &mut String, text: &str, block: TextRange, marks: &[Mark]) {
    let inside: Vec<&Mark> = marks.iter().filter(|m| m.range.overlaps(block)).collect();
    let mut edges: Vec<usize> = inside.iter().flat_map(|m| [m.range.start(), m.range.end()]).collect();
    edges.extend([block.start(), block.end()]);
    edges.retain(|e| (block.start()..=block.end()).contains(e));
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let piece = TextRange::new(pair[0], pair[1]);
        let over: Vec<&&Mark> = inside.iter().filter(|m| m.range.contains(piece)).collect();
        let words = escape(piece.of(text));
        let Some(finest) = over.iter().min_by_key(|m| m.range.len()) else {
            out.push_str(&words);
            continue;
        };
        let mut classes: Vec<&str> = over.iter().map(|m| m.class).filter(|c| *c != finest.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let also: String = classes.iter().map(|c| format!(" in-{c}")).collect();
        let notes: Vec<&str> = over.iter().map(|m| m.note.as_str()).collect();
        let _ = write!(
            out,
            "<mark class=\"{}{also}\" tabindex=\"0\" title=\"{}\">{words}</mark>",
            finest.class,
            escape(&notes.join("\n"))
        );
    }
}

/// Text that a browser shows as it is.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
