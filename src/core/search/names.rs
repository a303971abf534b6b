//! Names as a whole: the same, starting so, holding the letters in order, or off by a typo.
//! Promise: a beginning is looked up in the order of names; otherwise a name is looked at only when its signature says
//! that the letters are there.

use std::ops::Range;

use crate::core::search::edits::{BitParallel, Matcher};
use crate::core::search::folded::{FoldedName, NameMatchKind, SubsequenceWalk};
use crate::core::search::index::{NameKind, SearchIndex};

/// Bits of a signature that stand for letters; the others stand for the first one.
const LETTERS: u32 = (1 << 26) - 1;

/// How a name answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameMatch {
    /// Whose name it is.
    pub(super) entry: u32,
    /// Which name.
    pub(super) name: u32,
    /// How it answers.
    pub(super) how: NameMatchKind,
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

/// Whether so many bits are set or fewer. Quicker for few than counting them.
fn has_at_most(mut bits: u32, most: u8) -> bool {
    for _ in 0..most {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

impl SearchIndex {
    /// Names that are, or start with, this text. Ids count only where they are it.
    pub(super) fn names_starting(&self, tight: &str) -> Vec<NameMatch> {
        let starting = |names: &'_ [u32]| -> Range<usize> {
            let first = names.partition_point(|name| self.folded(*name).order(tight).is_lt());
            let count = names
                .get(first..)
                .unwrap_or(&[])
                .partition_point(|name| self.folded(*name).order(tight).is_eq());
            first..first + count
        };
        let (names, ids) = self.spelled.order.split_at(self.spelled.names);
        let mut found = names.get(starting(names)).unwrap_or(&[]).to_vec();
        let ids = ids.get(starting(ids)).unwrap_or(&[]);
        // Those that start with it come in order, so what is it comes first.
        found
            .extend(ids.iter().take_while(|id| {
                self.folded(**id).starts_with(tight) == Some(NameMatchKind::Same)
            }));
        found.sort_unstable();
        self.named(
            found
                .into_iter()
                .filter_map(|name| Some((name, self.folded(name).starts_with(tight)?))),
        )
    }

    /// Names that hold this text from the start of a word on, or its letters in order.
    pub(super) fn names_holding(&self, tight: &str) -> Vec<NameMatch> {
        let wanted = signature(tight) & LETTERS;
        let mut walk = SubsequenceWalk::new(tight);
        let how = |folded: FoldedName| match folded.holds(tight) {
            Some(_) => Some(NameMatchKind::Holds),
            None => walk.gaps(folded).map(NameMatchKind::InOrder),
        };
        self.names_where(|signature| signature & wanted == wanted, how)
    }

    /// Names within that many typos of this text.
    pub(super) fn names_near(&self, tight: &str, most: u8) -> Vec<NameMatch> {
        let Some(bits) = BitParallel::of(tight).filter(|_| most > 0) else {
            return Vec::new();
        };
        let wanted = signature(tight) & LETTERS;
        let near = |signature: u32| {
            let letters = signature & LETTERS;
            has_at_most(letters & !wanted, most) && has_at_most(wanted & !letters, most)
        };
        let mut text = String::new();
        self.names_where(near, |folded| {
            folded.write(&mut text);
            bits.whole(&text, most).map(NameMatchKind::Typo)
        })
    }

    /// Names whose signature passes and that answer somehow.
    fn names_where(
        &self,
        passes: impl Fn(u32) -> bool,
        mut how: impl FnMut(FoldedName) -> Option<NameMatchKind>,
    ) -> Vec<NameMatch> {
        let passing = (0u32..)
            .zip(&self.signatures)
            .filter(|(_, signature)| passes(**signature));
        self.named(passing.filter_map(|(name, _)| Some((name, how(self.folded(name))?))))
    }

    /// Names with their entries; they come in order.
    fn named(&self, names: impl Iterator<Item = (u32, NameMatchKind)>) -> Vec<NameMatch> {
        let mut entry = 0;
        let named = names.map(|(name, how)| {
            while self.names_of(entry).end <= name {
                entry += 1;
            }
            NameMatch { entry, name, how }
        });
        named.collect()
    }

    /// Whether some name of an entry, other than its id, passes. It is given its letters.
    pub(super) fn any_name(&self, entry: u32, mut passes: impl FnMut(&str) -> bool) -> bool {
        let mut text = String::new();
        self.names_of(entry)
            .filter(|n| self.name(*n).0 != NameKind::Id)
            .any(|name| {
                self.folded(name).write(&mut text);
                passes(&text)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::search::record::SearchRecord;
    use crate::pack::Kind;
    use crate::text::SafeText;

    #[test]
    fn signatures_hold_what_names_hold() {
        let wanted = signature("cold");
        assert_eq!(signature("coldstart") & wanted & LETTERS, wanted & LETTERS);
        assert_ne!(signature("warmstart") & wanted & LETTERS, wanted & LETTERS);
        assert_eq!(signature(""), 0);
        assert!(has_at_most(0b1010, 2) && has_at_most(0, 1) && !has_at_most(0b1011, 2));
    }

    #[test]
    fn beginnings_are_looked_up_as_if_every_name_were_read() {
        let titles = [
            "Cold start",
            "Cold starts, warm",
            "Colds tart",
            "Warm start",
            "cold",
            "Scale to zero",
            "Été",
            "été 2",
        ];
        let records = titles.iter().enumerate().map(|(n, title)| {
            let mut record =
                SearchRecord::new(Kind::Terms, &format!("c-{n}"), SafeText::clean(title));
            record.aliases = vec![SafeText::clean(&format!("s{title}"))];
            record
        });
        let index = SearchIndex::build(records);
        for start in [
            "c",
            "col",
            "coldst",
            "coldstart",
            "s",
            "ete",
            "e",
            "c1",
            "x",
            "coldstartwarmer",
        ] {
            let ours = |name: &u32| !index.ids_start_only(*name, start);
            let all = (0..index.signatures.len() as u32).filter(ours);
            let plainly = index
                .named(all.filter_map(|name| Some((name, index.folded(name).starts_with(start)?))));
            assert_eq!(index.names_starting(start), plainly, "{start}");
        }
    }

    impl SearchIndex {
        /// Whether it is an id that is not this text: those are not found by their beginning.
        fn ids_start_only(&self, name: u32, start: &str) -> bool {
            self.name(name).0 == NameKind::Id
                && self.folded(name).starts_with(start) != Some(NameMatchKind::Same)
        }
    }
}
