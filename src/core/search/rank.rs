//! Which entries answer a query, and in what order.
//!
//! Promises: an exact name comes before another name, then beginnings of names, all words in any order, letters in
//! order, typos, and last what has only some of the words. The order is the same whatever order files were read in;
//! equal hits are ordered by kind and id.

use serde::Serialize;

use crate::core::search::build::ALL_KINDS;
use crate::core::search::edits::allowed;
use crate::core::search::expand::WordExpansion;
use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::names::{NameMatch, NameMatchKind};
use crate::core::search::query::{Query, QueryWord};
use crate::core::search::refine::Refiner;
use crate::core::search::tally::WordTally;
use crate::pack::Kind;

/// How a hit answers a query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HitClass {
    /// It is called exactly so.
    Exact,
    /// One of its other names is exactly this.
    Alias,
    /// One of its names starts so.
    Prefix,
    /// It has all the words.
    Words,
    /// One of its names has all the letters, in order.
    Subsequence,
    /// It has all the words, some of them mistyped.
    Typo,
    /// It has some of the words.
    Some,
    /// It was not searched for but offered, see [`SearchIndex::start`].
    Offered,
}

impl HitClass {
    /// The word that programs read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::Prefix => "prefix",
            Self::Words => "words",
            Self::Subsequence => "subsequence",
            Self::Typo => "typo",
            Self::Some => "some",
            Self::Offered => "offered",
        }
    }
}

/// Which entries may be found, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchFilter {
    kinds: u16,
    /// Whether what stands only in the body counts.
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
    /// Only entries of these kinds; of all kinds when none is named.
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

    /// The same, but only by names, tags and briefs: what somebody expects who narrows a list.
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

/// A found entry, before it is made presentable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedEntry {
    /// The entry's number in the index.
    pub(super) entry: u32,
    /// How it answers.
    pub class: HitClass,
    /// More is better; comparable within a class of one search.
    pub(super) score: u32,
    /// The name that answered as a whole, if one did.
    pub(super) name: Option<u32>,
}

/// Hits that are weighed again with their text in hand.
const REFINED: usize = 64;
/// Candidates whose text is searched for a phrase, at most.
const PHRASES: usize = 2_000;
/// From so many letters on, a query is no abbreviation.
const SPELLED: usize = 6;

impl SearchIndex {
    /// The best entries for a query, at most `limit`, best first. Nothing for a blank query.
    pub fn rank(&self, query: &Query, limit: usize, filter: &SearchFilter) -> Vec<RankedEntry> {
        if query.is_blank() || limit == 0 || self.is_empty() {
            return Vec::new();
        }
        let query = self.resolved(query);
        let mut ranking = Ranking::new(self, &query, limit, filter);
        if query.is_signs() {
            ranking.signs()
        } else {
            ranking.run()
        }
        ranking.finish()
    }
}

/// What has been found so far.
struct Ranking<'a> {
    index: &'a SearchIndex,
    query: &'a Query,
    limit: usize,
    bodies: bool,
    /// Per entry: may it be found, and has it not been yet.
    open: Vec<bool>,
    found: Vec<RankedEntry>,
}

impl<'a> Ranking<'a> {
    fn new(index: &'a SearchIndex, query: &'a Query, limit: usize, filter: &SearchFilter) -> Self {
        let kinds = filter.kinds & query.kinds.unwrap_or(ALL_KINDS);
        let mut open = vec![false; index.len()];
        for kind in Kind::ALL
            .into_iter()
            .filter(|k| kinds & (1 << *k as u16) != 0)
        {
            let range = index.of_kind(kind);
            if let Some(slots) = open.get_mut(range.start as usize..range.end as usize) {
                slots.fill(true);
            }
        }
        for rule in &query.rules {
            index.apply(rule, &mut open);
        }
        Self {
            index,
            query,
            limit,
            bodies: filter.bodies,
            open,
            found: Vec::new(),
        }
    }

    fn run(&mut self) {
        if self.query.asks.is_empty() {
            return self.all();
        }
        self.named();
        // Nothing that follows comes before these, so where they fill the list the rest need not be looked for.
        if self.found.len() >= self.limit.max(REFINED) && !self.query.has_phrase() {
            return;
        }
        let strict = self.words();
        if self.found.len() < self.limit {
            self.held();
        }
        if self.found.len() < self.limit {
            self.typos(strict);
        }
    }

    /// Whatever keeps the rules, when there is no word to look for.
    fn all(&mut self) {
        let class = self.query.class_of_rules();
        for entry in 0..self.index.len() {
            self.push(entry as u32, class, 0, None);
        }
    }

