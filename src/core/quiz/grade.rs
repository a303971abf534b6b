//! Right or wrong, row by row.
//!
//! Partly right is wrong for the schedule, and says which part. A typed answer with a slip in its spelling, without its signs
//! or accents, another word for nearly the same, a number a little off or off by a power of ten is near: it gets one more try.
//! Guarantees: total: every draft of every kind is graded, asked to be completed, or asked to be written anew; the right
//! draft, and only it, is right.

use crate::core::progress::ReviewOutcome;
use crate::core::quiz::draft::AnswerDraft;
use crate::core::quiz::number;
use crate::core::quiz::presented::PresentedQuestion;
use crate::core::quiz::presented::choices;
use crate::pack::{AnswerKind, AnswerOption, Question};
use crate::text::SafeText;
use crate::text::fold::{fold_tight, is_letter, typed};

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
    Spelling,
    /// It is right but for signs or accents.
    Signs,
    NearWord,
    /// An answer and more words.
    TooMuch,
    NearNumber,
    /// It is off by this power of ten: 3 is a thousand times too much.
    Power(i32),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GradedAnswer {
    /// Right, partly or wrong.
    pub outcome: ReviewOutcome,
    /// For each row as shown; empty for what is typed.
    pub marks: Vec<RowMark>,
    /// What else is to be said of a typed answer.
    pub note: Option<TypedNote>,
}

/// Why an answer is not graded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ungraded {
    /// Something is missing, or it is no number.
    Refused(SafeText),
    /// It is near, and gets one more try.
    Near(TypedNote),
}

/// Into how many words more than it has an answer may be parted: `break even` for `breakeven`.
const PARTED: usize = 2;
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
) -> Result<GradedAnswer, Ungraded> {
    if let Some(missing) = draft.missing() {
        return Err(Ungraded::Refused(missing));
    }
    if let AnswerDraft::Words(words) = draft {
        return grade_words(question, words, second);
    }
    let marks = marks(question, shown, draft);
    if marks.is_empty() {
        return Err(nothing());
    }
    let flawed = marks
        .iter()
        .any(|m| matches!(m, RowMark::Wrong | RowMark::Missed));
    let outcome = match (flawed, marks.contains(&RowMark::Right)) {
        (false, _) => ReviewOutcome::Right,
        (true, true) => ReviewOutcome::Partly,
        (true, false) => ReviewOutcome::Wrong,
    };
    Ok(GradedAnswer {
        outcome,
        marks,
        note: None,
    })
}

fn nothing() -> Ungraded {
    Ungraded::Refused(SafeText::ours("nothing is chosen yet"))
}

/// A mark for each row; `None` for a draft that was made for another kind of question.
fn marks(question: &Question, shown: &PresentedQuestion, draft: &AnswerDraft) -> Vec<RowMark> {
    let all = choices(question);
    match draft {
        AnswerDraft::One(chosen) => chosen_marks(all, shown, |row| *chosen == Some(row)),
        AnswerDraft::Many(chosen) => chosen_marks(all, shown, |row| chosen.get(row) == Some(&true)),
        AnswerDraft::Sorted { of, .. } => sorted_marks(shown, of, |row| {
            if let AnswerKind::Classify { items, .. } = &question.answer {
                return items.get(row).map(|item| item.bucket);
            }
            // The other sorted kind is pairs, and a pair's halves have the same number in the file.
            Some(row)
        }),
        AnswerDraft::Placed(placed, _) => placed_marks(shown, placed),
        AnswerDraft::Words(_) => Vec::new(),
    }
}

