//! A name with case, accents, plurals and signs taken away, as the index keeps it: its words, a space between two.
//! Promise: spaces never count where a query is held against it; its letters are numbered without them.

use std::cmp::Ordering;
use std::ops::Range;

use crate::core::search::words::each_word;

/// Ways in which a whole name answers a whole query, spaces left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameMatchKind {
    /// It is the query.
    Same,
    /// It starts with the query; true where a word ends there.
    Starts(bool),
    /// One of its words and those after it start with the query.
    Holds,
    /// The letters come in order; skipped letters inside words.
    InOrder(u16),
    /// It is the query with that many typos.
    Typo(u8),
}

/// Longest name that is searched for letters in order, in letters.
const LONGEST: usize = 256;
/// The gaps on the way to what cannot be reached.
const NOWHERE: (u16, u16) = (u16::MAX, 0);

/// Adds the folded words of a name to a text.
pub(super) fn push_folded(text: &mut String, name: &str) {
    let start = text.len();
    each_word(name, |_, word| {
        if text.len() > start {
            text.push(' ');
        }
        text.push_str(word);
    });
}

/// A folded name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoldedName<'a>(pub(super) &'a str);

impl<'a> FoldedName<'a> {
    /// Its letters, without the spaces.
    pub(super) fn letters(self) -> impl Iterator<Item = char> {
        self.0.chars().filter(|c| *c != ' ')
    }

    /// Its words.
    pub(super) fn words(self) -> impl Iterator<Item = &'a str> {
        self.0.split(' ')
    }

    /// Writes its letters into a text that is used again and again.
    pub(super) fn write(self, text: &mut String) {
        text.clear();
        self.words().for_each(|word| text.push_str(word));
    }

    /// Where it stands to the names that start with these letters: before them, among them, or after them.
    pub(super) fn order(self, tight: &str) -> Ordering {
        match self.after(tight) {
            Ok(_) => Ordering::Equal,
            Err(order) => order,
        }
    }

    /// Where it stands to another in the order of their letters.
    pub(super) fn cmp(self, other: Self) -> Ordering {
        let bytes = |folded: Self| folded.0.bytes().filter(|b| *b != b' ');
        bytes(self).cmp(bytes(other))
    }

    /// Whether it is, or starts with, these letters.
    pub(super) fn starts_with(self, tight: &str) -> Option<NameMatchKind> {
        let rest = self.after(tight).ok()?;
        Some(if rest.is_empty() {
            NameMatchKind::Same
        } else {
            NameMatchKind::Starts(rest.starts_with(' '))
        })
    }

    /// The number of the letter from which on it holds these letters, at the start of a later word.
    pub(super) fn holds(self, tight: &str) -> Option<usize> {
        let mut spaces = self.0.match_indices(' ');
        let (at, _) = spaces.find(|(at, _)| {
            self.0
                .get(at + 1..)
                .is_some_and(|rest| FoldedName(rest).after(tight).is_ok())
        })?;
        Some(FoldedName(self.0.get(..at)?).letters().count())
    }

    /// What follows these letters where it starts with them; else how its letters stand to them.
    fn after(self, tight: &str) -> Result<&'a str, Ordering> {
        let mut wanted = tight.bytes();
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

    fn has_in_order(self, tight: &str) -> bool {
        let mut letters = self.0.chars().take(LONGEST);
        tight.chars().all(|c| letters.any(|letter| letter == c))
    }
}

/// A query's letters, looked for in order in one name after another. Keeps its room from name to name.
pub(super) struct SubsequenceWalk<'a> {
    tight: &'a str,
    query: Vec<char>,
    /// Letters of the name, each with the number of its word's first one.
    name: Vec<(char, u16)>,
    /// Where letters of the query can stand: those of the first one, then those of the second one, and so on.
    steps: Vec<SubsequenceStep>,
    /// Where the steps of each letter of the query start.
    rows: Vec<usize>,
}

/// The cheapest way to have a letter of the query at some place.
#[derive(Clone, Copy)]
struct SubsequenceStep {
    /// The number of the name's letter.
    at: u16,
    gaps: u16,
    /// The number of the letter before it on that way.
    from: u16,
}

/// The cheapest of the letters before the last one: of all, and of one word.
struct Cheapest {
    all: (u16, u16),
    word: (u16, u16),
    in_word: u16,
}

