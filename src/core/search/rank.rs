//! Which entries match a query, and their ranking.
//!
//! An exact title ranks before an alias, then prefixes of names, all words in any order, a subsequence, typos, and last
//! entries with only some of the words. Ties are broken by the title's length, kind and id, so that the order does not
//! depend on the order in which files were read.

use crate::core::search::build::ALL_KINDS;
use crate::core::search::edits::max_edits;
use crate::core::search::expand::WordExpansion;
use crate::core::search::folded::NameMatchKind;
use crate::core::search::hit::{HitClass, RankedEntry};
use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::names::NameMatch;
use crate::core::search::query::Query;
use crate::core::search::refine::Refiner;
use crate::core::search::tally::WordTally;
use crate::core::search::words::is_unspaced;
use crate::pack::Kind;
use crate::text::fold::keep;

/// Which kinds may be found, and in what texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchFilter {
    kinds: u16,
    /// Whether words that occur only in the body count.
    bodies: bool,
}

impl Default for SearchFilter {
    fn default() -> Self {
        Self {
            kinds: ALL_KINDS,
            bodies: true,
        }
    }
}

impl SearchFilter {
    /// Only entries of these kinds; of all kinds if none is given.
    pub fn only(kinds: impl IntoIterator<Item = Kind>) -> Self {
        let kinds = kinds
            .into_iter()
            .fold(0, |bits, kind| bits | 1 << kind as u16);
        if kinds == 0 {
            Self::default()
        } else {
            Self {
                kinds,
                ..Self::default()
            }
        }
    }

    /// The same, but only by names, tags and briefs: what one expects when filtering a list.
    pub fn by_heads(self) -> Self {
        Self {
            bodies: false,
            ..self
        }
    }

    /// Whether entries of this kind may be found.
    pub fn admits(self, kind: Kind) -> bool {
        self.kinds & (1 << kind as u16) != 0
    }
}

/// Hits that are scored again with their text.
const MAX_REFINED: usize = 64;
/// Candidates whose text is searched for a phrase.
const MAX_PHRASE_CANDIDATES: usize = 2_000;
/// What the very name that was typed has before others that fold alike.
const SPELLED: u32 = 8;
/// From so many letters on, a query is not an abbreviation.
const MIN_SPELLED_OUT: usize = 6;

impl SearchIndex {
    /// At most `limit` entries, best first. None for a blank query.
    pub fn rank(&self, query: &Query, limit: usize, filter: &SearchFilter) -> Vec<RankedEntry> {
        if query.is_blank() || limit == 0 || self.is_empty() {
            return Vec::new();
        }
        let query = self.with_unknown_filters_as_words(query);
        let mut ranking = Ranking::new(self, &query, limit, filter);
        if query.is_punctuation() {
            ranking.punctuation()
        } else {
            ranking.run()
        }
        ranking.finish()
    }
}

struct Ranking<'a> {
    index: &'a SearchIndex,
    query: &'a Query,
    limit: usize,
    bodies: bool,
    /// Per entry: whether it may be found and has not been yet.
    candidates: Vec<bool>,
    found: Vec<RankedEntry>,
}

impl<'a> Ranking<'a> {
    fn new(index: &'a SearchIndex, query: &'a Query, limit: usize, filter: &SearchFilter) -> Self {
        let kinds = filter.kinds & query.kinds.unwrap_or(ALL_KINDS);
        let mut candidates = vec![false; index.len()];
        for kind in Kind::ALL
            .into_iter()
            .filter(|k| kinds & (1 << *k as u16) != 0)
        {
            let range = index.range_of(kind);
            if let Some(slots) = candidates.get_mut(range.start as usize..range.end as usize) {
                slots.fill(true);
            }
        }
        for rule in &query.rules {
            index.apply_rule(rule, &mut candidates);
        }
        Self {
            index,
            query,
            limit,
            bodies: filter.bodies,
            candidates,
            found: Vec::new(),
        }
    }

