//! Which files a pack has, sorted by what they are, before any is opened.
//! Promises: names only, about 50 bytes an entry; a folder is looked into once, so loops of links cannot hold it; an id
//! found here is written correctly, and every other file is in exactly one of the lists of odd ones.

use crate::pack::address::{Address, Kind};
use crate::pack::files::{Files, MAX_FILES};

/// The files of a pack.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The entries, sorted.
    pub(super) entries: Vec<Address>,
    /// Entries whose file name is not an id: `terms/Cold Start.md`.
    pub(super) misnamed: Vec<String>,
    /// Files one folder too deep: `terms/compute/cold-start.md`.
    pub(super) nested: Vec<String>,
    /// Files that nobody reads.
    pub(super) stray_files: Vec<String>,
    /// Folders that nobody reads.
    pub(super) stray_folders: Vec<String>,
    /// More than [`MAX_FILES`] files; the rest is in no list.
    pub(super) too_many: bool,
}

impl Tree {
    /// Lists a pack.
    pub(super) fn of(files: &dyn Files) -> Self {
        let mut tree = Self::default();
        for kind in Kind::ALL {
            tree.kind(kind, files);
        }
        let mut root = files.list("");
        root.retain(|path| !is_known(path) && !is_ignored(path));
        tree.stray_files.append(&mut root);
        tree.stray_folders.extend(
            files
                .folders("")
                .into_iter()
                .filter(|f| Kind::parse(f).is_none() && !is_ignored(f)),
        );
        tree.settle();
        tree
    }

    fn kind(&mut self, kind: Kind, files: &dyn Files) {
        for path in files.list(kind.word()) {
            if self.entries.len() + self.misnamed.len() >= MAX_FILES {
                self.too_many = true;
                return;
            }
            match Address::of_path(&path) {
                Some(address) => self.entries.push(address),
                None if is_ignored(&path) => {}
                None if path.ends_with(".md") => self.misnamed.push(path),
                None => self.stray_files.push(path),
            }
        }
        for folder in files
            .folders(kind.word())
            .into_iter()
            .filter(|f| !is_ignored(f))
        {
            self.nested
                .extend(files.list(&folder).into_iter().take(MAX_FILES));
            self.stray_folders.push(folder);
        }
    }

    /// Sorted and without repeats, whatever the source of files did.
    fn settle(&mut self) {
        self.entries.sort_unstable();
        self.entries.dedup();
        for list in [
            &mut self.misnamed,
            &mut self.nested,
            &mut self.stray_files,
            &mut self.stray_folders,
        ] {
            list.sort_unstable();
            list.dedup();
        }
    }

    /// Whether there is such an entry; it may have errors.
    pub(super) fn has(&self, kind: Kind, id: &str) -> bool {
        self.entries
            .binary_search_by(|a| (a.kind, &*a.id).cmp(&(kind, id)))
            .is_ok()
    }

    /// The ids of a kind, in order.
    pub(super) fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let start = self.entries.partition_point(|a| a.kind < kind);
        self.entries
            .iter()
            .skip(start)
            .take_while(move |a| a.kind == kind)
            .map(|a| &*a.id)
    }
}

/// A path's last part.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_known(path: &str) -> bool {
    matches!(path, "pack.toml" | "checklist.toml")
}

/// Hidden files, and the papers that people lay beside content.
fn is_ignored(path: &str) -> bool {
    const PAPERS: [&str; 8] = [
        "README",
        "LICENSE",
        "LICENCE",
        "COPYING",
        "NOTICE",
        "AUTHORS",
        "CONTRIBUTING",
        "CHANGELOG",
    ];
    let name = file_name(path);
    name.starts_with('.')
        || name
            .split(['.', '-'])
            .next()
            .is_some_and(|stem| PAPERS.contains(&stem))
}
