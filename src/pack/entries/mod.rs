//! One file per kind of entry: what it must say, and how it is read from front matter and body.
//! Promise: reading reports every problem it meets and yields an entry only when nothing in it is an error that would
//! leave a hole; unknown keys, unknown headings and bad links leave none.

pub mod answer;
pub mod checklist;
pub mod lens;
pub mod lesson;
pub mod myth;
pub mod pack;
pub mod perspective;
pub mod question;
pub mod reference;
pub mod service;
pub mod source;
pub mod term;

pub use checklist::{CheckChoice, CheckQuestion};
pub use lens::{Fidelity, Lens, LensRule};
pub use lesson::Lesson;
pub use myth::Myth;
pub use pack::{Dimension, NamedId, Pack};
pub use perspective::{Party, Perspective, PerspectiveCell, Stance};
pub use question::{AnswerKind, Choice, Question};
pub use reference::{Reference, TextKind, Verified};
pub use service::{Confidence, Fact, FactAnswer, FactLevel, PastState, Price, Pricing, Service};
pub use source::Source;
pub use term::Term;

use crate::pack::fields::did_you_mean;
use crate::pack::front_matter::{FrontMatter, cut};
use crate::pack::markdown;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::ByteRange;

/// Opens an entry's file. Where the front matter cannot be read, the body's problems are still looked for.
pub(crate) fn open<'s>(source: &'s str, notes: &mut Notes) -> Option<FrontMatter<'s>> {
    let front = FrontMatter::of_entry(source, notes);
    if front.is_none()
        && let Some(cut) = cut(source, &mut Notes::default())
    {
        markdown::page(source, cut.body, notes);
    }
    front
}

/// Warns of a tag or category that the pack does not have.
pub(crate) fn check_named(
    id: &str,
    at: &ByteRange,
    among: &[NamedId],
    what: &str,
    notes: &mut Notes,
) {
    if among.iter().any(|named| named.id == id) {
        return;
    }
    let all: Vec<&str> = among.iter().map(|named| named.id.as_str()).collect();
    let problem = notes.warning("tag-unknown", at, safe!("`pack.toml` has no {what} `{id}`"));
    notes.add(problem.help(did_you_mean(id, &all)));
}

/// What the tests of the kinds share: a small pack, and one way to read a file and compare what is complained about.
#[cfg(test)]
pub(crate) mod probe {
    use super::*;
    use crate::pack::address::Address;
    use crate::pack::entries::pack::{Dimension, Pack};
    use crate::pack::entry::{Entry, read_entry};
    use crate::text::SafeText;

    pub(crate) fn pack() -> Pack {
        let named = |id: &str, title: &str| NamedId {
            id: id.to_owned(),
            title: title.into(),
        };
        let dimension = |id: &str, question: &str| Dimension {
            id: id.to_owned(),
            question: question.into(),
            positions: vec![named("use", "use"), named("held", "capacity held")],
        };
        Pack {
            title: SafeText::ours("T"),
            dimensions: vec![
                dimension("billing", "What is billed?"),
                dimension("idle", "What does idle cost?"),
            ],
            tags: vec![named("data", "Data"), named("billing", "Billing")],
            categories: vec![named("compute", "Compute")],
            ..Pack::default()
        }
    }

    /// Reads a file and compares the problems, as code and quoted bytes. An entry comes out exactly when it is sound.
    #[track_caller]
    pub(crate) fn check(path: &str, source: &str, expected: &[(&str, &str)]) -> Option<Entry> {
        let (entry, notes) = read_entry(
            &Address::of_path(path).expect("a path of an entry"),
            source,
            &pack(),
        );
        let quote = |at: &Option<ByteRange>| {
            at.clone()
                .and_then(|at| source.get(at))
                .unwrap_or("nowhere")
        };
        let found: Vec<(&str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, quote(&d.span)))
            .collect();
        assert_eq!(found, expected, "from {source}");
        assert_eq!(entry.is_none(), notes.refused());
        entry
    }
}
