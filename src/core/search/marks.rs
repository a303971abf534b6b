//! Which bytes of a shown text to highlight. Ranges cover letters and digits with their accents, are in order and do not
//! overlap.

use std::ops::Range;

use crate::core::search::query::Query;
use crate::core::search::text_match::{MatchedWord, WordMatch};
use crate::core::search::words::{each_word, letters};

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
    use crate::core::search::text_match::TextReader;

    #[track_caller]
    fn check(query: &str, text: &str, expected: &[&str]) {
        let query = Query::parse(query);
        let marks = mark(text, &TextReader::new(&query).matches(text), &query);
        let got: Vec<&str> = marks.into_iter().filter_map(|m| text.get(m)).collect();
        assert_eq!(got, expected, "{query:?} {text}");
    }

    #[test]
    fn marks_lie_on_letters() {
        check("prov conc", "Provisioned concurrency", &["Prov", "conc"]);
        check("littles", "Little's law", &["Little", "s"]);
        check("provisoned", "is Provisioned.", &["Provisioned"]);
        check("'onc", "Concurrency", &["onc"]);
        check(
            "ete",
            "e\u{301}te\u{301} été",
            &["e\u{301}te\u{301}", "été"],
        );
        check("日", "日本", &["日"]);
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
