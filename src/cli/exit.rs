//! How a command ends: what the program's exit status says, and what went wrong in words.

use std::io;

use crate::config::ConfigError;
use crate::store::StoreError;
use crate::terminal::exit::{INTERRUPTED, WRONG};
use crate::text::{SafeText, refusal};

/// Every exit status with its meaning; the help and the man page list them.
pub const STATUSES: [(u8, &str); 4] = [
    (0, "done"),
    (1, "nothing was found, or check found errors"),
    (
        WRONG,
        "wrong use, unreadable input, or output or answers that could not be written",
    ),
    (INTERRUPTED, "interrupted"),
];

/// A command that could do what was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitStatus {
    Done,
    /// Nothing was found, or `check` found errors. As `grep` does it: no failure, but scripts can ask for it.
    Nothing,
    /// Answers are not saved; it was said how many.
    Unsaved,
}

impl ExitStatus {
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Unsaved => WRONG,
        }
    }
}

pub type CommandResult = Result<ExitStatus, CliError>;

/// A command that could not do what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CliError {
    /// What is wrong, in one sentence without a full stop.
    pub message: SafeText,
    pub help: Option<SafeText>,
    /// The program's exit status; with 0 nothing is said.
    pub status: u8,
}

impl CliError {
    /// Wrong use or unreadable input.
    pub fn new(message: impl Into<SafeText>) -> Self {
        Self {
            message: message.into(),
            help: None,
            status: WRONG,
        }
    }

    /// The same with what to do about it.
    pub fn with_help(message: impl Into<SafeText>, help: impl Into<SafeText>) -> Self {
        Self {
            help: Some(help.into()),
            ..Self::new(message)
        }
    }
}

/// Standard output could not be written to. (Whoever reads a file has words of its own for its errors.)
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        let why = refusal(&error);
        let message = crate::safe!("standard output cannot be written to: {why}");
        // A reader that went away, as `head` does, has what it wanted. To call that a failure would break every pipe
        // under `set -o pipefail`, and nobody is left to read the message.
        let status = match error.kind() {
            io::ErrorKind::BrokenPipe => 0,
            _ => WRONG,
        };
        Self {
            status,
            ..Self::new(message)
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self {
            help: error.help,
            ..Self::new(error.message)
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let help = match error {
            StoreError::Damaged(_) => "`tozero quiz` sets it aside and repairs it",
            StoreError::Newer => "use the newer tozero, or move the file away",
            StoreError::NoFolder => "set HOME or XDG_STATE_HOME to where progress may be kept",
            StoreError::Refused(_) | StoreError::Import(_) => "`tozero paths` says where it is",
        };
        Self::with_help(error.why(), SafeText::ours(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_error_has_a_status_and_says_what_to_do() {
        let io = |kind| CliError::from(io::Error::from(kind));
        let damaged = StoreError::Damaged(SafeText::ours("its head is wrong"));
        let check = |error: CliError, status, message: &str, help: Option<&str>| {
            assert_eq!(error.message.as_str(), message);
            assert_eq!((error.status, error.help.as_deref()), (status, help));
        };
        check(CliError::new("no"), 2, "no", None);
        check(CliError::with_help("no", "try"), 2, "no", Some("try"));
        check(
            io(io::ErrorKind::BrokenPipe),
            0,
            "standard output cannot be written to: nobody reads it any more",
            None,
        );
        check(
            CliError::from(io::Error::from_raw_os_error(28)),
            2,
            "standard output cannot be written to: the disk is full",
            None,
        );
        check(
            StoreError::Newer.into(),
            2,
            "the record was written by a newer version of tozero",
            Some("use the newer tozero, or move the file away"),
        );
        check(
            damaged.into(),
            2,
            "the record is damaged: its head is wrong",
            Some("`tozero quiz` sets it aside and repairs it"),
        );
        check(
            StoreError::NoFolder.into(),
            2,
            "there is no home folder",
            Some("set HOME or XDG_STATE_HOME to where progress may be kept"),
        );
        let config = ConfigError {
            message: SafeText::ours("there is no theme x"),
            help: Some(SafeText::ours("one of a, b")),
        };
        check(config.into(), 2, "there is no theme x", Some("one of a, b"));
    }

    #[test]
    fn statuses_are_those_that_are_listed() {
        let listed = STATUSES.map(|(code, _)| code);
        let used = [
            ExitStatus::Done.code(),
            ExitStatus::Nothing.code(),
            CliError::new("x").status,
            INTERRUPTED,
        ];
        assert_eq!(listed, used);
    }
}
