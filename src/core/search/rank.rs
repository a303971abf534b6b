//! Which entries match a query, and their ranking.
//!
//! An exact title ranks before an alias, and both before names that start so. Of one or two words, entries with all of them
//! follow, then typos, letters in order, and last those with some of the words. From three words on a score over all words
//! decides alone, since what somebody asks in many words is seldom written in the same. What asks comes behind what answers.
//! Ties are broken by the title's length, kind and id, so that the order does not depend on the order of reading.

use std::cmp::Reverse;

use serde::Serialize;

use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::names::NameMatch;
use crate::core::search::near::{NameMatchKind, max_edits};
use crate::core::search::query::{Query, RuleSubject};
use crate::core::search::score::{WordExpansion, WordTally};
use crate::core::search::text_match::TextReader;
use crate::core::search::words::is_unspaced;
use crate::pack::Kind;
use crate::text::fold::keep;

/// How a hit matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HitClass {
    /// Its title equals the query.
    Exact,
    /// Another name or the id equals the query.
    Alias,
    /// A name starts with the query.
    Prefix,
    /// It has all words.
    Words,
    /// A name is a slip of the finger away, or it has all words, some with typos.
    Typo,
    /// A name has all letters in order.
    Subsequence,
    /// It has some of the words.
    Some,
    /// Offered without a query, see [`SearchIndex::start`].
    Offered,
}

/// A found entry, before it is turned into a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedEntry {
    pub(super) entry: u32,
    pub class: HitClass,
    /// Higher is better; comparable within a class of one search.
    pub(super) score: u32,
    /// The name that matched as a whole, if one did.
    pub(super) name: Option<u32>,
}

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

/// All kinds as a bit set.
const ALL_KINDS: u16 = (1 << Kind::ALL.len()) - 1;
/// From so many things wanted on, a score over all of them decides, and not whether all are there.
const MANY: usize = 3;
/// Where fewer are found, entries with only some of the words follow.
const FEW: usize = 5;
/// Hits that are scored again with their text.
const MAX_REFINED: usize = 64;
/// Candidates whose text is searched for a phrase.
const MAX_PHRASE_CANDIDATES: usize = 2_000;
/// What the very name that was typed has before others that fold alike.
const SPELLED: u32 = 8;
/// From so many letters on, a query is not an abbreviation.
const MIN_SPELLED_OUT: usize = 6;
/// Score of a name that is one slip away.
const SLIP: u32 = 20_000;
/// Of many words, an entry needs this part of what the best has by weight.
const LEAST: u32 = 3;

impl SearchIndex {
    /// At most `limit` entries, best first. None for a blank query.
    pub fn rank(&self, query: &Query, limit: usize, filter: &SearchFilter) -> Vec<RankedEntry> {
        if query.is_blank() || limit == 0 || self.is_empty() {
            return Vec::new();
        }
        let query = query.fitted(self);
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
        let expansions = self.index.expand(self.query, self.bodies);
        if self.query.slots() >= MANY {
            return self.many_words(expansions);
        }
        self.words(&expansions, HitClass::Words, true);
        // Each further step costs more and finds less: it runs only while the list has free places.
        if self.found.len() < self.limit {
            self.slips();
            self.name_substrings(false);
        }
        if self.found.len() < self.limit {
            let mut expansions = expansions;
            self.typos(&mut expansions);
            self.name_substrings(true);
            // The letters of a run belong together: those that stand apart are another word.
            let few = if self.query.runs.is_empty() { FEW } else { 1 };
            if self.found.len() < few {
                self.words(&expansions, HitClass::Some, false);
            }
        }
    }

