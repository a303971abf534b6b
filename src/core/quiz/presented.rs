//! How a question stands before one: its rows in their shuffled order, with the letters that name them.
//! The same seed, question and round give the same order; true and false, choices that speak of the others, and those of
//! a question that says `shuffle = false` keep the order of their file; an ordering and a matching are never shown solved.

use crate::pack::{AnswerKind, AnswerOption, Question};
use crate::text::fold::fold;
use crate::text::{Rng, SafeText};

/// What names the rows: letters that are no keys of the quiz.
pub const LETTERS: [char; 19] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'i', 'l', 'm', 'n', 'o', 'p', 'r', 't', 'v', 'w', 'y', 'z', 'j',
];

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PresentedQuestion {
    /// For each row, its number in the file: choices, items, left sides.
    pub rows: Vec<usize>,
    /// For each option of a row, its number in the file: buckets, right sides.
    pub options: Vec<usize>,
}

impl PresentedQuestion {
    /// A question under a seed, in a round: 0 when it is asked for the first time in a session.
    pub fn of(question: &Question, seed: u64, round: u32) -> Self {
        use AnswerKind::{Several, Single, TrueFalse};
        let mut rng = Rng::of(seed, &question.id, u64::from(round));
        let mut shuffled = |n: usize| {
            let mut all: Vec<usize> = (0..n).collect();
            rng.shuffle(&mut all);
            all
        };
        let (rows, options) = match &question.answer {
            Single(all) | Several(all) if question.shuffle && !speak_of_each_other(all) => {
                (shuffled(all.len()), Vec::new())
            }
            AnswerKind::Classify { buckets, items } => {
                (shuffled(items.len()), (0..buckets.len()).collect())
            }
            AnswerKind::Order(items) => (unlike(shuffled(items.len()), |i| i), Vec::new()),
            AnswerKind::Match(pairs) => {
                let rows = shuffled(pairs.len());
                let options = unlike(shuffled(pairs.len()), |i| rows.get(i).copied().unwrap_or(i));
                (rows, options)
            }
            Single(all) | Several(all) | TrueFalse(all) => ((0..all.len()).collect(), Vec::new()),
            AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => (Vec::new(), Vec::new()),
        };
        Self { rows, options }
    }

    /// What a row is called: true and false by their own letters.
    pub fn letter(question: &Question, row: usize) -> char {
        let letters = if matches!(question.answer, AnswerKind::TrueFalse(_)) {
            &['t', 'f'][..]
        } else {
            &LETTERS
        };
        letters.get(row).copied().unwrap_or('-')
    }

    /// The row that a letter or digit names: `a` and `1` the first.
    pub fn row_of(&self, sign: char) -> Option<usize> {
        let letter = LETTERS.iter().position(|l| l.eq_ignore_ascii_case(&sign));
        letter
            .or_else(|| digit(sign))
            .filter(|row| *row < self.rows.len())
    }

    /// The option that a digit names.
    pub fn option_of(&self, sign: char) -> Option<usize> {
        digit(sign).filter(|option| *option < self.options.len())
    }
}

/// The number that a digit names, counting from 0.
fn digit(sign: char) -> Option<usize> {
    let digit = sign.to_digit(10)? as usize;
    digit.checked_sub(1)
}

/// A shuffle that is not what would be right; turned by one when chance made it so.
fn unlike(mut shuffled: Vec<usize>, right: impl Fn(usize) -> usize) -> Vec<usize> {
    if shuffled.iter().enumerate().all(|(i, n)| right(i) == *n) && !shuffled.is_empty() {
        shuffled.rotate_left(1);
    }
    shuffled
}

/// Whether a choice says "none of these" or the like, which makes no sense but at its place.
fn speak_of_each_other(choices: &[AnswerOption]) -> bool {
    let all = ["none of ", "all of ", "both of ", "any of ", "neither of "];
    let these = [
        "these",
        "them",
        "the above",
        "the others",
        "the four",
        "the three",
    ];
    choices.iter().any(|choice| {
        let words = fold(&choice.text.text());
        let words = words.trim_end_matches('.');
        all.iter().any(|a| {
            words
                .strip_prefix(a)
                .is_some_and(|rest| these.contains(&rest))
        })
    })
}

/// The words of a row, by its number in the file.
pub fn row_words(question: &Question, n: usize) -> Option<SafeText> {
    match &question.answer {
        AnswerKind::Single(all) | AnswerKind::Several(all) | AnswerKind::TrueFalse(all) => {
            all.get(n).map(|c| c.text.text())
        }
        AnswerKind::Classify { items, .. } => items.get(n).map(|i| i.text.clone()),
        AnswerKind::Order(items) => items.get(n).cloned(),
        AnswerKind::Match(pairs) => pairs.get(n).map(|(left, _)| left.clone()),
        AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => None,
    }
}

