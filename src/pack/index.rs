//! Writes catalogs: of ids only, from file names; or of everything, by reading every file once.
//!
//! Promises: nothing of a body is kept; an entry with errors is not in the catalog; at most [`MOST_PROBLEMS`] problems are
//! kept and the rest is counted; long names and briefs are cut, so that 100,000 hostile files cannot fill the memory.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::pack::address::{Address, Kind};
use crate::pack::catalog::{Catalog, ENTRY_BITS, HEADER, MAGIC, PER_KIND, TEXTS, hash, mask};
use crate::pack::entries::Pack;
use crate::pack::entry::{CatalogRow, Entry, read_checklist, read_entry};
use crate::pack::files::{Files, ReadError};
use crate::pack::notes::Notes;
use crate::pack::unreadable;
use crate::safe;
use crate::text::measure::fold_tight;
use crate::text::{Diagnostic, SafeText};

/// Problems kept of a pack.
pub const MOST_PROBLEMS: usize = 1_000;
/// Mentions kept of a pack.
const MOST_MENTIONS: usize = 4_000_000;
/// Bytes kept of a title, of all aliases together, of all tags together, and of a brief.
const LONGEST: [usize; 4] = [256, 1024, 512, 512];
/// The references come first: others mention them by their addresses.
const ORDER: [Kind; 8] = [
    Kind::References,
    Kind::Lessons,
    Kind::Perspectives,
    Kind::Terms,
    Kind::Questions,
    Kind::Services,
    Kind::Myths,
    Kind::Lenses,
];

/// A catalog of everything, with the problems that were met.
pub struct Indexed {
    /// The entries without errors.
    pub catalog: Catalog,
    /// Problems in order of their places.
    pub problems: Vec<Diagnostic>,
}

/// A catalog of ids, from file names alone.
pub fn ids(files: &dyn Files) -> Catalog {
    let mut draft = CatalogDraft::new(false);
    for kind in Kind::ALL {
        let addresses = files
            .list(kind.word())
            .into_iter()
            .filter_map(|path| Address::of_path(&path));
        let mut ids: Vec<Box<str>> = addresses
            .filter(|address| address.kind == kind)
            .map(|address| address.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let title = id.replace('-', " ");
            draft.add(kind, [&id, &title, "", "", ""]);
        }
    }
    draft.finish()
}

/// A catalog of everything, by reading every file once.
pub fn read_all(files: &dyn Files, pack: &Pack) -> Indexed {
    let listed = ids(files);
    let mut index = CatalogBuilder {
        listed: &listed,
        draft: CatalogDraft::new(true),
        urls: HashMap::new(),
        problems: PackProblems::default(),
    };
    for kind in ORDER {
        for n in 0..listed.count(kind) {
            index.read(files, pack, kind, n);
        }
    }
    match files.read("checklist.toml") {
        Ok(source) => index.problems.take(read_checklist(&source).1),
        Err(ReadError::Missing) => {}
        Err(why) => index.problems.unreadable("checklist.toml", &why),
    }
    Indexed {
        catalog: index.draft.finish(),
        problems: index.problems.finish(),
    }
}

/// A catalog in the making, with what is needed to find out who is meant.
struct CatalogBuilder<'a> {
    /// The ids of all files, entries with errors included; mentions are noted by these positions.
    listed: &'a Catalog,
    draft: CatalogDraft,
    /// Addresses of references, to their positions.
    urls: HashMap<String, usize>,
    problems: PackProblems,
}

impl CatalogBuilder<'_> {
    fn read(&mut self, files: &dyn Files, pack: &Pack, kind: Kind, n: usize) {
        let Some(address) = Address::new(kind, self.listed.head(kind, n).id) else {
            return;
        };
        let source = match files.read(&address.path()) {
            Ok(source) => source,
            Err(why) => {
                self.problems.unreadable(&address.path(), &why);
                return self.draft.skip(kind);
            }
        };
        let (entry, notes) = read_entry(&address, &source, pack);
        match &entry {
            Some(entry) => self.add(kind, n, entry, &notes),
            None => self.draft.skip(kind),
        }
        self.problems.take(notes);
    }

    fn add(&mut self, kind: Kind, n: usize, entry: &Entry, notes: &Notes) {
        let CatalogRow {
            title,
            aliases,
            tags,
            brief,
        } = entry.summary();
        let (aliases, tags) = (join(&aliases, LONGEST[1]), join(&tags, LONGEST[2]));
        let (title, brief) = (cut(&title, LONGEST[0]), cut(&brief, LONGEST[3]));
        self.draft.add(
            kind,
            [self.listed.head(kind, n).id, title, &aliases, &tags, brief],
        );
        if let Entry::Reference(reference) = entry {
            self.urls
                .entry(reference.url.as_str().to_owned())
                .or_insert(n);
        }
        for outgoing in &notes.outgoing {
            if let Some(to) = self.listed.position(outgoing.to.kind, &outgoing.to.id) {
                self.draft.mention((outgoing.to.kind, to), (kind, n));
            }
        }
        for (address, _) in &notes.sources {
            if let Some(to) = self.urls.get(address.as_str()) {
                self.draft.mention((Kind::References, *to), (kind, n));
            }
        }
    }
}

/// Texts parted by newlines, as many as fit.
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

/// The problems of a pack.
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

    fn unreadable(&mut self, path: &str, why: &ReadError) {
        self.add(unreadable::problem(path, why));
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
            self.list
                .push(problem.help(SafeText::ours("mend these first")));
        }
        self.list
    }
}

