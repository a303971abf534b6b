//! The tokenizer: splits text into words, folds their case and accents like [`crate::text::fold::fold`], and takes off
//! plural endings. Where a script puts no spaces between words, or joins others to them, every letter is a word, and what
//! is indexed and searched for are pairs of neighbors.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::{fold_char, is_ideographic, is_joining, is_letter, is_voicing, is_whole};

/// Calls `visit` with the byte range and the folded, singular form of every word of a text.
pub fn each_word(text: &str, mut visit: impl FnMut(Range<usize>, &str)) {
    let mut word = WordCursor::default();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = at + c.len_utf8();
        match ascii_word_end(text.as_bytes(), at).filter(|_| word.folded.is_empty()) {
            Some(end) => {
                word.take_ascii(text, at..end, &mut visit);
                at = end;
                continue;
            }
            None if c.is_ascii_alphanumeric() => {
                if word.folded.ends_with(is_unspaced) {
                    word.finish(&mut visit);
                }
                word.push(at, c.to_ascii_lowercase(), end);
            }
            None if matches!(c, '\'' | '’') => {
                let next = text.get(end..).and_then(|rest| rest.chars().next());
                if !next.is_some_and(char::is_alphanumeric) {
                    word.finish(&mut visit);
                }
            }
            None if c.is_ascii() => word.finish(&mut visit),
            None => word.push_unicode(at, c, &mut visit),
        }
        at = end;
    }
    word.finish(&mut visit);
}

/// The end of a word of only ASCII letters and digits that starts here; the fast path for most words.
fn ascii_word_end(bytes: &[u8], at: usize) -> Option<usize> {
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

#[derive(Default)]
struct WordCursor {
    folded: String,
    range: Range<usize>,
}

impl WordCursor {
    fn push(&mut self, at: usize, c: char, end: usize) {
        if self.folded.is_empty() {
            self.range.start = at;
        }
        self.folded.push(c);
        self.range.end = end;
    }

    /// A character beyond ASCII: an ideograph is a word of its own, a combining accent belongs to the letter before it.
    fn push_unicode(&mut self, at: usize, c: char, visit: &mut impl FnMut(Range<usize>, &str)) {
        let end = at + c.len_utf8();
        if is_joining(c) {
            self.join(c, end);
            return;
        }
        let first = fold_char(c).next();
        let alone = first.is_some_and(is_unspaced);
        let parts = !c.is_alphanumeric() || self.folded.ends_with(is_unspaced);
        if alone || first.is_some() && parts {
            self.finish(visit);
        }
        let mut grew = false;
        for folded in fold_char(c).filter(|c| c.is_alphanumeric()) {
            self.push(at, folded, end);
            grew = true;
        }
        if !grew && !self.folded.is_empty() {
            self.range.end = end;
        }
    }

    /// A mark or letter that makes another sign of the one before it.
    fn join(&mut self, mark: char, end: usize) {
        if let Some(sign) = self.folded.pop() {
            self.folded
                .extend([sign, mark].into_iter().collect::<String>().nfkc());
            self.range.end = end;
        }
    }

    /// A whole word from the fast path; only one with capitals has to be copied.
    fn take_ascii(
        &mut self,
        text: &str,
        range: Range<usize>,
        visit: &mut impl FnMut(Range<usize>, &str),
    ) {
        let Some(word) = text.get(range.clone()) else {
            return;
        };
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
            self.range = range;
            self.finish(visit);
        } else {
            visit(range, normalized(word));
        }
    }

    fn finish(&mut self, visit: &mut impl FnMut(Range<usize>, &str)) {
        if !self.folded.is_empty() {
            visit(self.range.clone(), normalized(&self.folded));
            self.folded.clear();
        }
    }
}

fn normalized(word: &str) -> &str {
    singular(word)
}

/// Letters of scripts in which a word is part of a longer run: ideographs, kana, Thai, Lao, Burmese and Khmer, written
/// without spaces, and Hangul and Arabic, which join articles and particles to it.
pub(super) fn is_unspaced(c: char) -> bool {
    if is_whole(c) {
        return true;
    }
    let is_joined = matches!(c,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{ac00}'..='\u{d7a3}');
    (is_joined || is_ideographic(c) && is_wide_letter(c)) && c.is_alphabetic() || is_voicing(c)
}

/// Letters and digits in full width are words like any other.
const fn is_wide_letter(c: char) -> bool {
    !matches!(c, '\u{ff00}'..='\u{ff65}' | '\u{ffa0}'..='\u{ffef}')
}

/// Calls `visit` with the terms of a text: its words, and in place of a letter that has a neighbor of an unspaced script
/// behind it both of them. There are as many terms as words, so both have the same numbers.
pub(super) fn each_term(text: &str, mut visit: impl FnMut(Range<usize>, &str)) {
    let mut held: Option<(Range<usize>, String)> = None;
    each_word(text, |range, word| {
        let joins = !word.is_ascii() && word.starts_with(is_unspaced);
        if let Some((first, mut letter)) = held.take() {
            if joins && first.end == range.start {
                letter.push_str(word);
                visit(first.start..range.end, &letter);
            } else {
                visit(first, &letter);
            }
        }
        if joins {
            held = Some((range, word.to_owned()));
        } else {
            visit(range, word);
        }
    });
    if let Some((range, letter)) = held {
        visit(range, &letter);
    }
}

/// The word without the `s` of a plural. `functions` → `function`, `serverless` → `serverless`.
pub fn singular(word: &str) -> &str {
    let keeps = ["ss", "us", "is", "aas"]
        .iter()
        .any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(one) if word.len() > 3 && !keeps => one,
        _ => word,
    }
}

/// A light stemmer: `pricing`, `priced` and `price` → `pric`.
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

/// The words of a text joined without anything between them, so that spaces and dashes do not count.
pub(super) fn compact(text: &str) -> String {
    let mut out = String::new();
    each_word(text, |_, word| out.push_str(word));
    out
}

/// The letters of a text with their byte ranges and folded forms; a combining accent belongs to the letter before it.
pub(super) fn letters(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out: Vec<(Range<usize>, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let before = out.len();
        out.extend(fold_char(c).filter(|c| is_letter(*c)).map(|f| (at..end, f)));
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
        check(
            "日本go日",
            &[("日", "日"), ("本", "本"), ("go", "go"), ("日", "日")],
        );
        check(
            "ザか\u{3099}ｶﾞ",
            &[("ザ", "ザ"), ("か\u{3099}", "が"), ("ｶﾞ", "ガ")],
        );
        check("हिन्दी Łódź", &[("हिन्दी", "हिनदी"), ("Łódź", "lodz")]);
        check("שלום!", &[("שלום", "שלום")]);
        check("— ! 'x", &[("x", "x")]);
    }

    #[test]
    fn letters_without_spaces_are_searched_in_pairs() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let mut got = Vec::new();
            each_term(text, |range, term| {
                got.push((text.get(range).unwrap().to_owned(), term.to_owned()))
            });
            let expected: Vec<_> = expected
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect();
            assert_eq!(got, expected, "{text}");
        };
        check(
            "監視と go",
            &[
                ("監視", "監視"),
                ("視と", "視と"),
                ("と", "と"),
                ("go", "go"),
            ],
        );
        check("箱 箱。視", &[("箱", "箱"), ("箱", "箱"), ("視", "視")]);
        check("ไฟ", &[("ไฟ", "ไฟ"), ("ฟ", "ฟ")]);
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
        assert_eq!(compact("Pay-per-uses"), "payperuse");
    }
}
