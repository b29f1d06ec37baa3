//! A server of one record and the plainest of clients.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::thread::JoinHandle;

use record::Record;
use serde_json::Value;
use store::Store;

/// A served record; ends with it.
pub(crate) struct Site {
    pub(crate) record: Record,
    pub(crate) path: PathBuf,
    address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

impl Site {
    /// Writes the record and serves it on a free port.
    pub(crate) fn of(record: &Record) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.rapporteur");
        Store::write(&path, record, &[]).unwrap();
        let (told, heard) = std::sync::mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let served = path.clone();
        let thread = std::thread::spawn(move || {
            let options = web::serve::Options { port: 0, ..web::serve::Options::default() };
            let ready = |address| told.send(address).unwrap();
            web::serve::serve_until(&served, &options, ready, async { stopped.await.unwrap_or(()) }).unwrap();
        });
        let address = heard.recv().unwrap();
        Site {
            record: record.clone(),
            path,
            address,
            stop: Some(stop),
            thread: Some(thread),
            _folder: folder,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "localhost")
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {:.300}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub(crate) fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        self.ask_with(method, path, host, "")
    }

    /// HTTP 1.0, so that a body ends where the connection does.
    pub(crate) fn ask_with(&self, method: &str, path: &str, host: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "{method} {path} HTTP/1.0\r\nHost: {host}\r\n{headers}\r\n").unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end =
            all.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or_else(|| panic!("{path}: no answer"));
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: all[end + 4..].to_vec() }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, empty if there is none.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|l| l.split_once(": "));
        lines
            .into_iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map_or(String::new(), |(_, v)| v.to_owned())
    }
}

/// A value in an address.
pub(crate) fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b == b'-' {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
