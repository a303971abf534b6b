//! Does search put the right entry first? Two sets of queries over the bundled pack; only the first is tuned on.
//! The shares asserted here are those that the README promises.

use std::sync::Arc;

use tozero::testing::{Bundled, Library, Query, SearchFilter, SearchIndex, ingest};

/// A query, the entries that would be right, and the place one of them must reach.
struct Case {
    query: &'static str,
    right: Vec<&'static str>,
    within: usize,
}

fn cases(text: &'static str) -> Vec<Case> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let case = |line: &'static str| {
        let mut fields = line.split('\t');
        let (query, right) = (fields.next().unwrap(), fields.next().unwrap());
        Case {
            query,
            right: right.split('|').collect(),
            within: fields.next().unwrap().parse().unwrap(),
        }
    };
    lines.map(case).collect()
}

/// How many of a hundred have a right entry first, and among the first three; prints those that do not.
fn shares(name: &str, cases: &[Case], index: &SearchIndex) -> (f64, f64) {
    let (mut first, mut must, mut three) = (0, 0, 0);
    for case in cases {
        let hits = index.search(&Query::parse(case.query), 10, &SearchFilter::default());
        let shown: Vec<String> = hits
            .iter()
            .map(|hit| format!("{}/{}", hit.kind.word(), hit.id))
            .collect();
        let place = shown
            .iter()
            .position(|hit| case.right.contains(&hit.as_str()))
            .map_or(99, |at| at + 1);
        must += usize::from(case.within == 1);
        first += usize::from(case.within == 1 && place == 1);
        three += usize::from(place <= 3);
        if place > case.within {
            let top: Vec<String> = hits
                .iter()
                .zip(&shown)
                .take(4)
                .map(|(h, s)| format!("{s} [{:?}: {}]", h.class, h.why))
                .collect();
            println!(
                "{name}: {:?} wants {:?}, at {place}; first are {}",
                case.query,
                case.right,
                top.join("; ")
            );
        }
    }
    let percent = |n: usize, of: usize| 100.0 * n as f64 / of as f64;
    let (top1, top3) = (percent(first, must), percent(three, cases.len()));
    println!(
        "{name}: {} queries; first {first} of {must} ({top1:.1} %), first three {three} of {} ({top3:.1} %)",
        cases.len(),
        cases.len()
    );
    (top1, top3)
}

#[test]
fn the_right_entry_comes_first() {
    let library = Library::open(Arc::new(Bundled)).unwrap();
    let index = SearchIndex::build(ingest::texts(&library));
    let first = cases(include_str!("../relevance/first.tsv"));
    let (top1, top3) = shares("first", &first, &index);
    assert!(
        top1 >= 95.0 && top3 >= 99.0,
        "the first set: {top1:.1} and {top3:.1}"
    );
}

/// Written from the content by somebody who had not read the ranking; never tuned on.
#[test]
fn the_second_set_was_not_tuned_on() {
    let library = Library::open(Arc::new(Bundled)).unwrap();
    let index = SearchIndex::build(ingest::texts(&library));
    let (top1, top3) = shares(
        "second",
        &cases(include_str!("../relevance/second.tsv")),
        &index,
    );
    assert!(
        top1 >= 85.0 && top3 >= 93.0,
        "the second set: {top1:.1} and {top3:.1}"
    );
}
