//! Right or wrong, row by row.
//!
//! Partly right is wrong for the schedule, and says which part. A typed answer with a slip in its spelling, another word for
//! nearly the same, a number a little off or off by a power of ten is near: it gets one more try.
//! Promises: total: every draft of every kind is graded, asked to be completed, or asked to be written anew; the right
//! draft, and only it, is right.

use crate::core::progress::ReviewOutcome;
use crate::core::quiz::draft::AnswerDraft;
use crate::core::quiz::number;
use crate::core::quiz::presented::PresentedQuestion;
use crate::pack::{AnswerKind, Choice, Question};
use crate::text::SafeText;
use crate::text::measure::{fold, fold_tight};

/// What a row of an answer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowMark {
    /// Chosen, sorted or placed as is right.
    Right,
    /// Chosen, sorted or placed, and wrong.
    Wrong,
    /// Not chosen, and it should have been.
    Missed,
    /// Rightly left alone.
    Left,
}

/// What is said about a typed answer that is not right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypedNote {
    /// It is spelled nearly right.
    Spelling,
    /// It is a word for something near.
    NearWord,
    /// It is a little off.
    NearNumber,
    /// It is off by this power of ten: 3 is a thousand times too much.
    Power(i32),
}

/// A graded answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GradedAnswer {
    /// Right, partly or wrong.
    pub outcome: ReviewOutcome,
    /// For each row as shown; empty for what is typed.
    pub marks: Vec<RowMark>,
    /// What else is to be said of a typed answer.
    pub note: Option<TypedNote>,
}

/// What came of grading a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GradeOutcome {
    /// It cannot be graded: something is missing, or it is no number.
    Not(SafeText),
    /// It is near, and gets one more try.
    Near(TypedNote),
    /// It is graded.
    So(GradedAnswer),
}

/// How near a number must be to get another try: the greater of this share of the answer and three tolerances.
const NEAR: f64 = 0.05;
/// Powers of ten that count as a slip.
const POWERS: [i32; 10] = [-9, -6, -3, -2, -1, 1, 2, 3, 6, 9];

/// Grades a draft; on the second try what is near is wrong.
pub fn grade(
    question: &Question,
    shown: &PresentedQuestion,
    draft: &AnswerDraft,
    second: bool,
) -> GradeOutcome {
    if let Some(missing) = draft.missing() {
        return GradeOutcome::Not(missing);
    }
    match (&question.answer, draft) {
        (AnswerKind::Single(all) | AnswerKind::TrueFalse(all), AnswerDraft::One(chosen)) => {
            let marks = chosen_marks(all, shown, |row| *chosen == Some(row));
            let right = !marks.contains(&RowMark::Wrong);
            GradeOutcome::So(GradedAnswer {
                outcome: if right {
                    ReviewOutcome::Right
                } else {
                    ReviewOutcome::Wrong
                },
                marks,
                note: None,
            })
        }
        (AnswerKind::Several(all), AnswerDraft::Many(chosen)) => {
            rows(chosen_marks(all, shown, |row| {
                chosen.get(row) == Some(&true)
            }))
        }
        (AnswerKind::Classify { items, .. }, AnswerDraft::Sorted { of, .. }) => {
            rows(sorted_marks(shown, of, |row| {
                items.get(row).map(|item| item.bucket)
            }))
        }
        (AnswerKind::Match(_), AnswerDraft::Sorted { of, .. }) => {
            rows(sorted_marks(shown, of, Some))
        }
        (AnswerKind::Order(_), AnswerDraft::Placed(placed, _)) => rows(placed_marks(shown, placed)),
        (
            AnswerKind::Numeric {
                answer,
                tolerance,
                unit,
                ..
            },
            AnswerDraft::Words(words),
        ) => match number::read(words, unit) {
            Err(why) => GradeOutcome::Not(why),
            Ok(value) => typed(value_is_right(value, *answer, *tolerance), second, || {
                near_number(value, *answer, *tolerance)
            }),
        },
        (AnswerKind::Typed { answers, near }, AnswerDraft::Words(words)) => {
            let said = word(words);
            typed(answers.iter().any(|a| word(a) == said), second, || {
                near_word(&said, answers, near)
            })
        }
        // A draft that was made for another kind of question answers nothing.
        (AnswerKind::Single(_) | AnswerKind::TrueFalse(_), _)
        | (
            AnswerKind::Several(_)
            | AnswerKind::Classify { .. }
            | AnswerKind::Match(_)
            | AnswerKind::Order(_),
            _,
        )
        | (AnswerKind::Numeric { .. } | AnswerKind::Typed { .. }, _) => {
            GradeOutcome::Not(SafeText::ours("nothing is chosen yet"))
        }
    }
}

