//! A lesson as a page, with the questions to recall at its end.
//! Promise: an answer shows only when asked for; nothing is counted or stored.

use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{Address, AnswerKind, Kind, Library, Question};
use crate::text::SafeText;
use crate::views::entry_footer::{mentioned, sources};

/// A lesson at a width, its answers shown or not.
pub fn page(library: &Library, id: &str, width: usize, answers: bool) -> Page {
    let say = if answers {
        "a hides the answers."
    } else {
        "Answer in your head; a shows the answers. Or just read on."
    };
    set(library, id, width, answers, say)
}

/// The same for print, where no key can be pressed.
pub fn printed(library: &Library, id: &str, width: usize, answers: bool) -> Page {
    let say = if answers {
        "With their answers."
    } else {
        "Answer in your head; --answers shows the answers. Or just read on."
    };
    set(library, id, width, answers, say)
}

fn set(library: &Library, id: &str, width: usize, answers: bool, say: &'static str) -> Page {
    let mut setter = PageBuilder::new(width);
    let Some(lesson) = library.lesson(id) else {
        setter.title(SafeText::line(id));
        setter.paragraph(vec![Run::ours(
            "This lesson is not in the pack, or its file has errors.",
            Role::Warn,
        )]);
        return setter.finish();
    };
    setter.title(lesson.title.clone());
    let minutes = crate::safe!("Lesson {} · {} minutes", lesson.order, lesson.minutes);
    setter.paragraph(vec![Run::new(minutes, Role::Dim)]);
    setter.doc(&lesson.body);
    let questions: Vec<&Question> = lesson
        .recall
        .iter()
        .filter_map(|id| library.question(id))
        .collect();
    if !questions.is_empty() {
        setter.heading(2, SafeText::ours("Recall"), "recall".to_owned());
        setter.paragraph(vec![Run::ours(say, Role::Dim)]);
        questions
            .iter()
            .for_each(|q| question(&mut setter, q, answers));
    }
    setter.rule();
    if let Some(address) = Address::new(Kind::Lessons, id) {
        mentioned(&mut setter, library, &address);
    }
    sources(&mut setter, library, &lesson.sources, lesson.as_of);
    setter.finish()
}

fn question(setter: &mut PageBuilder, question: &Question, answers: bool) {
    setter.doc(&question.prompt);
    match &question.answer {
        AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices) => {
            for (letter, choice) in ('a'..='z').zip(choices) {
                let right = answers && choice.right;
                let role = if right { Role::Good } else { Role::Text };
                let sign = if right { "right" } else { "" };
                setter.label(
                    &format!("{letter}  {sign}"),
                    vec![Run::new(choice.text.text(), role)],
                );
            }
        }
        AnswerKind::Classify { buckets, items } => {
            let all = SafeText::join(buckets, " / ");
            setter.paragraph(vec![Run::new(all, Role::Dim)]);
            for item in items {
                let bucket = buckets
                    .get(item.bucket)
                    .filter(|_| answers)
                    .cloned()
                    .unwrap_or_default();
                let shown = if answers {
                    crate::safe!("{}: {bucket}", item.text)
                } else {
                    item.text.clone()
                };
                setter.bullet(vec![Run::new(shown, Role::Text)]);
            }
        }
        AnswerKind::Order(items) => in_order(setter, items, answers),
        AnswerKind::Match(pairs) => {
            for (left, right) in pairs {
                let shown = if answers {
                    crate::safe!("{left}: {right}")
                } else {
                    left.clone()
                };
                setter.bullet(vec![Run::new(shown, Role::Text)]);
            }
        }
        AnswerKind::Numeric { answer, unit, .. } if answers => {
            setter.paragraph(vec![Run::new(crate::safe!("{answer} {unit}"), Role::Good)]);
        }
        AnswerKind::Typed {
            answers: spellings, ..
        } if answers => {
            setter.paragraph(
                spellings
                    .first()
                    .map(|s| Run::new(s.clone(), Role::Good))
                    .into_iter()
                    .collect(),
            );
        }
        AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => {}
    }
    setter.blank();
    if answers {
        setter.doc(&question.explanation);
    }
}

/// Items of an ordering: sorted by their words until the answers show, so that the file's order gives nothing away.
fn in_order(setter: &mut PageBuilder, items: &[SafeText], answers: bool) {
    let mut shown = items.to_vec();
    if !answers {
        shown.sort();
    }
    for (i, item) in shown.iter().enumerate() {
        let number = if answers {
            format!("{}.", i + 1)
        } else {
            "-".to_owned()
        };
        setter.label(&number, vec![Run::new(item.clone(), Role::Text)]);
    }
}
