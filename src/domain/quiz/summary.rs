//! What a session came to.
//! Promises: score and calibration count each question once, as it was first answered; nothing is rounded or rewarded.

use crate::content::library::Library;
use crate::domain::progress::{Outcome, Record, Share, Stop};
use crate::domain::quiz::session::{Session, myths};
use crate::domain::schedule::Due;

/// What a session came to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Summary {
    /// Questions right at first of all answered.
    pub score: Share,
    /// Of these, right in parts; they count as wrong.
    pub partly: u32,
    /// Questions skipped.
    pub skipped: usize,
    /// Questions whose page was shown instead.
    pub pages: usize,
    /// Right of those answered sure.
    pub sure: Share,
    /// Right of those answered as guesses.
    pub guessed: Share,
    /// Ids of the myths behind wrong choices, each once.
    pub myths: Vec<String>,
    /// What was missed.
    pub missed: Vec<Missed>,
    /// The command that asks the same again.
    pub replay: String,
}

/// A question that was missed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missed {
    /// Its id.
    pub question: String,
    /// Whether it was right when it came back.
    pub mended: bool,
    /// When it comes back.
    pub returns: Option<Due>,
}

impl Summary {
    /// Sums a session up, as far as it went.
    pub fn of(session: &Session, library: &Library, record: &Record) -> Self {
        let mut summary = Self { replay: session.replay(), ..Self::default() };
        for stop in session.past() {
            summary.take(stop, library, record);
        }
        summary
    }

    fn take(&mut self, stop: &Stop, library: &Library, record: &Record) {
        let Some(outcome) = stop.outcome else { return };
        let right = outcome == Outcome::Right;
        match outcome {
            Outcome::Skipped => self.skipped += 1,
            Outcome::Page => self.pages += 1,
            Outcome::Right | Outcome::Partly | Outcome::Wrong if stop.round == 0 => {
                self.score = count(self.score, right);
                self.partly += u32::from(outcome == Outcome::Partly);
                let share = if stop.sure { &mut self.sure } else { &mut self.guessed };
                *share = count(*share, right);
            }
            Outcome::Right | Outcome::Partly | Outcome::Wrong => {}
        }
        let met = library.question(&stop.question).map(|q| myths(q, &stop.chosen)).unwrap_or_default();
        for myth in met {
            if !self.myths.contains(&myth) {
                self.myths.push(myth);
            }
        }
        let known = self.missed.iter_mut().find(|m| m.question == stop.question);
        match (outcome, known) {
            (Outcome::Partly | Outcome::Wrong, None) => {
                let returns = record.card(&stop.question).map(|card| card.due(record.desired));
                self.missed.push(Missed { question: stop.question.clone(), mended: false, returns });
            }
            (Outcome::Right, Some(missed)) => missed.mended = true,
            (Outcome::Right | Outcome::Partly | Outcome::Wrong | Outcome::Skipped | Outcome::Page, _) => {}
        }
    }

    /// The ids of what was missed.
    pub fn missed_ids(&self) -> Vec<String> {
        self.missed.iter().map(|m| m.question.clone()).collect()
    }
}

fn count(share: Share, hit: bool) -> Share {
    share.plus(Share { hits: u32::from(hit), of: 1 })
}
