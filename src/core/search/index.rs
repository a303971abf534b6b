//! The index: the entries' text once, the places of every word in it, and the names folded and in order, each with a
//! signature of its letters.
//! Promises: never changes after it was built; takes at most twice the text; the same entries give the same index,
//! in whatever order they came.

use std::ops::Range;

use crate::core::search::folded::FoldedName;
use crate::core::search::record::LabelKind;
use crate::pack::Kind;

/// Parts the fields of an entry; cannot occur in safe text.
pub(super) const FIELD: char = '\u{1e}';
/// Parts the items of a field.
pub(super) const ITEM: char = '\u{1f}';
/// Parts the pieces of an item.
pub(super) const PIECE: char = '\u{1d}';

/// Where in an entry a word stands; the best place counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IndexField {
    /// In its title, another name, or its id.
    Name,
    /// In what is known about it: tags, provider, authors.
    Label,
    /// In its brief.
    Brief,
    /// In its text.
    Body,
}

impl IndexField {
    /// In the order of their numbers in the posting lists.
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Label, Self::Brief, Self::Body];
}

/// What sort of name a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameKind {
    /// The headline.
    Title,
    /// Another name.
    Alias,
    /// A shorter form of the title.
    Short,
    /// The id.
    Id,
}

impl NameKind {
    /// The sign that stands before a name of this kind in the store; none before a title.
    pub(super) const fn sign(self) -> &'static str {
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
    /// The number of the first entry of each kind, and the number of entries.
    pub(super) kinds: [u32; Kind::ALL.len() + 1],
    pub(super) ids: String,
    pub(super) id_at: Vec<u32>,
    /// The number of the first name of each entry, and the number of names.
    pub(super) first_name: Vec<u32>,
    pub(super) names: String,
    pub(super) name_at: Vec<u32>,
    /// The letters of each name as bits.
    pub(super) signatures: Vec<u32>,
    pub(super) spelled: SortedNames,
    /// Labels, brief and sections of each entry.
    pub(super) rest: String,
    pub(super) rest_at: Vec<u32>,
    pub(super) dictionary: Dictionary,
    /// Bytes of the text that was indexed.
    pub(super) text_bytes: usize,
}

/// The names folded, see [`FoldedName`], and the order of their letters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SortedNames {
    pub(super) text: String,
    pub(super) at: Vec<u32>,
    /// Numbers of names in the order of their letters: first those that people gave, then ids.
    pub(super) order: Vec<u32>,
    /// How many of them are no ids.
    pub(super) names: usize,
}

/// Every word once, in order, with the entries it stands in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary {
    pub(super) words: String,
    pub(super) word_at: Vec<u32>,
    /// Posting lists, all numbers as varints: how many entries have the word near the top and how many only in the
    /// body, then for each the distance to the one before, near the top with the field in the lowest two bits.
    pub(super) lists: Vec<u8>,
    pub(super) list_at: Vec<u32>,
}

