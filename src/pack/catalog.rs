//! The catalog: what every entry is called and who mentions it, without its body.
//!
//! One text with where each piece of it ends, so that the bundled pack's, which the build script writes as constants,
//! costs nothing to open, and 100,000 entries stay small. It equals the catalog made from the same files at run time.

use std::borrow::Cow;

use crate::pack::address::Kind;
use crate::text::measure::{fold_char, fold_tight};

/// Bits of an [`EntryRef`] that hold the position; the three above hold the kind.
const POSITION_BITS: u32 = 29;

/// What a list shows of an entry, borrowed from the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryHead<'a> {
    pub id: &'a str,
    /// Its title; the id's words where it has not been read yet.
    pub title: &'a str,
    /// Other names, newline-separated.
    pub aliases: &'a str,
    /// Tags of a term, kind and stance of a reference, provider and category of a service, … newline-separated.
    pub tags: &'a str,
    pub brief: &'a str,
}

/// Where the five texts of a head begin in the catalog's text, in the order of [`EntryHead`], and where the last ends.
pub type HeadSpans = [u32; 6];

/// An entry by its kind and its position among its kind, as one number.
pub type EntryRef = u32;

/// Its text, the heads of each kind, and who mentions whom.
pub type CatalogParts<'a> = (&'a str, [&'a [HeadSpans]; 8], &'a [(EntryRef, EntryRef)]);

/// What every entry is called and who mentions it.
#[derive(Clone, PartialEq, Eq)]
pub struct Catalog {
    is_indexed: bool,
    text: Cow<'static, str>,
    /// Per kind, in order of ids.
    heads: [Cow<'static, [HeadSpans]>; 8],
    /// Who is mentioned, and by whom; sorted, each pair once.
    mentions: Cow<'static, [(EntryRef, EntryRef)]>,
}

impl Catalog {
    /// An indexed catalog from constants.
    pub const fn baked(
        text: &'static str,
        heads: [Cow<'static, [HeadSpans]>; 8],
        mentions: &'static [(EntryRef, EntryRef)],
    ) -> Self {
        Self {
            is_indexed: true,
            text: Cow::Borrowed(text),
            heads,
            mentions: Cow::Borrowed(mentions),
        }
    }

    /// Its text, heads and mentions, to be written down.
    pub fn parts(&self) -> CatalogParts<'_> {
        (
            &self.text,
            self.heads.each_ref().map(|heads| &**heads),
            &self.mentions,
        )
    }

    /// Whether titles and mentions are known, and not ids only.
    pub fn is_indexed(&self) -> bool {
        self.is_indexed
    }

    /// How many entries of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.heads[kind as usize].len()
    }

    /// The n-th entry of a kind in order of ids; an empty head past the end.
    pub fn head(&self, kind: Kind, n: usize) -> EntryHead<'_> {
        self.heads[kind as usize]
            .get(n)
            .map_or(EntryHead::default(), |spans| self.texts(spans))
    }

    fn texts(&self, [id, title, aliases, tags, brief, end]: &HeadSpans) -> EntryHead<'_> {
        let text = |start: &u32, end: &u32| {
            let text = self.text.get(*start as usize..*end as usize);
            text.unwrap_or("")
        };
        EntryHead {
            id: text(id, title),
            title: text(title, aliases),
            aliases: text(aliases, tags),
            tags: text(tags, brief),
            brief: text(brief, end),
        }
    }

    /// Where an id stands among its kind.
    pub fn position(&self, kind: Kind, id: &str) -> Option<usize> {
        let heads = &self.heads[kind as usize];
        heads
            .binary_search_by(|spans| self.texts(spans).id.cmp(id))
            .ok()
    }

    /// The entry that is called so, by id, title or alias, whatever the case, dashes and spaces. Ids come first, then
    /// titles; of several entries with one name, the first. Before titles are known, only ids are looked at.
    pub fn named(&self, kind: Kind, words: &str) -> Option<usize> {
        let wanted = fold_tight(words);
        if wanted.is_empty() {
            return None;
        }
        let rank = |head: EntryHead<'_>| {
            // A question is asked for by its id alone; what it asks is no name.
            let title = if kind == Kind::Questions {
                ""
            } else {
                head.title
            };
            let mut names = [head.id, title].into_iter().chain(head.aliases.split('\n'));
            names
                .position(|name| folds_to(name, &wanted))
                .map(|rank| rank.min(2))
        };
        let ranked = (0..self.count(kind)).filter_map(|n| Some((rank(self.head(kind, n))?, n)));
        ranked.min().map(|(_, n)| n)
    }

    /// Who mentions the n-th entry of a kind: kinds and positions, in order.
    pub fn mentions(&self, kind: Kind, n: usize) -> impl Iterator<Item = (Kind, usize)> + '_ {
        let to = entry_ref(kind, n);
        let first = self
            .mentions
            .partition_point(|(mentioned, _)| *mentioned < to);
        let pairs = self.mentions.get(first..).unwrap_or_default();
        pairs
            .iter()
            .take_while(move |(mentioned, _)| *mentioned == to)
            .filter_map(|(_, by)| place(*by))
    }
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(Kind::ALL.map(|kind| (kind.word(), self.count(kind))))
            .finish()
    }
}

/// Whether [`fold_tight`] of a name gives these letters; a name that differs is left at its first letter.
fn folds_to(name: &str, folded: &str) -> bool {
    let letters = name.chars().flat_map(fold_char);
    letters.filter(|c| c.is_alphanumeric()).eq(folded.chars())
}

fn entry_ref(kind: Kind, n: usize) -> EntryRef {
    (kind as u32) << POSITION_BITS | n as u32
}

