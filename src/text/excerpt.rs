//! Cuts an excerpt out of a text around a passage, between words where there are any; cuts are shown by `…`.

use std::ops::Range;

use crate::text::SafeText;

/// A line of about `length` characters around a passage of a text.
pub fn around(text: &str, passage: Range<usize>, length: usize) -> SafeText {
    let start = text.floor_char_boundary(passage.start.min(text.len()));
    let end = text.floor_char_boundary(passage.end.clamp(start, text.len()));
    let inside = text.get(start..end).unwrap_or("");
    let spare = length.saturating_sub(inside.chars().count());
    let end = if spare == 0 {
        start + prefix(inside, length).len()
    } else {
        end
    };
    let (head, tail) = (
        text.get(..start).unwrap_or(""),
        text.get(end..).unwrap_or(""),
    );
    // A third of the spare room goes before the passage, where the text has that much.
    let after = prefix(
        tail,
        if head.chars().nth(spare / 3).is_some() {
            spare - spare / 3
        } else {
            spare
        },
    );
    let before = suffix(head, spare.saturating_sub(after.chars().count()));
    let (first, last) = (start - before.len(), end + after.len());
    let mut line = String::new();
    line.push_str(if first > 0 { "…" } else { "" });
    line.push_str(text.get(first..last).unwrap_or("").trim());
    line.push_str(if last < text.len() { "…" } else { "" });
    SafeText::line(&line)
}

/// About so many characters from the start, up to the end of a word.
fn prefix(text: &str, length: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(length) else {
        return text;
    };
    let cut = text.get(..end).unwrap_or("");
    let at_space = cut.rfind(char::is_whitespace).and_then(|at| cut.get(..at));
    at_space
        .filter(|word| word.chars().count() * 2 > length)
        .unwrap_or(cut)
}

/// About so many characters up to the end, from the start of a word.
fn suffix(text: &str, length: usize) -> &str {
    let Some((start, _)) = text.char_indices().rev().take(length).last() else {
        return "";
    };
    if start == 0 {
        return text;
    }
    let cut = text.get(start..).unwrap_or("");
    let at_space = cut
        .find(char::is_whitespace)
        .and_then(|at| cut.get(at..))
        .map(str::trim_start);
    at_space
        .filter(|words| words.chars().count() * 2 > length || length < 16)
        .unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, found: &str, length: usize, expected: &str) {
        let at = text.find(found).unwrap();
        assert_eq!(
            around(text, at..at + found.len(), length).as_str(),
            expected
        );
    }

    #[test]
    fn lines_are_cut_between_words() {
        let text = "It is the direct price of keeping nothing running while nobody calls.";
        check(text, "price", 200, text);
        check(text, "price", 30, "…the direct price of keeping…");
        check(text, "It", 20, "It is the direct…");
        check(text, "calls", 20, "…while nobody calls.");
        check("one\ntwo", "two", 20, "one two");
        check(
            "aaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaa",
            5,
            "aaaaa…",
        );
    }
}
