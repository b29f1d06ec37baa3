//! `show`: a record, or one incident of it, for reading on a terminal.

use std::collections::BTreeMap;

use rapporteur::Store;
use rapporteur::formats::json::RecordJson;
use rapporteur::record::{
    Actor, ActorId, ClaimStatus, Dispute, Factuality, FigureSet, Incident, Party, Record, Report, ReportId,
    Span, When,
};

use crate::Failure;
use crate::args::ShowArgs;
use crate::output::{self, Outcome, plain};

pub(crate) fn run(args: &ShowArgs) -> Result<Outcome, Failure> {
    let store = Store::open(&args.record)?;
    let wire = store.record_json()?;
    match &args.incident {
        None if args.json => output::line(&serde_json::to_string_pretty(&wire.incidents)?)?,
        None => output::line(&overview(&wire.read()?, usize::MAX).join("\n"))?,
        Some(wanted) => {
            let id = find(&wire, wanted)?;
            if args.json {
                let incident = wire.incidents.iter().find(|i| i.id == id);
                output::line(&serde_json::to_string_pretty(&incident)?)?;
            } else {
                let record = wire.read()?;
                if let Some(incident) = record.incidents.iter().find(|i| i.id.as_str() == id) {
                    output::line(&Page::new(&record).incident(incident, args.why).join("\n"))?;
                }
            }
        }
    }
    Ok(Outcome::Fine)
}

fn find(record: &RecordJson, wanted: &str) -> Result<String, Failure> {
    let wanted = record.redirects.get(wanted).map_or(wanted, String::as_str);
    let mut found = record.incidents.iter().map(|i| &i.id).filter(|id| id.starts_with(wanted));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id.clone()),
        (None, _) => {
            Err(format!("no incident «{wanted}» in this record; `rapporteur show RECORD` lists them").into())
        }
        (Some(id), Some(other)) if id != wanted => {
            Err(format!("«{wanted}» begins several ids, among them {id} and {other}; give more of it").into())
        }
        (Some(id), Some(_)) => Ok(id.clone()),
    }
}

/// The incidents of a record as a reading list, three lines each, at most `most`.
pub(crate) fn overview(record: &Record, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut left = most;
    for (shelf, incidents) in record.shelves() {
        if left > 0 {
            lines.extend([String::new(), format!("{shelf} ({})", incidents.len())]);
        }
        for incident in incidents.into_iter().take(left) {
            left -= 1;
            let kind = incident.mode.map_or(incident.kind.to_string(), |m| format!("{} {m}", incident.kind));
            let mut details = vec![kind];
            if !matches!(incident.factuality, Factuality::Happened) {
                details.push(incident.factuality.to_string());
            }
            details
                .extend(incident.figures.iter().filter(|f| f.place.is_none() && f.of.is_none()).map(figure));
            let (reports, voices) = (incident.reports().len(), record.voices(incident));
            details.push(format!("{reports} report{}", if reports == 1 { "" } else { "s" }));
            if voices < reports {
                details.push(format!("{voices} independent"));
            }
            lines.extend([
                String::new(),
                format!("  {:<22} {}", day(incident.when), plain(&incident.title)),
                format!("  {:<22} {}", "", details.join(" · ")),
                format!("  {:<22} {}", "", incident.id),
            ]);
        }
    }
    let rest = record.incidents.len().saturating_sub(most);
    if rest > 0 {
        lines.extend([String::new(), format!("… and {rest} more")]);
    }
    lines
}

fn day(when: When) -> String {
    let end = |d: Option<rapporteur::record::Date>| d.map_or("?".to_owned(), |d| d.to_string());
    match when {
        When::Unknown => "date not known".to_owned(),
        When::Exact(d) => d.to_string(),
        When::Between { earliest: None, latest, .. } => format!("by {}", end(latest)),
        When::Between { earliest, latest: None, .. } => format!("from {}", end(earliest)),
        When::Between { earliest, latest, .. } => format!("{}..{}", end(earliest), end(latest)),
    }
}

fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (None, None) => "?".to_owned(),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("≥{a}"),
        (None, Some(b)) => format!("≤{b}"),
    }
}

fn figure(set: &FigureSet) -> String {
    let above = set.above();
    let range = above.map_or_else(|| bounds(set.low, set.high), |n| format!(">{n}"));
    if let Some(word) = set.vague() {
        return format!("{} {word} ({range})", plain(&set.what));
    }
    match set.best.filter(|_| above.is_none()) {
        Some(best) if range == best.to_string() => format!("{} {best}", plain(&set.what)),
        Some(best) => format!("{} {best} ({range})", plain(&set.what)),
        None => format!("{} {range}", plain(&set.what)),
    }
}

/// Writes incidents with the names and words that their ids and spans mean.
struct Page<'r> {
    record: &'r Record,
    reports: BTreeMap<&'r ReportId, &'r Report>,
    actors: BTreeMap<&'r ActorId, &'r Actor>,
}

