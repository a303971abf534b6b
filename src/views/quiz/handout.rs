//! A session to print and hand out: the questions, then their key. The same seed gives the same paper.

use crate::core::quiz::{AnswerDraft, OpenQuestion, PresentedQuestion};
use crate::layout::{Page, PageFormat, Role, Run};
use crate::pack::{Library, Question};
use crate::safe;
use crate::views::quiz::feedback::answer_words;
use crate::views::quiz::question::{QuestionOptions, how, page as open};
use crate::views::quiz::{about, piece, stack};

/// The questions in this order, and behind them the answers with why.
pub fn page(
    library: &Library,
    questions: &[&Question],
    seed: u64,
    format: impl Into<PageFormat>,
) -> Page {
    let format = format.into();
    let mut made = Page::default();
    for (n, question) in (1..).zip(questions) {
        let head = safe!("{n}. {}", about(library, question));
        stack(
            &mut made,
            piece(format, |page| page.text(head, Role::Label)),
            n > 1,
        );
        let shown = PresentedQuestion::of(question, seed, 0);
        let asked = OpenQuestion {
            draft: AnswerDraft::of(question, &shown),
            shown,
            hint: false,
            near: None,
        };
        let lens = question.lens.clone().unwrap_or_default();
        stack(
            &mut made,
            open(question, &asked, &lens, format, QuestionOptions::Lines).page,
            true,
        );
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
            let answer = answer_words(question, Some(&shown));
            page.paragraph(vec![
                Run::new(safe!("{n}. "), Role::Label),
                Run::new(answer, Role::Strong),
            ]);
            page.doc(&question.explanation);
        }
    });
    stack(&mut made, key, true);
    made
}