    fn run(&mut self) {
        if self.query.words.is_empty() {
            return self.all_entries();
        }
        self.name_prefixes();
        // Nothing that follows ranks before these, so a full list needs no more.
        let rules_out = self.query.has_phrase() || !self.query.runs.is_empty();
        if self.found.len() >= self.limit.max(MAX_REFINED) && !rules_out {
            return;
        }
        let strict = self.all_words();
        // Each further step costs more and finds less: it runs only while the list has free places.
        if self.found.len() < self.limit {
            self.name_substrings();
        }
        if self.found.len() < self.limit {
            self.typos(strict);
        }
    }

    /// Everything that satisfies the rules, when there is no word.
    fn all_entries(&mut self) {
        let class = self.query.class_of_rules();
        for entry in 0..self.index.len() {
            self.push(entry as u32, class, 0, None);
        }
    }

    /// Input of nothing but punctuation is searched for verbatim.
    fn punctuation(&mut self) {
        let signs = self.query.text().trim();
        for entry in 0..self.index.len() as u32 {
            let name = self
                .index
                .names_of(entry)
                .any(|n| self.index.name(n).1.contains(signs));
            let text = || {
                self.index.brief(entry).contains(signs)
                    || self.index.sections(entry).any(|s| s.2.contains(signs))
            };
            if name || text() {
                self.push(entry, HitClass::Words, u32::from(name), None);
            }
        }
    }

    fn push(&mut self, entry: u32, class: HitClass, score: u32, name: Option<u32>) {
        if let Some(candidate) = self
            .candidates
            .get_mut(entry as usize)
            .filter(|open| **open)
        {
            *candidate = false;
            self.found.push(RankedEntry {
                entry,
                class,
                score,
                name,
            });
        }
    }

    /// Adds the best of each entry's names.
    fn push_names(
        &mut self,
        names: &[NameMatch],
        score: impl Fn(&SearchIndex, &NameMatch) -> Option<(HitClass, u32)>,
    ) {
        let mut best: Option<RankedEntry> = None;
        for named in names {
            let Some((class, score)) = score(self.index, named) else {
                continue;
            };
            let new = RankedEntry {
                entry: named.entry,
                class,
                score,
                name: Some(named.name),
            };
            match best {
                Some(old) if old.entry == new.entry => {
                    if (new.class, u32::MAX - new.score) < (old.class, u32::MAX - old.score) {
                        best = Some(new);
                    }
                }
                _ => {
                    best.into_iter()
                        .for_each(|b| self.push(b.entry, b.class, b.score, b.name));
                    best = Some(new);
                }
            }
        }
        best.into_iter()
            .for_each(|b| self.push(b.entry, b.class, b.score, b.name));
    }

    fn name_prefixes(&mut self) {
        if !self.query.compact.is_empty() {
            let names = self.index.names_with_prefix(&self.query.compact);
            let typed = keep(self.query.text());
            self.push_names(&names, |index, named| {
                let (class, score) = score_prefix(index, named)?;
                // Of names that differ by a sign, the one that was typed comes first.
                let spelled =
                    named.kind == NameMatchKind::Exact && keep(index.name(named.name).1) == typed;
                Some((class, score + SPELLED * u32::from(spelled)))
            });
        }
    }

    fn all_words(&mut self) -> Vec<WordExpansion> {
        let words = &self.query.words;
        // Only plain words are joined with their neighbors.
        let plain = |n: Option<usize>| n.and_then(|n| words.get(n)).filter(|word| !word.exact);
        let mut expansions = Vec::with_capacity(words.len());
        for (n, word) in words.iter().enumerate() {
            let (next, before) = (plain(Some(n + 1)), plain(n.checked_sub(1)));
            let mut expansion = self.index.expand(word, next, before);
            expansion.search_bodies &= self.bodies;
            expansions.push(expansion);
        }
        self.push_all_words(&expansions, HitClass::Words);
        expansions
    }

