//! An open question as a page: prompt, what can be chosen, what is chosen.
//! No row says which is right; each row is named by its letter, each option by its number; what is chosen is told by signs,
//! not by color.

use std::ops::Range;

use crate::core::quiz::presented::{choices, option_words, row_words};
use crate::core::quiz::{
    AnswerDraft, AnsweredQuestion, OpenQuestion, PresentedQuestion, TypedNote,
};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::{AnswerKind, Library, Question};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{thousands, width};
use crate::views::quiz::{QuizPage, piece, prompt, stack};
use crate::views::services;

#[derive(Clone, Copy, Debug)]
pub enum QuestionOptions<'a> {
    /// On a screen: boxes show what is chosen, the row under the cursor is marked.
    Screen {
        cursor: usize,
        /// What shows of the field that is typed into.
        field: &'a SafeText,
    },
    /// In lines, where the answer is typed below.
    Lines,
}

pub fn page(
    question: &Question,
    asking: &OpenQuestion,
    lens: (&Library, &str),
    format: impl Into<PageFormat>,
    options: QuestionOptions<'_>,
) -> QuizPage {
    let format = format.into();
    let mut made = QuizPage {
        page: head(question, asking, (lens, options), format),
        ..QuizPage::default()
    };
    let shown = asking.shown.options.iter();
    let choices: Vec<SafeText> = shown.filter_map(|o| option_words(question, *o)).collect();
    let buckets = matches!(question.answer, AnswerKind::Classify { .. });
    if buckets {
        made.options = list_options(&mut made.page, &choices, format);
    }
    for (row, n) in asking.shown.rows.iter().enumerate() {
        let more = piece(format, |page| {
            set_row(page, (question, asking), (row, *n), options, &choices)
        });
        let at = stack(&mut made.page, more, row == 0);
        made.rows.push(at);
    }
    if !buckets && !choices.is_empty() {
        made.options = list_options(&mut made.page, &choices, format);
    }
    if let (AnswerDraft::Words(_), QuestionOptions::Screen { field, .. }) = (&asking.draft, options)
    {
        let at = stack(&mut made.page, field_page(question, field, format), true);
        made.field = Some((at.start, FIELD.len()));
    }
    made
}

/// The page of an answer that is being saved: as the question was left, with a word in the place of the verdict.
pub fn saving(
    question: &Question,
    answered: &AnsweredQuestion,
    lens: (&Library, &str),
    format: impl Into<PageFormat>,
) -> QuizPage {
    let format = format.into();
    let left = OpenQuestion {
        shown: answered.shown.clone(),
        draft: answered.draft.clone(),
        hint: false,
        near: None,
    };
    let field = match &answered.draft {
        AnswerDraft::Words(words) => SafeText::line(words),
        _ => SafeText::default(),
    };
    let options = QuestionOptions::Screen {
        cursor: usize::MAX,
        field: &field,
    };
    let mut made = page(question, &left, lens, format, options);
    let word = piece(format, |page| page.text("saving…", Role::Strong));
    stack(&mut made.page, word, true);
    made.rows.clear();
    made.field = None;
    made
}

/// What stands before the field that is typed into.
const FIELD: &str = "> ";

