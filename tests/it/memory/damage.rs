//! Records that are damaged, bit by bit: nothing is changed in silence, and nothing is lost in silence.

use std::collections::BTreeMap;
use std::path::Path;

use tozero::testing::{
    Change, DesiredRecall, PackKeys, Review, ReviewId, ReviewOutcome, Rng, Store, StoredReview,
    Timestamp, export, import, look,
};

const FLIPS: usize = 500;

fn store(folder: &Path) -> Store {
    let keys = PackKeys::new("serverless");
    Store::new(Some(folder.to_owned()), DesiredRecall::default(), keys)
}

/// Answers to three questions, some of them taken back.
fn answered(folder: &Path, count: u128) {
    let one = |n: u128| {
        let question = ["cold-start", "idle-cost", "who-runs-it"][n as usize % 3];
        let now = Timestamp::new(1_700_000_000 + n as i64 * 4000, 0);
        let id = ReviewId(n * 0x0123_4567_89ab_cdef_0123);
        let mut review = Review::new(id, question, ReviewOutcome::Right, true, now, n as u64 / 9);
        review.chosen = vec![format!("choice {n}")];
        review
    };
    let mut store = store(folder);
    let all: Vec<Review> = (1..=count).map(one).collect();
    let undone = [Change::Undo(all[4].id), Change::Undo(all[17].id)];
    store.apply(all.into_iter().map(Change::Add)).unwrap();
    store.apply(undone).unwrap();
}

/// Everything in the record, by id.
fn contents(folder: &Path) -> BTreeMap<u128, StoredReview> {
    let mut text = String::new();
    export::json(Some(folder), |piece| {
        text.push_str(piece);
        Ok(())
    })
    .unwrap();
    let all = import::parse(&text).unwrap();
    all.into_iter().map(|s| (s.review.id.0, s)).collect()
}

/// The number of answers that a notice says are lost.
fn told_lost(notice: &str) -> Option<usize> {
    if notice.contains("no answer is lost") {
        return Some(0);
    }
    let (before, _) = notice.split_once(" could not be read")?;
    let words: Vec<&str> = before.rsplit(' ').collect();
    words.get(1)?.parse().ok()
}

#[test]
fn no_flipped_bit_changes_or_hides_an_answer_in_silence() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tozero");
    answered(&folder, 120);
    let path = folder.join("progress.sqlite3");
    let sound = std::fs::read(&path).unwrap();
    let whole = contents(&folder);
    assert_eq!(whole.len(), 120);
    let mut rng = Rng::new(11);
    let (mut told, mut recovered) = (0, 0);
    for flip in 0..FLIPS {
        let bit = rng.below(sound.len() * 8);
        let mut bytes = sound.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(&path, &bytes).unwrap();
        let keys = PackKeys::new("serverless");
        let looked = look(&folder, DesiredRecall::default(), &keys);
        let loaded = store(&folder).load();
        let Some(notice) = loaded.notice else {
            let (seen, said) = looked.unwrap();
            assert_eq!(said, None, "flip {flip}, bit {bit}");
            assert_eq!(seen.totals.reviews, 118, "flip {flip}, bit {bit}");
            assert!(contents(&folder) == whole, "flip {flip}, bit {bit}: silent");
            continue;
        };
        told += 1;
        if loaded.progress.totals.reviews > 0 && notice.contains("newer version") {
            continue;
        }
        let found = contents(&folder);
        for (id, stored) in &found {
            let changed = whole.get(id).is_none_or(|one| one.review != stored.review);
            assert!(!changed, "flip {flip}, bit {bit}: changed {stored:?}");
        }
        let lost = whole.len() - found.len();
        if let Some(said) = told_lost(&notice) {
            assert_eq!(said, lost, "flip {flip}, bit {bit}: {notice}");
        } else {
            assert!(
                notice.contains("not known"),
                "flip {flip}, bit {bit}: {notice}"
            );
        }
        recovered += usize::from(lost <= 1);
        assert!(
            lost <= 40,
            "flip {flip}, bit {bit}: a page at most: {notice}"
        );
    }
    assert!(told > FLIPS / 8, "the test has teeth: {told} of {FLIPS}");
    assert!(recovered * 10 >= told * 8, "{recovered} of {told}");
}

/// Every byte at which a record can be cut, in steps that meet pages and what lies between them.
#[test]
fn no_cut_loses_an_answer_in_silence() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tozero");
    answered(&folder, 120);
    let path = folder.join("progress.sqlite3");
    let sound = std::fs::read(&path).unwrap();
    for length in (0..sound.len()).step_by(1024) {
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(&path, &sound[..length]).unwrap();
        let loaded = store(&folder).load();
        // Of a length of nothing, without a copy, nobody can know that anything was there.
        assert_eq!(loaded.notice.is_some(), length > 0, "{length}");
        if let Some(said) = loaded.notice.as_deref().and_then(told_lost) {
            assert_eq!(said, 120 - contents(&folder).len(), "{length}");
        }
    }
}
