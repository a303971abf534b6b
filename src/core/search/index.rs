//! The inverted index: the entries' text, a term dictionary with posting lists, and the normalized names in order, each
//! with a signature of its letters. It does not change after it was built and takes at most twice the text.
//!
//! Strings lie one after the other in one buffer with 32-bit offsets, since an allocation per string would take more
//! memory than the strings.

use std::ops::Range;

use crate::core::search::folded::FoldedName;
use crate::core::search::record::LabelKind;
use crate::pack::Kind;

/// Between the fields of an entry. The three separators are control characters, which safe text cannot contain.
pub(super) const FIELD_SEP: char = '\u{1e}';
/// Between the items of a field: labels, sections.
pub(super) const ITEM_SEP: char = '\u{1f}';
/// Between the parts of an item: kind and text, or anchor, heading and text.
pub(super) const PART_SEP: char = '\u{1d}';

/// Where in an entry a word occurs, best first; only the best field counts.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    Title,
    Alias,
    /// A shorter form of the title, made by rule.
    Short,
    Id,
}

impl NameKind {
    /// What precedes a name of this kind in the buffer of names.
    pub(super) const fn marker(self) -> &'static str {
        match self {
            Self::Title => "",
            Self::Alias => "\u{1}",
            Self::Short => "\u{2}",
            Self::Id => "\u{3}",
        }
    }
}

/// A searchable form of a pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchIndex {
    /// The first entry of each kind, and the number of entries.
    pub(super) kinds: [u32; Kind::ALL.len() + 1],
    pub(super) ids: String,
    pub(super) id_offsets: Vec<u32>,
    /// The first name of each entry, and the number of names.
    pub(super) first_name: Vec<u32>,
    pub(super) names: String,
    pub(super) name_offsets: Vec<u32>,
    /// A bit set of the letters of each name.
    pub(super) signatures: Vec<u32>,
    pub(super) folded: SortedNames,
    /// Labels, brief and sections of each entry, with separators between them.
    pub(super) details: String,
    pub(super) detail_offsets: Vec<u32>,
    pub(super) dictionary: Dictionary,
    /// Bytes of the text that was indexed.
    pub(super) text_bytes: usize,
}

/// The normalized names, see [`FoldedName`], and their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SortedNames {
    pub(super) text: String,
    pub(super) offsets: Vec<u32>,
    /// Numbers of names in the order of their letters: first the given ones, then ids.
    pub(super) order: Vec<u32>,
    /// How many are given names, not ids.
    pub(super) given: usize,
}

/// The term dictionary: every word once, in order, with its posting list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary {
    pub(super) words: String,
    pub(super) word_offsets: Vec<u32>,
    /// Posting lists, all numbers as varints: how many entries have the word in a head (name, label, brief) and how many
    /// only in the body, then each entry as its difference to the one before; heads have the field in the lowest two bits.
    pub(super) lists: Vec<u8>,
    pub(super) list_offsets: Vec<u32>,
}

