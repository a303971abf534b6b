//! Copies of the record, and records that are damaged in every way.

use std::fs;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use tempfile::TempDir;

use crate::clock;
use crate::core::progress::{Change, LastCopy, Review, ReviewId, StorageState};
use crate::store::backup::BackupOutcome;
use crate::store::keys::bundled;
use crate::store::tests::{
    DESIRED, adds, answers, at, folder, keys, looked, names, one_more, reviews, spoiled, state,
    store,
};
use crate::store::{StoreError, backup, file, import, reset};
use crate::text::Rng;

/// Makes a file look as if it had been written so many seconds ago.
fn age(folder: &TempDir, name: &str, seconds: u64) {
    let file = fs::File::options()
        .write(true)
        .open(at(folder, name))
        .unwrap();
    let then = SystemTime::now() - Duration::from_secs(seconds);
    file.set_modified(then).unwrap();
}

/// Reviews in a copy.
fn count(folder: &TempDir, name: &str) -> usize {
    import::read(&at(folder, name)).unwrap().len()
}

#[test]
fn a_daily_backup_is_made_and_checked() {
    let folder = folder();
    let now = clock::now();
    let backup = || backup::backup(&state(&folder), now);
    assert_eq!(
        backup(),
        Ok(BackupOutcome::NotDue),
        "there is nothing to copy"
    );
    store(&folder).apply(adds(&answers(20))).unwrap();
    assert_eq!(backup(), Ok(BackupOutcome::Made));
    assert_eq!(count(&folder, file::BACKUP), 20);
    store(&folder).apply([one_more()]).unwrap();
    assert_eq!(backup(), Ok(BackupOutcome::NotDue), "once a day");
    age(&folder, file::BACKUP, 90_000);
    assert_eq!(backup(), Ok(BackupOutcome::Made));
    assert_eq!(
        count(&folder, file::BACKUP),
        21,
        "the newer takes its place"
    );
}

#[test]
fn a_backup_with_more_in_it_is_not_replaced() {
    let folder = folder();
    store(&folder).apply(adds(&answers(20))).unwrap();
    backup::backup(&state(&folder), clock::now()).unwrap();
    let forgotten = reset::forget(&state(&folder), &[bundled()], Some("idle")).unwrap();
    age(&folder, file::BACKUP, 90_000);
    assert_eq!(
        backup::backup(&state(&folder), clock::now()),
        Ok(BackupOutcome::Made)
    );
    let dated = |n: &String| n.starts_with("progress.backup-");
    let dated = names(&folder).into_iter().find(dated);
    let left = 20 - forgotten.reviews;
    assert_eq!(
        (dated, count(&folder, file::BACKUP)),
        (None, left),
        "the dated copy has it"
    );
    let before = forgotten.copy.to_string_lossy();
    assert_eq!((forgotten.reviews, count(&folder, &before)), (7, 20));
}

#[test]
fn a_backup_with_more_in_it_than_the_record_is_kept_too() {
    let folder = folder();
    store(&folder).apply(adds(&answers(20))).unwrap();
    backup::backup(&state(&folder), clock::now()).unwrap();
    fs::rename(at(&folder, file::BACKUP), at(&folder, "kept")).unwrap();
    fs::remove_file(at(&folder, file::NAME)).unwrap();
    store(&folder).apply(adds(&answers(5))).unwrap();
    fs::rename(at(&folder, "kept"), at(&folder, file::BACKUP)).unwrap();
    age(&folder, file::BACKUP, 90_000);
    assert_eq!(
        backup::backup(&state(&folder), clock::now()),
        Ok(BackupOutcome::Made)
    );
    let dated = |n: &String| n.starts_with("progress.backup-");
    let dated = names(&folder).into_iter().find(dated).expect("a dated one");
    assert_eq!(
        (count(&folder, &dated), count(&folder, file::BACKUP)),
        (20, 5)
    );
}

