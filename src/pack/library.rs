//! The library: everything a pack holds, read when it is first asked for.
//!
//! Opening reads `pack.toml` and file names only; an entry is parsed when it is first needed, once, and then kept. To its
//! users the library is read-only and gives the same answer every time. A folder can be indexed in the background
//! ([`Library::indexed`]); until then its catalog knows ids, not titles. After edits a new library is made
//! ([`Library::reread`]), in which what cannot be read any more is as it was.

use std::sync::{Arc, OnceLock};

use crate::pack::address::{Address, Kind, NamedId};
use crate::pack::catalog::{Catalog, EntryHead};
use crate::pack::check::{CheckOptions, check_seeing};
use crate::pack::entries::checklist::Checklist;
use crate::pack::entries::lens::{Lens, short_name};
use crate::pack::entries::lesson::Lesson;
use crate::pack::entries::myth::Myth;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::perspective::Perspective;
use crate::pack::entries::question::Question;
use crate::pack::entries::reference::Reference;
use crate::pack::entries::service::Service;
use crate::pack::entries::term::Term;
use crate::pack::entry::{Entry, read_checklist, read_entry, read_pack};
use crate::pack::files::{CHECKLIST, Files, PACK, ReadError};
use crate::pack::index::{self, EntryMap, Indexer};
use crate::pack::own_lenses::OwnLenses;
use crate::text::{Diagnostic, SafeText, Severity};

/// An entry, once it was asked for; `None` when it has errors.
type Slot = OnceLock<Option<Arc<Entry>>>;

pub struct Library {
    files: Arc<dyn Files>,
    pack: Pack,
    catalog: Catalog,
    problems: Vec<Diagnostic>,
    /// Entries that cannot be read, or whose name is another's.
    left_out: usize,
    /// The packs that lie on one another, lowest first.
    layers: Vec<NamedId>,
    entries: [Box<[Slot]>; 8],
    /// Entries whose files cannot be read any more, as they were before.
    before: EntryMap,
    own_lenses: OwnLenses,
    checklist: OnceLock<Arc<Checklist>>,
    has_prices: OnceLock<bool>,
    has_idle_bills: OnceLock<bool>,
    has_stored_prices: OnceLock<bool>,
}

/// What became of edits.
#[derive(Debug)]
pub struct Reread {
    /// The pack as its files are now, and as they were where they cannot be read any more.
    pub library: Library,
    /// Why an edited file cannot be read any more, of the first such file.
    pub refused: Option<Diagnostic>,
}

/// Why a pack was not opened: `pack.toml` is missing or has errors.
#[derive(Debug)]
pub struct OpenError {
    /// What is wrong, at least one.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of `pack.toml`, when it could be read.
    pub source: Option<String>,
}

impl Library {
    /// Opens a pack without reading its entries. Bundled files bring a baked catalog; a folder starts with ids only.
    pub fn open(files: Arc<dyn Files>) -> Result<Self, OpenError> {
        let (pack, layers) = read_heads(&*files)?;
        let catalog = files.catalog().unwrap_or_else(|| index::ids(&*files));
        Ok(Self::new(files, (pack, layers), catalog, Vec::new()))
    }

    fn new(
        files: Arc<dyn Files>,
        (mut pack, layers): (Pack, Vec<NamedId>),
        mut catalog: Catalog,
        problems: Vec<Diagnostic>,
    ) -> Self {
        catalog.set_own_lenses(Vec::new());
        // A pack that names no defaults has the first there are.
        let first = |kind, n: usize| {
            let ids = (0..catalog.count(kind).min(n)).map(|n| catalog.head(kind, n).id.to_owned());
            ids.collect::<Vec<String>>()
        };
        if pack.default_comparison.is_empty() {
            pack.default_comparison = first(Kind::Perspectives, 2);
        }
        if pack.default_lens.is_empty() {
            pack.default_lens = first(Kind::Lenses, 1).pop().unwrap_or_default();
        }
        let slots = |kind| (0..catalog.count(kind)).map(|_| Slot::new()).collect();
        Self {
            entries: Kind::ALL.map(slots),
            before: EntryMap::new(),
            own_lenses: OwnLenses::default(),
            checklist: OnceLock::new(),
            has_prices: OnceLock::new(),
            has_idle_bills: OnceLock::new(),
            has_stored_prices: OnceLock::new(),
            files,
            pack,
            catalog,
            problems,
            left_out: 0,
            layers,
        }
    }

