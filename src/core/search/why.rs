//! Why a hit was found, said in a few words.
//! Promise: says the weakest link: the place where the last of the words was found, or what had to be forgiven.

use crate::core::search::excerpt::{SHORT, around};
use crate::core::search::hit::{HitClass, HitDraft, Passage};
use crate::core::search::index::NameKind;
use crate::core::search::text_match::WordMatch;
use crate::safe;
use crate::text::SafeText;

/// A hit with the passage that is shown of it.
pub(super) struct MatchReason<'a> {
    pub(super) showing: &'a HitDraft<'a>,
    pub(super) passage: &'a Passage<'a>,
}

impl MatchReason<'_> {
    pub(super) fn say(&self) -> SafeText {
        match self.showing.found.class {
            HitClass::Exact => SafeText::ours("exact name"),
            HitClass::Alias => self.alias(),
            HitClass::Prefix => self.named("starts so"),
            HitClass::Words => self.words(),
            HitClass::Subsequence => self.named("letters in order"),
            HitClass::Typo => self.typo(),
            HitClass::Some => self.without(),
            HitClass::Offered => SafeText::default(),
        }
    }

    fn title(&self) -> &str {
        self.showing.index.title(self.showing.found.entry)
    }

    fn alias(&self) -> SafeText {
        match self.showing.name() {
            Some((NameKind::Short, name)) => safe!("{name}, short for {}", self.title()),
            Some((NameKind::Id, name)) => safe!("id {name}"),
            Some((NameKind::Alias | NameKind::Title, name)) => {
                safe!("{name}, alias of {}", self.title())
            }
            None => SafeText::ours("another name"),
        }
    }

    /// What holds of a name; the name itself is said when it is not the title.
    fn named(&self, what: &'static str) -> SafeText {
        match self.showing.name() {
            Some((NameKind::Alias | NameKind::Short | NameKind::Id, name)) => {
                safe!("{what}: {name}")
            }
            Some((NameKind::Title, _)) | None => SafeText::ours(what),
        }
    }

    /// Where the last of the words was found.
    fn words(&self) -> SafeText {
        if self.showing.found.name.is_some() {
            return self.named("spaces left out");
        }
        let entry = self.showing.found.entry;
        let index = self.showing.index;
        let mut missing: Vec<usize> = (0..self.showing.reader.asked()).collect();
        if self.finds(index.title(entry), &mut missing) {
            return SafeText::ours("in the title");
        }
        for (kind, name) in index.names_of(entry).map(|n| index.name(n)) {
            if self.finds(name, &mut missing) {
                return if kind == NameKind::Id {
                    safe!("id {name}")
                } else {
                    safe!("also called {name}")
                };
            }
        }
        for (kind, text) in index.labels(entry) {
            if self.finds(text, &mut missing) {
                return safe!("{}: {text}", kind.word());
            }
        }
        self.in_text(&missing)
    }

    /// Crosses out the words that a text has; true when none is left.
    fn finds(&self, text: &str, missing: &mut Vec<usize>) -> bool {
        let heard = self.showing.reader.hear(text);
        missing.retain(|ask| !heard.iter().any(|h| h.ask == *ask));
        missing.is_empty()
    }

    fn in_text(&self, missing: &[usize]) -> SafeText {
        if missing.iter().any(|ask| self.passage.asked.contains(ask)) {
            return safe!(
                "in the text: {}",
                around(self.passage.text, self.passage.at.clone(), SHORT)
            );
        }
        SafeText::ours("in the text")
    }

    /// What was typed and what was meant.
    fn typo(&self) -> SafeText {
        if let Some((_, name)) = self.showing.name() {
            return safe!("typo: {} → {name}", self.showing.query.text().trim());
        }
        let said: Vec<String> = self.texts().take(200).fold(Vec::new(), |mut said, text| {
            for heard in self
                .showing
                .reader
                .hear(text)
                .iter()
                .filter(|h| h.answer == WordMatch::Typo)
            {
                let typed = self
                    .showing
                    .query
                    .asks
                    .get(heard.ask)
                    .map_or("", |ask| ask.raw.as_str());
                let meant = text.get(heard.at.clone()).unwrap_or("").to_lowercase();
                if !said
                    .iter()
                    .any(|s: &String| s.starts_with(&format!("{typed} →")))
                {
                    said.push(format!("{typed} → {meant}"));
                }
            }
            said
        });
        if said.is_empty() {
            SafeText::ours("a typo away")
        } else {
            safe!("typo: {}", said.join(", "))
        }
    }

    /// The entry's texts, those near the top first, and the shown passage.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let (index, entry) = (self.showing.index, self.showing.found.entry);
        let names = index.names_of(entry).map(|n| index.name(n).1);
        names
            .chain(index.labels(entry).map(|(_, text)| text))
            .chain([index.brief(entry), self.passage.text])
    }

    fn without(&self) -> SafeText {
        if let Some((_, name)) = self.showing.name() {
            return safe!("nearly: {name}");
        }
        let mut missing: Vec<usize> = (0..self.showing.reader.asked()).collect();
        for text in self.texts() {
            self.finds(text, &mut missing);
        }
        let asks = &self.showing.query.asks;
        let words: Vec<&str> = missing
            .iter()
            .filter_map(|ask| asks.get(*ask))
            .map(|ask| ask.raw.as_str())
            .collect();
        if words.is_empty() {
            SafeText::ours("some of the words")
        } else {
            safe!("without: {}", words.join(", "))
        }
    }
}
