//! The store on a thread of its own, so that drawing never waits for the disk.
//! Guarantees: changes are written in the order they came, those that wait together in one transaction;
//! [`StoreThread::close`] comes back when everything that can be written is on the disk.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::core::progress::{Change, LoadedProgress, ReviewId};
use crate::disk::clock;
use crate::store::{Store, backup};
use crate::text::SafeText;

/// How long quitting waits for the disk.
const PATIENCE: Duration = Duration::from_secs(10);

enum StoreJob {
    Load,
    Change(Change),
    /// Answered with the number of added reviews that are not on the disk.
    Close(Sender<usize>),
}

#[derive(Clone, Debug)]
pub enum StoreEvent {
    Loaded(LoadedProgress),
    /// What became of a review that was added or undone: why it is not saved, if it is not. It is tried again with the
    /// next change.
    Written(ReviewId, Option<SafeText>),
    /// What happened to the record itself, for the user.
    Notice(SafeText),
}

/// The way to the store's thread. Clones lead to the same one.
#[derive(Clone)]
pub struct StoreThread(Sender<StoreJob>);

impl StoreThread {
    /// Starts the thread, which calls `report` with everything that comes of its work.
    pub fn start(
        store: Store,
        report: impl Fn(StoreEvent) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, jobs) = channel();
        thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || work(store, &jobs, &report))?;
        Ok(Self(sender))
    }

    /// Asks for the progress; [`StoreEvent::Loaded`] answers.
    pub fn load(&self) {
        let _ = self.0.send(StoreJob::Load);
    }

    /// Asks for a change; [`StoreEvent::Written`] answers when it is about a review.
    pub fn change(&self, change: Change) {
        let _ = self.0.send(StoreJob::Change(change));
    }

    /// Waits until everything is written that can be; how many reviews could not.
    pub fn close(&self) -> usize {
        let (sender, done) = channel();
        if self.0.send(StoreJob::Close(sender)).is_err() {
            return 0;
        }
        done.recv_timeout(PATIENCE).unwrap_or(0)
    }
}

fn work(mut store: Store, jobs: &Receiver<StoreJob>, report: &dyn Fn(StoreEvent)) {
    let mut backed_up = false;
    while let Ok(first) = jobs.recv() {
        let (mut changes, mut load, mut close) = (Vec::new(), false, Vec::new());
        for job in std::iter::once(first).chain(jobs.try_iter()) {
            match job {
                StoreJob::Load => load = true,
                StoreJob::Change(change) => changes.push(change),
                StoreJob::Close(done) => close.push(done),
            }
        }
        // Also on closing without a change: what could not be written before is tried once more.
        if !changes.is_empty() || !close.is_empty() {
            write(&mut store, changes, report);
        }
        if load {
            report(StoreEvent::Loaded(store.load()));
            // After the answer to the load, so that the quiz does not wait for the copy.
            if !std::mem::replace(&mut backed_up, true) {
                back_up(&store);
            }
        }
        for done in close {
            let added = |change: &&Change| matches!(change, Change::Add(_));
            let _ = done.send(store.waiting().iter().filter(added).count());
        }
    }
}

/// Writes, and reports for each review what became of it: those that waited are reported again when they are written at
/// last.
fn write(store: &mut Store, changes: Vec<Change>, report: &dyn Fn(StoreEvent)) {
    let waited = store.waiting().iter().filter_map(Change::review);
    let waited: Vec<ReviewId> = waited.collect();
    let new: Vec<ReviewId> = changes.iter().filter_map(Change::review).collect();
    let (ids, why) = match store.apply(changes) {
        Ok(()) => ([waited, new].concat(), None),
        Err(error) => (new, Some(error.why())),
    };
    for id in ids {
        report(StoreEvent::Written(id, why.clone()));
    }
    if let Some(notice) = store.notice() {
        report(StoreEvent::Notice(notice));
    }
}

/// The backup has its own thread and connection, so that no answer waits for it; ended early, it is tried next time.
fn back_up(store: &Store) {
    let Some(folder) = store.folder().map(ToOwned::to_owned) else {
        return;
    };
    let run = move || drop(backup::backup(&folder, clock::now()));
    let _ = thread::Builder::new().name("backup".to_owned()).spawn(run);
}

#[cfg(test)]
#[path = "thread_tests.rs"]
mod thread_tests;
