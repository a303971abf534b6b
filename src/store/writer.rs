//! The store on a thread of its own, so that drawing never waits for the disk.
//! Promises: changes are written in the order they came, those that wait together in one transaction; [`StoreThread::close`]
//! comes back when everything that can be written is on the disk.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::app::Msg;
use crate::core::progress::ReviewId;
use crate::store::{Change, Store};
use crate::terminal::{exit, platform};
use crate::text::measure::count;
use crate::text::{SafeText, Timestamp};

/// How long quitting waits for the disk.
const PATIENCE: Duration = Duration::from_secs(10);

enum StoreJob {
    Recall,
    Change(Change),
    /// Answered with the number of reviews that are not on the disk.
    Close(Sender<usize>),
}

/// The way to the store's thread. Clones lead to the same one.
#[derive(Clone)]
pub struct StoreThread(Sender<StoreJob>);

impl StoreThread {
    /// Starts the thread; what comes of it is told to `tell`.
    pub fn start(store: Store, tell: impl Fn(Msg) + Send + 'static) -> std::io::Result<Self> {
        let (sender, jobs) = channel();
        thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || work(store, &jobs, &tell))?;
        Ok(Self(sender))
    }

    /// Asks for the record.
    pub fn recall(&self) {
        let _ = self.0.send(StoreJob::Recall);
    }

    /// Asks for a change.
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

fn work(mut store: Store, jobs: &Receiver<StoreJob>, tell: &dyn Fn(Msg)) {
    let mut backed_up = false;
    while let Ok(first) = jobs.recv() {
        let (mut changes, mut recall, mut close) = (Vec::new(), false, Vec::new());
        for job in std::iter::once(first).chain(jobs.try_iter()) {
            match job {
                StoreJob::Recall => recall = true,
                StoreJob::Change(change) => changes.push(change),
                StoreJob::Close(done) => close.push(done),
            }
        }
        if !changes.is_empty() || !close.is_empty() {
            write(&mut store, changes, tell);
        }
        if recall {
            tell(Msg::Recalled(store.recall()));
            if !backed_up {
                backed_up = true;
                back_up(&store);
            }
        }
        for done in close {
            let _ = done.send(
                store
                    .waiting()
                    .iter()
                    .filter(|c| matches!(c, Change::Keep(_)))
                    .count(),
            );
        }
    }
}

/// Writes, and tells for each review what became of it: those that waited are told again when they are written at last.
fn write(store: &mut Store, changes: Vec<Change>, tell: &dyn Fn(Msg)) {
    let waited: Vec<ReviewId> = store.waiting().iter().filter_map(review).collect();
    let new: Vec<ReviewId> = changes.iter().filter_map(review).collect();
    let (ids, why) = match store.apply(changes) {
        Ok(()) => ([waited, new].concat(), None),
        Err(trouble) => (new, Some(trouble.why())),
    };
    for id in ids {
        tell(Msg::Kept(id, why.clone()));
    }
    if let Some(said) = store.said() {
        tell(Msg::Told(said));
    }
}

fn review(change: &Change) -> Option<ReviewId> {
    match change {
        Change::Keep(review) => Some(review.id),
        Change::Undo(id) => Some(*id),
        Change::Shelve(_) | Change::Unshelve(_) => None,
    }
}

/// The backup has its own thread and connection, so that no answer waits for it; ended early, it is tried next time.
fn back_up(store: &Store) {
    let Some(folder) = store.folder().map(ToOwned::to_owned) else {
        return;
    };
    let run = move || drop(crate::store::backup::backup(&folder, platform::now()));
    let _ = thread::Builder::new().name("backup".to_owned()).spawn(run);
}

/// The store as the app holds it: closed at first, with its thread from the first wish on.
pub struct StoreHandle {
    store: Option<Store>,
    clerk: Option<StoreThread>,
}

impl StoreHandle {
    /// Nothing is opened and no thread runs yet.
    pub const fn new(store: Store) -> Self {
        Self {
            store: Some(store),
            clerk: None,
        }
    }

    /// The clerk; the first time its thread is started. From then on a deadly signal waits for it too.
    pub fn clerk(&mut self, tell: impl Fn(Msg) + Send + 'static) -> std::io::Result<&StoreThread> {
        if let Some(store) = self.store.take() {
            let clerk = StoreThread::start(store, tell)?;
            let at_the_end = clerk.clone();
            exit::on_end(move || {
                at_the_end.close();
            });
            self.clerk = Some(clerk);
        }
        self.clerk
            .as_ref()
            .ok_or_else(|| std::io::ErrorKind::NotConnected.into())
    }

    /// The time, once there is a clerk; nobody needs it before.
    pub fn now(&self) -> Option<Timestamp> {
        self.clerk.as_ref().map(|_| platform::now())
    }

    /// Waits until everything is written that can be; says what is not.
    pub fn close(&mut self) -> Option<SafeText> {
        let unsaved = self.clerk.take().map_or(0, |clerk| clerk.close());
        (unsaved > 0).then(|| count(unsaved, "answer was not saved", "answers were not saved"))
    }
}
