//! The way from the first question to the summary.
//!
//! A miss comes back: a confident error after two other questions, another one at the end; after four lapses the page
//! behind the question is shown instead. What is returned as a [`Review`] is to be kept in the record before the session goes
//! on, since the record decides what is asked.
//! Promises: pure; one call answers one question at most, and none whose draft is empty; what is undone leaves the session
//! as it was before; a session that is shelved and resumed asks the same as one that goes on.

use crate::core::progress::{
    IdSource, Progress, QuestionProgress, Review, ReviewId, ReviewOutcome, SavedQuestion,
    SavedSession, key,
};
use crate::core::quiz::draft::AnswerDraft;
use crate::core::quiz::grade::{self, GradeOutcome, TypedNote};
use crate::core::quiz::options::QuizOptions;
use crate::core::quiz::presented::{PresentedQuestion, option_words, row_words};
use crate::core::quiz::stage::{AnsweredQuestion, OpenQuestion, Stage};
use crate::core::schedule::Grade;
use crate::pack::{AnswerKind, Library, Question};
use crate::text::{SafeText, Timestamp};

/// After how many other questions a confident error comes back.
const SOON: usize = 2;

/// A session.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    /// Its number, as in its reviews.
    pub number: u64,
    /// What it is drawn and shuffled with.
    pub seed: u64,
    /// What it was begun with.
    pub wish: QuizOptions,
    /// Where it stands.
    pub stage: Stage,
    /// The questions in their order; those before `done` are done with.
    stops: Vec<SavedQuestion>,
    done: usize,
}

/// What an answer is written with.
pub struct ReviewWriter<'a> {
    /// Where the id comes from.
    pub ids: &'a mut IdSource,
    /// When.
    pub now: Timestamp,
    /// The lens that is on, by id.
    pub lens: &'a str,
}

/// What came of submitting.
#[derive(Clone, PartialEq, Debug)]
pub enum Submitted {
    /// Nothing, and why.
    Nothing(SafeText),
    /// The answer is near; the question stays open for one more try.
    Near(TypedNote),
    /// It is graded; the review is to be kept.
    Answered(Review),
}

/// What came of going on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionStep {
    /// To the next question, page or the end.
    On,
    /// Not yet: after a confident error one goes on with a second key.
    Heed,
    /// There is nothing to go on from.
    Nowhere,
}

impl Session {
    /// A session over a deck; `None` when the deck is empty.
    pub fn begin(
        number: u64,
        seed: u64,
        wish: QuizOptions,
        deck: Vec<String>,
        library: &Library,
        record: &Progress,
    ) -> Option<Self> {
        let stops: Vec<SavedQuestion> = deck.into_iter().map(|id| stop(id, 0)).collect();
        let mut session = Self {
            number,
            seed,
            wish,
            stage: Stage::Over,
            stops,
            done: 0,
        };
        session.open(library, record);
        (!session.stops.is_empty()).then_some(session)
    }

    /// Goes on with a session that was left. Questions that have left the pack are left out.
    pub fn resume(shelved: &SavedSession, library: &Library, record: &Progress) -> Self {
        let mut session = Self {
            number: shelved.session,
            seed: shelved.seed,
            wish: QuizOptions::parse(&shelved.options),
            stage: Stage::Over,
            stops: shelved.questions.clone(),
            done: shelved.done.min(shelved.questions.len()),
        };
        session.open(library, record);
        session
    }

    /// The session as it is kept for later; `None` when nothing is left to ask.
    pub fn shelved(&self) -> Option<SavedSession> {
        (self.done < self.stops.len()).then(|| SavedSession {
            session: self.number,
            seed: self.seed,
            options: self.wish.words(),
            done: self.done,
            questions: self.stops.clone(),
        })
    }

    /// Opens the next question, or the page that stands for it.
    fn open(&mut self, library: &Library, record: &Progress) {
        let known = |stop: &SavedQuestion| library.question(&stop.question).is_some();
        let mut at = 0;
        let done = self.done;
        self.stops.retain(|stop| {
            at += 1;
            at <= done || known(stop)
        });
        let question = self
            .stops
            .get(self.done)
            .and_then(|stop| Some((library.question(&stop.question)?, stop.round)));
        self.stage = match question {
            None => Stage::Over,
            Some((question, _))
                if record
                    .question(&question.id)
                    .is_some_and(QuestionProgress::wants_page) =>
            {
                Stage::Page
            }
            Some((question, round)) => Stage::Asking(asked(question, self.seed, round)),
        };
    }

