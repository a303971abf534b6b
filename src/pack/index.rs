//! Makes catalogs: of ids only, from file names; or of everything, while every file is read once.
//!
//! Nothing of a body is kept, and an entry with errors is not in the catalog. Long names and briefs are cut, so that
//! 100,000 hostile files cannot fill the memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::pack::address::{Address, Kind};
use crate::pack::catalog::{Catalog, CatalogWriter, EntryHead};
use crate::pack::entry::{CatalogRow, Entry};
use crate::pack::files::Files;
use crate::pack::notes::Notes;
use crate::text::SafeText;

/// Mentions kept of a pack.
const MOST_MENTIONS: usize = 4_000_000;
/// Bytes kept of a title.
const LONGEST_TITLE: usize = 256;
/// Bytes kept of all aliases together, and of all words by which it is looked for.
const LONGEST_ALIASES: usize = 1024;
/// Bytes kept of all tags together, and of a brief.
const LONGEST_BRIEF: usize = 512;

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

/// A catalog of the same ids with what is known of some entries.
pub fn with_known(listed: &Catalog, known: &EntryMap) -> Catalog {
    let mut catalog = CatalogWriter::default();
    for kind in Kind::ALL {
        for n in 0..listed.count(kind) {
            let head = listed.head(kind, n);
            let address = Address::new(kind, head.id);
            match address.and_then(|address| known.get(&address)) {
                Some(entry) => IndexRow::of(entry).add(&mut catalog, kind, head.id),
                None => catalog.add(kind, head),
            };
        }
    }
    catalog.finish(false)
}

/// What the catalog will say of an entry.
struct IndexRow {
    title: Box<str>,
    aliases: Box<str>,
    found_by: Box<str>,
    tags: Box<str>,
    brief: Box<str>,
}

impl IndexRow {
    fn of(entry: &Entry) -> Self {
        let CatalogRow {
            title,
            aliases,
            tags,
            brief,
        } = entry.summary();
        Self {
            title: cut(&title, LONGEST_TITLE).into(),
            aliases: join(&aliases, LONGEST_ALIASES).into(),
            found_by: join(entry.found_by(), LONGEST_ALIASES).into(),
            tags: join(&tags, LONGEST_BRIEF).into(),
            brief: cut(&brief, LONGEST_BRIEF).into(),
        }
    }

    fn add(&self, catalog: &mut CatalogWriter, kind: Kind, id: &str) -> Option<usize> {
        let head = EntryHead {
            id,
            title: &self.title,
            aliases: &self.aliases,
            found_by: &self.found_by,
            tags: &self.tags,
            brief: &self.brief,
        };
        catalog.add(kind, head)
    }
}

/// A catalog in the making, while somebody reads the files in whatever order, with what is needed to find out who is
/// meant. An entry that cannot be read any more is known as it was before, where that is given.
pub struct Indexer<'a> {
    /// The ids of all files, entries with errors included.
    listed: &'a Catalog,
    /// Entries as they were before their files could not be read any more.
    before: &'a EntryMap,
    /// Per file: what its entry is called, `None` where it has errors.
    rows: [Vec<Option<IndexRow>>; 8],
    /// Who is mentioned by whom, by the positions of files.
    mentions: Vec<[(Kind, u32); 2]>,
    /// Web addresses that are cited, and by whom.
    cited: Vec<(Box<str>, (Kind, u32))>,
    /// Addresses of references, to their positions.
    urls: HashMap<Box<str>, usize>,
}

impl<'a> Indexer<'a> {
    pub fn new(listed: &'a Catalog, before: &'a EntryMap) -> Self {
        let none = |kind| (0..listed.count(kind)).map(|_| None).collect();
        Self {
            listed,
            before,
            rows: Kind::ALL.map(none),
            mentions: Vec::new(),
            cited: Vec::new(),
            urls: HashMap::new(),
        }
    }

    /// Takes what was read of a file.
    pub fn see(&mut self, address: &Address, entry: Option<&Entry>, notes: &Notes) {
        let Some(n) = self.listed.position(address.kind, &address.id) else {
            return;
        };
        let Some(entry) = entry.or_else(|| Some(&**self.before.get(address)?)) else {
            return;
        };
        if let Entry::Reference(reference) = entry {
            let first = self.urls.entry(reference.url.as_str().into()).or_insert(n);
            *first = n.min(*first);
        }
        let by = (address.kind, n as u32);
        for outgoing in &notes.outgoing {
            let to = self.listed.position(outgoing.to.kind, &outgoing.to.id);
            if let Some(to) = to {
                self.mention((outgoing.to.kind, to as u32), by);
            }
        }
        for (url, _) in &notes.sources {
            if self.cited.len() < MOST_MENTIONS {
                self.cited.push((url.as_str().into(), by));
            }
        }
        if let Some(row) = self.rows[address.kind as usize].get_mut(n) {
            *row = Some(IndexRow::of(entry));
        }
    }

    fn mention(&mut self, to: (Kind, u32), by: (Kind, u32)) {
        if to != by && self.mentions.len() < MOST_MENTIONS {
            self.mentions.push([to, by]);
        }
    }

    /// The catalog. What is `taken` has the name of another entry and is left out; mentions of and by those left out go.
    pub fn finish(mut self, taken: &BTreeSet<Address>) -> Catalog {
        for (url, by) in std::mem::take(&mut self.cited) {
            if let Some(to) = self.urls.get(&url).copied() {
                self.mention((Kind::References, to as u32), by);
            }
        }
        let mut catalog = CatalogWriter::default();
        let kept = Kind::ALL.map(|kind| {
            let rows = self.rows[kind as usize].iter().enumerate();
            let add = |(n, row): (usize, &Option<IndexRow>)| {
                let id = self.listed.head(kind, n).id;
                let address = Address::new(kind, id).filter(|address| !taken.contains(address))?;
                match row {
                    Some(row) => row.add(&mut catalog, kind, id),
                    None => IndexRow::of(self.before.get(&address)?).add(&mut catalog, kind, id),
                }
            };
            rows.map(add).collect::<Vec<Option<usize>>>()
        });
        let place = |(kind, n): (Kind, u32)| {
            let entry = kept[kind as usize].get(n as usize).copied().flatten();
            entry.map(|entry| (kind, entry))
        };
        for [to, by] in self.mentions {
            if let (Some(to), Some(by)) = (place(to), place(by)) {
                catalog.mention(to, by);
            }
        }
        catalog.finish(true)
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
}
