//! Turns ranked entries into hits: the reason for the match, highlighted letters, an excerpt around the best passage. At
//! most [`BUDGET`] bytes of bodies are read for one call.

use std::ops::Range;

use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::near::{FoldedName, subsequence};
use crate::core::search::query::Query;
use crate::core::search::rank::{HitClass, RankedEntry, SearchFilter};
use crate::core::search::text_match::{
    TextReader, WordMatch, mark, mark_letters, shortest_passage,
};
use crate::core::search::words::is_unspaced;
use crate::pack::{Address, Kind};
use crate::safe;
use crate::text::SafeText;
use crate::text::excerpt::around;

/// Length of an excerpt in characters, give or take a word.
const LINE_LENGTH: usize = 160;
/// Length of an excerpt within a reason, in characters.
const REASON_LENGTH: usize = 40;

/// Most bytes of bodies that are read to show the hits of one search.
const BUDGET: usize = 512 << 10;

#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    pub kind: Kind,
    pub id: String,
    /// Among the indexed entries of its kind, which are ordered by id.
    pub position: usize,
    pub title: SafeText,
    pub class: HitClass,
    /// Whether one of its names as a whole matches, and not words somewhere in it.
    pub named: bool,
    /// The reason for the match, in a few words.
    pub why: SafeText,
    /// Byte ranges of the title that matched, in order.
    pub marks: Vec<Range<usize>>,
    /// May be empty.
    pub excerpt: SafeText,
    /// Byte ranges of the excerpt that matched, in order.
    pub excerpt_marks: Vec<Range<usize>>,
    /// The anchor of the excerpt's section, if that has a heading.
    pub section: Option<String>,
    /// What to look for on the entry's page: the passage, then words of it. None where the name is what matches.
    pub passages: Vec<String>,
}

impl SearchHit {
    /// `None` when the id is not well-formed.
    pub fn address(&self) -> Option<Address> {
        Address::new(self.kind, &self.id)
    }
}

impl SearchIndex {
    /// At most `limit` hits, best first. None for a blank query, see [`SearchIndex::start`].
    pub fn search(&self, query: &Query, limit: usize, filter: &SearchFilter) -> Vec<SearchHit> {
        self.show(query, &self.rank(query, limit, filter))
    }

    pub fn kind_of(&self, found: &RankedEntry) -> Kind {
        self.kind(found.entry)
    }

    /// The words of a query that no entry has, and no longer ones that begin so, as they were typed.
    pub fn unknown(&self, query: &Query) -> Vec<SafeText> {
        let query = query.fitted(self);
        let expansions = self.expand(&query, true);
        let is_known = |slot: usize| expansions.get(slot).is_some_and(|e| !e.is_empty());
        let unknown = query.words.iter().filter(|word| !is_known(word.slot));
        unknown.map(|word| SafeText::line(&word.typed)).collect()
    }

    /// Whether what was found is the entry of this address.
    pub fn is(&self, found: &RankedEntry, address: &Address) -> bool {
        self.kind(found.entry) == address.kind && self.id(found.entry) == &*address.id
    }

    /// Positions of the best entries of one kind, best first: for a list that is filtered by typing. Only names, tags and
    /// briefs count, and all words: who types more wants less.
    pub fn narrow(&self, query: &Query, kind: Kind, limit: usize) -> Vec<u32> {
        let found = self.rank(query, limit, &SearchFilter::only([kind]).by_heads());
        let first = self.range_of(kind).start;
        let whole = found.iter().filter(|found| found.class != HitClass::Some);
        whole.map(|found| found.entry - first).collect()
    }

    /// Turns ranked entries into hits; only those that will be seen need it.
    pub fn show(&self, query: &Query, found: &[RankedEntry]) -> Vec<SearchHit> {
        let query = query.fitted(self);
        let (strict, tolerant) = (
            TextReader::strict(self, &query),
            TextReader::new(self, &query),
        );
        let mut budget = BUDGET;
        let hit = |found: &RankedEntry| {
            let reader = if matches!(found.class, HitClass::Typo | HitClass::Some) {
                &tolerant
            } else {
                &strict
            };
            HitDraft {
                index: self,
                query: &query,
                reader,
                found: *found,
            }
            .hit(&mut budget)
        };
        found.iter().map(hit).collect()
    }

