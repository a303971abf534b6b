//! The store against a disk that fails, copies that compete, and files that lie.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::core::progress::{ReviewOutcome, SavedQuestion};
use crate::text::Rng;
use crate::text::timestamp::DAY;

const DESIRED: fn() -> DesiredRecall = DesiredRecall::default;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn store(folder: &TempDir) -> Store {
    Store::new(Some(folder.path().join("tozero")), DESIRED())
}

fn at(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join("tozero").join(name)
}

fn review(n: u128, question: &str, outcome: ReviewOutcome, day: i32) -> Review {
    let now = Timestamp {
        at: i64::from(day) * DAY + 40_000,
        day,
    };
    Review {
        chosen: vec!["a choice".to_owned()],
        ..Review::new(
            ReviewId(n),
            question,
            outcome,
            n.is_multiple_of(3),
            now,
            n as u64 / 10,
        )
    }
}

fn answers(count: u128) -> Vec<Review> {
    let outcome = |n: u128| {
        if n.is_multiple_of(4) {
            ReviewOutcome::Wrong
        } else {
            ReviewOutcome::Right
        }
    };
    (1..=count)
        .map(|n| {
            review(
                n,
                ["cold-start", "idle", "scale"][n as usize % 3],
                outcome(n),
                20_000 + n as i32 / 5,
            )
        })
        .collect()
}

fn keep(reviews: &[Review]) -> Vec<Change> {
    reviews.iter().cloned().map(Change::Keep).collect()
}

/// What a record says, without what it remembers for undoing.
fn told(record: &Progress) -> String {
    format!("{:?} {:?}", record.known, record.facts)
}

