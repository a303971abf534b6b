//! An answer in the making, by keys or from a typed line.
//! A row or option that is not there changes nothing; nothing is submitted by choosing; what is missing is said.

use crate::core::quiz::presented::PresentedQuestion;
use crate::pack::{AnswerKind, Question};
use crate::text::SafeText;

/// An answer in the making. Rows and options are counted as they are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnswerDraft {
    /// The chosen row.
    One(Option<usize>),
    /// For each row, whether it is chosen.
    Many(Vec<bool>),
    /// For each row, the chosen option; each option for one row only when `once`.
    Sorted {
        /// The options.
        of: Vec<Option<usize>>,
        /// Whether an option belongs to one row.
        once: bool,
    },
    /// The rows in the order in which they were placed, of so many.
    Placed(Vec<usize>, usize),
    Words(String),
}

impl AnswerDraft {
    /// An empty answer to a question as it is shown.
    pub fn of(question: &Question, shown: &PresentedQuestion) -> Self {
        let rows = shown.rows.len();
        match &question.answer {
            AnswerKind::Single(_) | AnswerKind::TrueFalse(_) => Self::One(None),
            AnswerKind::Several(_) => Self::Many(vec![false; rows]),
            AnswerKind::Classify { .. } => Self::Sorted {
                of: vec![None; rows],
                once: false,
            },
            AnswerKind::Match(_) => Self::Sorted {
                of: vec![None; rows],
                once: true,
            },
            AnswerKind::Order(_) => Self::Placed(Vec::new(), rows),
            AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => Self::Words(String::new()),
        }
    }

    /// Chooses a row, or takes the choice back where that makes sense: in a choice of several, and in an ordering, where
    /// choosing gives a row the next place.
    pub fn choose(&mut self, row: usize) {
        match self {
            Self::One(chosen) => *chosen = Some(row),
            Self::Many(chosen) => {
                if let Some(one) = chosen.get_mut(row) {
                    *one = !*one;
                }
            }
            Self::Placed(placed, rows) => match placed.iter().position(|p| *p == row) {
                Some(at) => drop(placed.remove(at)),
                None if row < *rows => placed.push(row),
                None => {}
            },
            Self::Sorted { .. } | Self::Words(_) => {}
        }
    }

    pub fn assign(&mut self, row: usize, option: usize) {
        let Self::Sorted { of, once } = self else {
            return;
        };
        if *once {
            of.iter_mut()
                .filter(|o| **o == Some(option))
                .for_each(|o| *o = None);
        }
        if let Some(one) = of.get_mut(row) {
            *one = Some(option);
        }
    }

    /// Gives a row the next option, or the one before; of `options`. One that belongs to another row is passed over.
    pub fn turn(&mut self, row: usize, options: usize, forward: bool) {
        let Self::Sorted { of, once } = self else {
            return;
        };
        let Some(now) = of.get(row).copied() else {
            return;
        };
        let step = |i: usize| match (now, forward) {
            (None, true) => i,
            (None, false) => options - 1 - i,
            (Some(o), true) => (o + 1 + i) % options,
            (Some(o), false) => (o + 2 * options - 1 - i) % options,
        };
        let next = (0..options)
            .map(step)
            .find(|o| !*once || !of.contains(&Some(*o)));
        if let Some(next) = next {
            self.assign(row, next);
        }
    }

