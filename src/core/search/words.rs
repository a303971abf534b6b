//! How text falls into words, and when two words are the same for search.
//! Promise: words are folded as [`crate::text::measure::fold`] folds, and a plural counts as its singular.

use std::ops::Range;

use crate::text::measure::fold_char;

/// Words that occur everywhere and therefore never decide a search.
const STOP: &[&str] = &[
    "a", "about", "am", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could",
    "did", "do", "does", "for", "from", "had", "has", "have", "he", "how", "i", "if", "in", "into",
    "is", "it", "its", "me", "my", "of", "on", "or", "our", "she", "should", "so", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us", "was",
    "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you",
    "your",
];

/// Letters of the longest of them.
const LONGEST_STOP: usize = 6;

/// Calls `take` with the place and the folded, singular form of every word of a text.
pub(super) fn each_word(text: &str, mut take: impl FnMut(Range<usize>, &str)) {
    let mut word = WordCursor::default();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = at + c.len_utf8();
        match plain(text.as_bytes(), at).filter(|_| word.folded.is_empty()) {
            Some(end) => {
                word.whole(text, at..end, &mut take);
                at = end;
                continue;
            }
            None if c.is_ascii_alphanumeric() => word.grow(at, c.to_ascii_lowercase(), end),
            None if matches!(c, '\'' | '’') => {
                let next = text.get(end..).and_then(|rest| rest.chars().next());
                if !next.is_some_and(char::is_alphanumeric) {
                    word.finish(&mut take);
                }
            }
            None if c.is_ascii() => word.finish(&mut take),
            None => word.wide(at, c, &mut take),
        }
        at = end;
    }
    word.finish(&mut take);
}

/// Where a word of nothing but ASCII letters and digits ends that starts here; the way most words go.
fn plain(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let letters = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let ends = rest
        .get(letters)
        .is_none_or(|next| next.is_ascii() && *next != b'\'');
    (letters > 0 && ends).then_some(at + letters)
}

/// The word that is being read.
#[derive(Default)]
struct WordCursor {
    folded: String,
    range: Range<usize>,
}

impl WordCursor {
    fn grow(&mut self, at: usize, c: char, end: usize) {
        if self.folded.is_empty() {
            self.range.start = at;
        }
        self.folded.push(c);
        self.range.end = end;
    }

    /// A character beyond ASCII: an ideograph is a word of its own, an accent belongs to the letter before it.
    fn wide(&mut self, at: usize, c: char, take: &mut impl FnMut(Range<usize>, &str)) {
        let end = at + c.len_utf8();
        let alone = is_ideograph(c);
        if alone || (!c.is_alphanumeric() && fold_char(c).next().is_some()) {
            self.finish(take);
        }
        let mut grew = false;
        for folded in fold_char(c).filter(|c| c.is_alphanumeric()) {
            self.grow(at, folded, end);
            grew = true;
        }
        if !grew && !self.folded.is_empty() {
            self.range.end = end;
        }
        if alone {
            self.finish(take);
        }
    }

    /// A word that is not read letter by letter.
    fn whole(
        &mut self,
        text: &str,
        range: Range<usize>,
        take: &mut impl FnMut(Range<usize>, &str),
    ) {
        let Some(word) = text.get(range.clone()) else {
            return;
        };
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
            self.range = range;
            self.finish(take);
        } else {
            take(range, counted(word));
        }
    }

    fn finish(&mut self, take: &mut impl FnMut(Range<usize>, &str)) {
        if !self.folded.is_empty() {
            take(self.range.clone(), counted(&self.folded));
            self.folded.clear();
        }
    }
}

/// The form in which a folded word counts.
fn counted(word: &str) -> &str {
    if word.ends_with('s') && !is_stop(word) {
        singular(word)
    } else {
        word
    }
}

/// Scripts written without spaces, where one sign is already a word.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// The word without the `s` of a plural. `functions` → `function`, `serverless` → `serverless`.
pub(super) fn singular(word: &str) -> &str {
    let keeps = ["ss", "us", "is", "aas"]
        .iter()
        .any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(one) if word.len() > 3 && !keeps => one,
        _ => word,
    }
}

/// The part that the forms of a word share: `pricing`, `priced` and `price` → `pric`.
pub(super) fn stem(word: &str) -> &str {
    let shorter = ["ing", "ied", "ie", "ed", "e", "y"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .filter(|s| s.len() >= 3);
    let stem = shorter.unwrap_or(word);
    let mut last = stem.bytes().rev();
    let doubled = matches!((last.next(), last.next()), (Some(a), Some(b)) if a == b && a.is_ascii_lowercase());
    if doubled && stem.len() > 3 {
        stem.get(..stem.len() - 1).unwrap_or(stem)
    } else {
        stem
    }
}

/// Whether a folded word is one of those that never decide.
pub(super) fn is_stop(word: &str) -> bool {
    word.len() <= LONGEST_STOP && STOP.binary_search(&word).is_ok()
}

/// The words of a text joined without anything between them: what is left when spaces and dashes do not count.
pub(super) fn tight(text: &str) -> String {
    let mut out = String::new();
    each_word(text, |_, word| out.push_str(word));
    out
}

/// The letters of a text one by one: place, length in bytes, and what they fold to. Accents belong to their letter.
pub(super) fn letters(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out: Vec<(Range<usize>, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let before = out.len();
        out.extend(
            fold_char(c)
                .filter(|c| c.is_alphanumeric())
                .map(|f| (at..end, f)),
        );
        let is_accent = !c.is_ascii() && fold_char(c).next().is_none();
        if let (true, Some((last, _))) = (is_accent && before == out.len(), out.last_mut())
            && last.end == at
        {
            last.end = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut got = Vec::new();
        each_word(text, |range, word| {
            got.push((text.get(range).unwrap().to_owned(), word.to_owned()))
        });
        let expected: Vec<_> = expected
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn text_falls_into_words() {
        check(
            "Cold-starts, v2",
            &[("Cold", "cold"), ("starts", "start"), ("v2", "v2")],
        );
        check("Little's law'", &[("Little's", "little"), ("law", "law")]);
        check(
            "Señor e\u{301}te\u{301}",
            &[("Señor", "senor"), ("e\u{301}te\u{301}", "ete")],
        );
        check("日本 go", &[("日", "日"), ("本", "本"), ("go", "go")]);
        check("שלום!", &[("שלום", "שלום")]);
        check("— ! 'x", &[("x", "x")]);
    }

    #[test]
    fn forms_of_a_word_meet() {
        let same = |a: &str, b: &str| assert_eq!(stem(singular(a)), stem(singular(b)), "{a} {b}");
        same("pricing", "prices");
        same("scaling", "scales");
        same("billed", "bill");
        same("planning", "plan");
        same("retries", "retry");
        assert_eq!(singular("serverless"), "serverless");
        assert_eq!(singular("faas"), "faas");
        assert_eq!(tight("Pay-per-uses"), "payperuse");
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP.is_sorted());
        assert_eq!(STOP.iter().map(|word| word.len()).max(), Some(LONGEST_STOP));
        assert!(is_stop("the") && !is_stop("no"));
    }
}