    /// Whether this is the bundled pack as it was when the program was built.
    pub fn is_bundled(&self) -> bool {
        self.files.catalog().is_some()
    }

    /// The pack that an entry comes from; `None` where there is only one.
    pub fn origin(&self, address: &Address) -> Option<&NamedId> {
        if self.layers.len() < 2 {
            return None;
        }
        self.layers.get(self.files.layer_of(&address.path()))
    }

    /// The same pack with every front matter and link read: titles, aliases, tags, mentions, and the problems met.
    /// Takes time in proportion to the pack; call it off the drawing path. Entries with errors are not in its catalog.
    pub fn indexed(&self) -> Self {
        // One checker, so that the app, the commands and `check` tell the same.
        let (listed, known) = (index::ids(&*self.files), self.all_known());
        let mut indexer = Indexer::new(&listed, &known);
        let mut checked = check_seeing(&*self.files, &CheckOptions::default(), &mut |a, e, n| {
            indexer.see(a, e, n);
        });
        if !checked.is_sound {
            // Entries are read by the pack that is open, not by what its file became.
            indexer = Indexer::new(&listed, &known);
            for address in all_of(&listed) {
                if let Ok(source) = self.files.read(&address.path()) {
                    let (entry, notes) = read_entry(&address, &source, &self.pack);
                    indexer.see(&address, entry.as_ref(), &notes);
                }
            }
        }
        let catalog = indexer.finish(&std::mem::take(&mut checked.taken));
        let listed: usize = checked.entries.iter().map(|(_, count)| count).sum();
        let kept: usize = Kind::ALL.map(|kind| catalog.count(kind)).iter().sum();
        let mut library = self.successor(catalog, checked.diagnostics, &[]);
        library.left_out = listed.saturating_sub(kept);
        library
    }

    /// The same pack with titles known of an entry and of what it mentions, and nothing else read; `None` where the entry
    /// cannot be read.
    pub fn around(&self, address: &Address) -> Option<Self> {
        let read = |address: &Address| {
            let source = self.files.read(&address.path()).ok()?;
            let (entry, notes) = read_entry(address, &source, &self.pack);
            Some((Arc::new(entry?), notes))
        };
        let (entry, notes) = read(address)?;
        let mut known = EntryMap::from([(address.clone(), entry)]);
        for outgoing in notes.outgoing {
            if let Some((entry, _)) = read(&outgoing.to) {
                known.insert(outgoing.to, entry);
            }
        }
        let mut listed = self.catalog.clone();
        listed.set_own_lenses(Vec::new());
        let catalog = index::with_known(&listed, &known);
        let library = self.successor(catalog, Vec::new(), &[]);
        for (address, entry) in known {
            let n = library.position(&address);
            let slot = n.and_then(|n| library.entries[address.kind as usize].get(n));
            if let Some(slot) = slot {
                drop(slot.set(Some(entry)));
            }
        }
        Some(library)
    }

    /// The pack after edits of these files, with the places of the old one. An entry that cannot be read any more stays as
    /// it was, as do `pack.toml` and the checklist; entries that came or went are known once it is indexed.
    pub fn reread(&self, edited: &[String]) -> Reread {
        let mut problems = self.problems.clone();
        problems.retain(|problem| !edited.contains(&problem.path));
        let mut library = self.successor(self.catalog.clone(), problems, edited);
        let mut found = Vec::new();
        if edited.iter().any(|path| path == PACK) {
            match read_heads(&*self.files) {
                Ok(heads) => {
                    let (files, catalog) = (Arc::clone(&self.files), self.catalog.clone());
                    library = Self::new(files, heads, catalog, library.problems);
                    library.lay_own_lenses(self.own_lenses.files().to_vec());
                }
                Err(refused) => found.extend(refused.diagnostics),
            }
        }
        if edited.iter().any(|path| path == CHECKLIST)
            && let Ok(source) = self.files.read(CHECKLIST)
        {
            let (checklist, notes) = read_checklist(&source, &library.pack);
            let before = self.checklist.get().filter(|_| notes.refused());
            let checklist = before.map_or_else(|| Arc::new(checklist), Arc::clone);
            library.checklist = OnceLock::from(checklist);
            found.extend(notes.problems);
        }
        for address in edited.iter().filter_map(|path| Address::of_path(path)) {
            found.extend(library.reread_entry(&address, self.known(&address)));
        }
        let refused = found
            .iter()
            .find(|problem| problem.severity == Severity::Error);
        let refused = refused.cloned();
        library.problems.extend(found);
        library.problems.sort_by(Diagnostic::order);
        Reread { library, refused }
    }

