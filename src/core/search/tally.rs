//! Counts for each entry which of the query's words it has, and scores them by rarity, field and quality of the match.
//! Takes time in proportion to the postings, apart from clearing the tables.

use crate::core::search::expand::WordExpansion;
use crate::core::search::index::{IndexField, SearchIndex};

/// Weight of a word by its field, in percent, in the order of [`IndexField`].
const FIELD_WEIGHTS: [u32; 4] = [100, 62, 50, 28];

pub(super) struct WordTally {
    /// The quality of each entry's match for the word that is being added, in percent.
    best: Vec<u8>,
    entries: Vec<EntryTally>,
    /// The entries with any word, in no order.
    matched: Vec<u32>,
    pub(super) total_weight: u32,
}

#[derive(Clone, Copy, Default)]
pub(super) struct EntryTally {
    pub(super) count: u8,
    pub(super) weight: u32,
    weighted_quality: u32,
}

impl WordTally {
    pub(super) fn new(entries: usize) -> Self {
        Self {
            best: vec![0; entries],
            entries: vec![EntryTally::default(); entries],
            matched: Vec::new(),
            total_weight: 0,
        }
    }

    /// Adds a word to the entries with at least `min_count` of those before it.
    pub(super) fn add(&mut self, index: &SearchIndex, expansion: &WordExpansion, min_count: u8) {
        let weight = rarity(index, expansion);
        let mut touched = Vec::new();
        for (word, quality) in &expansion.words {
            for (entry, field) in index.dictionary.postings(*word, expansion.search_bodies) {
                if self.entry(entry).count >= min_count {
                    self.record(entry, *quality, field, &mut touched);
                }
            }
        }
        for (entry, quality) in &expansion.split_names {
            if self.entry(*entry).count >= min_count {
                self.record(*entry, *quality, IndexField::Name, &mut touched);
            }
        }
        for entry in touched {
            let (Some(best), Some(tally)) = (
                self.best.get_mut(entry as usize),
                self.entries.get_mut(entry as usize),
            ) else {
                continue;
            };
            if tally.count == 0 {
                self.matched.push(entry);
            }
            tally.count += 1;
            tally.weight += weight;
            tally.weighted_quality += weight * u32::from(*best);
            *best = 0;
        }
        self.total_weight += weight;
    }

    fn record(&mut self, entry: u32, quality: u32, field: IndexField, touched: &mut Vec<u32>) {
        let value = quality * FIELD_WEIGHTS.get(field as usize).copied().unwrap_or(0) / 100;
        if let Some(best) = self.best.get_mut(entry as usize) {
            if *best == 0 && value > 0 {
                touched.push(entry);
            }
            *best = (*best).max(value as u8);
        }
    }

    pub(super) fn matched(&self) -> impl Iterator<Item = (u32, EntryTally)> {
        self.matched
            .iter()
            .map(|entry| (*entry, self.entry(*entry)))
    }

    fn entry(&self, entry: u32) -> EntryTally {
        self.entries
            .get(entry as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The mean quality of an entry's matches, weighted by the words' rarity: 0 to 10,000.
    pub(super) fn score(&self, entry: u32) -> u32 {
        self.entry(entry).weighted_quality * 100 / self.total_weight.max(1)
    }
}

/// Inverse document frequency: 16 for every halving of the share of entries that have the word. Words matched with high
/// quality decide; those matched loosely only where there are no others.
fn rarity(index: &SearchIndex, expansion: &WordExpansion) -> u32 {
    let count = |word: u32| index.dictionary.document_counts(word);
    let sum = |near: bool| -> u32 {
        let best = expansion
            .words
            .iter()
            .filter(|(_, quality)| *quality >= 85 || near);
        best.map(|(word, _)| count(*word))
            .map(|(a, b)| a.saturating_add(b))
            .fold(0, u32::saturating_add)
    };
    let entries = match sum(false) {
        0 => sum(true).saturating_add(expansion.split_names.len() as u32),
        exact => exact,
    };
    let ratio = 1.0 + index.len() as f32 / entries.max(1) as f32;
    (libm::log2f(ratio) * 16.0).clamp(1.0, 400.0) as u32
}
