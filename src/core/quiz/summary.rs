//! What a session came to.
//! Guarantees: score and calibration count each question once, as it was first answered; nothing is rounded or rewarded.

use crate::core::progress::{Progress, Ratio, ReviewOutcome, SavedQuestion};
use crate::core::quiz::myths;
use crate::core::quiz::session::Session;
use crate::core::schedule::DueTime;
use crate::pack::Library;

#[derive(Clone, PartialEq, Debug, Default)]
pub struct SessionSummary {
    /// Questions right at first of all answered.
    pub score: Ratio,
    /// Of these, right in parts; they count as wrong.
    pub partly: u32,
    pub skipped: usize,
    pub pages: usize,
    /// Right of those answered sure.
    pub sure: Ratio,
    /// Right of those answered as guesses.
    pub guessed: Ratio,
    /// Ids of the myths behind wrong choices, each once.
    pub myths: Vec<String>,
    pub missed: Vec<MissedQuestion>,
    /// The command that asks the same again.
    pub replay: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissedQuestion {
    pub question: String,
    /// Whether it was right when it came back.
    pub mended: bool,
    pub returns: Option<DueTime>,
}

impl SessionSummary {
    /// Sums a session up, as far as it went.
    pub(super) fn of(session: &Session, library: &Library, progress: &Progress) -> Self {
        let mut summary = Self {
            replay: session.command(),
            ..Self::default()
        };
        for question in session.past() {
            summary.add(question, library, progress);
        }
        summary
    }

    fn add(&mut self, asked: &SavedQuestion, library: &Library, progress: &Progress) {
        let Some(outcome) = asked.outcome else { return };
        let right = outcome == ReviewOutcome::Right;
        match outcome {
            ReviewOutcome::Skipped => self.skipped += 1,
            ReviewOutcome::Page => self.pages += 1,
            ReviewOutcome::Right | ReviewOutcome::Partly | ReviewOutcome::Wrong
                if asked.round == 0 =>
            {
                self.score.count(right);
                self.partly += u32::from(outcome == ReviewOutcome::Partly);
                if asked.sure {
                    &mut self.sure
                } else {
                    &mut self.guessed
                }
                .count(right);
            }
            ReviewOutcome::Right | ReviewOutcome::Partly | ReviewOutcome::Wrong => {}
        }
        let is_chosen = |key: &str| asked.chosen.iter().any(|chosen| chosen == key);
        let question = library.question(&asked.question);
        for (myth, _) in question
            .into_iter()
            .flat_map(|q| myths::behind(q, is_chosen))
        {
            if !self.myths.iter().any(|met| met == myth) {
                self.myths.push(myth.to_owned());
            }
        }
        let known = self
            .missed
            .iter_mut()
            .find(|m| m.question == asked.question);
        match (outcome, known) {
            (ReviewOutcome::Partly | ReviewOutcome::Wrong, None) => {
                let returns = progress
                    .card(&asked.question)
                    .map(|card| card.due(progress.desired));
                self.missed.push(MissedQuestion {
                    question: asked.question.clone(),
                    mended: false,
                    returns,
                });
            }
            (ReviewOutcome::Right, Some(missed)) => missed.mended = true,
            (ReviewOutcome::Right, None)
            | (ReviewOutcome::Partly | ReviewOutcome::Wrong, Some(_))
            | (ReviewOutcome::Skipped | ReviewOutcome::Page, _) => {}
        }
    }

    /// The ids of what was missed.
    pub fn missed_ids(&self) -> Vec<String> {
        self.missed.iter().map(|m| m.question.clone()).collect()
    }
}
