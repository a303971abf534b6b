//! A quiz as both front ends play it: the session, the progress that it changes, and what the record must write.
//!
//! Every call that changes the progress returns the [`Change`]s of the record, in their order.
//! Guarantees: pure; each review is in the progress before the session goes on; the session is saved with each change, or
//! dropped when it has ended.

use crate::core::progress::ReviewOutcome;
use std::sync::Arc;

use crate::core::progress::{Change, IdSource, LoadedProgress, Progress, Review};
use crate::core::quiz::deck;
use crate::core::quiz::grade::Ungraded;
use crate::core::quiz::options::QuizOptions;
use crate::core::quiz::session::{QuizContext, Session, SessionStep};
use crate::core::quiz::summary::SessionSummary;
use crate::pack::Library;

/// A quiz with the progress it goes on from.
#[derive(Clone, Debug)]
pub struct QuizRun {
    /// An empty one before the first is begun or resumed.
    pub session: Session,
    pub progress: Arc<Progress>,
    ids: IdSource,
    /// The session is one question that was asked beside the one that was left.
    aside: bool,
}

/// What must be done after an answer was undone.
#[derive(Clone, PartialEq, Debug)]
pub struct Undone {
    pub changes: Vec<Change>,
    /// The answer was there before the progress was loaded, so that it must be loaded again.
    pub reload: bool,
}

impl QuizRun {
    pub fn new(loaded: LoadedProgress) -> Self {
        Self {
            session: Session::default(),
            progress: loaded.progress,
            ids: loaded.ids,
            aside: false,
        }
    }

    /// Goes on with progress that was loaded again.
    pub fn reload(&mut self, loaded: LoadedProgress) {
        self.progress = loaded.progress;
        self.ids = loaded.ids;
    }

    /// Begins a session, by chance where no seed is given; `None` when there is nothing of that kind to ask.
    pub fn begin(
        &mut self,
        options: QuizOptions,
        seed: Option<u64>,
        context: &QuizContext<'_>,
    ) -> Option<Vec<Change>> {
        let (library, progress) = (context.library, &*self.progress);
        let seed = seed.unwrap_or_else(|| self.ids.seed());
        let deck = deck::draw(library, progress, context.now, &options, seed);
        if deck.is_empty() {
            return None;
        }
        let number = self.ids.number();
        self.aside = false;
        self.session = Session::begin(number, seed, options, deck, library, progress);
        Some(self.save().into_iter().collect())
    }

    /// Asks one question beside the session that was left, which is kept; false when there is no such question.
    pub fn ask(&mut self, id: String, context: &QuizContext<'_>) -> bool {
        let kept = self.progress.saved_session.clone();
        let begun = self
            .begin(QuizOptions::only(vec![id]), None, context)
            .is_some();
        if begun {
            self.aside = true;
            Arc::make_mut(&mut self.progress).saved_session = kept;
        }
        begun
    }

    /// Goes on with the session that was left; false when there is none.
    pub fn resume(&mut self, library: &Library) -> bool {
        let Some(saved) = &self.progress.saved_session else {
            return false;
        };
        // The session at hand knows more than its saved form: its draft, and the feedback on the last answer.
        let at_hand = self.session.saved().as_ref() == Some(saved);
        self.aside = false;
        if !at_hand {
            self.session = Session::resume(saved, library, &self.progress);
        }
        true
    }

    /// Answers the open question with its draft.
    pub fn answer(
        &mut self,
        sure: bool,
        context: &QuizContext<'_>,
    ) -> Result<Vec<Change>, Ungraded> {
        let review = self.session.submit(sure, context, &mut self.ids)?;
        Ok(self.record(review))
    }

    /// Leaves the open question unanswered.
    pub fn skip(&mut self, context: &QuizContext<'_>) -> Vec<Change> {
        self.pass(ReviewOutcome::Skipped, context)
    }

    /// Leaves the page that stands for a question.
    pub fn read_page(&mut self, context: &QuizContext<'_>) -> Vec<Change> {
        self.pass(ReviewOutcome::Page, context)
    }

    /// Leaves the feedback for the next question.
    pub fn next(&mut self, library: &Library) -> SessionStep {
        self.session.advance(library, &self.progress)
    }

    /// Takes the last answer, skip or page back: its question is open again. `None` when there is none.
    pub fn undo(&mut self, library: &Library) -> Option<Undone> {
        let id = self.session.last_review()?;
        let here = Arc::make_mut(&mut self.progress).undo(id);
        self.session.undo(library, &self.progress);
        let save = self.save();
        Some(Undone {
            changes: std::iter::once(Change::Undo(id)).chain(save).collect(),
            reload: !here,
        })
    }

    pub fn summary(&self, library: &Library) -> SessionSummary {
        SessionSummary::of(&self.session, library, &self.progress)
    }

    fn record(&mut self, review: Review) -> Vec<Change> {
        Arc::make_mut(&mut self.progress).add(&review);
        let save = self.save();
        std::iter::once(Change::Add(review)).chain(save).collect()
    }

    fn pass(&mut self, outcome: ReviewOutcome, context: &QuizContext<'_>) -> Vec<Change> {
        let Some(review) = self.session.pass(outcome, context, &mut self.ids) else {
            return Vec::new();
        };
        let changes = self.record(review);
        self.session.open(context.library, &self.progress);
        changes
    }

    /// What keeps the session; nothing where it is only one question, asked aside.
    fn save(&mut self) -> Option<Change> {
        if self.aside {
            return None;
        }
        let saved = self.session.saved();
        Arc::make_mut(&mut self.progress)
            .saved_session
            .clone_from(&saved);
        let ended = Change::DropSession(self.session.number);
        Some(saved.map_or(ended, Change::SaveSession))
    }
}
