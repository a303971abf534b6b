//! The operators of a query, applied to entries.
//! Promise: a tag or provider that no entry has is looked for as a word.

use std::borrow::Cow;

use crate::core::search::index::{IndexField, SearchIndex};
use crate::core::search::query::{Query, QueryRule, QueryWord, RuleSubject};
use crate::core::search::rank::HitClass;
use crate::core::search::words::{each_word, singular};

impl SearchIndex {
    /// The query with tags and providers that nobody has turned into words.
    pub(super) fn resolved<'a>(&self, query: &'a Query) -> Cow<'a, Query> {
        let unknown = |rule: &QueryRule| {
            !rule.not
                && self
                    .key(&rule.what)
                    .is_some_and(|key| self.dictionary.starting(&key).is_empty())
        };
        if !query.rules.iter().any(unknown) {
            return Cow::Borrowed(query);
        }
        let mut query = query.clone();
        for rule in query.rules.extract_if(.., |rule| unknown(rule)) {
            if let RuleSubject::Tag(text) | RuleSubject::Provider(text) = rule.what {
                let word = singular(&text).to_owned();
                query.tight.push_str(&word);
                query.asks.push(QueryWord {
                    word,
                    raw: text,
                    literal: false,
                    open: false,
                });
            }
        }
        Cow::Owned(query)
    }

    fn key(&self, what: &RuleSubject) -> Option<String> {
        match what {
            RuleSubject::Tag(text) => Some(format!("tag:{text}")),
            RuleSubject::Provider(text) => Some(format!("provider:{text}")),
            RuleSubject::Holds(_)
            | RuleSubject::Start(_)
            | RuleSubject::End(_)
            | RuleSubject::Whole(_)
            | RuleSubject::Phrase(_) => None,
        }
    }

    /// Closes the entries that break a rule.
    pub(super) fn apply(&self, rule: &QueryRule, open: &mut [bool]) {
        if let RuleSubject::Phrase(_) = rule.what {
            return;
        }
        let keeps = self.keepers(&rule.what);
        for (open, keeps) in open.iter_mut().zip(keeps) {
            *open &= keeps != rule.not;
        }
    }

    fn keepers(&self, what: &RuleSubject) -> Vec<bool> {
        let mut keeps = vec![false; self.len()];
        let mut keep = |entry: u32| {
            if let Some(slot) = keeps.get_mut(entry as usize) {
                *slot = true;
            }
        };
        match what {
            RuleSubject::Tag(_) | RuleSubject::Provider(_) => {
                let words = self
                    .key(what)
                    .map(|key| self.dictionary.starting(&key))
                    .unwrap_or_default();
                words
                    .flat_map(|word| self.dictionary.entries(word, false))
                    .for_each(|(entry, _)| keep(entry));
            }
            RuleSubject::Holds(text) => {
                let words = (0..self.dictionary.len())
                    .filter(|word| self.dictionary.word(*word).contains(text.as_str()));
                let near = words.flat_map(|word| self.dictionary.entries(word, false));
                near.filter(|(_, field)| *field <= IndexField::Label)
                    .for_each(|(entry, _)| keep(entry));
            }
            RuleSubject::Start(text) => {
                self.keep_named(|name| name.starts_with(text.as_str()), keep)
            }
            RuleSubject::End(text) => self.keep_named(|name| name.ends_with(text.as_str()), keep),
            RuleSubject::Whole(text) => self.keep_named(|name| name == text.as_str(), keep),
            RuleSubject::Phrase(_) => {}
        }
        keeps
    }

    fn keep_named(&self, passes: impl Fn(&str) -> bool, mut keep: impl FnMut(u32)) {
        for entry in 0..self.len() as u32 {
            if self.any_name(entry, |name| passes(name)) {
                keep(entry);
            }
        }
    }

    /// Whether an entry has every phrase of the query somewhere.
    pub(super) fn has_phrases(&self, entry: u32, query: &Query) -> bool {
        query.phrases().all(|phrase| {
            let names = self
                .names_of(entry)
                .any(|n| holds_phrase(self.name(n).1, phrase));
            let near = || {
                holds_phrase(self.brief(entry), phrase)
                    || self.labels(entry).any(|(_, l)| holds_phrase(l, phrase))
            };
            names
                || near()
                || self
                    .sections(entry)
                    .any(|(_, h, t)| holds_phrase(h, phrase) || holds_phrase(t, phrase))
        })
    }
}

/// Whether the words follow each other in a text.
fn holds_phrase(text: &str, phrase: &[String]) -> bool {
    let mut words: Vec<String> = Vec::new();
    each_word(text, |_, word| words.push(word.to_owned()));
    words
        .windows(phrase.len().max(1))
        .any(|window| window == phrase)
}

impl Query {
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rules.iter().filter_map(|rule| {
            if let RuleSubject::Phrase(words) = &rule.what {
                Some(words)
            } else {
                None
            }
        })
    }

    pub(super) fn has_phrase(&self) -> bool {
        self.phrases().next().is_some()
    }

    /// How an entry answers that keeps the rules, when there are only rules.
    pub(super) fn class_of_rules(&self) -> HitClass {
        let positive = || self.rules.iter().filter(|r| !r.not);
        if positive().any(|r| matches!(r.what, RuleSubject::Whole(_))) {
            HitClass::Exact
        } else if positive().any(|r| matches!(r.what, RuleSubject::Start(_))) {
            HitClass::Prefix
        } else {
            HitClass::Words
        }
    }
}
