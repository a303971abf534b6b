//! Where a session stands: a question is open, it is answered and its feedback shown, a page is shown instead, or all is
//! over.
//! Guarantee: each stage holds all that its screen shows, and nothing of the screen.

use crate::core::quiz::draft::AnswerDraft;
use crate::core::quiz::grade::{GradedAnswer, TypedNote};
use crate::core::quiz::presented::PresentedQuestion;

#[derive(Clone, PartialEq, Debug, Default)]
pub enum Stage {
    Asking(OpenQuestion),
    /// The feedback on an answer is shown.
    Answered(AnsweredQuestion),
    /// The page behind a question is shown instead of it, after too many wrong answers.
    Page,
    #[default]
    Over,
}

#[derive(Clone, PartialEq, Debug)]
pub struct OpenQuestion {
    pub shown: PresentedQuestion,
    pub draft: AnswerDraft,
    pub hint: bool,
    /// What was near in the first try, when this is the second.
    pub near: Option<TypedNote>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct AnsweredQuestion {
    pub shown: PresentedQuestion,
    pub draft: AnswerDraft,
    pub sure: bool,
    pub graded: GradedAnswer,
    /// Whether the hint was shown before the answer.
    pub hint: bool,
    /// Whether the feedback on a confident error was acknowledged; true for other answers.
    pub acknowledged: bool,
    /// After how many other questions it comes back; `None` when it does not.
    pub returns: Option<usize>,
    /// Whether it was asked once more in this session.
    pub again: bool,
}
