//! What a pack judges: the words for it, how the disputed word is claimed for it, and the parts of its entries.

use std::collections::HashSet;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::pack::address::{Address, Kind};
use crate::pack::doc::Doc;
use crate::pack::fields::Fields;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{capitalized, slug, with_article};

/// What is judged, and what it is called.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Things {
    /// One of them: `service`.
    pub one: SafeText,
    /// Many of them: `services`.
    pub many: SafeText,
    /// Who stands behind one: `provider`.
    pub maker: SafeText,
    /// Whether the pack says what makers are called; else a thing needs none.
    pub has_makers: bool,
    /// What one is said to be while it can be had: `sold`.
    pub offered: SafeText,
    /// The claim to the disputed word, where the pack asks for it.
    pub claim: Option<ClaimWords>,
    /// The parts that their entries may have, in the order shown.
    pub sections: Vec<ThingSection>,
}

/// A part of a thing's entry.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct ThingSection {
    /// The heading, in the files and as it is shown.
    pub heading: SafeText,
    /// Whether it says what waking costs whoever comes next; a bill that counts waking shows it.
    pub waking: bool,
}

/// How a thing's claim to the word is told.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct ClaimWords {
    /// The key of the files: `true` where the word is claimed.
    pub key: String,
    /// What the maker does: `sells it under the word`.
    pub made: SafeText,
    /// What the maker does not, where that is worth a word.
    pub not_made: Option<SafeText>,
}

impl Default for Things {
    fn default() -> Self {
        Self {
            one: SafeText::ours("thing"),
            many: SafeText::ours("things"),
            maker: SafeText::ours("maker"),
            has_makers: false,
            offered: SafeText::ours("available"),
            claim: None,
            sections: Vec::new(),
        }
    }
}

impl Things {
    /// A sentence of the program in the pack's words, which it names `{one}`, `{many}`, `{maker}` and `{offered}`, at its
    /// beginning `{Many}`, and as one word that is typed `{many-word}` and `{maker-word}`. An `a` in front of them
    /// becomes `an` where they are spoken so.
    pub fn fill(&self, sentence: &str) -> SafeText {
        if !sentence.contains('{') {
            return SafeText::from(sentence);
        }
        let own = [
            ("a {one}", with_article(&self.one)),
            ("a {maker}", with_article(&self.maker)),
            ("{one}", self.one.clone()),
            ("{many}", self.many.clone()),
            ("{maker}", self.maker.clone()),
            ("{offered}", self.offered.clone()),
            ("{Many}", capitalized(&self.many)),
            (
                "{many-word}",
                SafeText::from(self.command_word(Kind::Services)),
            ),
            ("{maker-word}", SafeText::from(self.maker_word())),
        ];
        let fill = |filled: String, (name, word): &(&str, SafeText)| filled.replace(name, word);
        SafeText::from(own.iter().fold(sentence.to_owned(), fill))
    }

    /// The word of commands for a kind: the pack's own for what is judged, in the form of an id.
    pub fn command_word(&self, kind: Kind) -> String {
        let own = slug(&self.many);
        let is_free = !own.is_empty() && Kind::parse(&own).is_none();
        match kind {
            Kind::Services if is_free => own,
            _ => kind.word().to_owned(),
        }
    }

    /// The word of search for its maker, in the form of an id.
    pub fn maker_word(&self) -> String {
        slug(&self.maker)
    }

    /// The kind that a word of a command means: one or many of it, in the pack's words or in those of the folders.
    pub fn kind_called(&self, word: &str) -> Option<Kind> {
        let word = word.to_lowercase();
        let mut kinds = Kind::ALL.into_iter();
        let known = kinds.find(|kind| kind.word() == word || kind.one() == word);
        let own = || {
            [&self.many, &self.one]
                .map(|own| slug(own))
                .contains(&slug(&word))
        };
        known.or_else(|| own().then_some(Kind::Services))
    }

    /// An address as people read and type it, with the pack's word for the kind.
    pub fn address(&self, address: &Address) -> SafeText {
        safe!("{}/{}", self.command_word(address.kind), address.id)
    }

    /// Reads an address, the kind in the pack's word or in that of the folder.
    pub fn parse_address(&self, text: &str) -> Option<Address> {
        let (kind, id) = text.split_once('/')?;
        let own = || (kind == self.command_word(Kind::Services)).then_some(Kind::Services);
        Address::new(Kind::parse(kind).or_else(own)?, id)
    }

    /// What one entry of a kind is called.
    pub fn one_of(&self, kind: Kind) -> SafeText {
        match kind {
            Kind::Services => self.one.clone(),
            _ => SafeText::ours(kind.one()),
        }
    }

    /// What many entries of a kind are called.
    pub fn many_of(&self, kind: Kind) -> SafeText {
        match kind {
            Kind::Services => self.many.clone(),
            _ => SafeText::ours(kind.word()),
        }
    }
}

