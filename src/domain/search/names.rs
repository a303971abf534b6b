//! Names as a whole: the same, starting so, holding the letters in order, or off by a typo.
//! Promise: a name is looked at only when its signature says that the letters are there.

use crate::domain::search::edits::{Bits, Matcher};
use crate::domain::search::store::{Index, NameKind};
use crate::domain::search::words::each_word;

/// Bits of a signature that stand for letters; the others stand for the first one.
const LETTERS: u32 = (1 << 26) - 1;
/// Longest name that is searched for letters in order, in letters.
const LONGEST: usize = 256;

/// How a name answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Whose name it is.
    pub(super) entry: u32,
    /// Which name.
    pub(super) name: u32,
    /// How it answers.
    pub(super) how: How,
}

/// Ways in which a whole name answers a whole query, spaces left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
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

/// A name without spaces, and where its words start.
#[derive(Default)]
pub(super) struct Folded {
    pub(super) text: String,
    starts: Vec<usize>,
}

impl Folded {
    pub(super) fn set(&mut self, name: &str) {
        self.text.clear();
        self.starts.clear();
        each_word(name, |_, word| {
            self.starts.push(self.text.len());
            self.text.push_str(word);
        });
    }

    fn is_boundary(&self, at: usize) -> bool {
        at == self.text.len() || self.starts.contains(&at)
    }

    fn starts_with(&self, tight: &str) -> Option<How> {
        if self.text == tight {
            return Some(How::Same);
        }
        self.text.starts_with(tight).then(|| How::Starts(self.is_boundary(tight.len())))
    }

    fn holds(&self, tight: &str) -> Option<How> {
        let mut starts = self.starts.iter().skip(1);
        starts.any(|at| self.text.get(*at..).is_some_and(|t| t.starts_with(tight))).then_some(How::Holds)
    }

    /// The fewest letters skipped inside words when the query's letters are found in order, each either right after
    /// the one before, later in the same word, or at the start of a later word. Returns the letters' places too.
    pub(super) fn in_order(&self, tight: &str) -> Option<(u16, Vec<usize>)> {
        if !is_subsequence(tight, self.text.chars().take(LONGEST)) {
            return None;
        }
        let query: Vec<char> = tight.chars().collect();
        let name: Vec<(usize, char)> = self.text.char_indices().take(LONGEST).collect();
        if query.len() < 2 {
            return None;
        }
        let starts: Vec<bool> = name.iter().map(|(at, _)| self.starts.contains(at)).collect();
        let letters: Vec<char> = name.iter().map(|(_, c)| *c).collect();
        let (gaps, places) = Walk { query: &query, name: &letters, starts: &starts }.best()?;
        // In a long name nearly any letters stand in order; that explains nothing to who typed them.
        let allowed = query.len() / 3;
        (usize::from(gaps) <= allowed && name.len() <= query.len() * 8).then_some((gaps, places))
    }
}

fn is_subsequence(query: &str, name: impl Iterator<Item = char>) -> bool {
    let mut wanted = query.chars();
    let mut next = wanted.next();
    for c in name {
        if next == Some(c) {
            next = wanted.next();
        }
    }
    next.is_none()
}

/// Letters of a query on their way through a name.
struct Walk<'a> {
    query: &'a [char],
    name: &'a [char],
    starts: &'a [bool],
}

impl Walk<'_> {
    /// The way with the fewest gaps: gaps and places (as letter numbers).
    fn best(&self) -> Option<(u16, Vec<usize>)> {
        let mut rows: Vec<Vec<Option<(u16, usize)>>> = Vec::with_capacity(self.query.len());
        for (i, c) in self.query.iter().enumerate() {
            let row = (0..self.name.len()).map(|j| if self.name.get(j) == Some(c) { self.cost(i, j, rows.last()) } else { None });
            rows.push(row.collect());
        }
        let ends = rows.last()?.iter().enumerate().filter_map(|(j, cell)| Some((cell.as_ref()?.0, j)));
        let (gaps, mut at) = ends.min()?;
        let mut places = vec![at];
        for row in rows.iter().skip(1).rev() {
            at = row.get(at).copied().flatten()?.1;
            places.push(at);
        }
        places.reverse();
        Some((gaps, places))
    }

    /// The cheapest way to have letter `i` at place `j`, and the place before it.
    fn cost(&self, i: usize, j: usize, before: Option<&Vec<Option<(u16, usize)>>>) -> Option<(u16, usize)> {
        let Some(before) = before.filter(|_| i > 0) else {
            return self.starts.get(j).filter(|s| **s).map(|_| (0, 0));
        };
        let from = |k: usize, extra: u16| before.get(k).copied().flatten().map(|(gaps, _)| (gaps + extra, k));
        if self.starts.get(j) == Some(&true) {
            return (0..j).filter_map(|k| from(k, 0)).min();
        }
        let word = (0..j).rev().find(|k| self.starts.get(*k) == Some(&true)).unwrap_or(0);
        (word..j).filter_map(|k| from(k, u16::from(k + 1 < j))).min()
    }
}

