//! Normalized names (no case, accents, plural endings or punctuation; one space between words) and how a query matches
//! them: as a prefix, from the start of a word, or as a subsequence. Spaces never count, and letters are numbered
//! without them.

use std::cmp::Ordering;
use std::ops::Range;

use crate::core::search::words::each_word;

/// How a whole name matches a whole query, spaces left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameMatchKind {
    Exact,
    /// True where a word ends after the prefix.
    Prefix(bool),
    /// A later word and those after it have the query as a prefix.
    WordPrefix,
    /// The number of gaps inside words.
    Subsequence(u16),
    /// The edit distance.
    Typo(u8),
}

/// Longest part of a name that is searched for a subsequence, in letters.
const MAX_LETTERS: usize = 256;
/// Costs and position of what cannot be reached.
const UNREACHABLE: (u16, u16) = (u16::MAX, 0);

/// Appends a name's normalized words to a text.
pub(super) fn push_folded(text: &mut String, name: &str) {
    let start = text.len();
    each_word(name, |_, word| {
        if text.len() > start {
            text.push(' ');
        }
        text.push_str(word);
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoldedName<'a>(pub(super) &'a str);

impl<'a> FoldedName<'a> {
    pub(super) fn letters(self) -> impl Iterator<Item = char> {
        self.0.chars().filter(|c| *c != ' ')
    }

    pub(super) fn words(self) -> impl Iterator<Item = &'a str> {
        self.0.split(' ')
    }

    /// Writes its letters into a reused text, without spaces.
    pub(super) fn write_letters(self, text: &mut String) {
        text.clear();
        self.words().for_each(|word| text.push_str(word));
    }

    /// Whether it sorts before, among or after the names with this prefix.
    pub(super) fn compare_prefix(self, compact: &str) -> Ordering {
        match self.strip_prefix(compact) {
            Ok(_) => Ordering::Equal,
            Err(order) => order,
        }
    }

    /// Compares letters only.
    pub(super) fn cmp(self, other: Self) -> Ordering {
        let bytes = |folded: Self| folded.0.bytes().filter(|b| *b != b' ');
        bytes(self).cmp(bytes(other))
    }

    /// Whether it equals the letters or has them as a prefix.
    pub(super) fn starts_with(self, compact: &str) -> Option<NameMatchKind> {
        let rest = self.strip_prefix(compact).ok()?;
        Some(if rest.is_empty() {
            NameMatchKind::Exact
        } else {
            NameMatchKind::Prefix(rest.starts_with(' '))
        })
    }

    /// The number of the letter at the start of a later word from which on it has these letters.
    pub(super) fn word_prefix(self, compact: &str) -> Option<usize> {
        let mut spaces = self.0.match_indices(' ');
        let (at, _) = spaces.find(|(at, _)| {
            self.0
                .get(at + 1..)
                .is_some_and(|rest| FoldedName(rest).strip_prefix(compact).is_ok())
        })?;
        Some(FoldedName(self.0.get(..at)?).letters().count())
    }

    /// What follows the prefix; else how the name compares with it.
    fn strip_prefix(self, compact: &str) -> Result<&'a str, Ordering> {
        let mut wanted = compact.bytes();
        let mut next = wanted.next();
        for (at, byte) in self.0.bytes().enumerate() {
            match next {
                None => return Ok(self.0.get(at..).unwrap_or("")),
                Some(_) if byte == b' ' => {}
                Some(letter) if letter == byte => next = wanted.next(),
                Some(letter) => return Err(byte.cmp(&letter)),
            }
        }
        if next.is_none() {
            Ok("")
        } else {
            Err(Ordering::Less)
        }
    }

    fn has_subsequence(self, compact: &str) -> bool {
        let mut letters = self.0.chars().take(MAX_LETTERS);
        compact.chars().all(|c| letters.any(|letter| letter == c))
    }
}

/// Finds a query's letters as a subsequence of names, at the least cost. Reused from name to name to save allocations.
///
/// Dynamic programming: for each letter of the query a row with the positions in the name where it can stand, and the
/// fewest gaps on the way there.
pub(super) struct SubsequenceWalk<'a> {
    compact: &'a str,
    query: Vec<char>,
    /// Letters of the name, each with the number of its word's first letter.
    name: Vec<(char, u16)>,
    /// All rows, one after the other.
    steps: Vec<SubsequenceStep>,
    /// Where each row starts in `steps`.
    rows: Vec<usize>,
}

