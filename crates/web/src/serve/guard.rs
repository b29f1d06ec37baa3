//! What stands before every answer: only reading, only for pages of this server, and headers that keep hostile report
//! text from doing anything in a browser.

use std::net::IpAddr;

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request, Uri};

use super::reply::Problem;

/// No script, no outside request, no frame, no form to elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Names under which this server may be asked. A page of another site can make a browser ask 127.0.0.1 under that
/// site's name (DNS rebinding) and would then read the record; it cannot choose the name the browser sends.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    given: String,
    /// Whether it listens on every address of the machine: then any address as such is right, but no unknown name.
    any_address: bool,
}

impl Hosts {
    pub(crate) fn new(given: &str, bound: IpAddr) -> Hosts {
        Hosts {
            given: given.trim_matches(['[', ']']).to_ascii_lowercase(),
            any_address: bound.is_unspecified(),
        }
    }

    fn allows(&self, authority: &str) -> bool {
        let name = name(authority).to_ascii_lowercase();
        let bare = name.trim_matches(['[', ']']);
        bare == self.given
            || matches!(bare, "localhost" | "127.0.0.1" | "::1")
            || (self.any_address && bare.parse::<IpAddr>().is_ok())
    }
}

/// The host of `host:port`.
fn name(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.find(']').map_or(authority, |end| &authority[..end + 2]),
        None => authority.split(':').next().unwrap_or(authority),
    }
}

/// Whether this request may be answered at all.
pub(crate) fn check<B>(hosts: &Hosts, request: &Request<B>) -> Result<(), Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::new(
            405,
            "This server only reads",
            "Ask with GET or HEAD; nothing can be written.",
        ));
    }
    let refused = || {
        Problem::new(
            421,
            "Asked under another name",
            "This server answers to localhost, 127.0.0.1, [::1] and the name it was started with.",
        )
    };
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).ok_or_else(refused)?;
    let target = Uri::authority(request.uri()).map(|a| a.as_str());
    if request.headers().get_all(header::HOST).iter().count() > 1
        || !hosts.allows(host)
        || target.is_some_and(|t| !hosts.allows(t))
    {
        return Err(refused());
    }
    Ok(())
}

/// Headers of every answer.
pub(crate) fn headers(headers: &mut HeaderMap) {
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    };
    set("content-security-policy", POLICY);
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "no-referrer");
    set("cross-origin-resource-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    // Always asked again, answered with 304 as long as the record is the same.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let local = Hosts::new("127.0.0.1", "127.0.0.1".parse().unwrap());
        for fine in ["localhost", "LOCALHOST:8017", "127.0.0.1:9", "[::1]:80", "[::1]"] {
            assert!(local.allows(fine), "{fine}");
        }
        for foreign in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "192.168.1.5",
            "",
            "[::2]",
        ] {
            assert!(!local.allows(foreign), "{foreign}");
        }
        let open = Hosts::new("0.0.0.0", "0.0.0.0".parse().unwrap());
        assert!(open.allows("192.168.1.5:80") && !open.allows("evil.example"));
        assert!(Hosts::new("desk.local", "192.168.1.5".parse().unwrap()).allows("desk.local:80"));
    }
}
