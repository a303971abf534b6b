//! Makes catalogs: of ids only, from file names; or of everything, by reading every file once.
//!
//! Nothing of a body is kept, and an entry with errors is not in the catalog. At most [`MOST_PROBLEMS`] problems are
//! kept and the rest is counted; long names and briefs are cut, so that 100,000 hostile files cannot fill the memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::pack::address::{Address, Kind};
use crate::pack::catalog::{Catalog, CatalogWriter, EntryHead};
use crate::pack::entries::pack::Pack;
use crate::pack::entry::{CatalogRow, Entry, read_checklist, read_entry};
use crate::pack::files::{CHECKLIST, Files, ReadError};
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{Diagnostic, SafeText};

/// Problems kept of a pack.
pub const MOST_PROBLEMS: usize = 1_000;
/// Mentions kept of a pack.
const MOST_MENTIONS: usize = 4_000_000;
/// Bytes kept of a title.
const LONGEST_TITLE: usize = 256;
/// Bytes kept of all aliases together.
const LONGEST_ALIASES: usize = 1024;
/// Bytes kept of all tags together, and of a brief.
const LONGEST_BRIEF: usize = 512;

/// A catalog of everything, with the problems that were met.
pub struct Indexed {
    /// The entries without errors.
    pub catalog: Catalog,
    /// Problems in order of their places.
    #[allow(
        dead_code,
        reason = "only the build script reads them; the program has the checker's"
    )]
    pub problems: Vec<Diagnostic>,
}

/// A catalog of ids, from file names alone.
pub fn ids(files: &dyn Files) -> Catalog {
    let mut catalog = CatalogWriter::default();
    for kind in Kind::ALL {
        let addresses = files
            .list(kind.word())
            .into_iter()
            .filter_map(|path| Address::of_path(&path))
            .filter(|address| address.kind == kind);
        let mut ids: Vec<Box<str>> = addresses.map(|address| address.id).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            // Until the file is read, its id stands in for the title.
            let head = EntryHead {
                id: &id,
                title: &id.replace('-', " "),
                ..EntryHead::default()
            };
            catalog.add(kind, head);
        }
    }
    catalog.finish(false)
}

/// Entries by what they are called.
pub type EntryMap = HashMap<Address, Arc<Entry>>;

/// A catalog of everything, by reading every file once. An entry that cannot be read any more is known as it was before,
/// where that is given.
/// What is `taken` has the name of another entry and is left out.
pub fn read_all(
    files: &dyn Files,
    pack: &Pack,
    before: &EntryMap,
    taken: &BTreeSet<Address>,
) -> Indexed {
    let listed = ids(files);
    let mut index = Index {
        listed: &listed,
        before,
        catalog: CatalogWriter::default(),
        kept: Default::default(),
        mentions: Vec::new(),
        urls: HashMap::new(),
        problems: PackProblems::default(),
    };
    // The references come first: others mention them by their addresses.
    let others = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::References);
    for kind in std::iter::once(Kind::References).chain(others) {
        for n in 0..listed.count(kind) {
            let address = Address::new(kind, listed.head(kind, n).id);
            let address = address.filter(|address| !taken.contains(address));
            let kept = address.and_then(|address| index.read(files, pack, &address, n));
            index.kept[kind as usize].push(kept);
        }
    }
    match files.read(CHECKLIST) {
        Ok(source) => index.problems.take(read_checklist(&source, pack).1),
        Err(ReadError::Missing) => {}
        Err(why) => index.problems.add(why.problem(CHECKLIST)),
    }
    index.finish()
}

/// A catalog in the making, with what is needed to find out who is meant.
struct Index<'a> {
    /// The ids of all files, entries with errors included.
    listed: &'a Catalog,
    /// Entries as they were before their files could not be read any more.
    before: &'a EntryMap,
    catalog: CatalogWriter,
    /// Per file: the position of its entry, or `None` where it has errors.
    kept: [Vec<Option<usize>>; 8],
    /// Who is mentioned by whom, by the positions of files.
    mentions: Vec<[(Kind, u32); 2]>,
    /// Addresses of references, to their positions.
    urls: HashMap<String, usize>,
    problems: PackProblems,
}