impl<'r> Page<'r> {
    fn new(record: &'r Record) -> Page<'r> {
        Page {
            record,
            reports: record.reports.iter().map(|r| (&r.id, r)).collect(),
            actors: record.actors.iter().map(|a| (&a.id, a)).collect(),
        }
    }

    fn name(&self, id: &ActorId) -> String {
        plain(self.actors.get(id).map_or(id.as_str(), |a| &a.name))
    }

    fn words(&self, span: &Span) -> String {
        let words = self.reports.get(&span.report).map_or("", |r| span.range.of(&r.text));
        format!("“{}” [{}]", plain(words), plain(span.report.as_str()))
    }

    fn incident(&self, i: &Incident, why: bool) -> Vec<String> {
        let mut lines = vec![plain(&i.title), i.id.to_string()];
        let kind = i.mode.map_or(i.kind.to_string(), |m| format!("{} {m}", i.kind));
        lines.push(format!("  what     {kind}, CAMEO {}, {}", i.cameo, i.factuality));
        // What no words date was on the day of its report.
        let report = i.grounds.published.first().filter(|_| i.grounds.when.is_empty());
        let by = || i.first_told(|id| self.reports.get(id).copied()).map(|d| format!(", told by {d}"));
        let told = report.map(|id| format!(", the day of its report [{}]", plain(id.as_str())));
        let told = told.or_else(by).unwrap_or_default();
        lines.push(format!("  when     {}{told}", day(i.when)));
        let places: Vec<String> = i.places.iter().map(|p| plain(&p.spot.name)).collect();
        if !places.is_empty() {
            lines.push(format!("  where    {}", places.join(", ")));
        }
        for (title, parties) in [("by", &i.actors), ("against", &i.targets)] {
            lines.extend(parties.iter().map(|p| self.party(title, p)));
        }
        for set in &i.figures {
            lines.extend(self.figures(set));
        }
        for response in &i.responds_to {
            let to = self.record.incidents.iter().find(|x| x.id == response.incident);
            let title = to.map_or(response.incident.as_str(), |x| &x.title);
            lines.push(format!("  answers  {} ({})", plain(title), response.incident));
            lines.extend(response.evidence.iter().map(|s| format!("             {}", self.words(s))));
        }
        if let Some(whole) = &i.part_of {
            lines.push(format!("  part of  {whole}"));
        }
        for dispute in self.record.disputes.iter().filter(|d| d.incident.as_ref() == Some(&i.id)) {
            lines.extend(self.dispute(dispute));
        }
        let about = self.record.statements.iter().filter(|s| s.about.contains(&i.id));
        for statement in about {
            let speaker = statement.speaker.as_ref().map_or("(not named)".to_owned(), |s| self.name(s));
            lines.push(format!("  said by  {speaker}"));
            for variant in &statement.variants {
                let drift = variant.drift.as_ref().map_or(String::new(), |d| format!(" — {}", plain(d)));
                lines.push(format!("             {}{drift}", self.words(&variant.at)));
            }
        }
        lines.push("  words".to_owned());
        lines.extend(i.evidence.iter().map(|s| format!("             {}", self.words(s))));
        if why {
            lines.extend(self.why(i));
        }
        lines
    }

    fn party(&self, title: &str, party: &Party) -> String {
        let words = party.evidence.first().map_or(String::new(), |s| self.words(s));
        format!("  {title:<8} {}, {} {words}", self.name(&party.actor), party.confidence)
    }

    fn figures(&self, set: &FigureSet) -> Vec<String> {
        let of = set.of.as_ref().map_or(String::new(), |o| format!(" of {}", plain(o)));
        let at = set.place.as_ref().map_or(String::new(), |p| format!(" in {}", plain(p)));
        let mut lines = vec![format!("  figure   {}{of}{at}, best by the rule «{}»", figure(set), set.rule)];
        for claim in &set.claims {
            let by = match (&claim.by, claim.by_as_written.as_str()) {
                (Some(by), _) => self.name(by),
                (None, "") => "the outlet itself".to_owned(),
                (None, written) => plain(written),
            };
            let status = if claim.status == ClaimStatus::Stands {
                String::new()
            } else {
                format!(" ({})", claim.status)
            };
            let number = bounds(claim.bounds.low(), claim.bounds.high());
            lines.push(format!("             {number:>7}  {by}{status}: {}", self.words(&claim.at)));
        }
        lines
    }

    fn dispute(&self, dispute: &Dispute) -> Vec<String> {
        let mut lines = vec![format!("  dispute  {}", dispute.kind)];
        for side in &dispute.sides {
            let mut by: Vec<String> = side.by.iter().map(|a| self.name(a)).collect();
            // Told by nobody but the reports themselves.
            if by.is_empty() {
                by.extend(side.evidence.iter().map(|s| format!("[{}]", plain(s.report.as_str()))));
                by.dedup();
            }
            lines.push(format!("             {}: {}", by.join(", "), plain(&side.claim)));
            lines.extend(side.evidence.iter().map(|s| format!("               {}", self.words(s))));
        }
        lines
    }

    fn why(&self, i: &Incident) -> Vec<String> {
        let mut lines = vec!["  why these mentions are one incident".to_owned()];
        for link in &i.links {
            lines.push(format!("             {}", self.words(&link.at)));
            if let Some(to) = &link.to {
                lines.push(format!("               with {}", self.words(to)));
            }
            for reason in &link.reasons {
                lines.push(format!(
                    "               {:+.2} {}: {}",
                    reason.weight,
                    reason.feature,
                    plain(&reason.detail)
                ));
            }
        }
        lines
    }
}