impl SearchIndex {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.id_at.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that the index takes.
    pub fn memory(&self) -> usize {
        let numbers = [
            &self.id_at,
            &self.first_name,
            &self.name_at,
            &self.signatures,
            &self.rest_at,
        ];
        let (dictionary, spelled) = (&self.dictionary, &self.spelled);
        let more = [
            &dictionary.word_at,
            &dictionary.list_at,
            &spelled.at,
            &spelled.order,
        ];
        let numbers: usize = numbers
            .iter()
            .chain(&more)
            .map(|v| v.capacity() * size_of::<u32>())
            .sum();
        let texts: usize = [
            &self.ids,
            &self.names,
            &self.rest,
            &spelled.text,
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

    /// The entries of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> Range<u32> {
        let at = kind as usize;
        let number = |n: usize| self.kinds.get(n).copied().unwrap_or(0);
        number(at)..number(at + 1)
    }

    /// The kind of an entry.
    pub(super) fn kind(&self, entry: u32) -> Kind {
        let kind = Kind::ALL
            .into_iter()
            .find(|k| self.of_kind(*k).contains(&entry));
        kind.unwrap_or(Kind::Lessons)
    }

    /// The id of an entry.
    pub(super) fn id(&self, entry: u32) -> &str {
        piece(&self.ids, &self.id_at, entry)
    }

    /// The number of an entry.
    pub(super) fn number(&self, kind: Kind, id: &str) -> Option<u32> {
        let range = self.of_kind(kind);
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low.midpoint(high);
            match self.id(middle).cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The numbers of an entry's names.
    pub(super) fn names_of(&self, entry: u32) -> Range<u32> {
        let at = |n: u32| self.first_name.get(n as usize).copied().unwrap_or(0);
        at(entry)..at(entry + 1)
    }

    /// A name, with what it is.
    pub(super) fn name(&self, name: u32) -> (NameKind, &str) {
        let text = piece(&self.names, &self.name_at, name);
        let kinds = [NameKind::Alias, NameKind::Short, NameKind::Id];
        let other = kinds
            .into_iter()
            .find_map(|k| Some((k, text.strip_prefix(k.sign())?)));
        other.unwrap_or((NameKind::Title, text))
    }

    /// A name as it is compared.
    pub(super) fn folded(&self, name: u32) -> FoldedName<'_> {
        FoldedName(piece(&self.spelled.text, &self.spelled.at, name))
    }

    /// The title of an entry.
    pub(super) fn title(&self, entry: u32) -> &str {
        self.name(self.names_of(entry).start).1
    }

    /// Labels of an entry.
    pub(super) fn labels(&self, entry: u32) -> impl Iterator<Item = (LabelKind, &str)> {
        let field = self.field(entry, 0);
        field.split(ITEM).filter_map(|item| {
            let (kind, text) = item.split_once(PIECE)?;
            Some((*LabelKind::ALL.get(kind.parse::<usize>().ok()?)?, text))
        })
    }

    /// The brief of an entry.
    pub(super) fn brief(&self, entry: u32) -> &str {
        self.field(entry, 1)
    }

    /// The sections of an entry: anchor, heading, text.
    pub(super) fn sections(&self, entry: u32) -> impl Iterator<Item = (&str, &str, &str)> {
        let items = self.field(entry, 2).split(ITEM);
        items.filter_map(|item| {
            let (anchor, more) = item.split_once(PIECE)?;
            let (heading, text) = more.split_once(PIECE)?;
            Some((anchor, heading, text))
        })
    }

    fn field(&self, entry: u32, n: usize) -> &str {
        piece(&self.rest, &self.rest_at, entry)
            .splitn(3, FIELD)
            .nth(n)
            .unwrap_or("")
    }
}

/// The n-th piece of a text, cut where the numbers say.
fn piece<'a>(text: &'a str, at: &[u32], n: u32) -> &'a str {
    let n = n as usize;
    match (at.get(n), at.get(n + 1)) {
        (Some(start), Some(end)) => text.get(*start as usize..*end as usize).unwrap_or(""),
        _ => "",
    }
}

impl Dictionary {
    /// How many words there are.
    pub(super) fn len(&self) -> u32 {
        self.word_at.len().saturating_sub(1) as u32
    }

    /// A word by its number.
    pub(super) fn word(&self, n: u32) -> &str {
        piece(&self.words, &self.word_at, n)
    }

    /// The number of a word.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let n = self.first_from(word);
        (n < self.len() && self.word(n) == word).then_some(n)
    }

    /// The words that start so; they stand together.
    pub(super) fn starting(&self, start: &str) -> Range<u32> {
        let first = self.first_from(start);
        let (mut low, mut high) = (first, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle).starts_with(start) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        first..low
    }

    /// The first word that is not before this one.
    fn first_from(&self, word: &str) -> u32 {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word {
                low = middle + 1
            } else {
                high = middle
            }
        }
        low
    }

    /// How many entries a word stands in: near the top, and only in the body.
    pub(super) fn counts(&self, word: u32) -> (u32, u32) {
        let mut list = self.list(word);
        let near = varint(&mut list).unwrap_or(0);
        (near, varint(&mut list).unwrap_or(0))
    }

    /// The entries a word stands in, with the best field: first those near the top, in order, then, when asked for,
    /// those that have it only in the body.
    pub(super) fn entries(
        &self,
        word: u32,
        bodies: bool,
    ) -> impl Iterator<Item = (u32, IndexField)> {
        let mut list = self.list(word);
        let near = varint(&mut list).unwrap_or(0);
        let body = varint(&mut list).unwrap_or(0);
        let (mut left, mut entry) = (near, 0);
        let mut in_bodies = false;
        std::iter::from_fn(move || {
            if left == 0 {
                if in_bodies || !bodies || body == 0 {
                    return None;
                }
                (left, entry, in_bodies) = (body, 0, true);
            }
            left -= 1;
            let step = varint(&mut list)?;
            if in_bodies {
                entry += step;
                return Some((entry, IndexField::Body));
            }
            entry += step >> 2;
            Some((entry, *IndexField::ALL.get((step & 3) as usize)?))
        })
    }

    fn list(&self, word: u32) -> &[u8] {
        let at = |n: u32| self.list_at.get(n as usize).map_or(0, |at| *at as usize);
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
