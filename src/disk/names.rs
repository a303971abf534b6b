//! Names of files in a pack: which may be opened, and what may stand under them.

use std::io;

use crate::pack::ReadError;
use crate::pack::files::MAX_FOLDERS;
use crate::text::{SafeText, refusal};

/// What stands under a name, links followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum EntryKind {
    File,
    Folder,
    /// A pipe, a socket, a device.
    Other,
}

/// A path as it may be opened: plain names with `/` between them, none hidden, not too deep.
pub(super) fn inside(path: &str) -> Result<&str, ReadError> {
    let mut names = path.split('/');
    if names.clone().any(|name| matches!(name, "" | "." | "..")) || path.contains(['\0', '\\']) {
        return Err(ReadError::Escapes);
    }
    if names.clone().count() > MAX_FOLDERS + 1 {
        return Err(ReadError::System(SafeText::ours(
            "the file lies more than 8 folders deep",
        )));
    }
    if names.any(|name| name.starts_with('.')) {
        Err(ReadError::Name)
    } else {
        Ok(path)
    }
}

/// Whether a name can be shown and opened again as it is.
pub(super) fn is_sound(name: &str) -> bool {
    !name.contains('\\') && !name.contains(char::is_control)
}

/// Why the system refuses, for a reader.
pub(super) fn read_error(error: &io::Error) -> ReadError {
    ReadError::System(SafeText::ours(refusal(error)))
}
