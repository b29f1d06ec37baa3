//! What a person types into a search box, as a query of SQLite's FTS5.

/// Stands before a found word in a snippet. A control character: no report text keeps it from being told apart from
/// the text, and it is escaped like all the rest before it gets into a page.
pub const MARK_START: char = '\u{1}';
/// Stands after a found word.
pub const MARK_END: char = '\u{2}';

/// An FTS5 query for these words: all must be there; `"a phrase"` in this order, `word*` any word that begins so,
/// `-word` not. Nothing that is typed is a syntax error. `None` if no word is left.
#[must_use]
pub fn full_text(typed: &str) -> Option<String> {
    let mut wanted = Vec::new();
    let mut unwanted = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (not, after) = match rest.strip_prefix('-') {
            Some(after) => (true, after),
            None => (false, rest),
        };
        let (word, quoted, left) = match after.strip_prefix('"') {
            Some(inside) => match inside.split_once('"') {
                Some((phrase, left)) => (phrase, true, left),
                None => (inside, true, ""),
            },
            None => {
                let end = after.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(after.len());
                (&after[..end], false, &after[end..])
            }
        };
        let prefix = !quoted && word.ends_with('*');
        if word.chars().any(char::is_alphanumeric) {
            let term = format!("\"{}\"{}", word.replace(['"', '\0'], " "), if prefix { "*" } else { "" });
            if not { &mut unwanted } else { &mut wanted }.push(term);
        }
        rest = left.trim_start();
    }
    if wanted.is_empty() {
        return None;
    }
    let mut query = wanted.join(" AND ");
    for term in unwanted {
        query = format!("({query}) NOT {term}");
    }
    Some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_a_query_or_nothing() {
        assert_eq!(full_text("air strike").as_deref(), Some("\"air\" AND \"strike\""));
        assert_eq!(full_text("\"air strike\" erb*").as_deref(), Some("\"air strike\" AND \"erb*\"*"));
        assert_eq!(full_text("drone -Iraq").as_deref(), Some("(\"drone\") NOT \"Iraq\""));
        assert_eq!(full_text("a\"b").as_deref(), Some("\"a\" AND \"b\""));
        assert_eq!(full_text("NEAR( AND OR").as_deref(), Some("\"NEAR(\" AND \"AND\" AND \"OR\""));
        assert_eq!(full_text(" - \" * ) — ").as_deref(), None);
    }
}
