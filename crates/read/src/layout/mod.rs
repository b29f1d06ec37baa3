//! Labels the parts of a plain text: header, title, dateline, body, residue.

mod dateline;
mod header;
mod lines;
mod outlet;
pub(crate) mod residue;

use std::ops::Range;

use record::{Block, BlockLabel, DateSource, Published, Text, TextRange};

use crate::day;
use header::Header;
pub(crate) use lines::trim;
use lines::{Line, goes_on, lines, wrap_width};
use residue::{Rule, Rules};

/// What the layout of a text tells.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) blocks: Vec<Block>,
    pub(crate) title: Option<Text>,
    pub(crate) published: Option<Published>,
    /// When the report was changed last.
    updated: Option<Published>,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    /// Percentage of the words that looked like residue, where that was too much to believe.
    pub(crate) doubted: Option<usize>,
}

/// Lines at the beginning among which header lines are looked for.
const HEAD_LINES: usize = 8;

/// The most words of a headline.
const TITLE_WORDS: usize = 35;

/// The most words of the name of a town.
const SEAT_WORDS: usize = 3;

/// Lines at the end among which the day of a report is looked for that bears none above.
const FOOT_LINES: usize = 4;

/// Words from which on a paragraph tells a story rather than names a link.
const PROSE_WORDS: usize = 20;

/// The most words of a line below a text that is none of its sentences.
const OUTRO_WORDS: usize = 14;

/// Percentage of the words beyond which residue is not believed.
const MOST_RESIDUE: usize = 30;

/// Labels a text. `title` is the headline given beside it, if there is one.
pub(crate) fn layout(text: &str, title: Option<&str>) -> Layout {
    let mut out = Layout::default();
    let parts = paragraphs(text);
    for part in &parts {
        match &part.kind {
            Kind::Header(header) => out.take_header(text, part, header),
            Kind::Residue(rule) => out.push(part.range.clone(), BlockLabel::Residue, rule.name),
            Kind::Prose => out.push(part.range.clone(), BlockLabel::Body, "body"),
        }
    }
    out.find_title(text, title);
    out.find_bracketed();
    out.find_datelines(text);
    // Of a page that only says when it was changed last, that is the day it bears.
    out.published = out.published.take().or(out.updated.take());
    if out.published.is_none() {
        out.find_foot(text);
    }
    out.cut_tail(text, &parts);
    out.cut_outro(text);
    out.doubt(text);
    out
}

/// "LIVE: Shells hit the port": a link to something else, but above a report its headline.
const KICKER: &str = "residue.kicker";

/// A paragraph, or a line that is known for what it is.
struct Part {
    range: Range<usize>,
    kind: Kind,
}

enum Kind {
    Header(Box<Header>),
    Residue(Rule),
    Prose,
}

fn paragraphs(text: &str) -> Vec<Part> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut parts: Vec<Part> = Vec::with_capacity(lines.len());
    let mut last: Option<&Line> = None;
    let mut in_head = true;
    for (number, line) in lines.iter().enumerate() {
        let words = &text[line.range.clone()];
        let header = if in_head && number < HEAD_LINES { header::header(words) } else { None };
        // The header ends with the first paragraph; a headline may stand in the middle of it.
        in_head = in_head
            && (header.is_some()
                || !words.ends_with('.') && words.split_whitespace().nth(TITLE_WORDS).is_none());
        let kind = if let Some(header) = header {
            Kind::Header(Box::new(header))
        } else if let Some(rule) = Rules::embedded()
            .find(words, line.range.start * 2 >= text.len())
            .filter(|rule| number > 0 || rule.name != KICKER)
        {
            Kind::Residue(rule)
        } else {
            Kind::Prose
        };
        let prose = matches!(kind, Kind::Prose);
        if let (true, Some(above), Some(last)) =
            (prose, parts.last_mut().filter(|p| matches!(p.kind, Kind::Prose)), last)
            && goes_on(text, &above.range, last, line, width)
        {
            above.range.end = line.range.end;
        } else {
            parts.push(Part { range: line.range.clone(), kind });
        }
        last = Some(line);
    }
    parts
}

impl Layout {
    fn push(&mut self, range: Range<usize>, label: BlockLabel, rule: &'static str) {
        self.blocks.push(Block { range: range.into(), label, rule });
    }

