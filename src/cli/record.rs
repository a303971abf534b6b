//! What commands share that read or change progress. Nothing here makes a file unless it is going to write one.

use std::path::PathBuf;

use crate::cli::context::CommandContext;
use crate::cli::exit::CliError;
use crate::core::progress::Progress;
use crate::store::{self, StoreError};
use crate::terminal::signals;

/// Progress as it is, only to look at; without a home folder there is none yet.
pub fn look(call: &CommandContext) -> Result<Progress, CliError> {
    let recall = call.config.recall;
    match &call.config.state {
        Some(folder) => Ok(store::look(folder, recall)?),
        None => Ok(Progress::new(recall)),
    }
}

/// The state folder, to write in.
pub fn place(call: &CommandContext) -> Result<PathBuf, CliError> {
    // A write beyond `ulimit -f` must come back as an error, or the signal ends the program in the middle of it. Where
    // that cannot be had, it ends as any other program does.
    let _ = signals::survive_file_size_limit();
    Ok(call.config.state.clone().ok_or(StoreError::NoFolder)?)
}
