//! Applies a query's operators to entries. A tag or provider that no entry has is searched for as a word.

use std::borrow::Cow;

use crate::core::search::hit::HitClass;
use crate::core::search::index::{IndexField, SearchIndex};
use crate::core::search::query::{Query, QueryRule, QueryWord, RuleSubject};
use crate::core::search::words::{each_word, singular};

impl SearchIndex {
    pub(super) fn with_unknown_filters_as_words<'a>(&self, query: &'a Query) -> Cow<'a, Query> {
        let unknown = |rule: &QueryRule| {
            !rule.negated
                && self
                    .filter_key(&rule.subject)
                    .is_some_and(|key| self.dictionary.with_prefix(&key).is_empty())
        };
        if !query.rules.iter().any(unknown) {
            return Cow::Borrowed(query);
        }
        let mut query = query.clone();
        for rule in query.rules.extract_if(.., |rule| unknown(rule)) {
            if let RuleSubject::Tag(text) | RuleSubject::Provider(text) = rule.subject {
                let word = singular(&text).to_owned();
                query.compact.push_str(&word);
                query.words.push(QueryWord {
                    folded: word,
                    typed: text,
                    exact: false,
                    unfinished: false,
                });
            }
        }
        Cow::Owned(query)
    }

    fn filter_key(&self, what: &RuleSubject) -> Option<String> {
        match what {
            RuleSubject::Tag(text) => Some(format!("tag:{text}")),
            RuleSubject::Provider(text) => Some(format!("provider:{text}")),
            RuleSubject::Contains(_)
            | RuleSubject::Prefix(_)
            | RuleSubject::Suffix(_)
            | RuleSubject::Name(_)
            | RuleSubject::Phrase(_) => None,
        }
    }

    /// Removes the candidates that break a rule.
    pub(super) fn apply_rule(&self, rule: &QueryRule, candidates: &mut [bool]) {
        if let RuleSubject::Phrase(_) = rule.subject {
            return; // Phrases need the text, which is read for the best candidates only.
        }
        let matches = self.matching(&rule.subject);
        for (open, matches) in candidates.iter_mut().zip(matches) {
            *open &= matches != rule.negated;
        }
    }

    fn matching(&self, what: &RuleSubject) -> Vec<bool> {
        let mut matches = vec![false; self.len()];
        let mut mark = |entry: u32| {
            if let Some(slot) = matches.get_mut(entry as usize) {
                *slot = true;
            }
        };
        match what {
            RuleSubject::Tag(_) | RuleSubject::Provider(_) => {
                let words = self
                    .filter_key(what)
                    .map(|key| self.dictionary.with_prefix(&key))
                    .unwrap_or_default();
                words
                    .flat_map(|word| self.dictionary.postings(word, false))
                    .for_each(|(entry, _)| mark(entry));
            }
            RuleSubject::Contains(text) => {
                let words = (0..self.dictionary.len())
                    .filter(|word| self.dictionary.word(*word).contains(text.as_str()));
                let near = words.flat_map(|word| self.dictionary.postings(word, false));
                near.filter(|(_, field)| *field <= IndexField::Label)
                    .for_each(|(entry, _)| mark(entry));
            }
            RuleSubject::Prefix(text) => {
                self.mark_named(|name| name.starts_with(text.as_str()), mark)
            }
            RuleSubject::Suffix(text) => {
                self.mark_named(|name| name.ends_with(text.as_str()), mark)
            }
            RuleSubject::Name(text) => self.mark_named(|name| name == text.as_str(), mark),
            RuleSubject::Phrase(_) => {}
        }
        matches
    }

    fn mark_named(&self, passes: impl Fn(&str) -> bool, mut mark: impl FnMut(u32)) {
        for entry in 0..self.len() as u32 {
            if self.any_name(entry, |name| passes(name)) {
                mark(entry);
            }
        }
    }

    pub(super) fn has_phrases(&self, entry: u32, query: &Query) -> bool {
        query.phrases().all(|phrase| self.has_phrase(entry, phrase))
    }

    /// Whether an entry has each run that is written without spaces in one piece.
    pub(super) fn has_runs(&self, entry: u32, query: &Query) -> bool {
        query.runs.iter().all(|run| self.has_phrase(entry, run))
    }

    fn has_phrase(&self, entry: u32, phrase: &[String]) -> bool {
        let names = self
            .names_of(entry)
            .any(|n| contains_phrase(self.name(n).1, phrase));
        let near = || {
            contains_phrase(self.brief(entry), phrase)
                || self.labels(entry).any(|(_, l)| contains_phrase(l, phrase))
        };
        names
            || near()
            || self
                .sections(entry)
                .any(|(_, h, t)| contains_phrase(h, phrase) || contains_phrase(t, phrase))
    }
}

fn contains_phrase(text: &str, phrase: &[String]) -> bool {
    let mut words: Vec<String> = Vec::new();
    each_word(text, |_, word| words.push(word.to_owned()));
    words
        .windows(phrase.len().max(1))
        .any(|window| window == phrase)
}

impl Query {
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rules.iter().filter_map(|rule| {
            if let RuleSubject::Phrase(words) = &rule.subject {
                Some(words)
            } else {
                None
            }
        })
    }

    pub(super) fn has_phrase(&self) -> bool {
        self.phrases().next().is_some()
    }

    /// How an entry matches that satisfies the rules, when there are only rules.
    pub(super) fn class_of_rules(&self) -> HitClass {
        let positive = || self.rules.iter().filter(|r| !r.negated);
        if positive().any(|r| matches!(r.subject, RuleSubject::Name(_))) {
            HitClass::Exact
        } else if positive().any(|r| matches!(r.subject, RuleSubject::Prefix(_))) {
            HitClass::Prefix
        } else {
            HitClass::Words
        }
    }
}
