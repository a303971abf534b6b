//! Where files come from, as a trait: the bundled pack, a folder on disk, or a test's handful.
//! Promise: a path is relative to the pack, with `/` between its parts; whoever implements this never leaves the pack's root.

use std::borrow::Cow;

use crate::pack::entries::Pack;
use crate::text::SafeText;

/// The head of a pack, at its root.
pub const PACK: &str = "pack.toml";
/// Largest file that is read, in bytes: 1 MiB.
pub const MAX_FILE: u64 = 1 << 20;
/// Most files a pack may have.
pub const MAX_FILES: usize = 200_000;
/// Deepest folder looked into below the pack's root.
pub const MAX_FOLDERS: usize = 8;

/// A source of files.
pub trait Files: Send + Sync {
    /// Paths of the files directly in a folder (`terms`), sorted; empty when there is none. `""` is the root.
    fn list(&self, folder: &str) -> Vec<String>;
    /// Paths of the folders directly in a folder, sorted. For `check`, which names those that nobody reads.
    fn folders(&self, folder: &str) -> Vec<String> {
        let _ = folder;
        Vec::new()
    }
    /// One file's text.
    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError>;
    /// What listing met and left out: links out of the root, odd names, too many files. For `check`.
    fn left_out(&self) -> Vec<(String, ReadError)> {
        Vec::new()
    }
    /// The head of the pack, where it was read when the program was built.
    fn pack(&self) -> Option<Pack> {
        None
    }
    /// The baked catalog that goes with these files, when there is one.
    fn baked(&self) -> Option<BakedCatalog> {
        None
    }
}

/// A catalog made by the build script: its words, and the numbers that part them. See [`crate::pack::catalog`].
#[derive(Clone, Copy)]
pub struct BakedCatalog {
    /// All words, one after the other.
    pub text: &'static str,
    /// Little-endian `u32`.
    pub numbers: &'static [u8],
}

/// Why a file was not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// Larger than [`MAX_FILE`].
    TooLarge,
    /// Not UTF-8; the offset of the first bad byte.
    NotUtf8(usize),
    /// Leads out of the pack, by `..`, an absolute path or a link.
    Escapes,
    /// A folder, pipe, device or socket.
    NotAFile,
    /// A name that cannot be an entry's: not UTF-8, or not kebab-case.
    Name,
    /// More than [`MAX_FILES`] files; the rest is not read.
    TooMany,
    /// What the system said.
    System(SafeText),
}

impl ReadError {
    /// One sentence without a full stop.
    pub fn why(&self) -> SafeText {
        match self {
            Self::Missing => SafeText::ours("there is no such file"),
            Self::TooLarge => SafeText::ours("the file is larger than 1 MiB"),
            Self::NotUtf8(at) => SafeText::from(format!("the file is not UTF-8, at byte {at}")),
            Self::Escapes => SafeText::ours("the path leads out of the pack"),
            Self::NotAFile => SafeText::ours("this is not a regular file"),
            Self::Name => SafeText::ours("the name cannot be an entry's"),
            Self::TooMany => {
                SafeText::ours("the pack has more than 200,000 files; the rest is not read")
            }
            Self::System(why) => why.clone(),
        }
    }
}

/// Files held in memory, for tests and benches.
#[derive(Default)]
pub struct MemoryFiles(pub std::collections::BTreeMap<String, String>);

impl MemoryFiles {
    /// Files from pairs of path and text.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(p, t)| (p.to_owned(), t.to_owned()))
                .collect(),
        )
    }
}

impl Files for MemoryFiles {
    fn list(&self, folder: &str) -> Vec<String> {
        let here = |p: &&String| p.rsplit_once('/').map_or("", |(f, _)| f) == folder;
        self.0.keys().filter(here).cloned().collect()
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let below = |p: &String| {
            Some(format!(
                "{prefix}{}",
                p.strip_prefix(&prefix)?.split_once('/')?.0
            ))
        };
        let mut found: Vec<String> = self.0.keys().filter_map(below).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        let text = self.0.get(path).ok_or(ReadError::Missing)?;
        if text.len() as u64 > MAX_FILE {
            Err(ReadError::TooLarge)
        } else {
            Ok(Cow::Owned(text.clone()))
        }
    }
}
