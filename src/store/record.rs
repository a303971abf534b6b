//! The record opened: with its tables, brought to the form of this program, and whole.
//!
//! Guarantees: a file that is not ours or is newer is never written to; what an earlier version has written is kept as a
//! dated copy before it is changed, and is changed as a whole or not at all; a record that is missing or empty although
//! answers were kept is damaged.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::clock;
use crate::core::progress::{Review, ReviewId};
use crate::disk::private;
use crate::store::error::StoreError;
use crate::store::file::{self, BACKUP, OpenRecord, sidecar};
use crate::store::keys::bundled;
use crate::store::rows::RecordForm;
use crate::store::schema::{self, RecordState};
use crate::store::{backup, rows};
use crate::text::SafeText;

/// Opens to read, and makes nothing; `None` when nothing was ever kept.
pub fn read(folder: &Path) -> Result<Option<OpenRecord>, StoreError> {
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
    let lock = file::lock(folder, false)?;
    let path = file::path(folder);
    if file::length(&path)?.unwrap_or(0) == 0 {
        not_lost(folder)?;
    }
    let mut connection = file::open_to_add(&path)?;
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
    })
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
    let mut all = Vec::new();
    rows::each(&transaction, RecordForm::First, |stored| {
        all.push(stored.review)
    })?;
    transaction.execute_batch(
        "DROP INDEX reviews_of; DROP TABLE reviews; DROP TABLE voids; DROP TABLE sessions;
         DROP TABLE IF EXISTS cache; ALTER TABLE shelf RENAME TO old_shelf;",
    )?;
    transaction.execute_batch(schema::TABLES)?;
    fill(&transaction, &all, &voids)?;
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

/// Adds reviews, and what was taken back.
pub(super) fn fill(
    connection: &Connection,
    reviews: &[Review],
    voids: &[ReviewId],
) -> Result<usize, StoreError> {
    let mut inserter = rows::ReviewInserter::new(connection)?;
    let mut added = 0;
    for review in reviews {
        added += usize::from(inserter.add(review)?);
    }
    for id in voids {
        rows::undo(connection, *id)?;
    }
    Ok(added)
}

/// A new record in a file that is not there yet, with these reviews: on the disk when this comes back.
pub(super) fn make(path: &Path, reviews: &[Review], voids: &[ReviewId]) -> Result<(), StoreError> {
    file::create(path)?;
    let mut connection = file::open_to_add(path)?;
    schema::create(&mut connection)?;
    let transaction = connection.transaction()?;
    fill(&transaction, reviews, voids)?;
    transaction.commit()?;
    schema::check(&connection)?;
    rows::each(&connection, RecordForm::Second, drop)?;
    drop(connection);
    Ok(private::sync_file(path)?)
}
