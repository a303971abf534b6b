//! A session that is asked beside something else, such as a lesson: the same widget and the same record, without the start
//! page, and without touching the session that was left.

use std::sync::Arc;

use crate::app::screen::quiz::{QuizPhase, QuizScreen};
use crate::app::screen::{Response, ScreenContext};
use crate::core::progress::{LoadedProgress, Progress};
use crate::core::quiz::{QuizOptions, QuizRun, Stage};

impl QuizScreen {
    /// Asks these questions, by id; over at once when there are none of them.
    pub fn aside(
        loaded: LoadedProgress,
        ids: Vec<String>,
        ctx: &ScreenContext,
    ) -> (Self, Response) {
        let mut screen = Self {
            aside: true,
            now: loaded.now,
            run: Some(QuizRun::new(loaded)),
            ..Self::default()
        };
        let options = QuizOptions {
            once: true,
            ..QuizOptions::only(ids)
        };
        let response = screen.begin(options, None, ctx);
        (screen, response)
    }

    /// Whether such a session is over, or was left.
    pub fn is_over(&self) -> bool {
        self.phase == QuizPhase::Start
    }

    /// The progress with its answers.
    pub fn progress(&self) -> Option<Arc<Progress>> {
        self.run.as_ref().map(|run| Arc::clone(&run.progress))
    }

    /// Ends such a session behind its last question: its results show where it was asked.
    pub(super) fn end_aside(&mut self) {
        let stage = self.run.as_ref().map(|run| &run.session.stage);
        if self.aside && stage == Some(&Stage::Over) {
            self.phase = QuizPhase::Start;
        }
    }
}