    fn take_header(&mut self, text: &str, part: &Part, header: &Header) {
        let base = part.range.start;
        let words = |r: &Range<usize>| text[base + r.start..base + r.end].trim().to_owned();
        if let Some(title) = &header.title {
            self.push(base..base + title.start, BlockLabel::Metadata, header.rule);
            self.push(base + title.start..base + title.end, BlockLabel::Title, header.rule);
        } else {
            let label = if header.town { BlockLabel::Dateline } else { BlockLabel::Metadata };
            self.push(part.range.clone(), label, header.rule);
        }
        let known = self.published.is_some();
        if let Some((stamp, at)) = header.published.as_ref().filter(|_| !known) {
            let at = Some(TextRange::new(base + at.start, base + at.end));
            let day = Published { date: stamp.date, time: stamp.time, from: DateSource::Header, at };
            match header.updated {
                true => self.updated = Some(day),
                false => self.published = Some(day),
            }
        }
        let fill = |slot: &mut Option<String>, range: &Option<Range<usize>>| {
            if slot.is_none() {
                *slot = range.as_ref().map(&words).filter(|w| !w.is_empty());
            }
        };
        fill(&mut self.url, &header.url);
        fill(&mut self.author, &header.author);
        fill(&mut self.publisher, &header.publisher);
    }

    /// The headline: the one a header names, the one given beside the text, or the first paragraph if it looks like
    /// one.
    fn find_title(&mut self, text: &str, given: Option<&str>) {
        let in_text = |b: &Block| Text { value: line_of(b.range.of(text)), at: Some(b.range) };
        if let Some(given) = given.map(line_of).filter(|t| !t.is_empty()) {
            let same = |b: &&mut Block| b.label == BlockLabel::Body && line_of(b.range.of(text)) == given;
            let found = self.blocks.iter_mut().take(HEAD_LINES).find(same);
            let at = found.map(|block| {
                (block.label, block.rule) = (BlockLabel::Title, "title.given");
                block.range
            });
            self.title = Some(Text { value: given, at });
            return;
        }
        if let Some(block) = self.blocks.iter().find(|b| b.label == BlockLabel::Title) {
            self.title = Some(in_text(block));
            return;
        }
        let Some(mut first) = self.blocks.iter().position(|b| b.label == BlockLabel::Body) else { return };
        if let Some(headline) = self.under_outlet(text, first) {
            let block = &mut self.blocks[first];
            (block.label, block.rule) = (BlockLabel::Metadata, "header.outlet");
            self.publisher.get_or_insert_with(|| line_of(block.range.of(text)));
            first = headline;
        }
        let top = first;
        while let Some(headline) =
            self.under_issuer(text, first).or_else(|| self.under_seat(text, first).filter(|_| first > top))
        {
            let name = line_of(self.blocks[first].range.of(text));
            self.publisher.get_or_insert(name);
            for block in self.blocks[first..headline].iter_mut().filter(|b| b.label == BlockLabel::Body) {
                (block.label, block.rule) = (BlockLabel::Metadata, "header.issuer");
            }
            first = headline;
        }
        let words = self.blocks[first].range.of(text);
        let story_follows = self.blocks[first + 1..].iter().any(|b| b.label == BlockLabel::Body);
        if story_follows && is_title(words) {
            let block = &mut self.blocks[first];
            (block.label, block.rule) = (BlockLabel::Title, "title.first-line");
            self.title = Some(in_text(&self.blocks[first]));
        }
    }

    /// "Joint statement on the talks (5 June 2026)": a headline's last brackets hold the day of the paper.
    fn find_bracketed(&mut self) {
        let Some(title) = self.title.as_ref().filter(|_| self.published.is_none()) else { return };
        let inside = title.value.trim_end().strip_suffix([')', ']']).and_then(|t| t.rsplit_once(['(', '[']));
        let Some((_, inside)) = inside else { return };
        let whole = |(at, _): &(std::ops::Range<usize>, day::Stamp)| at.len() == inside.trim().len();
        let Some((_, stamp)) = day::find(inside.trim()).into_iter().next().filter(whole) else { return };
        self.published =
            Some(Published { date: stamp.date, time: stamp.time, from: DateSource::Header, at: title.at });
    }

    /// The headline under a line that only names the outlet: the header goes on between them or a motto stands beside
    /// it, and the story follows.
    fn under_outlet(&self, text: &str, first: usize) -> Option<usize> {
        let words = self.blocks[first].range.of(text);
        let header = words.contains(" | ") || self.blocks.get(first + 1).is_some_and(is_header);
        if !header || !outlet::is_outlet(words) {
            return None;
        }
        let mut bodies = (first + 1..self.blocks.len()).filter(|&i| self.blocks[i].label == BlockLabel::Body);
        let headline = bodies.next()?;
        bodies.next()?;
        is_title(self.blocks[headline].range.of(text)).then_some(headline)
    }

