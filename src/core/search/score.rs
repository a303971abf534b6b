//! Scores entries by the words of a query: which words of the index match a typed one and how well, and what their places,
//! their numbers and their rarity come to. Takes time in proportion to the postings, apart from clearing the tables.
//!
//! A word never matches worse because another one was typed beside it, and one that the index does not know weighs nothing.

use crate::core::search::index::{IndexField, Posting, SearchIndex};
use crate::core::search::near::{BitParallel, max_edits};
use crate::core::search::query::{Query, QueryWord};
use crate::core::search::words::{is_unspaced, stem};

/// Quality of the word itself, in percent.
const EXACT: u32 = 100;
/// Quality of a word that contains it, or of the same word written as two or as one.
const COMPOUND: u32 = 85;
/// Quality of another form of the word (the same stem).
const INFLECTED: u32 = 85;
/// Quality of a longer word with this prefix: the first figure, and the second by how much of it was typed.
const PREFIX: (u32, u32) = (55, 30);
/// What a longer word has less where the typed one is complete.
const COMPLETE: u32 = 30;
/// From so many letters on, a word with one typo is looked for in texts too.
const MIN_TYPO_IN_TEXT: usize = 7;

/// Weight of a word by its field, in percent, in the order of [`IndexField`].
const FIELD_WEIGHTS: [u32; 4] = [100, 62, 50, 20];
/// What each time that a text has the word adds.
const TIMES: u32 = 8;
/// Weight of a word that a text only denies.
const DENIED: u32 = 6;

/// What matches one of the things that a query wants.
#[derive(Default)]
pub(super) struct WordExpansion {
    /// Numbers of words in the dictionary, their quality in percent, and whether entries count that have it only in the body.
    words: Vec<(u32, u32, bool)>,
    /// Entries with the word split in two in a name.
    split_names: Vec<u32>,
}

impl WordExpansion {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.split_names.is_empty()
    }

    /// Whether nothing matches it as it is spelled.
    pub(super) fn is_doubtful(&self) -> bool {
        let sure = |(_, quality, _): &(u32, u32, bool)| *quality >= INFLECTED;
        self.split_names.is_empty() && !self.words.iter().any(sure)
    }
}

impl SearchIndex {
    /// Everything that matches what a query wants, without typos. Neighbors in it may be halves of a compound.
    pub(super) fn expand(&self, query: &Query, bodies: bool) -> Vec<WordExpansion> {
        let words = &query.words;
        // Only plain words are joined with their neighbors.
        let plain = |n: Option<usize>| n.and_then(|n| words.get(n)).filter(|word| !word.exact);
        let mut all: Vec<WordExpansion> = Vec::new();
        for (n, word) in words.iter().enumerate() {
            all.resize_with(word.slot + 1, WordExpansion::default);
            let Some(expansion) = all.last_mut() else {
                continue;
            };
            if word.exact {
                self.add_containing(word, &mut expansion.words);
                continue;
            }
            let whole = !word.unfinished || word.folded.starts_with(is_unspaced);
            let bodies = bodies && (whole || word.folded.chars().count() > 2);
            self.add_forms(word, bodies, &mut expansion.words);
            let pairs = [
                plain(n.checked_sub(1)).map(|before| (before, word)),
                plain(Some(n + 1)).map(|next| (word, next)),
            ];
            for (first, second) in pairs.into_iter().flatten() {
                let compound = format!("{}{}", first.folded, second.folded);
                let number = self.words.find(&compound);
                let words = number.map(|number| (number, COMPOUND, bodies));
                expansion.words.extend(words);
            }
            self.add_split_names(word, &mut expansion.split_names);
        }
        all
    }

