//! A lesson as a page, with the questions to recall at its end. An answer shows only when asked for; nothing is counted or
//! stored.

use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{AnswerKind, Kind, Library, Question};
use crate::safe;
use crate::text::SafeText;
use crate::views::entry_footer::{mentioned, sources};

/// A lesson, its answers shown or not.
pub fn page(library: &Library, id: &str, format: impl Into<PageFormat>, answers: bool) -> Page {
    let mut page = PageBuilder::new(format);
    let Some(lesson) = library.lesson(id) else {
        page.title(SafeText::line(id));
        let missing = "This lesson is not in the pack, or its file has errors.";
        page.text(missing, Role::Warn);
        return page.finish();
    };
    page.title(lesson.title.clone());
    let head = safe!("Lesson {} · {} minutes", lesson.order, lesson.minutes);
    page.text(head, Role::Dim);
    page.doc(&lesson.body);
    let recall = lesson.recall.iter();
    let questions: Vec<&Question> = recall.filter_map(|id| library.question(id)).collect();
    if !questions.is_empty() {
        page.section("Recall", Role::Heading);
        page.text(how(answers, page.format()), Role::Dim);
        for recalled in questions {
            question(&mut page, recalled, answers);
            if !answers {
                page.hidden("Answer", |page| question(page, recalled, true));
            }
        }
    }
    page.rule();
    mentioned(&mut page, library, Kind::Lessons, id);
    sources(&mut page, library, &lesson.sources, lesson.as_of);
    page.finish()
}

const fn how(answers: bool, format: PageFormat) -> &'static str {
    match (answers, format.is_print()) {
        (false, true) if format.is_document() => "Answer in your head, then open the answer.",
        (true, false) => "a hides the answers.",
        (false, false) => "Answer in your head; a shows the answers. Or just read on.",
        (true, true) => "With their answers.",
        (false, true) => "Answer in your head; --answers shows the answers. Or just read on.",
    }
}

/// A question with what there is to choose from, its answer shown or not.
pub fn question(page: &mut PageBuilder, question: &Question, answers: bool) {
    page.doc(&question.prompt);
    let item = |page: &mut PageBuilder, words: &SafeText, answer: &SafeText| {
        let shown = match answers {
            true => safe!("{words}: {answer}"),
            false => words.clone(),
        };
        page.bullet_text(shown, Role::Text);
    };
    match &question.answer {
        AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices) => {
            for (letter, choice) in ('a'..='z').zip(choices) {
                let (role, sign) = match answers && choice.right {
                    true => (Role::Good, "right"),
                    false => (Role::Text, ""),
                };
                let text = Run::new(choice.text.text(), role);
                page.label(&format!("{letter}  {sign}"), vec![text]);
            }
        }
        AnswerKind::Classify { buckets, items } => {
            page.text(SafeText::join(buckets, " / "), Role::Dim);
            for i in items {
                let bucket = buckets.get(i.bucket).cloned().unwrap_or_default();
                item(page, &i.text, &bucket);
            }
        }
        AnswerKind::Order(items) => in_order(page, items, answers),
        AnswerKind::Match(pairs) => {
            for (left, right) in pairs {
                item(page, left, right);
            }
        }
        AnswerKind::Numeric { answer, unit, .. } if answers => {
            page.text(safe!("{answer} {unit}"), Role::Good);
        }
        AnswerKind::Typed { answers: all, .. } if answers => {
            page.text(all.first().cloned().unwrap_or_default(), Role::Good);
        }
        AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => {}
    }
    page.blank();
    if answers {
        page.doc(&question.explanation);
    }
}

/// Items of an ordering: sorted by their words until the answers show, so that the file's order gives nothing away.
fn in_order(page: &mut PageBuilder, items: &[SafeText], answers: bool) {
    let mut shown = items.to_vec();
    if !answers {
        shown.sort();
    }
    for (i, item) in shown.into_iter().enumerate() {
        let number = answers.then(|| format!("{}.", i + 1));
        page.label_text(number.as_deref().unwrap_or("-"), item);
    }
}
