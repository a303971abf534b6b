//! A shelf: the entries of one kind, each read when it is first asked for.
//! Promise: an entry is read at most once, and stays where it is.

use std::sync::OnceLock;

/// Entries of one kind by position.
pub(crate) struct LazyTable<T> {
    slots: Box<[OnceLock<Option<Box<T>>>]>,
}

impl<T> LazyTable<T> {
    /// A shelf with room for some entries, none of them read.
    pub(crate) fn new(count: usize) -> Self {
        Self {
            slots: (0..count).map(|_| OnceLock::new()).collect(),
        }
    }

    /// The n-th entry, read by `read` when nobody asked before.
    pub(crate) fn get(&self, n: usize, read: impl FnOnce() -> Option<Box<T>>) -> Option<&T> {
        self.slots.get(n)?.get_or_init(read).as_deref()
    }
}
