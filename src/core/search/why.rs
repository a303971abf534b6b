//! The reason for a hit, in a few words: the last field needed to find all words, or the typo that was tolerated.

use crate::core::search::excerpt::{REASON_LENGTH, around};
use crate::core::search::hit::{HitClass, HitDraft, Passage};
use crate::core::search::index::NameKind;
use crate::core::search::text_match::WordMatch;
use crate::core::search::words::is_unspaced;
use crate::safe;
use crate::text::SafeText;

pub(super) struct MatchReason<'a> {
    pub(super) draft: &'a HitDraft<'a>,
    pub(super) passage: &'a Passage<'a>,
}

impl MatchReason<'_> {
    pub(super) fn text(&self) -> SafeText {
        match self.draft.found.class {
            HitClass::Exact => SafeText::ours("exact name"),
            HitClass::Alias => self.alias(),
            HitClass::Prefix => self.name_reason("starts so"),
            HitClass::Words => self.word_reason(),
            HitClass::Subsequence => self.name_reason("letters in order"),
            HitClass::Typo => self.typo(),
            HitClass::Some => self.missing_words(),
            HitClass::Offered => SafeText::default(),
        }
    }

    fn title(&self) -> &str {
        self.draft.index.title(self.draft.found.entry)
    }

    fn alias(&self) -> SafeText {
        match self.draft.name() {
            Some((NameKind::Short, name)) => safe!("{name}, short for {}", self.title()),
            Some((NameKind::Id, name)) => safe!("id {name}"),
            Some((NameKind::Alias | NameKind::Title, name)) => {
                safe!("{name}, alias of {}", self.title())
            }
            None => SafeText::ours("another name"),
        }
    }

    /// Names the name as well, if it is not the title.
    fn name_reason(&self, what: &'static str) -> SafeText {
        match self.draft.name() {
            Some((NameKind::Alias | NameKind::Short | NameKind::Id, name)) => {
                safe!("{what}: {name}")
            }
            Some((NameKind::Title, _)) | None => SafeText::ours(what),
        }
    }

    fn word_reason(&self) -> SafeText {
        if let Some((kind, name)) = self.draft.name() {
            // Where nobody writes spaces, none is left out.
            return match kind {
                _ if !self.draft.query.compact.contains(is_unspaced) => {
                    self.name_reason("spaces left out")
                }
                NameKind::Title => SafeText::ours("in the title"),
                NameKind::Alias | NameKind::Short | NameKind::Id => safe!("also called {name}"),
            };
        }
        let entry = self.draft.found.entry;
        let index = self.draft.index;
        let mut missing: Vec<usize> = (0..self.draft.reader.word_count()).collect();
        if self.cross_out(index.title(entry), &mut missing) {
            return SafeText::ours("in the title");
        }
        for (kind, name) in index.names_of(entry).map(|n| index.name(n)) {
            if self.cross_out(name, &mut missing) {
                return if kind == NameKind::Id {
                    safe!("id {name}")
                } else {
                    safe!("also called {name}")
                };
            }
        }
        for (kind, text) in index.labels(entry) {
            if self.cross_out(text, &mut missing) {
                return safe!("{}: {text}", kind.word());
            }
        }
        self.in_text(&missing)
    }

    /// Removes the words that a text has; true if none is left.
    fn cross_out(&self, text: &str, missing: &mut Vec<usize>) -> bool {
        let matched = self.draft.reader.matches(text);
        missing.retain(|number| !matched.iter().any(|m| m.query_word == *number));
        missing.is_empty()
    }

    fn in_text(&self, missing: &[usize]) -> SafeText {
        if missing
            .iter()
            .any(|number| self.passage.query_words.contains(number))
        {
            return safe!(
                "in the text: {}",
                around(self.passage.text, self.passage.at.clone(), REASON_LENGTH)
            );
        }
        SafeText::ours("in the text")
    }

    fn typo(&self) -> SafeText {
        if let Some((_, name)) = self.draft.name() {
            return safe!("typo: {} → {name}", self.draft.query.text().trim());
        }
        let typos: Vec<String> = self.texts().take(200).fold(Vec::new(), |mut typos, text| {
            for matched in self
                .draft
                .reader
                .matches(text)
                .iter()
                .filter(|h| h.kind == WordMatch::Typo)
            {
                let typed = self
                    .draft
                    .query
                    .words
                    .get(matched.query_word)
                    .map_or("", |word| word.typed.as_str());
                let meant = text.get(matched.range.clone()).unwrap_or("").to_lowercase();
                if !typos
                    .iter()
                    .any(|s: &String| s.starts_with(&format!("{typed} →")))
                {
                    typos.push(format!("{typed} → {meant}"));
                }
            }
            typos
        });
        if typos.is_empty() {
            SafeText::ours("a typo away")
        } else {
            safe!("typo: {}", typos.join(", "))
        }
    }

    /// The entry's names, labels, brief, and the shown passage.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let (index, entry) = (self.draft.index, self.draft.found.entry);
        let names = index.names_of(entry).map(|n| index.name(n).1);
        names
            .chain(index.labels(entry).map(|(_, text)| text))
            .chain([index.brief(entry), self.passage.text])
    }

    fn missing_words(&self) -> SafeText {
        if let Some((_, name)) = self.draft.name() {
            return safe!("nearly: {name}");
        }
        let mut missing: Vec<usize> = (0..self.draft.reader.word_count()).collect();
        for text in self.texts() {
            self.cross_out(text, &mut missing);
        }
        let query_words = &self.draft.query.words;
        let words: Vec<&str> = missing
            .iter()
            .filter_map(|number| query_words.get(*number))
            .map(|word| word.typed.as_str())
            .collect();
        if words.is_empty() {
            SafeText::ours("some of the words")
        } else {
            safe!("without: {}", words.join(", "))
        }
    }
}