/// A copy that is no good any more is told as such, is kept, and is made anew whatever its age.
#[test]
fn a_spoiled_copy_is_made_anew_at_once() {
    let check = |spoil: &dyn Fn(&std::path::Path)| {
        let folder = folder();
        store(&folder).apply(adds(&answers(20))).unwrap();
        let backup = || backup::backup(&state(&folder), clock::now()).unwrap();
        assert_eq!(backup(), BackupOutcome::Made);
        assert!(looked(&folder).last_copy.day().is_some());
        let path = at(&folder, file::BACKUP);
        spoil(&path);
        let spoiled = fs::read(&path).unwrap();
        assert_eq!(looked(&folder).last_copy, LastCopy::Damaged);
        let made = backup();
        let said = made.notice().unwrap_or_default();
        let BackupOutcome::Replaced(aside) = made else {
            panic!("{made:?}");
        };
        assert!(said.contains(&*aside.to_string_lossy()), "{said}");
        assert_eq!(fs::read(aside).unwrap(), spoiled);
        assert!(looked(&folder).last_copy.day().is_some());
        assert_eq!(count(&folder, file::BACKUP), 20);
        assert_eq!(backup(), BackupOutcome::NotDue);
    };
    check(&|path| fs::write(path, "").unwrap());
    check(&|path| fs::write(path, "garbage").unwrap());
    check(&|path| fs::write(path, &fs::read(path).unwrap()[..4096]).unwrap());
    check(&|path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[..100].fill(0);
        fs::write(path, bytes).unwrap();
    });
    check(&|path| without_count(path, "reviews", "DELETE FROM reviews WHERE n = 7"));
    check(&|path| {
        let other = rusqlite::Connection::open(path).unwrap();
        other.execute_batch("DROP TABLE voids").unwrap();
    });
    // A form of the database that is not known.
    check(&|path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[47] = 9;
        fs::write(path, bytes).unwrap();
    });
}

/// A copy that is there and is not known to be damaged is never replaced: what keeps it from being read is told.
#[test]
fn a_copy_that_cannot_be_read_is_told_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let check = |hinder: &dyn Fn(&std::path::Path), expected: &str| {
        let folder = folder();
        store(&folder).apply(adds(&answers(20))).unwrap();
        let backup = || backup::backup(&state(&folder), clock::now());
        assert_eq!(backup(), Ok(BackupOutcome::Made));
        let copy = at(&folder, file::BACKUP);
        let id = || file::ids(&copy)[0];
        let before = id();
        hinder(&copy);
        let all = names(&folder);
        for seconds in [0, 90_000] {
            // One that may not be opened stays young.
            if fs::File::open(&copy).is_ok() {
                age(&folder, file::BACKUP, seconds);
            }
            let error = backup().unwrap_err();
            let why = format!("its last copy is kept, but cannot be read: {expected}");
            assert_eq!(error, StoreError::Refused(why.into()));
            assert_eq!((id(), names(&folder)), (before, all.clone()));
        }
        let told = LastCopy::Unread(expected.to_owned().into());
        assert_eq!(looked(&folder).last_copy, told);
    };
    check(
        &|copy| fs::create_dir(file::sidecar(copy, "-wal")).unwrap(),
        "something else stands where the record should be",
    );
    // Root may open everything.
    if !rustix::process::geteuid().is_root() {
        let closed = fs::Permissions::from_mode(0o0);
        check(
            &|copy| fs::set_permissions(copy, closed.clone()).unwrap(),
            "it may not be opened",
        );
    }
}

#[test]
fn a_copy_of_a_newer_program_is_told_and_kept() {
    let folder = folder();
    store(&folder).apply(adds(&answers(20))).unwrap();
    let backup = || backup::backup(&state(&folder), clock::now());
    assert_eq!(backup(), Ok(BackupOutcome::Made));
    let copy = at(&folder, file::BACKUP);
    let mut newer = fs::read(&copy).unwrap();
    newer[60..64].copy_from_slice(&[0, 0, 0, 9]);
    fs::write(&copy, &newer).unwrap();
    store(&folder).apply([one_more()]).unwrap();
    assert_eq!(backup(), Ok(BackupOutcome::NotDue), "it is young");
    age(&folder, file::BACKUP, 90_000);
    let all = names(&folder);
    let error = backup().unwrap_err();
    assert_eq!(error, StoreError::Newer);
    let told =
        "no copy of the record was made: its last copy was written by a newer version of tozero";
    assert_eq!(backup::failed(&error).as_str(), told);
    assert_eq!((fs::read(&copy).unwrap(), names(&folder)), (newer, all));
    let forgotten = reset::forget(&state(&folder), &[bundled()], None).unwrap();
    let said = forgotten.not_renewed.unwrap();
    let why = "its last copy was written by a newer version of tozero";
    assert!(said.ends_with(why), "{said}");
}