    /// Whether nothing was chosen or typed yet.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::One(chosen) => chosen.is_none(),
            Self::Many(chosen) => !chosen.contains(&true),
            Self::Sorted { of, .. } => of.iter().all(Option::is_none),
            Self::Placed(placed, _) => placed.is_empty(),
            Self::Words(words) => words.trim().is_empty(),
        }
    }

    /// What is missing before it can be submitted; `None` when nothing is.
    pub fn missing(&self) -> Option<SafeText> {
        let (left, all) = match self {
            Self::One(_) | Self::Many(_) => {
                let nothing = SafeText::ours("nothing is chosen yet");
                return self.is_empty().then_some(nothing);
            }
            Self::Words(_) => {
                let nothing = SafeText::ours("nothing is typed yet");
                return self.is_empty().then_some(nothing);
            }
            Self::Sorted { of, .. } => (of.iter().filter(|o| o.is_none()).count(), of.len()),
            Self::Placed(placed, rows) => (rows.saturating_sub(placed.len()), *rows),
        };
        (left > 0).then(|| crate::safe!("{left} of {all} have no place yet"))
    }

    /// Reads an answer from a typed line: `b`, `a c`, `a2 b1 c2`, `c a b`, or the words themselves. What is wrong is said.
    pub fn read(
        question: &Question,
        shown: &PresentedQuestion,
        line: &str,
    ) -> Result<Self, SafeText> {
        let mut draft = Self::of(question, shown);
        match &mut draft {
            Self::Words(words) => line.trim().clone_into(words),
            Self::One(_) | Self::Many(_) | Self::Placed(..) => {
                for sign in signs(line) {
                    let row = named(question, shown, sign)?;
                    match &draft {
                        Self::Placed(placed, _) if placed.contains(&row) => {
                            return Err(crate::safe!("{sign} is there twice"));
                        }
                        Self::One(Some(chosen)) if *chosen != row => {
                            return Err(SafeText::ours("one answer only"));
                        }
                        Self::Many(chosen) if chosen.get(row) == Some(&true) => {}
                        Self::One(_) | Self::Many(_) | Self::Placed(..) => draft.choose(row),
                        Self::Words(_) | Self::Sorted { .. } => {}
                    }
                }
            }
            Self::Sorted { .. } => {
                for (sign, digit) in pairs(line)? {
                    let row = named(question, shown, sign)?;
                    let last = char::from_digit(shown.options.len() as u32 % 10, 10).unwrap_or('9');
                    let option = shown
                        .option_of(digit)
                        .ok_or_else(|| unknown(digit, '1', last))?;
                    draft.assign(row, option);
                }
            }
        }
        Ok(draft)
    }
}

/// The letters and digits of a line; `10` does not name a tenth row, letters do.
fn signs(line: &str) -> impl Iterator<Item = char> + '_ {
    line.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '.' | '>' | '-'))
}

/// The row of a sign; `t` and `f` name true and false.
fn named(question: &Question, shown: &PresentedQuestion, sign: char) -> Result<usize, SafeText> {
    if matches!(question.answer, AnswerKind::TrueFalse(_)) {
        match sign.to_ascii_lowercase() {
            't' => return Ok(0),
            'f' => return Ok(1),
            _ => {}
        }
    }
    let letter = |row| PresentedQuestion::letter(question, row);
    let last = shown.rows.len().saturating_sub(1);
    let row = shown.row_of(sign);
    row.ok_or_else(|| unknown(sign, letter(0), letter(last)))
}

fn unknown(sign: char, first: char, last: char) -> SafeText {
    // Of two, none lies between.
    let between = if matches!((first, last), ('a', 'b') | ('1', '2') | ('t', 'f')) {
        "or"
    } else {
        "to"
    };
    crate::safe!("there is no {sign} here, only {first} {between} {last}")
}

