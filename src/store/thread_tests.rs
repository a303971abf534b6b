//! The store's thread: everything is written before it closes, and what is not is reported.

use std::sync::mpsc::Receiver;

use super::*;
use crate::store::tests::{DESIRED, answers, folder, reviews, store};

fn started(store: Store) -> (StoreThread, Receiver<StoreEvent>) {
    let (sender, events) = channel();
    let thread = StoreThread::start(store, move |event| drop(sender.send(event))).unwrap();
    (thread, events)
}

#[test]
fn everything_is_written_before_it_closes() {
    let folder = folder();
    let (thread, events) = started(store(&folder));
    thread.load();
    let all = answers(50);
    let ids: Vec<ReviewId> = all.iter().map(|r| r.id).collect();
    all.into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    assert_eq!(thread.close(), 0);
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
    let (thread, events) = started(Store::new(None, DESIRED()));
    answers(3)
        .into_iter()
        .for_each(|review| thread.change(Change::Add(review)));
    thread.change(Change::DropSession(7));
    assert_eq!(
        thread.close(),
        3,
        "a session that is not dropped is no lost answer"
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
