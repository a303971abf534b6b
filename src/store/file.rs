//! The file of the record: where it is, how it is opened and locked.
//!
//! Guarantees: reading makes no file beside the one that is read, and reads what its log holds too; what is made is private to the user (0600 in a folder of 0700); every answer is on the
//! disk when its transaction has ended (`synchronous=FULL`); nothing but plain files is ever opened, so that no pipe, folder
//! or device keeps anybody waiting.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

use crate::disk::private::{self, FileId};
use crate::store::error::{HELD, StoreError};
use crate::store::pages::is_whole_log;
use crate::store::rows::RecordForm;
use crate::store::schema::{RecordState, state};
use crate::text::{SafeText, refusal};

/// The file's name in the state folder.
pub const NAME: &str = "progress.sqlite3";
/// The file that copies of the program hold while they write: shared to add, alone to set the record aside.
const LOCK: &str = "progress.lock";
/// The name of the last good copy.
pub const BACKUP: &str = "progress.backup.sqlite3";
/// How long another copy of the program may write before we give up for now.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for whoever wants the record alone: a copy that is at work keeps it longer, a program that is just
/// being started only for an instant.
const INSTANT: Duration = Duration::from_millis(100);
/// An open record. It is closed, and others may set it aside, when this is dropped.
#[derive(Debug)]
pub struct OpenRecord {
    pub connection: Connection,
    pub form: RecordForm,
    /// Its format is newer than ours: it may be read only.
    pub newer: bool,
    /// What was done to it on opening, for the user.
    pub notice: Option<SafeText>,
    /// Held shared as long as it is open for writing.
    #[expect(dead_code, reason = "held, and let go of when this is dropped")]
    pub(super) lock: Option<File>,
    /// Which files it and its log were on opening, of a record that is written to.
    pub(super) opened: Option<[Option<FileId>; 2]>,
    /// Where it was copied to be read.
    #[expect(
        dead_code,
        reason = "removed when this is dropped, after the connection"
    )]
    pub(super) apart: Option<TempDir>,
}

impl OpenRecord {
    /// Whether what is written to it is still found under its name.
    pub(super) fn is_in_place(&self, folder: &Path) -> bool {
        self.opened
            .is_none_or(|opened| opened == ids(&path(folder)))
    }
}

/// Which files a record and its log are, where the system tells.
pub(super) fn ids(path: &Path) -> [Option<FileId>; 2] {
    ["", "-wal"].map(|ending| private::id(&std::fs::metadata(sidecar(path, ending)).ok()?))
}

/// The path of the record in a state folder; where a link leads to, if it is one.
pub fn path(folder: &Path) -> PathBuf {
    let path = folder.join(NAME);
    // A link may lead to where nothing is yet.
    let link = || Some(folder.join(std::fs::read_link(&path).ok()?));
    // The full paths of Windows are of a form that the database's own addresses lack.
    let full = || path.canonicalize().ok().filter(|_| !cfg!(windows));
    full().or_else(link).unwrap_or(path)
}

/// Opens to read, and makes nothing; `None` when there is no record, or nothing in it.
pub fn read(folder: &Path) -> Result<Option<OpenRecord>, StoreError> {
    let path = path(folder);
    if length(&path)?.unwrap_or(0) == 0 {
        return Ok(None);
    }
    can_be_written(&path)?;
    let log = sidecar(&path, "-wal").exists();
    match open_whole(&path, true) {
        Err(StoreError::Damaged(_)) if !log && sidecar(&path, "-wal").exists() => open(&path, true),
        opened => opened,
    }
}

/// An error where the log of a record has lost answers to a wrong byte: the database would leave out all that stands behind
/// it, without a word. While somebody may be writing, nothing is looked at.
pub fn log_not_lost(folder: &Path) -> Result<(), StoreError> {
    let log = sidecar(&path(folder), "-wal");
    if length(&log)?.unwrap_or(0) == 0 {
        return Ok(());
    }
    // Where no lock is, none of this program has ever written here.
    let lock = folder.join(LOCK);
    let held = match lock.exists().then(|| private::lock_file(&lock)) {
        Some(Ok(Some(lock))) => lock.try_lock().is_ok().then_some(Some(lock)),
        Some(Ok(None) | Err(_)) => None,
        None => Some(None),
    };
    let Some(_alone) = held else { return Ok(()) };
    if is_whole_log(&File::open(&log)?) {
        return Ok(());
    }
    Err(StoreError::damaged("its log is damaged"))
}