/// `a2 b1`, `a 2, b 1`, `a=2`: letters, each with its digit.
fn pairs(line: &str) -> Result<Vec<(char, char)>, SafeText> {
    let all: Vec<char> = signs(line).filter(|c| !matches!(c, '=' | ':')).collect();
    let form = || SafeText::ours("write each letter with its number: a2 b1");
    all.chunks(2)
        .map(|pair| match pair {
            [letter, digit] if letter.is_alphabetic() && digit.is_ascii_digit() => {
                Ok((*letter, *digit))
            }
            [..] => Err(form()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::quiz::grade_tests::question;

    const TWO: &str = "- [x] a\n  > w\n- [ ] b\n  > w";
    const THREE: &str = "1. one\n2. two\n3. three";
    const PAIRS: &str = "| I | M |\n|---|---|\n| a | x |\n| b | y |\n| c | z |";

    #[track_caller]
    fn check(keys: &str, body: &str, line: &str, expected: Result<AnswerDraft, &str>) {
        let q = question(keys, body);
        let shown = PresentedQuestion::of(&q, 7, 0);
        assert_eq!(
            AnswerDraft::read(&q, &shown, line),
            expected.map_err(SafeText::from),
            "{line:?}"
        );
    }

    #[test]
    fn lines_are_read() {
        let single = |line, expected| check("kind = \"single\"", TWO, line, expected);
        single("b", Ok(AnswerDraft::One(Some(1))));
        single(" 2 ", Ok(AnswerDraft::One(Some(1))));
        single("B.", Ok(AnswerDraft::One(Some(1))));
        single("bb", Ok(AnswerDraft::One(Some(1))));
        single("", Ok(AnswerDraft::One(None)));
        single("a b", Err("one answer only"));
        single("c", Err("there is no c here, only a or b"));
        let several = |line, expected| check("kind = \"several\"", TWO, line, expected);
        several("a, b", Ok(AnswerDraft::Many(vec![true, true])));
        several("aa", Ok(AnswerDraft::Many(vec![true, false])));
        let order = |line, expected| check("kind = \"order\"", THREE, line, expected);
        order("c a b", Ok(AnswerDraft::Placed(vec![2, 0, 1], 3)));
        order("3>1>2", Ok(AnswerDraft::Placed(vec![2, 0, 1], 3)));
        order("c c", Err("c is there twice"));
        let sorted = |of: [Option<usize>; 3]| AnswerDraft::Sorted {
            of: of.into(),
            once: true,
        };
        let pairs = |line, expected| check("kind = \"match\"", PAIRS, line, expected);
        pairs("a2 b3 c1", Ok(sorted([Some(1), Some(2), Some(0)])));
        pairs("a=2, b:2", Ok(sorted([None, Some(1), None])));
        pairs("a2b", Err("write each letter with its number: a2 b1"));
        pairs("a4", Err("there is no 4 here, only 1 to 3"));
        pairs("d1", Err("there is no d here, only a to c"));
        check(
            "kind = \"typed\"\nanswers = [\"x\"]",
            "",
            "  two words ",
            Ok(AnswerDraft::Words("two words".to_owned())),
        );
        let truth = |line, expected| {
            check(
                "kind = \"true-false\"",
                "- [x] True\n  > w\n- [ ] False\n  > w",
                line,
                expected,
            )
        };
        truth("x", Err("there is no x here, only t or f"));
        truth("t", Ok(AnswerDraft::One(Some(0))));
        truth("F", Ok(AnswerDraft::One(Some(1))));
    }

    #[test]
    fn choosing_again_takes_back_where_that_makes_sense() {
        let mut one = AnswerDraft::One(Some(1));
        one.choose(1);
        assert_eq!(one, AnswerDraft::One(Some(1)));
        let mut many = AnswerDraft::Many(vec![true, false]);
        many.choose(0);
        many.choose(9);
        assert_eq!(many.missing().as_deref(), Some("nothing is chosen yet"));
        let mut placed = AnswerDraft::Placed(vec![2, 0], 3);
        placed.choose(2);
        placed.choose(1);
        placed.choose(5);
        assert_eq!(placed, AnswerDraft::Placed(vec![0, 1], 3));
        assert_eq!(
            placed.missing().as_deref(),
            Some("1 of 3 have no place yet")
        );
        let mut sorted = AnswerDraft::Sorted {
            of: vec![None, Some(2)],
            once: true,
        };
        sorted.assign(0, 2);
        assert_eq!(
            sorted,
            AnswerDraft::Sorted {
                of: vec![Some(2), None],
                once: true
            }
        );
        sorted.turn(1, 3, false);
        sorted.turn(1, 3, true);
        assert_eq!(
            sorted,
            AnswerDraft::Sorted {
                of: vec![Some(2), Some(0)],
                once: true
            }
        );
    }
}
