//! A verdict as a page: the answer beside what was chosen, why, and why not.
//! Promises: right and wrong are told in words and signs; every row that was wrong says what would have been right.

use crate::core::progress::ReviewOutcome;
use crate::core::quiz::presented::{choices, option_words, row_words};
use crate::core::quiz::{AnswerDraft, AnsweredQuestion, PresentedQuestion, RowMark, number};
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{Address, AnswerKind, AnswerOption, Kind, Library, LinkTarget, Question};
use crate::text::SafeText;
use crate::views::entry_footer::title;
use crate::views::quiz::question::near;
use crate::views::quiz::{QuizPage, piece, prompt, stack, terms};

/// The page of a verdict.
pub fn page(
    library: &Library,
    question: &Question,
    told: &AnsweredQuestion,
    width: usize,
) -> QuizPage {
    let mut laid = QuizPage {
        page: prompt(question, width),
        ..QuizPage::default()
    };
    for (row, n) in told.shown.rows.iter().enumerate() {
        let more = piece(width, |s| set_row(s, question, told, row, *n));
        let at = stack(&mut laid.page, more, row == 0);
        laid.rows.push(at);
    }
    let at = stack(
        &mut laid.page,
        piece(width, |s| verdict(s, question, told)),
        true,
    );
    laid.verdict = Some(at.start);
    stack(
        &mut laid.page,
        reasons(library, question, told, width),
        true,
    );
    laid
}

/// The page that is shown instead of a question that was missed too often.
pub fn instead(library: &Library, question: &Question, width: usize) -> QuizPage {
    let mut page = piece(width, |s| {
        let words = SafeText::ours(
            "Missed four times. Read this instead of answering; it comes back tomorrow.",
        );
        s.paragraph(vec![Run::new(words, Role::Warn)]);
    });
    stack(&mut page, prompt(question, width), true);
    let right = crate::safe!("The answer is {}.", answer_words(question, None));
    stack(
        &mut page,
        piece(width, |s| s.paragraph(vec![Run::new(right, Role::Strong)])),
        true,
    );
    stack(
        &mut page,
        piece(width, |s| explained(s, library, question)),
        true,
    );
    QuizPage {
        page,
        ..QuizPage::default()
    }
}

/// A row with its mark: `x a  words · your answer`.
fn set_row(
    setter: &mut PageBuilder,
    question: &Question,
    told: &AnsweredQuestion,
    row: usize,
    n: usize,
) {
    let mark = told.graded.marks.get(row).copied().unwrap_or(RowMark::Left);
    let chosen = !choices(question).is_empty();
    let (sign, role, said) = match (mark, chosen) {
        (RowMark::Right, true) => ("+", Role::Good, SafeText::ours("your answer, right")),
        (RowMark::Wrong, true) => ("x", Role::Bad, SafeText::ours("your answer, wrong")),
        (RowMark::Missed, true) => ("-", Role::Warn, SafeText::ours("right answer, not chosen")),
        (RowMark::Left, true) => (" ", Role::Text, SafeText::default()),
        (RowMark::Right, false) => (
            "+",
            Role::Good,
            put(question, told, row).unwrap_or_default(),
        ),
        (RowMark::Wrong | RowMark::Missed | RowMark::Left, false) => {
            let put = put(question, told, row).unwrap_or_default();
            (
                "x",
                Role::Bad,
                crate::safe!("you: {put}; right: {}", belongs(question, n)),
            )
        }
    };
    let lead = vec![
        Run::ours(sign, role),
        Run::new(
            crate::safe!(" {}  ", PresentedQuestion::letter(row)),
            Role::Key,
        ),
    ];
    setter.indented(lead, 5, |s| {
        let words = row_words(question, n).unwrap_or_default();
        let mut runs = vec![Run::new(
            words,
            if mark == RowMark::Left {
                Role::Text
            } else {
                Role::Strong
            },
        )];
        if !said.is_empty() {
            runs.push(Run::new(crate::safe!(" · {said}"), role));
        }
        s.paragraph(runs);
    });
}

/// Where a row was put: its option, or its place.
fn put(question: &Question, told: &AnsweredQuestion, row: usize) -> Option<SafeText> {
    match &told.draft {
        AnswerDraft::Sorted { of, .. } => option_words(
            question,
            *told.shown.options.get(of.get(row).copied().flatten()?)?,
        ),
        AnswerDraft::Placed(placed, _) => placed
            .iter()
            .position(|p| *p == row)
            .map(|at| crate::safe!("place {}", at + 1)),
        AnswerDraft::One(_) | AnswerDraft::Many(_) | AnswerDraft::Words(_) => None,
    }
}

