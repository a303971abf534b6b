//! A found entry on its way from its rank to what is shown of it.

use std::ops::Range;

use serde::Serialize;

use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::query::Query;
use crate::core::search::text_match::TextReader;

/// How a hit answers a query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HitClass {
    /// It is called exactly so.
    Exact,
    /// One of its other names is exactly this.
    Alias,
    /// One of its names starts so.
    Prefix,
    /// It has all the words.
    Words,
    /// One of its names has all the letters, in order.
    Subsequence,
    /// It has all the words, some of them mistyped.
    Typo,
    /// It has some of the words.
    Some,
    /// It was not searched for but offered, see [`SearchIndex::start`].
    Offered,
}

impl HitClass {
    /// The word that programs read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::Prefix => "prefix",
            Self::Words => "words",
            Self::Subsequence => "subsequence",
            Self::Typo => "typo",
            Self::Some => "some",
            Self::Offered => "offered",
        }
    }
}

/// A found entry, before it is made presentable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedEntry {
    /// The entry's number in the index.
    pub(super) entry: u32,
    /// How it answers.
    pub class: HitClass,
    /// More is better; comparable within a class of one search.
    pub(super) score: u32,
    /// The name that answered as a whole, if one did.
    pub(super) name: Option<u32>,
}

/// One found entry on its way to a hit.
pub(super) struct HitDraft<'a> {
    pub(super) index: &'a SearchIndex,
    pub(super) query: &'a Query,
    pub(super) reader: &'a TextReader<'a>,
    pub(super) found: RankedEntry,
}

/// A piece of an entry's text.
#[derive(Default)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    pub(super) at: Range<usize>,
    /// Numbers of the asked words that it has.
    pub(super) asked: Vec<usize>,
    pub(super) anchor: &'a str,
    pub(super) words: usize,
}

impl<'a> HitDraft<'a> {
    /// The name that answered as a whole.
    pub(super) fn name(&self) -> Option<(NameKind, &'a str)> {
        self.found.name.map(|name| self.index.name(name))
    }
}