/// Changes a file behind the back of its count of rows.
fn without_count(path: &std::path::Path, table: &str, change: &str) {
    let other = rusqlite::Connection::open(path).unwrap();
    let name = format!("{}_dropped", table.trim_end_matches('s'));
    let query = "SELECT sql FROM sqlite_schema WHERE name = ?1";
    let trigger: String = other.query_row(query, [&name], |row| row.get(0)).unwrap();
    let all = format!("DROP TRIGGER {name}; {change}; {trigger}");
    other.execute_batch(&all).unwrap();
}

/// What was forgotten is told as forgotten, whatever becomes of the last good copy, which is made anew as soon as it can be.
#[test]
fn a_copy_that_could_not_be_made_anew_is_told_and_made_later() {
    let folder = folder();
    store(&folder).apply(adds(&answers(20))).unwrap();
    backup::backup(&state(&folder), clock::now()).unwrap();
    let copy = at(&folder, file::BACKUP);
    fs::rename(&copy, at(&folder, "kept")).unwrap();
    fs::create_dir(&copy).unwrap();
    let forgotten = reset::forget(&state(&folder), &[bundled()], None).unwrap();
    assert_eq!((forgotten.reviews, reviews(&folder)), (20, 0));
    assert_eq!(count(&folder, &forgotten.copy.to_string_lossy()), 20);
    let said = forgotten.not_renewed.unwrap();
    let expected = "the last good copy still holds what was forgotten: ";
    assert!(said.starts_with(expected), "{said}");
    let why = "progress.backup.sqlite3: something else stands where its copy should be";
    assert!(said.ends_with(why), "{said}");
    fs::remove_dir(&copy).unwrap();
    fs::rename(at(&folder, "kept"), &copy).unwrap();
    let made = backup::backup(&state(&folder), clock::now());
    assert_eq!(made, Ok(BackupOutcome::Made), "young as it is");
    assert_eq!(count(&folder, file::BACKUP), 0);
}

/// What was taken back and is not known to be any more counts again: that is a loss too, and is told in numbers.
#[test]
fn what_was_taken_back_is_not_lost_in_silence() {
    let check = |spoil: &dyn Fn(&std::path::Path), told: &str, counted: i64| {
        let folder = folder();
        let mut first = store(&folder);
        first.apply(adds(&answers(9))).unwrap();
        first
            .apply([2, 3, 5].map(|n| Change::Undo(ReviewId(n))))
            .unwrap();
        drop(first);
        spoil(&at(&folder, file::NAME));
        let (_, said) = crate::store::look(&state(&folder), DESIRED(), &keys()).unwrap();
        let said = said.unwrap_or_default();
        assert!(said.ends_with(told), "{said}");
        let loaded = store(&folder).load();
        let said = loaded.notice.unwrap_or_default();
        assert!(said.ends_with(told), "{said}");
        assert_eq!(loaded.progress.totals.reviews, counted, "{said}");
    };
    let none = "no answer is lost; ";
    let all = format!("{none}3 answers that were taken back may count again");
    let one = format!("{none}1 answer that was taken back may count again");
    let page_of_voids = |path: &std::path::Path| {
        let other = rusqlite::Connection::open(path).unwrap();
        let query = "SELECT rootpage FROM sqlite_schema WHERE name = 'voids'";
        let page: u32 = other.query_row(query, [], |row| row.get(0)).unwrap();
        let page = page as usize;
        drop(other);
        let mut bytes = fs::read(path).unwrap();
        bytes[(page - 1) * 4096..page * 4096].fill(0);
        fs::write(path, bytes).unwrap();
    };
    check(&page_of_voids, &all, 9);
    let change =
        |change: &'static str| move |path: &std::path::Path| without_count(path, "voids", change);
    check(&change("DELETE FROM voids"), &all, 9);
    check(&change("DELETE FROM voids WHERE n = 2"), &one, 7);
    check(
        &change("UPDATE voids SET sum = sum + 1 WHERE n = 1"),
        &one,
        7,
    );
    check(
        &change("UPDATE voids SET sum = sum + 1 WHERE n = 1; DELETE FROM tally"),
        "how many are lost is not known; 1 answer that was taken back may count again",
        7,
    );
}

