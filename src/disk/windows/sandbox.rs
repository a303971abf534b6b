//! Opening below a folder and nowhere else, on Windows.
//! What is opened lay below the folder, all links followed, when that was asked, just before; who can put links into the
//! folder meanwhile could lead one file out. Names of devices, such as `nul`, are names of files here.

use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::disk::names::{EntryKind, inside, read_error};
use crate::pack::ReadError;

/// A folder by its full path in the form `\\?\`, in which every name is taken as it is.
#[derive(Debug)]
pub(super) struct Root(PathBuf);

/// One entry of a folder, as listing it tells.
pub(super) struct Listed {
    pub(super) name: OsString,
    kind: FileType,
}

impl Root {
    /// Opens a folder. A link to a folder is followed here, since the user named it.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let full = path.canonicalize().map_err(|error| why(&error))?;
        match full.is_dir() {
            true => Ok(Self(full)),
            false => Err(ReadError::NotAFile),
        }
    }

    /// A path below as the system wants it: its own separators, and no stream of a file, which a colon would name.
    fn at(&self, path: &str) -> Result<PathBuf, ReadError> {
        if path.contains(':') {
            return Err(ReadError::Name);
        }
        let mut full = self.0.clone();
        full.extend(path.split('/').filter(|name| !name.is_empty()));
        Ok(full)
    }

    /// Where a path below leads to, all links followed: refused where that is outside.
    fn held(&self, path: &str) -> Result<PathBuf, ReadError> {
        let full = self.at(path)?;
        let full = full.canonicalize().map_err(|error| why(&error))?;
        match full.starts_with(&self.0) {
            true => Ok(full),
            false => Err(ReadError::Escapes),
        }
    }

    /// Opens a file to read.
    pub(super) fn file(&self, path: &str) -> Result<File, ReadError> {
        named(&self.held(inside(path)?)?)
    }

    /// The entries of a folder below, or of this one where the path is empty; none is looked at.
    pub(super) fn entries(
        &self,
        folder: &str,
    ) -> Result<impl Iterator<Item = Result<Listed, ReadError>>, ReadError> {
        let folder = match folder {
            "" => self.0.clone(),
            _ => self.held(inside(folder)?)?,
        };
        let listed = |entry: io::Result<fs::DirEntry>| {
            let entry = entry.map_err(|error| why(&error))?;
            let kind = entry.file_type().map_err(|error| why(&error))?;
            let name = entry.file_name();
            Ok(Listed { name, kind })
        };
        let entries = fs::read_dir(folder).map_err(|error| why(&error))?;
        Ok(entries.map(listed))
    }

    /// What an entry is. Only a link costs a look at where it leads.
    pub(super) fn kind(&self, path: &str, entry: &Listed) -> Result<EntryKind, ReadError> {
        let kind = match entry.kind.is_file() || entry.kind.is_dir() {
            true => entry.kind,
            false => {
                let found = fs::metadata(self.held(path)?).map_err(|error| why(&error))?;
                found.file_type()
            }
        };
        Ok(match (kind.is_file(), kind.is_dir()) {
            (true, _) => EntryKind::File,
            (_, true) => EntryKind::Folder,
            _ => EntryKind::Other,
        })
    }

    /// Makes a folder below where there is none.
    pub(super) fn make_folder(&self, path: &str) -> Result<(), ReadError> {
        match fs::create_dir(self.at(path)?) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(why(&error)),
            _ => Ok(()),
        }
    }

    /// Makes a file below that is not there yet, to write to.
    pub(super) fn make_file(&self, path: &str) -> Result<File, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.at(name)?;
        let folder = match folder {
            "" => self.0.clone(),
            _ => self.held(folder)?,
        };
        File::create_new(folder.join(name)).map_err(|error| why(&error))
    }
}

/// Opens a file that the user named, to read. What is no file is not opened: it could keep us waiting.
pub(super) fn named(path: &Path) -> Result<File, ReadError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => File::open(path).map_err(|error| why(&error)),
        Ok(_) => Err(ReadError::NotAFile),
        Err(error) => Err(why(&error)),
    }
}

/// What the system's refusal means for a reader.
fn why(error: &io::Error) -> ReadError {
    match error.kind() {
        // A name that Windows does not take names nothing there.
        ErrorKind::NotFound | ErrorKind::InvalidFilename => ReadError::Missing,
        ErrorKind::NotADirectory | ErrorKind::IsADirectory => ReadError::NotAFile,
        _ => read_error(error),
    }
}
