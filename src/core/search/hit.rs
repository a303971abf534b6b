//! A matching entry on its way from its rank to what is shown of it.

use std::ops::Range;

use serde::Serialize;

use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::query::Query;
use crate::core::search::text_match::TextReader;

/// How a hit matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HitClass {
    /// Its title equals the query.
    Exact,
    /// Another name or the id equals the query.
    Alias,
    /// A name starts with the query.
    Prefix,
    /// It has all words.
    Words,
    /// A name has all letters in order.
    Subsequence,
    /// It has all words, some with typos.
    Typo,
    /// It has some of the words.
    Some,
    /// Offered without a query, see [`SearchIndex::start`].
    Offered,
}

/// A found entry, before it is turned into a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedEntry {
    pub(super) entry: u32,
    pub class: HitClass,
    /// Higher is better; comparable within a class of one search.
    pub(super) score: u32,
    /// The name that matched as a whole, if one did.
    pub(super) name: Option<u32>,
}

pub(super) struct HitDraft<'a> {
    pub(super) index: &'a SearchIndex,
    pub(super) query: &'a Query,
    pub(super) reader: &'a TextReader<'a>,
    pub(super) found: RankedEntry,
}

#[derive(Default)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    pub(super) at: Range<usize>,
    /// Numbers of the query's words that it has.
    pub(super) query_words: Vec<usize>,
    pub(super) anchor: &'a str,
    pub(super) words: usize,
}

impl<'a> HitDraft<'a> {
    /// The name that matched as a whole.
    pub(super) fn name(&self) -> Option<(NameKind, &'a str)> {
        self.found.name.map(|name| self.index.name(name))
    }
}