/// The cheapest way to have a letter of the query at a position.
#[derive(Clone, Copy)]
struct SubsequenceStep {
    /// The number of the name's letter.
    at: u16,
    gaps: u16,
    /// The position of the letter before it on that way.
    from: u16,
}

/// The cheapest steps of the row before, as (gaps, position): in the whole name, and in the current word.
struct Cheapest {
    all: (u16, u16),
    word: (u16, u16),
    in_word: u16,
}

impl<'a> SubsequenceWalk<'a> {
    pub(super) fn new(compact: &'a str) -> Self {
        Self {
            compact,
            query: compact.chars().collect(),
            name: Vec::new(),
            steps: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The fewest gaps inside words when the query is a subsequence of the name, each letter right after the one before,
    /// later in the same word, or at the start of a later word. `None` where too much is skipped to be meant.
    pub(super) fn gaps(&mut self, name: FoldedName) -> Option<u16> {
        Some(self.best_path(name)?.gaps)
    }

    /// The letters' numbers on that way.
    pub(super) fn positions(&mut self, name: FoldedName) -> Vec<usize> {
        let Some(mut step) = self.best_path(name) else {
            return Vec::new();
        };
        let mut positions = vec![usize::from(step.at)];
        for rows in self.rows.windows(2).rev().skip(1) {
            let row = rows
                .first()
                .zip(rows.last())
                .and_then(|(from, to)| self.steps.get(*from..*to));
            let Some(before) = row.and_then(|row| row.iter().find(|s| s.at == step.from)) else {
                break;
            };
            positions.push(usize::from(before.at));
            step = *before;
        }
        positions.reverse();
        positions
    }

    /// The last step of the cheapest way.
    fn best_path(&mut self, name: FoldedName) -> Option<SubsequenceStep> {
        if self.query.len() < 2 || !name.has_subsequence(self.compact) {
            return None;
        }
        self.load(name);
        // A long name has nearly any letters as a subsequence: that is chance.
        if self.name.len() > self.query.len() * 8 {
            return None;
        }
        let mut before = 0;
        for i in 0..self.query.len() {
            let row = self.steps.len();
            self.rows.push(row);
            self.add_row(i, before..row);
            if self.steps.len() == row {
                return None;
            }
            before = row;
        }
        self.rows.push(self.steps.len());
        let last = self
            .steps
            .get(before..)?
            .iter()
            .min_by_key(|step| (step.gaps, step.at))?;
        (usize::from(last.gaps) <= self.query.len() / 3).then_some(*last)
    }

    fn load(&mut self, name: FoldedName) {
        self.steps.clear();
        self.rows.clear();
        self.name.clear();
        let mut word = 0;
        for c in name.0.chars().take(MAX_LETTERS) {
            match c {
                ' ' => word = self.name.len() as u16,
                letter => self.name.push((letter, word)),
            }
        }
    }

    /// Adds the row for the query's `i`-th letter, given the row before.
    fn add_row(&mut self, i: usize, mut before: Range<usize>) {
        let Some(letter) = self.query.get(i) else {
            return;
        };
        let mut cheapest = Cheapest {
            all: UNREACHABLE,
            word: UNREACHABLE,
            in_word: 0,
        };
        for (at, (_, word)) in (0u16..).zip(&self.name).filter(|(_, (c, _))| c == letter) {
            let mut last = UNREACHABLE;
            while let Some(step) = self
                .steps
                .get(before.start)
                .filter(|step| before.start < before.end && step.at < at)
            {
                if step.at + 1 == at {
                    last = (step.gaps, step.at);
                    break;
                }
                cheapest.add(
                    step,
                    self.name
                        .get(usize::from(step.at))
                        .map_or(0, |(_, word)| *word),
                );
                before.start += 1;
            }
            let (gaps, from) = match i {
                0 => (if *word == at { 0 } else { UNREACHABLE.0 }, 0),
                _ if *word == at => cheapest.all.min(last),
                _ => cheapest.within(*word).min(last),
            };
            if gaps < UNREACHABLE.0 {
                self.steps.push(SubsequenceStep { at, gaps, from });
            }
        }
    }
}

impl Cheapest {
    fn add(&mut self, step: &SubsequenceStep, word: u16) {
        if word != self.in_word {
            (self.word, self.in_word) = (UNREACHABLE, word);
        }
        self.word = self.word.min((step.gaps, step.at));
        self.all = self.all.min((step.gaps, step.at));
    }

    /// The cheapest in this word, plus the gap after it.
    fn within(&self, word: u16) -> (u16, u16) {
        if word == self.in_word {
            (self.word.0.saturating_add(1), self.word.1)
        } else {
            UNREACHABLE
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By definition, as a reference: every letter at every position after every position of the letter before.
    fn by_definition(query: &str, name: &str) -> Option<u16> {
        let query: Vec<char> = query.chars().collect();
        let words: Vec<(usize, char)> = name
            .split(' ')
            .enumerate()
            .flat_map(|(n, w)| w.chars().map(move |c| (n, c)))
            .collect();
        let starts = |at: usize| at == 0 || words[at - 1].0 != words[at].0;
        let mut before: Vec<Option<u16>> = Vec::new();
        for (i, letter) in query.iter().enumerate() {
            let way = |at: usize| -> Option<u16> {
                if words[at].1 != *letter {
                    return None;
                }
                if i == 0 {
                    return starts(at).then_some(0);
                }
                let from = |k: usize| match (starts(at), words[k].0 == words[at].0) {
                    (true, _) => before[k],
                    (false, true) => before[k].map(|gaps| gaps + u16::from(k + 1 < at)),
                    (false, false) => None,
                };
                (0..at).filter_map(from).min()
            };
            before = (0..words.len()).map(way).collect();
        }
        let fits = query.len() >= 2 && words.len() <= query.len() * 8;
        before
            .into_iter()
            .flatten()
            .min()
            .filter(|gaps| fits && usize::from(*gaps) <= query.len() / 3)
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_definition(query in "[abc]{1,6}", name in "[abc]{1,4}( [abc]{1,4}){0,4}") {
            let mut walk = SubsequenceWalk::new(&query);
            let gaps = walk.gaps(FoldedName(&name));
            prop_assert_eq!(gaps, by_definition(&query, &name));
            let positions = walk.positions(FoldedName(&name));
            let letters: Vec<char> = FoldedName(&name).letters().collect();
            let folded_names: String = positions.iter().map(|at| letters[*at]).collect();
            prop_assert_eq!(folded_names, if gaps.is_some() { query } else { String::new() });
            prop_assert!(positions.is_sorted_by(|a, b| a < b));
        }
    }

    fn folded(name: &str) -> String {
        let mut text = String::new();
        push_folded(&mut text, name);
        text
    }

    #[track_caller]
    fn check(query: &str, name: &str, expected: Option<u16>) {
        let name = folded(name);
        assert_eq!(
            SubsequenceWalk::new(query).gaps(FoldedName(&name)),
            expected,
            "{query} in {name}"
        );
    }

    #[test]
    fn letters_in_order_keep_to_words() {
        check("prvcon", "Provisioned concurrency", Some(1));
        check("cdst", "Cold start", Some(1));
        check("stz", "Scale to zero", Some(0));
        check("kbrnts", "Kubernetes", None);
        check(
            "servreless",
            "Finally, a serverless cache that delivers on the promise of the cloud",
            None,
        );
        check("ld", "Cold start", None);
        check("c", "Cold start", None);
    }

    #[test]
    fn letters_in_order_have_places() {
        let positions = |query: &str, name: &str| {
            SubsequenceWalk::new(query).positions(FoldedName(&folded(name)))
        };
        assert_eq!(positions("stz", "Scale to zero"), [0, 5, 7]);
        assert_eq!(positions("cdst", "Cold start"), [0, 3, 4, 5]);
        assert!(positions("ld", "Cold start").is_empty());
    }

    #[test]
    fn spaces_do_not_count() {
        let name = folded("Cold  Starts, again");
        assert_eq!(name, "cold start again");
        assert_eq!(
            FoldedName(&name).starts_with("coldst"),
            Some(NameMatchKind::Prefix(false))
        );
        assert_eq!(
            FoldedName(&name).starts_with("coldstart"),
            Some(NameMatchKind::Prefix(true))
        );
        assert_eq!(
            FoldedName(&name).starts_with("coldstartagain"),
            Some(NameMatchKind::Exact)
        );
        assert_eq!(FoldedName(&name).starts_with("coldstartagainst"), None);
        assert_eq!(FoldedName(&name).word_prefix("startag"), Some(4));
        assert_eq!(FoldedName(&name).word_prefix("old"), None);
        assert_eq!(FoldedName("ab c").cmp(FoldedName("abd")), Ordering::Less);
    }
}