    /// Reads an entry again; what was known of it stays where it cannot be read.
    fn reread_entry(&mut self, address: &Address, known: Option<Arc<Entry>>) -> Vec<Diagnostic> {
        let path = address.path();
        let (entry, problems) = match self.files.read(&path) {
            Ok(source) => {
                let (entry, notes) = read_entry(address, &source, &self.pack);
                (entry.map(Arc::new), notes.problems)
            }
            Err(ReadError::Missing) => return Vec::new(),
            Err(why) => (None, vec![why.problem(&path)]),
        };
        if let (None, Some(known)) = (&entry, known) {
            self.before.insert(address.clone(), known);
        }
        let slot = self
            .position(address)
            .and_then(|n| self.entries[address.kind as usize].get(n));
        if let (Some(slot), Some(entry)) = (slot, entry) {
            drop(slot.set(Some(entry)));
        }
        problems
    }

    /// A library of the same files that keeps what was read of entries, but for the edited ones.
    fn successor(&self, catalog: Catalog, problems: Vec<Diagnostic>, edited: &[String]) -> Self {
        let heads = (self.pack.clone(), self.layers.clone());
        let mut library = Self::new(Arc::clone(&self.files), heads, catalog, problems);
        let is_edited = |address: &Address| edited.contains(&address.path());
        library.before = self.before.clone();
        library.before.retain(|address, _| !is_edited(address));
        if !edited.iter().any(|path| path == CHECKLIST) {
            library.checklist = self.checklist.clone();
        }
        for kind in Kind::ALL {
            for (n, slot) in self.entries[kind as usize].iter().enumerate() {
                let Some(Some(entry)) = slot.get() else {
                    continue;
                };
                let address = self.address(kind, n).filter(|address| !is_edited(address));
                let place = address.and_then(|address| library.position(&address));
                if let Some(slot) = place.and_then(|n| library.entries[kind as usize].get(n)) {
                    drop(slot.set(Some(Arc::clone(entry))));
                }
            }
        }
        if !self.own_lenses.files().is_empty() {
            library.lay_own_lenses(self.own_lenses.files().to_vec());
        }
        library
    }

    /// Every entry that was asked for before: a file may break while the others are read.
    fn all_known(&self) -> EntryMap {
        let mut known = self.before.clone();
        for kind in Kind::ALL {
            for (n, slot) in self.entries[kind as usize].iter().enumerate() {
                if let (Some(Some(entry)), Some(address)) = (slot.get(), self.address(kind, n)) {
                    known.insert(address, Arc::clone(entry));
                }
            }
        }
        known
    }

    /// An entry as far as it was asked for before.
    fn known(&self, address: &Address) -> Option<Arc<Entry>> {
        let slot = self.entries[address.kind as usize].get(self.position(address)?)?;
        let known = slot.get().cloned().flatten();
        known.or_else(|| self.before.get(address).cloned())
    }

    /// The ids of the packs that it is made of, the lowest first.
    pub fn packs(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().map(|layer| layer.id.as_str())
    }

    /// The id of the lowest pack that has an entry: what others know it by.
    pub fn brought_by(&self, kind: Kind, id: &str) -> Option<&str> {
        let layer = match self.layers.as_slice() {
            [] | [_] => 0,
            [_, _, ..] => {
                let path = Address::new(kind, id)?.path();
                self.files.first_layer_of(&path)
            }
        };
        Some(&self.layers.get(layer)?.id)
    }