/// What is left of a record by a power cut, or by a hand: the copy is used, and it is said.
#[test]
fn an_empty_or_missing_record_beside_its_copy_is_damaged() {
    let check = |spoil: &dyn Fn(&std::path::Path), expected: &str| {
        let folder = folder();
        store(&folder).apply(adds(&answers(20))).unwrap();
        backup::backup(&state(&folder), clock::now()).unwrap();
        spoil(&at(&folder, file::NAME));
        let (seen, said) = crate::store::look(&state(&folder), DESIRED(), &keys()).unwrap();
        let said = said.unwrap_or_default();
        assert!(said.contains(expected), "{said}");
        assert_eq!(seen.totals.reviews, 20);
        let loaded = store(&folder).load();
        let said = loaded.notice.unwrap_or_default();
        assert!(said.contains("the copy of 20"), "{said}");
        assert_eq!(
            (loaded.progress.totals.reviews, loaded.storage),
            (20, StorageState::Kept)
        );
        store(&folder).apply([one_more()]).unwrap();
        assert_eq!(reviews(&folder), 21);
    };
    check(&|path| fs::write(path, "").unwrap(), "it is empty");
    check(&|path| fs::remove_file(path).unwrap(), "it is missing");
}

#[test]
fn what_was_forgotten_does_not_come_back_by_a_repair() {
    let folder = folder();
    store(&folder).apply(adds(&answers(200))).unwrap();
    backup::backup(&state(&folder), clock::now()).unwrap();
    reset::forget(&state(&folder), &[bundled()], Some("idle")).unwrap();
    let left = reviews(&folder);
    let path = at(&folder, file::NAME);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0);
    fs::write(&path, bytes).unwrap();
    let loaded = store(&folder).load();
    assert_eq!(loaded.progress.totals.reviews, left, "{:?}", loaded.notice);
}

/// Cut at every page: every row that lies before the cut is there again, without any copy.
#[test]
fn a_record_cut_at_a_page_gives_back_what_lies_before() {
    let folder = folder();
    store(&folder).apply(adds(&answers(400))).unwrap();
    let whole = fs::read(at(&folder, file::NAME)).unwrap();
    let pages = whole.len() / 4096;
    let mut last = 0;
    for page in 1..=pages {
        fs::remove_dir_all(state(&folder)).unwrap();
        fs::create_dir(state(&folder)).unwrap();
        fs::write(at(&folder, file::NAME), &whole[..page * 4096]).unwrap();
        let loaded = store(&folder).load();
        let found = loaded.progress.totals.reviews;
        assert!(found >= last, "page {page}: {found} after {last}");
        let told = loaded.notice.is_some();
        assert_eq!(told, page < pages, "page {page}");
        last = found;
    }
    assert_eq!(last, 400);
}

#[test]
fn the_log_of_a_damaged_record_is_read_too() {
    let folder = folder();
    let mut open = store(&folder);
    open.apply(adds(&answers(30))).unwrap();
    let files = [file::NAME, "progress.sqlite3-wal"].map(|name| {
        let bytes = fs::read(at(&folder, name)).unwrap();
        (name, bytes)
    });
    drop(open);
    fs::remove_dir_all(state(&folder)).unwrap();
    fs::create_dir(state(&folder)).unwrap();
    for (name, bytes) in &files {
        fs::write(at(&folder, name), bytes).unwrap();
    }
    fs::write(at(&folder, file::NAME), "").unwrap();
    let loaded = store(&folder).load();
    let said = loaded.notice.unwrap_or_default();
    assert!(
        said.contains("30 answers were read from it; no answer is lost"),
        "{said}"
    );
    assert_eq!(loaded.progress.totals.reviews, 30);
}

#[test]
fn what_killed_programs_have_left_is_removed() {
    let folder = folder();
    store(&folder).apply(adds(&answers(2))).unwrap();
    for (name, seconds) in [
        ("progress.unchecked-1-old", 7200),
        ("progress.unchecked-2-new", 60),
    ] {
        fs::write(at(&folder, name), "").unwrap();
        age(&folder, name, seconds);
    }
    backup::backup(&state(&folder), clock::now()).unwrap();
    let left = names(&folder);
    let unchecked: Vec<_> = left.iter().filter(|n| n.contains("unchecked")).collect();
    assert_eq!(unchecked, ["progress.unchecked-2-new"]);
}

