//! Unpacks `.gz` and `.zst` by their magic bytes, and turns read errors into an early end that can be asked about.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use record::Warning;

use crate::messages;

/// Bytes looked at to tell packing, format and encoding.
pub(crate) const HEAD: usize = 64 * 1024;

/// An opened input: its unpacked bytes from the start, and the first of them to look at.
pub(crate) struct Unpacked<'a> {
    /// All bytes. Never gives an error: a broken input just ends early.
    pub(crate) bytes: Box<dyn BufRead + 'a>,
    /// The first bytes, at most [`HEAD`].
    pub(crate) head: Vec<u8>,
    packing: Option<&'static str>,
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    read: Cell<u64>,
    failure: RefCell<Option<String>>,
}

impl Unpacked<'_> {
    /// Unpacked bytes handed out so far.
    pub(crate) fn read(&self) -> u64 {
        self.state.read.get()
    }

    /// What broke, if something did.
    pub(crate) fn failure(&self, origin: &str) -> Option<Warning> {
        let failure = self.state.failure.borrow();
        let problem = failure.as_deref()?;
        Some(match self.packing {
            Some(packing) => messages::unpacking(origin, packing, self.read(), problem),
            None => messages::unreadable(origin, self.read(), problem),
        })
    }
}

/// Opens an input.
pub(crate) fn open<'a>(mut input: impl Read + 'a) -> Unpacked<'a> {
    let state = Rc::new(State::default());
    let mut magic = [0; 4];
    let mut have = 0;
    while have < magic.len() {
        match input.read(&mut magic[have..]) {
            Ok(0) => break,
            Ok(n) => have += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => {
                *state.failure.borrow_mut() = Some(e.to_string());
                break;
            }
        }
    }
    let magic = &magic[..have];
    let whole = Cursor::new(magic.to_vec()).chain(input);
    let (packing, unpacked): (_, Box<dyn Read + 'a>) = match magic {
        [0x1f, 0x8b, ..] => (Some("gzip"), Box::new(flate2::read::MultiGzDecoder::new(whole))),
        [0x28, 0xb5, 0x2f, 0xfd] => match zstd::stream::read::Decoder::new(whole) {
            Ok(decoder) => (Some("zstd"), Box::new(decoder)),
            Err(e) => {
                *state.failure.borrow_mut() = Some(e.to_string());
                (Some("zstd"), Box::new(io::empty()))
            }
        },
        _ => (None, Box::new(whole)),
    };
    let mut tolerant = BufReader::with_capacity(HEAD, Tolerant { inner: unpacked, state: Rc::clone(&state) });
    let mut head = Vec::new();
    // `Tolerant` gives no errors.
    let _ = (&mut tolerant).take(HEAD as u64).read_to_end(&mut head);
    let bytes = Box::new(Cursor::new(head.clone()).chain(tolerant));
    Unpacked { bytes, head, packing, state }
}

/// Ends at the first error, and remembers it.
struct Tolerant<'a> {
    inner: Box<dyn Read + 'a>,
    state: Rc<State>,
}

impl Read for Tolerant<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.state.failure.borrow().is_some() {
            return Ok(0);
        }
        loop {
            match self.inner.read(buffer) {
                Ok(n) => {
                    self.state.read.set(self.state.read.get() + n as u64);
                    return Ok(n);
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    *self.state.failure.borrow_mut() = Some(e.to_string());
                    return Ok(0);
                }
            }
        }
    }
}
