//! The record on disk: a SQLite file in the state folder, opened when a quiz or its figures are asked for.
//!
//! [`Store`] is the whole of it for one run: it loads progress, writes what changes, and goes on without a place to write.
//! [`StoreThread`] is the same on a thread of its own, for the app.
//! Guarantees: what [`Store::apply`] has taken without an error is on the disk, once; what it could not write it keeps and
//! tries again with the next change; merely reading makes no file.

pub mod backup;
mod error;
pub mod export;
pub mod file;
pub mod import;
pub mod quality;
pub mod reset;
mod rows;
mod thread;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use crate::core::progress::{Change, IdSource, LoadedProgress, Progress, StorageState};
use crate::core::schedule::DesiredRecall;
use crate::disk::clock;
use crate::text::{SafeText, Timestamp};
pub use error::{ImportError, StoreError};
use file::OpenRecord;
pub use import::ImportSummary;
pub use rows::StoredReview;
pub use thread::{StoreEvent, StoreThread};

/// The record on disk, for one run.
#[derive(Debug)]
pub struct Store {
    folder: Option<PathBuf>,
    desired: DesiredRecall,
    open: Option<OpenRecord>,
    /// What could not be written yet, in its order.
    waiting: Vec<Change>,
    /// What happened to the record and the user does not know yet.
    notices: Vec<SafeText>,
}

impl Store {
    /// A store in that state folder; nothing is opened yet. Without a folder nothing will be saved.
    pub const fn new(folder: Option<PathBuf>, desired: DesiredRecall) -> Self {
        Self {
            folder,
            desired,
            open: None,
            waiting: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Reads the record, ready to be added to. There is always some progress, if an empty one.
    pub fn load(&mut self) -> LoadedProgress {
        let now = clock::now();
        let (mut progress, storage) = match self.read(now) {
            Ok(progress) => (progress, StorageState::Kept),
            Err(error) => {
                let storage = if error == StoreError::Newer {
                    StorageState::ReadOnly
                } else {
                    StorageState::Unsaved
                };
                self.notices
                    .push(crate::safe!("not saved: {}", error.why()));
                let folder = self.folder.as_deref();
                let seen = folder.and_then(|folder| look(folder, self.desired).ok());
                (seen.unwrap_or_else(|| Progress::new(self.desired)), storage)
            }
        };
        for change in &self.waiting {
            match change {
                Change::Add(review) => progress.add(review),
                Change::Undo(id) => drop(progress.undo(*id)),
                Change::SaveSession(_) | Change::DropSession(_) => {}
            }
        }
        LoadedProgress {
            progress: Arc::new(progress),
            storage,
            notice: self.notice(),
            ids: ids(),
            now,
        }
    }

    fn read(&mut self, now: Timestamp) -> Result<Progress, StoreError> {
        let folder = self.folder.as_deref().ok_or(StoreError::NoFolder)?;
        let desired = self.desired;
        if self.open.is_none() && file::path(folder).symlink_metadata().is_err() {
            return file::may_be_made(folder).map(|()| Progress::new(desired));
        }
        self.with_record(now, |connection| rows::progress(connection, desired))
    }

    /// Writes changes, and before them what could not be written before: all of it or nothing. When this comes back without
    /// an error, everything is on the disk.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<(), StoreError> {
        self.waiting.extend(changes);
        if self.waiting.is_empty() {
            return Ok(());
        }
        let now = clock::now();
        let waiting = std::mem::take(&mut self.waiting);
        let written = self.with_record(now, |connection| rows::write(connection, &waiting, now));
        if written.is_err() {
            self.waiting = waiting;
            // The connection may not be fit for use after an error.
            self.open = None;
        }
        written
    }

    /// Opens the record if it is not open, and uses it; a damaged one is set aside first.
    fn with_record<T>(
        &mut self,
        now: Timestamp,
        work: impl Fn(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let folder = self.folder.clone().ok_or(StoreError::NoFolder)?;
        match self.try_with_record(&folder, &work) {
            Err(StoreError::Damaged(_)) => {
                self.open = None;
                self.notices.push(backup::set_aside(&folder, now)?);
                self.try_with_record(&folder, &work)
            }
            done => done,
        }
    }

    fn try_with_record<T>(
        &mut self,
        folder: &Path,
        work: &impl Fn(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let open = match &mut self.open {
            Some(open) => open,
            None => self.open.insert(file::write(folder)?),
        };
        work(&mut open.connection)
    }

    /// What happened to the record since this was last asked, for the user.
    pub fn notice(&mut self) -> Option<SafeText> {
        let notices = std::mem::take(&mut self.notices);
        (!notices.is_empty()).then(|| SafeText::join(&notices, "; "))
    }

    /// What is not on the disk yet.
    pub fn waiting(&self) -> &[Change] {
        &self.waiting
    }

    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

/// Reads the record and makes no file, for figures; empty progress when there is none.
pub fn look(folder: &Path, desired: DesiredRecall) -> Result<Progress, StoreError> {
    match file::read(folder)? {
        Some(mut open) => rows::progress(&mut open.connection, desired),
        None => Ok(Progress::new(desired)),
    }
}

/// A source of fresh ids. The standard library's hash keys come from the system's random numbers.
pub fn ids() -> IdSource {
    let draw = || {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u32(std::process::id());
        hasher.write_i64(clock::now_milliseconds());
        u128::from(hasher.finish())
    };
    IdSource::new(draw() << 64 | draw())
}

#[cfg(test)]
mod tests;
