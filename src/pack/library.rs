//! The library: everything a pack holds, read when it is first asked for.
//!
//! Opening reads `pack.toml` and file names only; an entry is parsed when it is first needed, once, and then kept. To its
//! users the library is read-only and gives the same answer every time. A folder can be indexed in the background
//! ([`Library::indexed`]); until then its catalog knows ids, not titles.

use std::sync::{Arc, OnceLock};

use crate::pack::address::{Address, Kind, NamedId};
use crate::pack::catalog::{Catalog, EntryHead};
use crate::pack::entries::checklist::Checklist;
use crate::pack::entries::lens::Lens;
use crate::pack::entries::lesson::Lesson;
use crate::pack::entries::myth::Myth;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::perspective::Perspective;
use crate::pack::entries::question::Question;
use crate::pack::entries::reference::Reference;
use crate::pack::entries::service::Service;
use crate::pack::entries::term::Term;
use crate::pack::entry::{Entry, read_checklist, read_entry, read_pack};
use crate::pack::files::{CHECKLIST, Files, PACK};
use crate::pack::index::{self, Indexed};
use crate::text::{Diagnostic, SafeText};

/// An entry, once it was asked for; `None` when it has errors.
type Slot = OnceLock<Option<Entry>>;

pub struct Library {
    files: Arc<dyn Files>,
    pack: Pack,
    catalog: Catalog,
    problems: Vec<Diagnostic>,
    /// The packs that lie on one another, lowest first.
    layers: Vec<NamedId>,
    entries: [Box<[Slot]>; 8],
    checklist: OnceLock<Checklist>,
    has_prices: OnceLock<bool>,
    has_idle_bills: OnceLock<bool>,
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
        (pack, layers): (Pack, Vec<NamedId>),
        catalog: Catalog,
        problems: Vec<Diagnostic>,
    ) -> Self {
        let slots = |kind| (0..catalog.count(kind)).map(|_| Slot::new()).collect();
        Self {
            entries: Kind::ALL.map(slots),
            checklist: OnceLock::new(),
            has_prices: OnceLock::new(),
            has_idle_bills: OnceLock::new(),
            files,
            pack,
            catalog,
            problems,
            layers,
        }
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
        let Indexed {
            catalog,
            mut problems,
        } = index::read_all(&*self.files, &self.pack);
        let head = match read_head(&*self.files) {
            Ok((_, warnings)) => warnings,
            Err(refused) => refused.diagnostics,
        };
        problems.splice(0..0, head);
        Self::new(
            Arc::clone(&self.files),
            (self.pack.clone(), self.layers.clone()),
            catalog,
            problems,
        )
    }

    /// The id of the lowest pack that has an entry: what others know it by.
    pub fn brought_by(&self, kind: Kind, id: &str) -> Option<&str> {
        let path = Address::new(kind, id)?.path();
        let layer = match self.layers.len() {
            0 | 1 => 0,
            _ => self.files.first_layer_of(&path),
        };
        Some(&self.layers.get(layer)?.id)
    }

    /// Whether titles and mentions are known.
    pub fn is_indexed(&self) -> bool {
        self.catalog.is_indexed()
    }

    /// Problems met while indexing, in order; empty before. At most a thousand are kept; the last one says how many more.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
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
            let source = self.files.read(&address.path()).ok()?;
            read_entry(&address, &source, &self.pack).0
        };
        self.entries[kind as usize]
            .get(n)?
            .get_or_init(read)
            .as_ref()
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

    /// The lessons in their order; those of one number in order of their ids. Reads them all.
    pub fn lessons(&self) -> Vec<&Lesson> {
        let all = self.ids(Kind::Lessons).filter_map(|id| self.lesson(id));
        let mut all: Vec<&Lesson> = all.collect();
        all.sort_by_key(|lesson| lesson.order);
        all
    }

    /// Whether bills can be reckoned: one of the things that are judged has prices. Their texts are looked through up to it.
    pub fn has_prices(&self) -> bool {
        *self
            .has_prices
            .get_or_init(|| self.a_service_says("\n[pricing]"))
    }

    /// Whether it is known of one of the things that are judged what it costs while nobody uses it.
    pub fn has_idle_bills(&self) -> bool {
        *self
            .has_idle_bills
            .get_or_init(|| self.a_service_says("\nidle_usd_per_month"))
    }

    fn a_service_says(&self, words: &str) -> bool {
        let mut addresses = self
            .ids(Kind::Services)
            .filter_map(|id| Address::new(Kind::Services, id));
        addresses.any(|address| {
            let text = self.files.read(&address.path());
            text.is_ok_and(|text| text.contains(words))
        })
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
                Ok(source) => read_checklist(&source, &self.pack).0,
                Err(_) => Checklist::default(),
            })
    }
}

