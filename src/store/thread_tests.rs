//! The store's thread: everything is written before a flush ends, and what is not is reported.

use std::sync::mpsc::Receiver;

use super::*;
use crate::store::tests::{DESIRED, answers, folder, keys, reviews, state, store};

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(60);

fn started(store: Store) -> (StoreThread, Receiver<StoreEvent>) {
    let (sender, events) = channel();
    let thread = StoreThread::start(store, move |event| drop(sender.send(event))).unwrap();
    (thread, events)
}

#[test]
fn everything_is_written_before_a_flush_ends() {
    let folder = folder();
    let (thread, events) = started(store(&folder));
    thread.load();
    let all = answers(50);
    let ids: Vec<ReviewId> = all.iter().map(|r| r.id).collect();
    all.into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    assert_eq!(thread.flush(LONG), StoreEnd::default());
    assert!(thread.is_saved());
    let (mut loaded, mut written) = (0, Vec::new());
    for event in events.try_iter() {
        match event {
            StoreEvent::Loaded(_) => loaded += 1,
            StoreEvent::Written(id, why_not) => {
                assert_eq!(why_not, None);
                written.push(id);
            }
            StoreEvent::Notice(notice) => panic!("{notice}"),
        }
    }
    assert_eq!((loaded, written), (1, ids), "each once, in order");
    assert_eq!(reviews(&folder), 50);
}

#[test]
fn what_is_not_written_is_reported_and_counted() {
    let (thread, events) = started(Store::new(None, DESIRED(), keys()));
    answers(3)
        .into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    thread.change(Change::DropSession(7));
    assert!(!thread.is_saved());
    let end = thread.flush(LONG);
    assert_eq!(
        end.unsaved, 3,
        "a session that is not dropped is no lost answer"
    );
    assert_eq!(
        end.words().as_deref(),
        Some("3 answers were not saved: there is no home folder")
    );
    let why: Vec<_> = events
        .try_iter()
        .map(|event| match event {
            StoreEvent::Written(_, why_not) => why_not,
            StoreEvent::Loaded(_) | StoreEvent::Notice(_) => None,
        })
        .collect();
    assert_eq!(why.len(), 3);
    assert!(
        why.iter()
            .all(|w| w.as_deref() == Some("there is no home folder")),
        "{why:?}"
    );
}

#[test]
fn a_closed_record_is_whole_without_its_log() {
    let folder = folder();
    let (thread, _events) = started(store(&folder));
    answers(3)
        .into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    assert_eq!(thread.close(LONG), StoreEnd::default());
    let files = std::fs::read_dir(state(&folder)).unwrap();
    let logs = files.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with("-wal")
    });
    assert_eq!(logs.count(), 0);
    assert_eq!(reviews(&folder), 3);
    // Whatever comes too late is counted.
    let late = answers(4).pop().unwrap();
    thread.change(Change::Add(late));
    assert_eq!(thread.flush(LONG).unsaved, 1);
}

#[test]
fn an_answer_that_is_not_taken_back_is_counted_apart() {
    let (thread, _events) = started(Store::new(None, DESIRED(), keys()));
    let all = answers(2);
    let first = all[0].id;
    all.into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    thread.change(Change::Undo(first));
    assert!(!thread.is_saved());
    let words = "2 answers were not saved, 1 answer was not taken back: there is no home folder";
    assert_eq!(thread.flush(LONG).words().as_deref(), Some(words));
    let (thread, _events) = started(Store::new(None, DESIRED(), keys()));
    thread.change(Change::Undo(first));
    let words = "1 answer was not taken back: there is no home folder";
    assert_eq!(thread.flush(LONG).words().as_deref(), Some(words));
}

/// A writer that takes too long, or is dead, has not saved anything.
#[test]
fn what_is_not_known_to_be_saved_counts_as_not_saved() {
    let folder = folder();
    store(&folder).apply(Vec::new()).unwrap();
    let other = crate::store::record::write(&state(&folder)).unwrap();
    other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (thread, _events) = started(store(&folder));
    answers(2)
        .into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    let end = thread.flush(Duration::from_millis(1));
    assert_eq!((end.unsaved, end.why.clone()), (2, None));
    let words = "2 changes may not be saved: the disk, or another program, takes too long";
    assert_eq!(end.words().as_deref(), Some(words));
    other.connection.execute_batch("ROLLBACK").unwrap();
    assert_eq!(thread.flush(LONG), StoreEnd::default());
    other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    thread.change(Change::Undo(answers(1)[0].id));
    let words = "1 change may not be saved: the disk, or another program, takes too long";
    let end = thread.flush(Duration::from_millis(1));
    assert_eq!(end.words().as_deref(), Some(words));
    other.connection.execute_batch("ROLLBACK").unwrap();
    assert_eq!(thread.flush(LONG), StoreEnd::default());
    let dead = StoreThread {
        jobs: channel().0,
        unsaved: Arc::new(AtomicUsize::new(1)),
    };
    assert_eq!(dead.flush(LONG).unsaved, 1);
}
