//! The catalog: what every entry is called and who mentions it, without its body.
//!
//! One text with where each piece of it ends, so that the bundled pack's, which the build script writes as constants,
//! costs nothing to open, and 100,000 entries stay small. It equals the catalog made from the same files at run time.

use std::borrow::Cow;

use crate::pack::address::Kind;
use crate::text::fold::{fold, fold_tight, keep};

/// Bits of an [`EntryRef`] that hold the position; the three above hold the kind.
const POSITION_BITS: u32 = 29;

/// How a word by which an entry is looked for ranks among its names.
const SOUGHT: usize = 3;

/// What a list shows of an entry, borrowed from the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryHead<'a> {
    pub id: &'a str,
    /// Its title; the id's words where it has not been read yet.
    pub title: &'a str,
    /// Other names, newline-separated.
    pub aliases: &'a str,
    /// Words by which people look for it, newline-separated: looked up, and no names of it.
    pub found_by: &'a str,
    /// Tags of a term, kind and stance of a reference, provider and category of a service, … newline-separated.
    pub tags: &'a str,
    pub brief: &'a str,
}

/// Where the six texts of a head begin in the catalog's text, in the order of [`EntryHead`], and where the last ends.
pub type HeadSpans = [u32; 7];

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
    /// Ids, titles and briefs of the user's own lenses. They stand behind the pack's, so that no place of those changes.
    own_lenses: Vec<[String; 3]>,
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
            own_lenses: Vec::new(),
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
        self.heads[kind as usize].len() + self.own(kind).len()
    }

    /// The n-th entry of a kind in order of ids, the user's own lenses last; an empty head past the end.
    pub fn head(&self, kind: Kind, n: usize) -> EntryHead<'_> {
        let heads = &self.heads[kind as usize];
        let own = || self.own(kind).get(n.checked_sub(heads.len())?);
        match (heads.get(n), own()) {
            (Some(spans), _) => self.texts(spans),
            (None, Some([id, title, brief])) => EntryHead {
                id,
                title,
                brief,
                ..EntryHead::default()
            },
            (None, None) => EntryHead::default(),
        }
    }

    fn own(&self, kind: Kind) -> &[[String; 3]] {
        if kind == Kind::Lenses {
            &self.own_lenses
        } else {
            &[]
        }
    }

    /// Sets the user's own lenses behind the pack's, in place of those set before: ids, titles and briefs.
    pub fn set_own_lenses(&mut self, own: Vec<[String; 3]>) {
        self.own_lenses = own;
    }

    fn texts(&self, spans: &HeadSpans) -> EntryHead<'_> {
        let [id, title, aliases, found_by, tags, brief, end] = spans;
        let text = |start: &u32, end: &u32| {
            let text = self.text.get(*start as usize..*end as usize);
            text.unwrap_or("")
        };
        EntryHead {
            id: text(id, title),
            title: text(title, aliases),
            aliases: text(aliases, found_by),
            found_by: text(found_by, tags),
            tags: text(tags, brief),
            brief: text(brief, end),
        }
    }

    /// Where an id stands among its kind.
    pub fn position(&self, kind: Kind, id: &str) -> Option<usize> {
        let heads = &self.heads[kind as usize];
        let found = heads.binary_search_by(|spans| self.texts(spans).id.cmp(id));
        let own = || self.own(kind).iter().position(|[own, ..]| own == id);
        found.ok().or_else(|| Some(heads.len() + own()?))
    }

    /// The entry that is called so, by id, title or alias: spelled exactly so first, else whatever the case, dashes and
    /// spaces. Ids come first, then titles, words by which it is looked for last; of several entries with one name, the
    /// first. Before titles are known, only ids are looked at.
    pub fn named(&self, kind: Kind, words: &str) -> Option<usize> {
        let wanted = keep(words);
        if wanted.is_empty() {
            return None;
        }
        let exact = self.first_named(kind, |name| name == words);
        // A name in any spelling comes before words by which something is looked for.
        let exact = exact.filter(|(rank, _)| *rank < SOUGHT);
        let folded = || {
            self.first_named(kind, |name| {
                begins_alike(name, &wanted) && keep(name) == wanted
            })
        };
        Some(exact.or_else(folded)?.1)
    }

    /// The entry that is probably meant though its name has accents or punctuation that the words lack. A sign that makes
    /// another name, such as the pluses of `C++`, is never overlooked.
    pub fn nearly_named(&self, kind: Kind, words: &str) -> Option<usize> {
        let wanted = (fold_tight(words), weighty(words));
        if wanted.0.is_empty() {
            return None;
        }
        let found = self.first_named(kind, |name| {
            fold_tight(name) == wanted.0 && weighty(name) == wanted.1
        });
        Some(found?.1)
    }

    /// What is called so, and by what: 0 for its id, 1 for its title, 2 for another name, [`SOUGHT`] for a word by which it is
    /// looked for.
    fn first_named(&self, kind: Kind, is: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
        let rank = |head: EntryHead<'_>| {
            // A question is asked for by its id alone; what it asks is no name.
            let title = if kind == Kind::Questions {
                ""
            } else {
                head.title
            };
            let id = is(head.id) || head.id.contains('-') && is(&head.id.replace('-', " "));
            let is = |name: &str| !name.is_empty() && is(name);
            let any = |names: &str| names.split('\n').any(is);
            let names = [id, is(title), any(head.aliases), any(head.found_by)];
            names.iter().position(|is_so| *is_so)
        };
        let ranked = (0..self.count(kind)).filter_map(|n| Some((rank(self.head(kind, n))?, n)));
        ranked.min()
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

