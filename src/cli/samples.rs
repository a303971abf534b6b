//! What the tests of commands share: the small pack with an entry of each kind, and arguments as they are typed.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::disk::Folder;
use crate::pack::{Address, Library};

/// The pack of `tests/packs/good`.
pub(crate) fn library() -> Library {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/good"));
    let files = Folder::open(folder).unwrap_or_else(|_| panic!("the folder is there"));
    let library = Library::open(Arc::new(files)).ok();
    library.expect("a sound pack").indexed()
}

/// The flags of a command from a line.
pub(crate) fn args<A: clap::Args>(line: &str) -> A {
    let command = A::augment_args(clap::Command::new("test").no_binary_name(true));
    let matches = command.try_get_matches_from(line.split_whitespace());
    A::from_arg_matches(&matches.expect("sound arguments")).expect("sound arguments")
}

pub(crate) fn names(addresses: &[Address]) -> Vec<String> {
    addresses.iter().map(Address::to_string).collect()
}

/// Holds JSON to a literal, the order of its fields included.
#[track_caller]
pub(crate) fn check_json(found: impl Serialize, expected: &str) {
    let expected: Value = serde_json::from_str(expected).unwrap();
    assert_eq!(json!(found).to_string(), expected.to_string());
}