fn names(folder: &TempDir) -> Vec<String> {
    let read = fs::read_dir(folder.path().join("tozero"))
        .into_iter()
        .flatten();
    let mut names: Vec<String> = read
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_kept_is_there_again() {
    let folder = folder();
    let all = answers(30);
    let mut first = store(&folder);
    first.apply(keep(&all)).unwrap();
    first
        .apply([Change::Keep(all[3].clone()), Change::Undo(ReviewId(5))])
        .unwrap();
    let others: Vec<Review> = all.into_iter().filter(|r| r.id != ReviewId(5)).collect();
    let mut expected = Progress::new(DESIRED());
    others.iter().for_each(|r| expected.keep(r));
    let again = store(&folder).recall();
    assert_eq!(
        (told(&again.record), again.memory, again.said),
        (told(&expected), StorageState::Kept, None)
    );
    assert_eq!(
        told(&look(&folder.path().join("tozero"), DESIRED()).unwrap()),
        told(&expected)
    );
    assert_eq!(again.record.sessions, 4);
}

#[test]
fn looking_makes_no_file_and_what_is_made_is_private() {
    let folder = folder();
    let mut store = store(&folder);
    assert_eq!(store.recall().memory, StorageState::Kept);
    look(&folder.path().join("tozero"), DESIRED()).unwrap();
    assert!(
        !folder.path().join("tozero").exists(),
        "nothing is made by looking"
    );
    store.apply(keep(&answers(3))).unwrap();
    let mode = |name: &str| {
        fs::metadata(at(&folder, name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        (mode(""), mode(file::NAME), mode("progress.sqlite3-wal")),
        (0o700, 0o600, 0o600)
    );
    drop(store);
    let before = names(&folder);
    look(&folder.path().join("tozero"), DESIRED()).unwrap();
    assert_eq!(names(&folder), before);
    assert_eq!(before, ["progress.lock", file::NAME], "no log stays behind");
}

#[test]
fn every_answer_is_synced() {
    let folder = folder();
    let open = file::write(&folder.path().join("tozero")).unwrap();
    let pragma = |name: &str| {
        open.connection
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, String>(0))
    };
    assert_eq!(pragma("journal_mode").unwrap(), "wal");
    let full: i64 = open
        .connection
        .query_row("PRAGMA synchronous", [], |row| row.get(0))
        .unwrap();
    assert_eq!(full, 2, "a power cut loses nothing that was acknowledged");
}

#[test]
fn sessions_wait_on_the_shelf() {
    let folder = folder();
    let stop = SavedQuestion {
        question: "idle".to_owned(),
        round: 1,
        review: Some(ReviewId(9)),
        outcome: Some(ReviewOutcome::Partly),
        sure: true,
        chosen: vec!["x > y".to_owned()],
    };
    let shelved = |session| SavedSession {
        session,
        seed: u64::MAX,
        asked: "--topic billing".to_owned(),
        stops: vec![
            stop.clone(),
            SavedQuestion {
                review: None,
                outcome: None,
                ..stop.clone()
            },
        ],
        done: 1,
    };
    let mut first = store(&folder);
    first
        .apply([
            Change::Shelve(shelved(3)),
            Change::Shelve(shelved(u64::MAX)),
        ])
        .unwrap();
    let found = |folder| store(folder).recall().record.shelved.clone();
    assert!(found(&folder).is_some_and(|s| s == shelved(s.session)));
    first.apply([Change::Unshelve(u64::MAX)]).unwrap();
    assert_eq!(found(&folder), Some(shelved(3)));
    first.apply([Change::Unshelve(3)]).unwrap();
    assert_eq!(found(&folder), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Batches of answers and voids, in any order and with a cache written in between, come to the same as all of them at
    /// once.
    #[test]
    fn the_cache_goes_on_as_if_everything_were_read_anew(seed: u64) {
        let folder = folder();
        let mut rng = Rng::new(seed);
        let mut all = answers(40);
        all.iter_mut().for_each(|r| r.order = r.at + i64::try_from(r.id.0).unwrap());
        // Taken from the end: in their order, or in none.
        all.reverse();
        if seed.is_multiple_of(2) {
            rng.shuffle(&mut all);
        }
        let mut open = file::write(&folder.path().join("tozero")).unwrap();
        let mut gone = Vec::new();
        while !all.is_empty() {
            let mut batch = all.split_off(all.len().saturating_sub(1 + rng.below(9)));
            batch.reverse();
            let mut adder = rows::ReviewInserter::new(&open.connection).unwrap();
            batch.iter().for_each(|r| assert!(adder.add(r).unwrap()));
            drop(adder);
            if rng.below(2) == 0 {
                // Some that are there, and some that come later.
                let id = ReviewId(1 + rng.below(40) as u128);
                rows::void(&open.connection, id).unwrap();
                gone.push(id);
            }
            let (cache, _) = replay::fold(&open.connection).unwrap();
            prop_assert_eq!(&cache, &replay::whole(&open.connection).unwrap().0);
            if rng.below(2) == 0 {
                replay::store(&open.connection, &cache).unwrap();
                prop_assert_eq!(replay::fold(&open.connection).unwrap(), (cache, 0));
            }
        }
        let mut expected = answers(40);
        expected.iter_mut().for_each(|r| r.order = r.at + i64::try_from(r.id.0).unwrap());
        expected.retain(|r| !gone.contains(&r.id));
        let found = record(&mut open.connection, DESIRED()).unwrap().0;
        prop_assert_eq!(told(&found), told(&Progress::of(DESIRED(), expected)));
    }
}

#[test]
fn a_cache_of_other_reviews_is_not_believed() {
    let folder = folder();
    store(&folder).apply(keep(&answers(9))).unwrap();
    let open = file::write(&folder.path().join("tozero")).unwrap();
    let (whole, _) = replay::whole(&open.connection).unwrap();
    let check = |spoil: &dyn Fn(&mut cache::Cache)| {
        let mut other = whole.clone();
        spoil(&mut other);
        replay::store(&open.connection, &other).unwrap();
        assert_eq!(replay::fold(&open.connection).unwrap(), (whole.clone(), 9));
    };
    check(&|c| c.last ^= 1);
    check(&|c| c.reviews += 1);
    let bytes = whole.encode();
    for at in 0..bytes.len() {
        let mut other = bytes.clone();
        other[at] ^= 0x10;
        assert_eq!(cache::Cache::decode(&other), None, "byte {at}");
        assert_eq!(cache::Cache::decode(&bytes[..at]), None, "length {at}");
    }
    assert_eq!(cache::Cache::decode(&bytes), Some(whole));
}

#[test]
fn a_daily_backup_is_made_and_checked() {
    let folder = folder();
    let state = folder.path().join("tozero");
    let mut first = store(&folder);
    first.apply(keep(&answers(20))).unwrap();
    let now = platform::now();
    assert_eq!(backup::backup(&state, now), Ok(true));
    assert_eq!(backup::backup(&state, now), Ok(false), "once a day");
    let count = |name: &str| import::read(&at(&folder, name)).unwrap().len();
    assert_eq!(count(backup::BACKUP), 20);
    // A day later with less in it: the old copy stays, under a dated name.
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(90_000);
    fs::File::options()
        .write(true)
        .open(at(&folder, backup::BACKUP))
        .unwrap()
        .set_modified(old)
        .unwrap();
    let forgotten = reset::forget(&state, Some("idle")).unwrap();
    assert_eq!(backup::backup(&state, now), Ok(true));
    let dated = names(&folder)
        .into_iter()
        .find(|n| n.starts_with("progress.backup-"))
        .expect("a dated backup");
    assert_eq!(
        (count(&dated), count(backup::BACKUP)),
        (20, 20 - forgotten.reviews)
    );
    assert!(forgotten.reviews > 5 && count(&forgotten.copy.to_string_lossy()) == 20);
}

/// Spoils the record's bytes, and gives what opening it says and what is then known.
fn spoiled(backup: bool, spoil: impl Fn(&mut Vec<u8>)) -> (LoadedProgress, TempDir) {
    let folder = folder();
    let mut first = store(&folder);
    first.apply(keep(&answers(40))).unwrap();
    if backup {
        assert_eq!(first.back_up(), Ok(true));
    }
    drop(first);
    let path = at(&folder, file::NAME);
    let mut bytes = fs::read(&path).unwrap();
    spoil(&mut bytes);
    fs::write(&path, &bytes).unwrap();
    let recalled = store(&folder).recall();
    let kept = names(&folder)
        .into_iter()
        .find(|n| n.starts_with("progress.damaged-") && n.ends_with(".sqlite3"));
    if recalled
        .said
        .as_ref()
        .is_some_and(|s| s.contains("damaged"))
    {
        assert_eq!(
            fs::read(at(&folder, &kept.expect("the damaged file is kept"))).unwrap(),
            bytes
        );
    }
    (recalled, folder)
}

#[test]
fn a_damaged_record_is_set_aside_and_the_backup_used() {
    let check = |backup, spoil: &dyn Fn(&mut Vec<u8>), known: i64, said: &str| {
        let (recalled, folder) = spoiled(backup, spoil);
        let words = recalled.said.map(|s| s.to_string()).unwrap_or_default();
        assert!(words.contains(said), "{words}");
        assert_eq!(
            (recalled.record.facts.reviews, recalled.memory),
            (known, StorageState::Kept),
            "{words}"
        );
        let mut again = store(&folder);
        again
            .apply([Change::Keep(review(
                99,
                "idle",
                ReviewOutcome::Right,
                20_100,
            ))])
            .unwrap();
        let recalled = again.recall();
        assert_eq!(
            (recalled.record.facts.reviews, recalled.said),
            (known + 1, None),
            "it goes on"
        );
    };
    check(true, &|b| b.truncate(100), 40, "the copy of 20");
    check(
        true,
        &|b| b.fill(0),
        40,
        "the record was damaged and is kept as progress.damaged-",
    );
    check(true, &|b| b[..40].fill(0xff), 40, "is used");
    check(false, &|b| b[..40].fill(0xff), 0, "it begins anew");
    check(
        false,
        &|b| b[68..72].copy_from_slice(&[0, 0, 0, 1]),
        0,
        "it begins anew",
    );
    check(
        true,
        &|b| b[55] = 1,
        40,
        "the record was damaged and is kept as progress.damaged-",
    );
    check(
        true,
        &|b| b[18] = 3,
        40,
        "the record was damaged and is kept as progress.damaged-",
    );
    check(true, &|b| b.extend_from_slice(&[]), 40, "");
}

/// A program that is being started has a copy of every open file for an instant, locks and all.
#[test]
fn programs_that_start_are_not_other_copies() {
    let folder = folder();
    let done = std::sync::atomic::AtomicBool::new(false);
    let ended = || done.load(std::sync::atomic::Ordering::Relaxed);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !ended() {
                std::process::Command::new("true").status().unwrap();
            }
        });
        let refused = (0..2_000)
            .filter(|_| file::lock(folder.path(), true).is_err())
            .count();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(refused, 0, "times refused");
    });
}

