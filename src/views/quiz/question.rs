//! An open question as a page: prompt, what can be chosen, what is chosen.
//! Promises: no row says which is right; each row is named by its letter, each option by its number; what is chosen is told
//! by signs, not by color.

use crate::core::quiz::presented::{choices, option_words, row_words};
use crate::core::quiz::{AnswerDraft, OpenQuestion, PresentedQuestion, TypedNote};
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{AnswerKind, Question};
use crate::text::SafeText;
use crate::views::quiz::{QuizPage, piece, prompt, stack};

/// Where a question is shown.
#[derive(Clone, Copy, Debug)]
pub enum QuestionOptions<'a> {
    /// On a screen: boxes show what is chosen, the row under the cursor is marked.
    Screen {
        /// The row under the cursor.
        cursor: usize,
        /// What shows of the field that is typed into.
        field: &'a SafeText,
    },
    /// In lines, where the answer is typed below.
    Lines,
}

/// The page of an open question.
pub fn page(
    question: &Question,
    asking: &OpenQuestion,
    lens: &str,
    width: usize,
    manner: QuestionOptions<'_>,
) -> QuizPage {
    let mut laid = QuizPage {
        page: head(question, asking, lens, width),
        ..QuizPage::default()
    };
    let options: Vec<SafeText> = asking
        .shown
        .options
        .iter()
        .filter_map(|o| option_words(question, *o))
        .collect();
    let buckets = matches!(question.answer, AnswerKind::Classify { .. });
    if buckets {
        laid.options = list_options(&mut laid.page, &options, width, true);
    }
    for (row, n) in asking.shown.rows.iter().enumerate() {
        let more = piece(width, |s| {
            set_row(s, question, asking, row, *n, manner, &options)
        });
        let at = stack(&mut laid.page, more, row == 0);
        laid.rows.push(at);
    }
    if !buckets && !options.is_empty() {
        laid.options = list_options(&mut laid.page, &options, width, true);
    }
    if let (AnswerDraft::Words(_), QuestionOptions::Screen { field, .. }) = (&asking.draft, manner)
    {
        let at = stack(&mut laid.page, field_page(question, field, width), true);
        laid.field = Some((at.start, FIELD.len()));
    }
    laid
}

/// What stands before the field that is typed into.
const FIELD: &str = "> ";

/// The prompt, the hint when it was asked for, and what must be known before answering.
fn head(question: &Question, asking: &OpenQuestion, lens: &str, width: usize) -> Page {
    let mut page = prompt(question, width);
    let more = piece(width, |setter| {
        if question.lens_dependent {
            let lens = lens.strip_suffix("-view").unwrap_or(lens).replace('-', " ");
            let words = crate::safe!("Depends on the definition; lens: {lens}");
            setter.paragraph(vec![Run::new(words, Role::Dim)]);
        }
        if let (true, Some(hint)) = (asking.hint, &question.hint) {
            setter.indented(vec![Run::ours("Hint  ", Role::Label)], 6, |s| s.doc(hint));
        }
        if let Some(note) = asking.near {
            setter.paragraph(vec![Run::new(
                crate::safe!("Almost: {} One more try.", near(note)),
                Role::Warn,
            )]);
        }
    });
    stack(&mut page, more, true);
    page
}

/// What is said of an answer that is near.
pub fn near(note: TypedNote) -> SafeText {
    match note {
        TypedNote::Spelling => SafeText::ours("look at the spelling."),
        TypedNote::NearWord => SafeText::ours("close, but another word is wanted."),
        TypedNote::NearNumber => SafeText::ours("a little off."),
        TypedNote::Power(by) => {
            let times = crate::text::measure::thousands(10_u64.saturating_pow(by.unsigned_abs()));
            let which = if by > 0 { "much" } else { "little" };
            crate::safe!("{times} times too {which}.")
        }
    }
}