    /// Everything that satisfies the rules, when there is no word.
    fn all_entries(&mut self) {
        let named = |is: fn(&RuleSubject) -> bool| {
            let mut rules = self.query.rules.iter();
            rules.any(|rule| !rule.negated && is(&rule.subject))
        };
        let class = if named(|subject| matches!(subject, RuleSubject::Name(_))) {
            HitClass::Exact
        } else if named(|subject| matches!(subject, RuleSubject::Prefix(_))) {
            HitClass::Prefix
        } else {
            HitClass::Words
        };
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
        let scored = names.iter().filter_map(|named| {
            let (class, score) = score(self.index, named)?;
            Some((named.entry, class, Reverse(score), named.name))
        });
        let mut scored: Vec<_> = scored.collect();
        scored.sort_unstable();
        scored.dedup_by_key(|(entry, ..)| *entry);
        for (entry, class, Reverse(score), name) in scored {
            self.push(entry, class, score, Some(name));
        }
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

    /// Entries with everything that is wanted; or, unless all of it is needed, with any of it, for which up to half
    /// of their score is taken away.
    fn words(&mut self, expansions: &[WordExpansion], class: HitClass, all: bool) {
        let tally = WordTally::of(self.index, expansions, &self.candidates);
        let has_all = |entry: &u32| usize::from(tally.entry(*entry).count) == expansions.len();
        let most = tally.matched.iter().map(|e| tally.entry(*e).weight).max();
        let least = most.unwrap_or(0) / LEAST;
        for entry in &tally.matched {
            if has_all(entry) {
                self.push(*entry, class, tally.score(*entry), None);
            } else if !all && tally.entry(*entry).weight >= least {
                let share = tally.share(*entry);
                let score = tally.score(*entry) * (100 + share) / 200;
                self.push(*entry, HitClass::Some, score, None);
            }
        }
    }

    /// Adds typos of the words that nothing matches as they are spelled, or of all.
    fn add_typos(&self, expansions: &mut [WordExpansion], all: bool) -> bool {
        let mut added = false;
        for word in &self.query.words {
            let expansion = expansions.get_mut(word.slot);
            if let Some(expansion) = expansion.filter(|e| all || e.is_doubtful()) {
                self.index.add_typos(word, self.bodies, expansion);
                added = true;
            }
        }
        added
    }

    fn many_words(&mut self, mut expansions: Vec<WordExpansion>) {
        self.slips();
        self.name_substrings(false);
        let near = self.near_names(u8::MAX, false);
        self.push_names(&near, |_, n| Some((HitClass::Some, SLIP + typo_score(n))));
        let typos = self.add_typos(&mut expansions, false);
        let class = if typos {
            HitClass::Typo
        } else {
            HitClass::Words
        };
        self.words(&expansions, class, false);
    }

    /// Names that contain the query, spaces left out, or have it as a subsequence.
    fn name_substrings(&mut self, scattered: bool) {
        if self.query.words.iter().any(|word| word.exact) {
            return;
        }
        let mut names = self.index.names_containing(&self.query.compact);
        let letters = self.query.compact.chars().count();
        // Where every letter is a word, letters in order are chance; and whoever types so many letters spells a name out:
        // scattered over a far longer one they are chance.
        let scattered = scattered && !self.query.compact.contains(is_unspaced);
        let length = |n: &NameMatch| self.index.folded(n.name).letters().count();
        names.retain(|n| {
            !matches!(n.kind, NameMatchKind::Subsequence(_))
                || scattered && (letters < MIN_SPELLED_OUT || length(n) < 3 * letters)
        });
        let many = self.query.slots() >= MANY;
        self.push_names(&names, |index, named| {
            let (class, score) = score_substring(index, named)?;
            let in_a_row = many && class == HitClass::Words;
            Some((class, score + if in_a_row { SLIP } else { 0 }))
        });
    }

    /// Names that are one slip of the finger away: all their words stand in order, the strongest sign of what was meant.
    fn slips(&mut self) {
        let near = self.near_names(1, true);
        self.push_names(&near, |_, n| Some((HitClass::Typo, SLIP + typo_score(n))));
    }

    /// Entries with all words, typos allowed.
    fn typos(&mut self, expansions: &mut [WordExpansion]) {
        self.add_typos(expansions, true);
        self.words(expansions, HitClass::Typo, true);
        let near = self.near_names(u8::MAX, true);
        self.push_names(&near, |_, n| Some((HitClass::Typo, typo_score(n))));
    }

    /// Names within the edit distance allowed. A whole name counts as mistyped only if its first letter and its short words
    /// are right; among many words it need not.
    fn near_names(&self, most: u8, whole: bool) -> Vec<NameMatch> {
        let (query, compact) = (self.query, &self.query.compact);
        if query.words.iter().any(|word| word.exact) || compact.contains(is_unspaced) {
            return Vec::new();
        }
        let limit = max_edits(compact.chars().count()).min(most);
        let mut names = self.index.names_within(compact, limit);
        names.retain(|named| {
            let name = self.index.folded(named.name);
            let has = |short: &String| name.words().any(|word| word == short);
            let same_first = name.letters().next() == compact.chars().next();
            !whole || same_first && query.short_words.iter().all(has)
        });
        names
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
        let mut found: Vec<(RankKey, RankedEntry)> = Vec::with_capacity(self.found.len());
        let all = std::mem::take(&mut self.found);
        found.extend(all.into_iter().map(|f| (self.rank_key(&f), f)));
        if found.len() > most {
            found.select_nth_unstable_by_key(most - 1, |(key, _)| *key);
            found.truncate(most);
        }
        found.sort_unstable_by_key(|(key, _)| *key);
        if phrase {
            found.retain(|(_, f)| index.has_phrases(f.entry, self.query));
        }
        if runs {
            found.retain(|(_, f)| f.name.is_some() || index.has_runs(f.entry, self.query));
        }
        let mut refiner = Refiner::new(index, self.query);
        for (key, found) in found.iter_mut().take(MAX_REFINED) {
            found.score += refiner.score(found);
            *key = self.rank_key(found);
        }
        found.sort_unstable_by_key(|(key, _)| *key);
        found.truncate(self.limit);
        found.into_iter().map(|(_, found)| found).collect()
    }

    fn rank_key(&self, found: &RankedEntry) -> RankKey {
        let kind = self.index.kind(found.entry);
        let class = if self.query.slots() < MANY {
            found.class
        } else {
            found.class.min(HitClass::Words)
        };
        let score = Reverse(found.score * kind_weight(kind) / 100);
        let asks = kind == Kind::Questions && class > HitClass::Exact;
        let length = self.index.title(found.entry).len().min(255);
        (asks, class, score, length, found.entry)
    }
}

/// Sort key, least first: whether it asks, its class, its score, how long its title is, and itself as the last tie-break.
type RankKey = (bool, HitClass, Reverse<u32>, usize, u32);

fn score_prefix(index: &SearchIndex, named: &NameMatch) -> Option<(HitClass, u32)> {
    let (kind, _) = index.name(named.name);
    match named.kind {
        NameMatchKind::Exact if kind == NameKind::Title => Some((HitClass::Exact, 0)),
        // In hundreds, so that of names of one sort what explains comes first.
        NameMatchKind::Exact => Some((HitClass::Alias, 100 * (4 - kind as u32))),
        NameMatchKind::Prefix(_) if kind.is_found_as_it_is() => None,
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
        _ if kind.is_found_as_it_is() => None,
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

/// What a match in an entry of this kind is worth, in percent: what explains comes before what argues.
const fn kind_weight(kind: Kind) -> u32 {
    match kind {
        Kind::Terms => 116,
        Kind::Services => 110,
        Kind::Lessons | Kind::Myths => 104,
        Kind::Perspectives => 96,
        Kind::References | Kind::Lenses => 90,
        Kind::Questions => 80,
    }
}

/// Most bytes of bodies that are read to score the hits of one search again.
const BUDGET: usize = 256 << 10;
/// Score of a name with nothing but the query's words.
const COVERAGE: u32 = 3_000;
/// Score of a name of which no word is missing among more words.
const WHOLE_NAME: u32 = 1_500;
/// Score of words next to each other.
const PROXIMITY: u32 = 1_200;
/// Score of each further occurrence of all words, up to four times.
const REPETITION: u32 = 120;

pub(super) struct Refiner<'a> {
    index: &'a SearchIndex,
    reader: TextReader<'a>,
    budget: usize,
}

impl<'a> Refiner<'a> {
    pub(super) fn new(index: &'a SearchIndex, query: &'a Query) -> Self {
        Self {
            index,
            reader: TextReader::new(index, query),
            budget: BUDGET,
        }
    }

    /// What to add to a hit's score.
    pub(super) fn score(&mut self, found: &RankedEntry) -> u32 {
        match found.class {
            HitClass::Words | HitClass::Typo | HitClass::Some => {
                self.best_name(found.entry) + self.best_text(found.entry)
            }
            HitClass::Exact
            | HitClass::Alias
            | HitClass::Prefix
            | HitClass::Subsequence
            | HitClass::Offered => 0,
        }
    }

    /// The best name: by how many of the words it has, and how much of it they cover.
    fn best_name(&self, entry: u32) -> u32 {
        let names = self.index.names_of(entry).map(|name| self.index.name(name));
        names
            .map(|(kind, text)| self.name_score(kind, text))
            .max()
            .unwrap_or(0)
    }

    fn name_score(&self, kind: NameKind, text: &str) -> u32 {
        let (stats, matched, letters) = self.reader.cover(text);
        let all = self.reader.word_count() as u32;
        let (found, letters) = (u32::from(stats.words_found), letters.max(1));
        let close = if all > 1 && found == all {
            PROXIMITY * all / (stats.span as u32).max(all)
        } else {
            0
        };
        // A name that stands in a longer question as a whole is what it is about.
        let whole = if found > 1 && all as usize > MANY && matched == letters {
            WHOLE_NAME
        } else {
            0
        };
        let gain = COVERAGE * found / all.max(1) * matched / letters + close + whole;
        if kind == NameKind::Id { gain / 2 } else { gain }
    }

    /// The best of the brief and the sections: by proximity and number of occurrences.
    fn best_text(&mut self, entry: u32) -> u32 {
        let mut best = self.text_score(self.index.brief(entry));
        for (_, heading, text) in self.index.sections(entry) {
            if self.budget < text.len() {
                break;
            }
            self.budget -= text.len();
            best = best
                .max(self.text_score(heading))
                .max(self.text_score(text));
        }
        best
    }

    fn text_score(&self, text: &str) -> u32 {
        let stats = self.reader.measure(text);
        let all = self.reader.word_count() as u32;
        if u32::from(stats.words_found) < all {
            return 0;
        }
        let close = if all > 1 {
            PROXIMITY / 2 * all / (stats.span as u32).max(all)
        } else {
            0
        };
        close + REPETITION * (stats.times.saturating_sub(all) / all.max(1)).min(4)
    }
}