#[test]
fn no_bit_of_the_head_stops_the_quiz() {
    // Bits 480 to 511 say which form of ours it has; with a newer one it is left alone.
    for bit in (0..480).chain(512..800) {
        let (recalled, folder) = spoiled(true, |bytes| bytes[bit / 8] ^= 1 << (bit % 8));
        assert!(recalled.memory != StorageState::Unsaved, "bit {bit}");
        if recalled.memory == StorageState::Kept {
            let kept = store(&folder).apply([Change::Keep(review(
                77,
                "idle",
                ReviewOutcome::Right,
                20_100,
            ))]);
            assert!(kept.is_ok(), "bit {bit}: {kept:?}");
        }
    }
}

#[test]
fn a_record_that_shrinks_by_itself_is_sound() {
    let folder = folder();
    store(&folder).apply(keep(&answers(400))).unwrap();
    let path = at(&folder, file::NAME);
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = FULL; VACUUM;")
        .unwrap();
    drop(other);
    assert_ne!(fs::read(&path).unwrap()[52..56], [0; 4], "its head says so");
    let recalled = store(&folder).recall();
    assert_eq!(
        (
            recalled.record.facts.reviews,
            recalled.said,
            recalled.memory
        ),
        (400, None, StorageState::Kept)
    );
    let later = review(401, "idle", ReviewOutcome::Right, 20_100);
    store(&folder).apply([Change::Keep(later)]).unwrap();
    assert_eq!(store(&folder).recall().record.facts.reviews, 401);
}

