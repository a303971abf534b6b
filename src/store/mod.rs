//! The record on disk: a SQLite file in the state folder, opened when a quiz or its figures are asked for.
//!
//! [`Store`] is the whole of it for one run: it reads the record, writes what changes, and goes on without a place to
//! write. [`clerk`] is the same on a thread of its own, for the app.
//! Promises: what [`Store::apply`] has taken without complaint is on the disk, once; what it could not write it keeps and
//! tries again with the next change; merely reading makes no file.

pub mod backup;
mod cache;
mod error;
pub mod export;
pub mod file;
pub mod import;
pub mod quality;
mod replay;
pub mod reset;
mod rows;
mod saved_session;
pub mod writer;

pub use import::{ImportError, Imported};
pub use writer::{StoreHandle, StoreThread};

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};

use crate::core::progress::{
    IdSource, LoadedProgress, Progress, Review, ReviewId, SavedSession, StorageState,
};
use crate::core::schedule::DesiredRecall;
pub use crate::store::error::{StoreError, StoreResult};
use crate::store::file::OpenRecord;
use crate::terminal::platform;
use crate::text::{SafeText, Timestamp};

/// A cache is written anew when so many rows are not in it.
const BEHIND: usize = 64;

/// Something that is to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Add a review.
    Keep(Review),
    /// Take a review back.
    Undo(ReviewId),
    /// Keep an unfinished session.
    Shelve(SavedSession),
    /// Drop an unfinished session.
    Unshelve(u64),
}

/// The record on disk, for one run.
#[derive(Debug)]
pub struct Store {
    folder: Option<PathBuf>,
    desired: DesiredRecall,
    open: Option<OpenRecord>,
    /// What could not be written yet, in its order.
    waiting: Vec<Change>,
    /// What happened to the record that must be told.
    said: Vec<SafeText>,
}

impl Store {
    /// A store in that state folder; nothing is opened yet. Without a folder nothing will be saved.
    pub const fn new(folder: Option<PathBuf>, desired: DesiredRecall) -> Self {
        Self {
            folder,
            desired,
            open: None,
            waiting: Vec::new(),
            said: Vec::new(),
        }
    }

    /// Reads the record, ready to be added to. There is always one, if an empty one.
    pub fn recall(&mut self) -> LoadedProgress {
        let now = platform::now();
        let (mut record, memory) = match self.read(now) {
            Ok(record) => (record, StorageState::Kept),
            Err(trouble) => {
                let memory = if trouble == StoreError::Newer {
                    StorageState::ReadOnly
                } else {
                    StorageState::Unsaved
                };
                self.said.push(crate::safe!("not saved: {}", trouble.why()));
                let seen = self
                    .folder
                    .as_deref()
                    .and_then(|folder| look(folder, self.desired).ok());
                (seen.unwrap_or_else(|| Progress::new(self.desired)), memory)
            }
        };
        for change in &self.waiting {
            match change {
                Change::Keep(review) => record.keep(review),
                Change::Undo(id) => drop(record.undo(*id)),
                Change::Shelve(_) | Change::Unshelve(_) => {}
            }
        }
        let said =
            (!self.said.is_empty()).then(|| SafeText::join(&std::mem::take(&mut self.said), "; "));
        LoadedProgress {
            record: Arc::new(record),
            memory,
            said,
            ids: ids(),
            now,
        }
    }

    fn read(&mut self, now: Timestamp) -> StoreResult<Progress> {
        let folder = self.folder.clone().ok_or(StoreError::NoFolder)?;
        if self.open.is_none() && file::path(&folder).symlink_metadata().is_err() {
            return writable(&folder).map(|()| Progress::new(self.desired));
        }
        match self.read_open(&folder, now) {
            Err(StoreError::Damaged(_)) => {
                self.set_aside(&folder, now)?;
                self.read_open(&folder, now)
            }
            read => read,
        }
    }

    fn read_open(&mut self, folder: &Path, now: Timestamp) -> StoreResult<Progress> {
        let desired = self.desired;
        let open = self.opened(folder, now)?;
        let read = record(&mut open.connection, desired);
        if let Ok((_, cache, behind)) = &read
            && *behind >= BEHIND
        {
            // Losing it costs time only.
            let _ = replay::store(&open.connection, cache);
        }
        read.map(|(record, _, _)| record)
    }

    /// The open file; a damaged one is set aside first.
    fn opened(&mut self, folder: &Path, now: Timestamp) -> StoreResult<&mut OpenRecord> {
        if self.open.is_none() {
            let opened = match file::write(folder) {
                Err(StoreError::Damaged(_)) => {
                    self.set_aside(folder, now)?;
                    file::write(folder)?
                }
                opened => opened?,
            };
            return Ok(self.open.insert(opened));
        }
        self.open.as_mut().ok_or(StoreError::NoFolder)
    }

