//! How far a typed word is from a real one: letters dropped, added, swapped or replaced.
//! Promises: a swap of neighbors counts once; no typo in words under five letters, one from five, two from nine;
//! what the fast way says is what the textbook says, see the tests.

/// How near a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EditDistance {
    /// Edits between the two.
    pub(super) edits: u8,
    /// False where only a beginning of the candidate is near.
    pub(super) whole: bool,
}

/// Something that finds near words. Small, so that another matcher can take its place.
pub(super) trait Matcher: Sized {
    /// Prepares for a typed word; `None` for words it cannot handle.
    fn of(typed: &str) -> Option<Self>;
    /// How near the whole candidate is, when it is within `most` edits.
    fn whole(&self, candidate: &str, most: u8) -> Option<u8>;
    /// How near the best beginning of the candidate is, when it is within `most` edits.
    fn start(&self, candidate: &str, most: u8) -> Option<u8>;

    /// The whole candidate if that is near, else, for a word still being typed, its beginning.
    fn near(&self, candidate: &str, most: u8, open: bool) -> Option<EditDistance> {
        let whole = self
            .whole(candidate, most)
            .map(|edits| EditDistance { edits, whole: true });
        whole.or_else(|| {
            self.start(candidate, most)
                .filter(|_| open)
                .map(|edits| EditDistance {
                    edits,
                    whole: false,
                })
        })
    }
}

/// Typos allowed in a word of that many letters.
pub(super) fn allowed(letters: usize) -> u8 {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        9.. => 2,
    }
}

/// Optimal string alignment distance, 64 letters at once in the bits of a word (Hyyrö 2003).
pub(super) struct BitParallel {
    ascii: [u64; 128],
    others: Vec<(char, u64)>,
    letters: u32,
}

impl BitParallel {
    fn of_letter(&self, c: char) -> u64 {
        match self.ascii.get(c as usize) {
            Some(bits) => *bits,
            None => self
                .others
                .iter()
                .find(|(other, _)| *other == c)
                .map_or(0, |(_, bits)| *bits),
        }
    }

    /// Walks the candidate; `see` gets the distance to each beginning. Returns the distance to the whole.
    fn walk(&self, candidate: &str, mut see: impl FnMut(u32)) -> u32 {
        let top = 1u64 << (self.letters - 1);
        let (mut plus, mut minus, mut diagonal, mut before) = (!0u64, 0u64, 0u64, 0u64);
        let mut distance = self.letters;
        for c in candidate.chars() {
            let here = self.of_letter(c);
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & plus).wrapping_add(plus) ^ plus) | here | minus | swapped;
            let up = minus | !(diagonal | plus);
            let down = diagonal & plus;
            distance = distance + u32::from(up & top != 0) - u32::from(down & top != 0);
            see(distance);
            let up = (up << 1) | 1;
            plus = (down << 1) | !(diagonal | up);
            minus = up & diagonal;
            before = here;
        }
        distance
    }
}

impl Matcher for BitParallel {
    fn of(typed: &str) -> Option<Self> {
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

    fn whole(&self, candidate: &str, most: u8) -> Option<u8> {
        let least = self.letters.saturating_sub(u32::from(most)) as usize;
        if candidate.len() < least
            || candidate.len() > 4 * (self.letters as usize + usize::from(most))
        {
            return None;
        }
        let distance = self.walk(candidate, |_| {});
        (distance <= u32::from(most)).then_some(distance as u8)
    }

    fn start(&self, candidate: &str, most: u8) -> Option<u8> {
        let mut best = u32::MAX;
        self.walk(candidate, |distance| best = best.min(distance));
        (best <= u32::from(most)).then_some(best as u8)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook way, as a second opinion.
    struct Textbook(String);

    impl Matcher for Textbook {
        fn of(typed: &str) -> Option<Self> {
            (!typed.is_empty() && typed.chars().count() <= 64).then(|| Self(typed.to_owned()))
        }
        fn whole(&self, candidate: &str, most: u8) -> Option<u8> {
            let distance = strsim::osa_distance(&self.0, candidate);
            (distance <= usize::from(most)).then_some(distance as u8)
        }
        fn start(&self, candidate: &str, most: u8) -> Option<u8> {
            let ends = candidate.char_indices().map(|(at, c)| at + c.len_utf8());
            ends.filter_map(|end| self.whole(candidate.get(..end)?, most))
                .min()
        }
    }

    #[track_caller]
    fn check(typed: &str, candidate: &str, expected: Option<(u8, bool)>) {
        let most = allowed(typed.chars().count());
        let near = BitParallel::of(typed).unwrap().near(candidate, most, true);
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
        fn fast_and_textbook_agree(typed in "[abcé]{1,12}", candidate in "[abcé]{0,14}", most in 0u8..4, open: bool) {
            let fast = BitParallel::of(&typed).unwrap().near(&candidate, most, open);
            let slow = Textbook::of(&typed).unwrap().near(&candidate, most, open);
            prop_assert_eq!(fast, slow);
        }
    }
}
