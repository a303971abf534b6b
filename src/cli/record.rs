//! What commands share that read or change progress. Nothing here makes a file unless it is going to write one.

use std::path::PathBuf;

use crate::cli::context::CommandContext;
use crate::cli::exit::CliError;
use crate::core::progress::Progress;
use crate::pack::Library;
use crate::store::{self, PackKeys, StoreError};
use crate::terminal::signals;
use crate::text::SafeText;

/// Progress in a library as it is, only to look at; without a home folder there is none yet. Of a damaged record what can
/// be read, and it is said and shows in the exit status.
pub fn look(call: &CommandContext, library: &Library) -> Result<Progress, CliError> {
    let recall = call.config.recall;
    let Some(folder) = &call.config.state else {
        return Ok(Progress::new(recall));
    };
    let (progress, notice) = store::look(folder, recall, &keys(library))?;
    if let Some(notice) = notice {
        call.out.say_partial(&crate::safe!("tozero: {notice}"));
        call.out.say(&SafeText::ours(
            "help: `tozero quiz` sets it aside and repairs it",
        ));
    }
    Ok(progress)
}

/// What answers to a library's questions are kept under.
pub fn keys(library: &Library) -> PackKeys {
    PackKeys::of(library)
}

/// Says what happened to the record.
pub fn tell(call: &CommandContext, notice: Option<&SafeText>) {
    if let Some(notice) = notice {
        call.out.say(&crate::safe!("tozero: {notice}"));
    }
}

/// The state folder, to write in.
pub fn place(call: &CommandContext) -> Result<PathBuf, CliError> {
    // A write beyond `ulimit -f` must come back as an error, or the signal ends the program in the middle of it. Where
    // that cannot be had, it ends as any other program does.
    let _ = signals::survive_file_size_limit();
    Ok(call.config.state.clone().ok_or(StoreError::NoFolder)?)
}