    /// Entries with a match for every word.
    fn push_all_words(&mut self, expansions: &[WordExpansion], class: HitClass) {
        // The rarest first: entries without it are skipped for the others.
        let mut by_frequency: Vec<(u32, &WordExpansion)> = expansions
            .iter()
            .map(|a| (a.posting_count(self.index), a))
            .collect();
        by_frequency.sort_by_key(|(entries, _)| *entries);
        if by_frequency
            .first()
            .is_none_or(|(entries, _)| *entries == 0)
        {
            return;
        }
        let mut tally = WordTally::new(self.index.len());
        for (n, (_, expansion)) in (0u8..).zip(&by_frequency) {
            tally.add(self.index, expansion, n);
        }
        for (entry, has) in tally.matched() {
            if usize::from(has.count) == expansions.len() {
                self.push(entry, class, tally.score(entry), None);
            }
        }
    }

    /// Names that contain the query, spaces left out, or have it as a subsequence.
    fn name_substrings(&mut self) {
        if self.query.words.iter().any(|word| word.exact) {
            return;
        }
        let mut names = self.index.names_containing(&self.query.compact);
        let letters = self.query.compact.chars().count();
        // Where every letter is a word, letters in order are chance.
        let unspaced = self.query.compact.contains(is_unspaced);
        names.retain(|n| !unspaced || !matches!(n.kind, NameMatchKind::Subsequence(_)));
        // Whoever types so many letters spells a name out: scattered over a far longer one they are chance.
        let length = |n: &NameMatch| {
            self.index
                .name(n.name)
                .1
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count()
        };
        names.retain(|n| {
            letters < MIN_SPELLED_OUT
                || !matches!(n.kind, NameMatchKind::Subsequence(_))
                || length(n) < 3 * letters
        });
        self.push_names(&names, score_substring);
    }

    /// Entries with all words, typos allowed, or with some of the words.
    fn typos(&mut self, mut expansions: Vec<WordExpansion>) {
        for (word, expansion) in self.query.words.iter().zip(&mut expansions) {
            self.index.add_typos(word, expansion);
        }
        let near = self.near_names();
        let typos: Vec<NameMatch> = near.iter().filter(|n| self.is_typo(n)).copied().collect();
        // A whole name with one typo also has the words in order, the strongest sign of what was meant.
        let slip = |n: &&NameMatch| matches!(n.kind, NameMatchKind::Typo(0 | 1));
        let slips: Vec<NameMatch> = typos.iter().filter(slip).copied().collect();
        self.push_names(&slips, |_, n| {
            Some((HitClass::Typo, 20_000 + typo_score(n)))
        });
        self.push_all_words(&expansions, HitClass::Typo);
        self.push_names(&typos, |_, n| Some((HitClass::Typo, typo_score(n))));
        if self.found.is_empty() || self.query.words.len() > 2 {
            self.some_words(&expansions, &near);
        }
    }

    fn near_names(&self) -> Vec<NameMatch> {
        let exact = self.query.words.iter().any(|word| word.exact);
        let limit = if exact {
            0
        } else {
            max_edits(self.query.compact.chars().count())
        };
        self.index.names_within(&self.query.compact, limit)
    }

    /// A whole name counts as mistyped only if its first letter and its short words are right.
    fn is_typo(&self, named: &NameMatch) -> bool {
        let name = self.index.folded(named.name);
        let same_first = name.letters().next() == self.query.compact.chars().next();
        same_first
            && self
                .query
                .short_words
                .iter()
                .all(|short| name.words().any(|word| word == short))
    }

    /// Entries with at least half of the words by weight.
    fn some_words(&mut self, expansions: &[WordExpansion], near: &[NameMatch]) {
        let mut tally = WordTally::new(self.index.len());
        expansions
            .iter()
            .for_each(|expansion| tally.add(self.index, expansion, 0));
        let far = |index: &SearchIndex, n: &NameMatch| {
            Some((
                HitClass::Some,
                20_000 + typo_score(n) + tally.score(n.entry) + brevity_score(index, n.entry),
            ))
        };
        self.push_names(near, far);
        for (entry, has) in tally.matched() {
            if has.weight * 2 >= tally.total_weight {
                self.push(entry, HitClass::Some, tally.score(entry), None);
            }
        }
    }

