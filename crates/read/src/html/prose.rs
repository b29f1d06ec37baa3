//! A piece of a page as text: one line a block.

use dom_query::NodeRef;

use super::walk::{Step, walk};

/// The lines of a node, none of them empty, white space within them collapsed.
pub(crate) fn lines(root: &NodeRef<'_>) -> Vec<String> {
    let mut lines = Lines::default();
    walk(root, &mut |step| {
        match step {
            Step::Text(text) => lines.text(text),
            Step::Enter(_, name) if is_hidden(name) => return false,
            Step::Enter(_, name) | Step::Leave(name) if is_block(name) => lines.end(),
            Step::Enter(_, "td" | "th") => lines.text(" "),
            _ => {}
        }
        true
    });
    lines.end();
    lines.done
}

/// Elements that begin and end a line.
fn is_block(name: &str) -> bool {
    #[rustfmt::skip]
    let block = matches!(
        name,
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "blockquote"
            | "pre" | "table" | "tr" | "article" | "section" | "header" | "footer" | "aside" | "main" | "nav"
            | "figure" | "figcaption" | "form" | "fieldset" | "address" | "hr" | "details" | "summary" | "caption"
            | "body" | "html" | "br" | "center" | "option" | "head" | "title" | "thead" | "tbody"
    );
    block
}

/// Elements whose content is not shown.
pub(crate) fn is_hidden(name: &str) -> bool {
    #[rustfmt::skip]
    let hidden = matches!(
        name,
        "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "math" | "select" | "button"
    );
    hidden
}

#[derive(Default)]
struct Lines {
    done: Vec<String>,
    line: String,
    space: bool,
}

impl Lines {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                if self.space && !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.space = false;
                self.line.push(c);
            }
        }
    }

    fn end(&mut self) {
        self.space = false;
        if !self.line.is_empty() {
            self.done.push(std::mem::take(&mut self.line));
        }
    }
}
