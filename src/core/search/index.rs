//! The inverted index: the entries' text, every word with its posting list, and the normalized names in order, each with a
//! signature of its letters. It does not change after it was built and takes at most twice the text.
//!
//! Everything is a table of strings or numbers that lie one after the other: nothing has to be loaded before it is read, so
//! that of the bundled pack is a constant of the program.

use std::borrow::Cow;
use std::ops::Range;

use crate::core::search::near::FoldedName;
use crate::pack::address::Kind;
use crate::text::SafeText;

/// Between the fields of an entry. The three separators are control characters, which safe text cannot contain.
pub(super) const FIELD_SEP: char = '\u{1e}';
/// Between the items of a field: labels, sections.
pub(super) const ITEM_SEP: char = '\u{1f}';
/// Between the parts of an item: kind and text, or anchor, heading and text.
pub(super) const PART_SEP: char = '\u{1d}';

/// What is indexed of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchRecord {
    pub kind: Kind,
    pub id: String,
    pub title: SafeText,
    /// Other names from the entry itself.
    pub aliases: Vec<SafeText>,
    /// Words by which people look for it.
    pub found_by: Vec<SafeText>,
    /// Shorter forms of the title, made by rule: `S3` for `Amazon S3 (Standard)`.
    pub shorts: Vec<SafeText>,
    pub labels: Vec<Label>,
    pub brief: SafeText,
    pub sections: Vec<RecordSection>,
}

impl SearchRecord {
    pub fn new(kind: Kind, id: &str, title: SafeText) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            title,
            aliases: Vec::new(),
            found_by: Vec::new(),
            shorts: Vec::new(),
            labels: Vec::new(),
            brief: SafeText::default(),
            sections: Vec::new(),
        }
    }
}

/// A word or two about an entry: a tag, a provider, an author.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Decides the operator that filters by it.
    pub what: LabelKind,
    pub text: SafeText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// Found by `tag:`.
    Tag,
    /// Found by `provider:`.
    Provider,
    /// Author, or who holds an opinion.
    By,
    /// What the entry can answer, in the words people ask with.
    Shows,
}

impl LabelKind {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 4] = [Self::Tag, Self::Provider, Self::By, Self::Shows];

    /// The word before it in a hit's reason.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Provider => "provider",
            Self::By => "by",
            Self::Shows => "shows",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordSection {
    /// Empty before the first heading.
    pub anchor: String,
    /// Empty before the first heading.
    pub heading: SafeText,
    pub text: SafeText,
}

/// Where in an entry a word occurs, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IndexField {
    /// Title, another name, or id.
    Name,
    /// Tags, provider, authors.
    Label,
    Brief,
    Body,
}

impl IndexField {
    /// In the order of their numbers in posting lists.
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Label, Self::Brief, Self::Body];
}

/// An entry that has a word, as its posting list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) entry: u32,
    /// The best field that has it.
    pub(super) field: IndexField,
    /// How often the text below has it: 0 to 3 and more. A text that only denies it counts as none.
    pub(super) times: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    Title,
    Alias,
    /// A shorter form of the title, made by rule.
    Short,
    /// Words by which people look for it. Found where they are typed as they are, as ids are.
    Sought,
    Id,
}

impl NameKind {
    /// Whether only the whole of it finds an entry.
    pub(super) const fn is_found_as_it_is(self) -> bool {
        matches!(self, Self::Sought | Self::Id)
    }

    /// What precedes a name of this kind in the table of names.
    pub(super) const fn marker(self) -> &'static str {
        match self {
            Self::Title => "",
            Self::Alias => "\u{1}",
            Self::Short => "\u{2}",
            Self::Id => "\u{3}",
            Self::Sought => "\u{4}",
        }
    }
}

pub type Numbers = Cow<'static, [u32]>;

/// Strings one after the other: one allocation each would take more memory than the strings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    text: Cow<'static, str>,
    /// Where each string ends.
    ends: Numbers,
}

impl Texts {
    /// A table that was made when the program was built.
    pub const fn baked(text: &'static str, ends: &'static [u32]) -> Self {
        Self {
            text: Cow::Borrowed(text),
            ends: Cow::Borrowed(ends),
        }
    }

