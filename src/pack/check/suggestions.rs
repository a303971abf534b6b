//! Near misses for ids, within a budget: what an author probably meant.
//! Promise: the work of all suggestions of one run together is bounded, whatever the pack; past the budget there are
//! none, and the problems are reported all the same.

use std::cell::Cell;

use crate::safe;
use crate::text::SafeText;
use crate::text::suggest::nearest;

/// Steps of one run: enough for a thousand misses in a pack of five thousand entries.
const BUDGET: usize = 8_000_000;
/// Steps that a comparison takes; passing over a candidate takes one.
const COMPARISON: usize = 100;
/// How many letters may differ between a word and its near miss: three edits change at most six.
const LETTERS: u32 = 6;

/// Finds near misses until the budget is spent.
#[derive(Debug)]
pub(super) struct SuggestionBudget {
    left: Cell<usize>,
}

impl Default for SuggestionBudget {
    fn default() -> Self {
        Self {
            left: Cell::new(BUDGET),
        }
    }
}

impl SuggestionBudget {
    /// The nearest of the candidates, if one is near and the budget allows.
    pub(super) fn find<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let (letters, length) = (letters(word), word.len());
        let alike =
            |c: &&str| c.len().abs_diff(length) <= 3 && letters_differ(letters, c) <= LETTERS;
        let candidates = candidates.into_iter().take_while(|_| self.afford(1));
        nearest(
            word,
            candidates
                .filter(alike)
                .take_while(|_| self.afford(COMPARISON)),
        )
    }

    fn afford(&self, steps: usize) -> bool {
        self.left
            .get()
            .checked_sub(steps)
            .map(|left| self.left.set(left))
            .is_some()
    }

    /// `did you mean …?`, if something is near.
    pub(super) fn help<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<SafeText> {
        self.find(word, candidates)
            .map(|near| safe!("did you mean `{near}`?"))
    }
}

/// One bit per letter that occurs.
fn letters(word: &str) -> u64 {
    word.bytes()
        .fold(0, |set, b| set | 1 << (b.to_ascii_lowercase() & 63))
}

fn letters_differ(set: u64, word: &str) -> u32 {
    (set ^ letters(word)).count_ones()
}
