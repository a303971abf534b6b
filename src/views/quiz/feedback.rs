//! A verdict as a page: the answer beside what was chosen, why, and why not.
//! Right and wrong are said in words and signs; every row that was wrong says what would have been right.

use crate::core::progress::ReviewOutcome;
use crate::core::quiz::presented::{choices, option_words, row_words};
use crate::core::quiz::{AnswerDraft, AnsweredQuestion, PresentedQuestion, RowMark, number};
use crate::layout::{PageBuilder, PageFormat, Role, Run};
use crate::pack::{Address, AnswerKind, AnswerOption, Kind, Library, Question};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::width;
use crate::views::entry_footer::entry_link;
use crate::views::quiz::question::near;
use crate::views::quiz::{QuizPage, piece, prompt, stack, terms};

pub fn page(
    library: &Library,
    question: &Question,
    answered: &AnsweredQuestion,
    format: impl Into<PageFormat>,
) -> QuizPage {
    let format = format.into();
    let mut made = QuizPage {
        page: prompt(question, format),
        ..QuizPage::default()
    };
    for (row, n) in answered.shown.rows.iter().enumerate() {
        let more = piece(format, |page| set_row(page, question, answered, (row, *n)));
        let rows = stack(&mut made.page, more, row == 0);
        made.rows.push(rows);
    }
    let verdict = piece(format, |page| verdict(page, question, answered));
    made.verdict = Some(stack(&mut made.page, verdict, true).start);
    let reasons = piece(format, |page| reasons(page, library, question, answered));
    stack(&mut made.page, reasons, true);
    made
}

/// The page that is shown instead of a question that was missed too often.
pub fn instead(library: &Library, question: &Question, format: impl Into<PageFormat>) -> QuizPage {
    let format = format.into();
    let missed = "Missed four times. Read this instead of answering; it comes back tomorrow.";
    let mut page = piece(format, |page| page.text(missed, Role::Warn));
    stack(&mut page, prompt(question, format), true);
    let rest = piece(format, |page| {
        let answer = answer_words(question, None);
        page.text(safe!("The answer is {answer}."), Role::Strong);
        explained(page, library, question);
    });
    stack(&mut page, rest, true);
    QuizPage {
        page,
        ..QuizPage::default()
    }
}

/// A row with its mark: `x a  words · your answer`.
fn set_row(
    page: &mut PageBuilder,
    question: &Question,
    answered: &AnsweredQuestion,
    (row, n): (usize, usize),
) {
    let mark = mark_of(answered, row);
    let is_choice = !choices(question).is_empty();
    let put = || put(question, answered, row).unwrap_or_default();
    let (sign, role, note) = match (mark, is_choice) {
        (RowMark::Right, true) => ("+", Role::Good, SafeText::ours("your answer, right")),
        (RowMark::Wrong, true) => ("x", Role::Bad, SafeText::ours("your answer, wrong")),
        (RowMark::Missed, true) => ("-", Role::Warn, SafeText::ours("right answer, not chosen")),
        (RowMark::Left, true) => (" ", Role::Text, SafeText::default()),
        (RowMark::Right, false) => ("+", Role::Good, put()),
        (RowMark::Wrong | RowMark::Missed | RowMark::Left, false) => {
            ("x", Role::Bad, safe!("you: {}", put()))
        }
    };
    let is_off = !is_choice && mark != RowMark::Right;
    let right = is_off.then(|| safe!("; right: {}", belongs(question, n)));
    let letter = safe!(" {}  ", PresentedQuestion::letter(question, row));
    let lead = vec![Run::ours(sign, role), Run::new(letter, Role::Key)];
    page.indented(lead, 5, |page| {
        let is_left = mark == RowMark::Left;
        let words_role = if is_left { Role::Text } else { Role::Strong };
        let words = row_words(question, n).unwrap_or_default();
        // Behind several lines, such as code, it would look like a part of the last.
        let gap = if words.contains('\n') { "\n" } else { " " };
        let mut runs = vec![Run::new(words, words_role)];
        if !note.is_empty() {
            runs.push(Run::new(safe!("{gap}· {note}"), role));
        }
        runs.extend(right.map(|right| Run::new(right, Role::Good)));
        page.paragraph(runs);
    });
}

fn mark_of(answered: &AnsweredQuestion, row: usize) -> RowMark {
    let mark = answered.graded.marks.get(row);
    mark.copied().unwrap_or(RowMark::Left)
}