/// The words of an option, by its number in the file.
pub fn option_words(question: &Question, n: usize) -> Option<SafeText> {
    match &question.answer {
        AnswerKind::Classify { buckets, .. } => buckets.get(n).cloned(),
        AnswerKind::Match(pairs) => pairs.get(n).map(|(_, right)| right.clone()),
        AnswerKind::Single(_) | AnswerKind::Several(_) | AnswerKind::TrueFalse(_) => None,
        AnswerKind::Order(_) | AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => None,
    }
}

/// The choices of a question that has them.
pub fn choices(question: &Question) -> &[AnswerOption] {
    use AnswerKind::{Classify, Match, Numeric, Order, Several, Single, TrueFalse, Typed};
    match &question.answer {
        Single(all) | Several(all) | TrueFalse(all) => all,
        Classify { .. } | Order(_) | Match(_) | Numeric { .. } | Typed { .. } => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::quiz::grade_tests::question;

    #[test]
    fn shuffles_repeat_and_rounds_differ() {
        let q = question(
            "kind = \"single\"",
            "- [x] a\n  > w\n- [ ] b\n  > w\n- [ ] c\n  > w\n- [ ] d\n  > w",
        );
        assert_eq!(
            PresentedQuestion::of(&q, 7, 0),
            PresentedQuestion::of(&q, 7, 0)
        );
        let all: std::collections::BTreeSet<Vec<usize>> = (0..200)
            .map(|seed| PresentedQuestion::of(&q, seed, 0).rows)
            .collect();
        assert_eq!(all.len(), 24, "every order is met");
        assert!((1..6).any(|round| PresentedQuestion::of(&q, 7, round) != PresentedQuestion::of(&q, 7, 0)));
    }

    #[test]
    fn some_keep_their_order() {
        let kept = |keys: &str, body: &str| {
            let q = question(keys, body);
            (0..50).all(|seed| PresentedQuestion::of(&q, seed, 0).rows.is_sorted())
        };
        assert!(kept(
            "kind = \"true-false\"",
            "- [x] True\n  > w\n- [ ] False\n  > w"
        ));
        let four = "- [x] a\n  > w\n- [ ] b\n  > w\n- [ ] c\n  > w\n- [ ] d\n  > w";
        assert!(kept("kind = \"single\"\nshuffle = false", four));
        assert!(!kept("kind = \"single\"\nshuffle = true", four));
        assert!(kept(
            "kind = \"single\"",
            "- [ ] a\n  > w\n- [ ] b\n  > w\n- [x] None of these\n  > w"
        ));
        assert!(kept(
            "kind = \"several\"",
            "- [ ] a\n  > w\n- [ ] b\n  > w\n- [x] All of the above.\n  > w"
        ));
        assert!(!kept(
            "kind = \"single\"",
            "- [ ] a\n  > w\n- [ ] b\n  > w\n- [x] None of these fails, they say\n  > w"
        ));
    }

    #[test]
    fn nothing_is_shown_solved() {
        let order = question("kind = \"order\"", "1. a\n2. b\n3. c");
        let pairs = question(
            "kind = \"match\"",
            "| I | M |\n|---|---|\n| a | x |\n| b | y |\n| c | z |",
        );
        for seed in 0..300 {
            assert_ne!(PresentedQuestion::of(&order, seed, 0).rows, [0, 1, 2]);
            let shown = PresentedQuestion::of(&pairs, seed, 0);
            assert_ne!(shown.rows, shown.options);
        }
    }

    #[test]
    fn letters_and_digits_name_rows() {
        let shown = PresentedQuestion {
            rows: vec![0; 8],
            options: vec![0; 3],
        };
        let row = |c| shown.row_of(c);
        assert_eq!(
            [
                row('a'),
                row('F'),
                row('1'),
                row('8'),
                row('9'),
                row('0'),
                row('g')
            ],
            [Some(0), Some(5), Some(0), Some(7), None, None, None]
        );
        assert_eq!(
            (
                shown.option_of('3'),
                shown.option_of('4'),
                shown.option_of('a')
            ),
            (Some(2), None, None)
        );
        let keys: std::collections::BTreeSet<char> = LETTERS.into_iter().collect();
        assert!(
            keys.len() == 19
                && ['g', 'h', 's', 'u', 'q', 'k', 'x']
                    .iter()
                    .all(|c| !keys.contains(c))
        );
    }
}