/// Whether a name can fold to these letters, as its first one tells at once where both are plain.
fn begins_alike(name: &str, folded: &str) -> bool {
    let plain = |byte: Option<&u8>| byte.filter(|b| b.is_ascii_alphanumeric()).copied();
    match (
        plain(name.as_bytes().first()),
        plain(folded.as_bytes().first()),
    ) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(&b),
        _ => true,
    }
}

/// The signs that make another name, in their order; a dot counts in front only, dashes at either end only.
fn weighty(name: &str) -> String {
    let name = name.trim();
    let dashes = [name.starts_with('-'), name.ends_with('-')];
    let folded = fold(name);
    let dot = folded.strip_prefix('.').map(|_| '.');
    let signs = folded
        .chars()
        .filter(|c| "+#*&%$@<>=^|~\\[]{}".contains(*c));
    let ends = dashes.map(|there| if there { '-' } else { ' ' });
    dot.into_iter().chain(signs).chain(ends).collect()
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
        let mut spans = [self.text.len(); 7];
        let EntryHead {
            id,
            title,
            aliases,
            found_by,
            tags,
            brief,
        } = head;
        let texts = [id, title, aliases, found_by, tags, brief];
        for (n, text) in texts.into_iter().enumerate() {
            spans[n + 1] = spans[n] + text.len();
        }
        u32::try_from(spans[6]).ok()?;
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
            own_lenses: Vec::new(),
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
            found_by: "sought",
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
            head("b", "Zero", "Sought"),
            head("c", "", ""),
            head("zero", "Cé", "C (é)\nC++\nと"),
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
        // Each of them is looked for by this word, and one is called so.
        check(Kind::Terms, "sought", Some(1));
        assert_eq!(
            catalog(Kind::Terms, &heads[2..]).named(Kind::Terms, "sought"),
            Some(0)
        );
        check(Kind::Terms, "cé", Some(3));
        check(Kind::Terms, "ce", None);
        check(Kind::Terms, "c++", Some(3));
        check(Kind::Terms, "c", Some(2));
        check(Kind::Terms, "ど", None);
        check(Kind::Terms, "aa", Some(0));
        check(Kind::Terms, "zer", None);
        check(Kind::Terms, "…", None);
        check(Kind::Questions, "aa", None);
        check(Kind::Questions, "b", Some(1));
    }

    #[test]
    fn names_that_differ_by_a_sign_stand_side_by_side() {
        let names = [
            "C", "C++", "C#", "NET", ".NET", "A*", "は", "ぱ", "o", "ö", "resume", "résumé", "и",
            "й",
        ];
        let ids: Vec<String> = (10..10 + names.len()).map(|n| n.to_string()).collect();
        let heads: Vec<EntryHead<'_>> = ids
            .iter()
            .zip(names)
            .map(|(id, name)| head(id, name, ""))
            .collect();
        let catalog = catalog(Kind::Terms, &heads);
        for (n, name) in names.iter().enumerate() {
            assert_eq!(catalog.named(Kind::Terms, name), Some(n), "{name}");
            assert_eq!(
                catalog.named(Kind::Terms, &name.to_uppercase()),
                Some(n),
                "{name}"
            );
        }
    }

    #[test]
    fn what_is_nearly_a_name_is_found_apart() {
        let heads = [
            head("a", "Café", ""),
            head("b", "C", ""),
            head("c", "Pub/Sub", "Little's law"),
        ];
        let check = |words: &str, expected| {
            let catalog = catalog(Kind::Terms, &heads);
            assert_eq!(catalog.named(Kind::Terms, words), None, "{words}");
            assert_eq!(
                catalog.nearly_named(Kind::Terms, words),
                expected,
                "{words}"
            );
        };
        check("cafe", Some(0));
        check("littles law", Some(2));
        check("pubsub", Some(2));
        check("café?", Some(0));
        check("C++", None);
        check("C#", None);
        check(".C", None);
        check("C*", None);
        check("C--", None);
        check("…", None);
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
            texts in proptest::collection::vec("\\PC{0,8}", 5),
            pairs in proptest::collection::vec((0usize..20, 0usize..20), 0..40),
        ) {
            let heads: Vec<EntryHead<'_>> = ids
                .iter()
                .map(|id| EntryHead {
                    id,
                    title: &texts[0],
                    aliases: &texts[1],
                    found_by: &texts[2],
                    tags: &texts[3],
                    brief: &texts[4],
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
        fn an_entry_is_found_by_its_name_and_its_folds(name in "\\PC{1,12}") {
            let catalog = catalog(Kind::Terms, &[head("a-b", "", ""), head("x", &name, "")]);
            let found = (!keep(&name).is_empty()).then_some(1);
            prop_assert_eq!(catalog.named(Kind::Terms, &name), found);
        }
    }
}
