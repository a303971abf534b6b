//! Costs of a record of 50,000 reviews, 27 a day for five years: opening the quiz, `tozero due`, keeping an answer.
//! Run with `cargo bench --bench record`. What must hold: opening at most 200 ms, due at most 200 ms, and an answer no more
//! than the disk's own sync.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measuring program")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use divan::{Bencher, black_box};
use tozero::testing::{
    Bundled, Change, DAY, DesiredRecall, Library, PackKeys, Review, ReviewId, ReviewOutcome, Rng,
    Store, StoredReview, Timestamp, clock, ids, import, look, statistics,
};

/// Reviews in the record.
const REVIEWS: usize = 50_000;

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

/// Five years of answers, made once and imported.
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

fn reviews() -> Vec<StoredReview> {
    let questions = statistics::ids(library());
    let mut rng = Rng::new(1);
    let begin = clock::now().plus_days(-1825);
    let review = |n: usize| {
        let now = Timestamp {
            at: begin.at + n as i64 * 1825 * DAY / REVIEWS as i64,
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
        review.pack = "serverless".to_owned();
        review.chosen = vec!["some answer or other".to_owned()];
        review.order = review.at + n as i64;
        StoredReview {
            review,
            undone: false,
        }
    };
    (0..REVIEWS).map(review).collect()
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn opening_the_quiz(bencher: Bencher) {
    let folder = folder();
    bencher.bench(|| {
        black_box(
            Store::new(
                Some(folder.to_owned()),
                DesiredRecall::default(),
                PackKeys::new("serverless"),
            )
            .load()
            .progress
            .totals
            .reviews,
        )
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn due(bencher: Bencher) {
    let (folder, library) = (folder(), library());
    bencher.bench(|| {
        let record = look(
            folder,
            DesiredRecall::default(),
            &PackKeys::new("serverless"),
        )
        .unwrap();
        black_box(record.0.due(statistics::ids(library), clock::now()).len())
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn keeping_an_answer(bencher: Bencher) {
    let mut store = Store::new(
        Some(folder().to_owned()),
        DesiredRecall::default(),
        PackKeys::new("serverless"),
    );
    store.load();
    let mut ids = ids();
    bencher.bench_local(|| {
        let review = Review::new(
            ids.review(),
            "t-cold-start",
            ReviewOutcome::Right,
            true,
            clock::now(),
            1,
        );
        store.apply([Change::Add(review)]).unwrap();
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
