//! Copies of the record: the daily backup, and a dated copy before something is dropped or changed.
//!
//! Guarantees: a copy counts only after it was opened and every row of it was read; one that was spoiled since is kept under
//! another name and made anew; one that a newer program has made, or that cannot be read now, stays and is told; a backup
//! with more in it is never replaced by one with less.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::core::progress::LastCopy;
use crate::disk::private;
use crate::store::error::{ODD, StoreError};
use crate::store::file::{self, BACKUP, OpenRecord};
use crate::store::{rows, schema};
use crate::text::{SafeText, Timestamp, refusal};

/// What a copy is called until it was checked.
const UNCHECKED: &str = "progress.unchecked-";
/// What a copy that is no good any more is kept as.
pub(super) const DAMAGED: &str = "damaged-copy";
/// A backup younger than this is good enough.
const DAILY: Duration = Duration::from_secs(24 * 3600);
/// An unchecked copy older than this was left by a program that was killed.
const STRAY: Duration = Duration::from_secs(3600);
/// Held while a backup is made: a session in lines makes one as it begins and as it ends, and a short one both at once.
static ONE: Mutex<()> = Mutex::new(());

/// What became of the daily backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BackupOutcome {
    /// It is not yet time, or there is nothing to copy.
    NotDue,
    Made,
    /// The last one was no good any more, and is kept under this name.
    Replaced(PathBuf),
}

impl BackupOutcome {
    /// What the user should know of it.
    pub fn notice(&self) -> Option<SafeText> {
        let Self::Replaced(aside) = self else {
            return None;
        };
        let aside = SafeText::line(&aside.to_string_lossy());
        Some(crate::safe!(
            "the copy of the record was damaged and is kept as {aside}; a new one was made"
        ))
    }
}

/// Makes the daily backup when the last one is a day old, is no good any more, or holds what the record has forgotten.
pub fn backup(folder: &Path, now: Timestamp) -> Result<BackupOutcome, StoreError> {
    let _alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = folder.join(BACKUP);
    let young = age(&kept).is_some_and(|age| age < DAILY);
    if young && open_good(&kept).is_ok_and(|copy| !has_more(&copy, folder)) {
        return Ok(BackupOutcome::NotDue);
    }
    remove_strays(folder);
    let Some(fresh) = fresh(folder, now)? else {
        return Ok(BackupOutcome::NotDue);
    };
    let aside = replace(&kept, &fresh, &fresh, now)?;
    Ok(aside.map_or(BackupOutcome::Made, BackupOutcome::Replaced))
}

/// Has the last good copy forget what the record has forgotten, since a dated copy holds it: a repair must not bring it
/// back. Where there is no last good copy, none is made.
pub(super) fn renew(folder: &Path, dated: &Path, now: Timestamp) -> Result<(), StoreError> {
    let kept = folder.join(BACKUP);
    if !is_there(&kept)? {
        return Ok(());
    }
    match fresh(folder, now)? {
        Some(fresh) => replace(&kept, &fresh, dated, now).map(drop),
        None => Ok(()),
    }
}

/// Whether there is a copy; an error where something else has its place.
fn is_there(kept: &Path) -> Result<bool, StoreError> {
    let strange = || StoreError::refused("something else stands where its copy should be");
    file::length(kept)
        .map(|length| length.is_some())
        .map_err(|_| strange())
}

/// A checked copy of the record, if there is one of ours.
fn fresh(folder: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    is_there(&folder.join(BACKUP))?;
    let Some(open) = file::read(folder)?.filter(|open| !open.newer) else {
        return Ok(None);
    };
    schema::check_indexes(&open.connection)?;
    copy(&open, folder, now).map(Some)
}

/// Puts a checked copy in the place of the last one. That stays under a dated name when it has more than `held` has; and
/// when it is no good any more, under the name that comes back. Where it may not be replaced, nothing is changed.
fn replace(
    kept: &Path,
    fresh: &Path,
    held: &Path,
    now: Timestamp,
) -> Result<Option<PathBuf>, StoreError> {
    let made_way = make_way(kept, held, now).inspect_err(|_| {
        let _ = fs::remove_file(fresh);
    })?;
    rename(fresh, kept)?;
    Ok(made_way)
}

fn make_way(kept: &Path, held: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    match self::held(kept)? {
        CopyState::Damaged => keep_as(kept, DAMAGED, now).map(Some),
        CopyState::Sound(found) if found > reviews(held)? => {
            keep_as(kept, "backup", now).map(|_| None)
        }
        CopyState::Sound(_) | CopyState::None => Ok(None),
    }
}

