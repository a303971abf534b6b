//! Makes found entries presentable: why each was found, the letters that matched, an excerpt around the best passage.
//! Promises: marks lie on letters of the shown text; all text is safe; at most [`BUDGET`] bytes of bodies are read for
//! one call.

use std::ops::Range;

use crate::core::search::excerpt::{WIDE, around};
use crate::core::search::folded::{FoldedName, SubsequenceWalk};
use crate::core::search::hit::{HitClass, HitDraft, Passage, RankedEntry};
use crate::core::search::index::{NameKind, SearchIndex};
use crate::core::search::marks::{mark, mark_letters};
use crate::core::search::query::Query;
use crate::core::search::rank::SearchFilter;
use crate::core::search::text_match::{TextReader, shortest};
use crate::core::search::why::MatchReason;
use crate::pack::{Address, Kind};
use crate::text::SafeText;

/// Most bytes of bodies that are read to show the hits of one search.
const BUDGET: usize = 512 << 10;

/// A found entry as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its place among the indexed entries of its kind, which are in order of their ids.
    pub position: usize,
    /// Its title.
    pub title: SafeText,
    /// How it answers.
    pub class: HitClass,
    /// Whether one of its names as a whole answers, and not words somewhere in it.
    pub named: bool,
    /// Why it was found, in a few words.
    pub why: SafeText,
    /// Bytes of the title that matched, in order.
    pub marks: Vec<Range<usize>>,
    /// A line around the best passage of its text; may be empty.
    pub excerpt: SafeText,
    /// Bytes of the excerpt that matched, in order.
    pub excerpt_marks: Vec<Range<usize>>,
    /// The anchor of the section that the excerpt is from, if it is from one with a heading.
    pub section: Option<String>,
}

impl SearchHit {
    /// The entry's name; `None` when its id is not well-formed.
    pub fn address(&self) -> Option<Address> {
        Address::new(self.kind, &self.id)
    }
}

impl SearchIndex {
    /// The best hits for a query, at most `limit`, best first. Nothing for a blank query, see [`SearchIndex::start`].
    pub fn search(&self, query: &Query, limit: usize, filter: &SearchFilter) -> Vec<SearchHit> {
        self.show(query, &self.rank(query, limit, filter))
    }

    /// The places of the best entries of one kind among their kind, best first: for a list that is narrowed by typing. Only
    /// names, tags and briefs count.
    pub fn narrow(&self, query: &Query, kind: Kind, limit: usize) -> Vec<u32> {
        let found = self.rank(query, limit, &SearchFilter::only([kind]).by_heads());
        let first = self.of_kind(kind).start;
        found.iter().map(|found| found.entry - first).collect()
    }

    /// Makes found entries presentable; only those that will be seen need it.
    pub fn show(&self, query: &Query, found: &[RankedEntry]) -> Vec<SearchHit> {
        let query = self.resolved(query);
        let (strict, lax) = (TextReader::strict(&query), TextReader::new(&query));
        let mut left = BUDGET;
        let hit = |found: &RankedEntry| {
            let reader = if matches!(found.class, HitClass::Typo | HitClass::Some) {
                &lax
            } else {
                &strict
            };
            HitDraft {
                index: self,
                query: &query,
                reader,
                found: *found,
            }
            .hit(&mut left)
        };
        found.iter().map(hit).collect()
    }

    /// What to offer before anything is typed: recent places, then starting points, each once.
    pub fn start(&self, recent: &[Address], best: &[Address], limit: usize) -> Vec<SearchHit> {
        let recent = recent
            .iter()
            .map(|address| (address, SafeText::ours("recent")));
        let best = best
            .iter()
            .map(|address| (address, SafeText::ours("a good place to start")));
        let mut hits: Vec<SearchHit> = Vec::new();
        for (address, why) in recent.chain(best) {
            let Some(entry) = self.number(address.kind, &address.id) else {
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
    fn hit(&self, left: &mut usize) -> SearchHit {
        let (index, entry) = (self.index, self.found.entry);
        let kind = index.kind(entry);
        let passage = self.passage(left);
        let title = SafeText::from(index.title(entry));
        let excerpt = around(passage.text, passage.at.clone(), WIDE);
        SearchHit {
            kind,
            id: index.id(entry).to_owned(),
            position: (entry - index.of_kind(kind).start) as usize,
            class: self.found.class,
            named: self.found.name.is_some(),
            why: MatchReason {
                showing: self,
                passage: &passage,
            }
            .say(),
            marks: self.title_marks(&title),
            title,
            excerpt_marks: mark(&excerpt, &self.reader.hear(&excerpt), self.query),
            excerpt,
            section: (!passage.anchor.is_empty()).then(|| passage.anchor.to_owned()),
        }
    }

    /// What to show of the text: the brief, unless a section has more of what was asked, or has it closer together.
    fn passage(&self, left: &mut usize) -> Passage<'a> {
        let entry = self.found.entry;
        let mut best = self.closest(self.index.brief(entry), "", "");
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
            if !by_words || *left < text.len() {
                break;
            }
            *left -= text.len();
            let new = self.closest(text, heading, anchor);
            if (new.asked.len(), best.words) > (best.asked.len(), new.words) {
                best = new;
            }
        }
        best
    }

    fn closest(&self, text: &'a str, heading: &str, anchor: &'a str) -> Passage<'a> {
        let heard = self.reader.hear(text);
        let (_, found) = shortest(&heard, self.reader.asked());
        let (at, words) = found.map_or((0..0, 0), |(a, b)| {
            (a.at.start..b.at.end, b.number - a.number + 1)
        });
        let mut asked: Vec<usize> = heard
            .iter()
            .chain(&self.reader.hear(heading))
            .map(|h| h.ask)
            .collect();
        asked.sort_unstable();
        asked.dedup();
        Passage {
            text,
            at,
            asked,
            anchor,
            words,
        }
    }

    fn title_marks(&self, title: &str) -> Vec<Range<usize>> {
        let by_name = self.name().filter(|(kind, _)| *kind == NameKind::Title);
        match (self.found.class, by_name) {
            (HitClass::Offered, _) => Vec::new(),
            (HitClass::Exact, _) | (HitClass::Typo, Some(_)) => mark_letters(title, 0..usize::MAX),
            (HitClass::Prefix, Some(_)) => mark_letters(title, 0..self.query.tight.chars().count()),
            (HitClass::Words, Some(_)) => self.glued(title),
            (HitClass::Subsequence, Some(_)) => self.in_order(title),
            (
                HitClass::Alias
                | HitClass::Prefix
                | HitClass::Words
                | HitClass::Subsequence
                | HitClass::Typo
                | HitClass::Some,
                _,
            ) => mark(title, &self.reader.hear(title), self.query),
        }
    }

    /// The letters of a name that has the query in it, spaces left out.
    fn glued(&self, title: &str) -> Vec<Range<usize>> {
        let from = self.title().holds(&self.query.tight).unwrap_or(0);
        mark_letters(title, from..from + self.query.tight.chars().count())
    }

    fn in_order(&self, title: &str) -> Vec<Range<usize>> {
        mark_letters(
            title,
            SubsequenceWalk::new(&self.query.tight)
                .places(self.title())
                .into_iter(),
        )
    }

    fn title(&self) -> FoldedName<'a> {
        self.index
            .folded(self.index.names_of(self.found.entry).start)
    }
}
