//! The statistics page against pictures that were read and approved.
//! The record and the time are fixed; the numbers in the pictures can be counted below.

use std::sync::Arc;

use tozero::testing::{
    AnsiWriter, Bundled, DesiredRecall, Library, Progress, Review, ReviewId, ReviewOutcome,
    Timestamp, print, statistics,
};

use crate::support::app::compare;

/// 24 November 2026.
const TODAY: i32 = 20_781;

fn on(day: i32) -> Timestamp {
    Timestamp {
        at: i64::from(day) * 86_400 + 43_200,
        day,
    }
}

/// Forty days of answers to twelve questions, every seventh wrong, every fifth guessed; one is missed each time.
fn record(ids: &[&str]) -> Progress {
    let mut record = Progress::new(DesiredRecall::default());
    for n in 0..60_u32 {
        let day = TODAY - 40 + n as i32 * 2 / 3;
        let question = ids[n as usize * 7 % 12];
        let wrong = n % 7 == 3 || question == ids[0];
        let outcome = if wrong {
            ReviewOutcome::Wrong
        } else {
            ReviewOutcome::Right
        };
        record.add(&Review::new(
            ReviewId(n.into()),
            question,
            outcome,
            n % 5 != 0,
            on(day),
            1,
        ));
    }
    record
}

#[test]
fn the_page_is_as_it_was_approved() {
    let library = Library::open(Arc::new(Bundled)).expect("the bundled pack");
    let library = if library.is_indexed() {
        library
    } else {
        library.indexed()
    };
    let ids = statistics::ids(&library);
    let record = record(&ids);
    for (name, width, ascii) in [
        ("statistics-80", 80, false),
        ("statistics-46", 46, false),
        ("statistics-ascii", 80, true),
    ] {
        let page = statistics::page(&record, &library, on(TODAY), width);
        assert!(page.rows.iter().all(|row| row.width() <= width), "{name}");
        compare(
            name,
            &print(
                &page,
                AnsiWriter {
                    theme: None,
                    links: false,
                    ascii,
                },
            ),
        );
    }
    let empty = statistics::page(
        &Progress::new(DesiredRecall::default()),
        &library,
        on(TODAY),
        80,
    );
    compare(
        "statistics-empty",
        &print(
            &empty,
            AnsiWriter {
                theme: None,
                links: false,
                ascii: false,
            },
        ),
    );
}
