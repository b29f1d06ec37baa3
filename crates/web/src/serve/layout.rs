//! What every page has around it.

use maud::{DOCTYPE, Markup, html};

use super::ask::Ask;
use super::reply::Problem;

/// Pages of the navigation: address, name.
const PAGES: &[(&str, &str)] = &[
    ("/", "Overview"),
    ("/incidents", "Incidents"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/actors", "Actors"),
    ("/statements", "Statements"),
    ("/disputes", "Disputes"),
    ("/reports", "Reports"),
];

/// A page: its title, its content, and what was asked for.
pub(crate) fn page(title: &str, ask: &Ask, content: &Markup) -> Markup {
    let section = format!("/{}", ask.path.split('/').nth(1).unwrap_or_default());
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Rapporteur" }
                link rel="stylesheet" href={ "/style.css?v=" (env!("CARGO_PKG_VERSION")) };
                link rel="icon" type="image/svg+xml" href="/favicon.svg";
            }
            body.served {
                a.skip href="#main" { "To the content" }
                header.site {
                    a.brand href="/" { "Rapporteur" }
                    form.find action="/search" role="search" {
                        label.unseen for="find" { "Search" }
                        input #find type="search" name="q" value=[ask.get("q")] accesskey="s"
                            placeholder="Search reports, incidents, names" autocomplete="off";
                        button type="submit" { "Search" }
                    }
                    nav aria-label="Pages" {
                        @for (address, name) in PAGES {
                            a href=(address) aria-current=[(*address == section).then_some("page")] { (name) }
                        }
                    }
                }
                main #main tabindex="-1" { (content) }
                footer {
                    p { "Every value leads to the words it came from. A date that the reports do not fix is left out, not guessed. "
                        "Best values are chosen by the named rule and never averaged. " a href="/api" { "For programs" } }
                }
            }
        }
    }
}

/// A page that says what went wrong.
pub(crate) fn problem(problem: &Problem) -> Markup {
    let content = html! {
        h1 { (problem.title) }
        p { (problem.detail) }
        p { a href="/" { "To the overview" } " · " a href="/search" { "Search" } }
    };
    page(problem.title, &Ask::default(), &content)
}
