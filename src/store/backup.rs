//! Copies of the record: the daily backup, and a dated copy before something is dropped or changed.
//!
//! Guarantees: a copy counts only after it was opened and every row of it was read; a backup with more in it is never
//! replaced by one with less.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::disk::private;
use crate::store::error::StoreError;
use crate::store::file::{self, BACKUP, OpenRecord};
use crate::store::{rows, schema};
use crate::text::{SafeText, Timestamp};

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
    let fresh = fresh(folder, now)?;
    if let Some(fresh) = &fresh {
        let more = reviews(&kept).unwrap_or(0) > reviews(fresh)?;
        replace(&kept, fresh, more, now)?;
    }
    Ok(fresh.is_some())
}

/// Has the last good copy forget what the record has forgotten, since a dated copy holds it: a repair must not bring it
/// back. Where there is no last good copy, none is made.
pub(super) fn renew(folder: &Path, dated: &Path, now: Timestamp) -> Result<(), StoreError> {
    let kept = folder.join(BACKUP);
    if file::length(&kept)?.is_none() {
        return Ok(());
    }
    if let Some(fresh) = fresh(folder, now)? {
        let more = reviews(&kept).unwrap_or(0) > reviews(dated)?;
        replace(&kept, &fresh, more, now)?;
    }
    Ok(())
}

/// A checked copy of the record, if there is one of ours.
fn fresh(folder: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    let Some(open) = file::read(folder)?.filter(|open| !open.newer) else {
        return Ok(None);
    };
    schema::check_indexes(&open.connection)?;
    copy(&open, folder, now).map(Some)
}

/// Puts a checked copy in the place of the last one, which stays under a dated name when it has more.
fn replace(kept: &Path, fresh: &Path, more: bool, now: Timestamp) -> Result<(), StoreError> {
    if let Some(folder) = kept.parent().filter(|_| more) {
        fs::rename(kept, unused(folder, "progress.backup-", now))?;
    }
    rename(fresh, kept)
}

/// A checked copy of a record under a dated name, before something is dropped or changed. What others are writing
/// meanwhile and have not ended is not in it.
pub(super) fn dated(
    path: &Path,
    folder: &Path,
    why: &str,
    now: Timestamp,
) -> Result<PathBuf, StoreError> {
    let fresh = copy(&file::read_shared(path)?, folder, now)?;
    let dated = unused(folder, &format!("progress.{why}-"), now);
    rename(&fresh, &dated)?;
    Ok(dated)
}

/// A name for a file that is not checked yet.
pub(super) fn unchecked(folder: &Path, now: Timestamp) -> PathBuf {
    unused(folder, &format!("{UNCHECKED}{}-", std::process::id()), now)
}

/// Copies the record, and opens the copy and reads it whole.
fn copy(open: &OpenRecord, folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let path = unchecked(folder, now);
    let copied = copy_to(open, &path);
    if copied.is_err() {
        let _ = fs::remove_file(&path);
    }
    copied.map(|()| path)
}

fn copy_to(open: &OpenRecord, path: &Path) -> Result<(), StoreError> {
    file::create(path)?;
    let into = path.to_string_lossy();
    open.connection.execute("VACUUM INTO ?1", [&*into])?;
    reviews(path)?;
    Ok(private::sync_file(path)?)
}

/// Puts a finished file in its place, for good.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to)?;
    if let Some(folder) = to.parent() {
        private::sync_folder(folder)?;
    }
    Ok(())
}

/// How many reviews a copy has; an error when anything in it is not sound.
pub(super) fn reviews(path: &Path) -> Result<usize, StoreError> {
    let open = file::read_copy(path)?;
    schema::check(&open.connection)?;
    let mut found = 0;
    rows::each(&open.connection, open.form, |_| found += 1)?;
    Ok(found)
}

/// Says that the daily backup could not be made.
pub fn failed(error: &StoreError) -> SafeText {
    crate::safe!("no copy of the record was made: {}", error.why())
}

/// The day on which the last good copy was made, by UTC, in days since the beginning of 1970.
pub fn last_copy(folder: &Path) -> Option<i64> {
    let made = fs::metadata(folder.join(BACKUP)).and_then(|m| m.modified());
    let since = made.ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs() / 86_400).ok()
}

/// How long ago a file was written, by a clock that has not gone back since.
fn age(path: &Path) -> Option<Duration> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    found.modified().ok()?.elapsed().ok()
}

/// A name with the time in it that nothing has yet.
pub(super) fn unused(folder: &Path, before: &str, now: Timestamp) -> PathBuf {
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

#[cfg(test)]
#[path = "backup_tests.rs"]
mod backup_tests;
