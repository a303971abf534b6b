//! Opening below a folder and nowhere else.
//! What is opened lies below the folder at the moment it is opened, whoever moves or links files meanwhile; nothing waits for
//! a pipe's other end, and no terminal becomes ours.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, mkdirat, openat, statat};
use rustix::io::Errno;

use crate::disk::names::{EntryKind, inside, read_error};
use crate::pack::ReadError;

const READ: OFlags = OFlags::RDONLY
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);
/// Opens for a look at what it is, without reading; where that is not known, no link is followed anyway.
#[cfg(target_os = "linux")]
const LOOK: OFlags = OFlags::PATH.union(OFlags::CLOEXEC);
#[cfg(not(target_os = "linux"))]
const LOOK: OFlags = READ;
/// How often the system may ask to try again, because something was moved just then.
#[cfg(target_os = "linux")]
const TRIES: usize = 16;

/// An open folder.
#[derive(Debug)]
pub(super) struct Root(OwnedFd);

/// One entry of a folder, as listing it tells.
pub(super) struct Listed {
    pub(super) name: OsString,
    kind: FileType,
}

impl Root {
    /// Opens a folder. A link to a folder is followed here, since the user named it.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        openat(CWD, path, READ | OFlags::DIRECTORY, Mode::empty())
            .map(Self)
            .map_err(why)
    }

    /// Opens a file to read.
    pub(super) fn file(&self, path: &str) -> Result<File, ReadError> {
        open(&self.0, inside(path)?, READ).map(File::from)
    }

    /// The entries of a folder below, or of this one where the path is empty; none is looked at.
    pub(super) fn entries(
        &self,
        folder: &str,
    ) -> Result<impl Iterator<Item = Result<Listed, ReadError>>, ReadError> {
        let opened = match folder {
            "" => openat(&self.0, c".", READ | OFlags::DIRECTORY, Mode::empty()).map_err(why)?,
            _ => open(&self.0, inside(folder)?, READ | OFlags::DIRECTORY)?,
        };
        let listed = |entry: rustix::io::Result<rustix::fs::DirEntry>| {
            let entry = entry.map_err(why)?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes()).to_owned();
            let kind = entry.file_type();
            Ok(Listed { name, kind })
        };
        Ok(Dir::new(opened).map_err(why)?.map(listed))
    }

    /// What an entry is. Only a link, or a file system that does not tell, costs a look at the file.
    pub(super) fn kind(&self, path: &str, entry: &Listed) -> Result<EntryKind, ReadError> {
        let kind = match entry.kind {
            FileType::Unknown => {
                let stat = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).map_err(why)?;
                FileType::from_raw_mode(stat.st_mode)
            }
            known => known,
        };
        let kind = match kind {
            FileType::Symlink => {
                let target = open(&self.0, path, LOOK)?;
                FileType::from_raw_mode(fstat(target).map_err(why)?.st_mode)
            }
            known => known,
        };
        Ok(match kind {
            FileType::RegularFile => EntryKind::File,
            FileType::Directory => EntryKind::Folder,
            _ => EntryKind::Other,
        })
    }

    /// Makes a folder below where there is none.
    pub(super) fn make_folder(&self, path: &str) -> Result<(), ReadError> {
        match mkdirat(&self.0, path, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => Ok(()),
            Err(error) => Err(why(error)),
        }
    }

    /// Makes a file below that is not there yet, to write to.
    pub(super) fn make_file(&self, path: &str) -> Result<File, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let opened = match folder {
            "" => None,
            _ => Some(open(&self.0, folder, READ | OFlags::DIRECTORY)?),
        };
        let folder = opened.as_ref().unwrap_or(&self.0);
        let new =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        openat(folder, name, new, Mode::from_raw_mode(0o666))
            .map(File::from)
            .map_err(why)
    }
}

/// Opens a file that the user named, to read.
pub(super) fn named(path: &Path) -> Result<File, ReadError> {
    openat(CWD, path, READ, Mode::empty())
        .map(File::from)
        .map_err(why)
}

/// Opens a path of plain names below a folder. Links inside the folder are followed where the system can hold them to
/// it; elsewhere no link is followed at all.
fn open(root: &OwnedFd, path: &str, flags: OFlags) -> Result<OwnedFd, ReadError> {
    match held_by_system(root, path, flags) {
        // Older kernels lack `openat2`, and sandboxes refuse it.
        Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => step_by_step(root, path, flags),
        other => other.map_err(why),
    }
}

#[cfg(target_os = "linux")]
fn held_by_system(root: &OwnedFd, path: &str, flags: OFlags) -> rustix::io::Result<OwnedFd> {
    use rustix::fs::{ResolveFlags, openat2};
    let within = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let mut last = Errno::AGAIN;
    for _ in 0..TRIES {
        match openat2(root, path, flags, Mode::empty(), within) {
            Err(error @ (Errno::AGAIN | Errno::INTR)) => last = error,
            done => return done,
        }
    }
    Err(last)
}

#[cfg(not(target_os = "linux"))]
fn held_by_system(_: &OwnedFd, _: &str, _: OFlags) -> rustix::io::Result<OwnedFd> {
    Err(Errno::NOSYS)
}

/// Folder by folder, following no link.
fn step_by_step(root: &OwnedFd, path: &str, flags: OFlags) -> Result<OwnedFd, ReadError> {
    let folder = READ | OFlags::DIRECTORY | OFlags::NOFOLLOW;
    let (mut here, mut rest) = (None, path);
    while let Some((name, more)) = rest.split_once('/') {
        here = Some(
            openat(here.as_ref().unwrap_or(root), name, folder, Mode::empty()).map_err(link_or)?,
        );
        rest = more;
    }
    openat(
        here.as_ref().unwrap_or(root),
        rest,
        flags | OFlags::NOFOLLOW,
        Mode::empty(),
    )
    .map_err(link_or)
}

/// The refusals of a link differ between systems.
fn link_or(error: Errno) -> ReadError {
    if matches!(error, Errno::LOOP | Errno::MLINK) {
        ReadError::Escapes
    } else {
        why(error)
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

#[cfg(test)]
impl Root {
    /// Opens a file as where the system does not hold links to the folder.
    pub(super) fn file_without_help(&self, path: &str) -> Result<File, ReadError> {
        step_by_step(&self.0, path, READ).map(File::from)
    }
}