/// The parts of a catalog in the making. Entries of a kind are added one after the other, in order of their ids.
struct CatalogDraft {
    /// Whether this is more than ids: names and mentions are wanted.
    indexed: bool,
    text: String,
    kinds: [KindDraft; Kind::ALL.len()],
    /// Who is mentioned by whom, by the positions of files: upper and lower half.
    mentions: Vec<u64>,
}

/// One kind's part of it.
#[derive(Default)]
struct KindDraft {
    heads: Vec<u32>,
    names: Vec<u64>,
    /// Per file: the position of its entry, or `None` where it has errors.
    kept: Vec<Option<u32>>,
    count: u32,
    /// Where the words of the last entry end.
    end: u32,
}

impl KindDraft {
    fn name(&mut self, kind: Kind, n: u32, texts: [&str; TEXTS]) {
        // A question is asked for by its id alone; what it asks is no name.
        let named = kind != Kind::Questions;
        let names = [(0, texts[0])]
            .into_iter()
            .chain([(1, texts[1])].into_iter().filter(|_| named));
        for (rank, name) in names.chain(texts[2].split('\n').map(|alias| (2, alias))) {
            let folded = fold_tight(name);
            if !folded.is_empty() {
                self.names
                    .push(u64::from(hash(&folded)) << 32 | rank << ENTRY_BITS | u64::from(n));
            }
        }
    }
}

impl CatalogDraft {
    fn new(indexed: bool) -> Self {
        Self {
            indexed,
            text: String::new(),
            kinds: Default::default(),
            mentions: Vec::new(),
        }
    }

    fn add(&mut self, kind: Kind, texts: [&str; TEXTS]) {
        let part = &mut self.kinds[kind as usize];
        let n = part.count;
        // An arena beyond 4 GiB cannot be addressed; what does not fit is left out.
        if u32::try_from(self.text.len() + texts.map(str::len).iter().sum::<usize>()).is_err()
            || n == mask()
        {
            return part.kept.push(None);
        }
        for text in texts {
            part.heads.push(self.text.len() as u32);
            self.text.push_str(text);
        }
        part.end = self.text.len() as u32;
        if self.indexed {
            part.name(kind, n, texts);
        }
        part.kept.push(Some(n));
        part.count += 1;
    }

    fn skip(&mut self, kind: Kind) {
        self.kinds[kind as usize].kept.push(None);
    }

    fn mention(&mut self, to: (Kind, usize), by: (Kind, usize)) {
        if to != by && self.mentions.len() < MOST_MENTIONS {
            self.mentions
                .push(u64::from(key(to)) << 32 | u64::from(key(by)));
        }
    }

    fn finish(mut self) -> Catalog {
        self.keep_mentions();
        let mut numbers = NumberTable::new(self.indexed);
        for kind in Kind::ALL {
            let part = std::mem::take(&mut self.kinds[kind as usize]);
            numbers.kind(kind, part, self.indexed.then_some(&self.mentions));
        }
        self.text.shrink_to_fit();
        let bytes: Vec<u8> = numbers
            .list
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        Catalog::from_parts(Cow::Owned(self.text), Cow::Owned(bytes))
            .expect("the header was written a few lines above")
    }

    /// Turns positions of files into positions of entries; mentions of and by those left out go.
    fn keep_mentions(&mut self) {
        let kinds = &self.kinds;
        let kept = |half: u64| {
            let half = half as u32;
            let part = &kinds[(half >> ENTRY_BITS) as usize];
            let entry = part.kept.get((half & mask()) as usize).copied().flatten()?;
            Some(u64::from(half & !mask() | entry))
        };
        self.mentions = self
            .mentions
            .iter()
            .filter_map(|pair| Some(kept(pair >> 32)? << 32 | kept(*pair)?))
            .collect();
        self.mentions.sort_unstable();
        self.mentions.dedup();
    }
}

fn key((kind, n): (Kind, usize)) -> u32 {
    (kind as u32) << ENTRY_BITS | (n as u32 & mask())
}

/// The table of numbers in the making.
struct NumberTable {
    list: Vec<u32>,
}

impl NumberTable {
    fn new(indexed: bool) -> Self {
        let mut list = vec![0; HEADER];
        list[0] = MAGIC;
        list[1] = u32::from(indexed);
        Self { list }
    }

    fn kind(&mut self, kind: Kind, mut part: KindDraft, mentions: Option<&Vec<u64>>) {
        let heads = self.list.len() as u32;
        self.list.extend(&part.heads);
        self.list.push(part.end);
        part.names.sort_unstable();
        part.names.dedup();
        let names = self.list.len() as u32;
        self.list.extend(
            part.names
                .iter()
                .flat_map(|name| [(name >> 32) as u32, *name as u32]),
        );
        let starts = mentions.map_or(0, |mentions| self.mentions(kind, part.count, mentions));
        let header = [part.count, heads, names, part.names.len() as u32, starts];
        let at = 2 + PER_KIND * kind as usize;
        self.list[at..at + PER_KIND].copy_from_slice(&header);
    }

    /// The mentions of a kind's entries: starts first, then who.
    fn mentions(&mut self, kind: Kind, count: u32, all: &[u64]) -> u32 {
        let starts = self.list.len();
        let first = u64::from(key((kind, 0))) << 32;
        let mut at = all.partition_point(|pair| *pair < first);
        let mut by = Vec::new();
        for n in 0..count {
            self.list
                .push((starts + count as usize + 1 + by.len()) as u32);
            while let Some(pair) = all
                .get(at)
                .filter(|pair| (*pair >> 32) as u32 == key((kind, n as usize)))
            {
                by.push(*pair as u32);
                at += 1;
            }
        }
        self.list
            .push((starts + count as usize + 1 + by.len()) as u32);
        self.list.extend(by);
        starts as u32
    }
}