    /// The strings and where each ends, for [`Texts::baked`].
    pub fn parts(&self) -> (&str, &[u32]) {
        (&self.text, &self.ends)
    }

    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn get(&self, n: u32) -> &str {
        let range = span(&self.ends, n);
        self.text.get(range).unwrap_or("")
    }

    /// The string that is being written; [`Texts::close`] ends it.
    pub(super) fn open(&mut self) -> &mut String {
        self.text.to_mut()
    }

    pub(super) fn close(&mut self) {
        let end = self.text.len() as u32;
        self.ends.to_mut().push(end);
    }

    pub(super) fn push(&mut self, text: &str) {
        self.open().push_str(text);
        self.close();
    }

    /// The number of a string, among sorted ones.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let n = self.lower_bound(text);
        (n < self.len() && self.get(n) == text).then_some(n)
    }

    /// Those that begin so, among sorted ones.
    pub(super) fn with_prefix(&self, prefix: &str) -> Range<u32> {
        let first = self.lower_bound(prefix);
        first..partition_point(first..self.len(), |n| self.get(n).starts_with(prefix))
    }

    fn lower_bound(&self, text: &str) -> u32 {
        partition_point(0..self.len(), |n| self.get(n) < text)
    }
}

/// A searchable form of a pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchIndex {
    /// The number of the first entry behind each kind.
    pub kinds: [u32; Kind::ALL.len()],
    pub ids: Texts,
    /// The number of the first name behind each entry.
    pub name_ends: Numbers,
    pub names: Texts,
    /// A bit set of the letters of each name.
    pub signatures: Numbers,
    /// The names normalized, see [`FoldedName`].
    pub folded: Texts,
    /// Numbers of names in the order of their letters: first the given ones, then those found as they are.
    pub order: Numbers,
    /// How many are given names.
    pub given: u32,
    /// Labels, brief and sections of each entry, with separators between them.
    pub details: Texts,
    /// Every word once, in order.
    pub words: Texts,
    /// The posting lists of the words, all numbers as varints: how many entries have the word in a head (name, label, brief)
    /// and how many only in the body, then each entry as its difference to the one before; below it two bits for how often,
    /// and of heads two more for the field.
    pub lists: Cow<'static, [u8]>,
    pub list_ends: Numbers,
    /// Words that say nothing in a query, folded and sorted.
    pub stop_words: Texts,
    /// Words between alternatives, folded.
    pub or_words: Texts,
    /// Bytes of the text that was indexed.
    pub text_bytes: usize,
}

impl SearchIndex {
    pub fn len(&self) -> usize {
        self.ids.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn texts(&self) -> [&Texts; 7] {
        [
            &self.ids,
            &self.names,
            &self.folded,
            &self.details,
            &self.words,
            &self.stop_words,
            &self.or_words,
        ]
    }

    /// In bytes.
    pub fn memory(&self) -> usize {
        let numbers = [
            &self.name_ends,
            &self.signatures,
            &self.order,
            &self.list_ends,
        ];
        let ends = self.texts().map(|texts| &texts.ends);
        let numbers: usize = numbers.iter().chain(&ends).map(|all| all.len()).sum();
        let texts: usize = self.texts().map(Texts::bytes).iter().sum();
        size_of::<Self>() + numbers * size_of::<u32>() + texts + self.lists.len()
    }

    /// Bytes of the text that was indexed: ids, names, labels, briefs and sections.
    pub const fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    pub(super) fn range_of(&self, kind: Kind) -> Range<u32> {
        let range = span(&self.kinds, kind as u32);
        range.start as u32..range.end as u32
    }

    pub(super) fn kind(&self, entry: u32) -> Kind {
        let n = self.kinds.partition_point(|end| *end <= entry);
        Kind::ALL.get(n).copied().unwrap_or(Kind::Lessons)
    }

    pub(super) fn id(&self, entry: u32) -> &str {
        self.ids.get(entry)
    }

    /// The number of an entry, by binary search.
    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<u32> {
        let range = self.range_of(kind);
        let entry = partition_point(range.clone(), |entry| self.id(entry) < id);
        (range.contains(&entry) && self.id(entry) == id).then_some(entry)
    }

    /// The numbers of an entry's names.
    pub(super) fn names_of(&self, entry: u32) -> Range<u32> {
        let range = span(&self.name_ends, entry);
        range.start as u32..range.end as u32
    }

    pub(super) fn name(&self, name: u32) -> (NameKind, &str) {
        let text = self.names.get(name);
        let kinds = [
            NameKind::Alias,
            NameKind::Short,
            NameKind::Id,
            NameKind::Sought,
        ];
        let other = kinds
            .into_iter()
            .find_map(|k| Some((k, text.strip_prefix(k.marker())?)));
        other.unwrap_or((NameKind::Title, text))
    }

    pub(super) fn folded(&self, name: u32) -> FoldedName<'_> {
        FoldedName(self.folded.get(name))
    }

