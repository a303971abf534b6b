//! The store on a thread of its own, so that drawing never waits for the disk.
//! Guarantees: changes are written in the order they came, those that wait together in one transaction;
//! [`StoreThread::flush`] comes back in time, and an answer of which it is not known that it is on the disk counts as not
//! saved.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::clock;
use crate::core::progress::{Change, LoadedProgress, ReviewId};
use crate::store::{Store, StoreError, backup};
use crate::text::SafeText;
use crate::text::measure::count;

enum StoreJob {
    Load,
    Change(Change),
    /// The backup found that the record is damaged.
    Repair,
    Flush(Sender<StoreEnd>),
    /// The same, and the record is closed.
    Close(Sender<StoreEnd>),
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

/// What is left after a flush.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoreEnd {
    /// Answers that are not on the disk, and answers that are not taken back there, or of which it is not known.
    pub unsaved: usize,
    /// Those among them that are not taken back.
    pub kept: usize,
    /// Why they are not; `None` when it is not known.
    pub why: Option<SafeText>,
}

impl StoreEnd {
    /// How many answers were not saved, and why; `None` when all were. Where it is not known, nor is which of them are new
    /// and which were to be taken back.
    pub fn words(&self) -> Option<SafeText> {
        let Some(why) = &self.why else {
            let n = self.unsaved;
            let changes = count(n, "change may not be saved", "changes may not be saved");
            let words = crate::safe!("{changes}: the disk, or another program, takes too long");
            return (n > 0).then_some(words);
        };
        let part = |n: usize, one, many| (n > 0).then(|| count(n, one, many));
        let added = self.unsaved.saturating_sub(self.kept);
        let parts = [
            part(added, "answer was not saved", "answers were not saved"),
            part(
                self.kept,
                "answer was not taken back",
                "answers were not taken back",
            ),
        ];
        let parts: Vec<SafeText> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| crate::safe!("{}: {why}", SafeText::join(&parts, ", ")))
    }
}

/// The way to the store's thread. Clones lead to the same one.
#[derive(Clone)]
pub struct StoreThread {
    jobs: Sender<StoreJob>,
    /// Answers that were handed over and are not on the disk.
    unsaved: Arc<AtomicUsize>,
}

impl StoreThread {
    /// Starts the thread, which calls `report` with everything that comes of its work.
    pub fn start(
        store: Store,
        report: impl Fn(StoreEvent) + Send + Clone + 'static,
    ) -> std::io::Result<Self> {
        let (jobs, inbox) = channel();
        let unsaved = Arc::new(AtomicUsize::new(0));
        let worker = StoreWorker {
            store,
            report,
            unsaved: unsaved.clone(),
            jobs: Some(jobs.clone()),
        };
        thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || worker.run(&inbox))?;
        Ok(Self { jobs, unsaved })
    }

    /// Asks for the progress; [`StoreEvent::Loaded`] answers.
    pub fn load(&self) {
        let _ = self.jobs.send(StoreJob::Load);
    }

    /// Asks for a change; [`StoreEvent::Written`] answers when it is about a review.
    pub fn change(&self, change: Change) {
        if is_answer(&change) {
            self.unsaved.fetch_add(1, Ordering::SeqCst);
        }
        let _ = self.jobs.send(StoreJob::Change(change));
    }

    /// Whether everything that was handed over is on the disk.
    pub fn is_saved(&self) -> bool {
        self.unsaved.load(Ordering::SeqCst) == 0
    }

    /// A flush when the program is ended from outside: what could not be saved, in words.
    pub fn flush_at_the_end(&self) -> Option<SafeText> {
        self.flush(LAST).words()
    }

    /// Tries once more to write what is not written, and waits for it no longer than this.
    pub fn flush(&self, patience: Duration) -> StoreEnd {
        self.end(StoreJob::Flush, patience)
    }

    /// A flush, after which the record is closed: its log is in it then, so that it can be copied by hand.
    pub fn close(&self, patience: Duration) -> StoreEnd {
        self.end(StoreJob::Close, patience)
    }

    fn end(&self, job: fn(Sender<StoreEnd>) -> StoreJob, patience: Duration) -> StoreEnd {
        let (sender, done) = channel();
        let asked = self.jobs.send(job(sender));
        let ended = asked.ok().and_then(|()| done.recv_timeout(patience).ok());
        ended.unwrap_or_else(|| StoreEnd {
            unsaved: self.unsaved.load(Ordering::SeqCst),
            kept: 0,
            why: None,
        })
    }
}

