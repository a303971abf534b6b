//! Writing a new pack.
//! Nothing that exists is ever changed: the folder must be new or empty, each file must not be there yet.

use std::io::{self, Write};
use std::path::Path;

use crate::disk::names::{inside, read_error};
use crate::disk::sandbox::Root;
use crate::pack::ReadError;
use crate::text::SafeText;

/// Why a pack was not written, or not to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotWritten {
    /// The folder holds something already.
    NotEmpty,
    /// Something of that name exists and is no folder.
    NotAFolder,
    /// This file could not be written; those before it were.
    File(SafeText, ReadError),
    /// The folder itself could not be made.
    Folder(ReadError),
}

impl NotWritten {
    /// One sentence without a full stop.
    pub fn why(&self) -> SafeText {
        match self {
            Self::NotEmpty => SafeText::ours("the folder is not empty"),
            Self::NotAFolder => SafeText::ours("this exists and is not a folder"),
            Self::File(path, why) => crate::safe!("{path} could not be written: {}", why.why()),
            Self::Folder(why) => crate::safe!("the folder could not be made: {}", why.why()),
        }
    }
}

/// Writes files, given as paths with `/` and texts, into a folder that is made when it is not there.
pub fn write_new_tree<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<usize, NotWritten> {
    let root = empty_folder(folder)?;
    let mut written = 0;
    for (path, text) in files {
        write(&root, path, text).map_err(|why| NotWritten::File(SafeText::line(path), why))?;
        written += 1;
    }
    Ok(written)
}

fn empty_folder(folder: &Path) -> Result<Root, NotWritten> {
    match std::fs::create_dir_all(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(NotWritten::NotAFolder);
        }
        Err(error) => return Err(NotWritten::Folder(read_error(&error))),
    }
    let is_empty = std::fs::read_dir(folder).map(|mut entries| entries.next().is_none());
    match is_empty {
        Ok(true) => Root::open(folder).map_err(NotWritten::Folder),
        Ok(false) => Err(NotWritten::NotEmpty),
        Err(error) => Err(NotWritten::Folder(read_error(&error))),
    }
}

fn write(root: &Root, path: &str, text: &str) -> Result<(), ReadError> {
    let path = inside(path)?;
    let mut made = 0;
    while let Some(at) = path.get(made..).and_then(|rest| rest.find('/')) {
        made += at;
        root.make_folder(path.get(..made).unwrap_or(path))?;
        made += 1;
    }
    root.make_file(path)?
        .write_all(text.as_bytes())
        .map_err(|error| read_error(&error))
}
