//! The way from the first question to the summary.
//!
//! A miss comes back once, at the end, behind all others; true or false only where at least three others come between, since
//! sooner the second answer proves nothing. After four lapses the page behind a question is shown instead. Reviews that are returned must be added to the progress before the session goes
//! on, since the progress decides what is asked: [`QuizRun`](crate::core::quiz::QuizRun) does so.
//! Guarantees: pure; one call answers one question at most, and none whose draft is empty; what is undone leaves the session
//! as it was before; a session that is saved and resumed asks the same as one that goes on.

use crate::core::progress::{
    IdSource, Progress, QuestionProgress, Review, ReviewId, ReviewOutcome, SavedQuestion,
    SavedSession, key,
};
use crate::core::quiz::draft::AnswerDraft;
use crate::core::quiz::grade::{Ungraded, grade};
use crate::core::quiz::options::QuizOptions;
use crate::core::quiz::presented::{PresentedQuestion, option_words, row_words};
use crate::core::quiz::stage::{AnsweredQuestion, OpenQuestion, Stage};
use crate::core::schedule::Grade;
use crate::pack::{AnswerKind, Library, Question};
use crate::text::{SafeText, Timestamp};

/// How many others must come between before true or false is asked again.
const APART: usize = 3;

/// A session; by default an empty one that is over.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Session {
    /// Its number, as in its reviews.
    pub number: u64,
    pub seed: u64,
    pub options: QuizOptions,
    pub stage: Stage,
    /// The questions in their order; those before `done` are done with.
    questions: Vec<SavedQuestion>,
    done: usize,
}

/// Where one is in a session. What was asked for is counted apart from what is asked once more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SessionPosition {
    /// Which question of those asked for, counting from 1.
    pub number: usize,
    /// How many were asked for.
    pub of: usize,
    /// Which of those that are asked once more, counting from 1, and of how many.
    pub again: Option<(usize, usize)>,
    /// How many behind this one are to be asked once more.
    pub to_repeat: usize,
}

#[derive(Clone, Copy)]
pub struct QuizContext<'a> {
    pub library: &'a Library,
    pub now: Timestamp,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionStep {
    /// To the next question, page or the end.
    Moved,
    /// Not yet: after a confident error one goes on with a second key.
    NeedsConfirm,
    /// There is nothing to go on from.
    Nowhere,
}

impl Session {
    pub(super) fn begin(
        number: u64,
        seed: u64,
        options: QuizOptions,
        deck: Vec<String>,
        library: &Library,
        progress: &Progress,
    ) -> Self {
        let mut session = Self {
            number,
            seed,
            options,
            stage: Stage::Over,
            questions: deck.into_iter().map(|id| unanswered(id, 0)).collect(),
            done: 0,
        };
        session.open(library, progress);
        session
    }

    /// Goes on with a session that was left. Questions that have left the pack are left out.
    pub fn resume(saved: &SavedSession, library: &Library, progress: &Progress) -> Self {
        let mut session = Self {
            number: saved.session,
            seed: saved.seed,
            options: QuizOptions::parse(&saved.options),
            stage: Stage::Over,
            questions: saved.questions.clone(),
            done: saved.done.min(saved.questions.len()),
        };
        session.open(library, progress);
        session
    }

    /// The session as it is kept for later; `None` when nothing is left to ask.
    pub fn saved(&self) -> Option<SavedSession> {
        (self.done < self.questions.len()).then(|| SavedSession {
            session: self.number,
            seed: self.seed,
            options: self.options.words(),
            done: self.done,
            questions: self.questions.clone(),
        })
    }

    /// Opens the next question, or the page that stands for it.
    pub(super) fn open(&mut self, library: &Library, progress: &Progress) {
        let mut left = self.questions.split_off(self.done);
        left.retain(|saved| library.question(&saved.question).is_some());
        self.questions.append(&mut left);
        let next = self.questions.get(self.done);
        let next = next.and_then(|saved| Some((library.question(&saved.question)?, saved.round)));
        self.stage = match next {
            None => Stage::Over,
            Some((question, _))
                if progress
                    .question(&question.id)
                    .is_some_and(QuestionProgress::wants_page) =>
            {
                Stage::Page
            }
            Some((question, round)) => Stage::Asking(asked(question, self.seed, round)),
        };
    }

