//! A pack in a folder on disk, and the writing of a new one.
//!
//! Everything is opened below the folder's own handle, so that neither `..` nor a link nor a swap between
//! check and use leads out; only regular files are read, at most 1 MiB each; pipes, sockets and devices are never waited
//! for; listing asks the system once a folder, not once a file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::CStr;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use crate::pack::files::{MAX_FILE, MAX_FILES, MAX_FOLDERS};
use crate::pack::{Files, ReadError};
use crate::text::{SafeText, refusal};

pub mod own_files;
pub mod paths;
pub mod remembered;
mod sandbox;
mod watch;
mod write;

pub use paths::Paths;

pub use watch::Watch;
pub use write::write_new_tree;

/// Opens for reading without waiting for a pipe's other end and without making a terminal ours.
const READ: OFlags = OFlags::RDONLY
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);
/// Opens for a look at what it is, without reading; where that is not known, no link is followed anyway.
#[cfg(target_os = "linux")]
const LOOK: OFlags = OFlags::PATH.union(OFlags::CLOEXEC);
#[cfg(not(target_os = "linux"))]
const LOOK: OFlags = READ;
/// How often a file that changes while it is read is read again.
const TRIES: usize = 3;

/// A folder that is read as a pack.
#[derive(Debug)]
pub struct Folder {
    root: OwnedFd,
    listed: Mutex<BTreeMap<String, FolderListing>>,
}

#[derive(Debug, Default)]
struct FolderListing {
    looked_at: usize,
    left_out: Vec<(String, ReadError)>,
}