    /// The headline under a line that only names who gives the paper out: it stands next, and the story follows.
    fn under_issuer(&self, text: &str, first: usize) -> Option<usize> {
        if !outlet::is_issuer(self.blocks[first].range.of(text)) {
            return None;
        }
        let headline = self.below(text, first)?;
        let body = |b: &&Block| b.label == BlockLabel::Body;
        let story = self.blocks[headline + 1..].iter().filter(body).any(|b| !is_title(b.range.of(text)));
        (body(&&self.blocks[headline]) && is_title(self.blocks[headline].range.of(text)) && story)
            .then_some(headline)
    }

    /// The headline under a line that only says where the issuer above it sits.
    fn under_seat(&self, text: &str, first: usize) -> Option<usize> {
        let headline = self.below(text, first).filter(|_| self.is_seat(text, first))?;
        let block = &self.blocks[headline];
        (block.label == BlockLabel::Body && is_title(block.range.of(text))).then_some(headline)
    }

    /// Whether a line is no more than a name ("New Delhi") above the rest of a header, such as its date.
    fn is_seat(&self, text: &str, at: usize) -> bool {
        let words = self.blocks[at].range.of(text);
        words.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
            && words.split_whitespace().nth(SEAT_WORDS).is_none()
            && self.blocks.get(at + 1).is_some_and(is_header)
    }

    /// The first block below that is not of the header.
    fn below(&self, text: &str, first: usize) -> Option<usize> {
        let header = |i: usize| is_header(&self.blocks[i]) || self.is_seat(text, i);
        (first + 1..self.blocks.len()).find(|&i| !header(i))
    }

    /// A dateline stands at the beginning of one of the first paragraphs.
    pub(crate) fn find_datelines(&mut self, text: &str) {
        let first: Vec<usize> =
            (0..self.blocks.len()).filter(|i| self.blocks[*i].label == BlockLabel::Body).take(2).collect();
        for i in first {
            let range = self.blocks[i].range.bytes();
            let paragraph = &text[range.clone()];
            let found = dateline::dateline(paragraph).or_else(|| dateline::with_colon(paragraph, text));
            let Some(found) = found else { continue };
            let line = trim(text, range.start + found.start..range.start + found.end);
            let rest = trim(text, range.start + found.end..range.end);
            if self.published.is_none()
                && let Some((at, stamp)) = day::find(&text[line.clone()]).into_iter().next()
            {
                let at = TextRange::new(line.start + at.start, line.start + at.end);
                self.published = Some(Published {
                    date: stamp.date,
                    time: stamp.time,
                    from: DateSource::Header,
                    at: Some(at),
                });
            }
            let body = Block { range: rest.clone().into(), label: BlockLabel::Body, rule: "body" };
            self.blocks[i] = Block { range: line.into(), label: BlockLabel::Dateline, rule: "dateline" };
            if !rest.is_empty() {
                self.blocks.insert(i + 1, body);
            }
            return;
        }
    }

    /// "Port Alma, 12 August 2024", "Published in the Northern Post, March 3rd, 2025": of a report without a date of its
    /// own, one of the last lines that bears one. Where the dateline tells the day, it is left to that (`settle`).
    fn find_foot(&mut self, text: &str) {
        let dated =
            |b: &Block| b.label == BlockLabel::Dateline && day::without_year(b.range.of(text)).is_some();
        if self.blocks.iter().any(dated) {
            return;
        }
        let last = self.blocks.iter_mut().rev().take(FOOT_LINES).filter(|b| b.range.start() > 0);
        let told = |b: &mut Block| {
            let (stamp, at) = header::foot(b.range.of(text))?;
            (b.label, b.rule) = (BlockLabel::Metadata, "header.foot");
            let start = b.range.start();
            Some((stamp, TextRange::new(start + at.start, start + at.end)))
        };
        self.published = last.filter_map(told).next().map(|(stamp, at)| Published {
            date: stamp.date,
            time: stamp.time,
            from: DateSource::Text,
            at: Some(at),
        });
    }

