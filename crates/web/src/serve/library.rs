//! The record that is served: its index in memory, a few connections, and a look whether the file has been replaced.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use store::{Counts, Error, Index, Place, Store};

/// Connections for pages; a download opens its own.
const CONNECTIONS: usize = 4;
/// Downloads sent at once.
const DOWNLOADS: usize = 6;
/// How often the file is looked at, at most.
const LOOK: Duration = Duration::from_secs(1);

/// A record file, opened anew when `rapporteur add` has replaced it.
pub(crate) struct Library {
    path: PathBuf,
    current: RwLock<Arc<Archive>>,
    looked: Mutex<Instant>,
}

impl Library {
    pub(crate) fn open(path: &Path) -> Result<Library, Error> {
        let current = RwLock::new(Arc::new(Archive::open(path)?));
        Ok(Library { path: path.to_owned(), current, looked: Mutex::new(Instant::now()) })
    }

    /// The record as it is now. While a new file cannot be read, the one that was open goes on being served.
    pub(crate) fn current(&self) -> Arc<Archive> {
        let known = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        {
            let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            if looked.elapsed() < LOOK {
                return known;
            }
            *looked = Instant::now();
        }
        if stamp(&self.path).is_none_or(|now| now == known.stamp) {
            return known;
        }
        match Archive::open(&self.path) {
            Ok(new) => {
                let new = Arc::new(new);
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = new.clone();
                new
            }
            Err(_) => known,
        }
    }
}

/// One state of a record file.
pub(crate) struct Archive {
    path: PathBuf,
    stamp: Stamp,
    /// Names this state and this program in an ETag.
    pub(crate) tag: String,
    pub(crate) index: Index,
    pub(crate) counts: Counts,
    pub(crate) places: Vec<Place>,
    pool: Mutex<Vec<Store>>,
    free: Condvar,
    downloads: Arc<AtomicUsize>,
}

/// The right to send a download; given back when it is sent.
pub(crate) struct Turn(Arc<AtomicUsize>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Archive {
    fn open(path: &Path) -> Result<Archive, Error> {
        // A file replaced while it is being opened is opened again.
        for _ in 0..3 {
            let before = stamp(path);
            let mut pool = Vec::new();
            for _ in 0..CONNECTIONS {
                pool.push(Store::open(path)?);
            }
            let Some(store) = pool.first() else { break };
            let (index, counts, places) = (Index::load(store)?, store.counts()?, store.places()?);
            if let Some(stamp) = before.filter(|b| Some(b) == self::stamp(path).as_ref()) {
                let tag = tag(&stamp);
                let pool = Mutex::new(pool);
                let free = Condvar::new();
                let downloads = Arc::default();
                return Ok(Archive {
                    path: path.to_owned(),
                    stamp,
                    tag,
                    index,
                    counts,
                    places,
                    pool,
                    free,
                    downloads,
                });
            }
        }
        let why = "it is being written; try again".to_owned();
        Err(Error::Io { path: path.to_owned(), why })
    }

    /// Asks the file. Blocks while all connections are taken.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&Store) -> T) -> T {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let store = loop {
            match pool.pop() {
                Some(store) => break store,
                None => pool = self.free.wait(pool).unwrap_or_else(PoisonError::into_inner),
            }
        };
        drop(pool);
        // Given back even if the question panics: else the last connection would be lost with it.
        let lent = Lent { archive: self, store: Some(store) };
        match &lent.store {
            Some(store) => question(store),
            None => unreachable!("it was put there a line ago"),
        }
    }

    /// A turn to send a download; `None` while [`DOWNLOADS`] others are being sent, perhaps to slow readers.
    pub(crate) fn turn(&self) -> Option<Turn> {
        let before = self.downloads.fetch_add(1, Ordering::AcqRel);
        let turn = Turn(Arc::clone(&self.downloads));
        (before < DOWNLOADS).then_some(turn)
    }

    /// A connection of its own, for what takes long; `None` if the file has been replaced since.
    pub(crate) fn own(&self) -> Result<Option<Store>, Error> {
        let store = Store::open(&self.path)?;
        Ok(Some(store).filter(|_| stamp(&self.path).as_ref() == Some(&self.stamp)))
    }
}

struct Lent<'a> {
    archive: &'a Archive,
    store: Option<Store>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(store) = self.store.take() {
            self.archive.pool.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            self.archive.free.notify_one();
        }
    }
}

/// What tells one state of a file from another.
type Stamp = (u64, Option<SystemTime>, u64);

fn stamp(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.len(), about.modified().ok(), inode(&about)))
}

#[cfg(unix)]
fn inode(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

fn tag(stamp: &Stamp) -> String {
    let since = stamp.1.and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    format!("W/\"{}-{:x}-{:x}-{:x}\"", env!("CARGO_PKG_VERSION"), stamp.0, since.as_nanos(), stamp.2)
}
