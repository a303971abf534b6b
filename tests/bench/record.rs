//! Costs of the memory on a record of 1,000,000 reviews: opening the quiz, `tozero due`, keeping an answer.
//! Run with `cargo bench --bench record`. What must hold: opening at most 200 ms, due at most 50 ms, and an answer no more
//! than the disk's own sync.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measuring program")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use divan::{Bencher, black_box};
use tozero::core::progress::{Review, ReviewId, ReviewOutcome};
use tozero::core::schedule::DesiredRecall;
use tozero::pack::{Bundled, Library};
use tozero::store::{Change, Store, ids, import, look};
use tozero::terminal::platform;
use tozero::text::timestamp::DAY;
use tozero::text::{Rng, Timestamp};
use tozero::views::statistics;

/// Reviews in the record.
const REVIEWS: usize = 1_000_000;

fn main() {
    divan::main();
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        Library::open(Arc::new(Bundled))
            .expect("the bundled pack")
            .indexed()
    })
}

/// Ten years of answers, made once and imported.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = FOLDER.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("tozero");
        import::merge(&folder, &reviews()).unwrap();
        (home, folder)
    });
    path
}

fn reviews() -> Vec<import::ImportedReview> {
    let questions = statistics::ids(library());
    let mut rng = Rng::new(1);
    let begin = platform::now().plus_days(-3650);
    let review = |n: usize| {
        let now = Timestamp {
            at: begin.at + n as i64 * 3650 * DAY / REVIEWS as i64,
            day: 0,
        };
        let now = Timestamp {
            day: i32::try_from(now.at / DAY).unwrap(),
            ..now
        };
        let outcome = if rng.below(10) == 0 {
            ReviewOutcome::Wrong
        } else {
            ReviewOutcome::Right
        };
        let id = ReviewId(u128::from(rng.draw()) << 64 | u128::from(rng.draw()));
        let mut review = Review::new(
            id,
            questions[rng.below(questions.len())],
            outcome,
            rng.below(4) > 0,
            now,
            n as u64 / 20,
        );
        review.chosen = vec!["some answer or other".to_owned()];
        review.order = review.at + n as i64;
        (review, false)
    };
    (0..REVIEWS).map(review).collect()
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn opening_the_quiz(bencher: Bencher) {
    let folder = folder();
    bencher.bench(|| {
        black_box(
            Store::new(Some(folder.to_owned()), DesiredRecall::default())
                .recall()
                .record
                .facts
                .reviews,
        )
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn due(bencher: Bencher) {
    let (folder, library) = (folder(), library());
    bencher.bench(|| {
        let record = look(folder, DesiredRecall::default()).unwrap();
        black_box(record.due(statistics::ids(library), platform::now()).len())
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn keeping_an_answer(bencher: Bencher) {
    let mut store = Store::new(Some(folder().to_owned()), DesiredRecall::default());
    store.recall();
    let mut ids = ids();
    bencher.bench_local(|| {
        let review = Review::new(
            ids.review(),
            "t-cold-start",
            ReviewOutcome::Right,
            true,
            platform::now(),
            1,
        );
        store.apply([Change::Keep(review)]).unwrap();
    });
}

/// The disk's own share of keeping an answer: a page written and synced.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn the_disk_alone(bencher: Bencher) {
    use std::io::Write;
    let mut file = std::fs::File::create(folder().join("page")).unwrap();
    bencher.bench_local(|| {
        file.write_all(&[7; 4 * 4096]).unwrap();
        file.sync_data().unwrap();
    });
}

/// Without the cache, as after it was lost: every review is read.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn reading_every_review(bencher: Bencher) {
    let folder = folder();
    bencher
        .with_inputs(|| {
            let lost = rusqlite::Connection::open(folder.join("progress.sqlite3")).unwrap();
            lost.execute("DELETE FROM cache", []).unwrap();
        })
        .bench_values(|()| {
            black_box(
                look(folder, DesiredRecall::default())
                    .unwrap()
                    .facts
                    .reviews,
            )
        });
}
