//! What was done once, remembered within bounds.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Bytes of keys that are remembered; then all is forgotten and remembering starts anew. Forgetting costs time only.
const BYTES: usize = 8 << 20;

/// Values by text.
pub(crate) struct Cache<T> {
    inner: Mutex<(HashMap<String, T>, usize)>,
}

impl<T> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache { inner: Mutex::default() }
    }
}

impl<T: Clone> Cache<T> {
    /// What was put for this key, if it is remembered.
    pub(crate) fn get(&self, key: &str) -> Option<T> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).0.get(key).cloned()
    }

    /// Remembers a value.
    pub(crate) fn put(&self, key: &str, value: T) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, bytes) = &mut *inner;
        if *bytes + key.len() > BYTES {
            known.clear();
            *bytes = 0;
        }
        if key.len() <= BYTES && known.insert(key.to_owned(), value).is_none() {
            *bytes += key.len();
        }
    }
}
