//! Measures and cuts of text in terminal cells, and numbers and names as words.
//! Nothing here yields a piece wider than asked, and nothing cuts a grapheme.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::fold::{fold, is_letter};
use crate::text::safe::{SafeText, stands_alone};

/// Width in cells.
pub fn width(text: &str) -> usize {
    if is_simple(text) {
        text.chars().count()
    } else {
        text.graphemes(true).map(cells).sum()
    }
}

/// Whether every character is a grapheme of one cell, as in nearly all texts: then nothing need be taken apart or measured.
pub fn is_simple(text: &str) -> bool {
    text.chars().all(stands_alone)
}

/// Width of one grapheme in cells: 1 or 2, rarely 0 or more than 2.
pub fn cells(grapheme: &str) -> usize {
    grapheme.width()
}

/// The text, or as much of it as fits into `max` cells with `…` at the end.
pub fn cut(text: &SafeText, max: usize) -> SafeText {
    if width(text) <= max {
        return text.clone();
    }
    if max == 0 {
        return SafeText::default();
    }
    let end = fit(text, max - 1);
    let mut short = text.slice(0..end);
    short.push(&SafeText::ours("…"));
    short
}

/// How many bytes of `text` fit into `max` cells, ending between two graphemes.
pub fn fit(text: &str, max: usize) -> usize {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += cells(grapheme);
        if used > max {
            return at;
        }
    }
    text.len()
}

/// An anchor from a heading: lower-case letters and digits, dashes between words. `What is billed?` → `what-is-billed`.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in fold(text).chars() {
        if is_letter(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A number as a word up to twelve, in digits beyond.
pub fn in_words(n: usize) -> SafeText {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let word = WORDS.get(n).map(|word| SafeText::ours(word));
    word.unwrap_or_else(|| thousands(n as u64).into())
}

/// A number with its unit, in the plural where it is not one: `1 term`, `194 terms`.
pub fn count(n: usize, one: &str, many: &str) -> SafeText {
    let noun = if n == 1 { one } else { many };
    crate::safe!("{} {noun}", thousands(n as u64))
}

/// The same words, the first letter in upper case.
pub fn capitalized(words: &str) -> SafeText {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    SafeText::from(first.chain(letters).collect::<String>())
}

/// The same words with the article that fits how they are spoken: `a license`, `an AI agent`, `a use`, `an hour`.
pub fn with_article(words: &str) -> SafeText {
    let word = words.split([' ', '-']).next().unwrap_or_default();
    let small = word.to_lowercase();
    let begins = |with: &[&str]| with.iter().any(|with| small.starts_with(with));
    // Letters that are spoken one by one: an SLA, a URL.
    let is_spelled = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let is_vowel = match is_spelled {
        true => word.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']),
        false if begins(&["eu", "one", "once", "uni", "us", "ut"]) => small.starts_with("unin"),
        false => begins(&["a", "e", "i", "o", "u", "hour", "heir", "honest", "honor"]),
    };
    let article = if is_vowel { "an" } else { "a" };
    crate::safe!("{article} {}", SafeText::line(words))
}

/// Digits in groups of three: `1,234,567`.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Widest foreign word in a message, in cells.
const QUOTED: usize = 60;

/// A foreign word, short enough for a message and on one line.
pub fn quoted(word: &str) -> SafeText {
    let start = word
        .get(..word.floor_char_boundary(4 * QUOTED))
        .unwrap_or("");
    cut(&SafeText::line(start), QUOTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_that_of_the_first_sound() {
        let words = "license AI_agent use unit umbrella hour SLA URL house European idea user";
        let with = words
            .split(' ')
            .map(|word| with_article(&word.replace('_', " ")));
        let expected = "a license, an AI agent, a use, a unit, an umbrella, an hour, an SLA, a URL, \
            a house, a European, an idea, a user";
        assert_eq!(
            SafeText::join(&with.collect::<Vec<_>>(), ", ").as_str(),
            expected
        );
    }

    #[test]
    fn what_stands_alone_joins_nothing() {
        let all: Vec<char> = ('\0'..=char::MAX).filter(|c| stands_alone(*c)).collect();
        assert!(all.len() > 500);
        for a in &all {
            assert_eq!(cells(a.encode_utf8(&mut [0; 4])), 1, "{a:?}");
            for b in &all {
                let pair = [*a, *b].iter().collect::<String>();
                assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
            }
        }
    }

    #[test]
    fn cutting_keeps_graphemes_and_width() {
        let check = |text: &str, max, expected: &str| {
            let short = cut(&SafeText::clean(text), max);
            assert_eq!(short.as_str(), expected);
            assert!(width(&short) <= max);
        };
        check("cold start", 10, "cold start");
        check("cold start", 5, "cold…");
        check("日本語", 4, "日…");
        check("abc", 0, "");
        check("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…");
    }

    #[test]
    fn words_become_anchors_and_numbers_words() {
        assert_eq!(slug("What does idle cost?"), "what-does-idle-cost");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
