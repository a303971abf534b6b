//! The store over one run and the next: what is written is there again, on a disk that fails too.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::OnceLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::core::progress::{Review, ReviewId, ReviewOutcome, SavedQuestion, SavedSession};
use crate::text::Rng;
use crate::text::timestamp::DAY;

pub(super) const DESIRED: fn() -> DesiredRecall = DesiredRecall::default;

/// The bundled pack's.
pub(super) fn keys() -> PackKeys {
    PackKeys::new(keys::bundled())
}

pub(super) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The state folder below a temporary one.
pub(super) fn state(folder: &TempDir) -> PathBuf {
    folder.path().join("tozero")
}

pub(super) fn store(folder: &TempDir) -> Store {
    Store::new(Some(state(folder)), DESIRED(), keys())
}

pub(super) fn at(folder: &TempDir, name: &str) -> PathBuf {
    state(folder).join(name)
}

pub(super) fn review(n: u128, question: &str, outcome: ReviewOutcome, day: i32) -> Review {
    let now = Timestamp {
        at: i64::from(day) * DAY + 40_000,
        day,
    };
    let sure = n.is_multiple_of(3);
    let session = n as u64 / 10;
    Review {
        pack: keys::bundled().to_owned(),
        chosen: vec!["a choice".to_owned()],
        ..Review::new(ReviewId(n), question, outcome, sure, now, session)
    }
}

/// Answers to three questions, every fourth of them wrong.
pub(super) fn answers(count: u128) -> Vec<Review> {
    let one = |n: u128| {
        let outcome = if n.is_multiple_of(4) {
            ReviewOutcome::Wrong
        } else {
            ReviewOutcome::Right
        };
        let question = ["cold-start", "idle", "scale"][n as usize % 3];
        review(n, question, outcome, 20_000 + n as i32 / 5)
    };
    (1..=count).map(one).collect()
}

pub(super) fn adds(reviews: &[Review]) -> Vec<Change> {
    reviews.iter().cloned().map(Change::Add).collect()
}

/// One more answer, newer than all of [`answers`].
pub(super) fn one_more() -> Change {
    Change::Add(review(999, "idle", ReviewOutcome::Right, 20_100))
}

/// What progress says, without what it keeps for undoing.
pub(super) fn figures(progress: &Progress) -> String {
    format!("{:?} {:?}", progress.questions, progress.totals)
}

pub(super) fn looked(folder: &TempDir) -> Progress {
    look(&state(folder), DESIRED(), &keys()).unwrap().0
}

/// Reviews in the record, those left out that were undone.
pub(super) fn reviews(folder: &TempDir) -> i64 {
    looked(folder).totals.reviews
}

pub(super) fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(state(folder)).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The bytes of a record of 40 answers, and of its backup. Made once.
fn sound() -> &'static [Vec<u8>; 2] {
    static SOUND: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = folder();
        store(&folder).apply(adds(&answers(40))).unwrap();
        assert_eq!(
            backup::backup(&state(&folder), clock::now()),
            Ok(backup::BackupOutcome::Made)
        );
        [file::NAME, file::BACKUP].map(|name| fs::read(at(&folder, name)).unwrap())
    })
}

/// Spoils the bytes of a record, and gives what opening it comes to. A damaged file is kept as it was.
pub(super) fn spoiled(backup: bool, spoil: impl Fn(&mut Vec<u8>)) -> (LoadedProgress, TempDir) {
    let folder = folder();
    let [record, copy] = sound();
    let mut bytes = record.clone();
    spoil(&mut bytes);
    fs::create_dir(state(&folder)).unwrap();
    fs::write(at(&folder, file::NAME), &bytes).unwrap();
    if backup {
        fs::write(at(&folder, file::BACKUP), copy).unwrap();
    }
    let loaded = store(&folder).load();
    if loaded
        .notice
        .as_ref()
        .is_some_and(|n| n.contains("damaged"))
    {
        let aside = |n: &String| n.starts_with("progress.damaged-") && n.ends_with(".sqlite3");
        let kept = names(&folder).into_iter().find(aside).expect("it is kept");
        assert_eq!(fs::read(at(&folder, &kept)).unwrap(), bytes);
    }
    (loaded, folder)
}

