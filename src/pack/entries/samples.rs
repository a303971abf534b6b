//! What the tests of the kinds share: a small pack, and one way to read a file and compare what is reported.

use std::sync::{Arc, LazyLock};

use crate::pack::address::{Address, NamedId};
use crate::pack::entries::pack::{Dimension, Pack};
use crate::pack::entry::{Entry, read_entry, read_pack};
use crate::pack::subject::Subject;
use crate::text::{ByteRange, SafeText};

/// The subject of the bundled pack with its first five criteria, so that answers are written as five letters.
pub(crate) fn subject() -> Arc<Subject> {
    static SUBJECT: LazyLock<Arc<Subject>> = LazyLock::new(|| {
        let text = include_str!("../../../content/pack.toml");
        let (five, rest) = text.split_once(SIXTH).expect("the sixth criterion");
        let (_, rest) = rest.split_once("[[answers]]").expect("the answers");
        let (pack, _) = read_pack(&format!("{five}[[answers]]{rest}"));
        pack.expect("the bundled pack is sound").subject
    });
    Arc::clone(&SUBJECT)
}

/// How the sixth criterion begins.
const SIXTH: &str = "[[criteria]]\nid = \"ready_at_once\"";

/// A small pack with that subject.
pub(crate) fn pack() -> Pack {
    let named = |id: &str, title: &str| NamedId {
        id: id.to_owned(),
        title: title.into(),
    };
    let dimension = |id: &str, question: &str| Dimension {
        id: id.to_owned(),
        question: question.into(),
        criterion: None,
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
        subject: subject(),
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
