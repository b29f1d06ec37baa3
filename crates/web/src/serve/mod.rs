//! A record as a site on this machine: the views of the page live, with search, filters, downloads and a JSON API.
//!
//! The server only reads. It answers GET and HEAD, never loads a whole record, asks nothing of the network, and listens
//! on this machine alone unless told otherwise. Every state is an address, and no page needs script.

mod api;
mod ask;
mod download;
mod guard;
mod layout;
mod library;
mod lists;
mod openapi;
mod pages;
mod reply;
mod routes;

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use guard::Hosts;
use library::Library;

pub use openapi::description;

/// Where a record is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name or address to listen on; `127.0.0.1` is this machine alone.
    pub host: String,
    /// The port; 0 is any free one.
    pub port: u16,
}

impl Default for Options {
    fn default() -> Options {
        Options { host: "127.0.0.1".to_owned(), port: 8017 }
    }
}

/// Why a record could not be served.
#[derive(Debug)]
pub enum Failure {
    /// The record cannot be read.
    Record(store::Error),
    /// The address cannot be listened on.
    Address {
        /// As asked for.
        address: String,
        /// What the system said.
        why: io::Error,
    },
    /// The server stopped by itself.
    Stopped(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Record(e) => e.fmt(f),
            Failure::Address { address, why } if why.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    f,
                    "{address} is in use; choose another port with --port, or --port 0 for any free one"
                )
            }
            Failure::Address { address, why } => write!(f, "cannot listen on {address}: {why}"),
            Failure::Stopped(e) => write!(f, "the server stopped: {e}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Serves a record until Ctrl-C. `ready` hears the address once it answers.
///
/// # Errors
/// If the record cannot be read or the address cannot be listened on.
pub fn serve(record: &Path, options: &Options, ready: impl FnOnce(SocketAddr)) -> Result<(), Failure> {
    serve_until(record, options, ready, async {
        // Where there is no such signal, the process is ended in another way.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Serves a record until `stop` is done.
///
/// # Errors
/// If the record cannot be read or the address cannot be listened on.
pub fn serve_until(
    record: &Path,
    options: &Options,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let library = Arc::new(Library::open(record).map_err(Failure::Record)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_io()
        .enable_time()
        .build()
        .map_err(Failure::Stopped)?;
    let address = format!("{}:{}", bracketed(&options.host), options.port);
    let refused = |why| Failure::Address { address: address.clone(), why };
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(&address).await.map_err(refused)?;
        let local = listener.local_addr().map_err(refused)?;
        let router = routes::router(library, Hosts::new(&options.host, local.ip()));
        let (told, mut stopped) = tokio::sync::watch::channel(false);
        let server = axum::serve(listener, router).with_graceful_shutdown(async move {
            stop.await;
            let _ = told.send(true);
        });
        ready(local);
        // A slow download does not keep the program from ending.
        let patience = async move {
            let _ = stopped.wait_for(|s| *s).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
        };
        tokio::select! {
            result = server => result.map_err(Failure::Stopped),
            () = patience => Ok(()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

fn bracketed(host: &str) -> String {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => format!("[{v6}]"),
        _ => host.to_owned(),
    }
}
