//! Matches a whole query against whole names: equal, prefix, from the start of a later word, subsequence, or a few edits
//! away. Prefixes are found by binary search; otherwise a name is compared only if its signature has the letters.

use std::ops::Range;

use crate::core::search::index::SearchIndex;
use crate::core::search::near::{BitParallel, FoldedName, NameMatchKind, subsequence};

/// The bits of a signature for the letters; the other six are for the first letter.
const LETTER_BITS: u32 = (1 << 26) - 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameMatch {
    pub(super) entry: u32,
    pub(super) name: u32,
    pub(super) kind: NameMatchKind,
}

/// A bit set of a name's letters, and its first letter. A quick filter: a name whose signature lacks a letter lacks it,
/// though having the bit proves nothing, as letters share bits.
pub(super) fn signature(folded: &str) -> u32 {
    let mut chars = folded.chars();
    let Some(first) = chars.next() else { return 0 };
    let letters = folded
        .chars()
        .fold(0, |bits, c| bits | 1 << (letter_code(c) % 26));
    letters | letter_code(first) << 26
}

/// A number from 0 to 63, distinct for a–z and for 0–9.
fn letter_code(c: char) -> u32 {
    match c {
        'a'..='z' => c as u32 - 'a' as u32,
        '0'..='9' => 26 + (c as u32 - '0' as u32),
        _ => 36 + c as u32 % 28,
    }
}

impl SearchIndex {
    /// Names equal to the text or with it as a prefix; ids only if they are equal.
    pub(super) fn names_with_prefix(&self, compact: &str) -> Vec<NameMatch> {
        let with_prefix = |names: &'_ [u32]| -> Range<usize> {
            let first =
                names.partition_point(|name| self.folded(*name).compare_prefix(compact).is_lt());
            let count = names
                .get(first..)
                .unwrap_or(&[])
                .partition_point(|name| self.folded(*name).compare_prefix(compact).is_eq());
            first..first + count
        };
        let (names, ids) = self.order.split_at(self.given as usize);
        let mut found = names.get(with_prefix(names)).unwrap_or(&[]).to_vec();
        let ids = ids.get(with_prefix(ids)).unwrap_or(&[]);
        // Among names with a prefix, the equal ones sort first.
        found.extend(
            ids.iter().take_while(|id| {
                self.folded(**id).starts_with(compact) == Some(NameMatchKind::Exact)
            }),
        );
        found.sort_unstable();
        self.with_entries(
            found
                .into_iter()
                .filter_map(|name| Some((name, self.folded(name).starts_with(compact)?))),
        )
    }

    /// Names that have this text from the start of a later word on, or as a subsequence.
    pub(super) fn names_containing(&self, compact: &str) -> Vec<NameMatch> {
        let query = signature(compact) & LETTER_BITS;
        let match_kind = |folded: FoldedName| match folded.word_prefix(compact) {
            Some(_) => Some(NameMatchKind::WordPrefix),
            None => {
                let found = subsequence(compact, folded);
                found.map(|(gaps, _)| NameMatchKind::Subsequence(gaps))
            }
        };
        // A name that lacks a letter of the query cannot match: one comparison rules out most names.
        self.matching_names(|signature| signature & query == query, match_kind)
    }

    /// Names within this edit distance.
    pub(super) fn names_within(&self, compact: &str, most: u8) -> Vec<NameMatch> {
        let Some(bits) = BitParallel::new(compact).filter(|_| most > 0) else {
            return Vec::new();
        };
        let query = signature(compact) & LETTER_BITS;
        // An edit adds or removes at most one letter of the set each.
        let near = |signature: u32| {
            let letters = signature & LETTER_BITS;
            let most = u32::from(most);
            (letters & !query).count_ones() <= most && (query & !letters).count_ones() <= most
        };
        let mut text = String::new();
        self.matching_names(near, |folded| {
            folded.write_letters(&mut text);
            bits.distance(&text, most).map(NameMatchKind::Typo)
        })
    }

    /// Names whose signature passes and that match.
    fn matching_names(
        &self,
        passes: impl Fn(u32) -> bool,
        mut match_kind: impl FnMut(FoldedName) -> Option<NameMatchKind>,
    ) -> Vec<NameMatch> {
        let passing = (0u32..)
            .zip(self.signatures.iter())
            .filter(|(_, signature)| passes(**signature));
        self.with_entries(
            passing.filter_map(|(name, _)| Some((name, match_kind(self.folded(name))?))),
        )
    }

    /// Adds the entries to names that are in order.
    fn with_entries(&self, names: impl Iterator<Item = (u32, NameMatchKind)>) -> Vec<NameMatch> {
        let mut entry = 0;
        let named = names.map(|(name, kind)| {
            while self.names_of(entry).end <= name {
                entry += 1;
            }
            NameMatch { entry, name, kind }
        });
        named.collect()
    }

    /// Whether a name of the entry other than its id passes, by its letters and as it is.
    pub(super) fn any_name(&self, entry: u32, mut passes: impl FnMut(&str, &str) -> bool) -> bool {
        let mut text = String::new();
        self.names_of(entry)
            .filter(|n| !self.name(*n).0.is_found_as_it_is())
            .any(|name| {
                self.folded(name).write_letters(&mut text);
                passes(&text, self.name(name).1)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::search::index::SearchRecord;
    use crate::pack::Kind;
    use crate::text::SafeText;

    #[test]
    fn signatures_hold_what_names_hold() {
        let query = signature("cold");
        assert_eq!(
            signature("coldstart") & query & LETTER_BITS,
            query & LETTER_BITS
        );
        assert_ne!(
            signature("warmstart") & query & LETTER_BITS,
            query & LETTER_BITS
        );
        assert_eq!(signature(""), 0);
    }

    #[test]
    fn prefixes_are_found_as_by_a_scan() {
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
            let ours = |name: &u32| !index.is_id_prefix(*name, start);
            let all = (0..index.signatures.len() as u32).filter(ours);
            let scanned = index.with_entries(
                all.filter_map(|name| Some((name, index.folded(name).starts_with(start)?))),
            );
            assert_eq!(index.names_with_prefix(start), scanned, "{start}");
        }
    }

    impl SearchIndex {
        /// Whether it is an id other than this text: ids are not found by their prefix.
        fn is_id_prefix(&self, name: u32, start: &str) -> bool {
            self.name(name).0.is_found_as_it_is()
                && self.folded(name).starts_with(start) != Some(NameMatchKind::Exact)
        }
    }
}