/// Where a row belongs.
fn belongs(question: &Question, n: usize) -> SafeText {
    match &question.answer {
        AnswerKind::Classify { items, .. } => items
            .get(n)
            .and_then(|i| option_words(question, i.bucket))
            .unwrap_or_default(),
        AnswerKind::Match(_) => option_words(question, n).unwrap_or_default(),
        AnswerKind::Order(_) => crate::safe!("place {}", n + 1),
        AnswerKind::Single(_)
        | AnswerKind::Several(_)
        | AnswerKind::TrueFalse(_)
        | AnswerKind::Numeric { .. }
        | AnswerKind::Typed { .. } => SafeText::default(),
    }
}

/// The verdict in words, with the right answer where it is not plain from the rows.
fn verdict(setter: &mut PageBuilder, question: &Question, told: &AnsweredQuestion) {
    let (word, role) = match told.graded.outcome {
        ReviewOutcome::Right => ("Right.", Role::Good),
        ReviewOutcome::Partly => ("Partly right, which counts as wrong.", Role::Bad),
        ReviewOutcome::Wrong | ReviewOutcome::Skipped | ReviewOutcome::Page => {
            ("Wrong.", Role::Bad)
        }
    };
    let mut runs = vec![Run::ours(word, role)];
    let said = match told.graded.outcome {
        ReviewOutcome::Right if matches!(told.draft, AnswerDraft::Words(_)) => {
            crate::safe!(" {}.", answer_words(question, None))
        }
        ReviewOutcome::Right => SafeText::default(),
        ReviewOutcome::Partly => {
            let right = told
                .graded
                .marks
                .iter()
                .filter(|m| matches!(m, RowMark::Right | RowMark::Left))
                .count();
            crate::safe!(
                " {right} of {} are as they should be.",
                told.graded.marks.len()
            )
        }
        ReviewOutcome::Wrong | ReviewOutcome::Skipped | ReviewOutcome::Page => {
            match &question.answer {
                AnswerKind::Classify { .. } | AnswerKind::Match(_) => {
                    SafeText::ours(" What is right stands beside each row.")
                }
                AnswerKind::Order(_) => crate::safe!(
                    " The order is {}.",
                    answer_words(question, Some(&told.shown))
                ),
                AnswerKind::Single(_)
                | AnswerKind::Several(_)
                | AnswerKind::TrueFalse(_)
                | AnswerKind::Numeric { .. }
                | AnswerKind::Typed { .. } => {
                    crate::safe!(
                        " The answer is {}.",
                        answer_words(question, Some(&told.shown))
                    )
                }
            }
        }
    };
    runs.push(Run::new(said, Role::Strong));
    let confident = told.sure && told.graded.outcome != ReviewOutcome::Right;
    let aside = match (confident, &told.draft) {
        (true, AnswerDraft::One(_)) => " You were sure: compare the two.",
        (
            true,
            AnswerDraft::Many(_)
            | AnswerDraft::Sorted { .. }
            | AnswerDraft::Placed(..)
            | AnswerDraft::Words(_),
        ) => " You were sure.",
        (false, _) => "",
    };
    let guess = if !told.sure && told.graded.outcome == ReviewOutcome::Right {
        " By a guess: it comes sooner."
    } else {
        aside
    };
    runs.push(Run::ours(guess, Role::Warn));
    setter.paragraph(runs);
    if let (Some(note), AnswerDraft::Words(words)) = (told.graded.note, &told.draft) {
        setter.paragraph(vec![Run::new(
            crate::safe!("You wrote {}: {}", words.trim(), near(note)),
            Role::Text,
        )]);
    } else if let (AnswerDraft::Words(words), true) =
        (&told.draft, told.graded.outcome != ReviewOutcome::Right)
    {
        setter.paragraph(vec![Run::new(
            crate::safe!("You wrote {}.", words.trim()),
            Role::Text,
        )]);
    }
}