#[test]
fn what_is_added_is_there_again() {
    let folder = folder();
    let all = answers(30);
    let mut first = store(&folder);
    first.apply(adds(&all)).unwrap();
    let again = Change::Add(all[3].clone());
    first.apply([again, Change::Undo(ReviewId(5))]).unwrap();
    let mut expected = Progress::new(DESIRED());
    let others = all.iter().filter(|r| r.id != ReviewId(5));
    others.for_each(|review| expected.add(review));
    let loaded = store(&folder).load();
    assert_eq!(
        (figures(&loaded.progress), loaded.storage, loaded.notice),
        (figures(&expected), StorageState::Kept, None)
    );
    assert_eq!(figures(&looked(&folder)), figures(&expected));
    assert_eq!(loaded.progress.sessions, 4);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever is added and undone, in whatever batches: reading everything anew comes to the same as going along.
    #[test]
    fn replay_equals_going_along(seed: u64) {
        let folder = folder();
        let mut rng = Rng::new(seed);
        let mut store = store(&folder);
        let mut along = Progress::new(DESIRED());
        let mut there: Vec<ReviewId> = Vec::new();
        let mut all = answers(30);
        all.reverse();
        while !all.is_empty() {
            let mut changes = adds(&all.split_off(all.len().saturating_sub(1 + rng.below(9))));
            changes.reverse();
            there.extend(changes.iter().filter_map(Change::review));
            if rng.below(2) == 0 {
                changes.push(Change::Undo(there.swap_remove(rng.below(there.len()))));
            }
            for change in &changes {
                match change {
                    Change::Add(review) => along.add(review),
                    Change::Undo(id) => prop_assert!(along.undo(*id)),
                    Change::SaveSession(_) | Change::DropSession(_) => {}
                }
            }
            store.apply(changes).unwrap();
            // The order of what comes after an undone review may differ; it counts only between reviews of a question.
            let known = |p: &Progress| format!("{:?} {:?}", p.totals, p.questions.values().map(|q| (q.card, q.answers, q.answered, q.day)).collect::<Vec<_>>());
            prop_assert_eq!(known(&looked(&folder)), known(&along));
        }
    }
}

#[test]
fn looking_makes_no_file_and_what_is_made_is_private() {
    let folder = folder();
    let mut store = store(&folder);
    assert_eq!(store.load().storage, StorageState::Kept);
    looked(&folder);
    assert!(!state(&folder).exists(), "nothing is made by looking");
    store.apply(adds(&answers(3))).unwrap();
    let mode = |name: &str| {
        let permissions = fs::metadata(at(&folder, name)).unwrap().permissions();
        permissions.mode() & 0o777
    };
    assert_eq!(
        (mode(""), mode(file::NAME), mode("progress.sqlite3-wal")),
        (0o700, 0o600, 0o600)
    );
    drop(store);
    let before = names(&folder);
    looked(&folder);
    assert_eq!(names(&folder), before);
    assert_eq!(before, ["progress.lock", file::NAME], "no log stays behind");
}

fn session(number: u64) -> SavedSession {
    let answered = SavedQuestion {
        question: "idle".to_owned(),
        round: 1,
        review: Some(ReviewId(9)),
        outcome: Some(ReviewOutcome::Partly),
        sure: true,
        chosen: vec!["x > y".to_owned()],
    };
    let open = SavedQuestion {
        question: "scale".to_owned(),
        ..SavedQuestion::default()
    };
    SavedSession {
        session: number,
        seed: u64::MAX,
        options: "--topic billing".to_owned(),
        done: 1,
        questions: vec![answered, open],
    }
}

#[test]
fn unfinished_sessions_are_saved_and_dropped() {
    let folder = folder();
    let mut first = store(&folder);
    let saved = [session(3), session(u64::MAX)].map(Change::SaveSession);
    first.apply(saved).unwrap();
    let found = || looked(&folder).saved_session;
    assert!(found().is_some_and(|s| s == session(s.session)));
    first.apply([Change::DropSession(u64::MAX)]).unwrap();
    assert_eq!(found(), Some(session(3)));
    first.apply([Change::DropSession(3)]).unwrap();
    assert_eq!(found(), None);
}

