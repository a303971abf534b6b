//! What a typed word may mean: the words of the index that answer it, and how well.
//! Promise: a word never answers worse because another one was typed beside it.

use crate::core::search::edits::{BitParallel, Matcher, allowed};
use crate::core::search::index::{IndexField, SearchIndex};
use crate::core::search::query::QueryWord;
use crate::core::search::words::{is_stop, stem};

/// Quality of the word itself, in percent.
const SAME: u32 = 100;
/// Quality of the word as a part of the text's word, or written apart, or together.
const GLUED: u32 = 85;
/// Quality of another form of the word.
const FORM: u32 = 85;
/// Least and further quality of a longer word, by how much of it was typed.
const START: (u32, u32) = (55, 30);

/// What answers one typed word.
#[derive(Default)]
pub(super) struct WordExpansion {
    /// Words by number, with their quality in percent.
    pub(super) words: Vec<(u32, u32)>,
    /// Entries that have the word in two parts in a name, with the quality.
    pub(super) parted: Vec<(u32, u32)>,
    /// Whether a text that has the word only in its body counts.
    pub(super) bodies: bool,
}

impl WordExpansion {
    /// How many places answer, at most: an entry counts once for each word it has.
    pub(super) fn entries(&self, index: &SearchIndex) -> u32 {
        let near = |word: u32| index.dictionary.counts(word);
        let words = self
            .words
            .iter()
            .map(|(word, _)| near(*word))
            .map(|(near, body)| near + if self.bodies { body } else { 0 });
        words.fold(self.parted.len() as u32, u32::saturating_add)
    }
}

impl SearchIndex {
    /// What answers a word without any typo.
    pub(super) fn answers(
        &self,
        ask: &QueryWord,
        next: Option<&QueryWord>,
        before: Option<&QueryWord>,
    ) -> WordExpansion {
        if ask.literal {
            return self.holding(ask);
        }
        let mut answers = WordExpansion {
            bodies: ask.word.chars().count() > 2 || !ask.open,
            ..WordExpansion::default()
        };
        self.forms(&ask.word, &mut answers.words);
        for pair in [before.map(|b| (b, ask)), next.map(|n| (ask, n))]
            .into_iter()
            .flatten()
        {
            if let Some(word) = self
                .dictionary
                .find(&format!("{}{}", pair.0.word, pair.1.word))
            {
                answers.words.push((word, GLUED));
            }
        }
        self.parted(ask, &mut answers.parted);
        answers
    }

    /// The word, longer ones that start with it, and its other forms.
    fn forms(&self, asked: &str, words: &mut Vec<(u32, u32)>) {
        let letters = asked.len() as u32;
        for word in self.dictionary.starting(asked) {
            let text = self.dictionary.word(word);
            if text.len() == asked.len() {
                words.push((word, SAME));
            } else if !text.contains(':') {
                let start = START.0 + START.1 * letters / text.len() as u32;
                words.push((
                    word,
                    if stem(text) == stem(asked) {
                        FORM
                    } else {
                        start
                    },
                ));
            }
        }
        let root = stem(asked);
        if root.len() >= 3 && root.len() < asked.len() {
            let others = self
                .dictionary
                .starting(root)
                .map(|word| (word, self.dictionary.word(word)));
            let forms = others.filter(|(_, text)| !text.starts_with(asked) && stem(text) == root);
            words.extend(forms.map(|(word, _)| (word, FORM)));
        }
    }

    /// Words that hold the text as it is, inside or not.
    fn holding(&self, ask: &QueryWord) -> WordExpansion {
        let words = (0..self.dictionary.len()).map(|word| (word, self.dictionary.word(word)));
        let holds =
            words.filter(|(_, text)| !text.contains(':') && text.contains(ask.word.as_str()));
        let quality = |text: &str| if text == ask.word { SAME } else { GLUED };
        let words = holds.map(|(word, text)| (word, quality(text))).collect();
        WordExpansion {
            words,
            bodies: true,
            ..WordExpansion::default()
        }
    }

    /// Entries whose name has the word in two: `cosmosdb` for `Cosmos DB`.
    fn parted(&self, ask: &QueryWord, entries: &mut Vec<(u32, u32)>) {
        for (at, _) in ask.word.char_indices().skip(2) {
            let Some((head, tail)) = ask.word.split_at_checked(at) else {
                continue;
            };
            if tail.chars().count() < 2 || is_stop(head) || is_stop(tail) {
                continue;
            }
            let (Some(head), Some(tail)) = (self.dictionary.find(head), self.dictionary.find(tail))
            else {
                continue;
            };
            let mut tails = self.in_names(tail).peekable();
            for entry in self.in_names(head) {
                while tails.next_if(|t| *t < entry).is_some() {}
                if tails.peek() == Some(&entry)
                    && self.any_name(entry, |name| name.contains(&ask.word))
                {
                    entries.push((entry, GLUED));
                }
            }
        }
    }

    fn in_names(&self, word: u32) -> impl Iterator<Item = u32> {
        self.dictionary
            .entries(word, false)
            .filter(|(_, field)| *field == IndexField::Name)
            .map(|(entry, _)| entry)
    }

    /// Adds the words that a typo away were meant.
    pub(super) fn add_typos(&self, ask: &QueryWord, answers: &mut WordExpansion) {
        let most = allowed(ask.raw.chars().count());
        let Some(first) = ask.raw.chars().next().filter(|_| most > 0 && !ask.literal) else {
            return;
        };
        let spellings = if ask.raw == ask.word {
            vec![&ask.raw]
        } else {
            vec![&ask.raw, &ask.word]
        };
        let spellings: Vec<(BitParallel, u8)> = spellings
            .into_iter()
            .filter_map(|s| Some((BitParallel::of(s)?, allowed(s.chars().count()))))
            .collect();
        for word in self.dictionary.starting(first.encode_utf8(&mut [0; 4])) {
            let text = self.dictionary.word(word);
            if text.starts_with(&ask.word) || text.contains(':') {
                continue;
            }
            let near = spellings
                .iter()
                .filter_map(|(bits, most)| bits.near(text, *most, ask.open));
            if let Some(near) = near.min_by_key(|near| (!near.whole, near.edits)) {
                answers
                    .words
                    .push((word, typo_quality(near.edits, near.whole)));
            }
        }
    }
}

/// Quality of a word with typos, in percent.
fn typo_quality(edits: u8, whole: bool) -> u32 {
    let quality = if whole { 60 } else { 42 };
    quality - 12 * u32::from(edits.saturating_sub(1))
}