impl SearchIndex {
    pub fn len(&self) -> usize {
        self.id_offsets.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// In bytes.
    pub fn memory(&self) -> usize {
        let numbers = [
            &self.id_offsets,
            &self.first_name,
            &self.name_offsets,
            &self.signatures,
            &self.detail_offsets,
        ];
        let (dictionary, folded) = (&self.dictionary, &self.folded);
        let more = [
            &dictionary.word_offsets,
            &dictionary.list_offsets,
            &folded.offsets,
            &folded.order,
        ];
        let numbers: usize = numbers
            .iter()
            .chain(&more)
            .map(|v| v.capacity() * size_of::<u32>())
            .sum();
        let texts: usize = [
            &self.ids,
            &self.names,
            &self.details,
            &folded.text,
            &dictionary.words,
        ]
        .iter()
        .map(|s| s.capacity())
        .sum();
        size_of::<Self>() + numbers + texts + dictionary.lists.capacity()
    }

    /// Bytes of the text that was indexed: ids, names, labels, briefs and sections.
    pub fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    pub(super) fn range_of(&self, kind: Kind) -> Range<u32> {
        let at = kind as usize;
        let number = |n: usize| self.kinds.get(n).copied().unwrap_or(0);
        number(at)..number(at + 1)
    }

    pub(super) fn kind(&self, entry: u32) -> Kind {
        let kind = Kind::ALL
            .into_iter()
            .find(|k| self.range_of(*k).contains(&entry));
        kind.unwrap_or(Kind::Lessons)
    }

    pub(super) fn id(&self, entry: u32) -> &str {
        slice_at(&self.ids, &self.id_offsets, entry)
    }

    /// The number of an entry, by binary search.
    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<u32> {
        let range = self.range_of(kind);
        let entry = partition_point(range.clone(), |entry| self.id(entry) < id);
        (range.contains(&entry) && self.id(entry) == id).then_some(entry)
    }

    /// The numbers of an entry's names.
    pub(super) fn names_of(&self, entry: u32) -> Range<u32> {
        let at = |n: u32| self.first_name.get(n as usize).copied().unwrap_or(0);
        at(entry)..at(entry + 1)
    }

    pub(super) fn name(&self, name: u32) -> (NameKind, &str) {
        let text = slice_at(&self.names, &self.name_offsets, name);
        let kinds = [NameKind::Alias, NameKind::Short, NameKind::Id];
        let other = kinds
            .into_iter()
            .find_map(|k| Some((k, text.strip_prefix(k.marker())?)));
        other.unwrap_or((NameKind::Title, text))
    }

    pub(super) fn folded(&self, name: u32) -> FoldedName<'_> {
        FoldedName(slice_at(&self.folded.text, &self.folded.offsets, name))
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
        slice_at(&self.details, &self.detail_offsets, entry)
            .splitn(3, FIELD_SEP)
            .nth(n)
            .unwrap_or("")
    }
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

/// The n-th string of a buffer.
fn slice_at<'a>(text: &'a str, at: &[u32], n: u32) -> &'a str {
    let n = n as usize;
    match (at.get(n), at.get(n + 1)) {
        (Some(start), Some(end)) => text.get(*start as usize..*end as usize).unwrap_or(""),
        _ => "",
    }
}

impl Dictionary {
    pub(super) fn len(&self) -> u32 {
        self.word_offsets.len().saturating_sub(1) as u32
    }

    pub(super) fn word(&self, n: u32) -> &str {
        slice_at(&self.words, &self.word_offsets, n)
    }

    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let n = self.lower_bound(word);
        (n < self.len() && self.word(n) == word).then_some(n)
    }

    /// The words with this prefix, which are neighbors.
    pub(super) fn with_prefix(&self, prefix: &str) -> Range<u32> {
        let first = self.lower_bound(prefix);
        let end = partition_point(first..self.len(), |n| self.word(n).starts_with(prefix));
        first..end
    }

    /// The first word that is not less than this one.
    fn lower_bound(&self, word: &str) -> u32 {
        partition_point(0..self.len(), |n| self.word(n) < word)
    }

    /// How many entries have a word in a head, and how many only in the body.
    pub(super) fn document_counts(&self, word: u32) -> (u32, u32) {
        let mut list = self.posting_list(word);
        let heads = varint(&mut list).unwrap_or(0);
        (heads, varint(&mut list).unwrap_or(0))
    }

    /// The entries that have a word, with the best field: first heads, in order, then, if asked for, bodies.
    pub(super) fn postings(
        &self,
        word: u32,
        bodies: bool,
    ) -> impl Iterator<Item = (u32, IndexField)> {
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
            let delta = varint(&mut list)?;
            if in_bodies {
                entry += delta;
                return Some((entry, IndexField::Body));
            }
            entry += delta >> 2;
            Some((entry, *IndexField::ALL.get((delta & 3) as usize)?))
        })
    }

    fn posting_list(&self, word: u32) -> &[u8] {
        let at = |n: u32| {
            self.list_offsets
                .get(n as usize)
                .map_or(0, |at| *at as usize)
        };
        self.lists.get(at(word)..at(word + 1)).unwrap_or(&[])
    }
}

/// Reads a number of seven bits a byte, lowest first.
fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    if *first < 0x80 {
        return Some(u32::from(*first));
    }
    let mut number = u32::from(*first & 0x7f);
    for shift in [7, 14, 21, 28] {
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
