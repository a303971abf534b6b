//! What commands share that read or change the record.
//! Guarantee: what cannot be read or written is said with the next step; nothing here makes a file unless it writes.

use std::path::PathBuf;

use crate::cli::context::CommandContext;
use crate::cli::exit::CliError;
use crate::core::progress::Progress;
use crate::store::{self, StoreError};
use crate::terminal::signals;
use crate::text::SafeText;

/// The record as it is, only to look at.
pub fn look(call: &CommandContext) -> Result<Progress, CliError> {
    let Some(folder) = folder(call) else {
        return Ok(Progress::new(call.meant.desired));
    };
    store::look(&folder, call.meant.desired).map_err(|error| unreadable(&error))
}

/// The state folder; `None` without a home folder.
pub fn folder(call: &CommandContext) -> Option<PathBuf> {
    call.meant
        .places
        .as_ref()
        .map(|places| places.state.clone())
}

/// The state folder, to write in.
pub fn place(call: &CommandContext) -> Result<PathBuf, CliError> {
    let help = "set HOME or XDG_STATE_HOME to where progress may be kept";
    // A write that is too large must come back as an error; where that cannot be had, it ends the program as usual.
    let _ = signals::survive_file_size_limit();
    folder(call).ok_or_else(|| CliError::with_help(StoreError::NoFolder.why(), help))
}

/// Why the record could not be read, with the next step.
pub fn unreadable(error: &StoreError) -> CliError {
    let help = match error {
        StoreError::Damaged(_) => "opening the quiz sets it aside and uses the last good copy",
        StoreError::Newer => "use the newer tozero, or move the file away",
        StoreError::NoFolder => "set HOME or XDG_STATE_HOME to where progress may be kept",
        StoreError::Refused(_) | StoreError::Import(_) => "`tozero paths` says where it is",
    };
    CliError::with_help(error.why(), SafeText::ours(help))
}
