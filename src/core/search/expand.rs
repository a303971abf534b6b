//! Query expansion: the words of the term dictionary that match a typed word, each with a quality. A word never matches
//! worse because another one was typed beside it.

use crate::core::search::edits::{BitParallel, Matcher, max_edits};
use crate::core::search::index::{IndexField, SearchIndex};
use crate::core::search::query::QueryWord;
use crate::core::search::words::{is_stop_word, is_unspaced, stem};

/// Quality of the word itself, in percent.
const EXACT: u32 = 100;
/// Quality of a word that contains it, or of the same word written as two or as one.
const COMPOUND: u32 = 85;
/// Quality of another form of the word (the same stem).
const INFLECTED: u32 = 85;
/// Quality of a longer word with this prefix: the first figure, and the second by how much of it was typed.
const PREFIX: (u32, u32) = (55, 30);

/// What matches one typed word.
#[derive(Default)]
pub(super) struct WordExpansion {
    /// Numbers of words in the dictionary, with their quality in percent.
    pub(super) words: Vec<(u32, u32)>,
    /// Entries with the word split in two in a name, with the quality.
    pub(super) split_names: Vec<(u32, u32)>,
    /// Whether entries count that have it only in the body.
    pub(super) search_bodies: bool,
}

impl WordExpansion {
    /// How many postings match; an entry counts once for each of its words.
    pub(super) fn posting_count(&self, index: &SearchIndex) -> u32 {
        let counts = self.words.iter().map(|(number, _)| {
            let (heads, bodies) = index.dictionary.document_counts(*number);
            heads + if self.search_bodies { bodies } else { 0 }
        });
        counts.fold(self.split_names.len() as u32, u32::saturating_add)
    }
}

impl SearchIndex {
    /// Everything that matches a word without typos. A neighbor in the query may be the other half of a compound.
    pub(super) fn expand(
        &self,
        word: &QueryWord,
        next: Option<&QueryWord>,
        before: Option<&QueryWord>,
    ) -> WordExpansion {
        if word.exact {
            return self.containing(word);
        }
        let mut expansion = WordExpansion {
            search_bodies: word.folded.chars().count() > 2
                || !word.unfinished
                || word.folded.starts_with(is_unspaced),
            ..WordExpansion::default()
        };
        self.add_forms(&word.folded, &mut expansion.words);
        let pairs = [before.map(|b| (b, word)), next.map(|n| (word, n))];
        for (first, second) in pairs.into_iter().flatten() {
            let compound = format!("{}{}", first.folded, second.folded);
            let number = self.dictionary.find(&compound);
            expansion
                .words
                .extend(number.map(|number| (number, COMPOUND)));
        }
        self.add_split_names(word, &mut expansion.split_names);
        expansion
    }

    /// The word, longer ones with it as a prefix, and its other forms.
    fn add_forms(&self, folded: &str, words: &mut Vec<(u32, u32)>) {
        let length = folded.len() as u32;
        for number in self.dictionary.with_prefix(folded) {
            let text = self.dictionary.word(number);
            if text.len() == folded.len() {
                words.push((number, EXACT));
            } else if !text.contains(':') {
                let start = PREFIX.0 + PREFIX.1 * length / text.len() as u32;
                let same_stem = stem(text) == stem(folded);
                words.push((number, if same_stem { INFLECTED } else { start }));
            }
        }
        let root = stem(folded);
        if root.len() >= 3 && root.len() < folded.len() {
            let others = self
                .dictionary
                .with_prefix(root)
                .map(|word| (word, self.dictionary.word(word)));
            let forms = others.filter(|(_, text)| !text.starts_with(folded) && stem(text) == root);
            words.extend(forms.map(|(word, _)| (word, INFLECTED)));
        }
    }

    /// Words that contain the text as it is.
    fn containing(&self, word: &QueryWord) -> WordExpansion {
        let folded = word.folded.as_str();
        let matching = |number: u32| {
            let text = self.dictionary.word(number);
            let quality = if text == folded { EXACT } else { COMPOUND };
            (!text.contains(':') && text.contains(folded)).then_some((number, quality))
        };
        WordExpansion {
            words: (0..self.dictionary.len()).filter_map(matching).collect(),
            search_bodies: true,
            ..WordExpansion::default()
        }
    }

    /// Entries whose name has the word as two: `cosmosdb` for `Cosmos DB`.
    fn add_split_names(&self, word: &QueryWord, entries: &mut Vec<(u32, u32)>) {
        for (at, _) in word.folded.char_indices().skip(2) {
            let Some((head, tail)) = word.folded.split_at_checked(at) else {
                continue;
            };
            if tail.chars().count() < 2 || is_stop_word(head) || is_stop_word(tail) {
                continue;
            }
            let (Some(head), Some(tail)) = (self.dictionary.find(head), self.dictionary.find(tail))
            else {
                continue;
            };
            let mut tails = self.entries_named(tail).peekable();
            for entry in self.entries_named(head) {
                while tails.next_if(|t| *t < entry).is_some() {}
                if tails.peek() == Some(&entry)
                    && self.any_name(entry, |name| name.contains(&word.folded))
                {
                    entries.push((entry, COMPOUND));
                }
            }
        }
    }

    fn entries_named(&self, word: u32) -> impl Iterator<Item = u32> {
        self.dictionary
            .postings(word, false)
            .filter(|(_, field)| *field == IndexField::Name)
            .map(|(entry, _)| entry)
    }

    /// Adds words within the allowed edit distance. The first letter is taken to be right, so that only the words which
    /// start with it have to be compared.
    pub(super) fn add_typos(&self, word: &QueryWord, expansion: &mut WordExpansion) {
        let limit = max_edits(word.typed.chars().count());
        let Some(first) = word
            .typed
            .chars()
            .next()
            .filter(|_| limit > 0 && !word.exact)
        else {
            return;
        };
        let spellings = if word.typed == word.folded {
            vec![&word.typed]
        } else {
            vec![&word.typed, &word.folded]
        };
        let spellings: Vec<(BitParallel, u8)> = spellings
            .into_iter()
            .filter_map(|s| Some((BitParallel::new(s)?, max_edits(s.chars().count()))))
            .collect();
        for number in self.dictionary.with_prefix(first.encode_utf8(&mut [0; 4])) {
            let text = self.dictionary.word(number);
            if text.starts_with(&word.folded) || text.contains(':') {
                continue;
            }
            let near = spellings
                .iter()
                .filter_map(|(bits, limit)| bits.nearest(text, *limit, word.unfinished));
            if let Some(near) = near.min_by_key(|near| (!near.whole, near.edits)) {
                let quality = typo_quality(near.edits, near.whole);
                expansion.words.push((number, quality));
            }
        }
    }
}

/// In percent.
fn typo_quality(edits: u8, whole: bool) -> u32 {
    let quality = if whole { 60 } else { 42 };
    quality - 12 * u32::from(edits.saturating_sub(1))
}