/// The prompt, the hint when it was asked for, and what must be known before answering.
fn head(
    question: &Question,
    asking: &OpenQuestion,
    ((library, lens), options): ((&Library, &str), QuestionOptions<'_>),
    format: PageFormat,
) -> Page {
    let mut page = prompt(question, format);
    if let QuestionOptions::Screen { .. } = options {
        let how = piece(format, |page| page.text(how_on_screen(question), Role::Dim));
        stack(&mut page, how, false);
    }
    let more = piece(format, |page| {
        if let Some(asked) = question.lens.as_deref().filter(|asked| *asked != lens) {
            let (asked, lens) = (library.lens_word(asked), library.lens_word(lens));
            let words = safe!("Answer by the lens {asked}; the one that is on is {lens}.");
            page.text(words, Role::Dim);
        }
        if let (true, Some(hint)) = (asking.hint, &question.hint) {
            page.indented(vec![Run::ours("Hint  ", Role::Label)], 6, |page| {
                page.doc(hint)
            });
        }
        if let Some(note) = asking.near {
            page.text(safe!("Almost: {} One more try.", near(note)), Role::Warn);
        }
    });
    stack(&mut page, more, true);
    page
}

/// What is said of an answer that is near.
pub fn near(note: TypedNote) -> SafeText {
    match note {
        TypedNote::Spelling => SafeText::ours("look at the spelling."),
        TypedNote::Signs => SafeText::ours("a sign or an accent differs."),
        TypedNote::NearWord => SafeText::ours("close, but another word is wanted."),
        TypedNote::TooMuch => SafeText::ours("the answer is among these words."),
        TypedNote::NearNumber => SafeText::ours("a little off."),
        TypedNote::Power(by) => {
            let times = thousands(10_u64.saturating_pow(by.unsigned_abs()));
            let which = if by > 0 { "much" } else { "little" };
            safe!("{times} times too {which}.")
        }
    }
}

fn set_row(
    page: &mut PageBuilder,
    (question, asking): (&Question, &OpenQuestion),
    (row, n): (usize, usize),
    options: QuestionOptions<'_>,
    names: &[SafeText],
) {
    let letter = PresentedQuestion::letter(question, row);
    let lead = match options {
        QuestionOptions::Screen { cursor, .. } => {
            let (sign, on) = sign_of(&asking.draft, row);
            let sign = Run::new(sign, if on { Role::Strong } else { Role::Dim });
            vec![
                services::cursor(cursor == row),
                sign,
                Run::new(safe!(" {letter}  "), Role::Key),
            ]
        }
        QuestionOptions::Lines => vec![Run::new(safe!("  {letter}  "), Role::Key)],
    };
    let column = lead.iter().map(|r| r.text.len()).sum();
    page.indented(lead, column, |page| {
        if let Some(choice) = choices(question).get(n) {
            return page.doc(&choice.text);
        }
        let words = row_words(question, n).unwrap_or_default();
        let mut runs = vec![Run::new(words, Role::Text)];
        if let (AnswerDraft::Sorted { of, .. }, QuestionOptions::Screen { .. }) =
            (&asking.draft, options)
        {
            let name = of.get(row).copied().flatten().and_then(|o| names.get(o));
            runs.extend(name.map(|name| Run::new(safe!(" · {name}"), Role::Strong)));
        }
        page.paragraph(runs);
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
    let sign = n.map(|n| safe!("[{}]", n + 1));
    (sign.unwrap_or(SafeText::ours("[ ]")), n.is_some())
}

/// The options with their numbers, each on a row of its own.
fn list_options(page: &mut Page, names: &[SafeText], format: PageFormat) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let more = piece(format, |page| {
            let lead = vec![Run::new(safe!("  {}  ", i + 1), Role::Key)];
            page.indented(lead, 5, |page| page.text(name.clone(), Role::Text));
        });
        rows.push(stack(page, more, i == 0));
    }
    rows
}

/// The field that is typed into, with the unit of a number right behind it, or below where there is no room.
fn field_page(question: &Question, field: &SafeText, format: PageFormat) -> Page {
    let unit = if let AnswerKind::Numeric { unit, .. } = &question.answer {
        unit.clone()
    } else {
        SafeText::default()
    };
    let empty = field_width(question, format.width).saturating_sub(width(field));
    let mut row = Row::of(FIELD, Role::Focus);
    row.add(field.clone(), Role::Strong);
    row.add("_".repeat(empty), Role::Rule);
    let is_room = row.width() + 2 + width(&unit) <= format.width;
    if is_room {
        row.add(safe!("  {unit}"), Role::Text);
    }
    piece(format, |page| {
        page.rows(vec![row]);
        if !is_room {
            page.text_tight(unit, Role::Text);
        }
    })
}

/// Cells of what is typed, on a page of some width.
pub fn field_width(question: &Question, page: usize) -> usize {
    let is_number = matches!(question.answer, AnswerKind::Numeric { .. });
    let most = if is_number { NUMBER_WIDTH } else { FIELD_WIDTH };
    most.min(page / 2)
}

/// Cells of the field that is typed into, or half the width when that is less.
const FIELD_WIDTH: usize = 32;
/// The same for a number.
const NUMBER_WIDTH: usize = 16;

/// What to do on the screen to answer a question of this kind.
fn how_on_screen(question: &Question) -> SafeText {
    SafeText::ours(match &question.answer {
        AnswerKind::Single(_) => "One is right: choose it by its letter or digit, then Enter.",
        AnswerKind::Several(_) => {
            "Several may be right: choose each by its letter or digit, then Enter."
        }
        AnswerKind::TrueFalse(_) => "Is it so? t or f, then Enter.",
        AnswerKind::Classify { .. } => "Give each row its group by a digit, then Enter.",
        AnswerKind::Match(_) => "Give each row its partner by a digit, then Enter.",
        AnswerKind::Order(_) => "Space on a row gives it the next place, or takes it back.",
        AnswerKind::Numeric { .. } => "Type a number, then Enter.",
        AnswerKind::Typed { .. } => "Type a word or two, then Enter.",
    })
}

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
        AnswerKind::Numeric { unit, .. } if unit.is_empty() => SafeText::ours("A number"),
        AnswerKind::Numeric { unit, .. } => safe!("A number in {unit}"),
        AnswerKind::Typed { .. } => SafeText::ours("A word or two"),
    }
}
