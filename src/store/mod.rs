//! The record on disk: a SQLite file in the state folder, opened when a quiz or its figures are asked for.
//!
//! [`Store`] is the whole of it for one run: it loads progress, writes what changes, and goes on without a place to write.
//! [`StoreThread`] is the same on a thread of its own, for sessions.
//! Guarantees: what [`Store::apply`] has taken without an error is on the disk, once; what it could not write it keeps and
//! tries again with the next change; a record whose file is deleted, moved or replaced while it is open is saved again
//! under its name; merely reading makes no file.

pub mod backup;
mod error;
pub mod export;
pub mod file;
pub mod import;
mod keys;
mod pages;
pub mod quality;
pub mod record;
mod repair;
pub mod reset;
mod rows;
mod schema;
mod thread;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use crate::clock;
use crate::core::progress::{Change, IdSource, LoadedProgress, Progress, StorageState};
use crate::core::schedule::DesiredRecall;
use crate::text::{SafeText, Timestamp};
pub use error::{ImportError, StoreError};
use file::OpenRecord;
pub use import::ImportSummary;
pub use keys::PackKeys;
use record::HeldRows;
use rows::RecordForm;
pub use rows::StoredReview;
pub use thread::{StoreEnd, StoreEvent, StoreThread};

/// The record on disk, for one run.
#[derive(Debug)]
pub struct Store {
    folder: Option<PathBuf>,
    desired: DesiredRecall,
    keys: PackKeys,
    open: Option<OpenRecord>,
    /// What was in files that lost their name while they were open, and is not saved again yet.
    adrift: Option<HeldRows>,
    /// What could not be written yet, in its order.
    waiting: Vec<Change>,
    /// What happened to the record and the user does not know yet.
    notices: Vec<SafeText>,
}

impl Store {
    /// A store in that state folder, of answers to those packs; nothing is opened yet. Without a folder nothing will be
    /// saved.
    pub const fn new(folder: Option<PathBuf>, desired: DesiredRecall, keys: PackKeys) -> Self {
        Self {
            folder,
            desired,
            keys,
            open: None,
            adrift: None,
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
                let seen = folder.and_then(|f| look(f, self.desired, &self.keys).ok());
                let held = self.adrift.clone().map(HeldRows::stored);
                let held = held.map(|rows| rows::progress_of(rows, &self.keys, self.desired));
                let seen = held.or(seen.map(|(progress, _)| progress));
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
        let (desired, keys) = (self.desired, self.keys.clone());
        let nothing_open = self.open.is_none() && self.adrift.is_none();
        if nothing_open && matches!(record::read(folder), Ok(None)) {
            return file::may_be_made(folder).map(|()| Progress::new(desired));
        }
        let mut progress = self.with_record(now, |connection| {
            rows::progress(connection, RecordForm::Second, &keys, desired)
        })?;
        progress.last_copy = self.folder().map(backup::last_copy).unwrap_or_default();
        Ok(progress)
    }

    /// Writes changes, and before them what could not be written before: all of it or nothing. When this comes back without
    /// an error, everything is on the disk.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<(), StoreError> {
        self.waiting.extend(changes);
        if self.waiting.is_empty() && !self.has_moved() && self.adrift.is_none() {
            return Ok(());
        }
        let now = clock::now();
        let (waiting, keys) = (std::mem::take(&mut self.waiting), self.keys.clone());
        let written = self.with_record(now, |c| rows::write(c, &waiting, &keys, now));
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
                self.repair(now)?;
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
        let done = work(&mut self.opened(folder)?.connection)?;
        // Were the file gone by now, nobody would find what was written.
        self.opened(folder)?;
        Ok(done)
    }

    /// The record, open under its name, with everything in it that was ever written in this run.
    fn opened(&mut self, folder: &Path) -> Result<&mut OpenRecord, StoreError> {
        if self.has_moved()
            && let Some(open) = self.open.take()
        {
            // What was adrift before is in the one that was open.
            self.adrift = Some(HeldRows::of(open));
        }
        if self.open.is_none() {
            if let Some(held) = &self.adrift {
                repair::put_back(folder, held)?;
            }
            let mut opened = record::write(folder)?;
            self.notices.extend(opened.notice.take());
            if let Some(held) = &self.adrift {
                record::add(&mut opened, held)?;
                self.notices.push(SafeText::ours(if held.lacking {
                    "the record was deleted, moved or replaced while it was open; what could be read of it was saved again"
                } else {
                    "the record was deleted, moved or replaced while it was open; the answers in it were saved again"
                }));
                self.adrift = None;
            }
            self.open = Some(opened);
        }
        self.open.as_mut().ok_or(StoreError::NoFolder)
    }

    /// Whether the file that is open is no longer what the record's name leads to.
    fn has_moved(&self) -> bool {
        let open = self.open.as_ref().zip(self.folder.as_deref());
        open.is_some_and(|(open, folder)| !open.is_in_place(folder))
    }

    /// Sets a damaged record aside, and puts in its place what can still be read.
    fn repair(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.open = None;
        let folder = self.folder.as_deref().ok_or(StoreError::NoFolder)?;
        self.notices.push(repair::set_aside(folder, now)?);
        Ok(())
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

/// Reads the record and makes no file, for figures; empty progress when there is none. Of a damaged one, what can still be
/// read of it and of its last good copy, and words that say so.
pub fn look(
    folder: &Path,
    desired: DesiredRecall,
    keys: &PackKeys,
) -> Result<(Progress, Option<SafeText>), StoreError> {
    let read = record::read(folder).and_then(|open| match open {
        Some(open) => rows::progress(&open.connection, open.form, keys, desired),
        None => Ok(Progress::new(desired)),
    });
    let (mut progress, notice) = match read {
        Err(error @ StoreError::Damaged(_)) => {
            let all = repair::gather(folder);
            let words = crate::safe!("{}; {}", error.why(), all.words(folder));
            (
                rows::progress_of(all.rows.stored(), keys, desired),
                Some(words),
            )
        }
        read => (read?, None),
    };
    progress.last_copy = backup::last_copy(folder);
    Ok((progress, notice))
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
