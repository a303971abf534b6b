//! Which letters of a shown text matched.
//! Promise: marks lie on letters and digits, with the accents on them; they are in order and do not overlap.

use std::ops::Range;

use crate::core::search::query::Query;
use crate::core::search::text_match::{MatchedWord, WordMatch};
use crate::core::search::words::{each_word, letters};

/// Marks for words that answered a query.
pub(super) fn mark(text: &str, heard: &[MatchedWord], query: &Query) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    for heard in heard {
        let Some(word) = text.get(heard.at.clone()) else {
            continue;
        };
        let asked = query
            .asks
            .get(heard.ask)
            .map_or("", |ask| ask.word.as_str());
        let letters = letters(word);
        let (from, count) = match heard.answer {
            WordMatch::Whole | WordMatch::Typo => (0, letters.len()),
            WordMatch::Start => (0, asked.chars().count()),
            WordMatch::Inside => (inside(&letters, asked), asked.chars().count()),
        };
        for (range, _) in letters.iter().skip(from).take(count) {
            push(
                &mut marks,
                range.start + heard.at.start..range.end + heard.at.start,
            );
        }
    }
    marks
}

/// The number of the letter at which the asked word starts.
fn inside(letters: &[(Range<usize>, char)], asked: &str) -> usize {
    let folded: String = letters.iter().map(|(_, c)| *c).collect();
    let at = folded.find(asked).unwrap_or(0);
    folded.get(..at).map_or(0, |before| before.chars().count())
}

/// Marks for the letters with these rising numbers, counted in the text's words without plural endings. The first number
/// past the text ends it, since "to the end" may be a range of any length.
pub(super) fn mark_letters(text: &str, numbers: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let counted = counted(text);
    let mut marks = Vec::new();
    for range in numbers.map_while(|n| counted.get(n)) {
        push(&mut marks, range.clone());
    }
    marks
}

/// The letters as search counts them: those of each word, without the `s` of a plural.
fn counted(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    each_word(text, |at, word| {
        let shown = text.get(at.clone()).map(letters).unwrap_or_default();
        let ranges = shown.into_iter().take(word.chars().count());
        all.extend(ranges.map(|(range, _)| range.start + at.start..range.end + at.start));
    });
    all
}

/// Adds a mark after the others, joined to the last one where they touch.
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
        let marks = mark(text, &TextReader::new(&query).hear(text), &query);
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
