//! Counting, entry by entry, which of the asked words it has.
//! Promise: besides a cleared slate, takes time in proportion to the places that answer, not to the entries there are.

use crate::core::search::expand::WordExpansion;
use crate::core::search::index::{IndexField, SearchIndex};

/// Percent that a word counts for, by where it stands.
const PLACE: [u32; 4] = [100, 62, 50, 28];

/// Per entry: how many words it has, what they weigh, and how well it has them.
pub(super) struct WordTally {
    /// How well an entry has the word that is being added, in percent.
    best: Vec<u8>,
    entries: Vec<EntryTally>,
    /// The entries that have any word, in no order.
    any: Vec<u32>,
    /// Weight of all words.
    pub(super) all: u32,
}

/// What an entry has of the words.
#[derive(Clone, Copy, Default)]
pub(super) struct EntryTally {
    pub(super) count: u8,
    pub(super) weight: u32,
    total: u32,
}

impl WordTally {
    pub(super) fn new(entries: usize) -> Self {
        Self {
            best: vec![0; entries],
            entries: vec![EntryTally::default(); entries],
            any: Vec::new(),
            all: 0,
        }
    }

    /// Adds a word to the entries that have at least so many of those before it.
    pub(super) fn add(&mut self, index: &SearchIndex, answers: &WordExpansion, had: u8) {
        let weight = rarity(index, answers);
        let mut touched = Vec::new();
        for (word, quality) in &answers.words {
            for (entry, field) in index.dictionary.entries(*word, answers.bodies) {
                if self.has(entry).count >= had {
                    self.note(entry, *quality, field, &mut touched);
                }
            }
        }
        for (entry, quality) in &answers.parted {
            if self.has(*entry).count >= had {
                self.note(*entry, *quality, IndexField::Name, &mut touched);
            }
        }
        for entry in touched {
            let (Some(best), Some(has)) = (
                self.best.get_mut(entry as usize),
                self.entries.get_mut(entry as usize),
            ) else {
                continue;
            };
            if has.count == 0 {
                self.any.push(entry);
            }
            has.count += 1;
            has.weight += weight;
            has.total += weight * u32::from(*best);
            *best = 0;
        }
        self.all += weight;
    }

    fn note(&mut self, entry: u32, quality: u32, field: IndexField, touched: &mut Vec<u32>) {
        let value = quality * PLACE.get(field as usize).copied().unwrap_or(0) / 100;
        if let Some(best) = self.best.get_mut(entry as usize) {
            if *best == 0 && value > 0 {
                touched.push(entry);
            }
            *best = (*best).max(value as u8);
        }
    }

    /// The entries that have any word, and what they have.
    pub(super) fn having(&self) -> impl Iterator<Item = (u32, EntryTally)> {
        self.any.iter().map(|entry| (*entry, self.has(*entry)))
    }

    fn has(&self, entry: u32) -> EntryTally {
        self.entries
            .get(entry as usize)
            .copied()
            .unwrap_or_default()
    }

    /// How well an entry has the words, 0 to 10,000.
    pub(super) fn score(&self, entry: u32) -> u32 {
        self.has(entry).total * 100 / self.all.max(1)
    }
}

/// What a word weighs: 16 for every halving of the entries that have it.
fn rarity(index: &SearchIndex, answers: &WordExpansion) -> u32 {
    let count = |word: u32| index.dictionary.counts(word);
    let sum = |near: bool| -> u32 {
        let best = answers
            .words
            .iter()
            .filter(|(_, quality)| *quality >= 85 || near);
        best.map(|(word, _)| count(*word))
            .map(|(a, b)| a.saturating_add(b))
            .fold(0, u32::saturating_add)
    };
    let entries = match sum(false) {
        0 => sum(true).saturating_add(answers.parted.len() as u32),
        exact => exact,
    };
    let ratio = 1.0 + index.len() as f32 / entries.max(1) as f32;
    (libm::log2f(ratio) * 16.0).clamp(1.0, 400.0) as u32
}