#[test]
fn what_can_be_read_of_a_damaged_record_is_not_lost() {
    let folder = folder();
    let mut first = store(&folder);
    first.apply(keep(&answers(40))).unwrap();
    assert_eq!(first.back_up(), Ok(true));
    let later: Vec<Review> = answers(400).split_off(40);
    first.apply(keep(&later)).unwrap();
    drop(first);
    let path = at(&folder, file::NAME);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xaa);
    fs::write(&path, bytes).unwrap();
    let recalled = store(&folder).recall();
    let said = recalled.said.unwrap().to_string();
    assert!(said.contains("answers were read from it"), "{said}");
    assert!(
        recalled.record.facts.reviews > 200,
        "{said}: {}",
        recalled.record.facts.reviews
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Cut anywhere, a bit flipped anywhere, random bytes: opening never fails to give a record, and what it sets aside
    /// it keeps.
    #[test]
    fn no_bytes_stop_the_quiz(kind in 0..3, place in 0.0..1.0_f64, seed: u64) {
        let (recalled, folder) = spoiled(true, |bytes| {
            let at = (place * bytes.len() as f64) as usize;
            let mut rng = Rng::new(seed);
            match kind {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 1 << rng.below(8),
                _ => bytes.iter_mut().for_each(|b| *b = rng.draw() as u8),
            }
        });
        let told = recalled.said.clone().unwrap_or_default();
        prop_assert!(recalled.memory != StorageState::Unsaved, "{}", told);
        if recalled.memory == StorageState::Kept {
            store(&folder).apply([Change::Keep(review(77, "idle", ReviewOutcome::Right, 20_100))]).unwrap();
        }
    }
}

