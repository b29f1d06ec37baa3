//! What a route answers, and how it goes out.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use http_body::Frame;
use maud::Markup;
use serde::Serialize;
use tokio::sync::mpsc;

use super::layout;

/// Writes a download.
pub(crate) type Job = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send>;

/// What a route answers.
pub(crate) enum Reply {
    /// A page.
    Page(Markup),
    /// JSON.
    Json(String),
    /// Something that never changes while the program is the same.
    Fixed(&'static str, String),
    /// A file, written as it goes out.
    File { kind: &'static str, name: String, job: Job },
    /// The address of the same thing.
    Moved(String),
}

/// What went wrong, for a person (a page) or a program (`application/problem+json`, RFC 9457).
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
}

impl Problem {
    pub(crate) fn new(status: u16, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, title, detail: detail.into() }
    }

    pub(crate) fn missing(what: &str, id: &str) -> Problem {
        Problem::new(404, "Not in this record", format!("There is no {what} «{id}» in this record."))
    }

    pub(crate) fn asked(detail: impl Into<String>) -> Problem {
        Problem::new(400, "Cannot be asked like this", detail)
    }

    /// As an answer: JSON for programs, else a page.
    pub(crate) fn response(&self, for_programs: bool) -> Response {
        let (kind, body) = if for_programs {
            ("application/problem+json", serde_json::to_string(self).unwrap_or_default())
        } else {
            (HTML, layout::problem(self).into_string())
        };
        let mut response = answer(kind, Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if self.status == 405 {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        response
    }
}

impl From<store::Error> for Problem {
    fn from(e: store::Error) -> Problem {
        Problem::new(500, "The record cannot be read", e.to_string())
    }
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// A reply as it goes out.
pub(crate) fn respond(reply: Reply) -> Response {
    match reply {
        Reply::Page(page) => answer(HTML, Body::from(page.into_string())),
        Reply::Json(json) => answer("application/json", Body::from(json)),
        Reply::Fixed(kind, text) => answer(kind, Body::from(text)),
        Reply::Moved(to) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
            if let Ok(to) = HeaderValue::from_str(&to) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
        Reply::File { kind, name, job } => {
            let (sender, receiver) = mpsc::channel(8);
            tokio::task::spawn_blocking(move || {
                let mut out = io::BufWriter::with_capacity(32 * 1024, Outlet(sender.clone()));
                if let Err(e) = job(&mut out).and_then(|()| out.flush()) {
                    // A break in the middle of the body: the reader must not take it for the whole.
                    let _ = sender.blocking_send(Err(e));
                }
            });
            let mut response = answer(kind, Body::new(Inlet(receiver)));
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
    }
}

fn answer(kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

type Piece = io::Result<Bytes>;

/// Where a download is written; waits while the reader is slow.
struct Outlet(mpsc::Sender<Piece>);

impl Write for Outlet {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.0.blocking_send(Ok(Bytes::copy_from_slice(data))).map_err(gone)?;
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The body that is read from it.
struct Inlet(mpsc::Receiver<Piece>);

impl HttpBody for Inlet {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|p| p.map(Frame::data)))
    }
}
