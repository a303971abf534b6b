//! A session to print and hand out: the questions, then their key. The same seed gives the same paper.

use crate::core::quiz::{AnswerDraft, OpenQuestion, PresentedQuestion};
use crate::layout::{Page, PageFormat, Role, Run};
use crate::pack::{AnswerKind, Library, Question};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::count;
use crate::views::quiz::feedback::answer_words;
use crate::views::quiz::question::{QuestionOptions, how, page as open};
use crate::views::quiz::reasons::reasons;
use crate::views::quiz::{about, piece, stack};

/// The questions in this order, and behind them the answers with why.
pub fn page(
    library: &Library,
    questions: &[&Question],
    seed: u64,
    format: impl Into<PageFormat>,
) -> Page {
    let format = format.into();
    let mut made = piece(format, |page| {
        page.title(library.pack().title.clone());
        let paper = count(questions.len(), "question", "questions");
        page.text(
            safe!("{paper} · paper {seed} · Name: ____________________"),
            Role::Dim,
        );
    });
    for (n, question) in (1..).zip(questions) {
        let head = safe!("{n}. {}", about(library, question));
        stack(
            &mut made,
            piece(format, |page| page.text(head, Role::Label)),
            true,
        );
        let shown = PresentedQuestion::of(question, seed, 0);
        let asked = OpenQuestion {
            draft: AnswerDraft::of(question, &shown),
            shown,
            hint: false,
            near: None,
        };
        let lens = (library, question.lens.as_deref().unwrap_or_default());
        let asked = open(question, &asked, lens, format, QuestionOptions::Lines);
        stack(&mut made, asked.page, true);
        let line = safe!("{}: ____________", how(question));
        stack(
            &mut made,
            piece(format, |page| page.text(line, Role::Dim)),
            true,
        );
    }
    let key = piece(format, |page| {
        page.section("Key", Role::Heading);
        for (n, question) in (1..).zip(questions) {
            let shown = PresentedQuestion::of(question, seed, 0);
            let answer = in_signs(question, &shown);
            let answer = answer.unwrap_or_else(|| answer_words(question, Some(&shown)));
            page.paragraph(vec![
                Run::new(safe!("{n}. "), Role::Label),
                Run::new(answer, Role::Strong),
            ]);
            let name = |n: usize| sign(question, &shown, n);
            reasons(page, library, question, name);
            page.doc(&question.explanation);
        }
    });
    stack(&mut made, key, true);
    made
}

/// What is written for a choice or item on the paper, by its number in the file.
fn sign(question: &Question, shown: &PresentedQuestion, n: usize) -> SafeText {
    let row = shown.rows.iter().position(|row| *row == n);
    row.map_or(SafeText::ours("-"), |row| {
        safe!("{}", PresentedQuestion::letter(question, row))
    })
}

/// The answer in the letters and numbers of the paper, where words alone would not show what to write.
fn in_signs(question: &Question, shown: &PresentedQuestion) -> Option<SafeText> {
    let paired = |option: &dyn Fn(usize) -> Option<usize>| {
        let pair = |n: &usize| {
            let wanted = option(*n)?;
            let number = shown.options.iter().position(|option| *option == wanted)?;
            Some(safe!("{}{}", sign(question, shown, *n), number + 1))
        };
        SafeText::join(&shown.rows.iter().filter_map(pair).collect::<Vec<_>>(), " ")
    };
    match &question.answer {
        AnswerKind::TrueFalse(all) => {
            let right = all.iter().position(|choice| choice.right)?;
            Some(sign(question, shown, right))
        }
        AnswerKind::Classify { items, .. } => Some(paired(&|n| items.get(n).map(|i| i.bucket))),
        AnswerKind::Match(pairs) => Some(paired(&|n| (n < pairs.len()).then_some(n))),
        AnswerKind::Single(_)
        | AnswerKind::Several(_)
        | AnswerKind::Order(_)
        | AnswerKind::Numeric { .. }
        | AnswerKind::Typed { .. } => None,
    }
}