    /// After a line such as "Related stories" in the last half, what follows is residue too, unless the story goes on.
    fn cut_tail(&mut self, text: &str, parts: &[Part]) {
        let cuts =
            |p: &&Part| matches!(&p.kind, Kind::Residue(r) if r.cuts) && p.range.start * 2 >= text.len();
        let is_story = |b: &&Block| b.range.of(text).split_whitespace().nth(PROSE_WORDS - 1).is_some();
        let body = self.blocks.iter().filter(|b| b.label == BlockLabel::Body);
        // Where the last but one long paragraph begins: markers above it stand in the middle of the story.
        let story_end = body.rev().filter(is_story).nth(1).map_or(0, |b| b.range.start());
        let Some(marker) = parts.iter().filter(cuts).find(|p| p.range.start > story_end) else { return };
        for block in &mut self.blocks {
            if block.label == BlockLabel::Body && block.range.start() > marker.range.start {
                (block.label, block.rule) = (BlockLabel::Residue, "residue.tail");
            }
        }
    }

    /// Below a story told in sentences the last lines that are none are residue: headlines of other stories, the outlet's
    /// name and motto. The items of a list are the story's, and so is a line with a number or what stands behind a colon.
    fn cut_outro(&mut self, text: &str) {
        let said = |b: &Block| b.range.of(text).ends_with(['.', '!', '?', '”', '"', '’', ')', ':', '…']);
        let words = |b: &Block| b.range.of(text).split_whitespace().count();
        let item = |b: &Block| {
            let line = b.range.of(text);
            !line.starts_with(char::is_alphabetic) || line.contains(|c: char| c.is_numeric() || c == ':')
        };
        let outro = |b: &Block| match b.label {
            BlockLabel::Body => {
                b.range.start() * 2 >= text.len() && words(b) <= OUTRO_WORDS && !said(b) && !item(b)
            }
            label => label == BlockLabel::Residue,
        };
        let mut start = self.blocks.iter().rposition(|b| !outro(b)).map_or(0, |last| last + 1);
        // What goes on a list, down to an empty line.
        let opens = |b: &Block| b.range.of(text).ends_with(':');
        let listed = |last: &Block, next: &Block| {
            let between = text.get(last.range.end()..next.range.start()).unwrap_or("");
            opens(last) || between.matches('\n').count() < 2
        };
        if start > 0
            && (opens(&self.blocks[start - 1])
                || item(&self.blocks[start - 1]) && !said(&self.blocks[start - 1]))
        {
            while start < self.blocks.len() && listed(&self.blocks[start - 1], &self.blocks[start]) {
                start += 1;
            }
        }
        let (story, below) = self.blocks.split_at_mut(start);
        let told = |b: &&Block| b.label == BlockLabel::Body && said(b) && words(b) >= PROSE_WORDS;
        if story.iter().filter(told).count() < 2 {
            return;
        }
        for block in below.iter_mut().filter(|b| b.label == BlockLabel::Body) {
            (block.label, block.rule) = (BlockLabel::Residue, "residue.outro");
        }
    }

    /// Takes residue back where it would be too much of the text: first what only follows a marker, then all.
    pub(crate) fn doubt(&mut self, text: &str) {
        let percent = |blocks: &[Block]| {
            let words = |residue: bool| -> usize {
                let chosen = blocks.iter().filter(|b| !residue || b.label == BlockLabel::Residue);
                chosen.map(|b| b.range.of(text).split_whitespace().count()).sum()
            };
            if words(false) == 0 { 0 } else { words(true) * 100 / words(false) }
        };
        if !self.blocks.iter().any(|b| b.label == BlockLabel::Residue) {
            return;
        }
        for undo in ["residue.tail", ""] {
            let share = percent(&self.blocks);
            if share <= MOST_RESIDUE {
                return;
            }
            for block in &mut self.blocks {
                if block.label == BlockLabel::Residue && (undo.is_empty() || block.rule == undo) {
                    (block.label, block.rule) = (BlockLabel::Body, "body.doubted-residue");
                    self.doubted.get_or_insert(share);
                }
            }
        }
    }
}

/// Whether a block is a line of the header.
fn is_header(block: &Block) -> bool {
    matches!(block.label, BlockLabel::Metadata | BlockLabel::Dateline)
}

/// A first line that is a headline: short, no sentence with a full stop, not beginning in the middle of one.
fn is_title(words: &str) -> bool {
    let ending = words.trim_end_matches(['”', '"', '’', '\'', ')']);
    words.len() <= 300
        && (2..=TITLE_WORDS).contains(&words.split_whitespace().count())
        && !ending.ends_with(['.', ',', ':', ';', '…'])
        && words.starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘' | '\'' | '’' | '«' | '(' | '[')
        })
        && dateline::dateline(words).is_none()
}

/// On one line, with single spaces.
fn line_of(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
