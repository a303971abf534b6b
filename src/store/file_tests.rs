//! The record's file: how it is opened, locked and kept safe.

use super::*;
use crate::core::progress::StorageState;
use crate::store::record::write;
use crate::store::tests::{adds, answers, at, folder, one_more, reviews, state, store};

#[test]
fn every_answer_is_synced() {
    let folder = folder();
    let open = write(&state(&folder)).unwrap();
    let mode: String = open
        .connection
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    let full: i64 = open
        .connection
        .query_row("PRAGMA synchronous", [], |row| row.get(0))
        .unwrap();
    assert_eq!(full, 2, "a power cut loses nothing that was acknowledged");
}

#[test]
fn other_files_are_no_records() {
    let folder = folder();
    std::fs::create_dir(state(&folder)).unwrap();
    let check = |bytes: &[u8], expected: &str| {
        std::fs::write(state(&folder).join(NAME), bytes).unwrap();
        let found = write(&state(&folder)).map(drop);
        assert_eq!(
            found.map_err(|e| e.why().to_string()),
            Err(expected.to_owned())
        );
    };
    check(b"a note", "the record is damaged: it is not a database");
    check(&[b'x'; 200], "the record is damaged: its head is wrong");
    std::fs::remove_file(state(&folder).join(NAME)).unwrap();
    let other = Connection::open(state(&folder).join(NAME)).unwrap();
    other.execute_batch("CREATE TABLE reviews (n)").unwrap();
    drop(other);
    let found = write(&state(&folder)).map(drop);
    assert_eq!(
        found,
        Err(StoreError::damaged("it is not a record of tozero"))
    );
    std::fs::remove_file(state(&folder).join(NAME)).unwrap();
    std::fs::create_dir(state(&folder).join(NAME)).unwrap();
    let found = write(&state(&folder)).map(drop);
    let expected = StoreError::refused("something else stands where the record should be");
    assert_eq!(found, Err(expected));
}

#[test]
fn a_record_that_lacks_a_part_is_damaged() {
    let check = |drop_it: &str| {
        let folder = folder();
        let open = write(&state(&folder)).unwrap();
        open.connection.execute_batch(drop_it).unwrap();
        drop(open);
        let found = write(&state(&folder)).map(drop);
        assert_eq!(
            found,
            Err(StoreError::damaged("a part of it is missing")),
            "{drop_it}"
        );
    };
    check("DROP TABLE voids");
    check("DROP TABLE shelf");
    check("DROP TRIGGER void_added");
    check("ALTER TABLE reviews DROP COLUMN chosen");
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
        let refused = (0..1_000)
            .filter(|_| lock(folder.path(), true).is_err())
            .count();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(refused, 0, "times refused");
    });
}

#[test]
fn whoever_writes_keeps_others_from_setting_it_aside() {
    let folder = folder();
    let open = write(&state(&folder)).unwrap();
    let refused = lock(&state(&folder), true).map(drop);
    assert_eq!(
        refused,
        Err(StoreError::refused(
            "another copy of tozero holds the record"
        ))
    );
    assert!(lock(&state(&folder), false).is_ok(), "others may write");
    drop(open);
    assert!(lock(&state(&folder), true).is_ok());
}

/// A link that waits where a file is to be made is not followed, and no file that is there is written into.
#[test]
fn what_is_made_is_made_anew() {
    let folder = folder();
    let (link, aim) = (folder.path().join("link"), folder.path().join("aim"));
    std::os::unix::fs::symlink(&aim, &link).unwrap();
    assert!(create(&link).is_err());
    assert!(!aim.exists());
    create(&aim).unwrap();
    assert!(create(&aim).is_err());
}

/// Pipes, folders and links where files of ours should be keep nobody waiting.
#[test]
fn what_is_no_file_is_refused_at_once() {
    use rustix::fs::{CWD, Mode, mkfifoat};
    let pipe = |path: &Path| mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR).unwrap();
    let dir = |path: &Path| std::fs::create_dir(path).unwrap();
    let link = |path: &Path| std::os::unix::fs::symlink("/dev/zero", path).unwrap();
    let record = "something else stands where the record should be";
    let check = |name: &str, place: &dyn Fn(&Path), expected: &str| {
        let folder = folder();
        std::fs::create_dir(state(&folder)).unwrap();
        place(&at(&folder, name));
        let said = write(&state(&folder)).map(drop).map_err(|e| e.why());
        assert_eq!(said.unwrap_err().as_str(), expected, "{name}");
    };
    let lock = "something else stands where its lock should be";
    for (name, expected) in [
        (LOCK, lock),
        (NAME, record),
        ("progress.sqlite3-wal", record),
    ] {
        check(name, &pipe, expected);
        check(name, &dir, expected);
        check(name, &link, expected);
    }
}

#[test]
fn a_place_that_cannot_be_written_is_known_without_trying() {
    let folder = folder();
    let check = |path: &str, expected: Result<(), &'static str>| {
        let found = may_be_made(&folder.path().join(path));
        assert_eq!(found, expected.map_err(StoreError::refused), "{path}");
        assert!(!folder.path().join("new").exists());
    };
    std::fs::write(folder.path().join("file"), "").unwrap();
    check("new", Ok(()));
    check("new/deeper", Ok(()));
    check(
        "file/deeper",
        Err("something else stands where its folder should be"),
    );
}

/// Whoever opens the record with other tools may set it so that it gives free pages back.
#[test]
fn a_record_that_shrinks_by_itself_is_sound() {
    let folder = folder();
    store(&folder).apply(adds(&answers(400))).unwrap();
    let path = at(&folder, NAME);
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = FULL; VACUUM;")
        .unwrap();
    drop(other);
    let head = std::fs::read(&path).unwrap();
    assert_ne!(head[52..56], [0; 4], "its head says so");
    let loaded = store(&folder).load();
    assert_eq!((loaded.storage, loaded.notice), (StorageState::Kept, None));
    assert_eq!(loaded.progress.totals.reviews, 400);
    store(&folder).apply([one_more()]).unwrap();
    assert_eq!(reviews(&folder), 401);
}
