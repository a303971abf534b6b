//! Right or wrong, row by row.
//!
//! Partly right is wrong for the schedule, and says which part. A typed answer with a slip in its spelling, another word for
//! nearly the same, a number a little off or off by a power of ten is near: it gets one more try.
//! Promises: total: every draft of every kind is graded, asked to be completed, or asked to be written anew; the right
//! draft, and only it, is right.

use crate::base::safe::SafeText;
use crate::base::text::{fold, fold_tight};
use crate::content::kind::question::{AnswerKind, Choice, Question};
use crate::domain::progress::Outcome;
use crate::domain::quiz::draft::Draft;
use crate::domain::quiz::number;
use crate::domain::quiz::shown::Shown;

/// What a row of an answer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
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
pub enum Note {
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
pub struct Graded {
    /// Right, partly or wrong.
    pub outcome: Outcome,
    /// For each row as shown; empty for what is typed.
    pub marks: Vec<Mark>,
    /// What else is to be said of a typed answer.
    pub note: Option<Note>,
}

/// What came of grading a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Judged {
    /// It cannot be graded: something is missing, or it is no number.
    Not(SafeText),
    /// It is near, and gets one more try.
    Near(Note),
    /// It is graded.
    So(Graded),
}

/// How near a number must be to get another try: the greater of this share of the answer and three tolerances.
const NEAR: f64 = 0.05;
/// Powers of ten that count as a slip.
const POWERS: [i32; 10] = [-9, -6, -3, -2, -1, 1, 2, 3, 6, 9];

/// Grades a draft; on the second try what is near is wrong.
pub fn grade(question: &Question, shown: &Shown, draft: &Draft, second: bool) -> Judged {
    if let Some(missing) = draft.missing() {
        return Judged::Not(missing);
    }
    match (&question.answer, draft) {
        (AnswerKind::Single(all) | AnswerKind::TrueFalse(all), Draft::One(chosen)) => {
            let marks = chosen_marks(all, shown, |row| *chosen == Some(row));
            let right = !marks.contains(&Mark::Wrong);
            Judged::So(Graded { outcome: if right { Outcome::Right } else { Outcome::Wrong }, marks, note: None })
        }
        (AnswerKind::Several(all), Draft::Many(chosen)) => rows(chosen_marks(all, shown, |row| chosen.get(row) == Some(&true))),
        (AnswerKind::Classify { items, .. }, Draft::Sorted { of, .. }) => {
            rows(sorted_marks(shown, of, |row| items.get(row).map(|item| item.bucket)))
        }
        (AnswerKind::Match(_), Draft::Sorted { of, .. }) => rows(sorted_marks(shown, of, Some)),
        (AnswerKind::Order(_), Draft::Placed(placed, _)) => rows(placed_marks(shown, placed)),
        (AnswerKind::Numeric { answer, tolerance, unit, .. }, Draft::Words(words)) => match number::read(words, unit) {
            Err(why) => Judged::Not(why),
            Ok(value) => typed(value_is_right(value, *answer, *tolerance), second, || near_number(value, *answer, *tolerance)),
        },
        (AnswerKind::Typed { answers, near }, Draft::Words(words)) => {
            let said = word(words);
            typed(answers.iter().any(|a| word(a) == said), second, || near_word(&said, answers, near))
        }
        // A draft that was made for another kind of question answers nothing.
        (AnswerKind::Single(_) | AnswerKind::TrueFalse(_), _)
        | (AnswerKind::Several(_) | AnswerKind::Classify { .. } | AnswerKind::Match(_) | AnswerKind::Order(_), _)
        | (AnswerKind::Numeric { .. } | AnswerKind::Typed { .. }, _) => Judged::Not(SafeText::ours("nothing is chosen yet")),
    }
}

/// The outcome of rows: right when all are, wrong when none is.
fn rows(marks: Vec<Mark>) -> Judged {
    let flawed = marks.iter().any(|m| matches!(m, Mark::Wrong | Mark::Missed));
    let outcome = match (flawed, marks.contains(&Mark::Right)) {
        (false, _) => Outcome::Right,
        (true, true) => Outcome::Partly,
        (true, false) => Outcome::Wrong,
    };
    Judged::So(Graded { outcome, marks, note: None })
}

fn chosen_marks(choices: &[Choice], shown: &Shown, chosen: impl Fn(usize) -> bool) -> Vec<Mark> {
    let mark = |(row, n): (usize, &usize)| match (chosen(row), choices.get(*n).is_some_and(|c| c.right)) {
        (true, true) => Mark::Right,
        (true, false) => Mark::Wrong,
        (false, true) => Mark::Missed,
        (false, false) => Mark::Left,
    };
    shown.rows.iter().enumerate().map(mark).collect()
}

fn sorted_marks(shown: &Shown, of: &[Option<usize>], right: impl Fn(usize) -> Option<usize>) -> Vec<Mark> {
    let mark = |(n, option): (&usize, &Option<usize>)| {
        let option = option.and_then(|o| shown.options.get(o).copied());
        if option.is_some() && option == right(*n) { Mark::Right } else { Mark::Wrong }
    };
    shown.rows.iter().zip(of).map(mark).collect()
}

fn placed_marks(shown: &Shown, placed: &[usize]) -> Vec<Mark> {
    let mark = |(row, n): (usize, &usize)| if placed.get(*n) == Some(&row) { Mark::Right } else { Mark::Wrong };
    shown.rows.iter().enumerate().map(mark).collect()
}

fn typed(right: bool, second: bool, near: impl Fn() -> Option<Note>) -> Judged {
    let note = if right { None } else { near() };
    match note {
        Some(note) if !second => Judged::Near(note),
        note => Judged::So(Graded { outcome: if right { Outcome::Right } else { Outcome::Wrong }, marks: Vec::new(), note }),
    }
}

/// What does not count in a typed word: case, accents, dashes, spaces, an article in front.
fn word(words: &str) -> String {
    let folded = fold(words.trim());
    let bare = ["the ", "an ", "a "].iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(&folded);
    fold_tight(bare)
}

fn near_word(said: &str, answers: &[SafeText], near: &[SafeText]) -> Option<Note> {
    if near.iter().any(|n| word(n) == said) {
        return Some(Note::NearWord);
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
    answers.iter().any(slips).then_some(Note::Spelling)
}

fn within(value: f64, answer: f64, share: f64) -> bool {
    (value - answer).abs() <= share * answer.abs() * (1.0 + 1e-9) + answer.abs() * 1e-9
}

fn value_is_right(value: f64, answer: f64, tolerance: f64) -> bool {
    within(value, answer, tolerance)
}

fn near_number(value: f64, answer: f64, tolerance: f64) -> Option<Note> {
    if within(value, answer, NEAR.max(3.0 * tolerance)) {
        return Some(Note::NearNumber);
    }
    POWERS.into_iter().find(|p| within(value, answer * 10_f64.powi(*p), tolerance)).map(Note::Power)
}