/// A heading as one word, for a key of JSON.
pub fn key(heading: &str) -> String {
    slug(heading).replace('-', "_")
}

/// Reads the table `[things]`.
pub(crate) fn read(f: &mut Fields<'_, '_>) -> Things {
    let default = Things::default();
    Things {
        one: f.need("one", Fields::text),
        many: f.need("many", Fields::text),
        has_makers: f.has("maker"),
        maker: f.text("maker").unwrap_or(default.maker),
        offered: f.text("offered").unwrap_or(default.offered),
        claim: f.table("claim", |f| ClaimWords {
            key: f.need("key", Fields::key_id),
            made: f.need("made", Fields::text),
            not_made: f.text("not_made"),
        }),
        sections: sections(f),
    }
}

fn sections(f: &mut Fields<'_, '_>) -> Vec<ThingSection> {
    let mut seen = HashSet::new();
    let sections = f.each("sections", |f| {
        let heading = f.need("heading", Fields::text);
        f.once("heading", &slug(&heading), &mut seen);
        ThingSection {
            heading,
            waking: f.flag("waking").unwrap_or(false),
        }
    });
    sections.unwrap_or_default()
}

/// The declared parts of a thing's entry, as far as they are there.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct ThingSections(Vec<(ThingSection, Option<Doc>)>);

impl ThingSections {
    pub fn new(all: Vec<(ThingSection, Option<Doc>)>) -> Self {
        Self(all)
    }

    /// Those that are there.
    pub fn iter(&self) -> impl Iterator<Item = (&ThingSection, &Doc)> {
        self.0
            .iter()
            .filter_map(|(section, doc)| Some((section, doc.as_ref()?)))
    }

    /// What waking costs, where an entry tells.
    pub fn waking(&self) -> Option<&Doc> {
        self.iter()
            .find(|(section, _)| section.waking)
            .map(|(_, doc)| doc)
    }
}

impl Serialize for ThingSections {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (section, doc) in &self.0 {
            map.serialize_entry(&key(&section.heading), doc)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::front_matter::read_telling;

    /// Reads a table and compares the problems as code and quoted text.
    #[track_caller]
    fn check(source: &str, expected: &[(&str, &str)]) -> Things {
        read_telling(source, expected, |f| {
            f.table("things", read).unwrap_or_default()
        })
    }

    #[test]
    fn things_have_their_words_and_may_claim_the_word() {
        let things = check("[things]\none = \"bell\"\nmany = \"bells\"", &[]);
        assert_eq!(
            (&*things.one, &*things.many, &*things.maker, things.claim),
            ("bell", "bells", "maker", None)
        );
        check("[things]\none = \"bell\"", &[("key-missing", "[things]")]);
        let claim = "{ key = \"called_bell\", made = \"calls it so\", not_made = \"does not\" }";
        let claiming = |claim: &str, expected: &[(&str, &str)]| {
            let source = format!("[things]\none = \"b\"\nmany = \"bs\"\nclaim = {claim}");
            check(&source, expected)
        };
        let things = claiming(claim, &[]);
        assert_eq!(
            things.claim,
            Some(ClaimWords {
                key: "called_bell".into(),
                made: SafeText::ours("calls it so"),
                not_made: Some(SafeText::ours("does not")),
            })
        );
        let half = "{ key = \"called_bell\", not_made = \"does not\" }";
        claiming(half, &[("key-missing", half)]);
        let form = claim.replace("called_bell", "Called");
        claiming(&form, &[("id-form", "\"Called\"")]);
    }

    #[test]
    fn commands_and_addresses_take_the_packs_word() {
        let agents = check("[things]\none = \"AI agent\"\nmany = \"AI agents\"", &[]);
        let called = |word: &str, expected| {
            assert_eq!(agents.kind_called(word), expected, "{word}");
        };
        called("ai-agents", Some(Kind::Services));
        called("AI agent", Some(Kind::Services));
        called("services", Some(Kind::Services));
        called("Lens", Some(Kind::Lenses));
        called("agents", None);
        let filled = agents.fill("Is a {one} a {maker}? {Many}.");
        assert_eq!(filled.as_str(), "Is an AI agent a maker? AI agents.");
        let address = Address::parse("services/a").unwrap();
        assert_eq!(agents.address(&address).as_str(), "ai-agents/a");
        for text in ["ai-agents/a", "services/a"] {
            assert_eq!(agents.parse_address(text), Some(address.clone()), "{text}");
        }
        assert_eq!(agents.parse_address("agents/a"), None);
    }

    #[test]
    fn a_word_that_is_taken_stays_what_it_was() {
        let lenses = Things {
            many: SafeText::ours("lenses"),
            ..Things::default()
        };
        assert_eq!(lenses.command_word(Kind::Services), "services");
        assert_eq!(lenses.kind_called("lenses"), Some(Kind::Lenses));
        let terms = Address::parse("lenses/a");
        assert_eq!(lenses.parse_address("lenses/a"), terms);
    }
}
