//! The names that stand in a text: what a reader can look up where they read, without a link.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::core::search::words::each_word;
use crate::pack::{Address, Kind, Library};

/// The entries of some kinds whose title or alias stands in a text as whole words, whatever the case or the plural, in the
/// order in which they stand there; of two that begin at one word the longer one first.
pub fn named_in(library: &Library, kinds: &[Kind], text: &str) -> Vec<Address> {
    let text = words(text);
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in text.iter().enumerate() {
        places.entry(word).or_default().push(at);
    }
    let place = |name: &str| {
        let name = words(name);
        let mut places = places.get(name.first()?.as_str())?.iter();
        let at = *places.find(|at| text.get(**at..).is_some_and(|t| t.starts_with(&name)))?;
        Some((at, Reverse(name.len())))
    };
    let entries = kinds
        .iter()
        .flat_map(|kind| (0..library.count(*kind)).map(move |n| (*kind, n)));
    let mut found: Vec<_> = entries
        .filter_map(|(kind, n)| {
            let head = library.head(kind, n);
            let names = std::iter::once(head.title).chain(head.aliases.split('\n'));
            Some((names.filter_map(place).min()?, kind, n))
        })
        .collect();
    found.sort_by_key(|(place, _, _)| *place);
    let addresses = found.into_iter();
    addresses
        .filter_map(|(_, kind, n)| library.address(kind, n))
        .collect()
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |_, word| words.push(word.to_owned()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::MemoryFiles;

    #[test]
    fn names_are_found_as_whole_words_in_the_order_of_the_text() {
        let pack = include_str!("../../../tests/packs/good/pack.toml");
        let term = |name: &str, alias: &str| {
            format!(
                "+++\nterm = \"{name}\"\naliases = [\"{alias}\"]\nbrief = \"It is.\"\n+++\n\nIt is.\n"
            )
        };
        let terms = [
            term("Bell", "ringer"),
            term("Bell tower", "belfry"),
            term("鐘", "tocsin"),
        ];
        let files = [
            ("pack.toml", pack),
            ("terms/bell.md", &terms[0]),
            ("terms/bell-tower.md", &terms[1]),
            ("terms/gong.md", &terms[2]),
        ];
        let library = Library::open(std::sync::Arc::new(MemoryFiles::of(files))).unwrap();
        let library = library.indexed();
        let check = |text: &str, expected: &[&str]| {
            let found = named_in(&library, &[Kind::Terms], text);
            let ids: Vec<&str> = found.iter().map(|address| address.id.as_ref()).collect();
            assert_eq!(ids, expected, "{text}");
        };
        check("A belfry has a bell.", &["bell-tower", "bell"]);
        check("Two Bell-Towers, no ringer", &["bell-tower", "bell"]);
        check("the\nRINGERS, of course", &["bell"]);
        check("它是鐘的聲音", &["gong"]);
        check("belly, doorbell, tower", &[]);
        check("", &[]);
    }
}