#[test]
fn only_the_newest_sessions_are_kept_and_broken_ones_are_none() {
    let folder = folder();
    let mut first = store(&folder);
    let saved = (1..=12).map(|n| Change::SaveSession(session(n)));
    first.apply(saved).unwrap();
    let open = record::write(&state(&folder)).unwrap();
    let count = "SELECT count(*) FROM shelf";
    let count: i64 = open
        .connection
        .query_row(count, [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 8);
    let check = |body: &str, done: Option<usize>| {
        open.connection
            .execute("UPDATE shelf SET body = ?1", [body])
            .unwrap();
        let session = looked(&folder).saved_session;
        assert_eq!(session.map(|s| s.done), done, "{body}");
    };
    let whole = r#"{"session":1,"seed":7,"asked":"--count 2","done":9,"stops":[]}"#;
    check(whole, Some(0));
    check(&whole.replace("\"seed\":7,", ""), None);
    check("", None);
}

#[test]
fn without_a_place_the_quiz_goes_on_and_tries_again() {
    let mut nowhere = Store::new(None, DESIRED(), keys());
    assert_eq!(nowhere.load().storage, StorageState::Unsaved);
    assert_eq!(nowhere.apply(adds(&answers(2))), Err(StoreError::NoFolder));
    assert_eq!(nowhere.load().progress.totals.reviews, 2);

    let folder = folder();
    fs::write(state(&folder), "in the way").unwrap();
    let mut store = store(&folder);
    let loaded = store.load();
    assert_eq!(loaded.storage, StorageState::Unsaved);
    let notice = loaded.notice.unwrap();
    assert!(
        notice.starts_with("not saved: something else stands"),
        "{notice}"
    );
    let all = answers(5);
    assert!(store.apply(adds(&all[..2])).is_err());
    assert!(store.apply(adds(&all[2..3])).is_err());
    let waiting = |store: &mut Store| (store.waiting().len(), store.load().progress.totals.reviews);
    assert_eq!(waiting(&mut store), (3, 3));
    fs::remove_file(state(&folder)).unwrap();
    store.apply(adds(&all[3..])).unwrap();
    assert_eq!(waiting(&mut store), (0, 5));
}

#[test]
fn a_newer_record_is_read_and_left() {
    let (loaded, folder) = spoiled(true, |bytes| bytes[60..64].copy_from_slice(&[0, 0, 0, 9]));
    assert_eq!(loaded.storage, StorageState::ReadOnly);
    assert!(loaded.notice.unwrap().contains("newer version"));
    let before = fs::read(at(&folder, file::NAME)).unwrap();
    let mut store = store(&folder);
    assert_eq!(store.apply(adds(&answers(1))), Err(StoreError::Newer));
    let reviews = store.load().progress.totals.reviews;
    assert_eq!(reviews, 41, "what is there, and what could not be written");
    assert_eq!(fs::read(at(&folder, file::NAME)).unwrap(), before);
}

#[test]
fn a_link_stays_a_link() {
    let (folder, other) = (folder(), tempfile::tempdir().unwrap());
    let real = other.path().join("real.sqlite3");
    fs::create_dir(state(&folder)).unwrap();
    std::os::unix::fs::symlink(&real, at(&folder, file::NAME)).unwrap();
    fs::write(&real, [7; 5000]).unwrap();
    let loaded = store(&folder).load();
    assert!(loaded.notice.is_some() && loaded.storage == StorageState::Kept);
    store(&folder).apply(adds(&answers(2))).unwrap();
    assert!(at(&folder, file::NAME).is_symlink());
    assert_eq!(reviews(&folder), 2);
}

/// Rows that are not as they were written are damage: they are counted and told, the others go on, and the file is kept.
#[test]
fn rows_that_were_changed_are_told_and_never_taken_over() {
    let check = |change: &str, left: i64, lost: &str| {
        let folder = folder();
        store(&folder).apply(adds(&answers(9))).unwrap();
        let open = record::write(&state(&folder)).unwrap();
        open.connection.execute(change, []).unwrap();
        drop(open);
        let (seen, said) = look(&state(&folder), DESIRED(), &keys()).unwrap();
        let said = said.unwrap_or_default();
        assert!(
            said.contains("the record is damaged") && said.contains(lost),
            "{said}"
        );
        assert_eq!(seen.totals.reviews, left, "{change}");
        let loaded = store(&folder).load();
        let said = loaded.notice.unwrap_or_default();
        assert!(
            said.contains("progress.damaged-") && said.contains(lost),
            "{said}"
        );
        assert_eq!(
            (loaded.progress.totals.reviews, reviews(&folder)),
            (left, left)
        );
        assert_eq!(store(&folder).load().notice, None, "it is put right");
    };
    let one = "1 answer could not be read";
    for change in [
        "chosen = '[' WHERE n = 1",
        "day = day + 1 WHERE n = 2",
        "question = 'other' WHERE n = 3",
        "pack = 'other' WHERE n = 3",
        "lens = '' WHERE n = 4",
        "place = place + 1 WHERE n = 5",
        "sum = sum + 1 WHERE n = 9",
        "id = x'00000000000000000000000000000063' WHERE n = 6",
    ] {
        check(&format!("UPDATE reviews SET {change}"), 8, one);
    }
    check("DELETE FROM tally", 9, "how many are lost is not known");
    check(
        "UPDATE tally SET reviews = 12, sum = 43",
        9,
        "3 answers could not be read",
    );
    check(
        "UPDATE tally SET reviews = 10",
        9,
        "how many are lost is not known",
    );
}

#[test]
fn packs_keep_their_answers_apart() {
    let folder = folder();
    let mut own = store(&folder);
    own.apply(adds(&answers(9))).unwrap();
    own.apply([Change::SaveSession(session(3))]).unwrap();
    let other_keys = PackKeys::new("other");
    let mut other = Store::new(Some(state(&folder)), DESIRED(), other_keys.clone());
    let loaded = other.load().progress;
    assert_eq!(
        (loaded.totals.reviews, loaded.sessions),
        (0, 0),
        "nothing is inherited"
    );
    assert_eq!(loaded.saved_session, None);
    let mut review = review(77, "idle", ReviewOutcome::Wrong, 20_000);
    review.pack = String::new();
    other.apply([Change::Add(review)]).unwrap();
    let seen = |keys: &PackKeys| look(&state(&folder), DESIRED(), keys).unwrap().0;
    assert_eq!(
        (
            seen(&other_keys).totals.reviews,
            seen(&keys()).totals.reviews
        ),
        (1, 9)
    );
    drop((own, other));
    // A question that another pack has overridden keeps the other pack's answers.
    let stacked = PackKeys::new("upper").with([("idle".to_owned(), "other".to_owned())]);
    assert_eq!(seen(&stacked).totals.reviews, 1);
    let forgotten = reset::forget(&state(&folder), &["other"], None).unwrap();
    assert_eq!(forgotten.reviews, 1);
    assert_eq!(
        (
            seen(&other_keys).totals.reviews,
            seen(&keys()).totals.reviews
        ),
        (0, 9)
    );
    assert_eq!(seen(&keys()).saved_session, Some(session(3)));
    assert_eq!(reset::count(&state(&folder), &["other"], None), Ok(0));
    assert_eq!(
        reset::count(&state(&folder), &[keys::bundled()], Some("idle")),
        Ok(3)
    );
}

/// Files of an open record.
const FILES: [&str; 3] = [file::NAME, "progress.sqlite3-wal", "progress.sqlite3-shm"];

fn remove(folder: &TempDir, names: &[&str]) {
    for name in names {
        fs::remove_file(at(folder, name)).unwrap();
    }
}

/// What a killed program leaves: a record of 8 answers in its file, and 12 more in its log alone.
fn killed() -> TempDir {
    let folder = folder();
    let mut open = store(&folder);
    open.apply(adds(&answers(8))).unwrap();
    drop(open);
    let mut open = store(&folder);
    for answer in &answers(20)[8..] {
        open.apply(adds(std::slice::from_ref(answer))).unwrap();
    }
    let left = self::folder();
    fs::create_dir(state(&left)).unwrap();
    for entry in fs::read_dir(state(&folder)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, state(&left).join(path.file_name().unwrap())).unwrap();
    }
    left
}