    /// The question that is open, told or stands behind the page.
    pub fn question<'l>(&self, library: &'l Library) -> Option<&'l Question> {
        library.question(&self.at()?.question)
    }

    /// The stop that shows.
    fn at(&self) -> Option<&SavedQuestion> {
        match self.stage {
            Stage::Asking(_) | Stage::Page => self.stops.get(self.done),
            Stage::Told(_) => self.done.checked_sub(1).and_then(|i| self.stops.get(i)),
            Stage::Over => None,
        }
    }

    /// Where one is: which stop, counting from 1, of how many, and how often its question was asked before.
    pub fn position(&self) -> (usize, usize, u32) {
        let told = usize::from(matches!(self.stage, Stage::Told(_)));
        let number = (self.done + 1 - told).min(self.stops.len());
        (
            number,
            self.stops.len(),
            self.at().map_or(0, |stop| stop.round),
        )
    }

    /// The stops that are done with, in their order.
    pub fn past(&self) -> &[SavedQuestion] {
        self.stops.get(..self.done).unwrap_or(&[])
    }

    /// The draft of the open question.
    pub fn draft(&mut self) -> Option<(&mut AnswerDraft, &PresentedQuestion)> {
        match &mut self.stage {
            Stage::Asking(asking) => Some((&mut asking.draft, &asking.shown)),
            Stage::Told(_) | Stage::Page | Stage::Over => None,
        }
    }

    /// Shows the hint of the open question; false when there is none.
    pub fn hint(&mut self, library: &Library) -> bool {
        let there = self.question(library).is_some_and(|q| q.hint.is_some());
        if let (true, Stage::Asking(asking)) = (there, &mut self.stage) {
            asking.hint = true;
            return true;
        }
        false
    }

    /// Submits the draft of the open question.
    pub fn submit(
        &mut self,
        sure: bool,
        library: &Library,
        pen: &mut ReviewWriter<'_>,
    ) -> Submitted {
        let Some(question) = self.question(library) else {
            return nothing();
        };
        let Stage::Asking(asking) = &mut self.stage else {
            return nothing();
        };
        let second = asking.near.is_some();
        let graded = match grade::grade(question, &asking.shown, &asking.draft, second) {
            GradeOutcome::Not(why) => return Submitted::Nothing(why),
            GradeOutcome::Near(note) => {
                asking.near = Some(note);
                return Submitted::Near(note);
            }
            GradeOutcome::So(graded) => graded,
        };
        let (shown, draft, outcome) = (asking.shown.clone(), asking.draft.clone(), graded.outcome);
        let chosen = chosen(question, &shown, &draft);
        let mut review = self.write(question, outcome, sure, chosen, pen);
        if second && outcome == ReviewOutcome::Right {
            review.grade = Some(Grade::Hard);
        }
        let returns = (outcome != ReviewOutcome::Right).then(|| self.put_back(&question.id, sure));
        let heeded = !sure || outcome == ReviewOutcome::Right;
        self.stage = Stage::Told(AnsweredQuestion {
            shown,
            draft,
            sure,
            second,
            graded,
            heeded,
            returns,
        });
        Submitted::Answered(review)
    }

    /// Writes the review of the stop that shows, and is done with it.
    fn write(
        &mut self,
        question: &Question,
        outcome: ReviewOutcome,
        sure: bool,
        chosen: Vec<String>,
        pen: &mut ReviewWriter<'_>,
    ) -> Review {
        let mut review = Review::new(
            pen.ids.review(),
            &question.id,
            outcome,
            sure,
            pen.now,
            self.number,
        );
        review.lens = question.lens_dependent.then(|| pen.lens.to_owned());
        review.chosen.clone_from(&chosen);
        if let Some(stop) = self.stops.get_mut(self.done) {
            (stop.review, stop.outcome, stop.sure, stop.chosen) =
                (Some(review.id), Some(outcome), sure, chosen);
            self.done += 1;
        }
        review
    }

    /// Puts a missed question back among the next ones; after how many others it comes.
    fn put_back(&mut self, question: &str, sure: bool) -> usize {
        let left = self.stops.len().saturating_sub(self.done);
        let after = if sure { SOON.min(left) } else { left };
        let round = self.stops.iter().filter(|s| s.question == question).count();
        self.stops.insert(
            self.done + after,
            stop(
                question.to_owned(),
                u32::try_from(round).unwrap_or(u32::MAX),
            ),
        );
        after
    }

    /// Leaves the verdict for the next question. After a confident error the first call only heeds it.
    pub fn advance(&mut self, library: &Library, record: &Progress) -> SessionStep {
        let Stage::Told(told) = &mut self.stage else {
            return SessionStep::Nowhere;
        };
        if !std::mem::replace(&mut told.heeded, true) {
            return SessionStep::Heed;
        }
        self.open(library, record);
        SessionStep::On
    }

    /// Leaves the open question unanswered, for good in this session; the review is to be kept.
    pub fn skip(
        &mut self,
        library: &Library,
        record: &Progress,
        pen: &mut ReviewWriter<'_>,
    ) -> Option<Review> {
        let question = self
            .question(library)
            .filter(|_| matches!(self.stage, Stage::Asking(_)))?;
        let review = self.write(question, ReviewOutcome::Skipped, false, Vec::new(), pen);
        self.open(library, record);
        Some(review)
    }

    /// Leaves the page that stands for a question; the review is to be kept.
    pub fn read(
        &mut self,
        library: &Library,
        record: &Progress,
        pen: &mut ReviewWriter<'_>,
    ) -> Option<Review> {
        let question = self
            .question(library)
            .filter(|_| self.stage == Stage::Page)?;
        let review = self.write(question, ReviewOutcome::Page, false, Vec::new(), pen);
        self.open(library, record);
        Some(review)
    }

    /// Takes the last answer, skip or page back: its question is open again. The review with this id is to be taken back
    /// too, before this is called.
    pub fn undo(&mut self, library: &Library, record: &Progress) -> Option<ReviewId> {
        let at = self.done.checked_sub(1)?;
        let last = self.stops.get_mut(at)?;
        let review = last.review.take()?;
        let was = std::mem::replace(last, stop(last.question.clone(), last.round));
        let back = |s: &SavedQuestion| {
            s.question == was.question && s.round == was.round + 1 && s.review.is_none()
        };
        if matches!(
            was.outcome,
            Some(ReviewOutcome::Partly | ReviewOutcome::Wrong)
        ) && let Some(again) = self.stops.iter().skip(self.done).position(back)
        {
            self.stops.remove(self.done + again);
        }
        self.done = at;
        let kept = match &self.stage {
            Stage::Told(told) => Some(told.draft.clone()),
            Stage::Asking(_) | Stage::Page | Stage::Over => None,
        };
        self.open(library, record);
        if let (Stage::Asking(asking), Some(draft)) = (&mut self.stage, kept) {
            asking.draft = draft;
        }
        Some(review)
    }

    /// The review that [`Self::undo`] would take back.
    pub fn last_review(&self) -> Option<ReviewId> {
        self.done
            .checked_sub(1)
            .and_then(|at| self.stops.get(at)?.review)
    }

    /// The command that asks the same again.
    pub fn replay(&self) -> String {
        if self.wish.only.is_empty() && self.wish.which.depends_on_record() {
            let first = self
                .stops
                .iter()
                .filter(|s| s.round == 0)
                .map(|s| s.question.as_str())
                .collect::<Vec<_>>();
            return format!(
                "tozero quiz --seed {} --only {}",
                self.seed,
                first.join(",")
            );
        }
        format!("tozero quiz --seed {} {}", self.seed, self.wish.words())
    }
}