#[test]
fn a_newer_record_is_read_and_left() {
    let (recalled, folder) = spoiled(true, |bytes| bytes[60..64].copy_from_slice(&[0, 0, 0, 9]));
    assert_eq!(recalled.memory, StorageState::ReadOnly);
    assert!(recalled.said.unwrap().contains("newer version"));
    let before = fs::read(at(&folder, file::NAME)).unwrap();
    let mut store = store(&folder);
    assert_eq!(store.apply(keep(&answers(1))), Err(StoreError::Newer));
    assert_eq!(
        store.recall().record.facts.reviews,
        41,
        "what is there, and what could not be written"
    );
    assert_eq!(fs::read(at(&folder, file::NAME)).unwrap(), before);
}

#[test]
fn without_a_place_the_quiz_goes_on_and_tries_again() {
    let mut nowhere = Store::new(None, DESIRED());
    assert_eq!(nowhere.recall().memory, StorageState::Unsaved);
    assert_eq!(nowhere.apply(keep(&answers(2))), Err(StoreError::NoFolder));
    assert_eq!(nowhere.recall().record.facts.reviews, 2);

    let folder = folder();
    fs::write(folder.path().join("tozero"), "in the way").unwrap();
    let mut store = store(&folder);
    let recalled = store.recall();
    assert!(
        recalled.memory == StorageState::Unsaved
            && recalled
                .said
                .unwrap()
                .starts_with("not saved: something else stands")
    );
    let all = answers(5);
    assert!(store.apply(keep(&all[..2])).is_err());
    assert!(store.apply(keep(&all[2..3])).is_err());
    assert_eq!(
        (store.waiting().len(), store.recall().record.facts.reviews),
        (3, 3)
    );
    fs::remove_file(folder.path().join("tozero")).unwrap();
    store.apply(keep(&all[3..])).unwrap();
    assert_eq!(
        (store.waiting().len(), store.recall().record.facts.reviews),
        (0, 5)
    );
}

#[test]
fn a_link_stays_a_link() {
    let (folder, other) = (folder(), tempfile::tempdir().unwrap());
    fs::create_dir(folder.path().join("tozero")).unwrap();
    std::os::unix::fs::symlink(other.path().join("real.sqlite3"), at(&folder, file::NAME)).unwrap();
    fs::write(other.path().join("real.sqlite3"), [7; 5000]).unwrap();
    let recalled = store(&folder).recall();
    assert!(recalled.said.is_some() && recalled.memory == StorageState::Kept);
    store(&folder).apply(keep(&answers(2))).unwrap();
    assert!(at(&folder, file::NAME).is_symlink());
    assert_eq!(store(&folder).recall().record.facts.reviews, 2);
}

#[test]
fn the_clerk_writes_everything_before_it_closes() {
    let folder = folder();
    let (sender, told) = std::sync::mpsc::channel();
    let clerk =
        writer::StoreThread::start(store(&folder), move |msg| drop(sender.send(msg))).unwrap();
    clerk.recall();
    answers(50)
        .into_iter()
        .for_each(|review| clerk.change(Change::Keep(review)));
    assert_eq!(clerk.close(), 0);
    let kept = told
        .try_iter()
        .filter(|m| matches!(m, crate::app::msg::Msg::Kept(_, None)))
        .count();
    assert_eq!(kept, 50);
    assert_eq!(
        look(&folder.path().join("tozero"), DESIRED())
            .unwrap()
            .facts
            .reviews,
        50
    );
}

