//! Pages: main text, and what the page says about itself.

mod about;
mod dates;
mod depth;
mod main_text;
mod page;
mod prose;
mod walk;

use std::thread;

use dom_query::Document;
use encoding_rs::Encoding;
use jiff::civil::Date;
use record::{Block, BlockLabel, Text};

use crate::draft::Draft;
use crate::layout::Layout;
use crate::layout::residue::Rules;
use crate::{Item, decode, messages};
use main_text::MainText;
use page::Page;

/// Stack of the thread that takes a page apart: the libraries recurse into nested elements.
const STACK: usize = 64 << 20;

/// Reads one page. `draft` brings id, origin and what is known from elsewhere.
pub(crate) fn read(bytes: Vec<u8>, cut: bool, mut draft: Draft) -> Item {
    let declared = declared_encoding(&bytes);
    let html = decode::decode(bytes, declared, cut, &draft.origin, &mut draft.warnings);
    let html = match depth::flatten(&html) {
        Some(flat) => {
            draft.warnings.push(messages::too_deep(&draft.origin));
            flat
        }
        None => html,
    };
    let taken = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || take_apart(&html))
        .map(thread::JoinHandle::join);
    match taken {
        Ok(Ok(taken)) if !taken.lines.is_empty() => report(draft, &taken),
        _ => Item::Skipped(messages::no_main_text(&draft.origin)),
    }
}

/// What a page consists of.
struct Taken {
    page: Page,
    /// The main text.
    lines: Vec<String>,
    /// The day that a library takes for the publication.
    date: Option<Date>,
    /// What it takes for the byline.
    author: String,
}

fn take_apart(html: &str) -> Taken {
    let document = Document::from(html);
    let page = Page::gather(&document);
    let MainText { lines, date, author } = main_text::main_text(html, document);
    Taken { page, lines, date, author }
}

/// The `charset` that a page declares in its first bytes.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find_iter(head, b"charset").next()? + b"charset".len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let length =
        rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')).count();
    Encoding::for_label(&rest[..length])
}

/// Title and lines as a text, one block a line.
fn report(mut draft: Draft, taken: &Taken) -> Item {
    let Taken { page, lines, date, author } = taken;
    let mut layout = Layout::default();
    let title = draft.title.take().or_else(|| about::title(page));
    let mut push = |text: &mut String, line: &str, label: BlockLabel, rule: &'static str| {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(line);
        layout.blocks.push(Block { range: (start..text.len()).into(), label, rule });
    };
    if let Some(title) = &title {
        push(&mut draft.text, title, BlockLabel::Title, "title.page");
    }
    let total: usize = lines.iter().map(String::len).sum();
    let mut seen = 0;
    for (i, line) in lines.iter().enumerate() {
        // The headline again, as the first line of the main text.
        if i < 3 && title.as_ref().is_some_and(|t| t == line) {
            continue;
        }
        let (label, rule) = match Rules::embedded().find(line, seen * 2 >= total) {
            Some(rule) => (BlockLabel::Residue, rule.name),
            None => (BlockLabel::Body, "body"),
        };
        push(&mut draft.text, line, label, rule);
        seen += line.len();
    }
    layout.title = title.map(|value| {
        let at = layout.blocks.first().map(|b| b.range);
        Text { value, at }
    });
    let url = about::canonical(page);
    if draft.published.is_none() {
        draft.published = dates::published(page, url.as_ref(), *date);
    }
    draft.publisher = draft.publisher.take().or_else(|| about::publisher(page));
    draft.author = draft.author.take().or_else(|| about::author(page, author));
    draft.url = draft.url.take().or_else(|| url.map(String::from));
    draft.language = page.language.as_deref().map(|l| l.split(['-', '_']).next().unwrap_or(l).to_lowercase());
    layout.find_datelines(&draft.text);
    layout.doubt(&draft.text);
    Item::Report(draft.finish_with(layout))
}
