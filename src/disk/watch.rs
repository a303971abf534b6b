//! Which files of a pack's folders were edited, by their modification times.
//!
//! Nothing is read but what the system says of a file. Looking at everything is done in steps, so that whoever asks can
//! rest between them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::pack::Kind;
use crate::pack::files::{CHECKLIST, PACK};

/// Files looked at in a step.
const STEP: usize = 512;

/// What tells a file from the same file before an edit; `None` when it is not there.
type Stamp = Option<(SystemTime, u64)>;

/// The files of some folders, and how they were when they were last looked at.
pub struct Watch {
    folders: Vec<PathBuf>,
    /// Stamps by path in the pack, one for each folder.
    seen: HashMap<String, Vec<Stamp>>,
    /// What the round that is under way has still to look at.
    ahead: Vec<String>,
    /// Whether every file was looked at once.
    is_complete: bool,
}

impl Watch {
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self {
            folders,
            seen: HashMap::new(),
            ahead: Vec::new(),
            is_complete: false,
        }
    }

    /// Looks at every file without a word: later edits are told from here on.
    pub fn begin(&mut self) {
        while !self.is_complete {
            self.step();
        }
    }

    /// Whether one file was edited since it was last looked at.
    pub fn look(&mut self, path: &str) -> bool {
        let stamps: Vec<Stamp> = self.folders.iter().map(|f| stamp(&f.join(path))).collect();
        let before = self.seen.insert(path.to_owned(), stamps.clone());
        let is_known = before.is_some() || self.is_complete;
        let before = before.unwrap_or_else(|| vec![None; self.folders.len()]);
        is_known && before != stamps
    }

    /// Goes on with the round over all files, and begins the next one after its end; the files that were edited.
    pub fn step(&mut self) -> Vec<String> {
        if self.ahead.is_empty() {
            self.ahead = self.everything();
        }
        let rest = self.ahead.len().saturating_sub(STEP);
        let step = self.ahead.split_off(rest);
        let edited = step.into_iter().filter(|path| self.look(path)).collect();
        self.is_complete |= self.ahead.is_empty();
        edited
    }

    /// All files there are, and those that there were.
    fn everything(&self) -> Vec<String> {
        let mut all = vec![PACK.to_owned(), CHECKLIST.to_owned()];
        for kind in Kind::ALL.map(Kind::word) {
            for folder in &self.folders {
                let entries = std::fs::read_dir(folder.join(kind)).into_iter().flatten();
                let names = entries.flatten().map(|entry| entry.file_name());
                let names = names.filter_map(|name| name.into_string().ok());
                let entries = names.filter(|name| name.ends_with(".md") && !name.starts_with('.'));
                all.extend(entries.map(|name| format!("{kind}/{name}")));
            }
        }
        all.extend(self.seen.keys().cloned());
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn stamp(path: &std::path::Path) -> Stamp {
    let found = std::fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn edits_new_files_and_gone_ones_are_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, age: u64| {
            std::fs::write(path(name), "text").unwrap();
            let file = std::fs::File::options().write(true).open(path(name));
            let then = SystemTime::UNIX_EPOCH + Duration::from_secs(age);
            file.unwrap().set_modified(then).unwrap();
        };
        std::fs::create_dir(path("terms")).unwrap();
        write("pack.toml", 1);
        write("terms/a.md", 1);
        let mut watch = Watch::new(vec![folder.path().to_owned()]);
        watch.begin();
        assert_eq!(watch.step(), [""; 0]);
        write("terms/a.md", 2);
        write("terms/b.md", 2);
        write("terms/.a.md.swp", 2);
        assert!(watch.look("terms/a.md"));
        assert_eq!(watch.step(), ["terms/b.md"]);
        assert_eq!(watch.step(), [""; 0]);
        std::fs::remove_file(path("terms/a.md")).unwrap();
        write("pack.toml", 3);
        assert_eq!(watch.step(), ["pack.toml", "terms/a.md"]);
        assert_eq!(watch.step(), [""; 0]);
    }

    #[test]
    fn many_files_are_looked_at_in_steps() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("terms")).unwrap();
        for n in 0..STEP + 9 {
            let name = folder.path().join(format!("terms/t{n}.md"));
            std::fs::write(name, "text").unwrap();
        }
        let mut watch = Watch::new(vec![folder.path().to_owned()]);
        watch.step();
        assert!(!watch.is_complete && !watch.ahead.is_empty());
        watch.begin();
        assert!(watch.is_complete && watch.ahead.is_empty());
    }
}