    pub(super) fn title(&self, entry: u32) -> &str {
        self.name(self.names_of(entry).start).1
    }

    pub(super) fn labels(&self, entry: u32) -> impl Iterator<Item = (LabelKind, &str)> {
        let field = self.field(entry, 0);
        field.split(ITEM_SEP).filter_map(|item| {
            let (kind, text) = item.split_once(PART_SEP)?;
            Some((*LabelKind::ALL.get(kind.parse::<usize>().ok()?)?, text))
        })
    }

    pub(super) fn brief(&self, entry: u32) -> &str {
        self.field(entry, 1)
    }

    /// Anchor, heading and text of each section.
    pub(super) fn sections(&self, entry: u32) -> impl Iterator<Item = (&str, &str, &str)> {
        let items = self.field(entry, 2).split(ITEM_SEP);
        items.filter_map(|item| {
            let (anchor, rest) = item.split_once(PART_SEP)?;
            let (heading, text) = rest.split_once(PART_SEP)?;
            Some((anchor, heading, text))
        })
    }

    fn field(&self, entry: u32, n: usize) -> &str {
        let mut fields = self.details.get(entry).splitn(3, FIELD_SEP);
        fields.nth(n).unwrap_or("")
    }

    /// How many entries have a word in a head, and how many only in the body.
    pub(super) fn document_counts(&self, word: u32) -> (u32, u32) {
        let mut list = self.posting_list(word);
        let heads = varint(&mut list).unwrap_or(0);
        (heads, varint(&mut list).unwrap_or(0))
    }

    /// The entries that have a word: first heads, in order, then, if asked for, bodies.
    pub(super) fn postings(&self, word: u32, bodies: bool) -> impl Iterator<Item = Posting> {
        let mut list = self.posting_list(word);
        let heads = varint(&mut list).unwrap_or(0);
        let body_count = varint(&mut list).unwrap_or(0);
        let (mut left, mut entry) = (heads, 0);
        let mut in_bodies = false;
        std::iter::from_fn(move || {
            if left == 0 {
                if in_bodies || !bodies || body_count == 0 {
                    return None;
                }
                (left, entry, in_bodies) = (body_count, 0, true);
            }
            left -= 1;
            let number = varint(&mut list)?;
            let (field, delta) = if in_bodies {
                (IndexField::Body, number >> 2)
            } else {
                let field = IndexField::ALL.get((number >> 2 & 3) as usize)?;
                (*field, number >> 4)
            };
            entry += delta;
            let times = (number & 3) as u8;
            Some(Posting {
                entry,
                field,
                times,
            })
        })
    }

    fn posting_list(&self, word: u32) -> &[u8] {
        self.lists.get(span(&self.list_ends, word)).unwrap_or(&[])
    }
}

/// Where the n-th of things that lie one after the other lies, by where each ends.
fn span(ends: &[u32], n: u32) -> Range<usize> {
    let at = |n: usize| ends.get(n).map_or(0, |at| *at as usize);
    let n = n as usize;
    n.checked_sub(1).map_or(0, at)..at(n)
}

/// The first number in the range for which the predicate is false; before it, it is true for all.
fn partition_point(range: Range<u32>, predicate: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low.midpoint(high);
        if predicate(middle) {
            low = middle + 1
        } else {
            high = middle
        }
    }
    low
}

/// Reads a number of seven bits a byte, lowest first.
fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let (next, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(*next & 0x7f) << shift;
        if *next < 0x80 {
            break;
        }
    }
    Some(number)
}

/// Writes a number of seven bits a byte, lowest first.
pub(super) fn push_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