/// What a last copy is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CopyState {
    None,
    /// It has so many reviews, and every row of it could be read.
    Sound(usize),
    Damaged,
}

/// Reads the last copy whole. An error where it is not ours to replace: it may well be sound.
pub(super) fn held(kept: &Path) -> Result<CopyState, StoreError> {
    if !is_there(kept)? {
        return Ok(CopyState::None);
    }
    match reviews(kept).map_err(|error| of_copy(kept, error)) {
        Ok(found) => Ok(CopyState::Sound(found)),
        Err(StoreError::Damaged(_)) => Ok(CopyState::Damaged),
        Err(StoreError::Refused(why)) => Err(StoreError::Refused(crate::safe!(
            "its last copy is kept, but cannot be read: {why}"
        ))),
        Err(error) => Err(error),
    }
}

/// What is wrong with a copy, which is only read: what the database makes no sense of is damage here, and of a file that
/// cannot be opened the system knows why.
fn of_copy(kept: &Path, error: StoreError) -> StoreError {
    match error {
        StoreError::Refused(why) if why.as_str() == ODD => StoreError::Damaged(why),
        StoreError::Refused(why) => StoreError::Refused(match File::open(kept) {
            Err(error) => SafeText::ours(refusal(&error)),
            Ok(_) => why,
        }),
        error => error,
    }
}

/// Gives a copy a dated name that says what it is, which comes back.
pub(super) fn keep_as(kept: &Path, what: &str, now: Timestamp) -> Result<PathBuf, StoreError> {
    let folder = kept.parent().unwrap_or(kept);
    let aside = unused(folder, &format!("progress.{what}-"), now);
    fs::rename(kept, &aside)?;
    Ok(aside)
}

/// Opens a copy that is good, as far as that shows without reading it whole: it has our tables and as many rows as it says.
/// What a newer program has made is for that one to judge.
fn open_good(kept: &Path) -> Result<OpenRecord, StoreError> {
    let open = file::read_copy(kept)?;
    if !open.newer {
        schema::check_parts(&open.connection)?;
        rows::all_there(&open.connection, open.form)?;
    }
    Ok(open)
}

/// Whether a copy has more reviews than the record, those that were taken back among them; their rows are counted and not
/// read. False where either cannot be counted, or where a newer program has made the record.
fn has_more(copy: &OpenRecord, folder: &Path) -> bool {
    let counted = |open: &OpenRecord| rows::count(&open.connection, None, None).ok();
    let record = file::read(folder).ok().flatten();
    let record = record.filter(|open| !open.newer).as_ref().and_then(counted);
    matches!((counted(copy), record), (Some(copy), Some(record)) if copy > record)
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

/// How many reviews a copy has; an error when anything in it is not sound, or a newer program has made it.
pub(super) fn reviews(path: &Path) -> Result<usize, StoreError> {
    let open = file::read_copy(path)?;
    if open.newer {
        return Err(StoreError::Newer);
    }
    schema::check(&open.connection)?;
    let mut found = 0;
    rows::each(&open.connection, open.form, |_| found += 1)?;
    Ok(found)
}

/// Says that the daily backup could not be made.
pub fn failed(error: &StoreError) -> SafeText {
    crate::safe!("no copy of the record was made: {}", why(error))
}

/// Why the last copy could not be made anew: it may be the copy that a newer program has made.
pub(super) fn why(error: &StoreError) -> SafeText {
    match error {
        StoreError::Newer => {
            SafeText::ours("its last copy was written by a newer version of tozero")
        }
        error => error.why(),
    }
}

/// What can be said of the last copy without reading it whole.
pub fn last_copy(folder: &Path) -> LastCopy {
    let kept = folder.join(BACKUP);
    if kept.symlink_metadata().is_err() {
        return LastCopy::None;
    }
    match open_good(&kept).map_err(|error| of_copy(&kept, error)) {
        Ok(_) => day_of(&kept).map_or(LastCopy::Damaged, LastCopy::Made),
        Err(StoreError::Refused(why)) => LastCopy::Unread(why),
        Err(_) => LastCopy::Damaged,
    }
}

/// The day on which a file was written, by UTC, in days since the beginning of 1970.
pub(super) fn day_of(path: &Path) -> Option<i64> {
    let made = fs::metadata(path).and_then(|m| m.modified());
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
