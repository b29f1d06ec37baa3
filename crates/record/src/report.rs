//! One report as read: its text unchanged, its parts labelled.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::names::names;
use crate::{TextRange, Warning};

/// The id of a report: the file's name without extension, the `id` field of a JSONL line or CSV row, or a hash of
/// the text where there is neither. Unique within a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(Arc<str>);

impl ReportId {
    /// An id with this name.
    #[must_use]
    pub fn new(name: &str) -> ReportId {
        ReportId(Arc::from(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

names! {
    /// What a block of a report's text is.
    BlockLabel("block label") {
        Title = "title",
        /// A header line with date, URL, author, or the like.
        Metadata = "metadata",
        /// "CITY (agency) –".
        Dateline = "dateline",
        Body = "body",
        /// Crawl residue: comment forms, links to other stories, share buttons, hashtags, slogans.
        Residue = "residue",
    }
}

/// A labelled stretch of a report's text. Blocks lie in order and do not overlap; white space between them belongs
/// to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where.
    pub range: TextRange,
    /// What.
    pub label: BlockLabel,
    /// The id of the rule that said so, for instance `residue.comment-form`.
    pub rule: &'static str,
}

names! {
    /// Where a publication date was found.
    DateSource("date source") {
        /// Given beside the text: a JSONL field, a CSV column, a flag.
        Given = "given",
        /// HTML metadata (JSON-LD, `meta`, `time`).
        Metadata = "metadata",
        /// A header line of a plain-text report.
        Header = "header",
        Url = "url",
        /// The visible text.
        Text = "text",
    }
}

/// When a report was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The day as the outlet prints it (its own local day).
    pub date: Date,
    /// The instant, where it is known.
    pub time: Option<Timestamp>,
    /// Where the date came from.
    pub from: DateSource,
    /// The words in the report's text, where it came from there.
    pub at: Option<TextRange>,
}

/// A value that stands in the report's text (then `at` says where) or beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The value.
    pub value: String,
    /// Where it stands in the report's text.
    pub at: Option<TextRange>,
}

/// One report, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Unique within a run.
    pub id: ReportId,
    /// What it was read from, for messages: a path, `path:line`, `-`.
    pub origin: String,
    /// The decoded input unchanged (plain text, JSONL, CSV), or the extracted main text with one line break between
    /// blocks and the title as its first (HTML).
    pub text: Arc<str>,
    /// The headline.
    pub title: Option<Text>,
    /// The outlet: its name, or the site's host.
    pub publisher: Option<String>,
    /// The byline.
    pub author: Option<String>,
    /// The canonical address (http or https only).
    pub url: Option<String>,
    /// ISO 639-1 code of the language it is written in, if it can be told.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// The parts of `text`.
    pub blocks: Vec<Block>,
    /// What was odd about it.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// Whether the analysis understands its language. A report in an unknown language is tried as English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.language.as_deref().is_none_or(|l| l == "en")
    }

    /// The blocks that say something: title, dateline and body.
    pub fn content(&self) -> impl Iterator<Item = &Block> {
        self.blocks
            .iter()
            .filter(|b| matches!(b.label, BlockLabel::Title | BlockLabel::Dateline | BlockLabel::Body))
    }
}
