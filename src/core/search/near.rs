//! How near what was typed comes to a word or a name: edit distance (insertions, deletions, substitutions and transpositions
//! of neighbors count one each, optimal string alignment), and letters in order with gaps between them.

use std::cmp::Ordering;

use crate::core::search::words::each_word;

/// Typos allowed in a word of so many letters: in a short word one typo already makes another word.
pub(super) fn max_edits(letters: usize) -> u8 {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        9.. => 2,
    }
}

/// Bit-parallel optimal string alignment distance for typed words of up to 64 letters (Hyyrö 2003, "A bit-vector
/// algorithm for computing Levenshtein and Damerau edit distances").
pub(super) struct BitParallel {
    ascii: [u64; 128],
    others: Vec<(char, u64)>,
    letters: u32,
}

impl BitParallel {
    /// Where the letter occurs in the typed word, as bits.
    fn positions_of(&self, c: char) -> u64 {
        match self.ascii.get(c as usize) {
            Some(bits) => *bits,
            None => self
                .others
                .iter()
                .find(|(other, _)| *other == c)
                .map_or(0, |(_, bits)| *bits),
        }
    }

    /// Calls `visit` with the distance to each prefix of the candidate; returns the distance to the whole.
    ///
    /// Each step computes one column of the distance matrix. Neighboring cells differ by at most one, so that a column
    /// is two bit sets: the rows where it rises (`vertical_plus`) and where it falls (`vertical_minus`). The last row,
    /// the distance itself, is followed through the horizontal differences at the `top` bit.
    fn walk(&self, candidate: &str, mut visit: impl FnMut(u32)) -> u32 {
        let top = 1u64 << (self.letters - 1);
        let (mut vertical_plus, mut vertical_minus, mut diagonal, mut equal_before) =
            (!0u64, 0u64, 0u64, 0u64);
        let mut distance = self.letters;
        for c in candidate.chars() {
            let equal = self.positions_of(c);
            let transposed = ((!diagonal & equal) << 1) & equal_before;
            diagonal = ((equal & vertical_plus).wrapping_add(vertical_plus) ^ vertical_plus)
                | equal
                | vertical_minus
                | transposed;
            let horizontal_plus = vertical_minus | !(diagonal | vertical_plus);
            let horizontal_minus = diagonal & vertical_plus;
            distance = distance + u32::from(horizontal_plus & top != 0)
                - u32::from(horizontal_minus & top != 0);
            visit(distance);
            let horizontal_plus = (horizontal_plus << 1) | 1;
            vertical_plus = (horizontal_minus << 1) | !(diagonal | horizontal_plus);
            vertical_minus = horizontal_plus & diagonal;
            equal_before = equal;
        }
        distance
    }

    /// `None` for words it cannot handle.
    pub(super) fn new(typed: &str) -> Option<Self> {
        let mut bits = Self {
            ascii: [0; 128],
            others: Vec::new(),
            letters: 0,
        };
        for c in typed.chars() {
            let bit = 1u64.checked_shl(bits.letters)?;
            bits.letters += 1;
            if let Some(slot) = bits.ascii.get_mut(c as usize) {
                *slot |= bit;
            } else if let Some((_, slot)) = bits.others.iter_mut().find(|(other, _)| *other == c) {
                *slot |= bit;
            } else {
                bits.others.push((c, bit));
            }
        }
        (bits.letters > 0).then_some(bits)
    }

    /// Distance to the whole candidate, if at most `limit`.
    pub(super) fn distance(&self, candidate: &str, limit: u8) -> Option<u8> {
        // Lengths that differ by more than the limit need no matrix; a letter has at most four bytes.
        let least = self.letters.saturating_sub(u32::from(limit)) as usize;
        if candidate.len() < least
            || candidate.len() > 4 * (self.letters as usize + usize::from(limit))
        {
            return None;
        }
        let distance = self.walk(candidate, |_| {});
        (distance <= u32::from(limit)).then_some(distance as u8)
    }

    /// The distance to the whole candidate, and true, if that is near; else, for a word still being typed, to its nearest
    /// prefix.
    pub(super) fn nearest(
        &self,
        candidate: &str,
        limit: u8,
        unfinished: bool,
    ) -> Option<(u8, bool)> {
        let whole = self.distance(candidate, limit).map(|edits| (edits, true));
        if whole.is_some() || !unfinished {
            return whole;
        }
        let mut best = u32::MAX;
        self.walk(candidate, |distance| best = best.min(distance));
        (best <= u32::from(limit)).then_some((best as u8, false))
    }
}

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
}

/// Longest part of a name that is searched for a subsequence, in letters.
const MAX_LETTERS: usize = 256;
/// Gaps and place of what cannot be reached.
const UNREACHABLE: (u16, usize) = (u16::MAX, 0);

/// Gaps allowed between so many letters: two or three are an abbreviation only where they are the first of words, or stand
/// together.
const fn max_gaps(letters: usize) -> u16 {
    if letters < 4 { 0 } else { (letters / 3) as u16 }
}

