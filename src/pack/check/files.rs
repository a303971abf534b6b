//! Which files a pack has, and what their names alone tell, before any is opened.
//!
//! About 50 bytes an entry are kept. A folder is looked into once, so loops of links cannot hold it. An id found here is
//! well-formed, and every other file is in exactly one of the lists of odd ones.

use std::collections::HashSet;

use crate::pack::address::{Address, Kind, is_id};
use crate::pack::check::report::Report;
use crate::pack::files::{CHECKLIST, Files, MAX_FILES, PACK, ReadError};
use crate::safe;
use crate::text::measure::slug;
use crate::text::{Diagnostic, SafeText};

#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Sorted.
    pub(super) entries: Vec<Address>,
    /// Entries whose file name is not an id: `terms/Cold Start.md`.
    misnamed: Vec<String>,
    /// Files one folder too deep: `terms/compute/cold-start.md`.
    nested: Vec<String>,
    /// Files and folders that nobody reads.
    stray_files: Vec<String>,
    stray_folders: Vec<String>,
    /// More than [`MAX_FILES`] files; the rest is in no list.
    too_many: bool,
}

impl Tree {
    pub(super) fn of(files: &dyn Files) -> Self {
        let mut tree = Self::default();
        for kind in Kind::ALL {
            tree.list(kind, files);
        }
        let root = files.list("").into_iter();
        let strays = root.filter(|path| ![PACK, CHECKLIST].contains(&&**path) && !is_ignored(path));
        tree.stray_files.extend(strays);
        let folders = files.folders("").into_iter();
        let strays = folders.filter(|path| Kind::parse(path).is_none() && !is_ignored(path));
        tree.stray_folders.extend(strays);
        // Sorted and without repeats, whatever the source of files did.
        tree.entries.sort_unstable();
        tree.entries.dedup();
        for list in [
            &mut tree.misnamed,
            &mut tree.nested,
            &mut tree.stray_files,
            &mut tree.stray_folders,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        tree
    }

    fn list(&mut self, kind: Kind, files: &dyn Files) {
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
        let folders = files.folders(kind.word()).into_iter();
        for folder in folders.filter(|path| !is_ignored(path)) {
            let files = files.list(&folder).into_iter();
            self.nested.extend(files.take(MAX_FILES));
            self.stray_folders.push(folder);
        }
    }

    /// Whether there is such an entry; it may have errors.
    pub(super) fn has(&self, kind: Kind, id: &str) -> bool {
        let wanted = (kind, id);
        self.entries
            .binary_search_by(|a| (a.kind, &*a.id).cmp(&wanted))
            .is_ok()
    }

    /// The ids of a kind, in order.
    pub(super) fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let start = self.entries.partition_point(|a| a.kind < kind);
        let entries = self.entries.get(start..).unwrap_or_default().iter();
        entries.take_while(move |a| a.kind == kind).map(|a| &*a.id)
    }

    /// Reports what cannot be read, what is misnamed and what is there twice.
    pub(super) fn check_names(&self, files: &dyn Files, report: &mut Report) {
        let (left_out, unread): (Vec<_>, Vec<_>) = files
            .left_out()
            .into_iter()
            .partition(|(_, why)| *why == ReadError::Name);
        for (path, why) in &unread {
            report.add(why.problem(path));
        }
        if self.too_many && !unread.iter().any(|(_, why)| *why == ReadError::TooMany) {
            report.add(ReadError::TooMany.problem(""));
        }
        let mut seen = HashSet::new();
        for path in self
            .misnamed
            .iter()
            .chain(left_out.iter().map(|(path, _)| path))
        {
            report.add(match meant(path) {
                Some((kind, id)) if self.has(kind, &id) || !seen.insert((kind, id.clone())) => {
                    duplicate(path, kind, &id)
                }
                meant => misnamed(path, meant),
            });
        }
        for path in &self.nested {
            if let Some((kind, id)) = meant(path)
                && self.has(kind, &id)
            {
                report.add(duplicate(path, kind, &id));
            }
        }
    }

    /// Reports every file and folder that nobody reads; a folder counts once.
    pub(super) fn check_strays(&self, report: &mut Report) {
        for path in &self.stray_files {
            let help = match path.split_once('/') {
                Some((kind, _)) => safe!("entries among the {kind} end in `.md`"),
                None => match report.nearest(path, [PACK, CHECKLIST]) {
                    Some(name) => safe!("did you mean `{name}`?"),
                    None if path.ends_with(".md") => SafeText::ours(
                        "an entry stands in the folder of its kind, such as `terms/`",
                    ),
                    None => safe!("the root of a pack holds `{PACK}` and `{CHECKLIST}`"),
                },
            };
            report
                .add(Diagnostic::warning("file-stray", path, "nobody reads this file").help(help));
        }
        let folders = Kind::ALL.map(Kind::word);
        for path in &self.stray_folders {
            let help = match path.split_once('/') {
                Some((kind, _)) => safe!("move its entries up into `{kind}`"),
                None => match report.nearest(path, folders) {
                    Some(name) => safe!("did you mean `{name}`?"),
                    None => safe!("the folders of a pack are {}", folders.join(", ")),
                },
            };
            let problem = Diagnostic::warning("folder-stray", path, "nobody reads this folder");
            report.add(problem.help(help));
        }
    }
}

/// The kind and id that a path would have if it were written correctly. `terms/Cold_Start.md` and
/// `terms/more/cold-start.md` would both be `cold-start`: on some machines the first is even the same file.
fn meant(path: &str) -> Option<(Kind, String)> {
    let kind = Kind::parse(path.split('/').next()?)?;
    let id = slug(stem(path));
    is_id(&id).then_some((kind, id))
}