#[test]
fn a_log_with_a_wrong_byte_is_told_and_gives_back_what_it_holds() {
    let whole = killed();
    assert_eq!(reviews(&whole), 20);
    let loaded = store(&killed()).load();
    assert_eq!((loaded.progress.totals.reviews, loaded.notice), (20, None));
    let log = fs::read(at(&killed(), FILES[1])).unwrap();
    // Head, a salt and a checksum of the first page, the page, and places all over it.
    let all_over = (0..40).map(|n| 33 + n * 7919 % (log.len() - 33));
    for place in [3, 9, 17, 25, 42, 49, 60].into_iter().chain(all_over) {
        let folder = killed();
        let mut wrong = log.clone();
        wrong[place] ^= 0x10;
        fs::write(at(&folder, FILES[1]), &wrong).unwrap();
        let refused = record::read(&state(&folder)).err();
        assert!(
            matches!(refused, Some(StoreError::Damaged(_))),
            "{place}: {refused:?}"
        );
        let loaded = store(&folder).load();
        let told = loaded.notice.unwrap_or_default();
        assert!(told.contains("damaged"), "{place}: {told}");
        // One page holds at most so many of the last answers alone.
        let found = loaded.progress.totals.reviews;
        assert!(found >= 19, "{place}: {found}, {told}");
        assert!(
            found == 20 || !told.contains("no answer is lost"),
            "{place}: {told}"
        );
    }
}

