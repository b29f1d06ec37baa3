//! What the page promises, on a record of a few invented reports.

#![allow(clippy::unwrap_used, reason = "tests")]

use base64::Engine as _;
use sha2::Digest as _;

#[test]
fn the_policy_allows_this_script_and_no_other() {
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(web::SCRIPT));
    assert_eq!(web::SCRIPT_CSP, format!("'sha256-{hash}'"), "put this into SCRIPT_CSP");
    assert!(!web::SCRIPT.contains("</"), "it would end the element");
}