    fn set_aside(&mut self, folder: &Path, now: Timestamp) -> StoreResult<()> {
        self.open = None;
        self.said.push(backup::set_aside(folder, now)?);
        Ok(())
    }

    /// Writes changes, and before them what could not be written before: all of it or nothing. When this comes back without
    /// an error, everything is on the disk.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> StoreResult<()> {
        self.waiting.extend(changes);
        if self.waiting.is_empty() {
            return Ok(());
        }
        let written = self.write();
        match &written {
            Ok(()) => self.waiting.clear(),
            // What an error has left of the connection is not to be trusted.
            Err(_) => self.open = None,
        }
        written
    }

    fn write(&mut self) -> StoreResult<()> {
        let folder = self.folder.clone().ok_or(StoreError::NoFolder)?;
        let now = platform::now();
        match self.write_open(&folder, now) {
            Err(StoreError::Damaged(_)) => {
                self.set_aside(&folder, now)?;
                self.write_open(&folder, now)
            }
            written => written,
        }
    }

    fn write_open(&mut self, folder: &Path, now: Timestamp) -> StoreResult<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let written = self
            .opened(folder, now)
            .and_then(|open| write(&mut open.connection, &waiting, now));
        self.waiting = waiting;
        written
    }

    /// What happened to the record since it was last asked, to be told aloud.
    pub fn said(&mut self) -> Option<SafeText> {
        (!self.said.is_empty()).then(|| SafeText::join(&std::mem::take(&mut self.said), "; "))
    }

    /// What is not on the disk yet.
    pub fn waiting(&self) -> &[Change] {
        &self.waiting
    }

    /// The state folder.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Makes the daily backup, if it is time. What is wrong with the record is told next time it is opened.
    pub fn back_up(&self) -> StoreResult<bool> {
        self.folder
            .as_deref()
            .map_or(Ok(false), |folder| backup::backup(folder, platform::now()))
    }
}

/// Reads the record and makes no file, for figures; an empty one when there is none.
pub fn look(folder: &Path, desired: DesiredRecall) -> StoreResult<Progress> {
    match file::read(folder)? {
        Some(mut open) => Ok(record(&mut open.connection, desired)?.0),
        None => Ok(Progress::new(desired)),
    }
}

/// Whether a record could be made there; makes nothing.
fn writable(folder: &Path) -> StoreResult<()> {
    use rustix::fs::{Access, access};
    let there = folder
        .ancestors()
        .find(|a| a.symlink_metadata().is_ok())
        .unwrap_or(folder);
    if !there.is_dir() {
        return Err(StoreError::refused(
            "something else stands where its folder should be",
        ));
    }
    match access(there, Access::WRITE_OK | Access::EXEC_OK) {
        Ok(()) => Ok(()),
        Err(error) => Err(std::io::Error::from(error).into()),
    }
}

/// What follows from the rows, read at one moment; with the cache that was read on from, and how far it was behind.
fn record(
    connection: &mut Connection,
    desired: DesiredRecall,
) -> StoreResult<(Progress, cache::Cache, usize)> {
    let transaction = connection.transaction()?;
    let (cache, behind) = replay::fold(&transaction)?;
    let sessions: i64 =
        transaction.query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))?;
    let mut record = Progress::new(desired);
    (record.known, record.facts) = (cache.known.clone(), cache.facts.clone());
    record.sessions = usize::try_from(sessions).unwrap_or(0);
    record.shelved = saved_session::newest(&transaction)?;
    transaction.commit()?;
    Ok((record, cache, behind))
}

/// Writes everything in one transaction.
fn write(connection: &mut Connection, changes: &[Change], now: Timestamp) -> StoreResult<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for change in changes {
        match change {
            Change::Keep(review) => drop(rows::keep(&transaction, review)?),
            Change::Undo(id) => drop(rows::void(&transaction, *id)?),
            Change::Shelve(shelved) => saved_session::put(&transaction, shelved, now)?,
            Change::Unshelve(session) => saved_session::drop_one(&transaction, *session)?,
        }
    }
    Ok(transaction.commit()?)
}

/// A source of fresh ids. The standard library's hash keys come from the system's random numbers.
pub fn ids() -> IdSource {
    let draw = || {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u32(std::process::id());
        hasher.write_i64(platform::now_milliseconds());
        u128::from(hasher.finish())
    };
    IdSource::new(draw() << 64 | draw())
}

#[cfg(test)]
mod tests;
