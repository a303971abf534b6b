//! Why the record, or a file to import, cannot be read or written, in words.
//! Guarantee: one short sentence without a full stop, fit for a terminal; no number of the system or of the database in it.

use rusqlite::{ErrorCode, ffi};

use crate::text::{SafeText, refusal};

/// Why it must wait.
pub(super) const HELD: &str = "another program holds the record";
/// What the database makes no sense of.
pub(super) const ODD: &str = "the database refuses it";

/// Why the record, or a file to import, cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreError {
    /// There is no home folder, so there is no place for it.
    NoFolder,
    /// What is there is broken, or is something else.
    Damaged(SafeText),
    /// It was written by a newer version of this program.
    Newer,
    /// The system refuses, now.
    Refused(SafeText),
    /// The mistakes in a file that was to be imported.
    Import(Vec<ImportError>),
}

/// One mistake in a file that was to be imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportError {
    /// Where: `line 3, column 18`, `review 2`; empty for the file as a whole.
    pub place: SafeText,
    pub what: SafeText,
    pub help: Option<SafeText>,
}

impl StoreError {
    /// What is the matter, in a few words.
    pub fn why(&self) -> SafeText {
        match self {
            Self::NoFolder => SafeText::ours("there is no home folder"),
            Self::Damaged(how) => crate::safe!("the record is damaged: {how}"),
            Self::Newer => SafeText::ours("the record was written by a newer version of tozero"),
            Self::Refused(why) => why.clone(),
            Self::Import(mistakes) => {
                let what: Vec<SafeText> = mistakes.iter().map(|m| m.what.clone()).collect();
                SafeText::join(&what, "; ")
            }
        }
    }

    /// Something that the system refuses, in our own words.
    pub(super) const fn refused(why: &'static str) -> Self {
        Self::Refused(SafeText::ours(why))
    }

    /// Something that is broken, in our own words.
    pub(super) const fn damaged(how: &'static str) -> Self {
        Self::Damaged(SafeText::ours(how))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let extended = error.sqlite_error().map(|e| e.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::damaged("its pages do not fit together"),
            Some(ErrorCode::NotADatabase) => Self::damaged("it is not a database"),
            Some(ErrorCode::DiskFull) => Self::refused("the disk is full"),
            Some(ErrorCode::ReadOnly) => Self::refused("the record cannot be written to"),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::refused("the record cannot be opened")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::refused(HELD),
            // Room for the log's index is the first thing that a full disk lacks.
            Some(ErrorCode::SystemIoFailure) if extended == Some(ffi::SQLITE_IOERR_SHMSIZE) => {
                Self::refused("the disk is full")
            }
            // A page that the file should have lies beyond its end.
            Some(ErrorCode::SystemIoFailure) if extended == Some(ffi::SQLITE_IOERR_SHORT_READ) => {
                Self::damaged("it is cut off")
            }
            Some(ErrorCode::SystemIoFailure) => Self::refused("the disk reports an error"),
            Some(ErrorCode::OutOfMemory) => Self::refused("there is not enough memory"),
            Some(ErrorCode::ConstraintViolation) => {
                Self::refused("another version of tozero has changed the record's form")
            }
            Some(_) => Self::refused(ODD),
            None => Self::damaged("a row of it cannot be read"),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        Self::refused(match error.kind() {
            ErrorKind::PermissionDenied => "the folder cannot be written to",
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                "something else stands where its folder should be"
            }
            _ => refusal(&error),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use rusqlite::Error;

    use super::*;

    #[test]
    fn what_the_system_refuses_is_told_in_words() {
        let check = |number, expected: &str| {
            let why = StoreError::from(io::Error::from_raw_os_error(number)).why();
            assert_eq!(why.as_str(), expected);
        };
        check(28, "the disk is full");
        check(122, "the disk is full");
        check(27, "the disk is full");
        check(30, "the disk can only be read");
        check(13, "the folder cannot be written to");
        check(20, "something else stands where its folder should be");
    }

    #[test]
    fn what_the_database_refuses_is_told_in_words() {
        let check = |code, damaged, expected: &str| {
            let error = StoreError::from(Error::SqliteFailure(ffi::Error::new(code), None));
            assert_eq!(
                (
                    error.why().as_str(),
                    matches!(error, StoreError::Damaged(_))
                ),
                (expected, damaged),
                "{code}"
            );
        };
        check(ffi::SQLITE_FULL, false, "the disk is full");
        check(ffi::SQLITE_IOERR_SHMSIZE, false, "the disk is full");
        check(
            ffi::SQLITE_READONLY,
            false,
            "the record cannot be written to",
        );
        check(
            ffi::SQLITE_IOERR | 4 << 8,
            false,
            "the disk reports an error",
        );
        check(ffi::SQLITE_BUSY, false, "another program holds the record");
        check(ffi::SQLITE_CANTOPEN, false, "the record cannot be opened");
        check(
            ffi::SQLITE_CORRUPT,
            true,
            "the record is damaged: its pages do not fit together",
        );
        check(
            ffi::SQLITE_NOTADB,
            true,
            "the record is damaged: it is not a database",
        );
    }
}