/// The right answer in words: letters where they are shown, the words themselves elsewhere.
fn answer_words(question: &Question, shown: Option<&PresentedQuestion>) -> SafeText {
    let right = |all: &[AnswerOption]| -> Vec<SafeText> {
        let numbers = (0..all.len()).filter(|n| all.get(*n).is_some_and(|c| c.right));
        let letter = |n: usize| {
            shown
                .and_then(|s| s.rows.iter().position(|r| *r == n))
                .map(PresentedQuestion::letter)
        };
        let mut words: Vec<SafeText> = numbers
            .map(|n| match letter(n) {
                Some(letter) => crate::safe!("{letter}"),
                None => SafeText::line(&all.get(n).map(|c| c.text.text()).unwrap_or_default()),
            })
            .collect();
        words.sort();
        words
    };
    match &question.answer {
        AnswerKind::Single(all) | AnswerKind::Several(all) | AnswerKind::TrueFalse(all) => {
            SafeText::join(&right(all), ", ")
        }
        AnswerKind::Classify { items, .. } => {
            let each: Vec<SafeText> = items
                .iter()
                .map(|i| {
                    crate::safe!(
                        "{}: {}",
                        i.text,
                        option_words(question, i.bucket).unwrap_or_default()
                    )
                })
                .collect();
            SafeText::join(&each, "; ")
        }
        AnswerKind::Match(pairs) => {
            let each: Vec<SafeText> = pairs
                .iter()
                .map(|(l, r)| crate::safe!("{l}: {r}"))
                .collect();
            SafeText::join(&each, "; ")
        }
        AnswerKind::Order(items) => match shown {
            Some(shown) => {
                let letters: Vec<SafeText> = (0..items.len())
                    .filter_map(|n| shown.rows.iter().position(|r| *r == n))
                    .map(|row| crate::safe!("{}", PresentedQuestion::letter(row)))
                    .collect();
                SafeText::join(&letters, " ")
            }
            None => SafeText::join(items, "; "),
        },
        AnswerKind::Numeric { answer, unit, .. } => {
            crate::safe!("{} {unit}", number::shown(*answer))
        }
        AnswerKind::Typed { answers, .. } => answers.first().cloned().unwrap_or_default(),
    }
}

/// Why: the working, the reasons row by row, the explanation, the terms, the myths, and when it comes back.
fn reasons(library: &Library, question: &Question, told: &AnsweredQuestion, width: usize) -> Page {
    piece(width, |setter| {
        row_reasons(setter, question, told);
        myths(setter, library, question, told);
        explained(setter, library, question);
        if let Some(after) = told.returns {
            let words = match after {
                0 => SafeText::ours("It comes back next."),
                1 => SafeText::ours("It comes back after one more question."),
                n => crate::safe!("It comes back after {n} more questions."),
            };
            setter.paragraph(vec![Run::new(words, Role::Dim)]);
        }
    })
}

/// Why the chosen and the right rows are what they are.
fn row_reasons(setter: &mut PageBuilder, question: &Question, told: &AnsweredQuestion) {
    for (row, n) in told.shown.rows.iter().enumerate() {
        let mark = told.graded.marks.get(row).copied().unwrap_or(RowMark::Left);
        let letter = PresentedQuestion::letter(row);
        let said = match mark {
            RowMark::Wrong => crate::safe!("Not {letter}:"),
            RowMark::Right | RowMark::Missed => crate::safe!("{letter}:"),
            RowMark::Left => continue,
        };
        let lead = vec![
            Run::new(said.clone(), Role::Label),
            Run::ours(" ", Role::Text),
        ];
        let column = crate::text::measure::width(&said) + 1;
        if let Some(choice) = choices(question).get(*n) {
            setter.indented(lead, column, |s| s.doc(&choice.why));
            continue;
        }
        if let (AnswerKind::Classify { items, .. }, RowMark::Wrong) = (&question.answer, mark) {
            let why = items.get(*n).map(|i| i.why.clone()).unwrap_or_default();
            let lead = vec![
                Run::new(crate::safe!("{letter}:"), Role::Label),
                Run::ours(" ", Role::Text),
            ];
            setter.indented(lead, 3, |s| s.paragraph(vec![Run::new(why, Role::Text)]));
        }
    }
}

/// The myths behind the wrong choices, by name.
fn myths(
    setter: &mut PageBuilder,
    library: &Library,
    question: &Question,
    told: &AnsweredQuestion,
) {
    for (row, n) in told.shown.rows.iter().enumerate() {
        let wrong = told.graded.marks.get(row) == Some(&RowMark::Wrong);
        let myth = choices(question)
            .get(*n)
            .and_then(|c| c.myth.as_deref())
            .filter(|_| wrong);
        let Some(address) = myth.and_then(|id| Address::new(Kind::Myths, id)) else {
            continue;
        };
        let link = setter.link(title(library, &address), LinkTarget::Entry(address, None));
        setter.paragraph(vec![Run::ours("Misconception met: ", Role::Warn), link]);
    }
}

/// The explanation, the working, the terms: what stands under every answered question.
fn explained(setter: &mut PageBuilder, library: &Library, question: &Question) {
    if let AnswerKind::Numeric { working, .. } = &question.answer {
        setter.indented(vec![Run::ours("Working  ", Role::Label)], 9, |s| {
            s.doc(working)
        });
    }
    setter.doc(&question.explanation);
    if !question.terms.is_empty() {
        let runs = terms(setter, library, question);
        setter.label("Terms", runs);
        setter.blank();
    }
}