impl<'a> SubsequenceWalk<'a> {
    pub(super) fn new(tight: &'a str) -> Self {
        Self {
            tight,
            query: tight.chars().collect(),
            name: Vec::new(),
            steps: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The fewest letters skipped inside words when the query's letters are found in order, each either right after
    /// the one before, later in the same word, or at the start of a later word. Nothing where that explains too little.
    pub(super) fn gaps(&mut self, name: FoldedName) -> Option<u16> {
        Some(self.best(name)?.gaps)
    }

    /// The numbers of the letters on that way.
    pub(super) fn places(&mut self, name: FoldedName) -> Vec<usize> {
        let Some(mut step) = self.best(name) else {
            return Vec::new();
        };
        let mut places = vec![usize::from(step.at)];
        for rows in self.rows.windows(2).rev().skip(1) {
            let row = rows
                .first()
                .zip(rows.last())
                .and_then(|(from, to)| self.steps.get(*from..*to));
            let Some(before) = row.and_then(|row| row.iter().find(|s| s.at == step.from)) else {
                break;
            };
            places.push(usize::from(before.at));
            step = *before;
        }
        places.reverse();
        places
    }

    /// The last step of the best way.
    fn best(&mut self, name: FoldedName) -> Option<SubsequenceStep> {
        if self.query.len() < 2 || !name.has_in_order(self.tight) {
            return None;
        }
        self.read(name);
        // In a long name nearly any letters stand in order; that explains nothing to who typed them.
        if self.name.len() > self.query.len() * 8 {
            return None;
        }
        let mut before = 0;
        for i in 0..self.query.len() {
            let row = self.steps.len();
            self.rows.push(row);
            self.row(i, before..row);
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

    fn read(&mut self, name: FoldedName) {
        self.steps.clear();
        self.rows.clear();
        self.name.clear();
        let mut word = 0;
        for c in name.0.chars().take(LONGEST) {
            match c {
                ' ' => word = self.name.len() as u16,
                letter => self.name.push((letter, word)),
            }
        }
    }

    /// Adds the steps for the query's `i`-th letter, given those for the letter before.
    fn row(&mut self, i: usize, mut before: Range<usize>) {
        let Some(letter) = self.query.get(i) else {
            return;
        };
        let mut cheapest = Cheapest {
            all: NOWHERE,
            word: NOWHERE,
            in_word: 0,
        };
        for (at, (_, word)) in (0u16..).zip(&self.name).filter(|(_, (c, _))| c == letter) {
            let mut last = NOWHERE;
            while let Some(step) = self
                .steps
                .get(before.start)
                .filter(|step| before.start < before.end && step.at < at)
            {
                if step.at + 1 == at {
                    last = (step.gaps, step.at);
                    break;
                }
                cheapest.pass(
                    step,
                    self.name
                        .get(usize::from(step.at))
                        .map_or(0, |(_, word)| *word),
                );
                before.start += 1;
            }
            let (gaps, from) = match i {
                0 => (if *word == at { 0 } else { NOWHERE.0 }, 0),
                _ if *word == at => cheapest.all.min(last),
                _ => cheapest.within(*word).min(last),
            };
            if gaps < NOWHERE.0 {
                self.steps.push(SubsequenceStep { at, gaps, from });
            }
        }
    }
}

impl Cheapest {
    fn pass(&mut self, step: &SubsequenceStep, word: u16) {
        if word != self.in_word {
            (self.word, self.in_word) = (NOWHERE, word);
        }
        self.word = self.word.min((step.gaps, step.at));
        self.all = self.all.min((step.gaps, step.at));
    }

    /// The cheapest in this word, with the gap after it.
    fn within(&self, word: u16) -> (u16, u16) {
        if word == self.in_word {
            (self.word.0.saturating_add(1), self.word.1)
        } else {
            NOWHERE
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The plain way, as a second opinion: every letter of the query at every place after every place before it.
    fn plainly(query: &str, name: &str) -> Option<u16> {
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
        fn the_quick_way_and_the_plain_way_agree(query in "[abc]{1,6}", name in "[abc]{1,4}( [abc]{1,4}){0,4}") {
            let mut walk = SubsequenceWalk::new(&query);
            let gaps = walk.gaps(FoldedName(&name));
            prop_assert_eq!(gaps, plainly(&query, &name));
            let places = walk.places(FoldedName(&name));
            let letters: Vec<char> = FoldedName(&name).letters().collect();
            let spelled: String = places.iter().map(|at| letters[*at]).collect();
            prop_assert_eq!(spelled, if gaps.is_some() { query } else { String::new() });
            prop_assert!(places.is_sorted_by(|a, b| a < b));
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
        let places =
            |query: &str, name: &str| SubsequenceWalk::new(query).places(FoldedName(&folded(name)));
        assert_eq!(places("stz", "Scale to zero"), [0, 5, 7]);
        assert_eq!(places("cdst", "Cold start"), [0, 3, 4, 5]);
        assert!(places("ld", "Cold start").is_empty());
    }

    #[test]
    fn spaces_do_not_count() {
        let name = folded("Cold  Starts, again");
        assert_eq!(name, "cold start again");
        assert_eq!(
            FoldedName(&name).starts_with("coldst"),
            Some(NameMatchKind::Starts(false))
        );
        assert_eq!(
            FoldedName(&name).starts_with("coldstart"),
            Some(NameMatchKind::Starts(true))
        );
        assert_eq!(
            FoldedName(&name).starts_with("coldstartagain"),
            Some(NameMatchKind::Same)
        );
        assert_eq!(FoldedName(&name).starts_with("coldstartagainst"), None);
        assert_eq!(FoldedName(&name).holds("startag"), Some(4));
        assert_eq!(FoldedName(&name).holds("old"), None);
        assert_eq!(FoldedName("ab c").cmp(FoldedName("abd")), Ordering::Less);
    }
}
