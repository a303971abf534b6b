//! A second look at the best hits, with their text in hand: how much of a name was asked for, how close the words are.
//! Promise: reads at most [`BUDGET`] bytes of text a search.

use crate::core::search::hit::{HitClass, RankedEntry};
use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::query::Query;
use crate::core::search::text_match::TextReader;

/// Most bytes of bodies that are read for one search.
const BUDGET: usize = 256 << 10;
/// What a name counts for that holds nothing but the words asked for.
const COVERED: u32 = 3_000;
/// What words count for that stand side by side.
const CLOSE: u32 = 1_200;
/// What a word counts for each further time it is said, up to four times.
const AGAIN: u32 = 120;

/// Weighs hits again.
pub(super) struct Refiner<'a> {
    index: &'a SearchIndex,
    reader: TextReader<'a>,
    left: usize,
}

impl<'a> Refiner<'a> {
    pub(super) fn new(index: &'a SearchIndex, query: &'a Query) -> Self {
        Self {
            index,
            reader: TextReader::new(query),
            left: BUDGET,
        }
    }

    /// What a hit gains.
    pub(super) fn weigh(&mut self, found: &RankedEntry) -> u32 {
        match found.class {
            HitClass::Words | HitClass::Typo | HitClass::Some => {
                self.names(found.entry) + self.texts(found.entry)
            }
            HitClass::Exact
            | HitClass::Alias
            | HitClass::Prefix
            | HitClass::Subsequence
            | HitClass::Offered => 0,
        }
    }

    /// The best name: by how many words it has, and how much of it they are.
    fn names(&self, entry: u32) -> u32 {
        let names = self.index.names_of(entry).map(|name| self.index.name(name));
        names
            .map(|(kind, text)| self.name(kind, text))
            .max()
            .unwrap_or(0)
    }

    fn name(&self, kind: NameKind, text: &str) -> u32 {
        let read = self.reader.read(text);
        let all = self.reader.asked() as u32;
        let (found, letters) = (u32::from(read.asked), read.letters.max(1));
        let close = if all > 1 && u32::from(read.asked) == all {
            CLOSE * all / (read.span as u32).max(all)
        } else {
            0
        };
        let gain = COVERED * found / all.max(1) * read.matched / letters + close;
        if kind == NameKind::Id { gain / 2 } else { gain }
    }

    /// The closest passage of the brief and the sections, and how often the words are said.
    fn texts(&mut self, entry: u32) -> u32 {
        let mut best = self.text(self.index.brief(entry));
        for (_, heading, text) in self.index.sections(entry) {
            if self.left < text.len() {
                break;
            }
            self.left -= text.len();
            best = best.max(self.text(heading)).max(self.text(text));
        }
        best
    }

    fn text(&self, text: &str) -> u32 {
        let read = self.reader.read(text);
        let all = self.reader.asked() as u32;
        if u32::from(read.asked) < all {
            return 0;
        }
        let close = if all > 1 {
            CLOSE / 2 * all / (read.span as u32).max(all)
        } else {
            0
        };
        close + AGAIN * (read.times.saturating_sub(all) / all.max(1)).min(4)
    }
}
