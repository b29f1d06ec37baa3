//! `serve`: a record as a site on this machine.

use crate::Failure;
use crate::args::ServeArgs;
use crate::config::Session;
use crate::output::{self, Outcome};

pub(crate) fn run(args: &ServeArgs, session: &Session) -> Result<Outcome, Failure> {
    let options = web::serve::Options { host: args.host.clone(), port: args.port };
    web::serve::serve(&args.record, &options, |address| {
        // The address is the data: a script that asks for port 0 reads it here. Nothing is left to be done if nobody does.
        let _ = output::line(&format!("http://{address}/"));
        if !address.ip().is_loopback() {
            output::warning(
                &"anyone who reaches this address can read the record; the default --host is 127.0.0.1",
            );
        }
        if !session.quiet {
            output::note("Ctrl-C ends it");
        }
    })?;
    Ok(Outcome::Fine)
}