fn duplicate(path: &str, kind: Kind, id: &str) -> Diagnostic {
    let kind = kind.word();
    let message = safe!("the id `{id}` is there twice among the {kind}");
    let help = safe!("keep one of the two files, as `{kind}/{id}.md`");
    Diagnostic::error("id-duplicate", path, message).help(help)
}

fn misnamed(path: &str, meant: Option<(Kind, String)>) -> Diagnostic {
    let help = match meant {
        Some((kind, id)) => safe!("rename the file to `{}/{id}.md`", kind.word()),
        None => SafeText::ours(
            "use small letters and digits, of any script, and single dashes, at most 64 characters",
        ),
    };
    let message = safe!("`{}` is not an id", stem(path));
    Diagnostic::error("file-name", path, message).help(help)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.strip_suffix(".md").unwrap_or(name)
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
    let stem = name.split(['.', '-']).next().unwrap_or(name);
    name.starts_with('.') || PAPERS.contains(&stem)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::pack::files::MemoryFiles;

    /// Files by their paths, some of which listing left out.
    struct Listed(MemoryFiles, Vec<(String, ReadError)>);

    impl Files for Listed {
        fn list(&self, folder: &str) -> Vec<String> {
            self.0.list(folder)
        }
        fn folders(&self, folder: &str) -> Vec<String> {
            self.0.folders(folder)
        }
        fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
            self.0.read(path)
        }
        fn left_out(&self) -> Vec<(String, ReadError)> {
            self.1.clone()
        }
    }

    /// Lists files and compares the problems: code, path, help.
    #[track_caller]
    fn check(paths: &[&str], left_out: &[(&str, ReadError)], expected: &[(&str, &str, &str)]) {
        let memory = MemoryFiles::of(paths.iter().map(|path| (*path, "")));
        let left_out = left_out
            .iter()
            .map(|(path, why)| ((*path).to_owned(), why.clone()));
        let files = Listed(memory, left_out.collect());
        let (tree, mut report) = (Tree::of(&files), Report::default());
        tree.check_names(&files, &mut report);
        tree.check_strays(&mut report);
        let (found, _) = report.finish(&files);
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|d| (d.code, d.path.as_str(), d.help.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(found, expected, "{paths:?}");
    }

    #[test]
    fn entries_and_the_usual_papers_pass() {
        let paths = [
            "pack.toml",
            "checklist.toml",
            "README.md",
            ".git/x",
            "terms/a.md",
            "terms/README.md",
        ];
        check(&paths, &[], &[]);
    }

    #[test]
    fn misnamed_files_are_told_what_to_be_called() {
        check(
            &["terms/Cold Start.md", "terms/---.md"],
            &[("terms/Warm.md", ReadError::Name)],
            &[
                (
                    "file-name",
                    "terms/---.md",
                    "use small letters and digits, of any script, and single dashes, at most 64 characters",
                ),
                (
                    "file-name",
                    "terms/Cold Start.md",
                    "rename the file to `terms/cold-start.md`",
                ),
                (
                    "file-name",
                    "terms/Warm.md",
                    "rename the file to `terms/warm.md`",
                ),
            ],
        );
    }

    #[test]
    fn an_id_is_there_once() {
        let keep = "keep one of the two files, as `terms/cold-start.md`";
        check(
            &[
                "terms/cold-start.md",
                "terms/Cold_Start.md",
                "terms/more/cold-start.md",
                "terms/more/new.md",
            ],
            &[],
            &[
                ("id-duplicate", "terms/Cold_Start.md", keep),
                (
                    "folder-stray",
                    "terms/more",
                    "move its entries up into `terms`",
                ),
                ("id-duplicate", "terms/more/cold-start.md", keep),
            ],
        );
        check(
            &["terms/A B.md", "terms/a_b.md"],
            &[],
            &[
                (
                    "file-name",
                    "terms/A B.md",
                    "rename the file to `terms/a-b.md`",
                ),
                (
                    "id-duplicate",
                    "terms/a_b.md",
                    "keep one of the two files, as `terms/a-b.md`",
                ),
            ],
        );
    }

    #[test]
    fn what_nobody_reads_is_named() {
        check(
            &[
                "pack.tml",
                "notes.md",
                "x.bin",
                "term/a.md",
                "zzzzzzzz/a.md",
                "terms/a.txt",
            ],
            &[
                ("terms/pipe.md", ReadError::NotAFile),
                ("", ReadError::TooMany),
            ],
            &[
                ("files-too-many", "", "split the pack"),
                (
                    "file-stray",
                    "notes.md",
                    "an entry stands in the folder of its kind, such as `terms/`",
                ),
                ("file-stray", "pack.tml", "did you mean `pack.toml`?"),
                ("folder-stray", "term", "did you mean `terms`?"),
                (
                    "file-stray",
                    "terms/a.txt",
                    "entries among the terms end in `.md`",
                ),
                (
                    "file-odd",
                    "terms/pipe.md",
                    "only regular files are read: remove or rename it",
                ),
                (
                    "file-stray",
                    "x.bin",
                    "the root of a pack holds `pack.toml` and `checklist.toml`",
                ),
                (
                    "folder-stray",
                    "zzzzzzzz",
                    "the folders of a pack are lessons, perspectives, terms, questions, references, services, myths, lenses",
                ),
            ],
        );
    }

    #[test]
    fn entries_are_found_by_kind_and_id() {
        let files = MemoryFiles::of([("terms/b.md", ""), ("terms/a.md", ""), ("myths/a.md", "")]);
        let tree = Tree::of(&files);
        assert_eq!(tree.ids(Kind::Terms).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(tree.ids(Kind::Lenses).count(), 0);
        assert!(tree.has(Kind::Myths, "a") && !tree.has(Kind::Myths, "b"));
    }
}
