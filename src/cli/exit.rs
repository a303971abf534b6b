//! How a command ends: what the program's exit status says, and what went wrong in words.
//! Promise: 0 done, 1 nothing found or `check` found errors, 2 wrong use or unreadable input; a closed pipe is no fault.

use std::io;

use crate::text::SafeText;

/// Every exit status with its meaning; the help and the man page list them.
pub const STATUSES: [(u8, &str); 4] = [
    (0, "done"),
    (1, "nothing was found, or check found errors"),
    (
        2,
        "wrong use, unreadable input, or output that could not be written",
    ),
    (130, "interrupted"),
];

/// A command that could do what was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitStatus {
    /// Done.
    Done,
    /// Nothing was found, or `check` found errors.
    Nothing,
}

impl ExitStatus {
    /// The exit status.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
        }
    }
}

/// The exit status of wrong use, unreadable input, and output that could not be written.
pub const WRONG: u8 = 2;

/// A command that could not do what was asked.
#[derive(Debug)]
pub enum CliError {
    /// Wrong use or unreadable input.
    Said {
        /// What is wrong, without a full stop.
        what: SafeText,
        /// What to do about it.
        help: Option<SafeText>,
    },
    /// Standard output could not be written to.
    Output(io::Error),
}

impl CliError {
    /// Wrong use or unreadable input, in one sentence without a full stop.
    pub fn new(what: impl Into<SafeText>) -> Self {
        Self::Said {
            what: what.into(),
            help: None,
        }
    }

    /// The same with what to do about it.
    pub fn with_help(what: impl Into<SafeText>, help: impl Into<SafeText>) -> Self {
        Self::Said {
            what: what.into(),
            help: Some(help.into()),
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What running a command yields.
pub type CommandResult = Result<ExitStatus, CliError>;