impl Folder {
    /// Opens a folder. A link to a folder is followed here, since the user named it.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let root = openat(CWD, path, READ | OFlags::DIRECTORY, Mode::empty()).map_err(why)?;
        Ok(Self {
            root,
            listed: Mutex::default(),
        })
    }

    fn listed(&self) -> MutexGuard<'_, BTreeMap<String, FolderListing>> {
        self.listed
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Reads a folder's entries, at most as many as the whole pack may still have.
    fn entries(
        &self,
        folder: &str,
        most: usize,
        listed: &mut FolderListing,
    ) -> Result<Vec<String>, ReadError> {
        let opened = match folder {
            "" => openat(&self.root, c".", READ | OFlags::DIRECTORY, Mode::empty()).map_err(why)?,
            _ => sandbox::open(&self.root, inside(folder)?, READ | OFlags::DIRECTORY)?,
        };
        let mut names = Vec::new();
        for entry in Dir::new(opened).map_err(why)? {
            let entry = entry.map_err(why)?;
            if entry.file_name().to_bytes().starts_with(b".") {
                continue;
            }
            if listed.looked_at == most {
                listed
                    .left_out
                    .push((folder.to_owned(), ReadError::TooMany));
                break;
            }
            listed.looked_at += 1;
            match self.entry(folder, entry.file_name(), entry.file_type()) {
                Ok(path) => names.extend(path),
                Err(left_out) => listed.left_out.push(left_out),
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// One entry: its path, `None` for a folder, or why it is left out.
    fn entry(
        &self,
        folder: &str,
        name: &CStr,
        kind: FileType,
    ) -> Result<Option<String>, (String, ReadError)> {
        let Some(name) = name.to_str().ok().filter(|name| is_sound(name)) else {
            let shown = SafeText::line(&name.to_string_lossy());
            return Err((join(folder, &shown), ReadError::Name));
        };
        let path = join(folder, name);
        match self.kind(&path, kind) {
            Ok(FileType::RegularFile) => Ok(Some(path)),
            Ok(FileType::Directory) if !is_entry_name(name) => Ok(None),
            Ok(_) => Err((path, ReadError::NotAFile)),
            Err(why) => Err((path, why)),
        }
    }

    /// What an entry is. Only a link, or a file system that does not tell, costs a look at the file.
    fn kind(&self, path: &str, kind: FileType) -> Result<FileType, ReadError> {
        match kind {
            FileType::Symlink => {
                let target = sandbox::open(&self.root, path, LOOK)?;
                Ok(FileType::from_raw_mode(fstat(target).map_err(why)?.st_mode))
            }
            FileType::Unknown => {
                let stat = statat(&self.root, path, AtFlags::SYMLINK_NOFOLLOW).map_err(why)?;
                match FileType::from_raw_mode(stat.st_mode) {
                    FileType::Unknown => Ok(FileType::Unknown),
                    known => self.kind(path, known),
                }
            }
            known => Ok(known),
        }
    }
}

impl Files for Folder {
    fn list(&self, folder: &str) -> Vec<String> {
        let mut all = self.listed();
        // What was counted of this folder before must not count against it.
        all.remove(folder);
        let others: usize = all.values().map(|l| l.looked_at).sum();
        let mut listed = FolderListing::default();
        let names = self.entries(folder, MAX_FILES.saturating_sub(others), &mut listed);
        let names = names.unwrap_or_else(|why| {
            if why != ReadError::Missing {
                listed.left_out.push((folder.to_owned(), why));
            }
            Vec::new()
        });
        all.insert(folder.to_owned(), listed);
        names
    }

    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        let path = inside(path)?;
        let mut text = Err(ReadError::Missing);
        // A file that an editor is writing just then may be read in halves.
        for _ in 0..TRIES {
            let (read, steady) = read_open(sandbox::open(&self.root, path, READ)?);
            text = read;
            if steady {
                break;
            }
        }
        text.map(Cow::Owned)
    }

    fn left_out(&self) -> Vec<(String, ReadError)> {
        self.listed()
            .values()
            .flat_map(|l| l.left_out.iter().cloned())
            .collect()
    }
}

/// Reads one file that the user named, such as the config, under the same limits.
pub fn read_named(path: &Path) -> Result<String, ReadError> {
    read_open(openat(CWD, path, READ, Mode::empty()).map_err(why)?).0
}

/// Reads an open file; also tells whether it stayed the same meanwhile.
fn read_open(opened: OwnedFd) -> (Result<String, ReadError>, bool) {
    let stamp = |fd: &File| {
        fstat(fd)
            .map(|s| (s.st_size, s.st_mtime, s.st_mtime_nsec))
            .ok()
    };
    let mut file = File::from(opened);
    let before = stamp(&file);
    let text = read_bounded(&mut file);
    let after = stamp(&file);
    (text, before == after)
}

/// The size is checked before, and counted while reading: a file may grow, and some tell no size.
fn read_bounded(file: &mut File) -> Result<String, ReadError> {
    let stat = fstat(&*file).map_err(why)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(ReadError::NotAFile);
    }
    let size = u64::try_from(stat.st_size).unwrap_or(0);
    if size > MAX_FILE {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| read_error(&error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge);
    }
    String::from_utf8(bytes).map_err(|bad| ReadError::NotUtf8(bad.utf8_error().valid_up_to()))
}

/// A path as it may be opened: plain names with `/` between them, none hidden, not too deep.
fn inside(path: &str) -> Result<&str, ReadError> {
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
fn is_sound(name: &str) -> bool {
    !name.contains('\\') && !name.contains(char::is_control)
}

/// Whether a name claims to be an entry's or a head's.
fn is_entry_name(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|e| e == "md" || e == "toml")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        [folder, name].join("/")
    }
}

/// What the system's refusal means for a reader.
fn why(error: Errno) -> ReadError {
    match error {
        Errno::NOENT => ReadError::Missing,
        Errno::NOTDIR | Errno::ISDIR | Errno::NXIO | Errno::NODEV => ReadError::NotAFile,
        Errno::LOOP | Errno::XDEV => ReadError::Escapes,
        _ => read_error(&error.into()),
    }
}

fn read_error(error: &io::Error) -> ReadError {
    ReadError::System(SafeText::ours(refusal(error)))
}

#[cfg(test)]
mod tests;
