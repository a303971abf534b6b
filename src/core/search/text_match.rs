//! Which words of a text match which words of a query, and where: for scoring, highlights and excerpts. A word matches
//! here exactly when it matches in the index. Highlights cover letters and digits with their accents, are in order and do
//! not overlap.

use std::ops::Range;

use crate::core::search::index::{SearchIndex, Texts};
use crate::core::search::near::{BitParallel, max_edits};
use crate::core::search::query::{Query, QueryWord};
use crate::core::search::words::{each_term, each_word, letters, stem};

pub(super) struct TextReader<'a> {
    words: Vec<PreparedWord<'a>>,
    typos: bool,
    /// Words that count only where all of such a row stand behind each other.
    sequences: &'a [Vec<usize>],
    stop_words: &'a Texts,
}

struct PreparedWord<'a> {
    word: &'a QueryWord,
    /// The stem; empty where that is too short to tell forms apart.
    root: &'a str,
    first: Option<char>,
    limit: u8,
    bits: Option<BitParallel>,
}

impl<'a> PreparedWord<'a> {
    fn new(word: &'a QueryWord) -> Self {
        let limit = if word.exact {
            0
        } else {
            max_edits(word.typed.chars().count())
        };
        let root = Some(stem(&word.folded)).filter(|root| root.len() >= 3);
        let bits = BitParallel::new(&word.typed).filter(|_| limit > 0);
        Self {
            word,
            root: root.unwrap_or_default(),
            first: word.typed.chars().next(),
            limit,
            bits,
        }
    }

    fn match_kind(&self, found: &str, typos: bool) -> Option<WordMatch> {
        let word = self.word;
        if found == word.folded {
            return Some(WordMatch::Whole);
        }
        if word.exact {
            return found
                .contains(word.folded.as_str())
                .then_some(WordMatch::Inside);
        }
        if found.starts_with(word.folded.as_str()) {
            return Some(WordMatch::Start);
        }
        if !self.root.is_empty() && found.starts_with(self.root) && stem(found) == self.root {
            return Some(WordMatch::Whole);
        }
        let bits = self
            .bits
            .as_ref()
            .filter(|_| typos && found.chars().next() == self.first)?;
        bits.nearest(found, self.limit, word.unfinished)
            .map(|_| WordMatch::Typo)
    }
}

#[derive(Default)]
pub(super) struct TextMatch {
    /// How many of the query's words it has.
    pub(super) words_found: u8,
    /// How many words match.
    pub(super) times: u32,
    /// The length in words of the shortest passage with all words found.
    pub(super) span: usize,
}

/// How a word matches one of the query's, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordMatch {
    /// The same word, or another form of it.
    Whole,
    Start,
    Inside,
    Typo,
}

#[derive(Clone, Debug)]
pub(super) struct MatchedWord {
    pub(super) range: Range<usize>,
    /// Its number among the text's words.
    pub(super) number: usize,
    /// The number of the query's word.
    pub(super) query_word: usize,
    pub(super) kind: WordMatch,
}

impl<'a> TextReader<'a> {
    pub(super) fn new(index: &'a SearchIndex, query: &'a Query) -> Self {
        Self {
            stop_words: &index.stop_words,
            words: query.words.iter().map(PreparedWord::new).collect(),
            typos: true,
            sequences: &query.sequences,
        }
    }

    /// The same, without typos.
    pub(super) fn strict(index: &'a SearchIndex, query: &'a Query) -> Self {
        Self {
            typos: false,
            ..Self::new(index, query)
        }
    }

    pub(super) fn word_count(&self) -> usize {
        self.words.len()
    }

    pub(super) fn matches(&self, text: &str) -> Vec<MatchedWord> {
        let mut matched = Vec::new();
        self.walk(text, |_, found| matched.extend(found));
        if !self.sequences.is_empty() {
            self.drop_parts(&mut matched);
        }
        matched
    }