fn set_row(
    setter: &mut PageBuilder,
    question: &Question,
    asking: &OpenQuestion,
    row: usize,
    n: usize,
    manner: QuestionOptions<'_>,
    options: &[SafeText],
) {
    let letter = PresentedQuestion::letter(row);
    let lead = match manner {
        QuestionOptions::Screen { cursor, .. } => {
            let sign = if cursor == row {
                Run::ours("> ", Role::Focus)
            } else {
                Run::ours("  ", Role::Text)
            };
            let (sign_of, on) = sign_of(&asking.draft, row);
            let role = if on { Role::Strong } else { Role::Dim };
            vec![
                sign,
                Run::new(sign_of, role),
                Run::new(crate::safe!(" {letter}  "), Role::Key),
            ]
        }
        QuestionOptions::Lines => vec![Run::new(crate::safe!("  {letter}  "), Role::Key)],
    };
    let column = lead.iter().map(|r| r.text.len()).sum();
    setter.indented(lead, column, |s| match choices(question).get(n) {
        Some(choice) => s.doc(&choice.text),
        None => {
            let mut runs = vec![Run::new(
                row_words(question, n).unwrap_or_default(),
                Role::Text,
            )];
            if let (AnswerDraft::Sorted { of, .. }, QuestionOptions::Screen { .. }) =
                (&asking.draft, manner)
            {
                let option = of.get(row).copied().flatten().and_then(|o| options.get(o));
                runs.extend(option.map(|words| Run::new(crate::safe!(" · {words}"), Role::Strong)));
            }
            s.paragraph(runs);
        }
    });
}

/// What stands in the box of a row, and whether anything is chosen there.
fn sign_of(draft: &AnswerDraft, row: usize) -> (SafeText, bool) {
    match draft {
        AnswerDraft::One(chosen) if *chosen == Some(row) => (SafeText::ours("(*)"), true),
        AnswerDraft::One(_) => (SafeText::ours("( )"), false),
        AnswerDraft::Many(chosen) if chosen.get(row) == Some(&true) => {
            (SafeText::ours("[x]"), true)
        }
        AnswerDraft::Many(_) | AnswerDraft::Words(_) => (SafeText::ours("[ ]"), false),
        AnswerDraft::Sorted { of, .. } => boxed(of.get(row).copied().flatten()),
        AnswerDraft::Placed(placed, _) => boxed(placed.iter().position(|p| *p == row)),
    }
}

fn boxed(n: Option<usize>) -> (SafeText, bool) {
    n.map_or((SafeText::ours("[ ]"), false), |n| {
        (crate::safe!("[{}]", n + 1), true)
    })
}

/// The options with their numbers: on one row where they fit, else each on its own.
fn list_options(
    page: &mut Page,
    options: &[SafeText],
    width: usize,
    blank: bool,
) -> Vec<std::ops::Range<usize>> {
    let mut rows = Vec::new();
    for (i, words) in options.iter().enumerate() {
        let more = piece(width, |s| {
            let lead = vec![Run::new(crate::safe!("  {}  ", i + 1), Role::Key)];
            s.indented(lead, 5, |s| {
                s.paragraph(vec![Run::new(words.clone(), Role::Text)])
            });
        });
        rows.push(stack(page, more, blank && i == 0));
    }
    rows
}

fn field_page(question: &Question, field: &SafeText, width: usize) -> Page {
    piece(width, |s| {
        let unit = match &question.answer {
            AnswerKind::Numeric { unit, .. } => crate::safe!("in {unit}"),
            AnswerKind::Single(_)
            | AnswerKind::Several(_)
            | AnswerKind::TrueFalse(_)
            | AnswerKind::Classify { .. }
            | AnswerKind::Order(_)
            | AnswerKind::Match(_)
            | AnswerKind::Typed { .. } => SafeText::ours("a word or two"),
        };
        let mut row = crate::layout::row::Row::from_runs(vec![
            Run::ours(FIELD, Role::Focus),
            Run::new(field.clone(), Role::Strong),
        ]);
        row.pad_to(FIELD.len() + FIELD_WIDTH.min(width / 2));
        row.push(Run::new(crate::safe!("  {unit}"), Role::Dim));
        s.rows(vec![row]);
    })
}

/// Cells of the field that is typed into, or half the width when that is less.
pub const FIELD_WIDTH: usize = 32;

/// How a question of a kind is answered, in one line for the linear mode.
pub fn how(question: &Question) -> SafeText {
    match &question.answer {
        AnswerKind::Single(_) => SafeText::ours("One letter"),
        AnswerKind::Several(_) => SafeText::ours("All letters that apply, such as: a c"),
        AnswerKind::TrueFalse(_) => SafeText::ours("t or f"),
        AnswerKind::Classify { .. } | AnswerKind::Match(_) => {
            SafeText::ours("Each letter with its number, such as: a2 b1")
        }
        AnswerKind::Order(_) => SafeText::ours("All letters in their order, such as: c a b"),
        AnswerKind::Numeric { unit, .. } => crate::safe!("A number in {unit}"),
        AnswerKind::Typed { .. } => SafeText::ours("A word or two"),
    }
}
