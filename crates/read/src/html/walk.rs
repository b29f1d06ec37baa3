//! One way through a page, without recursion: pages can be nested deeper than a stack.

use dom_query::NodeRef;

/// A step of the way.
pub(crate) enum Step<'a, 'b> {
    /// Into an element, with its name.
    Enter(&'b NodeRef<'a>, &'b str),
    /// Out of an element again.
    Leave(&'b str),
    /// A text.
    Text(&'b str),
}

/// Walks the nodes below `root` in document order. Where the visit of an element gives `false`, what is inside is left
/// out, and so is the step out of it.
pub(crate) fn walk<'a>(root: &NodeRef<'a>, visit: &mut dyn FnMut(Step<'a, '_>) -> bool) {
    let mut depth = 0usize;
    let mut next = root.first_child();
    while let Some(node) = next {
        let mut inside = None;
        if node.is_text() {
            visit(Step::Text(&node.text()));
        } else if node.is_element() {
            let name = node.node_name().unwrap_or_default();
            if visit(Step::Enter(&node, &name)) {
                inside = node.first_child();
                if inside.is_none() {
                    visit(Step::Leave(&name));
                }
            }
        }
        if let Some(child) = inside {
            next = Some(child);
            depth += 1;
            continue;
        }
        let mut at = node;
        next = loop {
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            if depth == 0 {
                break None;
            }
            depth -= 1;
            let Some(parent) = at.parent() else { break None };
            visit(Step::Leave(&parent.node_name().unwrap_or_default()));
            at = parent;
        };
    }
}
