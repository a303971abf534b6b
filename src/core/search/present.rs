//! Turns ranked entries into hits: the reason for the match, highlighted letters, an excerpt around the best passage. At
//! most [`BUDGET`] bytes of bodies are read for one call.

use std::ops::Range;

use crate::core::search::excerpt::{LINE_LENGTH, around};
use crate::core::search::folded::{FoldedName, SubsequenceWalk};
use crate::core::search::hit::{HitClass, HitDraft, Passage, RankedEntry};
use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::marks::{mark, mark_letters};
use crate::core::search::query::Query;
use crate::core::search::rank::SearchFilter;
use crate::core::search::text_match::{TextReader, shortest_passage};
use crate::core::search::why::MatchReason;
use crate::pack::{Address, Kind};
use crate::text::SafeText;

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

    /// Whether what was found is the entry of this address.
    pub fn is(&self, found: &RankedEntry, address: &Address) -> bool {
        self.kind(found.entry) == address.kind && self.id(found.entry) == &*address.id
    }

    /// Positions of the best entries of one kind, best first: for a list that is filtered by typing. Only names, tags and
    /// briefs count.
    pub fn narrow(&self, query: &Query, kind: Kind, limit: usize) -> Vec<u32> {
        let found = self.rank(query, limit, &SearchFilter::only([kind]).by_heads());
        let first = self.range_of(kind).start;
        found.iter().map(|found| found.entry - first).collect()
    }

    /// Turns ranked entries into hits; only those that will be seen need it.
    pub fn show(&self, query: &Query, found: &[RankedEntry]) -> Vec<SearchHit> {
        let query = self.with_unknown_filters_as_words(query);
        let (strict, tolerant) = (TextReader::strict(&query), TextReader::new(&query));
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
        let recent = recent
            .iter()
            .map(|address| (address, SafeText::ours("recent")));
        let best = best
            .iter()
            .map(|address| (address, SafeText::ours("a good place to start")));
        let mut hits: Vec<SearchHit> = Vec::new();
        for (address, why) in recent.chain(best) {
            let Some(entry) = self.find(address.kind, &address.id) else {
                continue;
            };
            let known = hits
                .iter()
                .any(|hit| hit.kind == address.kind && *hit.id == *address.id);
            if hits.len() < limit && !known {
                let found = RankedEntry {
                    entry,
                    class: HitClass::Offered,
                    score: 0,
                    name: None,
                };
                hits.extend(
                    self.show(&Query::default(), &[found])
                        .into_iter()
                        .map(|hit| SearchHit {
                            why: why.clone(),
                            ..hit
                        }),
                );
            }
        }
        hits
    }
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
            why: MatchReason {
                draft: self,
                passage: &passage,
            }
            .text(),
            marks: self.title_marks(&title),
            title,
            excerpt_marks: mark(&excerpt, &self.reader.matches(&excerpt), self.query),
            excerpt,
            section: (!passage.anchor.is_empty()).then(|| passage.anchor.to_owned()),
        }
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
        mark_letters(
            title,
            SubsequenceWalk::new(&self.query.compact)
                .positions(self.title())
                .into_iter(),
        )
    }

    fn title(&self) -> FoldedName<'a> {
        self.index
            .folded(self.index.names_of(self.found.entry).start)
    }
}
