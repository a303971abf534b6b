//! Records that are put back by several at once, and repairs beside a copy that is not ours to replace.

use std::fs;
use std::sync::Barrier;
use std::thread;

use crate::clock;
use crate::core::progress::StorageState;
use crate::store::record::{self, HeldRows};
use crate::store::tests::{adds, answers, at, folder, names, reviews, state, store};
use crate::store::{backup, file, repair};

/// The one that is ready first has its record open when the other comes to it: the log stays with its record.
#[test]
fn of_two_that_put_a_record_back_neither_takes_the_log_of_the_other() {
    let all = answers(400);
    for round in 0..12 {
        let folder = folder();
        let both = Barrier::new(2);
        let saved = |count: usize| {
            let held = HeldRows {
                reviews: all[..count].to_vec(),
                ..HeldRows::default()
            };
            both.wait();
            repair::put_back(&state(&folder), &held).unwrap();
            let mut open = record::write(&state(&folder)).unwrap();
            record::add(&mut open, &held).unwrap();
            open
        };
        let opened = thread::scope(|threads| {
            let many = threads.spawn(|| saved(400));
            let one = threads.spawn(|| saved(1));
            [many.join().unwrap(), one.join().unwrap()]
        });
        let in_place = opened.each_ref().map(|o| o.is_in_place(&state(&folder)));
        assert_eq!(in_place, [true; 2], "round {round}: {:?}", names(&folder));
        drop(opened);
        assert_eq!(reviews(&folder), 400, "round {round}");
    }
}

/// Nothing is changed beside a copy that a newer program has made, or that cannot be read now: it may hold what is lost.
#[test]
fn a_copy_that_is_not_ours_to_replace_holds_a_repair_up() {
    let check = |hinder: &dyn Fn(&std::path::Path), expected: &str| {
        // Beside a folder an empty record is a new one: nothing says that answers were kept.
        let damages = [&b"damaged"[..], b""];
        let is_file = expected.starts_with("its last copy");
        for damage in damages.into_iter().take(1 + usize::from(is_file)) {
            let folder = folder();
            store(&folder).apply(adds(&answers(20))).unwrap();
            backup::backup(&state(&folder), clock::now()).unwrap();
            let [record, copy] = [file::NAME, file::BACKUP].map(|name| at(&folder, name));
            fs::write(&record, damage).unwrap();
            hinder(&copy);
            let before = (names(&folder), fs::read(&copy).ok());
            let loaded = store(&folder).load();
            let said = loaded.notice.unwrap_or_default();
            assert!(
                said.starts_with(&format!("not saved: {expected}")),
                "{said}"
            );
            assert_ne!(loaded.storage, StorageState::Kept);
            assert_eq!((names(&folder), fs::read(&copy).ok()), before, "{said}");
            assert_eq!(fs::read(&record).unwrap(), damage);
        }
    };
    check(
        &|copy| {
            let mut bytes = fs::read(copy).unwrap();
            bytes[60..64].copy_from_slice(&[0, 0, 0, 9]);
            fs::write(copy, bytes).unwrap();
        },
        "its last copy was written by a newer version of tozero",
    );
    check(
        &|copy| fs::create_dir(file::sidecar(copy, "-wal")).unwrap(),
        "its last copy is kept, but cannot be read: ",
    );
    check(
        &|copy| {
            fs::remove_file(copy).unwrap();
            fs::create_dir(copy).unwrap();
        },
        "something else stands where its copy should be",
    );
}
