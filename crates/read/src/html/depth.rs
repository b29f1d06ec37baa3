//! Keeps pages shallow: parsers and extractors slow down or overflow on pages nested thousands deep.

/// Deepest nesting kept; browsers stop at 512.
const DEEPEST: usize = 200;

/// The page without the elements that are nested too deep (their content stays), and whether there were any.
pub(crate) fn flatten(html: &str) -> Option<String> {
    // Quick way out: most pages never have so many tags open at once.
    let mut out: Option<String> = None;
    let mut open: Vec<&str> = Vec::new();
    let mut dropped = 0usize;
    let mut kept = 0usize;
    let mut at = 0usize;
    let bytes = html.as_bytes();
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let rest = &html[start + 1..];
        let closing = rest.starts_with('/');
        let name_at = start + 1 + usize::from(closing);
        let length = bytes[name_at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 {
            at = start + 1;
            if rest.starts_with("!--") {
                at = rest.find("-->").map_or(html.len(), |i| start + 1 + i + 3);
            }
            continue;
        }
        let name = &html[name_at..name_at + length];
        let end = memchr::memchr(b'>', &bytes[start..]).map_or(html.len(), |i| start + i + 1);
        at = end;
        if is_raw(name) && !closing {
            at = skip_raw(html, end, name);
            continue;
        }
        if is_void(name) || html[..end].ends_with("/>") {
            continue;
        }
        let drop = if closing {
            if dropped > 0 {
                dropped -= 1;
                true
            } else {
                if let Some(position) = open.iter().rposition(|n| n.eq_ignore_ascii_case(name)) {
                    open.truncate(position);
                }
                false
            }
        } else if open.len() >= DEEPEST {
            dropped += 1;
            true
        } else {
            if closes_itself(name) && open.last().is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                open.pop();
            }
            open.push(name);
            false
        };
        if drop {
            let out = out.get_or_insert_with(String::new);
            out.push_str(&html[kept..start]);
            out.push(' ');
            kept = end;
        }
    }
    out.map(|mut out| {
        out.push_str(&html[kept..]);
        out
    })
}

fn is_void(name: &str) -> bool {
    #[rustfmt::skip]
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];
    VOID.iter().any(|v| v.eq_ignore_ascii_case(name))
}

/// Elements that a sibling of the same name ends.
fn closes_itself(name: &str) -> bool {
    ["p", "li", "dt", "dd", "tr", "td", "th", "option"].iter().any(|v| v.eq_ignore_ascii_case(name))
}

fn is_raw(name: &str) -> bool {
    ["script", "style", "textarea", "title"].iter().any(|v| v.eq_ignore_ascii_case(name))
}

/// The end of a script or style that begins at `from`.
fn skip_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found + 2;
        if bytes.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
            return at + name.len();
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_deep_pages_change() {
        assert_eq!(
            flatten("<html><body><p>One<p>Two<br><ul><li>a<li>b</ul><script>if (a<b) '<div>'</script>"),
            None
        );
        let deep = format!("{}word{}", "<div>".repeat(1000), "</div>".repeat(1000));
        let flat = flatten(&deep).expect("a change");
        assert_eq!(flat.matches("<div>").count(), DEEPEST);
        assert!(flat.contains("word"));
        let paragraphs = "<p>word".repeat(1000);
        assert_eq!(flatten(&paragraphs), None);
    }
}