fn nothing() -> Submitted {
    Submitted::Nothing(SafeText::ours("no question is open"))
}

fn stop(question: String, round: u32) -> SavedQuestion {
    SavedQuestion {
        question,
        round,
        ..SavedQuestion::default()
    }
}

fn asked(question: &Question, seed: u64, round: u32) -> OpenQuestion {
    let shown = PresentedQuestion::of(question, seed, round);
    OpenQuestion {
        draft: AnswerDraft::of(question, &shown),
        shown,
        hint: false,
        near: None,
    }
}

/// What was chosen, as short keys that outlast a shuffle.
fn chosen(question: &Question, shown: &PresentedQuestion, draft: &AnswerDraft) -> Vec<String> {
    let row = |row: usize| {
        shown
            .rows
            .get(row)
            .and_then(|n| row_words(question, *n))
            .unwrap_or_default()
    };
    let option = |o: usize| {
        shown
            .options
            .get(o)
            .and_then(|n| option_words(question, *n))
            .unwrap_or_default()
    };
    match draft {
        AnswerDraft::One(chosen) => chosen.iter().map(|r| key(&row(*r))).collect(),
        AnswerDraft::Many(chosen) => chosen
            .iter()
            .enumerate()
            .filter(|(_, c)| **c)
            .map(|(r, _)| key(&row(r)))
            .collect(),
        AnswerDraft::Sorted { of, .. } => {
            let each = of
                .iter()
                .enumerate()
                .filter_map(|(r, o)| Some((row(r), option((*o)?))));
            each.map(|(row, option)| key(&format!("{option} < {row}")))
                .collect()
        }
        AnswerDraft::Placed(placed, _) => placed.iter().map(|r| key(&row(*r))).collect(),
        AnswerDraft::Words(words) => vec![key(words)],
    }
}

/// The myths behind the wrong choices among these keys.
pub(super) fn myths(question: &Question, chosen: &[String]) -> Vec<String> {
    let (AnswerKind::Single(all) | AnswerKind::Several(all) | AnswerKind::TrueFalse(all)) =
        &question.answer
    else {
        return Vec::new();
    };
    let met = all
        .iter()
        .filter(|c| !c.right && chosen.contains(&key(&c.text.text())));
    met.filter_map(|c| c.myth.clone()).collect()
}
