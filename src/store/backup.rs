//! Copies of the record: the daily backup, a dated copy before something is dropped, and what becomes of a damaged file.
//!
//! Guarantees: a copy counts only after it was opened and checked; a backup with more in it is never replaced by one with
//! less; a damaged file is set aside under a dated name, never thrown away; a kill at any moment leaves the record, or the
//! damaged file, where it was.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use crate::store::error::StoreError;
use crate::store::file::{self, sidecar};
use crate::store::import::broken_rules;
use crate::store::rows::{self, COLUMNS};
use crate::text::measure::count;
use crate::text::timestamp::date;
use crate::text::{SafeText, Timestamp};

/// The name of the last good copy.
pub const BACKUP: &str = "progress.backup.sqlite3";
/// What a copy is called until it was checked.
const UNCHECKED: &str = "progress.unchecked-";
/// A backup younger than this is good enough.
const DAILY: Duration = Duration::from_secs(24 * 3600);
/// An unchecked copy older than this was left by a program that was killed.
const STRAY: Duration = Duration::from_secs(3600);

/// Makes the daily backup when the last one is a day old; false when it is not yet time.
pub fn backup(folder: &Path, now: Timestamp) -> Result<bool, StoreError> {
    let kept = folder.join(BACKUP);
    if age(&kept).is_some_and(|age| age < DAILY) {
        return Ok(false);
    }
    remove_strays(folder);
    let Some(open) = file::read(folder)?.filter(|open| !open.newer) else {
        return Ok(false);
    };
    file::check(&open.connection)?;
    let fresh = copy(&open.connection, folder, now)?;
    // A backup that holds more than the record is never overwritten: something was lost or reset since.
    if reviews(&kept).unwrap_or(0) > reviews(&fresh)? {
        fs::rename(&kept, unused(folder, "progress.backup-", now))?;
    }
    rename(&fresh, &kept)?;
    Ok(true)
}

/// A checked copy under a dated name, before something is dropped.
pub fn dated(
    connection: &Connection,
    folder: &Path,
    why: &str,
    now: Timestamp,
) -> Result<PathBuf, StoreError> {
    let fresh = copy(connection, folder, now)?;
    let path = unused(folder, &format!("progress.{why}-"), now);
    rename(&fresh, &path)?;
    Ok(path)
}

/// Copies the record, and opens and checks the copy.
fn copy(connection: &Connection, folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let path = unused(folder, &format!("{UNCHECKED}{}-", std::process::id()), now);
    let copied = copy_to(connection, &path);
    if copied.is_err() {
        let _ = fs::remove_file(&path);
    }
    copied.map(|()| path)
}

fn copy_to(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    // VACUUM INTO takes an empty file, and one made here is readable by its owner only.
    file::create(path)?;
    connection.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
    let copied = file::read_copy(path)?;
    file::check(&copied)?;
    // Another copy of the program may have added some meanwhile.
    if rows::count(&copied, None)? > rows::count(connection, None)? {
        return Err(StoreError::damaged("a copy of it differs"));
    }
    Ok(File::open(path)?.sync_all()?)
}

/// Puts a finished file in its place, for good.
fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to)?;
    if let Some(folder) = to.parent() {
        // A rename is on the disk only when its folder is.
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// How many reviews a copy has.
fn reviews(path: &Path) -> Result<usize, StoreError> {
    rows::count(&file::read_copy(path)?, None)
}

/// How long ago a file was written, by a clock that has not gone back since.
fn age(path: &Path) -> Option<Duration> {
    let written = fs::metadata(path).and_then(|m| m.modified());
    written.ok()?.elapsed().ok()
}

/// A name with the time in it that nothing has yet.
fn unused(folder: &Path, before: &str, now: Timestamp) -> PathBuf {
    let name = |n: u32| match n {
        0 => folder.join(format!("{before}{}.sqlite3", now.stamp())),
        n => folder.join(format!("{before}{}-{n}.sqlite3", now.stamp())),
    };
    (0..)
        .map(name)
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| name(0))
}

