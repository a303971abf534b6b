//! Which pack an answer belongs to: answers are kept by pack and question, so that no pack inherits or forgets those of
//! another.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::core::progress::Review;
use crate::pack::entry::read_pack;
use crate::pack::files::PACK;
use crate::pack::{Bundled, Files, Kind, Library};

/// The pack of every question of a library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackKeys {
    own: String,
    /// The highest pack, whose sessions these are: it has questions that those below lack.
    top: String,
    /// Questions that another pack has brought, by id.
    others: BTreeMap<String, String>,
}

impl PackKeys {
    /// The pack of every question: where packs lie on one another, that of the lowest which has it.
    pub fn of(library: &Library) -> Self {
        let own = library.pack().id.as_str();
        let brought = library.ids(Kind::Questions).filter_map(|id| {
            let pack = library.brought_by(Kind::Questions, id)?;
            (pack != own).then(|| (id.to_owned(), pack.to_owned()))
        });
        let top = library.packs().last().unwrap_or(own).to_owned();
        Self {
            top,
            ..Self::new(own).with(brought)
        }
    }

    /// Every question belongs to this pack, those that left it too.
    pub fn new(own: &str) -> Self {
        Self {
            own: own.to_owned(),
            top: own.to_owned(),
            others: BTreeMap::new(),
        }
    }

    /// The same, but these questions belong to other packs.
    #[must_use]
    pub fn with(mut self, others: impl IntoIterator<Item = (String, String)>) -> Self {
        self.others.extend(others);
        self
    }

    /// The pack that sessions are kept for.
    pub fn top(&self) -> &str {
        &self.top
    }

    /// The pack that a question belongs to.
    pub fn pack_of(&self, question: &str) -> &str {
        self.others.get(question).unwrap_or(&self.own)
    }

    /// Whether a review is of a question as this library has it.
    pub fn has(&self, review: &Review) -> bool {
        self.pack_of(&review.question) == review.pack
    }
}

/// The id of the bundled pack, to which every answer belongs that was kept before answers named their pack.
pub fn bundled() -> &'static str {
    static ID: OnceLock<String> = OnceLock::new();
    ID.get_or_init(|| {
        let head = Bundled.read(PACK).unwrap_or_default();
        read_pack(&head).0.map(|pack| pack.id).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::progress::{ReviewId, ReviewOutcome};
    use crate::text::Timestamp;

    #[test]
    fn a_question_belongs_to_the_pack_that_brought_it() {
        let keys = PackKeys::new("upper").with([("shared".to_owned(), "lower".to_owned())]);
        let check = |question: &str, pack: &str, expected: bool| {
            let id = ReviewId(1);
            let now = Timestamp::new(0, 0);
            let mut review = Review::new(id, question, ReviewOutcome::Right, true, now, 1);
            review.pack = pack.to_owned();
            assert_eq!(keys.has(&review), expected, "{question} of {pack}");
        };
        check("shared", "lower", true);
        check("shared", "upper", false);
        check("own", "upper", true);
        check("own", "lower", false);
        assert_eq!(bundled(), "serverless");
    }
}