/// The letters of a folded name as bits, and its first letter. A name can only hold what its signature holds.
pub(super) fn signature(folded: &str) -> u32 {
    let mut chars = folded.chars();
    let Some(first) = chars.next() else { return 0 };
    let letters = folded.chars().fold(0, |bits, c| bits | 1 << (code(c) % 26));
    letters | code(first) << 26
}

/// A number from 0 to 63 for a letter; different letters of the alphabet have different ones.
fn code(c: char) -> u32 {
    match c {
        'a'..='z' => c as u32 - 'a' as u32,
        '0'..='9' => 26 + (c as u32 - '0' as u32),
        _ => 36 + c as u32 % 28,
    }
}

impl Index {
    /// Names that are, or start with, this text.
    pub(super) fn names_starting(&self, tight: &str) -> Vec<Named> {
        let wanted = signature(tight);
        let mask = (wanted & LETTERS) | !LETTERS;
        self.names_where(|signature| signature & mask == wanted, |_, folded| folded.starts_with(tight))
    }

    /// Names that hold this text from the start of a word on, or its letters in order.
    pub(super) fn names_holding(&self, tight: &str) -> Vec<Named> {
        let wanted = signature(tight) & LETTERS;
        let how = |_: &str, folded: &Folded| {
            let in_order = || folded.in_order(tight).map(|(gaps, _)| How::InOrder(gaps));
            folded.holds(tight).or_else(in_order)
        };
        self.names_where(|signature| signature & wanted == wanted, how)
    }

    /// Names within that many typos of this text.
    pub(super) fn names_near(&self, tight: &str, most: u8) -> Vec<Named> {
        let Some(bits) = Bits::of(tight).filter(|_| most > 0) else { return Vec::new() };
        let wanted = signature(tight) & LETTERS;
        let most_bits = u32::from(most);
        let near = |signature: u32| {
            let letters = signature & LETTERS;
            (letters & !wanted).count_ones() <= most_bits && (wanted & !letters).count_ones() <= most_bits
        };
        self.names_where(near, |_, folded| bits.whole(&folded.text, most).map(How::Typo))
    }

    /// Names whose signature passes and that answer somehow.
    fn names_where(&self, passes: impl Fn(u32) -> bool, how: impl Fn(&str, &Folded) -> Option<How>) -> Vec<Named> {
        let mut found = Vec::new();
        let mut folded = Folded::default();
        let mut entry = 0u32;
        for (name, signature) in (0u32..).zip(&self.signatures) {
            if !passes(*signature) {
                continue;
            }
            let (_, text) = self.name(name);
            folded.set(text);
            if let Some(how) = how(text, &folded) {
                while self.names_of(entry).end <= name {
                    entry += 1;
                }
                found.push(Named { entry, name, how });
            }
        }
        found
    }

    /// Whether some name of an entry, other than its id, passes.
    pub(super) fn any_name(&self, entry: u32, mut passes: impl FnMut(&Folded) -> bool) -> bool {
        let mut folded = Folded::default();
        self.names_of(entry).map(|n| self.name(n)).filter(|(kind, _)| *kind != NameKind::Id).any(|(_, name)| {
            folded.set(name);
            passes(&folded)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, name: &str, expected: Option<u16>) {
        let mut folded = Folded::default();
        folded.set(name);
        assert_eq!(folded.in_order(query).map(|(gaps, _)| gaps), expected, "{query} in {name}");
    }

    #[test]
    fn letters_in_order_keep_to_words() {
        check("prvcon", "Provisioned concurrency", Some(1));
        check("cdst", "Cold start", Some(1));
        check("stz", "Scale to zero", Some(0));
        check("kbrnts", "Kubernetes", None);
        check("servreless", "Finally, a serverless cache that delivers on the promise of the cloud", None);
        check("ld", "Cold start", None);
        check("c", "Cold start", None);
    }

    #[test]
    fn signatures_hold_what_names_hold() {
        let wanted = signature("cold");
        assert_eq!(signature("coldstart") & wanted & LETTERS, wanted & LETTERS);
        assert_ne!(signature("warmstart") & wanted & LETTERS, wanted & LETTERS);
        assert_eq!(signature(""), 0);
    }
}