/// Removes what killed programs have left half done.
fn remove_strays(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_unchecked = entry.file_name().to_string_lossy().starts_with(UNCHECKED);
        let path = entry.path();
        if is_unchecked && age(&path).is_some_and(|age| age > STRAY) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Sets a damaged record aside and puts the last good copy in its place, with what can still be read of the damaged one.
/// Says what was done. An error when another copy of the program holds it: then it stays.
pub fn set_aside(folder: &Path, now: Timestamp) -> Result<SafeText, StoreError> {
    let alone = file::lock(folder, true)?;
    let path = file::path(folder);
    let aside = unused(folder, "progress.damaged-", now);
    let backup = folder.join(BACKUP);
    let ready = match reviews(&backup) {
        Ok(_) => Some(copied_back(&backup, folder, now)?),
        Err(_) => None,
    };
    put_aside(&path, &aside)?;
    match &ready {
        Some(ready) => rename(ready, &path)?,
        None => drop(fs::remove_file(&path)),
    }
    let saved = salvage(folder, alone, &aside).unwrap_or(0);
    let name = aside.file_name().unwrap_or_default();
    let name = SafeText::line(&name.to_string_lossy());
    let mut notice = crate::safe!("the record was damaged and is kept as {name}");
    if ready.is_some() {
        notice.push(&crate::safe!("; the copy of {} is used", day_of(&backup)));
    }
    notice.push(&match (saved, ready.is_some()) {
        (0, true) => SafeText::default(),
        (0, false) => SafeText::ours("; it begins anew"),
        (n, _) => crate::safe!(
            "; {} from it",
            count(n, "answer was read", "answers were read")
        ),
    });
    Ok(notice)
}

/// A checked copy of the backup, ready to become the record.
fn copied_back(backup: &Path, folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let copied = file::read_copy(backup)?;
    file::check(&copied)?;
    copy(&copied, folder, now)
}

/// The damaged file gets a second name, its log goes along, and only then its first name is free. Where there are no
/// second names, it is renamed.
fn put_aside(path: &Path, aside: &Path) -> Result<(), StoreError> {
    let linked = fs::hard_link(path, aside).is_ok();
    let log = sidecar(path, "-wal");
    if log.exists() {
        fs::rename(&log, sidecar(aside, "-wal"))?;
    }
    // The index of a log that is gone; the next record must not be opened with it.
    let _ = fs::remove_file(sidecar(path, "-shm"));
    if !linked {
        fs::rename(path, aside)?;
    }
    Ok(())
}

/// Adds to the record what can still be read of a damaged one: from its first row on until one cannot be read, and from
/// its last row back.
fn salvage(folder: &Path, alone: File, damaged: &Path) -> Result<usize, StoreError> {
    let from = file::read_copy(damaged)?;
    let mut open = file::write_under(folder, alone)?;
    let transaction = open.connection.transaction()?;
    let mut inserter = rows::ReviewInserter::new(&transaction)?;
    let mut added = 0;
    for direction in ["ASC", "DESC"] {
        let Ok(mut statement) = from.prepare(&format!(
            "SELECT {COLUMNS} FROM reviews r ORDER BY r.n {direction}"
        )) else {
            break;
        };
        let mut rows = statement.query([])?;
        while let Ok(Some(row)) = rows.next() {
            if let Some(stored) =
                rows::review(row).filter(|s| !s.undone && broken_rules(&s.review).is_empty())
            {
                added += usize::from(inserter.add(&stored.review)?);
            }
        }
    }
    drop(inserter);
    for id in rows::undone(&from).unwrap_or_default() {
        rows::undo(&transaction, id)?;
    }
    transaction.commit()?;
    Ok(added)
}

/// The day on which a copy was made, by UTC.
fn day_of(path: &Path) -> SafeText {
    let made = fs::metadata(path).and_then(|m| m.modified()).ok();
    let seconds = made
        .and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok())
        .map_or(0, |d| d.as_secs());
    SafeText::from(date(i64::try_from(seconds / 86_400).unwrap_or(0)))
}

#[cfg(test)]
#[path = "backup_tests.rs"]
mod backup_tests;
