//! What an address asks for, and the addresses of other states of the same page.

use record::Date;
use store::{Filter, Index, Of};

use super::reply::Problem;

/// Items on a page, unless asked otherwise.
pub(crate) const LIMIT: usize = 25;
/// Items on a page of the API, at most.
pub(crate) const MOST: usize = 500;

/// An address, taken apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// The path as it was sent.
    pub(crate) path: String,
    /// What stands in the path where the route has a name in braces.
    pub(crate) names: Vec<(String, String)>,
    /// What stands after the question mark, in order, without empty values: a form sends all its fields.
    pub(crate) query: Vec<(String, String)>,
}

impl Ask {
    pub(crate) fn new(path: &str, query: &str, names: Vec<(String, String)>) -> Ask {
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let query = query.map(|(k, v)| (k, v.trim().to_owned())).filter(|(_, v)| !v.is_empty()).collect();
        Ask { path: path.to_owned(), names, query }
    }

    /// What the route calls by this name.
    pub(crate) fn name(&self, name: &str) -> &str {
        self.names.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The first value of a field.
    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.query.iter().find(|(k, _)| k == field).map(|(_, v)| v.as_str())
    }

    fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.query.iter().filter(move |(k, _)| k == field).map(|(_, v)| v.as_str())
    }

    /// Which items of a table are asked for.
    pub(crate) fn filter(&self, of: Of) -> Result<Filter, Problem> {
        let mut filter = Filter { text: self.get("q").map(str::to_owned), ..Filter::default() };
        if dated(of) {
            (filter.from, filter.to) = (self.day("from")?, self.day("to")?);
        }
        for kind in fields(of) {
            let values: Vec<String> = self.all(kind).map(str::to_owned).collect();
            if !values.is_empty() {
                filter.facets.insert((*kind).to_owned(), values);
            }
        }
        Ok(filter)
    }

    fn day(&self, field: &str) -> Result<Option<Date>, Problem> {
        let wrong = |v| Problem::asked(format!("{field}: «{v}» is no day such as 2024-01-31."));
        self.get(field).map(|v| v.parse().map_err(|_| wrong(v))).transpose()
    }

    /// The order asked for.
    pub(crate) fn order(&self, of: Of) -> Result<&str, Problem> {
        let known = Index::orders(of);
        match self.get("sort") {
            None => Ok(known.first().copied().unwrap_or("")),
            Some(order) if known.contains(&order) || (order == "relevance" && self.get("q").is_some()) => {
                Ok(order)
            }
            Some(order) => Err(Problem::asked(format!(
                "sort: «{order}» is none of {}, or relevance with a search (q).",
                known.join(", ")
            ))),
        }
    }

    /// A whole number, within bounds.
    pub(crate) fn number(&self, field: &str, usual: usize, most: usize) -> Result<usize, Problem> {
        match self.get(field).map(str::parse) {
            None => Ok(usual),
            Some(Ok(n)) if (1..=most).contains(&n) => Ok(n),
            Some(_) => Err(Problem::asked(format!("{field} is a whole number from 1 to {most}."))),
        }
    }

    /// That nothing is asked for that is not known: a filter that is misspelt must not look like one that selects all.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.query.iter().find(|(k, _)| !known.contains(&k.as_str())) {
            None => Ok(()),
            Some((field, _)) => {
                Err(Problem::asked(format!("«{field}» is not known here; known are {}.", known.join(", "))))
            }
        }
    }

    /// The same page with one more value of a field.
    pub(crate) fn adding(&self, field: &str, value: &str) -> String {
        let mut query: Vec<(&str, &str)> = self.kept().collect();
        query.push((field, value));
        address(&self.path, &query)
    }

    /// The same page with one value of a field less.
    pub(crate) fn removing(&self, field: &str, value: &str) -> String {
        let query: Vec<(&str, &str)> = self.kept().filter(|(k, v)| (*k, *v) != (field, value)).collect();
        address(&self.path, &query)
    }

    /// Another page at the same filters.
    pub(crate) fn elsewhere(&self, path: &str) -> String {
        address(path, &self.kept().collect::<Vec<_>>())
    }

    /// All but where in the list one is.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let query = self.query.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        query.filter(|(k, _)| !matches!(*k, "page" | "after" | "limit"))
    }

    pub(crate) fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).any(|v| v == value)
    }
}

/// Whether the items of a table have dates to filter by.
pub(crate) fn dated(of: Of) -> bool {
    matches!(of, Of::Incident | Of::Report)
}

/// Fields that filter a table by a facet.
pub(crate) fn fields(of: Of) -> &'static [&'static str] {
    match of {
        Of::Incident => &[
            "type",
            "mode",
            "factuality",
            "country",
            "place",
            "party",
            "actor",
            "target",
            "publisher",
            "has",
            "report",
            "answers",
            "part_of",
            "id",
        ],
        Of::Report => &["publisher", "language", "voice", "id"],
        Of::Actor => &["kind", "country", "sector", "id"],
        Of::Statement => &["speaker", "publisher", "kind", "has", "incident", "report", "id"],
        Of::Dispute => &["kind", "actor", "incident", "report", "id"],
    }
}

/// All fields that select items of a table.
pub(crate) fn selecting(of: Of) -> Vec<&'static str> {
    let mut all: Vec<&str> = fields(of).to_vec();
    if dated(of) {
        all.extend(["from", "to"]);
    }
    if of != Of::Dispute {
        all.push("q");
    }
    all
}

/// All fields that select items of some table, each once.
pub(crate) fn selecting_any() -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for field in Of::ALL.iter().flat_map(|of| selecting(*of)) {
        if !all.contains(&field) {
            all.push(field);
        }
    }
    all
}

/// Fields of `/api/facets` beside those that select: the table, the one kind wanted, how many values.
pub(crate) const FACETS: &[&str] = &["of", "kind", "limit"];

/// A path with a query.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}

/// A name as one segment of a path.
pub(crate) fn segment(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        // A segment of dots only would be a step up; as `%2E` it still would, so such a name goes with a mark before it.
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_all_that_is_chosen() {
        let ask = Ask::new("/incidents", "q=air+strike&country=IRQ&country=SYR&from=&page=3", Vec::new());
        assert_eq!(ask.removing("country", "IRQ"), "/incidents?q=air+strike&country=SYR");
        assert_eq!(ask.adding("has", "a&b"), "/incidents?q=air+strike&country=IRQ&country=SYR&has=a%26b");
        assert_eq!(ask.elsewhere("/incidents.csv"), "/incidents.csv?q=air+strike&country=IRQ&country=SYR");
        let filter = ask.filter(Of::Incident).unwrap();
        assert_eq!(filter.facets["country"], ["IRQ", "SYR"]);
        assert_eq!(filter.text.as_deref(), Some("air strike"));
    }

    #[test]
    fn any_name_is_one_segment() {
        assert_eq!(segment("a/b?c#d é"), "a%2Fb%3Fc%23d%20%C3%A9");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let ask = Ask::new("/api/incidents", "form=2024-01-01&from=soon&sort=rank&limit=0", Vec::new());
        assert!(ask.only(&["from", "sort", "limit"]).unwrap_err().detail.contains("«form»"));
        assert!(ask.filter(Of::Incident).unwrap_err().detail.contains("«soon»"));
        assert!(ask.order(Of::Incident).is_err() && ask.number("limit", 25, 500).is_err());
    }
}