/// Where a row was put: its option, or its place.
fn put(question: &Question, answered: &AnsweredQuestion, row: usize) -> Option<SafeText> {
    match &answered.draft {
        AnswerDraft::Sorted { of, .. } => {
            let option = of.get(row).copied().flatten()?;
            option_words(question, *answered.shown.options.get(option)?)
        }
        AnswerDraft::Placed(placed, _) => {
            let at = placed.iter().position(|p| *p == row)?;
            Some(safe!("place {}", at + 1))
        }
        AnswerDraft::One(_) | AnswerDraft::Many(_) | AnswerDraft::Words(_) => None,
    }
}

fn belongs(question: &Question, n: usize) -> SafeText {
    use AnswerKind::{Match, Numeric, Several, Single, TrueFalse, Typed};
    let option = match &question.answer {
        AnswerKind::Order(_) => return safe!("place {}", n + 1),
        AnswerKind::Classify { items, .. } => items.get(n).map(|item| item.bucket),
        Match(_) | Single(_) | Several(_) | TrueFalse(_) | Numeric { .. } | Typed { .. } => Some(n),
    };
    let words = option.and_then(|option| option_words(question, option));
    words.unwrap_or_default()
}

/// The verdict in words, with the right answer where it is not plain from the rows.
fn verdict(page: &mut PageBuilder, question: &Question, answered: &AnsweredQuestion) {
    let outcome = answered.graded.outcome;
    let (word, role) = match outcome {
        ReviewOutcome::Right => ("Right.", Role::Good),
        ReviewOutcome::Partly => ("Partly right, which counts as wrong.", Role::Bad),
        ReviewOutcome::Wrong | ReviewOutcome::Skipped | ReviewOutcome::Page => {
            ("Wrong.", Role::Bad)
        }
    };
    let is_right = outcome == ReviewOutcome::Right;
    let is_choice = matches!(answered.draft, AnswerDraft::One(_));
    let second = answered.graded.note.is_some();
    let sureness = match (answered.sure, is_right) {
        (false, true) => " By a guess: it comes sooner.",
        (true, true) if second => " At the second try: it comes sooner.",
        (true, true) if answered.hint => " With the hint: it comes sooner.",
        (true, false) if is_choice => " You were sure: compare the two.",
        (true, false) => " You were sure.",
        (true, true) | (false, false) => "",
    };
    page.paragraph(vec![
        Run::ours(word, role),
        Run::new(right_answer(question, answered), Role::Strong),
        Run::ours(sureness, Role::Warn),
    ]);
    if let AnswerDraft::Words(words) = &answered.draft {
        match answered.graded.note {
            Some(note) => {
                let near = near(note);
                page.text(safe!("You wrote {}: {near}", words.trim()), Role::Text);
            }
            None if !is_right => page.text(safe!("You wrote {}.", words.trim()), Role::Text),
            None => {}
        }
    }
}

/// What would have been right, as a sentence behind the verdict.
fn right_answer(question: &Question, answered: &AnsweredQuestion) -> SafeText {
    use AnswerKind::{Numeric, Several, Single, TrueFalse, Typed};
    match answered.graded.outcome {
        ReviewOutcome::Right if matches!(answered.draft, AnswerDraft::Words(_)) => {
            safe!(" {}.", answer_words(question, None))
        }
        ReviewOutcome::Right => SafeText::default(),
        ReviewOutcome::Partly => {
            let marks = &answered.graded.marks;
            let is_right = |m: &&RowMark| matches!(m, RowMark::Right | RowMark::Left);
            let right = marks.iter().filter(is_right).count();
            safe!(" {right} of {} are as they should be.", marks.len())
        }
        ReviewOutcome::Wrong | ReviewOutcome::Skipped | ReviewOutcome::Page => {
            let answer = answer_words(question, Some(&answered.shown));
            match &question.answer {
                AnswerKind::Classify { .. } | AnswerKind::Match(_) => {
                    SafeText::ours(" What is right stands beside each row.")
                }
                AnswerKind::Order(_) => safe!(" The order is {answer}."),
                Single(_) | Several(_) | TrueFalse(_) | Numeric { .. } | Typed { .. } => {
                    safe!(" The answer is {answer}.")
                }
            }
        }
    }
}

