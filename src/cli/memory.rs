//! What commands share that read or change the record.
//! Promise: what cannot be read or written is said with the next step; nothing here makes a file unless it writes.

use std::path::PathBuf;

use crate::base::safe::SafeText;
use crate::cli::call::Call;
use crate::cli::end::Fault;
use crate::domain::progress::Record;
use crate::shell::signals;
use crate::shell::store::{self, Trouble};

/// The record as it is, only to look at.
pub fn look(call: &Call) -> Result<Record, Fault> {
    let Some(folder) = folder(call) else { return Ok(Record::new(call.meant.desired)) };
    store::look(&folder, call.meant.desired).map_err(|trouble| unreadable(&trouble))
}

/// The state folder; `None` without a home folder.
pub fn folder(call: &Call) -> Option<PathBuf> {
    call.meant.places.as_ref().map(|places| places.state.clone())
}

/// The state folder, to write in.
pub fn place(call: &Call) -> Result<PathBuf, Fault> {
    let help = "set HOME or XDG_STATE_HOME to where progress may be kept";
    // A write that is too large must come back as an error; where that cannot be had, it ends the program as usual.
    let _ = signals::survive_file_size_limit();
    folder(call).ok_or_else(|| Fault::with_help(Trouble::NoFolder.why(), help))
}

/// Why the record could not be read, with the next step.
pub fn unreadable(trouble: &Trouble) -> Fault {
    let help = match trouble {
        Trouble::Damaged(_) => "opening the quiz sets it aside and uses the last good copy",
        Trouble::Newer => "use the newer tozero, or move the file away",
        Trouble::NoFolder => "set HOME or XDG_STATE_HOME to where progress may be kept",
        Trouble::Refused(_) => "`tozero paths` says where it is",
    };
    Fault::with_help(trouble.why(), SafeText::ours(help))
}
