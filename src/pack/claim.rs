//! Whether a thing claims the disputed word, and where its maker says so.
//! A claim that is made today names its source and its date; what is left out is not known.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::pack::address::Source;
use crate::pack::fields::Fields;
use crate::pack::things::{ClaimWords, Things};
use crate::safe;
use crate::text::Day;

/// Whether a thing claims the word; nothing where the pack does not ask.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Claim {
    /// The key of the files; empty where the pack does not ask.
    key: String,
    /// Not said, in a state of the past, where `None`.
    pub made: Option<bool>,
    /// Where its maker claims it.
    pub sources: Vec<Source>,
    /// When that was read.
    pub as_of: Option<Day>,
}

impl Claim {
    pub fn new(key: impl Into<String>, made: Option<bool>) -> Self {
        Self {
            key: key.into(),
            made,
            ..Self::default()
        }
    }

    /// A claim made or not, under the key that the pack declares.
    pub fn of(things: &Things, made: Option<bool>) -> Self {
        let key = things.claim.as_ref().map(|words| words.key.clone());
        Self::new(key.unwrap_or_default(), made)
    }

    /// Reads it from the key that the pack declares: a table with source and date where the claim is made today. Nothing
    /// is said where the key is left out.
    pub(crate) fn read(f: &mut Fields<'_, '_>, things: &Things, is_today: bool) -> Self {
        let Some(ClaimWords { key, .. }) = &things.claim else {
            return Self::default();
        };
        if f.is_table(key) {
            let read = |f: &mut Fields<'_, '_>| Self {
                key: key.clone(),
                made: Some(true),
                sources: f.need_some("sources", Fields::sources),
                as_of: {
                    f.require("as_of");
                    f.date("as_of")
                },
            };
            return f.table(key, read).unwrap_or_default();
        }
        let made = f.flag(key);
        if is_today && made == Some(true) {
            let message = "nothing says where and when the word was claimed";
            let help = safe!("write `{key} = {{ sources = [\"…\"], as_of = \"…\" }}`");
            f.notes
                .warn("claim-unsourced", &f.place(key), message, help);
        }
        Self::new(&**key, made)
    }
}

/// Where and when the word was claimed, as JSON shows it.
#[derive(Serialize)]
struct ClaimSaid<'a> {
    as_of: Option<Day>,
    sources: &'a [Source],
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.key.is_empty() {
            map.serialize_entry(&self.key, &self.made)?;
            let said = ClaimSaid {
                as_of: self.as_of,
                sources: &self.sources,
            };
            map.serialize_entry("claim", &said)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SafeText;

    #[test]
    fn a_claim_stands_under_the_key_of_its_pack() {
        let mut things = Things::default();
        let json = |things: &Things, made| serde_json::to_string(&Claim::of(things, made)).unwrap();
        assert_eq!(json(&things, Some(true)), "{}");
        things.claim = Some(ClaimWords {
            key: "called_bell".into(),
            made: SafeText::ours("calls it so"),
            not_made: None,
        });
        let unsaid = r#""claim":{"as_of":null,"sources":[]}"#;
        for (made, word) in [(Some(true), "true"), (None, "null")] {
            let expected = format!("{{\"called_bell\":{word},{unsaid}}}");
            assert_eq!(json(&things, made), expected);
        }
    }
}
