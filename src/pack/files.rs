//! Where files come from, as a trait: the bundled pack, a folder on disk, or a test's handful.
//! A path is relative to the pack, with `/` between its parts; whoever implements this never leaves the pack's root.

use std::borrow::Cow;

use crate::pack::address::Address;
use crate::pack::catalog::Catalog;
use crate::pack::entries::pack::Pack;
use crate::pack::entry::Entry;
use crate::text::{Diagnostic, SafeText};

/// The head of a pack, at its root.
pub const PACK: &str = "pack.toml";
/// The questions of `judge`, at its root.
pub const CHECKLIST: &str = "checklist.toml";
/// Largest file that is read, in bytes: 1 MiB.
pub const MAX_FILE: u64 = 1 << 20;
/// Most files a pack may have.
pub const MAX_FILES: usize = 200_000;
/// Deepest folder looked into below the pack's root.
pub const MAX_FOLDERS: usize = 8;

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
    /// The beginning of a file, at least its first 4 KiB where it has as many, to see cheaply what it is called. It may end
    /// anywhere; nothing where it cannot be read.
    fn start(&self, path: &str) -> Option<Cow<'static, str>> {
        self.read(path).ok()
    }
    /// What listing met and left out: links out of the root, odd names, too many files. For `check`.
    fn left_out(&self) -> Vec<(String, ReadError)> {
        Vec::new()
    }
    /// The texts of `pack.toml` of the packs that are laid on the lowest, lowest first.
    fn heads_above(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }
    /// Which of the packs that lie on one another a path comes from, 0 for the lowest.
    fn layer_of(&self, path: &str) -> usize {
        let _ = path;
        0
    }
    /// The lowest of these packs that has a path.
    fn first_layer_of(&self, path: &str) -> usize {
        let _ = path;
        0
    }
    /// What `pack.toml` says, where it was read when the program was built.
    fn pack(&self) -> Option<Pack> {
        None
    }
    /// An entry of that pack, where it was read when the program was built.
    fn entry(&self, address: &Address, pack: &Pack) -> Option<Entry> {
        let _ = (address, pack);
        None
    }
    /// The catalog of these files, where it was made when the program was built.
    fn catalog(&self) -> Option<Catalog> {
        None
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadError {
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
    System(SafeText),
}

impl ReadError {
    /// One sentence without a full stop.
    pub fn why(&self) -> SafeText {
        match self {
            Self::Missing => "there is no such file".into(),
            Self::TooLarge => "the file is larger than 1 MiB".into(),
            Self::NotUtf8(at) => SafeText::from(format!("the file is not UTF-8, at byte {at}")),
            Self::Escapes => "the path leads out of the pack".into(),
            Self::NotAFile => "this is not a regular file".into(),
            Self::Name => "the name cannot be an entry's".into(),
            Self::TooMany => "the pack has more than 200,000 files; the rest is not read".into(),
            Self::System(why) => why.clone(),
        }
    }

    /// The problem to report of a file that was not read.
    pub fn problem(&self, path: &str) -> Diagnostic {
        if path == PACK && *self == Self::Missing {
            return Diagnostic::error("pack-missing", path, "this folder has no `pack.toml`").help(
                "name the folder of a pack, or write one: the author's guide says what it holds",
            );
        }
        let (code, help) = self.advice();
        Diagnostic::error(code, path, self.why()).help(help)
    }

    /// Code and help. A name that cannot be an entry's has its own check, which knows more.
    const fn advice(&self) -> (&'static str, &'static str) {
        match self {
            Self::Missing => (
                "file-unreadable",
                "it was there a moment ago: run the check again",
            ),
            Self::System(_) => (
                "file-unreadable",
                "make the file readable for yourself, or remove it",
            ),
            Self::TooLarge => (
                "file-too-large",
                "split the entry; 60 KB is already a long page",
            ),
            Self::NotUtf8(_) => ("file-not-utf8", "save the file as UTF-8"),
            Self::Escapes => (
                "file-outside",
                "copy the file into the pack; links out of it are not followed",
            ),
            Self::NotAFile => (
                "file-odd",
                "only regular files are read: remove or rename it",
            ),
            Self::TooMany => ("files-too-many", "split the pack"),
            Self::Name => (
                "file-name",
                "use lower-case letters, digits and single dashes, at most 64, and `.md`",
            ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_code_and_says_what_to_do() {
        let check = |path: &str, why: ReadError, code: &str, message: &str| {
            let problem = why.problem(path);
            assert_eq!((problem.code, problem.message.as_str()), (code, message));
            assert!(problem.help.is_some_and(|help| !help.is_empty()), "{code}");
        };
        let path = "terms/x.md";
        check(
            PACK,
            ReadError::Missing,
            "pack-missing",
            "this folder has no `pack.toml`",
        );
        check(
            path,
            ReadError::Missing,
            "file-unreadable",
            "there is no such file",
        );
        check(
            path,
            ReadError::System("denied".into()),
            "file-unreadable",
            "denied",
        );
        check(
            path,
            ReadError::TooLarge,
            "file-too-large",
            "the file is larger than 1 MiB",
        );
        check(
            path,
            ReadError::NotUtf8(7),
            "file-not-utf8",
            "the file is not UTF-8, at byte 7",
        );
        check(
            path,
            ReadError::Escapes,
            "file-outside",
            "the path leads out of the pack",
        );
        check(
            path,
            ReadError::NotAFile,
            "file-odd",
            "this is not a regular file",
        );
        check(
            path,
            ReadError::Name,
            "file-name",
            "the name cannot be an entry's",
        );
        let many = "the pack has more than 200,000 files; the rest is not read";
        check(path, ReadError::TooMany, "files-too-many", many);
    }

    #[test]
    fn files_in_memory_have_folders() {
        let files = MemoryFiles::of([
            ("pack.toml", "a"),
            ("terms/x.md", "b"),
            ("terms/y/z.md", "c"),
        ]);
        assert_eq!(files.list(""), ["pack.toml"]);
        assert_eq!(files.list("terms"), ["terms/x.md"]);
        assert_eq!(
            (files.folders(""), files.folders("terms")),
            (vec!["terms".into()], vec!["terms/y".into()])
        );
        assert_eq!(files.read("terms/q.md"), Err(ReadError::Missing));
        let large = "x".repeat(MAX_FILE as usize + 1);
        assert_eq!(
            MemoryFiles::of([("a", large.as_str())]).read("a"),
            Err(ReadError::TooLarge)
        );
    }
}
