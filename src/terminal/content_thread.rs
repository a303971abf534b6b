//! Reads a pack's folders on a thread of its own, and again whenever their files are edited.
//!
//! The entry that is open is looked at several times a second, everything else in steps with so much rest between them that
//! they take less than a hundredth of a processor. With the bundled pack there is no such thread.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::app::Msg;
use crate::disk::Watch;
use crate::pack::{Address, Library, Reread};
use crate::text::diagnostic::line_column;
use crate::text::{Diagnostic, SafeText};

/// How often the open entry is looked at.
const TICK: Duration = Duration::from_millis(250);
/// Rest after a step over the other files, as a multiple of what the step took.
const REST: u32 = 150;

/// The entry that is open, shared between the loop, which knows it, and this thread.
#[derive(Clone, Default)]
pub struct OpenEntry(Arc<Mutex<Option<Address>>>);

impl OpenEntry {
    pub fn set(&self, address: Option<Address>) {
        *self.lock() = address;
    }

    fn path(&self) -> Option<String> {
        self.lock().as_ref().map(Address::path)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Address>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Indexes the library, then sends it anew after every edit, until nobody listens. Edits made meanwhile are not missed.
pub fn follow(
    mut library: Arc<Library>,
    folders: Vec<PathBuf>,
    open: &OpenEntry,
    send: impl Fn(Msg) -> bool,
) {
    let mut watch = Watch::new(folders);
    watch.begin();
    if !library.is_indexed() {
        library = Arc::new(library.indexed());
    }
    let mut listens = send(Msg::Library(Arc::clone(&library)));
    let mut next = Instant::now();
    while listens {
        std::thread::sleep(TICK);
        let mut edited: Vec<String> = open
            .path()
            .filter(|path| watch.look(path))
            .into_iter()
            .collect();
        let begun = Instant::now();
        if begun >= next {
            edited.extend(watch.step());
            next = Instant::now() + begun.elapsed() * REST;
        }
        if edited.is_empty() {
            continue;
        }
        // What is open must not wait for the whole pack to be read.
        let reread = library.reread(&edited);
        let words = told(&reread, &edited);
        let first = Arc::new(reread.library);
        listens = send(Msg::Library(Arc::clone(&first)));
        library = Arc::new(first.indexed());
        listens = listens && send(Msg::Library(Arc::clone(&library))) && send(Msg::Told(words));
    }
}

/// What to say of edits: the first error with its line, else which files were read again.
fn told(reread: &Reread, edited: &[String]) -> SafeText {
    let Some(refused) = &reread.refused else {
        return match edited {
            [one] => crate::safe!("read again: {}", SafeText::line(one)),
            many => crate::safe!("read again: {} files", many.len()),
        };
    };
    let place = place(refused, &reread.library);
    crate::safe!("{place}: {}; what was there stays", refused.message)
}

/// The file and line of a problem.
fn place(problem: &Diagnostic, library: &Library) -> SafeText {
    let path = SafeText::line(&problem.path);
    let source = library.files().read(&problem.path).ok();
    match source.zip(problem.span.as_ref()) {
        Some((source, at)) => crate::safe!("{path}:{}", line_column(&source, at.start).0),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::disk::Folder;

    const HEAD: &str = "format = 1\ntitle = \"T\"\n";

    fn write(folder: &Path, path: &str, text: &str) {
        std::fs::create_dir_all(folder.join("terms")).unwrap();
        std::fs::write(folder.join(path), text).unwrap();
    }

    fn term(brief: &str) -> String {
        format!("+++\nterm = \"Bell\"\nbrief = {brief}\n+++\nIt rings.\n")
    }

    /// The next words, with the brief of the term in the library that came before them.
    fn next(inbox: &Receiver<Msg>) -> (String, String) {
        let mut brief = String::new();
        loop {
            match inbox.recv_timeout(Duration::from_secs(20)).unwrap() {
                Msg::Library(library) => {
                    brief = library.term("bell").unwrap().brief.to_string();
                }
                Msg::Told(words) => return (words.to_string(), brief),
                _ => panic!("another message"),
            }
        }
    }

    #[test]
    fn edits_are_sent_until_nobody_listens() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, "pack.toml", HEAD);
        write(root, "terms/bell.md", &term("\"One.\""));
        let library = Library::open(Arc::new(Folder::open(root).unwrap())).unwrap();
        let (sender, inbox) = channel();
        let (folders, open) = (vec![root.to_owned()], OpenEntry::default());
        let thread = std::thread::spawn(move || {
            follow(Arc::new(library), folders, &open, |msg| {
                sender.send(msg).is_ok()
            });
        });
        let first = inbox.recv_timeout(Duration::from_secs(20));
        assert!(matches!(first, Ok(Msg::Library(library)) if library.is_indexed()));
        let pair = |words: &str, brief: &str| (words.to_owned(), brief.to_owned());
        write(root, "terms/bell.md", &term("\"Another.\""));
        assert_eq!(next(&inbox), pair("read again: terms/bell.md", "Another."));
        write(root, "terms/bell.md", &term("33"));
        let words = "terms/bell.md:3: `brief` must be text in quotes, not a whole number; what was there stays";
        assert_eq!(next(&inbox), pair(words, "Another."));
        drop(inbox);
        write(root, "terms/bell.md", &term("\"The last.\""));
        thread.join().unwrap();
    }
}