#[test]
fn a_log_that_ends_within_a_page_is_whole() {
    let log = fs::read(at(&killed(), FILES[1])).unwrap();
    for cut in [1, 100, 4000] {
        let folder = killed();
        fs::write(at(&folder, FILES[1]), &log[..log.len() - cut]).unwrap();
        let loaded = store(&folder).load();
        assert_eq!(loaded.notice, None, "{cut}");
        assert!(loaded.progress.totals.reviews >= 19, "{cut}");
    }
}

/// Has a record's file lose its name while it is open: the next answer is found under the name again, with all before it.
fn moves(what: &str, how: impl Fn(&TempDir)) {
    let folder = folder();
    let mut open = store(&folder);
    open.apply(adds(&answers(8))).unwrap();
    backup::backup(&state(&folder), clock::now()).unwrap();
    open.apply(adds(&answers(20)[8..])).unwrap();
    open.apply([Change::Undo(ReviewId(5))]).unwrap();
    assert_eq!(open.notice(), None, "{what}");
    how(&folder);
    open.apply([one_more()]).unwrap();
    let said = open.notice().unwrap_or_default();
    let told = "the answers in it were saved again";
    assert!(said.contains(told), "{what}: {said}");
    assert_eq!(reviews(&folder), 20, "{what}");
    let later = review(1000, "idle", ReviewOutcome::Right, 20_101);
    open.apply(adds(&[later])).unwrap();
    assert_eq!((reviews(&folder), open.notice()), (21, None), "{what}");
    drop(open);
    let loaded = store(&folder).load();
    let found = (loaded.progress.totals.reviews, loaded.notice);
    assert_eq!(found, (21, None), "{what}");
}

#[test]
fn a_record_that_is_deleted_while_it_is_open_is_saved_again() {
    moves("deleted", |folder| remove(folder, &FILES));
    moves("its log left", |folder| remove(folder, &FILES[..1]));
    moves("its log deleted", |folder| remove(folder, &FILES[1..]));
    moves("with its folder", |folder| {
        fs::remove_dir_all(state(folder)).unwrap();
    });
}

#[test]
fn a_record_that_is_moved_or_replaced_while_it_is_open_is_saved_again() {
    moves("moved", |folder| {
        fs::rename(at(folder, file::NAME), at(folder, "moved")).unwrap();
    });
    moves("moved with its folder", |folder| {
        fs::rename(state(folder), folder.path().join("moved")).unwrap();
    });
    moves("replaced by an older one", |folder| {
        fs::copy(at(folder, file::BACKUP), at(folder, "older")).unwrap();
        fs::rename(at(folder, "older"), at(folder, file::NAME)).unwrap();
    });
    moves("replaced by nothing", |folder| {
        remove(folder, &FILES);
        fs::write(at(folder, file::NAME), "").unwrap();
    });
    moves("replaced by another program", |folder| {
        remove(folder, &FILES);
        remove(folder, &[file::BACKUP]);
        store(folder).apply([one_more()]).unwrap();
    });
}

/// Until it can be saved again, it is said that it is not, and nothing of it is forgotten.
#[test]
fn what_cannot_be_saved_again_is_kept_and_tried_again() {
    let folder = folder();
    let mut open = store(&folder);
    open.apply(adds(&answers(20))).unwrap();
    fs::remove_dir_all(state(&folder)).unwrap();
    fs::write(state(&folder), "in the way").unwrap();
    assert!(open.apply([one_more()]).is_err());
    let loaded = open.load();
    let found = (loaded.progress.totals.reviews, loaded.storage);
    assert_eq!(found, (21, StorageState::Unsaved));
    fs::remove_file(state(&folder)).unwrap();
    open.apply([]).unwrap();
    assert_eq!((reviews(&folder), open.waiting().len()), (21, 0));
}