    fn finish(mut self) -> Vec<RankedEntry> {
        let index = self.index;
        let phrase = self.query.has_phrase();
        let runs = !self.query.runs.is_empty();
        let most = if phrase || runs {
            MAX_PHRASE_CANDIDATES
        } else {
            self.limit.max(MAX_REFINED)
        };
        if self.found.len() > most {
            let mut keyed: Vec<(RankKey, RankedEntry)> = self
                .found
                .iter()
                .map(|f| (rank_key(index, f), *f))
                .collect();
            keyed.select_nth_unstable_by_key(most - 1, |(key, _)| *key);
            self.found = keyed
                .into_iter()
                .take(most)
                .map(|(_, found)| found)
                .collect();
        }
        self.found.sort_unstable_by_key(|f| rank_key(index, f));
        if phrase {
            self.found
                .retain(|f| index.has_phrases(f.entry, self.query));
        }
        if runs {
            self.found
                .retain(|f| f.name.is_some() || index.has_runs(f.entry, self.query));
        }
        let mut refiner = Refiner::new(index, self.query);
        for found in self.found.iter_mut().take(MAX_REFINED) {
            found.score += refiner.score(found);
        }
        self.found.sort_unstable_by_key(|f| rank_key(index, f));
        self.found.truncate(self.limit);
        self.found
    }
}

/// Sort key, least first: class, then inverted score and brevity, kind, and the entry's number as the last tie-break.
type RankKey = (HitClass, u32, u32, u8, u32);

fn rank_key(index: &SearchIndex, found: &RankedEntry) -> RankKey {
    let shorter = u32::MAX - brevity_score(index, found.entry);
    (
        found.class,
        u32::MAX - found.score,
        shorter,
        kind_priority(index.kind(found.entry)),
        found.entry,
    )
}

fn score_prefix(index: &SearchIndex, named: &NameMatch) -> Option<(HitClass, u32)> {
    let (kind, _) = index.name(named.name);
    match named.kind {
        NameMatchKind::Exact if kind == NameKind::Title => Some((HitClass::Exact, 0)),
        NameMatchKind::Exact => Some((HitClass::Alias, 4 - kind as u32)),
        NameMatchKind::Prefix(_) if kind == NameKind::Id => None,
        NameMatchKind::Prefix(boundary) => Some((
            HitClass::Prefix,
            u32::from(boundary) * 2 + u32::from(kind == NameKind::Title),
        )),
        NameMatchKind::WordPrefix | NameMatchKind::Subsequence(_) | NameMatchKind::Typo(_) => None,
    }
}

fn score_substring(index: &SearchIndex, named: &NameMatch) -> Option<(HitClass, u32)> {
    let (kind, name) = index.name(named.name);
    match named.kind {
        _ if kind == NameKind::Id => None,
        NameMatchKind::WordPrefix => Some((HitClass::Words, 7_000)),
        NameMatchKind::Subsequence(gaps) => {
            let length = name.len().min(200) as u32;
            Some((
                HitClass::Subsequence,
                10_000 - u32::from(gaps.min(20)) * 400 - length,
            ))
        }
        NameMatchKind::Exact | NameMatchKind::Prefix(_) | NameMatchKind::Typo(_) => None,
    }
}

fn typo_score(named: &NameMatch) -> u32 {
    match named.kind {
        NameMatchKind::Typo(edits) => 9_000 - 2_000 * u32::from(edits.min(4)),
        NameMatchKind::Exact
        | NameMatchKind::Prefix(_)
        | NameMatchKind::WordPrefix
        | NameMatchKind::Subsequence(_) => 0,
    }
}

/// Tie-break in favor of shorter titles: 255 minus the length in bytes.
fn brevity_score(index: &SearchIndex, entry: u32) -> u32 {
    255 - index.title(entry).len().min(255) as u32
}

/// Tie-break: what explains comes before what asks.
fn kind_priority(kind: Kind) -> u8 {
    match kind {
        Kind::Terms => 0,
        Kind::Services => 1,
        Kind::Lessons => 2,
        Kind::Perspectives => 3,
        Kind::Myths => 4,
        Kind::References => 5,
        Kind::Lenses => 6,
        Kind::Questions => 7,
    }
}
