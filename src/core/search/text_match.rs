//! Reading a text with a query in mind: which of its words answer which of the asked ones, and where.
//! Promise: a word answers here exactly when it answers in the index.

use std::ops::Range;

use crate::core::search::edits::{BitParallel, Matcher, allowed};
use crate::core::search::query::{Query, QueryWord};
use crate::core::search::words::{each_word, is_stop, stem};

/// A query made ready for reading texts.
pub(super) struct TextReader<'a> {
    asks: Vec<PreparedWord<'a>>,
    typos: bool,
}

/// An asked word, made ready.
struct PreparedWord<'a> {
    ask: &'a QueryWord,
    /// What its forms share; empty where that is too short to tell.
    root: &'a str,
    first: Option<char>,
    most: u8,
    bits: Option<BitParallel>,
}

impl<'a> PreparedWord<'a> {
    fn of(ask: &'a QueryWord) -> Self {
        let most = if ask.literal {
            0
        } else {
            allowed(ask.raw.chars().count())
        };
        let root = Some(stem(&ask.word))
            .filter(|root| root.len() >= 3)
            .unwrap_or("");
        let bits = if most > 0 {
            BitParallel::of(&ask.raw)
        } else {
            None
        };
        Self {
            ask,
            root,
            first: ask.raw.chars().next(),
            most,
            bits,
        }
    }

    fn answer(&self, word: &str, typos: bool) -> Option<WordMatch> {
        let ask = self.ask;
        if word == ask.word {
            return Some(WordMatch::Whole);
        }
        if ask.literal {
            return word
                .contains(ask.word.as_str())
                .then_some(WordMatch::Inside);
        }
        if word.starts_with(ask.word.as_str()) {
            return Some(WordMatch::Start);
        }
        if !self.root.is_empty() && word.starts_with(self.root) && stem(word) == self.root {
            return Some(WordMatch::Whole);
        }
        let bits = self
            .bits
            .as_ref()
            .filter(|_| typos && word.chars().next() == self.first)?;
        bits.near(word, self.most, ask.open)
            .map(|_| WordMatch::Typo)
    }
}

/// What reading a text found.
#[derive(Default)]
pub(super) struct TextMatch {
    /// How many of the asked words it has.
    pub(super) asked: u8,
    /// Letters of its words, stop words left out.
    pub(super) letters: u32,
    /// Letters of those that answer.
    pub(super) matched: u32,
    /// How often asked words are said.
    pub(super) times: u32,
    /// Words in the shortest passage that has all that it has.
    pub(super) span: usize,
}

/// How a word answers an asked one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordMatch {
    /// It is the word, or another form of it.
    Whole,
    /// It starts with it.
    Start,
    /// It holds it.
    Inside,
    /// It is it, mistyped.
    Typo,
}

/// A word of a text that answers an asked one.
#[derive(Clone, Debug)]
pub(super) struct MatchedWord {
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// Its number among the text's words.
    pub(super) number: usize,
    /// The number of the asked word.
    pub(super) ask: usize,
    /// How it answers.
    pub(super) answer: WordMatch,
}

impl<'a> TextReader<'a> {
    pub(super) fn new(query: &'a Query) -> Self {
        Self {
            asks: query.asks.iter().map(PreparedWord::of).collect(),
            typos: true,
        }
    }

    /// The same, deaf to typos.
    pub(super) fn strict(query: &'a Query) -> Self {
        Self {
            typos: false,
            ..Self::new(query)
        }
    }

    /// How many words are asked for.
    pub(super) fn asked(&self) -> usize {
        self.asks.len()
    }

    /// The words of a text that answer.
    pub(super) fn hear(&self, text: &str) -> Vec<MatchedWord> {
        let mut heard = Vec::new();
        self.walk(text, |_, _, word| heard.extend(word));
        heard
    }

    /// Counts what a text has.
    pub(super) fn read(&self, text: &str) -> TextMatch {
        let mut reading = TextMatch::default();
        let mut heard: Vec<MatchedWord> = Vec::new();
        self.walk(text, |_, word, answers| {
            let letters = word.len() as u32;
            reading.letters += if is_stop(word) && answers.is_none() {
                0
            } else {
                letters
            };
            if let Some(found) = answers {
                reading.matched += letters;
                reading.times += 1;
                heard.push(found);
            }
        });
        let (asked, passage) = shortest(&heard, self.asks.len());
        reading.asked = asked as u8;
        reading.span = passage.map_or(0, |(first, last)| last.number - first.number + 1);
        reading
    }

    fn walk(&self, text: &str, mut see: impl FnMut(usize, &str, Option<MatchedWord>)) {
        let mut number = 0;
        each_word(text, |at, word| {
            let answer = self.answer(word).map(|(ask, answer)| MatchedWord {
                at,
                number,
                ask,
                answer,
            });
            see(number, word, answer);
            number += 1;
        });
    }

    /// The asked word that a word answers best.
    pub(super) fn answer(&self, word: &str) -> Option<(usize, WordMatch)> {
        let mut best: Option<(usize, WordMatch)> = None;
        for (n, asked) in self.asks.iter().enumerate() {
            if let Some(answer) = asked.answer(word, self.typos)
                && best.is_none_or(|(_, had)| (answer as u8) < had as u8)
            {
                best = Some((n, answer));
            }
        }
        best
    }
}

/// How many asked words were heard, and the first and last word of the shortest passage that has them all.
pub(super) fn shortest(
    heard: &[MatchedWord],
    asked: usize,
) -> (usize, Option<(&MatchedWord, &MatchedWord)>) {
    let mut counts = vec![0u32; asked];
    heard
        .iter()
        .for_each(|h| counts.iter_mut().skip(h.ask).take(1).for_each(|c| *c += 1));
    let all = counts.iter().filter(|c| **c > 0).count();
    let mut inside = vec![0u32; asked];
    let (mut start, mut have) = (0, 0);
    let mut best: Option<(&MatchedWord, &MatchedWord)> = None;
    for last in heard {
        have += usize::from(bump(&mut inside, last.ask, 1) == 1);
        while have == all {
            let Some(first) = heard.get(start) else { break };
            if best.is_none_or(|(a, b)| last.number - first.number < b.number - a.number) {
                best = Some((first, last));
            }
            have -= usize::from(bump(&mut inside, first.ask, -1) == 0);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, expected: &[&str], span: usize) {
        let query = Query::parse(query);
        let reader = TextReader::new(&query);
        let heard = reader.hear(text);
        let words: Vec<&str> = heard
            .iter()
            .filter_map(|h| text.get(h.at.clone()))
            .collect();
        assert_eq!(words, expected, "{text}");
        assert_eq!(reader.read(text).span, span, "{text}");
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
    }
}