/// The fewest gaps inside words when the letters are a subsequence of the name, each right after the one before, later in the
/// same word, or at the start of a later word; and their numbers on that way. `None` where too much is skipped to be meant.
///
/// Dynamic programming: for each letter that is wanted a row with, for each of the name, the fewest gaps on the way there
/// and the letter before it.
pub(super) fn subsequence(compact: &str, name: FoldedName<'_>) -> Option<(u16, Vec<usize>)> {
    let mut rest = name.0.chars().take(MAX_LETTERS);
    if compact.len() < 2 || !compact.chars().all(|c| rest.any(|letter| letter == c)) {
        return None;
    }
    // Each letter with the number of its word's first.
    let mut letters: Vec<(char, usize)> = Vec::new();
    let mut word = 0;
    for c in name.0.chars().take(MAX_LETTERS) {
        match c {
            ' ' => word = letters.len(),
            letter => letters.push((letter, word)),
        }
    }
    // A long name has nearly any letters as a subsequence: that is chance.
    let wanted = compact.chars().count();
    if wanted < 2 || letters.len() > wanted * 8 {
        return None;
    }
    let mut rows: Vec<Vec<(u16, usize)>> = Vec::with_capacity(wanted);
    for letter in compact.chars() {
        let way = |(at, (c, word)): (usize, &(char, usize))| match rows.last() {
            _ if *c != letter => UNREACHABLE,
            None => (if *word == at { 0 } else { UNREACHABLE.0 }, at),
            Some(before) => {
                // At the start of a word from anywhere before it, else from the same word.
                let first = if *word == at { 0 } else { *word };
                let before = before.iter().enumerate().take(at).skip(first);
                let gap = |from: usize| u16::from(*word != at && from + 1 < at);
                let ways = before.map(|(from, (gaps, _))| (gaps.saturating_add(gap(from)), from));
                ways.min().unwrap_or(UNREACHABLE)
            }
        };
        rows.push(letters.iter().enumerate().map(way).collect());
    }
    let last = rows.last()?.iter().enumerate();
    let (mut at, (gaps, _)) = last.min_by_key(|(at, (gaps, _))| (*gaps, *at))?;
    let mut places = Vec::with_capacity(wanted);
    for row in rows.iter().rev() {
        places.push(at);
        at = row.get(at)?.1;
    }
    places.reverse();
    (*gaps <= max_gaps(wanted)).then_some((*gaps, places))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook's algorithm, as a reference.
    fn textbook(typed: &str, candidate: &str, limit: u8, unfinished: bool) -> Option<(u8, bool)> {
        let near = |candidate: &str| strsim::osa_distance(typed, candidate) as u8;
        let ends = candidate.char_indices().map(|(at, c)| at + c.len_utf8());
        let starts = ends.filter_map(|end| candidate.get(..end)).map(near);
        let start = starts
            .min()
            .map(|edits| (edits, false))
            .filter(|_| unfinished);
        let whole = Some((near(candidate), true)).filter(|(edits, _)| *edits <= limit);
        whole.or(start.filter(|(edits, _)| *edits <= limit))
    }

    #[track_caller]
    fn check(typed: &str, candidate: &str, expected: Option<(u8, bool)>) {
        let limit = max_edits(typed.chars().count());
        let near = BitParallel::new(typed)
            .unwrap()
            .nearest(candidate, limit, true);
        assert_eq!(near, expected, "{typed} {candidate}");
    }

    #[test]
    fn near_words() {
        check("provisoned", "provisioned", Some((1, true)));
        check("strat", "start", Some((1, true)));
        check("servreless", "serverless", Some((1, true)));
        check("provisone", "provisioned", Some((2, true)));
        check("kuberen", "kubernete", Some((1, false)));
        check("clod", "cold", None);
        check("billing", "fitting", None);
    }

    proptest! {
        #[test]
        fn fast_and_textbook_agree(typed in "[abcé]{1,12}", candidate in "[abcé]{0,14}", limit in 0u8..4, unfinished: bool) {
            let fast = BitParallel::new(&typed).unwrap().nearest(&candidate, limit, unfinished);
            let slow = textbook(&typed, &candidate, limit, unfinished);
            prop_assert_eq!(fast, slow);
        }
    }

    fn folded(name: &str) -> String {
        let mut text = String::new();
        push_folded(&mut text, name);
        text
    }

    #[track_caller]
    fn check_gaps(query: &str, name: &str, expected: Option<u16>) {
        let name = folded(name);
        assert_eq!(
            subsequence(query, FoldedName(&name)).map(|(gaps, _)| gaps),
            expected,
            "{query} in {name}"
        );
    }

    #[test]
    fn letters_in_order_keep_to_words() {
        check_gaps("prvcon", "Provisioned concurrency", Some(1));
        check_gaps("cdst", "Cold start", Some(1));
        check_gaps("stz", "Scale to zero", Some(0));
        check_gaps("kbrnts", "Kubernetes", None);
        check_gaps(
            "servreless",
            "Finally, a serverless cache that delivers on the promise of the cloud",
            None,
        );
        check_gaps("ld", "Cold start", None);
        check_gaps("c", "Cold start", None);
    }

    #[test]
    fn letters_in_order_have_places() {
        let positions = |query: &str, name: &str| {
            let found = subsequence(query, FoldedName(&folded(name)));
            found.map(|(_, places)| places).unwrap_or_default()
        };
        assert_eq!(positions("stz", "Scale to zero"), [0, 5, 7]);
        assert_eq!(positions("cdst", "Cold start"), [0, 3, 4, 5]);
        assert!(positions("ld", "Cold start").is_empty());
    }

    #[test]
    fn spaces_do_not_count() {
        let mut name = String::new();
        push_folded(&mut name, "Cold  Starts, again");
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
