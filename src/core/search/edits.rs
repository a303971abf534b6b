//! Edit distance between a typed word and an indexed one: insertions, deletions, substitutions and transpositions of
//! neighbors count one each (optimal string alignment).

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EditDistance {
    pub(super) edits: u8,
    /// False where only a prefix of the candidate is near.
    pub(super) whole: bool,
}

/// A trait, so that the tests can compare the fast matcher with the textbook's.
pub(super) trait Matcher: Sized {
    /// `None` for words it cannot handle.
    fn new(typed: &str) -> Option<Self>;
    /// Distance to the whole candidate, if at most `limit`.
    fn distance(&self, candidate: &str, limit: u8) -> Option<u8>;
    /// Distance to the nearest prefix of the candidate, if at most `limit`.
    fn prefix_distance(&self, candidate: &str, limit: u8) -> Option<u8>;

    /// The whole candidate if that is near, else, for a word still being typed, its nearest prefix.
    fn nearest(&self, candidate: &str, limit: u8, unfinished: bool) -> Option<EditDistance> {
        let whole = self
            .distance(candidate, limit)
            .map(|edits| EditDistance { edits, whole: true });
        whole.or_else(|| {
            self.prefix_distance(candidate, limit)
                .filter(|_| unfinished)
                .map(|edits| EditDistance {
                    edits,
                    whole: false,
                })
        })
    }
}

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
}

impl Matcher for BitParallel {
    fn new(typed: &str) -> Option<Self> {
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

    fn distance(&self, candidate: &str, limit: u8) -> Option<u8> {
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

    fn prefix_distance(&self, candidate: &str, limit: u8) -> Option<u8> {
        let mut best = u32::MAX;
        self.walk(candidate, |distance| best = best.min(distance));
        (best <= u32::from(limit)).then_some(best as u8)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook's algorithm, as a reference.
    struct Textbook(String);

    impl Matcher for Textbook {
        fn new(typed: &str) -> Option<Self> {
            (!typed.is_empty() && typed.chars().count() <= 64).then(|| Self(typed.to_owned()))
        }
        fn distance(&self, candidate: &str, limit: u8) -> Option<u8> {
            let distance = strsim::osa_distance(&self.0, candidate);
            (distance <= usize::from(limit)).then_some(distance as u8)
        }
        fn prefix_distance(&self, candidate: &str, limit: u8) -> Option<u8> {
            let ends = candidate.char_indices().map(|(at, c)| at + c.len_utf8());
            ends.filter_map(|end| self.distance(candidate.get(..end)?, limit))
                .min()
        }
    }

    #[track_caller]
    fn check(typed: &str, candidate: &str, expected: Option<(u8, bool)>) {
        let limit = max_edits(typed.chars().count());
        let near = BitParallel::new(typed)
            .unwrap()
            .nearest(candidate, limit, true);
        assert_eq!(
            near.map(|n| (n.edits, n.whole)),
            expected,
            "{typed} {candidate}"
        );
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
            let slow = Textbook::new(&typed).unwrap().nearest(&candidate, limit, unfinished);
            prop_assert_eq!(fast, slow);
        }
    }
}