    /// The word, longer ones with it as a prefix, and its other forms.
    fn add_forms(&self, word: &QueryWord, bodies: bool, words: &mut Vec<(u32, u32, bool)>) {
        let folded = word.folded.as_str();
        let (length, letters) = (folded.len() as u32, folded.chars().count());
        let complete = !word.unfinished && !folded.starts_with(is_unspaced);
        for number in self.words.with_prefix(folded) {
            let text = self.words.get(number);
            let same_stem = || stem(text) == stem(folded);
            let quality = match () {
                () if text.len() == folded.len() => EXACT,
                () if text.contains(':') => continue,
                () if letters > 2 && same_stem() => INFLECTED,
                // So few letters begin too many words to mean any of them.
                () if complete && letters < 3 => continue,
                () => {
                    let start = PREFIX.0 + PREFIX.1 * length / text.len() as u32;
                    start - if complete { COMPLETE } else { 0 }
                }
            };
            words.push((number, quality, bodies));
        }
        let root = stem(folded);
        if root.len() >= 3 && root.len() < folded.len() {
            let others = self.words.with_prefix(root);
            let is_form = |text: &str| !text.starts_with(folded) && stem(text) == root;
            let forms = others.filter(|word| is_form(self.words.get(*word)));
            words.extend(forms.map(|word| (word, INFLECTED, bodies)));
        }
    }

    /// Words that contain the text as it is.
    fn add_containing(&self, word: &QueryWord, words: &mut Vec<(u32, u32, bool)>) {
        let folded = word.folded.as_str();
        let matching = |number: u32| {
            let text = self.words.get(number);
            let quality = if text == folded { EXACT } else { COMPOUND };
            (!text.contains(':') && text.contains(folded)).then_some((number, quality, true))
        };
        words.extend((0..self.words.len()).filter_map(matching));
    }

    /// Entries whose name has the word as two: `cosmosdb` for `Cosmos DB`.
    fn add_split_names(&self, word: &QueryWord, entries: &mut Vec<u32>) {
        let is_stop = |word: &str| self.stop_words.find(word).is_some();
        for (at, _) in word.folded.char_indices().skip(2) {
            let Some((head, tail)) = word.folded.split_at_checked(at) else {
                continue;
            };
            if tail.chars().count() < 2 || is_stop(head) || is_stop(tail) {
                continue;
            }
            let (Some(head), Some(tail)) = (self.words.find(head), self.words.find(tail)) else {
                continue;
            };
            let mut tails = self.entries_named(tail).peekable();
            for entry in self.entries_named(head) {
                while tails.next_if(|t| *t < entry).is_some() {}
                if tails.peek() == Some(&entry)
                    && self.any_name(entry, |letters, _| letters.contains(&word.folded))
                {
                    entries.push(entry);
                }
            }
        }
    }

    fn entries_named(&self, word: u32) -> impl Iterator<Item = u32> {
        self.postings(word, false)
            .filter(|posting| posting.field == IndexField::Name)
            .map(|posting| posting.entry)
    }

    /// Adds words within the allowed edit distance. The first letter is taken to be right, so that only the words which
    /// start with it have to be compared.
    pub(super) fn add_typos(&self, word: &QueryWord, bodies: bool, expansion: &mut WordExpansion) {
        let letters = word.typed.chars().count();
        let Some(first) = word
            .typed
            .chars()
            .next()
            .filter(|_| max_edits(letters) > 0 && !word.exact)
        else {
            return;
        };
        let mut spellings = vec![&word.typed, &word.folded];
        spellings.dedup();
        let spellings: Vec<(BitParallel, u8)> = spellings
            .into_iter()
            .filter_map(|s| Some((BitParallel::new(s)?, max_edits(s.chars().count()))))
            .collect();
        for number in self.words.with_prefix(first.encode_utf8(&mut [0; 4])) {
            let text = self.words.get(number);
            if text.starts_with(&word.folded) || text.contains(':') {
                continue;
            }
            let near = spellings
                .iter()
                .filter_map(|(bits, limit)| bits.nearest(text, *limit, word.unfinished));
            if let Some((edits, whole)) = near.min_by_key(|(edits, whole)| (!whole, *edits)) {
                let sure = whole && edits < 2 && letters >= MIN_TYPO_IN_TEXT;
                let quality = typo_quality(edits, whole);
                expansion.words.push((number, quality, bodies && sure));
            }
        }
    }

    /// How many entries have a word that was matched so.
    fn count(&self, (word, _, bodies): &(u32, u32, bool)) -> u32 {
        let (heads, texts) = self.document_counts(*word);
        heads.saturating_add(if *bodies { texts } else { 0 })
    }