    /// The question that is open, answered or stands behind the page.
    pub fn question<'l>(&self, library: &'l Library) -> Option<&'l Question> {
        library.question(&self.current()?.question)
    }

    fn current(&self) -> Option<&SavedQuestion> {
        match self.stage {
            Stage::Asking(_) | Stage::Page => self.questions.get(self.done),
            Stage::Answered(_) => self.past().last(),
            Stage::Over => None,
        }
    }

    pub fn position(&self) -> SessionPosition {
        let answered = usize::from(matches!(self.stage, Stage::Answered(_)));
        let here = (self.done + 1 - answered).min(self.questions.len());
        let (to_here, behind) = self.questions.split_at(here);
        let repeats = |some: &[SavedQuestion]| some.iter().filter(|q| q.round > 0).count();
        let (repeated, to_repeat) = (repeats(to_here), repeats(behind));
        let is_again = self.current().is_some_and(|current| current.round > 0);
        SessionPosition {
            number: to_here.len() - repeated,
            of: self.questions.len() - repeated - to_repeat,
            again: is_again.then_some((repeated, repeated + to_repeat)),
            to_repeat,
        }
    }

    /// The questions that are done with, in their order.
    pub fn past(&self) -> &[SavedQuestion] {
        self.questions.get(..self.done).unwrap_or(&[])
    }

    /// What came of each question asked for, in their order; `None` where it is not answered yet.
    pub fn outcomes(&self) -> Vec<Option<ReviewOutcome>> {
        let first = self.questions.iter().filter(|q| q.round == 0);
        first.map(|question| question.outcome).collect()
    }

    pub fn draft(&mut self) -> Option<(&mut AnswerDraft, &PresentedQuestion)> {
        match &mut self.stage {
            Stage::Asking(asking) => Some((&mut asking.draft, &asking.shown)),
            Stage::Answered(_) | Stage::Page | Stage::Over => None,
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

    /// Grades the draft of the open question.
    pub(super) fn submit(
        &mut self,
        sure: bool,
        context: &QuizContext<'_>,
        ids: &mut IdSource,
    ) -> Result<Review, Ungraded> {
        let question = self.question(context.library);
        let (Some(question), Stage::Asking(asking)) = (question, &mut self.stage) else {
            return Err(Ungraded::Refused(SafeText::ours("no question is open")));
        };
        let (second, hint) = (asking.near.is_some(), asking.hint);
        let graded = grade(question, &asking.shown, &asking.draft, second);
        if let Err(Ungraded::Near(note)) = graded {
            asking.near = Some(note);
        }
        let graded = graded?;
        let (shown, draft, outcome) = (asking.shown.clone(), asking.draft.clone(), graded.outcome);
        let chosen = chosen(question, &shown, &draft);
        let mut review = self.write(question, outcome, sure, chosen, context, ids);
        let right = outcome == ReviewOutcome::Right;
        if (second || hint) && right {
            review.grade = Some(Grade::Hard);
        }
        let round = self.past().last().map_or(0, |saved| saved.round);
        let again = !right && round == 0;
        let returns = again.then(|| self.put_back(question)).flatten();
        self.stage = Stage::Answered(AnsweredQuestion {
            shown,
            draft,
            sure,
            graded,
            hint,
            acknowledged: !sure || right,
            returns,
            again: round > 0,
        });
        Ok(review)
    }

    /// Leaves the open question unanswered, for good in this session.
    pub(super) fn pass(
        &mut self,
        outcome: ReviewOutcome,
        context: &QuizContext<'_>,
        ids: &mut IdSource,
    ) -> Option<Review> {
        let open = match self.stage {
            Stage::Asking(_) => outcome == ReviewOutcome::Skipped,
            Stage::Page => outcome == ReviewOutcome::Page,
            Stage::Answered(_) | Stage::Over => false,
        };
        let question = self.question(context.library).filter(|_| open)?;
        Some(self.write(question, outcome, false, Vec::new(), context, ids))
    }

    /// Writes the review of the current question, and is done with it.
    fn write(
        &mut self,
        question: &Question,
        outcome: ReviewOutcome,
        sure: bool,
        chosen: Vec<String>,
        context: &QuizContext<'_>,
        ids: &mut IdSource,
    ) -> Review {
        let id = ids.review();
        if let Some(saved) = self.questions.get_mut(self.done) {
            saved.review = Some(id);
            saved.outcome = Some(outcome);
            saved.sure = sure;
            saved.chosen.clone_from(&chosen);
            self.done += 1;
        }
        Review {
            lens: question.lens.clone(),
            chosen,
            ..Review::new(id, &question.id, outcome, sure, context.now, self.number)
        }
    }

    /// Puts a missed question behind all others; how many are before it. `None` when it would prove nothing.
    fn put_back(&mut self, question: &Question) -> Option<usize> {
        let before = self.questions.len().saturating_sub(self.done);
        let guessable = matches!(question.answer, AnswerKind::TrueFalse(_));
        if self.options.once || guessable && before < APART {
            return None;
        }
        self.questions.push(unanswered(question.id.clone(), 1));
        Some(before)
    }

    /// Leaves the feedback for the next question. After a confident error the first call only acknowledges it.
    pub(super) fn advance(&mut self, library: &Library, progress: &Progress) -> SessionStep {
        let Stage::Answered(answered) = &mut self.stage else {
            return SessionStep::Nowhere;
        };
        if !std::mem::replace(&mut answered.acknowledged, true) {
            return SessionStep::NeedsConfirm;
        }
        self.open(library, progress);
        SessionStep::Moved
    }

    /// Opens the last question again, after its review was undone.
    pub(super) fn undo(&mut self, library: &Library, progress: &Progress) {
        let Some(last) = self.done.checked_sub(1) else {
            return;
        };
        let Some(saved) = self.questions.get_mut(last) else {
            return;
        };
        let empty = unanswered(saved.question.clone(), saved.round);
        let was = std::mem::replace(saved, empty);
        let comes_again = |q: &SavedQuestion| {
            q.question == was.question && q.round == was.round + 1 && q.review.is_none()
        };
        let missed = matches!(
            was.outcome,
            Some(ReviewOutcome::Partly | ReviewOutcome::Wrong)
        );
        let again = self.questions.iter().skip(self.done).position(comes_again);
        if let (true, Some(again)) = (missed, again) {
            self.questions.remove(self.done + again);
        }
        self.done = last;
        let draft = match &self.stage {
            Stage::Answered(answered) => Some(answered.draft.clone()),
            Stage::Asking(_) | Stage::Page | Stage::Over => None,
        };
        self.open(library, progress);
        if let (Stage::Asking(asking), Some(draft)) = (&mut self.stage, draft) {
            asking.draft = draft;
        }
    }

    /// The review of the last answer, to take it back; none before one is kept.
    pub fn last_review(&self) -> Option<ReviewId> {
        self.past().last()?.review
    }

    /// The command that asks the same again.
    pub fn command(&self) -> String {
        let mut words = self.options.words();
        if self.options.only.is_empty() && self.options.which.depends_on_progress() {
            let first = self.questions.iter().filter(|q| q.round == 0);
            let first: Vec<&str> = first.map(|q| q.question.as_str()).collect();
            words = format!("--only {}", first.join(","));
        }
        format!("tozero quiz --seed {} {words}", self.seed)
    }
}

/// A question of a session before its answer.
fn unanswered(question: String, round: u32) -> SavedQuestion {
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
    let words = |shown: &[usize], at: usize, words: fn(&Question, usize) -> Option<SafeText>| {
        let n = shown.get(at).copied();
        n.and_then(|n| words(question, n)).unwrap_or_default()
    };
    let row = |row: usize| words(&shown.rows, row, row_words);
    let option = |option: usize| words(&shown.options, option, option_words);
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
