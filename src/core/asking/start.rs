//! What search offers before anything is typed: where somebody may start who knows nothing of the pack yet.

use std::cmp::Reverse;

use crate::pack::{Address, Kind, Library};

/// How many terms are offered as starting points.
const STARTING_TERMS: usize = 6;

/// Where a newcomer may start: the first lesson, the definitions that are compared first, and the terms mentioned most.
pub fn starting_points(library: &Library) -> Vec<Address> {
    let pack = library.pack();
    let lesson = library
        .lessons()
        .first()
        .and_then(|lesson| Address::new(Kind::Lessons, &lesson.id));
    let sides = pack
        .default_comparison
        .iter()
        .filter_map(|id| Address::new(Kind::Perspectives, id));
    let mentions = |n: usize| Reverse(library.catalog().mentions(Kind::Terms, n).count());
    let mut terms: Vec<(Reverse<usize>, usize)> = (0..library.count(Kind::Terms))
        .map(|n| (mentions(n), n))
        .collect();
    if terms.len() > STARTING_TERMS {
        terms.select_nth_unstable(STARTING_TERMS);
        terms.truncate(STARTING_TERMS);
    }
    terms.sort_unstable();
    let terms = terms
        .into_iter()
        .filter_map(|(_, n)| library.address(Kind::Terms, n));
    lesson
        .into_iter()
        .chain(sides)
        .chain(terms)
        .filter(|a| library.position(a).is_some())
        .collect()
}