    /// Inverse document frequency: 16 for every halving of the share of entries that have the word, 0 where none has. Words
    /// matched with high quality decide; those matched loosely only where there are no others.
    fn rarity(&self, expansion: &WordExpansion) -> u32 {
        let sum = |near: bool| -> u32 {
            let words = expansion.words.iter();
            let best = words.filter(|(_, quality, _)| *quality >= INFLECTED || near);
            best.map(|word| self.count(word))
                .fold(0, u32::saturating_add)
        };
        let entries = match sum(false) {
            0 => sum(true).saturating_add(expansion.split_names.len() as u32),
            exact => exact,
        };
        if entries == 0 {
            return 0;
        }
        let ratio = 1.0 + self.len() as f32 / entries as f32;
        (libm::log2f(ratio) * 16.0).clamp(1.0, 400.0) as u32
    }
}

/// In percent.
fn typo_quality(edits: u8, whole: bool) -> u32 {
    let quality = if whole { 60 } else { 42 };
    quality - 12 * u32::from(edits.saturating_sub(1))
}

/// In percent of the best.
fn weight(posting: &Posting) -> u32 {
    let field = FIELD_WEIGHTS
        .get(posting.field as usize)
        .copied()
        .unwrap_or(0);
    let times = TIMES * u32::from(posting.times);
    match posting.field {
        IndexField::Body if posting.times == 0 => DENIED,
        IndexField::Body => field + times,
        IndexField::Name | IndexField::Label | IndexField::Brief => field + times / 2,
    }
}

/// What entries have of a query.
pub(super) struct WordTally {
    /// The quality of each entry's match for what is being added, in percent.
    best: Vec<u8>,
    entries: Vec<EntryTally>,
    /// The entries with any word, in no order.
    pub(super) matched: Vec<u32>,
    total_weight: u32,
}

#[derive(Clone, Copy, Default)]
pub(super) struct EntryTally {
    /// How many of the things wanted it has.
    pub(super) count: u8,
    /// What these weigh.
    pub(super) weight: u32,
    weighted_quality: u32,
}

impl WordTally {
    /// Only entries that pass are looked at.
    pub(super) fn of(index: &SearchIndex, all: &[WordExpansion], passes: &[bool]) -> Self {
        let mut tally = Self {
            best: vec![0; index.len()],
            entries: vec![EntryTally::default(); index.len()],
            matched: Vec::new(),
            total_weight: 0,
        };
        for expansion in all {
            tally.add(index, expansion, passes);
        }
        tally
    }

    fn add(&mut self, index: &SearchIndex, expansion: &WordExpansion, passes: &[bool]) {
        let mut touched = Vec::new();
        let mut record = |best: &mut Vec<u8>, entry: u32, value: u32| {
            let passes = passes.get(entry as usize).is_some_and(|passes| *passes);
            if let Some(best) = best.get_mut(entry as usize).filter(|_| passes) {
                if *best == 0 && value > 0 {
                    touched.push(entry);
                }
                *best = (*best).max(value.min(255) as u8);
            }
        };
        for (word, quality, bodies) in &expansion.words {
            for posting in index.postings(*word, *bodies) {
                let value = quality * weight(&posting) / 100;
                record(&mut self.best, posting.entry, value);
            }
        }
        for entry in &expansion.split_names {
            record(&mut self.best, *entry, COMPOUND);
        }
        let rarity = index.rarity(expansion);
        for entry in touched {
            let at = entry as usize;
            let (Some(best), Some(tally)) = (self.best.get_mut(at), self.entries.get_mut(at))
            else {
                continue;
            };
            if tally.count == 0 {
                self.matched.push(entry);
            }
            tally.count += 1;
            tally.weight += rarity;
            tally.weighted_quality += rarity * u32::from(*best);
            *best = 0;
        }
        self.total_weight += rarity;
    }

    pub(super) fn entry(&self, entry: u32) -> EntryTally {
        let tally = self.entries.get(entry as usize);
        tally.copied().unwrap_or_default()
    }

    /// How much of what is wanted an entry has, in percent by weight.
    pub(super) fn share(&self, entry: u32) -> u32 {
        self.entry(entry).weight * 100 / self.total_weight.max(1)
    }

    /// The mean quality of an entry's matches, weighted by the words' rarity: 0 to about 11,000.
    pub(super) fn score(&self, entry: u32) -> u32 {
        self.entry(entry).weighted_quality * 100 / self.total_weight.max(1)
    }
}