/// The outcome of rows: right when all are, wrong when none is.
fn rows(marks: Vec<RowMark>) -> GradeOutcome {
    let flawed = marks
        .iter()
        .any(|m| matches!(m, RowMark::Wrong | RowMark::Missed));
    let outcome = match (flawed, marks.contains(&RowMark::Right)) {
        (false, _) => ReviewOutcome::Right,
        (true, true) => ReviewOutcome::Partly,
        (true, false) => ReviewOutcome::Wrong,
    };
    GradeOutcome::So(GradedAnswer {
        outcome,
        marks,
        note: None,
    })
}

fn chosen_marks(
    choices: &[Choice],
    shown: &PresentedQuestion,
    chosen: impl Fn(usize) -> bool,
) -> Vec<RowMark> {
    let mark =
        |(row, n): (usize, &usize)| match (chosen(row), choices.get(*n).is_some_and(|c| c.right)) {
            (true, true) => RowMark::Right,
            (true, false) => RowMark::Wrong,
            (false, true) => RowMark::Missed,
            (false, false) => RowMark::Left,
        };
    shown.rows.iter().enumerate().map(mark).collect()
}

fn sorted_marks(
    shown: &PresentedQuestion,
    of: &[Option<usize>],
    right: impl Fn(usize) -> Option<usize>,
) -> Vec<RowMark> {
    let mark = |(n, option): (&usize, &Option<usize>)| {
        let option = option.and_then(|o| shown.options.get(o).copied());
        if option.is_some() && option == right(*n) {
            RowMark::Right
        } else {
            RowMark::Wrong
        }
    };
    shown.rows.iter().zip(of).map(mark).collect()
}

fn placed_marks(shown: &PresentedQuestion, placed: &[usize]) -> Vec<RowMark> {
    let mark = |(row, n): (usize, &usize)| {
        if placed.get(*n) == Some(&row) {
            RowMark::Right
        } else {
            RowMark::Wrong
        }
    };
    shown.rows.iter().enumerate().map(mark).collect()
}

fn typed(right: bool, second: bool, near: impl Fn() -> Option<TypedNote>) -> GradeOutcome {
    let note = if right { None } else { near() };
    match note {
        Some(note) if !second => GradeOutcome::Near(note),
        note => GradeOutcome::So(GradedAnswer {
            outcome: if right {
                ReviewOutcome::Right
            } else {
                ReviewOutcome::Wrong
            },
            marks: Vec::new(),
            note,
        }),
    }
}

/// What does not count in a typed word: case, accents, dashes, spaces, an article in front.
fn word(words: &str) -> String {
    let folded = fold(words.trim());
    let bare = ["the ", "an ", "a "]
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .unwrap_or(&folded);
    fold_tight(bare)
}

fn near_word(said: &str, answers: &[SafeText], near: &[SafeText]) -> Option<TypedNote> {
    if near.iter().any(|n| word(n) == said) {
        return Some(TypedNote::NearWord);
    }
    let slips = |answer: &SafeText| {
        let answer = word(answer);
        let allowed = match answer.chars().count() {
            0..=4 => 0,
            5..=8 => 1,
            9.. => 2,
        };
        let lengths = answer.chars().count().abs_diff(said.chars().count()) <= allowed;
        allowed > 0 && lengths && strsim::damerau_levenshtein(&answer, said) <= allowed
    };
    answers.iter().any(slips).then_some(TypedNote::Spelling)
}

fn within(value: f64, answer: f64, share: f64) -> bool {
    (value - answer).abs() <= share * answer.abs() * (1.0 + 1e-9) + answer.abs() * 1e-9
}

fn value_is_right(value: f64, answer: f64, tolerance: f64) -> bool {
    within(value, answer, tolerance)
}

fn near_number(value: f64, answer: f64, tolerance: f64) -> Option<TypedNote> {
    if within(value, answer, NEAR.max(3.0 * tolerance)) {
        return Some(TypedNote::NearNumber);
    }
    POWERS
        .into_iter()
        .find(|p| within(value, answer * 10_f64.powi(*p), tolerance))
        .map(TypedNote::Power)
}
