//! The record opened: with its tables, brought to the form of this program, and whole.
//!
//! Guarantees: a file that is not ours or is newer is never written to; what an earlier version has written is kept as a
//! dated copy before it is changed, and is changed as a whole or not at all; a record that is missing or empty although
//! answers were kept is damaged; what was held by one that has lost its name is put back whole.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use crate::clock;
use crate::core::progress::{Review, ReviewId};
use crate::disk::private;
use crate::store::error::StoreError;
use crate::store::file::{self, BACKUP, OpenRecord, sidecar};
use crate::store::keys::bundled;
use crate::store::rows::{RecordForm, StoredReview};
use crate::store::schema::{self, RecordState};
use crate::store::{backup, rows};
use crate::text::SafeText;

/// Opens to read, and makes nothing; `None` when nothing was ever kept.
pub fn read(folder: &Path) -> Result<Option<OpenRecord>, StoreError> {
    file::log_not_lost(folder)?;
    let read = file::read(folder)?;
    if read.is_none() {
        not_lost(folder)?;
    }
    Ok(read)
}

/// Opens to add, and makes what is missing.
pub fn write(folder: &Path) -> Result<OpenRecord, StoreError> {
    file::make_folder(folder)?;
    // A newer record must not even be opened in a way that could change it.
    if file::read(folder).is_ok_and(|open| open.is_some_and(|open| open.newer)) {
        return Err(StoreError::Newer);
    }
    file::log_not_lost(folder)?;
    let lock = file::lock(folder, false)?;
    let path = file::path(folder);
    let mut connection = make_or_open(folder, &path)?;
    schema::state(&connection)?;
    file::use_log(&connection)?;
    let notice = match schema::create(&mut connection)? {
        RecordState::Newer => return Err(StoreError::Newer),
        RecordState::Ours(RecordForm::First) => migrate(&mut connection, folder, &path)?,
        RecordState::New | RecordState::Ours(RecordForm::Second) => None,
    };
    schema::check(&connection)?;
    Ok(OpenRecord {
        connection,
        form: RecordForm::Second,
        newer: false,
        notice,
        lock: Some(lock),
        opened: Some(file::ids(&path)),
        apart: None,
    })
}

/// Opens a record to add to it. One that is missing is made while nobody else makes it, or puts it back.
fn make_or_open(folder: &Path, path: &Path) -> Result<Connection, StoreError> {
    let is_empty = || Ok::<_, StoreError>(file::length(path)?.unwrap_or(0) == 0);
    let _making = is_empty()?.then(|| file::lock_making(folder)).transpose()?;
    if is_empty()? {
        not_lost(folder)?;
    }
    file::open_to_add(path)
}

/// What a record holds that must not be lost.
#[derive(Clone, Debug, Default)]
pub(super) struct HeldRows {
    pub(super) reviews: Vec<Review>,
    pub(super) voids: Vec<ReviewId>,
    /// Something of it could not be read.
    pub(super) lacking: bool,
}

impl HeldRows {
    /// Everything in a record whose file, or log, has lost its name; rows that cannot be read stop none of the others.
    pub(super) fn of(open: OpenRecord) -> Self {
        let mut reviews = Vec::new();
        let read = rows::each(&open.connection, open.form, |s| reviews.push(s.review));
        let voids = rows::undone(&open.connection, open.form);
        let lacking = read.is_err() || voids.is_err();
        let (voids, _) = voids.unwrap_or_default();
        // Its log must not be written into a file that others have gone on with.
        let alone = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        if open.connection.set_db_config(alone, true).is_err() {
            std::mem::forget(open);
        }
        Self {
            reviews,
            voids,
            lacking,
        }
    }

    /// The reviews, each with whether it was taken back.
    pub(super) fn stored(self) -> impl Iterator<Item = StoredReview> {
        let voids: HashSet<ReviewId> = self.voids.into_iter().collect();
        self.reviews.into_iter().map(move |review| StoredReview {
            undone: voids.contains(&review.id),
            review,
        })
    }
}

/// Adds what is not there yet, all of it or nothing. Says how much it was.
pub(super) fn add(open: &mut OpenRecord, held: &HeldRows) -> Result<usize, StoreError> {
    let immediate = TransactionBehavior::Immediate;
    let transaction = open.connection.transaction_with_behavior(immediate)?;
    let added = fill(&transaction, held)?;
    transaction.commit()?;
    Ok(added)
}

/// An error when there is no record, or an empty one, although answers were kept: a copy of them is there, or a log.
fn not_lost(folder: &Path) -> Result<(), StoreError> {
    let path = file::path(folder);
    let there = |path: &Path| file::length(path).is_ok_and(|length| length.unwrap_or(0) > 0);
    let copy = folder.join(BACKUP);
    let copied = there(&copy) && backup::reviews(&copy) != Ok(0);
    if !copied && !there(&sidecar(&path, "-wal")) {
        return Ok(());
    }
    Err(StoreError::damaged(match file::length(&path)? {
        None => "it is missing",
        Some(_) => "it is empty",
    }))
}

/// Brings a record of the first form to the second: all of it or nothing, and a dated copy of it first.
fn migrate(
    connection: &mut Connection,
    folder: &Path,
    path: &Path,
) -> Result<Option<SafeText>, StoreError> {
    schema::check(connection)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if schema::state(&transaction)? != RecordState::Ours(RecordForm::First) {
        return Ok(None);
    }
    let copy = backup::dated(path, folder, "first-form", clock::now())?;
    let (voids, _) = rows::undone(&transaction, RecordForm::First)?;
    let mut reviews = Vec::new();
    rows::each(&transaction, RecordForm::First, |stored| {
        reviews.push(stored.review)
    })?;
    let all = HeldRows {
        reviews,
        voids,
        lacking: false,
    };
    transaction.execute_batch(
        "DROP INDEX reviews_of; DROP TABLE reviews; DROP TABLE voids; DROP TABLE sessions;
         DROP TABLE IF EXISTS cache; ALTER TABLE shelf RENAME TO old_shelf;",
    )?;
    transaction.execute_batch(schema::TABLES)?;
    fill(&transaction, &all)?;
    let shelf =
        "INSERT INTO shelf (session, pack, at, body) SELECT session, ?1, at, body FROM old_shelf";
    transaction.execute(shelf, [bundled()])?;
    transaction.execute_batch("DROP TABLE old_shelf")?;
    schema::mark(&transaction)?;
    transaction.commit()?;
    let copy = SafeText::line(&copy.to_string_lossy());
    Ok(Some(crate::safe!(
        "the record was brought to a new form; {copy} keeps it as it was"
    )))
}

/// Adds reviews, and what was taken back. Says how many reviews were not there.
fn fill(connection: &Connection, held: &HeldRows) -> Result<usize, StoreError> {
    let mut inserter = rows::ReviewInserter::new(connection)?;
    let mut added = 0;
    for review in &held.reviews {
        added += usize::from(inserter.add(review)?);
    }
    for id in &held.voids {
        rows::undo(connection, *id)?;
    }
    Ok(added)
}

/// A new record in a file that is not there yet, with these reviews: on the disk when this comes back.
pub(super) fn make(path: &Path, held: &HeldRows) -> Result<(), StoreError> {
    file::create(path)?;
    let mut connection = file::open_to_add(path)?;
    schema::create(&mut connection)?;
    let transaction = connection.transaction()?;
    fill(&transaction, held)?;
    transaction.commit()?;
    schema::check(&connection)?;
    rows::each(&connection, RecordForm::Second, drop)?;
    drop(connection);
    Ok(private::sync_file(path)?)
}
