//! From what a reader found to a finished report.

use std::sync::Arc;

use record::{DateSource, Published, Report, ReportId, Text, Warning};
use url::Url;

use crate::layout::{Layout, layout};
use crate::{day, messages, tongue};

/// What a reader knows of a report before its text is looked at.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) id: Option<String>,
    pub(crate) origin: String,
    pub(crate) text: String,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) url: Option<String>,
    /// As a page claims it; used where the text itself does not tell.
    pub(crate) language: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) warnings: Vec<Warning>,
}

impl Draft {
    /// Reads a date given beside the text; one that cannot be read is warned of.
    pub(crate) fn date(&mut self, value: &str) {
        match day::parse(value) {
            Some(stamp) => {
                self.published =
                    Some(Published { date: stamp.date, time: stamp.time, from: DateSource::Given, at: None });
            }
            None => self.warnings.push(messages::bad_date(&self.origin, value)),
        }
    }

    /// Labels the text and fills what it tells.
    pub(crate) fn finish(self) -> Report {
        let layout = layout(&self.text, self.title.as_deref());
        self.finish_with(layout)
    }

    /// The report with a layout that is known.
    pub(crate) fn finish_with(mut self, layout: Layout) -> Report {
        let language = tongue::language(&self.text).or(self.language);
        if let Some(language) = language.as_deref().filter(|l| *l != "en") {
            self.warnings.push(messages::foreign(&self.origin, language));
        }
        if let Some(percent) = layout.doubted {
            self.warnings.push(messages::too_much_residue(&self.origin, percent));
        }
        let mut host = None;
        let mut checked = None;
        if let Some(written) = self.url.or(layout.url) {
            match address(&written) {
                Some(url) => {
                    host = url.host_str().map(|h| h.trim_start_matches("www.").to_owned());
                    checked = Some(url);
                }
                None => self.warnings.push(messages::bad_url(&self.origin, &written)),
            }
        }
        let in_url = || {
            let date = day::in_url(checked.as_ref()?.as_str())?;
            Some(Published { date, time: None, from: DateSource::Url, at: None })
        };
        let id = self.id.unwrap_or_else(|| content_id(&self.text, checked.as_ref().map(Url::as_str)));
        Report {
            id: ReportId::new(&id),
            origin: self.origin,
            title: layout.title.or(self.title.map(|value| Text { value, at: None })),
            publisher: self.publisher.or(layout.publisher).or(host),
            author: self.author.or(layout.author),
            published: self.published.or(layout.published).or_else(in_url),
            url: checked.map(String::from),
            language,
            blocks: layout.blocks,
            warnings: self.warnings,
            text: Arc::from(self.text),
        }
    }
}

/// An http or https address.
pub(crate) fn address(written: &str) -> Option<Url> {
    let url = Url::parse(written.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// A short name made from what a report says (64-bit FNV-1a).
pub(crate) fn content_id(text: &str, url: Option<&str>) -> String {
    format!("{:016x}", hash([url.unwrap_or("").as_bytes(), b"\0", text.as_bytes()]))
}

/// 64-bit FNV-1a of some bytes: the same on every machine.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.into_iter().flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
