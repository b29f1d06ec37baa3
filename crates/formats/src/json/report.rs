//! A report on the wire.

use std::sync::Arc;

use ::record::{Block, BlockLabel, DateSource, Published, Report, ReportId, Text, TextRange, Warning};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::named::{Named, keep};
use super::{Points, WireError};

/// A report: where it came from and its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportJson {
    /// The id of the report, unique in the record.
    pub id: String,
    /// The headline, or null.
    pub title: Option<String>,
    /// Code points of the headline in `text`, or null where it stands beside it.
    pub title_at: Option<RangeJson>,
    /// The outlet or site.
    pub publisher: Option<String>,
    /// The byline.
    pub author: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// When it was published, or null.
    pub published: Option<PublishedJson>,
    /// What it was read from: a file, `file:line`, `-`.
    pub source: String,
    /// What was odd about it.
    pub warnings: Vec<WarningJson>,
    /// The text that every offset points into.
    pub text: String,
}

/// A stretch of a report's text in code points, from 0, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl RangeJson {
    pub(super) fn new(points: &Points<'_>, range: TextRange) -> RangeJson {
        let (start, end) = points.range(range);
        RangeJson { start, end }
    }

    pub(super) fn bytes(self, points: &Points<'_>) -> TextRange {
        points.bytes(self.start, self.end)
    }
}

/// When a report was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedJson {
    /// The day as the outlet prints it, `YYYY-MM-DD`.
    pub date: String,
    /// The instant in UTC, `YYYY-MM-DDThh:mm:ssZ`, or null.
    pub time: Option<String>,
    /// Where the date was found.
    pub from: Named<DateSource>,
    /// First code point of the words in `text`, or null where it stands beside it.
    pub start: Option<usize>,
    /// One past their last code point.
    pub end: Option<usize>,
}

/// A labelled stretch of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockJson {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub label: Named<BlockLabel>,
    /// The rule that said so.
    pub rule: String,
}

/// Something odd that did not stop the work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WarningJson {
    /// A stable code.
    pub code: String,
    /// A report id, or `file:line`.
    pub origin: String,
    /// What, why, and what was done.
    pub message: String,
}

impl From<&Warning> for WarningJson {
    fn from(w: &Warning) -> WarningJson {
        WarningJson { code: w.code.to_owned(), origin: w.origin.clone(), message: w.message.clone() }
    }
}

impl From<WarningJson> for Warning {
    fn from(w: WarningJson) -> Warning {
        Warning { code: keep(&w.code), origin: w.origin, message: w.message }
    }
}

impl ReportJson {
    pub(super) fn new(report: &Report, points: &Points<'_>) -> ReportJson {
        ReportJson {
            id: report.id.to_string(),
            title: report.title.as_ref().map(|t| t.value.clone()),
            title_at: report.title.as_ref().and_then(|t| t.at).map(|r| RangeJson::new(points, r)),
            publisher: report.publisher.clone(),
            author: report.author.clone(),
            url: report.url.clone(),
            language: report.language.clone(),
            published: report.published.as_ref().map(|p| {
                let at = p.at.map(|r| points.range(r));
                PublishedJson {
                    date: p.date.to_string(),
                    time: p.time.map(|t| t.to_string()),
                    from: Named(p.from),
                    start: at.map(|a| a.0),
                    end: at.map(|a| a.1),
                }
            }),
            source: report.origin.clone(),
            warnings: report.warnings.iter().map(WarningJson::from).collect(),
            text: report.text.to_string(),
        }
    }

    /// The report again, with its blocks, which lie beside it on the wire.
    pub(super) fn read(self, blocks: Vec<BlockJson>) -> Result<Report, WireError> {
        let text: Arc<str> = Arc::from(self.text);
        let points = Points::new(&text);
        let published = self.published.map(|p| p.read(&points)).transpose()?;
        let title = self.title.map(|value| Text { value, at: self.title_at.map(|r| r.bytes(&points)) });
        let blocks = blocks.into_iter().map(|b| b.read(&points)).collect();
        Ok(Report {
            id: ReportId::new(&self.id),
            origin: self.source,
            title,
            publisher: self.publisher,
            author: self.author,
            url: self.url,
            language: self.language,
            published,
            blocks,
            warnings: self.warnings.into_iter().map(Into::into).collect(),
            text: text.clone(),
        })
    }
}

impl PublishedJson {
    fn read(self, points: &Points<'_>) -> Result<Published, WireError> {
        let date =
            self.date.parse().map_err(|e| WireError::new(format!("published.date «{}»: {e}", self.date)))?;
        let time = match self.time {
            Some(t) => Some(t.parse().map_err(|e| WireError::new(format!("published.time «{t}»: {e}")))?),
            None => None,
        };
        let at = self.start.zip(self.end).map(|(a, b)| points.bytes(a, b));
        Ok(Published { date, time, from: self.from.0, at })
    }
}

impl BlockJson {
    pub(super) fn new(block: &Block, points: &Points<'_>) -> BlockJson {
        let (start, end) = points.range(block.range);
        BlockJson { start, end, label: Named(block.label), rule: block.rule.to_owned() }
    }

    fn read(self, points: &Points<'_>) -> Block {
        Block { range: points.bytes(self.start, self.end), label: self.label.0, rule: keep(&self.rule) }
    }
}