    /// Leaves of a run written without spaces only what stands in one piece: parts of it are in nearly every text.
    fn drop_parts(&self, matched: &mut Vec<MatchedWord>) {
        let in_run = |m: &MatchedWord| self.sequences.iter().any(|s| s.contains(&m.query_word));
        let mut whole: Vec<bool> = matched.iter().map(|m| !in_run(m)).collect();
        for start in 0..matched.len() {
            let first = matched.get(start).map_or(0, |m| m.number);
            for sequence in self.sequences {
                let here = matched
                    .get(start..start + sequence.len())
                    .unwrap_or_default();
                let follows = |(n, (m, word)): (usize, (&MatchedWord, &usize))| {
                    m.number == first + n && m.query_word == *word
                };
                if !here.is_empty() && here.iter().zip(sequence).enumerate().all(follows) {
                    let run = whole.get_mut(start..start + sequence.len());
                    run.unwrap_or_default().fill(true);
                }
            }
        }
        let mut whole = whole.into_iter();
        matched.retain(|_| whole.next().unwrap_or(false));
    }

    pub(super) fn measure(&self, text: &str) -> TextMatch {
        self.measure_and(text, |_, _| {})
    }

    /// The same, with how many bytes of its words match, and how many there are without stop words.
    pub(super) fn cover(&self, text: &str) -> (TextMatch, u32, u32) {
        let (mut matched, mut all) = (0, 0);
        let stats = self.measure_and(text, |word, found| {
            let letters = word.len() as u32;
            if found {
                matched += letters;
            }
            if found || self.stop_words.find(word).is_none() {
                all += letters;
            }
        });
        (stats, matched, all)
    }

    /// Measures a text, and passes on each of its words with whether it matches.
    fn measure_and(&self, text: &str, mut visit: impl FnMut(&str, bool)) -> TextMatch {
        let mut stats = TextMatch::default();
        let mut matched: Vec<MatchedWord> = Vec::new();
        self.walk(text, |word, found| {
            visit(word, found.is_some());
            matched.extend(found);
        });
        stats.times = matched.len() as u32;
        let (found, passage) = shortest_passage(&matched, self.words.len());
        stats.words_found = found as u8;
        stats.span = passage.map_or(0, |(first, last)| last.number - first.number + 1);
        stats
    }

    fn walk(&self, text: &str, mut visit: impl FnMut(&str, Option<MatchedWord>)) {
        let mut number = 0;
        each_term(text, |range, word| {
            let matched = self.best_match(word).map(|(query_word, kind)| MatchedWord {
                range,
                number,
                query_word,
                kind,
            });
            visit(word, matched);
            number += 1;
        });
    }

    /// The query's word that a word matches best.
    pub(super) fn best_match(&self, word: &str) -> Option<(usize, WordMatch)> {
        let mut best: Option<(usize, WordMatch)> = None;
        for (n, prepared) in self.words.iter().enumerate() {
            if let Some(kind) = prepared.match_kind(word, self.typos)
                && best.is_none_or(|(_, had)| (kind as u8) < had as u8)
            {
                best = Some((n, kind));
            }
        }
        best
    }
}

/// How many of the query's words matched, and the first and last word of the shortest passage with all of these. A sliding
/// window: it grows to the right until it has them all, then shrinks from the left.
pub(super) fn shortest_passage(
    matched: &[MatchedWord],
    words: usize,
) -> (usize, Option<(&MatchedWord, &MatchedWord)>) {
    let mut counts = vec![0u32; words];
    for found in matched {
        bump(&mut counts, found.query_word, 1);
    }
    let all = counts.iter().filter(|c| **c > 0).count();
    let mut inside = vec![0u32; words];
    let (mut start, mut have) = (0, 0);
    let mut best: Option<(&MatchedWord, &MatchedWord)> = None;
    for last in matched {
        have += usize::from(bump(&mut inside, last.query_word, 1) == 1);
        while have == all {
            let Some(first) = matched.get(start) else {
                break;
            };
            if best.is_none_or(|(a, b)| last.number - first.number < b.number - a.number) {
                best = Some((first, last));
            }
            have -= usize::from(bump(&mut inside, first.query_word, -1) == 0);
            start += 1;
        }
    }
    (all, best)
}

fn bump(counts: &mut [u32], at: usize, by: i32) -> u32 {
    counts.get_mut(at).map_or(0, |count| {
        *count = count.saturating_add_signed(by);
        *count
    })
}

pub(super) fn mark(text: &str, matches: &[MatchedWord], query: &Query) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    for matched in matches {
        let Some(shown) = text.get(matched.range.clone()) else {
            continue;
        };
        let query_word = query
            .words
            .get(matched.query_word)
            .map_or("", |word| word.folded.as_str());
        let letters = letters(shown);
        let (from, count) = match matched.kind {
            WordMatch::Whole | WordMatch::Typo => (0, letters.len()),
            WordMatch::Start => (0, query_word.chars().count()),
            WordMatch::Inside => (inside(&letters, query_word), query_word.chars().count()),
        };
        for (range, _) in letters.iter().skip(from).take(count) {
            push(
                &mut marks,
                range.start + matched.range.start..range.end + matched.range.start,
            );
        }
    }
    marks
}