/// The right answer in words: letters where they are shown, the words themselves elsewhere.
pub fn answer_words(question: &Question, shown: Option<&PresentedQuestion>) -> SafeText {
    let letter = |n: usize| {
        let row = shown?.rows.iter().position(|r| *r == n)?;
        Some(PresentedQuestion::letter(question, row))
    };
    let right = |all: &[AnswerOption]| -> Vec<SafeText> {
        let right = all.iter().enumerate().filter(|(_, choice)| choice.right);
        let word = |(n, choice): (usize, &AnswerOption)| match letter(n) {
            Some(letter) => safe!("{letter}"),
            None => SafeText::line(&choice.text.text()),
        };
        let mut words: Vec<SafeText> = right.map(word).collect();
        words.sort();
        words
    };
    let joined = |parts: Vec<SafeText>, between| SafeText::join(&parts, between);
    match &question.answer {
        AnswerKind::Single(all) | AnswerKind::Several(all) | AnswerKind::TrueFalse(all) => {
            joined(right(all), ", ")
        }
        AnswerKind::Classify { items, .. } => {
            let each = items.iter().map(|item| {
                let bucket = option_words(question, item.bucket).unwrap_or_default();
                safe!("{}: {bucket}", item.text)
            });
            joined(each.collect(), "; ")
        }
        AnswerKind::Match(pairs) => {
            let each = pairs.iter().map(|(left, right)| safe!("{left}: {right}"));
            joined(each.collect(), "; ")
        }
        AnswerKind::Order(items) => match shown {
            Some(_) => {
                let letters = (0..items.len()).filter_map(letter);
                joined(letters.map(|letter| safe!("{letter}")).collect(), " ")
            }
            None => SafeText::join(items, "; "),
        },
        AnswerKind::Numeric {
            answer,
            tolerance,
            unit,
            ..
        } => {
            safe!("{} {unit}", number::shown(*answer, *tolerance))
        }
        AnswerKind::Typed { answers, .. } => answers.first().cloned().unwrap_or_default(),
    }
}

/// Why: the reasons row by row, the myths, the explanation, the terms, and when it comes back.
fn reasons(
    page: &mut PageBuilder,
    library: &Library,
    question: &Question,
    answered: &AnsweredQuestion,
) {
    row_reasons(page, question, answered);
    myths(page, library, question, answered);
    explained(page, library, question);
    if answered.graded.outcome == ReviewOutcome::Right {
        return;
    }
    let back = match (answered.returns, answered.again) {
        (Some(0), _) => SafeText::ours("It comes once more, next."),
        (Some(1), _) => SafeText::ours("It comes once more, after one other question."),
        (Some(n), _) => safe!("It comes once more, after {n} other questions."),
        (None, true) => {
            SafeText::ours("Missed twice: read the page before it is asked another time.")
        }
        (None, false) => SafeText::ours("It is asked again in a later session."),
    };
    page.text(back, Role::Dim);
}

/// Why the chosen and the right rows are what they are.
fn row_reasons(page: &mut PageBuilder, question: &Question, answered: &AnsweredQuestion) {
    for (row, n) in answered.shown.rows.iter().enumerate() {
        let mark = mark_of(answered, row);
        let choice = choices(question).get(*n);
        let not = if choice.is_some() && mark == RowMark::Wrong {
            "Not "
        } else {
            ""
        };
        let named = safe!("{not}{}:", PresentedQuestion::letter(question, row));
        let column = width(&named) + 1;
        let lead = vec![Run::new(named, Role::Label), Run::ours(" ", Role::Text)];
        match (&question.answer, choice, mark) {
            (_, _, RowMark::Left) => {}
            (_, Some(choice), _) if choice.why.is_empty() => {}
            (_, Some(choice), _) => page.indented(lead, column, |page| page.doc(&choice.why)),
            (AnswerKind::Classify { items, .. }, None, RowMark::Wrong) => {
                let why = items.get(*n).map(|i| i.why.clone()).unwrap_or_default();
                page.indented(lead, column, |page| page.text(why, Role::Text));
            }
            _ => {}
        }
    }
}

/// The myths behind the wrong choices, by name.
fn myths(
    page: &mut PageBuilder,
    library: &Library,
    question: &Question,
    answered: &AnsweredQuestion,
) {
    for (row, n) in answered.shown.rows.iter().enumerate() {
        let wrong = mark_of(answered, row) == RowMark::Wrong;
        let choice = choices(question).get(*n).filter(|_| wrong);
        let myth = choice.and_then(|c| c.myth.as_deref());
        if let Some(address) = myth.and_then(|id| Address::new(Kind::Myths, id)) {
            let link = entry_link(page, library, address);
            page.paragraph(vec![Run::ours("Misconception met: ", Role::Warn), link]);
        }
    }
}

/// The working, the explanation, the terms: what stands under every answered question.
fn explained(page: &mut PageBuilder, library: &Library, question: &Question) {
    if let AnswerKind::Numeric { working, .. } = &question.answer
        && !working.blocks.is_empty()
    {
        let lead = vec![Run::ours("Working  ", Role::Label)];
        page.indented(lead, 9, |page| page.doc(working));
    }
    page.doc(&question.explanation);
    if !question.terms.is_empty() {
        let terms = terms(page, library, question);
        page.label("Terms", terms);
        page.blank();
    }
    if let Some(day) = question.as_of {
        page.label_text("As of", safe!("{day}"));
    }
}