#[test]
fn a_damaged_record_is_set_aside_and_the_backup_used() {
    let check = |backup, spoil: &dyn Fn(&mut Vec<u8>), known: i64, expected: &str| {
        let (loaded, folder) = spoiled(backup, spoil);
        let notice = loaded.notice.unwrap_or_default();
        assert!(notice.contains(expected), "{notice}");
        let found = (loaded.progress.totals.reviews, loaded.storage);
        assert_eq!(found, (known, StorageState::Kept), "{notice}");
        let mut again = store(&folder);
        again.apply([one_more()]).unwrap();
        let loaded = again.load();
        let found = (loaded.progress.totals.reviews, loaded.notice);
        assert_eq!(found, (known + 1, None), "it goes on");
    };
    let kept = "/progress.damaged-20";
    check(true, &|b| b.truncate(100), 40, "the copy of 20");
    check(true, &|b| b.fill(0), 40, kept);
    check(true, &|b| b[..40].fill(0xff), 40, "is used");
    let all = "40 answers were read from it; no answer is lost";
    check(false, &|b| b[..40].fill(0xff), 40, all);
    check(false, &|b| b.fill(0xff), 0, "it begins anew");
    let other = |b: &mut Vec<u8>| b[68..72].copy_from_slice(&[0, 0, 0, 1]);
    check(false, &other, 40, all);
    check(true, &|b| b[55] = 1, 40, kept);
    check(true, &|b| b[18] = 3, 40, kept);
    check(true, &|_| {}, 40, "");
}

/// Five does not divide eight: every byte of the head and every bit of a byte are among them.
#[test]
fn no_bit_of_the_head_stops_the_quiz() {
    // Bits 480 to 511 say which form of ours it has; with a newer one it is left alone.
    for bit in (0..800).step_by(5).filter(|bit| !(480..512).contains(bit)) {
        let (loaded, folder) = spoiled(true, |bytes| bytes[bit / 8] ^= 1 << (bit % 8));
        assert!(loaded.storage != StorageState::Unsaved, "bit {bit}");
        if loaded.storage == StorageState::Kept {
            let added = store(&folder).apply([one_more()]);
            assert!(added.is_ok(), "bit {bit}: {added:?}");
        }
    }
}

/// One letter of a trigger that is another lets the record be read, and refuses every answer.
#[test]
fn no_letter_of_the_schema_stops_the_quiz() {
    for at in (100..8192).step_by(37) {
        let (loaded, folder) = spoiled(true, |bytes| bytes[at] ^= 1 << (at % 8));
        assert!(loaded.storage != StorageState::Unsaved, "byte {at}");
        if loaded.storage == StorageState::Kept {
            let added = store(&folder).apply([one_more()]);
            assert!(added.is_ok(), "byte {at}: {added:?}");
        }
    }
}

#[test]
fn what_can_be_read_of_a_damaged_record_is_not_lost() {
    let folder = folder();
    let mut first = store(&folder);
    first.apply(adds(&answers(40))).unwrap();
    backup::backup(&state(&folder), clock::now()).unwrap();
    let later: Vec<Review> = answers(400).split_off(40);
    first.apply(adds(&later)).unwrap();
    drop(first);
    let path = at(&folder, file::NAME);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xaa);
    fs::write(&path, bytes).unwrap();
    let notice = store(&folder).load().notice.unwrap();
    assert!(notice.contains("answers were read from it"), "{notice}");
    assert!(reviews(&folder) > 200, "{notice}: {}", reviews(&folder));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Cut anywhere, a bit flipped anywhere, random bytes: there is always progress to go on from, and what is set aside
    /// is kept.
    #[test]
    fn no_bytes_stop_the_quiz(kind in 0..3, place in 0.0..1.0_f64, seed: u64) {
        let (loaded, folder) = spoiled(true, |bytes| {
            let at = (place * bytes.len() as f64) as usize;
            let mut rng = Rng::new(seed);
            match kind {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 1 << rng.below(8),
                _ => bytes.iter_mut().for_each(|b| *b = rng.draw() as u8),
            }
        });
        let notice = loaded.notice.unwrap_or_default();
        prop_assert!(loaded.storage != StorageState::Unsaved, "{}", notice);
        if loaded.storage == StorageState::Kept {
            store(&folder).apply([one_more()]).unwrap();
        }
    }
}
