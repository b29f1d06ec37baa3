//! Who acts, suffers and speaks, and the ties between them.

use maud::{Markup, html};
use record::{Actor, Tie};

use crate::links::actor_id;
use crate::pieces::Sources;
use crate::say;
use crate::words::quote;

/// Actors by how often they are named.
#[must_use]
pub fn table(actors: &[&Actor], sources: &Sources<'_>) -> Markup {
    html! {
        table.actors {
            thead { tr { th scope="col" { "name" } th scope="col" { "kind" } th scope="col" { "country" }
                th scope="col" { "also" } th.number scope="col" { "mentions" } } }
            tbody {
                @for a in actors {
                    tr #(actor_id(&a.id)) {
                        th scope="row" { (a.name) }
                        td { (a.kind) }
                        td { (a.country.as_deref().map_or("", say::country_name)) }
                        td { (a.aliases.join(", ")) }
                        td.number {
                            @match a.evidence.first() {
                                Some(first) => a.w href=(sources.links().words(first)) { (a.evidence.len()) },
                                None => "0",
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Ties between actors that the reports state.
#[must_use]
pub fn ties(ties: &[Tie], sources: &Sources<'_>) -> Markup {
    html! {
        ul.ties {
            @for t in ties {
                li {
                    (sources.name(&t.a)) " " em { (t.relation) } " " (sources.name(&t.b))
                    @for span in t.evidence.iter().take(2) { " " (quote(span, sources)) }
                }
            }
        }
    }
}