    /// What to offer before anything is typed: recent entries, then starting points, each once.
    pub fn start(&self, recent: &[Address], best: &[Address], limit: usize) -> Vec<SearchHit> {
        let start = SafeText::ours("a good place to start");
        let recent = recent
            .iter()
            .map(|address| (address, SafeText::ours("recent")));
        let mut offered: Vec<(RankedEntry, SafeText)> = Vec::new();
        for (address, why) in recent.chain(best.iter().map(|address| (address, start.clone()))) {
            let known = offered.iter().any(|(found, _)| self.is(found, address));
            if let Some(entry) = self.find(address.kind, &address.id).filter(|_| !known) {
                let found = RankedEntry {
                    entry,
                    class: HitClass::Offered,
                    score: 0,
                    name: None,
                };
                offered.push((found, why));
            }
        }
        offered.truncate(limit);
        let found: Vec<RankedEntry> = offered.iter().map(|(found, _)| *found).collect();
        let hits = self
            .show(&Query::default(), &found)
            .into_iter()
            .zip(offered);
        hits.map(|(hit, (_, why))| SearchHit { why, ..hit })
            .collect()
    }
}

struct HitDraft<'a> {
    index: &'a SearchIndex,
    query: &'a Query,
    reader: &'a TextReader<'a>,
    found: RankedEntry,
}

#[derive(Default)]
struct Passage<'a> {
    text: &'a str,
    at: Range<usize>,
    /// Numbers of the query's words that it has.
    query_words: Vec<usize>,
    anchor: &'a str,
    words: usize,
}

impl<'a> HitDraft<'a> {
    fn hit(&self, budget: &mut usize) -> SearchHit {
        let (index, entry) = (self.index, self.found.entry);
        let kind = index.kind(entry);
        let passage = self.best_passage(budget);
        let title = SafeText::from(index.title(entry));
        let excerpt = around(passage.text, passage.at.clone(), LINE_LENGTH);
        SearchHit {
            kind,
            id: index.id(entry).to_owned(),
            position: (entry - index.range_of(kind).start) as usize,
            class: self.found.class,
            named: self.found.name.is_some(),
            why: self.reason(&passage),
            marks: self.title_marks(&title),
            title,
            excerpt_marks: mark(&excerpt, &self.reader.matches(&excerpt), self.query),
            excerpt,
            section: (!passage.anchor.is_empty()).then(|| passage.anchor.to_owned()),
            passages: self.passages(&passage),
        }
    }

    fn passages(&self, passage: &Passage<'_>) -> Vec<String> {
        if self.found.name.is_some() || passage.query_words.is_empty() {
            return Vec::new();
        }
        let inside = passage.text.get(passage.at.clone()).unwrap_or("");
        let words = self.reader.matches(inside);
        let mut words: Vec<&str> = words
            .iter()
            .filter_map(|matched| inside.get(matched.range.clone()))
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let all = std::iter::once(inside).chain(words);
        all.filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The brief, unless a section has more of the query's words, or has them closer together.
    fn best_passage(&self, budget: &mut usize) -> Passage<'a> {
        let entry = self.found.entry;
        let mut best = self.passage_in(self.index.brief(entry), "", "");
        let by_words = matches!(
            self.found.class,
            HitClass::Words | HitClass::Typo | HitClass::Some
        );
        for (anchor, heading, text) in self.index.sections(entry) {
            if best.text.is_empty() {
                best = Passage {
                    text,
                    anchor,
                    ..Passage::default()
                };
            }
            if !by_words || *budget < text.len() {
                break;
            }
            *budget -= text.len();
            let new = self.passage_in(text, heading, anchor);
            if (new.query_words.len(), best.words) > (best.query_words.len(), new.words) {
                best = new;
            }
        }
        best
    }