impl Index<'_> {
    fn read(
        &mut self,
        files: &dyn Files,
        pack: &Pack,
        address: &Address,
        n: usize,
    ) -> Option<usize> {
        let source = match files.read(&address.path()) {
            Ok(source) => source,
            Err(why) => {
                self.problems.add(why.problem(&address.path()));
                let before = self.before.get(address)?;
                return self.add(address, n, before, &Notes::default());
            }
        };
        let (entry, notes) = read_entry(address, &source, pack);
        let entry = entry
            .map(Arc::new)
            .or_else(|| self.before.get(address).cloned());
        let kept = entry.and_then(|entry| self.add(address, n, &entry, &notes));
        self.problems.take(notes);
        kept
    }

    fn add(&mut self, address: &Address, n: usize, entry: &Entry, notes: &Notes) -> Option<usize> {
        let CatalogRow {
            title,
            aliases,
            tags,
            brief,
        } = entry.summary();
        let head = EntryHead {
            id: &address.id,
            title: cut(&title, LONGEST_TITLE),
            aliases: &join(&aliases, LONGEST_ALIASES),
            tags: &join(&tags, LONGEST_BRIEF),
            brief: cut(&brief, LONGEST_BRIEF),
        };
        if let Entry::Reference(reference) = entry {
            let url = reference.url.as_str().to_owned();
            self.urls.entry(url).or_insert(n);
        }
        for outgoing in &notes.outgoing {
            let to = self.listed.position(outgoing.to.kind, &outgoing.to.id);
            self.mention(outgoing.to.kind, to, (address.kind, n));
        }
        for (url, _) in &notes.sources {
            let to = self.urls.get(url.as_str()).copied();
            self.mention(Kind::References, to, (address.kind, n));
        }
        self.catalog.add(address.kind, head)
    }

    fn mention(&mut self, kind: Kind, to: Option<usize>, by: (Kind, usize)) {
        if let Some(to) = to
            && (kind, to) != by
            && self.mentions.len() < MOST_MENTIONS
        {
            self.mentions.push([(kind, to as u32), (by.0, by.1 as u32)]);
        }
    }

    /// Turns positions of files into positions of entries; mentions of and by those left out go.
    fn finish(mut self) -> Indexed {
        let kept = |(kind, n): (Kind, u32)| {
            let entry = self.kept[kind as usize].get(n as usize).copied().flatten();
            entry.map(|entry| (kind, entry))
        };
        for [to, by] in self.mentions {
            if let (Some(to), Some(by)) = (kept(to), kept(by)) {
                self.catalog.mention(to, by);
            }
        }
        Indexed {
            catalog: self.catalog.finish(true),
            problems: self.problems.finish(),
        }
    }
}

/// As many texts as fit, with newlines between them.
fn join(texts: &[SafeText], longest: usize) -> String {
    let mut all = String::new();
    for text in texts {
        if all.len() + text.len() < longest {
            all.push_str(if all.is_empty() { "" } else { "\n" });
            all.push_str(text);
        }
    }
    all
}

fn cut(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or("")
}

#[derive(Default)]
struct PackProblems {
    list: Vec<Diagnostic>,
    more: usize,
}

impl PackProblems {
    fn take(&mut self, notes: Notes) {
        for problem in notes.problems {
            self.add(problem);
        }
    }

    fn add(&mut self, problem: Diagnostic) {
        if self.list.len() < MOST_PROBLEMS {
            self.list.push(problem)
        } else {
            self.more += 1
        }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(Diagnostic::order);
        if self.more > 0 {
            let message = safe!("{} more problems in this pack are not listed", self.more);
            let problem = Diagnostic::error("problems-many", "pack.toml", message);
            self.list.push(problem.help("mend these first"));
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_letters() {
        for (text, longest, expected) in [("abc", 9, "abc"), ("aé", 2, "a"), ("", 0, "")] {
            assert_eq!(cut(text, longest), expected);
        }
        let texts = ["one", "three", "x"].map(SafeText::ours);
        for (longest, expected) in [(100, "one\nthree\nx"), (8, "one\nx"), (1, "")] {
            assert_eq!(join(&texts, longest), expected, "{longest}");
        }
    }

    #[test]
    fn a_flood_of_problems_is_counted() {
        let mut problems = PackProblems::default();
        for n in 0..MOST_PROBLEMS + 3 {
            problems.add(Diagnostic::error(
                "file-odd",
                &format!("terms/t{n}.md"),
                "x",
            ));
        }
        let list = problems.finish();
        assert_eq!(list.len(), MOST_PROBLEMS + 1);
        let last = list.last().unwrap();
        assert_eq!(
            last.message.as_str(),
            "3 more problems in this pack are not listed"
        );
    }
}
