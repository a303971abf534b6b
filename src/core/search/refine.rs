//! Scores the best hits again by their text: how much of a name the query covers, and how close its words are. Reads at
//! most [`BUDGET`] bytes of bodies per search.

use crate::core::search::hit::{HitClass, RankedEntry};
use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::query::Query;
use crate::core::search::text_match::TextReader;

const BUDGET: usize = 256 << 10;
/// Score of a name with nothing but the query's words.
const COVERAGE: u32 = 3_000;
/// Score of words next to each other.
const PROXIMITY: u32 = 1_200;
/// Score of each further occurrence of all words, up to four times.
const REPETITION: u32 = 120;

pub(super) struct Refiner<'a> {
    index: &'a SearchIndex,
    reader: TextReader<'a>,
    budget: usize,
}

impl<'a> Refiner<'a> {
    pub(super) fn new(index: &'a SearchIndex, query: &'a Query) -> Self {
        Self {
            index,
            reader: TextReader::new(query),
            budget: BUDGET,
        }
    }

    /// What to add to a hit's score.
    pub(super) fn score(&mut self, found: &RankedEntry) -> u32 {
        match found.class {
            HitClass::Words | HitClass::Typo | HitClass::Some => {
                self.best_name(found.entry) + self.best_text(found.entry)
            }
            HitClass::Exact
            | HitClass::Alias
            | HitClass::Prefix
            | HitClass::Subsequence
            | HitClass::Offered => 0,
        }
    }

    /// The best name: by how many of the words it has, and how much of it they cover.
    fn best_name(&self, entry: u32) -> u32 {
        let names = self.index.names_of(entry).map(|name| self.index.name(name));
        names
            .map(|(kind, text)| self.name_score(kind, text))
            .max()
            .unwrap_or(0)
    }

    fn name_score(&self, kind: NameKind, text: &str) -> u32 {
        let stats = self.reader.measure(text);
        let all = self.reader.word_count() as u32;
        let (found, letters) = (u32::from(stats.words_found), stats.letters.max(1));
        let close = if all > 1 && found == all {
            PROXIMITY * all / (stats.span as u32).max(all)
        } else {
            0
        };
        let gain = COVERAGE * found / all.max(1) * stats.matched / letters + close;
        if kind == NameKind::Id { gain / 2 } else { gain }
    }

    /// The best of the brief and the sections: by proximity and number of occurrences.
    fn best_text(&mut self, entry: u32) -> u32 {
        let mut best = self.text_score(self.index.brief(entry));
        for (_, heading, text) in self.index.sections(entry) {
            if self.budget < text.len() {
                break;
            }
            self.budget -= text.len();
            best = best
                .max(self.text_score(heading))
                .max(self.text_score(text));
        }
        best
    }

    fn text_score(&self, text: &str) -> u32 {
        let stats = self.reader.measure(text);
        let all = self.reader.word_count() as u32;
        if u32::from(stats.words_found) < all {
            return 0;
        }
        let close = if all > 1 {
            PROXIMITY / 2 * all / (stats.span as u32).max(all)
        } else {
            0
        };
        close + REPETITION * (stats.times.saturating_sub(all) / all.max(1)).min(4)
    }
}