/// The number of the letter at which the query's word starts.
fn inside(letters: &[(Range<usize>, char)], query_word: &str) -> usize {
    let folded: String = letters.iter().map(|(_, c)| *c).collect();
    let at = folded.find(query_word).unwrap_or(0);
    folded.get(..at).map_or(0, |before| before.chars().count())
}

/// Highlights for the letters with these ascending numbers, counted in the text's words without plural endings. The first
/// number past the text ends it, since "to the end" may be a range of any length.
pub(super) fn mark_letters(text: &str, numbers: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let ranges = letter_ranges(text);
    let mut marks = Vec::new();
    for range in numbers.map_while(|n| ranges.get(n)) {
        push(&mut marks, range.clone());
    }
    marks
}

/// The byte ranges of the letters of each word, without the `s` of a plural.
fn letter_ranges(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    each_word(text, |at, word| {
        let shown = text.get(at.clone()).map(letters).unwrap_or_default();
        let ranges = shown.into_iter().take(word.chars().count());
        all.extend(ranges.map(|(range, _)| range.start + at.start..range.end + at.start));
    });
    all
}

/// Adds a range, joined to the last one where they touch.
fn push(marks: &mut Vec<Range<usize>>, new: Range<usize>) {
    match marks.last_mut() {
        Some(last) if new.start <= last.end => last.end = last.end.max(new.end),
        _ => marks.push(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, expected: &[&str], span: usize) {
        let index = SearchIndex::default();
        let query = Query::parse(query);
        let reader = TextReader::new(&index, &query);
        let matched = reader.matches(text);
        let words: Vec<&str> = matched
            .iter()
            .filter_map(|h| text.get(h.range.clone()))
            .collect();
        assert_eq!(words, expected, "{text}");
        assert_eq!(reader.measure(text).span, span, "{text}");
    }

    #[test]
    fn texts_are_read_with_a_query_in_mind() {
        check(
            "cold start",
            "A start, then a long wait; cold starts.",
            &["start", "cold", "starts"],
            2,
        );
        check("provisoned", "It is provisioned", &["provisioned"], 1);
        check("price", "Pricing and prices", &["Pricing", "prices"], 1);
        check("lambda", "nothing here", &[], 0);
        check("'old", "It is cold", &["cold"], 1);
        check("監視", "環境の監視と視点", &["監視"], 1);
        check("箱", "箱と小箱", &["箱と", "箱"], 1);
        check(
            "コンテナ",
            "コンテナはテナント",
            &["コン", "ンテ", "テナ"],
            3,
        );
    }

    #[track_caller]
    fn check_marks(query: &str, text: &str, expected: &[&str]) {
        let index = SearchIndex::default();
        let query = Query::parse(query);
        let marks = mark(text, &TextReader::new(&index, &query).matches(text), &query);
        let got: Vec<&str> = marks.into_iter().filter_map(|m| text.get(m)).collect();
        assert_eq!(got, expected, "{query:?} {text}");
    }

    #[test]
    fn marks_lie_on_letters() {
        check_marks("prov conc", "Provisioned concurrency", &["Prov", "conc"]);
        check_marks("littles", "Little's law", &["Little", "s"]);
        check_marks("provisoned", "is Provisioned.", &["Provisioned"]);
        check_marks("'onc", "Concurrency", &["onc"]);
        check_marks(
            "ete",
            "e\u{301}te\u{301} été",
            &["e\u{301}te\u{301}", "été"],
        );
        check_marks("日", "日本", &["日"]);
    }

    #[test]
    fn letters_are_counted_as_search_counts_them() {
        let check = |text: &str, numbers: &[usize], expected: &[&str]| {
            let marks = mark_letters(text, numbers.iter().copied());
            let got: Vec<&str> = marks.into_iter().filter_map(|m| text.get(m)).collect();
            assert_eq!(got, expected, "{text}");
        };
        check("Cold starts", &[0, 4, 5], &["C", "st"]);
        check("Units sold", &[3, 4], &["t", "s"]);
    }
}