    /// Input of nothing but signs is looked for as it stands.
    fn signs(&mut self) {
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
        if let Some(open) = self.open.get_mut(entry as usize).filter(|open| **open) {
            *open = false;
            self.found.push(RankedEntry {
                entry,
                class,
                score,
                name,
            });
        }
    }

    /// Takes the best of each entry's names.
    fn push_names(
        &mut self,
        names: &[NameMatch],
        weigh: impl Fn(&SearchIndex, &NameMatch) -> Option<(HitClass, u32)>,
    ) {
        let mut best: Option<RankedEntry> = None;
        for named in names {
            let Some((class, score)) = weigh(self.index, named) else {
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

    /// Names that are the query or start with it.
    fn named(&mut self) {
        if !self.query.tight.is_empty() {
            let names = self.index.names_starting(&self.query.tight);
            self.push_names(&names, weigh_start);
        }
    }

    /// Entries that have all the words.
    fn words(&mut self) -> Vec<WordExpansion> {
        let asks = &self.query.asks;
        let near = |n: Option<usize>| n.and_then(|n| asks.get(n)).filter(|a| !a.literal);
        let answers = |(n, ask): (usize, &QueryWord)| {
            self.index
                .answers(ask, near(Some(n + 1)), near(n.checked_sub(1)))
        };
        let mut answers: Vec<WordExpansion> = asks.iter().enumerate().map(answers).collect();
        answers
            .iter_mut()
            .for_each(|answers| answers.bodies &= self.bodies);
        self.push_full(&answers, HitClass::Words);
        answers
    }

    /// Entries that have something of every word.
    fn push_full(&mut self, answers: &[WordExpansion], class: HitClass) {
        // The rarest first: what does not have it need not be looked at again.
        let mut rising: Vec<(u32, &WordExpansion)> =
            answers.iter().map(|a| (a.entries(self.index), a)).collect();
        rising.sort_by_key(|(entries, _)| *entries);
        if rising.first().is_none_or(|(entries, _)| *entries == 0) {
            return;
        }
        let mut tally = WordTally::new(self.index.len());
        for (n, (_, answers)) in (0u8..).zip(&rising) {
            tally.add(self.index, answers, n);
        }
        for (entry, has) in tally.having() {
            if usize::from(has.count) == answers.len() {
                self.push(entry, class, tally.score(entry), None);
            }
        }
    }

    /// Names that hold the query apart from spaces, or its letters in order.
    fn held(&mut self) {
        if self.query.asks.iter().any(|a| a.literal) {
            return;
        }
        let mut names = self.index.names_holding(&self.query.tight);
        let letters = self.query.tight.chars().count();
        // Who types that many letters spells a name out: where they are strewn over a far longer one, that is chance.
        let length = |n: &NameMatch| {
            self.index
                .name(n.name)
                .1
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count()
        };
        names.retain(|n| {
            letters < SPELLED
                || !matches!(n.how, NameMatchKind::InOrder(_))
                || length(n) < 3 * letters
        });
        self.push_names(&names, weigh_held);
    }

    /// Entries that have all the words, mistyped, or some of them.
    fn typos(&mut self, mut answers: Vec<WordExpansion>) {
        for (ask, answers) in self.query.asks.iter().zip(&mut answers) {
            self.index.add_typos(ask, answers);
        }
        let near = self.near_names();
        let typos: Vec<NameMatch> = near.iter().filter(|n| self.is_typo(n)).copied().collect();
        // A whole name with one slip in it keeps the order of its words; nothing says more about what was meant.
        let slip = |n: &&NameMatch| matches!(n.how, NameMatchKind::Typo(0 | 1));
        let slips: Vec<NameMatch> = typos.iter().filter(slip).copied().collect();
        self.push_names(&slips, |_, n| Some((HitClass::Typo, 20_000 + nearness(n))));
        self.push_full(&answers, HitClass::Typo);
        self.push_names(&typos, |_, n| Some((HitClass::Typo, nearness(n))));
        if self.found.is_empty() || self.query.asks.len() > 2 {
            self.some(&answers, &near);
        }
    }

    fn near_names(&self) -> Vec<NameMatch> {
        let literal = self.query.asks.iter().any(|a| a.literal);
        let most = if literal {
            0
        } else {
            allowed(self.query.tight.chars().count())
        };
        self.index.names_near(&self.query.tight, most)
    }

    /// A whole name is a typo away only if its first letter is right, and short words are.
    fn is_typo(&self, named: &NameMatch) -> bool {
        let name = self.index.folded(named.name);
        let same_first = name.letters().next() == self.query.tight.chars().next();
        same_first
            && self
                .query
                .short
                .iter()
                .all(|short| name.words().any(|word| word == short))
    }

    /// Entries that have at least half of the words by weight.
    fn some(&mut self, answers: &[WordExpansion], near: &[NameMatch]) {
        let mut tally = WordTally::new(self.index.len());
        answers
            .iter()
            .for_each(|answers| tally.add(self.index, answers, 0));
        let far = |index: &SearchIndex, n: &NameMatch| {
            Some((
                HitClass::Some,
                20_000 + nearness(n) + tally.score(n.entry) + shortness(index, n.entry),
            ))
        };
        self.push_names(near, far);
        for (entry, has) in tally.having() {
            if has.weight * 2 >= tally.all {
                self.push(entry, HitClass::Some, tally.score(entry), None);
            }
        }
    }

    /// The best of what was found, in order.
    fn finish(mut self) -> Vec<RankedEntry> {
        let index = self.index;
        let phrase = self.query.has_phrase();
        let keep = if phrase {
            PHRASES
        } else {
            self.limit.max(REFINED)
        };
        if self.found.len() > keep {
            let mut keyed: Vec<(RankKey, RankedEntry)> =
                self.found.iter().map(|f| (key(index, f), *f)).collect();
            keyed.select_nth_unstable_by_key(keep - 1, |(key, _)| *key);
            self.found = keyed
                .into_iter()
                .take(keep)
                .map(|(_, found)| found)
                .collect();
        }
        self.found.sort_unstable_by_key(|f| key(index, f));
        if phrase {
            self.found
                .retain(|f| index.has_phrases(f.entry, self.query));
        }
        let mut refiner = Refiner::new(index, self.query);
        for found in self.found.iter_mut().take(REFINED) {
            found.score += refiner.weigh(found);
        }
        self.found.sort_unstable_by_key(|f| key(index, f));
        self.found.truncate(self.limit);
        self.found
    }
}

/// What decides between two hits, least first: class, score, length of the title, kind, number.
type RankKey = (HitClass, u32, u32, u8, u32);

fn key(index: &SearchIndex, found: &RankedEntry) -> RankKey {
    let shorter = u32::MAX - shortness(index, found.entry);
    (
        found.class,
        u32::MAX - found.score,
        shorter,
        prior(index.kind(found.entry)),
        found.entry,
    )
}

fn weigh_start(index: &SearchIndex, named: &NameMatch) -> Option<(HitClass, u32)> {
    let (kind, _) = index.name(named.name);
    match named.how {
        NameMatchKind::Same if kind == NameKind::Title => Some((HitClass::Exact, 0)),
        NameMatchKind::Same => Some((HitClass::Alias, 4 - kind as u32)),
        NameMatchKind::Starts(_) if kind == NameKind::Id => None,
        NameMatchKind::Starts(boundary) => Some((
            HitClass::Prefix,
            u32::from(boundary) * 2 + u32::from(kind == NameKind::Title),
        )),
        NameMatchKind::Holds | NameMatchKind::InOrder(_) | NameMatchKind::Typo(_) => None,
    }
}

fn weigh_held(index: &SearchIndex, named: &NameMatch) -> Option<(HitClass, u32)> {
    let (kind, name) = index.name(named.name);
    match named.how {
        _ if kind == NameKind::Id => None,
        NameMatchKind::Holds => Some((HitClass::Words, 7_000)),
        NameMatchKind::InOrder(gaps) => {
            let length = name.len().min(200) as u32;
            Some((
                HitClass::Subsequence,
                10_000 - u32::from(gaps.min(20)) * 400 - length,
            ))
        }
        NameMatchKind::Same | NameMatchKind::Starts(_) | NameMatchKind::Typo(_) => None,
    }
}

/// What a whole name that is off by typos counts for.
fn nearness(named: &NameMatch) -> u32 {
    match named.how {
        NameMatchKind::Typo(edits) => 9_000 - 2_000 * u32::from(edits.min(4)),
        NameMatchKind::Same
        | NameMatchKind::Starts(_)
        | NameMatchKind::Holds
        | NameMatchKind::InOrder(_) => 0,
    }
}

/// Shorter titles first among equals: 255 minus the length in bytes.
fn shortness(index: &SearchIndex, entry: u32) -> u32 {
    255 - index.title(entry).len().min(255) as u32
}

/// Among equals, what explains comes before what asks.
fn prior(kind: Kind) -> u8 {
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