    /// Whether titles and mentions are known.
    pub fn is_indexed(&self) -> bool {
        self.catalog.is_indexed()
    }

    /// Problems met while indexing, in order; empty before. At most a thousand, the worst.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// How many entries are left out for their errors; 0 before indexing.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Where the files come from, to read the text that a problem quotes.
    pub fn files(&self) -> &Arc<dyn Files> {
        &self.files
    }

    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The catalog, for those who go through all of it.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// How many entries of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.catalog.count(kind)
    }

    /// The n-th entry of a kind; entries are in order of their ids. An empty head past the end.
    pub fn head(&self, kind: Kind, n: usize) -> EntryHead<'_> {
        self.catalog.head(kind, n)
    }

    /// The head of an entry; `None` when there is no such entry.
    pub fn head_of(&self, address: &Address) -> Option<EntryHead<'_>> {
        Some(self.head(address.kind, self.position(address)?))
    }

    /// Where an id stands among its kind.
    pub fn position(&self, address: &Address) -> Option<usize> {
        self.catalog.position(address.kind, &address.id)
    }

    /// The address of the n-th entry of a kind.
    pub fn address(&self, kind: Kind, n: usize) -> Option<Address> {
        Address::new(kind, self.head(kind, n).id)
    }

    /// The entry of that id, name or alias, whatever case, dashes and spaces are used. In a folder that is not indexed yet,
    /// by its id only.
    pub fn named(&self, kind: Kind, words: &str) -> Option<Address> {
        let n = self
            .catalog
            .position(kind, words)
            .or_else(|| self.catalog.named(kind, words))?;
        self.address(kind, n)
    }

    /// The entry that is probably meant by words that lack the accents or the punctuation of its name.
    pub fn nearly_named(&self, kind: Kind, words: &str) -> Option<Address> {
        self.address(kind, self.catalog.nearly_named(kind, words)?)
    }

    /// Who mentions an entry, by link, `see_also`, `terms`, `sources` or `recall`; empty before indexing.
    pub fn mentions(&self, address: &Address) -> Vec<Address> {
        let Some(n) = self.position(address) else {
            return Vec::new();
        };
        self.catalog
            .mentions(address.kind, n)
            .filter_map(|(kind, n)| self.address(kind, n))
            .collect()
    }

    /// The ids of a kind, in order.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> + Clone {
        (0..self.count(kind)).map(move |n| self.head(kind, n).id)
    }

    /// An entry, parsed when first asked for; `None` when there is none or it has errors.
    pub fn entry(&self, kind: Kind, id: &str) -> Option<&Entry> {
        let n = self.catalog.position(kind, id)?;
        let read = || {
            let address = Address::new(kind, id)?;
            let from_file = || {
                let source = self.files.read(&address.path()).ok()?;
                read_entry(&address, &source, &self.pack).0
            };
            let entry = self.files.entry(&address, &self.pack);
            let entry = entry.or_else(from_file).map(Arc::new);
            entry.or_else(|| self.before.get(&address).cloned())
        };
        self.entries[kind as usize]
            .get(n)?
            .get_or_init(read)
            .as_deref()
    }

    pub fn term(&self, id: &str) -> Option<&Term> {
        let Entry::Term(term) = self.entry(Kind::Terms, id)? else {
            return None;
        };
        Some(term)
    }

    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        let Entry::Lesson(lesson) = self.entry(Kind::Lessons, id)? else {
            return None;
        };
        Some(lesson)
    }

    pub fn perspective(&self, id: &str) -> Option<&Perspective> {
        let Entry::Perspective(perspective) = self.entry(Kind::Perspectives, id)? else {
            return None;
        };
        Some(perspective)
    }

    pub fn question(&self, id: &str) -> Option<&Question> {
        let Entry::Question(question) = self.entry(Kind::Questions, id)? else {
            return None;
        };
        Some(question)
    }

    pub fn reference(&self, id: &str) -> Option<&Reference> {
        let Entry::Reference(reference) = self.entry(Kind::References, id)? else {
            return None;
        };
        Some(reference)
    }

    pub fn service(&self, id: &str) -> Option<&Service> {
        let Entry::Service(service) = self.entry(Kind::Services, id)? else {
            return None;
        };
        Some(service)
    }

    pub fn myth(&self, id: &str) -> Option<&Myth> {
        let Entry::Myth(myth) = self.entry(Kind::Myths, id)? else {
            return None;
        };
        Some(myth)
    }

    pub fn lens(&self, id: &str) -> Option<&Lens> {
        let Entry::Lens(lens) = self.entry(Kind::Lenses, id)? else {
            return None;
        };
        Some(lens)
    }

    /// What a lens is called in a word or two, by its id.
    pub fn lens_word(&self, id: &str) -> SafeText {
        self.lens(id)
            .map_or_else(|| short_name(id), Lens::short_name)
    }

    /// The lenses that can be read, in the pack's order.
    pub fn lenses(&self) -> Vec<&Lens> {
        let ids = self.ids(Kind::Lenses);
        ids.filter_map(|id| self.lens(id)).collect()
    }

    /// The services that can be read, in the pack's order. Each is read when it is reached.
    pub fn services(&self) -> impl Iterator<Item = &Service> + Clone {
        let ids = self.ids(Kind::Services);
        ids.filter_map(|id| self.service(id))
    }

    /// The lessons in their order; those of one number in order of their ids. Reads them all.
    pub fn lessons(&self) -> Vec<&Lesson> {
        let all = self.ids(Kind::Lessons).filter_map(|id| self.lesson(id));
        let mut all: Vec<&Lesson> = all.collect();
        all.sort_by_key(|lesson| lesson.order);
        all
    }

    /// A term to name as an example: as the pack names one, else the first.
    pub fn example_term(&self) -> Option<SafeText> {
        let named = self.pack.examples.iter().find(|(key, _)| key == "term");
        let first = || Some(self.address(Kind::Terms, 0)?.id.replace('-', " "));
        named
            .map(|(_, words)| words.clone())
            .or_else(|| first().map(SafeText::from))
    }

    /// What `checklist.toml` asks; nothing when the pack has none.
    pub fn checklist(&self) -> &Checklist {
        self.checklist
            .get_or_init(|| match self.files.read(CHECKLIST) {
                Ok(source) => Arc::new(read_checklist(&source, &self.pack).0),
                Err(_) => Arc::default(),
            })
    }
}

