//! The file of the record: opened to read or to write, made when there is something to write.
//!
//! Guarantees: reading makes no file; what is made is private to the user (0600 in a folder of 0700); every answer is on the
//! disk when its transaction has ended (`synchronous=FULL`); a file that is not ours or is newer is never written to.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::store::error::StoreError;

/// The file's name in the state folder.
pub const NAME: &str = "progress.sqlite3";
/// The file that copies of the program hold while they write: shared to add, alone to set the record aside.
const LOCK: &str = "progress.lock";
/// What the file says of itself in its header: `t0z0`.
const APPLICATION: i64 = 0x7430_7a30;
/// The format that this program writes.
pub const FORMAT: i64 = 1;
/// How long another copy of the program may write before we give up for now.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for whoever wants the record alone: a copy that is at work keeps it longer, a program that is just
/// being started only for an instant.
const INSTANT: Duration = Duration::from_millis(100);
/// Files up to this size are checked whole whenever they are opened for writing; others with their daily backup.
const SMALL: u64 = 4 << 20;

/// Reviews are only ever added. `place` orders those of a question; see `progress::Review::order`. A review that was
/// taken back stays, and its id is added to `voids`. `sessions` and `shelf`, the unfinished sessions, can be lost without harm.
/// Records of earlier versions have a table `cache` too; nobody reads it.
const SCHEMA: &str = "
CREATE TABLE reviews (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  question TEXT NOT NULL,
  lens TEXT,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('right', 'partly', 'wrong', 'skipped', 'page')),
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  grade INTEGER CHECK (grade BETWEEN 1 AND 4),
  chosen TEXT NOT NULL,
  session INTEGER NOT NULL,
  place INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_of ON reviews (question, place);
