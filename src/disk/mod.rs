//! A pack in a folder on disk, and the writing of a new one.
//!
//! Everything is opened below the folder's own handle, so that neither `..` nor a link nor a swap between
//! check and use leads out; only regular files are read, at most 1 MiB each; pipes, sockets and devices are never waited
//! for; listing asks the system once a folder, not once a file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use crate::pack::files::{MAX_FILE, MAX_FILES};
use crate::pack::{Files, ReadError};
use crate::text::SafeText;

mod names;
pub mod own_files;
pub mod paths;
#[cfg_attr(windows, path = "windows/private.rs")]
pub mod private;
pub mod remembered;
#[cfg_attr(windows, path = "windows/sandbox.rs")]
mod sandbox;
mod watch;
mod write;

pub use paths::Paths;

pub use watch::Watch;
pub use write::write_new_tree;

use names::{EntryKind, is_sound, read_error};
use sandbox::{Listed, Root};

/// How often a file that changes while it is read is read again.
const TRIES: usize = 3;

/// A folder that is read as a pack.
#[derive(Debug)]
pub struct Folder {
    root: Root,
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
        Ok(Self {
            root: Root::open(path)?,
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
        let mut names = Vec::new();
        for entry in self.root.entries(folder)? {
            let entry = entry?;
            if entry.name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if listed.looked_at == most {
                listed
                    .left_out
                    .push((folder.to_owned(), ReadError::TooMany));
                break;
            }
            listed.looked_at += 1;
            match self.entry(folder, &entry) {
                Ok(path) => names.extend(path),
                Err(left_out) => listed.left_out.push(left_out),
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// One entry: its path, `None` for a folder, or why it is left out.
    fn entry(&self, folder: &str, entry: &Listed) -> Result<Option<String>, (String, ReadError)> {
        let shown = |name: &OsStr| SafeText::line(&name.to_string_lossy());
        let Some(name) = entry.name.to_str().filter(|name| is_sound(name)) else {
            return Err((join(folder, &shown(&entry.name)), ReadError::Name));
        };
        let path = join(folder, name);
        match self.root.kind(&path, entry) {
            Ok(EntryKind::File) => Ok(Some(path)),
            Ok(EntryKind::Folder) if !is_entry_name(name) => Ok(None),
            Ok(EntryKind::Folder | EntryKind::Other) => Err((path, ReadError::NotAFile)),
            Err(why) => Err((path, why)),
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

    fn folders(&self, folder: &str) -> Vec<String> {
        let entries = self.root.entries(folder).into_iter().flatten().flatten();
        let path = |entry: Listed| {
            let name = entry
                .name
                .to_str()
                .filter(|name| is_sound(name) && !name.starts_with('.'))?;
            let path = join(folder, name);
            let is_folder = self.root.kind(&path, &entry) == Ok(EntryKind::Folder);
            // What is named like an entry is told as no file.
            (is_folder && !is_entry_name(name)).then_some(path)
        };
        let mut folders: Vec<String> = entries.filter_map(path).take(MAX_FILES).collect();
        folders.sort_unstable();
        folders
    }

    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        let mut text = Err(ReadError::Missing);
        // A file that an editor is writing just then may be read in halves.
        for _ in 0..TRIES {
            let (read, steady) = read_open(self.root.file(path)?);
            text = read;
            if steady {
                break;
            }
        }
        text.map(Cow::Owned)
    }

    fn start(&self, path: &str) -> Option<Cow<'static, str>> {
        let mut bytes = vec![0; START];
        let read = self.root.file(path).ok()?.read(&mut bytes).ok()?;
        bytes.truncate(read);
        // A letter may be cut in two at the end.
        let text = String::from_utf8(bytes).or_else(|bad| {
            let sound = bad.utf8_error().valid_up_to();
            let mut bytes = bad.into_bytes();
            bytes.truncate(sound);
            String::from_utf8(bytes)
        });
        text.ok().map(Cow::Owned)
    }

    fn left_out(&self) -> Vec<(String, ReadError)> {
        self.listed()
            .values()
            .flat_map(|l| l.left_out.iter().cloned())
            .collect()
    }
}

/// Bytes of the beginning of a file.
const START: usize = 4096;

/// Reads one file that the user named, such as the config, under the same limits.
pub fn read_named(path: &Path) -> Result<String, ReadError> {
    read_open(sandbox::named(path)?).0
}

/// Reads an open file; also tells whether it stayed the same meanwhile.
fn read_open(mut file: File) -> (Result<String, ReadError>, bool) {
    let stamp = |found: &Metadata| (found.len(), found.modified().ok());
    let before = file.metadata().map_err(|error| read_error(&error));
    let text = match &before {
        Ok(found) => read_bounded(&mut file, found),
        Err(why) => Err(why.clone()),
    };
    let steady = match (&before, file.metadata()) {
        (Ok(before), Ok(after)) => stamp(before) == stamp(&after),
        (before, after) => before.is_err() && after.is_err(),
    };
    (text, steady)
}

/// The size is checked before, and counted while reading: a file may grow, and some tell no size.
fn read_bounded(file: &mut File, found: &Metadata) -> Result<String, ReadError> {
    if !found.is_file() {
        return Err(ReadError::NotAFile);
    }
    let size = found.len();
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

#[cfg(test)]
mod tests;