/// The addresses of all entries of a catalog.
fn all_of(catalog: &Catalog) -> impl Iterator<Item = Address> + '_ {
    let of_kind = |kind| (0..catalog.count(kind)).map(move |n| (kind, n));
    let all = Kind::ALL.into_iter().flat_map(of_kind);
    all.filter_map(|(kind, n)| Address::new(kind, catalog.head(kind, n).id))
}

/// Reads `pack.toml` and those of the packs above it; the packs' names come along.
fn read_heads(files: &dyn Files) -> Result<(Pack, Vec<NamedId>), OpenError> {
    let name = |pack: &Pack| NamedId {
        id: pack.id.clone(),
        title: pack.title.clone(),
    };
    let mut pack = read_head(files)?;
    let mut layers = vec![name(&pack)];
    for source in files.heads_above() {
        let (upper, notes) = read_pack(&source);
        let upper = upper.ok_or_else(|| OpenError {
            diagnostics: notes.problems,
            source: Some(source.into_owned()),
        })?;
        layers.push(name(&upper));
        pack.lay(upper);
    }
    Ok((pack, layers))
}

/// What `pack.toml` says.
fn read_head(files: &dyn Files) -> Result<Pack, OpenError> {
    if let Some(pack) = files.pack() {
        return Ok(pack);
    }
    let source = files.read(PACK).map_err(|why| OpenError {
        diagnostics: vec![why.problem(PACK)],
        source: None,
    })?;
    match read_pack(&source) {
        (Some(pack), _) => Ok(pack),
        (None, notes) => Err(OpenError {
            diagnostics: notes.problems,
            source: Some(source.into_owned()),
        }),
    }
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Library")
            .field("title", &self.pack.title)
            .field("catalog", &self.catalog)
            .finish()
    }
}

mod named;
mod own;
mod prices;

#[cfg(test)]
mod tests;
