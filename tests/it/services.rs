//! Every service through every lens on any day.
//! No combination of them fails, at any width, and counts add up to the number of services.

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use tozero::testing::{
    Bundled, Day, Kind, Library, ServiceFilter, ServiceOrder, ServiceTable, SortColumn,
    VerdictTally, ViewContext, entry, services,
};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::open(Arc::new(Bundled)).unwrap())
}

/// A date as exact as somebody may know it.
fn days() -> impl Strategy<Value = Option<Day>> {
    let day = (
        1900_u16..2200,
        proptest::option::of((1_u8..=12, proptest::option::of(1_u8..=28))),
    );
    let recent = (
        2004_u16..2028,
        proptest::option::of((1_u8..=12, proptest::option::of(1_u8..=28))),
    );
    proptest::option::of(prop_oneof![1 => day, 4 => recent]).prop_map(|found| {
        found.map(|(year, rest)| Day {
            year,
            month: rest.map(|r| r.0),
            day: rest.and_then(|r| r.1),
        })
    })
}

fn sights() -> impl Strategy<Value = ViewContext> {
    let lens = 0..library().count(Kind::Lenses);
    let id = |n: usize| library().head(Kind::Lenses, n).id.to_owned();
    (lens.clone(), proptest::option::of(lens), days()).prop_map(move |(lens, was, as_of)| {
        ViewContext {
            lens: id(lens),
            was: was.map(id),
            as_of,
            today: Day::new(2026, 11, 24),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_service_through_any_lens_on_any_day(n in 0..library().count(Kind::Services), sight in sights(), width in 1..160_usize, height in 0..50_usize) {
        let address = library().address(Kind::Services, n).unwrap();
        let page = entry::page(library(), &address, width, &sight);
        prop_assert!(page.rows.len() > 5 && page.rows.iter().all(|r| r.width() <= width));
        let service = library().service(&address.id).unwrap();
        let panel = services::panel(library(), service, &sight, (width, height));
        prop_assert!(panel.rows.iter().all(|r| r.width() <= width));
        if width >= 20 {
            let words: String = page.rows.iter().map(|r| r.text().trim().to_owned() + " ").collect();
            prop_assert!(words.contains(" by "), "the lens is named: {words}");
        }
    }

    #[test]
    fn counts_add_up_whatever_the_lens_and_the_day(sight in sights(), column in 0..9_usize, reversed: bool) {
        let table = ServiceTable::of(library(), sight.as_of);
        let said = table.verdicts(sight.lens(library()).unwrap());
        let tally = VerdictTally::of(&said);
        prop_assert_eq!(tally.total(), library().count(Kind::Services));
        prop_assert!(tally.scored == 0 || tally.verdicts == [0; 4]);
        let mut rows = table.kept(&ServiceFilter::default(), &said);
        table.sort(&mut rows, &said, ServiceOrder { column: SortColumn::all(&library().pack().subject.criteria).nth(column).unwrap(), reversed });
        rows.sort_unstable();
        prop_assert_eq!(rows, (0..library().count(Kind::Services) as u32).collect::<Vec<_>>());
    }
}