    fn passage_in(&self, text: &'a str, heading: &str, anchor: &'a str) -> Passage<'a> {
        let matches = self.reader.matches(text);
        let (_, found) = shortest_passage(&matches, self.reader.word_count());
        let (at, words) = found.map_or((0..0, 0), |(a, b)| {
            (a.range.start..b.range.end, b.number - a.number + 1)
        });
        let mut query_words: Vec<usize> = matches
            .iter()
            .chain(&self.reader.matches(heading))
            .map(|matched| matched.query_word)
            .collect();
        query_words.sort_unstable();
        query_words.dedup();
        Passage {
            text,
            at,
            query_words,
            anchor,
            words,
        }
    }

    fn title_marks(&self, title: &str) -> Vec<Range<usize>> {
        let by_name = self.name().filter(|(kind, _)| *kind == NameKind::Title);
        match (self.found.class, by_name) {
            (HitClass::Offered, _) => Vec::new(),
            (HitClass::Exact, _) | (HitClass::Typo, Some(_)) => mark_letters(title, 0..usize::MAX),
            (HitClass::Prefix, Some(_)) => {
                mark_letters(title, 0..self.query.compact.chars().count())
            }
            (HitClass::Words, Some(_)) => self.compact_marks(title),
            (HitClass::Subsequence, Some(_)) => self.subsequence_marks(title),
            (
                HitClass::Alias
                | HitClass::Prefix
                | HitClass::Words
                | HitClass::Subsequence
                | HitClass::Typo
                | HitClass::Some,
                _,
            ) => mark(title, &self.reader.matches(title), self.query),
        }
    }

    /// The letters of a name that contains the query, spaces left out.
    fn compact_marks(&self, title: &str) -> Vec<Range<usize>> {
        let from = self.title().word_prefix(&self.query.compact).unwrap_or(0);
        mark_letters(title, from..from + self.query.compact.chars().count())
    }

    fn subsequence_marks(&self, title: &str) -> Vec<Range<usize>> {
        let found = subsequence(&self.query.compact, self.title());
        let places = found.map(|(_, places)| places).unwrap_or_default();
        mark_letters(title, places.into_iter())
    }

    fn title(&self) -> FoldedName<'a> {
        self.index
            .folded(self.index.names_of(self.found.entry).start)
    }

    /// The name that matched as a whole.
    fn name(&self) -> Option<(NameKind, &'a str)> {
        self.found.name.map(|name| self.index.name(name))
    }

    /// Why it matched, in a few words.
    fn reason(&self, passage: &Passage<'_>) -> SafeText {
        match self.found.class {
            HitClass::Exact => SafeText::ours("exact name"),
            HitClass::Alias => self.alias(),
            HitClass::Prefix => self.name_reason("starts so"),
            HitClass::Words => self.word_reason(passage),
            HitClass::Subsequence => self.name_reason("letters in order"),
            HitClass::Typo => self.typo(passage),
            HitClass::Some => self.missing_words(passage),
            HitClass::Offered => SafeText::default(),
        }
    }

    fn alias(&self) -> SafeText {
        match self.name() {
            Some((NameKind::Short, name)) => {
                safe!("{name}, short for {}", self.index.title(self.found.entry))
            }
            Some((NameKind::Id, name)) => safe!("id {name}"),
            Some((NameKind::Sought, name)) => safe!("answers {name}"),
            Some((NameKind::Alias | NameKind::Title, name)) => {
                safe!("{name}, alias of {}", self.index.title(self.found.entry))
            }
            None => SafeText::ours("another name"),
        }
    }

    /// Names the name as well, if it is not the title.
    fn name_reason(&self, what: &'static str) -> SafeText {
        match self.name() {
            Some((NameKind::Alias | NameKind::Short | NameKind::Sought | NameKind::Id, name)) => {
                safe!("{what}: {name}")
            }
            Some((NameKind::Title, _)) | None => SafeText::ours(what),
        }
    }

    fn word_reason(&self, passage: &Passage<'_>) -> SafeText {
        if let Some((kind, name)) = self.name() {
            // Where nobody writes spaces, none is left out.
            return match kind {
                _ if !self.query.compact.contains(is_unspaced) => {
                    self.name_reason("spaces left out")
                }
                NameKind::Title => SafeText::ours("in the title"),
                NameKind::Alias | NameKind::Short | NameKind::Sought | NameKind::Id => {
                    safe!("also called {name}")
                }
            };
        }
        let entry = self.found.entry;
        let index = self.index;
        let mut missing: Vec<usize> = (0..self.query.slots()).collect();
        if self.cross_out(index.title(entry), &mut missing) {
            return SafeText::ours("in the title");
        }
        for (kind, name) in index.names_of(entry).map(|n| index.name(n)) {
            if self.cross_out(name, &mut missing) {
                return match kind {
                    NameKind::Id => safe!("id {name}"),
                    NameKind::Sought => safe!("answers {name}"),
                    NameKind::Title | NameKind::Alias | NameKind::Short => {
                        safe!("also called {name}")
                    }
                };
            }
        }
        for (kind, text) in index.labels(entry) {
            if self.cross_out(text, &mut missing) {
                return safe!("{}: {text}", kind.word());
            }
        }
        self.in_text(passage, &missing)
    }

    /// Removes what is wanted and a text has; true if nothing is left.
    fn cross_out(&self, text: &str, missing: &mut Vec<usize>) -> bool {
        for matched in self.reader.matches(text) {
            let found = self.slot_of(matched.query_word);
            missing.retain(|slot| Some(*slot) != found);
        }
        missing.is_empty()
    }

    fn slot_of(&self, query_word: usize) -> Option<usize> {
        let word = self.query.words.get(query_word);
        word.map(|word| word.slot)
    }

    fn in_text(&self, passage: &Passage<'_>, missing: &[usize]) -> SafeText {
        let mut here = passage.query_words.iter();
        if here.any(|word| {
            self.slot_of(*word)
                .is_some_and(|slot| missing.contains(&slot))
        }) {
            return safe!(
                "in the text: {}",
                around(passage.text, passage.at.clone(), REASON_LENGTH)
            );
        }
        SafeText::ours("in the text")
    }

    fn typo(&self, passage: &Passage<'_>) -> SafeText {
        if let Some((_, name)) = self.name() {
            return safe!("typo: {} → {name}", self.query.text().trim());
        }
        let mut typos: Vec<(usize, SafeText)> = Vec::new();
        for text in self.texts(passage).take(200) {
            let matches = self.reader.matches(text);
            for matched in matches.iter().filter(|m| m.kind == WordMatch::Typo) {
                let typed = self.query.words.get(matched.query_word);
                let typed = typed.map_or("", |word| word.typed.as_str());
                let meant = text.get(matched.range.clone()).unwrap_or("").to_lowercase();
                if typos.iter().all(|(word, _)| *word != matched.query_word) {
                    typos.push((matched.query_word, safe!("{typed} → {meant}")));
                }
            }
        }
        let typos = SafeText::join(typos.iter().map(|(_, typo)| typo), ", ");
        if typos.is_empty() {
            SafeText::ours("a typo away")
        } else {
            safe!("typo: {typos}")
        }
    }

    /// The entry's names, labels, brief, and the shown passage.
    fn texts<'t>(&'t self, passage: &'t Passage<'_>) -> impl Iterator<Item = &'t str> {
        let (index, entry) = (self.index, self.found.entry);
        let names = index.names_of(entry).map(|n| index.name(n).1);
        names
            .chain(index.labels(entry).map(|(_, text)| text))
            .chain([index.brief(entry), passage.text])
    }

    fn missing_words(&self, passage: &Passage<'_>) -> SafeText {
        if let Some((_, name)) = self.name() {
            return safe!("nearly: {name}");
        }
        let mut missing: Vec<usize> = (0..self.query.slots()).collect();
        for text in self.texts(passage) {
            self.cross_out(text, &mut missing);
        }
        let query_words = self.query.words.iter();
        let words = query_words.filter(|word| missing.contains(&word.slot));
        let words: Vec<&str> = words.map(|word| word.typed.as_str()).collect();
        match &*words {
            [] => SafeText::ours("some of the words"),
            [a, b, c, _, ..] => safe!("without: {a}, {b}, {c} …"),
            few => safe!("without: {}", few.join(", ")),
        }
    }
}