CREATE TABLE voids (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  review BLOB NOT NULL UNIQUE CHECK (length(review) = 16)
) STRICT;
CREATE TABLE sessions (session INTEGER PRIMARY KEY) STRICT;
CREATE TABLE shelf (session INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
";

/// A query that names everything we use: it cannot be prepared on a file that lacks any of it.
const WHOLE: &str = "SELECT r.n, r.id, r.question, r.lens, r.at, r.day, r.outcome, r.sure, r.grade, r.chosen, r.session,
  r.place, v.n, v.review, s.session, h.session, h.at, h.body
  FROM reviews r, voids v, sessions s, shelf h LIMIT 0";

/// An open record. It is closed, and others may set it aside, when this is dropped.
#[derive(Debug)]
pub struct OpenRecord {
    pub connection: Connection,
    /// Its format is newer than ours: it may be read only.
    pub newer: bool,
    /// Held shared as long as it is open for writing.
    _lock: Option<File>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum RecordState {
    New,
    Ours,
    Newer,
}

/// The path of the record in a state folder; where a link leads to, if it is one.
pub fn path(folder: &Path) -> PathBuf {
    let path = folder.join(NAME);
    // A link may lead to where nothing is yet.
    let link = || Some(folder.join(std::fs::read_link(&path).ok()?));
    path.canonicalize().ok().or_else(link).unwrap_or(path)
}

/// Opens to read, and makes nothing; `None` when there is no record.
pub fn read(folder: &Path) -> Result<Option<OpenRecord>, StoreError> {
    let path = path(folder);
    let found = match std::fs::metadata(&path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        found => found?,
    };
    // SQLite makes the file before it writes the first page: an empty one holds nothing yet.
    if length(&found)? == 0 {
        return Ok(None);
    }
    can_be_written(&path)?;
    // Without a log beside it nobody is writing, and the file can be read as it is. With one, its readers make nothing new.
    let has_log = || sidecar(&path, "-wal").exists();
    let log = has_log();
    let connection = match open(&path, log) {
        // A log that appeared since means that a writer began; the file alone may then be half of a change.
        Err(StoreError::Damaged(_)) if !log && has_log() => open(&path, true)?,
        opened => opened?,
    };
    let state = state(&connection)?;
    Ok((state != RecordState::New).then_some(OpenRecord {
        connection,
        newer: state == RecordState::Newer,
        _lock: None,
    }))
}

/// A file whose head asks for a newer way of writing than any there is could be read for ever and never be added to; one
/// of an unknown form or encoding not even read. See <https://sqlite.org/fileformat2.html>, section 1.3.
fn can_be_written(path: &Path) -> Result<(), StoreError> {
    let mut head = Vec::new();
    File::open(path)?.take(100).read_to_end(&mut head)?;
    let known = head.get(18).is_none_or(|way| matches!(way, 1 | 2));
    let at_most = |at: usize, most: u8| {
        head.get(at..at + 4)
            .is_none_or(|n| matches!(n, [0, 0, 0, low] if *low <= most))
    };
    if known && at_most(44, 4) && at_most(56, 3) {
        Ok(())
    } else {
        Err(StoreError::damaged("its head is wrong"))
    }
}

/// Opens to read: as others write to it, or as it lies.
fn open(path: &Path, shared: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let lies_still = if shared { "" } else { "?immutable=1" };
    let uri = format!("file:{}{lies_still}", escaped(path));
    let connection = Connection::open_with_flags(uri, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // SQLite opens any file; only the first question shows whether it is a database.
    state(&connection)?;
    Ok(connection)
}

/// A path as a URI wants it.
fn escaped(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let escape = |&b: &u8| match b {
        // `?`, `#` and `%` in a folder's name would otherwise be read as parts of the URI.
        b'/' | b'-' | b'_' | b'.' => char::from(b).to_string(),
        _ if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    path.as_os_str().as_bytes().iter().map(escape).collect()
}

/// Opens another file of records to read, such as a copy.
pub fn read_copy(path: &Path) -> Result<Connection, StoreError> {
    open(path, false)
}

/// Opens to add, and makes what is missing.
pub fn write(folder: &Path) -> Result<OpenRecord, StoreError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    // A newer record must not even be opened in a way that could change it.
    if read(folder).is_ok_and(|open| open.is_some_and(|open| open.newer)) {
        return Err(StoreError::Newer);
    }
    write_under(folder, lock(folder, false)?)
}

/// The same under a lock that is held already.
pub fn write_under(folder: &Path, lock: File) -> Result<OpenRecord, StoreError> {
    let path = path(folder);
    make(&path)?;
    can_be_written(&path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(&path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    state(&connection)?;
    // The switch to WAL fails at once while others hold the file, whatever the busy timeout is.
    retry_while_busy(|| connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())))?;
    // With less than FULL a power cut may take back commits of a WAL that were already acknowledged.
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    create_schema(&mut connection)?;
    if std::fs::metadata(&path).is_ok_and(|m| m.len() <= SMALL) {
        check(&connection)?;
    }
    connection
        // Preparing a statement that names every column finds a missing table or column, and runs nothing.
        .prepare(WHOLE)
        .map_err(|_| StoreError::damaged("a part of it is missing"))?;
    Ok(OpenRecord {
        connection,
        newer: false,
        _lock: Some(lock),
    })
}

/// Whether a record could be made in that folder; makes nothing.
pub fn may_be_made(folder: &Path) -> Result<(), StoreError> {
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
    access(there, Access::WRITE_OK | Access::EXEC_OK).map_err(|e| std::io::Error::from(e).into())
}

/// Tries again while others are in the way: for the one thing that the database's own patience does not cover.
fn retry_while_busy(try_it: impl Fn() -> rusqlite::Result<()>) -> Result<(), StoreError> {
    let start = Instant::now();
    loop {
        match try_it() {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && start.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            tried => return Ok(tried?),
        }
    }
}

/// Makes an empty private file where there is none.
fn make(path: &Path) -> Result<(), StoreError> {
    match create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            length(&std::fs::metadata(path)?).map(drop)
        }
        made => Ok(made.map(drop)?),
    }
}

/// Makes an empty private file where there is nothing.
pub fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// The length of a file; refuses what is none.
fn length(found: &Metadata) -> Result<u64, StoreError> {
    if found.is_file() {
        return Ok(found.len());
    }
    Err(StoreError::refused(
        "something else stands where the record should be",
    ))
}

/// Writes the schema into a new file; of several that try, one does.
fn create_schema(connection: &mut Connection) -> Result<(), StoreError> {
    match state(connection)? {
        RecordState::New => {}
        RecordState::Ours => return Ok(()),
        RecordState::Newer => return Err(StoreError::Newer),
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again under the write lock: another copy of the program may have been faster.
    if state(&transaction)? == RecordState::New {
        transaction.execute_batch(SCHEMA)?;
        transaction.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};"
        ))?;
    }
    Ok(transaction.commit()?)
}

fn state(connection: &Connection) -> Result<RecordState, StoreError> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let parts = number("SELECT count(*) FROM sqlite_schema")?;
    match (
        number("PRAGMA application_id")?,
        number("PRAGMA user_version")?,
    ) {
        (0, 0) if parts == 0 => Ok(RecordState::New),
        (APPLICATION, 1..=FORMAT) => Ok(RecordState::Ours),
        (APPLICATION, version) if version > FORMAT => Ok(RecordState::Newer),
        (APPLICATION, _) => Err(StoreError::damaged("its format is unknown")),
        _ => Err(StoreError::damaged("it is not a record of tozero")),
    }
}

/// Reads every page and holds every row to its rules.
pub fn check(connection: &Connection) -> Result<(), StoreError> {
    let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer == "ok" {
        Ok(())
    } else {
        Err(StoreError::damaged("its pages do not fit together"))
    }
}

/// Holds the lock, shared or alone; waits a little for others.
pub fn lock(folder: &Path, alone: bool) -> Result<File, StoreError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(folder.join(LOCK))?;
    let start = Instant::now();
    let patience = if alone { INSTANT } else { PATIENCE };
    loop {
        let tried = if alone {
            file.try_lock()
        } else {
            file.try_lock_shared()
        };
        match tried {
            Ok(()) => return Ok(file),
            Err(std::fs::TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(std::fs::TryLockError::WouldBlock) => {
                return Err(StoreError::refused(
                    "another copy of tozero holds the record",
                ));
            }
            // Some file systems have no locks; the database's own are what counts.
            Err(std::fs::TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// A neighbor of a file: its name with an ending.
pub fn sidecar(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod file_tests;