fn grade_words(question: &Question, words: &str, second: bool) -> Result<GradedAnswer, Ungraded> {
    use AnswerKind::{Classify, Match, Order, Several, Single, TrueFalse};
    let (right, note) = match &question.answer {
        AnswerKind::Numeric {
            answer,
            tolerance,
            unit,
            ..
        } => {
            let value = number::read(words, unit).map_err(Ungraded::Refused)?;
            let right = within(value, *answer, *tolerance);
            (right, near_number(value, *answer, *tolerance))
        }
        AnswerKind::Typed { answers, near } => {
            let right = is_answer(words, answers) || is_explained(words, answers, near);
            (right, near_word(words, answers, near))
        }
        Single(_) | Several(_) | TrueFalse(_) | Classify { .. } | Order(_) | Match(_) => {
            return Err(nothing());
        }
    };
    match note.filter(|_| !right) {
        Some(note) if !second => Err(Ungraded::Near(note)),
        note => Ok(GradedAnswer {
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

fn chosen_marks(
    choices: &[AnswerOption],
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
        right_or_wrong(option.is_some() && option == right(*n))
    };
    shown.rows.iter().zip(of).map(mark).collect()
}

const fn right_or_wrong(right: bool) -> RowMark {
    if right {
        RowMark::Right
    } else {
        RowMark::Wrong
    }
}

fn placed_marks(shown: &PresentedQuestion, placed: &[usize]) -> Vec<RowMark> {
    let mark = |(row, n): (usize, &usize)| right_or_wrong(placed.get(*n) == Some(&row));
    shown.rows.iter().enumerate().map(mark).collect()
}

/// A typed word without what does not count: what [`typed`] folds, and an article in front.
pub fn word(words: &str) -> String {
    typed(without_article(words))
}

fn is_answer(words: &str, answers: &[SafeText]) -> bool {
    answers.iter().any(|answer| is_same(words, answer))
}

/// Whether what was typed is an answer with another name of the same in brackets behind it, as in `change data capture (CDC)`.
fn is_explained(words: &str, answers: &[SafeText], near: &[SafeText]) -> bool {
    let inside = words.trim().strip_suffix(')');
    let Some((name, other)) = inside.and_then(|words| words.split_once('(')) else {
        return false;
    };
    let other_word = word(other);
    let is_near = || near.iter().any(|near| word(near) == other_word);
    let initials = || -> String {
        let parts = name.split([' ', '-']);
        parts.filter_map(|part| part.chars().next()).collect()
    };
    is_answer(name, answers)
        && (is_answer(other, answers) || is_near() || word(&initials()) == other_word)
}

/// Whether what was typed is this answer. Around a word without signs of its own, quotes and the end of a sentence do not
/// count.
fn is_same(words: &str, answer: &str) -> bool {
    let (wanted, given) = (word(answer), word(words));
    let has_signs = !answer
        .chars()
        .all(|c| is_letter(c) || matches!(c, ' ' | '-'));
    let bare = |c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '`' | '(' | ')'
        )
    };
    let same = |given: &str| !given.is_empty() && given == wanted;
    same(&given)
        || !has_signs && wanted.chars().count() > 1 && same(&word(words.trim().trim_matches(bare)))
}

/// The same, without signs and accents.
fn bare_word(words: &str) -> String {
    fold_tight(without_article(words))
}

/// An article belongs to a word: `a + b` begins with none.
fn without_article(words: &str) -> &str {
    let words = words.trim();
    let Some((first, rest)) = words.split_once(char::is_whitespace) else {
        return words;
    };
    let rest = rest.trim_start();
    let is_article = ["the", "an", "a"]
        .iter()
        .any(|a| first.eq_ignore_ascii_case(a));
    let is_word = rest.chars().take_while(|c| is_letter(*c)).count() > 1;
    if is_article && is_word { rest } else { words }
}

fn near_word(words: &str, answers: &[SafeText], near: &[SafeText]) -> Option<TypedNote> {
    let (typed, bare) = (word(words), bare_word(words));
    if near.iter().any(|n| word(n) == typed) {
        return Some(TypedNote::NearWord);
    }
    if !bare.is_empty() && answers.iter().any(|a| bare_word(a) == bare) {
        return Some(TypedNote::Signs);
    }
    let slips = |answer: &SafeText| {
        let answer = word(answer);
        let allowed = match answer.chars().count() {
            0..=4 => 0,
            5..=8 => 1,
            9.. => 2,
        };
        let lengths = answer.chars().count().abs_diff(typed.chars().count()) <= allowed;
        allowed > 0 && lengths && strsim::damerau_levenshtein(&answer, &typed) <= allowed
    };
    if answers.iter().any(slips) {
        return Some(TypedNote::Spelling);
    }
    let parts = parts(words);
    let within = |answer: &SafeText| holds(&parts, answer);
    answers.iter().any(within).then_some(TypedNote::TooMuch)
}

/// The words of what is typed, each as it counts.
fn parts(words: &str) -> Vec<String> {
    let parts = words.split(|c: char| !is_letter(c));
    let parts = parts.filter(|part| !part.is_empty()).map(typed);
    parts.collect()
}

/// Whether an answer stands among other words, however it is parted. Not a short one, which is part of too much.
fn holds(words: &[String], answer: &str) -> bool {
    let parts = parts(answer);
    let (most, answer) = (parts.len() + PARTED, parts.concat());
    let mut runs = (1..words.len().min(most + 1)).flat_map(|n| words.windows(n));
    answer.chars().count() >= 4 && runs.any(|run| run.concat() == answer)
}

fn within(value: f64, answer: f64, share: f64) -> bool {
    (value - answer).abs() <= share * answer.abs() * (1.0 + 1e-9) + answer.abs() * 1e-9
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