fn place(entry: EntryRef) -> Option<(Kind, usize)> {
    let kind = Kind::ALL.get((entry >> POSITION_BITS) as usize)?;
    Some((*kind, (entry & ((1 << POSITION_BITS) - 1)) as usize))
}

/// A catalog in the making. Entries of a kind are added one after the other, in order of their ids.
#[derive(Default)]
pub(crate) struct CatalogWriter {
    text: String,
    heads: [Vec<HeadSpans>; 8],
    mentions: Vec<(EntryRef, EntryRef)>,
}

impl CatalogWriter {
    /// Adds an entry and says at which position; `None` when the catalog is full.
    pub(crate) fn add(&mut self, kind: Kind, head: EntryHead<'_>) -> Option<usize> {
        let heads = &mut self.heads[kind as usize];
        let mut spans = [self.text.len(); 6];
        let texts = [head.id, head.title, head.aliases, head.tags, head.brief];
        for (n, text) in texts.into_iter().enumerate() {
            spans[n + 1] = spans[n] + text.len();
        }
        u32::try_from(spans[5]).ok()?;
        if heads.len() + 1 >= 1 << POSITION_BITS {
            return None;
        }
        self.text.extend(texts);
        heads.push(spans.map(|at| at as u32));
        Some(heads.len() - 1)
    }

    pub(crate) fn mention(&mut self, to: (Kind, usize), by: (Kind, usize)) {
        self.mentions
            .push((entry_ref(to.0, to.1), entry_ref(by.0, by.1)));
    }

    pub(crate) fn finish(mut self, is_indexed: bool) -> Catalog {
        self.text.shrink_to_fit();
        self.mentions.sort_unstable();
        self.mentions.dedup();
        Catalog {
            is_indexed,
            text: Cow::Owned(self.text),
            heads: self.heads.map(Cow::Owned),
            mentions: Cow::Owned(self.mentions),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head<'a>(id: &'a str, title: &'a str, aliases: &'a str) -> EntryHead<'a> {
        EntryHead {
            id,
            title,
            aliases,
            tags: "data",
            brief: "Brief.",
        }
    }

    fn catalog(kind: Kind, heads: &[EntryHead<'_>]) -> Catalog {
        let mut writer = CatalogWriter::default();
        for head in heads {
            writer.add(kind, *head).unwrap();
        }
        writer.finish(true)
    }

    #[test]
    fn ids_come_before_titles_and_titles_before_aliases() {
        let heads = [
            head("a", "Aa", "Zero\nD"),
            head("b", "Zero", ""),
            head("c", "", ""),
            head("zero", "Cé", ""),
        ];
        let check = |kind, words: &str, expected| {
            assert_eq!(
                catalog(kind, &heads).named(kind, words),
                expected,
                "{words}"
            );
        };
        check(Kind::Terms, "ZE-RO", Some(3));
        check(Kind::Terms, "d", Some(0));
        check(Kind::Terms, "ce", Some(3));
        check(Kind::Terms, "aa", Some(0));
        check(Kind::Terms, "zer", None);
        check(Kind::Terms, "…", None);
        check(Kind::Questions, "aa", None);
        check(Kind::Questions, "b", Some(1));
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let catalog = catalog(Kind::Terms, &[head("a", "A", "")]);
        assert_eq!(catalog.head(Kind::Terms, 1), EntryHead::default());
        assert_eq!(catalog.head(Kind::Myths, 0), EntryHead::default());
        assert_eq!(catalog.position(Kind::Terms, "b"), None);
        assert_eq!(catalog.mentions(Kind::Terms, 0).count(), 0);
    }

    proptest! {
        #[test]
        fn what_is_added_is_found(
            ids in proptest::collection::btree_set("[a-z]{1,6}", 1..20),
            texts in proptest::collection::vec("\\PC{0,8}", 4),
            pairs in proptest::collection::vec((0usize..20, 0usize..20), 0..40),
        ) {
            let heads: Vec<EntryHead<'_>> = ids
                .iter()
                .map(|id| EntryHead {
                    id,
                    title: &texts[0],
                    aliases: &texts[1],
                    tags: &texts[2],
                    brief: &texts[3],
                })
                .collect();
            let mut writer = CatalogWriter::default();
            for head in &heads {
                writer.add(Kind::Services, *head);
                writer.add(Kind::Lenses, *head);
            }
            for (to, by) in &pairs {
                writer.mention((Kind::Lenses, *to), (Kind::Services, *by));
            }
            let catalog = writer.finish(true);
            for (n, head) in heads.iter().enumerate() {
                prop_assert_eq!(catalog.head(Kind::Services, n), *head);
                prop_assert_eq!(catalog.head(Kind::Lenses, n), *head);
                prop_assert_eq!(catalog.position(Kind::Lenses, head.id), Some(n));
                let mut by: Vec<usize> =
                    pairs.iter().filter(|(to, _)| *to == n).map(|(_, by)| *by).collect();
                by.sort_unstable();
                by.dedup();
                let found: Vec<(Kind, usize)> = catalog.mentions(Kind::Lenses, n).collect();
                let expected: Vec<(Kind, usize)> =
                    by.into_iter().map(|n| (Kind::Services, n)).collect();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn names_are_compared_as_they_are_folded(name in "\\PC{0,12}", other in "\\PC{0,3}") {
            prop_assert!(folds_to(&name, &fold_tight(&name)));
            prop_assert_eq!(folds_to(&name, &fold_tight(&other)), fold_tight(&name) == fold_tight(&other));
        }
    }
}