/// Reads `pack.toml` and those of the packs above it; the packs' names come along.
fn read_heads(files: &dyn Files) -> Result<(Pack, Vec<NamedId>), OpenError> {
    let name = |pack: &Pack| NamedId {
        id: pack.id.clone(),
        title: pack.title.clone(),
    };
    let mut pack = read_head(files)?.0;
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

/// Reads `pack.toml`; the warnings come along.
fn read_head(files: &dyn Files) -> Result<(Pack, Vec<Diagnostic>), OpenError> {
    let source = files.read(PACK).map_err(|why| OpenError {
        diagnostics: vec![why.problem(PACK)],
        source: None,
    })?;
    match read_pack(&source) {
        (Some(pack), notes) => Ok((pack, notes.problems)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::files::MemoryFiles;

    const HEAD: &str = "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n[[tags]]\nid = \"data\"\ntitle = \"Data\"\n";

    /// A pack with a term that is read, one with an error, a reference and a lesson.
    fn pack() -> Library {
        let files = MemoryFiles::of([
            ("pack.toml", HEAD),
            ("README.md", "not an entry"),
            (
                "terms/cold-start.md",
                "+++\nterm = \"Cold start\"\naliases = [\"Start-up delay\", \"Kaltstart\"]\ntags = [\"data\"]\nbrief = \"A wait.\"\n\
                 see_also = [\"warm-start\", \"broken\"]\nsources = [\"https://a.org/x\"]\n+++\nSee [warm](warm-start.md) and [me](cold-start.md).",
            ),
            (
                "terms/warm-start.md",
                "+++\nterm = \"Warm start\"\nbrief = \"No wait.\"\n+++\nText.",
            ),
            ("terms/broken.md", "+++\nbrief = 3\n+++\n"),
            ("terms/Odd Name.md", "+++\n+++\n"),
            (
                "references/paper.md",
                "+++\ntitle = \"Paper\"\npublisher = \"P\"\npublished = \"2019\"\nurl = \"https://a.org/x\"\nkind = \"paper\"\nstance = \"neutral\"\n\
                 verified = \"listed\"\nchecked = \"2026-11-23\"\nterms = [\"cold-start\"]\n+++\nSays.",
            ),
            (
                "lessons/b.md",
                "+++\ntitle = \"Second\"\norder = 2\nminutes = 3\n+++\nText.",
            ),
            (
                "lessons/c.md",
                "+++\ntitle = \"First\"\norder = 1\nminutes = 3\n+++\nText with [a term](../terms/warm-start.md#x).",
            ),
        ]);
        Library::open(Arc::new(files)).expect("the head is sound")
    }

    fn names(addresses: Vec<Address>) -> Vec<String> {
        addresses.iter().map(Address::to_string).collect()
    }

    #[test]
    fn a_folder_knows_ids_first_and_titles_when_indexed() {
        let library = pack();
        assert_eq!(
            (library.count(Kind::Terms), library.is_indexed()),
            (3, false)
        );
        assert_eq!(
            library.head(Kind::Terms, 1),
            EntryHead {
                id: "cold-start",
                title: "cold start",
                ..EntryHead::default()
            }
        );
        assert_eq!(
            library
                .named(Kind::Terms, "Cold Start")
                .unwrap()
                .to_string(),
            "terms/cold-start"
        );
        assert_eq!(library.named(Kind::Terms, "Kaltstart"), None);
        let library = library.indexed();
        assert_eq!(
            (library.count(Kind::Terms), library.is_indexed()),
            (2, true)
        );
        let aliases = "Start-up delay\nKaltstart";
        let head = EntryHead {
            id: "cold-start",
            title: "Cold start",
            aliases,
            tags: "data",
            brief: "A wait.",
        };
        assert_eq!(library.head(Kind::Terms, 0), head);
        assert_eq!(library.head(Kind::References, 0).brief, "P, 2019");
        assert_eq!(library.head(Kind::Terms, 2), EntryHead::default());
        for words in ["cold-start", "COLD START", "startup-delay", "kaltstart"] {
            assert_eq!(
                library.named(Kind::Terms, words).unwrap().to_string(),
                "terms/cold-start",
                "{words}"
            );
        }
        assert_eq!(
            (
                library.named(Kind::Terms, "broken"),
                library.named(Kind::Terms, "…")
            ),
            (None, None)
        );
    }

    #[test]
    fn mentions_come_from_links_keys_and_addresses() {
        let library = pack().indexed();
        let of = |address: &str| names(library.mentions(&Address::parse(address).unwrap()));
        assert_eq!(of("terms/cold-start"), ["references/paper"]);
        assert_eq!(of("terms/warm-start"), ["lessons/c", "terms/cold-start"]);
        assert_eq!(of("references/paper"), ["terms/cold-start"]);
        assert_eq!(of("terms/gone"), [""; 0]);
    }

    #[test]
    fn entries_are_read_when_asked_for() {
        let library = pack();
        assert_eq!(library.term("cold-start").unwrap().aliases.len(), 2);
        assert!(std::ptr::eq(
            library.term("cold-start").unwrap(),
            library.term("cold-start").unwrap()
        ));
        assert!(
            library.term("broken").is_none()
                && library.term("gone").is_none()
                && library.myth("cold-start").is_none()
        );
        let titles: Vec<&str> = library
            .lessons()
            .iter()
            .map(|lesson| lesson.title.as_str())
            .collect();
        assert_eq!(titles, ["First", "Second"]);
        assert_eq!(*library.checklist(), Checklist::default());
    }

    #[test]
    fn problems_are_kept_in_order() {
        let codes: Vec<(String, &str)> = pack()
            .indexed()
            .problems()
            .iter()
            .map(|d| (d.path.clone(), d.code))
            .collect();
        let path = || "terms/broken.md".to_owned();
        assert_eq!(
            codes,
            [
                (path(), "key-missing"),
                (path(), "value-type"),
                (path(), "body-missing")
            ]
        );
    }

    #[test]
    fn a_pack_without_a_head_is_refused() {
        let open = |text: Option<&str>| {
            Library::open(Arc::new(MemoryFiles::of(
                text.map(|text| ("pack.toml", text)),
            )))
            .unwrap_err()
        };
        assert_eq!(open(None).diagnostics[0].code, "pack-missing");
        let refused = open(Some("format = 2\ntitle = \"T\""));
        assert_eq!(
            (refused.diagnostics[0].code, refused.diagnostics.len()),
            ("format-newer", 1)
        );
        assert!(refused.source.is_some());
        assert_eq!(open(Some("format = 1")).diagnostics.len(), 1);
    }
}