#[test]
fn exports_come_back_whole_and_only_once() {
    let folder = folder();
    let state = folder.path().join("tozero");
    let mut all = answers(12);
    all[2].chosen = vec![
        "naïve \u{202e} \"quoted\"\t\u{7f}".to_owned(),
        String::new(),
    ];
    all[3].lens = Some("no-knobs".to_owned());
    let mut first = store(&folder);
    first.apply(keep(&all)).unwrap();
    first.apply([Change::Undo(ReviewId(4))]).unwrap();
    let mut text = String::new();
    export::json(Some(&state), |piece| {
        text.push_str(piece);
        Ok(())
    })
    .unwrap();
    assert!(text.is_ascii() && text.lines().count() == 14, "{text}");
    let found = import::parse(&text).unwrap();
    let nothing_new = import::merge(&state, &found).unwrap();
    assert_eq!(
        nothing_new,
        import::Imported {
            known: 12,
            ..Default::default()
        }
    );
    let other = tempfile::tempdir().unwrap();
    let there = other.path().join("tozero");
    assert_eq!(
        import::merge(&there, &found).unwrap(),
        import::Imported {
            added: 12,
            undone: 1,
            ..Default::default()
        }
    );
    let (here, there) = (
        look(&state, DESIRED()).unwrap(),
        look(&there, DESIRED()).unwrap(),
    );
    assert_eq!(told(&here), told(&there));
}

#[test]
fn a_file_with_a_mistake_says_where_and_changes_nothing() {
    let line = |change: &str, to: &str| {
        let line = r#"{"id":"00000000000000000000000000000001","question":"idle","lens":null,"at":1728000040000,"day":20000,"outcome":"right","sure":true,"grade":"good","chosen":[],"session":1,"order":1728000040000,"undone":false}"#;
        assert!(line.contains(change));
        format!(
            "{{\"tozero\":1,\"kind\":\"progress\",\"reviews\":[\n{}\n]}}\n",
            line.replace(change, to)
        )
    };
    let check = |text: &str, expected: &[&str]| {
        let wrong = import::parse(text).map(|f| f.len()).unwrap_err();
        let told: Vec<String> = wrong
            .iter()
            .map(|w| {
                format!(
                    "{}: {}{}",
                    w.place,
                    w.what,
                    w.help
                        .as_ref()
                        .map(|h| format!(" ({h})"))
                        .unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(told, expected);
    };
    assert_eq!(import::parse(&line("idle", "idle")).unwrap().len(), 1);
    let takes = "(import takes what `tozero export` has written, or a copy of the record)";
    check(
        "",
        &[&format!(
            "line 1, column 0: EOF while parsing a value {takes}"
        )],
    );
    let short = line(",\"day\":20000", "");
    let end = short.lines().nth(1).map_or(0, str::len);
    check(
        &short,
        &[&format!(
            "line 2, column {end}: missing field `day` {takes}"
        )],
    );
    check(
        &line("right", "rigth"),
        &["review 1: there is no outcome rigth (did you mean right?)"],
    );
    check(
        &line("\"good\"", "\"easier\""),
        &["review 1: there is no grade easier (one of again, hard, good, easy)"],
    );
    check(
        &line("good", "again"),
        &["review 1: its grade does not fit its outcome"],
    );
    check(
        &line("\"good\"", "null"),
        &["review 1: an answer has a grade, and nothing else has"],
    );
    check(
        &line("0000001\"", "1\""),
        &["review 1: 00000000000000000000000001 is no id (an id is 32 digits from 0 to f)"],
    );
    check(
        &line("idle", "../idle"),
        &["review 1: ../idle is no question's id"],
    );
    check(
        &line("20000,", "20009,"),
        &["review 1: its day and its time are more than two days apart"],
    );
    check(
        &line("1728000040000,\"undone\"", "5,\"undone\""),
        &["review 1: its order is before its time or far behind it"],
    );
    check(
        "id,question,lens\n",
        &[
            "line 1, column 1: expected value (a CSV file is for spreadsheets; export with `--format json` to import again)",
        ],
    );
    check(
        r#"{"tozero":2,"kind":"progress","reviews":[]}"#,
        &[
            ": it is of version 2; this program reads version 1 (import it with the program that wrote it)",
        ],
    );
    let twice = line("idle", "idle").replace(
        "\n]",
        &format!(",{}\n]", line("true", "false").lines().nth(1).unwrap()),
    );
    assert!(
        import::parse(&twice).unwrap_err()[0]
            .what
            .contains("same id and differ")
    );
}
