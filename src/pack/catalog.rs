//! The catalog: what every entry is called and who mentions it, without its body.
//!
//! Promises: one arena of text and one table of numbers, read where they lie, so that the bundled pack's, which the build
//! script bakes, costs nothing to open; 20 bytes an entry beside its words, 8 a name, 4 a mention; the baked catalog equals
//! the one made from the same files; whatever the bytes are, asking it never panics.
//!
//! The numbers are little-endian `u32`: [`MAGIC`], 1 when titles are known, then per kind [`PER_KIND`] words: how many
//! entries, and where its heads, names (with their count) and mentions begin. Heads are five starts in the arena per entry
//! (id, title, aliases, tags, brief) and one end; names are pairs (hash, rank and entry), sorted; mentions are one start
//! per entry and one end, into a list of (kind, entry). See [`crate::pack::index`], which writes all this.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::pack::address::Kind;
use crate::pack::files::BakedCatalog;
use crate::text::measure::fold_tight;

/// First number of every catalog; changes with its form.
pub(crate) const MAGIC: u32 = 0x307a_0001;
/// Numbers per kind in the head of the table.
pub(crate) const PER_KIND: usize = 5;
/// Numbers before the first section.
pub(crate) const HEADER: usize = 2 + PER_KIND * Kind::ALL.len();
/// Texts per entry.
pub(crate) const TEXTS: usize = 5;
/// Bits of a number that tell an entry from its like; those above hold a kind or a rank.
pub(crate) const ENTRY_BITS: u32 = 29;

/// What a list shows of an entry, borrowed from the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryHead<'a> {
    /// The id.
    pub id: &'a str,
    /// Its title; the id's words where it has not been read yet.
    pub title: &'a str,
    /// Other names, newline-separated.
    pub aliases: &'a str,
    /// Tags of a term, kind and stance of a reference, provider and category of a service, … newline-separated.
    pub tags: &'a str,
    /// One line that says what it is.
    pub brief: &'a str,
}

/// What every entry is called and who mentions it.
#[derive(Clone, PartialEq, Eq)]
pub struct Catalog {
    text: Cow<'static, str>,
    numbers: Cow<'static, [u8]>,
}

impl Catalog {
    /// A catalog from its two parts; `None` when the table is of another form.
    pub fn from_parts(text: Cow<'static, str>, numbers: Cow<'static, [u8]>) -> Option<Self> {
        let catalog = Self { text, numbers };
        (catalog.numbers.len() >= 4 * HEADER && catalog.at(0) == MAGIC).then_some(catalog)
    }

    /// The catalog that came with bundled files.
    pub fn baked(baked: &BakedCatalog) -> Option<Self> {
        Self::from_parts(Cow::Borrowed(baked.text), Cow::Borrowed(baked.numbers))
    }

    /// Its two parts, to be written down.
    pub fn parts(&self) -> (&str, &[u8]) {
        (&self.text, &self.numbers)
    }

    /// Whether titles and mentions are known, and not ids only.
    pub fn is_indexed(&self) -> bool {
        self.at(1) == 1
    }

    /// How many entries of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.section(kind, 0)
    }

    /// The n-th entry of a kind in order of ids; an empty head past the end.
    pub fn head(&self, kind: Kind, n: usize) -> EntryHead<'_> {
        if n >= self.count(kind) {
            return EntryHead::default();
        }
        let [id, title, aliases, tags, brief] =
            std::array::from_fn(|field| self.words(kind, n, field));
        EntryHead {
            id,
            title,
            aliases,
            tags,
            brief,
        }
    }

    /// Where an id stands among its kind.
    pub fn position(&self, kind: Kind, id: &str) -> Option<usize> {
        search(self.count(kind), |n| self.words(kind, n, 0).cmp(id)).ok()
    }

    /// The entry that is called so, by id, title or alias, whatever the case, dashes and spaces. Ids come first, then
    /// titles; of several entries with one name, the first. Before titles are known, only ids are looked at.
    pub fn named(&self, kind: Kind, words: &str) -> Option<usize> {
        let folded = fold_tight(words);
        if folded.is_empty() {
            return None;
        }
        if !self.is_indexed() {
            return (0..self.count(kind)).find(|n| fold_tight(self.words(kind, *n, 0)) == folded);
        }
        let (names, count) = (self.section(kind, 2), self.section(kind, 3));
        let wanted = hash(&folded);
        let first = search(count, |n| {
            self.at(names + 2 * n).cmp(&wanted).then(Ordering::Greater)
        })
        .unwrap_or_else(|n| n);
        (first..count)
            .take_while(|n| self.at(names + 2 * n) == wanted)
            .map(|n| (self.at(names + 2 * n + 1) & mask()) as usize)
            .find(|entry| self.is_called(kind, *entry, &folded))
    }

    /// Who mentions the n-th entry of a kind: kinds and positions, in order.
    pub fn mentions(&self, kind: Kind, n: usize) -> impl Iterator<Item = (Kind, usize)> + '_ {
        let starts = self.section(kind, 4);
        let known = starts != 0 && n < self.count(kind);
        let (start, end) = if known {
            (self.at(starts + n), self.at(starts + n + 1))
        } else {
            (0, 0)
        };
        (start..end).filter_map(|edge| {
            let edge = self.at(edge as usize);
            Some((
                *Kind::ALL.get((edge >> ENTRY_BITS) as usize)?,
                (edge & mask()) as usize,
            ))
        })
    }

    fn is_called(&self, kind: Kind, n: usize, folded: &str) -> bool {
        let head = self.head(kind, n);
        let mut names = [head.id, head.title]
            .into_iter()
            .chain(head.aliases.split('\n'));
        names.any(|name| fold_tight(name) == folded)
    }

    fn words(&self, kind: Kind, n: usize, field: usize) -> &str {
        let at = self.section(kind, 1) + TEXTS * n + field;
        self.text
            .get(self.at(at) as usize..self.at(at + 1) as usize)
            .unwrap_or("")
    }

    fn section(&self, kind: Kind, word: usize) -> usize {
        self.at(2 + PER_KIND * kind as usize + word) as usize
    }

    /// The n-th number; 0 past the end.
    fn at(&self, n: usize) -> u32 {
        let bytes = n
            .checked_mul(4)
            .and_then(|start| self.numbers.get(start..start.checked_add(4)?));
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u32::from_le_bytes)
    }
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(Kind::ALL.map(|kind| (kind.word(), self.count(kind))))
            .finish()
    }
}

/// The bits of a number that name an entry.
pub(crate) const fn mask() -> u32 {
    (1 << ENTRY_BITS) - 1
}

/// A 32-bit hash of a folded name (FNV-1a): the same in the build script and here, on every machine.
pub(crate) fn hash(folded: &str) -> u32 {
    folded.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Binary search over positions.
fn search(count: usize, compare: impl Fn(usize) -> Ordering) -> Result<usize, usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(middle) {
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
            Ordering::Equal => return Ok(middle),
        }
    }
    Err(low)
}