/// Opens to read, with the log or the journal that lies beside the file. Of a log of ours its readers make nothing new.
fn open_whole(path: &Path, own: bool) -> Result<Option<OpenRecord>, StoreError> {
    let holds = |ending| length(&sidecar(path, ending)).map(|length| length.unwrap_or(0) > 0);
    let (log, journal) = (holds("-wal")?, holds("-journal")?);
    // With nothing beside it nobody is writing, and the file can be read as it is.
    if !log && !journal {
        let is_open = own && sidecar(path, "-wal").exists();
        return open(path, is_open);
    }
    // A log without its index was copied, or its program was killed: whoever opened it would make an index beside it.
    let makes_files = log && !own && !sidecar(path, "-shm").exists();
    if !makes_files {
        match open(path, true) {
            // A journal is for those who may write to undo, and a disk that can only be read has no place for an index.
            Err(StoreError::Refused(why)) if why.as_str() != HELD => {}
            opened => return opened,
        }
    }
    open_apart(path)
}

/// Copies a file and what lies beside it to a private place, where its log can be written into it, and opens it there.
fn open_apart(path: &Path) -> Result<Option<OpenRecord>, StoreError> {
    let no_place = |error: std::io::Error| {
        let why = refusal(&error);
        StoreError::Refused(crate::safe!("it cannot be copied to read its log: {why}"))
    };
    let place = tempfile::Builder::new().prefix("tozero-").tempdir();
    let place = place.map_err(no_place)?;
    private::close_folder(place.path())?;
    let copy = place.path().join(NAME);
    for ending in ["-wal", "-journal", ""] {
        let from = sidecar(path, ending);
        if length(&from)?.is_some() {
            let copied = create(&sidecar(&copy, ending))
                .and_then(|mut into| std::io::copy(&mut File::open(&from)?, &mut into));
            copied.map_err(no_place)?;
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = of_connection(Connection::open_with_flags(&copy, flags)?)?;
    Ok(opened.map(|opened| OpenRecord {
        apart: Some(place),
        ..opened
    }))
}

/// A file whose head asks for a newer way of writing than any there is could be read for ever and never be added to; one
/// of an unknown form or encoding not even read. See <https://sqlite.org/fileformat2.html>, section 1.3.
///
/// With a log beside it, the head that counts may be in there, and a connection, perhaps of this very program, may be
/// open: to close a file is to give up every lock that the program has on it, the database's too, and whoever thinks
/// that nobody holds the record removes its log.
fn can_be_written(path: &Path) -> Result<(), StoreError> {
    if sidecar(path, "-wal").exists() {
        return Ok(());
    }
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
fn open(path: &Path, shared: bool) -> Result<Option<OpenRecord>, StoreError> {
    all_plain(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let lies_still = if shared { "" } else { "?immutable=1" };
    let uri = format!("file:{}{lies_still}", escaped(path));
    of_connection(Connection::open_with_flags(uri, flags)?)
}

/// What was opened to read; `None` when there is nothing in it.
fn of_connection(connection: Connection) -> Result<Option<OpenRecord>, StoreError> {
    connection.busy_timeout(PATIENCE)?;
    let (form, newer) = match state(&connection)? {
        RecordState::New => return Ok(None),
        RecordState::Ours(form) => (form, false),
        RecordState::Newer => (RecordForm::Second, true),
    };
    Ok(Some(OpenRecord {
        connection,
        form,
        newer,
        notice: None,
        lock: None,
        opened: None,
        apart: None,
    }))
}

/// A path as a URI wants it: with the separators of addresses, and a drive below its root.
fn escaped(path: &Path) -> String {
    let escape = |&b: &u8| match b {
        b'\\' if cfg!(windows) => "/".to_owned(),
        b':' if cfg!(windows) => ":".to_owned(),
        // `?`, `#` and `%` in a folder's name would otherwise be read as parts of the URI.
        b'/' | b'-' | b'_' | b'.' => char::from(b).to_string(),
        _ if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    let path = path.as_os_str().as_encoded_bytes();
    let start = match cfg!(windows) {
        // A folder of another machine begins with two of them already.
        true if path.starts_with(br"\\") => "//",
        true => "///",
        false => "",
    };
    start
        .chars()
        .map(String::from)
        .chain(path.iter().map(escape))
        .collect()
}

/// Opens a record to read that others may be writing to.
pub(super) fn read_shared(path: &Path) -> Result<OpenRecord, StoreError> {
    open(path, true)?.ok_or(StoreError::damaged("it is empty"))
}

/// Opens another file of records to read, such as a copy, and makes nothing beside it.
pub fn read_copy(path: &Path) -> Result<OpenRecord, StoreError> {
    open_whole(path, false)?.ok_or(StoreError::damaged("it is empty"))
}

/// Makes the folder, private to the user, whatever the mask takes away.
pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let is_new = folder.symlink_metadata().is_err();
    private::make_folder(folder)?;
    if is_new {
        private::close_folder(folder)?;
    }
    Ok(())
}

/// Opens a file to add to it, and makes it where there is none; its tables are not looked at.
pub(super) fn open_to_add(path: &Path) -> Result<Connection, StoreError> {
    make(path)?;
    all_plain(path)?;
    can_be_written(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // What is dropped is gone: no page keeps it for a later repair to find.
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")?;
    Ok(connection)
}

/// Has a file written by way of a log, so that readers and writers do not wait for each other.
pub(super) fn use_log(connection: &Connection) -> Result<(), StoreError> {
    retry_while_busy(|| connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())))
}

/// Whether a record could be made in that folder; makes nothing.
pub fn may_be_made(folder: &Path) -> Result<(), StoreError> {
    let there = folder
        .ancestors()
        .find(|a| a.symlink_metadata().is_ok())
        .unwrap_or(folder);
    if !there.is_dir() {
        return Err(StoreError::refused(
            "something else stands where its folder should be",
        ));
    }
    Ok(private::may_make_files(there)?)
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
        Err(error) if error.kind() == ErrorKind::AlreadyExists => length(path).map(drop),
        made => Ok(made.map(drop)?),
    }
}

/// Makes an empty private file where there is nothing.
pub fn create(path: &Path) -> std::io::Result<File> {
    let file = private::make_file(path)?;
    private::close_file(&file)?;
    Ok(file)
}

/// The length of a file, `None` where there is nothing; refuses what is no plain file.
pub(super) fn length(path: &Path) -> Result<Option<u64>, StoreError> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(Some(found.len())),
        Ok(_) => Err(StoreError::refused(
            "something else stands where the record should be",
        )),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Refuses a file if it, or a neighbor that the database would open with it, is something else than a file.
fn all_plain(path: &Path) -> Result<(), StoreError> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        length(&sidecar(path, ending))?;
    }
    Ok(())
}

/// Holds the lock, shared or alone; waits a little for others.
pub fn lock(folder: &Path, alone: bool) -> Result<File, StoreError> {
    let strange = || StoreError::refused("something else stands where its lock should be");
    let file = private::lock_file(&folder.join(LOCK))?.ok_or_else(strange)?;
    hold(file, alone, if alone { INSTANT } else { PATIENCE })
}

/// Held alone for the moment in which a record is put where there is none, by all who do that: copies of the program whose
/// record was deleted while it was open come together there, each with the other lock shared or not at all. Whoever wants
/// both takes the other first, and nobody who has this one waits for that.
///
/// The folder itself is locked, so that no file is left behind. `None` where that cannot be, as on Windows: there a file that
/// is open cannot be deleted.
pub(super) fn lock_making(folder: &Path) -> Result<Option<File>, StoreError> {
    let Ok(folder) = File::open(folder) else {
        return Ok(None);
    };
    hold(folder, true, PATIENCE).map(Some)
}

fn hold(file: File, alone: bool, patience: Duration) -> Result<File, StoreError> {
    let start = Instant::now();
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