/// How long a flush may take when the program is ended from outside: less than is granted there.
const LAST: Duration = Duration::from_millis(400);

/// Whether it is about an answer, and not about the session.
const fn is_answer(change: &Change) -> bool {
    change.review().is_some()
}

/// What the thread works with.
struct StoreWorker<R> {
    store: Store,
    report: R,
    unsaved: Arc<AtomicUsize>,
    /// Until the backup was begun, which is given it.
    jobs: Option<Sender<StoreJob>>,
}

impl<R: Fn(StoreEvent) + Send + Clone + 'static> StoreWorker<R> {
    fn run(mut self, inbox: &Receiver<StoreJob>) {
        while let Ok(first) = inbox.recv() {
            let (mut changes, mut load, mut ends, mut is_last) =
                (Vec::new(), false, Vec::new(), false);
            for job in std::iter::once(first).chain(inbox.try_iter()) {
                match job {
                    StoreJob::Load => load = true,
                    StoreJob::Change(change) => changes.push(change),
                    StoreJob::Repair => self.repair(),
                    StoreJob::Flush(done) => ends.push(done),
                    StoreJob::Close(done) => {
                        is_last = true;
                        ends.push(done);
                    }
                }
            }
            let mut why = None;
            if !changes.is_empty() || !ends.is_empty() {
                why = self.write(changes);
            }
            if load {
                (self.report)(StoreEvent::Loaded(self.store.load()));
                self.back_up();
            }
            let end = self.end(why);
            if is_last {
                drop(self.store);
                ends.iter().for_each(|done| drop(done.send(end.clone())));
                return;
            }
            ends.iter().for_each(|done| drop(done.send(end.clone())));
        }
    }

    /// What is not on the disk, and why.
    fn end(&self, why: Option<SafeText>) -> StoreEnd {
        let waiting = self.store.waiting().iter().filter(|c| is_answer(c));
        let kept = waiting.clone().filter(|c| matches!(c, Change::Undo(_)));
        StoreEnd {
            unsaved: waiting.clone().count(),
            kept: kept.count(),
            why,
        }
    }

    /// Writes, and reports for each review what became of it: those that waited are reported again when they are written
    /// at last. Why they were not, if they were not.
    fn write(&mut self, changes: Vec<Change>) -> Option<SafeText> {
        let waited: Vec<Change> = self.store.waiting().to_vec();
        let answers = waited.iter().chain(&changes).filter(|c| is_answer(c));
        let answers = answers.count();
        let ids = |changes: &[Change]| -> Vec<ReviewId> {
            changes.iter().filter_map(Change::review).collect()
        };
        let new = ids(&changes);
        let (ids, why) = match self.store.apply(changes) {
            Ok(()) => {
                self.unsaved.fetch_sub(answers, Ordering::SeqCst);
                ([ids(&waited), new].concat(), None)
            }
            Err(error) => (new, Some(error.why())),
        };
        for id in ids {
            (self.report)(StoreEvent::Written(id, why.clone()));
        }
        self.tell();
        why
    }

    fn tell(&mut self) {
        if let Some(notice) = self.store.notice() {
            (self.report)(StoreEvent::Notice(notice));
        }
    }

    fn repair(&mut self) {
        if let Err(error) = self.store.repair(clock::now()) {
            (self.report)(StoreEvent::Notice(error.why()));
        }
        self.tell();
    }

    /// Once a run. The backup has its own thread and connection, so that no answer waits for it; ended early, it is tried
    /// next time.
    fn back_up(&mut self) {
        let folder = self.store.folder().map(ToOwned::to_owned);
        let Some((folder, jobs)) = folder.zip(self.jobs.take()) else {
            return;
        };
        let report = self.report.clone();
        let run = move || match backup::backup(&folder, clock::now()) {
            Ok(made) => {
                if let Some(notice) = made.notice() {
                    report(StoreEvent::Notice(notice));
                }
            }
            Err(StoreError::Damaged(_)) => drop(jobs.send(StoreJob::Repair)),
            Err(error) => report(StoreEvent::Notice(backup::failed(&error))),
        };
        let _ = thread::Builder::new().name("backup".to_owned()).spawn(run);
    }
}

#[cfg(test)]
#[path = "thread_tests.rs"]
mod thread_tests;
